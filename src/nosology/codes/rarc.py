"""Remittance advice remark codes (RARC), those in common use. The words are ours; the list of X12 is authoritative."""

from __future__ import annotations

from nosology.codes.wording import CodeWords, read_words

__all__ = ["find_rarc", "has_no_appeal_rights"]


def find_rarc(code: str) -> CodeWords | None:
    """The remark code, None if it is not in our table."""
    return read_words("rarc").get(code.upper())


def has_no_appeal_rights(code: str) -> bool:
    """True if the remark says that there is no right of appeal (MA130, N211 …)."""
    found = find_rarc(code)
    return found is not None and found.kind == "no appeal"
