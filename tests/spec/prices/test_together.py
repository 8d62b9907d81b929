"""Outpatient services that are paid together, and outliers. Rates are CMS's (CY 2025, wage index 1); which services
belong together is made up for the test, since Addenda J and M were not at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.claims.outpatient import OutpatientTerms
from nosology.claims.price import Terms, expect_payment
from nosology.codes.install import install_from
from nosology.codes.rates import RateBook
from nosology.errors import UnreadableInput
from nosology.model.encounter import Encounter, ServiceLine, Setting
from nosology.model.price import PricedClaim

DAY = date(2025, 11, 3)
PLAIN = OutpatientTerms(Decimal(1))


@pytest.fixture
def pay(rates_together: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PricedClaim]:
    """``pay("99284 | G0378 *9 $100 +1")``: ``*`` units, ``$`` charge, ``+`` days after the first."""
    monkeypatch.setenv("NOSOLOGY_HOME", str(rates_together))

    def run(services: str, terms: OutpatientTerms = PLAIN) -> PricedClaim:
        lines = []
        for each in services.split("|"):
            code, *rest = each.split()
            said = {word[0]: Decimal(word[1:]) for word in rest}
            day = DAY + timedelta(days=int(said.get("+", 0)))
            lines.append(ServiceLine(code, (), said.get("*", Decimal(1)), said.get("$", Decimal(0)), day, "22"))
        encounter = Encounter("P1", Setting("outpatient"), lines=tuple(lines))
        return expect_payment(encounter, Terms("10112", "00", outpatient=terms), on=DAY)

    return run


def amounts(priced: Any) -> list[str]:
    return ["none" if line.allowed is None else str(line.allowed) for line in priced.lines]


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        ("76700", ["106.34"], "one service alone keeps its own APC"),
        ("76700 | 76770", ["306.50", "0.00"], "two of one family: APC 8004 once"),
        ("76700 *2", ["306.50"], "two units are two services"),
        ("76700 | 76770 +1", ["106.34", "106.34"], "each day by itself"),
        ("70450 | 71250", ["224.55", "0.00"], "CT without contrast: APC 8005"),
        ("70450 | 74177", ["0.00", "435.12"], "one of them with contrast: APC 8006, on the dearest"),
        ("70450 | 70551", ["106.34", "241.72"], "CT and MRI are two families"),
        ("70551 | 70553 | 76700 | 76770", ["0.00", "854.83", "306.50", "0.00"], "two families, two composites"),
        ("70450 | 71250 | 96365", ["224.55", "0.00", "210.69"], "beside it other services keep theirs"),
        ("90832 | 90853", ["160.67", "92.50"], "253.17 is less than APC 8010"),
        ("90837 | 96130 | 90853", ["0.00", "408.55", "0.00"], "564.57: not more than APC 8010 a day"),
        ("71046 | 70551", ["88.05", "241.72"], "Q3 of no family"),
    ],
)
def test_composites(pay: Any, services: str, allowed: list[str], why: str) -> None:
    priced = pay(services)
    assert amounts(priced) == allowed, why
    assert not priced.findings


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        ("99284 | G0378 *8 | 96365", ["2647.73", "0.00", "0.00"], "a visit and eight hours: APC 8011 is all"),
        ("99284 | G0378 *7 | 96365", ["425.82", "0.00", "210.69"], "seven hours"),
        ("G0378 *20 | 96365", ["0.00", "210.69"], "no visit"),
        ("G0463 | G0378 *9 +1", ["2647.73", "0.00"], "the visit of the day before"),
        ("G0463 | G0378 *9 +2", ["128.87", "0.00"], "two days before"),
        ("G0379 | G0378 *9", ["2647.73", "0.00"], "a direct referral of the same day"),
        ("G0379 | G0378 *9 +1", ["613.10", "0.00"], "a direct referral of the day before"),
        ("99284 | G0378 *9 | 20610", ["425.82", "0.00", "295.19"], "status T on the day"),
        ("99284 | G0378 *9 | 20610 +2", ["2647.73", "0.00", "0.00"], "status T later"),
        ("99284 | G0378 *9 | 29881", ["0.00", "0.00", "3244.61"], "J1 goes before"),
        ("G0463 | 99284 | G0378 *9", ["0.00", "2647.73", "0.00"], "two visits, one payment"),
    ],
)
def test_observation(pay: Any, services: str, allowed: list[str], why: str) -> None:
    assert amounts(pay(services)) == allowed, why


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        ("29881 | 64721", ["7143.73", "0.00"], "a pair of Addendum J: from APC 5113 to 5114"),
        ("29881 *2", ["7143.73"], "two units of the primary service"),
        ("29881 | 20610", ["3244.61", "0.00"], "no pair"),
        ("29881 | 29827", ["0.00", "7143.73"], "two of J1 without a pair: the dearest"),
        ("29881 | 70450 | 71250", ["3244.61", "0.00", "0.00"], "no composite beside a comprehensive service"),
    ],
)
def test_complexity(pay: Any, services: str, allowed: list[str], why: str) -> None:
    priced = pay(services)
    assert amounts(priced) == allowed, why
    assert not priced.findings


@pytest.mark.parametrize(
    ("services", "allowed", "why"),
    [
        # cost 40000 × 0.25 = 10000; 1.75 × 295.19 = 516.5825; half of 9483.4175
        ("20610 $40000", ["5036.90"], "half of the cost above 1.75 times the payment"),
        ("20610 $28000", ["295.19"], "7000 is under 295.19 + 7175"),
        # 29881: 3244.61, 1.75 × = 5678.0675; cost 0.25 × (20000 + 24000) = 11000; half of 5321.9325
        ("29881 $20000 | 71046 $24000", ["5905.58", "0.00"], "charges of what is packaged in count"),
        ("20610 $4000 | J1100 $36000", ["5036.90", "0.00"], "and those of status N"),
        # 96365 210.69 and 20610 295.19: of 80000 the shares 33318.57 and 46681.43; cost 8329.64 and 11670.36
        ("96365 | 20610 | J1100 $80000", ["4191.16", "5872.08", "0.00"], "shared out by the payments"),
        ("76700 $20000 | 76770 $20000", ["5038.31", "0.00"], "a composite: 306.50 + half of (10000 - 536.375)"),
    ],
)
def test_outliers(pay: Any, services: str, allowed: list[str], why: str) -> None:
    """Ratio of cost to charges 0.25, fixed amount 7175."""
    terms = replace(PLAIN, cost_ratio=Decimal("0.25"), outlier_threshold=Decimal(7175))
    assert amounts(pay(services, terms)) == allowed, why


def test_half_of_the_inputs(pay: Any) -> None:
    priced = pay("20610 $40000", replace(PLAIN, cost_ratio=Decimal("0.25")))
    assert amounts(priced) == ["295.19"]
    assert [each.rule for each in priced.findings] == ["price.outlier"]


def test_the_patient_pays_no_share_of_an_outlier(pay: Any) -> None:
    terms = replace(PLAIN, cost_ratio=Decimal("0.25"), outlier_threshold=Decimal(7175))
    assert pay("20610 $40000", terms).patient_pays == pay("20610 $40000").patient_pays == Decimal("59.04")


def test_each_payment_together_has_its_step(pay: Any) -> None:
    for services in ("76700 | 76770", "99284 | G0378 *8", "29881 | 64721"):
        steps = pay(services).lines[0].steps
        assert steps[0].name == "together"
        assert "Pub. 100-04" in steps[0].source


def test_without_the_addenda(price: Any) -> None:
    terms = Terms("10112", "00", outpatient=PLAIN)
    found = price("76700 | 76770", setting="outpatient", terms=terms)
    assert amounts(found) == ["106.34", "106.34"]
    assert {each.rule for each in found.findings} == {"price.composite"}
    found = price("29881 | 64721", setting="outpatient", terms=terms)
    assert {each.rule for each in found.findings} == {"price.complexity"}


def test_reading(rates_together: Path, tmp_path: Path) -> None:
    book = RateBook(DAY, home=rates_together)
    assert (book.composite("70553"), book.composite("99213")) == ("8008", "")
    assert (book.complexity("29881", "64721"), book.complexity("64721", "29881")) == ("5114", "")
    file = tmp_path / "2025 Addendum M.txt"
    file.write_text("HCPCS Code\tSingle Code APC Assignment\tComposite APC Assignment\n70450\t5522\t8005\n", "utf-8")
    with pytest.raises(UnreadableInput):
        install_from("opps", file, home=tmp_path)
