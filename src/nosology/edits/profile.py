"""What only many encounters together show: levels of visits, bypassed pairs, impossible days, overlapping cases.

Peers are the other practitioners of the same file; nothing is compared with figures from elsewhere. A finding is a
reason to look, never a verdict: it names the practitioner's number, the figures and the share of the peers. Levels
that lie too low are told like those that lie too high.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import sqrt
from statistics import median

from nosology.edits.anesthesia import AnesthesiaCase, find_overlaps
from nosology.edits.desk import printable
from nosology.model.encounter import Encounter, ServiceLine
from nosology.model.finding import Finding, Severity
from nosology.rules.loader import Rule, find_rule

__all__ = ["profile_encounters"]

_Served = list[tuple[Encounter, ServiceLine]]


def profile_encounters(encounters: Iterable[Encounter], *, on: date) -> tuple[Finding, ...]:
    """The findings over all encounters by the rules ``Profile-…`` in force on the date; ``where`` is
    ``provider[number]``. Never raises because of what an encounter says.

    >>> profile_encounters([], on=date(2026, 5, 4))
    ()
    """
    served: dict[str, _Served] = defaultdict(list)
    for encounter in encounters:
        for line in encounter.lines:
            who = (line.provider or encounter.rendering_npi).strip()
            if who:
                served[who].append((encounter, line))
    found: list[Finding] = []
    for name, look in (
        ("Profile-levels", _levels),
        ("Profile-bypass", _bypass),
        ("Profile-day", _days),
        ("Profile-anesthesia", _cases),
        ("Profile-duplicate", _duplicates),
    ):
        rule = find_rule(name)
        if rule is not None and rule.in_force(on):
            found += look(rule, served)
    return tuple(found)


def _find(rule: Rule, who: str, **names: object) -> Finding:
    filled = {name: printable(value) for name, value in names.items()}
    message = rule.message.format_map({"who": printable(who[:12]), **filled})
    return Finding(
        rule.id, Severity(rule.severity), message, f"provider[{printable(who[:12])}]", (), rule.citation, rule.fix
    )


def _levels(rule: Rule, served: Mapping[str, _Served]) -> Iterable[Finding]:
    """Practitioners whose mean level in a family of visits lies far from that of the others in the file."""
    for family in rule.data["families"]:
        levels = {str(code): level for level, code in enumerate(family["codes"], start=family["first"])}
        counts = {
            who: Counter(levels[line.code] for _, line in lines if line.code in levels) for who, lines in served.items()
        }
        counts = {who: each for who, each in counts.items() if each.total() >= rule.data["visits"]}
        if len(counts) < rule.data["peers"] + 1:
            continue
        for who, own in sorted(counts.items()):
            others = [each for name, each in counts.items() if name != who]
            mean, peers = _mean(own), median(map(_mean, others))  # one peer far off moves no median
            error = sqrt(max(median(map(_variance, others)), rule.data["least_variance"]) / own.total())
            if abs(mean - peers) > rule.data["errors"] * error and abs(mean - peers) >= rule.data["difference"]:
                side = "higher" if mean > peers else "lower"
                yield _find(rule, who, family=family["name"], side=side, mean=f"{mean:.2f}", peers=f"{peers:.2f}",
                            visits=own.total())  # fmt: skip


def _mean(counts: Counter[int]) -> float:
    return sum(level * count for level, count in counts.items()) / counts.total()


def _variance(counts: Counter[int]) -> float:
    mean = _mean(counts)
    return sum(count * (level - mean) ** 2 for level, count in counts.items()) / counts.total()


def _bypass(rule: Rule, served: Mapping[str, _Served]) -> Iterable[Finding]:
    """Practitioners who put a modifier of distinct services on many more of their lines than the others do."""
    marks = set(rule.data["modifiers"])
    counts = {
        who: (sum(bool(marks & set(line.modifiers)) for _, line in lines), len(lines)) for who, lines in served.items()
    }
    for who, (marked, lines) in sorted(counts.items()):
        other = [counts[name] for name in counts if name != who]
        total = sum(count for _, count in other)
        if lines < rule.data["lines"] or len(other) < rule.data["peers"] or not total:
            continue
        share, peers = marked / lines, sum(count for count, _ in other) / total
        if share >= rule.data["share"] and share > rule.data["times"] * peers:
            yield _find(rule, who, share=f"{share:.0%}", peers=f"{peers:.0%}", lines=lines)


def _days(rule: Rule, served: Mapping[str, _Served]) -> Iterable[Finding]:
    """Days whose timed services take more hours than a practitioner can work."""
    typical = {str(code): minutes for code, minutes in rule.data["minutes"].items()}
    for who, lines in sorted(served.items()):
        spent: dict[date, float] = defaultdict(float)
        for encounter, line in lines:
            day = line.date or encounter.discharged
            minutes = line.minutes if line.minutes is not None else typical.get(line.code, 0) * float(line.units)
            if day is not None and minutes > 0:
                spent[day] += minutes
        for day, total in sorted(spent.items()):
            if total > rule.data["most"] * 60:
                yield _find(rule, who, day=day, hours=f"{total / 60:.1f}", most=rule.data["most"])


def _duplicates(rule: Rule, served: Mapping[str, _Served]) -> Iterable[Finding]:
    """One service of one day to one patient in two encounters of a practitioner."""
    again, plain = set(rule.data["again"]), set(rule.data["plain"])
    for who, lines in sorted(served.items()):
        seen: dict[tuple[object, ...], Encounter] = {}
        for encounter, line in lines:
            day, patient = line.date or encounter.discharged, encounter.patient.strip()
            if not day or not patient or not line.code.strip() or again & set(line.modifiers):
                continue
            key = (patient, day, line.code, frozenset(set(line.modifiers) - plain), line.units)
            first = seen.setdefault(key, encounter)
            if first is not encounter:
                yield _find(rule, who, code=line.code[:12], day=day, first=first.id[:20], second=encounter.id[:20])


def _cases(rule: Rule, served: Mapping[str, _Served]) -> Iterable[Finding]:
    """Cases of anaesthesia of one practitioner and day that cannot all be as they are billed."""
    first, last = rule.data["codes"]
    for who, lines in sorted(served.items()):
        days: dict[date, list[AnesthesiaCase]] = defaultdict(list)
        for encounter, line in lines:
            day = line.date or encounter.discharged
            if first <= line.code <= last and len(line.code) == 5 and day and line.began and line.minutes is not None:
                start = datetime.combine(day, line.began)
                directed = bool(set(rule.data["directed"]) & set(line.modifiers))
                name = f"{printable(encounter.id[:20])} ({line.code})"
                days[day].append(AnesthesiaCase(name, start, start + timedelta(minutes=line.minutes), directed))
        for day, cases in sorted(days.items()):
            for each in find_overlaps(cases):
                yield _find(rule, who, day=day, why=each.message)
