"""Who sees how much of a chart, and that each reading is logged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nosology.actions.reading import break_glass, open_chart, review_break_glass
from nosology.errors import NotFound, NotPermitted, UsageError
from nosology.store.models import AuditEvent, BreakGlass, Membership, ProviderQuery
from nosology.store.queries.reach import Reach, may_read, reach_of, within_reach

REACHED = {
    "coder": Reach.CHART,
    "cdi": Reach.CHART,
    "manager": Reach.CHART,
    "auditor": Reach.CHART,
    "compliance": Reach.CHART,
    "biller": Reach.CLAIM,
    "provider": Reach.NOTHING,
    "educator": Reach.NOTHING,
    "patient": Reach.NOTHING,
    "administrator": Reach.NOTHING,
}


@pytest.mark.parametrize("role", REACHED)
def test_each_role_reaches_as_much_as_it_needs(role: str, coded_encounter: Any, access_as: Any) -> None:
    access, key = access_as(role), str(coded_encounter.pk)
    assert reach_of(access, key).reach is REACHED[role]
    assert may_read(access, key) is (REACHED[role] is Reach.CHART)
    assert within_reach(access).exists() is (REACHED[role] in (Reach.CHART, Reach.CLAIM))
    if REACHED[role] is Reach.CHART:
        assert open_chart(access, encounter=key, now=timezone.now()).reach is Reach.CHART
    else:
        with pytest.raises(NotPermitted):
            open_chart(access, encounter=key, now=timezone.now())
    event = AuditEvent.objects.get(verb="chart.read")
    assert event.outcome == ("done" if REACHED[role] is Reach.CHART else "refused")
    assert event.encounter_id == key


@pytest.mark.parametrize("key", ["0" * 32, "none", ""])
def test_another_tenants_chart_is_none_that_there_is(
    key: str, coded_encounter: Any, access_as: Any, clinic: Any
) -> None:
    access = access_as("manager", at=clinic)
    for asked in (key, str(coded_encounter.pk)):
        with pytest.raises(NotFound, match="there is no such chart here"):
            open_chart(access, encounter=asked, now=timezone.now())
        with pytest.raises(NotFound):
            break_glass(access, encounter=asked, reason="an emergency, truly", now=timezone.now())


def test_a_provider_sees_the_queries_sent_to_them(coded_encounter: Any, access_as: Any) -> None:
    access, other = access_as("provider"), access_as("provider")
    key = str(coded_encounter.pk)
    query = ProviderQuery.everywhere.get(encounter=coded_encounter)
    query.to_id = access.user
    query.save()
    assert reach_of(access, key).reach is Reach.NOTHING  # a draft is not sent
    query.state = "sent"
    query.save()
    assert reach_of(access, key).reach is Reach.QUERY
    assert reach_of(other, key).reach is Reach.NOTHING
    assert open_chart(access, encounter=key, now=timezone.now(), at_least=Reach.QUERY).reach is Reach.QUERY
    with pytest.raises(NotPermitted):
        open_chart(access, encounter=key, now=timezone.now())


def test_an_organisation_may_keep_coders_to_their_team(hospital: Any, encounter_in: Any, access_as: Any) -> None:
    hospital.settings = hospital.settings | {"reach": "team"}
    hospital.save()
    coder, manager = access_as("coder"), access_as("manager")
    Membership.objects.filter(user_id=coder.user).update(team="Surgery")
    own, open_, other = (encounter_in(team=team) for team in ("Surgery", "", "Medicine"))
    given = encounter_in(team="Medicine", assigned_to_id=coder.user)
    taken = encounter_in(team="", assigned_to_id=manager.user)
    assert set(within_reach(coder)) == {own, open_, given}
    assert set(within_reach(manager)) == {own, open_, other, given, taken}
    assert not may_read(coder, str(other.pk))


def test_the_glass_is_broken_with_a_reason_for_a_while_and_reviewed(coded_encounter: Any, access_as: Any) -> None:
    now, key = timezone.now(), str(coded_encounter.pk)
    provider, officer = access_as("provider"), access_as("compliance")
    with pytest.raises(UsageError):
        break_glass(provider, encounter=key, reason="because", now=now)
    glass = break_glass(provider, encounter=key, reason="the patient is in my emergency room", now=now)
    reached = open_chart(provider, encounter=key, now=now)
    assert reached.by_glass
    assert AuditEvent.objects.get(verb="chart.read").detail["glass"] is True
    assert not may_read(provider, key, now=now + timedelta(hours=5))
    with pytest.raises(NotPermitted):
        review_break_glass(provider, glass=str(glass.pk), now=now)
    review_break_glass(officer, glass=str(glass.pk), now=now)
    assert str(BreakGlass.everywhere.get().reviewed_by_id) == officer.user
    assert "emergency room" not in str(list(AuditEvent.objects.values()))  # the reason stays where it is reviewed


@pytest.mark.parametrize("role", ["biller", "auditor", "educator", "patient", "administrator"])
def test_not_everybody_may_break_the_glass(role: str, coded_encounter: Any, access_as: Any) -> None:
    with pytest.raises(NotPermitted):
        break_glass(
            access_as(role), encounter=str(coded_encounter.pk), reason="an emergency, truly", now=timezone.now()
        )


def test_lists_and_claims_keep_to_the_team(hospital: Any, encounter_in: Any, access_as: Any) -> None:
    import server_world
    from nosology.actions.worklist import claim_encounter, claim_next
    from nosology.store.queries.criteria import Criteria
    from nosology.store.queries.worklist import count_lists

    hospital.settings = hospital.settings | {"reach": "team"}
    hospital.save()
    coder = access_as("coder")
    Membership.objects.filter(user_id=coder.user).update(team="Surgery")
    own, other = (encounter_in(**server_world.PNEUMONIA, team=team) for team in ("Surgery", "Medicine"))
    assert count_lists(coder, team="Surgery")["unassigned"] == 1
    with pytest.raises(NotFound):
        claim_encounter(coder, encounter=str(other.pk), now=timezone.now())
    assert claim_next(coder, criteria=Criteria.read({}), now=timezone.now()) == str(own.pk)
    with pytest.raises(NotFound):
        claim_next(coder, criteria=Criteria.read({}), now=timezone.now())


def test_a_provider_opens_one_chart_through_the_broken_glass(
    coded_encounter: Any, encounter_in: Any, client_as: Any
) -> None:
    import server_world

    client, other = client_as("provider"), encounter_in(**server_world.PNEUMONIA)
    pages = [f"/charts/{coded_encounter.pk}", f"/charts/{coded_encounter.pk}/panel"]
    assert [client.get(each).status_code for each in pages] == [403, 403]
    wrong = client.post("/break-glass/", {"number": "none", "reason": "the patient is in my emergency room"})
    assert "no chart with this account number" in wrong.content.decode()
    given = {"number": coded_encounter.number, "reason": "the patient is in my emergency room"}
    assert client.post("/break-glass/", given).headers["Location"] == pages[0]
    assert [client.get(each).status_code for each in pages] == [200, 200]
    assert client.get(f"/charts/{other.pk}").status_code == 403
    assert client.post(f"/charts/{coded_encounter.pk}/finalize", {"version": "1"}).status_code == 403
    assert AuditEvent.objects.filter(verb="chart.read", outcome="done", detail__glass=True).count() == 1


def test_fragments_of_a_chart_keep_to_the_team(hospital: Any, encounter_in: Any, client_as: Any) -> None:
    import server_world

    hospital.settings = hospital.settings | {"reach": "team"}
    hospital.save()
    other = encounter_in(**server_world.PNEUMONIA, team="Medicine")
    client = client_as("coder")
    for part in ("", "/panel", "/codes/icd10cm:I10", "/search?q=pneumonia"):
        assert client.get(f"/charts/{other.pk}{part}").status_code == 403, part
