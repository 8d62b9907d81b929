"""Arthritis that its adjective says is no wear: "gonococcal arthritis of the knee" is no osteoarthritis of it.

The Alphabetic Index leads a bare "arthritis" to osteoarthritis (Arthritis: see also Osteoarthritis); each of the kinds
below has an entry of its own there.
"""

from __future__ import annotations

from collections.abc import Sequence

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import compile_words

__all__ = ["find_arthritides", "without_wear"]

_WEAR = ("M15", "M16", "M17", "M18", "M19")
_ARTHRITIS = len("arthritis")
_OTHER_KIND = compile_words(
    r"\b(?:septic|pyogenic|suppurative|infectious|infective|bacterial|viral|fungal|mycotic|strep(?:tococcal)?"
    r"|staph(?:ylococcal)?|pneumococcal|gonococcal|meningococcal|tuberculous|brucellar|lyme|rubella|reactive|gouty|crystal"
    r"|crystal-induced|rheumatoid|psoriatic|juvenile|juvenile idiopathic|ha?emophilic|enteropathic|lupus|seronegative"
    r"|autoimmune|sarcoid|leuka?emic) arthritis\b"
)


def find_arthritides(text: str) -> list[int]:
    """Return where the "arthritis" of another kind than wear stands, in order."""
    return [match.end() - _ARTHRITIS for match in _OTHER_KIND.finditer(text)]


def without_wear(matches: Sequence[Match], kinds: Sequence[int], lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    """Return the matches without osteoarthritis read off the "arthritis" at one of the places ``kinds``."""
    starts = tokens.starts
    return [
        match
        for match in matches
        if not (lexicon.term(match.term).codes[0].startswith(_WEAR) and any(starts[i] in kinds for i in match.where))
    ]
