"""What coders decided becomes the file that the engine learns from; it reads its own file."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nosology.actions.finalize import finalize
from nosology.actions.learning import export_decisions
from nosology.actions.review import decide, undo
from nosology.coding.decisions import read_decisions
from nosology.errors import NotPermitted
from nosology.store.models import AuditEvent, Worksheet

pytestmark = pytest.mark.usefixtures("home")
NOW = datetime(2026, 5, 6, 9, 0, tzinfo=UTC)


def exported(access: Any, **more: Any) -> tuple[Any, ...]:
    pieces: list[str] = []
    export_decisions(access, write=pieces.append, **more)
    return read_decisions("".join(pieces).encode().splitlines(keepends=True), where="the file")


def test_the_file_says_what_stands(coded_encounter: Any, encounter_in: Any, access_as: Any, clinic: Any) -> None:
    coder, manager = access_as("coder"), access_as("manager")
    name = str(coded_encounter.pk)

    def do(verb: str, **more: Any) -> None:
        version = Worksheet.everywhere.get(encounter=coded_encounter).version
        decide(coder, encounter=name, verb=verb, version=version, now=NOW, **more)

    assert exported(manager) == ()
    do("change", key="icd10cm:E11.9", code="E11.65", why="glucose 320")
    do("reject", key="icd10cm:I10", why="ruled out")
    place = Worksheet.everywhere.get(encounter=coded_encounter).codes[0]["evidence"][0]
    spot = {each: place[each] for each in ("document", "start", "end")}
    do("add", code="Z79.4", value=json.dumps([spot]))
    do("add", code="E78.5")
    do("reject", key="icd10cm:J44.1", why="a mistake")
    undo(coder, encounter=name, version=Worksheet.everywhere.get(encounter=coded_encounter).version, now=NOW)
    do("poa", key="icd10cm:J44.1", value="N")
    (chart,) = exported(manager)
    assert [(str(d.decision), d.before, d.after) for d in chart.decisions] == [
        ("change", "E11.9", "E11.65"),
        ("reject", "I10", ""),
        ("add", "", "Z79.4"),
    ]
    assert chart.final is None
    assert chart.sex == "M"
    for decision in chart.decisions:
        for piece in decision.evidence:
            assert chart.text[piece.span.start : piece.span.end] == piece.quote
    do("accept-all")
    version = Worksheet.everywhere.get(encounter=coded_encounter).version
    finalize(coder, encounter=name, version=version, why="some books are not installed", now=NOW)
    (chart,) = exported(manager)
    assert chart.final_codes == {"J15.1", "J44.1", "E11.65", "Z87.891", "Z79.4", "E78.5"}
    assert chart.verdicts["E11.9"] is False
    assert exported(access_as("manager", at=clinic)) == ()
    assert exported(manager, since=datetime.now(UTC) + timedelta(days=1)) == ()
    assert AuditEvent.objects.filter(verb="decisions.export", outcome="done").count() == 5
    with pytest.raises(NotPermitted):
        exported(coder)


def test_the_file_may_be_fetched_by_those_who_may(client_as: Any, coded_encounter: Any) -> None:
    coder, manager = client_as("coder"), client_as("manager")
    coder.post(f"/charts/{coded_encounter.pk}/decide", {"verb": "accept", "key": "icd10cm:I10", "version": 1})
    assert coder.get("/manager/decisions").status_code == 403
    answer = manager.get("/manager/decisions")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content)
    assert [json.loads(line)["kind"] for line in body.splitlines()] == ["chart", "decision"]
    assert "attachment" in answer["Content-Disposition"]
    assert manager.get("/manager/decisions?since=soon").status_code == 400


def test_the_command_writes_the_same(runner: Any, coded_encounter: Any, access_as: Any, tmp_path: Any) -> None:
    coder = access_as("coder")
    decide(coder, encounter=str(coded_encounter.pk), verb="accept", key="icd10cm:I10", version=1, now=NOW)
    target = tmp_path / "decisions.jsonl"
    result = runner("decisions", "Riverside Hospital", "--to", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    with target.open("rb") as file:
        (chart,) = read_decisions(file, where="the file")
    assert [(d.before, d.by) for d in chart.decisions] == [("I10", coder.user)]
    assert runner("decisions", "Riverside Hospital").stdout == target.read_text("utf-8")
    assert runner("decisions", "Nowhere").exit_code == 2
    assert runner("decisions", "Riverside Hospital", "--since", "soon").exit_code == 2
    assert runner("decisions", "Riverside Hospital", "--to", str(tmp_path / "no" / "file")).exit_code == 12
