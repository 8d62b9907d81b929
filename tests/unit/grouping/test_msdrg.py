"""MS-DRG: hand-checked cases, one for each cause in which the library differs from the official program."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from nosology.errors import ReleaseNotFound, UsageError
from nosology.grouping.msdrg import assign_drg, assign_drgs
from nosology.grouping.msdrg_versions import VERSIONS, find_version

from .conftest import Make

# Anterior single-level fusions of the thoracic and lumbar spine, and one posterior
ANTERIOR = "0RG6070 0RG607J 0RG60A0"
POSTERIOR = "0RG6071"


@pytest.mark.parametrize(
    ("diagnoses", "procedures", "drg", "mdc", "kind"),
    [
        ("I5023", "", "293", "05", "MEDICAL"),  # heart failure alone
        ("I5023 J9601", "", "291", "05", "MEDICAL"),  # with MCC
        ("J189 E1165", "", "195", "04", "MEDICAL"),  # pneumonia, E11.65 is no CC
        ("J189 I4821", "", "194", "04", "MEDICAL"),  # I48.21 is a CC
        ("M1711", "0SRC0J9", "470", "08", "SURGICAL"),  # knee replacement
        ("A419 J9601", "", "871", "18", "MEDICAL"),  # sepsis with MCC
    ],
)
def test_common_drgs(inpatient: Make, diagnoses: str, procedures: str, drg: str, mdc: str, kind: str) -> None:
    result = assign_drg(inpatient(diagnoses, procedures))
    assert (result.drg, result.mdc, result.type, result.return_code) == (drg, mdc, kind, "OK")
    assert result.drg == result.initial_drg
    assert result.title
    assert result.version == "43.1"


@pytest.mark.parametrize(("more", "drg"), [("", "448"), ("J189", "447"), ("I4821", "448")])
def test_three_fusions_on_one_side_are_not_combined(inpatient: Make, more: str, drg: str) -> None:
    """DRG 426-428 need anterior and posterior fusion; the library counts three of one side as combined."""
    assert assign_drg(inpatient(f"M5416 {more}", ANTERIOR)).drg == drg


def test_fusions_of_both_sides_are_combined(inpatient: Make) -> None:
    assert assign_drg(inpatient("M5416", f"0RG6070 0RG607J {POSTERIOR}")).drg == "428"
    assert assign_drg(inpatient("M5416", f"0RG6070 {POSTERIOR}")).drg == "402"


def test_every_procedure_is_answered_though_one_was_not_told(inpatient: Make) -> None:
    result = assign_drg(inpatient("M5416", ANTERIOR))
    assert [each.code for each in result.procedures] == ANTERIOR.split()
    assert all(each.operating_room for each in result.procedures)


def test_infection_without_a_counting_catheter_is_no_hac(inpatient: Make) -> None:
    """HAC 06: N39.0 counts only beside a catheter code that was not present on admission either."""
    counted = assign_drg(inpatient("I671 N390/N T83518A/N"))
    spared = assign_drg(inpatient("I671 N390/N T83518A/Y"))
    assert counted.diagnoses[1].hac == ("6",)
    assert (counted.diagnoses[1].initial_severity, counted.diagnoses[1].severity) == ("CC", "NEITHER")
    assert spared.diagnoses[1].hac_checks == (("0", "NOT_MET"),)
    assert spared.diagnoses[1].severity == "CC"


def test_infection_beside_an_excluded_catheter_is_no_hac(inpatient: Make) -> None:
    """HAC 06: N13.6 as principal diagnosis excludes N39.0; without a catheter code nothing is even "not applied"."""
    result = assign_drg(inpatient("N136 N390/N"))
    assert result.diagnoses[1].severity == "CC_EXCLUDED"
    assert result.diagnoses[1].hac_checks == (("0", "NOT_MET"),)


def test_blank_poa_beside_a_met_condition_is_ungroupable(inpatient: Make) -> None:
    result = assign_drg(inpatient("I5023 S72141A/N N390/"))
    assert (result.drg, result.return_code, result.hac_status) == (
        "999",
        "HAC_MISSING_ONE_POA",
        "FINAL_DRG_UNGROUPABLE",
    )
    assert result.initial_drg == "291"
    alone = assign_drg(inpatient("I5023 N390/ T83518A/Y"))
    assert alone.return_code == "OK"


def test_secondary_obesity_needs_no_poa(inpatient: Make) -> None:
    """HAC 11: E66.01 is on its list of principal diagnoses only."""
    result = assign_drg(inpatient("I5023 S72141A/N E6601/"))
    assert result.return_code == "OK"
    assert result.diagnoses[2].hac_checks == ()


@pytest.mark.parametrize("poa", ["", "1", "E", "X", "y", "é"])
def test_any_poa_is_grouped(inpatient: Make, poa: str) -> None:
    """The library raises on all but Y, N, U and W; the official program takes them for not recognized."""
    result = assign_drg(inpatient(f"I5023 S72141A/{poa}"))
    assert result.return_code == "HAC_MISSING_ONE_POA"


@pytest.mark.parametrize(
    ("diagnoses", "code"),
    [
        ("I5023 S72141A/N", "HAC_STATUS_INVALID_POA_N_OR_U"),
        ("I5023 S72141A/1", "HAC_STATUS_INVALID_POA_INVALID_OR_1"),
        ("I5023 S72141A/N E785", "HAC_STATUS_INVALID_MULT_HACS_POA_NOT_Y_W"),
        ("I5023 S72141A/Y E785", "OK"),
    ],
)
def test_hospital_that_does_not_tell(inpatient: Make, diagnoses: str, code: str) -> None:
    assert assign_drg(inpatient(diagnoses, poa_reporting="unknown")).return_code == code


def test_exempt_hospital(inpatient: Make) -> None:
    result = assign_drg(inpatient("I5023 S72141A/N", poa_reporting="exempt"))
    assert result.return_code == "OK"
    assert result.diagnoses[1].hac_checks == (("0", "NA_EXEMPT"),)
    assert result.diagnoses[1].severity == "MCC"


def test_codes_are_read_as_claims_write_them(inpatient: Make) -> None:
    assert assign_drg(inpatient("i5023 j9601")).drg == "291"
    assert assign_drg(inpatient("I50.23")).return_code == "INVALID_PDX"
    assert assign_drg(inpatient("I50.23 J96.01"), dotted=True).drg == "291"
    assert assign_drg(inpatient("I5023XXXX")).return_code == "INVALID_PDX"
    assert [each.recognized for each in assign_drg(inpatient('I5023 "\\ é ' + "J" * 500)).diagnoses][1:] == [False] * 3


def test_no_diagnosis_at_all(inpatient: Make) -> None:
    result = assign_drg(inpatient(""))
    assert (result.drg, result.return_code, result.severity) == ("999", "INVALID_PDX", "NONE")
    assert result.diagnoses == ()


def test_severity_words(inpatient: Make) -> None:
    """The principal diagnosis excludes its own kind; the logic of multiple trauma uses up the injuries."""
    excluded = assign_drg(inpatient("I5023 I5033"))
    assert (excluded.diagnoses[1].severity, excluded.diagnoses[1].excluded) == ("MCC_EXCLUDED", True)
    trauma = assign_drg(inpatient("S3729XA S270XXA S72141A"))
    assert trauma.mdc == "24"
    assert trauma.diagnoses[1].severity == "CC_EXCLUDED_BY_DRG_LOGIC"
    died = assign_drg(inpatient("I5023 I469", discharge_status="20"))
    assert died.diagnoses[1].severity == "NEITHER"


def test_diagnoses_keep_their_order(inpatient: Make) -> None:
    given = "I5023 E785 J9601 Z602 I4821 E785"
    assert [each.code for each in assign_drg(inpatient(given)).diagnoses] == given.split()


def test_operating_room_by_the_tables(inpatient: Make) -> None:
    result = assign_drg(inpatient("J9601", "5A1955Z 0B113F4 0DTJ4ZZ 0000000"))
    assert [each.operating_room for each in result.procedures] == [False, False, True, False]
    assert [each.recognized for each in result.procedures] == [True, True, True, False]


@pytest.mark.parametrize(
    ("diagnoses", "procedures", "told"),
    [
        ("I2510", "02703DZ 0DTJ4ZZ", "02703DZ leads to DRG 321-322, group 31 of 35; "
         "0DTJ4ZZ alone groups nowhere in MDC 05"),
        ("I2510", "027034Z 5A0211D", "5A0211D leads to DRG 219-221, group 8 of 35; "
         "027034Z alone would lead to DRG 321-322, group 31"),
        ("M1711", "0SRC0J9 0SRD0J9", ""),  # both sides: decided by the two together, none is left
        ("K3580", "0DTJ4ZZ", ""),  # one procedure, no hierarchy to tell
        ("J9601", "0211488 0TB00ZZ", "0211488, 0TB00ZZ each lead to DRG 981-983, group 1 of 2"),
    ],
)  # fmt: skip
def test_surgical_hierarchy(inpatient: Make, diagnoses: str, procedures: str, told: str) -> None:
    steps = assign_drg(inpatient(diagnoses, procedures)).steps
    assert next((step.result for step in steps if step.name == "surgical hierarchy"), "") == told


def test_steps_tell_the_story(inpatient: Make) -> None:
    steps = assign_drg(inpatient("I5023 J9601 S72141A/N I5033")).steps
    told = {step.name: step.result for step in steps}
    assert told["mdc"].startswith("I5023 leads to MDC 05")
    assert told["partition"].startswith("medical")
    why = "excluded by the principal diagnosis I5023, which stands in its PDX collection"
    assert told["exclusion"] == f"I5033 is MCC and does not count: {why}"
    assert "HAC 05" in told["hospital-acquired condition"]
    assert told["drg"].startswith("291 Heart Failure and Shock with MCC")
    assert told["final drg"] == "291: unchanged without the conditions above"
    assert all(step.source for step in steps)
    before = assign_drg(inpatient("J9601", "02YA0Z0")).steps
    assert any(step.name == "pre-MDC" for step in before)
    invalid = assign_drg(inpatient("V0102XD")).steps
    assert any("cannot be principal diagnosis" in step.result for step in invalid)


def test_version_by_day_of_discharge(inpatient: Make) -> None:
    assert [assign_drg(inpatient("I5023", discharged=each.first_day)).version for each in VERSIONS] == [
        "40", "40.1", "41", "41.1", "42", "42.1", "43", "43.1", "44",
    ]  # fmt: skip
    for version in VERSIONS:
        assert find_version(version.last_day) is version
    with pytest.raises(ReleaseNotFound, match="2022-09-30"):
        assign_drg(inpatient("I5023", discharged=date(2022, 9, 30)))
    with pytest.raises(UsageError, match="no date of discharge"):
        assign_drg(inpatient("I5023", discharged=None))
    assert assign_drg(inpatient("I5023", discharged=None), on=date(2026, 10, 1)).version == "44"


def test_after_the_last_version(inpatient: Make) -> None:
    """The newest version groups, and the editor says that the day lies after its end."""
    result = assign_drg(inpatient("I5023", discharged=date(2027, 4, 1)))
    assert (result.version, result.drg, result.edit_type) == ("44", "293", "INVALID_DISCHARGE_DATE")
    assert [each.edit for each in result.edits] == ["INVALID_DISCHARGE_DATE"]


def test_age_from_birth_date(inpatient: Make) -> None:
    known = assign_drg(inpatient("I5023", age=None, birth_date=date(1950, 5, 5), admitted=date(2026, 5, 1)))
    assert known.edit_type == "NONE"
    unknown = assign_drg(inpatient("I5023", age=None))
    assert (unknown.drg, [each.edit for each in unknown.edits]) == ("293", ["INVALID_AGE"])


def test_batch_keeps_the_order(inpatient: Make) -> None:
    many = [inpatient("I5023", id=str(number)) for number in range(5)]
    assert [each.id for each in assign_drgs(many)] == ["0", "1", "2", "3", "4"]


def test_no_weight_without_table_5(inpatient: Make) -> None:
    assert assign_drg(inpatient("I5023")).weight is None


def test_silent_at_exit() -> None:
    """The library's objects warn when they are collected open; ours are closed before that."""
    program = (
        "from datetime import date; from nosology.grouping.msdrg import assign_drg;"
        "from nosology.model.encounter import Diagnosis, Encounter;"
        "print(assign_drg(Encounter('1', discharged=date(2026, 5, 4), diagnoses=(Diagnosis('I5023'),))).drg)"
    )
    run = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True)
    assert (run.stdout, run.stderr) == ("293\n", "")


def test_a_procedure_outside_the_operating_room_is_named(inpatient: Make) -> None:
    """Tracheostomy with ventilation of more than 96 hours: both decide, before the MDC, and neither is of the room."""
    result = assign_drg(inpatient("J9601", "0B113F4 5A1955Z"))
    assert result.drg == "004"
    (partition,) = [step for step in result.steps if step.name == "partition"]
    assert partition.result == "surgical: by 0B113F4, 5A1955Z, outside the operating room"
