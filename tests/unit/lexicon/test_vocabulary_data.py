"""The packaged vocabulary: well formed, free of contradictions and cycles, and never blurring two codes into one."""

from __future__ import annotations

import re
import warnings
from collections import Counter, defaultdict
from functools import cache

import pytest

from nosology.lexicon.rewrites import parse_condition, read_rows, write_out
from nosology.lexicon.tokens import STOP_WORDS, split_words

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # the package reads its own data the old way
    import simple_icd_10_cm as cm

FILES = {
    "abbreviations.tsv": 900,
    "synonyms.tsv": 800,
    "adjectives.tsv": 250,
    "plurals.tsv": 100,
    "sites.tsv": 100,
    "lay.tsv": 300,
    "95_plain_organs.tsv": 150,
    "british.tsv": 250,
    "misspellings.tsv": 500,
    "translated.tsv": 150,
}
PASSES = 5  # as many as the compiler makes
RESIDUAL = {"unspecified", "other", "elsewhere", "classified"}
Words = tuple[str, ...]


@cache
def rows() -> tuple[tuple[str, str, str, str], ...]:
    """Return ``(place, phrase, canonical, condition)`` of every rewrite."""
    found, lists = [], {}
    for file, number, cells in read_rows("rewrites"):
        if cells[0].startswith("@"):
            lists[cells[0][1:]] = cells[1]
            continue
        for phrase, canonical in write_out(cells[0], cells[1], lists):
            found.append((f"{file}:{number}", phrase, canonical, cells[2] if len(cells) > 2 else ""))
    return tuple(found)


@cache
def plain() -> dict[Words, Words]:
    """Return the rewrites that need no context, by phrase."""
    table: dict[Words, Words] = {}
    for _place, phrase, canonical, condition in rows():
        if not condition and words(phrase) != words(canonical):
            table.setdefault(words(phrase), words(canonical))
    return table


def words(text: str) -> Words:
    return tuple(split_words(text))


def rewrite_once(line: Words) -> Words:
    table, out, i = plain(), [], 0
    while i < len(line):
        for width in range(min(9, len(line) - i), 0, -1):
            canonical = table.get(line[i : i + width])
            if canonical is not None:
                out += canonical
                i += width
                break
        else:
            out.append(line[i])
            i += 1
    return tuple(out)


@cache
def close(line: Words) -> Words:
    seen = {line}
    for _ in range(PASSES):
        following = rewrite_once(line)
        if following in seen:
            break
        seen.add(following)
        line = following
    return line


def atoms(line: Words) -> frozenset[str]:
    return frozenset(word for word in line if word not in STOP_WORDS)


def contains(line: Words, part: Words) -> bool:
    return any(line[i : i + len(part)] == part for i in range(len(line) - len(part) + 1))


@pytest.mark.parametrize("name", FILES)
def test_every_file_holds_what_it_promises(name: str) -> None:
    assert sum(place.startswith(name) for place, *_ in rows()) >= FILES[name]


def test_rows_have_two_or_three_lower_case_cells() -> None:
    for file, number, cells in read_rows("rewrites"):
        assert 2 <= len(cells) <= 3, f"{file}:{number}"
        assert all(cells), f"{file}:{number}: empty cell"
        assert cells[0] == cells[0].lower(), f"{file}:{number}"
        assert cells[1] == cells[1].lower(), f"{file}:{number}"
        assert words(cells[0]), f"{file}:{number}: nothing to match"
        assert words(cells[1]), f"{file}:{number}: nothing to match"


def test_braces_hold_what_may_stand_in_their_place() -> None:
    lists = {"bone": "wrist|hip"}
    assert list(write_out("broke {his|her} {@bone}", "fracture of {2}", lists)) == [
        ("broke his wrist", "fracture of wrist"),
        ("broke his hip", "fracture of hip"),
        ("broke her wrist", "fracture of wrist"),
        ("broke her hip", "fracture of hip"),
    ]
    assert list(write_out("heart attack", "myocardial infarction", {})) == [("heart attack", "myocardial infarction")]


def test_conditions_parse_and_name_single_words() -> None:
    for place, _phrase, _canonical, condition in rows():
        if condition:
            assert parse_condition(condition, place) is not None, place
        for part in condition.split(";"):
            if part[:1] in ("+", "-"):
                for word in part[1:].split("|"):
                    assert len(words(word)) == 1, f"{place}: {word!r} is not one word"


def test_a_phrase_has_one_meaning_in_one_context() -> None:
    meanings: dict[Words, list[tuple[str, frozenset[str], str]]] = defaultdict(list)
    for place, phrase, canonical, condition in rows():
        for other, meaning, other_condition in meanings[words(phrase)]:
            if meaning != atoms(close(words(canonical))):
                assert condition, f"{place}: {phrase!r} means something else at {other}"
                assert other_condition, f"{place}: {phrase!r} means something else at {other}"
                assert condition != other_condition, f"{place}: {phrase!r} means something else at {other}"
        meanings[words(phrase)].append((place, atoms(close(words(canonical))), condition))


def test_no_rewrite_runs_in_a_circle() -> None:
    for place, phrase, canonical, condition in rows():
        if condition or words(phrase) == words(canonical):
            continue
        assert not contains(words(canonical), words(phrase)), f"{place}: {phrase!r} would grow for ever"
        closed = close(words(canonical))
        assert atoms(rewrite_once(closed)) == atoms(closed), f"{place}: {phrase!r} never settles"


def test_no_phrase_loses_its_negation_to_an_apostrophe() -> None:
    for place, phrase, *_ in rows():
        assert "n't" not in phrase, f"{place}: {phrase!r} would be read without its 'not'"


def test_no_function_word_is_rewritten_without_its_context() -> None:
    for phrase in plain():
        assert len(phrase) > 1 or phrase[0] not in STOP_WORDS, phrase


@pytest.mark.parametrize("abbreviation", ["ms", "ra", "as", "pe", "pd", "cp", "uc", "ha", "ed", "all", "et", "aids"])
def test_ambiguous_abbreviations_carry_their_context(abbreviation: str) -> None:
    found = [condition for _place, phrase, _canonical, condition in rows() if phrase == abbreviation]
    assert found
    assert all(found)


@pytest.mark.parametrize("phrase", ["pt", "pts", "c/o", "s/p", "w/", "h/o", "r/o", "it", "or", "he", "now", "be"])
def test_words_that_name_no_condition_are_left_alone(phrase: str) -> None:
    assert words(phrase) not in {words(p) for _place, p, _canonical, condition in rows() if "upper" not in condition}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dyspnea", "shortness of breath"),
        ("renal failure", "renal insufficiency"),
        ("sore throat", "throat pain"),
        ("painful urination", "dysuria"),
        ("sebaceous cyst", "epidermal cyst"),
        ("aortic stenosis", "stenosis of aorta"),
        ("recurrent convulsions", "recurrent seizures"),
        ("swimmer's ear", "otitis externa"),
        ("bunion", "hallux valgus"),
        ("collapsed lung", "pneumothorax"),
        ("hemorrhagic stroke", "ischemic stroke"),
        ("diabetes insipidus", "diabetes mellitus"),
        ("she does", "dyspnea on exertion"),
        ("a faint murmur", "syncope murmur"),
        ("d/c", "dilation and curettage"),
        ("carcinoma in situ of breast", "carcinoma of breast"),
        ("attention deficit disorder", "attention-deficit hyperactivity disorder"),
    ],
)
def test_terms_with_different_codes_stay_different(one: str, other: str) -> None:
    assert atoms(close(words(one))) != atoms(close(words(other)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("high blood pressure", "essential hypertension hypertension"),
        ("HTN", "hypertension"),
        ("T2DM", "type 2 diabetes mellitus"),
        ("ESRD", "end stage renal disease"),
        ("kidney stones", "calculus of kidney"),
        ("NSTEMI", "non-ST elevation myocardial infarction"),
        ("heart attack", "myocardial infarction"),
        ("anaemia", "anemia"),
        ("pnuemonia", "pneumonia"),
        ("throwing up", "vomiting"),
        ("liver cirrhosis", "cirrhosis of liver"),
        ("cefalea", "headache"),
        ("diverticula", "diverticulum"),
        ("kneecap", "patella"),
    ],
)
def test_what_is_said_meets_what_is_titled(said: str, meant: str) -> None:
    assert atoms(close(words(said))) <= atoms(close(words(meant)))
    assert atoms(close(words(said)))


def test_titles_of_different_codes_are_never_merged() -> None:
    letters = {words(p): words(c) for place, p, c, _ in rows() if place.startswith("letters.tsv")}

    def before(line: Words) -> frozenset[str]:
        out, i = [], 0
        while i < len(line):
            width = next((w for w in (3, 2, 1) if line[i : i + w] in letters), 0)
            out += letters[line[i : i + width]] if width else line[i : i + 1]
            i += width or 1
        return atoms(tuple(out)) - RESIDUAL

    met: dict[frozenset[str], dict[frozenset[str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for code in cm.get_all_codes():
        if len(code) > 7 or "-" in code or not re.match(r"[A-Z]\d", code):
            continue
        for text in (cm.get_description(code), *cm.get_inclusion_term(code)):
            if not text.startswith("Other"):
                line = words(text)
                met[atoms(close(line)) - RESIDUAL][before(line)].add(code)
    merged = []
    for after, groups in met.items():
        sets = list(groups.values())
        for i, first in enumerate(sets):
            for second in sets[:i]:
                if not any(a.startswith(b) or b.startswith(a) for a in first for b in second):
                    merged.append((sorted(after), sorted(first), sorted(second)))
    assert merged == []


def test_drugs_are_well_formed_and_their_codes_exist() -> None:
    seen: set[str] = set()
    for file, number, cells in read_rows("drugs.tsv"):
        place = f"{file}:{number}"
        name, drug_class, code, treats = (*cells, "", "", "")[:4]
        assert name == name.lower(), place
        assert name not in seen, place
        assert drug_class, place
        assert not code or (code.startswith("Z79.") and cm.is_valid_item(code) and cm.is_leaf(code)), place
        for category in filter(None, treats.split(",")):
            assert cm.is_valid_item(category), f"{place}: {category}"
        seen.add(name)
    assert len(seen) >= 900


@pytest.mark.parametrize(
    ("drug", "code"),
    [
        ("metformin", "Z79.84"),
        ("lantus", "Z79.4"),
        ("ozempic", "Z79.85"),
        ("eliquis", "Z79.01"),
        ("plavix", "Z79.02"),
        ("aspirin", "Z79.82"),
        ("ibuprofen", "Z79.1"),
        ("prednisone", "Z79.52"),
        ("flovent", "Z79.51"),
        ("tamoxifen", "Z79.810"),
        ("fosamax", "Z79.83"),
        ("humira", "Z79.620"),
        ("methotrexate", "Z79.631"),
        ("oxycodone", "Z79.891"),
        ("lisinopril", "Z79.899"),
    ],
)
def test_long_term_codes_of_common_drugs(drug: str, code: str) -> None:
    assert {cells[0]: cells[2] for _file, _number, cells in read_rows("drugs.tsv")}[drug] == code


def test_no_pattern_of_a_phrase_makes_too_many_of_them() -> None:
    """A line of alternatives is spelt out: thousands of phrases of one line make every note slower."""
    made = Counter(place for place, _phrase, _canonical, _condition in rows())
    assert {place: count for place, count in made.items() if count > 6_000} == {}
    assert 50_000 < made.total() < 120_000
