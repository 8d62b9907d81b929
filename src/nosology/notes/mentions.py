"""Finds the mentions: every place where the words of a lexicon term stand together inside one sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.marks import MarkPattern
from nosology.lexicon.patterns import WordPattern
from nosology.lexicon.places import first_at
from nosology.model.note import Mention, Section, Sentence, Span, Status
from nosology.notes.arthritides import find_arthritides, without_wear
from nosology.notes.assertions import Assertions
from nosology.notes.borrowed_words import without_borrowed
from nosology.notes.coordination import coordinated_matches, without_bare
from nosology.notes.denied_parts import DENIALS, DOUBTS, doubted_between, parts_before_denials, parts_before_doubts
from nosology.notes.likenesses import find_likenesses, of_lesion
from nosology.notes.names import find_names
from nosology.notes.problems import find_problems, of_problem
from nosology.notes.specimens import find_specimens, of_specimen

__all__ = ["find_mentions"]

_CAUSE = WordPattern(r"\b(?:due to|d/t|secondary to|2/2|caused by|because of)\b")
_CAUSES = (
    "A0",
    "A4",
    "E0",
    "E2",
    "E7",
    "E8",
    "F3",
    "F4",
    "G",
    "I",
    "J",
    "K",
    "L",
    "M",
    "N",
)  # conditions; not organisms, drugs, symptoms
_WITH = WordPattern(r"\b(?:with|w/|and)\b|(?<=\s)w(?=\s)")
_WITH_OR_MORE = re.compile(
    r"[wWaA](?:(?<=[wW])(?:/|(?i:ith)|(?<=\s.)(?=\s))|(?<=[aA])(?i:nd))"
)  # wherever _WITH is met
_STAGED = ("N18", "I50")  # conditions whose stage or type is a code beside the combination code
_LUNG = ("J12", "J13", "J14", "J15", "J16", "J17", "J18", "J20", "J21", "J22")  # coded beside COPD (J44.0)

# combinations of two conditions that the Index wants laid to each other: beside each other they are two
_LAID = ("E08", "F02.80", "F05", "F06", "F51.05", "G89.3", "J91.8")
_BESIDE = re.compile(r"\s*(?:[,;+&]\s*(?:and\s+)?|/\s?|\band\s+)", re.IGNORECASE)
_LAID_TO = re.compile(
    r"\b(?:due|d/t|secondary|2/2|caus\w+|because|from|by|of|in|with|w/|after|related|associated|attribut\w+|induced"
    r"|provoked|triggered|resulting|following|post|on|worsen\w*|explain\w*|contribut\w+|lead\w*|leading|driven)\b",
    re.IGNORECASE,
)

_TWO_NOUNS = 3  # words of a name; more may be two names that "and" joins

# a clause with a subject of its own: "his father has COPD and the patient has asthma"
_PERSON_SAYS = (
    r"(?:(?:(?:the|this|our)\s+)?(?:patient|pt|he|she)|(?:his|her|their|the)\s+"
    r"(?:mother|father|mom|dad|sister|brother|son|daughter|aunt|uncle|cousin|wife|husband))\s+(?:also\s+|now\s+)?"
    r"(?:has|had|is|was|reports|denies|with)\b"
)
_CLAUSE_JOINED = WordPattern(rf"\b(?:and|but|while|whereas)\s+{_PERSON_SAYS}")
_CLAUSE_BEHIND_COMMA = MarkPattern(
    ",;", rf"[,;]\s(?i:{_PERSON_SAYS})", then=("th", "ou", "pa", "pt", "he", "hi", "sh", "ſh", "hı")
)

_JOINED_BEFORE = re.compile(r"\b(?:and|or)\b|&", re.IGNORECASE)  # "liver and possibly lung metastases"
_DOUBTS = (Status.POSSIBLE, Status.HYPOTHETICAL, Status.CONDITIONAL)
_NAMES = 100  # names that one sentence can hold


def find_mentions(
    text: str,
    lexicon: Lexicon,
    tokens: Tokens,
    sections: Sequence[Section],
    sentences: Sequence[Sentence],
    assertions: Assertions,
) -> tuple[Mention, ...]:
    """Return the mentions of every sentence in text order, each with what the author asserts of it."""
    starts, ends = tokens.starts, tokens.ends
    mentions: list[Mention] = []
    names = find_names(text)
    causes = _CAUSE.places(text)
    clauses, arthritides = _find_clauses(text), find_arthritides(text)
    specimens, likenesses = find_specimens(text, sentences, tokens), find_likenesses(text, sentences, tokens)
    doubts = DOUBTS.places(text)
    problems = find_problems(text, sections, sentences)
    passed = 0  # names that end before the sentence
    last = 0
    for number, sentence in enumerate(sentences):
        first = first_at(starts, sentence.span.start, last)
        last = first_at(starts, sentence.span.end, first)
        matches: Sequence[Match] = lexicon.match(tokens, first, last) if first < last else ()
        if clauses and matches and _stands(clauses, sentence.span):
            matches = _within_clauses(matches, clauses, lexicon, tokens)
        matches = _beside_each_other(matches, text, lexicon, tokens)
        if arthritides and matches and _stands(arthritides, sentence.span):
            matches = without_wear(matches, arthritides, lexicon, tokens)
        if len(matches) > 1 or (matches and len(matches[0].where) > _TWO_NOUNS):
            matches = without_borrowed(matches, text, lexicon, tokens)
        if matches and number in specimens:
            matches = of_specimen(matches, specimens[number], lexicon, tokens, last)
        elif matches and number in likenesses:
            matches = of_lesion(matches, likenesses[number], lexicon, tokens)
        if not matches and number not in problems:
            continue
        while passed < len(names) and names[passed].end <= sentence.span.start:
            passed += 1
        named: Sequence[Span] = ()
        if passed < len(names) and sentence.span.overlaps(names[passed]):
            named = list(takewhile(sentence.span.overlaps, names[passed : passed + _NAMES]))
        section = sections[sentence.section]
        added: Sequence[Match] = ()
        longest = max([len(match.where) for match in matches], default=0)
        if longest > 1:  # one word hides nothing and shares nothing
            begin, end = sentence.span.start, sentence.span.end
            joints = [match.start() for match in _WITH_OR_MORE.finditer(text, begin, end)]
            hidden = bool(joints) or _stands(causes, sentence.span)
            denied = DENIALS.search(text, begin, end) is not None
            added = coordinated_matches(matches, text, lexicon, tokens, first, last)
            matches = [
                *(without_bare(matches, added, lexicon) if added else matches),
                *(_causes(matches, text, lexicon, tokens, joints, causes) if hidden else ()),
                *added,
                *(parts_before_denials(matches, text, lexicon, tokens) if denied else ()),
                *(parts_before_doubts(matches, text, lexicon, tokens) if _stands(doubts, sentence.span) else ()),
            ]
        title = problems.get(number)
        if title is not None:
            matches = of_problem(matches, title, lexicon, tokens, first, last)
        if len(matches) > 1:  # of the same words the codes in their order, whatever their numbers in the lexicon
            matches = sorted(matches, key=lambda m: (m.where, lexicon.term(m.term).codes))
        for match in matches:
            where = match.where
            if title is not None and len(where) > 1 and starts[where[0]] < title.end:
                where = tuple([i for i in where if starts[i] >= title.end]) or where  # the place is that of the problem
            if len(where) == 1:
                span = Span(starts[where[0]], ends[where[0]])
                spans: tuple[Span, ...] = (span,)
            else:
                spans = _pieces(where, starts, ends, text)
                span = spans[0] if len(spans) == 1 else Span(spans[0].start, spans[-1].end)
            if span.end <= section.body.start and section.kind not in ("", "other"):
                continue  # a word of the heading itself
            if named and any(name.overlaps(span) for name in named):
                continue  # a word of a name
            status, subject, temporality, cue = assertions.of(span, number)
            if status is Status.PRESENT and len(spans) > 1 and match not in added:  # a borrowed head keeps its doubt
                doubt = assertions.of(spans[-1], number)
                own = doubt[0] in _DOUBTS and not (
                    _JOINED_BEFORE.search(text, spans[0].end, spans[-1].start)
                    or _is_own(
                        doubt[3], spans[:-1], text
                    )  # the "screening" of "screening for colon cancer", "exposure" of "exposure to"
                )
                if own and (
                    doubted_between(text, spans[0].end, spans[-1].start)  # "anemia, likely iron deficiency"
                    or lexicon.match(tokens, _first_of(spans[-1], where, starts), where[-1] + 1)
                ):
                    status, subject, temporality, cue = doubt  # "nose suspicious for a carcinoma"
            term = lexicon.term(match.term)
            mentions.append(
                Mention(
                    span,
                    spans,
                    term.codes,
                    term.sources,
                    number,
                    sentence.section,
                    status,
                    subject,
                    temporality,
                    cue,
                    lexicon.atoms_in(match.term),
                    title if title is not None and span.start >= title.end else None,
                )
            )
    return tuple(mentions)


def _is_own(cue: str, spans: Sequence[Span], text: str) -> bool:
    """True where the first word of a cue is one of the words of the mention itself."""
    word = cue.partition(" ")[0]
    return any(word in text[span.start : span.end].split() for span in spans)


def _find_clauses(text: str) -> list[int]:
    """Return where clauses with a subject of their own begin, in order."""
    places = [match.start() for match in _CLAUSE_JOINED.finditer(text)]
    places += [match.start() + 2 for match in _CLAUSE_BEHIND_COMMA.find(text)]
    return sorted(places)


def _first_of(piece: Span, where: tuple[int, ...], starts: Sequence[int]) -> int:
    """Return the first atom of a piece of a match."""
    return next(i for i in where if starts[i] >= piece.start)


def _within_clauses(matches: Sequence[Match], clauses: list[int], lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    """Return the matches, those that reach over the beginning of a clause with its own subject in their parts."""
    kept: list[Match] = []
    for match in matches:
        low, high = match.where[0], match.where[-1]
        at = first_at(clauses, tokens.ends[low])
        if at == len(clauses) or clauses[at] >= tokens.starts[high]:
            kept.append(match)
            continue
        middle = first_at(tokens.starts, clauses[at])
        kept += [m for m in lexicon.match(tokens, low, middle) if m not in kept]
        kept += [m for m in lexicon.match(tokens, middle, high + 1) if m not in kept]
    return kept


def _beside_each_other(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    """Return the matches, a condition due to another in its two parts where the text only names one beside the other:
    "anxiety and insomnia" is no insomnia due to anxiety.
    """
    kept: list[Match] = []
    for match in matches:  # one word is one condition
        parts = _two_parts(match, text, lexicon, tokens) if len(match.where) > 1 else ()
        kept += [part for part in parts if part not in kept and part not in matches] if parts else [match]
    return kept


def _two_parts(match: Match, text: str, lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    if not lexicon.term(match.term).codes[0].startswith(_LAID):
        return ()
    low, high = match.where[0], match.where[-1]
    begin, stop = tokens.starts[low], tokens.ends[high]
    if _LAID_TO.search(text, begin, stop) is not None:
        return ()
    for joint in _BESIDE.finditer(text, begin, stop):
        middle = first_at(tokens.starts, joint.end())
        before, after = lexicon.match(tokens, low, middle), lexicon.match(tokens, middle, high + 1)
        if before and after:
            return [*before, *after]
    return ()


def _stands(places: list[int], span: Span) -> bool:
    """True where one of ``places``, which are in order, lies in the span."""
    at = first_at(places, span.start) if places else 0
    return at < len(places) and places[at] < span.end


def _causes(
    matches: Sequence[Match],
    text: str,
    lexicon: Lexicon,
    tokens: Tokens,
    joints: list[int],
    causes: list[int],
) -> list[Match]:
    """Return what stands as a cause within a mention: the urinary infection of "delirium due to urinary infection".

    A term for the pair hides the cause, which is a condition of its own. ``joints``: where "with" may stand;
    ``causes``: where words of cause may.
    """
    found: list[Match] = []
    for match in matches:
        if match.where[-1] - match.where[0] < 1:
            continue
        span = Span(tokens.starts[match.where[0]], tokens.ends[match.where[-1]])
        for pattern, places, wanted in ((_CAUSE, causes, _CAUSES), (_WITH, joints, _STAGED)):
            cue = pattern.search(text, span.start, span.end) if _stands(places, span) else None
            if cue is None:
                continue
            after = next((i for i in range(match.where[0], match.where[-1] + 1) if tokens.starts[i] >= cue.end()), None)
            if after is not None:
                inner = lexicon.match(tokens, after, match.where[-1] + 1)
                named = (*wanted, *_LUNG) if lexicon.term(match.term).codes[0].startswith("J44") else wanted
                found += [m for m in inner if lexicon.term(m.term).codes[0].startswith(named)]
    return found


def _pieces(where: tuple[int, ...], starts: Sequence[int], ends: Sequence[int], text: str) -> tuple[Span, ...]:
    """Return where the atoms stand, those with only blanks, hyphens or slashes between them as one span."""
    begin, stop = starts[where[0]], ends[where[0]]
    spans: list[Span] = []
    for i in where:
        start = starts[i]
        if start <= stop or not text[stop:start].strip(" -/'’"):
            stop = max(stop, ends[i])
        else:
            spans.append(Span(begin, stop))
            begin, stop = start, ends[i]
    return (*spans, Span(begin, stop))
