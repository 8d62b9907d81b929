"""What stands in the way is settled in the browser: an error with a reason, a chart that somebody else has."""

from __future__ import annotations

from typing import Any

import pytest

from nosology.store.models import Decision, Encounter, FinalCode

pytestmark = pytest.mark.usefixtures("home")


def state_of(encounter: Any) -> str:
    return str(Encounter.everywhere.get(pk=encounter.pk).state)


def test_a_chart_is_finished_as_it_stands_with_a_reason(
    page: Any, sign_in: Any, coded_encounter: Any, axe: Any, picture: Any
) -> None:
    Encounter.everywhere.filter(pk=coded_encounter.pk).update(open_queries=1)
    coder = sign_in(page, "coder")
    page.goto(f"/charts/{coded_encounter.pk}")
    page.wait_for_selector(".code-row")
    for _ in range(5):
        waiting = page.locator('.code-row[data-state="suggested"]')
        left = waiting.count()
        waiting.first.locator('[data-do="accept"]').click()
        waiting.nth(left - 1).wait_for(state="detached")
    page.click('[data-do="finalize"]')
    page.wait_for_selector("#ask[open]")
    page.click("#ask-go")
    page.wait_for_selector("#ask-title:has-text('Finalise as it stands')")
    assert "query waits" in page.inner_text("#ask-text")
    picture(page, "chart-finalise-reason")
    axe(page)
    page.fill("#ask-value", "the provider is away until June")
    page.click("#ask-go")
    page.wait_for_selector('#panel[data-state="final"]')
    assert state_of(coded_encounter) == "final"
    last = Decision.everywhere.filter(encounter=coded_encounter).latest("number")
    assert (last.why, last.by) == ("the provider is away until June", coder)
    assert FinalCode.everywhere.filter(encounter=coded_encounter).count() == 5


def test_a_chart_is_taken_over_with_a_reason(
    page: Any, new_page: Any, sign_in: Any, coded_encounter: Any, picture: Any
) -> None:
    sign_in(page, "coder")
    with page.expect_response("**/lock"):
        page.goto(f"/charts/{coded_encounter.pk}")
    other = new_page()
    second = sign_in(other, "coder")
    other.goto(f"/charts/{coded_encounter.pk}")
    other.wait_for_selector("#panel[data-may-edit='']")
    other.click('[data-do="take-over"]')
    other.wait_for_selector("#ask[open]")
    picture(other, "chart-take-over")
    other.fill("#ask-value", "the coder has gone home")
    other.click("#ask-go")
    other.wait_for_selector("#panel[data-may-edit='1']")
    assert Encounter.everywhere.get(pk=coded_encounter.pk).locked_by == second
    page.locator('.code-row[data-state="suggested"] [data-do="accept"]').first.click()
    page.wait_for_selector("#panel[data-may-edit='']")  # the first is told, and sees who has it
    assert "has this chart until" in page.inner_text("#panel")
