"""A browser for the tests of whole days: headless Chromium of the system, driven by Playwright.

A page that logs an error of its scripts, or breaks the content security policy, fails its test. ``NOSOLOGY_CHROMIUM``
names another browser; ``NOSOLOGY_PICTURES`` a folder into which ``picture(page, "name")`` writes (else a temporary
one).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("NOSOLOGY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or ""

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's own event loop runs in the thread of the tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests of this folder commit what they write, so that the server's threads see it."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.django_db(transaction=True))
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no chromium here (name one with NOSOLOGY_CHROMIUM)"))


OPEN_NOW = pytest.StashKey[list[Any]]()
RECORD = """
window.happened = [];
const keep = (words) => {
  window.happened.push(`${Math.round(performance.now())} ${words}`);
  window.happened.splice(0, window.happened.length - 40);
};
const told = (node) => node?.outerHTML?.slice(0, 100).replace(/\\s+/g, " ") ?? String(node);
for (const kind of ["mousedown", "mouseup", "click", "keydown", "close", "error"]) {
  addEventListener(kind, (event) => keep(`${kind} ${event.key ?? ""} ${told(event.target)}`), true);
}
addEventListener("DOMContentLoaded", () => new MutationObserver((all) => {
  for (const each of all) for (const node of each.addedNodes) if (node.id) keep(`new #${node.id}`);
}).observe(document.body, { childList: true, subtree: true }));
"""
SEEN = """() => [
  location.pathname,
  `open: ${[...document.querySelectorAll("dialog[open]")].map((each) => each.id).join(" ") || "no dialog"}`,
  `told: ${document.getElementById("say")?.textContent} | ${document.getElementById("toasts")?.textContent}`,
  `focus: ${document.activeElement?.outerHTML.slice(0, 100)}`,
  ...(window.happened ?? []),
]"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    """A test that failed tells what its pages showed and what last happened on them."""
    report = yield
    if report.when == "call" and report.failed:
        for at, page in enumerate(item.stash.get(OPEN_NOW, []), 1):
            try:
                lines = page.evaluate(SEEN)
            except Exception as error:  # the page went away: that too is worth telling
                lines = [repr(error)]
            report.sections.append((f"what page {at} showed", "\n".join(lines)))
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the whole run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """``new_page()``: a page of its own window with its own cookies; ``width=390, height=844`` for a telephone."""
    open_now: list[Any] = []
    wrong: list[str] = []
    pages = request.node.stash.setdefault(OPEN_NOW, [])

    def note(message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            wrong.append(message.text)

    def make(*, width: int = 1440, height: int = 900, **more: Any) -> Any:
        window = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="UTC",
            **more,
        )
        window.set_default_timeout(30_000)
        open_now.append(window)
        window.add_init_script(RECORD)
        page = window.new_page()
        pages.append(page)
        page.on("console", note)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield make
    for window in open_now:
        window.close()
    assert not wrong, f"the browser complains: {wrong[:5]}"


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """A page at the size of an office screen."""
    return new_page()


@pytest.fixture
def sign_in(live_server: Any, person: Any, hospital: Any) -> Callable[..., Any]:
    """``sign_in(page, "coder")``: somebody new is signed in in that window, without the page of sign-in; the person.

    ``user=`` somebody known, ``at=`` another organisation. Several roles may be named.
    """
    from django.conf import settings

    import server_world

    def enter(page: Any, *roles: str, at: Any = None, user: Any = None) -> Any:
        who = user or person(*roles, at=at)
        client = server_world.signed_in(who, at or hospital)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return who

    return enter


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """``axe(page)``: fails where axe-core finds something serious or critical."""
    from axe_playwright_python.sync_playwright import Axe

    judge = Axe()

    def run(page: Any) -> None:
        found = judge.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        bad = [
            f"{each['impact']}: {each['id']}: {each['help']}: {[node['target'] for node in each['nodes'][:3]]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert not bad, "\n".join([page.url, *bad])

    return run


@pytest.fixture
def picture(tmp_path: Path) -> Callable[..., Path]:
    """``picture(page, "worklist")``: a screenshot to look at; the path of the file."""
    folder = Path(os.environ.get("NOSOLOGY_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def take(page: Any, name: str, **more: Any) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, **more)
        return path

    return take
