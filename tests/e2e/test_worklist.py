"""A worklist by keyboard alone, on a screen and on a telephone, light and dark."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from nosology.store import models as tables


@pytest.fixture
def charts(encounter_in: Any, person: Any) -> list[Any]:
    coder, provider, now = (
        person("coder", name="Anna Abel"),
        person("provider", name="Dr. Lena Hartmann"),
        timezone.now(),
    )
    made = []
    for n in range(8):
        made.append(
            encounter_in(
                number=f"W{n}",
                state=["ready", "coding", "queried", "waiting"][n % 4],
                priority=1 + n % 5,
                provider=provider,
                expected_value=Decimal(1000 * n),
                confidence=n / 10,
                assigned_to=coder if n % 4 in (1, 2) else None,
                locked_by=coder if n % 4 == 1 else None,
                locked_until=now + timedelta(minutes=5),
                open_queries=int(n % 4 == 2),
                missing_documents=["operative report"] if n % 4 == 3 else [],
            )
        )
    return made


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_nothing_serious_on_the_list_and_its_menus(
    charts: Any, new_page: Any, sign_in: Any, axe: Any, picture: Any, scheme: str, width: int, height: int
) -> None:
    page = new_page(width=width, height=height, color_scheme=scheme)
    sign_in(page, "manager")
    page.goto("/worklist")
    axe(page)
    picture(page, f"worklist-{scheme}-{width}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator(".more-filters summary").click()
    axe(page)
    page.keyboard.press("Escape")
    page.locator(".saved-filters summary").click()
    axe(page)
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("#keys").wait_for()
    axe(page)


def test_a_morning_without_a_mouse(charts: Any, page: Any, sign_in: Any, person: Any) -> None:
    colleague = person("coder", name="Ben Castillo")
    me = sign_in(page, "coder")
    page.goto("/worklist")
    assert page.locator("#lists [aria-current]").get_attribute("data-list") == "unassigned"
    page.keyboard.press("j")
    assert page.locator("tr.is-current [data-open]").inner_text() == "W0"
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("#bulk-bar [data-chosen]").inner_text() == "1"
    page.keyboard.press("c")
    page.wait_for_function("!document.querySelector('tr.is-current')")
    charts[4].refresh_from_db()
    assert charts[4].assigned_to == me
    page.goto("/worklist?list=mine")
    page.keyboard.press("j")
    page.keyboard.press("h")
    page.locator("#hand-over-to").select_option(str(colleague.pk))
    page.keyboard.press("Tab")
    page.keyboard.type("Procedures are left.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("1 chart handed over").wait_for()
    charts[4].refresh_from_db()
    assert charts[4].assigned_to == colleague
    page.keyboard.press("2")
    page.locator('#lists [data-list="open"][aria-current]').wait_for()
    page.keyboard.press("/")
    page.keyboard.type("W5")
    page.locator(".found-list li").wait_for()
    assert "W5" in page.locator(".found-list").inner_text()
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-payer"


_NOW = """([path, id]) => htmx.ajax("GET", path, {source: id, target: id, swap: "outerHTML"})"""


def test_counts_and_rows_are_live_and_take_nothing_away(charts: Any, page: Any, sign_in: Any) -> None:
    sign_in(page, "coder")
    page.goto("/worklist?list=open")
    assert page.locator('[data-list="queried"] .count').inner_text() == "2"
    keys = [each.get_attribute("data-row") for each in page.locator("[data-row]").all()]
    for key in ("j", "x", "j"):
        page.keyboard.press(key)
    focused = page.evaluate("document.activeElement.textContent")
    tables.Encounter.everywhere.filter(number="W0").update(state="queried", open_queries=4)
    tables.Encounter.everywhere.filter(number="W4").update(state="final")
    page.evaluate(_NOW, ["/worklist/counts?list=open&seen=", "#lists"])
    page.evaluate(_NOW, ["/worklist/rows?list=open&rows=", "#rows"])
    page.get_by_text("4 queries").wait_for()
    assert page.locator('[data-list="queried"] .count').inner_text() == "3"
    assert page.locator("[data-row]").count() == 7
    page.wait_for_function("text => document.activeElement.textContent === text", arg=focused)  # once htmx has settled
    ticked = page.locator('[data-row]:has(input[name="chart"]:checked)')
    assert [each.get_attribute("data-row") for each in ticked.all()] == keys[:1]
    assert page.locator("[data-chosen]").first.inner_text() == "1"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.closest('[data-row]').dataset.row") == keys[2]


def test_rows_wait_while_somebody_fills_in_a_dialog(charts: Any, page: Any, sign_in: Any) -> None:
    sign_in(page, "coder")
    page.goto("/worklist?list=open")
    for key in ("j", "x", "h"):
        page.keyboard.press(key)
    page.get_by_label("What is done, what is left").fill("half of it")
    tables.Encounter.everywhere.filter(number="W0").update(open_queries=4)
    page.evaluate(_NOW, ["/worklist/rows?list=open&rows=", "#rows"])
    page.wait_for_timeout(300)
    assert not page.get_by_text("4 queries").count()
    assert page.get_by_label("What is done, what is left").input_value() == "half of it"
