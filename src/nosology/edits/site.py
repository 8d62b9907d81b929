"""Rules and severities of a site: YAML files of its own beside those of the package.

A file is either one rule, in the form of the packaged ones, or a policy with ``severities``: rows of ``rule``,
``payer`` ("*" or left out: any) and ``severity`` (error, warning, information or off). Later rows go first, and a
row that names a payer goes before one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from nosology.codes.home import data_home
from nosology.codes.prepared import read_yaml
from nosology.edits import checks
from nosology.edits.desk import CHECKS
from nosology.errors import UnreadableInput, UsageError
from nosology.rules.loader import Rule, build_rule

__all__ = ["Site", "SiteSeverity", "read_site", "site_of_home"]

_REGISTERED = checks
_SEVERITIES = ("error", "warning", "information", "off")


@dataclass(frozen=True, slots=True)
class SiteSeverity:
    """How severe a rule is for a payer; ``rule`` may end in "*"."""

    rule: str
    payer: str
    severity: str


@dataclass(frozen=True, slots=True)
class Site:
    """The rules of a site (one with the id of a packaged rule stands in its place) and its severities."""

    rules: tuple[Rule, ...] = ()
    severities: tuple[SiteSeverity, ...] = ()

    def severity(self, rule: str, payer: str, default: str) -> str:
        """How severe the rule is for the payer, "off" if it is not run."""
        fitting = [
            each for each in self.severities if fnmatchcase(rule, each.rule) and each.payer in ("*", payer.lower())
        ]
        named = [each for each in fitting if each.payer != "*"]
        return (named or fitting)[-1].severity if fitting else default


def site_of_home(home: Path | None = None) -> Site:
    """The site in the folder ``edits`` of the data folder; an empty one where there is none. Raises as read_site."""
    folder = (home or data_home()) / "edits"
    return read_site([folder]) if folder.is_dir() else Site()


def read_site(paths: Iterable[Path]) -> Site:
    """The rules and severities in files, and in folders of ``*.yaml``, in their order.

    Raises:
        UnreadableInput: a file cannot be read or is neither a rule nor a policy.
        UsageError: a rule picks a check that does not exist, or a severity is none.
    """
    rules: dict[str, Rule] = {}
    severities: list[SiteSeverity] = []
    for path in paths:
        files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        for file in files:
            raw = _load(file)
            if "severities" in raw:
                severities += [_severity(file, row) for row in raw["severities"] or ()]
            else:
                rule = _rule(file, raw)
                rules[rule.id] = rule
    return Site(tuple(rules.values()), tuple(severities))


def _load(file: Path) -> dict[str, Any]:
    try:
        raw = read_yaml(file.read_text("utf-8"))
    except OSError as error:
        raise UnreadableInput(f"{file}: {(error.strerror or 'cannot be read').lower()}") from error
    except ValueError as error:
        raise UnreadableInput(f"{file}: not YAML in UTF-8") from error
    if not isinstance(raw, dict):
        raise UnreadableInput(f"{file}: neither a rule nor a list of severities")
    return raw


def _severity(file: Path, row: Any) -> SiteSeverity:
    if not isinstance(row, dict) or "rule" not in row or "severity" not in row:
        raise UnreadableInput(f"{file}: a severity needs rule and severity")
    severity = "off" if row["severity"] is False else str(row["severity"])
    if severity not in _SEVERITIES:
        raise UsageError(f"{file}: severity {severity[:20]!r} is none of {', '.join(_SEVERITIES)}")
    return SiteSeverity(str(row["rule"]), str(row.get("payer") or "*").lower(), severity)


def _rule(file: Path, raw: dict[str, Any]) -> Rule:
    try:
        rule = build_rule(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise UnreadableInput(
            f"{file}: not a rule: {type(error).__name__} {error}; see docs/edits.md for its parts"
        ) from error
    if rule.check not in CHECKS:
        raise UsageError(f"{file}: there is no check {rule.check[:40]!r}; choose one of {', '.join(sorted(CHECKS))}")
    if rule.severity not in _SEVERITIES[:3]:
        raise UsageError(f"{file}: severity {rule.severity[:20]!r} is none of {', '.join(_SEVERITIES[:3])}")
    return rule
