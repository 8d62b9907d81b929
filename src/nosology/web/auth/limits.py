"""What holds for every request of a person: the session's limits, the second factor, headers of the answer.

A session ends after some minutes without work (an organisation's ``settings["idle_minutes"]``, else
``NOSOLOGY_IDLE_MINUTES``), after a shift however busy (``SESSION_COOKIE_AGE``), and when the person has more than
``NOSOLOGY_SESSIONS_AT_ONCE``. What a page asks for by itself is no work: it sends ``X-Background: 1``.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter as second_factors
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse

__all__ = [
    "AnswerHeaders",
    "SecondFactor",
    "SessionLimits",
    "end_oldest_sessions",
    "idle_seconds",
    "needs_second_factor",
    "session_context",
]

_EVERY = 30  # seconds between two writes of when somebody was last at work
_LOOPBACK = ("127.0.0.1", "::1")
_WITHOUT_SECOND_FACTOR = frozenset({"account_logout", "switch-organisation", "session-alive", "account"})


def idle_seconds(organisation: Any) -> int:
    """After how many seconds without work a session ends: 1 to 60 minutes."""
    held = (organisation.settings if organisation else {}).get("idle_minutes")
    minutes = held if isinstance(held, int) else settings.NOSOLOGY_IDLE_MINUTES
    return min(max(minutes, 1), 60) * 60


def needs_second_factor(organisation: Any, request: HttpRequest) -> bool:
    """True unless the organisation says no, or it is a sample that is opened on the machine itself without TLS."""
    if organisation is None:
        return not _on_this_machine(request)
    held = organisation.settings.get("second_factor")
    if isinstance(held, bool):
        return held
    return not (organisation.sample and _on_this_machine(request))


def _on_this_machine(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR") in _LOOPBACK and not settings.SECURE


class SessionLimits:
    """Ends what has been idle, or open, too long; notes when somebody was last at work."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session, then go on."""
        if request.user.is_authenticated and not request.path.startswith(settings.STATIC_URL):
            self._look(request, int(time.time()))
        return self.get_response(request)

    def _look(self, request: HttpRequest, now: int) -> None:
        session = request.session
        seen, since = session.get("seen", now), session.get("since", now)
        limit = idle_seconds(request.organisation)
        why = "idle" if now - seen > limit else "shift" if now - since > settings.SESSION_COOKIE_AGE else ""
        if why:
            request.ended_because = why
            logout(request)
            request.access, request.organisation, request.organisations = None, None, {}
            text = (
                f"You were signed out after {limit // 60} minutes without work."
                if why == "idle"
                else ("You were signed out at the end of the longest session. Sign in again to go on.")
            )
            messages.info(request, text)
            return
        if "since" not in session:
            session["since"] = now
        working = request.headers.get("X-Background") != "1"
        if working and (now - seen > _EVERY or "seen" not in session):
            session["seen"] = now


class SecondFactor:
    """Whoever works where a second factor is needed, and has none, sets one up first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead there, or go on."""
        if (
            request.user.is_authenticated
            and needs_second_factor(request.organisation, request)
            and not self._may_go_on(request)
            and not self._has_one(request)
        ):
            where = reverse("mfa_index")
            if request.headers.get("HX-Request") == "true":
                return HttpResponse(status=403, headers={"HX-Redirect": where})
            messages.info(request, "Your organisation asks for a second factor: set one up to go on.")
            return redirect(where)
        return self.get_response(request)

    def _may_go_on(self, request: HttpRequest) -> bool:
        if request.path.startswith((settings.STATIC_URL, "/api/")):  # the API knows no sessions
            return True
        try:
            name = resolve(request.path_info).url_name or ""
        except Resolver404:
            return True
        return name in _WITHOUT_SECOND_FACTOR or name.startswith(("mfa_", "account_"))

    def _has_one(self, request: HttpRequest) -> bool:
        if not request.session.get("second_factor"):
            if not second_factors().is_mfa_enabled(request.user):
                return False
            request.session["second_factor"] = True
        return True


class AnswerHeaders:
    """Pages are not kept by browsers or proxies; devices of the machine are not for pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what is missing."""
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store")
        answer.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
        )
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return answer


def end_oldest_sessions(user: Any, *, keep: str) -> int:
    """End the oldest sessions of a person beyond the number that may run at once; how many were ended."""
    running = sorted(UserSession.objects.purge_and_list(user), key=lambda each: each.created_at, reverse=True)
    others = [each for each in running if each.session_key != keep]
    ended = others[max(settings.NOSOLOGY_SESSIONS_AT_ONCE - 1, 0) :]
    for each in ended:
        each.end()
    return len(ended)


def session_context(request: HttpRequest) -> dict[str, Any]:
    """For templates: after how many idle seconds the page signs off (0: nobody is signed in)."""
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return {"session_idle": idle_seconds(getattr(request, "organisation", None)) if signed_in else 0}
