"""The Django application of the tables."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

__all__ = ["StoreConfig"]


class StoreConfig(AppConfig):
    """Tables and migrations of the server."""

    name = "nosology.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration: what is append-only is so, and the table of the cache is there."""
        pre_migrate.connect(_before_migration, sender=self)
        post_migrate.connect(_after_migration, sender=self)


def _before_migration(using: str, plan: Any = (), **_more: Any) -> None:
    from django.db import connections

    from nosology.store.append_only import drop_triggers

    if any(migration.app_label == "store" for migration, _backwards in plan):
        drop_triggers(connections[using])


def _after_migration(using: str, apps: Any = None, **_more: Any) -> None:
    from django.core.management import call_command
    from django.db import connections

    from nosology.store.append_only import install_triggers

    connection = connections[using]
    if "store_auditevent" in connection.introspection.table_names():  # not after a migration back to nothing
        install_triggers(connection)
    call_command("createcachetable", database=using, verbosity=0)
