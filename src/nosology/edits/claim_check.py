"""The scrub: runs every rule of ``rules/claims`` over a claim, so that nothing incomplete leaves.

Fails closed as ``edits.check`` does: a rule that fails is a finding. Nothing here raises because of what a claim says,
and nothing changes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from nosology.edits import claim_checks
from nosology.edits.check import accept_findings
from nosology.edits.claim_desk import CLAIM_CHECKS, ClaimDesk
from nosology.edits.site import Site
from nosology.model.claim import Claim
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Override, Severity
from nosology.rules.loader import Rule, load_rules

__all__ = ["check_claim", "date_of_claim"]

_REGISTERED = claim_checks
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFORMATION: 2}


def date_of_claim(claim: Claim) -> date | None:
    """The last day of service of a claim: of its statement period, else of its lines; None if it names none."""
    stated = [each.last for each in claim.dates if each.qualifier in ("434", "472") and each.last]
    days = [each.last for line in claim.lines for each in line.dates if each.qualifier == "472" and each.last]
    return max(stated or days, default=None)


def check_claim(
    claim: Claim,
    *,
    on: date,
    coverage: int = 0,
    others: Sequence[int] = (),
    overrides: Iterable[Override] = (),
    site: Site | None = None,
    only: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """What every rule in force on the date of service finds in the claim, errors first.

    ``coverage`` is the place of the billed coverage in the encounter, ``others`` those of the other ones, so that a
    finding names the field to mend; ``overrides`` are those of the encounter. A rule that fails gives
    ``edit.failed``. Never raises, changes nothing.
    """
    site, wanted = site or Site(), set(only)
    desk = ClaimDesk(claim, on, coverage, others)
    payer = claim.subscriber.payer.id
    found: list[Finding] = []
    for rule in _plan(desk.setting, on):
        severity = site.severity(rule.id, payer, rule.severity)
        if (wanted and rule.id not in wanted) or severity == "off":
            continue
        try:
            made = list(CLAIM_CHECKS[rule.check](rule, desk))
        except Exception as error:  # fail closed: whatever is wrong with us must not let a claim pass
            message = f"{rule.id} failed ({type(error).__name__}) and was not run"
            found.append(Finding("edit.failed", Severity.ERROR, message, fix="report the fault"))
        else:
            found += [_with_severity(each, rule, severity) for each in made]
    return tuple(
        sorted(accept_findings(found, overrides), key=lambda each: (_RANK[each.severity], each.override is not None))
    )


def _plan(setting: Setting, on: date) -> list[Rule]:
    chosen = [
        rule for rule in load_rules() if rule.check in CLAIM_CHECKS and rule.in_force(on) and setting in rule.settings
    ]
    return sorted(chosen, key=lambda rule: (rule.order, rule.id))


def _with_severity(finding: Finding, rule: Rule, severity: str) -> Finding:
    if severity == rule.severity or finding.severity != rule.severity:
        return finding
    return replace(finding, severity=Severity(severity))
