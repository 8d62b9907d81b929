"""The case tables of edits: ``… | finds | why``, one rule a table."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.edits.desk import Books
from nosology.edits.profile import profile_encounters
from nosology.model.encounter import Diagnosis, Encounter, Procedure, ServiceLine, Setting
from nosology.pipeline import check_encounter

ON = date(2026, 5, 4)
_LINE = re.compile(
    r"(?P<code>\S*?)(?P<modifiers>(?:-[A-Z0-9]{2})*)(?: x(?P<units>-?[\d.]+))?(?: \$(?P<charge>-?[\d.]+))?"
    r"(?: @(?P<date>\S+))?(?: pos(?P<place>\w+))?(?: rev(?P<revenue>\w+))?(?: min(?P<minutes>\d+))?(?: ndc(?P<ndc>[\d-]+))?(?: at(?P<began>[\d:]+))?(?: \^(?P<points>\S+))?"
)


def read_rows(table: str) -> list[dict[str, str]]:
    """The rows of a table whose columns are separated by bars; the second line is a ruler."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


def read_line(text: str) -> ServiceLine:
    """A line such as ``99213-25 x2 $90 @2026-05-04 pos11 rev0450 min30 ^1,2``; ``none`` for no code."""
    found = _LINE.fullmatch(text.strip())
    assert found, f"not a line: {text}"
    return ServiceLine(
        code="" if found["code"] == "none" else found["code"],
        modifiers=tuple(found["modifiers"].split("-")[1:]),
        units=Decimal(found["units"] or 1),
        charge=Decimal(found["charge"] or 100),
        date=date.fromisoformat(found["date"]) if found["date"] else ON,
        place_of_service=found["place"] or "",
        revenue_code=found["revenue"] or "",
        began=time.fromisoformat(found["began"]) if found["began"] else None,
        ndc=found["ndc"] or "",
        minutes=int(found["minutes"]) if found["minutes"] else None,
        diagnosis_pointers=tuple(map(int, found["points"].split(","))) if found["points"] else (),
    )


def read_case(row: dict[str, str], default: str) -> tuple[Encounter, date]:
    """The encounter of a row: diagnoses ``code:poa``, procedures ``code@date``, lines and history divided by
    semicolons, ``more`` as ``field=value`` divided by semicolons; "-" is nothing."""

    def parts(name: str, divider: str | None = None) -> list[str]:
        text = row.get(name, "-")
        return [each.strip() for each in text.split(divider) if each.strip()] if text != "-" else []

    encounter = Encounter(
        id="case",
        setting=Setting(row.get("setting") or default),
        diagnoses=tuple(Diagnosis(*each.split(":")) for each in parts("diagnoses")),
        procedures=tuple(
            Procedure(each.split("@")[0], date.fromisoformat(each.split("@")[1]) if "@" in each else None)
            for each in parts("procedures")
        ),
        lines=tuple(read_line(each) for each in parts("lines", ";")),
        history=tuple(read_line(each) for each in parts("history", ";")),
    )
    on = ON
    for each in parts("more", ";"):
        name, _, value = each.partition("=")
        if name == "on":
            on = date.fromisoformat(value)
            continue
        known = getattr(encounter, name)
        typed: object = value
        if isinstance(known, int) or name in ("age", "length_of_stay"):
            typed = int(value)
        elif name in ("admitted", "discharged", "birth_date", "submitted"):
            typed = date.fromisoformat(value)
        encounter = replace(encounter, **{name: typed})
    return encounter, on


def _tables() -> ModuleType:
    """The module beside this one: tests are no package."""
    spec = spec_from_file_location("edit_tables", Path(__file__).with_name("tables.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def edit_books(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Books of a data folder of its own: what comes out of the box, and small tables of made-up codes."""
    folder = tmp_path_factory.mktemp("edits-home")
    open_icd10cm(home=home)
    open_icd10pcs(home=home)
    shutil.copytree(home / "releases", folder / "releases", ignore=shutil.ignore_patterns("*.lock"))
    _tables().install_tables(folder)
    return Books(folder)


@pytest.fixture
def profile_cases() -> Callable[..., None]:
    """Checks a table for one rule over many encounters: ``practice`` holds practitioners divided by semicolons, each
    as ``number: line times count, line of patient``, an encounter each; ``finds`` are the numbers found."""

    def check(table: str, rule: str) -> None:
        wrong = []
        for row in read_rows(table):
            made = []
            for part in row["practice"].split(";"):
                who, _, lines = part.strip().partition(":")
                for each in lines.split(","):
                    text, _, count = each.strip().partition(" times ")
                    text, _, patient = text.partition(" of ")
                    line = replace(read_line(text), provider=who)
                    visit = Encounter("1", Setting.PROFESSIONAL, lines=(line,), patient=patient)
                    made += [visit] * int(count or 1)
            findings = profile_encounters(made, on=ON)
            got = sorted(each.where[9:-1] for each in findings if each.rule == rule)
            if got != (sorted(row["finds"].split()) if row["finds"] != "-" else []):
                wrong.append(f"{row}: found {got}: {[each.message for each in findings]}")
        assert not wrong, "\n".join(wrong)

    return check


@pytest.fixture
def edit_cases(edit_books: Books) -> Callable[..., None]:
    """Checks a table for one rule: the places at which it finds something, in any order ("-" for none).

    Columns: setting, diagnoses, procedures, lines, history, more; finds; why.
    """

    def check(table: str, rule: str, *, default: str = "professional") -> None:
        wrong = []
        for row in read_rows(table):
            encounter, on = read_case(row, default)
            before = repr(encounter)
            findings = check_encounter(encounter, on=on, books=edit_books, only=[rule])
            assert repr(encounter) == before
            strange = [each for each in findings if each.rule.startswith("edit.") and each.rule != "edit.outdated"]
            got = sorted(each.where or "claim" for each in findings if each.rule == rule)
            wanted = sorted(row["finds"].split()) if row["finds"] != "-" else []
            if got != wanted or strange:
                said = [each.message for each in findings]
                wrong.append(f"{row}: wanted {wanted}, found {got}: {said} {strange}")
            assert all(each.message and each.citation and "{" not in each.message for each in findings)
        assert not wrong, "\n".join(wrong)

    return check
