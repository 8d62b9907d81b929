"""The code book: one code with its place in the list, its notes and neighbours; and one rule with its cases."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from nosology.codes.conventions import NOTE_MEANINGS, NOTE_NAMES, NOTE_SECTIONS, why_billable
from nosology.errors import NosologyError
from nosology.grouping.describe import describe_code
from nosology.model.access import Permission
from nosology.rules.cases import rule_cases
from nosology.rules.loader import find_rule
from nosology.web.access import page
from nosology.web.workbench.code_search import SYSTEMS

__all__ = ["codebook", "rule"]

_NOTES_BEFORE = ("excludes1", "code_first", "use_additional", "code_also", "excludes2", "includes", "notes")


@page(Permission.CODEBOOK_READ)
def codebook(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """One code; as a fragment where htmx or a script asks. ``?on=`` chooses the release."""
    try:
        described = describe_code(code, on=_day(request), system=system)
    except NosologyError as error:
        raise Http404(str(error)) from None
    context = {
        "code": described,
        "system_name": SYSTEMS.get(system, system),
        "notes": _notes(described),
        "inclusion": [each["text"] for each in described["notes"] if each["kind"] == "inclusion_terms"],
        "why_billable": why_billable(described) if system == "icd10cm" else "",
        "on": _day(request).isoformat(),
        "linked": system == "icd10cm",
    }
    whole = request.headers.get("HX-Request") != "true"
    return render(request, "codebook/page.html" if whole else "codebook/code.html", context)


@page(Permission.CODEBOOK_READ)
def rule(request: HttpRequest, identifier: str) -> HttpResponse:
    """One rule with its citation and the cases that prove it."""
    found = find_rule(identifier)
    if found is None:
        raise Http404("there is no such rule")
    tables = [{"head": rows[0], "rows": rows[1:]} for rows in rule_cases(found.id) if rows]
    whole = request.headers.get("HX-Request") != "true"
    return render(
        request, "codebook/rule_page.html" if whole else "codebook/rule.html", {"rule": found, "tables": tables}
    )


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def _notes(described: dict[str, Any]) -> list[dict[str, Any]]:
    """The notes that apply, those that decide first; each kind with the node at which it stands."""
    listed = [each for each in described["notes"] if each["kind"] in _NOTES_BEFORE]
    listed.sort(key=lambda each: _NOTES_BEFORE.index(each["kind"]))
    groups = []
    for (kind, at), texts in groupby(listed, key=lambda each: (each["kind"], each["at"])):
        groups.append(
            {
                "kind": kind,
                "name": NOTE_NAMES[kind],
                "meaning": NOTE_MEANINGS[kind],
                "section": NOTE_SECTIONS.get(kind, ""),
                "at": f"chapter {at}" if at.isdigit() else at,
                "own": at == described["code"],
                "texts": [each["text"] for each in texts],
            }
        )
    return groups
