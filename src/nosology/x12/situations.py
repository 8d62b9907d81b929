"""SNIP 4, 6 and 7: what must stand, or must not stand, when something else stands (situational rules as data).

Rules are tables in ``rules/x12/situations``; a site adds those of its payers' companion guides in the same form
(:func:`read_companion`). Each has a ``level`` (billing, subscriber, patient, claim, other, line, adjudication), the
``when`` that triggers it, and one of ``needs`` (one of these places must be filled), ``forbids`` (none may be),
``expects`` (a place must hold one of these codes) or ``check`` (a function of ``situation_checks`` with ``data``).
Places are those of :mod:`nosology.x12.claim_facts`; codes may be ranges as ``98940..98942``. A test with "not" before
its place holds where the value is another; ``line_when`` holds if some line of the claim meets it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import nosology.x12.situation_checks  # noqa: F401  (its functions register)
from nosology.codes.prepared import prepare, read_yaml
from nosology.errors import NosologyError, UsageError
from nosology.x12.checks import Report, check
from nosology.x12.claim_facts import CLAIMS, LEVELS, Facts, level_facts, part
from nosology.x12.loops import Loop
from nosology.x12.situation_rules import Place, Situation, Test, build_situation, holds, meets, tell

__all__ = ["load_situations", "read_companion"]

_FOLDER = Path(__file__).parents[1] / "rules" / "x12" / "situations"


def _files() -> list[Path]:
    return sorted(_FOLDER.glob("*.yaml"))


def _read_all() -> list[tuple[str, Any]]:
    found = []
    for file in _files():
        try:
            found.append((file.name, read_yaml(file.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise NosologyError(f"rule file {file.name} is malformed; reinstall the package") from error
    return found


@cache
def load_situations() -> tuple[Situation, ...]:
    """Return every packaged situational rule, in the order of the files.

    Raises:
        NosologyError: a file is malformed.
    """
    tables: list[tuple[str, Any]] = prepare("x12-situations", [*_files(), Path(__file__)], _read_all)
    found = []
    for name, table in tables:
        try:
            found += [build_situation(raw) for raw in table["rules"]]
        except (KeyError, TypeError, ValueError) as error:
            raise NosologyError(f"rule file {name} is malformed ({error}); reinstall the package") from error
    return tuple(found)


def read_companion(text: str) -> dict[str, tuple[Situation, ...]]:
    """Read a site's rules of companion guides: ``payers`` by payer id (2010BB NM109), each with ``rules``.

    Hand the answer to the validation as ``options={"companion": …}``.

    Raises:
        UsageError: the text is not in that form.
    """
    try:
        raw = read_yaml(text)
    except ValueError:
        raise UsageError("the companion guide rules are no YAML") from None
    if not (isinstance(raw, dict) and isinstance(raw.get("payers"), dict)):
        raise UsageError("the companion guide rules have no payers: an object of payer ids, each with rules")
    try:
        return {
            str(payer): tuple(build_situation({"forms": CLAIMS, **row, "snip": 7}) for row in facts["rules"])
            for payer, facts in raw["payers"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"the companion guide rules cannot be used: {error}") from error


_OWN = {
    "billing": ("2000A", "2010A"),
    "subscriber": ("2000B", "2010B"),
    "patient": ("2000C", "2010C"),
    "claim": ("2300", "2310"),
    "other": ("2320", "2330"),
    "line": ("2400", "2410", "2420", "2440"),
    "adjudication": ("2430",),
}
_KEPT = 4096  # values of a place for which it is remembered which rules they trigger


class _Plan:
    """The rules of one level, found by what triggers them, so that those which cannot apply cost nothing.

    ``present`` holds the rules triggered by a segment of the level, by its key; ``keyed`` those triggered by the value
    at a place, by the key of its segment, with those that its absence triggers; ``always`` the rest.
    """

    __slots__ = ("always", "keyed", "keys", "present")

    def __init__(self, rules: Iterable[Situation], level: str) -> None:
        self.present: dict[str, list[tuple[Situation, tuple[Test, ...]]]] = {}
        self.always: list[tuple[Situation, tuple[Test, ...]]] = []
        groups: dict[tuple[Place, bool], list[tuple[Situation, Test, tuple[Test, ...]]]] = {}
        for rule in rules:
            if not rule.when:
                self.always.append((rule, ()))
                continue
            test = min(rule.when, key=lambda test: _rank(test, level))
            rest = tuple(other for other in rule.when if other is not test)
            if _rank(test, level) == 0:
                self.present.setdefault(test.place.key, []).append((rule, rest))
            else:
                groups.setdefault((test.place, test.codes is None), []).append((rule, test, rest))
        self.keys = frozenset(self.present)
        keyed: dict[str, list[_Group]] = {}
        for (place, plain), members in groups.items():
            keyed.setdefault(place.key, []).append(_Group(place, plain, members))
        self.keyed = [
            (
                key,
                key.startswith(_OWN[level]),
                tuple(found),
                tuple(one for group in found for one in group.triggered("")),
            )
            for key, found in keyed.items()
        ]

    def __bool__(self) -> bool:
        return bool(self.present or self.keyed or self.always)


class _Group:
    """The rules triggered by one place, with what each value there was found to trigger."""

    __slots__ = ("component", "element", "known", "plain", "rules")

    def __init__(self, place: Place, plain: bool, rules: list[tuple[Situation, Test, tuple[Test, ...]]]) -> None:
        self.element, self.component, self.plain, self.rules = place.element, place.component, plain, rules
        self.known: dict[str, list[tuple[Situation, tuple[Test, ...]]]] = {}

    def triggered(self, text: str) -> list[tuple[Situation, tuple[Test, ...]]]:
        """The rules that a value triggers, with the tests that remain."""
        found = [(rule, rest) for rule, test, rest in self.rules if meets(test, text)]
        if len(self.known) < _KEPT:
            self.known[text] = found
        return found


def _rank(test: Test, level: str) -> int:
    """How well a test tells whether its rule may apply: 0 best."""
    own = test.place.key.startswith(_OWN[level])
    if test.codes is None and test.wanted and own and not test.place.element:
        return 0
    return (1 if test.codes is not None and test.wanted else 3) + (not own)


@cache
def _in_force(kind: str, snip: int) -> Mapping[str, _Plan]:
    found: dict[str, list[Situation]] = {level: [] for level in LEVELS}
    for rule in load_situations():
        if kind in rule.forms and rule.snip == snip:
            found[rule.level].append(rule)
    return {level: _Plan(rules, level) for level, rules in found.items()}


def _apply(plan: _Plan, facts: Facts, report: Report) -> None:
    separator = report.delimiters.component
    for key in plan.keys & facts.first.keys():
        for rule, rest in plan.present[key]:
            _try(rule, rest, facts, report, separator)
    first = facts.first
    for key, own, groups, blank in plan.keyed:
        placed = first.get(key) if own else facts.get(key)
        if placed is None:
            for rule, rest in blank:
                _try(rule, rest, facts, report, separator)
            continue
        elements = placed.elements
        for group in groups:
            text = elements[group.element] if group.element < len(elements) else ""
            if group.component:
                text = part(text, group.component, separator)
            if group.plain:
                text = "filled" if text else ""
            chosen = group.known.get(text)
            for rule, rest in group.triggered(text) if chosen is None else chosen:
                _try(rule, rest, facts, report, separator)
    for rule, rest in plan.always:
        _try(rule, rest, facts, report, separator)


def _try(rule: Situation, rest: tuple[Test, ...], facts: Facts, report: Report, separator: str) -> None:
    for test in rest:
        if not holds(test, facts, separator):
            return
    if not rule.line_when or _some_line(rule, facts, separator):
        _judge(rule, facts, report, separator)


def _some_line(rule: Situation, facts: Facts, separator: str) -> bool:
    for line in facts.levels("2400"):
        for test in rule.line_when:
            if not holds(test, line, separator):
                break
        else:
            return True
    return False


def _judge(rule: Situation, facts: Facts, report: Report, separator: str) -> None:
    if rule.run is not None:
        rule.run(facts, rule, report)
        return
    for place in rule.forbids:
        if place.value(facts, separator):
            placed = facts.get(place.key) or facts.loop.head
            if place.element:
                value = place.value(facts, separator)
                tell(
                    rule,
                    report,
                    placed,
                    element=place.element,
                    component=place.component,
                    element_error="I13",
                    value=value,
                )
            else:
                tell(rule, report, placed, segment_error="I9")
            return
    for test in rule.expects:
        found = facts.get(test.place.key)
        if found is not None and not holds(test, facts, separator):
            tell(rule, report, found, element=test.place.element, component=test.place.component, element_error="7",
                 value=test.place.value(facts, separator))  # fmt: skip
            return
    if rule.needs and not any(place.value(facts, separator) for place in rule.needs):
        _missing(rule, facts, report)


def _missing(rule: Situation, facts: Facts, report: Report) -> None:
    """Report what is needed: at its segment if only an element is missing, else at what makes it needed."""
    place = rule.needs[0]
    placed = facts.get(place.key)
    if place.element and placed is not None:
        tell(rule, report, placed, element=place.element, component=place.component, element_error="I9")
        return
    trigger = next((found for test in rule.when if (found := facts.get(test.place.key)) is not None), facts.loop.head)
    tell(rule, report, trigger, segment_error="I6")


def _claim(rules: Mapping[str, _Plan], facts: Facts, report: Report) -> None:
    _apply(rules["claim"], facts, report)
    if rules["other"]:
        for other in facts.levels("2320"):
            _apply(rules["other"], other, report)
    if rules["line"] or rules["adjudication"]:
        for line in facts.levels("2400"):
            _apply(rules["line"], line, report)
            for decision in line.levels("2430"):
                _apply(rules["adjudication"], decision, report)


def _register(snip: int, rule: str) -> None:
    @check(rule, snip=snip, kinds=CLAIMS, loop="2300")
    def claim(loop: Loop, report: Report) -> None:
        _claim(_in_force(report.kind, snip), level_facts(loop, report), report)

    def around(level: str) -> None:
        @check(rule, snip=snip, kinds=CLAIMS, loop=LEVELS[level])
        def run(loop: Loop, report: Report) -> None:
            _apply(_in_force(report.kind, snip)[level], level_facts(loop, report), report)

    for level in ("billing", "subscriber", "patient"):
        around(level)


_register(4, "837.situation")
_register(6, "837.service")


@check("837.companion", snip=7, kinds=CLAIMS, loop="2300")
def _companion(loop: Loop, report: Report) -> None:
    guides: Mapping[str, tuple[Situation, ...]] = report.options.get("companion") or {}
    facts = level_facts(loop, report)
    payer = facts.value("2010BB/NM1", 9)
    if payer not in guides:
        return
    plans: dict[str, Mapping[str, _Plan]] = report.memory.setdefault("837.companion", {})
    plan = plans.get(payer)
    if plan is None:
        rules = [rule for rule in guides[payer] if report.kind in rule.forms]
        plan = plans[payer] = {level: _Plan((rule for rule in rules if rule.level == level), level) for level in LEVELS}
    for level, up in (("billing", "2000A"), ("subscriber", "2000B"), ("patient", "2000C")):
        around = loop.up(up)
        if plan[level] and around is not None and around.segments:
            _apply(plan[level], level_facts(around, report), report)
    _claim(plan, facts, report)
