"""Names of procedures that the catalogue does not know, by the Alphabetic Index of ICD-10-PCS where it is installed.

Only in lists of procedures, only names of operations ("-ectomy", "-plasty" …), and only where the Index leads to one
root operation and the line names the body part.

Source: ICD-10-PCS Index; Official Guidelines A6, B3.8.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from nosology.codes.pcs_index import PcsIndex
from nosology.codes.pcs_tables import PcsTables
from nosology.coding.pcs.catalogue import Catalogue, Choice, Procedure
from nosology.coding.pcs.parts import open_part_book
from nosology.coding.pcs.statements import ChartReader, Statement
from nosology.model.note import Span

__all__ = ["read_index_titles"]

_LENGTH = 7
_OPERATION = re.compile(
    r"\b[A-Za-z]{4,}(?:ectom(?:y|ies)|otom(?:y|ies)|plast(?:y|ies)|pex(?:y|ies)|rrhaph(?:y|ies)|desis|tripsy)\b"
)
_PARTLY = re.compile(r"\b(?:partial|subtotal|hemi\w*|segmental|wedge)\b", re.IGNORECASE)
_WHOLLY = re.compile(r"\b(?:total|complete|radical|entire)\b", re.IGNORECASE)
_LIKE = "appendectomy"  # the entry whose ways of approach serve


def read_index_titles(
    reader: ChartReader, statements: Sequence[Statement], index: PcsIndex, tables: PcsTables, catalogue: Catalogue
) -> list[Statement]:
    """Return the operations of lists of procedures that only the Index knows, in order of place."""
    found = []
    approach = catalogue.procedures[_LIKE].axes[5]
    for number, sentence in enumerate(reader.sentences):
        line = reader.text[sentence.span.start : sentence.span.end]
        for match in _OPERATION.finditer(line):
            span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
            if any(each.span.overlaps(span) for each in statements) or not reader.titled(span, number):
                continue
            stems = _stems(match[0], line, index)
            if not stems:
                continue
            fixed = len(stems) == 1 and len(stems[0]) > 3
            codes = tuple(Choice(stem.ljust(_LENGTH, "?")) for stem in stems)
            scene = reader.scene_at(span, sentence.span, number, codes)
            if not fixed and not open_part_book(tables, tuple(stems)).read(scene, levels=(0, 1)):
                continue
            axes = {5: approach, 6: (Choice("Z"),), 7: (Choice("Z"),)}
            if not fixed:
                axes[4] = (Choice("key"),)
            procedure = Procedure(f"index: {match[0].casefold()}", (), codes, axes, cites="A6")
            found.append(Statement(procedure, span, "title", "procedures", scene))
    return found


def _stems(word: str, line: str, index: PcsIndex) -> list[str]:
    """The tables to which the Index leads from a name: of one root operation, else none."""
    name = re.sub(r"ies\Z", "y", word)
    codes = [code for entry in index.entries_below(name) if len(entry.path) <= 2 for code in entry.codes]
    stems = list(dict.fromkeys(code[:4] for code in codes if code[:1] == "0" and len(code) >= 3))
    if {stem[2] for stem in stems} == {"B", "T"}:
        wanted = "B" if _PARTLY.search(line) else "T" if _WHOLLY.search(line) else ""
        stems = [stem for stem in stems if stem[2] == wanted]
    if len({stem[2] for stem in stems}) != 1 or (len(stems) > 1 and any(len(stem) > 3 for stem in stems)):
        return []
    return stems
