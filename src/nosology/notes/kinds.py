"""What kind of document a file is (discharge summary, operative report …), and which kinds a chart still lacks.

Words and needs stand in ``data/document_kinds.yaml``, with their sources.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from nosology.codes.prepared import prepare, read_yaml
from nosology.notes.sections import split_sections

__all__ = ["document_kinds", "find_kind", "missing_kinds"]

_DATA = Path(__file__).with_name("data") / "document_kinds.yaml"
_MOST = 50_000  # code points in which its sections are looked for
_HEAD = 600  # code points in which a document says what it is


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = prepare("document-kinds", [_DATA], lambda: read_yaml(_DATA.read_text(encoding="utf-8")))
    return table


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)", re.IGNORECASE))
        for kind, words in _table()["kinds"].items()
    )


def document_kinds() -> tuple[str, ...]:
    """Every kind of document that is told apart."""
    return tuple(_table()["kinds"])


def find_kind(title: str, text: str, setting: str) -> str:
    """Return the kind of a document: by its title, its first lines, its sections, else the usual one of the setting."""
    name = " ".join(title.replace("_", " ").replace("-", " ").split())
    head = text[:_HEAD]
    for told in (title, name, head):
        for kind, pattern in _patterns():
            if pattern.search(told):
                return kind
    by_section: dict[str, str] = _table()["sections"]
    for section in split_sections(text[:_MOST]):
        if section.kind in by_section:
            return by_section[section.kind]
    return str(_table()["otherwise"].get(setting, "progress-note"))


def missing_kinds(setting: str, kinds: Collection[str], *, operated: bool = False) -> tuple[str, ...]:
    """Return the kinds of document that a complete chart of the setting has and this one lacks.

    ``operated``: an operation was coded.
    """
    needs = list(_table()["complete"].get(setting, ()))
    if operated:
        needs += _table()["operation"].get(setting, ())
    return tuple(need[0] for need in needs if not set(need) & set(kinds))
