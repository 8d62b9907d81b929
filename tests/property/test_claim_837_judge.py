"""Claims that we write follow the guides, by our own validator and by pyx12, which has those of 837P and 837I."""

from __future__ import annotations

import io
import logging
import warnings
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from nosology.model.claim import Claim, ClaimForm, Patient, Subscriber
from nosology.model.claim_parts import Party
from nosology.x12.claim_837 import write_837
from nosology.x12.validate import validate

from .claims import ENVELOPE, batches, claims

pytest.importorskip("pyx12")


def judge(text: str) -> list[str]:
    """What pyx12 finds wrong with the text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyx12.params
        import pyx12.x12n_document

        said: list[str] = []

        class Listener(logging.Handler):
            def emit(self, record: logging.LogRecord) -> None:
                said.append(record.getMessage())

        log = logging.getLogger("pyx12")
        before, log.handlers, log.propagate = log.handlers, [Listener(logging.ERROR)], False
        try:
            good = pyx12.x12n_document.x12n_document(
                pyx12.params.params(), io.StringIO(text), io.StringIO(), None, None, None
            )
        finally:
            log.handlers, log.propagate = before, True
    return [] if good else said or ["not accepted"]


def without_certificate(claim: Claim) -> Claim:
    """The claim without PWK*CT on lines: pyx12 takes it for the PWK before it and refuses its transmission code."""
    lines = (
        replace(line, attachments=tuple(each for each in line.attachments if each.kind != "CT")) for line in claim.lines
    )
    return replace(claim, lines=tuple(lines))


@pytest.mark.parametrize("form", list(ClaimForm))
@settings(max_examples=20)
@given(data=st.data())
def test_claims_validate(form: ClaimForm, data: st.DataObject) -> None:
    batch = [data.draw(claims(form)), *data.draw(batches(form))]
    assert list(validate(write_837(batch, envelope=ENVELOPE), snip=2)) == []


@pytest.mark.parametrize("form", [ClaimForm.PROFESSIONAL, ClaimForm.INSTITUTIONAL])
def test_claims_pass(form: ClaimForm) -> None:
    """Many random claims go to pyx12 in one file, as it reads its maps anew each time; the example at fault is told."""
    examples: list[list[Claim]] = []

    @settings(max_examples=10, database=None, phases=[Phase.generate])
    @given(one=claims(form), several=batches(form))
    def gather(one: Claim, several: list[Claim]) -> None:
        number = len(examples)
        batch = [replace(each, id=f"E{number}C{at}") for at, each in enumerate([one, *several])]
        examples.append([without_certificate(each) for each in batch])

    gather()
    assert len(examples) >= 10
    if judge(write_837([claim for batch in examples for claim in batch], envelope=ENVELOPE)):
        for batch in examples:
            assert judge(write_837(batch, envelope=ENVELOPE)) == [], batch
        raise AssertionError("pyx12 takes each example, but not all in one file")


def test_the_judge_finds_faults() -> None:
    nobody = Subscriber(Patient(Party("IL", "ALDER")), Party("PR", "EXAMPLE HEALTH"))
    claim = Claim(ClaimForm.PROFESSIONAL, "C1", Decimal(1), Party("85", "EXAMPLE CLINIC"), nobody, ())
    assert judge(write_837([claim], envelope=ENVELOPE))
