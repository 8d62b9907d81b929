"""Many people take charts at the same moment: every chart has one owner, and nobody is told otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from nosology.actions.worklist import claim_encounter, claim_next
from nosology.errors import NotFound, StaleVersion
from nosology.model.access import Access
from nosology.store import models as tables
from nosology.store.queries.criteria import Criteria

pytestmark = pytest.mark.django_db(transaction=True)


def test_claim_next_at_once(encounter_in: Any, access_as: Any) -> None:
    for _ in range(12):
        encounter_in(state="ready")
    people = [access_as("coder") for _ in range(4)]

    def work(access: Access) -> list[str]:
        taken = []
        try:
            while True:
                taken.append(claim_next(access, criteria=Criteria(), now=timezone.now()))
        except NotFound:
            return taken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as crowd:
        taken = list(crowd.map(work, people))
    every = [chart for each in taken for chart in each]
    assert len(every) == len(set(every)) == 12
    owners = {str(each.pk): str(each.assigned_to_id) for each in tables.Encounter.everywhere.all()}
    assert all(owners[chart] == person.user for person, charts in zip(people, taken, strict=True) for chart in charts)
    assert tables.AuditEvent.objects.filter(verb="worklist.claim-next", outcome="done").count() == 12


def test_one_chart_at_once(encounter_in: Any, access_as: Any) -> None:
    chart = str(encounter_in(state="ready").pk)
    people = [access_as("coder") for _ in range(4)]

    def take(access: Access) -> bool:
        try:
            claim_encounter(access, encounter=chart, now=timezone.now())
        except StaleVersion:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(people)) as crowd:
        told = list(crowd.map(take, people))
    assert sum(told) == 1
    assert str(tables.Encounter.everywhere.get(pk=chart).assigned_to_id) == people[told.index(True)].user
