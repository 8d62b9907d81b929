"""Words that a term takes from another condition of its sentence: the liver of "colon cancer with liver metastases" is
not the site of the cancer, "pulmonary embolism and hypertension" is no pulmonary hypertension.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nosology.lexicon.degrees import DEGREES
from nosology.lexicon.lexicon import Lexicon, Match, Tokens
from nosology.notes.coordination import match_across
from nosology.notes.degrees import before_degree

__all__ = ["without_borrowed"]

_STATES_CAUSE = re.compile(r"\b(?:due|secondary|caused|because|from|resulting|leading|causing|produc)", re.IGNORECASE)
_PRIMARIES = ("C0", "C1", "C2", "C3", "C4", "C5", "C6", "C70", "C71", "C72", "C73", "C74", "C75", "C76")
_SECONDARY = ("C77", "C78", "C79")
_NODES = ("C77",)
_FROM = re.compile(r"\b(?:from|of|secondary to|due to)\b", re.IGNORECASE)
_HOLDS = re.compile(r"\b(?:positive|involv|infiltrat|metasta|contain|show|replac|invad|with\b)", re.IGNORECASE)
_HYPERTENSION = ("I27.2",)
# what follows a comma and goes on with a noun of its own ("…, liver enzymes"), not with a verb or a small word
_GOES_ON = re.compile(
    r" (?!(?:and|or|with|without|of|in|on|at|to|from|for|by|per|as|is|was|are|were|has|had|status|who|that|which|stage"
    r"|grade|type|left|right|bilateral)\b)"
    r"(?!(?!swelling|bleeding|tingling|itching|cramping|bruising|stiffness)\w+(?:ed|ing|ly)\b)[a-z]{3}"
)
# "sepsis, E. coli UTI": the germ is that of both; diabetes and what comes of it; pain that a comma parts from its place
_SHARES = ("A40", "A41", "E08", "E09", "E10", "E11", "E13", "R52")
_BY_CAUSE = ("I15",)  # conditions that only a stated cause makes: "renal artery stenosis and hypertension" are two
_JOINED = re.compile(r"\band\b|[,&]", re.IGNORECASE)
_RADIATES = re.compile(
    r"\b(?:ir)?radiat(?:es|ing|ed|ion)\b[^.;,]{0,25}\b(?:to|into|down|through|towards?)\b", re.IGNORECASE
)
_SIDES = ("left", "right")
_SIDE_ENDS = re.compile(r"[,;]|\b(?:due|secondary|from|with|caused)\b", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:and|or|who|which|(?P<has>with|w/))(?!\w)|&", re.IGNORECASE)
_OF_KIN = ("Z80", "Z81", "Z82", "Z83", "Z84")
_FAMILY = "family"
_PARTED = re.compile(r"[,;]")
_ABBREVIATION = re.compile(r" [A-Z]{2,}\b")
_TO = re.compile(r"(?:secondary|2ry)\s+to\b", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:with|w/|to)(?!\w)", re.IGNORECASE)
_SEED = re.compile(r"\b(?P<seed>metastas[ie]s) (?:of|from) (?:[\w-]+ ){0,5}\Z", re.IGNORECASE)
_SEEDED = re.compile(r"\s(?:in|at|on|within)\b", re.IGNORECASE)
_SEED_REACH = 80  # code points from the metastasis to the cancer that it comes from


def without_borrowed(matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens) -> Sequence[Match]:
    """Return the matches without those that borrow a word of another condition which the author did not share.

    In "colon cancer with liver and lung metastases" the liver is not the site of the cancer, since that has one
    already, nor the colon that of the metastases; "pulmonary embolism and hypertension" is no pulmonary hypertension,
    and "lung cancer, liver enzymes" no cancer of the liver. "Liver abscess and splenic infarct" is no abscess of the
    spleen, "epistaxis secondary to hypertension" no secondary hypertension.
    """
    codes = [lexicon.term(match.term).codes[0] for match in matches]
    kept: list[Match] = []
    for match, code in zip(matches, codes, strict=True):
        where = match.where
        if len(where) > 1 and (
            _over_comma(match, matches, text, tokens)
            or (len(where) == 2 and _between_two(match, matches, text, tokens))
        ):
            continue
        if len(where) > 1 and (own := _own_words(match, matches, text, lexicon, tokens)) is not None:
            others = [set(m.where) for m in matches if m is not match]
            kept += [m for m in lexicon.match(tokens, *own) if not any(each.issuperset(m.where) for each in others)]
            continue
        if (before := _before_next(where, code, text, lexicon, tokens)) is not None:
            kept += [part for part in before if part not in matches and part not in kept]
            continue
        letter = code[0]
        if letter == "C" and code.startswith(_PRIMARIES):
            rivals = [m for m, c in zip(matches, codes, strict=True) if m is not match and c.startswith(_PRIMARIES)]
            if (there := _seeded(where, text, lexicon, tokens)) is not None:
                kept.append(there)
                continue
            if any(where[0] in m.where and m.where[0] < where[0] for m in rivals) and _SPREAD.search(
                text, tokens.ends[where[0]], tokens.starts[where[-1]]
            ):
                if _FROM.search(
                    text, tokens.ends[where[0]], tokens.starts[where[1]]
                ):  # "… to the liver from colon cancer"
                    kept += lexicon.match(tokens, where[1], where[-1] + 1)
                continue
        elif letter == "C" and code.startswith(_SECONDARY) and _is_not_there(match, matches, codes, text, tokens):
            continue
        elif letter == "C" and code.startswith(_SECONDARY) and _is_of_primary(where, matches, codes, text, tokens):
            if not any(where[-1] in m.where for m in matches if m is not match):
                low, high = tokens.window(tokens.starts[where[-1]], tokens.ends[where[-1]])
                kept += lexicon.match(tokens, low, high)
            continue
        elif (
            letter == "C" and code.startswith(_SECONDARY) and (primary := _primary_within(where, text, lexicon, tokens))
        ):
            kept += primary
            continue
        elif (
            letter == "I"
            and code.startswith(_HYPERTENSION)
            and _JOINED.search(text, tokens.ends[where[0]], tokens.starts[where[-1]])
            and any(m is not match and where[0] in m.where and len(m.where) > 1 for m in matches)
        ):
            kept += lexicon.match(tokens, where[-1], where[-1] + 1)
            continue
        elif (apart := _side_apart(where, text, lexicon, tokens)) is not None:
            kept += [part for part in apart if part not in matches and part not in kept]
            continue
        elif letter == "I" and code.startswith(_BY_CAUSE) and (joint := _mere_joint(where, text, tokens)):
            middle = next(i for i in where if tokens.starts[i] >= joint)
            parts = (*lexicon.match(tokens, where[0], middle), *lexicon.match(tokens, middle, where[-1] + 1))
            kept += [part for part in parts if part not in matches and part not in kept]
            continue
        kept.append(match)
    return kept


def _before_next(where: tuple[int, ...], code: str, text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match] | None:
    """Return what a match is without the words behind a comma or semicolon that begin the next entry: the degree of
    "dementia, moderate AS", the family history of "kidney stone, family history of gout". None where all is its own.
    """
    if len(where) < 2:
        return None
    last = where[-1]
    if lexicon.words[tokens.atoms[last]] in DEGREES and _ABBREVIATION.match(text, tokens.ends[last]):
        cut = last
    elif code.startswith(_OF_KIN):
        cut = next((i for i in where[1:] if lexicon.words[tokens.atoms[i]] == _FAMILY), -1)
    else:
        return None
    if cut < 0 or _PARTED.search(text, tokens.ends[where[where.index(cut) - 1]], tokens.starts[cut]) is None:
        return None
    return list(lexicon.match(tokens, where[0], cut))


def _side_apart(where: tuple[int, ...], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match] | None:
    """Return what a match is without the side that is another condition's: an effusion "left, due to heart failure"
    is no left heart failure. None where its side is its own.
    """
    if len(where) < 2 or lexicon.words[tokens.atoms[where[0]]] not in _SIDES:
        return None
    if _SIDE_ENDS.search(text, tokens.ends[where[0]], tokens.starts[where[1]]) is None:
        return None
    return list(lexicon.match(tokens, where[1], where[-1] + 1))


def _mere_joint(where: tuple[int, ...], text: str, tokens: Tokens) -> int:
    """Return where "and" or a comma ends that parts the words of a match, 0 where none does or a cause is stated."""
    low, high = tokens.ends[where[0]], tokens.starts[where[-1]]
    joint = _JOINED.search(text, low, high)
    return 0 if joint is None or _STATES_CAUSE.search(text, low, high) else joint.end()


def _seeded(where: tuple[int, ...], text: str, lexicon: Lexicon, tokens: Tokens) -> Match | None:
    """Return the metastases whose place a match took for that of the cancer they come from: "metastasis of breast
    cancer in the liver".
    """
    if len(where) < 2 or not (place := _SEEDED.search(text, tokens.ends[where[0]], tokens.starts[where[-1]])):
        return None
    start = tokens.starts[where[0]]
    seed = _SEED.search(text, max(0, start - _SEED_REACH), start)
    if seed is None:
        return None
    low, high = tokens.window(*seed.span("seed"))
    site = [i for i in where if tokens.starts[i] >= place.end()]
    met = match_across(site, range(low, high), lexicon, tokens) if site and low < high else None
    return met if met is not None and lexicon.term(met.term).codes[0].startswith(_SECONDARY) else None


def _primary_within(where: tuple[int, ...], text: str, lexicon: Lexicon, tokens: Tokens) -> list[Match]:
    """Return the primary that a match of metastases took its site from: "adenocarcinoma of the rectosigmoid junction
    with liver metastases"; nothing where its words before "with" name none.
    """
    spread = _SPREAD.search(text, tokens.ends[where[0]], tokens.starts[where[-1]]) if len(where) > 2 else None
    if spread is None:
        return []
    after = next(i for i in range(where[0], where[-1] + 1) if tokens.starts[i] >= spread.end())
    before = lexicon.match(tokens, where[0], after)
    return [m for m in before if len(m.where) > 1 and lexicon.term(m.term).codes[0].startswith(_PRIMARIES)]


def _over_comma(match: Match, matches: Sequence[Match], text: str, tokens: Tokens) -> bool:
    """True where a comma parts a head that has its modifier from the first word of the next noun."""
    where = match.where
    if (comma := text.find(",", tokens.ends[where[0]], tokens.starts[where[-1]])) < 0:
        return False
    head = [i for i in where if tokens.ends[i] <= comma]
    return (
        bool(head)
        and _GOES_ON.match(text, tokens.ends[where[-1]]) is not None
        and any(
            m is not match and m.where[-1] == head[-1] and m.where[0] < head[0] and head[0] in m.where for m in matches
        )
    )


def _between_two(match: Match, matches: Sequence[Match], text: str, tokens: Tokens) -> bool:
    """True where a match takes the head of one condition and the site of the next: the "pain" and the "neck" of "throat
    pain and neck swelling", or of "chest pain radiating to the neck", which is where that pain goes.
    """
    head, site = match.where
    if any(m.where[0] == head < m.where[-1] < site for m in matches) and _RADIATES.search(
        text, tokens.ends[head], tokens.starts[site]
    ):  # "pain in the chest radiating to the neck"
        return True
    if not any(m.where[-1] == head and m.where[0] < head for m in matches):
        return False
    if _RADIATES.search(text, tokens.ends[head], tokens.starts[site]):
        return True
    return _JOINED.search(text, tokens.ends[head], tokens.starts[site]) is not None and any(
        m.where[0] == site and m.where[-1] > site and tokens.places[m.where[-1]] - tokens.places[site] == 1
        for m in matches
    )


def _own_words(
    match: Match, matches: Sequence[Match], text: str, lexicon: Lexicon, tokens: Tokens
) -> tuple[int, int] | None:
    """Return the range of the words that a match keeps which borrowed the others; None if it borrowed none.

    "Secondary to" says nothing of the cause that it names; nor does a noun take the first words of the next noun that
    "and" or "with" joins to it: "knee pain and hip swelling".
    """
    where = match.where
    if _TO.match(text, tokens.starts[where[0]]):
        return where[1], where[-1] + 1
    for other in matches:
        beyond = other.where
        if beyond[-1] <= where[-1] or beyond[0] <= where[0] or where[-1] not in beyond:
            continue
        own = [i for i in where if i < beyond[0]]
        if other.gaps > match.gaps or not all(i in beyond for i in where[len(own) :]):
            continue
        low, high = tokens.ends[own[-1]], tokens.starts[beyond[0]]
        joint = _JOINS.search(text, low, high)
        if joint and not joint["has"]:
            return own[0], own[-1] + 1
        # "diabetes with hypoglycemia unawareness" may be one condition, "duodenal ulcer with pyloric stenosis" are two,
        # as are "ischemic heart disease with acute myocardial infarction"
        if joint and (
            any(set(own) < set(m.where) for m in matches if m is not match)
            or DEGREES.issuperset(lexicon.words[tokens.atoms[i]] for i in where[len(own) :])
        ):
            return own[0], own[-1] + 1
        # "hypertension, pulmonary embolism" are two; "abscess, renal" and "nodule, thyroid disease" say where it is
        if (joint or "," in text[low:high]) and _stand_alone(own, where[len(own) :], bool(joint), lexicon, tokens):
            return own[0], own[-1] + 1
    return before_degree(match, matches, text, lexicon, tokens)


def _stand_alone(own: Sequence[int], borrowed: Sequence[int], joined: bool, lexicon: Lexicon, tokens: Tokens) -> bool:
    """True where a match's own words name a condition and, if "with" joins them, those that it borrowed name none."""
    named = lexicon.match(tokens, own[0], own[-1] + 1)
    if not named or any(lexicon.term(m.term).codes[0].startswith(_SHARES) for m in named):
        return False
    return not (joined and lexicon.match(tokens, borrowed[0], borrowed[-1] + 1))


def _is_of_primary(
    where: tuple[int, ...], matches: Sequence[Match], codes: Sequence[str], text: str, tokens: Tokens
) -> bool:
    """True where the site of metastases is that of a primary before "with": "colon cancer with metastases"."""
    for match, code in zip(matches, codes, strict=True):
        end = max(match.where)
        shared = code.startswith(_PRIMARIES) and end < where[-1] and not set(match.where).isdisjoint(where)
        if shared and _SPREAD.search(text, tokens.ends[end], tokens.starts[where[-1]]):
            return True
    return False


def _is_not_there(match: Match, matches: Sequence[Match], codes: Sequence[str], text: str, tokens: Tokens) -> bool:
    """True where the site of metastases is only that of the cancer, or the cancer beside nodes that of another site."""
    if _comes_from(match, matches, codes, text, tokens):
        return True
    nodes = next(code for m, code in zip(matches, codes, strict=True) if m is match).startswith(_NODES)
    return nodes and _names_a_primary(match, matches, codes, text, tokens)


def _comes_from(match: Match, matches: Sequence[Match], codes: Sequence[str], text: str, tokens: Tokens) -> bool:
    """True where the site of metastases is that of the cancer they come from: "metastases from breast cancer"."""
    where = match.where
    for other, code in zip(matches, codes, strict=True):
        first = other.where[0]
        if not code.startswith(_PRIMARIES):
            continue
        if where[-1] in other.where and other.where[-1] > where[-1]:
            return _FROM.search(text, tokens.ends[where[-2]], tokens.starts[where[-1]]) is not None
        if len(other.where) > 1 and where[0] < first and first in where:
            own = [i for i in where if i < first]
            if other.where[: len(where) - len(own)] == where[len(own) :]:
                return _FROM.search(text, tokens.ends[own[-1]], tokens.starts[first]) is not None
    return False


def _names_a_primary(match: Match, matches: Sequence[Match], codes: Sequence[str], text: str, tokens: Tokens) -> bool:
    """True where the cancer behind the nodes has a site of its own, which they are not said to hold: "lymph node
    dissection for bladder cancer".
    """
    where = match.where
    for other, code in zip(matches, codes, strict=True):
        if code.startswith(_PRIMARIES) and where[-1] == other.where[-1] and where[0] < other.where[0]:
            before = max(i for i in where if i < other.where[0])
            return _HOLDS.search(text, tokens.ends[before], tokens.starts[other.where[0]]) is None
    return False
