"""Rate tables at hand on a date: practice cost indices, anaesthesia, OPPS, laboratory, DMEPOS, MS-DRG weights."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.errors import ReleaseNotFound

__all__ = ["DrgRate", "Locality", "OppsRate", "RateBook"]


@dataclass(frozen=True, slots=True)
class Locality:
    """A fee schedule area: its three practice cost indices."""

    contractor: str
    locality: str
    name: str
    work: Decimal
    practice: Decimal
    malpractice: Decimal


@dataclass(frozen=True, slots=True)
class OppsRate:
    """A HCPCS code under the outpatient prospective payment system; rates in USD, None where there is none."""

    code: str
    status: str
    apc: str
    rate: Decimal | None
    national_copay: Decimal | None
    minimum_copay: Decimal | None


@dataclass(frozen=True, slots=True)
class DrgRate:
    """An MS-DRG of Table 5. ``post_acute`` and ``special_pay`` are None where the table at hand does not tell."""

    drg: str
    weight: Decimal
    gmlos: Decimal | None
    amlos: Decimal | None
    post_acute: bool | None
    special_pay: bool | None


class RateBook:
    """The rate tables in force on a date. Each look-up gives None where the code has no rate.

    Raises:
        ReleaseNotFound: on the first look-up in a table that is not installed, or not in force any more on the date;
            the message names the command that installs it.
    """

    def __init__(self, on: date, *, home: Path | None = None) -> None:
        self.on = on
        self._home = home
        self._open: dict[str, Release] = {}

    def release(self, system: str) -> Release:
        """The release of a table in force on the date."""
        if system not in self._open:
            release = open_release(system, on=self.on, home=self._home)
            if release.outdated(self.on):
                raise ReleaseNotFound(
                    f"no release of {system} is in force on {self.on}: the newest ended {release.effective_to}; "
                    f"install: nosology codesets install {system} --from FILE"
                )
            self._open[system] = release
        return self._open[system]

    def _one(self, system: str, table: str, columns: str, where: str, *values: str) -> tuple[str, ...] | None:
        connection = self.release(system).connection
        try:
            row = connection.execute(f"SELECT {columns} FROM {table} WHERE {where}", values).fetchone()
        except sqlite3.OperationalError:
            raise ReleaseNotFound(
                f"the release of {system} at hand lacks the table {table}: "
                f"install it from a folder with all files: nosology codesets install {system} --from DIR"
            ) from None
        return None if row is None else tuple(row)

    def source(self, system: str) -> str:
        """How a step cites the table: its name and first day."""
        release = self.release(system)
        return f"{release.source.split(':')[0]}, in force {release.effective_from}"

    def locality(self, contractor: str, locality: str) -> Locality | None:
        """The practice cost indices of a contractor and locality number."""
        row = self._one(
            "gpci", "gpci", "contractor, locality, name, work, practice, malpractice",
            "contractor = ? AND locality = ?", contractor.zfill(5), locality.zfill(2),
        )  # fmt: skip
        return None if row is None else Locality(row[0], row[1], row[2], *(Decimal(each) for each in row[3:]))

    def anesthesia_factor(self, contractor: str, locality: str) -> Decimal | None:
        """The anaesthesia conversion factor of a locality, USD a unit."""
        row = self._one(
            "anesthesia",
            "anesthesia_cf",
            "factor",
            "contractor = ? AND locality = ?",
            contractor.zfill(5),
            locality.zfill(2),
        )
        return None if row is None else _number(row[0])

    def anesthesia_units(self, code: str) -> Decimal | None:
        """The base units of an anaesthesia code."""
        row = self._one("anesthesia", "anesthesia_base", "units", "code = ?", code)
        return None if row is None else _number(row[0])

    def opps(self, code: str) -> OppsRate | None:
        """The status indicator, APC and rate of a HCPCS code."""
        row = self._one("opps", "opps", "code, status, apc, rate, national_copay, minimum_copay", "code = ?", code)
        return None if row is None else OppsRate(row[0], row[1], row[2], *(_number(each) for each in row[3:]))

    def apc(self, apc: str) -> OppsRate | None:
        """The rate of an APC by itself (Addendum A), as a rate without a code."""
        row = self._one("opps", "apc", "status, apc, rate, national_copay, minimum_copay", "apc = ?", apc)
        return None if row is None else OppsRate("", row[0], row[1], *(_number(each) for each in row[2:]))

    def holds(self, system: str, table: str) -> bool:
        """Whether the release of a system has a table that not every installation has."""
        sql = "SELECT 1 FROM sqlite_master WHERE name = ?"
        return self.release(system).connection.execute(sql, (table,)).fetchone() is not None

    def composite(self, code: str) -> str:
        """The composite APC that a code belongs to (Addendum M), "" if to none."""
        row = self._one("opps", "composite", "apc", "code = ?", code)
        return "" if row is None else row[0]

    def complexity(self, primary: str, secondary: str) -> str:
        """The APC of a pair of services of status J1 or added to one (Addendum J), "" if the pair has none."""
        row = self._one("opps", "complexity", "apc", "primary_code = ? AND secondary_code = ?", primary, secondary)
        return "" if row is None else row[0]

    def laboratory(self, code: str, modifier: str = "") -> Decimal | None:
        """The rate of a clinical laboratory test."""
        for each in dict.fromkeys((modifier, "")):
            row = self._one("clfs", "clfs", "rate", "code = ? AND modifier = ?", code, each)
            if row is not None and _number(row[0]):
                return _number(row[0])
        return None

    def equipment(self, code: str, modifiers: tuple[str, ...], state: str) -> Decimal | None:
        """The rate of an item of the DMEPOS schedule in a state ("AL"; "AL-R" rural); NU RR UE KF … as modifiers."""
        connection = self.release("dmepos").connection
        rows = connection.execute(
            "SELECT modifier, modifier2, rate FROM dmepos WHERE code = ? AND area = ?", (code, state)
        ).fetchall()
        fitting = [row for row in rows if {row[0], row[1]} - {""} <= set(modifiers)]
        best = max(fitting, key=lambda row: len({row[0], row[1]} - {""}), default=None)
        return None if best is None else _number(best[2])

    def drg(self, drg: str) -> DrgRate | None:
        """Weight and lengths of stay of an MS-DRG of three digits."""
        row = self._one(
            "msdrg-weights", "weights", "drg, weight, gmlos, amlos, post_acute, special_pay", "drg = ?", drg
        )
        if row is None or not row[1]:
            return None
        return DrgRate(row[0], Decimal(row[1]), _number(row[2]), _number(row[3]), _yes(row[4]), _yes(row[5]))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _yes(text: str) -> bool | None:
    return None if not text else text.strip().upper().startswith("Y")
