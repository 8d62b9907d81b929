"""Writing a claim (loop 2300), its providers (2310) and other payers (2320, 2330) as segments of an 837."""

from __future__ import annotations

from nosology.model.claim import Claim, ClaimCode, OtherPayer
from nosology.model.claim_parts import Party
from nosology.x12.claim_837_order import Order, code_group, order_of
from nosology.x12.claim_837_text import ClaimText, Element, amount_text
from nosology.x12.claim_837_write_line import write_line
from nosology.x12.claim_837_write_parts import (
    write_ambulance,
    write_amounts,
    write_attachments,
    write_conditions,
    write_contract,
    write_dates,
    write_file_information,
    write_notes,
    write_quantities,
    write_repricing,
)
from nosology.x12.values import number

__all__ = ["same_place", "write_claim"]


def write_claim(out: ClaimText, claim: Claim) -> None:
    """Write everything from CLM to the last line.

    Raises:
        UsageError: the claim holds what its form has no place for, or characters that cannot be written.
    """
    out.claim = claim.id
    order = order_of(claim.form)
    ranks = order.claim
    _write_clm(out, claim)
    write_dates(out, claim.dates, ranks)
    out.add("admission", "CL1", claim.admission_type, claim.admission_source, claim.discharge_status)
    out.add("orthodontics", "DN1", *claim.orthodontics)
    for tooth, status in claim.teeth:
        out.add("teeth", "DN2", tooth, status, "", "", "", "JP")
    write_attachments(out, claim.attachments)
    write_contract(out, claim.contract)
    write_amounts(out, claim.amounts, ranks)
    out.references("claim", sorted(claim.references, key=ranks["references"]))
    write_file_information(out, claim.file_information)
    write_notes(out, claim.notes, ranks)
    write_ambulance(out, claim.ambulance)
    if claim.manipulation is not None:
        found = claim.manipulation
        out.add("manipulation", "CR2", *[""] * 7, found.nature, "", found.description, found.more)
    write_conditions(out, claim.conditions, ranks)
    _write_codes(out, claim, order)
    write_quantities(out, claim.quantities, ranks)
    write_repricing(out, claim.repricing)
    for each in sorted(claim.providers, key=ranks["providers"]):
        if not (each.role == "77" and same_place(each, claim.billing)):
            out.party(f"providers {each.role}", each)
    for index, other in enumerate(claim.other_payers):
        out.place = f"other_payers[{index}]: "
        _write_other_payer(out, other, order)
    for index, line in enumerate(claim.lines):
        out.place = f"lines[{index}]: "
        write_line(out, claim.form, line, order.line)
    out.place = out.claim = ""


def same_place(facility: Party, billing: Party) -> bool:
    """Whether a service facility is the billing provider itself, so that the claim must not name it again."""
    return (
        facility.name.casefold() == billing.name.casefold()
        and facility.id in ("", billing.id)
        and facility.address in (None, billing.address)
        and not facility.references
        and not facility.contacts
    )


def _write_clm(out: ClaimText, claim: Claim) -> None:
    if len(claim.related_causes) > 3:
        raise out.refuse("related_causes: a claim has room for three")
    causes = (*claim.related_causes, "", "", "")[:3]
    out.add(
        "claim", "CLM", claim.id, number(claim.charge), "", "",
        (claim.facility, claim.facility_qualifier, claim.frequency), claim.provider_signature, claim.assignment,
        claim.benefits_assigned, claim.release, claim.patient_signature,
        (*causes, claim.accident_state, claim.accident_country), claim.special_program, *[""] * 6,
        claim.predetermination, claim.delay_reason,
    )  # fmt: skip


def _write_codes(out: ClaimText, claim: Claim, order: Order) -> None:
    """HI: one segment per kind of code and twelve codes."""
    codes: list[Element] = []
    group = -1
    for each in sorted(claim.codes, key=order.codes):
        kind = code_group(claim.form, each.qualifier)
        if codes and (kind != group or len(codes) == 12):
            out.add("codes", "HI", *codes)
            codes = []
        group = kind
        codes.append(_code_parts(each))
    if codes:
        out.add("codes", "HI", *codes)


def _code_parts(code: ClaimCode) -> tuple[str, ...]:
    form = ("RD8" if "-" in code.value else "D8") if code.value else ""
    return (code.qualifier, code.code, form, code.value, amount_text(code.amount), "", "", "", code.poa)


def _write_other_payer(out: ClaimText, other: OtherPayer, order: Order) -> None:
    out.add(
        "coverage", "SBR", other.responsibility, other.relationship, other.group_number, other.group_name,
        other.msp_type, "", "", "", other.filing_indicator,
    )  # fmt: skip
    out.adjustments("claim", other.adjustments)
    write_amounts(out, other.amounts, order.payer)
    out.add("coverage", "OI", "", "", other.benefits_assigned, other.patient_signature, "", other.release)
    out.add("inpatient", "MIA", *other.inpatient)
    out.add("outpatient", "MOA", *other.outpatient)
    out.party("insured", other.insured)
    decided = [("DTP", each.qualifier, each.form, each.value) for each in other.paid_on]
    out.party("payer", other.payer, between=decided)
    for each in sorted(other.providers, key=order.payer["providers"]):
        out.party(f"providers {each.role}", each)
