"""Injuries: what a deeper injury of the same site already says (I.C.19.b.1)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.workup import Workup, check
from nosology.rules.loader import Rule

__all__ = ["drop_lesser_injuries"]


@check("lesser_injuries", "integral", lambda _: ["S"])
def drop_lesser_injuries(workup: Workup, rule: Rule) -> None:
    """Drop superficial and unspecified injuries of a region for which a worse injury is reported (I.C.19.b.1)."""
    injuries = [c for c in workup.live() if c.code[0] == "S"]
    if len(injuries) < 2:
        return
    vague = tuple(rule.data["unspecified_injury"])
    for candidate in injuries:
        superficial = candidate.code[2] == "0"
        if candidate.code[2] == "1" and any(
            _is_open_fracture_of(o.code, candidate.code) for o in injuries if not o.dropped
        ):
            workup.drop(candidate, f"the wound of an open fracture ({rule.citation_section})")
            continue
        unspecified = candidate.code[2] == "9" and candidate.code[3:5] == ".9"
        unspecified = unspecified or candidate.code.startswith(vague)
        if not superficial and not unspecified:
            continue
        site = tuple(rule.data["sites"].get(candidate.code[:5], ())) if superficial else ()
        site = site or (candidate.code[:2],)
        for other in injuries:
            worse = other.code[2] not in "0" and not (other.code[2] == "9" and other.code[3:5] == ".9")
            if other is not candidate and not other.dropped and worse and other.code.startswith(site):
                if _apart(workup, candidate, other):
                    continue
                workup.drop(candidate, f"part of {other.code} ({rule.citation_section})")
                break


def _is_open_fracture_of(fracture: str, wound: str) -> bool:
    """True for an open fracture of the region of the wound, which the fracture tells (Excludes1 at the wound)."""
    return fracture[:2] == wound[:2] and fracture[2] == "2" and len(fracture) == 8 and fracture[-1] in "BC"


def _apart(workup: Workup, one: Candidate, other: Candidate) -> bool:
    """True if the titles name different sides of the body."""
    return {_side(workup, one), _side(workup, other)} == {"right", "left"}


def _side(workup: Workup, candidate: Candidate) -> str:
    words = workup.icd.title(candidate.code).lower().replace(",", " ").split()
    return "right" if "right" in words else "left" if "left" in words else ""
