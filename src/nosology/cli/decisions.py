"""``nosology decisions``: what coders decided in the workbench, as the file that the engine learns from."""

from __future__ import annotations

import sys
import uuid
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from nosology.cli.serve import start_django
from nosology.errors import NotFound, NotPermitted, UsageError

__all__ = ["decisions"]


def decisions(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Its name or id.")],
    to: Annotated[str, typer.Option(metavar="FILE", help="The file to write; - is standard output.")] = "-",
    since: Annotated[str, typer.Option(metavar="DATE", help="Only charts changed from that day on (ISO).")] = "",
) -> None:
    """Write what an organisation's coders decided, as the file that the engine learns from (nosology evaluate).

    Exit codes: 0 written; 2 no such organisation, or a wrong date; 10 damaged keys; 12 not permitted.
    """
    start_django()
    from nosology.actions.learning import export_decisions
    from nosology.model.access import Access

    access = Access.system(str(_find(organisation).pk), via="command")
    begin = _moment(since)
    if to == "-":
        export_decisions(access, write=sys.stdout.write, since=begin)
        return
    target = Path(to)
    draft = target.with_name(f"{target.name}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            count = export_decisions(access, write=file.write, since=begin)
        draft.replace(target)
    except OSError as error:
        raise NotPermitted(f"{to}: cannot be written ({error.strerror or type(error).__name__})") from error
    print(f"{to}: decisions on {count} charts", file=sys.stderr)


def _moment(day: str) -> datetime | None:
    if not day:
        return None
    try:
        return datetime.combine(date.fromisoformat(day), time.min, UTC)
    except ValueError:
        raise UsageError("--since: not a date; write it as 2026-05-04") from None


def _find(name: str) -> Any:
    from nosology.store.models import Organisation

    try:
        found = Organisation.objects.filter(pk=uuid.UUID(name)).first()
    except ValueError:
        found = Organisation.objects.filter(name=name).first()
    if found is None:
        raise NotFound("there is no organisation of that name")
    return found
