"""What the wording of a heading says of its section beyond the spellings that are known."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["kind_of_wording"]

# words around the name of a section that leave it what it is ("Problem-wise assessment and plan", "Today's plan")
_AROUND = re.compile(
    r"^(?:(?:my|our|today's|updated|overall|combined|detailed|final"
    r"|problem[- ]?(?:wise|based|oriented|specific|focused))\s)+"
    r"|[, ]+(?:by|per|for) (?:each |active |the )?(?:problem|diagnosis|diagnoses|issue|condition|system)s?$"
)
# headings in the words of a conversation ("What we decided today", "Where we go from here")
_SPOKEN = re.compile(
    r"^(?:so,? |here is |here's )?(?:what|how) (?=we|i\b|i')[^.]{0,28}?"
    r"\b(?:decided|agreed|(?:will|we'll|i'll) do|doing|plan|planned|proceed|settled|recommend|recommended)\b"
    r"(?: on| to do| about)?(?: (?:today|together|next|about it|at this visit))*$"
    r"|^where (?:we|things) (?:go|stand|are)(?: (?:from here|now|today|next))*$"
    r"|^(?:my|our) (?:thoughts?|thinking|take|view)(?: and (?:plan|plans|recommendations))?$"
)
# problems that a heading joins with what is done about them ("Problem list with plan", "Diagnoses and management")
_WITH_PLANS = re.compile(
    r"(?P<named>.+?)(?: with| and|,| \+|/)(?: (?:the|a|my|our|their|today's|individual|corresponding|associated))?"
    r"[ /]?(?:treatment |management |care )?(?:plans?|management|recommendations?|actions?)"
    r"(?: (?:for|of) (?:each|today))?"
)
_CONCLUDED = frozenset(("assessment", "assessment_and_plan", "impression"))
# a reason that is told together with its story ("Reason for admission / HPI", "Indication and history") is the story
_STORIES = frozenset((one, "history_of_present_illness") for one in ("chief_complaint", "indication"))
_NAMED = _CONCLUDED | {"problem_list", "diagnosis"}


def kind_of_wording(name: str, headings: Mapping[str, str]) -> str | None:
    """Return the kind of a heading that is said in other words, or joins the names of two sections; None if of none.

    ``name`` is in lower case; ``headings`` are the known spellings with their kinds.
    """
    kind = headings.get(_AROUND.sub("", name))
    if kind is not None:
        return kind
    planned = _WITH_PLANS.fullmatch(name)
    if _SPOKEN.match(name) or (planned is not None and headings.get(planned["named"]) in _NAMED):
        return "assessment_and_plan"
    for between in ("/", " and "):
        first, found, second = name.partition(between)
        if found and len(first) > 1 and len(second) > 1 and first in headings and second in headings:
            one, other = headings[first], headings[second]
            if one in ("patient_information", "header") or (one, other) in _STORIES:
                return other
            if {one, other} == {"assessment", "hospital_course"}:
                return "emergency_course"
            return "assessment_and_plan" if one in _CONCLUDED and other == "plan" else one
    return None
