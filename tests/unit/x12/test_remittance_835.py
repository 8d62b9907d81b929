"""Remittances as payers really write them: what is odd is told, the rest is read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from nosology.errors import UnreadableInput
from nosology.x12.remittance_835 import RemittanceFile, read_835, write_835

HEAD = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260520*0900*^*00501*000000001*0*T*:~"
GROUP = "GS*HP*PAYER*CLINIC*20260520*0900*1*X*005010X221A1~"


def wrap(body: str, *, more: str = "", group: str = GROUP) -> str:
    body = "".join(line.strip() for line in body.strip().splitlines())
    count = body.count("~") + 2
    sets = f"ST*835*0001~{body}SE*{count}*0001~{more}"
    return f"{HEAD}{group}{sets}GE*{1 + more.count('ST*835')}*1~IEA*1*000000001~"


PAYMENT = "BPR*I*80*C*CHK************20260520~TRN*1*T1*1512345678~N1*PR*GOOD PAYER~N1*PE*CLINIC*XX*1234567893~LX*1~"


def rules(found: RemittanceFile) -> set[str]:
    return {each.rule for each in found.all_findings}


def test_samples_are_read_and_come_back_the_same(shared_data: Path) -> None:
    """Every 835 sample; the tertiary one has a shifted SVC (a composite as two elements), the others add up."""
    files = sorted((shared_data / "samples" / "x12" / "lfh").glob("*.835"))
    assert len(files) == 6
    for file in files:
        found = read_835(file)
        assert all(each.complete for each in found.payments)
        ends = {"sender": ("ZZ", "P"), "receiver": ("ZZ", "C"), "created": "202605040900", "control": "7"}
        assert read_835(write_835(found.remittances, **ends)).remittances == found.remittances  # type: ignore[arg-type]
        unbalanced = {each for each in rules(found) if each.startswith("835-balance")}
        assert bool(unbalanced) == ("tertiary" in file.name), file.name


def test_missing_adjustments_are_named_with_the_amount() -> None:
    """RIVALS 20: a payer leaves CAS out; the finding says by how much."""
    found = read_835(wrap(PAYMENT + "CLP*A1*1*120*80**12*ICN1~SVC*HC:99213*120*80~"))
    off = [each.message for each in found.all_findings if each.rule == "835-balance-claim"]
    assert off == [
        "the claim's payment is not its charge less all adjustments: 80.00 stated, 120.00 expected, off by -40.00"
    ]
    assert found.claims[0].lines[0].paid == Decimal(80)


def test_account_adjustments_count_into_the_payment() -> None:
    """RIVALS 20: PLB. 100 for the claim less 20 taken back is the 80 that were paid."""
    body = PAYMENT + "CLP*A1*1*100*100**12*ICN1~PLB*1234567893*20261231*WO:ICN0*25*L6*-5~"
    found = read_835(wrap(body))
    adjustments = found.remittances[0].provider_adjustments
    assert [(each.reason, each.reference, each.amount) for each in adjustments] == [
        ("WO", "ICN0", Decimal(25)),
        ("L6", "", Decimal(-5)),
    ]
    assert "835-balance-payment" not in rules(found)


def test_a_payment_that_is_not_the_sum() -> None:
    found = read_835(wrap(PAYMENT + "CLP*A1*1*100*100**12*ICN1~"))
    (off,) = [each for each in found.all_findings if each.rule == "835-balance-payment"]
    assert "off by -20" in off.message
    assert off.severity == "error"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("CLP*A1*1*120*80**12*ICN1~CAS*CO*45*4O~", "835-bad-amount"),
        ("CLP*A1*1*1,020*80**12*ICN1~CAS*CO*45*940~", "835-odd-amount"),
        ("CLP*A1*1*80*80~DTM*232*2026-05-04~", "835-odd-date"),
        ("CLP*A1*1*80*80~SVC*HC>99213*80*80~", "835-other-separator"),
        ("CLP*A1*1*80*80~CAS*XX*45*0~", "835-odd-group"),
        ("CLP*A1*1*80*80~CAS*CO~", "835-empty-adjustment"),
        ("CLP*A1*1*80*80~ZZZ*1~", "835-unknown-segment"),
        ("SVC*HC:99213*80*80~", "835-out-of-place"),
        ("CLP*A1*22*80*80~", "835-reversal-sign"),
        ("CLP*A1*1*-80*-80~", "835-negative"),
        ("CLP*A1*1*80~", "835-missing-amount"),
    ],
)
def test_oddities_are_told_and_the_rest_is_read(body: str, rule: str) -> None:
    found = read_835(wrap(PAYMENT + body))
    assert rule in rules(found)
    assert found.remittances[0].trace == "T1"


def test_an_amount_that_is_no_number_makes_its_claim_unsound() -> None:
    found = read_835(wrap(PAYMENT + "CLP*A1*1*120*8O~CLP*A2*1*80*80~"))
    assert found.payments[0].unsound == {"A1"}
    assert "8O" not in "".join(each.message for each in found.all_findings)


def test_a_transaction_that_breaks_off_is_not_complete_and_the_others_are() -> None:
    whole = wrap(PAYMENT + "CLP*A1*1*80*80~", more=f"ST*835*0002~{PAYMENT}CLP*A2*1*80*80~")
    cut = whole[: whole.rindex("CLP*A2")]
    found = read_835(cut)
    assert [each.complete for each in found.payments] == [True, False]


def test_an_older_version_is_told_and_read() -> None:
    found = read_835(wrap(PAYMENT + "CLP*A1*1*80*80~", group=GROUP.replace("005010X221A1", "004010X091A1")))
    assert "835-version" in rules(found)
    assert found.claims[0].paid == 80


def test_wrong_counts_are_findings() -> None:
    found = read_835(wrap(PAYMENT + "CLP*A1*1*80*80~").replace("SE*8*", "SE*9*"))
    assert [each for each in found.findings if each.transaction_error]
    assert found.claims[0].paid == 80


def test_mixed_encodings_are_read() -> None:
    text = wrap(PAYMENT + "CLP*A1*1*80*80~NM1*QC*1*MUÑOZ~").encode("cp1252")
    assert read_835(text).claims[0].parties[0].name == "MUÑOZ"


@pytest.mark.parametrize(
    "text", [b"%PDF-1.7 not x12", b"", b"hello", HEAD.encode() + b"GS*HC*A*B*20260520*0900*1*X*005010X222A1~"]
)
def test_what_is_no_remittance_is_one_line(text: bytes) -> None:
    with pytest.raises(UnreadableInput) as error:
        read_835(text, name="x.835")
    assert "\n" not in str(error.value)
