"""``nosology explain`` with codes of payment."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["CO-45"], "writes it off"),
        (["CARC", "97"], "within another service"),
        (["pr-1"], "deductible"),
        (["A7:33"], "send a new claim"),
        (["RARC", "MA130"], "no right of appeal"),
        (["service", "type", "98"], "office visit"),
    ],
)
def test_payment_codes(runner: Any, home: Any, words: list[str], said: str) -> None:
    result = runner("explain", *words)
    assert result.exit_code == 0, result.output
    assert said in " ".join(result.stdout.split())
    assert "authoritative" in result.stdout


def test_a_remark_that_is_also_a_diagnosis_shows_both(runner: Any, home: Any) -> None:
    result = runner("explain", "N211", "--on", "2026-05-04")
    assert result.exit_code == 0
    assert "N21.1" in result.stdout
    assert "RARC N211" in result.stdout
    assert "RARC" not in runner("explain", "N21.1", "--on", "2026-05-04").stdout


def test_what_is_no_code_is_refused(runner: Any, home: Any) -> None:
    assert runner("explain", "CO-999", "--on", "2026-05-04").exit_code == 2


@pytest.mark.parametrize("words", [["25"], ["modifier", "25"]])
def test_modifiers_are_told_in_our_own_words(runner: Any, home: Any, words: list[str]) -> None:
    result = runner("explain", *words)
    assert result.exit_code == 0, result.output
    assert "same day procedure, separate visit" in " ".join(result.stdout.split())
    assert "Modifier-global" in result.stdout
