"""The biller's page: what the claim needs and nothing more of the chart; each reading is logged."""

from __future__ import annotations

from typing import Any

import pytest

from nosology.store.models import AuditEvent, Encounter


@pytest.fixture
def page_of(client_as: Any, coded_encounter: Any) -> str:
    Encounter.everywhere.filter(pk=coded_encounter.pk).update(
        registration={"lines": [{"code": "99223", "units": 1, "charge": "1250.50", "date": "2026-05-01"}]}
    )
    return client_as("biller").get(f"/claims/{coded_encounter.pk}").content.decode()


def test_codes_charges_and_status_stand_there(page_of: str) -> None:
    for said in ("J15.1", "Pneumonia due to Pseudomonas", "$1,250.50", "05/04/2026", "Medicare", "not coded yet"):
        assert said in page_of


def test_no_clinical_text_stands_there(page_of: str) -> None:
    for words in ("Former smoker", "green sputum", "BMI is 17.1", "prednisone", "Progress note", "Discharge summary"):
        assert words not in page_of


def test_the_reading_is_logged(page_of: str, coded_encounter: Any) -> None:
    event = AuditEvent.objects.filter(verb="chart.read").latest("number")
    assert event.encounter_id == str(coded_encounter.pk)
    assert (event.detail["how"], event.detail["reach"]) == ("claim", "claim")


def test_the_worklist_leads_there(client_as: Any, coded_encounter: Any) -> None:
    shown = client_as("biller").get("/worklist?list=open").content.decode()
    assert f"/claims/{coded_encounter.pk}" in shown
    assert f"/charts/{coded_encounter.pk}" not in shown


@pytest.mark.parametrize(("role", "status"), [("coder", 403), ("provider", 403), ("educator", 403)])
def test_it_is_for_those_who_bill(client_as: Any, coded_encounter: Any, role: str, status: int) -> None:
    assert client_as(role).get(f"/claims/{coded_encounter.pk}").status_code == status
