"""What an action could not do is told to the person: one line on the page, or the page of a missing thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.http import Http404, HttpRequest

from nosology.errors import NosologyError, NotFound

__all__ = ["tell"]

_Result = TypeVar("_Result")


def tell(request: HttpRequest, done: str, act: Callable[[], _Result]) -> _Result | None:
    """Do it, say ``done`` ("" says nothing) and give the result; None after saying why it could not be.

    Raises:
        Http404: what it was about is not there.
    """
    try:
        result = act()
    except NotFound as error:
        raise Http404(str(error)) from None
    except NosologyError as error:
        messages.error(request, _sentence(str(error)))
        return None
    if done:
        messages.success(request, done)
    return result


def _sentence(text: str) -> Any:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!")) else ".")
