"""Writing the small parts that claim and line of an 837 share: DTP, PWK, CN1, AMT, REF, K3, NTE, CR1, CRC, QTY, HCP."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nosology.model.claim_parts import (
    Ambulance,
    Amount,
    Attachment,
    Condition,
    ContractTerms,
    Dated,
    NoteText,
    Quantity,
    Repricing,
)
from nosology.x12.claim_837_text import ClaimText, amount_text
from nosology.x12.values import number

__all__ = [
    "Ranks",
    "write_ambulance",
    "write_amounts",
    "write_attachments",
    "write_conditions",
    "write_contract",
    "write_dates",
    "write_file_information",
    "write_notes",
    "write_quantities",
    "write_repricing",
]

Ranks = dict[str, Callable[[Any], int]]
"""How the parts of a loop are put in order, by field."""


def write_dates(out: ClaimText, found: Iterable[Dated], ranks: Ranks) -> None:
    """DTP."""
    for each in sorted(found, key=ranks["dates"]):
        out.add(f"dates {each.qualifier}", "DTP", each.qualifier, each.form, each.value)


def write_attachments(out: ClaimText, found: Iterable[Attachment]) -> None:
    """PWK."""
    for each in found:
        number_of = ("AC", each.control_number) if each.control_number else ()
        out.add("attachments", "PWK", each.kind, each.transmission, "", "", *number_of)


def write_contract(out: ClaimText, found: ContractTerms | None) -> None:
    """CN1."""
    if found is not None:
        out.add(
            "contract", "CN1", found.kind, amount_text(found.amount), amount_text(found.percent), found.code,
            amount_text(found.discount), found.version,
        )  # fmt: skip


def write_amounts(out: ClaimText, found: Iterable[Amount], ranks: Ranks) -> None:
    """AMT."""
    for each in sorted(found, key=ranks["amounts"]):
        out.add(f"amounts {each.qualifier}", "AMT", each.qualifier, number(each.amount))


def write_file_information(out: ClaimText, found: Iterable[str]) -> None:
    """K3."""
    for each in found:
        out.add("file_information", "K3", each)


def write_notes(out: ClaimText, found: Iterable[NoteText], ranks: Ranks) -> None:
    """NTE."""
    for each in sorted(found, key=ranks["notes"]):
        out.add("notes", "NTE", each.kind, each.text)


def write_ambulance(out: ClaimText, found: Ambulance | None) -> None:
    """CR1."""
    if found is not None:
        out.add(
            "ambulance", "CR1", "" if found.weight is None else "LB", amount_text(found.weight), found.code,
            found.reason, "DH", number(found.miles), "", "", found.round_trip, found.stretcher,
        )  # fmt: skip


def write_conditions(out: ClaimText, found: Iterable[Condition], ranks: Ranks) -> None:
    """CRC.

    Raises:
        UsageError: more than five indicators in one.
    """
    for each in sorted(found, key=ranks["conditions"]):
        if len(each.codes) > 5:
            raise out.refuse("conditions: a segment has room for five indicators")
        out.add("conditions", "CRC", each.category, "Y" if each.holds else "N", *each.codes)


def write_quantities(out: ClaimText, found: Iterable[Quantity], ranks: Ranks) -> None:
    """QTY, MEA."""
    for each in sorted(found, key=ranks["quantities"]):
        reference, colon, measured = each.qualifier.partition(":")
        if colon:
            out.add("quantities", "MEA", reference, measured, number(each.value))
        else:
            out.add("quantities", "QTY", reference, number(each.value), each.unit)


def write_repricing(out: ClaimText, found: Repricing | None) -> None:
    """HCP."""
    if found is not None:
        out.add(
            "repricing", "HCP", found.method, number(found.allowed), amount_text(found.savings), found.organization,
            amount_text(found.rate), found.group_code, amount_text(found.group_amount), found.revenue_code,
            found.procedure_qualifier, found.procedure, found.unit, amount_text(found.quantity), found.reject_reason,
            found.compliance, found.exception,
        )  # fmt: skip
