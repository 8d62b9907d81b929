"""Conventions of the classification: "with", the more specific code, Excludes1 (Guidelines I.A, I.B)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from nosology.coding.candidates import Candidate
from nosology.coding.checks.specific import speaks_of_another
from nosology.coding.prefixes import begins
from nosology.coding.reportable import is_symptom
from nosology.coding.workup import Workup, check, listed
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["drop_excluded", "drop_general", "drop_general_neoplasm", "link_conditions", "prefer_specific"]

_NAMES_ITS_CAUSE = ("G89.3",)  # "pain from bone metastases" leaves the metastases to be coded (I.C.6.b.5)
_SIDES = re.compile(r"\b(?:left|right|bilateral)\b")
_OF_KIN = ("Z80", "Z81", "Z82", "Z83", "Z84")  # what a relative has is no part of what the patient has
_BEYOND = 24  # characters behind the words of a neoplasm in which its primary may be called unknown


@lru_cache(maxsize=4)
def _bases(rule: Rule) -> frozenset[str]:
    return frozenset(code for link in rule.data["links"] for code in link["base"])


@check("assumed_link", "link", _bases)
def link_conditions(workup: Workup, rule: Rule) -> None:
    """Join conditions that the Index joins by "with" into their combination code (I.A.15)."""
    floor = float(rule.data["floor"])
    live = {c.code: c for c in workup.live() if c.weight >= floor}
    if _bases(rule).isdisjoint(live.keys()):
        return
    for link in rule.data["links"]:
        base = next((live[code] for code in link["base"] if code in live and not live[code].dropped), None)
        if base is None or workup.denied(link["becomes"][:5]):
            continue
        partners = workup.having_any(link["with"], floor=floor)
        others = workup.having_any(link["and"], floor=floor) if "and" in link else partners
        if not partners or not others or ("unless" in link and workup.having_any(link["unless"], floor=floor)):
            continue
        strongest = max(base.weight, *(p.weight for p in partners))
        if strongest < workup.threshold:
            continue
        step = Step("guideline", f"{base.code} with {partners[0].code} → {link['becomes']}", rule.citation)
        joined = workup.replace(base, link["becomes"], step, [f for p in partners for f in p.facts])
        joined.weight = max(joined.weight, strongest)
        live[joined.code] = joined
        for partner in {p.code: p for p in (*partners, *others)}.values():
            if link["keep"]:
                workup.raise_to(partner, workup.threshold)
            else:
                workup.drop(partner, f"combined into {joined.code} ({rule.citation_section})")


@check("general_neoplasm", "exclude", listed("general"))
def drop_general_neoplasm(workup: Workup, rule: Rule) -> None:
    """Drop a neoplasm code without a site where another names the neoplasm (I.C.2.j).

    A primary of which the chart says that nobody found it stands beside its secondary sites.
    """
    general: dict[str, list[str]] = rule.data["general"]
    live = [c for c in workup.having("C", "D0", "D1", "D2", "D3", "D4") if c.code not in general]
    for candidate in workup.having(*general):
        others = tuple(general.get(candidate.code, ()))
        other = next((c for c in live if others and c.code.startswith(others)), None)
        if other is not None and candidate.code == "C80.1" and _is_sought(candidate, live, workup.chart.text, rule):
            continue
        if other is not None:
            workup.drop(candidate, f"said more specifically by {other.code} ({rule.citation_section})")
        elif candidate.code in rule.data["named_elsewhere"]:
            told = [c for c in workup.documented(*others) if c.dropped.startswith("mentioned")]
            if len(told) == 1:  # "DLBCL" in the history, "response of the lymphoma" in the impression
                step = Step("guideline", f"{candidate.code} is specified elsewhere in the chart", rule.citation)
                workup.replace(candidate, told[0].code, step)


def _is_sought(candidate: Candidate, others: list[Candidate], text: str, rule: Rule) -> bool:
    """True where the chart says that the primary is unknown, and names secondary sites alone."""
    if not all(begins(other.code, rule.data["secondary"]) for other in others):
        return False
    said = (text[f.mention.span.start : f.mention.span.end + _BEYOND] for f in candidate.facts)
    return any(re.search(rule.data["unknown"], words, re.IGNORECASE) for words in said)


@check("prefer_specific", "exclude")
def prefer_specific(workup: Workup, rule: Rule) -> None:
    """Drop a code that another reported code says more specifically (I.B.2).

    That is so where the other stands under the same parent as a residual ("unspecified", "without"), or where the words
    that led to the code are only a part of those that led to the other ("anemia" beside "iron deficiency anemia").
    """
    coded, icd = workup.live(), workup.icd
    words = {c.code: _words(c) for c in coded}
    rivals = _Rivals(coded, words)
    for candidate in coded:
        if candidate.mandated or candidate.code.startswith(_OF_KIN):
            continue
        title = icd.title(candidate.code).lower()
        residual = "unspecified" in title or "without" in title
        parent = (icd.parent(candidate.code) or "") if residual else ""
        mine = words[candidate.code]
        for other in rivals.of(candidate, siblings=len(parent) > 2):
            if other is candidate or other.dropped or other.mandated or other.code.startswith(_NAMES_ITS_CAUSE):
                continue
            sibling = residual and other.code.startswith(parent) and len(parent) > 2
            sibling = sibling and not speaks_of_another(candidate.code, other.code)
            if sibling:  # "without" in both titles is the parent's: two regions of the spine are two codes
                said = icd.title(other.code).lower()
                sibling = "unspecified" not in said and ("unspecified" in title or "without" not in said)
            contained = bool(mine) and all(any(m < o for o in words[other.code]) for m in mine)
            contained = contained and not _past_beside_present(candidate, other)
            contained = contained or (residual and _same_words(candidate, other, title, icd.title(other.code).lower()))
            if not (sibling or contained):
                continue
            if not sibling and (_is_cause(candidate, other) or _reported_together(workup, candidate.code, other.code)):
                continue
            other.take(f for f in candidate.facts if not f.reason)
            other.cared = other.cared or candidate.cared
            candidate.dropped = f"said more specifically by {other.code} (I.B.2)"
            break


_DRUGS = tuple(f"T{number}" for number in range(36, 51))
_INFECTED = ("T80.2", "T81.43", "T82.6", "T82.7", "T83.5", "T83.6", "T84.5", "T84.6", "T84.7", "T85.7")
_INFECTIONS = ("G00", "I33", "J86", "K65", "K68", "K75.0", "M00", "M86", "N10", "N12", "N39.0")
_HELICOBACTER, _ULCERS = "B96.81", ("K25", "K26", "K27", "K28", "K29")
_SEPSIS, _TELLS_SEPSIS = ("A40", "A41"), "ABOPT"
_SCREENINGS = ("Z11", "Z12", "Z13")
_HISTORY = ("Z80", "Z81", "Z82", "Z83", "Z84", "Z85", "Z86", "Z87")
_ASSESSED = ("assessment", "plan", "assessment_and_plan", "impression", "diagnosis")
_IDLE = frozenset(("unspecified", "site", "side", "of", "the", "and", "or", "in"))  # words of titles that tell nothing


def _same_words(candidate: Candidate, other: Candidate, title: str, more: str) -> bool:
    """True where every mention of an unspecified code shares its words with one of another code of the category that
    says more by its title: "acute bacterial maxillary sinusitis" is maxillary, not also unspecified.
    """
    mine_said, theirs = set(title.replace(",", " ").split()) - _IDLE, set(more.replace(",", " ").split()) - _IDLE
    if other.code[:3] != candidate.code[:3] or not mine_said < theirs:
        return False
    spans = [f.mention.span for f in other.facts if not f.reason]
    mine = [f.mention.span for f in candidate.facts if not f.reason]
    return bool(mine) and all(any(m.overlaps(s) for s in spans) for m in mine)


class _Rivals:
    """Finds the codes that may say another one more specifically: those that share a word, or the category."""

    def __init__(self, coded: list[Candidate], words: Mapping[str, set[frozenset[int]]]) -> None:
        self._coded = coded
        self._atoms = {code: frozenset().union(*said) for code, said in words.items()}
        self._by_atom: dict[int, list[int]] = {}
        self._by_category: dict[str, list[int]] = {}
        for place, candidate in enumerate(coded):
            self._by_category.setdefault(candidate.code[:3], []).append(place)
            for atom in self._atoms[candidate.code]:
                self._by_atom.setdefault(atom, []).append(place)

    def of(self, candidate: Candidate, *, siblings: bool) -> list[Candidate]:
        """Return the rivals of ``candidate`` in the order of the codes."""
        places: set[int] = set()
        if siblings:
            places.update(self._by_category[candidate.code[:3]])
        atoms = self._atoms[candidate.code]
        if atoms:
            rarest: list[int] = min([self._by_atom[atom] for atom in atoms], key=len)
            places.update(rarest)
        return [self._coded[place] for place in sorted(places)]


def _past_beside_present(candidate: Candidate, other: Candidate) -> bool:
    """True where the longer words tell of the past and the shorter ones are a problem of today: "1. Pneumonia.
    2. History of aspiration pneumonia"; or where the longer words tell of a screening, and the shorter ones of what it
    found.
    """
    if other.code.startswith(_SCREENINGS):
        return candidate.code[0] != "Z" and any(f.kind in _ASSESSED and not f.reason for f in candidate.facts)
    return (
        other.code.startswith(_HISTORY)
        and candidate.code[0] != "Z"
        and any(f.heading and f.kind in _ASSESSED and not f.reason for f in candidate.facts)
    )


def _is_cause(candidate: Candidate, other: Candidate) -> bool:
    """True if the candidate stands as the cause at the end of a mention of the other: "delirium due to urinary
    infection".
    """
    return any(
        g.mention.span.start < f.mention.span.start and f.mention.span.end <= g.mention.span.end
        for f in candidate.facts
        if not f.reason
        for g in other.facts
    )


def _reported_together(workup: Workup, code: str, other: str) -> bool:
    """True if a note of the Tabular List asks for both codes: the chronic kidney disease beside its anemia
    (I.A.13, I.A.17).
    """
    if code.startswith(_SEPSIS) and other[0] not in _TELLS_SEPSIS:  # an organ that fails by it needs it (I.C.1.d.1.b)
        return True
    if code == _HELICOBACTER and other.startswith(_ULCERS):  # none of their codes names the organism
        return True
    if other.startswith(_INFECTED) and code.startswith(_INFECTIONS):  # "use additional code to identify infection"
        return True
    between = workup.instructions.between
    return any(
        between(kind, a, b) for kind in ("use_additional", "code_first") for a, b in ((code, other), (other, code))
    )


def drop_general(workup: Workup) -> None:
    """Drop a diagnosis named by one general word ("carcinoma") where another names it in full; symptoms stay."""
    coded = workup.live()
    words = {c.code: _words(c) for c in coded}
    rivals = _Rivals(coded, words)
    for candidate in coded:
        mine = words[candidate.code]
        if not mine or is_symptom(candidate.code) or any(len(m) > 1 for m in mine):
            continue
        for other in rivals.of(candidate, siblings=False):
            infected = other.code.startswith(_INFECTED) and candidate.code.startswith(_INFECTIONS)
            if other is not candidate and not infected and all(any(m < o for o in words[other.code]) for m in mine):
                candidate.dropped = f"said more specifically by {other.code} (I.B.2)"
                break


def _words(candidate: Candidate) -> set[frozenset[int]]:
    return {f.mention.atoms for f in candidate.facts if not f.reason and f.mention.atoms}


def _of_two_drugs(one: Candidate, other: Candidate) -> bool:
    """True for two drugs that the chart names apart: the note at T37.5 means cytarabine, not all of T45.1."""
    if not all(c.code.startswith(_DRUGS) and not c.code.startswith("T50.9") for c in (one, other)):
        return False
    spans = {f.mention.span for f in one.facts}
    return all(f.mention.span not in spans for f in other.facts)


@check("excludes1", "exclude")
def drop_excluded(workup: Workup, rule: Rule) -> None:
    """Of two codes that an Excludes1 note keeps apart drop the symptom or finding, else the weaker one (I.A.12.a).

    Two conditions that have nothing to do with each other may both stand: for the pairs of the rule that is so where
    each heads a problem of its own.
    """
    findings = tuple(rule.data["findings"])
    instructions = workup.instructions
    coded = sorted(workup.live(), key=lambda c: -c.weight)
    codes = sorted(c.code for c in coded)
    places = {c.code: place for place, c in enumerate(coded)}
    pairs = {
        (min(places[code], places[other]), max(places[code], places[other]))
        for code in codes
        for other in instructions.named("excludes1", code, codes)
        if other != code
    }

    def yields(candidate: Candidate) -> bool:
        return is_symptom(candidate.code) or candidate.code.startswith(findings)

    for first, second in sorted(pairs, key=lambda pair: (not any(yields(coded[n]) for n in pair), pair)):
        strong, weak = coded[first], coded[second]
        if strong.dropped or weak.dropped:
            continue
        note = instructions.between("excludes1", strong.code, weak.code) or instructions.between(
            "excludes1", weak.code, strong.code
        )
        if (
            note is None
            or _unrelated(rule, strong, weak)
            or _opposite(workup, strong, weak)
            or _of_two_drugs(strong, weak)
        ):
            continue
        loser = strong if yields(strong) and not yields(weak) else weak
        winner = weak if loser is strong else strong
        loser.dropped = f"Excludes1 at {note.node} keeps it apart from {winner.code} (I.A.12.a)"


def _unrelated(rule: Rule, one: Candidate, other: Candidate) -> bool:
    """True for a pair of the rule whose conditions are problems of their own (the exception of I.A.12.a)."""
    for row in rule.data["unrelated_always"]:
        first, second = tuple(row["codes"]), tuple(row["with"])
        if any(a.code.startswith(first) and b.code.startswith(second) for a, b in ((one, other), (other, one))):
            return True
    for row in rule.data["unrelated"]:
        first, second = tuple(row["codes"]), tuple(row["with"])
        if any(a.code.startswith(first) and b.code.startswith(second) for a, b in ((one, other), (other, one))):
            return bool(_own(one) and _own(other)) and _own(one).isdisjoint(_own(other))
    return False


def _opposite(workup: Workup, one: Candidate, other: Candidate) -> bool:
    """True for a limb or organ of the left and one of the right: what ails the one has nothing to do with the other."""
    sides = [frozenset(_SIDES.findall(workup.icd.title(c.code).lower())) for c in (one, other)]
    return all(len(side) == 1 for side in sides) and sides[0] != sides[1]


def _own(candidate: Candidate) -> set[int]:
    """Return the sentences of an assessment that the condition heads."""
    kinds = (
        *("assessment", "assessment_and_plan", "impression", "diagnosis", "discharge_diagnosis"),
        *("principal_diagnosis", "secondary_diagnosis"),
    )
    return {f.mention.sentence for f in candidate.facts if not f.reason and f.heading and f.kind in kinds}
