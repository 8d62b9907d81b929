"""An institutional claim on the UB-04 (CMS-1450), form locator by form locator.

Source: Medicare Claims Processing Manual (Pub. 100-04), chapter 25, section 75.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from nosology.claims.forms.layout import Page, load_layout
from nosology.claims.forms.paper import (
    Paper,
    cents,
    city_line,
    dated,
    day_of,
    full_name,
    payers_in_order,
    phone_of,
    plain,
    street,
    wire_day,
)
from nosology.codes.revenue import find_revenue_code
from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimCode, ClaimForm, ClaimLine
from nosology.model.claim_parts import Party, Quantity
from nosology.model.finding import Finding

__all__ = ["fill_ub04"]

_SHORT, _LONG = "%m%d%y", "%m%d%Y"
_OTHERS = ("ZZ", "DN", "82")  # other operating, referring, rendering: what items 78 and 79 have room for
_LICENSES = {"0B", "1G", "G2", "LU"}


def fill_ub04(claim: Claim) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of the form by field, 22 services each, and what did not fit.

    Raises UsageError for a claim that is not institutional.
    """
    if claim.form is not ClaimForm.INSTITUTIONAL:
        raise UsageError(f"a {claim.form.value} claim does not go on the UB-04")
    paper = Paper(load_layout("ub04"), claim)
    _fill_head(paper, claim)
    _fill_stay(paper, claim)
    _fill_codes(paper, claim)
    _fill_payers(paper, claim)
    _fill_diagnoses(paper, claim)
    _fill_procedures(paper, claim)
    _fill_providers(paper, claim)
    size = paper.layout.lines_per_page
    groups = [claim.lines[i : i + size] for i in range(0, len(claim.lines), size)] or [()]
    paper.pages = [dict(paper.pages[0]) for _ in groups]
    for page, lines in enumerate(groups):
        for number, line in enumerate(lines, 1):
            _fill_line(paper, line, page, number)
        paper.put("page", f"PAGE {page + 1} OF {len(groups)}", page=page)
    last = len(groups) - 1
    paper.put("42.total", "0001", page=last)
    paper.put("47.total", cents(claim.charge), page=last)
    refused = sum((line.noncovered for line in claim.lines if line.noncovered), Decimal(0))
    if refused:
        paper.put("48.total", cents(refused), page=last)
    if claim.envelope is not None:
        for page in range(len(groups)):
            paper.put("creation", wire_day(claim.envelope.created, _SHORT), page=page)
    return tuple(paper.pages), tuple(paper.findings)


def _fill_head(paper: Paper, claim: Claim) -> None:
    billing = claim.billing
    for number, text in enumerate(
        (full_name(billing), street(billing.address), city_line(billing.address), phone_of(billing)), 1
    ):
        paper.put(f"1.{number}", text)
    if claim.pay_to is not None:
        for number, text in enumerate((street(claim.pay_to.address), city_line(claim.pay_to.address)), 1):
            paper.put(f"2.{number}", text)
    paper.put("3a", claim.id)
    paper.put("3b", claim.reference("EA"))
    paper.put("4", claim.type_of_bill)
    paper.put("5", billing.reference("EI") or billing.reference("SY"))
    period = dated(claim.dates, "434")
    if period is not None:
        paper.put("6.from", day_of(period.first, _SHORT))
        paper.put("6.through", day_of(period.last or period.first, _SHORT))
    person = claim.person
    paper.put("8a", person.party.id if claim.patient is not None else "")
    paper.put("8b", full_name(person.party))
    where = person.party.address
    if where is not None:
        paper.put("9a", street(where))
        paper.put("9b", plain(where.city))
        paper.put("9c", where.state)
        paper.put("9d", where.zip)
        paper.put("9e", where.country)
    paper.put("10", day_of(person.birth_date, _LONG))
    paper.put("11", person.sex)


def _fill_stay(paper: Paper, claim: Claim) -> None:
    admitted, discharged = dated(claim.dates, "435"), dated(claim.dates, "096")
    if admitted is not None:
        paper.put("12", day_of(admitted.first, _SHORT))
        paper.put("13", admitted.value[8:10])
    paper.put("14", claim.admission_type)
    paper.put("15", claim.admission_source)
    if discharged is not None:
        paper.put("16", discharged.value[:2] if discharged.form == "TM" else discharged.value[8:10])
    paper.put("17", claim.discharge_status)
    paper.put("29", claim.reference("LU") or claim.accident_state)
    who = claim.responsible or (claim.subscriber.payer if claim.subscriber.payer.address else None)
    if who is not None:
        for number, text in enumerate((full_name(who), street(who.address), city_line(who.address)), 1):
            paper.put(f"38.{number}", text)
    for number, text in enumerate(_wrapped([note.text for note in claim.notes], 21), 1):
        if number > 4:
            paper.lacking("80", "the remarks do not fit into four lines")
            break
        paper.put(f"80.{number}", text)


def _wrapped(texts: list[str], width: int) -> list[str]:
    import textwrap

    return textwrap.wrap(plain(" ".join(texts)), width)


def _of(claim: Claim, *qualifiers: str) -> Iterator[ClaimCode]:
    return (each for each in claim.codes if each.qualifier in qualifiers)


def _fill_codes(paper: Paper, claim: Claim) -> None:
    """Conditions (18 to 28), occurrences (31 to 34), spans (35, 36) and values (39 to 41)."""
    _spread(paper, list(_of(claim, "BG")), [(str(n),) for n in range(18, 29)], "18-28", lambda c: (c.code,))
    _spread(
        paper,
        list(_of(claim, "BH")),
        [(f"{n}{row}.code", f"{n}{row}.date") for row in "ab" for n in range(31, 35)],
        "31-34",
        lambda c: (c.code, wire_day(c.value, _SHORT)),
    )
    _spread(
        paper,
        list(_of(claim, "BI")),
        [(f"{n}{row}.code", f"{n}{row}.from", f"{n}{row}.through") for row in "ab" for n in (35, 36)],
        "35-36",
        lambda c: (c.code, wire_day(c.value[:8], _SHORT), wire_day(c.value.partition("-")[2], _SHORT)),
    )
    _spread(
        paper,
        list(_of(claim, "BE")),
        [(f"{n}{row}.code", f"{n}{row}.amount") for row in "abcd" for n in range(39, 42)],
        "39-41",
        lambda c: (c.code, cents(c.amount)),
    )


def _spread(paper, codes, places, item, texts) -> None:  # type: ignore[no-untyped-def]
    for code, names in zip(codes, places, strict=False):
        for name, text in zip(names, texts(code), strict=True):
            paper.put(name, text)
    if len(codes) > len(places):
        paper.lacking(item, f"the form has room for {len(places)} such codes, the claim has {len(codes)}")


def _fill_payers(paper: Paper, claim: Claim) -> None:
    payers = payers_in_order(claim)
    if len(payers) > 3:
        paper.lacking("50", f"the form has room for three payers, the claim names {len(payers)}")
    for row, (_responsibility, insured, payer, other, _person) in zip("ABC", payers, strict=False):
        subscriber = claim.subscriber
        paper.put(f"50{row}", plain(payer.name))
        paper.put(f"51{row}", payer.id)
        paper.put(f"52{row}", other.release if other else claim.release)
        paper.put(f"53{row}", other.benefits_assigned if other else claim.benefits_assigned)
        paid = next((a.amount for a in other.amounts if a.qualifier == "D"), None) if other else None
        paper.put(f"54{row}", cents(paid))
        if other is None:
            due = next((a.amount for a in claim.amounts if a.qualifier in ("F3", "EAF", "C5")), None)
            paper.put(f"55{row}", cents(due))
            paper.put(f"63{row}", claim.reference("G1") or claim.reference("9F"))
            paper.put(f"64{row}", claim.payer_control_number)
        else:
            paper.put(f"63{row}", payer.reference("G1") or payer.reference("9F"))
            paper.put(f"64{row}", payer.reference("F8"))
        paper.put(f"57{row}", next((r.value for r in claim.billing.references if r.qualifier in _LICENSES), ""))
        paper.put(f"58{row}", full_name(insured))
        if other is not None:
            relation = other.relationship
        else:
            relation = claim.patient.relationship if claim.patient else subscriber.relationship or "18"
        paper.put(f"59{row}", relation)
        paper.put(f"60{row}", insured.id)
        paper.put(f"61{row}", plain(other.group_name if other else subscriber.group_name))
        paper.put(f"62{row}", plain(other.group_number if other else subscriber.group_number))
    paper.put("56", claim.billing.npi)


def _fill_diagnoses(paper: Paper, claim: Claim) -> None:
    principal = next(_of(claim, "ABK", "BK"), None)
    if principal is not None:
        paper.put("66", "0" if principal.qualifier == "ABK" else "9")
        paper.put("67", principal.code)
        paper.put("67.poa", principal.poa)
    others = list(_of(claim, "ABF", "BF"))
    for letter, each in zip("ABCDEFGHIJKLMNOPQ", others, strict=False):
        paper.put(f"67{letter}", each.code)
        paper.put(f"67{letter}.poa", each.poa)
    if len(others) > 17:
        paper.lacking("67", f"the form has room for 17 other diagnoses, the claim has {len(others)}")
    paper.put("69", next((each.code for each in _of(claim, "ABJ", "BJ")), ""))
    _spread(paper, list(_of(claim, "APR", "PR")), [("70a",), ("70b",), ("70c",)], "70", lambda c: (c.code,))
    paper.put("71", next((each.code for each in _of(claim, "DR")), ""))
    places = [(f"72{letter}", f"72{letter}.poa") for letter in "abc"]
    _spread(paper, list(_of(claim, "ABN", "BN")), places, "72", lambda c: (c.code, c.poa))


def _fill_procedures(paper: Paper, claim: Claim) -> None:
    codes = [*_of(claim, "BBR", "BR"), *_of(claim, "BBQ", "BQ")]
    places = [(f"74{letter}.code", f"74{letter}.date") for letter in ("", *"abcde")]
    _spread(paper, codes, places, "74", lambda c: (c.code, wire_day(c.value, _SHORT)))


def _fill_providers(paper: Paper, claim: Claim) -> None:
    for item, role in (("76", "71"), ("77", "72")):
        found = claim.provider(role)
        if found is not None:
            _put_provider(paper, item, found)
    others = [found for role in _OTHERS if (found := claim.provider(role)) is not None]
    for item, found in zip(("78", "79"), others, strict=False):
        paper.put(f"{item}.role", found.role)
        _put_provider(paper, item, found)
    if len(others) > 2:
        paper.lacking("78", f"the form has room for two other providers, the claim names {len(others)}")
    if claim.billing.taxonomy:
        paper.put("81a.qualifier", "B3")
        paper.put("81a.1", claim.billing.taxonomy)


def _put_provider(paper: Paper, item: str, party: Party) -> None:
    paper.put(f"{item}.npi", party.npi)
    paper.put(f"{item}.last", plain(party.name))
    paper.put(f"{item}.first", plain(party.first))
    number = next((each for each in party.references if each.qualifier in _LICENSES), None)
    if number is not None:
        paper.put(f"{item}.qualifier", number.qualifier)
        paper.put(f"{item}.id", number.value)


def _fill_line(paper: Paper, line: ClaimLine, page: int, number: int) -> None:
    def put(name: str, text: str) -> None:
        paper.put(f"{name}#{number}", text, page=page)

    put("42", line.revenue_code)
    put("43", _description(line))
    if line.procedure is not None:
        put("44", line.procedure.code + "".join(line.procedure.modifiers[:4]))
    elif line.rate is not None:
        put("44", f"{line.rate:.2f}")
    elif line.unit == "DA" and line.quantity > 0 and (line.charge / line.quantity) % Decimal("0.01") == 0:
        put("44", f"{line.charge / line.quantity:.2f}")  # a room by its daily rate
    when = dated(line.dates, "472")
    put("45", day_of(when.first, _SHORT) if when is not None else "")
    put("46", f"{line.quantity.normalize():f}")
    put("47", cents(line.charge))
    put("48", cents(line.noncovered) if line.noncovered else "")


_ITEM_43 = 24  # characters that the item holds


def _description(line: ClaimLine) -> str:
    """The drug with its unit and quantity, as item 43 wants it, or the description of the service, or what the
    revenue code stands for."""
    if line.drug is not None:
        measure = Quantity("", line.drug.quantity, line.drug.unit) if line.drug.quantity is not None else None
        return f"{line.drug.qualifier}{line.drug.ndc}" + (
            f"{measure.unit}{measure.value.normalize():f}" if measure else ""
        )
    if line.procedure is not None and line.procedure.description:
        return plain(line.procedure.description)
    revenue = find_revenue_code(line.revenue_code) if line.revenue_code else None
    return plain(revenue.category)[:_ITEM_43].rstrip(" ,") if revenue is not None else ""
