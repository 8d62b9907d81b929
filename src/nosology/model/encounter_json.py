"""Encounter JSON in, result JSON out: the shapes of ``nosology group`` and ``nosology check`` (DESIGN, section 6).

Reading is strict about types and tolerant of fields it does not know. What a claim *says* (an invalid code, an
impossible POA) is taken as it stands: judging it is the editor's work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from nosology.errors import UnreadableInput, UsageError
from nosology.model.encounter import Diagnosis, Encounter, HccProfile, Procedure, ServiceLine, Setting
from nosology.model.finding import Finding, Override
from nosology.model.grouping import DrgAlternative, DrgResult, HccResult
from nosology.model.trace import Step

__all__ = ["alternative_to_json", "drg_to_json", "finding_to_json", "hcc_to_json", "read_encounter", "result_to_dict"]

_POA_REPORTING = ("non_exempt", "exempt", "unknown")


def read_encounter(data: object) -> Encounter:
    """The encounter that a parsed JSON object describes; absent and null fields take their defaults.

    Raises:
        UnreadableInput: it is not an object, or a field has the wrong type. One line, with the name of the field.
        UsageError: a field of a closed set has a value outside it (setting, poa_reporting).
    """
    if not isinstance(data, Mapping):
        raise UnreadableInput(f"an encounter must be a JSON object, not {_kind(data)}")
    fields = _Fields(data, "")
    setting = fields.text("setting", "inpatient")
    if setting not in list(Setting):
        raise UsageError(f"setting: {_show(setting)} is none of {', '.join(Setting)}")
    reporting = fields.text("poa_reporting", "non_exempt").lower()
    if reporting not in _POA_REPORTING:
        raise UsageError(f"poa_reporting: {_show(reporting)} is none of {', '.join(_POA_REPORTING)}")
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
    )


def _read_override(fields: _Fields) -> Override:
    return Override(
        rule=fields.text("rule", ""),
        by=fields.text("by", ""),
        on=fields.day("on"),
        why=fields.text("why", ""),
        where=fields.text("where", ""),
    )


def _read_diagnosis(fields: _Fields) -> Diagnosis:
    return Diagnosis(fields.text("code", ""), fields.text("poa", ""))


def _read_line(fields: _Fields) -> ServiceLine:
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
    )


def _read_profile(fields: _Fields) -> HccProfile | None:
    found = fields.value("hcc")
    if found is None:
        return None
    if not isinstance(found, Mapping):
        raise UnreadableInput(f"hcc: must be an object, not {_kind(found)}")
    profile, plain = _Fields(found, "hcc."), HccProfile()
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


class _Fields:
    """The fields of one object, each read as one type; ``path`` stands before the name in messages."""

    def __init__(self, data: Mapping[Any, Any], path: str) -> None:
        self._data = data
        self._path = path

    def value(self, name: str) -> Any:
        return self._data.get(name)

    def _wrong(self, name: str, wanted: str) -> UnreadableInput:
        return UnreadableInput(f"{self._path}{name}: must be {wanted}, not {_kind(self._data.get(name))}")

    def text(self, name: str, default: str) -> str:
        found = self._data.get(name)
        if found is None:
            return default
        if not isinstance(found, str):
            raise self._wrong(name, "text")
        return found

    def identifier(self, name: str) -> str:
        found = self._data.get(name)
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        return self.text(name, "")

    def integer(self, name: str) -> int | None:
        found = self._data.get(name)
        if found is None:
            return None
        if isinstance(found, float) and found.is_integer():
            return int(found)
        if isinstance(found, bool) or not isinstance(found, int):
            raise self._wrong(name, "a whole number")
        return found

    def flag(self, name: str) -> bool:
        found = self._data.get(name)
        if found is None:
            return False
        if not isinstance(found, bool):
            raise self._wrong(name, "true or false")
        return found

    def day(self, name: str) -> date | None:
        found = self.text(name, "")
        if not found:
            return None
        try:
            return date.fromisoformat(found[:10] if "T" in found else found)
        except ValueError:
            raise UnreadableInput(f"{self._path}{name}: {_show(found)} is not a date YYYY-MM-DD") from None

    def decimal(self, name: str, default: Decimal) -> Decimal:
        found = self._data.get(name)
        if found is None:
            return default
        if isinstance(found, bool) or not isinstance(found, int | float | str):
            raise self._wrong(name, "a number")
        try:
            number = Decimal(str(found))
        except InvalidOperation:
            raise self._wrong(name, "a number") from None
        if not number.is_finite():
            raise self._wrong(name, "a finite number")
        return number

    def _sequence(self, name: str) -> Sequence[Any]:
        found = self._data.get(name)
        if found is None:
            return ()
        if not isinstance(found, list | tuple):
            raise self._wrong(name, "a list")
        return found

    def items(self, name: str, short: str) -> list[_Fields]:
        """The objects of a list; a text alone stands for an object with only that text as ``short``."""
        found = []
        for index, each in enumerate(self._sequence(name)):
            path = f"{self._path}{name}[{index}]"
            if isinstance(each, str):
                found.append(_Fields({short: each}, path + "."))
            elif isinstance(each, Mapping):
                found.append(_Fields(each, path + "."))
            else:
                raise UnreadableInput(f"{path}: must be an object, not {_kind(each)}")
        return found

    def texts(self, name: str) -> list[str]:
        for index, each in enumerate(self._sequence(name)):
            if not isinstance(each, str):
                raise UnreadableInput(f"{self._path}{name}[{index}]: must be text, not {_kind(each)}")
        return list(self._sequence(name))

    def integers(self, name: str) -> list[int]:
        for index, each in enumerate(self._sequence(name)):
            if isinstance(each, bool) or not isinstance(each, int):
                raise UnreadableInput(f"{self._path}{name}[{index}]: must be a whole number, not {_kind(each)}")
        return list(self._sequence(name))


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "an object" if isinstance(value, Mapping) else "a list"


def _show(text: str) -> str:
    return repr(text if len(text) <= 20 else text[:20] + "…")


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
