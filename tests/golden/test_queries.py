"""Charts with gaps: the queries that a documentation specialist would send, and few others."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from nosology.model.note import Document
from nosology.pipeline import code_note
from nosology.rules.loader import find_rule

FILE = Path(__file__).with_name("queries") / "charts.jsonl"
CHARTS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
ON = date(2026, 5, 4)


def test_gold_names_rules() -> None:
    for chart in CHARTS:
        assert not set(chart["required"]) & set(chart["optional"])
        for rule in (*chart["required"], *chart["optional"]):
            assert find_rule(rule) is not None, f"{chart['id']}: {rule}"


def test_queries_of_charts_with_gaps(home: Path) -> None:
    met = missed = extra = 0
    wrong = []
    for chart in CHARTS:
        document = Document(chart["id"], chart["text"])
        coded = code_note(document, setting=chart["setting"], on=ON, sex=chart["sex"], age=chart["age"], home=home)
        asked = {query.rule for query in coded.queries}
        required, optional = set(chart["required"]), set(chart["optional"])
        met += len(required & asked)
        missed += len(required - asked)
        extra += len(asked - required - optional)
        if required - asked or asked - required - optional:
            wrong.append(f"{chart['id']}: missed {required - asked or '-'}, extra {asked - required - optional or '-'}")
    told = "\n".join(wrong)
    assert met / (met + missed) >= 0.9, told
    assert met / (met + extra) >= 0.9, told
