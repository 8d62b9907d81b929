"""First part of the initial tables: people, organisations, audit, encounters and what hangs on them."""

import uuid

import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

OPERATIONS = [
    migrations.CreateModel(
        name="User",
        fields=[
            ("password", models.CharField(max_length=128, verbose_name="password")),
            ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("email", models.EmailField(max_length=254, unique=True)),
            ("name", models.CharField(blank=True, max_length=120)),
            ("is_active", models.BooleanField(default=True)),
            ("is_staff", models.BooleanField(default=False)),
            ("joined_at", models.DateTimeField(auto_now_add=True)),
            ("preferences", models.JSONField(blank=True, default=dict)),
        ],
        options={
            "abstract": False,
        },
    ),
    migrations.CreateModel(
        name="AuditHead",
        fields=[
            ("chain", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ("count", models.PositiveBigIntegerField(default=0)),
            ("digest", models.CharField(default="", max_length=64)),
        ],
    ),
    migrations.CreateModel(
        name="Organisation",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            (
                "kind",
                models.CharField(
                    choices=[
                        ("hospital", "Hospital"),
                        ("practice", "Practice"),
                        ("billing-company", "Billing Company"),
                    ],
                    max_length=20,
                ),
            ),
            ("name", models.CharField(max_length=120, unique=True)),
            ("sample", models.BooleanField(default=False)),
            ("active", models.BooleanField(default=True)),
            ("settings", models.JSONField(blank=True, default=dict)),
            ("created_at", models.DateTimeField(auto_now_add=True)),
        ],
    ),
    migrations.CreateModel(
        name="AuditEvent",
        fields=[
            ("id", models.BigAutoField(primary_key=True, serialize=False)),
            ("chain", models.CharField(max_length=40)),
            ("number", models.PositiveBigIntegerField()),
            ("at", models.DateTimeField()),
            ("actor", models.CharField(blank=True, max_length=40)),
            ("via", models.CharField(max_length=12)),
            ("verb", models.CharField(max_length=60)),
            ("subject", models.CharField(blank=True, max_length=40)),
            ("subject_id", models.CharField(blank=True, max_length=60)),
            ("encounter_id", models.CharField(blank=True, max_length=40)),
            ("outcome", models.CharField(default="done", max_length=12)),
            ("detail", models.JSONField(blank=True, default=dict)),
            ("previous", models.CharField(blank=True, max_length=64)),
            ("digest", models.CharField(max_length=64)),
        ],
        options={
            "indexes": [
                models.Index(fields=["chain", "at"], name="audit_at"),
                models.Index(fields=["chain", "encounter_id"], name="audit_encounter"),
                models.Index(fields=["chain", "actor", "at"], name="audit_actor"),
            ],
            "constraints": [models.UniqueConstraint(fields=("chain", "number"), name="one_event_number")],
        },
    ),
    migrations.CreateModel(
        name="Encounter",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("number", models.CharField(max_length=40)),
            ("setting", models.CharField(max_length=20)),
            ("service_date", models.DateField()),
            ("admitted_at", models.DateTimeField(blank=True, null=True)),
            ("discharged_at", models.DateTimeField(blank=True, null=True)),
            ("age", models.PositiveSmallIntegerField(blank=True, null=True)),
            ("payer", models.CharField(blank=True, max_length=80)),
            ("department", models.CharField(blank=True, max_length=80)),
            ("registration", models.JSONField(blank=True, default=dict)),
            (
                "state",
                models.CharField(
                    choices=[
                        ("waiting", "Waiting"),
                        ("ready", "Ready"),
                        ("coding", "Coding"),
                        ("queried", "Queried"),
                        ("final", "Final"),
                        ("failed", "Failed"),
                    ],
                    default="waiting",
                    max_length=12,
                ),
            ),
            ("priority", models.PositiveSmallIntegerField(default=3)),
            ("due_at", models.DateTimeField(blank=True, null=True)),
            ("missing_documents", models.JSONField(blank=True, default=list)),
            ("team", models.CharField(blank=True, max_length=60)),
            ("locked_until", models.DateTimeField(blank=True, null=True)),
            ("confidence", models.FloatField(blank=True, null=True)),
            ("autonomous", models.BooleanField(default=False)),
            ("expected_value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
            ("drg", models.CharField(blank=True, max_length=4)),
            ("facts", models.JSONField(blank=True, default=dict)),
            ("open_queries", models.PositiveSmallIntegerField(default=0)),
            ("received_at", models.DateTimeField(auto_now_add=True)),
            ("ready_at", models.DateTimeField(blank=True, null=True)),
            ("started_at", models.DateTimeField(blank=True, null=True)),
            ("finalized_at", models.DateTimeField(blank=True, null=True)),
            ("seconds_at_work", models.PositiveIntegerField(default=0)),
            ("version", models.PositiveIntegerField(default=1)),
            (
                "assigned_to",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "finalized_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "locked_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "provider",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
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
        name="Document",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("sha256", models.CharField(max_length=64)),
            ("title", models.CharField(blank=True, max_length=120)),
            ("kind", models.CharField(blank=True, max_length=40)),
            ("author", models.CharField(blank=True, max_length=120)),
            ("written_at", models.DateTimeField(blank=True, null=True)),
            ("media_type", models.CharField(blank=True, max_length=80)),
            ("size", models.PositiveIntegerField(default=0)),
            ("original", models.BinaryField(blank=True, null=True)),
            ("text", models.TextField(blank=True)),
            (
                "state",
                models.CharField(
                    choices=[("received", "Received"), ("read", "Read"), ("failed", "Failed")],
                    default="received",
                    max_length=10,
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=300)),
            ("position", models.PositiveSmallIntegerField(default=0)),
            ("received_at", models.DateTimeField(auto_now_add=True)),
            (
                "received_by",
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
                    on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="store.encounter"
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
        name="Decision",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("number", models.PositiveIntegerField()),
            ("verb", models.CharField(max_length=20)),
            ("system", models.CharField(blank=True, max_length=12)),
            ("code_before", models.CharField(blank=True, max_length=12)),
            ("code_after", models.CharField(blank=True, max_length=12)),
            ("before", models.JSONField(blank=True, null=True)),
            ("after", models.JSONField(blank=True, null=True)),
            ("why", models.TextField(blank=True)),
            ("at", models.DateTimeField(auto_now_add=True)),
            ("worksheet_version", models.PositiveIntegerField()),
            ("request", models.CharField(blank=True, max_length=64)),
            (
                "by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "undoes",
                models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="undone_by",
                    to="store.decision",
                ),
            ),
            (
                "encounter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="store.encounter"
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
        name="Comment",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("at", models.DateTimeField(auto_now_add=True)),
            ("text", models.TextField()),
            (
                "by",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "encounter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="store.encounter"
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
        name="CodingRun",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("number", models.PositiveIntegerField()),
            (
                "state",
                models.CharField(
                    choices=[("queued", "Queued"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                    default="queued",
                    max_length=10,
                ),
            ),
            ("reason", models.CharField(blank=True, max_length=300)),
            ("documents", models.JSONField(default=list)),
            ("result", models.JSONField(blank=True, null=True)),
            ("provenance", models.JSONField(blank=True, default=dict)),
            ("progress", models.PositiveSmallIntegerField(default=0)),
            ("queued_at", models.DateTimeField(auto_now_add=True)),
            ("started_at", models.DateTimeField(blank=True, null=True)),
            ("finished_at", models.DateTimeField(blank=True, null=True)),
            (
                "encounter",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="store.encounter"
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
        name="BreakGlass",
        fields=[
            ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
            ("reason", models.TextField()),
            ("at", models.DateTimeField(auto_now_add=True)),
            ("until", models.DateTimeField()),
            ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            (
                "reviewed_by",
                models.ForeignKey(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.SET_NULL,
                    related_name="+",
                    to=settings.AUTH_USER_MODEL,
                ),
            ),
            (
                "user",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            ),
            (
                "encounter",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="store.encounter"),
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
]
