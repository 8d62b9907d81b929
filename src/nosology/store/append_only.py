"""The audit log is append-only in the database itself: triggers refuse to change or delete an event, to leave a gap,
and to turn a chain's head back. They are put in place after every migration, on SQLite and on PostgreSQL.

Whoever owns the database can drop them; that is what the chain of digests and the anchors outside are for
(``nosology audit verify``).
"""

from __future__ import annotations

from typing import Any

__all__ = ["drop_triggers", "install_triggers", "missing_triggers"]

_EVENTS, _HEADS = "store_auditevent", "store_audithead"
_NO = "the audit log is append-only"

_SQLITE = {
    "audit_event_kept_update": f"BEFORE UPDATE ON {_EVENTS} BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
    "audit_event_kept_delete": f"BEFORE DELETE ON {_EVENTS} BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
    "audit_event_next": (
        f"BEFORE INSERT ON {_EVENTS} WHEN NEW.number <> 1 + COALESCE("
        f"(SELECT MAX(number) FROM {_EVENTS} WHERE chain = NEW.chain), 0) "
        f"BEGIN SELECT RAISE(ABORT, '{_NO}: an event comes after the last'); END"
    ),
    "audit_head_forward": (
        f"BEFORE UPDATE ON {_HEADS} WHEN NEW.count <> OLD.count + 1 OR NEW.chain <> OLD.chain "
        f"BEGIN SELECT RAISE(ABORT, '{_NO}: its head only goes on'); END"
    ),
    "audit_head_kept": f"BEFORE DELETE ON {_HEADS} BEGIN SELECT RAISE(ABORT, '{_NO}'); END",
}
_POSTGRESQL_FUNCTIONS = {
    "audit_refuse": f"BEGIN RAISE EXCEPTION '{_NO}'; END",
    "audit_event_check": (
        f"BEGIN IF NEW.number <> 1 + COALESCE((SELECT MAX(number) FROM {_EVENTS} WHERE chain = NEW.chain), 0) "
        f"THEN RAISE EXCEPTION '{_NO}: an event comes after the last'; END IF; RETURN NEW; END"
    ),
    "audit_head_check": (
        f"BEGIN IF NEW.count <> OLD.count + 1 OR NEW.chain <> OLD.chain "
        f"THEN RAISE EXCEPTION '{_NO}: its head only goes on'; END IF; RETURN NEW; END"
    ),
}
_POSTGRESQL = {
    "audit_event_kept": (_EVENTS, "BEFORE UPDATE OR DELETE", "ROW", "audit_refuse"),
    "audit_event_kept_whole": (_EVENTS, "BEFORE TRUNCATE", "STATEMENT", "audit_refuse"),
    "audit_event_next": (_EVENTS, "BEFORE INSERT", "ROW", "audit_event_check"),
    "audit_head_forward": (_HEADS, "BEFORE UPDATE", "ROW", "audit_head_check"),
    "audit_head_kept": (_HEADS, "BEFORE DELETE", "ROW", "audit_refuse"),
    "audit_head_kept_whole": (_HEADS, "BEFORE TRUNCATE", "STATEMENT", "audit_refuse"),
}


def install_triggers(connection: Any) -> None:
    """Put the triggers in place; those that stand are replaced."""
    drop_triggers(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, body in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {name} {body}")
            return
        for name, body in _POSTGRESQL_FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $audit$ {body} $audit$"
            )
        for name, (table, when, each, function) in _POSTGRESQL.items():
            cursor.execute(f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()")


def drop_triggers(connection: Any) -> None:
    """Take them away: for tests that empty the tables, and for those that play an intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name, (table, *_) in _POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing_triggers(connection: Any) -> list[str]:
    """The names of those that are not there (any more)."""
    wanted = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(wanted) - there)
