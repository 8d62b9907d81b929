"""The door in a browser: the first administrator's link, a passkey, the authenticator app, the warning of sign-off."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.utils import timezone

from nosology.actions.people import create_first_administrator
from nosology.model.access import Access

PASSWORD = "a heron stands in the reeds"


@pytest.fixture
def local(live_server: Any) -> str:
    """The server under a name: passkeys need one."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


def choose(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/account/login/")


def sign_in_by_hand(page: Any, email: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_the_first_administrator_comes_in_and_sets_up_an_app(
    new_page: Any, local: str, axe: Any, picture: Any, hospital: Any
) -> None:
    hospital.settings = {}  # a second factor is asked for
    hospital.save()
    link = create_first_administrator(Access.system("", via="command"), email="ada@example.org", now=timezone.now())
    page = new_page()
    page.goto(local + link.path)
    axe(page)
    picture(page, "choose-password")
    choose(page, local, link.path)
    axe(page)
    picture(page, "sign-in")
    sign_in_by_hand(page, "ada@example.org")
    page.get_by_text("set one up to go on").wait_for()
    picture(page, "second-factor-needed")
    axe(page)
    page.get_by_role("link", name="Activate").click()
    page.get_by_label("Password").fill(PASSWORD)
    if page.get_by_role("button", name="Confirm").count():
        page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Authenticator secret").wait_for()
    picture(page, "authenticator-app")
    axe(page)
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label(re.compile("code", re.I)).last.fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Activate").click()
    page.get_by_text("Recovery codes", exact=False).first.wait_for()
    picture(page, "recovery-codes")
    page.get_by_role("link", name="I have kept them: go on").click()
    page.wait_for_url(lambda url: "2fa" not in url)
    page.goto(local + "/people/")
    page.get_by_role("heading", name="People of Riverside Hospital").wait_for()


def test_a_passkey_is_added_and_signs_in(new_page: Any, local: str, person: Any, picture: Any, axe: Any) -> None:
    user = person("coder")
    user.set_password(PASSWORD)
    user.save()
    page = new_page()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    page.goto(local + "/account/login/")
    sign_in_by_hand(page, user.email)
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(local + "/account/2fa/keys/add/")
    if page.get_by_role("button", name="Confirm").count():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    axe(page)
    picture(page, "add-key")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("recovery codes", exact=False).first.wait_for()
    page.goto(local + "/account/")
    axe(page)
    picture(page, "account")
    page.get_by_role("button", name="Sign off everywhere else").click()
    page.context.clear_cookies()
    page.goto(local + "/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(local + "/account/")
    page.get_by_role("heading", name="Account and security").wait_for()


def test_a_page_warns_and_signs_off(new_page: Any, live_server: Any, sign_in: Any, picture: Any, axe: Any) -> None:
    page = new_page()
    sign_in(page, "coder")
    page.clock.install()
    page.goto("/account/")
    page.clock.run_for(11 * 60_000)
    assert not page.locator("#session-warning").is_visible()
    page.keyboard.press("Shift")  # work
    page.clock.run_for(11 * 60_000)
    assert not page.locator("#session-warning").is_visible()
    page.clock.run_for(90_000)
    page.locator("#session-warning").wait_for()
    picture(page, "sign-off-warning")
    axe(page)
    page.keyboard.press("Enter")  # stay
    page.clock.run_for(11 * 60_000)
    assert not page.locator("#session-warning").is_visible()
    with page.expect_navigation(url=re.compile(r"/account/login/\?next=%2Faccount%2F")):
        page.clock.run_for(4 * 60_000)
    page.goto("/account/")
    page.wait_for_url("**/account/login/**")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_pages_of_people_are_fit_to_work_in(
    new_page: Any, sign_in: Any, axe: Any, picture: Any, coded_encounter: Any, width: int, height: int
) -> None:
    from nosology.actions.reading import break_glass

    page = new_page(width=width, height=height)
    who = sign_in(page, "administrator", "compliance", "coder")
    access = Access.of(str(who.pk), str(coded_encounter.organisation_id), who.memberships.get().role_set)
    break_glass(access, encounter=str(coded_encounter.pk), reason="called from the emergency room", now=timezone.now())
    for path in ("/people/", f"/people/{who.pk}/", "/account/tokens/", "/audit/", "/break-glass/", "/account/"):
        page.goto(path)
        axe(page)
        picture(page, f"{path.strip('/').replace('/', '-')[:14]}-{width}", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto("/people/")
    page.get_by_label("Work e-mail address").fill("new@example.org")
    page.get_by_label("Name", exact=True).first.fill("New Person")
    page.get_by_role("checkbox", name="Coder").check()
    page.get_by_role("button", name="Invite and make a link").click()
    assert "/account/link/" in page.get_by_label("Link to choose a password").input_value()
    picture(page, f"invited-{width}", full_page=True)
    axe(page)
    page.goto("/account/tokens/")
    page.get_by_label("What is it for?").fill("night interface")
    page.get_by_role("checkbox", name="coder").check()
    page.get_by_role("button", name="Make the token").click()
    assert page.get_by_label("Token", exact=True).input_value().startswith("nosology_")
    axe(page)
    page.get_by_role("button", name="Revoke night interface").click()
    page.get_by_text("revoked").wait_for()
