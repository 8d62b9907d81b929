"""The MS-DRG after one change at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nosology.grouping.msdrg import assign_drg
from nosology.grouping.what_if import find_alternatives


def found(encounter: Any) -> dict[tuple[str, str], str]:
    return {(each.change, each.code): each.drg for each in find_alternatives(encounter, assign_drg(encounter))}


def test_principal_and_secondary(inpatient: Any) -> None:
    """Heart failure (291 with MCC) beside pneumonia and respiratory failure: each first, each away."""
    encounter = inpatient("I5023 J9601 J189")
    changes = found(encounter)
    assert assign_drg(encounter).drg == "291"
    assert changes["principal diagnosis", "J9601"] == "189"
    assert changes["principal diagnosis", "J189"] == "193"
    assert changes["without the secondary diagnosis", "J9601"] == "291"  # pneumonia is an MCC as well
    assert len(changes) == 4


def test_each_operating_room_procedure_alone(inpatient: Any) -> None:
    """Knee replacement and an aspiration outside the operating room: one procedure, so no hierarchy to show."""
    assert not [each for each in found(inpatient("M1711", "0SRC0J9 30233N1")) if "alone" in each[0]]
    two = found(inpatient("K8000", "0FT44ZZ 0DTJ4ZZ"))
    assert {code for change, code in two if "alone" in change} == {"0FT44ZZ", "0DTJ4ZZ"}


def test_differs_and_weight(inpatient: Any) -> None:
    encounter = inpatient("I5023 I10")
    (swap, without) = find_alternatives(encounter, assign_drg(encounter))
    assert (swap.differs, without.differs) == (True, False)


def test_what_the_editor_refuses_is_told(inpatient: Any) -> None:
    """Severe sepsis (R65.20) groups as principal diagnosis, and is not acceptable as one."""
    encounter = inpatient("A419 R6520 N179")
    told = {
        each.code: each.edits for each in find_alternatives(encounter, assign_drg(encounter)) if "pri" in each.change
    }
    assert told == {"R6520": ("UNACCEPTABLE_PDX R6520",), "N179": ()}


def test_on_the_command_line(runner: Any, tmp_path: Path) -> None:
    given = {"id": "G1", "age": 70, "sex": "F", "discharged": "2026-05-04", "diagnoses": ["I5023", "J9601"]}
    (tmp_path / "e.jsonl").write_text(json.dumps(given) + "\n", "utf-8")
    shown = json.loads(runner("group", tmp_path / "e.jsonl", "--what-if").stdout)
    assert [each["code"] for each in shown["what_if"]] == ["J9601", "J9601"]
    table = runner("group", tmp_path / "e.jsonl", "--what-if", "--explain", "--format", "table").stdout
    assert "principal diagnosis J9601: DRG 189" in table
