"""HCPCS Level II: codes and modifiers for drugs, supplies, equipment, ambulance and services outside CPT."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from nosology.codes.home import data_home, releases_changed
from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound, UnknownCode

__all__ = [
    "ATTRIBUTE_NAMES",
    "HCPCS_FORM",
    "MEANINGS",
    "Hcpcs",
    "HcpcsCode",
    "find_hcpcs",
    "open_hcpcs",
]

HCPCS_FORM = re.compile(r"[A-V]\d{4}")
"""What a code of HCPCS Level II looks like."""

ATTRIBUTE_NAMES: Mapping[str, str] = {
    "coverage": "Medicare coverage",
    "pricing": "pricing indicator",
    "multiple_pricing": "multiple pricing",
    "betos": "BETOS",
    "type_of_service": "type of service",
    "action": "action",
    "statute": "statute",
    "lab_certification": "laboratory certification",
    "cross_reference": "cross-reference",
    "asc_group": "ASC payment group",
    "processing_note": "processing note",
    "anesthesia_units": "anaesthesia base units",
    "coverage_manual": "coverage manual",
    "carriers_manual": "carriers manual",
    "unclassified": "not otherwise classified",
}
"""The attributes of a code as CMS publishes them, with their names."""

MEANINGS: Mapping[str, Mapping[str, str]] = {
    "coverage": {
        "C": "carrier judgement",
        "D": "special coverage instructions apply",
        "I": "not payable by Medicare",
        "M": "not covered by Medicare",
        "S": "not covered by Medicare statute",
    },
    "action": {
        "A": "added",
        "B": "administrative data and short title changed",
        "C": "long title changed",
        "D": "discontinued",
        "F": "administrative data changed",
        "N": "no change",
        "P": "payment or coverage changed",
        "R": "reactivated",
        "S": "short title changed",
        "T": "payment data changed",
    },
    "pricing": {
        "00": "not separately priced, or no Medicare payment",
        "11": "physician fee schedule, national relative values",
        "12": "physician fee schedule, priced by carriers",
        "13": "physician fee schedule, reasonable charge",
        "21": "clinical laboratory fee schedule",
        "31": "DME: frequent and substantial servicing",
        "32": "DME: inexpensive or routinely purchased",
        "33": "DME: oxygen",
        "34": "DME: customised",
        "35": "surgical dressings",
        "36": "DME: capped rental",
        "37": "ostomy, tracheostomy and urological supplies",
        "38": "orthotics, prosthetics and vision",
        "39": "parenteral and enteral nutrition",
        "45": "customised DME",
        "46": "priced by carriers",
        "51": "drugs",
        "52": "reasonable charge",
        "53": "statute",
        "54": "vaccination",
        "55": "priced by carriers under the clinical laboratory fee schedule",
        "56": "priced by carriers under the DME fee schedule",
        "57": "other, priced by carriers",
        "99": "priced otherwise",
    },
}
"""What the values of some attributes mean, in short."""


@dataclass(frozen=True, slots=True)
class HcpcsCode:
    """A code (five characters) or modifier (two) of one release.

    ``added``, ``changed`` and ``ended`` are the first day, the day of the last action and the last day, None where not
    stated. ``attributes`` are as published, the filled ones only.
    """

    code: str
    title: str
    short: str
    added: date | None
    changed: date | None
    ended: date | None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_modifier(self) -> bool:
        """True for a modifier."""
        return len(self.code) == 2

    def in_force(self, on: date) -> bool:
        """True if the code may be reported for a service of that date."""
        return (self.added is None or self.added <= on) and (self.ended is None or on <= self.ended)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


class Hcpcs:
    """The codes and modifiers of one release."""

    def __init__(self, release: Release) -> None:
        self.release = release

    @cached_property
    def _all(self) -> dict[str, HcpcsCode]:
        rows = self.release.connection.execute(
            "SELECT code, title, short, added, changed, ended, attributes FROM code ORDER BY code"
        )
        return {
            row[0]: HcpcsCode(row[0], row[1], row[2], _day(row[3]), _day(row[4]), _day(row[5]), json.loads(row[6]))
            for row in rows
        }

    def __iter__(self) -> Iterator[HcpcsCode]:
        return (each for each in self._all.values() if not each.is_modifier)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and code.strip().upper() in self._all

    def get(self, code: str) -> HcpcsCode:
        """A code or modifier. Raises UnknownCode."""
        found = self._all.get(code.strip().upper())
        if found is None:
            raise UnknownCode(f"{code.strip()[:20]!r} is no code of HCPCS Level II {self.release.name}")
        return found

    def modifiers(self) -> tuple[HcpcsCode, ...]:
        """The modifiers, by name; empty where the release was installed from a form without them."""
        return tuple(each for each in self._all.values() if each.is_modifier)

    def in_force(self, code: str, on: date) -> bool:
        """True if the code is there and may be reported for a service of that date."""
        found = self._all.get(code.strip().upper())
        return found is not None and found.in_force(on)

    def neighbours(self, code: str, *, reach: int = 5) -> tuple[HcpcsCode, ...]:
        """The codes in force beside a code in the list, ``reach`` on either side."""
        wanted = code.strip().upper()
        like = [each for each in self._all.values() if len(each.code) == len(wanted)]
        place = next((n for n, each in enumerate(like) if each.code >= wanted), len(like))
        return tuple(each for each in like[max(0, place - reach) : place + reach + 1] if each.code != wanted)


_CACHE: dict[Path, Hcpcs] = {}


def open_hcpcs(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Hcpcs:
    """HCPCS Level II as in force on a date of service (None: the newest release at hand), cached.

    Raises:
        ReleaseNotFound: none is installed (for that date); the message names the command that installs one.
        DamagedRelease, NotPermitted: see :func:`nosology.codes.release.open_release`.
    """
    release = open_release("hcpcs", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = Hcpcs(release)
    return known


def find_hcpcs(*, on: date | None = None, home: Path | None = None) -> Hcpcs | None:
    """As :func:`open_hcpcs`, but None where none is installed for that date; looked up anew when a release comes or
    goes.
    """
    folder = home or data_home()
    return _find(on, folder, releases_changed(folder))


@lru_cache(maxsize=256)
def _find(on: date | None, home: Path, changed: int) -> Hcpcs | None:
    try:
        return open_hcpcs(on=on, home=home)
    except ReleaseNotFound:
        return None
