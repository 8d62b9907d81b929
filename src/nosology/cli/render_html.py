"""Coded notes as one self-contained page: the note with every mention lit up, each linked to its code and back.

The page loads nothing and runs nothing (its Content-Security-Policy says so); everything from the chart is escaped.
Status is told apart by line style and sign as well as colour. All links are native: Tab and Enter reach everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from nosology.cli.html_page import page_head
from nosology.cli.render_json import SYSTEM_NAMES
from nosology.cli.render_table import format_chance
from nosology.grouping.suggested import Grouped
from nosology.model.coding import CodedNote, CodeSuggestion, Confidence, Gate
from nosology.model.finding import Finding
from nosology.model.note import Mention, Span, Status
from nosology.model.visit import Visit

__all__ = ["render_html"]

_LEGEND = (
    ("coded", "coded; the number leads to its code"),
    ("possible", "possible, conditional or hypothetical"),
    ("absent", "said to be absent"),
    ("other", "not coded for another reason: history, family, integral to another code …"),
)


@dataclass(frozen=True, slots=True)
class _Light:
    """A lit-up range of the note. ``rank`` 0 is drawn over 1; ``codes`` numbers the codes that it is evidence for."""

    span: Span
    status: str
    rank: int
    title: str
    target: str
    anchor: str = ""
    codes: tuple[int, ...] = ()


def render_html(pages: Sequence[Grouped]) -> str:
    """The whole page, UTF-8, ready to be written to a file."""
    title = pages[0].name if len(pages) == 1 else f"{len(pages)} coded notes"
    legend = "".join(
        f'<li><mark class="{status}">{status}</mark> <span class="soft">{escape(meaning)}</span></li>'
        for status, meaning in _LEGEND
    )
    body = "\n".join(_article(page, f"n{number}") for number, page in enumerate(pages, start=1))
    head = page_head(title, "code")
    return f"""{head}
<body>
<a class="skip" href="#n1-codes">Go to the codes</a>
<main>
{body}
</main>
<nav class="legend" aria-label="Legend"><h2>Legend</h2><ul>{legend}</ul></nav>
</body>
</html>
"""


def _article(page: Grouped, prefix: str) -> str:
    coded = page.coded
    releases = ", ".join(f"{SYSTEM_NAMES.get(system, system)} {release}" for system, release in coded.releases)
    facts = f"{coded.setting} · {coded.on.isoformat()} · {releases} · scope {coded.scope}"
    return f"""<article id="{prefix}" aria-labelledby="{prefix}-name">
<header><h1 id="{prefix}-name">{escape(page.name)}</h1>
<p class="soft">{escape(facts)}</p></header>
<div class="columns">
<section aria-label="Note"><div class="text" tabindex="0" role="document">{_text(coded, prefix)}</div></section>
<div>
<section aria-labelledby="{prefix}-codes"><h2 id="{prefix}-codes" tabindex="-1">Codes ({len(coded.suggestions)})</h2>
{_codes(coded.suggestions, prefix)}</section>
{_visit(coded.visit, prefix)}{_gate(coded.gate)}{_groups(page)}{_queries(coded, prefix)}
{_findings(coded.findings, prefix)}{_not_coded(coded, prefix)}
</div>
</div>
</article>"""


def _codes(suggestions: Sequence[CodeSuggestion], prefix: str) -> str:
    if not suggestions:
        return '<p class="box">No code: nothing in this note is reportable as it stands.</p>'
    return f'<ol class="codes">{"".join(_code(suggestion, prefix) for suggestion in suggestions)}</ol>'


def _code(suggestion: CodeSuggestion, prefix: str) -> str:
    quotes = "".join(
        f'<blockquote><a href="#{prefix}-e{_key(piece.span)}">“{_line(piece.quote)}”</a> '
        f'<small class="soft">{escape(piece.section.replace("_", " "))}'
        f"{'' if piece.role.value == 'supports' else ' · ' + escape(piece.role.value)}</small></blockquote>"
        for piece in suggestion.evidence
    )
    steps = "".join(
        f'<li>{escape(step.name)}: {escape(step.result)} <span class="soft">{escape(step.source)}</span></li>'
        for step in suggestion.steps
    )
    others = "".join(
        f'<li><span class="code">{escape(other.code)}</span> {escape(other.why)}</li>'
        for other in suggestion.alternatives
    )
    weighed = f"<details><summary>Also weighed ({len(suggestion.alternatives)})</summary><ul>{others}</ul></details>"
    poa = f' <span class="tag">POA {escape(suggestion.poa)}</span>' if suggestion.poa else ""
    return (
        f'<li id="{prefix}-c{suggestion.rank}"><h3><span class="soft">{suggestion.rank}</span> '
        f'<span class="code">{escape(suggestion.code)}</span> {escape(suggestion.title)}</h3>'
        f'<span class="tag">{escape(suggestion.role.value)}</span>{poa} '
        f'<span class="tag">chance {format_chance(suggestion.score)}</span>{quotes}'
        f"<details open><summary>Why</summary><ol>{steps}</ol></details>{_confidence(suggestion.confidence)}"
        f"{weighed if others else ''}</li>"
    )


def _confidence(confidence: Confidence | None) -> str:
    """What moved the probability most; nothing where that is not known."""
    if confidence is None or not confidence.effects:
        return ""
    moved = "".join(
        f'<li>{escape(name)} <span class="soft">{value:+.1f}</span></li>' for name, value in confidence.effects[:5]
    )
    if confidence.record is not None:
        right, judged = confidence.record
        moved += f"<li>coders kept it in {right} of {judged} charts "
        moved += f'<span class="soft">{confidence.learnt:+.1f}</span></li>'
    return (
        f"<details><summary>Why {format_chance(confidence.probability)}</summary><ul>{moved}</ul>"
        f'<p class="soft">log odds against an average suggestion · {escape(confidence.source)}</p></details>'
    )


def _visit(visit: Visit | None, prefix: str) -> str:
    """The grid of the visit as a table, each counted thing with its first quote."""
    if visit is None:
        return ""
    rows = ""
    for element in visit.elements:
        counted = "".join(
            f'<li>{escape(each.name)} <span class="code">{escape(" ".join(each.codes))}</span> '
            + "".join(f"<blockquote>“{_line(piece.quote)}”</blockquote>" for piece in each.evidence[:1])
            + "</li>"
            for each in element.counted
        )
        listed = f"<ul>{counted}</ul>" if counted else ""
        rows += (
            f'<tr><th scope="row">{escape(element.name)}</th><td><strong>{escape(str(element.level))}</strong></td>'
            f"<td>{escape(element.why)}{listed}</td></tr>"
        )
    minutes = f" · {visit.minutes} minutes" if visit.minutes is not None else ""
    hinges = "".join(f"<li>{escape(hinge)}</li>" for hinge in visit.hinges)
    grid = f"<table><tbody>{rows}</tbody></table>" if rows else ""
    return (
        f'<section aria-labelledby="{prefix}-visit"><h2 id="{prefix}-visit">Visit</h2><div class="box">'
        f'<p><span class="code">{escape(visit.code)}</span> by {escape(visit.basis)} · '
        f"{escape(visit.category)}{minutes}</p>"
        f"{grid}{f'<ul>{hinges}</ul>' if hinges else ''}</div></section>"
    )


def _gate(gate: Gate | None) -> str:
    if gate is None:
        return ""
    said = "may pass without a coder" if gate.passes else "to a coder"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in gate.reasons)
    asked = "" if gate.threshold is None else f" (the site asks for {gate.threshold:.0%})"
    return (
        f'<section><h2>Gate</h2><div class="box"><strong>All codes right {format_chance(gate.probability)}</strong>: '
        f"{said}{asked}<ul>{reasons}</ul></div></section>"
    )


def _queries(coded: CodedNote, prefix: str) -> str:
    if not coded.queries:
        return ""
    items = ""
    for query in coded.queries:
        options = "".join(f"<li>{escape(option)}</li>" for option in query.options)
        quotes = "".join(f"<blockquote>“{_line(piece.quote)}”</blockquote>" for piece in query.evidence)
        items += f'<li class="box"><h3>{escape(query.question)}</h3><ul>{options}</ul>{quotes}'
        items += f'<small class="soft">{escape(query.rule)}</small></li>'
    return _section(f"{prefix}-queries", f"Queries ({len(coded.queries)})", f'<ul class="plain">{items}</ul>')


def _findings(findings: Sequence[Finding], prefix: str) -> str:
    if not findings:
        return ""
    items = "".join(
        f'<li class="box {finding.severity.value}"><strong>{finding.severity.value}</strong>: {escape(finding.message)}'
        f"{'<br>→ ' + escape(finding.fix) if finding.fix else ''}"
        f'<br><small class="soft">{escape(finding.rule)} · {escape(finding.citation)}</small></li>'
        for finding in findings
    )
    return _section(f"{prefix}-findings", f"Findings ({len(findings)})", f'<ul class="plain">{items}</ul>')


def _groups(page: Grouped) -> str:
    boxes = ""
    if page.drg is not None:
        weight = "" if page.drg.weight is None else f" · weight {page.drg.weight:.4f}"
        boxes += (
            f'<p class="box"><strong>MS-DRG {escape(page.drg.drg)}</strong> {escape(page.drg.title)}'
            f'<br><span class="soft">MDC {escape(page.drg.mdc)}{weight} · grouper {escape(page.drg.version)}</span></p>'
        )
    if page.hcc is not None:
        categories = ", ".join(page.hcc.hccs) or "none"
        boxes += (
            f'<p class="box"><strong>CMS-HCC {escape(page.hcc.model)}</strong> {page.hcc.score:.3f}'
            f'<br><span class="soft">categories: {escape(categories)} · raw score, not normalised</span></p>'
        )
    return f"<section><h2>Groups</h2>{boxes}</section>" if boxes else ""


def _not_coded(coded: CodedNote, prefix: str) -> str:
    if not coded.not_coded:
        return ""
    rows = "".join(
        f'<tr id="{prefix}-x{number}"><td><a href="#{prefix}-e{_key(item.span)}">{_line(item.quote)}</a></td>'
        f"<td>{escape(item.why)}</td><td>{escape(item.code)}</td></tr>"
        for number, item in enumerate(coded.not_coded, start=1)
    )
    head = "<thead><tr><th>Words</th><th>Why</th><th>Would be</th></tr></thead>"
    title = f"Noticed and not coded ({len(coded.not_coded)})"
    return _section(f"{prefix}-not-coded", title, f"<table>{head}<tbody>{rows}</tbody></table>")


def _section(anchor: str, title: str, body: str) -> str:
    return f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{escape(title)}</h2>{body}</section>'


def _line(text: str) -> str:
    return escape(" ".join(text.split()))


def _key(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _lights(coded: CodedNote, prefix: str) -> list[_Light]:
    """Every range to light up: evidence of codes first, then what was not coded, then the other mentions."""
    evidence: dict[Span, list[CodeSuggestion]] = {}
    for suggestion in coded.suggestions:
        for piece in suggestion.evidence:
            named = evidence.setdefault(piece.span, [])
            if suggestion not in named:
                named.append(suggestion)
    lights = [
        _Light(
            span,
            "coded",
            0,
            "evidence for " + ", ".join(f"{suggestion.code} {suggestion.title}" for suggestion in named),
            f"{prefix}-c{named[0].rank}",
            f"{prefix}-e{_key(span)}",
            tuple(suggestion.rank for suggestion in named),
        )
        for span, named in evidence.items()
    ]
    statuses = {mention.span: _status(mention) for mention in coded.note.mentions}
    seen = set(evidence)
    for number, item in enumerate(coded.not_coded, start=1):
        if item.span not in seen:
            status = statuses.get(item.span, "other")
            title = f"not coded: {item.why}"
            lights.append(_Light(item.span, status, 1, title, f"{prefix}-x{number}", f"{prefix}-e{_key(item.span)}"))
            seen.add(item.span)
    for mention in coded.note.mentions:
        if mention.span not in seen:
            lights.append(_Light(mention.span, _status(mention), 2, f"{_status(mention)}: {mention.status.value}", ""))
            seen.add(mention.span)
    return [light for light in lights if len(light.span)]


def _status(mention: Mention) -> str:
    if mention.status is Status.ABSENT:
        return "absent"
    if mention.status is not Status.PRESENT:
        return "possible"
    return "other"


def _text(coded: CodedNote, prefix: str) -> str:
    """The text of the note, cut at the ends of the lit-up ranges; where ranges overlap the better rank is drawn."""
    text = coded.note.document.text
    lights = _lights(coded, prefix)
    cuts = sorted({0, len(text)} | {cut for light in lights for cut in (light.span.start, light.span.end)})
    starting = _by(lights, "start")
    ending = _by(lights, "end")
    active: list[_Light] = []
    opened: set[_Light] = set()
    out: list[str] = []
    for start, end in pairwise(cuts):
        active = [light for light in active if light.span.end > start] + starting.get(start, [])
        anchors = "".join(f'<span id="{light.anchor}"></span>' for light in starting.get(start, []) if light.anchor)
        piece = escape(text[start:end])
        if active:
            best = min(active, key=lambda light: (light.rank, len(light.span)))
            first = best not in opened
            opened.add(best)
            piece = _mark(piece, best, more=best.span.end != end, tab=first)
        out.append(anchors + piece + _references(ending.get(end, []), prefix))
    return "".join(out)


def _by(lights: Iterable[_Light], side: str) -> dict[int, list[_Light]]:
    found: dict[int, list[_Light]] = {}
    for light in lights:
        found.setdefault(getattr(light.span, side), []).append(light)
    return found


def _mark(piece: str, light: _Light, *, more: bool, tab: bool) -> str:
    inner = piece
    if light.target:
        skip = "" if tab else ' tabindex="-1"'
        inner = f'<a href="#{light.target}"{skip}>{piece}</a>'
    kind = f"{light.status} more" if more else light.status
    return f'<mark class="{kind}" title="{escape(light.title)}">{inner}</mark>'


def _references(lights: Iterable[_Light], prefix: str) -> str:
    numbers = sorted({number for light in lights for number in light.codes})
    return "".join(
        f'<sup><a href="#{prefix}-c{number}" aria-label="to code {number}">{number}</a></sup>' for number in numbers
    )
