"""The tables of the manager's page as rows for CSV: money in USD to the cent, shares from 0 to 1, times in hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from nosology.store.queries.metrics import Metrics, Shares
from nosology.web.workbench.csv_export import Cell

__all__ = ["TABLES", "Table"]

Table = tuple[tuple[str, ...], list[Sequence[Cell]]]
_SHARES = ("accepted", "changed", "rejected", "added", "accepted_share", "changed_share", "rejected_share")


def _shares(shares: Shares) -> tuple[Cell, ...]:
    return (shares.accepted, shares.changed, shares.rejected, shares.added, *shares.percents)


def _days(figures: Metrics) -> Table:
    return ("day", "finalised"), [(each.day, each.finalised) for each in figures.days]


def _coders(figures: Metrics) -> Table:
    head = ("coder", "finalised", "settings", "hours_at_work", "charts_per_hour", "pace_against_same_mix", *_SHARES)
    rows: list[Sequence[Cell]] = [
        (
            each.name,
            each.finalised,
            "; ".join(f"{setting} {count}" for setting, count in each.settings),
            each.hours,
            each.per_hour,
            each.same_mix,
            *_shares(each.shares),
        )
        for each in figures.coders
    ]
    return head, rows


def _codes(figures: Metrics) -> Table:
    return ("system", "code", *_SHARES), [(each.system, each.code, *_shares(each.shares)) for each in figures.codes]


def _turnaround(figures: Metrics) -> Table:
    head = ("setting", "charts", "median_hours", "ninetieth_percentile_hours")
    return head, [(each.setting or "all", each.charts, each.median, each.ninetieth) for each in figures.turnaround]


def _dnfb(figures: Metrics) -> Table:
    head = ("days_from", "days_to", "charts", "expected_usd", "charts_without_value")
    cents = Decimal("0.01")
    return head, [
        (each.first, each.last, each.charts, each.value.quantize(cents), each.unknown) for each in figures.dnfb
    ]


def _queries(figures: Metrics) -> Table:
    asked = figures.queries
    head = ("sent", "answered", "open", "agreed", "median_hours_to_answer", "finalised", "finalised_with_query", "rate")
    row = (
        asked.sent,
        asked.answered,
        asked.open,
        asked.agreed,
        asked.median_hours,
        asked.finalised,
        asked.finalised_with,
        asked.rate,
    )
    return head, [row]


def _workload(figures: Metrics) -> Table:
    head = ("person", "ready", "coding", "queried", "incomplete", "expected_usd", "oldest_days")
    cents = Decimal("0.01")
    return head, [
        (
            each.name or "nobody",
            each.ready,
            each.coding,
            each.queried,
            each.other,
            each.value.quantize(cents),
            each.oldest_days,
        )
        for each in figures.load
    ]


TABLES: dict[str, Callable[[Metrics], Table]] = {
    "finalised-per-day": _days,
    "coders": _coders,
    "codes": _codes,
    "turnaround": _turnaround,
    "dnfb": _dnfb,
    "queries": _queries,
    "workload": _workload,
}
"""Every table by the name of its file."""
