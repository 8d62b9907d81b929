"""From the node that the index gives to the most specific code that the text supports (Tabular List, Guidelines
I.B.2, I.B.18).

At every node the children are told apart by what their titles add to the parent's. A child is entered when everything
it adds stands in the context of the mention; otherwise the walk takes the child that says nothing more ("unspecified",
"without"), and remembers which question was left open.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nosology.coding.fractures import NO_STATE, FractureState, seventh_character
from nosology.lexicon.lexicon import Lexicon
from nosology.lexicon.tokens import split_words

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["Child", "Context", "Refined", "TabularWalk"]

_WITHOUT = re.compile(r"\b(?:without|uncomplicated|not intractable|not applicable|with no|in adults)\b", re.IGNORECASE)
_UNSPECIFIED = re.compile(r"\b(?:unspecified|not specified|NOS|status unknown)\b", re.IGNORECASE)
_OTHER = re.compile(r"\bother\b", re.IGNORECASE)
_INCLUDING = re.compile(r",? including [\w ]+")
_PAIRS = (("tibia", "fibula"), ("radius", "ulna"), ("ankle", "foot"))
_SIDES = ("right", "left", "bilateral")
# chapter 13: the text may yet say the joint, bone or region that the name in the index leaves open
_NO_SITE = re.compile(
    r"(?:unspecified (?:site|joint|bone)(?:, not elsewhere classified|, initial encounter)?|, site unspecified)\Z"
)
_MANY = "M25.50"  # polyarthralgia: the joints that the text names are some of them
# bare names whose side or region stands in codes of other subcategories: one side, both sides; a region of the spine
_BY_SIDE = {"H90.2": ("H90.1", "H90.0"), "H90.5": ("H90.4", "H90.3"), "H90.8": ("H90.7", "H90.6")}
_BY_REGION = {"M47.9": "M47.81"}
_HERNIAS = ("K40", "K41")  # "inguinal hernia NOS" is the unilateral one


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a mention: atoms close by, side of the body ("" if unsaid), trimester, episode of care (A, D,
    S), age; ``denied`` are atoms close by that the text says are lacking, ``sites`` the regions of the bones close by.
    """

    near: frozenset[int]
    side: str = ""
    episode: str = "A"
    trimester: str = ""
    age: int | None = None
    fracture: FractureState = NO_STATE
    denied: frozenset[int] = frozenset()
    sites: tuple[frozenset[int], ...] = ()


_SILENT = Context(frozenset())


@dataclass(frozen=True, slots=True)
class Child:
    """A child of a node with what its title adds: atoms, side, and whether it is a residual."""

    code: str
    adds: frozenset[int]
    side: str
    unspecified: bool
    without: bool
    other: bool
    title: str
    stated: bool = False  # an inclusion term gives it the name of its parent, "NOS"
    lacks: frozenset[int] = frozenset()  # what its title says is not there: "without loss of consciousness"
    either: tuple[frozenset[int], ...] = ()  # "tibia and fibula" means one or both (I.A.14)

    def met_by(self, near: frozenset[int]) -> bool:
        """Whether everything that the title adds stands among the atoms ``near``, of a pair of bones one."""
        return self.adds <= near or (bool(self.either) and any(adds <= near for adds in self.either))


@dataclass(frozen=True, slots=True)
class Refined:
    """The code that the walk ends at, the nodes on the way, and the axes on which the text was silent."""

    code: str
    path: tuple[str, ...]
    open_axes: tuple[str, ...]
    more: str = ""  # the other side's code where both sides are meant and no bilateral code exists (I.B.13)


def _said_again(pattern: re.Pattern[str], children: list[Child], parent: str) -> list[bool]:
    """Return which children say the words of ``pattern`` for themselves, where all of them repeat their parent's.

    All severities of an "ulcer of other part of right foot" have "other" in their titles; none is a residual.
    """
    counts = [len(pattern.findall(c.title)) for c in children]
    fewest = min(counts)
    return [count > fewest or (count > 0 and c.title == parent) for count, c in zip(counts, children, strict=True)]


class TabularWalk:
    """Walks down the Tabular List; what it learns of a node is kept, so a node is analysed once."""

    def __init__(self, icd: Icd10cm, lexicon: Lexicon) -> None:
        self.icd = icd
        self.lexicon = lexicon
        self._children: dict[str, tuple[Child, ...]] = {}
        self._opened: dict[str, str] = {}
        self._nos: dict[str, list[str]] | None = None
        self._side_atoms = {lexicon.ids.get(s, -1): s for s in _SIDES}
        self._eye = frozenset({lexicon.ids.get("eye", -1)})
        self._unilateral = frozenset({lexicon.ids.get("unilateral", -1)})
        self._pairs = [p for pair in _PAIRS if -1 not in (p := frozenset(lexicon.ids.get(w, -1) for w in pair))]
        self._noise = frozenset(
            lexicon.ids.get(w, -1)
            for w in ["unspecified", "specified", "other", "side", "site", "part", "displaced", "closed", "region", "s"]
        )

    def children(self, code: str) -> tuple[Child, ...]:
        """Return the children of ``code`` with what each adds to it."""
        known = self._children.get(code)
        if known is None:
            title = self.icd.title(code)
            own = self.lexicon.atoms_of(title)
            children = self._told_apart([self._child(c, own, title) for c in self.icd.children(code)])
            if children and all(c.other for c in children):
                others = _said_again(_OTHER, children, title)
                children = [replace(c, other=said) for c, said in zip(children, others, strict=True)]
            if children and all(c.unspecified for c in children):
                unsaid = _said_again(_UNSPECIFIED, children, title)
                children = [replace(c, unspecified=said) for c, said in zip(children, unsaid, strict=True)]
            sided = [c.adds for c in children if c.side in ("right", "left")]
            if sided and code.startswith("H"):  # "right eye": the organ goes without saying once its side is told
                children = [replace(c, adds=c.adds - self._eye) if c.side else c for c in children]
                sided = [c.adds for c in children if c.side in ("right", "left")]
            if len(sided) > 1:  # words that every sided child adds tell none of them apart
                common = frozenset.intersection(*sided)
                children = [replace(c, adds=c.adds - common) if c.side else c for c in children]
            known = self._children[code] = tuple(self._paired(children))
        return known

    def _told_apart(self, children: list[Child]) -> list[Child]:
        """Return the children, with the words in which they differ added to those that add the same to their parent.

        "Pain in right hand" and "Pain in right finger(s)" stand under "Pain in hand and fingers".
        """
        alike = Counter((c.adds, c.side, c.unspecified, c.without) for c in children if not c.other)
        twins = [c for c in children if not c.other and alike[c.adds, c.side, c.unspecified, c.without] > 1]
        if not twins:
            return children
        whole = {c.code: self._words_of(c.title) for c in twins}
        common = frozenset.intersection(*whole.values())
        return [replace(c, adds=whole[c.code] - common) if c.code in whole else c for c in children]

    def _paired(self, children: list[Child]) -> list[Child]:
        """Return the children, those of two bones that no sibling tells apart with the choice of either."""
        for pair in self._pairs:
            for i, child in enumerate(children):
                if pair <= child.adds and not any(len(pair & other.adds) == 1 for other in children):
                    children[i] = replace(child, either=tuple(child.adds - {bone} for bone in pair))
        return children

    def _named(self, code: str) -> list[list[str]]:
        """Return the words of the inclusion terms at ``code`` that end in NOS."""
        if self._nos is None:
            self._nos = {}
            for node, text in self.icd.notes_of_kind("inclusion_terms"):
                if text.endswith(" NOS"):
                    self._nos.setdefault(node, []).append(text[:-4])
        return [split_words(name) for name in self._nos.get(code, ())]

    def _words_of(self, title: str) -> frozenset[int]:
        return frozenset(a for a in self.lexicon.atoms_of(title) if a not in self._side_atoms and a not in self._noise)

    def _child(self, code: str, own: frozenset[int], parent: str) -> Child:
        title = self.icd.title(code)
        if title.startswith(parent + ","):  # only what it adds: "Migraine without aura, intractable"
            title = title[len(parent) + 2 :]
            parent = ""
        if "including" in title:  # "upper limb, including shoulder" is the arm as well
            title = _INCLUDING.sub("", title)
        atoms = self.lexicon.atoms_of(title) - own
        sides = [self._side_atoms[a] for a in atoms if a in self._side_atoms]
        without = _WITHOUT.search(title)
        lacks = self.lexicon.atoms_of(title[without.end() :]) if without else frozenset()
        if without:  # what stands before "without" still tells the child apart
            atoms = self.lexicon.atoms_of(title[: without.start()]) - own
        return Child(
            code=code,
            adds=frozenset(a for a in atoms if a not in self._side_atoms and a not in self._noise),
            side=sides[0] if len(sides) == 1 else "",
            unspecified=bool(_UNSPECIFIED.search(title)),
            without=bool(without),
            other=bool(_OTHER.search(title)),
            title=title,
            lacks=lacks,
            stated=split_words(self.icd.title(self.icd.parent(code) or code)) in self._named(code),
        )

    def refine(self, node: str, context: Context) -> Refined | None:
        """Return the code under ``node`` that the context supports, None where the tree offers no honest choice.

        A side whose codes ask for more than the text tells (the upper or the lower eyelid) leaves the unspecified one.
        """
        refined = self._descend(self.opened(node), context)
        if refined is None and context.side:
            refined = self._descend(self.opened(node), replace(context, side=""))
        if refined is None or (told := self._told(refined.code, context)) == refined.code:
            return refined
        return self._descend(told, context)

    def _descend(self, node: str, context: Context) -> Refined | None:
        path, open_axes, more = [node], [], ""
        if node.startswith(_HERNIAS) and not context.side:
            context = replace(context, near=context.near | self._unilateral)
        code = node
        for _ in range(8):
            if self.icd.is_billable(code) or not (below := self.icd.children(code)):
                break
            if self.icd.kind(below[0]) == "extended":
                code = self._extension(code, context)
                more = self._extension(more, context) if more and self.icd.children(more) else more
                path.append(code)
                break
            children = self.children(code)
            chosen, axis = self._choose(children, context)
            if chosen is None:
                return None
            if axis:
                open_axes.append(axis)
            if axis == "" and context.side == "bilateral" and chosen.side == "right":
                more = next((c.code for c in children if c.side == "left" and c.adds == chosen.adds), "")
            code = chosen.code
            path.append(code)
        if not self.icd.is_billable(code):
            return None
        if more and not self.icd.is_billable(more):  # the other side has its own details below it
            other = self._descend(more, context)
            more = other.code if other is not None else ""
        return Refined(code, tuple(path), tuple(open_axes), more)

    def is_final(self, node: str) -> bool:
        """Whether nothing that surrounds a mention could change the code of ``node``."""
        return node not in _BY_SIDE and node not in _BY_REGION and self.icd.is_billable(self.opened(node))

    def _told(self, node: str, context: Context) -> str:
        """Return the node that holds the side or the region which the text says of ``node``, else ``node``."""
        if context.side and node in _BY_SIDE:
            one, both = _BY_SIDE[node]
            return both if context.side == "bilateral" else one
        other = _BY_REGION.get(node)
        if other and any(c.adds and not c.unspecified and c.met_by(context.near) for c in self.children(other)):
            return other
        return node

    def opened(self, node: str) -> str:
        """Return the node from which the walk may go to the site; ``node`` itself where it does not leave that open.

        Where the text is silent too, the walk from there comes back to ``node``.
        """
        if not node.startswith("M") or node == _MANY:
            return node
        known = self._opened.get(node)
        if known is None:
            known = above = node
            while _NO_SITE.search(self.icd.title(above)):
                above = self.icd.parent(above) or ""
            if above != node:
                self._opened[node] = self._opened[above] = above
                silent = self.refine(above, _SILENT)
                known = above if silent is not None and node in silent.path else node
            self._opened[node] = known
        return known

    def _choose(self, children: tuple[Child, ...], context: Context) -> tuple[Child | None, str]:
        sided = [c for c in children if c.side]
        if context.side in ("right", "left"):  # one side is what titles call unilateral
            context = replace(context, near=context.near | self._unilateral)
        best: Child | None = None
        for child in children:
            if child.unspecified or (child.other and not child.side):
                continue
            if child.without and (not child.adds or not child.lacks.isdisjoint(context.near)):
                continue
            if child.adds and child.met_by(context.near) and (best is None or len(child.adds) > len(best.adds)):
                best = child
        if best is not None and not best.side:
            return best, ""
        if context.denied:
            for child in children:
                if child.lacks and child.lacks <= context.denied and child.adds <= context.near and not child.side:
                    return child, ""
        if sided:
            pool = [c for c in sided if c.met_by(context.near)] or ([] if any(c.adds for c in sided) else sided)
            if pool and context.side:
                widest = max(len(c.adds) for c in pool)
                for side in (context.side,) if context.side != "bilateral" else ("bilateral", "right"):
                    for child in sorted(pool, key=lambda c: c.other):
                        if child.side == side and len(child.adds) == widest:
                            return child, ""
        if context.sites and (there := self._at_site(children, context)):
            return there, ""
        return self._default(children, sided, context)

    @staticmethod
    def _at_site(children: tuple[Child, ...], context: Context) -> Child | None:
        """Return the child that names the region of a bone close by ("hand" for a metacarpal), or "other site"."""
        for region in context.sites:
            for child in children:
                sided = child.side in ("", context.side) and not (child.unspecified and context.side)
                if region and child.adds and child.adds <= region and sided:
                    return child
                if not region and child.title.endswith("other site"):
                    return child
        return None

    @staticmethod
    def _default(children: tuple[Child, ...], sided: list[Child], context: Context) -> tuple[Child | None, str]:
        axis = "side" if sided and len(sided) >= len(children) - 2 else "type"
        accident = next((c for c in children if "accidental (unintentional)" in c.title), None)
        if accident:  # the intent where nothing is said of it
            return accident, ""
        stated = next((c for c in children if c.stated), None)
        if stated:  # the Tabular List itself names it for the parent's bare name
            return stated, axis
        plain = [c for c in children if c.unspecified and not c.side]
        named = [c for c in plain if c.adds and c.adds <= context.near]
        if named:  # "Pain in leg, unspecified" for a leg, "Pain in unspecified limb" for neither arm nor leg
            return max(named, key=lambda c: len(c.adds)), axis
        unknown = next((c for c in plain if "status unknown" in c.title), None)
        if unknown:  # loss of consciousness of which nothing is said (S06)
            return unknown, axis
        nine = next((c for c in children if c.code.endswith("9") and c.without and not c.side), None)
        if nine:
            return nine, ""
        bare = next((c for c in children if c.without and not c.adds and not c.side), None)
        if bare and all(c.adds for c in plain):
            return bare, ""
        if plain:  # "pain in arm, unspecified", "pain in leg, unspecified"
            plain = [c for c in plain if c.adds and c.adds <= context.near] or plain
            return min(plain, key=lambda c: (len(c.adds), not c.code.endswith("9"), c.other)), axis
        without = [c for c in children if c.without and not c.side]
        if without:
            return min(without, key=lambda c: (len(c.adds), c.code)), ""
        if len(children) == 1:
            return children[0], ""
        nines = [c for c in children if c.code.endswith("9") and not c.side]
        if nines:
            return nines[0], axis
        empty = [c for c in children if not c.adds and not c.side and not c.other]
        return (empty[0], axis) if empty else (None, axis)

    def _extension(self, code: str, context: Context) -> str:
        """Return the code with its 7th character: episode of care, fracture healing, stage, fetus (I.A.5, I.C.19.a)."""
        by_char = {each[-1]: each for each in self.icd.children(code)}
        if "A" in by_char and "D" in by_char:
            if "G" in by_char or "P" in by_char:  # fractures tell open from closed and how they heal
                character = seventh_character(context.fracture, context.episode, frozenset(by_char))
                if character:
                    return by_char[character]
            return by_char.get(context.episode, by_char["A"])
        children = self.children(code)
        named = [
            c for c in children if c.adds and c.adds <= context.near and not (c.unspecified or c.without or c.other)
        ]  # one fetus is no "other fetus"
        if named:
            return max(named, key=lambda c: len(c.adds)).code
        if context.side:  # the eyes of diabetic retinopathy and of glaucoma are told by the 7th character
            sided = next((c.code for c in children if c.side == context.side), None)
            if sided is not None:
                return sided
        for child in children:
            if child.unspecified or child.without:
                return child.code
        stable = next((c.code for c in children if c.title.endswith("stable")), None)  # of H34.8: nothing more is said
        return stable or children[0].code
