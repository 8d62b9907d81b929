"""Who has which chart: claim, assign, hand over, release, priority; and the filters that people keep.

Nobody is given a chart that lies open on a colleague's desk, and nobody takes one that a colleague already has.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from nosology.actions.audited import Audit, action
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import Comment, Encounter, SavedFilter
from nosology.store.queries.colleagues import read_colleagues
from nosology.store.queries.criteria import Criteria
from nosology.store.queries.reach import within_reach
from nosology.store.queries.worklist import OPEN, my_team, select

__all__ = [
    "MANY",
    "Moved",
    "assign_encounters",
    "claim_encounter",
    "claim_next",
    "delete_filter",
    "hand_over",
    "release_encounters",
    "save_filter",
    "set_priority",
]

MANY = 500
"""As many charts as one call may move."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a call did to many charts: ``kept`` were left because a colleague is at work on them or has them."""

    done: int
    kept: int


@action("worklist.claim-next", needs=Permission.CHART_CODE)
def claim_next(access: Access, audit: Audit, *, criteria: Criteria, now: datetime) -> str:
    """Take the first chart that nobody has and that fits the filters: by priority, then by age. Its id.

    Raises:
        NotFound: there is none.
    """
    _person(access)
    wanted = Criteria.read(criteria.as_mapping() | {"list": "unassigned", "assigned": "", "state": ""})
    free = select(access, wanted, now=now, team=my_team(access)).filter(_unlocked(access, now))
    chart = free.select_for_update(skip_locked=True, of=("self",)).order_by("priority", "received_at", "id").first()
    if chart is None:
        raise NotFound("no chart is left that nobody has and that fits the filters")
    _give(Encounter.objects.for_access(access).filter(pk=chart.pk), access.user)
    audit.about("encounter", chart.pk)
    return str(chart.pk)


@action("worklist.claim", needs=Permission.CHART_CODE)
def claim_encounter(access: Access, audit: Audit, *, encounter: str, now: datetime) -> None:
    """Take one chart that nobody has; that one has it already changes nothing.

    Raises:
        NotFound: there is no such chart. StaleVersion: a colleague has it, or it is final.
    """
    _person(access)
    audit.about("encounter", encounter)
    chart = _one(access, encounter)
    if str(chart.assigned_to_id) == access.user:
        return
    free = Encounter.objects.for_access(access).filter(
        _unlocked(access, now), pk=chart.pk, assigned_to__isnull=True, state__in=OPEN
    )
    if not _give(free, access.user):
        raise StaleVersion("a colleague took this chart meanwhile, or it is final: choose another")


@action("worklist.assign", needs=Permission.WORKLIST_ASSIGN)
def assign_encounters(access: Access, audit: Audit, *, encounters: Collection[str], to: str, now: datetime) -> Moved:
    """Give many charts to one person. Final ones, and those open on another desk, stay where they are.

    Raises:
        UsageError: nothing or too much is chosen. NotFound: the person does not code here.
    """
    ids = _ids(encounters)
    person = _coder(access, to, now)
    chosen = Encounter.objects.for_access(access).filter(pk__in=ids, state__in=OPEN)
    desk = Q(locked_by__isnull=True) | Q(locked_until__isnull=True) | Q(locked_until__lte=now) | Q(locked_by_id=person)
    done = _give(chosen.filter(desk), person)
    audit.about("user", person, count=done, encounters=[str(each) for each in ids])
    return Moved(done, len(ids) - done)


@action("worklist.release", needs=Permission.CHART_CODE)
def release_encounters(access: Access, audit: Audit, *, encounters: Collection[str], now: datetime) -> Moved:
    """Give charts back to the list. A coder gives back one's own; who assigns, everybody's that lie on no desk."""
    ids = _ids(encounters)
    chosen = Encounter.objects.for_access(access).filter(pk__in=ids, state__in=OPEN, assigned_to__isnull=False)
    if access.may(Permission.WORKLIST_ASSIGN):
        chosen = chosen.filter(_unlocked(access, now))
    else:
        chosen = chosen.filter(_unlocked(access, now), assigned_to_id=access.user)
    chosen.filter(locked_by_id=access.user or None).update(locked_by=None, locked_until=None)
    done = chosen.update(assigned_to=None, version=F("version") + 1)
    audit.about("worklist", "", count=done, encounters=[str(each) for each in ids])
    return Moved(done, len(ids) - done)


@action("worklist.hand-over", needs=Permission.CHART_CODE)
def hand_over(access: Access, audit: Audit, *, encounter: str, to: str, note: str, now: datetime) -> None:
    """Give a chart to a colleague, with a note that says why or how far it is.

    Raises:
        NotFound: no such chart, or the person does not code here. NotPermitted: somebody else has the chart.
        UsageError: there is no note. StaleVersion: it is final, or open on another desk.
    """
    _person(access)
    audit.about("encounter", encounter, to=to)
    note = note.strip()
    if not note:
        raise UsageError("write a line for your colleague: what is done, what is left")
    if len(note) > 2000:
        raise UsageError("the note is longer than 2,000 characters")
    chart = _one(access, encounter)
    person = _coder(access, to, now)
    if str(chart.assigned_to_id) != access.user and not access.may(Permission.WORKLIST_ASSIGN):
        raise NotPermitted("only the person who has a chart, or who assigns charts, can hand it over")
    mine = Encounter.objects.for_access(access).filter(_unlocked(access, now), pk=chart.pk, state__in=OPEN)
    if not mine.update(assigned_to_id=person, locked_by=None, locked_until=None, version=F("version") + 1):
        raise StaleVersion("this chart is final, or open on a colleague's desk: it stays where it is")
    Comment.everywhere.create(organisation_id=access.organisation, encounter_id=chart.pk, by_id=access.user, text=note)


@action("worklist.priority", needs=Permission.WORKLIST_ASSIGN)
def set_priority(access: Access, audit: Audit, *, encounters: Collection[str], priority: int) -> Moved:
    """Set the priority of charts, 1 (first) to 5 (last)."""
    ids = _ids(encounters)
    if not 1 <= priority <= 5:
        raise UsageError("priority: must be from 1 to 5")
    chosen = Encounter.objects.for_access(access).filter(pk__in=ids, state__in=OPEN)
    done = chosen.update(priority=priority, version=F("version") + 1)
    audit.about("worklist", "", count=done, priority=priority, encounters=[str(each) for each in ids])
    return Moved(done, len(ids) - done)


@action("worklist.save-filter", needs=Permission.WORKLIST_READ)
def save_filter(access: Access, audit: Audit, *, name: str, criteria: Criteria, shared: bool = False) -> str:
    """Keep a filter under a name (one's own of that name is replaced). Sharing is for those who assign. Its id."""
    _person(access)
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise UsageError("give the filter a name of at most 60 characters")
    if shared and not access.may(Permission.WORKLIST_ASSIGN):
        raise NotPermitted("only those who assign charts share filters")
    kept, _ = SavedFilter.everywhere.update_or_create(
        organisation_id=access.organisation,
        user_id=access.user,
        name=name,
        defaults={"criteria": criteria.as_mapping(), "shared": shared},
    )
    audit.about("filter", kept.pk, shared=shared)
    return str(kept.pk)


@action("worklist.delete-filter", needs=Permission.WORKLIST_READ)
def delete_filter(access: Access, audit: Audit, *, filter_id: str) -> None:
    """Forget one's own filter.

    Raises:
        NotFound: it is none of one's own.
    """
    audit.about("filter", filter_id)
    gone, _ = SavedFilter.objects.for_access(access).filter(pk=filter_id, user_id=access.user or None).delete()
    if not gone:
        raise NotFound("there is no such filter of yours")


def _person(access: Access) -> None:
    if not access.user:
        raise NotPermitted("only a person can have a chart")


def _unlocked(access: Access, now: datetime) -> Q:
    """Open on nobody else's desk."""
    free = Q(locked_by__isnull=True) | Q(locked_until__isnull=True) | Q(locked_until__lte=now)
    return free | Q(locked_by_id=access.user) if access.user else free


def _one(access: Access, encounter: str) -> Any:
    chart = within_reach(access).select_for_update(of=("self",)).filter(pk=encounter).first()
    if chart is None:
        raise NotFound("there is no such chart")
    return chart


def _give(charts: Any, person: str) -> int:
    return int(charts.update(assigned_to_id=person, version=F("version") + 1))


def _coder(access: Access, person: str, now: datetime) -> str:
    if person not in {each.id for each in read_colleagues(access, on=now.date())}:
        raise NotFound("this person does not code in this organisation")
    return person


def _ids(encounters: Collection[str]) -> list[UUID]:
    if not encounters:
        raise UsageError("choose at least one chart")
    if len(encounters) > MANY:
        raise UsageError(f"choose at most {MANY} charts at once")
    try:
        return sorted({UUID(each) for each in encounters})
    except ValueError:
        raise UsageError("this is no id of a chart") from None
