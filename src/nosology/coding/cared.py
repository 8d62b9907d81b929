"""What the chart of a stay shows to have been cared for: no probability takes it out (Section III, UHDDS).

A chronic condition with a drug of its kind among the patient's drugs, a disorder of minerals, fluids or kidneys with
words of its treatment behind it, a hemiplegia, the deficits of an acute stroke, the infection that J44.0 speaks of, and
a new fracture or injury of an inner organ are other diagnoses by definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from nosology.coding.candidates import Candidate
from nosology.model.note import Status

__all__ = ["find_cared"]

_DISORDERS = ("E83", "E86", "E87", "N17")
_STROKES = ("I60", "I61", "I62", "I63")
_DEFICITS = ("G81", "R47.01", "R29.810", "H53.46", "R13.1", "R41.4")
_PARESES = ("G81",)  # no routine part of any disease
_STATED = 0.6  # the weight of what a stay tells as its own
_COURSE = ("hospital_course", "assessment", "assessment_and_plan")
_ALWAYS = (
    "Q9",
    "O41.1",
    "O36.5",
)  # they bear on every stay: a disorder of chromosomes, an infected womb, a small fetus
_LUNGS = ("J09", "J1", "J20", "J21", "J22", "J69.0")
_INJURIES = ("S02", "S06", "S12", "S22", "S26", "S27", "S32", "S36", "S37", "S42", "S52", "S62", "S72", "S82", "S92")
_NO_INJURY = ("S06.9", "S27.9", "S32.9", "S36.9", "S37.9")  # the injury of a region, without its part
_CARE = re.compile(
    r"(?:[^.\n]|\.(?=\d)){0,90}?\b(?:corrected|cleared|replaced|repleted|replenished|supplement\w*|infusions?|given"
    r"|treated|resolved|restrict\w+|normali[sz]ed|improved|IVF|(?:IV|PO) \w+|bicarb\w*|dialy\w+)\b",
    re.IGNORECASE,
)


def find_cared(
    candidates: Sequence[Candidate], others: Iterable[Candidate], chronic: tuple[str, ...], text: str
) -> set[str]:
    """Return the codes of ``candidates``, those of a stay, that were cared for by the words of the chart.

    ``others`` are further candidates, whose mentions may name drugs; ``chronic`` are prefixes of chronic conditions.
    """
    treated: set[str] = set()
    for candidate in (*candidates, *others):
        for fact in candidate.facts:
            source = fact.mention.terms[0]
            if not fact.reason and source.startswith("drug:"):
                treated.update(filter(None, source[5:].split(",")))
    prefixes = tuple(treated)
    stroke = any(c.code.startswith(_STROKES) for c in candidates)
    lungs = any(c.code == "J44.0" for c in candidates)
    found = set()
    for candidate in candidates:
        code = candidate.code
        if (
            (code.startswith(chronic) and code.startswith(prefixes) and code[0] not in "RZ")
            or code.startswith(_ALWAYS)
            or (stroke and code.startswith(_DEFICITS))
            or (code.startswith(_PARESES) and candidate.weight >= _STATED)
            or (lungs and code.startswith(_LUNGS))
            or (candidate.weight >= _STATED and _is_new_injury(code))
            or (code.startswith(_DISORDERS) and _is_treated(candidate, text))
            or (code[0] not in "RVWXYZ" and _heads_care(candidate, text))
        ):
            found.add(code)
    return found


def _is_new_injury(code: str) -> bool:
    return code.startswith(_INJURIES) and code[-1] in "ABC" and not code.startswith(_NO_INJURY)


def _heads_care(candidate: Candidate, text: str) -> bool:
    """True where the condition heads a problem of the course and words of its care stand behind it."""
    return candidate.weight >= _STATED and any(
        f.heading
        and not f.reason
        and f.kind in _COURSE
        and f.mention.status is not Status.POSSIBLE
        and _CARE.match(text, f.mention.span.end)
        for f in candidate.facts
    )


def _is_treated(candidate: Candidate, text: str) -> bool:
    return any(
        not f.reason and f.mention.status is not Status.POSSIBLE and _CARE.match(text, f.mention.span.end)
        for f in candidate.facts
    )
