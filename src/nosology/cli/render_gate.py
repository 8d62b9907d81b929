"""The gate of autonomous coding as a table and a picture, on the terminal and in a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nosology.coding.evaluate_gate import GateFigures, GateRow
from nosology.coding.evaluate_resample import Interval

__all__ = ["draw_gate", "draw_gate_curve", "draw_gate_svg", "gate_table_rows"]

_TITLE = "Gate: charts that may pass without a coder, by threshold"


def draw_gate(gate: GateFigures) -> RenderableType:
    """The table and the picture under one title, for the terminal."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("Threshold", "Charts passed", "95 % interval", "Entirely right", "95 % interval"):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in gate_table_rows(gate):
        table.add_row(*row)
    said = (
        f"{gate.charts} charts, {gate.right} entirely right, {gate.stopped} stopped whatever their probability"
        f"; Brier score {_figure(gate.brier)}, calibration error {_figure(gate.ece)}"
    )
    curve = Text("\n".join(draw_gate_curve(gate.rows)) + "\n")
    curve.highlight_regex("●", "bold cyan")
    curve.highlight_regex("○", "yellow")
    legend = Text("● entirely right among those passed   ○ passed among all   (by threshold)", "dim")
    return Group(Text(f"\n{_TITLE}", "bold"), Text(said, "dim"), table, legend, curve)


def gate_table_rows(gate: GateFigures) -> list[tuple[str, str, str, str, str]]:
    """Threshold, charts passed with their share, its interval, those entirely right with their share, its interval."""
    return [
        (
            f"{row.threshold:.2f}",
            f"{row.passed} ({row.share:.0%})",
            _interval(row.share_interval),
            "–" if row.accuracy is None else f"{row.right} ({row.accuracy:.0%})",
            _interval(row.accuracy_interval),
        )
        for row in gate.rows
    ]


def draw_gate_curve(rows: Sequence[GateRow], *, width: int = 51, height: int = 11) -> list[str]:
    """The picture as lines of text: threshold to the right; shares passed and entirely right upward."""
    grid = [[" "] * width for _ in range(height)]
    for row in rows:
        column = round(row.threshold * (width - 1))
        grid[height - 1 - round(row.share * (height - 1))][column] = "○"
        if row.accuracy is not None:
            grid[height - 1 - round(row.accuracy * (height - 1))][column] = "●"
    labels = {0: "1.0 ┤", (height - 1) // 2: "0.5 ┤", height - 1: "0.0 ┤"}
    lines = [labels.get(n, "    │") + "".join(cells).rstrip() for n, cells in enumerate(grid)]
    return [*lines, "    └" + "─" * width, f"     0.0{'0.5'.center(width - 6)}1.0"]


def draw_gate_svg(gate: GateFigures, name: str = "gate") -> str:
    """The picture as an inline SVG: solid, entirely right among those passed; dashed, passed among all."""
    left, top, size = 52, 12, 320

    def x(value: float) -> float:
        return round(left + value * size * 1.4, 1)

    def y(value: float) -> float:
        return round(top + (1 - value) * size, 1)

    lines = []
    for step in range(0, 11, 2):
        mark = step / 10
        lines.append(f'<line class="grid" x1="{x(0)}" y1="{y(mark)}" x2="{x(1)}" y2="{y(mark)}"/>')
        lines.append(f'<text class="small" x="{left - 8}" y="{y(mark) + 4}" text-anchor="end">{mark:.1f}</text>')
        lines.append(f'<text class="small" x="{x(mark)}" y="{y(0) + 16}" text-anchor="middle">{mark:.1f}</text>')
    right = [(row.threshold, row.accuracy, row.accuracy_interval) for row in gate.rows if row.accuracy is not None]
    for at, _, interval in right:
        if interval is not None:
            lines.append(
                f'<line class="axis" x1="{x(at)}" y1="{y(interval.low)}" x2="{x(at)}" y2="{y(interval.high)}"/>'
            )
    passed = " ".join(f"{x(row.threshold)},{y(row.share)}" for row in gate.rows)
    lines.append(f'<polyline class="ideal" fill="none" points="{passed}"/>')
    lines.append(f'<polyline class="curve" points="{" ".join(f"{x(at)},{y(share)}" for at, share, _ in right)}"/>')
    lines += [
        f'<circle class="point" cx="{x(at)}" cy="{y(share)}" r="5">'
        f"<title>threshold {at:.2f}: {share:.0%} of those passed entirely right</title></circle>"
        for at, share, _ in right
    ]
    said = "; ".join(f"threshold {at:.2f}: {share:.0%} of those passed entirely right" for at, share, _ in right)
    return (
        f'<svg viewBox="0 0 {x(1) + 16} {y(0) + 42}" role="img" aria-labelledby="{name}-title {name}-text">'
        f'<title id="{name}-title">Gate</title><desc id="{name}-text">{escape(said)}</desc>{"".join(lines)}'
        f'<line class="axis" x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(0)}"/>'
        f'<line class="axis" x1="{x(0)}" y1="{y(0)}" x2="{x(0)}" y2="{y(1)}"/>'
        f'<text x="{x(0.5)}" y="{y(0) + 36}" text-anchor="middle">threshold</text>'
        f'<text x="14" y="{y(0.5)}" text-anchor="middle" transform="rotate(-90 14 {y(0.5)})">share of charts</text>'
        "</svg>"
    )


def _interval(interval: Interval | None) -> str:
    return "" if interval is None else f"{interval.low:.0%} to {interval.high:.0%}"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
