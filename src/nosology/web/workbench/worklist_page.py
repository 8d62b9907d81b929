"""The worklist's pages: where somebody begins, the list itself, its live counts, the box that finds a chart."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from nosology.errors import UsageError
from nosology.model.access import Access, Permission
from nosology.store.queries.colleagues import read_colleagues
from nosology.store.queries.criteria import Criteria
from nosology.store.queries.filters import read_filters
from nosology.store.queries.worklist import count_lists, find_charts, my_team, read_facets, read_page
from nosology.web.access import page

__all__ = ["Column", "Tab", "find", "home", "list_counts", "list_rows", "lists_for", "read_criteria", "worklist"]

_TITLES = {
    "mine": "Mine",
    "team": "Team",
    "open": "All open",
    "unassigned": "Unassigned",
    "queried": "Queried",
    "autonomous": "Autonomous",
    "incomplete": "Incomplete",
    "final": "Final",
}
_EMPTY = {
    "mine": ("You have no chart at the moment", "Claim the next one that nobody has."),
    "team": ("Your team has no chart at the moment", "Charts of the team, and of the people in it, appear here."),
    "open": ("No chart is open", "Everything that was received is final."),
    "unassigned": ("Somebody has every chart that is ready", "New ones appear here as soon as they are coded."),
    "queried": ("No chart waits for an answer", "Charts with a query that was sent appear here."),
    "autonomous": (
        "No chart has passed the autonomous gate",
        "Charts of which the engine is sure beyond the site's threshold appear here, apart from the others.",
    ),
    "incomplete": ("Nothing is missing", "Charts that wait for documents, or that could not be read, appear here."),
    "final": ("No chart is final yet", "Charts appear here when they are finalised."),
}
_HOME = (
    (Permission.WORKLIST_READ, "worklist"),
    (Permission.QUERY_READ, "queries"),
    (Permission.PEOPLE_MANAGE, "people"),
    (Permission.OWN_ACCOUNT, "account"),
    (Permission.OWN_ACCOUNT, "mfa_index"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists with its count (None: not counted)."""

    name: str
    title: str
    count: int | None
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One of the headings of a column; ``sort`` is "ascending" or "descending" where the list is in its order."""

    title: str
    url: str = ""
    sort: str = ""


@page(Permission.OWN_ACCOUNT)
def home(request: HttpRequest) -> HttpResponse:
    """Lead everybody to where their role works."""
    for permission, name in _HOME:
        if request.access.may(permission):
            try:
                return HttpResponseRedirect(reverse(name))
            except NoReverseMatch:
                continue
    return render(request, "errors/404.html", status=404)


def lists_for(access: Access, team: str) -> tuple[str, ...]:
    """The lists that somebody sees: who codes all of them, who only reads not their own, a biller open and final."""
    lists = tuple(name for name in _TITLES if name != "team" or team)
    if access.may(Permission.CHART_CODE):
        return lists
    if access.may(Permission.CHART_READ):
        return tuple(name for name in lists if name not in ("mine", "unassigned"))
    return ("open", "final")


def read_criteria(access: Access, given: Any, team: str) -> Criteria:
    """What the address or a form asks for, as far as the person may ask it.

    Raises:
        UsageError: a value that cannot be.
    """
    asked = Criteria.read(given)
    if not access.may(Permission.CHART_READ):
        sort = "" if asked.sort == "confidence" else asked.sort
        asked = replace(asked, sure=None, unsure=None, missing="", sort=sort)
    return asked if asked.list in lists_for(access, team) else replace(asked, list="open")


@page(Permission.WORKLIST_READ)
def worklist(request: HttpRequest) -> HttpResponse:
    """The list."""
    access, now = request.access, timezone.now()
    team = my_team(access)
    try:
        criteria = read_criteria(access, request.GET, team)
    except UsageError as error:
        messages.error(request, str(error))
        criteria = read_criteria(access, {}, team)
    counts = count_lists(access, team=team)
    if "list" not in request.GET:
        criteria = replace(criteria, list=_first_list(access, counts))
    rows = _rows(request, criteria, team)
    codes = access.may(Permission.CHART_CODE)
    context = rows | {
        "tabs": _tabs(access, criteria, counts, team),
        "seen": _digest(counts),
        "facets": read_facets(access),
        "filters": [(each, _address(Criteria.read(each.criteria))) for each in read_filters(access)],
        "colleagues": read_colleagues(access, on=now.date()) if codes else (),
        "settings_known": ("inpatient", "outpatient", "professional", "emergency"),
        "states_known": ("waiting", "ready", "coding", "queried", "failed"),
    }
    return render(request, "worklist/page.html", context | _table(request, rows))


@page(Permission.WORKLIST_READ)
def list_rows(request: HttpRequest) -> HttpResponse:
    """The rows as they stand now; nothing (204) where they are what the browser shows already."""
    team = my_team(request.access)
    try:
        criteria = read_criteria(request.access, request.GET, team)
    except UsageError:
        return HttpResponse(status=204)
    rows = _rows(request, criteria, team)
    table = _table(request, rows)
    if request.GET.get("rows") == table["table_digest"]:
        return HttpResponse(status=204)
    return render(request, "worklist/rows.html", rows | table)


def _rows(request: HttpRequest, criteria: Criteria, team: str) -> dict[str, Any]:
    """What the table of a list is made of."""
    access = request.access
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    found = read_page(access, criteria, now=timezone.now(), team=team, after=after, before=before)
    heading, text = _EMPTY[criteria.list]
    if criteria.filtered:
        heading, text = "No chart fits these filters", "Take some of them away, or look at another list."
    anchors = {name: value for name, value in (("after", after), ("before", before)) if value}
    asked = {"list": criteria.list} | criteria.as_mapping() | anchors
    return {
        "criteria": criteria,
        "mapping": criteria.as_mapping(),
        "rows_url": f"{reverse('worklist-rows')}?{urlencode(asked)}",
        "found": found,
        "columns": _columns(access, criteria),
        "clinical": access.may(Permission.CHART_READ),
        "codes": access.may(Permission.CHART_CODE),
        "here": _address(criteria),
        "clear_url": _address(Criteria(list=criteria.list)),
        "previous_url": _address(criteria, before=found.before) if found.before else "",
        "next_url": _address(criteria, after=found.after) if found.after else "",
        "empty_heading": heading,
        "empty_text": text,
        "title": _titles(team)[criteria.list],
    }


def _table(request: HttpRequest, rows: dict[str, Any]) -> dict[str, Any]:
    """The table as it is shown, and a digest of it by which the browser asks whether it is still so."""
    shown = render_to_string("worklist/table.html", rows, request)
    return {"table": shown, "table_digest": hashlib.sha256(shown.encode()).hexdigest()[:16]}


def _first_list(access: Access, counts: dict[str, int]) -> str:
    if access.may(Permission.WORKLIST_ASSIGN) or not access.may(Permission.CHART_CODE):
        return "open"
    return "mine" if counts["mine"] else "unassigned"


@page(Permission.WORKLIST_READ)
def list_counts(request: HttpRequest) -> HttpResponse:
    """The tabs with fresh counts; nothing (204) where they are what the browser shows already."""
    access = request.access
    team = my_team(access)
    try:
        criteria = read_criteria(access, request.GET, team)
    except UsageError:
        return HttpResponse(status=204)
    counts = count_lists(access, team=team)
    seen = _digest(counts)
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    tabs = _tabs(access, criteria, counts, team)
    return render(request, "worklist/tabs.html", {"tabs": tabs, "seen": seen, "mapping": criteria.as_mapping()})


@page(Permission.WORKLIST_READ, methods=("POST",))
def find(request: HttpRequest) -> HttpResponse:
    """Charts by number; posted, so that no number stands in an address."""
    text = request.POST.get("number", "")[:40]
    found = find_charts(request.access, text)
    return render(
        request,
        "worklist/found.html",
        {"found": found, "asked": bool(text.strip()), "clinical": request.access.may(Permission.CHART_READ)},
    )


def _address(criteria: Criteria, **more: str) -> str:
    return f"{reverse('worklist')}?{urlencode({'list': criteria.list} | criteria.as_mapping() | more)}"


def _digest(counts: dict[str, int]) -> str:
    return "-".join(str(counts[name]) for name in sorted(counts))


def _titles(team: str) -> dict[str, str]:
    return _TITLES | {"team": f"Team {team}"}


def _tabs(access: Access, criteria: Criteria, counts: dict[str, int], team: str) -> list[Tab]:
    titles = _titles(team)
    return [
        Tab(
            name,
            titles[name],
            counts.get(name),
            _address(replace(criteria, list=name, sort="", descending=False, state="")),
            name == criteria.list,
        )
        for name in lists_for(access, team)
    ]


def _columns(access: Access, criteria: Criteria) -> list[tuple[tuple[Column, ...], str]]:
    """The head of the table: the headings of each column, and its class."""
    clinical = access.may(Permission.CHART_READ)
    final = criteria.list == "final"
    standing = criteria.sort or ("final" if final else "priority")
    descending = criteria.descending or (not criteria.sort and final)

    def heading(title: str, sort: str = "") -> Column:
        if not sort:
            return Column(title)
        here = sort == standing
        turned = not descending if here else sort in ("value", "final")
        told = ("descending" if descending else "ascending") if here else ""
        return Column(title, _address(replace(criteria, sort=sort, descending=turned)), told)

    columns = [
        ((heading("Pr.", "priority"),), ""),
        ((heading("Chart"),), ""),
        ((heading("Setting", "setting"), heading("Department", "department")), ""),
        ((heading("Payer", "payer"), heading("Provider", "provider")), ""),
        ((heading("Service", "service"), heading("Final", "final") if final else heading("Waiting", "age")), ""),
        ((heading("State"),), ""),
    ]
    if clinical:
        columns.append(((heading("Codes"), heading("Confidence", "confidence")), "number"))
    columns.append(((heading("Expected", "value"), heading("DRG")), "number"))
    columns.append(((heading("Finalised by" if final else "Assigned to"),), ""))
    return columns
