"""What ``lookup`` shows of a code that is none of ICD-10-CM: HCPCS Level II, ICD-10-PCS, CPT, NDC, ICD-9-CM,
revenue codes and lists of titles."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nosology.errors import ReleaseNotFound, UnknownCode, UsageError

if TYPE_CHECKING:
    from nosology.codes.release import Release
    from nosology.codes.release_file import Progress

__all__ = ["BOOKS", "describe_in_books", "not_installed", "what_is_wrong"]

_FORMS: Mapping[str, re.Pattern[str]] = {
    "icd10pcs": re.compile(r"[0-9A-HJ-NP-Z]{7}"),
    "hcpcs": re.compile(r"[A-V]\d{4}|[A-Z][A-Z0-9]|\d[A-Z]"),
    "cpt": re.compile(r"\d{4}[0-9AFMTU]"),
    "ndc": re.compile(r"(?:NDC |N4)?(?:\d{4,5}-\d{3,4}-\d{1,2}|\d{10,11})"),
    "taxonomy": re.compile(r"[0-9A-Z]{9}X"),
    "revenue": re.compile(r"\d{4}"),
    "icd9": re.compile(r"\d{3}(?:\.\d{1,2})?|V\d\d(?:\.\d{1,2})?|E\d{3}(?:\.\d)?"),
}


def _described(system: str, code: str, title: str, release: Release, on: date, **more: Any) -> dict[str, Any]:
    """The shape of :func:`nosology.grouping.describe.describe_code` with what every list has."""
    return {
        "system": system,
        "code": code,
        "title": title,
        "kind": "code",
        "billable": True,
        "release": release.name,
        "effective_to": release.effective_to.isoformat() if release.effective_to else None,
        "outdated": release.outdated(on),
        "path": [],
        "children": [],
        "siblings": [],
        "notes": [],
        "seventh_character": {},
        "seventh_character_note": "",
        "maps": {},
    } | more


def _describe_pcs(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.icd10pcs import open_icd10pcs

    icd10pcs = open_icd10pcs(on=on, home=home, progress=progress)
    if not icd10pcs.is_billable(code):
        return None
    maps: dict[str, Any] = {}
    with suppress(ReleaseNotFound):
        from nosology.codes.gems import open_procedure_gems

        maps["icd9"] = [
            {"code": each.target, "title": "", "approximate": each.approximate, "combination": each.combination}
            for each in open_procedure_gems(home=home).to_icd9(code)
            if each.target
        ]
    from nosology.codes.pcs_cpt import find_pcs_cpt

    if (crosswalk := find_pcs_cpt(on=on, home=home)) is not None and (paired := crosswalk.to_cpt(code)):
        maps["crosswalk"] = {"system": "cpt", "codes": list(paired)}
    return _described("icd10pcs", code, icd10pcs.title(code), icd10pcs.release, on, maps=maps)


def _describe_volume3(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.gems import open_procedure_gems
    from nosology.codes.icd10pcs import open_icd10pcs

    gems = open_procedure_gems(home=home, progress=progress)
    mapped = [each for each in gems.to_pcs(code) if each.target]
    if not mapped:
        return None
    icd10pcs = open_icd10pcs(on=on, home=home, progress=progress)
    targets = [
        {
            "code": each.target,
            "title": icd10pcs.title(each.target) if each.target in icd10pcs else "",
            "approximate": each.approximate,
            "combination": each.combination,
        }
        for each in mapped
    ]
    return _described(
        "icd9-procedures", mapped[0].source, "", gems.release, on, billable=False, maps={"icd10pcs": targets}
    )


def _describe_hcpcs(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.hcpcs import ATTRIBUTE_NAMES, MEANINGS, open_hcpcs

    hcpcs = open_hcpcs(on=on, home=home, progress=progress)
    if code not in hcpcs:
        return None
    found = hcpcs.get(code)
    attributes = [
        {"name": name, "value": value, "meaning": MEANINGS.get(key, {}).get(value, "")}
        for key, name in ATTRIBUTE_NAMES.items()
        if (value := found.attributes.get(key, "")) and not (key == "anesthesia_units" and value.strip("0") == "")
    ]
    return _described(
        "hcpcs",
        found.code,
        found.title,
        hcpcs.release,
        on,
        kind="modifier" if found.is_modifier else "code",
        billable=found.in_force(on),
        short=found.short,
        added=found.added.isoformat() if found.added else None,
        ended=found.ended.isoformat() if found.ended else None,
        attributes=[*attributes, *_fees(found.code, on, home)],
        siblings=[
            {"code": each.code, "title": each.title, "billable": each.in_force(on)}
            for each in hcpcs.neighbours(found.code)
        ],
    )


def _fees(code: str, on: date, home: Path | None) -> list[dict[str, str]]:
    """What the fee schedule says of a code, as attributes; none where it is not installed."""
    from nosology.codes.pfs import GLOBALS, INDICATORS, STATUSES, find_fee_schedule

    schedule = find_fee_schedule(on=on, home=home)
    row = schedule.find(code) if schedule is not None else None
    if row is None:
        return []
    rows = [
        ("status", row.status, STATUSES.get(row.status, "")),
        ("global period", row.global_days, GLOBALS.get(row.global_days, "")),
        ("relative values", f"{row.total_office} / {row.total_facility}", "outside / in a facility"),
        *(
            (name.replace("_", " "), getattr(row, name), INDICATORS[name].get(getattr(row, name), ""))
            for name in INDICATORS
        ),
    ]
    return [{"name": name, "value": value, "meaning": meaning} for name, value, meaning in rows]


def _describe_cpt(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.cpt import open_cpt

    cpt = open_cpt(on=on, home=home, progress=progress)
    if code not in cpt:
        return None
    found = cpt.get(code)
    texts = [
        ("medium", found.medium),
        ("short", found.short),
        ("consumer", found.consumer),
        ("clinician", found.clinician),
    ]
    attributes = [{"name": name, "value": text, "meaning": ""} for name, text in texts if text]
    if found.add_on:
        beside = ", ".join(found.beside)
        meaning = f"only beside {beside}" if beside else "only beside a primary procedure"
        attributes.append({"name": "add-on", "value": "yes", "meaning": meaning})
    from nosology.codes.pcs_cpt import find_pcs_cpt

    crosswalk = find_pcs_cpt(on=on, home=home)
    paired = crosswalk.to_pcs(code) if crosswalk is not None else ()
    maps = {"crosswalk": {"system": "icd10pcs", "codes": list(paired)}}
    facts = [*attributes, *_fees(code, on, home)]
    return _described("cpt", code, found.title, cpt.release, on, attributes=facts, maps=maps if paired else {})


def _describe_icd9(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.gems import add_icd9_dot, open_gems
    from nosology.codes.icd10cm import open_icd10cm

    gems = open_gems(home=home, progress=progress)
    plain = code.replace(".", "")
    row = gems.release.connection.execute("SELECT title FROM icd9 WHERE code = ?", (plain,)).fetchone()
    mapped = gems.to_icd10(plain)
    if row is None and not mapped:
        return None
    icd10cm = open_icd10cm(on=on, home=home, progress=progress)
    targets = [
        {
            "code": each.target,
            "title": icd10cm.title(each.target) if each.target in icd10cm else "",
            "approximate": each.approximate,
            "combination": each.combination,
        }
        for each in mapped
        if each.target
    ]
    title = row[0] if row is not None else ""
    # a code of ICD-9-CM is reported for nothing since October 2015
    return _described("icd9", add_icd9_dot(plain), title, gems.release, on, billable=False, maps={"icd10cm": targets})


def _describe_ndc(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.ndc import NDC_UNITS, open_ndc_directory, read_ndc
    from nosology.codes.ndc_crosswalk import find_ndc_crosswalk

    reading = read_ndc(code)
    if reading.ndc is None and not reading.candidates:
        assert reading.finding is not None
        raise UnknownCode(f"{code[:20]!r}: {reading.finding.message}; {reading.finding.fix}")
    directory = open_ndc_directory(on=on, home=home, progress=progress)
    found = directory.choose(reading)
    if found is None:
        if reading.ndc is None:
            forms = ", ".join(each.hyphenated for each in reading.candidates)
            raise UnknownCode(f"{code[:20]!r}: ten digits without hyphens may be {forms}; write it with hyphens")
        return None
    crosswalk = find_ndc_crosswalk(on=on, home=home)
    rows = [
        ("eleven digits", found.ndc.eleven, found.ndc.hyphenated),
        ("package", found.description, ""),
        ("form", found.form, found.route.lower()),
        ("strength", f"{found.strength} {found.strength_unit}".strip(), found.substance.lower()),
        ("labeler", found.labeler, ""),
        ("unit on a claim", found.unit, NDC_UNITS.get(found.unit, "")),
        *(
            ("HCPCS", row.code, f"{row.dosage}: {row.bill_units_package.normalize():f} units a package")
            for row in (crosswalk.of_ndc(found.ndc) if crosswalk else ())
        ),
    ]
    sold = (found.first is None or found.first <= on) and (found.last is None or on <= found.last)
    return _described(
        "ndc",
        found.ndc.hyphenated,
        f"{found.name} ({found.generic})",
        directory.release,
        on,
        billable=sold and not found.excluded,
        added=found.first.isoformat() if found.first else None,
        ended=found.last.isoformat() if found.last else None,
        attributes=[{"name": name, "value": value, "meaning": meaning} for name, value, meaning in rows if value],
    )


def _describe_listed(
    system: str, code: str, on: date, home: Path | None, progress: Progress | None
) -> dict[str, Any] | None:
    from nosology.codes.titled_list import open_titled_list

    listed = open_titled_list(system, on=on, home=home, progress=progress)
    found = listed.find(code)
    if found is None:
        return None
    rows = [{"name": "group", "value": found.group, "meaning": found.more}] if found.group else []
    return _described(system, found.code, found.title, listed.release, on, attributes=rows)


def _describe_revenue(code: str, on: date, home: Path | None, progress: Progress | None) -> dict[str, Any] | None:
    from nosology.codes.revenue import find_revenue_code, revenue_codes, revenue_list

    found = find_revenue_code(code)
    if found is None:
        return None
    return _described(
        "revenue",
        found.code,
        found.title,
        revenue_list(),
        on,
        attributes=[{"name": "category", "value": f"{found.code[:3]}x", "meaning": found.category}],
        siblings=[
            {"code": each.code, "title": each.title, "billable": True}
            for each in revenue_codes().values()
            if each.code[:3] == found.code[:3] and each is not found
        ],
    )


BOOKS: Mapping[str, Callable[[str, date, Path | None, Progress | None], dict[str, Any] | None]] = {
    "icd10pcs": _describe_pcs,
    "hcpcs": _describe_hcpcs,
    "cpt": _describe_cpt,
    "ndc": _describe_ndc,
    "icd9": _describe_icd9,
    "icd9-procedures": _describe_volume3,
    "taxonomy": partial(_describe_listed, "taxonomy"),
    "place-of-service": partial(_describe_listed, "place-of-service"),
    "revenue": _describe_revenue,
}
"""Code set → what describes one of its codes (None: it has no such code), in the order in which they are asked."""


def describe_in_books(
    code: str, *, on: date, system: str = "", home: Path | None = None, progress: Progress | None = None
) -> dict[str, Any] | None:
    """What a code set says of a code: that of ``system``, else the first that has it; None if none that is installed
    has it.

    Raises:
        UsageError: ``system`` is none of these code sets.
        ReleaseNotFound: ``system`` is not installed.
        UnknownCode: ``system`` has no such code.
    """
    plain = " ".join(code.split()).upper()
    if system:
        if system not in BOOKS:
            raise UsageError(f"code set {system!r} is not looked up; choose icd10cm, {', '.join(BOOKS)}")
        described = BOOKS[system](plain, on, home, progress)
        if described is None:
            raise UnknownCode(f"{plain[:20]!r} is no code of {system}")
        return described
    for name, form in _FORMS.items():
        if not form.fullmatch(plain):
            continue
        try:
            described = BOOKS[name](plain, on, home, progress)
        except ReleaseNotFound:
            continue  # what to install is said where no code set has the code
        if described is not None:
            return described
    return None


def not_installed(code: str, *, home: Path | None = None) -> str:
    """What to install if the code is one of a code set that is not at hand ("" if it has no such form)."""
    from nosology.codes.release import list_releases

    plain = code.strip().upper()
    for name, form in _FORMS.items():
        if name == "revenue":  # comes with the package
            continue
        if form.fullmatch(plain) and not list_releases(name if name != "icd9" else "gems", home=home):
            return f"; if it is one of {name}, install that: nosology codesets install {name} --from FILE"
    return ""


def what_is_wrong(code: str, *, on: date, home: Path | None = None) -> str:
    """For what can only be meant as a procedure of ICD-10-PCS or as an NDC and is none: which character cannot stand
    there, or what is wrong with its parts; "" for anything else."""
    plain = code.strip().upper()
    if re.fullmatch(r"\d[0-9A-Z]{6}", plain):
        from nosology.codes.pcs_tables import open_pcs_tables

        tables = open_pcs_tables(on=on, home=home)
        if tables is not None and tables.illegal_character(plain):
            try:
                tables.axes(plain)
            except UnknownCode as error:
                return str(error)
    if re.fullmatch(r"(?:NDC |N4)?\d+(?:-\d+)+", plain):
        from nosology.codes.ndc import read_ndc

        finding = read_ndc(plain).finding
        if finding is not None:
            return f"{plain[:20]!r}: {finding.message}; {finding.fix}"
    return ""
