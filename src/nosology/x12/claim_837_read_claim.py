"""Reading the claim (loop 2300), its providers (2310) and its other payers (2320, 2330) of an 837."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nosology.model.claim import Claim, ClaimForm, OtherPayer
from nosology.model.claim_parts import Party
from nosology.x12.claim_837_order import order_of, put_adjustments_in_order
from nosology.x12.claim_837_read_levels import PARTY, close_level, close_party, header, read_nm1, read_to_party
from nosology.x12.claim_837_read_parts import (
    adjustments,
    ambulance,
    amount,
    attachment,
    condition,
    contract,
    dated,
    health_codes,
    manipulation,
    measurement,
    note_text,
    quantity,
    reference,
    repricing,
)
from nosology.x12.claim_837_state import Handler, Reading, Table
from nosology.x12.quick import quick

__all__ = [
    "CLAIM",
    "CLAIM_TABLES",
    "SHARED",
    "end_claim",
    "end_other_payer",
    "freeze",
    "gather",
    "read_cas",
    "read_clm",
    "set_once",
]

_CLAIM, _OTHER_PAYER = quick(Claim), quick(OtherPayer)


def gather(key: str, make: Callable[[Reading, list[str]], Any]) -> Handler:
    """A handler for a segment that may repeat: what it says is added to the list ``key`` of the loop at hand."""

    def handle(r: Reading, text: str) -> None:
        at = r.at
        made = r.texts.get(text) or r.made(text, make)
        if key in at:
            at[key].append(made)
        else:
            at[key] = [made]

    return handle


def set_once(key: str, make: Callable[[Reading, list[str]], Any], segment_id: str) -> Handler:
    """A handler for a segment that stands once; a second one is noted."""

    def handle(r: Reading, text: str) -> None:
        if key in r.at:
            r.note(
                "x12.837.second_segment",
                f"a second {segment_id} in one loop is not kept",
                segment_id,
                segment_error="5",
            )
        else:
            r.at[key] = r.made(text, make)

    return handle


def _read_k3(r: Reading, text: str) -> None:
    """K3."""
    r.at.setdefault("file_information", []).append(r.split(text)[1])


def read_cas(r: Reading, text: str) -> None:
    """CAS: its adjustments."""
    r.at.setdefault("adjustments", []).extend(r.made(text, adjustments))


def _read_hi(r: Reading, text: str) -> None:
    assert r.claim is not None
    made = health_codes(r, text)
    if "codes" in r.claim:
        r.claim["codes"].extend(made)
    else:
        r.claim["codes"] = made


SHARED: Table = {
    "DTP": gather("dates", dated),
    "REF": gather("references", reference),
    "AMT": gather("amounts", amount),
    "QTY": gather("quantities", quantity),
    "MEA": gather("quantities", measurement),
    "PWK": gather("attachments", attachment),
    "NTE": gather("notes", note_text),
    "CRC": gather("conditions", condition),
    "K3": _read_k3,
    "CN1": set_once("contract", contract, "CN1"),
    "CR1": set_once("ambulance", ambulance, "CR1"),
    "HCP": set_once("repricing", repricing, "HCP"),
}
"""Segments that claim and line have in common."""


def read_clm(r: Reading, text: str) -> None:
    """CLM: a new claim of the level at hand."""
    if r.level:
        close_level(r)
    if r.envelope is None:
        r.envelope = header(r)
        r.note("x12.837.hierarchy", "a claim before any level", "CLM", segment_error="7")
    e = r.split(text)
    separator = r.component_separator
    c: dict[str, Any] = {"id": e[1]}
    r.claim = r.at = c
    c["charge"] = r.required_number(e[2], "CLM", 2)
    if e[5]:
        place = r.components(e[5], 3, "CLM", 5)
        c["facility"], c["facility_qualifier"], c["frequency"] = place[0], place[1], place[2]
    else:
        c["frequency"] = ""
    c["provider_signature"] = e[6]
    c["assignment"] = e[7]
    c["benefits_assigned"] = e[8]
    c["release"] = e[9]
    c["patient_signature"] = e[10]
    if e[11]:
        cause = e[11].split(separator)
        if len(cause) > 5:
            r.components(e[11], 5, "CLM", 11)
        cause += ["", "", "", ""]
        c["related_causes"] = tuple([each for each in cause[:3] if each])
        c["accident_state"], c["accident_country"] = cause[3], cause[4]
    if e[12]:
        c["special_program"] = e[12]
    if e[19]:
        c["predetermination"] = e[19]
    if e[20]:
        c["delay_reason"] = e[20]
    c["providers"] = r.parties = []
    r.line_form = None
    r.table = CLAIM


def _read_cl1(r: Reading, text: str) -> None:
    assert r.claim is not None
    if "admission_type" in r.claim:
        r.note_unplaced_segment("CL1")
        return
    e = r.split(text)
    r.claim["admission_type"], r.claim["admission_source"], r.claim["discharge_status"] = e[1], e[2], e[3]


def _read_dn2(r: Reading, text: str) -> None:
    assert r.claim is not None
    e = r.split(text)
    r.expect(e[6], "JP", "DN2", 6)
    r.claim.setdefault("teeth", []).append((e[1], e[2]))


def _orthodontics(_: Reading, e: list[str]) -> tuple[str, ...]:
    last = max((at for at in range(1, 5) if e[at]), default=0)
    return tuple(e[1 : last + 1])


def _to_claim(handler: Handler) -> Handler:
    """The handler with the claim as its loop, wherever the segment stands."""

    def handle(r: Reading, text: str) -> None:
        assert r.claim is not None
        at, r.at = r.at, r.claim
        handler(r, text)
        r.at = at

    return handle


_MANIPULATION = set_once("manipulation", manipulation, "CR2")
_ORTHODONTICS = set_once("orthodontics", _orthodontics, "DN1")


# -- other payers


def _read_sbr(r: Reading, text: str) -> None:
    """SBR inside of a claim: a new other payer."""
    close_party(r)
    end_other_payer(r)
    e = r.split(text)
    r.other = r.at = {
        "responsibility": e[1],
        "relationship": e[2],
        "group_number": e[3],
        "group_name": e[4],
        "msp_type": e[5],
        "filing_indicator": e[9],
    }
    r.other["parties"] = r.parties = []
    r.table = _OTHER


def _read_oi(r: Reading, text: str) -> None:
    assert r.other is not None
    e = r.split(text)
    r.other["benefits_assigned"], r.other["patient_signature"], r.other["release"] = e[3], e[4], e[6]


def _decision(key: str) -> Handler:
    def handle(r: Reading, text: str) -> None:
        assert r.other is not None
        e = text.split(r.element_separator)
        while len(e) > 1 and not e[-1]:
            e.pop()
        if key in r.other:
            r.note_unplaced_segment(e[0])
        else:
            r.other[key] = tuple(e[1:])

    return handle


def _read_other_nm1(r: Reading, text: str) -> None:
    read_nm1(r, text)
    r.table = _OTHER_PARTY


def end_other_payer(r: Reading) -> None:
    """Finish the other payer at hand and give it to its claim."""
    o = r.other
    if o is None:
        return
    r.other = None
    parties: list[Party] = o.pop("parties")
    insured = payer = None
    rest: list[Party] = []
    for each in parties:
        if each.role == "IL" and insured is None:
            insured = each
        elif each.role == "PR" and payer is None:
            payer = each
        else:
            rest.append(each)
    o["insured"], o["payer"] = insured or Party("IL"), payer or Party("PR")
    if rest:
        o["providers"] = rest
    assert r.claim is not None
    r.claim.setdefault("other_payers", []).append(o)


# -- the end of a claim


def freeze(found: dict[str, Any], order: dict[str, Callable[[Any], int]]) -> None:
    """Turn the lists of a loop into tuples, in the order of the guide."""
    for key, value in found.items():
        if value.__class__ is list:
            if len(value) > 1:
                if key in order:
                    value.sort(key=order[key])
                elif key == "adjustments":
                    value = put_adjustments_in_order(value)
            found[key] = tuple(value)


def end_claim(r: Reading) -> None:
    """Finish the claim at hand; it waits in ``done`` with what was found on the way."""
    c = r.claim
    if c is None:
        return
    close_party(r)
    if r.pending_taxonomy:
        r.note_unplaced_segment("PRV")
        r.pending_taxonomy = ""
    end_other_payer(r)
    form = r.line_form or r.form or _likely_form(c)
    if form is not r.form:
        r.note(
            "x12.837.form",
            f"the services are those of an {form}, the header says {'another form' if r.form else 'no form'}",
            "ST",
            3,
        )
    order = order_of(form)
    if "other_payers" in c:
        others = c["other_payers"]
        for each in others:
            freeze(each, order.payer)
        c["other_payers"] = [_OTHER_PAYER(**each) for each in others]
    freeze(c, order.claim)
    subscriber = r.subscriber
    if subscriber is None:
        r.note("x12.837.hierarchy", "a claim without a subscriber", "CLM", segment_error="7")
        _close_orphan(r)
        subscriber = r.subscriber
        assert subscriber is not None
    patient = r.patient or subscriber.patient
    above = subscriber.above
    if patient is None:
        c["subscriber"] = subscriber.own
        contact = subscriber.contact
    else:
        c["patient"] = patient
        c["subscriber"] = subscriber.for_patients
        contact = r.patient_contact
    if contact is not None:
        c["property_casualty_contact"] = contact
    if subscriber.responsible is not None:
        c["responsible"] = subscriber.responsible
    if above.pay_to is not None:
        c["pay_to"] = above.pay_to
    if above.pay_to_plan is not None:
        c["pay_to_plan"] = above.pay_to_plan
    if above.currency:
        c["currency"] = above.currency
    if "lines" not in c:
        c["lines"] = ()
    made = _CLAIM(form=form, billing=above.billing, envelope=r.envelope, **c)
    r.done.append((made, tuple(r.findings)))
    r.claim = None
    r.findings = []


def _close_orphan(r: Reading) -> None:
    """Give a claim that stands under no subscriber an empty one."""
    r.level = "22"
    r.parties = []
    r.head = {}
    close_level(r)


def _likely_form(c: dict[str, Any]) -> ClaimForm:
    return ClaimForm.INSTITUTIONAL if c.get("facility_qualifier") == "A" else ClaimForm.PROFESSIONAL


_CLAIM_HEAD: Table = {
    "CL1": _read_cl1,
    "DN1": _to_claim(_ORTHODONTICS),
    "DN2": _read_dn2,
    "CR2": _to_claim(_MANIPULATION),
    "HI": _read_hi,
    "SBR": _read_sbr,
}


def _read_claim_nm1(r: Reading, text: str) -> None:
    read_nm1(r, text)
    r.table = _CLAIM_PARTY


CLAIM: Table = {**PARTY, **SHARED, **_CLAIM_HEAD, "NM1": _read_claim_nm1}
_CLAIM_PARTY: Table = {**CLAIM, "REF": read_to_party, "NM1": read_nm1}
_OTHER: Table = {
    **PARTY,
    "HI": _read_hi,
    "SBR": _read_sbr,
    "CAS": read_cas,
    "AMT": SHARED["AMT"],
    "DTP": gather("paid_on", dated),
    "OI": _read_oi,
    "MIA": _decision("inpatient"),
    "MOA": _decision("outpatient"),
    "NM1": _read_other_nm1,
}
_OTHER_PARTY: Table = {**_OTHER, "NM1": read_nm1}
CLAIM_TABLES: tuple[Table, ...] = (CLAIM, _CLAIM_PARTY, _OTHER, _OTHER_PARTY)
"""The tables of a claim before its lines; what begins a line is added where all tables meet."""
