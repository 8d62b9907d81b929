"""Eligibility: the day asked for, answers put together, calls that fail, what real files hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimCode, ClaimForm, ClaimLine, Envelope, Patient, Subscriber
from nosology.model.claim_parts import Dated, Party, ProcedureId, Reference
from nosology.model.eligibility import (
    Benefit,
    CoverageState,
    EligibilityInquiry,
    EligibilityResponse,
    Member,
    Rejection,
    Trace,
)
from nosology.x12.benefits import ShareKind, applied_share, coverage_state
from nosology.x12.eligibility_27x import (
    benefits_by_service_type,
    inquire_for_claim,
    read_270,
    read_271,
    receive_answer,
    write_270,
    write_271,
)
from nosology.x12.validate import validate

PAYER = Party("PR", "EXAMPLE HEALTH PLAN", id_qualifier="PI", id="67890")
CLINIC = Party(
    "85", "EXAMPLE CLINIC", id_qualifier="XX", id="1234567893", taxonomy="207Q00000X",
    references=(Reference("EI", "12-3456789"),),
)  # fmt: skip
JANE = Party("IL", "DOE", "JANE", person=True, id_qualifier="MI", id="M1")
ENVELOPE = Envelope(Party("41", id="CLINIC"), Party("40", id="PAYER"), "R1", "202605041200")
SERVICE = date(2026, 4, 20)


def claim(*days: date, patient: Patient | None = None) -> Claim:
    lines = tuple(
        ClaimLine(number, ProcedureId("HC", "99213"), Decimal(100), dates=(Dated.on("472", day),))
        for number, day in enumerate(days, 1)
    )
    return Claim(
        ClaimForm.PROFESSIONAL, "CLAIM1", Decimal(100), CLINIC,
        Subscriber(Patient(JANE, birth_date=date(1980, 1, 2), sex="F"), PAYER), lines, patient=patient,
        codes=(ClaimCode("ABK", "E119"),),
    )  # fmt: skip


def ask(*days: date, patient: Patient | None = None) -> EligibilityInquiry:
    return inquire_for_claim(claim(*days, patient=patient), reference="Q1", created="202605041200", trace="T1")


def answer(*benefits: Benefit, **more: object) -> EligibilityResponse:
    known = {"dates": (), "rejections": (), **more}
    return EligibilityResponse(
        PAYER, replace(CLINIC, role="1P", taxonomy="", references=()), Member(JANE), "Q1", "202605041201",
        traces=(Trace("T1", "1123456789", kind="2"),), benefits=benefits, **known,  # type: ignore[arg-type]
    )  # fmt: skip


def test_rivals_13_the_day_asked_for_is_the_day_of_the_service() -> None:
    text = write_270([ask(SERVICE)], ENVELOPE)
    assert "DTP*291*D8*20260420~" in text
    assert "20260504" not in text.partition("HL*1")[2]
    assert not list(validate(text))
    assert next(read_270(text)).date_of_service == SERVICE


def test_rivals_13_several_days_are_asked_as_a_period() -> None:
    assert "DTP*291*RD8*20260420-20260423~" in write_270([ask(date(2026, 4, 23), SERVICE)], ENVELOPE)


def test_rivals_13_without_a_date_of_service_nothing_is_asked() -> None:
    with pytest.raises(UsageError, match="date of service"):
        ask()
    with pytest.raises(UsageError, match="date of service"):
        write_270([replace(ask(SERVICE), date_of_service=None)], ENVELOPE)


@pytest.mark.parametrize(("gone", "rule"), [("DTP*291*D8*20260420~", "270.date"), ("EQ*30~", "270.question")])
def test_rivals_13_the_validator_misses_the_date_and_the_question(gone: str, rule: str) -> None:
    assert rule in [each.rule for each in validate(write_270([ask(SERVICE)], ENVELOPE).replace(gone, ""))]


def test_the_validator_misses_answers_and_the_frame_of_parties() -> None:
    text = write_271([answer(Benefit("1", service_types=("30",)))], ENVELOPE)
    assert not list(validate(text))
    assert "271.answer" in [each.rule for each in validate(text.replace("EB*1**30~", ""))]
    assert "271.parties" in [each.rule for each in validate(text.replace("EB*1**30~", "EB*1**30~NM1*P3*1*ROE~"))]


def test_a_dependant_is_asked_for_below_the_subscriber() -> None:
    child = Patient(Party("QC", "DOE", "SAM", person=True), "19", date(2015, 3, 4), "M")
    text = write_270([ask(SERVICE, patient=child)], ENVELOPE)
    assert not list(validate(text))
    found = next(read_270(text))
    assert found.patient.party.first == "SAM"
    assert (found.patient.relationship, found.patient.birth_date) == ("19", date(2015, 3, 4))
    assert found.traces[0].origin == "1123456789"


@pytest.mark.parametrize("failed", [None, "", "   ", b""])
def test_rivals_13_no_answer_is_a_finding_and_no_denial(failed: str | bytes | None) -> None:
    found = receive_answer(failed, ask(SERVICE), failure="timeout")
    assert found.coverage is CoverageState.UNKNOWN
    assert [each.rule for each in found.findings] == ["eligibility.no_answer"]
    assert "timeout" in found.findings[0].message


@pytest.mark.parametrize(
    ("rubbish", "rule"),
    [
        ("<html>502 Bad Gateway</html>", "eligibility.garbled"),
        (b"%PDF-1.7 not an answer", "eligibility.garbled"),
        ('{"error": "timeout"}', "eligibility.garbled"),
    ],
)
def test_rivals_13_a_garbled_answer_is_a_finding(rubbish: str | bytes, rule: str) -> None:
    found = receive_answer(rubbish, ask(SERVICE))
    assert found.coverage is CoverageState.UNKNOWN
    assert rule in [each.rule for each in found.findings]


def test_rivals_13_half_an_answer_is_used_with_a_finding() -> None:
    text = write_271([answer(Benefit("1", service_types=("30",)))], ENVELOPE)
    found = receive_answer(text[: text.index("SE*")], ask(SERVICE))
    assert found.coverage is CoverageState.ACTIVE
    assert "eligibility.damaged" in [each.rule for each in found.findings]


def test_an_answer_about_somebody_else_is_not_used() -> None:
    other = replace(answer(Benefit("1", service_types=("30",))), traces=(Trace("T9", "1123456789", kind="2"),))
    found = receive_answer(write_271([other], ENVELOPE), ask(SERVICE))
    assert found.coverage is CoverageState.UNKNOWN
    assert [each.rule for each in found.findings] == ["eligibility.mismatch"]


def test_a_rejection_says_what_to_do() -> None:
    refused = answer(rejections=(Rejection("72", "C", "N", "subscriber"),))
    found = receive_answer(write_271([refused], ENVELOPE), ask(SERVICE))
    assert found.coverage is CoverageState.REJECTED
    assert found.findings[0].fix == "Correct the question and ask again."


def test_a_plan_that_ended_before_the_service_is_not_active() -> None:
    ended = answer(Benefit("1", service_types=("30",)), dates=(Dated("347", "20260331"),))
    found = receive_answer(write_271([ended], ENVELOPE), ask(SERVICE))
    assert found.coverage is CoverageState.UNKNOWN
    assert [each.rule for each in found.findings] == ["eligibility.dates"]


def test_no_coverage_is_told_as_such() -> None:
    found = receive_answer(write_271([answer(Benefit("6", service_types=("30",)))], ENVELOPE), ask(SERVICE))
    assert found.coverage is CoverageState.INACTIVE


def test_totals_used_and_remaining_are_put_together() -> None:
    told = answer(
        Benefit("1", service_types=("30", "98")),
        Benefit("C", "IND", ("30",), period="23", amount=Decimal(1000), in_network="Y"),
        Benefit("C", "IND", ("30",), period="24", amount=Decimal(400), in_network="Y"),
        Benefit("C", "IND", ("30",), period="23", amount=Decimal(3000), in_network="N"),
        Benefit("C", "FAM", ("30",), period="23", amount=Decimal(2000), in_network="Y"),
        Benefit("C", "FAM", ("30",), period="29", amount=Decimal(0), in_network="Y"),
        Benefit("G", "IND", ("30",), period="29", amount=Decimal(2500), in_network="Y"),
        Benefit("B", "IND", ("98",), period="27", amount=Decimal(25), in_network="Y"),
        Benefit("A", "IND", ("98",), percent=Decimal("0.4"), in_network="N"),
        Benefit("F", "IND", ("33",), period="23", quantity_qualifier="VS", quantity=Decimal(20)),
        Benefit("F", "IND", ("33",), period="29", quantity_qualifier="VS", quantity=Decimal(3)),
        Benefit("I", service_types=("64",)),
    )
    found = benefits_by_service_type(told)
    deductible = applied_share(found, "98", ShareKind.DEDUCTIBLE)
    assert deductible is not None
    assert (deductible.amount, deductible.used, deductible.remaining) == (1000, 400, 600)
    outside = applied_share(found, "98", ShareKind.DEDUCTIBLE, in_network=False)
    assert outside is not None
    assert (outside.amount, outside.remaining) == (3000, None)
    family = applied_share(found, "98", ShareKind.DEDUCTIBLE, coverage_level="FAM")
    assert family is not None
    assert (family.remaining, family.used) == (0, 2000)
    maximum = applied_share(found, "98", ShareKind.OUT_OF_POCKET)
    assert maximum is not None
    assert (maximum.amount, maximum.remaining) == (None, 2500)
    copay, coinsurance = found["98"].share(ShareKind.COPAY), found["98"].share(ShareKind.COINSURANCE, in_network=False)
    assert copay is not None
    assert coinsurance is not None
    assert (copay.amount, coinsurance.percent) == (25, Decimal("0.4"))
    visits = found["33"].share(ShareKind.LIMIT)
    assert visits is not None
    assert (visits.quantity, visits.used, visits.remaining) == (20, 17, 3)
    assert found["64"].covered is False
    assert applied_share(found, "64", ShareKind.COPAY) is None


def test_out_of_network_only_coverage_is_no_coverage_in_network() -> None:
    found = benefits_by_service_type(answer(Benefit("1", service_types=("98",), in_network="N")))["98"]
    assert (found.covered, found.covered_out_of_network) == (None, True)


def test_every_sample_is_read_and_written_back_the_same(shared_data: Path) -> None:
    folder = shared_data / "samples" / "x12" / "lfh"
    files = sorted(folder.glob("*.27[01]"))
    assert len(files) == 8
    for file in files:
        inquiry = file.suffix == ".270"
        first = list(read_270(file) if inquiry else read_271(file))
        text = write_270(first, ENVELOPE) if inquiry else write_271(first, ENVELOPE)  # type: ignore[arg-type]
        assert list(read_270(text) if inquiry else read_271(text)) == first, file.name
        assert not list(validate(text)), file.name
        wrong = [each.rule for each in validate(file)]
        assert wrong == (["x12.se_control"] if "error" in file.name else []), file.name  # SE02 of that file is wrong


def test_a_sample_tells_its_primary_care_provider_and_copays(shared_data: Path) -> None:
    folder = shared_data / "samples" / "x12" / "lfh"
    (told,) = read_271(folder / "271_005010X279A1_subscriber-health-benefit-check.271")
    assert coverage_state(told) is CoverageState.ACTIVE
    assert [related.party.name for each in told.benefits for related in each.parties] == ["JONES"]
    copay = benefits_by_service_type(told)["98"].share(ShareKind.COPAY)
    assert copay is not None
    assert copay.amount == 10
