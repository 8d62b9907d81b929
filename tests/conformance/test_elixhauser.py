"""Elixhauser measures and indices against the results of AHRQ's own program, v2025.1, every record."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.elixhauser import ElixhauserLists, open_elixhauser
from nosology.codes.install import install_from
from nosology.grouping.elixhauser import MEASURES, find_comorbidities
from nosology.model.encounter import Diagnosis, Encounter


@pytest.fixture(scope="module")
def lists(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ElixhauserLists:
    file = shared_data / "codesets" / "other" / "CMR_v2025.1.zip"
    if not file.is_file():
        pytest.skip("the software of AHRQ is not here")
    home = tmp_path_factory.mktemp("cmr")
    install_from("elixhauser", file, home=home)
    return open_elixhauser(home=home)


def test_every_record(shared_data: Path, lists: ElixhauserLists) -> None:
    path = shared_data / "conformance" / "elixhauser_v2025_dev.csv.gz"
    if not path.is_file():
        pytest.skip("the conformance file is not here")
    wrong, count = [], 0
    with gzip.open(path, "rt", encoding="ascii") as file:
        for row in csv.DictReader(file):
            count += 1
            codes = [row[f"I10_DX{number}"] for number in range(1, int(row["I10_NDX"]) + 1)]
            day = date(int(row["YEAR"]), 3 * int(row["DQTR"]) - 2, 1)
            stay = Encounter(row["PATID"], discharged=day, diagnoses=tuple(Diagnosis(code) for code in codes))
            found = find_comorbidities(stay, lists, poa=False)
            expected = {name: None if row[f"CMR_{name}"] == "" else row[f"CMR_{name}"] == "1" for name in MEASURES}
            indices = (int(row["CMR_Index_Readmission"]), int(row["CMR_Index_Mortality"]))
            if (found.measures, (found.readmission, found.mortality)) != (expected, indices):
                wrong.append((row["PATID"], found, expected, indices))
    assert count == 2000
    assert wrong == []


def test_present_on_admission(lists: ElixhauserLists) -> None:
    """Heart failure counts if present on admission; a stroke of this stay takes its sequela out."""

    def of(*codes: str) -> tuple[str, ...]:
        pairs = [each.partition("/") for each in ("I10", *codes)]
        return find_comorbidities(
            Encounter("x", discharged=date(2025, 5, 1), diagnoses=tuple(Diagnosis(c, p) for c, _s, p in pairs)), lists
        ).present

    assert of("I5022/Y") == ("HF",)
    assert of("I5022/N") == ()
    assert of("I130/Y", "I10/Y") == ("HF", "HTN_CX")
    assert of("C787/N", "C189/Y") == ("CANCER_METS",)
    assert "CBVD" in of("I639/Y")
    assert "CBVD" not in of("I639/N")
