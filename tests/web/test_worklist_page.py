"""The worklist's pages: what each role sees, filters, orders, pages, live counts, a fixed number of queries."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nosology.model.access import Access
from nosology.store import models as tables
from nosology.store.queries.criteria import SORTS, Criteria
from nosology.store.queries.worklist import count_lists, find_charts, read_facets, read_page


def numbers(access: Access, given: dict[str, str], **more: Any) -> list[str]:
    """The numbers of the charts that fit."""
    found = read_page(access, Criteria.read(given), now=timezone.now(), team="", **more)
    return [row.number for row in found.rows]


@pytest.fixture
def charts(encounter_in: Any, person: Any) -> dict[str, Any]:
    """Six charts, each in another state of things."""
    provider, coder, now = person("provider", name="Dr. Vance"), person("coder", name="Cora Coder"), timezone.now()
    made = {
        "A1": encounter_in(number="A1", state="ready", priority=1, expected_value=Decimal("9000.50"), confidence=0.9),
        "B2": encounter_in(number="B2", state="ready", autonomous=True, confidence=0.99, expected_value=Decimal(100)),
        "C3": encounter_in(number="C3", state="coding", assigned_to=coder, provider=provider, confidence=None),
        "D4": encounter_in(number="D4", state="queried", open_queries=2, payer="Acme Health", setting="outpatient"),
        "E5": encounter_in(number="E5", state="waiting", missing_documents=["operative report"], department="Surgery"),
        "F6": encounter_in(number="F6", state="final", finalized_at=now, finalized_by=coder, confidence=None),
    }
    tables.Encounter.everywhere.filter(number="D4").update(received_at=now - timedelta(days=10))
    return made


def test_each_list_holds_its_own(charts: Any, access_as: Any) -> None:
    coder = access_as("coder", user=charts["C3"].assigned_to)
    expected = {
        "mine": {"C3"},
        "team": set(),
        "open": {"A1", "B2", "C3", "D4", "E5"},
        "unassigned": {"A1"},
        "queried": {"D4"},
        "autonomous": {"B2"},
        "incomplete": {"E5"},
        "final": {"F6"},
    }
    for name, held in expected.items():
        assert set(numbers(coder, {"list": name})) == held, name
    del expected["final"]
    assert count_lists(coder, team="") == {name: len(held) for name, held in expected.items()}


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({"setting": "outpatient"}, {"D4"}),
        ({"payer": "Acme Health"}, {"D4"}),
        ({"department": "Surgery"}, {"E5"}),
        ({"priority": "1"}, {"A1"}),
        ({"missing": "yes"}, {"E5"}),
        ({"missing": "no", "priority": "1"}, {"A1"}),
        ({"older": "7"}, {"D4"}),
        ({"value": "1,000"}, {"A1"}),
        ({"sure": "95"}, {"B2"}),
        ({"unsure": "95"}, {"A1"}),
        ({"state": "coding"}, {"C3"}),
    ],
)
def test_filters(charts: Any, access_as: Any, given: dict[str, str], held: set[str]) -> None:
    assert set(numbers(access_as("coder"), {"list": "open"} | given)) == held


def test_filters_by_people(charts: Any, access_as: Any) -> None:
    coder, chart = access_as("coder"), charts["C3"]
    assert numbers(coder, {"list": "open", "provider": str(chart.provider_id)}) == ["C3"]
    assert numbers(coder, {"list": "open", "assigned": str(chart.assigned_to_id)}) == ["C3"]
    facets = read_facets(coder)
    assert facets.payers == ("Acme Health", "Medicare")
    assert facets.departments == ("Medicine", "Surgery")
    assert facets.providers == ((str(chart.provider_id), "Dr. Vance"),)


def test_another_tenant_sees_nothing(charts: Any, access_as: Any, clinic: Any) -> None:
    stranger = access_as("manager", at=clinic)
    assert not any(numbers(stranger, {"list": name}) for name in ("open", "final", "queried"))
    assert set(count_lists(stranger, team="").values()) == {0}
    assert not find_charts(stranger, "A1")
    assert read_facets(stranger).payers == ()


@pytest.mark.parametrize("descending", ["", "1"])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_go_forth_and_back_without_loss(encounter_in: Any, access_as: Any, sort: str, descending: str) -> None:
    now = timezone.now()
    for n in range(13):
        chart = encounter_in(
            state="ready",
            priority=1 + n % 3,
            confidence=None if n % 4 == 0 else (n % 5) / 10,
            expected_value=None if n % 3 == 0 else Decimal(n % 4),
            payer=f"P{n % 2}",
        )
        if n % 2:
            tables.Encounter.everywhere.filter(pk=chart.pk).update(received_at=now - timedelta(days=n % 3))
    manager = access_as("manager")
    criteria = Criteria.read({"list": "open", "sort": sort, "descending": descending})
    whole = [row.id for row in read_page(manager, criteria, now=now, team="", size=100).rows]
    seen, after, pages = [], "", []
    while True:
        found = read_page(manager, criteria, now=now, team="", size=4, after=after)
        pages.append([row.id for row in found.rows])
        seen += pages[-1]
        assert found.total == 13
        after = found.after
        if not after:
            break
    assert seen == whole
    assert len(set(seen)) == 13
    for at in range(len(pages) - 1, 0, -1):
        back = read_page(manager, criteria, now=now, team="", size=4, before=pages[at][0])
        assert [row.id for row in back.rows] == pages[at - 1]
        assert bool(back.before) == (at > 1)


def test_an_anchor_of_elsewhere_is_passed_over(charts: Any, access_as: Any, encounter_in: Any, clinic: Any) -> None:
    foreign = encounter_in(clinic, state="ready")
    coder = access_as("coder")
    for anchor in (str(foreign.pk), "x' OR 1=1 --"):
        assert len(numbers(coder, {"list": "open"}, after=anchor)) == 5


def test_the_page_costs_the_same_for_every_number_of_rows(encounter_in: Any, client_as: Any) -> None:
    client = client_as("manager")
    client.get("/worklist")  # the session says once that somebody is at work
    costs = []
    for _ in range(2):
        for _ in range(8):
            encounter_in(state="ready", locked_by=client.person, assigned_to=client.person, provider=client.person)
        with CaptureQueriesContext(
            connection,
        ) as made:
            answer = client.get("/worklist?list=open&after=00000000-0000-0000-0000-000000000000")
        assert answer.status_code == 200
        costs.append(len(made))
    assert costs[0] == costs[1] < 25


def test_what_a_coder_sees(charts: Any, client_as: Any) -> None:
    client = client_as("coder")
    page = client.get("/worklist?list=open").content.decode()
    for shown in ("Testa Patientia", "Claim next", "overdue", "2 queries", "missing: operative report", "9,000.50"):
        assert (shown in page) == (shown != "overdue"), shown
    assert "Assign to" not in page.replace("Assigned to", "")


def test_what_a_biller_sees(charts: Any, client_as: Any) -> None:
    client = client_as("biller")
    page = client.get("/worklist?list=autonomous&sure=1&sort=confidence").content.decode()
    for hidden in ("Testa Patientia", "Confidence", "confidence", "queries", "operative", "Claim", "autonomous"):
        assert hidden not in page.split("<main")[1].replace("Autonomous", ""), hidden
    assert "9,000.50" in page
    assert re.findall(r'data-list="(\w+)"', page) == ["open", "final"]


def test_who_may_not_read_worklists(client_as: Any) -> None:
    assert client_as("provider").get("/worklist").status_code == 403
    assert client_as("provider").get("/").status_code == 302


def test_moves_by_form(charts: Any, client_as: Any, person: Any) -> None:
    manager, coder = client_as("manager"), person("coder", name="Anna Abel")
    chosen = [str(charts["A1"].pk), str(charts["D4"].pk)]
    back = "/worklist?list=open"
    answer = manager.post("/worklist/assign", {"chart": chosen, "to": str(coder.pk), "back": back}, follow=True)
    assert "2 charts assigned" in answer.content.decode()
    assert answer.redirect_chain == [(back, 302)]
    assert tables.Encounter.everywhere.filter(assigned_to=coder).count() == 2
    answer = manager.post("/worklist/priority", {"chart": chosen, "level": "2", "back": "//evil.example"}, follow=True)
    assert answer.redirect_chain == [("/worklist", 302)]
    assert "2 charts set to priority 2" in answer.content.decode()
    answer = manager.post("/worklist/release", {"chart": chosen}, follow=True)
    assert "2 charts given back" in answer.content.decode()
    client = client_as("coder")
    assert client.post("/worklist/assign", {"chart": chosen, "to": str(coder.pk)}).status_code == 403
    client.post("/worklist/claim-next", {"list": "open"})
    charts["A1"].refresh_from_db()
    assert charts["A1"].assigned_to == client.person
    answer = client.post(
        "/worklist/hand-over",
        {"chart": chosen[:1], "colleague": str(coder.pk), "note": "<script>x</script>"},
        follow=True,
    )
    assert "1 chart handed over" in answer.content.decode()
    answer = client.post("/worklist/claim", {"chart": chosen[:1]}, follow=True)
    assert "A colleague took this chart" in answer.content.decode()


def test_filters_by_form(client_as: Any) -> None:
    client = client_as("manager")
    given = {"list": "open", "value": "5000", "filter_name": "<b>Big</b>", "shared": "1"}
    page = client.post("/worklist/filters", given, follow=True).content.decode()
    assert "&lt;b&gt;Big&lt;/b&gt;" in page
    assert "value=5000" in page
    kept = tables.SavedFilter.everywhere.get()
    assert client_as("coder").post(f"/worklist/filters/{kept.pk}/forget").status_code == 404
    assert client.post(f"/worklist/filters/{kept.pk}/forget").status_code == 302
    assert not tables.SavedFilter.everywhere.exists()


def test_a_criterion_that_cannot_be_is_told(client_as: Any) -> None:
    answer = client_as("coder").get("/worklist?value=lots")
    assert answer.status_code == 200
    assert "must be an amount in USD" in answer.content.decode()


def test_live_counts_answer_only_what_is_new(charts: Any, client_as: Any) -> None:
    client = client_as("coder")
    first = client.get("/worklist/counts?list=open&seen=")
    seen = re.search(r'"seen": "([\d-]+)"', first.content.decode())
    assert seen
    assert client.get(f"/worklist/counts?list=open&seen={seen[1]}").status_code == 204
    charts["A1"].assigned_to = client.person
    charts["A1"].save()
    assert client.get(f"/worklist/counts?list=open&seen={seen[1]}").status_code == 200


def test_find_by_number_and_by_record_number(charts: Any, client_as: Any) -> None:
    mrn = charts["D4"].patient.mrn
    coder, biller = client_as("coder"), client_as("biller")
    assert ">D4<" in coder.post("/worklist/find", {"number": "d4"}).content.decode()
    assert ">D4<" in coder.post("/worklist/find", {"number": mrn.lower()}).content.decode()
    assert ">D4<" not in biller.post("/worklist/find", {"number": mrn}).content.decode()
    assert "Testa" not in biller.post("/worklist/find", {"number": "D4"}).content.decode()
    assert biller.post("/worklist/find", {"number": " "}).content.decode().strip() == ""


def test_a_team_has_its_own_charts_and_those_of_its_people(encounter_in: Any, hospital: Any, client_as: Any) -> None:
    client, other = client_as("coder"), client_as("coder")
    for each in (client, other):
        tables.Membership.objects.filter(user=each.person).update(team="Inpatient")
    encounter_in(number="TEAM-ONE", state="ready", team="Inpatient")
    encounter_in(number="TEAM-TWO", state="ready", assigned_to=other.person)
    encounter_in(number="OFFICE-ONE", state="ready", team="Office")
    page = client.get("/worklist?list=team").content.decode()
    assert "Team Inpatient" in page
    assert [number in page for number in ("TEAM-ONE", "TEAM-TWO", "OFFICE-ONE")] == [True, True, False]
    assert "OFFICE-ONE" in client.get("/worklist?list=open").content.decode()
    hospital.settings = hospital.settings | {"reach": "team"}
    hospital.save()
    for path in ("/worklist?list=open", "/worklist?list=unassigned"):
        page = client.get(path).content.decode()
        assert "TEAM-ONE" in page
        assert "OFFICE-ONE" not in page
    assert "OFFICE-ONE" not in client.post("/worklist/find", {"number": "OFFICE-ONE"}).content.decode()
    stranger = tables.Encounter.everywhere.get(number="OFFICE-ONE")
    client.post("/worklist/claim", {"chart": [str(stranger.pk)]})
    stranger.refresh_from_db()
    assert stranger.assigned_to is None
