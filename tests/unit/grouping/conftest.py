"""Short ways to write an encounter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from nosology.model.encounter import Diagnosis, Encounter, Procedure

Make = Callable[..., Encounter]


@pytest.fixture
def inpatient() -> Make:
    """``inpatient("I5023 J9601/N", "5A1955Z", age=70)``: codes with POA after a slash (Y if none), then procedures."""

    def make(diagnoses: str, procedures: str = "", **fields: Any) -> Encounter:
        pairs = [(each.partition("/")) for each in diagnoses.split()]
        given: dict[str, Any] = {"id": "T1", "age": 60, "sex": "M", "discharged": date(2026, 5, 4), **fields}
        return Encounter(
            diagnoses=tuple(Diagnosis(code, poa if slash else "Y") for code, slash, poa in pairs),
            procedures=tuple(Procedure(code) for code in procedures.split()),
            **given,
        )

    return make
