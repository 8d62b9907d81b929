"""Body parts: labels of the tables, the body part key and everyday names, read in the text with their side.

Source: ICD-10-PCS Official Guidelines B4.1 to B4.8, body part key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import nosology.lexicon
from nosology.codes.pcs_tables import AxisValue, PcsTables
from nosology.codes.prepared import prepare, read_yaml
from nosology.coding.pcs.scenes import NEAR, Found, Scene
from nosology.model.note import Span

__all__ = ["SIDES", "PartBook", "SidedLabel", "names_no_part", "open_part_book", "read_side", "split_label"]

SIDES = ("right", "left", "bilateral")
_NAMES = Path(nosology.lexicon.__file__).parent / "data" / "body_parts.yaml"
_SIDE = re.compile(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|both (?:\w+ ){0,2}(?:sides(?! of)|knees|hips|legs|lungs|kidneys"
    r"|ureters|(?:fallopian )?tubes"
    r"|ovaries|adnexae?|breasts|eyes|feet|arms|ankles|wrists|shoulders|groins|test(?:es|icles)|tonsils|ears|carotids"
    r"|femorals|femoral arteries|iliacs|lower extremities|thighs|calves|hands|lower legs|chest tubes|chests"
    r"|pleural spaces|hemithoraces)|(?:on|from|of) each side|each (?:tube|ovary|groin|breast|testis|ureter)"
    r"|right and left|left and right)"
    r"|(?P<right>right|rt\.?(?= )|right-sided|(?-i:R)(?= [a-z]))"
    r"|(?P<left>left|lt\.?(?= )|left-sided|(?<!\d )(?-i:L)(?= [a-z])))\b",
    re.IGNORECASE,
)
_EYE_SIDE = re.compile(
    r"\b(?:(?P<bilateral>bilateral(?:ly)?|both eyes|each eye|(?-i:OU|O\.U\.))"
    r"|(?P<right>right|rt\.?(?= )|(?-i:OD|O\.D\.|RE\b|R(?= [a-z]))|oculus dexter)"
    r"|(?P<left>left|lt\.?(?= )|(?-i:OS|O\.S\.|LE\b|L(?= [a-z]))|oculus sinister))(?!\w)",
    re.IGNORECASE,
)
"""Sides of an eye: right, OD; left, OS; both, OU."""
_NOT_SIDE = re.compile(
    r"\b(?:(?:right|left)(?=\s+(?:anterior descending|main(?! pulmonary| ?stem| bronch)(?: coronary)?"
    r"|ventric\w+|atri\w+|circumflex|heart"
    r"|internal mammary|lateral decubitus|coronary|hepatic|gastric|colic|hemicolectomy|colectomy|colon|lower quadrant"
    r"|upper quadrant|shift|lateral position|in place|open|intact|side (?:up|down)|flank position|in the|to|behind"
    r"|over)\b)|(?<=was )left\b|(?<=were )left\b)",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\s*\([^)]*\)\s*")
_PLURALS = {"testes": "testis", "ovaries": "ovary", "vesicles": "vesicle", "arteries": "artery", "areas": "area"}


@dataclass(frozen=True, slots=True)
class SidedLabel:
    """A label of the tables taken apart: what it names, in lower case, and its side ("" for none)."""

    base: str
    side: str


_BACK = re.compile(r"\b(?:the|upper|lower|mid|his|her|of|and)\s\Z", re.IGNORECASE)
_SEWN = re.compile(r"[\s-](?:sewn|assisted|tied|held|table)\b", re.IGNORECASE)


def names_no_part(text: str, start: int, end: int) -> bool:
    """Return whether a word that names a part means something else there: "cut back", "hand sewn"."""
    words = text[start:end].lower()
    if words == "back" and _BACK.search(text[max(0, start - 8) : start]) is None:
        return True
    return words in ("hand", "head", "back") and _SEWN.match(text, end) is not None


def _singular(word: str) -> str:
    return _PLURALS.get(word) or (word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word)


@cache
def split_label(label: str) -> SidedLabel:
    """Return the parts of a label: ``Knee Joint, Right``, ``Skin, Right Upper Leg``, ``Kidneys, Bilateral``."""
    low = label.casefold()
    head, comma, tail = low.rpartition(", ")
    if comma and tail in SIDES:
        return SidedLabel(" ".join(map(_singular, head.split())), tail)
    if comma and head in ("skin", "subcutaneous tissue and fascia", "lymphatic"):
        side, _blank, region = tail.partition(" ")
        return SidedLabel(region, side) if side in SIDES else SidedLabel(tail, "")
    return SidedLabel(" ".join(map(_singular, low.split())), "")


def read_side(scene: Scene, around: Span | None = None, *, eye: bool = False) -> tuple[str, Found] | None:
    """Return the side that the chart gives the statement, "right", "left" or "bilateral", with its words.

    Of an ``eye``, OD, OS and OU are sides too. Nearest words first; on the level of the whole report the side that is
    named most. None where no side is named.
    """
    for level in range(len(scene.levels)):
        hits = []
        if level == NEAR and (said := _last_said(scene)) is not None:
            return said[0], Found(said[1], level)
        for span in scene.levels[level]:
            skip = {m.start() for m in _NOT_SIDE.finditer(scene.text, span.start, span.end)}
            for match in (_EYE_SIDE if eye else _SIDE).finditer(scene.text, span.start, span.end):
                if level >= NEAR and match[0].lower().startswith("both"):
                    continue  # of a joint or a bone, further off
                if match.start() not in skip and match.lastgroup:
                    hits.append((match.lastgroup, Span(*match.span())))
        if not hits:
            continue
        if level < NEAR:
            near = min(hits, key=lambda hit: (_gap(hit[1], around or scene.place), hit[1].start))
            named = {side for side, _span in hits}
            if {"right", "left"} <= named and _coordinated(scene.text, hits):
                return "bilateral", Found(near[1], level)
            return near[0], Found(near[1], level)
        headed = [hit for hit in hits if any(h.start <= hit[1].start < h.end for h in scene.heads)]
        hits = headed or hits
        counts = {side: sum(hit[0] == side for hit in hits) for side in SIDES}
        best = max(SIDES, key=lambda side: counts[side])
        return best, Found(next(span for side, span in hits if side == best), level)
    return None


def _last_said(scene: Scene) -> tuple[str, Span] | None:
    """The side said last before the statement in its line: a report on several limbs goes from one to the next."""
    start = scene.text.rfind("\n", 0, scene.place.start) + 1
    skip = {m.start() for m in _NOT_SIDE.finditer(scene.text, start, scene.place.start)}
    last = None
    for match in _SIDE.finditer(scene.text, start, scene.place.start):
        if match.start() not in skip and match.lastgroup and not match[0].lower().startswith("both"):
            last = match.lastgroup, Span(*match.span())
    return last


def _coordinated(text: str, hits: Sequence[tuple[str, Span]]) -> bool:
    spans = [span for _side, span in hits]
    return any(text[a.end : b.start].strip(" ,").casefold() in ("and", "&", "") for a, b in pairwise(spans))


def _gap(one: Span, other: Span) -> int:
    if one.overlaps(other):
        return 0
    return one.start - other.end if one.start >= other.end else other.start - one.end


def _read_names() -> dict[str, Any]:
    data = read_yaml(_NAMES.read_text(encoding="utf-8"))
    return {"names": {str(k): list(v) if isinstance(v, list) else [v] for k, v in data["names"].items()}}


@cache
def _names() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = prepare("body_parts", [_NAMES, Path(__file__)], _read_names)["names"]
    return found


class PartBook:
    """The body parts that some tables allow, by the words that name them."""

    def __init__(self, tables: PcsTables, stems: Sequence[str]) -> None:
        self._values: dict[str, list[tuple[str, AxisValue, str]]] = {}
        for stem in stems:
            for value in tables.next_values(stem):
                sided = split_label(value.label)
                names = {sided.base}
                for ending in (" muscle", " tendon", " bursa and ligament", " artery", " joint"):
                    if sided.base.endswith(ending) and ending in (" muscle", " tendon", " bursa and ligament"):
                        names.add(sided.base.removesuffix(ending))
                for base in names:
                    self._values.setdefault(base, []).append((stem, value, sided.side))
        self._words: dict[str, tuple[str, ...]] = {}
        self._spelt: re.Pattern[str] | None = None
        for base in self._values:
            self._words[base] = (base,)
        for term, keyed in tables.key("0", 4).items():
            bases = tuple(dict.fromkeys(b for b in (split_label(label).base for label in keyed) if b in self._values))
            if bases:
                self._words.setdefault(term.replace("(", "").replace(")", ""), bases)
                self._words.setdefault(" ".join(_PARENTHESIS.sub(" ", term).split()), bases)
        for term, labels in _names().items():
            plain = (" ".join(map(_singular, label.casefold().split())) for label in labels)
            bases = tuple(base for base in plain if base in self._values)
            if bases:
                self._words[term] = bases

    @property
    def _pattern(self) -> re.Pattern[str]:
        if self._spelt is None:
            self._spelt = self._compile()
        return self._spelt

    def _compile(self) -> re.Pattern[str]:
        alternatives = sorted(self._words, key=len, reverse=True)
        spelt = "|".join(re.escape(a).replace(r"\ ", r"[\s-]+") for a in alternatives) or r"(?!)"
        return re.compile(rf"(?<!\w)(?P<part>{spelt})(?:s|es)?(?!\w)", re.IGNORECASE)

    def terms(self) -> Iterable[str]:
        """Return the words that name parts of these tables, in lower case and without plural."""
        return self._words

    def bases(self, term: str) -> tuple[str, ...]:
        """Return the parts that a word may name, the likeliest first; () if these tables have none."""
        return self._words.get(term, ())

    def stems(self, base: str) -> tuple[str, ...]:
        """Return the tables that have a part, in print order."""
        return tuple(dict.fromkeys(stem for stem, _value, _side in self._values.get(base, ())))

    def values(self, base: str, side: str) -> list[tuple[str, AxisValue]]:
        """Return the values of a part: of the side where it has sides, both sides for "bilateral"."""
        known = self._values.get(base, [])
        exact = [(stem, value) for stem, value, at in known if at == side] or [
            (stem, value) for stem, value, at in known if not at
        ]
        if not exact and side == "bilateral":
            exact = [(stem, value) for stem, value, at in known if at in ("right", "left")]
            stem = exact[0][0] if exact else ""
            return [each for each in exact if each[0] == stem]
        return exact[:1]

    def sided(self, base: str) -> bool:
        """True if the part has a right and a left value and none without a side."""
        return all(at for _stem, _value, at in self._values.get(base, []))

    def labels(self, base: str) -> list[str]:
        """Return the labels of a part, for a question."""
        return [value.label for _stem, value, _side in self._values.get(base, [])]

    def read(self, scene: Scene, *, levels: Iterable[int]) -> list[tuple[str, Found]]:
        """Return the parts that the nearest level names, nearest first, each once."""
        for level in levels:
            if level >= len(scene.levels):
                break
            hits: list[tuple[str, Span]] = []
            for span in scene.matches(self._pattern, level):
                if names_no_part(scene.text, span.start, span.end):
                    continue
                words = " ".join(re.split(r"[\s-]+", scene.text[span.start : span.end].casefold()))
                bases = self._words.get(words) or self._words.get(_stem(words, self._words))
                if bases:
                    hits.append((bases[0], span))
            hits = _one_each(scene, hits)
            if hits:
                found: dict[str, Found] = {}
                for base, span in sorted(
                    hits, key=lambda hit: (hit[1].start < scene.place.end, scene.distance(hit[1]))
                ):
                    found.setdefault(base, Found(span, level))
                return list(found.items())
        return []


_APART = re.compile(r"[,;/&]|\b(?:and|or|with|plus|to)\b", re.IGNORECASE)
_OF_IT = re.compile(r"\W*(?:of|from|in|into|to|at|on|for)\b", re.IGNORECASE)


_TO_IT = re.compile(r"\bto\s+(?:the\s+)?(?:(?:right|left|both|bilateral)\s+)?\Z", re.IGNORECASE)
_FROM_IT = re.compile(r"\bfrom\s+(?:the\s+)?(?:(?:right|left|both|bilateral)\s+)?(?:\w+\s+)?\Z", re.IGNORECASE)


def _one_each(scene: Scene, hits: Sequence[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The parts without those that only describe another of the same phrase ("intertrochanteric femur").

    Where the statement goes on with "of" and a part, what stands before it is left out; of "from … to …" it is the aim.
    """
    kept: list[tuple[str, Span]] = []
    for base, span in hits:
        if kept:
            last = kept[-1][1]
            between = scene.text[last.end : span.start]
            if len(between) < 25 and _APART.search(between) is None and "." not in between:
                if len(span) > len(last):
                    kept[-1] = (base, span)
                continue
        kept.append((base, span))
    after = [hit for hit in kept if hit[1].start >= scene.place.end]
    aims = [hit for hit in after if _TO_IT.search(scene.text, max(0, hit[1].start - 24), hit[1].start)]
    if aims and any(_FROM_IT.search(scene.text, max(0, hit[1].start - 24), hit[1].start) for hit in after):
        return aims
    if after and _OF_IT.match(scene.text, scene.place.end) is not None:
        return after
    return kept


def _stem(words: str, known: Mapping[str, object]) -> str:
    for cut in ("s", "es"):
        if words.endswith(cut) and words[: -len(cut)] in known:
            return words[: -len(cut)]
    return words


_BOOKS: dict[tuple[int, tuple[str, ...]], PartBook] = {}


def open_part_book(tables: PcsTables, stems: Sequence[str]) -> PartBook:
    """Return the body parts of some tables, made once."""
    key = (id(tables), tuple(stems))
    book = _BOOKS.get(key)
    if book is None:
        book = _BOOKS[key] = PartBook(tables, stems)
    return book
