"""What is known of one code: its place in the list, its notes, its neighbours, and what it maps to."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.errors import NosologyError, ReleaseNotFound, UnknownCode

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm
    from nosology.codes.release_file import Progress

__all__ = ["describe_code", "maps_of"]


def describe_code(
    code: str, *, on: date, system: str = "", home: Path | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """Everything that ``lookup`` shows, as it stands in its JSON; ``system`` "" asks ICD-10-CM first, then the others.

    Raises:
        UnknownCode: no code set that was asked has the code in the release of that date.
        ReleaseNotFound: the code set is not installed.
        UsageError: there is no such code set.
    """
    from nosology.codes.describe_books import describe_in_books, not_installed, what_is_wrong
    from nosology.codes.icd10cm import open_icd10cm

    if system not in ("", "icd10cm"):
        described = describe_in_books(code, on=on, system=system, home=home, progress=progress)
        assert described is not None
        return described
    try:
        icd10cm = open_icd10cm(on=on, home=home, progress=progress)
    except ReleaseNotFound:
        described = None if system else describe_in_books(code, on=on, home=home, progress=progress)
        if described is None:
            raise
        return described
    if not system and code not in icd10cm:
        described = describe_in_books(code, on=on, home=home, progress=progress)
        if described is not None:
            return described
    try:
        node = icd10cm.get(code)
    except UnknownCode as error:
        from nosology.codes.conversion import name_successors

        hint = not_installed(code, home=home) or name_successors(code, on, home=home)
        wrong = "" if system else what_is_wrong(code, on=on, home=home)
        raise UnknownCode(wrong or f"{error}{hint}") from None
    release = icd10cm.release

    def named(each: str) -> dict[str, Any]:
        return {"code": each, "title": icd10cm.title(each), "billable": icd10cm.is_billable(each)}

    return {
        "system": "icd10cm",
        "code": node.code,
        "title": node.title,
        "kind": node.kind,
        "billable": node.billable,
        "release": release.name,
        "effective_to": release.effective_to.isoformat() if release.effective_to else None,
        "outdated": release.outdated(on),
        "path": [named(each) for each in reversed(icd10cm.ancestors(node.code))],
        "children": [named(each) for each in node.children],
        "siblings": [named(each) for each in icd10cm.siblings(node.code)],
        "notes": [
            {"kind": note.kind, "text": note.text, "at": note.origin} for note in icd10cm.inherited_notes(node.code)
        ],
        "seventh_character": node.seventh_character,
        "seventh_character_note": node.seventh_character_note,
        "maps": maps_of(icd10cm, node.code, on=on, home=home, progress=progress) if node.billable else {},
    }


def maps_of(
    icd10cm: Icd10cm, code: str, *, on: date, home: Path | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """What a billable code maps to: HCC, MS-DRG severity and MDC, CCSR, ICD-9-CM, POA-exempt (None: list not
    installed).

    What is not at hand is left out, never guessed; a damaged or missing mapping does not keep the code from being
    shown.
    """
    from nosology.codes.ccsr import open_ccsr
    from nosology.codes.gems import open_gems
    from nosology.codes.hcc_map import PAYMENT_YEAR, find_hccs
    from nosology.codes.poa_exempt import open_poa_exempt

    maps: dict[str, Any] = {}
    with suppress(NosologyError):
        maps["hcc"] = {
            "payment_year": PAYMENT_YEAR,
            "categories": [{"model": each.model, "hcc": each.hcc, "label": each.label} for each in find_hccs(code)],
        }
    with suppress(NosologyError):
        grouped = _grouper_facts(code, on)
        if grouped:
            maps["ms_drg"] = grouped
    with suppress(NosologyError):
        maps["ccsr"] = [
            {"category": each.category, "title": each.title, "body_system": each.body_system}
            for each in open_ccsr(home=home, progress=progress).categories(code)
        ]
    with suppress(NosologyError):
        maps["icd9"] = [
            {"code": each.target, "title": each.title, "approximate": each.approximate, "combination": each.combination}
            for each in open_gems(home=home, progress=progress).to_icd9(code)
            if each.target
        ]
    with suppress(NosologyError):
        exempt = open_poa_exempt(on=on, home=home)
        maps["poa_exempt"] = None if exempt is None else code in exempt
    return maps


def _grouper_facts(code: str, on: date) -> dict[str, Any] | None:
    """CC or MCC and the major diagnostic category in the MS-DRG version of the date."""
    from nosology.grouping.msdrg_tables import open_tables
    from nosology.grouping.msdrg_versions import find_version

    version = find_version(on)
    tables = open_tables()
    found = tables.diagnosis(code.replace(".", ""), version.number)
    if found is None:
        return None
    return {
        "version": version.name,
        "severity": {"NCC": "neither"}.get(found.severity, found.severity),
        "mdc": f"{found.mdc:02d}" if found.mdc else None,
        "mdc_title": tables.title("mdc", found.mdc, version.number) if found.mdc else "",
    }
