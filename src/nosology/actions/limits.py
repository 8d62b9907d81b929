"""How long a document may be, for whoever takes it in and for whoever reads it."""

from __future__ import annotations

__all__ = ["MOST_CHARACTERS", "TOO_LONG"]

MOST_CHARACTERS = 2_000_000
"""Characters of one document (some 700 pages)."""

TOO_LONG = f"holds more than {MOST_CHARACTERS:,} characters; split it into documents"
"""Why a longer one is not taken."""
