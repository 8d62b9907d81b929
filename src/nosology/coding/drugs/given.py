"""Drugs given in this encounter: injected, infused, inhaled or handed over by staff; not prescribed, not of the home.

A drug counts as given where a sentence says so of now and of the patient: a verb of giving in the past, a heading
"Medications administered", or a dose with a route of injection "in the office", "in clinic", "x1", "now". What is
planned, refused, conditional, of another day or of another place is passed over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from nosology.codes.late_pattern import late_pattern
from nosology.coding.drugs.names import plain_name
from nosology.coding.procedures.desk import ServiceDesk
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Sentence, Span, Status, Subject, Temporality

if TYPE_CHECKING:  # its many patterns are compiled where a drug was given
    from nosology.coding.drugs.dose import Dose

__all__ = ["HERE", "GivenDrug", "find_given", "patient_weight"]

_STEMS = WordPattern(
    "administer|inject|infus|given|gave|receiv|intramuscular|intraven|nebuliz|instill|bolus"  # in any word
)
_MARKS = (" IM", " IV", " SC", " SQ", " SubQ", " IA ", " neb")
_GIVEN = late_pattern(
    r"\b(?:administered|injected|infused|gave|instilled|pushed|bolused)\b"
    r"|\b(?:was|were|been|is) (?:then |also |subsequently )?given\b|(?<!has )\breceived\b|\bgiven\b(?! (?:that"
    r"|the|his|her|their|a|an|no|how|this|these)\b)"
    r"|\b(?:injection|infusion) (?:was |were )?(?:performed|done|completed|given|today)\b|\bmedications? (?:given"
    r"|administered)\b"
    r"|\binjection of\b|\bs/p (?=[a-z]+ \d)",
    re.IGNORECASE,
)
_ROUTED = late_pattern(
    r"\b(?:IM|IV|IVP|IVPB|SQ|SC|SubQ|intramuscular(?:ly)?|intravenous(?:ly)?|subcutaneous(?:ly)?|IA)\b"
)
HERE = late_pattern(
    r"\b(?:in (?:the |our )?(?:office|clinic|ed|er|emergency department|infusion (?:center|suite)|department)"
    r"|today|now|x ?1|once|stat"
    r"|in triage|on arrival|at (?:this|today's) visit)\b",
    re.IGNORECASE,
)
"""Words that place what was done in this encounter."""

_NOT_HERE = late_pattern(
    r"\b(?:father|mother|brother|sister|son|daughter|wife|husband|spouse|partner|baby|infant) (?:was|were"
    r"|received|got)\b"
    r"|\b(?:planned|to be given|prescrib\w+|prescription|\brx\b|home (?:med|dose)\w*|at home|pharmacy"
    r"|outside (?:hospital|facility)"
    r"|osh|by ems|\bems\b"
    r"|prior to arrival|pta|urgent care|yesterday|last (?:night|week|month|year|visit|dose|time|infusion"
    r"|injection)|ago|previous(?:ly)?"
    r"|in the past|prior|elsewhere|another (?:hospital|clinic|facility)|will (?:be )?(?:give|get|receive"
    r"|administer)\w*|to be given|to receive"
    r"|plan(?:s|ned)?(?: to| for)|schedul\w+|next (?:dose|visit|week|injection|infusion)|due (?:for|in|on)|should"
    r"|would|could|may be given|offer\w*"
    r"|consider\w*|declin\w+|refus\w+|not given|never|deferred|held|holding|hold|if (?:needed|no|the|pain|worse)"
    r"|prn at|takes?|taking|continue[sd]?"
    r"|discharged? (?:home )?(?:on|with)|start(?:ed|ing)? on|order(?:ed)?|recommend\w*|instructed|return for"
    r"|since (?:19|20)\d\d|in (?:19|20)\d\d"
    r"|during (?:the|her|his) (?:admission|hospitali[sz]ation))\b",
    re.IGNORECASE,
)
_LIST_HEADING = late_pattern(
    r"\b(?:medications? (?:administered|given)|meds (?:given|administered)|(?:ed|er|office|clinic"
    r"|in-office) (?:medications?|meds|course)"
    r"|drugs? (?:administered|given)|administered medications?|medication administration(?: record)?|mar"
    r"|injections? given)\b",
    re.IGNORECASE,
)
_RECORD = WordPattern(
    r"\b(?:infusion|chemotherapy|injection)(?: (?:infusion|treatment|administration|center|clinic|suite|room|nurs\w+))?"
    r" (?:record|note|flow ?sheet|log|report)\b|\bmedication administration record\b"
)  # the title of a note that lists what was given, each at its time
_TIMED = re.compile(r"(?<![\d./])(?:[01]?\d|2[0-3]):[0-5]\d\b")
_CONTAINER = re.compile(
    r"(?i)\b(?:(?:single|multi)(?:ple)?[- ](?:dose|use) vials?|vials? (?:was|were )?(?:opened|used)|discarded|wasted)\b"
)  # a sentence right behind, of what the drug came in
_TITLE = 160  # code points in which the title stands
_PASSED = frozenset(
    ["medications", "discharge_medications", "allergies", "past_medical_history", "past_surgical_history",
     "family_history",
     "social_history", "problem_list", "review_of_systems", "instructions", "education", "immunizations", "signature",
     "obstetric_history", "gynecologic_history", "header", "patient_information", "comparison"]
)  # fmt: skip
_CONNECTOR = late_pattern(r",|;|\band\b|\bwith\b|\bplus\b|\+|\bfollowed by\b|\bthen\b|\bmixed\b|/", re.IGNORECASE)
_STOP_AFTER = late_pattern(
    r";|\.\s|\bfor (?=[a-z])|\bfollowed by\b|\bthen\b|\bNext\b|\breturn\b|\bmixed with\b|\bwith a\b", re.IGNORECASE
)
_CLAUSE = late_pattern(
    r";|, (?:and |then )?(?=(?:(?:he|she|they|patient|pt) )?(?:was |is |were )?(?:discharged?|will|to |start"
    r"|continue|prescrib|rx\b"
    r"|return|follow|plan))|\b(?:and|then) (?=(?:(?:he|she|they) )?(?:was |were )?(?:discharged|prescribed|will"
    r"|started|sent))",
    re.IGNORECASE,
)
_STOP_BEFORE = late_pattern(r"[;:]|\.\s|\bfor\b|\bthen\b", re.IGNORECASE)
_LOCALS = late_pattern(
    r"\b(?:lidocaine|xylocaine|bupivacaine|marcaine|ropivacaine|naropin|mepivacaine|carbocaine|sensorcaine"
    r"|chloroprocaine|epinephrine"
    r"|sterile (?:water|saline)|bacteriostatic)\b",
    re.IGNORECASE,
)
_WEIGHT = WordPattern(r"\b(?:weight|wt|weighs)\b[:\s]*(?:is |of )?(\d{1,3}(?:\.\d+)?) ?(kg|kilograms?|lbs?|pounds?)\b")
_WORD = late_pattern(r"[A-Za-z][A-Za-z0-9]*(?:[-/][A-Za-z0-9]+)*")
_LOOK_BACK = 60  # code points before a drug in which its dose may stand


@dataclass(frozen=True, slots=True)
class GivenDrug:
    """A drug that was given: its name as in the text (plain), where it stands, the words about it and its dose."""

    name: str
    span: Span
    sentence: int
    context: str
    dose: Dose
    window: Span


def _places(text: str) -> list[int]:
    """Where words of giving stand; found without patterns, for most notes have few or none."""
    places = list(_STEMS.places(text))
    for needle in _MARKS:
        place = text.find(needle)
        while place >= 0:
            places.append(place)
            place = text.find(needle, place + 3)
    return places


def patient_weight(text: str) -> Decimal | None:
    """The weight in kilograms if the chart states one, and one only."""
    found = set()
    for match in _WEIGHT.finditer(text):
        factor = Decimal(1) if match[2].lower().startswith("k") else Decimal("0.45359237")
        found.add(Decimal(match[1]) * factor)
    return found.pop() if len(found) == 1 else None


def find_given(desk: ServiceDesk, names: object, *, longest: int = 6) -> tuple[GivenDrug, ...]:
    """The drugs of a chart that were given, read once for all who ask.

    ``names`` has ``knows(plain name)`` and the set ``first_words``.
    """
    known: tuple[GivenDrug, ...] | None = desk.read.get((id(names), longest))
    if known is None:
        known = desk.read[id(names), longest] = tuple(_find_given(desk, names, longest))
    return known


def _find_given(desk: ServiceDesk, names: object, longest: int) -> Iterator[GivenDrug]:
    text = desk.text
    places = _places(text)
    if not places:
        return
    starts = [sentence.span.start for sentence in desk.note.sentences]
    numbers = {bisect_right(starts, place + 1) - 1 for place in places} - {-1}
    for index, section in enumerate(desk.note.sections):
        if _LIST_HEADING.search(section.title):
            numbers.update(n for n, sentence in enumerate(desk.note.sentences) if sentence.section == index)
    weight = None
    record = _RECORD.search(text[:_TITLE]) is not None
    for number in sorted(numbers):
        sentence = desk.note.sentences[number]
        section = desk.note.sections[sentence.section]
        listed = bool(_LIST_HEADING.search(section.title))
        if section.kind in _PASSED and not listed:
            continue
        words = text[sentence.span.start : sentence.span.end]
        if not (
            listed
            or _GIVEN.search(words)
            or (_ROUTED.search(words) and HERE.search(words))
            or _LIST_HEADING.match(words)
            or (record and _ROUTED.search(words) and _TIMED.search(words))
        ):
            continue
        found = _find_names(words, names, longest)
        if not found:
            continue
        weight = weight or patient_weight(text)
        yield from _read_sentence(
            desk, sentence, number, words, found, weight, _container(desk, names, number, longest)
        )


def _container(desk: ServiceDesk, names: object, number: int, longest: int) -> str:
    """One of the next sentences of the same part, where it tells of vials and waste, before another drug is named."""
    section = desk.note.sentences[number].section
    for behind in desk.note.sentences[number + 1 : number + 4]:
        words = desk.text[behind.span.start : behind.span.end]
        if behind.section != section or _find_names(words, names, longest):
            break
        if _CONTAINER.search(words):
            return words
    return ""


def _read_sentence(
    desk: ServiceDesk,
    sentence: Sentence,
    number: int,
    words: str,
    found: list[tuple[int, int, str]],
    weight: Decimal | None,
    container: str = "",
) -> Iterator[GivenDrug]:
    from nosology.coding.drugs.dose import parse_dose

    bounds = sorted([(start, end) for start, end, _name in found] + [match.span() for match in _LOCALS.finditer(words)])
    for start, end, name in found:
        span = Span(sentence.span.start + start, sentence.span.start + end)
        status, subject, time, _cue = desk.asserted(span, number)
        if status is not Status.PRESENT or subject is not Subject.PATIENT or time is not Temporality.CURRENT:
            continue
        if _NOT_HERE.search(_clause(words, start, end)):
            continue
        low, high = _window(words, start, end, bounds)
        context = words[low:high]
        told = f"{words[low:start]} ; {words[end:high]}"
        dose = parse_dose(told, weight_kg=weight)
        if container and len({name for _s, _e, name in found}) <= 2 and not dose.problem and dose.vial is None:
            packed = parse_dose(f"{told} ; {container}", weight_kg=weight)
            dose = packed if packed.amount == dose.amount else dose
        strength = re.search(r"(?i)\bkenalog[- ]?(?:10|40|80)\b", words[start : min(len(words), end + 3)])
        if strength:
            dose = parse_dose(context, weight_kg=weight)
        if dose.problem == "amount" and not (HERE.search(words) or _ROUTED.search(words)):
            continue
        window = Span(sentence.span.start + low, sentence.span.start + high)
        yield GivenDrug(name, span, number, words, dose, window)


@lru_cache(maxsize=10_000)
def _first_word(word: str) -> str:
    return plain_name(word).partition(" ")[0]


def _find_names(words: str, names: object, longest: int) -> list[tuple[int, int, str]]:
    """Start, end and plain name of each drug, the longest names first, none inside another."""
    knows, begins = names.knows, names.first_words  # type: ignore[attr-defined]
    tokens = [match.span() for match in _WORD.finditer(words)]
    found: list[tuple[int, int, str]] = []
    passed = -1
    for place, (start, first_end) in enumerate(tokens):
        if place <= passed or _first_word(words[start:first_end]) not in begins:
            continue
        for size in range(min(longest, len(tokens) - place), 0, -1):
            end = tokens[place + size - 1][1]
            name = plain_name(words[start:end])
            if knows(name):
                found.append((start, end, name))
                passed = place + size - 1
                break
    return found


def _clause(words: str, start: int, end: int) -> str:
    """The words about one drug that may say where and when, without what follows from giving it."""
    first = max((match.end() for match in _CLAUSE.finditer(words, 0, start)), default=0)
    last = _CLAUSE.search(words, end)
    return words[first : last.start() if last else len(words)]


def _window(words: str, start: int, end: int, bounds: list[tuple[int, int]]) -> tuple[int, int]:
    """The words about one drug: up to the connector before the next drug, and from the one after the drug before."""
    before = [other for other in bounds if other[1] <= start]
    after = [other for other in bounds if other[0] >= end]
    low = 0
    if before:
        low = before[-1][1]
        between = [match.end() for match in _CONNECTOR.finditer(words, low, start)]
        low = between[-1] if between else low
    low = max(low, start - _LOOK_BACK)
    stops = [match.end() for match in _STOP_BEFORE.finditer(words, low, start)]
    low = stops[-1] if stops else low
    high = len(words)
    if after:
        high = after[0][0]
        between = [match.start() for match in _CONNECTOR.finditer(words, end, high)]
        high = between[-1] if between else high
    stop = _STOP_AFTER.search(words, end, high)
    return low, stop.start() if stop else high
