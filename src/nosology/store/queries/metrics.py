"""The figures of the manager's page, from the rows themselves: decisions, encounters, queries.

Definitions, so that everybody counts alike:

- *Finalised*: encounters whose ``finalized_at`` lies in the period (a reopened one counts once, when final again).
- *Charts per hour*: finalised charts with time at work, divided by that time (the chart open on the desk).
- *Against the same mix*: the time that everybody took on average for charts of these settings, divided by the time
  taken: 1.00 is the common pace for the same kinds of charts.
- *Accepted, changed, rejected*: decisions on the engine's suggestions in the period that stand (not undone); one per
  decision. *Added* are codes that the engine did not suggest; they stand beside the three shares.
- *Turnaround*: from ready for a coder to final.
- *DNFB* (discharged, not final billed): the day of service has passed and the encounter is not final, now.
- *Query rate*: finalised encounters with at least one query that was sent, of all finalised.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Sum, When

from nosology.model.access import Access, Permission
from nosology.store.models import Decision, Encounter, ProviderQuery, User
from nosology.store.queries.worklist import OPEN

__all__ = [
    "ENOUGH",
    "Age",
    "CodeRow",
    "CoderRow",
    "Day",
    "Headline",
    "Load",
    "Metrics",
    "Period",
    "QueryFigures",
    "Shares",
    "Turnaround",
    "read_metrics",
]

ENOUGH = 5
"""Charts (or decisions) below which no rate is told of a person: chance would speak."""
_AGES = ((0, 3), (4, 7), (8, 14), (15, 30), (31, None))
_VERBS = ("accept", "change", "reject", "add")
_MOST_CODES = 200


@dataclass(frozen=True, slots=True)
class Period:
    """Days, both included, in UTC; ``setting`` "" for all."""

    first: date
    last: date
    setting: str = ""

    @property
    def before(self) -> Period:
        """As many days, just before."""
        many = (self.last - self.first).days + 1
        return Period(self.first - timedelta(days=many), self.last - timedelta(days=many), self.setting)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """From midnight to midnight, the second excluded."""
        after = self.last + timedelta(days=1)
        return datetime.combine(self.first, time(), UTC), datetime.combine(after, time(), UTC)


@dataclass(frozen=True, slots=True)
class Day:
    """A day with the charts finalised on it."""

    day: date
    finalised: int


@dataclass(frozen=True, slots=True)
class Shares:
    """Decisions on suggestions."""

    accepted: int = 0
    changed: int = 0
    rejected: int = 0
    added: int = 0

    @property
    def decided(self) -> int:
        """All but the added ones."""
        return self.accepted + self.changed + self.rejected

    def share(self, part: int) -> float | None:
        """A part of the decided ones, None where too few are decided."""
        return part / self.decided if self.decided >= ENOUGH else None

    @property
    def percents(self) -> tuple[float | None, float | None, float | None]:
        """Accepted, changed, rejected as shares from 0 to 1."""
        return self.share(self.accepted), self.share(self.changed), self.share(self.rejected)


@dataclass(frozen=True, slots=True)
class CoderRow:
    """A person's charts and decisions in the period. Rates are None where there are too few charts."""

    name: str
    finalised: int
    settings: tuple[tuple[str, int], ...]
    hours: float
    per_hour: float | None
    same_mix: float | None
    shares: Shares


@dataclass(frozen=True, slots=True)
class CodeRow:
    """What became of a suggested code."""

    system: str
    code: str
    shares: Shares


@dataclass(frozen=True, slots=True)
class Turnaround:
    """Hours from ready to final; ``setting`` "" for all."""

    setting: str
    charts: int
    median: float | None
    ninetieth: float | None


@dataclass(frozen=True, slots=True)
class Age:
    """Charts that are discharged and not final, by days since the service; ``last`` None: and older."""

    first: int
    last: int | None
    charts: int
    value: Decimal  # USD, of those of which it is known
    unknown: int

    @property
    def label(self) -> str:
        """As people say it."""
        return f"over {self.first - 1} days" if self.last is None else f"{self.first}–{self.last} days"


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """Queries sent in the period, and how they ended."""

    sent: int
    answered: int
    open: int
    agreed: int
    median_hours: float | None
    finalised: int
    finalised_with: int

    @property
    def rate(self) -> float | None:
        """Share of the finalised encounters that had a query."""
        return self.finalised_with / self.finalised if self.finalised else None


@dataclass(frozen=True, slots=True)
class Load:
    """Open charts of a person ("" nobody)."""

    name: str
    ready: int
    coding: int
    queried: int
    other: int
    value: Decimal
    oldest_days: int | None

    @property
    def total(self) -> int:
        """All of them."""
        return self.ready + self.coding + self.queried + self.other


@dataclass(frozen=True, slots=True)
class Headline:
    """The few figures that are set beside those of the period before."""

    finalised: int
    hours: float
    per_hour: float | None
    accepted: float | None
    turnaround: float | None  # median hours
    query_rate: float | None


@dataclass(frozen=True, slots=True)
class Metrics:
    """Everything that the page shows."""

    period: Period
    now: Headline
    before: Headline
    days: tuple[Day, ...]
    shares: Shares
    coders: tuple[CoderRow, ...]
    codes: tuple[CodeRow, ...]
    turnaround: tuple[Turnaround, ...]
    dnfb: tuple[Age, ...]
    queries: QueryFigures
    load: tuple[Load, ...]

    @property
    def dnfb_charts(self) -> int:
        """Charts that are discharged and not final."""
        return sum(each.charts for each in self.dnfb)

    @property
    def dnfb_value(self) -> Decimal:
        """What they are expected to bring, USD."""
        return sum((each.value for each in self.dnfb), Decimal(0))


def read_metrics(access: Access, period: Period, *, now: datetime) -> Metrics:
    """All figures of a period. The number of queries is fixed.

    Raises:
        NotPermitted: the person does not read reports.
    """
    access.require(Permission.REPORT_READ)
    finals = _finals(access, period)
    shares, by_coder, by_code = _decisions(access, period)
    earlier = _finals(access, period.before)
    return Metrics(
        period,
        _headline(finals, shares),
        _headline(earlier, _decisions(access, period.before)[0]),
        _days(finals, period),
        shares,
        _coders(finals, by_coder),
        by_code,
        _turnaround(finals),
        _dnfb(access, period, now),
        _queries(access, period, finals),
        _load(access, period, now),
    )


def _headline(finals: list[dict[str, Any]], shares: Shares) -> Headline:
    hours = sum(each["seconds_at_work"] for each in finals) / 3600
    timed = sum(1 for each in finals if each["seconds_at_work"])
    return Headline(
        len(finals),
        hours,
        timed / hours if hours and timed >= ENOUGH else None,
        shares.percents[0],
        next((each.median for each in _turnaround(finals) if not each.setting), None),
        sum(each["queried"] for each in finals) / len(finals) if finals else None,
    )


def _scope(access: Access, period: Period) -> Any:
    rows = Encounter.objects.for_access(access)
    return rows.filter(setting=period.setting) if period.setting else rows


def _finals(access: Access, period: Period) -> list[dict[str, Any]]:
    start, end = period.bounds
    asked = ProviderQuery.objects.for_access(access).filter(encounter=OuterRef("pk"), sent_at__isnull=False)
    rows = _scope(access, period).filter(state=Encounter.State.FINAL, finalized_at__gte=start, finalized_at__lt=end)
    columns = ("setting", "seconds_at_work", "ready_at", "finalized_at", "finalized_by_id", "queried")
    return list(rows.annotate(queried=Exists(asked)).values(*columns))


def _days(finals: list[dict[str, Any]], period: Period) -> tuple[Day, ...]:
    counted: dict[date, int] = defaultdict(int)
    for each in finals:
        counted[each["finalized_at"].astimezone(UTC).date()] += 1
    many = (period.last - period.first).days + 1
    return tuple(Day(day, counted[day]) for day in (period.first + timedelta(days=n) for n in range(many)))


def _decisions(access: Access, period: Period) -> tuple[Shares, dict[Any, Shares], tuple[CodeRow, ...]]:
    start, end = period.bounds
    rows = Decision.objects.for_access(access).filter(
        at__gte=start, at__lt=end, verb__in=_VERBS, undone_by__isnull=True
    )
    if period.setting:
        rows = rows.filter(encounter__setting=period.setting)
    people: dict[Any, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in rows.order_by().values("by_id", "verb").annotate(count=Count("pk")):
        people[each["by_id"]][each["verb"]] += each["count"]
    code = Case(When(code_before="", then=F("code_after")), default=F("code_before"))
    codes: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in rows.order_by().annotate(which=code).values("system", "which", "verb").annotate(count=Count("pk")):
        codes[each["system"], each["which"]][each["verb"]] += each["count"]
    by_coder = {key: _shares(counts) for key, counts in people.items()}
    by_code = [CodeRow(system, which, _shares(counts)) for (system, which), counts in codes.items() if which]
    by_code.sort(key=lambda row: (-(row.shares.changed + row.shares.rejected + row.shares.added), row.code))
    whole: dict[str, int] = defaultdict(int)
    for counts in people.values():
        for verb, count in counts.items():
            whole[verb] += count
    return _shares(whole), by_coder, tuple(by_code[:_MOST_CODES])


def _shares(counts: dict[str, int]) -> Shares:
    return Shares(*(counts.get(verb, 0) for verb in _VERBS))


def _coders(finals: list[dict[str, Any]], by_coder: dict[Any, Shares]) -> tuple[CoderRow, ...]:
    """By name: this is no ranking. People with decisions alone are listed too."""
    timed = [each for each in finals if each["seconds_at_work"]]
    taken: dict[str, list[int]] = defaultdict(list)
    own: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for each in timed:
        taken[each["setting"]].append(each["seconds_at_work"])
    for each in finals:
        own[each["finalized_by_id"]].append(each)
    common = {setting: sum(seconds) / len(seconds) for setting, seconds in taken.items()}
    keys = {key for key in (*own, *by_coder) if key is not None}
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=keys)}
    rows = []
    for key in keys:
        charts = own.get(key, [])
        mine = [each for each in charts if each["seconds_at_work"]]
        seconds = sum(each["seconds_at_work"] for each in mine)
        expected = sum(common[each["setting"]] for each in mine)
        kinds: dict[str, int] = defaultdict(int)
        for each in charts:
            kinds[each["setting"]] += 1
        enough = len(mine) >= ENOUGH and seconds
        rows.append(
            CoderRow(
                names.get(key, "somebody who left"),
                len(charts),
                tuple(sorted(kinds.items())),
                seconds / 3600,
                len(mine) / (seconds / 3600) if enough else None,
                expected / seconds if enough else None,
                by_coder.get(key, Shares()),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.name.casefold()))


def _turnaround(finals: list[dict[str, Any]]) -> tuple[Turnaround, ...]:
    taken: dict[str, list[float]] = defaultdict(list)
    for each in finals:
        if each["ready_at"]:
            hours = max(0.0, (each["finalized_at"] - each["ready_at"]).total_seconds() / 3600)
            taken[""].append(hours)
            taken[each["setting"]].append(hours)
    return tuple(
        Turnaround(setting, len(hours), _quantile(hours, 0.5), _quantile(hours, 0.9))
        for setting, hours in sorted(taken.items())
    )


def _quantile(values: list[float], share: float) -> float | None:
    """Between the two nearest values, in proportion (Hyndman and Fan 1996, type 7)."""
    if not values:
        return None
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def _dnfb(access: Access, period: Period, now: datetime) -> tuple[Age, ...]:
    today = now.date()
    asked: dict[str, Any] = {}
    for n, (first, last) in enumerate(_AGES):
        within = Q(service_date__lte=today - timedelta(days=first))
        if last is not None:
            within &= Q(service_date__gte=today - timedelta(days=last))
        asked[f"charts{n}"] = Count("state", filter=within)
        asked[f"value{n}"] = Sum("expected_value", filter=within)
        asked[f"unknown{n}"] = Count("state", filter=within & Q(expected_value__isnull=True))
    held = _scope(access, period).filter(state__in=OPEN, service_date__lte=today).aggregate(**asked)
    return tuple(
        Age(first, last, held[f"charts{n}"], Decimal(held[f"value{n}"] or 0), held[f"unknown{n}"])
        for n, (first, last) in enumerate(_AGES)
    )


def _queries(access: Access, period: Period, finals: list[dict[str, Any]]) -> QueryFigures:
    start, end = period.bounds
    rows = ProviderQuery.objects.for_access(access).filter(sent_at__gte=start, sent_at__lt=end)
    if period.setting:
        rows = rows.filter(encounter__setting=period.setting)
    sent = list(rows.values("state", "outcome", "sent_at", "answered_at"))
    waited = [(each["answered_at"] - each["sent_at"]).total_seconds() / 3600 for each in sent if each["answered_at"]]
    return QueryFigures(
        len(sent),
        len(waited),
        sum(each["state"] == ProviderQuery.State.SENT for each in sent),
        sum(each["outcome"] == "agreed" for each in sent),
        _quantile(waited, 0.5),
        len(finals),
        sum(each["queried"] for each in finals),
    )


def _load(access: Access, period: Period, now: datetime) -> tuple[Load, ...]:
    rows = _scope(access, period).filter(state__in=OPEN).order_by()
    held: dict[Any, dict[str, Any]] = {}
    columns = ("assigned_to_id", "assigned_to__name", "assigned_to__email", "state")
    for each in rows.values(*columns).annotate(
        count=Count("state"), value=Sum("expected_value"), oldest=Min("received_at")
    ):
        name = each["assigned_to__name"] or each["assigned_to__email"] or ""
        one = held.setdefault(each["assigned_to_id"], {"name": name, "value": Decimal(0), "oldest": None})
        one[each["state"]] = each["count"]
        one["value"] += Decimal(each["value"] or 0)
        one["oldest"] = min(filter(None, (one["oldest"], each["oldest"])), default=None)
    found = [
        Load(
            one["name"],
            one.get("ready", 0),
            one.get("coding", 0),
            one.get("queried", 0),
            one.get("waiting", 0) + one.get("failed", 0),
            one["value"],
            max(0, (now - one["oldest"]).days) if one["oldest"] else None,
        )
        for one in held.values()
    ]
    return tuple(sorted(found, key=lambda each: (each.name != "", each.name.casefold())))
