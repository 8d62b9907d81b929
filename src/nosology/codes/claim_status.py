"""Claim status categories, claim status codes and entities (277, 277CA). The words are ours; X12's lists are
authoritative."""

from __future__ import annotations

from nosology.codes.wording import CodeWords, read_words

__all__ = ["explain_status", "find_category", "find_entity", "find_status"]


def find_category(code: str) -> CodeWords | None:
    """The category (A1, A7, F2, P3 …), None if it is not known."""
    return read_words("claim_status_category").get(code.upper())


def find_status(code: str) -> CodeWords | None:
    """The status code (19, 21, 562 …), None if it is not in our table."""
    return read_words("claim_status").get(code)


def find_entity(code: str) -> CodeWords | None:
    """Whom a status concerns (85, IL, QC …), None if it is not in our table."""
    return read_words("entity").get(code.upper())


def explain_status(category: str, status: str = "", entity: str = "") -> str:
    """One line in our words.

    >>> explain_status("A7", "562", "85")
    "rejected: information is not valid; entity's NPI (billing provider)"
    """
    found = find_category(category)
    said = [found.words if found else f"category {category}"]
    if status:
        words = find_status(status)
        about = find_entity(entity) if entity else None
        whom = f" ({about.words})" if about else f" ({entity})" if entity else ""
        said.append((words.words if words else f"status {status}") + whom)
    return "; ".join(said)
