"""Reader of the ICD-10-CM tabular list in XML, as CDC/NCHS publishes it (``icd10cm_tabular.xsd``).

The XML holds codes up to the 6th character; the codes with a 7th character follow from the definitions above them and
are filled up with the placeholder X, as the official order file lists them. Known traps: block ranges that hold no
category themselves but span other blocks ("C00-C96"), and blocks that bear the name of their only category ("B20").
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from nosology.codes.release_file import Progress
from nosology.codes.sources.safe_xml import first_text, parse_xml, text_of
from nosology.codes.tabular import TabularNode
from nosology.errors import UnreadableInput

__all__ = ["ROOT", "parse_tabular"]

ROOT = "ICD10CM.tabular"

_NOTES = {
    "includes": "includes",
    "inclusionTerm": "inclusion_terms",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code_first",
    "useAdditionalCode": "use_additional",
    "codeAlso": "code_also",
    "notes": "notes",
}
_DEEPEST = 50
# Guideline-like note at S06: "7th characters D and S do not apply to codes in category S06 with 6th character 7 - …,
# or 8 - …"
_NOT_APPLICABLE = re.compile(
    r"7th characters? (?P<seventh>\w(?:(?:, | and | or )\w)*) do not apply to codes in category (?P<category>\w{3}) "
    r"with 6th character (?P<sixth>.+)"
)


def parse_tabular(data: bytes, *, name: str, progress: Progress | None = None) -> list[TabularNode]:
    """The chapters of a tabular list with everything below them, codes with 7th characters included.

    Raises:
        UnreadableInput: broken XML, another kind of file, or a list without a single code.
    """
    root = parse_xml(data, name=name, root=ROOT)
    elements = root.findall("chapter")
    chapters: list[TabularNode] = []
    if _depth(root) > _DEEPEST:
        raise UnreadableInput(f"{name}: nested more than {_DEEPEST} deep; this is no tabular list of the publisher")
    for done, element in enumerate(elements):
        if progress is not None:
            progress(done, len(elements), "reading the tabular list")
        chapters.append(_read_chapter(element))
    if not any(chapter.children for chapter in chapters):
        raise UnreadableInput(f"{name}: no chapter of the tabular list in it; the file is not complete")
    return chapters


def _depth(root: Element) -> int:
    """How deep the elements of a tree are nested, as far as it matters."""
    level, depth = [root], 0
    while level and depth <= _DEEPEST:
        level = [child for element in level for child in element]
        depth += 1
    return depth


def _read_chapter(element: Element) -> TabularNode:
    chapter = TabularNode(first_text(element, "name"), first_text(element, "desc"), "chapter")
    _read_notes(element, chapter)
    blocks = [_read_block(section) for section in element.findall("section")]
    chapter.children = _nest_blocks(blocks)
    return chapter


def _read_block(element: Element) -> TabularNode:
    name = element.get("id", "")
    code = name if "-" in name else f"{name}-{name}"  # a block of one category is told from the category: B20-B20
    block = TabularNode(code, first_text(element, "desc"), "block")
    _read_notes(element, block)
    block.children = [_read_diagnosis(child, {}, None) for child in element.findall("diag")]
    return block


def _nest_blocks(blocks: list[TabularNode]) -> list[TabularNode]:
    """Blocks that hold no category span the blocks in their range; the narrowest such range becomes the parent."""
    spanning = [block for block in blocks if not block.children]
    top: list[TabularNode] = []
    ranges = {id(block): tuple(block.code.split("-")) for block in blocks}

    def holds(outer: TabularNode, inner: TabularNode) -> bool:
        (first, last), (start, end) = ranges[id(outer)], ranges[id(inner)]
        return outer is not inner and first <= start and end <= last

    for block in blocks:
        above = [outer for outer in spanning if holds(outer, block)]
        if above:
            narrowest = max(above, key=lambda outer: sum(holds(other, outer) for other in above))
            narrowest.children.append(block)
        else:
            top.append(block)
    return top


def _read_notes(element: Element, node: TabularNode) -> None:
    for child in element:
        kind = _NOTES.get(child.tag)
        if kind is not None:
            node.notes.extend((kind, text) for text in map(text_of, child.findall("note")) if text)
        elif child.tag == "sevenChrNote":
            node.seventh_note = " ".join(text_of(note) for note in child.findall("note"))
        elif child.tag == "sevenChrDef":
            _read_seventh(child, node)


def _read_seventh(element: Element, node: TabularNode) -> None:
    last = ""
    for child in element:
        text = text_of(child)
        if child.tag == "extension":
            last = child.get("char", "")
            node.seventh[last] = text
        elif child.tag == "note" and last and text:  # another wording of the meaning above it
            node.notes.append(("notes", f"7th character {last}: {text}"))


def _read_diagnosis(element: Element, seventh: dict[str, str], exception: re.Match[str] | None) -> TabularNode:
    code = first_text(element, "name")
    children = element.findall("diag")
    kind = "category" if len(code) == 3 else "subcategory" if children else "code"
    node = TabularNode(code, first_text(element, "desc"), kind)
    _read_notes(element, node)
    seventh = node.seventh or seventh
    for note_kind, text in node.notes:
        if note_kind == "notes":
            exception = _NOT_APPLICABLE.match(text) or exception
    if children:
        node.children = [_read_diagnosis(child, seventh, exception) for child in children]
    elif seventh:
        node.kind = "category" if len(code) == 3 else "subcategory"
        node.children = _extend(node, seventh, exception)
    return node


def _extend(node: TabularNode, seventh: dict[str, str], exception: re.Match[str] | None) -> list[TabularNode]:
    """The codes that a 7th character makes of a code, placeholders filled in, titled as the order file does."""
    stem = f"{node.code}." if len(node.code) == 3 else node.code
    stem = stem.ljust(7, "X")
    return [
        TabularNode(stem + character, f"{node.title}, {meaning}", "extended")
        for character, meaning in seventh.items()
        if exception is None or not _excluded(stem, character, exception)
    ]


def _excluded(stem: str, character: str, exception: re.Match[str]) -> bool:
    if not stem.startswith(exception["category"]):
        return False
    sixth = re.findall(r"(?:^|, or |, | or )(\w) - ", exception["sixth"])
    return character in re.findall(r"\b\w\b", exception["seventh"]) and stem[6] in sixth
