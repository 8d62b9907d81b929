"""Relative weights of MS-DRGs, from an installed release of CMS's Table 5; never a guess."""

from __future__ import annotations

import sqlite3
from datetime import date
from functools import lru_cache

from nosology.codes.release import open_release
from nosology.errors import NosologyError

__all__ = ["SYSTEM", "find_weight"]

SYSTEM = "msdrg-weights"
"""The system of the release: table ``weights(drg, weight)``, DRGs of three digits."""


def find_weight(drg: str, on: date) -> float | None:
    """The relative weight of a DRG by the release in force on a day; None if none is installed, or it has not the DRG.

    Source: IPPS final rule, Table 5.
    """
    return _weights(on).get(drg)


@lru_cache(maxsize=32)
def _weights(on: date) -> dict[str, float]:
    try:
        release = open_release(SYSTEM, on=on)
        if release.outdated(on):
            return {}
        return {
            str(drg): float(weight) for drg, weight in release.connection.execute("SELECT drg, weight FROM weights")
        }
    except (NosologyError, sqlite3.Error):  # not installed: a weight is an extra, its absence is said by None
        return {}
