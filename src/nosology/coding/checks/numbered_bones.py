"""Bones and fingers that a list or a row of numbers names: each has a code of its own (I.C.19.b, I.C.19.c).

"Fractures of the 4th and 5th metacarpals", "lacerations of the index and middle fingers", "L1-L3 fractures": one
mention is read as one code; the rest of the list has the same code but for the character that numbers the bone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.workup import Workup, check
from nosology.model.note import Role, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["code_each_number"]

_REACH = 12  # signs between the mention and its list
_JOINT = r"(?:\s*,\s*(?:and\s+)?|\s*(?:[-–/&]|\band\b|\bto\b|\bthrough\b|\bthru\b)\s*)(?:the\s+)?"
_ROW = re.compile(r"[-–]|\b(?:to|through|thru)\b", re.IGNORECASE)

# "L1 burst fracture, T12-L2 fusion": levels of an operation reach beyond those that broke
_SPINAL = r"(?:fus(?:ion|ed)|instrument\w+|decompression|laminectom\w+|PS?IF|PSF|[PTAX]LIF|ACDF|discectomy)"
_OPERATED = re.compile(rf"[ ,]*(?:[\w-]+ ){{0,3}}{_SPINAL}\b", re.IGNORECASE)
_OPERATION = re.compile(rf"\b{_SPINAL}(?: (?:of|from|at))? \Z", re.IGNORECASE)


class _Family(NamedTuple):
    """Codes that number their bones: where the character stands, what each number of a bone is there, the list."""

    codes: tuple[str, ...]
    at: int
    sided: bool
    characters: Mapping[int, str]
    items: Mapping[str, int]
    item: re.Pattern[str]
    listed: re.Pattern[str]


@lru_cache(maxsize=4)
def _families(rule: Rule) -> tuple[_Family, ...]:
    families = []
    for row in rule.data["families"]:
        items = {str(word).lower(): int(number) for word, number in rule.data["names"][row["names"]].items()}
        item = rf"\b(?:{'|'.join(sorted(map(re.escape, items), key=len, reverse=True))})\b"
        noun, short = row.get("noun", ""), row.get("short", "")  # short: what a row may end in, "L1-3"
        later = f"(?:{item}|{short})" if short else item
        listed = rf"{item}{noun}(?:{_JOINT}{later}{noun})+{row.get('ends', '')}"
        families.append(
            _Family(
                tuple(row["codes"]),
                int(row["at"]),
                bool(row.get("sided", False)),
                {int(number): str(character) for number, character in row["characters"].items()},
                items,
                re.compile(f"{item}|{short}" if short else item, re.IGNORECASE),
                re.compile(listed, re.IGNORECASE),
            )
        )
    return tuple(families)


@check("numbered_bones", "read", lambda rule: tuple(c for row in rule.data["families"] for c in row["codes"]))
def code_each_number(workup: Workup, rule: Rule) -> None:
    """Report the code of every bone or finger of a list of which one was coded."""
    for family in _families(rule):
        for candidate in workup.having(*family.codes):
            if len(candidate.code) <= family.at:
                continue
            for fact in list(candidate.facts):
                if not fact.reason:
                    _code_list(workup, rule, family, candidate, fact)


def _code_list(workup: Workup, rule: Rule, family: _Family, candidate: Candidate, fact: Fact) -> None:
    span = workup.note.sentences[fact.mention.sentence].span
    text = workup.chart.text
    for match in family.listed.finditer(text, span.start, span.end):
        mine = fact.mention.span
        if max(mine.start - match.end(), match.start() - mine.end) > _REACH:
            continue
        if _OPERATED.match(text, match.end(), span.end) or _OPERATION.search(text, span.start, match.start()):
            continue
        numbers = _numbers(match[0], family)
        own = next((n for n in numbers if _code_of(candidate.code, family, n) == candidate.code), None)
        if own is None:
            continue
        for number in numbers:
            code = _code_of(candidate.code, family, number)
            known = workup.find(code) if code else None
            if not code or code == candidate.code or not workup.icd.is_billable(code) or (known and not known.dropped):
                continue
            step = Step("guideline", f"{match[0]} → {code}", rule.citation)
            read = replace(fact, code=code)
            added = workup.add(code, [read], candidate.weight, step)
            added.specifies.append((Span(match.start(), match.end()), Role.SPECIFIES))


def _numbers(listed: str, family: _Family) -> list[int]:
    """Return the numbers that a list names, those between the ends of a row with them."""
    numbers: list[int] = []
    end = 0
    for match in family.item.finditer(listed):
        word = match[0].lower()
        number = family.items.get(word)
        if number is None:  # "L1-3": the letter goes without saying
            letter = next((w[0] for w in family.items if family.items[w] == numbers[-1]), "") if numbers else ""
            number = family.items.get(letter + word)
        if number is None:
            continue
        if numbers and _ROW.search(listed, end, match.start()):
            numbers += range(numbers[-1] + 1, number)
        numbers.append(number)
        end = match.end()
    return numbers


def _code_of(code: str, family: _Family, number: int) -> str:
    """Return ``code`` with the character of another bone; "" where the family has none for it."""
    character = family.characters.get(number)
    if character is None:
        return ""
    head, tail = code[: family.at], code[family.at + len(character) :]
    if family.sided:
        side = code[family.at]
        if side not in "01234567":
            return ""
        character = str(int(character) + int(side) % 2)
        tail = code[family.at + 1 :]
    return head + character + tail
