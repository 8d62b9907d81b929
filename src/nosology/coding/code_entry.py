"""What a coder may enter: is it a code of the release in force, and do POA, modifiers and units fit it?

Everything that is wrong is a UsageError in one line that says what would be right. Where a code set is not installed
the form of the code alone is checked; the edits of the encounter say that it was not checked against the set.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.codes.cpt import CPT_FORM, find_cpt
from nosology.codes.hcpcs import find_hcpcs
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.poa_exempt import open_poa_exempt
from nosology.coding.modifiers import modifier_rules
from nosology.errors import UnknownCode, UsageError
from nosology.model.encounter import Setting

__all__ = ["SYSTEMS", "CodeEntry", "enter_code", "enter_modifiers", "enter_poa", "enter_units"]

SYSTEMS = ("icd10cm", "icd10pcs", "cpt", "hcpcs")
_POA = ("Y", "N", "U", "W")
_MOST_MODIFIERS, _MOST_UNITS = 4, 9999
_HCPCS = re.compile(r"[A-V][0-9]{4}")


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code as it is written, with its title ("" where its set is not installed)."""

    system: str
    code: str
    title: str


def enter_code(system: str, code: str, *, setting: str | Setting, on: date, home: Path | None = None) -> CodeEntry:
    """The code that somebody typed, if it may stand on such an encounter on that date of service.

    Raises:
        UnknownCode: it stands in no release in force on the date.
        UsageError: it is a heading, of a set that the setting does not use, or of no set.
        ReleaseNotFound: no release of ICD-10-CM or ICD-10-PCS is in force on the date.

    >>> from datetime import date
    >>> enter_code("icd10cm", "e119", setting="outpatient", on=date(2026, 5, 4)).code
    'E11.9'
    """
    plain = "".join(code.split()).upper()
    if system not in SYSTEMS:
        raise UsageError(f"the code set must be one of {', '.join(SYSTEMS)}")
    if not plain.isascii() or not plain.replace(".", "").isalnum() or len(plain) > 8:
        raise UnknownCode("that is not the form of a code")
    stay = Setting(setting) is Setting.INPATIENT
    if system == "icd10cm":
        return _diagnosis(plain, on, home)
    if stay != (system == "icd10pcs"):
        used = "ICD-10-PCS" if stay else "CPT and HCPCS"
        raise UsageError(f"procedures of {'a stay' if stay else 'this setting'} are coded with {used}")
    if system == "icd10pcs":
        pcs = open_icd10pcs(on=on, home=home)
        if not pcs.is_billable(plain):
            raise UnknownCode(f"{plain} stands in no ICD-10-PCS release in force on {on}")
        return CodeEntry(system, plain, pcs.title(plain))
    return _service(system, plain, on, home)


def _diagnosis(plain: str, on: date, home: Path | None) -> CodeEntry:
    icd = open_icd10cm(on=on, home=home)
    if plain not in icd:
        raise UnknownCode(f"{plain} stands in no ICD-10-CM release in force on {on}")
    code = icd.dotted(plain)
    if not icd.is_billable(code):
        raise UsageError(f"{code} is a heading and cannot be reported: choose a code below it")
    return CodeEntry("icd10cm", code, icd.title(code))


def _service(system: str, plain: str, on: date, home: Path | None) -> CodeEntry:
    if CPT_FORM.fullmatch(plain):
        book = find_cpt(on=on, home=home)
        if book is None:
            return CodeEntry("cpt", plain, "")
        if plain not in book:
            raise UnknownCode(f"{plain} stands in no CPT release in force on {on}")
        return CodeEntry("cpt", plain, book.get(plain).title)
    if not _HCPCS.fullmatch(plain):
        raise UnknownCode(f"that is not the form of a {'CPT' if system == 'cpt' else 'HCPCS'} code")
    hcpcs = find_hcpcs(on=on, home=home)
    if hcpcs is None:
        return CodeEntry("hcpcs", plain, "")
    if plain not in hcpcs or not hcpcs.in_force(plain, on):
        raise UnknownCode(f"{plain} stands in no HCPCS release in force on {on}")
    return CodeEntry("hcpcs", plain, hcpcs.get(plain).title)


def enter_poa(value: str, *, system: str, code: str, setting: str | Setting, on: date, home: Path | None = None) -> str:
    """The present-on-admission indicator of a diagnosis of a stay: Y N U W; "" or 1 for an exempt code.

    Raises:
        UsageError: it does not fit. Source: Official Guidelines, Appendix I.
    """
    given = value.strip().upper()
    if given == "":
        return given
    if system != "icd10cm" or Setting(setting) is not Setting.INPATIENT:
        raise UsageError("present on admission is told of the diagnoses of a stay alone")
    exempt = open_poa_exempt(on=on, home=home)
    if given == "1" and (exempt is None or code in exempt):
        return given
    if given not in _POA:
        raise UsageError("present on admission is Y (yes), N (no), U (not documented) or W (cannot be determined)")
    if exempt is not None and code in exempt:
        raise UsageError(f"{code} is exempt from present-on-admission reporting: leave it blank")
    return given


def enter_modifiers(value: str, *, system: str, on: date, home: Path | None = None) -> list[str]:
    """The modifiers of a service, in the order in which they were typed, apart by blanks or commas.

    Raises:
        UsageError: the code takes none, or one is unknown, stands twice, or is one too many.
    """
    given = value.replace(",", " ").upper().split()
    if not given:
        return []
    if system not in ("cpt", "hcpcs"):
        raise UsageError("modifiers belong to CPT and HCPCS codes")
    if len(given) > _MOST_MODIFIERS:
        raise UsageError(f"a line has at most {_MOST_MODIFIERS} modifiers")
    hcpcs, cpt = find_hcpcs(on=on, home=home), find_cpt(on=on, home=home)
    known = {name for name, each in modifier_rules().items() if each.in_force(on)}
    known |= {each.code for each in hcpcs.modifiers() if each.in_force(on)} if hcpcs is not None else set()
    known |= set(cpt.modifiers()) if cpt is not None else set()
    for name in given:
        if name not in known:
            raise UsageError(f"{name[:4]} is no modifier in force on {on}")
        if given.count(name) > 1:
            raise UsageError(f"the modifier {name} stands twice")
    return given


def enter_units(value: str, *, system: str) -> int | None:
    """The units of a service; None where nothing is typed.

    Raises:
        UsageError: no whole number from 1 to 9999, or the code has no units.
    """
    given = value.strip()
    if not given:
        return None
    if system not in ("cpt", "hcpcs"):
        raise UsageError("units belong to CPT and HCPCS codes")
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= _MOST_UNITS):
        raise UsageError(f"units are a whole number from 1 to {_MOST_UNITS}")
    return int(given)
