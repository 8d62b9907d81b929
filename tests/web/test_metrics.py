"""The manager's figures against rows counted by hand; the CSV; who may see them; a fixed number of queries."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nosology.errors import NotPermitted, UsageError
from nosology.store import models as tables
from nosology.store.queries.metrics import Period, read_metrics
from nosology.web.workbench.csv_export import guarded, write_csv
from nosology.web.workbench.manager_page import read_period
from nosology.web.workbench.svg_charts import column_chart, nice_step, share_bar

NOW = datetime(2026, 5, 31, 12, 0, tzinfo=UTC)
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def decide(chart: Any, by: Any, verb: str, before: str, after: str = "", **more: Any) -> Any:
    """One decision on the 20th of May."""
    number = tables.Decision.everywhere.filter(encounter=chart).count() + 1
    return tables.Decision.everywhere.create(
        organisation=chart.organisation,
        encounter=chart,
        number=number,
        verb=verb,
        system="icd10cm",
        code_before=before,
        code_after=after,
        by=by,
        at=datetime(2026, 5, 20, 9, tzinfo=UTC),
        worksheet_version=number,
        **more,
    )


@pytest.fixture
def month(encounter_in: Any, person: Any, hospital: Any, clinic: Any) -> dict[str, Any]:
    """Anna: six stays at an hour each. Ben: five visits at a quarter of an hour and one stay at two hours."""
    anna, ben = person("coder", name="Anna Abel"), person("coder", name="=Ben Castillo")
    day = datetime(2026, 5, 20, 10, tzinfo=UTC)

    def final(by: Any, setting: str, minutes: int, hours: int, n: int) -> Any:
        return encounter_in(
            state="final",
            setting=setting,
            seconds_at_work=60 * minutes,
            ready_at=day - timedelta(hours=hours),
            finalized_at=day + timedelta(days=n % 2),
            finalized_by=by,
        )

    stays = [final(anna, "inpatient", 60, 10, n) for n in range(6)]
    for n in range(5):
        final(ben, "professional", 15, 2, n)
    long = final(ben, "inpatient", 120, 100, 0)
    encounter_in(state="final", finalized_at=datetime(2026, 4, 30, 23, 59, tzinfo=UTC), finalized_by=anna)
    encounter_in(clinic, state="final", finalized_at=day, finalized_by=anna)
    for _ in range(8):
        decide(stays[0], anna, "accept", "I10", "I10")
    decide(stays[0], anna, "change", "E11.9", "E11.65")
    gone = decide(stays[0], anna, "reject", "J44.1")
    decide(stays[0], anna, "undo", "", "", undoes=gone)
    decide(stays[0], anna, "reject", "E11.9")
    decide(stays[1], ben, "add", "", "Z87.891")
    decide(stays[1], ben, "accept", "I10", "I10")
    for n, hours in enumerate((4, 8)):
        query = tables.ProviderQuery.everywhere.create(
            organisation=hospital,
            encounter=stays[n],
            question="?",
            state="answered",
            sent_at=day,
            answered_at=day + timedelta(hours=hours),
            outcome="agreed" if n else "disagreed",
        )
        assert query.pk
    tables.ProviderQuery.everywhere.create(
        organisation=hospital, encounter=long, question="?", state="sent", sent_at=day
    )
    for days, value in ((0, "100.10"), (3, "200.20"), (4, None), (40, "50.05")):
        encounter_in(
            state="ready",
            service_date=NOW.date() - timedelta(days=days),
            expected_value=Decimal(value) if value else None,
            assigned_to=anna if days == 4 else None,
        )
    encounter_in(state="waiting", service_date=NOW.date() + timedelta(days=1))
    return {"anna": anna, "ben": ben}


def test_figures_are_those_counted_by_hand(month: Any, access_as: Any) -> None:
    figures = read_metrics(access_as("manager"), MAY, now=NOW)
    assert figures.now.finalised == 12
    assert figures.now.hours == pytest.approx(6 + 1.25 + 2)
    assert figures.now.per_hour == pytest.approx(12 / 9.25)
    assert figures.now.accepted == pytest.approx(9 / 11)
    assert figures.now.turnaround == pytest.approx(18)  # between 10 and 26
    assert (figures.before.finalised, figures.before.per_hour, figures.before.accepted) == (1, None, None)
    assert {each.day.day: each.finalised for each in figures.days if each.finalised} == {20: 7, 21: 5}
    assert len(figures.days) == 31
    anna, ben = figures.coders[1], figures.coders[0]
    assert (anna.name, anna.finalised, anna.settings) == ("Anna Abel", 6, (("inpatient", 6),))
    assert anna.per_hour == pytest.approx(1.0)
    common = (6 * 60 + 120) / 7  # minutes of a stay, everybody's
    assert anna.same_mix == pytest.approx(common / 60)
    assert ben.same_mix == pytest.approx((common + 5 * 15) / (120 + 75))
    assert ben.settings == (("inpatient", 1), ("professional", 5))
    assert (anna.shares.accepted, anna.shares.changed, anna.shares.rejected, anna.shares.added) == (8, 1, 1, 0)
    assert anna.shares.percents == (0.8, 0.1, 0.1)
    assert (ben.shares.accepted, ben.shares.added, ben.shares.percents) == (1, 1, (None, None, None))
    codes = {row.code: row.shares for row in figures.codes}
    assert next(iter(codes)) == "E11.9"
    assert (codes["E11.9"].changed, codes["E11.9"].rejected) == (1, 1)
    assert "J44.1" not in codes
    assert codes["Z87.891"].added == 1
    turnaround = {each.setting: (each.charts, each.median) for each in figures.turnaround}
    assert turnaround["professional"][0] == 5
    assert turnaround["professional"][1] == pytest.approx(2)
    assert [(each.charts, each.value, each.unknown) for each in figures.dnfb] == [
        (2, Decimal("300.30"), 0),
        (1, Decimal(0), 1),
        (0, Decimal(0), 0),
        (0, Decimal(0), 0),
        (1, Decimal("50.05"), 0),
    ]
    assert (figures.dnfb_charts, figures.dnfb_value) == (4, Decimal("350.35"))
    asked = figures.queries
    assert (asked.sent, asked.answered, asked.open, asked.agreed, asked.median_hours) == (3, 2, 1, 1, 6)
    assert (asked.finalised_with, asked.rate) == (3, 0.25)
    assert [(each.name, each.ready, each.other) for each in figures.load] == [("", 3, 1), ("Anna Abel", 1, 0)]


def test_a_setting_alone(month: Any, access_as: Any) -> None:
    figures = read_metrics(access_as("manager"), Period(MAY.first, MAY.last, "professional"), now=NOW)
    assert figures.now.finalised == 5
    assert [row.name for row in figures.coders] == ["=Ben Castillo"]
    assert figures.shares.decided == 0
    assert figures.dnfb_charts == 0


def test_another_tenant_and_other_roles(month: Any, access_as: Any, clinic: Any, client_as: Any) -> None:
    theirs = read_metrics(access_as("manager", at=clinic), MAY, now=NOW)
    assert (theirs.now.finalised, theirs.dnfb_charts, theirs.shares.decided, theirs.queries.sent) == (1, 0, 0, 0)
    for role in ("coder", "biller", "provider", "administrator"):
        assert client_as(role).get("/manager").status_code == 403
        assert client_as(role).get("/manager/coders.csv").status_code == 403
        with pytest.raises(NotPermitted):
            read_metrics(access_as(role), MAY, now=NOW)


def test_nothing_at_all(access_as: Any, client_as: Any) -> None:
    figures = read_metrics(access_as("manager"), MAY, now=NOW)
    assert (figures.now.finalised, figures.now.per_hour, figures.queries.rate) == (0, None, None)
    assert client_as("manager").get("/manager").status_code == 200


def test_the_page_and_its_tables(month: Any, client_as: Any) -> None:
    client = client_as("manager")
    page = client.get("/manager?from=2026-05-01&to=2026-05-31").content.decode()
    for shown in ("Anna Abel", "No ranking", "8 accepted, 1 changed, 1 rejected", "too few"):
        assert shown in page, shown
    head, first, second = csv.reader(io.StringIO(_csv(client, "coders")))
    assert (head[0], first[0], second[0]) == ("coder", "'=Ben Castillo", "Anna Abel")
    assert second[4] == "1"
    for table in ("finalised-per-day", "codes", "turnaround", "dnfb", "queries", "workload"):
        assert len(_csv(client, table).splitlines()) > 1, table
    assert client.get("/manager/secrets.csv").status_code == 404
    assert client.get("/manager/coders.csv?from=yesterday").status_code == 400
    assert tables.AuditEvent.objects.filter(verb="report.export").count() == 7


def _csv(client: Any, table: str) -> str:
    answer = client.get(f"/manager/{table}.csv?from=2026-05-01&to=2026-05-31")
    assert answer["Content-Type"].startswith("text/csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{table}-2026-05-01-2026-05-31.csv"'
    text: str = answer.content.decode("utf-8-sig")
    return text


def test_the_page_costs_the_same_for_every_number_of_rows(month: Any, client_as: Any, encounter_in: Any) -> None:
    client = client_as("manager")
    client.get("/manager")
    costs = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as made:
            assert client.get("/manager?from=2026-05-01&to=2026-05-31").status_code == 200
        costs.append(len(made))
        for _ in range(6):
            chart = encounter_in(state="final", finalized_at=NOW - timedelta(days=3), finalized_by=month["anna"])
            decide(chart, month["ben"], "accept", f"A0{len(costs)}.0")
    assert costs[0] == costs[1] < 26


@pytest.mark.parametrize(
    "wrong",
    [
        {"from": "2026-13-01"},
        {"from": "2026-05-02", "to": "2026-05-01"},
        {"from": "2020-01-01", "to": "2026-01-01"},
        {"setting": "'; --"},
        {"to": "0001-01-01"},
        {"from": "9999-12-31", "to": "9999-12-31"},
    ],
)
def test_periods_that_cannot_be(wrong: dict[str, str], client_as: Any) -> None:
    with pytest.raises(UsageError):
        read_period(wrong, today=NOW.date())
    assert client_as("manager").get("/manager", wrong).status_code == 200


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1"])
def test_a_cell_is_no_formula(text: str) -> None:
    assert guarded(text).startswith("'")


def test_numbers_stay_numbers() -> None:
    rows = [(-1, 0.5, Decimal("-2.50"), None, "plain, with comma", date(2026, 5, 4))]
    assert write_csv(("a",), rows) == 'a\r\n-1,0.5,-2.50,,"plain, with comma",2026-05-04\r\n'


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (1, 0.5), (7, 2), (100, 50), (1234, 500)])
def test_lines_stand_at_round_numbers(highest: float, step: float) -> None:
    assert nice_step(highest) == step


def test_columns_fill_the_drawing() -> None:
    chart = column_chart("t", [("a", 0, "a"), ("b", 5, "b"), ("c", 10, "c")])
    assert [bar.height for bar in chart.bars] == sorted(bar.height for bar in chart.bars)
    assert all(bar.y + bar.height == pytest.approx(chart.bottom) for bar in chart.bars)
    assert chart.ticks[0].label == "0"
    assert not column_chart("none", []).bars


def test_shares_fill_the_bar() -> None:
    pieces = share_bar([("a", 0.5, ""), ("b", 0.0, ""), ("c", 0.5, "")])
    assert [(each.start, each.length) for each in pieces] == [(0, 50), (50, 50)]
    assert share_bar([("a", None, "")]) == ()


def test_the_period_before_is_as_long() -> None:
    assert MAY.before == Period(date(2026, 3, 31), date(2026, 4, 30))
    assert Period(MAY.last, MAY.last).before == Period(date(2026, 5, 30), date(2026, 5, 30))
