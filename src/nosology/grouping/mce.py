"""Medicare Code Editor: which codes of an inpatient claim the editor rejects or questions, and why.

The edits are evaluated here over the editor's published code lists. The library's own editor counts edits but does
not say on which code they fire, ignores the length of stay, passes an empty principal diagnosis, refuses lower case
and takes days of discharge after its tables end; each of these is done here as the official program does.

Source: CMS, Definitions of Medicare Code Edits, v40 to v44; behaviour of CMS Java MCE 2.0, 43.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from nosology.grouping.msdrg_tables import GrouperTables
from nosology.grouping.msdrg_versions import GrouperVersion

__all__ = ["EDITS", "Edits", "edit_claim"]

EDITS: dict[str, str] = {
    "AGE_CONFLICT": "the age of the patient does not fit the diagnosis",
    "DUPLICATE_OF_PDX": "a secondary diagnosis repeats the principal diagnosis",
    "E_CODE_AS_PDX": "an external cause code cannot be principal diagnosis",
    "INCONSISTENT_WITH_LENGTH_OF_STAY": "more than 96 hours of ventilation do not fit the length of stay",
    "INVALID_ADMIT_DX": "the admitting diagnosis is not a valid code",
    "INVALID_AGE": "the age is not between 0 and 124 years",
    "INVALID_CODE": "the code is not valid on the day of discharge",
    "INVALID_DISCHARGE_DATE": "the day of discharge lies after the end of the editor's version",
    "INVALID_SEX": "the sex is neither F nor M",
    "INVALID_DISCHARGE_STATUS": "the discharge status is not valid",
    "LIMITED_COVERAGE": "Medicare covers the procedure only under conditions",
    "MANIFESTATION_AS_PDX": "a manifestation code cannot be principal diagnosis",
    "NON_COVERED": "Medicare does not cover the procedure",
    "QUESTIONABLE_ADMISSION": "the diagnosis alone does not justify admission to an acute care hospital",
    "QUESTIONABLE_OBSTETRIC_ADMISSION": "a delivery without an outcome of delivery among the secondary diagnoses",
    "REQUIRES_SDX": "the principal diagnosis needs a secondary diagnosis",
    "SEX_CONFLICT": "the sex of the patient does not fit the code",
    "UNACCEPTABLE_PDX": "the code describes a circumstance and is not acceptable as principal diagnosis",
    "UNSPECIFIED": "an unspecified code where the side could be told",
    "WRONG_PROCEDURE_PERFORMED": "a wrong procedure was performed",
}
"""Every edit that can fire, with its meaning."""

_SHORT_STAY = 5  # days: more than 96 consecutive hours need at least five calendar days
_SEX_EDIT_ENDS = 20241001  # with v42 CMS took sex out of the editor; the lists no longer name it from that day


@dataclass(frozen=True, slots=True)
class Edits:
    """Outcome of the editor: ``type`` NONE, PREPAYMENT or INVALID_DISCHARGE_DATE, and each edit with its place.

    A place is ("dx" | "px" | "admit", position from 0), None for the claim as a whole.
    """

    type: str
    fired: tuple[tuple[str, tuple[str, int] | None], ...]


_NO_EDITS = Edits("NONE", ())
_TOO_LATE = Edits("INVALID_DISCHARGE_DATE", (("INVALID_DISCHARGE_DATE", None),))


def edit_claim(
    tables: GrouperTables,
    *,
    version: GrouperVersion,
    discharged: date,
    age: int,
    sex: str,
    discharge_status: str,
    length_of_stay: int | None,
    admitting: str,
    diagnoses: Sequence[str],
    procedures: Sequence[str],
) -> Edits:
    """Return every edit that fires on a claim; codes in upper case, ``sex`` M, F or U, ``length_of_stay`` in days.

    The lists are those in force on the day of discharge. A day after the last of the version stops all other edits.
    """
    on = discharged.year * 10000 + discharged.month * 100 + discharged.day
    if discharged > version.last_day:
        return _TOO_LATE
    fired: list[tuple[str, tuple[str, int] | None]] = []
    dx = [tables.edit_attributes("dx", code, on) for code in diagnoses]
    px = [tables.edit_attributes("px", code, on) for code in procedures]
    if not 0 <= age <= 124:
        fired.append(("INVALID_AGE", None))
    if sex == "U" and on < _SEX_EDIT_ENDS:
        fired.append(("INVALID_SEX", None))
    if not _is_valid_status(tables, discharge_status, on):
        fired.append(("INVALID_DISCHARGE_STATUS", None))
    if admitting.strip() and tables.edit_attributes("dx", admitting, on) is None:
        fired.append(("INVALID_ADMIT_DX", ("admit", 0)))
    conflicts = _age_groups_in_conflict(tables, age, on)
    for index, lists in enumerate(dx):
        if lists is None:
            if index == 0 or diagnoses[index].strip():  # a blank secondary slot is no code
                fired.append(("INVALID_CODE", ("dx", index)))
            continue
        edits = _edit_diagnosis(lists, conflicts, sex) if lists else []
        if index == 0:
            if lists:
                edits += _edit_principal(lists, alone=not any(each is not None for each in dx[1:]))
        elif diagnoses[index] == diagnoses[0]:
            edits.append("DUPLICATE_OF_PDX")
        if edits:
            fired.extend((edit, ("dx", index)) for edit in edits)
    if px:
        fired.extend(_edit_procedures(procedures, px, dx, age, length_of_stay, sex))
    if not fired:
        return _NO_EDITS
    stops = any(edit != "INVALID_ADMIT_DX" for edit, _where in fired)  # the admitting diagnosis alone stops no payment
    return Edits("PREPAYMENT" if stops else "NONE", tuple(fired))


def _edit_diagnosis(lists: frozenset[str], conflicts: frozenset[str], sex: str) -> list[str]:
    """The edits on any diagnosis, principal or secondary."""
    edits = []
    if lists & conflicts:
        edits.append("AGE_CONFLICT")
    if ("female" in lists and sex != "F") or ("male" in lists and sex != "M"):
        edits.append("SEX_CONFLICT")
    if "unspecified" in lists:
        edits.append("UNSPECIFIED")
    if "wrngproc" in lists:
        edits.append("WRONG_PROCEDURE_PERFORMED")
    return edits


def _edit_principal(lists: frozenset[str], *, alone: bool) -> list[str]:
    """The edits on the principal diagnosis only; ``alone`` if no valid secondary diagnosis stands beside it."""
    edits = []
    if "ecodepdx" in lists:
        edits.append("E_CODE_AS_PDX")
    if "manifestation" in lists:
        edits.append("MANIFESTATION_AS_PDX")
    if "qadm" in lists:
        edits.append("QUESTIONABLE_ADMISSION")
    if "reqsdx" in lists:
        if alone:
            edits.append("REQUIRES_SDX")
    elif "unacceptable" in lists:
        edits.append("UNACCEPTABLE_PDX")
    return edits


def _edit_procedures(
    codes: Sequence[str],
    px: Sequence[frozenset[str] | None],
    dx: Sequence[frozenset[str] | None],
    age: int,
    length_of_stay: int | None,
    sex: str,
) -> list[tuple[str, tuple[str, int] | None]]:
    """The edits on procedures, with the diagnoses that make some of them covered or not."""
    fired: list[tuple[str, tuple[str, int] | None]] = []
    if not any(lists is None or lists for lists in px):
        return fired
    with_dx = frozenset[str]().union(*(lists for lists in dx if lists))
    delivered = any(lists and "delout" in lists for lists in dx[1:])
    kidney = any(lists and "kidneyxp" in lists for lists in px)
    for index, lists in enumerate(px):
        where = ("px", index)
        if lists is None:
            if codes[index].strip():
                fired.append(("INVALID_CODE", where))
            continue
        if not lists:
            continue
        non_covered = (
            "noncovered" in lists
            or ("ncov45" in lists and not kidney and "diabtypeI" not in with_dx)
            or ("ncov6" in lists and "ncov6" in with_dx)
            or ("ncov7" in lists and "ncov7" in with_dx)
            or ("ncov_z302" in lists and "ncov_z302" in with_dx)
            or ("ncov12agele60" in lists and age > 60)
        )
        if non_covered:
            fired.append(("NON_COVERED", where))
        elif "lcov" in lists:
            fired.append(("LIMITED_COVERAGE", where))
        if ("female" in lists and sex != "F") or ("male" in lists and sex != "M"):
            fired.append(("SEX_CONFLICT", where))
        if ("csect" in lists or "vagdel" in lists) and not delivered:
            fired.append(("QUESTIONABLE_OBSTETRIC_ADMISSION", where))
        if "los" in lists and length_of_stay is not None and length_of_stay < _SHORT_STAY:
            fired.append(("INCONSISTENT_WITH_LENGTH_OF_STAY", where))
    return fired


@cache
def _age_groups_in_conflict(tables: GrouperTables, age: int, on: int) -> frozenset[str]:
    return frozenset(
        name for name, low, high, first, last in tables.age_ranges() if first <= on <= last and not low <= age <= high
    )


@cache
def _is_valid_status(tables: GrouperTables, status: str, on: int) -> bool:
    status = status.strip()
    if not (status.isascii() and status.isdigit() and len(status) <= 2):
        return False
    number = int(status)
    return any(each == number and first <= on <= last for each, first, last in tables.discharge_statuses())
