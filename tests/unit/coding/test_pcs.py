"""The catalogue of procedures is sound; without tables nothing is coded; counts and denials."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.install import install_from
from nosology.codes.pcs_tables import PcsTables, open_pcs_tables
from nosology.coding.pcs.catalogue import load_catalogue, spell_pattern
from nosology.coding.pcs.counts import COUNTED
from nosology.coding.pcs.done import said_not_done, said_year
from nosology.coding.pcs.hours import stated_hours, ventilated_from_to
from nosology.coding.pcs.parts import split_label
from nosology.coding.pcs.spine import spinal_joints
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)


@pytest.fixture(scope="module")
def tables(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> PcsTables:
    folder = tmp_path_factory.mktemp("tables")
    install_from("icd10pcs-tables", shared_data / "codesets" / "icd10pcs" / "icd10pcs_2026_xml.zip", home=folder)
    found = open_pcs_tables(on=ON, home=folder)
    assert found is not None
    return found


def test_every_pattern_compiles_and_every_name_exists() -> None:
    catalogue = load_catalogue().procedures
    assert len(catalogue) > 400
    for entry in catalogue.values():
        choices = [*entry.codes, *(choice for axis in entry.axes.values() for choice in axis), *entry.also]
        for pattern in (*entry.says, entry.unless, entry.yields, *(each.when for each in choices)):
            spell_pattern(pattern)
        for name in (*(each.name for each in entry.also), *entry.covers):
            assert name in catalogue, (entry.name, name)


def test_every_code_of_the_catalogue_leads_to_a_table(tables: PcsTables) -> None:
    wrong = []
    for entry in load_catalogue().procedures.values():
        for choice in entry.codes:
            if choice.value == "none" or entry.name in COUNTED:
                continue
            stems = [s for s in tables.stems() if all(p in ("?", c) for p, c in zip(choice.value, s, strict=False))]
            whole = "?" not in choice.value
            if len(choice.value) != 7 or not stems or (whole and choice.value not in tables):
                wrong.append((entry.name, choice.value))
    assert wrong == []


def test_without_tables_nothing_is_coded(home: Path, tmp_path: Path) -> None:
    open_icd10cm(on=ON, home=home)
    bare = tmp_path / "home"
    shutil.copytree(home, bare, ignore=shutil.ignore_patterns("icd10pcs-tables*"))
    text = "PROCEDURE PERFORMED: Laparoscopic appendectomy."
    coded = code_note(Document("x", text), setting="inpatient", on=ON, home=bare)
    assert not [s for s in coded.suggestions if s.system == "icd10pcs"]
    found = [f for f in coded.findings if f.rule == "release.pcs-tables"]
    assert len(found) == 1
    assert found[0].fix == "nosology codesets install icd10pcs-tables"
    quiet = code_note(Document("x", "ASSESSMENT: Pneumonia."), setting="inpatient", on=ON, home=bare)
    assert not [f for f in quiet.findings if f.rule == "release.pcs-tables"]


@pytest.mark.parametrize(
    ("text", "joints"),
    [
        ("L4-L5", {"lumbar": 1}),
        ("L3-L5", {"lumbar": 2}),
        ("L4 to S1", {"lumbar": 1, "lumbosacral": 1}),
        ("C5-6", {"cervical": 1}),
        ("T10-L2", {"thoracic": 2, "thoracolumbar": 1, "lumbar": 1}),
        ("C5-6 and C6-7", {"cervical": 2}),
        ("C5/6, C6/7 and C7-T1", {"cervical": 2, "cervicothoracic": 1}),
        ("from L3 to the sacrum", {"lumbar": 2, "lumbosacral": 1}),
        ("L4-L5-S1", {"lumbar": 1, "lumbosacral": 1}),
        ("the transverse processes of L4 and L5 and the sacral ala", {"lumbar": 1, "lumbosacral": 1}),
    ],
)
def test_spinal_joints(text: str, joints: dict[str, int]) -> None:
    assert spinal_joints(text) == joints


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("ventilated for 52 hours", 52),
        ("mechanical ventilation for 6 days", 144),
        ("extubated on hospital day 3", 48),
        ("intubated overnight", 20),
        ("intubated", None),
    ],
)
def test_stated_hours(text: str, hours: float | None) -> None:
    assert stated_hours(text) == hours


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Intubated 3/1 and extubated 3/4.", 72),
        ("Intubated at 10:00 on 03/04. Off pressors 03/05. Extubated on 03/05 at 08:00.", 22),
        ("He was intubated on 1/2 at 0400. Failed extubation trial. He was extubated on 1/4 at 1600.", 60),
        ("Intubated on June 3 at 14:00, liberated from the ventilator June 8 at 10:00.", 116),
        ("Arrived 12/01 at 18:00. Intubated by EMS at 12:50. Extubated on 12/03 at 12:00.", 42),
        ("On 06/03 she was not intubated.", None),
        ("Intubated, then extubated.", None),
    ],
)
def test_ventilated_from_to(text: str, hours: float | None) -> None:
    assert [each.hours for each in ventilated_from_to(text)] == ([] if hours is None else [hours])


def test_reintubation_begins_another_stretch() -> None:
    text = "Intubated 02/01 at 06:00, extubated 02/03 at 06:00. Reintubated 02/05 at 06:00, extubated 02/10 at 06:00."
    assert [each.hours for each in ventilated_from_to(text)] == [48, 120]


@pytest.mark.parametrize(
    ("before", "after", "not_done"),
    [
        ("He will need a ", " as an outpatient", True),
        ("", " was considered but deferred", True),
        ("IVC filter", " discussed, not placed", True),
        ("Repeat ", " in 3 weeks", True),
        ("She underwent ", " without complication", False),
        ("With a prior scar she had a repeat ", " on the day of admission", False),
    ],
)
def test_not_done(before: str, after: str, not_done: bool) -> None:
    assert said_not_done(before, after) is not_done


def test_a_bare_year_dates_a_procedure() -> None:
    assert said_year("", " 1999. Bunion.") == 1999
    assert said_year("on a 2021 ", "") == 2021
    assert said_year("", " 05/12/2026") is None


def test_labels_come_apart() -> None:
    assert split_label("Knee Joint, Right") == split_label("knee joint, right")
    assert (split_label("Skin, Right Upper Leg").base, split_label("Skin, Right Upper Leg").side) == (
        "upper leg",
        "right",
    )
    assert split_label("Ovaries, Bilateral").base == split_label("Ovary, Left").base
