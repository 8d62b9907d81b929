"""Releases of code sets: which there are, which is in force on a date, and opening it."""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from nosology.codes.home import folder_changed, releases_folder
from nosology.codes.release_file import (
    SCHEMA_VERSION,
    Progress,
    ReleaseFile,
    ReleaseSource,
    connect_read_only,
    find_release_files,
    lock_releases,
    verify_release_file,
    write_release,
)
from nosology.errors import DamagedRelease, ReleaseNotFound, UsageError

__all__ = [
    "SYSTEMS",
    "Release",
    "ReleaseEntry",
    "install_release",
    "list_releases",
    "open_release",
    "verify_releases",
]

SYSTEMS: dict[str, str] = {
    "icd10cm": "ICD-10-CM diagnoses: tabular list",
    "icd10cm-index": "ICD-10-CM Alphabetic Index",
    "icd10cm-neoplasm": "ICD-10-CM Table of Neoplasms",
    "icd10cm-drugs": "ICD-10-CM Table of Drugs and Chemicals",
    "icd10cm-external": "ICD-10-CM External Cause of Injuries Index",
    "icd10cm-conversion": "ICD-10-CM Conversion Table: new codes and what was coded before",
    "icd10pcs": "ICD-10-PCS procedures: codes and titles",
    "icd10pcs-tables": "ICD-10-PCS tables and definitions",
    "icd10pcs-index": "ICD-10-PCS Index",
    "gems": "General Equivalence Mappings ICD-9-CM and ICD-10-CM",
    "gems-pcs": "General Equivalence Mappings ICD-9-CM volume 3 and ICD-10-PCS",
    "ccsr": "Clinical Classifications Software Refined for diagnoses",
    "poa-exempt": "ICD-10-CM codes exempt from present-on-admission reporting",
    "hcpcs": "HCPCS Level II codes and modifiers",
    "ndc": "National Drug Code directory of the FDA",
    "ndc-hcpcs": "Crosswalk from NDC to HCPCS with conversion factors (ASP)",
    "cpt": "CPT, imported from the files of a licensed user",
    "pcs-cpt": "Crosswalk ICD-10-PCS and CPT, imported from the file of a licensed user",
    "ncci": "National Correct Coding Initiative: procedure pairs, most units, add-on codes",
    "lcd": "Medicare local coverage: articles with their diagnoses, by contractor",
    "ncd": "Medicare national coverage: determinations with their diagnoses",
    "taxonomy": "Provider taxonomy of the NUCC",
    "place-of-service": "Places of service of CMS",
    "pfs": "Medicare physician fee schedule: relative values and indicators",
    "gpci": "Medicare geographic practice cost indices by locality",
    "anesthesia": "Medicare anaesthesia conversion factors and base units",
    "opps": "Medicare outpatient prospective payment: Addenda A and B",
    "clfs": "Medicare clinical laboratory fee schedule",
    "dmepos": "Medicare fee schedule of durable equipment, prosthetics, orthotics and supplies",
    "elixhauser": "Elixhauser Comorbidity Software Refined (AHRQ)",
    "msdrg-weights": "MS-DRG relative weights and lengths of stay (IPPS Table 5)",
}
"""Every system that a release can be of, with its full name."""


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """An open release: read-only, verified. ``effective_to`` is the last day in force, None while no end is known."""

    system: str
    name: str
    effective_from: date
    effective_to: date | None
    source: str
    sha256: str
    counts: dict[str, int]
    path: Path
    origin: str = "installed"
    _connections: dict[int, sqlite3.Connection] = field(default_factory=dict, repr=False)

    @property
    def connection(self) -> sqlite3.Connection:
        """The read-only connection of this process: one that a forked process inherited must not be shared."""
        process = os.getpid()
        connection = self._connections.get(process)
        if connection is None:
            connection = self._connections[process] = connect_read_only(self.path)
        return connection

    def outdated(self, on: date | None) -> bool:
        """True if the release was no longer in force on the date, but nothing newer is at hand."""
        return on is not None and self.effective_to is not None and on > self.effective_to


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """One line of the list of releases.

    ``state`` is "ready", "not built yet" (out of the box, built on first use) or "damaged".
    """

    system: str
    name: str
    effective_from: date
    effective_to: date | None
    source: str
    sha256: str
    counts: dict[str, int]
    origin: str
    state: str
    path: Path | None = None


_OPEN: dict[Path, tuple[int, Release]] = {}  # by path, with the inode, so that a file built anew is opened anew


def _no_progress(done: int, total: int, what: str) -> None:
    """Say nothing."""


def _built_in(system: str) -> tuple[ReleaseSource, ...]:
    from nosology.codes.sources.built_in import built_in_sources

    return built_in_sources(system)


def _check_system(system: str) -> None:
    if system not in SYSTEMS:
        raise UsageError(f"unknown code set {system!r}: choose one of {', '.join(sorted(SYSTEMS))}")


@lru_cache(maxsize=256)
def _at_hand(
    folder: Path, system: str, changed: int
) -> tuple[list[str], dict[str, ReleaseSource], dict[str, ReleaseFile]]:
    """Names of the releases at hand, oldest first; those out of the box, those in the folder as ``changed`` last."""
    built_in = {source.name: source for source in _built_in(system)}
    files = {file.name: file for file in find_release_files(folder, system)}
    return sorted({*built_in, *files}), built_in, files


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def open_release(
    system: str, *, on: date | None = None, home: Path | None = None, progress: Progress | None = None
) -> Release:
    """The release of a code set that is in force on a date of service; without a date, the newest.

    Builds the out-of-the-box release if it is absent or damaged. After the last known end it returns the newest
    release, whose :meth:`Release.outdated` then says so.

    Raises:
        UsageError: unknown system.
        ReleaseNotFound: the date lies before the first release, or none of the system is installed.
        DamagedRelease: an installed file is damaged and cannot be rebuilt from what is at hand.
        NotPermitted: the release must be built and the folder cannot be written.
    """
    _check_system(system)
    folder = releases_folder(home)
    names, built_in, files = _at_hand(folder, system, folder_changed(folder))
    install = f"nosology codesets install {system} --from FILE"
    if not names:
        raise ReleaseNotFound(f"no release of {system} is installed; install one: {install}")
    chosen = [name for name in names if on is None or date.fromisoformat(name) <= on]
    if not chosen:
        raise ReleaseNotFound(
            f"no release of {system} is in force on {on}: the earliest at hand starts on {names[0]}; "
            f"install an earlier one: {install}"
        )
    name = chosen[-1]
    later = names[names.index(name) + 1 :]
    until = date.fromisoformat(later[0]) - timedelta(days=1) if later else None
    return _open_or_build(folder, system, name, files.get(name), built_in.get(name), until, progress or _no_progress)


def _open_or_build(
    folder: Path,
    system: str,
    name: str,
    file: ReleaseFile | None,
    source: ReleaseSource | None,
    until: date | None,
    progress: Progress,
) -> Release:
    release = _try_open(file, until)
    if release is not None:
        return release
    if source is None:
        assert file is not None
        raise _damaged(file)
    with lock_releases(folder, system):
        again = [found for found in find_release_files(folder, system) if found.name == name]
        release = _try_open(again[-1], until) if again else None  # another process may have built it meanwhile
        if release is None:
            release = _try_open(write_release(folder, source, progress), until)
    if release is None:
        raise DamagedRelease(
            f"the release file {system} {name} in {folder} was damaged while it was written; check the disk"
        )
    return release


def _damaged(file: ReleaseFile) -> DamagedRelease:
    return DamagedRelease(
        f"the release file {file.path} is damaged or of another version; "
        f"install it again: nosology codesets install {file.system} --from FILE"
    )


def _try_open(file: ReleaseFile | None, until: date | None) -> Release | None:
    """The release in the file, or None if there is no file or it is not what was written."""
    if file is None:
        return None
    if not verify_release_file(file):
        _OPEN.pop(file.path, None)
        return None
    try:
        inode = file.path.stat().st_ino
        known = _OPEN.get(file.path)
        if known is not None and known[0] == inode and known[1].effective_to == _earlier(known[1].effective_to, until):
            return known[1]
        connection = connect_read_only(file.path)
        meta = dict(connection.execute("SELECT key, value FROM meta"))
        if meta["schema_version"] != str(SCHEMA_VERSION):
            connection.close()
            return None
        ends = date.fromisoformat(meta["effective_to"]) if meta["effective_to"] else None
        release = Release(
            system=meta["system"],
            name=meta["name"],
            effective_from=date.fromisoformat(meta["effective_from"]),
            effective_to=_earlier(ends, until),
            source=meta["source"],
            sha256=meta["sha256"],
            counts=json.loads(meta["counts"]),
            path=file.path,
            origin=meta["origin"],
            _connections={os.getpid(): connection},
        )
    except (OSError, sqlite3.Error, KeyError, ValueError):
        return None
    _OPEN[file.path] = (inode, release)
    return release


def install_release(source: ReleaseSource, *, home: Path | None = None, progress: Progress | None = None) -> Release:
    """Write the release that ``source`` describes, replacing one of the same first day, and open it.

    Raises:
        NotPermitted: the folder cannot be written or the disk is full.
        UnreadableInput: the publication cannot be read as what it claims to be; nothing was written.
    """
    _check_system(source.system)
    folder = releases_folder(home)
    with lock_releases(folder, source.system):
        file = write_release(folder, source, progress or _no_progress)
    return open_release(source.system, on=file.effective_from, home=home)


def list_releases(system: str | None = None, *, home: Path | None = None) -> tuple[ReleaseEntry, ...]:
    """Every release at hand, installed or out of the box, by system and first day. Nothing is built."""
    if system is not None:
        _check_system(system)
    folder = releases_folder(home)
    entries: list[ReleaseEntry] = []
    for each in SYSTEMS if system is None else (system,):
        built_in = {source.name: source for source in _built_in(each)}
        files = {file.name: file for file in find_release_files(folder, each)}
        names = sorted({*built_in, *files})
        for place, name in enumerate(names):
            later = names[place + 1 :]
            until = date.fromisoformat(later[0]) - timedelta(days=1) if later else None
            entries.append(_list_one(each, name, files.get(name), built_in.get(name), until))
    return tuple(entries)


def _list_one(
    system: str, name: str, file: ReleaseFile | None, source: ReleaseSource | None, until: date | None
) -> ReleaseEntry:
    first = date.fromisoformat(name)
    release = _try_open(file, until)
    if release is not None:
        return ReleaseEntry(
            system, name, first, release.effective_to, release.source, release.sha256, release.counts, release.origin,
            "ready", release.path,
        )  # fmt: skip
    state = "not built yet" if file is None else "damaged"
    path = file.path if file else None
    if source is not None:
        ends = _earlier(source.effective_to, until)
        return ReleaseEntry(system, name, first, ends, source.source, "", {}, source.origin, state, path)
    return ReleaseEntry(system, name, first, until, "", "", {}, "installed", state, path)


def verify_releases(*, home: Path | None = None) -> tuple[tuple[ReleaseFile, bool], ...]:
    """Hash every release file at hand; True where it is byte for byte what was written."""
    files = find_release_files(releases_folder(home))
    return tuple((file, verify_release_file(file, thorough=True)) for file in files)
