"""Intake: what comes in is kept once, read, coded; what cannot be taken is kept with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nosology.actions.coding import by_day
from nosology.actions.coding_queue import resume_runs
from nosology.actions.intake import (
    ReceivedFile,
    receive_documents,
    record_charges,
    register_encounter,
    request_coding,
)
from nosology.errors import NotFound, NotPermitted, UnreadableInput, UsageError
from nosology.store.models import CodingRun, Document, Encounter, Patient, ProviderQuery, Worksheet

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
DISCHARGE = """DISCHARGE SUMMARY

PRINCIPAL DIAGNOSIS: Acute systolic heart failure.

HOSPITAL COURSE: This 71-year-old man was admitted with acute on chronic systolic heart failure and treated with
intravenous furosemide. Type 2 diabetes mellitus, on metformin. His COPD is treated with tiotropium. No pneumonia.

FAMILY HISTORY: Mother had breast cancer."""
PROGRESS = """The patient is in atrial fibrillation, paroxysmal, rate controlled with metoprolol. Hypokalemia, potassium
given."""


@pytest.fixture
def manager(access_as: Callable[..., Any]) -> Any:
    return access_as("manager")


@pytest.fixture
def stay(manager: Any) -> str:
    return register_encounter(
        manager,
        number="A-1001",
        mrn="MRN 77",
        name="Martin Sample",
        birth_date=date(1955, 1, 9),
        sex="M",
        setting="inpatient",
        service_date=date(2026, 5, 4),
        admitted_at=datetime(2026, 4, 29, 8, tzinfo=UTC),
        discharged_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
        payer="Medicare",
        registration={"discharge_status": "01"},
        now=NOW,
    )


def send(access: Any, encounter: str, *files: tuple[str, str | bytes]) -> Any:
    received = [ReceivedFile(name, data.encode() if isinstance(data, str) else data) for name, data in files]
    return receive_documents(access, encounter=encounter, files=received, now=NOW)


def test_a_stay_is_registered_with_its_patient(manager: Any, stay: str) -> None:
    row = Encounter.objects.for_access(manager).select_related("patient").get(pk=stay)
    assert (row.number, row.age, row.state, row.patient.name) == ("A-1001", 71, "waiting", "Martin Sample")
    with pytest.raises(UsageError, match="registered already"):
        register_encounter(
            manager, number="A-1001", mrn="1", setting="inpatient", service_date=date(2026, 5, 4), now=NOW
        )


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"number": " "}, "account number"),
        ({"setting": "hotel"}, "setting"),
        ({"service_date": date(2026, 5, 7)}, "future"),
        ({"birth_date": date(2026, 5, 5)}, "birth"),
        ({"sex": "X"}, "sex"),
        ({"priority": 9}, "priority"),
        ({"registration": {"age": "old"}}, "age"),
        ({"provider": "00000000-0000-0000-0000-000000000000"}, "member"),
    ],
)
def test_what_cannot_be_is_refused(manager: Any, facts: dict[str, Any], complaint: str) -> None:
    usual = {"number": "1", "mrn": "1", "setting": "inpatient", "service_date": date(2026, 5, 4), "now": NOW}
    with pytest.raises((UsageError, UnreadableInput), match=complaint):
        register_encounter(manager, **{**usual, **facts})
    assert not Patient.objects.for_access(manager).exists()


def test_a_record_number_of_somebody_else_is_noticed(manager: Any, stay: str) -> None:
    with pytest.raises(UsageError, match="another date of birth"):
        register_encounter(
            manager,
            number="A-2",
            mrn="mrn77",
            birth_date=date(1990, 1, 1),
            setting="outpatient",
            service_date=date(2026, 5, 4),
            now=NOW,
        )


def test_the_same_file_twice_is_one_document(manager: Any, stay: str) -> None:
    first = send(manager, stay, ("discharge.txt", DISCHARGE))[0]
    again = send(manager, stay, ("copy.txt", DISCHARGE), ("note.txt", PROGRESS))
    assert (first.state, again[0].state, again[1].state) == ("read", "duplicate", "read")
    assert again[0].id == first.id
    assert Document.objects.for_access(manager).count() == 2


def test_documents_are_read_in_the_order_in_which_they_were_written() -> None:
    class Paper:
        def __init__(self, name: str, day: int) -> None:
            self.name, self.written_at = name, datetime(2026, 5, day, tzinfo=UTC) if day else None

    given = [Paper("discharge", 6), Paper("undated", 0), Paper("admission", 2), Paper("addendum", 6)]
    assert [each.name for each in by_day(given)] == ["admission", "undated", "discharge", "addendum"]


def test_several_documents_are_coded_as_one_note(home: Path, manager: Any, stay: str) -> None:
    send(manager, stay, ("discharge_summary.txt", DISCHARGE), ("day 2.txt", PROGRESS))
    run = CodingRun.objects.for_access(manager).get(pk=request_coding(manager, encounter=stay, now=NOW))
    assert (run.state, run.reason) == ("done", "")
    documents = {str(each.id): each for each in Document.objects.for_access(manager)}
    codes = {each["code"]: each for each in run.result["codes"]}
    assert {"I50.23", "I48.0", "J44.9", "E11.9"} <= set(codes)
    seen = set()
    pieces = [piece for code in run.result["codes"] for piece in code["evidence"]] + run.result["not_coded"]
    for piece in pieces:
        assert documents[piece["document"]].text[piece["start"] : piece["end"]] == piece["quote"]
        seen.add(documents[piece["document"]].title)
    assert seen == {"discharge summary", "day 2"}
    for mention in run.result["mentions"]:
        assert 0 <= mention["start"] < mention["end"] <= len(documents[mention["document"]].text)
    assert "absent" in {each["status"] for each in run.result["mentions"]}
    assert "family" in {each["subject"] for each in run.result["mentions"]}
    for each in run.result["documents"]:
        assert each["sections"][0]["start"] == 0
        assert each["sections"][-1]["end"] <= len(documents[each["id"]].text)

    encounter = Encounter.objects.for_access(manager).get(pk=stay)
    assert (encounter.state, encounter.autonomous) == ("ready", False)
    assert 0 < encounter.confidence < 1
    assert encounter.drg == run.result["drg"]["drg"]
    assert encounter.facts["codes"] == len(run.result["codes"])
    assert encounter.missing_documents == ["history-and-physical"]
    sheet = Worksheet.objects.for_access(manager).get(encounter=encounter)
    assert [item["code"] for item in sheet.codes] == [code["code"] for code in run.result["codes"]]
    assert len({item["key"] for item in sheet.codes}) == len(sheet.codes)
    assert ProviderQuery.objects.for_access(manager).filter(state="draft").count() == len(run.result["queries"])


def test_a_family_history_does_not_reach_into_the_next_document(home: Path, manager: Any, stay: str) -> None:
    send(manager, stay, ("one.txt", DISCHARGE), ("two.txt", "Breast cancer, on tamoxifen, under active treatment."))
    request_coding(manager, encounter=stay, now=NOW)
    codes = {item["code"] for item in Worksheet.objects.for_access(manager).get(encounter=stay).codes}
    assert any(code.startswith("C50") for code in codes)


def test_what_a_coder_decided_outlives_another_run(home: Path, manager: Any, stay: str) -> None:
    send(manager, stay, ("one.txt", DISCHARGE))
    request_coding(manager, encounter=stay, now=NOW)
    sheet = Worksheet.objects.for_access(manager).get(encounter=stay)
    by_code = {item["code"]: item for item in sheet.codes}
    by_code["J44.9"]["state"] = "rejected"
    by_code["I50.23"]["state"] = "accepted"
    sheet.save()
    send(manager, stay, ("two.txt", PROGRESS))
    request_coding(manager, encounter=stay, now=NOW)
    after = {item["code"]: item for item in Worksheet.objects.for_access(manager).get(encounter=stay).codes}
    assert after["J44.9"]["state"] == "rejected"
    assert after["I50.23"]["state"] == "accepted"
    assert after["I48.0"]["state"] == "suggested"
    assert CodingRun.objects.for_access(manager).count() == 2


def test_a_run_that_nobody_works_on_is_begun_again(
    home: Path, manager: Any, stay: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    send(manager, stay, ("one.txt", DISCHARGE))
    run = request_coding(manager, encounter=stay, now=timezone.now())
    assert request_coding(manager, encounter=stay, now=timezone.now()) == run
    assert DBTaskResult.objects.count() == 1
    later = timezone.now() + timedelta(hours=2)
    assert resume_runs(now=later) == 0
    DBTaskResult.objects.all().delete()
    assert resume_runs(now=later) == 1
    CodingRun.everywhere.update(state="running")
    DBTaskResult.objects.update(status="FAILED")
    assert resume_runs(now=later) == 0
    assert CodingRun.everywhere.get(pk=run).state == "failed"
    assert Encounter.objects.for_access(manager).get(pk=stay).state == "failed"


def test_a_file_of_another_patient_is_pointed_out(manager: Any, stay: str, encounter_in: Callable[..., Any]) -> None:
    other = encounter_in()
    send(manager, str(other.pk), ("one.txt", DISCHARGE))
    answer = send(manager, stay, ("one.txt", DISCHARGE))[0]
    assert answer.state == "read"
    assert other.number in answer.reason


def test_what_is_too_long_is_kept_as_failed(manager: Any, stay: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nosology.actions.intake.MOST_CHARACTERS", 20)
    answer = send(manager, stay, ("one.txt", DISCHARGE))[0]
    assert (answer.state, "split it" in answer.reason) == ("failed", True)


def test_charges_are_recorded_or_refused(manager: Any, stay: str) -> None:
    lines = [{"code": "99233", "units": 1, "charge": "210.00", "date": "2026-05-02"}]
    assert record_charges(manager, encounter=stay, lines=lines, now=NOW) == 1
    assert Encounter.objects.for_access(manager).get(pk=stay).registration["lines"] == lines
    with pytest.raises(UnreadableInput, match="charge"):
        record_charges(manager, encounter=stay, lines=[{"code": "99233", "charge": "much"}], now=NOW)


def test_nothing_to_code_is_said(manager: Any, stay: str) -> None:
    with pytest.raises(UsageError, match="no document"):
        request_coding(manager, encounter=stay, now=NOW)


def test_intake_is_for_those_who_may_and_stays_within_the_organisation(
    access_as: Callable[..., Any], clinic: Any, stay: str
) -> None:
    with pytest.raises(NotPermitted):
        send(access_as("coder"), stay, ("a.txt", "text"))
    with pytest.raises(NotFound):
        send(access_as("manager", at=clinic), stay, ("a.txt", "text"))
