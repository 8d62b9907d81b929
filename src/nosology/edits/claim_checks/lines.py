"""What a service needs on its line: minutes, a drug's quantity, who ordered it, a transport, teeth, equipment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nosology.edits.claim_desk import ClaimDesk, claim_edit
from nosology.model.claim import ClaimLine
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_ambulance",
    "check_anesthesia",
    "check_covered_days",
    "check_description",
    "check_drug",
    "check_drug_code",
    "check_equipment",
    "check_purchased",
    "check_reason_for_visit",
    "check_reference",
    "check_requester",
]


def _code(line: ClaimLine) -> str:
    return line.procedure.code if line.procedure else ""


def _within(code: str, ranges: Sequence[Sequence[str]]) -> bool:
    return len(code) == 5 and any(first <= code <= last for first, last in ranges)


def _applies(rule: Rule, desk: ClaimDesk) -> bool:
    """True for the payers for whom the rule is: filing indicators of ``filing``; any, if it names none."""
    return not rule.data.get("filing") or desk.claim.subscriber.filing_indicator in rule.data["filing"]


@claim_edit("claim_anesthesia")
def check_anesthesia(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Anaesthesia that is not billed in minutes, and minutes of what is no anaesthesia."""
    for line in desk.claim.lines:
        code, minutes = _code(line), line.unit == "MJ"
        timed = _within(code, rule.data["codes"]) and code not in rule.data["by_unit"]
        if timed and not minutes:
            yield desk.find(rule, f"{desk.line(line)}.minutes", {"why": f"{code} is billed in minutes"})
        elif minutes and not _within(code, rule.data["codes"]):
            yield desk.find(rule, f"{desk.line(line)}.minutes", {"why": f"{code} is not billed in minutes"})


@claim_edit("claim_drug")
def check_drug(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A drug code without its quantity or unit, or that is not eleven digits long."""
    for line in desk.claim.lines:
        drug = line.drug
        if drug is None:
            continue
        where = desk.line(line)
        if drug.qualifier == "N4" and not (len(drug.ndc) == 11 and drug.ndc.isdigit()):
            yield desk.find(rule, f"{where}.ndc", {"why": "the NDC does not have eleven digits"})
        if drug.quantity is None or drug.quantity <= 0:
            yield desk.find(rule, f"{where}.ndc_quantity", {"why": "the quantity of the drug is missing"})
        if drug.unit not in rule.data["units"]:
            yield desk.find(rule, f"{where}.ndc_unit", {"why": "the unit of the drug is missing, or is none"})


@claim_edit("claim_drug_code")
def check_drug_code(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A drug that was given without its NDC, for payers that want it."""
    if not _applies(rule, desk):
        return
    for line in desk.claim.lines:
        if _within(_code(line), rule.data["codes"]) and line.drug is None:
            yield desk.find(rule, f"{desk.line(line)}.ndc", {"code": _code(line)})


@claim_edit("claim_requester")
def check_requester(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A service that somebody must have ordered or referred, and nobody is named."""
    if not _applies(rule, desk):
        return
    roles = set(rule.data["roles"])
    above = any(each.role in roles for each in desk.claim.providers)
    for line in desk.claim.lines:
        named = above or any(each.role in roles for each in line.providers)
        if _within(_code(line), rule.data["codes"]) and not named:
            yield desk.find(rule, f"providers.{rule.data['fix_role']}", {"code": _code(line), "line": line.number})


@claim_edit("claim_reference")
def check_reference(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A service that needs a number of a kind (REF) on the claim or its line."""
    if not _applies(rule, desk) or desk.claim.reference(rule.data["qualifier"]):
        return
    for line in desk.claim.lines:
        own = any(each.qualifier == rule.data["qualifier"] for each in line.references)
        if _within(_code(line), rule.data["codes"]) and not own:
            yield desk.find(rule, rule.data["where"], {"code": _code(line), "line": line.number})


@claim_edit("claim_ambulance")
def check_ambulance(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A transport without its certification or places."""
    claim = desk.claim
    if not any(_within(_code(line), rule.data["codes"]) for line in claim.lines):
        return
    lines = [line for line in claim.lines if line.ambulance is not None]
    named = {each.role: each for each in claim.providers}
    if claim.ambulance is None and not lines:
        yield desk.find(rule, "ambulance", {"what": "reason and miles of the transport"})
    for role, name in (("PW", "pick_up"), ("45", "drop_off")):
        place = named.get(role) or next((p for line in claim.lines for p in line.providers if p.role == role), None)
        if place is None or place.address is None or not place.address.city:
            yield desk.find(rule, f"ambulance.{name}", {"what": f"the address of {name}"})


@claim_edit("claim_equipment")
def check_equipment(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """Rented or bought equipment whose certificate lacks a part."""
    for line in desk.claim.lines:
        found = line.equipment
        if found is None:
            continue
        where = f"{desk.line(line)}.equipment"
        if found.procedure is not None and (found.days is None or (found.rental is None and found.purchase is None)):
            yield desk.find(rule, where, {"what": "days of need, or the price of rent or purchase, is missing"})
        if found.procedure is not None and found.procedure.code != _code(line):
            yield desk.find(rule, where, {"what": "the equipment is another service than the line"})
        if found.certificate and found.months is None:
            yield desk.find(rule, where, {"what": "the months of the certificate are missing"})


@claim_edit("claim_purchased")
def check_purchased(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A purchased service without its price, or a price without who sold it."""
    for line in desk.claim.lines:
        sold = any(each.role == "QB" for each in line.providers)
        if sold is (line.purchased is None) or (line.purchased is not None and not line.purchased[0]):
            yield desk.find(rule, f"{desk.line(line)}.purchased_charge")


@claim_edit("claim_reason_for_visit")
def check_reason_for_visit(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """An unscheduled outpatient visit without the diagnosis that brought the patient."""
    claim = desk.claim
    visited = any(line.revenue_code.startswith(tuple(rule.data["revenue"])) for line in claim.lines)
    given = any(each.qualifier in ("APR", "PR") for each in claim.codes)
    if claim.facility in rule.data["bills"] and claim.admission_type in rule.data["types"] and visited and not given:
        yield desk.find(rule, "stay.reasons_for_visit")


@claim_edit("claim_covered_days")
def check_covered_days(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A stay that does not tell the value code of its covered days, for payers that want it."""
    given = any(each.qualifier == "BE" and each.code == rule.data["code"] for each in desk.claim.codes)
    if _applies(rule, desk) and not given:
        yield desk.find(rule, "stay.values")


@claim_edit("claim_description")
def check_description(rule: Rule, desk: ClaimDesk) -> Iterator[Finding]:
    """A code for services without a code of their own that no description goes with."""
    for line in desk.claim.lines:
        code = _code(line)
        unlisted = code in rule.data["codes"] or re.fullmatch(rule.data["pattern"], code)
        if unlisted and line.procedure is not None and not line.procedure.description.strip():
            yield desk.find(rule, f"{desk.line(line)}.description", {"code": code})
