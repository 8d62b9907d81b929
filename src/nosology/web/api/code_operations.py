"""The code books: one code, or a search; and for whom a token acts.

Real annotations here, not texts: django-ninja reads them through two decorators.
"""

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router
from pydantic import AfterValidator

from nosology.codes.conversion import convert_code
from nosology.errors import NosologyError, UsageError
from nosology.grouping.describe import describe_code
from nosology.model.access import Permission
from nosology.web.api.answers import CodesOut, MeOut
from nosology.web.api.authentication import operation
from nosology.web.api.schemas import CodeSystem, no_nul
from nosology.web.workbench.code_search import find_codes

__all__ = [
    "convert_between_years",
    "me",
    "router",
    "search_codes",
    "show_code",
]

router = Router(tags=["code books"])

_Day = Annotated[date | None, Field(ge=date(1990, 1, 1), le=date(2200, 1, 1))]


@router.get("/me", response=MeOut)
@operation(Permission.OWN_ACCOUNT)
def me(request: HttpRequest) -> Any:
    """The user, the organisation and the permissions of the token."""
    access = request.access
    return {
        "user": access.user,
        "organisation": access.organisation,
        "roles": sorted(access.roles),
        "permissions": sorted(access.allowed),
    }


@router.get("/codes/{system}", response=CodesOut)
@operation(Permission.CODEBOOK_READ)
def search_codes(
    request: HttpRequest,
    system: CodeSystem,
    q: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(no_nul)],
    on: _Day = None,
    limit: Annotated[int, Field(ge=1, le=50)] = 12,
) -> Any:
    """Codes by words (typing errors are forgiven) or by the beginning of a code, best first."""
    del request
    found = find_codes(q, system=system, on=on or timezone.localdate(), limit=limit)
    return {"items": [asdict(each) for each in found[:limit]]}


@router.get("/codes/{system}/{code}", response=dict[str, Any])
@operation(Permission.CODEBOOK_READ)
def show_code(
    request: HttpRequest,
    system: CodeSystem,
    code: Annotated[str, Field(min_length=1, max_length=12), AfterValidator(no_nul)],
    on: _Day = None,
) -> Any:
    """What is known of a code: path, notes, neighbours, what it maps to (``nosology lookup --format json``)."""
    del request
    try:
        return describe_code(code, on=on or timezone.localdate(), system=system)
    except NosologyError:
        raise
    except (ValueError, KeyError, IndexError):
        raise UsageError("that is no code of this code set") from None


@router.get("/codes/{system}/{code}/years", response=dict[str, Any])
@operation(Permission.CODEBOOK_READ)
def convert_between_years(
    request: HttpRequest,
    system: Literal["icd10cm", "icd10pcs"],
    code: Annotated[str, Field(min_length=1, max_length=12), AfterValidator(no_nul)],
    from_year: Annotated[int, Field(ge=2016, le=2100)],
    to_year: Annotated[int, Field(ge=2016, le=2100)],
) -> Any:
    """What a code of one fiscal year is in another; of several ``choices`` the chart decides."""
    del request
    found = convert_code(code, from_year, to_year, system=system)
    return {
        **asdict(found),
        "kind": found.kind,
        "target": found.target or None,
        "targets": found.targets,
        "approximate": found.approximate,
    }
