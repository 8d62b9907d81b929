"""Burns and corrosions: site by site with side and degree, their extent, the highest degree first (I.C.19.d)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from nosology.coding.candidates import Candidate
from nosology.coding.checks.wording import compile_words, fact_at, is_spared, sentences_with, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["order_burns", "read_burns"]

_SITED = ("T20", "T21", "T22", "T23", "T24", "T25")
_CORROSION = 4  # what is added to the degree of a burn where a chemical was the cause
_SIDES = {"right": "1", "r": "1", "rt": "1", "left": "2", "l": "2", "lt": "2"}
_SIDE = re.compile(r"\b(right|left|bilateral|both|rt|lt|[RL])\b(?![/'’])|\b([rl])(?= (?:\w+ )?\Z)")
_SIDE_REACH = 34
_PERCENT = re.compile(r"(?P<less><\s*|less than\s+)?(?P<number>\d{1,3}(?:\.\d+)?)\s*(?:%|percent)")


class _Burn(NamedTuple):
    """One burnt site: category and site characters, sides, degree (0 where unsaid), where it is told."""

    site: str  # "T22" + "1" (forearm)
    sides: tuple[str, ...]  # "1", "2", "9"; "" for a site without sides
    degree: int
    span: Span
    sentence: int


@lru_cache(maxsize=4)
def _sites(rule: Rule) -> tuple[tuple[str, bool], ...]:
    return tuple((str(row["code"]), bool(row["sided"])) for row in rule.data["sites"])


@lru_cache(maxsize=4)
def _site_pattern(rule: Rule) -> re.Pattern[str]:
    """Return one pattern of all sites; the number of the group that matched tells the row."""
    return re.compile("|".join(f"({row['words']})" for row in rule.data["sites"]), re.IGNORECASE)


@check("burns", "mandate")
def read_burns(workup: Workup, rule: Rule) -> None:
    """Code each burnt site with its side and highest degree, and the extent where the chart states it."""
    felt = compile_words(rule.data["felt"])
    for candidate in workup.having_any(_SITED):
        if candidate.code[4] == "0" and all(f.reason or felt.search(workup.sentence_of(f)) for f in candidate.facts):
            workup.drop(candidate, f"a burning pain ({rule.citation_section})")
    found = workup.having_any(_SITED)
    burns = [b for b in _told(workup, rule) if b.degree or found or workup.having("T30")]  # "his feet burn" is no burn
    if not burns and not found:
        _report_extent_alone(workup, rule)
        return
    chemical = next(unnegated(rule.data["chemical"], workup.chart.text), None) is not None
    episode = next((c.code[-1] for c in found), "A")
    kept = _report(workup, rule, burns, chemical, episode)
    if kept:
        told = {b.sentence for b in burns}
        for other in found:
            if other.code not in kept and other.code[-1] != "S":
                mine = {f.mention.sentence for f in other.facts if not f.reason}
                if mine <= told or _is_less(other.code, kept):
                    workup.drop(other, f"read site by site ({rule.citation_section})")
    if kept or found:
        for vague in workup.having("T30"):
            workup.drop(vague, f"the site is told ({rule.citation_section})")
        _drop_lesser(workup, rule)
        if episode != "S":
            _report_extent(workup, rule, chemical and not any(c.code[4] in "0123" for c in workup.having_any(_SITED)))


def _report_extent_alone(workup: Workup, rule: Rule) -> None:
    """Report the extent in the place of a burn whose site the chart does not tell (note at T31)."""
    if unsited := workup.having("T30"):
        _report_extent(workup, rule, unsited[0].code.startswith("T30.4"))
        if workup.having("T31", "T32"):
            for vague in unsited:
                workup.drop(vague, f"the extent is told, the site is not ({rule.citation_section})")


def _report(workup: Workup, rule: Rule, burns: list[_Burn], chemical: bool, episode: str) -> set[str]:
    """Report the codes of ``burns``; of one site and side only the highest degree."""
    highest: dict[tuple[str, str], _Burn] = {}
    for burn in burns:
        for side in burn.sides:
            known = highest.get((burn.site, side))
            if known is None or burn.degree > known.degree:
                highest[burn.site, side] = burn
    kept: set[str] = set()
    deep = {b.site[:3] for b in highest.values() if b.degree}
    for (site, side), burn in highest.items():
        if not burn.degree and site[:3] in deep:
            continue
        degree = burn.degree + (_CORROSION if chemical else 0)
        code = f"{site[:3]}.{degree}{site[3:]}{side}".ljust(7, "X") + episode
        if workup.icd.is_billable(code):
            kept.add(code)
            fact = fact_at(workup, burn.span, code, f"rule:{rule.id}", 1.0)
            workup.add(code, [fact], 1.0, Step("guideline", "site, side and degree", rule.citation))
    return kept


def _is_less(code: str, kept: set[str]) -> bool:
    """True for a code of the same category that says less of site or side than one that was read."""
    return any(k[:3] == code[:3] and (code[5] in "09" or code[6:7] in ("0", "9", "X")) for k in kept)


def _drop_lesser(workup: Workup, rule: Rule) -> None:
    """Leave out lower degrees of a site and side of which a higher one is coded (I.C.19.d.2)."""
    burns = workup.having_any(_SITED)
    for lower in burns:
        for higher in burns:
            same = lower.code[:4] == higher.code[:4] and lower.code[5:] == higher.code[5:]
            if same and lower.code[4] < higher.code[4] and not higher.dropped:
                workup.drop(lower, f"{higher.code} is the highest degree of the site ({rule.citation_section})")
                break


def _told(workup: Workup, rule: Rule) -> Iterator[_Burn]:
    """Yield the burnt sites, from the conclusion if it tells any, else from the account and the examination."""
    data, sections = rule.data, workup.note.sections
    numbers = sentences_with(workup, data["trigger_words"])
    text = workup.chart.text
    if not numbers or next(unnegated(data["burnt"], text), None) is None:
        return
    for kinds in (frozenset(data["concluded_in"]), frozenset(data["told_in"])):
        burns: list[_Burn] = []
        last = -9
        for number in numbers:
            sentence = workup.note.sentences[number]
            if sections[sentence.section].kind not in kinds:
                continue
            said = text[sentence.span.start : sentence.span.end]
            named = compile_words(data["burnt"]).search(said) is not None
            listed = _PERCENT.search(said) is not None or number - last <= 1
            if not (named or listed) or compile_words(data["not_now"]).search(said):
                continue
            read = list(_read_sentence(workup, rule, number, named))
            burns += read
            last = number if read or named else last
        if burns:
            yield from burns
            return


def _read_sentence(workup: Workup, rule: Rule, number: int, named: bool) -> Iterator[_Burn]:
    """Yield the sites of one sentence; the degree stands before its sites or behind each of them."""
    span, text = workup.note.sentences[number].span, workup.chart.text
    depths = [
        (m.start(), degree)
        for degree, words in ((1, "first"), (2, "second"), (3, "third"))
        for m in compile_words(rule.data[words]).finditer(text, span.start, span.end)
    ]
    depths.sort()
    sites = list(_site_pattern(rule).finditer(text, span.start, span.end))
    if not sites or (not depths and not named):
        return
    before = bool(depths) and depths[0][0] < sites[0].start()
    for i, match in enumerate(sites):
        if compile_words(rule.data["no_site"]).search(text[max(span.start, match.start() - 24) : match.start()]):
            continue
        if is_spared(text, match.start(), match.end()):
            continue
        code, sided = _sites(rule)[(match.lastindex or 1) - 1]
        ahead = [d for place, d in depths if place < match.start()]
        behind = [d for place, d in depths if place >= match.start()]
        near = (ahead[-1:] or behind[:1]) if before else (behind[:1] or ahead[-1:])
        degree = near[0] if near else 0
        start = sites[i - 1].end() if i else span.start
        sides = _sides(text, max(start, match.start() - _SIDE_REACH), match, span.end) if sided else ("",)
        if i and sides == ("9",) and sites[i - 1].lastindex != match.lastindex and _joined(text, start, match.start()):
            sides = _sides(text, max(span.start, sites[i - 1].start() - _SIDE_REACH), sites[i - 1], span.end)
        yield _Burn(code, sides, degree, Span(match.start(), match.end()), number)


def _joined(text: str, start: int, end: int) -> bool:
    return text[start:end].strip(" ,/&").lower() in ("", "and")


def _sides(text: str, low: int, match: re.Match[str], end: int) -> tuple[str, ...]:
    """Return the sides said just before the site, inside its words, or just behind it ("hand, right")."""
    around = text[low : match.end()] + " "
    found = [(m.group(1) or m.group(2)).lower() for m in _SIDE.finditer(around)]
    if not found:
        tail = re.match(
            r",?\s*(?:\(\s*)?(right|left|bilateral|both|[RL])\b", text[match.end() : min(end, match.end() + 14)]
        )
        found = [tail.group(1).lower()] if tail else []
    if not found:
        return ("9",)
    if found[-1] in ("both", "bilateral"):
        return ("1", "2")
    pair = [_SIDES[f] for f in found[-2:] if f in _SIDES]
    joined = re.search(r"\b(?:right|left|[RL])\s*(?:and|&|/|\+)\s*(?:right|left|[RL])\b", around, re.I)
    return tuple(sorted(set(pair))) if joined else (pair[-1],)


def _report_extent(workup: Workup, rule: Rule, corrosion: bool) -> None:
    """Report the percentage of the body surface that the chart states; nothing is added up (I.C.19.d.6)."""
    text, data = workup.chart.text, rule.data
    totals: list[tuple[float, Span, bool]] = []
    for match in compile_words(data["extent"]).finditer(text):
        percent = _PERCENT.search(match.group())
        if percent is not None:
            number = 0.0 if percent["less"] else float(percent["number"])
            totals.append((number, Span(*match.span()), re.search(r"total|overall", match.group(), re.I) is not None))
    stated = [t for t in totals if t[2]] or totals
    if not stated or (len({t[0] for t in stated}) > 1 and not any(t[2] for t in totals)):
        return
    total, span, _ = max(stated, key=lambda t: (t[0], -t[1].start))
    thirds = [float(p["number"]) for m in compile_words(data["third_extent"]).finditer(text)
              if (p := _PERCENT.search(m.group())) is not None]  # fmt: skip
    third = max((t for t in thirds if t <= total), default=0.0)
    category = "T32" if corrosion else "T31"
    tens, full = min(int(total // 10), 9), min(int(third // 10), 9)
    code = f"{category}.{tens}{full}" if tens else f"{category}.0"
    for other in workup.having("T31", "T32"):
        if other.code != code:
            workup.drop(other, f"the extent is stated ({rule.citation_section})")
    if workup.icd.is_billable(code):
        fact = fact_at(workup, span, code, f"rule:{rule.id}", 1.0)
        step = Step("guideline", f"{total:g} % of the body surface, {third:g} % third degree", rule.citation)
        workup.add(code, [fact], 1.0, step, mandated=True)


@check("burn_order", "sequence", lambda _: _SITED)
def order_burns(workup: Workup, rule: Rule) -> None:
    """Put the highest degree first where several sites are burnt (I.C.19.d.1)."""
    burns = [c for c in workup.having_any(_SITED) if c.code[-1] != "S"]
    if len(burns) < 2:
        return
    start = min(f.mention.span.start for c in burns for f in c.facts)
    before = min(c.order[0] for c in burns)

    def degree(candidate: Candidate) -> int:
        return -(int(candidate.code[4]) % _CORROSION)

    ranked = sorted(burns, key=lambda c: (degree(c), c.facts[-1].mention.span.start, c.code))
    for rank, candidate in enumerate(ranked):
        candidate.order = (before, max(1, start - len(burns)) + rank)
