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
from nosology.grouping.hcc_tables import open_hcc_tables
from nosology.model.encounter import Diagnosis, Encounter, HccProfile


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


def test_each_year_has_its_own_mapping(runner: Any, tmp_path: Path) -> None:
    """G20 was a code of its own until October 2023 (payment year 2025 still maps it); C50A0 came in October 2025."""
    before, now = open_hcc_tables("V28", 2025), open_hcc_tables("V28", 2026)
    assert ("G20" in before.categories, "G20" in now.categories) == (True, False)
    assert ("C50A0" in before.categories, "C50A0" in now.categories) == (False, True)
    assert before.coefficients == now.coefficients
    assert before.hierarchies["221"] >= {"222", "226"}
    with pytest.raises(ReleaseNotFound, match="2024: at hand are 2025, 2026"):
        open_hcc_tables("V28", 2024)


def test_the_blend_of_2025_on_the_command_line(runner: Any, tmp_path: Path) -> None:
    """Both models over the same diagnoses, each by its factor, 33 and 67 %; the population in columns alike."""
    who = {"id": "B1", "age": 72, "sex": "F", "diagnoses": ["I5022", "G20"], "hcc": {"payment_year": 2025}}
    now = {**who, "id": "B2", "hcc": {"payment_year": 2026}}
    (tmp_path / "now.jsonl").write_text(json.dumps(who) + "\n" + json.dumps(now) + "\n", "utf-8")
    first, second = map(json.loads, runner("group", tmp_path / "now.jsonl", "--hcc", "--payment").stdout.splitlines())
    person = Encounter("B1", age=72, sex="F", diagnoses=(Diagnosis("I5022"), Diagnosis("G20")), hcc=HccProfile(2025))
    raw = {model: score_hcc(person, model=model).score for model in ("V24", "V28")}
    assert first["payment"]["score"] == str(score_for_payment(raw, payment_year=2025).score)
    assert sum(step["name"] == "blend" for step in first["payment"]["steps"]) == 2
    assert first["score"] > second["score"], "G20 maps to nothing in 2026"
    columns = runner("group", tmp_path / "now.jsonl", "--hcc", "--columns").stdout.splitlines()
    assert [json.loads(line)["score"] for line in columns] == [first["score"], second["score"]]


def test_no_payment_by_a_model_without_factors(runner: Any, tmp_path: Path) -> None:
    (tmp_path / "now.jsonl").write_text('{"id": "B", "age": 72, "sex": "F"}\n', "utf-8")
    for words in (["--hcc", "--payment", "--model", "RX_V08"], ["--payment"]):
        found = runner("group", tmp_path / "now.jsonl", *words)
        assert found.exit_code == 2
        assert "--payment" in found.stderr
