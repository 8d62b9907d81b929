"""Questions to providers with their answers, and notes among colleagues."""

from __future__ import annotations

from django.db import models

from nosology.store.fields import EncryptedJSONField, EncryptedTextField
from nosology.store.models.charts import Document, Encounter
from nosology.store.tenant import TenantModel, WitnessModel

__all__ = ["Comment", "ProviderQuery"]


class ProviderQuery(WitnessModel):
    """A question about what the chart leaves unsaid (AHIMA/ACDIS compliant query practice), from draft to outcome.

    ``indicators`` are pieces of evidence with their document; ``options`` are what may be chosen; ``compliance``
    what the
    check of the query itself found.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        SENT = "sent"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="queries")
    rule = models.CharField(max_length=80, blank=True)
    question = EncryptedTextField()
    options = models.JSONField(default=list)
    indicators = EncryptedJSONField(default=list)
    compliance = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    to = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    drafted_by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    sent_by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    chosen = models.JSONField(default=list, blank=True)
    answer = EncryptedTextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=40, blank=True)  # agreed, disagreed, undetermined, no-answer
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = (
            models.Index(fields=["organisation", "state", "sent_at"], name="query_state"),
            models.Index(fields=["organisation", "to", "state"], name="query_to"),
        )


class Comment(WitnessModel):
    """A note to colleagues on an encounter; it is no part of the chart."""

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="comments")
    by = models.ForeignKey("store.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = EncryptedTextField()
