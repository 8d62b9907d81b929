"""What was done, given and supplied: the procedures and services of a chart, after its diagnoses.

Each contributor is one function from the desk to what it found; which of them are asked depends on the setting. The
codes follow the diagnoses in the list, with their system, modifiers and units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodedNote
from nosology.model.encounter import Setting

__all__ = ["CONTRIBUTORS", "ServiceDesk", "Services", "add_services"]


def _procedures(desk: ServiceDesk) -> Services:
    from nosology.coding.pcs.contribute import code_procedures  # imported where a setting asks for it, as all here

    return code_procedures(desk)


def _visit(desk: ServiceDesk) -> Services:
    from nosology.coding.em.visit import suggest_visit

    return suggest_visit(desk)


def _drugs(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.drugs_given import code_drugs_given

    return code_drugs_given(desk)


def _vaccines(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.immunization import code_immunizations

    return code_immunizations(desk)


def _services(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.performed.contribute import code_services

    return code_services(desk)


def _administration(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.administration import code_administration

    return code_administration(desk)


def _pathology(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.pathology import code_pathology

    return code_pathology(desk)


def _anesthesia(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.anesthesia import code_anesthesia

    return code_anesthesia(desk)


def _transport(desk: ServiceDesk) -> Services:
    from nosology.coding.procedures.transport import code_transport

    return code_transport(desk)


CONTRIBUTORS: Mapping[Setting, tuple[Callable[[ServiceDesk], Services], ...]] = {
    Setting.INPATIENT: (_procedures,),
    Setting.OUTPATIENT: (_services, _pathology, _transport, _drugs, _administration, _vaccines),
    Setting.PROFESSIONAL: (
        _visit,
        _services,
        _pathology,
        _anesthesia,
        _transport,
        _drugs,
        _administration,
        _vaccines,
    ),
    Setting.EMERGENCY: (_visit, _services, _pathology, _drugs, _administration, _vaccines),
}
"""Setting → who is asked for services, in the order in which their codes stand."""


def add_services(coded: CodedNote, desk: ServiceDesk) -> CodedNote:
    """Return the coded note with the services that the contributors of its setting found behind its diagnoses."""
    from nosology.coding.procedures.performed.beside_visit import join_services

    found = join_services(desk, [contribute(desk) for contribute in CONTRIBUTORS[desk.setting]])
    if not any(each.suggestions or each.queries or each.findings or each.visit is not None for each in found):
        return coded
    services = [suggestion for each in found for suggestion in each.suggestions]
    ranked = [replace(s, rank=n) for n, s in enumerate(services, len(coded.suggestions) + 1)]
    return replace(
        coded,
        suggestions=(*coded.suggestions, *ranked),
        queries=(*coded.queries, *(query for each in found for query in each.queries)),
        findings=(*coded.findings, *(finding for each in found for finding in each.findings)),
        visit=next((each.visit for each in found if each.visit is not None), None),
    )
