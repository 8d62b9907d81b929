"""The door is audited: signing in and out, passwords, second factors; and the number of sessions is kept."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
    authenticator_used,
)
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver

from nosology.actions.signing_in import record_at_the_door
from nosology.web.auth.limits import end_oldest_sessions

__all__: list[str] = []


@receiver(user_logged_in)
def _signed_in(request: Any, user: Any, **_more: Any) -> None:
    for name in ("seen", "since", "second_factor"):
        request.session.pop(name, None)
    request.session.save()  # else the list of sessions would take this one for gone
    ended = end_oldest_sessions(user, keep=request.session.session_key or "")
    record_at_the_door("account.sign-in", user=str(user.pk), sessions_ended=ended)


@receiver(user_logged_out)
def _signed_out(request: Any, user: Any, **_more: Any) -> None:
    if user is not None:
        record_at_the_door("account.sign-out", user=str(user.pk), why=getattr(request, "ended_because", "asked"))


@receiver(password_changed)
def _password(user: Any, **_more: Any) -> None:
    record_at_the_door("account.password", user=str(user.pk))


@receiver([authenticator_added, authenticator_removed, authenticator_reset])
def _second_factor(signal: Any, user: Any, authenticator: Any, request: Any, **_more: Any) -> None:
    request.session.pop("second_factor", None)
    verbs = {
        authenticator_added: "account.second-factor-add",
        authenticator_removed: "account.second-factor-remove",
        authenticator_reset: "account.second-factor-reset",
    }
    record_at_the_door(verbs[signal], user=str(user.pk), kind=str(authenticator.type))


@receiver(authenticator_used)
def _second_factor_used(user: Any, authenticator: Any, **_more: Any) -> None:
    record_at_the_door("account.second-factor", user=str(user.pk), kind=str(authenticator.type))


@receiver(authentication_failed)
def _second_factor_failed(user: Any, **_more: Any) -> None:
    record_at_the_door("account.second-factor", user=str(user.pk), outcome="refused")
