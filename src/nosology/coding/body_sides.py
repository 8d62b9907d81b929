"""Which part of the body a side is said of: the right knee says nothing of the breast.

A condition without a side may take the one side that the chart speaks of, or that of another mention of its category;
not where that side is said of another part of the body.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from nosology.lexicon.lexicon import Lexicon, Tokens

__all__ = ["EYE", "Parts", "agree", "part_at", "parts_of", "parts_of_code"]

Parts = frozenset[str]
_NONE: Parts = frozenset()
EYE: Parts = frozenset(("eye",))
# part: the words for it, as the lexicon rewrites them. Parts that share a word may be one place.
_WORDS = {
    "shoulder": "shoulder scapula clavicle acromioclavicular rotator glenohumeral humerus arm",
    "elbow": "elbow forearm humerus radius ulna arm olecranon",
    "wrist": "wrist hand carpal carpus forearm radius ulna arm scaphoid thumb finger metacarpal",
    "hip": "hip thigh femur groin buttock trochanter leg acetabulum",
    "knee": "knee leg patella patellofemoral meniscus tibia fibula femur calf thigh",
    "ankle": "ankle foot heel toe calcaneus tibia fibula leg calf hallux metatarsal plantar",
    "eye": "eye eyelid cornea retina conjunctiva orbit macula lens pupil iris sclera vitreous optic",
    "ear": "ear tympanic tm drum auricle mastoid cochlea",
    "breast": "breast nipple axilla areola mastectomy lumpectomy",
    "kidney": "kidney ureter flank nephrectomy nephrostomy renal",
    "ovary": "ovary adnexa tube fallopian salpingo oophorectomy salpingectomy",
    "testis": "testis scrotum epididymis orchiectomy groin",
    "lung": "lung lobe pleura hilum chest hemithorax bronchus pneumonectomy",
    "colon": "colon colectomy hemicolectomy",
}
# chapters and categories of one organ
_CODES = (
    (("H0", "H1", "H2", "H3", "H4", "H5"), "eye"),
    (("H6", "H7", "H8", "H9"), "ear"),
    (("C50", "D05", "D24", "N6"), "breast"),
    (("C64", "C65", "C66", "N13", "N20", "N28"), "kidney"),
    (("C56", "D27", "N70", "N83"), "ovary"),
    (("C62", "N43", "N44", "N45"), "testis"),
    (("C34", "C78.0"), "lung"),
)
_BEYOND = 2  # words behind a side in which its part stands


@lru_cache(maxsize=8)
def _known(lexicon: Lexicon) -> dict[int, Parts]:
    """Return the parts by the numbers of their words."""
    found: dict[int, Parts] = {}
    for part, words in _WORDS.items():
        for word in words.split():
            number = lexicon.ids.get(word)
            if number is not None:
                found[number] = found.get(number, _NONE) | {part}
    return found


def parts_of(atoms: Iterable[int], lexicon: Lexicon) -> Parts:
    """Return the parts of the body that the words name; the narrowest where they name several."""
    known = _known(lexicon)
    named = [known[atom] for atom in atoms if atom in known]
    return min(named, key=lambda parts: (len(parts), sorted(parts)), default=_NONE)


@lru_cache(maxsize=8192)
def parts_of_code(codes: tuple[str, ...]) -> Parts:
    """Return the part of the body whose conditions the category of a code holds, nothing for the others."""
    return next((frozenset((part,)) for code in codes for starts, part in _CODES if code.startswith(starts)), _NONE)


def part_at(i: int, tokens: Tokens, lexicon: Lexicon) -> Parts:
    """Return the part of the body that stands right behind the word ``i``."""
    known = _known(lexicon)
    if i >= len(tokens.places):
        return _NONE
    last = tokens.places[i] + _BEYOND
    for j in range(i, len(tokens.atoms)):
        if tokens.places[j] > last:
            break
        if tokens.atoms[j] in known:
            return known[tokens.atoms[j]]
    return _NONE


def agree(one: Parts, other: Parts) -> bool:
    """True unless both are known and have nothing in common.

    >>> agree(frozenset({"knee"}), frozenset({"breast"})), agree(frozenset({"knee"}), frozenset())
    (False, True)
    """
    return not one or not other or not one.isdisjoint(other)
