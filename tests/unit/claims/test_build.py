"""Claims from encounters: each form, splitting, authorisations, later payers, replacement, combining."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.authorizations import count_authorizations
from nosology.claims.build import build_claim, form_of, make_envelope
from nosology.claims.combine import combine_encounters
from nosology.claims.prior import PriorPayment, find_prior
from nosology.errors import UnreadableInput, UsageError
from nosology.model.claim import Claim, ClaimForm
from nosology.model.claim_parts import Adjustment, Party, ProcedureId, Reference
from nosology.model.encounter import Encounter
from nosology.model.encounter_json import read_encounter
from nosology.model.finding import Finding
from nosology.model.remittance import ClaimPayment, Remittance, ServicePayment

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "claims"


def load(name: str, **changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    return data | changes


def build(data: dict[str, Any], **options: Any) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    return build_claim(read_encounter(data), **options)


def one(data: dict[str, Any], **options: Any) -> Claim:
    claims, findings = build(data, **options)
    assert not findings, findings
    assert len(claims) == 1
    return claims[0]


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [each.rule.removeprefix("claim.") for each in findings]


def line(code: str = "99213", points: tuple[int, ...] = (1,), **more: Any) -> dict[str, Any]:
    return {
        "code": code,
        "units": 1,
        "charge": "100.00",
        "date": "2026-05-04",
        "place_of_service": "11",
        "diagnosis_pointers": list(points),
    } | more


def test_forms() -> None:
    wanted = {"visit": "837P", "stay": "837I", "dental": "837D"}
    assert {name: form_of(read_encounter(load(name))).value for name in wanted} == wanted
    assert form_of(Encounter("1", type_of_bill="0131")) is ClaimForm.INSTITUTIONAL
    assert one(load("visit", claim={"form": "837P"})).form is ClaimForm.PROFESSIONAL


def test_professional() -> None:
    claim = one(load("visit"))
    assert (claim.facility, claim.facility_qualifier, claim.frequency) == ("11", "B", "1")
    assert [each.qualifier + each.code for each in claim.codes] == ["ABKE1122", "ABFN1831", "ABFM1711"]
    assert [each.pointers for each in claim.lines] == [(1, 2), (3,), (3,)]
    assert [each.place_of_service for each in claim.lines] == ["", "", ""]  # that of the claim
    assert claim.provider("82") is not None
    drug = claim.lines[2].drug
    assert drug is not None
    assert (drug.ndc, drug.quantity, drug.unit) == ("00003029305", Decimal(1), "ML")
    assert claim.amounts[0].amount == Decimal("30.00")
    assert claim.patient is None
    assert claim.subscriber.person.birth_date == date(1968, 2, 11)
    assert claim.reference("G1") == ""


def test_institutional() -> None:
    claim = one(load("stay"), drg="193")
    assert claim.type_of_bill == "0111"
    assert " ".join(each.qualifier for each in claim.codes) == "ABK ABJ DR ABF ABF ABF BBR BBQ BH BE BE"
    assert [each.poa for each in claim.diagnoses] == ["Y", "Y", "N", ""]
    assert {each.qualifier: each.value for each in claim.dates} == {
        "096": "1100",
        "434": "20260428-20260504",
        "435": "202604281400",
    }
    assert (claim.admission_type, claim.admission_source, claim.discharge_status) == ("1", "1", "01")
    assert [each.unit for each in claim.lines[:3]] == ["DA", "DA", "UN"]
    assert claim.lines[0].procedure is None
    assert claim.reference("EA") == "MRN-0013"


def test_external_causes_stand_apart() -> None:
    data = load(
        "stay",
        diagnoses=[{"code": "S72.001A", "poa": "Y"}, {"code": "W11.XXXA", "poa": "Y"}, {"code": "I10", "poa": "1"}],
    )
    claim = one(data)
    assert [
        (each.qualifier, each.code, each.poa)
        for each in claim.codes
        if each.qualifier[:2] == "AB" and each.qualifier != "ABJ"
    ] == [("ABK", "S72001A", "Y"), ("ABN", "W11XXXA", "Y"), ("ABF", "I10", "")]


def test_dental_patient_is_not_the_insured() -> None:
    claim = one(load("dental"))
    assert claim.patient is not None
    assert (claim.patient.relationship, claim.patient.party.role) == ("01", "QC")
    assert claim.subscriber.relationship == ""
    assert claim.subscriber.person.party.id == "D55512345"
    work = claim.lines[1].teeth[0]
    assert (work.tooth, work.surfaces) == ("30", ("M", "O"))
    assert claim.lines[1].procedure == ProcedureId("AD", "D2392")


def test_nothing_speaks_for_the_patient() -> None:
    """Assignment of benefits was hard-coded elsewhere: OpenEMR 5699."""
    data = load("visit")
    for name in ("benefits_assigned", "release"):
        del data["coverages"][0][name]
    del data["practice"]["assignment"], data["practice"]["signature"]
    claim = one(data)
    assert (claim.assignment, claim.benefits_assigned, claim.release, claim.provider_signature) == ("", "", "", "")
    data["coverages"][0] |= {"assignment": "C", "benefits_assigned": "N", "release": "I"}
    claim = one(data)
    assert (claim.assignment, claim.benefits_assigned, claim.release) == ("C", "N", "I")


@pytest.mark.parametrize(("address", "printed"), [("120 RIVER  STREET", False), ("9 Other Road", True)])
def test_service_facility_that_is_the_billing_provider_is_left_out(address: str, printed: bool) -> None:
    """OpenEMR 2929."""
    data = load("visit")
    billing = data["practice"]["billing"]
    data["practice"]["service_facility"] = billing | {"address": billing["address"] | {"line1": address}}
    assert (one(data).provider("77") is not None) is printed


def test_rendering_who_bills_is_left_out() -> None:
    data = load("visit")
    data["providers"]["rendering"] = {"last": "Riverbend", "npi": data["practice"]["billing"]["npi"]}
    assert one(data).provider("82") is None


def test_a_line_of_another_provider_names_him() -> None:
    data = load("visit")
    data["providers"] |= {"ordering": {"last": "Muster", "npi": "1220000040"}}
    data["lines"][1]["provider"] = "1220000057"
    data["lines"][0]["providers"] = {"supervising": {"last": "Probe", "npi": "1220000065"}}
    roles = [[(each.role, each.npi) for each in line.providers] for line in one(data).lines]
    assert roles == [
        [("DQ", "1220000065"), ("DK", "1220000040")],
        [("82", "1220000057"), ("DK", "1220000040")],
        [("DK", "1220000040")],
    ]


def test_anesthesia_is_billed_in_minutes() -> None:
    claim = one(load("visit", lines=[line("01402", minutes=95)]))
    assert (claim.lines[0].unit, claim.lines[0].quantity) == ("MJ", Decimal(95))


def test_four_modifiers_and_the_fee_stay() -> None:
    """A fee was lost when a modifier was added: OpenEMR 7165."""
    claim = one(load("visit", lines=[line("99213", modifiers=["25", "gt", "GC", "95"], charge="123.45")]))
    assert claim.lines[0].procedure == ProcedureId("HC", "99213", ("25", "GT", "GC", "95"))
    assert claim.charge == Decimal("123.45")
    _, findings = build(load("visit", lines=[line("99213", modifiers=["25", "GT", "GC", "95", "59"])]))
    assert rules(findings) == ["modifiers-left"]


def test_pointers_are_those_of_the_encounter() -> None:
    """OpenEMR 4104, 7911: nothing is pointed to that the encounter does not point to."""
    claim = one(load("visit", lines=[line(points=(3, 1)), line(points=())]))
    assert [each.pointers for each in claim.lines] == [(3, 1), ()]


def test_splitting_keeps_pointers_right() -> None:
    diagnoses = [f"M25.5{n:02d}" for n in range(20)]
    lines = [line(points=(n + 1, 20)) for n in range(20)]
    claims, findings = build(load("visit", diagnoses=diagnoses, lines=lines))
    assert rules(findings) == ["split"]
    assert [each.id for each in claims] == ["visit-0504", "visit-0504-2"]
    seen = []
    for claim in claims:
        assert len(claim.diagnoses) <= 12
        for each in claim.lines:
            seen.append([claim.diagnoses[point - 1].code for point in each.pointers])
            assert each.references[-1] == Reference("6R", str(len(seen)))
    assert seen == [*([f"M255{n:02d}", "M25519"] for n in range(19)), ["M25519"]]
    assert sum(each.charge for each in claims) == 2000
    assert [each.amounts != () for each in claims] == [True, False]  # what the patient paid, once


def test_splitting_by_lines() -> None:
    claims, _ = build(load("visit", lines=[line() for _ in range(120)]))
    assert [len(each.lines) for each in claims] == [50, 50, 20]
    assert [each.lines[0].number for each in claims] == [1, 1, 1]


def test_diagnoses_without_a_place_are_told() -> None:
    claims, findings = build(load("visit", diagnoses=[f"M25.5{n:02d}" for n in range(15)], lines=[line()]))
    assert (len(claims), len(claims[0].diagnoses), rules(findings)) == (1, 12, ["diagnoses-left"])
    diagnoses = [{"code": f"M25.5{n:02d}", "poa": "Y"} for n in range(30)]
    claims, findings = build(load("stay", diagnoses=diagnoses))
    assert (len(claims[0].diagnoses), rules(findings)) == (25, ["diagnoses-left"])


def with_authorizations(*found: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    data = load("visit", lines=lines)
    data["coverages"][0]["authorizations"] = list(found)
    return data


PT = {"number": "A-1", "services": ["97110-97150"], "units": 12, "used": 4, "from": "2026-01-01", "to": "2026-06-30"}


# RIVALS 15: several, counted, expiring
def test_authorization_is_chosen_by_service_day_and_units() -> None:
    """Several, counted, expiring: OpenEMR 3894, 6044."""
    later = PT | {"number": "A-2", "to": "2026-12-31", "used": 0}
    claim = one(with_authorizations(later, PT, lines=[line("97110", units=8), line("97140", units=2), line("99213")]))
    assert claim.reference("G1") == "A-1"  # ends first
    assert [[r.value for r in each.references if r.qualifier == "G1"] for each in claim.lines] == [[], ["A-2"], []]
    data = with_authorizations(later, PT, lines=[line("97110", units=8), line("97140", units=2)])
    coverage = read_encounter(data).registration.coverages[0]  # type: ignore[union-attr]
    counted = count_authorizations(coverage, [claim])
    assert {each.number: each.used for each in counted.authorizations} == {"A-1": Decimal(12), "A-2": Decimal(2)}


@pytest.mark.parametrize(
    ("change", "units", "part"),
    [
        ({"to": "2026-04-30"}, 1, "day"),
        ({"from": "2026-05-05"}, 1, "day"),
        ({"used": 12}, 1, "0 units left"),
        ({}, 9, "8 units"),
    ],
)
def test_authorization_that_is_none(change: dict[str, Any], units: int, part: str) -> None:
    claims, findings = build(with_authorizations(PT | change, lines=[line("97110", units=units)]))
    assert rules(findings) == ["authorization"]
    assert part in findings[0].message
    assert findings[0].where == "coverages[0].authorizations"
    assert claims[0].reference("G1") == ""


def test_authorization_of_another_payer_and_a_stated_one() -> None:
    assert one(with_authorizations(PT | {"payer": "OTHER"}, lines=[line("97110")])).reference("G1") == ""
    assert one(load("visit", authorization="X99")).reference("G1") == "X99"
    referral = {"number": "R-7", "kind": "9F"}
    assert one(with_authorizations(referral, lines=[line()])).reference("9F") == "R-7"


def test_replacement_and_void() -> None:
    """Ottehr 9029, 9656; OpenEMR 8427."""
    claim = one(load("visit", claim={"frequency": "7", "replaces": "ICN-77"}))
    assert (claim.frequency, claim.payer_control_number) == ("7", "ICN-77")
    claim = one(load("stay"), frequency="8", replaces="ICN-78")
    assert (claim.type_of_bill, claim.payer_control_number) == ("0118", "ICN-78")
    assert one(load("stay", type_of_bill="0117")).frequency == "7"


def test_accident_and_dates() -> None:
    data = load("visit", accident={"causes": ["AA"], "date": "2026-05-01", "state": "OH"})
    data["claim"] = {"dates": {"onset": "2026-05-02", "disability": ["2026-05-02", "2026-05-09"]}}
    claim = one(data)
    assert (claim.related_causes, claim.accident_state) == (("AA",), "OH")
    assert [(each.qualifier, each.value) for each in claim.dates] == [
        ("439", "20260501"),
        ("431", "20260502"),
        ("314", "20260502-20260509"),
    ]


def test_ambulance() -> None:
    places = {"line1": "1 Elm", "city": "Columbus", "state": "OH", "zip": "43215"}
    ambulance = {
        "reason": "A",
        "miles": 7,
        "weight": 160,
        "conditions": ["01", "09"],
        "pick_up": places,
        "drop_off": places,
        "patients": 1,
    }
    claim = one(
        load(
            "visit",
            ambulance=ambulance,
            lines=[line("A0429", place_of_service="41"), line("A0425", place_of_service="41")],
        )
    )
    assert claim.ambulance is not None
    assert claim.ambulance.miles == 7
    assert [each.codes for each in claim.conditions] == [("01",), ("09",)]
    assert {each.role for each in claim.providers} >= {"PW", "45"}
    assert claim.lines[0].quantities[0].qualifier == "PT"


def decided(claim: Claim, *, keep: int | None = None, drop_modifiers: bool = False, **more: Any) -> Remittance:
    """A remittance that pays 80 percent of each line, takes 10 percent off, and leaves the rest to the patient."""
    services = []
    for each in claim.lines[:keep]:
        paid, off = each.charge * Decimal("0.8"), each.charge * Decimal("0.1")
        made = ProcedureId(
            "HC", each.procedure.code if each.procedure else "", () if drop_modifiers else each.procedure.modifiers
        )  # type: ignore[union-attr]
        adjustments = (Adjustment("CO", "45", off), Adjustment("PR", "2", each.charge - paid - off))
        services.append(ServicePayment(made, each.charge, paid, dates=each.dates, adjustments=adjustments))
    payment = ClaimPayment(
        claim.id,
        "1",
        claim.charge,
        sum((s.paid for s in services), Decimal(0)),
        payer_control_number="ICN1",
        lines=tuple(services),
    )
    payer = Party("PR", "Example Health", id_qualifier="XV", id="EXH01")
    return Remittance(payer, Party("PE"), payment.paid, "T1", date(2026, 6, 1), claims=(replace(payment, **more),))


def test_secondary() -> None:
    """Prior adjudication at claim and line, balanced: OpenEMR 6268, 1959; MSP type: awslabs 5."""
    primary = one(load("visit_secondary"))
    prior = find_prior([decided(primary)], primary.id)
    claim = one(load("visit_secondary"), payer=1, prior=prior)
    assert (claim.subscriber.responsibility, claim.subscriber.msp_type) == ("S", "12")
    other = claim.other_payers[0]
    assert (other.responsibility, other.payer.reference("F8")) == ("P", "ICN1")
    assert {each.qualifier: each.amount for each in other.amounts} == {"D": Decimal("315.200")}
    for each in claim.lines:
        found = each.adjudications[0]
        assert found.paid + sum(a.amount for a in found.adjustments) == each.charge
        assert found.dates[0].value == "20260601"
        assert found.amounts[0].amount == each.charge / 10


def test_secondary_with_modifiers_dropped() -> None:
    """OpenEMR 7293."""
    primary = one(load("visit_secondary"))
    prior = find_prior([decided(primary, drop_modifiers=True)], primary.id)
    claims, findings = build(load("visit_secondary"), payer=1, prior=prior)
    assert rules(findings) == ["prior-modifiers"]
    assert all(each.adjudications for each in claims[0].lines)


def test_secondary_that_does_not_add_up() -> None:
    primary = one(load("visit_secondary"))
    _, findings = build(load("visit_secondary"), payer=1, prior=find_prior([decided(primary, keep=2)], primary.id))
    assert rules(findings) == ["prior-balance", "prior-line"]
    _, findings = build(load("visit_secondary"), payer=1)
    assert rules(findings) == ["prior"]
    prior = find_prior([decided(primary, charge=Decimal(1))], primary.id)
    assert "prior-balance" in rules(build(load("visit_secondary"), payer=1, prior=prior)[1])


def test_decision_on_the_claim_alone() -> None:
    data = load("stay")
    data["coverages"].append(
        data["coverages"][0] | {"responsibility": "S", "filing_indicator": "CI", "payer": {"name": "B", "id": "B1"}}
    )
    payment = ClaimPayment(
        "stay-0428",
        "1",
        Decimal("17660.50"),
        Decimal("9000"),
        inpatient=("0",),
        adjustments=(Adjustment("CO", "45", Decimal("6924.50")), Adjustment("PR", "1", Decimal("1736"))),
    )
    claim = one(data, payer=1, prior=(PriorPayment(payment, date(2026, 6, 1)),))
    other = claim.other_payers[0]
    assert {each.qualifier: each.amount for each in other.amounts} == {"D": Decimal(9000), "EAF": Decimal(1736)}
    assert other.paid_on[0].value == "20260601"
    assert not claim.lines[0].adjudications


def test_reversals_leave_the_last_decision() -> None:
    primary = one(load("visit_secondary"))
    first, back, again = decided(primary), decided(primary, status="22"), decided(primary, payer_control_number="ICN2")
    prior = find_prior([first, back, again], primary.id)
    assert [each.payment.payer_control_number for each in prior] == ["ICN2"]
    assert find_prior([first, back], primary.id) == ()


def test_coverage_that_is_not_in_force() -> None:
    data = load("visit")
    data["coverages"][0]["to"] = "2026-04-30"
    assert rules(build(data)[1]) == ["coverage"]
    assert rules(build(load("visit", coverages=[]))[1]) == ["coverage"]
    with pytest.raises(UsageError):
        build(load("visit"), payer=3)


def test_ndc_that_is_ambiguous() -> None:
    claims, findings = build(load("visit", lines=[line("J3301", ndc="0003029305")]))
    assert rules(findings) == ["ndc"]
    assert claims[0].lines[0].drug is None


# RIVALS 10: encounters combined
def test_combining() -> None:
    """Medplum 6468."""
    data = load("visit")
    assert len(combine_encounters([read_encounter(data), read_encounter(data | {"id": "b"})])[0]) == 2
    data["coverages"][0]["combines"] = True
    other = data | {"id": "b", "diagnoses": ["M17.11", "I10"], "lines": [line("73562", points=(1, 2))]}
    made, findings = combine_encounters([read_encounter(data), read_encounter(other)])
    assert rules(findings) == ["combined"]
    assert [each.code for each in made[0].diagnoses] == ["E11.22", "N18.31", "M17.11", "I10"]
    assert made[0].lines[-1].diagnosis_pointers == (3, 4)
    other["lines"] = [line("73562", date="2026-05-05")]
    assert len(combine_encounters([read_encounter(data), read_encounter(other)])[0]) == 2


def test_envelope() -> None:
    practice = read_encounter(load("visit")).registration.practice  # type: ignore[union-attr]
    assert practice is not None
    found = make_envelope(practice, reference="R1", created="202605050800", control="7")
    assert (found.submitter.id, found.receiver.id, found.sender_id, found.usage) == (
        "RIVER01",
        "EXCLEAR",
        "RIVER01",
        "T",
    )


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"coverages": {}}, "coverages: must be a list"),
        ({"coverages": [{"responsibility": "X"}]}, "coverages[0].responsibility"),
        ({"practice": []}, "practice: must be an object"),
        ({"stay": {"admission_hour": "noon"}}, "stay.admission_hour"),
        ({"patient_details": {"birth_date": "yesterday"}}, "patient_details.birth_date"),
    ],
)
def test_unreadable_registration(change: dict[str, Any], part: str) -> None:
    with pytest.raises((UnreadableInput, UsageError), match=part.replace("[", r"\[").replace("]", r"\]")):
        read_encounter(load("visit", **change))
