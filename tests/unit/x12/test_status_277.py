"""Acknowledgement of claims and status: projection of findings and decisions, totals, what real files hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimForm, ClaimLine, Envelope, Patient, Subscriber
from nosology.model.claim_parts import Dated, Party, ProcedureId, Reference
from nosology.model.claim_status import ClaimAcknowledgement, ClaimInquiry, Status, StatusCode, StatusInquiry
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.claim_837 import read_837
from nosology.x12.status_277 import (
    ClaimDecision,
    acknowledge_claims,
    balance_acknowledgement,
    read_276,
    read_277,
    read_277ca,
    write_276,
    write_277,
    write_277ca,
)
from nosology.x12.validate import validate

PAYER = Party("PR", "EXAMPLE HEALTH PLAN", id_qualifier="PI", id="67890")
CLINIC = Party("41", "EXAMPLE CLINIC", id_qualifier="46", id="12345")
ENVELOPE = Envelope(PAYER, CLINIC, "R1", "202605041200")


def claim(number: str, charge: int, *, billing: str = "1234567893") -> Claim:
    person = Party("IL", "DOE", "JANE", person=True, id_qualifier="MI", id="M1")
    line = ClaimLine(
        1, ProcedureId("HC", "99213"), Decimal(charge), dates=(Dated.on("472", date(2026, 5, 1)),),
        references=(Reference("6R", f"{number}L1"),),
    )  # fmt: skip
    return Claim(
        ClaimForm.PROFESSIONAL, number, Decimal(charge), Party("85", "EXAMPLE CLINIC", id_qualifier="XX", id=billing),
        Subscriber(Patient(person), PAYER), (line,),
    )  # fmt: skip


def error(of_claim: str, status: tuple[str, str, str] | None, severity: Severity = Severity.ERROR) -> EdiFinding:
    return EdiFinding("x", 2, severity, "m", Position(), claim=of_claim, status=status)


def acknowledge(
    claims: list[Claim], findings: list[EdiFinding], decisions: dict[int, ClaimDecision] | None = None
) -> ClaimAcknowledgement:
    return acknowledge_claims(
        claims, findings, decisions, source=PAYER, receiver=CLINIC, reference="ACK1", created="202605041200",
        receipt="RC1", received_on=date(2026, 5, 4), processed_on=date(2026, 5, 4), trace="REF1",
    )  # fmt: skip


def test_a_claim_with_an_error_is_rejected_and_the_others_are_accepted() -> None:
    found = acknowledge(
        [claim("A", 100), claim("B", 50), claim("C", 30)],
        [error("B", ("A7", "562", "85")), error("B", ("A7", "562", "85")), error("C", None, Severity.WARNING)],
    )
    assert [(each.id, each.accepted, str(each.statuses[0].codes[0])) for each in found.claims] == [
        ("A", True, "A2:20"),
        ("B", False, "A7:562:85"),
        ("C", True, "A2:20"),
    ]
    assert (found.totals.accepted, found.totals.rejected) == (2, 1)
    assert (found.totals.accepted_charges, found.totals.rejected_charges) == (Decimal(130), Decimal(50))
    assert not balance_acknowledgement(found)


def test_an_error_without_a_status_still_rejects() -> None:
    assert str(acknowledge([claim("A", 1)], [error("A", None)]).claims[0].statuses[0].codes[0]) == "A7:21"


def test_an_error_without_a_status_gets_one_by_its_place() -> None:
    def at(segment: str, element: int, loop: str, wrong: str) -> str:
        place = Position(segment_id=segment, element=element, loop=loop)
        finding = EdiFinding("x", 2, Severity.ERROR, "m", place, element_error=wrong, claim="A")
        return str(acknowledge([claim("A", 1)], [finding]).claims[0].statuses[0].codes[0])

    assert at("DMG", 2, "2010BA", "1") == "A6:158:IL"
    assert at("SV1", 2, "2400", "6") == "A7:583"
    assert at("N4", 3, "2010AA", "5") == "A7:500:85"
    assert at("XYZ", 3, "2300", "5") == "A7:21"


def test_the_validators_findings_reject_the_claim_in_which_they_stand(claim_file: str) -> None:
    broken = claim_file.replace("HC:99213*100", "HC:99213*1x0")
    claims = [claim for claim, _ in read_837(broken)]
    found = acknowledge(claims, list(validate(broken)))
    assert [(each.id, each.accepted, str(each.statuses[0].codes[0])) for each in found.claims] == [
        ("CLAIM1", False, "A7:583")
    ]
    text = write_277ca([found], ENVELOPE)
    assert not list(validate(text))
    assert acknowledge([claim for claim, _ in read_837(claim_file)], list(validate(claim_file))).claims[0].accepted


@pytest.mark.parametrize(
    ("before", "after", "rule", "place"),
    [
        ("QTY*90*1", "QTY*90*2", "277ca.totals", "segment 12, QTY02, loop 2200B"),
        ("QTY*QA*1", "QTY*QA*3", "277ca.totals", "segment 20, QTY02, loop 2200C"),
        ("AMT*YY*50~", "AMT*YY*51~", "277ca.totals", "segment 15, AMT02, loop 2200B"),
        ("STC*A2:20*20260504*WQ", "STC*A2:20*20260504*U", "277ca.verdict", "segment 25, STC03, loop 2200D"),
    ],
)
def test_the_validator_adds_up_acknowledgements(before: str, after: str, rule: str, place: str) -> None:
    claims = [claim("A", 100), claim("B", 50, billing="1245319599")]
    text = write_277ca([acknowledge(claims, [error("B", ("A8", "306", ""))])], ENVELOPE)
    first = next(validate(text.replace(before, after, 1)))
    assert (first.rule, str(first.position)) == (rule, f"transaction 1, {place}")


def test_a_status_question_without_a_date_is_told() -> None:
    inquiry = StatusInquiry(
        PAYER, CLINIC, "Q1", "202605041200",
        (ClaimInquiry("T1", (replace(CLINIC, role="1P", id_qualifier="XX", id="1234567893"),),
                      Patient(Party("IL", "DOE", "JANE", person=True, id_qualifier="MI", id="M1"))),),
    )  # fmt: skip
    assert [each.rule for each in validate(write_276([inquiry], ENVELOPE))] == ["276.date"]


def test_more_than_three_reasons_need_more_than_one_status() -> None:
    findings = [error("A", ("A7", str(number), "")) for number in (21, 187, 454, 562)]
    assert [len(each.codes) for each in acknowledge([claim("A", 1)], findings).claims[0].statuses] == [3, 1]


def test_a_decision_goes_before_the_findings_and_carries_the_payers_number() -> None:
    decision = ClaimDecision(payer_control_number="PAYER1")
    found = acknowledge([claim("A", 1)], [error("A", None)], {0: decision}).claims[0]
    assert found.accepted
    assert found.payer_control_number == "PAYER1"


def test_rejected_lines_are_named() -> None:
    decision = ClaimDecision(accepted=False, lines=((1, StatusCode("A7", "454")),))
    line = acknowledge([claim("A", 1)], [], {0: decision}).claims[0].lines[0]
    assert (line.control_number, str(line.statuses[0].codes[0])) == ("AL1", "A7:454")


def test_rivals_18_acceptance_and_rejection_are_told_apart_for_each_claim() -> None:
    text = write_277ca(
        [acknowledge([claim("A", 100), claim("B", 50, billing="1245319599")], [error("B", ("A8", "306", ""))])],
        ENVELOPE,
    )
    assert not list(validate(text))
    (found,) = read_277ca(text)
    assert {each.id: each.accepted for each in found.claims} == {"A": True, "B": False}
    assert len(found.providers) == 2


def test_a_category_decides_where_the_action_is_missing() -> None:
    assert Status((StatusCode("A1", "20"),)).accepted
    assert not Status((StatusCode("A3", "21"),)).accepted
    assert not Status(()).accepted


def test_totals_that_do_not_add_up_are_a_finding() -> None:
    found = acknowledge([claim("A", 100)], [])
    wrong = replace(found, totals=replace(found.totals, accepted=2))
    assert [each.rule for each in balance_acknowledgement(wrong)] == ["277ca.totals"]


def test_a_separator_in_a_name_is_refused_or_replaced() -> None:
    found = acknowledge([replace(claim("A", 1), id="A*B")], [])
    with pytest.raises(UsageError):
        write_277ca([found], ENVELOPE)
    assert "TRN*2*A B~" in write_277ca([found], ENVELOPE, replace_marks=True)


def test_every_sample_is_read_and_written_back_the_same(shared_data: Path) -> None:
    folder = shared_data / "samples" / "x12" / "lfh"
    files = sorted(folder.glob("*.27[67]"))
    assert len(files) == 10
    for file in files:
        inquiry = file.suffix == ".276"
        first = list(read_276(file) if inquiry else read_277(file))
        text = write_276(first, ENVELOPE) if inquiry else write_277(first, ENVELOPE)  # type: ignore[arg-type]
        assert list(read_276(text) if inquiry else read_277(text)) == first, file.name
        assert not list(validate(file)), file.name
        assert not list(validate(text)), file.name


def test_a_refused_provider_and_a_refused_question_are_told(shared_data: Path) -> None:
    folder = shared_data / "samples" / "x12" / "lfh"
    (of_provider,) = read_277(folder / "277_005010X212_provider-level-status.277")
    assert str(of_provider.providers[1].statuses[0].codes[0]) == "E0:24:85"
    assert not of_provider.providers[1].claims
    (whole,) = read_277(folder / "277_005010X212_information-receiver-level-status.277")
    assert (whole.trace, str(whole.statuses[0].codes[0]), whole.claims) == ("ABC276XXX", "E0:0", ())
