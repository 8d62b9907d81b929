"""Drugs of the stay: what is given in the hospital only is no long-term use; what is brought along or taken home is."""

from __future__ import annotations

from nosology.coding.candidates import Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.workup import Workup, check
from nosology.model.note import Status, Temporality
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["drop_hospital_drugs"]

_BEFORE, _AFTER = 70, 48  # code points around a drug that say how it is used
_OPENING = 12  # code points in which a sentence names its first thing
_RANK = ("", "told", "before", "discharge", "home", "stated")
_WHY = "given in the stay, not in long-term use"


@check("hospital_drugs", "read")
def drop_hospital_drugs(workup: Workup, rule: Rule) -> None:
    """Count a drug as in long-term use only where the chart lists it at home or takes it on beyond the stay.

    The lists of drugs before admission and at discharge, and words such as "home", "on", "continued", speak for it; a
    drip, a bolus, a protocol, prophylaxis and a course of days speak against it (I.C.21.c.3).
    """
    classes = tuple(rule.data["classes"])
    waiting = [c for c in workup.candidates if c.code.startswith(classes)]
    if not waiting:
        return
    use = _Use(workup, rule)
    for candidate in waiting:
        best = ""
        for fact in candidate.facts:
            if fact.reason or fact.mention.status is not Status.PRESENT:
                continue
            found = use.of(candidate.code, fact)
            best = max(best, found, key=_RANK.index)
            if not found:
                fact.reason = _WHY
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"{_WHY} ({rule.citation_section})")
        elif candidate.code.startswith(tuple(rule.data["reported"].get(best, ()))) or (
            best == "told" and use.serves(candidate.code)
        ):
            step = Step("guideline", "among the drugs at home or at discharge", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)
            candidate.mandated = True


class _Use:
    """How the drugs of one chart are used.

    "stated", listed at "home" or at "discharge", in use "before" the stay, "told" to go on, or "" (in the stay only).
    """

    def __init__(self, workup: Workup, rule: Rule) -> None:
        self._workup, self._text = workup, workup.chart.text
        self._words = {name: compile_words(words) for name, words in rule.data["words"].items()}
        self._lists, self._told = frozenset(rule.data["lists"]), frozenset(rule.data["told"])
        self._pausing = tuple(rule.data["pausing"])
        self._strict = tuple(rule.data["strict"])
        self._beside = {key: tuple(codes) for key, codes in rule.data["beside"].items()}
        self._told_for = {key: tuple(codes) for key, codes in rule.data["told_for"].items()}
        grafted = workup.documented(*rule.data["for_life"]["with"])
        self._for_life = tuple(rule.data["for_life"]["codes"]) if grafted else ()
        courses = [s.body.start for s in workup.note.sections if s.kind == "hospital_course"]
        self._course = min(courses, default=len(self._text))

    def of(self, code: str, fact: Fact) -> str:
        """Return how the drug of ``fact`` is used."""
        text, span, words = self._text, fact.mention.span, self._words
        sentence = self._workup.note.sentences[fact.mention.sentence].span
        before = text[max(sentence.start, span.start - _BEFORE) : span.start]
        after = text[span.end : min(sentence.end, span.end + _AFTER)]
        injected = words["parenteral"].match(text[span.start : span.end]) is not None
        if not injected and code.startswith(self._pausing) and self._is_paused(span.end, sentence.end):
            return "told"
        if not injected and words["taken_home"].search(text, span.end, sentence.end):
            return "discharge"
        if words["short"].match(after) or words["acute"].search(before) or words["never"].search(before):
            return ""
        if words["stated"].search(text, span.start, span.end) or words["stated_after"].match(after):
            return "stated"
        opening = text[sentence.start : span.start]
        if fact.kind in self._lists:
            section = self._workup.note.sections[fact.mention.section]
            if words["hospital_list"].search(section.title):
                return ""
            late = fact.kind == "discharge_medications" or section.span.start > self._course
            late = late or words["at_discharge"].search(section.title) is not None
        elif words["label"].search(opening):
            late = words["at_discharge"].search(opening) is not None
        else:
            return self._in_prose(code, fact, before, after, injected)
        if late and injected:
            return ""
        return "discharge" if late else "home"

    def _in_prose(self, code: str, fact: Fact, before: str, after: str, injected: bool) -> str:
        words = self._words
        if fact.kind in self._told:
            return "before" if not injected or words["in_use"].search(before) else ""
        if injected or fact.mention.temporality is Temporality.HISTORICAL:
            return ""
        using = words["at_home"] if code.startswith(self._strict) else words["in_use"]
        if using.search(before) or words["goes_on"].match(after) or code.startswith(self._for_life):
            return "told"
        return "told" if self._beside_disease(code, fact) else ""

    def _is_paused(self, start: int, end: int) -> bool:
        """True where the words behind a drug say that it was held, and no other drug stands between."""
        paused = self._words["paused"].match(self._text, start, end)
        return paused is not None and next(self._workup.substances.named(self._text, start, paused.end()), None) is None

    def serves(self, code: str) -> bool:
        """True where the chart has a disease for which the drug is taken for long."""
        diseases = next((named for key, named in self._told_for.items() if code.startswith(key)), ())
        return bool(diseases) and bool(self._workup.documented(*diseases))

    def _beside_disease(self, code: str, fact: Fact) -> bool:
        """True for a drug named in the sentence of its disease, or right below it, with no word of a beginning."""
        diseases = next((named for key, named in self._beside.items() if code.startswith(key)), ())
        text, span, words = self._text, fact.mention.span, self._words
        if not diseases:
            return False
        if code == "Z79.4" and words["basal"].match(text[span.start : span.end]) is None:
            return False
        sentences = self._workup.note.sentences
        sentence = sentences[fact.mention.sentence].span
        if words["new"].search(text, max(sentence.start, span.start - _BEFORE), min(sentence.end, span.end + _AFTER)):
            return False
        before = fact.mention.sentence - 1
        above = sentences[before].span if before >= 0 and span.start - sentence.start < _OPENING else None
        for candidate in self._workup.documented(*diseases):
            for other in candidate.facts:
                start = other.mention.span.start
                if other.reason or start >= span.start:
                    continue
                if other.mention.sentence == fact.mention.sentence:
                    return True
                if above is not None and above.start <= start < min(above.end, above.start + _OPENING):
                    return True
        return False
