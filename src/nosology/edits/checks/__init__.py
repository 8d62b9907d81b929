"""The logic of edits that rules pick by name; importing this package registers every check."""

from nosology.edits.checks import admission, conventions, diagnoses, ncci, patient

__all__ = ["admission", "conventions", "diagnoses", "ncci", "patient"]
