"""Personal and family history codes by category of the disease, from ``lexicon/data/history.tsv``."""

from __future__ import annotations

from functools import cache

from nosology.coding.substances import intent_of
from nosology.lexicon.rewrites import read_rows

__all__ = ["family_history_code", "personal_history_code"]


_SELF_HARM, _ATTEMPT = "2", "T14.91"  # a poisoning meant to harm oneself is an attempt of suicide


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {
        cells[0].rstrip("-."): (cells[1] if len(cells) > 1 else "", cells[2] if len(cells) > 2 else "")
        for _file, _number, cells in read_rows("history.tsv")
    }


@cache
def _row(code: str) -> tuple[str, str]:
    table = _table()
    for size in range(len(code), 2, -1):
        if (row := table.get(code[:size].rstrip("."))) is not None:
            return row
    return "", ""


def personal_history_code(code: str) -> str:
    """Return the personal history code of a disease that is over, "" where the classification gives none.

    >>> personal_history_code("C50.911"), personal_history_code("I21.4")
    ('Z85.3', 'I25.2')
    """
    if intent_of(code) == _SELF_HARM:
        code = _ATTEMPT
    return _row(code)[0]


def family_history_code(code: str) -> str:
    """Return the family history code of a disease, "" where the classification gives none."""
    return _row(code)[1]
