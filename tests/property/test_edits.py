"""Edits never raise and never change what they look at, whatever an encounter says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.edits.desk import Books
from nosology.model.encounter import Diagnosis, Encounter, Procedure, ServiceLine, Setting
from nosology.pipeline import check_encounter

_CODES = st.sampled_from(["E11.9", "E10.9", "M25.561", "M25.569", "S72.001", "F02.80", "G30.9", "O80", "Z00.00", "I1"])
_DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))
_SERVICES = st.sampled_from(["99213", "11042", "J1885", "A0428", "", "x", "99291", "99292", "20610"])
_LINES = st.builds(
    ServiceLine,
    code=st.one_of(_SERVICES, st.text(max_size=6)),
    modifiers=st.lists(st.sampled_from(["25", "59", "LT", "RT", "50", "", "é", "GA", "GZ"]), max_size=5).map(tuple),
    units=st.decimals(-5, 2000, places=1),
    charge=st.decimals(-10, 10_000, places=2),
    date=st.one_of(st.none(), _DAYS),
    place_of_service=st.sampled_from(["", "11", "02", "21", "zz"]),
    ndc=st.text(max_size=12),
    diagnosis_pointers=st.lists(st.integers(-2, 6), max_size=3).map(tuple),
    revenue_code=st.sampled_from(["", "0450", "250", "x"]),
    minutes=st.one_of(st.none(), st.integers(-5, 2000)),
    provider=st.sampled_from(["", "1234567893", "1"]),
)
_ENCOUNTERS = st.builds(
    Encounter,
    id=st.text(max_size=3),
    setting=st.sampled_from(list(Setting)),
    age=st.one_of(st.none(), st.integers(-5, 200)),
    sex=st.sampled_from(["F", "M", "U", "x"]),
    birth_date=st.one_of(st.none(), _DAYS),
    admitted=st.one_of(st.none(), _DAYS),
    discharged=st.one_of(st.none(), _DAYS),
    discharge_status=st.sampled_from(["01", "", "zz"]),
    admitting_diagnosis=st.sampled_from(["", "I10", "\x00"]),
    diagnoses=st.lists(
        st.builds(Diagnosis, st.one_of(_CODES, st.text(max_size=8)), st.sampled_from(["", "Y", "N", "Q", "1"])),
        max_size=6,
    ).map(tuple),
    procedures=st.lists(st.builds(Procedure, st.text(max_size=7), st.one_of(st.none(), _DAYS)), max_size=2).map(tuple),
    lines=st.lists(_LINES, max_size=5).map(tuple),
    history=st.lists(_LINES, max_size=3).map(tuple),
    submitted=st.one_of(st.none(), _DAYS),
    type_of_bill=st.sampled_from(["", "0131", "131", "x", "9999"]),
    billing_npi=st.sampled_from(["", "1234567893", "12345"]),
    rendering_npi=st.sampled_from(["", "1234567893", "x"]),
    taxonomy=st.sampled_from(["", "207Q00000X", "x"]),
)


@pytest.fixture(scope="module")
def books(home: Path) -> Books:
    return Books(home)


@settings(max_examples=150)
@given(encounter=_ENCOUNTERS, on=st.dates(date(2016, 1, 1), date(2027, 12, 31)))
def test_checks_never_raise_and_never_change(books: Books, encounter: Encounter, on: date) -> None:
    before = repr(encounter)
    first = check_encounter(encounter, on=on, books=books)
    assert repr(encounter) == before
    assert check_encounter(encounter, on=on, books=books) == first
    assert not [each.message for each in first if each.rule == "edit.failed"]
    assert all(each.message.isprintable() for each in first)
