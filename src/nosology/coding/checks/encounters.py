"""The reason for the encounter: routine examinations, immunization, screening, aftercare (IV, I.C.21.c)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.history_codes import family_history_code
from nosology.coding.prefixes import begins
from nosology.coding.stay import find_stay
from nosology.coding.workup import Workup, check, listed
from nosology.lexicon.patterns import Standing, WordPattern
from nosology.model.note import Span, Status, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = [
    "order_encounter_codes",
    "read_aftercare",
    "read_examination",
    "read_immunization",
    "read_preoperative",
    "read_screening",
]


_BEFORE_FINDINGS = 5  # place of the condition behind a preoperative evaluation
_OPENING = 4  # sentences of a letter that name its subject


@check("routine_examination", "mandate", listed("exams"))
def read_examination(workup: Workup, rule: Rule) -> None:
    """Report a routine examination with or without abnormal findings, of a child or an adult (IV.P)."""
    exams = [
        c
        for c in workup.candidates
        if begins(c.code, rule.data["exams"]) and (not c.dropped or c.dropped.startswith("mentioned"))
    ]
    if not exams:
        return
    best = _gynecological(exams) or max(exams, key=lambda c: c.weight)
    for other in exams:
        if other is not best and (other.code[:4] == best.code[:4] or not _is_assessed(other)):
            workup.drop(other, f"the same examination as {best.code}")
    reason_for_visit = frozenset(rule.data["reason_for_visit"])
    named = compile_words(rule.data["named"])
    elsewhere = compile_words(rule.data["other_visit"])
    told = [f for f in best.facts if f.kind in reason_for_visit and not f.reason]
    told = [f for f in told if not elsewhere.search(workup.chart.text, f.mention.span.start, f.mention.span.end)]
    told = [f for f in told if not _is_another_day(workup, rule, f)]
    if not any(named.search(workup.chart.text, f.mention.span.start, f.mention.span.end) for f in told):
        if not best.dropped:
            workup.drop(best, f"prevention named, not an examination ({rule.citation_section})")
        return
    workup.raise_to(best, workup.threshold, Step("guideline", "the reason for the encounter", rule.citation))
    found = any(
        any(f.kind in reason_for_visit and not f.reason and _is_finding(workup, rule, c.code, f) for f in c.facts)
        for c in workup.live()
    )
    said = any(True for _ in unnegated(rule.data["abnormal"], workup.chart.text))
    code = _examination(best.code, workup.chart.age, found or said, rule)
    if code != best.code and workup.icd.is_billable(code):
        why = "abnormal findings" if found or said else "no abnormal finding"
        workup.replace(best, code, Step("guideline", f"{best.code} → {code}: {why}", rule.citation))


def _is_another_day(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """True for an examination to which the patient is to return, or that is to be booked."""
    if fact.kind not in ("assessment", "plan", "assessment_and_plan", "impression"):
        return False
    start = workup.note.sentences[fact.mention.sentence].span.start
    before = workup.chart.text[start : fact.mention.span.start]
    return compile_words(rule.data["another_day"]).search(before) is not None


def _gynecological(exams: list[Candidate]) -> Candidate | None:
    """Return the examination that the assessment calls a gynecological one, where no other is named there."""
    named = [c for c in exams if _is_assessed(c)]
    return named[0] if len(named) == 1 and named[0].code.startswith("Z01.41") else None


def _is_assessed(exam: Candidate) -> bool:
    kinds = ("assessment", "assessment_and_plan", "impression", "diagnosis")
    return any(f.kind in kinds and not f.reason for f in exam.facts)


def _is_finding(workup: Workup, rule: Rule, code: str, fact: Fact) -> bool:
    """True for what the examination found: neither a status nor a known condition that is as it was."""
    sentence = workup.sentence_of(fact)
    if code[0] in "ZVWXY" or compile_words(rule.data["stable"]).search(sentence):
        return False
    return not begins(code, rule.data["known"]) or compile_words(rule.data["changed"]).search(sentence) is not None


def _examination(code: str, age: int | None, abnormal: bool, rule: Rule) -> str:
    pairs: dict[str, list[str]] = rule.data["pairs"]
    if code.startswith("Z00.0") and age is not None and age < 18:
        code = "Z00.129"
    for stem, (with_findings, without) in pairs.items():
        if code.startswith(stem):
            return with_findings if abnormal else without
    return code


@check("immunization", "mandate")
def read_immunization(workup: Workup, rule: Rule) -> None:
    """Report Z23 where a vaccine is given at this encounter, and only there (I.C.21.c.2)."""
    known = workup.find("Z23")
    given = _vaccine_given(workup, rule)
    if workup.chart.inpatient and known is not None and known.dropped:
        _read_dated(workup, rule, known)
    if workup.chart.inpatient and (known is None or given is not None or not _only_before(workup, rule, known)):
        return  # in a stay it is only set right
    if given is not None:
        for candidate in workup.live():  # the disease that the vaccine is named after
            if candidate.code[0] in "ABJ" and all(f.reason or f.mention.span.overlaps(given) for f in candidate.facts):
                workup.drop(candidate, f"names the vaccine ({rule.citation_section})")
        facts = [fact_at(workup, given, "Z23", f"rule:{rule.id}", workup.threshold)]
        workup.add("Z23", facts, workup.threshold, Step("guideline", "a vaccine is given today", rule.citation))
    elif known is not None and not known.dropped:
        workup.drop(known, f"no vaccine is given at this encounter ({rule.citation_section})")


def _read_dated(workup: Workup, rule: Rule, candidate: Candidate) -> None:
    """Report a vaccine that a list of what a stay did for prevention dates ("HCM: Hep B vaccine 03/22")."""
    stay, dated = find_stay(workup.chart.text), compile_words(rule.data["dated"])
    for fact in candidate.facts:
        match = dated.match(workup.chart.text, fact.mention.span.end)
        if stay is None or match is None or fact.mention.cue != "section":
            continue
        if stay.first <= int(match["month"]) * 31 + int(match["day"]) <= stay.last:
            fact.reason, candidate.dropped = "", ""
            workup.raise_to(candidate, workup.threshold, Step("guideline", "given in the stay", rule.citation))


def _only_before(workup: Workup, rule: Rule, candidate: Candidate) -> bool:
    """True where each mention of a vaccine says that it was given at another time, or not at all."""
    other = compile_words(rule.data["not_today"])
    prenatal = compile_words(rule.data["before_birth"])
    return all(
        other.search(workup.sentence_of(f)) or prenatal.search(workup.note.sections[f.mention.section].title)
        for f in candidate.facts
        if not f.reason
    )


def _vaccine_given(workup: Workup, rule: Rule) -> Span | None:
    vaccine, given, other = (compile_words(rule.data[k]) for k in ("vaccines", "given_today", "not_today"))
    sure, refused = compile_words(rule.data["sure"]), compile_words(rule.data["refused"])
    prenatal, inpatient = compile_words(rule.data["before_birth"]), workup.chart.inpatient
    text, sentences, sections = workup.chart.text, workup.note.sentences, workup.note.sections
    for sentence in sentences:
        start, end = sentence.span.start, sentence.span.end
        section = sections[sentence.section]
        if section.kind in ("family_history", "education") or (inpatient and prenatal.search(section.title)):
            continue
        for match in vaccine.finditer(text, start, end):
            left = max(start, text.rfind(";", start, match.start()) + 1, match.start() - 60)
            right = text.find(";", match.end(), end)
            near = text[left : min(end if right < 0 else right, match.end() + 60)]
            surely = sure.search(text[match.end() : right if right > 0 else end]) and not refused.search(near)
            if surely or (given.search(near) and not other.search(near)):
                return Span(*match.span())
    return None


def _opens(fact: Fact) -> bool:
    """True for what the first sentences of a note without headings name: they say why the patient came."""
    return fact.kind == "" and fact.mention.sentence < _OPENING


def _names_visit(sentence: str, rule: Rule) -> bool:
    """True for a sentence that says what the patient came for, not what another visit was or will be for."""
    named, came, elsewhere = (compile_words(rule.data[k]) for k in ("named", "came_for", "elsewhere"))
    return bool(named.search(sentence) and came.search(sentence) and not elsewhere.search(sentence))


@check("screening", "mandate", listed("screenings", "reasons", "others"))
def read_screening(workup: Workup, rule: Rule) -> None:
    """Report a screening that is the reason for the encounter, and a family history stated with it (I.C.21.c.5)."""
    kinds = frozenset(rule.data["reason_in"])
    letter = workup.chart.kinds.isdisjoint(rule.data["assessed"])
    screenings, reasons = tuple(rule.data["screenings"]), tuple(rule.data["reasons"])
    for candidate in workup.candidates:
        if (
            candidate.dropped.startswith("mentioned")
            and candidate.code.startswith(screenings)
            and any(not f.reason and (f.kind in kinds or (letter and _opens(f))) for f in candidate.facts)
        ):
            workup.raise_to(
                candidate, workup.threshold, Step("guideline", "the reason for the encounter", rule.citation)
            )
    named, assessed = compile_words(rule.data["named"]), frozenset(rule.data["assessed"])
    for candidate in workup.candidates:
        if not candidate.dropped.startswith("mentioned") or not candidate.code.startswith(reasons):
            continue
        live = [f for f in candidate.facts if not f.reason]
        heads = [f for f in live if f.kind in kinds or (f.heading and f.kind in assessed)]
        if any(named.search(workup.sentence_of(f)) for f in heads) or (
            letter and any(_opens(f) and _names_visit(workup.sentence_of(f), rule) for f in live)
        ):
            workup.raise_to(
                candidate, workup.threshold, Step("guideline", "the reason for the encounter", rule.citation)
            )
    _check_devices(workup, rule, letter)
    for service, status in rule.data["put_in"].items():
        for candidate in workup.having(status) if workup.having(service, floor=workup.threshold) else ():
            workup.drop(candidate, f"put in or seen to at this encounter ({rule.citation_section})")
    _drop_not_done(workup, rule)
    _add_family_history(workup, rule)


def _add_family_history(workup: Workup, rule: Rule) -> None:
    """Report the family history of the disease that is screened for: it bears on the risk."""
    wanted = {code for screening, code in rule.data["family"].items() if workup.having(screening)}
    for candidate in list(workup.candidates) if wanted else ():
        told = [f for f in candidate.facts if f.mention.subject is Subject.FAMILY]
        sure = [f for f in told if f.mention.status is Status.PRESENT]
        code = family_history_code(candidate.code) if sure else ""
        if code in wanted and code and workup.icd.is_billable(code):
            step = Step("guideline", f"{candidate.code} of the family → {code}", rule.citation)
            weight = workup.threshold
            workup.add(code, [replace(sure[0], code=code, reason="", weight=weight)], weight, step)


def _drop_not_done(workup: Workup, rule: Rule) -> None:
    """Leave out a screening or service that every mention tells to be declined, advised, planned or only spoken of."""
    text = workup.chart.text
    for row in rule.data["not_done"]:
        not_now, done = compile_words(row["not_now"]), compile_words(row["done"])
        for candidate in workup.having_any(row["codes"]):
            told = [f for f in candidate.facts if not f.reason]
            items = [_item(text, workup.note.sentences[f.mention.sentence].span) for f in told]
            if items and all(not_now.search(text, *item) and not done.search(text, *item) for item in items):
                workup.drop(candidate, f"not done or ordered in this encounter ({rule.citation_section})")


def _item(text: str, sentence: Span) -> tuple[int, int]:
    """Return the range of a sentence and of what stands behind it on its line."""
    end = text.find("\n", sentence.end)
    return sentence.start, len(text) if end < 0 else end


def _check_devices(workup: Workup, rule: Rule, letter: bool) -> None:
    """Report the check of a cardiac device for which the patient came, without the status that it tells of."""
    came, elsewhere, named, told = (compile_words(rule.data[k]) for k in ("came", "elsewhere", "named", "results"))
    kinds, assessed = frozenset(rule.data["reason_in"]), frozenset(rule.data["assessed"])
    for candidate in list(workup.known(rule.data["devices"])):
        stated = [(f, workup.sentence_of(f)) for f in candidate.facts if not f.reason]
        if not any(
            (letter and _opens(f) and came.search(said) and not elsewhere.search(said))
            or (
                (f.kind in kinds or (f.heading and f.kind in assessed)) and named.search(said) and not told.search(said)
            )
            for f, said in stated
        ):
            continue
        if candidate.dropped.startswith("mentioned"):
            step = Step("guideline", "the reason for the encounter", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)
        for status in workup.having(*rule.data["present"][candidate.code[:6]]) if not candidate.dropped else ():
            workup.drop(status, f"said by {candidate.code} (Excludes1 at Z95.0, I.C.21.c.3)")


def _line_openings(pattern: WordPattern, text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern for the opening of a line, which holds a needed word there or on the next one."""
    tried = -1
    for place in pattern.places(text):
        own = text.rfind("\n", 0, place)
        for at in (max(0, text.rfind("\n", 0, max(own, 0))), max(0, own)):
            if at > tried:
                tried = at
                if (found := pattern.match(text, at)) is not None:
                    yield found


@lru_cache(maxsize=4)
def _operations(rule: Rule) -> Standing:
    return Standing([compile_words(row["words"]) for row in rule.data["operations"]])


@check("aftercare", "mandate")
def read_aftercare(workup: Workup, rule: Rule) -> None:
    """Report aftercare by the operation at a visit after surgery that healed without complication (I.C.21.c.7)."""
    text = workup.chart.text
    ahead = [m.span() for m in compile_words(rule.data["ahead"]).finditer(text)]
    for candidate in workup.having("Z48.02") if ahead else ():
        if all(any(a <= f.mention.span.start < b for a, b in ahead) for f in candidate.facts if not f.reason):
            workup.drop(candidate, f"planned for another day ({rule.citation_section})")
    told = (m for m in compile_words(rule.data["visit"]).finditer(text) if _at_visit(workup, m.start(), rule))
    visit = next((m for m in told if not any(a <= m.start() < b for a, b in ahead)), None)
    start, end = 0, len(text)
    opened = visit is None
    if visit is None:  # "Status post appendectomy, 2 weeks": the operation stands in that line
        openings = _line_openings(compile_words(rule.data["opening"]), text)
        visit = next((m for m in openings if _at_visit(workup, m.end() - 1, rule, "opened_in")), None)
        if visit is None:
            return
        start, stop = visit.start(), text.find("\n", visit.end())
        end = stop if stop >= 0 else end
    elif (
        visit.group().lower().endswith(("removal", "out", "removed", "check")) and "drain" not in visit.group().lower()
    ):
        _raise_wounds(workup, rule)
    live = workup.live()
    if any(begins(c.code, rule.data["not_with"]) or (c.code[0] == "S" and c.code[-1] == "D") for c in live):
        for candidate in workup.having("Z47", "Z48"):
            workup.drop(
                candidate, f"the injury or complication is coded with its 7th character ({rule.citation_section})"
            )
        return
    for number in _operations(rule).find(text):
        row = rule.data["operations"][number]
        match = compile_words(row["words"]).search(text, start, end)
        if match is None or not _at_visit(workup, match.start(), rule):
            continue
        code = row["code"]
        for candidate in workup.having("Z47", "Z48"):
            if candidate.code != code:
                workup.drop(candidate, f"aftercare is told by the operation: {code} ({rule.citation_section})")
        span = Span(*match.span())
        step = Step("guideline", "visit after surgery", rule.citation)
        added = workup.add(code, [fact_at(workup, span, code, f"rule:{rule.id}", 0.9)], 0.9, step)
        added.mandated = bool(_problems(workup, added))
        if opened:  # before the status that the same line tells
            added.order = (added.order[0], max(1, start))
        for ended in rule.data["ended"]:
            if compile_words(ended["words"]).search(match.group()):
                for past in workup.having_any(ended["codes"]):
                    workup.drop(past, f"the operation ended it ({rule.citation_section})")
        for status in workup.candidates:
            named = status.code.startswith(tuple(row.get("status", ()))) and status.weight > 0.2
            if named and status.dropped.startswith("mentioned"):
                workup.raise_to(status, workup.threshold)
        return


def _problems(workup: Workup, aftercare: Candidate) -> list[Candidate]:
    """Return the reported diseases that stand as problems of their own at this visit."""
    return [c for c in workup.live() if c is not aftercare and c.code[0] not in "ZVWXY" and c.weight >= 0.95]


def _raise_wounds(workup: Workup, rule: Rule) -> None:
    """Report the wound whose stitches come out: the injury in healing, no aftercare (I.C.21.c.7)."""
    for candidate in workup.candidates:
        wound = candidate.code[0] == "S" and candidate.code[2] == "1" and candidate.code[-1] == "D"
        if wound and candidate.dropped.startswith("mentioned") and any(not f.reason for f in candidate.facts):
            step = Step("guideline", "the injury in healing", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)


def _at_visit(workup: Workup, place: int, rule: Rule, where: str = "told_in") -> bool:
    kinds = frozenset(rule.data[where])
    return any(s.span.start <= place < s.span.end and s.kind in kinds for s in workup.note.sections)


@check("preoperative", "mandate")
def read_preoperative(workup: Workup, rule: Rule) -> None:
    """Report the condition that is to be operated on beside a preoperative evaluation (IV.M)."""
    evaluation = next(iter(workup.having("Z01.81")), None)
    if evaluation is None:
        return
    sentences, sections = workup.note.sentences, workup.note.sections
    told = [s.span for s in sentences if sections[s.section].kind in rule.data["told_in"]]
    for row in rule.data["operations"]:
        conditions, words = tuple(row["conditions"]), compile_words(row["words"])
        if not any(words.search(workup.chart.text, span.start, span.end) for span in told):
            continue
        if workup.having(*conditions):
            return
        known = [c for c in workup.documented(*conditions) if c.dropped.startswith("mentioned")]
        if known:
            best = max(known, key=lambda c: c.weight)
            step = Step("guideline", "the condition for which surgery is planned", rule.citation)
            workup.raise_to(best, workup.threshold, step)
            best.order = (min(best.order[0], _BEFORE_FINDINGS), best.order[1])
            return


@check("encounter_first", "sequence", lambda rule: [code for codes in rule.data["first"] for code in codes])
def order_encounter_codes(workup: Workup, rule: Rule) -> None:
    """Put the codes that say why the patient came before the others, in the order of the rule (IV.A, I.C.21.c.16)."""
    if_reason, told_in = tuple(rule.data["if_reason"]), frozenset(rule.data["told_in"])
    for place, prefixes in enumerate(rule.data["first"]):
        for candidate in workup.having(*prefixes):
            if candidate.code.startswith(if_reason) and not _came_for(workup, candidate, told_in):
                continue
            candidate.order = (min(candidate.order[0], place), 0)


def _came_for(workup: Workup, candidate: Candidate, told_in: frozenset[str]) -> bool:
    """True where the code is named as the reason for the visit, or before every other diagnosis of the assessment."""
    stated = [f for f in candidate.facts if not f.reason]
    if any(f.kind in told_in or _opens(f) for f in stated):
        return True
    first = min((f.mention.span.start for f in stated), default=0)
    return not any(
        not f.reason and f.heading and f.kind.startswith(("assessment", "impression")) and f.mention.span.start < first
        for c in workup.live()
        if c.code[0] not in "ZVWXY"
        for f in c.facts
    )
