"""MS-DRG of an inpatient encounter, with the Medicare Code Editor: the official result, and how it came about.

The grouping itself is ``msdrg``'s, a native port of the CMS program; :mod:`nosology.grouping.msdrg_corrections` mends
where the port differs. What each diagnosis counted for is read from the published tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from nosology.errors import UsageError
from nosology.grouping.mce import Edits, edit_claim
from nosology.grouping.msdrg_corrections import (
    add_missing_poa,
    choose_return_code,
    drop_surplus_fusions,
    hide_obesity_poa,
    hide_show_codes,
    is_single_fusion_defect,
    normalize_code,
    normalize_poa,
)
from nosology.grouping.msdrg_native import NativeClaim, NativeGrouper, open_grouper
from nosology.grouping.msdrg_severity import judge_diagnoses
from nosology.grouping.msdrg_steps import explain_drg
from nosology.grouping.msdrg_tables import GrouperTables, open_tables
from nosology.grouping.msdrg_versions import GrouperVersion, find_version
from nosology.grouping.weights import find_weight
from nosology.model.encounter import Encounter
from nosology.model.grouping import DrgEdit, DrgProcedure, DrgResult

__all__ = ["AGE_UNKNOWN", "assign_drg", "assign_drgs"]

AGE_UNKNOWN = 999
"""Stands for an age that is not known: an adult for the grouper, INVALID_AGE for the editor."""


def assign_drg(encounter: Encounter, *, on: date | None = None, dotted: bool = False) -> DrgResult:
    """Return the MS-DRG before and after hospital-acquired conditions, the edits and the steps.

    The version is the one in force on the day of discharge, or on ``on``. Codes are taken exactly as a claim writes
    them: a point makes a code invalid, as in the official program; ``dotted=True`` removes points first, for codes in
    the form of the chart (E11.621). Anything wrong in the encounter is in the result (return code, edits), never an
    exception.

    Raises:
        UsageError: neither a day of discharge nor ``on`` is known, so that no version can be chosen.
        ReleaseNotFound: the day lies before the first version at hand (v40, October 2022).
        UnreadableInput: the ``msdrg`` package is missing or of an unknown layout.
    """
    day = on or encounter.discharged
    if day is None:
        raise UsageError(
            f"encounter {encounter.id}: no date of discharge, so no MS-DRG version; give discharged, or --on"
        )
    version = find_version(day)
    tables = open_tables()
    claim = _Claim.read(encounter, dotted)
    result, request = _group(claim, version.number, open_grouper(), tables)
    edits = edit_claim(
        tables,
        version=version,
        discharged=encounter.discharged or day,
        age=claim.age,
        sex=claim.sex,
        discharge_status=encounter.discharge_status,
        length_of_stay=_stay(encounter),
        admitting=claim.admitting,
        diagnoses=[code for code, _poa in claim.diagnoses],
        procedures=claim.procedures,
    )
    return _build(encounter, claim, request, result, edits, version, tables)


def assign_drgs(
    encounters: Iterable[Encounter], *, on: date | None = None, dotted: bool = False
) -> Iterator[DrgResult]:
    """The result of each encounter, in order; see :func:`assign_drg`."""
    for encounter in encounters:
        yield assign_drg(encounter, on=on, dotted=dotted)


@dataclass(frozen=True, slots=True)
class _Claim:
    """An encounter in the form of the official programs; positions as in the encounter."""

    age: int
    sex: str
    discharge_status: int
    poa_reporting: str
    admitting: str
    diagnoses: list[tuple[str, str]]
    procedures: list[str]

    @classmethod
    def read(cls, encounter: Encounter, dotted: bool) -> _Claim:
        def code_of(code: str) -> str:
            return normalize_code(code.replace(".", "") if dotted else code)

        sex = encounter.sex.upper()
        status = encounter.discharge_status.strip()
        return cls(
            age=_age(encounter),
            sex=sex if sex in ("M", "F") else "U",
            discharge_status=int(status) if status.isascii() and status.isdigit() and len(status) <= 4 else 0,
            poa_reporting=encounter.poa_reporting,
            admitting=code_of(encounter.admitting_diagnosis),
            diagnoses=[(code_of(each.code), normalize_poa(each.poa)) for each in encounter.diagnoses],
            procedures=[code_of(each.code) for each in encounter.procedures],
        )

    def secondary(self) -> list[int]:
        """Positions of the secondary diagnoses that are not blank: the official program ignores blank ones."""
        return [index for index, (code, _poa) in enumerate(self.diagnoses) if index and code.strip()]


def _age(encounter: Encounter) -> int:
    if encounter.age is not None:
        return min(max(encounter.age, -1), AGE_UNKNOWN)
    day = encounter.admitted or encounter.discharged
    if encounter.birth_date is None or day is None:
        return AGE_UNKNOWN
    born = encounter.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _stay(encounter: Encounter) -> int | None:
    if encounter.length_of_stay is not None:
        return encounter.length_of_stay
    if encounter.admitted is None or encounter.discharged is None:
        return None
    return max((encounter.discharged - encounter.admitted).days, 1)


def _group(
    claim: _Claim, version: int, grouper: NativeGrouper, tables: GrouperTables
) -> tuple[dict[str, Any], NativeClaim]:
    """The library's answer after the corrections; those that hang on its first answer group again."""
    secondary = hide_obesity_poa([claim.diagnoses[index] for index in claim.secondary()], version, tables)
    told, blank = hide_show_codes(secondary, frozenset(), version, tables)
    request = NativeClaim(
        version=version,
        age=claim.age,
        sex=claim.sex,
        discharge_status=claim.discharge_status,
        poa_reporting=claim.poa_reporting,
        principal=claim.diagnoses[0] if claim.diagnoses else ("", " "),
        secondary=told,
        procedures=claim.procedures,
        admitting=claim.admitting,
    )
    result = grouper.group(request)
    again = request
    excluded = frozenset(each["code"] for each in result["sdx_output"] if "EXCLUDED" in each["flags"])
    if excluded:
        told, blank = hide_show_codes(secondary, excluded, version, tables)
        if told != request.secondary:
            again = replace(again, secondary=told)
    if is_single_fusion_defect(result, claim.procedures, version, tables):
        again = replace(again, procedures=drop_surplus_fusions(claim.procedures, version, tables))
    if again is not request:
        result = grouper.group(again)
    if blank:
        add_missing_poa(result, claim.poa_reporting)
    return result, again


def _build(
    encounter: Encounter,
    claim: _Claim,
    request: NativeClaim,
    result: dict[str, Any],
    edits: Edits,
    version: GrouperVersion,
    tables: GrouperTables,
) -> DrgResult:
    number = version.number
    drg, initial = result["final_drg"] or 999, result["initial_drg"] or 999
    mdc, initial_mdc = result["final_mdc"] or 0, result["initial_mdc"] or 0
    code = choose_return_code(result["return_code"], claim.poa_reporting, len(request.secondary))
    codes = [each for each, _poa in claim.diagnoses]
    diagnoses = judge_diagnoses(encounter.diagnoses, codes, claim.secondary(), result, number, tables)
    procedures = tuple(
        _procedure(each.code, tables.procedure(code, number))
        for each, code in zip(encounter.procedures, claim.procedures, strict=True)
    )
    title, kind = tables.title("drg", drg, number), tables.drg_type(drg, number)
    return DrgResult(
        id=encounter.id,
        drg=f"{drg:03}",
        title=title,
        mdc=f"{mdc:02}",
        type=kind,
        initial_drg=f"{initial:03}",
        initial_mdc=f"{initial_mdc:02}",
        return_code=code,
        weight=find_weight(f"{drg:03}", version.first_day),
        diagnoses=diagnoses,
        edits=tuple(DrgEdit(edit, _as_given(encounter, where)) for edit, where in edits.fired),
        version=version.name,
        steps=explain_drg(
            version=version,
            tables=tables,
            principal=claim.diagnoses[0][0] if claim.diagnoses else "",
            diagnoses=diagnoses,
            procedures=procedures,
            initial=(initial, initial_mdc, result["initial_return_code"]),
            final=(drg, mdc, code),
            hac_status=result["grouper_flags"]["hac_status_value"],
            edits=edits,
            deciding=tuple(each["code"] for each in result["proc_output"] if each["drg_impact"] in ("INITIAL", "BOTH")),
        ),
        initial_return_code=result["initial_return_code"],
        severity=_severity(result["final_severity"], drg),
        initial_severity=_severity(result["initial_severity"], initial),
        hac_status=result["grouper_flags"]["hac_status_value"],
        edit_type=edits.type,
        procedures=procedures,
    )


@lru_cache(maxsize=65536)
def _procedure(code: str, lists: frozenset[str] | None) -> DrgProcedure:
    """Whether the code is an operating-room procedure, by the tables: the library calls every procedure one."""
    return DrgProcedure(code, operating_room=lists is not None and "nonor" not in lists, recognized=lists is not None)


def _severity(value: str, drg: int) -> str:
    """The severity of the claim in the words of the official program: NONE only for 998 and 999."""
    if drg >= 998:
        return "NONE"
    return "NON_CC" if value == "NONE" else value


def _as_given(encounter: Encounter, where: tuple[str, int] | None) -> str:
    if where is None:
        return ""
    kind, index = where
    if kind == "admit":
        return encounter.admitting_diagnosis
    return encounter.diagnoses[index].code if kind == "dx" else encounter.procedures[index].code
