"""Every address × every role × own tenant, another tenant, nobody: made from the URL map, so that none is forgotten."""

from __future__ import annotations

import re
import uuid
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from security.matrix import CANARY, Address, World, addresses, ask, body_of, fingerprint, make_world, samples

from nosology.model.access import GRANTS, Permission, Role

ALL = list(addresses())
GUARDED = [each for each in ALL if isinstance(each.rule, Permission) or each.rule == "signed-in"]
NAMED = [each for each in GUARDED if any(kind.startswith("uuid") for _name, kind in each.parameters)]
IN_THE_ACTION = {"account.own", "signed-in"}
"""Rules under which the action decides further (how much of a chart somebody reaches, what a second factor needs)."""


def permitted(role: Role, address: Address) -> bool:
    return address.rule == "signed-in" or address.rule in GRANTS[role]


def headers_of(world: World, role: str, address: Address) -> dict[str, str]:
    return world.bearer(role) if address.api else {}


def given(world: World, **instead: Any) -> dict[str, Any]:
    return samples(world) | {"place": str(world.organisation.pk)} | instead


class Inline(HTMLParser):
    """Finds what the content security policy would stop."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "script" and "src" not in held and held.get("type") != "application/json":
            self.found.append("script")
        if tag == "style" or "style" in held:
            self.found.append(f"style of {tag}")
        self.found += [f"{name} of {tag}" for name in held if name.startswith("on")]
        if any(str(held.get(name, "")).strip().lower().startswith("javascript:") for name in ("href", "src", "action")):
            self.found.append(f"javascript in {tag}")


def look_at(answer: Any) -> None:
    """What holds for every answer."""
    assert answer.status_code < 500, body_of(answer)[:300]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "no-store" in answer.headers["Cache-Control"]
    if "html" in answer.headers.get("Content-Type", ""):
        reader = Inline()
        reader.feed(body_of(answer))
        assert not reader.found


def test_every_address_has_a_rule() -> None:
    without = [str(each) for each in ALL if each.rule is None]
    assert not without, f"without a rule (@page, @signed_in_page, @open_page, @operation): {without}"
    for each in ALL:
        if not isinstance(each.rule, Permission) and each.rule != "signed-in":
            assert re.fullmatch(r"open: \w.{10,}", each.rule), each


def test_every_name_in_an_address_has_a_sample(db: None) -> None:
    known = set(samples(make_world("Here")))
    asked = {
        name
        for each in ALL
        for name, kind in each.parameters
        if kind.startswith("uuid") or isinstance(each.rule, Permission)
    }
    assert asked <= known, f"give samples of {asked - known} in tests/security/matrix.py"


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_roles_open_what_they_may_and_nothing_else(address: Address, db: None) -> None:
    here = make_world("Here")
    there = make_world("There", person=f"{CANARY} There", number=f"{CANARY}1")
    before = fingerprint(there.organisation)
    nobody = {"id": uuid.uuid4()}
    for role in Role:
        may, client = permitted(role, address), here.client(role)
        for method in address.methods:
            if method == "HEAD":
                continue
            own = ask(client, address, method, given(here), headers_of(here, role, address))
            look_at(own)
            if not may:
                assert own.status_code == 403 or (address.api and own.status_code in (401, 422)), (
                    role,
                    method,
                    own.status_code,
                )
                continue
            if address.api and role is Role.PATIENT:
                assert own.status_code == 401  # patients have no programs
                continue
            assert own.status_code not in (401, 405), (role, method)
            queries_alone = role is Role.PROVIDER and address in NAMED  # of a chart they see what was sent to them
            if method == "GET" and address.rule not in IN_THE_ACTION and not queries_alone:
                assert own.status_code != 403, (role, method)
            assert CANARY not in body_of(own)
            if address not in NAMED:
                ids = given(there)
                ids |= {name: given(here)[name] for name, kind in address.parameters if not kind.startswith("uuid")}
                other = ask(client, address, method, ids, headers_of(here, role, address))
                look_at(other)
                assert CANARY not in body_of(other)
                continue
            other = ask(here.client(role), address, method, given(there), headers_of(here, role, address))
            unknown = given(
                here, **{name: nobody["id"] for name, kind in address.parameters if kind.startswith("uuid")}
            )
            none = ask(here.client(role), address, method, unknown, headers_of(here, role, address))
            assert other.status_code == 404 or (address.api and other.status_code == 422), (role, method)
            assert none.status_code == other.status_code, (role, method, none.status_code)
            strip = [re.sub(rb'[\w-]{36,}|value="[\w-]+"', b"", body_of(each).encode()) for each in (other, none)]
            assert strip[0] == strip[1], "the answer tells another tenant's id from one that nobody has"
    assert fingerprint(there.organisation) == before


@pytest.mark.parametrize("address", GUARDED, ids=str)
def test_nobody_comes_in_without_signing_in(address: Address, db: None) -> None:
    here = make_world("Here")
    before = fingerprint(here.organisation)
    for method in address.methods:
        answer = ask(Client(), address, method, given(here), {})
        look_at(answer)
        if address.api:
            assert answer.status_code == 401
            wrong = ask(Client(), address, method, given(here), {"Authorization": "Bearer nosology_no"})
            assert wrong.status_code == 401
        else:
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/")
    assert fingerprint(here.organisation) == before


@pytest.mark.parametrize("address", [each for each in ALL if not each.api], ids=str)
def test_other_ways_to_ask_are_refused(address: Address, db: None) -> None:
    here = make_world("Here")
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        answer = here.client("manager").generic(method, address.path(given(here) | {"token": "x"}))
        assert answer.status_code < 500
        if address in GUARDED:
            assert answer.status_code in (403, 404, 405), (method, answer.status_code)


@pytest.mark.parametrize("address", [each for each in ALL if str(each.rule).startswith("open")], ids=str)
def test_open_pages_say_nothing_of_anybody(address: Address, db: None) -> None:
    make_world("There", person=f"{CANARY} There", number=f"{CANARY}1")
    for name in ("token",):
        answer = Client().get(address.path({name: "x" * 40}), REMOTE_ADDR="192.0.2.9")
        assert answer.status_code < 500
        assert CANARY not in body_of(answer)
        look_at(answer)
