"""The door: links instead of passwords from others, sign-in, second factors, limits of sessions and of tries."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone

import server_world
from nosology.actions.people import (
    change_person,
    create_first_administrator,
    invite_person,
    issue_password_link,
    set_password_by_link,
)
from nosology.errors import NotFound, NotPermitted, UsageError
from nosology.model.access import Access
from nosology.store.models import AuditEvent, Membership, Organisation, User

PASSWORD = "a heron stands in the reeds"
SYSTEM = Access.system("", via="command")


def enter(email: str, password: str = PASSWORD, client: Client | None = None, **more: Any) -> Any:
    """Sign in by the page."""
    return (client or Client()).post("/account/login/", {"login": email, "password": password}, **more)


@pytest.fixture
def coder(person: Any) -> Any:
    """A coder with a password."""
    user = person("coder")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_the_first_administrator_chooses_the_password_behind_a_link(db: None) -> None:
    link = create_first_administrator(SYSTEM, email="Ada@Example.org", now=timezone.now())
    user = User.objects.get(pk=link.user)
    assert user.is_staff
    assert user.email == "ada@example.org"
    assert not user.has_usable_password()
    assert Membership.objects.get(user=user).roles == ["administrator"]
    client = Client()
    assert b"Choose a password" in client.get(link.path).content
    assert client.post(link.path, {"password": "short", "again": "short"}).status_code == 422
    assert client.post(link.path, {"password": PASSWORD, "again": "another one entirely"}).status_code == 422
    assert client.post(link.path, {"password": PASSWORD, "again": PASSWORD}).headers["Location"] == "/account/login/"
    assert client.get(link.path).status_code == 404  # it worked once
    assert enter("ada@example.org").headers["Location"] == "/"
    with pytest.raises(NotPermitted):
        create_first_administrator(SYSTEM, email="eve@example.org", now=timezone.now())


def test_a_link_expires_and_cannot_be_forged(person: Any, access_as: Any) -> None:
    link = issue_password_link(access_as("administrator"), user=str(person("coder").pk), now=timezone.now())
    token = link.path.split("/")[-2]
    with pytest.raises(NotFound):
        set_password_by_link(token, PASSWORD, now=timezone.now() + timedelta(hours=73))
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token.replace(":", ";")):
        with pytest.raises(NotFound):
            set_password_by_link(wrong, PASSWORD, now=timezone.now())


def test_an_administrator_cannot_take_over_somebody_who_works_elsewhere(
    access_as: Any, person: Any, clinic: Any, hospital: Any
) -> None:
    other = person("coder", at=clinic)
    other.set_password(PASSWORD)
    other.save()
    access = access_as("administrator")
    with pytest.raises(NotFound):
        issue_password_link(access, user=str(other.pk), now=timezone.now())
    invited = invite_person(access, email=other.email, name="Other", roles=["coder"], now=timezone.now())
    assert invited.path == ""  # has a password of their own
    with pytest.raises(NotPermitted):
        issue_password_link(access, user=str(other.pk), now=timezone.now())


def test_an_organisation_keeps_an_administrator(access_as: Any) -> None:
    access = access_as("administrator")
    with pytest.raises(NotPermitted):
        change_person(access, user=access.user, roles=["coder"], active=True)
    assert Membership.objects.get(user_id=access.user).roles == ["administrator"]


def test_whoever_is_shut_out_is_out_at_once(access_as: Any, coder: Any) -> None:
    client = Client()
    enter(coder.email, client=client)
    assert client.get("/account/").status_code == 200
    change_person(access_as("administrator"), user=str(coder.pk), roles=["coder"], active=False)
    assert client.get("/account/").status_code == 302


def test_the_same_answer_whether_the_address_or_the_password_is_wrong(coder: Any) -> None:
    wrong = enter(coder.email, "not the password at all").content.decode()
    nobody = enter("nobody@example.org", "not the password at all").content.decode()
    words = "The email address and/or password you specified are not correct."
    assert words in wrong
    assert words in nobody
    refused = AuditEvent.objects.filter(verb="account.sign-in", outcome="refused")
    assert {each.actor for each in refused} == {str(coder.pk), ""}


def test_tries_are_counted_for_all_processes_together(coder: Any) -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    for _ in range(5):
        enter(coder.email, "not the password at all")
    assert "Too many failed" in enter(coder.email).content.decode()  # even the right one now
    assert not Client().session.get("_auth_user_id")


def test_a_password_is_long_and_not_known_from_leaks(coder: Any, tmp_path: Any, settings: Any, access_as: Any) -> None:
    import hashlib

    bad = "correct horse battery staple"
    digests = sorted(
        hashlib.sha1(word.encode()).hexdigest().upper() for word in [bad, *(f"word {n}" for n in range(500))]
    )
    one = tmp_path / "pwned.txt"
    one.write_text("".join(f"{each}:7\r\n" for each in digests))
    folder = tmp_path / "ranges"
    folder.mkdir()
    digest = hashlib.sha1(bad.encode()).hexdigest().upper()
    (folder / f"{digest[:5]}.txt").write_text(f"{'0' * 35}:1\n{digest[5:]}:7\n")
    for listed in (one, folder):
        settings.NOSOLOGY_BREACHED_PASSWORDS = str(listed)
        link = issue_password_link(access_as("administrator"), user=str(coder.pk), now=timezone.now())
        token = link.path.split("/")[-2]
        for wrong in (bad, "eleven char", "password1234", "x" * 129, coder.email):
            with pytest.raises(UsageError):
                set_password_by_link(token, wrong, now=timezone.now())
    from pathlib import Path

    from nosology.web.auth.passwords import is_breached

    assert all(is_breached(f"word {n}", one) for n in range(500))
    assert not any(is_breached(f"other {n}", one) for n in range(500))
    assert not is_breached("anything", Path(folder))
    set_password_by_link(token, "another heron in the reeds", now=timezone.now())


def test_a_second_factor_is_asked_of_everybody_by_default(person: Any) -> None:
    place = Organisation.objects.create(kind="hospital", name="As it comes")
    user = person("coder", at=place)
    client = server_world.signed_in(user, place)
    assert client.get("/account/tokens/").headers["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/").status_code == 200
    fragment = client.get("/account/tokens/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (403, "/account/2fa/")
    TOTP.activate(user, generate_totp_secret())
    assert client.get("/account/tokens/").status_code == 200


def test_a_sample_on_the_machine_itself_asks_for_none(person: Any, settings: Any) -> None:
    place = Organisation.objects.create(kind="hospital", name="Sample", sample=True)
    client = server_world.signed_in(person("coder", at=place), place)
    assert client.get("/account/tokens/").status_code == 200
    assert client.get("/account/tokens/", REMOTE_ADDR="192.0.2.7").status_code == 302
    settings.SECURE = True
    assert client.get("/account/tokens/").status_code == 302


def test_sign_in_with_an_authenticator_app_and_with_a_recovery_code(coder: Any) -> None:
    secret = generate_totp_secret()
    TOTP.activate(coder, secret)
    codes = RecoveryCodes.activate(coder).generate_codes()
    for row in Authenticator.objects.filter(user=coder):  # secrets are encrypted at rest
        kept = str(row.data)
        assert secret not in kept
        assert codes[0] not in kept
    client = Client()
    assert enter(coder.email, client=client).headers["Location"] == "/account/2fa/authenticate/"
    assert client.get("/account/").status_code == 302  # not in yet
    assert client.post("/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    assert client.post("/account/2fa/authenticate/", {"code": code}).headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    again = Client()
    enter(coder.email, client=again)
    assert again.post("/account/2fa/authenticate/", {"code": code}).status_code == 200  # a code works once
    assert again.post("/account/2fa/authenticate/", {"code": codes[0]}).headers["Location"] == "/"
    third = Client()
    enter(coder.email, client=third)
    assert third.post("/account/2fa/authenticate/", {"code": codes[0]}).status_code == 200
    verbs = set(AuditEvent.objects.filter(actor=str(coder.pk)).values_list("verb", "outcome"))
    assert {("account.second-factor", "done"), ("account.second-factor", "refused")} <= verbs


def test_an_idle_session_ends_and_background_questions_are_no_work(coder: Any, monkeypatch: Any) -> None:
    client = Client()
    enter(coder.email, client=client)
    start = time.time()
    assert client.get("/account/").status_code == 200
    for minute in (4, 8, 12, 14):
        monkeypatch.setattr("nosology.web.auth.limits.time.time", lambda m=minute: start + m * 60)
        assert client.post("/account/alive/", headers={"X-Background": "1"}).status_code == 204
    monkeypatch.setattr("nosology.web.auth.limits.time.time", lambda: start + 16 * 60)
    gone = client.get("/account/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/account/"})
    assert gone.status_code == 401
    assert gone.headers["HX-Redirect"].startswith("/account/login/?next=")
    assert "without work" in client.get("/account/login/").content.decode()
    assert AuditEvent.objects.filter(verb="account.sign-out", detail__why="idle").count() == 1


def test_work_keeps_a_session_until_the_end_of_the_shift(coder: Any, monkeypatch: Any) -> None:
    client = Client()
    enter(coder.email, client=client)
    client.get("/account/")
    start = time.time()
    for minutes in range(10, 720, 10):
        monkeypatch.setattr("nosology.web.auth.limits.time.time", lambda m=minutes: start + m * 60)
        assert client.post("/account/alive/").status_code == 204
    monkeypatch.setattr("nosology.web.auth.limits.time.time", lambda: start + 12 * 3600 + 60)
    assert client.post("/account/alive/").status_code == 302


def test_three_sessions_at_once(coder: Any) -> None:
    clients = [Client() for _ in range(4)]
    for each in clients:
        enter(coder.email, client=each)
    assert [each.get("/account/").status_code for each in clients] == [302, 200, 200, 200]
    assert UserSession.objects.filter(user=coder).count() == 3
    assert clients[3].post("/account/sessions/end/").status_code == 302
    assert [each.get("/account/").status_code for each in clients] == [302, 302, 302, 200]


def test_another_organisation_is_chosen_among_ones_own(company: Any, hospital: Any, clinic: Any, person: Any) -> None:
    user = person("coder", "manager", at=company)
    client = server_world.signed_in(user, company)
    for place in (hospital, clinic):
        assert client.post("/account/organisation/", {"organisation": str(place.pk)}).status_code == 302
        page = client.get("/account/tokens/").content.decode()
        assert place.name in page
        assert 'value="coder"' in page
        assert 'value="manager"' not in page  # the agreement shares coders and billers
    elsewhere = server_world.make_organisation("Elsewhere")
    assert client.post("/account/organisation/", {"organisation": str(elsewhere.pk)}).status_code == 404


def test_nobody_signs_up_or_asks_for_mail() -> None:
    client = Client()
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/account/password/reset/").status_code == 404
    assert b"Ask an administrator" in client.get("/account/forgotten/").content


def test_sign_in_leads_to_no_other_site(coder: Any) -> None:
    answer = Client().post("/account/login/?next=https://evil.example/", {"login": coder.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"
    fragment = Client().get(
        "/account/", headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/account/"}
    )
    assert fragment.headers["HX-Redirect"] == "/account/login/?next=/"


def test_a_post_needs_the_token_of_its_form(coder: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    assert enter(coder.email, client=client).status_code == 403
