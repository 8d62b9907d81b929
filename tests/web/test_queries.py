"""Queries: drafted, checked, sent, answered by the one they were sent to; the answer is a document and is coded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nosology.actions.queries import answer_query, close_query, draft_query, edit_query, send_query, withdraw_query
from nosology.actions.query_check import find_unstated
from nosology.actions.query_drafts import draft_queries
from nosology.errors import NotFound, NotPermitted, StaleVersion, UsageError
from nosology.store.models import AuditEvent, CodingRun, Document, Encounter, FinalCode, ProviderQuery
from nosology.store.queries.queries import list_queries, outcome_rows, query_counts, read_query

QUESTION = "These findings and this treatment are recorded without a related diagnosis. Please document the condition."
OPTIONS = ["hyponatremia", "no additional diagnosis", "other (please specify)", "unable to determine"]
TEXT = """DISCHARGE SUMMARY

DISCHARGE DIAGNOSES: Pneumonia. Chronic kidney disease.

HOSPITAL COURSE: Sodium on arrival was 122. She was fluid restricted and received salt tablets."""


@pytest.fixture
def cdi(access_as: Callable[..., Any]) -> Any:
    return access_as("cdi")


@pytest.fixture
def doctor(person: Callable[..., Any]) -> Any:
    return person("provider", name="Dr. Ada Sample")


@pytest.fixture
def provider(access_as: Callable[..., Any], doctor: Any) -> Any:
    return access_as("provider", user=doctor)


@pytest.fixture
def stay(encounter_in: Callable[..., Any]) -> Any:
    return encounter_in(texts=[("Discharge summary", "discharge-summary", TEXT)], state="ready")


@pytest.fixture
def draft(home: Path, cdi: Any, doctor: Any, stay: Any) -> Any:
    made = draft_query(
        cdi,
        encounter=str(stay.id),
        question=QUESTION,
        options=OPTIONS,
        quotes=["sodium on  arrival was 122"],
        to=str(doctor.pk),
        now=timezone.now(),
    )
    return ProviderQuery.everywhere.get(pk=made)


def send(access: Any, query: Any) -> Any:
    send_query(access, query=str(query.pk), version=query.version, now=timezone.now())
    query.refresh_from_db()
    return query


def test_indicators_are_words_of_the_chart(cdi: Any, draft: Any, stay: Any) -> None:
    piece = draft.indicators[0]
    assert piece["quote"] == TEXT[piece["start"] : piece["end"]] == "Sodium on arrival was 122"
    assert draft.compliance == []
    with pytest.raises(UsageError, match="do not stand in the chart"):
        draft_query(
            cdi, encounter=str(stay.id), question=QUESTION, options=OPTIONS, quotes=["potassium 9"], now=timezone.now()
        )


def test_what_is_not_compliant_is_not_sent(cdi: Any, draft: Any) -> None:
    version = edit_query(
        cdi,
        query=str(draft.pk),
        question="Do you agree that the patient has sepsis? It raises the DRG.",
        options=OPTIONS[:1],
        keep=[],
        to=str(draft.to_id),
        version=draft.version,
        now=timezone.now(),
    )
    draft.refresh_from_db()
    assert [each["rule"] for each in draft.compliance] == [
        "Query-form-indicators",
        "Query-form-leading",
        "Query-form-money",
        "Query-form-new-diagnosis",
        "Query-form-options",
    ]
    with pytest.raises(UsageError):
        send_query(cdi, query=str(draft.pk), version=version, now=timezone.now())


def test_what_the_chart_says_in_the_same_words_is_no_new_diagnosis(
    cdi: Any, home: Path, encounter_in: Callable[..., Any]
) -> None:
    del home
    row = encounter_in(texts=[("Progress note", "progress-note", "E. coli urinary tract infection, T 103.1.")])
    assert find_unstated(cdi, row, "These findings are recorded beside an infection.") == ()
    assert find_unstated(cdi, row, "Are these findings those of heart failure?") == ("heart failure",)


def test_a_query_waits_and_is_sent_once(cdi: Any, draft: Any, stay: Any, hospital: Any) -> None:
    hospital.settings = {"query_days": 3}
    hospital.save()
    sent = send(cdi, draft)
    assert (sent.state, (sent.due_at - sent.sent_at).days) == ("sent", 3)
    send_query(cdi, query=str(draft.pk), version=1, now=timezone.now())
    stay.refresh_from_db()
    assert (stay.state, stay.open_queries) == ("queried", 1)
    assert AuditEvent.objects.filter(verb="query.send").count() == 2
    with pytest.raises(UsageError, match="no draft"):
        edit_query(
            cdi, query=str(draft.pk), question="x", options=[], keep=[], version=sent.version, now=timezone.now()
        )


def test_an_answer_becomes_a_document_and_is_coded(cdi: Any, provider: Any, draft: Any, stay: Any) -> None:
    sent = send(cdi, draft)
    answer = {"query": str(sent.pk), "chosen": ["hyponatremia"], "now": timezone.now()}
    document = answer_query(provider, version=sent.version, **answer)
    assert answer_query(provider, version=sent.version, **answer) == document
    row = Document.everywhere.get(pk=document)
    assert (row.kind, row.author, row.state) == ("query-answer", "Dr. Ada Sample", "read")
    assert "Hyponatremia." in row.text
    stay.refresh_from_db()
    assert (stay.state, stay.open_queries) == ("ready", 0)
    run = CodingRun.everywhere.filter(encounter=stay).order_by("-number").first()
    found = {code["code"]: code for code in run.result["codes"]}
    assert [piece["document"] for piece in found["E87.1"]["evidence"]] == [document]
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == ("answered", "agreed")
    with pytest.raises(StaleVersion):
        answer_query(provider, query=str(sent.pk), chosen=["unable to determine"], version=1, now=timezone.now())


@pytest.mark.parametrize(
    ("chosen", "words", "complaint"),
    [
        ([], "", "choose an answer"),
        (["made up"], "", "choose an answer"),
        (["other (please specify)"], "", "details"),
        ([], "my own words", "other"),
        (["hyponatremia", "unable to determine"], "", "beside"),
    ],
)
def test_an_answer_says_something(
    cdi: Any, provider: Any, draft: Any, chosen: list[str], words: str, complaint: str
) -> None:
    sent = send(cdi, draft)
    with pytest.raises(UsageError, match=complaint):
        answer_query(provider, query=str(sent.pk), chosen=chosen, words=words, version=sent.version, now=timezone.now())
    assert not Document.everywhere.filter(kind="query-answer").exists()


def test_only_the_one_who_was_asked_answers(
    cdi: Any, access_as: Callable[..., Any], draft: Any, clinic: Any, provider: Any
) -> None:
    answer = {"query": str(draft.pk), "chosen": ["hyponatremia"], "version": 2, "now": timezone.now()}
    with pytest.raises(NotFound):
        answer_query(provider, **answer)
    send(cdi, draft)
    with pytest.raises(NotPermitted):
        answer_query(access_as("provider"), **answer)
    with pytest.raises(NotPermitted):
        answer_query(cdi, **answer)
    with pytest.raises(NotFound):
        answer_query(access_as("provider", at=clinic), **answer)
    with pytest.raises(NotFound):
        read_query(access_as("provider"), draft.pk, now=timezone.now())


def test_an_answer_reopens_a_final_chart(cdi: Any, provider: Any, draft: Any, stay: Any) -> None:
    sent = send(cdi, draft)
    Encounter.everywhere.filter(pk=stay.pk).update(state="final", finalized_at=timezone.now())
    FinalCode.everywhere.create(
        organisation=stay.organisation, encounter=stay, rank=1, system="icd10cm", code="J18.9", role="principal"
    )
    answer_query(provider, query=str(sent.pk), chosen=["hyponatremia"], version=sent.version, now=timezone.now())
    stay.refresh_from_db()
    assert (stay.state, stay.finalized_at) == ("coding", None)
    assert not FinalCode.everywhere.exists()


def test_another_run_asks_nothing_twice(cdi: Any, stay: Any, home: Path) -> None:
    piece = {"document": "d", "start": 3, "end": 9, "quote": "Na 122", "section": "", "role": "supports"}
    first = {"rule": "Query-sodium-low", "question": QUESTION, "options": OPTIONS, "evidence": [piece]}
    second = first | {"rule": "Query-potassium-low", "evidence": [piece | {"start": 20}]}
    now = timezone.now()
    assert draft_queries(cdi, stay, [first, second], now=now) == 2
    kept = ProviderQuery.everywhere.get(rule="Query-sodium-low")
    assert draft_queries(cdi, stay, [first], now=now) == 0
    assert [each.pk for each in ProviderQuery.everywhere.all()] == [kept.pk]
    edit_query(
        cdi, query=str(kept.pk), question="What do these findings mean?", options=OPTIONS, keep=[0], version=1, now=now
    )
    assert draft_queries(cdi, stay, [first], now=now) == 0
    assert draft_queries(cdi, stay, [], now=now) == 0
    assert ProviderQuery.everywhere.count() == 1


def test_ageing_closing_and_outcomes(cdi: Any, provider: Any, draft: Any, stay: Any, doctor: Any) -> None:
    sent = send(cdi, draft)
    now = timezone.now()
    with pytest.raises(UsageError, match="has until"):
        close_query(cdi, query=str(sent.pk), version=sent.version, now=now)
    later = now + timedelta(days=9)
    assert query_counts(cdi, now=later)["overdue"] == 1
    row = list_queries(cdi, "overdue", now=later)[0]
    assert (row.days, row.overdue) == (9, True)
    close_query(cdi, query=str(sent.pk), version=sent.version, now=later)
    other = draft_query(
        cdi,
        encounter=str(stay.id),
        question=QUESTION,
        options=OPTIONS,
        quotes=["salt tablets"],
        to=str(doctor.pk),
        now=now,
    )
    second = send(cdi, ProviderQuery.everywhere.get(pk=other))
    answer_query(provider, query=other, chosen=["hyponatremia"], version=second.version, now=now)
    found = outcome_rows(cdi, by="provider", since=now - timedelta(days=1), now=later)[0]
    assert (found.name, found.sent, found.agreed, found.unanswered) == ("Dr. Ada Sample", 2, 1, 1)
    assert (found.response_rate, found.agreement_rate) == (50, 100)
    stay.refresh_from_db()
    assert stay.open_queries == 0


def test_a_withdrawn_query_is_kept_and_a_stale_page_is_told(cdi: Any, draft: Any) -> None:
    with pytest.raises(StaleVersion):
        withdraw_query(cdi, query=str(draft.pk), version=9, now=timezone.now())
    withdraw_query(cdi, query=str(draft.pk), version=1, now=timezone.now())
    withdraw_query(cdi, query=str(draft.pk), version=1, now=timezone.now())
    draft.refresh_from_db()
    assert draft.state == "withdrawn"
    assert query_counts(cdi, now=timezone.now())["closed"] == 1


def test_the_pages_of_a_query(client_as: Callable[..., Any], draft: Any, stay: Any, doctor: Any, clinic: Any) -> None:
    cdi, provider, coder = client_as("cdi"), client_as("provider", user=doctor), client_as("coder", at=clinic)
    path = f"/queries/{draft.pk}"
    assert coder.get(path).status_code == 404
    assert provider.get(path).status_code == 404
    page = cdi.get(path).content.decode()
    assert "Nothing speaks against sending it" in page
    form = {"question": "Do you agree?", "options": "other\nunable to determine", "version": 1, "keep": "0"}
    page = cdi.post(f"{path}/save", form | {"then": "send"})
    assert page.status_code == 422
    assert "Do you agree?" in page.content.decode()
    form |= {"question": QUESTION, "options": "\n".join(OPTIONS), "to": str(doctor.pk), "version": 2}
    assert cdi.post(f"{path}/save", form | {"version": 1}).status_code == 409
    assert cdi.post(f"{path}/save", form | {"then": "send"}).status_code == 302
    assert cdi.post(f"{path}/save", form | {"then": "send"}).status_code == 302
    assert QUESTION[:40] in provider.get("/queries").content.decode()
    assert provider.get(path).status_code == 302
    page = provider.get(f"{path}/answer").content.decode()
    assert "Sodium on arrival was 122" in page
    assert client_as("provider").get(f"{path}/answer").status_code == 404
    draft.refresh_from_db()
    assert provider.post(f"{path}/answer", {"version": draft.version}).status_code == 422
    sent = {"version": draft.version, "chosen": "hyponatremia"}
    assert provider.post(f"{path}/answer", sent).status_code == 302
    assert "Hyponatremia." in cdi.get(path).content.decode()
    assert "Dr. Ada Sample" in cdi.get("/queries/outcomes").content.decode()
    assert provider.get("/queries/outcomes").content.decode().count("Dr. Ada Sample") >= 1
    assert AuditEvent.objects.filter(verb="chart.read", actor=str(doctor.pk)).exists()


def test_a_query_by_hand(home: Path, client_as: Callable[..., Any], stay: Any, clinic: Any, doctor: Any) -> None:
    cdi = client_as("cdi")
    assert cdi.post("/queries/new", {"number": "nothing"}).status_code == 422
    path = cdi.post("/queries/new", {"number": stay.number}).url
    assert path == f"/queries/new?encounter={stay.pk}"
    assert "unable to determine" in cdi.get(path).content.decode()
    form = {"question": QUESTION, "options": "\n".join(OPTIONS), "quotes": "not there"}
    assert cdi.post(path, form).status_code == 422
    answer = cdi.post(path, form | {"quotes": "salt tablets", "to": str(doctor.pk)}, follow=True)
    assert "clear" in answer.content.decode()
    elsewhere = client_as("cdi", at=clinic)
    assert elsewhere.get(path).status_code == 404
    assert elsewhere.post("/queries/new", {"number": stay.number}).status_code == 422


def test_no_query_count_grows_with_queries(
    client_as: Callable[..., Any], draft: Any, django_assert_max_num_queries: Any
) -> None:
    for _ in range(15):
        ProviderQuery.everywhere.create(
            organisation=draft.organisation, encounter=draft.encounter, question=QUESTION, options=OPTIONS
        )
    cdi = client_as("cdi")
    with django_assert_max_num_queries(20):
        assert cdi.get("/queries").status_code == 200
