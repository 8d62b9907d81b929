"""How closely the words of a term stand in a text: the occurrences nearest to one another, and what parts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nosology.lexicon.lexicon import Tokens

__all__ = ["borrowed", "closest", "mirrored", "side_within"]


_BORROWED = 2  # places by which a word of a phrase counts as further away, as in what is borrowed from it


def side_within(sides: Sequence[int], picked: tuple[int, ...]) -> bool:
    """True where a word of side stands between the words of a match: it parts no words of a term."""
    first, last = picked[0], picked[-1]
    return any(first < i < last and i not in picked for i in sides)


def closest(
    wanted: Sequence[int], i: int, where: dict[int, list[int]], places: Sequence[int], phrases: dict[int, int]
) -> tuple[tuple[int, ...], int]:
    """Return the occurrences of ``wanted`` nearest to its first, which stands at ``i``, and the places between that
    they leave open. Of two as near that one whose phrase holds nothing else: "lung metastases from colon cancer". A
    word of a rewritten phrase belongs there and counts as further away ("chronic metabolic acidosis in CKD" has the
    chronic before it), unless the term has the whole phrase ("carcinoma of the left breast with liver metastases" has
    its malignant neoplasm in the carcinoma); where the phrase brings another of the words too, it is taken from there
    after all: "DVT of the popliteal vein".
    """
    here, size, picked = places[i], len(wanted), [i]
    ours: dict[int, int] = {}  # by place: how many of the words it brings, where the first is not borrowed itself
    by = i if size > 2 else 0  # of many words the last is the noun: "AV block and bundle branch block"
    for atom in wanted[1:]:
        options = where[atom]
        if len(options) > 1:
            if phrases and not ours:
                for each in wanted:
                    for j in where[each]:
                        ours[places[j]] = ours.get(places[j], 0) + 1
                if phrases.get(here, 1) > ours[here]:
                    ours = {here: 1}
            options = sorted(
                options,
                key=lambda j: (
                    abs(places[j] - here) + _BORROWED * (phrases.get(places[j], 1) > ours.get(places[j], 1)),
                    phrases.get(places[j], 1) >= size,
                    j < by,
                ),
            )
        picked.append(options[0])
    for number in [n for n in range(1, size) if len(where[wanted[n]]) > 1]:
        others = {places[j] for k, j in enumerate(picked) if k != number}
        if places[picked[number]] not in others:
            picked[number] = next((j for j in where[wanted[number]] if places[j] in others), picked[number])
    picked.sort()
    taken = {places[j] for j in picked}
    return tuple(picked), max(taken) - min(taken) + 1 - len(taken)


def borrowed(picked: tuple[int, ...], tokens: Tokens) -> int:
    """Return 2 for each rewritten phrase of which a match takes only some words and the rest from elsewhere.

    The "chronic" of COPD says nothing of its neighbours.
    """
    used: dict[int, int] = {}
    for i in picked:
        place = tokens.places[i]
        used[place] = used.get(place, 0) + 1
    if len(used) == 1:
        return 0
    return sum(_BORROWED for place, count in used.items() if count < tokens.phrases.get(place, 1))


def mirrored(picked: tuple[int, ...], i: int, tokens: Tokens, where: dict[int, list[int]]) -> tuple[int, ...]:
    """Return the words on the other side of the word at ``i`` that stand as near as those picked, () if they differ.

    In "cancer of the breast and cancer of the lung" the breast has a cancer on either side.
    """
    atoms, places = tokens.atoms, tokens.places
    other = [i]
    for j in picked:
        if j != i:
            opposite = 2 * places[i] - places[j]
            same = next((k for k in where[atoms[j]] if k != j and places[k] == opposite), -1)
            if same < 0:
                return ()
            other.append(same)
    other.sort()
    return tuple(other)
