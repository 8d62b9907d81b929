"""Reads a crosswalk of ICD-10-PCS and CPT: a table of which two columns are named so.

Any csv or tab file will do; more columns are passed over, so that no descriptor is kept.
"""

from __future__ import annotations

import csv
import io
import re

from nosology.errors import UnreadableInput

__all__ = ["is_pcs_cpt", "parse_pcs_cpt"]

_PCS = re.compile(r"[0-9A-HJ-NP-Z]{7}")
_CPT = re.compile(r"\d{4}[0-9FTU]")


def _columns(head: str) -> tuple[int, int] | None:
    """The places of the columns of PCS and CPT in the first line of a table."""
    cells = [cell.strip().strip('"').lower() for cell in re.split(r"[,\t;]", head.lstrip("\ufeff"))]
    pcs = [place for place, cell in enumerate(cells) if re.search(r"\bpcs\b|icd-?10-?pcs|pcs[_ ]code", cell)]
    cpt = [place for place, cell in enumerate(cells) if re.search(r"\bcpt\b|cpt[_ ]code", cell)]
    plain = [place for place in cpt if "desc" not in cells[place]]
    codes = [place for place in pcs if "desc" not in cells[place]]
    return (codes[0], plain[0]) if codes and plain else None


def is_pcs_cpt(head: str) -> bool:
    """True if the first line of a file names a column of ICD-10-PCS and one of CPT."""
    return _columns(head.split("\n", 1)[0]) is not None


def parse_pcs_cpt(text: str, *, name: str) -> list[tuple[str, str]]:
    """Pairs (code of ICD-10-PCS, code of CPT), each once, in order.

    Raises:
        UnreadableInput: no such columns, or not one row in which both are codes.
    """
    first = text.split("\n", 1)[0]
    places = _columns(first)
    if places is None:
        raise UnreadableInput(f"{name}: no columns of ICD-10-PCS and of CPT in its first line")
    mark = "\t" if "\t" in first else ";" if ";" in first else ","
    pairs: dict[tuple[str, str], None] = {}
    for cells in csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=mark):
        if max(places) >= len(cells):
            continue
        pcs, cpt = (cells[place].strip().upper().replace(".", "") for place in places)
        if _PCS.fullmatch(pcs) and _CPT.fullmatch(cpt):
            pairs[pcs, cpt] = None
    if not pairs:
        raise UnreadableInput(f"{name}: no row with a code of ICD-10-PCS and a code of CPT")
    return sorted(pairs)
