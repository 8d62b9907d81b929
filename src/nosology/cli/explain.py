"""``nosology explain``: why a code is what it is, or what a rule says, with the source."""

from __future__ import annotations

import importlib
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Annotated, Any

import typer

from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = ["explain"]

_SOURCES = {
    "icd10cm": "ICD-10-CM Tabular List and Official Guidelines for Coding and Reporting, Section I.A",
    "icd10pcs": "ICD-10-PCS order file",
    "hcpcs": "HCPCS Level II alpha-numeric file and its record layout, CMS",
    "cpt": "CPT of the AMA, from the files of the licensed user; physician fee schedule, CMS",
    "ndc": "National Drug Code Directory, FDA; crosswalk to HCPCS, CMS",
    "revenue": "Medicare Claims Processing Manual, chapter 25, section 75.4, in our own words",
    "icd9": "General Equivalence Mappings, CMS, 2018",
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
    from nosology.cli.lookup import _parse_on
    from nosology.cli.progress import draw_progress
    from nosology.cli.render_table import open_console
    from nosology.codes.payment_codes import explain_payment_code
    from nosology.grouping.describe import describe_code
    from nosology.rules.cases import rule_cases

    what = " ".join(words)
    rule = _find_rule(what)
    if rule is not None:
        open_console().print(_draw_rule(rule))
        for table in rule_cases(rule.id):
            open_console().print(_draw_cases(table))
        return
    modifier = None if system else _find_modifier(what)
    if modifier is not None:
        open_console().print(_draw_modifier(modifier))
        if not modifier.modifier.isalpha():
            return
    day = _parse_on(on) if on else date.today()
    payment = None if system else explain_payment_code(what)
    try:
        with draw_progress() as progress:
            described = describe_code(what, on=day, system=system, progress=progress)
    except UnknownCode as error:
        if payment is None and modifier is None:
            raise UnknownCode(f"{what.strip()[:40]!r} is neither a code nor a rule ({error})") from error
    except ReleaseNotFound:
        if payment is None and modifier is None:
            raise
    else:
        open_console().print(_draw_explained(described))
        if payment is not None:
            open_console().print()
    if payment is not None:
        open_console().print(_draw_payment(payment))


def _find_modifier(what: str) -> Any:
    """What the rules know of a modifier ("25", "LT", "modifier 59"), None where it is none of theirs."""
    from nosology.coding.modifiers import modifier_rules

    name = what.strip().upper().removeprefix("MODIFIER ").strip()
    return modifier_rules().get(name) if len(name) == 2 else None


def _draw_modifier(found: Any) -> Any:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    facts = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    facts.add_column(no_wrap=True, style="cyan")
    facts.add_column(overflow="fold")
    rows = [
        ("needs", ", ".join(found.when)),
        ("not with the statements", ", ".join(found.unless)),
        ("kinds of service", ", ".join(found.kinds)),
        ("fee schedule", "; ".join(f"{name}: {', '.join(sorted(values))}" for name, values in found.fees.items())),
        ("never with", ", ".join(sorted(found.never_with))),
        ("in force since", found.since.isoformat()),
        ("rule", f"{found.rule.id} (nosology explain {found.rule.id})"),
    ]
    for name, said in rows:
        if said:
            facts.add_row(name, Text(said.replace("_", " ") if name in ("needs", "not with the statements") else said))
    heading = Text.assemble((found.modifier, "bold cyan"), ("  ", ""), (found.says, "bold"))
    return Group(heading, facts, Text(f"In our own words. Source: {found.rule.citation}\n", "dim"))


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

    from nosology.codes.conventions import NOTE_MEANINGS, NOTE_NAMES, NOTE_SECTIONS, why_billable

    heading = Text.assemble((described["code"], "bold cyan"), ("  ", ""), (described["title"], "bold"))
    steps = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    steps.add_column(no_wrap=True, style="cyan")
    steps.add_column(overflow="fold")
    for depth, node in enumerate([*described["path"], {"code": described["code"], "title": described["title"]}]):
        steps.add_row(f"Chapter {node['code']}" if described["path"] and not depth else node["code"], node["title"])
    parts: list[Any] = [heading, Text("\nHow it is built", "bold"), steps, Text(), Text(why_billable(described))]
    if described.get("attributes"):
        parts += [Text("\nWhat CMS publishes of it", "bold"), *(_attribute(each) for each in described["attributes"])]
    if described["notes"]:
        notes = Table(box=None, pad_edge=True, padding=(0, 1, 0, 1), header_style="bold")
        for name in ("note", "stands at", "says", "Guidelines"):
            notes.add_column(name, overflow="fold", no_wrap=name == "Guidelines")
        for kind, at, texts in _grouped(described["notes"]):
            where = f"chapter {at}" if at.isdigit() else at
            says = Text.assemble((NOTE_MEANINGS[kind], "dim italic"), "\n", "\n".join(texts))
            notes.add_row(NOTE_NAMES[kind], where, says, NOTE_SECTIONS.get(kind, ""))
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
