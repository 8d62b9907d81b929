"""Measures inside phrases: a size that does not part a term ("a 3 cm mass"), weight that a person lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["lost_weight", "sizes"]

# The size of a finding ("a mass of 8 x 7 cm in the liver", "a nodule measuring 8 mm in the lung") does not part it
# from its site.
_SIZE = re.compile(
    r"(?<![\w.])(?:(?:measur(?:ing|es|ed)|approximately|about|up to|(?:less|more|smaller|larger|greater) than) )*+"
    r"\d++(?:[.,]\d+)?+(?: ?[x×*-] ?\d++(?:[.,]\d+)?+| ?(?:cm|mm) ?[x×] ?\d++(?:[.,]\d+)?+)*+"
    r"(?: |-)?(?:cm|mm|centimeters?|millimeters?)(?! ?[Hh]g|[\w/])"
    r"(?: in (?:(?:\w+ )?(?:diameter|dimension)|size|length)(?!\w))?+(?!,)"  # after a comma another site may follow
)
_UNIT = r"(?:kgs?|kilos?|kilogram(?:me)?s?|lbs?|pounds?)"
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?:\s?(?:-|–|to|or)\s?\d+)?|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"
    r"|forty|fifty)"
)
_LOST = re.compile(
    r"(?<!weight )(?<!weight-)\b(?:lost|loses|losing|loss of)\s+"
    r"(?:(?:about|approximately|approx|around|roughly|over|more than|almost|nearly|some|at least|up to|another"
    r"|an estimated|a total of|an additional)\.?\s+){0,2}"
    rf"{_NUMBER}[\s-]?{_UNIT}\b(?! of (?!weight|body))",
    re.IGNORECASE,
)
# weight that is meant to go, or that is water
_MEANT = re.compile(
    r"\b(?:(?<!un)intentional\w*|(?<!un)intended|deliberate\w*|diet(?:s|ing)?|exercis\w*|gym|bariatric"
    r"|gastric (?:bypass|sleeve)|sleeve gastrectomy|goal|program|semaglutide|ozempic|wegovy|tirzepatide|mounjaro"
    r"|zepbound|liraglutide|phentermine|lifestyle|diure\w+|fluid|furosemide|lasix|dialysis"
    r"|postpartum|since delivery|congratulat\w+|proud"
    r"|(?<!without )(?<!not )trying|wants? to|would like to|needs? to|able to|should|plans? to|will)\b",
    re.IGNORECASE,
)
_AROUND = 100  # code points to either side in which a reason for the loss is looked for


def sizes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sizes stand."""
    if "cm" in text or "mm" in text or "meter" in text:
        for match in _SIZE.finditer(text):
            yield match.span()


def lost_weight(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the text says how much weight was lost, unless it was meant to be lost."""
    if "los" not in text and "Los" not in text:
        return
    for match in _LOST.finditer(text):
        start, end = match.span()
        before = re.split(r"[.;]\s", text[max(0, start - _AROUND) : start])[-1]
        after = re.split(r"[.;](?:\s|$)", text[end : end + _AROUND])[0]
        if not _MEANT.search(before) and not _MEANT.search(after):
            yield start, end
