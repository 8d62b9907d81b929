"""Drugs given in the encounter → HCPCS codes with units, modifiers of waste, evidence and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nosology.codes.hcpcs import Hcpcs, find_hcpcs
from nosology.coding.drugs.given import HERE, GivenDrug, find_given
from nosology.coding.drugs.names import DrugCode, brand_names, open_drug_names, plain_name
from nosology.coding.drugs.ndc_line import read_line_ndc
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Span
from nosology.model.trace import Step

__all__ = ["KnownNames", "code_drugs_given", "known_names", "quote_drug"]

_SURE, _UNSURE = 0.9, 0.7
_BY_INJECTION = re.compile(
    r"\b(?:IM|IV|IVP|IVPB|SQ|SC|SubQ|IA)\b|(?i:\binject|\binfus|intramuscular|intraven|subcutan|intra-?articular"
    r"|epidural|\bshot\b"
    r"|\bbolus|push\b|deltoid|glute|vial|mg/ml)"
)
_BY_MOUTH = re.compile(
    r"(?i)\b(?:po|p\.o\.|oral(?:ly)?|by mouth|odt|sublingual|sl|tablets?|tabs?|capsules?|caps?|elixir|syrup|liquid)\b"
)
_BOTH_WAYS = frozenset(
    ["dexamethasone", "methylprednisolone", "prednisolone", "ondansetron", "zofran", "promethazine", "phenergan",
     "diphenhydramine",
     "benadryl", "acetaminophen", "ketorolac", "toradol", "furosemide", "lasix", "lorazepam", "ativan", "diazepam",
     "valium",
     "haloperidol", "haldol", "olanzapine", "azithromycin", "levofloxacin", "ciprofloxacin", "moxifloxacin",
     "fluconazole",
     "metoclopramide", "reglan", "prochlorperazine", "compazine", "chlorpromazine", "hydroxyzine", "vistaril",
     "morphine",
     "hydromorphone", "dilaudid", "methadone", "buprenorphine", "naltrexone", "methotrexate", "cyclophosphamide",
     "etoposide",
     "leucovorin", "digoxin", "labetalol", "hydralazine", "amiodarone", "phenytoin", "phenobarbital",
     "levetiracetam", "clindamycin",
     "doxycycline", "linezolid", "metronidazole", "propranolol", "metoprolol", "verapamil", "caffeine", "thiamine",
     "cyanocobalamin", "vitamin b12", "vitamin b-12", "b12",
     "phytonadione",
     "calcitriol", "paricalcitol", "estradiol", "orphenadrine", "methocarbamol", "ibuprofen", "terbutaline",
     "benztropine",
     "glycopyrrolate", "dicyclomine", "bentyl", "hyoscyamine", "ziprasidone", "aripiprazole", "risperidone",
     "fluphenazine",
     "desmopressin", "decadron", "triamcinolone", "testosterone", "magnesium sulfate", "potassium chloride",
     "midazolam", "ketamine"]
)  # fmt: skip
_DIALYSIS = ("N18.6", "Z99.2")
_INSTALL = "nosology codesets install hcpcs --from FILE"
_CITATION = "HCPCS Level II, CMS; 45 CFR 162.1002"


class KnownNames:
    """The names of injected drugs that are known without a release."""

    def __init__(self) -> None:
        generic = {plain_name(words).split()[0] for words in brand_names().values()}
        self._names = {*brand_names(), *(name for name in generic if len(name) > 6)}
        self.first_words = frozenset(name.split()[0] for name in self._names)

    def knows(self, name: str) -> bool:
        """True if the plain name is one of them."""
        return name in self._names


@lru_cache(maxsize=1)
def known_names() -> KnownNames:
    """The names of injected drugs that are known without a release, read once."""
    return KnownNames()


def code_drugs_given(desk: ServiceDesk) -> Services:
    """The codes of the drugs that the chart says were given; without a release one finding, if any was given."""
    if desk.scope != "reportable":
        return Services()
    hcpcs = find_hcpcs(on=desk.on, home=desk.home)
    if hcpcs is None:
        return _not_installed(desk)
    names = open_drug_names(hcpcs, desk.on)
    given = [each for each in find_given(desk, names, longest=names.longest) if _by_injection(each)]
    suggestions: list[CodeSuggestion] = []
    findings: list[Finding] = []
    dialysis = any(each.code in _DIALYSIS for each in desk.diagnoses)
    chosen: dict[str, list[tuple[GivenDrug, DrugCode]]] = {}
    for each in given:
        codes = names.choose(each.name, each.context, each.dose, dialysis=dialysis)
        if len(codes) == 1:
            chosen.setdefault(codes[0].code.code, []).append((each, codes[0]))
        elif codes:
            findings.append(_ambiguous(desk, each, codes))
    for code, stated in chosen.items():
        suggested, found = _bill(desk, hcpcs, code, stated)
        suggestions += suggested
        findings += found
    if suggestions and hcpcs.release.outdated(desk.on):
        findings.append(_outdated(hcpcs))
    return Services(tuple(suggestions), findings=tuple(findings))


def _by_injection(each: GivenDrug) -> bool:
    """True where the words name an injection; for a drug that is not taken by mouth, this place or day will do."""
    if _BY_INJECTION.search(each.context):
        return True
    return not _BY_MOUTH.search(each.context) and each.name not in _BOTH_WAYS and bool(HERE.search(each.context))


def quote_drug(desk: ServiceDesk, each: GivenDrug) -> Evidence:
    """The words about the drug, without marks and blanks at their ends."""
    sentence = desk.note.sentences[each.sentence]
    start, end = sentence.span.start, sentence.span.end
    if end - start > 260:
        start, end = each.window.start, each.window.end
    text = desk.text[start:end]
    lead, tail = len(text) - len(text.lstrip(" ,;:-•*\n\t")), len(text) - len(text.rstrip(" ,;:\n\t"))
    span = Span(start + lead, end - tail)
    return Evidence(span, desk.text[span.start : span.end], section=desk.note.sections[sentence.section].kind)


def _bill(
    desk: ServiceDesk, hcpcs: Hcpcs, code: str, stated: list[tuple[GivenDrug, DrugCode]]
) -> tuple[list[CodeSuggestion], list[Finding]]:
    """The lines of one code: the same dose stated twice is one; two doses are billed by none."""
    from nosology.coding.drugs.billing import DrugBilling, bill_drug  # slow to import, and few charts give a drug

    drug = stated[0][1]
    dosed = [each for each, _drug in stated if each.dose.amount is not None] or [stated[0][0]]
    evidence = tuple(dict.fromkeys(quote_drug(desk, each) for each in dosed))
    billing = bill_drug(code, drug.code.title, dosed[0].dose, on=desk.on)
    findings = [_with_evidence(finding, evidence) for finding in billing.findings]
    if len({each.dose.amount for each in dosed}) > 1:
        message = f"{code}: the chart states several doses; no units are given"
        findings = [Finding("drug.dose", Severity.WARNING, message, evidence=evidence, citation=_CITATION,
                            fix="state each dose that was given, or correct the one that is wrong")]  # fmt: skip
        billing = DrugBilling(code, ())
    first = Step("drug", f"{dosed[0].name} was given: {drug.code.title}", f"HCPCS Level II {hcpcs.release.name}")
    lines = billing.lines or (None,)
    whole = sum(line.units for line in billing.lines) if billing.lines else None
    about = [desk.text[each.window.start : each.window.end] for each in dosed] + [each.context for each in dosed]
    packed, wrong = read_line_ndc(about, code, whole, on=desk.on, home=desk.home)
    findings += [_with_evidence(finding, evidence) for finding in wrong]
    suggestions = [
        CodeSuggestion(
            system="hcpcs",
            code=code,
            title=drug.code.title,
            role=CodeRole.PROCEDURE,
            rank=0,
            score=_SURE if line is not None else _UNSURE,
            evidence=evidence,
            steps=(first, *billing.steps, *packed),
            release=hcpcs.release.name,
            modifiers=(line.modifier,) if line is not None and line.modifier else (),
            units=line.units if line is not None else None,
        )
        for line in lines
    ]
    return suggestions, findings


def _with_evidence(finding: Finding, evidence: tuple[Evidence, ...]) -> Finding:
    return Finding(
        finding.rule, finding.severity, finding.message, finding.where, evidence, finding.citation, finding.fix
    )


def _ambiguous(desk: ServiceDesk, each: GivenDrug, codes: list[DrugCode]) -> Finding:
    listed = ", ".join(sorted(drug.code.code for drug in codes)[:8])
    message = f"a drug was given that may be {listed}; none is coded"
    return Finding(
        "drug.ambiguous",
        Severity.INFORMATION,
        message,
        evidence=(quote_drug(desk, each),),
        citation=_CITATION,
        fix="name the salt, the form or the product",
    )


def _outdated(hcpcs: Hcpcs) -> Finding:
    message = f"HCPCS Level II {hcpcs.release.name} had ended by the date of service; nothing newer is installed"
    return Finding("release.hcpcs", Severity.WARNING, message, citation=_CITATION, fix=_INSTALL)


def _not_installed(desk: ServiceDesk) -> Services:
    """One finding if a drug was given, else nothing."""
    given: Iterator[GivenDrug] = (each for each in find_given(desk, known_names()) if _by_injection(each))
    first = next(given, None)
    if first is None:
        return Services()
    message = "drugs were given; they are coded once HCPCS Level II is installed"
    finding = Finding("release.hcpcs", Severity.INFORMATION, message, evidence=(quote_drug(desk, first),),
                      citation=_CITATION, fix=_INSTALL)  # fmt: skip
    return Services(findings=(finding,))
