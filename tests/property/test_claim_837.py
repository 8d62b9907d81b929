"""What is written as an 837 and read again is the same claim, whatever optional parts it has."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import Phase, given, seed, settings
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


@settings(max_examples=60)
@given(data=st.data())
def test_damaged_files_give_findings_and_never_raise(whole: dict[ClaimForm, str], data: st.DataObject) -> None:
    """Segments lost, moved, doubled, cut or filled with nonsense."""
    segments = whole[data.draw(st.sampled_from(FORMS))].split("~")
    places = st.integers(2, len(segments) - 2)
    for _ in range(data.draw(st.integers(1, 6))):
        at, other = data.draw(places), data.draw(places)
        kind = data.draw(st.sampled_from(["lose", "move", "double", "cut", "fill"]))
        if kind == "lose":
            segments[at] = "N3"
        elif kind == "move":
            segments[at], segments[other] = segments[other], segments[at]
        elif kind == "double":
            segments[at] = segments[other]
        elif kind == "cut":
            segments[at] = segments[at].split("*")[0]
        else:
            elements = segments[at].split("*")
            elements[data.draw(st.integers(0, len(elements) - 1))] = data.draw(
                st.sampled_from(["", "X", "-1", "1:2:::::::3", "99999999", "é", ":::", "1.5", "23"])
            )
            segments[at] = "*".join(elements)
    for claim, _ in read_837("~".join(segments)):
        assert claim.lines is not None


def _sample(form: ClaimForm) -> str:
    """A claim with as many parts as Hypothesis gives at a fixed seed."""
    found: list[str] = []

    @seed(20260504)
    @settings(max_examples=30, database=None, phases=[Phase.generate])
    @given(claims(form))
    def keep(claim: Claim) -> None:
        found.append(write_837([claim], envelope=ENVELOPE))

    keep()
    return max(found, key=len)


@pytest.fixture(scope="module")
def whole() -> dict[ClaimForm, str]:
    """One file of each form, before it is damaged."""
    return {form: _sample(form) for form in FORMS}
