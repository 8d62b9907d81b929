"""A professional claim on the CMS-1500 (02/12), item by item.

Source: NUCC 1500 Claim Form Reference Instruction Manual (02/12); Medicare Claims Processing Manual, chapter 26.
"""

from __future__ import annotations

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
from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimForm, ClaimLine
from nosology.model.claim_parts import Party
from nosology.model.finding import Finding

__all__ = ["fill_cms1500"]

_ON_FILE = "SIGNATURE ON FILE"
_PROGRAM = {"MB": "medicare", "MA": "medicare", "16": "medicare", "MC": "medicaid", "CH": "tricare", "VA": "champva",
            "OF": "feca"}  # fmt: skip
_GROUP_PLANS = {"12", "13", "14", "15", "BL", "CI", "DS", "HM", "FI"}
_RELATION = {"18": "self", "01": "spouse", "19": "child"}
_ROLES = ("DN", "DK", "DQ")  # referring, ordering, supervising: the first that the claim names stands in item 17
_LETTERS = "ABCDEFGHIJKL"
_OTHER_DATES = ("454", "304", "453", "439", "455", "471", "090", "091", "444")
_NUMBER_KINDS = {"0B", "1G", "G2", "LU"}


def fill_cms1500(claim: Claim) -> tuple[tuple[Page, ...], tuple[Finding, ...]]:
    """The pages of the form by field, six services each, and what did not fit.

    Raises UsageError for a claim that is not professional.
    """
    if claim.form is not ClaimForm.PROFESSIONAL:
        raise UsageError(f"a {claim.form.value} claim does not go on the CMS-1500")
    paper = Paper(load_layout("cms1500"), claim)
    size = paper.layout.lines_per_page
    groups = [claim.lines[i : i + size] for i in range(0, len(claim.lines), size)] or [()]
    _fill_insured(paper, claim)
    _fill_patient(paper, claim)
    _fill_condition(paper, claim)
    _fill_providers(paper, claim)
    paper.pages = [dict(paper.pages[0]) for _ in groups]
    for page, lines in enumerate(groups):
        for number, line in enumerate(lines, 1):
            _fill_line(paper, claim, line, page, number)
    _fill_totals(paper, claim, len(groups))
    return tuple(paper.pages), tuple(paper.findings)


def _fill_insured(paper: Paper, claim: Claim) -> None:
    subscriber = claim.subscriber
    payer = subscriber.payer
    where = payer.address
    for number, text in enumerate((plain(payer.name), street(where), city_line(where)), 1):
        paper.put(f"carrier.{number}", text)
    indicator = subscriber.filing_indicator
    program = _PROGRAM.get(indicator) or (
        "group" if indicator in _GROUP_PLANS and (subscriber.group_number or indicator != "CI") else "other"
    )
    paper.mark(f"1.{program}")
    person = subscriber.person
    paper.put("1a", person.party.id)
    paper.put("4", full_name(person.party))
    paper.put("7.street", street(person.party.address))
    _put_place(paper, "7", person.party)
    paper.put("11", plain(subscriber.group_number) or ("NONE" if program == "medicare" else ""))
    paper.put("11a.date", day_of(person.birth_date))
    if person.sex in ("M", "F"):
        paper.mark(f"11a.{person.sex}")
    property_claim = claim.reference("Y4")
    if property_claim:
        paper.put("11b.qualifier", "Y4")
        paper.put("11b", property_claim)
    paper.put("11c", plain(subscriber.group_name or payer.name))
    others = [each for each in payers_in_order(claim) if each[3] is not None]
    paper.mark("11d.yes" if others else "11d.no")
    if others:
        _responsibility, insured, other_payer, other, _person = others[0]
        assert other is not None
        paper.put("9", full_name(insured))
        paper.put("9a", plain(other.group_number or insured.id))
        paper.put("9d", plain(other.group_name or other_payer.name))
    if len(others) > 1:
        paper.lacking("9", f"the form has room for one other insurance, the claim names {len(others)}")
    if claim.release == "Y" or claim.patient_signature:
        paper.put("12", _ON_FILE)
    if claim.benefits_assigned == "Y":
        paper.put("13", _ON_FILE)


def _put_place(paper: Paper, item: str, party: Party) -> None:
    where = party.address
    if where is not None:
        paper.put(f"{item}.city", plain(where.city))
        paper.put(f"{item}.state", where.state)
        paper.put(f"{item}.zip", where.zip)
    paper.put(f"{item}.phone", phone_of(party))


def _fill_patient(paper: Paper, claim: Claim) -> None:
    person = claim.person
    paper.put("2", full_name(person.party))
    paper.put("3.date", day_of(person.birth_date))
    if person.sex in ("M", "F"):
        paper.mark(f"3.{person.sex}")
    paper.put("5.street", street(person.party.address))
    _put_place(paper, "5", person.party)
    paper.mark(f"6.{_RELATION.get(person.relationship if claim.patient else '18', 'other')}")
    paper.put("26", claim.id)


def _fill_condition(paper: Paper, claim: Claim) -> None:
    for item, cause in (("10a", "EM"), ("10b", "AA"), ("10c", "OA")):
        paper.mark(f"{item}.yes" if cause in claim.related_causes else f"{item}.no")
    if "AA" in claim.related_causes:
        paper.put("10b.state", claim.accident_state)
    paper.put("10d", " ".join(each.code for each in claim.codes if each.qualifier == "BG"))
    onset = dated(claim.dates, "431", "484")
    if onset is not None:
        paper.put("14.date", day_of(onset.first))
        paper.put("14.qualifier", onset.qualifier)
    other = dated(claim.dates, *_OTHER_DATES)
    if other is not None:
        paper.put("15.qualifier", other.qualifier)
        paper.put("15.date", day_of(other.first))
    _put_period(paper, claim, "16", ("314", "360"), "361")
    _put_period(paper, claim, "18", ("435",), "096")
    paper.put("19", plain(" ".join(note.text for note in claim.notes)))
    outside = [line.purchased for line in claim.lines if line.purchased is not None]
    paper.mark("20.yes" if outside else "20.no")
    if outside:
        paper.put("20.charges", cents(sum((charge for _, charge in outside), Decimal(0))))
    diagnoses = claim.diagnoses
    if diagnoses:
        paper.put("21.version", "0" if diagnoses[0].qualifier.startswith("AB") else "9")
    for letter, each in zip(_LETTERS, diagnoses, strict=False):
        paper.put(f"21{letter}", each.code)
    if len(diagnoses) > len(_LETTERS):
        paper.lacking("21", f"the form has room for 12 diagnoses, the claim has {len(diagnoses)}")
    if claim.frequency != "1":
        paper.put("22.code", claim.frequency)
        paper.put("22.number", claim.payer_control_number)
    paper.put("23", next(filter(None, (claim.reference(kind) for kind in ("G1", "9F", "X4", "LX"))), ""))


def _put_period(paper: Paper, claim: Claim, item: str, first: tuple[str, ...], last: str) -> None:
    start, end = dated(claim.dates, *first), dated(claim.dates, last)
    if start is not None:
        paper.put(f"{item}.from", day_of(start.first))
        if start.form == "RD8":
            end = start
    if end is not None:
        paper.put(f"{item}.to", day_of(end.last))


def _fill_providers(paper: Paper, claim: Claim) -> None:
    source = next((found for role in _ROLES if (found := claim.provider(role)) is not None), None)
    if source is not None:
        paper.put("17.qualifier", source.role)
        name = " ".join(filter(None, (plain(source.first), plain(source.middle), plain(source.name))))
        paper.put("17", name)
        paper.put("17b", source.npi)
        number = next((each for each in source.references if each.qualifier in _NUMBER_KINDS), None)
        if number is not None:
            paper.put("17a.qualifier", number.qualifier)
            paper.put("17a", number.value)
    billing = claim.billing
    employer, person = billing.reference("EI"), billing.reference("SY")
    paper.put("25", employer or person)
    if employer or person:
        paper.mark("25.ein" if employer else "25.ssn")
    if claim.assignment:
        paper.mark("27.yes" if claim.assignment in ("A", "B") else "27.no")
    if claim.provider_signature == "Y":
        paper.put("31", _ON_FILE)
    place = claim.provider("77")
    if place is not None and place.address is not None:
        _put_provider(paper, "32", place)
    _put_provider(paper, "33", billing)
    paper.put("33.phone", phone_of(billing))
    if billing.taxonomy:
        paper.put("33b", "ZZ" + billing.taxonomy)


def _put_provider(paper: Paper, item: str, party: Party) -> None:
    name = full_name(party) if not party.person else f"{plain(party.first)} {plain(party.name)}"
    paper.put(f"{item}.name", name)
    paper.put(f"{item}.street", street(party.address))
    paper.put(f"{item}.city", city_line(party.address))
    paper.put(f"{item}a", party.npi)
    number = next((each for each in party.references if each.qualifier in _NUMBER_KINDS), None)
    if number is not None:
        paper.put(f"{item}b", number.qualifier + number.value)


def _fill_line(paper: Paper, claim: Claim, line: ClaimLine, page: int, number: int) -> None:
    def put(name: str, text: str) -> None:
        paper.put(f"{name}#{number}", text, page=page)

    put("supplement", _supplement(line))
    when = dated(line.dates, "472")
    if when is not None:
        put("24A.from", wire_day(when.value, "%m %d %y"))
        put("24A.to", day_of(when.last or when.first, "%m %d %y"))
    put("24B", line.place_of_service or claim.facility)
    put("24C", "Y" if line.emergency else "")
    if line.procedure is not None:
        put("24D", line.procedure.code)
        for place, modifier in enumerate(line.procedure.modifiers[:4], 1):
            put(f"24D.{place}", modifier)
    put("24E", "".join(_LETTERS[p - 1] for p in line.pointers[:4] if 1 <= p <= len(_LETTERS)))
    put("24F", cents(line.charge))
    put("24G", f"{line.quantity.normalize():f}")
    put("24H", "Y" if line.epsdt else "")
    rendering = next((each for each in line.providers if each.role == "82"), None) or claim.provider("82")
    if rendering is None and claim.billing.person:
        rendering = claim.billing
    if rendering is not None:
        put("24J", rendering.npi)
        other = next((each for each in rendering.references if each.qualifier in _NUMBER_KINDS), None)
        if other is not None:
            put("24I", other.qualifier)
            put("24J.other", other.value)


def _supplement(line: ClaimLine) -> str:
    """The shaded half: drug with its quantity, or the description of the service."""
    if line.drug is not None:
        amount = "" if line.drug.quantity is None else f" {line.drug.unit}{line.drug.quantity.normalize():f}"
        return f"{line.drug.qualifier}{line.drug.ndc}{amount}"
    if line.procedure is not None and line.procedure.description:
        return "ZZ" + plain(line.procedure.description)
    return ""


def _fill_totals(paper: Paper, claim: Claim, pages: int) -> None:
    paid = next((each.amount for each in claim.amounts if each.qualifier == "F5"), None)
    for page in range(pages):
        if page < pages - 1:
            paper.put("28", "CONTINUED", page=page)
            continue
        paper.put("28", cents(claim.charge), page=page)
        paper.put("29", cents(paid) if paid is not None else "", page=page)
