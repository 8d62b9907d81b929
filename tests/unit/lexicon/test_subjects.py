"""Adjectives that may take each other's place at the head of a phrase."""

from __future__ import annotations

import pytest

from nosology.lexicon.rewrites import Rewrite
from nosology.lexicon.subjects import alike_phrases, alike_rewrites, subject_rows

ROWS = {"alike": [("elevated", "raised high", "iron")]}


@pytest.mark.parametrize(
    ("phrase", "others"),
    [
        ("elevated ferritin", ["raised ferritin", "high ferritin"]),
        ("elevated iron level", []),
        ("raised ferritin", []),
        ("elevated", []),
    ],
)
def test_an_adjective_gives_its_place_to_those_alike(phrase: str, others: list[str]) -> None:
    assert list(alike_phrases(phrase, ROWS)) == others


def test_a_rewrite_that_stands_there_already_is_kept() -> None:
    leukocytosis = Rewrite(("elevated", "wbc"), ("leukocytosis",), None)
    high = Rewrite(("high", "wbc"), ("infection",), None)
    made = alike_rewrites([leukocytosis, high], ROWS)
    assert [r for r in made if r.phrase[0] == "high"] == [high]
    assert Rewrite(("raised", "wbc"), ("leukocytosis",), None) in made


def test_no_word_of_the_grammar_denies_or_doubts() -> None:
    rows = subject_rows()
    words = {word for kind in ("linking", "degree", "carrier") for cells in rows[kind] for word in cells[0].split()}
    assert words.isdisjoint(
        {"not", "no", "never", "without", "hardly", "possibly", "probably", "may", "might", "could"}
    )
