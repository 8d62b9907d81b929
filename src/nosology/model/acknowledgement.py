"""What a receiver answers to a file before it looks at the claims: TA1 for an interchange, 999 for a group.

Codes stand as on the wire. Authority: X12 005010 TA1; ASC X12C/005010X231A1 (999); the older 997 is read as the same.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["BadElement", "BadSegment", "GroupAcknowledgement", "InterchangeAcknowledgement", "SetAcknowledgement"]


@dataclass(frozen=True, slots=True)
class InterchangeAcknowledgement:
    """A TA1: the interchange by its control number, date (YYMMDD) and time; ``verdict`` A E R; ``code`` TA105."""

    control: str
    date: str
    time: str
    verdict: str
    code: str = "000"


@dataclass(frozen=True, slots=True)
class BadElement:
    """An IK4: place in the segment, number of the data element, IK403 ``code``, the faulty value."""

    element: int
    code: str
    component: int = 0
    repetition: int = 0
    data_element: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class BadSegment:
    """An IK3 with its IK4: segment id, its count in the transaction set (ST is 1), loop, IK304 ``code``.

    ``claim`` is the number of the claim in which it stands (from CTX), where that is said.
    """

    segment: str
    ordinal: int
    code: str
    loop: str = ""
    claim: str = ""
    elements: tuple[BadElement, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAcknowledgement:
    """AK2 to IK5: one transaction set. ``verdict`` A accepted, E accepted with errors, R rejected; ``codes`` IK502…"""

    transaction: str
    control: str
    verdict: str
    version: str = ""
    codes: tuple[str, ...] = ()
    segments: tuple[BadSegment, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupAcknowledgement:
    """AK1 to AK9: one functional group. ``verdict`` A, E, P (some transaction sets accepted) or R; ``codes`` AK905…

    ``included`` is what the sender counted (GE01), ``received`` what came, ``accepted`` what was taken.
    ``reference`` is the control number of the transaction set that says so (ST02 of the 999), when read.
    """

    functional_id: str
    control: str
    version: str
    verdict: str
    included: int
    received: int
    accepted: int
    codes: tuple[str, ...] = ()
    sets: tuple[SetAcknowledgement, ...] = ()
    reference: str = ""
