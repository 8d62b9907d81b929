"""Words shared by coordination: "bilateral knee and left hip osteoarthritis" and "burns of the hand and the forearm"
name two conditions each.

A term that was met takes its head from one side of the "and". The words on the other side of it are tried with the same
head, as if they stood beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from nosology.lexicon.lexicon import Lexicon, Match, Tokens

__all__ = ["coordinated_matches", "match_across", "without_bare"]

_LISTED = re.compile(r"\b(?:and|or)\b", re.IGNORECASE)
_SIGNS = (",", "&", "/")
_STRONG = frozenset(("and", "or", "&", "/"))
_SIDES = frozenset(("right", "left", "bilateral", "both", "r", "l", "rt", "lt", "the", "of", "his", "her"))
_DOUBTS = frozenset(
    [
        "also",
        "probably",
        "possibly",
        "likely",
        "perhaps",
        "occasionally",
        "sometimes",
        "possible",
        "probable",
        "suspected",
        "presumed",
    ]
)
_DOUBTED = _SIDES | _DOUBTS
_JOINING = _SIDES | _STRONG | _DOUBTS | {",", "in", "on"}
_METASTASES = ("C77", "C78", "C79")  # the head of these is "secondary", not "neoplasm" alone
_KNOWN_SITE = re.compile(
    r"(?:\A\W*|\b(?:known|definite|confirmed|proven|established|documented|with|has|have|had)\s+)[\w-]+\s*,"
    r"\s*(?:possibl[ey]|probabl[ey]|likely|perhaps|suspected|presumed)\s+\Z",
    re.IGNORECASE,
)  # "known liver, possible lung metastases": the liver has them
_PAINS = ("M25.5", "M54", "M79.6", "R07", "R10", "R51", "R52", "H57.1", "H92.0", "N50.8")  # named by their site
_BARE = ("R52", "R60.9")  # pain and swelling of which the site is told with the finding beside them
_BESIDE = (
    r"pain|swelling|inflammation|o?edema|stiffness|rigidity|redness|erythema|hyper[ae]+mia|tenderness|numbness|tingling"
    r"|par[ae]+sthesias?|dys[ae]+sthesias?|hypo?[ae]+sthesias?|weakness|itching|pruritus|discharge|secretion|tearing"
    r"|discomfort|tightness|burning|pressure|heaviness|deformity|bruising|ecchymos[ie]s|h[ae]+matoma|warmth|heat"
    r"|instability|functional (?:limitation|impotence|impairment)|limited (?:mobility|movement|range of motion)"
    r"|limitation of movement|loss of (?:strength|sensation|function|mobility)|cramps|cramping|spasms?|contractures?"
    r"|bleeding|mass|lump|nodule|tumor|tumefaction|induration|rash|blisters?|ulcers?|ulceration|lesions?"
)
_SHARING = re.compile(
    r"(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|with)\s+|\s*[/&]\s*)"
    r"(?:(?:mild|moderate|severe|progressive|marked|intense|some|associated|slight|local|occasional)\s+)?"
    rf"(?:{_BESIDE})){{1,3}}\s+(?:of|in|on|at|over|around|from|affecting|involving)\s+"
    r"(?:(?:the|his|her|their|my|both|right|left|bilateral)\s+){0,3}",
    re.IGNORECASE,
)
_WELL = re.compile(
    r"[ \t]+(?:(?:is|are|was|were|both|remains?|appears?|completely|fully)[ \t]+)*"
    r"(?:intact|clear|spared|unaffected|uninvolved|normal|unremarkable|non-?tender|uninjured)\b",
    re.IGNORECASE,
)  # behind a part of the body that shares nothing: "burn of the hand and wrist, forearm unaffected"
_SPREAD = 8  # words over which a match may stand
_LEAD = 60  # code points before a match in which a known site may stand
_MOST = 3  # words on the other side of the "and"


def coordinated_matches(
    matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens, first: int, last: int
) -> list[Match]:
    """Return the terms that the words beyond a coordination make with the head of a match of the same sentence."""
    large = [match for match in matches if len(match.where) > 1]
    sites = _shared_sites(matches, text, lexicon, tokens, last)
    if not large or not _is_joined(text, tokens.starts[first], tokens.ends[last - 1]):
        return sites
    found = sites + _shared_parts(matches, text, lexicon, tokens) if len(matches) > 1 else sites
    joints = _find_joints(text, tokens, first, last)
    if not joints:
        return found
    covered = {i for match in matches for i in match.where}
    for match in large:
        strong = not _doubts_the_second(match, text, lexicon, tokens, first)
        more = _joined_to(match, covered, text, lexicon, tokens, first, last, joints, strong=strong)
        taken = covered | {i for each in more for i in each.where}
        found += more
        listed = (match,) if _LISTED.search(text, tokens.ends[match.where[0]], tokens.starts[match.where[-1]]) else ()
        for each in (*more, *listed):  # "neck, back and hip pain", "liver, retroperitoneal and mediastinal metastases"
            found += _joined_to(each, taken, text, lexicon, tokens, first, last, joints, strong=False)
        found += _listed_after(match, covered, text, lexicon, tokens, last, joints)
    return found


def without_bare(matches: Sequence[Match], added: Sequence[Match], lexicon: Lexicon) -> list[Match]:
    """Return the matches without the pain and swelling that one of those added tells with its site."""
    told = {i for each in added if len(each.where) > 1 for i in each.where}
    return [
        match
        for match in matches
        if len(match.where) > 1 or match.where[0] not in told or lexicon.term(match.term).codes[0] not in _BARE
    ]


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether a comma, &, / or the word "and" or "or" stands in ``text[start:end]``."""
    for sign in _SIGNS:
        if text.find(sign, start, end) >= 0:
            return True
    return _LISTED.search(text, start, end) is not None


def _find_joints(text: str, tokens: Tokens, first: int, last: int) -> dict[int, bool]:
    """Return the words before which stand "and" or "or" with words of side around them (True), or a comma alone
    (False).
    """
    joints: dict[int, bool] = {}
    starts, ends = tokens.starts, tokens.ends
    for i in range(first + 1, last):
        end = ends[i - 1]
        if starts[i] <= end or (starts[i] == end + 1 and text[end] == " "):
            continue
        words = text[end : starts[i]].lower().replace(",", " , ").split()
        if words[:1] == [","] and _DOUBTED.issuperset(words[1:]):
            joints[i] = False
        elif not _STRONG.isdisjoint(words) and _JOINING.issuperset(words):
            joints[i] = True
    return joints


def _shared_sites(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens, last: int) -> list[Match]:
    """Return the bare findings whose site is told with the next one: "pain and swelling of the right knee"."""
    found: list[Match] = []
    for match in matches:
        if len(match.where) != 1 or lexicon.term(match.term).codes[0] not in _BARE:
            continue
        bare = match.where[0]
        sharing = _SHARING.match(text, tokens.ends[bare])
        if sharing is None:
            continue
        begin = bisect_left(tokens.starts, sharing.end(), bare, last)
        site: list[int] = []
        for i in range(begin, min(last, begin + _MOST)):
            if site and _parted(text[tokens.ends[site[-1]] : tokens.starts[i]]):
                break
            site.append(i)
        met = match_across(site, (bare,), lexicon, tokens) if site else None
        if met is not None and site[0] in met.where and bare in met.where:
            found.append(met)
    return found


def _shared_parts(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return the terms that a match makes with the part of the body that opens the next one: "osteoarthritis, right
    knee, with varus deformity" is osteoarthritis of the knee as well.
    """
    found: list[Match] = []
    ordered = sorted([(match.where, match) for match in matches])
    for (where, match), (beyond, _next) in pairwise(ordered):
        if len(beyond) < 2 or beyond[0] <= where[-1] or beyond[0] - where[-1] > _MOST:
            continue
        between = text[tokens.ends[where[-1]] : tokens.starts[beyond[0]]].lower()
        after = text[tokens.ends[beyond[0]] : tokens.starts[beyond[1]]].lower()
        if not _SIDES.issuperset(between.replace(",", " ").split()) or after.strip(" ,") != "with":
            continue
        met = match_across(beyond[:1], where, lexicon, tokens)
        if met is not None and set(met.where) == {*where, beyond[0]}:
            known = lexicon.term(match.term).codes[0]
            if lexicon.term(met.term).codes[0][0] == known[0]:
                found.append(met)
    return found


def _joined_to(
    match: Match,
    covered: set[int],
    text: str,
    lexicon: Lexicon,
    tokens: Tokens,
    first: int,
    last: int,
    joints: Mapping[int, bool],
    *,
    strong: bool,
) -> list[Match]:
    found: list[Match] = []
    where = match.where
    if len(where) < 2 or where[-1] - where[0] >= _SPREAD:
        return found
    ahead = _before(where[0], first, covered, text, tokens, joints, strong)
    after = _after(where[-1], last, covered, text, tokens, joints, strong)
    if after and _WELL.match(text, tokens.ends[after[-1]]):
        after = []
    if not ahead and not after:
        return found
    known = lexicon.term(match.term).codes[0]
    # the words of one rewritten phrase stand in any order: "bone metastases" is a secondary malignant neoplasm of bone
    one_phrase = tokens.places[where[0]] == tokens.places[where[-1]]
    before = (where[-1:], where[-2:], where[:-1] if one_phrase else where[-3:])
    for beyond, heads in (
        (ahead, before),
        (after, (where[:1], where[:2], where[:3])),
    ):
        for head in heads if beyond else ():
            met = match_across(beyond, head, lexicon, tokens) if len(head) < len(where) else None
            if met is None or met.where == match.where:
                continue
            code = lexicon.term(met.term).codes[0]
            if _alike(code, known):
                found.append(met)
                break
    return found


def _listed_after(
    match: Match,
    covered: set[int],
    text: str,
    lexicon: Lexicon,
    tokens: Tokens,
    last: int,
    joints: Mapping[int, bool],
) -> list[Match]:
    """Return the terms of a list behind the head, up to its "and": "metastases in the lung, liver and bone"."""
    where = match.where
    if joints.get(where[-1] + 1) is not False:
        return []
    known, end = lexicon.term(match.term).codes[0], where[-1]
    places = [tokens.places[i] for i in where]
    phrase = [i for i, place in zip(where, places, strict=True) if places.count(place) > 1 and place != places[-1]]
    heads = (where[:1], phrase)  # "acute DVT of the femoral, popliteal …": a phrase of three words
    found: list[Match] = []
    sided = False
    while True:
        beyond = _one_item(_after(end, last, covered, text, tokens, joints, strong=False), text, tokens, joints)
        closing = not beyond and bool(found)
        if closing:
            beyond = _one_item(_after(end, last, covered, text, tokens, joints, strong=True), text, tokens, joints)
            if not beyond and sided:  # "abrasions of right elbow, left knee": each with a side of its own
                return found
        found_heads = (match_across(beyond, head, lexicon, tokens) for head in heads if head) if beyond else ()
        met = next((each for each in found_heads if each is not None), None)
        if met is None or _WELL.match(text, tokens.ends[beyond[-1]]):
            break
        if beyond[0] not in met.where or not _alike(lexicon.term(met.term).codes[0], known):
            break
        found.append(met)
        sided = sided or _is_side(beyond[0] - 1, text, tokens)
        if closing:
            return found
        end = met.where[-1]
    return []


def _doubts_the_second(match: Match, text: str, lexicon: Lexicon, tokens: Tokens, first: int) -> bool:
    """Whether the metastases of a match are doubted behind a comma, those of the site before it known."""
    if not lexicon.term(match.term).codes[0].startswith(_METASTASES):
        return False
    start = tokens.starts[match.where[0]]
    return _KNOWN_SITE.search(text[max(tokens.starts[first], start - _LEAD) : start]) is not None


def _one_item(words: list[int], text: str, tokens: Tokens, joints: Mapping[int, bool]) -> list[int]:
    """Return the words of the first item of a list, without the side before it: "left knee and forehead" → knee."""
    while words and _is_side(words[0], text, tokens):
        words = words[1:]
    for i, word in enumerate(words[1:], 1):
        if joints.get(word):
            return words[:i]
    return words


def _alike(code: str, other: str) -> bool:
    """True for codes that one head may lead to: of one letter, and both of metastases or neither; or both pains."""
    if code.startswith(_PAINS) and other.startswith(_PAINS):  # "abdominal and lumbar pain"
        return True
    return code[0] == other[0] and code.startswith(_METASTASES) == other.startswith(_METASTASES)


def _before(
    start: int, first: int, covered: set[int], text: str, tokens: Tokens, joints: Mapping[int, bool], strong: bool
) -> list[int]:
    """Return the words just before "and" and the match, that no other match holds."""
    stop = start
    while stop > first and stop - 1 not in covered and _is_side(stop - 1, text, tokens, _DOUBTED):
        stop -= 1  # "liver and possibly lung metastases": the doubt is of the lung
    if joints.get(stop) is not strong:
        return []
    words: list[int] = []
    for i in range(stop - 1, max(first, stop - _MOST) - 1, -1):
        if i in covered or (words and _parted(text[tokens.ends[i] : tokens.starts[words[0]]])):
            break
        words.insert(0, i)
    return words


def _after(
    end: int, last: int, covered: set[int], text: str, tokens: Tokens, joints: Mapping[int, bool], strong: bool
) -> list[int]:
    """Return the words just after the match and "and", that no other match holds."""
    if joints.get(end + 1) is not strong:
        return []
    words: list[int] = []
    for i in range(end + 1, min(last, end + 1 + _MOST)):
        if i in covered or (words and _parted(text[tokens.ends[words[-1]] : tokens.starts[i]])):
            break
        words.append(i)
    return words


def match_across(beyond: Sequence[int], head: Sequence[int], lexicon: Lexicon, tokens: Tokens) -> Match | None:
    """Return the largest term that takes words of both."""
    order = [*beyond, *head] if beyond[0] < head[0] else [*head, *beyond]
    joined = Tokens(
        [tokens.atoms[i] for i in order],
        [tokens.starts[i] for i in order],
        [tokens.ends[i] for i in order],
        list(range(len(order))),
        {},
    )
    best: Match | None = None
    for met in lexicon.match(joined, 0, len(order)):
        where = tuple(sorted({order[i] for i in met.where}))
        if set(where) & set(beyond) and set(where) & set(head) and (best is None or len(where) > len(best.where)):
            best = Match(met.term, where, met.gaps)
    return best


def _is_side(i: int, text: str, tokens: Tokens, words: Set[str] = _SIDES) -> bool:
    return text[tokens.starts[i] : tokens.ends[i]].lower() in words


def _parted(between: str) -> bool:
    return any(mark in between for mark in ",;:.()\n")
