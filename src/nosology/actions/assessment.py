"""What the codes on a worksheet come to: edits, MS-DRG with what-if, HCC, expected payment, readiness to bill.

Pure: nothing is written, and nothing runs inside a transaction. It fails closed: what is not installed, or cannot be
read, is a finding that says so. Worked out once per version of a worksheet, then kept.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from nosology.claims.price import expect_payment, terms_of_payer
from nosology.codes.home import data_home, releases_changed
from nosology.coding.worksheet import DIAGNOSES, REJECTED
from nosology.edits.check import accept_findings
from nosology.edits.desk import Books
from nosology.edits.site import site_of_home
from nosology.errors import NosologyError, UsageError
from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_tables import open_hcc_tables
from nosology.grouping.msdrg import assign_drg
from nosology.grouping.what_if import find_alternatives
from nosology.model.encounter import Diagnosis, Encounter, HccProfile, Procedure, ServiceLine, Setting
from nosology.model.encounter_json import alternative_to_json, drg_to_json, finding_to_json, hcc_to_json, read_encounter
from nosology.model.finding import Finding, Override, Severity
from nosology.pipeline import bill_encounter, check_encounter
from nosology.rules.loader import find_rule

__all__ = ["Assessment", "Case", "assess", "build_encounter", "warm"]

_CLOSED = "Nosology, edits fail closed"
_NOT_RUN = "edit.not-run"
_UNGROUPED = ("", "998", "999")
_MODEL = "V28"
_MOST_KEPT = 512
_KEPT: OrderedDict[str, Assessment] = OrderedDict()
_GUARD = threading.Lock()


@dataclass(frozen=True, slots=True)
class Case:
    """A worksheet with what is known of its encounter: everything that an assessment rests on.

    ``codes`` and ``overrides`` as in ``Worksheet``, ``registration`` as in ``Encounter``, ``settings`` the
    organisation's (``terms``: how each payer pays).
    """

    encounter: str
    version: int
    setting: str
    on: date
    codes: tuple[Mapping[str, Any], ...]
    overrides: tuple[Mapping[str, Any], ...] = ()
    admitted: datetime | None = None
    discharged: datetime | None = None
    age: int | None = None
    sex: str = "U"
    birth_date: str = ""
    payer: str = ""
    registration: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of it, as JSON objects.

    ``findings``: ``nosology check``'s, with ``key`` (the code they are about, ""), ``about`` (by which one is
    accepted), ``overridable``, ``stops`` (finalising), ``unchecked`` (a check that could not run: it stops until
    somebody acknowledges it with a reason). ``drg`` and ``hcc``: ``nosology group``'s, their diagnoses
    with ``key``; None where there is none. ``what_if``: DRGs after one change. ``payment``: ``amount`` (USD text,
    None where any part has no price), ``why``, ``lines``, ``steps``. ``bill``: ``ready``, ``why``, ``claims``.
    """

    encounter: str
    version: int
    findings: tuple[dict[str, Any], ...]
    drg: dict[str, Any] | None
    what_if: tuple[dict[str, Any], ...]
    hcc: dict[str, Any] | None
    payment: dict[str, Any]
    bill: dict[str, Any]

    @property
    def stopping(self) -> tuple[dict[str, Any], ...]:
        """The findings that stop finalising: errors that nobody has accepted."""
        return tuple(each for each in self.findings if each["stops"])


@dataclass(frozen=True, slots=True)
class _Built:
    """The encounter of a case, and which code stands at which place ("diagnoses[0]" → key)."""

    encounter: Encounter
    places: Mapping[str, str]


def assess(case: Case, *, home: Path | None = None) -> Assessment:
    """The assessment of a case. Never raises because of what a chart or its registration says."""
    name = _name(case, home)
    with _GUARD:
        known = _KEPT.get(name)
        if known is not None:
            _KEPT.move_to_end(name)
            return known
    found = _assess(case, home)
    with _GUARD:
        _KEPT[name] = found
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)
    return found


def warm(on: date, *, home: Path | None = None) -> None:
    """Open the books of the edits, the grouper and the scores, so that nobody waits for them; never raises."""
    code = {"key": "icd10cm:I10", "system": DIAGNOSES, "code": "I10", "state": "accepted", "poa": "Y"}
    for setting in ("inpatient", "professional"):
        assess(Case("warm", 0, setting, on, (code,), age=60, sex="F"), home=home)


def _name(case: Case, home: Path | None) -> str:
    folder = home or data_home()
    said = [getattr(case, each) for each in Case.__slots__] + [str(folder), releases_changed(folder)]
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()


def build_encounter(case: Case) -> tuple[Encounter, dict[str, str]]:
    """The encounter that the standing codes make, and place → key of the code that stands there.

    Charges of the registration keep date, charge and place; modifiers and units are the coder's where told. A service
    without a charge becomes a line of its own; a line whose code a coder rejected goes. Lines without pointers point
    at the first four diagnoses, those without a place are where the other charges were.

    Raises UnreadableInput, UsageError for a registration that cannot be read.
    """
    facts = {"id": case.encounter, "payer": case.payer} | dict(case.registration)
    facts |= {"id": case.encounter, "setting": case.setting, "diagnoses": [], "overrides": []}
    for name, moment in (("admitted", case.admitted), ("discharged", case.discharged)):
        if not facts.get(name) and moment is not None:
            facts[name] = moment.date().isoformat()
    facts["discharged"] = facts.get("discharged") or case.on.isoformat()
    if not facts.get("birth_date") and case.birth_date:
        facts["birth_date"] = case.birth_date
    known = read_encounter(facts)
    stay = case.setting == Setting.INPATIENT
    standing = [each for each in case.codes if each["state"] != REJECTED]
    diagnoses = [each for each in standing if each["system"] == DIAGNOSES]
    procedures = [each for each in standing if each["system"] == "icd10pcs"]
    places = {f"diagnoses[{n}]": str(each["key"]) for n, each in enumerate(diagnoses)}
    places |= {f"procedures[{n}]": str(each["key"]) for n, each in enumerate(procedures)}
    dates = {each.code: each.date for each in known.procedures}
    lines = _lines(case, known, diagnoses, places)
    encounter = replace(
        known,
        age=case.age if case.age is not None else known.age,
        sex=case.sex if case.sex in ("F", "M") else known.sex,
        diagnoses=tuple(Diagnosis(each["code"], (each.get("poa") or "") if stay else "") for each in diagnoses),
        procedures=tuple(Procedure(each["code"], dates.get(each["code"]) or case.on) for each in procedures),
        lines=lines,
        hcc=known.hcc or HccProfile(),
        overrides=tuple(_overrides(case, places)),
    )
    return encounter, places


def _lines(
    case: Case, known: Encounter, diagnoses: list[Mapping[str, Any]], places: dict[str, str]
) -> tuple[ServiceLine, ...]:
    position = {str(each["key"]): n for n, each in enumerate(diagnoses, 1)}
    usual = tuple(range(1, min(len(diagnoses), 4) + 1))
    services = [each for each in case.codes if each["system"] in ("cpt", "hcpcs")]
    open_services = [each for each in services if each["state"] != REJECTED]
    rejected = {each["code"] for each in services} - {each["code"] for each in open_services}
    found: list[ServiceLine] = []
    for line in known.lines:
        service = next((each for each in open_services if each["code"] == line.code.strip().upper()), None)
        if service is None:
            if line.code.strip().upper() not in rejected:
                found.append(replace(line, diagnosis_pointers=_pointers(line.diagnosis_pointers, usual)))
            continue
        open_services.remove(service)
        places[f"lines[{len(found)}]"] = str(service["key"])
        found.append(_line(service, line, position, usual))
    place = next((line.place_of_service for line in known.lines if line.place_of_service), "")
    for service in open_services:
        places[f"lines[{len(found)}]"] = str(service["key"])
        line = ServiceLine(service["code"], date=case.on, place_of_service=place)
        found.append(_line(service, line, position, usual))
    return tuple(found)


def _line(
    service: Mapping[str, Any], line: ServiceLine, position: Mapping[str, int], usual: tuple[int, ...]
) -> ServiceLine:
    told = tuple(position[key] for key in service.get("pointers") or () if key in position)
    return replace(
        line,
        modifiers=tuple(service.get("modifiers") or line.modifiers),
        units=Decimal(service["units"]) if service.get("units") else line.units,
        diagnosis_pointers=told or _pointers(line.diagnosis_pointers, usual),
    )


def _pointers(told: tuple[int, ...], usual: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(each for each in told if each <= len(usual) or len(usual) == 4) or usual


def _overrides(case: Case, places: Mapping[str, str]) -> Iterable[Override]:
    where = {key: place for place, key in places.items()}
    keys = {str(each["key"]) for each in case.codes}
    for each in case.overrides:
        if each["rule"] == _NOT_RUN:
            continue  # there is no edit to be told of it
        about = str(each["about"])
        if about in keys and about not in where:
            continue  # its code does not stand any more
        yield Override(each["rule"], each["name"], date.fromisoformat(each["on"]), each["why"], where.get(about, about))


@cache
def _books(home: Path, changed: int) -> Books:
    """The books of the edits, opened anew when a release was installed."""
    del changed
    return Books(home)


def _assess(case: Case, home: Path | None) -> Assessment:
    try:
        encounter, places = build_encounter(case)
    except NosologyError as error:
        finding = Finding("edit.failed", Severity.ERROR, f"the registration cannot be read: {error}",
                          citation=_CLOSED, fix="mend the registration of the encounter")  # fmt: skip
        shown = (_shown(finding, {}, None, case.overrides),)
        nothing: dict[str, Any] = {"amount": None, "why": "the registration cannot be read", "lines": [], "steps": []}
        return Assessment(case.encounter, case.version, shown, None, (), None, nothing,
                          {"ready": False, "why": "the registration cannot be read", "claims": 0})  # fmt: skip
    folder = home or data_home()
    books = _books(folder, releases_changed(folder))
    findings: list[Finding] = []
    try:
        site = site_of_home(home)
        findings += check_encounter(encounter, on=case.on, home=home, books=books, site=site)
    except NosologyError as error:
        site = None
        findings.append(_closed("the edits of this site", error))
    drg, what_if = _group(case, encounter, places, findings)
    hcc = _score(encounter, places, findings)
    group = drg["drg"] if drg is not None else ""
    return Assessment(
        case.encounter,
        case.version,
        tuple(_shown(each, places, encounter, case.overrides) for each in findings),
        drg,
        what_if,
        hcc,
        _price(case, encounter, group, encounter.overrides),
        _bill(case, encounter, books, site, home),
    )


def _closed(what: str, error: Exception) -> Finding:
    """The finding for a part that could not be worked out: not installed, or (then an error) a fault of ours."""
    if not isinstance(error, NosologyError):
        message = f"{what} failed ({type(error).__name__}) and was not worked out"
        return Finding("edit.failed", Severity.ERROR, message, citation=_CLOSED, fix="report the fault")
    return Finding(_NOT_RUN, Severity.WARNING, f"not worked out: {what}: {error}", citation=_CLOSED,
                   fix="install what is missing")  # fmt: skip


def _uncharged(finding: Finding, encounter: Encounter | None) -> bool:
    """True for what a claim's edit says of a service that is not charged yet: it is for billing, not for the coder."""
    lines = () if encounter is None else encounter.lines
    bare = {f"lines[{n}]" for n, line in enumerate(lines) if not line.charge}
    return finding.rule.startswith("Claim-") and finding.where in bare


def _shown(
    finding: Finding, places: Mapping[str, str], encounter: Encounter | None, overrides: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    rule = find_rule(finding.rule)
    key = places.get(finding.where, "")
    waits = _uncharged(finding, encounter)
    stops = finding.severity is Severity.ERROR and finding.override is None and not waits
    shown = finding_to_json(finding) | {"key": key, "about": key or finding.where, "stops": stops, "unchecked": False}
    shown["overridable"] = rule is None or rule.overridable
    if finding.rule == _NOT_RUN:
        return shown | _unchecked(finding, overrides)
    if shown["override"] is not None:
        shown["override"]["name"] = shown["override"]["by"]
    if waits and finding.severity is Severity.ERROR:
        shown["severity"] = Severity.WARNING.value  # it does not stop the coding; the claim does not leave all the same
    return shown


def _unchecked(finding: Finding, overrides: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A check that could not run is no error of the codes, but nobody finishes a chart without having said so."""
    cause = finding.message.rsplit(": ", 1)[-1]  # what is missing: one acknowledgement, whichever edits wait for it
    about = f"unchecked:{hashlib.sha256(cause.encode()).hexdigest()[:12]}"
    said = next((each for each in overrides if each["rule"] == _NOT_RUN and each["about"] == about), None)
    told = None if said is None else {name: said[name] for name in ("name", "on", "why")} | {"by": said["name"]}
    return {
        "about": about,
        "overridable": True,
        "override": told,
        "severity": Severity.WARNING.value,
        "stops": said is None,
        "unchecked": True,
    }


def _group(
    case: Case, encounter: Encounter, places: Mapping[str, str], findings: list[Finding]
) -> tuple[dict[str, Any] | None, tuple[dict[str, Any], ...]]:
    if encounter.setting is not Setting.INPATIENT or not encounter.diagnoses:
        return None, ()
    plain = replace(
        encounter,
        diagnoses=tuple(replace(each, code=each.code.replace(".", "")) for each in encounter.diagnoses),
        admitting_diagnosis=encounter.admitting_diagnosis.replace(".", ""),
    )
    try:
        result = assign_drg(plain, on=case.on)
        others = find_alternatives(plain, result, on=case.on)
    except Exception as error:
        findings.append(_closed("MS-DRG", error))
        return None, ()
    shown = drg_to_json(result)
    dotted = {each.code.replace(".", ""): each.code for each in encounter.diagnoses}
    for n, each in enumerate(shown["diagnoses"]):
        each["code"], each["key"] = dotted.get(each["code"], each["code"]), places.get(f"diagnoses[{n}]", "")
    keys = {each.code.replace(".", ""): places[f"diagnoses[{n}]"] for n, each in enumerate(encounter.diagnoses)}
    keys |= {each.code: places[f"procedures[{n}]"] for n, each in enumerate(encounter.procedures)}
    changes = tuple(
        alternative_to_json(each) | {"code": dotted.get(each.code, each.code), "key": keys.get(each.code, "")}
        for each in others
        if each.differs and each.drg not in _UNGROUPED
    )
    return shown, changes


def _score(encounter: Encounter, places: Mapping[str, str], findings: list[Finding]) -> dict[str, Any] | None:
    if encounter.sex not in ("F", "M") or (encounter.age is None and encounter.birth_date is None):
        findings.append(_closed(f"HCC {_MODEL}", UsageError("age and sex of the patient are not known")))
        return None
    try:
        result = score_hcc(encounter, model=_MODEL)
        categories = open_hcc_tables(_MODEL, (encounter.hcc or HccProfile()).payment_year).categories
    except Exception as error:
        findings.append(_closed(f"HCC {_MODEL}", error))
        return None
    shown = hcc_to_json(result)
    shown["codes"] = {
        places[f"diagnoses[{n}]"]: list(found)
        for n, each in enumerate(encounter.diagnoses)
        if (found := categories.get(each.code.replace(".", "").upper()))
    }
    return shown


def _price(case: Case, encounter: Encounter, drg: str, overrides: Iterable[Override]) -> dict[str, Any]:
    nothing: dict[str, Any] = {"amount": None, "why": "", "lines": [], "steps": []}
    if encounter.setting is Setting.INPATIENT and drg in _UNGROUPED:
        return nothing | {"why": "no MS-DRG, so no price"}
    try:
        terms = terms_of_payer(case.settings.get("terms"), case.payer)
        if terms is None:
            return nothing | {"why": "the organisation has no terms for this payer, so no price is expected"}
        priced = expect_payment(encounter, terms, on=case.on, drg=drg)
    except NosologyError as error:
        return nothing | {"why": f"not priced: {error}"}
    except Exception as error:
        return nothing | {"why": f"not priced: the pricer failed ({type(error).__name__}); report the fault"}
    findings = accept_findings(priced.findings, overrides)
    missing = next((each.message for each in findings if each.severity is Severity.ERROR), "")
    lines = [
        {
            "line": each.number,
            "code": each.code,
            "method": each.method,
            "allowed": None if each.allowed is None else str(each.allowed),
        }
        for each in priced.lines
    ]
    steps = [
        {"name": step.name, "result": step.result, "source": step.source}
        for part in (*(each.steps for each in priced.lines), priced.steps)
        for step in part
    ]
    return {
        "amount": str(priced.allowed) if priced.complete else None,
        "patient": str(priced.patient_pays) if priced.complete else None,
        "why": "" if priced.complete else missing or "a part has no price",
        "lines": lines,
        "steps": steps,
    }


def _bill(case: Case, encounter: Encounter, books: Books, site: Any, home: Path | None) -> dict[str, Any]:
    registration = encounter.registration
    if registration is None or not registration.coverages or registration.practice is None:
        what = "coverages" if registration is None or not registration.coverages else "practice"
        return {"ready": False, "why": f"no claim yet: the registration names no {what}", "claims": 0}
    try:
        bill = bill_encounter(
            encounter, registration.coverages, registration.practice, on=case.on, home=home, books=books, site=site
        )
    except NosologyError as error:
        return {"ready": False, "why": str(error), "claims": 0}
    except Exception as error:
        return {"ready": False, "why": f"the claim failed ({type(error).__name__}); report the fault", "claims": 0}
    first = next((each.message for each in bill.blocking), "")
    return {"ready": bill.may_leave, "why": first, "claims": len(bill.claims), "stopping": len(bill.blocking)}
