"""May a query be sent? Its words against the rules of compliant query practice (``rules/queries/form_*.yaml``).

Pure: what the chart states comes in. Source: AHIMA/ACDIS, Guidelines for Achieving a Compliant Query Practice (2022
Update).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from nosology.model.finding import Finding, Severity
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["QueryText", "check_query", "may_be_sent"]


@dataclass(frozen=True, slots=True)
class QueryText:
    """A query as the provider would see it.

    ``indicators`` are quotes of the chart; ``unstated`` the diagnoses that the question names and no document of the
    chart does.
    """

    question: str
    options: tuple[str, ...]
    indicators: tuple[str, ...]
    unstated: tuple[str, ...] = ()


def check_query(query: QueryText, *, on: date, setting: str) -> tuple[Finding, ...]:
    """Return what speaks against sending the query; none of it, and it may be sent."""
    found = []
    for name, rules in rules_in_force(on, setting).items():
        if name not in _CHECKS:
            continue
        for rule in rules:
            words = _CHECKS[name](query, rule)
            if words:
                found.append(
                    Finding(
                        rule.id,
                        Severity(rule.severity),
                        rule.message.replace("{words}", ", ".join(words)),
                        citation=rule.citation,
                    )
                )
    return tuple(sorted(found, key=lambda each: each.rule))


def may_be_sent(findings: Iterable[Finding]) -> bool:
    """True if no finding is an error."""
    return all(each.severity is not Severity.ERROR for each in findings)


def _money(query: QueryText, rule: Rule) -> list[str]:
    text = "\n".join((query.question, *query.options))
    plain = _words(str(rule.data["plain"]), True).findall(text)
    return _each(plain + _words(str(rule.data["capitals"]), False).findall(text))


def _leading(query: QueryText, rule: Rule) -> list[str]:
    return _each(_words(str(rule.data["phrases"]), True).findall(query.question))


def _options(query: QueryText, rule: Rule) -> list[str]:
    options = [" ".join(each.split()).lower() for each in query.options]
    if not options:
        return []  # an open question
    wrong = []
    if not any(_words(str(rule.data["other"]), True).match(each) for each in options):
        wrong.append("“other (please specify)” is missing")
    if not any(_words(str(rule.data["undetermined"]), True).search(each) for each in options):
        wrong.append("“unable to determine” is missing")
    if len(options) < 3:
        wrong.append("nothing is left to choose from")
    if len(set(options)) < len(options):
        wrong.append("one stands there twice")
    if len(options) > int(rule.data["most"]):
        wrong.append(f"more than {rule.data['most']}")
    if any(not each for each in options):
        wrong.append("one is empty")
    return wrong


def _indicators(query: QueryText, rule: Rule) -> list[str]:
    return ["none"] if len([each for each in query.indicators if each.strip()]) < int(rule.data["least"]) else []


def _new_diagnosis(query: QueryText, _rule: Rule) -> list[str]:
    return _each(query.unstated)


def _question(query: QueryText, rule: Rule) -> list[str]:
    length = len(query.question.strip())
    if length < int(rule.data["least"]):
        return ["it is empty or too short"]
    return [f"it has more than {rule.data['most']} characters"] if length > int(rule.data["most"]) else []


_CHECKS: dict[str, Callable[[QueryText, Rule], list[str]]] = {
    "query_form_money": _money,
    "query_form_leading": _leading,
    "query_form_options": _options,
    "query_form_indicators": _indicators,
    "query_form_new_diagnosis": _new_diagnosis,
    "query_form_question": _question,
}


@lru_cache(maxsize=16)
def _words(pattern: str, any_case: bool) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE if any_case else 0)


def _each(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(f"“{each}”" for each in words))
