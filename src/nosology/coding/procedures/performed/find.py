"""The services of a note by the rules of ``rules/services``: named, performed here and now, told apart, coded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from nosology.coding.em.scan import compiled, standing, stands
from nosology.coding.modifiers import read_site
from nosology.coding.procedures.performed.choose import (
    ChosenCode,
    Circumstances,
    candidate_codes,
    choose_codes,
)
from nosology.coding.procedures.performed.measures import MEASURES, count_of
from nosology.coding.procedures.performed.sites import count_places
from nosology.coding.procedures.performed.statements import Statement, Statements
from nosology.lexicon.patterns import compile_words
from nosology.model.encounter import Setting
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence
from nosology.rules.loader import Rule

__all__ = ["ServiceLine", "find_services"]


_ROWS: dict[int, tuple[tuple[Rule, ...], tuple[tuple[Rule, Mapping[str, Any]], ...], tuple[str, ...]]] = {}
_BETWEEN = re.compile(r" (?:trigger|mallet|proximal phalanx|distal phalanx|middle phalanx)(?= )", re.I)


@dataclass(slots=True)
class ServiceLine:
    """One line of a claim in the making: a code with its units, quotes, and what is said of it for its modifiers.

    ``row`` is the service of the rule, ``said`` the statements that modifiers need, ``site`` the part of the body.
    """

    code: str
    units: int
    title: str
    kind: str
    row: Mapping[str, Any]
    rule: Rule
    evidence: tuple[Evidence, ...]
    said: frozenset[str] = frozenset()
    site: str = ""
    usual: bool = False
    others: tuple[str, ...] = ()
    why: str = ""
    drops: tuple[str, ...] = ()


@dataclass(slots=True)
class _Group:
    """Statements of one service at one site."""

    acts: list[tuple[Statement, str]] = field(default_factory=list)
    said: frozenset[str] = frozenset()
    site: str = ""


def find_services(notes: Statements) -> tuple[list[ServiceLine], list[Finding]]:
    """Return the lines of everything that the note says was done, and a finding for what it leaves open."""
    lines: list[ServiceLine] = []
    findings: list[Finding] = []
    if notes.rule is None:
        return lines, findings
    named: list[tuple[Rule, Mapping[str, Any], list[Statement]]] = []
    rows, patterns = _rows(notes.rules.get("service_family", ()))
    held: dict[str, bool] = {}
    setting = notes.desk.setting.value
    for number in standing(patterns, notes.text):
        rule, row = rows[number]
        if "settings" in row and setting not in row["settings"]:
            continue
        if "needs" in row:
            words = rule.data["needs"][row["needs"]]
            if words not in held:
                held[words] = stands(words, notes.text)
            if not held[words]:
                continue
        if not stands(row["words"], notes.text) or not _of_note(notes, row):
            continue
        found = list(notes.find(row["words"]))
        said = [each for each in found if _meant(notes, row, each)]
        if said:
            named.append((rule, row, said))
    where = [(each.number, row["words"]) for _rule, row, said in named for each in said]
    for rule, row, said in named:
        others = frozenset(number for number, other in where if other != row["words"])
        acts = [(each, notes.following(each, others | _elsewhere(row, each, said))) for each in said]
        acts = [(each, wide) for each, wide in acts if _fits(notes, row, each, wide)]
        if acts:
            _code(notes, rule, row, acts, lines, findings)
    return _settle(_panels(notes, lines)), findings


def _rows(rules: tuple[Rule, ...]) -> tuple[tuple[tuple[Rule, Mapping[str, Any]], ...], tuple[str, ...]]:
    """Every service of the rules, and the words that name each; worked out once for each table of rules."""
    known = _ROWS.get(id(rules))
    if known is None or known[0] is not rules:
        rows = tuple((rule, row) for rule in rules for row in rule.data["services"])
        known = _ROWS[id(rules)] = (rules, rows, tuple(row["words"] for _rule, row in rows))
    return known[1:]


def _of_note(notes: Statements, row: Mapping[str, Any]) -> bool:
    """True if the whole note holds what the service asks of it, and nothing that it forbids."""
    if "note" in row and not stands(row["note"], notes.text):
        return False
    if "also" in row and not stands(row["also"], notes.text):
        return False
    return "absent" not in row or not stands(row["absent"], notes.text)


def _meant(notes: Statements, row: Mapping[str, Any], said: Statement) -> bool:
    setting = notes.desk.setting
    if (
        setting is Setting.PROFESSIONAL
        and "professional" in row
        and not compiled(row["professional"]).search(said.clause)
    ):
        return False
    if "never" in row:
        clause = said.clause
        if row.get("kind") == "laboratory":
            clause = compiled(notes.data["purchased"]).sub(" ", clause)
        if compiled(row["never"]).search(clause):
            return False
    return notes.performed(said, how=row.get("how", "done"))


def _fits(notes: Statements, row: Mapping[str, Any], said: Statement, wide: str) -> bool:
    if "also" in row and not compiled(row["also"]).search(wide):
        return False
    if "near" in row:
        rival = row.get("rival", row["near"])
        if not _nearest(row["near"], rival, said, wide) and not (
            "of" in row and not compiled(rival).search(wide) and notes.agreed(row["of"], row["near"], rival)
        ):
            return False
    return "not" not in row or not compiled(row["not"]).search(wide)


def _elsewhere(row: Mapping[str, Any], said: Statement, same: Iterable[Statement]) -> frozenset[int]:
    """The sentences in which the same service is named at a site of its own."""
    site = row.get("site", row.get("rival"))
    return frozenset(a.number for a in same if a is not said and (site is None or compiled(site).search(a.clause)))


def _nearest(wanted: str, rival: str, said: Statement, wide: str) -> bool:
    """True if the wanted words stand in the nearest words that hold any of their rivals."""
    for words in (f"{said.named} {said.clause}", said.words, wide):
        if compiled(rival).search(words):
            return compiled(wanted).search(words) is not None
    return False


def _code(
    notes: Statements,
    rule: Rule,
    row: Mapping[str, Any],
    acts: Sequence[tuple[Statement, str]],
    lines: list[ServiceLine],
    findings: list[Finding],
) -> None:
    """Add the lines of one service; a finding where no statement of it settles a code."""
    found: list[ServiceLine] = []
    open_codes: tuple[str, ...] = ()
    groups = list(_groups(row, acts))
    for group in groups:
        amount = _amount(rule, row, group.acts)
        best: tuple[ChosenCode, ...] = ()
        for said, wide in _together(group.acts) if row.get("together") else group.acts:
            seen = _circumstances(notes, row, said, wide, amount)
            seen = replace(seen, alone=notes.text) if len(groups) == 1 else seen
            best = choose_codes(row["codes"], seen)
            if best and not best[0].usual:
                break
            open_codes = open_codes or candidate_codes(row["codes"], seen)
        if best:
            found += _lines(notes, rule, row, group, best)
    if found:
        for each in found:
            same = [o for o in lines + found if o is not each and o.code == each.code and o.site == each.site]
            if not any(o in lines for o in same):
                lines.append(each)
        return
    if open_codes and not row.get("quiet"):
        findings.append(_unsettled(notes, row, acts[0][0], open_codes))


def _circumstances(
    notes: Statements, row: Mapping[str, Any], said: Statement, wide: str, amount: Decimal | None
) -> Circumstances:
    desk = notes.desk
    return Circumstances(
        f"{said.named} {said.clause}", said.words, wide, amount, desk.age, desk.sex, desk.on, desk.setting.value
    )


def _together(acts: Sequence[tuple[Statement, str]]) -> list[tuple[Statement, str]]:
    """All statements of a site as one, where its code is told by all that was done there."""
    said = replace(
        acts[0][0],
        clause="\n".join(each.clause for each, _wide in acts),
        words="\n".join(each.words for each, _wide in acts),
    )
    return [(said, "\n".join(wide for _each, wide in acts))]


def _groups(row: Mapping[str, Any], acts: Sequence[tuple[Statement, str]]) -> Iterable[_Group]:
    """Gather the statements of one service by site; one that names no site joins the others."""
    groups: dict[str, _Group] = {}
    bare: list[tuple[Statement, str]] = []
    for said, wide in acts:
        site = _site(row, said, wide)
        if row.get("site_names") and site is not None:
            for named in _named_sites(row, said, wide):
                name = " ".join(sorted(named))
                group = groups.setdefault(name, _Group(site=name))
                group.acts.append((said, wide))
                group.said |= named
            continue
        if site is None:
            bare.append((said, wide))
            continue
        group = groups.setdefault(site, _Group())
        group.acts.append((said, wide))
        if row.get("sides"):
            group.said |= _sides(said, wide)
    if not groups:
        groups[""] = _Group()
    if len(groups) == 1 or not row.get("site"):
        one = next(iter(groups.values()))
        one.acts += bare
        if row.get("sides") and not one.said:
            one.said = frozenset().union(*(_sides(said, wide) for said, wide in bare))
    return groups.values()


def _site(row: Mapping[str, Any], said: Statement, wide: str) -> str | None:
    """The part of the body in the words nearest to the service, None where the rule asks for one and none stands."""
    if "site" not in row:
        return ""
    for words in (said.named, said.clause, said.words, wide):
        match = compiled(row["site"]).search(words)
        if match is not None:
            return match.group().lower().rstrip("s")
    return None


def _named_sites(row: Mapping[str, Any], said: Statement, wide: str) -> list[frozenset[str]]:
    """What modifiers ask of each site in the words nearest to the service, sites of one name once."""
    for words in (said.named, said.clause, said.words, wide):
        found = [read_site(match.group()) for match in compiled(row["site"]).finditer(words)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _sides(said: Statement, wide: str) -> frozenset[str]:
    for words in (said.named, said.clause, said.words, wide):
        found = read_site(_BETWEEN.sub(" ", words))
        if found:
            return found
    return frozenset()


def _amount(rule: Rule, row: Mapping[str, Any], acts: Sequence[tuple[Statement, str]]) -> Decimal | None:
    """The measure of the service: the largest that a statement tells, or the sum of those that differ; lesions that
    are told apart by their places count too.
    """
    if "measure" not in row:
        return None
    read = MEASURES[row["measure"]]
    found: list[Decimal] = []
    if row.get("local"):
        told = [read(_behind(said)) for said, _wide in acts]
        return max((each for each in told if each is not None), default=None)
    for said, wide in acts:
        for words in (f"{said.named} {said.clause}", said.words, wide):
            amount = count_of(words, row["thing"]) if "thing" in row else None
            amount = read(words) if amount is None else amount
            if amount is not None:
                found.append(amount)
                break
    if "counts" in row:
        places = rule.data[row["counts"]]
        texts = [next((w for w in (s.words, wide) if compiled(places).search(w)), "") for s, wide in acts]
        found.append(Decimal(count_places(places, texts)))
    if not any(found):
        return None
    return sum(dict.fromkeys(found), Decimal(0)) if row.get("sum") else max(found)


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _behind(said: Statement) -> str:
    """The words behind the name of the service, up to the next item of a list."""
    rest = said.clause[said.clause.find(said.named) + len(said.named) :]
    return re.split(r",|;| and (?=[a-z])|\n", rest, maxsplit=1)[0]


def _lines(
    notes: Statements, rule: Rule, row: Mapping[str, Any], group: _Group, chosen: Sequence[ChosenCode]
) -> Iterator[ServiceLine]:
    evidence = tuple(dict.fromkeys(notes.evidence(said.number) for said, _wide in group.acts))[:4]
    site = group.site or _site(row, *group.acts[0]) or ""
    words = " ".join(dict.fromkeys(said.named.strip().lower() for said, _wide in group.acts))[:80]
    said = group.said | _circumstance_words(notes, group)
    for each in chosen:
        others = tuple(o for o in map(str, row.get("others", ())) if o != each.code)
        drops = tuple(
            str(code) for code in (*row.get("drops", ()), *each.row.get("drops", ())) if str(code) != each.code
        )
        title = str(each.row.get("what", row["what"]))
        kind = str(each.row.get("kind", row.get("kind", "procedure")))
        units = (
            len({_plain(said.named) for said, _wide in group.acts}) if row.get("units") == "instruments" else each.units
        )
        yield ServiceLine(each.code, units, title, kind, row, rule, evidence, said if row.get("sides") or not
                          each.row.get("each") else frozenset(), site, each.usual, others, words, drops)  # fmt: skip


def _circumstance_words(notes: Statements, group: _Group) -> frozenset[str]:
    """What else the words say that modifiers need: broken off (told behind it too), reduced, repeated."""
    assert notes.rule is not None
    told = notes.rule.data.get("told_of", {})
    return frozenset(
        name
        for name, words in told.items()
        if compile_words(words).may_stand(notes.text)
        and any(compiled(words).search(wide if name == "discontinued" else said.words) for said, wide in group.acts)
    )


def _unsettled(notes: Statements, row: Mapping[str, Any], said: Statement, codes: Sequence[str]) -> Finding:
    rule = notes.rule
    assert rule is not None
    severity = Severity.WARNING if row.get("kind", "procedure") == "procedure" else Severity.INFORMATION
    message = rule.message.format(what=row["what"], ask=row.get("ask", "which"), codes=", ".join(codes[:8]))
    return Finding("service.unsettled", severity, message, "service", (notes.evidence(said.number),), rule.citation,
                   rule.data["fix"])  # fmt: skip


def _panels(notes: Statements, lines: list[ServiceLine]) -> list[ServiceLine]:
    """Put a panel in the place of its parts where all of them were done."""
    if len(lines) < 3:
        return lines
    panels = [panel for rule in notes.rules.get("service_family", ()) for panel in rule.data.get("panels", ())]
    for panel in panels:
        parts = [line for line in lines if line.code in panel["parts"]]
        if {line.code for line in parts} == set(panel["parts"]):
            evidence = tuple(dict.fromkeys(quote for line in parts for quote in line.evidence))
            title = next((str(row["what"]) for _rule, row in _rows(notes.rules["service_family"])[0]
                          if str(row["codes"][0]["code"]) == panel["code"]), "panel")  # fmt: skip
            whole = replace(parts[0], code=str(panel["code"]), title=title, evidence=evidence, why="all its parts")
            lines = [whole if line is parts[0] else line for line in lines if line is parts[0] or line not in parts]
    return lines


def _settle(lines: list[ServiceLine]) -> list[ServiceLine]:
    """Leave out what another line already says: the lesser of a family, parts of a panel, steps of the greater."""
    lines = _under(lines)
    dropped = {code for line in lines for code in line.drops}
    return [line for line in lines if line.code not in dropped]


def _under(lines: list[ServiceLine]) -> list[ServiceLine]:
    """Give the first of a lesser technique the code for more of the same, where a greater one was used beside it."""
    codes = {line.code for line in lines}
    kept: list[ServiceLine] = []
    for line in lines:
        under = line.row.get("under")
        if under is None or codes.isdisjoint(under["codes"]):
            kept.append(line)
            continue
        first = not any(each.code == under["instead"] for each in kept)
        if line.code == under["instead"] and not first:
            place = next(n for n, each in enumerate(kept) if each.code == line.code)
            kept[place] = replace(kept[place], units=kept[place].units + line.units)
        else:
            more = next(row for row in line.row["codes"] if str(row["code"]) == under["instead"])
            kept.append(replace(line, code=under["instead"], title=more["what"], said=frozenset()))
    return kept
