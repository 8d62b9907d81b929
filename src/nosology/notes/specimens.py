"""The specimens of a pathology report: "B. Colon, cecum, polypectomy:" names the organ of every diagnosis under it.

A label stands at the beginning of a line: what was taken, then how it was taken, then a colon. The diagnosis stands
behind it or on the lines below, up to the next label, an empty line or the end of the section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.lexicon.patterns import WordPattern
from nosology.model.note import Sentence

__all__ = ["SEEDS", "Specimen", "at_site", "find_specimens", "has_organ", "of_specimen", "seeded"]

_TAKEN = (
    r"biops(?:y|ies)|bx|shave|shaving|punch|excisions?|re-?excision|resections?|polypectomy|polypectomies|curettings?"
    r"|curettage|currettings?|conization|leep|amputation|debridement|brushings?|washings?|fna|needle aspirat(?:e|ion)"
    r"|turbt|turp|lumpectomy|mastectomy|thyroidectomy|lobectomy|colectomy|hemicolectomy|sigmoidectomy|gastrectomy"
    r"|nephrectomy|prostatectomy|cystectomy|hysterectomy|oophorectomy|salpingectomy|orchiectomy|splenectomy"
    r"|pancreatectomy|hepatectomy|cholecystectomy|appendectomy|tonsillectomy|parotidectomy|laryngectomy|glossectomy"
    r"|esophagectomy|lymphadenectomy|vulvectomy|trachelectomy|salpingo-?oophorectomy|hemorrhoidectomy|polyps?"
)
_ENDS = r"\)?(?:[ \t]*:|[ \t]+[-–—][ \t])"
_LABEL_END = WordPattern(rf"\b(?:{_TAKEN}){_ENDS}")
_HOW = (
    r"(?:wide|local|radical|partial|total|sub-?total|simple|deep|superficial|incisional|excisional|core|needle|fine|punch"
    r"|shave|tangential|cold|hot|snare|forceps|endoscopic|transurethral|laparoscopic|robotic|open|left|right|bilateral"
    r"|segmental|modified|completion|random|targeted|ultrasound|ct|mri|stereotactic|image|guided|vacuum|assisted"
    r"|wedge|anterior|low|abdominoperineal|mohs|ellipse|saucerization|endocervical|endometrial|sentinel|mapping)[ -]+"
)
_LABEL = re.compile(
    r"(?:(?:(?:part|specimen|site)[ ]+)?\(?(?:[A-Z]|\d{1,2})[\d]?[.):,][ \t]*)?"
    r"(?P<site>[A-Z](?:[^:;.\n]|\d:\d){2,90}?)"
    rf"[ \t]*[,;(–-]?[ \t]*(?:{_HOW}){{0,4}}(?:{_TAKEN})(?:[ ,/]+(?:and[ ]+)?(?:{_HOW}){{0,3}}(?:{_TAKEN}))*{_ENDS}",
    re.IGNORECASE,
)
# words of a statement, not of a label
_SAID = re.compile(
    r"\b(?:is|was|were|are|for|had|has|have|with|schedul\w+|perform\w+|show\w+|reveal\w+|s/p|status|after|history|prior"
    r"|previous|plan\w*|results?|return\w*|pend\w+|recommend\w*|await\w*|refer\w*|consider\w*|possible|patient|he|she|we"
    r"|procedures?|diagnos[ei]s|post|pre|undergo\w*|underwent|indications?|consent|anesthesia|risks?)\b",
    re.IGNORECASE,
)
# a polyp before a dash is a problem and no specimen ("2. Nasal polyps - stable") unless its histology follows
_POLYP = re.compile(r"polyps?\)?[ \t]+[-–—][ \t]\Z", re.IGNORECASE)
_HISTOLOGY = re.compile(
    r"adenoma|carcinoma|plasia|plastic|serrated|villous|inflammatory|mucosa|malignan|benign|fragment|juvenile|hamartoma"
    r"|granulation|fibroepithelial|lipoma|atypia|neoplas|papilloma",
    re.IGNORECASE,
)
_SEEN = frozenset(("polyp", "lesion", "mass", "nodule", "ulcer", "tumor", "cyst", "growth"))
_OF_NO_ORGAN = ("C44.9", "C68.9", "C76", "C80")
_NODES = ("node", "lymph")
SEEDS = ("metastatic", "metastasis")
_BEFORE = 3  # words of a diagnosis before the first that was read
_MOST_WORDS = 9  # in the name of what was taken
_MOST_LINES = 12  # of diagnoses under one label


class Specimen(NamedTuple):
    """What was taken, as atoms of the text, and the first atom behind its label."""

    atoms: Sequence[int]
    until: int


def find_specimens(text: str, sentences: Sequence[Sentence], tokens: Tokens) -> Mapping[int, Specimen]:
    """Return the specimens by the numbers of the sentences that tell what they are."""
    found: dict[int, Specimen] = {}
    starts = [sentence.span.start for sentence in sentences]
    for end in _LABEL_END.finditer(text):
        begin = text.rfind("\n", 0, end.start()) + 1
        begin += len(text[begin : end.start()]) - len(text[begin : end.start()].lstrip(" \t-*•"))
        label = _LABEL.match(text, begin, end.end())
        if label is None or label.end() != end.end():
            continue
        site = label["site"]
        if len(site.split()) > _MOST_WORDS or _SAID.search(site) or _is_problem(text, begin, end.end()):
            continue
        atoms = range(*tokens.window(*label.span("site")))
        number = bisect_right(starts, end.end() - 1) - 1
        if not atoms or number < 0:
            continue
        for each in _under(text, sentences, number, end.end()):
            found[each] = Specimen(atoms, bisect_left(tokens.starts, end.end()))
    return found


def _is_problem(text: str, begin: int, end: int) -> bool:
    """Whether a label names the polyp of a patient, of which the rest of the line tells how it fares."""
    line_end = text.find("\n", end)
    rest = text[end : len(text) if line_end < 0 else line_end]
    return bool(rest) and _POLYP.search(text, begin, end) is not None and _HISTOLOGY.search(rest) is None


def _under(text: str, sentences: Sequence[Sentence], number: int, end: int) -> Sequence[int]:
    """Return the sentences with the diagnoses of the label that ends at ``end`` in sentence ``number``."""
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    behind = bool(text[end:line_end].strip())
    numbers = [number]
    for each in range(number + 1, min(len(sentences), number + 1 + _MOST_LINES)):
        span = sentences[each].span
        between = text[sentences[each - 1].span.end : span.start]
        if sentences[each].section != sentences[number].section or between.count("\n") > 1:
            break
        if behind and span.start > line_end and not _goes_on(text, span.start):
            break
        numbers.append(each)
    return numbers


def _goes_on(text: str, start: int) -> bool:
    """Whether a line is set in, or an item: it goes on with the diagnosis that the label's own line begins."""
    line = text.rfind("\n", 0, start) + 1
    return text[line:start] != "" or text[start] in "-*•"


def of_specimen(
    matches: Sequence[Match], specimen: Specimen, lexicon: Lexicon, tokens: Tokens, last: int
) -> Sequence[Match]:
    """Return the matches of a diagnosis, each with the words of the specimen that its term takes in as well; without
    the polyp or lesion that the label names, since the diagnosis tells what it is. The sentence ends before ``last``.
    """
    found: list[Match] = []
    first = max(specimen.until, min([match.where[0] for match in matches]))
    nodes = any(lexicon.words[atom] in _NODES for atom in tokens.atoms[first:last])
    low = max(specimen.until, first - _BEFORE)
    seeds = [i for i in range(low, last) if lexicon.words[tokens.atoms[i]] in SEEDS]
    taken = {tokens.atoms[i] for i in specimen.atoms}
    for match in matches:
        if match.where[0] >= specimen.until:
            code = lexicon.term(match.term).codes[0]
            spread = nodes and _behaviour(code) == "secondary"
            there = match if spread else at_site(match, specimen.atoms, lexicon, tokens)
            if seeds and has_organ(code) and taken.isdisjoint(tokens.atoms[i] for i in match.where):
                found += [match, *seeded(seeds[0], specimen.atoms, lexicon, tokens)]
            else:
                found.append(there)
        elif match.where[-1] >= specimen.until or _SEEN.isdisjoint(lexicon.words[tokens.atoms[i]] for i in match.where):
            found.append(match)
    return found


def at_site(match: Match, site: Sequence[int], lexicon: Lexicon, tokens: Tokens) -> Match:
    """Return the largest term of the words of a match and of its site; of a neoplasm one of the same behaviour."""
    own, code = set(match.where), lexicon.term(match.term).codes[0]
    kind, before = _behaviour(code), match.where[0] - 1
    if kind == "primary" and code.startswith(_OF_NO_ORGAN):  # "squamous cell carcinoma" in a node has come there
        named = {lexicon.words[tokens.atoms[i]] for i in (*site, before)}
        kind = "secondary" if named & {"node", "metastatic"} else kind
    elif kind == "primary" and code < "C81" and "node" in {lexicon.words[tokens.atoms[i]] for i in site}:
        return match
    spread = lexicon.ids.get("metastasis", 0) if kind == "secondary" else 0
    order = [*site, *(match.where[:1] if spread else match.where)]
    joined = Tokens(
        [spread if spread and i >= match.where[0] else tokens.atoms[i] for i in order],
        [tokens.starts[i] for i in order],
        [tokens.ends[i] for i in order],
        list(range(len(order))),
        {},
    )
    best, known = match, 0
    for met in lexicon.match(joined, 0, len(order)):
        words = {order[i] for i in met.where}
        if spread and match.where[0] in words:
            words |= own
        if words.isdisjoint(site) or words.isdisjoint(own) or len(words) < len(own) or len(met.where) <= known:
            continue
        if kind == _behaviour(lexicon.term(met.term).codes[0]) if kind else own <= words:
            best, known = Match(met.term, tuple(sorted(words)), met.gaps), len(met.where)
    return best


def has_organ(code: str) -> bool:
    """Whether a code is that of a cancer of one organ: the breast of "liver, biopsy: metastatic breast carcinoma"."""
    return "C00" <= code < "C77" and not code.startswith(_OF_NO_ORGAN)


def seeded(seed: int, site: Sequence[int], lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return the metastasis in the specimen of which the word ``seed`` tells: in what stands first in the label, as
    closely as the label says it, else in what stands behind that.
    """
    closely = _seeded_at(seed, site, lexicon, tokens)
    if closely is None or closely.where[0] != site[0]:
        closely = _seeded_at(seed, site[:1], lexicon, tokens) or closely
    return [] if closely is None else [closely]


def _seeded_at(seed: int, site: Sequence[int], lexicon: Lexicon, tokens: Tokens) -> Match | None:
    order = [*site, seed]
    joined = Tokens(
        [lexicon.ids.get("metastasis", 0) if i == seed else tokens.atoms[i] for i in order],
        [tokens.starts[i] for i in order],
        [tokens.ends[i] for i in order],
        list(range(len(order))),
        {},
    )
    met = [m for m in lexicon.match(joined, 0, len(order)) if _behaviour(lexicon.term(m.term).codes[0]) == "secondary"]
    met = [m for m in met if len(m.where) > 1 and order[m.where[-1]] == seed]
    best = max(met, key=lambda m: len(m.where), default=None)
    return None if best is None else Match(best.term, tuple(sorted(order[i] for i in best.where)), best.gaps)


def _behaviour(code: str) -> str:
    """Return a name of the behaviour of the neoplasm that a code stands for, "" for other codes."""
    if not "C00" <= code[:3] <= "D49":
        return ""
    return next(
        name for last, name in (("C76", "primary"), ("C79", "secondary"), ("C96", "primary"), ("D09", "in situ"),
                                ("D36", "benign"), ("D48", "uncertain"), ("D49", "unspecified")) if code[:3] <= last
    )  # fmt: skip
