"""Present on admission: indicators that must be there, may not be there, or say nothing known."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.codes.poa_exempt import PoaExempt, open_poa_exempt
from nosology.edits.desk import Desk, edit
from nosology.errors import ReleaseNotFound
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_exempt", "check_invalid", "check_required"]


def _reporting(desk: Desk) -> bool:
    """True where the indicator is reported at all: an inpatient stay of a hospital that is not exempt."""
    return desk.encounter.setting is Setting.INPATIENT and desk.encounter.poa_reporting != "exempt"


def _exempt(desk: Desk) -> PoaExempt:
    """The list in force. Raises ReleaseNotFound."""
    found = open_poa_exempt(on=desk.on, home=desk.books.home)
    if found is None:
        raise ReleaseNotFound(
            "no release of poa-exempt is installed; install one: nosology codesets install poa-exempt --from FILE"
        )
    return found


@edit("poa_invalid")
def check_invalid(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """An indicator that is none of the values."""
    if not _reporting(desk):
        return
    for place, each in enumerate(desk.encounter.diagnoses):
        value = each.poa.strip().upper()
        if value and value not in rule.data["values"]:
            yield desk.find(rule, f"diagnoses[{place}]", {"code": each.code.strip()[:12], "value": value[:3]})


@edit("poa_required")
def check_required(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A diagnosis without indicator, or with that of exempt codes, that is not on the list of exempt codes."""
    if not _reporting(desk):
        return
    blank = [(n, each) for n, each in enumerate(desk.encounter.diagnoses) if each.poa.strip() in ("", "1")]
    exempt = _exempt(desk) if blank else None
    for place, each in blank:
        if exempt is not None and each.code.strip() and each.code not in exempt:
            told = "has 1, the indicator of exempt codes" if each.poa.strip() else "has no indicator"
            yield desk.find(rule, f"diagnoses[{place}]", {"code": each.code.strip()[:12], "told": told})


@edit("poa_exempt")
def check_exempt(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """An indicator on a code of the list of exempt codes."""
    if not _reporting(desk):
        return
    told = [(n, d) for n, d in enumerate(desk.encounter.diagnoses) if d.poa.strip().upper() in rule.data["values"]]
    exempt = _exempt(desk) if told else None
    for place, each in told:
        if exempt is not None and each.code in exempt:
            names = {"code": each.code.strip()[:12], "value": each.poa.strip()[:3]}
            yield desk.find(rule, f"diagnoses[{place}]", names)
