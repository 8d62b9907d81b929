"""The external code lists that guides name: whether a code is in one on a day, as far as the list is at hand.

A judge takes the code, its qualifier and the day, and answers with a :class:`Verdict`: None if the code is right. Where
a list is not installed, the form of the code is judged and the verdict says that no more was known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from nosology.codes.cpt import find_cpt
from nosology.codes.hcpcs import find_hcpcs
from nosology.codes.icd10cm import open_icd10cm
from nosology.codes.icd10pcs import open_icd10pcs
from nosology.codes.ndc import find_ndc_directory, read_ndc
from nosology.codes.npi import npi_is_valid
from nosology.codes.prepared import prepare, read_yaml
from nosology.codes.revenue import find_revenue_code, is_revenue_category
from nosology.codes.titled_list import open_titled_list
from nosology.codes.wording import read_words
from nosology.errors import NosologyError, ReleaseNotFound
from nosology.model.finding import Severity

__all__ = ["Verdict", "judge", "listed", "short_lists"]

_FILE = Path(__file__).parents[1] / "rules" / "x12" / "lists" / "short.yaml"
_ICD9_ENDED = date(2015, 10, 1)
_MILK_TEETH = "ABCDEFGHIJKLMNOPQRST"
_TEETH = frozenset((
    *map(str, (*range(1, 33), *range(51, 83))), *_MILK_TEETH, *(f"{tooth}S" for tooth in _MILK_TEETH)
))  # fmt: skip


class Verdict(NamedTuple):
    """What is wrong with a code; ``unknown`` names the list that was not at hand (then only information)."""

    message: str
    severity: Severity = Severity.ERROR
    error: str = "7"
    unknown: bool = False


@cache
def short_lists() -> Mapping[str, frozenset[str]]:
    """The short public lists of the package, by name."""
    raw = prepare("x12-lists", [_FILE, Path(__file__)], lambda: read_yaml(_FILE.read_text(encoding="utf-8")))
    return {name: frozenset(str(code) for code in codes) for name, codes in raw["lists"].items()}


def _not_at_hand(name: str) -> Verdict:
    return Verdict(
        f"{name} is not at hand for that day; only the form of its codes was checked", Severity.INFORMATION, "", True
    )


def _diagnosis(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind == "TQ":
        return None
    if not kind.startswith("A"):
        return (
            Verdict("ICD-9-CM is named for a day on which ICD-10-CM is in force")
            if not day or day >= _ICD9_ENDED
            else None
        )
    if "." in code:
        return Verdict("a diagnosis code is sent without its dot", error="6")
    try:
        icd = open_icd10cm(on=day)
    except ReleaseNotFound:
        return _not_at_hand("ICD-10-CM")
    if code not in icd:
        return Verdict("the code is not in ICD-10-CM on that day")
    return None if icd.is_billable(code) else Verdict("the diagnosis code is not complete: more characters follow")


def _procedure(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("BBR", "BBQ"):
        return None
    if len(code) != 7 or not code.isalnum():
        return Verdict("an ICD-10-PCS code has seven characters")
    try:
        pcs = open_icd10pcs(on=day)
    except ReleaseNotFound:
        return _not_at_hand("ICD-10-PCS")
    return None if pcs.is_billable(code) else Verdict("the code is not in ICD-10-PCS on that day")


def _service(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("HC", "HP", "BP", "BO", ""):
        return None
    if len(code) != 5 or not code.isalnum():
        return Verdict("a service code has five characters")
    if kind == "HP":
        return _not_at_hand("the list of HIPPS codes")
    if code[0].isdigit():
        if not (code[:4].isdigit() and (code[4].isdigit() or code[4] in "FTUM")):
            return Verdict("a CPT code has five digits, or four and F, T, U or M")
        cpt = find_cpt(on=day)
        if cpt is None:
            return _not_at_hand("CPT")
        return None if code in cpt else Verdict("the code is not in CPT on that day")
    if not code[1:].isdigit():
        return Verdict("a HCPCS code has a letter and four digits")
    hcpcs = find_hcpcs(on=day)
    if hcpcs is None:
        return _not_at_hand("HCPCS Level II")
    if code not in hcpcs:
        return Verdict("the code is not in HCPCS Level II on that day")
    return None if day is None or hcpcs.in_force(code, day) else Verdict("the HCPCS code is not in force on that day")


def _dental(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("AD", ""):
        return None
    return _not_at_hand("CDT") if len(code) == 5 and code[0] == "D" and code[1:].isdigit() \
        else Verdict("a dental code is D with four digits")  # fmt: skip


def _revenue(code: str, kind: str, day: date | None) -> Verdict | None:
    if len(code) != 4 or not code.isdigit() or code < "0022":
        return Verdict("a revenue code has four digits from 0022 on")
    if find_revenue_code(code) is not None:
        return None
    severity = Severity.WARNING if is_revenue_category(code) else Severity.ERROR
    return Verdict("there is no such revenue code in our list", severity)


def _taxonomy(code: str, kind: str, day: date | None) -> Verdict | None:
    if len(code) != 10 or not code.isalnum() or code[9] != "X":
        return Verdict("a taxonomy code has nine characters and X")
    try:
        return (
            None
            if code in open_titled_list("taxonomy", on=day)
            else Verdict("the code is not in the provider taxonomy")
        )
    except ReleaseNotFound:
        return _not_at_hand("the provider taxonomy")


def _place(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("B", ""):
        return None
    return None if code in short_lists()["pos"] else Verdict("there is no such place of service")


def _drug(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("N4", ""):
        return None
    if len(code) != 11 or not code.isdigit():
        return Verdict("an NDC has eleven digits on a claim, without hyphens", error="I12")
    directory = find_ndc_directory(on=day)
    if directory is None:
        return _not_at_hand("the NDC directory")
    found = read_ndc(code).ndc
    return (
        None
        if found is not None and directory.get(found)
        else Verdict("the NDC is not in FDA's directory", Severity.WARNING)
    )


def _npi(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("XX", ""):
        return None
    return (
        None
        if npi_is_valid(code)
        else Verdict("the number cannot be an NPI: its check digit or form is wrong", error="I12")
    )


def _zip(code: str, kind: str, day: date | None) -> Verdict | None:
    if kind not in ("", "US"):
        return None
    if code.isdigit() and len(code) in (5, 9) and code[:5] != "00000":
        return None
    return Verdict("a ZIP code has five or nine digits, without hyphen", error="I12")


def _state(code: str, kind: str, day: date | None) -> Verdict | None:
    lists = short_lists()
    if kind not in ("", "US", "CA"):
        return None
    known = code in lists["state"] or (kind != "US" and code in lists["province"])
    return None if known else Verdict("there is no such state")


def _words(name: str, said: str) -> Callable[[str, str, date | None], Verdict | None]:
    def reason(code: str, kind: str, day: date | None) -> Verdict | None:
        try:
            table = read_words(name)
        except NosologyError:
            return _not_at_hand(f"the list of {said} codes")
        found = table.get(code)
        if found is None:
            return Verdict(f"there is no {said} code of that kind in our table", Severity.WARNING)
        if day is not None and not found.in_force(day):
            return Verdict(f"the {said} code is not in force on that day", Severity.WARNING)
        return None

    return reason


def _two_characters(said: str) -> Callable[[str, str, date | None], Verdict | None]:
    def form(code: str, kind: str, day: date | None) -> Verdict | None:
        if len(code) != 2 or not code.isalnum():
            return Verdict(f"a {said} has two characters")
        return _not_at_hand(f"the list of {said}s")

    return form


def _short(name: str, said: str) -> Callable[[str, str, date | None], Verdict | None]:
    def member(code: str, kind: str, day: date | None) -> Verdict | None:
        return None if code in short_lists()[name] else Verdict(f"there is no such {said}")

    return member


def _tooth(code: str, kind: str, day: date | None) -> Verdict | None:
    return None if code in _TEETH else Verdict("there is no such tooth in the universal system")


_JUDGES: dict[str, Callable[[str, str, date | None], Verdict | None]] = {
    "icd10cm": _diagnosis,
    "icd10pcs": _procedure,
    "hcpcs_cpt": _service,
    "cdt": _dental,
    "revenue": _revenue,
    "taxonomy": _taxonomy,
    "pos": _place,
    "ndc": _drug,
    "npi": _npi,
    "zip": _zip,
    "state": _state,
    "country": _short("country", "country"),
    "carc": _words("carc", "adjustment reason"),
    "rarc": _words("rarc", "remark"),
    "type_of_bill": _short("type_of_bill", "type of bill"),
    "admission_type": _short("admission_type", "type of admission"),
    "admission_source": _short("admission_source", "point of origin"),
    "patient_status": _short("patient_status", "patient status"),
    "condition_code": _two_characters("condition code"),
    "occurrence_code": _two_characters("occurrence code"),
    "occurrence_span": _two_characters("occurrence span code"),
    "value_code": _two_characters("value code"),
    "tooth": _tooth,
}


def listed(name: str) -> bool:
    """True if there is a judge for a list of that name."""
    return name in _JUDGES


def judge(name: str, code: str, kind: str = "", day: date | None = None) -> Verdict | None:
    """Return what is wrong with a code of a list on a day, None if nothing is.

    ``kind`` is the qualifier that stands with the code (HC, ABK, XX), or for states and ZIP codes the country.
    """
    return _JUDGES[name](code, kind, day)
