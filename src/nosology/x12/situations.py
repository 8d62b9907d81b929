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
from nosology.x12.claim_facts import CLAIMS, LEVELS, Facts, level_facts
from nosology.x12.loops import Loop
from nosology.x12.situation_rules import Situation, build_situation, holds, picked, tell

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
        return {
            str(payer): tuple(build_situation({"forms": CLAIMS, **row, "snip": 7}) for row in facts["rules"])
            for payer, facts in raw["payers"].items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(f"the companion guide rules cannot be used: {error}") from error


@cache
def _in_force(kind: str, snip: int) -> Mapping[str, tuple[Situation, ...]]:
    found: dict[str, list[Situation]] = {level: [] for level in LEVELS}
    for rule in load_situations():
        if kind in rule.forms and rule.snip == snip:
            found[rule.level].append(rule)
    return {level: tuple(rules) for level, rules in found.items()}


def _apply(rules: Iterable[Situation], facts: Facts, report: Report) -> None:
    separator = report.delimiters.component
    for rule in rules:
        for test in rule.when:
            if not holds(test, facts, separator):
                break
        else:
            if rule.line_when and not _some_line(rule, facts, separator):
                continue
            _judge(rule, facts, report, separator)


def _some_line(rule: Situation, facts: Facts, separator: str) -> bool:
    return any(all(holds(test, line, separator) for test in rule.line_when) for line in facts.levels("2400"))


def _judge(rule: Situation, facts: Facts, report: Report, separator: str) -> None:
    if rule.check:
        picked(rule.check)(facts, rule, report)
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


def _claim(rules: Mapping[str, tuple[Situation, ...]], facts: Facts, report: Report) -> None:
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
    guides = report.options.get("companion")
    if not guides:
        return
    facts = level_facts(loop, report)
    rules = [rule for rule in guides.get(facts.value("2010BB/NM1", 9), ()) if report.kind in rule.forms]
    if rules:
        _claim({level: tuple(rule for rule in rules if rule.level == level) for level in LEVELS}, facts, report)
