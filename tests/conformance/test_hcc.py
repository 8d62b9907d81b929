"""CMS-HCC scores against the conformance file, every beneficiary and model; differences.py says what is not equal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_columnar import Population, score_population
from nosology.grouping.hcc_tables import open_hcc_tables
from nosology.model.encounter_json import read_encounter

from .adapter import hcc_encounter, read_cases


@pytest.fixture(scope="module")
def cases(shared_data: Path) -> list[dict[str, Any]]:
    return read_cases(shared_data, "hcc_dev.jsonl.gz")


@pytest.mark.parametrize("model", ["V24", "V28", "ESRD_V24"])
def test_scores_and_categories(cases: list[dict[str, Any]], model: str) -> None:
    """Segment, categories, every coefficient, score and its demographic part."""
    wrong, count = [], 0
    for case in cases:
        expected = case["expect"].get(model)
        if expected is None or model in case.get("disputed", {}):
            continue
        count += 1
        result = score_hcc(read_encounter(hcc_encounter(case)), model=model)
        same = (
            result.segment == expected["segment"]
            and list(result.hccs) == expected["hccs"]
            and dict(result.coefficients) == expected["coefficients"]
            and result.score == pytest.approx(expected["score"], abs=1e-9)
            and result.demographic_score == pytest.approx(expected.get("demographic_score", result.demographic_score))
        )
        if not same:
            wrong.append((case["id"], result, expected))
    assert count > 100
    assert wrong == []


def test_rxhcc_categories(cases: list[dict[str, Any]]) -> None:
    """Segment, and the file's categories once CMS's hierarchies are applied to them; never the score."""
    hierarchies = open_hcc_tables("RX_V08").hierarchies
    wrong = []
    for case in cases:
        expected = case["expect"]["RX_V08"]
        result = score_hcc(read_encounter(hcc_encounter(case)), model="RX_V08")
        dropped = {child for parent in expected["hccs"] for child in hierarchies.get(parent, ())}
        kept = [category for category in expected["hccs"] if category not in dropped]
        if (result.segment, list(result.hccs)) != (expected["segment"], kept):
            wrong.append((case["id"], result.hccs, expected["hccs"]))
    assert wrong == []


def test_disputed_rows_follow_cms(cases: list[dict[str, Any]]) -> None:
    """The CMS values where the file has them; where it has none, at least a score."""
    disputed = [(case, model, facts) for case in cases for model, facts in case.get("disputed", {}).items()]
    assert disputed
    for case, model, facts in disputed:
        result = score_hcc(read_encounter(hcc_encounter(case)), model=model)
        if "cms_score" in facts:
            assert result.score == pytest.approx(facts["cms_score"], abs=1e-9), case["id"]
            assert list(result.hccs) == facts["cms_hccs"], case["id"]
        else:
            assert result.score > 0, case["id"]


@pytest.mark.parametrize("model", ["V24", "V28", "ESRD_V24", "RX_V08"])
def test_columns_give_the_same(cases: list[dict[str, Any]], model: str) -> None:
    """The scorer of populations, on all beneficiaries at once, equals the engine for one."""
    encounters = [read_encounter(hcc_encounter(case)) for case in cases]
    given = [case["input"] for case in cases]
    pairs = [(place, each.code) for place, one in enumerate(encounters) for each in one.diagnoses]
    found = score_population(
        Population(
            age=[each["age"] for each in given],
            sex=[each["sex"] for each in given],
            person=[place for place, _code in pairs],
            code=[code for _place, code in pairs],
            dual_status=[each["dual_status"] for each in given],
            orec=[each["orec"] for each in given],
            crec=[each["crec"] for each in given],
            new_enrollee=[each["new_enrollee"] for each in given],
            snp=[each["snp"] for each in given],
            long_term_institutional=[each["long_term_institutional"] for each in given],
            low_income=[each["low_income"] for each in given],
            graft_months=[-1 if each["graft_months"] is None else each["graft_months"] for each in given],
        ),
        model=model,
    )
    for one, row in zip(encounters, found.rows(), strict=True):
        result = score_hcc(one, model=model)
        assert row == (result.segment, result.hccs, result.score, result.demographic_score), one.id
