"""The visit of one note: its category, the grid or the time, the code, its modifiers and what speaks for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from nosology.coding.em import codes
from nosology.coding.em.category import Category, find_category, find_package, find_patient
from nosology.coding.em.chart import VisitChart
from nosology.coding.em.data import count_data
from nosology.coding.em.grid import find_hinges, meet_two
from nosology.coding.em.minutes import Minutes, minutes_of_month, read_minutes
from nosology.coding.em.problems import count_problems
from nosology.coding.em.risk import count_risk
from nosology.coding.em.scan import compiled, stands
from nosology.coding.em.separate import find_distance, find_procedure, sound_codes_apply, weigh_procedure
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import Alternative, CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence
from nosology.model.trace import Step
from nosology.model.visit import Element, Level, Visit

__all__ = ["find_visit", "suggest_visit"]

_STATED, _ASSUMED = 0.85, 0.7  # how sure the family of codes is: said by the note, or taken as the usual one
_SHOWN = 6
_OF_VISITS = frozenset(
    ["plan", "assessment", "assessment_and_plan", "history_of_present_illness", "chief_complaint", "physical_exam"]
)
_OF_PROCEDURES = frozenset(
    [
        "procedures", "operative_description", "operative_findings", "technique", "preoperative_diagnosis",
        "postoperative_diagnosis", "indication", "anesthesia", "complications", "specimens", "findings", "impression",
        "header", "patient_information", "signature", "disposition", "",
    ]
)  # fmt: skip


@dataclass(slots=True)
class _Desk:
    """What is gathered while a visit is coded."""

    chart: VisitChart
    minutes: Minutes
    medicare: bool
    patient: str
    said: tuple[Evidence, ...]
    suggestions: list[CodeSuggestion]
    findings: list[Finding]


def suggest_visit(desk: ServiceDesk) -> Services:
    """Return the visit of the note with its codes; nothing where the note has no text, or no rule is in force."""
    return find_visit(desk) or Services()


def find_visit(desk: ServiceDesk) -> Services | None:
    """Return codes, findings and the counted visit; None where the date has no rules or the note says nothing."""
    chart = VisitChart(desk)
    if "em_levels" not in chart.rules or not any(line.strip() for line in chart.lines):
        return None
    minutes = read_minutes(chart)
    medicare = compiled(chart.data("em_category")["medicare"]).search(desk.text) is not None
    patient, said = find_patient(chart) if "em_patient" in chart.rules else ("", ())
    work = _Desk(chart, minutes, medicare, patient, said, [], list(minutes.findings))
    category = find_category(chart)
    package = find_package(chart) if category.name == "office" else None
    unrelated = package is not None and stands(chart.data("em_package")["unrelated"], desk.text)
    if package is not None and not (unrelated and package[0] == "postoperative"):
        return _in_package(work, *package)
    if category.name == "office" and _reports_operation(chart):
        return None
    if category.name == "emergency" and _procedure_alone(chart):
        return None
    visit = _critical(work) or _without_level(work, category) or _by_level(work, category)
    if visit is None:
        return Services(findings=tuple(work.findings))
    return Services(tuple(work.suggestions), (), tuple(work.findings), visit)


def _procedure_alone(chart: VisitChart) -> bool:
    """True if the note is titled as that of a procedure and has no part of a visit."""
    kinds = {section.kind for section in chart.note.sections}
    words = chart.data("em_category")["procedure_note"]
    return kinds <= _OF_PROCEDURES and next(chart.find(words, tuple(range(min(2, len(chart.lines))))), None) is not None


def _reports_operation(chart: VisitChart) -> bool:
    """True if the note calls itself the report of an operation, an examination or a treatment, or has its form: it
    records no visit.
    """
    kinds = {section.kind for section in chart.note.sections}
    if "impression" in kinds and kinds & {"technique", "findings"} and not kinds & _OF_VISITS:
        return True
    if "procedures" in kinds and kinds <= _OF_PROCEDURES:
        return True
    first = tuple(range(min(3, len(chart.lines))))
    return next(chart.find(chart.data("em_category")["operation"], first), None) is not None


def _in_package(work: _Desk, name: str, evidence: Evidence) -> Services:
    """Return what stands for a visit that is part of a package: a finding, and a code after an operation."""
    rule = work.chart.rule("em_package")
    _report(work, "em_package", {"what": rule.data["what"][name]}, (evidence,))
    if name != "postoperative":
        return Services(findings=tuple(work.findings))
    code = str(rule.data["code"])
    _suggest(work, code, rule.data["label"], (evidence,), (Step("category", name, rule.citation),))
    visit = Visit(name, work.patient, "category", code, None, _elements(work), "", "", work.minutes.total)
    return Services(tuple(work.suggestions), (), tuple(work.findings), visit)


def _critical(work: _Desk) -> Visit | None:
    """Critical care with its minutes; fewer than 30 are a finding and part of another visit."""
    minutes = work.minutes.critical
    if minutes is None:
        return None
    found = codes.critical_care(work.chart.data("em_prolonged"), minutes, medicare=work.medicare)
    if not found:
        _report(work, "em_critical", {"minutes": minutes}, work.minutes.evidence)
        return None
    step = Step("time", f"{minutes} minutes of critical care", work.chart.rule("em_critical").citation)
    for code, units in found:
        title = (
            "critical care, first 30 to 74 minutes" if code == found[0][0] else "critical care, each further 30 minutes"
        )
        _suggest(work, code, title, work.minutes.evidence, (step,), units=units, score=_STATED)
    return Visit("critical care", "", "time", found[0][0], Level.HIGH, (), "", found[0][0], minutes)


def _without_level(work: _Desk, category: Category) -> Visit | None:
    """Categories whose code goes by minutes, days or months instead of a level."""
    chart, name = work.chart, category.name
    levels = chart.data("em_levels")
    cited = chart.rule("em_levels").citation
    said = category.evidence or work.minutes.evidence
    total = work.minutes.total
    if name in levels["by_minutes"]:
        code, label = codes.minutes_only(levels, name, total)
        if not code:
            return None
        result = f"{total} minutes" if total is not None else "no minutes stated: the shorter of two"
        step = Step("time", result, cited)
        _suggest(work, code, label, (*said, *work.minutes.evidence), (step,), score=_STATED)
        return Visit(name.replace("_", " "), work.patient, "time", code, None, (), "", code, total)
    if name == "transitional":
        return _transitional(work, said)
    if name == "care_management":
        month, spent = (total, work.minutes.evidence) if total is not None else minutes_of_month(chart)
        if month is None:
            return None
        words = chart.data("em_category")
        kind = "chronic_physician" if compiled(words["physician"]).search(chart.text) else "chronic_staff"
        kind = "chronic_complex" if compiled(words["complex"]).search(chart.text) else kind
        for code, units in codes.care_management(levels, kind, month):
            step = Step("time", f"{month} minutes in the month", cited)
            _suggest(
                work,
                code,
                levels["care_management"][kind]["label"] + (", further time" if work.suggestions else ""),
                (*said, *spent),
                (step,),
                units=units,
            )
        if work.suggestions:
            return Visit("care management", "", "time", work.suggestions[0].code, None, (), "", "", month)
    return None


def _transitional(work: _Desk, said: tuple[Evidence, ...]) -> Visit | None:
    """Transitional care: high complexity within 7 days, at least moderate within 14."""
    chart = work.chart
    elements = _elements(work)
    level = meet_two([element.level for element in elements])
    words = chart.data("em_category")
    stated = [name for name in ("high", "moderate") if compiled(words["complexity"][name]).search(chart.text)]
    level = Level(stated[0]) if stated else level
    days = 14
    for found in compiled(words["within"]).finditer(chart.text):
        value = found["days"] or found["ago"] or "14"
        days = min(days, {"seven": 7, "fourteen": 14}.get(value.lower()) or int(value))
    if level.number < Level.MODERATE.number or not compiled(words["contact"]).search(chart.text):
        return None
    levels = chart.data("em_levels")["transitional"]
    code = str(levels["within_7"] if level is Level.HIGH and days <= 7 else levels["within_14"])
    label = f"transitional care after a discharge, {level} complexity, seen within {7 if code == '99496' else 14} days"
    steps = (Step("decision making", str(level), chart.rule("em_levels").citation),)
    _suggest(work, code, label, said, steps)
    return Visit(
        "transitional care", work.patient, "decision making", code, level, elements, code, "", work.minutes.total
    )


def _elements(work: _Desk) -> tuple[Element, Element, Element]:
    chart = work.chart
    return count_problems(chart), count_data(chart, new=work.patient == "new"), count_risk(chart)


def _by_level(work: _Desk, category: Category) -> Visit | None:
    """Categories with a ladder of levels: two of three rows, or the time, whichever the note supports higher."""
    chart = work.chart
    levels = chart.data("em_levels")
    elements = _elements(work)
    problems, _data, risk = elements
    distance = find_distance(chart) if category.name == "office" else None
    family, other = _family(work, category.name if category.name in _LADDERS else "office")
    level = meet_two([element.level for element in elements])
    by_decision = codes.code_by_level(levels, family, level)
    minutes = work.minutes.total
    by_time = codes.code_by_minutes(levels, family, minutes, chart.desk.on) if minutes is not None else ""
    time_level = codes.level_of(levels, by_time)
    decided = codes.level_of(levels, by_decision) or level
    basis, code = "decision making", by_decision
    if time_level is not None and time_level.number > decided.number:
        basis, code, decided = "time", by_time, time_level
    preventive = _preventive(work, family, problems, risk) if category.name == "office" else False
    if preventive and not problems.counted:
        return Visit(
            "preventive", work.patient, "category", work.suggestions[0].code, None, elements, "", by_time, minutes
        )
    if not problems.counted and not any(each.kind != "low" for element in elements for each in element.counted):
        return None
    modifier, finding = weigh_procedure(chart, find_procedure(chart), problems, risk)
    modifiers = [modifier] if modifier else ["25"] if preventive else []
    if finding is not None:
        work.findings.append(finding)
    alternatives = (
        [
            Alternative(
                codes.code_by_level(levels, other, decided), "if the patient is new to this practice and specialty"
            )
        ]
        if other
        else []
    )
    if distance is not None:
        modifiers.append(distance.modifier)
        alternatives += _tell_distance(
            work, distance.how, distance.place, distance.modifier, distance.evidence, family, decided
        )
    title = f"{levels['families'][family]['label']}, {decided} level"
    steps = _steps(chart, elements, level, basis, minutes, code)
    evidence = _evidence(work, category, elements, basis)
    sure = _ASSUMED if other else _STATED
    first = _suggest(
        work, code, title, evidence, steps, modifiers=tuple(modifiers), alternatives=tuple(alternatives), score=sure
    )
    if preventive:
        work.suggestions.reverse()
    _add_prolonged(work, code, minutes if basis == "time" else None)
    if family.startswith("office") and "25" not in modifiers:
        _add_longitudinal(work)
    if other:
        _report(work, "em_patient", {"code": code, "other": alternatives[0].code}, (), fix="fix")
    if category.name in levels["instead_of_consult"]:
        _tell_consultation(work, levels["instead_of_consult"][category.name], decided, first)
    return Visit(
        family.replace("_", " "),
        work.patient,
        basis,
        code,
        decided,
        elements,
        by_decision,
        by_time,
        minutes,
        find_hinges(elements) if basis == "decision making" else (),
    )


_LADDERS = frozenset(
    {
        "emergency",
        "hospital_initial",
        "hospital_subsequent",
        "hospital_same_day",
        "consult_office",
        "consult_hospital",
        "nursing_initial",
        "nursing_subsequent",
        "home",
    }
)


def _family(work: _Desk, name: str) -> tuple[str, str]:
    """Return the family of codes, and the one of new patients where the note does not say which they are."""
    if name not in ("office", "home"):
        return name, ""
    if work.patient == "new":
        return f"{name}_new", ""
    return f"{name}_established", "" if work.patient else f"{name}_new"


def _preventive(work: _Desk, family: str, problems: Element, risk: Element) -> bool:
    """Add the preventive visit or the wellness visit that the note records; True if there is one."""
    chart = work.chart
    words, levels = chart.data("em_category"), chart.data("em_levels")
    numbers = tuple(sorted({*chart.told, *range(min(6, len(chart.lines)))}))
    cited = chart.rule("em_category").citation
    for name, code in (("welcome", "welcome"), ("wellness", "later")):
        for number, match in chart.find(words[name], numbers):
            if chart.denied(number, match.start(), match.end()):
                continue
            if name == "wellness" and compiled(words["wellness_first"]).search(chart.text):
                code = "first"
            step = Step("category", "wellness visit of Medicare", cited)
            _suggest(
                work,
                levels["wellness"][code],
                "Medicare wellness visit",
                (chart.evidence(number),),
                (step,),
                system="hcpcs",
            )
            return True
    coded = [s for s in chart.desk.diagnoses if s.code.startswith(tuple(words["preventive_codes"]))]
    stated = next(
        (n for n, m in chart.find(words["preventive"], numbers) if not chart.denied(n, m.start(), m.end())), None
    )
    if not coded and stated is None:
        return False
    if chart.desk.age is None or (not coded and problems.counted):
        return False
    code = codes.preventive_code(levels, chart.desk.age, new=work.patient == "new")
    evidence = coded[0].evidence if coded else (chart.evidence(stated or 0),)
    who = "new" if work.patient == "new" else "established"
    title = f"preventive visit, {who} patient, by age"
    _suggest(work, code, title, evidence, (Step("category", f"preventive visit at {chart.desk.age} years", cited),))
    return True


def _steps(
    chart: VisitChart, elements: Iterable[Element], level: Level, basis: str, minutes: int | None, code: str
) -> tuple[Step, ...]:
    steps = [
        Step(element.name, f"{element.level}: {element.why}", chart.rule(f"em_{element.name}").citation)
        for element in elements
    ]
    steps.append(Step("two of three", str(level), chart.rule("em_problems").citation))
    if minutes is not None:
        steps.append(Step("time", f"{minutes} minutes", chart.rule("em_time").citation))
    steps.append(Step("level", f"{code} by {basis}", chart.rule("em_levels").citation))
    return tuple(steps)


def _evidence(work: _Desk, category: Category, elements: Iterable[Element], basis: str) -> tuple[Evidence, ...]:
    """Return the quotes that carry the level: what says the category and the patient, then the best of each row."""
    found: list[Evidence] = [*work.minutes.evidence] if basis == "time" else []
    for element in elements:
        best = [each for each in element.counted if each.level is element.level] or list(element.counted)
        found += [each.evidence[0] for each in best[:2] if each.evidence]
    found += [*work.said, *category.evidence]
    if not found:
        found = [work.chart.evidence(0)]
    return tuple(dict.fromkeys(found))[:_SHOWN]


def _add_prolonged(work: _Desk, code: str, minutes: int | None) -> None:
    if minutes is None:
        return
    rule = work.chart.rule("em_prolonged")
    found, units = codes.prolonged(rule.data, code, minutes, medicare=work.medicare)
    if found:
        step = Step("time", f"{minutes} minutes beside {code}", rule.citation)
        system = "cpt" if found.isdigit() else "hcpcs"
        _suggest(
            work,
            found,
            "time beyond the highest level, each 15 minutes",
            work.minutes.evidence,
            (step,),
            units=units,
            system=system,
        )


def _add_longitudinal(work: _Desk) -> None:
    """Add the code of care over time for Medicare, where the note states both."""
    if "em_longitudinal" not in work.chart.rules:
        return
    words = work.chart.data("em_longitudinal")["words"]
    stated = next((n for n, _m in work.chart.find(words, tuple(range(len(work.chart.lines))))), None)
    if work.medicare and stated is not None:
        step = Step(
            "category",
            "care of one serious or complex condition over time",
            work.chart.rule("em_longitudinal").citation,
        )
        title = "care over time beside an office visit, Medicare"
        _suggest(work, "G2211", title, (work.chart.evidence(stated),), (step,), system="hcpcs")


def _tell_distance(
    work: _Desk, how: str, place: str, modifier: str, evidence: Evidence, family: str, level: Level
) -> list[Alternative]:
    chart = work.chart
    data = chart.data("em_telehealth")
    if not sound_codes_apply(chart.desk.on, chart) or not family.startswith("office"):
        payers = data["payers_old"].format(modifier=modifier)
        other = []
    else:
        code = codes.code_by_level(chart.data("em_levels"), family.replace("office", how), level)
        payers = data["payers_new"].format(modifier=modifier, other=code)
        other = [Alternative(code, "for payers that take the codes of visits at a distance")]
    _report(work, "em_telehealth", {"how": how, "place": place, "payers": payers}, (evidence,))
    return other


def _tell_consultation(work: _Desk, instead: str, level: Level, first: CodeSuggestion) -> None:
    levels = work.chart.data("em_levels")
    family = instead
    if instead == "office":
        family = "office_established" if work.patient == "established" else "office_new"
    other = codes.code_by_level(levels, family, level)
    place = work.suggestions.index(first)
    added = (*first.alternatives, Alternative(other, "for payers that follow Medicare"))
    work.suggestions[place] = replace(first, alternatives=added)
    _report(work, "em_consultation", {"code": first.code, "other": other}, first.evidence[:1], fix="fix")


def _report(work: _Desk, check: str, values: dict[str, object], evidence: tuple[Evidence, ...], fix: str = "") -> None:
    rule = work.chart.rule(check)
    mend = rule.data.get(fix or "fix", "")
    message = rule.message.format(**values)
    work.findings.append(Finding(rule.id, Severity(rule.severity), message, "visit", evidence, rule.citation, mend))


def _suggest(
    work: _Desk,
    code: str,
    title: str,
    evidence: tuple[Evidence, ...],
    steps: tuple[Step, ...],
    *,
    modifiers: tuple[str, ...] = (),
    alternatives: tuple[Alternative, ...] = (),
    units: int = 1,
    score: float = _STATED,
    system: str = "cpt",
) -> CodeSuggestion:
    quotes = tuple(dict.fromkeys(evidence)) or (work.chart.evidence(0),)
    made = CodeSuggestion(
        system=system,
        code=code,
        title=title,
        role=CodeRole.PROCEDURE,
        rank=0,
        score=score,
        evidence=quotes,
        steps=steps,
        alternatives=alternatives,
        modifiers=modifiers,
        units=units,
    )
    work.suggestions.append(made)
    return made
