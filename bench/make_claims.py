"""Random claims, valid by their guides and the same for the same seed; every name in them is made up.

    python bench/make_claims.py 1000 --form 837P --seed 7 > claims.837

A professional claim has one to six services, some with a drug, some for a dependent, some after another payer has
decided; an institutional one revenue lines, procedures and value codes; a dental one teeth and surfaces.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

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
    ToothWork,
)
from nosology.model.claim_parts import Address, Adjustment, Amount, Contact, Dated, Party, ProcedureId, Reference
from nosology.x12.claim_837 import write_837_parts

__all__ = ["ENVELOPE", "main", "make_claims"]

_SURNAMES = [
    "ALDER",
    "BIRCH",
    "CEDAR",
    "ELM",
    "FIR",
    "HAZEL",
    "LARCH",
    "MAPLE",
    "OAK",
    "PINE",
    "ROWAN",
    "SPRUCE",
    "WILLOW",
    "YEW",
]
_GIVEN = ["ADA", "BEN", "CORA", "DAN", "EVE", "FAY", "GUS", "HAL", "IDA", "JON", "KIT", "LEO", "MAY", "NED"]
_CITIES = (
    ("SPRINGFIELD", "IL", "62701"),
    ("DAYTON", "OH", "45402"),
    ("SALEM", "OR", "97301"),
    ("DOVER", "DE", "19901"),
)
_DIAGNOSES = ("I10", "E119", "J209", "M545", "N390", "R079", "F329", "K219", "Z0000", "E785", "J45909", "M1711")
_SERVICES = (("99213", 12000), ("99214", 17500), ("93000", 4500), ("80053", 3800), ("36415", 900), ("71046", 8000))
_DRUGS = (("J1885", "00409379601", "ML"), ("J0696", "00781320695", "UN"), ("J3301", "00003029305", "ML"))
_REVENUE = ("0120", "0250", "0300", "0360", "0450", "0636")
_PCS = ("0DTJ4ZZ", "0FT44ZZ", "02703ZZ", "3E0G76Z")
_TEETH = ("D0120", "D1110", "D2391", "D2750", "D7140")

ENVELOPE = Envelope(
    submitter=Party(
        "41", "EXAMPLE BILLING", id_qualifier="46", id="SUB01", contacts=(Contact("DESK", (("TE", "5555550100"),)),)
    ),
    receiver=Party("40", "EXAMPLE PAYER", id_qualifier="46", id="PAY01"),
    reference="BATCH1",
    created="202605040930",
    interchange_control="000000001",
    group_control="1",
    transaction_control="0001",
    sender_id="SUB01",
    receiver_id="PAY01",
)


def make_claims(count: int, *, form: ClaimForm = ClaimForm.PROFESSIONAL, seed: int = 1) -> Iterator[Claim]:
    """Yield that many claims of the form."""
    chance = random.Random(f"{seed} {form}")
    practices = [_practice(chance) for _ in range(3)]
    payers = [Party("PR", f"EXAMPLE HEALTH {n}", id_qualifier="PI", id=f"PAY{n:02d}") for n in range(1, 6)]
    doctors = [_doctor(chance) for _ in range(12)]
    for number in range(1, count + 1):
        yield _claim(chance, number, form, practices[number * 3 // (count + 1)], payers, doctors)


def _npi(chance: random.Random) -> str:
    body = "1" + "".join(str(chance.randrange(10)) for _ in range(8))
    total = 24 + sum(
        int(digit) if place % 2 else sum(divmod(2 * int(digit), 10)) for place, digit in enumerate(body)
    )  # fmt: skip
    return body + str(-total % 10)


def _address(chance: random.Random) -> Address:
    city, state, zip_code = chance.choice(_CITIES)
    return Address(f"{chance.randrange(1, 9999)} MAIN STREET", "", city, state, zip_code + "0001")


def _practice(chance: random.Random) -> Party:
    return Party(
        "85", f"{chance.choice(_SURNAMES)} CLINIC", id_qualifier="XX", id=_npi(chance), address=_address(chance),
        taxonomy="207Q00000X", references=(Reference("EI", f"{chance.randrange(10**8, 10**9)}"),),
    )  # fmt: skip


def _doctor(chance: random.Random) -> Party:
    return Party(
        "82", chance.choice(_SURNAMES), chance.choice(_GIVEN), person=True, id_qualifier="XX", id=_npi(chance),
        taxonomy="207Q00000X",
    )  # fmt: skip


def _claim(
    chance: random.Random, number: int, form: ClaimForm, billing: Party, payers: list[Party], doctors: list[Party]
) -> Claim:
    day = date(2026, 1, 5) + timedelta(days=chance.randrange(110))
    payer = chance.choice(payers)
    dependent = chance.random() < 0.2
    secondary = chance.random() < 0.1
    insured = Party(
        "IL", chance.choice(_SURNAMES), chance.choice(_GIVEN), person=True, id_qualifier="MI",
        id=f"M{chance.randrange(10**8):08d}", address=_address(chance),
    )  # fmt: skip
    person = Patient(insured, "18", _birth(chance), chance.choice("FM"))
    patient = None
    if dependent:
        child = Party("QC", insured.name, chance.choice(_GIVEN), person=True, address=insured.address)
        patient = Patient(child, "19", _birth(chance), chance.choice("FM"))
    subscriber = Subscriber(
        person, payer, "S" if secondary else "P", "" if dependent else "18", f"G{chance.randrange(1000)}",
        filing_indicator="CI",
    )  # fmt: skip
    lines = _lines(chance, form, day)
    charge = sum((line.charge for line in lines), Decimal(0))
    others: tuple[OtherPayer, ...] = ()
    if secondary:
        first = chance.choice([each for each in payers if each is not payer])
        lines = tuple(_decided(chance, line, first, day) for line in lines)
        paid = sum((line.adjudications[0].paid for line in lines), Decimal(0))
        others = (
            OtherPayer(
                "P", "18", insured, first, filing_indicator="CI", benefits_assigned="Y", release="Y",
                amounts=(Amount("D", paid),),
            ),
        )  # fmt: skip
    maker = {ClaimForm.PROFESSIONAL: _professional, ClaimForm.INSTITUTIONAL: _institutional, ClaimForm.DENTAL: _dental}
    more = maker[form](chance, day, chance.choice(doctors))
    return Claim(
        form=form, id=f"CLM{number:07d}", charge=charge, billing=billing, subscriber=subscriber, lines=lines,
        assignment="A", benefits_assigned="Y", release="Y", patient=patient, other_payers=others, **more,
    )  # fmt: skip


def _birth(chance: random.Random) -> date:
    return date(1940, 1, 1) + timedelta(days=chance.randrange(30000))


def _professional(chance: random.Random, day: date, doctor: Party) -> dict[str, object]:
    found = chance.sample(_DIAGNOSES, 4)
    return {
        "facility": chance.choice(("11", "22", "10")),
        "facility_qualifier": "B",
        "provider_signature": "Y",
        "codes": (ClaimCode("ABK", found[0]), *(ClaimCode("ABF", code) for code in found[1:])),
        "providers": (doctor,),
        "references": (Reference("D9", f"{chance.randrange(10**9)}"),) if chance.random() < 0.5 else (),
    }


def _institutional(chance: random.Random, day: date, doctor: Party) -> dict[str, object]:
    found = chance.sample(_DIAGNOSES, 3)
    last = day + timedelta(days=3)
    attending = Party(
        "71", doctor.name, doctor.first, person=True, id_qualifier="XX", id=doctor.id, taxonomy=doctor.taxonomy
    )
    return {
        "facility": "11",
        "facility_qualifier": "A",
        "admission_type": "1",
        "admission_source": "1",
        "discharge_status": "01",
        "dates": (
            Dated("096", "1100", "TM"),
            Dated.on("434", day, last),
            Dated("435", f"{day:%Y%m%d}0830", "DT"),
        ),
        "codes": (
            ClaimCode("ABK", found[0], poa="Y"),
            ClaimCode("ABJ", found[0]),
            *(ClaimCode("ABF", code, poa="Y") for code in found[1:]),
            ClaimCode("BBR", chance.choice(_PCS), f"{day:%Y%m%d}"),
            ClaimCode("BE", "80", amount=Decimal(3)),
        ),
        "providers": (attending,),
    }


def _dental(chance: random.Random, day: date, doctor: Party) -> dict[str, object]:
    return {
        "facility": "11",
        "facility_qualifier": "B",
        "provider_signature": "Y",
        "dates": (Dated.on("472", day),),
        "providers": (doctor,),
    }


def _lines(chance: random.Random, form: ClaimForm, day: date) -> tuple[ClaimLine, ...]:
    made = []
    for number in range(1, chance.randint(1, 6) + 1):
        control = (Reference("6R", f"L{number:03d}"),)
        when = (Dated.on("472", day),)
        if form is ClaimForm.DENTAL:
            code = chance.choice(_TEETH)
            teeth = (ToothWork(str(chance.randint(1, 32)), ("M", "O")),) if code == "D2391" else ()
            made.append(ClaimLine(number, ProcedureId("AD", code), _cents(chance), teeth=teeth, references=control))
        elif form is ClaimForm.INSTITUTIONAL:
            revenue = chance.choice(_REVENUE)
            service = ProcedureId("HC", chance.choice(_SERVICES)[0]) if revenue in ("0300", "0450") else None
            made.append(
                ClaimLine(
                    number, service, _cents(chance), "DA" if revenue == "0120" else "UN", Decimal(chance.randint(1, 3)),
                    revenue_code=revenue, dates=when, references=control,
                )
            )  # fmt: skip
        elif chance.random() < 0.1:
            code, ndc, unit = chance.choice(_DRUGS)
            made.append(
                ClaimLine(
                    number, ProcedureId("HC", code), _cents(chance), quantity=Decimal(2), pointers=(1,), dates=when,
                    references=control, drug=Drug(ndc, Decimal("1.5"), unit),
                )
            )  # fmt: skip
        else:
            code, cents = chance.choice(_SERVICES)
            modifiers = ("25",) if code == "99214" else ()
            made.append(
                ClaimLine(
                    number, ProcedureId("HC", code, modifiers), Decimal(cents) / 100,
                    pointers=tuple(range(1, chance.randint(1, 4) + 1)), dates=when, references=control,
                )
            )  # fmt: skip
    return tuple(made)


def _cents(chance: random.Random) -> Decimal:
    return Decimal(chance.randint(1000, 90000)) / 100


def _decided(chance: random.Random, line: ClaimLine, payer: Party, day: date) -> ClaimLine:
    reduction = (line.charge * chance.choice((10, 20, 35)) / 100).quantize(Decimal("0.01"))
    share = ((line.charge - reduction) / 5).quantize(Decimal("0.01"))
    decision = LineAdjudication(
        payer.id, line.charge - reduction - share, line.procedure, line.quantity, line.revenue_code,
        adjustments=(Adjustment("CO", "45", reduction), Adjustment("PR", "2", share)),
        dates=(Dated.on("573", day + timedelta(days=20)),),
    )  # fmt: skip
    return replace(line, adjudications=(decision,))


def main() -> None:
    """Print an 837 of random claims."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("--form", type=ClaimForm, default=ClaimForm.PROFESSIONAL, choices=list(ClaimForm))
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for part in write_837_parts(make_claims(asked.count, form=asked.form, seed=asked.seed), envelope=ENVELOPE):
        sys.stdout.write(part)


if __name__ == "__main__":
    main()
