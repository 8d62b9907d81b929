"""Acts: a thing and a verb that make a root operation where no procedure is named; read from ``acts.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import nosology.lexicon
from nosology.codes.prepared import prepare, read_yaml
from nosology.coding.pcs.catalogue import Procedure, build_procedure, words_of

__all__ = ["Act", "ActBook", "load_acts"]

_FILE = Path(nosology.lexicon.__file__).parent / "data" / "procedures" / "acts.yaml"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the kinds of thing ("part" for a body part itself), the kinds of verbs, and the open code it makes.

    ``systems`` are the body systems in which the thing and the verb mean this root operation, ``parts`` the only body
    parts (all if empty), ``parts_not`` those never, ``swap`` those that stand for others. ``back`` is how far the
    part may stand before its clause: 0 not, 1 in the sentence, more in so many sentences before. ``needs`` are words
    that the sentence must hold, ``earlier`` words that tell, somewhere before, that the thing was put there in this
    operation.
    """

    of: frozenset[str]
    verbs: frozenset[str]
    systems: str
    procedure: Procedure
    back: int = 0
    parts: frozenset[str] = frozenset()
    parts_not: frozenset[str] = frozenset()
    swap: Mapping[str, str] = field(default_factory=dict)
    needs: str = ""
    earlier: str = ""


class ActBook:
    """All acts with the patterns of their verbs, things and layers."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.verbs = {kind: _spelt(words) for kind, words in data["verb_kinds"].items()}
        self.things = {kind: _spelt(words) for kind, words in data["thing_kinds"].items()}
        self.layers = {systems: _spelt(words) for systems, words in data["layers"].items()}
        self._usual = tuple((systems, _spelt(words)) for systems, words in data["usual"].items())
        every = "|".join(words_of(words) for words in data["verb_kinds"].values())
        self.any_verb = re.compile(rf"(?<!\w)(?:{every})(?!\w)", re.IGNORECASE)
        shared = {**data["ways"], **data["specimens"], **data["vessels"]}
        self.acts = tuple(
            Act(
                of=_set(raw["of"]),
                verbs=_set(raw["verbs"]),
                systems=str(raw["systems"]) if "systems" in raw else "7",
                back=int(raw.get("back", 0)),
                parts=frozenset(raw.get("parts", ())),
                parts_not=frozenset(raw.get("parts_not", ())),
                swap=dict(raw.get("swap", {})),
                needs=str(raw.get("needs", "")),
                earlier=str(raw.get("earlier", "")),
                procedure=build_procedure({**raw, "name": f"told: {raw['name']}"}, shared),
            )
            for raw in data["acts"]
        )

    def usual(self, thing: str) -> str:
        """Return the body systems in which a thing lies where its layer is not named; "" where none is usual."""
        return "".join(systems for systems, pattern in self._usual if pattern.search(thing))


def _set(value: str | list[str]) -> frozenset[str]:
    return frozenset([value] if isinstance(value, str) else value)


def _spelt(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words_of(words)})(?!\w)", re.IGNORECASE)


@cache
def load_acts() -> ActBook:
    """Return the packaged acts, read once per process."""
    data: dict[str, Any] = prepare(
        "procedure_acts", [_FILE, Path(__file__)], lambda: read_yaml(_FILE.read_text(encoding="utf-8"))
    )
    return ActBook(data)
