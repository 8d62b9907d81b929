"""``nosology evaluate``: how good the coding is, against a gold file."""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.code import Scope, parse_on
from nosology.coding.evaluate import Counts, Evaluation, GoldNote, NoteScore, Predicted, read_gold
from nosology.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.cli.progress import ProgressCallback

__all__ = ["EvaluateFormat", "evaluate"]


class EvaluateFormat(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"


def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl[.gz]", help="Gold file, one note a line; - for stdin.")],
    scope: Annotated[Scope | None, typer.Option(help="Overrules the scope that the gold file names.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N notes.")] = None,
    form: Annotated[
        EvaluateFormat, typer.Option("--format", help="Table, or JSON for machines.")
    ] = EvaluateFormat.TABLE,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what was missed and what was false (.jsonl, or text).")
    ] = None,
    on: Annotated[str, typer.Option(metavar="DATE", help="Date of service of all notes. Default: today.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Measure the coding against a gold file.

    Precision, recall and F1 by code and by category, first-listed accuracy, overlap of the evidence with the quotes,
    and calibration of the scores. Exit codes: 0 measured, 2 usage, 10 the gold file is unreadable, 11 no release for
    that date, 12 not permitted.
    """
    day = parse_on(on) if on else date.today()
    if errors is not None and (errors.is_dir() or not errors.parent.is_dir()):
        raise UsageError(f"--errors {errors}: name a file in a folder that exists")
    notes = list(_read_gold_file(gold, scope.value if scope else None, limit))
    if not notes:
        raise UnreadableInput(f"{gold}: holds no note; a gold file has one JSON object on each line")
    from nosology.cli.progress import draw_progress
    from nosology.coding.evaluate import evaluate_notes
    from nosology.pipeline import load_coder

    with draw_progress() as progress:
        titles = load_coder(day, progress=progress).icd
    scores = _score_all(notes, day, jobs)
    result = evaluate_notes(scores)
    if errors is not None:
        _write_errors(errors, scores, lambda code: titles.title(code) if code in titles else "(not in this release)")
    if form is EvaluateFormat.JSON:
        print(json.dumps(_to_dict(result, gold, day), indent=2))
    else:
        _draw(result, gold)


def _read_gold_file(name: str, scope: str | None, limit: int | None) -> Iterator[GoldNote]:
    """The records of the file. Raises :class:`UnreadableInput` with the number of the first bad line."""
    number = 0
    try:
        with ExitStack() as stack:
            if name == "-":
                lines: Any = sys.stdin.buffer
            else:
                opener: Any = gzip.open if name.endswith(".gz") else open
                lines = stack.enter_context(opener(name, "rb"))
            found = 0
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                where = f"{name}, line {number}"
                try:
                    record = json.loads(line.decode("utf-8"))
                except UnicodeDecodeError:
                    raise UnreadableInput(f"{where}: not UTF-8 text") from None
                except (ValueError, RecursionError):
                    raise UnreadableInput(f"{where}: not JSON") from None
                yield read_gold(record, where=where, scope=scope)
                found += 1
                if found == limit:
                    return
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise UnreadableInput(f"{name}, after line {number}: the gzip file is broken or cut off") from None
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}") from None


def _score_all(notes: Sequence[GoldNote], on: date, jobs: int) -> list[NoteScore]:
    """The scores in the order of the notes; several processes share the work and, where they can, what is loaded."""
    from nosology.cli.progress import draw_progress

    work = partial(_score_one, on=on)
    if jobs == 1 or len(notes) == 1:
        with draw_progress() as progress:
            return _collect(map(work, notes), len(notes), progress)
    import multiprocessing

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    with (
        multiprocessing.get_context(method).Pool(jobs, initializer=_leave_interrupts) as pool,
        draw_progress() as progress,
    ):
        return _collect(pool.imap(work, notes, chunksize=4), len(notes), progress)


def _collect(scores: Iterator[NoteScore], total: int, progress: ProgressCallback) -> list[NoteScore]:
    done = []
    for score in scores:
        done.append(score)
        progress(len(done), total, "notes")
    return done


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent, which ends the pool."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _score_one(gold: GoldNote, *, on: date) -> NoteScore:
    from nosology.coding.evaluate import score_note
    from nosology.model.note import Document
    from nosology.pipeline import code_note

    document = Document(id=gold.id, text=gold.text)
    coded = code_note(document, setting=gold.rules, on=on, sex=gold.sex, age=gold.age, scope=gold.scope)
    predicted = [
        Predicted(
            code=suggestion.code,
            score=suggestion.score,
            spans=tuple(piece.span for piece in suggestion.evidence if piece.role.value == "supports"),
            role=suggestion.role.value,
            quote=suggestion.evidence[0].quote if suggestion.evidence else "",
            why="; ".join(f"{step.name}: {step.result}" for step in suggestion.steps),
        )
        for suggestion in coded.suggestions
        if suggestion.system == "icd10cm"
    ]
    return score_note(gold, predicted)


def _write_errors(path: Path, scores: Sequence[NoteScore], title: Any) -> None:
    """One object a line for ``.jsonl``, else text to read; the file appears whole or not at all."""
    lines = []
    for score in scores:
        if not score.missed and not score.false:
            continue
        missed = [{"code": entry.code, "title": title(entry.code), "quote": entry.quote} for entry in score.missed]
        false = [
            {
                "code": guess.code,
                "title": title(guess.code),
                "score": guess.score,
                "quote": guess.quote,
                "why": guess.why,
            }
            for guess in score.false
        ]
        if path.suffix == ".jsonl":
            record = {"id": score.id, "setting": score.setting, "missed": missed, "false": false}
            lines.append(json.dumps(record, ensure_ascii=False))
            continue
        lines.append(f"{score.id}  ({score.setting}: {score.exact.true} true)")
        lines += [f"  missed  {item['code']:<9} {item['title']}  “{_flat(item['quote'])}”" for item in missed]
        lines += [
            f"  false   {item['code']:<9} {item['title']}  “{_flat(item['quote'])}”  {item['score']:.2f}  {item['why']}"
            for item in false
        ]
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _flat(text: object) -> str:
    return " ".join(str(text).split())


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "true": counts.true,
        "false": counts.false,
        "missed": counts.missed,
    }


def _to_dict(result: Evaluation, name: str, on: date) -> dict[str, Any]:
    return {
        "gold": name,
        "on": on.isoformat(),
        "notes": result.notes,
        "exact": _counts(result.exact),
        "category": _counts(result.category),
        "macro_f1": result.macro_f1,
        "first_listed": {"accuracy": result.first_listed, "notes": result.first_listed_notes},
        "evidence": {"f1": result.evidence_f1, "exact": result.evidence_exact, "codes": result.evidence_codes},
        "calibration": {
            "ece": result.ece,
            "bins": [
                {"low": b.low, "high": b.high, "count": b.count, "mean_score": b.mean_score, "accuracy": b.accuracy}
                for b in result.bins
            ],
        },
        "by_setting": {
            setting: {"notes": count, "exact": _counts(exact), "category": _counts(category)}
            for setting, count, exact, category in result.by_setting
        },
    }


def _draw(result: Evaluation, name: str) -> None:
    from rich import box
    from rich.table import Table

    from nosology.cli.render_table import open_console

    console = open_console()
    table = Table(title=f"{name}: {result.notes} notes", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD)
    table.add_column("")
    for heading in ("Precision", "Recall", "F1", "True", "False", "Missed"):
        table.add_column(heading, justify="right")

    def add(label: str, counts: Counts) -> None:
        figures = map(_figure, (counts.precision, counts.recall, counts.f1))
        table.add_row(label, *figures, str(counts.true), str(counts.false), str(counts.missed))

    add("code, micro", result.exact)
    add("category, micro", result.category)
    if len(result.by_setting) > 1:
        for setting, count, exact, _ in result.by_setting:
            add(f"code, {setting} ({count})", exact)
    console.print(table)
    facts = Table(box=None, show_header=False, pad_edge=False)
    facts.add_row("F1 by note, mean", _figure(result.macro_f1))
    facts.add_row("first-listed right", f"{_figure(result.first_listed)}  of {result.first_listed_notes} notes")
    facts.add_row("evidence, token F1", f"{_figure(result.evidence_f1)}  over {result.evidence_codes} true codes")
    facts.add_row("evidence, same words", _figure(result.evidence_exact))
    facts.add_row("calibration error", _figure(result.ece))
    console.print(facts)
    if result.bins:
        bins = Table(title="Reliability", title_justify="left", box=box.SIMPLE_HEAD)
        for heading in ("Score", "Codes", "Mean score", "Right"):
            bins.add_column(heading, justify="right")
        bins.add_column("")
        for b in result.bins:
            bar = "█" * round(20 * b.accuracy)
            bins.add_row(f"{b.low:.1f} to {b.high:.1f}", str(b.count), f"{b.mean_score:.2f}", f"{b.accuracy:.2f}", bar)
        console.print(bins)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
