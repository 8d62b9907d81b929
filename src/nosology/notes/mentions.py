"""Finds the mentions: every place where the words of a lexicon term stand together inside one sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import takewhile

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Mention, Section, Sentence, Span
from nosology.notes.assertions import Assertions
from nosology.notes.coordination import coordinated_matches
from nosology.notes.names import find_names

__all__ = ["find_mentions"]

_CAUSE = WordPattern(r"\b(?:due to|d/t|secondary to|2/2|caused by|because of)\b")
_CAUSES = (
    "A0",
    "A4",
    "E0",
    "E2",
    "E7",
    "E8",
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
    joints = [match.start() for match in _WITH_OR_MORE.finditer(text)]
    passed = 0  # names that end before the sentence
    for number, sentence in enumerate(sentences):
        first, last = tokens.window(sentence.span.start, sentence.span.end)
        if first == last:
            continue
        matches = lexicon.match(tokens, first, last)
        while passed < len(names) and names[passed].end <= sentence.span.start:
            passed += 1
        named: Sequence[Span] = ()
        if matches and passed < len(names) and sentence.span.overlaps(names[passed]):
            named = list(takewhile(sentence.span.overlaps, names[passed : passed + _NAMES]))
        joint = bisect_left(joints, sentence.span.start)
        joined = joint < len(joints) and joints[joint] < sentence.span.end
        hidden = joined or _CAUSE.may_stand(text, sentence.span.start, sentence.span.end) if matches else False
        for match in [
            *matches,
            *(_causes(matches, text, lexicon, tokens, joints) if hidden else ()),
            *coordinated_matches(matches, text, lexicon, tokens, first, last),
        ]:
            where = match.where
            if len(where) == 1:
                span = Span(starts[where[0]], ends[where[0]])
                spans: tuple[Span, ...] = (span,)
            else:
                spans = _pieces([(starts[i], ends[i]) for i in where], text)
                span = spans[0] if len(spans) == 1 else Span(spans[0].start, spans[-1].end)
            section = sections[sentence.section]
            if span.end <= section.body.start and section.kind not in ("", "other"):
                continue  # a word of the heading itself
            if named and any(name.overlaps(span) for name in named):
                continue  # a word of a name
            status, subject, temporality, cue = assertions.of(span, number)
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
                )
            )
    return tuple(mentions)


def _causes(
    matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens, joints: Sequence[int]
) -> list[Match]:
    """Return what stands as a cause within a mention: the urinary infection of "delirium due to urinary infection".

    A term for the pair hides the cause, which is a condition of its own. ``joints``: where "with" may stand.
    """
    found: list[Match] = []
    for match in matches:
        if match.where[-1] - match.where[0] < 1:
            continue
        begin, end = tokens.starts[match.where[0]], tokens.ends[match.where[-1]]
        joint = bisect_left(joints, begin)
        joined = joint < len(joints) and joints[joint] < end
        for pattern, wanted in ((_CAUSE, _CAUSES), (_WITH, _STAGED)):
            cue = pattern.search(text, begin, end) if joined or pattern is _CAUSE else None
            if cue is None:
                continue
            after = next((i for i in range(match.where[0], match.where[-1] + 1) if tokens.starts[i] >= cue.end()), None)
            if after is not None:
                inner = lexicon.match(tokens, after, match.where[-1] + 1)
                named = (*wanted, *_LUNG) if lexicon.term(match.term).codes[0].startswith("J44") else wanted
                found += [m for m in inner if lexicon.term(m.term).codes[0].startswith(named)]
    return found


def _pieces(ranges: list[tuple[int, int]], text: str) -> tuple[Span, ...]:
    """Return the ranges as spans, those with only blanks, hyphens or slashes between them joined."""
    joined: list[list[int]] = []
    for start, end in sorted(set(ranges)):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip(" -/'’")):
            joined[-1][1] = max(joined[-1][1], end)
        else:
            joined.append([start, end])
    return tuple(Span(start, end) for start, end in joined)
