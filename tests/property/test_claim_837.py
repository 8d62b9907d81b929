"""What is written as an 837 and read again is the same claim, whatever optional parts it has."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.model.claim import Claim, ClaimForm
from nosology.model.claim_json import claim_to_json, read_claim
from nosology.x12.claim_837 import read_837, write_837, write_837_file
from nosology.x12.syntax import Delimiters

from .claims import ENVELOPE, batches, claims

FORMS = list(ClaimForm)
MARKS = (Delimiters(), Delimiters("|", "<", "!", "\n", ""), Delimiters("*", ">", "^", "~", "\r\n"))


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(data=st.data())
def test_claim_read_again_is_the_same(form: ClaimForm, data: st.DataObject) -> None:
    claim = data.draw(claims(form))
    text = write_837([claim], envelope=ENVELOPE, delimiters=data.draw(st.sampled_from(MARKS)))
    ((found, findings),) = read_837(text)
    assert found == claim
    assert not findings
    assert found.envelope == ENVELOPE


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(data=st.data())
def test_claims_that_share_levels_are_the_same(form: ClaimForm, data: st.DataObject) -> None:
    """RIVALS 2: hierarchy and its counts, for several providers, subscribers and patients in one file."""
    batch = data.draw(batches(form))
    size = data.draw(st.sampled_from([1, 2, 5000]))
    text = write_837(batch, envelope=ENVELOPE, claims_per_set=size)
    reports: list[object] = []
    found = list(read_837(text, report=reports.append))
    assert {claim.id: claim for claim, _ in found} == {claim.id: claim for claim in batch}
    assert len(found) == len(batch)
    assert not reports
    assert not any(findings for _, findings in found)
    _check_hierarchy(text)
    again = io.StringIO()
    write_837_file(iter(batch), again, envelope=ENVELOPE, claims_per_set=size)
    assert again.getvalue() == text


def _check_hierarchy(text: str) -> None:
    for part in text.split("ST*837*")[1:]:
        levels = [segment.split("*") for segment in part.split("~") if segment.startswith("HL*")]
        assert [level[1] for level in levels] == [str(number) for number in range(1, len(levels) + 1)]
        parents = {level[2] for level in levels}
        above = {"22": "20", "23": "22"}
        codes = {level[1]: level[3] for level in levels}
        for level in levels:
            assert level[4] == ("1" if level[1] in parents else "0")
            assert (codes[level[2]] == above[level[3]]) if level[2] else level[3] == "20"


@settings(max_examples=15)
@given(data=st.data())
def test_forms_may_be_mixed(data: st.DataObject) -> None:
    mixed: list[Claim] = [data.draw(claims(form, id=str(form), most=1)) for form in FORMS]
    text = write_837([*mixed, *mixed[:1]], envelope=ENVELOPE)
    assert [claim for claim, _ in read_837(text)] == [mixed[0], mixed[0], *mixed[1:]]
    assert text.count("GS*HC*") == 3


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=15)
@given(data=st.data())
def test_json_read_again_is_the_same(form: ClaimForm, data: st.DataObject) -> None:
    claim = data.draw(claims(form))
    assert read_claim(json.loads(json.dumps(claim_to_json(claim)))) == claim
