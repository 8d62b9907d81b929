"""Beginnings of codes, made ready once: which candidates have such a code, and whether one code is among them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

__all__ = ["CATEGORY", "Prefixes", "begin_with", "begins", "listed_prefixes", "prefixes_of"]

CATEGORY = 3
"""Characters of a code by which candidates are found: those of its category."""

_FEW = 8  # categories that are sooner asked for one by one
_MOST_LISTS = 2000
_LISTS: dict[int, tuple[Sequence[str], Prefixes]] = {}


class Prefixes:
    """Beginnings of codes: up to their categories, and which are shorter than that."""

    __slots__ = ("_shorter", "all", "begins", "few", "heads", "only", "short", "within")

    def __init__(self, prefixes: Iterable[str]) -> None:
        self.all = tuple(prefixes)
        self.begins = begin_with(self.all)
        self.heads = frozenset(p for p in self.begins if len(p) == CATEGORY)
        self.short = self.begins - self.heads
        self._shorter = tuple(self.short)
        self.few = tuple(self.heads) if len(self.heads) <= _FEW else ()
        self.only = next(iter(self.heads)) if len(self.heads) == 1 else ""
        within: dict[str, list[str]] = {}
        for prefix in self.all:
            within.setdefault(prefix[:CATEGORY], []).append(prefix)
        # what codes of a category begin with; nothing where all its codes are meant
        self.within: dict[str, tuple[str, ...]] = {
            head: () if head in listed else tuple(listed) for head, listed in within.items() if head in self.heads
        }

    def met_by(self, code: str) -> bool:
        """True for a code that begins with one of them."""
        listed = self.within.get(code[:CATEGORY])
        if listed is not None and (not listed or code.startswith(listed)):
            return True
        return bool(self._shorter) and code.startswith(self._shorter)


prefixes_of = lru_cache(maxsize=4096)(Prefixes)
"""Return the prefixes of a tuple."""


def listed_prefixes(codes: Sequence[str]) -> Prefixes:
    """Return the prefixes of a list that stays, as those of rules do: known by itself, its codes are read once."""
    known = _LISTS.get(id(codes))
    if known is None or known[0] is not codes:
        if len(_LISTS) > _MOST_LISTS:
            _LISTS.clear()
        known = _LISTS[id(codes)] = (codes, Prefixes(codes))
    return known[1]


def begins(code: str, codes: Sequence[str]) -> bool:
    """True for a code that begins with one of a list that stays."""
    return listed_prefixes(codes).met_by(code)


def begin_with(prefixes: Iterable[str]) -> frozenset[str]:
    """Return the prefixes cut at their category: what stands in ``Workup.begun`` where a code begins with one."""
    return frozenset(prefix[:CATEGORY] for prefix in prefixes)
