"""The audit log: one row per action and per reading of a chart, each sealed with the digest of the row before it."""

from __future__ import annotations

from django.db import models

__all__ = ["AuditEvent", "AuditHead"]


class AuditHead(models.Model):
    """The end of a chain: how many events, and the digest of the last. A chain per organisation, and "system"."""

    chain = models.CharField(primary_key=True, max_length=40)
    count = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")


class AuditEvent(models.Model):
    """Who did what to what, when, how: ids and codes alone, never chart text or names. Appended, never changed."""

    id = models.BigAutoField(primary_key=True)
    chain = models.CharField(max_length=40)
    number = models.PositiveBigIntegerField()  # counts from 1 within the chain, without a gap
    at = models.DateTimeField()
    actor = models.CharField(max_length=40, blank=True)  # id of the user; "" the system
    via = models.CharField(max_length=12)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=40, blank=True)  # kind of what it was done to
    subject_id = models.CharField(max_length=60, blank=True)
    encounter_id = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, default="done")  # done, refused
    detail = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=32, default="", blank=True)  # rows that it made name it as their ``event``
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["chain", "number"], name="one_event_number"),)
        indexes = (
            models.Index(fields=["key"], name="audit_key"),
            models.Index(fields=["chain", "at"], name="audit_at"),
            models.Index(fields=["chain", "encounter_id"], name="audit_encounter"),
            models.Index(fields=["chain", "actor", "at"], name="audit_actor"),
        )
