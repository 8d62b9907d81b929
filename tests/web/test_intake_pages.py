"""The intake pages: register, upload, look at what failed, charges; other tenants are not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as File
from django.test import override_settings

from nosology.store.models import AuditEvent, Document, Encounter
from nosology.web import uploads

FACTS = {
    "number": "V-1",
    "mrn": "M-1",
    "sex": "F",
    "setting": "professional",
    "service_date": "2026-05-04",
    "priority": "3",
}


@pytest.fixture
def client(client_as: Callable[..., Any]) -> Any:
    return client_as("manager")


def test_a_visit_is_registered_and_coded(home: Path, client: Any) -> None:
    note = File("visit.txt", b"Visit for asthma, mild intermittent. ASSESSMENT: Mild intermittent asthma.")
    answer = client.post("/intake/new", FACTS | {"files": [note, File("x.html", b"<html>")]}, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "1 document received" in page
    assert "web page" in page
    assert "codes suggested" in page
    assert "Mild intermittent" not in page
    row = Encounter.everywhere.get()
    assert row.state == "ready"
    assert row.facts["codes"] >= 1
    assert [each.state for each in Document.everywhere.order_by("position")] == ["read", "failed"]
    listed = client.get("/intake").content.decode()
    assert "V-1" in listed
    assert "1 failed" in listed
    assert "V-1" in client.get("/intake?show=failed").content.decode()
    assert "V-1" not in client.get("/intake?show=work").content.decode()
    assert client.post("/intake", {"number": "V"}).url == f"/intake/{row.id}"
    assert "Nothing here" in client.post("/intake", {"number": "W"}).content.decode()
    assert {"intake.register", "intake.documents", "intake.code", "coding.finish"} <= set(
        AuditEvent.objects.values_list("verb", flat=True)
    )


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"number": ""}, "required"),
        ({"service_date": "2999-01-01"}, "future"),
        ({"setting": "inpatient"}, "needs its day of admission"),
        ({"setting": "inpatient", "admitted": "2026-05-05"}, "after the discharge"),
        ({"priority": "7"}, "Select a valid choice"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_written(client: Any, change: dict[str, str], complaint: str) -> None:
    answer = client.post("/intake/new", FACTS | change)
    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    assert 'value="M-1"' in answer.content.decode()
    assert not Encounter.everywhere.exists()


def test_a_script_in_every_field_stays_text(client: Any) -> None:
    nasty = "<script>alert(1)</script>"[:40]
    facts = FACTS | {"number": nasty, "mrn": nasty, "name": nasty, "payer": nasty, "department": nasty}
    answer = client.post("/intake/new", facts | {"files": [File(f"{nasty}.txt", b"Asthma.")]}, follow=True)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert "<script>alert" not in client.get("/intake").content.decode()


def test_the_same_number_twice_says_so(client: Any) -> None:
    client.post("/intake/new", FACTS)
    answer = client.post("/intake/new", FACTS)
    assert answer.status_code == 422
    assert "registered already" in answer.content.decode()


def test_charges_are_written_as_lines(client: Any, encounter_in: Callable[..., Any]) -> None:
    row = encounter_in()
    path = f"/intake/{row.id}/charges"
    assert client.post(path, {"charges": "99213, 25, 1, 140.00, 2026-05-04\nA4550"}).status_code == 302
    row.refresh_from_db()
    assert row.registration["lines"] == [
        {"code": "99213", "modifiers": ["25"], "units": "1", "charge": "140.00", "date": "2026-05-04"},
        {"code": "A4550"},
    ]
    assert "99213, 25, 1, 140.00, 2026-05-04" in client.get(f"/intake/{row.id}").content.decode()
    for wrong, complaint in (
        ("99213, , x", "Charge line 1: units"),
        ("A,B,C,D,E,F", "commas"),
        ("9, , , , May", "date"),
    ):
        answer = client.post(path, {"charges": wrong})
        assert (answer.status_code, complaint in answer.content.decode()) == (422, True)


def test_what_is_not_of_the_house_is_not_there(
    client: Any, clinic: Any, client_as: Callable[..., Any], encounter_in: Callable[..., Any]
) -> None:
    row = encounter_in(clinic)
    assert client.get(f"/intake/{row.id}").status_code == 404
    assert client.get(f"/intake/{row.id}/progress").status_code == 404
    for part, data in (("documents", {"files": File("a.txt", b"a")}), ("charges", {"charges": ""}), ("code", {})):
        assert client.post(f"/intake/{row.id}/{part}", data).status_code == 404
    assert client_as("coder").get("/intake").status_code == 403


def test_a_request_that_is_too_long_is_refused(
    client: Any, encounter_in: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    row = encounter_in()
    with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False):
        answer = client.post(f"/intake/{row.id}/documents", {"files": File("a.txt", b"a" * 5000)})
    assert answer.status_code in (400, 413)
    assert not Document.everywhere.filter(encounter=row, title="a").exists()


def test_no_query_count_grows_with_rows(
    client: Any, encounter_in: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        encounter_in(texts=[(f"note {number}", "progress-note", "text")])
    with django_assert_max_num_queries(14):
        assert client.get("/intake").status_code == 200


def test_the_embedded_database_knows_its_tables(encounter_in: Callable[..., Any]) -> None:
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from nosology.web.ops.statistics import refresh_statistics

    encounter_in(texts=[("note", "progress-note", "text")])
    now = timezone.now()
    assert refresh_statistics(now=now + timedelta(days=1)) == (connection.vendor == "sqlite")
    assert not refresh_statistics(now=now + timedelta(days=1, minutes=5))
