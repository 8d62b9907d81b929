"""What the claim of an encounter needs, for those who bill: codes, charges, edits, DRG and price, where the claim is.

No document, no quote of one, no query and no note is read for it (minimum necessary, 45 CFR 164.514(d)). Each reading
is an event of the audit log, with how much was shown.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from nosology.actions.assessment import Assessment, build_encounter
from nosology.actions.finalize import case_of
from nosology.actions.reading import open_chart
from nosology.coding.worksheet import DIAGNOSES, REJECTED
from nosology.errors import NosologyError, NotFound, NotPermitted
from nosology.model.access import Permission
from nosology.store.queries.chart import ChartView, read_chart
from nosology.store.queries.reach import Reach
from nosology.web.access import page
from nosology.web.workbench.assessment import assess_chart
from nosology.web.workbench.code_search import title_of

__all__ = ["claim_part"]


@page(Permission.CHART_CLAIM_PART)
@never_cache
def claim_part(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """The page."""
    access, now = request.access, timezone.now()
    try:
        open_chart(access, encounter=str(encounter), now=now, at_least=Reach.CLAIM, how="claim")
        chart = read_chart(access, str(encounter), now=now)
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from None
    found = assess_chart(chart)
    standing = [each for each in chart.codes if each["state"] != REJECTED]
    diagnoses = [_code(each, chart) for each in standing if each["system"] == DIAGNOSES]
    lines, total = _charges(request, chart, found)
    stopping = [each for each in found.findings if each["severity"] == "error" and each["override"] is None]
    context = {
        "chart": chart,
        "final": chart.state == "final",
        "diagnoses": diagnoses,
        "procedures": [_code(each, chart) for each in standing if each["system"] == "icd10pcs"],
        "lines": lines,
        "total": total,
        "findings": [each for each in found.findings if each["severity"] != "information"],
        "drg": found.drg,
        "payment": found.payment,
        "bill": found.bill,
        "status": _status(chart, found, len(stopping)),
    }
    return render(request, "chart/claim.html", context)


def _code(item: dict[str, Any], chart: ChartView) -> dict[str, Any]:
    """A code without its evidence."""
    title = item.get("title") or title_of(item["system"], item["code"], on=chart.service_date)
    return {"code": item["code"], "system": item["system"], "title": title, "role": item["role"], "poa": item["poa"]}


def _charges(request: HttpRequest, chart: ChartView, found: Assessment) -> tuple[list[dict[str, Any]], Any]:
    """The lines as they would stand on the claim, each with its expected price, and the sum of the charges."""
    try:
        encounter, _places = build_encounter(case_of(request.access, chart.id))
    except NosologyError:
        return [], None
    priced = {each["line"]: each["allowed"] for each in found.payment.get("lines", ())}
    lines = []
    for number, each in enumerate(encounter.lines, 1):
        room = len(each.code) == 4 and each.code.isdigit()  # charged by revenue code alone
        system = "cpt" if each.code[:1].isdigit() and len(each.code) == 5 else "hcpcs"
        lines.append(
            {
                "number": number,
                "code": "" if room else each.code,
                "revenue": each.revenue_code or (each.code if room else ""),
                "title": title_of("revenue" if room else system, each.code, on=chart.service_date),
                "modifiers": each.modifiers,
                "units": each.units,
                "charge": each.charge,
                "date": each.date,
                "pointers": each.diagnosis_pointers,
                "price": priced.get(number),
            }
        )
    return lines, sum((each["charge"] for each in lines if each["charge"] is not None), start=0)


def _status(chart: ChartView, found: Assessment, errors: int) -> tuple[str, str, str]:
    """Where the claim is: the kind of the badge, a word, and why."""
    if chart.state != "final":
        return "warn", "not coded yet", "The codes below may still change: the coder has not finalised the chart."
    if found.bill.get("ready"):
        return "good", "ready to send", "Every edit has passed."
    if errors:
        what = f"{errors} error{'' if errors == 1 else 's'} below"
        return "bad", "held by edits", f"The claim does not leave with {what}."
    why = str(found.bill.get("why") or "")
    return "warn", "not ready", f"{why[:1].upper()}{why[1:]}." if why else "Something the claim needs is missing."
