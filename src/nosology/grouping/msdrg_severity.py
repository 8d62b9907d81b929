"""What each secondary diagnosis counted for: CC, MCC, excluded and why, and the hospital-acquired conditions it meets.

The library says the severity by the tables and whether the principal diagnosis excludes it; the rest of the official
wording (exclusion by the logic of the DRG, by death, after a hospital-acquired condition, none where nothing was
grouped) is added here from the published tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from nosology.grouping.msdrg_tables import GrouperTables
from nosology.model.encounter import Diagnosis
from nosology.model.grouping import DrgDiagnosis

__all__ = ["judge_diagnoses", "make_diagnosis"]

_HAC_OUTCOMES: dict[str, str] = {
    "HAC_CRITERIA_MET": "MET",
    "HAC_CRITERIA_NOT_MET": "NOT_MET",
    "HAC_NOT_APPLICABLE_EXCLUSION": "NA_EXCLUDED",
    "HAC_NOT_APPLICABLE_EXEMPT": "NA_EXEMPT",
    "NOT_ON_HAC_LIST": "NOT_ON_LIST",
}


def judge_diagnoses(
    given: Sequence[Diagnosis],
    codes: Sequence[str],
    secondary: Sequence[int],
    result: dict[str, Any],
    version: int,
    tables: GrouperTables,
) -> tuple[DrgDiagnosis, ...]:
    """One entry for each diagnosis of the encounter, in its order (the library sorts its own by severity and code).

    ``codes`` are the codes as the library got them, ``secondary`` the positions that it was told.
    """
    answers: dict[str, list[dict[str, Any]]] = {}
    for answer in result["sdx_output"]:
        answers.setdefault(answer["code"].strip(), []).append(answer)
    initial_lists = _suppressed(result["initial_drg"], version, tables)
    final_lists = _suppressed(result["final_drg"], version, tables) if result["return_code"] == "OK" else initial_lists
    judged = [
        make_diagnosis(each.code, recognized=tables.diagnosis(code, version) is not None)
        for each, code in zip(given, codes, strict=True)
    ]
    if result["initial_return_code"] != "OK":
        return tuple(judged)
    surgical_site = False
    for index in secondary:
        code = codes[index].strip()
        known = answers.get(code)
        if not known:
            continue
        answer = known.pop(0) if len(known) > 1 else known[0]
        if answer["severity"] == "NONE" and not answer["hacs"]:
            continue
        found = tables.diagnosis(code, version)
        if found is None:
            continue
        hacs = _read_hacs(answer) if answer["hacs"] else ()
        initial = _word(answer, found.attributes, initial_lists)
        final = initial if final_lists is initial_lists else _word(answer, found.attributes, final_lists)
        if hacs:
            surgical_site = surgical_site or ("11", "MET") in hacs
            if initial in ("CC", "MCC") and any(outcome == "MET" for _number, outcome in hacs):
                final = "NEITHER"
        judged[index] = make_diagnosis(given[index].code, initial, final, hacs)
    if surgical_site:  # HAC 11 is met together with the principal diagnosis, which is then shown as "not on the list"
        principal = tables.diagnosis(codes[0].strip(), version)
        if principal is not None and "hac11_pdx" in principal.hacs:
            judged[0] = make_diagnosis(given[0].code, hacs=(("11", "NOT_ON_LIST"),))
    return tuple(judged)


@lru_cache(maxsize=65536)
def make_diagnosis(
    code: str,
    initial: str = "NEITHER",
    final: str = "NEITHER",
    hacs: tuple[tuple[str, str], ...] = (),
    recognized: bool = True,
) -> DrgDiagnosis:
    """A diagnosis after grouping; equal ones are made once and shared."""
    return DrgDiagnosis(
        code,
        final,
        excluded="_EXCLUDED" in final,
        hac=tuple(number for number, outcome in hacs if outcome == "MET"),
        initial_severity=initial,
        hac_checks=hacs,
        recognized=recognized,
    )


def _suppressed(drg: int | None, version: int, tables: GrouperTables) -> frozenset[str]:
    return tables.suppressed_lists(drg, version) if drg is not None else frozenset()


def _word(answer: dict[str, Any], attributes: frozenset[str], suppressed: frozenset[str]) -> str:
    severity: str = answer["severity"]
    if severity == "NONE":
        return "NEITHER"
    if "EXCLUDED" in answer["flags"]:
        return f"{severity}_EXCLUDED"
    if "DEATH_EXCLUSION" in answer["flags"]:
        return "NEITHER"
    if attributes & suppressed:
        return f"{severity}_EXCLUDED_BY_DRG_LOGIC"
    return severity


def _read_hacs(answer: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """The checks of the numbered lists only: the library also answers for the helper lists of HAC 06 and HAC 11."""
    checks: list[tuple[str, str]] = []
    for each in answer["hacs"]:
        if each["hac_list"].startswith("HAC"):
            outcome: str = each["hac_status"]
            checks.append((str(each["hac_number"]), _HAC_OUTCOMES.get(outcome, outcome)))
    return tuple(checks)
