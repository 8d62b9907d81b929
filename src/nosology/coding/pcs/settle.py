"""The axes of one procedure statement settled from its scene: values with their words, or the axis that stays open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nosology.codes.pcs_builder import choose_value
from nosology.codes.pcs_tables import AxisValue, PcsTables
from nosology.coding.pcs.catalogue import Choice, Procedure, spell_pattern
from nosology.coding.pcs.counts import COUNTED
from nosology.coding.pcs.parts import PartBook, open_part_book, read_side, split_label
from nosology.coding.pcs.scenes import NEAR, Found, Scene
from nosology.errors import UnknownCode

__all__ = ["Axis", "Settled", "applies", "fitting_stems", "settle_axes", "settle_part"]

_LENGTH = 7


@dataclass(frozen=True, slots=True)
class Axis:
    """One value of a code with the words that chose it (None: the name of the procedure itself) and the reason."""

    value: AxisValue
    found: Found | None
    why: str
    cites: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """One code of a procedure as far as it goes: the axes, and the labels to choose from where one stays open."""

    axes: tuple[Axis, ...]
    asks: str = ""
    options: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """The characters that are settled."""
        return "".join(axis.value.code for axis in self.axes)

    @property
    def level(self) -> int:
        """The level of the words for the body part: 0 where the name itself or its clause holds them."""
        part = self.axes[3] if len(self.axes) > 3 else None
        return part.found.level if part is not None and part.found is not None else 0


def settle_axes(procedure: Procedure, scene: Scene, tables: PcsTables) -> list[Settled]:
    """Return the codes of one statement: one, or several where it names several body parts; none if no table fits."""
    count = COUNTED.get(procedure.name)
    if count is not None:
        return [
            done
            for pattern, words in count(scene)
            if (head := _counted_head(pattern, tables, words)) is not None
            and (done := _finish(procedure, pattern, head, scene, tables)) is not None
        ]
    patterns = _patterns(procedure, scene)
    if not patterns:
        return []
    found: list[Settled] = []
    for stem, part in _parts(procedure, patterns, scene, tables):
        if isinstance(part, Settled):
            found.append(part)
        else:
            done = _finish(procedure, stem, part, scene, tables)
            if done is not None:
                found.append(done)
    return found


def applies(procedure: Procedure, scene: Scene) -> bool:
    """Return whether the words around a statement leave the procedure a code at all."""
    return procedure.name in COUNTED or bool(_patterns(procedure, scene))


def settle_part(
    procedure: Procedure,
    pattern: str,
    base: str,
    found: Found | None,
    scene: Scene,
    tables: PcsTables,
    side: tuple[str, Found] | None = None,
) -> list[Settled]:
    """Return the codes of a procedure on one named body part; two where both sides have values of their own.

    ``side`` is the side said with the part, with its words; None reads it from the scene.
    """
    head = _head(pattern, tables, None)
    if head is None:
        return []
    book = open_part_book(tables, (pattern[:3],))
    done: list[Settled] = []
    for part in _with_side(book, base, head, found, scene, pattern[:3], side):
        settled = part if isinstance(part, Settled) else _finish(procedure, pattern, part, scene, tables)
        if settled is not None:
            done.append(settled)
    return done


def _counted_head(pattern: str, tables: PcsTables, words: Found | None) -> tuple[Axis, ...] | None:
    """The first four values of a code that rests on a count."""
    head = _head(pattern, tables, None)
    value = _legal(tables, pattern[:3], pattern[3])
    return (*head, Axis(value, words, "what the chart counts")) if head is not None and value is not None else None


def _patterns(procedure: Procedure, scene: Scene) -> list[tuple[str, Found | None]]:
    """The codes with open places that apply: of those with words the first that is said, else those without."""
    for choice in procedure.codes:
        if choice.when and (found := scene.find(spell_pattern(choice.when), near=choice.near)) is not None:
            return [(choice.value, found)] if choice.value != "none" else []
    return [(choice.value, None) for choice in procedure.codes if not choice.when]


_HEADS: dict[tuple[int, str], tuple[AxisValue, ...]] = {}


def _head(pattern: str, tables: PcsTables, found: Found | None) -> tuple[Axis, ...] | None:
    """The values of the first three characters; None where there is no such table."""
    key = (id(tables), pattern[:3])
    values = _HEADS.get(key)
    if values is None:
        steps = (next((v for v in tables.next_values(pattern[:n]) if v.code == pattern[n]), None) for n in range(3))
        values = _HEADS[key] = tuple(value for value in steps if value is not None)
    if len(values) < 3:
        return None
    return tuple(
        Axis(value, found if place == 2 else None, "the procedure as it is named") for place, value in enumerate(values)
    )


def _parts(
    procedure: Procedure, patterns: Sequence[tuple[str, Found | None]], scene: Scene, tables: PcsTables
) -> list[tuple[str, tuple[Axis, ...] | Settled]]:
    """Each body part with the pattern of its code, or the question where the part stays open."""
    choices = procedure.axes.get(4, ())
    first, words = patterns[0]
    if first[3] != "?":
        head = _head(first, tables, words)
        if head is None:
            return []
        value = _legal(tables, first[:3], first[3])
        return [(first, (*head, Axis(value, None, "the procedure as it is named")))] if value else []
    if choices and choices[0].value == "key":
        return _by_key(procedure, patterns, scene, tables, choices[1:])
    head = _head(first, tables, words)
    if head is None:
        return []
    named: list[tuple[str, Found | None]] = []
    for level_choice in _said(choices, scene, every=procedure.each):
        named.append(level_choice)
    result: list[tuple[str, tuple[Axis, ...] | Settled]] = []
    for label, found in named:
        result += [(first, each) for each in _sided(procedure, first[:3], head, label, found, scene, tables)]
    if not named:
        legal = tables.next_values(first[:3])
        if len(legal) == 1:
            return [(first, (*head, Axis(legal[0], None, "the only value of the table")))]
        result.append((first, Settled(head, legal[0].axis, tuple(v.label for v in legal))))
    return result


def _sided(
    procedure: Procedure,
    stem: str,
    head: tuple[Axis, ...],
    label: str,
    found: Found | None,
    scene: Scene,
    tables: PcsTables,
) -> list[tuple[Axis, ...] | Settled]:
    """The values of a part named by a label without its side."""
    exact = _legal(tables, stem, label)
    if exact is not None:
        return [(*head, Axis(exact, found, "body part", procedure.cites or "B4.1"))]
    book = open_part_book(tables, (stem,))
    return _with_side(book, split_label(label).base, head, found, scene, stem)


def _with_side(
    book: PartBook,
    base: str,
    head: tuple[Axis, ...],
    found: Found | None,
    scene: Scene,
    stem: str,
    said: tuple[str, Found] | None = None,
) -> list[tuple[Axis, ...] | Settled]:
    near = found.span if found is not None and found.level < NEAR else None
    told = said or read_side(scene, near, eye=stem[1] == "8")
    side = told[0] if told else ""
    values = [value for at, value in book.values(base, side) if at == stem]
    if told and not values and side == "bilateral":
        values = [value for at, value in book.values(base, side)]
    if not values:
        return [Settled(head, "Body Part", tuple(dict.fromkeys(book.labels(base))))] if book.labels(base) else []
    words = told[1] if told and book.sided(base) else found
    return [(*head, Axis(value, words, "body part and side", "B4.3" if told else "B4.1")) for value in values]


_STEMS: dict[tuple[int, str], tuple[str, ...]] = {}


def fitting_stems(pattern: str, tables: PcsTables) -> tuple[str, ...]:
    """Return the tables whose first characters a pattern allows, in print order."""
    key = (id(tables), pattern)
    found = _STEMS.get(key)
    if found is None:
        fits = (s for s in tables.stems() if all(p in ("?", c) for p, c in zip(pattern, s, strict=True)))
        found = _STEMS[key] = tuple(fits)
    return found


def _by_key(
    procedure: Procedure,
    patterns: Sequence[tuple[str, Found | None]],
    scene: Scene,
    tables: PcsTables,
    rest: Sequence[Choice],
) -> list[tuple[str, tuple[Axis, ...] | Settled]]:
    """The body parts that the text names, by the labels and keys of the tables, in the first table that has them."""
    result: list[tuple[str, tuple[Axis, ...] | Settled]] = []
    expanded: list[str] = []
    for pattern, _words in patterns:
        expanded += [stem + pattern[3:] for stem in fitting_stems(pattern[:3], tables)]
    stems = tuple(dict.fromkeys(e[:3] for e in expanded))
    book = open_part_book(tables, stems)
    named = book.read(scene, levels=range(len(scene.levels) if scene.wide else NEAR + 1))
    if not named:
        for choice in rest:
            if not choice.when or scene.find(spell_pattern(choice.when), near=choice.near):
                for pattern in expanded:
                    head = _head(pattern, tables, patterns[0][1])
                    if head is not None and (
                        sided := _sided(procedure, pattern[:3], head, choice.value, None, scene, tables)
                    ):
                        return [(pattern, each) for each in sided]
        asks = expanded and (rest == () or expanded[0][0] == "X")
        head = _head(expanded[0], tables, patterns[0][1]) if asks else None
        return [(expanded[0], Settled(head, "Body Part"))] if head is not None else []
    if not procedure.each or named[0][1].level >= NEAR:
        named = named[:1]
    for base, found in named:
        for pattern in expanded:
            labels = [v for at, v in book.values(base, "right") + book.values(base, "") if at == pattern[:3]]
            if not labels:
                continue
            head = _head(pattern, tables, patterns[0][1])
            if head is not None:
                stem_book = open_part_book(tables, (pattern[:3],))
                result += [(pattern, each) for each in _with_side(stem_book, base, head, found, scene, pattern[:3])]
                break
    return result


def _finish(
    procedure: Procedure, pattern: str, axes: tuple[Axis, ...], scene: Scene, tables: PcsTables
) -> Settled | None:
    """Approach, device and qualifier of a code whose body part is settled."""
    for place in range(5, _LENGTH + 1):
        code = "".join(axis.value.code for axis in axes)
        legal = tables.next_values(code)
        if not legal:
            return None
        fixed = pattern[place - 1]
        if fixed != "?":
            value = next((v for v in legal if v.code == fixed), None)
            if value is None and len(legal) == 1:
                value = legal[0]
            if value is None:
                return None
            axes = (*axes, Axis(value, None, "the procedure as it is named"))
            continue
        chosen = _choose(procedure.axes.get(place, ()), scene, legal)
        if chosen is None and len(legal) == 1:
            chosen = Axis(legal[0], None, "the only value that the table allows")
        if chosen is None and place > 5:
            nothing = next((v for v in legal if v.code == "Z"), None)
            chosen = Axis(nothing, None, "nothing else is said") if nothing and not procedure.axes.get(place) else None
        if chosen is None:
            labels = (v.label for v in legal if _leads_on(code + v.code, pattern, tables))
            return Settled(axes, legal[0].axis, tuple(labels))
        axes = (*axes, chosen)
    return Settled(axes)


def _leads_on(code: str, pattern: str, tables: PcsTables) -> bool:
    """Whether the tables go on from a code with the characters that the pattern fixes next."""
    while len(code) < _LENGTH and pattern[len(code)] != "?":
        fixed = pattern[len(code)]
        if all(v.code != fixed for v in tables.next_values(code)):
            return False
        code += fixed
    return True


def _choose(choices: Sequence[Choice], scene: Scene, legal: Sequence[AxisValue]) -> Axis | None:
    for choice in choices:
        if choice.wins and (axis := _anywhere(choice, scene, legal)) is not None:
            return axis
    for level in range(len(scene.levels)):
        for choice in choices:
            if not choice.when or choice.weak or (choice.near and level >= NEAR):
                continue
            value = _pick(choice.value, legal)
            if value is None and choice.value != "ask":
                continue
            found = scene.at(spell_pattern(choice.when), level)
            if found is not None:
                return Axis(value, found, "what the chart says") if value is not None else None
    for choice in choices:
        if choice.weak and (axis := _anywhere(choice, scene, legal)) is not None:
            return axis
    for choice in choices:
        if not choice.when and (value := _pick(choice.value, legal)) is not None:
            return Axis(value, None, "the usual way, nothing else is said")
    return None


def _anywhere(choice: Choice, scene: Scene, legal: Sequence[AxisValue]) -> Axis | None:
    """The value of one choice where its words stand at any level."""
    value = _pick(choice.value, legal)
    if value is None:
        return None
    found = scene.find(spell_pattern(choice.when), near=choice.near)
    return Axis(value, found, "what the chart says") if found is not None else None


def _said(choices: Sequence[Choice], scene: Scene, *, every: bool) -> list[tuple[str, Found | None]]:
    """The labels whose words are said at the nearest level; the default where none is."""
    for level in range(len(scene.levels)):
        hits: list[tuple[str, Found | None]] = []
        for choice in choices:
            if choice.when and not (choice.near and level >= NEAR):
                found = scene.at(spell_pattern(choice.when), level)
                if found is not None and not any(f is not None and f.span.overlaps(found.span) for _v, f in hits):
                    hits.append((choice.value, found))
                    if not every or level >= NEAR:
                        break
        if hits:
            return [hit for hit in hits if hit[0] != "ask"]
    usual: list[tuple[str, Found | None]] = [(c.value, None) for c in choices if not c.when and c.value != "ask"]
    return usual[:1]


def _pick(said: str, legal: Sequence[AxisValue]) -> AxisValue | None:
    try:
        return choose_value(said, legal)
    except UnknownCode:
        return None


def _legal(tables: PcsTables, stem: str, said: str) -> AxisValue | None:
    legal = tables.next_values(stem)
    if len(said) == 1:
        return next((v for v in legal if v.code == said), None)
    return next((v for v in legal if v.label.casefold() == said.casefold()), None)
