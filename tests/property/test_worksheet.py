"""The worksheet under any sequence of moves by two people: replay equals the sheet, undo restores, nothing is lost."""

from __future__ import annotations

import itertools
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.coding import worksheet_moves as moves
from nosology.coding.code_entry import CodeEntry
from nosology.coding.worksheet import (
    DIAGNOSES,
    Conflict,
    Sheet,
    apply_patch,
    diff_sheets,
    lay_run,
    list_codes,
    list_overrides,
    open_sheet,
    replay,
    revert_patch,
)
from nosology.errors import NosologyError

SUGGESTED = ["A00.0", "B01.1", "C02.2", "D03.3"]
CODES = [*SUGGESTED, "E04.4", "F05.5"]
KEYS = [f"icd10cm:{code}" for code in CODES] + ["cpt:99213", "cpt:99213:2", "nothing"]


def result_of(codes: list[str]) -> dict[str, Any]:
    return {
        "codes": [
            {"system": "icd10cm", "code": code, "title": code, "score": n / 10, "evidence": []}
            for n, code in enumerate(codes, 1)
        ]
        + [{"system": "cpt", "code": "99213", "title": "", "score": 0.5, "evidence": [], "units": 1}]
    }


keys = st.sampled_from(KEYS)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("accept"), keys, st.just("")),
        st.tuples(st.just("reject"), keys, st.sampled_from(["", "ruled out"])),
        st.tuples(st.just("change"), keys, st.sampled_from(CODES)),
        st.tuples(st.just("add"), st.just(""), st.sampled_from([*CODES, "99213"])),
        st.tuples(st.just("move"), keys, st.sampled_from(["up", "down", "first", "1", "2", "9"])),
        st.tuples(st.just("poa"), keys, st.sampled_from(["Y", "N", ""])),
        st.tuples(st.just("override"), st.sampled_from(["", KEYS[0]]), st.sampled_from(["MCE", "HAC"])),
        st.tuples(st.just("lay"), st.just(""), st.sampled_from(["AB", "BD", "ABCDE", ""])),
    ),
    max_size=25,
)


def make(sheet: Sheet, step: tuple[str, str, str], by: str = "one") -> Sheet:
    verb, key, value = step
    stamp = moves.Stamp(by, "2026-05-06")
    system = "cpt" if value == "99213" else "icd10cm"
    entry = CodeEntry(system, value, value)
    if verb == "accept":
        return moves.accept_code(sheet, key, stamp)
    if verb == "reject":
        return moves.reject_code(sheet, key, value, stamp)
    if verb == "change":
        return moves.change_code(sheet, key, entry, "", stamp)
    if verb == "add":
        return moves.add_code(sheet, entry, (), "", stamp)
    if verb == "move":
        return moves.move_code(sheet, key, value)
    if verb == "poa":
        return moves.set_field(sheet, key, "poa", value, stamp) if key in sheet.items else sheet
    if verb == "override":
        return moves.override_finding(sheet, value, key, "seen", stamp, name="One", on="2026-05-06")
    return lay_run(sheet, result_of([CODES["ABCDE".index(each)] for each in value]))


def walk(given_steps: list[tuple[str, str, str]]) -> list[tuple[Sheet, Any, Any]]:
    """Each sheet with the patches that led to it; what cannot be is left out."""
    sheet = lay_run(Sheet({}, ()), result_of(SUGGESTED))
    found = [(sheet, *diff_sheets(Sheet({}, ()), sheet))]
    for step in given_steps:
        try:
            after = make(sheet, step)
        except NosologyError:
            continue
        found.append((after, *json.loads(json.dumps(diff_sheets(sheet, after)))))
        sheet = after
    return found


@given(steps)
def test_the_worksheet_equals_the_replay_of_its_decisions(given_steps: list[tuple[str, str, str]]) -> None:
    made = walk(given_steps)
    sheet = made[-1][0]
    assert replay(after for _sheet, _before, after in made) == sheet
    assert open_sheet(list_codes(sheet, "inpatient"), list_overrides(sheet)) == sheet


@given(steps)
def test_undoing_step_by_step_restores_each_sheet_exactly(given_steps: list[tuple[str, str, str]]) -> None:
    made = walk(given_steps)
    sheet = made[-1][0]
    for (earlier, *_rest), (_later, before, after) in reversed(list(itertools.pairwise(made))):
        sheet = revert_patch(sheet, before, after)
        assert sheet == earlier


@given(steps)
def test_a_sheet_is_always_in_order(given_steps: list[tuple[str, str, str]]) -> None:
    for sheet, _before, _after in walk(given_steps):
        codes = [key for key in sheet.items if not key.startswith("override:")]
        assert sorted(sheet.order) == sorted(codes)
        standing = [sheet.items[key]["code"] for key in sheet.group(DIAGNOSES)]
        assert len(set(standing)) == len(standing)
        roles = [each["role"] for each in list_codes(sheet, "inpatient") if each["state"] != "rejected"]
        assert roles.count("principal") == (1 if standing else 0)
        for key, item in sheet.items.items():
            if not key.startswith("override:"):
                assert key.split(":")[1] in (item["suggested"], item["code"]) or item["origin"] == "coder"


@settings(max_examples=400)
@given(steps, st.integers(0, 30))
def test_what_others_did_survives_an_undo(given_steps: list[tuple[str, str, str]], place: int) -> None:
    made = walk(given_steps)
    if len(made) < 3:
        return
    n = 1 + place % (len(made) - 1)
    _sheet, before, after = made[n]
    last = made[-1][0]
    try:
        undone = revert_patch(last, before, after)
    except Conflict:
        return
    for key in set(last.items) - set(after["items"]):
        assert undone.items[key] == last.items[key]
    for key, item in before["items"].items():
        assert _decided(undone.items.get(key)) == _decided(item)
    again = apply_patch(undone, diff_sheets(undone, last)[1])
    assert again == last
    assert sorted(undone.order) == sorted(key for key in undone.items if not key.startswith("override:"))


def _decided(item: Any) -> Any:
    return item and {name: value for name, value in item.items() if name not in ("evidence", "score")}


@given(steps, st.sampled_from(["AB", "BD", "ABCDE", ""]))
def test_a_new_reading_loses_no_decision(given_steps: list[tuple[str, str, str]], value: str) -> None:
    sheet = walk(given_steps)[-1][0]
    after = make(sheet, ("lay", "", value))
    for key in sheet.order:
        item = sheet.items[key]
        if item["by"]:
            assert _decided(after.items[key]) == _decided(item)
    assert lay_run(after, result_of([CODES["ABCDE".index(each)] for each in value])) == after
