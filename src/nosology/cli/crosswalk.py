"""``nosology codesets crosswalk``: a code of one year in another, or in another code set."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nosology.cli.lookup import LookupFormat
from nosology.errors import ReleaseNotFound, UnknownCode, UsageError

if TYPE_CHECKING:
    from nosology.codes.conversion import Conversion

__all__ = ["crosswalk"]

_KINDS = {
    "same": "unchanged",
    "one-to-one": "one to one",
    "one-to-many": "approximate, one to many: choose by the chart",
    "combination": "approximate: these codes together",
    "none": "nothing corresponds",
}
_EQUIVALENCES = {"icd9": "ICD-9-CM", "icd10cm": "ICD-10-CM", "icd10pcs": "ICD-10-PCS"}


def crosswalk(
    codes: Annotated[list[str], typer.Argument(metavar="CODE…", help="Codes, or - to read them from standard input.")],
    from_year: Annotated[int, typer.Option(metavar="YEAR", help="Fiscal year of the codes, such as 2018.")] = 0,
    to_year: Annotated[int, typer.Option(metavar="YEAR", help="Fiscal year to convert to, such as 2026.")] = 0,
    system: Annotated[str, typer.Option(help="The code set of the codes, where several have such codes.")] = "",
    form: Annotated[LookupFormat, typer.Option("--format", help="Table, or JSON for machines.")] = LookupFormat.TABLE,
) -> None:
    """Convert codes from one fiscal year to another; without years, show what they map to in other code sets (GEMs).

    Exit codes: 0 all found, 2 a code that was not in force or a wrong call, 11 a year that no table knows.
    """
    if bool(from_year) != bool(to_year):
        raise UsageError("name both --from-year and --to-year, or neither")
    wanted = [each for word in codes for each in (sys.stdin.read().split() if word == "-" else [word])]
    if not wanted:
        raise UsageError("no codes were given")
    rows: list[dict[str, Any]] = []
    for code in wanted:
        try:
            rows.append(_by_year(code, from_year, to_year, system) if from_year else _by_set(code, system))
        except UnknownCode as error:
            if len(wanted) == 1:
                raise
            rows.append({"code": code, "error": str(error)})
    if form is LookupFormat.JSON:
        typer.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    elif from_year:
        _draw_years(rows)
    else:
        _draw_sets(rows)
    unknown = sum("error" in row for row in rows)
    if unknown:
        raise UnknownCode(f"{unknown} of {len(rows)} codes could not be converted")


def _by_year(code: str, from_year: int, to_year: int, system: str) -> dict[str, Any]:
    from nosology.codes.conversion import convert_code

    found = convert_code(code, from_year, to_year, system=system)
    return {
        "system": found.system,
        "code": found.code,
        "from_year": from_year,
        "to_year": to_year,
        "kind": found.kind,
        "approximate": found.approximate,
        "target": found.target or None,
        "choices": [list(each) for each in found.choices],
        "since_split": list(found.since_split),
        "unlisted": list(found.unlisted),
        "first_day": found.first_day.isoformat(),
        "last_day": found.last_day.isoformat(),
        "titles": _titles(found),
        "steps": [
            {"day": each.day.isoformat(), "code": each.before, "gives": list(each.after), "source": each.source}
            for each in found.steps
        ],
    }


def _titles(found: Conversion) -> dict[str, str]:
    """The titles of what was found, as far as a release at hand has them."""
    from nosology.codes.icd10cm import open_icd10cm
    from nosology.codes.icd10pcs import open_icd10pcs

    day = date(found.to_year, 9, 30)
    opened = open_icd10cm if found.system == "icd10cm" else open_icd10pcs
    book: Any
    try:
        book = opened(on=day)
    except ReleaseNotFound:
        try:
            book = opened()
        except ReleaseNotFound:
            return {}
    return {each: book.title(each) for each in (*found.targets, *found.since_split) if each in book}


def _by_set(code: str, system: str) -> dict[str, Any]:
    from nosology.grouping.describe import describe_code

    described = describe_code(code, on=date.today(), system=system)
    maps = {key: described["maps"][key] for key in (*_EQUIVALENCES, "crosswalk") if described["maps"].get(key)}
    return {"system": described["system"], "code": described["code"], "title": described["title"], "maps": maps}


def _draw_years(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("code", "becomes", ""):
        table.add_column(name, overflow="fold", no_wrap=name != "")
    for row in rows:
        if "error" in row:
            table.add_row(Text(row["code"], "cyan"), Text("?", "yellow"), Text(row["error"], "yellow"))
            continue
        note = Text(_KINDS[row["kind"]], "yellow" if row["approximate"] else "dim")
        if row["kind"] == "none":
            retired = f": in force {row['first_day']} to {row['last_day']}"
            note.append(retired)
        table.add_row(Text(row["code"], "cyan"), row["target"] or "", note)
        for choice in row["choices"] if not row["target"] else ():
            together = "\n".join(row["titles"].get(each, "") for each in choice)
            table.add_row("", "\n".join(choice), together)
        for each in row["unlisted"]:
            table.add_row(
                "", each, Text("with a code of this range" if row["choices"] else "a code of this range", "dim")
            )
        if row["since_split"]:
            split = ", ".join(row["since_split"][:8]) + (" …" if len(row["since_split"]) > 8 else "")
            table.add_row("", "", Text(f"part of its cases has its own code since: {split}", "dim"))
    open_console().print(table)


def _draw_sets(rows: list[dict[str, Any]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_table import open_console

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("code", "maps to", "", ""):
        table.add_column(name, overflow="fold")
    for row in rows:
        if "error" in row:
            table.add_row(Text(row["code"], "cyan"), "", "", Text(row["error"], "yellow"))
            continue
        table.add_row(Text(row["code"], "cyan"), "", "", Text(row["title"], "bold"))
        for key, name in _EQUIVALENCES.items():
            for each in row["maps"].get(key, ()):
                flag = " (with others)" if each["combination"] else " (approximate)" if each["approximate"] else ""
                table.add_row("", each["code"], name, f"{each['title']}{flag}")
        paired = row["maps"].get("crosswalk")
        for code in paired["codes"] if paired else ():
            table.add_row("", code, paired["system"], Text("your crosswalk", "dim"))
        if not row["maps"]:
            table.add_row("", Text("nothing", "dim"), "", "")
    open_console().print(table)
