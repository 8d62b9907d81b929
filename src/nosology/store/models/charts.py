"""Patients, encounters and their documents."""

from __future__ import annotations

from typing import Any

from django.db import models

from nosology.store.fields import EncryptedBinaryField, EncryptedJSONField, EncryptedTextField
from nosology.store.tenant import TenantModel, WitnessModel

__all__ = ["Document", "Encounter", "Patient"]


class Patient(TenantModel):
    """A person treated. Identifiers are encrypted; ``mrn_index`` finds a medical record number without reading it."""

    mrn = EncryptedTextField()
    mrn_index = models.CharField(max_length=64)
    name = EncryptedTextField(blank=True)
    birth_date = EncryptedTextField(blank=True)  # ISO date
    sex = models.CharField(max_length=1, default="U")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["organisation", "mrn_index"], name="one_mrn"),)


class Encounter(WitnessModel):
    """A stay or a visit to be coded: what worklists show, who has it, how far it is.

    ``registration`` is the encounter JSON of docs/claims.md as far as it is known (dates, disposition, coverages,
    providers,
    charges as ``lines``); ``facts`` what the last coding run found out for the lists. ``version`` counts every
    change:
    whoever changes it names the version that was seen.
    """

    class State(models.TextChoices):
        WAITING = "waiting"  # documents still to come, or to be coded by the engine
        READY = "ready"  # coded by the engine: a coder may begin
        CODING = "coding"  # a coder has begun
        QUERIED = "queried"  # waits for a provider's answer
        FINAL = "final"
        FAILED = "failed"  # the engine could not code it; why stands in the run

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="encounters")
    number = models.CharField(max_length=40)  # the site's own account number, no identifier of a person
    setting = models.CharField(max_length=20)  # inpatient outpatient professional emergency
    service_date = models.DateField()  # discharge of a stay, day of a visit: which releases are in force
    admitted_at = models.DateTimeField(null=True, blank=True)
    discharged_at = models.DateTimeField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    payer = models.CharField(max_length=80, blank=True)
    department = models.CharField(max_length=80, blank=True)
    provider = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    registration = EncryptedJSONField(default=dict, blank=True)  # names, addresses, member numbers

    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    priority = models.PositiveSmallIntegerField(default=3)  # 1 first, 5 last
    due_at = models.DateTimeField(null=True, blank=True)
    missing_documents = models.JSONField(default=list, blank=True)
    assigned_to = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    team = models.CharField(max_length=60, blank=True)
    locked_by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    locked_until = models.DateTimeField(null=True, blank=True)

    confidence = models.FloatField(null=True, blank=True)  # probability that all codes are right
    autonomous = models.BooleanField(default=False)  # passed the gate
    expected_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)  # USD
    drg = models.CharField(max_length=4, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    open_queries = models.PositiveSmallIntegerField(default=0)

    received_at = models.DateTimeField(auto_now_add=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finalized_at = models.DateTimeField(null=True, blank=True)
    finalized_by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    seconds_at_work = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["organisation", "number"], name="one_encounter_number"),)
        indexes = (
            models.Index(fields=["organisation", "state", "priority", "received_at"], name="encounter_worklist"),
            models.Index(fields=["organisation", "assigned_to", "state"], name="encounter_assigned"),
            models.Index(
                fields=["organisation", "state", "assigned_to", "autonomous", "team"], name="encounter_counts"
            ),
            models.Index(fields=["organisation", "state", "payer"], name="encounter_payer"),
            models.Index(fields=["organisation", "state", "department"], name="encounter_department"),
            models.Index(fields=["organisation", "state", "provider"], name="encounter_provider"),
            models.Index(fields=["organisation", "finalized_at"], name="encounter_final"),
            models.Index(fields=["organisation", "service_date"], name="encounter_service"),
            models.Index(fields=["organisation", "received_at"], name="encounter_received"),
        )


class Document(WitnessModel):
    """One document of an encounter, as received. ``text`` never changes once read; a failed one keeps its reason."""

    class State(models.TextChoices):
        RECEIVED = "received"
        READ = "read"
        FAILED = "failed"

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64)
    title = EncryptedTextField(blank=True)  # from a file's name, which may name a patient
    kind = models.CharField(
        max_length=40, blank=True
    )  # discharge-summary, operative-report, progress-note, query-answer …
    author = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.PositiveIntegerField(default=0)
    original: Any = EncryptedBinaryField(null=True, blank=True)
    text = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    received_at = models.DateTimeField(auto_now_add=True)
    received_by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["encounter", "sha256"], name="one_document_per_digest"),)
        indexes = (
            models.Index(fields=["organisation", "sha256"], name="document_digest"),
            models.Index(fields=["organisation", "encounter", "state"], name="document_encounter"),
            models.Index(fields=["organisation", "state"], name="document_state"),
        )
