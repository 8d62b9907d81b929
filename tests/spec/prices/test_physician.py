"""Physician fee schedule CY 2025 (October file), Alabama: practice cost indices 1, 0.869, 0.575; factor 32.3465.

Worked by hand: fee = (work × 1 + practice × 0.869 + malpractice × 0.575) × 32.3465, to the cent.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from nosology.claims.patient_share import Benefits
from nosology.claims.price import Terms


def amounts(priced: Any) -> list[str]:
    return ["none" if line.allowed is None else str(line.allowed) for line in priced.lines]


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        # (1.30 + 1.35 × 0.869 + 0.10 × 0.575) × 32.3465 = 2.53065 × 32.3465 = 81.8577
        ("99213 11", ["81.86"], "42 CFR 414.20, outside a facility"),
        # (1.30 + 0.57 × 0.869 + 0.0575) × 32.3465 = 1.85283 × 32.3465 = 59.9326
        ("99213 22", ["59.93"], "the facility rate; Pub. 100-04, ch. 12, 20.4.2"),
        # (19.60 + 15.30 × 0.869 + 3.98 × 0.575) × 32.3465 = 35.1842 × 32.3465 = 1138.0857
        ("27447 22", ["1138.09"], "one knee"),
        ("27447-50 22", ["1707.14"], "both, 150 %: 1138.09 × 1.5 = 1707.135; 40.7"),
        ("27447-80 22", ["182.09"], "assistant, 16 %: 182.0944; 20.4.3"),
        ("27447-AS 22", ["154.78"], "assistant who is no physician, 13.6 %: 154.7802"),
        ("27447-62 22", ["711.31"], "co-surgeon, 62.5 %: 711.30625; 40.8"),
        ("27447-54 22", ["899.09"], "surgery only: 0.10 + 0.69 of 1138.09; 40.2"),
        ("27447-55 11", ["239.00"], "after care only: 0.21 of 1138.09"),
        ("27447-66 22", ["0.00"], "team indicator 0: no team is paid; 40.8"),
        ("47135-66 22", ["none"], "team indicator 2: a team is priced by report; 40.8"),
        ("99213-50 11", ["81.86"], "bilateral indicator 0: nothing changes"),
        # (7.03 + 8.22 × 0.869 + 1.39 × 0.575) × 32.3465 = 14.97243 × 32.3465 = 484.3057
        ("27447 22 | 29881 22", ["1138.09", "242.16"], "29881 (484.31) second, 50 %; 40.6"),
        # 45378 (3.26 + 1.79 × 0.869 + 0.43 × 0.575) = 5.06276: 163.76; 45380 5.50742: 178.15; 45385 6.96022: 225.14
        ("45385 22 | 45380 22", ["225.14", "14.39"], "one family: 178.15 less its base 163.76; 40.6.C"),
        ("45378 22 | 45385 22", ["0.00", "225.14"], "the base itself is in the others"),
        # (0.22 + 0.77 × 0.869 + 0.02 × 0.575) × 32.3465 = 0.90063 × 32.3465 = 29.1322
        ("71046 11", ["29.13"], "no imaging reduction by itself: indicator 0"),
        ("71046-26 11", ["9.55"], "(0.22 + 0.08 × 0.869 + 0.01 × 0.575) × 32.3465 = 9.5508"),
        ("71046-TC 11", ["19.58"], "the technical part"),
        ("45378-53 22", ["82.11"], "53 has a row of its own: (1.63 + 0.90 × 0.869 + 0.22 × 0.575) × 32.3465"),
        ("27447-53 22", ["none"], "53 without a row: by report"),
        ("27447-52 22", ["none"], "52 has no national share"),
        # 71260 147.04; TC (3.42 × 0.869 + 0.02 × 0.575) = 96.51, less half 48.26; 26 (1.16 + 0.43 × 0.869 + 0.05 × 0.575)
        # = 50.54, less 5 % 2.53; 74177 (1.82 + 7.25 × 0.869 + 0.12 × 0.575) × 32.3465 = 264.89 in full
        ("74177 11 | 71260 11", ["264.89", "96.25"], "imaging: technical part half, professional part 95 %"),
        ("74177-26 22 | 71260-26 22", ["79.28", "48.01"], "professional parts alone: 50.54 less 2.53"),
        # 97110: (0.45 + 0.43 × 0.869 + 0.01 × 0.575) × 32.3465 = 26.83; practice half 0.43 × 0.869 × 32.3465 / 2 = 6.04
        ("97110 11 *3", ["68.41"], "3 × 26.83 less 2 × 6.04; ch. 5, 10.7"),
        ("36415 11", ["8.83"], "status X: the laboratory schedule pays"),
        ("ZZZZZ 11", ["none"], "unknown: never a silent zero"),
        ("99213 11 *-1", ["none"], "negative units"),
        ("99213 11 $50", ["50.00"], "not more than the charge"),
    ],
)  # fmt: skip
def test_allowed(price: Any, services: str, allowed: list[str], why: str) -> None:
    priced = price(services)
    assert amounts(priced) == allowed, why
    assert priced.complete == ("none" not in allowed)
    assert all(line.steps for line in priced.lines if line.allowed is not None)
    assert all(step.source for line in priced.lines for step in line.steps)
    if "none" in allowed:
        assert priced.findings


@pytest.mark.parametrize(
    ("provider", "allowed"),
    [("nurse practitioner", "69.58"), ("physician assistant", "69.58"), ("nurse midwife", "81.86"), ("clinical social worker", "61.40")],
)  # fmt: skip
def test_who_bills(price: Any, provider: str, allowed: str) -> None:
    """85 % of 81.86 is 69.581; 75 % is 61.395."""
    assert amounts(price("99213 11", terms=Terms("10112", "00", provider=provider))) == [allowed]


def test_anesthesia(price: Any) -> None:
    """00790: 7 base units (made up for the test), 60 minutes are 4 units: 11 × 19.31 = 212.41; 42 CFR 414.46."""
    assert amounts(price("00790-AA 22 *60")) == ["212.41"]
    assert amounts(price("00790-QK 22 *60")) == ["106.21"]
    assert amounts(price("00790-AD 22 *60")) == ["57.93"]
    assert amounts(price("00790 22 *60")) == ["none"]


def test_medicare_share_and_sequestration(price: Any) -> None:
    """81.86: deductible 20.00, 20 % of 61.86 = 12.37; payer 49.49, less 2 % = 0.99."""
    benefits = Benefits(deductible=Decimal(20), coinsurance=Decimal(20), sequestration=Decimal(2))
    priced = price("99213 11", terms=Terms("10112", "00", benefits=benefits))
    assert (priced.patient_pays, priced.payer_pays, priced.sequestration) == (
        Decimal("32.37"), Decimal("48.50"), Decimal("0.99"),
    )  # fmt: skip


def test_no_cost_indices_and_no_table(price: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    priced = price("99213 11", terms=Terms("99999", "77"))
    assert not priced.complete
    assert "contractor '99999' locality '77'" in priced.findings[0].message
    monkeypatch.setenv("NOSOLOGY_HOME", str(tmp_path))
    from nosology.claims.price import expect_payment
    from nosology.model.encounter import Encounter, ServiceLine, Setting

    from .conftest import DAY

    bare = expect_payment(
        Encounter("x", Setting.PROFESSIONAL, lines=(ServiceLine("99213"),)), Terms("10112", "00"), on=DAY
    )
    assert amounts(bare) == ["none"]
    assert "codesets install pfs" in bare.findings[0].message
