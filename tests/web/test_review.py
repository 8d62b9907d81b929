"""Decisions on the codes of a chart: each a row, merged or refused, undone exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from nosology.actions.review import Decided, decide, redo, undo
from nosology.actions.worksheets import lay_out_run, replayed
from nosology.coding.worksheet import open_sheet
from nosology.errors import NosologyError, NotFound, NotPermitted, StaleVersion, UnknownCode, UsageError
from nosology.store.models import AuditEvent, CodingRun, Decision, FavouriteCode, Worksheet

pytestmark = pytest.mark.usefixtures("home")
NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
PNEUMONIA, COPD, DIABETES, PRESSURE = "icd10cm:J15.1", "icd10cm:J44.1", "icd10cm:E11.9", "icd10cm:I10"


@pytest.fixture
def chart(coded_encounter: Any) -> Any:
    """What the tests do with the coded stay."""
    return _Chart(coded_encounter)


class _Chart:
    def __init__(self, encounter: Any) -> None:
        self.encounter = encounter
        self.id = str(encounter.pk)

    def decide(self, access: Any, verb: str, key: str = "", **more: Any) -> Decided:
        version = more.pop("version") if "version" in more else self.version
        return decide(access, encounter=self.id, verb=verb, key=key, version=version, now=NOW, **more)

    def undo(self, access: Any) -> Decided:
        return undo(access, encounter=self.id, version=self.version, now=NOW)

    def redo(self, access: Any) -> Decided:
        return redo(access, encounter=self.id, version=self.version, now=NOW)

    @property
    def sheet(self) -> Any:
        return Worksheet.everywhere.get(encounter=self.encounter)

    @property
    def version(self) -> int:
        return int(self.sheet.version)

    @property
    def codes(self) -> list[str]:
        return [each["code"] for each in self.sheet.codes if each["state"] != "rejected"]

    def item(self, key: str) -> dict[str, Any]:
        return next(each for each in self.sheet.codes if each["key"] == key)

    def is_replay(self) -> bool:
        return replayed(self.encounter) == open_sheet(self.sheet.codes, self.sheet.overrides)

    def rows(self, verb: str) -> list[Decision]:
        return list(Decision.everywhere.filter(encounter=self.encounter, verb=verb).order_by("number"))


def test_each_decision_is_a_row_with_before_and_after(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    chart.decide(coder, "accept", PNEUMONIA)
    chart.decide(coder, "change", DIABETES, code="e1165", why="glucose 320")
    chart.decide(coder, "reject", PRESSURE, why="not documented in this chart")
    added = chart.decide(coder, "add", code="Z79.4")
    assert added.version == chart.version == 5
    assert chart.codes == ["J15.1", "J44.1", "E11.65", "Z87.891", "Z79.4"]
    assert chart.item(DIABETES)["state"] == "changed"
    assert chart.item(DIABETES)["suggested"] == "E11.9"
    change = chart.rows("change")[0]
    assert (change.code_before, change.code_after, change.why) == ("E11.9", "E11.65", "glucose 320")
    assert str(change.by_id) == coder.user
    assert change.at == NOW
    assert change.before["items"][DIABETES]["code"] == "E11.9"
    assert chart.rows("reject")[0].code_after == ""
    assert chart.rows("add")[0].code_before == ""
    assert chart.is_replay()
    chart.encounter.refresh_from_db()
    assert chart.encounter.state == "coding"
    assert chart.encounter.started_at == NOW
    assert AuditEvent.objects.filter(verb="chart.decide", encounter_id=chart.id).count() == 4
    assert {f.code for f in FavouriteCode.everywhere.all()} == {"E11.65", "Z79.4"}


def test_the_principal_is_the_first_that_stands(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    assert [each["role"] for each in chart.sheet.codes][:2] == ["principal", "secondary"]
    chart.decide(coder, "principal", COPD)
    assert chart.codes[:2] == ["J44.1", "J15.1"]
    assert chart.item(COPD)["role"] == "principal"
    chart.decide(coder, "reject", COPD, why="ruled out")
    assert chart.item(PNEUMONIA)["role"] == "principal"
    chart.decide(coder, "reorder", PRESSURE, value="2")
    assert chart.codes == ["J15.1", "I10", "E11.9", "Z87.891"]
    chart.decide(coder, "reorder", PRESSURE, value="down")
    assert chart.codes == ["J15.1", "E11.9", "I10", "Z87.891"]
    for _ in range(4):
        chart.undo(coder)
    assert chart.codes == ["J15.1", "J44.1", "E11.9", "I10", "Z87.891"]


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"verb": "add", "code": "J15"}, UsageError, "heading"),
        ({"verb": "add", "code": "Q99.99"}, UnknownCode, "no ICD-10-CM release"),
        ({"verb": "add", "code": "<script>"}, UnknownCode, "form of a code"),
        ({"verb": "add", "code": "J15.1"}, UsageError, "already"),
        ({"verb": "add", "code": "99285", "system": "cpt"}, UsageError, "ICD-10-PCS"),
        ({"verb": "add", "code": "0", "system": "snomed"}, UsageError, "code set"),
        ({"verb": "change", "key": COPD, "code": "J15.1"}, UsageError, "already"),
        ({"verb": "reject", "key": COPD}, UsageError, "reason"),
        ({"verb": "reject", "key": "icd10cm:X"}, NotFound, "no such code"),
        ({"verb": "poa", "key": COPD, "value": "Q"}, UsageError, "present on admission"),
        ({"verb": "modifiers", "key": COPD, "value": "25"}, UsageError, "CPT"),
        ({"verb": "modifiers", "key": COPD, "value": "??"}, UsageError, "no modifier"),
        ({"verb": "units", "key": COPD, "value": "2"}, UsageError, "units"),
        ({"verb": "reorder", "key": COPD, "value": "sideways"}, UsageError, "place"),
        ({"verb": "accept-all", "value": "many"}, UsageError, "score"),
        ({"verb": "evidence", "key": COPD, "value": '[{"document": "x"}]'}, UsageError, "document"),
        ({"verb": "evidence", "key": COPD, "value": "["}, UsageError, "list"),
        ({"verb": "evidence", "key": COPD, "value": ""}, UsageError, "point out"),
        ({"verb": "override", "code": "MCE"}, UsageError, "reason"),
        ({"verb": "withdraw", "code": "MCE"}, NotFound, "not accepted"),
        ({"verb": "delete"}, UsageError, "verb"),
        ({"verb": "accept", "key": COPD, "request": "r" * 65}, UsageError, "64"),
        ({"verb": "accept", "key": COPD, "version": 99}, StaleVersion, "look again"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    chart: Any, access_as: Any, given: dict[str, Any], error: type[NosologyError], words: str
) -> None:
    before = chart.sheet.codes
    with pytest.raises(error, match=words) as raised:
        chart.decide(access_as("coder"), **given)
    assert "\n" not in str(raised.value)
    assert chart.sheet.codes == before
    assert chart.version == 1


def test_roles_and_tenants(chart: Any, access_as: Any, clinic: Any) -> None:
    with pytest.raises(NotPermitted):
        chart.decide(access_as("biller"), "accept", COPD)
    assert AuditEvent.objects.filter(verb="chart.decide", outcome="refused").count() == 1
    with pytest.raises(NotFound):
        chart.decide(access_as("coder", at=clinic), "accept", COPD)
    with pytest.raises(NotFound):
        decide(access_as("coder"), encounter="no-uuid", verb="accept", key=COPD, version=1, now=NOW)


def test_the_same_request_again_changes_nothing(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    first = chart.decide(coder, "accept", COPD, request="r1", version=1)
    again = chart.decide(coder, "accept", COPD, request="r1", version=1)
    assert (first.decisions, again.decisions) == (1, 0)
    assert len(chart.rows("accept")) == 1
    assert first.version == again.version


def test_two_people_on_different_codes_lose_nothing(chart: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    chart.decide(one, "accept", COPD, version=1)
    merged = chart.decide(other, "reject", PRESSURE, why="part of another code", version=1)
    assert merged.merged
    chart.decide(one, "add", code="Z79.4", version=1)
    chart.decide(other, "add", code="R63.6", version=1)
    assert chart.codes == ["J15.1", "J44.1", "E11.9", "Z87.891", "Z79.4", "R63.6"]
    chart.undo(one)
    assert chart.codes == ["J15.1", "J44.1", "E11.9", "Z87.891", "R63.6"]
    assert chart.is_replay()


def test_two_people_on_one_code_are_told(chart: Any, access_as: Any) -> None:
    one, other = access_as("coder"), access_as("coder")
    chart.decide(one, "change", DIABETES, code="E11.65", version=1)
    with pytest.raises(StaleVersion, match=r"changed E11\.65 meanwhile"):
        chart.decide(other, "accept", DIABETES, version=1)
    chart.decide(one, "principal", COPD, version=1)
    with pytest.raises(StaleVersion, match="the order"):
        chart.decide(other, "principal", PRESSURE, version=1)
    chart.decide(other, "reject", DIABETES, why="history only")
    chart.undo(one)
    with pytest.raises(StaleVersion, match="cannot be taken back"):
        chart.undo(one)


def test_quick_keys_of_one_person_do_not_collide(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    chart.decide(coder, "accept", COPD, version=1)
    chart.decide(coder, "poa", COPD, value="n", version=1)
    assert chart.item(COPD)["poa"] == "N"


def test_everything_at_once_goes_back_at_once(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    before = chart.sheet.codes
    made = chart.decide(coder, "accept-all", value="0.5", request="all")
    assert made.decisions == 5
    assert len(chart.rows("accept")) == 5
    after = chart.sheet.codes
    assert {each["state"] for each in after} == {"accepted"}
    chart.undo(coder)
    assert chart.sheet.codes == before
    chart.redo(coder)
    assert chart.sheet.codes == after
    chart.undo(coder)
    assert chart.sheet.codes == before
    with pytest.raises(UsageError, match="nothing of yours to undo"):
        chart.undo(coder)
    chart.decide(coder, "accept", COPD)
    with pytest.raises(UsageError, match="nothing of yours to do again"):
        chart.redo(coder)
    assert chart.is_replay()


def test_a_rejected_code_that_is_added_stands_again(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    chart.decide(coder, "reject", COPD, why="ruled out")
    chart.decide(coder, "add", code="J44.1")
    assert chart.item(COPD)["state"] == "accepted"
    assert chart.item(COPD)["evidence"]


def test_evidence_is_read_from_the_document(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    place = dict(chart.item(PRESSURE)["evidence"][0])
    value = f'[{{"document": "{place["document"]}", "start": {place["start"]}, "end": {place["end"]}}}]'
    chart.decide(coder, "add", code="I11.9", value=value)
    held = chart.item("icd10cm:I11.9")["evidence"]
    assert held[0]["quote"] == place["quote"]
    beyond = f'[{{"document": "{place["document"]}", "start": 0, "end": 10000000}}]'
    with pytest.raises(UsageError, match="no document of this encounter"):
        chart.decide(coder, "evidence", PNEUMONIA, value=beyond)


def test_services_have_modifiers_units_and_diagnoses(encounter_in: Any, access_as: Any) -> None:
    visit = encounter_in(
        setting="professional",
        texts=[("Visit", "office-visit", "Essential hypertension. Established patient.")],
        codes=[
            ("icd10cm", "I10", "Essential (primary) hypertension", "first-listed", "Essential hypertension"),
            ("cpt", "99213", "", "procedure", "Established patient"),
        ],
    )
    chart, coder = _Chart(visit), access_as("coder")
    chart.decide(coder, "modifiers", "cpt:99213", value="25, 95")
    chart.decide(coder, "units", "cpt:99213", value="2")
    chart.decide(coder, "pointers", "cpt:99213", value=PRESSURE)
    chart.decide(coder, "add", code="99213", system="cpt")
    item = chart.item("cpt:99213")
    assert (item["modifiers"], item["units"], item["pointers"]) == (["25", "95"], 2, [PRESSURE])
    assert chart.item("cpt:99213:2")["state"] == "added"
    for bad in ("25 25", "ZZ", "25 59 76 77 95"):
        with pytest.raises(UsageError):
            chart.decide(coder, "modifiers", "cpt:99213", value=bad)
    for bad in ("0", "-1", "1.5", "10000"):
        with pytest.raises(UsageError):
            chart.decide(coder, "units", "cpt:99213", value=bad)
    with pytest.raises(UsageError, match="diagnoses of a stay"):
        chart.decide(coder, "poa", PRESSURE, value="Y")


def test_a_new_reading_keeps_what_was_decided(chart: Any, access_as: Any) -> None:
    coder = access_as("coder")
    chart.decide(coder, "change", DIABETES, code="E11.65")
    chart.decide(coder, "add", code="Z79.4")
    chart.decide(coder, "poa", COPD, value="N")
    old = CodingRun.everywhere.get(encounter=chart.encounter)
    kept = [each | {"score": 0.4} for each in old.result["suggestions"] if each["code"] not in ("I10",)]
    new = {**kept[0], "code": "E43", "title": "Unspecified severe protein-calorie malnutrition"}
    run = CodingRun.everywhere.create(
        organisation=chart.encounter.organisation, encounter=chart.encounter, number=2, state="done",
        result={"suggestions": [*kept, new]},
    )  # fmt: skip
    from django.db import transaction

    with transaction.atomic():
        lay_out_run(coder, chart.id, run, now=NOW)
    assert chart.codes == ["J15.1", "J44.1", "E11.65", "Z87.891", "Z79.4", "E43"]
    assert chart.item(COPD)["poa"] == "N"
    assert chart.sheet.run == run
    assert chart.rows("recode")[0].by is None
    chart.undo(coder)
    assert chart.item(COPD)["poa"] == "Y"
    assert chart.item(COPD)["score"] == 0.4
    for _ in range(2):
        chart.undo(coder)
    assert (chart.item(DIABETES)["code"], chart.item(DIABETES)["state"]) == ("E11.9", "suggested")
    assert chart.is_replay()


def test_a_chart_that_waits_is_not_coded(encounter_in: Any, access_as: Any) -> None:
    waiting, failed = _Chart(encounter_in()), _Chart(encounter_in(state="failed"))
    with pytest.raises(UsageError, match="waits for the engine"):
        waiting.decide(access_as("coder"), "add", code="I10", version=1)
    failed.decide(access_as("coder"), "add", code="I10", version=0)
    assert failed.codes == ["I10"]
