"""From the suggested codes of one note to what they would group to, if a coder accepted them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nosology.errors import ReleaseNotFound
from nosology.model.coding import CodedNote
from nosology.model.encounter import Diagnosis, Encounter, HccProfile, Procedure, Setting
from nosology.model.finding import Finding, Severity

if TYPE_CHECKING:
    from nosology.model.grouping import DrgResult, HccResult

__all__ = ["Grouped", "encounter_of", "group_coded", "group_to_dict"]


@dataclass(frozen=True, slots=True)
class Grouped:
    """A coded note with what its codes group to; None where that does not apply."""

    name: str
    coded: CodedNote
    drg: DrgResult | None = None
    hcc: HccResult | None = None


def encounter_of(
    coded: CodedNote, *, name: str, sex: str | None, age: int | None, known: Encounter | None = None
) -> Encounter:
    """The encounter that the suggestions would make, in their order; ``on`` stands as the date of discharge.

    ``known`` is what registration knows: dates, disposition, charges stay as they are there.
    """
    diagnoses = tuple(
        Diagnosis(suggestion.code, suggestion.poa or "")
        for suggestion in coded.suggestions
        if suggestion.system == "icd10cm"
    )
    procedures = tuple(
        Procedure(suggestion.code, coded.on) for suggestion in coded.suggestions if suggestion.system == "icd10pcs"
    )
    known = known or Encounter(id=name, hcc=HccProfile())
    return replace(
        known,
        id=name,
        setting=coded.setting,
        age=age,
        sex=sex or "U",
        discharged=known.discharged or coded.on,
        diagnoses=diagnoses,
        procedures=procedures,
        hcc=known.hcc or HccProfile(),
    )


def group_coded(
    coded: CodedNote, *, name: str, sex: str | None, age: int | None, known: Encounter | None = None
) -> Grouped:
    """MS-DRG for an inpatient note with a code; V28 score where age and sex are known. ``known``: registration.

    Where no grouper is in force on the date, the group is None and a finding of the note says so.
    """
    if not coded.suggestions:
        return Grouped(name, coded)
    encounter = encounter_of(coded, name=name, sex=sex, age=age, known=known)
    drg: DrgResult | None = None
    hcc: HccResult | None = None
    missing: list[Finding] = []
    if coded.setting is Setting.INPATIENT:
        from nosology.grouping.msdrg import assign_drg

        try:
            drg = assign_drg(encounter, dotted=True)
        except ReleaseNotFound as error:
            missing.append(Finding("release.grouper", Severity.WARNING, str(error), where="MS-DRG"))
    if age is not None and sex in {"F", "M"}:
        from nosology.grouping.hcc import score_hcc

        try:
            hcc = score_hcc(encounter, model="V28")
        except ReleaseNotFound as error:
            missing.append(Finding("release.grouper", Severity.WARNING, str(error), where="HCC"))
    return Grouped(name, replace(coded, findings=(*coded.findings, *missing)), drg, hcc)


def group_to_dict(result: DrgResult | HccResult | None) -> dict[str, Any] | None:
    """The result as ``nosology group`` prints it."""
    if result is None:
        return None
    from nosology.model.encounter_json import result_to_dict

    return result_to_dict(result)
