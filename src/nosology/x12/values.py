"""Values of X12 elements: amounts, numbers, dates and times, as text and back."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal

from nosology.errors import UsageError

__all__ = ["day", "money", "number", "parse_day", "parse_days", "parse_decimal", "parse_time", "show_money"]

_DECIMAL = re.compile(r"-?(?:\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_TIME = re.compile(r"\d{4}(?:\d{2}){0,2}", re.ASCII)


def number(value: Decimal | int) -> str:
    """Return a number as X12 writes it (type R): no exponent, no zeros that say nothing: ``8.20`` is ``8.2``.

    Raises:
        UsageError: the value is not finite.
    """
    if isinstance(value, int):
        return str(value)
    if not value.is_finite():
        raise UsageError("a number for X12 must be finite")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def money(value: Decimal) -> str:
    """Return an amount in dollars as X12 writes it: ``120``, ``8.2``, ``-35.07``.

    Raises:
        UsageError: the amount is not finite, or has fractions of a cent.
    """
    text = number(value)
    if "." in text and len(text) - text.index(".") > 3:
        raise UsageError("an amount for X12 has no fractions of a cent")
    return text


def show_money(value: Decimal) -> str:
    """Return an amount in dollars as people read it, with two decimals (``120.00``); fractions of a cent are shown."""
    if not value.is_finite():
        return str(value)
    cents = value.quantize(Decimal("0.01")) if abs(value) < 10**18 else value
    return f"{value:.2f}" if cents == value else format(value, "f")


def day(value: date) -> str:
    """Return a date as CCYYMMDD."""
    return f"{value.year:04d}{value.month:02d}{value.day:02d}"


def parse_decimal(text: str) -> Decimal | None:
    """Return the number that the text states, None if it is none; an exponent or a comma is none."""
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def parse_day(text: str) -> date | None:
    """Return the date of a text CCYYMMDD, None if it is none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return None


def parse_days(text: str) -> tuple[date, date] | None:
    """Return first and last day of CCYYMMDD or CCYYMMDD-CCYYMMDD (both days belong to it), None if it is neither."""
    first, dash, last = text.partition("-")
    start = parse_day(first)
    end = parse_day(last) if dash else start
    return (start, end) if start and end else None


def parse_time(text: str) -> time | None:
    """Return the time of HHMM, HHMMSS or HHMMSSDD, None if it is none."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.strptime(text[:6].ljust(6, "0"), "%H%M%S").time()
    except ValueError:
        return None
