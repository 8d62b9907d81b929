"""How an MS-DRG came about, in the words of a coder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from nosology.grouping.mce import EDITS, Edits
from nosology.grouping.msdrg_hierarchy import explain_hierarchy
from nosology.grouping.msdrg_tables import GrouperTables
from nosology.grouping.msdrg_versions import GrouperVersion
from nosology.model.grouping import DrgDiagnosis, DrgProcedure
from nosology.model.trace import Step

__all__ = ["explain_drg"]

_NOT_TOLD = "and it is not known if the hospital reports POA"
_RETURN_CODES = {
    "DX_CANNOT_BE_PDX": "the code cannot be principal diagnosis",
    "INVALID_PDX": "the principal diagnosis is not a valid code",
    "INVALID_SEX": "the sex is needed to choose the MDC and is not known",
    "INVALID_DISCHARGE_STATUS": "the discharge status is needed for the DRG and is not valid",
    "INVALID_AGE": "the age is needed for the DRG and is not valid",
    "HAC_MISSING_ONE_POA": "a hospital-acquired condition counts, and a code that is checked has no recognized POA",
    "HAC_STATUS_INVALID_POA_N_OR_U": f"a condition was not present on admission, {_NOT_TOLD}",
    "HAC_STATUS_INVALID_POA_INVALID_OR_1": f"a condition has no valid POA, {_NOT_TOLD}",
    "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W": f"conditions count as hospital-acquired, {_NOT_TOLD}",
}
_EXCLUDED = {
    "_EXCLUDED": "excluded by the principal diagnosis",
    "_EXCLUDED_BY_DRG_LOGIC": "already part of the logic of the DRG",
}
_CHECKS = {
    "MET": "counts as hospital-acquired, so not as CC or MCC",
    "NA_EXCLUDED": "not applied: the diagnosis is excluded as CC or MCC",
    "NA_EXEMPT": "not applied: the hospital is exempt from POA reporting",
}


def explain_drg(
    *,
    version: GrouperVersion,
    tables: GrouperTables,
    principal: str,
    diagnoses: Sequence[DrgDiagnosis],
    procedures: Sequence[DrgProcedure],
    initial: tuple[int, int, str],
    final: tuple[int, int, str],
    hac_status: str,
    edits: Edits,
    deciding: tuple[str, ...] = (),
) -> tuple[Step, ...]:
    """The steps to the DRG; ``initial`` and ``final`` are DRG, MDC and return code before and after HACs.

    ``deciding`` are the procedures that the grouper used for the initial DRG.
    """
    number = version.number
    manual = f"MS-DRG Definitions Manual v{version.name}"
    drg, mdc, code = initial
    steps = [
        _explain_version(version),
        _explain_mdc(tables, number, principal, drg, mdc, code, manual),
    ]
    if code == "OK":
        steps.append(_explain_type(tables, number, drg, procedures, deciding, manual))
        rooms = tuple(each.code for each in procedures if each.operating_room)
        if len(rooms) > 1 and (told := explain_hierarchy(tables, number, drg, principal, deciding, rooms)):
            steps.append(Step("surgical hierarchy", told, f"{manual}, Appendix D", rooms))
        steps += _explain_severity(tables, number, principal, diagnoses, manual)
        formula = tables.formula_of(drg, number)
        logic = f" by {formula}" if formula else ""
        steps.append(Step("drg", f"{drg:03} {tables.title('drg', drg, number)}{logic}".rstrip(), manual, (principal,)))
    steps += _explain_hacs(tables, number, diagnoses, f"{manual}, Appendix I")
    if final[:2] != initial[:2] or final[2] != code:
        why = _RETURN_CODES.get(final[2], "the conditions above no longer count as CC or MCC")
        title = tables.title("drg", final[0], number)
        steps.append(Step("final drg", f"{final[0]:03} {title}: {why}".replace(" : ", ": "), f"{manual}, Appendix I"))
    elif hac_status == "FINAL_DRG_NO_CHANGE":
        steps.append(Step("final drg", f"{drg:03}: unchanged without the conditions above", f"{manual}, Appendix I"))
    places = {"dx": [each.code for each in diagnoses], "px": [each.code for each in procedures]}
    for edit, where in edits.fired:
        on = f"{places[where[0]][where[1]]}: " if where is not None and where[0] in places else ""
        steps.append(Step("edit", f"{edit}: {on}{EDITS[edit]}", f"Definitions of Medicare Code Edits v{version.name}"))
    return tuple(steps)


@cache
def _explain_version(version: GrouperVersion) -> Step:
    result = f"MS-DRG v{version.name}, in force from {version.first_day} to {version.last_day}"
    return Step("version", result, f"MS-DRG Definitions Manual v{version.name}")


@lru_cache(maxsize=8192)
def _explain_mdc(
    tables: GrouperTables, version: int, principal: str, drg: int, mdc: int, code: str, source: str
) -> Step:
    if code != "OK":
        result = f"{principal or 'no principal diagnosis'}: {_RETURN_CODES.get(code, code)} ({code}), DRG {drg:03}"
        return Step("principal diagnosis", result, source, (principal,))
    own = tables.diagnosis(principal, version)
    title = tables.title("mdc", mdc, version)
    if tables.is_pre_mdc(drg, version):
        return Step(
            "pre-MDC", f"DRG {drg:03} is decided before the MDC ({mdc:02} {title}) is looked at", source, (principal,)
        )
    if own is not None and own.mdc and own.mdc != mdc:
        result = f"{principal} would lead to MDC {own.mdc:02}; the claim as a whole leads to MDC {mdc:02} {title}"
        return Step("mdc", result, source, (principal,))
    return Step("mdc", f"{principal} leads to MDC {mdc:02} {title}", source, (principal,))


def _explain_type(
    tables: GrouperTables,
    version: int,
    drg: int,
    procedures: Sequence[DrgProcedure],
    deciding: tuple[str, ...],
    source: str,
) -> Step:
    rooms = tuple(each.code for each in procedures if each.operating_room)
    kind = tables.drg_type(drg, version)
    if kind == "SURGICAL" and not rooms:
        by = f"by {', '.join(deciding) or 'a procedure'}, outside the operating room"
        return Step("partition", f"surgical: {by}", source, deciding)
    if kind == "SURGICAL":
        return Step("partition", f"surgical: {', '.join(rooms)}", source, rooms)
    if kind == "MEDICAL":
        why = f"no operating-room procedure that groups in this MDC ({', '.join(rooms)})" if rooms else ""
        return Step("partition", f"medical: {why or 'no operating-room procedure'}", source, rooms)
    return Step("partition", f"none: DRG {drg:03} is ungroupable", source)


def _explain_severity(
    tables: GrouperTables, version: int, principal: str, diagnoses: Sequence[DrgDiagnosis], source: str
) -> list[Step]:
    steps = []
    counted = [each for each in diagnoses if each.initial_severity in ("CC", "MCC")]
    for severity in ("MCC", "CC"):
        codes = tuple(each.code for each in counted if each.initial_severity == severity)
        if codes:
            steps.append(Step("severity", f"{severity}: {', '.join(codes)}", f"{source}, Appendix G", codes))
    if not counted:
        steps.append(Step("severity", "no secondary diagnosis counts as CC or MCC", f"{source}, Appendix G"))
    for each in diagnoses:
        severity, _, why = each.initial_severity.partition("_")
        if why:
            result = f"{each.code} is {severity} and does not count: {_EXCLUDED['_' + why]}"
            read: tuple[str, ...] = (each.code,)
            if why == "EXCLUDED" and tables.excludes(principal, each.code.strip().upper(), version):
                result += f" {principal}, which stands in its PDX collection"
                read = (each.code, principal)
            steps.append(Step("exclusion", result, f"{source}, Appendix C", read))
    return steps


def _explain_hacs(tables: GrouperTables, version: int, diagnoses: Sequence[DrgDiagnosis], source: str) -> list[Step]:
    steps = []
    for each in diagnoses:
        for number, outcome in dict.fromkeys(each.hac_checks):
            if outcome in _CHECKS:
                name = f"HAC {int(number):02} {tables.title('hac', int(number), version)}" if number != "0" else "HAC"
                result = f"{each.code}: {name}: {_CHECKS[outcome]}"
                steps.append(Step("hospital-acquired condition", result, source, (each.code,)))
    return steps
