"""What the Medicare Code Editor and the grouper say of a stay, as findings with our explanations.

The rules ``MCE``, ``HAC`` and ``DRG-single-cc`` of ``rules/edits`` hold severity, words and fixes.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from nosology.errors import NosologyError
from nosology.grouping.mce import EDITS
from nosology.grouping.msdrg import assign_drg
from nosology.model.encounter import Encounter
from nosology.model.finding import Finding, Severity
from nosology.model.grouping import DrgResult
from nosology.rules.loader import Rule, find_rule

__all__ = ["find_mce"]

_COUNTED = ("CC", "MCC")


def find_mce(encounter: Encounter, *, on: date) -> tuple[Finding, ...]:
    """The edits of the Medicare Code Editor on a stay, its hospital-acquired conditions, and the one CC or MCC on
    which a DRG rests. Where no version is in force the finding ``edit.not-run`` says so. Never raises."""
    try:
        result = assign_drg(encounter, on=on, dotted=True)
    except NosologyError as error:
        message = f"not checked: MCE, HAC, DRG-single-cc: {error}"
        return (Finding("edit.not-run", Severity.ERROR, message, citation="Nosology, edits fail closed",
                        fix="check the date of discharge"),)  # fmt: skip
    except Exception as error:  # fail closed
        message = f"MCE failed ({type(error).__name__}) and was not run"
        return (Finding("edit.failed", Severity.ERROR, message, fix="report the fault"),)
    found = [*_edits(encounter, result, on), *_acquired(result, on), *_single(result, on)]
    return tuple(found)


def _rule(name: str, on: date) -> Rule | None:
    rule = find_rule(name)
    return rule if rule is not None and rule.in_force(on) else None


def _where(encounter: Encounter, code: str) -> str:
    """The place of a code as the editor names it, without point."""
    plain = code.replace(".", "").strip().upper()
    places = [(f"diagnoses[{n}]", each.code) for n, each in enumerate(encounter.diagnoses)]
    places += [(f"procedures[{n}]", each.code) for n, each in enumerate(encounter.procedures)]
    for place, stated in places:
        if plain and stated.replace(".", "").strip().upper() == plain:
            return place
    return ""


def _edits(encounter: Encounter, result: DrgResult, on: date) -> Iterator[Finding]:
    rule = _rule("MCE", on)
    if rule is None:
        return
    for each in result.edits:
        row = rule.data["edits"].get(each.edit, {})
        if row.get("told_by"):
            continue  # an edit of our own says the same with more reason
        code = "".join(sign if sign.isprintable() else "?" for sign in each.code[:12])
        shown = f"{code}: " if code else ""
        yield Finding(
            rule=rule.id,
            severity=Severity(row.get("severity", rule.severity)),
            message=f"{shown}{EDITS.get(each.edit, each.edit.lower().replace('_', ' '))} (MCE {each.edit})",
            where=_where(encounter, each.code),
            citation=f"{rule.citation_title} v{result.version}, {each.edit}",
            fix=row.get("fix", rule.fix),
        )


def _acquired(result: DrgResult, on: date) -> Iterator[Finding]:
    rule = _rule("HAC", on)
    for place, each in enumerate(result.diagnoses):
        numbers = ", ".join(number for number in each.hac if number.strip("0"))
        if rule is not None and numbers:
            message = rule.message.format(code=each.code, number=numbers)
            yield Finding(rule.id, Severity(rule.severity), message, f"diagnoses[{place}]", (), rule.citation, rule.fix)


def _single(result: DrgResult, on: date) -> Iterator[Finding]:
    """The diagnosis without which the DRG would be one without CC or MCC."""
    rule = _rule("DRG-single-cc", on)
    if rule is None or result.severity not in _COUNTED:
        return
    counted = [(place, each) for place, each in enumerate(result.diagnoses) if each.severity == result.severity]
    title = result.title.upper()
    if len(counted) == 1 and any(f"{word} {result.severity}" in title for word in ("WITH", "W", "OR")):
        place, each = counted[0]
        message = rule.message.format(code=each.code, severity=result.severity, drg=result.drg)
        yield Finding(rule.id, Severity(rule.severity), message, f"diagnoses[{place}]", (), rule.citation, rule.fix)
