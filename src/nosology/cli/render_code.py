"""One code on the terminal: heading, path, what is below and beside it, notes, mappings."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nosology.codes.conventions import NOTE_NAMES

__all__ = ["draw_code", "draw_notes", "draw_path"]

_NAMES = {
    "icd10cm": "ICD-10-CM",
    "icd10pcs": "ICD-10-PCS",
    "icd9-procedures": "ICD-9-CM volume 3, GEM",
    "taxonomy": "NUCC taxonomy",
    "revenue": "Revenue code",
    "place-of-service": "CMS places of service",
    "hcpcs": "HCPCS Level II",
    "icd9": "ICD-9-CM in the GEMs of",
    "ndc": "NDC directory",
    "cpt": "CPT as imported for",
}
_NOTE_STYLES = {"excludes1": "red", "excludes2": "yellow", "code_first": "magenta", "use_additional": "magenta"}
_NEIGHBOURS = 14


def draw_code(described: dict[str, Any]) -> RenderableType:
    """What :func:`nosology.grouping.describe.describe_code` gives, for a terminal."""
    parts: list[RenderableType] = [_heading(described)]
    if described["path"]:
        parts += [_title("Path"), draw_path(described)]
    if described["children"]:
        parts += [_title(f"Below ({len(described['children'])})"), _neighbours(described["children"])]
    if described["seventh_character"] and described["kind"] != "extended" and not described["children"]:
        parts += [_title("7th characters"), _pairs(described["seventh_character"])]
    if described["notes"]:
        parts += [_title("Notes"), draw_notes(described)]
    if described.get("attributes"):
        parts += [_title("Attributes"), _attributes(described["attributes"])]
    if described["siblings"]:
        parts += [_title(f"Beside it ({len(described['siblings'])})"), _neighbours(described["siblings"])]
    if described["maps"]:
        parts += [_title("Maps to"), _maps(described["maps"])]
    return Group(*parts)


def _title(text: str) -> Text:
    return Text(f"\n{text}", "bold")


def _heading(described: dict[str, Any]) -> Text:
    billable = (
        Text("billable", "green") if described["billable"] else Text(f"{described['kind']}, not billable", "yellow")
    )
    if "ended" in described:
        billable = _validity(described)
    return Text.assemble(
        (described["code"], "bold cyan"),
        ("  ", ""),
        (described["title"], "bold"),
        ("\n", ""),
        billable,
        (f" · {_NAMES[described['system']]} {described['release']}", "dim"),
    )


def _validity(described: dict[str, Any]) -> Text:
    """Whether a code with dates of its own may be reported."""
    since = f" since {described['added']}" if described["added"] else ""
    if described["billable"]:
        until = f", to {described['ended']}" if described["ended"] else ""
        return Text(f"in force{since}{until}", "green")
    ended = f", ended {described['ended']}" if described["ended"] else since
    return Text(f"{described['kind']}, not in force on that date{ended}", "yellow")


def _attributes(rows: list[dict[str, str]]) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold", style="dim")
    for row in rows:
        table.add_row(row["name"], row["value"], row["meaning"])
    return table


def draw_path(described: dict[str, Any]) -> RenderableType:
    """The nodes above, chapter first, each a step further in."""
    lines = []
    for depth, node in enumerate(described["path"]):
        chapter = "Chapter " if not depth else ""
        lines.append(
            Padding(
                Text.assemble((f"{chapter}{node['code']}", "cyan"), ("  ", ""), node["title"]), (0, 0, 0, 2 * depth + 2)
            )
        )
    return Group(*lines)


def _neighbours(nodes: list[dict[str, Any]]) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    for node in nodes[:_NEIGHBOURS]:
        table.add_row(node["code"], Text(node["title"], "" if node["billable"] else "dim"))
    if len(nodes) > _NEIGHBOURS:
        table.add_row("…", Text(f"{len(nodes) - _NEIGHBOURS} more", "dim"))
    return table


def _pairs(pairs: dict[str, str]) -> RenderableType:
    return Group(*(Text.assemble((f"  {key}", "cyan"), f"  {value}") for key, value in pairs.items()))


def draw_notes(described: dict[str, Any]) -> RenderableType:
    """The notes by node and kind, the code's own first."""
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="cyan")
    table.add_column(overflow="fold")
    before = ("", "")
    for note in described["notes"]:
        place = (note["kind"], note["at"])
        first = place != before
        before = place
        style = _NOTE_STYLES.get(note["kind"], "bold")
        at = f"chapter {note['at']}" if note["at"].isdigit() else note["at"]
        table.add_row(Text(NOTE_NAMES[note["kind"]] if first else "", style), at if first else "", note["text"])
    return table


def _maps(maps: dict[str, Any]) -> RenderableType:
    table = Table(box=None, show_header=False, pad_edge=True, padding=(0, 1, 0, 1))
    table.add_column(no_wrap=True, style="bold")
    table.add_column(overflow="fold")
    if "hcc" in maps:
        name = f"HCC (payment year {maps['hcc']['payment_year']})"
        rows = [f"{each['model']}  {each['hcc']}  {each['label']}".rstrip() for each in maps["hcc"]["categories"]]
        table.add_row(name, "\n".join(rows) if rows else Text("none", "dim"))
    if "ms_drg" in maps:
        found = maps["ms_drg"]
        severity = {"neither": "neither CC nor MCC"}.get(found["severity"], found["severity"])
        mdc = f" · MDC {found['mdc']} {found['mdc_title']}" if found["mdc"] else ""
        table.add_row(f"MS-DRG v{found['version']}", f"{severity} as secondary diagnosis{mdc}")
    if maps.get("ccsr"):
        rows = [f"{each['category']}  {each['title'] or each['body_system']}" for each in maps["ccsr"]]
        table.add_row("CCSR", "\n".join(rows))
    for key, name in (("icd10cm", "ICD-10-CM (GEM)"), ("icd10pcs", "ICD-10-PCS (GEM)")):
        rows = [
            f"{each['code']}  {each['title']}"
            + (" (with others)" if each["combination"] else " (approximate)" if each["approximate"] else "")
            for each in maps.get(key, ())
        ]
        if rows:
            table.add_row(name, "\n".join(rows))
    if "crosswalk" in maps:
        name = {"cpt": "CPT", "icd10pcs": "ICD-10-PCS"}[maps["crosswalk"]["system"]]
        table.add_row(f"{name} (your crosswalk)", ", ".join(maps["crosswalk"]["codes"]))
    if maps.get("icd9"):
        rows = [
            f"{each['code']}  {each['title']}" + (" (approximate)" if each["approximate"] else "")
            for each in maps["icd9"]
        ]
        table.add_row("ICD-9-CM (GEM)", "\n".join(rows))
    if maps.get("poa_exempt") is not None:
        table.add_row("Present on admission", "exempt from reporting" if maps["poa_exempt"] else "must be reported")
    return table
