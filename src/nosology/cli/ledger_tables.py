"""What the verbs of the books share: formats, dates, tables."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from nosology.errors import UsageError

__all__ = ["BooksFormat", "decide_format", "draw", "parse_day"]


class BooksFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"


def decide_format(form: BooksFormat | None) -> BooksFormat:
    """The format that was asked for, else a table on a terminal and JSON into a pipe."""
    return form or (BooksFormat.TABLE if sys.stdout.isatty() else BooksFormat.JSON)


def parse_day(text: str) -> date:
    """The day.

    Raises:
        UsageError: it is no date.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None


def draw(headings: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print a table; ``right`` are the columns of amounts."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1), header_style="bold")
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at in right else "left", no_wrap=at in right)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
