"""From the suggested codes of one note to what they would group to, if a coder accepted them all."""

from __future__ import annotations

from typing import Any

from nosology.model.coding import CodedNote
from nosology.model.encounter import Diagnosis, Encounter, Procedure, Setting
from nosology.model.grouping import DrgResult, HccResult

__all__ = ["encounter_of", "group_coded", "group_to_dict"]


def encounter_of(coded: CodedNote, *, name: str, sex: str | None, age: int | None) -> Encounter:
    """The encounter that the suggestions would make, in their order; ``on`` stands as the date of discharge."""
    diagnoses = tuple(
        Diagnosis(suggestion.code, suggestion.poa or "")
        for suggestion in coded.suggestions
        if suggestion.system == "icd10cm"
    )
    procedures = tuple(
        Procedure(suggestion.code, coded.on) for suggestion in coded.suggestions if suggestion.system == "icd10pcs"
    )
    return Encounter(
        id=name,
        setting=coded.setting,
        age=age,
        sex=sex or "U",
        admitted=coded.on,
        discharged=coded.on,
        diagnoses=diagnoses,
        procedures=procedures,
    )


def group_coded(
    coded: CodedNote, *, name: str, sex: str | None, age: int | None
) -> tuple[DrgResult | None, HccResult | None]:
    """MS-DRG for an inpatient note with a code; V28 score where age and sex are known; None where it does not apply."""
    if not coded.suggestions:
        return None, None
    encounter = encounter_of(coded, name=name, sex=sex, age=age)
    drg: DrgResult | None = None
    hcc: HccResult | None = None
    if coded.setting is Setting.INPATIENT:
        from nosology.grouping.msdrg import assign_drg

        drg = assign_drg(encounter)
    if age is not None and sex in {"F", "M"}:
        from nosology.grouping.hcc import score_hcc

        hcc = score_hcc(encounter, model="V28")
    return drg, hcc


def group_to_dict(result: Any) -> dict[str, Any] | None:
    """The result as ``nosology group`` prints it."""
    if result is None:
        return None
    from nosology.model import encounter_json

    return encounter_json.result_to_dict(result)
