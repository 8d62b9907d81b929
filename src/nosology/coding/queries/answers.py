"""What a provider's answer to a query says in the words of a chart: a statement that can stand without the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nosology.rules.loader import find_rule

__all__ = ["OUTCOMES", "answer_outcome", "answer_text", "state_answer"]

OUTCOMES = ("agreed", "disagreed", "undetermined", "no-answer")
"""How a query ends: an offered option chosen; another answer; the provider cannot tell; nobody answered."""

_ASIDE = re.compile(r"\s*\((?:please|if)[^)]*\)")
_OTHER = re.compile(r"other\b", re.IGNORECASE)
_UNDETERMINED = re.compile(r"unable to determine|undetermined|cannot be determined", re.IGNORECASE)
_NONE = re.compile(
    r"no (?:additional )?diagnosis\b|the finding has no clinical|the diagnosis was ruled out"
    r"|the patient does not have|no\b|no longer",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“([^”]+)”")


def state_answer(rule: str, question: str, chosen: Sequence[str], words: str = "") -> str:
    """Return the statement for the chart: the chosen options made whole, then the provider's own words.

    ``rule`` may say in ``stated_as`` how an option that is only a part ("stage 3a") is said in full.
    """
    found = find_rule(rule) if rule else None
    form = str(found.data.get("stated_as", "")) if found is not None else ""
    quoted = _QUOTED.search(question)
    subject = quoted[1] if quoted is not None else ""
    parts = []
    for option in chosen:
        said = _ASIDE.sub("", option).strip()
        if not said or _OTHER.match(said):
            continue
        if _UNDETERMINED.search(said):
            said = "unable to determine"
        elif said.startswith("the diagnosis ") and subject:
            said = said.replace("the diagnosis", subject, 1)
        elif form and "{answer}" in form and not _NONE.match(said):
            said = form.replace("{answer}", said)
        parts.append(said)
    own = " ".join(words.split())
    return " ".join(_sentence(part) for part in (*parts, own) if part)


def answer_text(statement: str) -> str:
    """Return the text of the document that an answer becomes in the chart."""
    return f"ANSWER TO A QUERY\n\nASSESSMENT:\n{statement}\n"


def answer_outcome(options: Sequence[str], chosen: Sequence[str]) -> str:
    """Return how the query ended, one of :data:`OUTCOMES`."""
    offered = [each for each in chosen if each in options]
    if any(_UNDETERMINED.search(each) for each in offered):
        return "undetermined"
    if not offered:
        return "disagreed" if options else "agreed"
    return "disagreed" if any(_OTHER.match(each) or _NONE.match(each) for each in offered) else "agreed"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
