"""ICD-10-CM: the tabular list of one release, in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from nosology.codes.release import Release, open_release
from nosology.codes.release_file import Progress
from nosology.codes.tabular import KINDS, NOTE_KINDS, add_dot, read_array
from nosology.errors import UnknownCode, UsageError

__all__ = ["Icd10cm", "Icd10cmCode", "InheritedNote", "open_icd10cm"]


@dataclass(frozen=True, slots=True)
class Icd10cmCode:
    """A node of the tabular list with the notes that stand at it (not those above it:
    :meth:`Icd10cm.inherited_notes`).

    ``seventh_character`` holds the 7th characters that apply here, character → meaning, wherever above they are
    defined.
    """

    code: str
    title: str
    kind: str
    parent: str | None
    children: tuple[str, ...]
    billable: bool
    includes: tuple[str, ...] = ()
    inclusion_terms: tuple[str, ...] = ()
    excludes1: tuple[str, ...] = ()
    excludes2: tuple[str, ...] = ()
    code_first: tuple[str, ...] = ()
    use_additional: tuple[str, ...] = ()
    code_also: tuple[str, ...] = ()
    seventh_character: dict[str, str] = field(default_factory=dict)
    seventh_character_note: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InheritedNote:
    """A line of a note that applies to a code: its kind, its text and the node at which it stands."""

    kind: str
    text: str
    origin: str


class Icd10cm:
    """The tabular list of one release. Codes come and go dotted ("E11.621"); any spelling of them is accepted."""

    def __init__(self, release: Release) -> None:
        self.release = release
        blobs = dict(release.connection.execute("SELECT name, data FROM blob WHERE name <> 'titles'"))
        self._codes: list[str] = blobs["codes"].decode().split("\n")
        self._number = dict(zip(self._codes, range(len(self._codes)), strict=True))
        self._kinds: bytes = blobs["kinds"]
        self._billable: bytes = blobs["billable"]
        self._parents = read_array(blobs["parents"])
        self._ends = read_array(blobs["ends"])
        self._titles: list[str] = []  # read when the first is asked for

    def __repr__(self) -> str:
        return f"<ICD-10-CM {self.release.name}: {len(self._codes)} nodes>"

    def __len__(self) -> int:
        return len(self._codes)

    def _title(self, number: int) -> str:
        if not self._titles:
            row = self.release.connection.execute("SELECT data FROM blob WHERE name = 'titles'").fetchone()
            self._titles = row[0].decode().split("\n")
        return self._titles[number]

    def _find(self, code: str) -> int | None:
        number = self._number.get(code)
        if number is None:
            upper = code.strip().upper()
            number = self._number.get(upper)
            if number is None and "-" not in upper:
                number = self._number.get(add_dot(upper))
            if number is None and upper.endswith("-") and len(upper) > 1:  # "E11.-" names the category and all below
                number = self._number.get(add_dot(upper.rstrip(".-")))
        return number

    def _known(self, code: str) -> int:
        number = self._find(code)
        if number is None:
            raise UnknownCode(
                f"{code.strip()[:20]!r} is no code of ICD-10-CM {self.release.name}; try: nosology search"
            )
        return number

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._find(code) is not None

    def codes(self) -> Iterator[str]:
        """Every node in tabular order: chapters ("1"), blocks ("A00-A09"), categories, subcategories, codes."""
        return iter(self._codes)

    def billable_codes(self) -> Iterator[str]:
        """Every code that may be reported, in tabular order."""
        return (code for code, billable in zip(self._codes, self._billable, strict=True) if billable)

    def dotted(self, code: str) -> str:
        """The code as printed. Raises UnknownCode."""
        return self._codes[self._known(code)]

    def title(self, code: str) -> str:
        """The full title. Raises UnknownCode."""
        return self._title(self._known(code))

    def kind(self, code: str) -> str:
        """chapter, block, category, subcategory, code or extended. Raises UnknownCode."""
        return KINDS[self._kinds[self._known(code)]]

    def is_billable(self, code: str) -> bool:
        """True if the code may be reported as it stands; False for headers and for anything unknown."""
        number = self._find(code)
        return number is not None and bool(self._billable[number])

    def parent(self, code: str) -> str | None:
        """The node above; None for a chapter. Raises UnknownCode."""
        above = self._parents[self._known(code)]
        return self._codes[above] if above >= 0 else None

    def children(self, code: str) -> tuple[str, ...]:
        """The nodes right below, in order. Raises UnknownCode."""
        number = self._known(code)
        end, below = self._ends[number], []
        child = number + 1
        while child < end:
            below.append(self._codes[child])
            child = self._ends[child]
        return tuple(below)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The nodes above, nearest first, the chapter last. Raises UnknownCode."""
        above, found = self._parents[self._known(code)], []
        while above >= 0:
            found.append(self._codes[above])
            above = self._parents[above]
        return tuple(found)

    def descendants(self, code: str) -> tuple[str, ...]:
        """Everything below, in order, without the node itself. Raises UnknownCode."""
        number = self._known(code)
        return tuple(self._codes[number + 1 : self._ends[number]])

    def leaves(self, code: str) -> tuple[str, ...]:
        """The billable codes at or below the node, in order. Raises UnknownCode."""
        number = self._known(code)
        return tuple(self._codes[each] for each in range(number, self._ends[number]) if self._billable[each])

    def siblings(self, code: str) -> tuple[str, ...]:
        """The other nodes under the same parent, in order. Raises UnknownCode."""
        own, above = self.dotted(code), self.parent(code)
        return () if above is None else tuple(each for each in self.children(above) if each != own)

    def get(self, code: str) -> Icd10cmCode:
        """The node with its own notes and the 7th characters that apply. Raises UnknownCode."""
        number = self._known(code)
        notes: dict[str, list[str]] = {kind: [] for kind in NOTE_KINDS}
        for kind, text in self.release.connection.execute(
            "SELECT kind, text FROM note WHERE node = ? ORDER BY position", (number,)
        ):
            notes[kind].append(text)
        characters, seventh_note = self._seventh(number)
        dotted = self._codes[number]
        return Icd10cmCode(
            code=dotted,
            title=self._title(number),
            kind=KINDS[self._kinds[number]],
            parent=self.parent(dotted),
            children=self.children(dotted),
            billable=bool(self._billable[number]),
            seventh_character=self._applicable(number, characters),
            seventh_character_note=seventh_note,
            **{kind: tuple(texts) for kind, texts in notes.items()},
        )

    def _seventh(self, number: int) -> tuple[dict[str, str], str]:
        """The nearest 7th-character definition at or above a node and the nearest note about it."""
        characters: dict[str, str] = {}
        note = ""
        while number >= 0 and not characters:
            rows = self.release.connection.execute(
                "SELECT character, meaning FROM seventh WHERE node = ? ORDER BY position", (number,)
            )
            characters = dict(rows.fetchall())
            row = self.release.connection.execute("SELECT text FROM seventh_note WHERE node = ?", (number,)).fetchone()
            note = note or (row[0] if row else "")
            number = self._parents[number]
        return (characters, note) if characters else ({}, "")

    def _applicable(self, number: int, characters: dict[str, str]) -> dict[str, str]:
        """The 7th characters that make a code of this very stem: some stems take only a part of those defined above."""
        stem = self._parents[number] if KINDS[self._kinds[number]] == "extended" else number
        below = self._codes[stem + 1 : self._ends[stem]]
        if not below or KINDS[self._kinds[stem + 1]] != "extended":
            return characters
        return {code[-1]: characters[code[-1]] for code in below if code[-1] in characters}

    def inherited_notes(self, code: str) -> tuple[InheritedNote, ...]:
        """The notes that apply to the code: its own first, then those of each node above it, the chapter's last.

        Inclusion terms are left to the node they stand at, unless it is the code itself: they name one code, not its
        children.
        """
        number = self._known(code)
        found: list[InheritedNote] = []
        at = number
        while at >= 0:
            rows = self.release.connection.execute(
                "SELECT kind, text FROM note WHERE node = ? ORDER BY position", (at,)
            ).fetchall()
            rows.sort(key=lambda row: NOTE_KINDS.index(row[0]))
            found.extend(
                InheritedNote(kind, text, self._codes[at])
                for kind, text in rows
                if at == number or kind != "inclusion_terms"
            )
            at = self._parents[at]
        return tuple(found)

    def notes_of_kind(self, kind: str) -> Iterator[tuple[str, str]]:
        """Every note of one kind in the whole list, as (code, text) in tabular order; the kinds are ``NOTE_KINDS``."""
        if kind not in NOTE_KINDS:
            raise UsageError(f"unknown kind of note {kind!r}: choose one of {', '.join(NOTE_KINDS)}")
        for number, text in self.release.connection.execute(
            "SELECT node, text FROM note WHERE kind = ? ORDER BY node, position", (kind,)
        ):
            yield self._codes[number], text


_CACHE: dict[Path, Icd10cm] = {}


def open_icd10cm(*, on: date | None = None, home: Path | None = None, progress: Progress | None = None) -> Icd10cm:
    """ICD-10-CM as in force on a date of service (None: the newest release at hand), built on first use, cached after.

    Raises:
        ReleaseNotFound: the date lies before the first release at hand.
        DamagedRelease, NotPermitted: see :func:`nosology.codes.release.open_release`.
    """
    release = open_release("icd10cm", on=on, home=home, progress=progress)
    known = _CACHE.get(release.path)
    if known is None or known.release is not release:
        known = _CACHE[release.path] = Icd10cm(release)
    return known
