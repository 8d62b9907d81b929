"""The Table of Drugs and Chemicals of ICD-10-CM: substance → six codes by intent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.code_table import CodeTable, open_code_table

__all__ = ["DrugRow", "open_drug_table"]


@dataclass(frozen=True, slots=True)
class DrugRow:
    """One substance with its codes (without 7th character), "" for a dash."""

    path: tuple[str, ...]
    nonessential: tuple[str, ...]
    poisoning_accidental: str
    poisoning_self_harm: str
    poisoning_assault: str
    poisoning_undetermined: str
    adverse_effect: str
    underdosing: str
    see: str = ""
    see_also: str = ""


def open_drug_table(*, on: date | None = None, home: Path | None = None) -> CodeTable[DrugRow] | None:
    """The Table of Drugs and Chemicals in force on a date of service, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    return open_code_table("icd10cm-drugs", DrugRow, on=on, home=home)
