"""``nosology search``: codes by words."""

from __future__ import annotations

import json
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

import typer

__all__ = ["SearchFormat", "search"]


class SearchFormat(StrEnum):
    """How the hits are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def search(
    words: Annotated[
        list[str], typer.Argument(help="Words of a title, in any order; prefixes, typos and abbreviations will do.")
    ],
    system: Annotated[
        str, typer.Option(help="Code set to search: icd10cm, icd10pcs, hcpcs, cpt, ndc, icd9, taxonomy, revenue.")
    ] = "icd10cm",
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many codes to show.")] = 10,
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of service (newest release if left out).")
    ] = None,
    output: Annotated[SearchFormat, typer.Option("--format", help="How to print.")] = SearchFormat.TABLE,
) -> None:
    """Find codes by words, in any order, with prefixes, typos and abbreviations; best first."""
    from nosology.cli.progress import draw_progress
    from nosology.pipeline import search as find

    day: date | None = on.date() if on else None
    with draw_progress() as progress:
        hits = find(" ".join(words), system=system, limit=limit, on=day, progress=progress)
    rows = [{"code": h.code, "title": h.title, "score": h.score, "term": h.term} for h in hits]
    if output is SearchFormat.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    if output is SearchFormat.JSONL:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
        return
    _print_table(rows, " ".join(words))


def _print_table(rows: list[dict[str, object]], query: str) -> None:
    from rich.table import Table

    from nosology.cli.render_table import open_console

    console = open_console()
    if not rows:
        console.print(f"No code answers “{query}”. Try fewer or other words.", markup=False)
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("code", style="cyan", no_wrap=True)
    table.add_column("title")
    table.add_column("score", justify="right")
    table.add_column("met by", style="dim")
    for row in rows:
        table.add_row(str(row["code"]), str(row["title"]), f"{row['score']:.2f}", str(row["term"]))
    console.print(table)
