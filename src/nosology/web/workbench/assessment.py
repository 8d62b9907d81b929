"""What the panel beside a chart shows: codes with what hangs on each, findings, DRG, HCC, payment, queries, notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from nosology.actions.assessment import Assessment, Case, assess
from nosology.coding.worksheet import DIAGNOSES, REJECTED
from nosology.errors import NotPermitted
from nosology.model.access import Access, Permission
from nosology.store.queries.chart import ChartView, list_decisions, read_chart
from nosology.store.queries.reach import may_read

__all__ = ["assess_chart", "panel_context"]

_SEVERE = {"error": "bad", "warning": "warn", "information": "note"}
_COUNTED = {"CC": "CC", "MCC": "MCC"}
_QUOTE = 90
_HISTORY = 50  # decisions that the panel names


def assess_chart(chart: ChartView) -> Assessment:
    """The assessment of a chart as it stands; kept per version of its worksheet."""
    return assess(
        Case(
            encounter=chart.id,
            version=chart.version,
            setting=chart.setting,
            on=chart.service_date,
            codes=chart.codes,
            overrides=chart.overrides,
            admitted=chart.admitted_at,
            discharged=chart.discharged_at,
            age=chart.age,
            sex=chart.sex,
            birth_date=chart.birth_date,
            payer=chart.payer,
            registration=chart.registration,
            settings=chart.settings,
        )
    )


def panel_context(access: Access, encounter: str) -> dict[str, Any]:
    """Everything that ``chart/panel.html`` shows. Nothing is written, not even that it was read.

    ``chart`` (ChartView), ``version``, ``may_edit`` and ``why_not_edit``; ``codes`` (worksheet items, each with
    ``rank`` among those that stand, ``leads``, ``url``, ``quote``, ``places``, ``percent``, ``poa_asked``,
    ``severity`` CC or MCC, ``hccs``, ``findings``, ``finding_level``, ``by_name``), the same in ``groups``; ``counts``
    (``standing``, ``open``, ``errors``, ``unchecked``, ``warnings``); ``findings``, ``drg``, ``what_if``, ``hcc``,
    ``payment``, ``bill`` of the assessment; ``queries``; ``comments``; ``decisions``, the last first.

    Raises NotFound for another organisation's, NotPermitted for a chart out of reach.
    """
    chart = read_chart(access, encounter, now=timezone.now())
    if not may_read(access, chart.id):
        raise NotPermitted("this chart is not among those that you may read")
    found = assess_chart(chart)
    why_not = _why_not(access, chart)
    codes = [_item(chart, found, each) for each in chart.codes]
    _rank(codes)
    findings = [_named(each, codes) for each in found.findings]
    severities = [each["severity"] for each in findings if each["override"] is None]
    return {
        "chart": chart,
        "version": chart.version,
        "may_edit": not why_not,
        "why_not_edit": why_not,
        "codes": codes,
        "groups": _groups(codes),
        "counts": {
            "standing": sum(each["state"] != REJECTED for each in codes),
            "open": sum(each["state"] == "suggested" for each in codes),
            "errors": sum(each["stops"] and not each["unchecked"] for each in findings),
            "unchecked": sum(each["stops"] and each["unchecked"] for each in findings),
            "warnings": severities.count("warning"),
        },
        "findings": findings,
        "drg": found.drg,
        "what_if": _in_words(found.what_if),
        "hcc": found.hcc,
        "payment": found.payment,
        "bill": found.bill,
        "queries": chart.queries,
        "comments": chart.comments,
        "decisions": list_decisions(access, chart.id, limit=_HISTORY),
    }


def _why_not(access: Access, chart: ChartView) -> str:
    """Why the codes cannot be changed by whoever looks, "" if they can."""
    if not access.may(Permission.CHART_CODE):
        return "You can read this chart; others code it."
    if chart.state == "final":
        return "This chart is final."
    if chart.state == "waiting":
        return "The engine is still reading this chart."
    if chart.locked_by and not chart.locked_here:
        return f"{chart.locked_name} has this chart until {chart.locked_until:%H:%M} UTC."
    return ""


def _item(chart: ChartView, found: Assessment, item: Mapping[str, Any]) -> dict[str, Any]:
    key = item["key"]
    about = [each for each in found.findings if each["key"] == key and each["override"] is None]
    drg_rows = (found.drg or {}).get("diagnoses", ())
    severity = next((_COUNTED.get(each["severity"], "") for each in drg_rows if each["key"] == key), "")
    evidence = item.get("evidence") or []
    quote = evidence[0]["quote"] if evidence else ""
    standing = item["state"] != REJECTED
    score = item.get("score")
    return {
        **item,
        "leads": standing and item["role"] in ("principal", "first-listed"),
        "url": reverse("chart-code", args=[chart.id, key]),
        "quote": quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…",
        "places": " ".join(f"{each['document']}:{each['start']}:{each['end']}" for each in evidence),
        "percent": None if score is None else round(score * 100),
        "poa_asked": standing and item["system"] == DIAGNOSES and chart.setting == "inpatient",
        "severity": severity if standing else "",
        "hccs": list((found.hcc or {}).get("codes", {}).get(key, ())) if standing else [],
        "findings": about,
        "finding_level": _SEVERE[about[0]["severity"]] if about else "",
        "by_name": chart.people.get(item.get("by") or "", ""),
    }


def _rank(codes: Iterable[dict[str, Any]]) -> None:
    counts = {True: 0, False: 0}
    for each in codes:
        diagnosis = each["system"] == DIAGNOSES
        if each["state"] == REJECTED:
            each["rank"] = None
            continue
        counts[diagnosis] += 1
        each["rank"] = counts[diagnosis]


def _groups(codes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Diagnoses, then services, then what was rejected."""
    parts = (
        ("Diagnoses", "diagnoses", [e for e in codes if e["state"] != REJECTED and e["system"] == DIAGNOSES]),
        ("Procedures", "procedures", [e for e in codes if e["state"] != REJECTED and e["system"] != DIAGNOSES]),
        ("Rejected", "rejected", [e for e in codes if e["state"] == REJECTED]),
    )
    return [{"name": name, "kind": kind, "items": items} for name, kind, items in parts if items]


def _named(finding: Mapping[str, Any], codes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The finding with the code that it is about in the place of a position in a list."""
    code = next((each["code"] for each in codes if each["key"] == finding["key"]), "") if finding["key"] else ""
    return {**finding, "where": code or finding["where"]}


def _in_words(changes: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    words = {
        "principal diagnosis": "{} were principal",
        "without the secondary diagnosis": "{} were not there",
        "this operating-room procedure alone": "{} were the only operation",
    }
    return [{**each, "change": words.get(each["change"], "{}").format(each["code"])} for each in changes]
