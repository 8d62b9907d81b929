"""General Equivalence Mappings between ICD-9-CM and ICD-10-CM (CMS, 2018, the last ones)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.codes.tabular import add_dot

__all__ = ["GemEntry", "Gems", "ProcedureGems", "add_icd9_dot", "open_gems", "open_procedure_gems"]


@dataclass(frozen=True, slots=True)
class GemEntry:
    """One mapping.

    ``target`` is "" if there is none; targets of the same scenario and other choice lists belong together.
    """

    source: str
    target: str
    title: str
    approximate: bool
    combination: bool
    scenario: int
    choice_list: int


def add_icd9_dot(code: str) -> str:
    """An ICD-9-CM diagnosis code as printed:

    the dot after three characters, after four for E codes ("E8001" → "E800.1").
    """
    plain = code.strip().upper().replace(".", "")
    before = 4 if plain.startswith("E") else 3
    return plain if len(plain) <= before else f"{plain[:before]}.{plain[before:]}"


class Gems:
    """Both directions of the mappings."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def to_icd9(self, code: str) -> tuple[GemEntry, ...]:
        """What an ICD-10-CM code maps to in ICD-9-CM, with the ICD-9-CM titles where they are at hand;

        empty if unknown.
        """
        rows = self.release.connection.execute(
            "SELECT target, flags, coalesce(title, '') FROM gem LEFT JOIN icd9 ON icd9.code = target "
            "WHERE direction = 'to-icd9' AND source = ? ORDER BY gem.rowid",
            (code.strip().upper().replace(".", ""),),
        )
        return tuple(_entry(add_dot(code), add_icd9_dot(target), title, flags) for target, flags, title in rows)

    def to_icd10(self, code: str) -> tuple[GemEntry, ...]:
        """What an ICD-9-CM code maps to in ICD-10-CM;

        titles are those of the release that the caller chooses, so "" here.
        """
        rows = self.release.connection.execute(
            "SELECT target, flags FROM gem WHERE direction = 'to-icd10' AND source = ? ORDER BY rowid",
            (code.strip().upper().replace(".", ""),),
        )
        return tuple(_entry(add_icd9_dot(code), add_dot(target), "", flags) for target, flags in rows)


class ProcedureGems:
    """Both directions of the mappings of procedures: ICD-9-CM volume 3 and ICD-10-PCS (CMS, 2018, the last ones)."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def to_icd9(self, code: str) -> tuple[GemEntry, ...]:
        """What an ICD-10-PCS code maps to in volume 3; empty if unknown."""
        found = self._rows("to-icd9", code)
        return tuple(_entry(code.strip().upper(), _volume3(target), "", flags) for target, flags in found)

    def to_pcs(self, code: str) -> tuple[GemEntry, ...]:
        """What a code of volume 3 ("47.01" or "4701") maps to in ICD-10-PCS; empty if unknown."""
        found = self._rows("to-icd10", code)
        return tuple(_entry(_volume3(code), target, "", flags) for target, flags in found)

    def _rows(self, direction: str, code: str) -> list[tuple[str, str]]:
        return self.release.connection.execute(
            "SELECT target, flags FROM gem WHERE direction = ? AND source = ? ORDER BY rowid",
            (direction, code.strip().upper().replace(".", "")),
        ).fetchall()


def _volume3(code: str) -> str:
    """A code of volume 3 as printed: the dot after two digits."""
    plain = code.strip().replace(".", "")
    return f"{plain[:2]}.{plain[2:]}" if len(plain) > 2 and plain.isdigit() else plain


def _entry(source: str, target: str, title: str, flags: str) -> GemEntry:
    return GemEntry(
        source=source,
        target="" if flags[1] == "1" else target,
        title=title,
        approximate=flags[0] == "1",
        combination=flags[2] == "1",
        scenario=int(flags[3]),
        choice_list=int(flags[4]),
    )


def open_gems(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Gems:
    """The mappings; CMS made the last in 2018, so a date is rarely of use.

    Raises:
        ReleaseNotFound, DamagedRelease, NotPermitted: see :func:`nosology.codes.release.open_release`.
    """
    return Gems(open_release("gems", on=on, home=home, progress=progress))


def open_procedure_gems(
    *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> ProcedureGems:
    """The mappings of procedures. Raises ReleaseNotFound where none are installed."""
    return ProcedureGems(open_release("gems-pcs", on=on, home=home, progress=progress))
