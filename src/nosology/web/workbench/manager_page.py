"""The manager's page: how much is done, how well the suggestions fit, what waits, what it is worth; and its tables as
CSV. Every figure comes from rows; people stand by name and are not ranked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from nosology.actions.reports import record_export
from nosology.errors import UsageError
from nosology.model.access import Permission
from nosology.store.queries.metrics import ENOUGH, Age, Metrics, Period, Shares, read_metrics
from nosology.web.access import page
from nosology.web.workbench.code_search import title_of
from nosology.web.workbench.csv_export import csv_response
from nosology.web.workbench.manager_tables import TABLES
from nosology.web.workbench.svg_charts import Chart, Piece, column_chart, share_bar

__all__ = ["Preset", "manager", "manager_csv", "read_period"]

_SETTINGS = ("inpatient", "outpatient", "professional", "emergency")
_LONGEST = 366
_CODES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Preset:
    """A usual period."""

    label: str
    url: str
    current: bool


def read_period(given: Mapping[str, Any], *, today: date) -> Period:
    """The period that an address asks for; the last 30 days without one.

    Raises:
        UsageError: no days, the wrong way round, or more than a year.
    """
    try:
        last = date.fromisoformat(given["to"]) if given.get("to") else today
        first = date.fromisoformat(given["from"]) if given.get("from") else last - timedelta(days=29)
    except (ValueError, OverflowError):
        raise UsageError("a day is written like 2026-05-04") from None
    setting = given.get("setting") or ""
    if setting and setting not in _SETTINGS:
        raise UsageError(f"setting: must be one of {', '.join(_SETTINGS)}")
    if first > last:
        raise UsageError("the first day comes after the last one")
    if (last - first).days >= _LONGEST:
        raise UsageError("choose at most a year")
    if not 1990 <= first.year <= last.year <= 2200:
        raise UsageError("the days lie outside of what is kept")
    return Period(first, last, setting)


@page(Permission.REPORT_READ)
def manager(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = timezone.now()
    try:
        period = read_period(request.GET, today=now.date())
    except UsageError as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        period = read_period({}, today=now.date())
    figures = read_metrics(request.access, period, now=now)
    query = urlencode(_query(period))
    context = {
        "figures": figures,
        "period": period,
        "settings_known": _SETTINGS,
        "presets": _presets(period, now.date()),
        "day_chart": _day_chart(figures),
        "age_chart": _age_chart(figures),
        "value_chart": _value_chart(figures),
        "all_shares": _pieces(figures.shares),
        "coders": [(row, _pieces(row.shares)) for row in figures.coders],
        "codes": [
            (row, _pieces(row.shares), title_of(row.system, row.code, on=period.last))
            for row in figures.codes[:_CODES_SHOWN]
        ],
        "ages": [_age(each, period) for each in figures.dnfb],
        "codes_hidden": max(0, len(figures.codes) - _CODES_SHOWN),
        "whole_turnaround": next((each for each in figures.turnaround if not each.setting), None),
        "enough": ENOUGH,
        "days_many": len(figures.days),
        "csv": {name: f"{reverse('manager-csv', args=[name])}?{query}" for name in TABLES},
    }
    return render(request, "manager/page.html", context)


@page(Permission.REPORT_READ)
def manager_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One of the tables as CSV; that it was taken is audited."""
    if table not in TABLES:
        raise Http404("there is no such table")
    now = timezone.now()
    try:
        period = read_period(request.GET, today=now.date())
    except UsageError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    figures = read_metrics(request.access, period, now=now)
    record_export(request.access, table=table, period=period)
    head, rows = TABLES[table](figures)
    return csv_response(f"{table}-{period.first}-{period.last}", head, rows)


def _age(age: Age, period: Period) -> dict[str, Any]:
    """A row of what is discharged and not final, with the address of its worklist."""
    asked = {"list": "open", "served": str(age.first)} | ({} if age.last is None else {"served_most": str(age.last)})
    asked |= {"setting": period.setting} if period.setting else {}
    told = {"label": age.label, "charts": age.charts, "value": age.value, "unknown": age.unknown}
    return told | {"url": f"{reverse('worklist')}?{urlencode(asked)}"}


def _query(period: Period) -> dict[str, str]:
    given = {"from": str(period.first), "to": str(period.last)}
    return given | ({"setting": period.setting} if period.setting else {})


def _presets(period: Period, today: date) -> list[Preset]:
    found = []
    for label, days in (("7 days", 7), ("30 days", 30), ("90 days", 90)):
        usual = Period(today - timedelta(days=days - 1), today, period.setting)
        found.append(Preset(label, f"{reverse('manager')}?{urlencode(_query(usual))}", usual == period))
    return found


def _day_chart(figures: Metrics) -> Chart:
    days = figures.days
    if len(days) <= 62:
        values = [(f"{each.day:%m/%d}", each.finalised, f"{each.day:%m/%d/%Y}: {each.finalised}") for each in days]
        return column_chart("Charts finalised per day", [(label, float(n), said) for label, n, said in values])
    weeks = [days[at : at + 7] for at in range(0, len(days), 7)]
    sums = [(week[0].day, sum(each.finalised for each in week)) for week in weeks]
    return column_chart(
        "Charts finalised per week", [(f"{day:%m/%d}", float(n), f"7 days from {day:%m/%d/%Y}: {n}") for day, n in sums]
    )


def _age_chart(figures: Metrics) -> Chart:
    values = [(each.label, float(each.charts), f"{each.label}: {each.charts} charts") for each in figures.dnfb]
    return column_chart("Discharged and not final: charts by age", values, width=420)


def _value_chart(figures: Metrics) -> Chart:
    values = [(each.label, float(each.value), f"{each.label}: ${each.value:,.2f}") for each in figures.dnfb]
    return column_chart("Discharged and not final: expected payment by age", values, width=420, whole=False)


def _pieces(shares: Shares) -> tuple[Piece, ...]:
    accepted, changed, rejected = shares.percents
    return share_bar(
        [
            ("accepted", accepted, f"{shares.accepted} accepted"),
            ("changed", changed, f"{shares.changed} changed"),
            ("rejected", rejected, f"{shares.rejected} rejected"),
        ]
    )
