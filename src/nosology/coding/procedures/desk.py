"""The desk of services: what a contributor has before it, and what it lays down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.coding import CodeSuggestion, Query
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.model.note import Note, Span, Status, Subject, Temporality
from nosology.model.visit import Visit

__all__ = ["Asserted", "ServiceDesk", "Services"]

Asserted = Callable[[Span, int], tuple[Status, Subject, Temporality, str]]
"""Span and number of its sentence → status, subject, time, and the cue that decided."""


@dataclass(frozen=True, slots=True)
class ServiceDesk:
    """One chart whose diagnoses are coded, ready for its services.

    ``tokens`` are the words of the text, ``asserted`` says of any span whether it is stated, denied, planned or past.
    ``sex`` is "F", "M" or "", ``age`` in years. ``home`` is the data folder, None for the user's own. ``read`` keeps
    what one contributor has read of the note and another asks for too.
    """

    note: Note
    tokens: Tokens
    lexicon: Lexicon
    asserted: Asserted
    setting: Setting
    on: date
    scope: str
    sex: str
    age: int | None
    diagnoses: tuple[CodeSuggestion, ...]
    home: Path | None = None
    read: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The text of the note."""
        return self.note.document.text


@dataclass(frozen=True, slots=True)
class Services:
    """What a contributor found: codes in the order of the claim (ranks are given later), questions, findings, visit."""

    suggestions: tuple[CodeSuggestion, ...] = ()
    queries: tuple[Query, ...] = ()
    findings: tuple[Finding, ...] = ()
    visit: Visit | None = None
