"""A small made-up world for the server's tests and benches: rows put straight into the tables.

The coded encounter does not come from the engine, so that a test of a page does not wait for it; its result has the
shape that the engine's has (spans per document).
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from nosology.store import models as tables
from nosology.store.fields import blind_index

__all__ = [
    "PNEUMONIA",
    "make_agreement",
    "make_encounter",
    "make_organisation",
    "make_patient",
    "make_person",
    "result_of",
    "signed_in",
    "worksheet_of",
]

_number = itertools.count(1)

DISCHARGE = """DISCHARGE SUMMARY

HISTORY OF PRESENT ILLNESS:
A 67-year-old man with type 2 diabetes and COPD came with fever, cough and green sputum for three days.
His mother had breast cancer. He denies chest pain.

HOSPITAL COURSE:
Chest film showed a right lower lobe infiltrate. Sputum grew Pseudomonas. Treated for pneumonia due to Pseudomonas
with cefepime for seven days. Acute exacerbation of COPD was treated with prednisone.
Possible heart failure was considered and ruled out.

DISCHARGE DIAGNOSES:
1. Pneumonia due to Pseudomonas.
2. Acute exacerbation of COPD.
3. Type 2 diabetes mellitus.
4. Essential hypertension.
"""

PROGRESS = """PROGRESS NOTE, DAY 2

SUBJECTIVE: Breathes better. Still coughs.
OBJECTIVE: Weight 48 kg, BMI 17.1. Eats half of the meals.
ASSESSMENT AND PLAN:
Pneumonia: go on with cefepime. Hypertension: lisinopril. Former smoker, quit ten years ago.
"""

PNEUMONIA: dict[str, Any] = {
    "texts": [("Discharge summary", "discharge-summary", DISCHARGE), ("Progress note", "progress-note", PROGRESS)],
    "codes": [
        ("icd10cm", "J15.1", "Pneumonia due to Pseudomonas", "principal", "Pneumonia due to Pseudomonas"),
        (
            "icd10cm",
            "J44.1",
            "Chronic obstructive pulmonary disease with (acute) exacerbation",
            "secondary",
            "Acute exacerbation of COPD",
        ),
        ("icd10cm", "E11.9", "Type 2 diabetes mellitus without complications", "secondary", "Type 2 diabetes mellitus"),
        ("icd10cm", "I10", "Essential (primary) hypertension", "secondary", "Essential hypertension"),
        ("icd10cm", "Z87.891", "Personal history of nicotine dependence", "secondary", "Former smoker"),
    ],
    "mentions": [
        ("breast cancer", "present", "family", "current", ["C50.919"]),
        ("chest pain", "absent", "patient", "current", ["R07.9"]),
        ("heart failure", "possible", "patient", "current", ["I50.9"]),
    ],
    "query": "The BMI is 17.1 and half of the meals are eaten. Please clarify the nutritional status of the patient.",
}
"""Arguments of :func:`make_encounter` for the usual chart of the tests."""


def make_organisation(name: str, *, kind: str = "hospital", **more: Any) -> Any:
    """An organisation, without the need for a second factor."""
    return tables.Organisation.objects.create(kind=kind, name=name, **({"settings": {"second_factor": False}} | more))


def make_agreement(company: Any, client: Any, *roles: str) -> Any:
    """A company works for a client."""
    return tables.Agreement.objects.create(company=company, client=client, roles=list(roles))


def make_person(organisation: Any, *roles: str, name: str = "", email: str = "", **more: Any) -> Any:
    """Somebody with roles in an organisation, without a password."""
    count = next(_number)
    user = tables.User.objects.create_user(
        email or f"person{count}@example.org", name=name or f"{(roles or ('guest',))[0].title()} {count}", **more
    )
    tables.Membership.objects.create(user=user, organisation=organisation, roles=list(roles))
    return user


def signed_in(user: Any, organisation: Any) -> Client:
    """A client in which the person is signed in and works in the organisation."""
    client = Client()
    client.force_login(user)
    session = client.session
    session["organisation"] = str(organisation.pk)
    session.save()
    client.person = user  # type: ignore[attr-defined]
    return client


def make_patient(organisation: Any, *, mrn: str = "", name: str = "Testa Patientia", sex: str = "M") -> Any:
    """A made-up patient."""
    mrn = mrn or f"MRN{next(_number):06d}"
    return tables.Patient.everywhere.create(
        organisation=organisation,
        mrn=mrn,
        mrn_index=blind_index(mrn, organisation=str(organisation.pk)),
        name=name,
        birth_date="1959-02-03",
        sex=sex,
    )


def make_encounter(
    organisation: Any,
    *,
    texts: Sequence[tuple[str, str, str]] = (),
    codes: Sequence[tuple[str, str, str, str, str]] = (),
    mentions: Sequence[tuple[str, str, str, str, list[str]]] = (),
    query: str = "",
    patient: Any = None,
    **more: Any,
) -> Any:
    """An encounter with its documents; with ``codes`` also a finished run and the worksheet.

    ``texts``: (title, kind, text). ``codes``: (system, code, title, role, a quote of one of the texts). ``mentions``:
    (quote, status, subject, time, codes). ``more``: columns of the encounter.
    """
    now = timezone.now()
    given: dict[str, Any] = {
        "number": f"A{next(_number):07d}",
        "setting": "inpatient",
        "service_date": date(2026, 5, 4),
        "admitted_at": datetime(2026, 4, 30, 9, 0, tzinfo=UTC),
        "discharged_at": datetime(2026, 5, 4, 11, 0, tzinfo=UTC),
        "age": 67,
        "payer": "Medicare",
        "department": "Medicine",
        "state": "ready" if codes else "waiting",
        "ready_at": now if codes else None,
        "confidence": 0.72 if codes else None,
        "facts": {"codes": len(codes), "queries": int(bool(query)), "errors": 0, "warnings": 0, "pages": len(texts)},
    }
    encounter = tables.Encounter.everywhere.create(
        organisation=organisation, patient=patient or make_patient(organisation), **(given | more)
    )
    documents = [
        tables.Document.everywhere.create(
            organisation=organisation,
            encounter=encounter,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title=title,
            kind=kind,
            media_type="text/plain",
            size=len(text.encode()),
            text=text,
            state="read",
            position=position,
        )
        for position, (title, kind, text) in enumerate(texts)
    ]
    if codes:
        run = tables.CodingRun.everywhere.create(
            organisation=organisation,
            encounter=encounter,
            number=1,
            state="done",
            documents=[str(each.pk) for each in documents],
            result=result_of(documents, codes, mentions, query),
            progress=100,
            started_at=now,
            finished_at=now,
        )
        tables.Worksheet.everywhere.create(
            organisation=organisation, encounter=encounter, run=run, codes=worksheet_of(run.result)
        )
    if query:
        indicators = [found for quote in ("BMI 17.1",) if (found := _evidence(documents, quote))]
        tables.ProviderQuery.everywhere.create(
            organisation=organisation,
            encounter=encounter,
            rule="query-malnutrition",
            question=query,
            options=["Severe malnutrition", "Moderate malnutrition", "Other (please specify)", "Unable to determine"],
            indicators=indicators,
            due_at=now + timedelta(days=3),
        )
    return encounter


def result_of(
    documents: Sequence[Any],
    codes: Sequence[tuple[str, str, str, str, str]],
    mentions: Sequence[tuple[str, str, str, str, list[str]]],
    query: str = "",
) -> dict[str, Any]:
    """``CodingRun.result`` with evidence found in the documents."""
    suggestions = []
    lit = []
    for system, code, title, role, quote in codes:
        evidence = [found for document in documents if (found := _evidence([document], quote))]
        suggestions.append(
            {
                "code": code,
                "system": system,
                "title": title,
                "role": role,
                "poa": "Y" if system == "icd10cm" else "",
                "score": 0.9,
                "evidence": evidence,
                "steps": [{"name": "term", "result": f"the words lead to {code}", "source": "Alphabetic Index"}],
                "alternatives": [],
            }
        )
        lit += [_mention(each, "present", "patient", "current", [code]) for each in evidence]
    for quote, status, subject, when, about in mentions:
        if found := _evidence(documents, quote):
            lit.append(_mention(found, status, subject, when, about))
    return {
        "suggestions": suggestions,
        "not_coded": [],
        "queries": [{"rule": "query-malnutrition", "question": query, "evidence": []}] if query else [],
        "findings": [],
        "mentions": sorted(lit, key=lambda each: (each["document"], each["start"])),
        "documents": [{"id": str(each.pk), "title": each.title, "sections": []} for each in documents],
    }


def worksheet_of(result: dict[str, Any]) -> list[dict[str, Any]]:
    """``Worksheet.codes`` as the engine leaves them."""
    return [
        {
            "key": f"{each['system']}:{each['code']}",
            "system": each["system"],
            "code": each["code"],
            "title": each["title"],
            "role": each["role"],
            "poa": each["poa"],
            "modifiers": [],
            "units": None,
            "origin": "engine",
            "state": "suggested",
            "score": each["score"],
            "suggested": each["code"],
            "evidence": each["evidence"],
            "why": "",
            "by": "",
            "at": "",
        }
        for each in result["suggestions"]
    ]


def _evidence(documents: Sequence[Any], quote: str) -> dict[str, Any] | None:
    for document in documents:
        start = document.text.find(quote)
        if start >= 0:
            return {
                "document": str(document.pk),
                "start": start,
                "end": start + len(quote),
                "quote": quote,
                "section": "",
                "role": "states",
            }
    return None


def _mention(where: dict[str, Any], status: str, subject: str, when: str, codes: list[str]) -> dict[str, Any]:
    place = {name: where[name] for name in ("document", "start", "end")}
    return place | {"status": status, "subject": subject, "time": when, "codes": codes}
