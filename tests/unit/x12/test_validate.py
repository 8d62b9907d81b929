"""Validation as a whole: findings in order, at their places, up to the level asked for."""

from __future__ import annotations

import pytest

from nosology.errors import UnreadableInput
from nosology.model.finding import Severity
from nosology.x12.validate import validate


def found(text: str, **options: object) -> list[str]:
    return [
        f"{finding.position.segment}:{finding.rule}:{finding.segment_error}{finding.element_error}"
        for finding in validate(text, **options)  # type: ignore[arg-type]
        if finding.severity is Severity.ERROR
    ]


def test_a_right_file_has_no_findings(remittance: str, claim_file: str) -> None:
    assert not list(validate(remittance, snip=4))
    assert not list(validate(claim_file, snip=4))


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        ("ST*835*0001~", "ST*835*0001*005010X221A1~", "1:x12.not_used:8I10"),
        ("SVC*HC:99213", "SVC*QQ:99213", "12:x12.code:87"),
        ("20260501", "20260532", "13:x12.date:88"),
        ("PER*BL*EDI DESK*TE*2175550100~", "", "7:x12.missing_segment:3"),
        ("LX*1~", "LX*1~QQQ*1~", "10:x12.unknown_segment:1"),
        ("LX*1~", "LX*1~CLM*1~", "10:x12.foreign_segment:6"),
        ("HP*PAYER", "HC*PAYER", "1:x12.group_kind:"),
        ("005010X221A1", "005010X999", "1:x12.no_guide:"),
        ("*835*", "*836*", "1:x12.no_guide:"),
        ("NM1*QC", "NM1*XX", "11:x12.code:87"),
    ],
)
def test_one_defect_is_one_finding(remittance: str, old: str, new: str, finding: str) -> None:
    text = remittance.replace(old, new)
    count = text[text.index("ST*") : text.index("SE*")].count("~") + 1
    text = text.replace("SE*15", f"SE*{count}")
    assert found(text) == [finding]


def test_findings_name_the_claim_and_the_loop(remittance: str) -> None:
    (finding,) = validate(remittance.replace("SVC*HC", "SVC*QQ"), snip=4)
    assert (finding.claim, finding.position.loop, finding.position.component) == ("CLAIM1", "2110", 1)
    assert (finding.data_element, finding.value) == ("235", "QQ")
    assert str(finding.position) == "transaction 1, segment 12, SVC01-1, loop 2110"
    assert remittance.index("SVC*") == finding.position.offset


def test_level_one_looks_at_syntax_only(remittance: str) -> None:
    assert not found(remittance.replace("SVC*HC", "SVC*QQ"), snip=1)
    assert found(remittance.replace("20260501", "20260532"), snip=1)


def test_4010_is_read_with_one_finding(remittance: str) -> None:
    text = remittance.replace("005010X221A1", "004010X091A1").replace("*^*00501*", "*U*00401*")
    (finding,) = validate(text, snip=4)
    assert (finding.rule, finding.group_error) == ("x12.version", "2")


def test_a_transaction_set_that_breaks_off_is_one_finding_each_level(remittance: str) -> None:
    text = remittance[: remittance.index("DTM*472")]
    assert [rule.split(":")[1] for rule in found(text)] == ["x12.se_missing", "x12.ge_missing", "x12.iea_missing"]


def test_an_addendum_of_another_number_is_told_only(remittance: str) -> None:
    (finding,) = validate(remittance.replace("005010X221A1", "005010X221A9"), snip=4)
    assert (finding.rule, finding.severity) == ("x12.addendum", Severity.INFORMATION)


def test_what_is_no_x12_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        list(validate(b"%PDF-1.7", name="remittance.835"))
