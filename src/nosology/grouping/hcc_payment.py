"""From raw HCC scores to the payment score of a year: normalization, coding intensity, blend of V24 and V28; and which
categories of the year before have no evidence now.

Source: CMS, Announcements of Medicare Advantage Capitation Rates and Part C and Part D Payment Policies, CY 2024
(31 March 2023), CY 2025 (1 April 2024), CY 2026 (7 April 2025); coding pattern adjustment: SSA 1853(a)(1)(C)(ii).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from nosology.errors import ReleaseNotFound, UsageError
from nosology.grouping.hcc_tables import PAYMENT_YEAR, open_hcc_tables
from nosology.model.grouping import HccResult
from nosology.model.trace import Step

__all__ = ["CODING_INTENSITY", "PARTS", "HccPayment", "HccSuspect", "find_suspects", "score_for_payment"]

CODING_INTENSITY = Decimal("0.059")
"""What the coding pattern adjustment takes from scores of Medicare Advantage, in each year of :data:`PARTS`."""

PARTS: dict[int, tuple[tuple[str, Decimal, Decimal], ...]] = {
    2024: (("V24", Decimal("0.67"), Decimal("1.146")), ("V28", Decimal("0.33"), Decimal("1.015"))),
    2025: (("V24", Decimal("0.33"), Decimal("1.153")), ("V28", Decimal("0.67"), Decimal("1.045"))),
    2026: (("V28", Decimal(1), Decimal("1.067")),),
}
"""Payment year → models with their share of the blend and normalization factor (Part C, not PACE, not ESRD)."""

_THOUSANDTH = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class HccPayment:
    """The score that a Medicare Advantage plan is paid by in a year, with the steps from each raw score."""

    payment_year: int
    score: Decimal
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class HccSuspect:
    """A category of the year before without evidence now: for review by a coder or provider, never a code by itself.

    ``codes`` are the diagnoses of that year; ``coefficient`` is what the category alone added then; ``lesser`` is a
    category lower in the same hierarchy that has evidence now, "" if there is none.
    """

    category: str
    label: str
    codes: tuple[str, ...]
    coefficient: float
    lesser: str
    question: str


def score_for_payment(
    raw: Mapping[str, float], *, payment_year: int, coding_intensity: Decimal = CODING_INTENSITY
) -> HccPayment:
    """Return the payment score from the raw scores by model; each step is rounded to thousandths, as CMS does.

    Raises:
        ReleaseNotFound: no factors for the payment year.
        UsageError: a model of that year has no raw score.
    """
    if payment_year not in PARTS:
        years = ", ".join(map(str, PARTS))
        raise ReleaseNotFound(f"no HCC payment factors for payment year {payment_year}: at hand are {years}")
    source = f"CMS Rate Announcement CY {payment_year}"
    steps: list[Step] = []
    total = Decimal(0)
    for model, share, factor in PARTS[payment_year]:
        if model not in raw:
            raise UsageError(f"payment year {payment_year} needs the raw score of {model}")
        score = Decimal(str(raw[model]))
        normal = _round(score / factor)
        adjusted = _round(normal * (1 - coding_intensity))
        part = _round(adjusted * share)
        steps += [
            Step("normalization", f"{model}: {score} / {factor} = {normal}", source),
            Step("coding intensity", f"{model}: {normal} × {1 - coding_intensity} = {adjusted}", source),
            Step("blend", f"{model}: {adjusted} × {share} = {part}", source),
        ]
        total += part
    steps.append(Step("payment score", f"{total}", source))
    return HccPayment(payment_year, total, tuple(steps))


def _round(value: Decimal) -> Decimal:
    return value.quantize(_THOUSANDTH, rounding=ROUND_HALF_UP)


def find_suspects(prior: HccResult, current: HccResult, *, payment_year: int = PAYMENT_YEAR) -> tuple[HccSuspect, ...]:
    """The categories of last year's result that this year's has not, and that none higher in the hierarchy replaces;
    hierarchies and labels are those of ``payment_year``.

    Raises:
        UsageError: the two are of different models.
    """
    if prior.model != current.model:
        raise UsageError(f"recapture compares one model with itself, not {prior.model} with {current.model}")
    tables = open_hcc_tables(prior.model, payment_year)
    now = set(current.hccs)
    amounts = dict(prior.coefficients)
    found = []
    for category in prior.hccs:
        above = {parent for parent, children in tables.hierarchies.items() if category in children}
        if category in now or above & now:
            continue
        below = sorted(tables.hierarchies.get(category, frozenset()) & now, key=int)
        name = f"HCC {category} "
        codes = next(
            (each.inputs for each in prior.steps if each.name == "category" and f"→ {name}" in each.result + " "), ()
        )
        label = tables.labels.get(category, "")
        asked = "Is the condition still present, and was it monitored, evaluated, assessed or treated this year?"
        found.append(HccSuspect(category, label, codes, amounts.get(category, 0.0), below[0] if below else "", asked))
    return tuple(found)
