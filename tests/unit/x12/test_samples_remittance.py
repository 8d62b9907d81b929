"""The public remittance examples against the guide table: what is wrong with each, and why it really is."""

from __future__ import annotations

from pathlib import Path

from nosology.x12.validate import validate

CONTACT = ("x12.missing_segment", "PER")  # loop 1000A: the technical contact (BL) is required since 5010
SHIFTED = ("x12.required", "BPR16")  # the date stands one element too early
MARK = ("x12.too_long", "SVC01-1")  # components parted by ">", ISA16 says ":"
OLD_TOTALS = [("x12.not_used", "TS309"), ("x12.not_used", "TS311")]  # totals of 4010 that 5010 dropped
WRONG = {
    "835_005010X221A1_cob-contractural-adjustment.835": [SHIFTED, CONTACT, MARK],
    "835_005010X221A1_managed-care.835": [("x12.date", "BPR16"), CONTACT],  # the date is 20002316
    "835_005010X221A1_medicare-part-a.835": [CONTACT, *OLD_TOTALS, *OLD_TOTALS],
    "835_005010X221A1_secondary-payment.835": [SHIFTED, CONTACT, MARK, MARK],
    "835_005010X221A1_tertiary-payment.835": [  # an amount stands in the place of the code
        SHIFTED, CONTACT, ("x12.required", "SVC01-2"), ("x12.too_short", "SVC06-1")
    ],
    "demo-file_demo.835": [CONTACT, *OLD_TOTALS, *OLD_TOTALS],
}  # fmt: skip


def test_every_sample_has_only_the_defects_that_it_has(shared_data: Path) -> None:
    files = sorted((shared_data / "samples" / "x12" / "lfh").glob("*.835"))
    assert {file.name for file in files} == set(WRONG)
    for file in files:
        found = []
        for each in validate(file, snip=2):
            at = each.position
            place = at.segment_id + (f"{at.element:02d}" if at.element else "")
            found.append((each.rule, place + (f"-{at.component}" if at.component else "")))
        assert found == WRONG[file.name], file.name
