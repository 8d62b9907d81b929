"""Elixhauser comorbidities, refined: 38 measures from the secondary diagnoses of a stay, and two indices. For research.

Source: AHRQ HCUP, Elixhauser Comorbidity Software Refined for ICD-10-CM, v2025.1: mapping and index programs.
"""

from __future__ import annotations

from dataclasses import dataclass

from nosology.codes.elixhauser import ElixhauserLists
from nosology.model.encounter import Encounter

__all__ = ["MEASURES", "Comorbidities", "find_comorbidities"]

# measure: needs POA, weight of readmission, weight of death in hospital
_TABLE = """
AIDS - 5 -4          ALCOHOL - 3 -1       ANEMDEF P 5 -3       AUTOIMMUNE - 2 0     BLDLOSS P 2 -4
CANCER_LEUK - 10 9   CANCER_LYMPH - 7 5   CANCER_METS - 11 22  CANCER_NSITU - 0 0   CANCER_SOLID - 7 10
CBVD P 0 5           HF P 7 14            COAG P 3 14          DEMENTIA - 1 5       DEPRESS - 2 -8
DIAB_CX - 4 -2       DIAB_UNCX - 0 0      DRUG_ABUSE - 6 -7    HTN_CX - 0 1         HTN_UNCX - 0 0
LIVER_MLD P 3 2      LIVER_SEV P 10 16    LUNG_CHRONIC - 4 2   NEURO_MOVT P 1 -1    NEURO_OTH P 2 22
NEURO_SEIZ P 5 2     OBESE - -2 -7        PARALYSIS P 3 4      PERIVASC - 1 3       PSYCHOSES P 6 -9
PULMCIRC P 3 4       RENLFL_MOD P 4 3     RENLFL_SEV P 8 7     THYROID_HYPO - 0 -3  THYROID_OTH - 0 -8
ULCER_PEPTIC P 2 0   VALVE P 0 0          WGHTLOSS P 6 13
"""
_WORDS = _TABLE.split()
_ROWS = [_WORDS[at : at + 4] for at in range(0, len(_WORDS), 4)]

MEASURES: dict[str, tuple[bool, int, int]] = {
    name: (poa == "P", int(readmission), int(death)) for name, poa, readmission, death in _ROWS
}
"""Measure → whether it counts only if present on admission, its weights for readmission and for death in hospital."""

_SEVERAL = {
    "DRUG_ABUSEPSYCHOSES": ("DRUG_ABUSE", "PSYCHOSES"),
    "HFHTN_CX": ("HTN_CX", "HF"),
    "HTN_CXRENLFL_SEV": ("HTN_CX", "RENLFL_SEV"),
    "HFHTN_CXRENLFL_SEV": ("HTN_CX", "HF", "RENLFL_SEV"),
    "ALCOHOLLIVER_MLD": ("ALCOHOL", "LIVER_MLD"),
    "VALVE_AUTOIMMUNE": ("AUTOIMMUNE", "VALVE"),
    "CBVD_SQLAPARALYSIS": ("PARALYSIS", "CBVD_SQLA"),
    "LIVER_MLD_NEURO": ("LIVER_MLD", "NEURO_OTH"),
    "NEURO_OTH_SEIZ": ("NEURO_OTH", "NEURO_SEIZ"),
}
"""Values of the code list that stand for several measures."""

_OVER = (
    ("DIAB_CX", ("DIAB_UNCX",)),
    ("HTN_CX", ("HTN_UNCX",)),
    ("CANCER_METS", ("CANCER_SOLID", "CANCER_NSITU")),
    ("CANCER_SOLID", ("CANCER_NSITU",)),
    ("LIVER_SEV", ("LIVER_MLD",)),
    ("RENLFL_SEV", ("RENLFL_MOD",)),
)
"""The more severe measure, and those that it takes the place of, in order."""


@dataclass(frozen=True, slots=True)
class Comorbidities:
    """The measures of a stay: True, False, or None for one that needs POA where none is known; and both indices.

    The indices sum what is known, as the program of AHRQ does.
    """

    id: str
    measures: dict[str, bool | None]
    readmission: int
    mortality: int

    @property
    def present(self) -> tuple[str, ...]:
        """The measures that are present."""
        return tuple(name for name, value in self.measures.items() if value)


def find_comorbidities(encounter: Encounter, lists: ElixhauserLists, *, poa: bool = True) -> Comorbidities:
    """Return the comorbidities of the secondary diagnoses; the principal one is never a comorbidity.

    ``poa=False`` says that the file has no present-on-admission indicators: measures that need them are None.
    """
    found: set[str] = set()
    late_stroke = False
    exempt = lists.exempt(encounter.discharged) if poa else frozenset()
    for each in encounter.diagnoses[1:]:
        code = each.code.strip().upper().replace(".", "")
        value = lists.measures.get(code)
        if value is None:
            continue
        present = poa and (code in exempt or each.poa in ("Y", "W"))
        for name in _SEVERAL.get(value, (value,)):
            if present or not _needs_poa(name):
                found.add(name)
        if value == "CBVD_POA" and poa and code not in exempt and each.poa in ("N", "U"):
            late_stroke = True
    for higher, lower in _OVER:
        if higher in found:
            found.difference_update(lower)
    if "CBVD_POA" in found or ("CBVD_SQLA" in found and not late_stroke):
        found.add("CBVD")
    measures = {
        name: (name in found) if poa or not needs else None for name, (needs, _readmission, _death) in MEASURES.items()
    }
    return Comorbidities(
        encounter.id,
        measures,
        sum(MEASURES[name][1] for name, value in measures.items() if value),
        sum(MEASURES[name][2] for name, value in measures.items() if value),
    )


def _needs_poa(name: str) -> bool:
    return name.startswith("CBVD") or MEASURES[name][0]
