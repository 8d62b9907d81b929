"""A chart document and what was read in it. Offsets are half-open and count code points of ``Document.text``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from nosology.model.quick_init import quicken

__all__ = [
    "Document",
    "Evidence",
    "Indicator",
    "Mention",
    "Note",
    "Role",
    "Section",
    "Sentence",
    "Span",
    "Status",
    "Subject",
    "Temporality",
]


class Status(StrEnum):
    """Whether the author says that the thing is so."""

    PRESENT = "present"
    ABSENT = "absent"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"


class Subject(StrEnum):
    """Whom the statement is about."""

    PATIENT = "patient"
    FAMILY = "family"
    OTHER = "other"


class Temporality(StrEnum):
    """Whether the statement is about now or about the past."""

    CURRENT = "current"
    HISTORICAL = "historical"


class Role(StrEnum):
    """What a piece of evidence does for a code."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    SPECIFIES = "specifies"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, ``0 <= start <= end <= len(text)``."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """True if the two share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote from a document: ``quote`` equals the text at ``span``; ``section`` is the kind of the section it
    stands in.
    """

    span: Span
    quote: str
    section: str = ""
    role: Role = Role.SUPPORTS


@dataclass(frozen=True, slots=True)
class Document:
    """A document as received; ``text`` never changes after intake, so offsets stay true."""

    id: str
    text: str
    kind: str = ""
    author: str = ""
    written_at: datetime | None = None
    sha256: str = ""
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a note under one heading.

    ``kind`` is one of the kinds in ``notes/data/sections.yaml`` ("assessment", "history_of_present_illness" …), ""
    where the
    text before any heading is of no known kind. ``span`` covers heading and body, ``body`` the text below the heading.
    """

    kind: str
    title: str
    span: Span
    body: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row, with the index of its section in ``Note.sections``."""

    span: Span
    section: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that names something codable.

    ``spans`` are the pieces of text that carry it, in order (usually one; several when its words stand apart); ``span``
    covers them all. ``codes`` are the code-set nodes that the words lead to, best first; ``terms`` the vocabulary
    entries that were met, aligned with ``codes``; ``atoms`` the numbers of the lexicon words that were met; ``title``
    where the complaint of one place stands, if any, under which an assessment speaks of it.
    """

    span: Span
    spans: tuple[Span, ...]
    codes: tuple[str, ...]
    terms: tuple[str, ...]
    sentence: int
    section: int
    status: Status = Status.PRESENT
    subject: Subject = Subject.PATIENT
    temporality: Temporality = Temporality.CURRENT
    cue: str = ""
    atoms: frozenset[int] = frozenset()
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A clinical indicator: a measured value, or a treatment, finding or word of the chart. Never a diagnosis.

    ``name`` stands in ``notes/data/indicators.yaml``. Of a measurement, ``value`` is in the unit given there and
    ``upper`` its other limit where the text gives an estimate between two; ``bound`` is "<" or ">" where the text gives
    only a limit; ``when`` is "" (this stay), "baseline", "past" or "discharge". Both values are None for words.
    """

    name: str
    span: Span
    sentence: int
    section: int
    value: float | None = None
    upper: float | None = None
    bound: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A document with its sections, sentences and mentions, each in order of appearance."""

    document: Document
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]


quicken(Span, Evidence, Section, Sentence, Mention, Indicator)
