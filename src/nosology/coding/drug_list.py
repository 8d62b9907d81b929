"""The drugs of the vocabulary by name: class, code of long-term use, and the conditions that they usually treat."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import nosology.lexicon
from nosology.codes.prepared import prepare
from nosology.lexicon.rewrites import read_rows

__all__ = ["Drug", "drug_list", "find_drug"]

_DATA = Path(nosology.lexicon.__path__[0], "data", "drugs.tsv")


class Drug(NamedTuple):
    """One drug: ``long_term`` is the Z79 code, "" for a short course; ``treats`` are prefixes of codes."""

    name: str
    kind: str
    long_term: str
    treats: tuple[str, ...]


def _read() -> list[tuple[str, str, str, tuple[str, ...]]]:
    drugs = []
    for _file, _number, cells in read_rows("drugs.tsv"):
        name, kind, long_term, treats, *_ = [*cells, "", "", ""]
        drugs.append((name.lower(), kind, long_term, tuple(treats.replace(",", " ").split())))
    return drugs


@cache
def drug_list() -> dict[str, Drug]:
    """Return every drug of ``lexicon/data/drugs.tsv`` by its lower-case name, read once."""
    return {row[0]: Drug._make(row) for row in prepare("drugs", [_DATA, Path(__file__)], _read)}


def find_drug(words: str) -> Drug | None:
    """Return the drug that ``words`` names: the whole phrase, else its first two words, else its first word."""
    drugs = drug_list()
    parts = words.lower().replace(",", " ").replace("(", " ").split()
    for size in (len(parts), 2, 1):
        if parts and size <= len(parts) and (drug := drugs.get(" ".join(parts[:size]).strip(".;:)"))) is not None:
            return drug
    return None
