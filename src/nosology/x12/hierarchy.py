"""Hierarchical levels: the numbers, parents and child codes of HL segments."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.x12.loops import Loop, Placed

__all__ = ["Levels"]


class Levels:
    """Follows the HL segments of one transaction set."""

    def __init__(self) -> None:
        self._last = 0

    def check(self, loop: Loop, placed: Placed) -> Iterator[tuple[int, str]]:
        """Yield the element (1 number, 2 parent) and what is wrong with an HL that has just begun its loop."""
        number, parent = placed.get(1), placed.get(2)
        self._last += 1
        if number != str(self._last):
            yield 1, f"HL should count {self._last} here"
            if number.isascii() and number.isdigit():
                self._last = int(number[:9])
        loop.hl = number
        above = loop.parent
        while above is not None and above.spec.head.id != "HL":
            above = above.parent
        if above is None:
            if parent:
                yield 2, "the first level has no parent"
            return
        above.hl_children += 1
        if parent != above.hl:
            yield 2, "HL names a parent that is not the level above it"

    def close(self, loop: Loop) -> str:
        """Return what is wrong with HL04 of a level that ends, "" if it is right."""
        head = loop.segments[0]
        child = head.get(4)
        allowed = head.use.elements[3].codes
        if allowed is not None and child not in allowed:
            return ""  # told as a code that the guide does not allow
        if child == "0" and loop.hl_children:
            return "HL04 says that nothing is below this level, but there is"
        if child == "1" and not loop.hl_children:
            return "HL04 says that something is below this level, but there is nothing"
        return ""
