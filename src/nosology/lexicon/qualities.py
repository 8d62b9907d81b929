"""What a problem is like, said behind its name: "1. Asthma. Moderate persistent", "Gout: acute", "CKD\\nStage 3b".

A name that stands by itself at the beginning of a line is a title; words of degree, course, stage or side that stand
behind it with no noun of their own are said of it, whatever mark or label ("- Medical Reasoning:") parts them.
"""

from __future__ import annotations

import re

from nosology.lexicon.heads import HeadPattern

__all__ = ["fragment_after", "is_quality", "is_status_label"]

_NUMBER = r"(?:\d[a-d]?|[1-5]|i{1,3}[ab]?|iv[ab]?|vi{0,2}|one|two|three|four|five|[a-d])"
_WORD = (
    r"(?:(?:right|left|both) (?:eyes?|ears?|shoulders?|elbows?|wrists?|hands?|hips?|knees?|legs?|ankles?|heels?|foot"
    r"|feet|sides?)|acute[- ]on[- ]chronic|acute|subacute|chronic|recurrent|relapsing|remitting|relapsed|refractory"
    r"|intermittent"
    r"|(?:long[- ]?standing[- ])?persistent|paroxysmal|permanent|episodic|seasonal|perennial|primary|secondary"
    r"|idiopathic|mild|moderate|severe|profound|morbid|advanced|end[- ]stage|early[- ]stage|(?:late|early)[- ]onset"
    r"|(?:poorly|inadequately)[- ]controlled|out of control|in poor control"
    r"|in (?:an? )?(?:acute )?(?:exacerbation|flare)"
    r"|in (?:(?:early|late|partial|full|complete|sustained|deep) ){0,2}remission"
    r"|with (?:an? )?(?:acute |mild |moderate |severe )?(?:exacerbation|flare)"
    rf"|(?:stage|grade|class|type|level)[ -]{_NUMBER}(?!\w)|nyha (?:class )?{_NUMBER}(?!\w)"
    r"|(?:left|right)(?:[- ]sided)?|bilateral|both sides|systolic|diastolic|combined|intractable|single episode"
    r"|with(?:out)? aura|seropositive|seronegative|complete|incomplete|partial|(?:full|partial)[- ]thickness"
    r"|obstructive|sigmoid|stress|urge|overflow|open[- ]angle|nuclear(?: scleroti[cs]\w*)?|cortical|age[- ]related"
    r"|senile|degenerative|(?:non-?)?traumatic|medial|lateral|anterior|posterior|(?:non|un|minimally )?[- ]?displaced)"
)
_NEUTRAL = (  # tells how it fares, not what it is
    r"(?:stable|unchanged|ongoing|(?:un)?controlled|(?:well|better|not well|not|sub-?optimally)[- ]controlled"
    r"|in good control|(?:not )?at goal|(?:a)?symptomatic|active|quiescent|improv(?:ing|ed)|wors(?:e|ened|ening))"
)
_OPENING = (
    r"(?:(?:(?:this|it|his|hers|that) )?(?:is|remains|has been|appears to be) |remains )?"
    r"(?:(?:currently|now|still|again|today|quite|fairly|very|presently|clinically|overall) )*"
)
_JOINED = r"(?:\s*(?:,|/|\bto\b|\band\b|-)\s*|\s+(?:(?:and|but|currently|now|to) )*)"
_ENDS = (
    r"(?=\s*(?:[.,;(\n\r–—]|-\s|\Z)"
    r"|\s+(?:due to|secondary to|2/2|d/t|from|with|without|on|in|as|but|since|for|at|after|by|given|because)\b)"
)
_QUALITY = HeadPattern(rf"{_OPENING}(?:{_NEUTRAL}{_JOINED})*{_WORD}(?:{_JOINED}(?:{_WORD}|{_NEUTRAL}))*+{_ENDS}")
_ITEM = r"(?:[ \t]*(?:[-*•·▪#+>]+|\(?\d{1,2}[.)]|[a-z][.)])[ \t]*)?"
_STATUS_LABEL = HeadPattern(
    rf"{_ITEM}(?:medical reasoning|reasoning|(?:(?:current|clinical|disease) )?status|severity|control|stage|course"
    r"|type|evaluation|details)[ \t]*:[ \t]*"
)
_STATUS_LAST = "gsylenGSYLEN \t"  # characters before the colon of such a label
_BULLETS = ("-", "•", "·")
_BULLET = re.compile(r"[-•·][ \t]+")
_TITLE = re.compile(rf"{_ITEM}[A-Za-z][^.:;\n]{{1,59}}\Z", re.IGNORECASE)


def is_quality(text: str, at: int) -> bool:
    """Whether nothing but qualities stands at ``at``, up to a mark or a preposition.

    >>> is_quality("Stage 3b, stable.", 0), is_quality("Left knee pain", 0), is_quality("Stable.", 0)
    (True, False, False)
    """
    return _QUALITY.match(text, at) is not None


def is_status_label(text: str, line: int) -> int:
    """Return where the label ends that stands at ``line`` and only announces how a problem fares; -1 if none does."""
    colon = text.find(":", line)
    if colon <= line or text[colon - 1] not in _STATUS_LAST or text.find("\n", line, colon) >= 0:
        return -1
    match = _STATUS_LABEL.match(text, line)
    return -1 if match is None else match.end()


def fragment_after(text: str, start: int, end: int, after: int) -> bool:
    """Whether ``text[start:end]`` is a title and what begins at ``after`` says only what it is like."""
    before = text[text.rfind("\n", 0, start) + 1 : start].rstrip()
    if before and before[-1] != ":":
        return False
    label = is_status_label(text, after)
    bullet = _BULLET.match(text, after) if label < 0 and text[after : after + 1] in _BULLETS else None
    if _QUALITY.match(text, label if label >= 0 else bullet.end() if bullet else after) is None:
        return False
    return _TITLE.match(text[start:end].rstrip(" \t\r\n.:")) is not None
