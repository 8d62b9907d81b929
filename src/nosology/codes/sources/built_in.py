"""What works out of the box: publications that travel inside maintained packages, with the months they are in force.

ICD-10-CM is in force by fiscal year (October to September) with an update in April (45 CFR 162.1002; CMS and CDC
announce
both). GEMs and CCSR have no end of their own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from nosology.codes.release_file import Progress, ReleaseSource
from nosology.errors import ReleaseNotFound

__all__ = ["built_in_sources", "package_folder"]


def package_folder(package: str) -> Path:
    """The folder of an installed package, found without running its code.

    Raises:
        ReleaseNotFound: the package is not installed.
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise ReleaseNotFound(f"the package {package} is not installed: pip install {package.replace('_', '-')}")
    return Path(next(iter(spec.submodule_search_locations)))


def _digest_of(*paths: Path) -> str:
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


def _icd10cm() -> tuple[ReleaseSource, ...]:
    path = package_folder("simple_icd_10_cm") / "data" / "icd10c-tabular-April-1-2026.xml"
    if not path.is_file():
        return ()

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        from nosology.codes.sources.cdc_tabular import parse_tabular
        from nosology.codes.tabular import write_tabular

        chapters = parse_tabular(path.read_bytes(), name=path.name, progress=progress)
        counts = write_tabular(connection, chapters)
        progress(1, 1, "ICD-10-CM release written")
        return counts

    return (
        ReleaseSource(
            system="icd10cm",
            effective_from=date(2026, 4, 1),
            effective_to=date(2026, 9, 30),
            source=f"CDC/NCHS ICD-10-CM tabular list, April 1 2026 ({path.name} in simple-icd-10-cm)",
            digest=lambda: _digest_of(path),
            fill=fill,
            origin="built-in",
        ),
    )


_BUILT_IN = {"icd10cm": _icd10cm}


def built_in_sources(system: str) -> tuple[ReleaseSource, ...]:
    """The releases of a system that can be built from installed packages; empty if there are none."""
    make = _BUILT_IN.get(system)
    return make() if make is not None else ()
