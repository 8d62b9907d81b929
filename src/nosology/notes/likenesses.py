"""What a lesion is said to be: in "hepatic lesions compatible with hemangiomas" the liver is the site of these.

Only a growth that has no site of its own is given that of the lesion; the lesion itself stays as it was read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import compile_words
from nosology.model.note import Sentence
from nosology.notes.specimens import SEEDS, Specimen, at_site, has_organ, seeded

__all__ = ["find_likenesses", "of_lesion"]

_TAKEN = r"(?:biops(?:y|ies)|fnab?|fnac|punctures?|needle aspirations?)"
_LESION = rf"(?:lesions?|nodules?|nodular images?|mass(?:es)?|images?|foci|{_TAKEN})"
_IS = (
    r"(?:compatible with|consistent with|in keeping with|suggestive of|(?:histo)?(?:patho)?logical diagnosis of"
    r"|corresponding to|reported as|informed as)"
)
_SHOWS = r"(?:showed|shows|showing|revealed|reveals|revealing|confirmed|confirming|demonstrated|positive for)"
_LIKENESS = compile_words(rf"\b(?:{_LESION}\b[^.;:\n]{{0,70}}?\b{_IS}|{_TAKEN}\b[^.;:\n]{{0,40}}?\b{_SHOWS})\b")
_SAYS = re.compile(rf",|\b(?:is|was|were|are|which|that|has|had|with|show\w*|reveal\w*|{_IS})\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?:[\w-]+ ){1,3}\Z")  # the adjectives of the lesion
_JOINS = re.compile(
    r"\b(?:and|or|with|without|no|of|in|the|that|which|is|was|were|are|has|had|showed|revealed)\s", re.IGNORECASE
)
_FEW = 3  # words of a growth before the first that was read
_REACH = 40  # code points from the likeness to the growth
_SPREAD = ("C77", "C78", "C79")
_PRIMARY = "C80.1"
_OF_NO_SITE = ("C79.9", _PRIMARY, "D17.9", "D18.00", "D18.0", "D36.9", "D49.9")


def find_likenesses(text: str, sentences: Sequence[Sentence], tokens: Tokens) -> Mapping[int, Specimen]:
    """Return the lesions that are said to be something, by the numbers of their sentences: where they lie, as atoms,
    and the first atom behind the words that say so.
    """
    found: dict[int, Specimen] = {}
    starts: list[int] = []
    for likeness in _LIKENESS.finditer(text):
        starts = starts or [sentence.span.start for sentence in sentences]
        number = bisect_right(starts, likeness.start()) - 1
        if number < 0 or likeness.end() > sentences[number].span.end:
            continue
        before = _BEFORE.search(text, max(starts[number], likeness.start() - _REACH), likeness.start())
        begin = likeness.start() if before is None else before.start()
        for joined in _JOINS.finditer(text, begin, likeness.start()):
            begin = joined.end()
        says = _SAYS.search(text, likeness.start(), likeness.end())
        atoms = range(*tokens.window(begin, likeness.end() if says is None else says.start()))
        if atoms:
            found[number] = Specimen(atoms, bisect_left(tokens.starts, likeness.end()))
    return found


def of_lesion(matches: Sequence[Match], lesion: Specimen, lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    """Return the matches, a growth of no site that the lesion is said to be with the site of the lesion."""
    if lesion.until >= len(tokens.starts):
        return matches
    reach = tokens.starts[lesion.until] + _REACH
    codes = [lexicon.term(match.term).codes[0] for match in matches]
    spread = any(
        code.startswith(_SPREAD) and match.where[-1] >= lesion.until for match, code in zip(matches, codes, strict=True)
    )
    added: list[Match] = []
    if not spread:
        taken = {tokens.atoms[i] for i in lesion.atoms}
        for match, code in zip(matches, codes, strict=True):
            words = range(max(lesion.until, match.where[0] - _FEW), match.where[-1])
            seeds = [i for i in words if lexicon.words[tokens.atoms[i]] in SEEDS]
            if seeds and has_organ(code) and taken.isdisjoint(tokens.atoms[i] for i in match.where):
                added = seeded(seeds[0], lesion.atoms, lexicon, tokens)
                break
    return [
        at_site(match, lesion.atoms, lexicon, tokens)
        if code in _OF_NO_SITE
        and lesion.until <= match.where[0]
        and tokens.starts[match.where[0]] <= reach
        and not (spread and code == _PRIMARY)  # "metastasis of adenocarcinoma": the primary lies elsewhere
        else match
        for match, code in zip(matches, codes, strict=True)
    ] + added
