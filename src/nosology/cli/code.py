"""``nosology code``: notes in, codes with evidence out."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.model.encounter import Setting

if TYPE_CHECKING:
    from nosology.cli.progress import ProgressCallback
    from nosology.model.coding import CodedNote
    from nosology.verifier.interface import Verifier

__all__ = ["CodeFormat", "Scope", "Sex", "code", "parse_on"]


class CodeFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"
    FHIR = "fhir"


class Scope(StrEnum):
    """What is coded: what a coder would report, or everything that the note says is present."""

    REPORTABLE = "reportable"
    ALL = "all"


class Sex(StrEnum):
    """Sex as the claim carries it."""

    F = "F"
    M = "M"


def parse_on(text: str) -> date:
    """The date that an ISO text names. Raises :class:`UsageError` for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


def code(
    notes: Annotated[list[str], typer.Argument(metavar="NOTE…", help="Files (txt, pdf, rtf, docx), or - for stdin.")],
    setting: Annotated[
        Setting, typer.Option(help="Inpatient follows Guidelines II and III, all others IV.")
    ] = Setting.OUTPATIENT,
    on: Annotated[
        str, typer.Option(metavar="DATE", help="Date of service, or of discharge; chooses the release. Default: today.")
    ] = "",
    sex: Annotated[Sex | None, typer.Option(help="Sex of the patient.")] = None,
    age: Annotated[int | None, typer.Option(min=0, max=130, help="Age in years.")] = None,
    form: Annotated[CodeFormat, typer.Option("--format", help="A table, or a form for machines.")] = CodeFormat.TABLE,
    scope: Annotated[
        Scope, typer.Option(help="What a coder would report, or every condition mentioned as present.")
    ] = Scope.REPORTABLE,
    suggest_at: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Probability below which a code is not suggested. Default: the calibration's."),
    ] = None,
    autonomous_at: Annotated[
        float | None,
        typer.Option(min=0, max=1, help="Probability from which a chart passes the gate. Default: none does."),
    ] = None,
    verify_with: Annotated[
        Path | None,
        typer.Option(
            metavar="CONFIG.toml", help="Let the language model that this file names check the codes. Default: nobody."
        ),
    ] = None,
) -> None:
    """Code clinical notes in ICD-10-CM, every code with its evidence and reason.

    A note that cannot be read is named on stderr and the others are still coded. Exit codes: 0 clean, 1 a finding is an
    error, 2 usage, 10 a note was unreadable, 11 no release for that date, 12 not permitted.
    """
    day = parse_on(on) if on else date.today()
    if notes.count("-") > 1:
        raise UsageError("- stands for standard input and can be read once")
    thresholds = (suggest_at, autonomous_at)
    if scope is Scope.ALL and thresholds != (None, None):
        raise UsageError("--suggest-at and --autonomous-at are for scope reportable")
    from nosology.cli import complain
    from nosology.cli.progress import draw_progress

    verifier: Verifier | None = None
    if verify_with is not None:
        from nosology.verifier import open_verifier

        verifier = open_verifier(verify_with)
    unreadable = 0
    errors = 0
    coded: list[tuple[str, CodedNote]] = []
    stream = form in {CodeFormat.TABLE, CodeFormat.JSONL} or (form is CodeFormat.JSON and len(notes) > 1)
    with draw_progress() as progress:
        for name, result in _code_each(notes, setting, day, sex, age, scope, thresholds, verifier, progress):
            if isinstance(result, NosologyError):
                unreadable += 1
                complain(str(result))
                continue
            errors += any(finding.severity == "error" for finding in result.findings)
            if stream and not sys.stderr.isatty():  # nothing is drawn: each note can be printed as it is done
                _write([(name, result)], form, sex, age, many=len(notes) > 1)
            else:
                coded.append((name, result))
    if coded:
        _write(coded, form, sex, age, many=len(notes) > 1)
    if unreadable:
        raise typer.Exit(UnreadableInput.exit_code)
    if errors:
        raise typer.Exit(1)


def _code_each(
    names: Sequence[str],
    setting: Setting,
    on: date,
    sex: Sex | None,
    age: int | None,
    scope: Scope,
    thresholds: tuple[float | None, float | None],
    verifier: Verifier | None,
    progress: ProgressCallback,
) -> Iterator[tuple[str, CodedNote | UnreadableInput]]:
    """Each note with its coding, or with the reason why it could not be read."""
    from nosology.notes.read import read_document
    from nosology.pipeline import code_note, load_coder

    load_coder(on, progress=progress)
    for done, name in enumerate(names):
        try:
            source = sys.stdin.buffer.read() if name == "-" else name
            document = read_document(source, name=name)
        except UnreadableInput as error:
            yield name, error
            continue
        except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
            yield name, UnreadableInput(f"{name}: {(error.strerror or 'cannot be read').lower()}")
            continue
        coded = code_note(
            document,
            setting=setting,
            on=on,
            sex=sex and sex.value,
            age=age,
            scope=scope.value,
            suggest_at=thresholds[0],
            autonomous_at=thresholds[1],
        )
        yield name, coded if verifier is None else verifier.verify(coded)
        if len(names) > 1:
            progress(done + 1, len(names), "notes")


def _write(
    coded: Sequence[tuple[str, CodedNote]], form: CodeFormat, sex: Sex | None, age: int | None, *, many: bool
) -> None:
    from nosology.grouping.suggested import group_coded, group_to_dict

    grouped = [group_coded(note, name=name, sex=sex and sex.value, age=age) for name, note in coded]
    if form is CodeFormat.TABLE:
        from nosology.cli.render_table import draw_coded, open_console

        console = open_console()
        for each in grouped:
            console.print(draw_coded(each.coded, name=each.name, width=console.width, drg=each.drg, hcc=each.hcc))
        return
    if form is CodeFormat.HTML:
        from nosology.cli.render_html import render_html

        sys.stdout.write(render_html(grouped))
        return
    import json

    one_line = many or form is CodeFormat.JSONL
    for each in grouped:
        if form is CodeFormat.FHIR:
            from nosology.cli.render_fhir import coded_to_bundle

            result = coded_to_bundle(each.coded, name=each.name)
        else:
            from nosology.cli.render_json import coded_to_dict

            drg, hcc = group_to_dict(each.drg), group_to_dict(each.hcc)
            result = coded_to_dict(each.coded, name=each.name, drg=drg, hcc=hcc)
        print(json.dumps(result, ensure_ascii=False, indent=None if one_line else 2))
    sys.stdout.flush()
