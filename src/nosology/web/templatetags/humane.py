"""How numbers, money and states are shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

__all__ = ["hours", "register", "state_colour", "usd", "whole"]

register = template.Library()

_COLOURS = {
    "ready": "good",
    "coding": "info",
    "queried": "warn",
    "failed": "bad",
    "waiting": "plain",
    "final": "good",
    "sent": "info",
    "answered": "good",
    "expired": "bad",
}


@register.filter
def usd(value: Any) -> str:
    """US dollars to the cent with thousands apart, "–" for nothing known."""
    return "–" if value in (None, "") else f"{Decimal(value):,.2f}"


@register.filter
def whole(value: Any) -> str:
    """A whole number with thousands apart, "–" for nothing known."""
    return "–" if value in (None, "") else f"{int(value):,}"


@register.filter
def hours(value: Any) -> str:
    """Hours as people say them: minutes under two hours, days from two days on; "–" for nothing known."""
    if value in (None, ""):
        return "–"
    known = float(value)
    if known < 2:
        return f"{known * 60:.0f} min"
    return f"{known:.1f} h" if known < 48 else f"{known / 24:.1f} d"


@register.filter
def state_colour(value: str) -> str:
    """The kind of badge of a state."""
    return _COLOURS.get(value, "plain")
