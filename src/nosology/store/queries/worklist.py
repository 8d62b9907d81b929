"""Worklists: the charts of a list in an order, page by page, and how many there are in each list.

Pages go by keyset: the last row of a page is the anchor of the next, so that the hundredth page costs what the first
does. The number of queries is the same for every number of rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q

from nosology.model.access import Access, Permission
from nosology.store.fields import blind_indexes
from nosology.store.models import Encounter, Membership
from nosology.store.queries.criteria import Criteria
from nosology.store.queries.reach import within_reach

__all__ = [
    "OPEN",
    "PAGE",
    "Facets",
    "Found",
    "ListPage",
    "Row",
    "count_lists",
    "find_charts",
    "my_team",
    "read_facets",
    "read_page",
    "read_rows",
    "select",
]

PAGE = 50
OPEN = (
    Encounter.State.WAITING,
    Encounter.State.READY,
    Encounter.State.CODING,
    Encounter.State.QUERIED,
    Encounter.State.FAILED,
)
_SORTED_BY = {
    "priority": "priority",
    "age": "received_at",
    "service": "service_date",
    "setting": "setting",
    "payer": "payer",
    "department": "department",
    "provider": "provider__name",
    "value": "expected_value",
    "confidence": "confidence",
    "final": "finalized_at",
}
_MAY_LACK = {"provider__name", "expected_value", "confidence", "finalized_at"}
_COLUMNS = (
    "id",
    "number",
    "setting",
    "service_date",
    "age",
    "payer",
    "department",
    "state",
    "priority",
    "due_at",
    "missing_documents",
    "locked_until",
    "confidence",
    "autonomous",
    "expected_value",
    "drg",
    "facts",
    "open_queries",
    "received_at",
    "finalized_at",
    "version",
    "team",
    "assigned_to_id",
    "assigned_to__name",
    "assigned_to__email",
    "locked_by_id",
    "locked_by__name",
    "finalized_by__name",
    "provider__name",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One chart on a worklist. For those who see the claim part alone, what is clinical is left empty."""

    id: str
    number: str
    patient: str
    sex: str
    age: int | None
    setting: str
    service_date: date
    payer: str
    department: str
    provider: str
    state: str
    priority: int
    due_at: datetime | None
    overdue: bool
    missing: tuple[str, ...]
    assigned_to: str
    mine: bool
    locked_by: str
    locked_by_me: bool
    confidence: int | None  # percent
    autonomous: bool
    expected_value: Decimal | None  # USD
    drg: str
    codes: int
    errors: int
    warnings: int
    queries: int
    pages: int
    received_at: datetime
    days: int
    finalized_at: datetime | None
    finalized_by: str
    version: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list. ``before`` and ``after`` are the anchors of the neighbouring pages, "" where there is none."""

    rows: tuple[Row, ...]
    total: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Found:
    """A chart found by its number or its patient's record number."""

    id: str
    number: str
    patient: str
    setting: str
    service_date: date
    state: str


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose among in the filters, from the charts that are open."""

    payers: tuple[str, ...]
    departments: tuple[str, ...]
    providers: tuple[tuple[str, str], ...]  # id, name


def my_team(access: Access) -> str:
    """The team of the person in the organisation, "" without one."""
    if not access.user:
        return ""
    row = Membership.objects.filter(organisation_id=access.organisation, user_id=access.user, active=True)
    return row.values_list("team", flat=True).first() or ""


def _lists(access: Access, team: str) -> dict[str, Q]:
    """Each list as a condition. The autonomous gate's charts stand apart from those that nobody has yet."""
    is_open = Q(state__in=OPEN)
    colleagues = Membership.objects.filter(organisation_id=access.organisation, team=team, active=True)
    of_team = Q(team=team) | Q(assigned_to_id__in=colleagues.values("user_id")) if team else Q(pk__in=())
    begun = [Encounter.State.READY, Encounter.State.CODING]
    return {
        "mine": is_open & Q(assigned_to_id=access.user or None),
        "team": is_open & of_team,
        "open": is_open,
        "unassigned": Q(state__in=begun, assigned_to__isnull=True, autonomous=False),
        "queried": Q(state=Encounter.State.QUERIED),
        "autonomous": Q(state=Encounter.State.READY, assigned_to__isnull=True, autonomous=True),
        "incomplete": Q(state__in=[Encounter.State.WAITING, Encounter.State.FAILED]),
        "final": Q(state=Encounter.State.FINAL),
    }


def select(access: Access, criteria: Criteria, *, now: datetime, team: str) -> Any:
    """The encounters of a list with its filters, in no order yet."""
    found = within_reach(access).filter(_lists(access, team)[criteria.list])
    for name in ("setting", "payer", "department", "state", "priority"):
        value = getattr(criteria, name)
        if value not in ("", None):
            found = found.filter(**{name: value})
    if criteria.provider:
        found = found.filter(provider_id=criteria.provider)
    if criteria.assigned:
        found = found.filter(assigned_to_id=criteria.assigned)
    if criteria.missing:
        none = Q(missing_documents=[])
        found = found.filter(none if criteria.missing == "no" else ~none)
    if criteria.older is not None:
        found = found.filter(received_at__lte=now - timedelta(days=criteria.older))
    if criteria.served is not None:
        found = found.filter(service_date__lte=now.date() - timedelta(days=criteria.served))
    if criteria.served_most is not None:
        found = found.filter(service_date__gte=now.date() - timedelta(days=criteria.served_most))
    if criteria.value is not None:
        found = found.filter(expected_value__gte=criteria.value)
    if criteria.sure is not None:
        found = found.filter(confidence__gte=criteria.sure / 100)
    if criteria.unsure is not None:
        found = found.filter(confidence__lte=criteria.unsure / 100)
    return found


def _order(criteria: Criteria) -> list[tuple[str, bool]]:
    """Columns with "is descending"; the id comes last, so that the order is total."""
    column = _SORTED_BY[criteria.sort or ("final" if criteria.list == "final" else "priority")]
    descending = criteria.descending or (not criteria.sort and criteria.list == "final")
    keys = [(column, descending)]
    if column != "received_at":
        keys.append(("received_at", descending and column == "finalized_at"))
    return [*keys, ("id", False)]


def _beyond(keys: list[tuple[str, bool]], anchor: dict[str, Any]) -> Q:
    """Everything that comes after the anchor in the order; what lacks the first column comes last."""
    found = Q(pk__in=[])
    same = Q()
    for column, descending in keys:
        value = anchor[column]
        if value is None:
            same &= Q(**{f"{column}__isnull": True})
            continue
        further = Q(**{f"{column}__{'lt' if descending else 'gt'}": value})
        if column in _MAY_LACK:
            further |= Q(**{f"{column}__isnull": True})
        found |= same & further
        same &= Q(**{column: value})
    return found


def _ahead(keys: list[tuple[str, bool]], anchor: dict[str, Any]) -> Q:
    """Everything that comes before the anchor."""
    found = Q(pk__in=[])
    same = Q()
    for column, descending in keys:
        value = anchor[column]
        if value is None:
            found |= same & Q(**{f"{column}__isnull": False})
            same &= Q(**{f"{column}__isnull": True})
            continue
        found |= same & Q(**{f"{column}__{'gt' if descending else 'lt'}": value})
        same &= Q(**{column: value})
    return found


def read_page(
    access: Access,
    criteria: Criteria,
    *,
    now: datetime,
    team: str,
    after: str = "",
    before: str = "",
    size: int = PAGE,
) -> ListPage:
    """One page: after or before an anchor (id of a chart), or the first. An anchor that is unknown is passed over."""
    chosen = select(access, criteria, now=now, team=team)
    keys = _order(criteria)
    anchor = _anchor(access, after or before, keys)
    backward = bool(before and not after and anchor)
    rows = chosen
    if anchor:
        rows = rows.filter(_ahead(keys, anchor) if backward else _beyond(keys, anchor))
    for_eyes = access.may(Permission.CHART_READ)
    columns = (*_COLUMNS, "patient__name", "patient__sex") if for_eyes else _COLUMNS
    order = [_ordering(column, descending, backward) for column, descending in keys]
    ids = list(rows.order_by(*order).values_list("pk", flat=True)[: size + 1])  # narrow, so that it sorts quickly
    more = len(ids) > size
    ids = ids[:size]
    if backward:
        ids.reverse()
    wide = {each["id"]: each for each in Encounter.objects.for_access(access).filter(pk__in=ids).values(*columns)}
    held = [wide[each] for each in ids if each in wide]
    first, last = (str(held[0]["id"]), str(held[-1]["id"])) if held else ("", "")
    return ListPage(
        tuple(_row(each, access, now) for each in held),
        chosen.count(),
        first if (more if backward else anchor) else "",
        last if (backward or more) else "",
    )


def _ordering(column: str, descending: bool, backward: bool) -> Any:
    if column not in _MAY_LACK:
        return F(column).desc() if descending != backward else F(column).asc()
    if descending != backward:
        return F(column).desc(nulls_first=True) if backward else F(column).desc(nulls_last=True)
    return F(column).asc(nulls_first=True) if backward else F(column).asc(nulls_last=True)


def _anchor(access: Access, given: str, keys: list[tuple[str, bool]]) -> dict[str, Any] | None:
    try:
        wanted = UUID(given)
    except ValueError:
        return None
    found: dict[str, Any] | None = (
        Encounter.objects.for_access(access).filter(pk=wanted).values(*(column for column, _ in keys)).first()
    )
    return found


def _row(held: dict[str, Any], access: Access, now: datetime) -> Row:
    facts = held["facts"] if access.may(Permission.CHART_READ) else {}
    clinical = access.may(Permission.CHART_READ)
    locked = held["locked_by_id"] is not None and held["locked_until"] is not None and held["locked_until"] > now
    return Row(
        id=str(held["id"]),
        number=held["number"],
        patient=held.get("patient__name") or "",
        sex=held.get("patient__sex") or "",
        age=held["age"] if clinical else None,
        setting=held["setting"],
        service_date=held["service_date"],
        payer=held["payer"],
        department=held["department"],
        provider=held["provider__name"] or "",
        state=held["state"],
        priority=held["priority"],
        due_at=held["due_at"],
        overdue=bool(held["due_at"] and held["due_at"] < now and held["state"] != Encounter.State.FINAL),
        missing=tuple(str(each) for each in held["missing_documents"]) if clinical else (),
        assigned_to=held["assigned_to__name"] or held["assigned_to__email"] or "",
        mine=bool(access.user) and str(held["assigned_to_id"]) == access.user,
        locked_by=(held["locked_by__name"] or "a colleague") if locked else "",
        locked_by_me=locked and str(held["locked_by_id"]) == access.user,
        confidence=round(held["confidence"] * 100) if clinical and held["confidence"] is not None else None,
        autonomous=clinical and held["autonomous"],
        expected_value=held["expected_value"],
        drg=held["drg"],
        codes=int(facts.get("codes") or 0),
        errors=int(facts.get("errors") or 0),
        warnings=int(facts.get("warnings") or 0),
        queries=held["open_queries"] if clinical else 0,
        pages=int(facts.get("pages") or 0),
        received_at=held["received_at"],
        days=max(0, (now - held["received_at"]).days),
        finalized_at=held["finalized_at"],
        finalized_by=held["finalized_by__name"] or "",
        version=held["version"],
    )


def count_lists(access: Access, *, team: str) -> dict[str, int]:
    """How many charts each list holds, in one query over the charts that are not final yet.

    The sums have names of their own: a sum called ``team`` would stand for the column in the conditions.
    """
    conditions = _lists(access, team)
    del conditions["final"]
    asked = {f"in_{name}": Count("state", filter=condition) for name, condition in conditions.items()}
    counted = within_reach(access).filter(state__in=OPEN).aggregate(**asked)
    return {name: counted[f"in_{name}"] for name in conditions}


def read_facets(access: Access) -> Facets:
    """Payers, departments and providers of the charts that are open."""
    rows = within_reach(access).filter(state__in=OPEN).order_by()
    people = rows.filter(provider__isnull=False).values("provider_id", "provider__name").distinct()
    names = {str(each["provider_id"]): each["provider__name"] for each in people}
    return Facets(
        tuple(sorted(each for each in rows.values_list("payer", flat=True).distinct() if each)),
        tuple(sorted(each for each in rows.values_list("department", flat=True).distinct() if each)),
        tuple(sorted(names.items(), key=lambda each: each[1])),
    )


def find_charts(access: Access, text: str) -> tuple[Found, ...]:
    """Charts by their number (its beginning), or by the patient's record number for those who read charts; ten."""
    wanted = text.strip()
    if not wanted:
        return ()
    asked = Q(number__istartswith=wanted)
    columns = ["id", "number", "setting", "service_date", "state"]
    if access.may(Permission.CHART_READ):
        asked |= Q(patient__mrn_index__in=blind_indexes(wanted, organisation=access.organisation))
        columns.append("patient__name")
    rows = within_reach(access).filter(asked).order_by("-service_date", "id").values(*columns)[:10]
    return tuple(
        Found(
            str(each["id"]),
            each["number"],
            each.get("patient__name") or "",
            each["setting"],
            each["service_date"],
            each["state"],
        )
        for each in rows
    )


def read_rows(access: Access, encounters: Iterable[UUID], *, now: datetime) -> tuple[Row, ...]:
    """Encounters by their ids, as a list shows them, in the order of service; those of others are left out."""
    columns = (*_COLUMNS, "patient__name", "patient__sex") if access.may(Permission.CHART_READ) else _COLUMNS
    rows = within_reach(access).filter(pk__in=list(encounters)).order_by("service_date", "id")
    return tuple(_row(each, access, now) for each in rows.values(*columns))
