"""Groups of categories and their interactions, model by model.

An interaction counts when each of its conditions holds. A condition is the name of a group, a single category
("HCC85"), or a trait of the beneficiary: DISABLED (under 65 and entitled by disability), NONAGED (under 65).

Source: CMS model software, macros V24T1P, V28T1P, E24T1P and the RxHCC V08 macro (interaction variables).
"""

from __future__ import annotations

from collections.abc import Collection

__all__ = ["GROUPS", "INTERACTIONS", "find_interactions"]


def _group(text: str) -> frozenset[str]:
    return frozenset(text.split())


_V24_GROUPS = {
    "CANCER": _group("8 9 10 11 12"),
    "DIABETES": _group("17 18 19"),
    "CARD_RESP_FAIL": _group("82 83 84"),
    "CHF": _group("85"),
    "gCopdCF": _group("110 111 112"),
    "RENAL": _group("134 135 136 137 138"),
    "SEPSIS": _group("2"),
    "gSubUse": _group("54 55 56"),
    "gPsych": _group("57 58 59 60"),
    "PRESSURE_ULCER": _group("157 158 159"),
}

GROUPS: dict[str, dict[str, frozenset[str]]] = {
    "V24": _V24_GROUPS,
    "ESRD_V24": _V24_GROUPS,
    "V28": {
        "CANCER": _group("17 18 19 20 21 22 23"),
        "DIABETES": _group("35 36 37 38"),
        "CARD_RESP_FAIL": _group("211 212 213"),
        "HF": _group("221 222 223 224 225 226"),
        "CHR_LUNG": _group("276 277 278 279 280"),
        "KIDNEY": _group("326 327 328 329"),
        "gSubUse": _group("135 136 137 138 139"),
        "gPsych": _group("151 152 153 154 155"),
        "NEURO": _group("180 181 182 190 191 192 195 196 198 199"),
        "ULCER": _group("379 380 381 382"),
    },
    "RX_V08": {},
}
"""Groups of categories by model; a group is present if one of its categories is."""

_SHARED_V24 = """
    HCC47_gCancer               HCC47 CANCER
    DIABETES_CHF                DIABETES CHF
    CHF_gCopdCF                 CHF gCopdCF
    HCC85_gRenal_V24            CHF RENAL
    gCopdCF_CARD_RESP_FAIL      gCopdCF CARD_RESP_FAIL
    HCC85_HCC96                 HCC85 HCC96
    SEPSIS_ARTIF_OPENINGS       SEPSIS HCC188
    gCopdCF_ASP_SPEC_B_PNEUM    gCopdCF HCC114
    SEPSIS_ASP_SPEC_BACT_PNEUM  SEPSIS HCC114
    SCHIZOPHRENIA_gCopdCF       HCC57 gCopdCF
    SCHIZOPHRENIA_CHF           HCC57 CHF
    SCHIZOPHRENIA_SEIZURES      HCC57 HCC79
"""


def _read(text: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [line.split() for line in text.splitlines() if line.strip()]
    return tuple((name, tuple(conditions)) for name, *conditions in rows)


INTERACTIONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "V24": _read(
        _SHARED_V24
        + """
        gSubstanceUseDisorder_gPsych  gSubUse gPsych
        SEPSIS_PRESSURE_ULCER         SEPSIS PRESSURE_ULCER
        ART_OPENINGS_PRESS_ULCER      HCC188 PRESSURE_ULCER
        ASP_SPEC_B_PNEUM_PRES_ULC     HCC114 PRESSURE_ULCER
        DISABLED_HCC85                DISABLED HCC85
        DISABLED_PRESSURE_ULCER       DISABLED PRESSURE_ULCER
        DISABLED_HCC161               DISABLED HCC161
        DISABLED_HCC39                DISABLED HCC39
        DISABLED_HCC77                DISABLED HCC77
        DISABLED_HCC6                 DISABLED HCC6
        """
    ),
    "ESRD_V24": _read(
        _SHARED_V24
        + """
        gSubUseDs_gPsych_V24            gSubUse gPsych
        NONAGED_gSubUseDs_gPsych        NONAGED gSubUse gPsych
        NONAGED_HCC6                    NONAGED HCC6
        NONAGED_HCC34                   NONAGED HCC34
        NONAGED_HCC46                   NONAGED HCC46
        NONAGED_HCC110                  NONAGED HCC110
        NONAGED_HCC176                  NONAGED HCC176
        SEPSIS_PRESSURE_ULCER_V24       SEPSIS PRESSURE_ULCER
        ART_OPENINGS_PRESS_ULCER_V24    HCC188 PRESSURE_ULCER
        ASP_SPEC_B_PNEUM_PRES_ULC_V24   HCC114 PRESSURE_ULCER
        NONAGED_HCC85                   NONAGED HCC85
        NONAGED_PRESSURE_ULCER_V24      NONAGED PRESSURE_ULCER
        NONAGED_HCC161                  NONAGED HCC161
        NONAGED_HCC39                   NONAGED HCC39
        NONAGED_HCC77                   NONAGED HCC77
        """
    ),
    "V28": _read(
        """
        DIABETES_HF_V28               DIABETES HF
        HF_CHR_LUNG_V28               HF CHR_LUNG
        HF_KIDNEY_V28                 HF KIDNEY
        CHR_LUNG_CARD_RESP_FAIL_V28   CHR_LUNG CARD_RESP_FAIL
        HF_HCC238_V28                 HF HCC238
        gSubUseDisorder_gPsych_V28    gSubUse gPsych
        DISABLED_CANCER_V28           DISABLED CANCER
        DISABLED_NEURO_V28            DISABLED NEURO
        DISABLED_HF_V28               DISABLED HF
        DISABLED_CHR_LUNG_V28         DISABLED CHR_LUNG
        DISABLED_ULCER_V28            DISABLED ULCER
        """
    ),
    "RX_V08": _read(
        """
        NonAged_RXHCC1     NONAGED HCC1
        NonAged_RXHCC130   NONAGED HCC130
        NonAged_RXHCC131   NONAGED HCC131
        NonAged_RXHCC132   NONAGED HCC132
        NonAged_RXHCC133   NONAGED HCC133
        NonAged_RXHCC159   NONAGED HCC159
        NonAged_RXHCC163   NONAGED HCC163
        """
    ),
}
"""Interactions by model: name of the coefficient and conditions."""


def find_interactions(model: str, categories: Collection[str], *, disabled: bool, aged: bool) -> list[str]:
    """The names of the interactions that hold for the categories left after hierarchies, in the order of the model."""
    present = {f"HCC{category}" for category in categories}
    present.update(name for name, members in GROUPS[model].items() if not members.isdisjoint(categories))
    if disabled:
        present.add("DISABLED")
    if not aged:
        present.add("NONAGED")
    return [name for name, conditions in INTERACTIONS[model] if present.issuperset(conditions)]
