"""Values in free text: the numbers that belong to a measurement named just before them.

"Na 128", "sodium of 128 mEq/L", "K+ 2.9", "Hgb fell from 12.1 to 7.4", "creatinine 1.0 → 2.4", "Cr 1.9 (BL 0.8)", "BP
78/40", "EF 25-30%", "temp 102.6 F", "Sodium | 128 | L". Not: goals and thresholds ("keep Hgb > 7"), reference ranges,
doses, dates, counts of days, and what no person can have. What may be measured: ``data/indicators.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from nosology.notes import value_patterns as patterns

__all__ = ["Measurement", "Reading", "read_after", "read_before", "read_slashed"]

_WIDEST = 10  # an estimate between limits further apart is two readings


@dataclass(frozen=True, slots=True)
class Measurement:
    """One entry of ``measurements`` in ``data/indicators.yaml``; the fields are explained there."""

    name: str
    plausible: tuple[float, float]
    unit: str
    units: Mapping[str, float] = field(default_factory=dict)
    cased: frozenset[str] = frozenset()
    attached: frozenset[str] = frozenset()
    percent: bool = False
    thousand: bool = False
    estimate: bool = False
    fahrenheit: bool = False
    conventional: float = 0.0
    never: frozenset[float] = frozenset()


@dataclass(frozen=True, slots=True)
class Reading:
    """One value in the unit of its measurement; ``upper`` is its other limit where the text gives an estimate between
    two, else the value itself. ``bound`` is "<" or ">" where the text gives only a limit. ``when``: "" this stay,
    "baseline", "past", "discharge". ``start`` and ``end``: from the name to the last number of its series.
    """

    value: float
    upper: float
    bound: str
    when: str
    start: int
    end: int


def read_after(
    text: str, start: int, end: int, stop: int, measurement: Measurement, begin: int | None = None
) -> list[Reading]:
    """Return the readings that follow the name at ``text[start:end]``, none beyond ``stop`` (end of the sentence).

    ``begin`` is where to look for the first, if not right behind the name.
    """
    at = begin or end
    if text[at : at + 1] == " " and text[at + 1 : at + 2].isdigit():  # "Na 128", unless a date stands there
        at += 1
    if at == (begin or end) or "/" in text[at : at + 4]:
        gap = patterns.GAP.match(text, begin or end, stop)
        at = gap.end() if gap else begin or end
    first = patterns.NUMBER.match(text, at, stop)
    if first is None:
        return []
    word, between = text[start:end], text[end:at]
    decimal = "." in first["number"]
    if not between and not (decimal and word.lower() in measurement.attached):
        return []
    miscased = measurement.cased and word not in measurement.cased and word.lower() in _lower(measurement.cased)
    if miscased and (not decimal or text[max(0, start - 2) : start].strip().isdigit()):
        return []
    before = text[max(0, start - 40) : start]
    if _is_goal(before) or patterns.GOAL_AFTER.match(text, first.end(), stop):
        return []
    if first["bound"] and (patterns.LIMIT.search(before) or patterns.LIMIT.search(between)):
        return []
    numbers = _series(text, first, stop, measurement)
    if not numbers or patterns.GOAL_AFTER.match(text, numbers[-1][0].end(), stop):
        return []
    if (
        len(numbers) == 2
        and patterns.COLUMN.match(text, numbers[1][0].end())
        and patterns.RANGE.fullmatch(text, first.end(), numbers[1][0].start())
    ):  # "Sodium | 135-145 | 128": the reference range stands before the value
        return read_after(text, start, end, stop, measurement, numbers[1][0].end())
    finish = _close(text, numbers[-1][0].end(), start)
    near = (before[-18:] + between).lower()
    known = ("base" in near or "bl" in near or "usual" in near) and (
        patterns.BASELINE_BEFORE.search(before) or patterns.BASELINE.search(between)
    )
    line = text[max(text.rfind("\n", 0, start) + 1, start - 90) : start]
    when = "past" if patterns.PAST.search(before[-24:].rpartition(";")[2]) else "discharge" if _is_late(line) else ""
    after = text[finish : finish + 40].lstrip(" ,(%)")
    last_when = "past" if patterns.PAST.match(after) else "discharge" if _is_late(after[:18]) else when
    factor = _factor(text, numbers, measurement)
    readings: list[Reading] = []
    for place, (match, base, joined) in enumerate(numbers):
        value = _value(match, factor, measurement)
        if value is None:
            continue
        if joined and readings:  # "25-30%": one estimate
            last = readings[-1]
            readings[-1] = Reading(last.value, value, last.bound, last.when, start, finish)
            continue
        at_base = base or (place == 0 and known)
        bound = "" if not match["bound"] else "<" if match["bound"].strip()[0] in "<≤lbuLBU" else ">"
        said = "baseline" if at_base else last_when if match is numbers[-1][0] else when
        readings.append(Reading(value, value, bound, said, start, finish))
    return readings


def read_slashed(text: str, start: int, end: int, stop: int, place: int, measurement: Measurement) -> list[Reading]:
    """Return the readings that stand at ``place`` (1 = first) among numbers parted by slashes after the name."""
    gap = patterns.GAP.match(text, end, stop)
    at = gap.end() if gap else end
    found = patterns.SLASHED.match(text, at, stop)
    before = text[max(0, start - 40) : start]
    if found is None or _is_goal(before) or text[end:at] == "":
        return []
    when = "discharge" if _is_late(text[max(text.rfind("\n", 0, start) + 1, start - 90) : start]) else ""
    low, high = measurement.plausible
    readings: list[Reading] = []
    while found is not None:
        parts = found.group().split("/")
        value = float(parts[place - 1]) if len(parts) >= place else low - 1
        if not low <= value <= high:
            break
        readings.append(Reading(value, value, "", when, start, found.end()))
        after = patterns.SLASHED_NEXT.match(text, found.end(), stop)
        found = patterns.SLASHED.match(text, after.end(), stop) if after and after.end() > found.end() else None
    return readings


def read_before(text: str, start: int, end: int, measurement: Measurement) -> list[Reading]:
    """Return the reading whose number stands right before the words at ``text[start:end]`` ("84% on room air")."""
    found = patterns.BEHIND.search(text, max(0, start - 9), start)
    if found is None or _is_goal(text[max(0, found.start() - 40) : found.start()]):
        return []
    upper = float(found[2])
    value = float(found[1]) if found[1] else upper
    low, high = measurement.plausible
    if not low <= value <= upper <= high or text[found.start() - 1 : found.start()] in (".", "/", "<", ">"):
        return []
    line = text[max(text.rfind("\n", 0, start) + 1, start - 90) : start]
    return [Reading(value, upper, "", "discharge" if _is_late(line) else "", found.start(), end)]


def _is_goal(before: str) -> bool:
    """Whether the words before a name make it a goal, a threshold or a vitamin."""
    low = before.lower()
    return any(word in low for word in patterns.GOAL_HINTS) and bool(
        patterns.GOAL.search(before) or patterns.VITAMIN.search(before)
    )


def _is_late(words: str) -> bool:
    """Whether the words speak of the discharge."""
    low = words.lower()
    return ("dis" in low or "d/" in low or "dc" in low) and patterns.DISCHARGE.search(low) is not None


def _lower(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word.lower() for word in words)


def _series(
    text: str, first: re.Match[str], stop: int, measurement: Measurement
) -> list[tuple[re.Match[str], bool, bool]]:
    """Return the numbers of a series with (is the baseline, closes an estimate); doses, dates and ages end it."""
    if not _belongs(text, first, stop, measurement):
        return []
    numbers = [(first, False, False)]
    at = first.end()
    for _ in range(8):
        behind = _skip_unit(text, at, stop)
        if not patterns.GOES_ON.match(text, behind, stop):
            break
        for pattern, base in patterns.FOLLOWING:
            after = pattern.match(text, behind, stop)
            if after is None or after.end() == at:
                continue
            match = patterns.NUMBER.match(text, after.end(), stop)
            if match is None or not _belongs(text, match, stop, measurement):
                continue
            if (
                pattern is patterns.LOOSE
                and "." in first["number"]
                and "." not in match["number"]
                and match["number"] != "0"
            ):
                continue
            told = base or (pattern is patterns.NEXT and bool(after["base"]))
            told = told or (pattern is patterns.BARE and measurement.name == "creatinine" and text[match.end()] == ")")
            hyphen = (
                pattern is patterns.NEXT and measurement.estimate and after.group().strip() in ("-", "–", "—", "to")
            )
            hyphen = hyphen and 0 < float(match["number"]) - float(first["number"]) <= _WIDEST
            if hyphen and len(numbers) > 1:
                continue
            numbers.append((match, told, hyphen))
            at = match.end()
            break
        else:
            break
    return numbers


def _skip_unit(text: str, at: int, stop: int) -> int:
    """Return the place behind a unit or flag after a number ("7.2 g/dL", "128 (L)", "84% on RA")."""
    unit = patterns.UNITS.match(text, at, stop)
    return unit.end() if unit else at


def _close(text: str, at: int, start: int) -> int:
    """Return the end of a quote that ends with the number at ``at``: with its unit and the bracket that it opened."""
    at = _skip_unit(text, at, len(text))
    if text[at : at + 1] == ")" and text.count("(", start, at) > text.count(")", start, at):
        return at + 1
    return at


def _belongs(text: str, match: re.Match[str], stop: int, measurement: Measurement) -> bool:
    """Whether the number is a value of the measurement: plausible, and neither dose, date, fraction nor share."""
    after = match.end()
    follows = text[after : after + 1]
    if follows == "/" and text[after + 1 : after + 2].isdigit():
        return False
    if follows == "%" and not measurement.percent:
        return False
    if follows.isalpha() and not match["kilo"] and not patterns.FLAG.match(text, after):
        return False
    if measurement.name != "blood_loss" and patterns.DOSE.match(text, after, stop):
        return False
    return any(_value(match, factor, measurement) is not None for factor in (1.0, *measurement.units.values()))


def _factor(text: str, numbers: list[tuple[re.Match[str], bool, bool]], measurement: Measurement) -> float:
    """Return by what the series is multiplied to be in the unit of the measurement."""
    for match, _base, _joined in numbers:
        unit = patterns.UNIT.match(text, match.end())
        if unit is not None and (factor := measurement.units.get(unit[1].lower().replace(" ", ""))) is not None:
            return factor
    first = numbers[0][0]["number"]
    if measurement.conventional and "." in first and float(first) < measurement.conventional:
        unit = patterns.UNIT.match(text, numbers[0][0].end())
        if unit is None or unit[1].lower() not in ("ng/l", "pg/ml"):
            return 1000.0
    return 1.0


def _value(match: re.Match[str], factor: float, measurement: Measurement) -> float | None:
    """Return the number in the unit of the measurement, None where no person can have it."""
    value = float(match["number"].replace(",", "")) * factor
    low, high = measurement.plausible
    if value in measurement.never:
        return None
    if match["kilo"] and not measurement.thousand:
        value *= 1000
    if measurement.thousand and value > max(high, 500):
        value /= 1000
    if measurement.fahrenheit and 86 <= value <= 112:
        value = round((value - 32) / 1.8, 1)
    return value if low <= value <= high else None
