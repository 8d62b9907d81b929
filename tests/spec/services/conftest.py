"""The case tables of services: ``note | age | codes``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)
# the codes of services other than visits
SERVICES = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "90", "92", "93", "94", "95", "96", "97", "98", "994", "9917",
            "9919", "A", "E", "G", "K", "L", "Q")  # fmt: skip


def rows(table: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


@pytest.fixture
def service_cases(home: Path) -> Callable[..., None]:
    """Checks a table: exactly these codes with units (``90471×1``; "-" for none), and "?" with the rest of the findings.

    ``begins`` are the beginnings of the codes that the table is about, by default all but visits. Further columns: age, on, setting. A note without a
    heading is a plan.
    """

    def check(table: str, *, begins: tuple[str, ...] = SERVICES, findings: str = "") -> None:
        wrong = []
        for row in rows(table):
            text = row["note"].replace("\\n", "\n").replace("/bar/", "|")
            text = text if text.split(":")[0].isupper() else f"ASSESSMENT AND PLAN:\n{text}"
            age = row.get("age", "-")
            on = date.fromisoformat(row["on"]) if row.get("on", "-") != "-" else ON
            coded = code_note(
                Document("case", text),
                setting=row.get("setting", "outpatient"),
                on=on,
                home=home,
                age=None if age == "-" else int(age),
            )
            found = [s for s in coded.suggestions if s.system in ("cpt", "hcpcs") and s.code.startswith(begins)]
            got = [f"{'-'.join([each.code, *each.modifiers])}×{each.units}" for each in found]
            said = [
                f"?{f.rule.partition('.')[2] or f.rule}"
                for f in coded.findings
                if findings and f.rule.startswith(findings)
            ]
            for each in found:
                assert each.evidence
                for quote in each.evidence:
                    assert text[quote.span.start : quote.span.end] == quote.quote
            if " ".join([*(got or ["-"]), *said]) != row["codes"]:
                wrong.append(f"{row['note']} ({age}): wanted {row['codes']}, got {' '.join([*(got or ['-']), *said])}")
        assert not wrong, "\n".join(wrong)

    return check
