"""A coder's day in the browser: a stay of two documents, coded by the engine, finished by keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from nosology.model.access import Access

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRESS = """PROGRESS NOTE 03/19/2026
PT: Placeholder, Victor | 59 y.o. male

SUBJECTIVE: Foot pain better. Mother had breast cancer. Denies chest pain. Possible depression, will screen.
OBJECTIVE: Afebrile. BP 150/88.
ASSESSMENT AND PLAN:
1. Diabetic foot ulcer right: continue cefazolin, podiatry follows.
2. Hypertension: increase lisinopril.
3. Hyperlipidemia: atorvastatin.
4. Type 2 diabetes with hyperglycemia: basal insulin up to 24 units.
History of prostate cancer, treated 2015.
"""


@pytest.fixture
def stay(hospital: Any) -> str:
    """A stay with two documents, coded by the engine; its id."""
    from django.utils import timezone

    from nosology.actions.intake import ReceivedFile, receive_documents, register_encounter, request_coding

    access, now = Access.system(str(hospital.pk)), timezone.now()
    row = register_encounter(
        access,
        number="A0001",
        mrn="TEST-1",
        setting="inpatient",
        service_date=date(2026, 5, 4),
        now=now,
        name="Victor Placeholder",
        birth_date=date(1966, 5, 3),
        sex="M",
        payer="Medicare",
        admitted_at=datetime(2026, 4, 29, 9, tzinfo=UTC),
        discharged_at=datetime(2026, 5, 4, 12, tzinfo=UTC),
    )
    encounter = str(getattr(row, "pk", row))
    discharge = (EXAMPLES / "discharge_diabetic_foot_ulcer.txt").read_bytes()
    files = [ReceivedFile("discharge summary.txt", discharge), ReceivedFile("progress note.txt", PROGRESS.encode())]
    receive_documents(access, encounter=encounter, files=files, now=now)
    request_coding(access, encounter=encounter, now=now)
    return encounter


def row(page: Any, code: str) -> Any:
    return page.locator(f'.code-row[data-code="{code}"]')


def wait_state(page: Any, code: str, state: str) -> None:
    page.wait_for_selector(f'.code-row[data-code="{code}"][data-state="{state}"]')


def chosen(page: Any) -> str:
    return str(page.locator('.code-row[aria-selected="true"]').get_attribute("data-code"))


def until(what: Callable[[], Any], seconds: float = 15) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.05)


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_coder_finishes_a_stay_by_keyboard(
    page: Any, sign_in: Any, stay: str, axe: Callable[[Any], None], picture: Any
) -> None:
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector("#detail[data-detail-of='icd10cm:E11.621'] h4")
    assert chosen(page) == "E11.621"
    picture(page, "chart")
    axe(page)

    press(page, "a")  # accept, and on to the next
    wait_state(page, "E11.621", "accepted")
    assert chosen(page) == "E11.65"

    press(page, "z")  # undo, do again
    wait_state(page, "E11.621", "suggested")
    press(page, "Shift+Z")
    wait_state(page, "E11.621", "accepted")

    row(page, "E78.5").click()  # reject, with a reason
    press(page, "r")
    page.wait_for_selector("#ask[open]")
    picture(page, "chart-reject")
    press(page, "5")
    wait_state(page, "E78.5", "rejected")
    assert "not treated" in row(page, "E78.5").inner_text()

    row(page, "F17.210").click()  # change to a sibling by typing
    press(page, "c")
    page.wait_for_selector("#search[open]")
    page.keyboard.type("nicotene dependance in remision cigaretes")
    page.wait_for_selector('#search-results [data-code="F17.211"]')
    picture(page, "chart-search")
    axe(page)
    while page.locator('#search-results [aria-selected="true"]').get_attribute("data-code") != "F17.211":
        press(page, "ArrowDown")
    press(page, "Enter")
    wait_state(page, "F17.211", "changed")
    press(page, "z")
    wait_state(page, "F17.210", "suggested")

    press(page, "/")  # add one by its words
    page.wait_for_selector("#search[open]")
    page.keyboard.type("obesty class 2")
    page.wait_for_selector('#search-results [data-code="E66.812"]')
    press(page, "Escape")

    row(page, "I10").click()  # present on admission, order
    press(page, "o")
    page.wait_for_selector("#ask[open]")
    press(page, "w")
    page.wait_for_selector('.code-row[data-code="I10"][data-poa="W"]')
    press(page, "[")
    until(lambda: row(page, "I10").get_attribute("data-rank") == "5")
    row(page, "I10").focus()
    press(page, "]")
    until(lambda: row(page, "I10").get_attribute("data-rank") == "6")

    press(page, "b")  # the code book, a rule, checks, DRG
    page.wait_for_selector("#book .codebook")
    picture(page, "chart-book")
    axe(page)
    press(page, "Escape", "x")
    assert page.locator("#pane-checks").is_visible()
    press(page, "g")
    page.wait_for_selector("#pane-drg:not([hidden]) h3")
    picture(page, "chart-drg")
    press(page, "t")
    page.keyboard.type("Podiatry note is still missing?")
    page.locator("#pane-notes button").click()
    page.wait_for_selector("#pane-notes li >> text=Podiatry note")

    row(page, "I10").focus()  # everything that is left, then final
    while page.locator('.code-row[data-state="suggested"]').count():
        left = page.locator('.code-row[data-state="suggested"]').count()
        press(page, "a")
        until(lambda count=left: page.locator('.code-row[data-state="suggested"]').count() < count)
    press(page, "Shift+F")
    page.wait_for_selector("#ask[open]")
    press(page, "Enter")
    page.wait_for_selector("#ask-title:has-text('Finalise as it stands')")
    assert "acknowledge" in page.inner_text("#ask-text")  # checks whose books are not installed
    page.keyboard.type("the books come next week")
    press(page, "Enter")
    page.wait_for_selector('#panel[data-state="final"]')
    picture(page, "chart-final")
    axe(page)
    assert page.locator('[data-do="accept"]').count() == 0


def test_codes_and_words_answer_each_other(page: Any, sign_in: Any, stay: str, picture: Any) -> None:
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector(".document mark.coded")
    row(page, "Z85.46").click()  # its words stand in the other document: the tab follows
    page.wait_for_selector('[role="tab"][aria-selected="true"] >> text=progress note')
    page.wait_for_selector(".document:not([hidden]) mark.lit >> text=prostate cancer")
    page.locator(".document:not([hidden]) mark.also", has_text="Hypertension").first.click()
    assert chosen(page) == "I10"
    press(page, "1")
    page.locator(".document:not([hidden]) mark.coded", has_text="Diabetic peripheral neuropathy").first.click()
    assert chosen(page) == "E11.42"
    press(page, "e")
    page.locator("#documents-view").focus()
    press(page, "n", "n")
    assert page.evaluate("document.activeElement.tagName") == "MARK"
    assert page.locator("#say").inner_text()


ACT_AT_ONCE = """async () => {
  const view = document.getElementById("documents-view"), card = document.getElementById("hint");
  const above = (thing) => thing.getBoundingClientRect().top - view.getBoundingClientRect().top;
  const left = document.querySelector(".document:not([hidden]) mark:not(.coded):not(.also)");  // the engine left it out
  view.scrollTop += above(left) - 60;
  const row = [...document.querySelectorAll(".code-row")].find((row) => {
    const mark = document.querySelector(`.document:not([hidden]) mark[data-keys~="${row.dataset.key}"]`);
    return mark && above(mark) > view.clientHeight && above(mark) < 3 * view.clientHeight;
  });
  row.click();
  for (let turn = 0; turn < 20; turn += 1) await null;  // its words are to be moved into sight, the text has not moved
  left.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
  left.click();
  const top = view.scrollTop;
  await new Promise((next) => setTimeout(next, 700));
  return { hidden: card.hidden, moved: view.scrollTop - top };
}"""


def test_the_text_rests_when_the_reader_takes_it_in_hand(page: Any, sign_in: Any, stay: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 480})
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector(".document mark.coded")
    assert page.evaluate(ACT_AT_ONCE) == {"hidden": False, "moved": 0}


def test_find_in_all_documents(page: Any, sign_in: Any, stay: str, picture: Any) -> None:
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector(".document mark.coded")
    press(page, "f")
    page.keyboard.type("podiatry")
    until(lambda: page.locator("#find-count").inner_text().startswith("1 / "))
    total = int(page.locator("#find-count").inner_text().split("/")[1])
    assert total >= 2
    for _ in range(total - 1):
        press(page, "Enter")
    page.wait_for_selector('[role="tab"][aria-selected="true"] >> text=progress note')
    picture(page, "chart-find")
    page.locator("#find").fill("nothing like this")
    until(lambda: page.locator("#find-count").inner_text() == "none")


def test_words_that_are_marked_become_evidence(page: Any, sign_in: Any, stay: str) -> None:
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector(".document mark.coded")
    row(page, "E11.42").click()
    page.evaluate(
        """() => {
            const part = document.querySelector('.document:not([hidden])');
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf('foul drainage');
                if (at >= 0) {
                    const range = document.createRange();
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + 13);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                    break;
                }
            }
        }"""
    )
    press(page, "v")
    page.wait_for_selector("#detail .quote >> text=foul drainage")
    page.wait_for_selector(".document mark.lit >> text=foul drainage")


def test_a_second_coder_reads_and_waits(page: Any, new_page: Any, sign_in: Any, stay: str, picture: Any) -> None:
    sign_in(page, "coder")
    page.goto(f"/charts/{stay}")
    page.wait_for_selector(".document mark.coded")
    until(lambda: page.evaluate("performance.getEntriesByType('resource').some((one) => one.name.endsWith('/lock'))"))
    other = new_page()
    sign_in(other, "coder")
    other.goto(f"/charts/{stay}")
    other.wait_for_selector("#panel[data-may-edit='']")
    picture(other, "chart-locked")
    press(other, "j", "a")
    assert other.locator('.code-row[data-state="accepted"]').count() == 0


def test_on_a_telephone_and_in_the_dark(new_page: Any, sign_in: Any, stay: str, axe: Any, picture: Any) -> None:
    small = new_page(width=390, height=844)
    sign_in(small, "coder")
    small.goto(f"/charts/{stay}")
    small.wait_for_selector(".document mark.coded")
    for part in ("document", "codes", "detail"):
        small.click(f"[data-show-part={part}]")
        picture(small, f"chart-phone-{part}")
        axe(small)
    small.click("[data-show-part=codes]")
    small.locator('.code-row[data-code="E11.621"] [data-do="accept"]').click()
    wait_state(small, "E11.621", "accepted")
    dark = new_page(color_scheme="dark")
    sign_in(dark, "auditor")
    dark.goto(f"/charts/{stay}")
    dark.wait_for_selector(".document mark.coded")
    picture(dark, "chart-dark")
    axe(dark)


def test_a_service_has_modifiers_units_and_diagnoses(page: Any, sign_in: Any, encounter_in: Any, picture: Any) -> None:
    text = "ASSESSMENT: Seborrheic keratosis, inflamed. Hypertension.\nPROCEDURE: Shave biopsy of the left arm.\n"
    visit = encounter_in(
        setting="professional",
        admitted_at=None,
        discharged_at=None,
        texts=[("Visit", "progress-note", text)],
        codes=[
            ("icd10cm", "L82.0", "Inflamed seborrheic keratosis", "first-listed", "Seborrheic keratosis, inflamed"),
            ("icd10cm", "I10", "Essential (primary) hypertension", "secondary", "Hypertension"),
            ("cpt", "11102", "", "procedure", "Shave biopsy"),
        ],
    )
    sign_in(page, "coder")
    page.goto(f"/charts/{visit.pk}")
    page.wait_for_selector(".document mark.coded")
    row(page, "11102").click()
    for key, typed, where, value in (
        ("m", "lt", "data-modifiers", "LT"),
        ("u", "2", "data-units", "2"),
        ("i", "2 1", "data-pointers", "icd10cm:I10 icd10cm:L82.0"),
    ):
        press(page, key)
        page.wait_for_selector("#ask[open]")
        page.keyboard.type(typed)
        press(page, "Enter")
        until(lambda name=where, wanted=value: row(page, "11102").get_attribute(name) == wanted)
    press(page, "m")  # what cannot be is refused in one line
    page.wait_for_selector("#ask[open]")
    page.keyboard.type("q!")
    press(page, "Enter")
    page.wait_for_selector("#toasts >> text=no modifier")
    picture(page, "chart-visit")
