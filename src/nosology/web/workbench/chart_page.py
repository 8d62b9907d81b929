"""The chart screen, read side: the page, its documents, its panel, what is known of one code, the search."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from nosology.actions.reading import open_chart
from nosology.coding.worksheet_moves import REASONS
from nosology.errors import NosologyError, NotFound, NotPermitted, ReleaseNotFound, UsageError
from nosology.model.access import Permission
from nosology.store.queries.documents import list_documents, list_kept_codes, read_document, read_suggestions
from nosology.store.queries.reach import may_read
from nosology.web.access import page
from nosology.web.workbench.assessment import panel_context
from nosology.web.workbench.code_search import (
    Found,
    cited_rules,
    find_codes,
    installed_systems,
    mark_known,
    siblings_of,
    title_of,
    warm_engines,
)
from nosology.web.workbench.document_html import KINDS, render_document, section_title

__all__ = ["chart", "code", "document", "panel", "search"]

_VOCABULARY = "terms of the ICD-10-CM Index and of clinical language"
_POA = (
    ("Y", "Yes", "present at the time of admission"),
    ("N", "No", "not present at the time of admission"),
    ("U", "Unknown", "the documentation is not sufficient"),
    ("W", "Undetermined", "the provider cannot determine it"),
    ("1", "Exempt", "exempt from reporting"),
)


@page(Permission.CHART_READ, glass=True)
@never_cache
def chart(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """The whole page, with the first document."""
    _open(request, encounter)
    context = _panel(request, encounter)
    documents = list_documents(request.access, str(encounter))
    readable = [each for each in documents if each.state == "read"]
    on = context["chart"].service_date
    warm_engines(on)
    first = readable[0] if readable else None
    context |= {
        "documents": documents,
        "first": first,
        "first_html": _lit(request, encounter, first.id) if first else "",
        "kinds": [(name, label, meaning) for name, (label, meaning) in KINDS.items()],
        "missing": [section_title(each.replace("-", "_")).lower() for each in context["chart"].missing_documents],
        "reasons": REASONS,
        "poa_values": _POA,
        "systems": installed_systems(context["chart"].setting),
    }
    return render(request, "chart/page.html", context)


@page(Permission.CHART_READ, glass=True)
@never_cache
def document(request: HttpRequest, encounter: UUID, document: UUID) -> HttpResponse:
    """The text of one document, lit."""
    _open(request, encounter, document=str(document))
    return HttpResponse(_lit(request, encounter, str(document)))


@page(Permission.CHART_READ, glass=True)
@never_cache
def panel(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """The codes with everything that hangs on them, as they stand now."""
    return render(request, "chart/panel.html", _panel(request, encounter))


@page(Permission.CHART_READ, glass=True)
@never_cache
def code(request: HttpRequest, encounter: UUID, key: str) -> HttpResponse:
    """What is known of one code on the chart: evidence, steps with their rules, alternatives, siblings."""
    context = _panel(request, encounter)
    item = next((each for each in context["codes"] if each["key"] == key), None)
    if item is None:
        raise Http404("there is no such code on this chart")
    on = context["chart"].service_date
    suggestion = read_suggestions(request.access, str(encounter)).get(f"{item['system']}:{item['suggested']}", {})
    weighed = [
        {**each, "title": title_of(item["system"], each["code"], on=on)} for each in suggestion.get("alternatives", ())
    ]
    names = {each.id: each.title for each in list_documents(request.access, str(encounter))}
    context |= {
        "item": item,
        "evidence": [_titled(each, names) for each in item["evidence"]],
        "steps": [_explained(each) for each in suggestion.get("steps", ())],
        "confidence": suggestion.get("confidence"),
        "alternatives": weighed,
        "siblings": siblings_of(item["code"], on=on) if item["system"] == "icd10cm" else [],
        "documents_named": len(names) > 1,
    }
    return render(request, "chart/code.html", context)


def _explained(step: dict[str, Any]) -> dict[str, Any]:
    """A step with the rules that it cites; names of our own files say what they are."""
    source = step.get("source", "")
    told = _VOCABULARY if source.startswith("vocabulary") else source
    return {**step, "source": told, "rules": cited_rules(source)}


def _titled(piece: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A piece of evidence with the title of its document and its section in words."""
    return {
        **piece,
        "title": names.get(piece.get("document", ""), ""),
        "section": section_title(piece.get("section") or ""),
    }


@page(Permission.CHART_READ, glass=True)
@never_cache
def search(request: HttpRequest, encounter: UUID) -> HttpResponse:
    """Codes for what was typed; without words those that the person keeps or used of late."""
    context = _panel(request, encounter)
    on, setting = context["chart"].service_date, context["chart"].setting
    known = {system for system, _name in installed_systems(setting)}
    system = request.GET.get("system", "icd10cm")
    asked = request.GET.get("q", "")
    kept = list_kept_codes(request.access)
    on_chart = {(each["system"], each["code"]) for each in context["codes"] if each["state"] != "rejected"}
    pinned = {(each.system, each.code) for each in kept if each.pinned}
    said, found = "", []
    try:
        if system not in known:
            raise UsageError("this code set is not installed here")
        found = find_codes(asked, system=system, on=on)
    except (ReleaseNotFound, UsageError) as error:
        said = str(error)
    if not asked.strip():
        found = [Found(each.system, each.code, title_of(each.system, each.code, on=on)) for each in kept]
        found = [each for each in found if each.system == system and each.title]
    return render(
        request,
        "chart/search_results.html",
        {"found": mark_known(found, chart=on_chart, kept=pinned), "asked": asked.strip(), "said": said},
    )


def _open(request: HttpRequest, encounter: UUID, *, document: str = "") -> None:
    """Log the reading; 404 or refused where the person does not reach the chart."""
    try:
        open_chart(
            request.access,
            encounter=str(encounter),
            now=timezone.now(),
            document=document,
            how="document" if document else "page",
        )
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from None


def _panel(request: HttpRequest, encounter: UUID) -> dict[str, Any]:
    try:
        if not may_read(request.access, str(encounter)):
            raise NotPermitted("this chart is not among those that you may read")
        return panel_context(request.access, str(encounter))
    except NotFound as error:
        raise Http404(str(error)) from None
    except NotPermitted as error:
        raise PermissionDenied(str(error)) from None


def _lit(request: HttpRequest, encounter: UUID, document: str) -> str:
    try:
        found = read_document(request.access, str(encounter), document)
    except NosologyError as error:
        raise Http404(str(error)) from None
    return render_document(found.text, found.mentions, found.sections, found.evidence)
