"""Case tables: each row of a table is one check, named by its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from nosology.model.coding import CodedNote
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)


def read_table(table: str) -> list[dict[str, str]]:
    """The rows of a table whose columns are separated by bars; the second line is a ruler."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    rows = []
    for line in lines[2:]:
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) == len(heads), f"{len(cells)} cells for {len(heads)} columns in: {line}"
        rows.append(dict(zip(heads, cells, strict=True)))
    return rows


def code_row(row: dict[str, str], home: Path) -> CodedNote:
    """The note of a row coded; ``\\n`` in the text is a line break."""
    return code_note(
        Document("case", row["note"].replace("\\n", "\n")),
        setting=row.get("setting") or "outpatient",
        on=date.fromisoformat(row["on"]) if row.get("on") else ON,
        sex=row.get("sex") or None,
        age=int(row["age"]) if row.get("age", "-") not in ("", "-") else None,
        scope=row.get("scope") or "reportable",
        home=home,
    )


@pytest.fixture
def coding_cases(home: Path) -> Callable[..., None]:
    """Checks a table of ``note | codes | why``: the codes must be exactly those, in that order ("-" for none).

    A code in brackets may be there or not; further columns: setting, sex, age, scope, on; findings: the ids of the
    findings on the chart itself, in any order ("-" for none).
    """

    def check(table: str) -> None:
        wrong = []
        for row in read_table(table):
            coded = code_row(row, home)
            got = [s.code for s in coded.suggestions if s.system == "icd10cm"]
            wanted = [c.strip(",") for c in row["codes"].split()] if row["codes"] != "-" else []
            optional = {c.strip("[]") for c in wanted if c.startswith("[")}
            exact = [c for c in wanted if not c.startswith("[")]
            if [c for c in got if c not in optional] != exact:
                wrong.append(
                    f"{row['note']!r}: wanted {' '.join(wanted) or '-'}, got {' '.join(got) or '-'} ({row.get('why', '')})"
                )
            if "findings" in row:
                found = {f.rule for f in coded.findings if f.rule.startswith("chart-")}
                expected = set(row["findings"].split()) - {"-"}
                if found != expected:
                    wrong.append(f"{row['note']!r}: wanted {sorted(expected)}, found {sorted(found)} ({row['why']})")
            for finding in coded.findings:
                for evidence in finding.evidence:
                    assert coded.note.document.text[evidence.span.start : evidence.span.end] == evidence.quote
            for suggestion in coded.suggestions:
                for evidence in suggestion.evidence:
                    assert coded.note.document.text[evidence.span.start : evidence.span.end] == evidence.quote
        assert not wrong, "\n".join(wrong)

    return check


@pytest.fixture
def coded(home: Path) -> Callable[..., Any]:
    """Codes one text: ``coded("…", setting="inpatient")``."""

    def code(text: str, **options: str) -> CodedNote:
        return code_row({"note": text, **options}, home)

    return code


PAYMENT = re.compile(
    r"\b(?:pay\w*|reimburs\w*|revenue|billing|bill|cost\w*|money|dollar\w*|DRGs?|MS-DRG|HCCs?|MCC|CC|severity of illness"
    r"|risk adjust\w*|quality (?:score|metric|measure)s?|case[- ]mix|financial\w*|insur\w*|profit\w*)\b",
    re.IGNORECASE,
)


def check_queries(coded: CodedNote) -> None:
    """What holds of every query: true quotes, an open end, nothing of payment."""
    for query in coded.queries:
        assert query.evidence, query.rule
        assert query.options[-2:] == ("other (please specify)", "unable to determine")
        assert len(set(query.options)) == len(query.options)
        assert all(option.strip() for option in query.options)
        assert not PAYMENT.search(" ".join((query.rule, query.question, *query.options)))
    for piece in [e for each in (*coded.queries, *coded.findings) for e in each.evidence]:
        assert coded.note.document.text[piece.span.start : piece.span.end] == piece.quote
        assert piece.quote.strip()


@pytest.fixture
def query_cases(home: Path) -> Callable[..., None]:
    """Checks a table of ``note | queries | why``: the ids of the queries without "Query-", in order ("-" for none).

    "..." for any others after them; further columns: setting (inpatient if left out), sex, age, on.
    """

    def check(table: str) -> None:
        wrong = []
        for row in read_table(table):
            coded = code_row({"setting": "inpatient"} | row, home)
            check_queries(coded)
            got = [q.rule.removeprefix("Query-") for q in coded.queries if not q.rule.startswith("PCS-")]
            wanted = row["queries"].split() if row["queries"] != "-" else []
            ends = wanted[-1:] == ["..."]
            if (got[: len(wanted) - 1] != wanted[:-1]) if ends else got != wanted:
                wrong.append(
                    f"{row['note']!r}: wanted {row['queries']}, got {' '.join(got) or '-'} ({row.get('why', '')})"
                )
        assert not wrong, "\n".join(wrong)

    return check


@pytest.fixture
def visit_cases(home: Path) -> Callable[..., None]:
    """Checks a table of ``note | codes | why``: the codes of the visit with their modifiers, in order ("-" for none).

    "x3" after a code is its units. Further columns: problems, data, risk: the level of the row; kinds: the kinds of the
    problems, in any order; counted: kinds counted under data and risk that must be there (all of them), "!" before a
    kind that must not; findings: ids of the findings on the visit, in any order; setting (professional if left out),
    age, sex, on. Every quote must stand in the note.
    """

    def check(table: str) -> None:
        wrong = []
        for row in read_table(table):
            coded = code_row({"setting": "professional"} | row, home)
            services = [s for s in coded.suggestions if s.system in ("cpt", "hcpcs")]
            got = ["-".join((s.code, *s.modifiers)) + (f"x{s.units}" if (s.units or 1) > 1 else "") for s in services]
            rows = {e.name: e for e in coded.visit.elements} if coded.visit is not None else {}
            seen = {"codes": " ".join(got) or "-"}
            seen |= {name: str(element.level) for name, element in rows.items()}
            if "problems" in rows:
                seen["kinds"] = " ".join(sorted(each.kind for each in rows["problems"].counted)) or "-"
            seen["findings"] = " ".join(sorted(f.rule for f in coded.findings if f.rule.startswith("EM-"))) or "-"
            for name in ("codes", "problems", "data", "risk", "kinds", "findings"):
                wanted = row.get(name, "")
                wanted = " ".join(sorted(wanted.split())) if name in ("kinds", "findings") else wanted
                if wanted and wanted != seen.get(name):
                    wrong.append(f"{row['note']!r}: {name} {wanted}, got {seen.get(name)} ({row.get('why', '')})")
            kinds = {each.kind for name in ("data", "risk") if name in rows for each in rows[name].counted}
            for kind in row.get("counted", "").split():
                if (kind.lstrip("!") in kinds) is kind.startswith("!"):
                    wrong.append(f"{row['note']!r}: counted {sorted(kinds)}, not as {kind}")
            quotes = [piece for s in services for piece in s.evidence]
            quotes += [piece for element in rows.values() for each in element.counted for piece in each.evidence]
            for piece in quotes:
                assert coded.note.document.text[piece.span.start : piece.span.end] == piece.quote
            assert all(s.evidence and s.steps for s in services)
        assert not wrong, "\n".join(wrong)

    return check
