"""What programs send: shapes, bounds and units. What they get is described at each operation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime, ConfigDict, model_validator

__all__ = [
    "ChargesIn",
    "CodeSystem",
    "DecisionIn",
    "DocumentIn",
    "DocumentsIn",
    "EncounterIn",
    "FinalizeIn",
    "QueryAnswerIn",
    "QueryIn",
    "QuerySendIn",
    "QueryVersionIn",
    "ReopenIn",
    "UndoIn",
    "VersionIn",
    "no_nul",
]


def no_nul(text: str) -> str:
    """A text without the character U+0000, which no database column takes."""
    if "\x00" in text:
        raise ValueError("holds the character U+0000")
    return text


def _clean(value: Any, depth: int = 0) -> None:
    if depth > 20:
        raise ValueError("is nested more than twenty deep")
    if isinstance(value, str):
        no_nul(value)
    elif isinstance(value, dict):
        for name, each in value.items():
            no_nul(str(name))
            _clean(each, depth + 1)
    elif isinstance(value, list):
        for each in value:
            _clean(each, depth + 1)


CodeSystem = Literal["icd10cm", "icd10pcs", "hcpcs", "cpt"]
_Text = Annotated[str, AfterValidator(no_nul)]
_Moment = Annotated[AwareDatetime, Field(ge=datetime.fromisoformat("1900-01-01T00:00:00+00:00"))]
_Day = Annotated[date, Field(ge=date(1850, 1, 1), le=date(2200, 1, 1))]


class _In(Schema):
    """A body: unknown fields are refused, so that a typing error is not passed over."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _storable(cls, data: Any) -> Any:
        raw = getattr(data, "_obj", data)
        _clean(raw)
        return data


class EncounterIn(_In):
    """A stay or a visit: registration facts. ``registration`` is the encounter JSON of docs/claims.md."""

    number: _Text = Field(min_length=1, max_length=40, description="the account number, unique in the organisation")
    mrn: _Text = Field(min_length=1, max_length=40, description="medical record number of the patient")
    setting: Literal["inpatient", "outpatient", "professional", "emergency"]
    service_date: _Day = Field(description="day of discharge of a stay, day of a visit")
    name: _Text = Field("", max_length=120)
    birth_date: _Day | None = None
    sex: Literal["F", "M", "U"] = "U"
    admitted_at: _Moment | None = None
    discharged_at: _Moment | None = None
    payer: _Text = Field("", max_length=80)
    department: _Text = Field("", max_length=80)
    provider: _Text | None = Field(None, max_length=40, description="id of a provider of the organisation")
    registration: dict[str, Any] = Field(default_factory=dict)
    priority: int = Field(3, ge=1, le=5, description="1 first, 5 last")
    due_at: _Moment | None = None
    team: _Text = Field("", max_length=60)


class DocumentIn(_In):
    """One document as text; files go to ``/documents/files``."""

    text: _Text = Field(min_length=1, max_length=5_000_000)
    name: _Text = Field("document.txt", min_length=1, max_length=100)
    title: _Text = Field("", max_length=120)
    kind: _Text = Field("", max_length=40)
    author: _Text = Field("", max_length=120)
    written_at: _Moment | None = None


class DocumentsIn(_In):
    """Documents in order."""

    documents: list[DocumentIn] = Field(min_length=1, max_length=50)


class ChargesIn(_In):
    """Charge lines: ``lines`` of the encounter JSON (code, modifiers, units, charge in USD, date …)."""

    lines: list[dict[str, Any]] = Field(max_length=999)


class VersionIn(_In):
    """The version of the worksheet that was seen, and a key of one's own under which it happens once."""

    version: int = Field(ge=0, le=1_000_000_000)
    request: _Text = Field("", max_length=64)


class DecisionIn(VersionIn):
    """One decision on the codes; what each verb takes stands in docs/api.md."""

    verb: Literal[
        "accept", "accept-all", "change", "reject", "add", "reorder", "principal", "poa", "modifiers", "units",
        "pointers", "evidence", "override", "withdraw",
    ]  # fmt: skip
    key: _Text = Field("", max_length=60)
    code: _Text = Field("", max_length=60)
    system: CodeSystem = "icd10cm"
    value: _Text = Field("", max_length=20_000)
    why: _Text = Field("", max_length=2_000)


class UndoIn(VersionIn):
    """Take back one's own last decision, or do it again."""


class FinalizeIn(VersionIn):
    """Finish a chart; ``why`` accepts errors that may be accepted, and open queries."""

    why: _Text = Field("", max_length=2_000)


class ReopenIn(_In):
    """Open a final chart again."""

    why: _Text = Field(min_length=1, max_length=2_000)
    request: _Text = Field("", max_length=64)


class QueryIn(_In):
    """A query to draft: an open question or one with options; ``quotes`` are words of the chart that indicate it."""

    question: _Text = Field(min_length=1, max_length=2_000)
    options: list[Annotated[_Text, Field(min_length=1, max_length=300)]] = Field(default_factory=list, max_length=12)
    quotes: list[Annotated[_Text, Field(min_length=1, max_length=500)]] = Field(default_factory=list, max_length=20)


class QueryVersionIn(_In):
    """The version of a query that was seen."""

    version: int = Field(ge=0, le=1_000_000_000)


class QuerySendIn(_In):
    """Send a draft; ``to`` is the id of a provider (without: the encounter's)."""

    version: int = Field(ge=0, le=1_000_000_000)
    to: _Text | None = Field(None, max_length=40)


class QueryAnswerIn(_In):
    """A provider's answer: options chosen, or words, or both."""

    version: int = Field(ge=0, le=1_000_000_000)
    chosen: list[Annotated[_Text, Field(max_length=300)]] = Field(default_factory=list, max_length=12)
    words: _Text = Field("", max_length=4_000)
