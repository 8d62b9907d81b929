"""Revenue codes: the list of the package, lookup, search, and what becomes of a code that is none."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from nosology.codes.revenue import find_revenue_code, is_revenue_category, revenue_codes, revenue_list
from nosology.pipeline import search
from nosology.x12.code_lists import judge


def test_the_list_holds_every_category_once() -> None:
    codes = revenue_codes()
    assert len(codes) > 500
    assert len({code[:3] for code in codes}) == 95
    assert all(each.category and each.subcategory for each in codes.values())
    assert revenue_list().counts == {"codes": len(codes)}


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("0450", "emergency room"),
        ("450", "emergency room"),
        ("0636", "drugs that are named on the claim: drug with its own HCPCS code"),
        ("0762", "treatment and observation: hours of observation"),
        ("0120", "semi-private room, two beds"),
        ("0403", "other imaging: screening mammography"),
        ("1001", "behavioral health accommodation: residential, psychiatric"),
        ("3103", "adult day and foster care: day care, medical and social, by the day"),
    ],
)
def test_titles(code: str, title: str) -> None:
    found = find_revenue_code(code)
    assert found is not None
    assert found.title == title


def test_codes_that_are_none() -> None:
    assert find_revenue_code("0458") is None
    assert is_revenue_category("0458")
    assert find_revenue_code("0500 ") is not None
    assert find_revenue_code("7777") is None
    assert not is_revenue_category("7777")
    assert find_revenue_code("") is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("emergency room", "0450"),
        ("er", "0450"),
        ("screening mammogram", "0403"),
        ("recovery room", "0710"),
        ("intensive care", "0200"),
        ("mri brain", "0611"),
        ("physicl therapy", "0420"),
        ("cath lab", "0481"),
        ("observation", "0762"),
    ],
)
def test_search(words: str, code: str) -> None:
    assert search(words, system="revenue")[0].code == code


def test_on_the_command_line(runner: Any, home: Any) -> None:
    shown = runner("lookup", "0450", width=120)
    assert shown.exit_code == 0
    assert "emergency room" in shown.stdout
    described = json.loads(runner("lookup", "450", "--system", "revenue", "--format", "json").stdout)
    assert (described["system"], described["code"]) == ("revenue", "0450")
    assert {each["code"] for each in described["siblings"]} == {"0451", "0452", "0456", "0459"}
    explained = runner("explain", "0636", width=120)
    assert explained.exit_code == 0
    assert "Medicare Claims Processing Manual" in explained.stdout
    assert "0450" in runner("search", "emergency", "--system", "revenue", width=120).stdout
    result = runner("lookup", "0458", "--system", "revenue")
    assert result.exit_code == 2
    assert "'0458' is no code of revenue" in result.stderr


@pytest.mark.parametrize(("code", "says"), [("0450", None), ("0458", "our list"), ("7777", "our list"), ("45", "four")])
def test_on_a_wire(code: str, says: str | None) -> None:
    verdict = judge("revenue", code, "", date(2026, 5, 4))
    assert (verdict is None) if says is None else (verdict is not None and says in verdict.message)
