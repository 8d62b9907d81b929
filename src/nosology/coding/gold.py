"""The gold file: notes with the codes that a certified coder gave them. Pure functions over JSON objects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from nosology.errors import UnreadableInput
from nosology.model.encounter import Setting
from nosology.model.note import Span

__all__ = ["GoldCode", "GoldNote", "locate_quote", "read_gold"]

_KINDS = {str: "text", list: "list"}


@dataclass(frozen=True, slots=True)
class GoldCode:
    """One entry of the gold: the code, the codes that count as well, and the words of the note that carry it.

    ``poa`` is the present-on-admission indicator (Y N U W, 1 for exempt), None where the gold says nothing of it.
    ``system`` is the code set, "icd10cm" where the entry names none.
    """

    code: str
    accept: tuple[str, ...] = ()
    quote: str = ""
    poa: str | None = None
    system: str = "icd10cm"


@dataclass(frozen=True, slots=True)
class GoldNote:
    """One record of a gold file. ``setting`` is as the record names it; "case-report" is coded by outpatient rules.

    ``superseded`` are codes that the coder gave and that the release no longer has ("not_billable_gold"). ``systems``
    are the code sets that the record names, in its field "systems" or with its codes; no other is measured.
    """

    id: str
    text: str
    setting: str
    required: tuple[GoldCode, ...]
    optional: tuple[GoldCode, ...] = ()
    first_listed: tuple[str, ...] = ()
    scope: str = "reportable"
    sex: str | None = None
    age: int | None = None
    superseded: tuple[str, ...] = ()
    systems: frozenset[str] = frozenset(("icd10cm",))

    @property
    def rules(self) -> Setting:
        """The setting whose rules apply."""
        return Setting.OUTPATIENT if self.setting == "case-report" else Setting(self.setting)


def read_gold(record: Mapping[str, Any], *, where: str, scope: str | None = None) -> GoldNote:
    """The gold note that a JSON object describes; ``scope`` overrules the record's own.

    Raises :class:`~nosology.errors.UnreadableInput`, naming ``where``, if a field is missing or of the wrong kind.
    """
    if not isinstance(record, Mapping):
        raise UnreadableInput(f"{where}: not a JSON object")
    for field, kind in (("id", str), ("text", str), ("required", list)):
        if not isinstance(record.get(field), kind):
            raise UnreadableInput(f'{where}: the field "{field}" is missing or is no {_KINDS[kind]}')
    setting = record.get("setting") or "outpatient"
    if setting != "case-report" and setting not in set(Setting):
        raise UnreadableInput(f'{where}: the field "setting" must be one of {", ".join(Setting)} or case-report')
    default = "all" if setting == "case-report" else "reportable"
    chosen = scope or record.get("scope") or default
    if chosen not in {"reportable", "all"}:
        raise UnreadableInput(f'{where}: the field "scope" must be reportable or all')
    first = record.get("first_listed") or []
    if not isinstance(first, list):
        raise UnreadableInput(f'{where}: the field "first_listed" is no list')
    sex = str(record.get("sex") or "").upper()[:1]
    required = _unique(_gold_code(entry, where) for entry in record["required"])
    optional = _unique(_gold_code(entry, where) for entry in record.get("optional") or [])
    named = record.get("systems") or []
    if not isinstance(named, list):
        raise UnreadableInput(f'{where}: the field "systems" is no list')
    return GoldNote(
        id=record["id"],
        text=record["text"],
        setting=setting,
        required=required,
        optional=optional,
        first_listed=tuple(map(str, first)),
        scope=chosen,
        sex=sex if sex in {"F", "M"} else None,
        age=_age(record.get("age"), where),
        superseded=_superseded(record.get("not_billable_gold") or [], where),
        systems=frozenset(map(str, named)) | {entry.system for entry in (*required, *optional)}
        or frozenset(("icd10cm",)),
    )


def locate_quote(text: str, quote: str) -> tuple[Span, ...]:
    """Every place where the quote stands in the text; white space and letter case may differ. Empty if nowhere."""
    words = quote.split()
    if not words:
        return ()
    found = re.finditer(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)
    return tuple(Span(*match.span()) for match in found)


def _gold_code(entry: object, where: str) -> GoldCode:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("code"), str) or not entry["code"]:
        raise UnreadableInput(f'{where}: an entry of "required" or "optional" has no code')
    accept = entry.get("accept") or ()
    if not isinstance(accept, list | tuple):
        raise UnreadableInput(f'{where}: "accept" of {entry["code"]} is no list')
    poa = str(entry.get("poa") or "").upper()
    system = str(entry.get("system") or "icd10cm")
    return GoldCode(entry["code"], tuple(map(str, accept)), str(entry.get("quote") or ""), poa or None, system)


def _unique(entries: Iterable[GoldCode]) -> tuple[GoldCode, ...]:
    return tuple({entry.code: entry for entry in entries}.values())


def _superseded(value: object, where: str) -> tuple[str, ...]:
    entries = value if isinstance(value, list) else [None]
    codes = [entry.get("code") if isinstance(entry, Mapping) else entry for entry in entries]
    if not all(isinstance(code, str) for code in codes):
        raise UnreadableInput(f'{where}: the field "not_billable_gold" is no list of codes')
    return tuple(map(str, codes))


def _age(value: object, where: str) -> int | None:
    if value is None or value == "":
        return None
    try:
        age = int(float(str(value)))
    except (ValueError, OverflowError):
        raise UnreadableInput(f'{where}: the field "age" is no number of years') from None
    return age if 0 <= age <= 130 else None
