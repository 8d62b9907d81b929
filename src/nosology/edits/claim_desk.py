"""The desk of a scrub: the claim, the words of its fields, and the only way to make a finding of it.

A check is a function ``(rule, desk) → findings`` that registers under the name by which rules in ``rules/claims`` pick
it. Findings say where to mend: a path of the encounter or its registration, not of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nosology.edits.desk import printable
from nosology.model.claim import Claim, ClaimForm, ClaimLine
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Severity
from nosology.rules.loader import Rule

__all__ = ["CLAIM_CHECKS", "ClaimCheck", "ClaimDesk", "Value", "claim_edit", "read_field", "setting_of"]

ClaimCheck = Callable[[Rule, "ClaimDesk"], Iterable[Finding]]

CLAIM_CHECKS: dict[str, ClaimCheck] = {}
"""Name by which rules pick it → check."""

_INPATIENT = ("11", "12", "18", "21", "22", "28", "41", "51", "65", "66", "82", "86")


def claim_edit(name: str) -> Callable[[ClaimCheck], ClaimCheck]:
    """Registers a check of claims under the name by which rules pick it."""

    def register(check: ClaimCheck) -> ClaimCheck:
        CLAIM_CHECKS[name] = check
        return check

    return register


def setting_of(claim: Claim) -> Setting:
    """The setting of a claim: by its form and, for a facility, by its type of bill, or an admitting diagnosis."""
    if claim.form is not ClaimForm.INSTITUTIONAL:
        return Setting.PROFESSIONAL
    admitted = any(each.qualifier in ("ABJ", "BJ") for each in claim.codes) and not claim.facility
    return Setting.INPATIENT if admitted or claim.facility in _INPATIENT else Setting.OUTPATIENT


@dataclass(frozen=True, slots=True)
class Value:
    """What a field holds, with the places on the way to it: those of lines, other payers and other lists."""

    value: Any
    places: tuple[tuple[str, int], ...] = ()


def read_field(root: object, path: str) -> Iterator[Value]:
    """The values of a field: ``lines.charge`` gives one a line, ``dates[434].value`` that of the date with this
    qualifier, ``billing.references[EI,SY]`` the first of either; None where something on the way is missing.

    Nothing at all if the first name is None: what is not there has no fields. Raises AttributeError for a name that
    no part of a claim has.
    """
    head, _, rest = path.partition(".")
    if getattr(root, head.partition("[")[0]) is None:
        return
    yield from _read(root, head, rest, ())


def _read(root: object, head: str, rest: str, places: tuple[tuple[str, int], ...]) -> Iterator[Value]:
    name, _, wanted = head.partition("[")
    found = getattr(root, name)
    if wanted:
        codes = wanted.rstrip("]").split(",")
        found = next((each for each in found if _kind(each) in codes), None)
    following, _, after = rest.partition(".")
    if not rest or found is None:
        yield Value(found, places)
    elif isinstance(found, tuple):
        for n, each in enumerate(found):
            yield from _read(each, following, after, (*places, (name, n)))
    else:
        yield from _read(found, following, after, places)


def _kind(part: object) -> str:
    return str(getattr(part, "qualifier", "") or getattr(part, "role", ""))


class ClaimDesk:
    """One claim on its date of service. ``coverage`` and ``others`` are the places of its coverages."""

    def __init__(self, claim: Claim, on: date, coverage: int = 0, others: Sequence[int] = ()) -> None:
        self.claim = claim
        self.on = on
        self.coverage = f"coverages[{coverage}]"
        self.setting = setting_of(claim)
        self._others = tuple(others)

    def other(self, index: int) -> str:
        """Where another payer of the claim stands in the encounter."""
        own = int(self.coverage[10:-1])
        rest = self._others or [each for each in range(len(self.claim.other_payers) + 1) if each != own]
        return f"coverages[{rest[index]}]" if index < len(rest) else "coverages"

    def line(self, line: ClaimLine) -> str:
        """Where a line stands in the encounter: by its control number, else by its number on the claim."""
        number = next((each.value for each in line.references if each.qualifier == "6R"), "")
        ours = int(number) if number.isdigit() and 0 < int(number) < 10_000 else line.number
        return f"lines[{ours - 1}]"

    def where(self, template: str, places: Sequence[tuple[str, int]] = ()) -> str:
        """A place of the encounter from its template, which names ``{coverage}``, ``{line}``, ``{other}``, ``{n}``."""
        named = dict(places)
        line = self.line(self.claim.lines[named["lines"]]) if "lines" in named else "lines"
        other = self.other(named["other_payers"]) if "other_payers" in named else "coverages"
        last = places[-1][1] if places else 0
        return template.format(coverage=self.coverage, line=line, other=other, n=last)

    def find(
        self, rule: Rule, where: str, names: Mapping[str, object] | None = None, *, severity: str | None = None
    ) -> Finding:
        """The finding of a rule at a place; ``names`` fill the gaps of its message and fix. They are never names of
        people: a message holds codes, numbers of lines, and our own words."""
        filled = {"on": self.on, **{name: printable(value) for name, value in (names or {}).items()}}
        return Finding(
            rule=rule.id,
            severity=Severity(severity or rule.severity),
            message=rule.message.format_map(filled),
            where=where,
            citation=rule.citation,
            fix=rule.fix.format_map(filled),
        )
