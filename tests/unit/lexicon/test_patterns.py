import re

import pytest

from nosology.lexicon.patterns import WordPattern, compile_words, needed_words

LONG = "Nothing of note. " * 30  # so long that all words are looked for at once


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b(?:sequelae? of|late effects? of)\b", ("late effect of", "late effects of", "sequela of", "sequelae of")),
        (r"post[- ]?op(?:erative)?\b.{0,30}visit", ("post op", "post-op", "postop")),
        (r"\bfractures?\b.{0,20}\bopen\b|\bopen\b.{0,40}\bfractures?\b", ("fracture",)),
        (r"(?:very )+(?:ill|sick)", ("very ill", "very sick")),
        (r"(?=x)pain(?!less)", ("pain",)),
        (r"\d+ ?(?:w|weeks?)", ()),  # "w" alone is too short
        (r"\b(?:no|without) pain", ("no pain", "without pain")),
        (r"\b(?:no|without)\b \w+", ()),  # "no" stands everywhere
        (r"\b(?:transesophageal echo\w*|tee)\b", ("tee", "transesophageal echo")),  # both begin with t
        (r"(?:pain)?", ()),
        (r"[a-z]+", ()),
    ],
)
def test_words_are_read_off_the_pattern(pattern, words):
    found, _first = needed_words(pattern)
    assert {w for w in words if not any(f in w for f in found)} == set()
    assert bool(found) == bool(words)


@pytest.mark.parametrize("before", ["", LONG])
@pytest.mark.parametrize("after", ["", LONG])
@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"\bsequelae? of\b", "Sequelae of a stroke"),
        (r"\bsequelae? of\b", "ſequela of a stroke"),  # the long s matches s
        (r"\bin ?fection\b", "İnfection, ınfection"),
        (r"\bcaf[eé]\b", "CAFÉ"),
        (r"\b(?:left|right) knee\b", "both knees"),
    ],
)
def test_it_finds_what_the_bare_pattern_finds(before, after, pattern, said):
    text = before + said + after
    bare, ours = re.compile(pattern, re.IGNORECASE), WordPattern(pattern)
    assert [m.span() for m in ours.finditer(text)] == [m.span() for m in bare.finditer(text)]
    for start in (0, len(before), len(before) + 3):
        for stop in (len(text), len(before) + 9, 5):
            one, other = ours.search(text, start, stop), bare.search(text, start, stop)
            assert (one and one.span()) == (other and other.span())
            one, other = ours.match(text, start, stop), bare.match(text, start, stop)
            assert (one and one.span()) == (other and other.span())
    assert ours.sub("-", text) == bare.sub("-", text)


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        (r"\bgout\w*", True),
        (r"(?:very )?(?:ill|sick)\w*", True),
        (r"(?:very|\w+) ill", False),
        (r"\d+ weeks", False),
        (r"(?:so|too)+ ill", True),
        (r"\b(?:tee\w*|transesophageal echo\w*)\b", True),
    ],
)
def test_whether_a_match_begins_with_a_word(pattern, first):
    assert needed_words(pattern)[1] is first


def test_a_pattern_that_is_new_after_the_text_was_read():
    text = LONG + "Gout of the left knee."
    assert compile_words(r"\bgout\b").search(text) is not None
    assert compile_words(r"\bleft (?:knee|hip)\b").search(text) is not None
    assert compile_words(r"\bright (?:knee|hip)\b").search(text) is None
