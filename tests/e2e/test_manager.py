"""A manager's day: looks at the figures, sees what waits, spreads the work, takes a table along."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nosology.store import models as tables


@pytest.fixture
def busy(encounter_in: Any, person: Any, hospital: Any) -> dict[str, Any]:
    """Three people with a month of work behind them, and charts that wait."""
    now = timezone.now()
    people = [person("coder", name=name) for name in ("Anna Abel", "Ben Castillo", "Chidi Okafor")]
    kinds = ("inpatient", "professional", "outpatient")
    for n in range(36):
        chart = encounter_in(
            state="final",
            setting=kinds[n % 3],
            seconds_at_work=(1800, 300, 500)[n % 3] + 10 * n,
            ready_at=now - timedelta(days=n % 25, hours=30 + n),
            finalized_at=now - timedelta(days=n % 25, hours=2),
            finalized_by=people[(n // 3) % 3],
        )
        for m, code in enumerate(("I10", "E11.9", "J44.1", "J15.1")):
            verb = "accept" if (n + m) % 5 else ("change", "reject")[m % 2]
            tables.Decision.everywhere.create(
                organisation=hospital,
                encounter=chart,
                number=m + 1,
                verb=verb,
                system="icd10cm",
                code_before=code,
                code_after=code if verb == "accept" else "",
                by=people[(n // 3) % 3],
                worksheet_version=m + 1,
            )
        if n % 6 == 0:
            tables.ProviderQuery.everywhere.create(
                organisation=hospital,
                encounter=chart,
                question="?",
                state="answered",
                outcome="agreed",
                sent_at=now - timedelta(days=3),
                answered_at=now - timedelta(days=2),
            )
    for n in range(12):
        chart = encounter_in(
            number=f"M{n:02d}",
            state="ready",
            priority=1 + n % 5,
            service_date=(now - timedelta(days=3 * n)).date(),
            expected_value=Decimal(900 * n + 120),
            assigned_to=people[0] if n % 4 == 0 else None,
        )
        tables.Encounter.everywhere.filter(pk=chart.pk).update(received_at=now - timedelta(days=3 * n))
    return {"people": people}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_reports_can_be_read_by_everybody(
    busy: Any, new_page: Any, sign_in: Any, axe: Any, picture: Any, scheme: str, width: int, height: int
) -> None:
    page = new_page(width=width, height=height, color_scheme=scheme)
    sign_in(page, "manager")
    page.goto("/manager")
    page.locator("details summary", has_text="As a table").click()
    axe(page)
    page.locator("details summary", has_text="As a table").click()
    picture(page, f"manager-{scheme}-{width}", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_managers_day(busy: Any, page: Any, sign_in: Any, tmp_path: Path) -> None:
    anna, ben, _ = busy["people"]
    sign_in(page, "manager")
    page.goto("/")
    page.get_by_role("link", name="Reports").click()
    page.get_by_role("heading", name="Reports").wait_for()
    tiles = page.locator(".tiles").inner_text()
    assert "36" in tiles
    assert "12" in tiles
    page.get_by_role("link", name="7 days", exact=True).click()
    page.locator('.presets [aria-current="true"]', has_text="7 days").wait_for()
    page.locator("#p-setting").select_option("inpatient")
    page.get_by_role("button", name="Show").click()
    page.locator(".page-head", has_text="inpatient").wait_for()
    with page.expect_download() as coming:
        page.locator('section[aria-labelledby="h-coders"]').get_by_role("link", name="CSV").click()
    table = tmp_path / "coders.csv"
    coming.value.save_as(table)
    assert table.read_text("utf-8-sig").startswith("coder,finalised")

    page.get_by_role("link", name="Assign charts").click()
    page.locator('#lists [data-list="unassigned"][aria-current]').wait_for()
    assert "9 charts" in page.locator(".pagination").inner_text()
    for _ in range(3):
        page.keyboard.press("j")
        page.keyboard.press("x")
    page.keyboard.press("a")
    page.locator("#assign-to").select_option(str(ben.pk))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("3 charts assigned").wait_for()
    assert tables.Encounter.everywhere.filter(assigned_to=ben).count() == 3

    page.locator(".more-filters summary").click()
    page.locator("#f-older").fill("20")
    page.locator(".more-filters").get_by_role("button", name="Apply").click()
    page.locator(".filters a", has_text="Clear").wait_for()
    page.locator(".saved-filters summary").click()
    page.locator("#filter-name").fill("Over 20 days")
    page.locator("#filter-shared").check()
    page.get_by_role("button", name="Keep").click()
    page.get_by_text("The filter is kept").wait_for()
    page.locator("#choose-all").check()
    page.locator("#set-priority").select_option("1")
    page.get_by_role("button", name="Set", exact=True).click()
    page.get_by_text("set to priority 1").wait_for()
    assert tables.SavedFilter.everywhere.get().shared
    assert not tables.AuditEvent.objects.filter(outcome="refused").exists()
    assert anna.pk
