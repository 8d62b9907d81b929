"""Needed words are found run by run wherever they stand, also across blanks and where patterns are added later."""

from __future__ import annotations

import pytest

from nosology.lexicon.word_index import NeededWords, find_all

WORDS = ("late effect of", " month", "pain", "w/o", "of the  left", " no\n", "he ", "\nrash", "  two")
TEXTS = (
    "late effect of pain, w/o pain",
    "the late effect of",
    "late effect\nof the  left, 3 months (painful)",
    " month he has no\nrash\nshe  two",
    "",
    "painless _pain xpain pain",
)


def expected(text: str, word: str, bordered: bool) -> list[int]:
    places = list(find_all(word, text))
    return [p for p in places if not bordered or not p or not (text[p - 1].isalnum() or text[p - 1] == "_")]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_found(text: str) -> None:
    index = NeededWords()
    needed = [(word, False) for word in WORDS] + [(word, True) for word in WORDS if word[0].isalnum()]
    index.grow([((word,), bordered) for word, bordered in needed])
    for _ in range(2):  # the second time by what is remembered of the runs
        said = index.places(text)
        for number, (word, bordered) in enumerate(needed):
            assert (said[number] or []) == expected(text, word, bordered), (text, word)


def test_words_that_are_added_later_are_found_in_runs_read_before() -> None:
    index = NeededWords()
    index.grow([(("pain",), False)])
    assert index.places("painful month of rest") == [[0]]
    index.grow([(("pain", "ful month"), True), (("month of",), False)])
    assert index.count == 3
    assert index.places("painful month of rest") == [[0], [0], [8]]
