"""How good the coding is, against a gold file: pure functions over gold records and predicted codes.

A predicted code counts as true if it is a required code or stands in that entry's ``accept``, once per entry; optional
codes are neither right nor wrong; the rest are false. Figures are fractions in [0, 1]; None where there is nothing to
divide by.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.coding import CodeRole
from nosology.model.encounter import Setting
from nosology.model.note import Span

__all__ = [
    "Bin",
    "Counts",
    "Evaluation",
    "GoldCode",
    "GoldNote",
    "NoteScore",
    "Predicted",
    "evaluate_notes",
    "locate_quote",
    "read_gold",
    "score_note",
]


@dataclass(frozen=True, slots=True)
class GoldCode:
    """One entry of the gold: the code, the codes that count as well, and the words of the note that carry it."""

    code: str
    accept: tuple[str, ...] = ()
    quote: str = ""


@dataclass(frozen=True, slots=True)
class GoldNote:
    """One record of a gold file. ``setting`` is as the record names it; "case-report" is coded by outpatient rules."""

    id: str
    text: str
    setting: str
    required: tuple[GoldCode, ...]
    optional: tuple[GoldCode, ...] = ()
    first_listed: tuple[str, ...] = ()
    scope: str = "reportable"
    sex: str | None = None
    age: int | None = None

    @property
    def rules(self) -> Setting:
        """The setting whose rules apply."""
        return Setting.OUTPATIENT if self.setting == "case-report" else Setting(self.setting)


@dataclass(frozen=True, slots=True)
class Predicted:
    """One predicted code, as far as scoring needs it. ``why`` and ``quote`` only serve the listing of errors."""

    code: str
    score: float
    spans: tuple[Span, ...] = ()
    role: str = CodeRole.SECONDARY
    quote: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """True, false and missed codes; ``+`` adds them up."""

    true: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.true + other.true, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the predicted codes that are true."""
        return _divide(self.true, self.true + self.false)

    @property
    def recall(self) -> float | None:
        """Share of the required codes that were found."""
        return _divide(self.true, self.true + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _divide(2 * self.true, 2 * self.true + self.false + self.missed)


@dataclass(frozen=True, slots=True)
class NoteScore:
    """The scoring of one note.

    ``evidence`` holds, for each true code whose gold quote stands in the text, the token F1 of the evidence and whether
    it is the very quote; ``calibration`` the score of each code that is right or wrong, and which it is.
    """

    id: str
    setting: str
    exact: Counts
    category: Counts
    missed: tuple[GoldCode, ...]
    false: tuple[Predicted, ...]
    first_listed: bool | None
    evidence: tuple[tuple[float, bool], ...]
    calibration: tuple[tuple[float, bool], ...]


@dataclass(frozen=True, slots=True)
class Bin:
    """Codes whose score lies in [low, high): how many, their mean score, and the share of them that is right."""

    low: float
    high: float
    count: int
    mean_score: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All notes together. ``macro_f1`` is the mean of the notes' F1; ``ece`` the expected calibration error."""

    notes: int
    exact: Counts
    category: Counts
    macro_f1: float | None
    first_listed: float | None
    first_listed_notes: int
    evidence_f1: float | None
    evidence_exact: float | None
    evidence_codes: int
    ece: float | None
    bins: tuple[Bin, ...]
    by_setting: tuple[tuple[str, int, Counts, Counts], ...]


def read_gold(record: Mapping[str, Any], *, where: str, scope: str | None = None) -> GoldNote:
    """The gold note that a JSON object describes; ``scope`` overrules the record's own.

    Raises :class:`~nosology.errors.UnreadableInput`, naming ``where``, if a field is missing or of the wrong kind.
    """
    if not isinstance(record, Mapping):
        raise UnreadableInput(f"{where}: not a JSON object")
    for field, kind in (("id", str), ("text", str), ("required", list)):
        if not isinstance(record.get(field), kind):
            raise UnreadableInput(f'{where}: the field "{field}" is missing or is no {_KINDS[kind]}')
    setting = record.get("setting") or "outpatient"
    if setting != "case-report" and setting not in set(Setting):
        raise UnreadableInput(f'{where}: the field "setting" must be one of {", ".join(Setting)} or case-report')
    default = "all" if setting == "case-report" else "reportable"
    chosen = scope or record.get("scope") or default
    if chosen not in {"reportable", "all"}:
        raise UnreadableInput(f'{where}: the field "scope" must be reportable or all')
    first = record.get("first_listed") or []
    if not isinstance(first, list):
        raise UnreadableInput(f'{where}: the field "first_listed" is no list')
    sex = str(record.get("sex") or "").upper()[:1]
    return GoldNote(
        id=record["id"],
        text=record["text"],
        setting=setting,
        required=_unique(_gold_code(entry, where) for entry in record["required"]),
        optional=_unique(_gold_code(entry, where) for entry in record.get("optional") or []),
        first_listed=tuple(map(str, first)),
        scope=chosen,
        sex=sex if sex in {"F", "M"} else None,
        age=_age(record.get("age"), where),
    )


def score_note(gold: GoldNote, predicted: Sequence[Predicted]) -> NoteScore:
    """The scoring of one note; each code counts once, at its best score."""
    codes: dict[str, Predicted] = {}
    for guess in predicted:
        if guess.code not in codes or guess.score > codes[guess.code].score:
            codes[guess.code] = guess
    met = _match(gold.required, codes)
    used = set(met.values())
    optional = {code for entry in gold.optional for code in (entry.code, *entry.accept)}
    false = tuple(guess for code, guess in codes.items() if code not in used and code not in optional)
    missed = tuple(entry for entry in gold.required if entry not in met)
    evidence = []
    for entry, code in met.items():
        places = locate_quote(gold.text, entry.quote)
        if places:
            evidence.append(_compare_evidence(gold.text, places, codes[code].spans))
    wrong = {guess.code for guess in false}
    return NoteScore(
        id=gold.id,
        setting=gold.setting,
        exact=Counts(len(met), len(false), len(missed)),
        category=_score_categories(gold, codes),
        missed=missed,
        false=false,
        first_listed=_first_is_right(gold, predicted),
        evidence=tuple(evidence),
        calibration=tuple(
            (guess.score, code in used) for code, guess in codes.items() if code in used or code in wrong
        ),
    )


def evaluate_notes(scores: Iterable[NoteScore]) -> Evaluation:
    """The figures of all notes together."""
    scores = list(scores)
    settings = sorted({score.setting for score in scores})
    first = [score.first_listed for score in scores if score.first_listed is not None]
    evidence = [pair for score in scores for pair in score.evidence]
    bins, ece = _calibrate([pair for score in scores for pair in score.calibration])
    each = [1.0 if score.exact.f1 is None else score.exact.f1 for score in scores]
    return Evaluation(
        notes=len(scores),
        exact=_add(score.exact for score in scores),
        category=_add(score.category for score in scores),
        macro_f1=_divide(sum(each), len(each)),
        first_listed=_divide(sum(first), len(first)),
        first_listed_notes=len(first),
        evidence_f1=_divide(sum(f1 for f1, _ in evidence), len(evidence)),
        evidence_exact=_divide(sum(same for _, same in evidence), len(evidence)),
        evidence_codes=len(evidence),
        ece=ece,
        bins=bins,
        by_setting=tuple(
            (
                setting,
                sum(score.setting == setting for score in scores),
                _add(score.exact for score in scores if score.setting == setting),
                _add(score.category for score in scores if score.setting == setting),
            )
            for setting in settings
        ),
    )


def locate_quote(text: str, quote: str) -> tuple[Span, ...]:
    """Every place where the quote stands in the text; white space and letter case may differ. Empty if nowhere."""
    words = quote.split()
    if not words:
        return ()
    found = re.finditer(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)
    return tuple(Span(*match.span()) for match in found)


_BINS = 10
_KINDS = {str: "text", list: "list"}


def _gold_code(entry: object, where: str) -> GoldCode:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("code"), str) or not entry["code"]:
        raise UnreadableInput(f'{where}: an entry of "required" or "optional" has no code')
    accept = entry.get("accept") or ()
    if not isinstance(accept, list | tuple):
        raise UnreadableInput(f'{where}: "accept" of {entry["code"]} is no list')
    return GoldCode(entry["code"], tuple(map(str, accept)), str(entry.get("quote") or ""))


def _unique(entries: Iterable[GoldCode]) -> tuple[GoldCode, ...]:
    return tuple({entry.code: entry for entry in entries}.values())


def _age(value: object, where: str) -> int | None:
    if value is None or value == "":
        return None
    try:
        age = int(float(str(value)))
    except (ValueError, OverflowError):
        raise UnreadableInput(f'{where}: the field "age" is no number of years') from None
    return age if 0 <= age <= 130 else None


def _match(required: Sequence[GoldCode], codes: Mapping[str, Predicted]) -> dict[GoldCode, str]:
    """Entry → the predicted code that meets it; the code itself before those that are accepted for it."""
    met = {entry: entry.code for entry in required if entry.code in codes}
    used = set(met.values())
    for entry in required:
        if entry not in met:
            for code in entry.accept:
                if code in codes and code not in used:
                    met[entry] = code
                    used.add(code)
                    break
    return met


def _score_categories(gold: GoldNote, codes: Mapping[str, Predicted]) -> Counts:
    """The same by category, the first three characters; several codes of one category count once."""
    accepted: dict[str, set[str]] = {}
    for entry in gold.required:
        accepted.setdefault(entry.code[:3], set()).update(code[:3] for code in entry.accept)
    required = tuple(GoldCode(code, tuple(sorted(others))) for code, others in accepted.items())
    predicted = {code[:3]: guess for code, guess in codes.items()}
    met = _match(required, predicted)
    used = set(met.values())
    optional = {code[:3] for entry in gold.optional for code in (entry.code, *entry.accept)}
    false = sum(category not in used and category not in optional for category in predicted)
    return Counts(len(met), false, len(required) - len(met))


def _first_is_right(gold: GoldNote, predicted: Sequence[Predicted]) -> bool | None:
    if not gold.first_listed:
        return None
    diagnoses = [guess.code for guess in predicted if guess.role != CodeRole.PROCEDURE]
    return bool(diagnoses) and diagnoses[0] in gold.first_listed


_TOKEN = re.compile(r"\w+")


def _compare_evidence(text: str, places: Sequence[Span], spans: Sequence[Span]) -> tuple[float, bool]:
    """Best token F1 of the evidence against any place of the quote, and whether they hold the same tokens."""
    shown = _tokens(text, spans)
    best, same = 0.0, False
    for place in places:
        gold = _tokens(text, (place,))
        best = max(best, _divide(2 * len(gold & shown), len(gold) + len(shown)) or 0.0)
        same = same or (gold == shown and bool(gold))
    return best, same


def _tokens(text: str, spans: Iterable[Span]) -> set[int]:
    """Start offsets of the words that lie in the spans."""
    return {match.start() for span in spans for match in _TOKEN.finditer(text, span.start, span.end)}


def _calibrate(pairs: Sequence[tuple[float, bool]]) -> tuple[tuple[Bin, ...], float | None]:
    bins = []
    error = 0.0
    for number in range(_BINS):
        inside = [(score, right) for score, right in pairs if min(int(score * _BINS), _BINS - 1) == number]
        if inside:
            mean = sum(score for score, _ in inside) / len(inside)
            accuracy = sum(right for _, right in inside) / len(inside)
            bins.append(Bin(number / _BINS, (number + 1) / _BINS, len(inside), mean, accuracy))
            error += len(inside) * abs(mean - accuracy)
    return tuple(bins), _divide(error, len(pairs))


def _add(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def _divide(part: float, whole: float) -> float | None:
    return part / whole if whole else None
