"""Many hands on one chart: any sequence of decisions replays and undoes exactly; at once nothing is lost or doubled."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from nosology.actions.finalize import finalize
from nosology.actions.review import decide, redo, undo
from nosology.actions.worksheets import replayed
from nosology.coding.worksheet import open_sheet
from nosology.errors import NosologyError, StaleVersion, UsageError
from nosology.store.models import AuditEvent, Decision, FinalCode, Worksheet

NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)
KEYS = ("icd10cm:J15.1", "icd10cm:J44.1", "icd10cm:E11.9", "icd10cm:I10", "icd10cm:Z87.891", "icd10cm:Z79.4")
CODES = ("J44.0", "E11.65", "I10", "Z79.4", "J15")
keys = st.sampled_from(KEYS)
moves = st.one_of(
    st.fixed_dictionaries({"verb": st.sampled_from(["accept", "principal"]), "key": keys}),
    st.fixed_dictionaries({"verb": st.just("reject"), "key": keys, "why": st.sampled_from(["", "ruled out"])}),
    st.fixed_dictionaries({"verb": st.just("change"), "key": keys, "code": st.sampled_from(CODES)}),
    st.fixed_dictionaries({"verb": st.just("add"), "code": st.sampled_from(CODES)}),
    st.fixed_dictionaries({"verb": st.just("reorder"), "key": keys, "value": st.sampled_from(["up", "down", "2"])}),
    st.fixed_dictionaries({"verb": st.just("poa"), "key": keys, "value": st.sampled_from(["Y", "N", ""])}),
    st.fixed_dictionaries({"verb": st.just("override"), "code": st.just("MCE"), "key": keys, "why": st.just("seen")}),
    st.fixed_dictionaries({"verb": st.sampled_from(["accept-all", "undo", "redo"])}),
)
steps = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 3), moves), max_size=10)


def test_any_sequence_replays_and_undoes_exactly(home: Any, coded_encounter: Any, access_as: Any) -> None:
    people = (access_as("coder"), access_as("coder"))
    name = str(coded_encounter.pk)

    def sheet() -> Any:
        return Worksheet.everywhere.get(encounter=coded_encounter)

    def state() -> Any:
        return (sheet().codes, sheet().overrides)

    def do(who: Any, version: int, move: dict[str, Any]) -> Any:
        common = {"encounter": name, "version": version, "now": NOW}
        if move["verb"] in ("undo", "redo"):
            return (undo if move["verb"] == "undo" else redo)(who, **common)
        return decide(who, **common, **move)

    @settings(max_examples=25)
    @given(steps)
    def check(given_steps: list[tuple[int, int, dict[str, Any]]]) -> None:
        with transaction.atomic():
            written = 0
            for who, age, move in given_steps:
                before, seen = state(), sheet().version
                try:
                    with transaction.atomic():
                        done = do(people[who], max(1, seen - age), move)
                except (UsageError, StaleVersion, NosologyError):
                    assert state() == before
                    continue
                written += done.decisions
                after = state()
                assert replayed(coded_encounter) == open_sheet(*after)
                rows = Decision.everywhere.filter(encounter=coded_encounter, by__isnull=False)
                assert rows.count() == written
                if done.decisions and move["verb"] not in ("undo", "redo"):
                    undo(people[who], encounter=name, version=sheet().version, now=NOW)
                    assert state() == before
                    redo(people[who], encounter=name, version=sheet().version, now=NOW)
                    assert state() == after
                    written += 2 * done.decisions
            transaction.set_rollback(True)

    check()


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """What each of several threads got, or its error; all begin together."""
    gate, found = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(10)
            found[place] = call()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    return found


@pytest.mark.django_db(transaction=True)
def test_at_once_on_different_codes_nobody_loses_a_decision(home: Any, coded_encounter: Any, access_as: Any) -> None:
    name = str(coded_encounter.pk)
    people = [access_as("coder") for _ in range(6)]
    acts = [{"verb": "accept", "key": key} for key in KEYS[:4]]
    acts += [{"verb": "add", "code": "Z79.4"}, {"verb": "add", "code": "R63.6"}]
    found = at_once(
        *[
            lambda who=who, act=act: decide(who, encounter=name, version=1, now=NOW, **act)
            for who, act in zip(people, acts, strict=True)
        ]
    )
    assert not [each for each in found if isinstance(each, Exception)]
    sheet = Worksheet.everywhere.get(encounter=coded_encounter)
    states = {each["code"]: each["state"] for each in sheet.codes}
    assert list(states.values()).count("accepted") == 4
    assert states["Z79.4"] == states["R63.6"] == "added"
    assert sheet.version == 7
    assert replayed(coded_encounter) == open_sheet(sheet.codes, sheet.overrides)
    numbers = list(AuditEvent.objects.filter(verb="chart.decide").values_list("number", flat=True))
    assert len(set(numbers)) == 6


@pytest.mark.django_db(transaction=True)
def test_a_double_click_is_one_decision(home: Any, coded_encounter: Any, access_as: Any) -> None:
    coder, name = access_as("coder"), str(coded_encounter.pk)

    def click() -> Any:
        return decide(coder, encounter=name, verb="add", code="Z79.4", version=1, request="click", now=NOW)

    found = at_once(click, click, click)
    assert sorted(each.decisions for each in found) == [0, 0, 1]
    assert Decision.everywhere.filter(encounter=coded_encounter, verb="add").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_finish_at_once_one_is_told(home: Any, coded_encounter: Any, access_as: Any) -> None:
    one, other, name = access_as("coder"), access_as("coder"), str(coded_encounter.pk)
    decide(one, encounter=name, verb="accept-all", version=1, now=NOW)
    found = at_once(
        *[lambda who=who: finalize(who, encounter=name, version=2, why="no books", now=NOW) for who in (one, other)]
    )
    refused = [each for each in found if isinstance(each, Exception)]
    assert len(refused) == 1
    assert isinstance(refused[0], StaleVersion)
    assert "has finalised this chart already" in str(refused[0])
    assert FinalCode.everywhere.filter(encounter=coded_encounter).count() == 5
    assert Decision.everywhere.filter(encounter=coded_encounter, verb="finalize").count() == 1
