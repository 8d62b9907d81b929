"""Measures inside phrases: a size that does not part a term ("a 3 cm mass"), nor what describes a finding between it
and its site ("with irregular borders"); weight that a person lost or gained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nosology.lexicon.patterns import WordPattern

__all__ = ["descriptions", "gained_weight", "lost_weight", "sizes"]

# The size of a finding ("a mass of 8 x 7 cm in the liver", "a nodule measuring 8 mm in the lung") does not part it
# from its site.
_SIZE = re.compile(
    r"[0-9](?<![\w.].)\d*+(?:[.,]\d+)?+(?: ?[x×*-] ?\d++(?:[.,]\d+)?+| ?(?:cm|mm) ?[x×] ?\d++(?:[.,]\d+)?+)*+"
    r"(?: |-)?(?:cm|mm|centimeters?|millimeters?)(?! ?[Hh]g|[\w/])"
    r"(?: in (?:(?:\w+ )?(?:diameter|dimension)|size|length)(?!\w))?+(?!,)"  # after a comma another site may follow
)
_UNITS_OF_LENGTH = ("cm", "mm", "centimeter", "millimeter")
# What describes a finding and names none: its outline, its image. Words of titles ("cystic", "painful") are not here.
_LOOK = (
    r"(?:(?:well|ill|poorly|badly|sharply|clearly)[- ](?:defined|delimited|circumscribed|demarcated)|irregular|regular"
    r"|smooth|sharp|lobulated|polylobulated|multilobulated|round(?:ed)?|oval|ovoid|homogeneous|heterogeneous"
    r"|(?:hypo|hyper|iso|an)echo(?:ic|genic)|(?:hypo|hyper|iso)(?:dense|intense)|encapsulated|soft|hard|firm|elastic|mobile)"
)
_LOOKS = rf"{_LOOK}(?:(?:,| and|, and) {_LOOK})*+"
_SHORT = (
    r"\d++(?:[.,]\d+)?+(?: ?[x×*-] ?\d++(?:[.,]\d+)?+| ?(?:cm|mm) ?[x×] ?\d++(?:[.,]\d+)?+)*+(?: |-)?(?:cm|mm)"
    r"(?: in (?:(?:\w+ )?diameter|size|length))?+"
)
_TRAIT = (
    rf"(?:(?:with|of) (?:an? )?{_LOOKS} (?:edges?|borders?|margins?|contours?|limits|outlines?|consistency"
    rf"|echogenicity|density|shape)|{_LOOKS}|(?:measuring |of )?{_SHORT})(?!\w)"
)
# "a nodule, 3 cm in size, irregular, in the thyroid": with the commas that set it off, before what tells the site
_DESCRIPTION = re.compile(
    rf"[, ](?:(?<=,) |(?<= )(?=with|of|measur))(?<=\w..|.\w.){_TRAIT}(?:,? (?:and )?{_TRAIT})*+,?"
    r"(?= (?:located|situated|in the|on the|at the|of the|in (?:his|her|both)|involving|affecting|occupying|arising"
    r"|originating|dependent|depending|adhered|attached)(?!\w))"
)
_LOOKED = WordPattern(rf"\b{_LOOK}")  # every description holds one, or a size
_BEFORE_LOOKS = (", ", " with ", " of ", " a ", " an ")
_LEAD = 12  # code points from the beginning of a description to its first look, at most: ", with an "
_LONG_LEAD = 80  # to the unit of its first size
_SHORT_TEXT = 300  # code points
# "femoral shaft fracture, open, type II, transverse": the wound does not part the bone from the kind of break
_TYPE = r"(?:(?:gustilo|type|grade) ){1,2}(?:i{1,3}|[1-3])[abc]?"
_WOUND = WordPattern(
    rf"\b(?:fractures?|fx|frx)(?P<wound>(?:, (?:(?:open|closed|compound)(?: {_TYPE})?|{_TYPE})\b)+)"
    r"(?=, (?:(?:non-?|un)?displaced|transverse|oblique|spiral|comminuted|segmental|impacted)\b)"
)
_ROUGHLY = re.compile(
    r"(?<![\w.])(?:(?:measur(?:ing|es|ed)|approximately|about|up to|(?:less|more|smaller|larger|greater) than) )++\Z"
)
_ROUGH = 60  # code points before a number in which such words stand
_IN_PARENTHESES = re.compile(rf"\((?:(?:size|diameter|measuring|of|max|maximum|approximately|about)[ :.]*)*{_SHORT}\)")
_UNIT = r"(?:kgs?|kilos?|kilogram(?:me)?s?|lbs?|pounds?)"
_NUMBER = (
    r"(?:\d+(?:[.,]\d+)?(?:\s?(?:-|–|to|or)\s?\d+)?|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty"
    r"|forty|fifty)"
)
_AMOUNT = (
    r"\s+(?:(?:about|approximately|approx|around|roughly|over|more than|almost|nearly|some|at least|up to|another"
    r"|an estimated|a total of|an additional)\.?\s+){0,2}"
    rf"{_NUMBER}[\s-]?{_UNIT}\b(?! of (?!weight|body))"
)
# what a record system puts behind a diagnosis that counts for risk adjustment; no cancer of the liver
_RISK_MARK = re.compile(r"\((?:(?:CMS|HHS|Rx)[-/ ]?)?HCC(?: ?\d{1,3})?\)")
_LOST = WordPattern(rf"(?<!weight )(?<!weight-)\b(?:lost|loses|losing|loss of){_AMOUNT}")
_GAINED = WordPattern(rf"(?<!weight )(?<!weight-)\b(?:gained|gains|gaining|gain of|put on){_AMOUNT}")
# weight that is meant to go, or that is water
_MEANT = re.compile(
    r"\b(?:(?<!un)intentional\w*|(?<!un)intended|deliberate\w*|diet(?:s|ing)?|exercis\w*|gym|bariatric"
    r"|gastric (?:bypass|sleeve)|sleeve gastrectomy|goal|program|semaglutide|ozempic|wegovy|tirzepatide|mounjaro"
    r"|zepbound|liraglutide|phentermine|lifestyle|diure\w+|fluid|furosemide|lasix|dialysis"
    r"|postpartum|since delivery|congratulat\w+|proud"
    r"|(?<!without )(?<!not )trying|wants? to|would like to|needs? to|able to|should|plans? to|will)\b",
    re.IGNORECASE,
)
# weight that is to come: growth, pregnancy, muscle
_GROWTH = re.compile(
    r"\b(?:infant|newborn|neonate|baby|toddler|feed(?:s|ing)|formula|breast-?fe\w+|growth|growing|pregnan\w+|gestation\w*"
    r"|prenatal|trimester|muscle|birth ?weight|wants? to|would like to|needs? to|goal|should|appropriate\w*)\b",
    re.IGNORECASE,
)
_AROUND = 100  # code points to either side in which a reason for the loss is looked for


def sizes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where sizes stand."""
    if _may_hold_sizes(text):
        for match in _SIZE.finditer(text):
            start, end = match.span()
            if start and text[start - 1] == " " and (more := _ROUGHLY.search(text, max(0, start - _ROUGH), start)):
                start = more.start()
            yield start, end


def _may_hold_sizes(text: str) -> bool:
    """Whether a unit of length stands behind a number."""
    for unit in _UNITS_OF_LENGTH:
        at = text.find(unit)
        while at > 0:
            before = at - 2 if text[at - 1] in " -" else at - 1
            if before >= 0 and text[before].isdigit():
                return True
            at = text.find(unit, at + 2)
    return False


def descriptions(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the look of a finding stands between it and its site, the wound of a fracture, sizes and marks of
    risk in brackets.
    """
    if "cm)" in text or "mm)" in text:
        for match in _IN_PARENTHESES.finditer(text):
            yield match.span()
    if "HCC" in text:
        for match in _RISK_MARK.finditer(text):
            yield match.span()
    yield from _described(text)
    for match in _WOUND.finditer(text):
        yield match.span("wound")


def _described(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the look or size of a finding stands between it and its site."""
    if len(text) < _SHORT_TEXT:
        for match in _DESCRIPTION.finditer(text):
            yield match.span()
        return
    reaches = [(place, _LEAD) for place in _LOOKED.places(text) if text.endswith(_BEFORE_LOOKS, 0, place)]
    for unit in ("cm", "mm"):
        place = text.find(unit)
        while place >= 0:
            reaches.append((place, _LONG_LEAD))
            place = text.find(unit, place + 2)
    passed = 0  # what lies before has been tried, or is part of a description
    for place, reach in sorted(reaches):
        for at in range(max(passed, place - reach), place):
            if text[at] in ", " and at >= passed and (found := _DESCRIPTION.match(text, at)):
                passed = found.end()
                yield found.span()
        passed = max(passed, place)


def lost_weight(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the text says how much weight was lost, unless it was meant to be lost."""
    if "los" not in text and "Los" not in text:
        return
    yield from _unless(_LOST, _MEANT, text)


def gained_weight(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the text says how much weight was gained, unless it grew as it should."""
    if "gain" in text or "Gain" in text or "put on " in text:
        yield from _unless(_GAINED, _GROWTH, text)


def _unless(told: WordPattern, meant: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Yield where ``told`` is met and its own sentence holds nothing of ``meant`` close by."""
    for match in told.finditer(text):
        start, end = match.span()
        before = re.split(r"[.;]\s", text[max(0, start - _AROUND) : start])[-1]
        after = re.split(r"[.;](?:\s|$)", text[end : end + _AROUND])[0]
        if not meant.search(before) and not meant.search(after):
            yield start, end
