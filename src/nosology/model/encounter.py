"""An encounter: one stay or visit with its diagnoses, procedures and charge lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from nosology.model.finding import Override

if TYPE_CHECKING:  # only claims need them
    from nosology.model.coverage import LineDetails, Registration

__all__ = ["Diagnosis", "Encounter", "HccProfile", "Procedure", "ServiceLine", "Setting"]


class Setting(StrEnum):
    """Where the care was given, as far as coding rules differ by it.

    ``inpatient`` follows Guidelines Sections II and III (UHDDS); ``outpatient``, ``professional`` and ``emergency``
    follow
    Section IV.
    """

    INPATIENT = "inpatient"
    OUTPATIENT = "outpatient"
    PROFESSIONAL = "professional"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """An ICD-10-CM code as reported, with its present-on-admission indicator (Y N U W 1 or blank)."""

    code: str
    poa: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    """An ICD-10-PCS code with the date of the procedure."""

    code: str
    date: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One charge line; ``diagnosis_pointers`` are 1-based positions in the list of diagnoses; ``charge`` in USD;
    ``minutes`` are those of a timed service, ``began`` its hour where cases may overlap, ``provider`` the NPI of who
    rendered it ("" the encounter's); ``details`` hold what only a claim needs."""

    code: str
    modifiers: tuple[str, ...] = ()
    units: Decimal = Decimal(1)
    charge: Decimal = Decimal(0)
    date: date | None = None
    place_of_service: str = ""
    ndc: str = ""
    diagnosis_pointers: tuple[int, ...] = ()
    revenue_code: str = ""
    minutes: int | None = None
    provider: str = ""
    began: time | None = None
    details: LineDetails | None = None


@dataclass(frozen=True, slots=True)
class HccProfile:
    """What risk adjustment needs to know of a beneficiary besides age, sex and diagnoses."""

    payment_year: int = 2026
    as_of: date | None = None
    dual_status: str = "NA"
    orec: str = "0"
    crec: str = "0"
    new_enrollee: bool = False
    snp: bool = False
    long_term_institutional: bool = False
    low_income: bool = False
    graft_months: int | None = None


@dataclass(frozen=True, slots=True)
class Encounter:
    """An encounter; the first diagnosis is the principal (inpatient) or first-listed one.

    ``payer`` is the site's short name of the payer, ``submitted`` the day on which the claim is sent, ``history``
    earlier services to the same patient (for global periods and duplicates), ``overrides`` what a person accepted.
    ``registration`` holds what a claim needs beside the care: coverages, practice, providers. Shape: docs/claims.md.
    """

    id: str
    setting: Setting = Setting.INPATIENT
    age: int | None = None
    sex: str = "U"
    birth_date: date | None = None
    admitted: date | None = None
    discharged: date | None = None
    discharge_status: str = "01"
    admitting_diagnosis: str = ""
    length_of_stay: int | None = None
    poa_reporting: str = "non_exempt"
    diagnoses: tuple[Diagnosis, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    lines: tuple[ServiceLine, ...] = ()
    hcc: HccProfile | None = None
    patient: str = ""
    payer: str = ""
    contractor: str = ""
    submitted: date | None = None
    type_of_bill: str = ""
    billing_npi: str = ""
    rendering_npi: str = ""
    taxonomy: str = ""
    authorization: str = ""
    history: tuple[ServiceLine, ...] = ()
    overrides: tuple[Override, ...] = ()
    registration: Registration | None = None
