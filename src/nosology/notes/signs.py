"""Signs that assert without words of their own: values of questionnaires, plus and minus, question marks, years, a verb
left out ("aneurysm was not"), risks told in parentheses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from string import ascii_lowercase

from nosology.lexicon.marks import MarkPattern
from nosology.lexicon.patterns import WordPattern
from nosology.notes.cues import Cue

__all__ = ["find_signs", "find_values"]

_VALUE = MarkPattern(
    ":=(–—-",
    r"[:=(–—-](?:(?<=[:=])|(?<=\()|(?<=\s[–—-]))[ \t]*+"
    r"(?:(?P<no>(?:no|none|neg|negative|denie[sd]|absent|not present|not reported|nil|n|-|–)"
    r"(?:[ ](?:currently|today|at this time|reported))?)"
    r"|(?P<yes>yes|positive|pos|present|y|\+))(?=[ \t]*(?:[,;.|()\]\n\r]|\Z|[ \t]{2,}))",
    re.IGNORECASE,
    then=(
        *"+-–",
        *["no", "ne", "ni", "de", "ab", "ye", "po", "pr"],
        *(f"{letter}{end}" for letter in "ny" for end in " \t,;.|()]\n\r"),
    ),
)
_QUERY = re.compile(
    r"\?(?:(?P<before>(?:(?<=[\s(/,;:]\?)|(?<=\A\?))\?? ?(?=[A-Za-z]))"
    r"|(?P<after>(?<=[A-Za-z]\?)(?:\?++|(?=[)\"”’']|\s*(?:\Z|\n)|,|\s+[A-Z]))))"
)
_YEAR = MarkPattern(("10", "19", "20", "29"), r"[12][09]\d\d\b")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|circa|around|back in|during)\s+"
    r"(?:(?:early|late|mid|about|approximately|[a-z]{3,9}\.?,?)[\s-]+(?:of\s+)?)?\Z",
    re.I,
)
# the year behind an operation that ends what it is named after: "trigger finger release (2017)", "hernia repair 2015"
_OPERATED = re.compile(
    r"\b(?:release|(?:hernia|meniscus|meniscal|cuff|labral|tendon|ligament|acl) repair|herniorrhaphy)"
    r"\s?(?:\((?:in )?|[,:–-] ?|done |performed |in )?\Z",
    re.I,
)
_MONTH_TREATED = WordPattern(
    r"\b(?:in|last) (?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?:,? (?:and )?(?:was )?(?:treated|cleared|resolved)\b)"
)
_SINE = " s LOC"  # "s" for sine: without loss of consciousness
_SIGN = MarkPattern(
    "+-\u2212",
    r"(?P<sign>[+\-\u2212])(?:(?<=[\s,(;:/].)|(?<=\A.))(?:(?=[A-Za-z]{3})|(?<=[+\u2212]) (?=[A-Za-z]{3}))",
    then=ascii_lowercase,
)
_TESTED = re.compile(
    r" ?[\w-]+ (?:co-?test\w*|test\w*|screen\w*|panels?|serolog\w*|swabs?|pcr|cultures?|genotyp\w*|vaccin\w*)\b", re.I
)
# "mild stenosis was seen, aneurysm was not": the verb is said once
_ELLIPSIS = WordPattern(
    r"\b(?:seen|noted|found|present|identified|detected|visuali[sz]ed|observed|evident|demonstrated|appreciated|palpable"
    r"|heard)\b[^.\n]{1,80}?\b(?P<verb>(?:was|were|is|are) not)(?=[ \t]*(?:[.;\n]|\Z))"
)
_TOLD = (
    r"(?:discuss|review|explain|counsel|warn|advis|inform|understand|understood|educat|consent|accept|quoted|outlin)"
)
_RISKS = WordPattern(
    r"\b(?:risks?|side effects?|adverse (?:effects?|reactions?|events?)|complications?)"
    r"(?: [\w/]+){0,4}? ?\((?P<list>[^()\n]{3,300})\)"
)
_TOLD_BEFORE = re.compile(rf"\b{_TOLD}[^.;\n]*\Z", re.I)
_TOLD_AFTER = re.compile(rf"[^.;,\n(]{{0,40}}\b{_TOLD}", re.I)
_VALUE_NO = Cue("absent", direction="backward")
_VALUE_OF_WORD = Cue("absent", direction="backward", window=1)  # "RC(-)": of the word that it is written at
_VALUE_YES = Cue("affirm", direction="backward")
_ASK_BEFORE = Cue("possible", window=6, comma="stop")
_ASK_AFTER = Cue("possible", direction="backward", window=5, comma="stop")
_YEAR_AFTER = Cue("historical", direction="backward", comma="stop")
_YEAR_LEAD = Cue("historical", comma="through")
_MINUS = Cue("absent", window=4, comma="stop")
_PLUS = Cue("affirm", window=4, comma="stop")

_NOT_SEEN = Cue("absent", direction="backward", window=3, comma="stop")

_BY_SIGN = {"+": _PLUS, "-": _MINUS, "\u2212": Cue("absent")}
_Hit = tuple[int, int, Cue]


def find_values(text: str) -> list[_Hit]:
    """Values of questionnaires ("Fever: no", "edema - none", "rash (+)"): (start, end, cue that reaches backward)."""
    found = []
    for match in _VALUE.find(text):
        at_word = text[match.start()] == "(" and text[match.start() - 1 : match.start()].isalnum()
        absent = _VALUE_OF_WORD if at_word else _VALUE_NO
        found.append((match.start(), match.end(), absent if match["no"] else _VALUE_YES))
    return found


def find_signs(text: str, starts: Sequence[int]) -> list[_Hit]:
    """Question marks, plus and minus before a word, years of past events; ``starts``: of the sentences."""
    found: list[_Hit] = []
    if "?" in text:
        for match in _QUERY.finditer(text):
            if match["before"] is not None:
                found.append((match.start(), match.end(), _ASK_BEFORE))
                continue
            sentence = bisect_right(starts, match.start()) - 1
            until = starts[sentence + 1] if sentence + 1 < len(starts) else len(text)
            short = sentence >= 0 and len(text[starts[sentence] : until].split()) <= 8
            if short or text[match.end() : match.end() + 1] in tuple(")\"”’'"):
                found.append((match.start(), match.end(), _ASK_AFTER))
    at = text.find(_SINE)
    while at >= 0:
        found.append((at + 1, at + 2, _MINUS))
        at = text.find(_SINE, at + 1)
    for match in _SIGN.find(text):
        if _TESTED.match(text, match.end()) is not None:  # "pap + HPV cotest" is no positive HPV
            continue
        found.append((match.start(), match.end(), _BY_SIGN[match["sign"]]))
    found += [(m.start("verb"), m.end("verb"), _NOT_SEEN) for m in _ELLIPSIS.finditer(text)]
    for match in _RISKS.finditer(text):
        begin, opened = match.start(), match.start("list")
        if _TOLD_BEFORE.search(text, max(0, begin - 60), opened) or _TOLD_AFTER.match(text, match.end()):
            found.append((begin, opened, Cue("hypothetical", window=len(match["list"].split()))))
    found += [(m.start(), m.end(), _YEAR_AFTER) for m in _MONTH_TREATED.finditer(text)]
    for match in _YEAR.find(text):
        before = _YEAR_BEFORE.search(text, max(0, match.start() - 20), match.start())
        if before is not None:
            lead = bisect_right(starts, before.start()) - 1
            leads = lead >= 0 and before.start() - starts[lead] <= 2
            found.append((before.start(), match.end(), _YEAR_LEAD if leads else _YEAR_AFTER))
        elif _OPERATED.search(text, max(0, match.start() - 32), match.start()) is not None:
            found.append((match.start(), match.end(), _YEAR_AFTER))
    return found
