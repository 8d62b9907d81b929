"""A documentation specialist's day and a provider's: drafts looked through, one sent, answered, coded anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from nosology.actions.intake import ReceivedFile, receive_documents, request_coding
from nosology.model.access import Access
from nosology.store.models import CodingRun, Document, Encounter, ProviderQuery

CHART = """DISCHARGE SUMMARY

HISTORY OF PRESENT ILLNESS: A 67-year-old woman came with confusion for two days. Cough and fever.

HOSPITAL COURSE: Sodium on arrival was 122. Hydrochlorothiazide was stopped, she was fluid restricted to 1.2 L and urine
osmolality was followed. Sodium 127 on day 2 and 133 at discharge. Pneumonia was treated with ceftriaxone.

DISCHARGE DIAGNOSES:
1. Community acquired pneumonia.
2. Hypertension.
"""


def test_a_day_with_queries(
    home: Path,
    page: Any,
    new_page: Callable[..., Any],
    sign_in: Callable[..., Any],
    person: Callable[..., Any],
    encounter_in: Callable[..., Any],
    hospital: Any,
    axe: Any,
    picture: Any,
) -> None:
    doctor = person("provider", name="Dr. Ada Sample")
    stay = encounter_in(state="waiting", provider=doctor)
    system = Access.system(str(hospital.pk))
    files = [ReceivedFile("discharge summary.txt", CHART.encode())]
    receive_documents(system, encounter=str(stay.pk), files=files, now=timezone.now())
    request_coding(system, encounter=str(stay.pk), now=timezone.now())

    sign_in(page, "cdi")
    page.goto("/queries")
    axe(page)
    picture(page, "queries-drafts")
    page.get_by_role("link", name="These findings and this treatment").click()
    page.get_by_text("Nothing speaks against sending it.").wait_for()
    axe(page)
    picture(page, "query-draft", full_page=True)
    page.get_by_label("Question", exact=True).fill("Do you agree that she has SIADH? It moves the DRG.")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("The query speaks of payment").first.wait_for()
    assert page.get_by_text("The wording leads to an answer").first.is_visible()
    axe(page)
    picture(page, "query-refused", full_page=True)
    page.get_by_label("Question", exact=True).fill(
        "These findings and this treatment are recorded without a related diagnosis. Please document the condition, "
        "if any, that was evaluated, monitored or treated."
    )
    page.get_by_label("Add indicators").fill("confusion for two days")
    page.get_by_label("Provider who answers").select_option(label="Dr. Ada Sample")
    page.get_by_role("button", name="Save and check").click()
    page.get_by_text("“confusion for two days”").wait_for()
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    page.get_by_text("An answer is asked for by").wait_for()
    axe(page)
    picture(page, "query-sent", full_page=True)
    assert Encounter.everywhere.get(pk=stay.pk).state == "queried"

    phone = new_page(width=390, height=844)
    sign_in(phone, "provider", user=doctor)
    phone.goto("/queries")
    axe(phone)
    picture(phone, "queries-mine-narrow")
    phone.get_by_role("link", name="These findings and this treatment").click()
    phone.get_by_text("Sodium on arrival was 122").first.wait_for()
    axe(phone)
    picture(phone, "query-answer-narrow", full_page=True)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_role("button", name="Answer").click()
    phone.get_by_text("Choose an answer").wait_for()
    phone.get_by_role("radio", name="hyponatremia", exact=True).focus()
    phone.keyboard.press("Space")
    phone.get_by_label("Details, or your own words").fill("Hyponatremia due to hydrochlorothiazide")
    wide = new_page()
    sign_in(wide, "provider", user=doctor)
    wide.goto(phone.url)
    picture(wide, "query-answer", full_page=True)
    phone.get_by_role("button", name="Answer").click()
    phone.get_by_text("Your answer is part of the chart now").wait_for()
    axe(phone)
    wide.get_by_role("radio", name="unable to determine").check()
    wide.get_by_role("button", name="Answer").click()
    wide.get_by_text("This query was changed meanwhile").wait_for()
    picture(wide, "query-answer-stale")

    answer = Document.everywhere.get(kind="query-answer")
    assert "hydrochlorothiazide" in answer.text
    run = CodingRun.everywhere.filter(encounter=stay).order_by("-number").first()
    evidence = {code["code"]: {piece["document"] for piece in code["evidence"]} for code in run.result["codes"]}
    assert str(answer.pk) in evidence["E87.1"]
    assert Encounter.everywhere.get(pk=stay.pk).state in ("ready", "coding")

    page.reload()
    page.get_by_text("In the chart since the answer").wait_for()
    axe(page)
    picture(page, "query-answered", full_page=True)
    late = ProviderQuery.everywhere.create(
        organisation=hospital, encounter=stay, question="Please document the stage, if it can be determined.",
        state="sent", to=doctor, sent_at=timezone.now() - timedelta(days=9), due_at=timezone.now() - timedelta(days=2),
    )  # fmt: skip
    page.goto("/queries?show=overdue")
    page.get_by_text("Please document the stage").click()
    page.get_by_role("button", name="Close without an answer").click()
    page.get_by_text("Closed without an answer.").wait_for()
    late.refresh_from_db()
    assert (late.state, late.outcome) == ("expired", "no-answer")
    page.goto("/queries/outcomes")
    page.get_by_text("50%").first.wait_for()
    axe(page)
    picture(page, "query-outcomes")
    page.goto("/queries/new")
    axe(page)
    page.get_by_label("Account number").fill(stay.number)
    page.keyboard.press("Enter")
    page.get_by_label("Question", exact=True).wait_for()
    axe(page)
    picture(page, "query-new", full_page=True)
