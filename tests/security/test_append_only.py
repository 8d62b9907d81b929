"""The ledger of the work is append-only in the database; rows bear witness to events that were cut off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nosology.actions.anchors import anchor_moved, read_anchors
from nosology.actions.audit_proof import prove_audit_log
from nosology.actions.audited import Audit, append_event
from nosology.actions.comments import add_comment
from nosology.actions.reading import break_glass
from nosology.actions.review import decide
from nosology.model.access import Access
from nosology.store import models as tables
from nosology.store.append_only import KEPT, drop_triggers, install_triggers, missing_triggers


@pytest.fixture
def worked(coded_encounter: Any, access_as: Any) -> Any:
    """A chart with a decision, a note, a sent query and an emergency access."""
    access, now = access_as("coder"), timezone.now()
    sheet = tables.Worksheet.everywhere.get(encounter=coded_encounter)
    decide(access, encounter=str(coded_encounter.pk), verb="accept", key=sheet.codes[0]["key"],
           version=sheet.version, now=now)  # fmt: skip
    add_comment(access, encounter=str(coded_encounter.pk), text="Seen", now=now)
    break_glass(access_as("provider"), encounter=str(coded_encounter.pk), reason="An emergency", now=now)
    more = {"organisation": coded_encounter.organisation, "encounter": coded_encounter}
    tables.ProviderQuery.everywhere.create(**more, question="Which?", state="sent", sent_at=now)
    return coded_encounter


def run(sql: str, *values: object) -> None:
    """One statement as somebody with the database's own rights would give it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


REFUSED = {
    "a decision": "UPDATE store_decision SET why = 'x'",
    "when a decision was made": "UPDATE store_decision SET at = CURRENT_TIMESTAMP",
    "a decision away": "DELETE FROM store_decision",
    "a finished run": "UPDATE store_codingrun SET result = NULL",
    "a finished run away": "DELETE FROM store_codingrun",
    "a document's digest": "UPDATE store_document SET sha256 = 'x'",
    "a document away": "DELETE FROM store_document",
    "a sent query's day": "UPDATE store_providerquery SET sent_at = NULL",
    "a sent query away": "DELETE FROM store_providerquery",
    "whose note": "UPDATE store_comment SET by_id = NULL",
    "a note away": "DELETE FROM store_comment",
    "an emergency access": "UPDATE store_breakglass SET until = at",
    "an emergency access away": "DELETE FROM store_breakglass",
    "an encounter's event": "UPDATE store_encounter SET event = 'x'",
    "an encounter away": "DELETE FROM store_encounter",
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses_to_change(worked: Any, what: str) -> None:
    assert not missing_triggers(connection)
    with pytest.raises(DatabaseError, match="append-only"):
        run(REFUSED[what])


@pytest.mark.parametrize("kept", KEPT, ids=lambda kept: kept.table)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties a table at once")
def test_the_database_refuses_to_empty(worked: Any, kept: Any) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {kept.table} CASCADE")


def test_what_may_change_does(worked: Any) -> None:
    for sql in (
        "UPDATE store_document SET text = text",
        "UPDATE store_breakglass SET reviewed_at = at",
        "UPDATE store_providerquery SET state = 'answered'",
        "UPDATE store_encounter SET state = 'coding'",
    ):
        run(sql)


def cut(chain: str, after: int) -> None:
    """Events after a number are gone, and the head says so: by itself the log looks whole."""
    drop_triggers(connection)
    run("DELETE FROM store_auditevent WHERE chain = %s AND number > %s", chain, after)
    last = tables.AuditEvent.objects.get(chain=chain, number=after)
    tables.AuditHead.objects.filter(chain=chain).update(count=after, digest=last.digest)
    install_triggers(connection)


def test_rows_tell_of_a_tail_that_was_cut_off_with_its_head(coded_encounter: Any, access_as: Any) -> None:
    access, chart = access_as("coder"), str(coded_encounter.pk)
    for word in ("first", "second", "third"):
        add_comment(access, encounter=chart, text=word, now=timezone.now())
    assert not prove_audit_log().wrong
    cut(access.organisation, 2)
    assert prove_audit_log().wrong == [
        f"chain {access.organisation}: 1 row names an event of the log that is not there (store_comment): "
        "its tail was cut off, or events were taken out"
    ]
    cut(access.organisation, 1)
    assert "2 rows name events" in prove_audit_log().wrong[0]


def test_the_key_of_an_event_is_sealed_with_it(worked: Any) -> None:
    drop_triggers(connection)
    run("UPDATE store_auditevent SET key = '' WHERE number = 1")
    install_triggers(connection)
    assert any("event 1 was changed" in each for each in prove_audit_log().wrong)


def test_rows_that_come_by_one_action_name_its_event(worked: Any) -> None:
    event = tables.AuditEvent.objects.get(verb__contains="comment")
    assert tables.Comment.everywhere.get().event == event.key
    assert len(event.key) == 32


@pytest.mark.django_db(transaction=True)
def test_a_server_anchors_what_went_on_each_minute(tmp_path: Path, settings: Any) -> None:
    settings.NOSOLOGY_ANCHORS, settings.NOSOLOGY_AUDIT_KEY = tmp_path / "anchors", tmp_path / "key.pem"

    def went_on() -> None:
        with transaction.atomic():
            append_event(Access("", "", via="task"), "test", Audit())

    held: dict[str, int] = {}
    assert anchor_moved(held, now=timezone.now()) == 0
    went_on()
    assert anchor_moved(held, now=timezone.now()) == 1
    assert anchor_moved(held, now=timezone.now()) == 0
    went_on()
    assert anchor_moved({}, now=timezone.now()) == 1  # of another start
    assert anchor_moved({}, now=timezone.now()) == 0
    assert [each.number for each in read_anchors(tmp_path / "anchors")] == [1, 2]
    with transaction.atomic():
        append_event(Access("", "", via="task"), "chart.finalize", Audit())  # at once
    assert read_anchors(tmp_path / "anchors")[-1].number == 3
    settings.NOSOLOGY_ANCHORS = tmp_path / "no" / "folder"
    assert anchor_moved({}, now=timezone.now()) == 0
