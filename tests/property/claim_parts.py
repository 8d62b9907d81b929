"""Hypothesis strategies for the small parts of a claim: names, addresses, parties, dates, amounts. All made up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from nosology.model.claim_parts import (
    Address,
    Adjustment,
    Ambulance,
    Amount,
    Attachment,
    Condition,
    Contact,
    ContractTerms,
    Dated,
    NoteText,
    Party,
    ProcedureId,
    Quantity,
    Reference,
    Repricing,
)
from nosology.x12.claim_837_order import put_adjustments_in_order

T = TypeVar("T")

DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
CENTS = st.integers(0, 99_999_99).map(lambda cents: Decimal(cents) / 100)
CHARGES = st.integers(1, 99_999_99).map(lambda cents: Decimal(cents) / 100)
COUNTS = st.integers(1, 999).map(Decimal)
PARTS = st.integers(1, 99_999).map(lambda number: Decimal(number) / 1000)
IDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=2, max_size=20)
TEXTS = st.lists(
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghij0123456789.,-'/#&()", min_size=1, max_size=9), min_size=1, max_size=4
).map(" ".join)
NAMES = st.sampled_from(["ALDER", "BIRCH", "CEDAR", "O'FIR", "HAZEL-LARCH", "Maple", "OAK PINE", "ROWAN JR"])
GIVEN = st.sampled_from(["ADA", "BEN", "Cora", "DAN", "J.", "MARY ANN"])
FIRMS = st.sampled_from(["EXAMPLE CLINIC", "SAMPLE HOSPITAL, INC.", "MODEL HEALTH & CO", "TEST DENTAL (NORTH)"])
NPIS = st.sampled_from(["1234567893", "1245319599", "1003000126", "1881761864"])
TAXONOMIES = st.sampled_from(["207Q00000X", "282N00000X", "1223G0001X", "363LP0200N"])
PLACES = st.sampled_from(
    [
        ("SPRINGFIELD", "IL", "627010001"),
        ("DAYTON", "OH", "454020001"),
        ("SALEM", "OR", "973010001"),
        ("DOVER", "DE", "199010001"),
    ]
)
ICD10 = st.sampled_from(["I10", "E119", "J209", "N390", "R079", "K219", "Z0000", "E785", "J45909", "M1711", "S72001A"])
CPT = st.sampled_from(["99213", "99214", "93000", "80053", "36415", "J1885", "A0427", "E0570"])
MODIFIERS = st.lists(st.sampled_from(["25", "59", "LT", "RT", "QK", "GA", "XS"]), max_size=4, unique=True).map(tuple)


def some(values: Sequence[T], most: int | None = None, least: int = 0) -> st.SearchStrategy[list[T]]:
    """Some of the values, in their order, each at most once."""
    if not values:
        return st.just([])
    most = len(values) if most is None else most
    picked = st.lists(st.sampled_from(range(len(values))), min_size=least, max_size=most, unique=True)
    return picked.map(lambda found: [values[each] for each in sorted(found)])


def maybe(strategy: st.SearchStrategy[T], otherwise: Any = None) -> st.SearchStrategy[Any]:
    """The strategy, or what stands for nothing."""
    return st.one_of(st.just(otherwise), strategy)


def day_texts() -> st.SearchStrategy[str]:
    """A day as CCYYMMDD."""
    return DAYS.map(lambda day: f"{day:%Y%m%d}")


def periods() -> st.SearchStrategy[str]:
    """A period CCYYMMDD-CCYYMMDD."""
    return st.tuples(DAYS, DAYS).map(lambda pair: f"{min(pair):%Y%m%d}-{max(pair):%Y%m%d}")


def dated(qualifier: str, form: str = "D8") -> st.SearchStrategy[Dated]:
    """A date with that meaning."""
    values = {
        "D8": day_texts(),
        "RD8": periods(),
        "TM": st.sampled_from(["0000", "0815", "2359"]),
        "DT": day_texts().map(lambda day: day + "0830"),
    }[form]
    return values.map(lambda value: Dated(qualifier, value, form))


@st.composite
def dates(draw: st.DrawFn, *allowed: str) -> tuple[Dated, ...]:
    """Some of the allowed dates, in their order; each is "qualifier" or "qualifier:form"."""
    found = draw(some(allowed))
    return tuple(draw(dated(*each.split(":"))) for each in found)


@st.composite
def references(draw: st.DrawFn, *allowed: str, payers: bool = False) -> tuple[Reference, ...]:
    """Some of the allowed numbers, in their order."""
    found = draw(some(allowed))
    closed = {"SY": "123456789", "F5": "Y", "T4": "Y", "4N": "1"}
    return tuple(
        Reference(each, closed.get(each) or draw(IDS), "", draw(maybe(IDS, "")) if payers else "") for each in found
    )


@st.composite
def amounts(draw: st.DrawFn, *allowed: str) -> tuple[Amount, ...]:
    """Some of the allowed amounts."""
    return tuple(Amount(each, draw(CENTS)) for each in draw(some(allowed)))


ADDRESSES = st.builds(
    lambda line1, line2, place: Address(line1, line2, *place),
    st.sampled_from(["1 MAIN STREET", "PO BOX 12", "99 ELM AVE #4"]),
    st.sampled_from(["", "SUITE 5"]),
    PLACES,
)
_PHONES = st.sampled_from(["5555550100", "5555550199"])


def contacts(*kinds: str) -> st.SearchStrategy[Contact]:
    """Whom to ask, by telephone first, then by some of the further kinds."""
    return st.builds(
        lambda name, phone, more: Contact(name, (("TE", phone), *((kind, "12345") for kind in more))),
        NAMES,
        _PHONES,
        some(kinds, 2),
    )


@st.composite
def parties(
    draw: st.DrawFn,
    role: str,
    *,
    person: bool | None = None,
    id_qualifier: str = "XX",
    numbers: tuple[str, ...] = (),
    address: bool | None = False,
    taxonomy: bool = False,
    payers: bool = False,
) -> Party:
    """A party; ``address`` None says "perhaps"."""
    alone = draw(st.booleans()) if person is None else person
    name = draw(NAMES) if alone else draw(FIRMS)
    ids = {"XX": NPIS, "MI": IDS, "PI": IDS, "46": IDS, "": st.just("")}[id_qualifier]
    if address is None:
        address = draw(st.booleans())
    return Party(
        role,
        name,
        draw(maybe(GIVEN, "")) if alone else "",
        draw(maybe(GIVEN, "")) if alone else "",
        draw(st.sampled_from(["", "JR"])) if alone else "",
        "",
        alone,
        id_qualifier,
        draw(ids),
        draw(ADDRESSES) if address else None,
        draw(maybe(TAXONOMIES, "")) if taxonomy else "",
        draw(references(*numbers, payers=payers)),
    )


@st.composite
def bare_parties(draw: st.DrawFn, role: str, person: bool, numbers: tuple[str, ...]) -> Party:
    """A provider that another payer knows by its numbers only."""
    chosen = draw(some(numbers, least=1))
    return Party(role, person=person, references=tuple(Reference(each, draw(IDS)) for each in chosen))


@st.composite
def adjustments(draw: st.DrawFn) -> tuple[Adjustment, ...]:
    """Adjustments of up to four groups, up to twelve in the first: five segments at most."""
    found = []
    for place, group in enumerate(draw(some(("CO", "OA", "PI", "PR"), 4))):
        many = draw(st.sampled_from([1, 2, 6] if place else [1, 6, 7, 12]))
        for _ in range(many):
            reason = draw(st.sampled_from(["45", "1", "2", "3", "97", "253", "A1"]))
            found.append(Adjustment(group, reason, draw(CENTS) - 100, draw(maybe(COUNTS))))
    return tuple(put_adjustments_in_order(found))


def procedures(qualifier: str = "HC", codes: st.SearchStrategy[str] = CPT) -> st.SearchStrategy[ProcedureId]:
    """A service with up to four modifiers."""
    return st.builds(ProcedureId, st.just(qualifier), codes, MODIFIERS, maybe(TEXTS, ""))


_PAPERS = st.sampled_from(["B4", "OZ", "RB", "DG"])
ATTACHMENTS = st.one_of(
    st.builds(Attachment, _PAPERS, st.just("AA")),
    st.builds(Attachment, _PAPERS, st.sampled_from(["BM", "EL", "FX"]), IDS),
)
CONTRACTS = st.builds(
    ContractTerms,
    st.sampled_from(["01", "02", "09"]),
    maybe(CENTS),
    maybe(PARTS),
    maybe(IDS, ""),
    maybe(PARTS),
    maybe(IDS, ""),
)
AMBULANCES = st.builds(Ambulance, maybe(COUNTS), st.sampled_from("ABCDE"), COUNTS, maybe(TEXTS, ""), maybe(TEXTS, ""))


def notes(*kinds: str) -> st.SearchStrategy[tuple[NoteText, ...]]:
    """At most one note of one of the kinds."""
    return maybe(st.builds(lambda kind, text: (NoteText(kind, text),), st.sampled_from(kinds), TEXTS), ())


@st.composite
def conditions(draw: st.DrawFn, **allowed: tuple[str, ...]) -> tuple[Condition, ...]:
    """Some of the categories, named _07, _E1 and so on, each with some of its indicators."""
    return tuple(
        Condition(name[1:], name == "_75" or draw(st.booleans()), tuple(draw(some(allowed[name], 3, least=1))))
        for name in draw(some(tuple(allowed)))
    )


@st.composite
def repricings(draw: st.DrawFn, *, line: bool = False, institutional: bool = False) -> Repricing:
    """Pricing by a third party."""
    service = draw(st.booleans()) if line else False
    counted = draw(st.booleans()) if line or institutional else False
    return Repricing(
        draw(st.sampled_from(["01", "03", "10"])),
        draw(CENTS),
        draw(maybe(CENTS)),
        draw(maybe(IDS, "")),
        draw(maybe(PARTS.map(lambda rate: rate.quantize(Decimal("0.01"))))),
        draw(maybe(IDS, "")),
        draw(maybe(CENTS)),
        "0450" if institutional and draw(st.booleans()) else "",
        "HC" if service else "",
        draw(CPT) if service else "",
        "UN" if counted else "",
        draw(COUNTS) if counted else None,
        draw(st.sampled_from(["", "T1"])),
        draw(st.sampled_from(["", "1", "5"])),
        draw(st.sampled_from(["", "2"])),
    )


@st.composite
def quantities(draw: st.DrawFn) -> tuple[Quantity, ...]:
    """Patients of an ambulance, flushes, measurements of a line."""
    found = [Quantity(each, draw(COUNTS)) for each in draw(some(("PT", "FL")))]
    found += [Quantity(each, draw(PARTS)) for each in draw(some(("OG:R1", "TR:HT", "TR:R2")))]
    return tuple(found)
