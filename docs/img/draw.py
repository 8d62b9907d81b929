"""Draws the pictures of the README from what the commands really print: ``make picture``."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from nosology.cli.demo import examples_folder
from nosology.cli.render_table import draw_coded
from nosology.grouping.suggested import group_coded
from nosology.notes.read import read_document
from nosology.pipeline import code_note

HERE = Path(__file__).resolve().parent
CHART = "discharge_diabetic_foot_ulcer.txt"
COMMAND = f"nosology code examples/{CHART} --setting inpatient --on 2026-05-04 --sex M --age 59"


def draw() -> str:
    """The picture of ``nosology code`` on the chart, as SVG of 120 columns that loads nothing from elsewhere."""
    document = read_document(examples_folder() / CHART, name=f"examples/{CHART}")
    coded = code_note(document, setting="inpatient", on=date(2026, 5, 4), sex="M", age=59)
    grouped = group_coded(coded, name=f"examples/{CHART}", sex="M", age=59)
    console = Console(record=True, width=120, file=io.StringIO(), force_terminal=True, highlight=False)
    console.print(Text(f"$ {COMMAND}\n", "bold"))
    console.print(draw_coded(grouped.coded, name=grouped.name, width=120, drg=grouped.drg, hcc=grouped.hcc))
    svg = console.export_svg(title="nosology code", unique_id="nosology")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    (HERE / "code.svg").write_text(draw(), encoding="utf-8")
