"""The posts of a chart: the panel anew, or a status that says what was wrong; never a word too much."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nosology.errors import NotFound
from nosology.store.models import Comment, FavouriteCode, Worksheet
from nosology.store.queries.chart import list_decisions, list_final_codes, read_result
from nosology.web.workbench.assessment import panel_context

pytestmark = pytest.mark.usefixtures("home")
HTMX = {"HTTP_HX_REQUEST": "true"}
COPD = "icd10cm:J44.1"


def post(client: Any, encounter: Any, what: str, **form: Any) -> Any:
    form.setdefault("version", Worksheet.everywhere.get(encounter=encounter).version)
    return client.post(f"/charts/{encounter.pk}/{what}", form, **HTMX)


def test_a_decision_answers_with_the_panel(client_as: Any, coded_encounter: Any) -> None:
    client = client_as("coder")
    answer = post(client, coded_encounter, "decide", verb="accept", key=COPD)
    assert answer.status_code == 200
    assert 'id="panel"' in answer.content.decode()
    assert 'data-version="2"' in answer.content.decode()
    answer = post(client, coded_encounter, "undo")
    assert answer.status_code == 200
    assert Worksheet.everywhere.get(encounter=coded_encounter).codes[1]["state"] == "suggested"
    assert post(client, coded_encounter, "redo").status_code == 200
    assert Worksheet.everywhere.get(encounter=coded_encounter).codes[1]["state"] == "accepted"


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"verb": "reject", "key": COPD}, 422, "reason"),
        ({"verb": "accept", "key": COPD, "version": "x"}, 422, "version"),
        ({"verb": "accept", "key": COPD, "version": ""}, 422, "version"),
        ({"verb": "accept", "key": "icd10cm:NONE"}, 409, "no such code"),
        ({"verb": "accept", "key": COPD, "version": "77"}, 409, "look again"),
        ({"verb": "add", "code": "<script>alert(1)</script>"}, 422, "form of a code"),
        ({"verb": "<b>"}, 422, "verb"),
        ({"verb": "add", "code": "I10", "value": "[" * 5000}, 422, ""),
        ({"verb": "reject", "key": COPD, "why": "w" * 3000}, 422, "2000"),
    ],
)
def test_what_cannot_be_has_its_status(
    client_as: Any, coded_encounter: Any, form: dict[str, str], status: int, words: str
) -> None:
    answer = post(client_as("coder"), coded_encounter, "decide", **form)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert "<b>" not in answer.content.decode()


def test_of_two_on_one_code_the_second_sees_what_stands(client_as: Any, coded_encounter: Any) -> None:
    one, other = client_as("coder"), client_as("coder")
    post(one, coded_encounter, "decide", verb="change", key=COPD, code="J44.0", version=1, why="<i>with bronchitis")
    answer = post(other, coded_encounter, "decide", verb="accept", key=COPD, version=1)
    assert answer.status_code == 409
    assert "meanwhile" in answer.content.decode()
    assert "J44.0" in answer.content.decode()
    assert "&lt;i&gt;with bronchitis" in answer.content.decode()  # the history says why


def test_a_chart_is_finished_and_opened_again(client_as: Any, coded_encounter: Any) -> None:
    coder, manager = client_as("coder"), client_as("manager")
    early = post(coder, coded_encounter, "finalize")
    assert early.status_code == 422
    assert "to decide" in early.content.decode()
    post(coder, coded_encounter, "decide", verb="accept-all")
    blind = post(coder, coded_encounter, "finalize")
    assert blind.status_code == 422
    assert "acknowledge" in blind.content.decode()
    assert post(coder, coded_encounter, "finalize", why="some books are not installed").status_code == 200
    assert post(manager, coded_encounter, "finalize").status_code == 409
    assert post(coder, coded_encounter, "reopen", why="a late report").status_code == 403
    assert post(manager, coded_encounter, "reopen", why="").status_code == 422
    assert post(manager, coded_encounter, "reopen", why="a late report").status_code == 200


def test_the_lock_is_told_as_json(client_as: Any, coded_encounter: Any) -> None:
    one, other = (
        client_as(
            "coder",
        ),
        client_as("coder"),
    )
    assert post(one, coded_encounter, "lock").json()["mine"]
    refused = post(other, coded_encounter, "lock")
    assert (refused.status_code, refused.json()["mine"]) == (409, False)
    assert post(other, coded_encounter, "lock", take="1", why="").status_code == 422
    assert post(other, coded_encounter, "lock", take="1", why="gone home early").json()["mine"]
    assert post(other, coded_encounter, "release").status_code == 204


def test_notes_are_left_once(client_as: Any, coded_encounter: Any) -> None:
    auditor = client_as("auditor")
    for _ in range(2):
        assert post(auditor, coded_encounter, "comment", text="See page <3>").status_code == 200
    assert Comment.everywhere.get().text == "See page <3>"
    assert post(auditor, coded_encounter, "comment", text=" ").status_code == 422


def test_without_htmx_the_page_comes_back(client_as: Any, coded_encounter: Any) -> None:
    client = client_as("coder")
    answer = client.post(f"/charts/{coded_encounter.pk}/decide", {"verb": "reject", "key": COPD, "version": 1})
    assert (answer.status_code, answer["Location"]) == (302, f"/charts/{coded_encounter.pk}")


def test_who_may_not_is_told_nothing(client_as: Any, coded_encounter: Any, clinic: Any) -> None:
    for what in ("decide", "undo", "redo", "finalize", "lock", "release", "comment"):
        assert (
            post(client_as("coder", at=clinic), coded_encounter, what, verb="accept", key=COPD, text="x").status_code
            == 404
        )
        assert post(client_as("educator"), coded_encounter, what).status_code == 403
        assert client_as("coder").get(f"/charts/{coded_encounter.pk}/{what}").status_code == 405


def test_a_code_is_kept_at_hand(client_as: Any) -> None:
    client = client_as("coder")
    assert client.post("/codes/favourite", {"system": "icd10cm", "code": "i10", "pinned": "1"}).json() == {
        "pinned": True
    }
    assert client.post("/codes/favourite", {"system": "icd10cm", "code": "I10", "pinned": ""}).json() == {
        "pinned": False
    }
    assert client.post("/codes/favourite", {"system": "x", "code": "I10"}).status_code == 422
    assert FavouriteCode.everywhere.get().code == "I10"


def test_the_panel_has_what_the_screen_shows(access_as: Any, coded_encounter: Any, clinic: Any) -> None:
    coder = access_as("coder")
    context = panel_context(coder, str(coded_encounter.pk))
    assert context["may_edit"]
    assert context["counts"]["open"] == 5
    first = context["codes"][0]
    assert (first["rank"], first["leads"], first["severity"], first["poa_asked"]) == (1, True, "", True)
    assert context["codes"][1]["severity"] == "CC"
    assert context["codes"][2]["hccs"] == ["38"]
    assert first["places"].count(":") >= 2
    assert [each["name"] for each in context["groups"]] == ["Diagnoses"]
    assert context["drg"]["drg"] == "178"
    assert len(context["queries"]) == 1
    assert not panel_context(access_as("auditor"), str(coded_encounter.pk))["may_edit"]
    with pytest.raises(NotFound):
        panel_context(access_as("coder", at=clinic), str(coded_encounter.pk))
    assert read_result(coder, str(coded_encounter.pk), context["chart"].worksheet_run)["mentions"]
    assert list_final_codes(coder, str(coded_encounter.pk)) == ()


def test_the_queries_do_not_grow_with_the_rows(
    client_as: Any, access_as: Any, encounter_in: Any, coded_encounter: Any
) -> None:
    client, coder = client_as("coder"), access_as("coder")
    with CaptureQueriesContext(
        connection,
    ) as few:
        panel_context(coder, str(coded_encounter.pk))
    for code in ("Z79.4", "E78.5", "N18.30", "I48.0", "R63.6", "Z95.0", "D64.9", "E87.6"):
        assert post(client, coded_encounter, "decide", verb="add", code=code).status_code == 200
        post(client, coded_encounter, "comment", text=code)
    with CaptureQueriesContext(connection) as many:
        panel_context(coder, str(coded_encounter.pk))
    assert len(many) <= len(few) + 1  # the names of those who decided
    with CaptureQueriesContext(connection) as history:
        assert len(list_decisions(coder, str(coded_encounter.pk))) == 9
    assert len(history) == 1
