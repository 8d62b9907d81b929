"""Claims as 837: what rivals get wrong, files as found in the wild, what the writer refuses."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.errors import UsageError
from nosology.model.claim import (
    Claim,
    ClaimCode,
    ClaimForm,
    ClaimLine,
    Drug,
    Envelope,
    LineAdjudication,
    OtherPayer,
    Patient,
    Subscriber,
)
from nosology.model.claim_json import read_claim
from nosology.model.claim_parts import (
    Address,
    Adjustment,
    Amount,
    Contact,
    Dated,
    NoteText,
    Party,
    ProcedureId,
    Reference,
)
from nosology.model.edi import EdiFinding
from nosology.x12.claim_837 import read_837, write_837
from nosology.x12.claim_837_text import plain_text
from nosology.x12.syntax import Delimiters
from nosology.x12.validate import validate

ENVELOPE = Envelope(
    Party("41", "EXAMPLE BILLING", id_qualifier="46", id="SUB01", contacts=(Contact("DESK", (("TE", "5555550100"),)),)),
    Party("40", "EXAMPLE PAYER", id_qualifier="46", id="PAY01"),
    "BATCH1",
    "202605040930",
    interchange_control="1",
    group_control="1",
    transaction_control="0001",
    sender_id="SUB01",
    receiver_id="PAY01",
)
HOME = Address("1 MAIN STREET", "", "SPRINGFIELD", "IL", "627010001")
CLINIC = Party(
    "85", "EXAMPLE CLINIC", id_qualifier="XX", id="1234567893", address=HOME, references=(Reference("EI", "123456789"),)
)
INSURED = Patient(
    Party("IL", "ALDER", "ADA", person=True, id_qualifier="MI", id="M1", address=HOME), "18", date(1970, 1, 2), "F"
)
PAYER = Party("PR", "EXAMPLE HEALTH", id_qualifier="PI", id="PAY01")
LINE = ClaimLine(1, ProcedureId("HC", "99213"), Decimal(120), pointers=(1,), dates=(Dated.on("472", date(2026, 5, 4)),))
CLAIM = Claim(
    ClaimForm.PROFESSIONAL,
    "C1",
    Decimal(120),
    CLINIC,
    Subscriber(INSURED, PAYER, filing_indicator="CI"),
    (LINE,),
    facility="11",
    facility_qualifier="B",
    provider_signature="Y",
    assignment="A",
    benefits_assigned="Y",
    release="Y",
    codes=(ClaimCode("ABK", "I10"),),
)


def segments(*claims: Claim, envelope: Envelope = ENVELOPE) -> list[str]:
    return write_837(claims, envelope=envelope).split("~")[:-1]


def read(text: str) -> tuple[list[Claim], list[EdiFinding]]:
    reports: list[EdiFinding] = []
    found = list(read_837(text, report=reports.append))
    return [claim for claim, _ in found], [*(each for _, more in found for each in more), *reports]


# -- what rivals get wrong (numbers of the list of complaints)


def test_rivals_2_levels_and_their_counts() -> None:
    child = Patient(Party("QC", "ALDER", "BEN", person=True, address=HOME), "19", date(2015, 3, 4), "M")
    family = replace(CLAIM.subscriber, relationship="")
    other = replace(CLINIC, name="OTHER CLINIC", id="1245319599")
    batch = [
        CLAIM,
        replace(CLAIM, id="C2", subscriber=family, patient=child),
        replace(CLAIM, id="C3"),
        replace(CLAIM, id="C4", billing=other),
        replace(CLAIM, id="C5", subscriber=family, patient=child),
    ]
    found = segments(*batch)
    levels = [each for each in found if each.startswith("HL*")]
    assert levels == ["HL*1**20*1", "HL*2*1*22*0", "HL*3*1*22*1", "HL*4*3*23*0", "HL*5**20*1", "HL*6*5*22*0"]
    assert [each.split("*")[1] for each in found if each.startswith("CLM*")] == ["C1", "C3", "C2", "C5", "C4"]
    claims, findings = read("~".join(found) + "~")
    assert {each.id: each for each in claims} == {each.id: each for each in batch}
    assert not findings


def test_a_hundred_claims_stand_under_one_person() -> None:
    """The guides allow 100 claims (loop 2300) under an insured or patient; the next ones begin a level of their own."""
    child = Patient(Party("QC", "ALDER", "BEN", person=True, address=HOME), "19", birth_date=date(2019, 3, 4), sex="M")
    own = [replace(CLAIM, id=f"A{number}") for number in range(201)]
    family = replace(CLAIM.subscriber, relationship="")
    of_child = [replace(CLAIM, id=f"B{number}", subscriber=family, patient=child) for number in range(101)]
    text = write_837([*own, *of_child], envelope=ENVELOPE)
    levels: list[tuple[str, int]] = []
    for segment in text.split("~"):
        if segment.startswith("HL*"):
            levels.append((segment, 0))
        elif segment.startswith("CLM*"):
            levels[-1] = (levels[-1][0], levels[-1][1] + 1)
    assert levels == [
        ("HL*1**20*1", 0),
        ("HL*2*1*22*0", 100),
        ("HL*3*1*22*0", 100),
        ("HL*4*1*22*0", 1),
        ("HL*5*1*22*1", 0),
        ("HL*6*5*23*0", 100),
        ("HL*7*5*23*0", 1),
    ]
    found, findings = read(text)
    assert found == [*own, *of_child]
    assert not findings
    assert not [each for each in validate(text, snip=2) if each.severity == "error"]


def test_rivals_3_secondary_claims() -> None:
    many = tuple(Adjustment("PR", str(reason), Decimal(1)) for reason in range(1, 8))
    decision = LineAdjudication(
        "PAY02", Decimal("80.5"), LINE.procedure, Decimal(1), adjustments=(Adjustment("CO", "45", Decimal(30)), *many),
        dates=(Dated.on("573", date(2026, 5, 20)),),
    )  # fmt: skip
    first = OtherPayer(
        "P", "18", INSURED.party, replace(PAYER, id="PAY02"), filing_indicator="CI", benefits_assigned="Y", release="Y",
        amounts=(Amount("D", Decimal("80.5")),),
    )  # fmt: skip
    claim = replace(
        CLAIM,
        subscriber=replace(CLAIM.subscriber, responsibility="S"),
        other_payers=(first,),
        lines=(replace(LINE, adjudications=(decision,)),),
    )
    found = segments(claim)
    assert [each for each in found if each.startswith("CAS")] == [
        "CAS*CO*45*30",
        "CAS*PR*1*1**2*1**3*1**4*1**5*1**6*1",
        "CAS*PR*7*1",
    ]
    assert found.index("SVD*PAY02*80.5*HC:99213**1") < found.index("CAS*CO*45*30") < found.index("DTP*573*D8*20260520")
    assert read("~".join(found) + "~")[0] == [claim]


def test_rivals_3_adjustments_of_one_group_stand_together() -> None:
    mixed = (Adjustment("PR", "1", Decimal(5)), Adjustment("CO", "45", Decimal(6)), Adjustment("PR", "2", Decimal(7)))
    other = OtherPayer("P", "18", INSURED.party, PAYER, adjustments=mixed)
    found = segments(replace(CLAIM, other_payers=(other,)))
    assert [each for each in found if each.startswith("CAS")] == ["CAS*PR*1*5**2*7", "CAS*CO*45*6"]


def test_rivals_4_nothing_speaks_for_the_patient() -> None:
    silent = replace(CLAIM, provider_signature="", assignment="", benefits_assigned="", release="")
    assert "CLM*C1*120***11:B:1" in segments(silent)
    assert "CLM*C1*120***11:B:1*N*C*N*I" in segments(
        replace(CLAIM, provider_signature="N", assignment="C", benefits_assigned="N", release="I")
    )


def test_rivals_4_the_place_of_the_billing_provider_is_not_named_again() -> None:
    same = Party("77", "Example Clinic", id_qualifier="XX", id=CLINIC.id, address=HOME)
    other = replace(same, address=replace(HOME, line1="2 MAIN STREET"))
    assert not [each for each in segments(replace(CLAIM, providers=(same,))) if each.startswith("NM1*77")]
    assert [each for each in segments(replace(CLAIM, providers=(other,))) if each.startswith("NM1*77")]


@pytest.mark.parametrize("frequency", ["7", "8"])
def test_rivals_5_corrected_and_void_claims(frequency: str) -> None:
    claim = replace(CLAIM, frequency=frequency, references=(Reference("F8", "PAYERS01"),))
    found = segments(claim)
    assert f"CLM*C1*120***11:B:{frequency}*Y*A*Y*Y" in found
    assert "REF*F8*PAYERS01" in found
    assert read("~".join(found) + "~")[0][0].payer_control_number == "PAYERS01"


def test_rivals_8_and_9_drug_on_every_line_and_four_modifiers() -> None:
    drug = Drug("00409379601", Decimal("1.5"), "ML")
    service = ProcedureId("HC", "J1885", ("JZ", "59", "LT", "GA"))
    lines = tuple(replace(LINE, number=number, procedure=service, drug=drug) for number in (1, 2, 3))
    found = segments(replace(CLAIM, lines=lines, facility="66"))
    assert found.count("SV1*HC:J1885:JZ:59:LT:GA*120*UN*1***1") == 3
    assert found.count("LIN**N4*00409379601") == found.count("CTP****1.5*ML") == 3
    assert read("~".join(found) + "~")[0][0].lines == lines


# -- what the writer refuses


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "C*1"}, "claim"),
        ({"notes": (NoteText("ADD", "A~B"),)}, "notes"),
        ({"notes": (NoteText("ADD", "A\nB"),)}, "notes"),
        ({"notes": (NoteText("ADD", "薬"),)}, "notes"),
        ({"lines": (replace(LINE, revenue_code="0450"),)}, "lines[0]: revenue_code"),
        ({"lines": (replace(LINE, procedure=ProcedureId("HC", "1", ("A",) * 5)),)}, "lines[0]: procedure"),
        ({"billing": replace(CLINIC, name="A:B")}, "billing.name"),
        ({"references": (Reference("G1", "A^B"),)}, "claim.references G1"),
    ],
)
def test_refused_with_the_name_of_the_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(UsageError) as caught:
        segments(replace(CLAIM, **change))
    message = str(caught.value)
    assert field in message
    assert message.startswith("claim C")
    assert "\n" not in message
    assert "A~B" not in message


def test_an_envelope_is_needed() -> None:
    with pytest.raises(UsageError, match="envelope"):
        write_837([CLAIM])
    with pytest.raises(UsageError, match="group_control"):
        write_837([CLAIM], envelope=replace(ENVELOPE, group_control=""))
    with pytest.raises(UsageError, match="no claim"):
        write_837([], envelope=ENVELOPE)


def test_accents_lose_their_marks() -> None:
    assert plain_text("Müller-Ñandú ’ß’ – Łódź") == "Muller-Nandu 'ss' - Lodz"
    party = replace(INSURED.party, name="Núñez")
    claim = replace(CLAIM, subscriber=replace(CLAIM.subscriber, person=replace(INSURED, party=party)))
    assert [each for each in segments(claim) if each.startswith("NM1*IL*1*Nunez*ADA")]


def test_separators_of_the_file_decide_what_is_refused() -> None:
    claim = replace(CLAIM, notes=(NoteText("ADD", "A*B:C^D"),))
    marks = Delimiters("|", "<", "!", "\n")
    assert read(write_837([claim], envelope=ENVELOPE, delimiters=marks))[0] == [claim]


# -- files as found in the wild


def change(pattern: str, by: str) -> str:
    text = "~".join(segments(CLAIM)) + "~"
    made = re.sub(pattern, by, text, count=1)
    assert made != text
    return made


def test_service_without_line_number() -> None:
    claims, findings = read(change(r"LX\*1~", ""))
    assert claims == [CLAIM]
    assert [each.rule for each in findings if each.snip > 1] == ["x12.837.missing_line_number"]


def test_taxonomy_before_its_provider() -> None:
    doctor = Party("82", "OAK", "JON", person=True, id_qualifier="XX", id="1245319599", taxonomy="207Q00000X")
    referring = Party("DN", "ELM", "DAN", person=True, id_qualifier="XX", id="1003000126")
    claim = replace(CLAIM, providers=(referring, doctor))
    text = "~".join(segments(claim)) + "~"
    made = re.sub(r"(NM1\*82[^~]*~)(PRV\*PE[^~]*~)", r"\2\1", text)
    assert made != text
    claims, findings = read(made)
    assert claims == [claim]
    assert not findings


def test_levels_are_found_by_their_number() -> None:
    other = replace(CLINIC, name="OTHER CLINIC", id="1245319599")
    batch = (CLAIM, replace(CLAIM, id="C2", billing=other))
    text = "~".join(segments(*batch)) + "~"
    claims, findings = read(text.replace("HL*4*3*22*0", "HL*4*1*22*0"))
    assert claims[1].billing == CLINIC
    assert not findings
    claims, findings = read(text.replace("HL*4*3*22*0", "HL*4*9*22*0"))
    assert claims[1].billing == other
    assert [each.rule for each in findings] == ["x12.837.hierarchy"]


def test_what_has_no_place_is_found() -> None:
    claims, findings = read(change(r"HI\*", "CR5*X*1~HI*"))
    assert claims == [CLAIM]
    assert [(each.rule, each.position.segment_id) for each in findings if each.snip > 1] == [
        ("x12.837.unplaced_segment", "CR5")
    ]
    claims, findings = read(change(r"SV1\*HC:99213\*120\*UN\*1\*\*\*1", "SV1*HC:99213*120*UN*1**1*1"))
    assert claims == [CLAIM]
    assert [(each.position.segment_id, each.position.element, each.value) for each in findings] == [("SV1", 6, "1")]


def test_what_has_no_place_is_told_on_the_command_line(tmp_path: Path, runner: Any) -> None:
    """x12 read writes claims that read_claim takes, and names what it could not keep."""
    path = tmp_path / "odd.837"
    path.write_text(change(r"HI\*", "CR5*X*1~HI*"), "utf-8")
    result = runner("x12", "read", str(path), "--format", "jsonl")
    assert read_claim(json.loads(result.stdout)) == CLAIM
    assert "segment 19, CR5: the segment CR5 has no place here" in result.stderr


def test_values_that_cannot_be_read() -> None:
    claims, findings = read(change(r"CLM\*C1\*120", "CLM*C1*12O"))
    assert claims[0].charge == 0
    assert [(each.rule, each.element_error, each.value, each.claim) for each in findings] == [
        ("x12.837.unreadable_value", "6", "12O", "C1")
    ]
    claims, findings = read(change("19700102", "19701302"))
    assert claims[0].subscriber.person.birth_date is None
    assert [(each.element_error, each.value) for each in findings] == [("8", "19701302")]
    assert not any("1970" in each.message for each in findings)


def test_broken_off_in_the_middle() -> None:
    text = "~".join(segments(CLAIM)) + "~"
    claims, findings = read(text[: text.index("DTP*472")])
    assert claims[0].lines == (replace(LINE, dates=()),)
    assert findings


def test_services_of_another_form() -> None:
    text = "~".join(segments(CLAIM)).replace("005010X222A1", "005010X223A2") + "~"
    claims, findings = read(text)
    assert claims == [CLAIM]
    assert [each.rule for each in findings] == ["x12.837.form"]


def test_samples_are_read_written_and_read_again(shared_data: Path) -> None:
    """Every 837 of the samples; files of 4010 and of 8060 are read, with findings where 5010 has no place."""
    count = 0
    for path in sorted((shared_data / "samples" / "x12").rglob("*")):
        if not path.is_file() or "ST*837*" not in path.read_text("utf-8"):
            continue
        first = [claim for claim, _ in read_837(path)]
        assert first, path.name
        assert all(claim.lines and claim.billing.name for claim in first), path.name
        count += 1
        if "4010" in path.name or path.name == "ex_837_inpatient.txt":
            continue
        second, findings = read(write_837(first, envelope=ENVELOPE))
        assert {each.id: each for each in second} == {each.id: each for each in first}, path.name
        assert not findings, path.name
    assert count > 60
