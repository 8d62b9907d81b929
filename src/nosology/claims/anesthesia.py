"""Anaesthesia: base units and time units × the conversion factor of the locality, half where two share the case.

Time comes as minutes in the units of the line, as claims report it.

Source: 42 CFR 414.46 and 414.60; Medicare Claims Processing Manual (Pub. 100-04), chapter 12, sections 50 and 140.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from nosology.claims.desk import Tally
from nosology.codes.rates import RateBook
from nosology.model.finding import Severity
from nosology.model.price import to_cents

__all__ = ["is_anesthesia", "price_anesthesia"]

_SHARES = {
    "AA": (Decimal(1), "personally performed"),
    "QZ": (Decimal(1), "nurse anaesthetist without medical direction"),
    "QK": (Decimal("0.5"), "medical direction of two to four cases, 50 %"),
    "QY": (Decimal("0.5"), "medical direction of one case, 50 %"),
    "QX": (Decimal("0.5"), "nurse anaesthetist under medical direction, 50 %"),
}
_SOURCE = "42 CFR 414.46, 414.60"


def is_anesthesia(code: str) -> bool:
    """True for the codes of the anaesthesia section, 00100 to 01999."""
    return len(code) == 5 and code.isdigit() and 100 <= int(code) <= 1999


def price_anesthesia(tally: Tally, book: RateBook, contractor: str, locality: str) -> None:
    """Price one line of an anaesthesia service; what is missing is a finding and no price."""
    tally.method = "anaesthesia"
    factor = book.anesthesia_factor(contractor, locality)
    base = book.anesthesia_units(tally.line.code)
    if factor is None:
        tally.note("locality", f"no anaesthesia conversion factor for {contractor} locality {locality}", Severity.ERROR)
        return
    if base is None:
        tally.note("base_units", f"no base units for {tally.line.code} in the table at hand", Severity.ERROR)
        return
    if "AD" in tally.line.modifiers:
        amount = to_cents(3 * factor)
        tally.set(amount, "supervision", f"more than four cases: 3 units × {factor}", "42 CFR 414.46(e)")
        return
    time = (tally.line.units / 15).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    why = f"({base} base + {time} time units of {tally.line.units} minutes) × {factor}"
    tally.set(to_cents((base + time) * factor), "fee", why, _SOURCE)
    found = [each for each in tally.line.modifiers if each in _SHARES]
    if len(found) != 1:
        tally.note("direction", "one of AA, QZ, QK, QY, QX, AD must say who gave the anaesthesia", Severity.ERROR)
        tally.amount = None
        return
    share, who = _SHARES[found[0]]
    if share != 1:
        tally.times(share, "direction", who, _SOURCE)
