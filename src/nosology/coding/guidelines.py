"""Applies the Official Guidelines to the candidates of a note: every rule in force, phase by phase."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from nosology.coding import checks
from nosology.coding.candidates import Candidate
from nosology.coding.checks.conventions import drop_general, drop_general_neoplasm
from nosology.coding.checks.principal import read_denied_within
from nosology.coding.checks.tumor_sites import read_tumor_site
from nosology.coding.poa import AdmissionReader
from nosology.coding.sequence import sequence_candidates
from nosology.coding.workup import CHECKS, PHASES, Check, Workup, concerned_by
from nosology.lexicon.patterns import Standing, WordPattern, compile_words
from nosology.rules.loader import Rule

__all__ = ["apply_guidelines"]

_REGISTERED = checks
_OF_EVERY_VIEW = ("chart", "conflict")
_ALWAYS = compile_words(r"\w")  # needs no word
_PLANS: dict[int, tuple[Mapping[str, tuple[Rule, ...]], _Plan, _Plan]] = {}


class _Step:
    """A check with its rule; ``of_all`` where it is for all charts."""

    __slots__ = ("function", "of_all", "rule")

    def __init__(self, function: Check, rule: Rule) -> None:
        self.function = function
        self.rule = rule
        self.of_all = concerned_by(rule) is None


class _Plan:
    """Checks to run with their rules, in order; those whose words a note does not hold are left out for it, and those
    of whose codes it has none.
    """

    __slots__ = ("_concerned", "_standing", "_steps")

    def __init__(self, steps: list[tuple[Check, Rule, WordPattern | None]]) -> None:
        self._steps = [_Step(function, rule) for function, rule, _needs in steps]
        self._standing = Standing([needs or _ALWAYS for _function, _rule, needs in steps])
        self._concerned: dict[str, list[int]] = {}  # by the beginnings of codes
        for place, (_function, rule, _needs) in enumerate(steps):
            for beginning in concerned_by(rule) or ():
                self._concerned.setdefault(beginning, []).append(place)

    def run(self, workup: Workup) -> None:
        """Run the steps, each if a candidate has such a code by then."""
        concerned: set[int] = set()
        known = -1
        for place in self._standing.find(workup.chart.text):
            step = self._steps[place]
            if not step.of_all:
                if len(workup.begun) != known:
                    known = len(workup.begun)
                    concerned = self._places(workup.begun)
                if place not in concerned:
                    continue
            step.function(workup, step.rule)

    def _places(self, begun: set[str]) -> set[int]:
        found: set[int] = set()
        for beginning in begun:
            places = self._concerned.get(beginning)
            if places is not None:
                found.update(places)
        return found


def apply_guidelines(workup: Workup) -> tuple[list[Candidate], list[Candidate]]:
    """Return ``(coded, dropped)``, the coded ones in the order of report; every dropped candidate says why.

    Of the exhaustive view only the checks of the chart itself, of contradictions and of denials are run, and what
    gives a cancer its organ.
    """
    exhaustive = workup.chart.exhaustive
    _plan_of(workup.rules, exhaustive).run(workup)
    if exhaustive:
        for rule in workup.rules.get("denied_within", ()):
            read_denied_within(workup, rule)
        drop_general(workup)
        for rule in workup.rules.get("tumor_site", ()):
            read_tumor_site(workup, rule)
        for rule in workup.rules.get("general_neoplasm", ()):
            drop_general_neoplasm(workup, rule)
    if workup.withheld:
        for candidate in workup.live():
            workup.drop(candidate, workup.withheld)
    if exhaustive:
        coded = sorted(workup.live(), key=lambda c: c.first.span)
    else:
        coded = sequence_candidates(workup.live(), workup.chart, workup.instructions, _onset(workup))
    return coded, [c for c in workup.candidates if c.dropped]


def _onset(workup: Workup) -> Callable[[Candidate], bool]:
    """Return the question whether a candidate arose after admission (Appendix I)."""
    rules = workup.rules.get("present_on_admission", ())
    if not rules:
        return lambda _: False
    reader = AdmissionReader(workup.note, rules[0])
    return lambda c: reader.of(c) == "N"


def _plan_of(rules: Mapping[str, tuple[Rule, ...]], exhaustive: bool) -> _Plan:
    """Return the plan for the rules in force, made once for each such table (they are few, and kept by the loader)."""
    known = _PLANS.get(id(rules))
    if known is None or known[0] is not rules:
        every = [rule for each in rules.values() for rule in each]
        known = _PLANS[id(rules)] = (rules, _plan(every, PHASES), _plan(every, _OF_EVERY_VIEW))
    return known[2] if exhaustive else known[1]


def _plan(rules: list[Rule], phases: Collection[str]) -> _Plan:
    """Return the checks of the phases to run: by phase, then by the rule's order, then by its id.

    A rule may state words (``needs``, lower case) of which the note must hold one for its check to have anything to do.
    """
    chosen = [r for r in rules if r.check in CHECKS and CHECKS[r.check][0] in phases]
    chosen.sort(key=lambda r: (PHASES.index(CHECKS[r.check][0]), r.order, r.id))
    return _Plan([(CHECKS[r.check][1], r, _needs(r)) for r in chosen])


def _needs(rule: Rule) -> WordPattern | None:
    words: list[str] = rule.data.get("needs", [])
    return compile_words("|".join(map(re.escape, words))) if words else None
