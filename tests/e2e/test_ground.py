"""The browser stands: it opens the server, is signed in by a cookie, and is judged by axe."""

from __future__ import annotations

from typing import Any


def test_sign_in_page_opens(page: Any, axe: Any, picture: Any) -> None:
    page.goto("/account/login/")
    assert page.locator("input[type=password], input[name=login]").count()
    picture(page, "sign-in")


def test_a_signed_in_person_has_a_session(page: Any, sign_in: Any, hospital: Any) -> None:
    who = sign_in(page, "coder")
    names = {each["name"] for each in page.context.cookies()}
    assert "sessionid" in names
    assert who.memberships.get().organisation == hospital


def test_the_first_administrator_comes_in(page: Any, axe: Any, picture: Any, db: None) -> None:
    from nosology.store.models import User
    from nosology.web.ops.welcome import first_steps

    page.goto(first_steps())
    axe(page)
    picture(page, "welcome")
    page.get_by_label("Work e-mail").fill("chief@example.org")
    page.get_by_label("Your name").fill("The Chief")
    page.get_by_label("Your hospital or practice").fill("Bayview Clinic")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/link/**")
    for field in page.locator("input[type=password]").all():
        field.fill("seven quiet otters knit a raft")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/login/**")
    assert User.objects.get().has_usable_password()


def test_an_unknown_address_says_so(page: Any, axe: Any, sign_in: Any) -> None:
    sign_in(page, "coder")
    answer = page.goto("/no/such/page")
    assert answer.status == 404
    axe(page)
