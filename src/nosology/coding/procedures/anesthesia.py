"""A record of anaesthesia → its code with minutes, base and time units, who gave it, status.

Time units are minutes by 15 to one decimal (Medicare Claims Processing Manual, chapter 12, section 50). A record whose
time is zero, or does not stand there, is a finding and no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from nosology.codes.pfs import find_fee_schedule
from nosology.coding.em.scan import compiled
from nosology.coding.modifiers import ModifierFacts, choose_modifiers
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["code_anesthesia", "time_units"]

_HEAD, _AROUND, _SURE = 400, 220, 0.85
_CLOCK = re.compile(r"(\d{1,2}):?(\d{2})(?: ?(am|pm))?", re.I)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}


def time_units(minutes: int) -> Decimal:
    """Minutes as units of 15, to one decimal.

    >>> time_units(67)
    Decimal('4.5')
    """
    return (Decimal(minutes) / 15).quantize(Decimal("0.1"))


def code_anesthesia(desk: ServiceDesk) -> Services:
    """Return the code of a record of anaesthesia; nothing for any other note, a finding where its time is missing."""
    rules = rules_in_force(desk.on, desk.setting.value).get("service_anesthesia", ())
    if desk.scope != "reportable" or not rules or "esthesi" not in desk.text[:_HEAD].lower():
        return Services()
    rule = rules[0]
    data = rule.data
    if compiled(data["head"]).search(desk.text[:_HEAD]) is None:
        return Services()
    minutes, timed = _minutes(desk, data)
    if timed is None:
        return _report(rule, "anesthesia.time", "the record does not say when the anaesthesia began and ended", ())
    if minutes <= 0:
        return _report(rule, "anesthesia.time", "the anaesthesia has no time", (timed,), Severity.ERROR)
    found = _operation(desk, data)
    if found is None:
        return _report(rule, "service.unsettled", "the record names no operation in the table of anaesthesia", (timed,))
    row, operation = found
    if (after := _after_labour(desk, data)) is not None:
        return _labour(desk, rule, after, (minutes, timed))
    suggestion, findings = _suggest(desk, rule, row, minutes, (operation, timed))
    return Services((suggestion,), findings=findings)


def _suggest(
    desk: ServiceDesk, rule: Rule, row: Mapping[str, Any], minutes: int, evidence: tuple[Evidence, ...]
) -> tuple[CodeSuggestion, tuple[Finding, ...]]:
    """The line of one code with its minutes, and what is wrong with its modifiers."""
    said = frozenset(_statements(desk, rule.data))
    chosen = choose_modifiers(ModifierFacts(row["code"], "anesthesia", desk.on, said), fees=None)
    fees = find_fee_schedule(on=desk.on, home=desk.home)
    units = time_units(minutes)
    steps = [
        Step("service", f"{row['what']}: {row['base']} base units", rule.citation),
        Step("time", f"{minutes} minutes are {units} units; {units + row['base']} in all", rule.citation),
    ]
    steps += [Step("modifier", f"{c.modifier}: {c.says}", c.citation) for c in chosen.chosen]
    suggestion = CodeSuggestion(
        system="cpt", code=row["code"], title=f"anaesthesia: {row['what']}", role=CodeRole.PROCEDURE, rank=0,
        score=_SURE, evidence=evidence, steps=tuple(steps), modifiers=chosen.modifiers, units=minutes,
        release=fees.release.name if fees is not None else "",
    )  # fmt: skip
    return suggestion, chosen.findings


def _after_labour(desk: ServiceDesk, data: Mapping[str, Any]) -> tuple[Evidence, Evidence] | None:
    """The words of analgesia in labour and of the caesarean that it came to, where the record tells both."""
    labour = compiled(data["labour"]["words"]).search(desk.text)
    then = compiled(data["labour"]["then"]).search(desk.text)
    if labour is None or then is None:
        return None
    return _evidence(desk, *labour.span()), _evidence(desk, *then.span())


def _labour(desk: ServiceDesk, rule: Rule, told: tuple[Evidence, Evidence], whole: tuple[int, Evidence]) -> Services:
    """Labour and the caesarean after it: two codes where the record times both, else the first and a finding."""
    data = rule.data
    first = next(row for row in data["codes"] if row["code"] == data["labour"]["code"])
    starts, ends = (
        [_clock(each) for each in compiled(f"{data[name]}{_CLOCK.pattern}").finditer(desk.text)]
        for name in ("start", "end")
    )
    if len(starts) != 2 or len(ends) != 2:
        suggestion, findings = _suggest(desk, rule, first, whole[0], (told[0], whole[1]))
        why = f"{data['labour']['add']['code']} goes beside it; the record does not time the caesarean apart"
        more = _report(rule, "service.unsettled", why, (told[1],))
        return Services((suggestion,), findings=(*findings, *more.findings))
    spans = [(end - start) % (24 * 60) for start, end in zip(starts, ends, strict=True)]
    made = [
        _suggest(desk, rule, row, minutes, (words, whole[1]))
        for row, minutes, words in zip((first, data["labour"]["add"]), spans, told, strict=True)
        if minutes > 0
    ]
    return Services(tuple(each for each, _found in made), findings=tuple(f for _each, found in made for f in found))


def _report(
    rule: Rule, name: str, message: str, evidence: tuple[Evidence, ...], severity: Severity = Severity.WARNING
) -> Services:
    finding = Finding(name, severity, rule.message.format(what=message), "service", evidence, rule.citation,
                      rule.data["fix"])  # fmt: skip
    return Services(findings=(finding,))


def _evidence(desk: ServiceDesk, start: int, end: int) -> Evidence:
    section = next((s.kind for s in desk.note.sections if s.span.start <= start < s.span.end), "")
    return Evidence(Span(start, end), desk.text[start:end], section=section)


def _minutes(desk: ServiceDesk, data: Mapping[str, Any]) -> tuple[int, Evidence | None]:
    """The minutes with the words that state them; None where they do not stand there."""
    total = compiled(data["total"]).search(desk.text)
    if total is not None:
        return int(total["minutes"]), _evidence(desk, *total.span())
    start = compiled(f"{data['start']}{_CLOCK.pattern}").search(desk.text)
    end = compiled(f"{data['end']}{_CLOCK.pattern}").search(desk.text)
    if start is None or end is None:
        return 0, None
    first, last = _clock(start), _clock(end)
    places = (min(start.start(), end.start()), max(start.end(), end.end()))
    near = places[1] - places[0] <= _AROUND
    quote = _evidence(desk, *places) if near else _evidence(desk, *start.span())
    return ((last - first) % (24 * 60) if last != first else 0), quote


def _clock(match: re.Match[str]) -> int:
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    return (hour % 12 + (12 if half == "pm" else 0) if half else hour) * 60 + minute


def _operation(desk: ServiceDesk, data: Mapping[str, Any]) -> tuple[Mapping[str, Any], Evidence] | None:
    """The row of the operation: in the line that names the procedure, else anywhere in the record."""
    named = re.search(r"^[ \t]*(?:procedures?|operation)(?: performed)?[ \t]*:[ \t]*(\S.*)$", desk.text, re.I | re.M)
    places = [named.span(1)] if named is not None else []
    for start, end in (*places, (0, len(desk.text))):
        words = desk.text[start:end]
        for row in data["codes"]:
            match = compiled(row["words"]).search(words)
            if match is not None:
                first, last = (start, end) if match.end() == match.start() else match.span()
                if (first, last) == match.span():
                    first, last = first + start, last + start
                return row, _evidence(desk, first, min(last, first + _AROUND))
    return None


def _statements(desk: ServiceDesk, data: Mapping[str, Any]) -> set[str]:
    said = {name for name, words in data["said"].items() if compiled(words).search(desk.text)}
    if said & {"directs_one", "directs_two_to_four"}:
        said.add("directed")
        if compiled(data["reporter"]).search(desk.text):
            said.discard("by_crna")
    if "by_crna" in said:
        said -= {"directs_one", "directs_two_to_four", "by_anesthesiologist"}
    status = compiled(data["status"]).search(desk.text)
    if status is not None:
        number = status["status"].lower()
        said.add(f"status_{_ROMAN.get(number, number)}")
    return said
