"""Conflicting documentation: the same thing said in two ways that cannot both be so (Guidelines I.B.13, I.B.14, II)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from nosology.coding.queries.desk import CLOSING, Asked, Prefixes, QueryDesk, Statement, asks, prefixes
from nosology.model.coding import Query
from nosology.model.note import Role, Span, Status
from nosology.rules.loader import Rule

__all__ = ["ask_about_conflicts"]

_SIDES = re.compile(r"\b(?:(?P<right>right|rt|r)|(?P<left>left|lt|l)|(?P<both>bilateral\w*|both|b/l))\b", re.IGNORECASE)
_AROUND = 40
_UP_TO = re.compile(r"[^,;.\n]*")


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_KINDS: dict[int, tuple[object, Prefixes]] = {}


def _all_kinds(kinds: Sequence[Sequence[str]]) -> Prefixes:
    known = _KINDS.get(id(kinds))
    if known is None or known[0] is not kinds:
        known = _KINDS[id(kinds)] = (kinds, Prefixes([code for kind in kinds for code in kind]))
    return known[1]


def _all_codes(rows: Sequence[dict[str, Any]]) -> Prefixes:
    known = _KINDS.get(id(rows))
    if known is None or known[0] is not rows:
        known = _KINDS[id(rows)] = (rows, Prefixes([code for row in rows for kind in row["kinds"] for code in kind]))
    return known[1]


@cache
def _family(code: str) -> Prefixes:
    return Prefixes((code,))


@asks("conflicting_documentation")
def ask_about_conflicts(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """Ask where two statements exclude each other: of type, of side, of presence."""
    data = rule.data
    if desk.codes_among(_all_codes(data["exclusive"])) > 1:
        for row in data["exclusive"]:
            if desk.codes_among(_all_kinds(row["kinds"])) > 1:
                yield from _exclusive(desk, rule, row)
    if desk.touches(prefixes(data["one_side"]["codes"])):
        yield from _sides(desk, rule)
    yield from _denied(desk, rule)


def _plain(desk: QueryDesk, codes: Sequence[str]) -> list[Statement]:
    """Return the statements with such codes that count and say so plainly."""
    return [s for s in desk.states(prefixes(codes)) if s.read and not s.reason and s.mention.status is Status.PRESENT]


def _settled(desk: QueryDesk, statements: list[Statement], wary: str) -> list[Statement]:
    """Return those statements in text order that stand in no sentence of change or doubt."""
    sentences, pattern = desk.note.sentences, _compiled(wary)
    found = []
    for statement in statements:
        sentence, span = sentences[statement.mention.sentence].span, statement.mention.span
        after = _UP_TO.match(desk.chart.text, span.end, min(sentence.end, span.end + _AROUND))
        if not pattern.search(desk.chart.text, sentence.start, after.end() if after else span.end):
            found.append(statement)
    return sorted(found, key=lambda s: s.mention.span)


def _exclusive(desk: QueryDesk, rule: Rule, row: dict[str, Any]) -> Iterator[Asked]:
    said = [_plain(desk, kind) for kind in row["kinds"]]
    if sum(map(bool, said)) < 2:
        return
    said = [_settled(desk, each, rule.data["changed"]) for each in said]
    for place, pattern in enumerate(row.get("says", ())):
        said[place] = [s for s in said[place] if _said_beside(desk, s.mention.span, pattern)]
    unless: Sequence[str] = row.get("unless", ())
    if unless and any(s.read for s in desk.states(prefixes(unless))):
        return
    if "unless_said" in row and _compiled(row["unless_said"]).search(desk.chart.text):
        return
    stated = [each for each in said if each]
    if len(stated) < 2:
        return
    first, second = stated[0], stated[1]
    if {s.mention.sentence for s in first} & {s.mention.sentence for s in second}:
        return
    yield _asked(desk, rule, row["about"], first[0].mention.span, second[0].mention.span, [*row["options"]])


def _said_beside(desk: QueryDesk, span: Span, pattern: str) -> bool:
    """True if the words stand in the statement or right beside it."""
    return _compiled(pattern).search(desk.chart.text, max(0, span.start - 10), span.end + 12) is not None


def _sides(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """One lesion, called right in one place and left in another, nowhere both."""
    data = rule.data["one_side"]
    by_lesion: dict[str, list[tuple[str, Statement]]] = {}
    for statement in _settled(desk, _plain(desk, data["codes"]), rule.data["changed"]):
        side = _side(desk, statement)
        by_lesion.setdefault(statement.code[:4], []).append((side, statement))
    for rows in by_lesion.values():
        right = [s for side, s in rows if side == "right"]
        left = [s for side, s in rows if side == "left"]
        if not right or not left or any(side == "both" for side, _ in rows):
            continue
        where = [{s.mention.section for s in each} for each in (right, left)]
        if where[0] & where[1]:
            continue
        spans = sorted((right[0].mention.span, left[0].mention.span))
        yield _asked(desk, rule, "side of the body", spans[0], spans[1], ["right", "left", "both sides"])
        return


def _side(desk: QueryDesk, statement: Statement) -> str:
    """Return the side said within or right beside the words of a statement."""
    sentence = desk.note.sentences[statement.mention.sentence].span
    span = statement.mention.span
    text = desk.chart.text
    found = {m.lastgroup or "" for m in _SIDES.finditer(text, span.start, span.end)}
    if not found:
        found = {
            m.lastgroup or ""
            for m in _SIDES.finditer(
                text, max(sentence.start, span.start - _AROUND // 3), min(sentence.end, span.end + _AROUND // 3)
            )
        }
    return found.pop() if len(found) == 1 else "both" if found else ""


def _denied(desk: QueryDesk, rule: Rule) -> Iterator[Asked]:
    """A condition of the final diagnoses that another place of the note rules out."""
    data = rule.data["denied"]
    text, sentences = desk.chart.text, desk.note.sentences
    strong, wary = _compiled(data["words"]), _compiled(rule.data["changed"])
    asked: set[str] = set()
    for denied in desk.under(prefixes(data["codes"])):
        if denied.mention.status is not Status.ABSENT or denied.kind in data["final"]:
            continue
        family = next(code for code in data["codes"] if denied.code.startswith(code))
        span = sentences[denied.mention.sentence].span
        if family in asked or not strong.search(text, span.start, span.end) or wary.search(text, span.start, span.end):
            continue
        final = [s for s in desk.states(_family(family)) if not s.reason and s.kind in data["final"]]
        if (
            not final
            or any(s.mention.status is not Status.PRESENT for s in final)
            or len(denied.code) > len(final[0].code)
        ):
            continue
        asked.add(family)
        options = ["the condition was present", "the condition was ruled out"]
        yield _asked(desk, rule, "presence of the condition", final[0].mention.span, denied.mention.span, options)


def _asked(desk: QueryDesk, rule: Rule, about: str, one: Span, other: Span, options: list[str]) -> Asked:
    text = desk.chart.text
    evidence = (*desk.quote([one]), *desk.quote([other], Role.CONTRADICTS))
    said = [" ".join(text[s.start : s.end].split()) for s in (one, other)]
    if said[0].lower() == said[1].lower():
        question = f"“{said[0]}” is documented in two ways that differ in the {about}. Please clarify."
    else:
        question = f"“{said[0]}” and “{said[1]}” are both documented; they differ in the {about}. Please clarify."
    options = [option.format(one=said[0], other=said[1]) for option in options]
    return Asked(int(rule.data["importance"]), Query(rule.id, question, (*options, *CLOSING), evidence))
