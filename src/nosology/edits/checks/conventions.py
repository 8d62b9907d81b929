"""Diagnoses beside each other: Excludes1, code first, use additional, manifestations, what may stand first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.edits.desk import Desk, edit
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_code_first",
    "check_excludes1",
    "check_first_only",
    "check_manifestation_alone",
    "check_manifestation_first",
    "check_needs_with",
    "check_never_first",
    "check_use_additional",
]

_OPEN = re.compile(r"\b(?:if|where|any|such as|when) (?:applicable|known|present|associated|desired)?|\bany\b|\bif\b")


@edit("icd_excludes1")
def check_excludes1(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Two codes of which one stands in an Excludes1 note at or above the other."""
    reported = [each for each in desk.diagnoses if desk.icd.is_billable(each[1])]
    for number, (_, code) in enumerate(reported):
        for later, other in reported[number + 1 :]:
            note = desk.instructions.between("excludes1", code, other)
            note = note or desk.instructions.between("excludes1", other, code)
            if note is None or code == other:
                continue
            apart = {_side(desk, code), _side(desk, other)} == {"right", "left"}
            row = rule.data["apart" if apart else "plain"]
            names = {"first": code, "second": other, "node": note.node, "says": note.text[:120], "do": row["do"]}
            yield desk.find(rule, f"diagnoses[{later}]", names, severity=row["severity"])


def _side(desk: Desk, code: str) -> str:
    """The side that the title of a code names: right, left or ""."""
    words = desk.icd.title(code).lower().replace(",", " ").split()
    return next((side for side in ("right", "left") if side in words), "")


@edit("icd_code_first")
def check_code_first(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code whose note says "code first" and that stands before the code which the note names."""
    for number, (place, code) in enumerate(desk.diagnoses):
        for _, cause in desk.diagnoses[number + 1 :]:
            if desk.instructions.between("code_first", cause, code) is not None:
                continue  # each says that the other goes first
            note = desk.instructions.between("code_first", code, cause)
            before = [other for _, other in desk.diagnoses[:number] if note is not None and note.names(other)]
            if note is not None and not before:
                yield desk.find(rule, f"diagnoses[{place}]", {"code": code, "cause": cause, "node": note.node})
                break


def _is_manifestation(desk: Desk, code: str) -> bool:
    """True for a code that is by its title a manifestation of a disease that is classified elsewhere."""
    return (
        re.search(r"\bin (?:other )?(?:\w+ )*diseases classified elsewhere", desk.icd.title(code).lower()) is not None
    )


@edit("icd_manifestation_first")
def check_manifestation_first(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A manifestation as principal or first-listed diagnosis."""
    for place, code in desk.diagnoses[:1]:
        if place == 0 and _is_manifestation(desk, code):
            yield desk.find(rule, "diagnoses[0]", {"code": code})


@edit("icd_manifestation_alone")
def check_manifestation_alone(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A manifestation without any code of the diseases that its note names."""
    codes = [code for _, code in desk.diagnoses]
    for place, code in desk.diagnoses:
        if place and _is_manifestation(desk, code):
            notes = desk.instructions.of("code_first", code)
            if notes and not any(note.names(other) for note in notes for other in codes if other != code):
                yield desk.find(rule, f"diagnoses[{place}]", {"code": code, "node": notes[0].node})


@edit("icd_use_additional")
def check_use_additional(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code whose own note asks for a second code, without condition, and none of those named is there."""
    codes = [code for _, code in desk.diagnoses]
    for place, code in desk.diagnoses:
        own = {each for each in (code, *desk.icd.ancestors(code)[:2]) if re.match(r"[A-Z]\d[0-9A-Z](?!-)", each)}
        texts = [each for each in desk.icd.inherited_notes(code) if each.kind == "use_additional"]
        heads = {each.origin: each.text for each in reversed(texts)}  # the first line of each note
        for note in desk.instructions.of("use_additional", code):
            said = f"{heads.get(note.node, '')} {note.text}".lower()
            if note.node not in own or _OPEN.search(said) or note.text != heads.get(note.node):
                continue
            if not any(note.names(other) for other in codes if other != code):
                named = ", ".join(r.first if r.first == r.last else f"{r.first}–{r.last}" for r in note.ranges[:3])
                yield desk.find(rule, f"diagnoses[{place}]", {"code": code, "node": note.node, "named": named})


@edit("icd_never_first")
def check_never_first(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code as principal or first-listed diagnosis that never may be; ``codes`` are beginnings of codes."""
    for place, code in desk.diagnoses[:1]:
        if place == 0 and code.startswith(tuple(rule.data["codes"])):
            yield desk.find(rule, "diagnoses[0]", {"code": code})


@edit("icd_first_only")
def check_first_only(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code in a later place that may stand only first; not where the first diagnosis is of the list too (two
    encounters of one day whose records are combined)."""
    listed, excepted = tuple(rule.data["codes"]), tuple(rule.data.get("except", ()))
    first = desk.diagnoses[0][1] if desk.diagnoses and desk.diagnoses[0][0] == 0 else ""
    if first.startswith(listed) and not first.startswith(excepted or ("\0",)):
        return
    for place, code in desk.diagnoses:
        if place and code.startswith(listed) and not code.startswith(excepted or ("\0",)):
            yield desk.find(rule, f"diagnoses[{place}]", {"code": code})


@edit("icd_needs_with")
def check_needs_with(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Rows of ``codes`` that need one of ``with`` beside them (``missing`` says what it would tell)."""
    codes = [code for _, code in desk.diagnoses]
    for place, code in desk.diagnoses:
        for row in rule.data["rows"]:
            if code.startswith(tuple(row["codes"])) and not any(each.startswith(tuple(row["with"])) for each in codes):
                named = ", ".join(row["with"])
                yield desk.find(rule, f"diagnoses[{place}]", {"code": code, "named": named, "missing": row["missing"]})
                break
