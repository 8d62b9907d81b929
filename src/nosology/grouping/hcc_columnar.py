"""CMS-HCC scores of whole populations, column by column; each equals that of :func:`nosology.grouping.hcc.score_hcc`.

Every coefficient has three decimals, so sums are made in whole thousandths and are exact. Beneficiaries are worked off
in blocks, so that memory grows with the block and not with the population.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nosology.errors import UsageError
from nosology.grouping.hcc_columns import CodeNumbers, Population, Profiles, number_profiles
from nosology.grouping.hcc_interactions import GROUPS, INTERACTIONS
from nosology.grouping.hcc_tables import DIALYSIS, HEART_FAILURE, PAYMENT_YEAR, HccTables, open_hcc_tables

__all__ = ["Population", "PopulationScores", "score_population"]

_BLOCK = 200_000  # beneficiaries: a block of 115 categories takes 23 MB


@dataclass(frozen=True, slots=True)
class PopulationScores:
    """Raw scores of a population under one model, in its order (no normalization, no coding intensity).

    ``score`` and ``demographic_score`` as one person's result has them; ``segment`` is a number in ``segments``.
    ``packed`` holds the payment categories (after hierarchies), a bit for each of ``categories``.
    """

    model: str
    score: NDArray[np.float64]
    demographic_score: NDArray[np.float64]
    segment: NDArray[np.int64]
    segments: tuple[str, ...]
    categories: tuple[str, ...]
    packed: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.score)

    def hccs(self, position: int) -> tuple[str, ...]:
        """The payment categories of one beneficiary, in numerical order."""
        bits = np.unpackbits(self.packed[:, position], count=len(self.categories))
        return tuple(self.categories[place] for place in np.flatnonzero(bits).tolist())

    def has(self, category: str) -> NDArray[np.bool_]:
        """Who has a payment category. Raises UsageError for one that the model does not have."""
        if category not in self.categories:
            raise UsageError(f"{self.model} has no payment category {category!r}")
        place = self.categories.index(category)
        found: NDArray[np.bool_] = (self.packed[place // 8] & np.uint8(128 >> place % 8)) > 0
        return found

    def rows(self) -> Iterator[tuple[str, tuple[str, ...], float, float]]:
        """Segment, categories, score and demographic score of each beneficiary, in order."""
        for start in range(0, len(self), _BLOCK):
            bits = np.unpackbits(self.packed[:, start : start + _BLOCK], axis=0, count=len(self.categories))
            persons, places = np.nonzero(bits.T)
            ends = np.cumsum(np.bincount(persons, minlength=bits.shape[1])).tolist()
            names = [self.categories[place] for place in places.tolist()]
            first = 0
            for each, last in enumerate(ends, start):
                segment = self.segments[self.segment[each]]
                yield segment, tuple(names[first:last]), float(self.score[each]), float(self.demographic_score[each])
                first = last


def score_population(
    people: Population, *, model: str = "V28", payment_year: int = PAYMENT_YEAR, block: int = _BLOCK
) -> PopulationScores:
    """Return the raw scores and payment categories of a population under V24, V28, RX_V08 or ESRD_V24.

    ``block`` is the number of beneficiaries worked off at a time. For RX_V08 the remark on its coefficients holds
    (docs/adr/0003-hcc-engine.md): the categories are right, the scores are not for payment.

    Raises:
        UsageError: unknown model; columns that do not fit together; a beneficiary without age or sex.
        ReleaseNotFound: no tables for the payment year.
    """
    plan = _plan(model, payment_year)
    profiles, age, female = number_profiles(people, plan.tables)
    count = len(age)
    person, number = _diagnoses(people, plan, count)
    total = np.zeros(count, dtype=np.int64)
    packed = np.zeros(((len(plan.categories) + 7) // 8, count), dtype=np.uint8)
    tables = [plan.amounts(segment) for segment in profiles.segments]
    for start in range(0, count, block):
        stop = min(start + block, count)
        first, last = np.searchsorted(person, [start, stop])
        present = plan.map_codes(
            person[first:last] - start, number[first:last], age[start:stop], female[start:stop], stop - start
        )
        plan.apply_hierarchies(present)
        _pack(present, packed[:, start:stop])
        total[start:stop] = _add_up(plan, profiles, tables, profiles.number[start:stop], present)
    return PopulationScores(
        model,
        total / 1000,
        profiles.demographic[profiles.number] / 1000,
        profiles.segment[profiles.number],
        profiles.segments,
        plan.categories,
        packed,
    )


def _diagnoses(people: Population, plan: _Plan, count: int) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The diagnoses that map to something, by beneficiary: position and number of the code."""
    person = np.atleast_1d(np.asarray(people.person, dtype=np.int64))
    code = np.atleast_1d(np.asarray(people.code))
    if len(person) != len(code):
        raise UsageError(f"population: person has {len(person)} values and code has {len(code)}")
    if len(person) and (person.min() < 0 or person.max() >= count):
        raise UsageError(f"population: person must be a position from 0 to {count - 1}")
    number = plan.codes.find(code)
    kept = np.flatnonzero(number >= 0)
    person, number = person[kept], number[kept]
    if len(person) and (np.diff(person) < 0).any():
        order = np.argsort(person, kind="stable")
        person, number = person[order], number[order]
    return person, number


def _add_up(
    plan: _Plan,
    profiles: Profiles,
    tables: list[dict[str, int]],
    profile: NDArray[np.int32],
    present: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The scores of a block in thousandths: demographics, categories, interactions, number of categories."""
    total = profiles.demographic[profile]
    segment = profiles.segment[profile]
    by_month = profiles.by_month[profile]
    counts = None if not by_month.any() else ~by_month
    disabled, aged = profiles.disabled[profile], profiles.aged[profile]

    def add(key: str, holds: NDArray[np.bool_]) -> None:
        amounts = np.array([table.get(key, 0) for table in tables], dtype=np.int64)
        if amounts.any():
            where = np.flatnonzero(holds if counts is None else holds & counts)
            total[where] += amounts[segment[where]]

    columns = {f"HCC{name}": present[place] for place, name in enumerate(plan.categories)}
    for name, column in columns.items():
        add(plan.prefix + name.removeprefix("HCC"), column)
    nobody = np.zeros(len(profile), dtype=bool)
    for name, members in GROUPS[plan.model].items():
        places = [place for place, category in enumerate(plan.categories) if category in members]
        columns[name] = present[places].any(axis=0) if places else nobody
    columns |= {"DISABLED": disabled, "NONAGED": ~aged}
    for name, conditions in INTERACTIONS[plan.model]:
        holds = columns.get(conditions[0], nobody)
        for condition in conditions[1:]:
            holds = holds & columns.get(condition, nobody)
        add(name.lower(), holds)
    number = np.minimum(present.sum(axis=0, dtype=np.uint8), 10)
    for each in range(1, 11):
        add(f"d{each}" if each < 10 else "d10p", number == each)
    return total


class _Plan:
    """The tables of one model in the form that columns need."""

    def __init__(self, tables: HccTables) -> None:
        self.tables = tables
        self.model = tables.model
        self.prefix = "rxhcc" if tables.model == "RX_V08" else "hcc"
        names = {name for found in tables.categories.values() for name in found}
        names |= {edit.category for edit in tables.edits.values() if edit.category}
        self.categories = tuple(sorted(names, key=int))
        place = {name: number for number, name in enumerate(self.categories)}
        self.codes = CodeNumbers(tuple(sorted(tables.categories)))
        known = self.codes.codes
        edits = [(number, tables.edits[code]) for number, code in enumerate(known) if code in tables.edits]
        maps = [tables.categories[code] for code in known]  # behind the codes: what an edit makes of them
        maps += [(edit.category,) if edit.category else () for _number, edit in edits]
        self._targets = np.full((max(map(len, maps)), len(maps)), -1, dtype=np.int16)
        for number, names_of in enumerate(maps):
            for rank, name in enumerate(names_of):
                self._targets[rank, number] = place[name]
        self._edit_of = np.full(len(known), -1, dtype=np.int16)
        self._edit_of[[number for number, _edit in edits]] = np.arange(len(edits))
        self._edit_sex = np.array([edit.sex for _number, edit in edits], dtype="U1")
        self._edit_to = np.array([_or(edit.age_max, -1) for _number, edit in edits], dtype=np.int64)
        self._edit_from = np.array([_or(edit.age_min, 999) for _number, edit in edits], dtype=np.int64)
        self._place = place
        self._hierarchies = [
            (place[parent], [place[child] for child in children if child in place])
            for parent, children in tables.hierarchies.items()
            if parent in place
        ]

    def amounts(self, segment: str) -> dict[str, int]:
        """The coefficients of a segment in thousandths, by their name without the segment."""
        prefix = segment.lower() + "_"
        table = self.tables.coefficients
        return {key[len(prefix) :]: round(value * 1000) for key, value in table.items() if key.startswith(prefix)}

    def map_codes(
        self,
        person: NDArray[np.int64],
        number: NDArray[np.int32],
        age: NDArray[np.int64],
        female: NDArray[np.bool_],
        count: int,
    ) -> NDArray[np.bool_]:
        """Which category each beneficiary of a block has, before hierarchies: categories by beneficiaries."""
        present = np.zeros((len(self.categories), count), dtype=bool)
        edit = self._edit_of[number]
        edited = np.flatnonzero(edit >= 0)
        if len(edited):
            which, whose = edit[edited], person[edited]
            sex = self._edit_sex[which]
            by_age = (age[whose] <= self._edit_to[which]) | (age[whose] >= self._edit_from[which])
            applies = np.where(sex == "", by_age, sex == np.where(female[whose], "F", "M"))
            number = number.copy()
            number[edited[applies]] = len(self.codes.codes) + which[applies]
        flat = present.reshape(-1)
        for targets in self._targets:
            target = targets[number].astype(np.int64)
            where = target >= 0
            if where.all():
                flat[target * count + person] = True
            else:
                flat[target[where] * count + person[where]] = True
        return present

    def apply_hierarchies(self, present: NDArray[np.bool_]) -> None:
        """Take out, in place, what a category higher in its hierarchy drops; see the engine for one person."""
        if self.model == "V28":
            beside = present[[self._place[name] for name in HEART_FAILURE if name in self._place]].any(axis=0)
            present[self._place["223"]] &= beside
        if self.model == "ESRD_V24":
            present[[self._place[name] for name in DIALYSIS if name in self._place]] = False
        dropped = np.zeros_like(present)
        for parent, children in self._hierarchies:
            column = present[parent]
            if column.any():
                for child in children:
                    dropped[child] |= column
        present &= ~dropped


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _pack(present: NDArray[np.bool_], packed: NDArray[np.uint8]) -> None:
    """As ``np.packbits(axis=0)``, row by row, which is quicker."""
    for place, column in enumerate(present.view(np.uint8)):
        packed[place // 8] |= column << np.uint8(7 - place % 8)


@cache
def _plan(model: str, payment_year: int) -> _Plan:
    return _Plan(open_hcc_tables(model, payment_year))
