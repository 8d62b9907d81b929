"""A Remittance → the segments of a transaction set 835, in the order of the guide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from nosology.model.claim_parts import Adjustment, Amount, Contact, Dated, Party, ProcedureId, Quantity, Reference
from nosology.model.remittance import (
    ClaimPayment,
    ProviderAdjustment,
    ProviderSummary,
    Remittance,
    ServicePayment,
)
from nosology.x12.values import day, money, number

__all__ = ["WireElement", "remittance_segments"]

WireElement = str | tuple[str, ...]
"""An element, or the components of one."""

_Rows = list[list[WireElement]]
_PER_CAS = 6  # adjustments of one CAS
_PER_PLB = 6


def remittance_segments(remittance: Remittance) -> _Rows:
    """Return the segments between ST and SE. Claims without a header number (LX01) come under the number 1."""
    rows: _Rows = [
        [
            "BPR",
            remittance.handling,
            money(remittance.amount),
            remittance.credit_debit,
            remittance.method,
            *(list(remittance.banking) + [""] * (11 - len(remittance.banking))),
            _day(remittance.paid_on),
        ],
        ["TRN", "1", remittance.trace, remittance.trace_origin, remittance.trace_division],
    ]
    if remittance.currency:
        rows.append(["CUR", "PR", remittance.currency])
    if remittance.receiver_reference:
        rows.append(["REF", "EV", remittance.receiver_reference])
    if remittance.version_reference:
        rows.append(["REF", "F2", remittance.version_reference])
    if remittance.produced_on:
        rows.append(["DTM", "405", _day(remittance.produced_on)])
    rows += _party(remittance.payer, "PR")
    rows += _party(remittance.payee, "PE")
    if remittance.delivery:
        rows.append(["RDM", *remittance.delivery])
    rows += _groups(remittance.claims, remittance.summaries)
    rows += _provider_adjustments(remittance.provider_adjustments)
    return rows


def _day(value: date | None) -> str:
    return day(value) if value else ""


def _optional(value: Decimal | None) -> str:
    return "" if value is None else number(value)


def _party(party: Party, role: str) -> _Rows:
    rows: _Rows = [["N1", role, party.name, party.id_qualifier, party.id]]
    address = party.address
    if address:
        if address.line1 or address.line2:
            rows.append(["N3", address.line1, address.line2])
        if address.city or address.state or address.zip or address.country or address.subdivision:
            rows.append(["N4", address.city, address.state, address.zip, address.country, "", "", address.subdivision])
    rows += _references(party.references)
    rows += [_contact(contact) for contact in party.contacts]
    return rows


def _references(references: Iterable[Reference]) -> _Rows:
    return [["REF", each.qualifier, each.value, each.description] for each in references]


def _contact(contact: Contact) -> list[WireElement]:
    return ["PER", contact.function, contact.name, *(text for pair in contact.numbers[:3] for text in pair)]


def _groups(claims: Sequence[ClaimPayment], summaries: Sequence[ProviderSummary]) -> _Rows:
    rows: _Rows = []
    waiting = list(summaries)
    for label, found in groupby(claims, key=lambda claim: claim.group or "1"):
        matching = next((at for at, each in enumerate(waiting) if each.group == label), -1)
        for summary in waiting[:matching] if matching > 0 else []:
            rows += _summary(summary)
        if matching >= 0:
            rows += _summary(waiting[matching])
            del waiting[: matching + 1]
        else:
            rows.append(["LX", label])
        for claim in found:
            rows += _claim(claim)
    for summary in waiting:
        rows += _summary(summary)
    return rows


def _summary(summary: ProviderSummary) -> _Rows:
    rows: _Rows = [["LX", summary.group]]
    if summary.totals:
        rows.append(["TS3", *summary.totals])
    if summary.inpatient_totals:
        rows.append(["TS2", *summary.inpatient_totals])
    return rows


def _claim(claim: ClaimPayment) -> _Rows:
    rows: _Rows = [
        [
            "CLP",
            claim.id,
            claim.status,
            money(claim.charge),
            money(claim.paid),
            _optional(claim.patient_responsibility),
            claim.filing_indicator,
            claim.payer_control_number,
            claim.facility,
            claim.frequency,
            "",
            claim.drg,
            _optional(claim.drg_weight),
            _optional(claim.discharge_fraction),
        ]
    ]
    rows += _adjustments(claim.adjustments)
    rows += [_person(party) for party in claim.parties]
    if claim.inpatient:
        rows.append(["MIA", *claim.inpatient])
    if claim.outpatient:
        rows.append(["MOA", *claim.outpatient])
    rows += _references(claim.references)
    rows += _dates(claim.dates)
    rows += [_contact(contact) for contact in claim.contacts]
    rows += _amounts(claim.amounts)
    rows += _quantities(claim.quantities)
    for line in claim.lines:
        rows += _service(line)
    return rows


def _adjustments(adjustments: Sequence[Adjustment]) -> _Rows:
    rows: _Rows = []
    for group, found in groupby(adjustments, key=lambda each: each.group):
        same = list(found)
        for first in range(0, len(same), _PER_CAS):
            row: list[WireElement] = ["CAS", group]
            for each in same[first : first + _PER_CAS]:
                row += [each.reason, money(each.amount), _optional(each.quantity)]
            rows.append(row)
    return rows


def _person(party: Party) -> list[WireElement]:
    return [
        "NM1",
        party.role,
        "1" if party.person else "2",
        party.name,
        party.first,
        party.middle,
        party.prefix,
        party.suffix,
        party.id_qualifier,
        party.id,
    ]


def _dates(dates: Iterable[Dated]) -> _Rows:
    return [["DTM", each.qualifier, each.value] for each in dates]


def _amounts(amounts: Iterable[Amount]) -> _Rows:
    return [["AMT", each.qualifier, money(each.amount)] for each in amounts]


def _quantities(quantities: Iterable[Quantity]) -> _Rows:
    return [["QTY", each.qualifier, number(each.value)] for each in quantities]


def _procedure(procedure: ProcedureId | None) -> WireElement:
    if procedure is None:
        return ""
    modifiers = (*procedure.modifiers, "", "", "", "")[:4]
    return (procedure.qualifier, procedure.code, *modifiers, procedure.description)


def _service(line: ServicePayment) -> _Rows:
    rows: _Rows = [
        [
            "SVC",
            _procedure(line.procedure),
            money(line.charge),
            money(line.paid),
            line.revenue_code,
            _optional(line.units),
            _procedure(line.submitted),
            _optional(line.submitted_units),
        ]
    ]
    rows += _dates(line.dates)
    rows += _adjustments(line.adjustments)
    rows += _references(line.references)
    rows += _amounts(line.amounts)
    rows += _quantities(line.quantities)
    rows += [["LQ", kind, code] for kind, code in line.remarks]
    return rows


def _provider_adjustments(adjustments: Sequence[ProviderAdjustment]) -> _Rows:
    rows: _Rows = []
    for (provider, year_end), found in groupby(adjustments, key=lambda each: (each.provider, each.fiscal_year_end)):
        same = list(found)
        for first in range(0, len(same), _PER_PLB):
            row: list[WireElement] = ["PLB", provider, _day(year_end)]
            for each in same[first : first + _PER_PLB]:
                row += [(each.reason, each.reference), money(each.amount)]
            rows.append(row)
    return rows
