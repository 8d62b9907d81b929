"""NDC ↔ HCPCS with conversion factors: the crosswalk that CMS publishes with the average sales prices (ASP)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from nosology.codes.ndc import Ndc
from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.errors import ReleaseNotFound

__all__ = ["CrosswalkRow", "NdcCrosswalk", "find_ndc_crosswalk", "open_ndc_crosswalk"]


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """One row: ``package_size`` NDC units (mL, each) in one item, ``items`` of them in the package,

    ``bill_units`` HCPCS units in one item and ``bill_units_package`` in the package.
    """

    code: str
    ndc: Ndc
    name: str
    dosage: str
    package_size: Decimal
    items: Decimal
    bill_units: Decimal
    bill_units_package: Decimal

    @property
    def units_per_ndc_unit(self) -> Decimal:
        """HCPCS units in one unit of the NDC (one mL of a solution)."""
        return self.bill_units / self.package_size

    def ndc_quantity(self, units: Decimal | int) -> Decimal:
        """The quantity of the NDC, in its own unit, that so many HCPCS units are; to three places as a claim takes."""
        return (Decimal(units) * self.package_size / self.bill_units).quantize(Decimal("0.001")).normalize()


class NdcCrosswalk:
    """The crosswalk of one quarter."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def __len__(self) -> int:
        return int(self.release.counts.get("mappings", 0))

    def of_ndc(self, ndc: Ndc) -> tuple[CrosswalkRow, ...]:
        """The HCPCS codes of a drug code; a few have two."""
        return self._select("ndc = ?", ndc.eleven)

    def of_code(self, code: str) -> tuple[CrosswalkRow, ...]:
        """The drug codes of a HCPCS code."""
        return self._select("code = ?", code.strip().upper())

    def _select(self, where: str, value: str) -> tuple[CrosswalkRow, ...]:
        rows = self.release.connection.execute(
            "SELECT code, ndc, name, dosage, size, items, units, package_units FROM crosswalk "
            f"WHERE {where} ORDER BY code, ndc",
            (value,),
        )
        return tuple(
            CrosswalkRow(row[0], Ndc(row[1][:5], row[1][5:9], row[1][9:]), row[2], row[3], *map(Decimal, row[4:]))
            for row in rows
        )


def open_ndc_crosswalk(
    *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> NdcCrosswalk:
    """The crosswalk in force on a date of service (None: the newest).

    Raises:
        ReleaseNotFound: none is installed; the message names the command that installs one.
    """
    return NdcCrosswalk(open_release("ndc-hcpcs", on=on, home=home, progress=progress))


def find_ndc_crosswalk(*, on: date | None = None, home: Path | None = None) -> NdcCrosswalk | None:
    """As :func:`open_ndc_crosswalk`, but None where none is installed for that date."""
    try:
        return open_ndc_crosswalk(on=on, home=home)
    except ReleaseNotFound:
        return None
