"""Findings into verdicts: what a TA1 and a 999 have to say of a file.

Levels 1 and 2 (syntax and guide) decide over a transaction set; what is wrong with single claims at the higher levels
is told claim by claim in a 277CA. An error rejects the transaction set in which it stands; a warning with a code is
noted, and the transaction set accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from nosology.model.acknowledgement import (
    BadElement,
    BadSegment,
    GroupAcknowledgement,
    InterchangeAcknowledgement,
    SetAcknowledgement,
)
from nosology.model.edi import EdiFinding
from nosology.model.finding import Severity
from nosology.x12.envelope import Transaction
from nosology.x12.headers import Group, Interchange
from nosology.x12.validate import Validation

__all__ = ["Judge", "JudgedInterchange"]

_HIGHEST = 2
_SEGMENTS = 1000  # faulty segments that are told of one transaction set


@dataclass(slots=True)
class JudgedInterchange:
    """An interchange that came in, the TA1 to it, and a 999 for each of its groups."""

    interchange: Interchange
    answer: InterchangeAcknowledgement
    groups: list[GroupAcknowledgement] = field(default_factory=list)


class Judge:
    """Follows a validation; iterate over it for the findings, then read ``interchanges``."""

    def __init__(self, validation: Validation, *, highest: int = _HIGHEST) -> None:
        self._validation = validation
        self._highest = highest
        self._sets: dict[tuple[int, int], list[SetAcknowledgement]] = {}
        self._groups: dict[tuple[int, int], tuple[Group, int]] = {}
        self._headers: dict[int, Interchange] = {}
        self._findings: dict[tuple[int, int, int], list[EdiFinding]] = {}
        reader = validation.reader
        reader.on_interchange = self._interchange_begins
        reader.on_group = self._group_ends
        reader.on_set = self._set_ends

    @property
    def interchanges(self) -> list[JudgedInterchange]:
        """The verdicts, one for each interchange with a header."""
        found = []
        for ordinal, header in self._headers.items():
            answer = _judge_interchange(header, self._findings.get((ordinal, 0, 0), []))
            judged = JudgedInterchange(header, answer)
            for (interchange, number), (group, included) in self._groups.items():
                if interchange == ordinal:
                    sets = self._sets.get((interchange, number), [])
                    findings = self._findings.get((interchange, number, 0), [])
                    judged.groups.append(_judge_group(group, included, sets, findings))
            found.append(judged)
        return found

    def __iter__(self) -> Iterator[EdiFinding]:
        for finding in self._validation:
            self._keep(finding)
            yield finding
        for (interchange, group, transaction), findings in self._findings.items():
            if transaction:
                self._mend(interchange, group, transaction, findings)

    def _keep(self, finding: EdiFinding) -> None:
        place = finding.position
        if finding.interchange_error:
            key = (place.interchange, 0, 0)
        elif finding.group_error:
            key = (place.interchange, place.group, 0)
        elif finding.transaction_error or finding.segment_error or finding.element_error:
            key = (place.interchange, place.group, place.transaction)
        else:
            return
        if finding.snip <= self._highest and finding.severity is not Severity.INFORMATION:
            kept = self._findings.setdefault(key, [])
            if len(kept) < _SEGMENTS * 4:
                kept.append(finding)

    def _interchange_begins(self, interchange: Interchange) -> None:
        self._headers[interchange.ordinal] = interchange

    def _set_ends(self, transaction: Transaction) -> None:
        place = (transaction.interchange.ordinal, transaction.group.ordinal)
        version = transaction.version if transaction.stated else ""
        made = SetAcknowledgement(transaction.id, transaction.control, "A", version)
        self._sets.setdefault(place, []).append(made)

    def _mend(self, interchange: int, group: int, transaction: int, findings: list[EdiFinding]) -> None:
        """The verdict on a transaction set that has findings."""
        sets = self._sets.get((interchange, group), [])
        if 0 < transaction <= len(sets):
            sets[transaction - 1] = _judge_set(sets[transaction - 1], findings)

    def _group_ends(self, group: Group, included: int) -> None:
        interchange = self._validation.reader.interchange
        self._groups[interchange.ordinal, group.ordinal] = (group, included)


def _judge_interchange(header: Interchange, findings: Iterable[EdiFinding]) -> InterchangeAcknowledgement:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    noted = errors or list(findings)
    verdict = "R" if errors else "E" if noted else "A"
    code = noted[0].interchange_error if noted else "000"
    return InterchangeAcknowledgement(header.control, header.header[9], header.header[10], verdict, code)


def _judge_set(made: SetAcknowledgement, findings: list[EdiFinding]) -> SetAcknowledgement:
    codes = list(dict.fromkeys(finding.transaction_error for finding in findings if finding.transaction_error))
    segments = _segments(findings)
    if any(segment.code[0] != "I" for segment in segments):
        codes.append("5")
    if any(segment.code[0] == "I" for segment in segments):
        codes.append("I5")
    wrong = any(finding.severity is Severity.ERROR for finding in findings)
    return SetAcknowledgement(
        made.transaction, made.control, "R" if wrong else "E", made.version, tuple(codes[:5]), segments
    )


def _segments(findings: list[EdiFinding]) -> tuple[BadSegment, ...]:
    """IK3 with their IK4, in the order of the segments."""
    found: dict[tuple[int, str, str, str, str], list[BadElement]] = {}
    for finding in findings:
        place = finding.position
        if not (finding.segment_error or finding.element_error):
            continue
        key = (place.segment, place.segment_id, place.loop, finding.segment_error or "8", finding.claim)
        elements = found.setdefault(key, [])
        if finding.element_error:
            elements.append(
                BadElement(
                    place.element,
                    finding.element_error,
                    place.component,
                    place.repetition,
                    finding.data_element,
                    "" if finding.element_error in {"1", "2", "6"} else finding.value[:99],
                )
            )
    ordered = sorted(found.items(), key=lambda item: item[0][0])[:_SEGMENTS]
    return tuple(
        BadSegment(
            name, ordinal, code, loop, claim, tuple(sorted(elements, key=lambda one: (one.element, one.component)))
        )
        for (ordinal, name, loop, code, claim), elements in ordered
    )


def _judge_group(
    group: Group, included: int, sets: list[SetAcknowledgement], findings: list[EdiFinding]
) -> GroupAcknowledgement:
    codes = tuple(dict.fromkeys(finding.group_error for finding in findings))[:5]
    accepted = sum(one.verdict != "R" for one in sets)
    if any(finding.severity is Severity.ERROR for finding in findings):
        accepted, verdict = 0, "R"
    elif not accepted:
        verdict = "R"
    elif accepted < len(sets):
        verdict = "P"
    else:
        verdict = "E" if codes or any(one.verdict == "E" for one in sets) else "A"
    received = len(sets)
    counted = included if included >= 0 else received
    return GroupAcknowledgement(
        group.functional_id, group.control, group.version, verdict, counted, received, accepted, codes, tuple(sets)
    )
