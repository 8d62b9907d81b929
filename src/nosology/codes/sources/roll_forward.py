"""A new release from the one before it: code addenda, or a new list of codes, laid over a tabular list.

Flat lists carry no hierarchy and no notes. A new code goes below the longest code that it starts with; what lies
between and is listed nowhere (a new category, the stem of codes with a 7th character) is added with the words that its
codes share.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from nosology.codes.sources.code_lists import Addenda, ListedCode
from nosology.codes.tabular import TabularNode, add_dot
from nosology.errors import UnreadableInput

__all__ = ["apply_addenda", "apply_list", "fold_title"]


def fold_title(title: str) -> str:
    """A title in plain ASCII with single blanks, as the flat files write it, to compare two."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return " ".join(plain.split())


def apply_addenda(chapters: list[TabularNode], addenda: Addenda, *, name: str) -> None:
    """Change a tabular list in place by code addenda.

    Raises:
        UnreadableInput: the addenda belong to another release: other totals, a deleted code that is not there, or an
        added one that is.
    """
    codes = _by_code(chapters)
    billable = {code for code, node in codes.items() if node.billable}
    if addenda.before is not None and addenda.before != len(billable):
        raise UnreadableInput(
            f"{name}: changes a release of {addenda.before} billable codes; the newest earlier one at hand has "
            f"{len(billable)}; install the release in between first"
        )
    unknown = [each.code for each in addenda.deleted if each.billable and each.code not in billable]
    again = [each.code for each in addenda.added if each.billable and each.code in billable]
    moved = {each.code for each in addenda.deleted}
    again = [code for code in again if code not in moved]
    if unknown or again:
        raise UnreadableInput(
            f"{name}: does not belong to the release at hand "
            f"(deletes {len(unknown)} unknown codes, adds {len(again)} known ones, such as {(unknown + again)[0]})"
        )
    wanted = {code: ListedCode(code, codes[code].title) for code in billable}
    for gone in addenda.deleted:
        wanted.pop(gone.code, None)
    headers: dict[str, str] = {}
    for change in (*addenda.added, *addenda.revised):
        if change.billable:
            wanted[change.code] = change
        else:
            headers[change.code] = change.title
    _apply(chapters, wanted, headers)
    after = sum(node.billable for chapter in chapters for node in chapter.walk())
    if addenda.after is not None and addenda.after != after:
        raise UnreadableInput(f"{name}: must lead to {addenda.after} billable codes but leads to {after}")


def apply_list(chapters: list[TabularNode], listed: Iterable[ListedCode]) -> None:
    """Change a tabular list in place so that its billable codes and titles are those of an order or codes file."""
    every = list(listed)
    wanted = {each.code: each for each in every if each.billable}
    _apply(chapters, wanted, {each.code: each.title for each in every if not each.billable})


def _by_code(chapters: Iterable[TabularNode]) -> dict[str, TabularNode]:
    """Categories and everything below, by code without dot."""
    return {
        node.code.replace(".", ""): node
        for chapter in chapters
        for node in chapter.walk()
        if node.kind not in ("chapter", "block")
    }


def _apply(chapters: list[TabularNode], wanted: Mapping[str, ListedCode], headers: Mapping[str, str]) -> None:
    keep = set()
    for code in (*wanted, *headers):
        for length in range(3, len(code) + 1):
            keep.add(code[:length])
            keep.add(code[:length].rstrip("X"))
    for chapter in chapters:
        _prune(chapter, wanted, keep)
    codes = _by_code(chapters)
    new = [each for code, each in wanted.items() if code not in codes]
    stems = _missing_stems(new, codes, headers)
    for code, title in sorted(stems.items(), key=lambda pair: (len(pair[0]), pair[0])):
        _insert(chapters, codes, code, title)
    for each in sorted(new, key=lambda each: (len(each.code), each.code)):
        _insert(chapters, codes, each.code, each.title)
    for code, title in (*headers.items(), *((code, each.title) for code, each in wanted.items())):
        node = codes.get(code)
        if node is not None and node.title != title and fold_title(node.title) != fold_title(title):
            node.title = title
    for chapter in chapters:
        _set_kinds(chapter, {})


def _prune(node: TabularNode, wanted: Mapping[str, ListedCode], keep: set[str]) -> None:
    """Drop what is no longer listed, with everything below it."""
    kept = []
    for child in node.children:
        code = child.code.replace(".", "")
        _prune(child, wanted, keep)
        if child.kind == "block" or child.children or code in wanted or code in keep:
            kept.append(child)
    node.children = kept


def _missing_stems(
    new: list[ListedCode], codes: Mapping[str, TabularNode], headers: Mapping[str, str]
) -> dict[str, str]:
    """Nodes that new codes need above them and that no list gives a title:

    new categories and stems of 7th characters.
    """
    below: dict[str, list[str]] = {}
    listed = {each.code for each in new}
    for each in new:
        stems = {each.code[:3]}
        if len(each.code) == 7:
            stems.add(each.code[:6].rstrip("X"))
        stems.update(each.code[:length] for length in range(4, len(each.code)) if each.code[:length] in headers)
        for stem in stems:
            if stem not in codes and stem not in listed and len(stem) >= 3:
                below.setdefault(stem, []).append(each.title)
    return {stem: headers.get(stem) or _shared_words(titles) for stem, titles in below.items()}


def _shared_words(titles: list[str]) -> str:
    """What titles have in common from their start, cut at a comma if one lies there; their first if that is nothing."""
    shared: list[str] = []
    for column in zip(*(title.split() for title in titles), strict=False):
        if len(set(column)) > 1:
            break
        shared.append(column[0])
    text = " ".join(shared).rstrip(" ,;")
    if len(titles) == 1 and ", " in text:
        text = text.rsplit(", ", 1)[0]
    return text if len(text) > 3 else f"{titles[0]}, and others"


def _insert(chapters: list[TabularNode], codes: dict[str, TabularNode], code: str, title: str) -> None:
    """Put a node below the longest code that it starts with; a new category below the block of its range."""
    parent = next(
        (
            codes[stem]
            for length in range(len(code) - 1, 2, -1)
            for stem in (code[:length], code[:length].rstrip("X"))
            if stem in codes and stem != code
        ),
        None,
    )
    if parent is None:
        parent = _block_of(chapters, code[:3])
    node = TabularNode(add_dot(code), title, "code")
    place = next(
        (
            index
            for index, sibling in enumerate(parent.children)
            if sibling.kind != "block" and sibling.code.replace(".", "") > code
        ),
        len(parent.children),
    )
    parent.children.insert(place, node)
    codes[code] = node


def _block_of(chapters: list[TabularNode], category: str) -> TabularNode:
    """The narrowest block in whose range a category lies, else the last block that begins before it."""
    blocks = [node for chapter in chapters for node in chapter.walk() if node.kind == "block"]
    inside = [block for block in blocks if block.code.split("-")[0] <= category <= block.code.split("-")[1]]
    if inside:
        return min(inside, key=lambda block: sum(1 for _ in block.walk()))
    before = [block for block in blocks if block.code.split("-")[0] <= category]
    return max(before or blocks, key=lambda block: block.code.split("-")[0])


def _set_kinds(node: TabularNode, seventh: Mapping[str, str]) -> None:
    """Mend the kinds below a node after codes came and went; ``seventh`` are the 7th characters defined above it."""
    seventh = node.seventh or seventh
    for child in node.children:
        code = child.code.replace(".", "")
        if child.kind != "block":
            if len(code) == 3:
                child.kind = "category"
            elif child.children:
                child.kind = "subcategory"
            elif child.kind != "extended":
                child.kind = "extended" if len(code) == 7 and code[6] in seventh else "code"
        _set_kinds(child, seventh)
