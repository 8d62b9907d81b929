"""How good the coding is, against a gold file: pure functions over gold records and predicted codes.

A predicted code counts as true if it is a required code or stands in that entry's ``accept``, once per entry; optional
codes are neither right nor wrong; the rest are false. Figures are fractions in [0, 1]; None where there is nothing to
divide by.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from nosology.coding.gold import GoldCode, GoldNote, locate_quote, read_gold
from nosology.coding.reliability import Bin, bin_pairs, brier_score
from nosology.model.coding import CodeRole
from nosology.model.note import Section, Span

__all__ = [
    "NO_QUOTE",
    "Bin",
    "Counts",
    "Evaluation",
    "Figures",
    "GoldCode",
    "GoldNote",
    "Group",
    "Hit",
    "NoteScore",
    "Overlap",
    "Predicted",
    "SettingScore",
    "evaluate_notes",
    "locate_quote",
    "read_gold",
    "score_note",
    "section_at",
]

NO_QUOTE = "no quote in the note"
"""The section of a gold code whose quote is empty or does not stand in the text."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """One predicted code, as far as scoring needs it.

    ``why``, ``quote`` and ``focus`` only serve the listing of errors; ``focus`` is where the very words of the code
    stand, for evidence that is a whole sentence.
    """

    code: str
    score: float
    spans: tuple[Span, ...] = ()
    role: str = CodeRole.SECONDARY
    quote: str = ""
    why: str = ""
    section: str = ""
    poa: str | None = None
    focus: Span | None = None


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
class Figures:
    """Precision, recall and F1, each a mean; None where there is nothing to take the mean of."""

    precision: float | None
    recall: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A required code that was found: the entry, the code that meets it, and the section in which its quote stands."""

    gold: GoldCode
    predicted: Predicted
    section: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The evidence of a true code against the gold quote, at the place of the quote that it fits best.

    ``f1`` is the F1 of words; ``same_words`` says that both hold the same words, ``same_span`` that one piece of the
    evidence begins and ends where the quote does; ``shared``, ``shown`` and ``quoted`` count words.
    """

    f1: float
    same_words: bool
    same_span: bool
    shared: int
    shown: int
    quoted: int


@dataclass(frozen=True, slots=True)
class NoteScore:
    """The scoring of one note.

    ``evidence`` holds the overlap for each true code whose gold quote stands in the text; ``calibration`` the score of
    each code that is right or wrong, and which it is; ``missed_sections`` is aligned with ``missed``; ``categories``
    names each category and whether it is true, false or missed; ``superseded`` are gold codes that count in none of
    these.
    """

    id: str
    setting: str
    exact: Counts
    category: Counts
    missed: tuple[GoldCode, ...]
    false: tuple[Predicted, ...]
    first_listed: bool | None
    evidence: tuple[Overlap, ...]
    calibration: tuple[tuple[float, bool], ...]
    hits: tuple[Hit, ...] = ()
    missed_sections: tuple[str, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    superseded: tuple[str, ...] = ()

    @property
    def poa(self) -> tuple[tuple[str, str], ...]:
        """Present-on-admission indicators, gold and predicted, of the true codes for which the gold has one."""
        return tuple((hit.gold.poa, hit.predicted.poa or "") for hit in self.hits if hit.gold.poa)


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the codes: its name, how many different codes it holds, and the counts."""

    name: str
    codes: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class SettingScore:
    """The notes of one setting; ``first_listed`` is None where the gold names no first-listed code."""

    setting: str
    notes: int
    exact: Counts
    category: Counts
    first_listed: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All notes together.

    ``macro_f1`` is the mean of the notes' F1, as in ``by_note``; ``by_code`` and ``category_by_code`` are means over
    every code (category) that is required or predicted, as scikit-learn takes them: 0 where there is nothing to divide
    by. ``principal`` is ``first_listed`` of the inpatient notes alone. ``evidence_exact`` is the share with the same
    words, ``evidence_span`` with the same span. ``poa`` is the share of right indicators among ``poa_codes`` true
    codes; ``poa_pairs`` counts (gold, predicted). ``ece`` is the expected calibration error, ``brier`` the Brier score.
    """

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
    by_setting: tuple[SettingScore, ...]
    by_note: Figures
    category_by_note: Figures
    by_code: Figures
    category_by_code: Figures
    principal: float | None
    principal_notes: int
    evidence_span: float | None
    evidence_words: Figures
    brier: float | None
    poa: float | None
    poa_codes: int
    poa_pairs: tuple[tuple[str, str, int], ...]
    by_chapter: tuple[Group, ...]
    by_frequency: tuple[Group, ...]
    by_section: tuple[Group, ...]


def score_note(gold: GoldNote, predicted: Sequence[Predicted], *, sections: Sequence[Section] = ()) -> NoteScore:
    """The scoring of one note; each code counts once, at its best score. ``sections`` say where the quotes stand."""
    codes: dict[str, Predicted] = {}
    for guess in predicted:
        if guess.code not in codes or guess.score > codes[guess.code].score:
            codes[guess.code] = guess
    met = _match(gold.required, codes)
    used = set(met.values())
    optional = {code for entry in gold.optional for code in (entry.code, *entry.accept)}
    false = tuple(guess for code, guess in codes.items() if code not in used and code not in optional)
    missed = tuple(entry for entry in gold.required if entry not in met)
    evidence, hits = [], []
    for entry, code in met.items():
        guess = codes[code]
        places = locate_quote(gold.text, entry.quote)
        shown = [place for place in places if any(place.overlaps(span) for span in guess.spans)]
        hits.append(Hit(entry, guess, section_at(sections, (shown or places)[0]) if places else guess.section))
        if places:
            evidence.append(_compare_evidence(gold.text, places, guess.spans))
    wrong = {guess.code for guess in false}
    categories = _score_categories(gold, codes)
    outcomes = Counter(outcome for _, outcome in categories)
    return NoteScore(
        id=gold.id,
        setting=gold.setting,
        exact=Counts(len(met), len(false), len(missed)),
        category=Counts(outcomes["true"], outcomes["false"], outcomes["missed"]),
        missed=missed,
        false=false,
        first_listed=_first_is_right(gold, predicted),
        evidence=tuple(evidence),
        calibration=tuple(
            (guess.score, code in used) for code, guess in codes.items() if code in used or code in wrong
        ),
        hits=tuple(hits),
        missed_sections=tuple(_quote_section(gold.text, entry.quote, sections) for entry in missed),
        categories=categories,
        superseded=tuple(dict.fromkeys(gold.superseded)),
    )


def evaluate_notes(scores: Iterable[NoteScore], *, chapter_of: Callable[[str], str] = lambda code: "") -> Evaluation:
    """The figures of all notes together. ``chapter_of`` names the chapter of a code."""
    scores = list(scores)
    first = [score.first_listed for score in scores if score.first_listed is not None]
    principal = [s.first_listed for s in scores if s.first_listed is not None and s.setting == "inpatient"]
    evidence = [overlap for score in scores for overlap in score.evidence]
    words = _add(Counts(o.shared, o.shown - o.shared, o.quoted - o.shared) for o in evidence)
    pairs = [pair for score in scores for pair in score.calibration]
    bins, ece = bin_pairs(pairs)
    poa = [pair for score in scores for pair in score.poa]
    by_note = _mean_of_notes([score.exact for score in scores])
    coded = [item for score in scores for item in _outcomes(score)]
    sections = [item for score in scores for item in _outcomes_by_section(score)]
    frequency = Counter(code for code, outcome in coded if outcome != "false")
    by_frequency = [(_frequency_name(frequency[code]), code, outcome) for code, outcome in coded]
    return Evaluation(
        notes=len(scores),
        exact=_add(score.exact for score in scores),
        category=_add(score.category for score in scores),
        macro_f1=by_note.f1,
        first_listed=_divide(sum(first), len(first)),
        first_listed_notes=len(first),
        evidence_f1=_divide(sum(overlap.f1 for overlap in evidence), len(evidence)),
        evidence_exact=_divide(sum(overlap.same_words for overlap in evidence), len(evidence)),
        evidence_codes=len(evidence),
        ece=ece,
        bins=bins,
        by_setting=tuple(
            _score_setting(setting, [score for score in scores if score.setting == setting])
            for setting in sorted({score.setting for score in scores})
        ),
        by_note=by_note,
        category_by_note=_mean_of_notes([score.category for score in scores]),
        by_code=_mean_of_codes(coded),
        category_by_code=_mean_of_codes([item for score in scores for item in score.categories]),
        principal=_divide(sum(principal), len(principal)),
        principal_notes=len(principal),
        evidence_span=_divide(sum(overlap.same_span for overlap in evidence), len(evidence)),
        evidence_words=Figures(words.precision, words.recall, words.f1),
        brier=brier_score(pairs),
        poa=_divide(sum(gold == guess for gold, guess in poa), len(poa)),
        poa_codes=len(poa),
        poa_pairs=tuple((gold, guess, count) for (gold, guess), count in sorted(Counter(poa).items())),
        by_chapter=_group((chapter_of(code), code, outcome) for code, outcome in coded),
        by_frequency=tuple(sorted(_group(by_frequency), key=lambda group: _FREQUENCY_NAMES.index(group.name))),
        by_section=_group(sections),
    )


def section_at(sections: Sequence[Section], span: Span) -> str:
    """The kind of the section in which a span begins; "" under no known heading."""
    return next((s.kind for s in sections if s.span.start <= span.start < s.span.end), "")


_FREQUENCY_NAMES = ("50 times and more", "10 to 49 times", "5 to 9 times", "2 to 4 times", "once", "not in the gold")
_FREQUENCY_FLOORS = (50, 10, 5, 2, 1, 0)


def _frequency_name(times: int) -> str:
    names = zip(_FREQUENCY_FLOORS, _FREQUENCY_NAMES, strict=True)
    return next(name for floor, name in names if times >= floor)


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


def _score_categories(gold: GoldNote, codes: Mapping[str, Predicted]) -> tuple[tuple[str, str], ...]:
    """The same by category, the first three characters; several codes of one category count once."""
    accepted: dict[str, set[str]] = {}
    for entry in gold.required:
        accepted.setdefault(entry.code[:3], set()).update(code[:3] for code in entry.accept)
    required = tuple(GoldCode(code, tuple(sorted(others))) for code, others in accepted.items())
    predicted = {code[:3]: guess for code, guess in codes.items()}
    met = _match(required, predicted)
    used = set(met.values())
    optional = {code[:3] for entry in gold.optional for code in (entry.code, *entry.accept)}
    false = [category for category in predicted if category not in used and category not in optional]
    return (
        *((entry.code, "true" if entry in met else "missed") for entry in required),
        *((category, "false") for category in false),
    )


def _first_is_right(gold: GoldNote, predicted: Sequence[Predicted]) -> bool | None:
    if not gold.first_listed:
        return None
    diagnoses = [guess.code for guess in predicted if guess.role != CodeRole.PROCEDURE]
    return bool(diagnoses) and diagnoses[0] in gold.first_listed


def _quote_section(text: str, quote: str, sections: Sequence[Section]) -> str:
    places = locate_quote(text, quote)
    return section_at(sections, places[0]) if places else NO_QUOTE


_TOKEN = re.compile(r"\w+")


def _compare_evidence(text: str, places: Sequence[Span], spans: Sequence[Span]) -> Overlap:
    """The evidence at the place of the quote that it fits best."""
    shown = _tokens(text, spans)
    best = Overlap(-1.0, False, False, 0, 0, 0)
    for place in places:
        quoted = _tokens(text, (place,))
        shared = len(quoted & shown)
        overlap = Overlap(
            f1=_divide(2 * shared, len(quoted) + len(shown)) or 0.0,
            same_words=quoted == shown and bool(quoted),
            same_span=place in spans,
            shared=shared,
            shown=len(shown),
            quoted=len(quoted),
        )
        best = max(best, overlap, key=lambda each: (each.f1, each.same_span))
    return best


def _tokens(text: str, spans: Iterable[Span]) -> set[int]:
    """Start offsets of the words that lie in the spans."""
    return {match.start() for span in spans for match in _TOKEN.finditer(text, span.start, span.end)}


def _score_setting(setting: str, scores: Sequence[NoteScore]) -> SettingScore:
    first = [score.first_listed for score in scores if score.first_listed is not None]
    return SettingScore(
        setting,
        len(scores),
        _add(score.exact for score in scores),
        _add(score.category for score in scores),
        _divide(sum(first), len(first)),
    )


def _outcomes(score: NoteScore) -> list[tuple[str, str]]:
    """(code, true | missed | false); a code that was met by another that is accepted stands under the gold's own."""
    return [
        *((hit.gold.code, "true") for hit in score.hits),
        *((entry.code, "missed") for entry in score.missed),
        *((guess.code, "false") for guess in score.false),
    ]


def _outcomes_by_section(score: NoteScore) -> list[tuple[str, str, str]]:
    missed = zip(score.missed, score.missed_sections, strict=True)
    return [
        *((hit.section, hit.gold.code, "true") for hit in score.hits),
        *((section, entry.code, "missed") for entry, section in missed),
        *((guess.section, guess.code, "false") for guess in score.false),
    ]


def _group(items: Iterable[tuple[str, str, str]]) -> tuple[Group, ...]:
    """Counts by name, the largest group first."""
    outcomes: dict[str, Counter[str]] = {}
    codes: dict[str, set[str]] = {}
    for name, code, outcome in items:
        outcomes.setdefault(name, Counter())[outcome] += 1
        codes.setdefault(name, set()).add(code)
    groups = [
        Group(name, len(codes[name]), Counts(found["true"], found["false"], found["missed"]))
        for name, found in outcomes.items()
    ]
    return tuple(sorted(groups, key=lambda group: (-sum(outcomes[group.name].values()), group.name)))


def _mean_of_notes(counts: Sequence[Counts]) -> Figures:
    """A note without required and predicted codes is right; else what cannot be divided is 0."""

    def mean(figure: Callable[[Counts], float | None]) -> float | None:
        each = [1.0 if c == Counts() else figure(c) or 0.0 for c in counts]
        return _divide(sum(each), len(each))

    return Figures(mean(lambda c: c.precision), mean(lambda c: c.recall), mean(lambda c: c.f1))


def _mean_of_codes(items: Iterable[tuple[str, str]]) -> Figures:
    counts = [group.counts for group in _group((code, code, outcome) for code, outcome in items)]
    return _mean_of_notes(counts)


def _add(counts: Iterable[Counts]) -> Counts:
    return sum(counts, Counts())


def _divide(part: float, whole: float) -> float | None:
    return part / whole if whole else None
