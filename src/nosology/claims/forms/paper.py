"""What both paper forms are filled with: texts cut to their fields with a finding, names, dates, amounts, addresses."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from nosology.claims.forms.layout import Layout, Page
from nosology.model.claim import Claim, OtherPayer, Patient
from nosology.model.claim_parts import Address, Dated, Party, read_day
from nosology.model.finding import Finding, Severity

__all__ = [
    "Insured",
    "Paper",
    "cents",
    "city_line",
    "dated",
    "day_of",
    "full_name",
    "payers_in_order",
    "phone_of",
    "plain",
    "street",
    "telephone",
    "wire_day",
]

_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")


class Paper:
    """The pages of one form while they are filled; ``findings`` says what did not fit."""

    def __init__(self, layout: Layout, claim: Claim) -> None:
        self.layout = layout
        self.claim = claim
        self.pages: list[Page] = [{}]
        self.findings: list[Finding] = []

    def put(self, name: str, text: str, *, page: int = 0) -> None:
        """Write into a field; a text that is too long is cut, with a finding that names the field and no content."""
        text = _UNPRINTABLE.sub("?", text.strip())
        if not text:
            return
        size = self.layout.fields[name].size
        if len(text) > size:
            number = name.partition("#")[0]
            self.findings.append(
                Finding(
                    "form.too-long",
                    Severity.WARNING,
                    f"{self.layout.title} item {number} holds {size} characters; {len(text)} were cut to them",
                    f"item {name}",
                    citation=f"{self.layout.title}, field lengths",
                    fix="shorten the entry or send the claim electronically",
                )
            )
            text = text[:size].rstrip()
        self.pages[page][name] = text

    def mark(self, name: str, *, page: int = 0) -> None:
        """Cross a field."""
        self.pages[page][name] = "X"

    def lacking(self, name: str, what: str) -> None:
        """Report a piece that the form cannot show."""
        self.findings.append(
            Finding(
                "form.no-room",
                Severity.WARNING,
                what,
                f"item {name}",
                citation=self.layout.title,
                fix="send the claim electronically, or on several forms",
            )
        )


def plain(text: str) -> str:
    """A text in capitals without the punctuation that the forms do not want."""
    return re.sub(r"\s+", " ", re.sub(r"[.,#;]", " ", text)).strip().upper()


def full_name(party: Party | None) -> str:
    """LAST, FIRST, MIDDLE of a person (a suffix behind the last name), or the name of an organisation."""
    if party is None:
        return ""
    if not party.person:
        return plain(party.name)
    last = " ".join(filter(None, (plain(party.name), plain(party.suffix))))
    return ", ".join(filter(None, (last, plain(party.first), plain(party.middle))))


def street(address: Address | None) -> str:
    """Both lines of the street."""
    return "" if address is None else plain(f"{address.line1} {address.line2}")


def city_line(address: Address | None) -> str:
    """City, state and ZIP in one line; a ZIP of nine digits with its hyphen."""
    return "" if address is None else f"{plain(address.city)} {address.state} {_zip(address.zip)}".strip()


def _zip(text: str) -> str:
    return f"{text[:5]}-{text[5:]}" if len(text) == 9 and text.isdigit() else text


def phone_of(party: Party | None) -> str:
    """The first telephone number of a party's contacts."""
    numbers = [n for c in (party.contacts if party else ()) for kind, n in c.numbers if kind == "TE"]
    return telephone(numbers[0]) if numbers else ""


def telephone(digits: str) -> str:
    """(555) 555-0100 with blanks as the forms have them: 555 5550100."""
    only = re.sub(r"\D", "", digits)
    return f"{only[:3]} {only[3:]}" if len(only) == 10 else digits


def cents(amount: Decimal | None, *, point: str = " ") -> str:
    """Dollars and cents, apart by a blank as on the forms."""
    return "" if amount is None else f"{amount:.2f}".replace(".", point)


def day_of(day: date | None, form: str = "%m %d %Y") -> str:
    """A day as the form writes it."""
    return "" if day is None else day.strftime(form)


def dated(dates: tuple[Dated, ...], *qualifiers: str) -> Dated | None:
    """The first of the dates with one of the qualifiers, in the order of the qualifiers."""
    for qualifier in qualifiers:
        for each in dates:
            if each.qualifier == qualifier:
                return each
    return None


def wire_day(text: str, form: str = "%m %d %Y") -> str:
    """A day of the wire (CCYYMMDD) as the form writes it; "" if it is none."""
    return day_of(read_day(text), form)


Insured = tuple[str, Party, Party, OtherPayer | None, Patient | None]


def payers_in_order(claim: Claim) -> list[Insured]:
    """(responsibility, insured, payer, other payer or None, personal facts or None) of every payer, primary first."""
    own: Insured = (
        claim.subscriber.responsibility, claim.subscriber.person.party, claim.subscriber.payer, None,
        claim.subscriber.person,
    )  # fmt: skip
    others: list[Insured] = [(o.responsibility, o.insured, o.payer, o, None) for o in claim.other_payers]
    rank = "PSTABCDEFGHU"
    return sorted([own, *others], key=lambda each: rank.find(each[0]) if each[0] in rank else len(rank))
