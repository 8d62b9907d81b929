"""Whatever a calibration says: no code without evidence, none that the engine did not read, the same answer twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import nosology.pipeline
from nosology.coding.calibrate import learn_record
from nosology.coding.calibration import Calibration, Change, Record, load_calibration
from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, RISING
from nosology.coding.logistic import Logistic
from nosology.model.coding import CodedNote
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)
TEXTS = (
    "HPI: anxiety, cough and fever.\nPMH: gout, asthma.\nASSESSMENT:\n1. Hypertension with CKD stage 3, continue "
    "lisinopril.\n2. OA both knees, diclofenac.\n3. Type 2 diabetes with neuropathy, on insulin.\n4. Maybe pneumonia.",
    "DISCHARGE DIAGNOSES:\n1. Sepsis due to E. coli UTI\n2. Acute kidney injury\n3. Alzheimer's dementia\nHOSPITAL "
    "COURSE: hypokalemia was repleted. Her hypothyroidism after thyroidectomy was stable. Denies chest pain.",
)
SETTINGS = ("outpatient", "inpatient")
TAKEN = ["I10", "I12.9", "N18.30", "M17.0", "M17.9", "E11.40", "E11.42", "A41.51", "A41.9", "G30.9", "F02.80", "E03.9"]
KNOWN = st.sampled_from([*TAKEN, "C50.919", "I21.4", "Z99.2", "XXX"])
weights = st.floats(-5, 5)
shares = st.floats(0, 1)
common = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def logistics(draw: Any, features: tuple[str, ...]) -> Logistic:
    size = len(features)
    coefficients = tuple(draw(st.lists(weights, min_size=size, max_size=size)))
    wide = (-1e6,) * size, (1e6,) * size
    return Logistic(features, (0.0,) * size, (1.0,) * size, coefficients, draw(weights), *wide)


@st.composite
def calibrations(draw: Any) -> Calibration:
    change = st.builds(lambda times, kept: Change(times, times + kept), st.integers(0, 9), st.integers(0, 9))
    changes = st.dictionaries(KNOWN, change, max_size=4)
    return Calibration(
        codes=draw(logistics(CODE_FEATURES)),
        charts=draw(logistics(CHART_FEATURES)),
        records=draw(st.dictionaries(KNOWN, st.builds(Record, st.integers(0, 9), st.just(9), weights), max_size=6)),
        changes=draw(st.dictionaries(KNOWN, changes, max_size=6)),
        suggest_at=draw(shares),
        autonomous_at=draw(st.none() | shares),
        source="drawn",
    )


@pytest.fixture
def put() -> Iterator[Any]:
    kept = nosology.pipeline.find_calibration

    def use(model: Calibration) -> None:
        nosology.pipeline.find_calibration = lambda *, home=None: model

    yield use
    nosology.pipeline.find_calibration = kept


def coded(home: Path, number: int, **options: Any) -> CodedNote:
    return code_note(Document("note", TEXTS[number]), setting=SETTINGS[number], on=ON, home=home, **options)


@common
@given(model=calibrations(), number=st.sampled_from([0, 1]))
def test_never_a_code_without_evidence_whatever_the_model_says(
    home: Path, put: Any, model: Calibration, number: int
) -> None:
    put(replace(model, records={}, changes={}, suggest_at=0.0))
    plain = coded(home, number)
    read = {s.code for s in plain.suggestions} | {a.code for s in plain.suggestions for a in s.alternatives}
    put(model)
    note = coded(home, number)
    assert note == coded(home, number)
    got = [s.code for s in note.suggestions]
    assert set(got) <= read
    assert len(set(got)) == len(got) <= len(plain.suggestions)
    assert got, "the first code stays"
    assert [s.rank for s in note.suggestions] == list(range(1, len(got) + 1))
    text = note.note.document.text
    for suggestion in note.suggestions:
        assert suggestion.evidence
        assert all(text[e.span.start : e.span.end] == e.quote for e in suggestion.evidence)
        if suggestion.system != "icd10cm":
            continue  # the calibration speaks of diagnoses
        assert suggestion.confidence is not None
        assert 0.0 <= suggestion.confidence.probability <= 1.0
    assert note.gate is not None
    assert note.gate.passes <= (note.gate.threshold is not None and note.gate.probability >= note.gate.threshold)
    assert note.gate.probability <= min(s.confidence.probability for s in note.suggestions if s.confidence)


@common
@given(low=shares, high=shares, number=st.sampled_from([0, 1]))
def test_a_higher_threshold_suggests_no_more_and_passes_no_more(
    home: Path, low: float, high: float, number: int
) -> None:
    low, high = sorted((low, high))
    more, fewer = coded(home, number, suggest_at=low), coded(home, number, suggest_at=high)
    assert {s.code for s in fewer.suggestions} <= {s.code for s in more.suggestions}
    easy, hard = coded(home, number, autonomous_at=low), coded(home, number, autonomous_at=high)
    assert easy.gate is not None
    assert hard.gate is not None
    assert hard.gate.passes <= easy.gate.passes


@given(chances=st.lists(st.floats(0.01, 0.99), max_size=12), data=st.data())
def test_one_more_decision_moves_a_record_its_own_way(chances: list[float], data: Any) -> None:
    right = [data.draw(st.booleans()) for _ in chances]
    chance = data.draw(st.floats(0.01, 0.99))
    before = learn_record(chances, right).effect
    assert (
        learn_record([*chances, chance], [*right, False]).effect
        <= before
        <= learn_record([*chances, chance], [*right, True]).effect
    )


@given(
    chances=st.lists(st.floats(0.01, 0.99), min_size=1, max_size=12),
    place=st.integers(0, 11),
    more=st.floats(0, 1),
    row=st.lists(st.floats(0, 12), min_size=len(CHART_FEATURES) - 2, max_size=len(CHART_FEATURES) - 2),
)
def test_a_surer_code_never_makes_the_chart_less_sure(
    chances: list[float], place: int, more: float, row: list[float]
) -> None:
    model = load_calibration()
    assert model is not None
    place %= len(chances)
    surer = [*chances]
    surer[place] += (0.99 - surer[place]) * more
    assert model.chart_probability(surer, row) >= model.chart_probability(chances, row) - 1e-12


def test_rising_features_never_lower_a_probability() -> None:
    model = load_calibration()
    assert model is not None
    for logistic in (model.codes, model.charts):
        named = dict(zip(logistic.features, logistic.coefficients, strict=True))
        assert all(named[name] >= 0 for name in RISING & named.keys())
