"""The engine of edits: fail closed, overrides, sites, order, exit codes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.edits.check import check_encounter, is_clean
from nosology.edits.desk import CHECKS
from nosology.edits.site import read_site
from nosology.errors import UnreadableInput, UsageError
from nosology.model.encounter import Diagnosis, Encounter, Setting
from nosology.model.finding import Override, Severity

ON = date(2026, 5, 4)
TWICE = Encounter("1", Setting.PROFESSIONAL, diagnoses=(Diagnosis("I10"), Diagnosis("I10")))
RULE = """
id: Site-twice
title: of the site
check: icd_duplicate
severity: warning
citation: {title: Handbook, section: "1"}
effective: {from: 2020-01-01}
settings: [professional]
message: "{code} again"
"""


def test_an_edit_that_cannot_run_is_a_finding(home: Path) -> None:
    stay = Encounter("1", Setting.INPATIENT, diagnoses=(Diagnosis("I10"),))
    found = check_encounter(stay, on=ON, home=home, only=["POA-required"])
    assert [each.rule for each in found] == ["edit.not-run"]
    assert found[0].severity is Severity.ERROR
    assert "nosology codesets install poa-exempt" in found[0].fix
    assert not is_clean(found)


def test_an_edit_that_fails_is_a_finding(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> Any:
        raise ValueError("the CANARY of a chart")

    monkeypatch.setitem(CHECKS, "icd_duplicate", fail)
    found = check_encounter(TWICE, on=ON, home=home, only=["ICD-duplicate"])
    assert [each.rule for each in found] == ["edit.failed"]
    assert "CANARY" not in repr(found)


def test_an_override_is_kept_and_shown(home: Path) -> None:
    made = Override("ICD-laterality", "A. Coder", ON, "two injuries", "diagnoses[1]")
    codes = (Diagnosis("M25.561"), Diagnosis("M25.569"))
    visit = Encounter("1", Setting.PROFESSIONAL, diagnoses=codes, overrides=(made,))
    (found,) = check_encounter(visit, on=ON, home=home, only=["ICD-laterality"])
    assert found.override == made
    assert is_clean([replace(found, severity=Severity.ERROR)])


@pytest.mark.parametrize(
    "made",
    [
        Override("ICD-duplicate", "A. Coder", ON, "a rule that nobody may override"),
        Override("ICD-duplicate", "", ON, "nobody"),
        Override("ICD-duplicate", "A. Coder", ON, " "),
        Override("ICD-duplicate", "A. Coder", None, "no date"),
    ],
)
def test_an_override_that_cannot_be_taken(home: Path, made: Override) -> None:
    found = check_encounter(replace(TWICE, overrides=(made,)), on=ON, home=home, only=["ICD-duplicate"])
    assert sorted(each.rule for each in found) == ["ICD-duplicate", "edit.override"]
    assert not is_clean(found)


def test_a_site_adds_rules_and_switches_severities(home: Path, tmp_path: Path) -> None:
    (tmp_path / "twice.yaml").write_text(RULE)
    (tmp_path / "policy.yaml").write_text(
        'severities:\n- {rule: "ICD-dup*", severity: off}\n- {rule: ICD-duplicate, payer: A, severity: information}\n'
    )
    site = read_site([tmp_path])
    only = ["ICD-duplicate", "Site-twice"]
    found = check_encounter(TWICE, on=ON, home=home, site=site, only=only)
    assert [(each.rule, each.severity.value) for each in found] == [("Site-twice", "warning")]
    found = check_encounter(replace(TWICE, payer="a"), on=ON, home=home, site=site, only=only)
    assert [each.rule for each in found] == ["Site-twice", "ICD-duplicate"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("- 1", UnreadableInput),
        (": : :", UnreadableInput),
        ("severities: [{rule: a}]", UnreadableInput),
        ("severities: [{rule: a, severity: loud}]", UsageError),
        ("id: a", UnreadableInput),
        (RULE.replace("icd_duplicate", "none_such"), UsageError),
        (RULE.replace("warning", "loud"), UsageError),
    ],
)
def test_a_wrong_site_file_is_one_line(tmp_path: Path, text: str, error: type[Exception]) -> None:
    (tmp_path / "a.yaml").write_text(text)
    with pytest.raises(error, match=r"a\.yaml"):
        read_site([tmp_path])


def test_the_command(runner: Any, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "x", "setting": "professional", "diagnoses": ["I10", "I10"]}\n{"id": 1, "diagnoses": 4}\n')
    result = runner("check", file, "--on", "2026-05-04", "--rule", "ICD-duplicate")
    assert result.exit_code == 10
    assert json.loads(result.stdout)["findings"][0]["where"] == "diagnoses[1]"
    assert "encounter 2: diagnoses: must be a list" in result.stderr
    file.write_text('{"id": "x", "setting": "professional", "diagnoses": ["I10"]}\n')
    for form in ("table", "json", "jsonl"):
        result = runner("check", file, "--on", "2026-05-04", "--rule", "ICD-duplicate", "--format", form)
        assert result.exit_code == 0
    assert runner("check", file, "--rule", "none").exit_code == 2


def test_an_invalid_procedure_is_told_once(home: Path) -> None:
    """The editor says it too; where only the editor says it (switched off here), it stays."""
    from nosology.model.encounter import Procedure
    from nosology.pipeline import check_encounter as check_all

    stay = Encounter(
        "1", Setting.INPATIENT, age=50, sex="F", admitted=ON, discharged=ON, diagnoses=(Diagnosis("K35.80", "Y"),),
        procedures=(Procedure("0DTJ4Z1", ON),),
    )  # fmt: skip
    told = [each.rule for each in check_all(stay, on=ON, home=home) if each.where == "procedures[0]"]
    assert told == ["PCS-valid"]
    told = [each.rule for each in check_all(stay, on=ON, home=home, only=["MCE"]) if each.where == "procedures[0]"]
    assert told == ["MCE"]
