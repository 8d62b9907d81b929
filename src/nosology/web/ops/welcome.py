"""The first administrator: a signed link printed by ``nosology serve``, good for a day while there is none.

Whoever opens it says who they are and goes on to the link by which a person chooses a password. Should that page be
left, the next start prints a new link to it.
"""

from __future__ import annotations

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from nosology.actions.people import create_first_administrator, password_link
from nosology.errors import UsageError
from nosology.model.access import Access
from nosology.store.models import Organisation, User
from nosology.web.access import open_page

__all__ = ["AdministratorForm", "first_steps", "welcome"]

_SALT = "nosology.first-administrator"
_DAY = 24 * 60 * 60


def first_steps() -> str:
    """The path of the link that makes the first administrator, or lets them choose a password; "" where neither is
    needed."""
    staff = list(User.objects.filter(is_staff=True))
    if not staff:
        return f"/welcome/{signing.dumps('first', salt=_SALT)}"
    if len(staff) == 1 and not staff[0].has_usable_password():
        return password_link(staff[0], now=timezone.now(), hours=24).path
    return ""


class AdministratorForm(forms.Form):
    """Who administers the installation."""

    email = forms.EmailField(
        label="Work e-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))


class _WithOrganisation(AdministratorForm):
    organisation = forms.CharField(
        label="Your hospital or practice",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )


@open_page("a one-time secret stands in the address; refused as soon as there is an administrator")
@never_cache
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """The form, and what it does."""
    try:
        signing.loads(token, salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        raise Http404 from None
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
    if User.objects.filter(is_staff=True).exists():
        raise Http404
    kind = AdministratorForm if Organisation.objects.exists() else _WithOrganisation
    form = kind(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = create_first_administrator(Access.system("", via="link"), now=timezone.now(), **form.cleaned_data)
        except UsageError as error:
            form.add_error("email", str(error))
        else:
            return redirect(link.path)
    return render(request, "ops/welcome.html", {"form": form}, status=422 if form.errors else 200)
