"""Rules as data: one YAML file a rule, read once, chosen by date and setting.

A file holds ``id``, ``title``, ``check`` (the function that applies it), ``severity``, ``citation`` (title, section),
``effective`` (from, to), ``settings``, ``message``, ``data`` (the numbers, words and codes that the check works
with) and ``order`` (within its phase; 50 if left out). Rules of edits also hold ``fix`` (what to do about a finding)
and ``overridable`` (whether a person may accept the finding as it is; true if left out).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nosology.codes.prepared import prepare, read_yaml
from nosology.errors import NosologyError

__all__ = ["Rule", "build_rule", "find_rule", "load_rules", "rules_digest", "rules_in_force"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its authority and the dates between which it holds (``effective_to`` None: still in force)."""

    id: str
    title: str
    check: str
    severity: str
    citation_title: str
    citation_section: str
    effective_from: date
    effective_to: date | None
    settings: tuple[str, ...]
    message: str
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)
    order: int = 50
    fix: str = ""
    overridable: bool = True

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def citation(self) -> str:
        """The authority in one line: publication and section."""
        return f"{self.citation_title}, {self.citation_section}"

    def in_force(self, on: date) -> bool:
        """True if the rule holds for a service of that date."""
        return self.effective_from <= on and (self.effective_to is None or on <= self.effective_to)


def build_rule(raw: dict[str, Any]) -> Rule:
    """The rule that a parsed rule file describes.

    Raises:
        KeyError, TypeError, AttributeError, ValueError: a part is missing or is of the wrong kind.
    """
    until = raw["effective"].get("to")
    return Rule(
        id=raw["id"],
        title=raw["title"],
        check=raw["check"],
        severity=raw["severity"],
        citation_title=raw["citation"]["title"],
        citation_section=raw["citation"]["section"],
        effective_from=date.fromisoformat(raw["effective"]["from"]),
        effective_to=date.fromisoformat(until) if until else None,
        settings=tuple(raw["settings"]),
        message=raw["message"],
        data=MappingProxyType(raw.get("data") or {}),
        order=int(raw.get("order", 50)),
        fix=raw.get("fix", ""),
        overridable=raw.get("overridable", True),
    )


def _build(name: str, raw: dict[str, Any]) -> Rule:
    try:
        return build_rule(raw)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise _malformed(name, error) from error


def _malformed(name: str, error: Exception) -> NosologyError:
    return NosologyError(f"rule file {name} is malformed ({type(error).__name__}); reinstall the package")


def _read(files: Sequence[Path]) -> list[tuple[str, Any]]:
    """Return the files as data, each with its name."""
    found = []
    for file in files:
        name = f"{file.parent.name}/{file.name}"
        try:
            found.append((name, read_yaml(file.read_text(encoding="utf-8"))))
        except ValueError as error:
            raise _malformed(name, error) from error
    return found


@cache
def load_rules() -> tuple[Rule, ...]:
    """Return every packaged rule, by id. (The tables of ``x12`` are no rules: ``x12.guide`` reads them.)"""
    files = sorted(file for file in Path(__file__).parent.glob("[!_]*/*.yaml") if file.parent.name != "x12")
    raw = prepare("rules", [*files, Path(__file__)], lambda: _read(files))
    return tuple(sorted((_build(name, rule) for name, rule in raw), key=lambda r: r.id))


@lru_cache(maxsize=256)
def rules_in_force(on: date, setting: str) -> Mapping[str, tuple[Rule, ...]]:
    """Return the rules for ``setting`` that are in force on the date, by the check that they pick."""
    found: dict[str, list[Rule]] = {}
    for rule in load_rules():
        if rule.in_force(on) and setting in rule.settings:
            found.setdefault(rule.check, []).append(rule)
    return MappingProxyType({name: tuple(rules) for name, rules in found.items()})


def find_rule(identifier: str) -> Rule | None:
    """Return the rule with this id, whatever its dates; None if there is none."""
    return next((rule for rule in load_rules() if rule.id.lower() == identifier.lower()), None)


@cache
def rules_digest() -> str:
    """Return the sha256 over all rules, for provenance."""
    digest = hashlib.sha256()
    for rule in load_rules():
        digest.update(repr((rule.id, rule.check, rule.effective_from, rule.effective_to, rule.settings)).encode())
        digest.update(repr(sorted(rule.data.items())).encode())
    return digest.hexdigest()
