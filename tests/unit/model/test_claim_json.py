"""Claims as JSON: what is refused, and how the object looks."""

from __future__ import annotations

import json

import pytest

from nosology.errors import UnreadableInput
from nosology.model.claim_json import claim_to_json, is_claim, read_claim

SMALL = {
    "form": "837P",
    "id": "C1",
    "charge": "120.00",
    "billing": {"role": "85", "name": "EXAMPLE CLINIC", "id_qualifier": "XX", "id": "1234567893"},
    "subscriber": {
        "person": {"party": {"role": "IL", "name": "ALDER", "person": True}, "birth_date": "1970-01-02"},
        "payer": {"role": "PR", "name": "EXAMPLE HEALTH"},
    },
    "lines": [{"number": 1, "procedure": {"qualifier": "HC", "code": "99213"}, "charge": "120.00", "pointers": [1]}],
}


def test_only_what_is_said() -> None:
    claim = read_claim(SMALL)
    assert claim_to_json(claim) == SMALL
    assert read_claim(json.loads(json.dumps(claim_to_json(claim)))) == claim
    assert claim.assignment == ""


def test_as_x12_read_writes_it() -> None:
    line = {"transaction": "837", "claim": SMALL}
    assert is_claim(line)
    assert read_claim(line) == read_claim(SMALL)


def test_numbers_and_unknown_fields_are_taken() -> None:
    assert read_claim({**SMALL, "charge": 120, "colour": "red"}).charge == 120


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"billing": None}, "billing: is missing"),
        ({"charge": "lots"}, "charge: must be a number, not text"),
        ({"charge": "NaN"}, "charge: must be a finite number, not text"),
        ({"lines": {}}, "lines: must be a list, not an object"),
        ({"lines": [{"number": "1", "charge": 1}]}, "lines[0].number: must be a whole number, not text"),
        ({"lines": [{"number": 1}]}, "lines[0].charge: is missing"),
        ({"form": "1500"}, "form: must be one of 837P, 837I, 837D"),
        ({"teeth": [["1"]]}, "teeth[0]: must have 2 items, not 1"),
        ({"id": 7}, "id: must be text, not a number"),
    ],
)
def test_refused_in_one_line(change: dict[str, object], message: str) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_claim({**SMALL, **change})
    assert str(caught.value) == message


def test_a_claim_is_told_from_an_encounter() -> None:
    assert is_claim(SMALL)
    assert not is_claim({"id": "E1", "setting": "outpatient"})
    assert not is_claim([SMALL])
    with pytest.raises(UnreadableInput, match="claim: must be an object"):
        read_claim([])
