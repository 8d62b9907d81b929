"""The chart screen, read side: who sees it, what it holds, hostile words, the search, the code book."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import server_world
from nosology.store import models as tables


def _document(encounter: Any) -> Any:
    return tables.Document.everywhere.filter(encounter=encounter).order_by("position").first()


def test_a_coder_sees_documents_and_codes(client_as: Any, coded_encounter: Any) -> None:
    answer = client_as("coder").get(f"/charts/{coded_encounter.pk}")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count('role="tab" id="tab-') >= 2
    assert 'data-code="J15.1"' in page
    assert "<mark" in page
    assert "Pneumonia due to Pseudomonas" in page
    assert "Testa Patientia" not in re.search(r"<title>.*?</title>", page, re.DOTALL).group()  # type: ignore[union-attr]


def test_absent_and_family_are_told_apart(client_as: Any, coded_encounter: Any) -> None:
    document = _document(coded_encounter)
    text = client_as("coder").get(f"/charts/{coded_encounter.pk}/documents/{document.pk}").content.decode()
    assert re.search(r'<mark class="absent first"[^>]*data-said="absent"[^>]*>chest pain</mark>', text)
    assert re.search(r'<mark class="family first"[^>]*>breast cancer</mark>', text)
    assert re.search(r'<mark class="uncertain first"[^>]*>heart failure</mark>', text)


@pytest.mark.parametrize("what", ["", "/panel", "/search?q=flu", "/codes/icd10cm:J15.1"])
def test_charts_of_another_organisation_do_not_exist(client_as: Any, clinic: Any, encounter_in: Any, what: str) -> None:
    other = encounter_in(clinic, **server_world.PNEUMONIA)
    assert client_as("coder").get(f"/charts/{other.pk}{what}").status_code == 404


def test_a_document_of_another_chart_does_not_exist(client_as: Any, coded_encounter: Any, encounter_in: Any) -> None:
    other = encounter_in(**server_world.PNEUMONIA)
    address = f"/charts/{coded_encounter.pk}/documents/{_document(other).pk}"
    assert client_as("coder").get(address).status_code == 404


@pytest.mark.parametrize("role", ["biller", "provider", "patient", "administrator"])
def test_others_do_not_see_the_chart(client_as: Any, coded_encounter: Any, role: str) -> None:
    assert client_as(role).get(f"/charts/{coded_encounter.pk}").status_code == 403


def test_an_auditor_reads_and_changes_nothing(client_as: Any, coded_encounter: Any) -> None:
    page = client_as("auditor").get(f"/charts/{coded_encounter.pk}").content.decode()
    assert 'data-may-edit=""' in page
    assert 'data-do="accept"' not in page


def test_hostile_words_stay_words(client_as: Any, encounter_in: Any) -> None:
    bad = '</mark><script>alert(1)</script> "pneumonia" <img src=x onerror=alert(2)>'
    chart = encounter_in(
        texts=[(bad, "note", f"Assessment: {bad}")],
        codes=[("icd10cm", "J18.9", bad, "principal", "pneumonia")],
        payer='"><script>1',
        department="<b>x</b>",
    )
    page = client_as("coder").get(f"/charts/{chart.pk}").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>x</b>" not in page


def test_details_of_a_code(client_as: Any, coded_encounter: Any) -> None:
    text = client_as("coder").get(f"/charts/{coded_encounter.pk}/codes/icd10cm:J15.1").content.decode()
    assert "Words in the chart" in text
    assert "Alphabetic Index" in text
    assert "J15.0" in text  # a sibling
    assert client_as("coder").get(f"/charts/{coded_encounter.pk}/codes/icd10cm:Z99.9").status_code == 404


def test_search_finds_with_typos_and_by_code(client_as: Any, coded_encounter: Any) -> None:
    client = client_as("coder")
    address = f"/charts/{coded_encounter.pk}/search"
    assert "E11.40" in client.get(address, {"q": "diabetis neuropaty"}).content.decode()
    by_code = client.get(address, {"q": "j44"}).content.decode()
    assert 'data-code="J44.1" data-billable="1"' in by_code
    assert 'data-code="J44" data-billable=""' in by_code
    assert "on the chart" in by_code
    assert "not installed" in client.get(address, {"q": "x", "system": "klingon"}).content.decode()
    assert client.get(address, {"q": "<script>" * 50}).status_code == 200


def test_kept_codes_come_before_anything_is_typed(client_as: Any, coded_encounter: Any, hospital: Any) -> None:
    client = client_as("coder")
    tables.FavouriteCode.everywhere.create(
        organisation=hospital, user=client.person, system="icd10cm", code="I50.9", pinned=True
    )
    text = client.get(f"/charts/{coded_encounter.pk}/search").content.decode()
    assert "I50.9" in text
    assert "kept" in text


def test_code_book_and_rule(client_as: Any) -> None:
    client = client_as("provider")
    page = client.get("/codebook/icd10cm/E11.621", {"on": "2026-05-04"}).content.decode()
    assert "Use additional code" in page
    assert "E11.620" in page
    part = client.get("/codebook/icd10cm/E11.621", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert client.get("/codebook/icd10cm/NOPE").status_code == 404
    assert client.get("/codebook/klingon/E11").status_code == 404
    assert "I.A.12.a" in client.get("/rules/I.A.12.a-excludes1").content.decode()
    assert client.get("/rules/none-of-ours").status_code == 404


def test_reading_is_logged_with_its_document(client_as: Any, coded_encounter: Any) -> None:
    client = client_as("coder")
    client.get(f"/charts/{coded_encounter.pk}")
    client.get(f"/charts/{coded_encounter.pk}/documents/{_document(coded_encounter).pk}")
    events = tables.AuditEvent.objects.filter(verb="chart.read", encounter_id=str(coded_encounter.pk))
    assert [each.detail["how"] for each in events.order_by("number")] == ["page", "document"]


def test_no_query_count_that_grows(client_as: Any, encounter_in: Any) -> None:
    counts = []
    for size in (1, 12):
        texts = [(f"Note {n}", "progress-note", f"Day {n}: pneumonia, stays on cefepime.") for n in range(size)]
        codes = [("icd10cm", "J18.9", "Pneumonia, unspecified organism", "principal", "pneumonia")]
        codes += [("icd10cm", f"I1{n}", "Hypertension", "secondary", "cefepime") for n in range(size - 1)]
        chart = encounter_in(texts=texts, codes=codes)
        client = client_as("coder")
        client.get(f"/charts/{chart.pk}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(f"/charts/{chart.pk}")
        counts.append(len(seen))
    assert counts[0] == counts[1]
