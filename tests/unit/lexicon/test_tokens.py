"""Base forms of words."""

import pytest

from nosology.lexicon.tokens import base_form


@pytest.mark.parametrize(
    ("word", "base"),
    [
        ("sinuses", "sinus"),
        ("Viruses", "virus"),
        ("fetuses", "fetus"),
        ("uses", "use"),
        ("abuses", "abuse"),
        ("misuses", "misuse"),
        ("causes", "cause"),
        ("bruises", "bruise"),
        ("metastases", "metastasis"),
        ("US", "us"),
    ],
)
def test_words_in_uses_are_plurals_of_us_or_verbs(word: str, base: str) -> None:
    """The plural of "virus" loses two letters, "abuses" only one; "uses" is no ultrasound."""
    assert base_form(word) == base
