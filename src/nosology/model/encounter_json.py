"""Encounter JSON in, result JSON out: the shapes of ``nosology group`` and ``nosology check`` (DESIGN, section 6).

Reading is strict about types and tolerant of fields it does not know. What a claim *says* (an invalid code, an
impossible POA) is taken as it stands: judging it is the editor's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from nosology.errors import UnreadableInput, UsageError
from nosology.model.encounter import Diagnosis, Encounter, HccProfile, Procedure, ServiceLine, Setting
from nosology.model.finding import Finding, Override
from nosology.model.grouping import DrgAlternative, DrgResult, HccResult
from nosology.model.json_fields import Fields, kind_of, show_value
from nosology.model.trace import Step

if TYPE_CHECKING:
    from nosology.model.coverage import LineDetails, Registration

__all__ = ["alternative_to_json", "drg_to_json", "finding_to_json", "hcc_to_json", "read_encounter", "result_to_dict"]

_REGISTRATION = frozenset(
    ["patient_details", "coverages", "practice", "providers", "accident", "ambulance", "claim", "stay", "dental"]
)  # the keys of model.registration_json, which only claims import
_DETAILS = frozenset(
    [
        "ndc_quantity",
        "ndc_unit",
        "prescription",
        "end_date",
        "description",
        "emergency",
        "epsdt",
        "family_planning",
        "copay_exempt",
        "noncovered",
        "purchased_charge",
        "authorization",
        "providers",
        "teeth",
        "oral_cavity",
        "prosthesis",
        "equipment",
        "dates",
        "numbers",
        "references",
        "notes",
        "attachments",
        "conditions",
        "quantities",
        "forms",
    ]
)  # the keys of model.line_json
_POA_REPORTING = ("non_exempt", "exempt", "unknown")


def read_encounter(data: object) -> Encounter:
    """The encounter that a parsed JSON object describes; absent and null fields take their defaults.

    Raises:
        UnreadableInput: it is not an object, or a field has the wrong type. One line, with the name of the field.
        UsageError: a field of a closed set has a value outside it (setting, poa_reporting).
    """
    if not isinstance(data, Mapping):
        raise UnreadableInput(f"an encounter must be a JSON object, not {kind_of(data)}")
    fields = Fields(data, "")
    setting = fields.text("setting", "inpatient")
    if setting not in list(Setting):
        raise UsageError(f"setting: {show_value(setting)} is none of {', '.join(Setting)}")
    reporting = fields.text("poa_reporting", "non_exempt").lower()
    if reporting not in _POA_REPORTING:
        raise UsageError(f"poa_reporting: {show_value(reporting)} is none of {', '.join(_POA_REPORTING)}")
    return Encounter(
        id=fields.identifier("id"),
        setting=Setting(setting),
        age=fields.integer("age"),
        sex=fields.text("sex", "U") or "U",
        birth_date=fields.day("birth_date"),
        admitted=fields.day("admitted"),
        discharged=fields.day("discharged"),
        discharge_status=fields.text("discharge_status", "01"),
        admitting_diagnosis=fields.text("admitting_diagnosis", ""),
        length_of_stay=fields.integer("length_of_stay"),
        poa_reporting=reporting,
        diagnoses=tuple(_read_diagnosis(each) for each in fields.items("diagnoses", "code")),
        procedures=tuple(
            Procedure(each.text("code", ""), each.day("date")) for each in fields.items("procedures", "code")
        ),
        lines=tuple(_read_line(each) for each in fields.items("lines", "code")),
        hcc=_read_profile(fields),
        patient=fields.identifier("patient"),
        payer=fields.text("payer", ""),
        contractor=fields.identifier("contractor"),
        submitted=fields.day("submitted"),
        type_of_bill=fields.identifier("type_of_bill"),
        billing_npi=fields.identifier("billing_npi"),
        rendering_npi=fields.identifier("rendering_npi"),
        taxonomy=fields.text("taxonomy", ""),
        authorization=fields.identifier("authorization"),
        history=tuple(_read_line(each) for each in fields.items("history", "code")),
        overrides=tuple(_read_override(each) for each in fields.items("overrides", "rule")),
        registration=_read_registration(fields),
    )


def _read_registration(fields: Fields) -> Registration | None:
    if not fields.has(_REGISTRATION):
        return None
    from nosology.model.registration_json import read_registration

    return read_registration(fields)


def _read_details(fields: Fields) -> LineDetails | None:
    from nosology.model.line_json import read_line_details

    return read_line_details(fields)


def _read_override(fields: Fields) -> Override:
    return Override(
        rule=fields.text("rule", ""),
        by=fields.text("by", ""),
        on=fields.day("on"),
        why=fields.text("why", ""),
        where=fields.text("where", ""),
    )


def _read_diagnosis(fields: Fields) -> Diagnosis:
    return Diagnosis(fields.text("code", ""), fields.text("poa", ""))


def _read_line(fields: Fields) -> ServiceLine:
    return ServiceLine(
        code=fields.text("code", ""),
        modifiers=tuple(fields.texts("modifiers")),
        units=fields.decimal("units", Decimal(1)),
        charge=fields.decimal("charge", Decimal(0)),
        date=fields.day("date"),
        place_of_service=fields.text("place_of_service", ""),
        ndc=fields.text("ndc", ""),
        diagnosis_pointers=tuple(fields.integers("diagnosis_pointers")),
        revenue_code=fields.identifier("revenue_code"),
        minutes=fields.integer("minutes"),
        provider=fields.identifier("provider"),
        began=_read_hour(fields),
        details=_read_details(fields) if fields.has(_DETAILS) else None,
    )


def _read_hour(fields: Fields) -> time | None:
    stated = fields.text("began", "").strip()
    if not stated:
        return None
    try:
        return time.fromisoformat(stated)
    except ValueError:
        raise UnreadableInput(f"began: not an hour: {show_value(stated)}; write it as 07:32") from None


def _read_profile(fields: Fields) -> HccProfile | None:
    found = fields.value("hcc")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise UnreadableInput(f"hcc: must be an object, not {kind_of(found)}")
    profile, plain = Fields(found, "hcc."), HccProfile()
    year = profile.integer("payment_year")
    return HccProfile(
        payment_year=plain.payment_year if year is None else year,
        as_of=profile.day("as_of"),
        dual_status=profile.text("dual_status", plain.dual_status),
        orec=profile.text("orec", plain.orec),
        crec=profile.text("crec", plain.crec),
        new_enrollee=profile.flag("new_enrollee"),
        snp=profile.flag("snp"),
        long_term_institutional=profile.flag("long_term_institutional"),
        low_income=profile.flag("low_income"),
        graft_months=profile.integer("graft_months"),
    )


def result_to_dict(result: DrgResult | HccResult) -> dict[str, Any]:
    """The JSON object of either result, with its steps."""
    return drg_to_json(result) if isinstance(result, DrgResult) else hcc_to_json(result)


def drg_to_json(result: DrgResult, *, steps: bool = True) -> dict[str, Any]:
    """The result of ``nosology group --drg``; ``steps=False`` leaves an empty list of steps."""
    return {
        "id": result.id,
        "drg": result.drg,
        "title": result.title,
        "mdc": result.mdc,
        "type": result.type,
        "initial_drg": result.initial_drg,
        "initial_mdc": result.initial_mdc,
        "return_code": result.return_code,
        "weight": result.weight,
        "diagnoses": [
            {
                "code": each.code,
                "severity": each.severity,
                "excluded": each.excluded,
                "hac": list(each.hac),
                "initial_severity": each.initial_severity,
                "hac_checks": [list(check) for check in each.hac_checks],
                "recognized": each.recognized,
            }
            for each in result.diagnoses
        ],
        "edits": [{"edit": each.edit, "code": each.code} for each in result.edits],
        "version": result.version,
        "steps": _steps(result.steps) if steps else [],
        "initial_return_code": result.initial_return_code,
        "severity": result.severity,
        "initial_severity": result.initial_severity,
        "hac_status": result.hac_status,
        "edit_type": result.edit_type,
        "procedures": [
            {"code": each.code, "operating_room": each.operating_room, "recognized": each.recognized}
            for each in result.procedures
        ],
    }


def alternative_to_json(found: DrgAlternative) -> dict[str, Any]:
    """One alternative of ``nosology group --what-if``."""
    return {name: getattr(found, name) for name in DrgAlternative.__slots__}


def hcc_to_json(result: HccResult, *, steps: bool = True) -> dict[str, Any]:
    """The result of ``nosology group --hcc``; ``steps=False`` leaves an empty list of steps."""
    return {
        "id": result.id,
        "model": result.model,
        "segment": result.segment,
        "hccs": list(result.hccs),
        "score": result.score,
        "demographic_score": result.demographic_score,
        "coefficients": dict(result.coefficients),
        "steps": _steps(result.steps) if steps else [],
    }


def finding_to_json(finding: Finding) -> dict[str, Any]:
    """A finding as ``nosology check`` prints it; ``override`` is null while nobody has accepted it."""
    made = finding.override
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "where": finding.where,
        "citation": finding.citation,
        "fix": finding.fix,
        "override": None
        if made is None
        else {"by": made.by, "on": made.on.isoformat() if made.on else None, "why": made.why, "where": made.where},
    }


def _steps(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    return [
        {"name": each.name, "result": each.result, "source": each.source, "inputs": list(each.inputs)} for each in steps
    ]
