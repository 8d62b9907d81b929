"""Fixtures of the server's tests: organisations, people with roles, signed-in clients, encounters; Django is imported
by those tests alone that ask for one of them.

They run on the embedded database; under ``python tests/postgres.py pytest tests/web`` the same tests run on
PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from nosology.model.access import Access

__all__ = [
    "access_as",
    "client_as",
    "clinic",
    "coded_encounter",
    "company",
    "encounter_in",
    "hospital",
    "person",
]


@pytest.fixture
def hospital(db: None) -> Any:
    """The organisation in which most tests work."""
    import server_world

    return server_world.make_organisation("Riverside Hospital", kind="hospital")


@pytest.fixture
def clinic(db: None) -> Any:
    """Another tenant."""
    import server_world

    return server_world.make_organisation("Hillside Family Practice", kind="practice")


@pytest.fixture
def company(hospital: Any, clinic: Any) -> Any:
    """A billing company that codes and bills for both."""
    import server_world

    made = server_world.make_organisation("Northern Billing", kind="billing-company")
    for client in (hospital, clinic):
        server_world.make_agreement(made, client, "coder", "biller")
    return made


@pytest.fixture
def person(hospital: Any) -> Callable[..., Any]:
    """``person("coder")``, ``person("coder", "auditor", at=clinic, name="…")``: with roles (at the hospital)."""
    import server_world

    def make(*roles: str, at: Any = None, name: str = "") -> Any:
        return server_world.make_person(at or hospital, *roles, name=name)

    return make


@pytest.fixture
def access_as(person: Any, hospital: Any) -> Callable[..., Access]:
    """``access_as("coder")``: the access of a new person with these roles; ``user=`` for somebody known."""
    from nosology.model.access import Access, Role

    def make(*roles: str, at: Any = None, user: Any = None) -> Access:
        who = user or person(*roles, at=at)
        return Access.of(str(who.pk), str((at or hospital).pk), frozenset(Role(each) for each in roles))

    return make


@pytest.fixture
def client_as(person: Any, hospital: Any) -> Callable[..., Client]:
    """``client_as("coder")``: a test client in which such a person is signed in (``client.person``);
    ``user=`` somebody known, ``at=`` elsewhere.
    """
    import server_world

    def make(*roles: str, at: Any = None, user: Any = None) -> Client:
        return server_world.signed_in(user or person(*roles, at=at), at or hospital)

    return make


@pytest.fixture
def encounter_in(hospital: Any) -> Callable[..., Any]:
    """``encounter_in(clinic, texts=[…], codes=[…], state="ready")``; see :func:`server_world.make_encounter`."""
    import server_world

    def make(organisation: Any = None, **more: Any) -> Any:
        return server_world.make_encounter(organisation or hospital, **more)

    return make


@pytest.fixture
def coded_encounter(encounter_in: Any) -> Any:
    """A stay of the hospital with two documents, five suggested codes with evidence, one query; not by the engine."""
    import server_world

    return encounter_in(**server_world.PNEUMONIA)
