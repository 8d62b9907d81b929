"""One's own account: the page of it, choosing a password by a link, another organisation, sessions."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from nosology.actions.people import link_owner, set_password_by_link
from nosology.errors import NotFound, UsageError
from nosology.web.access import open_page, signed_in_page
from nosology.web.auth.limits import needs_second_factor

__all__ = ["ChoosePassword", "account", "alive", "choose_password", "end_sessions", "forgotten", "switch_organisation"]

_LINK_TRIES = 30  # from one address in a minute


class ChoosePassword(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label="New password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
        strip=False,
    )
    again = forms.CharField(
        label="The same again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )

    def clean(self) -> dict[str, Any]:
        """Both must be the same."""
        held: dict[str, Any] = super().clean() or {}
        if held.get("password") and held.get("again") and held["password"] != held["again"]:
            self.add_error("again", "The two are not the same.")
        return held


@signed_in_page()
def account(request: HttpRequest) -> HttpResponse:
    """Who I am, where I work, my second factors and sessions."""
    factors = list(Authenticator.objects.filter(user=request.user))
    kinds = [str(each.type) for each in factors]
    return render(
        request,
        "people/account.html",
        {
            "roles": sorted(request.access.roles) if request.access else [],
            "app": "totp" in kinds,
            "keys": kinds.count("webauthn"),
            "recovery": "recovery_codes" in kinds,
            "needed": needs_second_factor(request.organisation, request),
            "sessions": sorted(
                UserSession.objects.purge_and_list(request.user), key=lambda each: each.created_at, reverse=True
            ),
            "this_session": request.session.session_key,
        },
    )


@signed_in_page(methods=("POST",))
def alive(request: HttpRequest) -> HttpResponse:
    """The page says that somebody is at work (or, in the background, asks whether the session still runs)."""
    return HttpResponse(status=204)


@signed_in_page(methods=("POST",))
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign off everywhere else."""
    for each in UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key):
        each.end()
    messages.success(request, "You are signed in here alone.")
    return redirect("account")


@signed_in_page(methods=("POST",))
def switch_organisation(request: HttpRequest) -> HttpResponse:
    """Work in another organisation; one that is not mine is none that there is."""
    chosen = request.POST.get("organisation", "")
    if chosen not in request.organisations:
        raise Http404("there is no such organisation")
    request.session["organisation"] = chosen
    return redirect("/")


@open_page("whoever has forgotten the password cannot sign in")
def forgotten(request: HttpRequest) -> HttpResponse:
    """There is no mail: an administrator gives a link."""
    return render(request, "account/forgotten.html")


@open_page("whoever was invited has no password yet; the link is signed, expires and works once")
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind a link."""
    now = timezone.now()
    key = f"password-link:{request.META.get('REMOTE_ADDR', '')}"
    tries = cache.get(key, 0)
    if tries >= _LINK_TRIES:
        return HttpResponse("Too many tries: wait a minute.", status=429, content_type="text/plain")
    try:
        owner = link_owner(token, now=now)
    except NotFound as error:
        cache.set(key, tries + 1, 60)
        return render(request, "account/link.html", {"wrong": str(error)}, status=404)
    form = ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_password_by_link(token, form.cleaned_data["password"], now=now)
        except UsageError as error:
            form.add_error("password", str(error))
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    return render(request, "account/link.html", {"form": form, "owner": owner}, status=422 if form.errors else 200)
