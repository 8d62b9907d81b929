"""Which version of the MS-DRG grouper and the Medicare Code Editor is in force on a day of discharge.

Source: CMS, MS-DRG Classifications and Software: one version each fiscal year (1 October), its update on 1 April.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nosology.errors import ReleaseNotFound

__all__ = ["VERSIONS", "GrouperVersion", "find_version"]


@dataclass(frozen=True, slots=True)
class GrouperVersion:
    """A version: ``number`` 431 is v43.1; in force from the first to the last day, both included."""

    number: int
    first_day: date
    last_day: date

    @property
    def name(self) -> str:
        """The name as CMS writes it, such as "43.1" (the version of October has no ".0")."""
        major, minor = divmod(self.number, 10)
        return f"{major}.{minor}" if minor else str(major)


VERSIONS: tuple[GrouperVersion, ...] = (
    GrouperVersion(400, date(2022, 10, 1), date(2023, 3, 31)),
    GrouperVersion(401, date(2023, 4, 1), date(2023, 9, 30)),
    GrouperVersion(410, date(2023, 10, 1), date(2024, 3, 31)),
    GrouperVersion(411, date(2024, 4, 1), date(2024, 9, 30)),
    GrouperVersion(420, date(2024, 10, 1), date(2025, 3, 31)),
    GrouperVersion(421, date(2025, 4, 1), date(2025, 9, 30)),
    GrouperVersion(430, date(2025, 10, 1), date(2026, 3, 31)),
    GrouperVersion(431, date(2026, 4, 1), date(2026, 9, 30)),
    GrouperVersion(440, date(2026, 10, 1), date(2027, 3, 31)),
)
"""Every version at hand, oldest first."""


def find_version(day: date) -> GrouperVersion:
    """The version in force on a day of discharge; after the end of the newest, the newest (the editor then says so).

    Raises:
        ReleaseNotFound: the day lies before the first version at hand.
    """
    for version in reversed(VERSIONS):
        if version.first_day <= day:
            return version
    first = VERSIONS[0]
    raise ReleaseNotFound(
        f"no MS-DRG version is in force on {day}: the earliest at hand is v{first.name}, from {first.first_day}"
    )
