"""How fast NCCI pairs, units and add-on codes are over columns, on synthetic claims of four lines made here.

    python bench/edits.py [CLAIMS]

Needs NCCI installed (`nosology codesets install ncci --from DIR`). Prints claims per second of processor time on one
core, the best of three, for the columnar engine and for the one-by-one checks, and that both found the same.
"""

from __future__ import annotations

import sys
import time
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from nosology.codes.ncci import open_ncci
from nosology.edits.check import check_encounter
from nosology.edits.columnar import LineColumns, NcciColumns
from nosology.edits.desk import Books
from nosology.model.encounter import Encounter, ServiceLine, Setting
from nosology.rules.loader import find_rule

LINES = 4
DIGITS = np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8)


def make_lines(claims: int, codes: np.ndarray, day: int) -> LineColumns:
    """Claims of four lines, the same in every run: codes of the tables, a modifier on one line of five."""
    chance = np.random.default_rng(20260504)
    count = claims * LINES
    signs = np.empty((count, 5), np.uint8)
    number = chance.choice(codes, count)
    for place in range(4, -1, -1):
        signs[:, place] = DIGITS[number % 36]
        number = number // 36
    modifiers = np.full((count, 4), b"", "S2")
    modifiers[:, 0] = np.where(
        chance.random(count) < 0.2, chance.choice(np.array(["59", "25", "RT", "26"], "S2"), count), b""
    )
    return LineColumns(
        claim=np.repeat(np.arange(claims), LINES),
        code=signs.view("S5").ravel(),
        day=np.full(count, day, np.int32),
        units=chance.integers(1, 4, count).astype(float),
        modifiers=modifiers,
    )


def main(claims: int) -> None:
    """Measure and print."""
    book = open_ncci()
    on = book.release.effective_from + timedelta(days=1)
    pairs, units = find_rule("NCCI-PTP"), find_rule("NCCI-MUE")
    assert pairs is not None
    assert units is not None
    keys = np.frombuffer(book.blob("ptp.practitioner.keys"), "<i8")
    lines = make_lines(claims, np.unique(keys >> 26)[::7], on.year * 10000 + on.month * 100 + on.day)
    engine = NcciColumns(book, pairs=pairs, units=units, add_ons="aoc" in book.tables())
    best, found = 1e9, engine.check(lines)
    for _round in range(3):
        start = time.process_time()
        found = engine.check(lines)
        best = min(best, time.process_time() - start)
    some = min(claims, 2000)
    visits = [_visit(lines, number, on) for number in range(some)]
    books = Books()
    start = time.process_time()
    told = [check_encounter(each, on=on, books=books, only=["NCCI-PTP", "NCCI-MUE", "NCCI-add-on"]) for each in visits]
    slow = time.process_time() - start
    wanted = {(f.rule, 4 * n + int(f.where[6:-1])) for n, each in enumerate(told) for f in each if "NCCI" in f.rule}
    got = {("NCCI-PTP", int(n)) for n in found.column2 if n < some * LINES}
    got |= {("NCCI-MUE", int(n)) for n in found.line if n < some * LINES}
    got |= {("NCCI-add-on", int(n)) for n in found.add_on if n < some * LINES}
    counts = f"{len(found.column1):,} pairs, {len(found.line):,} lines, {len(found.add_on):,} add-on codes"
    print(f"{claims:,} claims of {LINES} lines; found {counts}")
    print(f"columns: {claims / best:,.0f} claims a second on one core (processor time)")
    print(f"one by one: {some / slow:,.0f} claims a second; the same findings in the first {some:,}: {wanted == got}")


def _visit(lines: LineColumns, number: int, on: date) -> Encounter:
    rows = range(number * LINES, (number + 1) * LINES)
    return Encounter(
        str(number),
        Setting.PROFESSIONAL,
        lines=tuple(
            ServiceLine(
                lines.code[row].decode(),
                tuple(each.decode() for each in lines.modifiers[row] if each),
                Decimal(int(lines.units[row])),
                date=on,
            )
            for row in rows
        ),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 250_000)
