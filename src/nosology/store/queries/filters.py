"""Saved filters of worklists: one's own, and those that are shared."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from nosology.model.access import Access
from nosology.store.models import SavedFilter

__all__ = ["Saved", "read_filters"]


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter under a name."""

    id: str
    name: str
    criteria: dict[str, str]
    shared: bool
    own: bool
    by: str


def read_filters(access: Access) -> tuple[Saved, ...]:
    """The person's filters and the shared ones, by name."""
    rows = SavedFilter.objects.for_access(access).filter(Q(shared=True) | Q(user_id=access.user or None))
    return tuple(
        Saved(
            str(each.pk), each.name, dict(each.criteria), each.shared, str(each.user_id) == access.user, str(each.user)
        )
        for each in rows.select_related("user").order_by("name", "id")
    )
