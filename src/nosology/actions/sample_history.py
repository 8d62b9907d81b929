"""The last days of a sample organisation: charts assigned, and finished by its coders, so that lists and figures have
something to show. It is real work through the same doors as everybody's, only with the clock of some days ago.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import task

from nosology.actions.audited import Audit, action
from nosology.actions.finalize import finalize
from nosology.actions.locks import lock_chart
from nosology.actions.queries import answer_query, send_query
from nosology.actions.review import decide
from nosology.actions.worklist import assign_encounters
from nosology.errors import NosologyError
from nosology.model.access import Access, Permission
from nosology.store.models import Encounter, Membership, ProviderQuery, Worksheet

__all__ = ["date_back", "work_sample"]

_LOG = logging.getLogger(__name__)
_SIGN_OF_LIFE = 5  # minutes
_WHY = "stated, but neither evaluated nor treated in this encounter"
_STANDS = "checked against the chart: it stands as documented"


@task(priority=-10)  # after the charts are coded
def work_sample(
    organisation: str,
    assigned: Mapping[str, Sequence[str]],
    history: Sequence[Mapping[str, Any]],
    asked: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Assign charts (numbers by the id of the person), finish those of ``history``, send (and answer) the drafts of
    ``asked``. What is final, or was asked, stays as it is.
    """
    now = timezone.now()
    system = Access.system(organisation)
    for person, numbers in assigned.items():
        ids = [str(each) for each in _open(system, numbers).values_list("pk", flat=True)]
        if ids:
            assign_encounters(system, encounters=ids, to=person, now=now)
    for number, each in enumerate(history):
        row = _open(system, [each["encounter"]]).filter(state=Encounter.State.READY).first()
        if row is None:
            continue
        at = now - timedelta(days=each["days_ago"])
        try:
            came = at - timedelta(hours=6 + 7 * (number % 5))
            date_back(system, encounter=str(row.pk), came=came, to=each["by"])
            _finish(_access(organisation, each["by"]), str(row.pk), each["reject"], at)
        except NosologyError as error:
            _LOG.info("sample chart %s stays open: %s", row.pk, type(error).__name__)

    for each in asked:
        row = _open(system, [each["encounter"]]).filter(state=Encounter.State.READY).first()
        if row is not None:
            _ask(organisation, str(row.pk), each, now)


@action("sample.date-back", needs=Permission.ORGANISATION_MANAGE)
def date_back(access: Access, audit: Audit, *, encounter: str, came: datetime, to: str) -> None:
    """Let a chart of a sample have come, been coded and been given to somebody some days ago."""
    row = Encounter.objects.for_access(access).filter(pk=encounter, organisation__sample=True)
    row.update(received_at=came, ready_at=came + timedelta(minutes=2), assigned_to_id=to)
    audit.about("encounter", encounter)


def _finish(access: Access, encounter: str, rejects: int, at: datetime) -> None:
    """What a coder does with an easy chart: take out what does not count, accept the rest, finish."""
    sheet = Worksheet.objects.for_access(access).get(encounter_id=encounter)
    minutes = 3 + len(sheet.codes)  # with the chart open on the desk, as the page would tell it
    for minute in (*range(0, minutes, _SIGN_OF_LIFE), minutes):
        lock_chart(access, encounter=encounter, now=at - timedelta(minutes=minutes - minute))
    weakest = sorted(sheet.codes[1:], key=lambda each: each.get("score") or 0.0)[:rejects]
    version = sheet.version
    for number, each in enumerate(weakest):
        done = decide(
            access,
            encounter=encounter,
            verb="reject",
            key=each["key"],
            why=_WHY,
            version=version,
            now=at + timedelta(minutes=number),
        )
        version = done.version
    done = decide(access, encounter=encounter, verb="accept-all", version=version, now=at + timedelta(minutes=4))
    finalize(access, encounter=encounter, version=done.version, why=_STANDS, now=at + timedelta(minutes=7))


def _ask(organisation: str, encounter: str, told: Mapping[str, Any], now: datetime) -> None:
    """Send the first drafts of a chart; let the provider answer with the first choice, where that is told."""
    coder, provider = _access(organisation, told["by"]), _access(organisation, told["to"])
    drafts = ProviderQuery.objects.for_access(coder).filter(encounter_id=encounter, state=ProviderQuery.State.DRAFT)
    at = now - timedelta(days=told["days_ago"])
    for draft in list(drafts.order_by("drafted_at", "id")[: told["sent"]]):
        try:
            send_query(coder, query=str(draft.pk), to=told["to"], version=draft.version, now=at)
            if "answered_after" in told:
                sent = ProviderQuery.objects.for_access(provider).get(pk=draft.pk)
                later = at + timedelta(days=told["answered_after"])
                answer_query(provider, query=str(sent.pk), chosen=sent.options[:1], version=sent.version, now=later)
        except NosologyError as error:
            _LOG.info("sample query %s stays as it is: %s", draft.pk, type(error).__name__)


def _access(organisation: str, user: str) -> Access:
    member = Membership.objects.get(user_id=user, organisation_id=organisation)
    return Access.of(user, organisation, member.role_set)


def _open(access: Access, numbers: Sequence[str]) -> Any:
    return Encounter.objects.for_access(access).filter(number__in=list(numbers)).exclude(state=Encounter.State.FINAL)
