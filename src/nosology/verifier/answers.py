"""Reads what the model wrote and holds each answer against the note and the offers. Nothing is believed that
is not checked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from nosology.model.note import Span
from nosology.verifier.masked import MaskedText
from nosology.verifier.questions import Question, Questions

__all__ = ["Answer", "Ignored", "Verdict", "read_answers"]

_MOST_TRIES = 40
_LONGEST_QUOTE = 600
_LONGEST_REASON = 200
_MOST_IGNORED = 20
_MASK = re.compile(r"\[[A-Z]{2,}[^\]]*\]")
_BLANK = re.compile(r"\s+")
_UNPRINTABLE = re.compile(r"[^\w\s.,;:()/%'’\"+<>=&*-]|_{3,}")
_CODE = re.compile(r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?")


class Verdict(StrEnum):
    """What the model may say of a code."""

    CONFIRM = "confirm"
    CHANGE = "change"
    DOUBT = "doubt"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Answer:
    """A checked answer: ``code`` is one of the offers ("" unless a change), ``span`` the quote in the original text."""

    question: Question
    verdict: Verdict
    code: str
    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """An answer that was not followed; ``where`` is the code that it was about, "" if it was about none."""

    where: str
    why: str


def read_answers(text: str, questions: Questions, masked: MaskedText) -> tuple[list[Answer], list[Ignored]]:
    """Return the answers that hold, in the order of the questions, and what was ignored and why (never in the
    words of the model)."""
    content = _find_object(text)
    rows = content.get("answers") if content is not None else None
    if not isinstance(rows, list):
        return [], [Ignored("", "the answer is not the JSON that was asked for")]
    known = {question.id: question for question in questions.questions}
    answers: dict[str, Answer] = {}
    ignored: list[Ignored] = []
    seen: set[str] = set()
    for row in rows[: 4 * len(known) + _MOST_IGNORED]:
        name = row.get("id") if isinstance(row, dict) else None
        question = known.get(name) if isinstance(name, str) else None
        if question is None:
            ignored.append(Ignored("", "an answer to a question that was not asked"))
            continue
        code = question.suggestion.code
        if question.id in seen:
            answers.pop(question.id, None)
            ignored.append(Ignored(code, "answered more than once"))
            continue
        seen.add(question.id)
        checked = _check(row, question, masked)
        if isinstance(checked, str):
            ignored.append(Ignored(code, checked))
        else:
            answers[question.id] = checked
    ignored += [Ignored(q.suggestion.code, "not answered") for q in questions.questions if q.id not in seen]
    return [answers[q.id] for q in questions.questions if q.id in answers], ignored[: _MOST_IGNORED + len(known)]


def _check(row: dict[str, Any], question: Question, masked: MaskedText) -> Answer | str:
    """Return the answer, or why it is ignored."""
    word, code, quote, reason = (row.get(key) for key in ("verdict", "code", "quote", "reason"))
    if not isinstance(word, str) or word not in set(Verdict):
        return "no verdict that was offered"
    verdict = Verdict(word)
    code = code.strip() if isinstance(code, str) else ""
    if verdict is Verdict.CHANGE:
        if code not in question.offers:
            return f"{code} was not offered" if _CODE.fullmatch(code) else "changed to something that was not offered"
    elif code not in {"", question.suggestion.code}:
        return "names another code without a change"
    else:
        code = ""
    span = _find_quote(quote, question, masked) if isinstance(quote, str) else None
    if span is None:
        return "its quote does not stand in the passages"
    return Answer(question, verdict, code, span, _clean(reason) if isinstance(reason, str) else "")


def _find_quote(quote: str, question: Question, masked: MaskedText) -> Span | None:
    """The place of the quote in the original text: in a passage that was sent for this code, at whole words.

    White space and case may differ; nothing else may. Of several places the one nearest to the evidence is taken.
    """
    words = quote.strip().strip('"“”').split()
    if not words or len(quote) > _LONGEST_QUOTE or sum(sign.isalnum() for sign in _MASK.sub("", quote)) < 3:
        return None
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)", re.IGNORECASE)
    home = masked.to_masked(question.suggestion.evidence[0].span).start
    found = [
        Span(*match.span())
        for window in question.windows
        for match in pattern.finditer(masked.text, window.start, window.end)
    ]
    if not found:
        return None
    place = masked.to_original(min(found, key=lambda span: abs(span.start - home)))
    return place if len(place) else None


def _find_object(text: str) -> dict[str, Any] | None:
    """The last JSON object in ``text`` that has answers: models think aloud and put fences around it."""
    decoder = json.JSONDecoder()
    found: dict[str, Any] | None = None
    at = tries = 0
    while tries < _MOST_TRIES and (at := text.find("{", at)) >= 0:
        tries += 1
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            at += 1
            continue
        if isinstance(value, dict) and "answers" in value:
            found = value
        at = end
    return found


def _clean(reason: str) -> str:
    """The reason as one short printable line."""
    line = _BLANK.sub(" ", _UNPRINTABLE.sub(" ", reason[: 4 * _LONGEST_REASON])).strip()
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1].rstrip() + "…"
