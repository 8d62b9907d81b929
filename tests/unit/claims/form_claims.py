"""Two claims with nearly every field, for the paper forms. Synthetic people and numbers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from nosology.model.claim import Claim, ClaimCode, ClaimForm, ClaimLine, Drug, OtherPayer, Patient, Subscriber
from nosology.model.claim_parts import Address, Amount, Contact, Dated, NoteText, Party, ProcedureId, Reference

__all__ = ["institutional", "professional"]

_DAY = date(2026, 5, 4)
_HOME = Address("12 Sample Lane", "Apt 3", "Springfield", "IL", "627010000")
_CALL = (Contact("Billing", (("TE", "5555550100"),)),)


def _person(role: str, last: str, first: str, **more: object) -> Party:
    return Party(role, last, first, person=True, **more)  # type: ignore[arg-type]


def professional(lines: int = 3) -> Claim:
    """A professional claim of a child under a parent's plan, with a second payer, after a car accident."""
    billing = Party(
        "85",
        "Example Family Clinic, Inc.",
        id_qualifier="XX",
        id="1234567893",
        taxonomy="207Q00000X",
        contacts=_CALL,
        address=Address("100 Main St.", "", "Springfield", "IL", "627010001"),
        references=(Reference("EI", "123456789"), Reference("G2", "PRV77")),
    )
    payer = Party(
        "PR",
        "Sample Health Plan",
        id_qualifier="PI",
        id="SHP01",
        address=Address("PO Box 9", "", "Peoria", "IL", "61601"),
    )
    parent = Patient(
        _person("IL", "Testman", "Terry", middle="Q", id_qualifier="MI", id="XYZ123456789", address=_HOME),
        "18",
        date(1985, 2, 3),
        "F",
    )
    child = Patient(_person("QC", "Testman", "Casey", suffix="Jr", address=_HOME), "19", date(2015, 7, 9), "M")
    other = OtherPayer(
        "S",
        "19",
        _person("IL", "Samplesen", "Alex", id_qualifier="MI", id="AB99"),
        Party("PR", "Other Mutual", id_qualifier="PI", id="OM2"),
        group_number="G-77",
        benefits_assigned="Y",
        release="Y",
    )
    return Claim(
        ClaimForm.PROFESSIONAL,
        "ACCT-4711",
        Decimal("100.00") * lines,
        billing,
        Subscriber(parent, payer, "P", "", "GRP-1", "Sample Group", filing_indicator="CI"),
        tuple(
            ClaimLine(
                number,
                ProcedureId("HC", "99213" if number == 1 else "J1885", ("25", "59") if number == 1 else ()),
                Decimal("100.00"),
                "UN",
                Decimal(number),
                "11",
                (1, 2),
                dates=(Dated.on("472", _DAY),),
                drug=Drug("00409379301", Decimal(1), "ML") if number == 2 else None,
            )
            for number in range(1, lines + 1)
        ),
        facility="11",
        facility_qualifier="B",
        provider_signature="Y",
        assignment="A",
        benefits_assigned="Y",
        release="Y",
        related_causes=("AA",),
        accident_state="IL",
        patient=child,
        frequency="7",
        codes=(ClaimCode("ABK", "S161XXA"), ClaimCode("ABF", "V4352XA"), ClaimCode("ABF", "M542")),
        dates=(
            Dated.on("431", _DAY - timedelta(3)),
            Dated.on("439", _DAY - timedelta(3)),
            Dated.on("314", _DAY, _DAY + timedelta(7)),
        ),
        references=(Reference("G1", "AUTH778899"), Reference("F8", "PAYER-CTL-1")),
        amounts=(Amount("F5", Decimal("20.00")),),
        notes=(NoteText("ADD", "Neck pain after collision"),),
        providers=(
            _person("DN", "Referson", "Robin", id_qualifier="XX", id="1987654328"),
            _person("82", "Rendersen", "Kim", id_qualifier="XX", id="1234567893"),
            Party(
                "77",
                "Example Annex",
                id_qualifier="XX",
                id="1111111112",
                address=Address("5 Side Rd", "", "Springfield", "IL", "62702"),
            ),
        ),
        other_payers=(other,),
    )


def institutional(lines: int = 4) -> Claim:
    """An inpatient stay under Medicare with a second payer."""
    billing = Party(
        "85",
        "Example General Hospital",
        id_qualifier="XX",
        id="1234567893",
        taxonomy="282N00000X",
        contacts=_CALL,
        address=Address("1 Hospital Way", "", "Springfield", "IL", "627010002"),
        references=(Reference("EI", "987654321"),),
    )
    medicare = Party(
        "PR", "Medicare A", id_qualifier="PI", id="00123", address=Address("PO Box 1", "", "Baltimore", "MD", "21244")
    )
    patient = Patient(
        _person("IL", "Samplesen", "Jo", id_qualifier="MI", id="1EG4TE5MK73", address=_HOME),
        "18",
        date(1944, 8, 5),
        "F",
    )
    other = OtherPayer(
        "S",
        "18",
        patient.party,
        Party("PR", "Supplement Mutual", id_qualifier="PI", id="SUP9"),
        "PLAN-F",
        "Plan F",
        benefits_assigned="Y",
        release="Y",
    )
    return Claim(
        ClaimForm.INSTITUTIONAL,
        "HOSP-2026-1",
        Decimal("2500.00") * lines,
        billing,
        Subscriber(patient, medicare, "P", "18", filing_indicator="MA"),
        tuple(
            ClaimLine(
                number,
                None,
                Decimal("2500.00"),
                "DA",
                Decimal(2),
                revenue_code=f"0{120 + number}",
                rate=Decimal("1250.00"),
                noncovered=Decimal("10.00") if number == 2 else None,
            )
            for number in range(1, lines + 1)
        ),
        facility="11",
        facility_qualifier="A",
        assignment="A",
        benefits_assigned="Y",
        release="Y",
        admission_type="1",
        admission_source="1",
        discharge_status="01",
        codes=(
            ClaimCode("ABK", "I5033", poa="Y"),
            ClaimCode("ABJ", "R0602"),
            ClaimCode("ABF", "J9601", poa="Y"),
            ClaimCode("ABF", "N179", poa="N"),
            ClaimCode("ABN", "W19XXXA", poa="Y"),
            ClaimCode("DR", "291"),
            ClaimCode("BBR", "5A09357", "20260502"),
            ClaimCode("BBQ", "02HV33Z", "20260503"),
            ClaimCode("BG", "09"),
            ClaimCode("BH", "18", "20090805"),
            ClaimCode("BI", "74", "20260502-20260503"),
            ClaimCode("BE", "01", amount=Decimal("1250.00")),
        ),
        dates=(
            Dated("434", "20260501-20260505", "RD8"),
            Dated("435", "202605011430", "DT"),
            Dated("096", "1100", "TM"),
        ),
        references=(Reference("EA", "MRN-55"), Reference("G1", "AUTH-1")),
        notes=(NoteText("ADD", "Discharged home with daughter"),),
        providers=(
            _person("71", "Attenderson", "Sam", id_qualifier="XX", id="1987654328"),
            _person("72", "Cutterby", "Lee", id_qualifier="XX", id="1111111112"),
        ),
        other_payers=(other,),
    )
