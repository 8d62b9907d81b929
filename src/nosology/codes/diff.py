"""What changed between two releases of ICD-10-CM, ICD-10-PCS or HCPCS Level II."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.hcpcs import open_hcpcs
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.release import list_releases
from nosology.codes.release_file import Progress
from nosology.codes.sources.roll_forward import fold_title
from nosology.errors import ReleaseNotFound, UsageError

__all__ = ["CodeChange", "ReleaseDiff", "diff_releases"]


@dataclass(frozen=True, slots=True)
class CodeChange:
    """A billable code that was added, deleted or revised; ``before`` is the old title of a revised one."""

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
    if system not in ("icd10cm", "icd10pcs", "hcpcs"):
        raise UsageError(f"releases of {system!r} are not compared; choose icd10cm, icd10pcs or hcpcs")
    names = [entry.name for entry in list_releases(system, home=home)]
    if name not in names:
        raise ReleaseNotFound(
            f"no release {name!r} of {system} is at hand; there is {', '.join(names) or 'none'}: nosology codesets list"
        )
    on = date.fromisoformat(name)
    if system == "icd10cm":
        icd10cm = open_icd10cm(on=on, home=home, progress=progress)
        return {code: icd10cm.title(code) for code in sorted(icd10cm.billable_codes())}
    if system == "hcpcs":
        hcpcs = open_hcpcs(on=on, home=home, progress=progress)
        return {each.code: each.title for each in (*hcpcs.modifiers(), *hcpcs) if each.in_force(on)}
    icd10pcs = open_icd10pcs(on=on, home=home, progress=progress)
    return {code: icd10pcs.title(code) for code in sorted(icd10pcs.codes())}
