"""The case tables of a rule, as the rulebook shows them; of a table that another rule shows, that one."""

from __future__ import annotations

import html
import re
from importlib.resources import files
from pathlib import Path

__all__ = ["rule_cases", "rulebook_folder"]


def rulebook_folder() -> Path:
    """The folder of the generated rulebook: inside the package or, in a checkout, beside the source."""
    inside = Path(str(files("nosology"))) / "rulebook"
    return inside if inside.is_dir() else Path(str(files("nosology"))).parents[1] / "docs" / "rulebook"


def rule_cases(identifier: str) -> list[list[list[str]]]:
    """The case tables of a rule as the rulebook shows them, each a list of rows, heads first. Where the rulebook says
    that another rule shows a table of both, its tables of that function of the specification."""
    tables = []
    for case in _cases(identifier):
        found = _tables(case)
        other = re.search(r"see \[([^\]]+)\]", case.splitlines()[0])
        if not found and other:
            name = re.findall(r"`(test_\w+)`", case.splitlines()[0])
            found = [t for each in _cases(other[1]) if f"`{name[-1]}`" in each.splitlines()[0] for t in _tables(each)]
        tables += found
    return [_read_cases(table) for table in tables]


def _cases(identifier: str) -> list[str]:
    """What stands under each function of the specification that names the rule."""
    for page in sorted(rulebook_folder().glob("*.md")):
        text = page.read_text("utf-8")
        start = text.find(f"\n### {identifier}\n")
        if start >= 0 and page.name != "index.md":
            end = re.search(r"\n##", text[start + 5 :])
            return text[start : start + 5 + end.start() if end else None].split("*Cases.*")[1:]
    return []


def _tables(case: str) -> list[str]:
    return re.findall(r"(?:^\|.*\n?)+", case, re.MULTILINE)


def _read_cases(table: str) -> list[list[str]]:
    lines = [line.strip().strip("|").split(" | ") for line in table.strip().splitlines()]
    return [[html.unescape(cell.strip().replace("<br>", "\n")) for cell in cells] for cells in lines[:1] + lines[2:]]
