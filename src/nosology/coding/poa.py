"""Present on admission: Y, N, U, W, or 1 for exempt codes (Guidelines, Appendix I).

Each mention of a condition is asked for the words that date it: those before and after it in its own item of the chart,
the nearest first. What the chart does not date is taken by its nature: chronic conditions and what is told at the start
are Y, complications of an operation of this stay are N. Organisms and drugs go with the condition that they explain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from nosology.codes.late_pattern import late_pattern
from nosology.coding.candidates import Candidate, Fact
from nosology.coding.lab_onset import onset_by_values
from nosology.coding.poa_hosts import mark_of_host
from nosology.coding.stay import Moment, Stay, find_moments, find_stay, with_numbers
from nosology.coding.stay_kind import brings_catheter, follows_operation
from nosology.coding.substances import ADVERSE, intent_of
from nosology.model.note import Note, Status
from nosology.rules.loader import Rule

__all__ = ["AdmissionReader"]

_ADMITTED = frozenset(
    [
        "chief_complaint",
        "history_of_present_illness",
        "past_medical_history",
        "admission_diagnosis",
        "emergency_course",
        "indication",
    ]
)
_REASONS = frozenset(("chief_complaint", "admission_diagnosis"))
_ARRIVED = frozenset(("history_of_present_illness", "emergency_course"))
_BLED = ("O67", "O72", "O90.81")  # bleeding of a birth in the stay: the anemia has its indicator
_PRESSURES = ("O10", "O11", "O12", "O13", "O14", "O15", "O16")  # one code of two disorders
_STROKES = ("I60", "I61", "I62.9", "I63")
_DEFICITS = (
    "G81",
    "R13.1",
    "R29.810",
    "R41.4",
    "R47.01",
    "R47.1",
    "H53.46",
)  # found on a later day, there from the first
_SEPSIS_OF_SURGERY = ("T81.44", "T81.12", "O86.04")
_SEPSIS = ("A40", "A41", "R65.2", "B37.7")
_FIRST = 700  # characters in which a chart tells what brought the patient
_HEAD = 1500  # characters of a chart in which the dates of the stay stand


class _Tables:
    """The lists and patterns of the rule, made once."""

    def __init__(self, data: Any) -> None:
        self.codes = {name: tuple(data[name]) for name in _LISTS}
        self.onset, self.known = _pattern(data["onset_after_admission"]), _pattern(data["onset_before_admission"])
        self.onset_of = {
            code: _pattern([*data["onset_after_admission"], *words]) for code, words in data["onset_of"].items()
        }
        self.operations = _pattern(data["operations"])
        self.acute = [(tuple(row["codes"]), _pattern(row["words"])) for row in data["acute_parts"]]
        self.sevenths = str(data["exempt_seventh_characters"])
        self.listed = frozenset(data["lists"])
        self.values = data["values"]


_LISTS = (
    "exempt",
    "chronic",
    "not_chronic",
    "in_stay_by_nature",
    "often_in_stay",
    "of_an_operation",
    "of_a_birth_stay",
    "told_at_first",
    "given_in_stay",
    "explaining",
    "infections",
    "cultured",
)


@lru_cache(maxsize=8)
def _tables(rule: Rule) -> _Tables:
    return _Tables(rule.data)


def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


class AdmissionReader:
    """Tells of the conditions of one chart whether they were present on admission.

    A condition is asked once; the reader must not outlive a change of its facts.
    """

    def __init__(self, note: Note, rule: Rule) -> None:
        self._note, self._text, self._tables = note, note.document.text, _tables(rule)
        self._again = follows_operation(self._text)
        self._stay: Stay | None = find_stay(self._text, _HEAD)
        self._known: dict[tuple[str, int], str] = {}

    def mark(self, candidates: Sequence[Candidate]) -> list[str]:
        """Return the indicator of each of the reported codes, in their order.

        A code that says what caused another (organism, drug taken as prescribed) has the indicator of its condition.
        """
        marks = [self.of(c) for c in candidates]
        hosts = [
            (candidate, mark)
            for candidate, mark in zip(candidates, marks, strict=True)
            if mark in ("Y", "N") and not self._explains(candidate.code)
        ]
        for place, candidate in enumerate(candidates):
            if self._explains(candidate.code) and marks[place] in ("Y", "N"):
                prefixes = self._tables.codes["infections"] if candidate.code.startswith("B9") else ()
                found = mark_of_host(candidate, hosts, self._text, prefixes)
                if not found and prefixes:  # what grew was there with its infection
                    found = mark_of_host(candidate, hosts, "", self._tables.codes["cultured"])
                marks[place] = found or marks[place]
        if any(c.code.startswith(_STROKES) and m == "Y" for c, m in zip(candidates, marks, strict=True)):
            marks = ["Y" if c.code.startswith(_DEFICITS) else m for c, m in zip(candidates, marks, strict=True)]
        if "N" in {m for c, m in zip(candidates, marks, strict=True) if c.code.startswith(_SEPSIS_OF_SURGERY)}:
            marks = ["N" if c.code.startswith(_SEPSIS) else m for c, m in zip(candidates, marks, strict=True)]
        if "N" in {m for c, m in zip(candidates, marks, strict=True) if c.code.startswith(_BLED)}:
            marks = ["N" if c.code == "D62" else m for c, m in zip(candidates, marks, strict=True)]
        return marks

    def of(self, candidate: Candidate) -> str:
        """Return the indicator of a reported inpatient code; "1" where the code is exempt.

        Conditions that are chronic, known in the history or found at the start are Y. A condition is N where the chart
        has an onset in the stay: words for it, a hospital or postoperative day, or a date after that of admission. U
        and W only where the chart says that it is unknown or cannot be determined.
        """
        key = (candidate.code, len(candidate.facts))
        if key not in self._known:
            self._known[key] = self._read(candidate)
        return self._known[key]

    def _read(self, candidate: Candidate) -> str:
        code, tables = candidate.code, self._tables
        lists = tables.codes
        later_episode = len(code) == 8 and code[-1] in tables.sevenths and code[0] in "MOSTVWXY"
        if later_episode or code.startswith(lists["exempt"]):
            return "1"
        live = [f for f in candidate.facts if not f.reason]
        if code[0] == "O" and not code.startswith(_PRESSURES):  # not what only tells of the pregnancy
            live = [f for f in live if f.code[:3] == code[:3] or f.code[0] not in "OZ"] or live
        if not live or (code.startswith(lists["chronic"]) and not code.startswith(lists["not_chronic"])):
            return "Y"
        if code.startswith(lists["in_stay_by_nature"]) and not (self._again and code[0] == "O"):
            return "N"  # not of a birth before the stay
        if self._suspected(code):
            return "Y"
        votes = list(self._votes(self._acute(live, code), code))
        for decided in ("U", "W"):
            if decided in votes:
                return decided
        early, late = votes.count("Y"), votes.count("N")
        if early or late:
            share = 4 if not early and code.startswith(lists["often_in_stay"]) else 3
            return "N" if late > early and late * share >= len(votes) else "Y"
        if measured := self._measured(code):
            return measured
        if not self._again and code.startswith(lists["of_an_operation"]) and tables.operations.search(self._text):
            return "Y" if code.startswith("T83.51") and brings_catheter(self._text) else "N"
        if code.startswith(lists["of_a_birth_stay"]) and _BORN_HERE.search(self._text):
            return "N"
        if code.startswith(lists["told_at_first"]) and not self._again and not self._measured_at_first(code):
            return "N"
        if code.startswith(lists["given_in_stay"]) and any(_HOSPITAL_DRUG.search(self._sentence(f)) for f in live):
            return "N"
        return "Y"

    def _suspected(self, code: str) -> bool:
        """True where the reason for the admission calls it possible: it was there, if it was confirmed later."""
        return any(
            m.status is Status.POSSIBLE
            and m.codes[0][:3] == code[:3]
            and any(s.span.start <= m.span.start < s.span.end for s in self._note.sections if s.kind in _REASONS)
            for m in self._note.mentions
        )

    def _measured(self, code: str) -> str:
        """Return what the laboratory values say of the onset, "" in a readmission and where they say nothing."""
        if self._again:
            return ""
        return onset_by_values(code, self._text, self._stay, self._tables.values, self._at_first)

    def _measured_at_first(self, code: str) -> bool:
        """True where the first words of the chart hold a value that bears the condition out."""
        return onset_by_values(code, self._text[:_FIRST], self._stay, self._tables.values, lambda _place: True) == "Y"

    def _at_first(self, place: int) -> bool:
        """True for a place in a section that tells of the arrival ("Admission labs")."""
        for section in self._note.sections:
            if section.span.start <= place < section.span.end:
                return section.kind in _ARRIVED or _ARRIVAL.search(section.title) is not None
        return False

    def _explains(self, code: str) -> bool:
        return code.startswith(self._tables.codes["explaining"]) or (code[-1] == "A" and intent_of(code) == ADVERSE)

    def _acute(self, live: list[Fact], code: str) -> list[Fact]:
        """Return the facts that name the acute part of a combination code: its onset is that of the code."""
        for codes, words in self._tables.acute:
            if code.startswith(codes):
                spans = [f.mention.span for f in live]
                ends = [_APART.search(self._text, s.end, s.end + 60) for s in spans]
                named = [
                    f
                    for f, s, e in zip(live, spans, ends, strict=True)
                    if words.search(self._text, s.start, e.start() if e else s.end + 60)
                ]
                return named or live
        return live

    def _sentence(self, fact: Fact) -> str:
        span = self._note.sentences[fact.mention.sentence].span
        return self._text[span.start : span.end]

    def _votes(self, live: list[Fact], code: str) -> Iterator[str]:
        """Yield for each fact Y, N, U or W, "" where its words do not date it."""
        lists = self._tables.listed
        opening = min((f.mention.span.start for f in live if f.kind not in lists and self._told(f)), default=-1)
        often = code.startswith(self._tables.codes["often_in_stay"])
        onset = self._tables.onset_of.get(code, self._tables.onset)
        for fact in live:
            before, named, after = self._item(fact)
            if doubt := _DOUBT.search(before + named + after):
                yield "U" if doubt["unknown"] else "W"
                continue
            vote = self._nearest(before, named, after, onset, often=often, listed=fact.kind in lists)
            if not vote and fact.kind in _ADMITTED:
                vote = "Y"
            if not vote and fact.kind == "complications" and not self._again:
                vote = "N"
            if not vote and fact.mention.span.start == opening and self._told_late(fact, often=often):
                vote = "" if self._measured(code) == "Y" else "N"
            yield vote

    def _told(self, fact: Fact) -> bool:
        """True where the mention stands in prose, not in a list of names."""
        start = fact.mention.span.start
        end = self._text.find("\n", start)
        return (
            _STOP.search(self._text, self._text.rfind("\n", 0, start) + 1, end if end > 0 else len(self._text))
            is not None
        )

    def _item(self, fact: Fact) -> tuple[str, str, str]:
        """Return the words before, of and after the mention that stand in its item; a heading has the words below."""
        text, span = self._text, fact.mention.span
        sentence = self._note.sentences[fact.mention.sentence].span
        line = text.rfind("\n", 0, span.start) + 1
        before = _ITEM.split(text[max(sentence.start, span.start - 160) : span.start])[-1]
        if (
            (opening := _LINE_DATE.match(text, line, span.start))
            and line < sentence.start
            and not _LEAVES.search(text, opening.end(), span.start)
        ):
            before = f"{opening[0]} {before}"
        elif opening := _LINE_DAY.match(text, line, span.start):
            before = f"on day {opening[1]}. {before}"
        if fact.kind in self._tables.listed and (comma := before.rfind(",", before.rfind(":") + 1)) >= 0:
            before = before[: before.rfind(":", 0, comma) + 1] + before[comma:]  # "chronic heart failure, delirium"
        ahead = _ITEM.split(text[span.end : min(sentence.end, span.end + 110)])[0]
        if fact.kind not in self._tables.listed and _HEADING.fullmatch(text, line, span.start):
            ahead = (
                below[0] if (below := _BELOW.match(text, span.end)) and not self._turns(fact, below.end()) else ahead
            )
        elif closing := _DATE_AFTER.match(with_numbers(text[span.end : span.end + 40])):
            ahead = ahead if closing[0] in with_numbers(ahead) else f"{closing[0]} {ahead}"
        return with_numbers(before), text[span.start : span.end], with_numbers(ahead)

    def _turns(self, fact: Fact, end: int) -> bool:
        """True where the words below a heading go on to something else: an injury, or a condition that opens them."""
        start = fact.mention.span.end
        others = [
            m
            for m in self._note.mentions
            if start < m.span.start < end and m.codes[0][0] not in "RVWXYZ" and m.codes[0][:3] != fact.code[:3]
        ]
        return any(m.codes[0][0] in "ST" or m.span.start - start < _OPENS_BELOW for m in others)

    def _nearest(
        self, before: str, named: str, after: str, onset: re.Pattern[str], *, often: bool, listed: bool
    ) -> str:
        """Return what the nearest words say of the onset, "" where none does.

        The date of a study tells when a condition was found; onset it is only for what ``often`` begins in a stay.
        """
        text, start, end = before + named + after, len(before), len(before) + len(named)
        found: list[tuple[int, int, str]] = []

        def note(begin: int, close: int, vote: str) -> None:
            gap = start - close if close <= start else begin - end if begin >= end else 0
            found.append((max(gap, 0), vote == "N", vote))

        if not self._again:
            for match in onset.finditer(text):
                if match.start() < end or match[0].lower() != "complicated by":  # that tells of what follows it
                    note(match.start(), match.end(), "N")
        for match in self._tables.known.finditer(text):
            denied = _NOT.search(text, 0, match.start()) is not None
            note(match.start(), match.end(), "N" if denied else "Y")
        if _LATER_FOUND.search(text) or _ELSEWHERE.search(before):
            return "Y"
        if _THEN.search(before) and not self._again:
            note(start, start, "N")
        moments = [m for m in self._moments(text) if often or not _studied(text, m)]
        ahead = [
            m
            for m in moments
            if m.end <= start
            and not _DONE_FOR.match(text, m.end, start)
            and (_OPENING.fullmatch(text, 0, m.start) or (m.end > start - 90 and text.count(",", m.end, start) < 2))
        ]
        if ahead and _DONE_FOR.match(text, max(m.end for m in moments if m.end <= start), start):
            ahead = []  # the day is that of what was done for it
        if ahead and all(m.late for m in ahead):
            note(ahead[-1].start, ahead[-1].end, "N")
        for moment in moments:
            if moment.start >= end and moment.late and "by " in text[moment.start - 3 : moment.start + 3].lower():
                break  # by then it was over
            between = text[end : moment.start + 1]
            closes = listed and _CLOSES.search(text, end, moment.start) is not None
            newly = _NEW_BEFORE.search(before) is not None
            if moment.start >= end and moment.late and _began(between, often=often or closes or newly):
                note(moment.start, moment.end, "N")
                break
        return min(found)[2] if found else ""

    def _moments(self, text: str) -> list[Moment]:
        """Return the moments of ``text``; days since an operation before the stay say nothing of its own."""
        found = find_moments(text, self._stay)
        return [m for m in found if not _SINCE.match(text, m.start)] if self._again else found

    def _told_late(self, fact: Fact, *, often: bool) -> bool:
        """True where the story told up to the first mention has come to a later day, by a date or day word in this
        sentence or the one before it, after which nothing goes back to the admission or forward to the recovery.

        What does not ``often`` begin in a stay also needs words of its beginning behind the day.
        """
        text, place = self._text, fact.mention.span.start
        line = text.rfind("\n", 0, self._note.sentences[fact.mention.sentence].span.start) + 1
        if _CULTURED.search(text, self._note.sentences[fact.mention.sentence].span.start, place):
            return False  # what grew names the cause, not the onset
        lead = _FROM_VALUE.sub(lambda m: " " * len(m[0]), with_numbers(text[max(line, place - 240) : place]))
        moments = self._moments(lead)
        if fact.kind == "hospital_course":
            moments = sorted([*moments, *(Moment(m.start(), m.end(), True) for m in _LATER.finditer(lead))])
        moments = [m for m in moments if not (_DONE_FOR.match(lead, m.end) or _ELSEWHERE.search(lead, 0, m.start))]
        if not moments or _GOES_BACK.search(lead, lead.rfind(". ", 0, moments[-1].start) + 1) is not None:
            return False
        if not often:
            end = self._text.find(".", place)
            said = lead[moments[-1].end :] + self._text[place : end if end >= 0 else len(self._text)]
            if not _SET_IN.search(said) or any(_studied(lead, m) for m in moments[-1:]):
                return False
        own = lead.rfind(". ") + 1  # the days of its own sentence, if that has any, not those of the story before it
        return all(m.late for m in [m for m in moments if m.start >= own] or moments)


_SINCE = late_pattern(r"(?:POD|PPD|post-?(?:op(?:erative)?|partum|procedure) day)\b", re.IGNORECASE)
_DONE_FOR = late_pattern(
    r"(?: ?[-–] ?(?:HD|POD|day)? ?\d+)?[)\],]{0,2} for\b", re.IGNORECASE
)  # "dialyzed (HD2-HD4) for hyperkalemia"
_SET_IN = late_pattern(
    r"\b(?:developed|became|appeared|broke out|came out in|(?<!was )(?<!were )began (?:to|with)"
    r"|complained of|spiked|new(?:ly)?"
    r"|(?:slid|slipped|fell|rolled|tripped|stumbled|fainted|collapsed|scalded|cut (?:his|her))\b)",
    re.IGNORECASE,
)
_LEAVES = late_pattern(
    r"\b(?:also|other(?:wise)?|disch\w*|d/c|home|snf|nursing|facility|rehab\w*|transfer\w*|to floor)\b", re.IGNORECASE
)  # the entry of the last day sums up
_ARRIVAL = late_pattern(r"\b(?:admission|admit|initial|presenting|presentation|arrival|triage)\b|\bE[DR]\b", re.I)
_APART = late_pattern(r"[.;\n]|\b(?:no|denie[sd]|prior|previous|history|never)\b", re.IGNORECASE)
_DOUBT = late_pattern(
    r"(?P<unknown>\b(?:unknown|not documented|unclear) (?:if|whether)\b|\bpoa(?: status)? unknown\b)[^.\n]{0,40}"
    r"(?:present on admission|poa)"
    r"|\b(?:unable to (?:clinically )?determine|cannot be determined|clinically undetermined)\b"
    r"[^.\n]{0,50}\b(?:admission|poa)\b",
    re.IGNORECASE,
)
_HOSPITAL_DRUG = late_pattern(
    r"opioid|opiate|narcotic|(?<!non)(?<!no )(?<!off )steroid(?![- ](?:free|sparing))"
    r"|predniso|dexameth|contrast|an(?:a?e)sthe|antibiotic|-sulfa|tmp|vanc|haloperidol|haldol|droperidol",
    re.IGNORECASE,
)
_ITEM = late_pattern(r"[;\n]|(?<=\s)\d{1,2}[).]\s")  # what parts the items of a list
_LINE_DATE = late_pattern(r"[^\w\n]{0,4}\d{1,2}/\d{1,2}\b(?!/)")
_LINE_DAY = late_pattern(
    r"[^\w\n]{0,4}(?:(?:Hospital|Hosp\.?) )?(?:Days?|HD) #?(\d{1,2})(?: ?(?:-|–|to|and|through) ?\d{1,2})?"
    r"(?=[.:)]| [-–—] )",
    re.IGNORECASE,
)
_DATE_AFTER = late_pattern(r"\W{0,3}(?:\d{2,3} )?(?:noted |seen |found |since )?(?:on )?\(?\d{1,2}/\d{1,2}(?![/\d])")
_HEADING = late_pattern(r"[ \t]*[^\w\n]{0,4}(?:\w{1,3}[.):])?[^\w\n]{0,3}(?:[A-Z]\w+: ?)?(?:Acute )?")
_BELOW = late_pattern(r"[^\w\n]{0,4}(?:[.:,-]|\n(?![ \t]*(?:[\d*#•-]|[A-Z][\w /]{0,30}:)))[^\n]{0,120}")
_STOP = late_pattern(r"\.(?=\s|$)")
_CLOSES = late_pattern(r"[,(] ?$")  # what stands behind a comma dates the whole item of a list
_OPENING = late_pattern(r"[\s*•-]*(?:\w+: ?)?(?:On|By|Late|Early)?(?: the)?\s*", re.IGNORECASE)
_THEN = late_pattern(r"\b(?:then|later|subsequent(?:ly)?)(?: (?:had|with|got))?(?: an?)? $", re.IGNORECASE)
_CLOT_SEEN = late_pattern(
    r"\s*[,(] ?(?:(?:venous|\w+ extremity) )?(?:duplex|dopplers?|CTA|CTPA)(?: on)?\s*", re.IGNORECASE
)
_STUDY = late_pattern(
    r"\b(?:EGD|CTA?|MRI|echo\w*|TTE|TEE|biops\w+|BAL|bronch\w*|ultrasound|US|XR|CXR|films?|scan|\w*oscopy|cath\w*|duplex|path\w*"
    r"|EEG|ECG|EKG|cultures?|cx|angio\w*|telemetry|tele|nutrition\w*|dieti\w+|RD|consult\w*)\b",
    re.IGNORECASE,
)
_BORN_HERE = late_pattern(r"\bapgars?\b|\bDOL \d|\bday of life\b|\bNICU\b", re.IGNORECASE)
_NOT = late_pattern(r"\b(?:not|never|nor|wasn't|absent)\b(?: \w+)?[ ]?$", re.IGNORECASE)
_OPENS_BELOW = 5  # code points between a heading and what opens the words below it
# what was before a transfer in: "transferred from County Hospital, where on day 3 she developed colitis"
_ELSEWHERE = late_pattern(
    r"(?:\btransfer(?:red)?\b[^.;\n]{0,30}?\bfrom\b[^.;\n]{0,60}?\bwhere\b"
    r"|\b(?:at|in) (?:the |an? |that )?(?:outside|referring|transferring|other|first|previous|sending)"
    r" (?:hospital|facility)"
    r"|\bat (?:the |an )?OSH)(?:(?!\b(?:here|our|arriv\w+|transfer\w*|admitted)\b)[^.;])*\Z",
    re.IGNORECASE,
)
_LATER_FOUND = late_pattern(
    r"\b(?:newly|first) (?:discovered|diagnosed|recogni[sz]ed|detected|identified)\b|\balready (?:present|there)\b"
    r"|\ball (?:were |of (?:them|which|these) (?:were )?)?present (?:on|at) (?:admission|arrival|presentation)\b",
    re.IGNORECASE,
)
_GOES_BACK = late_pattern(
    r"\b(?:admission|arrival|arrived|presentation|present(?:s|ed)|baseline|since|home|prior|before|known|chronic|history|weaned"
    r"|resolved|improv\w+|clear(?:ed|ing)|closed|corrected|repleted|normali[sz]ed|continu\w+|until|extubated|off"
    r"|down to|returned to|discharged|(?<!% )(?<!% on )(?:room air|RA)|then"
    r"|(?:at|on|by|before|after) (?:discharge|d/?c)|repeat|follow-up"
    r"|resumed|restarted|scan|switched|changed|narrowed|stopped|completed|finished|removed|gone|better|CIWA[^.;\n]{0,20}\bpeak\w*)\b",
    re.IGNORECASE,
)
_LATER = late_pattern(
    r"\b(?:hours?|days?) later\b|\b(?:the )?(?:next|following) (?:day|morning|night|evening|afternoon)\b",
    re.IGNORECASE,
)  # in the course of a stay
_CULTURED = late_pattern(r"\b(?:grew|growing|cultures?|cx)\b", re.IGNORECASE)
# "12.2 on admission, 7.6 on day 2": the first value only says from where it fell or rose
_FROM_VALUE = late_pattern(
    r"\b\d+(?:\.\d+)? (?:on|at) (?:admission|arrival|presentation)(?=,| and| to|;)", re.IGNORECASE
)
_TREATED = late_pattern(
    r"\b(?:treated|given|received|drained|opened|placed|s/p|surgery|prbc|units?|debrid\w+|I&D|x"
    r"|transfus\w+|repleted|replaced|started on)\b"
    r"|\bx ?\d|\d u\b|\b(?:by|through|to|thru|for)\s*$",
    re.IGNORECASE,
)
_BEGAN = late_pattern(
    r"\b(?:fell|dropped|rose|climbed|developed|bec[oa]me|noted|noticed|appeared|occurred|onset|began|found|seen|diagnosed"
    r"|new|first|nadir|declared|set in|emerged|arose|came on|peak|low)\b|\d\.\d (?:on )?$|^ (?:w/|with) [\w ./]{3,40}$",
    re.IGNORECASE,
)
_NEW_BEFORE = late_pattern(r"\bnew(?:ly)?(?:[- ]onset)? $", re.IGNORECASE)
_NEW_THEN = late_pattern(r"\bnew(?:ly)? (?:seen |found |noted )?(?:on|by)?\s*$", re.IGNORECASE)
_BARE = late_pattern(r"[^\w]*(?:(?:on|from|since|in|the|of|late|early)[^\w]*)*", re.IGNORECASE)


def _began(between: str, *, often: bool) -> bool:
    """True if the words between a condition and a later date say that it began then, not that it was treated then.

    ``between`` ends with the first character of the date or day word.
    """
    between, number = between[:-1], between[-1].isdigit()
    if _GOES_BACK.search(between) or _TREATED.search(between) or len(between) > (90 if often else 30):
        return False
    return (
        _BARE.fullmatch(between) is not None
        or _BEGAN.search(between) is not None
        or (often and _CLOT_SEEN.fullmatch(between) is not None)
        or (often and not number and len(between) < 60 and ". " not in between[2:])
    )


def _studied(text: str, moment: Moment) -> bool:
    """True if the date is that of a study, named just before or after it."""
    return (
        _STUDY.search(text[max(0, moment.start - 16) : moment.end + 16]) is not None
        and _NEW_THEN.search(text, max(0, moment.start - 24), moment.start) is None
    )
