"""Note → suggested codes: each mention through index and tabular list, then the guidelines, then the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from nosology.codes.instructions import Instructions
from nosology.coding.candidates import Candidate, Chart, Fact
from nosology.coding.context import ContextReader
from nosology.coding.dated_back import date_back
from nosology.coding.guidelines import apply_guidelines
from nosology.coding.index import Context, Refined, TabularWalk
from nosology.coding.narrative import narrative_kinds, stated_kinds
from nosology.coding.persons import find_introductions, stated_age, stated_sex
from nosology.coding.queries import QueryDesk, gather_queries
from nosology.coding.queries.desk import Indicators
from nosology.coding.records import barred_by_record, record_of, set_apart
from nosology.coding.reportable import weigh_facts
from nosology.coding.sexes import MALE_FORM, OTHER_SEX, SexBar, swap_sex
from nosology.coding.substances import Substances
from nosology.coding.workup import Workup
from nosology.lexicon.lexicon import Lexicon, Tokens
from nosology.model.coding import Query
from nosology.model.finding import Finding
from nosology.model.note import Mention, Note
from nosology.model.trace import Step
from nosology.rules.loader import rules_in_force

if TYPE_CHECKING:
    from nosology.codes.icd10cm import Icd10cm

__all__ = ["Coder", "Draft"]

_LINE_START = 200  # code points; what stands further into its line does not open it
_CONCLUSIONS = ("assessment", "assessment_and_plan", "impression", "diagnosis")
_NOTHING = Context(frozenset())
_VISITS = ("outpatient", "professional")
_QUALIFIERS = frozenset(
    {
        "type",
        "grade",
        "gustilo",
        "i",
        "ii",
        "iii",
        "iiia",
        "iiib",
        "iiic",
        "open",
        "closed",
        "displaced",
        "nondisplaced",
    }
    | {"non-displaced", "minimally", "comminuted", "transverse", "oblique", "spiral", "segmental", "greenstick"}
    | {"impacted", "right", "left", "bilateral"}
)
# where a condition lies, and of what degree it is, before its name
_PLACED = frozenset(
    ("right", "left", "bilateral", "anterior", "posterior", "upper", "lower", "mild", "moderate", "severe", "chronic")
)


@dataclass(slots=True)
class Draft:
    """What coding has made of one note before it is put in order: coded and dropped candidates, and unread mentions."""

    candidates: list[Candidate]
    dropped: list[Candidate]
    unread: list[tuple[Mention, str]]
    chart: Chart
    findings: tuple[Finding, ...] = ()
    asked: tuple[Query, ...] = ()
    withheld: str = ""
    categories: Mapping[str, list[Candidate]] = field(default_factory=dict)  # all candidates, reported or not


class Coder:
    """Codes notes against one release. Holds what is learnt of the code set; nothing of any note."""

    def __init__(self, icd: Icd10cm, lexicon: Lexicon, substances: Substances | None = None) -> None:
        self.icd = icd
        self.lexicon = lexicon
        self.substances = substances or Substances()
        self.walk = TabularWalk(icd, lexicon)
        self.instructions = Instructions(icd)
        self._plain: dict[str, Refined] = {}  # codes that have nothing below them

    def draft(
        self, note: Note, tokens: Tokens, *, setting: str, on: date, sex: str, age: int | None, scope: str
    ) -> Draft:
        """Return the candidates of ``note`` with the guidelines applied."""
        kinds = stated_kinds(note)
        text = note.document.text
        lower = text.lower()
        told = find_introductions(note)
        age = stated_age(told) if age is None else age
        chart = Chart(setting, scope, sex, age, text, kinds, lower, told, sex or stated_sex(told), on)
        chart = replace(chart, record=record) if (record := record_of(chart)) else chart
        rules = rules_in_force(on, setting)
        bar = SexBar(rules["sex_conflict"][0], chart.known_sex, chart.text)
        facts, unread = self._read(note, tokens, chart, bar)
        if not kinds.issuperset(more := {f.kind for f in facts}):
            chart = replace(chart, kinds=kinds | more)
        set_apart(facts, note, chart.record)
        date_back(facts, text, on, visit=setting in _VISITS)
        weigh_facts(facts, chart, rules)
        candidates = _gather(facts)
        threshold = float(rules["reportable"][0].data["threshold"])
        workup = Workup(candidates, chart, note, self.icd, self.instructions, rules, threshold, self.substances, unread)
        coded, dropped = apply_guidelines(workup)
        findings, asked = tuple(workup.findings), tuple(workup.asked)
        return Draft(coded, dropped, unread, chart, findings, asked, workup.withheld, workup.categories())

    def queries(
        self, draft: Draft, note: Note, indicators: Indicators, *, on: date
    ) -> tuple[tuple[Query, ...], tuple[Finding, ...]]:
        """Return the questions that the chart leaves to the provider, and the findings that go with them."""
        if draft.withheld:
            return (), ()
        rules = rules_in_force(on, draft.chart.setting)
        coded, dropped, categories = draft.candidates, draft.dropped, draft.categories
        desk = QueryDesk(coded, dropped, categories, draft.chart, note, indicators, self.icd, self.walk, rules)
        queries, findings = gather_queries(desk)
        conflicts = [q for q in queries if q.rule == "Query-conflict"]
        asked = [q for q in draft.asked if not any(_on_one_matter(q, other) for other in conflicts)]
        return (*asked, *queries), findings

    def _read(
        self, note: Note, tokens: Tokens, chart: Chart, bar: SexBar
    ) -> tuple[list[Fact], list[tuple[Mention, str]]]:
        reader = ContextReader(note, tokens, self.lexicon, chart.age, inpatient=chart.inpatient)
        kinds = narrative_kinds(note)
        contexts = [None if self.walk.is_final(m.codes[0]) else reader.of(m) for m in note.mentions]
        for mention, context in zip(note.mentions, contexts, strict=True):
            if context is not None:
                reader.remember(mention, context.side)
        facts: list[Fact] = []
        unread: list[tuple[Mention, str]] = []
        for mention, context in zip(note.mentions, contexts, strict=True):
            if context is None:  # nothing below the node: what surrounds the mention cannot change its code
                context = _NOTHING
            elif not context.side and (
                side := reader.side_from_note(mention, self.icd.title(self.icd.leaves(mention.codes[0])[0]))
            ):
                context = replace(context, side=side)
            if reader.has_fractures and context is not _NOTHING:
                context = replace(context, fracture=reader.fracture_from_note(mention.codes, context.fracture))
            refined = self._refine(mention, context, chart, bar)
            if refined is None:
                barred = any(bar.bars(node) for node in mention.codes)
                why = barred_by_record(mention.codes[0], chart.record) if chart.record else ""
                why = OTHER_SEX[chart.known_sex] if barred else why or "no code of the release fits what the text says"
                unread.append((mention, why))
                continue
            kind = kinds.get(mention.sentence) or note.sections[mention.section].kind
            heading = _opens_line(note.document.text, mention) or (kind in _CONCLUSIONS and _opens_item(note, mention))
            facts.append(Fact(mention, refined.code, refined, kind, heading))
            if refined.more:
                other = Refined(refined.more, refined.path, refined.open_axes)
                facts.append(Fact(mention, refined.more, other, kind, heading))
        return facts, unread

    def _refine(self, mention: Mention, context: Context, chart: Chart, bar: SexBar) -> Refined | None:
        for node in mention.codes:
            if node.startswith("P") and chart.age is not None and chart.age > 1:
                continue
            if chart.record and barred_by_record(node, chart.record):
                continue
            refined = self._plain.get(node)
            if refined is None:
                refined = self.walk.refine(node, context)
                if context is _NOTHING and refined is not None and refined.code == node:
                    self._plain[node] = refined
            if refined is not None and bar.bars(refined.code):
                refined = self._other_sex(refined)
            if refined is not None:
                return refined
        return None

    def _other_sex(self, refined: Refined) -> Refined | None:
        """Return the same condition of the patient's own sex (breast, burns), None where there is none."""
        if refined.code in MALE_FORM:
            return replace(refined, code=MALE_FORM[refined.code])
        title = swap_sex(self.icd.title(refined.code))
        others = self.icd.leaves(refined.code[:3]) if title else ()
        code = next((c for c in others if self.icd.title(c) == title), None)
        return None if code is None else replace(refined, code=code)


def _on_one_matter(one: Query, other: Query) -> bool:
    """True where two queries quote the same words."""
    return any(a.span.overlaps(b.span) for a in one.evidence for b in other.evidence)


def _opens_line(text: str, mention: Mention) -> bool:
    """True if the mention stands at the start of its line, after numbers, bullets and at most three short words.

    Words that tell a fracture apart ("type IIIA open displaced comminuted") are not counted.
    """
    start = mention.span.start
    begin = text.rfind("\n", max(0, start - _LINE_START), start) + 1
    if begin == 0 and start > _LINE_START:
        return False
    if start - begin < 7:  # three words at most
        return True
    before = text[begin:start].strip(" \t•-*#.()0123456789:").split(None, 9)
    return len(before) <= 3 or (len(before) < 9 and sum(w.lower().strip(",") not in _QUALIFIERS for w in before) <= 3)


def _opens_item(note: Note, mention: Mention) -> bool:
    """True if the mention opens a sentence of a conclusion told in one paragraph ("OSA on CPAP. Class 3 obesity.")."""
    body, text = note.sections[mention.section].body, note.document.text
    if "\n" in text[body.start : body.end].strip():
        return False
    before = text[note.sentences[mention.sentence].span.start : mention.span.start]
    if len(before) >= _LINE_START:
        return False
    return sum(w.lower() not in _PLACED for w in before.strip(" \t•-*#.()0123456789:").split()) <= 1


def _gather(facts: list[Fact]) -> list[Candidate]:
    """Return one candidate a code, with all its facts; its weight is that of the best fact that counts."""
    by_code: dict[str, Candidate] = {}
    for fact in facts:
        candidate = by_code.get(fact.code)
        if candidate is None:
            candidate = by_code[fact.code] = Candidate(fact.code)
        candidate.facts.append(fact)
    for candidate in by_code.values():
        best = _strongest(candidate.facts)
        candidate.steps.append(_index_step(best.refined.path, best.mention.terms[0]))
        if best.reason:
            candidate.dropped = candidate.facts[0].reason
        else:
            candidate.weight = best.weight
    return list(by_code.values())


def _strongest(facts: list[Fact]) -> Fact:
    """Return the first of those that weigh most among the facts that count; among all, where none counts."""
    best = facts[0]
    for fact in facts:
        if fact.reason and not best.reason:
            continue
        if fact.weight > best.weight or (best.reason and not fact.reason):
            best = fact
    return best


@lru_cache(maxsize=8192)
def _index_step(path: tuple[str, ...], term: str) -> Step:
    """Return the step from the words of a term down the Tabular List; a step never changes, so notes share it."""
    return Step("index", " → ".join(path), _name_source(term))


_SOURCES = {
    "title": "ICD-10-CM Tabular List, title",
    "part of title": "ICD-10-CM Tabular List, part of a title",
    "inclusion term": "ICD-10-CM Tabular List, inclusion term",
    "includes note": "ICD-10-CM Tabular List, includes note",
    "index": "ICD-10-CM Alphabetic Index",
}


def _name_source(source: str) -> str:
    """Return where a term comes from, in words: the publication, or the file of our own vocabulary."""
    kind, _, rest = source.partition(":")
    if kind == "vocabulary":
        return f"vocabulary, {rest.removesuffix('.tsv')}"
    return "vocabulary, list of drugs" if kind == "drug" else _SOURCES.get(source, source)
