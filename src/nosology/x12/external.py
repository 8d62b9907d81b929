"""SNIP 5: codes of external lists, judged on the day of the service.

Which element holds a code of which list stands in the guide tables (``ext``). A list that is not at hand is named once
per transaction set as information, never passed over in silence.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from nosology.codes.poa_exempt import open_poa_exempt
from nosology.model.finding import Severity
from nosology.x12.checks import Report, check
from nosology.x12.claim_facts import CLAIMS, part
from nosology.x12.code_lists import Verdict, judge, listed
from nosology.x12.guide import SegmentUse
from nosology.x12.loops import Loop, Placed
from nosology.x12.values import parse_day

__all__ = ["check_codes", "check_present_on_admission"]

_STATUS = {
    "icd10cm": "255", "icd10pcs": "465", "hcpcs_cpt": "454", "cdt": "454", "revenue": "455", "taxonomy": "145",
    "pos": "249", "ndc": "218", "npi": "562", "state": "501", "zip": "500", "type_of_bill": "228",
    "admission_type": "231", "admission_source": "229", "patient_status": "234", "condition_code": "460",
    "occurrence_code": "461", "occurrence_span": "462", "value_code": "463", "tooth": "244", "carc": "521",
}  # fmt: skip


class _Listed(NamedTuple):
    """A place in a segment that holds a code of a list; ``kind_at`` and ``kind_part`` where its qualifier stands."""

    element: int
    component: int
    name: str
    kind_at: int
    kind_part: int


@cache
def _places(use: SegmentUse) -> tuple[_Listed, ...]:
    found = []
    for at, element in enumerate(use.elements, 1):
        if element.external and listed(element.external):
            kind = {"NM1": 8, "N4": 4, "HCP": 9, "LIN": 2}.get(use.id, 0)
            found.append(_Listed(at, 0, element.external, kind, 0))
        for inner, piece in enumerate(element.components, 1):
            if piece.external and listed(piece.external):
                kind_part = 2 if use.id == "CLM" else 1
                found.append(_Listed(at, inner, piece.external, at, kind_part if inner != kind_part else 0))
    return tuple(found)


def _segments(loop: Loop, day: date | None) -> Iterator[tuple[Placed, date | None]]:
    """The segments of a loop and of those within it, each with the day of its service."""
    if loop.spec.id in ("2400", "2110"):
        dates = next(loop.all("DTP", "472"), None) or next(loop.all("DTM", "472", "150"), None)
        text = dates.get(3 if dates.elements[0] == "DTP" else 2) if dates is not None else ""
        day = parse_day(text[:8]) or day
    for placed in loop.segments:
        yield placed, day
    for child in loop.children:
        yield from _segments(child, day)


def _day_of(loop: Loop) -> date | None:
    """The day by which the codes of a claim are judged: the last of the statement, else the first of its services."""
    statement = next(loop.all("DTP", "434"), None)
    if statement is not None:
        return parse_day(statement.get(3)[-8:])
    days = [
        day
        for line in loop.children
        for dates in line.all("DTP", "472")
        if line.spec.id == "2400" and (day := parse_day(dates.get(3)[:8]))
    ]
    if not days:
        days = [day for dates in loop.all("DTP", "472") if (day := parse_day(dates.get(3)[:8]))]
    return min(days, default=None)


def check_codes(loop: Loop, report: Report) -> None:
    """Every code of a listed place in a loop and in those within it."""
    separator = report.delimiters.component
    known: dict[tuple[str, str, str, date | None], Verdict | None] = report.memory.setdefault("codes", {})
    told: set[str] = report.memory.setdefault("codes.told", set())
    day = (_day_of(loop) if loop.spec.id == "2300" else None) or report.on
    for placed, when in _segments(loop, day):
        for at in _places(placed.use):
            text = placed.get(at.element)
            code = part(text, at.component, separator)
            if not code:
                continue
            kind = _kind(placed, at, separator)
            key = (at.name, code, kind, when)
            if key not in known:
                known[key] = judge(at.name, code, kind, when)
            verdict = known[key]
            if verdict is not None and not (verdict.unknown and verdict.message in told):
                if verdict.unknown:
                    told.add(verdict.message)
                _tell(report, placed, at, code, verdict)


def _kind(placed: Placed, at: _Listed, separator: str) -> str:
    """The qualifier that stands with a code, "" where none does."""
    if not at.kind_at or (at.component and not at.kind_part):
        return ""
    return part(placed.get(at.kind_at), at.kind_part, separator)


def _tell(report: Report, placed: Placed, at: _Listed, code: str, verdict: Verdict) -> None:
    status = None if verdict.unknown else _STATUS.get(at.name)
    who = placed.get(1) if placed.elements[0] == "NM1" else ""
    report.error(
        verdict.message,
        placed,
        element=at.element,
        component=at.component,
        rule="x12.list_not_at_hand" if verdict.unknown else f"x12.code_{at.name}",
        severity=verdict.severity,
        element_error=verdict.error,
        value="" if verdict.unknown else code,
        status=("A7", status, who) if status else None,
        fix="install the list (nosology codesets install)" if verdict.unknown else "",
    )


for _loop in ("2300", "2000A", "2000B", "2000C"):
    check("x12.code", snip=5, kinds=CLAIMS, loop=_loop)(check_codes)
for _loop in ("2100", "2000"):
    check("x12.code", snip=5, kinds=("835",), loop=_loop)(check_codes)


@check("837i.present-on-admission", snip=5, kinds=("837I",), loop="2300")
def check_present_on_admission(loop: Loop, report: Report) -> None:
    """Every diagnosis of an inpatient claim says whether it was present on admission, unless its code is exempt."""
    separator = report.delimiters.component
    if part(loop.head.get(5), 1, separator) != "11":
        return
    missing = []
    for placed in loop.all("HI"):
        for at in range(1, len(placed.elements)):
            text = placed.elements[at]
            if part(text, 1, separator) in ("ABK", "ABF") and not part(text, 9, separator):
                missing.append((placed, at, part(text, 2, separator)))
    if not missing:
        return
    day = _day_of(loop) or report.on
    exempt = open_poa_exempt(on=day)
    if exempt is None:
        report.error(
            "the list of codes exempt from present on admission is not at hand",
            loop.head,
            rule="x12.list_not_at_hand",
            severity=Severity.INFORMATION,
            fix="install the list (nosology codesets install)",
        )
        return
    for placed, at, code in missing:
        if code not in exempt:
            report.warn(
                "the diagnosis does not say whether it was present on admission",
                placed,
                element=at,
                component=9,
                element_error="I9",
                status=("A6", "21", ""),
                citation="005010X223A2, 2300 HI C022-9",
                fix="add Y, N, U or W",
            )
