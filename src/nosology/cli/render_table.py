"""A coded note as tables on the terminal: what a coder would print. Plain text when the output is no terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from nosology.cli.render_json import SYSTEM_NAMES
from nosology.model.coding import CodedNote, CodeSuggestion, Gate, NotCoded, Query
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence
from nosology.model.visit import Visit

if TYPE_CHECKING:
    from nosology.model.grouping import DrgResult, HccResult

__all__ = ["WIDE", "draw_coded", "draw_drg", "draw_hcc", "draw_queries", "format_chance", "open_console", "squeeze"]

WIDE = 140
"""Columns from which evidence and reason stand in columns of their own; below, they stand under the title."""

_PIPED_WIDTH = 120
_SEVERITY = {Severity.ERROR: ("✗", "bold red"), Severity.WARNING: ("!", "yellow"), Severity.INFORMATION: ("i", "cyan")}


@dataclass(frozen=True, slots=True)
class _Cell:
    quote: Text
    why: Text


def open_console(width: int | None = None) -> Console:
    """The console on stdout. Piped, it is plain and as wide as COLUMNS says, or 120."""
    import os
    import sys

    if width is None and not sys.stdout.isatty():
        given = os.environ.get("COLUMNS", "")
        width = int(given) if given.isdecimal() and int(given) >= 40 else _PIPED_WIDTH
    return Console(width=width, highlight=False, soft_wrap=False)


def squeeze(text: str, limit: int = 90) -> str:
    """Text on one line without control characters, cut with an ellipsis at ``limit`` characters."""
    line = "".join(
        character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in " ".join(text.split())
    )
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def draw_coded(
    coded: CodedNote, *, name: str, width: int, drg: DrgResult | None = None, hcc: HccResult | None = None
) -> RenderableType:
    """Codes, then what was not coded, queries, findings, and the groups that the codes lead to."""
    releases = ", ".join(f"{SYSTEM_NAMES.get(system, system)} {release}" for system, release in coded.releases)
    head = Text.assemble(
        (squeeze(name, 300), "bold"),
        ("  ", ""),
        (f"{coded.setting} · {coded.on.isoformat()} · {releases}", "dim"),
        overflow="fold",
    )
    parts: list[RenderableType] = [head]
    if coded.suggestions:
        parts.append(_codes(coded.suggestions, wide=width >= WIDE))
    else:
        parts.append(Padding(Text("No code: nothing in this note is reportable as it stands."), (1, 2)))
    if coded.visit is not None:
        parts.append(_visit(coded.visit))
    if coded.not_coded:
        parts.append(_not_coded(coded.not_coded, width))
    if coded.queries:
        parts.append(draw_queries(coded.queries))
    if coded.findings:
        parts.append(_findings(coded.findings))
    if coded.gate is not None and coded.suggestions:
        parts.append(_gate(coded.gate))
    if drg is not None:
        parts.append(draw_drg(drg))
    if hcc is not None:
        parts.append(draw_hcc(hcc))
    return Group(*parts)


def draw_queries(queries: Sequence[Query]) -> RenderableType:
    """Each question with its options and the words of the chart that raise it."""
    rows = _section("Queries", "Query", "Options")
    for query in queries:
        question = Text(squeeze(query.question, 1000))
        for piece in query.evidence:
            question.append(f"\n{_quote(piece)}", "italic")
        question.append(f"\n{query.rule}", "dim")
        rows.add_row(question, Text("\n".join(f"☐ {squeeze(option, 300)}" for option in query.options)))
    rows.columns[0].ratio, rows.columns[1].ratio = 3, 2
    return rows


def draw_drg(drg: DrgResult) -> RenderableType:
    """The MS-DRG with its weight, and which diagnoses carry it."""
    weight = "" if drg.weight is None else f" · weight {drg.weight:.4f}"
    text = Text.assemble(("MS-DRG ", "bold"), (f"{drg.drg} ", "bold green"), (drg.title, ""))
    text.append(f"\n  MDC {drg.mdc} · {drg.type.lower()}{weight} · grouper {drg.version} · {drg.return_code}", "dim")
    for diagnosis in drg.diagnoses:
        if diagnosis.severity.upper() in {"CC", "MCC"} and not diagnosis.excluded:
            text.append(f"\n  {diagnosis.severity.upper():<3} {diagnosis.code}", "yellow")
    for edit in drg.edits:
        text.append(f"\n  edit {edit.edit} {edit.code}".rstrip(), "yellow")
    return Padding(text, (0, 1, 1, 1))


def draw_hcc(hcc: HccResult) -> RenderableType:
    """The condition categories and the raw score of the model."""
    text = Text.assemble(("CMS-HCC ", "bold"), (f"{hcc.model} ", ""), (f"{hcc.score:.3f}", "bold green"))
    text.append(f"\n  segment {hcc.segment} · demographic {hcc.demographic_score:.3f} · raw, not normalised", "dim")
    for step in hcc.steps:
        if step.name == "category":
            text.append(f"\n  {step.result}")
    if hcc.hccs and not any(step.name == "category" for step in hcc.steps):
        text.append("\n  HCC " + ", ".join(hcc.hccs))
    return Padding(text, (0, 1, 1, 1))


def _visit(visit: Visit) -> RenderableType:
    """The grid of the visit: each row with its level and what was counted, and on what the level hinges."""
    patient = f", {visit.patient} patient" if visit.patient and visit.patient not in visit.category else ""
    level = f" · {visit.level}" if visit.level is not None else ""
    minutes = f" · {visit.minutes} minutes" if visit.minutes is not None else ""
    title = f"Visit: {visit.code} by {visit.basis} · {visit.category}{patient}{level}{minutes}"
    rows = _section(title, "Row", "Level", "Counted")
    rows.columns[2].ratio = 1
    for element in visit.elements:
        cell = Text(element.why)
        for each in element.counted:
            codes = f" {' '.join(each.codes)}" if each.codes else ""
            cell.append(f"\n{each.name}{codes}: ", "dim")
            cell.append(_quote(each.evidence[0]) if each.evidence else "", "italic")
        rows.add_row(element.name, Text(str(element.level), "bold"), cell)
    for hinge in visit.hinges:
        rows.add_row("", "", Text(hinge, "dim"))
    return rows


def _gate(gate: Gate) -> RenderableType:
    """Whether the chart may pass without a coder, and why not."""
    said = ("may pass without a coder", "bold green") if gate.passes else ("to a coder", "bold")
    text = Text.assemble(("All codes right ", "bold"), (format_chance(gate.probability), "bold green"), ": ", said)
    if gate.threshold is not None:
        text.append(f" (the site asks for {gate.threshold:.0%})", "dim")
    for reason in gate.reasons:
        text.append(f"\n  {reason}", "dim")
    return Padding(text, (0, 1, 1, 1))


def format_chance(probability: float) -> str:
    """A probability in per cent, never 0 or 100: no code is beyond doubt."""
    return f"{min(99, max(1, round(100 * probability)))} %"


def _section(title: str, *headings: str) -> Table:
    from rich import box

    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        expand=True,
        pad_edge=False,
        header_style="dim",
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _codes(suggestions: Sequence[CodeSuggestion], *, wide: bool) -> Table:
    table = _section("Codes")
    table.add_column("#", justify="right", no_wrap=True, style="dim")
    table.add_column("Code", no_wrap=True, style="bold green")
    if wide:
        table.add_column("Title", ratio=5, overflow="fold")
    else:
        table.add_column("Title, evidence, why", ratio=1, overflow="fold")
    table.add_column("Role", no_wrap=True)
    table.add_column("POA", no_wrap=True, justify="center")
    table.add_column("Chance", no_wrap=True, justify="right")
    if wide:
        table.add_column("Evidence", ratio=5, overflow="fold")
        table.add_column("Why", ratio=5, overflow="fold")
    for suggestion in suggestions:
        cell = _Cell(_evidence(suggestion.evidence), _why(suggestion))
        code = " ".join((suggestion.code, *suggestion.modifiers))
        first = suggestion.role.value in {"principal", "first-listed"}
        fixed = (
            Text(suggestion.role.value, "bold" if first else ""),
            suggestion.poa or "–",
            Text(format_chance(suggestion.score), "" if suggestion.score >= 0.5 else "yellow"),
        )
        if wide:
            table.add_row(str(suggestion.rank), code, suggestion.title, *fixed, cell.quote, cell.why)
        else:
            stacked = Text(suggestion.title).append("\n").append_text(cell.quote).append("\n").append_text(cell.why)
            table.add_row(str(suggestion.rank), code, stacked, *fixed)
    return table


def _evidence(evidence: Sequence[Evidence], shown: int = 2) -> Text:
    ordered = sorted(evidence, key=lambda piece: piece.role.value != "supports")
    text = Text("\n").join(Text(_quote(piece), "italic") for piece in ordered[:shown])
    if len(ordered) > shown:
        text.append(f" +{len(ordered) - shown}", "dim")
    return text


def _quote(piece: Evidence) -> str:
    section = f" ({piece.section.replace('_', ' ')})" if piece.section else ""
    mark = "" if piece.role.value == "supports" else f"{piece.role.value}: "
    return f"{mark}“{squeeze(piece.quote)}”{section}"


def _why(suggestion: CodeSuggestion) -> Text:
    if not suggestion.steps:
        return Text("")
    step = suggestion.steps[-1]
    source = f" [{step.source}]" if step.source else ""
    return Text(f"{step.name}: {step.result}{source}", "dim")


def _not_coded(items: Sequence[NotCoded], width: int) -> Table:
    """One row per reason, the phrases in the order of the note, each once."""
    by_reason: dict[str, list[str]] = {}
    for item in items:
        phrases = by_reason.setdefault(item.why, [])
        phrase = squeeze(item.quote, 50)
        if phrase.lower() not in (known.lower() for known in phrases):
            phrases.append(phrase)
    table = _section(f"Not coded ({len(items)})", "Why", "Noticed")
    table.columns[0].max_width = max(18, width // 3)
    table.columns[1].ratio = 1
    for why, phrases in by_reason.items():
        table.add_row(squeeze(why, 200), Text(" · ".join(phrases), "dim"))
    return table


def _findings(findings: Sequence[Finding]) -> Table:
    table = _section("Findings", "", "Finding", "Rule")
    table.columns[0].no_wrap = True
    table.columns[1].ratio, table.columns[2].ratio = 3, 2  # a long citation must not squeeze the message
    for finding in findings:
        sign, style = _SEVERITY[finding.severity]
        text = Text(finding.message)
        if finding.fix:
            text.append(f"\n→ {finding.fix}", "dim")
        rule = Text(finding.rule)
        if finding.citation:
            rule.append(f"\n{finding.citation}", "dim")
        table.add_row(Text(f"{sign} {finding.severity.value}", style), text, rule)
    return table
