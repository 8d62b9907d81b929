"""What a worklist is asked for: which list, which filters, which order. Also what a saved filter keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from nosology.errors import UsageError

__all__ = ["LISTS", "SORTS", "Criteria"]

LISTS = ("mine", "team", "open", "unassigned", "queried", "autonomous", "incomplete", "final")
SORTS = ("priority", "age", "service", "setting", "payer", "department", "provider", "value", "confidence", "final")
_SETTINGS = ("inpatient", "outpatient", "professional", "emergency")
_STATES = ("waiting", "ready", "coding", "queried", "failed")


@dataclass(frozen=True, slots=True)
class Criteria:
    """Filters of a worklist; an empty text or None means "any".

    ``older``: days since the chart was received, at least. ``value``: expected payment in USD, at least. ``sure`` and
    ``unsure``: confidence in percent, at least and at most. ``missing``: "yes" or "no" (documents still to come).
    ``served`` and ``served_most``: days since the service (the discharge of a stay), at least and at most.
    ``provider`` and ``assigned`` are ids of people.
    """

    list: str = "mine"
    setting: str = ""
    payer: str = ""
    department: str = ""
    provider: str = ""
    assigned: str = ""
    state: str = ""
    priority: int | None = None
    missing: str = ""
    older: int | None = None
    served: int | None = None
    served_most: int | None = None
    value: Decimal | None = None
    sure: int | None = None
    unsure: int | None = None
    sort: str = ""
    descending: bool = False

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Criteria:
        """Criteria from the fields of a form or a saved filter; names that are none of ours are passed over.

        Raises:
            UsageError: a value that cannot be.
        """
        text = {each.name: str(given.get(each.name) or "").strip() for each in fields(cls)}
        return cls(
            list=_one_of("list", text["list"] or "mine", LISTS),
            setting=_one_of("setting", text["setting"], _SETTINGS),
            payer=text["payer"][:80],
            department=text["department"][:80],
            provider=_person("provider", text["provider"]),
            assigned=_person("assigned", text["assigned"]),
            state=_one_of("state", text["state"], _STATES),
            priority=_whole("priority", text["priority"], 1, 5),
            missing=_one_of("missing", text["missing"], ("yes", "no")),
            older=_whole("older", text["older"], 0, 9999),
            served=_whole("served", text["served"], 0, 9999),
            served_most=_whole("served_most", text["served_most"], 0, 9999),
            value=_money(text["value"]),
            sure=_whole("sure", text["sure"], 0, 100),
            unsure=_whole("unsure", text["unsure"], 0, 100),
            sort=_one_of("sort", text["sort"], SORTS),
            descending=text["descending"].lower() in ("1", "true", "on"),
        )

    def as_mapping(self) -> dict[str, str]:
        """The fields that say something, as texts: for addresses and saved filters."""
        found = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value not in ("", None, False):
                found[each.name] = "1" if value is True else str(value)
        return found

    @property
    def filtered(self) -> bool:
        """True if something beyond list and order is asked."""
        return replace(self, list="mine", sort="", descending=False) != Criteria()


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value and value not in known:
        raise UsageError(f"{name}: must be one of {', '.join(known)}")
    return value


def _person(name: str, value: str) -> str:
    try:
        return str(UUID(value)) if value else ""
    except ValueError:
        raise UsageError(f"{name}: this is no id of a person") from None


def _whole(name: str, value: str, low: int, high: int) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 6 and low <= int(value) <= high):
        raise UsageError(f"{name}: must be a whole number from {low} to {high}")
    return int(value)


def _money(value: str) -> Decimal | None:
    if not value:
        return None
    try:
        amount = Decimal(value.replace(",", ""))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < 10**9:
        raise UsageError("value: must be an amount in USD")
    return amount
