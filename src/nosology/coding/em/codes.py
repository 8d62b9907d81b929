"""Codes of visits: by level, by minutes, by age; and the time beyond the highest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nosology.model.visit import Level

__all__ = [
    "care_management",
    "code_by_level",
    "code_by_minutes",
    "critical_care",
    "level_of",
    "minutes_only",
    "preventive_code",
    "prolonged",
]


def code_by_level(levels: Mapping[str, Any], family: str, level: Level) -> str:
    """Return the code of the family for a level of decision making: the lowest code where the level lies below it."""
    ladder: Sequence[Sequence[Any]] = levels["families"][family]["ladder"]
    chosen = str(ladder[0][0])
    for code, needed, _minutes in ladder:
        if level.number >= Level(needed).number:
            chosen = str(code)
    return chosen


def code_by_minutes(levels: Mapping[str, Any], family: str, minutes: int, on: date) -> str:
    """Return the highest code of the family whose minutes are met, "" where none are, or where time does not count."""
    entry = levels["families"][family]
    chosen = ""
    for code, _level, least in entry["ladder"]:
        until = entry.get("earlier", {}).get(code)
        if until is not None and on < date.fromisoformat(str(until[0])):
            least = until[1]
        if least and minutes >= least:
            chosen = str(code)
    return chosen


def level_of(levels: Mapping[str, Any], code: str) -> Level | None:
    """Return the level of decision making that a code stands for, None for codes without one."""
    for entry in levels["families"].values():
        for each, needed, _minutes in entry["ladder"]:
            if str(each) == code:
                return Level(needed)
    return None


def minutes_only(levels: Mapping[str, Any], category: str, minutes: int | None) -> tuple[str, str]:
    """Return code and label of a category that goes by minutes alone; two empty strings where too few are stated."""
    chosen = ("", "")
    for code, least, label in levels["by_minutes"][category]:
        if (minutes or 0) >= least:
            chosen = (str(code), label)
    return chosen


def preventive_code(levels: Mapping[str, Any], age: int, *, new: bool) -> str:
    """Return the code of the preventive visit for the age in years."""
    for greatest, first, later in levels["preventive"]:
        if age <= greatest:
            return str(first if new else later)
    return ""


def critical_care(rule: Mapping[str, Any], minutes: int, *, medicare: bool) -> tuple[tuple[str, int], ...]:
    """Return the codes of critical care with their units: the first hour, then blocks of 30 minutes.

    The first code covers 30 to 74 minutes. A further block counts once its first minute is reached, for Medicare when
    it is whole (104 minutes).
    """
    care = rule["critical"]
    if minutes < care["from"]:
        return ()
    first = ((str(care["first"]), 1),)
    beyond = minutes - care["until"]
    blocks = beyond // care["each"] if medicare else -(-beyond // care["each"])
    return (*first, (str(care["more"]), blocks)) if blocks > 0 else first


def prolonged(rule: Mapping[str, Any], code: str, minutes: int, *, medicare: bool) -> tuple[str, int]:
    """Return the code and the units of the time beyond the highest code; an empty string and 0 where there is none."""
    found = rule["medicare" if medicare else "general"].get(int(code) if code.isdigit() else code)
    if found is None or minutes < found[1]:
        return "", 0
    return str(found[0]), 1 + (minutes - found[1]) // int(rule["each"])


def care_management(levels: Mapping[str, Any], kind: str, minutes: int) -> tuple[tuple[str, int], ...]:
    """Return the codes of a month of care management with their units; nothing below the first threshold."""
    entry = levels["care_management"][kind]
    if minutes < entry["minutes"]:
        return ()
    first = ((str(entry["first"]), 1),)
    blocks = (minutes - entry["minutes"]) // entry["each"]
    blocks = min(blocks, entry["most"]) if entry["most"] else blocks
    return (*first, (str(entry["more"]), blocks)) if blocks > 0 else first
