"""Services other than visits that were given at a distance: how the patient was reached, and the place of service.

Which services may be given so stands in the rule ``Service-at-distance``; the words are those of visits
(``EM-telehealth``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from nosology.coding.em.chart import VisitChart
from nosology.coding.em.scan import stands
from nosology.coding.em.separate import find_distance
from nosology.coding.procedures.performed.find import ServiceLine
from nosology.coding.procedures.performed.statements import Statements
from nosology.model.finding import Finding, Severity

__all__ = ["say_distance"]

_SAID = {"video": "video", "audio": "audio_only"}


def say_distance(notes: Statements, lines: Sequence[ServiceLine]) -> tuple[list[ServiceLine], list[Finding]]:
    """The lines with how the patient was reached, and a finding with the place of service where no visit tells it."""
    rules = notes.rules.get("service_distance", ())
    if not rules or "em_telehealth" not in notes.rules:
        return list(lines), []
    rule = rules[0]
    allowed = [line for line in lines if any(first <= line.code <= last for first, last in rule.data["codes"])]
    words = notes.rules["em_telehealth"][0].data
    if not allowed or not (stands(words["video"], notes.text) or stands(words["audio"], notes.text)):
        return list(lines), []
    distance = find_distance(VisitChart(notes.desk))
    if distance is None:
        return list(lines), []
    fact = _SAID[distance.how]
    told = [
        replace(line, said=line.said | {fact}, evidence=tuple(dict.fromkeys((*line.evidence, distance.evidence))))
        if line in allowed
        else line
        for line in lines
    ]
    message = rule.message.format(codes=", ".join(dict.fromkeys(line.code for line in allowed)), how=distance.how,
                                  place=distance.place)  # fmt: skip
    finding = Finding(rule.id, Severity(rule.severity), message, "service", (distance.evidence,), rule.citation)
    return told, [finding]
