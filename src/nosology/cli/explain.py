"""``nosology explain``: why a code is what it is, or what a rule says, with the source."""

from __future__ import annotations

import html
import importlib
import re
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = ["explain", "rule_cases", "rulebook_folder"]

_CONVENTIONS = {
    "includes": "I.A.10",
    "inclusion_terms": "I.A.11",
    "excludes1": "I.A.12.a",
    "excludes2": "I.A.12.b",
    "code_first": "I.A.13",
    "use_additional": "I.A.13",
    "code_also": "I.A.17",
}
_SOURCES = {
    "icd10cm": "ICD-10-CM Tabular List and Official Guidelines for Coding and Reporting, Section I.A",
    "icd10pcs": "ICD-10-PCS order file",
    "hcpcs": "HCPCS Level II alpha-numeric file and its record layout, CMS",
    "cpt": "CPT of the AMA, from the files of the licensed user; physician fee schedule, CMS",
    "ndc": "National Drug Code Directory, FDA; crosswalk to HCPCS, CMS",
    "icd9": "General Equivalence Mappings, CMS, 2018",
}
_MEANINGS = {
    "includes": "defines what the category holds, or gives examples",
    "inclusion_terms": "conditions for which the code is used",
    "excludes1": "not coded here: never together with this code, unless the two are unrelated",
    "excludes2": "not included here: both may be coded if the patient has both",
    "code_first": "the underlying condition is sequenced first",
    "use_additional": "a second code follows, if it applies",
    "code_also": "two codes may be needed; the order depends on the encounter",
    "notes": "applies to everything below it",
}


def explain(
    words: Annotated[
        list[str],
        typer.Argument(metavar="CODE|RULE", help="A code, CO-45, CARC 97, N211, A7:33 …, or the id of a rule."),
    ],
    on: Annotated[str, typer.Option(metavar="DATE", help="Date of service; chooses the release. Default: today.")] = "",
    system: Annotated[str, typer.Option(help="The code set, where several have such a code; default: the first.")] = "",
) -> None:
    """Explain a code, character by character and note by note, a code of payment, or a rule with its source and cases.

    Exit codes: 0 explained, 2 neither a code nor a rule, 11 no release for that date.
    """
    from nosology.cli.lookup import _parse_on, describe_code
    from nosology.cli.progress import draw_progress
    from nosology.cli.render_table import open_console
    from nosology.codes.payment_codes import explain_payment_code

    what = " ".join(words)
    rule = _find_rule(what)
    if rule is not None:
        open_console().print(_draw_rule(rule))
        for table in rule_cases(rule.id):
            open_console().print(_draw_cases(table))
        return
    day = _parse_on(on) if on else date.today()
    payment = None if system else explain_payment_code(what)
    try:
        with draw_progress() as progress:
            described = describe_code(what, on=day, system=system, progress=progress)
    except UnknownCode as error:
        if payment is None:
            raise UnknownCode(f"{what.strip()[:40]!r} is neither a code nor a rule ({error})") from error
    except ReleaseNotFound:
        if payment is None:
            raise
    else:
        open_console().print(_draw_explained(described))
        if payment is not None:
            open_console().print()
    if payment is not None:
        open_console().print(_draw_payment(payment))


def _draw_payment(code: Any) -> Any:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    facts = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    facts.add_column(no_wrap=True, style="cyan")
    facts.add_column(overflow="fold")
    for name, said in code.facts:
        facts.add_row(name, Text(said))
    heading = Text.assemble((code.code, "bold cyan"), ("  ", ""), (code.title, "bold"))
    source = f"In our own words; authoritative is the {code.source}."
    return Group(heading, facts, Text(source, "dim"))


def rulebook_folder() -> Path:
    """The folder of the generated rulebook: inside the package or, in a checkout, beside the source."""
    inside = Path(str(files("nosology"))) / "rulebook"
    return inside if inside.is_dir() else Path(str(files("nosology"))).parents[1] / "docs" / "rulebook"


def rule_cases(identifier: str) -> list[list[list[str]]]:
    """The case tables of a rule as the rulebook shows them, each a list of rows, heads first."""
    for page in sorted(rulebook_folder().glob("*.md")):
        text = page.read_text("utf-8")
        start = text.find(f"\n### {identifier}\n")
        if start >= 0 and page.name != "index.md":
            end = re.search(r"\n##", text[start + 5 :])
            part = text[start : start + 5 + end.start() if end else None].partition("*Cases.*")[2]
            return [_read_cases(table) for table in re.findall(r"(?:^\|.*\n?)+", part, re.MULTILINE)]
    return []


def _read_cases(table: str) -> list[list[str]]:
    lines = [line.strip().strip("|").split(" | ") for line in table.strip().splitlines()]
    return [[html.unescape(cell.strip().replace("<br>", "\n")) for cell in cells] for cells in lines[:1] + lines[2:]]


def _draw_cases(rows: list[list[str]]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, title="Cases", title_justify="left", header_style="bold", padding=(0, 1))
    for head in rows[0]:
        table.add_column(head, overflow="fold")
    for cells in rows[1:]:
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _find_rule(identifier: str) -> Any:
    """The rule with this id, if the rules are there."""
    try:
        loader = importlib.import_module("nosology.rules.loader")
    except ModuleNotFoundError:
        return None
    find = getattr(loader, "find_rule", None)
    return find(identifier.strip()) if find is not None else None


def _draw_rule(rule: Any) -> Any:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    heading = Text.assemble((str(rule.id), "bold cyan"), ("  ", ""), (str(rule.title), "bold"))
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    for each in fields(rule) if is_dataclass(rule) else ():
        value = getattr(rule, each.name)
        if each.name not in ("id", "title") and value not in (None, "", (), {}):
            table.add_row(each.name.replace("_", " "), Text(_plain(value)))
    return Group(heading, table)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return "\n".join(f"{key}: {_plain(each)}" for key, each in value.items())
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(_plain(each) for each in value)
    return str(value)


def _attribute(row: dict[str, str]) -> Any:
    from rich.text import Text

    meaning = f": {row['meaning']}" if row["meaning"] else ""
    return Text.assemble((f"  {row['name']} ", ""), (row["value"], "cyan"), (meaning, "dim"))


def _draw_explained(described: dict[str, Any]) -> Any:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    from nosology.cli.render_code import NOTE_NAMES

    heading = Text.assemble((described["code"], "bold cyan"), ("  ", ""), (described["title"], "bold"))
    steps = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    steps.add_column(no_wrap=True, style="cyan")
    steps.add_column(overflow="fold")
    for depth, node in enumerate([*described["path"], {"code": described["code"], "title": described["title"]}]):
        steps.add_row(f"Chapter {node['code']}" if described["path"] and not depth else node["code"], node["title"])
    parts: list[Any] = [heading, Text("\nHow it is built", "bold"), steps, Text(), Text(_why_billable(described))]
    if described.get("attributes"):
        parts += [Text("\nWhat CMS publishes of it", "bold"), *(_attribute(each) for each in described["attributes"])]
    if described["notes"]:
        notes = Table(box=None, pad_edge=True, padding=(0, 1, 0, 1), header_style="bold")
        for name in ("note", "stands at", "says", "Guidelines"):
            notes.add_column(name, overflow="fold", no_wrap=name == "Guidelines")
        for kind, at, texts in _grouped(described["notes"]):
            where = f"chapter {at}" if at.isdigit() else at
            says = Text.assemble((_MEANINGS[kind], "dim italic"), "\n", "\n".join(texts))
            notes.add_row(NOTE_NAMES[kind], where, says, _CONVENTIONS.get(kind, ""))
        parts += [Text("\nWhat the tabular list says", "bold"), notes]
    parts.append(Text(f"\nSource: {_SOURCES[described['system']]}", "dim"))
    return Group(*parts)


def _grouped(notes: list[dict[str, str]]) -> list[tuple[str, str, list[str]]]:
    groups: list[tuple[str, str, list[str]]] = []
    for note in notes:
        if groups and groups[-1][:2] == (note["kind"], note["at"]):
            groups[-1][2].append(note["text"])
        else:
            groups.append((note["kind"], note["at"], [note["text"]]))
    return groups


def _why_billable(described: dict[str, Any]) -> str:
    """One sentence: whether the code may be reported, and by what convention."""
    code = described["code"]
    if described["system"] == "icd9":
        return "Not reported any more: ICD-9-CM ended on 2015-09-30 (45 CFR 162.1002)."
    if "ended" in described:
        dates = [f"added {described['added']}" if described["added"] else ""]
        dates.append(f"ended {described['ended']}" if described["ended"] else "")
        state = "In force" if described["billable"] else "Not in force"
        return f"{state} on the date of service ({', '.join(each for each in dates if each) or 'no dates given'})."
    if described["kind"] == "extended":
        character = code[-1]
        meaning = described["seventh_character"].get(character, "")
        filled = "; X holds the places that the code leaves empty (I.A.4)" if "X" in code[4:-1] else ""
        return f"Billable: the 7th character {character} says “{meaning}” (I.A.5){filled}."
    if described["billable"]:
        return "Billable: nothing more specific stands below it (I.B.2)."
    if described["seventh_character"] and all(len(each["code"]) == 8 for each in described["children"]):
        letters = ", ".join(described["seventh_character"])
        return f"Not billable: it needs a 7th character, one of {letters} (I.A.5)."
    return f"Not billable: {len(described['children'])} more specific entries stand below it (I.B.2)."
