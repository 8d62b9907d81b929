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
