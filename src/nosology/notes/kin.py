"""Relatives and donors: which words for them make a finding theirs; where a family history is the patient's again."""

from __future__ import annotations

import re
from dataclasses import replace

from nosology.codes.late_pattern import late_pattern
from nosology.notes.cues import Cue

__all__ = ["goes_on", "is_known_of", "is_of_patient", "named_behind", "patient_again", "relation_cues"]

_KIN = (
    r"(?:mother|father|parents?|brothers?|sisters?|sib(?:ling)?s?|[mp]g[mf]|sons?|daughters?|aunts?|uncles?|cousins?|grand(?:mother"
    r"|father|parents?)"
    r"|mom|dad|wife|husband)"
)
# tests and carriers of which one word tells: "mother HIV positive"
_GERM = (
    r"(?:GBS|group b strep\w*|HIV|HBsAg|HBV|HCV|HSV|hep(?:atitis)?[ -]?[bc]|RPR|VDRL|syphilis|CMV"
    r"|COVID(?:-19)?|flu(?: [ab])?|influenza(?: [ab])?|strep|TB|PPD|BRCA ?[12]?|gonorrhea|chlamydia|rubella|Rh"
    r"|(?:type )?(?:A|B|AB|O))"
)
_KIN_AFTER = late_pattern(
    r"[\s,]*(?:(?:(?:and|or)\s+(?:(?:his|her|their|one|two|a|maternal|paternal)\s+)*"
    + _KIN
    + r"|(?:un)?like (?:his|her|their)|who|also|both|(?:is|are|was|were)\s+"
    r"(?:alive|living|deceased|dead|healthy)|alive|living|deceased|healthy|aged?|at|age|of|\d{1,3}|y/?o|"
    + _KIN
    + r"|side)[\s,]+)*"
    r"(?:[:=]|[-–—]\s|with\b|w/|had\b|has\b|have\b|died\b|dies\b|passed\b|deceased\b"
    r"|(?:was|were|is|been)\s+(?:recently\s+)?(?:diagnosed|sick|ill|positive|diabetic)"
    r"|diagnosed\b|suffer|(?:lost|gained|losing|gaining)\b|positive for|tested|hx\b|history\b|h/o|developed\b"
    r"|sick\b|ill\b|affected"
    r"|smokes?\b|smoked\b|drinks\b|drank\b|vapes\b|(?:is|are|was|were)\s+(?:(?:a|an|also|both|current|former|heavy"
    r"|regular|chronic|active|ex|daily|occasional|cannabis|marijuana|tobacco|cigarette)[\s-]+)*smok"
    r"|(?:is|are|was|were)\s+(?:(?:a|an|all|also|both|current|former|heavy|known|recovering|recovered|chronic|insulin|drug"
    r"|heroin|cocaine|opioid|opiate|marijuana|iv|intravenous|mildly|morbidly|legally|severely)[\s-]+)*"
    r"(?:alcoholic|addict|diabetic|hypertensive"
    r"|asthmatic|epileptic|schizophrenic|bipolar|autistic|depressed|deaf|blind|obese|h(?:a?e)mophiliac|celiac|demented"
    r"|paraplegic|quadriplegic|drinker|allergic|users?\b|abuser)"
    r"|(?:is|are|was|were)\s+(?:(?:a|an|also|both|known|silent|to|be)\s+)*(?:[\w-]+\s+){0,3}carriers?\b"
    r"|(?:(?:is|was|are|were)\s+)?known\s+(?:to\s+have|for|with)\b"
    r"|(?:(?:an?|known|silent|obligate)\s+)*carriers?\b(?!\s+screen)"
    r"|an?\s+(?:known\s+)?(?:diabetic|alcoholic|hypertensive|asthmatic|epileptic|schizophrenic|smoker)\b"
    r"|(?:also\s+|both\s+|morbidly\s+)?(?:diabetic|hypertensive|asthmatic|alcoholic|epileptic|schizophrenic|bipolar"
    r"|obese|h(?:a?e)mophiliac)(?=\s*(?:[.,;)\n]|\Z|and\b|on\b|since\b))"
    r"|(?:(?:is|was|are|were|known)\s+)*"
    + _GERM
    + r"(?:[\s-]?status)?[\s:-]*(?:\+|pos\b|positive\b|reactive\b|carrier\b)"
    r"|(?:takes|is on|was on)\s+(?:insulin|dialysis|warfarin|oxygen|home oxygen|hospice|methadone|suboxone|chemo\w*)\b"
    r"|(?:on|about|re|regarding|to)\s+(?:(?:quit|quitting|stop|stopping|the|need|for)\s+)*(?:smok|tobacco|vap)"
    r"|(?:[a-z-]+ ){0,2}(?:ca|cancer|lymphoma|leukemia|melanoma|mi|stroke|cva|cad)\b"
    r"(?=\s*(?:[.,;)(@]|\n|\Z|at\b|age\b|in\b|dx|\d\d\b))"
    r"|(?:[a-z-]+ ){1,4}(?:at (?:age )?\d\d\b|in (?:his|her|their) \d0s))"
    r"(?!\s+(?:noted|noticed|been (?:giving|using|with)|given|tried|reported|observed|seen|concerns|called|brought"
    r"|concerned|denied|him|her|that|the child|questions|patient))",
    re.I,
)
_KIN_BEFORE = late_pattern(
    r"(?:\b(?:tobacco use|tobacco|smoking|smokers?|vaping)\s*[:=(–-]\s*|\b(?:in|affecting)\s+)"
    r"(?:(?:his|her|the|a|an|one|two|both|their|patient's|maternal|paternal|multiple|several|and|"
    + _KIN
    + r")[\s,]+)*\Z",
    re.I,
)
_BEFORE_KIN = ("tobacco", "smok", "vaping", "in ", "in\n", "in\t", "in\r", "affecting")  # one stands in it
# "hypertension, family history of stroke in his father": the hypertension is the patient's
_HISTORY_BEFORE = late_pattern(r"\bfamily (?:history|hx|h/o) of\b[^.;\n]*\Z", re.I)
_KIN_PLACE = late_pattern(r"\s+(?:house|home|apartment|place|car|room|phone|request|name|bed|care|help)\b", re.I)
_DONOR = late_pattern(
    r"\s+(?:sites?|areas?|zones?|regions?|grafts?|flaps?|legs?|limbs?|thighs?|arms?|skin|tissues?|vessels?|nerves?"
    r"|tendons?|scars?|wounds?|defects?|morbidity)\b",
    re.I,
)
# "he, like his brother, has gout": the brother has it, and so has the patient
_LIKE = late_pattern(
    r"\b(?:like|unlike|just as|as (?:do|does|did|has|have))\s+(?:(?:his|her|their|my|the|both|most of)\s+)*\Z", re.I
)
_LIKE_ENDS = late_pattern(r"(?:\s+(?:and|or)\s+(?:(?:his|her|their)\s+)?" + _KIN + r")?\s*,", re.I)
# "he and his brother have hemophilia": so has the patient
_TOGETHER = late_pattern(r"\b(?:he|she|patient|pt)\s+and\s+(?:his|her)\s+(?:[a-z]+\s+)?\Z", re.I)
_ALL_HAVE = late_pattern(r"\s+(?:both\s+|each\s+)?(?:have|are|were|got|developed)\b", re.I)
# "a diabetic mother": the adjective is hers; "a mother with known asthma": "known" does not lead back to the patient
_ADJECTIVE_BEFORE = late_pattern(
    r"\b(?:diabetic|hypertensive|asthmatic|alcoholic|epileptic|schizophrenic|bipolar|obese|demented|depressed|"
    + _GERM
    + r"[\s-]*(?:\+|pos|positive)|carrier)\s+\Z",
    re.I,
)
_ADJECTIVE_ENDS = ("ic", "ive", "bipolar", "obese", "demented", "depressed", "pos", "+", "carrier")  # of its last word
_OF_WHAT = 2  # words between a relative and what is said before: "BRCA1 carrier sister"
_HAS_KNOWN = late_pattern(
    r"\s*(?:(?:,|who|with|has|had|have|having|is|was|are|were|both|also|an?|the|and|reportedly)(?:\s+|(?=\w)))*(?=known\b)"
)
# "the patient, whose father had colon cancer, has anemia": what is said of the father ends at the patient's own verb
_WHOSE = late_pattern(r"\b(?:whose|who lives? with|who cares? for)\s+(?:[a-z]+\s+){0,3}\Z", re.I)
_MAIN_VERB = late_pattern(
    r",\s*(?:now |also |currently )?(?:has|had|is|was|presents?|presented|comes?|came|reports?|reported|complains?"
    r"|complained|denies|denied|develops?|developed|returns?|returned|underwent|takes|notes|noted|states|admits|suffers|needs|wants)\b",
    re.I,
)
# "lives with his wife, has diabetes"; "brought by her daughter, has dementia": behind the comma it is the patient
_COMPANION = late_pattern(
    r"\b(?:liv(?:es?|ed|ing)|stays?|staying|here|brought(?: in)?|accompanied|comes?|came|seen|present(?:s|ed)?"
    r"|arrive[ds]?"
    r"|cared for)\s+(?:with|by)\s+(?:(?:his|her|their|the|an?|adult|elderly|own)\s+)*\Z",
    re.I,
)
_COMMA = late_pattern(r"\s*+,\s*+(?!who\b|also\b|both\b|and\b|[\w-]+,)", re.I)
# "her mother had breast cancer and her sister a brain tumor": the verb is said once
_ELIDED = late_pattern(r"\s+an?\s", re.I)
_SAID = late_pattern(r"\b(?:had|has|with|suffer\w*|died)\b", re.I)
_SENTENCE = r"(?:\A|(?<=[.!?\n]))[ \t\r\n]*(?:[-*•]\s*)?"
# The examination, the studies or the arrival of the patient: what follows is no family history any more.
_PATIENT_AGAIN = late_pattern(
    _SENTENCE + r"(?:(?:On|At|Upon|In)\s+(?:(?:the|his|her|general|initial)\s+)*"
    r"(?:(?:physical|neurological?|clinical|ocular|ophthalm\w+)\s+)?"
    r"(?:exam(?:ination)?|exploration|admission|arrival|presentation)\b"
    r"|(?:The\s+)?(?:(?:general|initial|physical|neurologic(?:al)?|clinical|ophthalm\w+|cardiac|abdominal|pelvic"
    r"|dermatologic\w*)\s+)+(?:exam(?:ination)?|exploration)\b"
    r"|(?:The\s+)?exam(?:ination)?\s+(?:revealed|showed|shows|reveals|was|is|found)\b"
    r"|(?:(?:The|An?|His|Her)\s+)?(?:(?:chest|abdominal|brain|cranial|renal|blood|laboratory|urgent|urine)\s+)*"
    r"(?:CT|MRI|ECG|EKG|EEG|EMG|X-rays?|radiographs?|ultrasound|echocardiogra\w+|laboratory|blood tests?|urinalysis)\s+"
    r"(?:(?:scan|tests|results|data|values)\s+)?"
    r"(?:was|were|is|are|showed|shows|revealed|reveals|demonstrated|suggests?|suggested|confirmed|ruled out)\b"
    r"|(?:Weight|Height|Temperature|Blood pressure|BP|Heart rate|HR|Pulse|Respiratory rate|SpO2)\s*[:=]?\s*(?:of\s+)?\d"
    r"|(?:(?:Good|Fair|Poor|Regular|Acceptable)\s+)+(?:general\s+)?(?:condition|appearance|state|status)\b"
    r"|(?:The|This|Our)\s+(?:patient|child|infant|boy|girl|man|woman)\s+"
    r"(?:was\s+(?:admitted|referred|seen|brought|evaluated|treated)"
    r"|presented|presents|came|comes|complain\w*|underwent|is\s+(?:currently\s+)?asymptomatic)\b"
    r"|(?:He|She)\s+(?:was\s+(?:referred|brought|transferred)\s+to\s+(?:our|the)"
    r"|(?:presented|presents|came|comes)\s+(?:to|with)\b)"
    r"|Vital\s+signs\b)",
    re.I,
)
_PATIENT = late_pattern(
    r"\s*(?:[-*•]\s*)?(?:the |this |our )?(?:patient|pt\.?)\s+(?:(?:himself|herself|also|currently)\s+)*"
    r"(?:is|was|has|had|presents|presented|reports|reported|denies|denied|takes|uses|smokes|underwent|suffers|suffered)\b",
    re.I,
)
_RELATED = late_pattern(
    r"\b(?:famil|relative|kin\b|kindred|pedigree|child|twin|niece|nephew|sib|mother|father|parent|brother|sister|sons?\b"
    r"|daughter|aunt|uncle|cousin|grand|mom\b|dad\b|maternal|paternal|heredit|inherit|adopt|hx\b|fh\b)",
    re.I,
)


# "her mother has hypertension and has diabetes", "has asthma - smokes": the second verb is of the same subject
_SECOND_VERB = late_pattern(
    r"and\s+(?:is|was|has|had|have|are|were)\b|[-–—]\s*(?:still\s+|only\s+)?(?:smokes|vapes|drinks)\b", re.I
)
# "her father had a stroke due to atrial fibrillation": so is the cause, where nothing of the patient stands between
_CAUSE = late_pattern(r"(?:due to|secondary to|because of|caused by|attributed to)\b", re.I)
_TURNS = late_pattern(
    r"[;:,.]|\b(?:s?he|patient|pt|who|admi\w+|refer\w+|seen|brought|brings|consult\w*|present\w*|evaluat\w+|examin\w+"
    r"|c[ao]mes?|treated|underwent|hospitali\w+|called|calls|visit\w*)\b",
    re.I,
)


_ALONE = re.compile(
    r"(?:(?:(?:personal|past|remote|(?:(?:positive|strong) )?family) )?(?:history|hx)(?: of)?|h/o|fhx?)"
    r"\s*(?:[.;)\n]|\Z)",
    re.I,
)
_BEHIND = {kind: Cue(kind, direction="backward", comma="stop") for kind in ("historical", "family")}


def named_behind(text: str, start: int, cue: Cue) -> tuple[int, Cue]:
    """The place and the cue of a history named behind its noun ("kidney stones, history of."; "breast cancer, family
    history"); what was given, where it is none.
    """
    if cue.kind in _BEHIND and not cue.relation and text[start - 2 : start] == ", " and _ALONE.match(text, start):
        return start - 2, _BEHIND[cue.kind]
    return start, cue


def relation_cues(text: str, start: int, end: int, cue: Cue) -> list[tuple[int, int, Cue]]:
    """The cues that a word for a person gives: only where what stands around makes the finding theirs."""
    found: list[tuple[int, int, Cue]] = []
    if _COMMA.match(text, end) is not None and _COMPANION.search(text, max(0, start - 40), start) is not None:
        return found
    if text[start:end].lower() == "donor" and _DONOR.match(text, end) is not None:
        return found
    near = text[max(0, start - 60) : start].lower()
    if (
        ("like" in near or "as" in near)
        and _LIKE.search(text, max(0, start - 40), start)
        and _LIKE_ENDS.match(text, end)
    ):
        return found
    if "and" in near and _TOGETHER.search(text, max(0, start - 40), start) and _ALL_HAVE.match(text, end):
        return found
    if (
        "who" in near
        and _WHOSE.search(text, max(0, start - 60), start)
        and (main := _MAIN_VERB.search(text, end, end + 160))
    ):
        cue = replace(cue, window=len(text[end : main.start()].split()))
    possessive = text[end - 2 : end] in ("'s", "’s") and _KIN_PLACE.match(text, end) is None
    after = _KIN_AFTER.match(text, end)
    if after is not None and "who" in after[0]:
        found.append((start, after.end(), cue))  # "her mother, who has diabetes": the clause is of the mother
    elif possessive or after is not None or _elided(text, start, end, cue):
        found.append((start, end, cue))
    if any(word in near for word in _BEFORE_KIN) and _KIN_BEFORE.search(text, max(0, start - 40), start):
        if _HISTORY_BEFORE.search(text, max(0, start - 160), start):  # it says itself how far it reaches
            return found
        found.append((start, end, Cue(cue.kind, direction="backward", comma="through")))
    elif near.rstrip().endswith(_ADJECTIVE_ENDS) and _ADJECTIVE_BEFORE.search(text, max(0, start - 24), start):
        found.append((start, end, Cue(cue.kind, direction="backward", window=_OF_WHAT, comma="stop")))
    return found


def _elided(text: str, start: int, end: int, cue: Cue) -> bool:
    if cue.kind != "family" or _ELIDED.match(text, end) is None:
        return False
    head = text.rfind(".", 0, start) + 1
    first = _RELATED.search(text, head, start)
    return first is not None and _SAID.search(text, first.end(), start) is not None


def goes_on(text: str, after: int, place: int) -> bool:
    """Whether a second verb or a cause at ``place`` says more of the relative whose name ends at ``after``."""
    return _SECOND_VERB.match(text, place) is not None or (
        _CAUSE.match(text, place) is not None and _TURNS.search(text, after, place) is None
    )


def is_known_of(text: str, after: int, place: int) -> bool:
    """Whether the "known" at ``place`` belongs to what is said of the relative whose name ends at ``after``."""
    return (match := _HAS_KNOWN.match(text, after)) is not None and match.end() == place


def patient_again(text: str, begin: int, end: int) -> int:
    """Where a family history turns to the examination, the studies or the arrival of the patient, else ``end``."""
    match = _PATIENT_AGAIN.search(text, begin, end)
    return match.end() if match is not None else end


def is_of_patient(text: str, begin: int, end: int) -> bool:
    """Whether a sentence of a family history has the patient as its subject and names no relative."""
    return _PATIENT.match(text, begin, end) is not None and _RELATED.search(text, begin, end) is None
