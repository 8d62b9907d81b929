"""What ``nosology evaluate --calibrate`` says of the calibration that it has made: figures, pictures, coefficients."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from nosology.coding.calibration import Calibration
from nosology.coding.evaluate_gate import GateFigures, GateRow
from nosology.coding.evaluate_resample import Interval
from nosology.coding.logistic import Logistic
from nosology.coding.reliability import Bin

__all__ = ["calibration_to_dict", "draw_calibration", "print_calibration", "render_calibration_html"]

_GROUPS = {
    "unseen": "charts held out in turn",
    "developed on": "charts on which the rules were written, held out in turn and scored as if unseen",
}
_Row = tuple[str, ...]


def print_calibration(model: Calibration, where: str, form: str) -> None:
    """Print it as ``form`` says: table, json or html. ``where`` names the file that was written."""
    if form == "json":
        print(json.dumps(calibration_to_dict(model, where), indent=2, ensure_ascii=False))
    elif form == "html":
        print(render_calibration_html(model, where), end="")
    else:
        from nosology.cli.render_table import open_console

        open_console().print(draw_calibration(model, where))


def calibration_to_dict(model: Calibration, where: str) -> dict[str, Any]:
    """The object that ``--format json`` prints; the coefficients stand in the file itself."""
    return {
        "file": where,
        "source": model.source,
        "suggest_at": model.suggest_at,
        "autonomous_at": model.autonomous_at,
        "records": len(model.records),
        "changes": sum(map(len, model.changes.values())),
        "provenance": dict(model.provenance),
        "figures": dict(model.figures),
    }


def draw_calibration(model: Calibration, where: str) -> RenderableType:
    """Everything, for the terminal."""
    from nosology.cli.render_evaluation import draw_reliability
    from nosology.cli.render_gate import draw_gate

    parts: list[RenderableType] = [Text(f"{where}: {model.source}", "bold")]
    if caution := model.provenance.get("caution"):
        parts.append(Text(f"! {caution}", "yellow"))
    parts.append(_table("Learnt from", ("File", "Kind", "Charts", "sha256"), _inputs(model)))
    for name, figures in _groups(model):
        parts.append(
            _table(f"Probabilities of codes: {name}", ("Figure", "Value", "95 % interval", "Without"), figures)
        )
    if bins := _bins(model.figures.get("unseen")):
        parts.append(Text("\nReliability on charts held out (● observed, · a probability that means what it says)"))
        curve = Text("\n".join(draw_reliability(bins)) + "\n")
        curve.highlight_regex("●", "bold cyan")
        parts.append(curve)
    if gate := _gate(model):
        parts.append(draw_gate(gate))
    parts.append(
        _table("Dropping unlikely codes", ("Charts", "Number", "F1", "Change", "95 % interval"), _drops(model))
    )
    for title, logistic in (("What makes a code likely", model.codes), ("What makes a chart likely", model.charts)):
        parts.append(_table(title, ("Feature", "Log odds per unit of spread"), _coefficients(logistic)))
    parts.append(Text(_learnt(model), "dim"))
    return Group(*parts)


def render_calibration_html(model: Calibration, where: str) -> str:
    """Everything, as one self-contained page that loads and runs nothing."""
    from nosology.cli.html_page import page_head
    from nosology.cli.render_evaluation_html import draw_reliability_svg
    from nosology.cli.render_gate import draw_gate_svg, gate_table_rows

    headings: _Row
    body = [_html_table("Learnt from", ("File", "Kind", "Charts", "sha256"), _inputs(model))]
    for name, figures in _groups(model):
        headings = ("Figure", "Value", "95 % interval", "Without calibration")
        body.append(_html_table(f"Probabilities of codes: {name}", headings, figures))
    if bins := _bins(model.figures.get("unseen")):
        caption = "Points: share of right codes by probability, charts held out. Dashed: as it should be. Bars: codes."
        body.append(f"<figure>{draw_reliability_svg(bins)}<figcaption>{caption}</figcaption></figure>")
    if gate := _gate(model):
        caption = "Solid: entirely right among the charts passed, with 95 % intervals. Dashed: passed among all."
        body.append(f"<figure>{draw_gate_svg(gate)}<figcaption>{caption}</figcaption></figure>")
        headings = ("Threshold", "Charts passed", "95 % interval", "Entirely right", "95 % interval")
        body.append(_html_table(f"Gate, {gate.charts} charts", headings, gate_table_rows(gate)))
    headings = ("Charts", "Number", "F1", "Change", "95 % interval")
    body.append(_html_table("Dropping unlikely codes", headings, _drops(model)))
    for title, logistic in (("What makes a code likely", model.codes), ("What makes a chart likely", model.charts)):
        body.append(_html_table(title, ("Feature", "Log odds per unit of spread"), _coefficients(logistic)))
    caution = str(model.provenance.get("caution") or "")
    return f"""{page_head("calibration", "evaluation")}
<body>
<header><h1>{escape(where)}</h1>
<p class="soft">{escape(model.source)} · {escape(_learnt(model))}</p>
<p class="bad">{escape(caution)}</p></header>
<main>
{chr(10).join(body)}
</main>
</body>
</html>
"""


def _inputs(model: Calibration) -> list[_Row]:
    return [
        (str(each["file"]), str(each["kind"]), str(each["charts"]), str(each["sha256"])[:16])
        for each in model.provenance.get("inputs", ())
    ]


def _groups(model: Calibration) -> list[tuple[str, list[_Row]]]:
    found: list[tuple[str, list[_Row]]] = []
    for key, name in _GROUPS.items():
        figures: Mapping[str, Any] | None = model.figures.get(key)
        if figures:
            before = figures["without calibration"]
            rows: list[_Row] = [
                ("Brier score (0 is best)", *_three(figures["brier"]), _number(before["brier"])),
                ("calibration error (ECE)", *_three(figures["ece"]), _number(before["ece"])),
                ("area under the ROC curve", _number(figures["roc area"]), "", _number(before["roc area"])),
                ("log loss", _number(figures["log loss"]), "", ""),
                ("mean probability", _number(figures["mean probability"]), "", ""),
                ("share of right codes", _number(figures["right"] / figures["codes"]), "", ""),
            ]
            found.append((f"{name} ({figures['charts']} charts, {figures['codes']} codes)", rows))
    return found


def _drops(model: Calibration) -> list[_Row]:
    figures: Mapping[str, Any] = model.figures.get("dropping") or {}
    return [
        (name, str(each["charts"]), _number(each["f1"]), f"{each['gain'][0]:+.4f}", _three(each["gain"])[1])
        for name, each in figures.items()
        if isinstance(each, Mapping)
    ]


def _coefficients(logistic: Logistic) -> list[_Row]:
    ranked = sorted(zip(logistic.features, logistic.coefficients, strict=True), key=lambda each: -abs(each[1]))
    return [(name, f"{value:+.2f}") for name, value in ranked]


def _learnt(model: Calibration) -> str:
    changes = sum(map(len, model.changes.values()))
    gate = "off" if model.autonomous_at is None else f"from {model.autonomous_at:.2f}"
    return (
        f"codes suggested from {model.suggest_at:.2f}; gate {gate}; coders' decisions on {len(model.records)} codes, "
        f"{changes} changes"
    )


def _bins(figures: Mapping[str, Any] | None) -> tuple[Bin, ...]:
    return tuple(Bin(*each) for each in figures["bins"]) if figures else ()


def _gate(model: Calibration) -> GateFigures | None:
    figures: Mapping[str, Any] | None = model.figures.get("gate")
    if not figures:
        return None
    rows = tuple(
        GateRow(
            each["at"],
            each["passed"][0],
            each["right"][0],
            each["passed"][1],
            _interval(each["passed"][2:]),
            each["right"][1],
            _interval(each["right"][2:]),
        )
        for each in figures["thresholds"]
    )
    right, charts = figures["entirely right"], figures["charts"]
    return GateFigures(charts, right, 0, figures["brier"], figures["roc area"], figures["ece"], _bins(figures), rows)


def _interval(pair: Sequence[float | None]) -> Interval | None:
    low, high = pair
    return None if low is None or high is None else Interval(low, high)


def _three(values: Sequence[float | None]) -> tuple[str, str]:
    value, low, high = values
    return _number(value), "" if low is None or high is None else f"{low:.3f} to {high:.3f}"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _table(title: str, headings: Sequence[str], rows: Sequence[_Row]) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for n, heading in enumerate(headings):
        table.add_column(heading, justify="left" if n == 0 else "right", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    return Group(Text(f"\n{title}", "bold"), table)


def _html_table(caption: str, headings: Sequence[str], rows: Sequence[_Row]) -> str:
    head = "".join(
        f'<th scope="col"{"" if n == 0 else " class=n"}>{escape(text)}</th>' for n, text in enumerate(headings)
    )
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f'<td class="n">{escape(cell)}</td>' for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>\n"
    )
