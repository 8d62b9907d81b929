"""Second part of the initial tables: the rest, then constraints and indexes."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import nosology.store.fields

OPERATIONS = [
    migrations.CreateModel(
        name="ApiToken",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("name", models.CharField(max_length=80)),
            ("digest", models.CharField(max_length=64, unique=True)),
            ("roles", models.JSONField(default=list)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            ("expires_at", models.DateTimeField()),
            ("last_used_at", models.DateTimeField(blank=True, null=True)),
            ("revoked_at", models.DateTimeField(blank=True, null=True)),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="Agreement",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("roles", models.JSONField(default=list)),
            ("active", models.BooleanField(default=True)),
            ("starts_on", models.DateField(blank=True, null=True)),
            ("ends_on", models.DateField(blank=True, null=True)),
            (
                "client",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="companies", to="store.organisation"
                ),
            ),
            (
                "company",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="clients", to="store.organisation"
                ),
            ),
        ],
    ),
    migrations.CreateModel(
        name="Patient",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("mrn", nosology.store.fields.EncryptedTextField()),
            ("mrn_index", models.CharField(max_length=64)),
            ("name", nosology.store.fields.EncryptedTextField(blank=True)),
            ("birth_date", nosology.store.fields.EncryptedTextField(blank=True)),
            ("sex", models.CharField(default="U", max_length=1)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.AddField(
        model_name="encounter",
        name="patient",
        field=models.ForeignKey(
            on_delete=django.db.models.deletion.PROTECT, related_name="encounters", to="store.patient"
        ),
    ),
    migrations.CreateModel(
        name="ProviderQuery",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("rule", models.CharField(blank=True, max_length=80)),
            ("question", models.TextField()),
            ("options", models.JSONField(default=list)),
            ("indicators", models.JSONField(default=list)),
            ("compliance", models.JSONField(default=list)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("draft", "Draft"),
                        ("sent", "Sent"),
                        ("answered", "Answered"),
                        ("withdrawn", "Withdrawn"),
                        ("expired", "Expired"),
                    ],
                    default="draft",
                    max_length=10,
                ),
            ),
            ("drafted_at", models.DateTimeField(auto_now_add=True)),
            ("sent_at", models.DateTimeField(blank=True, null=True)),
            ("due_at", models.DateTimeField(blank=True, null=True)),
            ("answered_at", models.DateTimeField(blank=True, null=True)),
            ("chosen", models.JSONField(blank=True, default=list)),
            ("answer", models.TextField(blank=True)),
            ("outcome", models.CharField(blank=True, max_length=40)),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "document",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="store.document",
                ),
            ),
            (
                "drafted_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "encounter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="queries", to="store.encounter"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
            (
                "sent_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="SavedFilter",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("name", models.CharField(max_length=60)),
            ("criteria", models.JSONField(default=dict)),
            ("shared", models.BooleanField(default=False)),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="Worksheet",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("codes", models.JSONField(default=list)),
            ("version", models.PositiveIntegerField(default=1)),
            ("changed_at", models.DateTimeField(auto_now=True)),
            (
                "encounter",
                models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT, related_name="worksheet", to="store.encounter"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
            (
                "run",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to="store.codingrun",
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="Membership",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("roles", models.JSONField(default=list)),
            ("active", models.BooleanField(default=True)),
            ("team", models.CharField(blank=True, max_length=60)),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE,
                    related_name="memberships",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="store.organisation"
                ),
            ),
        ],
        options={
            "constraints": [models.UniqueConstraint(fields=("user", "organisation"), name="one_membership")],
        },
    ),
    migrations.CreateModel(
        name="IdempotencyKey",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("key", models.CharField(max_length=200)),
            ("request_digest", models.CharField(max_length=64)),
            ("status", models.PositiveSmallIntegerField(default=0)),
            ("answer", models.JSONField(blank=True, null=True)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
            "constraints": [
                models.UniqueConstraint(fields=("organisation", "user", "key"), name="one_idempotency_key")
            ],
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="FinalCode",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("rank", models.PositiveSmallIntegerField()),
            ("system", models.CharField(max_length=12)),
            ("code", models.CharField(max_length=12)),
            ("role", models.CharField(max_length=16)),
            ("poa", models.CharField(blank=True, max_length=1)),
            ("modifiers", models.JSONField(blank=True, default=list)),
            ("units", models.PositiveIntegerField(blank=True, null=True)),
            (
                "encounter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="final_codes", to="store.encounter"
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
            "indexes": [models.Index(fields=["organisation", "system", "code"], name="final_code")],
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.CreateModel(
        name="FavouriteCode",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("system", models.CharField(max_length=12)),
            ("code", models.CharField(max_length=12)),
            ("pinned", models.BooleanField(default=False)),
            ("used", models.PositiveIntegerField(default=0)),
            ("used_at", models.DateTimeField(auto_now=True)),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "organisation",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="store.organisation"
                ),
            ),
        ],
        options={
            "abstract": False,
            "base_manager_name": "everywhere",
            "default_manager_name": "everywhere",
            "constraints": [
                models.UniqueConstraint(fields=("organisation", "user", "system", "code"), name="one_favourite")
            ],
        },
        managers=[
            ("everywhere", django.db.models.manager.Manager()),
        ],
    ),
    migrations.AddConstraint(
        model_name="document",
        constraint=models.UniqueConstraint(fields=("encounter", "sha256"), name="one_document_per_digest"),
    ),
    migrations.AddIndex(
        model_name="decision",
        index=models.Index(fields=["organisation", "at"], name="decision_at"),
    ),
    migrations.AddIndex(
        model_name="decision",
        index=models.Index(fields=["organisation", "by", "at"], name="decision_by"),
    ),
    migrations.AddIndex(
        model_name="decision",
        index=models.Index(fields=["organisation", "code_before"], name="decision_code"),
    ),
    migrations.AddConstraint(
        model_name="decision",
        constraint=models.UniqueConstraint(fields=("encounter", "number"), name="one_decision_number"),
    ),
    migrations.AddConstraint(
        model_name="codingrun",
        constraint=models.UniqueConstraint(fields=("encounter", "number"), name="one_run_number"),
    ),
    migrations.AddConstraint(
        model_name="agreement",
        constraint=models.UniqueConstraint(fields=("company", "client"), name="one_agreement"),
    ),
    migrations.AddConstraint(
        model_name="patient",
        constraint=models.UniqueConstraint(fields=("organisation", "mrn_index"), name="one_mrn"),
    ),
    migrations.AddIndex(
        model_name="encounter",
        index=models.Index(fields=["organisation", "state", "priority", "received_at"], name="encounter_worklist"),
    ),
    migrations.AddIndex(
        model_name="encounter",
        index=models.Index(fields=["organisation", "assigned_to", "state"], name="encounter_assigned"),
    ),
    migrations.AddIndex(
        model_name="encounter",
        index=models.Index(fields=["organisation", "finalized_at"], name="encounter_final"),
    ),
    migrations.AddIndex(
        model_name="encounter",
        index=models.Index(fields=["organisation", "service_date"], name="encounter_service"),
    ),
    migrations.AddConstraint(
        model_name="encounter",
        constraint=models.UniqueConstraint(fields=("organisation", "number"), name="one_encounter_number"),
    ),
    migrations.AddIndex(
        model_name="providerquery",
        index=models.Index(fields=["organisation", "state", "sent_at"], name="query_state"),
    ),
    migrations.AddIndex(
        model_name="providerquery",
        index=models.Index(fields=["organisation", "to", "state"], name="query_to"),
    ),
    migrations.AddConstraint(
        model_name="savedfilter",
        constraint=models.UniqueConstraint(fields=("organisation", "user", "name"), name="one_filter_name"),
    ),
]
