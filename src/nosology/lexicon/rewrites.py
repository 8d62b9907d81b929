"""Rewrites: the phrases that clinicians write, turned into the words of the code set.

``data/rewrites/*.tsv`` holds ``phrase <TAB> canonical phrase [<TAB> condition]``. A condition keeps ambiguous
abbreviations
honest: ``upper`` (only in capitals), ``+a|b`` (one of these words stands nearby), ``-a|b`` (none of them does).

``data/lists/sites.tsv`` holds findings that stand before their site or, after a verb, behind it.

Braces in a phrase hold what may stand in that place: ``broke {his|her} {wrist|arm}``; ``{1}`` in the canonical phrase
is what stood in the first of them. ``{@name}`` is a list that a line ``@name <TAB> a|b`` of the same file gave before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from itertools import product

from nosology.errors import UnreadableInput
from nosology.lexicon.tokens import split_words

__all__ = ["Condition", "Rewrite", "parse_condition", "read_predicates", "read_rewrites", "read_rows", "write_out"]

_CHOICE = re.compile(r"\{([^{}]*)\}")
_SITES = "lists/sites.tsv"
_BOTH = ("", "appears", "appeared", "looks", "looked", "remains")
_VERBS = {False: ("is", "was", "has been", *_BOTH), True: ("are", "were", "have been", *_BOTH)}  # by: several sites
_DEGREES = ("", "mildly", "slightly", "moderately", "markedly", "severely", "very", "a little", "a bit")


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rewrite applies: ``upper`` in capitals only; ``near`` one of these words nearby; ``far`` none of them.

    ``exact`` is the spelling of a one-word abbreviation, so that dropping a plural s does not turn "does" into DOE, or
    of one with a slash before an article.
    """

    upper: bool = False
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """``phrase`` and ``canonical`` as base forms of their words."""

    phrase: tuple[str, ...]
    canonical: tuple[str, ...]
    condition: Condition | None


def read_rows(folder: str) -> Iterator[tuple[str, int, list[str]]]:
    """Yield ``(file, line number, columns)`` of every entry of the vocabulary files in ``data/folder`` (or one
    file).
    """
    root = resources.files("nosology.lexicon").joinpath("data").joinpath(folder)
    files = (
        [root]
        if root.is_file()
        else sorted((f for f in root.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)
    )
    for file in files:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                yield file.name, number, [cell.strip() for cell in line.split("\t")]


def parse_condition(text: str, where: str) -> Condition | None:
    """Return the condition that ``text`` states, None for none; UnreadableInput for anything else."""
    upper = False
    near: tuple[str, ...] = ()
    far: tuple[str, ...] = ()
    for part in filter(None, (p.strip() for p in text.split(";"))):
        if part == "upper":
            upper = True
        elif part[0] in "+-":
            words = tuple(w for alternative in part[1:].split("|") for w in split_words(alternative)[:1])
            near, far = (words, far) if part[0] == "+" else (near, words)
        else:
            raise UnreadableInput(f"{where}: unknown condition {part!r}; use upper, +a|b or -a|b joined by ';'")
    return Condition(upper, near, far) if upper or near or far else None


def write_out(phrase: str, canonical: str, lists: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the phrases that ``phrase`` with its braces stands for, each with its canonical phrase.

    >>> list(write_out("{hip|arm} {is|was} broken", "fracture of {1}", {}))[1]
    ('hip was broken', 'fracture of hip')
    """
    if "{" not in phrase:
        yield phrase, canonical
        return
    parts = _CHOICE.split(phrase)  # text, choice, text, choice, … text
    choices = [lists[part[1:]] if part.startswith("@") else part for part in parts[1::2]]
    for chosen in product(*[choice.split("|") for choice in choices]):
        said = parts[0] + "".join(f"{word}{text}" for word, text in zip(chosen, parts[2::2], strict=True))
        meant = canonical
        for i, word in enumerate(chosen, 1):
            meant = meant.replace(f"{{{i}}}", word)
        yield said, meant


def read_rewrites() -> list[Rewrite]:
    """Return every rewrite of the packaged vocabulary, in file order."""
    rewrites = []
    lists: dict[str, str] = {}
    for file, number, cells in read_rows("rewrites"):
        where = f"{file}:{number}"
        if len(cells) < 2:
            raise UnreadableInput(f"{where}: a rewrite needs a phrase and a canonical phrase, separated by a tab")
        if cells[0].startswith("@"):
            lists[cells[0][1:]] = cells[1]
            continue
        condition = parse_condition(cells[2], where) if len(cells) > 2 else None
        for said, meant in write_out(cells[0], cells[1], lists):
            phrase, canonical = tuple(split_words(said)), tuple(split_words(meant))
            one = len(phrase) == 1 and len(said) <= 6
            if file == "abbreviations.tsv" and (one or said.lower().endswith("/a")):  # "20 h a film" is no "h/a"
                condition = replace(condition or Condition(), exact=said.lower())
            if phrase and canonical and (phrase != canonical or condition):
                rewrites.append(Rewrite(phrase, canonical, condition))
    rewrites += read_predicates()
    return rewrites


def read_predicates() -> Iterator[Rewrite]:
    """Yield "spleen is enlarged", "spleen was mildly enlarged" … → "enlarged spleen" for every site and finding; where
    the phrase is given with "*" for the site, "painful leg" and "painful left leg" too.

    "Is not enlarged" is none of them, nor is a finding of which another site stands before the verb.
    """
    for file, number, cells in read_rows(_SITES):
        if len(cells) < 2:
            raise UnreadableInput(f"{file}:{number}: a predicate needs a site and its findings, separated by a tab")
        for site, finding in product(cells[0].split("|"), cells[1].split("|")):
            named = cells[2] if len(cells) > 2 else f"{finding} {site}"
            canonical = tuple(split_words(named.replace("*", site)))
            several = " and " in site or site.endswith(("s", "ae"))
            for verb, degree in product(_VERBS[several], _DEGREES):
                yield Rewrite(tuple(split_words(f"{site} {verb} {degree} {finding}")), canonical, None)
            if "*" in named:
                for side in ("", "left", "right"):
                    of_side = tuple(split_words(f"{side} {named.replace('*', site)}"))
                    yield Rewrite(tuple(split_words(f"{finding} {side} {site}")), of_side, None)
