"""The columnar HCC scorer equals the engine for one person, whatever the population."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.errors import ReleaseNotFound, UsageError
from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_columnar import Population, score_population
from nosology.grouping.hcc_tables import MODELS, open_hcc_tables
from nosology.model.encounter import Diagnosis, Encounter, HccProfile

CODES = sorted(
    {*open_hcc_tables("V28").categories, *open_hcc_tables("V24").edits, *open_hcc_tables("RX_V08").categories}
)
HOT = [*open_hcc_tables("V24").edits, "I5022", "E1122", "N186", "Z940", "J449", "C787", "I4510", "I447", "F200", "A419"]
codes = st.one_of(
    st.sampled_from(HOT),
    st.sampled_from(CODES),
    st.sampled_from(["", "E11.22", " i5022 ", "ZZZ", "E1122X Y Z.123", "ı"]),
)
people = st.lists(
    st.tuples(
        st.integers(0, 110),
        st.sampled_from(["F", "M", "f"]),
        st.sampled_from(["NA", "00", "01", "02", "03", "04", "05", "06", "08"]),
        st.sampled_from(["0", "1", "2", "3", "9"]),
        st.sampled_from(["0", "1", "2", "3"]),
        st.tuples(st.booleans(), st.booleans(), st.booleans(), st.booleans()),
        st.sampled_from([None, 0, 1, 2, 3, 4, 9, 10, 30]),
        st.lists(codes, max_size=14),
    ),
    min_size=1,
    max_size=30,
)


def in_columns(rows: Sequence[tuple[Any, ...]]) -> Population:
    age, sex, dual, orec, crec, flags, graft, diagnoses = zip(*rows, strict=True)
    new, snp, institutional, income = zip(*flags, strict=True)
    pairs = [(place, code) for place, found in enumerate(diagnoses) for code in found]
    return Population(
        age=age,
        sex=sex,
        person=[place for place, _code in reversed(pairs)],
        code=np.array([code for _place, code in reversed(pairs)], dtype="U"),
        dual_status=dual,
        orec=orec,
        crec=crec,
        new_enrollee=new,
        snp=snp,
        long_term_institutional=institutional,
        low_income=income,
        graft_months=[-1 if months is None else months for months in graft],
    )


def one_by_one(row: tuple[Any, ...], model: str) -> tuple[Any, ...]:
    age, sex, dual, orec, crec, (new, snp, institutional, income), graft, diagnoses = row
    profile = HccProfile(
        dual_status=dual,
        orec=orec,
        crec=crec,
        new_enrollee=new,
        snp=snp,
        long_term_institutional=institutional,
        low_income=income,
        graft_months=graft,
    )
    encounter = Encounter("x", age=age, sex=sex, diagnoses=tuple(Diagnosis(each) for each in diagnoses), hcc=profile)
    result = score_hcc(encounter, model=model)
    return result.segment, result.hccs, result.score, result.demographic_score


@pytest.mark.parametrize("model", MODELS)
@given(rows=people)
@settings(max_examples=60)
def test_columns_equal_the_engine(model: str, rows: list[tuple[Any, ...]]) -> None:
    found = score_population(in_columns(rows), model=model, block=7)
    assert list(found.rows()) == [one_by_one(row, model) for row in rows]
    assert [found.hccs(place) for place in range(len(found))] == [row[1] for row in found.rows()]
    for name in found.categories[:5]:
        assert found.has(name).tolist() == [name in row[1] for row in found.rows()]


def test_bytes_and_one_value_for_all() -> None:
    found = score_population(
        Population(age=[70, 70], sex=b"F", person=[0, 1, 1], code=np.array([b"I5022", b"I5022", b"E1122"]))
    )
    assert [row[1] for row in found.rows()] == [("226",), ("37", "226")]


def test_nobody_and_nothing() -> None:
    assert len(score_population(Population(age=[], sex="F", person=[], code=np.array([], dtype="U")))) == 0
    assert next(score_population(Population(age=[70], sex="F", person=[], code=[])).rows())[1] == ()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"sex": ["F", "U"]}, "beneficiary 1 of the population: sex"),
        ({"age": [70, -1]}, "beneficiary 1 of the population: age"),
        ({"person": [0, 2]}, "person must be a position from 0 to 1"),
        ({"person": [0]}, "person has 1 values and code has 2"),
        ({"orec": ["0"] * 3}, "orec has 3 values and age has 2"),
        ({"dual_status": 2}, "dual_status must be text"),
        ({"code": [1, 2]}, "code must be text"),
    ],
)
def test_what_does_not_fit(change: dict[str, Any], says: str) -> None:
    fields: dict[str, Any] = {"age": [70, 80], "sex": ["F", "M"], "person": [0, 1], "code": ["I5022", "E1122"]}
    with pytest.raises(UsageError, match=says):
        score_population(Population(**{**fields, **change}))


def test_no_such_model_year_or_category() -> None:
    people = Population(age=[70], sex="F", person=[0], code=["I5022"])
    with pytest.raises(UsageError, match="V99"):
        score_population(people, model="V99")
    with pytest.raises(ReleaseNotFound, match="2019"):
        score_population(people, payment_year=2019)
    with pytest.raises(UsageError, match="999"):
        score_population(people).has("999")
