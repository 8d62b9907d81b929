"""What the stages of coding pass on: facts (one mention, one code) and candidates (one code, all its facts)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from nosology.coding.index import Refined
from nosology.coding.persons import Introduction
from nosology.model.coding import Alternative
from nosology.model.note import Mention, Role, Span
from nosology.model.trace import Step

__all__ = ["NO_PLACE", "Candidate", "Chart", "Fact"]

NO_PLACE = (9, 0)
"""The order of a candidate that no rule has given a place."""


@dataclass(slots=True)
class Fact:
    """One mention read as one code; ``reason`` says why it does not count, "" where it does; ``weight`` is in [0,
    1].
    """

    mention: Mention
    code: str
    refined: Refined
    kind: str  # kind of the section
    heading: bool  # the mention opens a line of an assessment or diagnosis list
    weight: float = 0.0
    reason: str = ""

    def __init__(  # written out, as that of Candidate: they are made by the hundred, and compiled it is quicker
        self,
        mention: Mention,
        code: str,
        refined: Refined,
        kind: str,
        heading: bool,
        weight: float = 0.0,
        reason: str = "",
    ) -> None:
        self.mention = mention
        self.code = code
        self.refined = refined
        self.kind = kind
        self.heading = heading
        self.weight = weight
        self.reason = reason


@dataclass(slots=True)
class Candidate:
    """A code and all that speaks for it. ``dropped`` holds the reason once a guideline has taken it out."""

    code: str
    facts: list[Fact] = field(default_factory=list)
    weight: float = 0.0
    steps: list[Step] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    specifies: list[tuple[Span, Role]] = field(default_factory=list)
    dropped: str = ""
    order: tuple[int, int] = NO_PLACE
    chance: float | None = None  # calibrated probability, where a ranker gave one
    mandated: bool = False  # brought in by an instruction of the Tabular List rather than by a mention of its own
    cared: bool = False  # its care is told, so that no probability takes it out
    of_drug: bool = False  # a problem of its own that the chart lays to a drug: no diagnosis explains it

    def __init__(
        self,
        code: str,
        facts: list[Fact] | None = None,
        weight: float = 0.0,
        steps: list[Step] | None = None,
        alternatives: list[Alternative] | None = None,
        specifies: list[tuple[Span, Role]] | None = None,
        dropped: str = "",
        order: tuple[int, int] = NO_PLACE,
        chance: float | None = None,
        mandated: bool = False,
    ) -> None:
        self.code = code
        self.facts = [] if facts is None else facts
        self.weight = weight
        self.steps = [] if steps is None else steps
        self.alternatives = [] if alternatives is None else alternatives
        self.specifies = [] if specifies is None else specifies
        self.dropped = dropped
        self.order = order
        self.chance = chance
        self.mandated = mandated
        self.cared = False
        self.of_drug = False

    @property
    def first(self) -> Mention:
        """The mention that speaks loudest for the code."""
        return max(self.facts, key=lambda f: (f.weight, -f.mention.span.start)).mention

    def take(self, facts: Iterable[Fact]) -> None:
        """Add those of ``facts`` that the candidate does not hold yet."""
        places = set(map(_place, self.facts))  # few facts share one, so that few need to be compared
        self.facts += [f for f in facts if _place(f) not in places or f not in self.facts]


def _place(fact: Fact) -> tuple[str, int, int]:
    span = fact.mention.span
    return fact.code, span.start, span.end


@dataclass(frozen=True, slots=True)
class Chart:
    """What guidelines ask about the whole note besides the candidates."""

    setting: str
    scope: str
    sex: str
    age: int | None
    text: str
    kinds: frozenset[str]  # kinds of sections that the note has
    lower: str = ""  # the text in lower case
    introductions: tuple[Introduction, ...] = ()  # places that say who the patient is
    known_sex: str = ""  # what the encounter says, else what the introductions agree on
    on: date | None = None  # of the service
    record: str = ""  # of a birth: the mother's or the child's (records.py)

    @property
    def inpatient(self) -> bool:
        """Sections II and III of the Guidelines apply."""
        return self.setting == "inpatient"

    @property
    def exhaustive(self) -> bool:
        """Every condition present is wanted, not only what is reportable."""
        return self.scope == "all"
