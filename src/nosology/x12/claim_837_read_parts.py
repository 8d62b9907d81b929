"""From the elements of one segment to one part of a claim (N3 to FRM); each function takes padded elements."""

from __future__ import annotations

from nosology.model.claim import ClaimCode, LineAdjudication, ToothWork
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
    FormAnswer,
    Manipulation,
    NoteText,
    Party,
    ProcedureId,
    Quantity,
    Reference,
    Repricing,
)
from nosology.x12.claim_837_order import party_reference_order
from nosology.x12.claim_837_state import Reading
from nosology.x12.quick import quick

__all__ = [
    "adjustments",
    "ambulance",
    "amount",
    "answer",
    "attachment",
    "condition",
    "contact",
    "contract",
    "dated",
    "health_codes",
    "line_adjudication",
    "manipulation",
    "measurement",
    "note_text",
    "party",
    "procedure",
    "quantity",
    "reference",
    "repricing",
    "tooth",
]

_DATED, _REFERENCE, _AMOUNT, _ADJUSTMENT = quick(Dated), quick(Reference), quick(Amount), quick(Adjustment)
_ADDRESS, _PARTY, _DECISION = quick(Address), quick(Party), quick(LineAdjudication)


def dated(_: Reading, e: list[str]) -> Dated:
    """DTP."""
    return _DATED(e[1], e[3], e[2])


def reference(r: Reading, e: list[str]) -> Reference:
    """REF, with the payer whose number it is (REF04)."""
    payer = ""
    if e[4]:
        parts = r.components(e[4], 2, "REF", 4)
        r.expect(parts[0], "2U", "REF", 4)
        payer = parts[1]
    return _REFERENCE(e[1], e[2], e[3], payer)


def amount(r: Reading, e: list[str]) -> Amount:
    """AMT."""
    return _AMOUNT(e[1], r.required_number(e[2], "AMT", 2))


def quantity(r: Reading, e: list[str]) -> Quantity:
    """QTY."""
    return Quantity(e[1], r.required_number(e[2], "QTY", 2), e[3])


def measurement(r: Reading, e: list[str]) -> Quantity:
    """MEA, as a quantity with the qualifier "MEA01:MEA02"."""
    return Quantity(f"{e[1]}:{e[2]}", r.required_number(e[3], "MEA", 3))


def attachment(r: Reading, e: list[str]) -> Attachment:
    """PWK."""
    r.expect(e[5], "AC", "PWK", 5)
    return Attachment(e[1], e[2], e[6])


def contract(r: Reading, e: list[str]) -> ContractTerms:
    """CN1."""
    return ContractTerms(e[1], r.number(e[2], "CN1", 2), r.number(e[3], "CN1", 3), e[4], r.number(e[5], "CN1", 5), e[6])


def note_text(_: Reading, e: list[str]) -> NoteText:
    """NTE."""
    return NoteText(e[1], e[2])


def ambulance(r: Reading, e: list[str]) -> Ambulance:
    """CR1."""
    r.expect(e[1], "LB", "CR1", 1)
    r.expect(e[5], "DH", "CR1", 5)
    return Ambulance(r.number(e[2], "CR1", 2), e[4], r.required_number(e[6], "CR1", 6), e[9], e[10], e[3])


def manipulation(_: Reading, e: list[str]) -> Manipulation:
    """CR2."""
    return Manipulation(e[8], e[10], e[11])


def condition(r: Reading, e: list[str]) -> Condition:
    """CRC."""
    r.expect(e[2], "Y N", "CRC", 2)
    return Condition(e[1], e[2] == "Y", tuple([each for each in e[3:8] if each]))


def repricing(r: Reading, e: list[str]) -> Repricing:
    """HCP."""
    return Repricing(
        e[1],
        r.required_number(e[2], "HCP", 2),
        r.number(e[3], "HCP", 3),
        e[4],
        r.number(e[5], "HCP", 5),
        e[6],
        r.number(e[7], "HCP", 7),
        e[8],
        e[9],
        e[10],
        e[11],
        r.number(e[12], "HCP", 12),
        e[13],
        e[14],
        e[15],
    )


def adjustments(r: Reading, e: list[str]) -> list[Adjustment]:
    """CAS: up to six adjustments of one group."""
    return [
        _ADJUSTMENT(
            e[1], e[at], r.required_number(e[at + 1], "CAS", at + 1), r.number(e[at + 2], "CAS", at + 2)
        )
        for at in range(2, 20, 3)
        if e[at] or e[at + 1] or e[at + 2]
    ]  # fmt: skip


def procedure(r: Reading, text: str, segment_id: str, element: int) -> ProcedureId | None:
    """The composite that names a service; None if it is empty."""
    if not text:
        return None
    found: ProcedureId | None = r.procedures.get(text)
    if found is None:
        before = len(r.findings)
        parts = r.components(text, 7, segment_id, element)
        found = ProcedureId(parts[0], parts[1], tuple([each for each in parts[2:6] if each]), parts[6])
        if len(r.findings) == before:
            if len(r.procedures) > 4096:
                r.procedures.clear()
            r.procedures[text] = found
    return found


def health_codes(r: Reading, text: str) -> list[ClaimCode]:
    """HI: its codes."""
    known = r.codes
    elements = text.split(r.element_separator)
    if len(elements) > 13:
        for element in range(13, len(elements)):
            r.note_unplaced_element("HI", element, elements[element])
    made = []
    for element, each in enumerate(elements[1:13], 1):
        if not each:
            continue
        found = known.get(each)
        if found is None:
            before = len(r.findings)
            found = _health_code(r, each, element)
            if len(r.findings) == before:
                if len(known) > 4096:
                    known.clear()
                known[each] = found
        made.append(found)
    return made


def _health_code(r: Reading, text: str, element: int) -> ClaimCode:
    parts = r.components(text, 9, "HI", element, (6, 7, 8))
    value = parts[3]
    if parts[2] and parts[2] != ("RD8" if "-" in value else "D8"):
        r.note_unplaced_element("HI", element, parts[2], 3)
    return ClaimCode(parts[0], parts[1], value, r.number(parts[4], "HI", element), parts[8])


def tooth(r: Reading, e: list[str]) -> ToothWork:
    """TOO."""
    r.expect(e[1], "JP", "TOO", 1)
    surfaces = tuple(e[3].split(r.component_separator)) if e[3] else ()
    return ToothWork(e[2], surfaces)


def answer(r: Reading, e: list[str]) -> FormAnswer:
    """FRM."""
    return FormAnswer(e[1], e[2], e[3], e[4], r.number(e[5], "FRM", 5))


def line_adjudication(r: Reading, e: list[str]) -> LineAdjudication:
    """SVD, without what follows it."""
    return _DECISION(
        e[1],
        r.required_number(e[2], "SVD", 2),
        procedure(r, e[3], "SVD", 3),
        r.number(e[5], "SVD", 5),
        e[4],
        e[6],
    )


def contact(_: Reading, e: list[str]) -> Contact:
    """PER."""
    numbers = tuple([(e[at], e[at + 1]) for at in (3, 5, 7) if e[at] or e[at + 1]])
    return Contact(e[2], numbers, e[1])


def party(r: Reading, texts: list[str]) -> Party:
    """A party from its NM1 and what follows it: N3, N4, PRV, REF, PER."""
    e = r.split(texts[0])
    address: Address | None = None
    taxonomy = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()
    if len(texts) > 1:
        separator = r.element_separator
        numbers: list[Reference] = []
        people: list[Contact] = []
        line1 = line2 = ""
        place = None
        street = False
        for text in texts[1:]:
            name = text.partition(separator)[0]
            if name == "N3":
                if street:
                    r.note_unplaced_segment("N3")
                else:
                    n3 = r.split(text)
                    line1, line2 = n3[1], n3[2]
                    street = True
            elif name == "N4":
                if place:
                    r.note_unplaced_segment("N4")
                else:
                    place = r.split(text)
            elif name == "REF":
                numbers.append(r.made(text, reference))
            elif name == "PER":
                people.append(contact(r, r.split(text)))
            elif taxonomy:
                r.note_unplaced_segment("PRV")
            else:
                taxonomy = r.split(text)[3]
        if place:
            address = _ADDRESS(line1, line2, place[1], place[2], place[3], place[4], place[7])
        elif street:
            address = _ADDRESS(line1, line2)
        if numbers:
            if len(numbers) > 1:
                numbers.sort(key=party_reference_order(e[1]))
            references = tuple(numbers)
        contacts = tuple(people)
    return _PARTY(e[1], e[3], e[4], e[5], e[7], e[6], e[2] == "1", e[8], e[9], address, taxonomy, references, contacts)
