"""Revenue codes of institutional claims (UB-04 form locator 42): four digits, a category and its subcategory.

The list comes with the package, in our own words, after the categories of the Medicare Claims Processing Manual,
chapter 25, section 75.4. Authoritative is the manual of the National Uniform Billing Committee (NUBC), not shipped.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from nosology.codes.release import Release
from nosology.errors import NosologyError

__all__ = ["RevenueCode", "find_revenue_code", "is_revenue_category", "revenue_codes", "revenue_list"]

_FILE = Path(__file__).parent / "data" / "revenue.tsv"
_SHARED = {
    "=rooms": "0 general; 1 medical, surgical, gynecologic; 2 obstetric; 3 pediatric; 4 psychiatric; 5 hospice; "
    "6 detoxification; 7 oncology; 8 rehabilitation; 9 other",
    "=therapy": "0 general; 1 visit; 2 by the hour; 3 group; 4 evaluation; 9 other",
    "=dialysis": "0 general; 1 composite or other rate; 2 supplies at home; 3 equipment at home; "
    "4 maintenance of the equipment; 5 support services; 6 shorter dialysis; 9 other",
}
_FOURTH = re.compile(r"\d ")


@dataclass(frozen=True, slots=True)
class RevenueCode:
    """A revenue code with the labels of its category and subcategory, in our own words."""

    code: str
    category: str
    subcategory: str

    @property
    def title(self) -> str:
        """Both labels as one line."""
        return self.category if self.subcategory == "general" else f"{self.category}: {self.subcategory}"


@cache
def revenue_codes() -> dict[str, RevenueCode]:
    """Every revenue code of the list, by its four digits.

    Raises:
        NosologyError: the list is damaged or not there; reinstall the package.
    """
    try:
        lines = _FILE.read_text("utf-8").splitlines()
    except OSError as error:
        raise NosologyError("revenue.tsv is missing; reinstall the package") from error
    found: dict[str, RevenueCode] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not re.fullmatch(r"\d{3}", cells[0]):
            raise NosologyError(f"line {number} of revenue.tsv is malformed; reinstall the package")
        for each in _SHARED.get(cells[2], cells[2]).split("; "):
            if not _FOURTH.match(each):
                raise NosologyError(f"line {number} of revenue.tsv is malformed; reinstall the package")
            code = cells[0] + each[0]
            found[code] = RevenueCode(code, cells[1], each[2:])
    return found


def _digits(code: str) -> str:
    """The code with four digits: forms leave the first zero out."""
    plain = code.strip()
    return plain.zfill(4) if plain.isdigit() and len(plain) == 3 else plain


def find_revenue_code(code: str) -> RevenueCode | None:
    """The revenue code ("0450", or "450" as forms print it), None if the list has no such code."""
    return revenue_codes().get(_digits(code))


def is_revenue_category(code: str) -> bool:
    """Whether the first three digits of a revenue code are a category of the list."""
    return _digits(code)[:3] in _categories()


@cache
def _categories() -> frozenset[str]:
    return frozenset(code[:3] for code in revenue_codes())


@cache
def revenue_list() -> Release:
    """The list of the package as a release, for lookup and search."""
    digest = hashlib.sha256(_FILE.read_bytes()).hexdigest()
    source = "Medicare Claims Processing Manual, chapter 25, section 75.4, in our own words"
    first = date(2026, 1, 1)
    return Release(
        system="revenue",
        name=first.isoformat(),
        effective_from=first,
        effective_to=None,
        source=source,
        sha256=digest,
        counts={"codes": len(revenue_codes())},
        path=_FILE,
        origin="package",
    )
