"""The segments of a claim as text: elements are checked, composites joined, accents written without their marks.

The guides allow the basic and the extended character set. Letters keep their case. A letter with a mark is written
without it (É becomes E, ß ss, Ø O), typographic quotes and dashes become plain ones; whatever has no such form, every
separator in force and every control character is refused with one line that names the claim and the field.
Source: ASC X12 005010 appendix B, character sets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from nosology.errors import UsageError
from nosology.model.claim_parts import Address, Adjustment, Contact, Party, ProcedureId, Reference
from nosology.x12.claim_837_order import PROVIDER_TAXONOMY, party_reference_order, put_adjustments_in_order
from nosology.x12.segments import Delimiters
from nosology.x12.values import number

__all__ = ["ClaimText", "Element", "amount_text", "plain_text", "procedure_parts"]

Element = str | tuple[str, ...]
"""An element as text, or the components of a composite."""

_PLAIN = str.maketrans(
    {
        "ß": "ss",
        "Æ": "AE",
        "æ": "ae",
        "Œ": "OE",
        "œ": "oe",
        "Ø": "O",
        "ø": "o",
        "Đ": "D",
        "đ": "d",
        "Ł": "L",
        "ł": "l",
        "Þ": "TH",
        "þ": "th",
        "ı": "i",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "…": "...",
        "\u00a0": " ",
    }
)


def plain_text(text: str) -> str:
    """The text in the characters of the guides as far as they allow.

    >>> plain_text("Müller–Ångström")
    'Muller-Angstrom'
    """
    found = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(each for each in found if not unicodedata.combining(each))


def amount_text(value: Decimal | None) -> str:
    """A number as the guides write it; "" for None."""
    return "" if value is None else number(value)


def procedure_parts(found: ProcedureId | None) -> tuple[str, ...]:
    """The components of a service: qualifier, code, up to four modifiers, description."""
    if found is None:
        return ()
    modifiers = (*found.modifiers, "", "", "", "")
    return (found.qualifier, found.code, *modifiers[:4], found.description)


class ClaimText:
    """Collects segments; ``claim`` and ``place`` say in messages where a refused value stands."""

    def __init__(self, delimiters: Delimiters) -> None:
        self.texts: list[str] = []
        self.claim = ""
        self.place = ""
        self._element = delimiters.element
        self._component = delimiters.component
        marks = re.escape(delimiters.element + delimiters.component + delimiters.repetition + delimiters.segment)
        self._refused = re.compile(rf"[^\x20-\x7e]|[{marks}]")

    def add(self, where: str, identifier: str, *elements: Element) -> None:
        """Add a segment; trailing empty elements are left out, and a segment of none is not written.

        Raises:
            UsageError: an element holds a separator, a control character, or one outside of the character set.
        """
        refused = self._refused
        made = [identifier]
        for each in elements:
            if each.__class__ is str:
                made.append(self.clean(each, where) if refused.search(each) else each)
            else:
                parts = [self.clean(part, where) if refused.search(part) else part for part in each]
                while parts and not parts[-1]:
                    parts.pop()
                made.append(self._component.join(parts))
        while not made[-1]:
            made.pop()
        if len(made) > 1:
            self.texts.append(self._element.join(made))

    def clean(self, value: str, where: str) -> str:
        """The value in plain characters.

        Raises:
            UsageError: that is not possible.
        """
        made = plain_text(value)
        bad = self._refused.search(made)
        if bad is None:
            return made
        kind = (
            "a character that separates here" if " " < bad.group() < "\x7f" else "a character that X12 does not allow"
        )
        raise self.refuse(f"{where} holds {kind} (U+{ord(bad.group()):04X})")

    def refuse(self, why: str) -> UsageError:
        """The error that says why this claim cannot be written."""
        claim = "".join(each if each.isprintable() else "?" for each in self.claim[:38])
        before = f"claim {claim}: " if claim else ""
        return UsageError(f"{before}{self.place}{why}")

    def party(
        self,
        where: str,
        party: Party,
        *,
        between: Iterable[tuple[str, ...]] = (),
        taxonomy: bool = True,
        first_contact: Contact | None = None,
    ) -> None:
        """NM1, PRV, N3, N4, ``between`` (DMG, DTP), REF, PER; nothing for a party of which nothing is known."""
        if party == Party(party.role, person=party.person):
            return
        name = "2" if not party.person else "1"
        self.add(
            f"{where}.name", "NM1", party.role, name, party.name, party.first, party.middle, party.prefix, party.suffix,
            party.id_qualifier, party.id,
        )  # fmt: skip
        if taxonomy and party.taxonomy:
            self.taxonomy(where, party)
        self.address(where, party.address)
        for each in between:
            self.add(where, *each)
        self.references(where, sorted(party.references, key=party_reference_order(party.role)))
        if first_contact is not None:
            self.contact(where, first_contact)
        for contact in party.contacts:
            self.contact(where, contact)

    def taxonomy(self, where: str, party: Party) -> None:
        """PRV."""
        self.add(f"{where}.taxonomy", "PRV", PROVIDER_TAXONOMY.get(party.role, "PE"), "PXC", party.taxonomy)

    def address(self, where: str, address: Address | None) -> None:
        """N3, N4."""
        if address is None:
            return
        self.add(f"{where}.address", "N3", address.line1, address.line2)
        self.add(
            f"{where}.address", "N4", address.city, address.state, address.zip, address.country, "", "",
            address.subdivision,
        )  # fmt: skip

    def references(self, where: str, references: Iterable[Reference]) -> None:
        """REF."""
        for each in references:
            payer = ("2U", each.payer) if each.payer else ""
            self.add(f"{where}.references {each.qualifier}", "REF", each.qualifier, each.value, each.description, payer)

    def contact(self, where: str, contact: Contact) -> None:
        """PER."""
        if len(contact.numbers) > 3:
            raise self.refuse(f"{where}.contacts: a contact has room for three numbers")
        numbers = [each for pair in contact.numbers for each in pair]
        self.add(f"{where}.contacts", "PER", contact.function, contact.name, *numbers)

    def adjustments(self, where: str, adjustments: Iterable[Adjustment]) -> None:
        """CAS: one segment per group and six adjustments."""
        group = ""
        elements: list[str] = []
        for each in put_adjustments_in_order(list(adjustments)):
            if elements and (each.group != group or len(elements) == 18):
                self.add(f"{where}.adjustments", "CAS", group, *elements)
                elements = []
            group = each.group
            elements += [each.reason, number(each.amount), amount_text(each.quantity)]
        if elements:
            self.add(f"{where}.adjustments", "CAS", group, *elements)
