"""NCCI over columns gives what it gives one claim at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.codes.ncci import open_ncci
from nosology.codes.ncci_keys import encode_code
from nosology.edits.check import check_encounter
from nosology.edits.columnar import LineColumns, NcciColumns, encode_codes
from nosology.edits.desk import Books
from nosology.model.encounter import Encounter, ServiceLine, Setting
from nosology.rules.loader import find_rule

ON = date(2026, 5, 4)
_TABLES = Path(__file__).resolve().parents[1] / "spec" / "edits" / "tables.py"
_CODES = st.sampled_from([f"A000{n}" for n in range(1, 10)] + ["A0011", "A0012", "A0013", "x", "", "Q0001", "Q9999"])
_LINES = st.builds(
    ServiceLine,
    code=_CODES,
    modifiers=st.lists(st.sampled_from(["59", "RT", "55", "26", "XU"]), max_size=4, unique=True).map(tuple),
    units=st.integers(-1, 6).map(Decimal),
    date=st.sampled_from([date(2019, 6, 30), date(2025, 12, 31), ON, date(2026, 5, 5)]),
    provider=st.sampled_from(["1", "2"]),
)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Books:
    spec = spec_from_file_location("edit_tables", _TABLES)
    assert spec is not None
    assert spec.loader is not None
    tables: Any = module_from_spec(spec)
    spec.loader.exec_module(tables)
    folder = tmp_path_factory.mktemp("ncci")
    tables.install_tables(folder)
    return Books(folder)


def columns_of(claims: list[list[ServiceLine]]) -> LineColumns:
    rows = [(number, line) for number, claim in enumerate(claims) for line in claim]
    days = [line.date or ON for _, line in rows]
    return LineColumns(
        claim=np.array([number for number, _ in rows], np.int64),
        code=np.array([line.code for _, line in rows], "S5"),
        day=np.array([day.year * 10000 + day.month * 100 + day.day for day in days], np.int32),
        units=np.array([float(line.units) for _, line in rows]),
        modifiers=np.array([[*line.modifiers, *[""] * 4][:4] for _, line in rows], "S2").reshape(len(rows), 4),
        provider=np.array([int(line.provider) for _, line in rows], np.int64),
    )


@pytest.mark.parametrize(("setting", "table"), [("professional", "practitioner"), ("outpatient", "hospital")])
@settings(max_examples=120)
@given(claims=st.lists(st.lists(_LINES, max_size=6), max_size=6))
def test_columns_equal_one_by_one(books: Books, setting: str, table: str, claims: list[list[ServiceLine]]) -> None:
    wanted = set()
    start = 0
    for claim in claims:
        encounter = Encounter("1", Setting(setting), lines=tuple(claim))
        found = check_encounter(encounter, on=ON, books=books, only=["NCCI-PTP", "NCCI-MUE", "NCCI-add-on"])
        assert not [each for each in found if each.rule.startswith("edit.not")]
        wanted |= {(each.rule, start + int(each.where[6:-1]), each.message) for each in found if "NCCI" in each.rule}
        start += len(claim)
    pairs, units = find_rule("NCCI-PTP"), find_rule("NCCI-MUE")
    assert pairs is not None
    assert units is not None
    engine = NcciColumns(open_ncci(on=ON, home=books.home), pairs=pairs, units=units, table=table, add_ons=True)
    lines = columns_of(claims)
    if table == "hospital":  # one facility is paid, whoever rendered the line
        lines = replace(lines, provider=None)
    got = engine.check(lines)
    codes = [code.decode() for code in lines.code]
    by_columns = {("NCCI-PTP", int(two), codes[one]) for one, two in zip(got.column1, got.column2, strict=True)}
    by_columns |= {("NCCI-MUE", int(n), f"{c:g}") for n, c in zip(got.line, got.counted, strict=True)}
    by_columns |= {("NCCI-add-on", int(n), codes[n]) for n in got.add_on}
    one_by_one = {(rule, place, _said(rule, message)) for rule, place, message in wanted}
    assert by_columns == one_by_one


def _said(rule: str, message: str) -> str:
    """What the columns know too: the other code of a pair, the units, the code."""
    if rule == "NCCI-PTP":
        return message.split("beside ")[1].split()[0]
    return message.split()[0].rstrip(":") if rule == "NCCI-add-on" else message.split()[1]


def test_codes_are_encoded_alike() -> None:
    codes = ["00000", "99213", "A0001", "ZZZZZ", "x", "", "abcde"]
    assert encode_codes(np.array(codes, "S5")).tolist() == [encode_code(code) for code in codes]
