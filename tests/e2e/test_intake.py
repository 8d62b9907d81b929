"""Charts come in: a stay is registered with its files, what cannot be taken says why, the keyboard suffices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone

from nosology.store.models import CodingRun, Document, Encounter

NOTE = "DISCHARGE SUMMARY\n\nDISCHARGE DIAGNOSES:\n1. Pneumonia due to Pseudomonas.\n2. COPD with acute exacerbation.\n"


def test_a_stay_comes_in(
    home: Path, page: Any, new_page: Callable[..., Any], sign_in: Callable[..., Any], axe: Any, picture: Any
) -> None:
    who = sign_in(page, "manager")
    page.goto("/intake")
    axe(page)
    picture(page, "intake-empty")
    page.get_by_role("link", name="New encounter").first.click()
    page.get_by_label("Account number").focus()
    for typed in ("A-2026-117", "Inpatient stay"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.get_by_label("Admitted").fill("2026-04-29")
    page.get_by_label("Discharged, or day of the visit").fill("2026-05-04")
    page.get_by_label("Payer").fill("Medicare")
    page.get_by_label("Medical record number").fill("MRN-7")
    page.get_by_label("Patient's name").fill("Testa Patientia")
    page.get_by_label("Date of birth").fill("1955-01-09")
    page.get_by_label("Choose documents").set_input_files(
        [
            {"name": "discharge summary.txt", "mimeType": "text/plain", "buffer": NOTE.encode()},
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 /S /JavaScript /JS (x)"},
            {"name": "letter.docx", "mimeType": "application/msword", "buffer": b"no DOCX at all"},
        ]
    )
    page.get_by_text("scan.pdf, 1 KB").wait_for()
    axe(page)
    picture(page, "intake-new", full_page=True)
    page.get_by_label("Patient's name").press("Enter")
    page.get_by_text("codes suggested").wait_for()
    assert page.get_by_text("the PDF holds scripts").is_visible()
    assert page.get_by_text("is named as DOCX but is text").is_visible()
    axe(page)
    picture(page, "intake-encounter", full_page=True)
    page.goto("/intake")
    axe(page)
    picture(page, "intake-list")
    narrow = new_page(width=390, height=844)
    sign_in(narrow, "manager", user=who)
    for name, path in (
        ("list", "/intake"),
        ("new", "/intake/new"),
        ("encounter", f"/intake/{Encounter.everywhere.get().id}"),
    ):
        narrow.goto(path)
        axe(narrow)
        picture(narrow, f"intake-{name}-narrow", full_page=True)
        assert narrow.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_progress_is_shown_until_the_engine_is_done(
    page: Any, sign_in: Callable[..., Any], encounter_in: Callable[..., Any], picture: Any
) -> None:
    sign_in(page, "manager")
    row = encounter_in(texts=[("Note", "progress-note", "Cough.")], state="waiting")
    run = CodingRun.everywhere.create(
        organisation=row.organisation, encounter=row, number=7, state="running", progress=40, started_at=timezone.now()
    )
    page.goto(f"/intake/{row.id}")
    page.get_by_text("The engine reads and codes.").wait_for()
    picture(page, "intake-progress")
    CodingRun.everywhere.filter(pk=run.pk).update(state="failed", reason="no release is in force on 1990-01-01")
    page.get_by_text("no release is in force").wait_for()
    assert Document.everywhere.count() == 1
