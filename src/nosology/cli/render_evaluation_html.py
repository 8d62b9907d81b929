"""An evaluation as one self-contained page: figures, reliability curve, tables, and every error under its cause.

The page loads nothing and runs nothing (its Content-Security-Policy says so); everything from a chart is escaped. What
colour says is said in words as well; every table has a caption and row headings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape

from nosology.cli.evaluation_report import Report, explain_source, label_chapter, label_section
from nosology.cli.html_page import page_head
from nosology.cli.render_evaluation import FIGURE_NAMES, format_figure, format_p
from nosology.cli.render_gate import draw_gate_svg, gate_table_rows
from nosology.coding.evaluate import Bin, Counts, Evaluation, Figures, Group
from nosology.coding.evaluate_causes import CauseGroup, CodeError
from nosology.coding.evaluate_compare import Comparison
from nosology.coding.evaluate_gate import GateFigures

__all__ = ["draw_reliability_svg", "render_evaluation_html"]

_MOST_ROWS = 200


def render_evaluation_html(report: Report) -> str:
    """The whole page, UTF-8, ready to be written to a file."""
    result = report.evaluation
    parts = [
        ("figures", "Figures", _figures(report)),
        ("reliability", "Reliability of the scores", _reliability(report)),
        ("gate", "Gate of autonomous coding", _gate(report.gate)),
        ("chapters", "By chapter", _groups("Chapter", result.by_chapter, lambda name: label_chapter(name, report))),
        ("frequency", "By frequency of the code in the gold", _groups("Frequency", result.by_frequency, str)),
        ("sections", "By section of the evidence", _groups("Section", result.by_section, label_section)),
        ("poa", "Present on admission", _poa(result)),
        ("missed", "Why codes were missed", _causes(report, "missed")),
        ("false", "Why codes are false", _causes(report, "false")),
        ("comparison", "Against the earlier run", _comparison(report.comparison, report)),
    ]
    shown = [(anchor, title, body) for anchor, title, body in parts if body]
    links = "".join(f'<li><a href="#{anchor}">{escape(title)}</a></li>' for anchor, title, _ in shown)
    sections = "\n".join(
        f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{escape(title)}</h2>\n{body}</section>'
        for anchor, title, body in shown
    )
    facts = " · ".join(f"{key} {value}" for key, value in report.about if key != "gold")
    name = report.about[0][1] if report.about else report.gold
    head = page_head(f"{name} · evaluation", "evaluation")
    page = f"""{head}
<body>
<a class="skip" href="#figures">Go to the figures</a>
<header><h1>{escape(name)}: {result.notes} notes</h1>
<p class="soft">{escape(facts)}</p>
{_cards(report)}</header>
<nav aria-label="Contents"><ul>{links}</ul></nav>
<main>
{sections}
</main>
</body>
</html>
"""
    return page.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no character


def draw_reliability_svg(bins: Sequence[Bin]) -> str:
    """The reliability curve as an inline SVG, with the number of codes of each bin as bars below the curve."""
    left, top, size, foot = 52, 12, 320, 60

    def x(value: float) -> float:
        return round(left + value * size * 1.4, 1)

    def y(value: float) -> float:
        return round(top + (1 - value) * size, 1)

    most = max((each.count for each in bins), default=1)
    base = top + size + 14 + foot
    lines = []
    for step in range(0, 11, 2):
        mark = step / 10
        lines.append(f'<line class="grid" x1="{x(0)}" y1="{y(mark)}" x2="{x(1)}" y2="{y(mark)}"/>')
        lines.append(f'<text class="small" x="{left - 8}" y="{y(mark) + 4}" text-anchor="end">{mark:.1f}</text>')
        lines.append(f'<text class="small" x="{x(mark)}" y="{base + 16}" text-anchor="middle">{mark:.1f}</text>')
    lines.append(f'<line class="ideal" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}"/>')
    for each in bins:
        height = round(each.count / most * foot * 0.85, 1)
        low, high = x(each.low) + 1, x(each.high) - 1
        lines.append(
            f'<rect class="count" x="{low}" y="{base - height}" width="{high - low:.1f}" height="{height}"/>'
            f'<text class="small" x="{(low + high) / 2:.1f}" y="{base - height - 3}" text-anchor="middle">'
            f"{each.count}</text>"
        )
    points = " ".join(f"{x(each.mean_score)},{y(each.accuracy)}" for each in bins)
    lines.append(f'<polyline class="curve" points="{points}"/>')
    lines += [
        f'<circle class="point" cx="{x(each.mean_score)}" cy="{y(each.accuracy)}" r="5">'
        f"<title>mean score {each.mean_score:.2f}, right {each.accuracy:.2f}, {each.count} codes</title></circle>"
        for each in bins
    ]
    width, height = x(1) + 16, base + 42
    said = "; ".join(f"score {b.mean_score:.2f}: {b.accuracy:.2f} right of {b.count}" for b in bins)
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-labelledby="curve-title curve-text">'
        f'<title id="curve-title">Reliability curve</title><desc id="curve-text">{escape(said)}</desc>'
        f"{''.join(lines)}"
        f'<line class="axis" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(0)}"/>'
        f'<line class="axis" x1="{x(0)}" y1="{y(0)}" x2="{x(0)}" y2="{y(1)}"/>'
        f'<line class="axis" x1="{x(0)}" y1="{base}" x2="{x(1)}" y2="{base}"/>'
        f'<text x="{x(0.5)}" y="{base + 36}" text-anchor="middle">score</text>'
        f'<text x="14" y="{y(0.5)}" text-anchor="middle" transform="rotate(-90 14 {y(0.5)})">'
        "share of right codes</text>"
        "</svg>"
    )


def _cards(report: Report) -> str:
    result = report.evaluation
    items = [
        ("F1, code", result.exact.f1, "exact_f1", f"{result.exact.true} true codes"),
        ("F1, category", result.category.f1, "category_f1", "three characters"),
        ("First-listed right", result.first_listed, "first_listed", f"of {result.first_listed_notes} notes"),
        ("Principal right", result.principal, "principal", f"of {result.principal_notes} inpatient notes"),
        ("Present on admission right", result.poa, "poa", f"of {result.poa_codes} true codes"),
        ("Evidence, word F1", result.evidence_f1, "evidence_f1", f"over {result.evidence_codes} true codes"),
        ("Calibration error", result.ece, "", "0 is best"),
    ]
    cards = "".join(
        f'<div><dt>{escape(label)}</dt><dd class="value">{format_figure(value)}</dd>'
        f"<dd>{_interval(report, name)}</dd><dd>{escape(rest)}</dd></div>"
        for label, value, name, rest in items
        if value is not None
    )
    return f'<dl class="cards">{cards}</dl>'


def _figures(report: Report) -> str:
    result = report.evaluation
    rows = [
        _counts_row("code, micro", result.exact, _interval(report, "exact_f1")),
        _counts_row("code, macro by note", result.by_note, _interval(report, "macro_f1")),
        _counts_row("code, macro by code", result.by_code, ""),
        _counts_row("category, micro", result.category, _interval(report, "category_f1")),
        _counts_row("category, macro by note", result.category_by_note, ""),
        _counts_row("category, macro by category", result.category_by_code, ""),
    ]
    for each in result.by_setting if len(result.by_setting) > 1 else ():
        rows.append(_counts_row(f"code, {each.setting} ({each.notes} notes)", each.exact, ""))
        rows.append(_counts_row(f"category, {each.setting}", each.category, ""))
    if report.converted is not None:
        rows.append(_counts_row(f"code, with {report.converted.codes} superseded codes", report.converted.counts, ""))
        rows.append(_counts_row("code, without what is below them", report.converted.unjudged, ""))
    headings = ("Precision", "Recall", "F1", "95 % interval of F1", "True", "False", "Missed")
    first = [(each.setting, each.first_listed) for each in result.by_setting if each.first_listed is not None]
    words = result.evidence_words
    more = [
        *((f"first-listed right, {setting}", value, "") for setting, value in first if len(first) > 1),
        ("evidence, word F1, mean", result.evidence_f1, _interval(report, "evidence_f1")),
        ("evidence, words together: precision", words.precision, ""),
        ("evidence, words together: recall", words.recall, ""),
        ("evidence, same span as the quote", result.evidence_span, _interval(report, "evidence_span")),
        ("evidence, same words as the quote", result.evidence_exact, ""),
        ("calibration error (ECE)", result.ece, ""),
        ("Brier score", result.brier, _interval(report, "brier")),
    ]
    return _table("Codes", "Measure", headings, rows) + _table(
        "Sequence, evidence, calibration",
        "Measure",
        ("Figure", "95 % interval"),
        [_row(label, (format_figure(value), interval)) for label, value, interval in more],
    )


def _gate(gate: GateFigures | None) -> str:
    if gate is None:
        return ""
    caption = "Solid: entirely right among the charts passed, with 95 % intervals. Dashed: passed among all charts."
    rows = [_row(at, cells) for at, *cells in gate_table_rows(gate)]
    headings = ("Charts passed", "95 % interval", "Entirely right", "95 % interval")
    said = f"{gate.charts} charts, {gate.right} entirely right, {gate.stopped} stopped whatever their probability"
    return (
        f'<div class="columns"><figure>{draw_gate_svg(gate)}<figcaption>{caption}</figcaption></figure>'
        f"<div>{_table(said, 'Threshold', headings, rows)}</div></div>"
    )


def _reliability(report: Report) -> str:
    result = report.evaluation
    if not result.bins:
        return ""
    rows = [
        _row(f"{b.low:.1f} to {b.high:.1f}", (str(b.count), f"{b.mean_score:.2f}", f"{b.accuracy:.2f}"))
        for b in result.bins
    ]
    caption = (
        "Points: share of right codes among those of a score. Dashed: a score that means what it says. "
        "Bars: how many codes."
    )
    return (
        f'<div class="columns"><figure>{draw_reliability_svg(result.bins)}<figcaption>{caption}</figcaption></figure>'
        f"<div>{_table('The same as numbers', 'Score', ('Codes', 'Mean score', 'Right'), rows)}</div></div>"
        f'<p class="{"bad" if report.fitted_on else "soft"}">{escape(explain_source(report))}</p>'
    )


def _groups(what: str, groups: Sequence[Group], label: Callable[[str], str]) -> str:
    headings = ("Codes", "Precision", "Recall", "F1", "True", "False", "Missed")
    rows = []
    for group in groups:
        counts = group.counts
        figures = (format_figure(counts.precision), format_figure(counts.recall), format_figure(counts.f1))
        numbers = (str(group.codes), *figures, str(counts.true), str(counts.false), str(counts.missed))
        rows.append(_row(label(group.name), numbers, bar=counts.f1 or 0.0))
    return _table(f"{len(groups)} groups, the bar is F1", what, headings, rows, bar=True)


def _poa(result: Evaluation) -> str:
    if not result.poa_codes:
        return ""
    columns = sorted({guess for _, guess, _ in result.poa_pairs})
    counts = {(gold, guess): number for gold, guess, number in result.poa_pairs}
    rows = [
        _row(gold, [str(counts.get((gold, guess), 0)) for guess in columns])
        for gold in sorted({gold for gold, _, _ in result.poa_pairs})
    ]
    headings = [f"predicted {guess or 'none'}" for guess in columns]
    return _table(f"{result.poa_codes} true codes for which the gold has an indicator", "Gold", headings, rows)


def _causes(report: Report, kind: str) -> str:
    groups = [group for group in report.causes if group.kind == kind]
    return "".join(_cause(group, report) for group in groups)


def _cause(group: CauseGroup, report: Report) -> str:
    detail = f'<span class="soft">: {escape(group.detail)}</span>' if group.detail else ""
    compared = any(error.other or (error.kind == "missed" and error.detail) for error in group.errors)
    headings = [
        "Code",
        *(["Other code or reason"] if compared else []),
        "Quote",
        "Section",
        *(["Score"] if group.kind == "false" else []),
    ]
    rows = [_error_row(error, report, compared=compared) for error in group.errors[:_MOST_ROWS]]
    if len(group.errors) > _MOST_ROWS:
        rows.append(_row(f"and {len(group.errors) - _MOST_ROWS} more", [""] * len(headings)))
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in ("Note", *headings))
    name = escape(": ".join(filter(None, (group.cause, group.detail))))
    return (
        f"<details><summary><b>{len(group.errors)}</b> {escape(group.cause)}{detail}</summary>"
        f'<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )


def _error_row(error: CodeError, report: Report, *, compared: bool) -> str:
    other = _named(error.other, report) if error.other else ""
    if error.kind == "missed" and not error.other:
        other = escape(error.detail)
    beside = f'<td class="wide">{other}</td>' if compared else ""
    score = f'<td class="n">{error.score:.2f}</td>' if error.score is not None else ""
    return (
        f'<tr><th scope="row">{escape(error.note)}</th><td class="wide">{_named(error.code, report)}</td>'
        f'{beside}<td class="wide">{_quote(error)}</td>'
        f"<td>{escape(label_section(error.section))}</td>{score}</tr>"
    )


def _named(code: str, report: Report) -> str:
    return f'<span class="code">{escape(code)}</span> {escape(report.title(code))}'


def _quote(error: CodeError) -> str:
    """The clause with the quote marked in it; the quote alone where it does not stand in the clause as it is."""
    quote = " ".join(error.quote.split())
    before, found, after = error.context.partition(quote) if quote else ("", "", "")
    if not found:
        return f"“{escape(quote)}”" if quote else '<span class="soft">no quote</span>'
    return f"{escape(before)}<mark>{escape(found)}</mark>{escape(after)}"


def _comparison(found: Comparison | None, report: Report) -> str:
    if found is None:
        return ""
    about = " · ".join(f"{key} {value}" for key, value in found.before)
    rows = [
        _row(
            FIGURE_NAMES[name],
            (
                format_figure(d.before),
                format_figure(d.after),
                f"{d.change:+.3f}",
                f"{d.low:+.3f} to {d.high:+.3f}",
                format_p(d.p),
            ),
        )
        for name, d in found.differences
    ]
    tests = [_row(t.name, (str(t.better), str(t.worse), format_p(t.p))) for t in found.tests]
    changes = [
        f'<tr><th scope="row">{escape(change.id)}</th>'
        + "".join(
            f'<td class="wide {tone}">{_codes(codes, report)}</td>'
            for codes, tone in (
                (change.gained, "good"),
                (change.lost, "bad"),
                (change.false_gone, "good"),
                (change.false_new, "bad"),
            )
        )
        + f"<td>{escape(change.first_listed)}</td></tr>"
        for change in found.changes
    ]
    left_out = "".join(
        f"<p>Not compared, {why}: {escape(', '.join(names))}</p>"
        for names, why in (
            (found.altered, "with another text or gold than before"),
            (found.only_before, "only in the earlier run"),
            (found.only_after, "only in this run"),
        )
        if names
    )
    if not found.notes:
        return f'<p class="soft">Earlier run: {escape(about)}. No note to compare.</p>{left_out}'
    headings = ("Before", "After", "Change", "95 % interval", "p")
    columns = ("Found now", "Lost", "False no more", "Newly false", "First-listed")
    return (
        f'<p class="soft">Earlier run: {escape(about)}. {found.notes} notes that both have.</p>'
        + _table("Figures (paired bootstrap over notes)", "Figure", headings, rows)
        + _table("What changed (exact McNemar test)", "Decision", ("Better", "Worse", "p"), tests)
        + (_table(f"Notes that changed ({len(changes)})", "Note", columns, changes, text=True) if changes else "")
        + left_out
    )


def _codes(codes: Iterable[str], report: Report) -> str:
    return "<br>".join(_named(code, report) for code in codes)


def _counts_row(label: str, figures: Counts | Figures, interval: str) -> str:
    three = (format_figure(figures.precision), format_figure(figures.recall), format_figure(figures.f1))
    counts = (str(figures.true), str(figures.false), str(figures.missed)) if isinstance(figures, Counts) else ("",) * 3
    return _row(label, (*three, interval, *counts))


def _row(label: str, cells: Iterable[str], *, bar: float | None = None) -> str:
    drawn = ""
    if bar is not None:
        drawn = (
            '<td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect class="track" width="100" height="8"/><rect class="point" width="{100 * bar:.1f}" height="8"/>'
            "</svg></td>"
        )
    numbers = "".join(f'<td class="n">{escape(cell)}</td>' for cell in cells)
    return f'<tr><th scope="row">{escape(label)}</th>{numbers}{drawn}</tr>'


def _table(
    caption: str, first: str, headings: Sequence[str], rows: Iterable[str], *, bar: bool = False, text: bool = False
) -> str:
    kind = "" if text else ' class="n"'
    head = "".join(f'<th scope="col"{kind}>{escape(heading)}</th>' for heading in headings)
    more = '<td aria-hidden="true"></td>' if bar else ""
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption>"
        f'<thead><tr><th scope="col">{escape(first)}</th>{head}{more}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>\n"
    )


def _interval(report: Report, name: str) -> str:
    interval = report.intervals.get(name)
    return f"{interval.low:.3f} to {interval.high:.3f}" if interval else ""
