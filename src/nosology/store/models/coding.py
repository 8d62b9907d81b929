"""What the engine suggested, what coders decided, what stands at the end."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from nosology.store.models.charts import Encounter
from nosology.store.tenant import TenantModel, WitnessModel

__all__ = ["CodingRun", "Decision", "FinalCode", "Worksheet"]


class CodingRun(WitnessModel):
    """The engine over all documents of an encounter, once: a row that never changes when it is done.

    ``result`` is the JSON of ``nosology code`` with spans that name their document: each piece of evidence, each
    ``not_coded`` and
    each of ``mentions`` has ``document`` (id), ``start``, ``end`` in that document's text.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=300, blank=True)  # of a failure: never chart text
    documents = models.JSONField(default=list)  # ids, in order
    result = models.JSONField(null=True, blank=True)
    provenance = models.JSONField(default=dict, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    queued_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (models.UniqueConstraint(fields=["encounter", "number"], name="one_run_number"),)
        indexes = (models.Index(fields=["organisation", "state"], name="run_state"),)


class Worksheet(TenantModel):
    """The codes of an encounter as they stand on the coder's desk.

    ``codes`` is a list in order, each ``{"key", "system", "code", "title", "role", "poa", "modifiers", "units",
    "origin": "engine|coder",
    "state": "suggested|accepted|changed|rejected|added", "score", "suggested": code or "", "evidence": [...],
    "why", "by", "at"}``.
    ``overrides`` are findings that somebody accepted as they stand: ``{"key", "rule", "about", "why", "by", "name",
    "on", "at"}``.
    ``version`` counts every change. Both lists are what the decisions of the encounter, replayed, make.
    """

    encounter = models.OneToOneField(Encounter, on_delete=models.PROTECT, related_name="worksheet")
    run = models.ForeignKey(CodingRun, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    codes = models.JSONField(default=list)
    overrides = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(auto_now=True)


class Decision(WitnessModel):
    """One thing that somebody did to the codes: before, after, who, when, why. Only ever undone by a later row.

    ``before`` and ``after`` are patches of ``coding.worksheet``. The first row of an encounter is "suggest" (what the
    engine laid out), a later reading is "recode". An undo is a row "undo" with ``undoes``; a redo is a row of the
    verb that it does again, with ``undoes`` the undo.
    """

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()  # counts within the encounter
    verb = models.CharField(
        max_length=20
    )  # accept change reject add reorder principal poa modifiers units finalize reopen undo …
    system = models.CharField(max_length=12, blank=True)
    code_before = models.CharField(max_length=12, blank=True)
    code_after = models.CharField(max_length=12, blank=True)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey("store.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    worksheet_version = models.PositiveIntegerField()
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    request = models.CharField(max_length=64, blank=True)  # the client's own key: the same again changes nothing

    class Meta(TenantModel.Meta):
        abstract = False
        constraints = (
            models.UniqueConstraint(fields=["encounter", "number"], name="one_decision_number"),
            models.UniqueConstraint(
                fields=["encounter", "request"], condition=~models.Q(request=""), name="one_decision_per_request"
            ),
        )
        indexes = (
            models.Index(fields=["organisation", "at"], name="decision_at"),
            models.Index(fields=["organisation", "by", "at"], name="decision_by"),
            models.Index(fields=["organisation", "code_before"], name="decision_code"),
        )


class FinalCode(TenantModel):
    """A code with which an encounter was finalised."""

    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="final_codes")
    rank = models.PositiveSmallIntegerField()
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=12)
    role = models.CharField(max_length=16)
    poa = models.CharField(max_length=1, blank=True)
    modifiers = models.JSONField(default=list, blank=True)
    units = models.PositiveIntegerField(null=True, blank=True)

    class Meta(TenantModel.Meta):
        abstract = False
        indexes = (models.Index(fields=["organisation", "system", "code"], name="final_code"),)
