"""Who the chart says the patient is: introductions ("a 68-year-old man"), name, record number, birth date of headers.

Only what presents the patient is read; relatives, donors, drivers and the mother of a newborn are not. Ages are in
years; names are sets of lower-case words without titles and initials.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from nosology.coding.chart_dates import DATE, read_date
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Note, Sentence, Span

__all__ = [
    "Identifier",
    "Introduction",
    "find_identifiers",
    "find_introductions",
    "is_gender_diverse",
    "stated_age",
    "stated_sex",
    "well_visit_age",
]


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_OLD = compile_words(r"old|y/o|yo|y\.o")
_HEAD = 800  # code points in which "66F" presents the patient
_SHORT = re.compile(r"[MF](?=[\s,;.|)]|\Z)(?:(?<=\d[MF])|(?<=\d [MF]))")
_NUMBERS = re.findall(
    r"\w+",
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_AGE = re.compile(
    rf"(?<![\w./-])(?P<age>\d{{1,3}}|(?<!ty )(?:{'|'.join(_NUMBERS)}))"
    r"(?:[ -]{0,2}(?P<unit>year|yr|month|mo|week|wk|day)s?\.?[ -]{0,2}old"
    r"|[ -]?y/?\.?[ ]?o|[ ]?(?P<short>[MF]))\Z",
    re.IGNORECASE,
)
_MALE = frozenset(("man", "male", "gentleman", "boy", "m"))
_SEX = re.compile(
    r"[\s,-]*(?:(?!(?:and|with|who|presents?|has|is|was|from|whose|status|s/p|in|for)\b)[\w/'’-]+[\s,]+){0,6}?"
    r"(?P<sex>man|woman|male|female|gentleman|lady|boy|girl|[MF])\b(?!['’]s?\b)(?P<after>[ ]\w+)?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"\b(Mr|Mrs|Ms|Miss)\b\.? (?:[A-Z][\w'’-]*\.? ){0,3}is an? [\w ,-]{0,30}\Z")
_LABEL = compile_words(r"(?:sex|gender)(?: assigned at birth)?[ \t]*[:=]")  # without it _LABELLED need not be tried
_LABELLED = compile_words(
    r"(?:(?:^|[|\n\t;,]|  )[ ]*(?:sex|gender|sex assigned at birth)[ \t]*[:=][ \t]*"
    r"|\bage ?/ ?(?:sex|gender)[ \t]*[:=][ \t]*\d{1,3}[ a-z./-]{0,9}[ /,]+)(?P<sex>male|female|m|f)\b"
)
_OTHERS = re.compile(
    r"\b(?:mother|father|mom|dad|parents?|wife|husband|spouse|sons?|daughters?|brothers?|sisters?|aunts?|uncles?"
    r"|cousins?|niece|nephew|siblings?|twins?|grand\w+|partner|girlfriend|boyfriend|fianc\w+|friends?|neighbou?rs?"
    r"|roommates?|room-mate|caregivers?|caretakers?|donors?|recipients?|drivers?|passengers?|child|children|kids?|babysitter"
    r"|born|delivered|when|aged?|another|similar|other|compared|versus|by|lives|living|index|case|second|"
    r"(?:infant|newborn|neonate|baby|boy|girl) (?:of|to)"
    r"|normal|typical|average|appears|looks|like|old|range|reference|risk|cohort|study|patients|women|men)\b",
    re.IGNORECASE,
)
# words after which the age or size before is not the patient's
_NO_PERSON = _words(
    "mother mom father dad parent lab dog cat puppy "
    "driver donor relative friend neighbor neighbour partner sibling cousin caregiver companion passenger roommate "
    "colleague coworker nurse physician staff officer sister brother twin child children fetus foetus catheter foley "
    "french sheath stent tube double introducer chest guide guiding cannula dilator urinary ng ureteral "
    "rigid flexible cystoscope resectoscope nephroscope ureteroscope scope access cone pigtail drain tip"
)
_WORD = re.compile(r"[ .]*(\w+)")
_LONGEST_AGE = 24  # code points of an age with its unit
_LEAD = 90  # code points that may stand before the age in its sentence
_TEMPERATURE = 95
_OLDEST = 115
_KINDS = _words(
    "other chief_complaint history_of_present_illness interval_history hospital_course emergency_course assessment "
    "assessment_and_plan impression consultation indication patient_information header admission_diagnosis diagnosis"
) | {""}
_WELL = compile_words(r"\b(?:well[- ](?:child|baby|adolescent|teen)|wcc|wcv|health supervision)\b")
_WELL_AGE = re.compile(r"(?<![\w./-])(?P<age>\d{1,2})[ -]?(?P<unit>year|yr|month|mo|week|wk|day)s?\b", re.IGNORECASE)
_UNITS = {"m": 12.0, "w": 52.18, "d": 365.25}
_DIVERSE = compile_words(
    r"\b(?:trans(?:gender|sexual|masculine|feminine| ?(?:man|woman|male|female))\w*|gender[- ](?:dysphoria|incongruence"
    r"|affirm\w+|identity disorder|non-?conforming|reassignment|transition\w*)|sex reassignment|non-?binary|intersex\w*"
    r"|assigned (?:fe)?male at birth|(?:fe)?male[- ]to[- ](?:fe)?male|afab|amab|ftm|mtf|two-spirit|genderqueer"
    r"|disorders? of sex(?:ual)? development|ambiguous genitalia|androgen insensitivity)\b"
)
_NAME = r"[A-Z][A-Za-z'’-]*\.?"
_RECORD = compile_words(
    r"\b(?:MRN|M\.R\.N\.|MR ?#|medical record (?:number|no\.?|#)|patient id(?:entifier)?|record (?:number|no\.?))"
    r"[ \t]*[:#=.]{0,3}[ \t]*(?P<value>(?=[A-Z-]{0,9}\d)[A-Z0-9][A-Z0-9-]{2,19})\b"
)
_BIRTH = compile_words(rf"\b(?:DOB|D\.O\.B\.?|date of birth|birth ?date)[ \t]*[:=]?[ \t]*(?P<value>{DATE})")
_NAME_LABEL = compile_words(r"(?:patient|name|pt) ?:")
_NAMED = re.compile(
    rf"(?:^|[\n|\t])[ \t#*]*(?:(?:[Pp]atient|PATIENT|Pt|PT)(?:['’]s)?(?:[ ]?(?:[Nn]ame|NAME))?|Name|NAME|Re|RE)"
    rf"[ \t*]*[:=][ \t*]*(?P<value>{_NAME}(?:,? {_NAME}){{1,3}})"
    r"(?=[ \t]*(?:[\n\r|;,(\[/\t]|  |\Z| (?:MRN|DOB|Date|Age|Sex|ID|Acc|MR)\b|[ ]?[-–—(]|[ ]\d))"
)
_NOT_NAMES = _words(
    "patient name unknown doe test anonymous denies reports states is was seen with the and a of this mr mrs ms miss "
    "dr md jr sr ii iii male female alert not none see education information history date dob mrn age sex portal in "
    "room per to consult referral request follow visit note clinic baby boy girl infant newborn bb bg"
)
_BABY = re.compile(r"\b(?:baby|infant|newborn|boy|girl|bb|bg|twin)\b", re.IGNORECASE)
_ANOTHERS = re.compile(
    r"\b(?:mother|maternal|mom|father|paternal|baby|infant|newborn|donor|recipient|spouse|guarantor|subscriber|insured"
    r"|policy|emergency|contact|old|former|previous|prior|outside|guardian|sibling)\b[^\n]{0,24}\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Introduction:
    """A place that presents the patient: age in years and sex ("F", "M"), None and "" where it does not say."""

    span: Span
    age: float | None
    sex: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A field of a header: ``kind`` is "name", "record number" or "birth date"; ``value`` is comparable."""

    kind: str
    value: frozenset[str]
    span: Span


def find_introductions(note: Note) -> tuple[Introduction, ...]:
    """Return the introductions of the patient in order."""
    text = note.document.text
    found: list[Introduction] = []
    places = [m.end() for m in _SHORT.finditer(text, 0, _HEAD)]
    for at in _OLD.places(text):
        if text[at - 1] in "- /.0123456789yY":
            places.append(at + (2 if text[at : at + 2].lower() == "yo" else 3))
    for place in sorted(places):
        match = _AGE.search(text, max(0, place - _LONGEST_AGE), place)
        if match is not None and (introduction := _introduce(note, match)) is not None:
            found.append(introduction)
            found += _titles(text, introduction)
    for match in _LABELLED.finditer(text) if _LABEL.search(text) else ():
        found.append(Introduction(Span(match.start("sex"), match.end("sex")), None, _sex(match["sex"])))
    found.sort(key=lambda i: i.span)
    return tuple(found)


def _introduce(note: Note, match: re.Match[str]) -> Introduction | None:
    """The introduction that an age is part of, None where it presents nobody or somebody else."""
    text = note.document.text
    number = bisect_right(note.sentences, match.start(), key=_start_of) - 1
    if number < 0 or note.sections[note.sentences[number].section].kind not in _KINDS:
        return None
    sentence = note.sentences[number].span
    before = text[sentence.start : match.start()]
    if len(before) > _LEAD or _OTHERS.search(before):
        return None
    old = match["age"].lower()
    age = (int(old) if old.isdecimal() else _NUMBERS.index(old) + 1) / _UNITS.get(
        (match["unit"] or "y")[0].lower(), 1.0
    )
    if match["short"]:
        after = _WORD.match(text, match.end())
        if age >= _TEMPERATURE or len(before.split()) > 4 or (after and after[1].lower() in _NO_PERSON):
            return None
        return Introduction(Span(match.start(), match.end()), age, match["short"].upper())
    said = _SEX.match(text, match.end(), sentence.end)
    if age > _OLDEST or (said is not None and (said["after"] or "").strip().lower() in _NO_PERSON):
        return None
    if said is None:
        after = _WORD.match(text, match.end())
        if len(before.split()) > 7 or (after is not None and after[1].lower() in _NO_PERSON):
            return None
        return Introduction(Span(match.start(), match.end()), age, "")
    return Introduction(Span(match.start(), said.end("sex")), age, _sex(said["sex"]))


def _titles(text: str, introduction: Introduction) -> list[Introduction]:
    """The sex that "Mr." or "Ms." just before an introduction says."""
    title = _TITLE.search(text, max(0, introduction.span.start - _LEAD), introduction.span.start)
    if title is None or not introduction.sex:
        return []
    return [Introduction(Span(title.start(1), title.end(1)), None, "M" if title[1] == "Mr" else "F")]


def _start_of(sentence: Sentence) -> int:
    return sentence.span.start


def _sex(word: str) -> str:
    return "M" if word.lower() in _MALE else "F"


def is_gender_diverse(text: str) -> bool:
    """True where the chart tells of a sex or gender that the sex of the registration need not agree with."""
    return _DIVERSE.search(text) is not None


def stated_age(introductions: tuple[Introduction, ...]) -> int | None:
    """Return the age in whole years on which the introductions agree, None where there is none or they do not."""
    ages = [each.age for each in introductions if each.age is not None]
    return int(ages[0]) if ages and max(ages) - min(ages) <= 1 else None


def well_visit_age(note: Note) -> int | None:
    """Return the age in whole years that names a check-up ("12 month well child visit"), None where none does."""
    if not _WELL.may_stand(note.document.text):
        return None
    for sentence in note.sentences[:3]:
        words = note.document.text[sentence.span.start : sentence.span.end]
        if _WELL.compiled.search(words) and (found := _WELL_AGE.search(words)) is not None:
            return int(int(found["age"]) / _UNITS.get(found["unit"][0].lower(), 1.0))
    return None


def stated_sex(introductions: tuple[Introduction, ...]) -> str:
    """Return the sex that all introductions agree on, "" where they differ or say nothing."""
    said = {i.sex for i in introductions if i.sex}
    return said.pop() if len(said) == 1 else ""


def find_identifiers(text: str) -> tuple[Identifier, ...]:
    """Return the names, record numbers and birth dates of headers, those kinds that stand there more than once."""
    found: list[Identifier] = []
    for kind, hint, pattern in (
        ("record number", _RECORD, _RECORD),
        ("birth date", _BIRTH, _BIRTH),
        ("name", _NAME_LABEL, _NAMED),
    ):
        if len(hint.places(text)) < 2:
            continue
        for match in pattern.finditer(text):
            value = match["value"]
            line = text[max(text.rfind("\n", 0, match.start("value")) + 1, match.start() - 40) : match.start("value")]
            words = _comparable(kind, value)
            if words and not _ANOTHERS.search(line):
                found.append(Identifier(kind, words, Span(match.start("value"), match.end("value"))))
    return tuple(sorted(found, key=lambda i: i.span))


def _comparable(kind: str, value: str) -> frozenset[str]:
    """The words of a value in which two writings of the same thing agree; empty for what is no name."""
    if kind == "record number":
        return frozenset((value.lower().lstrip("0"),))
    if kind == "birth date":
        born = read_date(value)
        return frozenset((f"{born.month}/{born.day}/{born.year % 100}",)) if born is not None else frozenset()
    words = frozenset(w for w in re.split(r"[ ,.]+", value.lower()) if len(w) > 1 and w not in _NOT_NAMES)
    return words if len(words) >= 2 and not _BABY.search(value) else frozenset()
