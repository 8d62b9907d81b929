"""What is over: personal history codes, old infarction, status after surgery."""

from __future__ import annotations

import re
from dataclasses import replace

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.infarctions import days_since
from nosology.coding.checks.wording import compile_words, fact_at
from nosology.coding.history_codes import personal_history_code
from nosology.coding.prefixes import Prefixes, begins
from nosology.coding.workup import Workup, check, listed
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Span, Status, Subject, Temporality
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = [
    "add_personal_history",
    "read_past_blood_cancer",
    "read_past_cancer",
    "read_past_tobacco",
    "read_status",
]

_INFARCTIONS = Prefixes(("I21", "I22"))
_TRANSPLANTS = "Z94"
_STERILIZED = "Z98.5"
_CONCLUSIONS = ("assessment", "assessment_and_plan", "impression", "diagnosis")
_FOUR_WEEKS = 28  # days (I.C.9.e.4)


_BELOW = 4  # sentences of a problem, with its name
_ITEM = re.compile(r"\n[ \t]*(?:\n|\#?\d{1,2}[.):]\s)")


@check("past_blood_cancer", "read", listed("cancers"))
def read_past_blood_cancer(workup: Workup, rule: Rule) -> None:
    """Read leukemia, lymphoma and myeloma in remission as such, and those that are past as history (I.C.2.n)."""
    cancers = [c for c in workup.live() if begins(c.code, rule.data["cancers"])]
    if not cancers:
        return
    remission, treated = compile_words(rule.data["remission"]), compile_words(rule.data["under_treatment"])
    concluded: dict[str, str] = {}  # stem of a cancer → its code in remission, where the conclusion calls it so
    for candidate in cancers:
        facts = [f for f in candidate.facts if not f.reason]
        if any(_near(workup, f, remission) for f in facts):
            siblings = (candidate.code, *workup.icd.siblings(candidate.code))
            code = next((c for c in siblings if workup.icd.title(c).lower().endswith("in remission")), "")
            if code and workup.icd.is_billable(code):
                if any(f.kind in _CONCLUSIONS for f in facts):
                    concluded[candidate.code[:5]] = code
                if code != candidate.code:
                    workup.replace(candidate, code, Step("guideline", f"in remission → {code}", rule.citation))
            continue
        past = all(f.mention.temporality is Temporality.HISTORICAL for f in facts)
        if past and not any(_near(workup, f, treated) for f in facts):
            code = personal_history_code(candidate.code)
            if code and workup.icd.is_billable(code):
                workup.replace(candidate, code, Step("guideline", f"{candidate.code} is over → {code}", rule.citation))
    for candidate in workup.live() if concluded else ():  # what the histories call it is the same disease
        code = concluded.get(candidate.code[:5], "")
        told = all(f.kind not in _CONCLUSIONS for f in candidate.facts if not f.reason)
        if code and candidate.code != code and candidate.code.endswith("0") and told:
            workup.replace(candidate, code, Step("guideline", f"in remission → {code}", rule.citation))


@check("past_cancer", "read", listed("cancers"))
def read_past_cancer(workup: Workup, rule: Rule) -> None:
    """Read a cancer that was removed and is no longer treated as history (I.C.2.m, I.C.21.c.4)."""
    every = list(workup.known(rule.data["cancers"]))
    cancers, watched = [c for c in every if not c.dropped], _watched(workup, rule, every)
    if not cancers and not watched:
        return
    treated = compile_words(rule.data["under_treatment"])
    over = compile_words(rule.data["over"])
    if _read_surveillance(workup, rule, cancers, watched, treated):
        return
    for candidate in cancers:
        facts = [f for f in candidate.facts if not f.reason]
        if any(
            f.mention.temporality is not Temporality.HISTORICAL and not _near(workup, f, over) for f in facts
        ) and not _is_clear(workup, rule, facts, treated):
            continue
        if any(_near(workup, f, treated) for f in facts):
            continue
        code = personal_history_code(candidate.code)
        if code and workup.icd.is_billable(code):
            workup.replace(candidate, code, Step("guideline", f"{candidate.code} is over → {code}", rule.citation))


def _is_clear(workup: Workup, rule: Rule, facts: list[Fact], treated: WordPattern) -> bool:
    """True where a conclusion names the cancer with the words that none of it is left ("thyroid cancer, NED"), and
    nothing in the conclusions speaks of a treatment of it: what names it once more means the same cancer.
    """
    nothing_found = compile_words(rule.data["no_recurrence"])
    if not any(f.kind in _CONCLUSIONS and _near(workup, f, nothing_found) for f in facts):
        return False
    if workup.having("Z79.81", "Z79.818", "Z51", "C77", "C78", "C79"):
        return False
    text, kinds = workup.chart.text, rule.data["conclusion_in"]
    bodies = (text[s.body.start : s.body.end] for s in workup.note.sections if s.kind in kinds)
    return not any(treated.search(nothing_found.sub(" ", body)) for body in bodies)


def _read_surveillance(
    workup: Workup, rule: Rule, live: list[Candidate], watched: list[tuple[Candidate, Fact]], treated: WordPattern
) -> bool:
    """Read a visit after completed treatment of a cancer without recurrence: Z08 or Z09, history (I.C.21.c.8)."""
    text = workup.chart.text
    conclusion = " ".join(
        text[s.body.start : s.body.end] for s in workup.note.sections if s.kind in rule.data["conclusion_in"]
    )
    letter = not conclusion.strip()
    if letter:
        conclusion = text
    nothing_found = compile_words(rule.data["no_recurrence"])
    clear = nothing_found.search(conclusion)
    done = compile_words(rule.data["treatment_done"])
    if clear is None or treated.search(nothing_found.sub(" ", conclusion)) or not (watched or done.search(conclusion)):
        return False
    if any(c.code.startswith(("C77", "C78", "C79")) for c in live):
        return False
    for candidate, fact in watched:
        fact.reason = candidate.dropped = ""
    cancers = [*live, *(c for c, _ in watched if c not in live)]
    in_situ = compile_words(rule.data["in_situ"]).search(conclusion)
    known = {personal_history_code(c.code) for c in workup.candidates if c.code.startswith("D0")}
    follow = ""
    for candidate in cancers:
        code = personal_history_code(candidate.code)
        if in_situ and candidate.code.startswith("C") and known:
            code = sorted(known)[0]
        if code and workup.icd.is_billable(code):
            step = Step("guideline", f"treatment completed, no recurrence: {candidate.code} → {code}", rule.citation)
            new = workup.replace(candidate, code, step)
            workup.raise_to(new, workup.threshold)
            follow = "Z08" if code.startswith("Z85") else follow or "Z09"
    leads = _leads(workup, rule, cancers) or (bool(watched) and _alone(workup, rule, cancers))
    if follow and (leads or (letter and _followed_up(workup, rule, cancers))):
        start = text.find(clear.group())
        fact = fact_at(workup, Span(start, start + len(clear.group())), follow, f"rule:{rule.id}", 1.0)
        workup.add(follow, [fact], 1.0, Step("guideline", "follow-up after completed treatment", rule.citation))
        for status in workup.having("Z98.890", "Z17", "Z19"):
            workup.drop(status, f"told by {follow} and the history ({rule.citation_section})")
    return bool(follow)


def _watched(workup: Workup, rule: Rule, cancers: list[Candidate]) -> list[tuple[Candidate, Fact]]:
    """Return what "colon cancer surveillance" says: a cancer, which is past if it was treated and nothing is found."""
    watched = compile_words(rule.data["watched"])
    return [
        (c, f)
        for c in cancers
        for f in c.facts
        if f.mention.status is Status.HYPOTHETICAL and watched.match(workup.chart.text, f.mention.span.end)
    ]


def _leads(workup: Workup, rule: Rule, cancers: list[Candidate]) -> bool:
    """True where the past cancer is why the patient came: no other condition heads the conclusion before it."""
    kinds = frozenset(rule.data["conclusion_in"])
    starts = [f.mention.span.start for c in cancers for f in c.facts if f.kind in kinds]
    return bool(starts) and not any(
        f.kind in kinds and not f.reason and f.mention.span.start < min(starts)
        for c in workup.live()
        if c.code[0] not in "ZVWXY" and c not in cancers and c.weight >= workup.threshold
        for f in c.facts
    )


def _alone(workup: Workup, rule: Rule, cancers: list[Candidate]) -> bool:
    """True where the conclusion of a visit called surveillance names no condition."""
    kinds = frozenset(rule.data["conclusion_in"])
    others = [c for c in workup.live() if c.code[0] not in "ZVWXY" and c not in cancers]
    return not any(f.kind in kinds and not f.reason for c in (*others, *cancers) for f in c.facts)


def _followed_up(workup: Workup, rule: Rule, cancers: list[Candidate]) -> bool:
    """True where a letter without headings opens with the follow-up or surveillance of the cancer."""
    wanted = compile_words(rule.data["follow_up"])
    return any(
        wanted.search(workup.sentence_of(f)) and f.mention.sentence == 0
        for c in cancers
        for f in c.facts
        if not f.reason
    )


def _near(workup: Workup, fact: Fact, pattern: WordPattern) -> bool:
    return bool(pattern.search(workup.sentence_of(fact)))


@check("personal_history", "read")
def add_personal_history(workup: Workup, rule: Rule) -> None:
    """Report what is over by its history code where the assessment takes it up (I.C.21.c.4, IV.J)."""
    assessed = frozenset(rule.data["taken_up_in"])
    noted = frozenset(rule.data["noted_in"])
    _read_resolved(workup, rule, assessed)
    if any(_is_past(f) for c in workup.candidates for f in c.facts):
        _read_gone(workup, rule)
    elif not workup.holds(_INFARCTIONS):
        return
    current = {c.code[:3] for c in workup.live() if c.weight >= workup.threshold}
    years = compile_words(rule.data["years_back"])
    for candidate in list(workup.candidates):
        if candidate.code[0] in "ZVWXYR":
            continue
        if candidate.code.startswith(_INFARCTIONS.all):
            _old_infarction(workup, rule, candidate, years)
            continue
        if candidate.code[:3] in current:
            continue
        past = [f for f in candidate.facts if _is_past(f)]
        if not past:
            continue
        code = personal_history_code(candidate.code)
        if not code or not workup.icd.is_billable(code):
            continue
        for fact in past:
            if fact.kind in assessed:
                _add(workup, rule, code, fact, max(workup.threshold, 0.81))
                break
            if fact.kind in noted and begins(code, rule.data["always"]):
                _add(workup, rule, code, fact, workup.threshold)
                break


def _read_resolved(workup: Workup, rule: Rule, assessed: frozenset[str]) -> None:
    """Read a problem that the assessment calls resolved as history; where it leads, the visit is its follow-up."""
    text = workup.chart.text
    if workup.chart.inpatient or not compile_words(rule.data["told_over"]).may_stand(text):
        return
    for candidate in list(workup.candidates):
        if candidate.dropped and not candidate.dropped.startswith("history"):
            continue
        code = personal_history_code(candidate.code)
        if not code or candidate.code[0] in "ZVWXYCST" or not workup.icd.is_billable(code):
            continue
        stated = (f for f in candidate.facts if f.kind in assessed and (not f.reason or _is_past(f)))
        head, span = next(
            ((f, span) for f in stated if (span := _told_over(workup, rule, f)) is not None), (None, None)
        )
        if head is None or span is None:
            continue
        for fact in candidate.facts:
            fact.reason = fact.reason or "history, no longer present"
        workup.drop(candidate, f"resolved ({rule.citation_section})")
        _add(workup, rule, code, head, max(workup.threshold, 0.81))
        if _heads_first(workup, head, assessed):
            fact = fact_at(workup, span, "Z09", f"rule:{rule.id}", 1.0)
            workup.add("Z09", [fact], 1.0, Step("guideline", "follow-up after completed treatment", rule.citation))


def _told_over(workup: Workup, rule: Rule, fact: Fact) -> Span | None:
    """Return the words by which a problem that opens a line, or that a visit follows up, is over; None if it is not."""
    text, data, span = workup.chart.text, rule.data, fact.mention.span
    line = text.rfind("\n", 0, span.start) + 1
    followed = compile_words(data["followed"]).match(text, line, span.start)
    named = fact.heading and (not fact.reason or compile_words(data["follows"]).match(text, span.end) is not None)
    if not named and (followed is None or fact.reason):
        return None
    match = compile_words(data["resolved"]).match(text, span.end)
    if match is None and begins(fact.code, data["stones"]):
        match = compile_words(data["passed"]).match(text, span.end)
    if match is not None:
        # the record of a procedure tells of what it has cleared: stones of a duct
        cleared = begins(fact.code, data["cleared"]) and not workup.chart.kinds.isdisjoint(data["procedure"])
        return None if cleared else Span(span.start, match.end())
    seen_for = followed is not None or compile_words(data["follows"]).match(text, span.end) is not None
    if seen_for and (span_below := _over_below(workup, rule, fact)) is not None:
        return span_below
    if followed is None or not compile_words(data["completed"]).search(followed.group()):
        return None
    remains = compile_words(data["remains"]).search(workup.sentence_of(fact))
    return Span(followed.start(), span.end) if remains is None else None


def _over_below(workup: Workup, rule: Rule, fact: Fact) -> Span | None:
    """Return where the sentences behind an acute condition that the visit follows up say that it is over."""
    sentences, first = workup.note.sentences, fact.mention.sentence
    acute = tuple(workup.rules["reportable"][0].data["acute"])
    others = (*rule.data["stones"], *rule.data["over_too"])
    if not fact.code.startswith((*acute, *others)) or fact.code.startswith(tuple(rule.data["acute_again"])):
        return None
    last = first
    while last + 1 < min(len(sentences), first + _BELOW) and sentences[last + 1].section == sentences[first].section:
        last += 1
    start, end = fact.mention.span.end, sentences[last].span.end
    item = _ITEM.search(workup.chart.text, start, end)
    end = end if item is None else item.start()
    match = compile_words(rule.data["over_below"]).search(workup.chart.text, start, end)
    stretch = workup.chart.text[start:end]
    if match is None or any(compile_words(rule.data[k]).search(stretch) for k in ("remains", "still_treated")):
        return None
    return Span(match.start(), match.end())


def _read_gone(workup: Workup, rule: Rule) -> None:
    """Read an acute condition that the visit finds gone as history; where it is why the patient came, as follow-up."""
    if workup.chart.inpatient:
        return
    gone, recheck = compile_words(rule.data["gone"]), compile_words(rule.data["recheck"])
    acute = workup.rules["reportable"][0].data["acute"]
    for candidate in workup.having_any(acute):
        if candidate.code[0] in "RST":
            continue
        said = next((f for f in candidate.facts if _is_past(f) and gone.search(f.mention.cue)), None)
        code = personal_history_code(candidate.code)
        if said is None or not code or not workup.icd.is_billable(code):
            continue
        for fact in candidate.facts:
            fact.reason = fact.reason or "history, no longer present"
        workup.drop(candidate, f"gone ({rule.citation_section})")
        _add(workup, rule, code, said, workup.threshold)
        sentence = workup.note.sentences[said.mention.sentence].span
        match = recheck.search(workup.chart.text, sentence.start, sentence.end)
        if match is not None:
            fact = fact_at(workup, sentence, "Z09", f"rule:{rule.id}", 1.0)
            workup.add("Z09", [fact], 1.0, Step("guideline", "follow-up after completed treatment", rule.citation))


def _heads_first(workup: Workup, fact: Fact, kinds: frozenset[str]) -> bool:
    return not any(
        f.kind in kinds and not f.reason and f.heading and f.mention.span.start < fact.mention.span.start
        for c in workup.live()
        if c.code[0] not in "ZVWXY" and c.weight >= workup.threshold
        for f in c.facts
    )


def _old_infarction(workup: Workup, rule: Rule, candidate: Candidate, years: WordPattern) -> None:
    for fact in candidate.facts:
        if fact.mention.status is not Status.PRESENT or fact.mention.subject is not Subject.PATIENT:
            continue
        age = days_since(workup, fact)
        if age is not None and (age <= _FOUR_WEEKS or workup.having("I25.2")):  # judged by the rule on its age
            continue
        if age is not None or _is_past(fact) or _years_back(workup, fact, years):
            _add(workup, rule, "I25.2", fact, workup.threshold)
            if not candidate.dropped:
                workup.drop(candidate, f"older than four weeks ({rule.citation_section})")
            return


def _years_back(workup: Workup, fact: Fact, years: WordPattern) -> bool:
    """True where the sentence names a time long past; the year of the service is none."""
    on = workup.chart.on
    present = str(on.year) if on is not None else "?"
    return any(present not in match.group() for match in years.finditer(workup.sentence_of(fact)))


def _is_past(fact: Fact) -> bool:
    mention = fact.mention
    return (
        fact.reason.startswith("history")
        and mention.status is Status.PRESENT
        and mention.subject is Subject.PATIENT
        and mention.temporality is Temporality.HISTORICAL
    )


def _add(workup: Workup, rule: Rule, code: str, fact: Fact, weight: float) -> None:
    step = Step("guideline", f"{fact.code} is over → {code}", rule.citation)
    workup.add(code, [replace(fact, code=code, reason="", weight=weight)], weight, step)


@check("past_tobacco", "read", lambda rule: [rule.data["former"], *rule.data["current"]])
def read_past_tobacco(workup: Workup, rule: Rule) -> None:
    """Make a smoker "until 2010" a former one, and set aside words of past smoking beside a former smoker
    (I.C.21.c.4).
    """
    text, ended = workup.chart.text, compile_words(rule.data["ended"])
    for candidate in workup.having_any(rule.data["current"]):
        live = [f for f in candidate.facts if not f.reason]
        over = [f for f in live if ended.match(text, f.mention.span.end)]
        step = Step("guideline", f"smoking that has ended → {rule.data['former']}", rule.citation)
        if over and len(over) == len(live):
            workup.replace(candidate, rule.data["former"], step)
        elif over:
            workup.add(rule.data["former"], over, max(f.weight for f in over), step)
    again = compile_words(rule.data["again"])
    for candidate in workup.having(rule.data["former"]):
        for fact in candidate.facts:
            if not fact.reason and again.search(workup.sentence_of(fact)):
                fact.reason = "smokes again"
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"smokes again ({rule.citation_section})")
    if not workup.documented(rule.data["former"]):
        return
    past = compile_words(rule.data["past"])
    for candidate in workup.having_any(rule.data["current"]):
        for fact in candidate.facts:
            if not fact.reason and past.search(workup.sentence_of(fact)):
                fact.reason = "history, no longer present"
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"a former smoker ({rule.citation_section})")


@check("status_after_surgery", "read", listed("codes"))
def read_status(workup: Workup, rule: Rule) -> None:
    """Set aside a status that only an operation named or planned stands for (I.C.21.c.3): it must have been done."""
    codes = tuple(rule.data["codes"])
    itself, done, planned, device = (compile_words(rule.data[k]) for k in ("itself", "done", "planned", "device"))
    kinds = frozenset(rule.data["of_the_past"])
    for candidate in workup.live():
        if not candidate.code.startswith(codes):
            continue
        awaited: Fact | None = None
        for fact in candidate.facts:
            text = workup.chart.text
            if fact.reason or fact.kind in kinds or fact.mention.temporality is Temporality.HISTORICAL:
                if not fact.reason and _is_ahead(workup, rule, fact):
                    fact.reason = "an operation named, not one that was done"
                continue
            named = text[fact.mention.span.start : fact.mention.span.end]
            if _is_wanted(workup, rule, fact, named) or (
                candidate.code.startswith(_TRANSPLANTS)
                and compile_words(rule.data["awaited"]).match(text, fact.mention.span.end)
            ):
                fact.reason = "a device only thought of"
                continue
            wanted = candidate.code.startswith(_STERILIZED) and planned.search(workup.sentence_of(fact))
            if itself.search(named) and not wanted:  # "wants to have her tubes tied"
                continue
            sentence = workup.sentence_of(fact)
            if planned.search(sentence) or not (done.search(sentence) or device.search(named)):
                fact.reason = "an operation named, not one that was done"
                awaited = fact if planned.search(sentence) else awaited
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"not said to have been done ({rule.citation_section})")
            _add_awaiting(workup, rule, candidate.code, awaited)
        else:
            candidate.weight = max(f.weight for f in candidate.facts if not f.reason)


def _is_ahead(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """Whether the words right before an operation in a history say that it is still to come ("considering THA")."""
    start = fact.mention.span.start
    begin = max(workup.note.sentences[fact.mention.sentence].span.start, start - 40)
    return compile_words(rule.data["ahead"]).search(workup.chart.text, begin, start) is not None


def _is_wanted(workup: Workup, rule: Rule, fact: Fact, named: str) -> bool:
    """Whether the words beside a heart device say that it is recommended, refused or asked about, not that it is
    there.
    """
    data, text, span = rule.data, workup.chart.text, fact.mention.span
    if not compile_words(data["bare"]).search(named) or compile_words(data["about_it"]).match(text, span.end):
        return False
    if compile_words(data["wanted_behind"]).match(text, span.end):
        return True
    begin = max(workup.note.sentences[fact.mention.sentence].span.start, span.start - 60)
    return compile_words(data["wanted"]).search(text, begin, span.start) is not None


def _add_awaiting(workup: Workup, rule: Rule, status: str, fact: Fact | None) -> None:
    """Code the disease in the name of an operation that is planned: a cataract to be extracted is still there."""
    for begin, (code, whole) in rule.data["disease"].items():
        if fact is not None and status.startswith(begin) and not workup.having(*whole):
            told = fact_at(workup, fact.mention.span, code, f"rule:{rule.id}", fact.weight)
            step = Step("guideline", "the operation is still ahead", rule.citation)
            workup.add(code, [told], fact.weight, step)
