"""How releases of the code sets of services, drugs and supplies are read, filled and dated."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from nosology.codes.install_lists import LIST_COMPANIONS, LIST_DATES, LIST_FILLS, LIST_KINDS
from nosology.codes.install_ncci import NCCI_COMPANIONS, date_ncci, fill_ncci
from nosology.codes.release_file import Progress
from nosology.codes.sources.ahrq_cmr import parse_cmr, write_cmr
from nosology.codes.sources.ama_cpt import CPT_KINDS, cpt_text, parse_cpt, parse_cpt_modifiers, write_cpt
from nosology.codes.sources.cms_hcpcs import (
    HcpcsRow,
    parse_hcpcs_csv,
    parse_hcpcs_fixed,
    parse_hcpcs_sheet,
    write_hcpcs,
)
from nosology.codes.sources.cms_ncci import NCCI_KINDS
from nosology.codes.sources.cms_pfs import parse_fees, write_fees
from nosology.codes.sources.cms_rates import RATE_KIND_NAMES, parse_rates, write_rates
from nosology.codes.sources.fda_ndc import (
    parse_crosswalk,
    parse_ndc_directory,
    write_crosswalk,
    write_ndc_directory,
)
from nosology.codes.sources.publication import Publication, decode_text
from nosology.codes.sources.service_files import quarter_end, quarter_named
from nosology.codes.sources.xlsx import read_first_sheet
from nosology.errors import UnreadableInput, UsageError

__all__ = ["SERVICE_COMPANIONS", "SERVICE_DATES", "SERVICE_FILLS", "SERVICE_KINDS"]

SERVICE_KINDS: Mapping[str, tuple[str, ...]] = {
    "hcpcs": ("hcpcs-attributes", "hcpcs-file"),
    "ndc": ("ndc-product",),
    "ndc-hcpcs": ("ndc-hcpcs",),
    "cpt": tuple(CPT_KINDS),
    "pfs": ("pfs",),
    "ncci": tuple(NCCI_KINDS),
    "gpci": ("gpci",),
    "anesthesia": ("anesthesia-cf", "anesthesia-base"),
    "opps": ("opps-b", "opps-a"),
    "clfs": ("clfs",),
    "dmepos": ("dmepos",),
    "msdrg-weights": ("drg-table5",),
    "elixhauser": ("cmr",),
    **LIST_KINDS,
}
"""Code set → the kinds of publication that it can be installed from, the fullest first."""

SERVICE_COMPANIONS = {
    *NCCI_COMPANIONS,
    *LIST_COMPANIONS,
    ("hcpcs-attributes", "hcpcs-titles"),
    ("hcpcs-attributes", "hcpcs-unclassified"),
    ("hcpcs-attributes", "hcpcs-file"),
    ("ndc-product", "ndc-package"),
    ("anesthesia-cf", "anesthesia-base"),
    ("opps-b", "opps-a"),
    ("opps-b", "opps-m"),
    ("opps-b", "opps-j"),
    *((kind, other) for kind in CPT_KINDS for other in (*CPT_KINDS, "cpt-modifiers") if kind != other),
}
"""Kinds that are read together with another where both are there."""

_Fill = Callable[[sqlite3.Connection, Progress], dict[str, int]]


def _texts(chosen: list[Publication], kind: str) -> list[str]:
    return [decode_text(each.data) for each in chosen if each.kind == kind]


def _read_hcpcs_file(publication: Publication) -> list[HcpcsRow]:
    if publication.name.lower().endswith(".xlsx"):
        return parse_hcpcs_sheet(read_first_sheet(publication.data, name=publication.name), name=publication.name)
    return parse_hcpcs_fixed(decode_text(publication.data), name=publication.name)


def _fill_hcpcs(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading HCPCS Level II")
        files = [each for each in chosen if each.kind == "hcpcs-file"]
        if chosen[0].kind == "hcpcs-file":
            return write_hcpcs(connection, _read_hcpcs_file(chosen[0]))
        titles = _texts(chosen, "hcpcs-titles")
        if not titles:
            raise UnreadableInput(f"{chosen[0].name}: the titles are in another file; name the folder that holds both")
        rows = parse_hcpcs_csv(
            decode_text(chosen[0].data),
            titles[0],
            next(iter(_texts(chosen, "hcpcs-unclassified")), ""),
            name=chosen[0].name,
        )
        if files:  # the CSV forms have no modifiers
            rows += [row for row in _read_hcpcs_file(files[0]) if len(row.code) == 2]
        return write_hcpcs(connection, rows)

    return fill


def _date_hcpcs(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """The quarter that the name tells, else that of the newest action in the codes; a name with a year alone is of
    the times of one file a year."""
    if effective is not None:
        return effective, quarter_end(effective)
    if publication.kind == "hcpcs-attributes":
        lines = decode_text(publication.data).splitlines()[1:]
        newest = max((line.rsplit(",", 1)[-1].strip() for line in lines), default="")
        try:
            day = date.fromisoformat(newest)
        except ValueError:
            raise UnreadableInput(f"{publication.name}: its last column is not the date of the last action") from None
        first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
        return first, quarter_end(first)
    named = quarter_named(publication.name)
    if named is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    return named, quarter_end(named) if named.year > 2020 else date(named.year, 12, 31)


def _fill_ndc(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the NDC directory")
        packages = _texts(chosen, "ndc-package")
        if not packages:
            raise UnreadableInput(f"{chosen[0].name}: the packages are in another file; name the folder or the zip")
        name = chosen[0].name
        return write_ndc_directory(connection, parse_ndc_directory(decode_text(chosen[0].data), packages[0], name=name))

    return fill


def _fill_crosswalk(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the crosswalk")
        name = chosen[0].name
        if name.lower().endswith(".xlsx"):
            rows = read_first_sheet(chosen[0].data, name=name)
        else:
            rows = list(csv.reader(io.StringIO(decode_text(chosen[0].data))))
        return write_crosswalk(connection, parse_crosswalk(rows, name=name))

    return fill


def _fill_cpt(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading CPT")
        descriptors: dict[str, dict[str, str]] = {}
        modifiers: dict[str, str] = {}
        for each in chosen:
            text = cpt_text(each.data, decode_text(each.data), name=each.name)
            if each.kind == "cpt-modifiers":
                modifiers |= parse_cpt_modifiers(text, name=each.name)
            else:
                descriptors.setdefault(CPT_KINDS[each.kind], {}).update(parse_cpt(text, name=each.name))
        return write_cpt(connection, descriptors, modifiers.items())

    return fill


def _fill_fees(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the fee schedule")
        return write_fees(connection, parse_fees(decode_text(chosen[0].data), name=chosen[0].name))

    return fill


def _rate_text(publication: Publication) -> str:
    """The table as text; of a workbook its first sheet."""
    if not publication.name.lower().endswith(".xlsx"):
        return decode_text(publication.data)
    text = io.StringIO()
    csv.writer(text).writerows(read_first_sheet(publication.data, name=publication.name))
    return text.getvalue()


def _fill_rates(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the rates")
        counts: dict[str, int] = {}
        for each in chosen:
            counts |= write_rates(connection, each.kind, parse_rates(each.kind, _rate_text(each), name=each.name))
        return counts

    return fill


def _fill_cmr(chosen: list[Publication], first: date, home: Path | None) -> _Fill:
    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        progress(0, 1, "reading the comorbidity lists")
        return write_cmr(connection, *parse_cmr(decode_text(chosen[0].data), name=chosen[0].name))

    return fill


def _date_cmr(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """Each version covers every discharge since October 2015; its number tells which is the newest."""
    version = re.search(
        r"v(20\d\d)[-_.](\d)", publication.name.rsplit("/", 1)[-1] + decode_text(publication.data[:1500])
    )
    year = int(version[1]) if version else 2016
    return effective or date(year - 1, 10, 1), None


def _date_rates(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """Rates are in force for the calendar year that the name or the head tells."""
    if effective is not None:
        return effective, date(effective.year, 12, 31)
    head = _rate_text(publication)[:1500]
    year = re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", publication.name.rsplit("/", 1)[-1].replace("_", " "))
    year = year or re.search(r"(?:ANES|GPCI)(20\d\d)", publication.name.upper()) or re.search(r"\b(20[0-4]\d)\b", head)
    if year is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)


def _date_weights(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """Table 5 is in force for the fiscal year that the name or the head tells."""
    text = publication.name.rsplit("/", 1)[-1] + " " + decode_text(publication.data[:1500])
    year = re.search(r"FY[-_ ]?(20\d\d)", text, re.IGNORECASE)
    if effective is None and year is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    first = effective or date(int(year[1]) - 1, 10, 1)  # type: ignore[index]
    return first, date(first.year + (first.month >= 10), 9, 30)


def _date_year(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """CPT is in force for a calendar year; the name or the copyright line tells which."""
    if effective is not None:
        return effective, date(effective.year, 12, 31)
    head = decode_text(publication.data[:2000])
    year = re.search(r"(?<!\d)(20[0-4]\d)(?!\d)", publication.name) or re.search(r"CPT\D{0,40}(20[0-4]\d)", head)
    if year is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    return date(int(year[1]), 1, 1), date(int(year[1]), 12, 31)


def _date_directory(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """The newest first day of sale in the directory: it is published daily and does not say its own day."""
    if effective is not None:
        return effective, None
    days = re.findall(r"\t((?:19|20)\d{6})\t", decode_text(publication.data))
    if not days:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    newest = max(days)
    return date(int(newest[:4]), int(newest[4:6]), int(newest[6:])), None


def _date_quarter(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    named = effective or quarter_named(publication.name)
    if named is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    return named, quarter_end(named)


SERVICE_FILLS: Mapping[str, Callable[[list[Publication], date, Path | None], _Fill]] = {
    "hcpcs-attributes": _fill_hcpcs,
    "hcpcs-file": _fill_hcpcs,
    "ndc-product": _fill_ndc,
    "ndc-hcpcs": _fill_crosswalk,
    **dict.fromkeys(CPT_KINDS, _fill_cpt),
    "pfs": _fill_fees,
    **dict.fromkeys(NCCI_KINDS, fill_ncci),
    **dict.fromkeys(RATE_KIND_NAMES, _fill_rates),
    "cmr": _fill_cmr,
    **LIST_FILLS,
}
"""Kind of publication → what fills a release from it."""

SERVICE_DATES: Mapping[str, Callable[[Publication, date | None], tuple[date, date | None]]] = {
    "hcpcs": _date_hcpcs,
    "ndc": _date_directory,
    "ndc-hcpcs": _date_quarter,
    "cpt": _date_year,
    "pfs": _date_quarter,
    "ncci": date_ncci,
    **dict.fromkeys(("gpci", "anesthesia", "opps", "clfs", "dmepos"), _date_rates),
    "msdrg-weights": _date_weights,
    "elixhauser": _date_cmr,
    **LIST_DATES,
}
"""Code set → first and last day in force of a publication; the day that the caller names goes first."""
