"""The audit log cannot be changed unseen: the database refuses, and what is done past it is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from nosology.actions.anchors import Anchor, anchor_now, check_anchors, public_key, read_anchors
from nosology.actions.audit_proof import prove_audit_log
from nosology.actions.audited import Audit, append_event, event_digest
from nosology.actions.reading import open_chart
from nosology.errors import NotPermitted, UnreadableInput
from nosology.model.access import Access
from nosology.store.append_only import drop_triggers, install_triggers, missing_triggers
from nosology.store.models import AuditEvent, AuditHead


@pytest.fixture
def anchors(tmp_path: Path, settings: Any) -> Path:
    """Where the anchors of a test stand."""
    settings.NOSOLOGY_ANCHORS = tmp_path / "anchors.jsonl"
    settings.NOSOLOGY_AUDIT_KEY = tmp_path / "key.pem"
    return tmp_path / "anchors.jsonl"


@pytest.fixture
def chain(coded_encounter: Any, access_as: Any) -> str:
    """A chain of twelve readings."""
    access = access_as("coder")
    for _ in range(12):
        open_chart(access, encounter=str(coded_encounter.pk), now=timezone.now())
    return access.organisation


def run(sql: str, *values: object) -> None:
    """One statement as somebody with the database's own rights would give it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


EVENTS = "store_auditevent"
REFUSED: dict[str, str] = {
    "edit": f"UPDATE {EVENTS} SET verb = 'x' WHERE number = 3",
    "edit all": f"UPDATE {EVENTS} SET outcome = outcome",
    "delete": f"DELETE FROM {EVENTS} WHERE number = 3",
    "delete the last": f"DELETE FROM {EVENTS} WHERE number = 12",
    "insert between": f"INSERT INTO {EVENTS} (chain, number, at, actor, via, verb, subject, subject_id, encounter_id, "
    f"outcome, detail, previous, digest) SELECT chain, 3, at, actor, via, verb, subject, subject_id, encounter_id, "
    f"outcome, detail, previous, digest FROM {EVENTS} WHERE number = 4",
    "insert with a gap": f"INSERT INTO {EVENTS} (chain, number, at, actor, via, verb, subject, subject_id, "
    f"encounter_id, outcome, detail, previous, digest) SELECT chain, 40, at, actor, via, verb, subject, subject_id, "
    f"encounter_id, outcome, detail, previous, digest FROM {EVENTS} WHERE number = 4",
    "turn the head back": "UPDATE store_audithead SET count = 3",
    "delete the head": "DELETE FROM store_audithead",
}


@pytest.mark.parametrize("how", REFUSED)
def test_the_database_refuses(chain: str, how: str) -> None:
    assert not missing_triggers(connection)
    with pytest.raises(DatabaseError, match="append-only"):
        run(REFUSED[how])
    assert not prove_audit_log().wrong


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties a table at once")
def test_the_database_refuses_to_empty_the_log(chain: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"):
        run(f"TRUNCATE {EVENTS}")


def reseal(chain: str) -> None:
    """What a careful intruder does last: number and seal the chain anew."""
    previous = ""
    rows = list(AuditEvent.objects.filter(chain=chain).order_by("number"))
    for number, event in enumerate(rows, 1):
        event.number, event.previous = number, previous
        event.digest = previous = event_digest(event)
        AuditEvent.objects.filter(pk=event.pk).update(
            number=number, previous=event.previous, digest=event.digest, verb=event.verb
        )
    AuditHead.objects.filter(chain=chain).update(count=len(rows), digest=previous)


def edit(chain: str) -> None:
    run(f"UPDATE {EVENTS} SET actor = '' WHERE chain = %s AND number = 5", chain)


def edit_the_detail(chain: str) -> None:
    run(f"UPDATE {EVENTS} SET detail = '{{}}' WHERE chain = %s AND number = 5", chain)


def insert(chain: str) -> None:
    run(f"UPDATE {EVENTS} SET number = number + 100 WHERE chain = %s AND number > 5", chain)
    run(f"UPDATE {EVENTS} SET number = number - 99 WHERE chain = %s AND number > 100", chain)
    old = AuditEvent.objects.get(chain=chain, number=5)
    old.pk, old.number, old.previous = None, 6, old.digest
    old.digest = event_digest(old)
    old.save(force_insert=True)
    AuditHead.objects.filter(chain=chain).update(count=13)


def delete(chain: str) -> None:
    run(f"DELETE FROM {EVENTS} WHERE chain = %s AND number = 5", chain)


def delete_and_close_the_gap(chain: str) -> None:
    delete(chain)
    run(f"UPDATE {EVENTS} SET number = number + 100 WHERE chain = %s AND number > 5", chain)
    run(f"UPDATE {EVENTS} SET number = number - 101 WHERE chain = %s AND number > 100", chain)
    AuditHead.objects.filter(chain=chain).update(count=11)


def delete_the_first(chain: str) -> None:
    run(f"DELETE FROM {EVENTS} WHERE chain = %s AND number = 1", chain)


def reorder(chain: str) -> None:
    for before, after in ((5, 99), (6, 5), (99, 6)):
        run(f"UPDATE {EVENTS} SET number = %s WHERE chain = %s AND number = %s", after, chain, before)


def cut_the_tail(chain: str) -> None:
    run(f"DELETE FROM {EVENTS} WHERE chain = %s AND number > 9", chain)


def add_to_the_tail(chain: str) -> None:
    old = AuditEvent.objects.get(chain=chain, number=12)
    old.pk, old.number, old.previous = None, 13, old.digest
    old.digest = event_digest(old)
    old.save(force_insert=True)


def lose_the_head(chain: str) -> None:
    run("DELETE FROM store_audithead WHERE chain = %s", chain)


TAMPERING: dict[str, tuple[Callable[[str], None], str]] = {
    "edit": (edit, "event 5 was changed"),
    "edit of the detail": (edit_the_detail, "event 5 was changed"),
    "insert": (insert, "event 7 does not follow the one before it"),
    "delete": (delete, "event 5 missing"),
    "delete, gap closed": (delete_and_close_the_gap, "event 5 does not follow the one before it"),
    "delete the first": (delete_the_first, "event 1 missing"),
    "reorder": (reorder, "event 5 does not follow the one before it"),
    "cut the tail": (cut_the_tail, "its head says 12 events, the last is 9"),
    "add to the tail": (add_to_the_tail, "its head says 12 events, the last is 13"),
    "lose the head": (lose_the_head, "its head is missing"),
}


@pytest.mark.parametrize("how", TAMPERING)
def test_what_was_done_past_the_triggers_is_found(chain: str, how: str) -> None:
    act, finding = TAMPERING[how]
    assert not prove_audit_log().wrong
    drop_triggers(connection)
    act(chain)
    install_triggers(connection)
    wrong = prove_audit_log().wrong
    assert any(finding in each for each in wrong), wrong


def cut_and_turn_back(chain: str) -> None:
    cut_the_tail(chain)
    reseal(chain)


def edit_and_reseal(chain: str) -> None:
    edit(chain)
    reseal(chain)


def delete_and_reseal(chain: str) -> None:
    delete_and_close_the_gap(chain)
    reseal(chain)


def lose_everything(chain: str) -> None:
    run(f"DELETE FROM {EVENTS} WHERE chain = %s", chain)
    lose_the_head(chain)


RESEALED: dict[str, tuple[Callable[[str], None], str]] = {
    "cut the tail and turn the head back": (cut_and_turn_back, "its tail was cut off"),
    "edit, then seal anew": (edit_and_reseal, "event 12 is not the one that was anchored"),
    "delete, then seal anew": (delete_and_reseal, "its tail was cut off"),
    "a whole chain": (lose_everything, "its tail was cut off"),
}


@pytest.mark.parametrize("how", RESEALED)
def test_a_chain_that_was_sealed_anew_does_not_fit_its_anchors(chain: str, anchors: Path, how: str) -> None:
    act, finding = RESEALED[how]
    anchor_now(now=timezone.now())
    assert not prove_audit_log(read_anchors(anchors)).wrong
    drop_triggers(connection)
    act(chain)
    install_triggers(connection)
    assert not prove_audit_log().wrong  # by itself it looks whole
    wrong = prove_audit_log(read_anchors(anchors)).wrong
    assert any(finding in each for each in wrong), wrong


def test_missing_triggers_are_named(chain: str) -> None:
    drop_triggers(connection)
    assert any("append-only" in each for each in prove_audit_log().wrong)
    install_triggers(connection)


@pytest.mark.parametrize("how", ["change", "take out", "exchange", "forge"])
def test_anchors_keep_each_other(chain: str, anchors: Path, how: str, access_as: Any) -> None:
    for _ in range(3):
        anchor_now(now=timezone.now())
    key = public_key()
    held = read_anchors(anchors)
    assert len(held) >= 3
    assert not check_anchors(held, key=key)
    lines = anchors.read_text().splitlines()
    if how == "change":
        row = json.loads(lines[1])
        lines[1] = json.dumps(row | {"number": row["number"] - 1}, separators=(",", ":"))
    elif how == "take out":
        del lines[1]
    elif how == "exchange":
        lines[0], lines[1] = lines[1], lines[0]
    else:
        row = json.loads(lines[0])
        lines.append(Anchor(**(row | {"number": 1, "signature": "AAAA"})).line)
    anchors.write_text("\n".join(lines) + "\n")
    assert check_anchors(read_anchors(anchors), key=key)


def test_a_file_that_holds_no_anchors_is_refused(tmp_path: Path) -> None:
    for text in ("{}", "[1]", "x", '{"at": 1}'):
        (tmp_path / "a").write_text(text)
        with pytest.raises(UnreadableInput):
            read_anchors(tmp_path / "a")
    with pytest.raises(UnreadableInput):
        read_anchors(tmp_path / "none")


@pytest.mark.django_db(transaction=True)
def test_every_so_many_events_an_anchor_is_taken(anchors: Path, settings: Any) -> None:
    settings.NOSOLOGY_ANCHOR_EVERY = 5
    for _ in range(11):
        with transaction.atomic():
            append_event(Access("", "", via="task"), "test", Audit())
    assert [each.number for each in read_anchors(anchors)] == [5, 10]
    assert not prove_audit_log(read_anchors(anchors)).wrong
    settings.NOSOLOGY_ANCHORS = anchors.parent / "no" / "such" / "folder"
    for _ in range(4):
        with transaction.atomic():
            append_event(Access("", "", via="task"), "test", Audit())  # nobody's work stops


def test_what_reads_back_otherwise_is_written_as_it_reads(access_as: Any) -> None:
    audit = Audit()
    audit.about("thing", "x" * 100, counts={10: "ten", 2: "two"}, some=(1, 2), text="ü\u2028")
    append_event(access_as("coder"), "test", audit)
    assert not prove_audit_log().wrong


def test_a_refusal_leaves_its_event(coded_encounter: Any, access_as: Any) -> None:
    access = access_as("biller")
    with pytest.raises(NotPermitted):
        open_chart(access, encounter=str(coded_encounter.pk), now=timezone.now())
    event = AuditEvent.objects.get(verb="chart.read")
    assert (event.outcome, event.actor, event.encounter_id) == ("refused", access.user, str(coded_encounter.pk))
    assert event.detail["reach"] == "claim"
