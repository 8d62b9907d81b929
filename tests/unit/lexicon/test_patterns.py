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


@pytest.mark.parametrize("after", ["", LONG])
@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"\b(?:ran|was)\s+out of\b", "She ran  out of pills, was out of\nmoney, and out of breath"),
        (r"[.;] *(?:it was )?ruled out", "PE; ruled out. It was ruled out. Not ruled out"),
        (r"\b(?P<n>\d{1,2}) ?(?:weeks?) (?:of )?pregnan\w+", "24 weeks pregnant, 3 weeks, 12 weeks of pregnancy"),
        (r"[a-z]+[- ]induced", "an alcohol-induced, drug induced and self-self-induced harm"),
        (r"(?:left |right |(?:both ){1,2})+knees? pain", "right knee pain, both both knees pain, knee pain"),
        (r"(?:very )+(?:ill|sick)", "very very ill, very sick, ill"),
        (r"\w*cillins?", "amoxicillin and penicillins; cillin"),
        (r"(?<=no )pain(?=s)|\d pains", "no pains, 2 pains, pains"),
        (r"[^.]{0,40}\bwithdrawn\b", "Unlike that. Consent was withdrawn and later withdrawn again"),
    ],
)
def test_a_pattern_tried_before_its_words_alone_finds_what_it_finds_everywhere(pattern, said, after):
    for times in (1, 3):
        text = LONG + (said + ". ") * times + after
        bare, ours = re.compile(pattern, re.IGNORECASE), WordPattern(pattern)
        spans = [m.span() for m in bare.finditer(text)]
        assert spans
        assert [m.span() for m in ours.finditer(text)] == spans
        for start in (0, len(LONG) + 5, spans[0][0] + 1, spans[0][1]):
            for stop in (len(text), spans[-1][1], spans[-1][1] - 1):
                found, wanted = ours.search(text, start, stop), bare.search(text, start, stop)
                assert (found and found.span()) == (wanted and wanted.span())
                assert [m.span() for m in ours.finditer(text, start, stop)] == [
                    m.span() for m in bare.finditer(text, start, stop)
                ]
