"""The category of the visit, and whether the patient is new: what chooses the family of codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import Hit, compiled
from nosology.model.encounter import Setting
from nosology.model.note import Evidence

__all__ = ["Category", "find_category", "find_package", "find_patient"]

_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_HEAD = 6  # sentences at the beginning of the note that can name the category


@dataclass(frozen=True, slots=True)
class Category:
    """The category ("office", "emergency", "discharge" …) with the words that say it; none for the usual one."""

    name: str
    evidence: tuple[Evidence, ...] = ()


def find_category(chart: VisitChart) -> Category:
    """Return the category that the words of the note choose; an office visit, or the setting's own, where none do."""
    data = chart.data("em_category")
    default = "emergency" if chart.desk.setting is Setting.EMERGENCY else "office"
    lowered = chart.text.lower()
    head = _head(chart)
    for kind in data["kinds"]:
        if chart.desk.setting is Setting.EMERGENCY and kind["category"] not in (
            "hospital_initial",
            "hospital_same_day",
            "consult_hospital",
        ):
            continue
        numbers = {"head": head, "title": ()}.get(kind["where"], tuple(range(len(chart.lines))))
        found = next(
            (n for n, m in chart.find(kind["words"], numbers) if not chart.denied(n, m.start(), m.end())), None
        )
        titles = found is None and kind["where"] != "note" and _title(chart, kind["words"])
        if found is None and not titles:
            continue
        if "also" in kind and not compiled(kind["also"]).search(lowered):
            continue
        if "not" in kind and compiled(kind["not"]).search(lowered):
            continue
        number = found if found is not None else 0
        return Category(kind["category"], (chart.evidence(number),) if chart.lines else ())
    return Category(default)


def _head(chart: VisitChart) -> tuple[int, ...]:
    """Return the sentences that can name the category: the first ones and the complaint, none of the plan."""
    head = tuple(n for n, kind in enumerate(chart.kinds) if n < _HEAD or kind in ("chief_complaint", "header"))
    return tuple(n for n in head if n not in chart.planned or chart.kinds[n] == "")


def find_package(chart: VisitChart) -> tuple[str, Evidence] | None:
    """Return the package of care to which the visit belongs, with the words that say it; None for the usual visit."""
    if "em_package" not in chart.rules:
        return None
    data = chart.data("em_package")
    first = chart.desk.diagnoses[0] if chart.desk.diagnoses else None
    if first is not None and first.code.startswith(tuple(data["after"])):
        for at, found in chart.find(data["interval"], (*_head(chart), *chart.told)):
            if _days(found) <= data["most_days"]:
                return "postoperative", chart.evidence(at)
    if first is not None and first.code.startswith(tuple(data["fracture"])) and first.code[-1] in data["healing"]:
        everywhere = tuple(range(len(chart.lines)))
        treated = next((n for n, m in chart.find(data["treated_here"], everywhere)), None)
        for at, found in chart.find(data["since"], (*_head(chart), *chart.told)):
            if treated is not None and _days(found) <= data["most_days"]:
                return "postoperative", chart.evidence(at)
    for name in ("antepartum", "dialysis", "postoperative"):
        for number, match in chart.find(data[name], _head(chart)):
            if chart.denied(number, match.start(), match.end()):
                continue
            if name != "postoperative":
                return name, chart.evidence(number)
            for at, found in chart.find(data["interval"], (*_head(chart), *chart.told)):
                if _days(found) <= data["most_days"]:
                    return name, chart.evidence(at)
    return None


def _days(found: Hit) -> int:
    """Return the days since the operation that the words state."""
    said = found.match.groupdict()
    if stated := said.get("pod") or said.get("day"):
        return int(stated)
    number = (said["number"] or said.get("count") or "").lower()
    unit = (said["unit"] or said.get("span") or "").lower()
    amount = int(number) if number.isdigit() else 1 + _NUMBERS.index(number)
    return amount * {"day": 1, "week": 7, "month": 30}[unit]


def _title(chart: VisitChart, words: str) -> bool:
    first = chart.note.sections[0] if chart.note.sections else None
    pattern = compiled(words)
    kind = chart.note.document.kind.replace("_", " ")
    title = first.title if first is not None and first.span.start < 5 else ""
    return pattern.search(kind) is not None or pattern.search(title) is not None


def find_patient(chart: VisitChart) -> tuple[str, tuple[Evidence, ...]]:
    """Return "new", "established" or "" with the words that say so; what the note says of itself, not of a referral."""
    data = chart.data("em_patient")
    numbers = tuple(
        sorted(
            {
                *chart.told,
                *(n for n in chart.plan if chart.kinds[n] not in ("instructions",)),
                *range(min(4, len(chart.lines))),
            }
        )
    )
    out = compiled(data["referral_out"])
    early = tuple(n for n in numbers if n in chart.told or n < 4 or n in chart.plan)
    for number, _match in chart.find(data["surely_established"], early):
        if number in chart.told and not _speaks_of_another(data, chart.lines[number]):
            return "established", (chart.evidence(number),)
    for number, match in chart.find(data["new"], early):
        line = chart.lines[number]
        if (
            number in chart.planned
            and number not in chart.told
            and match.group().lower().startswith(("refer", "was refer", "sent", "been", "is ref", "subseq", "being"))
        ):
            continue
        if out.search(line[: match.end()]) or chart.denied(number, match.start(), match.end()):
            continue
        if _speaks_of_another(data, line):
            continue
        return "new", (chart.evidence(number),)
    complaint = tuple(
        n for n, k in enumerate(chart.kinds) if k == "chief_complaint" or (n < 4 and n not in chart.planned)
    )
    for number, _match in chart.find(data["established_titles"], complaint):
        if "emergency" not in chart.lines[number].lower() and " er " not in f" {chart.lines[number].lower()} ":
            return "established", (chart.evidence(number),)
    everywhere = (*numbers, *(n for n, k in enumerate(chart.kinds) if k in ("physical_exam", "results")))
    for number, match in chart.find(data["established"], everywhere):
        if "will" in chart.clause(number, match.start()).lower().split() or _speaks_of_another(
            data, chart.lines[number]
        ):
            continue
        if number in chart.planned and match.group().lower().startswith("follow"):
            continue
        return "established", (chart.evidence(number),)
    return "", ()


def _speaks_of_another(data: Mapping[str, Any], line: str) -> bool:
    """True if the visit that the sentence speaks of was with somebody else."""
    return compiled(data["elsewhere"]).search(line) is not None
