"""Whoever asks without end is told when to come again: per account, and per address before anybody is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from nosology.actions.tokens import create_token
from nosology.errors import UsageError
from nosology.web.rates import read_rate


@pytest.fixture(autouse=True)
def few(settings: Any) -> Iterator[None]:
    settings.NOSOLOGY_RATES = {"account": "5/m", "address": "3/m"}
    caches["process"].clear()
    yield
    caches["process"].clear()


def statuses(client: Client, address: str, count: int, **more: Any) -> list[int]:
    return [client.get(address, **more).status_code for _ in range(count)]


def test_an_account_that_asks_too_often_waits(client_as: Any) -> None:
    one, other = client_as("coder"), client_as("coder")
    assert statuses(one, "/worklist", 6) == [200] * 5 + [429]
    answer = one.get("/worklist")
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert f"Too many requests: wait {answer['Retry-After']} second" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert other.get("/worklist").status_code == 200  # of the same address


def test_a_fragment_gets_the_line(client_as: Any) -> None:
    client = client_as("coder")
    statuses(client, "/worklist", 5)
    answer = client.get("/worklist", headers={"HX-Request": "true"})
    assert answer.status_code == 429
    assert answer.content.decode().startswith("Too many requests: wait ")
    assert answer["X-Message"] == answer.content.decode()


def test_a_program_that_asks_too_often_waits(access_as: Any) -> None:
    made = create_token(access_as("coder"), name="a", roles=["coder"], days=1, now=timezone.now())
    headers = {"Authorization": f"Bearer {made.token}"}
    assert statuses(Client(), "/api/v1/encounters", 6, headers=headers) == [200] * 5 + [429]
    answer = Client().get("/api/v1/encounters", headers=headers)
    assert answer["Content-Type"] == "application/problem+json"
    assert "Retry-After" in answer
    assert answer.json()["detail"].startswith("Too many requests: wait ")


def test_an_address_is_counted_before_anybody_is_known() -> None:
    assert statuses(Client(), "/account/login/", 4) == [200] * 3 + [429]
    assert Client(REMOTE_ADDR="10.0.0.7").get("/account/login/").status_code == 200
    assert statuses(Client(), "/health", 10) == [200] * 10


def test_after_the_minute_it_goes_on(client_as: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from nosology.web.auth.throttle import RequestThrottle

    now = [1000.0]
    monkeypatch.setattr(RequestThrottle, "timer", lambda _self: now[0])
    client = client_as("coder")
    assert statuses(client, "/worklist", 6)[-1] == 429
    now[0] += 61
    assert client.get("/worklist").status_code == 200


def test_no_limit(client_as: Any, settings: Any) -> None:
    settings.NOSOLOGY_RATES = {"account": "", "address": ""}
    assert statuses(client_as("coder"), "/worklist", 8) == [200] * 8


def test_the_rate_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_rate("NOSOLOGY_RATE_ACCOUNT", 600) == "600/m"
    for held, rate in (("40", "40/m"), ("0", ""), (" 7 ", "7/m")):
        monkeypatch.setenv("NOSOLOGY_RATE_ACCOUNT", held)
        assert read_rate("NOSOLOGY_RATE_ACCOUNT", 600) == rate
    for held in ("many", "-1", "1.5", "²"):
        monkeypatch.setenv("NOSOLOGY_RATE_ACCOUNT", held)
        with pytest.raises(UsageError, match="NOSOLOGY_RATE_ACCOUNT"):
            read_rate("NOSOLOGY_RATE_ACCOUNT", 600)
