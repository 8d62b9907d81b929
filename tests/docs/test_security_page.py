"""docs/security.md names tests that there are, every row of 164.312 and every chapter of the ASVS."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")


def test_the_tests_are_there() -> None:
    named = set(re.findall(r"`((?:\w+/)*test_\w+\.py)`", PAGE))
    assert len(named) > 10
    folders = (ROOT / "tests" / "security", ROOT / "tests", ROOT)
    assert not {name for name in named if not any((folder / name).exists() for folder in folders)}


def test_no_row_is_missing() -> None:
    for row in (
        "(a)(1)",
        "(a)(2)(i)",
        "(a)(2)(ii)",
        "(a)(2)(iii)",
        "(a)(2)(iv)",
        "(b)",
        "(c)(1)",
        "(c)(2)",
        "(d)",
        "(e)(1)",
    ):
        assert f"\n| {row} " in PAGE
    assert all(f"\n| {row} " in PAGE for row in ("(e)(2)(i)", "(e)(2)(ii)"))
    assert [int(each) for each in re.findall(r"^\| V(\d+) ", PAGE, re.M)] == list(range(1, 18))


def test_modules_are_there() -> None:
    for name in re.findall(r"`((?:\w+/)+\w+\.py)`", PAGE):
        places = (ROOT / "src" / "nosology" / name, ROOT / "tests" / name, ROOT / name)
        assert any(place.exists() for place in places), name
