"""Encounter JSON: the shape of DESIGN section 6, and one clear line for everything that is not."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.grouping.hcc import score_hcc
from nosology.grouping.msdrg import assign_drg
from nosology.model.encounter import Encounter, Setting
from nosology.model.encounter_json import drg_to_json, hcc_to_json, read_encounter, result_to_dict

FULL: dict[str, Any] = {
    "id": "E1",
    "setting": "inpatient",
    "age": 70,
    "sex": "F",
    "birth_date": "1956-01-02",
    "admitted": "2026-05-01",
    "discharged": "2026-05-04",
    "discharge_status": "01",
    "admitting_diagnosis": "R0602",
    "length_of_stay": 3,
    "poa_reporting": "non_exempt",
    "diagnoses": [{"code": "I5023", "poa": "Y"}, {"code": "E1165"}],
    "procedures": [{"code": "5A1955Z", "date": "2026-05-02"}],
    "lines": [
        {"code": "99223", "modifiers": ["25"], "units": 1, "charge": "310.50", "date": "2026-05-01",
         "place_of_service": "21", "ndc": "", "diagnosis_pointers": [1, 2]}
    ],
    "hcc": {"payment_year": 2026, "as_of": "2026-02-01", "dual_status": "02", "orec": "0", "crec": "0",
            "new_enrollee": False, "snp": True, "long_term_institutional": False, "low_income": True,
            "graft_months": None},
    "something": "else",
}  # fmt: skip


def test_every_field() -> None:
    encounter = read_encounter(FULL)
    assert encounter.setting is Setting.INPATIENT
    assert encounter.birth_date == date(1956, 1, 2)
    assert [(each.code, each.poa) for each in encounter.diagnoses] == [("I5023", "Y"), ("E1165", "")]
    assert encounter.procedures[0].date == date(2026, 5, 2)
    assert encounter.lines[0].charge == Decimal("310.50")
    assert encounter.lines[0].diagnosis_pointers == (1, 2)
    assert encounter.hcc is not None
    assert (encounter.hcc.snp, encounter.hcc.graft_months) == (True, None)


def test_defaults() -> None:
    assert read_encounter({}) == Encounter("")
    assert read_encounter({"id": 7, "diagnoses": ["I5023"], "age": None}).id == "7"


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        ([], UnreadableInput, "must be a JSON object"),
        ({"age": "70"}, UnreadableInput, "age: must be a whole number, not text"),
        ({"age": True}, UnreadableInput, "age: must be a whole number"),
        ({"sex": 1}, UnreadableInput, "sex: must be text"),
        ({"discharged": "4 May"}, UnreadableInput, "discharged: '4 May' is not a date"),
        ({"setting": "hotel"}, UsageError, "setting: 'hotel' is none of"),
        ({"poa_reporting": "maybe"}, UsageError, "poa_reporting: 'maybe' is none of"),
        ({"diagnoses": "I5023"}, UnreadableInput, "diagnoses: must be a list"),
        ({"diagnoses": [{"code": "I5023"}, 5]}, UnreadableInput, r"diagnoses\[1\]: must be an object"),
        ({"diagnoses": [{"code": 5}]}, UnreadableInput, r"diagnoses\[0\].code: must be text"),
        ({"procedures": [{"date": "x"}]}, UnreadableInput, r"procedures\[0\].date: 'x' is not a date"),
        ({"lines": [{"charge": "much"}]}, UnreadableInput, r"lines\[0\].charge: must be a number"),
        ({"lines": [{"charge": "NaN"}]}, UnreadableInput, r"lines\[0\].charge: must be a finite number"),
        ({"lines": [{"modifiers": [1]}]}, UnreadableInput, r"lines\[0\].modifiers\[0\]: must be text"),
        (
            {"lines": [{"diagnosis_pointers": ["A"]}]},
            UnreadableInput,
            r"diagnosis_pointers\[0\]: must be a whole number",
        ),
        ({"hcc": 3}, UnreadableInput, "hcc: must be an object"),
        ({"hcc": {"snp": "yes"}}, UnreadableInput, "hcc.snp: must be true or false"),
    ],
)
def test_one_clear_line(data: Any, error: type[NosologyError], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        read_encounter(data)
    assert "\n" not in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FULL, "code", "poa"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_JSON)
def test_arbitrary_json_is_read_or_refused(data: Any) -> None:
    try:
        read_encounter(data)
    except NosologyError as error:
        assert "\n" not in str(error)  # noqa: PT017


@given(
    st.lists(st.tuples(st.text(max_size=10), st.text(max_size=2)), max_size=6),
    st.lists(st.text(max_size=9), max_size=4),
    st.text(max_size=4),
    st.integers(-5, 2000),
)
def test_whatever_a_claim_says_is_grouped(
    diagnoses: list[tuple[str, str]], procedures: list[str], status: str, age: int
) -> None:
    """The content of a claim is judged, never refused."""
    encounter = read_encounter(
        {
            "age": age,
            "discharged": "2026-05-04",
            "discharge_status": status,
            "admitting_diagnosis": status,
            "diagnoses": [{"code": code, "poa": poa} for code, poa in diagnoses],
            "procedures": [{"code": code} for code in procedures],
        }
    )
    result = drg_to_json(assign_drg(encounter))
    assert [each["code"] for each in result["diagnoses"]] == [code for code, _poa in diagnoses]
    assert json.loads(json.dumps(result)) == result


def test_drg_result_has_the_promised_fields() -> None:
    result = drg_to_json(assign_drg(read_encounter(FULL)))
    promised = (
        "id drg title mdc type initial_drg initial_mdc return_code weight diagnoses edits version steps".split()  # noqa: SIM905
    )
    assert list(result)[: len(promised)] == promised
    assert set(result["diagnoses"][0]) >= {"code", "severity", "excluded", "hac"}
    assert set(result["edits"][0]) == {"edit", "code"}
    assert result["drg"] == "293"


def test_hcc_result_has_the_promised_fields() -> None:
    scored = score_hcc(read_encounter(FULL))
    result = hcc_to_json(scored)
    assert list(result) == "id model segment hccs score demographic_score coefficients steps".split()  # noqa: SIM905
    assert result == result_to_dict(scored)
    assert hcc_to_json(scored, steps=False)["steps"] == []
