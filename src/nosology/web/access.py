"""Who may open a page: every view carries one rule, and a view without a rule fails the access matrix of the tests.

``@page(Permission.CHART_READ)`` asks for a permission in the organisation in which the person works;
``@signed_in_page()`` only for a person (also one without any organisation); ``@open_page("why")`` is for what needs no
sign-in. The middleware works out ``request.access`` and ``request.organisation`` once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from nosology.actions.signing_in import record_refusal
from nosology.errors import NotFound
from nosology.model.access import Access, Permission, Role
from nosology.store.models import Agreement, Membership
from nosology.store.queries.reach import reach_of

__all__ = [
    "AccessMiddleware",
    "access_context",
    "access_of",
    "open_page",
    "organisations_of",
    "page",
    "signed_in_page",
    "to_sign_in",
    "workplaces_of",
]

_READING = ("GET", "HEAD")


def page(permission: Permission, *, methods: tuple[str, ...] = _READING, glass: bool = False) -> Callable[[Any], Any]:
    """A view for those who hold the permission; others sign in or are refused, and the refusal is audited.

    With ``glass`` also for those who broke the glass for the chart that the address names (``encounter``).
    """

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if not request.user.is_authenticated:
                return to_sign_in(request)
            access = request.access
            if access is None or not (access.may(permission) or (glass and _by_glass(access, kwargs))):
                record_refusal(access, user=str(request.user.pk), needs=permission)
                raise PermissionDenied(f"this page needs the permission {permission.value}")
            return view(request, *args, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        guarded.access_methods = methods  # type: ignore[attr-defined]
        return guarded

    return wrap


def _by_glass(access: Access, named: dict[str, Any]) -> bool:
    if not access.may(Permission.BREAK_GLASS):
        return False
    try:
        return reach_of(access, str(named.get("encounter", ""))).by_glass
    except NotFound:
        return False


def signed_in_page(*, methods: tuple[str, ...] = _READING) -> Callable[[Any], Any]:
    """A view for everybody who is signed in, about the person alone: no data of an organisation."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if not request.user.is_authenticated:
                return to_sign_in(request)
            return view(request, *args, **kwargs)

        guarded.access_rule = "signed-in"  # type: ignore[attr-defined]
        guarded.access_methods = methods  # type: ignore[attr-defined]
        return guarded

    return wrap


def open_page(why: str) -> Callable[[Any], Any]:
    """A view for everybody; ``why`` says why it may be."""

    def wrap(view: Any) -> Any:
        view.access_rule = f"open: {why}"
        return view

    return wrap


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the page of sign-in and back; a fragment takes the whole page there."""
    if request.headers.get("HX-Request") != "true":
        return redirect_to_login(request.get_full_path())
    back = request.headers.get("HX-Current-URL", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    return HttpResponse(status=401, headers={"HX-Redirect": redirect_to_login(back).url})


def workplaces_of(user: Any, *, on: date) -> dict[str, tuple[Any, frozenset[Role]]]:
    """The organisations in which a person may work, with the roles: by membership, and by agreements of a company."""
    mine = list(
        Membership.objects.filter(user=user, active=True, organisation__active=True).select_related("organisation")
    )
    found = {str(each.organisation_id): (each.organisation, each.role_set) for each in mine}
    roles = {each.organisation_id: each.role_set for each in mine}
    agreements = Agreement.objects.filter(company__in=list(roles), active=True, client__active=True)
    for agreement in agreements.select_related("client"):
        if (agreement.starts_on and agreement.starts_on > on) or (agreement.ends_on and agreement.ends_on < on):
            continue
        shared = roles[agreement.company_id] & {Role(each) for each in agreement.roles}
        client = str(agreement.client_id)
        before = found[client][1] if client in found else frozenset()
        if before | shared:
            found[client] = (agreement.client, before | shared)
    return found


def organisations_of(user: Any, *, on: date) -> dict[str, frozenset[Role]]:
    """The organisations in which a person may work, by id, with the roles."""
    return {each: roles for each, (_organisation, roles) in workplaces_of(user, on=on).items()}


def _desk_of(request: HttpRequest, *, on: date) -> tuple[Access | None, Any]:
    if not request.user.is_authenticated:
        return None, None
    known = workplaces_of(request.user, on=on)
    if not known:
        return None, None
    chosen = request.session.get("organisation", "")
    if chosen not in known:
        chosen = min(known)
    organisation, roles = known[chosen]
    request.organisations = {each: place for each, (place, _roles) in known.items()}
    return Access.of(str(request.user.pk), chosen, roles), organisation


def access_of(request: HttpRequest, *, on: date) -> Access | None:
    """The access of a signed-in person in the organisation chosen in the session (or the first), None without any."""
    return _desk_of(request, on=on)[0]


class AccessMiddleware:
    """Sets ``request.access``, ``request.organisation`` and ``request.organisations`` (by id)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Work out the access, then go on."""
        request.organisations = {}
        request.access, request.organisation = _desk_of(request, on=timezone.localdate())
        return self.get_response(request)


def access_context(request: HttpRequest) -> dict[str, Any]:
    """For templates: the access, its permissions by name (``may.chart_read``), the organisations to choose from."""
    access = getattr(request, "access", None)
    allowed = access.allowed if access else frozenset()
    return {
        "access": access,
        "organisation": getattr(request, "organisation", None),
        "organisations": getattr(request, "organisations", {}),
        "may": {each.value.replace(".", "_").replace("-", "_"): each in allowed for each in Permission},
    }
