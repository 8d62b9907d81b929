"""``nosology pcs``: ICD-10-PCS codes built, read and looked up axis by axis."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.errors import ReleaseNotFound, UnknownCode, UsageError

if TYPE_CHECKING:
    from nosology.codes.pcs_builder import PcsDraft
    from nosology.codes.pcs_tables import AxisValue, PcsTables

__all__ = ["PcsFormat", "build", "choose", "index", "key", "pcs_app", "show"]

pcs_app = typer.Typer(help="Build, read and look up ICD-10-PCS codes axis by axis.", add_completion=False)

_On = Annotated[str, typer.Option("--on", metavar="DATE", help="Date of service; chooses the release. Default: today.")]
_BACK, _MEANING = "<", "?"


class PcsFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"


_Form = Annotated[PcsFormat, typer.Option("--format", help="A table, or JSON for machines.")]


@pcs_app.callback(invoke_without_command=True)
def choose(context: typer.Context, on: _On = "") -> None:
    """Build a code by answering one question for each axis.

    Answer with the character, or with words of the label; ``<`` goes back, ``? word`` explains a value.
    Exit codes: 0 built, 2 wrong call, 11 tables not installed.
    """
    if context.invoked_subcommand is None:
        _converse(_open(on))


@pcs_app.command()
def build(
    section: Annotated[str, typer.Option(help="First character or words of the section.")] = "0",
    system: Annotated[str, typer.Option("--system", help="Body system (second axis).")] = "",
    root: Annotated[str, typer.Option(help="Root operation, type or modality (third axis).")] = "",
    part: Annotated[str, typer.Option(help="Body part or what stands on the fourth axis.")] = "",
    approach: Annotated[str, typer.Option(help="Approach or what stands on the fifth axis.")] = "",
    device: Annotated[str, typer.Option(help="Device or what stands on the sixth axis.")] = "",
    qualifier: Annotated[str, typer.Option(help="Qualifier (seventh axis).")] = "",
    on: _On = "",
    form: _Form = PcsFormat.TABLE,
) -> None:
    """Build a code as far as the options go; shows the code, or the values that may come next.

    Exit codes: 0 built or continued, 2 a value that may not stand there, 11 tables not installed.
    """
    from nosology.codes.pcs_builder import build_code

    said = [section, system, root, part, approach, device, qualifier]
    while said and not said[-1]:
        said.pop()
    tables = _open(on)
    draft = build_code(tables, said)
    if form is PcsFormat.JSON:
        typer.echo(json.dumps(_as_json(tables, draft), indent=1, ensure_ascii=False))
        return
    _show(tables, draft)


@pcs_app.command()
def show(
    code: Annotated[str, typer.Argument(help="A code, or its first characters.")],
    on: _On = "",
    form: _Form = PcsFormat.TABLE,
) -> None:
    """Read a code axis by axis, with the publisher's definitions.

    Exit codes: 0 shown, 2 no such code, 11 tables not installed.
    """
    from nosology.codes.pcs_builder import PcsDraft

    tables = _open(on)
    values = tables.axes(code)
    draft = PcsDraft(values, tables.next_values("".join(v.code for v in values)))
    if form is PcsFormat.JSON:
        typer.echo(json.dumps(_as_json(tables, draft), indent=1, ensure_ascii=False))
        return
    _show(tables, draft)


@pcs_app.command()
def key(
    words: Annotated[list[str], typer.Argument(help="An anatomical term, or the name of a device.")],
    on: _On = "",
    form: _Form = PcsFormat.TABLE,
) -> None:
    """Find the body part or device value that a term belongs to, by the publisher's keys.

    Exit codes: 0 found, 2 in no key, 11 tables not installed.
    """
    tables = _open(on)
    said = " ".join(words).casefold()
    rows = [
        {"key": name, "term": term, "section": section, "values": list(values)}
        for section in ("0", "X")
        for place, name in ((4, "body part"), (6, "device"))
        for term, values in tables.key(section, place).items()
        if said in term
    ]
    if not rows:
        raise UnknownCode(f"{' '.join(words)[:60]!r} stands in neither key of ICD-10-PCS {tables.release.name}")
    rows.sort(key=lambda row: (row["term"] != said, len(str(row["term"])), str(row["term"])))
    if form is PcsFormat.JSON:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    _print_table(("Term", "Key", "Value"), [(r["term"], r["key"], "; ".join(r["values"])) for r in rows[:40]])


@pcs_app.command()
def index(
    words: Annotated[list[str], typer.Argument(help="A main term of the index.")],
    on: _On = "",
    form: _Form = PcsFormat.TABLE,
) -> None:
    """Show a main term of the ICD-10-PCS Index with everything below it.

    Exit codes: 0 found, 2 no such main term, 11 index not installed.
    """
    from nosology.codes.pcs_index import open_pcs_index

    found = open_pcs_index(on=_day(on))
    if found is None:
        raise ReleaseNotFound(
            "the ICD-10-PCS Index is not installed for that date: nosology codesets install icd10pcs-index"
        )
    entries = found.entries_below(" ".join(words))
    if not entries:
        raise UnknownCode(f"{' '.join(words)[:60]!r} is no main term of the ICD-10-PCS Index {found.release.name}")
    entries = tuple(e for e in entries if e.see or e.use or e.codes)
    if form is PcsFormat.JSON:
        rows = [{"term": list(e.path), "see": e.see, "use": e.use, "codes": list(e.codes)} for e in entries]
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    _print_table(
        ("Term", "Leads to", "Codes or tables"),
        [
            (", ".join(filter(None, e.path)), "; ".join(filter(None, (e.see, e.use))), " ".join(e.codes))
            for e in entries
        ],
    )


def _day(on: str) -> date:
    if not on:
        return date.today()
    try:
        return date.fromisoformat(on.strip())
    except ValueError:
        raise UsageError(f"--on {on}: not a date; write it as 2026-05-04") from None


def _open(on: str) -> PcsTables:
    from nosology.codes.pcs_tables import open_pcs_tables

    day = _day(on)
    tables = open_pcs_tables(on=day)
    if tables is None:
        raise ReleaseNotFound(
            "the ICD-10-PCS tables are not installed for that date: nosology codesets install icd10pcs-tables"
        )
    if tables.release.outdated(day):
        print(
            f"nosology: icd10pcs-tables {tables.release.name} was in force to {tables.release.effective_to}; "
            "nothing newer is installed: nosology codesets install icd10pcs-tables",
            file=sys.stderr,
        )
    return tables


def _title(code: str) -> str:
    """The title of the order file, "" where that does not hold the code."""
    from nosology.codes.icd10pcs import open_icd10pcs

    try:
        return open_icd10pcs().title(code)
    except (UnknownCode, ReleaseNotFound):
        return ""


def _as_json(tables: PcsTables, draft: PcsDraft) -> dict[str, Any]:
    section = draft.values[0].code if draft.values else "0"

    def named(value: AxisValue) -> dict[str, Any]:
        meaning = tables.meaning(section, value)
        return {
            "place": value.place,
            "axis": value.axis,
            "code": value.code,
            "label": value.label,
            "definition": meaning.definition,
            "explanation": meaning.explanation,
        }

    return {
        "system": "icd10pcs",
        "release": tables.release.name,
        "code": draft.code,
        "whole": draft.whole,
        "title": _title(draft.code) if draft.whole else "",
        "axes": [named(value) for value in draft.values],
        "next": [named(value) for value in draft.following],
    }


def _show(tables: PcsTables, draft: PcsDraft) -> None:
    from rich.text import Text

    from nosology.cli.render_table import open_console

    console = open_console()
    section = draft.values[0].code if draft.values else "0"
    head = draft.code + "·" * (7 - len(draft.code))
    console.print(Text.assemble((head, "bold"), "  ", _title(draft.code) if draft.whole else ""))
    if draft.values:
        _print_table(
            ("Axis", "", "Value", "Meaning"),
            [(v.axis, v.code, v.label, tables.meaning(section, v).definition) for v in draft.values],
        )
    if draft.following:
        console.print(Text(f"\nNext: {draft.following[0].axis} ({len(draft.following)} values)", "dim"))
        _print_table(
            ("", "Value", "Meaning"),
            [(v.code, v.label, tables.meaning(section, v).definition) for v in draft.following],
        )


def _print_table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    table = Table(box=None, header_style="dim", pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    open_console().print(table)


def _converse(tables: PcsTables) -> None:
    """Ask for one axis after another until the code is whole."""
    from nosology.codes.pcs_builder import PcsDraft, choose_value

    values: list[AxisValue] = []
    while len(values) < 7:
        legal = tables.next_values("".join(v.code for v in values))
        if len(legal) == 1 and len(values) >= 3:
            values.append(legal[0])
            typer.echo(f"{legal[0].axis}: {legal[0].code} {legal[0].label} (the only value)")
            continue
        _show(tables, PcsDraft(tuple(values), legal))
        answer = str(typer.prompt(f"{legal[0].axis} ({_BACK} back, {_MEANING} word explains)")).strip()
        if answer == _BACK:
            while values:
                values.pop()
                if len(tables.next_values("".join(v.code for v in values))) > 1:
                    break
            continue
        asked = answer.startswith(_MEANING)
        try:
            value = choose_value(answer[1:] if asked else answer, legal)
        except UnknownCode as wrong:
            typer.echo(f"nosology: {wrong}", err=True)
            continue
        if asked:
            meaning = tables.meaning(values[0].code if values else "0", value)
            said = " ".join(filter(None, (meaning.definition, meaning.explanation))) or "nothing more is said of it"
            typer.echo(f"{value.code} {value.label}: {said}")
            continue
        values.append(value)
    _show(tables, PcsDraft(tuple(values), ()))
