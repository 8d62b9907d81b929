"""TA1 and 999 as projections of the findings, written and read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.model.acknowledgement import (
    BadElement,
    BadSegment,
    GroupAcknowledgement,
    InterchangeAcknowledgement,
    SetAcknowledgement,
)
from nosology.x12.ack_999 import read_999, write_999, write_acknowledgements
from nosology.x12.ack_ta1 import read_ta1, write_ta1
from nosology.x12.judge import Judge, JudgedInterchange
from nosology.x12.syntax import OutgoingGroup, OutgoingTransaction, write_interchange
from nosology.x12.validate import Validation, validate


def judge(text: str) -> list[JudgedInterchange]:
    judge = Judge(Validation(text))
    for _ in judge:
        pass
    return judge.interchanges


def answer(text: str, *, always_ta1: bool = False) -> str:
    (judged,) = judge(text)
    return write_acknowledgements(judged, created="202605041300", control="7", always_ta1=always_ta1)


def test_a_right_file_is_accepted(claim_file: str, pyx12_judge: Callable[[str], bool]) -> None:
    text = answer(claim_file)
    assert "AK1*HC*1*005010X222A1~AK2*837*0001*005010X222A1~IK5*A~AK9*A*1*1*1~" in text
    assert "TA1" not in text
    assert text.startswith("ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260504*1300*")
    assert not list(validate(text))
    assert pyx12_judge(text)


BROKEN = [
    ("HI*ABK:E119", "HI*ZZZ:E119", ["IK3*HI*20*2300*8", "CTX*CLM01:CLAIM1", "IK4*1:1*1270*7*ZZZ", "IK5*R*5"]),
    ("N4*SPRINGFIELD*IL*62701~DMG", "N4*SPRINGFIELD*IL~DMG", ["IK5*A"]),
    ("N3*2 ELM STREET~", "N3*2 ELM STREET~QQQ*1~", ["IK3*QQQ*16*2010*1", "IK5*R*4*5"]),
    ("SE*31*0001", "SE*30*0001", ["IK5*R*4"]),
    ("SE*31*0001", "SE*31*0002", ["IK5*R*3"]),
    ("GE*1*1", "GE*2*1", ["IK5*A", "AK9*R*2*1*0*5"]),
    ("GE*1*1", "GE*1*9", ["IK5*A", "AK9*R*1*1*0*4"]),
    ("IEA*1*000000001", "IEA*1*000000009", ["TA1*000000001*260504*1200*R*001"]),
    ("*005010X222A1~BHT", "*005010X223A2~BHT", ["IK5*R*19"]),
    ("SV1*HC:99213*100*UN*1***1:2", "SV1*HC:99213*1e2*UN*1***1:2", ["IK4*2*782*6", "IK5*R*5"]),
    ("CLM*CLAIM1*150***", "CLM*CLAIM1****", ["IK4*2*782*1", "IK5*R*5"]),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_each_defect_has_its_codes_and_pyx12_accepts_the_answer(
    claim_file: str, pyx12_judge: Callable[[str], bool], old: str, new: str, expected: list[str]
) -> None:
    assert old in claim_file
    text = answer(claim_file.replace(old, new))
    for segment in expected:
        assert segment + "~" in text, text
    assert not list(validate(text))
    assert pyx12_judge(text)
    (judged,) = judge(claim_file.replace(old, new))
    if judged.answer.verdict == "R":
        assert not list(read_999(text)), "nothing of a rejected interchange is accepted"
        return
    (group,) = read_999(text)
    assert group.verdict == judged.groups[0].verdict
    assert [one.codes for one in group.sets] == [one.codes for one in judged.groups[0].sets]


def test_of_two_transaction_sets_one_may_be_accepted(claim_file: str) -> None:
    start, end = claim_file.index("ST*837"), claim_file.index("GE*1")
    second = claim_file[start:end].replace("*0001", "*0002").replace("ABK:E119", "ZZZ:E119")
    text = claim_file[:end] + second + claim_file[end:].replace("GE*1", "GE*2")
    (judged,) = judge(text)
    (group,) = judged.groups
    assert (group.verdict, group.included, group.received, group.accepted) == ("P", 2, 2, 1)
    assert [one.verdict for one in group.sets] == ["A", "R"]


def test_every_interchange_gets_its_answer(claim_file: str, remittance: str) -> None:
    first, second = judge(claim_file + remittance)
    assert [group.functional_id for group in (*first.groups, *second.groups)] == ["HC", "HP"]


def test_ta1_where_it_is_asked_for(claim_file: str, pyx12_judge: Callable[[str], bool]) -> None:
    asked = claim_file.replace("*000000001*0*T", "*000000001*1*T")
    for text in (answer(asked), answer(claim_file, always_ta1=True)):
        assert "~TA1*000000001*260504*1200*A*000~GS*FA*" in text
        assert not list(validate(text))
        assert pyx12_judge(text)
        assert read_ta1(text) == [InterchangeAcknowledgement("000000001", "260504", "1200", "A", "000")]


def test_a_997_is_read_like_a_999() -> None:
    body = ["AK1*HC*1", "AK2*837*0001", "AK3*NM1*3*2010*8", "AK4*3:1*1035*1", "AK5*R*5", "AK9*R*1*1*0"]
    group = OutgoingGroup("FA", "005010", "1", [OutgoingTransaction("997", "0001", body)])
    text = write_interchange(
        [group], sender=("ZZ", "A"), receiver=("ZZ", "B"), created="202605041200", control="1"
    )  # fmt: skip
    (read,) = read_999(text)
    element = BadElement(3, "1", 1, 0, "1035")
    segment = BadSegment("NM1", 3, "8", "2010", elements=(element,))
    made = SetAcknowledgement("837", "0001", "R", codes=("5",), segments=(segment,))
    assert read == GroupAcknowledgement("HC", "1", "", "R", 1, 1, 0, sets=(made,), reference="0001")


WORD = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=12)
NUMBER = st.integers(1, 9999)
ELEMENTS = st.builds(
    BadElement,
    st.integers(1, 20),
    st.sampled_from(["3", "4", "5", "7", "8", "I6", "I10"]),
    st.integers(0, 9),
    st.just(0),
    NUMBER.map(str),
    WORD,
)
SEGMENTS = st.builds(
    BadSegment,
    st.sampled_from(["NM1", "HI", "SV1"]),
    NUMBER,
    st.sampled_from(["1", "2", "3", "8"]),
    st.sampled_from(["", "2300", "2400"]),
    st.one_of(st.just(""), WORD),
    st.lists(ELEMENTS, max_size=3).map(tuple),
)
CODES = st.lists(st.sampled_from(["1", "2", "3", "4", "5", "I5"]), max_size=5, unique=True).map(tuple)
SETS = st.builds(
    SetAcknowledgement,
    st.just("837"),
    NUMBER.map("{:04d}".format),
    st.sampled_from(["A", "E", "R"]),
    st.just("005010X222A1"),
    CODES,
    st.lists(SEGMENTS, max_size=3).map(tuple),
)
GROUPS = st.builds(
    GroupAcknowledgement,
    st.just("HC"),
    NUMBER.map(str),
    st.just("005010X222A1"),
    st.sampled_from(["A", "E", "P", "R"]),
    NUMBER,
    NUMBER,
    NUMBER,
    CODES,
    st.lists(SETS, max_size=3).map(tuple),
    st.just("0001"),
)


@settings(max_examples=60)
@given(GROUPS)
def test_what_is_written_is_read_back(group: GroupAcknowledgement) -> None:
    body = write_999(group)
    outgoing = OutgoingGroup("FA", "005010X231A1", "1", [OutgoingTransaction("999", "0001", body, "005010X231A1")])
    text = write_interchange(
        [outgoing], sender=("ZZ", "A"), receiver=("ZZ", "B"), created="202605041200", control="1"
    )  # fmt: skip
    assert list(read_999(text)) == [group]


def test_values_of_the_sender_cannot_break_the_answer() -> None:
    element = BadElement(1, "7", data_element="98", value="A~B*C:D^E")
    bad = BadSegment("X", 3, "8", "2010AA", elements=(element,))
    group = GroupAcknowledgement(
        "HC", "1", "", "R", 1, 1, 0, sets=(SetAcknowledgement("837", "1", "R", segments=(bad,)),)
    )
    assert "IK3*ZZZ*3*2010*8" in write_999(group)
    assert "IK4*1*98*7*A B C D E" in write_999(group)
    assert write_ta1(InterchangeAcknowledgement("x*", "~", "", "R", "018")) == "TA1*000000000*000000*0000*R*018"
