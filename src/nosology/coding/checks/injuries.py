"""Injuries: what a deeper one of the same site says (I.C.19.b.1), and what an old one left (I.B.10)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import fact_at
from nosology.coding.workup import Workup, check, listed
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["drop_lesser_injuries", "read_old_cord_injury"]

_YEAR = re.compile(r"\W{0,3}(?:in |of |from )?((?:19|20)\d\d)\b")


@check("old_cord_injury", "link", listed("injuries"))
def read_old_cord_injury(workup: Workup, rule: Rule) -> None:
    """Report the past injury of the cord as the sequela that a paralysis or a bladder of today is (I.B.10)."""
    left = workup.having_any(rule.data["left"], floor=workup.threshold)
    if not left:
        return
    injuries = tuple(rule.data["injuries"])
    for candidate in list(workup.candidates):
        code = f"{candidate.code[:-1]}S"
        if not candidate.code.startswith(injuries) or not workup.icd.is_billable(code):
            continue
        past = [f for f in candidate.facts if f.reason.startswith("history") or _dated(f, workup)]
        if past and not any(not f.reason and f not in past for f in candidate.facts):
            workup.drop(candidate, f"an old injury ({rule.citation_section})")
            fact = fact_at(workup, past[0].mention.span, code, f"rule:{rule.id}", workup.threshold)
            step = Step("guideline", f"{left[0].code} is what it left", rule.citation)
            workup.add(code, [fact], workup.threshold, step, mandated=True)


def _dated(fact: Fact, workup: Workup) -> bool:
    """True for an injury with a year behind it that is not the year of service."""
    match = None if fact.reason else _YEAR.match(workup.chart.text, fact.mention.span.end)
    on = workup.chart.on
    return match is not None and on is not None and int(match[1]) < on.year


@check("lesser_injuries", "integral", lambda _: ["S"])
def drop_lesser_injuries(workup: Workup, rule: Rule) -> None:
    """Drop superficial and unspecified injuries of a region for which a worse injury is reported (I.C.19.b.1)."""
    injuries = [c for c in workup.live() if c.code[0] == "S"]
    if len(injuries) < 2:
        return
    healing = {c.code[:-1]: c.code for c in injuries if c.code[-1] == "D"}
    for candidate in injuries:  # the history tells how it came about, the assessment that it has healed
        if candidate.code[-1] == "A" and candidate.code[:-1] in healing:
            workup.drop(candidate, f"the injury of {healing[candidate.code[:-1]]} (I.C.19.a)")
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
        site = tuple(rule.data["sites"].get(candidate.code[:5], ()))
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
