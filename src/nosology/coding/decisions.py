"""The file of coders' decisions: JSONL, three kinds of lines, read and written here. Described in docs/learning.md.

``chart`` says what was coded, ``decision`` what a coder did with one code, ``final`` which codes stand once the chart
is done. Lines are only ever added; a later decision on the same code takes the place of an earlier one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.coding import CodeDecision, Decision
from nosology.model.encounter import Setting
from nosology.model.note import Evidence, Role, Span

__all__ = [
    "FinalCodes",
    "ReviewedChart",
    "chart_line",
    "decision_line",
    "final_line",
    "merge_reviews",
    "read_decisions",
    "write_decisions",
]

_CODE = re.compile(r"[A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?")
_PARTS = {  # decision → whether it has a code before and a code after
    Decision.ACCEPT: (True, True),
    Decision.REJECT: (True, False),
    Decision.CHANGE: (True, True),
    Decision.ADD: (False, True),
}


@dataclass(frozen=True, slots=True)
class FinalCodes:
    """The codes that stand once the chart is done, in order; by whom and when."""

    codes: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewedChart:
    """A chart with what coders decided on it, the oldest decision first. ``path`` is "" where the line has the text."""

    id: str
    text: str
    setting: Setting
    on: date
    sex: str | None = None
    age: int | None = None
    scope: str = "reportable"
    path: str = ""
    decisions: tuple[CodeDecision, ...] = ()
    final: FinalCodes | None = None

    @property
    def verdicts(self) -> dict[str, bool]:
        """Whether a code is right, by the last word on it."""
        found: dict[str, bool] = {}
        for decision in self._last():
            if decision.before and decision.decision is not Decision.ACCEPT:
                found[decision.before] = False
            if decision.after:
                found[decision.after] = True
        return found

    @property
    def changes(self) -> dict[str, str]:
        """The suggested codes that were changed, with what they were changed to."""
        return {d.before: d.after for d in self._last() if d.decision is Decision.CHANGE}

    @property
    def final_codes(self) -> frozenset[str] | None:
        """The codes that stand; None while the chart is not done, or if a decision was made after it was."""
        if self.final is None or any(d.at > self.final.at for d in self.decisions):
            return None
        return frozenset(self.final.codes)

    def _last(self) -> list[CodeDecision]:
        """Return the last decision on each code, in the order in which they were made."""
        last = {decision.before or decision.after: decision for decision in self.decisions}
        return [d for d in self.decisions if last[d.before or d.after] is d]


def read_decisions(
    lines: Iterable[bytes], *, where: str, read_text: Callable[[str], str] | None = None
) -> tuple[ReviewedChart, ...]:
    """Return the charts of a file of decisions, in the order in which they come.

    ``where`` names the file; ``read_text`` returns the text of a chart whose line names a path. Raises UnreadableInput
    with the number of the first bad line; the message holds no word of a chart.
    """
    charts: dict[str, ReviewedChart] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            _take(_parse(line), charts, read_text)
        except _BadLine as error:
            raise UnreadableInput(f"{where}, line {number}: {error}") from None
    return tuple(
        replace(chart, decisions=tuple(sorted(chart.decisions, key=lambda d: d.at))) for chart in charts.values()
    )


def merge_reviews(charts: Iterable[ReviewedChart]) -> tuple[ReviewedChart, ...]:
    """Return the charts of several files, those of one name as one. Raises UnreadableInput where they differ."""
    merged: dict[str, ReviewedChart] = {}
    for chart in charts:
        known = merged.setdefault(chart.id, chart)
        if known is chart:
            continue
        if _described(known) != _described(chart):
            raise UnreadableInput(f"chart {chart.id} is described differently in two files of decisions")
        finals = [final for final in (known.final, chart.final) if final is not None]
        merged[chart.id] = replace(
            known,
            decisions=tuple(sorted((*known.decisions, *chart.decisions), key=lambda d: d.at)),
            final=max(finals, key=lambda f: f.at, default=None),
        )
    return tuple(merged.values())


def _described(chart: ReviewedChart) -> ReviewedChart:
    return replace(chart, decisions=(), final=None, path="")


def write_decisions(charts: Iterable[ReviewedChart]) -> str:
    """Return the file of the charts, one object a line; :func:`read_decisions` reads it back."""
    lines = []
    for chart in charts:
        lines.append(chart_line(chart))
        lines += [decision_line(decision) for decision in chart.decisions]
        if chart.final is not None:
            lines.append(final_line(chart.id, chart.final))
    return "".join(f"{line}\n" for line in lines)


def chart_line(chart: ReviewedChart) -> str:
    """Return the line that comes before the decisions of a chart."""
    record: dict[str, Any] = {"kind": "chart", "chart": chart.id}
    record |= {"path": chart.path} if chart.path else {"text": chart.text}
    record |= {"setting": str(chart.setting), "on": chart.on.isoformat(), "scope": chart.scope}
    record |= {name: value for name, value in (("sex", chart.sex), ("age", chart.age)) if value is not None}
    return json.dumps(record, ensure_ascii=False)


def decision_line(decision: CodeDecision) -> str:
    """Return the line of one decision."""
    record = {
        "kind": "decision",
        "chart": decision.chart,
        "decision": str(decision.decision),
        "system": decision.system,
        "before": decision.before,
        "after": decision.after,
        "evidence": [
            {"start": e.span.start, "end": e.span.end, "quote": e.quote, "section": e.section, "role": str(e.role)}
            for e in decision.evidence
        ],
        "by": decision.by,
        "at": decision.at.isoformat(),
        "why": decision.why,
    }
    return json.dumps(record, ensure_ascii=False)


def final_line(chart: str, final: FinalCodes) -> str:
    """Return the line that says which codes of a chart stand."""
    record = {"kind": "final", "chart": chart, "codes": list(final.codes), "by": final.by, "at": final.at.isoformat()}
    return json.dumps(record, ensure_ascii=False)


class _BadLine(Exception):
    """What is wrong with a line, in words of ours."""


def _parse(line: bytes) -> Mapping[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _BadLine("not UTF-8 text") from None
    except (ValueError, RecursionError):
        raise _BadLine("not JSON") from None
    if not isinstance(record, Mapping):
        raise _BadLine("not a JSON object")
    return record


def _take(record: Mapping[str, Any], charts: dict[str, ReviewedChart], read_text: Callable[[str], str] | None) -> None:
    kind = record.get("kind")
    if kind not in ("chart", "decision", "final"):
        raise _BadLine('the field "kind" must be chart, decision or final')
    name = _text(record, "chart")
    if kind == "chart":
        found = _chart(name, record, read_text)
        known = charts.setdefault(name, found)
        if _described(known) != _described(found):
            raise _BadLine("the chart was described before, and differently")
        return
    if name not in charts:
        raise _BadLine("no chart of that name was described before")
    chart = charts[name]
    if kind == "decision":
        charts[name] = replace(chart, decisions=(*chart.decisions, _decision(record, chart)))
    else:
        final = FinalCodes(_codes(record.get("codes")), _text(record, "by"), _time(record))
        if chart.final is None or final.at >= chart.final.at:
            charts[name] = replace(chart, final=final)


def _chart(name: str, record: Mapping[str, Any], read_text: Callable[[str], str] | None) -> ReviewedChart:
    path, text = record.get("path"), record.get("text")
    if (path is None) == (text is None) or not isinstance(path if text is None else text, str):
        raise _BadLine('a chart needs either "text" or "path"')
    if isinstance(path, str):
        pure = PurePosixPath(path)
        if not path or pure.is_absolute() or ".." in pure.parts or "\\" in path or ":" in path:
            raise _BadLine('"path" must lie below the folder of the file')
        if read_text is None:
            raise _BadLine("the text of the chart is not in the line, and files are not read here")
        try:
            text = read_text(path)
        except UnreadableInput as error:
            raise _BadLine(str(error)) from None
    try:
        setting = Setting(str(record.get("setting")))
    except ValueError:
        raise _BadLine(f'the field "setting" must be one of {", ".join(Setting)}') from None
    scope, sex, age = record.get("scope", "reportable"), record.get("sex"), record.get("age")
    if scope not in ("reportable", "all"):
        raise _BadLine('the field "scope" must be reportable or all')
    if sex not in (None, "F", "M"):
        raise _BadLine('the field "sex" must be F or M')
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 0 <= age <= 130):
        raise _BadLine('the field "age" is no number of years')
    return ReviewedChart(name, str(text), setting, _date(record), sex, age, scope, path or "")


def _decision(record: Mapping[str, Any], chart: ReviewedChart) -> CodeDecision:
    try:
        decision = Decision(str(record.get("decision")))
    except ValueError:
        raise _BadLine(f'the field "decision" must be one of {", ".join(Decision)}') from None
    system = record.get("system", "icd10cm")
    if system != "icd10cm":
        raise _BadLine('the field "system" must be icd10cm')
    before, after = record.get("before") or "", record.get("after") or ""
    wants_before, wants_after = _PARTS[decision]
    if decision is Decision.ACCEPT and not after:
        after = before
    for field, value, wanted in (("before", before, wants_before), ("after", after, wants_after)):
        if wanted and not (isinstance(value, str) and _CODE.fullmatch(value)):
            raise _BadLine(f'"{decision}" needs an ICD-10-CM code in "{field}"')
        if not wanted and value:
            raise _BadLine(f'"{decision}" has no code in "{field}"')
    if decision is Decision.ACCEPT and before != after:
        raise _BadLine('"accept" leaves the code as it is')
    if decision is Decision.CHANGE and before == after:
        raise _BadLine('"change" needs two different codes')
    evidence = _evidence(record.get("evidence") or [], chart.text)
    if decision is Decision.ADD and not evidence:
        raise _BadLine('"add" needs evidence: no code stands without words of the chart')
    why = record.get("why") or ""
    if not isinstance(why, str):
        raise _BadLine('the field "why" is no text')
    return CodeDecision(system, before, after, decision, _text(record, "by"), _time(record), why, chart.id, evidence)


def _evidence(items: object, text: str) -> tuple[Evidence, ...]:
    if not isinstance(items, list):
        raise _BadLine('the field "evidence" is no list')
    found = []
    for item in items:
        if not isinstance(item, Mapping):
            raise _BadLine('a piece of "evidence" is no JSON object')
        start, end = _place(item, "start"), _place(item, "end")
        if not 0 <= start < end <= len(text):
            raise _BadLine('a piece of "evidence" needs "start" and "end" inside the text, in code points')
        if item.get("quote") != text[start:end]:
            raise _BadLine(f'the "quote" of the evidence is not what stands in the text from {start} to {end}')
        try:
            role = Role(item.get("role", "supports"))
        except ValueError:
            raise _BadLine(f'the "role" of the evidence must be one of {", ".join(Role)}') from None
        found.append(Evidence(Span(start, end), text[start:end], str(item.get("section") or ""), role))
    return tuple(found)


def _place(item: Mapping[str, Any], field: str) -> int:
    value = item.get(field)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _codes(values: object) -> tuple[str, ...]:
    if not isinstance(values, Sequence) or isinstance(values, str):
        raise _BadLine('the field "codes" is no list')
    codes = tuple(values)
    if not all(isinstance(code, str) and _CODE.fullmatch(code) for code in codes):
        raise _BadLine('the field "codes" holds something that is no ICD-10-CM code')
    if len(set(codes)) != len(codes):
        raise _BadLine('the field "codes" holds a code twice')
    return codes


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or not value.strip():
        raise _BadLine(f'the field "{field}" is missing or empty')
    return value


def _date(record: Mapping[str, Any]) -> date:
    try:
        return date.fromisoformat(_text(record, "on"))
    except ValueError:
        raise _BadLine('the field "on" is no date; write it as 2026-05-04') from None


def _time(record: Mapping[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(_text(record, "at"))
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise _BadLine('the field "at" is no time with its zone; write it as 2026-05-04T09:30:00+00:00')
    return found
