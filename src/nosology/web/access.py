"""Who may open a page: every view carries one rule, and a view without a rule is refused.

``@page(Permission.CHART_READ)`` asks for a permission in the organisation in which the person works;
``@open_page("why")`` is for
what needs no sign-in. The middleware works out ``request.access`` once; the access matrix in the tests reads the
rules.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from nosology.model.access import Access, Permission, Role
from nosology.store.models import Agreement, Membership

__all__ = ["AccessMiddleware", "access_context", "access_of", "open_page", "organisations_of", "page"]


def page(permission: Permission, *, methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[Any], Any]:
    """A view for those who hold the permission; others sign in or are refused."""

    def wrap(view: Any) -> Any:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            access = request.access
            if access is None or not access.may(permission):
                raise PermissionDenied(f"this page needs the permission {permission.value}")
            return view(request, *args, **kwargs)

        guarded.access_rule = permission  # type: ignore[attr-defined]
        guarded.access_methods = methods  # type: ignore[attr-defined]
        return guarded

    return wrap


def open_page(why: str) -> Callable[[Any], Any]:
    """A view for everybody; ``why`` says why it may be."""

    def wrap(view: Any) -> Any:
        view.access_rule = f"open: {why}"
        return view

    return wrap


def organisations_of(user: Any, *, on: date) -> dict[str, frozenset[Role]]:
    """The organisations in which a person may work, with the roles: by membership, and by agreements of a company."""
    found: dict[str, frozenset[Role]] = {}
    mine = list(Membership.objects.filter(user=user, active=True, organisation__active=True))
    for each in mine:
        found[str(each.organisation_id)] = each.role_set
    roles = {each.organisation_id: each.role_set for each in mine}
    for agreement in Agreement.objects.filter(company__in=list(roles), active=True, client__active=True):
        if (agreement.starts_on and agreement.starts_on > on) or (agreement.ends_on and agreement.ends_on < on):
            continue
        shared = roles[agreement.company_id] & {Role(each) for each in agreement.roles}
        client = str(agreement.client_id)
        found[client] = found.get(client, frozenset()) | shared
    return found


def access_of(request: HttpRequest, *, on: date) -> Access | None:
    """The access of a signed-in person in the organisation chosen in the session (or the first), None without any."""
    if not request.user.is_authenticated:
        return None
    request.organisations = known = organisations_of(request.user, on=on)
    if not known:
        return None
    chosen = request.session.get("organisation", "")
    if chosen not in known:
        chosen = min(known)
    return Access.of(str(request.user.pk), chosen, known[chosen])


class AccessMiddleware:
    """Sets ``request.access``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Work out the access, then go on."""
        from django.utils import timezone

        request.access = access_of(request, on=timezone.localdate())
        return self.get_response(request)


def access_context(request: HttpRequest) -> dict[str, Any]:
    """For templates: the access, and its permissions by name (``may.chart_read``)."""
    access = getattr(request, "access", None)
    allowed = access.allowed if access else frozenset()
    return {
        "access": access,
        "may": {each.value.replace(".", "_").replace("-", "_"): each in allowed for each in Permission},
    }
