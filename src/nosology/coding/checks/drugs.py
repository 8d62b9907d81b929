"""Drugs: their long-term use (I.C.21.c.3)."""

from __future__ import annotations

import re

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.prefixes import begins
from nosology.coding.workup import Workup, check, listed
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["report_long_term_drugs", "set_aside_drugs_given_up"]

_SOURCE = "drug:"
_STOPPED = re.compile(
    r"\b(?:stopp?(?:ed|ing)?|discontinu\w+|d/c'?d?|held|off|failed|allerg\w+|completed|finished"
    r"|declin\w+"
    r"|start(?:ed|ing)?|initiat\w+|begin|will try|consider\w*|prophyla\w*|ppx|switch to|change to|prescri\w+|trial)\b"
    r"[^.;\n]{0,40}$|\b(?:previously|prior)\b[^.,;\n]{0,40}$",  # "prior PE, apixaban" is no prior apixaban
    re.IGNORECASE,
)
_GIVEN_UP = re.compile(
    r"\s*(?:(?:was|were|has been|had been|is) )?(?:also )?(?:stopped|discontinued|d/c'?d|given up|weaned off)\b"
    r"|\s*(?:(?:\+|/|&|plus|and)\s*[a-z-]+\s*)?,\s*(?:(?:both|then|later|was|were) )*"
    r"(?:stopped|discontinued|d/?c['’]?d)\s+(?:for|due to|because of|secondary to|after|in (?:19|20)\d\d)\b",
    re.I,
)
_WATCHED = re.compile(
    r"\b(?:monitor(?:ing)?|high[- ]risk (?:drug|medication)|toxicity (?:labs|screen)|safety labs)\b", re.I
)
_CONTINUED = re.compile(
    r"\b(?:continu\w+|cont|(?:remain|stay|maintain|maintained)\w* on|refill\w*|keep\w* (?:him |her )?on|resume\w*)\b"
    r"[^.;\n]{0,50}$",
    re.IGNORECASE,
)
# "stopped aspirin, on apixaban", "finished chemotherapy, now taking tamoxifen"
_ON_BEHIND = re.compile(
    r",\s*(?:(?:and|but|is|still|now|currently|she|he) )*"
    r"(?:(?:on|taking)(?! (?:days?|the \d|\w+day)\b)|takes)\s[\w/ -]{0,25}$"
    r"|,\s*(?:(?:and|but|is|she|he) )*(?:now|still|currently)\s$",
    re.IGNORECASE,
)
_COURSES = "Z79.52"  # steroids: what is continued may be a course of days
_GOES_ON = re.compile(
    r"(?:\s+\d[\d.]* ?(?:mg|mcg|units?)?(?: (?:daily|weekly|nightly|bid|twice daily))?)?,?\s+"
    r"(?:(?:is|was|will be|to be) )?(?:continued|refilled|renewed)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"(?<!based )(?<!depending )(?<!later )\bon(?! day)(?: (?:both|oral|low[- ]dose))?(?: [\w/-]+,?){0,5} \Z",
    re.IGNORECASE,
)
_IS_ON = re.compile(
    r"\b(?:(?:is|remains|stays|continues|has been|have been|kept|maintained|now|currently|well|stable)"
    r"(?: (?!no\b|not\b|never\b)\w+){0,2} on"
    r"|takes|is taking|injects|receives)(?: [\w/-]+,?){0,5} \Z",
    re.IGNORECASE,
)
_LOCAL = re.compile(
    r"[\s\d.,%/-]*(?:mg |ml )?(?:gtts?|drops?|ophth\w*|eye|cream|crm|ointment|oint|topical\w*|gel"
    r"|nasal|injection|injected|shot|pack|burst|taper|ppx|prophyla\w*|for (?:dvt|vte) p\w+|drip|gtt)\b",
    re.IGNORECASE,
)
_NOT_IN_USE = re.compile(
    r"\b(?:(?:is|are|was|were|am) not|isn['’]t|no longer)(?: (?:currently|presently|now|yet))? \Z", re.I
)
_CLASS = "Z79.6"  # immunomodulators, of which the class alone is often spoken of ("a biologic")
_SYSTEMIC = "Z79.52"  # steroids that the whole body gets
_LOCALLY = re.compile(
    r"\b(?:topical|(?:intra)?nasal|inhaled|intra-?(?:articular|lesional|vitreal)|epidural|injected|local|depot"
    r"|ophthalmic|eye|otic|ear|rectal|swallowed)\s(?:\w+\s)?(?:\w*steroids?|\Z)",
    re.IGNORECASE,
)
_ASSESSED = (
    "assessment",
    "plan",
    "assessment_and_plan",
    "impression",
    "diagnosis",
    "discharge_diagnosis",
    "hospital_course",
)


@check("drugs_given_up", "read", lambda _: ["Z79"])
def set_aside_drugs_given_up(workup: Workup, rule: Rule) -> None:
    """Set aside the long-term use of a drug that was stopped, refused, or only spoken of (I.C.21.c.3)."""
    for candidate in workup.having("Z79"):
        for fact in candidate.facts:
            if fact.reason:
                continue
            if not fact.mention.terms[0].startswith(_SOURCE):  # "takes aspirin" is a term by itself
                if _NOT_IN_USE.search(workup.chart.text, max(0, fact.mention.span.start - 30), fact.mention.span.start):
                    fact.reason = "no longer taken"
                    continue
                if not candidate.code.startswith(_CLASS):
                    continue
            end = fact.mention.span.end
            if _GIVEN_UP.match(workup.chart.text[end : end + 60]) or _not_taken(workup, rule, fact):
                fact.reason = "no longer taken"
        if all(f.reason for f in candidate.facts):
            workup.drop(candidate, f"no longer taken ({rule.citation_section})")


def _not_taken(workup: Workup, rule: Rule, fact: Fact) -> bool:
    """True where the sentence says that the drug was offered, refused, only discussed, a matter of an "if", or past."""
    text, data = workup.chart.text, rule.data
    sentence = workup.note.sentences[fact.mention.sentence].span
    start, end = fact.mention.span.start, fact.mention.span.end
    low, high = max(sentence.start, start - 90), min(sentence.end, end + 90)
    if compile_words(data["not_begun"]).search(text, low, start):
        return compile_words(data["in_use"]).match(text, end, high) is None
    if compile_words(data["contingent"]).match(text, end, high):
        return compile_words(data["going_on"]).search(text, low, start) is None
    over = [compile_words(data["ended"]).search(text, end, high)]
    if compile_words(data["then"]).search(text, low, start):
        over.append(compile_words(data["past"]).search(text, end, high))
    found = next((m for m in over if m is not None), None)
    return found is not None and next(workup.substances.named(text, end, found.start()), None) is None


@check("long_term_drugs", "mandate", listed("classes", "other"))
def report_long_term_drugs(workup: Workup, rule: Rule) -> None:
    """Report the long-term use of a drug of the listed classes with the condition that it treats (I.C.21.c.3)."""
    waiting = [c for c in workup.known(rule.data["classes"]) if not c.dropped or c.dropped.startswith("mentioned")]
    if not waiting:
        _report_named(workup, rule)
        return
    needed = {key: tuple(codes) for key, codes in rule.data["only_with"].items()}
    live = workup.live()
    reported = [c.code for c in live if c.code[0] not in "ZVWXY"]
    short = compile_words(rule.data["short"])
    anyway = tuple(rule.data["condition_not_needed"])
    for candidate in waiting:
        only_with = needed.get(candidate.code[:6])
        if only_with and not workup.documented(*only_with):
            continue
        for fact in candidate.facts:
            source = fact.mention.terms[0]
            if fact.reason or _is_stopped(workup, fact):
                continue
            if short.match(workup.chart.text, fact.mention.span.end) and not _is_stated(workup, fact):
                continue
            if _is_assessed(workup, fact) and (
                _is_stated(workup, fact) or _is_continued(workup, fact) or _is_monitored(workup, fact)
            ):
                workup.raise_to(candidate, workup.threshold, Step("guideline", "continued here", rule.citation))
                candidate.mandated = True
                break
            if not source.startswith(_SOURCE):
                continue
            treats = tuple(filter(None, source[len(_SOURCE) :].split(",")))
            treated = [code for code in reported if code.startswith(treats)] if treats else []
            treated = treated or _listed_for(workup, rule, fact, live)
            if treated or candidate.code.startswith(anyway):
                why = f"in use for {treated[0]}" if treated else "a drug whose long-term use is watched"
                workup.raise_to(candidate, workup.threshold, Step("guideline", why, rule.citation))
                candidate.mandated = True
                break
    _report_named(workup, rule)


def _report_named(workup: Workup, rule: Rule) -> None:
    """Report a long-term therapy that the assessment lists as a problem, beside no drug of a code of its own."""
    words = compile_words(rule.data["named"])
    told = {f.mention.sentence for c in workup.having("Z79", floor=workup.threshold) for f in c.facts if not f.reason}
    for other in workup.known(rule.data["other"]):
        if other.weight >= workup.threshold:
            continue
        for fact in other.facts if not other.dropped or other.dropped.startswith("mentioned") else ():
            if fact.reason or fact.kind not in _ASSESSED or fact.mention.sentence in told:
                continue
            if told and other.code == "Z79.899" and not fact.mention.terms[0].startswith(_SOURCE):
                continue  # "high-risk medication use" is that of the drug which is reported
            begin = workup.note.sentences[fact.mention.sentence].span.start
            if words.match(workup.chart.text, begin, fact.mention.span.end):
                workup.raise_to(other, workup.threshold, Step("guideline", "listed as a problem", rule.citation))
                other.mandated = True
                break


def _listed_for(workup: Workup, rule: Rule, fact: Fact, live: list[Candidate]) -> list[str]:
    """Return the diseases for which a list of medications gives a drug of many uses, by its steady dose, or the
    assessment says that the patient is on it; of what is given for nothing short, the history.
    """
    data = rule.data
    diseases = next((codes for key, codes in data["listed_for"].items() if fact.code.startswith(key)), ())
    assessed = _is_assessed(workup, fact)
    if assessed and _is_on(workup, fact):
        diseases = [*diseases, *next((codes for key, codes in data["on_for"].items() if fact.code.startswith(key)), ())]
    told = fact.kind in data["told"] and begins(fact.code, data["without_dose"]) and _is_on(workup, fact, _IS_ON)
    if not diseases or not (assessed or told or fact.kind in data["listed"]):
        return []
    if assessed and not _is_on(workup, fact):  # what a plan gives may be new, but for what is taken for life
        diseases = [d for d in diseases if d in data["for_life"]]
    elif (
        not assessed
        and not begins(fact.code, data["without_dose"])
        and compile_words(data["steady"]).match(workup.chart.text, fact.mention.span.end) is None
    ):
        return []
    return [c.code for c in live if c.code.startswith(tuple(diseases))]


def _is_assessed(workup: Workup, fact: Fact) -> bool:
    """True for what an assessment says; in a note without any, and without headings, for what the note says."""
    return fact.kind in _ASSESSED or (fact.kind == "" and workup.chart.kinds.isdisjoint(_ASSESSED))


def _is_stated(workup: Workup, fact: Fact) -> bool:
    """True where the long-term use itself is said ("long-term opioid therapy"), not only a drug."""
    said = workup.chart.text[fact.mention.span.start : fact.mention.span.end]
    return not fact.mention.terms[0].startswith(_SOURCE) and len(said.split()) > 1


def _is_continued(workup: Workup, fact: Fact) -> bool:
    """True where the plan goes on with the drug."""
    begin = workup.note.sentences[fact.mention.sentence].span.start
    start = fact.mention.span.start
    if not fact.code.startswith(_COURSES) and _GOES_ON.match(workup.chart.text, fact.mention.span.end):
        return True
    return bool(_CONTINUED.search(workup.chart.text, max(begin, start - 60), start))


def _is_stopped(workup: Workup, fact: Fact) -> bool:
    """True where the words just before the drug say that it was given up, refused, only begun now, or is asked."""
    begin = workup.note.sentences[fact.mention.sentence].span.start
    start = fact.mention.span.start
    after = workup.chart.text[fact.mention.span.end : fact.mention.span.end + 40]
    given_up = _STOPPED.search(workup.chart.text, max(begin, start - 60), start)
    if given_up is not None:  # "stopped aspirin, continues apixaban"
        text, first = workup.chart.text, given_up.start()
        goes_on = _CONTINUED.search(text, first, start) or _ON_BEHIND.search(text, first, start)
        given_up = None if goes_on is not None and goes_on.start() > given_up.start() else given_up
    if given_up is not None or after.startswith("?") or _LOCAL.match(after) is not None:
        return True
    if fact.code != _SYSTEMIC:
        return False
    return _LOCALLY.search(workup.chart.text, max(begin, start - 30), fact.mention.span.end) is not None


def _is_on(workup: Workup, fact: Fact, words: re.Pattern[str] = _ON) -> bool:
    """True where the words before the drug say that the patient is on it ("on pyridostigmine and prednisone")."""
    begin = workup.note.sentences[fact.mention.sentence].span.start
    start = fact.mention.span.start
    return words.search(workup.chart.text, max(begin, start - 60), start) is not None


def _is_monitored(workup: Workup, fact: Fact) -> bool:
    """True where the drug itself is the problem: its monitoring, its risk."""
    begin = workup.note.sentences[fact.mention.sentence].span.start
    start, end = fact.mention.span.start, fact.mention.span.end
    return bool(_WATCHED.search(workup.chart.text, max(begin, start - 30), end + 40))
