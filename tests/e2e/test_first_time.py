"""Somebody codes here for the first time and has read nothing: three documents of the sample hospital, mouse only.

What they stumbled over, and what was done about it, stands in docs/usability.md.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

SAMPLE = Path(__file__).parents[2] / "examples" / "sample"
NUMBER = "H26-1002"


@pytest.fixture
def sample_hospital(db: None, tmp_path: Path) -> tuple[Any, Any]:
    """The sample hospital with one chart, coded and assigned; the hospital and its coder."""
    from django.utils import timezone

    from nosology.actions.sample import make_samples
    from nosology.store.models import Organisation, User

    told = yaml.safe_load((SAMPLE / "hospital.yaml").read_text("utf-8"))
    told["encounters"] = [each for each in told["encounters"] if each["number"] == NUMBER]
    told |= {"history": [], "assigned": {"coder1": [NUMBER]}}
    (tmp_path / "hospital.yaml").write_text(yaml.safe_dump(told), "utf-8")
    shutil.copytree(SAMPLE / "hospital", tmp_path / "hospital")
    make_samples(tmp_path, now=timezone.now())
    return Organisation.objects.get(sample=True), User.objects.get(email="casey.morgan@riverbend.example")


def test_a_first_chart_without_help(page: Any, sign_in: Any, sample_hospital: tuple[Any, Any], picture: Any) -> None:
    hospital, coder = sample_hospital
    sign_in(page, user=coder, at=hospital)

    def row(code: str) -> Any:
        return page.locator(f'.code-row[data-code="{code}"]')

    def wait(code: str, state: str) -> None:
        page.wait_for_selector(f'.code-row[data-code="{code}"][data-state="{state}"]')

    def accept(code: str) -> None:
        row(code).get_by_role("button", name=f"Accept {code}").click()
        wait(code, "accepted")

    page.goto("/")  # the way in: the worklist, the one chart on it
    page.get_by_role("link", name=NUMBER).click()
    page.wait_for_selector("#detail h4")
    page.get_by_role("tab", name="Discharge summary").click()  # they read first
    page.wait_for_selector('[role="tab"][aria-selected="true"] >> text=Discharge summary')

    for code in ("M80.052A", "G30.1", "F05", "D62"):  # what is plainly right
        accept(code)

    row("H91.90").click()  # "w/ aids": both ears, thus the sibling beside it; but nobody wrote so, and it is taken back
    page.locator("#detail [data-choose='H91.93']").click()
    wait("H91.93", "changed")
    page.locator('[data-do="undo"]').click()
    wait("H91.90", "suggested")
    accept("H91.90")

    row("E55.9").click()  # the check says why it cannot stand
    page.wait_for_selector("#detail .check >> text=Excludes1")
    picture(page, "first-check")
    page.locator("#detail").get_by_role("button", name="Reject").click()
    page.get_by_label("or another reason").fill("Excludes1 note at E55: osteoporosis")
    page.locator("#ask").get_by_role("button", name="Reject").click()
    wait("E55.9", "rejected")

    page.get_by_role("button", name="Finalise").click()  # too early: it says what is missing and goes there
    page.wait_for_selector("#toasts >> text=still to decide")
    assert row("F02.B0").get_attribute("aria-selected") == "true"
    for code in ("F02.B0", "I10", "I48.21", "L89.152", "Z97.4", "Z66", "Z79.01"):
        accept(code)

    page.get_by_role("tab", name="Discharge summary").click()  # back to where they read
    page.wait_for_selector('[role="tab"][aria-selected="true"] >> text=Discharge summary')
    falls = page.locator(".document:not([hidden]) mark", has_text="falls").first  # one that the engine left out
    falls.click()
    page.get_by_role("button", name="Find a code for these words").click()
    page.wait_for_selector("#search[open]")
    page.get_by_label("Words or a code").fill("history of falling")
    page.locator('#search-results [data-code="Z91.81"]').click()
    wait("Z91.81", "added")
    page.wait_for_selector(".document:not([hidden]) mark.lit >> text=falls")
    picture(page, "first-added")

    page.get_by_role("button", name="Finalise").click()
    page.locator("#ask").get_by_role("button", name="Finalise").click()
    page.wait_for_selector("#ask-title:has-text('Finalise as it stands')")  # checks whose books are not installed
    page.get_by_label("Reason").fill("the books come next week")
    page.locator("#ask").get_by_role("button", name="Finalise").click()
    page.wait_for_selector('#panel[data-state="final"]')
    picture(page, "first-final")
    assert row("H91.90").count() == 1
    page.locator(".finish").get_by_role("link", name="Worklist").click()
    page.wait_for_url("**/worklist*")
