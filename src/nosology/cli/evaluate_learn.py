"""``nosology evaluate --train`` and ``--calibrate``: what is learnt from gold charts and from coders' decisions."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.cli.gold_files import digest_file, read_decision_file, read_gold_files, read_reading_file
from nosology.coding.decisions import ReviewedChart, merge_reviews
from nosology.coding.evaluate import GoldNote
from nosology.errors import NotPermitted, UsageError
from nosology.model.note import Document

if TYPE_CHECKING:
    from nosology.coding.calibration import Calibration
    from nosology.coding.judged import JudgedChart

__all__ = ["Teachers", "calibrate_to_file", "keep_readings", "train_to_file"]

_FEW = 500
_Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Teachers:
    """The files to learn from: gold, gold on which the rules were written, decisions, and readings that were kept."""

    gold: tuple[str, ...]
    developed_on: tuple[str, ...] = ()
    decisions: tuple[Path, ...] = ()
    readings: tuple[Path, ...] = ()

    def any(self) -> bool:
        """True if there is a file at all."""
        return bool(self.gold or self.developed_on or self.decisions or self.readings)

    def read_reviews(self) -> tuple[ReviewedChart, ...]:
        """Return the charts of the decisions. Raises UnreadableInput."""
        return merge_reviews(chart for path in self.decisions for chart in read_decision_file(path))


def train_to_file(
    teachers: Teachers, scope: str | None, limit: int | None, target: Path, on: date, progress: _Progress
) -> str:
    """Train the ranker of scope "all", write it to ``target`` whole or not at all, and return one line about it.

    Of the decisions, finished charts that were coded with scope "all" are used: what is not reported may well be
    present. Raises UsageError where scikit-learn is absent or the charts are too few, NotPermitted where the file
    cannot be written.
    """
    from nosology.pipeline import read_example, train_ranker

    notes = read_gold_files(teachers.gold, scope, limit)
    charts = [
        (Document(note.id, note.text), [entry.code for entry in note.required], note.superseded) for note in notes
    ]
    for review in teachers.read_reviews():
        if review.scope == "all" and review.final_codes is not None:
            charts.append((Document(review.id, review.text), sorted(review.final_codes), ()))
    examples = []
    for done, (document, codes, superseded) in enumerate(charts):
        progress(done, len(charts), "reading charts")
        examples.append(read_example(document, codes, on=on, superseded=superseded))
    digest = hashlib.sha256("\n".join(document.text for document, _, _ in charts).encode()).hexdigest()[:12]
    names = [Path(str(name)).name for name in (*teachers.gold, *teachers.decisions)]
    model = train_ranker(examples, on=on, source=f"{', '.join(names)}, {digest}")
    _write(target, model.to_json())
    return (
        f"{target}: {len(model.phrases)} phrases from {len(examples)} charts, threshold {model.threshold}, "
        f"F1 on charts held out in turn {model.provenance['held-out F1']}"
    )


def calibrate_to_file(
    teachers: Teachers,
    target: Path,
    on: date,
    progress: _Progress,
    *,
    seed: int,
    from_scratch: bool,
    suggest_at: float | None,
    autonomous_at: float | None,
) -> Calibration:
    """Fit the calibration of scope "reportable", write it to ``target`` whole or not at all, and return it.

    Unless ``from_scratch``, the coefficients are drawn to those of the packaged calibration. Raises UsageError where
    the charts are too few or not of this scope, UnreadableInput for a bad file, NotPermitted where the file cannot be
    written.
    """
    from nosology.coding.calibrate import fit_calibration
    from nosology.coding.calibration import load_calibration, read_calibration

    if "-" in (*teachers.gold, *teachers.developed_on):
        raise UsageError("--calibrate keeps the digests of its files, so it reads none from standard input")
    inputs: list[dict[str, Any]] = []
    judged: list[JudgedChart] = []
    work: list[tuple[GoldNote | ReviewedChart, bool]] = []
    for path in teachers.readings:
        kept = read_reading_file(path)
        judged += kept
        inputs.append(_input(path, "readings that were kept", len(kept)))
    for names, developed in ((teachers.gold, False), (teachers.developed_on, True)):
        for name in names:
            notes = _read_reportable(name)
            work += [(note, developed) for note in notes]
            inputs.append(_input(Path(name), "gold, the rules were written on it" if developed else "gold", len(notes)))
    for path in teachers.decisions:
        inputs.append(_input(path, "decisions", len(read_decision_file(path))))
    work += [(review, False) for review in teachers.read_reviews() if review.scope == "reportable"]
    for done, (each, developed) in enumerate(work):
        progress(done, len(work), "reading charts")
        judged.append(_judge(each, developed, on))
    base = None if from_scratch else load_calibration()
    progress(len(work), len(work), "cross-validating")
    model = fit_calibration(
        judged,
        _provenance(on, inputs, base, len({chart.reading.id for chart in judged})),
        seed=seed,
        base=base,
        suggest_at=suggest_at if suggest_at is not None else base.suggest_at if base is not None else 0.0,
        autonomous_at=autonomous_at,
    )
    text = model.to_json()
    _write(target, text)
    return read_calibration(text.encode("utf-8"), target.name, "calibration")


def keep_readings(names: Sequence[str], target: Path, on: date, progress: _Progress) -> str:
    """Write what the engine reads in the gold charts today to ``target``, and return one line about it.

    Raises UsageError for charts of scope "all", UnreadableInput for a bad file, NotPermitted where the file cannot be
    written.
    """
    from nosology.coding.readings import write_readings

    if "-" in names:
        raise UsageError("--keep-readings keeps the digests of its files, so it reads none from standard input")
    work = [(name, note) for name in names for note in _read_reportable(name)]
    judged = []
    for done, (_, note) in enumerate(work):
        progress(done, len(work), "reading charts")
        judged.append(_judge(note, False, on))
    gold = [_input(Path(name), "gold", sum(file == name for file, _ in work)) for name in names]
    _write(target, write_readings(judged, {**_engine(on), "gold": gold}))
    codes = sum(len(chart.known()) for chart in judged)
    return f"{target}: readings of {len(judged)} charts with {codes} judged codes"


def _read_reportable(name: str) -> list[GoldNote]:
    notes = read_gold_files([name], None)
    other = next((note.id for note in notes if note.scope != "reportable"), None)
    if other is not None:
        raise UsageError(f"{name}: note {other} was coded with scope all; the calibration is for reportable")
    return notes


def _judge(each: GoldNote | ReviewedChart, developed: bool, on: date) -> JudgedChart:
    from nosology.coding.judged import judge_by_gold, judge_by_review
    from nosology.pipeline import read_chart

    document = Document(each.id, each.text)
    if isinstance(each, GoldNote):
        reading = read_chart(document, setting=each.rules, on=on, sex=each.sex, age=each.age)
        return judge_by_gold(reading, each, developed=developed)
    return judge_by_review(read_chart(document, setting=each.setting, on=each.on, sex=each.sex, age=each.age), each)


def _input(path: Path, kind: str, charts: int) -> dict[str, Any]:
    return {"file": path.name, "sha256": digest_file(path), "kind": kind, "charts": charts}


def _provenance(on: date, inputs: Sequence[dict[str, Any]], base: Calibration | None, charts: int) -> dict[str, Any]:
    caution = (
        f"fitted to {charts} charts, which is few: the intervals are wide; calibrate on charts of your own before you "
        "rely on it"
    )
    return {
        "what": 'calibration of scope "reportable"',
        **_engine(on),
        "inputs": list(inputs),
        "base": base.source if base is not None else None,
        "caution": caution if charts < _FEW else "",
    }


def _engine(on: date) -> dict[str, Any]:
    """What the readings rest on: versions and digests of what coded the charts."""
    from nosology.coding.present import package_version
    from nosology.pipeline import load_coder
    from nosology.rules.loader import rules_digest

    coder = load_coder(on)
    return {
        "nosology": package_version(),
        "icd10cm": [coder.icd.release.name, coder.icd.release.sha256],
        "rules": rules_digest(),
        "lexicon": coder.lexicon.digest,
        "on": on.isoformat(),
    }


def _write(target: Path, text: str) -> None:
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=target.name)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, target)
    except OSError as error:
        raise NotPermitted(f"cannot write {target}: {error.strerror}; choose another folder") from error
