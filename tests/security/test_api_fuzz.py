"""Schemathesis over the OpenAPI description: whatever is sent, no answer is a 5xx and each is as described."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, checks

from nosology.actions.tokens import create_token

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
OPERATIONS = 28
"""How many operations there are at least: the test cannot pass by finding none."""


def operations() -> list[tuple[str, str]]:
    from nosology.web.api.interface import api

    told = api.get_openapi_schema(path_prefix="/api/v1/")
    return sorted((path, method) for path, methods in told["paths"].items() for method in methods)


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests leave the connection of the test open, as those of Django's own test client do."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_the_description_lists_every_operation() -> None:
    assert len(operations()) >= OPERATIONS


@pytest.mark.usefixtures("_one_connection")
@pytest.mark.parametrize(("path", "method"), operations())
def test_nothing_sent_makes_the_server_fail(
    path: str, method: str, home: Any, access_as: Any, coded_encounter: Any
) -> None:
    del home
    access = access_as("manager", "coder", "provider")
    token = create_token(
        access, name="fuzz", roles=["manager", "coder", "provider"], days=2, now=timezone.now() - timedelta(minutes=1)
    ).token
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    operation = schema[path][method.upper()]
    real = {"encounter": str(coded_encounter.pk), "document": str(coded_encounter.documents.first().pk)}
    real |= {"query": str(coded_encounter.queries.first().pk)}
    seen = []

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @settings(
            max_examples=15,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: Any) -> None:
            if len(seen) % 3:  # two of three reach a chart that there is
                case.path_parameters = {**(case.path_parameters or {}), **_known(case.path_parameters, real)}
            others = {name: value for name, value in (case.headers or {}).items() if name.lower() != "authorization"}
            case.headers = {**others, "Authorization": f"Bearer {token}"}
            answer = case.call()
            seen.append(answer.status_code)
            assert answer.status_code < 500, answer.status_code
            case.validate_response(answer, checks=CHECKS)

        send()
    assert len(seen) >= 5
    assert 401 not in seen
    if method == "get" and "{code}" not in path:
        assert 200 in seen


def _known(given_parameters: Any, real: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in real.items() if name in (given_parameters or {})}
