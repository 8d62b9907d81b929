"""Reading the services of an 837 (loop 2400), their drugs (2410), providers (2420), decisions (2430), forms (2440)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nosology.model.claim import ClaimForm, ClaimLine, Drug, LineAdjudication
from nosology.model.claim_parts import Equipment, SupportingForm
from nosology.x12.claim_837_order import order_of
from nosology.x12.claim_837_read_claim import (
    SHARED,
    end_other_payer,
    freeze,
    gather,
    read_cas,
    set_once,
)
from nosology.x12.claim_837_read_levels import PARTY, close_party, read_nm1, read_to_party
from nosology.x12.claim_837_read_parts import answer, line_adjudication, procedure, reference, tooth
from nosology.x12.claim_837_state import Handler, Reading, Table
from nosology.x12.quick import quick

__all__ = ["LINE_TABLES", "SERVICES", "begin_line", "end_line"]


def begin_line(r: Reading, number: int) -> dict[str, Any]:
    """Start a line; what was open before it is finished."""
    if r.party_texts is not None:
        close_party(r)
    if r.line is not None:
        end_line(r)
    elif r.other is not None:
        end_other_payer(r)
    line: dict[str, Any] = {"number": number}
    r.line = r.at = line
    r.parties = []
    r.table = _LINE
    return line


def _read_lx(r: Reading, text: str) -> None:
    number = text.split(r.element_separator)[1:2]
    if number and number[0].isascii() and number[0].isdigit():
        begin_line(r, int(number[0]))
        return
    r.note_value("LX", 1, number[0] if number else "", "a whole number", "6")
    begin_line(r, _next_number(r))


def _next_number(r: Reading) -> int:
    assert r.claim is not None
    lines = r.claim.get("lines", [])
    last = r.line["number"] if r.line is not None else lines[-1].number if lines else 0
    return int(last) + 1


def _line_of(r: Reading, form: ClaimForm, segment_id: str) -> dict[str, Any]:
    """The line to which a service segment belongs: a new one if LX is missing."""
    line = r.line
    if line is None or "charge" in line:
        r.note("x12.837.missing_line_number", "a service without LX; the line is numbered on", "LX", segment_error="3")
        line = begin_line(r, _next_number(r))
    if r.line_form is None:
        r.line_form = form
    elif r.line_form is not form:
        r.note("x12.837.form", "services of two forms in one claim", segment_id, segment_error="2")
    return line


_SERVICE, _ADJUDICATED = quick(ClaimLine), quick(LineAdjudication)
_YES_NO = ("", "Y", "N")


def _flag(r: Reading, value: str, segment_id: str, element: int, yes: str = "Y") -> bool:
    if value not in _YES_NO and value != yes:
        r.note_unplaced_element(segment_id, element, value)
    return value == yes


def _pointers(r: Reading, text: str, segment_id: str, element: int) -> tuple[int, ...]:
    found = r.pointers.get(text)
    if found is None:
        parts = text.split(r.component_separator)
        if not all(each.isascii() and each.isdigit() for each in parts if each):
            r.note_value(segment_id, element, text, "a list of diagnosis pointers", "6")
        found = tuple([int(each) for each in parts if each.isascii() and each.isdigit()])
        if len(r.pointers) < 4096 and parts == [str(each) for each in found]:
            r.pointers[text] = found
    return found


def _service(form: ClaimForm, segment_id: str, read: Callable[[Reading, list[str]], dict[str, Any]]) -> Handler:
    """A handler for a service segment; equal texts are read once."""

    def handle(r: Reading, text: str) -> None:
        line = _line_of(r, form, segment_id)
        found = r.services.get(text)
        if found is None:
            before = len(r.findings)
            found = read(r, r.split(text))
            if len(r.findings) == before:
                if len(r.services) > 4096:
                    r.services.clear()
                r.services[text] = found
        line.update(found)

    return handle


def _read_sv1(r: Reading, e: list[str]) -> dict[str, Any]:
    line: dict[str, Any] = {"procedure": procedure(r, e[1], "SV1", 1)}
    line["charge"] = r.required_number(e[2], "SV1", 2)
    line["unit"] = e[3]
    line["quantity"] = r.required_number(e[4], "SV1", 4)
    if e[5]:
        line["place_of_service"] = e[5]
    if e[7]:
        line["pointers"] = _pointers(r, e[7], "SV1", 7)
    if e[9]:
        line["emergency"] = _flag(r, e[9], "SV1", 9)
    if e[11]:
        line["epsdt"] = _flag(r, e[11], "SV1", 11)
    if e[12]:
        line["family_planning"] = _flag(r, e[12], "SV1", 12)
    if e[15]:
        line["copay_exempt"] = _flag(r, e[15], "SV1", 15, "0")
    return line


def _read_sv2(r: Reading, e: list[str]) -> dict[str, Any]:
    line: dict[str, Any] = {"revenue_code": e[1]}
    line["procedure"] = procedure(r, e[2], "SV2", 2)
    line["charge"] = r.required_number(e[3], "SV2", 3)
    line["unit"] = e[4]
    line["quantity"] = r.required_number(e[5], "SV2", 5)
    if e[6]:
        line["rate"] = r.number(e[6], "SV2", 6)
    if e[7]:
        line["noncovered"] = r.number(e[7], "SV2", 7)
    return line


def _read_sv3(r: Reading, e: list[str]) -> dict[str, Any]:
    line: dict[str, Any] = {"procedure": procedure(r, e[1], "SV3", 1)}
    line["charge"] = r.required_number(e[2], "SV3", 2)
    if e[3]:
        line["place_of_service"] = e[3]
    if e[4]:
        line["oral_cavity"] = tuple([each for each in r.components(e[4], 5, "SV3", 4)[:5] if each])
    if e[5]:
        line["prosthesis"] = e[5]
    if e[6]:
        line["quantity"] = r.required_number(e[6], "SV3", 6)
    if e[11]:
        line["pointers"] = _pointers(r, e[11], "SV3", 11)
    return line


def _equipment(r: Reading) -> dict[str, Any]:
    assert r.line is not None
    found: dict[str, Any] = r.line.setdefault("equipment", {})
    return found


def _read_sv5(r: Reading, text: str) -> None:
    e = r.split(text)
    found = _equipment(r)
    if "days" in found:
        r.note_unplaced_segment("SV5")
        return
    r.expect(e[2], "DA", "SV5", 2)
    found["procedure"] = procedure(r, e[1], "SV5", 1)
    found["days"] = r.number(e[3], "SV5", 3)
    found["rental"] = r.number(e[4], "SV5", 4)
    found["purchase"] = r.number(e[5], "SV5", 5)
    found["frequency"] = e[6]


def _read_cr3(r: Reading, text: str) -> None:
    e = r.split(text)
    found = _equipment(r)
    if "certificate" in found:
        r.note_unplaced_segment("CR3")
        return
    r.expect(e[2], "MO", "CR3", 2)
    found["certificate"] = e[1]
    found["months"] = r.number(e[3], "CR3", 3)


def _purchased(r: Reading, e: list[str]) -> tuple[str, Decimal]:
    return e[1], r.required_number(e[2], "PS1", 2)


# -- drugs


def _read_lin(r: Reading, text: str) -> None:
    close_party(r)
    r.at = r.line or {}
    e = r.split(text)
    if r.drug is not None:
        r.note("x12.837.second_segment", "a second LIN in one line is not kept", "LIN", segment_error="4")
        r.table = _DRUG_LEFT
        return
    r.drug = {"ndc": e[3], "qualifier": e[2]}
    r.table = _DRUG


def _read_ctp(r: Reading, text: str) -> None:
    e = r.split(text)
    assert r.drug is not None
    if "quantity" in r.drug:
        r.note_unplaced_segment("CTP")
        return
    r.drug["quantity"] = r.number(e[4], "CTP", 4)
    if e[5]:
        r.drug["unit"] = r.components(e[5], 1, "CTP", 5)[0]


def _read_drug_reference(r: Reading, text: str) -> None:
    assert r.drug is not None
    r.drug.setdefault("references", []).append(r.made(text, reference))


def _read_drug_left(r: Reading, text: str) -> None:
    r.note_unplaced_segment(text.partition(r.element_separator)[0])


# -- decisions of other payers, forms


def _read_svd(r: Reading, text: str) -> None:
    close_party(r)
    _end_adjudication(r)
    assert r.line is not None
    r.adjudication = r.at = {"made": line_adjudication(r, r.split(text))}
    r.table = _ADJUDICATION


def _end_adjudication(r: Reading) -> None:
    found = r.adjudication
    if found is None:
        return
    r.adjudication = None
    made: LineAdjudication = found.pop("made")
    if found:
        freeze(found, {})
        made = _ADJUDICATED(
            made.payer_id,
            made.paid,
            made.procedure,
            made.quantity,
            made.revenue_code,
            made.bundled_line,
            found.get("adjustments", ()),
            found.get("dates", ()),
            found.get("amounts", ()),
        )
    assert r.line is not None
    r.line.setdefault("adjudications", []).append(made)


def _read_lq(r: Reading, text: str) -> None:
    close_party(r)
    _end_adjudication(r)
    assert r.line is not None
    e = r.split(text)
    r.line.setdefault("forms", []).append((e[1], e[2], []))
    r.at = r.line
    r.table = _FORM


def _read_frm(r: Reading, text: str) -> None:
    assert r.line is not None
    r.line["forms"][-1][2].append(answer(r, r.split(text)))


def _read_line_nm1(r: Reading, text: str) -> None:
    read_nm1(r, text)
    r.at = r.line or {}
    r.table = _LINE_PARTY


def end_line(r: Reading) -> None:
    """Finish the line at hand and give it to its claim."""
    line = r.line
    assert line is not None
    assert r.claim is not None
    if r.party_texts is not None:
        close_party(r)
    if r.adjudication is not None:
        _end_adjudication(r)
    r.line = None
    if r.parties:
        line["providers"] = r.parties
    if "charge" not in line:
        r.note("x12.837.missing_service", "a line without its service segment", "LX", segment_error="3")
        line["charge"] = line["quantity"] = Decimal(0)
        line.setdefault("procedure", None)
    if r.drug is not None:
        drug, r.drug = r.drug, None
        if "references" in drug:
            drug["references"] = tuple(drug["references"])
        line["drug"] = Drug(**drug)
    if "equipment" in line:
        line["equipment"] = Equipment(**line["equipment"])
    if "forms" in line:
        line["forms"] = [SupportingForm(kind, name, tuple(answers)) for kind, name, answers in line["forms"]]
    freeze(line, order_of(r.line_form or r.form or ClaimForm.PROFESSIONAL).line)
    made = _SERVICE(**line)
    if "lines" in r.claim:
        r.claim["lines"].append(made)
    else:
        r.claim["lines"] = [made]


SERVICES: Table = {
    "LX": _read_lx,
    "SV1": _service(ClaimForm.PROFESSIONAL, "SV1", _read_sv1),
    "SV2": _service(ClaimForm.INSTITUTIONAL, "SV2", _read_sv2),
    "SV3": _service(ClaimForm.DENTAL, "SV3", _read_sv3),
}
_TO_LINE: Table = {
    "SV5": _read_sv5,
    "CR3": _read_cr3,
    "TOO": gather("teeth", tooth),
    "PS1": set_once("purchased", _purchased, "PS1"),
    "LIN": _read_lin,
    "SVD": _read_svd,
    "LQ": _read_lq,
}
_LINE: Table = {**PARTY, **SHARED, **SERVICES, **_TO_LINE, "NM1": _read_line_nm1}
_LINE_PARTY: Table = {**_LINE, "REF": read_to_party, "NM1": read_nm1}
_DRUG: Table = {**_LINE, "CTP": _read_ctp, "REF": _read_drug_reference}
_DRUG_LEFT: Table = {**_LINE, "CTP": _read_drug_left, "REF": _read_drug_left}
_ADJUDICATION: Table = {
    **SERVICES,
    **{name: _TO_LINE[name] for name in ("SVD", "LQ", "LIN")},
    "CAS": read_cas,
    "DTP": SHARED["DTP"],
    "AMT": SHARED["AMT"],
    "NM1": _read_line_nm1,
}
_FORM: Table = {**_LINE, "REF": _read_drug_left, "FRM": _read_frm}
LINE_TABLES: tuple[Table, ...] = (_LINE, _LINE_PARTY, _DRUG, _DRUG_LEFT, _ADJUDICATION, _FORM)
"""The tables of a line; what ends a line is added where all tables meet."""
