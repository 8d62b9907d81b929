"""Public sample files of X12: every one is read, and the right ones have no error at SNIP 1 to 4.

Those that are not right stand in a table with the reason and the rules that must say so.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from nosology.model.finding import Severity
from nosology.x12.contents import count_loops, parse_transaction
from nosology.x12.envelope import read_transactions
from nosology.x12.validate import validate

COMPONENTS = "ISA16 is a colon, but the composites are written with >"
BLANK_PER = "the contact for the file (PER*BL) is missing, which 005010X221A1 requires"
NOT_INSTITUTIONAL = (
    "professional services (SV1) and one HI segment a diagnosis in a transaction set that names 005010X223A2"
)
OLD = "version 4010"

EXCEPTIONS = {
    "271_005010X279A1_subscriber-health-benefit-check-error.271": ("SE02 is not ST02", {"x12.se_control"}),
    "835_005010X221A1_cob-contractural-adjustment.835": (
        f"{BLANK_PER}; BPR16 is missing; {COMPONENTS}",
        {"x12.missing_segment", "x12.required", "x12.too_long"},
    ),
    "835_005010X221A1_managed-care.835": (
        f"{BLANK_PER}; the date of payment has no month 23",
        {"x12.missing_segment", "x12.date"},
    ),
    "835_005010X221A1_medicare-part-a.835": (
        f"{BLANK_PER}; TS309 and TS311 are of 4010",
        {"x12.missing_segment", "x12.not_used"},
    ),
    "demo-file_demo.835": (f"{BLANK_PER}; TS309 and TS311 are of 4010", {"x12.missing_segment", "x12.not_used"}),
    "835_005010X221A1_secondary-payment.835": (
        f"{BLANK_PER}; BPR16 is missing; {COMPONENTS}",
        {"x12.missing_segment", "x12.required", "x12.too_long"},
    ),
    "835_005010X221A1_tertiary-payment.835": (
        f"{BLANK_PER}; BPR16 is missing; SVC01 is shifted, so that nothing adds up",
        {"x12.missing_segment", "x12.required", "x12.too_short", "835.balance-service", "835.balance-lines"},
    ),
    "837_005010X222A2_demo.ambulance.example5.837": ("CLM05-2 is missing", {"x12.required"}),
    "837_005010X222A2_demo.cob.2ndary.example4.837": (COMPONENTS, {"x12.too_long", "837.pointers"}),
    "837_005010X222A2_demo.example6.837": (COMPONENTS, {"x12.too_long", "837.pointers"}),
    "837_005010X222A2_demo.example9.837": (
        f"{COMPONENTS}; the diagnosis pointer is 1.00",
        {"x12.too_long", "x12.number", "837.pointers"},
    ),
    "837_005010X222A2_demo.example11.837": (COMPONENTS, {"x12.too_long", "x12.number", "837.pointers"}),
    "837_005010X222A2_demo.example12.837": (COMPONENTS, {"x12.too_long", "837.pointers"}),
    "837_005010X222A2_demo.cob.example3.A.837": ("the other payer (2330B) is missing", {"x12.missing_segment"}),
    "837_005010X222A2_demo.cob.example4.837": ("AMT*F2 is of 4010", {"x12.code"}),
    "837_005010X223A3_institutional-claim.837i": ("CLM06 and DTP*435*D8 are of 4010", {"x12.not_used", "x12.code"}),
    "demo-file_demo.837i": ("CLM06 and DTP*435*D8 are of 4010", {"x12.not_used", "x12.code"}),
    "837_005010X223A3_out-of-network-repriced-claim.837i": (COMPONENTS, {"x12.too_long", "x12.not_used"}),
    "837_005010X223A3_ppo-repriced-claim.837i": (COMPONENTS, {"x12.too_long", "x12.not_used", "x12.code"}),
    "837_005010X223A3_two-claims-single-provider.837i": ("CLM06 is of 4010", {"x12.not_used"}),
    "ex_837_inpatient.txt": (
        "no interchange, and 008060X324, which is not adopted",
        {"x12.no_interchange", "x12.no_group", "x12.no_guide"},
    ),
    "sample_837_0.txt": ("HL01 goes on from transaction set to transaction set", {"x12.level"}),
    "sample_837_11.txt": (
        "LX, the payer and a diagnosis pointer are missing; the count of SE is wrong",
        {"x12.missing_segment", "x12.required", "x12.code", "x12.not_used", "x12.se_count", "837.line-count"},
    ),
    "sample_837_12.txt": ("the former and two of the kind below in one group", None),
    **{f"sample_837_{n}.txt": (NOT_INSTITUTIONAL, None) for n in range(1, 11)},
}


def test_every_sample_is_read_and_the_right_ones_validate(shared_data: Path) -> None:
    files = sorted((shared_data / "samples" / "x12").glob("*/*"))
    assert len(files) > 90
    right = 0
    for file in files:
        assert all(count_loops(transaction) for transaction in read_transactions(file, name=file.name))
        objects = [
            found
            for transaction in read_transactions(file, name=file.name, lazy=True)
            for found in parse_transaction(transaction) or ()
        ]
        assert objects, file.name
        findings = [one for one in validate(file, name=file.name, snip=4) if one.severity is Severity.ERROR]
        rules = {one.rule for one in findings}
        if "_004010X" in file.name:
            assert rules == {"x12.version"}, file.name
        elif file.name in EXCEPTIONS:
            expected = EXCEPTIONS[file.name][1]
            assert rules, f"{file.name} is right: take it out of the table"
            assert expected is None or rules <= expected, (file.name, rules - expected)
        else:
            assert not findings, (file.name, [(one.rule, str(one.position)) for one in findings[:3]])
            right += 1
    assert right > 45


@pytest.mark.parametrize("name", sorted(EXCEPTIONS))
def test_every_exception_has_a_reason(name: str) -> None:
    assert EXCEPTIONS[name][0]
