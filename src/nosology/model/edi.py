"""Where something stands in an X12 file, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from nosology.model.finding import Finding, Severity

__all__ = ["EdiFinding", "Position"]


@dataclass(frozen=True, slots=True)
class Position:
    """A place in an X12 file; counts start at 1, and 0 says "none" or "the whole".

    ``segment`` counts within the transaction set, ST being 1 (as 999 IK302 counts); outside of transaction sets it
    counts from the start of the interchange. ``offset`` is that of the segment's first character in the text.
    """

    interchange: int = 0
    group: int = 0
    transaction: int = 0
    segment: int = 0
    segment_id: str = ""
    loop: str = ""
    element: int = 0
    component: int = 0
    repetition: int = 0
    offset: int = 0

    def __str__(self) -> str:
        parts = [f"interchange {self.interchange}"] if self.interchange > 1 else []
        parts += [f"group {self.group}"] if self.group > 1 else []
        parts += [f"transaction {self.transaction}"] if self.transaction else []
        if self.segment:
            parts.append(f"segment {self.segment}")
        name = self.segment_id + (f"{self.element:02d}" if self.element else "")
        name += f"-{self.component}" if self.component else ""
        parts += [name] if name else []
        parts += [f"loop {self.loop}"] if self.loop else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class EdiFinding:
    """A finding in an X12 file, with what an acknowledgement has to say of it.

    ``snip`` is the WEDI level 1 to 7. ``interchange_error`` is a TA105 code, ``group_error`` AK905,
    ``transaction_error`` IK502, ``segment_error`` IK304, ``element_error`` IK403 (with ``data_element``, the number of
    the data element); ``status`` is (category, status, entity) for a 277CA. ``value`` is the faulty text as it stands:
    it may belong to a patient, so it goes into an acknowledgement to its sender and never into ``message`` or a log.
    ``claim`` is the patient control number of the claim in which it stands.
    """

    rule: str
    snip: int
    severity: Severity
    message: str
    position: Position
    interchange_error: str = ""
    group_error: str = ""
    transaction_error: str = ""
    segment_error: str = ""
    element_error: str = ""
    data_element: str = ""
    value: str = ""
    status: tuple[str, str, str] | None = None
    claim: str = ""
    citation: str = ""
    fix: str = ""

    def as_finding(self) -> Finding:
        """The same in the form of every other finding."""
        return Finding(self.rule, self.severity, self.message, str(self.position), citation=self.citation, fix=self.fix)
