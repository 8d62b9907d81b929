"""Health, readiness, metrics, error pages, the log, the first administrator."""

from __future__ import annotations

import logging
import sys
from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client, RequestFactory
from django.utils import timezone

from nosology.actions.people import set_password_by_link
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.store.models import AuditEvent, Membership, Organisation, User
from nosology.web.ops.errors import ErrorMiddleware, server_error
from nosology.web.ops.logs import PlainFormatter
from nosology.web.ops.tasks import give_back_abandoned
from nosology.web.ops.welcome import first_steps

PASSWORD = "seven quiet otters knit a raft"


def test_health_and_readiness(client: Client) -> None:
    assert client.get("/health").content == b"ok\n"
    assert client.get("/ready").json()["ready"] is True


def test_metrics_are_for_the_machine_itself_or_the_token(
    client: Client, coded_encounter: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.get("/health")
    text = client.get("/metrics").content.decode()
    assert 'nosology_requests_total{method="GET",page="health",status="200"}' in text
    assert 'nosology_encounters{state="ready"} 1.0' in text
    assert coded_encounter.number not in text
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    monkeypatch.setenv("NOSOLOGY_METRICS_TOKEN", "secret")
    ask = {"Authorization": "Bearer secret", "X-Forwarded-For": "203.0.113.9"}
    assert client.get("/metrics", headers=ask).status_code == 200


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("no such chart"), 404),
        (NotPermitted("ask an administrator"), 403),
        (StaleVersion("changed by a colleague"), 409),
        (UsageError("choose one of two"), 400),
    ],
)
def test_an_error_becomes_its_page_and_its_line(client_as: Any, rf: RequestFactory, error: Any, status: int) -> None:
    middleware = ErrorMiddleware(lambda request: None)  # type: ignore[arg-type, return-value]
    for headers, path in (({}, "/charts"), ({"HX-Request": "true"}, "/charts"), ({}, "/api/v1/charts")):
        request = rf.get(path, headers=headers)
        request.user, request.access = client_as("coder").person, None
        answer = middleware.process_exception(request, error)
        assert answer is not None
        assert answer.status_code == status
        assert str(error) in answer.content.decode()
        assert answer["X-Message"] == str(error)


def test_a_fault_tells_an_incident_and_nothing_else(rf: RequestFactory) -> None:
    request = rf.get("/charts")
    try:
        raise ValueError("the patient Testa Patientia")
    except ValueError:
        answer = server_error(request)
        record = logging.LogRecord(
            "django.request", logging.ERROR, "x", 1, "Error: %s", (ValueError("Testa"),), sys.exc_info()
        )
        record.request = request
    assert answer.status_code == 500
    assert request.incident in answer["X-Message"]
    line = PlainFormatter().format(record)
    assert "Testa" not in line
    assert f"incident={request.incident}" in line
    assert "ValueError at web/test_operations.py" in line
    assert "\n" not in line


def test_an_unknown_address_has_a_page(client_as: Any) -> None:
    answer = client_as("coder").get("/no/such/page")
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode()


FORM = {"email": "Chief@Example.org", "name": "The Chief"}


def test_the_link_of_the_first_administrator_works_once(client: Client) -> None:
    path = first_steps()
    assert "Your hospital or practice" in client.get(path).content.decode()
    assert client.post(path, FORM).status_code == 422  # without an organisation
    answer = client.post(path, FORM | {"organisation": "Bayview Clinic"})
    assert answer.status_code == 302
    user = User.objects.get()
    assert (user.email, user.is_staff, user.has_usable_password()) == ("chief@example.org", True, False)
    assert Membership.objects.get().roles == ["administrator"]
    assert Organisation.objects.get().name == "Bayview Clinic"
    assert AuditEvent.objects.filter(chain="system", verb="people.first-administrator").count() == 1
    assert client.get(path).status_code == 404
    assert client.post(path, FORM | {"organisation": "B"}).status_code == 404
    assert User.objects.count() == 1
    choose = answer["Location"]
    assert first_steps().startswith("/account/link/")  # until there is a password
    assert client.get(choose).status_code in (200, 302)
    set_password_by_link(choose.strip("/").split("/")[-1], PASSWORD, now=timezone.now())
    assert first_steps() == ""


def test_the_first_administrator_may_try_everything_in_the_samples(client: Client, hospital: Any) -> None:
    Organisation.objects.update(sample=True)
    assert client.post(first_steps(), FORM).status_code == 302
    roles = Membership.objects.get().roles
    assert {"administrator", "coder", "manager"} <= set(roles)
    assert "patient" not in roles


def test_a_forged_or_old_link_opens_nothing(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/welcome/abc").status_code == 404
    assert client.get(f"/welcome/{signing.dumps('first', salt='other')}").status_code == 404
    path = first_steps()
    monkeypatch.setattr("nosology.web.ops.welcome._DAY", -1)
    assert client.get(path).status_code == 404


def test_an_address_that_is_none_is_refused(client: Client) -> None:
    assert client.post(first_steps(), FORM | {"email": "chief", "organisation": "B"}).status_code == 422
    assert not User.objects.exists()


def test_abandoned_tasks_are_given_back_twice_at_most() -> None:
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()

    def left(worker: str, *, minutes: int, starts: int = 1) -> Any:
        return DBTaskResult.objects.create(
            args_kwargs={"args": [], "kwargs": {}},
            task_path="x.y",
            backend_name="default",
            run_after=now,
            status="RUNNING",
            started_at=now - timedelta(minutes=minutes),
            worker_ids=[worker] * starts,
        )

    mine, others, old, deadly = left("a", minutes=1), left("b", minutes=1), left("b", minutes=20), left("a", minutes=1)
    DBTaskResult.objects.filter(pk=deadly.pk).update(worker_ids=["a", "a", "a"])
    assert give_back_abandoned(now=now, workers=("a",)) == 2
    states = {each.pk: each.status for each in DBTaskResult.objects.all()}
    assert [states[each.pk] for each in (mine, others, old, deadly)] == ["READY", "RUNNING", "READY", "FAILED"]
