"""Elements and composites against their facts: the IK403 code of each defect."""

from __future__ import annotations

import pytest

from nosology.x12.elements import Checker, period_problem
from nosology.x12.guide import Guide, build_guide
from nosology.x12.segments import Delimiters

ELEMENTS = {
    "1": ["code", "ID", 1, 3],
    "2": ["text", "AN", 2, 10],
    "3": ["amount", "R", 1, 6],
    "4": ["count", "N0", 1, 4],
    "5": ["day", "DT", 8, 8],
    "6": ["hour", "TM", 4, 8],
    "1250": ["date format", "ID", 2, 3],
    "1251": ["period", "AN", 1, 35],
}
SHARED = {
    "segments": {
        "ST": {"name": "begin", "elements": ["1"]},
        "A": {"name": "all", "elements": ["1", "2", "3", "4", "5", "6", "1*2", "C1", "1"]},
        "D": {"name": "date", "elements": ["1", "1250", "1251"]},
        "P": {"name": "pairs", "elements": ["1", "2", "2", "2", "2", "2", "2"], "syntax": ["P0203", "C0405", "E0607"]},
        "L": {"name": "lists", "elements": ["1", "2", "2", "2"], "syntax": ["L010203", "R0304"]},
    },
    "composites": {"C1": {"name": "pair", "elements": ["1", "2", "2", "2"], "syntax": ["P0203"]}},
}
BODY = [
    {"seg": "ST", "name": "begin", "usage": "R", "max": 1, "use": "R"},
    {
        "seg": "A", "name": "all", "usage": "R", "max": 1, "use": "RSSSSSSS(RSS-)-",
        "codes": {"1": ["AA", "BB"], "8.1": ["X"]},
    },
    {"seg": "D", "name": "date", "usage": "R", "max": 1, "use": "RSS"},
    {"seg": "P", "name": "pairs", "usage": "R", "max": 1, "use": "RSSSSSS"},
    {"seg": "L", "name": "lists", "usage": "R", "max": 1, "use": "SSSS"},
]  # fmt: skip


def guide() -> Guide:
    raw = {"id": "005010X999", "kind": "T", "transaction": "999", "functional_group": "FA", "title": "t", "source": "s"}
    return build_guide({**raw, "body": BODY}, ELEMENTS, SHARED)


USES = {use.id: use for use in guide().root.uses()}


@pytest.mark.parametrize(
    ("segment", "defect"),
    [
        ("A*AA", ""),
        ("A*AA*text*-12.50*12*20260504*1305*A^B*X:aa:bb", ""),
        ("A", "1:1"),
        ("A**text", "1:1"),
        ("A*CC", "1:7"),
        ("A*LONG", "1:5"),
        ("A*AA*t", "2:4"),
        ("A*AA*elevenchars", "2:5"),
        ("A*AA*te\x07xt", "2:6"),
        ("A*AA*   ", "2:6"),
        ("A*AA*te:xt", "2:13"),
        ("A*AA*te^xt", "2:12"),
        ("A*AA**12a", "3:6"),
        ("A*AA**1234567", "3:5"),
        ("A*AA**-1234.56", ""),
        ("A*AA***1.5", "4:6"),
        ("A*AA****20260230", "5:8"),
        ("A*AA*****2460", "6:9"),
        ("A*AA******A^B^C", "7:12"),
        ("A*AA*******:aa:bb", "8-1:1"),
        ("A*AA*******Y:aa:bb", "8-1:7"),
        ("A*AA*******X:aa", "8-3:2"),
        ("A*AA*******X:aa:bb:cc", "8-4:I10"),
        ("A*AA*******X:aa:bb::dd", "8:13"),
        ("A*AA*******X:a:bb", "8-2:4"),
        ("A*AA********Z", "9:I10"),
        ("A*AA*********Z", "10:3"),
        ("D*1*D8*20260504", ""),
        ("D*1*D8*20261301", "3:8"),
        ("D*1*RD8*20260504-20260503", "3:8"),
        ("D*1*RD8*20260504-20260505", ""),
        ("D*1*RD8*20260504", "3:8"),
        ("D*1*DT*202605041305", ""),
        ("D*1*DT*202605042505", "3:9"),
        ("D*1*TM*1305", ""),
        ("P*1*aa", "3:2"),
        ("P*1**aa", "2:2"),
        ("P*1***aa", "5:2"),
        ("P*1****aa", ""),
        ("P*1*****aa*aa", "7:10"),
        ("L*1**aa", ""),
        ("L*1***aa", "2:2"),
        ("L**aa", "3:2"),
    ],
)
def test_one_defect_has_its_place_and_code(segment: str, defect: str) -> None:
    elements = segment.split("*")
    checker = Checker(USES[elements[0]], Delimiters())
    for _ in range(2):  # what was seen before is judged the same
        found = [
            f"{p.element}{f'-{p.component}' if p.component else ''}:{p.code}" for p in checker.check(elements)
        ]  # fmt: skip
        assert found == ([defect] if defect else [])


def test_several_defects_of_one_segment_are_all_told() -> None:
    problems = Checker(USES["A"], Delimiters()).check(["A", "CC", "t", "x"])
    assert [(p.element, p.code) for p in problems] == [(1, "7"), (2, "4"), (3, "6")]
    assert not any("CC" in p.message for p in problems), "no values in messages"
    assert [p.value for p in problems] == ["CC", "t", "x"]


def test_periods() -> None:
    assert period_problem("RD8", "20260504-") == "8"
    assert period_problem("DT", "2026") == "8"
    assert not period_problem("UN", "anything")
