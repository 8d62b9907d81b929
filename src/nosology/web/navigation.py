"""What the bar at the top shows: entries by permission, the organisations to choose among, one's own pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from nosology.model.access import Permission

__all__ = ["Entry", "Navigation", "OrganisationEntry", "navigation_context"]

_MAIN = (
    ("worklist", "Worklist", Permission.WORKLIST_READ, ("worklist", "chart", "claim")),
    ("intake", "Intake", Permission.INTAKE_WRITE, ("intake",)),
    ("queries", "Queries", Permission.QUERY_READ, ("queries", "query")),
    ("manager", "Reports", Permission.REPORT_READ, ("manager",)),
    ("people", "People", Permission.PEOPLE_MANAGE, ("people",)),
    ("audit", "Audit", Permission.AUDIT_READ, ("audit",)),
)
_OWN = (
    ("account", "Account and security", Permission.OWN_ACCOUNT, ("account",)),
    ("tokens", "API tokens", Permission.OWN_ACCOUNT, ("tokens",)),
    ("break-glass", "Emergency access", Permission.BREAK_GLASS, ("break-glass",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A way to a page."""

    url: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    """An organisation in which the person may work."""

    id: str
    name: str
    sample: bool
    current: bool


class Navigation:
    """Works out its parts when a template asks, so that a fragment pays nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._access = getattr(request, "access", None)

    @cached_property
    def entries(self) -> list[Entry]:
        """The parts of the workbench that the person may open."""
        return self._entries(_MAIN)

    @cached_property
    def own(self) -> list[Entry]:
        """The person's own pages."""
        return self._entries(_OWN)

    @cached_property
    def switch_url(self) -> str:
        """Where another organisation is chosen."""
        return _address("switch-organisation")

    @cached_property
    def organisation(self) -> OrganisationEntry | None:
        """The one at work in."""
        return next((each for each in self._organisations if each.current), None)

    @cached_property
    def organisations(self) -> list[OrganisationEntry]:
        """All to choose among; empty where there is nothing to choose."""
        return self._organisations if len(self._organisations) > 1 else []

    @cached_property
    def _organisations(self) -> list[OrganisationEntry]:
        if self._access is None:
            return []
        known = getattr(self._request, "organisations", None) or {}
        here = self._access.organisation
        rows = sorted(known.values(), key=lambda each: each.name)
        return [OrganisationEntry(str(row.pk), row.name, row.sample, str(row.pk) == here) for row in rows]

    def _entries(self, table: tuple[tuple[str, str, Permission, tuple[str, ...]], ...]) -> list[Entry]:
        if self._access is None:
            return []
        match = getattr(self._request, "resolver_match", None)
        here = (match.url_name or "") if match else ""
        found = []
        for name, label, permission, sections in table:
            address = _address(name) if self._access.may(permission) else ""
            if address:
                found.append(Entry(address, label, any(here == s or here.startswith(f"{s}-") for s in sections)))
        return found


def _address(name: str) -> str:
    try:
        return str(reverse(name))
    except NoReverseMatch:
        return ""


def navigation_context(request: HttpRequest) -> dict[str, Any]:
    """For templates: ``navigation``."""
    return {"navigation": Navigation(request)}
