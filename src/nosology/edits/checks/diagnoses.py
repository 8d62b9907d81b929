"""Each diagnosis for itself: a valid code, billable, with its 7th character, once, with its side told once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from nosology.codes.icd10cm import Icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.pcs_tables import open_pcs_tables
from nosology.edits.desk import Desk, edit
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = [
    "check_billable",
    "check_duplicate",
    "check_laterality",
    "check_phases",
    "check_procedures",
    "check_seventh",
    "check_valid",
    "show",
]

_SIDES = ("right", "left", "bilateral")


def show(code: str) -> str:
    """A code as it may stand in a message: at most twelve characters, none of them unprintable."""
    return "".join(each if each.isprintable() else "?" for each in code.strip()[:12]) or "(blank)"


def _stated(desk: Desk) -> Iterator[tuple[str, str]]:
    """Place and text of every code of ICD-10-CM in the encounter."""
    for place, each in enumerate(desk.encounter.diagnoses):
        yield f"diagnoses[{place}]", each.code
    if desk.encounter.admitting_diagnosis.strip():
        yield "admitting_diagnosis", desk.encounter.admitting_diagnosis


def _wants_seventh(icd: Icd10cm, code: str) -> str:
    """The 7th characters that the code, or the code without its 7th character, takes; "" if it takes none."""
    plain = code.strip().upper().replace(".", "")
    stem = code if code in icd else plain[:6].rstrip("X") if len(plain) == 7 else ""
    if not stem or stem not in icd or icd.is_billable(stem):
        return ""
    below = icd.children(stem)
    if not below or any(icd.kind(each) != "extended" for each in below):
        return ""
    return ", ".join(icd.get(stem).seventh_character)


@edit("icd_valid")
def check_valid(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code that the release in force on the date of service does not hold."""
    for where, code in _stated(desk):
        if (not code.strip() or code not in desk.icd) and not _wants_seventh(desk.icd, code):
            told = f"{show(code)} is no code of ICD-10-CM on {desk.on}"
            yield desk.find(rule, where, {"told": told, "do": "look the condition up: nosology search"})
    if not desk.encounter.diagnoses:
        yield desk.find(rule, "diagnoses", {"told": "no diagnosis is stated", "do": "state what the care was for"})


@edit("icd_billable")
def check_billable(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A header: more specific codes stand below it."""
    for where, code in _stated(desk):
        if code.strip() and code in desk.icd and not desk.icd.is_billable(code) and not _wants_seventh(desk.icd, code):
            below = desk.icd.leaves(code)
            shown = ", ".join(below[:4]) + (" …" if len(below) > 4 else "")
            yield desk.find(rule, where, {"code": show(code), "below": shown})


@edit("icd_seventh")
def check_seventh(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A 7th character that is absent, or none of those that the code takes."""
    for where, code in _stated(desk):
        if (characters := _wants_seventh(desk.icd, code)) and not desk.icd.is_billable(code):
            yield desk.find(rule, where, {"code": show(code), "characters": characters})


@edit("icd_duplicate")
def check_duplicate(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A code that stands twice among the diagnoses."""
    seen: dict[str, int] = {}
    for place, each in enumerate(desk.encounter.diagnoses):
        plain = each.code.strip().upper().replace(".", "")
        if plain in seen:
            yield desk.find(rule, f"diagnoses[{place}]", {"code": show(each.code), "first": seen[plain] + 1})
        elif plain:
            seen[plain] = place


def _split(icd: Icd10cm, code: str) -> tuple[str, str, str]:
    """A code as what its side leaves open: the node of all sides, the side (right, left, bilateral, unspecified, "")
    and the 7th character."""
    stem, seventh = (icd.parent(code) or code, code[-1]) if icd.kind(code) == "extended" else (code, "")
    title = icd.title(stem).lower()
    words = title.replace(",", " ").split()
    side = next((each for each in _SIDES if each in words), "")
    siblings = [icd.title(each).lower() for each in icd.siblings(stem)]
    if not side and any(title.replace("unspecified", "right", 1) == each for each in siblings):
        side = "unspecified"
    elif not side and "unspecified" in words:  # the side is not the first word that is left open
        head, _, tail = title.rpartition("unspecified")
        side = "unspecified" if f"{head}right{tail}" in siblings else ""
    return (icd.parent(stem) or "", side, seventh)


@edit("icd_laterality")
def check_laterality(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """Sides of one condition that do not go together: unspecified beside a side, both beside one, both sides where
    one code says so."""
    told = [(place, code, *_split(desk.icd, code)) for place, code in desk.diagnoses if desk.icd.is_billable(code)]
    told = [each for each in told if each[3]]
    for one, other in combinations(told, 2):
        if {one[3], other[3]} in ({"bilateral", "right"}, {"bilateral", "left"}) and one[2] != other[2]:
            if one[4] == other[4] and _plain_title(desk.icd, one[1]) == _plain_title(desk.icd, other[1]):
                why = "one says both sides and the other repeats one of them"
                yield desk.find(rule, f"diagnoses[{other[0]}]", {"first": one[1], "second": other[1], "why": why})
            continue
        if one[2] != other[2] or one[4] != other[4] or one[3] == other[3]:
            continue
        sides = {one[3], other[3]}
        names = {"first": one[1], "second": other[1]}
        where = f"diagnoses[{other[0]}]"
        if "unspecified" in sides:
            yield desk.find(rule, where, {**names, "why": "one names the side and the other leaves it open"})
        elif "bilateral" in sides:
            yield desk.find(rule, where, {**names, "why": "one says both sides and the other repeats one of them"})
        elif not _titles_differ(desk.icd, one[1], other[1]):
            both = [each for each in desk.icd.children(one[2]) if _split(desk.icd, each)[1] == "bilateral"]
            if len(both) == 1 and desk.icd.is_billable(both[0]):
                yield desk.find(rule, where, {**names, "why": f"{both[0]} says both sides"})


def _plain_title(icd: Icd10cm, code: str) -> frozenset[str]:
    """The words of a title that name no side."""
    return frozenset(icd.title(code).lower().replace(",", " ").split()) - {*_SIDES, "unilateral", "of", "the", "and"}


@edit("icd_phases")
def check_phases(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """One code with two 7th characters of ``phases``: one injury is in one phase of care, one eye in one stage."""
    told: dict[str, tuple[int, str]] = {}
    for place, code in desk.diagnoses:
        row = next((row for row in rule.data["rows"] if code.startswith(tuple(row["codes"]))), None)
        if row is None or desk.icd.kind(code) != "extended" or code[-1] not in row["characters"]:
            continue
        first = told.setdefault(code[:-1], (place, code))
        if first[1] != code:
            names = {"first": first[1], "second": code, "why": row["why"]}
            yield desk.find(rule, f"diagnoses[{place}]", names)


def _titles_differ(icd: Icd10cm, one: str, other: str) -> bool:
    """True if the titles say more than another side."""
    plain = [icd.title(each).lower().replace("right", "").replace("left", "") for each in (one, other)]
    return plain[0] != plain[1]


@edit("pcs_valid")
def check_procedures(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A procedure code that ICD-10-PCS does not hold on the date."""
    if not desk.encounter.procedures:
        return
    book = desk.books.open("icd10pcs", desk.on, open_icd10pcs)
    for place, each in enumerate(desk.encounter.procedures):
        if each.code.strip().upper() not in book:
            why = _illegal_character(each.code, desk)
            yield desk.find(rule, f"procedures[{place}]", {"code": show(each.code), "why": why})


def _illegal_character(code: str, desk: Desk) -> str:
    """Which character no table allows where it stands, "" where the tables are not installed."""
    tables = open_pcs_tables(on=desk.on, home=desk.books.home)
    found = tables.illegal_character(code) if tables is not None else None
    if found is None:
        return ""
    place, axis = found
    return f": character {place} ({axis}) cannot be {show(code.strip()[place - 1])}"
