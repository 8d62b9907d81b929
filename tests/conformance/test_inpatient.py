"""MS-DRG and Medicare Code Editor against the results of CMS's own Java software, v43.1, every case, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.grouping.msdrg import assign_drg
from nosology.model.encounter_json import drg_to_json, read_encounter

from .adapter import inpatient_encounter, read_cases
from .differences import INPATIENT

V431 = date(2026, 9, 30)
"""The reference ran v43.1 on every claim, whatever its date; so does this test."""


@pytest.fixture(scope="module")
def cases(shared_data: Path) -> list[dict[str, Any]]:
    return read_cases(shared_data, "msdrg_v431_dev.jsonl.gz")


def compare(case: dict[str, Any], result: dict[str, Any]) -> Iterator[str]:
    """Every field in which our result differs from the official one."""
    grouper, editor = case["grouper"], case["mce"]
    initial = grouper["initial"]
    final = initial if grouper["final"] == "same" else grouper["final"]
    pairs: dict[str, tuple[Any, Any]] = {
        "drg": (final["drg"], int(result["drg"])),
        "mdc": (final["mdc"], int(result["mdc"])),
        "type": (final["type"], result["type"]),
        "return_code": (final["rc"], result["return_code"]),
        "severity": (final["sev"], result["severity"]),
        "initial_drg": (initial["drg"], int(result["initial_drg"])),
        "initial_mdc": (initial["mdc"], int(result["initial_mdc"])),
        "initial_return_code": (initial["rc"], result["initial_return_code"]),
        "initial_severity": (initial["sev"], result["initial_severity"]),
        "hac_status": (grouper["hac_status"], result["hac_status"]),
        "edit_type": (editor["type"], result["edit_type"]),
        "edits": (
            editor["edits"],
            dict(Counter(each["edit"] for each in result["edits"] if each["edit"] != "INVALID_DISCHARGE_DATE")),
        ),
    }
    answers = [grouper["pdx"], *grouper["sdx"]] if result["diagnoses"] else []
    for index, (answer, ours) in enumerate(zip(answers, result["diagnoses"], strict=True)):
        severity = answer.get("sev", "NEITHER")
        before, after = severity if isinstance(severity, list) else (severity, severity)
        if index:
            pairs[f"diagnoses[{index}].severity"] = (after, ours["severity"])
            pairs[f"diagnoses[{index}].initial_severity"] = (before, ours["initial_severity"])
            pairs[f"diagnoses[{index}].excluded"] = ("_EXCLUDED" in after, ours["excluded"])
        checks = [[str(number), outcome] for number, outcome in answer.get("hac", [])]
        pairs[f"diagnoses[{index}].hac_checks"] = (checks, ours["hac_checks"])
        pairs[f"diagnoses[{index}].recognized"] = (answer.get("rec", True), ours["recognized"])
    for index, (answer, ours) in enumerate(zip(grouper["px"], result["procedures"], strict=True)):
        pairs[f"procedures[{index}].operating_room"] = (answer.get("or", False), ours["operating_room"])
        pairs[f"procedures[{index}].recognized"] = (answer.get("rec", True), ours["recognized"])
    return (f"{field}: official {theirs!r}, ours {ours!r}" for field, (theirs, ours) in pairs.items() if theirs != ours)


def compare_places(case: dict[str, Any], result: dict[str, Any]) -> bool:
    """True if each edit on a diagnosis stands on the code that the official editor names."""
    given = case["input"]["dx"]
    official = Counter((edit, given[int(at)][0]) for at, edits in case["mce"].get("dx", {}).items() for edit in edits)
    codes = {code for code, _poa in given}
    ours = Counter(
        (each["edit"], each["code"])
        for each in result["edits"]
        if each["code"] in codes and each["edit"] not in ("INVALID_ADMIT_DX", "INVALID_DISCHARGE_DATE")
    )
    return official == ours or bool(set(case["input"]["px"]) & codes)  # a text that stands as both says nothing


def test_every_official_result(cases: list[dict[str, Any]]) -> None:
    """DRG, MDC, type, return codes, severities, exclusions, HACs, validity, operating room, edits: all as CMS."""
    wrong = []
    for case in cases:
        result = drg_to_json(assign_drg(read_encounter(inpatient_encounter(case)), on=V431), steps=False)
        found = list(compare(case, result))
        if not compare_places(case, result):
            found.append("edits stand on other codes")
        if found and case["id"] not in INPATIENT:
            wrong.append((case["id"], found))
    assert len(cases) > 20_000
    assert wrong == []
