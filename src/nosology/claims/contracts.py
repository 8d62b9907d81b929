"""Commercial contracts as data: terms with what they apply to and how they pay, checked for overlaps when read.

A term is ``percent_of_charge``, ``percent_of_medicare``, ``fee_schedule``, ``per_diem`` or ``case_rate``. Carve-outs go
before other terms, and terms that name codes or DRGs before the one that names none; within a rank no two terms may
apply to the same service, so that a price never hangs on their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.claims.desk import Tally
from nosology.errors import UnreadableInput, UsageError
from nosology.model.finding import Severity
from nosology.model.price import to_cents

__all__ = ["METHODS", "Contract", "Term", "price_by_contract", "read_contract"]

METHODS = ("percent_of_charge", "percent_of_medicare", "fee_schedule", "per_diem", "case_rate")
"""How a term may pay; the last two pay the stay as a whole."""

_FIELDS = {"id", "method", "percent", "rate", "fees", "codes", "drgs", "settings", "carve_out", "from", "to"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: ``codes`` and ``drgs`` are pairs of first and last, both included; both empty: everything else.

    ``percent`` of 100; ``rate`` in USD a day or a case; ``fees`` in USD by code.
    """

    id: str
    method: str
    percent: Decimal | None
    rate: Decimal | None
    fees: Mapping[str, Decimal]
    codes: tuple[tuple[str, str], ...]
    drgs: tuple[tuple[str, str], ...]
    settings: frozenset[str]
    carve_out: bool
    first: date
    last: date

    @property
    def rank(self) -> int:
        """Carve-outs 0, terms with codes or DRGs 1, the rest 2."""
        return 0 if self.carve_out else 1 if self.codes or self.drgs else 2

    def applies(self, code: str, *, drg: str, setting: str, on: date) -> bool:
        """True if the term pays a service (``code``) or the stay (``code`` "", by its DRG)."""
        if not self.first <= on <= self.last or (self.settings and setting not in self.settings):
            return False
        if not (self.codes or self.drgs):
            return True
        return _within(code, self.codes) or (not code and _within(drg, self.drgs))


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract with a payer. ``stop_loss``: above a charge (USD) a percent of the charge above it, or of all."""

    payer: str
    terms: tuple[Term, ...]
    lesser_of_charge: bool = True
    stop_loss_threshold: Decimal | None = None
    stop_loss_percent: Decimal = Decimal(0)
    stop_loss_first_dollar: bool = False

    def choose(self, code: str, *, drg: str, setting: str, on: date) -> Term | None:
        """The term that pays a service, None if the contract has none."""
        fitting = [term for term in self.terms if term.applies(code, drg=drg, setting=setting, on=on)]
        return min(fitting, key=lambda term: term.rank, default=None)


def _within(value: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(len(first) == len(value) and first <= value <= last for first, last in ranges)


def read_contract(data: object) -> Contract:
    """The contract that a parsed JSON or YAML object describes.

    Raises:
        UnreadableInput: a field is missing or of the wrong kind; a percent or amount below zero.
        UsageError: two terms of one rank apply to the same services: both are named.
    """
    if not isinstance(data, Mapping) or not isinstance(data.get("terms"), list):
        raise UnreadableInput("a contract must be an object with payer and a list of terms")
    terms = tuple(_read_term(each, number) for number, each in enumerate(data["terms"], 1))
    for place, one in enumerate(terms):
        for other in terms[place + 1 :]:
            if one.id == other.id:
                raise UsageError(f"contract: two terms have the id {one.id}")
            shared = _overlap(one, other)
            if shared:
                raise UsageError(
                    f"contract: terms {one.id} and {other.id} overlap ({shared}); make one a carve_out or narrow it"
                )
    stop = data.get("stop_loss") or {}
    if not isinstance(stop, Mapping):
        raise UnreadableInput("contract: stop_loss must be an object with threshold and percent")
    return Contract(
        payer=str(data.get("payer", "")),
        terms=terms,
        lesser_of_charge=bool(data.get("lesser_of_charge", True)),
        stop_loss_threshold=_amount(stop, "threshold", "stop_loss"),
        stop_loss_percent=_amount(stop, "percent", "stop_loss") or Decimal(0),
        stop_loss_first_dollar=bool(stop.get("first_dollar", False)),
    )


def _read_term(data: object, number: int) -> Term:
    if not isinstance(data, Mapping):
        raise UnreadableInput(f"contract: term {number} must be an object")
    name = str(data.get("id") or number)
    unknown = sorted(set(data) - _FIELDS)
    if unknown:
        raise UnreadableInput(f"contract: term {name} has the unknown field {unknown[0]}")
    method = data.get("method")
    if method not in METHODS:
        raise UnreadableInput(f"contract: term {name}: method must be one of {', '.join(METHODS)}")
    fees = data.get("fees") or {}
    if not isinstance(fees, Mapping):
        raise UnreadableInput(f"contract: term {name}: fees must be an object of codes and amounts")
    term = Term(
        name, method, _amount(data, "percent", name), _amount(data, "rate", name),
        {str(code): _amount(fees, code, name) or Decimal(0) for code in fees},
        _ranges(data, "codes", name) or tuple((str(code), str(code)) for code in fees), _ranges(data, "drgs", name),
        frozenset(map(str, data.get("settings") or ())), bool(data.get("carve_out", False)),
        _day(data, "from", name, date.min), _day(data, "to", name, date.max),
    )  # fmt: skip
    needed = {"percent_of_charge": term.percent, "percent_of_medicare": term.percent, "fee_schedule": term.fees or None,
              "per_diem": term.rate, "case_rate": term.rate}[method]  # fmt: skip
    if needed is None:
        wanted = {"fee_schedule": "fees", "per_diem": "rate", "case_rate": "rate"}.get(method, "percent")
        raise UnreadableInput(f"contract: term {name}: {method} needs {wanted}")
    if term.last < term.first:
        raise UnreadableInput(f"contract: term {name}: to lies before from")
    return term


def _amount(data: Mapping[Any, Any], field: str, name: str) -> Decimal | None:
    found = data.get(field)
    if found is None:
        return None
    try:
        value = Decimal(str(found))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(found, bool) or not value.is_finite() or value < 0:
        raise UnreadableInput(f"contract: {name}: {field} must be a number of zero or more")
    return value


def _day(data: Mapping[Any, Any], field: str, name: str, default: date) -> date:
    found = data.get(field)
    try:
        return default if found is None else date.fromisoformat(str(found))
    except ValueError:
        raise UnreadableInput(f"contract: term {name}: {field} is not a date YYYY-MM-DD") from None


def _ranges(data: Mapping[Any, Any], field: str, name: str) -> tuple[tuple[str, str], ...]:
    found = []
    for each in data.get(field) or ():
        first, dash, last = str(each).strip().upper().partition("-")
        if not first or (dash and (len(first) != len(last) or last < first)):
            raise UnreadableInput(f"contract: term {name}: {field}: {each!r} is neither a code nor a range")
        found.append((first, last or first))
    return tuple(found)


def _overlap(one: Term, other: Term) -> str:
    """What two terms of one rank both apply to, "" if nothing."""
    if one.rank != other.rank or max(one.first, other.first) > min(one.last, other.last):
        return ""
    if one.settings and other.settings and one.settings.isdisjoint(other.settings):
        return ""
    if one.rank == 2 or not (one.codes or one.drgs) or not (other.codes or other.drgs):
        return "everything else"
    for ranges, others, word in ((one.codes, other.codes, ""), (one.drgs, other.drgs, "DRG ")):
        for first, last in ranges:
            for start, end in others:
                if len(first) == len(start) and max(first, start) <= min(last, end):
                    return f"{word}{max(first, start)}"
    return ""


def price_by_contract(
    tallies: list[Tally], contract: Contract, *, stay: Tally | None, drg: str, setting: str, days: int | None, on: date
) -> list[Tally]:
    """Price a claim by its contract; ``tallies`` and ``stay`` hold Medicare's amounts where there are any.

    Returns the tallies that make up the price: a per diem or case rate pays the stay, with its carve-outs beside it.
    """
    source = f"contract {contract.payer}"
    whole = contract.choose("", drg=drg, setting=setting, on=on) if stay is not None else None
    if stay is None or whole is None or whole.method == "fee_schedule":
        visits: dict[tuple[str, date | None], tuple[Term, list[Tally]]] = {}
        for tally in tallies:
            term = contract.choose(tally.line.code, drg=drg, setting=setting, on=on)
            if stay is None and term is not None and term.method in ("case_rate", "per_diem"):
                visits.setdefault((term.id, tally.line.date), (term, []))[1].append(tally)
            else:
                _price_line(tally, term, contract, source)
        for term, lines in visits.values():
            _price_visit(lines, term, contract, source)
        return tallies
    carved = []
    for tally in tallies:
        term = contract.choose(tally.line.code, drg=drg, setting=setting, on=on)
        if term is not None and term.carve_out and term is not whole:
            _price_line(tally, term, contract, source)
            carved.append(tally)
    _price_stay(stay, whole, contract, days, source)
    return [stay, *carved]


def _price_line(tally: Tally, term: Term | None, contract: Contract, source: str) -> None:
    medicare, tally.amount, tally.patient_fixed = tally.amount, None, None
    tally.method = source
    if term is None:
        tally.note("contract", f"the contract has no term for {tally.line.code}", Severity.ERROR, fix="add a term")
        return
    where = f"{source}, term {term.id}"
    charge, percent = to_cents(tally.line.charge), term.percent or Decimal(0)
    if term.method == "percent_of_charge":
        if charge <= 0:
            tally.note("charge", "a percent of the charge needs a charge", Severity.ERROR)
            return
        tally.set(to_cents(charge * percent / 100), "contract", f"{percent} % of the charge", where)
    elif term.method == "percent_of_medicare":
        if medicare is None:
            tally.note("medicare", "a percent of Medicare, and there is no Medicare price", Severity.ERROR)
            return
        tally.set(to_cents(medicare * percent / 100), "contract", f"{percent} % of Medicare's {medicare}", where)
    elif term.method == "fee_schedule":
        if tally.line.code not in term.fees:
            tally.note("contract", f"term {term.id} has no fee for {tally.line.code}", Severity.ERROR)
            return
        tally.set(
            to_cents(term.fees[tally.line.code] * tally.line.units), "contract", f"fee × {tally.line.units}", where
        )
    else:
        tally.note("contract", f"term {term.id} pays a stay, not a line", Severity.ERROR)
        return
    _limit(tally, contract, where)


def _price_visit(lines: list[Tally], term: Term, contract: Contract, source: str) -> None:
    """A case rate or per diem outside a stay: once for the lines of one day that the term applies to, with the first.

    Not more than the charges of all of them, where the contract pays the lesser.
    """
    where = f"{source}, term {term.id}"
    for tally in lines:
        tally.method, tally.patient_fixed = source, None
        tally.set(Decimal(0), "contract", f"in the rate that line {lines[0].number} carries", where)
    lead = lines[0]
    lead.steps.pop()
    what = "case rate" if term.method == "case_rate" else "rate of the day"
    lead.set(to_cents(term.rate or Decimal(0)), "contract", f"{what}, {len(lines)} lines of the day", where)
    charge = to_cents(sum((each.line.charge for each in lines), Decimal(0)))
    if contract.lesser_of_charge and lead.amount is not None and 0 < charge < lead.amount:
        lead.set(charge, "lesser of", "not more than the charges of these lines", where)


def _limit(tally: Tally, contract: Contract, where: str) -> None:
    charge = to_cents(tally.line.charge)
    if contract.lesser_of_charge and tally.amount is not None and 0 < charge < tally.amount:
        tally.set(charge, "lesser of", "not more than the charge", where)


def _price_stay(stay: Tally, term: Term, contract: Contract, days: int | None, source: str) -> None:
    where = f"{source}, term {term.id}"
    if term.method == "per_diem":
        stay.method, stay.amount = source, None
        if days is None:
            stay.note("contract", "a per diem needs the length of stay", Severity.ERROR)
            return
        stay.set(to_cents((term.rate or Decimal(0)) * days), "contract", f"{term.rate} × {days} days", where)
    elif term.method == "case_rate":
        stay.method = source
        stay.set(to_cents(term.rate or Decimal(0)), "contract", "case rate", where)
    else:
        _price_line(stay, term, contract, source)
        if stay.amount is None:
            return
    charge, threshold = to_cents(stay.line.charge), contract.stop_loss_threshold
    if threshold is not None and charge > threshold and stay.amount is not None:
        share = contract.stop_loss_percent / 100
        if contract.stop_loss_first_dollar:
            stay.set(
                to_cents(charge * share),
                "stop-loss",
                f"charge above {threshold}: {contract.stop_loss_percent} % of all",
                where,
            )
        else:
            above = to_cents((charge - threshold) * share)
            stay.set(
                stay.amount + above,
                "stop-loss",
                f"{contract.stop_loss_percent} % above {threshold}, {above}; in all",
                where,
            )
    _limit(stay, contract, where)
