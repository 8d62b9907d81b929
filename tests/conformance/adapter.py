"""From the shape of the conformance files to encounter JSON (DESIGN, section 6). Nothing is mended on the way."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

__all__ = ["hcc_encounter", "inpatient_encounter", "read_cases"]


def read_cases(shared_data: Path, name: str) -> list[dict[str, Any]]:
    """The cases of one conformance file; the test is skipped where the file is not at hand."""
    path = shared_data / "conformance" / name
    if not path.is_file():
        pytest.skip(f"the conformance file {name} is not here")
    with gzip.open(path, "rt", encoding="ascii") as file:
        return [json.loads(line) for line in file]


def inpatient_encounter(case: dict[str, Any]) -> dict[str, Any]:
    """Encounter JSON of one case of ``msdrg_v431_dev.jsonl.gz``; codes and POA as written, valid or not."""
    given = case["input"]
    return {
        "id": case["id"],
        "setting": "inpatient",
        "age": given["age"],
        "sex": given["sex"],
        "discharged": given["discharge_date"],
        "discharge_status": given["discharge_status"],
        "admitting_diagnosis": given["admit_dx"] or "",
        "length_of_stay": given["los"],
        "poa_reporting": given["poa_status"].lower(),
        "diagnoses": [{"code": code, "poa": poa} for code, poa in given["dx"]],
        "procedures": [{"code": code} for code in given["px"]],
    }


def hcc_encounter(case: dict[str, Any]) -> dict[str, Any]:
    """Encounter JSON of one case of ``hcc_dev.jsonl.gz``."""
    given = case["input"]
    profile = [
        "payment_year",
        "as_of",
        "dual_status",
        "orec",
        "crec",
        "new_enrollee",
        "snp",
        "long_term_institutional",
        "low_income",
        "graft_months",
    ]
    return {
        "id": case["id"],
        "setting": "professional",
        "age": given["age"],
        "sex": given["sex"],
        "birth_date": given["dob"],
        "diagnoses": [{"code": code} for code in given["dx"]],
        "hcc": {name: given[name] for name in profile},
    }
