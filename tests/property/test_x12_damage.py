"""Damaged X12 files never raise anything but "no X12", whoever reads them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.errors import UnreadableInput
from nosology.x12.ack_999 import write_acknowledgements
from nosology.x12.contents import count_loops, parse_transaction
from nosology.x12.envelope import read_transactions
from nosology.x12.judge import Judge
from nosology.x12.validate import Validation

CLAIM = (Path(__file__).resolve().parents[2] / "examples" / "claim_visit.837").read_text("ascii")
DAMAGE = st.tuples(
    st.sampled_from(["cut", "drop", "put", "twice"]),
    st.integers(0, len(CLAIM)),
    st.integers(0, 60),
    st.text("*~:^\n\rAHLSTE019-. ÿ\x00", max_size=8),
)


def damaged(steps: list[tuple[str, int, int, str]]) -> str:
    text = CLAIM
    for kind, at, count, new in steps:
        if kind == "cut":
            text = text[:at] if at > 200 else text[at:]
        elif kind == "drop":
            text = text[:at] + text[at + count :]
        elif kind == "put":
            text = text[:at] + new + text[at:]
        else:
            text = text[:at] + text[at : at + count] + text[at:]
    return text


@settings(max_examples=150)
@given(st.lists(DAMAGE, min_size=1, max_size=4))
def test_damage_is_findings_or_one_line(steps: list[tuple[str, int, int, str]]) -> None:
    text = damaged(steps)
    with contextlib.suppress(UnreadableInput):
        judge = Judge(Validation(text))
        for _ in judge:
            pass
        for judged in judge.interchanges:
            answer = write_acknowledgements(judged, created="202605041300", control="7")
            assert list(read_transactions(answer)) or not judged.groups or judged.answer.verdict == "R"
        for transaction in read_transactions(text):
            assert count_loops(transaction)
        for transaction in read_transactions(text, lazy=True):
            list(parse_transaction(transaction) or ())
