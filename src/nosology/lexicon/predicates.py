"""Adjectives said of a person: "he is depressed", "Mrs. Lee appears very anxious", "a hypertensive man".

Such a word names a condition only where its subject is a person; of a skull fracture or a joint it says something else.
The frame is read word by word from the adjective back to the subject, or on to the noun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from nosology.lexicon.plans import Plan
from nosology.lexicon.rewrites import read_rows
from nosology.lexicon.tokens import split_words

__all__ = ["Predicates", "compile_predicates"]

_KINDS = ("subject", "title", "linking", "feeling", "helper", "adverb", "noun", "between", "beside", "aside")
_JOINING = (",", "and", "or")
_GOES_ON = (",", ".", ";", "and", "with", "who")  # after an adjective that no noun follows
_STARTS = (".", ",", ":", ";")
_BARE = ("patient", "pt")  # of which notes leave the verb out
_ENDS = (".", ":", ";", "has", "had", "her", "his", "whose")
_ASIDE = 24  # words between a person and what is said of him aside
_ADJECTIVE = 64  # what a word may be here, as a bit of its plan
_MOST = 6  # words between an adjective and its subject or noun


def compile_predicates(
    number: Callable[[str], int], char: Callable[[int], str], atoms: Callable[[str], Iterable[int]]
) -> dict[str, Any]:
    """Return the frames and the adjectives as characters of words, for :class:`Predicates`.

    ``number`` gives a word its number, ``char`` a number its character, ``atoms`` a phrase its atoms.
    """
    kinds: dict[str, list[str]] = {kind: [] for kind in _KINDS}
    adjectives: dict[str, tuple[tuple[int, ...], str]] = {}
    for _file, _line, (kind, words, *more) in read_rows("lists/persons.tsv"):
        chars = [char(number(word)) for word in split_words(words)]
        if kind == "adjective":
            after = "".join(char(number(word)) for word in split_words(more[1])) if len(more) > 1 else ""
            adjectives[chars[0]] = (tuple(atoms(more[0])), after)
        else:
            kinds[kind] += chars
    return {"adjectives": adjectives, **{kind: "".join(chars) for kind, chars in kinds.items()}}


class Predicates:
    """The frames at work on the words of a text, each a character."""

    __slots__ = (
        "_adjectives",
        "_apart",
        "_between",
        "_chain",
        "_feeling",
        "_linking",
        "_noun",
        "_row",
        "_subject",
        "_title",
        "roles",
    )

    def __init__(self, compiled: Mapping[str, Any]) -> None:
        kinds = {kind: frozenset(compiled[kind]) for kind in _KINDS}
        self._adjectives: dict[str, tuple[tuple[int, ...], str]] = compiled["adjectives"]
        self.roles: dict[str, int] = dict.fromkeys(self._adjectives, _ADJECTIVE)  # as bits of the plan of a word
        self._row = kinds["beside"] | self._adjectives.keys()
        self._linking = kinds["linking"] | kinds["feeling"]
        self._feeling = kinds["feeling"]
        self._apart = kinds["aside"]
        self._chain = self._linking | kinds["helper"] | kinds["adverb"]
        self._between = kinds["between"] | self._row
        self._noun, self._subject, self._title = kinds["noun"], kinds["subject"], kinds["title"]

    def find(self, chars: str, words: Sequence[str], plans: list[Plan]) -> dict[int, tuple[int, ...]]:
        """Return what each adjective that is said of a person becomes, by its place.

        ``chars``: the words of a text as characters; ``words``: as they are written; ``plans``: what they do.
        """
        found: dict[int, tuple[int, ...]] = {}
        for i, plan in enumerate(plans):
            if not plan.roles & _ADJECTIVE:
                continue
            atoms, after = self._adjectives[plan.char]
            if after and i + 1 < len(chars) and chars[i + 1] in after:
                continue
            if self._has_subject(chars, words, i) or self._has_noun(chars, words, i) or self._is_aside(chars, words, i):
                found[i] = atoms
        return found

    def _has_subject(self, chars: str, words: Sequence[str], i: int) -> bool:
        """True where the words before the adjective at ``i`` are a linking verb and, before it, a person or nothing."""
        j, linked = i - 1, False
        while j >= 0 and i - j <= 2 * _MOST:
            char = chars[j]
            if char in self._linking:
                if char in self._feeling:
                    return True
                linked = True
            elif not (char in self._chain or (not linked and (char in self._row or words[j] in _JOINING))):
                break
            j -= 1
        if j < 0 or words[j] in _STARTS:
            return linked
        if chars[j] in self._subject and (linked or words[j][-2:] in ("'s", "’s") or words[j].lower() in _BARE):
            return True  # "he's anxious", "patient anxious"
        if not linked and chars[j] in self._noun and words[j + 1] == ",":  # "an old woman, hypertensive, with obesity"
            return i + 1 == len(chars) or words[i + 1] in _GOES_ON
        return linked and self._is_name(chars, words, j)

    def _is_aside(self, chars: str, words: Sequence[str], i: int) -> bool:
        """Between commas behind a person without a verb: "a woman with diabetes, hypertensive, and with asthma"."""
        if chars[i] not in self._apart or not 0 < i < len(chars) - 1 or words[i - 1] != "," or words[i + 1] != ",":
            return False
        for j in range(i - 2, max(-1, i - _ASIDE), -1):
            if chars[j] in self._noun:
                return True
            if words[j] in _ENDS or chars[j] in self._linking:
                return False
        return False

    def _is_name(self, chars: str, words: Sequence[str], j: int) -> bool:
        """True where a title stands one to three words before the word at ``j``, its full stop included."""
        return words[j][:1].isupper() and not self._title.isdisjoint(chars[max(0, j - 3) : j])

    def _has_noun(self, chars: str, words: Sequence[str], i: int) -> bool:
        """True where the adjective at ``i`` stands before a person: "a hypertensive 54-year-old white man"."""
        for j in range(i + 1, min(len(chars), i + 1 + _MOST)):
            if chars[j] in self._noun and words[j][-1] not in "sS":
                return True
            if chars[j] not in self._between and words[j] not in (",", "and") and not words[j].isdigit():
                return False
        return False
