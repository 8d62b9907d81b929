"""The grid of medical decision making: two of its three rows make the level."""

from __future__ import annotations

from collections.abc import Sequence

from nosology.model.visit import Element, Level

__all__ = ["find_hinges", "meet_two"]


def meet_two(levels: Sequence[Level]) -> Level:
    """Return the highest level that at least two of the three rows meet or pass: the middle one."""
    return sorted(levels, key=lambda level: level.number)[1]


def find_hinges(elements: Sequence[Element]) -> tuple[str, ...]:
    """Return which single row would make the level another one, in neutral words.

    A row that stands below the level of the grid could raise it only if it went above; a row on which the level rests
    would lower it. Both are facts about the documentation, no advice.
    """
    levels = [element.level for element in elements]
    level = meet_two(levels)
    said = []
    for place, element in enumerate(elements):
        others = [other for other_place, other in enumerate(levels) if other_place != place]
        higher, lower = max(others, key=lambda x: x.number), min(others, key=lambda x: x.number)
        if element.level.number < higher.number and meet_two([higher, *others]) is not level:
            said.append(f"the level is {level}; with {element.name} documented as {higher} it would be {higher}")
        if element.level.number > lower.number and meet_two([lower, *others]) is not level:
            said.append(f"the level is {level}; without what is counted under {element.name} it would be {lower}")
    return tuple(said)
