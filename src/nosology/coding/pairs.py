"""Codes that hang together by notes of the Tabular List: what may not be taken out or changed without the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nosology.codes.instructions import Instructions

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["find_needed", "find_needing", "why_not_change"]

_NOTES = ("code_first", "use_additional")


def why_not_change(code: str, new: str, others: Sequence[str], instructions: Instructions) -> str:
    """Return why a change of ``code`` to ``new`` beside ``others`` would break the coding, "" if it would not."""
    if new in others:
        return f"{new} is coded already"
    if _ties(code, others, instructions) - _ties(new, others, instructions):
        return f"{new} would part a pair of etiology and manifestation"
    for other in others:
        if _excludes(new, other, instructions) and not _excludes(code, other, instructions):
            return f"{new} and {other} exclude each other"
    return ""


def find_needed(codes: Sequence[str], instructions: Instructions, icd: Icd10cm) -> set[str]:
    """Return those of ``codes`` without which another one might not stand; what does so, ``find_needing`` says."""
    ordered = sorted(codes)
    elsewhere = [code for code in ordered if "classified elsewhere" in icd.title(code)]
    needed = {named for code in ordered for kind in _NOTES for named in instructions.named(kind, code, ordered)}
    needed.update(code for code in ordered if elsewhere and instructions.named("use_additional", code, elsewhere))
    return needed


def find_needing(code: str, others: Sequence[str], instructions: Instructions, icd: Icd10cm) -> list[str]:
    """Return those of ``others`` that cannot stand without ``code``.

    Their notes ask for it and no other code answers them, or they are something "in diseases classified elsewhere" and
    this is the one disease.
    """
    needing = []
    for other in others:
        rest = [each for each in others if each != other]
        notes = [note for kind in _NOTES if (note := instructions.between(kind, other, code))]
        asked = any(not any(note.names(each) for each in rest) for note in notes)
        elsewhere = "classified elsewhere" in icd.title(other) and instructions.between("use_additional", code, other)
        if asked or (elsewhere and not any(instructions.between("use_additional", each, other) for each in rest)):
            needing.append(other)
    return sorted(needing)


def _ties(code: str, others: Sequence[str], instructions: Instructions) -> set[str]:
    """Return the codes that a sequencing note, at either side, ties to ``code``."""
    return {
        other
        for other in others
        for kind in _NOTES
        if instructions.between(kind, code, other) or instructions.between(kind, other, code)
    }


def _excludes(one: str, other: str, instructions: Instructions) -> bool:
    between = instructions.between
    return bool(between("excludes1", one, other) or between("excludes1", other, one))
