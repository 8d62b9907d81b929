"""Modifiers of a service line: which the facts call for, in payer order, and what is wrong with those that stand there.

The facts are statements about one line ("in_global", "separate_visit", "left" …), found in the chart by others; what
each modifier needs stands in ``rules/modifiers``. Where the indicators of the fee schedule are known they must allow
it. No modifier is ever chosen for the sake of payment: without its statements it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from nosology.codes.pfs import FeeRow
from nosology.model.finding import Finding, Severity
from nosology.rules.loader import Rule, load_rules

__all__ = [
    "ChosenModifier",
    "ModifierFacts",
    "ModifierRule",
    "ModifierSet",
    "check_modifiers",
    "choose_modifiers",
    "modifier_rules",
    "read_site",
]

_MOST = 4  # modifiers on a line of a claim (X12 837, SV101)


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """What one modifier says, needs and excludes; ``place`` is its place in payer order.

    ``instead`` are sets of statements of which one does as well as ``when``, whatever ``unless`` says.
    """

    modifier: str
    says: str
    place: int
    when: tuple[str, ...]
    unless: tuple[str, ...]
    kinds: tuple[str, ...]
    fees: Mapping[str, tuple[str, ...]]
    never_with: frozenset[str]
    since: date
    until: date | None
    rule: Rule
    instead: tuple[tuple[str, ...], ...] = ()

    def because(self, said: frozenset[str]) -> tuple[str, ...] | None:
        """The statements that call for the modifier, None where they do not all stand or one rules it out."""
        if set(self.when) <= said and said.isdisjoint(self.unless):
            return self.when
        return next((each for each in self.instead if set(each) <= said), None)

    def in_force(self, on: date) -> bool:
        """True if the modifier may be used for a service of that date."""
        return self.since <= on and (self.until is None or on <= self.until)

    def blocked_by(self, fees: FeeRow | None) -> str:
        """The indicator of the fee schedule that does not allow it, "" if none does or the schedule is not known."""
        if fees is None:
            return ""
        return next((name for name, allowed in self.fees.items() if getattr(fees, name) not in allowed), "")


@dataclass(frozen=True, slots=True)
class ModifierFacts:
    """One line: its code, kind, date of service, and the statements about it.

    ``kind`` is visit, procedure, test, laboratory, drug, supply, therapy or anesthesia.
    """

    code: str
    kind: str
    on: date
    said: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class ChosenModifier:
    """A modifier with what it says and the statements that it rests on."""

    modifier: str
    says: str
    because: tuple[str, ...]
    citation: str


@dataclass(frozen=True, slots=True)
class ModifierSet:
    """The modifiers of a line in payer order, why each, and what is to be said of them."""

    modifiers: tuple[str, ...]
    chosen: tuple[ChosenModifier, ...]
    findings: tuple[Finding, ...]


@cache
def modifier_rules() -> Mapping[str, ModifierRule]:
    """Every modifier of ``rules/modifiers`` by its name."""
    found: dict[str, ModifierRule] = {}
    for rule in load_rules():
        if rule.check != "modifier":
            continue
        for row in rule.data["modifiers"]:
            name = str(row["modifier"])
            found[name] = ModifierRule(
                modifier=name,
                says=row["says"],
                place=row["place"],
                when=tuple(row["when"]),
                unless=tuple(row.get("unless", ())),
                kinds=tuple(row.get("kinds", ())),
                fees={key: tuple(map(str, values)) for key, values in row.get("fees", {}).items()},
                never_with=frozenset(map(str, row.get("never_with", ()))),
                since=date.fromisoformat(str(row["from"])) if "from" in row else rule.effective_from,
                until=date.fromisoformat(str(row["to"])) if "to" in row else None,
                rule=rule,
                instead=tuple(map(tuple, row.get("or", ()))),
            )
    return found


def _sites() -> list[tuple[re.Pattern[str], str]]:
    rule = next(rule for rule in load_rules() if rule.id == "Modifier-sites")
    return [(re.compile(row["said"]), row["means"]) for row in rule.data["words"]]


def read_site(text: str) -> frozenset[str]:
    """The statements of side and site in a few words ("left ring finger"): the site, the side, and "named_site".

    >>> sorted(read_site("trigger finger, Left 4th finger"))
    ['left', 'left ring finger', 'named_site']
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    for pattern, means in _sites():
        plain = pattern.sub(means, plain)
    said = {word for word in ("left", "right") if re.search(rf"\b{word}\b", plain)}
    if re.search(r"\b(?:both|bilateral(?:ly)?)\b", plain):
        said = {"left", "right"}
    names = {each.when[0] for each in modifier_rules().values() if each.rule.id == "Modifier-sites"}
    sites = {name for name in names if re.search(rf"\b{name}s?\b", plain)}
    return frozenset({*said, *sites, *(["named_site"] if sites else [])})


def choose_modifiers(facts: ModifierFacts, *, fees: FeeRow | None = None) -> ModifierSet:
    """The modifiers that the statements call for. One that the fee schedule does not allow becomes a finding."""
    wanted: list[ModifierRule] = []
    findings: list[Finding] = []
    for each in modifier_rules().values():
        if each.kinds and facts.kind not in each.kinds:
            continue
        if each.because(facts.said) is None or not each.in_force(facts.on):
            continue
        blocked = each.blocked_by(fees)
        if blocked:
            findings.append(_not_allowed(each, facts, blocked, fees))
        else:
            wanted.append(each)
    wanted.sort(key=lambda each: (each.place, each.modifier))
    findings += _conflicts(wanted, facts)
    if len(wanted) > _MOST:
        message = f"{facts.code}: {len(wanted)} modifiers, and a line holds {_MOST}; 99 stands for more"
        findings.append(Finding("modifier.many", Severity.WARNING, message, citation="X12 837, SV101"))
    chosen = tuple(
        ChosenModifier(each.modifier, each.says, each.because(facts.said) or (), each.rule.citation) for each in wanted
    )
    return ModifierSet(tuple(each.modifier for each in wanted), chosen, tuple(findings))


def _not_allowed(each: ModifierRule, facts: ModifierFacts, name: str, fees: FeeRow | None) -> Finding:
    value = getattr(fees, name) if fees is not None else ""
    shown = name.replace("_", " ")
    message = f"{facts.code}-{each.modifier}: the fee schedule does not allow it ({shown} is {value})"
    return Finding("modifier.not-allowed", Severity.WARNING, message, citation=each.rule.citation,
                   fix="leave the modifier away, or correct the code")  # fmt: skip


def _conflicts(rules: Sequence[ModifierRule], facts: ModifierFacts) -> list[Finding]:
    found = []
    for each in rules:
        for other in rules:
            if other.modifier in each.never_with:
                message = f"{facts.code}: {each.modifier} and {other.modifier} exclude each other"
                found.append(Finding("modifier.conflict", Severity.ERROR, message, citation=each.rule.citation,
                                     fix="correct the facts of the line"))  # fmt: skip
    return found


def check_modifiers(
    facts: ModifierFacts, modifiers: Sequence[str], *, fees: FeeRow | None = None
) -> tuple[Finding, ...]:
    """What is wrong with the modifiers that stand on a line.

    ``modifier.unknown``, ``.date`` (not in force), ``.kind`` (another kind of service), ``.not-allowed`` (fee
    schedule), ``.unsupported`` (its statements are not in the chart), ``.missing``, ``.conflict``, ``.repeated``,
    ``.order``. A modifier of HCPCS or CPT that has no rule here is unknown to us, which is information.
    """
    known = modifier_rules()
    findings: list[Finding] = []
    found: list[ModifierRule] = []
    for name in modifiers:
        each = known.get(name)
        if each is None:
            text = f"{facts.code}: no rule here knows the modifier {name[:2]!r}"
            findings.append(Finding("modifier.unknown", Severity.INFORMATION, text, citation="HCPCS Level II; CPT"))
            continue
        found.append(each)
        findings += _check_one(each, facts, fees)
    if len(set(modifiers)) < len(modifiers):
        text = f"{facts.code}: a modifier stands twice"
        findings.append(Finding("modifier.repeated", Severity.ERROR, text, citation="X12 837, SV101"))
    findings += _conflicts(found, facts)
    places = [each.place for each in found]
    if places != sorted(places):
        right = ", ".join(each.modifier for each in sorted(found, key=lambda each: each.place))
        text = f"{facts.code}: in payer order the modifiers are {right}"
        findings.append(Finding("modifier.order", Severity.WARNING, text, citation=found[0].rule.citation))
    for chosen in choose_modifiers(facts, fees=fees).chosen:
        if chosen.modifier not in modifiers:
            text = f"{facts.code}: {chosen.modifier} is missing ({chosen.says})"
            findings.append(Finding("modifier.missing", Severity.WARNING, text, citation=chosen.citation))
    return tuple(findings)


def _check_one(each: ModifierRule, facts: ModifierFacts, fees: FeeRow | None) -> list[Finding]:
    name, citation = f"{facts.code}-{each.modifier}", each.rule.citation
    if not each.in_force(facts.on):
        text = f"{name}: not in force on {facts.on}"
        return [Finding("modifier.date", Severity.ERROR, text, citation=citation)]
    if each.kinds and facts.kind not in each.kinds:
        text = f"{name}: of a {' or '.join(each.kinds)}, not of a {facts.kind}"
        return [Finding("modifier.kind", Severity.ERROR, text, citation=citation)]
    blocked = each.blocked_by(fees)
    if blocked:
        return [_not_allowed(each, facts, blocked, fees)]
    if each.because(facts.said) is None:
        text = f"{name}: the chart does not say that it is so ({each.says})"
        return [Finding("modifier.unsupported", Severity.WARNING, text, citation=citation,
                        fix="ask the provider, or leave the modifier away")]  # fmt: skip
    return []
