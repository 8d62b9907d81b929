"""An encounter's worksheet taken up inside a transaction, and what is written on it: one row per decision.

The rows of the encounter and its worksheet are held until the transaction ends, so that of two people at once one
waits for the other and then sees what the other did.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Max

from nosology.coding.worksheet import (
    Patch,
    Sheet,
    diff_sheets,
    lay_run,
    list_codes,
    list_overrides,
    open_sheet,
    replay,
    touched_keys,
)
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.model.access import Access
from nosology.store.models import CodingRun, Decision, Encounter, Worksheet
from nosology.store.queries.reach import may_read

__all__ = ["SUGGEST", "Desk", "find_encounter", "lay_out_run", "person_id", "refuse_if_held", "replayed", "take_up"]

SUGGEST = "suggest"
"""The first decision of every chart: what the engine laid out."""

_RECODE = "recode"


def person_id(access: Access) -> str | None:
    """The id of who acts, None for the system."""
    return access.user or None


def find_encounter(access: Access, encounter: str, *, hold: bool = False) -> Encounter:
    """The encounter of the organisation; ``hold`` keeps its row until the transaction ends.

    Raises:
        NotFound: the organisation has none of that id.
        NotPermitted: to be held it must be within reach of whoever asks.
    """
    rows = Encounter.objects.for_access(access).select_related("patient", "organisation", "locked_by", "finalized_by")
    if hold:
        rows = rows.select_for_update(of=("self",))
    try:
        found = rows.get(pk=encounter)
    except (Encounter.DoesNotExist, ValidationError, ValueError):
        raise NotFound("there is no such encounter here") from None
    if hold and access.user and not may_read(access, str(found.pk)):
        raise NotPermitted("this chart is not among those that you may work on")
    return found


def refuse_if_held(encounter: Encounter, access: Access, now: datetime) -> None:
    """Raise StaleVersion while somebody else holds the lock of the chart."""
    holder, until = encounter.locked_by_id, encounter.locked_until
    if holder is None or until is None or until <= now or str(holder) == access.user:
        return
    raise StaleVersion(
        f"{encounter.locked_by} has this chart until {until:%H:%M} UTC: wait, or take it over with a reason"
    )


@dataclass(slots=True)
class Desk:
    """A worksheet taken up for writing; ``sheet`` is what lies on it now."""

    access: Access
    encounter: Encounter
    worksheet: Worksheet
    sheet: Sheet
    next_number: int

    def known(self, request: str) -> Decision | None:
        """The decision that a request made already."""
        return Decision.everywhere.filter(encounter=self.encounter, request=request).first() if request else None

    def changed_by_others(self, version: int) -> dict[str, Decision]:
        """What others touched after a version: key ("order" too) → the last decision on it.

        Raises:
            StaleVersion: the version is newer than the worksheet, so it is of another one.
        """
        if version > self.worksheet.version:
            raise StaleVersion("the worksheet was not shown in that version: look again")
        if version == self.worksheet.version:
            return {}
        found: dict[str, Decision] = {}
        rows = Decision.everywhere.filter(encounter=self.encounter, worksheet_version__gt=version)
        for row in rows.select_related("by").order_by("number"):
            if row.by_id is None or str(row.by_id) != self.access.user:
                found |= dict.fromkeys(touched_keys(row.before, row.after), row)
        return found

    def put(self, after: Sheet) -> tuple[Patch, Patch]:
        """Lay a new sheet on the desk; the patches that lead there and back. Written by :meth:`close`."""
        patches = diff_sheets(self.sheet, after)
        self.sheet = after
        return patches

    def record(self, verb: str, patches: tuple[Patch | None, Any], *, now: datetime, **more: Any) -> Decision:
        """One row; it belongs to the version that :meth:`close` writes."""
        before, after = patches
        row = Decision.everywhere.create(
            organisation_id=self.encounter.organisation_id,
            encounter=self.encounter,
            number=self.next_number,
            verb=verb,
            before=before,
            after=after,
            by_id=more.pop("by", person_id(self.access)),
            at=now,
            worksheet_version=more.pop("worksheet_version", self.worksheet.version + 1),
            **more,
        )
        self.next_number += 1
        return row

    def close(self, **changed: Any) -> int:
        """Write the sheet as the next version, and columns of the encounter; the version."""
        self.worksheet.version += 1
        self.worksheet.codes = list_codes(self.sheet, self.encounter.setting)
        self.worksheet.overrides = list_overrides(self.sheet)
        self.worksheet.save(update_fields=["version", "codes", "overrides", "run", "changed_at"])
        if changed:
            Encounter.everywhere.filter(pk=self.encounter.pk).update(**changed, version=F("version") + 1)
        return self.worksheet.version


def take_up(access: Access, encounter: str, *, now: datetime, create: bool = False) -> Desk:
    """The desk of an encounter, held until the transaction ends.

    The first time the engine's suggestions become decision 1, so that the decisions alone make the worksheet.

    Raises:
        NotFound: no such encounter for whoever asks.
        UsageError: the engine has not coded it yet (unless ``create``: then an empty worksheet is begun).
    """
    row = find_encounter(access, encounter, hold=True)
    worksheet = Worksheet.everywhere.select_for_update(of=("self",)).filter(encounter=row).first()
    if worksheet is None:
        if not create:
            raise UsageError("this chart is not coded yet: its codes come when the engine has read it")
        worksheet = Worksheet.everywhere.create(organisation_id=row.organisation_id, encounter=row, version=0)
    last = Decision.everywhere.filter(encounter=row).aggregate(last=Max("number"))["last"] or 0
    desk = Desk(access, row, worksheet, open_sheet(worksheet.codes, worksheet.overrides), last + 1)
    if last == 0 and desk.sheet.items:
        patches = diff_sheets(Sheet({}, ()), desk.sheet)
        at = worksheet.changed_at or now
        desk.record(SUGGEST, patches, now=at, by=None, worksheet_version=worksheet.version)
    return desk


def lay_out_run(access: Access, encounter: str, run: CodingRun, *, now: datetime) -> int:
    """Inside a transaction: put what a finished run suggests on the worksheet; the version.

    The first time it makes the worksheet. Again (a document came, a query was answered) it is merged: nothing that a
    coder decided is lost (``coding.worksheet.lay_run``), and the change is a row "recode" of its own.
    """
    desk = take_up(access, encounter, now=now, create=True)
    ordered = Decision.everywhere.filter(
        encounter=desk.encounter, verb__in=("principal", "reorder"), undone_by__isnull=True
    )
    first = not desk.sheet.items
    earlier = set(desk.worksheet.run.documents) if desk.worksheet.run is not None else set()
    new = set(run.documents) - earlier
    after = lay_run(desk.sheet, run.result or {}, keep_order=ordered.exists(), new_documents=new)
    desk.worksheet.run = run
    desk.record(SUGGEST if first else _RECODE, desk.put(after), now=now, by=None)
    return desk.close()


def replayed(encounter: Encounter, *, upto: int | None = None) -> Sheet:
    """The sheet that the decisions of an encounter make (up to a number): equal to the worksheet."""
    rows = Decision.everywhere.filter(encounter=encounter).order_by("number")
    if upto is not None:
        rows = rows.filter(number__lte=upto)
    patches: list[Mapping[str, Any] | None] = list(rows.values_list("after", flat=True))
    return replay(dict(each) if each else None for each in patches)
