"""What descriptions tell without naming it: a thing and a verb in one clause → root operation, body part, code.

"The spleen was delivered out entire" is a Resection, "a wedge of liver was taken" an Excision. Each clause is taken
apart: what was acted on (its noun, and the part it is of), the verb, the words around.
Where the tables leave more than one value and the text does not decide, nothing is coded.

Source: ICD-10-PCS Official Guidelines A11, B3.1b, B3.8, B4; definitions of root operations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.acts import Act, ActBook
from nosology.coding.pcs.anatomy import PartMention, open_anatomy, within
from nosology.coding.pcs.catalogue import Choice, Procedure, spell_pattern
from nosology.coding.pcs.clauses import Clause, split_clauses
from nosology.coding.pcs.parts import open_part_book
from nosology.coding.pcs.scenes import NEAR, Found, Scene
from nosology.coding.pcs.settle import Settled, fitting_stems, settle_part
from nosology.coding.pcs.statements import ChartReader, Statement
from nosology.model.note import Span

__all__ = ["Told", "read_told"]

_LENGTH = 7
_PART = "part"
_QUOTE = 180  # code points
_PARTLY = re.compile(
    r"\b(?:distal|proximal|partial(?:ly)?|part|half|upper|lower|medial|lateral|inferior|superior|anterior"
    r"|posterior|outer|inner|tip|edge"
    r"|remnants?|redundant|excess)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*(?:,|and|&|with|plus|/)?\s*(?:,|and|&)?\s*(?:(?:the|both|right|left|its)\s+)*", re.IGNORECASE)
_AFTER_HEAD = re.compile(
    r"\s*(?:\([^)]*\)|itself|specimens?|entire(?:ly)?|en bloc|whole|glands?|[,:].*|\d+)*\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
_TORN = re.compile(
    r"\b(?:torn|cut|ruptured|severed|lacerated|transected|avulsed|detached|divided|perforated)\b", re.IGNORECASE
)
_SIDE = re.compile(
    r"(?<!and )(?<!or )\b(?:(?P<right>right)|(?P<left>left)|(?P<bilateral>both|bilateral))\s+"
    r"(?:(?!and\b|or\b|side\b|of\b|in\b|to\b|the\b)[\w-]+\s+)?\Z",
    re.IGNORECASE,
)
_APART = re.compile(r"[;:(]|\b(?:no|not|none|negative|so|but)\b", re.IGNORECASE)
_NEAR_SIDE = 26  # code points before a part
_NONE = re.compile(r"\s*(?:no|neither)\b", re.IGNORECASE)
"""A sentence of what there was none of lends no body part."""
_TELLS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)
_CLOSED = re.compile(r"closed|patched|repaired", re.IGNORECASE)
_ASPIRATED = re.compile(r"aspirations?\b|passes\b", re.IGNORECASE)
_ADJECTIVE = re.compile(r"(?<!adren)(?:al|ic|ous|eal|iac)\Z|(?<!ov)ary\Z|(?:ular|olar)\Z")


@dataclass(frozen=True, slots=True)
class Told:
    """One code that a clause tells, with the statement it rests on."""

    statement: Statement
    settled: Settled


@dataclass(frozen=True, slots=True)
class _Head:
    """What a clause acts on: the kind of thing, where its noun stands, and the parts named with it."""

    kind: str
    span: Span
    parts: tuple[PartMention, ...] = ()


class _TellingReader:
    def __init__(self, reader: ChartReader, book: ActBook, tables: PcsTables) -> None:
        self.reader, self.book, self.tables = reader, book, tables
        self.text = reader.text
        self.parts: list[PartMention] = open_anatomy(tables).find(self.text)

    def read(self) -> Iterator[Told]:
        for index, sentence in enumerate(self.reader.sentences):
            zone = self.reader.zone_of(index)
            span = sentence.span
            if zone == "title":
                if _TELLS.search(self.text, span.start, span.end) is None:
                    continue
            elif zone != "body" and not (zone == "course" and self.reader.operative):
                continue
            if self.book.any_verb.search(self.text, span.start, span.end) is None:
                continue
            before: Clause | None = None
            for clause in split_clauses(self.text, span, self.book.any_verb, before):
                if clause.verbs:
                    yield from self._clause(clause, index)
                before = clause

    def _clause(self, clause: Clause, index: int) -> Iterator[Told]:
        kinds = self._verb_kinds(clause)
        for head in self._heads(clause):
            for act in self.book.acts:
                if head.kind not in act.of or not act.verbs & kinds:
                    continue
                if not self._fits(act, clause, index):
                    continue
                found = list(self._act(act, head, clause, index))
                if found:
                    yield from found
                    return

    def _fits(self, act: Act, clause: Clause, index: int) -> bool:
        """Whether the words that an act needs are said, and none that make it something else."""
        unless, sentence = act.procedure.unless, self.reader.sentences[index].span
        if unless and spell_pattern(unless).search(self.text, clause.span.start, clause.span.end):
            return False
        if act.needs and spell_pattern(act.needs).search(self.text, sentence.start, sentence.end) is None:
            return False
        return not act.earlier or spell_pattern(act.earlier).search(self.text, 0, clause.span.start) is None

    def _verb_kinds(self, clause: Clause) -> set[str]:
        kinds = set()
        for verb in clause.verbs:
            for kind, pattern in self.book.verbs.items():
                if pattern.match(self.text, verb.start, clause.span.end):
                    kinds.add(kind)
        return kinds

    def _heads(self, clause: Clause) -> Iterator[_Head]:
        """The noun of what was acted on; then, where it is a part alone, a thing that the clause names elsewhere."""
        name = clause.name
        best: tuple[int, int, str, Span] | None = None
        for kind, pattern in self.book.things.items():
            for match in pattern.finditer(self.text, name.start, clause.subject.end):
                if match.start() >= name.end:
                    break
                key = (match.end(), match.end() - match.start(), kind, Span(*match.span()))
                if best is None or key[:2] > best[:2]:
                    best = key
        parts = within(self.parts, name.start, clause.subject.end)
        parts = [part for part in parts if part.span.start < name.end]
        last = parts[-1] if parts else None
        if last is not None and (best is None or last.span.end > best[0]):
            if _AFTER_HEAD.match(self.text[last.span.end : max(name.end, last.span.end)]):
                if _TORN.search(self.text, name.start, last.span.start):
                    yield _Head("torn", last.span, (last,))
                yield _Head(_PART, last.span, tuple(self._joined(parts)))
            best = None
        if best is not None:
            yield _Head(best[2], best[3])
            if last is not None and last.span.end == best[0]:
                yield _Head(_PART, last.span, (last,))
        elif last is not None or any(_ASPIRATED.match(self.text, verb.start) for verb in clause.verbs):
            for kind in self._elsewhere(clause):
                thing = self.book.things[kind].search(self.text, clause.tail.start, clause.tail.end)
                if thing is not None:
                    yield _Head(kind, Span(*thing.span()), (last,) if last is not None else ())

    def _elsewhere(self, clause: Clause) -> Iterator[str]:
        """Things that a clause on a body part may name after its verb: a patch; what came on aspiration."""
        if any(_CLOSED.match(self.text, verb.start) for verb in clause.verbs):
            yield "mesh"
        if any(_ASPIRATED.match(self.text, verb.start) for verb in clause.verbs):
            yield "matter"

    def _joined(self, parts: Sequence[PartMention]) -> list[PartMention]:
        """The last parts of a list: those between which stands nothing but "and" and articles."""
        kept = [parts[-1]]
        for part in reversed(parts[:-1]):
            if _JOINED.fullmatch(self.text[part.span.end : kept[0].span.start]) is None:
                break
            kept.insert(0, part)
        return kept

    def _act(self, act: Act, head: _Head, clause: Clause, index: int) -> Iterator[Told]:
        end = self._last_verb(clause)
        span = Span(clause.name.start, min(max(end, head.span.end), clause.name.start + _QUOTE))
        if clause.denied(self.text) or not self.reader.is_done(span, index):
            return
        scene = self.reader.scene_at(span, clause.span, index, act.procedure.codes)
        procedure, pattern = self._pattern(act, head, clause, scene)
        for base, stem, found in self._located(act, pattern, head, clause, index, scene):
            side = self._side(found)
            for settled in settle_part(procedure, stem + pattern[3:], base, found, scene, self.tables, side):
                if len(settled.code) == _LENGTH:
                    section = self.reader.desk.note.sections[self.reader.sentences[index].section].kind
                    yield Told(Statement(procedure, span, "body", section, scene), settled)

    def _last_verb(self, clause: Clause) -> int:
        """Where the verbs end that belong together: "was bagged and removed"; not what follows a comma or a denial."""
        end = clause.verbs[0].end
        for verb in clause.verbs[1:]:
            if _APART.search(self.text, end, verb.start) is not None:
                break
            end = verb.end
        return end

    def _side(self, part: Found) -> tuple[str, Found] | None:
        """The side that stands right before a part: "the left atrium"; None where none does."""
        match = _SIDE.search(self.text, max(0, part.span.start - _NEAR_SIDE), part.span.start)
        if match is None or match.lastgroup is None:
            return None
        return match.lastgroup, Found(Span(*match.span(match.lastgroup)), part.level)

    def _pattern(self, act: Act, head: _Head, clause: Clause, scene: Scene) -> tuple[Procedure, str]:
        """The open code of an act: of those with words the first that is said; Excision where only a part is told."""
        pattern = next(
            c.value
            for c in act.procedure.codes
            if not c.when or scene.find(spell_pattern(c.when), near=c.near) is not None
        )
        if _PART in act.of and pattern[2] == "T":
            before = self.text[clause.name.start : (head.parts or (head,))[0].span.start]
            if _PARTLY.search(before):
                pattern = f"{pattern[:2]}B{pattern[3:]}"
        return act.procedure, pattern

    def _located(
        self, act: Act, pattern: str, head: _Head, clause: Clause, index: int, scene: Scene
    ) -> Iterator[tuple[str, str, Found]]:
        """The body parts of an act: base, table and words; from its phrase, its clause, then what stands before."""
        for choice in act.procedure.axes.get(4, ()):
            found = self._place_of(choice, scene)
            if found is not None:
                for stem in self._stems(pattern, act.systems):
                    if choice.value in open_part_book(self.tables, (stem,)).terms():
                        yield choice.value, stem, found
                        return
        systems = self._layered(act.systems, head, clause)
        if head.parts:
            for part in head.parts:
                yield from self._resolved(act, pattern, systems, part, 0, head)
            return
        places = (
            within(self.parts, head.span.end, clause.subject.end),
            within(self.parts, clause.name.start, head.span.end),
            within(self.parts, clause.tail.start, clause.tail.end),
        )
        for place, parts in enumerate(places):
            known = [(part, list(self._resolved(act, pattern, systems, part, 0, head))) for part in parts]
            legal = [part for part, values in known if values]
            joined = self._first_list(legal) if legal else []
            for part, values in known:
                if part in joined:
                    yield from values
            if legal or (parts and place == 0):  # what the phrase itself names is meant, or nothing
                return
        if head.kind != _PART and within(self.parts, clause.subject.start, clause.tail.end):
            return
        for level, parts in self._before(clause, index, act.back):
            for part in reversed(parts):
                values = list(self._resolved(act, pattern, systems, part, level, head))
                yield from values
                if values:
                    return

    def _place_of(self, choice: Choice, scene: Scene) -> Found | None:
        """Where the words of a body part stand, nearest first; what is denied of other things there does not count."""
        pattern = spell_pattern(choice.when)
        for level in range(NEAR if choice.near else len(scene.levels)):
            spans = sorted(scene.matches(pattern, level), key=scene.distance)
            if spans:
                return Found(spans[0], level)
        return None

    def _first_list(self, parts: Sequence[PartMention]) -> list[PartMention]:
        kept = [parts[0]]
        for part in parts[1:]:
            if _JOINED.fullmatch(self.text[kept[-1].span.end : part.span.start]) is None:
                break
            kept.append(part)
        return kept

    def _before(self, clause: Clause, index: int, far: int) -> Iterator[tuple[int, list[PartMention]]]:
        sentence = self.reader.sentences[index]
        if far:
            yield 1, within(self.parts, sentence.span.start, clause.span.start)
        for back in range(index - 1, max(-1, index - far), -1):
            other = self.reader.sentences[back]
            if other.section != sentence.section or "\n\n" in self.text[other.span.end : sentence.span.start]:
                return
            if _NONE.match(self.text, other.span.start, other.span.end):
                continue
            yield 3, within(self.parts, other.span.start, other.span.end)

    def _layered(self, systems: str, head: _Head, clause: Clause) -> str:
        """The body systems that the layers named in the phrase leave; all where none is named."""
        named = "".join(
            kept
            for kept, pattern in self.book.layers.items()
            if pattern.search(self.text, clause.name.start, max(clause.subject.end, head.span.end))
        )
        return "".join(system for system in systems if system in named) if named else systems

    def _stems(self, pattern: str, systems: str) -> tuple[str, ...]:
        return tuple(stem for stem in fitting_stems(pattern[:3], self.tables) if stem[1] in systems)

    def _resolved(
        self, act: Act, pattern: str, systems: str, part: PartMention, level: int, head: _Head
    ) -> Iterator[tuple[str, str, Found]]:
        """The table and value that a mention names, if it is one only."""
        if head.kind == _PART and " " not in part.term and _ADJECTIVE.search(part.term):
            return
        book = open_part_book(self.tables, self._stems(pattern, systems))
        bases = book.bases(part.term)
        if not bases:
            return
        base = act.swap.get(bases[0], bases[0])
        if base in act.parts_not or (act.parts and base not in act.parts):
            return
        stems = book.stems(base)
        if len(stems) > 1:
            usual = self.book.usual(self.text[head.span.start : head.span.end])
            stems = tuple(stem for stem in stems if stem[1] in usual)
        if len(stems) == 1:
            yield base, stems[0], Found(part.span, level)


def read_told(reader: ChartReader, book: ActBook, tables: PcsTables) -> list[Told]:
    """Return the codes that the descriptive zones of a chart tell by thing and verb, in order of place."""
    return list(_TellingReader(reader, book, tables).read())
