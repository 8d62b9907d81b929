"""Acute inpatient stays of Medicare (IPPS): operating and capital payment, transfers, outliers, adjustments.

The amounts of a hospital and a year (standardized amounts, wage index, cost-to-charge ratios, thresholds) are inputs:
they stand in Tables 1 to 4 of the final rule and in the hospital's provider file.

Source: 42 CFR 412.4, 412.64, 412.80 to 412.84, 412.105, 412.106, 412.152 to 412.172, 412.308 to 412.322; Medicare
Claims Processing Manual (Pub. 100-04), chapter 3, sections 20 and 40.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nosology.claims.desk import Tally, money
from nosology.codes.rates import DrgRate
from nosology.model.finding import Severity
from nosology.model.price import to_cents
from nosology.model.trace import Step

__all__ = ["HospitalTerms", "price_inpatient"]

_ACUTE_TRANSFER = frozenset({"02", "82", "66", "94", "43", "88"})
_AGAINST_ADVICE = "07"
_NEWBORN_TRANSFERS = "789"  # neonates who died or were transferred: the DRG itself is that of transfers
_POST_ACUTE = frozenset({"03", "05", "06", "50", "51", "62", "63", "65", "83", "85", "86", "90", "91", "93"})
_BURNS = frozenset({"927", "928", "929", "933", "934", "935"})


@dataclass(frozen=True, slots=True)
class HospitalTerms:
    """What a hospital is paid by; amounts in USD, factors as the provider file has them.

    ``dsh_operating`` and the like are the add-on factors themselves (0.0325 is 3.25 %); ``value_based`` and
    ``readmissions`` multiply the base operating payment; ``hac_reduction`` takes 1 % of all; ``per_discharge`` is the
    interim uncompensated care payment.
    """

    operating_labor: Decimal
    operating_nonlabor: Decimal
    wage_index: Decimal
    capital_rate: Decimal
    fixed_loss: Decimal
    operating_ccr: Decimal
    capital_ccr: Decimal
    geographic_factor: Decimal
    cost_of_living: Decimal = Decimal(1)
    dsh_operating: Decimal = Decimal(0)
    ime_operating: Decimal = Decimal(0)
    dsh_capital: Decimal = Decimal(0)
    ime_capital: Decimal = Decimal(0)
    per_discharge: Decimal = Decimal(0)
    value_based: Decimal = Decimal(1)
    readmissions: Decimal = Decimal(1)
    hac_reduction: bool = False


def price_inpatient(
    tally: Tally, rate: DrgRate, terms: HospitalTerms, *, days: int | None, discharge_status: str, source: str
) -> None:
    """Price a stay into its tally, whose charge is that of the whole stay; ``days`` is the length of stay."""
    tally.method = "IPPS"
    share = _transfer_share(tally, rate, days, discharge_status)
    if share is None:
        return
    labor, nonlabor = terms.operating_labor, terms.operating_nonlabor
    national = labor * terms.wage_index + nonlabor * terms.cost_of_living
    base = to_cents(national * rate.weight * share)
    why = f"({labor} × {terms.wage_index} + {nonlabor} × {terms.cost_of_living}) × weight {rate.weight}"
    tally.set(base, "operating", why + (f" × {share:.4f}" if share != 1 else ""), f"42 CFR 412.64; {source}")
    add_on = to_cents(base * (terms.dsh_operating + terms.ime_operating))
    adjusted = to_cents(base * (terms.value_based + terms.readmissions - 1))
    capital = terms.capital_rate * terms.geographic_factor * terms.cost_of_living * rate.weight * share
    capital = to_cents(capital * (1 + terms.dsh_capital + terms.ime_capital))
    payments = (base + add_on + terms.per_discharge, capital)
    outlier = _outlier(tally, rate, terms, payments, nonlabor / (labor + nonlabor), share)
    quality = f"value-based {terms.value_based}, readmissions {terms.readmissions}"
    shares = f"operating × ({terms.dsh_operating} + {terms.ime_operating})"
    rate_of = f"{terms.capital_rate} × {terms.geographic_factor} × weight {rate.weight}"
    parts = (
        (adjusted - base, "quality", quality, "42 CFR 412.154, 412.162"),
        (add_on, "DSH and IME", shares, "42 CFR 412.105, 412.106"),
        (terms.per_discharge, "uncompensated care", "each discharge", "42 CFR 412.106(f) to (h)"),
        (
            capital,
            "capital",
            f"{rate_of}, DSH {terms.dsh_capital}, IME {terms.ime_capital}",
            "42 CFR 412.308 to 412.322",
        ),
        (outlier, "outlier", "share of the cost above the threshold", "42 CFR 412.80, 412.84"),
    )
    total = base
    for amount, name, what, where in parts:
        if amount:
            total += amount
            tally.set(total, name, f"{what}, {money(amount)}; in all", where)
    if terms.hac_reduction:
        tally.times(Decimal("0.99"), "HAC reduction", "worst quartile, less 1 %", "42 CFR 412.172")


def _transfer_share(tally: Tally, rate: DrgRate, days: int | None, status: str) -> Decimal | None:
    """The share of the full payment after the transfer policy, None where it cannot be told (with a finding)."""
    post_acute = status in _POST_ACUTE
    if status == _AGAINST_ADVICE:
        tally.note(
            "transfer",
            "left against advice: paid in full here, as a transfer if another hospital admitted the patient that day",
            citation="42 CFR 412.4(b)",
        )
    if not post_acute and rate.drg == _NEWBORN_TRANSFERS:
        return Decimal(1)
    if status not in _ACUTE_TRANSFER and not post_acute:
        return Decimal(1)
    if post_acute and rate.post_acute is None:
        tally.note(
            "transfer",
            f"Table 5 at hand does not say if DRG {rate.drg} is a post-acute transfer DRG (discharge status {status})",
            Severity.ERROR,
            fix="install Table 5 as CMS publishes it",
        )
        return None
    if post_acute and not rate.post_acute:
        return Decimal(1)
    if days is None or rate.gmlos is None or not rate.gmlos:
        tally.note("transfer", "a transfer needs the length of stay and the GMLOS of the DRG", Severity.ERROR)
        return None
    graduated = min(Decimal(max(days, 1) + 1) / rate.gmlos, Decimal(1))
    special = post_acute and bool(rate.special_pay)
    share = min((1 + graduated) / 2, Decimal(1)) if special else graduated
    if share < 1:
        kind = "half, and half of the per diem" if special else "per diem, twice for the first day"
        tally.steps.append(
            Step(
                "transfer",
                f"status {status}, {days} days of GMLOS {rate.gmlos}: {kind}, share {share:.4f}",
                "42 CFR 412.4(f)",
            )
        )
    return share


def _outlier(
    tally: Tally,
    rate: DrgRate,
    terms: HospitalTerms,
    payments: tuple[Decimal, Decimal],
    nonlabor: Decimal,
    transfer: Decimal,
) -> Decimal:
    """80 % (burns 90 %) of the cost above payment and fixed-loss amount, operating and capital apart.

    ``payments`` are operating and capital; of a transfer the fixed-loss amount counts by the same share as they do.
    """
    operating, capital = payments
    fixed_loss = terms.fixed_loss * transfer
    cost_operating = tally.line.charge * terms.operating_ccr
    cost_capital = tally.line.charge * terms.capital_ccr
    ratio = terms.operating_ccr + terms.capital_ccr
    if not ratio or tally.line.charge <= 0:
        return Decimal(0)
    local = (1 - nonlabor) * terms.wage_index + nonlabor * terms.cost_of_living
    share = terms.operating_ccr / ratio
    threshold_operating = fixed_loss * local * share + operating
    capital_factor = terms.geographic_factor * terms.cost_of_living
    threshold_capital = fixed_loss * capital_factor * (1 - share) + capital
    cost, threshold = cost_operating + cost_capital, threshold_operating + threshold_capital
    if cost <= threshold:
        return Decimal(0)
    paid = Decimal("0.9") if rate.drg in _BURNS else Decimal("0.8")
    above = (cost_operating - threshold_operating) + (cost_capital - threshold_capital)
    return to_cents(above * paid)
