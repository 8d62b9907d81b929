"""Payment scores by year, worked by hand, and categories of the year before."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.errors import ReleaseNotFound, UsageError
from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_payment import find_suspects, score_for_payment
from nosology.model.encounter import Diagnosis, Encounter


@pytest.mark.parametrize(
    ("year", "raw", "score", "why"),
    [
        # 1.500 / 1.067 = 1.406; × 0.941 = 1.323
        (2026, {"V28": 1.5}, "1.323", "V28 alone"),
        # V24 2.000 / 1.153 = 1.735; × 0.941 = 1.633; × 0.33 = 0.539. V28 1.500 / 1.045 = 1.435; 1.350; × 0.67 = 0.905
        (2025, {"V24": 2.0, "V28": 1.5}, "1.444", "33 and 67 %"),
        # V24 2.000 / 1.146 = 1.745; 1.642; × 0.67 = 1.100. V28 1.500 / 1.015 = 1.478; 1.391; × 0.33 = 0.459
        (2024, {"V24": 2.0, "V28": 1.5}, "1.559", "67 and 33 %"),
    ],
)
def test_payment_score(year: int, raw: dict[str, float], score: str, why: str) -> None:
    found = score_for_payment(raw, payment_year=year)
    assert found.score == Decimal(score), why
    assert all(step.source for step in found.steps)


def test_what_is_missing() -> None:
    with pytest.raises(ReleaseNotFound, match="2019"):
        score_for_payment({"V28": 1.0}, payment_year=2019)
    with pytest.raises(UsageError, match="V24"):
        score_for_payment({"V28": 1.0}, payment_year=2025)


def of(*codes: str, model: str = "V28") -> Any:
    return score_hcc(Encounter("B", age=72, sex="F", diagnoses=tuple(map(Diagnosis, codes))), model=model)


def test_recapture() -> None:
    """Not seen again: a suspect. Seen higher in its hierarchy: none. Seen lower: a suspect that says so."""
    (lost,) = find_suspects(of("F319", "I5022"), of("I5022"))
    assert (lost.category, lost.codes, lost.lesser) == ("154", ("F319",), "")
    assert lost.coefficient > 0
    assert find_suspects(of("E119"), of("E1122")) == ()
    (lesser,) = find_suspects(of("C787"), of("C50911"))
    assert (lesser.category, lesser.lesser != "") == ("17", True)
    with pytest.raises(UsageError):
        find_suspects(of("F319"), of("F319", model="V24"))


def test_on_the_command_line(runner: Any, tmp_path: Path) -> None:
    who = {"id": "B1", "age": 72, "sex": "F"}
    (tmp_path / "now.jsonl").write_text(json.dumps({**who, "diagnoses": ["I5022"]}) + "\n", "utf-8")
    (tmp_path / "prior.jsonl").write_text(json.dumps({**who, "diagnoses": ["I5022", "F319"]}) + "\n", "utf-8")
    words = ["group", tmp_path / "now.jsonl", "--hcc", "--payment", "--prior", tmp_path / "prior.jsonl"]
    found = json.loads(runner(*words).stdout)
    assert found["payment"]["payment_year"] == 2026
    assert Decimal(found["payment"]["score"]) < Decimal(str(found["score"]))
    assert [each["category"] for each in found["suspects"]] == ["154"]
