"""The part of the body that a problem of the assessment is named by: in "1. Right knee pain. X-rays show arthritis" the
arthritis is that of the right knee.

The name of such a problem is a complaint of one place, at the beginning of a line; the reasoning below it says what the
complaint is, most often without the place. Only what has no place of its own takes that of the problem.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Section, Sentence, Span
from nosology.notes.coordination import match_across
from nosology.notes.specimens import at_site

__all__ = ["find_problems", "of_problem"]

_KINDS = ("assessment", "assessment_and_plan", "plan", "impression", "diagnosis")
_COMPLAINT = (
    "pain|mole|tumor|ache|aching|discomfort|swelling|swollen|stiffness|stiff|lump|bump|mass|lesion|spot|growth|nodule|knot|injury"
    "|injured|trauma|sore|redness|red|rash|tenderness|weakness|problem|trouble|complaint|wound|infection|numbness"
    "|tingling|popping|clicking|bruising|instability|itching|itch|drainage|fall|twisted"
)
_NAME = WordPattern(rf"\b(?:{_COMPLAINT})\b")
# what stands at the beginning of a line: its number or bullet, then the name of the problem up to its end
_TITLE = re.compile(
    r"(?P<mark>(?:\#?\d{1,2}[.):]|[-*•#])?[ \t]*)"
    r"(?P<name>(?!(?i:medical|patient|additional|follow|plan|assessment|he|she|his|her|this|the|no|we|i|on|in|if|for)\b)"
    r"[A-Za-z][\w'’/-]*(?:,? [\w'’/-]+){1,6}?)[ \t]*(?P<end>[.:]|[-–—] |(?=\n|$))"
)
_ITEM = re.compile(r"\#?\d{1,2}[.)]\s")
_LABEL = re.compile(r"[-*•]|[A-Z][\w/]*(?: [\w/]+){0,4}:")
_MOST = 8  # sentences below the name of a problem
# words of the name that are no place
_NO_PLACE = frozenset(
    f"{_COMPLAINT}|acute|chronic|subacute|recurrent|severe|mild|moderate|worsening|new|and".split("|")
)
# conditions of no place: what the words lead to where nothing is said of it
# fmt: off
_OF_NO_SITE = frozenset((
    "M19.9", "M19.90", "M71.9", "M70.90", "M77.9", "M65.9", "M65.90", "M67.9", "M67.90", "M67.40", "M84.30",
    "L02.91", "L03.90", "L03.9", "C43.9", "C44.90", "C44.91", "C44.92", "D17.9", "D22.9", "D23.9", "T14.8", "T30.0",
    "S53.44",  # the ligament of this name that an elbow has, and a thumb
))
# fmt: on
_HEADS = ("sprain", "strain", "fracture", "dislocation")  # words that name a condition with their place only


def find_problems(text: str, sections: Sequence[Section], sentences: Sequence[Sentence]) -> Mapping[int, Span]:
    """Return the names of problems of one place, by the numbers of the sentences below them, or that they begin."""
    found: dict[int, Span] = {}
    name: Span | None = None
    below = 0
    previous: Sentence | None = None
    for number, sentence in enumerate(sentences):
        if sections[sentence.section].kind not in _KINDS:
            name = previous = None
            continue
        start, end = sentence.span.start, sentence.span.end
        begin = text.rfind("\n", 0, start) + 1
        opens = not text[begin:start].strip(" \t-*•#.()0123456789:")
        if previous is None or previous.section != sentence.section:
            name = None
        elif name is not None and opens and begin > previous.span.end:
            between = text.count("\n", previous.span.end, start)
            if _ITEM.match(text, begin) or (between > 1 and (below or not _LABEL.match(text, begin))):
                name = None
        if opens and (title := _title(text, begin, start, end)) is not None:
            name, below = title, 0
            if title.end < end - 1:  # "Right knee pain: this is …"
                found[number] = title
        elif name is not None and below < _MOST:
            found[number] = name
            below += 1
        previous = sentence
    return found


def _title(text: str, begin: int, start: int, end: int) -> Span | None:
    """Return the name of a problem that stands at the beginning of a line, None where none of one place does."""
    match = _TITLE.match(text, begin, max(end, start))
    if match is None or _NAME.search(text, *match.span("name")) is None:
        return None
    return Span(*match.span("name"))


def of_problem(
    matches: Sequence[Match], name: Span, lexicon: Lexicon, tokens: Tokens, first: int, last: int
) -> Sequence[Match]:
    """Return the matches of a sentence below a problem, those of no place with the place that the problem is named by.

    ``first`` and ``last``: the words of the sentence.
    """
    site = [i for i in range(*tokens.window(name.start, name.end)) if lexicon.words[tokens.atoms[i]] not in _NO_PLACE]
    first = max(first, bisect_left(tokens.starts, name.end))
    if not site:
        return matches
    found = [
        at_site(match, site, lexicon, tokens)
        if match.where[0] >= first and lexicon.term(match.term).codes[0] in _OF_NO_SITE
        else match
        for match in matches
    ]
    taken = {i for match in matches for i in match.where}
    for i in range(first, last):
        if i not in taken and lexicon.words[tokens.atoms[i]] in _HEADS:
            heads = ((i - 1, i), (i,)) if i > first and i - 1 not in taken else ((i,),)
            met = next((m for head in heads if (m := match_across(site, head, lexicon, tokens)) and i in m.where), None)
            if met is not None:
                found.append(met)
    return found
