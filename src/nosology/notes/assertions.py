"""Assertions: whether the author says that a mention is so, of whom, and when.

ConText (Harkema et al. 2009) over the cue lexicon of ``data/cues.yaml``, with list scopes, windows, pseudo-cues, values
of questionnaires ("Fever: no", "[x] cough"), list headings that end in a colon, and defaults by section.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from nosology.codes.late_pattern import late_pattern
from nosology.lexicon.places import first_at
from nosology.model.note import Section, Sentence, Span, Status, Subject, Temporality
from nosology.notes.cues import Cue, SectionDefault, cue_lexicon, find_cues
from nosology.notes.forms import find_answers, find_boxes
from nosology.notes.kin import goes_on, is_known_of, is_of_patient, named_behind, patient_again, relation_cues
from nosology.notes.reach import (
    ALONE,
    HEDGES_NEXT,
    before_bracket,
    clause_start,
    forward_limit,
    is_adjective,
    list_start,
    scope_marks,
    tests_before,
    vaccines_start,
)
from nosology.notes.signs import find_signs, find_values
from nosology.notes.windows import words_after, words_before

__all__ = ["Assertions"]

_CLOSE_BY = 2  # code points after a sentence in which a box still belongs to it
_OR = late_pattern(r"\b(?:or|nor|and/or)\b", re.I)
_KNOWN = late_pattern(r".{0,4}\b(?:or|nor|other)\s(?:known|reported|documented|noted|described)\b", re.I)
_NOR = late_pattern(r"\b(?:neither|nor)\Z", re.I)
_CLOSED = late_pattern(r"\b(?:history|interest|note|relevance|antecedents|background)\Z", re.I)  # a whole denial
_ITEM = late_pattern(r"\s*(?:[-*•·▪●◦○–—>+]|\(?(?:\d{1,2}|[A-Za-z])[.)])\s")
_CLOSES = late_pattern(r"[ \t]*(?:[.,;:)\n]|\Z)")
_HEADER = late_pattern(r":[ \t]*(?:\r?\n|\Z)")
_FILLER = late_pattern(
    r"[\s:]*(?:(?:the|any|of|all|or|following|such as|include[sd]?|including|these|symptoms?|signs?|you|develop|have"
    r"|has|experience|occurs?|for|are|is|pertinent|present|one|more)\b[\s:]*)*+\Z",
    re.I,
)
_EVIDENCE = late_pattern(r"(?:suggest|consistent|compatible|concern|suspicious|indicative|c/w|worrisome)", re.I)
_UNCERTAIN_TITLE = late_pattern(
    r"(?:initial |broad )?(?:differential|ddx|working|provisional|presumptive|suspected|rule.?outs?|tentative|probable"
    r"|possible)\b",
    re.I,
)
_UNCERTAIN = SectionDefault(status="possible")
_STATUS = {
    "absent": Status.ABSENT,
    "possible": Status.POSSIBLE,
    "conditional": Status.CONDITIONAL,
    "hypothetical": Status.HYPOTHETICAL,
    "affirm": Status.PRESENT,
}
_RANK = {"absent": 0, "conditional": 1, "hypothetical": 2, "possible": 3, "affirm": -1}
_CAUSES = frozenset(("absent", "possible", "conditional", "hypothetical"))

_Hit = tuple[int, int, Cue]
_Stop = tuple[int, int, tuple[Cue, ...]]


_PLAIN = (Status.PRESENT, Subject.PATIENT, Temporality.CURRENT, "")


class _Scope:
    __slots__ = ("backward", "cue", "cue_end", "cue_start", "end", "fixed", "start")

    def __init__(
        self, start: int, end: int, backward: bool, cue: Cue, cue_start: int, cue_end: int, fixed: bool = False
    ) -> None:
        self.start, self.end, self.backward = start, end, backward
        self.cue, self.cue_start, self.cue_end, self.fixed = cue, cue_start, cue_end, fixed


_HEDGE_AHEAD = Cue("possible", comma="list")
_DENIED_AHEAD = Cue("absent", window=3, comma="stop")
# "no decrease in" denies nothing that follows, but a finding that begins with its words: "no decrease in visual acuity"
_DENIED_WITHIN = Cue("absent", direction="within")


class Assertions:
    """The cues of one note, found once; :meth:`of` answers for one mention. Scopes are worked out when asked."""

    def __init__(self, text: str, sections: Sequence[Section], sentences: Sequence[Sentence]) -> None:
        self._text = text
        self._sections = sections
        self._sentences = sentences
        self._scopes: dict[int, list[_Scope]] = {}
        self._stops: list[_Stop] = []  # in order of their ends
        self._cues: list[_Hit] = []
        self._boxes: list[_Hit] = []
        self._values: list[_Hit] = []
        self._starts = [sentence.span.start for sentence in sentences]
        self._carried: dict[int, list[_Hit]] = {}
        self._again: dict[int, int] = {}  # by section: where its family history ends
        self._own: dict[int, bool] = {}  # by sentence of a family history: whether it is about the patient
        lexicon = cue_lexicon().sections
        self._defaults = [
            _UNCERTAIN if section.title and _UNCERTAIN_TITLE.match(section.title) else lexicon.get(section.kind)
            for section in sections
        ]
        self._find()
        self._cue_starts = [hit[0] for hit in self._cues]
        self._stop_ends = [stop[1] for stop in self._stops]
        self._carry()

    def of(self, span: Span, sentence: int) -> tuple[Status, Subject, Temporality, str]:
        """Status, subject, temporality of the mention at ``span`` in the sentence of that index, and the cue for it.

        The cue is quoted from the text; "section" where only the section says so; "" where nothing does.
        """
        scopes = self._scopes.get(sentence)
        if scopes is None:
            scopes = self._scopes[sentence] = self._resolve(sentence)
        if not scopes and self._default(sentence) is None:
            return _PLAIN
        status: _Scope | None = None
        subject: _Scope | None = None
        past: _Scope | None = None
        best = (9, 0, 0)
        start, end = span.start, span.end
        for scope in scopes:
            if scope.backward:
                if not (scope.start < end <= scope.end):
                    continue
                gap = scope.cue_start - end
            else:
                into = scope.cue_start < start < scope.cue_end <= scope.start  # "no acute" before "acute failure"
                own = into and self._text[start : start + 3].lower() == "no "  # the "no" of "has no" is the mention's
                if not (scope.start <= start < scope.end) and not (
                    into and not own and scope.cue_end < end <= scope.end
                ):
                    continue
                gap = max(0, start - scope.cue_end)
            kind = scope.cue.kind
            if kind in _RANK:
                key = (
                    0
                    if scope.fixed or (scope.backward and kind == "absent" and scope.cue.direction == "backward")
                    else 1,
                    gap,
                    _RANK[kind],
                )
                if status is None or key < best:
                    status, best = scope, key
                if scope.cue.historical:
                    past = scope
            elif kind == "historical":
                past = scope
            elif subject is None or gap >= 0:
                subject = scope
        if status is not None and status.cue.kind == "possible" and not status.backward:
            status = self._denied(status, scopes)
        if status is None and subject is None and past is None and self._default(sentence) is None:
            return _PLAIN
        return self._answer(span, sentence, status, subject, past)

    def _denied(self, status: _Scope, scopes: list[_Scope]) -> _Scope:
        """The denial in whose reach a word of evidence stands ("no lesion suspicious for"), else the scope itself."""
        text, at = self._text, status.cue_start
        if _EVIDENCE.match(text, at) is not None:
            for scope in scopes:
                denies = scope.cue.kind == "absent" and not scope.backward and scope.start <= at < scope.end
                if denies and text.find(",", scope.cue_end, at) < 0:
                    return scope
        return status

    def _default(self, sentence: int) -> SectionDefault | None:
        if not self._defaults:
            return None
        default = self._defaults[self._sentences[sentence].section]
        return None if default is not None and default.subject and self._is_of_patient(sentence) else default

    def _is_of_patient(self, index: int) -> bool:
        """Whether a sentence of a family history is about the patient: from the examination on, or by its subject."""
        known = self._own.get(index)
        if known is None:
            sentence = self._sentences[index]
            begin, end = sentence.span.start, sentence.span.end
            again = self._again.get(sentence.section)
            if again is None:
                body = self._sections[sentence.section].body
                again = self._again[sentence.section] = patient_again(self._text, body.start, body.end)
            known = self._own[index] = end > again or is_of_patient(self._text, begin, end)
        return known

    def _answer(
        self, span: Span, sentence: int, status: _Scope | None, subject: _Scope | None, past: _Scope | None
    ) -> tuple[Status, Subject, Temporality, str]:
        said = _STATUS[status.cue.kind] if status else Status.PRESENT
        whom = Subject(subject.cue.kind) if subject else Subject.PATIENT
        when = Temporality.HISTORICAL if past else Temporality.CURRENT
        default = self._default(sentence)
        by_section = False
        if default is not None:
            if default.status and status is None and not (default.unless_fact and self._is_fact(span, sentence)):
                said, by_section = Status(default.status), True
            if default.subject and subject is None:
                whom, by_section = Subject(default.subject), True
            if default.temporality and past is None:
                when, by_section = Temporality(default.temporality), True
        spoken = status if status is not None and said is not Status.PRESENT else subject or past
        if spoken is not None:
            return said, whom, when, " ".join(self._text[spoken.cue_start : spoken.cue_end].split())
        return said, whom, when, "section" if by_section else ""

    def _is_fact(self, span: Span, sentence: int) -> bool:
        """Whether a word of fact ("you have", "diagnosed with") stands before the mention in its sentence."""
        return cue_lexicon().facts.search(self._text, self._starts[sentence], span.start) is not None

    def _find(self) -> None:
        text = self._text
        best: dict[int, tuple[int, tuple[Cue, ...]]] = {}
        stops = self._stops
        for start, end, ends, opens in find_cues(text):
            if ends:
                stops.append((start, end, ends))
            if opens:
                best[start] = (end, opens)  # hits come in order of their ends: the longest of one start is the last
        self._boxes = find_boxes(text)
        self._values = find_values(text)
        if answers := find_answers(text):
            self._values = sorted([*self._values, *answers], key=itemgetter(0))
        values = [value[0] for value in self._values]
        chosen: list[tuple[int, int, tuple[Cue, ...]]] = []
        for start in sorted(best):
            end, cues = best[start]
            if values and (at := first_at(values, start + 1) - 1) >= 0 and end <= self._values[at][1]:
                continue
            if chosen and start < chosen[-1][1]:
                last = chosen[-1]
                ahead = (end - start, cues[0].kind == "pseudo") > (last[1] - last[0], last[2][0].kind == "pseudo")
                if not ahead:
                    continue
                chosen.pop()
            chosen.append((start, end, cues))
        for start, end, cues in chosen:
            if len(cues) > 1 and text.startswith((",", ";"), end):  # "pneumonia ruled out, cough persists"
                cues = tuple(cue for cue in cues if cue.direction != "forward") or cues
            elif len(cues) > 1 and text[start:end].lower() == "less likely":  # "PE less likely."; "less likely a PE"
                closes = _CLOSES.match(text, end) is not None
                cues = tuple(cue for cue in cues if (cue.direction == "backward") is closes)
            for cue in cues:
                start, cue = named_behind(text, start, cue)
                if cue.relation:
                    self._cues += relation_cues(text, start, end, cue)
                elif cue.kind != "pseudo":
                    turned = cue.kind == "possible" and cue.direction == "backward" and HEDGES_NEXT.match(text, start)
                    if text[start:end].lower() in ("negative", "neg") and is_adjective(text, start, end):
                        cue = _DENIED_AHEAD
                    self._cues.append((start, end, _HEDGE_AHEAD if turned else cue))
                elif text.startswith(("no ", "No "), start):
                    self._cues.append((start, end, _DENIED_WITHIN))
        self._cues += find_signs(text, self._starts)
        self._cues.sort(key=itemgetter(0))

    def _carry(self) -> None:
        """Cues of a line that ends in a colon reach the list items beneath it ("Negative for:", "Return for:")."""
        if ":" not in self._text:
            return
        sentences, text = self._sentences, self._text
        for match in _HEADER.finditer(text):
            index = first_at(self._starts, match.start() + 1) - 1
            if index < 0 or index + 1 >= len(sentences):
                continue
            span = sentences[index].span
            hits = self._cues[first_at(self._cue_starts, span.start) : first_at(self._cue_starts, match.start() + 1)]
            open_hits = [
                h for h in hits if h[2].direction in ("forward", "both") and _FILLER.match(text, h[1], match.start())
            ]
            open_hits = [h for h in open_hits if h[2].kind != "historical" or h[2].comma == "through"]
            if not open_hits:
                continue
            end = span.end
            for item in range(index + 1, len(sentences)):
                span = sentences[item].span
                if sentences[item].section != sentences[index].section:
                    break
                gap = text[end : span.start]
                bulleted = _ITEM.match(text, span.start) is not None
                if gap.count("\n") > 1 + bulleted or "\n" not in gap or text[span.end - 1] == ":":
                    break
                self._carried[item] = open_hits
                end = span.end

    def _resolve(self, index: int) -> list[_Scope]:
        """The scopes that lie in one sentence."""
        span = self._sentences[index].span
        begin, end = span.start, span.end
        first, last = first_at(self._cue_starts, begin), first_at(self._cue_starts, end)
        hits = self._cues[first:last]
        scopes: list[_Scope] = []
        for carried in self._carried.get(index, ()):
            scopes.append(_Scope(begin, end, False, carried[2], carried[0], carried[1]))
        if self._values:
            self._add_values(begin, end, scopes)
        if self._boxes:
            self._add_boxes(begin, end, scopes)
        if not hits:
            return scopes
        stops = self._stops[first_at(self._stop_ends, begin) : first_at(self._stop_ends, end + 1)]
        marks = scope_marks(self._text, begin, end)
        for start, after, cue in hits:
            if after > end:
                continue
            if cue.direction == "within":
                scopes.append(_Scope(start + 1, after, False, cue, start, after))
                continue
            if cue.direction != "backward":
                scopes.append(
                    _Scope(after, self._forward_end(start, after, cue, end, stops, marks), False, cue, start, after)
                )
            if cue.direction != "forward":
                for edge in {start, before_bracket(self._text, begin, start)}:
                    scopes.append(
                        _Scope(self._backward_start(edge, cue, begin, stops, marks), edge, True, cue, start, after)
                    )
        return scopes

    def _add_boxes(self, begin: int, end: int, scopes: list[_Scope]) -> None:
        boxes = self._boxes[_position(self._boxes, begin) : _position(self._boxes, end + _CLOSE_BY)]
        previous = begin
        for i, (start, after, cue) in enumerate(boxes):
            if cue.direction == "backward":
                scopes.append(_Scope(previous, start, True, cue, start, after, fixed=True))
            elif start < end:
                until = boxes[i + 1][0] if i + 1 < len(boxes) else end
                scopes.append(_Scope(after, until, False, cue, start, after, fixed=True))
            previous = after

    def _add_values(self, begin: int, end: int, scopes: list[_Scope]) -> None:
        text = self._text
        previous = begin
        for start, after, cue in self._values[_position(self._values, begin) : _position(self._values, end + 1)]:
            left = previous
            if text[start] == "(" or cue.comma == "stop" or text.find(":", previous, start) >= 0:
                left = max(left, *(text.rfind(sign, previous, start) for sign in ",:;"))
            left = max(left, *(text.rfind(sign, previous, start) for sign in "|\t\n"))
            if cue.window:
                left = max(left, words_before(text, start, left, cue.window) + 1)
            scopes.append(_Scope(left, start, True, cue, start + 1, after, fixed=True))
            previous = after

    def _forward_end(self, start: int, after: int, cue: Cue, end: int, stops: list[_Stop], marks: list[int]) -> int:
        """Where the scope of a cue that reaches forward ends."""
        text, kind = self._text, cue.kind
        limit = forward_limit(text, start, after, end, kind)
        for at, _, stopping in stops:
            if after <= at < end and any(self._ends(at, stop, after, kind) for stop in stopping):
                end = end if cue.relation and (goes_on(text, after, at) or is_known_of(text, after, at)) else at
        for at in marks:
            if at >= after and not (cue.relation and goes_on(text, after, at)):
                end = min(end, at)
                break
        if cue.comma != "through" and not (kind == "absent" and text[after : after + 1] == ":"):
            if not (kind == "possible" and self._leads_list(start, after)):
                end = self._comma_end(after, cue, end)
        elif kind == "absent":
            end = self._list_end(start, after, end)
        if cue.window:
            end = min(end, words_after(text, after, end, cue.window))
        return min(end, limit)

    def _ends(self, at: int, stop: Cue, after: int, kind: str) -> bool:
        """Whether a stop at ``at`` ends the scope of a cue of that kind that ends at ``after``."""
        if stop.stops and kind not in stop.stops:
            return False
        gap = at - after
        if gap <= 2 and kind in ("family", "other", "historical"):
            return False
        if stop.at_once or (stop.kind == "stop" and _CLOSED.search(self._text, max(0, after - 12), after)):
            return True
        if stop.kind == "affirm" and _NOR.search(self._text, max(0, after - 7), after):
            return False  # "neither the CT nor the MRI showed bleeding"
        if kind == "absent" and _KNOWN.match(self._text, max(0, at - 6)):
            return False  # "no rash or known allergies", "no other reported lesions"
        if gap > 18 or kind not in _CAUSES:
            return True
        between = self._text[after:at]
        if "," in between:
            return True
        if kind == "conditional":
            return False
        if gap > 0 and (stop.kind == "affirm" or not stop.stops):
            near = between.split()
            return bool(near) and (len(near) > 2 or near[-1].lower() not in _LINKS)
        return True

    def _leads_list(self, start: int, after: int) -> bool:
        """A "rule out" that opens its sentence governs the whole list ("R/o H. pylori, peptic ulcer")."""
        opens = self._starts[first_at(self._starts, start + 1) - 1]
        return not self._text[opens:start].strip(" \t-•*") and self._text[start:after].lower().startswith(
            ("r/o", "rule out")
        )

    def _comma_end(self, after: int, cue: Cue, end: int) -> int:
        comma = self._text.find(",", after, end)
        if comma < 0:
            return end
        if cue.comma == "list" and _OR.search(self._text, comma, end):
            return end
        return comma

    def _list_end(self, start: int, after: int, end: int) -> int:
        """A "no" in the middle of a list of diagnoses denies its own item only, unless "or" or "nor" follows."""
        text = self._text
        comma = text.find(",", after, end)
        if comma < 0 or text[max(0, start - 200) : start].rstrip()[-1:] != ",":
            return end
        index = first_at(self._starts, start + 1) - 1
        section = self._sections[self._sentences[index].section].kind if self._sections else ""
        if section not in _LISTS or _OR.search(text, comma, end):
            return end
        return comma

    def _backward_start(self, start: int, cue: Cue, begin: int, stops: list[_Stop], marks: list[int]) -> int:
        """Where the scope of a cue that reaches backward begins."""
        text = self._text
        for _, until, stopping in stops:
            if until > start:
                break
            if any(not stop.stops or (cue.kind in stop.stops and stop.kind == "stop") for stop in stopping):
                begin = max(begin, until)
        for at in marks:
            if at < start and (cue.comma != "through" or text[at] != ","):
                begin = max(begin, at)
        if cue.kind == "absent" and "," in text[begin:start]:
            head = tests_before(text, begin, start)
            if head is None and cue.comma == "stop" and not cue.window:
                head = list_start(text, begin, start)
            if head is not None:  # "viral PCR including influenza, RSV negative": the result is that of the whole list
                return head
        if cue.kind == "absent":
            begin = clause_start(text, begin, start)
        if cue.kind == "hypothetical" and (listed := vaccines_start(text, begin, start)) is not None:
            return listed
        if cue.comma == "stop":
            comma = text.rfind(",", begin, start)
            if cue.kind == "possible" and comma >= 0 and ALONE.match(text, comma):  # "Zika virus disease, suspected"
                comma = text.rfind(",", begin, comma)
            begin = max(begin, comma)
        if cue.window:
            begin = max(begin, words_before(text, start, begin, cue.window))
        return begin


_LINKS = frozenset(
    ("that", "the", "she", "he", "they", "patient", "it", "this", "there", "ever", "currently", "not", "you", "been")
)
_LISTS = frozenset(
    (
        "assessment",
        "assessment_and_plan",
        "diagnosis",
        "impression",
        "problem_list",
        "past_medical_history",
        "discharge_diagnosis",
    )
)


def _position(hits: list[_Hit], offset: int) -> int:
    """Index of the first hit at or after an offset."""
    return bisect_left(hits, offset, key=itemgetter(0))
