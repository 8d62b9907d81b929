"""An evaluation as tables on the terminal, with the reliability curve as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nosology.cli.evaluation_report import Report, explain_source, label_chapter, label_section
from nosology.cli.render_gate import draw_gate
from nosology.cli.render_table import squeeze
from nosology.coding.evaluate import Bin, Counts, Evaluation, Figures
from nosology.coding.evaluate import Group as CodeGroup
from nosology.coding.evaluate_causes import CauseGroup
from nosology.coding.evaluate_compare import Comparison

__all__ = ["FIGURE_NAMES", "draw_evaluation", "draw_reliability", "format_figure", "format_p"]

FIGURE_NAMES = {
    "exact_precision": "precision, code",
    "exact_recall": "recall, code",
    "exact_f1": "F1, code",
    "category_precision": "precision, category",
    "category_recall": "recall, category",
    "category_f1": "F1, category",
    "macro_f1": "F1 by note, mean",
    "first_listed": "first-listed right",
    "principal": "principal right",
    "poa": "present on admission right",
    "evidence_f1": "evidence, word F1",
    "evidence_span": "evidence, same span",
    "brier": "Brier score",
}
"""Figure → its name for readers."""

_MOST_CAUSES = 12
_MOST_CHANGES = 40


def draw_evaluation(report: Report) -> RenderableType:
    """Everything, the headline first."""
    result = report.evaluation
    parts: list[RenderableType] = [_headline(report), _facts(report)]
    parts.append(_groups("By chapter", result.by_chapter, lambda name: squeeze(label_chapter(name, report), 46)))
    parts.append(_groups("By frequency of the code in the gold", result.by_frequency, str))
    parts.append(_groups("By section of the evidence", result.by_section, label_section))
    if result.poa_codes:
        parts.append(_poa(result))
    if result.bins:
        parts.append(
            Text("\nReliability: share of right codes by score (● observed, · a score that means what it says)")
        )
        curve = Text("\n".join(draw_reliability(result.bins)) + "\n")
        curve.highlight_regex("●", "bold cyan")
        curve.highlight_regex("·", "dim")
        parts.append(curve)
        if said := explain_source(report):
            parts.append(Text(said, "yellow" if report.fitted_on else "dim"))
    if report.gate is not None:
        parts.append(draw_gate(report.gate))
    for kind, heading in (("missed", "Why codes were missed"), ("false", "Why codes are false")):
        groups = [group for group in report.causes if group.kind == kind]
        if groups:
            parts.append(_causes(heading, groups))
    if report.comparison is not None:
        parts.append(_comparison(report.comparison))
    return Group(*parts)


def draw_reliability(bins: Sequence[Bin], *, width: int = 51, height: int = 11) -> list[str]:
    """The reliability curve as lines of text: score to the right, share of right codes upward, codes per bin below."""
    grid = [[" "] * width for _ in range(height)]
    for column in range(width):
        grid[_row(column / (width - 1), height)][column] = "·"
    for each in bins:
        grid[_row(each.accuracy, height)][round(each.mean_score * (width - 1))] = "●"
    labels = {0: "1.0 ┤", (height - 1) // 2: "0.5 ┤", height - 1: "0.0 ┤"}
    lines = [labels.get(row, "    │") + "".join(cells).rstrip() for row, cells in enumerate(grid)]
    most = max((each.count for each in bins), default=0)
    bars = [" "] * width
    for each in bins:
        left, right = (round(edge * (width - 1)) for edge in (each.low, each.high))
        bar = _BARS[min(len(_BARS) - 1, int(each.count / most * (len(_BARS) - 1) + 0.5))]
        bars[left:right] = [bar] * (right - left)
    middle = "0.5".center(width - 6)
    return [*lines, "    └" + "─" * width, f"     0.0{middle}1.0", "codes" + "".join(bars).rstrip()]


def format_figure(value: float | None) -> str:
    """Three decimals, or a dash where there is nothing to divide by."""
    return "–" if value is None else f"{value:.3f}"


def format_p(p: float) -> str:
    """A p value as it is printed."""
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


_BARS = "▁▂▃▄▅▆▇█"


def _row(share: float, height: int) -> int:
    return height - 1 - round(share * (height - 1))


def _under(title: str, table: Table) -> Group:
    """A table under its title, which may be wider than the table."""
    return Group(Text(squeeze(title, 300), "bold"), table)


def _plain(text: str) -> Text:
    """Text from a chart or gold file: no markup, no control characters."""
    return Text(squeeze(text, 240))


def _table(*headings: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for heading in headings:
        table.add_column(heading, justify="right", no_wrap=True)
    return table


def _headline(report: Report) -> Group:
    result = report.evaluation
    table = _table("Precision", "Recall", "F1", "95 % interval", "True", "False", "Missed")

    def add(label: str, counts: Counts, interval: str = "") -> None:
        table.add_row(label, *_three(counts), interval, str(counts.true), str(counts.false), str(counts.missed))

    def mean(label: str, figures: Figures, interval: str = "") -> None:
        table.add_row(label, *_three(figures), interval, "", "", "")

    add("code, micro", result.exact, _interval(report, "exact_f1"))
    mean("code, macro by note", result.by_note, _interval(report, "macro_f1"))
    mean("code, macro by code", result.by_code)
    add("category, micro", result.category, _interval(report, "category_f1"))
    mean("category, macro by note", result.category_by_note)
    mean("category, macro by category", result.category_by_code)
    if len(result.by_setting) > 1:
        for each in result.by_setting:
            add(f"code, {each.setting} ({each.notes})", each.exact)
    if report.converted is not None:
        add(f"with {report.converted.codes} superseded codes", report.converted.counts)
        add("without what is below them", report.converted.unjudged)
    return _under(f"{report.gold}: {result.notes} notes", table)


def _facts(report: Report) -> Table:
    result = report.evaluation
    facts = Table(box=None, show_header=False, pad_edge=False)

    def add(label: str, value: float | None, name: str, rest: str) -> None:
        if value is None:
            return
        facts.add_row(label, format_figure(value), _interval(report, name), rest)

    add("first-listed right", result.first_listed, "first_listed", f"of {result.first_listed_notes} notes")
    add("principal right", result.principal, "principal", f"of {result.principal_notes} inpatient notes")
    if len(result.by_setting) > 1:
        for each in result.by_setting:
            add(f"first-listed right, {each.setting}", each.first_listed, "", "")
    if result.poa_codes:
        add("present on admission right", result.poa, "poa", f"of {result.poa_codes} true codes")
    add("evidence, word F1, mean", result.evidence_f1, "evidence_f1", f"over {result.evidence_codes} true codes")
    words = result.evidence_words
    add("evidence, all words together", words.f1, "", f"{_p_r(words)}")
    add("evidence, same span", result.evidence_span, "evidence_span", "")
    add("evidence, same words", result.evidence_exact, "", "")
    add("calibration error (ECE)", result.ece, "", "")
    add("Brier score", result.brier, "brier", "")
    return facts


def _groups(title: str, groups: Sequence[CodeGroup], label: Callable[[str], str]) -> Group:
    table = _table("Codes", "Precision", "Recall", "F1", "True", "False", "Missed")
    for group in groups:
        counts = group.counts
        numbers = map(str, (counts.true, counts.false, counts.missed))
        table.add_row(_plain(label(group.name)), str(group.codes), *_three(counts), *numbers)
    return _under(title, table)


def _poa(result: Evaluation) -> Group:
    table = _table()
    columns = sorted({guess for _, guess, _ in result.poa_pairs})
    counts = {(gold, guess): number for gold, guess, number in result.poa_pairs}
    for guess in columns:
        table.add_column(_plain(guess or "none"), justify="right")
    for gold in sorted({gold for gold, _, _ in result.poa_pairs}):
        table.add_row(_plain(gold), *(str(counts.get((gold, guess), 0)) for guess in columns))
    return _under("Present on admission: gold in the rows, predicted in the columns", table)


def _causes(heading: str, groups: Sequence[CauseGroup]) -> Group:
    whole = sum(len(group.errors) for group in groups)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("", justify="right")
    table.add_column("Cause", ratio=5)
    table.add_column("For example", ratio=6)
    for group in groups[:_MOST_CAUSES]:
        first = group.errors[0]
        other = f" ({first.other})" if first.other else ""
        detail = f": {group.detail}" if group.detail else ""
        quote = f" “{squeeze(first.quote, 60)}”" if first.quote else ""
        example = f"{first.code}{other}{quote} [{first.note}]"
        table.add_row(str(len(group.errors)), _plain(f"{group.cause}{detail}"), _plain(example))
    rest = groups[_MOST_CAUSES:]
    if rest:
        left = sum(len(group.errors) for group in rest)
        table.add_row(str(left), f"{len(rest)} more causes", "--errors FILE or --format html shows all")
    return _under(f"{heading} ({whole})", table)


def _comparison(found: Comparison) -> RenderableType:
    about = dict(found.before)
    named = ", ".join(about[key] for key in ("gold", "on", "scope", "nosology", "icd10cm") if about.get(key))
    title = Text(f"Against the earlier run ({squeeze(named, 80)}): {found.notes} notes that both have", "bold")
    table = _table("Before", "After", "Change", "95 % interval", "p")
    for name, difference in found.differences:
        table.add_row(
            FIGURE_NAMES[name],
            format_figure(difference.before),
            format_figure(difference.after),
            f"{difference.change:+.3f}",
            f"{difference.low:+.3f} to {difference.high:+.3f}",
            format_p(difference.p),
        )
    tests = _table("Better", "Worse", "p")
    for test in found.tests:
        tests.add_row(test.name, str(test.better), str(test.worse), format_p(test.p))
    parts: list[RenderableType] = [title]
    if found.notes:
        parts += [table, _under("What changed (McNemar, exact)", tests)]
    if found.changes:
        notes = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for heading in ("Note", "Found now", "Lost", "False no more", "Newly false", "First-listed"):
            notes.add_column(heading)
        for change in found.changes[:_MOST_CHANGES]:
            lists = (change.gained, change.lost, change.false_gone, change.false_new)
            columns = (_plain(" ".join(codes)) for codes in lists)
            notes.add_row(_plain(change.id), *columns, change.first_listed)
        if len(found.changes) > _MOST_CHANGES:
            notes.add_row(f"and {len(found.changes) - _MOST_CHANGES} more", "", "", "", "", "")
        parts.append(_under(f"Notes that changed ({len(found.changes)})", notes))
    left_out = (
        (found.altered, "with another text or gold than before"),
        (found.only_before, "only in the earlier run"),
        (found.only_after, "only in this run"),
    )
    parts += [Text(f"Not compared: {len(names)} notes {why}") for names, why in left_out if names]
    return Group(*parts)


def _three(figures: Counts | Figures) -> tuple[str, str, str]:
    return format_figure(figures.precision), format_figure(figures.recall), format_figure(figures.f1)


def _p_r(figures: Figures) -> str:
    return f"precision {format_figure(figures.precision)}, recall {format_figure(figures.recall)}"


def _interval(report: Report, name: str) -> str:
    interval = report.intervals.get(name)
    return f"{interval.low:.3f} to {interval.high:.3f}" if interval else ""
