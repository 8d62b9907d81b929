"""Two runs over the same gold: what changed in which note, and whether it is more than chance.

A run is kept as one JSON object that holds ids, codes and numbers, and not a word of the notes.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nosology.coding.evaluate import NoteScore
from nosology.coding.evaluate_resample import TALLY_WIDTH, Difference, Tally, compare_tallies, tally_note
from nosology.coding.gold import GoldNote
from nosology.errors import UnreadableInput

__all__ = [
    "RUN_FORMAT",
    "Comparison",
    "McNemar",
    "NoteChange",
    "NoteRun",
    "Run",
    "compare_runs",
    "digest_gold",
    "mcnemar",
    "read_run",
    "record_note",
    "run_to_dict",
]

RUN_FORMAT = "nosology-evaluation-run-1"
"""What the field "format" of a saved run says."""


@dataclass(frozen=True, slots=True)
class NoteRun:
    """One note of a run: codes that are true (by the gold's own code), missed and false, and its tally.

    ``digest`` tells whether two runs measured against the same text and the same gold.
    """

    id: str
    digest: str
    true: tuple[str, ...]
    missed: tuple[str, ...]
    false: tuple[str, ...]
    first_listed: bool | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Run:
    """All notes of a run, and ``about``: gold file, date, package, releases, rules, as text."""

    about: tuple[tuple[str, str], ...]
    notes: tuple[NoteRun, ...]


@dataclass(frozen=True, slots=True)
class McNemar:
    """Exact two-sided McNemar test: ``better`` became right, ``worse`` became wrong; what did not change says nothing.

    Source: McNemar, Psychometrika 12 (1947) 153-157; the exact form is the binomial test of the changed ones.
    """

    name: str
    better: int
    worse: int
    p: float


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What changed in one note. ``first_listed`` is "better", "worse" or ""."""

    id: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    false_gone: tuple[str, ...]
    false_new: tuple[str, ...]
    first_listed: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs on the notes that both have with the same text and gold.

    ``altered`` names the notes whose text or gold differs, ``only_before`` and ``only_after`` those that one run lacks:
    none of them counts.
    """

    before: tuple[tuple[str, str], ...]
    after: tuple[tuple[str, str], ...]
    notes: int
    differences: tuple[tuple[str, Difference], ...]
    tests: tuple[McNemar, ...]
    changes: tuple[NoteChange, ...]
    altered: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


def digest_gold(gold: GoldNote) -> str:
    """The first 16 hexadecimal digits of the SHA-256 of text, setting, sex, age and gold codes."""
    codes = [(e.code, sorted(e.accept)) for e in gold.required]
    also = sorted(code for e in gold.optional for code in (e.code, *e.accept))
    whole = repr((gold.text, gold.setting, gold.sex, gold.age, sorted(codes), also, gold.first_listed))
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def record_note(gold: GoldNote, score: NoteScore) -> NoteRun:
    """What a run keeps of one note."""
    return NoteRun(
        id=gold.id,
        digest=digest_gold(gold),
        true=tuple(sorted(hit.gold.code for hit in score.hits)),
        missed=tuple(sorted(entry.code for entry in score.missed)),
        false=tuple(sorted(guess.code for guess in score.false)),
        first_listed=score.first_listed,
        tally=tally_note(score),
    )


def run_to_dict(run: Run) -> dict[str, Any]:
    """The run as a JSON object, as :func:`read_run` reads it."""
    return {
        "format": RUN_FORMAT,
        "about": dict(run.about),
        "notes": [
            {
                "id": note.id,
                "digest": note.digest,
                "true": list(note.true),
                "missed": list(note.missed),
                "false": list(note.false),
                "first_listed": note.first_listed,
                "tally": list(note.tally),
            }
            for note in run.notes
        ],
    }


def read_run(record: object, *, where: str) -> Run:
    """The run that a JSON object describes. Raises :class:`~nosology.errors.UnreadableInput`, naming ``where``."""
    if not isinstance(record, Mapping) or record.get("format") != RUN_FORMAT:
        raise UnreadableInput(f"{where}: no saved run of this version; write one with nosology evaluate --save")
    about, notes = record.get("about"), record.get("notes")
    if not isinstance(about, Mapping) or not isinstance(notes, list):
        raise UnreadableInput(f'{where}: "about" or "notes" is missing or of the wrong kind')
    return Run(
        tuple((str(key), str(value)) for key, value in about.items()),
        tuple(_read_note(note, f"{where}, note {number}") for number, note in enumerate(notes, start=1)),
    )


def compare_runs(before: Run, after: Run, *, resamples: int = 1000, seed: int = 0) -> Comparison:
    """What changed from ``before`` to ``after``: each figure (paired bootstrap), the codes (McNemar), each note."""
    old, new = _by_id(before.notes), _by_id(after.notes)
    both = [name for name in new if name in old]
    same = [name for name in both if old[name].digest == new[name].digest]
    pairs = [(old[name], new[name]) for name in same]
    differences = compare_tallies(
        [o.tally for o, _ in pairs], [n.tally for _, n in pairs], resamples=resamples, seed=seed
    )
    changes = [_change(one, two) for one, two in pairs]
    gained, lost = sum(len(c.gained) for c in changes), sum(len(c.lost) for c in changes)
    gone, added = sum(len(c.false_gone) for c in changes), sum(len(c.false_new) for c in changes)
    first = [c.first_listed for c in changes]
    return Comparison(
        before=before.about,
        after=after.about,
        notes=len(same),
        differences=tuple(differences.items()),
        tests=(
            mcnemar("required codes found", gained, lost),
            mcnemar("false codes avoided", gone, added),
            mcnemar("all decisions", gained + gone, lost + added),
            mcnemar("first-listed code", first.count("better"), first.count("worse")),
        ),
        changes=tuple(c for c in changes if c.gained or c.lost or c.false_gone or c.false_new or c.first_listed),
        altered=tuple(name for name in both if old[name].digest != new[name].digest),
        only_before=tuple(name for name in old if name not in new),
        only_after=tuple(name for name in new if name not in old),
    )


def mcnemar(name: str, better: int, worse: int) -> McNemar:
    """The test for so many that became right and so many that became wrong; p is 1 where nothing changed.

    Above 1,000 changes the chi-squared form with continuity correction is used.
    """
    changed = better + worse
    if changed > _EXACT_UP_TO:
        gap = max(0, abs(better - worse) - 1)
        p = math.erfc(math.sqrt(gap * gap / changed / 2))
    else:
        tail = sum(math.comb(changed, k) for k in range(min(better, worse) + 1))
        p = min(1.0, 2 * tail / 2**changed)
    return McNemar(name, better, worse, p)


_EXACT_UP_TO = 1000


def _by_id(notes: Iterable[NoteRun]) -> dict[str, NoteRun]:
    """Notes by id; a repeated id gets a number, so that no note is lost."""
    found: dict[str, NoteRun] = {}
    for note in notes:
        name, number = note.id, 2
        while name in found:
            name, number = f"{note.id} #{number}", number + 1
        found[name] = note
    return found


def _change(old: NoteRun, new: NoteRun) -> NoteChange:
    first = ""
    if old.first_listed is not None and old.first_listed != new.first_listed:
        first = "better" if new.first_listed else "worse"
    return NoteChange(
        id=new.id,
        gained=_less(new.true, old.true),
        lost=_less(old.true, new.true),
        false_gone=_less(old.false, new.false),
        false_new=_less(new.false, old.false),
        first_listed=first,
    )


def _less(these: Sequence[str], those: Sequence[str]) -> tuple[str, ...]:
    without = set(those)
    return tuple(code for code in these if code not in without)


def _read_note(note: object, where: str) -> NoteRun:
    if not isinstance(note, Mapping):
        raise UnreadableInput(f"{where}: not a JSON object")
    codes = {}
    for field in ("true", "missed", "false"):
        value = note.get(field)
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            raise UnreadableInput(f'{where}: "{field}" is no list of codes')
        codes[field] = tuple(value)
    tally = note.get("tally")
    if (
        not isinstance(tally, list)
        or len(tally) != TALLY_WIDTH
        or not all(isinstance(value, int | float) and math.isfinite(value) for value in tally)
    ):
        raise UnreadableInput(f'{where}: "tally" is no list of {TALLY_WIDTH} numbers')
    first = note.get("first_listed")
    if (
        not isinstance(note.get("id"), str)
        or not isinstance(note.get("digest"), str)
        or first not in (None, True, False)
    ):
        raise UnreadableInput(f'{where}: "id", "digest" or "first_listed" is of the wrong kind')
    return NoteRun(note["id"], note["digest"], codes["true"], codes["missed"], codes["false"], first, tuple(tally))
