"""What coders decide: accept, change, reject, add, order, POA, modifiers …; undo and redo.

``decide`` checks what was typed against the releases first, then writes in one short transaction. Whoever decides
names the version that was shown: changes of others to other codes are merged, to the same code refused
(StaleVersion). The same ``request`` again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from nosology.actions.audited import Audit, action
from nosology.actions.code_use import remember_use
from nosology.actions.evidence import read_evidence
from nosology.actions.worksheets import Desk, find_encounter, refuse_if_held, take_up
from nosology.codes.poa_exempt import open_poa_exempt
from nosology.coding import worksheet_moves as moves
from nosology.coding.code_entry import CodeEntry, enter_code, enter_modifiers, enter_poa, enter_units
from nosology.coding.worksheet import Conflict, Sheet, diff_sheets, revert_patch, touched_keys
from nosology.errors import NotPermitted, StaleVersion, UsageError
from nosology.model.access import Access, Permission
from nosology.store.models import Decision, Encounter, User

__all__ = ["VERBS", "Decided", "decide", "record_decision", "redo", "undo"]

VERBS = (
    "accept",
    "accept-all",
    "change",
    "reject",
    "add",
    "reorder",
    "principal",
    "poa",
    "modifiers",
    "units",
    "pointers",
    "evidence",
    "override",
    "withdraw",
)
"""What may be decided; ``undo`` and ``redo`` stand apart."""

_State = Encounter.State


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it: the version that stands now, how many rows, and whether changes of others were merged in."""

    version: int
    decisions: int = 1
    merged: bool = False


@dataclass(frozen=True, slots=True)
class _Move:
    """A decision ready to be made: the new sheets, one after the other, each a row with verb and key."""

    verb: str
    make: Callable[[Sheet, moves.Stamp], list[tuple[str, Sheet]]]


def decide(
    access: Access,
    *,
    encounter: str,
    verb: str,
    version: int,
    now: datetime,
    key: str = "",
    code: str = "",
    system: str = "icd10cm",
    value: str = "",
    why: str = "",
    request: str = "",
) -> Decided:
    """Make one decision on the codes of an encounter.

    ======================  =========================================================================================
    verb                    what it takes
    ======================  =========================================================================================
    accept, reject          ``key``; reject a suggestion with ``why``
    accept-all              ``value``: the least score (0 to 1), or nothing
    change                  ``key``, ``code`` (``system``), perhaps ``why``
    add                     ``code``, ``system``; ``value``: places in documents, ``[{"document", "start", "end"}]``
    evidence                ``key``; ``value`` as for add
    reorder                 ``key``; ``value``: "up", "down", "first" or a position from 1
    principal               ``key``
    poa, modifiers, units   ``key``, ``value``
    pointers                ``key``; ``value``: keys of diagnoses, apart by blanks
    override, withdraw      ``code``: the rule, ``key``: the code (or the place) that it is about, ``why``
    ======================  =========================================================================================

    Raises:
        UsageError: it cannot be right (which includes unknown codes); NotFound: no such encounter or key.
        StaleVersion: the chart is locked by, final by, or the code changed by somebody else.
        NotPermitted: the role does not code.
    """
    if verb not in VERBS:
        raise UsageError(f"the verb must be one of {', '.join(VERBS)}")
    if len(request) > 64:
        raise UsageError("the request key has at most 64 characters")
    move = None
    if access.may(Permission.CHART_CODE):  # or else the action below refuses, and says so in the audit
        move = _prepare(access, encounter, verb, key=key, code=code, system=system, value=value, why=why, now=now)
    return record_decision(access, encounter=encounter, move=move, version=version, request=request, why=why, now=now)


def _prepare(
    access: Access, encounter: str, verb: str, *, key: str, code: str, system: str, value: str, why: str, now: datetime
) -> _Move:
    """The move, with everything that needs a release or a document looked up before the transaction."""
    row = find_encounter(access, encounter)
    setting, on = row.setting, row.service_date
    if verb == "accept-all":
        least = _score(value)
        return _Move("accept", lambda s, st: _accept_all(s, least, st))
    if verb in ("change", "add"):
        entry = enter_code(system, code, setting=setting, on=on)
        if verb == "change":
            exempt = open_poa_exempt(on=on)
            drop = exempt is not None and entry.code in exempt
            return _one(verb, key, lambda s, st: _change(s, key, entry, why, st, drop_poa=drop))
        evidence = read_evidence(access, row, value)
        return _Move(verb, lambda s, st: _add(s, entry, evidence, why, st))
    if verb == "evidence":
        found = read_evidence(access, row, value)
        if not found:
            raise UsageError("point out the words of the chart")
        return _one(verb, key, lambda s, st: moves.hold_evidence(s, key, found, st))
    if verb == "override":
        name = str(User.objects.filter(pk=access.user).first() or "") if access.user else "the system"
        day = f"{now:%Y-%m-%d}"
        return _one(verb, "", lambda s, st: moves.override_finding(s, code, key, why, st, name=name, on=day))
    if verb == "modifiers":
        enter_modifiers(value, system="hcpcs", on=on)  # opens the books before the transaction
    simple: dict[str, Callable[[Sheet, moves.Stamp], Sheet]] = {
        "accept": lambda s, st: moves.accept_code(s, key, st),
        "reject": lambda s, st: moves.reject_code(s, key, why, st),
        "reorder": lambda s, st: moves.move_code(s, key, value.strip().lower()),
        "principal": lambda s, st: _make_principal(s, key),
        "pointers": lambda s, st: moves.point_lines(s, key, value.split(), st),
        "withdraw": lambda s, st: moves.withdraw_override(s, code, key),
        "poa": lambda s, st: _field(s, key, verb, value, st, setting, on),
        "modifiers": lambda s, st: _field(s, key, verb, value, st, setting, on),
        "units": lambda s, st: _field(s, key, verb, value, st, setting, on),
    }
    return _one(verb, key if verb != "withdraw" else "", simple[verb])


def _one(verb: str, key: str, make: Callable[[Sheet, moves.Stamp], Sheet]) -> _Move:
    return _Move(verb, lambda sheet, stamp: [(key, make(sheet, stamp))])


def _accept_all(sheet: Sheet, least: float, stamp: moves.Stamp) -> list[tuple[str, Sheet]]:
    made = []
    for key in moves.undecided(sheet, at_least=least):
        sheet = moves.accept_code(sheet, key, stamp)
        made.append((key, sheet))
    return made


def _add(
    sheet: Sheet, entry: CodeEntry, evidence: Sequence[dict[str, Any]], why: str, stamp: moves.Stamp
) -> list[tuple[str, Sheet]]:
    after = moves.add_code(sheet, entry, evidence, why, stamp)
    key = next(key for key in after.order if after.items[key] != sheet.items.get(key))
    return [(key, after)]


def _change(sheet: Sheet, key: str, entry: CodeEntry, why: str, stamp: moves.Stamp, *, drop_poa: bool) -> Sheet:
    after = moves.change_code(sheet, key, entry, why, stamp)
    return moves.set_field(after, key, "poa", "", stamp) if drop_poa else after


def _make_principal(sheet: Sheet, key: str) -> Sheet:
    if key in sheet.items and sheet.items[key].get("system") != "icd10cm":
        raise UsageError("a diagnosis is principal, not a service")
    return moves.move_code(sheet, key, "first")


def _field(sheet: Sheet, key: str, name: str, value: str, stamp: moves.Stamp, setting: str, on: date) -> Sheet:
    item = sheet.items.get(key, {})
    system = str(item.get("system", "icd10cm"))
    if name == "poa":
        wanted: Any = enter_poa(value, system=system, code=str(item.get("code", "")), setting=setting, on=on)
    elif name == "modifiers":
        wanted = enter_modifiers(value, system=system, on=on)
    else:
        wanted = enter_units(value, system=system)
    return moves.set_field(sheet, key, name, wanted, stamp)


def _score(value: str) -> float:
    try:
        found = float(value or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise UsageError("the least score is a number from 0 to 1")
    return found


@action("chart.decide", needs=Permission.CHART_CODE)
def record_decision(
    access: Access,
    audit: Audit,
    *,
    encounter: str,
    move: _Move | None,
    version: int,
    request: str,
    why: str,
    now: datetime,
) -> Decided:
    """Write a decision that was prepared (:func:`decide`): the one transaction."""
    if move is None:
        raise NotPermitted("the decision was not prepared")
    desk = _open(access, encounter, request, now, create=move.verb == "add")
    audit.about("encounter", desk.encounter.pk, verb=move.verb)
    if desk.known(request) is not None:
        return Decided(desk.worksheet.version, 0)
    _refuse_if_final(desk)
    theirs = desk.changed_by_others(version)
    stamp = moves.Stamp(access.user, now.isoformat())
    start, rows, named = desk.sheet, [], set()
    for key, after in move.make(start, stamp):
        named.add(key)
        before_item, after_item = desk.sheet.items.get(key, {}), after.items.get(key, {})
        patches = desk.put(after)
        if patches[1]["items"] or patches[1]["order"] is not None:
            rows.append((patches, before_item, after_item))
    _refuse_if_touched(touched_keys(*diff_sheets(start, desk.sheet)), theirs, desk)
    if not rows:  # it stands as wished; but not if somebody else made something different of it
        other = frozenset(key for key in named & set(theirs) if theirs[key].verb != move.verb)
        _refuse_if_touched(other, theirs, desk)
        return Decided(desk.worksheet.version, 0)
    batch = desk.next_number
    for patches, before_item, after_item in rows:
        both = after_item or before_item
        patches[1]["batch"] = batch
        desk.record(
            move.verb,
            patches,
            now=now,
            system=both.get("system", ""),
            code_before="" if move.verb == "add" else before_item.get("code", ""),
            code_after="" if move.verb == "reject" else after_item.get("code", ""),
            why=why.strip() if move.verb != "accept" else "",
            request=request if desk.next_number == batch else "",
        )
    if move.verb in ("add", "change"):
        remember_use(access, rows[0][2].get("system", ""), rows[0][2].get("code", ""))
    audit.detail |= {"decision": batch, "rows": len(rows), "code": (rows[0][2] or rows[0][1]).get("code", "")}
    return Decided(desk.close(**_begin(desk.encounter, now)), len(rows), bool(theirs))


def _open(access: Access, encounter: str, request: str, now: datetime, *, create: bool = False) -> Desk:
    row = find_encounter(access, encounter)
    if row.state == _State.WAITING:
        raise UsageError("this chart waits for the engine: its codes come when it has been read")
    desk = take_up(access, encounter, now=now, create=create)
    refuse_if_held(desk.encounter, access, now)
    return desk


def _refuse_if_final(desk: Desk) -> None:
    if desk.encounter.state == _State.FINAL:
        raise StaleVersion("this chart is final: reopen it with a reason before anything is changed")


def _refuse_if_touched(mine: frozenset[str], theirs: dict[str, Decision], desk: Desk) -> None:
    """A code that somebody else changed after it was shown is not changed unseen."""
    both = sorted(mine & set(theirs))
    if both:
        last = theirs[both[0]]
        what = "the order" if both[0] == "order" else desk.sheet.items.get(both[0], {}).get("code", "a code")
        who = last.by or "the engine"
        raise StaleVersion(f"{who} changed {what} meanwhile ({last.verb}): look at it as it stands now")


def _begin(encounter: Encounter, now: datetime) -> dict[str, Any]:
    """The columns that the first decision of a coder changes."""
    if encounter.state in (_State.READY, _State.FAILED):
        return {"state": _State.CODING, "started_at": encounter.started_at or now}
    return {}


@action("chart.undo", needs=Permission.CHART_CODE)
def undo(access: Access, audit: Audit, *, encounter: str, version: int, now: datetime, request: str = "") -> Decided:
    """Take back one's own last decision (what was accepted at once goes back at once).

    What others decided on other codes stays. Raises UsageError where nothing is left to undo, StaleVersion where
    somebody changed the same code since, else as :func:`decide`.
    """
    desk = _open(access, encounter, request, now)
    audit.about("encounter", desk.encounter.pk)
    if desk.known(request) is not None:
        return Decided(desk.worksheet.version, 0)
    _refuse_if_final(desk)
    theirs = desk.changed_by_others(version)
    done, _undone = _own_history(desk)
    rows = _last_batch(done)
    if not rows:
        raise UsageError("there is nothing of yours to undo")
    for row in reversed(rows):
        _take_back(desk, row, "undo", now, request if row is rows[-1] else "")
    audit.detail |= {"undoes": rows[0].number, "rows": len(rows)}
    return Decided(desk.close(), len(rows), bool(theirs))


@action("chart.redo", needs=Permission.CHART_CODE)
def redo(access: Access, audit: Audit, *, encounter: str, version: int, now: datetime, request: str = "") -> Decided:
    """Do again what one has undone last, as long as one has decided nothing else since; raises as :func:`undo`."""
    desk = _open(access, encounter, request, now)
    audit.about("encounter", desk.encounter.pk)
    if desk.known(request) is not None:
        return Decided(desk.worksheet.version, 0)
    _refuse_if_final(desk)
    theirs = desk.changed_by_others(version)
    _done, undone = _own_history(desk)
    rows = _last_batch([original for original, _undoing in undone])
    if not rows:
        raise UsageError("there is nothing of yours to do again")
    pairs = list(reversed(undone[-len(rows) :]))
    batch = desk.next_number
    for original, undoing in pairs:
        first = desk.next_number == batch
        _take_back(desk, undoing, original.verb, now, request if first else "", batch=batch, like=original)
    audit.detail |= {"redoes": rows[0].number, "rows": len(rows)}
    return Decided(desk.close(), len(rows), bool(theirs))


def _own_history(desk: Desk) -> tuple[list[Decision], list[tuple[Decision, Decision]]]:
    """One's own decisions that stand, oldest first, and those undone, each with its undoing, last undone last."""
    mine = Decision.everywhere.filter(encounter=desk.encounter, by_id=desk.access.user or None)
    done: list[Decision] = []
    undone: list[tuple[Decision, Decision]] = []
    for row in mine.filter(verb__in=(*VERBS, "undo")).order_by("number"):
        if row.verb == "undo":
            undone.append((next(each for each in done if each.pk == row.undoes_id), row))
            done = [each for each in done if each.pk != row.undoes_id]
        elif row.undoes_id is not None:
            undone = [each for each in undone if each[1].pk != row.undoes_id]
            done.append(row)
        else:
            undone = []
            done.append(row)
    return done, undone


def _last_batch(rows: list[Decision]) -> list[Decision]:
    """The last decision, or all that were made with it at once, in the order in which they stand."""
    if not rows:
        return []
    batch = rows[-1].after.get("batch")
    return [row for row in rows if row.after.get("batch") == batch]


def _take_back(
    desk: Desk, row: Decision, verb: str, now: datetime, request: str, *, batch: int = 0, like: Decision | None = None
) -> None:
    try:
        after = revert_patch(desk.sheet, row.before, row.after)
    except Conflict as conflict:
        code = desk.sheet.items.get(conflict.key, {}).get("code", "")
        raise StaleVersion(
            f"{code or 'the order'} was changed by somebody else since, so this cannot be taken back: look again"
        ) from None
    patches = desk.put(after)
    patches[1]["batch"] = batch or desk.next_number
    before, after_code = (like.code_before, like.code_after) if like else (row.code_after, row.code_before)
    desk.record(
        verb, patches, now=now, system=row.system, code_before=before, code_after=after_code,
        why=like.why if like else "", undoes=row, request=request,
    )  # fmt: skip
