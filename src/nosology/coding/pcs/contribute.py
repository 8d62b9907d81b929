"""ICD-10-PCS codes of an inpatient chart: from its procedure statements to suggestions with evidence and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nosology.codes.pcs_index import open_pcs_index
from nosology.codes.pcs_tables import PcsTables, open_pcs_tables
from nosology.coding.pcs.acts import load_acts
from nosology.coding.pcs.catalogue import load_catalogue
from nosology.coding.pcs.gather import Coded, Open, gather_codes
from nosology.coding.pcs.index_titles import read_index_titles
from nosology.coding.pcs.new_devices import device_catalogue
from nosology.coding.pcs.new_drugs import drug_catalogue
from nosology.coding.pcs.settle import Axis
from nosology.coding.pcs.statements import ChartReader, Statement, find_statements
from nosology.coding.pcs.told import read_told
from nosology.model.coding import CodeRole, CodeSuggestion, Query
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Role, Span
from nosology.model.trace import Step

if TYPE_CHECKING:  # the desk's package lists this contributor
    from nosology.coding.procedures.desk import ServiceDesk, Services

__all__ = ["code_procedures"]

_CITATION = "ICD-10-PCS Official Guidelines for Coding and Reporting"
_MOST_OPTIONS = 24
_MOST_QUOTES = 6
_BY_AXIS = {2: "B2", 3: "B3", 4: "B4", 5: "B5", 6: "B6"}
_CLOSING = ("other (please specify)", "unable to determine")


def code_procedures(desk: ServiceDesk) -> Services:
    """Return the ICD-10-PCS codes of the procedures that the chart says were done, with what it leaves open.

    Where the tables are not installed nothing is coded, and a finding names the command that installs them.
    """
    from nosology.coding.procedures.desk import Services

    statements = find_statements(desk, load_catalogue())
    reader = ChartReader(desk)
    tables = open_pcs_tables(on=desk.on, home=desk.home)
    if tables is None:
        return Services(findings=(_missing(),)) if statements else Services()
    statements += reader.read(drug_catalogue(tables)) + reader.read(device_catalogue(tables))
    if not statements and not reader.describes and not reader.heads:
        return Services()
    index = open_pcs_index(on=desk.on, home=desk.home) if "procedures" in {s.kind for s in desk.note.sections} else None
    if index is not None:
        statements += read_index_titles(reader, statements, index, tables, load_catalogue())
    described = read_told(reader, load_acts(), tables) if reader.describes else ()
    codes, left = gather_codes(statements, load_catalogue(), tables, described)
    codes = [each for each in codes if _may_be_of(desk, each.code)]
    return Services(
        suggestions=tuple(_suggestion(each, desk, tables) for each in codes),
        queries=tuple(_query(each, desk, tables) for each in left),
        findings=_outdated(desk, tables) if codes else (),
    )


def _may_be_of(desk: ServiceDesk, code: str) -> bool:
    """Whether a patient of that sex and age can have the procedure; a newborn's chart tells of its mother's."""
    if code[0] == "1":
        return desk.sex != "M" and (desk.age is None or desk.age >= 8)
    if code[0] == "0" and code[1] in "UV":
        return desk.sex != ("M" if code[1] == "U" else "F")
    return True


def _missing() -> Finding:
    return Finding(
        rule="release.pcs-tables",
        severity=Severity.INFORMATION,
        message="the chart names procedures; without the tables of ICD-10-PCS they are not coded",
        where="ICD-10-PCS",
        fix="nosology codesets install icd10pcs-tables",
    )


def _outdated(desk: ServiceDesk, tables: PcsTables) -> tuple[Finding, ...]:
    if not tables.release.outdated(desk.on):
        return ()
    return (
        Finding(
            rule="release.outdated",
            severity=Severity.WARNING,
            message=f"the ICD-10-PCS tables {tables.release.name} were in force until {tables.release.effective_to}",
            where="ICD-10-PCS",
            fix="nosology codesets install icd10pcs-tables",
        ),
    )


def _suggestion(coded: Coded, desk: ServiceDesk, tables: PcsTables) -> CodeSuggestion:
    axes = coded.settled.axes
    evidence = [_evidence(desk, coded.statement.span, coded.statement.section, Role.SUPPORTS)]
    for other in coded.others[:2]:
        evidence.append(_evidence(desk, other.span, other.section, Role.SUPPORTS))
    for axis in axes:
        if axis.found is not None:
            evidence.append(_evidence(desk, axis.found.span, "", Role.SPECIFIES))
    distinct = {(piece.span, piece.role): piece for piece in evidence}
    spans = {piece.span for piece in distinct.values() if piece.role is Role.SUPPORTS}
    kept = [p for p in distinct.values() if p.role is Role.SUPPORTS or p.span not in spans]
    return CodeSuggestion(
        system="icd10pcs",
        code=coded.code,
        title=_title(axes),
        role=CodeRole.PROCEDURE,
        rank=0,
        score=_score(coded),
        evidence=tuple(kept[:_MOST_QUOTES]),
        steps=tuple(_step(coded, number, axis, desk) for number, axis in enumerate(axes, 1) if number > 2),
        release=tables.release.name,
    )


def _title(axes: tuple[Axis, ...]) -> str:
    """The values of the axes in one line, as the tables name them."""
    values = [axis.value for axis in axes]
    shown = [v.label for v in values[2:] if not v.label.startswith("No ")]
    return f"{values[1].label}: " + ", ".join(shown)


def _step(coded: Coded, number: int, axis: Axis, desk: ServiceDesk) -> Step:
    cites = axis.cites or (coded.statement.procedure.cites if number == 3 else "") or _BY_AXIS.get(number, "A8")
    return Step(
        name=axis.value.axis.lower(),
        result=f"{axis.value.code} {axis.value.label}",
        source=f"ICD-10-PCS table {coded.code[:3]}; Guideline {cites}",
        inputs=(desk.text[axis.found.span.start : axis.found.span.end],) if axis.found is not None else (axis.why,),
    )


def _score(coded: Coded) -> float:
    """How sure the code is: what a list of procedures names before what a text tells; words before usual ways."""
    score = 0.9 if coded.statement.zone == "title" else 0.8
    usual = sum(1 for axis in coded.settled.axes[3:] if axis.found is None and axis.why.startswith("the usual"))
    return round(score - 0.05 * min(usual, 3), 2)


def _evidence(desk: ServiceDesk, span: Span, section: str, role: Role) -> Evidence:
    if not section:
        section = next((s.kind for s in desk.note.sections if s.span.start <= span.start < s.span.end), "")
    return Evidence(span, desk.text[span.start : span.end], section, role)


def _query(left: Open, desk: ServiceDesk, tables: PcsTables) -> Query:
    statement: Statement = left.statement
    operation = left.settled.axes[2].value.label if len(left.settled.axes) > 2 else "procedure"
    labels = left.settled.options or tuple(value.label for value in tables.next_values(left.settled.code))
    options = tuple(dict.fromkeys(labels))[:_MOST_OPTIONS]
    return Query(
        rule=f"PCS-{left.settled.asks.lower().replace(' ', '-')}",
        question=f"Please document the {left.settled.asks.lower()} of this procedure ({operation.lower()}).",
        options=(*options, *_CLOSING),
        evidence=(_evidence(desk, statement.span, statement.section, Role.SUPPORTS),),
    )
