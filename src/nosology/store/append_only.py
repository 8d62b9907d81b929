"""What is append-only is so in the database itself: triggers refuse to change or delete it.

The audit log: no event is changed or deleted, none leaves a gap, no chain's head goes back. The ledger of the work:
decisions, finished runs of the engine, and where an encounter, a document, a query, a note or an emergency access
belongs, when it came and by which event. They are put in place after every migration, on SQLite and on PostgreSQL, and
taken away while one runs.

Whoever owns the database can drop them; that is what the chain of digests and the anchors outside are for
(``nosology audit verify``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["KEPT", "Kept", "drop_triggers", "install_triggers", "missing_triggers"]

_EVENTS, _HEADS = "store_auditevent", "store_audithead"
_NO = "the audit log is append-only"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose rows stay. ``columns``: only these never change ((): none does). ``once``: from when on that holds,
    as a condition on the row as it stands (``OLD``)."""

    table: str
    columns: tuple[str, ...] = ()
    once: str = ""


_WHERE = ("organisation_id", "encounter_id", "event")
KEPT = (
    Kept("store_decision"),
    Kept("store_codingrun", once="OLD.state = 'done'"),
    Kept("store_encounter", ("organisation_id", "event")),
    Kept(
        "store_document",
        (*_WHERE, "sha256", "size", "received_at", "received_by_id"),
    ),
    Kept(
        "store_providerquery",
        (*_WHERE, "sent_at", "sent_by_id"),
        "OLD.state <> 'draft'",
    ),
    Kept("store_comment", (*_WHERE, "by_id", "at")),
    Kept("store_breakglass", (*_WHERE, "user_id", "at", "until")),
)
"""The ledger. Encrypted columns are left out: keys rotate."""

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
    "ledger_refuse": "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END",
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
    "audit_event_kept": (_EVENTS, f"BEFORE UPDATE OR DELETE ON {_EVENTS} FOR EACH ROW", "audit_refuse"),
    "audit_event_kept_whole": (_EVENTS, f"BEFORE TRUNCATE ON {_EVENTS} FOR EACH STATEMENT", "audit_refuse"),
    "audit_event_next": (_EVENTS, f"BEFORE INSERT ON {_EVENTS} FOR EACH ROW", "audit_event_check"),
    "audit_head_forward": (_HEADS, f"BEFORE UPDATE ON {_HEADS} FOR EACH ROW", "audit_head_check"),
    "audit_head_kept": (_HEADS, f"BEFORE DELETE ON {_HEADS} FOR EACH ROW", "audit_refuse"),
    "audit_head_kept_whole": (_HEADS, f"BEFORE TRUNCATE ON {_HEADS} FOR EACH STATEMENT", "audit_refuse"),
}


def _conditions(kept: Kept, differs: str) -> tuple[str, str]:
    """When an update, and when a deletion, is refused ("": always)."""
    changed = " OR ".join(f"NEW.{each} {differs} OLD.{each}" for each in kept.columns)
    update = " AND ".join(f"({each})" for each in (kept.once, changed) if each)
    return update, kept.once


def _ledger_sqlite(ledger: tuple[Kept, ...] = KEPT) -> dict[str, str]:
    made = {}
    for kept in ledger:
        for what, when in zip(("update", "delete"), _conditions(kept, "IS NOT"), strict=True):
            refuse = f"BEGIN SELECT RAISE(ABORT, '{kept.table} is append-only'); END"
            said = f" WHEN {when}" if when else ""
            made[f"{kept.table}_kept_{what}"] = f"BEFORE {what.upper()} ON {kept.table}{said} {refuse}"
    return made


def _ledger_postgresql(ledger: tuple[Kept, ...] = KEPT) -> dict[str, tuple[str, str, str]]:
    made = {}
    for kept in ledger:
        for what, when in zip(("update", "delete"), _conditions(kept, "IS DISTINCT FROM"), strict=True):
            words = f"BEFORE {what.upper()} ON {kept.table} FOR EACH ROW" + (f" WHEN ({when})" if when else "")
            made[f"{kept.table}_kept_{what}"] = (kept.table, words, "ledger_refuse")
        whole = f"BEFORE TRUNCATE ON {kept.table} FOR EACH STATEMENT"
        made[f"{kept.table}_kept_whole"] = (kept.table, whole, "ledger_refuse")
    return made


def _as_the_tables_are(cursor: Any, connection: Any) -> tuple[Kept, ...]:
    """The ledger without the columns that a later version adds: after a migration backwards."""
    made = []
    for kept in KEPT:
        there = {each.name for each in connection.introspection.get_table_description(cursor, kept.table)}
        made.append(Kept(kept.table, tuple(each for each in kept.columns if each in there), kept.once))
    return tuple(made)


_EVERY_SQLITE = _SQLITE | _ledger_sqlite()
_EVERY_POSTGRESQL = _POSTGRESQL | _ledger_postgresql()


def install_triggers(connection: Any) -> None:
    """Put the triggers in place; those that stand are replaced."""
    drop_triggers(connection)
    with connection.cursor() as cursor:
        ledger = _as_the_tables_are(cursor, connection)
        if connection.vendor == "sqlite":
            for name, body in (_SQLITE | _ledger_sqlite(ledger)).items():
                cursor.execute(f"CREATE TRIGGER {name} {body}")
            return
        for name, body in _POSTGRESQL_FUNCTIONS.items():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $audit$ {body} $audit$"
            )
        for name, (_table, words, function) in (_POSTGRESQL | _ledger_postgresql(ledger)).items():
            cursor.execute(f"CREATE TRIGGER {name} {words} EXECUTE FUNCTION {function}()")


def drop_triggers(connection: Any) -> None:
    """Take them away: for migrations, tests that empty tables, and those that play an intruder."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _EVERY_SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name, (table, *_) in _EVERY_POSTGRESQL.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")


def missing_triggers(connection: Any) -> list[str]:
    """The names of those that are not there (any more)."""
    wanted = _EVERY_SQLITE if connection.vendor == "sqlite" else _EVERY_POSTGRESQL
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(wanted) - there)
