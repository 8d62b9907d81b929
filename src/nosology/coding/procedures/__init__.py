"""What was done, given and supplied: the procedures and services of a chart, after its diagnoses.

Each contributor is one function from the desk to what it found; which of them are asked depends on the setting. The
codes follow the diagnoses in the list, with their system, modifiers and units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodedNote
from nosology.model.encounter import Setting

__all__ = ["CONTRIBUTORS", "ServiceDesk", "Services", "add_services"]


_Contributor = Callable[[ServiceDesk], Services]


@cache
def _load(module: str, name: str) -> _Contributor:
    found: _Contributor = getattr(import_module(f"nosology.coding.{module}"), name)
    return found


def _of(module: str, name: str) -> _Contributor:
    """Return the contributor of a module, which is imported where a setting first asks for it."""

    def contribute(desk: ServiceDesk) -> Services:
        return _load(module, name)(desk)

    return contribute


_procedures = _of("pcs.contribute", "code_procedures")
_visit = _of("em.visit", "suggest_visit")
_drugs = _of("procedures.drugs_given", "code_drugs_given")
_vaccines = _of("procedures.immunization", "code_immunizations")
_services = _of("procedures.performed.contribute", "code_services")
_administration = _of("procedures.administration", "code_administration")
_pathology = _of("procedures.pathology", "code_pathology")
_anesthesia = _of("procedures.anesthesia", "code_anesthesia")
_transport = _of("procedures.transport", "code_transport")

CONTRIBUTORS: Mapping[Setting, tuple[_Contributor, ...]] = {
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


@cache
def _joiner() -> Callable[[ServiceDesk, list[Services]], list[Services]]:
    from nosology.coding.procedures.performed.beside_visit import join_services

    return join_services


def add_services(coded: CodedNote, desk: ServiceDesk) -> CodedNote:
    """Return the coded note with the services that the contributors of its setting found behind its diagnoses."""
    found = _joiner()(desk, [contribute(desk) for contribute in CONTRIBUTORS[desk.setting]])
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
