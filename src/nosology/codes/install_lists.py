"""How releases of coverage lists, taxonomy, places of service and procedure mappings are filled and dated."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from nosology.codes.pcs_cpt import write_pcs_cpt
from nosology.codes.release_file import Progress
from nosology.codes.sources.cdc_conversion import parse_conversion_table, write_conversion_table
from nosology.codes.sources.cms_mcd import (
    MCD_KINDS,
    newest_change,
    parse_mcd,
    parse_ncd_list,
    write_mcd,
    write_ncd_list,
)
from nosology.codes.sources.flat_lists import parse_gem, write_gems
from nosology.codes.sources.pcs_cpt import parse_pcs_cpt
from nosology.codes.sources.publication import Publication, decode_text
from nosology.codes.sources.titled_lists import LISTED_KINDS, parse_titled_list, taxonomy_day, write_titled_list
from nosology.codes.sources.xlsx import read_first_sheet
from nosology.errors import UnreadableInput, UsageError

__all__ = ["LIST_COMPANIONS", "LIST_DATES", "LIST_FILLS", "LIST_KINDS"]

LIST_KINDS: Mapping[str, tuple[str, ...]] = {
    "lcd": ("mcd-article",),
    "ncd": ("ncd-list",),
    "taxonomy": ("nucc-taxonomy",),
    "place-of-service": ("pos-list",),
    "gems-pcs": ("gem-pcs-to-icd9", "gem-icd9-to-pcs"),
    "icd10cm-conversion": ("cm-conversion",),
    "pcs-cpt": ("pcs-cpt",),
}
"""Code set → the kinds of publication that it is installed from."""

LIST_COMPANIONS = {("mcd-article", kind) for kind in MCD_KINDS} | {("gem-pcs-to-icd9", "gem-icd9-to-pcs")}
"""The tables of the Medicare Coverage Database are read together, and both directions of the mappings."""

_Fill = Callable[[sqlite3.Connection, Progress], dict[str, int]]


def _fill_lcd(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 2, "reading the local articles")
        files: dict[str, list[tuple[str, str]]] = {}
        for each in chosen:
            files.setdefault(each.kind, []).append((each.name, decode_text(each.data)))
        tables = parse_mcd(files)
        progress(1, 2, "writing")
        return write_mcd(connection, tables)

    return fill


def _fill_ncd(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the national lists")
        name, data = chosen[0].name, chosen[0].data
        plain = name.lower().endswith(".xlsx")
        rows = read_first_sheet(data, name=name) if plain else list(csv.reader(io.StringIO(decode_text(data))))
        return write_ncd_list(connection, parse_ncd_list(rows, name=name))

    return fill


def _fill_listed(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the list")
        each = chosen[0]
        return write_titled_list(connection, parse_titled_list(each.kind, decode_text(each.data), name=each.name))

    return fill


def _fill_gems(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the equivalence mappings of procedures")
        if {each.kind for each in chosen} != set(LIST_KINDS["gems-pcs"]):
            raise UnreadableInput(
                f"{chosen[0].name}: both directions are needed (gem_i9pcs.txt and gem_pcsi9.txt, or the zip)"
            )
        rows = {each.kind: parse_gem(decode_text(each.data), name=each.name) for each in chosen}
        return write_gems(connection, rows["gem-pcs-to-icd9"], rows["gem-icd9-to-pcs"], {})

    return fill


def _fill_pcs_cpt(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the crosswalk")
        return write_pcs_cpt(connection, parse_pcs_cpt(decode_text(chosen[0].data), name=chosen[0].name))

    return fill


def _fill_conversion(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the conversion table")
        name = chosen[0].name
        rows = read_first_sheet(chosen[0].data, name=name)
        return write_conversion_table(connection, parse_conversion_table(rows, name=name))

    return fill


def _unknown(publication: Publication) -> UsageError:
    return UsageError(f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD")


def _date_lcd(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """The first day of the year of its newest change: each article has days of its own, and the download is replaced
    every week."""
    newest = effective or newest_change(decode_text(publication.data), name=publication.name)
    if newest is None:
        raise _unknown(publication)
    return effective or date(newest.year, 1, 1), None


def _date_stated(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """Only what the caller or a year in the name says."""
    named = re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", publication.name.rsplit("/", 1)[-1])
    if effective is None and named is None:
        raise _unknown(publication)
    return effective or date(int(named[1]), 1, 1), None  # type: ignore[index]


def _date_taxonomy(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    first = effective or taxonomy_day(publication.name)
    if first is None:
        raise _unknown(publication)
    return first, None


LIST_FILLS: Mapping[str, Callable[[list[Publication], date, Path | None], _Fill]] = {
    "mcd-article": _fill_lcd,
    "ncd-list": _fill_ncd,
    **dict.fromkeys(LISTED_KINDS, _fill_listed),
    **dict.fromkeys(LIST_KINDS["gems-pcs"], _fill_gems),
    "pcs-cpt": _fill_pcs_cpt,
    "cm-conversion": _fill_conversion,
}
"""Kind of publication → what fills a release from it."""

LIST_DATES: Mapping[str, Callable[[Publication, date | None], tuple[date, date | None]]] = {
    "lcd": _date_lcd,
    "ncd": _date_stated,
    "taxonomy": _date_taxonomy,
    "place-of-service": _date_stated,
    "pcs-cpt": _date_stated,
    "gems-pcs": lambda publication, effective: (effective or date(2017, 10, 1), None),  # the last ones, of 2018
}
"""Code set → first and last day in force of a publication; the day that the caller names goes first."""
