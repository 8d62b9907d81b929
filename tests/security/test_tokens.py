"""Tokens: kept as digests, narrowed, expiring, revocable, and no stronger than their owner is today."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from ninja.errors import HttpError

from nosology.actions.people import change_person
from nosology.actions.tokens import create_token, revoke_token
from nosology.errors import NotFound, UsageError
from nosology.model.access import Permission, Role
from nosology.store.models import ApiToken, AuditEvent
from nosology.web.api.authentication import TokenAuthentication, authenticate_token, operation


def test_a_token_is_shown_once_and_kept_as_a_digest(client_as: Any) -> None:
    client: Client = client_as("coder", "manager")
    page = client.post("/account/tokens/", {"name": "night interface", "roles": ["coder"], "days": "30"})
    row = ApiToken.everywhere.get()
    token = page.context["made"].token
    assert token in page.content.decode()
    assert token not in str(list(ApiToken.everywhere.values()))
    assert token not in str(list(AuditEvent.objects.values()))
    assert token not in client.get("/account/tokens/").content.decode()
    access = authenticate_token(token, now=timezone.now())
    assert access is not None
    assert access.roles == {Role.CODER}
    assert (access.via, access.organisation) == ("token", str(row.organisation_id))
    assert not access.may(Permission.WORKLIST_ASSIGN)
    row.refresh_from_db()
    assert row.last_used_at is not None


def test_a_token_ends(access_as: Any) -> None:
    now, access = timezone.now(), access_as("coder", "manager")
    made = create_token(access, name="a", roles=["coder", "manager"], days=1, now=now)
    assert authenticate_token(made.token, now=now + timedelta(hours=23)) is not None
    assert authenticate_token(made.token, now=now + timedelta(hours=25)) is None
    change_person(access_as("administrator"), user=access.user, roles=["coder"], active=True)
    held = authenticate_token(made.token, now=now)
    assert held is not None
    assert held.roles == {Role.CODER}  # no more than the owner is now
    revoke_token(access, token=made.id, now=now)
    assert authenticate_token(made.token, now=now) is None


def test_shutting_somebody_out_ends_their_tokens(access_as: Any) -> None:
    now, access = timezone.now(), access_as("coder")
    made = create_token(access, name="a", roles=["coder"], days=1, now=now)
    change_person(access_as("administrator"), user=access.user, roles=["coder"], active=False)
    assert authenticate_token(made.token, now=now) is None


@pytest.mark.parametrize(
    ("name", "roles", "days"),
    [("", ["coder"], 1), ("x" * 81, ["coder"], 1), ("a\nb\x00", ["coder"], 1), ("a", [], 1), ("a", ["manager"], 1),
     ("a", ["king"], 1), ("a", ["coder"], 0), ("a", ["coder"], 366)],
)  # fmt: skip
def test_what_a_token_cannot_be(access_as: Any, name: str, roles: list[str], days: int) -> None:
    with pytest.raises(UsageError):
        create_token(access_as("coder"), name=name, roles=roles, days=days, now=timezone.now())


def test_tokens_of_others(access_as: Any, clinic: Any) -> None:
    now = timezone.now()
    made = create_token(access_as("coder"), name="a", roles=["coder"], days=1, now=now)
    for stranger in (access_as("coder"), access_as("administrator", at=clinic)):
        with pytest.raises(NotFound):
            revoke_token(stranger, token=made.id, now=now)
    revoke_token(access_as("administrator"), token=made.id, now=now)
    assert authenticate_token(made.token, now=now) is None


def test_the_door_of_the_api(access_as: Any) -> None:
    made = create_token(access_as("biller"), name="a", roles=["biller"], days=1, now=timezone.now())
    request: Any = RequestFactory().get("/api/x")
    door = TokenAuthentication()
    assert door.authenticate(request, made.token)

    @operation(Permission.CHART_CODE)
    def code(_request: Any) -> str:
        return "done"

    with pytest.raises(HttpError) as refused:
        code(request)
    assert refused.value.status_code == 403
    assert AuditEvent.objects.filter(verb="page.open", outcome="refused").count() == 1
    for _ in range(30):
        assert door.authenticate(request, "nosology_wrong") is None
    with pytest.raises(HttpError) as throttled:
        door.authenticate(request, "nosology_wrong")
    assert throttled.value.status_code == 429
