"""``nosology audit``: prove that the audit log is as it was written, anchor it outside the database, export it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from nosology.cli.progress import draw_progress
from nosology.cli.serve import start_django
from nosology.errors import UnreadableInput, UsageError

__all__ = ["anchor", "audit_app", "export", "verify"]

audit_app = typer.Typer(
    no_args_is_help=True, help="Prove the server's audit log, anchor it outside the database, export it."
)

_FILE = "The file of anchors; without it audit-anchors.jsonl of the data folder, or NOSOLOGY_ANCHORS."


@audit_app.command()
def verify(
    anchors: Annotated[Path | None, typer.Option("--anchors", metavar="FILE", help=_FILE)] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help="The public key of the anchors; else the server's own.")
    ] = None,
) -> None:
    """Read every event and say what was edited, inserted, deleted, reordered or cut off.

    Exit codes: 0 the log is whole; 1 it is not; 10 anchors or key cannot be read; 12 the database does not answer.
    """
    start_django()
    from django.conf import settings

    from nosology.actions.anchors import check_anchors, public_key, read_anchors
    from nosology.actions.audit_proof import prove_audit_log

    where = anchors or Path(settings.NOSOLOGY_ANCHORS)
    held = read_anchors(where) if anchors or where.exists() else []
    try:
        pem = key.read_text("ascii") if key else public_key()
    except (OSError, ValueError):
        raise UnreadableInput(f"{key}: the key cannot be read") from None
    wrong = check_anchors(held, key=pem)
    with draw_progress() as draw:
        seen = 0

        def drawn(more: int) -> None:
            nonlocal seen
            seen += more
            draw(seen, 0, "events")

        proof = prove_audit_log(held, progress=drawn)
    for line in wrong + proof.wrong:
        print(line)
    found = len(wrong) + len(proof.wrong)
    print(
        f"{proof.events} events in {proof.chains} chains, {proof.anchored} of them before one of {proof.anchors} "
        f"anchors: {f'{found} findings' if found else 'whole'}"
    )
    if not held:
        print(
            "no anchors: a log that somebody sealed anew would not be noticed (nosology audit anchor)", file=sys.stderr
        )
    if found:
        raise typer.Exit(1)


@audit_app.command()
def anchor(
    to: Annotated[
        str, typer.Option("--to", metavar="FILE|-", help=_FILE + " With - the lines go to standard output as well.")
    ] = "",
    show_key: Annotated[bool, typer.Option("--show-key", help="Only print the public key of the anchors.")] = False,
) -> None:
    """Append a signed line per chain to the file of anchors: how many events there are, and the digest of the last.

    The server does so by itself once a minute while there is work. Keep copies of the lines and of the public key
    elsewhere.
    Exit codes: 0 anchored; 12 not permitted, or the database does not answer.
    """
    start_django()
    from django.conf import settings
    from django.utils import timezone

    from nosology.actions.anchors import append_anchors, public_key
    from nosology.store.models import AuditHead

    if show_key:
        print(public_key(), end="")
        return
    path = Path(to) if to not in ("", "-") else Path(settings.NOSOLOGY_ANCHORS)
    heads = list(AuditHead.objects.order_by("chain").values_list("chain", "count", "digest"))
    made = append_anchors(path, heads, now=timezone.now())
    if to == "-":
        for each in made:
            print(each.line)
    else:
        print(f"{path}: {len(made)} chains anchored")


@audit_app.command()
def export(
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="Only the chain of this organisation.")
    ] = "",
) -> None:
    """Print the events as JSON lines, as they were sealed: ids, codes and counts, no names, no chart text.

    Exit codes: 0 printed; 2 no such organisation; 12 the database does not answer.
    """
    start_django()
    from nosology.store.models import AuditEvent, Organisation

    rows = AuditEvent.objects.order_by("chain", "number")
    if organisation:
        found = Organisation.objects.filter(name=organisation).first()
        if found is None:
            raise UsageError("there is no organisation of that name")
        rows = rows.filter(chain=str(found.pk))
    names = [each.name for each in AuditEvent._meta.fields if each.name != "id"]
    for event in rows.iterator(chunk_size=2000):
        print(json.dumps({name: getattr(event, name) for name in names} | {"at": event.at.isoformat()}, sort_keys=True))
