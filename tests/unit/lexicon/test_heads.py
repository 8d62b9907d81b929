"""Patterns tried only where the first letters of a text may begin one: they find what the patterns themselves find."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nosology.lexicon.heads import HeadPattern, heads_of, scanner_of
from nosology.lexicon.patterns import WordPattern

EXAMPLES = Path(__file__).parents[3] / "examples"
PATTERNS = (
    r"(?:no|not|without)\s+(?:any\s+)?\w+",
    r"[ \t]*(?:[-*•]+|\d{1,2}[.)])?[ \t]*(?:left|right|both)\b",
    r"(?:mild|moderate|severe)(?:ly)?\b(?! pain)",
    r"(?<!\w)(?:k|s)\w*\b",
    r"\bst(?:age|udy|atus)\b[^.\n]{0,20}\d",
    r"[^a-z\W]{2}\b",
    r"(?:é|ü)?t\w+",
    r"a",
)
TEXTS = (
    "No fever, not without ANY cough; Left knee pain - stage 3b. Severe pain, severely limited. STATUS 2",
    "ſtage 4 and Kelvin: \u212aelvin, naïve étude, Status: 3 • right ankle\n\t- both eyes\n12) left hip. NoT\xa0well",
    "",
    "n",
    "mild",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_finds_at_every_place_what_the_pattern_finds(pattern: str, text: str) -> None:
    headed, plain = HeadPattern(pattern), re.compile(pattern, re.IGNORECASE)
    for at in range(len(text) + 1):
        found, expected = headed.match(text, at), plain.match(text, at)
        assert (found and found.span()) == (expected and expected.span()), at


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("text", TEXTS)
def test_a_scanner_stands_where_the_matches_begin(pattern: str, text: str) -> None:
    scanner = scanner_of(pattern)
    assert (scanner is None) == pattern.startswith("[^")  # of a set that is denied nearly everything may stand
    if scanner is None:
        return
    plain = re.compile(pattern, re.IGNORECASE)
    assert [m.start() for m in scanner.finditer(text)] == [at for at in range(len(text)) if plain.match(text, at)]


def test_a_pattern_that_may_match_nothing_has_no_heads() -> None:
    with pytest.raises(ValueError, match="no first letters"):
        heads_of(r"(?:left )?")


def test_a_reference_to_a_group_leaves_the_pattern_to_itself() -> None:
    pattern = WordPattern(r"(?P<one>left|right) and (?P=one)\b")
    text = f"{'x' * 400} left and right, left and left"
    assert [m.group() for m in pattern.finditer(text)] == ["left and left"]


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?:severe |right )?\b(?:pain|knee|cough|return)\b[^.\n]{0,60}\b(?:days?|weeks?|months?)\b",
        r"(?:\d{1,2}|two|three)[ -](?:weeks?|months?) (?:ago|old)",
        r"\b(?:he|she|patient)\b[^.\n]{0,40}?\b(?:takes|denies|reports)\b",
        r"\b\d+ ?mg\b",
    ],
)
def test_a_word_pattern_finds_in_long_texts_what_the_pattern_finds(pattern: str) -> None:
    plain, words = re.compile(pattern, re.IGNORECASE), WordPattern(pattern)
    met = 0
    for path in sorted(EXAMPLES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        expected = [m.span() for m in plain.finditer(text)]
        assert [m.span() for m in words.finditer(text)] == expected
        first, found = plain.search(text, 40, 900), words.search(text, 40, 900)
        assert (found and found.span()) == (first and first.span())
        met += len(expected)
    assert met > 0
