"""The ranker of the exhaustive view: learns from coded charts, is read back, and never gives a code without words
for it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.coding.ranker import FEATURES, load_exhaustive_model, rank_codes
from nosology.coding.train import Example, train_exhaustive
from nosology.errors import UnreadableInput, UsageError
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)


def charts(count: int = 100) -> list[Example]:
    """Charts in which "necrosis" is coded I96, "fever" R50.9; the engine finds the fever, and a false cough."""
    made = []
    for n in range(count):
        necrosis, fever = n % 2 == 0, n % 3 == 0
        phrases = {"patient"} | ({"necrosis"} if necrosis else set()) | ({"fever"} if fever else set())
        gold = ({"I96"} if necrosis else set()) | ({"R50.9"} if fever else set())
        engine = ({"R50.9"} if fever else set()) | ({"R05.9"} if n % 5 == 0 else set())
        made.append(Example(frozenset(phrases), frozenset(engine), frozenset(gold)))
    return made


def test_what_coders_did_is_learnt_and_read_back(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    model = train_exhaustive(charts(), lambda phrase, code: False, {"source": "synthetic"})
    assert [(each.code, each.hits, each.charts) for each in model.phrases["necrosis"]] == [("I96", 50, 50)]
    assert model.record["R05.9"] == (0, 20)
    assert "patient" not in model.phrases  # stands in every chart, so it tells nothing
    chances = rank_codes(model, ["R50.9", "R05.9"], {"I96": model.phrases["necrosis"], "R50.9": model.phrases["fever"]})
    assert chances["I96"] > model.threshold
    assert chances["R50.9"] > model.threshold > chances["R05.9"]
    path = tmp_path / "model.json"
    path.write_text(model.to_json(), encoding="utf-8")
    assert load_exhaustive_model(path) == model


def test_too_few_charts_are_refused() -> None:
    with pytest.raises(UsageError, match="too few"):
        train_exhaustive(charts(20), lambda phrase, code: False, {})


def test_a_damaged_model_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"broken\.json: not a model of this version"):
        load_exhaustive_model(path)


def test_the_packaged_model_is_whole() -> None:
    model = load_exhaustive_model()
    assert model is not None
    assert len(model.coefficients) == len(FEATURES)
    assert 0.0 < model.threshold < 1.0
    assert model.provenance["source"].startswith("CodiEsp")


def test_the_exhaustive_view_keeps_true_quotes_and_never_codes_what_is_denied(home: Path) -> None:
    text = "A man with fever and extensive necrosis of the foot. No cough. His mother had breast cancer."
    coded = code_note(Document("case", text), setting="outpatient", on=ON, scope="all", home=home)
    codes = {s.code for s in coded.suggestions}
    assert {"R50.9", "I96"} <= codes
    assert not {c for c in codes if c.startswith(("R05", "C50"))}
    for suggestion in coded.suggestions:
        assert 0.0 < suggestion.score <= 1.0
        for evidence in suggestion.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote


def test_the_learnt_phrases_never_reach_a_claim(home: Path) -> None:
    text = "Assessment:\nExtensive necrosis.\nHypertension."
    coded = code_note(Document("case", text), setting="outpatient", on=ON, home=home)
    assert all("ranker" not in {step.name for step in s.steps} for s in coded.suggestions)
