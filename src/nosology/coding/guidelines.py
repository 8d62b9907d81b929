"""The Official Guidelines as steps over candidates: each check is picked, dated and given its data by a rule file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from nosology.coding.candidates import Candidate, Chart
from nosology.coding.instructions import Instructions
from nosology.coding.reportable import is_symptom
from nosology.coding.sequence import sequence_candidates
from nosology.model.trace import Step
from nosology.rules.loader import Rule

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["apply_guidelines"]

_EXTERNAL = ("V", "W", "X", "Y")


def apply_guidelines(
    candidates: list[Candidate], chart: Chart, rules: Mapping[str, Rule], icd: Icd10cm, instructions: Instructions
) -> tuple[list[Candidate], list[Candidate]]:
    """Return ``(coded, dropped)`` in the order of report; every dropped candidate says why."""
    if chart.exhaustive:
        drop_general(candidates)
        coded = [c for c in candidates if not c.dropped]
        return sorted(coded, key=lambda c: c.first.span), [c for c in candidates if c.dropped]
    threshold = float(rules["reportable"].data["threshold"])
    raise_discussed(candidates, threshold)
    raise_treated(candidates, threshold)
    link_conditions(candidates, rules["assumed_link"], threshold)
    for candidate in candidates:
        if not candidate.dropped and candidate.weight < threshold:
            candidate.dropped = "mentioned, but not evaluated or treated here"
    add_mandated(candidates, instructions, threshold)
    drop_integral_symptoms(candidates, rules["integral_symptoms"])
    if not any(not c.dropped for c in candidates):
        _fall_back(candidates)
    prefer_specific(candidates, icd)
    drop_excluded(candidates, instructions)
    coded = sequence_candidates([c for c in candidates if not c.dropped], chart, instructions)
    return coded, [c for c in candidates if c.dropped]


def raise_discussed(candidates: list[Candidate], threshold: float) -> None:
    """Raise a condition that is documented as present and taken up again, even uncertainly, in the assessment or plan."""
    for candidate in candidates:
        if candidate.dropped or candidate.weight >= threshold or candidate.weight < 0.35:
            continue
        for fact in candidate.facts:
            if fact.kind in ("assessment", "plan", "assessment_and_plan", "impression") and fact.reason.startswith("uncertain"):
                candidate.weight = threshold
                candidate.steps.append(Step("guideline", "known condition, evaluated here", "IV.J"))
                break


def raise_treated(candidates: list[Candidate], threshold: float) -> None:
    """Raise a documented condition for which the chart shows a drug in use: it is being treated (MEAT, IV.J)."""
    treated: dict[str, str] = {}
    for candidate in candidates:
        for fact in candidate.facts:
            source = fact.mention.terms[0]
            if not fact.reason and source.startswith("drug:"):
                for prefix in filter(None, source[5:].split(",")):
                    treated.setdefault(prefix, candidate.code)
    if not treated:
        return
    prefixes = tuple(treated)
    for candidate in candidates:
        if 0.35 <= candidate.weight < threshold and not candidate.dropped and candidate.code.startswith(prefixes):
            if not is_symptom(candidate.code) and not candidate.code.startswith("Z"):
                candidate.weight = threshold
                candidate.steps.append(Step("guideline", "a drug for it is in use", "IV.J"))


def link_conditions(candidates: list[Candidate], rule: Rule, threshold: float) -> None:
    """Join conditions that the Index joins by "with" into their combination code (I.A.15), in place."""
    floor = float(rule.data["floor"])
    live = {c.code: c for c in candidates if not c.dropped and c.weight >= floor}
    for link in rule.data["links"]:
        base = next((live[c] for c in link["base"] if c in live), None)
        if base is None or base.weight < floor:
            continue
        partners = [c for c in live.values() if c.code.startswith(tuple(link["with"]))]
        others = [c for c in live.values() if c.code.startswith(tuple(link.get("and", ())))] if "and" in link else partners
        if not partners or not others:
            continue
        strongest = max(base.weight, *(p.weight for p in partners))
        if strongest < threshold:
            continue
        joined = live.get(link["becomes"]) or Candidate(link["becomes"])
        if joined.code not in live:
            candidates.append(joined)
        joined.facts += [*base.facts, *(f for p in partners for f in p.facts if not f.reason)]
        joined.weight = max(strongest, joined.weight)
        joined.steps += [*base.steps, Step("guideline", f"{base.code} with {partners[0].code} → {joined.code}", rule.citation)]
        base.dropped = f"combined into {joined.code} ({rule.citation_section})"
        del live[base.code]
        live[joined.code] = joined
        for partner in {p.code: p for p in (*partners, *others)}.values():
            if link["keep"]:
                partner.weight = max(partner.weight, threshold)
            else:
                partner.dropped = f"combined into {joined.code} ({rule.citation_section})"
                live.pop(partner.code, None)


def add_mandated(candidates: list[Candidate], instructions: Instructions, threshold: float) -> None:
    """Report what a "use additional code" note at a reported code asks for and the chart documents (I.A.17)."""
    reported = [c for c in candidates if not c.dropped]
    for candidate in candidates:
        if not candidate.dropped.startswith("mentioned") or candidate.weight < 0.1:
            continue
        for code in reported:
            if note := instructions.between("use_additional", code.code, candidate.code):
                candidate.dropped = ""
                candidate.mandated = True
                candidate.weight = threshold
                candidate.steps.append(Step("tabular", f"use additional code at {note.node}: {note.text}", "I.A.17"))
                break


def drop_integral_symptoms(candidates: list[Candidate], rule: Rule) -> None:
    """Drop symptoms that a reported diagnosis explains, and those that are not problems of their own (I.B.4, I.B.5)."""
    coded = [c for c in candidates if not c.dropped]
    definitive = [c for c in coded if not is_symptom(c.code) and not c.code.startswith(("Z", *_EXTERNAL))]
    table: dict[str, list[str]] = rule.data["integral"]
    own = float(rule.data["own_problem"])
    for candidate in coded:
        if not is_symptom(candidate.code) or candidate.mandated:
            continue
        for diagnosis in definitive:
            covered = [s for prefix, symptoms in table.items() if diagnosis.code.startswith(prefix) for s in symptoms]
            if candidate.code.startswith(tuple(covered)):
                candidate.dropped = f"integral to {diagnosis.code} ({rule.citation_section})"
                break
        else:
            if definitive and candidate.weight < own:
                candidate.dropped = f"explained by the diagnoses made ({rule.citation_section})"


def _fall_back(candidates: list[Candidate]) -> None:
    live = [c for c in candidates if c.weight >= 0.45 and any(not f.reason for f in c.facts)]
    for candidate in sorted(live, key=lambda c: -c.weight)[:1]:
        candidate.dropped = ""


def prefer_specific(candidates: list[Candidate], icd: Icd10cm) -> None:
    """Drop a code that another reported code says more specifically (I.B.2).

    That is so where the other stands under the same parent as a residual ("unspecified", "without"), or where the words that led
    to the code are only a part of those that led to the other ("anemia" beside "iron deficiency anemia").
    """
    coded = [c for c in candidates if not c.dropped]
    words = {c.code: _words(c) for c in coded}
    for candidate in coded:
        title = icd.title(candidate.code).lower()
        residual = "unspecified" in title or "without" in title
        parent = icd.parent(candidate.code) or ""
        mine = words[candidate.code]
        for other in coded:
            if other is candidate or other.dropped or other.mandated:
                continue
            sibling = residual and other.code.startswith(parent) and len(parent) > 2
            if sibling and "unspecified" in icd.title(other.code).lower():
                sibling = False
            contained = bool(mine) and all(any(m < o for o in words[other.code]) for m in mine)
            if (sibling or contained) and not candidate.mandated:
                candidate.dropped = f"said more specifically by {other.code} (I.B.2)"
                break


def drop_general(candidates: list[Candidate]) -> None:
    """Drop a diagnosis named by one general word ("carcinoma") where another names it in full; symptoms stay."""
    coded = [c for c in candidates if not c.dropped]
    words = {c.code: _words(c) for c in coded}
    for candidate in coded:
        mine = words[candidate.code]
        if not mine or is_symptom(candidate.code) or any(len(m) > 1 for m in mine):
            continue
        for other in coded:
            if other is not candidate and all(any(m < o for o in words[other.code]) for m in mine):
                candidate.dropped = f"said more specifically by {other.code} (I.B.2)"
                break


def _words(candidate: Candidate) -> set[frozenset[int]]:
    return {f.mention.atoms for f in candidate.facts if not f.reason and f.mention.atoms}


def drop_excluded(candidates: list[Candidate], instructions: Instructions) -> None:
    """Of two codes that an Excludes1 note keeps apart drop the symptom, else the weaker one (I.A.12.a)."""
    coded = sorted((c for c in candidates if not c.dropped), key=lambda c: -c.weight)
    for i, strong in enumerate(coded):
        for weak in coded[i + 1 :]:
            if strong.dropped or weak.dropped:
                continue
            note = instructions.between("excludes1", strong.code, weak.code) or instructions.between("excludes1", weak.code, strong.code)
            if note is None:
                continue
            loser = strong if is_symptom(strong.code) and not is_symptom(weak.code) else weak
            winner = weak if loser is strong else strong
            loser.dropped = f"Excludes1 at {note.node} keeps it apart from {winner.code} (I.A.12.a)"
