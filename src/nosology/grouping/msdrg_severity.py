"""What each secondary diagnosis counted for: CC, MCC, excluded and why, and the hospital-acquired conditions it meets.

The library says the severity by the tables and whether the principal diagnosis excludes it; the rest of the official
wording (exclusion by the logic of the DRG, by death, after a hospital-acquired condition, none where nothing was
grouped) is added here from the published tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nosology.grouping.msdrg_tables import GrouperTables

__all__ = ["Verdict", "judge_diagnoses"]

_HAC_OUTCOMES = {
    "HAC_CRITERIA_MET": "MET",
    "HAC_CRITERIA_NOT_MET": "NOT_MET",
    "HAC_NOT_APPLICABLE_EXCLUSION": "NA_EXCLUDED",
    "HAC_NOT_APPLICABLE_EXEMPT": "NA_EXEMPT",
    "NOT_ON_HAC_LIST": "NOT_ON_LIST",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Severity before and after hospital-acquired conditions are taken out, and the checks of these conditions."""

    initial: str = "NEITHER"
    final: str = "NEITHER"
    hacs: tuple[tuple[str, str], ...] = ()
    recognized: bool = True


_NEITHER = Verdict()
_UNKNOWN = Verdict(recognized=False)


def judge_diagnoses(
    diagnoses: Sequence[tuple[str, str]],
    secondary: Sequence[int],
    result: dict[str, Any],
    version: int,
    tables: GrouperTables,
) -> list[Verdict]:
    """One verdict for each diagnosis of the claim; ``secondary`` are the positions that the library was told."""
    answers: dict[str, list[dict[str, Any]]] = {}
    for answer in result["sdx_output"]:
        answers.setdefault(answer["code"].strip(), []).append(answer)
    initial_lists = _suppressed(result["initial_drg"], version, tables)
    final_lists = _suppressed(result["final_drg"], version, tables) if result["return_code"] == "OK" else initial_lists
    grouped = result["initial_return_code"] == "OK"
    verdicts = [_NEITHER if tables.diagnosis(code, version) else _UNKNOWN for code, _poa in diagnoses]
    for index in secondary:
        code = diagnoses[index][0].strip()
        known = answers.get(code)
        if not known:
            continue
        answer = known.pop(0) if len(known) > 1 else known[0]
        if answer["severity"] == "NONE" and not answer["hacs"]:
            continue
        found = tables.diagnosis(code, version)
        if found is None or not grouped:
            continue
        hacs = _read_hacs(answer)
        initial = _word(answer, found.attributes, initial_lists)
        final = _word(answer, found.attributes, final_lists)
        if initial in ("CC", "MCC") and any(outcome == "MET" for _number, outcome in hacs):
            final = "NEITHER"
        verdicts[index] = Verdict(initial, final, hacs)
    if diagnoses and any(check == ("11", "MET") for verdict in verdicts for check in verdict.hacs):
        principal = tables.diagnosis(diagnoses[0][0].strip(), version)
        if (
            principal is not None and "hac11_pdx" in principal.hacs
        ):  # HAC 11 is met together with the principal diagnosis
            verdicts[0] = Verdict(hacs=(("11", "NOT_ON_LIST"),))
    return verdicts


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
    return tuple(
        (str(each["hac_number"]), _HAC_OUTCOMES.get(each["hac_status"], each["hac_status"]))
        for each in answer["hacs"]
        if each["hac_list"].startswith("HAC")
    )
