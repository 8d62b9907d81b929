"""The small parts of claims and remittances: parties, references, dates, amounts, adjustments.

Codes and qualifiers stand as they do on the wire; text that a sender wrote wrongly (an impossible date) is kept as it
is, so that nothing is lost by reading. Amounts are USD.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

__all__ = [
    "Address",
    "Adjustment",
    "Ambulance",
    "Amount",
    "Attachment",
    "Condition",
    "Contact",
    "ContractTerms",
    "Dated",
    "Equipment",
    "FormAnswer",
    "Manipulation",
    "NoteText",
    "Party",
    "ProcedureId",
    "Quantity",
    "Reference",
    "Repricing",
    "SupportingForm",
    "read_day",
]


def read_day(text: str) -> date | None:
    """The day that eight digits CCYYMMDD (perhaps with a time behind) name; None if they name none."""
    day = text[:8]
    if not (len(day) == 8 and day.isascii() and day.isdigit()):
        return None
    try:
        return date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date, time or period with its meaning (DTP, DTM): ``form`` is D8, RD8, DT, TM as the qualifier of the format.

    >>> Dated.on("472", date(2026, 5, 4))
    Dated(qualifier='472', value='20260504', form='D8')
    """

    qualifier: str
    value: str
    form: str = "D8"

    @classmethod
    def on(cls, qualifier: str, first: date, last: date | None = None) -> Dated:
        """A day, or a period of days if ``last`` is another day."""
        if last is None or last == first:
            return cls(qualifier, f"{first:%Y%m%d}")
        return cls(qualifier, f"{first:%Y%m%d}-{last:%Y%m%d}", "RD8")

    @property
    def first(self) -> date | None:
        """The day, or the first of the period; None if the text names none."""
        return read_day(self.value)

    @property
    def last(self) -> date | None:
        """The day, or the last of the period."""
        return read_day(self.value.partition("-")[2]) if self.form == "RD8" else read_day(self.value)


@dataclass(frozen=True, slots=True)
class Reference:
    """A further identification (REF): what kind of number, the number, and a description where the guide has one.

    ``payer`` is the other payer whose number it is, by its own identifier (REF04, of a line of a claim).
    """

    qualifier: str
    value: str
    description: str = ""
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A monetary amount in USD with its meaning (AMT)."""

    qualifier: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity with its meaning (QTY, and MEA as "MEA01:MEA02")."""

    qualifier: str
    value: Decimal
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address (N3, N4)."""

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = ""
    subdivision: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask (PER): ``function`` as IC CX BL; ``numbers`` are pairs of a kind (TE FX EM EX UR) and a number."""

    name: str = ""
    numbers: tuple[tuple[str, str], ...] = ()
    function: str = "IC"


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation in a role (NM1, or N1 in a remittance).

    ``role`` as in NM101: 41 submitter, 40 receiver, 85 billing, 87 pay-to, PE pay-to plan, IL insured, QC patient,
    PR payer, 82 rendering, DN referring, P3 primary care, DQ supervising, DK ordering, QB purchased, 77 service
    location, 71 attending, 72 operating, ZZ other operating, PW pick-up, 45 drop-off, DD assistant surgeon, …
    ``name`` is the last name or the name of the organisation. ``id_qualifier`` as in NM108 (XX, 46, MI, PI, XV, …).
    """

    role: str
    name: str = ""
    first: str = ""
    middle: str = ""
    suffix: str = ""
    prefix: str = ""
    person: bool = False
    id_qualifier: str = ""
    id: str = ""
    address: Address | None = None
    taxonomy: str = ""
    references: tuple[Reference, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @property
    def npi(self) -> str:
        """The national provider identifier, "" if the party is named by another number."""
        return self.id if self.id_qualifier == "XX" else ""

    def reference(self, qualifier: str) -> str:
        """The first further number of that kind, "" if there is none."""
        return next((each.value for each in self.references if each.qualifier == qualifier), "")


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One adjustment (CAS): ``group`` CO PR OA PI CR, ``reason`` the CARC, ``amount`` taken off in USD."""

    group: str
    reason: str
    amount: Decimal
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ProcedureId:
    """A service as one composite names it: ``qualifier`` HC, AD, ER, HP, IV, N4, NU, WK; code, up to four modifiers."""

    qualifier: str
    code: str
    modifiers: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Paperwork that supports a claim (PWK): its report type, how it is sent, its control number."""

    kind: str
    transmission: str
    control_number: str = ""


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """Contract information (CN1): type, amount in USD, percent, code, terms discount in percent, version."""

    kind: str
    amount: Decimal | None = None
    percent: Decimal | None = None
    code: str = ""
    discount: Decimal | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note to the payer (NTE): its kind and text."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Conditions that hold or do not (CRC): category, the answer, up to five condition indicators."""

    category: str
    holds: bool
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambulance:
    """An ambulance transport (CR1): weight in pounds, reason, distance in miles, why a round trip, why a stretcher."""

    weight: Decimal | None
    reason: str
    miles: Decimal
    round_trip: str = ""
    stretcher: str = ""
    code: str = ""  # CR103, where a sender still uses it


@dataclass(frozen=True, slots=True)
class Manipulation:
    """Spinal manipulation (CR2): the nature of the condition and its description."""

    nature: str
    description: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Repricing:
    """Pricing by a third party (HCP01 to HCP15), in its order; amounts in USD."""

    method: str
    allowed: Decimal
    savings: Decimal | None = None
    organization: str = ""
    rate: Decimal | None = None
    group_code: str = ""
    group_amount: Decimal | None = None
    revenue_code: str = ""
    procedure_qualifier: str = ""
    procedure: str = ""
    unit: str = ""
    quantity: Decimal | None = None
    reject_reason: str = ""
    compliance: str = ""
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Equipment:
    """Durable equipment on a line: SV5 (code, days, rental and purchase price in USD, frequency) and CR3 (certificate
    type, months)."""

    procedure: ProcedureId | None = None
    days: Decimal | None = None
    rental: Decimal | None = None
    purchase: Decimal | None = None
    frequency: str = ""
    certificate: str = ""
    months: Decimal | None = None


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """One answer on a supporting form (FRM): question, Y N W, text, date, percent."""

    question: str
    answer: str = ""
    text: str = ""
    day: str = ""
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SupportingForm:
    """A supporting form of a line (LQ, FRM), as a certificate of medical necessity."""

    qualifier: str
    id: str
    answers: tuple[FormAnswer, ...] = ()
