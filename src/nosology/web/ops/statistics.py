"""What the embedded database knows of its own tables, so that it takes the right index.

Without it SQLite takes the index of the organisation for every query of a tenant and walks through all of its rows;
PostgreSQL keeps such figures by itself.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

__all__ = ["EVERY", "refresh_statistics"]

EVERY = timedelta(hours=1)
"""How often the figures are made anew at least; also whenever the encounters have doubled."""

_last: dict[str, tuple[datetime, int]] = {}


def refresh_statistics(*, now: datetime) -> bool:
    """Make the figures anew where it is time; True if it was. It takes some milliseconds."""
    if connection.vendor != "sqlite":
        return False
    name = str(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(rowid) FROM store_encounter")
        rows = cursor.fetchone()[0] or 0
        at, before = _last.get(name, (None, 0))
        if at is not None and now - at < EVERY and rows < 2 * before + 100:
            return False
        cursor.execute("PRAGMA analysis_limit = 2000")
        cursor.execute("ANALYZE")
    _last[name] = (now, rows)
    return True
