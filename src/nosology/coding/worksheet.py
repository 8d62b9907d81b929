"""The codes of an encounter on the coder's desk, as plain values: every change is a patch that can be taken back.

A :class:`Sheet` holds items by key and their order. A *move* makes a new sheet; :func:`diff_sheets` says what it
changed; :func:`apply_patch` does it again, :func:`revert_patch` takes it back even if other codes changed meanwhile.
The role of a diagnosis is never stored in an item: the first that stands is principal (inpatient) or first-listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nosology.model.encounter import Setting

__all__ = [
    "DIAGNOSES",
    "OVERRIDE",
    "REJECTED",
    "Conflict",
    "Item",
    "Patch",
    "Sheet",
    "apply_patch",
    "diff_sheets",
    "lay_run",
    "list_codes",
    "list_overrides",
    "open_sheet",
    "replay",
    "revert_patch",
    "suggested_items",
    "touched_keys",
]

Item = dict[str, Any]
Patch = dict[str, Any]
"""``{"items": {key: item after, or null where it is gone}, "order": [keys] or null where it stays}``."""

DIAGNOSES = "icd10cm"
REJECTED = "rejected"
OVERRIDE = "override:"
"""What the keys of overrides begin with: accepted findings lie on the desk beside the codes."""

_READ = frozenset(("evidence", "score"))  # what each reading of the engine brings anew
_ROLES = {Setting.INPATIENT: "principal"}


class Conflict(Exception):
    """What is to be taken back was changed again since; ``key`` is the item, "" the order."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True, slots=True)
class Sheet:
    """Items by key, and the order of the codes (overrides stand in no order)."""

    items: Mapping[str, Item]
    order: tuple[str, ...]

    def with_item(self, key: str, item: Item | None) -> Sheet:
        """The sheet with one item put, changed, or (None) taken away."""
        items = {**self.items}
        if item is None:
            items.pop(key, None)
            return Sheet(items, tuple(each for each in self.order if each != key))
        items[key] = item
        if key in self.order or key.startswith(OVERRIDE):
            return Sheet(items, self.order)
        return Sheet(items, _insert(self.order, key, items))

    def with_order(self, order: Iterable[str]) -> Sheet:
        """The sheet with its codes in another order."""
        return Sheet(self.items, tuple(order))

    def group(self, system: str) -> list[str]:
        """The keys of the standing diagnoses, or of everything else that stands, in order."""
        wanted = system == DIAGNOSES
        return [key for key in self.order if self.stands(key) and (self.items[key]["system"] == DIAGNOSES) is wanted]

    def stands(self, key: str) -> bool:
        """True if the code is there and not rejected."""
        return key in self.items and self.items[key].get("state") != REJECTED

    def find(self, system: str, code: str) -> str:
        """The key under which a code stands or was rejected (standing first), "" if nowhere."""
        found = [k for k in self.order if (self.items[k]["system"], self.items[k]["code"]) == (system, code)]
        return min(found, key=lambda k: not self.stands(k), default="")

    def new_key(self, system: str, code: str) -> str:
        """A key that no other item has."""
        plain, count = f"{system}:{code}", 1
        key = plain
        while key in self.items:
            count += 1
            key = f"{plain}:{count}"
        return key


def _insert(order: Sequence[str], key: str, items: Mapping[str, Item]) -> tuple[str, ...]:
    """Diagnoses come behind the last diagnosis, everything else at the end."""
    if items[key]["system"] != DIAGNOSES:
        return (*order, key)
    place = max((n for n, each in enumerate(order, 1) if items[each]["system"] == DIAGNOSES), default=0)
    return (*order[:place], key, *order[place:])


def open_sheet(codes: Iterable[Mapping[str, Any]], overrides: Iterable[Mapping[str, Any]] = ()) -> Sheet:
    """The sheet of ``Worksheet.codes`` and ``Worksheet.overrides``."""
    items = {str(each["key"]): {k: v for k, v in each.items() if k not in ("key", "role")} for each in codes}
    accepted = {str(each["key"]): {k: v for k, v in each.items() if k != "key"} for each in overrides}
    return Sheet(items | accepted, tuple(items))


def list_codes(sheet: Sheet, setting: str | Setting) -> list[Item]:
    """``Worksheet.codes``: the items in order, each with its role."""
    first = _ROLES.get(Setting(setting), "first-listed")
    leader = next(iter(sheet.group(DIAGNOSES)), "")
    found = []
    for key in sheet.order:
        item = sheet.items[key]
        role = "procedure" if item["system"] != DIAGNOSES else first if key == leader else "secondary"
        found.append({**item, "key": key, "role": role})
    return found


def list_overrides(sheet: Sheet) -> list[Item]:
    """``Worksheet.overrides``: the accepted findings, by key."""
    return [{**sheet.items[key], "key": key} for key in sorted(sheet.items) if key.startswith(OVERRIDE)]


def diff_sheets(before: Sheet, after: Sheet) -> tuple[Patch, Patch]:
    """What a move changed, as it was and as it is: two patches with the same keys."""
    keys = [key for key in {**before.items, **after.items} if before.items.get(key) != after.items.get(key)]
    moved = before.order != after.order
    return (
        {"items": {key: before.items.get(key) for key in keys}, "order": list(before.order) if moved else None},
        {"items": {key: after.items.get(key) for key in keys}, "order": list(after.order) if moved else None},
    )


def apply_patch(sheet: Sheet, patch: Patch) -> Sheet:
    """The sheet after a patch that was made on it."""
    items = {**sheet.items}
    for key, item in patch["items"].items():
        if item is None:
            items.pop(key, None)
        else:
            items[key] = item
    order = sheet.order if patch["order"] is None else tuple(patch["order"])
    return Sheet(items, order)


def replay(patches: Iterable[Patch | None]) -> Sheet:
    """The sheet that the ``after`` of every decision makes, in their order."""
    sheet = Sheet({}, ())
    for patch in patches:
        if patch and "items" in patch:
            sheet = apply_patch(sheet, patch)
    return sheet


def touched_keys(before: Patch | None, after: Patch | None) -> frozenset[str]:
    """The keys that a decision touched, with "order" where it moved codes that were there before and after."""
    if not before or not after or "items" not in after:
        return frozenset()
    keys = set(after["items"])
    old, new = before.get("order"), after.get("order")
    if old is not None and new is not None and _kept(old, new) != _kept(new, old):
        keys.add("order")
    return frozenset(keys)


def revert_patch(sheet: Sheet, before: Patch, after: Patch) -> Sheet:
    """The sheet as if a decision had not been made; what others did to other codes stays, and what the engine read.

    Straight after the decision this is exactly the sheet before it.

    Raises:
        Conflict: an item, or the order, is not as the decision left it, or a diagnosis would stand twice.
    """
    items = {key: _back(key, sheet.items.get(key), before["items"][key], item) for key, item in after["items"].items()}
    order = sheet.order
    if before["order"] is not None:
        order = _revert_order(sheet.order, before["order"], after["order"])
    found = apply_patch(sheet, {"items": items, "order": list(order)})
    standing: set[str] = set()
    for key in found.group(DIAGNOSES):
        if found.items[key]["code"] in standing:
            raise Conflict(key)
        standing.add(found.items[key]["code"])
    return found


def _back(key: str, current: Item | None, before: Item | None, after: Item | None) -> Item | None:
    """An item as it was before a decision; what a new reading of the engine brought since (``_READ``) stays."""
    if current == after:
        return before
    if current is None or before is None or after is None:
        raise Conflict(key)
    differs = {name for name in {*current, *after} if current.get(name) != after.get(name)}
    if differs - _READ or any(before.get(name) != after.get(name) for name in differs):
        raise Conflict(key)
    return {**before, **{name: current.get(name) for name in differs}}


def _revert_order(current: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    came = set(after) - set(before)
    left = [key for key in current if key not in came]
    common = _kept(left, before)
    if common != _kept(after, left):
        if _kept(before, after) != _kept(after, before):
            raise Conflict("")
        wanted = common  # only came or went: the order in which the others stand now stays
    else:
        wanted = _kept(before, left)
    put = iter(wanted)
    there = set(before)
    found = [next(put) if key in there else key for key in left]
    went = set(before) - set(after)
    for place, key in enumerate(before):
        if key in went and key not in found:
            neighbour = next((each for each in reversed(before[:place]) if each in found), None)
            found.insert(0 if neighbour is None else found.index(neighbour) + 1, key)
    return tuple(found)


def _kept(keys: Iterable[str], others: Iterable[str]) -> list[str]:
    known = set(others)
    return [key for key in keys if key in known]


def suggested_items(result: Mapping[str, Any]) -> list[Item]:
    """What the engine suggests (``CodingRun.result``), as items with their keys, in its order."""
    found: list[Item] = []
    seen: dict[str, int] = {}
    for each in result.get("codes") or result.get("suggestions") or ():
        plain = f"{each['system']}:{each['code']}"
        seen[plain] = seen.get(plain, 0) + 1
        found.append(
            {
                "key": plain if seen[plain] == 1 else f"{plain}:{seen[plain]}",
                "system": each["system"],
                "code": each["code"],
                "title": each.get("title", ""),
                "poa": each.get("poa") or "",
                "modifiers": list(each.get("modifiers") or ()),
                "units": each.get("units"),
                "origin": "engine",
                "state": "suggested",
                "score": each.get("score"),
                "suggested": each["code"],
                "evidence": list(each.get("evidence") or ()),
                "why": "",
                "by": "",
                "at": "",
            }
        )
    return found


def lay_run(
    sheet: Sheet, result: Mapping[str, Any], *, keep_order: bool = False, new_documents: Iterable[str] = ()
) -> Sheet:
    """The sheet after the engine has read the chart (again): what coders decided stays as they decided it.

    Suggestions that nobody has decided and that the engine no longer makes go; new ones come in; evidence and score
    of those that it makes again are the new ones. A rejected code that one of ``new_documents`` speaks for is
    suggested once more. Where nothing is decided (nor the order: ``keep_order``) and the codes are others the order
    is the engine's, else new ones come behind.
    """
    news = frozenset(new_documents)
    new = {each["key"]: {k: v for k, v in each.items() if k != "key"} for each in suggested_items(result)}
    decided = [key for key in sheet.order if not _open(sheet.items[key])]
    again: set[str] = set()
    known = set(sheet.order)
    for key in decided:
        item = sheet.items[key]
        same = [k for k in new if k not in again and _same(new[k], item)]
        again.update(same if item["system"] == DIAGNOSES else same[:1])  # a service may stand twice
        if same and item["origin"] == "engine":
            told = new[same[0]]
            item = {**item, "evidence": told["evidence"], "score": told["score"]}
            if item["state"] == REJECTED and news & {str(each.get("document")) for each in told["evidence"]}:
                item |= {name: told[name] for name in ("system", "code", "title", "state", "why", "by", "at")}
            sheet = sheet.with_item(key, item)
    for key in [k for k in sheet.order if _open(sheet.items[k]) and (k not in new or k in again)]:
        sheet = sheet.with_item(key, None)
    for key, item in new.items():
        if key in again:
            continue
        free = key if key not in sheet.items or _open(sheet.items[key]) else ""
        sheet = sheet.with_item(free or sheet.new_key(item["system"], item["code"]), item)
    if not decided and not keep_order and set(new) != known:
        sheet = sheet.with_order(new)
    return sheet


def _open(item: Item) -> bool:
    """True for a suggestion that nobody has touched."""
    return item["state"] == "suggested" and not item["by"]


def _same(suggested: Item, decided: Item) -> bool:
    """True if a suggestion is what a coder has decided on already, by what was suggested or what stands."""
    told = (decided["code"], decided.get("suggested") or decided["code"])
    return suggested["system"] == decided["system"] and suggested["code"] in told
