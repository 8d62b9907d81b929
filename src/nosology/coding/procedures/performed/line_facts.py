"""What the words about a line say for its modifiers: waived, rented, read only, lesser of a session, on its own.

The words stand in the rule ``Modifier-line-facts``. Two of the statements need tables: the lesser procedure of a
session is told by the relative values of the fee schedule, and whether a procedure would be part of another by NCCI.
Without them nothing is said, and nothing is ever said for the sake of payment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nosology.codes.ncci import Ncci, open_ncci
from nosology.coding.em.scan import compiled, stands
from nosology.coding.procedures.performed.find import ServiceLine
from nosology.coding.procedures.performed.statements import Statements
from nosology.errors import NosologyError
from nosology.model.coding import CodeSuggestion
from nosology.model.encounter import Setting

if TYPE_CHECKING:
    from nosology.codes.pfs import FeeSchedule

__all__ = ["say_facts", "say_of_visit"]

_HEAD = 400  # code points in which a report names where the examination was made
_REDUCED = ("2", "3")  # multiple procedures of surgery and endoscopy
_APART = frozenset(["other_encounter", "other_structure", "other_practitioner", "no_overlap"])
_SIDED = frozenset(["left", "right", "named_site"])


def say_facts(notes: Statements, lines: Sequence[ServiceLine], fees: FeeSchedule | None) -> list[ServiceLine]:
    """The lines with the statements that their words, the fee schedule and NCCI make for their modifiers."""
    rules = notes.rules.get("modifier_facts", ())
    if not rules or not lines:
        return list(lines)
    data = rules[0].data
    told = []
    kinds = Counter(line.kind for line in lines)
    for line in lines:
        words = " ".join(each.quote for each in line.evidence)
        whole = notes.text if kinds[line.kind] == 1 else words
        facts = {row["fact"] for row in data["rows"] if _says(notes, row, line, whole if row.get("sole") else words)}
        if "repeat_result" in facts:  # the first test is a line of its own
            told.append(replace(line, said=line.said | facts - {"repeat_result"}))
        told.append(replace(line, said=line.said | facts) if facts else line)
    told = _apart(notes, data["apart"], told)
    if any(line.said & _APART for line in told) and compiled(data["without_x"]).search(notes.text):
        told = [replace(line, said=line.said | {"payer_without_x"}) if line.said & _APART else line for line in told]
    if fees is None or notes.desk.setting is Setting.OUTPATIENT:
        return told
    return (
        told if compiled(data["without_51"]).search(notes.text) else _lesser(told, fees, office=_in_office(notes, data))
    )


def say_of_visit(notes: Statements, suggestion: CodeSuggestion) -> frozenset[str]:
    """The statements that the note makes for the modifiers of its visit."""
    rules = notes.rules.get("modifier_facts", ())
    if not rules:
        return frozenset()
    line = ServiceLine(suggestion.code, 1, suggestion.title, "visit", {}, rules[0], suggestion.evidence)
    return frozenset(row["fact"] for row in rules[0].data["rows"] if _says(notes, row, line, notes.text))


def _says(notes: Statements, row: Mapping[str, Any], line: ServiceLine, words: str) -> bool:
    if line.kind not in row["kinds"] or ("settings" in row and notes.desk.setting.value not in row["settings"]):
        return False
    if "codes" in row and not any(first <= line.code <= last for first, last in row["codes"]):
        return False
    if "how" in row and line.row.get("how", "done") not in row["how"]:
        return False
    if row.get("parts") and not line.row.get("parts"):
        return False
    if "words" in row and not _told(row["words"], words, notes):
        return False
    if "head" in row:
        words = notes.text[:_HEAD]
        if not notes.is_report or compiled(row["head"]).search(words) is None:
            return False
    if "without" in row and _told(row["without"], words, notes):
        return False
    return "note" not in row or stands(row["note"], notes.text)


def _told(pattern: str, words: str, notes: Statements) -> bool:
    """True if the pattern is met; in the whole note it is only looked for where a word that it needs stands."""
    return stands(pattern, words) if words is notes.text else compiled(pattern).search(words) is not None


def _apart(notes: Statements, apart: Mapping[str, str], lines: list[ServiceLine]) -> list[ServiceLine]:
    """Say of the lesser line of an NCCI pair that it is of another session or structure, where the chart tells it."""
    places = [n for n, line in enumerate(lines) if line.kind in ("procedure", "test", "therapy")]
    if len(places) < 2:
        return lines
    try:
        book: Ncci = open_ncci(on=notes.desk.on, home=notes.desk.home)
        table = "hospital" if notes.desk.setting is Setting.OUTPATIENT else "practitioner"
        day = int(notes.desk.on.strftime("%Y%m%d"))
        for one in places:
            for two in places:
                pair = book.ptp(table, lines[one].code, lines[two].code, day) if one != two else None
                if pair is not None and pair.modifier == 1:
                    lines[two] = _on_its_own(apart, lines[one], lines[two])
    except NosologyError:
        return lines
    return lines


def _on_its_own(apart: Mapping[str, str], greater: ServiceLine, lesser: ServiceLine) -> ServiceLine:
    sides = lesser.said & _SIDED, greater.said & _SIDED
    if all(sides) and lesser.said & _SIDED != greater.said & _SIDED:
        return lesser  # the modifiers of side say it already
    words = " ".join(each.quote for each in lesser.evidence)
    facts = {name for name, said in apart.items() if compiled(said).search(words)}
    if lesser.site and greater.site and lesser.site != greater.site:
        facts.add("other_structure")
    return replace(lesser, said=lesser.said | facts) if facts else lesser


def _in_office(notes: Statements, data: Mapping[str, Any]) -> bool:
    return notes.desk.setting is Setting.PROFESSIONAL and not stands(data["facility_words"], notes.text)


def _lesser(lines: list[ServiceLine], fees: FeeSchedule, *, office: bool) -> list[ServiceLine]:
    """Say of all procedures but the one with the highest relative value that they are the lesser of the session.

    Values are those of where it was done; of a procedure with a technical part those of the practitioner's part.
    """
    rows = [(n, fees.find(line.code)) for n, line in enumerate(lines) if line.kind == "procedure"]
    reduced = [(n, row) for n, row in rows if row is not None and row.multiple in _REDUCED and row.global_days != "ZZZ"]
    if len(reduced) > 1:
        own = [(n, (fees.find(row.code, "26") or row) if row.pc_tc == "1" else row) for n, row in reduced]
        first = max(own, key=lambda each: (each[1].total_office if office else each[1].total_facility, -each[0]))[0]
        for n, _row in reduced:
            if n != first:
                lines[n] = replace(lines[n], said=lines[n].said | {"lesser_of_session"})
    return lines
