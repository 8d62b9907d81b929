"""The tour of docs/tour.md through the sample hospital: every stop is opened, looked at by axe, and pictured.

``make tour`` writes the pictures of the page anew (docs/img/tour); without it they go to a temporary folder.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tour.md").read_text("utf-8")
STOPS = re.findall(r"\(img/tour/([\w-]+)\.png\)", PAGE)
CODER, CDI, PROVIDER = "casey.morgan@riverbend.example", "jordan.ellis@riverbend.example", "ama.osei@riverbend.example"
MANAGER, COMPLIANCE = "dana.kowalski@riverbend.example", "theo.marsh@riverbend.example"


@pytest.fixture
def hospital_of_the_sample(db: None) -> Any:
    """The sample as ``nosology serve`` makes it."""
    from django.utils import timezone

    from nosology.actions.sample import make_samples
    from nosology.store.models import Organisation

    make_samples(ROOT / "examples" / "sample", now=timezone.now())
    return Organisation.objects.get(name__startswith="Riverbend")


@pytest.fixture
def visit(new_page: Any, sign_in: Any, axe: Any, picture: Any, hospital_of_the_sample: Any) -> Any:
    """``visit(email, …)``: a page of that person; ``stop(page, name)`` looks at it and pictures it."""
    from nosology.store.models import User

    seen: list[str] = []

    def enter(email: str, **size: int) -> Any:
        page = new_page(**size)
        sign_in(page, user=User.objects.get(email=email), at=hospital_of_the_sample)
        return page

    def stop(page: Any, name: str) -> None:
        page.wait_for_load_state("networkidle")
        axe(page)
        picture(page, name)
        seen.append(name)

    return enter, stop, seen


def test_the_tour(visit: Any) -> None:
    enter, stop, seen = visit
    coder = enter(CODER)
    coder.goto("/worklist?list=mine")
    stop(coder, "worklist")
    coder.get_by_role("link", name="H26-1002").click()
    coder.wait_for_selector("#detail h4")
    stop(coder, "chart")
    coder.get_by_role("tab", name="DRG").click()
    stop(coder, "drg")
    coder.keyboard.press("/")
    coder.keyboard.type("vitamin d defciency")
    coder.wait_for_selector("[role=option]")
    stop(coder, "search")
    coder.keyboard.press("Escape")
    coder.keyboard.press("?")
    coder.wait_for_selector("dialog[open]")
    stop(coder, "keys")
    coder.goto("/codebook/icd10cm/E11.621?on=2026-05-04")
    stop(coder, "codebook")
    phone = enter(CODER, width=390, height=844)
    phone.goto("/worklist?list=mine")
    stop(phone, "phone")

    cdi = enter(CDI)
    cdi.goto("/queries?show=drafts")
    stop(cdi, "queries")
    cdi.locator("main a[href^='/queries/']:not([href*='new']):not([href*='outcomes'])").first.click()
    stop(cdi, "query")
    provider = enter(PROVIDER)
    provider.goto("/queries?show=mine")
    provider.locator("main a[href^='/queries/']").first.click()
    stop(provider, "answer")

    manager = enter(MANAGER)
    manager.goto("/manager")
    stop(manager, "manager")
    manager.goto("/intake")
    stop(manager, "intake")
    compliance = enter(COMPLIANCE)
    compliance.goto("/audit/")
    stop(compliance, "audit")

    assert seen == STOPS, "docs/tour.md shows these stops, in this order"
    assert {path.stem for path in (ROOT / "docs" / "img" / "tour").glob("*.png")} == set(STOPS), "make tour"
