"""Clinical Classifications Software Refined (AHRQ HCUP): ICD-10-CM code → clinical categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress

__all__ = ["BODY_SYSTEMS", "Ccsr", "CcsrCategory", "open_ccsr"]

BODY_SYSTEMS = {
    "BLD": "Diseases of the blood and disorders involving the immune mechanism",
    "CIR": "Diseases of the circulatory system",
    "DEN": "Dental diseases",
    "DIG": "Diseases of the digestive system",
    "EAR": "Diseases of the ear and mastoid process",
    "END": "Endocrine, nutritional and metabolic diseases",
    "EXT": "External causes of morbidity",
    "EYE": "Diseases of the eye and adnexa",
    "FAC": "Factors influencing health status and contact with health services",
    "GEN": "Diseases of the genitourinary system",
    "INF": "Certain infectious and parasitic diseases",
    "INJ": "Injury, poisoning and other consequences of external causes",
    "MAL": "Congenital malformations, deformations and chromosomal abnormalities",
    "MBD": "Mental, behavioral and neurodevelopmental disorders",
    "MUS": "Diseases of the musculoskeletal system and connective tissue",
    "NEO": "Neoplasms",
    "NVS": "Diseases of the nervous system",
    "PNL": "Certain conditions originating in the perinatal period",
    "PRG": "Pregnancy, childbirth and the puerperium",
    "RSP": "Diseases of the respiratory system",
    "SKN": "Diseases of the skin and subcutaneous tissue",
    "SYM": "Symptoms, signs and abnormal clinical and laboratory findings, not elsewhere classified",
    "XXX": "None: not to be reported as a principal or first-listed diagnosis",
}
"""The body system that the first three characters of a category stand for (CCSR user guide)."""


@dataclass(frozen=True, slots=True)
class CcsrCategory:
    """One category of a code.

    ``title`` is "" if the release does not carry titles; ``default`` marks the inpatient default.
    """

    category: str
    title: str
    body_system: str
    default: bool


class Ccsr:
    """The categories of one release."""

    def __init__(self, release: Release) -> None:
        self.release = release

    def categories(self, code: str) -> tuple[CcsrCategory, ...]:
        """The categories of a billable code, in the order of the publication; empty if the code is not in it."""
        rows = self.release.connection.execute(
            "SELECT position, category, title FROM ccsr WHERE code = ? ORDER BY position",
            (code.strip().upper().replace(".", ""),),
        ).fetchall()
        default = next((category for position, category, _ in rows if position == 0), "")
        named = [row for row in rows if row[0] > 0] or rows
        return tuple(
            CcsrCategory(category, title, BODY_SYSTEMS.get(category[:3], ""), category == default)
            for _, category, title in named
        )

    def defaults(self, code: str) -> tuple[str, str]:
        """The default categories of a code: as principal diagnosis of a stay, as first-listed one of a visit.

        "" where the release does not carry them (the one that comes with the package does not) or knows no such code.
        """
        rows = dict(
            self.release.connection.execute(
                "SELECT position, category FROM ccsr WHERE code = ? AND position <= 0",
                (code.strip().upper().replace(".", ""),),
            )
        )
        return rows.get(0, ""), rows.get(-1, "")


def open_ccsr(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Ccsr:
    """CCSR; every release covers all codes since October 2015, so the newest (no date) is usually meant.

    Raises:
        ReleaseNotFound, DamagedRelease, NotPermitted: see :func:`nosology.codes.release.open_release`.
    """
    return Ccsr(open_release("ccsr", on=on, home=home, progress=progress))
