"""The compiler: a term and the text that says it become the same atoms, whatever spelling the text chooses."""

from __future__ import annotations

import marshal

from nosology.lexicon.compile import Compiler, _rewriting
from nosology.lexicon.lexicon import Lexicon
from nosology.lexicon.rewrites import Condition, Rewrite, read_predicates


def compiler() -> Compiler:
    """A compiler that knows "renal" for "kidney" and the phrase that is written with "kidney"."""
    return Compiler(
        [
            Rewrite(("renal",), ("kidney",), None),
            Rewrite(("end", "stage", "kidney", "failure"), ("end", "stage", "kidney", "disease"), None),
            Rewrite(("preeclampsia",), ("pre", "eclampsia"), None),
        ]
    )


def test_phrases_are_met_in_every_spelling_of_their_words() -> None:
    from nosology.lexicon.compile import _spellings

    assert (("end", "stage", "renal", "failure"), ("end", "stage", "kidney", "disease")) in set(_spellings(compiler()))


def test_a_term_is_compiled_as_a_chart_says_it_too() -> None:
    made = Compiler([Rewrite(("eczema",), ("dermatitis",), Condition(far=("herpeticum",)))])
    said = {tuple(sorted((made.words[a] for a in atoms), reverse=True)) for atoms in made.spoken("infantile eczema")}
    assert said == {("infantile", "eczema"), ("infantile", "dermatitis")}


def test_prefixes_written_apart_are_joined_unless_a_rewrite_writes_them_apart() -> None:
    made = compiler()
    made.join_prefixes(["postoperative", "preeclampsia"])
    assert made.rewrite(("post", "operative", "pain")) == ("postoperative", "pain")
    assert made.rewrite(("preeclampsia",)) == ("pre", "eclampsia")


def test_a_finding_after_its_site_is_the_finding_before_it() -> None:
    phrases = {rewrite.phrase: rewrite.canonical for rewrite in read_predicates()}
    assert phrases["spleen", "is", "mildly", "enlarged"] == ("enlarged", "spleen")
    assert phrases["spleen", "enlarged"] == ("enlarged", "spleen")
    assert ("spleen", "is", "not", "enlarged") not in phrases
    assert phrases["stool", "have", "been", "loose"] == ("loose", "stool")


def test_phrases_are_unpacked_with_the_first_word_that_begins_them() -> None:
    made = compiler()
    payload = {**_rewriting(made), "count": 0, "anchors": {}, "after_non": [], "words": made.words}
    lexicon = Lexicon(marshal.dumps(payload))

    def read(text: str) -> list[str]:
        return [lexicon.words[atom] for atom in lexicon.tokens(text).atoms]

    assert read("renal") == ["kidney"]
    assert not lexicon._phrases
    assert read("End stage kidney failure.") == ["end", "stage", "kidney", "disease"]
    assert lexicon._phrases
    assert read("renal failure, END STAGE KIDNEY FAILURE")[-1] == "disease"
