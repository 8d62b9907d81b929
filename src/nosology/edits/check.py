"""Runs every edit rule in force over an encounter.

Fail closed: an edit that cannot run (its table is not installed, its file is damaged, or it fails) is itself a
finding. Nothing here raises because of what a chart says, and nothing changes the encounter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from nosology.edits import checks
from nosology.edits.desk import CHECKS, Books, Desk
from nosology.edits.site import Site
from nosology.errors import NosologyError
from nosology.model.encounter import Encounter
from nosology.model.finding import Finding, Override, Severity
from nosology.rules.loader import Rule, find_rule, rules_in_force

__all__ = ["accept_findings", "check_encounter", "is_clean"]

_REGISTERED = checks
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}
_FAIL_CLOSED = "Nosology, edits fail closed"


def check_encounter(
    encounter: Encounter,
    *,
    on: date,
    home: Path | None = None,
    books: Books | None = None,
    site: Site | None = None,
    only: Iterable[str] = (),
    more: Iterable[Finding] = (),
) -> tuple[Finding, ...]:
    """What every edit rule in force on the date of service finds in the encounter, errors first.

    ``books`` keeps releases open over many encounters; ``site`` holds rules and severities of a site; ``only`` names
    rules (none: all); ``more`` are findings of rules that run elsewhere. A rule that cannot run gives
    ``edit.not-run``, one that fails ``edit.failed``; an accepted finding carries its override, one accepted without
    name or reason gives ``edit.override``. Never raises, changes nothing.

    >>> from datetime import date
    >>> from nosology.model.encounter import Diagnosis, Encounter
    >>> visit = Encounter("1", setting="professional", diagnoses=(Diagnosis("R05.9"), Diagnosis("R05.9")))
    >>> [finding.rule for finding in check_encounter(visit, on=date(2026, 5, 4), only=["ICD-duplicate"])]
    ['ICD-duplicate']
    """
    site = site or Site()
    desk = Desk(encounter, on, books or Books(home))
    wanted = set(only)
    found: list[Finding] = []
    missing: dict[str, list[tuple[Rule, str]]] = {}
    for rule in _plan(desk, site):
        if wanted and rule.id not in wanted:
            continue
        severity = site.severity(rule.id, encounter.payer, rule.severity)
        if severity == "off":
            continue
        try:
            made = [_with_severity(each, rule, severity) for each in CHECKS[rule.check](rule, desk)]
        except NosologyError as error:
            missing.setdefault(str(error), []).append((rule, severity))
        except Exception as error:  # fail closed: whatever is wrong with us must not let a claim pass
            message = f"{rule.id} failed ({type(error).__name__}) and was not run"
            found.append(Finding("edit.failed", Severity.ERROR, message, citation=_FAIL_CLOSED, fix="report the fault"))
        else:
            found += made
    for each in more:
        known = find_rule(each.rule)
        severity = site.severity(each.rule, encounter.payer, each.severity)
        if known is not None and _told_already(each, known, found):
            continue
        if severity != "off" and (not wanted or each.rule in wanted):
            found.append(_with_severity(each, known, severity) if known is not None else each)
    found += [_not_run(reason, rules) for reason, rules in missing.items()]
    found += _outdated(desk)
    found = _override(found, encounter, site)
    return tuple(sorted(found, key=lambda each: (_RANK[each.severity], each.override is not None)))


def is_clean(findings: Iterable[Finding]) -> bool:
    """True if no finding is an error that nobody has accepted."""
    return not any(each.severity is Severity.ERROR and each.override is None for each in findings)


def accept_findings(findings: Iterable[Finding], overrides: Iterable[Override]) -> tuple[Finding, ...]:
    """The findings, each with the override that accepts it: complete ones, of rules that may be overridden."""
    found = list(findings)
    for made in overrides:
        rule = find_rule(made.rule)
        if not (made.by.strip() and made.why.strip() and made.on) or (rule is not None and not rule.overridable):
            continue
        for index, each in enumerate(found):
            if each.rule == made.rule and each.override is None and made.where in ("", each.where):
                found[index] = replace(each, override=made)
    return tuple(found)


def _told_already(made: Finding, rule: Rule, found: list[Finding]) -> bool:
    """True for an edit of the Medicare Code Editor (its name ends the citation) that a rule of ours tells of the same
    code: its row in the data names those under ``told_beside``."""
    row = rule.data.get("edits", {}).get(made.citation.rpartition(", ")[2], {})
    return any(each.where == made.where and each.rule in row.get("told_beside", ()) for each in found)


def _plan(desk: Desk, site: Site) -> list[Rule]:
    """The rules to run in their order: those of the package and of the site that pick an edit."""
    setting = desk.encounter.setting
    packaged = [rule for rules in rules_in_force(desk.on, setting).values() for rule in rules if rule.check in CHECKS]
    own = [rule for rule in site.rules if rule.in_force(desk.on) and setting in rule.settings]
    replaced = {rule.id for rule in own}
    chosen = [rule for rule in packaged if rule.id not in replaced] + own
    payer = desk.encounter.payer.lower()
    chosen = [
        rule
        for rule in chosen
        if not rule.data.get("payers") or not payer or payer in map(str.lower, rule.data["payers"])
    ]
    return sorted(chosen, key=lambda rule: (rule.order, rule.id))


def _with_severity(finding: Finding, rule: Rule, severity: str) -> Finding:
    """The finding as severe as the site says; a check may have made it milder than its rule, and keeps it so."""
    if severity in (rule.severity, finding.severity) or finding.severity != rule.severity:
        return finding
    return replace(finding, severity=Severity(severity))


def _not_run(reason: str, rules: list[tuple[Rule, str]]) -> Finding:
    ids = ", ".join(rule.id for rule, _ in rules)
    worst = min((Severity(severity) for _, severity in rules), key=_RANK.__getitem__)
    cause, _, command = reason.partition("; ")
    command = command.rsplit("; ", 1)[-1].removeprefix("install one: ").removeprefix("install an earlier one: ")
    message = f"not checked: {ids}: {cause}"
    fix = f"{command}; or switch the rules off in the site file" if command else "install what is missing"
    return Finding("edit.not-run", worst, message, citation=_FAIL_CLOSED, fix=fix)


def _outdated(desk: Desk) -> list[Finding]:
    """One finding for each release that had ended by the date of service."""
    return [
        Finding(
            "edit.outdated",
            Severity.WARNING,
            f"{system}: the newest release at hand ended on {release.effective_to}, before {desk.on}",
            citation=_FAIL_CLOSED,
            fix=f"nosology codesets install {system} --from FILE",
        )
        for system, release in sorted(desk.used.items())
        if release.outdated(desk.on)
    ]


def _override(found: list[Finding], encounter: Encounter, site: Site) -> list[Finding]:
    """The findings with the overrides of the encounter; those that cannot be taken are findings themselves."""
    for place, made in enumerate(encounter.overrides):
        where = f"overrides[{place}]"
        rule = next((each for each in site.rules if each.id == made.rule), None) or find_rule(made.rule)
        why = ""
        if not made.by.strip() or not made.why.strip() or made.on is None:
            why = "says not by whom, when and why"
        elif rule is not None and not rule.overridable:
            why = "is of a rule that nobody may override"
        if why:
            message = f"the override of {made.rule[:40] or 'no rule'} {why}; it was not taken"
            found.append(Finding("edit.override", Severity.ERROR, message, where, citation=_FAIL_CLOSED,
                                 fix="give name, date and reason, or mend the finding"))  # fmt: skip
            continue
        hit = False
        for index, each in enumerate(found):
            if each.rule == made.rule and each.override is None and made.where in ("", each.where):
                found[index] = replace(each, override=made)
                hit = True
        if not hit:
            message = f"the override of {made.rule[:40]} matches no finding"
            found.append(Finding("edit.override", Severity.INFORMATION, message, where, citation=_FAIL_CLOSED))
    return found
