"""Which codes an instructional note of the Tabular List names."""

import pytest

from nosology.codes.instructions import Instruction, parse_codes


@pytest.mark.parametrize(
    ("code", "named"),
    [
        ("T39.315A", True),
        ("T36.95XA", True),
        ("T39.311A", False),  # a poisoning
        ("T36.0X6A", False),  # an underdosing
        ("T51.0X1A", False),  # no drug
    ],
)
def test_a_note_of_adverse_effects_names_no_poisoning(code: str, named: bool) -> None:
    text = "code for adverse effect, if applicable, to identify drug (T36-T50 with fifth or sixth character 5)"
    assert Instruction("G43", text, parse_codes(text)).names(code) is named


@pytest.mark.parametrize(("code", "named"), [("T39.312A", True), ("T39.316A", True), ("T39.315A", False)])
def test_a_note_may_name_several_characters(code: str, named: bool) -> None:
    text = "drug (T36-T50 with fifth or sixth character 1-4 or 6)"
    assert Instruction("X", text, parse_codes(text)).names(code) is named
