"""Why codes were missed and why others are false: every error of a note gets one cause, with its quote.

The causes are found from the outside, by comparing the gold with what was coded and what was noticed but not coded, so
they hold for any engine. The words that tell history, denial or doubt are sought in the clause around the evidence,
independently of the engine's own reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nosology.coding.evaluate import NoteScore, Predicted
from nosology.coding.gold import GoldCode, GoldNote, locate_quote
from nosology.coding.reportable import is_symptom
from nosology.model.coding import NotCoded
from nosology.model.note import Span

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["RELATIONS", "CauseGroup", "CodeError", "explain_errors", "group_errors", "relate_codes"]

RELATIONS = (
    "another 7th character",
    "another side",
    "parent",
    "child",
    "less specific",
    "more specific",
    "sibling",
    "same category",
)
"""How a predicted code stands to the required one of its category, the closest first."""


@dataclass(frozen=True, slots=True)
class CodeError:
    """One missed or false code (``kind``), with its cause.

    ``detail`` says more of the cause, ``other`` is the code that it is about, if any. ``quote`` is the gold quote of a
    missed code, the evidence of a false one; ``context`` the clause around the evidence.
    """

    note: str
    setting: str
    kind: str
    code: str
    cause: str
    detail: str = ""
    other: str = ""
    quote: str = ""
    section: str = ""
    context: str = ""
    score: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """The errors of one kind, cause and detail; codes and shares in the detail stand as "…": like with like."""

    kind: str
    cause: str
    detail: str
    errors: tuple[CodeError, ...]


def explain_errors(
    gold: GoldNote, score: NoteScore, icd: Icd10cm, *, not_coded: Sequence[NotCoded] = ()
) -> tuple[CodeError, ...]:
    """Every missed and every false code of a note with its cause, the missed ones first."""
    pairs = _pair_by_category(score, icd)
    missed = [
        _explain_missed(entry, section, gold, score, icd, pairs, not_coded)
        for entry, section in zip(score.missed, score.missed_sections, strict=True)
    ]
    return (*missed, *(_explain_false(guess, gold, score, icd, pairs) for guess in score.false))


def group_errors(errors: Iterable[CodeError]) -> tuple[CauseGroup, ...]:
    """The errors by kind (missed first), cause and detail, the commonest group first."""
    groups: dict[tuple[str, str, str], list[CodeError]] = {}
    for error in errors:
        groups.setdefault((error.kind, error.cause, _PARTICULAR.sub("…", error.detail)), []).append(error)
    found = [CauseGroup(*key, tuple(held)) for key, held in groups.items()]
    return tuple(sorted(found, key=lambda g: (g.kind != "missed", -len(g.errors), g.cause, g.detail)))


def relate_codes(predicted: str, required: str, icd: Icd10cm) -> str:
    """How the predicted code stands to the required one, one of :data:`RELATIONS`; "" across categories."""
    if predicted[:3] != required[:3]:
        return ""
    if predicted not in icd or required not in icd:
        return "same category"
    if len(predicted) == len(required) == _LONGEST and predicted[:-1] == required[:-1]:
        return "another 7th character"
    ours, theirs = icd.title(predicted).lower(), icd.title(required).lower()
    apart = set(_WORD.findall(ours)) ^ set(_WORD.findall(theirs))
    if apart & _SIDES and apart <= _SIDES | _SIDE_FILLERS:
        return "another side"
    if predicted in icd.ancestors(required):
        return "parent"
    if required in icd.ancestors(predicted):
        return "child"
    if ("unspecified" in ours) != ("unspecified" in theirs):
        return "less specific" if "unspecified" in ours else "more specific"
    return "sibling" if icd.parent(predicted) == icd.parent(required) else "same category"


_PARTICULAR = re.compile(r"\b[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?\b|\b\d+(?:\.\d+)? ?%")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 8  # seven characters and the point
_SIDES = frozenset({"right", "left", "bilateral", "unilateral"})
_SIDE_FILLERS = frozenset({"unspecified", "of", "both", "side", "eye", "ear", "in"})

_PASSING = {
    "allergies",
    "comparison",
    "discharge_medications",
    "disposition",
    "education",
    "header",
    "imaging",
    "immunizations",
    "instructions",
    "laboratory",
    "medications",
    "mental_status_exam",
    "patient_information",
    "physical_exam",
    "results",
    "review_of_systems",
    "signature",
    "social_history",
    "technique",
    "vitals",
}
_PAST = {"past_medical_history", "past_surgical_history", "obstetric_history", "gynecologic_history"}

# Cause → words anywhere in the clause of the evidence, or, for the first, before the evidence.
_DENIED = re.compile(
    r"\b(?:no|not|nor|never|den(?:y|ies|ied|ying)|without|neg|negative|free of|absence of|rule[sd]? out)\b"
)
_CUES = (
    (
        "family's condition as the patient's",
        re.compile(
            r"\b(?:mother|father|mom|dad|brother|sister|parents?|siblings?|grandmother|grandfather|aunt|uncle|cousin"
            r"|family history|fh)\b"
        ),
    ),
    (
        "history as current",
        re.compile(
            r"\b(?:(?<!hour )(?<!day )(?<!week )(?<!month )(?<!year )history of|h/o|hx|previous(?:ly)?|prior(?! to)"
            r"|former(?:ly)?|s/p|status post|resolved|in the past|years ago|remote|childhood|no longer)\b"
        ),
    ),
    (
        "possibility or plan as fact",
        re.compile(
            r"\b(?:risks?|if|screen(?:ing|ed)?|prevent(?:ion|ing)?|in case|watch for|return for|monitor for|to exclude"
            r"|should|would|could|may|might)\b"
        ),
    ),
)
_DOUBT = re.compile(
    r"\b(?:probabl[ey]|possibl[ey]|suspect(?:ed|s)?|suspicious|likely|rule out|r/o|questionable|concern(?:ing)? for"
    r"|versus|vs|differential|presum(?:ed|ably)|appears?|suggests?|suggestive|worrisome)\b"
)
_CLAUSE_END = re.compile(r"[.!?;](?=\s)|\n")


def _pair_by_category(score: NoteScore, icd: Icd10cm) -> dict[str, tuple[str, str]]:
    """Missed and false codes of one category, each with at most one of the other kind: code → (the other, relation)."""
    ranked = sorted(
        (RELATIONS.index(relation), entry.code, guess.code)
        for entry in score.missed
        for guess in score.false
        if (relation := relate_codes(guess.code, entry.code, icd))
    )
    pairs: dict[str, tuple[str, str]] = {}
    for rank, required, predicted in ranked:
        if required not in pairs and predicted not in pairs:
            pairs[required] = (predicted, RELATIONS[rank])
            pairs[predicted] = (required, RELATIONS[rank])
    return pairs


def _explain_missed(
    entry: GoldCode,
    section: str,
    gold: GoldNote,
    score: NoteScore,
    icd: Icd10cm,
    pairs: dict[str, tuple[str, str]],
    not_coded: Sequence[NotCoded],
) -> CodeError:
    places = locate_quote(gold.text, entry.quote)

    def error(cause: str, detail: str = "", other: str = "") -> CodeError:
        context = _clause(gold.text, places[0]) if places else ""
        return CodeError(
            gold.id, gold.setting, "missed", entry.code, cause, detail, other, entry.quote, section, context
        )

    if entry.code in pairs:
        other, relation = pairs[entry.code]
        return error("coded at another specificity", relation, other)
    wanted = {entry.code, *entry.accept}
    if entry.code not in icd:
        return error("not in this release")
    rejected = [item for item in not_coded if item.code in wanted]
    rejected.sort(key=lambda item: not any(item.span.overlaps(place) for place in places))
    if rejected:
        return error("found but rejected", rejected[0].why)
    for guess in score.false:
        if _overlap(_words(guess), places):
            return error("its words were read as another code", "a false one", guess.code)
    for item in not_coded:
        if any(item.span.overlaps(place) for place in places):
            near = "of its category" if item.code[:3] == entry.code[:3] else "of another category"
            return error(f"its words were taken for a code {near} and rejected", item.why, item.code)
    for hit in score.hits:
        if _overlap(_words(hit.predicted), places):
            return error("its words carry only another code", "a right one", hit.predicted.code)
    for item in not_coded:
        relation = relate_codes(item.code, entry.code, icd) if item.code else ""
        if relation:
            return error("found at another specificity and rejected", item.why, item.code)
    for hit in score.hits:
        relation = relate_codes(hit.predicted.code, entry.code, icd)
        if relation:
            return error("only another code of its category found", relation, hit.predicted.code)
    if entry.quote and not places:
        return error("no mention found", "the quote does not stand in the note as it is given")
    return error("no mention found")


def _explain_false(
    guess: Predicted, gold: GoldNote, score: NoteScore, icd: Icd10cm, pairs: dict[str, tuple[str, str]]
) -> CodeError:
    first = next(iter(_words(guess)), None)
    context = _clause(gold.text, first) if first else ""

    def error(cause: str, detail: str = "", other: str = "") -> CodeError:
        return CodeError(
            note=gold.id,
            setting=gold.setting,
            kind="false",
            code=guess.code,
            cause=cause,
            detail=detail,
            other=other,
            quote=gold.text[first.start : first.end] if first else guess.quote,
            section=guess.section,
            context=context,
            score=guess.score,
            why=guess.why,
        )

    if guess.code in pairs:
        other, relation = pairs[guess.code]
        return error("another specificity than required", relation, other)
    cue = _read_clause(guess, gold, first)
    if cue:
        return error(*cue)
    for hit in score.hits:
        relation = relate_codes(guess.code, hit.gold.code, icd)
        if relation:
            return error("beside a right code of its category", relation, hit.gold.code)
    required = [hit.gold for hit in score.hits] + list(score.missed)
    if is_symptom(guess.code) and any(not is_symptom(entry.code) for entry in required):
        return error("symptom beside a diagnosis")
    for entry in score.missed:
        if _overlap(_words(guess), locate_quote(gold.text, entry.quote)):
            return error("in place of a required code", "same words, another category", entry.code)
    for hit in score.hits:
        if _overlap(_words(guess), locate_quote(gold.text, hit.gold.quote)):
            return error("second code on the words of a right one", "", hit.gold.code)
    if guess.section in _PASSING:
        return error("named in passing", guess.section.replace("_", " "))
    if guess.code[:1] in "VWXYZ":
        return error("status or circumstance that the gold leaves out", "Z code" if guess.code[0] == "Z" else "V to Y")
    return error("diagnosis that the gold leaves out", guess.section.replace("_", " ") or "no heading")


def _read_clause(guess: Predicted, gold: GoldNote, first: Span | None) -> tuple[str, str] | None:
    """What the section or the clause of the evidence says against coding it as a present condition of the patient."""
    if first is None or guess.code.startswith("Z"):
        return None
    if guess.section == "family_history":
        return "family's condition as the patient's", "family history"
    clause = _clause(gold.text, first).lower()
    before = gold.text[max(0, first.start - 60) : first.start].lower()
    denied = _DENIED.search(_CLAUSE_END.split(before)[-1])
    if denied:
        return "denied, coded as present", denied.group()
    for cause, pattern in _CUES:
        cue = pattern.search(clause)
        if cue:
            return cause, cue.group()
    doubt = _DOUBT.search(clause)
    if doubt and gold.setting != "inpatient":
        return "doubtful, coded as established", doubt.group()
    if guess.section in _PAST:
        return "history as current", guess.section.replace("_", " ")
    return None


def _words(guess: Predicted) -> tuple[Span, ...]:
    """Where the very words of the code stand, else its evidence."""
    return (guess.focus,) if guess.focus else guess.spans


def _overlap(spans: Sequence[Span], places: Sequence[Span]) -> bool:
    return any(span.overlaps(place) for span in spans for place in places)


def _clause(text: str, span: Span, most: int = 160) -> str:
    """The clause in which a span stands, on one line, at most ``most`` characters to each side."""
    left = max(0, span.start - most)
    ends = [match.end() for match in _CLAUSE_END.finditer(text, left, span.start)]
    end = _CLAUSE_END.search(text, span.end, min(len(text), span.end + most))
    right = end.end() if end else min(len(text), span.end + most)
    piece = " ".join(text[ends[-1] if ends else left : right].split())
    before = "…" if left and not ends else ""
    return f"{before}{piece}{'…' if end is None and right < len(text) else ''}"
