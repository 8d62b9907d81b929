"""A small practice for the tests: claims, a partner behind folders, remittances as text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from nosology.actions import billing
from nosology.clearinghouse.folder import FolderDrop
from nosology.clearinghouse.partner import Partner
from nosology.ledger.statement import PatientStatement, patient_statement
from nosology.model.claim import Claim, ClaimCode, ClaimForm, ClaimLine, OtherPayer, Patient, Subscriber
from nosology.model.claim_parts import Address, Adjustment, Contact, Dated, Party, ProcedureId
from nosology.model.remittance import ClaimPayment, Remittance, ServicePayment
from nosology.store.books import Books
from nosology.x12.remittance_835 import RemittanceFile, read_835, write_835

DAY = date(2026, 5, 4)
PLACE = Address("1 MAIN ST", "", "SPRINGFIELD", "IL", "627010001")


def partner(folder: Path) -> Partner:
    return Partner(
        "north",
        Party("41", "CLINIC", id_qualifier="46", id="CLINIC", contacts=(Contact("DESK", (("TE", "2175550100"),)),)),
        Party("40", "NORTH", id_qualifier="46", id="NORTH"),
        "CLINIC",
        "NORTH",
        outbox=str(folder / "out"),
        inbox=str(folder / "in"),
    )


def drop(folder: Path) -> FolderDrop:
    return FolderDrop(folder / "out", folder / "in")


def make_claim(name: str = "A1", *charges: int, payers: Sequence[str] = ("P1",), member: str = "M1") -> Claim:
    me = Party("IL", "ABLE", "ANN", person=True, id_qualifier="MI", id=member, address=PLACE)
    charges = charges or (100,)
    lines = tuple(
        ClaimLine(
            number, ProcedureId("HC", f"9921{number}"), Decimal(charge), pointers=(1,), dates=(Dated.on("472", DAY),)
        )
        for number, charge in enumerate(charges, 1)
    )
    others = tuple(
        OtherPayer(letter, "18", me, Party("PR", payer, id_qualifier="PI", id=payer), filing_indicator="CI",
                   benefits_assigned="Y", release="Y")
        for letter, payer in zip("ST", payers[1:], strict=False)
    )  # fmt: skip
    return Claim(
        ClaimForm.PROFESSIONAL, name, Decimal(sum(charges)),
        Party("85", "CLINIC", id_qualifier="XX", id="1234567893", address=PLACE),
        Subscriber(Patient(me, birth_date=date(1970, 1, 1), sex="F"),
                   Party("PR", payers[0], id_qualifier="PI", id=payers[0]), filing_indicator="CI"),
        lines, facility="11", facility_qualifier="B", provider_signature="Y", assignment="A", benefits_assigned="Y",
        release="Y", codes=(ClaimCode("ABK", "I10"),), other_payers=others,
    )  # fmt: skip


def cas(*told: str) -> tuple[Adjustment, ...]:
    """``CO-45 20`` and so on."""
    return tuple(Adjustment(*each.split()[0].split("-"), Decimal(each.split()[1])) for each in told)


def payment(claim: Claim, *lines: tuple[int, tuple[Adjustment, ...]], status: str = "1", **more: Any) -> ClaimPayment:
    services = tuple(
        ServicePayment(
            line.procedure or ProcedureId("HC", ""), line.charge, Decimal(paid), dates=line.dates, adjustments=found
        )
        for line, (paid, found) in zip(claim.lines, lines, strict=True)
    )
    paid = sum((each.paid for each in services), Decimal(0))
    return ClaimPayment(claim.id, status, claim.charge, paid, lines=services, group="1", **more)


def remittance(
    trace: str, *claims: ClaimPayment, payer: str = "P1", amount: Decimal | None = None, **more: Any
) -> Remittance:
    total = sum((each.paid for each in claims), Decimal(0)) if amount is None else amount
    me = Party("PE", "CLINIC", id_qualifier="XX", id="1234567893")
    return Remittance(
        Party("PR", payer, id_qualifier="XV", id=payer), me, total, trace, date(2026, 5, 20), "I", "C", "CHK",
        claims=claims, **more,
    )  # fmt: skip


def era(*remittances: Remittance) -> RemittanceFile:
    return read_835(era_text(*remittances))


def era_text(*remittances: Remittance) -> str:
    return write_835(
        remittances, sender=("ZZ", "NORTH"), receiver=("ZZ", "CLINIC"), created="202605200900", control="1"
    )


def send(books: Books, folder: Path, *claims: Claim, key: str = "k1", house: Any = None) -> billing.Submission:
    return billing.submit_claims(
        books, claims, house or drop(folder), partner(folder), on=DAY, created="202605040900", key=key
    )


def state(books: Books, claim: str) -> str:
    row = books.claim(claim)
    assert row is not None
    return str(row.state)


def post(books: Books, *told: Any) -> tuple[billing.PostedRemittance, ...]:
    return billing.post_remittance(books, era(*told), on=DAY, source="x.835")


def owed(books: Books, patient: str = "M1") -> PatientStatement:
    rows = books.claims_of(patient)
    return patient_statement(books.entries(), patient, on=DAY, claims=[row.claim.id for row in rows])
