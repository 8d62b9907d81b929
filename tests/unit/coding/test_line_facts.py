"""Statements for modifiers that need tables: the lesser procedure of a session; what NCCI takes into another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from nosology.codes.pfs import FeeRow
from nosology.coding.procedures.performed.find import ServiceLine
from nosology.coding.procedures.performed.line_facts import _lesser, _on_its_own
from nosology.model.note import Evidence, Span
from nosology.rules.loader import Rule, find_rule

RULE = find_rule("Modifier-line-facts")
ROW = FeeRow(
    "A", "", "A", *(Decimal(1),) * 4, "0", "010", *(Decimal(0),) * 3, "2", "1", "2", "1", "0", "", Decimal(32), "99"
)  # fmt: skip


class Fees:
    """Some rows of a fee schedule."""

    def __init__(self, rows: Mapping[str, FeeRow]) -> None:
        self.rows = rows

    def find(self, code: str) -> FeeRow | None:
        return self.rows.get(code)


def line(code: str, words: str = "done", *, site: str = "", said: frozenset[str] = frozenset()) -> ServiceLine:
    assert isinstance(RULE, Rule)
    quote = Evidence(Span(0, len(words)), words)
    return ServiceLine(code, 1, code, "procedure", {}, RULE, (quote,), said, site)


def test_the_lesser_procedures_of_a_session() -> None:
    values: dict[str, Any] = {
        "B0001": ROW,
        "B0002": replace(ROW, work=Decimal(9)),
        "B0003": replace(ROW, multiple="0"),
        "B0004": replace(ROW, global_days="ZZZ"),
    }
    found = _lesser([line(code) for code in (*values, "B0009")], Fees(values), office=False)  # type: ignore[arg-type]
    assert [each.code for each in found if "lesser_of_session" in each.said] == ["B0001"]
    alone = _lesser([line("B0001"), line("B0003")], Fees(values), office=False)  # type: ignore[arg-type]
    assert not [each for each in alone if "lesser_of_session" in each.said]


@pytest.mark.parametrize(("office", "lesser"), [(True, "B0002"), (False, "B0001")])
def test_the_lesser_by_the_values_of_the_place(office: bool, lesser: str) -> None:
    values: dict[str, Any] = {
        "B0001": replace(ROW, practice_office=Decimal(20)),  # dear where the practice pays for room and supplies
        "B0002": replace(ROW, work=Decimal(9)),
    }
    found = _lesser([line(code) for code in values], Fees(values), office=office)  # type: ignore[arg-type]
    assert [each.code for each in found if "lesser_of_session" in each.said] == [lesser]


@pytest.mark.parametrize(
    ("lesser", "facts"),
    [
        (line("B0002", "destroyed at a separate site"), {"other_structure"}),
        (line("B0002", "returned later that day"), {"other_encounter"}),
        (line("B0002", "destroyed"), set()),
        (line("B0002", "destroyed", site="arm"), {"other_structure"}),
        (line("B0002", "destroyed", site="back"), set()),
        (line("B0002", "done on the right", said=frozenset({"right"})), {"right"}),
    ],
)
def test_what_stands_on_its_own(lesser: ServiceLine, facts: set[str]) -> None:
    assert isinstance(RULE, Rule)
    greater = line("B0001", site="back", said=frozenset({"left"}) if "right" in facts else frozenset())
    assert _on_its_own(RULE.data["apart"], greater, lesser).said == facts
