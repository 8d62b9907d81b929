"""``nosology lookup``: one code with its place in the list, its notes, its neighbours and what it maps to."""

from __future__ import annotations

import json
import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer

from nosology.errors import UsageError

__all__ = ["LookupFormat", "lookup"]


class LookupFormat(StrEnum):
    """How the result is written."""

    TABLE = "table"
    JSON = "json"


def lookup(
    code: Annotated[
        str,
        typer.Argument(
            help="A code of ICD-10-CM, ICD-10-PCS, HCPCS, CPT, NDC, ICD-9-CM, or a revenue code; with or without dot."
        ),
    ],
    on: Annotated[str, typer.Option(metavar="DATE", help="Date of service; chooses the release. Default: today.")] = "",
    form: Annotated[LookupFormat, typer.Option("--format", help="A table, or JSON for machines.")] = LookupFormat.TABLE,
    system: Annotated[str, typer.Option(help="The code set, where several have such a code; default: the first.")] = "",
) -> None:
    """Show a code: title, path, notes with those it inherits, neighbours, and what it maps to.

    Exit codes: 0 shown, 2 no such code, 10 unreadable, 11 no release for that date, 12 not permitted.
    """
    from nosology.cli.progress import draw_progress
    from nosology.grouping.describe import describe_code

    day = _parse_on(on) if on else date.today()
    with draw_progress() as progress:
        described = describe_code(code, on=day, system=system, progress=progress)
    if described.get("outdated"):
        print(
            f"nosology: {described['system']} {described['release']} was in force to {described['effective_to']}; "
            f"nothing newer is installed: nosology codesets install {described['system']}",
            file=sys.stderr,
        )
    if form is LookupFormat.JSON:
        typer.echo(json.dumps(described, indent=1, ensure_ascii=False))
        return
    from nosology.cli.render_code import draw_code
    from nosology.cli.render_table import open_console

    open_console().print(draw_code(described))


def _parse_on(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"--on {text}: not a date; write it as 2026-05-04") from None
