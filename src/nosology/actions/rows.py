"""Finding and holding the rows that an action changes: always those of the organisation, never a hint of another's."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from nosology.errors import NotFound
from nosology.model.access import Access
from nosology.store.models import Encounter

__all__ = ["hold", "hold_encounter"]


def hold(model: Any, access: Access, identifier: object, *, what: str, **more: Any) -> Any:
    """The row with this id, locked until the transaction ends. Raises NotFound where the organisation has none."""
    try:
        row = model.objects.for_access(access).select_for_update().filter(pk=identifier, **more).first()
    except (ValidationError, ValueError):
        row = None
    if row is None:
        raise NotFound(f"there is no such {what} here")
    return row


def hold_encounter(access: Access, identifier: object) -> Any:
    """The encounter with this id, locked until the transaction ends. Raises NotFound."""
    return hold(Encounter, access, identifier, what="encounter")
