"""Writing a service (loop 2400), its drug (2410), providers (2420), decisions (2430), forms (2440) in an 837."""

from __future__ import annotations

from collections.abc import Callable

from nosology.model.claim import ClaimForm, ClaimLine
from nosology.model.claim_parts import ProcedureId
from nosology.x12.claim_837_text import ClaimText, amount_text, procedure_parts
from nosology.x12.claim_837_write_parts import (
    Ranks,
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

__all__ = ["write_line"]

_ONLY_ELSEWHERE = {
    ClaimForm.PROFESSIONAL: ("revenue_code", "rate", "noncovered", "oral_cavity", "prosthesis"),
    ClaimForm.INSTITUTIONAL: (
        "place_of_service",
        "pointers",
        "emergency",
        "epsdt",
        "family_planning",
        "copay_exempt",
        "oral_cavity",
        "prosthesis",
    ),
    ClaimForm.DENTAL: (
        "revenue_code",
        "rate",
        "noncovered",
        "emergency",
        "epsdt",
        "family_planning",
        "copay_exempt",
    ),
}
"""Fields of a line for which the service segment of the form has no element."""


def write_line(out: ClaimText, form: ClaimForm, line: ClaimLine, ranks: Ranks) -> None:
    """Write everything from LX to the last form.

    Raises:
        UsageError: the line holds what its form has no place for, or characters that cannot be written.
    """
    for name in _ONLY_ELSEWHERE[form]:
        if getattr(line, name) not in ("", None, (), False):
            raise out.refuse(f"{name}: an {form} has no place for it")
    out.add("line", "LX", str(line.number))
    _SERVICES[form](out, line)
    _write_equipment(out, line)
    for tooth in line.teeth:
        out.add("teeth", "TOO", "JP", tooth.tooth, tooth.surfaces)
    write_attachments(out, sorted(line.attachments, key=ranks["attachments"]))
    write_ambulance(out, line.ambulance)
    if line.equipment is not None and line.equipment.certificate:
        found = line.equipment
        out.add("equipment", "CR3", found.certificate, "MO", amount_text(found.months))
    write_conditions(out, line.conditions, ranks)
    write_dates(out, line.dates, ranks)
    write_quantities(out, line.quantities, ranks)
    write_contract(out, line.contract)
    out.references("line", sorted(line.references, key=ranks["references"]))
    write_amounts(out, line.amounts, ranks)
    write_file_information(out, line.file_information)
    write_notes(out, line.notes, ranks)
    if line.purchased is not None:
        out.add("purchased", "PS1", line.purchased[0], number(line.purchased[1]))
    write_repricing(out, line.repricing)
    if line.drug is not None:
        drug = line.drug
        out.add("drug", "LIN", "", drug.qualifier, drug.ndc)
        out.add("drug", "CTP", "", "", "", amount_text(drug.quantity), (drug.unit,))
        out.references("drug", drug.references)
    for each in sorted(line.providers, key=ranks["providers"]):
        out.party(f"providers {each.role}", each)
    _write_adjudications(out, line)
    for form_ in line.forms:
        out.add("forms", "LQ", form_.qualifier, form_.id)
        for answer in form_.answers:
            out.add(
                f"forms {form_.qualifier}", "FRM", answer.question, answer.answer, answer.text, answer.day,
                amount_text(answer.percent),
            )  # fmt: skip


def _procedure(out: ClaimText, found: ProcedureId | None) -> tuple[str, ...]:
    if found is not None and len(found.modifiers) > 4:
        raise out.refuse("procedure: a service has room for four modifiers")
    return procedure_parts(found)


def _write_sv1(out: ClaimText, line: ClaimLine) -> None:
    out.add(
        "service", "SV1", _procedure(out, line.procedure), number(line.charge), line.unit, number(line.quantity),
        line.place_of_service, "", tuple(str(each) for each in line.pointers), "", _yes(line.emergency), "",
        _yes(line.epsdt), _yes(line.family_planning), "", "", "0" if line.copay_exempt else "",
    )  # fmt: skip


def _write_sv2(out: ClaimText, line: ClaimLine) -> None:
    out.add(
        "service", "SV2", line.revenue_code, _procedure(out, line.procedure), number(line.charge), line.unit,
        number(line.quantity), amount_text(line.rate), amount_text(line.noncovered),
    )  # fmt: skip


def _write_sv3(out: ClaimText, line: ClaimLine) -> None:
    if line.unit != "UN":
        raise out.refuse("unit: an 837D has no place for it")
    if len(line.oral_cavity) > 5:
        raise out.refuse("oral_cavity: a service has room for five")
    out.add(
        "service", "SV3", _procedure(out, line.procedure), number(line.charge), line.place_of_service,
        line.oral_cavity, line.prosthesis, number(line.quantity), "", "", "", "",
        tuple(str(each) for each in line.pointers),
    )  # fmt: skip


_SERVICES: dict[ClaimForm, Callable[[ClaimText, ClaimLine], None]] = {
    ClaimForm.PROFESSIONAL: _write_sv1,
    ClaimForm.INSTITUTIONAL: _write_sv2,
    ClaimForm.DENTAL: _write_sv3,
}


def _yes(flag: bool) -> str:
    return "Y" if flag else ""


def _write_equipment(out: ClaimText, line: ClaimLine) -> None:
    found = line.equipment
    if found is not None and (found.procedure is not None or found.days is not None):
        out.add(
            "equipment", "SV5", _procedure(out, found.procedure), "DA", amount_text(found.days),
            amount_text(found.rental), amount_text(found.purchase), found.frequency,
        )  # fmt: skip


def _write_adjudications(out: ClaimText, line: ClaimLine) -> None:
    for each in line.adjudications:
        out.add(
            "adjudications", "SVD", each.payer_id, number(each.paid), _procedure(out, each.procedure),
            each.revenue_code, amount_text(each.quantity), each.bundled_line,
        )  # fmt: skip
        out.adjustments("adjudications", each.adjustments)
        for day in each.dates:
            out.add("adjudications", "DTP", day.qualifier, day.form, day.value)
        for amount in each.amounts:
            out.add("adjudications", "AMT", amount.qualifier, number(amount.amount))
