"""The Table of Neoplasms of ICD-10-CM: site → six codes by behavior."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.code_table import CodeTable, open_code_table

__all__ = ["NeoplasmRow", "open_neoplasm_table"]


@dataclass(frozen=True, slots=True)
class NeoplasmRow:
    """One site (``path`` begins with "Neoplasm, neoplastic"), with a code or subcategory by behavior, "" for a dash."""

    path: tuple[str, ...]
    nonessential: tuple[str, ...]
    malignant_primary: str
    malignant_secondary: str
    in_situ: str
    benign: str
    uncertain: str
    unspecified: str
    see: str = ""
    see_also: str = ""


def open_neoplasm_table(*, on: date | None = None, home: Path | None = None) -> CodeTable[NeoplasmRow] | None:
    """The Table of Neoplasms in force on a date of service, or None if none is installed (for that date).

    Raises:
        DamagedRelease: an installed file is damaged; the message says how to install it again.
    """
    return open_code_table("icd10cm-neoplasm", NeoplasmRow, on=on, home=home)
