"""The Official Guidelines as steps over candidates: each check is picked, dated and given its data by a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.reportable import is_symptom
from nosology.rules.loader import Rule

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["apply_guidelines"]


def apply_guidelines(
    candidates: list[Candidate], chart: Chart, rules: Mapping[str, Rule], icd: Icd10cm
) -> tuple[list[Candidate], list[Candidate]]:
    """Return ``(coded, dropped)``; every dropped candidate says why."""
    threshold = rules["reportable"].data["threshold"]
    if not chart.exhaustive:
        for candidate in candidates:
            if not candidate.dropped and candidate.weight < threshold:
                candidate.dropped = "mentioned, but not evaluated or treated here"
        coded = [c for c in candidates if not c.dropped]
        definitive = [c for c in coded if not is_symptom(c.code) and not c.code.startswith(("Z", "V", "W", "X", "Y"))]
        for candidate in coded:
            if is_symptom(candidate.code) and definitive and candidate.weight < 0.95:
                candidate.dropped = f"integral to {definitive[0].code} (I.B.5)"
        if not [c for c in candidates if not c.dropped]:
            _fall_back(candidates)
    _prefer_specific([c for c in candidates if not c.dropped], icd)
    coded = [c for c in candidates if not c.dropped]
    coded.sort(key=lambda c: (-(c.weight >= 0.95), c.first.span.start))
    return coded, [c for c in candidates if c.dropped]


def _fall_back(candidates: list[Candidate]) -> None:
    live = [c for c in candidates if c.weight >= 0.45 and any(not f.reason for f in c.facts)]
    for candidate in sorted(live, key=lambda c: -c.weight)[:1]:
        candidate.dropped = ""


def _prefer_specific(coded: list[Candidate], icd: Icd10cm) -> None:
    """Drop a code whose sibling says the same more specifically (I.B.2)."""
    by_family: dict[str, list[Candidate]] = {}
    for candidate in coded:
        by_family.setdefault(candidate.code[:3], []).append(candidate)
    for family in by_family.values():
        for candidate in family:
            title = icd.title(candidate.code).lower()
            if "unspecified" not in title and "without" not in title:
                continue
            better = [c for c in family if c is not candidate and not c.dropped and "unspecified" not in icd.title(c.code).lower()]
            if better:
                candidate.dropped = f"said more specifically by {better[0].code} (I.B.2)"
