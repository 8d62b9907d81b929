"""SNIP 5: codes of external lists. A row: list, code, qualifier, day, whether it is right, wrong or cannot be known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from nosology.model.finding import Severity
from nosology.x12.code_lists import judge, listed
from nosology.x12.guide import all_guides
from nosology.x12.validate import validate

DAY = date(2026, 5, 4)
ROWS = [
    ("icd10cm", "J069", "ABK", DAY, "right"),
    ("icd10cm", "J06", "ABK", DAY, "wrong"),
    ("icd10cm", "Q9999", "ABK", DAY, "wrong"),
    ("icd10cm", "J06.9", "ABK", DAY, "wrong"),
    ("icd10cm", "4660", "BK", DAY, "wrong"),
    ("icd10cm", "4660", "BK", date(2014, 5, 4), "right"),
    ("icd10cm", "J069", "ABK", date(2016, 1, 4), "unknown"),
    ("icd10pcs", "0DTJ4Z", "BBR", DAY, "wrong"),
    ("hcpcs_cpt", "9921", "HC", DAY, "wrong"),
    ("hcpcs_cpt", "99213", "HC", DAY, "unknown"),
    ("hcpcs_cpt", "9921X", "HC", DAY, "wrong"),
    ("hcpcs_cpt", "J12A5", "HC", DAY, "wrong"),
    ("hcpcs_cpt", "1AA11", "HP", DAY, "unknown"),
    ("cdt", "D2150", "AD", DAY, "unknown"),
    ("cdt", "2150", "AD", DAY, "wrong"),
    ("pos", "11", "B", DAY, "right"),
    ("pos", "37", "B", DAY, "wrong"),
    ("type_of_bill", "11", "A", DAY, "right"),
    ("type_of_bill", "19", "A", DAY, "wrong"),
    ("revenue", "0450", "", DAY, "right"),
    ("revenue", "0453", "", DAY, "wrong"),
    ("revenue", "0993", "", DAY, "right"),
    ("revenue", "450", "", DAY, "wrong"),
    ("revenue", "0001", "", DAY, "wrong"),
    ("taxonomy", "207Q00000X", "", DAY, "unknown"),
    ("taxonomy", "207Q00000", "", DAY, "wrong"),
    ("npi", "1234567893", "XX", DAY, "right"),
    ("npi", "1234567890", "XX", DAY, "wrong"),
    ("npi", "3234567893", "XX", DAY, "wrong"),
    ("state", "IL", "", DAY, "right"),
    ("state", "ZZ", "US", DAY, "wrong"),
    ("state", "ON", "CA", DAY, "right"),
    ("state", "ON", "US", DAY, "wrong"),
    ("zip", "62701", "", DAY, "right"),
    ("zip", "627011234", "US", DAY, "right"),
    ("zip", "62701-1234", "US", DAY, "wrong"),
    ("zip", "00000", "", DAY, "wrong"),
    ("zip", "M5V 3L9", "CA", DAY, "right"),
    ("country", "CA", "", DAY, "right"),
    ("country", "XX", "", DAY, "wrong"),
    ("ndc", "00409379501", "N4", DAY, "unknown"),
    ("ndc", "0409-3795-01", "N4", DAY, "wrong"),
    ("admission_type", "3", "", DAY, "right"),
    ("admission_type", "7", "", DAY, "wrong"),
    ("admission_source", "3", "", DAY, "wrong"),
    ("patient_status", "30", "", DAY, "right"),
    ("patient_status", "99", "", DAY, "wrong"),
    ("value_code", "80", "BE", DAY, "unknown"),
    ("value_code", "8", "BE", DAY, "wrong"),
    ("tooth", "30", "", DAY, "right"),
    ("tooth", "AS", "", DAY, "right"),
    ("tooth", "33", "", DAY, "wrong"),
]


@pytest.mark.parametrize(("name", "code", "kind", "day", "expected"), ROWS)
def test_codes(name: str, code: str, kind: str, day: date, expected: str) -> None:
    verdict = judge(name, code, kind, day)
    if expected == "right":
        assert verdict is None
    else:
        assert verdict is not None
        assert verdict.unknown is (expected == "unknown")
        assert (verdict.severity is Severity.INFORMATION) is (expected == "unknown")


def test_every_list_that_a_guide_names_has_a_judge() -> None:
    named = {
        part.external
        for guide in all_guides()
        for use in guide.root.uses()
        for element in use.elements
        for part in (element, *element.components)
        if part.external
    }
    assert not [name for name in sorted(named) if not listed(name)]


def test_findings_stand_at_the_component_and_lists_are_named_once(claim_file_of: Callable[..., str]) -> None:
    text = claim_file_of(
        "P",
        {
            "ABF:R051": "ABF:R05",
            "XX*1234567893\nN3": "XX*1234567890\nN3",
            "N4*SPRINGFIELD*IL*62701\n": "N4*SPRINGFIELD*IX*62701\n",
        },
    )
    found = [finding for finding in validate(text, snip=5) if finding.snip == 5]
    errors = [
        (finding.rule, str(finding.position).split(", ", 2)[2])
        for finding in found
        if finding.severity is Severity.ERROR
    ]
    assert sorted(errors) == [
        ("x12.code_icd10cm", "HI02-2, loop 2300"),
        ("x12.code_npi", "NM109, loop 2010AA"),
        ("x12.code_state", "N402, loop 2010BA"),
    ]
    told = [finding.message for finding in found if finding.rule == "x12.list_not_at_hand"]
    assert len(told) == len(set(told)) >= 2
    assert all(finding.status and finding.status[0] == "A7" for finding in found if finding.severity is Severity.ERROR)


def test_the_present_on_admission_list_is_named_where_it_is_missing(claim_file_of: Callable[..., str]) -> None:
    text = claim_file_of("I", {":::::::Y": ""})
    found = [finding for finding in validate(text, snip=5) if "admission" in finding.message]
    assert [finding.severity for finding in found] == [Severity.INFORMATION]
