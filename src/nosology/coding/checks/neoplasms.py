"""Primary and secondary neoplasms by the words "metastatic to" (Guidelines I.C.2, I.C.2.m)."""

from __future__ import annotations

from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.workup import Workup, check
from nosology.model.note import Span, Temporality
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["read_secondary_sites", "report_treated_neoplasm"]

_BEFORE = 40  # characters before counted nodes in which their place may stand


@check("secondary_sites", "read")
def read_secondary_sites(workup: Workup, rule: Rule) -> None:
    """Make a site named after "metastatic … to" a secondary neoplasm; after "from" it stays the primary."""
    text = workup.chart.text
    table: dict[str, str] = rule.data["secondary"]
    before = compile_words(rule.data["to"])
    for candidate in workup.having(*table):
        facts = [f for f in candidate.facts if not f.reason]
        moved = []
        for fact in facts:
            sentence = workup.note.sentences[fact.mention.sentence].span
            for span in fact.mention.spans:
                site = text[max(sentence.start, span.start - 60) : span.end]
                if before.search(site):
                    moved.append(fact)
                    break
        if not moved:
            continue
        stem = next(table[k] for k in sorted(table, key=len, reverse=True) if candidate.code.startswith(k))
        side = candidate.code[-1] if len(candidate.code) == 6 and candidate.code[-1] in "12" else "0"
        code = stem[:-1] + side if stem.endswith("?") else stem
        if not workup.icd.is_billable(code):
            continue
        step = Step("guideline", f"metastatic to the site of {candidate.code} → {code}", rule.citation)
        if len(moved) == len(facts):
            workup.replace(candidate, code, step)
        else:
            workup.add(code, moved, max(f.weight for f in moved), step)
    if workup.having("C"):
        _add_named(workup, rule)
    if workup.having_any(rule.data["solid"]):
        _add_counted(workup, rule)


def _add_named(workup: Workup, rule: Rule) -> None:
    """Report the sites of "metastatic to the liver and lungs" that no mention of their own has brought in."""
    text = workup.chart.text
    for match in (*unnegated(rule.data["spread"], text), *unnegated(rule.data["shown"], text)):
        for row in rule.data["sites"]:
            found = compile_words(row["words"]).search(match[1])
            if found is None or workup.having(row["stem"], floor=workup.threshold):
                continue
            span = Span(match.start(1) + found.start(), match.start(1) + found.end())
            fact = fact_at(workup, span, row["code"], f"rule:{rule.id}", workup.threshold)
            if fact.kind in ("family_history", "instructions", "education"):
                continue
            workup.add(row["code"], [fact], fact.weight, Step("guideline", f"metastatic to {found[0]}", rule.citation))


def _add_counted(workup: Workup, rule: Rule) -> None:
    """Report the nodes of "2/14 axillary nodes positive": the spread of the cancer that the chart names."""
    if workup.having("C77", floor=workup.threshold):
        return
    for match in unnegated(rule.data["counted"], workup.chart.text):
        said = workup.chart.text[max(0, match.start() - _BEFORE) : match.end()].lower().rpartition(".")[2]
        rows = (r for r in rule.data["nodes"] if compile_words(r["words"]).search(said) and workup.having(*r["of"]))
        code = next((row["code"] for row in rows), "C77.9")
        fact = fact_at(workup, Span(*match.span()), code, f"rule:{rule.id}", workup.threshold)
        if fact.kind not in ("family_history", "instructions", "education"):
            workup.add(code, [fact], fact.weight, Step("guideline", f"nodes that hold cancer → {code}", rule.citation))
            return


@check("treated_neoplasm", "mandate", lambda rule: rule.data["treatment"])
def report_treated_neoplasm(workup: Workup, rule: Rule) -> None:
    """Report the neoplasm that the chart names at an encounter for its treatment, and what the treatment has done."""
    if not workup.having_any(rule.data["treatment"], floor=workup.threshold):
        return
    step = Step("guideline", "treated in this encounter", rule.citation)
    known = workup.having_any(rule.data["neoplasms"], floor=workup.threshold)
    wanted = (*(() if known else rule.data["neoplasms"]), *rule.data["effects"])
    for candidate in workup.candidates:
        stated = any(not f.reason and f.mention.temporality is Temporality.CURRENT for f in candidate.facts)
        if stated and candidate.code.startswith(wanted) and candidate.dropped.startswith("mentioned"):
            workup.raise_to(candidate, workup.threshold, step)
