"""From a dose to the units of a HCPCS code, with what was discarded, and to the quantity of the NDC.

A dose that is no multiple of the unit is rounded up to the next whole unit (Medicare Claims Processing Manual, chapter
17, section 70). What is left of a single-dose container and thrown away is billed on a line of its own with JW; where
nothing billable was discarded, JZ says so since 1 July 2023 (section 40; 42 CFR 414.940). The units of both lines
together never exceed those of the containers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.codes.ndc_crosswalk import CrosswalkRow
from nosology.coding.drugs.dose import PROBLEMS, Dose
from nosology.coding.drugs.hcpcs_units import HcpcsUnit, read_hcpcs_unit
from nosology.coding.drugs.largest import impossible
from nosology.coding.drugs.quantity import Quantity
from nosology.model.finding import Finding, Severity
from nosology.model.trace import Step

__all__ = ["DrugBilling", "DrugLine", "bill_drug", "ndc_quantity"]

_UNITS = "Medicare Claims Processing Manual, chapter 17, section 70"
_WASTE = "Medicare Claims Processing Manual, chapter 17, section 40; 42 CFR 414.940"
_JW_SINCE, _JZ_SINCE = date(2017, 1, 1), date(2023, 7, 1)
_MOST = {"mg": 500_000, "ml": 20_000, "unit": 1_000_000_000, "each": 100, "meq": 2_000, "mmol": 2_000, "mci": 1_000}
_MOST_UNITS = 99_999


@dataclass(frozen=True, slots=True)
class DrugLine:
    """One line of the claim: units of the code and "JW", "JZ" or no modifier."""

    units: int
    modifier: str = ""


@dataclass(frozen=True, slots=True)
class DrugBilling:
    """The lines of one drug given; none where ``findings`` say why the units cannot be told."""

    code: str
    lines: tuple[DrugLine, ...]
    dose: Quantity | None = None
    discarded: Quantity | None = None
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def units(self) -> int | None:
        """The units that were given, without those discarded; None where they cannot be told."""
        return self.lines[0].units if self.lines else None


def _refuse(code: str, rule: str, message: str, fix: str, severity: Severity = Severity.WARNING) -> DrugBilling:
    finding = Finding(rule, severity, f"{code}: {message}; no units are given", citation=_UNITS, fix=fix)
    return DrugBilling(code, (), findings=(finding,))


def bill_drug(code: str, title: str, dose: Dose, *, on: date) -> DrugBilling:
    """The lines of a drug: ``code`` with its long ``title``, and the dose that the chart states.

    Nothing is computed from a dose that was not read (``drug.dose``), for a code whose title states no unit
    (``drug.unit``), from a dose in another kind of unit (``drug.mismatch``) or from an impossible one
    (``drug.implausible``).
    """
    if dose.amount is None:
        severity = Severity.ERROR if dose.problem == "zero" else Severity.WARNING
        return _refuse(code, "drug.dose", PROBLEMS[dose.problem], "state the dose that was given", severity)
    unit = read_hcpcs_unit(title)
    if unit is None:
        return _refuse(code, "drug.unit", "its title states no unit", "bill one unit with the drug and dose named")
    given = _in_kind(dose, unit)
    if given is None:
        message = f"the dose is in {dose.amount.unit}, the code in {unit.size.unit}"
        return _refuse(code, "drug.mismatch", message, "state the dose in the unit of the code, or the strength")
    if given.amount > _MOST.get(given.unit, 1_000_000) or (given.unit == "mg" and impossible(title, given.amount)):
        message = f"{given} is no dose that a person can be given"
        return _refuse(code, "drug.implausible", message, "correct the dose", Severity.ERROR)
    units = math.ceil(given.amount / unit.size.amount)
    if units > _MOST_UNITS:
        message = f"{units} units do not fit a line of a claim"
        return _refuse(code, "drug.implausible", message, "correct the dose", Severity.ERROR)
    steps = (
        Step("dose", str(given), "chart"),
        Step("unit of the code", str(unit.size), f"title of {code}"),
        Step("units", f"{given} ÷ {unit.size} = {units}, rounded up to whole units", _UNITS),
    )
    return _with_waste(DrugBilling(code, (DrugLine(units),), given, steps=steps), dose, unit, on)


def _in_kind(dose: Dose, unit: HcpcsUnit) -> Quantity | None:
    """The dose in the kind of unit that the code has."""
    assert dose.amount is not None
    kind = unit.size.unit
    if unit.above is not None or unit.below is not None:
        limit = unit.above or unit.below
        assert limit is not None
        fits = limit.unit == dose.amount.unit and (dose.amount.amount > limit.amount) == (unit.above is not None)
        return Quantity(Decimal(1), "each") if fits else None
    if dose.amount.unit == kind:
        return dose.amount
    if kind == "each" and dose.vials:
        return Quantity(Decimal(dose.vials), "each")
    return dose.volume if dose.volume is not None and kind == "ml" else None


def _with_waste(billing: DrugBilling, dose: Dose, unit: HcpcsUnit, on: date) -> DrugBilling:
    """The billing with the line of what was discarded, or with JZ."""
    given = billing.dose
    assert given is not None
    total = _opened(dose, given)
    if dose.discarded is None and (total is None or dose.single_dose is not True):
        return billing
    stated = dose.discarded
    left = Quantity(total.amount - given.amount, given.unit) if total is not None else None
    if stated is not None and stated.amount and stated.unit != given.unit:
        stated = _converted(stated, dose)
    if dose.discarded is not None and (stated is None or (left is not None and left.amount != stated.amount)):
        message = f"{billing.code}: what was given and discarded does not add up to what was opened"
        finding = Finding("drug.waste", Severity.WARNING, message, citation=_WASTE, fix="correct the record of waste")
        return _replace(billing, findings=(finding,))
    discarded = stated if stated is not None else left
    assert discarded is not None
    if dose.single_dose is None and discarded.amount:
        message = f"{billing.code}: the chart does not say whether the container was single-dose, so no JW"
        finding = Finding("drug.container", Severity.INFORMATION, message, citation=_WASTE, fix="name the container")
        return _replace(billing, discarded=discarded, findings=(finding,))
    if dose.single_dose is not True:
        return _replace(billing, discarded=discarded)
    whole = Quantity(given.amount + discarded.amount, given.unit)
    units = billing.lines[0].units
    wasted = max(0, math.ceil(whole.amount / unit.size.amount) - units)
    if wasted and on >= _JW_SINCE:
        step = Step("discarded", f"{discarded} of {whole}: {wasted} units more", _WASTE)
        return _replace(billing, lines=(DrugLine(units), DrugLine(wasted, "JW")), discarded=discarded, step=step)
    if not wasted and on >= _JZ_SINCE:
        step = Step("discarded", "nothing that could be billed", _WASTE)
        return _replace(billing, lines=(DrugLine(units, "JZ"),), discarded=discarded, step=step)
    return _replace(billing, discarded=discarded)


def _opened(dose: Dose, given: Quantity) -> Quantity | None:
    """The content of the containers that were opened: as many as are stated, else as few as hold the dose."""
    if dose.vial is None or dose.vial.unit != given.unit or not dose.vial.amount:
        return None
    needed = math.ceil(given.amount / dose.vial.amount)
    return dose.vial.times(max(needed, dose.vials))


def _converted(stated: Quantity, dose: Dose) -> Quantity | None:
    """A discarded volume as an amount, where dose and volume tell the strength."""
    if stated.unit == "ml" and dose.amount is not None and dose.volume is not None and dose.volume.amount:
        return Quantity(stated.amount * dose.amount.amount / dose.volume.amount, dose.amount.unit)
    return None


def _replace(
    billing: DrugBilling,
    *,
    lines: tuple[DrugLine, ...] | None = None,
    discarded: Quantity | None = None,
    findings: tuple[Finding, ...] = (),
    step: Step | None = None,
) -> DrugBilling:
    return DrugBilling(
        billing.code,
        lines or billing.lines,
        billing.dose,
        discarded or billing.discarded,
        (*billing.findings, *findings),
        (*billing.steps, *([step] if step else [])),
    )


def ndc_quantity(billing: DrugBilling, row: CrosswalkRow) -> Decimal | None:
    """The quantity of the NDC, in its own unit, of what was given and discarded; None without units."""
    return row.ndc_quantity(sum(line.units for line in billing.lines)) if billing.lines else None
