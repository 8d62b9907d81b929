"""Words for the codes of eligibility: service types, kinds of benefit, periods, reasons of rejection."""

from __future__ import annotations

from nosology.codes.wording import read_words

__all__ = [
    "explain_benefit",
    "explain_follow_up",
    "explain_period",
    "explain_rejection",
    "explain_service_type",
    "service_types",
]


def explain_service_type(code: str) -> str:
    """What a service type (EB03, EQ01) is, "" if the code is not known."""
    return _words("service_type", code)


def explain_benefit(code: str) -> str:
    """What a statement of that kind (EB01) tells, "" if the code is not known."""
    return _words("benefit", code)


def explain_period(code: str) -> str:
    """Which period (EB06) a benefit is counted in, "" if the code is not known."""
    return _words("period", code)


def explain_rejection(code: str) -> str:
    """Why a payer rejects a question (AAA03), "" if the code is not known."""
    return _words("reject_reason", code)


def explain_follow_up(code: str) -> str:
    """What a payer wants after a rejection (AAA04), "" if the code is not known."""
    return _words("follow_up", code)


def service_types() -> dict[str, str]:
    """Every service type with its words."""
    return {code: each.words for code, each in read_words("service_type").items()}


def _words(table: str, code: str) -> str:
    found = read_words(table).get(code)
    return found.words if found else ""
