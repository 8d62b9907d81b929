"""An encounter as it was billed: its claims, the group and price of a stay, every finding, and whether it may leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nosology.model.claim import Claim
from nosology.model.finding import Finding, Severity
from nosology.model.grouping import DrgResult
from nosology.model.price import PricedClaim

__all__ = ["Bill"]


@dataclass(frozen=True, slots=True)
class Bill:
    """What ``pipeline.bill_encounter`` made of one encounter for one payer.

    ``edits`` are findings on the encounter, ``building`` what kept the builder from a right claim, ``scrub`` findings
    on the claims; ``drg`` is the group of a stay, ``expected`` the price if terms were given.
    """

    encounter: str
    on: date
    claims: tuple[Claim, ...]
    edits: tuple[Finding, ...] = ()
    building: tuple[Finding, ...] = ()
    scrub: tuple[Finding, ...] = ()
    drg: DrgResult | None = None
    expected: PricedClaim | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them: of the encounter, of the builder, of the scrub."""
        return (*self.edits, *self.building, *self.scrub)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop the claims: errors that nobody has accepted."""
        return tuple(each for each in self.findings if each.severity is Severity.ERROR and each.override is None)

    @property
    def may_leave(self) -> bool:
        """True if there is a claim and nothing stops it."""
        return bool(self.claims) and not self.blocking
