"""The ways in which a title or inclusion term of the Tabular List may be said.

A title is a formal thing: it carries "unspecified", "not elsewhere classified", parentheses (nonessential modifiers,
Guidelines I.A.7), brackets (synonyms), "and" in the sense of and/or (I.A.14), sides and episodes of care. Here each
title becomes the few phrases that a clinician would write for it; what tells sides, episodes and degrees apart is left
to the walk down the tree.
"""

from __future__ import annotations

import re

from nosology.codes.late_pattern import late_pattern

__all__ = ["strip_sides", "title_variants"]

# Sides; "right bundle branch block" and "left heart failure" name another disease than the other side's.
_SIDES = late_pattern(
    r"\b(?:right|left|bilateral|both|unilateral)\b"
    r"(?![ -](?:bundle|heart|ventric|atri|sided heart|main coronary|anterior descending|circumflex|coronary))",
    re.IGNORECASE,
)
_PARENTHESES = late_pattern(r"\s*\([^()]*\)")
_BRACKETS = late_pattern(r"\s*\[([^\[\]]*)\]")
_QUALIFIERS = late_pattern(
    r",? *\b(?:not elsewhere classified|not otherwise specified|in (?:other )?diseases classified elsewhere"
    r"|classified elsewhere"
    r"|elsewhere classified|NOS|NEC|so stated|as the cause of diseases classified elsewhere|any type|any site)\b",
    re.IGNORECASE,
)
_WITHOUT = late_pattern(r",? *(?:\(?without|with no|not intractable|uncomplicated)\b[^,;]*", re.IGNORECASE)
_UNSPECIFIED_PART = late_pattern(
    r",? *\b(?:of |in |due to |by |with |involving )?(?:an? )?unspecified"  # "blister of unspecified ear" is not any
    r" (?:part|site|organism|type|cause|nature|agent|trimester|stage|severity|degree|level|intent|location"
    r"|side|(?<!of unspecified )(?<!in unspecified )(?:eye|ear|limb)|"
    r"bacteria|virus|behavior|duration|etiology|form|origin|number|episode|mental disorder|loss of consciousness)s?"
    r"(?: (?:of|in) (?!.*unspecified))?",
    re.IGNORECASE,
)
_UNSPECIFIED = late_pattern(r",? *\b(?:unspecified|unsp)\b(?: (?:whether|as to) .*)?,?", re.IGNORECASE)
_EPISODE = late_pattern(
    r", (?:initial encounter|subsequent encounter|sequela)\b.*|, (?:first|second|third|unspecified) trimester\b.*"
    r"|, (?:fetus \d|other fetus|not applicable or unspecified)\b.*",
    re.IGNORECASE,
)
_DISPLACED = late_pattern(
    r"^displaced (?=.*fracture)", re.IGNORECASE
)  # the default where the text does not say (I.C.19.c)
_ESSENTIAL_WITHOUT = late_pattern(r"\bwithout (?:rheumatoid factor|aura|goiter|liveborn)\b", re.IGNORECASE)
_OTHER = late_pattern(r"^(?:other|other specified|certain|other and unspecified|unspecified)\b", re.IGNORECASE)
_AND = late_pattern(r"^(?P<head>.*\b(?:of|in|to|with) )(?P<a>[\w\- ]+?) and (?P<b>[\w\- ]+)$", re.IGNORECASE)
_LIST = late_pattern(
    r"^(?P<head>.*\b(?:of|in|to) )(?P<items>[\w\-]+(?:, [\w\-]+)+),? and (?P<b>[\w\-]+)$", re.IGNORECASE
)
_HEADS = late_pattern(r"^(?P<a>[\w\-]+) (?:and|or) (?P<b>[\w\-]+)(?P<tail>(?: (?:of|in|to|due) .*)?)$", re.IGNORECASE)
_SPACES = late_pattern(r"\s+")


def strip_sides(title: str) -> str:
    """Return ``title`` without the words that only say the side of the body.

    >>> strip_sides("Pain in right knee"), strip_sides("Cellulitis of left lower limb")
    ('Pain in knee', 'Cellulitis of lower limb')
    """
    return _tidy(_SIDES.sub(" ", title))


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", text).replace(" ,", ",").strip(" ,;-")
    return re.sub(r"(?:\b(?:of|in|with|by|to|due|on|and|or),? ?)+$", "", text).strip(" ,;")


def title_variants(title: str) -> tuple[list[str], list[str]]:
    """Return ``(exact, derived)`` phrases for ``title``: those that say it whole, and those that say one part of
    an "and".

    Nothing comes back for residual titles ("Other …"), which no phrase of a chart names.
    """
    if _ESSENTIAL_WITHOUT.search(title):  # the lack is the disease; without its words it would be another one
        return [title], []
    if _OTHER.match(title) and not re.match(r"unspecified\b", title, re.IGNORECASE):
        return [], []
    base = _DISPLACED.sub("", _EPISODE.sub("", title))
    brackets = _BRACKETS.findall(base)
    base = _BRACKETS.sub("", base)
    forms = [base]
    if "(" in base:
        forms.append(_PARENTHESES.sub("", base))
        inner = re.search(r"\(([^()]*)\)", base)
        if inner and len(inner.group(1).split()) == 1:
            forms.append(_tidy(base.replace("(", "").replace(")", "")))
        forms = forms[1:]
    exact: list[str] = []
    for form in forms:
        plain = _QUALIFIERS.sub("", form)
        plain = _WITHOUT.sub("", plain)
        plain = _UNSPECIFIED_PART.sub(lambda m: " of " if m.group().rstrip().endswith(" of") else "", plain)
        plain = _UNSPECIFIED.sub(" ", plain)
        plain = _tidy(strip_sides(plain))
        if plain and plain not in exact:
            exact.append(plain)
    if not exact:
        return [], []
    if len(brackets) == 1 and re.search(r"[a-z]{4}.* ", brackets[0]) and "," not in brackets[0]:
        exact.append(_tidy(strip_sides(brackets[0])))
    derived: list[str] = []
    first = exact[0]
    if match := _LIST.match(first):
        derived += [match["head"] + item for item in [*match["items"].split(", "), match["b"]]]
    elif match := _AND.match(first):
        derived += [match["head"] + match["a"], match["head"] + match["b"]]
    elif match := _HEADS.match(first):
        derived += [match["a"] + match["tail"], match["b"] + match["tail"]]
    return exact, [_tidy(d) for d in derived if d not in exact]
