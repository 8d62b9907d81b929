"""The case tables of a rule, as the rulebook shows them."""

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
