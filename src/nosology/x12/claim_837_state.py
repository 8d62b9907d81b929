"""What the reader of an 837 knows while it walks through the segments of a transaction set.

Segments stay text until something needs their elements; equal texts (a payer, a date, a diagnosis) become one shared
object. What no noun has room for is noted as a finding, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from nosology.model.claim import Claim, ClaimForm, Envelope, Patient, Subscriber
from nosology.model.claim_parts import Contact, Party
from nosology.model.edi import EdiFinding, Position
from nosology.model.finding import Severity
from nosology.x12.envelope import Run, Transaction
from nosology.x12.values import parse_decimal

__all__ = ["BillingLevel", "Handler", "Reading", "SubscriberLevel", "Table", "guide_form"]

_KEPT: dict[str, tuple[int, tuple[int, ...]]] = {
    "BHT": (6, ()),
    "HL": (4, ()),
    "NM1": (9, ()),
    "N3": (2, ()),
    "N4": (7, (5, 6)),
    "PER": (8, ()),
    "PRV": (3, ()),
    "REF": (4, ()),
    "CUR": (2, ()),
    "SBR": (9, (6, 7, 8)),
    "PAT": (9, (2, 3, 4)),
    "DMG": (3, ()),
    "CLM": (20, (3, 4, 13, 14, 15, 16, 17, 18)),
    "DTP": (3, ()),
    "CL1": (3, ()),
    "DN1": (4, ()),
    "DN2": (6, (3, 4, 5)),
    "PWK": (6, (3, 4)),
    "CN1": (6, ()),
    "AMT": (2, ()),
    "QTY": (3, ()),
    "MEA": (3, ()),
    "K3": (1, ()),
    "NTE": (2, ()),
    "CR1": (10, (7, 8)),
    "CR2": (11, (1, 2, 3, 4, 5, 6, 7, 9)),
    "CR3": (3, ()),
    "CRC": (7, ()),
    "HI": (12, ()),
    "HCP": (15, ()),
    "CAS": (19, ()),
    "OI": (6, (1, 2, 5)),
    "MIA": (24, ()),
    "MOA": (9, ()),
    "LX": (1, ()),
    "SV1": (15, (6, 8, 10, 13, 14)),
    "SV2": (7, ()),
    "SV3": (11, (7, 8, 9, 10)),
    "SV5": (6, ()),
    "TOO": (3, ()),
    "PS1": (2, ()),
    "LIN": (3, (1,)),
    "CTP": (5, (1, 2, 3)),
    "SVD": (6, ()),
    "LQ": (2, ()),
    "FRM": (5, ()),
}
"""By segment: the last element that has a home in the nouns, and those before it that have none."""

_PAD = [""] * 25
_ENOUGH = 4096  # entries of a cache; then it starts anew, so that memory stays bounded

_FORMS = {
    "X222": ClaimForm.PROFESSIONAL,
    "X223": ClaimForm.INSTITUTIONAL,
    "X224": ClaimForm.DENTAL,
    "X098": ClaimForm.PROFESSIONAL,
    "X096": ClaimForm.INSTITUTIONAL,
    "X097": ClaimForm.DENTAL,
    "X323": ClaimForm.PROFESSIONAL,
    "X324": ClaimForm.INSTITUTIONAL,
    "X325": ClaimForm.DENTAL,
}


def guide_form(version: str) -> ClaimForm | None:
    """The form that a guide's identifier (GS08, ST03) names; None if it is no guide of the 837.

    >>> guide_form("005010X222A1").value
    '837P'
    """
    return _FORMS.get(version[6:10])


class BillingLevel:
    """What stands above all claims of one billing provider (loop 2000A)."""

    __slots__ = ("billing", "currency", "pay_to", "pay_to_plan")

    def __init__(
        self, billing: Party, pay_to: Party | None = None, pay_to_plan: Party | None = None, currency: str = ""
    ) -> None:
        self.billing = billing
        self.pay_to = pay_to
        self.pay_to_plan = pay_to_plan
        self.currency = currency


class SubscriberLevel:
    """The insured (loop 2000B) as claims for himself and as claims for dependents name him."""

    __slots__ = ("above", "contact", "for_patients", "own", "patient", "responsible")

    def __init__(self, above: BillingLevel, own: Subscriber, for_patients: Subscriber, contact: Contact | None) -> None:
        self.above = above
        self.own = own
        self.for_patients = for_patients
        self.contact = contact
        self.responsible: Party | None = None
        self.patient: Patient | None = None  # where a patient stands in the loop of the insured


class Reading:
    """The state of reading: separators, the loop in which it is, what is gathered, what is found and finished."""

    def __init__(self) -> None:
        self.element_separator = "*"
        self.component_separator = ":"
        self.transaction: Transaction | None = None
        self.run: Run | None = None
        self.index = 0
        self.findings: list[EdiFinding] = []
        self.done: list[tuple[Claim, tuple[EdiFinding, ...]]] = []
        self.texts: dict[str, Any] = {}
        self.codes: dict[str, Any] = {}
        self.procedures: dict[str, Any] = {}
        self.pointers: dict[str, tuple[int, ...]] = {}
        self.services: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, Decimal] = {}
        self.known_parties: dict[tuple[str, ...], Party] = {}
        self.start(None)

    def start(self, transaction: Transaction | None) -> None:
        """Forget everything of the transaction set before."""
        self.transaction = transaction
        if transaction is not None:
            self.element_separator = transaction.delimiters.element
            self.component_separator = transaction.delimiters.component
            for cache in (self.texts, self.codes, self.procedures, self.pointers, self.services, self.known_parties):
                cache.clear()  # the delimiters may be others
        self.table: Table = {}
        self.bht: list[str] = []
        self.form: ClaimForm | None = guide_form(transaction.version) if transaction else None
        self.envelope: Envelope | None = None
        self.levels: dict[str, BillingLevel | SubscriberLevel] = {}
        self.level = ""  # 20, 22, 23: the loop whose header is open; "" between
        self.level_id = ""
        self.billing: BillingLevel | None = None
        self.billing_id = ""
        self.subscriber: SubscriberLevel | None = None
        self.subscriber_id = ""
        self.patient: Patient | None = None
        self.patient_contact: Contact | None = None
        self.head: dict[str, list[str]] = {}  # SBR, PAT, DMG, CUR of the open level
        self.parties: list[Party] = []
        self.party_texts: list[str] | None = None
        self.party_role = ""
        self.party_started: tuple[Run | None, int] = (None, 0)
        self.party_at: tuple[Run | None, int] | None = None  # where findings about a finished party belong
        self.pending_taxonomy = ""
        self.claim: dict[str, Any] | None = None
        self.line: dict[str, Any] | None = None
        self.line_form: ClaimForm | None = None
        self.other: dict[str, Any] | None = None
        self.drug: dict[str, Any] | None = None
        self.adjudication: dict[str, Any] | None = None
        self.at: dict[str, Any] = {}

    def split(self, text: str) -> list[str]:
        """The elements of a segment, with enough empty ones behind; what the nouns have no room for is noted."""
        found = text.split(self.element_separator)
        last, holes = _KEPT[found[0]]
        count = len(found)
        if count > last + 1:
            for element in range(last + 1, count):
                if found[element]:
                    self.note_unplaced_element(found[0], element, found[element])
        for element in holes:
            if element < count and found[element]:
                self.note_unplaced_element(found[0], element, found[element])
        found += _PAD
        return found

    def made(self, text: str, make: Callable[[Reading, list[str]], Any]) -> Any:
        """What a segment says; made once for equal texts, unless there was something to note about it."""
        found = self.texts.get(text)
        if found is None:
            before = len(self.findings)
            found = make(self, self.split(text))
            if len(self.findings) == before:
                if len(self.texts) > _ENOUGH:
                    self.texts.clear()
                self.texts[text] = found
        return found

    def number(self, text: str, segment_id: str, element: int) -> Decimal | None:
        """The number in an element; None, with a finding, if the text is none."""
        found = self.numbers.get(text)
        if found is None:
            if not text:
                return None
            found = parse_decimal(text)
            if found is None:
                self.note_value(segment_id, element, text, "a number", "6")
                return None
            if len(self.numbers) > _ENOUGH:
                self.numbers.clear()
            self.numbers[text] = found
        return found

    def required_number(self, text: str, segment_id: str, element: int) -> Decimal:
        """The number in an element that must have one; 0, with a finding, if there is none."""
        found = self.numbers.get(text)
        if found is not None:
            return found
        if not text:
            self.note(
                "x12.837.missing_number",
                f"{segment_id}{element:02d} is empty where a number must stand; read as 0",
                segment_id,
                element,
                element_error="1",
            )
            return Decimal(0)
        return self.number(text, segment_id, element) or Decimal(0)

    def components(self, text: str, last: int, segment_id: str, element: int, holes: tuple[int, ...] = ()) -> list[str]:
        """The components of an element, with empty ones behind; there is room up to ``last``, and none in ``holes``."""
        found = text.split(self.component_separator)
        for index, each in enumerate(found, 1):
            if each and (index > last or index in holes):
                self.note_unplaced_element(segment_id, element, each, index)
        found += _PAD
        return found

    def expect(self, value: str, wanted: str, segment_id: str, element: int) -> None:
        """Note a value that the nouns take for granted and that is another here (a unit, a format)."""
        if value and value not in wanted.split():
            self.note_unplaced_element(segment_id, element, value)

    def note_unplaced_segment(self, segment_id: str) -> None:
        """Note a segment that has no place where it stands, so that it is not kept."""
        self.note(
            "x12.837.unplaced_segment",
            f"the segment {segment_id[:3]} has no place here and is not kept",
            segment_id,
            segment_error="2",
        )

    def note_unplaced_element(self, segment_id: str, element: int, value: str, component: int = 0) -> None:
        """Note an element or component that has no place in its segment, so that it is not kept."""
        name = f"{segment_id}{element:02d}" + (f"-{component}" if component else "")
        self.note(
            "x12.837.unplaced_element",
            f"{name} has no place here, or a value that is not used here; it is not kept",
            segment_id,
            element,
            component,
            value=value,
            element_error="I10",
        )

    def note_value(self, segment_id: str, element: int, value: str, wanted: str, error: str) -> None:
        """Note a value that cannot be read as what must stand there; ``error`` as in IK403."""
        self.note(
            "x12.837.unreadable_value",
            f"{segment_id}{element:02d} is not {wanted}; it is not kept",
            segment_id,
            element,
            value=value,
            element_error=error,
        )

    def note(
        self,
        rule: str,
        message: str,
        segment_id: str = "",
        element: int = 0,
        component: int = 0,
        *,
        value: str = "",
        segment_error: str = "",
        element_error: str = "",
    ) -> None:
        """Note something about the segment at hand."""
        run, index = self.party_at or (self.run, self.index)
        where = Position(segment_id=segment_id, element=element, component=component)
        if self.transaction is not None and run is not None:
            where = Position(
                self.transaction.interchange.ordinal,
                self.transaction.group.ordinal,
                self.transaction.ordinal,
                run.ordinal + index - run.first,
                segment_id,
                "",
                element,
                component,
                0,
                run.block.offset(index),
            )
        claim = (self.claim or {}).get("id", "")
        self.findings.append(
            EdiFinding(
                rule,
                2,
                Severity.WARNING,
                message,
                where,
                segment_error=segment_error,
                element_error=element_error,
                value=value,
                claim=claim,
            )
        )


Handler = Callable[[Reading, str], None]
Table = dict[str, Handler]
