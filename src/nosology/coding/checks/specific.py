"""Detail from another place of the chart: an unspecified code becomes the specific one that is documented there."""

from __future__ import annotations

from collections.abc import Sequence

from nosology.coding.candidates import Candidate, Fact
from nosology.coding.checks.wording import compile_words
from nosology.coding.prefixes import begins
from nosology.coding.workup import Workup, check
from nosology.lexicon.patterns import WordPattern
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["settle_doubt", "speaks_of_another", "take_detail"]

_SIDES = ("right", "left", "bilateral")
_SUBCATEGORY, _FIVE = 5, 6  # characters of "G47.0" and of "G47.00"
_BEFORE = 60  # characters before a disease in which it is said to be the cause
_SHORT = 4  # letters of words that do not tell a disease
_TEARS = ("Bucket-handle tear of ", "Peripheral tear of ", "Complex tear of ")
# how titles begin that stand for what is not said: the words that would say it, and what others say instead
_ASSUMED = {
    "Displaced ": (WordPattern(r"(?<!not )\bdisplaced\b"), ("Nondisplaced ",)),
    "Other tear of ": (WordPattern(r"\b(?:radial|horizontal|oblique|longitudinal|root|flap)\b"), _TEARS),
}
# what the Index makes of the fracture of a joint or limb, and the bones of which it may be
_BROKEN = {
    "S82.89": ("S82.5", "S82.6", "S82.83", "S82.84", "S82.85"),
    "S62.10": ("S52.5", "S52.6", "S62.0", "S62.11", "S62.12", "S62.13", "S62.14", "S62.15", "S62.16", "S62.17"),
    "S72.00": ("S72.01", "S72.02", "S72.03", "S72.04", "S72.05", "S72.06", "S72.09", "S72.1", "S72.2"),
    "S42.40": ("S42.41", "S42.42", "S42.43", "S42.44", "S42.45", "S42.46", "S42.47", "S42.49", "S52.0", "S52.1"),
    "S42.9": ("S42.0", "S42.1", "S42.2"),
    "S62.9": ("S62.2", "S62.3"),
    "S92.9": ("S92.0", "S92.1", "S92.2", "S92.3"),
    "S82.9": ("S82.1", "S82.2", "S82.3", "S82.4"),
}
_NECK = ("M54.0", "M54.11", "M54.12", "M54.2", "M54.81")


@check("detail_elsewhere", "integral")
def take_detail(workup: Workup, rule: Rule) -> None:
    """Replace an unspecified code by the one specific code of its group that the chart documents (I.B.2, I.B.14).

    Of two reported codes of a group the unspecified one goes. A group is a category, or a subcategory by the rule.
    """
    _name_bones(workup, rule)
    groups: dict[str, list[Candidate]] = {}
    finer, never, together = rule.data["by_subcategory"], rule.data["never"], rule.data["together"]
    for candidate in workup.candidates:
        if not candidate.dropped or _silent(candidate):
            code = candidate.code
            groups.setdefault(_group(code, finer), []).append(candidate)
    for group, members in groups.items():
        if len(members) < 2 or begins(group, never):
            continue
        for candidate in members:
            if candidate.dropped:
                continue
            if (told := _assumed_otherwise(workup, candidate, members)) is not None:
                step = Step("guideline", f"{candidate.code} is specified elsewhere in the chart", rule.citation)
                workup.replace(candidate, told.code, step)
                continue
            if not _vague(workup, candidate.code):
                continue
            others = [
                m
                for m in members
                if m is not candidate
                and _more(workup, candidate.code, m.code)
                and (begins(candidate.code, together) or not _of_another_kind(workup, candidate.code, m.code))
            ]
            reported = [m for m in others if not m.dropped]
            if reported:
                reported[0].facts += [f for f in candidate.facts if not f.reason and f not in reported[0].facts]
                reported[0].weight = max(reported[0].weight, candidate.weight)
                workup.drop(candidate, f"said more specifically by {reported[0].code} ({rule.citation_section})")
            elif len(others) == 1:
                step = Step("guideline", f"{candidate.code} is specified elsewhere in the chart", rule.citation)
                workup.replace(candidate, others[0].code, step)


@check("doubt_settled", "read")
def settle_doubt(workup: Workup, rule: Rule) -> None:
    """Count what findings are "consistent with" where the heading above is the same diagnosis, told less exactly, and
    a lasting disease that the patient has, where only what it brings about is doubted.
    """
    text, cues, reach = workup.chart.text, tuple(rule.data["cues"]), int(rule.data["reach"])
    _count_own(workup, rule)
    if not any(cue in workup.chart.lower for cue in cues):
        return
    heads = [
        (candidate.code[:3], fact)
        for candidate in workup.live()
        for fact in candidate.facts
        if fact.heading and not fact.reason and fact.kind in rule.data["assessed"]
    ]
    for candidate in workup.candidates:
        lifted = 0.0
        for fact in candidate.facts:
            if not fact.reason.startswith("uncertain") or not fact.mention.cue.lower().endswith(cues):
                continue
            start, words = fact.mention.span.start, _words(text, fact)
            for category, head in heads:
                above = head.mention.section == fact.mention.section and 0 < start - head.mention.span.start < reach
                if above and candidate.code.startswith(category) and words & _words(text, head):
                    fact.reason, lifted = "", max(lifted, fact.weight)
                    break
        if lifted:
            candidate.dropped, candidate.weight = "", max(lifted, 0.0 if candidate.dropped else candidate.weight)


def _count_own(workup: Workup, rule: Rule) -> None:
    """Count lasting diseases of the patient to which something is laid with a doubt ("likely from his COPD")."""
    own, lasting = compile_words(rule.data["own"]), workup.rules["reportable"][0].data["chronic"]
    if not own.may_stand(workup.chart.text):
        return
    for candidate in workup.candidates:
        if not candidate.dropped.startswith("uncertain") or not begins(candidate.code, lasting):
            continue
        told = [
            fact
            for fact in candidate.facts
            if fact.reason.startswith("uncertain")
            and own.search(workup.chart.text, max(0, fact.mention.span.start - _BEFORE), fact.mention.span.start)
        ]
        for fact in told:
            fact.reason = ""
        if told:
            candidate.dropped, candidate.weight = "", max(fact.weight for fact in told)


def _words(text: str, fact: Fact) -> set[str]:
    span = fact.mention.span
    return {word for word in text[span.start : span.end].lower().split() if len(word) > _SHORT}


def _name_bones(workup: Workup, rule: Rule) -> None:
    """Replace the fracture of a joint by that of the one bone which the chart tells of the same side (I.C.19.c)."""
    for candidate in workup.having("S42.40", "S42.9", "S62.10", "S62.9", "S72.00", "S82.89", "S82.9", "S92.9"):
        bones = next(bones for joint, bones in _BROKEN.items() if candidate.code.startswith(joint))
        side = _side(workup.icd.title(candidate.code))
        told = [
            c
            for c in workup.candidates
            if c.code.startswith(bones)
            and (not c.dropped or _silent(c))
            and _side(workup.icd.title(c.code)) == side
            and c.code[-1] in (candidate.code[-1], "A", "D")
        ]
        if len(told) != 1:
            continue
        code = told[0].code[:-1] + candidate.code[-1]
        if workup.icd.is_billable(code):
            step = Step("guideline", f"{candidate.code} is specified elsewhere in the chart", rule.citation)
            new = workup.replace(candidate, code, step, [f for f in told[0].facts if not f.reason])
            if told[0] is not new and not told[0].dropped:
                workup.drop(told[0], f"the same fracture as {code} ({rule.citation_section})")


def _group(code: str, finer: Sequence[str]) -> str:
    """Return the category of a code, its subcategory by the rule; diverticula by what has become of them, since the
    subcategories of K57 name the part of the intestine.
    """
    if code.startswith("K57.") and len(code) == _FIVE:
        return f"K57 {int(code[4]) % 2} {code[5]}"
    return code[:_SUBCATEGORY] if begins(code, finer) else code[:3]


def _silent(candidate: Candidate) -> bool:
    """True for a candidate that is documented as present but was not reported for itself."""
    return candidate.dropped.startswith("mentioned") and any(not f.reason for f in candidate.facts)


def _assumed_otherwise(workup: Workup, candidate: Candidate, members: list[Candidate]) -> Candidate | None:
    """Return the one code that says what ``candidate`` only assumes: a fracture is displaced (I.C.19.c) and a tear of a
    meniscus "other" until the chart says otherwise, be it in the report of the films.
    """
    title = workup.icd.title(candidate.code)
    start = next((start for start in _ASSUMED if title.startswith(start)), None)
    if start is None:
        return None
    own, instead = _ASSUMED[start]
    if any(own.search(workup.sentence_at(f.mention.sentence)) for f in candidate.facts if not f.reason):
        return None
    rest = title.removeprefix(start)
    found = [m for m in members if any(workup.icd.title(m.code) == each + rest for each in instead)]
    return found[0] if len(found) == 1 else None


def _vague(workup: Workup, code: str) -> bool:
    title = workup.icd.title(code).lower()
    return (
        "unspecified" in title
        or title.endswith(("nos", "not otherwise specified"))
        or code in ("M54.9", "R10.9", "R51.9")
        or code.startswith("S82.89")  # "ankle fracture", the default of the Index
    )


def speaks_of_another(vague: str, other: str) -> bool:
    """True for an unspecified pain of the back and a code of the neck: "neck and back pain" is two pains."""
    return vague == "M54.9" and other.startswith(_NECK)


def _of_another_kind(workup: Workup, vague: str, other: str) -> bool:
    """True where what is unspecified belongs to a condition that the subcategory names, and the other code to another:
    "Insomnia, unspecified" (G47.00, of G47.0) is not said by sleep apnea (G47.33).
    """
    if len(vague) < _FIVE or vague[:_SUBCATEGORY] == other[:_SUBCATEGORY]:
        return False
    named = workup.icd.title(vague[:_SUBCATEGORY]).lower()
    return "unspecified" not in named and not named.startswith("other ")


def _side(title: str) -> str:
    words = title.lower().replace(",", " ").split()
    return next((s for s in _SIDES if s in words), "")


def _plain(title: str) -> int:
    return title.lower().count("unspecified")


def _more(workup: Workup, vague: str, other: str) -> bool:
    """True if ``other`` says what ``vague`` leaves unspecified, of the same side."""
    mine, theirs = workup.icd.title(vague), workup.icd.title(other)
    one, two = _side(mine), _side(theirs)
    if one and two and one != two:
        return False
    if one and not two:
        return False
    if vague[-1] != other[-1] and len(vague) == 8 and len(other) == 8:
        return False
    if vague.startswith("F1") and theirs.endswith("uncomplicated") and not mine.endswith("uncomplicated"):
        return False  # abuse by itself says less than abuse with intoxication
    if speaks_of_another(vague, other):
        return False
    if vague.startswith("S82.89"):
        return other.startswith(("S82.5", "S82.6", "S82.84", "S82.85"))
    return _plain(theirs) < _plain(mine) or (vague in ("M54.9", "R10.9") and _plain(theirs) <= _plain(mine))
