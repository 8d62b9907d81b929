"""The searches of the code sets that are lists of titles, made on first use and kept."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from nosology.codes.cpt import open_cpt
from nosology.codes.gems import add_icd9_dot, open_gems
from nosology.codes.hcpcs import open_hcpcs
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.ndc import NdcPackage, open_ndc_directory
from nosology.codes.release import Release
from nosology.codes.release_file import Progress
from nosology.codes.revenue import revenue_codes, revenue_list
from nosology.codes.titled_list import open_titled_list
from nosology.errors import UsageError
from nosology.lexicon.rewrites import read_rows
from nosology.lexicon.search import SearchHit
from nosology.lexicon.title_search import TitleSearcher

__all__ = ["TITLE_SYSTEMS", "search_titles"]

_Titles = Iterator[tuple[str, str, str]]
_Opened = tuple[Release, Callable[[], _Titles], Mapping[str, str]]


def _open_hcpcs(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    hcpcs = open_hcpcs(on=on, home=home, progress=progress)

    def titles() -> _Titles:
        day = on or hcpcs.release.effective_from
        for each in hcpcs:
            if each.in_force(day):
                yield each.code, each.title, each.short
        for each in hcpcs.modifiers():
            if each.in_force(day):
                yield each.code, each.title, f"modifier {each.short}"

    return hcpcs.release, titles, {**_other_names("hcpcs"), **_brands()}


def _open_pcs(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    icd10pcs = open_icd10pcs(on=on, home=home, progress=progress)
    return (
        icd10pcs.release,
        lambda: ((code, icd10pcs.title(code), "") for code in icd10pcs.codes()),
        _other_names("icd10pcs"),
    )


def _open_icd9(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    gems = open_gems(on=None, home=home, progress=progress)

    def titles() -> _Titles:
        for code, title in gems.release.connection.execute("SELECT code, title FROM icd9 ORDER BY code"):
            yield add_icd9_dot(code), title, ""

    return gems.release, titles, {}


def _open_cpt(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    cpt = open_cpt(on=on, home=home, progress=progress)
    return cpt.release, lambda: ((each.code, each.title, f"{each.consumer} {each.clinician}") for each in cpt), {}


def _open_ndc(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    directory = open_ndc_directory(on=on, home=home, progress=progress)

    return directory.release, lambda: _ndc_titles(directory), _brands()


def _ndc_titles(packages: Iterable[NdcPackage]) -> _Titles:
    for each in packages:
        strength = f"{each.strength} {each.strength_unit}".strip()
        title = f"{each.name} ({each.generic}) {each.form.lower()}, {strength}: {each.description}"
        yield each.ndc.hyphenated, title, f"{each.labeler} {each.route.lower()}"


def _open_listed(system: str, on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    listed = open_titled_list(system, on=on, home=home, progress=progress)
    return listed.release, lambda: ((each.code, each.title, f"{each.group} {each.more}") for each in listed), {}


def _open_revenue(on: date | None, home: Path | None, progress: Progress | None) -> _Opened:
    titles = ((each.code, each.title, each.category) for each in revenue_codes().values())
    return revenue_list(), lambda: titles, _other_names("revenue")


def _other_names(system: str) -> dict[str, str]:
    """What people say → the words of the titles of a code set (``data/search/titles.tsv``)."""
    return {cells[1]: cells[2] for _file, _number, cells in read_rows("search/titles.tsv") if cells[0] == system}


def _brands() -> dict[str, str]:
    return {cells[0]: cells[1] for _file, _number, cells in read_rows("brands.tsv")}


TITLE_SYSTEMS: Mapping[str, Callable[[date | None, Path | None, Progress | None], _Opened]] = {
    "hcpcs": _open_hcpcs,
    "icd10pcs": _open_pcs,
    "icd9": _open_icd9,
    "cpt": _open_cpt,
    "ndc": _open_ndc,
    "taxonomy": partial(_open_listed, "taxonomy"),
    "place-of-service": partial(_open_listed, "place-of-service"),
    "revenue": _open_revenue,
}
"""Code set → what opens it for the search."""

_SEARCHERS: dict[tuple[str, Path, date | None], TitleSearcher] = {}
_MOST_KEPT = 12


def search_titles(
    query: str,
    *,
    system: str,
    limit: int = 10,
    on: date | None = None,
    home: Path | None = None,
    progress: Progress | None = None,
) -> list[SearchHit]:
    """Return the codes of ``system`` that answer ``query``, best first.

    Raises:
        UsageError: an empty query or a code set that cannot be searched so.
        ReleaseNotFound: the code set is not installed; the message names the command that installs it.
    """
    opening = TITLE_SYSTEMS.get(system)
    if opening is None:
        choices = ", ".join(sorted({"icd10cm", *TITLE_SYSTEMS}))
        raise UsageError(f"code set {system!r} cannot be searched; use one of {choices}")
    release, titles, synonyms = opening(on, home, progress)
    key = (system, release.path, on if system == "hcpcs" else None)
    searcher = _SEARCHERS.get(key)
    if searcher is None and system == "ndc" and (hits := _first_in_ndc(query, limit, on, home, progress)):
        return hits
    if searcher is None:
        if len(_SEARCHERS) >= _MOST_KEPT:
            _SEARCHERS.pop(next(iter(_SEARCHERS)))
        searcher = _SEARCHERS[key] = TitleSearcher(titles(), synonyms)
        gc.freeze()  # what was loaded stays: the collector need not look at it again for every batch of queries
    return searcher.search(query, limit=limit)


_ASKED_BEFORE: set[Path] = set()
_FEW = 20_000  # packages; from more, the whole directory is as quickly read


def _first_in_ndc(
    query: str, limit: int, on: date | None, home: Path | None, progress: Progress | None
) -> list[SearchHit]:
    """The first search of a process: among the packages that hold the words, since the searcher of the whole directory
    takes seconds to make; nothing where none does (a typo), or from the second search on."""
    directory = open_ndc_directory(on=on, home=home, progress=progress)
    if directory.release.path in _ASKED_BEFORE:
        return []
    _ASKED_BEFORE.add(directory.release.path)
    brands = _brands()
    words = [word for said in query.lower().split() if len(said) > 3 for word in brands.get(said, said).split()]
    found = directory.with_words(words)
    if not 0 < len(found) <= _FEW:
        return []
    return TitleSearcher(_ndc_titles(found), brands).search(query, limit=limit)
