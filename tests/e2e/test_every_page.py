"""Every page of the URL map, with charts of the sample: axe finds nothing serious, and the keyboard alone suffices.

Each page is looked at wide and light, and narrow and dark; what opens by key (dialogs, panels) too. Everything must be
reached by Tab with a focus that is seen, and dialogs are left by Escape. A new address without an entry in
:mod:`page_table` fails.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from keyboard import tab_through
from page_table import CLINIC, PAGES, PARTS, Look
from sample_part import make_part
from security.matrix import Address, addresses

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
PANEL = "#inspector [role=tabpanel]:not([hidden])"
PASSWORD = "seven quiet otters knit a raft"
ASKED = {each.name: each for each in addresses() if not each.api and "GET" in each.methods}


def test_every_address_has_an_entry() -> None:
    assert not set(PAGES) & set(PARTS)
    new = set(ASKED) - set(PAGES) - set(PARTS)
    assert not new, f"add these to tests/e2e/page_table.py: {sorted(new)}"
    gone = (set(PAGES) | set(PARTS)) - set(ASKED)
    assert not gone, f"no longer there: {sorted(gone)}"


class Walk:
    """The sample with its people, one window per person, and what was found wrong."""

    def __init__(self, folder: Path, live_server: Any, new_page: Any, sign_in: Any) -> None:
        from axe_playwright_python.sync_playwright import Axe

        from nosology.store.models import Organisation

        self.hospital = make_part(folder)
        self.places = {"riverbend": self.hospital, CLINIC: Organisation.objects.get(name__startswith="Hillside")}
        self.live_server, self.new_page, self.sign_in, self.judge = live_server, new_page, sign_in, Axe()
        self.windows: dict[str, Any] = {}
        self.wrong: dict[str, list[str]] = {}
        self.people = {name: self._somebody(name) for name in ("administrator", "guarded")}
        self.known = self._known()

    def _somebody(self, name: str) -> Any:
        from allauth.mfa.models import Authenticator
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        import server_world

        who = server_world.make_person(self.hospital, "administrator", "manager", email=f"{name}@riverbend.example")
        who.set_password(PASSWORD)
        who.is_staff = name == "administrator"
        who.save()
        if name == "guarded":
            TOTP.activate(who, generate_totp_secret())
            RecoveryCodes.activate(who)
            self.key = Authenticator.objects.create(
                user=who, type=Authenticator.Type.WEBAUTHN, data={"name": "Blue key", "credential": a_key()}
            )
        return who

    def _known(self) -> dict[str, dict[str, str]]:
        from django.utils import timezone

        from nosology.actions.people import password_link
        from nosology.store import models as tables

        invited = tables.User.objects.create_user("invited@riverbend.example", name="Invited Person")
        tables.Membership.objects.create(user=invited, organisation=self.hospital, roles=["coder"])
        charts = {each.number: str(each.pk) for each in tables.Encounter.everywhere.all()}
        queries = {each.state: str(each.pk) for each in tables.ProviderQuery.everywhere.order_by("to__name")}
        for each in tables.ProviderQuery.everywhere.filter(state="sent"):
            if each.to.email.startswith("ama.osei"):
                queries["sent"] = str(each.pk)
        token = password_link(invited, now=timezone.now()).path.rstrip("/").rsplit("/", 1)[1]
        return {
            "encounter": charts | {"": charts["H26-1002"]},
            "query": queries,
            "user": {"": str(tables.User.objects.get(email="casey.morgan@riverbend.example").pk)},
            "token": {"": token},
            "identifier": {"": "I.C.4.a-diabetes"},
            "pk": {"": str(self.key.pk)},
        }

    def window(self, look: Look) -> Any:
        """The window of that person; recently signed in."""
        from django.conf import settings

        from nosology.store.models import User

        if look.who not in self.windows:
            page = self.new_page(**WIDE)
            if look.who and look.who != "at the door":
                known = self.people.get(look.who)
                user = known or User.objects.get(email=f"{look.who}@{look.at}.example")
                self.sign_in(page, user=user, at=self.places[look.at])
                key = next(each["value"] for each in page.context.cookies() if each["name"].endswith("sessionid"))
                session = import_module(settings.SESSION_ENGINE).SessionStore(key)
                session["account_authentication_methods"] = [
                    {"method": "password", "at": time.time(), "reauthenticated": True}
                ]
                session["account_authentication_methods_user"] = str(user.pk)
                session.save()
            self.windows[look.who] = page
        return self.windows[look.who]

    def path(self, address: Address, look: Look) -> str:
        """The address with values in it."""
        given = {}
        for name, _kind in address.parameters:
            asked = look.given.get(name, "")
            given[name] = self.known.get(name, {}).get(asked, asked)
        return address.path(given) + look.query.format(encounter=self.known["encounter"][""])

    def axe(self, page: Any, label: str) -> None:
        """Ask axe, and whether the page is wider than its window."""
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(self.judge.axe_script)
        found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
        for each in found:
            if each["impact"] in ("serious", "critical"):
                targets = [node["target"] for node in each["nodes"][:4]]
                self.note(label, f"{each['impact']}: {each['id']}: {each['help']}: {targets}")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.note(label, "wider than the window")

    def note(self, label: str, *lines: str) -> None:
        if lines:
            self.wrong.setdefault(label, []).extend(lines)


@pytest.fixture
def walk(db: None, tmp_path: Path, live_server: Any, new_page: Any, sign_in: Any) -> Walk:
    return Walk(tmp_path, live_server, new_page, sign_in)


def a_key() -> dict[str, Any]:
    """What a security key says when it is registered."""
    from fido2.cose import ES256
    from fido2.utils import websafe_encode
    from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

    public = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    held = AttestedCredentialData.create(b"\0" * 16, b"blue-key", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    told = AttestationObject.create("none", AuthenticatorData.create(b"r" * 32, flags, 0, held), {})
    client = CollectedClientData.create("webauthn.create", b"challenge", "https://localhost")
    name = websafe_encode(b"blue-key")
    answer = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(told)}
    return {"id": name, "rawId": name, "type": "public-key", "response": answer}


def looks() -> list[tuple[str, Look]]:
    return [(name, look) for name, all_of_it in PAGES.items() for look in all_of_it]


def test_axe_and_the_keyboard_on_every_page(walk: Walk) -> None:
    for name, look in looks():
        label = f"{name} as {look.who or 'nobody'}{look.query} {dict(look.given) or ''}".strip()
        page = walk.window(look)
        open_page(walk, page, name, look, label)
        walk.axe(page, f"{label}, wide and light")
        walk.note(f"{label}, keyboard", *tab_through(page))
        for opened, keys in look.keys.items():
            press(walk, page, keys)
            walk.axe(page, f"{label}, {opened}")
            walk.note(f"{label}, {opened}, keyboard", *tab_through(page, PANEL))
            for _each in range(3):
                page.keyboard.press("Escape")
            if page.locator("dialog[open]").count():
                walk.note(f"{label}, {opened}", "Escape does not close it")
                page.reload()
        page.set_viewport_size(NARROW)
        page.emulate_media(color_scheme="dark")
        walk.axe(page, f"{label}, narrow and dark")
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
    assert not walk.wrong, "\n".join(f"{label}:\n    " + "\n    ".join(said) for label, said in walk.wrong.items())


def open_page(walk: Walk, page: Any, name: str, look: Look, label: str) -> None:
    """Go there; the page of the second factor stands behind the one of the password."""
    if name == "mfa_authenticate":
        page.goto("/account/login/")
        page.locator("[name=login]").fill(walk.people["guarded"].email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=password]").press("Enter")
        page.wait_for_url("**/2fa/authenticate/**")
        return
    answer = page.goto(walk.path(ASKED[name], look))
    settle(page)
    if answer.status >= 400 and "no-such" not in str(look.given):
        walk.note(label, f"answers {answer.status}")
    here = page.url.split("?")[0].removeprefix(walk.live_server.url)
    if here != walk.path(ASKED[name], look).split("?")[0]:
        walk.note(label, f"leads to {here}")


def press(walk: Walk, page: Any, keys: Any) -> None:
    """Press keys; more than one letter is typed, "line" chooses the first charge line."""
    for key in keys:
        if key == "line":
            page.locator("#codes .code-row[data-system=cpt], #codes .code-row[data-system=hcpcs]").first.focus()
        elif len(key) > 1:
            page.keyboard.type(key)
            page.wait_for_timeout(400)
        else:
            page.keyboard.press(key)
    page.wait_for_timeout(60)
    settle(page)


def settle(page: Any) -> None:
    """Wait until nothing is on its way; of a chart, until the details of a code are there."""
    page.wait_for_selector(".htmx-request, [aria-busy=true]", state="detached")
    if page.locator("#codes .code-row").count():
        page.wait_for_selector("#detail h4", state="attached")


def test_parts_are_no_pages(walk: Walk) -> None:
    import server_world
    from nosology.store import models as tables

    client = server_world.signed_in(walk.people["guarded"], walk.hospital)
    document = tables.Document.everywhere.filter(encounter__number="H26-1002").first()
    more = {"document": str(document.pk), "key": "icd10cm:I10", "table": "workload"}
    for name, kind in PARTS.items():
        answer = client.get(walk.path(ASKED[name], Look("", given=more)))
        text = answer.getvalue().decode(errors="replace")
        if kind == "leads on":
            assert answer.status_code == 302, name
        elif kind == "file":
            assert "html" not in answer.headers.get("Content-Type", "") or answer.status_code >= 300, name
        else:
            assert "<html" not in text, f"{name} is a page: it belongs into PAGES"
