"""Whether a procedure was done: words before and after its name that plan, offer, deny or date it."""

from __future__ import annotations

import re
from functools import cache

from nosology.coding.pcs.house import rule_data

__all__ = ["said_ago", "said_called_off", "said_not_done", "said_past_a_denial", "said_within", "said_year"]

_BEFORE = (
    r"will (?:need|require|undergo|have|be|likely|get|return)",
    r"would (?:need|require|benefit|have|undergo|likely)",
    r"plan(?:s|ned|ning)?(?: for| to| is| was)?",
    r"scheduled|await\w*|candidate|consider\w*|recommend\w*|offered|declin\w+|refus\w+"
    r"|decided against|deferred|discuss\w*",
    r"options?|consent\w*|risks?|need for|(?:for|to|the) possible|to undergo|in case|return for"
    r"|follow[- ]?up|evaluat\w+ for",
    r"chosen over|declining",
    r"if (?:needed|necessary|he|she|this|the|symptoms|fails?)|referr\w+|prior to (?:this )?admission|repeat as",
    r"(?:does|did|do|was|were|is) not|without (?:need for|the need for|undergoing|requiring)"
    r"|no need|avoid\w*|instead of",
    r"not (?:a|require|undergo|need|requiring|performing|perform)|rather than|may (?:need|require"
    r"|be)|might|should|could",
    r"contraindicat\w+|unable to|never|(?:the|an) earlier|previous(?:ly)?|prior|history of|h/o|hx of|remote"
    r"|(?:years?|months?) ago",
    r"(?:pod|post-?op(?:erative)? day) ?#?\d+ (?:out )?from",
    r"in (?:19|20)\d\d|listed for|preparation for|indications? for|no evidence of|as an outpatient|eventual|future",
)
_AFTER = (
    r"(?:was|were|is|are|be) (?:considered|deferred|declined|discussed|offered|cancell?ed|postponed"
    r"|scheduled|planned)",
    r"(?:was|were|is|are|be) (?:recommended|contraindicated|avoided|requested|asked for|talked (?:about"
    r"|over)|thought of)",
    r"(?:was|were|is|are|be)? ?(?:not|never) (?:performed|done|needed|required|necessary|pursued|possible"
    r"|felt|attempted|indicated|placed)",
    r"deferred|declined|planned|scheduled|as an outpatient|(?:years?|months?|weeks) (?:ago|prior|earlier)",
    r"in (?:19|20)\d\d",
    r"discussed|considered|offered|refused",
    r"scar|consent|candidate|in the (?:past|future)|(?:can|could|may|will|would|should) be|versus|vs\.?",
)
_NOT_DONE = re.compile(rf"\b(?:{'|'.join(_BEFORE)})\b(?P<between>[^.;:,]{{0,80}})\Z", re.IGNORECASE)
_NOT_DONE_AFTER = re.compile(rf"\A[^.;,:]{{0,40}}?(?<!\w)(?:{'|'.join(_AFTER)})(?!\w)", re.IGNORECASE)
_NOT_IN_THE_END = re.compile(
    r"\A[^.;:]{0,30}?,? (?:but )?(?:was |were )?not "
    r"(?:performed|done|needed|required|necessary|pursued|placed|given|started)\b",
    re.IGNORECASE,
)
_SET_UP = re.compile(
    r"\A[^.;:,]{0,25}?,? (?:but|and) (?:was |were )?(?:not|never) "
    r"(?:used|thrown|fired|opened|infused|deployed|inflated|needed|tied)\b",
    re.IGNORECASE,
)
"""What was made ready and not used after all."""
_SOON = re.compile(
    r"\A\s*(?:planned )?(?:in|after|at) (?:about |~ ?)?\d+(?:-\d+)?\s*(?:weeks?|wks?|months?|mo)\b", re.IGNORECASE
)
_CHOICES = re.compile(
    r"\b(?:options|alternatives|choices|(?:spoke|talked|counsell?ed) (?:about|over|on))\b(?P<between>[^.;]{0,120})\Z",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\A\s*[:-]\s*(?:not|none|never|declined|deferred|refused)\b", re.IGNORECASE)
_REPEAT = re.compile(r"\b(?:repeat|next)\s*\Z", re.IGNORECASE)
_LATER = re.compile(r"\A[^.;]{0,20}?\b\d+(?:-\d+)?\s*(?:wks?|weeks?|months?|mo|yrs?|years?)\b", re.IGNORECASE)
_YEAR_AFTER = re.compile(r"\A[^.;/\d]{0,14}?(?<![/\d-])(?P<year>(?:19|20)\d\d)\b")
_YEAR_BEFORE = re.compile(r"(?<![/\d-])(?<!\d, )(?P<year>(?:19|20)\d\d):?\s+(?:\w+\s+){0,2}\Z")
_DONE = re.compile(
    r"\b(?:underwent|undergone|performed|taken (?:\w+ ){0,4}for|received|required|status post|s/p|was done|completed"
    r"|(?:she|he|patient|pt) had)\b",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?:\b(?:day|hd|pod) ?#?\d+|\d/\d{1,2}|\bat)\s*\Z", re.IGNORECASE)
"""Before four digits that tell the time of day, not the year."""
_WITHIN = re.compile(
    r"\b(?:was|were) (?:not|never)\b(?! (?:possible|achieved|successful|able|cannulated))", re.IGNORECASE
)
_FINITE = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_ELSE = re.compile(r"\)|\b(?:was|were)\b|[;:]|\band (?:a|an|the|one|two|three|\d+)\s", re.IGNORECASE)
_AGO = re.compile(
    r"\b(?:years?|yrs?|months?|decades?) (?:ago|prior|before|earlier)\b|\b(?:in|since) (?:19|20)\d\d\b"
    r"|\bas a child\b",
    re.IGNORECASE,
)


def said_not_done(before: str, after: str) -> bool:
    """True if the words before or after the name of a procedure say that it was not done, or not in this stay."""
    if _SET_UP.match(after) is not None or _SOON.match(after) is not None:
        return True
    if _NOT_IN_THE_END.match(after) is not None or (_REPEAT.search(before) and _LATER.match(after)):
        return True
    if _REFUSED.match(after):
        return True
    choice = _CHOICES.search(before)
    if choice is not None and _DONE.search(choice["between"]) is None:
        return True
    match = _NOT_DONE.search(before)
    if match is not None and _DONE.search(match["between"]) is None:
        return True
    return _NOT_DONE_AFTER.search(after) is not None


def said_called_off(before: str, after: str) -> bool:
    """True if the report says that this procedure was given up or was not done after all (Guideline B3.3)."""
    said_before, said_after = _called_off()
    return said_before.search(before) is not None or said_after.match(after) is not None


@cache
def _called_off() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What calls a procedure off right before its name, and after it."""
    data = rule_data("Procedure-B3.3")
    before = (
        rf"\b{data['before']}(?: (?:on|any|the|an?|further|his|her|either|attempts? at|right|left|doing"
        rf"|performing|to|with))*\s*\Z"
    )
    after = (
        r"\A(?: (?:itself|portion|part|attempt|procedure|tube|step))?(?: (?:for|of|from|to|at"
        r"|in) (?:\w+\.? ){0,4}?\w+)?,?"
        r"(?: had been planned[^.;]{0,40}? but)? (?:(?:was|were|is|had been|has been|being) )?"
        rf"(?:(?:therefore|then|thus|accordingly|eventually|subsequently|also|hence|finally) )?(?:{data['after']})\b"
    )
    return re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE)


def said_ago(words: str) -> bool:
    """True if the words date something to another time than this stay."""
    return _AGO.search(words) is not None


def said_year(before: str, after: str) -> int | None:
    """Return the bare year that stands beside the name of a procedure ("cholecystectomy 1999", "2021 colonoscopy")."""
    match = _YEAR_AFTER.match(after)
    if match is None:
        match = _YEAR_BEFORE.search(before)
        if match is not None and _CLOCK.search(before, 0, match.start()) is not None:
            return None  # "Day 1 1900": the time of day
    return int(match["year"]) if match is not None else None


def said_within(told: str) -> bool:
    """True if the words themselves deny what they name: "the toe was not amputated"."""
    return _WITHIN.search(told) is not None


def said_past_a_denial(before: str, told: str, cue: str) -> bool:
    """True if a denial before the words is of something else: "(no duplication) … and a filter was released".

    ``told`` are the words of the procedure; ``cue`` the word that denies.
    """
    at = before.lower().rfind(cue.lower())
    if at < 0 or _FINITE.search(told) is None:
        return False
    return _ELSE.search(before, at + len(cue)) is not None
