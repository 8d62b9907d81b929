"""The access matrix: every address of the server (pages and operations of the API) with its rule, and a world of two
tenants to try them in.

Whoever adds an address with a new name in it (``<uuid:claim>``) gives a sample of it in :func:`samples`.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

import server_world
from nosology.actions.tokens import create_token
from nosology.model.access import Access, Role
from nosology.store import models as tables

__all__ = ["CANARY", "Address", "World", "addresses", "ask", "body_of", "fingerprint", "make_world", "samples"]

CANARY = "Zyxovar"
"""A name that stands in every identifier of the other tenant, and nowhere else."""

BODY = {
    "verb": "accept",
    "key": "icd10cm:I10",
    "code": "I10",
    "system": "icd10cm",
    "value": "Y",
    "why": "a reason",
    "reason": "a reason that is long enough",
    "text": "a note",
    "version": "1",
    "name": "a name",
    "q": "pneumonia",
    "days": "7",
    "roles": "coder",
    "idle_minutes": "15",
    "reach": "organisation",
    "email": "somebody.new@example.org",
    "kind": "hospital",
    "setting": "inpatient",
}
"""What forms send; ids are added for each request."""


@dataclass(frozen=True)
class Address:
    """One address with one way to be asked."""

    route: str
    name: str
    rule: Any
    methods: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]  # name, converter
    api: bool = False

    def __str__(self) -> str:
        return f"/{self.route}"

    def path(self, given: dict[str, Any]) -> str:
        """The address with values in it."""
        parts = "/" + self.route
        for name, kind in self.parameters:
            parts = parts.replace(f"<{kind}:{name}>" if kind != "str" else f"<{name}>", str(given[name]))
            parts = parts.replace(f"<str:{name}>", str(given[name])).replace(f"{{{name}}}", str(given[name]))
        return parts


def addresses(patterns: Sequence[Any] | None = None, before: str = "") -> Iterator[Address]:
    """Every address of the server, from the URL map itself."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern)
        if not isinstance(each, URLPattern):
            yield from addresses(each.url_patterns, route)
            continue
        kinds = tuple(
            (name, type(converter).__name__.removesuffix("Converter").lower().replace("string", "str"))
            for name, converter in each.pattern.converters.items()
        )
        operations = _operations(each.callback)
        if operations is None:
            methods = getattr(each.callback, "access_methods", ("GET", "POST"))
            yield Address(route, each.name or "", _rule(each.callback), methods, kinds)
            continue
        for operation in operations:
            rule = getattr(operation.view_func, "access_rule", None)
            yield Address(route, each.name or "", rule, tuple(operation.methods), kinds, api=True)


def _operations(view: Any) -> list[Any] | None:
    """The operations behind one address of the API: django-ninja keeps them with the view that chooses among them."""
    for cell in getattr(view, "__closure__", None) or ():
        found = getattr(cell.cell_contents, "operations", None)
        if found is not None:
            return list(found)
    return None


def _rule(view: Any) -> Any:
    if isinstance(view, partial) and view.func.__module__.startswith("ninja.openapi"):
        return "open: the description of the API, which holds no data"
    return getattr(view, "access_rule", None)


@dataclass
class World:
    """A tenant with something in every table that an address may name; people with one role each."""

    organisation: Any
    encounter: Any
    people: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """A browser in which somebody of that role is signed in."""
        return server_world.signed_in(self.people[role], self.organisation)

    def bearer(self, role: str) -> dict[str, str]:
        """The header of a program that acts as somebody of that role; patients have no programs."""
        if role == "patient":
            return {"Authorization": "Bearer nosology_none"}
        user = self.people[role]
        access = Access.of(str(user.pk), str(self.organisation.pk), frozenset({Role(role)}))
        made = create_token(access, name="matrix", roles=[role], days=1, now=timezone.now())
        return {"Authorization": f"Bearer {made.token}"}


def make_world(name: str, *, person: str = "Testa Patientia", number: str = "") -> World:
    """A tenant; ``person`` is its patient's name."""
    place = server_world.make_organisation(name)
    more = {"number": number} if number else {}
    patient = server_world.make_patient(place, name=person)
    encounter = server_world.make_encounter(place, **server_world.PNEUMONIA, patient=patient, **more)
    made = World(place, encounter)
    for role in Role:
        made.people[str(role)] = server_world.make_person(place, str(role), name=f"{person} {role}")
    coder, now = made.people["coder"], timezone.now()
    made.rows = {
        "document": tables.Document.everywhere.filter(encounter=encounter).first(),
        "query": tables.ProviderQuery.everywhere.get(encounter=encounter),
        "comment": tables.Comment.everywhere.create(
            organisation=place, encounter=encounter, by=coder, text=f"a note on {person}"
        ),
        "filter": tables.SavedFilter.everywhere.create(organisation=place, user=coder, name=f"filter {person}"[:60]),
        "token": tables.ApiToken.everywhere.create(
            organisation=place,
            user=coder,
            name=f"token {person}",
            digest=uuid.uuid4().hex,
            roles=["coder"],
            expires_at=now + timedelta(days=1),
        ),
        "glass": tables.BreakGlass.everywhere.create(
            organisation=place, user=coder, encounter=encounter, reason=f"for {person}", until=now + timedelta(hours=1)
        ),
        "run": tables.CodingRun.everywhere.get(encounter=encounter),
    }
    return made


def samples(world: World) -> dict[str, Any]:
    """A value for every name that stands in an address."""
    keys = {name: row.pk for name, row in world.rows.items()}
    return keys | {
        "encounter": world.encounter.pk,
        "encounter_id": world.encounter.pk,
        "document_id": keys["document"],
        "query_id": keys["query"],
        "filter_id": keys["filter"],
        "user": world.people["coder"].pk,
        "system": "icd10cm",
        "code": "J15.1",
        "key": "icd10cm:J15.1",
        "rule": "query-malnutrition",
        "identifier": "acute-and-chronic",
        "table": "workload",
        "pk": 999_999,
    }


def ask(client: Client, address: Address, method: str, given: dict[str, Any], headers: dict[str, str]) -> Any:
    """One request; ids stand in the address and, for forms that name them there, in the body."""
    answer = _ask(client, address, method, given, headers)
    body_of(answer)
    return answer


def _ask(client: Client, address: Address, method: str, given: dict[str, Any], headers: dict[str, str]) -> Any:
    path = address.path(given)
    if method in ("GET", "HEAD", "DELETE"):
        return client.generic(method, path, headers=headers)
    if address.api:
        return client.generic(method, path, data=b"{}", content_type="application/json", headers=headers)
    body = BODY | {
        name: str(given[name])
        for name in ("encounter", "document", "query", "user", "token", "comment")
        if name in given
    }
    body |= {
        "encounters": body["encounter"],
        "ids": body["encounter"],
        "to": body["user"],
        "organisation": given["place"],
    }
    return client.generic(
        method,
        path,
        data="&".join(f"{name}={value}" for name, value in body.items()),
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def body_of(answer: Any) -> str:
    """The text of an answer, also of one that comes in pieces."""
    if not hasattr(answer, "body_read"):
        answer.body_read = answer.getvalue().decode(errors="replace")  # what comes in pieces is closed by its last
    return str(answer.body_read)


def fingerprint(organisation: Any) -> dict[str, list[Any]]:
    """Every row of a tenant in every table, so that a change shows; what was refused is audited and does not count."""
    found = {}
    for model in apps.get_models():
        names = {each.name for each in model._meta.concrete_fields}
        if "organisation" in names:
            found[model.__name__] = list(
                model._base_manager.filter(organisation_id=organisation.pk).order_by("pk").values()
            )
    place = tables.Organisation.objects.filter(pk=organisation.pk).values()
    return found | {"Organisation": list(place)}
