"""Whether a visit is for active treatment of an injury or for its healing: the seventh character A or D (I.C.19.a)."""

from __future__ import annotations

import re

from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Note

__all__ = ["is_healed", "is_over", "is_subsequent"]

_SUBSEQUENT = WordPattern(
    r"\b(?:post[- ]?op(?:erative(?:ly)?)?\b.{0,30}(?:visit|follow|check|week)|(?:weeks?|wks?|months?|mos) (?:out"
    r"|status post|post|after|s/p|from (?:his|her|the) (?:injury|fracture|surgery|fall))|cast (?:removal|removed"
    r"|check)|(?:suture|staple|stitch) removal(?! (?:in |after |at )?\d)|(?:fractures?"
    r"|fx)\b[^.;\n]{0,70}, healing\b|(?:sprain|strain|fracture|fx|laceration|contusion|injury|dislocation|tear"
    r"|concussion|burn|abrasion)\b[^.;\n]{0,40}[,(-] ?subsequent(?= (?:enc|visit)|[.;,)\n]|\Z)|(?:fractures?|fx"
    r"|sprain|strain|dislocation|tear|injury|contusion)\b[^.;\n]{0,40}\b(?:still in|continues"
    r"|continues with) (?:physical |occupational |hand )?(?:therapy|PT|OT)|healing (?:well|nicely|fracture"
    r"|appropriately|as expected|on schedule|uneventfully)|routine healing|callus(?: formation)?|(?:fractures?"
    r"|fx) (?:is |are |has |have )?(?:heal(?:ed|ing)|uniting|united)|recover(?:ing|ed) (?:on schedule|well|nicely"
    r"|as expected|uneventfully)|(?:f/u|follow[- ]?up|recheck)(?: visit| exam)?[\s.,:–-]{1,4}(?:DOI"
    r"|date of injury|WC|work(?:ers'?)? comp\w*)\b|fracture follow[- ]?up|(?:fx|fracture) f/u"
    r"|(?:follow[- ]?up (?:of|for|after)|re-?check of|f/u of) (?:[\w-]+ ){0,4}(?:fracture|fx|repair|burns?|sprain"
    r"|strain|dislocation|laceration|fixation|injury|concussion|contusion)"
    r"|(?:sprain|strain|concussion|contusion|laceration|dislocation|injury)(?: follow[- ]?up\b"
    r"(?! (?:in|with|at|as|if|on|next|appointment|to|for|when|\d))|[^.;\n]{0,20}, (?:recheck|healing)\b))"
)
# visits of nurses: a wound that is dressed and checked was closed before
_NURSED = WordPattern(
    r"\b(?:wound (?:re-?)?check|wound care (?:to|visit|f/u|follow)|(?:HH|home health) (?:RN|SN|LPN|nurs\w+)\b"
    r"|(?:dressings?|drsg|dsg) (?:was |were )?changed\b|granulating)"
)
# visits of therapists: what they treat was set and closed before
_THERAPY = WordPattern(
    r"\b(?:(?:HH|home health|outpatient) (?:PT|OT)|(?:PT|OT|(?:physical|occupational|hand) therapy)"
    r" (?:(?:initial|daily|progress|re-?) ?)?(?:visit|eval\w*|re-?eval\w*|treatment note|progress|session|discharge)"
    r"|gait training|HEP)\b"
)
_OVER = WordPattern(r"\b(?:healed|resolved|cleared|completed|recovered)\b")
# just behind an injury: its treatment is over
_HEALED = re.compile(
    r"(?:(?!\b(?:not|never|until|if|when|once|should|will|expected|un(?:healed|resolved)|and|but|loss)\b"
    r"(?! of consciousness))[^.;\n]){0,60}?"
    r"[\s,(–-](?:(?:is|has|now|fully|completely|clinically|well|since|symptomatically) ){0,3}"
    r"(?:recovered|healed|resolved)\b",
    re.IGNORECASE,
)
_AHEAD = ("plan", "instructions", "education", "disposition")
_OPENING = (
    "",
    "chief_complaint",
    "history_of_present_illness",
    "interval_history",
    "admission_diagnosis",
    "indication",
)
_FUTURE = re.compile(
    r"\b(?:will|return\w*|rtc|in \d+|schedul\w+|dispo\w*|plan\w*|needs?|(?<!reason )for|please|should|recommend\w*"
    r"|until|home)\b[^.\n]*\Z",
    re.IGNORECASE,
)
_CAME_FOR = re.compile(
    r"\b(?:encounter|here|presents?|presenting|comes?(?: in)?|came(?: in)?|seen|visit|returns|back|reason)"
    r"(?: today)? for(?: (?:his|her|the|an?))?\s*\Z",
    re.IGNORECASE,
)


def is_subsequent(note: Note, *, inpatient: bool) -> bool:
    """True where the note tells of healing or aftercare, not where it plans them.

    A stay is for the healing only where what led to it says so: its course tells of the weeks after its own injury.
    """
    text = note.document.text
    ahead = [
        (s.span.start, s.span.end) for s in note.sections if (s.kind not in _OPENING if inpatient else s.kind in _AHEAD)
    ]
    told = (*_SUBSEQUENT.finditer(text), *_NURSED.finditer(text), *(() if inpatient else _THERAPY.finditer(text)))
    for match in told:
        start = match.start()
        if any(a <= start < b for a, b in ahead):
            continue
        before = text[max(0, start - 50) : start]
        if _CAME_FOR.search(before) or not _FUTURE.search(before):
            return True
    return False


def is_over(note: Note, number: int) -> bool:
    """True where the sentence of a complication says that it is over: until then its treatment is active
    (I.C.19.a), whatever the visit follows.
    """
    span = note.sentences[number].span
    return _OVER.search(note.document.text, span.start, span.end) is not None


def is_healed(text: str, end: int) -> bool:
    """True where the words behind an injury that ends at ``end`` say that it has healed: "concussion, recovered"."""
    return _HEALED.match(text, end) is not None
