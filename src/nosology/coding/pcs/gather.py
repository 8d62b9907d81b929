"""From statements to codes: each procedure once, what is part of another left out, the most definitive first.

Source: ICD-10-PCS Official Guidelines B3.1b (components), B3.2 (multiple procedures), B3.11 (inspection).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.catalogue import Catalogue, spell_pattern
from nosology.coding.pcs.house import rule_data
from nosology.coding.pcs.integral import contradicts, keep_told
from nosology.coding.pcs.parts import read_side, split_label
from nosology.coding.pcs.scenes import NEAR
from nosology.coding.pcs.settle import Settled, applies, settle_axes
from nosology.coding.pcs.statements import Statement
from nosology.coding.pcs.told import Told

__all__ = ["Coded", "Open", "gather_codes"]

_LENGTH = 7
_NAME = 70  # code points; what is longer is no name but a sentence
_SHARE = 0.6  # of a sentence that tells another procedure; words as short as that are part of it
_TELLS = re.compile(r"\b(?:was|were)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Coded:
    """One code with the statement that it rests on, and the other places that tell it."""

    statement: Statement
    settled: Settled
    others: tuple[Statement, ...] = ()

    @property
    def code(self) -> str:
        """The seven characters."""
        return self.settled.code


@dataclass(frozen=True, slots=True)
class Open:
    """A procedure of which an axis stays open."""

    statement: Statement
    settled: Settled


def gather_codes(
    statements: Sequence[Statement], catalogue: Catalogue, tables: PcsTables, described: Sequence[Told] = ()
) -> tuple[list[Coded], list[Open]]:
    """Return the codes in their order, and what the chart leaves open.

    ``described`` is what descriptions tell without a name: coded where no named procedure says it or has it as a part.
    """
    told = _with_additions(_by_longest_name(statements), catalogue)
    covering = [each for each in told if each.procedure.covers]
    told = [each for each in told if not any(_covers(other, each) for other in covering)]
    codes: list[Coded] = []
    open_: list[Open] = []
    by_name: dict[str, list[Statement]] = {}
    for each in told:
        by_name.setdefault(each.procedure.name, []).append(each)
    for group in by_name.values():
        whole, left = _of_one_procedure(group, tables)
        codes += whole
        open_ += left
    codes = [c for c in codes if not any(contradicts(t, c.settled, t.statement.scene.text) for t in described)]
    new = keep_told([each for each in described if not _in_words_of(each, codes)], [c.code for c in codes])
    codes = _merge([*codes, *(Coded(each.statement, each.settled) for each in new)])
    kept = [c for c in codes if not _yields(c, codes)]
    kept = [c for c in kept if not _is_told_better(c, kept)]
    new_technology = [c for c in kept if c.code[0] == "X"]
    if new_technology:
        kept = [c for c in kept if not _stands_alone(c.statement, c.settled, new_technology)]
        open_ = [o for o in open_ if not _stands_alone(o.statement, o.settled, new_technology)]
    return sorted(kept, key=_order), open_


def _covers(other: Statement, each: Statement) -> bool:
    """Whether a statement names a part of another procedure: never where the two are said of different sides."""
    if each.procedure.name not in other.procedure.covers:
        return False
    sides = [read_side(statement.scene, statement.span) for statement in (other, each)]
    said = {side[0] for side in sides if side is not None and side[1].level <= NEAR}
    return not {"right", "left"} <= said


_NEW_OPERATIONS = {"K": "1"}
"""Root operations that have another character in section X: Bypass."""


def _stands_alone(statement: Statement, settled: Settled, new: Sequence[Coded]) -> bool:
    """Whether a code of section X tells all of this: the same root operation in the same sentence (E1.a)."""
    code = settled.code
    return code[:1] == "0" and any(
        _NEW_OPERATIONS.get(each.code[2], each.code[2]) == code[2]
        and each.statement.scene.levels[1] == statement.scene.levels[1]
        for each in new
    )


def _in_words_of(told: Told, codes: Sequence[Coded]) -> bool:
    """Whether a described step stands in the words of a coded procedure, on the same system or part."""
    span = told.statement.span
    part = told.settled.axes[3].found
    whole = told.settled.code[2] == "T" and part is not None and part.level == 0  # an organ in a list of organs
    for coded in codes:
        for statement in (coded.statement, *coded.others):
            if statement.span.overlaps(span) and (
                (part is not None and part.span.overlaps(statement.span))
                or (coded.code[:2] == told.settled.code[:2] and not whole)
            ):
                return True
    return False


def _by_longest_name(statements: Sequence[Statement]) -> list[Statement]:
    """The statements without those whose words stand within the longer name of another procedure."""
    names = [each for each in statements if len(each.span) <= _NAME and applies(each.procedure, each.scene)]
    return [
        each
        for each in statements
        if not any(
            name.span != each.span
            and name.span.start <= each.span.start
            and each.span.end <= name.span.end
            and (not _is_sentence(name) or len(each.span) <= _SHARE * len(name.span))
            for name in names
        )
    ]


def _is_sentence(statement: Statement) -> bool:
    """Whether the words of a statement are no name of a procedure, but tell it by verb and object."""
    return _TELLS.search(statement.scene.text, statement.span.start, statement.span.end) is not None


def _with_additions(statements: Sequence[Statement], catalogue: Catalogue) -> list[Statement]:
    told = list(statements)
    for each in statements:
        if each.procedure.also and not applies(each.procedure, each.scene):
            continue
        for extra in each.procedure.also:
            procedure = catalogue.procedures[extra.name]
            if not extra.when:
                told.append(replace(each, procedure=procedure))
                continue
            found = each.scene.find(spell_pattern(extra.when), near=extra.near)
            if found is not None:
                told.append(replace(each, procedure=procedure))
    return told


def _of_one_procedure(group: Sequence[Statement], tables: PcsTables) -> tuple[list[Coded], list[Open]]:
    """The codes of all places that tell one procedure: those of the title first, and further parts named elsewhere."""
    ordered = sorted(group, key=lambda s: (s.zone != "title", s.span.start))
    codes: list[Coded] = []
    left: list[Open] = []
    for statement in ordered:
        before = tuple(codes)
        for settled in settle_axes(statement.procedure, statement.scene, tables):
            if len(settled.code) < _LENGTH:
                if settled.axes and _asks(statement, settled):
                    left.append(Open(statement, settled))
                continue
            known = next((c for c in codes if c.code == settled.code), None)
            if known is not None:
                codes[codes.index(known)] = replace(known, others=(*known.others, statement))
                continue
            if before and not _is_another(statement, settled, before):
                continue
            codes.append(Coded(statement, settled))
    if codes:
        return codes, []
    return [], left[:1]


_ASKED = ("0", "1", "5A09", "5A19")
"""What is asked for wherever it stands: operations, and the hours of breathing support."""


def _asks(statement: Statement, settled: Settled) -> bool:
    """Whether an open axis is asked for: of what a list of procedures names, and of operations told elsewhere."""
    if settled.code[:1] == "B":
        return False  # the contrast of an image is no question for a provider
    return statement.zone == "title" or bool(settled.options and settled.code.startswith(_ASKED))


def _is_another(statement: Statement, settled: Settled, codes: Sequence[Coded]) -> bool:
    """Whether a further code of the same procedure is one of its own: another body part, named in its own sentence."""
    part = settled.axes[3]
    if part.found is None or part.found.level >= NEAR:
        return False
    if any(c.code[:4] == settled.code[:4] for c in codes):
        return False
    titled = any(c.statement.zone == "title" for c in codes)
    return statement.zone == "title" or not titled or statement.procedure.each


def _merge(codes: Iterable[Coded]) -> list[Coded]:
    found: dict[str, Coded] = {}
    for each in codes:
        known = found.get(each.code)
        found[each.code] = (
            each if known is None else replace(known, others=(*known.others, each.statement, *each.others))
        )
    return list(found.values())


def _yields(coded: Coded, codes: Sequence[Coded]) -> bool:
    pattern = coded.statement.procedure.yields
    if not pattern:
        return False
    compiled = re.compile(pattern.replace("{same}", coded.code[:4]))
    name = coded.statement.procedure.name
    far = not coded.statement.scene.wide and coded.code[2] != "J"  # other days of a stay: only the same table
    return any(
        other is not coded
        and other.statement.procedure.name != name
        and compiled.match(other.code)
        and (not far or other.code[:3] == coded.code[:3])
        for other in codes
    )


def _is_told_better(coded: Coded, codes: Sequence[Coded]) -> bool:
    """Whether another code of the same table names the body part more exactly than this one.

    A lobe beside the lung (B4.1a), both sides beside one (B4.3), a part named in the sentence beside one that only the
    report as a whole names for the title.
    """
    rule = rule_data("Procedure-B4.1a")
    part = coded.settled.axes[3]
    sided = split_label(part.value.label)
    far = coded.statement.zone == "title" and part.found is not None and part.found.level >= NEAR
    for other in codes:
        if other is coded or other.code[:3] != coded.code[:3] or other.code[3] == coded.code[3]:
            continue
        if other.code[3] in rule["wholes"].get(coded.code[:2], {}).get(coded.code[3], ""):
            return True
        beside = split_label(other.settled.axes[3].value.label)
        if beside.side == rule["both"] and sided.side in ("right", "left") and beside.base == sided.base:
            return True
        named_alike = other.statement.procedure.name == coded.statement.procedure.name
        closer = other.settled.level < coded.settled.level
        if closer and not named_alike and other.statement.span.overlaps(coded.statement.span):
            return True  # the same words, with a part of their own
        if far and other.statement.zone == "body" and other.settled.level < NEAR:
            return True
    return False


_SECTIONS = "01XFGH25478936BCD"


def _order(coded: Coded) -> tuple[int, int, int]:
    """Operations first, then what supports them, then measurement and imaging; in each the order of the chart."""
    section = _SECTIONS.find(coded.code[0])
    inspection = 1 if coded.code[0] == "0" and coded.code[2] == "J" else 0
    band = 0 if coded.code[0] in "01X" else 1 + section
    titled = 0 if coded.statement.zone == "title" else 1
    return band, inspection + titled, coded.statement.span.start
