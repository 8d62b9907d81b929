"""The calibration of scope "reportable": how likely a suggested code is right, and how likely a whole chart is.

One JSON file that a person can read: two small logistic regressions over named features of the engine, what coders of
the site decided on codes, the thresholds of the site, the figures of the cross-validation, and where it all comes from.
It gives probabilities to what the engine suggests; it never adds a code.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

from nosology.coding.features import CHART_FEATURES, CODE_FEATURES, sum_up_chances
from nosology.coding.logistic import Logistic
from nosology.errors import UnreadableInput

__all__ = ["Calibration", "Change", "Record", "chart_probability", "load_calibration", "read_calibration"]

_KIND = "nosology calibration 1"


class Record(NamedTuple):
    """What coders decided on a suggested code: ``right`` of ``judged`` times, and what that adds in log odds."""

    right: int
    judged: int
    effect: float


class Change(NamedTuple):
    """A code that coders put in the place of a suggested one ``times`` of the ``offered`` times that it was offered."""

    times: int
    offered: int

    @property
    def share(self) -> float:
        """The share of such charts in which coders want the other code, held down where there are few."""
        return self.times / (self.offered + 1)


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt, from which charts, and how well it did on charts held out.

    ``suggest_at`` is the probability below which a code is not suggested (0: all are), ``autonomous_at`` the one from
    which a chart passes the gate (None: none does). ``source`` is its name with the beginning of its sha256.
    """

    codes: Logistic
    charts: Logistic
    records: Mapping[str, Record] = field(default_factory=dict)
    changes: Mapping[str, Mapping[str, Change]] = field(default_factory=dict)
    suggest_at: float = 0.0
    autonomous_at: float | None = None
    figures: Mapping[str, Any] = field(default_factory=dict)
    provenance: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""

    def chart_probability(self, chances: Sequence[float], row: Sequence[float]) -> float:
        """Return the probability that all codes of a chart are right: :func:`chart_probability`."""
        return chart_probability(self.charts, chances, row)

    def to_json(self) -> str:
        """Return the file; :func:`read_calibration` reads it back. The same calibration gives the same bytes."""
        return (
            json.dumps(
                {
                    "kind": _KIND,
                    "provenance": self.provenance,
                    "suggest_at": self.suggest_at,
                    "autonomous_at": self.autonomous_at,
                    "codes": self.codes.to_dict(),
                    "charts": self.charts.to_dict(),
                    "records": {code: list(record) for code, record in sorted(self.records.items())},
                    "changes": {
                        before: {after: list(change) for after, change in sorted(each.items())}
                        for before, each in sorted(self.changes.items())
                    },
                    "figures": self.figures,
                },
                ensure_ascii=False,
                indent=1,
            )
            + "\n"
        )


def chart_probability(model: Logistic, chances: Sequence[float], row: Sequence[float]) -> float:
    """Return the probability that all codes of a chart are right, none false and none missing.

    ``chances`` are the probabilities of its codes, ``row`` the chart features that do not depend on them. A chart is
    never likelier to be right than the least sure of its codes.
    """
    return min(model.probability(model.hold((*sum_up_chances(chances), *row))), *chances, 1.0)


def load_calibration(path: Path | None = None) -> Calibration | None:
    """Return the calibration of ``path``, or the packaged one; None if there is none. Read once while it is unchanged.

    Raises UnreadableInput for a damaged file.
    """
    if path is None:
        return _packaged()
    try:
        return _kept(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise UnreadableInput(f"{path}: {(error.strerror or 'cannot be read').lower()}") from None


@lru_cache(maxsize=1)
def _packaged() -> Calibration | None:
    file = resources.files("nosology.coding").joinpath("data").joinpath("reportable.json")
    return read_calibration(file.read_bytes(), file.name, "packaged calibration") if file.is_file() else None


@lru_cache(maxsize=4)
def _kept(path: Path, changed: int) -> Calibration:
    return read_calibration(path.read_bytes(), str(path), "site calibration")


def read_calibration(content: bytes, name: str, what: str) -> Calibration:
    """Return the calibration that ``content`` holds; ``name`` is that of the file, ``what`` begins its ``source``.

    Raises UnreadableInput for anything else.
    """
    try:
        raw = json.loads(content.decode("utf-8"))
        if raw["kind"] != _KIND:
            raise ValueError("another kind")
        autonomous = raw["autonomous_at"]
        return Calibration(
            codes=Logistic.from_dict(raw["codes"], CODE_FEATURES),
            charts=Logistic.from_dict(raw["charts"], CHART_FEATURES),
            records={str(code): _record(*values) for code, values in raw["records"].items()},
            changes={
                str(before): {str(after): _change(*values) for after, values in each.items()}
                for before, each in raw["changes"].items()
            },
            suggest_at=_share(raw["suggest_at"]),
            autonomous_at=None if autonomous is None else _share(autonomous),
            figures=dict(raw["figures"]),
            provenance=dict(raw["provenance"]),
            source=f"{what} {hashlib.sha256(content).hexdigest()[:12]}",
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise UnreadableInput(
            f"{name}: not a calibration of this version; make it anew with nosology evaluate --calibrate"
        ) from None


def _change(times: object, offered: object) -> Change:
    change = Change(_count(times), _count(offered))
    if change.times > change.offered:
        raise ValueError("changed more often than offered")
    return change


def _record(right: object, judged: object, effect: object) -> Record:
    if isinstance(effect, bool) or not isinstance(effect, int | float) or not math.isfinite(effect):
        raise ValueError("no number")
    return Record(_count(right), _count(judged), float(effect))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("no count")
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("no probability")
    return float(value)
