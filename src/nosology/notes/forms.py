"""Forms: check boxes before or after their item, questions with boxes for yes and no, questions left unanswered.

A box that is checked says yes, an empty one says no ("[ ] diabetes [x] hypertension"). Where the boxes stand after
their items ("Diabetes [ ]  Asthma [x]"), the line ends with one. A question with a box for each answer is what its
checked box says ("Diabetes: [ ] Yes [x] No"); one that nobody answered ("Diabetes: Y / N") says nothing. Of answers
in a row each is that of the item right before it ("HTN yes; diabetes no; stroke no").
"""

from __future__ import annotations

import re

from nosology.codes.late_pattern import late_pattern
from nosology.lexicon.patterns import WordPattern
from nosology.notes.cues import Cue

__all__ = ["find_answers", "find_boxes"]

_BOXES, _ROUND, _LINED = ("[", "☐", "☑", "☒"), ("( )", "(x)", "(X)"), ("_x_", "_X_")
_SQUARE = r"(?:[\[☐☑☒(_](?:(?<=\[)[ _xX✓✔]?\]|(?<=[☐☑☒])|(?<=\()[ xX]\)|(?<=_)(?<!\w_)_{0,3}[xX✓✔]?_{1,4}(?![\w_]*_)))"
_OPTION = r"(?:yes|no|y|n|n/?a|unk(?:nown)?|not sure|never|current|former|past)\b"
_ITEM = late_pattern(r"[ \t]*+(?!(?:yes|no|n/a|denie[sd]|negative|never|without|absent)\b)(?=\w)", re.IGNORECASE)
_NEAR = 60  # code points in which a gap or a mark is looked for
_EMPTY = frozenset("[]() _☐")
_LAST = late_pattern(rf"{_SQUARE}[ \t\r.,;|]*\Z")
_ANY_BOX = late_pattern(_SQUARE)
_ANSWERED = late_pattern(
    rf"(?:{_SQUARE}[ \t]*{_OPTION}(?:[ \t,/|]*{_SQUARE}[ \t]*{_OPTION})+"
    rf"|\b{_OPTION}[ \t]*{_SQUARE}(?:[ \t,/|]*{_OPTION}[ \t]*{_SQUARE})+)",
    re.IGNORECASE,
)
_X = r"(?:\[[xX✓✔]\]|[☑☒]|\([xX]\)|_+[xX✓✔]_+)"
_AFTER_BOX = late_pattern(rf"{_X}[ \t]*({_OPTION})", re.IGNORECASE)
_BEFORE_BOX = late_pattern(rf"\b({_OPTION})[ \t]*{_X}", re.IGNORECASE)
_CELL = late_pattern(  # not behind one or two blanks alone
    r"[\t |](?=[yYnNdDpP])(?<![^|\t ] )(?<![^|\t ]  )(?i:yes|no|none|denies|y|n|negative|positive)"
    r"(?=[ \t]*(?:[\n\r|]|\Z))"
)
_GAP = late_pattern(
    r"(?<=[\w)])(?:\t| {3,}|[ \t]{0,9}\|)[ \t]*\Z"
)  # between the cell of a question and that of its answer
_OPEN_MARKS = (
    *("Y/N", "Y / N", "y/n", "N/Y", "es/No", "es / No", "es/no", "ES/NO", "es No", "ES NO", "es  No", ": __", ":__"),
)
_OPEN_WORDS = WordPattern(r"y ?/ ?n|n/y|es ?/ ?no|es  ?no|: ?__")  # wherever one of these stands
_UNANSWERED = late_pattern(
    r"(?<![\w/])(?:(?:y ?/ ?n|n ?/ ?y|yes ?/ ?no|yes[ \t]{1,8}no)\b\)?(?=[ \t]*(?:[\n\r|,;]|\Z))"
    r"|(?<=[: ])__+(?=[ \t]*(?:[\n\r|,;]|\Z|[A-Z])))",
    re.IGNORECASE,
)
_REFUTED = late_pattern(  # "cirrhosis? - no stigmata", "DVT? US negative"
    r"\?+(?=[ \t]*[-–—:,(]*[ \t]*(?:no\b(?! (?:idea|change|recall|longer sure))"
    r"|not\b(?! (?:sure|certain|clear|yet|known))"
    r"|none\b|unlikely\b|ruled out\b|excluded\b|(?:[\w/]+ ){0,2}(?:negative|neg|clear|normal|nl|wnl)\b(?! for)))",
    re.IGNORECASE,
)
_BARE_MARKS = (
    *(f"{word}{end}" for word in (" no", " No", " NO", ".no", " N") for end in ",;.\n"),
    *("..no", "..No", "no  "),
)
_BARE_WORDS = WordPattern(r" (?:no|n)[,;.]|\.no[,;.\n]|\.\.no")  # wherever one of these stands, and none of those:
_BARE_ENDS = (" no\n", " No\n", " NO\n", " N\n", "no  ")
_BARE = late_pattern(
    r"(?:(?<=[A-Za-z)] )|(?<=\.\.\.)|(?<=\.\.\. ))(?:(?i:yes|no)(?=[ \t]*(?:[,;/|.\n\r]|\Z|[ \t]{2}))"
    r"|[YN](?=[ \t]*(?:[,;|\n\r]|\Z|[ \t]{2}|\.(?!\w))))"
)
_IN_A_ROW = 48  # code points from one answer to the next of its row
_YES, _NO = ("yes", "y", "positive", "current"), ("no", "n", "never")
_OFF, _ON = Cue("absent"), Cue("affirm")
_OFF_BEFORE, _ON_BEFORE = Cue("absent", direction="backward"), Cue("affirm", direction="backward")
_OPEN = Cue("hypothetical", direction="backward")
_NO_TO_IT = Cue("absent", direction="backward", comma="stop")
_YES_TO_IT = Cue("affirm", direction="backward", comma="stop")
_Hit = tuple[int, int, Cue]


def find_boxes(text: str) -> list[_Hit]:
    """Check boxes of items: (start, end, cue), absent for an empty box; the cue reaches backward where the box stands
    after its item.
    """
    if not _may_hold_boxes(text):
        return []
    found: list[_Hit] = []
    trailing, end = False, -1
    lined = "_x_" in text or "_X_" in text  # only then is a line to write on a box
    for match in _ANY_BOX.finditer(text):
        if match.start() >= end:  # the first box of its line
            begin = text.rfind("\n", max(0, end), match.start()) + 1
            end = text.find("\n", match.end())
            end = len(text) if end < 0 else end
            trailing = _stand_after(text, begin, end)
        box = match.group()
        checked = not _EMPTY.issuperset(box)
        if trailing:
            found.append((match.start(), match.end(), _ON_BEFORE if checked else _OFF_BEFORE))
        elif (lined or checked or box[0] != "_") and (item := _ITEM.match(text, match.end())) is not None:
            found.append((match.start(), item.end(), _ON if checked else _OFF))
    return found


def _may_hold_boxes(text: str) -> bool:
    return (
        any(box in text for box in _BOXES)
        or ("_" in text and any(mark in text for mark in _LINED))
        or ("(" in text and any(mark in text for mark in _ROUND))
    )


def _stand_after(text: str, begin: int, end: int) -> bool:
    """True for a line that begins with an item and ends with a box."""
    item = text[begin : begin + _NEAR].lstrip(" \t-*•|")[:1].isalpha()
    return item and _LAST.search(text, max(begin, end - _NEAR), end) is not None


def find_answers(text: str) -> list[_Hit]:
    """Questions with boxes for their answers, questions left open, and those that the next words answer with no:
    (start, end, cue that reaches backward).
    """
    found: list[_Hit] = []
    if _may_hold_boxes(text):
        for match in _ANSWERED.finditer(text):
            checked = _AFTER_BOX if match.group()[0] in "[(☐☑☒_" else _BEFORE_BOX
            chosen = [hit[1].lower() for hit in checked.finditer(text, match.start(), match.end())]
            answer = chosen[0] if len(chosen) == 1 else ""
            cue = _ON_BEFORE if answer in _YES else _OFF_BEFORE if answer in _NO else _OPEN
            found.append((_question_end(text, match.start()), match.end(), cue))
    if _OPEN_WORDS.may_stand(text) and any(mark in text for mark in _OPEN_MARKS):
        for match in _UNANSWERED.finditer(text):
            start = _question_end(text, match.start())
            if match.group()[0] != "_" or ":" in text[start : match.start()]:
                found.append((start, match.end(), _OPEN))
    if "\t" in text or "|" in text or "   " in text:
        for match in _CELL.finditer(text):
            start = match.start() + 1
            gap = _GAP.search(text, max(0, start - _NEAR), start)
            if gap is not None:
                cue = _ON_BEFORE if match.group()[1:].lower() in _YES else _OFF_BEFORE
                found.append((gap.start(), match.end(), cue))
    if "?" in text:
        for match in _REFUTED.finditer(text):
            before = text[max(0, match.start() - _NEAR) : match.start()]
            if before.rfind("(") <= before.rfind(")"):  # "semaglutide (oral? no, weekly)" asks of the form alone
                found.append((match.start(), match.end(), _OFF_BEFORE))
    if (
        (_BARE_WORDS.may_stand(text) and any(mark in text for mark in _BARE_MARKS))
        or any(mark in text for mark in _BARE_ENDS)
        or text.endswith((" no", " No", " NO", " N"))
    ):
        found += _bare_answers(text)
    return sorted(found, key=lambda hit: hit[0])


def _bare_answers(text: str) -> list[_Hit]:
    """Answers without a sign before them, where at least two stand in a row; one alone may be any "no"."""
    matches = list(_BARE.finditer(text))
    found: list[_Hit] = []
    for i, match in enumerate(matches):
        near = (i > 0 and match.start() - matches[i - 1].end() <= _IN_A_ROW) or (
            i + 1 < len(matches) and matches[i + 1].start() - match.end() <= _IN_A_ROW
        )
        if near:
            cue = _YES_TO_IT if match.group()[0] in "yY" else _NO_TO_IT
            found.append((match.start(), match.end(), cue))
    return found


def _question_end(text: str, start: int) -> int:
    """Where the question before an answer ends: blanks, a colon, a question mark or a parenthesis lie between."""
    before = text[max(0, start - _NEAR) : start]
    return start - len(before) + len(before.rstrip(" \t:?("))
