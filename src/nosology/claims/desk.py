"""What every pricer writes with: an amount with its steps, and findings in one form."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from nosology.model.encounter import ServiceLine
from nosology.model.finding import Finding, Severity
from nosology.model.price import PriceLine, to_cents
from nosology.model.trace import Step

__all__ = ["Tally", "find", "money"]


def money(amount: Decimal) -> str:
    """An amount as steps write it: "123.45 USD"."""
    return f"{to_cents(amount):,.2f} USD"


def find(
    rule: str, message: str, *, where: str, severity: Severity = Severity.WARNING, fix: str = "", citation: str = ""
) -> Finding:
    """A finding of the pricers; rules are named ``price.…``."""
    return Finding(f"price.{rule}", severity, message, where=where, fix=fix, citation=citation)


@dataclass(slots=True)
class Tally:
    """One line while it is priced: ``amount`` is None as long as, or because, no price can be told."""

    number: int
    line: ServiceLine
    method: str = ""
    amount: Decimal | None = None
    steps: list[Step] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    patient_fixed: Decimal | None = None
    paid_in_full: bool = False

    @property
    def where(self) -> str:
        """How findings name the line."""
        return f"line {self.number} {self.line.code}".rstrip()

    def set(self, amount: Decimal, name: str, why: str, source: str) -> None:
        """Give the line an amount, with the step that led to it."""
        self.amount = amount
        self.steps.append(Step(name, f"{why}: {money(amount)}", source, (self.line.code,)))

    def times(self, factor: Decimal, name: str, why: str, source: str) -> None:
        """Multiply the amount; nothing happens to a line without one."""
        if self.amount is not None:
            self.set(to_cents(self.amount * factor), name, why, source)

    def note(
        self, rule: str, message: str, severity: Severity = Severity.WARNING, *, fix: str = "", citation: str = ""
    ) -> None:
        """Report a finding on the line."""
        self.findings.append(find(rule, message, where=self.where, severity=severity, fix=fix, citation=citation))

    def close(self) -> PriceLine:
        """The line as it was priced."""
        amount = None if self.amount is None else to_cents(self.amount)
        return PriceLine(
            self.number, self.line.code, to_cents(self.line.charge), amount, self.method, tuple(self.steps),
            self.patient_fixed, self.paid_in_full,
        )  # fmt: skip
