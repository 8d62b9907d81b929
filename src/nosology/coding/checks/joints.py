"""Osteoarthritis of the hip and knee: one side or both, primary or unspecified (I.C.13.a)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check, listed
from nosology.model.note import Span, Status, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_osteoarthritis"]

_SIDE = re.compile(
    r"\b(?P<bilateral>bilateral(?:ly)?|both|b/l|bilat"
    r"|(?:r|right|rt) ?(?:[>=]|greater than|worse than) ?(?:l|left|lt)"
    r"|(?:l|left|lt) ?(?:[>=]|greater than|worse than) ?(?:r|right|rt))\b"
    r"|\b(?P<right>right|rt)\b|\b(?P<left>left|lt)\b",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<![\w/])(?:(?P<right>R)|(?P<left>(?<!\d )L))(?![\w/])")
_BOTH = re.compile(r"\b(?:knees|hips|thumbs)\b", re.IGNORECASE)  # everybody has two of them
_NEAR = 40


@check("osteoarthritis", "link", listed("unsited", "joints"))
def read_osteoarthritis(workup: Workup, rule: Rule) -> None:
    """Replace an unspecified osteoarthritis of hip or knee by the code of its side and kind."""
    _read_unsited(workup, rule)
    for candidate in workup.having_any(rule.data["joints"]):
        row = rule.data["joints"][candidate.code]
        side = _side_of(workup, candidate) or _side_of_complaint(
            workup, rule.data["complaints"].get(candidate.code[:3])
        )
        primary = _is_primary(workup, candidate, rule)
        code = row.get(f"primary {side}") if primary else row.get(side)
        if code and code != candidate.code:
            workup.replace(
                candidate, code, Step("tabular", f"{side} {'primary ' if primary else ''}osteoarthritis", rule.citation)
            )


def _read_unsited(workup: Workup, rule: Rule) -> None:
    """Give an osteoarthritis that a film shows the one joint that hurts ("Right knee pain. X-ray shows arthritis")."""
    unsited = [c for c in workup.having_any(rule.data["unsited"]) if not c.dropped]
    if not unsited:
        return
    told = {c.code[5] for c in workup.candidates if _complains(c)}
    joint = told.pop() if len(told) == 1 else ""
    row = rule.data["painful"].get(joint)
    film = compile_words(rule.data["film"])
    for candidate in unsited if row is not None else ():
        if not any(film.search(workup.sentence_of(f)) for f in candidate.facts if not f.reason):
            continue
        code = row[_side_of(workup, candidate) or _side_of_complaint(workup, joint)]
        workup.replace(candidate, code, Step("tabular", "the joint that hurts", rule.citation))


def _complains(candidate: Candidate) -> bool:
    """True for the pain of a joint that the patient has."""
    return (
        candidate.code.startswith("M25.5")
        and len(candidate.code) > 6
        and any(f.mention.status is Status.PRESENT and f.mention.subject is Subject.PATIENT for f in candidate.facts)
    )


def _is_primary(workup: Workup, candidate: Candidate, rule: Rule) -> bool:
    return any(
        re.search(rule.data["primary"], workup.sentence_of(f), re.IGNORECASE) for f in candidate.facts if not f.reason
    )


def _side_of(workup: Workup, candidate: Candidate) -> str:
    """Return the side said closest to the mentions of the joint, both where one tells the right and one the left, ""
    where none is told.
    """
    told = {_side_at(workup, fact) for fact in candidate.facts if not fact.reason} - {("", 0)}
    sides = {side for side, _ in told}
    return "bilateral" if {"right", "left"} <= sides else min(told, key=lambda each: each[1])[0] if told else ""


def _side_of_complaint(workup: Workup, joint: str | None) -> str:
    """Return the side of the pain or swelling of that joint which the rest of the note tells; "" where it tells none,
    or both. ``joint``: the character of M25 for it.
    """
    sides = {
        c.code[6]
        for c in workup.candidates
        if c.code.startswith("M25.")
        and c.code[5:6] == joint
        and len(c.code) == 7
        and c.code[6] in "12"
        and any(f.mention.status is Status.PRESENT and f.mention.subject is Subject.PATIENT for f in c.facts)
    }
    return {"1": "right", "2": "left"}.get(sides.pop(), "") if len(sides) == 1 else ""


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _side_at(workup: Workup, fact: Fact) -> tuple[str, int]:
    """Return the side said closest to one mention of the joint in its sentence, and how far off it stands."""
    best, found = _NEAR + 1, ""
    span = workup.note.sentences[fact.mention.sentence].span
    for pattern in (_SIDE, _LETTER):
        for match in pattern.finditer(workup.chart.text, span.start, span.end):
            gap = min(max(0, s.start - match.end(), match.start() - s.end) for s in fact.mention.spans)
            if gap < best and match.lastgroup:
                best, found = gap, match.lastgroup
    if not found and (title := fact.mention.title) is not None:  # "Bilateral knee pain. This is arthritis."
        said = {m.lastgroup or "" for p in (_SIDE, _LETTER) for m in p.finditer(workup.chart.text, *_ends(title))}
        if len(said) == 1:
            return said.pop(), _NEAR
    if not found and any(_BOTH.search(workup.chart.text, s.start, s.end) for s in fact.mention.spans):
        return "bilateral", _NEAR
    return (found, best) if found else ("", 0)
