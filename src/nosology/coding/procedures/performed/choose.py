"""The codes of one service: which row of its rule fits the words, the amount, the age and the date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from nosology.coding.em.scan import compiled

__all__ = ["ChosenCode", "Circumstances", "candidate_codes", "choose_codes"]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides between the codes of a service.

    ``near`` are the words of its own clause, ``words`` of its sentence, ``wide`` with those that follow; ``amount`` is
    the measure of the rule, None where it is not told. ``alone`` are the words of the note where all statements are of
    one site, else nothing.
    """

    near: str
    words: str
    wide: str
    amount: Decimal | None
    age: int | None
    sex: str
    on: date
    setting: str
    alone: str = ""


@dataclass(frozen=True, slots=True)
class ChosenCode:
    """A code with its units; ``usual`` where another code is possible and the note does not say that it is."""

    code: str
    units: int
    row: Mapping[str, Any]
    usual: bool = False


def _open(row: Mapping[str, Any], seen: Circumstances) -> bool:
    """True if date, age, sex and setting allow the row; an age or sex that is not known allows it."""
    first, last = row.get("from"), row.get("to")
    if first is not None and seen.on < date.fromisoformat(str(first)):
        return False
    if last is not None and seen.on > date.fromisoformat(str(last)):
        return False
    if row.get("age_told") and seen.age is None:
        return False
    low, high = row.get("ages", (0, 200))
    if seen.age is not None and not low <= seen.age <= high:
        return False
    if row.get("sex") and seen.sex and row["sex"] != seen.sex:
        return False
    return "settings" not in row or seen.setting in row["settings"]


def _said(row: Mapping[str, Any], where: str, seen: Circumstances) -> bool:
    if "said" in row and not compiled(row["said"]).search(where):
        return False
    if "with" in row and not compiled(row["with"]).search(seen.wide):
        return False
    if "alone" in row and not compiled(row["alone"]).search(seen.alone):
        return False
    return "without" not in row or not compiled(row["without"]).search(seen.wide)


def _measured(row: Mapping[str, Any], amount: Decimal | None) -> bool:
    bounds = [row.get("least"), row.get("above"), row.get("most")]
    if bounds == [None, None, None]:
        return True
    if amount is None:
        return False
    least, above, most = bounds
    return (
        (least is None or amount >= Decimal(str(least)))
        and (above is None or amount > Decimal(str(above)))
        and (most is None or amount <= Decimal(str(most)))
    )


def choose_codes(rows: Sequence[Mapping[str, Any]], seen: Circumstances) -> tuple[ChosenCode, ...]:
    """The codes that fit: the first row in the words nearest to the service, and what is added to it.

    The words of a row are looked for in its clause, then in the sentence, then in what follows. Nothing where no row
    fits: then the note leaves the code open.
    """
    single = [row for row in rows if "each" not in row]
    for where in dict.fromkeys((seen.near, seen.words, seen.wide)):
        for row in single:
            if "said" not in row and where != seen.wide:
                continue
            if _open(row, seen) and _said(row, where, seen) and _measured(row, seen.amount):
                first = ChosenCode(str(row["code"]), _units(row, seen.amount), row, bool(row.get("usual")))
                return (first, *_further(rows, row, where, seen))
    return ()


def _units(row: Mapping[str, Any], amount: Decimal | None) -> int:
    """One, a fixed number, the amount itself, or blocks of 15 minutes of which the last has at least 8."""
    how = row.get("units", 1)
    if isinstance(how, int):
        return how
    if amount is None or amount < 1:
        return 1
    return int((amount + 7) // 15) if how == "quarter" else int(amount)


def _further(
    rows: Sequence[Mapping[str, Any]], first: Mapping[str, Any], where: str, seen: Circumstances
) -> Iterator[ChosenCode]:
    """Codes for more of the same: so many blocks of ``each`` beyond ``beyond``, a block begun from ``part`` on."""
    for row in rows:
        if "each" not in row or seen.amount is None or str(first["code"]) not in map(str, row["after"]):
            continue
        if not (_open(row, seen) and _said(row, where, seen)):
            continue
        each, part = Decimal(str(row["each"])), Decimal(str(row.get("part", "0.01")))
        over = seen.amount - Decimal(str(row["beyond"]))
        units = int((over + each - part) // each) if over > 0 else 0
        if units > 0:
            yield ChosenCode(str(row["code"]), min(units, int(row.get("top", 99))), row)


def candidate_codes(rows: Sequence[Mapping[str, Any]], seen: Circumstances) -> tuple[str, ...]:
    """The codes that remain possible where the note does not settle one: those whose stated words do not differ."""
    rows = [{key: value for key, value in row.items() if key != "age_told"} for row in rows]
    open_rows = [row for row in rows if "each" not in row and _open(row, seen)]
    fitting = [row for row in open_rows if _said(row, seen.wide, seen)]
    return tuple(dict.fromkeys(str(row["code"]) for row in (fitting or open_rows)))
