"""What a new run of the engine does to the codes on a coder's desk: what a person decided stays.

Pure functions over the items of ``Worksheet.codes``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

__all__ = ["merge_codes", "suggested_items"]

_Item = dict[str, Any]
_FRESH = ("title", "score", "evidence", "rank")


def suggested_items(codes: Iterable[Mapping[str, Any]]) -> list[_Item]:
    """The items of a worksheet for the codes of a result, in their order, each with a key of its own."""
    used: set[str] = set()
    items = []
    for code in codes:
        key = _free_key(f"{code['system']}:{code['code']}", used)
        used.add(key)
        items.append(
            {
                "key": key,
                "system": code["system"],
                "code": code["code"],
                "title": code["title"],
                "role": code["role"],
                "poa": code.get("poa"),
                "modifiers": list(code.get("modifiers") or ()),
                "units": code.get("units"),
                "origin": "engine",
                "state": "suggested",
                "score": code["score"],
                "suggested": code["code"],
                "evidence": code["evidence"],
                "why": "",
                "by": "",
                "at": None,
            }
        )
    return items


def merge_codes(
    before: Sequence[_Item], codes: Iterable[Mapping[str, Any]], *, new_documents: Iterable[str] = ()
) -> list[_Item]:
    """Return the worksheet after another run.

    Codes that nobody decided on are those of the new run. What a coder accepted, changed, rejected or added stays,
    with the new evidence where there is some; only a rejected code that a document of ``new_documents`` speaks for is
    suggested once more. Keys are never given to another code.
    """
    fresh = suggested_items(codes)
    decided = [item for item in before if item["state"] != "suggested"]
    if not decided:
        return _keep_keys(before, fresh)
    news = frozenset(new_documents)
    of_code: dict[tuple[str, str], list[_Item]] = {}
    for item in decided:
        for code in dict.fromkeys((item["suggested"], item["code"])):
            if code:
                of_code.setdefault((item["system"], code), []).append(item)
    used = {item["key"] for item in before}
    met: set[str] = set()
    placed: list[tuple[str, _Item]] = []  # (key of the item that stands before it, item)
    last = ""
    for item in fresh:
        same = next((each for each in of_code.get((item["system"], item["code"]), ()) if each["key"] not in met), None)
        if same is None:
            again = next((each for each in before if _same_code(each, item) and each["key"] not in met), None)
            item["key"] = again["key"] if again is not None else _free_key(item["key"], used)
            used.add(item["key"])
            met.add(item["key"])
            placed.append((last, item))
            last = item["key"]
            continue
        met.add(same["key"])
        last = same["key"]
        if same["code"] == item["code"]:
            same.update({name: item[name] for name in _FRESH if name in item})
        if same["state"] == "rejected" and news & {each["document"] for each in item["evidence"]}:
            same.update(state="suggested", why="", by="", at=None)
    return _interleave(decided, placed)


def _interleave(decided: Sequence[_Item], placed: Sequence[tuple[str, _Item]]) -> list[_Item]:
    """The decided codes in the coder's order, each new one behind the code that it follows in the run."""
    result = list(decided)
    for before, item in placed:
        at = next((n for n, each in enumerate(result) if each["key"] == before), -1)
        result.insert(at + 1, item)
    first = next((item for item in result if item["role"] in ("principal", "first-listed")), None)
    for item in result:
        if item["role"] in ("principal", "first-listed") and item is not first:
            if first is not None and first["state"] == "suggested" and item["state"] != "suggested":
                first["role"], first = "secondary", item  # a coder's choice of the principal diagnosis stands
            else:
                item["role"] = "secondary"
    return result


def _keep_keys(before: Sequence[_Item], fresh: list[_Item]) -> list[_Item]:
    """The new codes; a key names the same code as before, or none that was there."""
    known = {item["key"]: item["code"] for item in before}
    used = set(known)
    taken: set[str] = set()
    for item in fresh:
        if known.get(item["key"]) == item["code"] and item["key"] not in taken:
            taken.add(item["key"])
            continue
        if item["key"] in used or item["key"] in taken:
            item["key"] = _free_key(item["key"].rsplit(":", 1)[0] if item["key"].count(":") > 1 else item["key"], used)
        used.add(item["key"])
        taken.add(item["key"])
    return fresh


def _same_code(one: _Item, other: _Item) -> bool:
    return bool(one["system"] == other["system"] and one["code"] == other["code"] and one["state"] == "suggested")


def _free_key(key: str, used: set[str]) -> str:
    if key not in used:
        return key
    number = 2
    while f"{key}:{number}" in used:
        number += 1
    return f"{key}:{number}"
