"""The forms of the intake: registration facts, files, charges."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from nosology.actions.intake import MOST_FILES, MOST_LINES
from nosology.errors import UsageError

__all__ = ["ChargesForm", "FilesForm", "RegistrationForm", "charges_as_text", "read_charges"]

_SETTINGS = (
    ("inpatient", "Inpatient stay"),
    ("emergency", "Emergency visit"),
    ("outpatient", "Outpatient (facility)"),
    ("professional", "Office visit (professional)"),
)
_DISPOSITIONS = (
    ("", "Not known"),
    ("01", "01 Home"),
    ("02", "02 Another short-term hospital"),
    ("03", "03 Skilled nursing facility"),
    ("06", "06 Home with home health care"),
    ("07", "07 Left against medical advice"),
    ("20", "20 Died"),
    ("50", "50 Hospice at home"),
    ("51", "51 Hospice, medical facility"),
    ("62", "62 Inpatient rehabilitation"),
    ("63", "63 Long-term care hospital"),
)


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files; what is in them is looked at by the action."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if not files and self.required:
            raise forms.ValidationError("Choose at least one file.")
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"At most {MOST_FILES} files at once.")
        return files


class _Form(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)


class FilesForm(_Form):
    """Documents to add."""

    files = _FilesField(label="Documents", widget=_ManyFiles, help_text="Text, PDF, RTF or DOCX, 20 MB each.")


class RegistrationForm(_Form):
    """A new stay or visit."""

    number = forms.CharField(label="Account number", max_length=40)
    mrn = forms.CharField(label="Medical record number", max_length=40)
    name = forms.CharField(label="Patient's name", max_length=120, required=False)
    birth_date = forms.DateField(label="Date of birth", widget=_Day, required=False)
    sex = forms.ChoiceField(label="Sex", choices=(("U", "Not known"), ("F", "Female"), ("M", "Male")))
    setting = forms.ChoiceField(label="Setting", choices=_SETTINGS)
    admitted = forms.DateField(label="Admitted", widget=_Day, required=False)
    service_date = forms.DateField(label="Discharged, or day of the visit", widget=_Day)
    disposition = forms.ChoiceField(label="Discharged to", choices=_DISPOSITIONS, required=False)
    payer = forms.CharField(label="Payer", max_length=80, required=False)
    department = forms.CharField(label="Department", max_length=80, required=False)
    provider = forms.ChoiceField(label="Provider who answers queries", required=False)
    priority = forms.TypedChoiceField(
        label="Priority",
        coerce=int,
        initial=3,
        choices=((1, "1 First"), (2, "2 High"), (3, "3 Usual"), (4, "4 Low"), (5, "5 Last")),
    )
    files = _FilesField(
        label="Documents", widget=_ManyFiles, required=False, help_text="Text, PDF, RTF or DOCX, 20 MB each."
    )

    def __init__(self, *args: Any, providers: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].choices = [("", "Nobody yet"), *providers]

    def clean(self) -> dict[str, Any]:
        """Dates that fit each other."""
        found = super().clean()
        admitted, discharged = found.get("admitted"), found.get("service_date")
        if admitted and discharged and admitted > discharged:
            self.add_error("admitted", "The admission lies after the discharge.")
        if found.get("setting") == "inpatient" and not admitted and "admitted" not in self.errors:
            self.add_error("admitted", "A stay needs its day of admission.")
        return found

    def facts(self) -> dict[str, Any]:
        """The arguments of ``actions.intake.register_encounter``."""
        found = self.cleaned_data
        stay = found["setting"] == "inpatient"
        registration = {"discharge_status": found["disposition"]} if found["disposition"] else {}
        return {
            "number": found["number"],
            "mrn": found["mrn"],
            "name": found["name"],
            "birth_date": found["birth_date"],
            "sex": found["sex"],
            "setting": found["setting"],
            "service_date": found["service_date"],
            "admitted_at": _start(found["admitted"]),
            "discharged_at": _start(found["service_date"]) if stay else None,
            "payer": found["payer"],
            "department": found["department"],
            "provider": found["provider"] or None,
            "priority": found["priority"],
            "registration": registration,
        }


class ChargesForm(_Form):
    """Charges, one on a line."""

    charges = forms.CharField(
        label="One charge on a line",
        required=False,
        strip=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "mono"}),
        help_text="Code, modifiers, units, charge, date. For example: 99213, 25, 1, 140.00, 2026-05-04",
    )


def read_charges(text: str) -> list[dict[str, Any]]:
    """The ``lines`` of the encounter JSON that a text of charges says. Raises UsageError, naming the line."""
    lines: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.split(",")]
        if len(parts) > 5 or not parts[0]:
            raise UsageError(f"charge line {number}: code, modifiers, units, charge, date; between them commas")
        code, modifiers, units, charge, day = (*parts, "", "", "", "")[:5]
        found: dict[str, Any] = {"code": code.upper()}
        if modifiers:
            found["modifiers"] = modifiers.upper().split()
        for name, value in (("units", units), ("charge", charge.lstrip("$"))):
            if value:
                found[name] = _amount(value, name, number)
        if day:
            found["date"] = _day(day, number)
        lines.append(found)
    if len(lines) > MOST_LINES:
        raise UsageError(f"at most {MOST_LINES} charges")
    return lines


def charges_as_text(lines: tuple[dict[str, Any], ...]) -> str:
    """The lines of an encounter as :func:`read_charges` reads them."""
    return "\n".join(
        ", ".join(
            str(each)
            for each in (
                line.get("code", ""),
                " ".join(line.get("modifiers") or ()),
                line.get("units", ""),
                line.get("charge", ""),
                line.get("date", ""),
            )
        ).rstrip(", ")
        for line in lines
    )


def _amount(value: str, name: str, number: int) -> str:
    try:
        right = 0 <= float(value) < 10_000_000
    except ValueError:
        right = False
    if not right:
        raise UsageError(f"charge line {number}: {name} is no number of zero or more")
    return value


def _day(value: str, number: int) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"charge line {number}: write the date as 2026-05-04") from None


def _start(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time()))
