"""The fixtures stand: people, tenants, clients, a coded encounter."""

from __future__ import annotations

from typing import Any

from nosology.model.access import Permission
from nosology.store.models import Document, Encounter, Worksheet


def test_a_client_works_in_its_organisation(client_as: Any, clinic: Any) -> None:
    client = client_as("coder", at=clinic)
    assert client.session["organisation"] == str(clinic.pk)
    assert client.person.memberships.get().roles == ["coder"]


def test_rows_are_reached_by_their_own_tenant_alone(access_as: Any, clinic: Any, coded_encounter: Any) -> None:
    assert Encounter.objects.for_access(access_as("coder")).get() == coded_encounter
    assert not Encounter.objects.for_access(access_as("coder", at=clinic)).exists()
    assert not Encounter.objects.all().exists()
    assert access_as("coder").may(Permission.CHART_CODE)


def test_the_evidence_of_a_coded_encounter_is_quoted(coded_encounter: Any) -> None:
    texts = {str(each.pk): each.text for each in Document.everywhere.filter(encounter=coded_encounter)}
    codes = Worksheet.everywhere.get(encounter=coded_encounter).codes
    assert len(codes) == 5
    for code in codes:
        assert code["evidence"]
        for each in code["evidence"]:
            assert texts[each["document"]][each["start"] : each["end"]] == each["quote"]
