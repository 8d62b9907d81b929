"""Charlson comorbidities of an encounter and their scores, with the weights of 1987 and of 2011. For research.

Codes: Quan et al., Med Care 2005;43:1130-1139 (ICD-10). The tables with their sources are in ``data/charlson.yaml``.
Every diagnosis of the encounter counts, the first one too, as in that algorithm.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nosology.codes.prepared import prepare, read_yaml
from nosology.model.encounter import Encounter

__all__ = ["Charlson", "Comorbidity", "charlson_sources", "find_charlson"]

_FILE = Path(__file__).parent / "data" / "charlson.yaml"
_LONGEST = 4  # characters of the longest beginning of a code in the table


@dataclass(frozen=True, slots=True)
class Comorbidity:
    """A comorbidity and the codes (no point) that set it.

    ``over_by`` names the more severe form that takes its place, or is ""; then it adds nothing to a score.
    """

    name: str
    title: str
    codes: tuple[str, ...]
    weight_1987: int
    weight_2011: int
    over_by: str
    source: str


@dataclass(frozen=True, slots=True)
class Charlson:
    """What was found, in the order of the table, and both scores without age.

    ``age_points`` belong to the weights of 1987 alone (the weights of 2011 have none); None if the age is not known.
    ``arisen_in_stay`` are the codes among them with the POA indicator N: complications rather than comorbidities; they
    count, as published, and whoever does not want them can see them.
    """

    id: str
    found: tuple[Comorbidity, ...]
    score_1987: int
    score_2011: int
    age_points: int | None
    arisen_in_stay: tuple[str, ...]

    @property
    def age_adjusted_1987(self) -> int | None:
        """The score of 1987 and the points of age; None if the age is not known."""
        return None if self.age_points is None else self.score_1987 + self.age_points


def find_charlson(encounter: Encounter) -> Charlson:
    """Return the comorbidities of all diagnoses of an encounter; a code that is in no list counts nothing."""
    names = _by_beginning()
    codes: dict[str, list[str]] = {}
    late: list[str] = []
    for each in encounter.diagnoses:
        code = each.code.strip().upper().replace(".", "")
        name = names.get(code[:_LONGEST]) or names.get(code[:3])
        if name is None:
            continue
        if code not in codes.setdefault(name, []):
            codes[name].append(code)
        if each.poa.strip().upper() == "N" and code not in late:
            late.append(code)
    table = _table()
    over_by = {row["over"]: name for name, row in table["comorbidities"].items() if name in codes and "over" in row}
    found = tuple(
        Comorbidity(
            name,
            row["title"],
            tuple(codes[name]),
            row["weights"][0],
            row["weights"][1],
            over_by.get(name, ""),
            table["sources"]["codes"],
        )
        for name, row in table["comorbidities"].items()
        if name in codes
    )
    counted = [each for each in found if not each.over_by]
    return Charlson(
        encounter.id,
        found,
        sum(each.weight_1987 for each in counted),
        sum(each.weight_2011 for each in counted),
        _age_points(encounter.age, table["age"]),
        tuple(late),
    )


def charlson_sources() -> dict[str, str]:
    """The publications that the codes, both weights and the points of age come from."""
    return dict(_table()["sources"])


def _age_points(age: int | None, table: dict[int, int]) -> int | None:
    if age is None:
        return None
    return max((points for start, points in table.items() if age >= start), default=0)


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = prepare("charlson", [_FILE], lambda: read_yaml(_FILE.read_text(encoding="utf-8")))
    return found


@cache
def _by_beginning() -> dict[str, str]:
    """Beginning of a code, of three or four characters → comorbidity; the lists do not overlap."""
    names: dict[str, str] = {}
    for name, row in _table()["comorbidities"].items():
        for each in row["codes"]:
            for code in [each] if isinstance(each, str) else _categories(*each):
                names[code] = name
    return names


def _categories(first: str, last: str) -> list[str]:
    """Every category of a range within one letter: ``I60`` to ``I69``."""
    return [f"{first[0]}{number:02d}" for number in range(int(first[1:]), int(last[1:]) + 1)]
