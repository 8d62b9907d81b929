"""Drugs and chemicals by name, and their codes by intent (Table of Drugs and Chemicals; Guidelines I.C.19.e).

The installed official table and the packaged vocabulary answer through the same interface. A *stem* is what all codes
of one substance share ("T39.1X", "T45.51"): the intent makes it a code, the episode of care completes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import nosology.lexicon
from nosology.codes.drugs import DrugRow
from nosology.codes.prepared import prepare
from nosology.coding.drug_list import drug_list
from nosology.lexicon.rewrites import read_rows
from nosology.model.note import Span

__all__ = [
    "ACCIDENTAL",
    "ADVERSE",
    "ASSAULT",
    "SELF_HARM",
    "UNDERDOSING",
    "UNDETERMINED",
    "Named",
    "Substances",
    "intent_of",
    "is_medicinal",
    "own_stems",
    "stem_of",
    "substance_code",
]

ACCIDENTAL = "1"
SELF_HARM = "2"
ASSAULT = "3"
UNDETERMINED = "4"
ADVERSE = "5"
UNDERDOSING = "6"
_OTHER_DRUG = "T50.99"  # a drug of the list whose class the titles of T36 to T50 do not name
_DATA = Path(nosology.lexicon.__path__[0], "data")
_CLASS = "class:"
_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9/'-]*")
_LONGEST = 4  # words of a name
_SHORTEST = 5  # letters that a name must have to be taken from the official table; shorter ones are everyday words
# "anticholinergic delirium" names what is seen, not what was taken
_PICTURES = frozenset(
    ("crisis", "delirium", "features", "findings", "picture", "signs", "symptoms", "syndrome", "toxidrome")
)


class Named(NamedTuple):
    """A substance named in a text: where, and the stem of its codes."""

    span: Span
    stem: str


def substance_code(stem: str, intent: str, episode: str = "A") -> str:
    """Return the code of a substance: ``substance_code("T39.1X", SELF_HARM)`` is ``T39.1X2A``."""
    return f"{(stem + intent).ljust(7, 'X')}{episode}"


def intent_of(code: str) -> str:
    """Return the intent of a code of T36 to T65: 1 to 4 poisoning, 5 adverse effect, 6 underdosing; "" for any other.

    It is the 6th character, or the 5th where an "X" fills the code up ("T36.95XA").
    """
    if not "T36" <= code[:3] <= "T65" or len(code) != 8:
        return ""
    return code[5] if code[6] == "X" else code[6]


def stem_of(code: str) -> str:
    """Return what the codes of one substance share: ``stem_of("T45.515A")`` is ``T45.51``."""
    return code[:5] if code[6:7] == "X" else code[:6]


def is_medicinal(stem: str) -> bool:
    """True for T36 to T50, which alone have codes of adverse effect and underdosing."""
    return stem[:3] <= "T50"


@cache
def own_stems() -> dict[str, str]:
    """Return the packaged vocabulary: lower-case name → stem, with every drug of the list by its class."""
    stems: dict[str, str] = prepare(
        "substances", [_DATA / "substances.tsv", _DATA / "drugs.tsv", Path(__file__)], _read
    )
    return stems


def _read() -> dict[str, str]:
    named: dict[str, str] = {}
    classes: dict[str, str] = {}
    for _file, _number, cells in read_rows("substances.tsv"):
        stem, names = cells[0], cells[1]
        for name in names.split("; "):
            if name.startswith(_CLASS):
                classes[name[len(_CLASS) :]] = stem
            else:
                named[name] = stem
    for name, drug in drug_list().items():
        named.setdefault(name, classes.get(drug.kind, _OTHER_DRUG))
    return named


class Substances:
    """Finds substances by name; ``rows`` are those of the installed official table, none where it is not installed."""

    def __init__(self, rows: Iterable[DrugRow] = ()) -> None:
        self._rows = rows
        self._known: tuple[dict[str, str], frozenset[str]] | None = None

    def _names(self) -> tuple[dict[str, str], frozenset[str]]:
        """Return the stems by name, and the first words of the names of several words."""
        if self._known is None:
            stems = {**dict(_table_stems(self._rows)), **own_stems()}
            self._known = stems, frozenset(name.split(" ", 1)[0] for name in stems if " " in name)
        return self._known

    def find(self, words: str) -> str:
        """Return the stem of the substance that ``words`` names as a whole or begins with, "" for none."""
        parts = [m.group().lower() for m in _WORD.finditer(words)]
        return next((stem for size in range(len(parts), 0, -1) if (stem := self._stem(parts[:size]))), "")

    def named(self, text: str, start: int, end: int) -> Iterator[Named]:
        """Yield the substances that ``text[start:end]`` names, the longest name at each place."""
        stems, heads = self._names()
        words = list(_WORD.finditer(text[start:end].lower()))
        passed = 0
        for i, word in enumerate(words):
            if i < passed:
                continue
            said = word.group()
            size = 1
            stem = ""
            if said in heads:
                for size in range(min(_LONGEST, len(words) - i), 1, -1):
                    if stem := stems.get(" ".join(w.group() for w in words[i : i + size]), ""):
                        break
                else:
                    size = 1
            stem = stem or stems.get(said, "") or (self._stem([said]) if "'" in said else "")
            if stem:
                passed = i + size
                if said.endswith("ergic") and passed < len(words) and words[passed].group() in _PICTURES:
                    continue
                yield Named(Span(start + word.start(), start + words[passed - 1].end()), stem)
            elif "/" in said:
                yield from self._parts(said, start + word.start())

    def _parts(self, said: str, start: int) -> Iterator[Named]:
        """Yield the substances of "zosyn/vancomycin"."""
        for part in said.split("/"):
            if stem := self._stem([part]):
                yield Named(Span(start, start + len(part)), stem)
            start += len(part) + 1

    def _stem(self, parts: list[str]) -> str:
        name = " ".join(parts)
        stems, _heads = self._names()
        stem = stems.get(name) or (stems.get(name[:-2], "") if name.endswith("'s") else "")
        if stem or len(parts) > 1 or "/" not in name:
            return stem
        return next((s for part in name.split("/") if (s := stems.get(part, ""))), "")


def _table_stems(rows: Iterable[DrugRow]) -> Iterator[tuple[str, str]]:
    """Yield name and stem of every medicinal main term of the official table."""
    for row in rows:
        if len(row.path) == 1 and row.adverse_effect and row.poisoning_accidental[:-1] == row.adverse_effect[:-1]:
            name = row.path[0].lower().removesuffix(" nec").split(",")[0].strip()
            if len(name) >= _SHORTEST:
                yield name, row.poisoning_accidental[:-1]
