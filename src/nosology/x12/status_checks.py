"""SNIP 3 and 4 of acknowledgements, status and eligibility: totals that add up, and what has to stand together.

Authority: ASC X12N 005010X214 (loops 2200B, 2200C), 005010X212 (2200D), 005010X279A1 (2110C, 2120C), in our own words.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from nosology.x12.checks import Report, check
from nosology.x12.loops import Loop, Placed
from nosology.x12.values import parse_decimal

__all__ = [
    "check_asked",
    "check_claim_verdict",
    "check_file_totals",
    "check_parties",
    "check_provider_totals",
    "check_status_date",
    "check_told",
    "keep_file_totals",
    "keep_provider_totals",
]

_CA, _ELIGIBILITY = ("277CA",), "005010X279A1"
_TAKEN = ("A0", "A1", "A2", "A5")


def _counts(report: Report, level: str) -> dict[str, Any]:
    found: dict[str, Any] = report.memory.setdefault(f"277ca.{level}", {"accepted": [], "rejected": []})
    return found


@check("277ca.verdict", snip=3, kinds=_CA, loop="2200D")
def check_claim_verdict(claim: Loop, report: Report) -> None:
    """All statuses of a claim say the same: accepted or rejected; action and category agree."""
    verdicts = set()
    charge = Decimal(0)
    for status in claim.all("STC"):
        category = status.get(1).split(report.delimiters.component)[0]
        verdicts.add(status.get(3))
        charge = charge or parse_decimal(status.get(4)) or Decimal(0)
        if category and status.get(3) and (category in _TAKEN) != (status.get(3) == "WQ"):
            report.error(
                "the action of the status does not fit its category",
                status,
                element=3,
                element_error="I12",
                citation="005010X214, 2200D STC01-1 and STC03",
                fix="WQ goes with A0, A1, A2 and A5, U with the others",
            )
    verdict = "accepted" if verdicts == {"WQ"} else "rejected"
    for level in ("provider", "file"):
        _counts(report, level)[verdict].append(charge)


@check("277ca.totals", snip=3, kinds=_CA, loop="2200B")
def keep_file_totals(loop: Loop, report: Report) -> None:
    """Keep what is stated of the file; the claims follow."""
    report.memory["277ca.file stated"] = list(loop.all("QTY")) + list(loop.all("AMT"))
    report.memory.pop("277ca.file", None)


@check("277ca.totals", snip=3, kinds=_CA, loop="2200C")
def keep_provider_totals(loop: Loop, report: Report) -> None:
    """Keep what is stated of a provider; its claims follow."""
    report.memory["277ca.provider stated"] = list(loop.all("QTY")) + list(loop.all("AMT"))
    report.memory.pop("277ca.provider", None)


def _compare(report: Report, level: str, accepted: str, rejected: str) -> None:
    listed = report.memory.pop(f"277ca.{level}", None)
    stated: list[Placed] = report.memory.pop(f"277ca.{level} stated", [])
    if listed is None:
        return  # no claim is listed: the totals stand alone
    for total in stated:
        qualifier = total.get(1)
        verdict = "accepted" if qualifier in (accepted, "YU") else "rejected"
        charges = listed[verdict]
        real = Decimal(len(charges)) if total.use.id == "QTY" else sum(charges, Decimal(0))
        known = qualifier in (accepted, rejected, "YU", "YY")
        if known and parse_decimal(total.get(2)) not in (None, real):
            report.error(
                f"the total of {verdict} claims is not what the claims add up to",
                total,
                element=2,
                element_error="I12",
                value=total.get(2),
                citation="005010X214, 2200B and 2200C QTY and AMT",
                fix="count the claims that are listed, and add their charges",
            )


@check("277ca.totals", snip=3, kinds=_CA, loop="2000C")
def check_provider_totals(loop: Loop, report: Report) -> None:
    """The totals of a provider are those of its claims."""
    _compare(report, "provider", "QA", "QC")


@check("277ca.totals", snip=3, kinds=_CA, loop="2000B")
def check_file_totals(loop: Loop, report: Report) -> None:
    """The totals of the file are those of its claims."""
    _compare(report, "file", "90", "AA")


@check("276.date", snip=4, kinds=("276",), loop="2200D")
@check("276.date", snip=4, kinds=("276",), loop="2200E")
def check_status_date(claim: Loop, report: Report) -> None:
    """A question for the status of a claim tells when the service was: of the claim, or of its lines."""
    if claim.find("DTP", "472") is None and not any(line.find("DTP", "472") for line in claim.loops("2210D", "2210E")):
        report.error(
            "neither the claim nor a line has a date of service",
            claim.head,
            citation="005010X212, 2200D and 2210D DTP (472)",
            fix="add the date of service of the claim, or the lines with theirs",
        )


@check("270.question", snip=4, kinds=("270",), loop="2100C")
@check("270.question", snip=4, kinds=("270",), loop="2100D")
def check_asked(person: Loop, report: Report) -> None:
    """The patient has a question, and it says for which day; the payer takes the day of asking otherwise."""
    questions = list(person.loops("2110C", "2110D"))
    level = person.parent
    above = level is not None and level.segments and level.head.get(4) == "1" and not questions
    if above:
        return  # the subscriber above a dependant
    if not questions:
        report.error(
            "nothing is asked about the patient",
            person.head,
            citation=f"{_ELIGIBILITY}, 2110C EQ",
            fix="add EQ with service type 30 for the plan as a whole",
        )
    elif person.find("DTP", "291") is None and not all(question.find("DTP", "291") for question in questions):
        report.warn(
            "the question has no date of service: the payer answers for the day of asking",
            person.head,
            rule="270.date",
            citation=f"{_ELIGIBILITY}, 2100C DTP (291)",
            fix="add the date of service",
        )


@check("271.answer", snip=4, kinds=("271",), loop="2100C")
@check("271.answer", snip=4, kinds=("271",), loop="2100D")
def check_told(person: Loop, report: Report) -> None:
    """About the patient something is told, or it is told why not."""
    level = person.parent
    above = level is not None and level.segments and level.head.get(4) == "1"
    if not above and person.find("AAA") is None and not list(person.loops("2110C", "2110D")):
        report.warn(
            "nothing is told about the patient, and no reason is given",
            person.head,
            citation=f"{_ELIGIBILITY}, 2100C AAA and 2110C EB",
            fix="ask again, or call the payer",
        )


@check("271.parties", snip=4, kinds=("271",), loop="2110C")
@check("271.parties", snip=4, kinds=("271",), loop="2110D")
def check_parties(benefit: Loop, report: Report) -> None:
    """The parties of a benefit stand between LS and LE."""
    named = any(True for _ in benefit.loops("2120C", "2120D"))
    begin, end = benefit.find("LS"), benefit.find("LE")
    if named != (begin is not None) or named != (end is not None):
        report.error(
            "the parties of a benefit stand between LS and LE, and only they do",
            begin or end or benefit.head,
            citation=f"{_ELIGIBILITY}, 2110C LS and LE",
            fix="write LS*2120 before the first party and LE*2120 after the last",
        )
