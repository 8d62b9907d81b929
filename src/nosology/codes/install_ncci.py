"""How a release of NCCI is filled and dated: from any of the publisher's files; what is not among them stays."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.codes.sources.cms_ncci import NCCI_KINDS, NcciTable, ncci_quarter, parse_ncci, write_ncci
from nosology.codes.sources.publication import Publication, decode_text
from nosology.codes.sources.service_files import quarter_end
from nosology.errors import ReleaseNotFound, UsageError

__all__ = ["NCCI_COMPANIONS", "date_ncci", "fill_ncci"]

NCCI_COMPANIONS = {(kind, other) for kind in NCCI_KINDS for other in NCCI_KINDS}
"""Every file is read together with every other that is there; the pairs come in several files of one kind."""


def date_ncci(publication: Publication, effective: date | None) -> tuple[date, date | None]:
    """The quarter that the name of the file tells. Raises UsageError where it tells none and none is given."""
    first = effective or ncci_quarter(publication.name)
    if first is None:
        raise UsageError(
            f"{publication.name}: cannot tell from when it is in force; say it with --effective YYYY-MM-DD"
        )
    return first, quarter_end(first)


def fill_ncci(
    chosen: list[Publication], first: date, home: Path | None
) -> Callable[[sqlite3.Connection, Progress], dict[str, int]]:
    """What fills the release from the files; tables of the same quarter that they do not hold are taken over."""
    before = _same_quarter(first, home)

    def fill(connection: sqlite3.Connection, progress: Progress) -> dict[str, int]:
        tables: dict[str, NcciTable] = {}
        for place, each in enumerate(chosen):
            progress(place, len(chosen), f"reading {each.name.rsplit('/', 1)[-1]}")
            plain = each.data.startswith(b"PAR1") or each.name.lower().endswith(".xlsx")
            text = "" if plain else decode_text(each.data)
            tables.setdefault(NCCI_KINDS[each.kind], []).extend(parse_ncci(each.kind, each.name, each.data, text))
        kept: dict[str, bytes] = dict(before.connection.execute("SELECT name, data FROM blob")) if before else {}
        return write_ncci(connection, tables, kept, json.loads(kept.pop("rationales", b"[]")))

    return fill


def _same_quarter(first: date, home: Path | None) -> Release | None:
    try:
        found = open_release("ncci", on=first, home=home)
    except ReleaseNotFound:
        return None
    return found if found.effective_from == first else None
