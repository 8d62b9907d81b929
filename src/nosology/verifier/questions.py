"""From a coded note to what the model is asked: passages around the evidence, the codes, and the codes that
are offered."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from nosology.model.coding import CodedNote, CodeSuggestion
from nosology.model.note import Note, Span
from nosology.verifier.config import VerifierConfig
from nosology.verifier.masked import MaskedText
from nosology.verifier.offers import offer_siblings

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["PROMPT_VERSION", "Question", "Questions", "answer_schema", "build_questions", "write_messages"]

PROMPT_VERSION = "verify-1"
_VERDICTS = ["confirm", "change", "doubt", "reject"]
_MOST_EVIDENCE = 4
_MOST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Question:
    """One code to judge. ``windows`` are spans of the masked text; ``offers`` the codes that may take its place."""

    id: str
    suggestion: CodeSuggestion
    windows: tuple[Span, ...]
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions that go out in one request, and ``material``: the JSON that the model reads."""

    questions: tuple[Question, ...]
    material: str


@cache
def _wording() -> tuple[str, str]:
    text = files("nosology.verifier").joinpath(f"data/{PROMPT_VERSION}.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return data["system"].strip(), data["user"]


def write_messages(questions: Questions, *, setting: str) -> list[dict[str, str]]:
    """Return the two messages of a request."""
    system, user = _wording()
    return [
        {"role": "system", "content": system},
        {"role": "user", "content": user.replace("{setting}", setting).replace("{material}", questions.material)},
    ]


def answer_schema(questions: Questions) -> dict[str, Any]:
    """Return the JSON Schema of the answer: only these ids, these verdicts and these codes can be written."""
    codes = sorted({code for question in questions.questions for code in question.offers})
    fields = {
        "id": {"type": "string", "enum": [question.id for question in questions.questions]},
        "verdict": {"type": "string", "enum": _VERDICTS},
        "code": {"type": "string", "enum": ["", *codes]},
        "quote": {"type": "string"},
        "reason": {"type": "string"},
    }
    answer = {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
    return {
        "type": "object",
        "properties": {"answers": {"type": "array", "items": answer}},
        "required": ["answers"],
        "additionalProperties": False,
    }


def build_questions(
    coded: CodedNote, masked: MaskedText, icd: Icd10cm, config: VerifierConfig
) -> tuple[list[Questions], list[str]]:
    """Return the requests for ``coded``, each within ``max_prompt_chars``, and the codes for which there was
    no room."""
    limit = config.max_prompt_chars - sum(map(len, _wording())) - 40
    asked = [
        _question(number, suggestion, coded.note, masked, icd, config)
        for number, suggestion in enumerate(coded.suggestions, 1)
        if suggestion.system == "icd10cm" and suggestion.score <= config.verify_below and suggestion.evidence
    ]
    batches: list[Questions] = []
    left_out: list[str] = []
    group: list[Question] = []
    for question in asked:
        fitting = next(
            (form for form in _smaller(question) if len(_material([form], coded.note, masked, icd)) <= limit), None
        )
        if fitting is None:
            left_out.append(question.suggestion.code)
            continue
        together = [*group, fitting]
        full = len(together) > config.codes_per_request or len(_material(together, coded.note, masked, icd)) > limit
        if group and full:
            batches.append(Questions(tuple(group), _material(group, coded.note, masked, icd)))
            together = [fitting]
        group = together
    if group:
        batches.append(Questions(tuple(group), _material(group, coded.note, masked, icd)))
    for batch in batches[config.max_requests :]:
        left_out += [question.suggestion.code for question in batch.questions]
    return batches[: config.max_requests], left_out


def _question(
    number: int, suggestion: CodeSuggestion, note: Note, masked: MaskedText, icd: Icd10cm, config: VerifierConfig
) -> Question:
    spans = [masked.to_masked(piece.span) for piece in suggestion.evidence[:_MOST_EVIDENCE]]
    windows = tuple(dict.fromkeys(_window(masked, span, config.window_chars) for span in spans))
    words = " ".join(masked.text[window.start : window.end] for window in windows)
    offers = offer_siblings(suggestion, icd, words=words, limit=config.max_offers)
    return Question(f"C{number}", suggestion, windows, offers)


def _smaller(question: Question) -> Iterator[Question]:
    """The question as it is, then with less and less around it."""
    yield question
    for windows, offers in ((2, 6), (1, 3), (1, 0)):
        yield Question(question.id, question.suggestion, question.windows[:windows], question.offers[:offers])


def _window(masked: MaskedText, span: Span, reach: int) -> Span:
    """The span with ``reach`` characters on both sides, cut at white space and never inside a mask."""
    text = masked.text
    start, end = max(0, span.start - reach), min(len(text), max(span.end, span.start + 1) + reach)
    end = min(end, span.start + 2 * reach + _MOST_QUOTE)
    while start > 0 and start < span.start and not text[start - 1].isspace():
        start += 1
    while end < len(text) and end > span.end and not text[end].isspace():
        end -= 1
    for mask, at in zip(masked.masks, masked.starts, strict=True):
        if at < start < at + len(mask.replacement):
            start = at
        if at < end < at + len(mask.replacement):
            end = at + len(mask.replacement)
    return Span(start, end)


def _merge(windows: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for window in sorted(windows):
        if merged and window.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, window.end))
        else:
            merged.append(window)
    return merged


def _material(questions: Sequence[Question], note: Note, masked: MaskedText, icd: Icd10cm) -> str:
    passages = _merge([window for question in questions for window in question.windows])
    text = masked.text
    rows = []
    for question in questions:
        suggestion = question.suggestion
        pieces = [masked.to_masked(piece.span) for piece in suggestion.evidence[: len(question.windows)]]
        rows.append(
            {
                "id": question.id,
                "code": suggestion.code,
                "title": suggestion.title,
                "evidence": list(dict.fromkeys(text[p.start : p.end][:_MOST_QUOTE] for p in pieces)),
                "passages": [
                    f"P{n}"
                    for n, passage in enumerate(passages, 1)
                    if any(passage.overlaps(window) for window in question.windows)
                ],
                "offers": [{"code": code, "title": icd.title(code)} for code in question.offers],
            }
        )
    shown = [
        {
            "id": f"P{n}",
            "section": _section(note, masked.to_original(passage).start),
            "text": text[passage.start : passage.end],
        }
        for n, passage in enumerate(passages, 1)
    ]
    return json.dumps({"passages": shown, "codes": rows}, ensure_ascii=False, indent=1)


def _section(note: Note, offset: int) -> str:
    """The kind of the section at ``offset``; its title is text of the chart and stays here."""
    return next((s.kind for s in note.sections if s.span.start <= offset < s.span.end), "") or "other"
