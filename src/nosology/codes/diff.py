"""What changed between two releases of a code set or of the fee schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.cpt import open_cpt
from nosology.codes.hcpcs import open_hcpcs
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.ndc import open_ndc_directory
from nosology.codes.pfs import open_fee_schedule
from nosology.codes.release import list_releases
from nosology.codes.release_file import Progress
from nosology.codes.sources.roll_forward import fold_title
from nosology.errors import ReleaseNotFound, UsageError

__all__ = ["CodeChange", "ReleaseDiff", "diff_releases"]


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A billable code that was added, deleted or revised; ``before`` is the old title of a revised one.

    Of the fee schedule ``code`` has its modifier ("93000-26") and ``title`` says what it is worth.
    """

    code: str
    title: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseDiff:
    """The changes from release ``old`` to release ``new``, each in code order."""

    system: str
    old: str
    new: str
    added: tuple[CodeChange, ...]
    deleted: tuple[CodeChange, ...]
    revised: tuple[CodeChange, ...]


def diff_releases(
    old: str, new: str, *, system: str = "icd10cm", home: Path | None = None, progress: Progress | None = None
) -> ReleaseDiff:
    """The billable codes that differ between two releases, named by their first day in force ("2026-10-01").

    Titles that differ only in accents or blanks count as the same: the flat files write plain ASCII.

    Raises:
        UsageError: a system without a list of codes.
        ReleaseNotFound: no release of that name is at hand.
    """
    before, after = (_billable(system, name, home, progress) for name in (old, new))
    return ReleaseDiff(
        system,
        old,
        new,
        tuple(CodeChange(code, title) for code, title in after.items() if code not in before),
        tuple(CodeChange(code, title) for code, title in before.items() if code not in after),
        tuple(
            CodeChange(code, title, before[code])
            for code, title in after.items()
            if code in before and before[code] != title and fold_title(before[code]) != fold_title(title)
        ),
    )


def _billable(system: str, name: str, home: Path | None, progress: Progress | None) -> Mapping[str, str]:
    reader = _READERS.get(system)
    if reader is None:
        raise UsageError(f"releases of {system!r} are not compared; choose {', '.join(_READERS)}")
    names = [entry.name for entry in list_releases(system, home=home)]
    if name not in names:
        raise ReleaseNotFound(
            f"no release {name!r} of {system} is at hand; there is {', '.join(names) or 'none'}: nosology codesets list"
        )
    return reader(date.fromisoformat(name), home, progress)


def _icd10cm(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    book = open_icd10cm(on=on, home=home, progress=progress)
    return {code: book.title(code) for code in sorted(book.billable_codes())}


def _icd10pcs(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    book = open_icd10pcs(on=on, home=home, progress=progress)
    return {code: book.title(code) for code in sorted(book.codes())}


def _hcpcs(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    book = open_hcpcs(on=on, home=home, progress=progress)
    return {each.code: each.title for each in (*book.modifiers(), *book) if each.in_force(on)}


def _cpt(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    book = open_cpt(on=on, home=home, progress=progress)
    return book.modifiers() | {each.code: each.title for each in sorted(book, key=lambda each: each.code)}


def _ndc(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    """The packages that are marketed on the day."""
    book = open_ndc_directory(on=on, home=home, progress=progress)
    marketed = {
        each.ndc.hyphenated: ", ".join(filter(None, (each.name, each.generic, each.form, each.description)))
        for each in book
        if (each.first is None or each.first <= on) and (each.last is None or on <= each.last)
    }
    return dict(sorted(marketed.items()))


def _pfs(on: date, home: Path | None, progress: Progress | None) -> dict[str, str]:
    """Status, relative values outside and in a facility, global days of each code and modifier."""
    book = open_fee_schedule(on=on, home=home, progress=progress)
    return {
        f"{row.code}-{row.modifier}" if row.modifier else row.code: (
            f"status {row.status}, {row.total_office:f} RVU in the office, {row.total_facility:f} in a facility, "
            f"global {row.global_days}"
        )
        for row in book
    }


_READERS: Mapping[str, Callable[[date, Path | None, Progress | None], Mapping[str, str]]] = {
    "icd10cm": _icd10cm,
    "icd10pcs": _icd10pcs,
    "hcpcs": _hcpcs,
    "cpt": _cpt,
    "ndc": _ndc,
    "pfs": _pfs,
}
