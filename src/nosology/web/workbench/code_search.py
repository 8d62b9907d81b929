"""The search for codes as somebody types: words with typos, or the beginning of a code; and what is known of a code.

The engines are loaded once per process; :func:`warm_engines` does so beside the first page, so that the first search
does not wait.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from nosology import pipeline
from nosology.codes.icd10cm import Icd10cm, open_icd10cm
from nosology.codes.release import list_releases
from nosology.errors import NosologyError, ReleaseNotFound, UnknownCode
from nosology.grouping.describe import describe_code
from nosology.rules.loader import Rule, load_rules

__all__ = [
    "SYSTEMS",
    "Found",
    "cited_rules",
    "find_codes",
    "installed_systems",
    "mark_known",
    "siblings_of",
    "systems_for",
    "title_of",
    "warm_engines",
]

SYSTEMS: Mapping[str, str] = {
    "icd10cm": "ICD-10-CM",
    "icd10pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS Level II",
    "cpt": "CPT",
}
"""Code sets that stand on a chart → their names."""

_CODE = re.compile(r"[A-Za-z]\d[0-9A-Za-z]?(\.?[0-9A-Za-z]{0,4})?")
_LONGEST_QUERY = 200
_started = threading.Event()


@dataclass(frozen=True, slots=True)
class Found:
    """A code that answers; a heading (not ``billable``) is opened, not chosen."""

    system: str
    code: str
    title: str
    billable: bool = True
    kept: bool = False
    on_chart: bool = False


def systems_for(setting: str) -> tuple[str, ...]:
    """The code sets of a setting, diagnoses first: procedures of a stay are ICD-10-PCS, others CPT and HCPCS."""
    return ("icd10cm", "icd10pcs") if setting == "inpatient" else ("icd10cm", "cpt", "hcpcs")


def find_codes(query: str, *, system: str, on: date, limit: int = 12) -> list[Found]:
    """The codes that answer a query, best first; [] for an empty one.

    Raises:
        ReleaseNotFound: the code set is not installed.
        UsageError: it cannot be searched.
    """
    asked = " ".join(query.split())[:_LONGEST_QUERY]
    if not asked:
        return []
    if system == "icd10cm":
        icd = open_icd10cm(on=on)
        if _CODE.fullmatch(asked) and (listed := _by_code(icd, asked.upper(), limit)):
            return listed
        hits = pipeline.search(asked, system=system, limit=limit, on=on)
        return [Found(system, each.code, each.title, icd.is_billable(each.code)) for each in hits]
    hits = pipeline.search(asked, system=system, limit=limit, on=on)
    return [Found(system, hit.code, hit.title) for hit in hits]


def _by_code(icd: Icd10cm, asked: str, limit: int) -> list[Found]:
    """The codes at, below or beginning with what was typed."""
    plain = asked.replace(".", "")
    if asked in icd:
        node = icd.dotted(asked)
        leaves = icd.leaves(node)
        own = [] if leaves[:1] == (node,) else [Found("icd10cm", node, icd.title(node), False)]
        return own + [Found("icd10cm", each, icd.title(each)) for each in leaves[: limit * 3]]
    numbers = _sorted_codes(icd.release.name, icd)
    at = bisect_left(numbers, plain)
    found: list[Found] = []
    while at < len(numbers) and numbers[at].startswith(plain) and len(found) < limit:
        code = icd.dotted(numbers[at])
        found.append(Found("icd10cm", code, icd.title(code), icd.is_billable(code)))
        at += 1
    return found


@lru_cache(maxsize=4)
def _sorted_codes(_release: str, icd: Icd10cm) -> Sequence[str]:
    return sorted(code.replace(".", "") for code in icd.codes() if "-" not in code and not code.isdigit())


def title_of(system: str, code: str, *, on: date) -> str:
    """The title of a code, "" where its set is not installed or has no such code."""
    with suppress(NosologyError):
        if system == "icd10cm":
            return open_icd10cm(on=on).title(code)
        return str(describe_code(code, on=on, system=system)["title"])
    return ""


def siblings_of(code: str, *, on: date, most: int = 40) -> list[Found]:
    """The billable neighbours of a diagnosis in the Tabular List: under the same parent, and right above or below."""
    try:
        icd = open_icd10cm(on=on)
        own = icd.dotted(code)
    except (UnknownCode, ReleaseNotFound):
        return []
    found: list[str] = []
    above = icd.parent(own)
    while above is not None and len(found) < 2 and icd.kind(above) not in ("block", "chapter"):
        found = [each for each in icd.leaves(above) if each != own]
        above = icd.parent(above)
    near = sorted(range(len(found)), key=lambda n: -_shared(found[n], own))[:most]
    return [Found("icd10cm", found[n], icd.title(found[n])) for n in sorted(near)]


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def mark_known(found: Sequence[Found], *, chart: set[tuple[str, str]], kept: set[tuple[str, str]]) -> list[Found]:
    """The same, saying which stand on the chart and which somebody keeps."""
    return [
        replace(each, on_chart=(each.system, each.code) in chart, kept=(each.system, each.code) in kept)
        for each in found
    ]


def installed_systems(setting: str) -> list[tuple[str, str]]:
    """The code sets of a setting that can be searched here, with their names."""
    return [(each, SYSTEMS[each]) for each in systems_for(setting) if each == "icd10cm" or list_releases(each)]


def warm_engines(on: date) -> None:
    """Load the search beside what is going on, once per process."""
    if _started.is_set():
        return
    _started.set()

    def load() -> None:
        with suppress(NosologyError):
            pipeline.search("hypertension", limit=1, on=on)
            open_icd10cm(on=on)

    threading.Thread(target=load, name="warm-engines", daemon=True).start()


def cited_rules(text: str) -> list[Rule]:
    """The rules that cite what a step names as its source."""
    return [rule for rule in load_rules() if rule.citation == text][:3]
