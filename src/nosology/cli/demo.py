"""``nosology demo``: one chart walked from note to codes, groups, paid claim and patient balance, on the terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nosology.cli.progress import draw_progress
from nosology.errors import UsageError
from nosology.grouping.suggested import group_coded
from nosology.model.encounter import Setting

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from nosology.model.coding import CodedNote

__all__ = ["CHARTS", "Chart", "demo", "examples_folder"]


@dataclass(frozen=True, slots=True)
class Chart:
    """A synthetic chart of the examples folder, and how it is coded."""

    file: str
    setting: Setting
    on: date
    sex: str
    age: int
    about: str


CHARTS = {
    "foot-ulcer": Chart(
        "discharge_diabetic_foot_ulcer.txt",
        Setting.INPATIENT,
        date(2026, 5, 4),
        "M",
        59,
        "infected diabetic foot ulcer",
    ),
    "sepsis": Chart(
        "discharge_sepsis_aki.txt", Setting.INPATIENT, date(2026, 5, 4), "F", 74, "sepsis with kidney injury"
    ),
    "heart-failure": Chart(
        "discharge_chf_resp_failure.txt",
        Setting.INPATIENT,
        date(2026, 5, 4),
        "M",
        68,
        "acute on chronic heart failure",
    ),
    "chest-pain": Chart("ed_chest_pain.txt", Setting.EMERGENCY, date(2026, 5, 4), "M", 52, "chest pain, no infarction"),
    "clinic": Chart(
        "clinic_chronic_followup.txt", Setting.PROFESSIONAL, date(2026, 5, 4), "F", 63, "visit for chronic conditions"
    ),
}
"""Name → chart. Every person in them is made up."""


def examples_folder() -> Path:
    """The folder of the synthetic charts: inside the installed package, or at the root of a checkout."""
    inside = Path(str(files("nosology"))) / "examples"
    return inside if inside.is_dir() else Path(str(files("nosology"))).parents[1] / "examples"


def demo(
    chart: Annotated[str, typer.Argument(help=f"One of: {', '.join(CHARTS)}.")] = "foot-ulcer",
) -> None:
    """Walk one chart from note to codes, queries, DRG, claim, remittance and the patient's balance.

    Nothing is written and nothing leaves the machine. Exit codes: 0 the books balance, 1 they do not, 2 no such chart,
    12 not permitted.
    """
    if chart not in CHARTS:
        raise UsageError(f"{chart}: no such chart; choose one of {', '.join(CHARTS)}")
    from nosology.notes.read import read_document
    from nosology.pipeline import code_note, load_coder

    shown = CHARTS[chart]
    path = examples_folder() / shown.file
    document = read_document(path, name=shown.file)
    with draw_progress() as progress:
        load_coder(shown.on, progress=progress)
    coded = code_note(document, setting=shown.setting, on=shown.on, sex=shown.sex, age=shown.age)
    if not _show(coded, shown, chart):
        raise typer.Exit(1)


def _show(coded: CodedNote, chart: Chart, name: str) -> bool:
    """Show every step; True if the books balance at the end."""
    from nosology.cli.demo_claim import walk_claim
    from nosology.cli.render_table import draw_coded, draw_drg, draw_hcc, draw_queries, open_console

    console = open_console()
    people = {"F": "woman", "M": "man"}[chart.sex]

    numbers = count(1)

    def step(title: str, explanation: str) -> None:
        number = next(numbers)
        if number > 1:
            console.print()
        console.rule(f"[bold]{number}  {title}", align="left")
        console.print(f"[dim]{explanation}[/dim]\n")

    console.print(
        f"\n[bold]Nosology[/bold]: {chart.about}, {people} of {chart.age}, {chart.setting}. A made-up patient.\n"
    )
    step(
        "The note",
        "As it was written. What is evidence for a code is lit up; what was noticed and not coded is struck.",
    )
    console.print(_light_up(coded))
    step("The codes", "Each with its evidence and its reason, in the order in which they are reported.")
    grouped = group_coded(coded, name=chart.file, sex=chart.sex, age=chart.age)
    console.print(draw_coded(replace(grouped.coded, queries=()), name=chart.file, width=console.width))
    if coded.queries:
        step("The queries", "What the chart leaves unsaid, asked of the provider without leading.")
        console.print(draw_queries(coded.queries))
    groups: list[RenderableType] = []
    if grouped.drg is not None:
        groups.append(draw_drg(grouped.drg))
    if grouped.hcc is not None:
        groups.append(draw_hcc(grouped.hcc))
    if groups:
        step("The groups", "What a coder who accepted every code would send to the grouper.")
        console.print(*groups)
    balanced = walk_claim(coded, name, examples_folder(), console, step)
    console.print(f"\nCode your own:  [bold]nosology code NOTE.txt --setting {chart.setting}[/bold]")
    return balanced


def _light_up(coded: CodedNote) -> Text:
    """The text of the note with evidence in bold green underline and absent things struck."""
    from rich.text import Text

    text = Text(coded.note.document.text.rstrip() + "\n")
    for item in coded.not_coded:
        text.stylize("dim strike", item.span.start, item.span.end)
    for suggestion in coded.suggestions:
        for piece in suggestion.evidence:
            text.stylize("bold green underline", piece.span.start, piece.span.end)
    return text
