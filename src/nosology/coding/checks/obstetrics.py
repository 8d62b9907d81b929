"""Pregnancy and childbirth: chapter 15 takes precedence; trimester, weeks, outcome of delivery (I.C.15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.em.scan import scan
from nosology.coding.prefixes import begins
from nosology.coding.records import CHILD
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["Pregnancy", "read_pregnancy"]

_TRIMESTERS = ("first trimester", "second trimester", "third trimester")
_TERM = 37  # completed weeks
_NUMBERED = re.compile(
    r"\b(?:f(?:o)?etus|twin|triplet|quadruplet|baby|infant)\s*(?:#|no\.?|number)?\s*(?:[1-5A-E]|I{1,3}|one|two|three)\b",
    re.I,
)
_BEFORE = 40  # code points before a malformation in which the fetus is named
_AHEAD = 110  # code points before weeks in which it is said whose they are
_YEARS = 2  # years after which a year told with the weeks is that of an earlier pregnancy


class Pregnancy(NamedTuple):
    """The pregnancy in the chart: completed weeks (None if unsaid), where they stand, and where a delivery is told."""

    weeks: int | None
    where: Span | None
    delivered: Span | None

    @property
    def trimester(self) -> str:
        """The trimester as titles word it, "" where the weeks are unsaid (I.C.15.a.3: 14 and 28 weeks)."""
        if self.weeks is None:
            return ""
        return _TRIMESTERS[0 if self.weeks < 14 else 1 if self.weeks < 28 else 2]


@check("pregnancy", "mandate")
def read_pregnancy(workup: Workup, rule: Rule) -> None:
    """Code a pregnant patient by chapter 15, with trimester and weeks; add the outcome of a delivery."""
    if (
        workup.chart.sex == "M"
        or workup.chart.record == CHILD
        or not any(scan(rule.data["words_of_pregnancy"], workup.chart.text))
    ):
        return
    pregnancy = _read(workup, rule)
    obstetric = workup.having("O")
    incidental = next(unnegated(rule.data["incidental"], workup.chart.text), None)
    if incidental is not None and not obstetric and not pregnancy.delivered:
        fact = fact_at(workup, Span(*incidental.span()), "Z33.1", f"rule:{rule.id}", 0.9)
        workup.add("Z33.1", [fact], 0.9, Step("guideline", "pregnant, as an incident", rule.citation), mandated=True)
        return
    if pregnancy.weeks is None and not (obstetric or pregnancy.delivered):
        return
    if pregnancy.weeks is not None or pregnancy.delivered:
        _convert(workup, rule, pregnancy)
    for candidate in workup.having("O"):
        _name_underlying(workup, rule, candidate)
    _leave_fetus_unnumbered(workup, rule)
    for candidate in workup.having("O", "Z34"):
        _refine(workup, rule, candidate, pregnancy)
    _refine_silent(workup, pregnancy)
    _set_aside(workup, rule)
    _leave_to_the_fetus(workup, rule)
    normal = workup.having("O80", "O82")
    if normal and len(workup.having("O")) > len(normal):
        for candidate in normal:
            workup.drop(candidate, f"other codes of chapter 15 are reported ({rule.citation_section})")
    _add_supervision(workup, rule, pregnancy)
    _name_parity(workup, rule)
    _add_weeks(workup, rule, pregnancy)
    _add_outcome(workup, rule, pregnancy)


def _read(workup: Workup, rule: Rule) -> Pregnancy:
    text = workup.chart.text
    delivered = None
    if workup.chart.inpatient:
        delivered = next((Span(*m.span()) for m in unnegated(rule.data["delivered"], text)), None)
    told = list(_told_weeks(text, rule))
    own = next((match for match in told if not _of_another(match, workup, rule)), None)
    if own is None and told and workup.having("O", "Z34"):  # "prior cesarean at 38 weeks, for a repeat one"
        own = told[0]
    return Pregnancy(int(own["weeks"]) if own else None, Span(*own.span()) if own else None, delivered)


def _told_weeks(text: str, rule: Rule) -> Iterator[re.Match[str]]:
    """Yield where completed weeks are told, the surest way of writing first."""
    for pattern in rule.data["weeks"]:
        for match in compile_words(pattern).finditer(text):
            if 4 <= int(match["weeks"]) <= 43:
                yield match


def _of_another(match: re.Match[str], workup: Workup, rule: Rule) -> bool:
    """True where the weeks are those of an earlier pregnancy or of another woman."""
    text, at = workup.chart.text, match.start("weeks")
    begin = max(0, at - _AHEAD)
    found = [compile_words(each).search(text, begin, at) for each in rule.data["weeks_of_another"]]
    found.append(compile_words(rule.data["year_behind"]).match(text, match.end("weeks")))
    latest = workup.chart.on.year - _YEARS if workup.chart.on is not None else 0
    return any(m is not None and ("year" not in m.groupdict() or int(m["year"]) <= latest) for m in found)


def _convert(workup: Workup, rule: Rule, pregnancy: Pregnancy) -> None:
    """Put the code of chapter 15 before, or in the place of, a condition that complicates pregnancy (I.C.15.a.1)."""
    for candidate in workup.live():
        if candidate.code.startswith("O"):
            continue
        for row in rule.data["complicating"]:
            if not begins(candidate.code, row["from"]):
                continue
            if "unless" in row and workup.having_any(row["unless"]):
                break
            if row.get("alone") and not _alone(workup, candidate):
                break
            code = _stage(workup, row["to"], pregnancy)
            if not code or (row.get("first") and not candidate.code.endswith(("A", "B", "C"))):
                break
            step = Step("guideline", f"{candidate.code} complicates the pregnancy → {code}", rule.citation)
            if row.get("keep", True):
                added = workup.add(code, candidate.facts, candidate.weight, step)
                added.order = min(added.order, candidate.order)
                candidate.mandated = True
            else:
                workup.replace(candidate, code, step)
            break


def _alone(workup: Workup, symptom: Candidate) -> bool:
    """True for a symptom that is itself what the patient is seen for: no diagnosis stands beside it."""
    live = [c for c in workup.live() if c.weight >= workup.threshold]
    return symptom in live and all(c.code[0] in "RVWXYZ" for c in live)


def _stage(workup: Workup, node: str, pregnancy: Pregnancy) -> str:
    """Return the code under ``node`` for the trimester, or for childbirth, "" where there is none."""
    if workup.icd.is_billable(node):
        return node
    wanted = "complicating childbirth" if pregnancy.delivered else pregnancy.trimester
    spare = ""
    if pregnancy.delivered and node[-1].isdigit():  # O99.01 in pregnancy, O99.02 in childbirth
        birth = f"{node[:-1]}{(int(node[-1]) + 1) % 10}"
        if birth in workup.icd and workup.icd.is_billable(birth) and "childbirth" in workup.icd.title(birth).lower():
            return birth
    for child in workup.icd.children(node):
        title = workup.icd.title(child).lower()
        if wanted and (wanted in title or (pregnancy.delivered and title.endswith("in childbirth"))):
            return child
        if pregnancy.delivered and pregnancy.trimester and pregnancy.trimester in title:
            spare = child
        elif "unspecified trimester" in title:
            spare = spare or child
    return spare if spare and workup.icd.is_billable(spare) else ""


def _name_underlying(workup: Workup, rule: Rule, candidate: Candidate) -> None:
    """Add the condition itself where one phrase named it together with the pregnancy."""
    for row in rule.data["underlying"]:
        if not candidate.code.startswith(row["code"]) or workup.having_any(row["unless"]):
            continue
        sentences = " ".join(workup.sentence_of(f) for f in candidate.facts if not f.reason)
        if compile_words(row["words"]).search(sentences):
            step = Step("tabular", f"use additional code at {row['code']}", rule.citation)
            workup.add(row["adds"], candidate.facts, candidate.weight, step, mandated=True)


def _refine(workup: Workup, rule: Rule, candidate: Candidate, pregnancy: Pregnancy) -> None:
    """Give an obstetric code its trimester, or childbirth, and gestational diabetes its control."""
    code = candidate.code
    if code.startswith("O24.4"):
        after = pregnancy.weeks is None and any(scan(rule.data["puerperal"], workup.chart.text))
        stem = "O24.42" if pregnancy.delivered else "O24.43" if after else "O24.41"
        text = workup.chart.text
        near = (
            text[f.mention.span.start : f.mention.span.end + 60].split("\n")[0] for f in candidate.facts if not f.reason
        )
        sentences = " ".join(n.split(";")[0] for n in near)
        control = next((end for end, words in rule.data["control"] if compile_words(words).search(sentences)), "")
        wanted = f"{stem}{control or (code[-1] if len(code) == 7 else '9')}"
        if wanted != code and workup.icd.is_billable(wanted):
            workup.replace(candidate, wanted, Step("tabular", "control of gestational diabetes", rule.citation))
        return
    if code in rule.data["membranes"] and pregnancy.weeks is not None:  # preterm by trimester, or full-term
        exact = f"{code[:-1]}{f'1{_TRIMESTERS.index(pregnancy.trimester) + 1}' if pregnancy.weeks < _TERM else '2'}"
        workup.replace(candidate, exact, Step("tabular", "preterm or full-term by the weeks", rule.citation))
        return
    title = workup.icd.title(code).lower()
    if code.startswith("O60.10X") and pregnancy.trimester in rule.data["preterm"]:
        exact = f"{rule.data['preterm'][pregnancy.trimester]}{code[-1]}"
        workup.replace(candidate, exact, Step("tabular", "the trimester that the weeks give", rule.citation))
        return
    if "unspecified trimester" in title and len(code) == 8 and pregnancy.trimester:  # the fetus stands behind it
        exact = next((c for d in "123" if pregnancy.trimester in _title(workup, c := f"{code[:6]}{d}{code[7]}")), "")
        if not exact:  # labor and delivery in one trimester (O60.1)
            stems = (f"{code[:5]}{d}{code[6:]}" for d in "1234")
            exact = next((c for c in stems if _only_trimester(_title(workup, c), pregnancy.trimester)), "")
        if exact:
            workup.replace(candidate, exact, Step("tabular", "the trimester that the weeks give", rule.citation))
        return
    if "unspecified trimester" in title and not pregnancy.delivered and pregnancy.weeks is None:
        if exact := _puerperal(workup, rule, code):
            workup.replace(candidate, exact, Step("tabular", "in the weeks after the delivery", rule.citation))
        return
    if "trimester" not in title and not pregnancy.delivered:
        return
    parent = workup.icd.parent(code)
    if parent is None or ("unspecified trimester" not in title and not pregnancy.delivered):
        return
    refined = _stage(workup, parent, pregnancy)
    if refined and refined != code and workup.icd.is_billable(refined):
        workup.replace(candidate, refined, Step("tabular", "the trimester that the weeks give", rule.citation))


def _leave_fetus_unnumbered(workup: Workup, rule: Rule) -> None:
    """Give the 7th character of a single fetus where no fetus has a number: "5. FGR" is an item of a list."""
    numbered = [c for c in workup.having("O3", "O4", "O6") if len(c.code) == 8 and c.code[-1] in "12345"]
    if not numbered or _NUMBERED.search(workup.chart.text) is not None:
        return
    for candidate in numbered:
        single = f"{candidate.code[:-1]}0"
        if "fetus" in _title(workup, candidate.code) and workup.icd.is_billable(single):
            workup.replace(candidate, single, Step("tabular", "no fetus is numbered", rule.citation))


def _refine_silent(workup: Workup, pregnancy: Pregnancy) -> None:
    """Give what is only mentioned its trimester too: it may be the detail of what is reported (I.B.2)."""
    if not pregnancy.trimester or pregnancy.delivered:
        return
    for candidate in workup.candidates:
        code = candidate.code
        if code[0] != "O" or len(code) != 7 or not candidate.dropped.startswith("mentioned"):
            continue
        parent = workup.icd.parent(code)
        if parent is not None and "unspecified trimester" in _title(workup, code):
            candidate.code = _stage(workup, parent, pregnancy) or code


def _title(workup: Workup, code: str) -> str:
    return workup.icd.title(code).lower() if code in workup.icd else ""


def _puerperal(workup: Workup, rule: Rule, code: str) -> str:
    """Return the code of a condition for the puerperium, where the chart counts the days since the delivery."""
    parent = workup.icd.parent(code)
    if parent is None or not any(scan(rule.data["puerperal"], workup.chart.text)):
        return ""
    nodes = [*workup.icd.children(parent)]
    if parent[-1].isdigit():  # O99.01 in pregnancy, O99.03 in the puerperium
        nodes.append(f"{parent[:-1]}{(int(parent[-1]) + 2) % 10}")
    return next(
        (n for n in nodes if n in workup.icd and workup.icd.is_billable(n) and "puerperium" in _title(workup, n)), ""
    )


def _only_trimester(title: str, trimester: str) -> bool:
    return trimester in title and not any(other in title for other in _TRIMESTERS if other != trimester)


def _set_aside(workup: Workup, rule: Rule) -> None:
    """Drop what only accompanies a pregnancy in words, such as an immune globulin given before."""
    today = compile_words(rule.data["today"])
    for candidate in workup.having_any(rule.data["only_today"]):
        if not any(today.search(workup.sentence_of(f)) for f in candidate.facts if not f.reason):
            workup.drop(candidate, f"not given at this encounter ({rule.citation_section})")


def _leave_to_the_fetus(workup: Workup, rule: Rule) -> None:
    """Drop malformations that only the fetus is said to have: the mother has O35 (I.C.15.e.2)."""
    fetal, text = compile_words(rule.data["fetal"]), workup.chart.text
    for candidate in workup.having("Q"):
        starts = [f.mention.span.start for f in candidate.facts if not f.reason]
        if starts and all(fetal.search(text, max(0, start - _BEFORE), start) for start in starts):
            workup.drop(candidate, f"said of the fetus ({rule.citation_section})")


def _add_supervision(workup: Workup, rule: Rule, pregnancy: Pregnancy) -> None:
    if workup.having("O", "Z34") or pregnancy.delivered or pregnancy.weeks is None or pregnancy.where is None:
        return
    visit = next(unnegated(rule.data["prenatal_visit"], workup.chart.text), None)
    if visit is not None:
        code = _stage(workup, "Z34.9", pregnancy)
        if code:
            fact = fact_at(workup, Span(*visit.span()), code, f"rule:{rule.id}", 0.9)
            workup.add(code, [fact], 0.9, Step("guideline", "routine prenatal visit", rule.citation))


def _name_parity(workup: Workup, rule: Rule) -> None:
    """Say of supervision whether it is of a first pregnancy or of a later one, where the chart tells."""
    for candidate in workup.having("Z34.9"):
        for row in rule.data["parity"]:
            code = f"{row['stem']}{candidate.code[-1]}"
            if next(unnegated(row["words"], workup.chart.text), None) is not None and workup.icd.is_billable(code):
                workup.replace(candidate, code, Step("tabular", f"first or later pregnancy → {code}", rule.citation))
                break


def _add_weeks(workup: Workup, rule: Rule, pregnancy: Pregnancy) -> None:
    reported = [c for c in workup.having("O", "Z34") if not begins(c.code, rule.data["no_weeks_with"])]
    if pregnancy.weeks is None or pregnancy.where is None or not reported:
        return
    weeks = pregnancy.weeks
    code = "Z3A.01" if weeks < 8 else f"Z3A.{weeks:02d}" if weeks <= 42 else "Z3A.49"
    for other in workup.having("Z3A"):
        if other.code != code:
            workup.drop(other, f"the chart gives {weeks} weeks ({rule.citation_section})")
    fact = fact_at(workup, pregnancy.where, code, f"rule:{rule.id}", 0.9)
    workup.add(code, [fact], workup.threshold, Step("tabular", "weeks of gestation", rule.citation), mandated=True)


def _add_outcome(workup: Workup, rule: Rule, pregnancy: Pregnancy) -> None:
    newborn = workup.chart.age == 0 or workup.having("Z38", "P")  # the outcome stands on the mother's record only
    if pregnancy.delivered is None or newborn or workup.having("Z37"):
        return
    for code, words in rule.data["outcome"].items():
        match = next(unnegated(words, workup.chart.text), None)
        if match is not None:
            fact = fact_at(workup, Span(*match.span()), code, f"rule:{rule.id}", 0.9)
            workup.add(
                code, [fact], workup.threshold, Step("guideline", "outcome of delivery", rule.citation), mandated=True
            )
            return
