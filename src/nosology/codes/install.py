"""From files as published to a release: which file serves which code set, and how it is read."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from nosology.codes.install_services import SERVICE_COMPANIONS, SERVICE_DATES, SERVICE_FILLS, SERVICE_KINDS
from nosology.codes.release import SYSTEMS, Release, install_release, list_releases, open_release
from nosology.codes.release_file import Progress, ReleaseSource
from nosology.codes.sources.built_in import built_in_icd9_titles
from nosology.codes.sources.cdc_index import parse_index, write_index
from nosology.codes.sources.cdc_tabular import parse_tabular
from nosology.codes.sources.cms_pcs import (
    parse_pcs_definitions,
    parse_pcs_index,
    parse_pcs_tables,
    write_pcs_index,
    write_pcs_tables,
)
from nosology.codes.sources.code_lists import (
    CM_LIST,
    PCS_LIST,
    ListedCode,
    parse_addenda,
    parse_codes_file,
    parse_order_file,
    write_code_list,
)
from nosology.codes.sources.flat_lists import (
    parse_ccsr,
    parse_gem,
    parse_poa_exempt,
    write_ccsr,
    write_gems,
    write_poa_exempt,
)
from nosology.codes.sources.publication import (
    KIND_NAMES,
    Publication,
    decode_text,
    find_effective_dates,
    fiscal_year_end,
    read_publications,
)
from nosology.codes.sources.roll_forward import apply_addenda, apply_list
from nosology.codes.sources.xlsx import read_first_sheet
from nosology.codes.tabular import read_tabular, write_tabular
from nosology.errors import ReleaseNotFound, UnreadableInput, UsageError

__all__ = ["SYSTEM_KINDS", "install_from", "read_source"]

SYSTEM_KINDS: dict[str, tuple[str, ...]] = {
    "icd10cm": ("tabular", "cm-order", "cm-codes", "cm-addenda"),
    "icd10cm-index": ("index",),
    "icd10cm-neoplasm": ("neoplasm",),
    "icd10cm-drugs": ("drugs",),
    "icd10cm-external": ("external",),
    "icd10pcs": ("pcs-order", "pcs-codes", "pcs-addenda"),
    "icd10pcs-tables": ("pcs-tables",),
    "icd10pcs-index": ("pcs-index",),
    "gems": ("gem-to-icd9", "gem-to-icd10"),
    "ccsr": ("ccsr",),
    "poa-exempt": ("poa-exempt",),
    **SERVICE_KINDS,
}
"""The kinds of publication that each code set can be installed from, the fullest first."""

_COMPANIONS = {
    ("pcs-tables", "pcs-definitions")
} | SERVICE_COMPANIONS  # a kind that is read together with another where both are there
_Fill = Callable[[sqlite3.Connection, Progress], dict[str, int]]


def install_from(
    system: str,
    path: Path,
    *,
    effective: date | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
) -> Release:
    """Install a release of a code set from a file, zip or folder as published, and open it.

    Raises:
        UsageError: unknown code set, or a file that does not say from when it is in force and no ``effective``.
        UnreadableInput: a wrong, damaged or truncated file; nothing was written.
        NotPermitted: the folder of the releases cannot be written or the disk is full.
    """
    source = read_source(system, path, effective=effective, home=home)
    return install_release(source, home=home, progress=progress)


def read_source(system: str, path: Path, *, effective: date | None = None, home: Path | None = None) -> ReleaseSource:
    """What a release will be built from:

    the right file among those at ``path``, with its dates. Raises as install_from.
    """
    if system not in SYSTEMS:
        raise UsageError(f"unknown code set {system!r}: choose one of {', '.join(sorted(SYSTEMS))}")
    found = read_publications(path)
    chosen = _choose(system, found, path)
    first: date
    last: date | None
    if system in SERVICE_DATES:
        first, last = SERVICE_DATES[system](chosen[0], effective)
    elif effective is not None:
        first, last = effective, fiscal_year_end(effective)
    else:
        first, last = find_effective_dates(chosen[0])
    digest = hashlib.sha256("".join(each.sha256 for each in chosen).encode()).hexdigest()
    return ReleaseSource(
        system=system,
        effective_from=first,
        effective_to=None if system in ("gems", "ccsr") else last,
        source=f"{KIND_NAMES[chosen[0].kind]}: {', '.join(each.name for each in chosen)}",
        digest=lambda: chosen[0].sha256 if len(chosen) == 1 else digest,
        fill=_FILLS[chosen[0].kind](chosen, first, home),
    )


def _choose(system: str, found: list[Publication], path: Path) -> list[Publication]:
    if system == "gems":
        both = [next((each for each in found if each.kind == kind), None) for kind in SYSTEM_KINDS["gems"]]
        if both[0] is not None and both[1] is not None:
            return [both[0], both[1]]
        raise UnreadableInput(
            f"{path.name}: both directions of the GEMs are needed (…I10gem.txt and …I9gem.txt, or the zip)"
        )
    for kind in SYSTEM_KINDS[system]:
        for each in found:
            if each.kind == kind:
                return [each, *(other for other in found if other is not each and (kind, other.kind) in _COMPANIONS)]
    wanted = " or ".join(KIND_NAMES[kind] for kind in SYSTEM_KINDS[system])
    held = ", ".join(sorted({KIND_NAMES[each.kind] for each in found})) or "no file of a known kind"
    raise UnreadableInput(f"{path.name} holds {held}; {system} is installed from: {wanted}")


def _fill_tabular(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        counts = write_tabular(connection, parse_tabular(chosen[0].data, name=chosen[0].name, progress=progress))
        if counts["billable"] < CM_LIST.at_least:
            raise UnreadableInput(
                f"{chosen[0].name}: only {counts['billable']} billable codes; the list is not complete"
            )
        return counts

    return fill


def _base(system: str, before: date, home: Path | None, *, any_date: bool) -> Release:
    """The newest release that began before a day; with ``any_date`` the earliest one if none did."""
    try:
        return open_release(system, on=before - timedelta(days=1), home=home)
    except ReleaseNotFound:
        if not any_date:
            raise
    return open_release(system, on=list_releases(system, home=home)[0].effective_from, home=home)


def _fill_listed(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    base = _base("icd10cm", first, home, any_date=True)  # before the lock is held: it may have to be built itself

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        read = parse_order_file if chosen[0].kind == "cm-order" else parse_codes_file
        listed = read(decode_text(chosen[0].data), name=chosen[0].name, limits=CM_LIST)
        progress(1, 3, "laying the list over the tabular list")
        chapters = read_tabular(base.connection)
        apply_list(chapters, listed)
        progress(2, 3, "writing")
        return write_tabular(connection, chapters)

    return fill


def _fill_addenda(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    base = _base("icd10cm", first, home, any_date=False)

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        addenda = parse_addenda(decode_text(chosen[0].data), name=chosen[0].name)
        progress(1, 3, "rolling the release forward")
        chapters = read_tabular(base.connection)
        apply_addenda(chapters, addenda, name=chosen[0].name)
        progress(2, 3, "writing")
        return write_tabular(connection, chapters)

    return fill


def _fill_index(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        return write_index(connection, parse_index(chosen[0].data, name=chosen[0].name, progress=progress))

    return fill


def _fill_pcs(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    base = _base("icd10pcs", first, home, any_date=False) if chosen[0].kind == "pcs-addenda" else None

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 2, "reading ICD-10-PCS")
        text, name = decode_text(chosen[0].data), chosen[0].name
        if base is not None:
            return write_code_list(connection, _rolled_pcs(text, name, base))
        read = parse_order_file if chosen[0].kind == "pcs-order" else parse_codes_file
        return write_code_list(connection, read(text, name=name, limits=PCS_LIST))

    return fill


def _rolled_pcs(text: str, name: str, base: Release) -> list[ListedCode]:
    addenda = parse_addenda(text, name=name)
    blobs = dict(base.connection.execute("SELECT name, data FROM blob"))
    codes, titles = blobs["codes"].decode().split("\n"), blobs["titles"].decode().split("\n")
    listed = {
        code: ListedCode(code, title, bool(flag))
        for code, title, flag in zip(codes, titles, blobs["billable"], strict=True)
    }
    unknown = [each.code for each in addenda.deleted if each.code not in listed]
    if len(unknown) > len(addenda.deleted) // 2:
        raise UnreadableInput(
            f"{name}: deletes codes such as {unknown[0]} that the newest earlier release does not hold"
        )
    for gone in addenda.deleted:
        listed.pop(gone.code, None)
    for change in (*addenda.added, *addenda.revised):
        listed[change.code] = change
    return sorted(listed.values(), key=lambda each: each.code)


def _fill_pcs_tables(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        rows = parse_pcs_tables(chosen[0].data, name=chosen[0].name, progress=progress)
        definitions = [d for each in chosen[1:] for d in parse_pcs_definitions(each.data, name=each.name)]
        return write_pcs_tables(connection, rows, definitions)

    return fill


def _fill_pcs_index(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the index")
        return write_pcs_index(connection, parse_pcs_index(chosen[0].data, name=chosen[0].name))

    return fill


def _fill_gems(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the equivalence mappings")
        to_icd9, to_icd10 = (parse_gem(decode_text(each.data), name=each.name) for each in chosen)
        return write_gems(connection, to_icd9, to_icd10, built_in_icd9_titles())

    return fill


def _fill_ccsr(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading CCSR")
        return write_ccsr(connection, parse_ccsr(decode_text(chosen[0].data), name=chosen[0].name))

    return fill


def _fill_poa(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the POA-exempt list")
        name = chosen[0].name
        if name.lower().endswith(".xlsx"):
            rows = read_first_sheet(chosen[0].data, name=name)
        else:
            rows = [line.split("\t") for line in decode_text(chosen[0].data).splitlines()]
        return write_poa_exempt(connection, parse_poa_exempt(rows, name=name))

    return fill


_FILLS: dict[str, Callable[[list[Publication], date, Path | None], _Fill]] = {
    "tabular": _fill_tabular,
    "cm-order": _fill_listed,
    "cm-codes": _fill_listed,
    "cm-addenda": _fill_addenda,
    "index": _fill_index,
    "neoplasm": _fill_index,
    "drugs": _fill_index,
    "external": _fill_index,
    "pcs-order": _fill_pcs,
    "pcs-codes": _fill_pcs,
    "pcs-addenda": _fill_pcs,
    "pcs-tables": _fill_pcs_tables,
    "pcs-index": _fill_pcs_index,
    "gem-to-icd9": _fill_gems,
    "gem-to-icd10": _fill_gems,
    "ccsr": _fill_ccsr,
    "poa-exempt": _fill_poa,
    **SERVICE_FILLS,
}
