"""Degrees and kinds: "severe", "chronic" or "intractable" is said of the noun that it stands before.

A noun before "with", "and" or a comma does not take it: neither "obesity, severe aortic stenosis" nor "systolic heart
failure and acute bronchitis" is severe obesity or acute heart failure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nosology.lexicon.degrees import DEGREES
from nosology.lexicon.lexicon import Lexicon, Match, Tokens

__all__ = ["before_degree"]

# nouns whose degree is that of the condition: "preeclampsia with severe features"
# fmt: off
_OF_THE_SAME = frozenset(
    (
        "feature", "symptom", "sign", "manifestation", "range", "hyperglycemia", "exacerbation", "attack",
        "episode", "decompensation", "flare", "crisis", "type", "stage", "grade", "class", "form", "phase",
        "course",
    )
)
# fmt: on
_JOINS = re.compile(r"\b(?:and|or|who|which|with|w/)(?!\w)|[&,]", re.IGNORECASE)


def before_degree(
    match: Match, matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens
) -> tuple[int, int] | None:
    """Return the range of the words before a degree that is another noun's: "malnutrition with severe diarrhea". Behind
    a comma that noun must be a condition too: "obesity, severe aortic stenosis", but "bronchitis, acute viral".
    """
    where, words = match.where, lexicon.words
    first = len(where)
    while first and words[tokens.atoms[where[first - 1]]] in DEGREES:
        first -= 1
    beyond = where[-1] + 1
    if not 0 < first < len(where) or beyond >= len(tokens.atoms):
        return None
    joint = _JOINS.search(text, tokens.ends[where[first - 1]], tokens.starts[where[first]])
    noun = text[tokens.ends[where[-1]] : tokens.starts[beyond]].isspace() and words[tokens.atoms[beyond]]
    if not joint or not noun or noun in _OF_THE_SAME:
        return None
    if joint[0] == "," and not any(m.where[0] in (where[first], beyond) for m in matches if m is not match):
        return None
    return where[0], where[first - 1] + 1
