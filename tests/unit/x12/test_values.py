"""Amounts, dates and times as X12 writes them."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest

from nosology.errors import UsageError
from nosology.x12.values import day, money, number, parse_day, parse_days, parse_decimal, parse_time


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("120.00", "120"), ("8.20", "8.2"), ("0.05", "0.05"), ("-35.07", "-35.07"), ("0.00", "0"), ("-0.00", "0"),
        ("1E+3", "1000"), ("100", "100"), ("1E-2", "0.01"),
    ],
)  # fmt: skip
def test_money(value: str, text: str) -> None:
    assert money(Decimal(value)) == text
    assert parse_decimal(text) == Decimal(value)


def test_money_has_no_fractions_of_a_cent_and_is_finite() -> None:
    for wrong in ("0.001", "NaN", "Infinity"):
        with pytest.raises(UsageError):
            money(Decimal(wrong))
    assert number(Decimal("0.125")) == "0.125"
    assert number(7) == "7"


@pytest.mark.parametrize("text", ["", "1e5", "1,000", "12-", "--1", "NaN", "Infinity", ".", "-", "٣", "1 000", "+5"])
def test_what_is_no_number(text: str) -> None:
    assert parse_decimal(text) is None


def test_numbers_in_the_wild() -> None:
    assert parse_decimal("12.") == 12
    assert parse_decimal(".5") == Decimal("0.5")
    assert parse_decimal("007") == 7


def test_dates_and_times() -> None:
    assert day(date(2026, 5, 4)) == "20260504"
    assert parse_day("20260504") == date(2026, 5, 4)
    assert parse_day("20260230") is None
    assert parse_day("2026050") is None
    assert parse_days("20260504-20260506") == (date(2026, 5, 4), date(2026, 5, 6))
    assert parse_days("20260504") == (date(2026, 5, 4), date(2026, 5, 4))
    assert parse_days("20260504-") is None
    assert parse_time("1305") == time(13, 5)
    assert parse_time("130559") == time(13, 5, 59)
    assert parse_time("2460") is None
    assert parse_time("9") is None
