"""The services of a note as suggestions: lines with modifiers in payer order, their steps, and what is left open."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nosology.codes.cpt import Cpt, find_cpt
from nosology.codes.pfs import FeeRow, FeeSchedule, find_fee_schedule
from nosology.coding.em.scan import compiled
from nosology.coding.modifiers import ModifierFacts, choose_modifiers
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.coding.procedures.performed.at_distance import say_distance
from nosology.coding.procedures.performed.descriptors import match_descriptors
from nosology.coding.procedures.performed.find import ServiceLine, find_services
from nosology.coding.procedures.performed.line_facts import say_facts
from nosology.coding.procedures.performed.statements import Statements
from nosology.model.coding import Alternative, CodeRole, CodeSuggestion
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.model.trace import Step

__all__ = ["ServiceBooks", "code_services", "to_suggestion"]

_SIDES = frozenset(["left", "right", "both_sides", "named_site"])
_SURE, _USUAL = 0.85, 0.65
_INTERPRETED = (
    r"\b(?:(?:my|own|independent(?:ly)?|ed physician|provider)(?: own)?(?: preliminary)? (?:read(?:ing)?|interpret\w+"
    r"|review)|(?:read|interpreted|reviewed)(?: and interpreted)?(?: independently)? by (?:me|myself)"
    r"|i (?:independently |personally )?(?:interpreted|read)|interpretation by (?:me|ed physician))\b"
)


@dataclass(frozen=True, slots=True)
class ServiceBooks:
    """The installed books that a line is looked up in; None where one is not installed."""

    fees: FeeSchedule | None
    cpt: Cpt | None

    def row(self, code: str) -> FeeRow | None:
        """The row of the fee schedule of a code."""
        return self.fees.find(code) if self.fees is not None else None

    def title(self, code: str, own: str) -> str:
        """The imported descriptor of a code of CPT, else our own words."""
        return self.cpt.get(code).title if self.cpt is not None and code in self.cpt else own


def code_services(desk: ServiceDesk) -> Services:
    """The codes of the services that the note says were done; nothing where no rule is in force or none is named."""
    if desk.scope != "reportable":
        return Services()
    notes = Statements(desk)
    lines, findings = find_services(notes)
    lines = [line for line in (_by_place(notes, each) for each in lines) if line is not None]
    cpt = find_cpt(on=desk.on, home=desk.home)
    if cpt is not None:
        met, several = match_descriptors(notes, cpt, lines)
        lines += met
        findings += several
    if not lines:
        return Services(findings=tuple(findings))
    books = ServiceBooks(find_fee_schedule(on=desk.on, home=desk.home), cpt)
    suggestions = []
    lines, told = say_distance(notes, _distinct([_on_side(notes, each) for each in lines]))
    findings += told
    for line in say_facts(notes, lines, books.fees):
        suggestion, found = to_suggestion(desk, line, books)
        suggestions.append(suggestion)
        findings += found
    return Services(tuple(suggestions), findings=tuple(findings))


def _on_side(notes: Statements, line: ServiceLine) -> ServiceLine:
    """The line with the side of the note, where its own words tell none and the whole note names one only."""
    if not line.row.get("sides") or line.row.get("digits") or line.said & _SIDES or line.kind == "supply":
        return line
    side = notes.one_side()
    return replace(line, said=line.said | {side}) if side else line


def _by_place(notes: Statements, line: ServiceLine) -> ServiceLine | None:
    """A test with two parts in an emergency department is coded where the practitioner read it, with 26."""
    if not line.row.get("parts") or notes.desk.setting is not Setting.EMERGENCY:
        return line
    words = " ".join(each.quote for each in line.evidence)
    if not compiled(_INTERPRETED).search(words):
        return None
    return replace(line, said=line.said | {"interpretation_only"})


def _distinct(lines: list[ServiceLine]) -> list[ServiceLine]:
    """Say of the later of two lines with one code that it is of another structure; a digit or artery says it itself."""
    seen: set[str] = set()
    told = []
    for line in lines:
        if line.code in seen and line.site and "named_site" not in line.said:
            line = replace(line, said=line.said | {"other_structure"})
        seen.add(line.code)
        told.append(line)
    return told


def to_suggestion(desk: ServiceDesk, line: ServiceLine, books: ServiceBooks) -> tuple[CodeSuggestion, list[Finding]]:
    """Return the line with the modifiers that its facts call for, and what is wrong with them."""
    chosen = choose_modifiers(ModifierFacts(line.code, line.kind, desk.on, line.said), fees=books.row(line.code))
    because = [
        Step("modifier", f"{each.modifier}: {each.says} ({', '.join(each.because)})", each.citation)
        for each in chosen.chosen
    ]
    first = Step("service", f"{line.title}: {line.why}" if line.why else line.title, line.rule.citation)
    amount = [Step("units", str(line.units), line.rule.citation)] if line.units > 1 else []
    findings = [replace(each, evidence=line.evidence[:1]) for each in chosen.findings]
    suggestion = CodeSuggestion(
        system="cpt" if line.code[0].isdigit() else "hcpcs",
        code=line.code,
        title=books.title(line.code, line.title),
        role=CodeRole.PROCEDURE,
        rank=0,
        score=_USUAL if line.usual else _SURE,
        evidence=line.evidence,
        steps=(first, *amount, *because),
        alternatives=tuple(Alternative(code, "if the note is completed so") for code in line.others),
        modifiers=chosen.modifiers,
        units=line.units,
    )
    return suggestion, findings
