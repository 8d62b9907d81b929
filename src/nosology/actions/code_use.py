"""Codes that somebody keeps at hand: pinned ones, and those used of late."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from nosology.actions.audited import Audit, action
from nosology.coding.code_entry import SYSTEMS
from nosology.errors import UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import FavouriteCode

__all__ = ["pin_code", "remember_use"]


def remember_use(access: Access, system: str, code: str) -> None:
    """Inside a transaction: count one use of a code by whoever acts (nothing for the system)."""
    if not access.user or not code:
        return
    row, _new = FavouriteCode.everywhere.get_or_create(
        organisation_id=access.organisation, user_id=access.user, system=system, code=code
    )
    FavouriteCode.everywhere.filter(pk=row.pk).update(used=F("used") + 1, used_at=timezone.now())


@action("code.pin", needs=Permission.CODEBOOK_READ)
def pin_code(access: Access, audit: Audit, *, system: str, code: str, pinned: bool) -> bool:
    """Keep a code at hand, or no longer; what holds now. Raises UsageError for a set or code that cannot be."""
    plain = code.strip().upper()
    if system not in SYSTEMS or not 0 < len(plain) <= 8 or not access.user:
        raise UsageError("name a code of a known code set")
    FavouriteCode.everywhere.update_or_create(
        organisation_id=access.organisation, user_id=access.user, system=system, code=plain,
        defaults={"pinned": pinned},
    )  # fmt: skip
    audit.about("code", plain, pinned=pinned)
    return pinned
