"""The intake pages: what came in, a new encounter, the documents of one with the engine's progress."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from nosology.actions.intake import (
    Received,
    ReceivedFile,
    receive_documents,
    record_charges,
    register_encounter,
    request_coding,
)
from nosology.errors import NosologyError, NotFound, UnreadableInput, UsageError
from nosology.model.access import Permission
from nosology.notes.read import MAXIMUM_BYTES
from nosology.store.queries.intake import intake_counts, providers_of, read_intake, recent_intake
from nosology.web.access import page
from nosology.web.workbench.intake_forms import ChargesForm, FilesForm, RegistrationForm, charges_as_text, read_charges

__all__ = [
    "add_documents",
    "code_again",
    "intake_list",
    "intake_page",
    "intake_progress",
    "new_encounter",
    "set_charges",
]

_PAGE = 50
_READ = ("GET", "HEAD")


@page(Permission.INTAKE_WRITE, methods=("GET", "HEAD", "POST"))
def intake_list(request: HttpRequest) -> HttpResponse:
    """What came in, the last first. An account number is searched by POST, so that it stands in no address."""
    show = request.GET.get("show", "")
    show = show if show in ("work", "failed") else ""
    number = request.POST.get("number", "").strip()[:40]
    before = _moment(request.GET.get("before", ""))
    rows = recent_intake(request.access, show=show, number=number, before=before, limit=_PAGE + 1)
    if number and len(rows) == 1:
        return redirect("intake-encounter", rows[0].id)
    more = rows[_PAGE - 1].received_at.isoformat() if len(rows) > _PAGE and not number else ""
    context = {
        "rows": rows[:_PAGE],
        "show": show,
        "number": number,
        "counts": intake_counts(request.access),
        "more": more,
        "at_work": not number and any(row.at_work for row in rows),
    }
    part = request.headers.get("HX-Target") == "intake-rows"
    return render(request, "intake/rows.html" if part else "intake/list.html", context)


@page(Permission.INTAKE_WRITE, methods=("GET", "HEAD", "POST"))
def new_encounter(request: HttpRequest) -> HttpResponse:
    """Register a stay or a visit, with its documents if they are at hand."""
    providers = providers_of(request.access)
    if request.method in _READ:
        return render(request, "intake/new.html", {"form": RegistrationForm(providers=providers)})
    form = RegistrationForm(request.POST, request.FILES, providers=providers)
    if not form.is_valid():
        return render(request, "intake/new.html", {"form": form}, status=422)
    now = timezone.now()
    try:
        encounter = register_encounter(request.access, now=now, **form.facts())
    except (UsageError, UnreadableInput) as error:
        form.add_error(None, _sentence(error))
        return render(request, "intake/new.html", {"form": form}, status=422)
    if form.cleaned_data["files"]:
        _receive(request, encounter, form.cleaned_data["files"], now)
    else:
        messages.success(request, "Registered. Add its documents now, or when they come.")
    return redirect("intake-encounter", encounter)


@page(Permission.INTAKE_WRITE)
def intake_page(request: HttpRequest, encounter: str) -> HttpResponse:
    """One encounter: its documents, what failed and why, charges, progress."""
    return _show(request, encounter)


@page(Permission.INTAKE_WRITE)
def intake_progress(request: HttpRequest, encounter: str) -> HttpResponse:
    """The part of the page that changes while the engine works; asked for again until it is done."""
    return render(request, "intake/state.html", {"chart": _find(request, encounter)})


@page(Permission.INTAKE_WRITE, methods=("POST",))
def add_documents(request: HttpRequest, encounter: str) -> HttpResponse:
    """More documents, coded at once."""
    form = FilesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, encounter, files=form, status=422)
    try:
        _receive(request, encounter, form.cleaned_data["files"], timezone.now())
    except NotFound as error:
        raise Http404(str(error)) from None
    except UsageError as error:
        form.add_error("files", _sentence(error))
        return _show(request, encounter, files=form, status=422)
    return redirect("intake-encounter", encounter)


@page(Permission.INTAKE_WRITE, methods=("POST",))
def set_charges(request: HttpRequest, encounter: str) -> HttpResponse:
    """The charges of the encounter."""
    form = ChargesForm(request.POST)
    if not form.is_valid():
        return _show(request, encounter, charges=form, status=422)
    try:
        count = record_charges(
            request.access, encounter=encounter, lines=read_charges(form.cleaned_data["charges"]), now=timezone.now()
        )
    except NotFound as error:
        raise Http404(str(error)) from None
    except (UsageError, UnreadableInput) as error:
        form.add_error("charges", _sentence(error))
        return _show(request, encounter, charges=form, status=422)
    messages.success(request, f"{count} charges are recorded." if count != 1 else "1 charge is recorded.")
    return redirect("intake-encounter", encounter)


@page(Permission.INTAKE_WRITE, methods=("POST",))
def code_again(request: HttpRequest, encounter: str) -> HttpResponse:
    """Have the engine code the encounter once more."""
    try:
        request_coding(request.access, encounter=encounter, now=timezone.now())
    except NotFound as error:
        raise Http404(str(error)) from None
    except NosologyError as error:
        messages.error(request, _sentence(error))
    return redirect("intake-encounter", encounter)


def _show(
    request: HttpRequest,
    encounter: str,
    *,
    files: FilesForm | None = None,
    charges: ChargesForm | None = None,
    status: int = 200,
) -> HttpResponse:
    chart = _find(request, encounter)
    context = {
        "chart": chart,
        "files": files or FilesForm(),
        "charges": charges or ChargesForm(initial={"charges": charges_as_text(chart.charges)}),
    }
    return render(request, "intake/encounter.html", context, status=status)


def _find(request: HttpRequest, encounter: str) -> Any:
    try:
        return read_intake(request.access, encounter)
    except NotFound as error:
        raise Http404(str(error)) from None


def _receive(request: HttpRequest, encounter: str, files: list[Any], now: datetime) -> None:
    """Take the files and have the encounter coded if any of them can be."""
    taken = [ReceivedFile(name=each.name or "", data=each.read(MAXIMUM_BYTES + 1)) for each in files]
    answers = receive_documents(request.access, encounter=encounter, files=taken, now=now)
    if any(each.state in ("read", "received") for each in answers):
        try:
            request_coding(request.access, encounter=encounter, now=now)
        except UsageError as error:
            messages.warning(request, f"The documents are kept. {_sentence(error)}")
    _tell(request, answers)


def _tell(request: HttpRequest, answers: tuple[Received, ...]) -> None:
    good = sum(each.state in ("read", "received") for each in answers)
    again = sum(each.state == "duplicate" for each in answers)
    failed = sum(each.state == "failed" for each in answers)
    if good:
        messages.success(request, f"{good} document{'s' if good > 1 else ''} received.")
    if again:
        messages.info(request, f"{again} already there: the same file{'s' if again > 1 else ''} as before.")
    if failed:
        messages.error(request, f"{failed} could not be taken: the reason stands beside each.")


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is not None and timezone.is_aware(found) else None


def _sentence(error: Exception) -> str:
    text = str(error)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
