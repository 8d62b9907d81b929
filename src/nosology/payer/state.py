"""What a payer remembers: decided claims, what members used of their benefits, claims that wait, money owed back.

It is kept as one JSON file; a file read back is equal to what was written. Amounts are USD.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from nosology.errors import UnreadableInput
from nosology.model.claim import Claim
from nosology.model.price import ZERO
from nosology.model.remittance import ClaimPayment
from nosology.payer.state_json import from_plain, to_plain

__all__ = ["Credit", "Decided", "Recovery", "Served", "State", "Used", "Waiting", "digest_claim", "read_state"]

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Served:
    """A service of a decided claim; ``allowed`` is None where it was denied."""

    code: str
    modifiers: tuple[str, ...]
    day: date | None
    units: Decimal
    provider: str
    allowed: Decimal | None
    benefit: str = ""


@dataclass(frozen=True, slots=True)
class Used:
    """What a claim used of a year's limits: of a member or family (``key``), in USD."""

    key: str
    year: int
    deductible: Decimal = ZERO
    out_of_pocket: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Credit:
    """Units that a claim took from an authorisation."""

    number: str
    units: Decimal


@dataclass(frozen=True, slots=True)
class Decided:
    """A decided claim under the payer's control number. ``final`` is False once it was reversed.

    ``paid_on`` and ``trace`` name its payment; ``reviewed`` says that it was looked at again for overpayment.
    """

    control: str
    digest: str
    member: str
    provider: str
    received: date
    payment: ClaimPayment
    served: tuple[Served, ...] = ()
    used: tuple[Used, ...] = ()
    credits: tuple[Credit, ...] = ()
    decided_on: date | None = None
    paid_on: date | None = None
    final: bool = True
    trace: str = ""
    reviewed: bool = False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim that is not decided before a day: under review, or simply slow."""

    control: str
    digest: str
    claim: Claim
    received: date
    until: date
    why: str


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money that a provider owes: ``reason`` FB (a payment that fell below zero) or WO (an overpayment).

    It is taken from a payment once ``wait`` further payments have gone out.
    """

    provider: str
    reason: str
    reference: str
    amount: Decimal
    wait: int = 0


@dataclass(slots=True)
class State:
    """The memory of a payer. ``counters`` number claims, payments and files, so that no number is used twice.

    ``decided`` grows only by :meth:`add` and changes only by :meth:`close` and :meth:`pay`.
    """

    version: int = _VERSION
    counters: dict[str, int] = field(default_factory=dict)
    decided: list[Decided] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    recoveries: list[Recovery] = field(default_factory=list)
    _places: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _members: dict[str, list[int]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _digests: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    _used: dict[tuple[str, int], tuple[Decimal, Decimal]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _taken: dict[str, Decimal] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for place, each in enumerate(self.decided):
            self._enter(place, each)

    def _enter(self, place: int, each: Decided) -> None:
        self._places[each.control] = place
        self._members.setdefault(each.member, []).append(place)
        if each.final:
            self._digests[each.digest] = place
            self._count(each, 1)

    def _count(self, each: Decided, sign: int) -> None:
        for use in each.used:
            deductible, pocket = self._used.get((use.key, use.year), (ZERO, ZERO))
            self._used[use.key, use.year] = (deductible + sign * use.deductible, pocket + sign * use.out_of_pocket)
        for credit in each.credits:
            self._taken[credit.number] = self._taken.get(credit.number, Decimal(0)) + sign * credit.units

    def next(self, counter: str) -> int:
        """The next number of a counter, from 1."""
        self.counters[counter] = self.counters.get(counter, 0) + 1
        return self.counters[counter]

    def add(self, decided: Decided) -> None:
        """Remember a decided claim."""
        self.decided.append(decided)
        self._enter(len(self.decided) - 1, decided)

    def of_member(self, member: str) -> Iterator[Decided]:
        """The decided claims of a member that stand."""
        return (self.decided[place] for place in self._members.get(member, ()) if self.decided[place].final)

    def find(self, control: str) -> Decided | None:
        """The decided claim of that control number, if it stands."""
        place = self._places.get(control)
        return self.decided[place] if place is not None and self.decided[place].final else None

    def same(self, digest: str) -> Decided | None:
        """The decided claim that says the same, if it stands."""
        place = self._digests.get(digest)
        return self.decided[place] if place is not None and self.decided[place].final else None

    def used(self, key: str, year: int) -> tuple[Decimal, Decimal]:
        """What a member or family used in a year: of the deductible, of the out-of-pocket maximum."""
        return self._used.get((key, year), (ZERO, ZERO))

    def taken(self, number: str) -> Decimal:
        """The units that were taken from an authorisation."""
        return self._taken.get(number, Decimal(0))

    def close(self, control: str) -> None:
        """Mark a decided claim as reversed: what it used is free again."""
        found = self.find(control)
        if found is not None:
            self._count(found, -1)
            self.decided[self._places[control]] = replace(found, final=False)

    def pay(self, control: str, on: date, trace: str) -> None:
        """Note when and by which payment a decided claim was paid."""
        place = self._places[control]
        self.decided[place] = replace(self.decided[place], paid_on=on, trace=trace)

    def review(self, control: str, payment: ClaimPayment | None = None) -> None:
        """Note that a claim was looked at again, and its corrected payment if there is one."""
        place = self._places[control]
        known = self.decided[place]
        self.decided[place] = replace(known, reviewed=True, payment=payment or known.payment)

    def to_json(self) -> str:
        """The memory as the text of its file."""
        return json.dumps(to_plain(self) | {"version": _VERSION}, indent=1, sort_keys=True) + "\n"


def read_state(text: str) -> State:
    """The memory in a text. Raises UnreadableInput: not JSON, of another shape or version."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableInput("the state of the payer is not JSON") from None
    if not isinstance(data, dict) or data.get("version") != _VERSION:
        raise UnreadableInput("not the state of a payer, or one of another version")
    try:
        return from_plain(State, data)
    except UnreadableInput:
        raise UnreadableInput("the state of the payer is damaged") from None


def digest_claim(claim: Claim) -> str:
    """What is the same for two claims that say the same, whatever number the biller gave them."""
    plain = to_plain(replace(claim, id="", envelope=None, lines=tuple(
        replace(line, references=tuple(each for each in line.references if each.qualifier != "6R"))
        for line in claim.lines)))  # fmt: skip
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()[:32]
