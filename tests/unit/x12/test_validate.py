"""Validation as a whole: findings in order, at their places, up to the level asked for."""

from __future__ import annotations

import pytest

from nosology.errors import UnreadableInput
from nosology.model.finding import Severity
from nosology.x12.validate import validate

REMITTANCE = (
    "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260504*1200*^*00501*000000001*0*T*:~"
    "GS*HP*PAYER*CLINIC*20260504*1200*1*X*005010X221A1~ST*835*0001~"
    "BPR*I*80*C*CHK************20260504~TRN*1*12345*1512345678~N1*PR*EXAMPLE HEALTH PLAN~N3*1 PLAN STREET~"
    "N4*SPRINGFIELD*IL*62701~PER*BL*EDI DESK*TE*2175550100~N1*PE*EXAMPLE CLINIC*XX*1234567893~LX*1~"
    "CLP*CLAIM1*1*100*80*20*12*PAYER1~NM1*QC*1*DOE*JANE****MI*M1~SVC*HC:99213*100*80**1~DTM*472*20260501~"
    "CAS*PR*2*20~SE*15*0001~GE*1*1~IEA*1*000000001~"
)


def found(text: str, **options: object) -> list[str]:
    return [
        f"{finding.position.segment}:{finding.rule}:{finding.segment_error}{finding.element_error}"
        for finding in validate(text, **options)  # type: ignore[arg-type]
        if finding.severity is Severity.ERROR
    ]


def test_a_right_file_has_no_findings() -> None:
    assert not list(validate(REMITTANCE))


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
def test_one_defect_is_one_finding(old: str, new: str, finding: str) -> None:
    text = REMITTANCE.replace(old, new)
    count = text[text.index("ST*") : text.index("SE*")].count("~") + 1
    text = text.replace("SE*15", f"SE*{count}")
    assert found(text) == [finding]


def test_findings_name_the_claim_and_the_loop() -> None:
    (finding,) = validate(REMITTANCE.replace("SVC*HC", "SVC*QQ"))
    assert (finding.claim, finding.position.loop, finding.position.component) == ("CLAIM1", "2110", 1)
    assert (finding.data_element, finding.value) == ("235", "QQ")
    assert str(finding.position) == "transaction 1, segment 12, SVC01-1, loop 2110"
    assert REMITTANCE.index("SVC*") == finding.position.offset


def test_level_one_looks_at_syntax_only() -> None:
    assert not found(REMITTANCE.replace("SVC*HC", "SVC*QQ"), snip=1)
    assert found(REMITTANCE.replace("20260501", "20260532"), snip=1)


def test_4010_is_read_with_one_finding() -> None:
    text = REMITTANCE.replace("005010X221A1", "004010X091A1").replace("*^*00501*", "*U*00401*")
    (finding,) = validate(text)
    assert (finding.rule, finding.group_error) == ("x12.version", "2")


def test_a_transaction_set_that_breaks_off_is_one_finding_each_level() -> None:
    text = REMITTANCE[: REMITTANCE.index("DTM*472")]
    assert [rule.split(":")[1] for rule in found(text)] == ["x12.se_missing", "x12.ge_missing", "x12.iea_missing"]


def test_an_addendum_of_another_number_is_told_only() -> None:
    (finding,) = validate(REMITTANCE.replace("005010X221A1", "005010X221A9"))
    assert (finding.rule, finding.severity) == ("x12.addendum", Severity.INFORMATION)


def test_what_is_no_x12_is_refused() -> None:
    with pytest.raises(UnreadableInput):
        list(validate(b"%PDF-1.7", name="remittance.835"))
