"""Tenant isolation in one place: rows of an organisation are reached through ``for_access`` alone.

``objects`` of a tenant table refuses to read without a filter on the organisation: ``objects.for_access(access)``
sets it;
``everywhere`` is for migrations, the command line's own work and tests.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models

from nosology.model.access import Access
from nosology.store.event_key import current_event_key

__all__ = ["TenantManager", "TenantModel", "WitnessModel"]


class TenantManager(models.Manager):
    """The manager of tenant tables."""

    def get_queryset(self) -> Any:
        """Nothing: whoever wants rows says for whom."""
        return super().get_queryset().none()

    def for_access(self, access: Access) -> Any:
        """The rows of the organisation in which somebody works."""
        return super().get_queryset().filter(organisation_id=access.organisation)


class TenantModel(models.Model):
    """A row that belongs to one organisation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("store.Organisation", on_delete=models.PROTECT, related_name="+")

    everywhere = models.Manager()
    objects = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "everywhere"
        default_manager_name = "everywhere"


class WitnessModel(TenantModel):
    """A row that names the event of the audit log by which it came in (:mod:`nosology.store.event_key`)."""

    event = models.CharField(max_length=32, default=current_event_key, blank=True, editable=False)

    class Meta(TenantModel.Meta):
        abstract = True
