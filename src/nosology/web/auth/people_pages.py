"""People of the organisation and their roles; what the organisation asks of sessions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nosology.actions.people import (
    PasswordLink,
    change_person,
    create_organisation,
    invite_person,
    issue_password_link,
    remove_second_factors,
    set_organisation,
)
from nosology.model.access import Permission, Role
from nosology.store.queries.people import list_people
from nosology.web.access import page
from nosology.web.auth.limits import idle_seconds, needs_second_factor
from nosology.web.auth.telling import tell

__all__ = ["invite", "link", "new_organisation", "organisation", "people", "person", "second_factors"]

_ROLES = [(str(each), str(each).replace("cdi", "CDI specialist").capitalize().replace("Cdi", "CDI")) for each in Role]


@page(Permission.PEOPLE_MANAGE)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody here."""
    return _people(request)


def _people(request: HttpRequest, made: PasswordLink | None = None, status: int = 200) -> HttpResponse:
    held = request.organisation.settings
    return render(
        request,
        "people/people.html",
        {
            "people": list_people(request.access),
            "roles": _ROLES,
            "asked": request.POST if status != 200 else {},
            "chosen": request.POST.getlist("roles") if status != 200 else [],
            "idle_minutes": idle_seconds(request.organisation) // 60,
            "second_factor": held.get("second_factor", needs_second_factor(request.organisation, request)),
            "reach": held.get("reach", "organisation"),
            "link": request.build_absolute_uri(made.path) if made and made.path else "",
            "made": made,
        },
        status=status,
    )


@page(Permission.PEOPLE_MANAGE, methods=("POST",))
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new: the link is shown once, to be handed over."""
    given = request.POST
    made = tell(
        request,
        "Invited.",
        lambda: invite_person(
            request.access,
            email=given.get("email", ""),
            name=given.get("name", ""),
            roles=given.getlist("roles"),
            team=given.get("team", ""),
            now=timezone.now(),
        ),
    )
    return _people(request, made, status=200 if made else 422)


@page(Permission.PEOPLE_MANAGE, methods=("GET", "HEAD", "POST"))
def person(request: HttpRequest, user: Any) -> HttpResponse:
    """Roles, team, and whether somebody may still come in."""
    given = request.POST
    if request.method == "POST":
        changed = tell(
            request,
            "Changed.",
            lambda: (
                change_person(
                    request.access,
                    user=str(user),
                    roles=given.getlist("roles"),
                    active="active" in given,
                    team=given.get("team", ""),
                )
                or True
            ),
        )
        if changed:
            return redirect("people")
    found = next((each for each in list_people(request.access) if each.id == str(user)), None)
    if found is None:
        raise Http404("there is no such person here")
    return render(
        request, "people/person.html", {"person": found, "roles": _ROLES}, status=422 if request.POST else 200
    )


@page(Permission.PEOPLE_MANAGE, methods=("POST",))
def link(request: HttpRequest, user: Any) -> HttpResponse:
    """A link for whoever forgot the password."""
    made = tell(request, "", lambda: issue_password_link(request.access, user=str(user), now=timezone.now()))
    return _people(request, made, status=200 if made else 422)


@page(Permission.PEOPLE_MANAGE, methods=("POST",))
def second_factors(request: HttpRequest, user: Any) -> HttpResponse:
    """For whoever lost the telephone."""
    tell(
        request,
        "Their second factors are removed: at the next sign-in they set up new ones.",
        lambda: remove_second_factors(request.access, user=str(user)) or True,
    )
    return redirect("people")


@page(Permission.ORGANISATION_MANAGE, methods=("POST",))
def organisation(request: HttpRequest) -> HttpResponse:
    """What the organisation asks of sessions and who reaches which charts."""
    given = request.POST
    minutes = given.get("idle_minutes", "")
    tell(
        request,
        "Saved.",
        lambda: (
            set_organisation(
                request.access,
                idle_minutes=int(minutes) if minutes.isascii() and minutes.isdigit() and len(minutes) < 4 else 0,
                second_factor="second_factor" in given,
                reach=given.get("reach", ""),
            )
            or True
        ),
    )
    return redirect("people")


@page(Permission.ORGANISATION_MANAGE, methods=("POST",))
def new_organisation(request: HttpRequest) -> HttpResponse:
    """A further organisation, by an administrator of the whole installation."""
    given = request.POST
    made = tell(
        request,
        "Made. You work there now.",
        lambda: create_organisation(request.access, name=given.get("name", ""), kind=given.get("kind", "")),
    )
    if made:
        request.session["organisation"] = made
    return redirect("people")
