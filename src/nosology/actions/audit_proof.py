"""The proof of the audit log: every chain read from its first event to its head, held against the anchors, and against
the rows that name the event by which they came in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.db.models import Count, Exists, OuterRef

from nosology.actions.anchors import Anchor
from nosology.actions.audited import event_digest
from nosology.store.append_only import missing_triggers
from nosology.store.models import AuditEvent, AuditHead
from nosology.store.tenant import WitnessModel

__all__ = ["AuditProof", "prove_audit_log"]

_MANY = 20  # findings of one chain; more of them say nothing new


@dataclass(slots=True)
class AuditProof:
    """``wrong`` is empty if the log is as it was written, as far as the anchors reach."""

    chains: int = 0
    events: int = 0
    anchors: int = 0
    anchored: int = 0  # events that stand before an anchor
    wrong: list[str] = field(default_factory=list)


def prove_audit_log(anchors: Iterable[Anchor] = (), *, progress: Callable[[int], None] | None = None) -> AuditProof:
    """Read every event; found are edits, insertions, deletions, other orders, cut-off tails, and missing triggers."""
    proof = AuditProof()
    gone = missing_triggers(connection)
    proof.wrong += [f"the database does not keep the log append-only: no trigger {each}" for each in gone]
    held: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        proof.anchors += 1
        held.setdefault(anchor.chain, []).append(anchor)
    heads = {head.chain: head for head in AuditHead.objects.all()}
    chains = set(heads) | set(held) | set(AuditEvent.objects.order_by().values_list("chain", flat=True).distinct())
    for chain in sorted(chains):
        proof.chains += 1
        wrong, count = _prove_chain(chain, heads.get(chain), held.get(chain, []), progress)
        proof.events += count
        proof.anchored += min(count, max((each.number for each in held.get(chain, [])), default=0))
        proof.wrong += wrong[:_MANY]
        if len(wrong) > _MANY:
            proof.wrong.append(f"chain {chain}: and {len(wrong) - _MANY} more")
    proof.wrong += _rows_without_event()
    return proof


def _rows_without_event() -> list[str]:
    """Rows that an event made which is not in the log: it was taken out, alone or with the tail."""
    wrong = []
    there = AuditEvent.objects.filter(key=OuterRef("event"))
    for model in apps.get_app_config("store").get_models():
        if issubclass(model, WitnessModel):
            left = model._base_manager.exclude(event="").filter(~Exists(there)).order_by()
            for chain, count in left.values_list("organisation_id").annotate(Count("pk")):
                named = "row names an event" if count == 1 else "rows name events"
                wrong.append(
                    f"chain {chain}: {count} {named} of the log that {'is' if count == 1 else 'are'} not there "
                    f"({model._meta.db_table}): its tail was cut off, or events were taken out"
                )
    return sorted(wrong)


def _prove_chain(
    chain: str, head: AuditHead | None, anchors: list[Anchor], progress: Callable[[int], None] | None
) -> tuple[list[str], int]:
    wrong: list[str] = []
    expected, digest, count = 1, "", 0
    anchored: dict[int, list[str]] = {}
    for anchor in anchors:
        anchored.setdefault(anchor.number, []).append(anchor.digest)
    for event in AuditEvent.objects.filter(chain=chain).order_by("number").iterator(chunk_size=2000):
        count += 1
        if progress and count % 1000 == 0:
            progress(1000)
        if event.number != expected:
            gone = f"event {expected}" if event.number == expected + 1 else f"events {expected} to {event.number - 1}"
            wrong.append(f"chain {chain}: {gone} missing")
        elif event.previous != digest:
            wrong.append(f"chain {chain}: event {event.number} does not follow the one before it")
        if event_digest(event) != event.digest:
            wrong.append(f"chain {chain}: event {event.number} was changed")
        if any(each != event.digest for each in anchored.get(event.number, [])):
            wrong.append(f"chain {chain}: event {event.number} is not the one that was anchored")
        expected, digest = event.number + 1, event.digest
    last = expected - 1
    beyond = max(anchored, default=0)
    if beyond > last:
        wrong.append(f"chain {chain}: ends at event {last}, but event {beyond} was anchored: its tail was cut off")
    if head is None:
        wrong.append(f"chain {chain}: its head is missing")
    elif (head.count, head.digest) != (last, digest):
        said = f"its head says {head.count} events, the last is {last}"
        wrong.append(f"chain {chain}: {said}: the tail was cut off or added to")
    return wrong, count
