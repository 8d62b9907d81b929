"""The background task that codes an encounter: all its documents as one note, grouped, priced, onto the worksheet.

The task may be run again after a crash: a run that is done stays as it is.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from math import ceil
from typing import Any

from django.utils import timezone
from django_tasks import task

from nosology.actions.coding import Coded, Reading, Work, fail_run, finish_run, record_readings, start_run
from nosology.actions.limits import MOST_CHARACTERS, TOO_LONG
from nosology.claims.price import expect_payment, terms_of_payer
from nosology.errors import NosologyError, UnreadableInput, UsageError
from nosology.grouping.suggested import Grouped, encounter_of, group_coded, group_to_dict
from nosology.model.access import Access
from nosology.model.chart_json import chart_to_dict
from nosology.model.coding import CodedNote
from nosology.model.encounter import Encounter, ServiceLine
from nosology.model.encounter_json import read_encounter
from nosology.model.joined import Joined, join_documents
from nosology.model.note import Document
from nosology.notes.kinds import find_kind, missing_kinds
from nosology.notes.read_apart import read_apart
from nosology.pipeline import code_note

__all__ = ["MOST_OF_A_CHART", "code_documents", "code_encounter"]

MOST_OF_A_CHART = 3_000_000
"""Characters that are coded as one note (some 1,000 pages: a minute or two of the engine)."""

_LOG = logging.getLogger(__name__)
_PAGE = 3000  # code points of a page of a chart
_SERVICES = ("cpt", "hcpcs")


@task()
def code_encounter(organisation: str, run: str) -> None:
    """Code the encounter of a run; whatever goes wrong stands in the run, in one line without chart text."""
    access = Access.system(organisation)
    try:
        work = start_run(access, run=run, now=timezone.now())
        if work is None:
            return
        readings = tuple(_read(each, work) for each in work.documents if each.state == "received")
        documents = record_readings(access, run=run, readings=readings, now=timezone.now())
        if not documents:
            reasons = sorted({each.reason for each in readings if each.reason})
            fail_run(access, run=run, reason="; ".join(["no document could be read", *reasons]), now=timezone.now())
            return
        length = sum(len(each.text) for each in documents)
        if length > MOST_OF_A_CHART:
            raise UsageError(
                f"the documents hold {length:,} characters, more than {MOST_OF_A_CHART:,}: split the chart"
            )
        coded = code_documents(work, documents)
        finish_run(access, run=run, coded=coded, now=timezone.now())
    except NosologyError as error:
        fail_run(access, run=run, reason=str(error), now=timezone.now())
    except Exception as error:
        _LOG.error("run %s stopped: %s", run, type(error).__name__)
        fail_run(access, run=run, reason=f"the engine stopped ({type(error).__name__})", now=timezone.now())


def code_documents(work: Work, documents: tuple[Any, ...]) -> Coded:
    """What the engine makes of the documents of an encounter; nothing is written."""
    row = work.encounter
    joined = join_documents(
        [
            Document(id=str(each.id), text=each.text, media_type=each.media_type, written_at=each.written_at)
            for each in documents
        ],
        name=str(row.id),
    )
    sex = row.patient.sex if row.patient.sex in ("F", "M") else None
    coded = code_note(
        joined.document,
        setting=row.setting,
        on=row.service_date,
        sex=sex,
        age=row.age,
        autonomous_at=work.settings.get("autonomous_at"),
    )
    known = _known(row)
    grouped = group_coded(coded, name=str(row.id), sex=sex, age=row.age, known=known)
    return _outcome(work, grouped, joined, documents, known)


def _outcome(work: Work, grouped: Grouped, joined: Joined, documents: tuple[Any, ...], known: Encounter) -> Coded:
    row, coded, drg = work.encounter, grouped.coded, grouped.drg
    result = chart_to_dict(
        coded,
        joined,
        titles={str(each.id): each.title for each in documents},
        drg=group_to_dict(drg),
        hcc=group_to_dict(grouped.hcc),
    )
    severities = [str(finding.severity) for finding in coded.findings]
    group = drg.drg if drg is not None and drg.drg not in ("", "998", "999") else ""
    facts = {
        "codes": len(coded.suggestions),
        "queries": len(coded.queries),
        "errors": severities.count("error"),
        "warnings": severities.count("warning"),
        "pages": sum(max(1, ceil(len(each.text) / _PAGE)) for each in documents),
        "words": sum(len(each.text.split()) for each in documents),
        "drg_title": drg.title if drg is not None and group else "",
        "drg_weight": drg.weight if drg is not None and group else None,
        "hcc": len(grouped.hcc.hccs) if grouped.hcc is not None else 0,
    }
    operated = any(s.system == "icd10pcs" and s.code.startswith("0") for s in coded.suggestions)
    return Coded(
        result=result,
        provenance=asdict(coded.provenance),
        facts=facts,
        confidence=coded.gate.probability if coded.gate is not None else None,
        autonomous=coded.gate is not None and coded.gate.passes,
        drg=group,
        expected_value=_expected(work, coded, known, group),
        missing_documents=missing_kinds(row.setting, {each.kind for each in documents}, operated=operated),
    )


def _known(row: Any) -> Encounter:
    """What registration knows of the encounter, with the dates of the row where it says nothing itself."""
    facts = {"id": str(row.id), "setting": row.setting, "payer": row.payer} | dict(row.registration)
    for name, day in (("admitted", row.admitted_at), ("discharged", row.discharged_at)):
        if not facts.get(name) and day is not None:
            facts[name] = day.date().isoformat()
    facts.setdefault("discharged", row.service_date.isoformat())
    return read_encounter(facts)


def _expected(work: Work, coded: CodedNote, known: Encounter, group: str) -> Decimal | None:
    """The expected payment in USD by the organisation's terms for the payer; None where any part has no price."""
    row = work.encounter
    terms = terms_of_payer(work.settings.get("terms"), row.payer)
    if terms is None:
        return None
    encounter = encounter_of(coded, name=str(row.id), sex=row.patient.sex, age=row.age, known=known)
    day: date = row.service_date
    if not encounter.lines:
        lines = tuple(
            ServiceLine(each.code, each.modifiers, Decimal(each.units or 1), date=day)
            for each in coded.suggestions
            if each.system in _SERVICES
        )
        encounter = replace(encounter, lines=lines)
    priced = expect_payment(encounter, terms, on=day, drg=group)
    return priced.allowed if priced.complete else None


def _read(document: Any, work: Work) -> Reading:
    """A file in a process of its own."""
    name = str(document.id)
    try:
        found = read_apart(bytes(document.original or b""), name=name)
    except UnreadableInput as error:
        return Reading(name, reason=str(error).removeprefix(f"{name}: "))
    if len(found.text) > MOST_CHARACTERS:
        return Reading(name, reason=TOO_LONG)
    text = found.text.replace("\x00", " ")
    return Reading(name, text, found.media_type, find_kind(document.title, text, work.encounter.setting))
