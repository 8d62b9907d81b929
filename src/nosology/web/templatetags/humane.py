"""How numbers, money and states are shown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template

__all__ = ["hours", "item", "number", "percent", "plain", "register", "state_colour", "us_day", "usd", "whole"]

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
    """US dollars as people write them ("$1,250.00", "-$12.50"), "–" for nothing known."""
    if value in (None, ""):
        return "–"
    amount = Decimal(value)
    return f"{'-' if amount < 0 else ''}${abs(amount):,.2f}"


@register.filter
def whole(value: Any) -> str:
    """A whole number with thousands apart, "–" for nothing known."""
    return "–" if value in (None, "") else f"{int(value):,}"


@register.filter
def number(value: Any, places: int = 1) -> str:
    """A number with so many places, "–" for nothing known."""
    return "–" if value in (None, "") else f"{float(value):,.{places}f}"


@register.filter
def percent(value: Any) -> str:
    """A share from 0 to 1 as percent, "–" for nothing known."""
    return "–" if value in (None, "") else f"{float(value) * 100:.0f}%"


@register.filter
def plain(value: Any) -> str:
    """A coordinate of a drawing: a point, no thousands apart."""
    return f"{float(value):g}"


@register.filter
def item(value: Any, key: str) -> Any:
    """What a mapping holds under a key."""
    return value.get(key, "")


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
def us_day(value: str) -> str:
    """An ISO day ("1959-02-03") as US hospitals write it ("02/03/1959"); what is none as it is."""
    try:
        return f"{date.fromisoformat(value):%m/%d/%Y}"
    except (TypeError, ValueError):
        return value


@register.filter
def state_colour(value: str) -> str:
    """The kind of badge of a state."""
    return _COLOURS.get(value, "plain")
