"""The conventions of the Tabular List in words: what its notes are called and mean, and the Guidelines on them."""

from __future__ import annotations

from typing import Any

__all__ = ["NOTE_MEANINGS", "NOTE_NAMES", "NOTE_SECTIONS", "why_billable"]

NOTE_NAMES = {
    "includes": "Includes",
    "inclusion_terms": "Inclusion terms",
    "excludes1": "Excludes1",
    "excludes2": "Excludes2",
    "code_first": "Code first",
    "use_additional": "Use additional code",
    "code_also": "Code also",
    "notes": "Note",
}
"""How the tabular list heads each kind of note."""

NOTE_SECTIONS = {
    "includes": "I.A.10",
    "inclusion_terms": "I.A.11",
    "excludes1": "I.A.12.a",
    "excludes2": "I.A.12.b",
    "code_first": "I.A.13",
    "use_additional": "I.A.13",
    "code_also": "I.A.17",
}
"""Kind of note → section of the Official Guidelines that defines it."""

NOTE_MEANINGS = {
    "includes": "defines what the category holds, or gives examples",
    "inclusion_terms": "conditions for which the code is used",
    "excludes1": "not coded here: never together with this code, unless the two are unrelated",
    "excludes2": "not included here: both may be coded if the patient has both",
    "code_first": "the underlying condition is sequenced first",
    "use_additional": "a second code follows, if it applies",
    "code_also": "two codes may be needed; the order depends on the encounter",
    "notes": "applies to everything below it",
}
"""Kind of note → what it means."""


def why_billable(described: dict[str, Any]) -> str:
    """One sentence: whether the code may be reported, and by what convention."""
    code = described["code"]
    if described["system"] == "icd9":
        return "Not reported any more: ICD-9-CM ended on 2015-09-30 (45 CFR 162.1002)."
    if "ended" in described:
        dates = [f"added {described['added']}" if described["added"] else ""]
        dates.append(f"ended {described['ended']}" if described["ended"] else "")
        state = "In force" if described["billable"] else "Not in force"
        return f"{state} on the date of service ({', '.join(each for each in dates if each) or 'no dates given'})."
    if described["kind"] == "extended":
        character = code[-1]
        meaning = described["seventh_character"].get(character, "")
        filled = "; X holds the places that the code leaves empty (I.A.4)" if "X" in code[4:-1] else ""
        return f"Billable: the 7th character {character} says “{meaning}” (I.A.5){filled}."
    if described["billable"]:
        return "Billable: nothing more specific stands below it (I.B.2)."
    if described["seventh_character"] and all(len(each["code"]) == 8 for each in described["children"]):
        letters = ", ".join(described["seventh_character"])
        return f"Not billable: it needs a 7th character, one of {letters} (I.A.5)."
    return f"Not billable: {len(described['children'])} more specific entries stand below it (I.B.2)."
