"""Which facts count, and how much: assertion, subject, time, section, setting (Guidelines II.H, III, IV; UHDDS)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from nosology.coding.candidates import Chart, Fact
from nosology.coding.prefixes import begins
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Status, Subject, Temporality
from nosology.rules.loader import Rule

__all__ = ["is_symptom", "weigh_facts"]

_SYMPTOMS = (
    "R",
    "M25.5",
    "M54.2",
    "M54.5",
    "M54.6",
    "M54.9",
    "M79.6",
    "M79.1",
    "M79.89",
    "M25.4",
    "M25.6",
    "G89",
    "N64.4",
    "H57.1",
    "H92",
    "N94.4",
    "N94.6",
)

_OF_THE_PAST = ("Z", "B90", "B91", "B92", "B94", "E64", "E68", "G09", "I69")  # status, history, sequelae
_DOUBT = 90  # code points from a word of doubt to the symptoms of what it doubts
_PRESENT_WITH = re.compile(r"[^.;:()\n]*\w (?:presenting )?with (?!no |a history|history|possible|risk)[^.;:()\n]*\Z")
_LINE = 160  # code points from the label of a study to what it shows
_STUDY = WordPattern(r"\b(?:CXR|CT|MRI|X-?ray|XR|US|KUB)\b")  # without it _FILM need not be tried
_FILM = re.compile(
    r"(?:\n|\. )[ \t]*(?:Repeat )?(?:CXR|CT|MRI|X-?ray|XR|US|KUB)\b[^:.\n]{0,30}:[^.\n]*\Z"
    r"|(?:\n|[.,;:] )[ \t]*(?:Repeat )?(?:CXR|KUB)"
    r"(?: (?!show|reveal|confirm|consistent|demonstrat|concern|suggest|with\b)\w+){0,3} ?\Z"
)
_EVALUATED = re.compile(
    r"\b(?:was|were|is|been|being|and)\s+(?:initially |recently |again |also |then )?"
    r"(?:seen and )?(?:evaluated|worked up)\s+(?:\w+ ){0,5}?for\s+(?:(?:an?|the|his|her|acute|new|severe|worsening"
    r"|persistent|recurrent|chronic|intermittent|sudden|onset|episodes? of)\s+"
    r"|[a-z]+(?:\s[a-z]+)?(?:,|,?\s+and|\s+or)\s+){0,8}\Z",
    re.IGNORECASE,
)
_FINAL = ("discharge_diagnosis", "principal_diagnosis", "diagnosis", "assessment", "assessment_and_plan")
_BROUGHT = 0.62  # of a diagnosis that a stay names as the reason for admission
_FILMED = ("other", "assessment", "assessment_and_plan")
_AFTER = ("s/p", "status post", "sp")
_EXTERNAL = "VWXY"
_OUTGROWN = ("J45", "G40", "L20", "R56", "N39.44", "R01")
_CHILDHOOD = re.compile(r"(?:as an? |in |during |when \w+ was |childhood\b)", re.IGNORECASE)
_BEGAN = re.compile(
    r"\b(?:diagnos\w+|dx|onset|beg[aiu]n|start\w*|since|ever|first|inhalers?|albuterol|still|continu\w+|current\w*"
    r"|now (?!none))\b",
    re.IGNORECASE,
)
_STUDIED = ("indication", "indications", "technique", "comparison", "procedures")
_INDICATIONS = ("indication", "indications")
# "AV: calcified, mild AR" under the line of the indication is what the study shows
_SHOWN = re.compile(
    r"[ \t]*(?!.{0,30}(?i:history|hx|d[x/]|diagnos|symptom|complaint|clinical|reason|indicat|refer))"
    r"[A-Za-z][\w /&().-]{0,40}:"
)
_CONCLUSIONS = ("assessment", "assessment_and_plan", "impression", "diagnosis", "postoperative_diagnosis")

_LASTING = ("G81", "G83", "G89", "H54", "H90", "H91", "I89.0", "I97.2", "M21.3", "M54", "N31", "N52", "R13.1", "R47")
_CHRONIC = re.compile(r"\bchronic\b", re.IGNORECASE)
_CAUSE_PAST = re.compile(
    r"\s*,?\s*(?:(?:on|of|in) the (?:left|right)\s+)?(?:from|after|following|since|due to|secondary to"
    r"|caused by|2/2)\s+[^.;,\n]{2,60}?"
    r"\b(?:(?:in|of|from)\s+)?(?:(?:19|20)\d\d\b|(?:years?|yrs?|decades?) ago\b)",
    re.IGNORECASE,
)
# what an operation left, whose year is that of the operation: "hypothyroidism after thyroidectomy for cancer in 2015"
_OF_SURGERY = ("E89", "K91.1", "K91.2", "K91.5", "M96.1")
_SURGERY_PAST = re.compile(
    r"(?:\s+for\s+[^.;,\n]{2,50}?)?,?\s+(?:in|of|from|since|about|some)?\s*"
    r"(?:(?:19|20)\d\d\b|(?:\w+ )?(?:years?|yrs?|decades?) ago\b)",
    re.IGNORECASE,
)
_OF_KIN = ("Z80", "Z81", "Z82", "Z83", "Z84")
_IN_REMISSION = ("C", "E08", "E09", "E10", "E11", "E13", "F", "Z")
_BARE_DIABETES = ("E09.9", "E11.9", "E13.9")  # what is resolved in the others is their complication
_RESOLVED = re.compile(
    r"\s*[-–—:,(]?\s*(?:(?:has|have|had|is|are|was|been|now|since|fully|completely|essentially|which|that|he|she)\s+){0,4}"
    r"(?:resolved|outgrown|outgrew|grown out of|cured|no longer (?:a|an) (?:problem|issue|concern))\b"
    r"(?!\s+(?:on|with|under|since|now)\s+"
    r"(?!(?:\w+ )?(?:he |she |they )?(?:weight|diet|bariatric|surgery|delivery|age|lost)\b))"
    r"|\s*[-–—:,(]?\s*[\"“']?(?:(?:many|several|some) )?years ago\b",
    re.IGNORECASE,
)

_CALLED = ("resolved", "years ago", "outgr", "grown out", "cured", "no longer a")  # one of them stands in _RESOLVED
_OF_MOOD = ("F32", "F33", "F41", "F53")
_UNTREATED = re.compile(
    r"[^.;\n]{0,60}?\b(?:off (?:of )?(?:all |any |her |his )?"
    r"(?:med(?:ication|icine)?s?|treatment|therapy|antidepressants?)"
    r"|not (?:currently |now )?(?:on|taking) (?:any )?(?:med(?:ication|icine)?s?|treatment)"
    r"|none since|no (?:further )?(?:episodes?|recurrences?|relapses?))\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=50_000)
def is_symptom(code: str) -> bool:
    """True for codes of symptoms, signs and ill-defined findings: chapter 18 and the pain codes of other chapters."""
    return code.startswith(_SYMPTOMS) and not code.startswith(
        ("R73.03", "R65", "R56.1", "R40.24", "R29.7", "G89.3", "G89.4")
    )


def weigh_facts(facts: list[Fact], chart: Chart, rules: Mapping[str, tuple[Rule, ...]]) -> None:
    """Set weight and reason of every fact in place."""
    rule = rules["reportable"][0]
    weights: dict[str, list[float]] = rule.data["sections"]
    column = 1 if chart.inpatient else 0
    if not chart.inpatient and not chart.kinds.isdisjoint(_CONCLUSIONS):
        weights = {**weights, "": rule.data["beside_conclusion"]}
    if not chart.inpatient and "preoperative_diagnosis" in chart.kinds and "postoperative_diagnosis" not in chart.kinds:
        weights = {**weights, "preoperative_diagnosis": weights["postoperative_diagnosis"]}  # no other was made
    if not chart.inpatient and chart.kinds.isdisjoint(_CONCLUSIONS) and not chart.kinds.isdisjoint(_STUDIED):
        weights = {**weights, "findings": weights["indication"], "operative_findings": weights["indication"]}
    chronic, acute, lasting, confirmed = _codes(rule)
    called = any(word in chart.lower for word in _CALLED) and not chart.exhaustive
    unlisted = chart.inpatient and chart.kinds.isdisjoint(_FINAL)  # no list corrects the reason for admission
    for fact in facts:
        fact.reason = _reason(fact, chart, lasting, acute)
        if fact.reason.startswith("uncertain") and is_symptom(fact.code) and _beside_doubt(fact, chart.text):
            fact.reason = ""
        if called and not fact.reason and begins(fact.code, chronic) and _is_resolved(fact, chart):
            fact.reason = "history, no longer present"
        if not fact.reason and fact.mention.status is Status.POSSIBLE and fact.code.startswith(confirmed):
            fact.reason = "only confirmed cases are coded (I.C.1.a, I.C.1.f, I.C.1.g, I.C.10.c)"
        kind = "imaging" if fact.kind in _FILMED and _on_film(fact, chart.text) else fact.kind
        if kind in _INDICATIONS and _is_shown(fact, chart.text):
            kind = ""
        weight = weights.get(kind, weights["other"])[column]
        if not fact.heading and fact.kind in ("assessment", "assessment_and_plan", "plan", "impression"):
            weight *= 0.8
        if fact.mention.status is Status.POSSIBLE and not chart.inpatient:
            weight *= 0.9
        if unlisted and kind == "chief_complaint" and not is_symptom(fact.code) and fact.code[0] not in "STVWXYZ":
            weight = max(weight, _BROUGHT)
        fact.weight = 1.0 if chart.exhaustive and not fact.reason else weight
        if fact.code.startswith("Z"):
            _limit_z_code(fact, chart, rules["z_codes"][0], column)


@lru_cache(maxsize=8)
def _codes(rule: Rule) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the codes that are chronic, acute, lasting, and coded only where they are confirmed."""
    data = rule.data
    chronic = tuple(data["chronic"])
    return chronic, tuple(data["acute"]), (*chronic, *data["lasting"]), tuple(data["confirmed_only"])


@lru_cache(maxsize=4096)
def _class_of(code: str, rule: Rule) -> Mapping[str, Any] | None:
    return next((c for c in rule.data["classes"] if code.startswith(tuple(c["codes"]))), None)


def _limit_z_code(fact: Fact, chart: Chart, rule: Rule, column: int) -> None:
    """Hold a Z code to what its kind allows (I.C.21.c)."""
    entry = rule.data["drug"] if fact.mention.terms[0].startswith("drug:") else _class_of(fact.code, rule)
    if entry is None:
        return
    if not chart.exhaustive:
        listed = fact.heading and fact.kind in _CONCLUSIONS
        fact.weight = min(fact.weight, entry.get("listed" if listed else "most", entry["most"])[column])
    elif not (fact.reason or fact.code.startswith(tuple(entry.get("status", ())))) and (
        entry["all"] == "no"
        or (entry["all"] == "historical" and fact.mention.temporality is not Temporality.HISTORICAL)
    ):
        fact.reason = f"not a status of the patient by itself ({rule.citation_section})"


def _reason(fact: Fact, chart: Chart, lasting: tuple[str, ...], acute: tuple[str, ...]) -> str:
    mention = fact.mention
    if mention.subject is not Subject.PATIENT:
        if mention.subject is not Subject.FAMILY:
            return "said of someone else"
        if not fact.code.startswith(_OF_KIN):  # "family history of colon cancer in her father" is told of the patient
            return "said of family"
    if mention.status is Status.ABSENT:
        return "absent"
    if mention.status is Status.HYPOTHETICAL or mention.status is Status.CONDITIONAL:
        return "" if is_symptom(fact.code) and _brought(fact, chart.text) else str(mention.status)
    if mention.status is Status.POSSIBLE and not chart.inpatient and not chart.exhaustive:
        return "uncertain: outpatients are coded to the highest certainty known (IV.H)"
    if mention.temporality is Temporality.HISTORICAL and not chart.exhaustive:
        if fact.code[0] in _EXTERNAL and mention.cue.lower() in _AFTER:
            return ""  # "hip pain s/p fall": the event is past by its nature
        if _outgrown(fact, chart.text) or _untreated(fact, chart):
            return "history, no longer present"
        if begins(fact.code, lasting) or fact.code.startswith(_OF_THE_PAST):
            return ""
        if _healing(fact) or _left_by(fact, chart.text):
            return ""
        if mention.cue == "section" and chart.inpatient and not fact.code.startswith(acute):
            return ""
        return "history, no longer present"
    return ""


def _outgrown(fact: Fact, text: str) -> bool:
    """True for what somebody had as a child and is not said to have begun then: "asthma as a child"."""
    span, cue = fact.mention.span, fact.mention.cue
    if not fact.code.startswith(_OUTGROWN) or _CHILDHOOD.match(cue) is None:
        return False
    return _BEGAN.search(text, max(0, span.start - 40), span.end + 40) is None


def _untreated(fact: Fact, chart: Chart) -> bool:
    """True for a depression or anxiety told as history that needs no treatment ("history of depression, off meds")."""
    end = fact.mention.span.end
    return (
        not chart.inpatient
        and fact.code.startswith(_OF_MOOD)
        and _UNTREATED.match(chart.text, end, min(len(chart.text), end + 100)) is not None
    )


def _left_by(fact: Fact, text: str) -> bool:
    """True for a lasting condition of which only the cause is past: "knee pain from an injury in 2005"."""
    span = fact.mention.span
    lasting = fact.code.startswith(_LASTING) or _CHRONIC.search(text, max(0, span.start - 24), span.end) is not None
    if fact.code.startswith(_OF_SURGERY) and _SURGERY_PAST.match(text, span.end) is not None:
        return True
    return lasting and _CAUSE_PAST.match(text, span.end) is not None


def _on_film(fact: Fact, text: str) -> bool:
    """True for what a line of a study says among other lines of the chart ("CXR 10/13: mild atelectasis")."""
    end = fact.mention.span.start
    start = max(0, end - _LINE)
    return _STUDY.may_stand(text, start, end) and _FILM.search(text, start, end) is not None


def _is_shown(fact: Fact, text: str) -> bool:
    """True for what a labelled line under the indication says: it is part of what was seen."""
    line = text.rfind("\n", 0, fact.mention.span.start) + 1
    return _SHOWN.match(text, line, fact.mention.span.start) is not None


def _brought(fact: Fact, text: str) -> bool:
    """True for a symptom that somebody "was evaluated for": it is what brought the patient, not what was looked for."""
    return _EVALUATED.search(text, max(0, fact.mention.span.start - _DOUBT), fact.mention.span.start) is not None


def _beside_doubt(fact: Fact, text: str) -> bool:
    """True for a symptom that the doubt is about no more: "possible pneumonia with cough" has a cough (IV.D, IV.H)."""
    cue, start = fact.mention.cue, fact.mention.span.start
    at = text.rfind(cue, max(0, start - _DOUBT), start) if cue else -1
    return at >= 0 and _PRESENT_WITH.match(text, at + len(cue), start) is not None


def _is_resolved(fact: Fact, chart: Chart) -> bool:
    """True for a lasting condition that the words right behind it call resolved ("HTN - resolved per PCP"), or put
    years back without a number, which would tell since when it is known.

    What a drug keeps away is not resolved; disorders that have codes of remission are told by those, but diabetes that
    is "resolved" is not thereby in remission, nor is it there (I.C.4.a: the provider is asked). A
    stay reports what was treated in it, resolved or not.
    """
    return (
        (not chart.inpatient or fact.kind == "past_medical_history")
        and (not fact.code.startswith(_IN_REMISSION) or fact.code in _BARE_DIABETES)
        and _RESOLVED.match(chart.text, fact.mention.span.end, fact.mention.span.end + 60) is not None
    )


def _healing(fact: Fact) -> bool:
    """True for an injury after its treatment ("s/p ORIF of an ankle fracture") that is coded as such (I.C.19.a)."""
    code = fact.code
    return code[0] in "SM" and len(code) == 8 and code[7] in "DEFGHJKMN" and fact.mention.cue.lower() in _AFTER
