"""A chart is assessed, locked, finished once, opened again; what is not installed is said, never passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nosology.actions.assessment import Case, assess, build_encounter
from nosology.actions.finalize import case_of, finalize, record_final, reopen
from nosology.actions.locks import LOCK, hold_chart, lock_chart, release_chart
from nosology.actions.review import decide, undo
from nosology.errors import NotFound, NotPermitted, NotReady, StaleVersion, UsageError
from nosology.store.models import AuditEvent, Decision, Encounter, FinalCode, Worksheet

pytestmark = pytest.mark.usefixtures("home")
NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
COPD, DIABETES, PRESSURE = "icd10cm:J44.1", "icd10cm:E11.9", "icd10cm:I10"


def version_of(encounter: Any) -> int:
    return int(Worksheet.everywhere.get(encounter=encounter).version)


def do(access: Any, encounter: Any, verb: str, **more: Any) -> Any:
    return decide(access, encounter=str(encounter.pk), verb=verb, version=version_of(encounter), now=NOW, **more)


def finish(access: Any, encounter: Any, **more: Any) -> Any:
    more.setdefault("version", version_of(encounter))
    return finalize(access, encounter=str(encounter.pk), now=NOW, **more)


BOOKS = "the books are not installed yet"
"""The reason why a chart is finished although some checks could not run: no test installs every book."""


@pytest.fixture
def accepted(coded_encounter: Any, access_as: Any) -> Any:
    """A stay of which every suggestion is accepted."""
    do(access_as("coder"), coded_encounter, "accept-all")
    return coded_encounter


def test_a_case_is_grouped_scored_and_checked(coded_encounter: Any, access_as: Any) -> None:
    found = assess(case_of(access_as("coder"), str(coded_encounter.pk)))
    assert found.drg is not None
    assert found.drg["drg"] == "178"
    assert [(each["code"], each["key"]) for each in found.drg["diagnoses"]][1] == ("J44.1", COPD)
    assert {"principal diagnosis", "without the secondary diagnosis"} >= {each["change"] for each in found.what_if}
    by_code = {each["code"]: each for each in found.what_if}
    assert by_code["J44.1"]["drg"] != "178"
    assert found.hcc is not None
    assert found.hcc["codes"][DIABETES] == ["38"]
    assert found.payment["amount"] is None
    assert "no terms" in found.payment["why"]
    assert not found.bill["ready"]
    assert "coverages" in found.bill["why"]
    not_run = [each for each in found.findings if each["rule"] == "edit.not-run"]
    assert not_run
    assert all(each["severity"] == "warning" and each["stops"] and each["unchecked"] for each in not_run)


def test_a_finding_names_its_code_and_may_be_accepted(accepted: Any, access_as: Any) -> None:
    coder = access_as("coder")
    do(coder, accepted, "add", code="O80")
    found = assess(case_of(coder, str(accepted.pk)))
    wrong = next(each for each in found.stopping if each["key"] == "icd10cm:O80" and each["overridable"])
    do(coder, accepted, "override", code=wrong["rule"], key=wrong["about"], why="as the chart says")
    after = assess(case_of(coder, str(accepted.pk)))
    told = next(each for each in after.findings if each["rule"] == wrong["rule"] and each["key"] == wrong["key"])
    assert told["override"]["why"] == "as the chart says"
    assert not told["stops"]
    do(coder, accepted, "principal", key=COPD)  # the place changes, the acceptance stays with the code
    moved = assess(case_of(coder, str(accepted.pk)))
    assert any(each["override"] for each in moved.findings if each["key"] == wrong["key"])
    undo(coder, encounter=str(accepted.pk), version=version_of(accepted), now=NOW)
    undo(coder, encounter=str(accepted.pk), version=version_of(accepted), now=NOW)
    assert Worksheet.everywhere.get(encounter=accepted).overrides == []


def test_an_assessment_never_fails(coded_encounter: Any, access_as: Any) -> None:
    case = case_of(access_as("coder"), str(coded_encounter.pk))
    for bad in (
        replace(case, registration={"age": "old"}),
        replace(case, registration={"lines": "none"}),
        replace(case, settings={"terms": {"": {"provider": "nobody", "hospital": 7}}}),
        replace(case, codes=()),
        replace(case, age=None, sex="U", birth_date=""),
        replace(case, on=case.on.replace(year=1999)),
        replace(case, discharged=None, admitted=None),
    ):
        found = assess(bad)
        assert isinstance(found.findings, tuple)
    assert assess(replace(case, registration={"age": "old"})).stopping
    assert assess(case) is assess(replace(case))


def test_charges_and_services_become_lines(encounter_in: Any, access_as: Any) -> None:
    visit = encounter_in(
        setting="professional",
        registration={
            "lines": [
                {"code": "99213", "charge": "150.00", "place_of_service": "11", "date": "2026-05-04"},
                {"code": "36415", "charge": "12.00"},
                {"code": "81002", "charge": "9.00"},
            ]
        },
        texts=[("Visit", "office-visit", "Essential hypertension. Venipuncture. Electrocardiogram.")],
        codes=[
            ("icd10cm", "I10", "Essential (primary) hypertension", "first-listed", "Essential hypertension"),
            ("cpt", "99213", "", "procedure", "Visit"),
            ("cpt", "81002", "", "procedure", "Visit"),
            ("cpt", "93000", "", "procedure", "Electrocardiogram"),
        ],
    )
    coder = access_as("coder")
    do(coder, visit, "modifiers", key="cpt:99213", value="25")
    do(coder, visit, "reject", key="cpt:81002", why="not done")
    encounter, places = build_encounter(case_of(coder, str(visit.pk)))
    lines = [(each.code, each.modifiers, str(each.charge), each.diagnosis_pointers) for each in encounter.lines]
    assert lines == [
        ("99213", ("25",), "150.00", (1,)),
        ("36415", (), "12.00", (1,)),
        ("93000", (), "0", (1,)),
    ]
    assert places == {"diagnoses[0]": PRESSURE, "lines[0]": "cpt:99213", "lines[2]": "cpt:93000"}


def test_a_chart_is_finished_when_everything_is_decided(coded_encounter: Any, access_as: Any) -> None:
    coder = access_as("coder")
    with pytest.raises(NotReady) as raised:
        finish(coder, coded_encounter)
    assert raised.value.reasons[0].startswith("5 suggested codes to decide: J15.1")
    do(coder, coded_encounter, "accept-all")
    do(coder, coded_encounter, "reject", key=PRESSURE, why="ruled out")
    finish(coder, coded_encounter, request="f1", why=BOOKS)
    finish(coder, coded_encounter, request="f1", why=BOOKS)  # a double click
    coded_encounter.refresh_from_db()
    assert (coded_encounter.state, coded_encounter.drg, coded_encounter.finalized_at) == ("final", "178", NOW)
    assert str(coded_encounter.finalized_by_id) == coder.user
    rows = FinalCode.everywhere.filter(encounter=coded_encounter).order_by("rank")
    assert [(each.rank, each.code, each.role) for each in rows] == [
        (1, "J15.1", "principal"),
        (2, "J44.1", "secondary"),
        (3, "E11.9", "secondary"),
        (4, "Z87.891", "secondary"),
    ]
    assert Decision.everywhere.filter(encounter=coded_encounter, verb="finalize").count() == 1
    assert AuditEvent.objects.filter(verb="chart.finalize", outcome="done").count() == 2
    for verb in ({"verb": "accept", "key": PRESSURE}, {"verb": "add", "code": "Z79.4"}):
        with pytest.raises(StaleVersion, match="final"):
            do(coder, coded_encounter, **verb)
    with pytest.raises(StaleVersion, match="final"):
        undo(coder, encounter=str(coded_encounter.pk), version=version_of(coded_encounter), now=NOW)


def test_of_two_who_finish_at_once_one_wins(accepted: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    seen = version_of(accepted)
    found = assess(case_of(other, str(accepted.pk)))
    finish(one, accepted, version=seen, why=BOOKS)
    with pytest.raises(StaleVersion, match="has finalised this chart already"):
        record_final(
            other, encounter=str(accepted.pk), found=found, version=seen, why="", request="", now=NOW
        )  # fmt: skip
    assert FinalCode.everywhere.filter(encounter=accepted).count() == 5


def test_what_changed_since_it_was_shown_is_not_finished(accepted: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    seen = version_of(accepted)
    do(other, accepted, "reject", key=PRESSURE, why="ruled out")
    with pytest.raises(StaleVersion, match="changed since they were shown"):
        finish(one, accepted, version=seen)


def test_errors_and_open_queries_need_a_reason(accepted: Any, access_as: Any) -> None:
    coder = access_as("coder")
    do(coder, accepted, "add", code="O80")
    Encounter.everywhere.filter(pk=accepted.pk).update(open_queries=1)
    with pytest.raises(NotReady) as raised:
        finish(coder, accepted)
    assert any("query waits" in each for each in raised.value.reasons)
    found = assess(case_of(coder, str(accepted.pk)))
    hard = [each for each in found.stopping if not each["overridable"]]
    if hard:
        with pytest.raises(NotReady, match="cannot be accepted"):
            finish(coder, accepted, why="because it is so")
        do(coder, accepted, "reject", key="icd10cm:O80")
    finish(coder, accepted, why="the provider is away")
    last = Decision.everywhere.filter(encounter=accepted).latest("number")
    assert (last.verb, last.why) == ("finalize", "the provider is away")


def test_a_check_that_could_not_run_is_acknowledged_with_a_reason(accepted: Any, access_as: Any) -> None:
    coder = access_as("coder")
    with pytest.raises(NotReady, match="acknowledge it with a reason") as raised:
        finish(coder, accepted)
    assert raised.value.settled_by_reason
    blind = assess(case_of(coder, str(accepted.pk))).stopping
    assert blind
    assert all(each["unchecked"] for each in blind)
    for each in blind:
        do(coder, accepted, "override", code=each["rule"], key=each["about"], why=BOOKS)
    after = assess(case_of(coder, str(accepted.pk)))
    assert not after.stopping
    assert [each["override"]["why"] for each in after.findings if each["unchecked"]] == [BOOKS] * len(blind)
    assert not [each for each in after.findings if "accept" in each["message"]]  # no edit misses its finding
    finish(coder, accepted)


def test_nothing_stands_nothing_is_finished(coded_encounter: Any, access_as: Any) -> None:
    coder = access_as("coder")
    for item in Worksheet.everywhere.get(encounter=coded_encounter).codes:
        do(coder, coded_encounter, "reject", key=item["key"], why="ruled out")
    with pytest.raises(NotReady, match="no diagnosis stands"):
        finish(coder, coded_encounter)


def test_a_final_chart_is_opened_again_with_a_reason(accepted: Any, access_as: Any) -> None:
    coder, manager = access_as("coder"), access_as("manager")
    with pytest.raises(UsageError, match="not final"):
        reopen(manager, encounter=str(accepted.pk), why="a late report came", now=NOW)
    finish(coder, accepted, why=BOOKS)
    with pytest.raises(NotPermitted):
        reopen(coder, encounter=str(accepted.pk), why="a late report came", now=NOW)
    with pytest.raises(UsageError, match="reason"):
        reopen(manager, encounter=str(accepted.pk), why=" ", now=NOW)
    reopen(manager, encounter=str(accepted.pk), why="a late report came", now=NOW)
    accepted.refresh_from_db()
    assert (accepted.state, accepted.finalized_at) == ("coding", None)
    assert not FinalCode.everywhere.filter(encounter=accepted).exists()
    row = Decision.everywhere.get(encounter=accepted, verb="reopen")
    assert row.before["final"] == ["J15.1", "J44.1", "E11.9", "I10", "Z87.891"]
    do(coder, accepted, "reject", key=PRESSURE, why="ruled out")
    finish(coder, accepted)  # what was acknowledged stays so
    assert FinalCode.everywhere.filter(encounter=accepted).count() == 4


def test_a_chart_has_one_coder_at_a_time(coded_encounter: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    name = str(coded_encounter.pk)
    held = lock_chart(one, encounter=name, now=NOW)
    assert held.until == NOW + LOCK
    events = AuditEvent.objects.count()
    hold_chart(one, encounter=name, now=NOW + timedelta(minutes=2))
    assert AuditEvent.objects.count() == events  # still fresh: nothing is written
    for refused in (
        lambda: lock_chart(other, encounter=name, now=NOW),
        lambda: do(other, coded_encounter, "accept", key=COPD),
    ):
        with pytest.raises(StaleVersion, match="has this chart until 09:15"):
            refused()
    with pytest.raises(StaleVersion):
        finalize(other, encounter=name, version=version_of(coded_encounter), now=NOW)
    with pytest.raises(UsageError, match="reason"):
        lock_chart(other, encounter=name, now=NOW, take=True, why="me")
    lock_chart(other, encounter=name, now=NOW, take=True, why="the coder has gone home")
    assert Decision.everywhere.get(encounter=coded_encounter, verb="take-over").why == "the coder has gone home"
    with pytest.raises(StaleVersion):
        do(one, coded_encounter, "accept", key=COPD)
    assert not release_chart(one, encounter=name, now=NOW)
    assert release_chart(other, encounter=name, now=NOW + timedelta(minutes=4))
    coded_encounter.refresh_from_db()
    assert (coded_encounter.locked_by, coded_encounter.seconds_at_work) == (None, 240)
    do(one, coded_encounter, "accept", key=COPD)


def test_a_lock_ends_by_itself(coded_encounter: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    name = str(coded_encounter.pk)
    lock_chart(one, encounter=name, now=NOW)
    lock_chart(other, encounter=name, now=NOW + LOCK)
    with pytest.raises(StaleVersion):
        lock_chart(one, encounter=name, now=NOW + LOCK)


def test_locks_stay_within_the_organisation(coded_encounter: Any, access_as: Any, clinic: Any) -> None:
    stranger = access_as("coder", at=clinic)
    for call in (lock_chart, release_chart):
        with pytest.raises(NotFound):
            call(stranger, encounter=str(coded_encounter.pk), now=NOW)
    with pytest.raises(NotPermitted):
        lock_chart(access_as("auditor"), encounter=str(coded_encounter.pk), now=NOW)
    with pytest.raises(NotFound):
        finalize(stranger, encounter=str(coded_encounter.pk), version=1, now=NOW)


def test_a_case_needs_no_database() -> None:
    case = Case("c", 1, "outpatient", datetime(2026, 5, 4, tzinfo=UTC).date(), ())
    assert assess(case).drg is None
