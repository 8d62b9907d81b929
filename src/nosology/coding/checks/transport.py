"""Transport accidents: who the patient was, in what, and what it struck (V00 to V99)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

from nosology.coding.checks.wording import compile_words
from nosology.model.note import Span
from nosology.rules.loader import Rule

__all__ = ["Transport", "read_transport"]

_OWN = re.compile(r"\b(?:his|her|their) (?:\w+ )?[\w-]+\Z", re.IGNORECASE)  # what the patient drove
_REACH = 60  # code points between the crash and what was struck


class Transport(NamedTuple):
    """The code without its 7th character, and where the text tells it."""

    stem: str
    span: Span


@lru_cache(maxsize=4)
def _patterns(rule: Rule) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the counterparts with one pattern each: what struck the patient, or what the patient struck."""
    data = rule.data["transport"]
    return tuple(
        (name, re.compile(rf"(?:{data['struck']})[^.;\n]{{0,{_REACH}}}?\b(?:{words})\b", re.IGNORECASE))
        for name, words in data["counterparts"].items()
    )


@lru_cache(maxsize=4)
def _doers(rule: Rule) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the counterparts with the pattern of a sentence in which they did it: "a van … hit his motorcycle"."""
    data = rule.data["transport"]
    return tuple(
        (name, re.compile(rf"\b(?:{words})\b[^.;\n]{{0,{_REACH}}}?\b{data['did']}\b", re.IGNORECASE))
        for name, words in data["counterparts"].items()
    )


def read_transport(text: str, span: Span, rule: Rule) -> Transport | None:
    """Return the transport accident that ``text`` at ``span`` tells, None where it tells none or not whose it was."""
    data = rule.data["transport"]
    crash = compile_words(data["crash"]).search(text, span.start, span.end)
    if crash is None:
        return None
    traffic = compile_words(data["nontraffic"]).search(text, span.start, span.end) is None
    role = next((r for r in data["roles"] if compile_words(r["words"]).search(text, span.start, span.end)), None)
    if role is None:
        return None
    who = compile_words(role["words"]).search(text, span.start, span.end)
    assert who is not None
    place = Span(min(who.start(), crash.start()), max(who.end(), crash.end()))
    position = next(
        (p for p, words in data["positions"].items() if compile_words(words).search(text, span.start, span.end)),
        role.get("position", "unspecified"),
    )
    other, place = _counterpart(text, span, rule, place)
    stems: dict[str, Any] = data["stems"][role["name"]]
    stem = stems.get(other) or stems.get(data["like"].get(other, ""), "") or stems["unspecified"]
    letters = data["characters"]["traffic" if traffic else "nontraffic"]
    filled = str(stem)
    for letter, by_position in letters.items():
        value = by_position[position] if isinstance(by_position, dict) else by_position
        filled = filled.replace("{" + letter + "}", str(value))
    return Transport(filled, place)


def _did(text: str, span: Span, rule: Rule) -> tuple[str, Span] | None:
    """Return what is said to have hit the patient, the nearest before the verb; None where nothing is."""
    found = [
        (m.start(), name, m) for name, pattern in _doers(rule) if (m := pattern.search(text, span.start, span.end))
    ]
    if not found:
        return None
    _, name, match = max(found, key=lambda each: each[0])
    return name, Span(match.start(), match.end())


def _counterpart(text: str, span: Span, rule: Rule, place: Span) -> tuple[str, Span]:
    """Return what the other party was: the first said after the words of the collision."""
    best: tuple[int, str, Span] | None = None
    if (did := _did(text, span, rule)) is not None:
        return did[0], Span(min(place.start, did[1].start), max(place.end, did[1].end))
    for name, pattern in _patterns(rule):
        matches = pattern.finditer(text, span.start, span.end)
        match = next((m for m in matches if not _OWN.search(text, max(0, m.end() - 30), m.end())), None)
        if match is not None and (best is None or match.end() < best[0]):
            best = (match.end(), name, Span(min(place.start, match.start()), max(place.end, match.end())))
    return (best[1], best[2]) if best is not None else ("unspecified", place)
