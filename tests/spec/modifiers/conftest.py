"""The case tables of modifiers: ``kind | said | modifiers | why``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nosology.codes.pfs import FeeRow
from nosology.coding.modifiers import ModifierFacts, check_modifiers, choose_modifiers

ON = date(2026, 5, 4)
ROW = FeeRow(
    "99999", "", "A", *(Decimal(1),) * 4, "0", "090", *(Decimal(0),) * 3, "2", "1", "2", "1", "0", "", Decimal(32), "99"
)  # fmt: skip


def rows(table: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


def facts_of(row: dict[str, str]) -> tuple[ModifierFacts, FeeRow | None]:
    """The line of a row; ``fees`` are indicators of the fee schedule such as "bilateral=0", "-" for none known."""
    said = frozenset(part.strip() for part in row["said"].split(",") if part.strip() not in ("", "-"))
    on = date.fromisoformat(row["on"]) if row.get("on", "-") not in ("", "-") else ON
    fees = None
    if row.get("fees", "-") not in ("", "-"):
        fees = replace(ROW, **dict(part.strip().split("=") for part in row["fees"].split(",")))
    return ModifierFacts("99999", row["kind"], on, said), fees


@pytest.fixture
def modifier_cases() -> Callable[[str], None]:
    """Checks a table: exactly these modifiers, in this order ("-" for none), and "?" with the findings.

    Further columns: fees, on; with the column ``stand`` the modifiers that stand on the line are checked instead.
    """

    def check(table: str) -> None:
        wrong = []
        for row in rows(table):
            facts, fees = facts_of(row)
            if "stand" in row:
                stand = [] if row["stand"] == "-" else row["stand"].split()
                got = (
                    " ".join(f.rule.removeprefix("modifier.") for f in check_modifiers(facts, stand, fees=fees)) or "-"
                )
                wanted = row["findings"]
            else:
                chosen = choose_modifiers(facts, fees=fees)
                said = [f"?{f.rule.removeprefix('modifier.')}" for f in chosen.findings]
                got, wanted = " ".join([*(chosen.modifiers or ["-"]), *said]), row["modifiers"]
                for each in chosen.chosen:
                    assert set(each.because) <= facts.said
                    assert each.citation
            if got != wanted:
                wrong.append(f"{row}: wanted {wanted}, got {got}")
        assert not wrong, "\n".join(wrong)

    return check
