"""A population in columns, and the parts of the HCC arithmetic that work on whole columns: codes and demographics.

Codes become numbers by a hash table over the tables of the model; beneficiaries that the model cannot tell apart (same
age group, sex, entitlement …) become one *profile*, which the engine for one person scores once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nosology.errors import UsageError
from nosology.grouping.hcc import add_up
from nosology.grouping.hcc_demographics import Beneficiary
from nosology.grouping.hcc_tables import HccTables
from nosology.model.encounter import HccProfile

__all__ = ["CodeNumbers", "Population", "Profiles", "number_profiles"]

_AGES = (34, 44, 54, 59, 63, 64, 65, 66, 67, 68, 69, 74, 79, 84, 89, 94)
"""The last year of each age group that a model tells apart; every older one is the group of 95 and more."""
_SHOWN_AGES = (*_AGES, 95)
_DUAL = ("NA", "02", "01")  # none, full, partial
_OREC = ("0", "1", "2", "9")
_CREC = ("0", "2")
_GRAFT: tuple[int | None, ...] = (None, 0, 1, 2, 3, 4, 10)
_BLOCK = 1 << 15  # codes worked off at a time, so that they stay in the cache of the processor


@dataclass(frozen=True, slots=True)
class Population:
    """Beneficiaries in columns of one length, and their diagnoses as pairs of position and code.

    ``age`` in completed years on 1 February of the payment year; ``sex`` "F" or "M"; ``dual_status``, ``orec`` and
    ``crec`` as CMS writes them; ``graft_months`` since a kidney transplant, -1 for none. ``person`` is the position
    (from 0) of the beneficiary that each ``code`` belongs to, in any order, repeated as often as the claims do. A
    column may be any sequence or array; one value stands for all.
    """

    age: Any
    sex: Any
    person: Any
    code: Any
    dual_status: Any = "NA"
    orec: Any = "0"
    crec: Any = "0"
    new_enrollee: Any = False
    snp: Any = False
    long_term_institutional: Any = False
    low_income: Any = False
    graft_months: Any = -1


@dataclass(frozen=True, slots=True)
class Profiles:
    """What the model can tell beneficiaries apart by; ``number`` is the profile of each.

    ``demographic`` in thousandths, ``segment`` the number of its segment in ``segments``; ``by_month`` is true where
    the amount of the month is all there is (transplant), so that diagnoses do not count.
    """

    number: NDArray[np.int32]
    demographic: NDArray[np.int64]
    segment: NDArray[np.int64]
    by_month: NDArray[np.bool_]
    disabled: NDArray[np.bool_]
    aged: NDArray[np.bool_]
    segments: tuple[str, ...]


def number_profiles(people: Population, tables: HccTables) -> tuple[Profiles, NDArray[np.int64], NDArray[np.bool_]]:
    """The profiles of a population, with its ages, and true where the sex is female.

    Raises:
        UsageError: columns of different lengths; an age below 0; a sex other than F and M.
    """
    age = np.atleast_1d(np.asarray(people.age, dtype=np.int64))
    count = len(age)
    sex = _texts(people.sex, "sex", count)
    female, male = _one_of(sex, "F", "f"), _one_of(sex, "M", "m")
    _refuse(~(female | male), "sex must be F or M for an HCC score")
    _refuse(age < 0, "age must be given for an HCC score")
    dual = _texts(people.dual_status, "dual_status", count)
    orec = _texts(people.orec, "orec", count)
    crec = _texts(people.crec, "crec", count)
    months = _numbers(people.graft_months, "graft_months", count)
    one, two, three = (_one_of(orec, each) for each in "123")
    parts: list[tuple[NDArray[Any], int]] = [
        (np.searchsorted(np.array(_AGES), age), len(_SHOWN_AGES)),
        (female, 2),
        (_one_of(dual, "02", "04", "08") + 2 * _one_of(dual, "01", "03", "05", "06"), len(_DUAL)),
        (1 * one + 2 * (two | three) + 3 * ~(one | two | three | _one_of(orec, "0")), len(_OREC)),
        (_one_of(crec, "2", "3"), len(_CREC)),
        (np.where(months < 0, 0, 1 + np.searchsorted(np.array([0, 1, 2, 3, 9]), months)), len(_GRAFT)),
    ]
    for name in ("new_enrollee", "snp", "long_term_institutional", "low_income"):
        parts.append((_column(getattr(people, name), name, count).astype(bool), 2))
    key = np.zeros(count, dtype=np.int32)
    for values, size in parts:
        key = key * np.int32(size) + values.astype(np.int32)
    used = np.zeros(int(np.prod([size for _values, size in parts])), dtype=bool)
    used[key] = True
    keys = np.flatnonzero(used)
    place = np.zeros(len(used), dtype=np.int32)
    place[keys] = np.arange(len(keys), dtype=np.int32)
    found = [_beneficiary(int(each), [size for _values, size in parts], tables.model) for each in keys]
    names = {name: number for number, name in enumerate(dict.fromkeys(who.segment() for who in found))}
    amounts = [round(add_up(who, [], tables, [], "")[1] * 1000) for who in found]
    profiles = Profiles(
        number=place[key],
        demographic=np.array(amounts, dtype=np.int64),
        segment=np.array([names[who.segment()] for who in found], dtype=np.int64),
        by_month=np.array([who.segment().startswith("TRANSPLANT") for who in found], dtype=bool),
        disabled=np.array([who.disabled for who in found], dtype=bool),
        aged=np.array([who.aged for who in found], dtype=bool),
        segments=tuple(names),
    )
    return profiles, age, female


def _beneficiary(key: int, sizes: Sequence[int], model: str) -> Beneficiary:
    """A beneficiary that stands for all of a profile."""
    digits = []
    for size in reversed(sizes):
        key, digit = divmod(key, size)
        digits.append(digit)
    age, female, dual, orec, crec, graft, new, snp, institutional, income = reversed(digits)
    profile = HccProfile(
        dual_status=_DUAL[dual],
        orec=_OREC[orec],
        crec=_CREC[crec],
        new_enrollee=bool(new),
        snp=bool(snp),
        long_term_institutional=bool(institutional),
        low_income=bool(income),
        graft_months=_GRAFT[graft],
    )
    return Beneficiary(model, _SHOWN_AGES[age], "F" if female else "M", profile)


def _column(values: Any, name: str, count: int) -> NDArray[Any]:
    found = np.asarray(values)
    if found.ndim == 0:
        return np.broadcast_to(found, (count,))
    if found.shape != (count,):
        raise UsageError(f"population: {name} has {len(found)} values and age has {count}")
    return found


def _numbers(values: Any, name: str, count: int) -> NDArray[np.int64]:
    return _column(values, name, count).astype(np.int64)


def _texts(values: Any, name: str, count: int) -> NDArray[Any]:
    found = _column(values, name, count)
    if found.dtype.kind not in "SU":
        raise UsageError(f"population: {name} must be text")
    return found


def _one_of(texts: NDArray[Any], *wanted: str) -> NDArray[np.bool_]:
    """Where a text is one of those wanted; short texts are compared as one number each, which is far quicker."""
    width = texts.dtype.itemsize
    values: list[Any] = [each.encode() if texts.dtype.kind == "S" else each for each in wanted]
    if width in (1, 2, 4, 8) and texts.flags.c_contiguous:
        kind = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}[width]
        numbers: NDArray[Any] = texts.view(kind)
        fitting = [each for each in values if len(each) * (1 if texts.dtype.kind == "S" else 4) <= width]
        values = [np.array([each], dtype=texts.dtype).view(kind)[0] for each in fitting]
        texts = numbers
    found = np.zeros(len(texts), dtype=bool)
    for each in values:
        found |= texts == each
    return found


def _refuse(wrong: NDArray[np.bool_], why: str) -> None:
    if wrong.any():
        raise UsageError(f"beneficiary {int(wrong.argmax())} of the population: {why}")


@dataclass(slots=True)
class CodeNumbers:
    """Numbers of the codes of a model: :meth:`find` gives each code its place in ``codes``, -1 where it has none."""

    codes: tuple[str, ...]
    _keys: NDArray[np.uint64] = field(init=False)
    _places: NDArray[np.int32] = field(init=False)

    _BITS = 17

    def __post_init__(self) -> None:
        short = np.array(self.codes, dtype="S8").view(np.uint64)
        self._keys = np.zeros(1 << self._BITS, dtype=np.uint64)
        self._places = np.full(1 << self._BITS, -1, dtype=np.int32)
        for place, (key, slot) in enumerate(zip(short.tolist(), self._slots(short).tolist(), strict=True)):
            while self._places[slot] >= 0:
                slot = (slot + 1) % (1 << self._BITS)
            self._keys[slot], self._places[slot] = key, place

    def _slots(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        mixed = (keys ^ (keys >> np.uint64(29))) * np.uint64(0x9E3779B97F4A7C15)
        return (mixed >> np.uint64(64 - self._BITS)).astype(np.int64)

    def find(self, code: Any) -> NDArray[np.int32]:
        """The number of each code; point, case and white space around it do not matter."""
        codes = np.atleast_1d(np.asarray(code))
        if codes.dtype.kind == "O":
            codes = codes.astype("U")
        if codes.size and codes.dtype.kind not in "SU":
            raise UsageError("population: code must be text")
        found = np.empty(len(codes), dtype=np.int32)
        for start in range(0, len(codes), _BLOCK):
            found[start : start + _BLOCK] = self._find(_eight_bytes(codes[start : start + _BLOCK]))
        return found

    def _find(self, keys: NDArray[np.uint64]) -> NDArray[np.int32]:
        slots = self._slots(keys)
        found = self._places[slots]
        open_ends = np.flatnonzero((self._keys[slots] != keys) & (found >= 0))
        while len(open_ends):  # another code has that slot: look in the next one
            slots[open_ends] = (slots[open_ends] + 1) % (1 << self._BITS)
            found[open_ends] = self._places[slots[open_ends]]
            wrong = (self._keys[slots[open_ends]] != keys[open_ends]) & (found[open_ends] >= 0)
            open_ends = open_ends[wrong]
        return found


def _eight_bytes(codes: NDArray[Any]) -> NDArray[np.uint64]:
    """Each code, without point and in upper case, as the number that its eight bytes make; 0 where it has more."""
    codes = np.ascontiguousarray(codes)
    letters: NDArray[np.uint8] = codes.view(np.uint8).reshape(len(codes), -1)
    if codes.dtype.kind == "U":
        wide: NDArray[np.uint32] = codes.view(np.uint32).reshape(len(codes), -1)
        letters = np.where(wide < 128, wide, 255).astype(np.uint8)
    eight = letters
    if letters.shape[1] != 8:
        eight = np.zeros((len(codes), 8), dtype=np.uint8)
        width = min(8, letters.shape[1])
        eight[:, :width] = letters[:, :width]
    keys: NDArray[np.uint64] = eight.view(np.uint64)[:, 0]
    odd = _is_odd(keys)
    if letters.shape[1] > 8:
        odd |= letters[:, 8:].any(axis=1)
    if odd.any():
        texts, inverse = np.unique(codes[odd], return_inverse=True)
        keys = keys.copy()
        keys[odd] = np.array([_plain_key(each) for each in texts.tolist()], dtype=np.uint64)[inverse]
    return keys


def _each_byte(value: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([value]) * 8))


_TOP, _SIX, _FIVE, _FOUR, _LOW = (_each_byte(value) for value in (0x80, 0x40, 0x20, 0x10, 0x1F))
_ONE = np.uint64(1)


def _is_odd(keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """True where a byte may be a small letter, a point, white space or not ASCII: all eight are looked at together."""
    letter = (keys & _SIX) >> _ONE
    five = keys & _FIVE
    control = ((keys & _LOW) + _LOW) & _FIVE & ~five & ~letter
    mark = five & ~letter & ~((keys & _FOUR) << _ONE)
    found: NDArray[np.bool_] = ((letter & five) | mark | control | (keys & _TOP)) != 0
    return found


def _plain_key(code: str | bytes) -> int:
    text = code.decode("utf-8", "replace") if isinstance(code, bytes) else code
    text = text.strip().upper().replace(".", "")
    if len(text) > 8 or not text.isascii():
        return 0
    return int(np.array([text], dtype="S8").view(np.uint64)[0])
