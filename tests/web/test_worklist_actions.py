"""Claim, assign, release, hand over, filters: who gets which chart, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nosology.actions import worklist as act
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.store import models as tables
from nosology.store.queries.colleagues import read_colleagues
from nosology.store.queries.criteria import Criteria
from nosology.store.queries.filters import read_filters

ANY = Criteria(list="unassigned")


def again(chart: Any) -> Any:
    return tables.Encounter.everywhere.get(pk=chart.pk)


@pytest.fixture
def charts(encounter_in: Any) -> list[Any]:
    return [encounter_in(state="ready", priority=priority) for priority in (3, 1, 2)]


def test_claim_next_takes_by_priority_and_leaves_the_gate_alone(charts: Any, access_as: Any, encounter_in: Any) -> None:
    encounter_in(state="ready", priority=1, autonomous=True)
    now = timezone.now()
    one, two = access_as("coder"), access_as("coder")
    assert act.claim_next(one, criteria=ANY, now=now) == str(charts[1].pk)
    assert act.claim_next(two, criteria=ANY, now=now) == str(charts[2].pk)
    assert act.claim_next(one, criteria=ANY, now=now) == str(charts[0].pk)
    with pytest.raises(NotFound):
        act.claim_next(two, criteria=ANY, now=now)
    assert str(again(charts[1]).assigned_to_id) == one.user
    assert again(charts[1]).version == charts[1].version + 1
    assert tables.AuditEvent.objects.filter(verb="worklist.claim-next", outcome="done").count() == 3


def test_claim_next_keeps_to_the_filters(charts: Any, access_as: Any, encounter_in: Any) -> None:
    clinic = encounter_in(state="ready", setting="professional", priority=5)
    wanted = Criteria(list="mine", setting="professional")
    assert act.claim_next(access_as("coder"), criteria=wanted, now=timezone.now()) == str(clinic.pk)


def test_a_chart_is_claimed_once(charts: Any, access_as: Any) -> None:
    one, two, now = access_as("coder"), access_as("coder"), timezone.now()
    act.claim_encounter(one, encounter=str(charts[0].pk), now=now)
    act.claim_encounter(one, encounter=str(charts[0].pk), now=now)
    with pytest.raises(StaleVersion):
        act.claim_encounter(two, encounter=str(charts[0].pk), now=now)
    assert str(again(charts[0]).assigned_to_id) == one.user


def test_a_chart_on_a_desk_is_not_claimed(charts: Any, access_as: Any, person: Any) -> None:
    now = timezone.now()
    tables.Encounter.everywhere.filter(pk=charts[1].pk).update(
        locked_by=person("coder"), locked_until=now + timedelta(minutes=5)
    )
    assert act.claim_next(access_as("coder"), criteria=ANY, now=now) == str(charts[2].pk)
    with pytest.raises(StaleVersion):
        act.claim_encounter(access_as("coder"), encounter=str(charts[1].pk), now=now)


def test_assign_many(charts: Any, access_as: Any, person: Any, encounter_in: Any) -> None:
    manager, coder, now = access_as("manager"), person("coder"), timezone.now()
    final = encounter_in(state="final")
    tables.Encounter.everywhere.filter(pk=charts[2].pk).update(
        locked_by=person("coder"), locked_until=now + timedelta(minutes=5)
    )
    ids = [str(each.pk) for each in [*charts, final]]
    assert act.assign_encounters(manager, encounters=ids, to=str(coder.pk), now=now) == act.Moved(2, 2)
    assert [again(each).assigned_to_id for each in charts] == [coder.pk, coder.pk, None]
    with pytest.raises(NotPermitted):
        act.assign_encounters(access_as("coder"), encounters=ids, to=str(coder.pk), now=now)
    with pytest.raises(UsageError):
        act.assign_encounters(manager, encounters=[], to=str(coder.pk), now=now)
    with pytest.raises(UsageError):
        act.assign_encounters(manager, encounters=["1; DROP TABLE"], to=str(coder.pk), now=now)
    event = tables.AuditEvent.objects.get(verb="worklist.assign", outcome="done")
    assert event.detail["count"] == 2


def test_only_who_codes_here_is_assigned(charts: Any, access_as: Any, person: Any, clinic: Any, company: Any) -> None:
    manager, now = access_as("manager"), timezone.now()
    ids = [str(charts[0].pk)]
    for wrong in (person("biller"), person("coder", at=clinic), person("manager", at=company)):
        with pytest.raises(NotFound):
            act.assign_encounters(manager, encounters=ids, to=str(wrong.pk), now=now)
    remote = person("coder", at=company, name="Remote Coder")
    assert act.assign_encounters(manager, encounters=ids, to=str(remote.pk), now=now).done == 1
    listed = {each.name: each.company for each in read_colleagues(manager, on=now.date())}
    assert listed["Remote Coder"] == "Northern Billing"


def test_charts_of_another_tenant_do_not_move(charts: Any, access_as: Any, clinic: Any, person: Any) -> None:
    stranger, now = access_as("manager", at=clinic), timezone.now()
    coder = person("coder", at=clinic)
    ids = [str(each.pk) for each in charts]
    assert act.assign_encounters(stranger, encounters=ids, to=str(coder.pk), now=now).done == 0
    assert act.set_priority(stranger, encounters=ids, priority=5).done == 0
    assert act.release_encounters(stranger, encounters=ids, now=now).done == 0
    for call in (
        lambda: act.claim_encounter(stranger, encounter=ids[0], now=now),
        lambda: act.hand_over(stranger, encounter=ids[0], to=str(coder.pk), note="yours", now=now),
        lambda: act.claim_next(stranger, criteria=ANY, now=now),
    ):
        with pytest.raises(NotFound):
            call()


def test_release_gives_back_ones_own(charts: Any, access_as: Any) -> None:
    one, two, manager, now = access_as("coder"), access_as("coder"), access_as("manager"), timezone.now()
    ids = [str(each.pk) for each in charts]
    for chart in ids:
        act.claim_encounter(one, encounter=chart, now=now)
    assert act.release_encounters(two, encounters=ids, now=now) == act.Moved(0, 3)
    assert act.release_encounters(one, encounters=ids[:1], now=now) == act.Moved(1, 0)
    assert act.release_encounters(manager, encounters=ids, now=now) == act.Moved(2, 1)


def test_release_gives_up_the_desk_too(charts: Any, access_as: Any) -> None:
    one, now = access_as("coder"), timezone.now()
    tables.Encounter.everywhere.filter(pk=charts[0].pk).update(
        assigned_to=one.user, locked_by=one.user, locked_until=now + timedelta(minutes=5)
    )
    assert act.release_encounters(one, encounters=[str(charts[0].pk)], now=now).done == 1
    assert again(charts[0]).locked_by_id is None


def test_hand_over_needs_a_note_and_ones_own_chart(charts: Any, access_as: Any, person: Any) -> None:
    one, two, other, now = access_as("coder"), access_as("coder"), person("coder"), timezone.now()
    chart = str(charts[0].pk)
    act.claim_encounter(one, encounter=chart, now=now)
    with pytest.raises(UsageError):
        act.hand_over(one, encounter=chart, to=str(other.pk), note="  ", now=now)
    with pytest.raises(NotPermitted):
        act.hand_over(two, encounter=chart, to=str(other.pk), note="mine?", now=now)
    act.hand_over(one, encounter=chart, to=str(other.pk), note="PCS still to check", now=now)
    assert again(charts[0]).assigned_to_id == other.pk
    assert tables.Comment.everywhere.get(encounter_id=chart).text == "PCS still to check"


def test_filters_are_kept_replaced_shared_and_forgotten(access_as: Any, clinic: Any) -> None:
    coder, manager = access_as("coder"), access_as("manager")
    act.save_filter(coder, name=" Big  ones ", criteria=Criteria.read({"value": "10000", "list": "open"}))
    key = act.save_filter(coder, name="Big ones", criteria=Criteria.read({"value": "20000", "list": "open"}))
    (kept,) = read_filters(coder)
    assert (kept.name, kept.criteria["value"], kept.own) == ("Big ones", "20000", True)
    assert not read_filters(manager)
    with pytest.raises(NotPermitted):
        act.save_filter(coder, name="All", criteria=Criteria(), shared=True)
    act.save_filter(manager, name="Old", criteria=Criteria.read({"older": "7"}), shared=True)
    assert {each.name for each in read_filters(coder)} == {"Big ones", "Old"}
    assert not read_filters(access_as("coder", at=clinic))
    with pytest.raises(NotFound):
        act.delete_filter(manager, filter_id=key)
    act.delete_filter(coder, filter_id=key)
    assert {each.name for each in read_filters(coder)} == {"Old"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"list": "everything"},
        {"priority": "9"},
        {"value": "NaN"},
        {"value": "1e99"},
        {"older": "-1"},
        {"provider": "<script>"},
        {"sort": "password"},
        {"sure": "٣"},
    ],
)
def test_criteria_that_cannot_be(wrong: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Criteria.read(wrong)
