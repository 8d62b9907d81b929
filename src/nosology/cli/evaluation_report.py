"""What an evaluation hands to whoever draws it, and the same as a JSON object."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nosology.coding.evaluate import Counts, Evaluation, Figures, Group, NoteScore
from nosology.coding.evaluate_causes import CauseGroup, CodeError
from nosology.coding.evaluate_compare import Comparison, NoteRun
from nosology.coding.evaluate_gate import GateFigures, GateOutcome
from nosology.coding.evaluate_resample import LEVEL, Interval
from nosology.coding.superseded import Converted

__all__ = [
    "Report",
    "ScoredNote",
    "error_to_dict",
    "explain_source",
    "gate_to_dict",
    "label_chapter",
    "label_section",
    "report_to_dict",
]

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class ScoredNote:
    """One note as a worker hands it back."""

    score: NoteScore
    errors: tuple[CodeError, ...]
    run: NoteRun
    gate: GateOutcome | None = None
    calibration: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is shown of one evaluation. ``titles`` holds code → title, chapter number → title.

    ``calibration`` names where the probabilities come from; ``fitted_on`` are the gold files to which it was fitted, so
    that what is measured on them is not held out. ``converted`` holds the figures with gold codes of an earlier year.
    """

    gold: str
    on: str
    about: tuple[tuple[str, str], ...]
    evaluation: Evaluation
    resamples: int
    intervals: Mapping[str, Interval]
    causes: tuple[CauseGroup, ...]
    titles: Mapping[str, str]
    comparison: Comparison | None = None
    gate: GateFigures | None = None
    calibration: str = ""
    fitted_on: tuple[str, ...] = ()
    converted: Converted | None = None

    def title(self, code: str) -> str:
        """The title of a code, or that it is not in the release."""
        return self.titles.get(code, "(not in this release)")


def explain_source(report: Report) -> str:
    """Where the probabilities come from, and whether they were fitted to what is measured here."""
    if report.fitted_on:
        files = ", ".join(report.fitted_on)
        return (
            f"{report.calibration} was fitted to {files}: reliability and gate are not held out here; its own file "
            "holds the figures of charts held out"
        )
    return f"probabilities: {report.calibration}" if report.calibration else ""


def label_chapter(name: str, report: Report) -> str:
    """Number and title of a chapter."""
    return f"{name} {report.title(name)}" if name else "not in this release"


def label_section(name: str) -> str:
    """The kind of a section in words."""
    return name.replace("_", " ") if name else "no known heading"


def report_to_dict(report: Report) -> dict[str, Any]:
    """The object that ``--format json`` prints. Fields are added, never renamed or removed."""
    result = report.evaluation
    return {
        "gold": report.gold,
        "on": report.on,
        "notes": result.notes,
        "exact": _counts(result.exact),
        "category": _counts(result.category),
        "macro_f1": result.macro_f1,
        "first_listed": {"accuracy": result.first_listed, "notes": result.first_listed_notes},
        "evidence": {
            "f1": result.evidence_f1,
            "exact": result.evidence_exact,
            "codes": result.evidence_codes,
            "exact_span": result.evidence_span,
            "words": _figures(result.evidence_words),
        },
        "calibration": {
            "ece": result.ece,
            "bins": [
                {"low": b.low, "high": b.high, "count": b.count, "mean_score": b.mean_score, "accuracy": b.accuracy}
                for b in result.bins
            ],
            "brier": result.brier,
            "source": report.calibration,
            "fitted_on": list(report.fitted_on),
        },
        "gate": gate_to_dict(report.gate) if report.gate is not None else None,
        "by_setting": {
            each.setting: {
                "notes": each.notes,
                "exact": _counts(each.exact),
                "category": _counts(each.category),
                "first_listed": each.first_listed,
            }
            for each in result.by_setting
        },
        "macro": {"by_note": _figures(result.by_note), "by_code": _figures(result.by_code)},
        "category_macro": {"by_note": _figures(result.category_by_note), "by_code": _figures(result.category_by_code)},
        "principal": {"accuracy": result.principal, "notes": result.principal_notes},
        "poa": {
            "accuracy": result.poa,
            "codes": result.poa_codes,
            "pairs": [{"gold": g, "predicted": p or None, "count": n} for g, p, n in result.poa_pairs],
        },
        "by_chapter": {
            group.name or "not in this release": {"title": report.titles.get(group.name, "")} | _group(group)
            for group in result.by_chapter
        },
        "by_frequency": _groups(result.by_frequency),
        "by_section": _groups(result.by_section),
        "intervals": {
            "level": LEVEL,
            "resamples": report.resamples,
            "figures": {name: [interval.low, interval.high] for name, interval in report.intervals.items()},
        },
        "causes": [
            {
                "kind": group.kind,
                "cause": group.cause,
                "detail": group.detail,
                "count": len(group.errors),
                "examples": [error_to_dict(error, report.titles) for error in group.errors[:_EXAMPLES]],
            }
            for group in report.causes
        ],
        "about": dict(report.about),
        "comparison": _comparison(report.comparison) if report.comparison else None,
        "superseded": {
            "codes": report.converted.codes,
            "converted": _counts(report.converted.counts),
            "unjudged": _counts(report.converted.unjudged),
        }
        if report.converted
        else None,
    }


def gate_to_dict(gate: GateFigures) -> dict[str, Any]:
    """The gate as JSON values: the probability that a chart is entirely right, and what each threshold does."""

    def interval(found: Interval | None) -> list[float] | None:
        return [found.low, found.high] if found is not None else None

    return {
        "charts": gate.charts,
        "entirely_right": gate.right,
        "stopped": gate.stopped,
        "brier": gate.brier,
        "ece": gate.ece,
        "roc_area": gate.area,
        "bins": [
            {"low": b.low, "high": b.high, "count": b.count, "mean_score": b.mean_score, "accuracy": b.accuracy}
            for b in gate.bins
        ],
        "thresholds": [
            {
                "at": row.threshold,
                "passed": row.passed,
                "share": row.share,
                "share_interval": interval(row.share_interval),
                "right": row.right,
                "accuracy": row.accuracy,
                "accuracy_interval": interval(row.accuracy_interval),
            }
            for row in gate.rows
        ],
    }


def error_to_dict(error: CodeError, titles: Mapping[str, str]) -> dict[str, Any]:
    """One missed or false code with its cause and quote."""
    found = {
        "note": error.note,
        "code": error.code,
        "title": titles.get(error.code, "(not in this release)"),
        "cause": error.cause,
        "detail": error.detail,
        "other": error.other or None,
        "section": error.section,
        "quote": error.quote,
        "context": error.context,
    }
    return found if error.score is None else found | {"score": error.score, "why": error.why}


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "before": dict(found.before),
        "after": dict(found.after),
        "notes": found.notes,
        "figures": {
            name: {
                "before": difference.before,
                "after": difference.after,
                "change": difference.change,
                "interval": [difference.low, difference.high],
                "p": difference.p,
            }
            for name, difference in found.differences
        },
        "mcnemar": [{"what": t.name, "better": t.better, "worse": t.worse, "p": t.p} for t in found.tests],
        "changed": [
            {
                "id": change.id,
                "gained": list(change.gained),
                "lost": list(change.lost),
                "false_gone": list(change.false_gone),
                "false_new": list(change.false_new),
                "first_listed": change.first_listed or None,
            }
            for change in found.changes
        ],
        "not_compared": {
            "altered": list(found.altered),
            "only_before": list(found.only_before),
            "only_after": list(found.only_after),
        },
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "precision": counts.precision,
        "recall": counts.recall,
        "f1": counts.f1,
        "true": counts.true,
        "false": counts.false,
        "missed": counts.missed,
    }


def _figures(figures: Figures) -> dict[str, Any]:
    return {"precision": figures.precision, "recall": figures.recall, "f1": figures.f1}


def _group(group: Group) -> dict[str, Any]:
    return {"codes": group.codes, "exact": _counts(group.counts)}


def _groups(groups: Sequence[Group]) -> dict[str, Any]:
    return {group.name: _group(group) for group in groups}
