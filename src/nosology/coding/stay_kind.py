"""What kind of stay a chart tells of: after an earlier operation, for rehabilitation, with a catheter from home.

What a coder reads in the first lines: who comes back ten days after an operation brings its complication along, who is
admitted from day surgery too, and in rehabilitation the acute event lies behind.
"""

from __future__ import annotations

import re

from nosology.codes.late_pattern import late_pattern

__all__ = ["brings_catheter", "follows_operation", "is_rehabilitation"]

_HEAD = 1500  # characters in which a chart tells how the patient came
_OPERATION = (
    r"(?:\w+(?:ectomy|ostomy|otomy|plasty|desis)|operation|procedure|surgery|(?:cesarean|c-)[ -]?section"
    r"|(?:hernia|valve|aneurysm|\w+ cuff) repair|replacement|bypass|fusion)\b"
)
_POST = r"(?:after|following|post|out from|s/p|status post)"
_BACK = r"(?:returned|returns|re-?presented|presented|presents|came (?:back|in)|comes (?:back|in)|sent back)"
_DAY_AFTER = r"(?:PPD|POD|post-?(?:partum|op(?:erative)?) day) ?#?\d{1,2}\b"
_OWN = r"(?:an? |the |his |her |their )?(?:[\w-]+ ){0,4}?"
_CAME = (
    r"(?:returned|returns|came (?:back|in|to)|comes|presented|presents|re-?presented"
    r"|(?:is|was) (?:sent|brought|seen|referred|admitted))"
)
_AFTER = late_pattern(
    r"\breadmi(?:t|ssion)"
    rf"|\b(?:days?|weeks?|months?) {_POST} {_OWN}{_OPERATION}[^.\n]{{0,90}}?\b{_CAME}\b"
    rf"|\b{_CAME}\b[^.\n]{{0,60}}?\b(?:days?|weeks?|months?) {_POST} {_OWN}{_OPERATION}"
    rf"|\b{_DAY_AFTER}[^.\n]{{0,60}}?\b{_BACK}\b|\b{_BACK}\b[^.\n]{{0,40}}?\b{_DAY_AFTER}",
    re.IGNORECASE,
)
_DAY_SURGERY = late_pattern(
    r"\b(?:day|same[- ]day|outpatient|ambulatory) (?:surgery|surgical|operation)\b[^\n]{0,600}?\badmitted\b",
    re.IGNORECASE,
)
_NOT_DONE = late_pattern(
    r"\b(?:called off|cancel\w*|postponed|put off|aborted|not (?:carried out|done|performed|begun|started))\b",
    re.IGNORECASE,
)  # the operation for which the patient came
_FIRST_WORDS = 220
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_NAMED = (
    r"(?:(?:an?|the|his|her|their) )?(?:(?!admission|arrival)[\w-]+ ){0,3}?(?:\w+(?:ectomy|ostomy|otomy|plasty|desis)"
    r"|(?:cesarean|c-)[ -]?section|(?:hernia|valve|aneurysm|\w+ cuff) repair|(?:hip|knee|valve) replacement)\b"
    r"(?! (?:he|she|they|the patient) (?:developed|had|became))"
)
_SINCE = late_pattern(
    rf"\b(?:day|week)s? {_COUNT} (?:{_POST}|from|of) {_NAMED}"
    rf"|\b{_COUNT} (?:days?|weeks?) {_POST} {_NAMED}",
    re.IGNORECASE,
)  # where the chart opens with it, the operation lies before the stay
_CATHETER = late_pattern(
    r"\b(?:chronic|long[- ]term|long-?standing|permanent|home)[ -](?:\w+[ -]){0,2}?(?:catheter|foley)"
    r"|\b(?:catheter|foley)\b[^.\n]{0,50}\b(?:changed (?:every|each|monthly)|for (?:\w+ ){1,2}(?:months|years)"
    r"|at home|since \w+ \d{4}|present on (?:admission|arrival)"
    r"|from (?:the|his|her|a) (?:nursing|facility|home|clinic))",
    re.IGNORECASE,
)
_REHABILITATION = late_pattern(
    r"\b(?:inpatient|acute|comprehensive)[ -]rehab\w*\b[^.\n]{0,30}\b(?:discharge|summary|stay|course|admission)\b"
    r"|\brehabilitation (?:(?:unit |hospital |center )?(?:discharge|summary|course|stay|admission)|(?:unit|hospital):)"
    r"|\b(?:was |is )?(?<!be )(?<!been )admitted (?:to (?:the |our )?(?:inpatient |acute )?rehab\w*"
    r"|for (?:acute |inpatient |intensive |comprehensive |stroke )*(?:rehab\w*|(?:intensive )?therapy of))",
    re.IGNORECASE,
)


def follows_operation(text: str) -> bool:
    """Return whether the patient came back after an earlier stay or operation, or was admitted from day surgery."""
    if _AFTER.search(text, 0, _HEAD) is not None or _SINCE.search(text, 0, _FIRST_WORDS) is not None:
        return True
    day = _DAY_SURGERY.search(text, 0, _HEAD)
    return day is not None and _NOT_DONE.search(text, day.start(), day.end()) is None


def brings_catheter(text: str) -> bool:
    """Return whether the chart speaks of a urinary catheter that the patient had before the stay."""
    return _CATHETER.search(text) is not None


def is_rehabilitation(text: str) -> bool:
    """Return whether the stay itself is one for rehabilitation (Guidelines, Section II.K)."""
    return _REHABILITATION.search(text, 0, _HEAD) is not None
