"""Where a note without headings states its conclusion: the kind of section that each sentence really belongs to."""

from __future__ import annotations

import re

from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Note, Span

__all__ = ["narrative_kinds", "stated_kinds"]

_LOOSE = ("", "other", "history_of_present_illness", "physical_exam", "consultation", "interval_history", "results")
_CONCLUDES = WordPattern(
    r"^\W*(?:(?:in (?:summary|conclusion|short)|overall|so),? )?"
    r"(?:(?:my|our|the|clinical|overall|final|working) )*(?:impression|assessment|diagnos[ei]s|dx|imp)\b"
    r"(?: today)?(?: (?:is|are|was|remains?)\b|\s*[:–—-])"
    r"|^\W*(?:in summary|in conclusion|to summari[sz]e)\b"
    r"|\b(?:my|our) (?:impression|assessment|diagnosis) (?:is|are|remains)\b"
)
_PLANS = WordPattern(
    r"^\W*(?:plan\b|recommendations?\b|"
    r"(?:i|we) (?:will|shall|would|recommend|advised|discussed|plan|have (?:recommended|started|asked|given"
    r"|prescribed))\b"
    r"|we discussed\b|i'll\b|we'll\b)"
)

# what goes on with the conclusion of the sentence before: "She also has gout. Her depression is well controlled."
_GOES_ON = re.compile(
    r"\W*(?:(?:s?he|they|(?:the )?(?:patient|pt)|(?:mr|mrs|ms|miss|dr)\.? [\w'-]+)"
    r" (?:also |additionally |further |now )?"
    r"(?:has|have|is|suffers|meets|carries)\b(?! (?:not|no|been|been|to|going|had|due|here|able|a? ?pleasant)\b)"
    r"|there (?:is|are) (?:also|additionally|further)\b"
    r"|(?:her|his|their) [\w -]{3,40}? (?:is|are|remains?) (?:(?:well|poorly|sub-?optimally|now|very|quite) )*"
    r"(?:controlled|uncontrolled|stable|managed|active|worse\w*|improv\w+)\b)",
    re.IGNORECASE,
)
_SAME = re.compile(r"[\s:.-]*(?:the )?(?:same|as above|unchanged|as pre-?op)\b", re.IGNORECASE)


# an assessment that says nothing of its own: "A/P: as above"
_POINTS_BACK = re.compile(
    r"[\s:.-]*(?:(?:please )?see (?:above|below|hpi|note|orders)"
    r"|(?:same )?as (?:noted |stated |outlined |detailed |per )?(?:above|below)|per (?:above|hpi)|above"
    r"|(?:as )?discussed above)[\s.]*\Z",
    re.IGNORECASE,
)
_CONCLUSIONS = ("assessment", "assessment_and_plan", "impression", "diagnosis")


def stated_kinds(note: Note) -> frozenset[str]:
    """Return the kinds of the sections of a note, without conclusions that only point to what is told elsewhere."""
    text = note.document.text
    return frozenset(
        s.kind
        for s in note.sections
        if s.kind not in _CONCLUSIONS or _POINTS_BACK.match(text, s.body.start, s.body.end) is None
    )


def narrative_kinds(note: Note) -> dict[int, str]:
    """Return ``sentence number → kind`` for sentences outside labelled sections that open a conclusion or a plan."""
    found: dict[int, str] = {}
    text = note.document.text
    same = any(
        s.kind == "postoperative_diagnosis" and _SAME.match(text, s.body.start, s.body.end) for s in note.sections
    )
    concludes, plans = _CONCLUDES.may_stand(text), _PLANS.may_stand(text)
    if not (same or concludes or plans):
        return found
    concluded = -1  # the sentence before, where it belongs to a conclusion
    for number, sentence in enumerate(note.sentences):
        if same and note.sections[sentence.section].kind == "preoperative_diagnosis":
            found[number] = "postoperative_diagnosis"
            continue
        if note.sections[sentence.section].kind not in _LOOSE:
            continue
        if (concludes and _opens(_CONCLUDES, text, sentence.span)) or (
            concluded == number - 1 >= 0 and _goes_on(note, number)
        ):
            found[number], concluded = "assessment", number
        elif plans and note.sections[sentence.section].kind in ("", "other") and _opens(_PLANS, text, sentence.span):
            found[number] = "plan"
    return found


def _opens(pattern: WordPattern, text: str, span: Span) -> bool:
    return pattern.may_stand(text, span.start, span.end) and pattern.search(text[span.start : span.end]) is not None


def _goes_on(note: Note, number: int) -> bool:
    """Whether a sentence goes on with the conclusion before it, in the same paragraph."""
    text, before, span = note.document.text, note.sentences[number - 1], note.sentences[number].span
    joined = before.section == note.sentences[number].section and "\n\n" not in text[before.span.end : span.start]
    return joined and _GOES_ON.match(text, span.start, span.end) is not None
