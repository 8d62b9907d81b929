"""Notes to colleagues on an encounter; they are no part of the chart."""

from __future__ import annotations

from datetime import datetime

from nosology.actions.audited import Audit, action
from nosology.actions.worksheets import find_encounter
from nosology.errors import UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import Comment

__all__ = ["add_comment"]

_LONGEST = 4000


@action("chart.comment", needs=Permission.CHART_NOTE)
def add_comment(access: Access, audit: Audit, *, encounter: str, text: str, now: datetime) -> str:
    """Leave a note; its id. The same text again within a minute is the same note (a double click).

    Raises UsageError for an empty or very long text, NotFound.
    """
    said = text.strip()
    if not 0 < len(said) <= _LONGEST:
        raise UsageError(f"a note has 1 to {_LONGEST} characters")
    row = find_encounter(access, encounter)
    audit.about("encounter", row.pk)
    last = Comment.objects.for_access(access).filter(encounter=row, by_id=access.user or None).order_by("-at").first()
    if last is not None and last.text == said and (now - last.at).total_seconds() < 60:
        return str(last.pk)
    made = Comment.everywhere.create(organisation_id=access.organisation, encounter=row, by_id=access.user, text=said)
    audit.detail |= {"comment": str(made.pk)}
    return str(made.pk)
