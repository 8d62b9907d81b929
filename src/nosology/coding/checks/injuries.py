"""Injuries: what a deeper injury already says, and when mechanism, place and activity are reported (I.C.19, I.C.20)."""

from __future__ import annotations

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["drop_lesser_injuries", "report_external_causes"]

_EXTERNAL = ("V", "W", "X", "Y")


@check("external_causes", "mandate")
def report_external_causes(workup: Workup, rule: Rule) -> None:
    """Report mechanism, place and activity beside an injury, from the account of the event alone (I.C.20).

    Without an injury reported nothing of chapter 20 is. Place, activity and status go with the first encounter only.
    """
    external = [
        c
        for c in workup.candidates
        if c.code.startswith(_EXTERNAL) and not c.mandated and (not c.dropped or c.dropped.startswith("mentioned"))
    ]
    if not external:
        return
    injuries = [
        c
        for c in workup.live()
        if c.code.startswith(("S", "T")) and not c.code.startswith(tuple(rule.data["not_injuries"]))
    ]
    if not injuries:
        for candidate in external:
            workup.drop(candidate, f"an external cause goes with an injury only ({rule.citation_section})")
        return
    first = any(c.code[-1] in "ABC" for c in injuries)
    told = frozenset(rule.data["told_in"])
    event = compile_words(rule.data["event"])
    once = tuple(rule.data["first_encounter_only"])
    mechanisms = 0
    recent = workup.chart.inpatient or workup.chart.setting == "emergency"
    recent = recent or bool(compile_words(rule.data["fresh"]).search(workup.chart.text))
    for candidate in external:
        facts = [f for f in candidate.facts if not f.reason and f.kind in told and event.search(workup.sentence_of(f))]
        if not facts:
            workup.drop(candidate, f"no account of the event ({rule.citation_section})")
        elif candidate.code.startswith(once) and not first:
            workup.drop(candidate, f"reported at the first encounter only ({rule.citation_section})")
        elif not recent or ("unspecified" in workup.icd.title(candidate.code).lower() and not workup.chart.inpatient):
            workup.drop(candidate, f"voluntary at an office visit for an older injury ({rule.citation_section})")
        elif not first:
            workup.drop(candidate, f"the event was reported at the first encounter ({rule.citation_section})")
        else:
            mechanisms += not candidate.code.startswith("Y9")
            step = Step("guideline", "told as the cause of the injury", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)
            candidate.mandated = True
    if first and not mechanisms and not rule.data["place_alone"]:
        for candidate in workup.live():
            if candidate.code.startswith(once) and candidate in external:
                workup.drop(candidate, f"no mechanism is told ({rule.citation_section})")


@check("lesser_injuries", "integral")
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
        for other in injuries:
            worse = other.code[2] not in "0" and not (other.code[2] == "9" and other.code[3:5] == ".9")
            if other is not candidate and not other.dropped and worse and other.code[:2] == candidate.code[:2]:
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
