"""The words by which a chart says that a procedure stands on its own, and that a payer takes modifier 59 only."""

from __future__ import annotations

import re

import pytest

from nosology.rules.loader import load_rules

DATA = next(rule.data for rule in load_rules() if rule.id == "Modifier-line-facts")


@pytest.mark.parametrize(
    ("words", "fact"),
    [
        ("Shave of a second lesion of the back", "other_structure"),
        ("a separate and distinct lesion of the arm was frozen", "other_structure"),
        ("She returned later the same day", "other_encounter"),
        ("Manual therapy in a separate 15-minute block", "other_encounter"),
        ("The angiogram was the basis for the decision to treat", "no_overlap"),
        ("decision to stent was based on the diagnostic study", "no_overlap"),
        ("This was a distinct procedural service", "distinct"),
        ("The lesion was frozen", ""),
        ("Block of the nerve, then injection", ""),
    ],
)
def test_apart(words: str, fact: str) -> None:
    found = [name for name, said in DATA["apart"].items() if re.search(said, words)]
    assert found[:1] == ([fact] if fact else [])  # "distinct" beside another reason changes nothing


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Insurance: state plan does not accept X modifiers.", True),
        ("The payer requires modifier 59.", True),
        ("Medicaid will not recognize XS.", True),
        ("Her insurance does not accept out-of-network claims.", False),
        ("She is 59.", False),
    ],
)
def test_payer_without_x(words: str, says: bool) -> None:
    assert (re.search(DATA["without_x"], words) is not None) is says
