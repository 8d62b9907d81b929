"""Hospitals, practices, billing companies; who belongs to them; who serves whom."""

from __future__ import annotations

import uuid

from django.db import models

from nosology.model.access import Role

__all__ = ["Agreement", "Membership", "Organisation"]


class Organisation(models.Model):
    """A tenant. ``settings`` holds what a site chooses (payers, autonomous threshold, session limits …)."""

    class Kind(models.TextChoices):
        HOSPITAL = "hospital"
        PRACTICE = "practice"
        BILLING_COMPANY = "billing-company"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120, unique=True)
    sample = models.BooleanField(default=False)  # made up, for trying things out
    active = models.BooleanField(default=True)
    settings = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """A billing company, or a house of remote coders, works for a client with some of the roles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    company = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="clients")
    client = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="companies")
    roles = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["company", "client"], name="one_agreement"),)


class Membership(models.Model):
    """A person in an organisation, with roles."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("store.User", on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    roles = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    team = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "organisation"], name="one_membership"),)

    @property
    def role_set(self) -> frozenset[Role]:
        """The roles as roles."""
        return frozenset(Role(each) for each in self.roles)
