"""Coronary arteries counted: the grafts of a bypass, the arteries and stents of an intervention.

Source: ICD-10-PCS Official Guidelines B3.6b (bypass of coronary arteries), B4.4 (coronary arteries); tables 021, 027.
"""

from __future__ import annotations

import re

from nosology.coding.pcs.catalogue import spell_pattern
from nosology.coding.pcs.scenes import Found, Scene
from nosology.model.note import Span

__all__ = ["count_coronary_bypass", "count_coronary_dilation"]

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "single": 1, "double": 2, "triple": 3}
_WORDS |= {"quadruple": 4, "quintuple": 5, "both": 2}
_GRAFTS = re.compile(
    r"\b(?:(?:x|times|×)\s*(?P<n>\d|one|two|three|four|five|six)\b|(?P<w>single|double|triple|quadruple"
    r"|quintuple|\d|one|two"
    r"|three|four|five)[\s-]+vessel)",
    re.IGNORECASE,
)
_TARGETS = {
    "lad": r"\blad\b|left anterior descending",
    "diagonal": r"\bdiagonal|\bd1\b",
    "om": r"obtuse marginal|\bom\s?1?\b",
    "om2": r"\bom\s?2\b",
    "circumflex": r"circumflex|\blcx\b",
    "ramus": r"\bramus",
    "rca": r"right coronary|\brca\b",
    "pda": r"posterior descending|\bpda\b",
    "plv": r"posterolateral|\bplv?\b",
}


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _WORDS.get(word.lower(), 0)


def _search(scene: Scene, pattern: str) -> Found | None:
    return scene.find(spell_pattern(pattern))


_JOINED = re.compile(r"\b(?:sewn|anastomos\w+|grafted|end[- ]to[- ]side|sequential\w*)\b", re.IGNORECASE)
_PLAN = re.compile(
    r"\b(?:not|never|could not|would not|was not grafted|planned|prior|previous|CABG|bypass graft\w*)\b", re.IGNORECASE
)


def _sewn(scene: Scene) -> set[str]:
    """The coronary arteries to which the text, not the title, tells a graft sewn."""
    found: set[str] = set()
    for sentence in re.split(r"(?<=[.;])\s+", scene.text):
        if _JOINED.search(sentence) and not _PLAN.search(sentence):
            found |= {name for name, pattern in _TARGETS.items() if re.search(pattern, sentence, re.IGNORECASE)}
    if {"om", "om2"} <= found and not re.search(r"\bom\s?1\b|\bom\b(?!\s?2)", scene.text, re.IGNORECASE):
        found.discard("om")
    return found


def count_coronary_bypass(scene: Scene) -> list[tuple[str, Found | None]]:
    """One code for each kind of graft, by the number of arteries that it reaches."""
    total, words = 0, None
    for level in range(len(scene.levels)):
        for span in scene.matches(_GRAFTS, level):
            match = _GRAFTS.match(scene.text, span.start)
            if match:
                total, words = _number(match["n"] or match["w"]), Found(span, level)
                break
        if total:
            break
    lima = _search(scene, r"lima|left internal (?:mammary|thoracic)|in ?situ left internal|mammary")
    rima = _search(scene, r"rima|right internal (?:mammary|thoracic)|bima|bilateral internal (?:mammary|thoracic)")
    radial = _search(
        scene,
        r"radial artery (?:graft\w*|to|conduit|harvest\w*|bypass|was harvested)|radial (?:graft|to)"
        r"|harvest\w* (?:\w+ ){0,4}radial",
    )
    vein = _search(scene, r"saphenous|svg|vein grafts?|svgs|rsvg|gsv")
    if (sewn := _sewn(scene)) and len(sewn) > 1:
        total = len(sewn)
    if not total:
        text = " ".join(scene.text[s.start : s.end] for level in scene.levels for s in level)
        total = sum(bool(re.search(pattern, text, re.IGNORECASE)) for pattern in _TARGETS.values())
    found: list[tuple[str, Found | None]] = []
    rest = total
    if lima is not None:
        found.append(("02100Z9", lima))
        rest -= 1
    if rima is not None:
        found.append(("02100Z8", rima))
        rest -= 1
    if radial is not None and rest > 0:
        found.append(("02100AW", radial))
        rest -= 1
    if vein is not None and total:
        found.append((f"021{max(0, min(rest, 4) - 1)}09W", vein if rest == 1 else words or vein))
    return found


_ARTERIES = {
    "lad": r"\blad\b|left anterior descending",
    "diagonal": r"\bdiagonal|\bd[12]\b",
    "om": r"obtuse marginal|\bom\s?\d?\b",
    "circumflex": r"circumflex|\bl?cx\b",
    "ramus": r"\bramus",
    "rca": r"right coronary artery|\brca\b",
    "pda": r"posterior descending|\bpda\b",
    "main": r"left main",
    "graft": r"\bsvg\b|vein graft",
}
_STENTS = re.compile(
    r"\b(?P<n>two|three|four|both|[2-4])\s+(?:overlapping\s+)?(?:[\w.-]+\s+){0,6}stents|stents?\s*(?:x"
    r"|times)\s*(?P<x>[2-4])"
    r"|(?P<two>overlapping (?:\w+[ -]){0,3}stents)",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"\b(?:DES|xience|synergy|resolute|promus|onyx)\b[^.;x\d]{0,30}\d(?:\.\d+)? ?(?:mm )?x ?\d\d\b", re.IGNORECASE
)
"""A stent by its name and size: each is one."""
_POSSIBLE = re.compile(r"\bpossible\b[^.;,\n]*", re.IGNORECASE)
_LEFT_ALONE = re.compile(
    r"\b(?:was|were) (?:left|not (?:treated|attempted|stented|crossed)|deferred)\b|\bnot attempted\b|\bin error\b"
    r"|\bstents? (?:was |is |\w+ )?patent\b|\bstents? (?:in )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:second|another|additional|further)\b[^.]{0,60}\bstent", re.IGNORECASE)
_ANY = re.compile(r"\b(?:stent\w*|DES|xience|synergy|resolute|promus|onyx)\b", re.IGNORECASE)
_DRUG = r"drug eluting|DES|xience|synergy|resolute|promus|everolimus|zotarolimus|sirolimus|onyx"
_NOT_TREATED = re.compile(
    r"\b(?:patent|prior|old|previous|existing|no disease|left (?:alone|for)|deferred|staged)\b", re.IGNORECASE
)


_SIZE = r"\d(?:\.\d+)? ?(?:mm )?x ?\d\d\b(?: ?mm)?"
_BRAND = r"(?:DES|xience|synergy|resolute|promus|onyx|orsiro|stents?)"
_PLACED = re.compile(
    rf"(?P<before>{_SIZE}(?:(?:,| and| then)+ (?:an? )?(?:second |overlapping )*{_SIZE})*)"
    rf" (?:[\w-]+ ){{0,3}}?{_BRAND}\b"
    rf"|\b{_BRAND}[^.;x\d]{{0,30}}(?P<after>{_SIZE})",
    re.IGNORECASE,
)
"""Stents by their sizes, before the name or after it: each size is one."""
_BALLOONED = re.compile(
    r"\b(?:ptca|poba|balloon(?:ed| angioplasty)?(?![ -](?:pump|tip))|(?:plain |kissing )balloons?|angioplasty)\b",
    re.IGNORECASE,
)
_NO_STENT = re.compile(r"\b(?:no|without(?: an?)?|not) stent\w*[^.;,]*", re.IGNORECASE)
_CLAUSE = re.compile(r"[;,]\s|\.\s+|\n")


def _named_arteries(text: str) -> list[str]:
    return [name for name, pattern in _ARTERIES.items() if re.search(pattern, text, re.IGNORECASE)]


def _placed(scene: Scene) -> dict[str, int]:
    """The stents that the text tells by their sizes, each with the artery of its sentence, or the last in its line."""
    found: dict[str, int] = {}
    for line in scene.text.splitlines():
        last = ""
        for sentence in re.split(r"(?<=[.;])\s+", line):
            named = _named_arteries(sentence)
            last = named[0] if len(named) == 1 else "" if named else last
            if last and not _LEFT_ALONE.search(sentence) and not _NOT_TREATED.search(sentence):
                number = sum(len(re.findall(_SIZE, m["before"] or m["after"])) for m in _PLACED.finditer(sentence))
                if number:
                    found[last] = found.get(last, 0) + number
    return found


def _ballooned(scene: Scene, stented: set[str]) -> dict[str, Span]:
    """The arteries of which a clause tells a balloon and no stent, with the clause: a code of its own."""
    found: dict[str, Span] = {}
    spans = [Span(0, len(scene.text))] if scene.wide else [span for level in scene.levels[1:3] for span in level]
    for span in spans:
        start = span.start
        cuts = [*_CLAUSE.finditer(scene.text, span.start, span.end)]
        for end, onward in [*((m.start(), m.end()) for m in cuts), (span.end, span.end)]:
            clause = _NO_STENT.sub("", scene.text[start:end])
            named = _named_arteries(clause)
            told = _BALLOONED.search(clause) and not any(
                other.search(clause) for other in (_ANY, _LEFT_ALONE, _NOT_TREATED)
            )
            if told and len(named) == 1 and named[0] not in stented:
                found.setdefault(named[0], Span(start, end))
            start = onward
    return found


def count_coronary_dilation(scene: Scene) -> list[tuple[str, Found | None]]:
    """Return the codes of table 027: how many arteries were dilated, with how many stents of the named kind (B4.4).

    Arteries that got a balloon alone beside others that got a stent have a code of their own.
    """
    stents: dict[str, int] = {}
    last, words = "", None
    spans = dict.fromkeys(span for level in scene.levels[1:3] for span in level)
    for span in sorted(spans, key=lambda s: s.start):
        text = _POSSIBLE.sub("", scene.text[span.start : span.end])
        if _LEFT_ALONE.search(text) or (_NOT_TREATED.search(text) and not _ANY.search(text)):
            continue
        named = [name for name, pattern in _ARTERIES.items() if re.search(pattern, text, re.IGNORECASE)]
        if "main" in named and len(named) > 1 and re.search(r"left main (?:to|into)", text, re.IGNORECASE):
            named.remove("main")
        if "graft" in named and re.search(
            r"(?:svg|vein graft)[- ]?(?:to |to the )?(?:\w+ )?(?:om|pda|rca|lad|d\d|diag)", text, re.I
        ):
            named = ["graft"]
        number = 0
        if (match := _STENTS.search(text)) is not None:
            number = _number(match["n"] or match["x"] or "two")
        elif _ANY.search(text):
            number = max(1, len(_SIZED.findall(text)))
        if _MORE.search(text):
            number += 1 if number > 1 or not named or last in named else 0
            for name in named or ([last] if last else []):
                stents[name] = stents.get(name, 0) + 1
            continue
        for name in named:
            share = number if len(named) == 1 else max(1, number // len(named)) if number else 0
            stents[name] = max(stents.get(name, 0), share)
        if named:
            last, words = named[-1], words or Found(span, 1)
    placed = _placed(scene) if scene.wide else {}
    for name, number in placed.items():
        stents[name] = max(stents.get(name, 0), number)
    stented = {name for name, number in stents.items() if number}
    ballooned = _ballooned(scene, set(placed) or stented) if stented else {}
    for name in ballooned:
        stents.pop(name, None)
    arteries = max(1, min(len(stents), 4))
    total = max(sum(stents.values()), arteries if sum(stents.values()) else 0)
    device = "?"
    if total > 1 and _search(scene, _DRUG) is not None:
        device = "4567"[min(total, 4) - 1]
    codes: list[tuple[str, Found | None]] = [(f"027{arteries - 1}3{device}?", words)]
    if ballooned and stents:
        codes.append((f"027{min(len(ballooned), 4) - 1}3ZZ", Found(next(iter(ballooned.values())), 1)))
    return codes
