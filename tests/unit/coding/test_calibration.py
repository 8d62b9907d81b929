"""The calibration: what it says is fitted, read back, and never more than probabilities."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import nosology.pipeline
from nosology.coding.calibrate import fit_calibration, learn_record
from nosology.coding.calibration import Calibration, Change, Record, load_calibration, read_calibration
from nosology.coding.calibrator import Calibrator
from nosology.coding.candidates import Candidate, Chart
from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, ChartReading, FeatureReader
from nosology.coding.gate import find_stops, hold_gate
from nosology.coding.judged import JudgedChart
from nosology.coding.suggest import Draft
from nosology.errors import UnreadableInput, UsageError
from nosology.model.coding import CodedNote, Confidence, Query
from nosology.model.finding import Finding, Severity
from nosology.model.note import Document
from nosology.model.trace import Step
from nosology.pipeline import code_note, load_coder

ON = date(2026, 5, 4)
KNEES = (
    "HPI: anxiety, cough.\nASSESSMENT:\n1. Hypertension, continue lisinopril.\n2. OA both knees, diclofenac.\n3. Gout."
)


@pytest.fixture
def packaged() -> Calibration:
    model = load_calibration()
    assert model is not None
    return model


@pytest.fixture
def using(monkeypatch: pytest.MonkeyPatch) -> Callable[[Calibration], None]:
    """Puts a calibration in the place of the packaged one."""
    return lambda model: monkeypatch.setattr(nosology.pipeline, "find_calibration", lambda *, home=None: model)


def coded(home: Path, text: str = KNEES, **options: Any) -> CodedNote:
    return code_note(Document("note", text), setting="outpatient", on=ON, home=home, **options)


def codes(note: CodedNote) -> list[str]:
    return [s.code for s in note.suggestions]


def judged(number: int) -> JudgedChart:
    """Charts of five codes; those whose first feature is low are mostly wrong."""
    rows, truth = [], {}
    for n in range(5):
        weight = 1.0 if (number + n) % 3 else 0.6
        row = [0.0] * len(CODE_FEATURES)
        row[0], row[2] = weight, float(n % 2)
        rows.append(tuple(row))
        truth[f"I{10 + n}"] = weight == 1.0 or (number + n) % 9 == 0
    chart_row = (1.0, *(0.0,) * (len(CHART_FEATURES) - 3))
    reading = ChartReading(f"c{number}", tuple(truth), tuple(rows), chart_row, (0.7,) * 5, (("I99.8",),) + ((),) * 4)
    return JudgedChart(reading, truth, number % 2, developed=number % 4 == 0)


CHARTS = [judged(number) for number in range(40)]


@pytest.fixture(scope="module")
def fitted() -> Calibration:
    return fit_calibration(CHARTS, {"on": "2026-05-04"})


def test_it_learns_what_is_likely_and_is_read_back_byte_for_byte(fitted: Calibration) -> None:
    model = fitted
    likely, unlikely = CHARTS[1].reading.rows[0], CHARTS[0].reading.rows[0]
    assert model.codes.probability(likely) > 0.8 > 0.5 > model.codes.probability(unlikely)
    text = model.to_json()
    assert fit_calibration(CHARTS, {"on": "2026-05-04"}).to_json() == text
    again = read_calibration(text.encode(), "m.json", "site calibration")
    assert again.to_json() == text
    assert again.source.startswith("site calibration ")
    assert (model.provenance["charts"], model.provenance["codes"], model.provenance["seed"]) == (40, 200, 0)
    figures = model.figures
    assert figures["unseen"]["charts"] == 30
    assert figures["unseen"]["brier"][1] <= figures["unseen"]["brier"][0] <= figures["unseen"]["brier"][2]
    assert figures["unseen"]["roc area"] > figures["unseen"]["without calibration"]["roc area"]
    assert figures["gate"]["charts"] == 30
    assert sum(b[2] for b in figures["unseen"]["bins"]) == figures["unseen"]["codes"]


def test_charts_held_out_hang_on_the_seed_alone(fitted: Calibration) -> None:
    other = fit_calibration(CHARTS, {}, seed=7)
    assert other.codes == fitted.codes
    assert other.figures["unseen"]["brier"] != fitted.figures["unseen"]["brier"]


def test_too_few_charts_are_refused() -> None:
    with pytest.raises(UsageError, match="5 judged charts with 25 judged codes are too few"):
        fit_calibration(CHARTS[:5], {})
    unfinished = [replace(chart, missed=None) for chart in CHARTS]
    with pytest.raises(UsageError, match="the gate needs finished charts"):
        fit_calibration(unfinished, {})


def test_the_gate_of_the_base_stays_where_no_chart_is_finished(fitted: Calibration) -> None:
    unfinished = [replace(chart, missed=None) for chart in CHARTS]
    model = fit_calibration(unfinished, {}, base=fitted)
    assert model.charts == fitted.charts
    assert model.figures["gate"] is None


def test_only_decisions_of_the_site_teach_of_single_codes(fitted: Calibration) -> None:
    assert fitted.records == {}
    decided = [replace(c, decided=True, changed={"I10": "I99.8"} if c.truth["I10"] is False else {}) for c in CHARTS]
    model = fit_calibration(decided, {})
    wrong = sum(not chart.truth["I10"] for chart in CHARTS)
    assert model.records["I10"][:2] == (40 - wrong, 40)
    assert model.changes == {"I10": {"I99.8": Change(wrong, 40)}}


def test_a_record_moves_with_the_decisions() -> None:
    liked, disliked = learn_record([0.8] * 4, [True] * 4), learn_record([0.8] * 4, [False] * 4)
    assert disliked.effect < 0 < liked.effect
    assert learn_record([0.8] * 40, [False] * 40).effect < disliked.effect
    assert learn_record([0.5, 0.5], [True, False]).effect == pytest.approx(0.0, abs=1e-5)


DAMAGE: list[Callable[[dict[str, Any]], object]] = [
    lambda raw: raw.pop("kind"),
    lambda raw: raw.update(kind="nosology calibration 0"),
    lambda raw: raw.update(codes=None),
    lambda raw: raw["codes"].update(intercept=None),
    lambda raw: raw["codes"]["coefficients"].pop(),
    lambda raw: raw["charts"]["features"].append("more"),
    lambda raw: raw.update(records={"I10": [1, 2]}),
    lambda raw: raw.update(records={"I10": [1, 2, "much"]}),
    lambda raw: raw.update(records={"I10": [-1, 2, 0.5]}),
    lambda raw: raw.update(changes={"I10": {"I11.9": [1]}}),
    lambda raw: raw.update(changes={"I10": {"I11.9": [3, 2]}}),
    lambda raw: raw.update(changes=[1]),
    lambda raw: raw.update(suggest_at=1.5),
    lambda raw: raw.update(autonomous_at="often"),
    lambda raw: raw.update(figures=3),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_calibration_is_one_clear_line(
    tmp_path: Path, packaged: Calibration, damage: Callable[[dict[str, Any]], object]
) -> None:
    raw = json.loads(packaged.to_json())
    damage(raw)
    path = tmp_path / "reportable.json"
    path.write_text(json.dumps(raw), "utf-8")
    with pytest.raises(UnreadableInput, match=r"reportable\.json: not a calibration of this version") as caught:
        load_calibration(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"{", b"[" * 100_000])
def test_what_is_no_calibration_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reportable.json"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match="not a calibration of this version"):
        load_calibration(path)
    with pytest.raises(UnreadableInput, match="no such file"):
        load_calibration(tmp_path / "gone.json")


def test_the_packaged_calibration_says_what_it_rests_on(packaged: Calibration) -> None:
    golden = Path(__file__).resolve().parents[2] / "golden"
    for each in packaged.provenance["inputs"]:
        assert [*golden.rglob(each["file"])]
        assert len(each["sha256"]) == 64
    assert "few" in packaged.provenance["caution"]
    assert packaged.autonomous_at is None
    assert not packaged.records
    assert not packaged.changes
    assert packaged.figures["unseen"]["brier"][0] < packaged.figures["unseen"]["without calibration"]["brier"]


def test_every_suggestion_has_its_probability_and_the_reasons(home: Path, packaged: Calibration) -> None:
    note = coded(home)
    for suggestion in note.suggestions:
        sure = suggestion.confidence
        assert sure is not None
        assert sure.probability == pytest.approx(suggestion.score, abs=1e-3)
        assert sure.source == packaged.source
        assert sure.record is None
        strengths = [abs(value) for _, value in sure.effects]
        assert strengths == sorted(strengths, reverse=True)
        total = packaged.codes.intercept + sum(value for _, value in sure.effects)
        assert 1 / (1 + 2.718281828**-total) == pytest.approx(sure.probability, abs=1e-3)
    assert note.provenance.calibration == packaged.source
    assert coded(home, scope="all").gate is None


def test_a_calibration_of_the_site_takes_the_place_of_the_packaged_one(
    tmp_path: Path, home: Path, packaged: Calibration
) -> None:
    site = tmp_path / "models" / "reportable.json"
    site.parent.mkdir()
    (tmp_path / "releases").symlink_to(home / "releases")
    site.write_text(replace(packaged, autonomous_at=0.01).to_json(), "utf-8")
    note = coded(tmp_path)
    assert note.gate is not None
    assert note.gate.source.startswith("site calibration ")
    assert note.gate.threshold == 0.01
    assert note.gate.passes
    site.write_text("{}", "utf-8")
    with pytest.raises(UnreadableInput, match=r"reportable\.json"):
        coded(tmp_path)


def test_decisions_move_the_probability_and_say_so(
    home: Path, packaged: Calibration, using: Callable[[Calibration], None]
) -> None:
    plain = coded(home)
    using(replace(packaged, records={"M10.9": Record(1, 9, -2.5)}, source="site"))
    moved = coded(home, suggest_at=0.0)
    assert codes(moved) == codes(plain)
    before, after = plain.suggestions[-1], moved.suggestions[-1]
    assert before.code == after.code == "M10.9"
    assert after.score < before.score
    assert after.confidence is not None
    assert (after.confidence.record, after.confidence.learnt) == ((1, 9), -2.5)
    assert after.steps[-1].name == "calibration"
    assert after.steps[-1].result.startswith("coders kept M10.9 in 1 of 9 charts")
    assert after.steps[-1].source == "site"
    demoted = coded(home, suggest_at=0.5)
    assert codes(demoted) == codes(plain)[:-1]
    (row,) = [item for item in demoted.not_coded if item.code == "M10.9"]
    assert row.why.startswith("unlikely: ")
    assert "under 50%" in row.why


def test_the_first_code_and_one_that_another_needs_are_never_taken_out(home: Path, packaged: Calibration) -> None:
    coder = load_coder(ON, home=home)
    reader = FeatureReader(coder.icd, ())
    calibrator = Calibrator(packaged, coder.icd, coder.instructions, reader, suggest_at=0.5)
    named = [Candidate(code) for code in ("I10", "G30.9", "F02.80", "M10.9", "K21.9")]
    draft = Draft(named, [], [], Chart("outpatient", "reportable", "", None, "", frozenset()))
    elsewhere = (0.0,) * len(CODE_FEATURES)
    assessed = tuple(float(name.startswith("stated in an assessment")) for name in CODE_FEATURES)
    sure = [Confidence(chance, "test", None, elsewhere) for chance in (0.1, 0.1, 0.9, 0.1, 0.5)]
    assert calibrator.demote(draft, sure) == [0, 1, 2, 4]
    assert [(c.code, c.dropped[:13]) for c in draft.dropped] == [("M10.9", "unlikely: 10%")]
    sure[3] = Confidence(0.1, "test", None, assessed)  # a diagnosis that was made is no passing mention
    assert calibrator.demote(draft, sure) == [0, 1, 2, 3, 4]
    sure[3] = Confidence(0.1, "test", None, assessed, (0, 9), -3.0)  # but coders of the site know better
    assert calibrator.demote(draft, sure) == [0, 1, 2, 4]
    assert codes(coded(home, "ASSESSMENT: Anxiety.", suggest_at=1.0)) == ["F41.9"]


CHANGES: list[tuple[Mapping[str, Change], str]] = [
    ({"M17.9": Change(6, 8)}, "M17.9"),
    ({"M17.9": Change(2, 2)}, "M17.0"),  # too seldom
    ({"M17.9": Change(4, 8)}, "M17.0"),  # coders disagree
    ({"M17.11": Change(9, 9)}, "M17.0"),  # the engine did not read it in this chart
    ({"M17": Change(9, 9)}, "M17.0"),
]


@pytest.mark.parametrize(("changes", "chosen"), CHANGES)
def test_coders_choose_among_what_the_engine_offers(
    home: Path,
    packaged: Calibration,
    using: Callable[[Calibration], None],
    changes: Mapping[str, Change],
    chosen: str,
) -> None:
    using(replace(packaged, changes={"M17.0": changes}, source="site"))
    note = coded(home)
    assert codes(note) == ["I10", chosen, "M10.9"]
    knees = note.suggestions[1]
    assert any("OA both knees" in piece.quote for piece in knees.evidence)
    if chosen == "M17.9":
        assert knees.steps[-1].result == "M17.0 changed to M17.9: coders did so in 6 of 8 charts"
        assert knees.alternatives[0].code == "M17.0"
        assert knees.score == pytest.approx(6 / 9, abs=1e-3)


def test_the_gate_is_off_until_the_site_sets_a_threshold(home: Path) -> None:
    off, low, high = coded(home).gate, coded(home, autonomous_at=0.0).gate, coded(home, autonomous_at=1.0).gate
    assert off is not None
    assert low is not None
    assert high is not None
    assert (off.threshold, off.passes, off.reasons) == (None, False, ("no threshold is set: a coder decides",))
    assert (low.passes, low.reasons) == (True, ())
    assert not high.passes
    assert "under the 100% that the site asks for" in high.reasons[0]
    assert off.probability == low.probability == high.probability
    nothing = coded(home, "Feels well.", autonomous_at=0.0).gate
    assert nothing is not None
    assert nothing.reasons == ("nothing is coded",)


def test_what_stops_a_chart_whatever_its_probability(home: Path) -> None:
    note = coded(home, autonomous_at=0.0)
    assert find_stops(note) == ()
    warning = Finding("chart.two-patients", Severity.WARNING, "two names")
    stopped = hold_gate(replace(note, findings=(warning, Finding("x", Severity.INFORMATION, "known"))))
    assert stopped.gate is not None
    assert stopped.gate.reasons == ("warning: chart.two-patients",)
    first = note.suggestions[0]
    asked = hold_gate(replace(note, queries=(Query("query.type", "Which?", ("a",), first.evidence[:1]),)))
    assert asked.gate is not None
    assert asked.gate.reasons == ("an open query bears on I10, the first in order: query.type",)
    doubted = replace(first, steps=(*first.steps, Step("verifier", "doubted: no", "model")))
    held = hold_gate(replace(note, suggestions=(doubted, *note.suggestions[1:])))
    assert held.gate is not None
    assert held.gate.reasons == ("the verifier did not confirm I10",)
    outdated = code_note(Document("n", KNEES), setting="outpatient", on=date(2031, 1, 1), home=home, autonomous_at=0.0)
    assert outdated.gate is not None
    assert outdated.gate.reasons == ("warning: release.outdated",)
    assert hold_gate(coded(home, scope="all")).gate is None
