"""Tables as CSV that a spreadsheet opens without running anything that stands in a cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse

__all__ = ["Cell", "csv_response", "guarded", "write_csv"]

Cell = str | int | float | Decimal | date | datetime | None
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(value: Cell) -> str:
    """A cell as text. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV
    injection); numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".")
    return str(value)


def write_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """The whole file (RFC 4180)."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([guarded(each) for each in row])
    return out.getvalue()


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A download with a mark of UTF-8, which spreadsheets ask for."""
    answer = HttpResponse(("\ufeff" + write_csv(head, rows)).encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
