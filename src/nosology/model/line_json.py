"""Line details in: the keys of a service line that only claims need. The shape: docs/claims.md."""

from __future__ import annotations

from nosology.model.claim import ToothWork
from nosology.model.claim_parts import Equipment, FormAnswer, ProcedureId, SupportingForm
from nosology.model.coverage import LineDetails
from nosology.model.json_fields import Fields
from nosology.model.registration_json import read_more, read_providers

__all__ = ["read_line_details"]


def read_line_details(fields: Fields) -> LineDetails:
    """The details of a line, as :class:`~nosology.model.coverage.LineDetails` has them. Raises UnreadableInput."""
    equipment = fields.object("equipment")
    return LineDetails(
        ndc_quantity=fields.optional_decimal("ndc_quantity"),
        ndc_unit=fields.text("ndc_unit", "").upper(),
        prescription=fields.identifier("prescription"),
        last=fields.day("end_date"),
        description=fields.text("description", ""),
        emergency=fields.flag("emergency"),
        epsdt=fields.flag("epsdt"),
        family_planning=fields.flag("family_planning"),
        copay_exempt=fields.flag("copay_exempt"),
        noncovered=fields.optional_decimal("noncovered"),
        purchased_charge=fields.optional_decimal("purchased_charge"),
        authorization=fields.identifier("authorization"),
        providers=read_providers(fields),
        teeth=tuple(
            ToothWork(each.identifier("tooth"), tuple(each.text("surfaces", "")))
            for each in fields.items("teeth", "tooth")
        ),
        oral_cavity=tuple(fields.texts("oral_cavity")),
        prosthesis=fields.text("prosthesis", ""),
        equipment=_read_equipment(equipment) if equipment else None,
        forms=tuple(_read_form(each) for each in fields.items("forms", "id")),
        **read_more(fields),
    )


def _read_equipment(fields: Fields) -> Equipment:
    code = fields.text("code", "")
    return Equipment(
        procedure=ProcedureId("HC", code) if code else None,
        days=fields.optional_decimal("days"),
        rental=fields.optional_decimal("rental"),
        purchase=fields.optional_decimal("purchase"),
        frequency=fields.identifier("frequency"),
        certificate=fields.text("certificate", ""),
        months=fields.optional_decimal("months"),
    )


def _read_form(fields: Fields) -> SupportingForm:
    answers = tuple(
        FormAnswer(
            each.identifier("question"),
            each.text("answer", ""),
            each.text("text", ""),
            each.identifier("day"),
            each.optional_decimal("percent"),
        )
        for each in fields.items("answers", "question")
    )
    return SupportingForm(fields.text("qualifier", "UT"), fields.identifier("id"), answers)
