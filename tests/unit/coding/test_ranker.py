"""The ranker of the exhaustive view: learns from coded charts, is read back, and never gives a code without words
for it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from nosology.coding.exhaustive_features import FEATURES, Counts, ExhaustiveReader, Record
from nosology.coding.phrases import Learnt, learn_phrases
from nosology.coding.ranker import Points, load_exhaustive_model
from nosology.coding.sightings import Sighting
from nosology.coding.train import Example, train_exhaustive
from nosology.errors import UnreadableInput, UsageError
from nosology.model.note import Document
from nosology.pipeline import code_note, read_example

ON = date(2026, 5, 4)


def sight(code: str) -> Sighting:
    return Sighting(code, True, 1, 0.1, 5, 1, 0, False, False, False, 0, 0, ("fever",))


def charts(count: int = 100) -> list[Example]:
    """Charts in which "necrosis" is coded I96, "fever" R50.9; the engine finds the fever, and a false cough."""
    made = []
    for n in range(count):
        necrosis, fever = n % 2 == 0, n % 3 == 0
        phrases = {"patient"} | ({"necrosis", "extensive"} if necrosis else {"extensive"} if n % 5 == 1 else set())
        phrases |= {"fever"} if fever else set()
        gold = ({"I96"} if necrosis else set()) | ({"R50.9"} if fever else set())
        engine = ({"R50.9"} if fever else set()) | ({"R05.9"} if n % 5 == 0 else set())
        made.append(Example(frozenset(phrases), tuple(map(sight, sorted(engine))), frozenset(gold)))
    return made


def unrelated(phrase: str, code: str) -> bool:
    return False


def test_what_coders_did_is_learnt_and_read_back(tmp_path: Path) -> None:
    pytest.importorskip("sklearn")
    model = train_exhaustive(charts(), unrelated, lambda code: "", {"source": "synthetic"})
    assert [(each.code, each.hits, each.charts) for each in model.phrases["necrosis"]] == [("I96", 50, 50)]
    assert model.counts.record["R05.9"] == Record(0, 20)
    assert "patient" not in model.phrases  # stands in every chart, so it tells nothing
    reader = ExhaustiveReader(model.counts, lambda code: "")
    seen = {code: sight(code) for code in ("R50.9", "R05.9")}
    spoken = {"I96": model.phrases["necrosis"], "R50.9": model.phrases["fever"]}
    chances = {code: model.probability(row) for code, row in reader.read(seen, spoken, 1).items()}
    assert chances["I96"] > model.threshold
    assert chances["R50.9"] > model.threshold > chances["R05.9"]
    path = tmp_path / "model.json"
    path.write_text(model.to_json(), encoding="utf-8")
    assert load_exhaustive_model(path) == model


def test_a_word_that_only_accompanies_the_telling_one_is_left_with_little() -> None:
    learnt = learn_phrases(charts(), unrelated)
    told = {each.code: each.chance for each in learnt["necrosis"]}["I96"]
    beside = {each.code: each.chance for each in learnt.get("extensive", ())}.get("I96", 0.0)
    assert told > 0.9 > 0.5 > beside


def test_codes_that_exist_no_longer_count_neither_way() -> None:
    example = Example(frozenset(), (sight("R51.9"), sight("R05.9")), frozenset(), superseded=("R51",))
    assert example.unknown("R51.9")
    assert not example.unknown("R05.9")


def test_points_are_those_of_the_band_and_of_the_weight() -> None:
    points = Points(mean=1.0, scale=2.0, weight=0.5, edges=(1.0, 3.0), bands=(-1.0, 0.0, 2.0))
    assert [points.of(value) for value in (0.0, 1.0, 5.0)] == [-1.25, 0.0, 3.0]


def test_general_names_inside_longer_ones_are_seen_but_never_another_disease(home: Path) -> None:
    text = "Iron deficiency anemia. Portal hypertension. Macroscopic hematuria. No pulmonary edema."
    seen = {s.code for s in read_example(Document("case", text), (), on=ON, home=home).sightings if not s.coded}
    assert {"D64.9", "R31.9"} <= seen
    assert not seen & {"I10", "R60.9"}


def test_a_name_without_its_non_is_no_general_name(home: Path) -> None:
    seen = {s.code for s in read_example(Document("case", "NSTEMI, treated."), (), on=ON, home=home).sightings}
    assert "I21.4" in seen
    assert "I21.3" not in seen


def test_what_an_abbreviation_stands_for_is_no_general_name(home: Path) -> None:
    def general(text: str) -> set[str]:
        return {s.code for s in read_example(Document("case", text), (), on=ON, home=home).sightings if not s.coded}

    assert "G35.D" in general("Relapsing remitting multiple sclerosis since 2019.")
    assert "G35.D" not in general("RRMS since 2019.")
    assert "K21.9" not in general("Venous reflux.")


def test_phrases_bring_in_a_code_only_where_they_are_evidence_of_it() -> None:
    """A phrase that shares no word with the code needs many charts that had the code for it."""
    reader = ExhaustiveReader(Counts(), lambda code: "")

    def in_play(*learnt: Learnt) -> bool:
        return "I96" in reader.read({}, {"I96": learnt}, 1)

    assert in_play(Learnt("I96", 0.3, 2, 4, related=True))
    assert not in_play(Learnt("I96", 0.9, 1, 1, related=True))  # one chart is no experience
    assert in_play(Learnt("I96", 0.6, 12, 20, related=False))
    assert not in_play(Learnt("I96", 0.9, 4, 4, related=False))
    assert not in_play(Learnt("I96", 0.4, 40, 100, related=False))


def test_other_readings_of_the_same_words_are_seen(home: Path) -> None:
    text = (
        "A man with hypertension. He has had chronic kidney disease. Metastases of the lung, those on the right larger."
    )
    seen = {s.code: s for s in read_example(Document("case", text), (), on=ON, home=home).sightings}
    assert seen["I12.9"].ruled
    assert seen["C78.01"].coded
    assert seen["C78.00"].bare
    text = "Lung metastases on the right. Metastasis of the left kidney."
    seen = {s.code: s for s in read_example(Document("case", text), (), on=ON, home=home).sightings}
    assert {"C78.01", "C79.02"} <= seen.keys()
    assert not {"C78.00", "C79.00"} & seen.keys()  # the words by themselves say the side


def test_too_few_charts_are_refused() -> None:
    with pytest.raises(UsageError, match="too few"):
        train_exhaustive(charts(20), unrelated, lambda code: "", {})


def test_a_damaged_model_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"broken\.json: not a model of this version"):
        load_exhaustive_model(path)


def test_the_packaged_model_is_whole() -> None:
    model = load_exhaustive_model()
    assert model is not None
    assert len(model.points) == len(FEATURES)
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


def test_what_is_denied_between_its_words_is_not_coded(home: Path) -> None:
    for text in ("The left leg is not swollen.", "The appendix was not inflamed.", "The patient is not hypertensive."):
        coded = code_note(Document("case", text), setting="outpatient", on=ON, scope="all", home=home)
        assert not coded.suggestions, text


@pytest.mark.parametrize(
    ("text", "code", "wrong"),
    [
        ("She has an acute pulmonary embolism.", "I26.99", "J81"),  # "acute pulmonary" is said of edema, too
        ("An ST depression was seen in a woman with gout.", "M10.9", "F32"),
        ("A type 2 papillary renal cell carcinoma was resected.", "C64.9", "E11"),  # a type is no disease
        ("Partial tooth loss in a woman with gout.", "K08.409", "K08.109"),
        ("Chronic hepatitis C.", "B18.2", "B19"),  # which is not the unspecified one
        ("Microhematuria was found in a woman with gout.", "M10.9", "R31.9"),  # one word holds no other name
    ],
)
def test_a_part_of_another_name_brings_in_no_code(home: Path, text: str, code: str, wrong: str) -> None:
    coded = code_note(Document("case", text), setting="outpatient", on=ON, scope="all", home=home)
    codes = {s.code for s in coded.suggestions}
    assert code in codes
    assert not {c for c in codes if c.startswith(wrong)}
