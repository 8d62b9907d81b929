"""What people keep for themselves: filters of their worklists, favourite and recent codes."""

from __future__ import annotations

from django.db import models

from nosology.store.tenant import TenantModel

__all__ = ["FavouriteCode", "SavedFilter"]


class SavedFilter(TenantModel):
    """A worklist's filter under a name; ``shared`` shows it to the whole organisation."""

    user = models.ForeignKey("store.User", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    criteria = models.JSONField(default=dict)
    shared = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["organisation", "user", "name"], name="one_filter_name"),)


class FavouriteCode(TenantModel):
    """A code that somebody keeps at hand (``pinned``) or used of late."""

    user = models.ForeignKey("store.User", on_delete=models.CASCADE, related_name="+")
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=12)
    pinned = models.BooleanField(default=False)
    used = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(auto_now=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (
            models.UniqueConstraint(fields=["organisation", "user", "system", "code"], name="one_favourite"),
        )
