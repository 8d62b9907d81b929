"""CMS-HCC: hand-checked scores against the published 2026 coefficients, and each rule by itself."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from nosology.errors import ReleaseNotFound, UsageError
from nosology.grouping.hcc import score_hcc, score_hccs
from nosology.grouping.hcc_interactions import GROUPS, INTERACTIONS
from nosology.grouping.hcc_tables import MODELS, open_hcc_tables
from nosology.model.encounter import Diagnosis, Encounter, HccProfile
from nosology.model.grouping import HccResult


def score(codes: str, model: str = "V28", age: int = 70, sex: str = "F", **profile: Any) -> HccResult:
    encounter = Encounter(
        "B1",
        age=age,
        sex=sex,
        diagnoses=tuple(Diagnosis(code) for code in codes.split()),
        hcc=HccProfile(**profile),
    )
    return score_hcc(encounter, model=model)


def test_by_hand_v28() -> None:
    """Community, no Medicaid, aged: F70_74 0.395, HCC 37 0.166, HCC 226 0.360, diabetes with heart failure 0.112."""
    result = score("E11.22 I50.9")
    assert result.segment == "CNA"
    assert result.hccs == ("37", "226")
    assert dict(result.coefficients) == {
        "F70_74": 0.395,
        "37": 0.166,
        "226": 0.36,
        "DIABETES_HF_V28": 0.112,
        "D2": 0.0,
    }
    assert result.score == 1.033
    assert result.demographic_score == 0.395


def test_by_hand_v24() -> None:
    """F70_74 0.386 + HCC 18 0.302 + HCC 85 0.331 + diabetes with heart failure 0.121."""
    result = score("E1165 I509", "V24")
    counted = {name: value for name, value in result.coefficients if value}
    assert counted == {"F70_74": 0.386, "18": 0.302, "85": 0.331, "DIABETES_CHF": 0.121}
    assert result.score == 1.14


def test_nothing_but_demographics() -> None:
    result = score("Z602 NOTACODE")
    assert (result.hccs, result.score) == ((), result.demographic_score)


def test_codes_in_any_form_count_once() -> None:
    assert score("e11.65 E1165 E11.65").score == score("E1165").score


@pytest.mark.parametrize(
    ("profile", "age", "segment"),
    [
        ({}, 70, "CNA"),
        ({"orec": "1"}, 60, "CND"),
        ({"dual_status": "02"}, 70, "CFA"),
        ({"dual_status": "08", "orec": "1"}, 50, "CFD"),
        ({"dual_status": "01"}, 70, "CPA"),
        ({"dual_status": "06", "orec": "1"}, 40, "CPD"),
        ({"long_term_institutional": True, "new_enrollee": True}, 90, "INS"),
        ({"new_enrollee": True}, 66, "NE"),
        ({"new_enrollee": True, "snp": True}, 66, "SNPNE"),
    ],
)
def test_segments(profile: dict[str, Any], age: int, segment: str) -> None:
    for model in ("V24", "V28"):
        assert score("E1165", model, age, **profile).segment == segment


@pytest.mark.parametrize(
    ("profile", "age", "segment"),
    [
        ({"crec": "2"}, 70, "DI"),
        ({"orec": "3", "new_enrollee": True}, 70, "DNE"),
        ({"orec": "2", "graft_months": 5}, 70, "GNPA"),
        ({"orec": "2", "graft_months": 5}, 50, "GNPN"),
        ({"orec": "2", "graft_months": 12, "dual_status": "02"}, 70, "GFA"),
        ({"orec": "2", "graft_months": 12, "long_term_institutional": True}, 50, "GI"),
        ({"orec": "2", "graft_months": 12, "new_enrollee": True}, 50, "GNE"),
        ({"orec": "2", "graft_months": 2}, 50, "TRANSPLANT_KIDNEY_ONLY_2M"),
    ],
)
def test_esrd_segments(profile: dict[str, Any], age: int, segment: str) -> None:
    result = score("E1165", "ESRD_V24", age, **profile)
    assert result.segment == segment
    assert result.score > 0


def test_transplant_month_is_one_amount() -> None:
    result = score("E1165 I509", "ESRD_V24", 50, orec="2", graft_months=1)
    assert result.coefficients == (("TRANSPLANT_KIDNEY_ONLY_1M", 5.985),)


@pytest.mark.parametrize("age", [65, 66, 67, 68, 69])
@pytest.mark.parametrize("model", ["V24", "V28"])
def test_new_enrollees_with_esrd_have_their_yearly_cell(age: int, model: str) -> None:
    """The package gives new enrollees of 65 to 69 with end-stage renal disease a score of 0."""
    result = score("", model, age, "M", crec="2", new_enrollee=True)
    assert [name for name, _value in result.coefficients] == [f"NMCAID_NORIGDIS_NEM{age}"]
    assert result.score > 0.4


@pytest.mark.parametrize("age", [85, 92, 99])
def test_dialysis_new_enrollees_from_85(age: int) -> None:
    """The table has one cell from 85 on; the package looks for 85_89 and so on and gives 0."""
    result = score("", "ESRD_V24", age, "F", orec="2", new_enrollee=True)
    assert result.coefficients == (("ND_PBD_NORIGDIS_NEF85_GT", 0.963),)


def test_sixty_four_by_age_counts_as_sixty_five() -> None:
    assert score("", age=64, new_enrollee=True).coefficients[0][0] == "NMCAID_NORIGDIS_NEF65"
    assert score("", age=64, new_enrollee=True, orec="1").coefficients[0][0] == "NMCAID_NORIGDIS_NEF60_64"


def test_graft_new_enrollees_say_what_is_left_out() -> None:
    result = score("", "ESRD_V24", 66, "F", orec="2", graft_months=5, new_enrollee=True)
    assert result.coefficients == (("FGC_GE65_DUR4_9_ND_PBD", 2.529),)
    assert [step.result for step in result.steps if step.name == "not counted"] == [
        "GNE_ND_PBD_NORIGDIS_G_NEF66 +0.527: left out as in the reference"
    ]


def test_hierarchies() -> None:
    """Chronic complications (18) over no complications (19); dropped categories are told."""
    result = score("E1165 E119", "V24")
    assert result.hccs == ("18",)
    assert any(step.result == "HCC 19 dropped by HCC 18" for step in result.steps)


def test_heart_assist_device_alone_does_not_count() -> None:
    """V28, HCC 223 needs a heart failure category beside it."""
    assert score("T82522A").hccs == ()
    assert "223" in score("T82522A I50810").hccs or score("T82522A I50810").hccs == ("226",)


def test_esrd_model_does_not_count_kidney_status() -> None:
    assert score("N186 Z992 N179", "ESRD_V24", orec="2").hccs == ()


def test_age_edits() -> None:
    """J44.81 under 18: no category in V28, cystic fibrosis group 112 in V24."""
    assert score("J4481", age=17, orec="1").hccs == ()
    assert score("J4481", age=18, orec="1").hccs == ("280",)
    assert score("J4481", "V24", age=17, orec="1").hccs == ("112",)


def test_sex_edits() -> None:
    """Haemophilia in women counts as a lesser category."""
    assert score("D66", sex="F").hccs == ("112",)
    assert score("D66", sex="M").hccs != ("112",)


def test_age_edit_takes_both_categories() -> None:
    """I70.231 maps to two categories; under 15 the edit takes both (the package leaves one, which varies)."""
    assert set(open_hcc_tables("V28").categories["I70231"]) == {"263", "383"}
    assert score("I70231", age=15, orec="1").hccs != ()
    assert score("I70231", age=14, orec="1").hccs == ()


def test_number_of_categories() -> None:
    names = dict(score("E1165 I509 C61 G20A1 F319 I480 J449").coefficients)
    assert [name for name in names if name.startswith("D") and name[1:].rstrip("P").isdigit()] == ["D7"]


def test_rxhcc_applies_cms_hierarchies_and_warns() -> None:
    result = score("T8611 N186 N1830", "RX_V08")
    assert result.hccs == ("260",)
    assert "do not use this score for payment" in result.steps[-1].result
    assert score("", "RX_V08", 66, new_enrollee=True).score > 0


def test_steps_add_up() -> None:
    result = score("E1122 I509 J449", dual_status="02")
    amounts = [value for _name, value in result.coefficients]
    assert result.score == pytest.approx(sum(amounts))
    told = [step.result for step in result.steps]
    assert "E1122 → HCC 37 Diabetes with Chronic Complications" in told
    assert any(step.name == "interaction" for step in result.steps)
    assert all(step.source.startswith("CMS ") for step in result.steps)


def test_age_on_first_of_february() -> None:
    def at(born: date, **fields: Any) -> str:
        encounter = Encounter("B", sex="M", birth_date=born, hcc=HccProfile(**fields))
        return score_hcc(encounter).coefficients[0][0]

    assert at(date(1956, 2, 1)) == "M70_74"
    assert at(date(1956, 2, 2)) == "M65_69"
    assert at(date(1956, 2, 2), as_of=date(2026, 2, 2)) == "M70_74"


def test_what_cannot_be_scored() -> None:
    with pytest.raises(UsageError, match="sex"):
        score_hcc(Encounter("B", age=70))
    with pytest.raises(UsageError, match="birth_date"):
        score_hcc(Encounter("B", sex="F"))
    with pytest.raises(UsageError, match="V99"):
        score_hcc(Encounter("B", age=70, sex="F"), model="V99")
    with pytest.raises(ReleaseNotFound, match="2031"):
        score("", payment_year=2031)


def test_batch_keeps_the_order() -> None:
    many = [Encounter(str(number), age=70, sex="F") for number in range(4)]
    assert [each.id for each in score_hccs(many, model="V24")] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("model", MODELS)
def test_every_interaction_is_in_the_tables(model: str) -> None:
    """Names and categories of the interactions exist in CMS's tables, so that none is misspelt."""
    tables = open_hcc_tables(model)
    known = set(tables.labels)
    for name, conditions in INTERACTIONS[model]:
        assert any(key.endswith("_" + name.lower()) for key in tables.coefficients), name
        for condition in conditions:
            assert condition in {*GROUPS[model], "DISABLED", "NONAGED"} or condition.removeprefix("HCC") in known
    for members in GROUPS[model].values():
        assert members <= known


def test_engine_of_the_package_is_not_imported() -> None:
    program = (
        "import sys; from nosology.grouping.hcc import score_hcc; from nosology.model.encounter import Encounter;"
        "score_hcc(Encounter('1', age=70, sex='F')); print('hccinfhir' in sys.modules, 'pydantic' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_the_esrd_model_says_to_whom_it_does_not_apply() -> None:
    """Neither entitled by end-stage renal disease nor with a transplant: 0, and why."""
    result = score("E1165", "ESRD_V24", 70)
    assert result.score == 0
    assert "does not apply" in result.steps[-1].result
    assert "does not apply" not in score("E1165", "ESRD_V24", 70, orec="2").steps[-1].result
