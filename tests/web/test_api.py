"""The API as a program uses it: a token, an encounter from registration to final codes, keys, other tenants."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from nosology.actions.tokens import create_token, revoke_token
from nosology.store.models import AuditEvent, Decision, Document, Encounter, IdempotencyKey, User

NOTE = """Assessment: Type 2 diabetes mellitus with diabetic polyneuropathy, on metformin. Essential hypertension.
Plan: continue metformin and lisinopril, labs today, return in three months.
"""
VISIT = {
    "number": "A-77",
    "mrn": "M-77",
    "setting": "outpatient",
    "service_date": "2026-05-04",
    "birth_date": "1960-01-02",
    "sex": "F",
}


class Program:
    """A program with a token."""

    def __init__(self, token: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}"}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(f"/api/v1{path}", query, headers=self.headers)

    def send(self, path: str, body: Any = None, *, key: str = "", method: str = "post") -> Any:
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        call = getattr(self.client, method)
        return call(f"/api/v1{path}", json.dumps(body or {}), content_type="application/json", headers=headers)


@pytest.fixture
def program(access_as: Any) -> Any:
    """A program that may take in, code, finish and open again."""

    def make(*roles: str, at: Any = None) -> Program:
        access = access_as(*roles, at=at)
        return Program(create_token(access, name="ehr", roles=list(roles), days=30, now=timezone.now()).token)

    return make


def test_from_registration_to_final_codes(program: Any, home: Any, django_capture_on_commit_callbacks: Any) -> None:
    del home
    me = program("manager")
    made = me.send("/encounters", VISIT)
    assert made.status_code == 201
    chart = f"/encounters/{made.json()['id']}"
    sent = me.send(f"{chart}/documents", {"documents": [{"text": NOTE, "name": "visit.txt"}]})
    assert [each["state"] for each in sent.json()] == ["read"]
    again = me.send(f"{chart}/documents", {"documents": [{"text": NOTE}]})
    assert [each["state"] for each in again.json()] == ["duplicate"]
    assert me.get(f"{chart}/coding").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert me.send(f"{chart}/coding").status_code == 202
    run = me.get(f"{chart}/coding").json()
    assert (run["state"], run["progress"]) == ("done", 100)
    sheet = me.get(f"{chart}/codes").json()
    codes = {each["code"]: each for each in sheet["codes"]}
    assert {"E11.42", "I10"} <= set(codes)
    text = me.get(f"{chart}/documents/{sent.json()[0]['id']}").json()["text"]
    for piece in codes["E11.42"]["evidence"]:
        assert text[piece["start"] : piece["end"]] == piece["quote"]
    decided = me.send(f"{chart}/decisions", {"verb": "accept-all", "version": sheet["version"], "request": "r1"})
    assert decided.json()["decisions"] == len([each for each in sheet["codes"] if each["state"] == "suggested"])
    found = me.get(f"{chart}/assessment").json()
    assert found["hcc"]["score"] > 0
    finished = me.send(f"{chart}/finalize", {"version": decided.json()["version"], "why": "made-up chart of a test"})
    assert finished.status_code == 200, finished.json()
    final = me.get(f"{chart}/codes").json()
    assert {"E11.42", "I10"} <= {each["code"] for each in final["final_codes"]}
    assert me.get(f"{chart}/decisions").json()[0]["verb"] == "finalize"
    assert me.send(f"{chart}/reopen", {"why": "a late document"}).status_code == 200
    assert me.get(chart).json()["state"] == "coding"
    reads = AuditEvent.objects.filter(verb="chart.read", via="token")
    assert reads.count() >= 6


def test_the_same_key_is_done_once(program: Any) -> None:
    me = program("manager")
    first = me.send("/encounters", VISIT, key="k-1")
    second = me.send("/encounters", VISIT, key="k-1")
    assert (first.status_code, first.json()) == (second.status_code, second.json()) == (201, first.json())
    assert Encounter.everywhere.filter(number="A-77").count() == 1
    other = me.send("/encounters", VISIT | {"number": "A-78"}, key="k-1")
    assert other.status_code == 422
    assert "another request" in other.json()["detail"]
    assert Encounter.everywhere.filter(number="A-78").count() == 0
    refused = me.send("/encounters", VISIT, key="k-2")  # what came to nothing keeps no key
    assert (refused.status_code, IdempotencyKey.everywhere.filter(key="k-2").count()) == (422, 0)
    row = IdempotencyKey.everywhere.get(key="k-1")
    IdempotencyKey.everywhere.filter(pk=row.pk).update(status=0)
    assert me.send("/encounters", VISIT, key="k-1").status_code == 409  # the first is still at work
    IdempotencyKey.everywhere.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(minutes=11))
    assert me.send("/encounters", VISIT, key="k-1").status_code == 422  # tried again: the number is registered


def test_one_decision_for_two_same_requests(program: Any, coded_encounter: Any) -> None:
    me = program("coder")
    chart = f"/encounters/{coded_encounter.pk}"
    sheet = me.get(f"{chart}/codes").json()
    body = {"verb": "accept", "key": sheet["codes"][0]["key"], "version": sheet["version"], "request": "one"}
    answers = [me.send(f"{chart}/decisions", body).json() for _ in range(2)]
    assert [each["decisions"] for each in answers] == [1, 0]
    assert Decision.everywhere.filter(encounter=coded_encounter, verb="accept").count() == 1


def test_files_are_taken_and_refused_ones_kept(program: Any, encounter_in: Any) -> None:
    row = encounter_in()
    me = program("manager")
    files = [SimpleUploadedFile("a.txt", NOTE.encode()), SimpleUploadedFile("b.exe", b"MZ\x90\x00" + bytes(200))]
    answer = me.client.post(f"/api/v1/encounters/{row.pk}/documents/files", {"files": files}, headers=me.headers)
    assert [each["state"] for each in answer.json()] == ["read", "failed"]
    assert answer.json()[1]["reason"]
    assert Document.everywhere.filter(encounter=row).count() == 2


def test_what_stands_elsewhere_does_not_exist(program: Any, clinic: Any, coded_encounter: Any) -> None:
    other = program("manager", at=clinic)
    chart = f"/encounters/{coded_encounter.pk}"
    for path in (chart, f"{chart}/codes", f"{chart}/documents", f"{chart}/assessment", f"{chart}/decisions"):
        answer = other.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json"), path
    query = coded_encounter.queries.first()
    assert other.get(f"/queries/{query.pk}").status_code == 404
    assert other.send(f"{chart}/decisions", {"verb": "accept", "version": 1}).status_code == 404
    assert other.get("/encounters").json()["items"] == []


def test_the_door(program: Any, access_as: Any) -> None:
    assert Client().get("/api/v1/me").status_code == 401
    assert Program("nosology_wrong").get("/me").status_code == 401
    access = access_as("coder")
    made = create_token(access, name="x", roles=["coder"], days=1, now=timezone.now())
    me = Program(made.token)
    assert me.get("/me").json()["roles"] == ["coder"]
    refused = me.send("/encounters", VISIT)
    assert (refused.status_code, refused.json()["status"]) == (403, 403)
    revoke_token(access, token=made.id, now=timezone.now())
    assert me.get("/me").status_code == 401
    signed_in = Client()
    signed_in.force_login(User.objects.get(pk=access.user))
    assert signed_in.get("/api/v1/me").status_code == 401  # a session of the pages is no token


def test_a_typing_error_in_a_field_is_not_passed_over(program: Any) -> None:
    answer = program("manager").send("/encounters", VISIT | {"prioritty": 1})
    assert answer.status_code == 422
    assert "prioritty" in answer.json()["detail"]


def test_lists_go_page_by_page(program: Any, encounter_in: Any) -> None:
    rows = {str(encounter_in().pk) for _ in range(5)}
    me, seen, cursor = program("manager"), [], ""
    for _page in range(5):
        page = me.get("/encounters", limit=2, cursor=cursor).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert (sorted(seen), page["total"]) == (sorted(rows), 5)


def test_code_books(program: Any, home: Any) -> None:
    del home
    me = program("coder")
    found = me.get("/codes/icd10cm", q="type 2 diabetes polyneuropathy", on="2026-05-04").json()["items"]
    assert found[0]["code"] == "E11.42"
    assert me.get("/codes/icd10cm/E11.42", on="2026-05-04").json()["billable"] is True
    assert me.get("/codes/icd10cm/ZZZ", on="2026-05-04").status_code == 404
    assert me.get("/codes/icd11/A00").status_code == 422
    years = me.get("/codes/icd10cm/B88.0/years", from_year=2025, to_year=2026).json()
    assert (years["kind"], years["choices"]) == ("one-to-many", [["B88.01"], ["B88.09"]])
    assert me.get("/codes/icd10cm/B88.0/years", from_year=2026, to_year=2027).status_code == 404
    assert me.get("/codes/icd10cm/B88.0/years", from_year=2025).status_code == 422
