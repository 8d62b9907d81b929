"""The logic of the scrub that rules of ``rules/claims`` pick by name; importing this package registers every check."""

from nosology.edits.claim_checks import content, fields, lines, payers

__all__ = ["content", "fields", "lines", "payers"]
