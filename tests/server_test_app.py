"""What the server's tests change of Django: emptying the tables between tests takes the audit log along."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig

__all__ = ["ServerTests"]


class ServerTests(AppConfig):
    """Before tables are emptied, the triggers that keep the audit log go; they come back after it."""

    name = "server_test_app"

    def ready(self) -> None:
        """Wrap Django's way to empty tables."""
        from django.db.backends.base.operations import BaseDatabaseOperations

        from nosology.store.append_only import drop_triggers

        plain = BaseDatabaseOperations.execute_sql_flush

        def flush(self: Any, sql_list: list[str]) -> None:
            drop_triggers(self.connection)
            with self.connection.cursor() as cursor:
                cursor.execute("DELETE FROM server_cache")
            plain(self, sql_list)

        BaseDatabaseOperations.execute_sql_flush = flush
