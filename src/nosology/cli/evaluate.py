"""``nosology evaluate``: how good the coding is, against a gold file."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.code import Scope, parse_on
from nosology.cli.evaluate_learn import Teachers, calibrate_to_file, keep_readings, train_to_file
from nosology.cli.evaluation_report import Report, ScoredNote, error_to_dict
from nosology.coding.evaluate import GoldNote, Predicted
from nosology.coding.evaluate_gate import GateOutcome, measure_gate
from nosology.errors import UnreadableInput, UsageError

if TYPE_CHECKING:
    from nosology.cli.progress import ProgressCallback
    from nosology.codes.icd10cm import Icd10cm
    from nosology.coding.evaluate_compare import Run
    from nosology.model.coding import CodeSuggestion
    from nosology.model.note import Note, Span

__all__ = ["EvaluateFormat", "evaluate"]

_PCS_LENGTH = 7  # an ICD-10-PCS code, which has no dot


class EvaluateFormat(StrEnum):
    """How the figures are written."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def evaluate(
    gold: Annotated[
        list[str] | None, typer.Argument(metavar="GOLD.jsonl[.gz]…", help="Gold files, one note a line; - for stdin.")
    ] = None,
    scope: Annotated[Scope | None, typer.Option(help="Overrules the scope that the gold file names.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first N notes.")] = None,
    form: Annotated[
        EvaluateFormat, typer.Option("--format", help="Table, JSON for machines, or one self-contained page.")
    ] = EvaluateFormat.TABLE,
    errors: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every error with its cause (.jsonl, or text).")
    ] = None,
    save: Annotated[
        Path | None, typer.Option(metavar="RUN.json", help="Keep this run, to compare a later one with it.")
    ] = None,
    compare: Annotated[
        Path | None, typer.Option(metavar="RUN.json", help="Compare with a run that was kept with --save.")
    ] = None,
    train: Annotated[
        Path | None, typer.Option(metavar="MODEL.json", help="Train the ranker of scope all on the gold file instead.")
    ] = None,
    calibrate: Annotated[
        Path | None,
        typer.Option(metavar="MODEL.json", help="Fit the calibration of scope reportable to the gold files instead."),
    ] = None,
    decisions: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE.jsonl", help="Decisions of coders to learn from, with --train or --calibrate."),
    ] = None,
    developed_on: Annotated[
        list[Path] | None,
        typer.Option(metavar="GOLD.jsonl", help="Gold on which the rules were written, with --calibrate."),
    ] = None,
    readings: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE.jsonl", help="Readings kept with --keep-readings, with --calibrate."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(
            "--keep-readings", metavar="FILE.jsonl", help="Keep what the engine reads in the gold charts today instead."
        ),
    ] = None,
    from_scratch: Annotated[
        bool, typer.Option("--from-scratch", help="Calibrate from nothing, not from the packaged calibration.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Seed of the cross-validation, with --calibrate.")] = 0,
    suggest_at: Annotated[
        float | None, typer.Option(min=0, max=1, help="Probability below which a code is not suggested.")
    ] = None,
    autonomous_at: Annotated[
        float | None, typer.Option(min=0, max=1, help="Probability from which a chart passes the gate.")
    ] = None,
    resamples: Annotated[int, typer.Option(min=0, max=100_000, help="Bootstrap resamples; 0: no intervals.")] = 1000,
    on: Annotated[str, typer.Option(metavar="DATE", help="Date of service of all notes. Default: today.")] = "",
    jobs: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
) -> None:
    """Measure the coding against a gold file.

    Precision, recall and F1 by code and by category, first-listed and principal accuracy, present on admission, overlap
    of the evidence with the quotes, calibration of the scores, the gate, the causes of all errors; by setting, chapter,
    frequency and section; with bootstrap intervals; and against an earlier run. Exit codes: 0 measured, 2 usage, 10 a
    file is unreadable, 11 no release for that date, 12 not permitted.
    """
    day = parse_on(on) if on else date.today()
    written = (
        ("--errors", errors),
        ("--save", save),
        ("--train", train),
        ("--calibrate", calibrate),
        ("--keep-readings", keep),
    )
    for option, path in written:
        if path is not None and (path.is_dir() or not path.parent.is_dir()):
            raise UsageError(f"{option} {path}: name a file in a folder that exists")
    names = gold or []
    if sum(target is not None for target in (train, calibrate, keep)) > 1:
        raise UsageError("--train, --calibrate and --keep-readings each make a file; call them one after the other")
    if train is not None or calibrate is not None:
        teachers = Teachers(
            tuple(names), tuple(map(str, developed_on or ())), tuple(decisions or ()), tuple(readings or ())
        )
        thresholds = (suggest_at, autonomous_at)
        _learn(teachers, train, calibrate, day, scope, limit, form, seed, from_scratch, thresholds)
        return
    if decisions or developed_on or readings or from_scratch or seed:
        raise UsageError(
            "--decisions, --developed-on, --readings, --from-scratch and --seed go with --calibrate or --train"
        )
    if not names:
        raise UsageError("name a gold file to measure against, or - for standard input")
    if keep is not None:
        _keep(names, keep, day)
        return
    earlier = _read_run_file(compare) if compare is not None else None
    from nosology.cli.gold_files import read_gold_files
    from nosology.cli.progress import draw_progress
    from nosology.pipeline import load_coder

    notes = read_gold_files(names, scope.value if scope else None, limit)
    with draw_progress() as progress:
        icd = load_coder(day, progress=progress).icd
    scored = _score_all(notes, day, jobs, suggest_at, autonomous_at)
    name = ", ".join(Path(each).name for each in names)
    about = {"gold": name, "on": day.isoformat(), "scope": scope.value if scope else "as in the gold"}
    report, run = _report(", ".join(names), about, scored, icd, earlier, resamples, _fitted_on(names))
    if errors is not None:
        _write_errors(errors, scored, report.titles)
    if save is not None:
        from nosology.coding.evaluate_compare import run_to_dict

        _write_whole(save, [json.dumps(run_to_dict(run), ensure_ascii=False)])
    if form is EvaluateFormat.JSON:
        from nosology.cli.evaluation_report import report_to_dict

        print(json.dumps(report_to_dict(report), indent=2))
    elif form is EvaluateFormat.HTML:
        from nosology.cli.render_evaluation_html import render_evaluation_html

        print(render_evaluation_html(report), end="")
    else:
        from nosology.cli.render_evaluation import draw_evaluation
        from nosology.cli.render_table import open_console

        open_console().print(draw_evaluation(report))


def _keep(names: Sequence[str], target: Path, on: date) -> None:
    """``--keep-readings``: write the readings and say how many."""
    from nosology.cli.progress import draw_progress
    from nosology.pipeline import load_coder

    with draw_progress() as progress:
        load_coder(on, progress=progress)
        line = keep_readings(names, target, on, progress)
    print(line)


def _learn(
    teachers: Teachers,
    train: Path | None,
    calibrate: Path | None,
    on: date,
    scope: Scope | None,
    limit: int | None,
    form: EvaluateFormat,
    seed: int,
    from_scratch: bool,
    thresholds: tuple[float | None, float | None],
) -> None:
    """``--train`` or ``--calibrate``: write the model and say what was learnt."""
    from nosology.cli.progress import draw_progress
    from nosology.pipeline import load_coder

    if not teachers.any():
        raise UsageError("name a gold file, --decisions or --readings, to learn from")
    if train is not None:
        others = (teachers.developed_on, teachers.readings, from_scratch, seed)
        if any(others) or any(each is not None for each in thresholds):
            raise UsageError("of the options of --calibrate only --decisions goes with --train")
        with draw_progress() as progress:
            load_coder(on, progress=progress)
            line = train_to_file(teachers, scope.value if scope else None, limit, train, on, progress)
        print(line)
    if calibrate is not None:
        if scope is not None or limit is not None:
            raise UsageError("--scope and --limit do not go with --calibrate")
        suggest_at, autonomous_at = thresholds
        with draw_progress() as progress:
            load_coder(on, progress=progress)
            model = calibrate_to_file(
                teachers,
                calibrate,
                on,
                progress,
                seed=seed,
                from_scratch=from_scratch,
                suggest_at=suggest_at,
                autonomous_at=autonomous_at,
            )
        from nosology.cli.render_calibration import print_calibration

        print_calibration(model, str(calibrate), form.value)


def _fitted_on(names: Sequence[str]) -> tuple[str, ...]:
    """The files among ``names`` to which the calibration in use was fitted."""
    from nosology.cli.gold_files import digest_file
    from nosology.pipeline import find_calibration

    model = find_calibration()
    known = {each.get("sha256") for each in model.provenance.get("inputs", ())} if model is not None else set()
    return tuple(Path(name).name for name in names if known and name != "-" and digest_file(Path(name)) in known)


def _report(
    name: str,
    facts: Mapping[str, str],
    scored: Sequence[ScoredNote],
    icd: Icd10cm,
    earlier: Run | None,
    resamples: int,
    fitted_on: tuple[str, ...],
) -> tuple[Report, Run]:
    """All that is shown, and the run as it is kept."""
    from nosology.coding.evaluate import evaluate_notes
    from nosology.coding.evaluate_causes import group_errors
    from nosology.coding.evaluate_compare import Run, compare_runs
    from nosology.coding.evaluate_resample import resample_tallies, tally_note
    from nosology.coding.present import package_version
    from nosology.coding.superseded import find_successors, recount
    from nosology.rules.loader import rules_digest

    def chapter_of(code: str) -> str:
        if code in icd:
            return icd.ancestors(code)[-1]
        return "procedures" if len(code) == _PCS_LENGTH and "." not in code else ""

    scores = [each.score for each in scored]
    result = evaluate_notes(scores, chapter_of=chapter_of)
    about = (
        *facts.items(),
        ("nosology", package_version()),
        ("icd10cm", icd.release.name),
        ("rules", rules_digest()[:16]),
    )
    outcomes = [each.gate for each in scored if each.gate is not None]
    run = Run(about, tuple(each.run for each in scored))
    causes = group_errors(error for each in scored for error in each.errors)
    named = {group.name for group in result.by_chapter}
    named.update(code for each in scored for error in each.errors for code in (error.code, error.other))
    if earlier is not None:
        named.update(code for note in (*run.notes, *earlier.notes) for code in (*note.true, *note.missed, *note.false))
    return (
        Report(
            gold=name,
            on=facts["on"],
            about=about,
            evaluation=result,
            resamples=resamples,
            intervals=resample_tallies([tally_note(score) for score in scores], resamples=resamples),
            causes=causes,
            titles={code: icd.title(code) for code in sorted(named) if code and code in icd},
            comparison=compare_runs(earlier, run, resamples=resamples) if earlier is not None else None,
            gate=measure_gate(outcomes, resamples=resamples) if outcomes else None,
            calibration=", ".join(sorted({each.calibration for each in scored if each.calibration})),
            fitted_on=fitted_on,
            converted=recount(scores, lambda code: find_successors(code, icd)),
        ),
        run,
    )


def _read_run_file(path: Path) -> Run:
    """The run that was kept. Raises :class:`UnreadableInput`."""
    from nosology.coding.evaluate_compare import read_run

    try:
        record = json.loads(path.read_bytes().decode("utf-8"))
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None
    except (ValueError, RecursionError):
        raise UnreadableInput(f"{path}: not JSON; write a run with nosology evaluate --save") from None
    return read_run(record, where=str(path))


def _score_all(
    notes: Sequence[GoldNote], on: date, jobs: int, suggest_at: float | None, autonomous_at: float | None
) -> list[ScoredNote]:
    """The scores in the order of the notes; several processes share the work and, where they can, what is loaded."""
    from nosology.cli.progress import draw_progress

    work = partial(_score_one, on=on, suggest_at=suggest_at, autonomous_at=autonomous_at)
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


def _collect(scores: Iterator[ScoredNote], total: int, progress: ProgressCallback) -> list[ScoredNote]:
    done = []
    for score in scores:
        done.append(score)
        progress(len(done), total, "notes")
    return done


def _leave_interrupts() -> None:
    """Ctrl-C is for the parent, which ends the pool."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _score_one(
    gold: GoldNote, *, on: date, suggest_at: float | None = None, autonomous_at: float | None = None
) -> ScoredNote:
    from nosology.coding.evaluate import score_note
    from nosology.coding.evaluate_causes import explain_errors
    from nosology.coding.evaluate_compare import record_note
    from nosology.coding.gate import find_stops
    from nosology.model.note import Document
    from nosology.pipeline import code_note, load_coder

    document = Document(id=gold.id, text=gold.text)
    coded = code_note(
        document,
        setting=gold.rules,
        on=on,
        sex=gold.sex,
        age=gold.age,
        scope=gold.scope,
        suggest_at=suggest_at if gold.scope == "reportable" else None,
        autonomous_at=autonomous_at,
    )
    predicted = [
        Predicted(
            code=suggestion.code,
            score=suggestion.score,
            spans=tuple(piece.span for piece in suggestion.evidence if piece.role.value == "supports"),
            role=suggestion.role.value,
            quote=suggestion.evidence[0].quote if suggestion.evidence else "",
            why="; ".join(f"{step.name}: {step.result}" for step in suggestion.steps),
            section=suggestion.evidence[0].section if suggestion.evidence else "",
            poa=suggestion.poa,
            focus=_find_focus(suggestion, coded.note),
        )
        for suggestion in coded.suggestions
        if suggestion.system in gold.systems
    ]
    score = score_note(gold, predicted, sections=coded.note.sections)
    errors = explain_errors(gold, score, load_coder(on).icd, not_coded=coded.not_coded)
    gate = None
    if coded.gate is not None:
        right = not score.exact.false and not score.exact.missed
        gate = GateOutcome(coded.gate.probability, bool(find_stops(coded)), right)
    return ScoredNote(score, errors, record_note(gold, score), gate, coded.provenance.calibration)


def _find_focus(suggestion: CodeSuggestion, note: Note) -> Span | None:
    """The mention in the first piece of evidence that leads to the code, or at least to its category."""
    if not suggestion.evidence:
        return None
    place, code = suggestion.evidence[0].span, suggestion.code
    inside = [mention for mention in note.mentions if place.start <= mention.span.start < place.end]
    for leads in (code.startswith, lambda node: node[:3] == code[:3]):
        for mention in inside:
            if any(leads(node) for node in mention.codes):
                return mention.span
    return None


def _write_errors(path: Path, scored: Sequence[ScoredNote], titles: Mapping[str, str]) -> None:
    """One object a line for ``.jsonl``, else text to read."""
    lines = []
    for each in scored:
        if not each.errors:
            continue
        score = each.score
        items: dict[str, list[dict[str, Any]]] = {"missed": [], "false": []}
        for error in each.errors:
            items[error.kind].append(error_to_dict(error, titles))
        if path.suffix == ".jsonl":
            record = {"id": score.id, "setting": score.setting, **items}
            lines.append(json.dumps(record, ensure_ascii=False))
            continue
        lines.append(f"{_flat(score.id)}  ({score.setting}: {score.exact.true} true)")
        for kind, found in items.items():
            for item in found:
                cause = ": ".join(filter(None, (item["cause"], item["detail"])))
                other = f" ({_flat(item['other'])})" if item["other"] else ""
                end = f"  {item['score']:.2f}  {item['why']}" if "score" in item else ""
                quote = f"“{_flat(item['quote'])}”"
                lines.append(f"  {kind:<7} {_flat(item['code']):<9} {item['title']}  {quote}  [{cause}{other}]{end}")
    _write_whole(path, lines)


def _write_whole(path: Path, lines: Iterable[str]) -> None:
    """The file appears whole or not at all."""
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="backslashreplace")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _flat(text: object) -> str:
    """On one line, without control characters."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(str(text).split()))
