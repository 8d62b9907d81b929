"""Labels behind which a line goes on: in "Left cheek: cellulitis" the cheek is the site of what follows.

A colon keeps words apart that do not belong together. Behind such a label it does no more than a comma, nor where the
words behind it only say what the name before it is like ("Asthma: moderate persistent"); a label that announces such
words ("- Medical Reasoning: poorly controlled") is none of the text.
"""

from __future__ import annotations

import re

from nosology.lexicon.heads import HeadPattern
from nosology.lexicon.qualities import fragment_after, is_quality, is_status_label

__all__ = ["without_labels"]

_WHICH = (
    r"(?:the|left|right|both|bilateral|upper|lower|mid|inner|outer|front|lateral|medial|anterior|posterior|dorsal"
    r"|distal|proximal|central|great|big|little|small|index|middle|ring|first|second|third|fourth|fifth|[lr](?:t\.?)?"
    r"|nasal|cervical|thoracic|lumbar)"
)
_PART = (
    r"(?:cheek|forehead|temple|nose|ala|nasal (?:tip|bridge|sidewall|dorsum|ala)|ear|earlobe|helix|lip|chin|jaw|eyelid"
    r"|lid|scalp|face|neck|shoulder|chest|back|abdomen|flank|arm|upper arm|forearm|elbow|wrist|hand|palm|finger|thumb"
    r"|fingernail|hip|groin|buttock|thigh|knee|leg|shin|calf|ankle|foot|feet|heel|sole|toe|toenail|breast|axilla"
    r"|armpit|eye|spine|tongue|perineum|scrotum|penis|vulva)"
)
_LABEL = HeadPattern(rf"[ \t]*(?:[-*•#]+|\d{{1,2}}[.)])?[ \t]*(?:{_WHICH} ){{0,3}}{_PART}s?[ \t]*:[ \t]+\w")
_BLANKS = (" ", "\t")
_NUMBER = re.compile(r"^([ \t]*#[ \t]?)(\d{1,2})(?=[\s.):])", re.MULTILINE)


def _without_number(match: re.Match[str]) -> str:
    return match[1] + " " * len(match[2])


def without_labels(text: str) -> str:
    """Return ``text``, as long as before, with a comma for the colon behind a part of the body that labels its line,
    and without the number of a problem: "#2 CKD" is of no stage.

    >>> without_labels("- Left cheek: cellulitis")
    '- Left cheek, cellulitis'
    """
    if "#" in text:
        text = _NUMBER.sub(_without_number, text)
    colon = text.find(":")
    while colon >= 0:
        line = text.rfind("\n", 0, colon) + 1
        if text[colon + 1 : colon + 2] in _BLANKS:
            label = is_status_label(text, line)
            if label > colon:
                if is_quality(text, label):
                    text = f"{text[:line]}{' ' * (label - line)}{text[label:]}"
            elif _LABEL.match(text, line) is not None or fragment_after(text, line, colon, colon + 2):
                text = f"{text[:colon]},{text[colon + 1 :]}"
        end = text.find("\n", colon)
        colon = text.find(":", end) if end >= 0 else -1
    return text
