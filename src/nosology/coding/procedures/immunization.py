"""Vaccines given in the encounter → the code of the product and those of the administration.

The vaccines, their products and the words of giving stand in ``rules/services/immunization.yaml``. A vaccine counts as
given where its own part of the sentence says so of now; what is due, declined, up to date, of another day or place is
passed over. Where the note does not tell one product, the administration stands and a finding names the products.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from nosology.coding.em.scan import compiled
from nosology.coding.procedures.desk import ServiceDesk, Services
from nosology.lexicon.patterns import WordPattern, compile_words, needed_words
from nosology.model.coding import CodeRole, CodeSuggestion
from nosology.model.finding import Finding, Severity
from nosology.model.note import Evidence, Sentence, Span, Status, Subject
from nosology.model.trace import Step
from nosology.rules.loader import Rule, rules_in_force

__all__ = ["GivenVaccine", "code_immunizations", "find_vaccines"]

_SURE = 0.9
_NOUN_AFTER = re.compile(
    r"(?:[ ,-]*(?:virus|conjugate|series|#?\d))? ?(?:vaccin\w*|shots?|immuni[sz]\w*|booster|jab)", re.I
)
_NOUN_BEFORE = re.compile(r"(?:vaccin\w*|immuni[sz]\w*|booster|shots?)(?: (?:for|against|of))?[: (-]*$", re.I)
_SENTENCE_TELLS = re.compile(r"\b(?:vaccin\w*|immuni[sz]\w*|shots?|vis)\b", re.I)
_CLAUSE = re.compile(r";|\. | but | however |\n")
_PIECE = re.compile(r",| and | then | with (?=no\b)|\)|\(|&|\+")
_HARMLESS = re.compile(
    r"\b(?:no|without(?: any)?) (?:adverse |immediate |allergic |known |acute )*(?:reactions?|complications?|issues?"
    r"|problems?|side effects?|fever|contraindications?|events?)\b"
    r"|\bexp\w*\.?:? ?[\d/-]+|\blot\b[#: ]*[\w-]+|\bndc\b[#: ]*[\d-]+"
    r"|\bafter (?:consent|counsel\w*|discuss\w*|review\w*)|\bnot? live\b|\bnon-live\b|\bhigh[- ]dose\b",
    re.I,
)
_LEAD_NEVER = re.compile(r"\b(?:after|following|from|since) (?:the |her |his |their |a |an |recent )*$", re.I)
_DONE = re.compile(r"(?<!be )(?<!not )(?<!get )\b(?:given|administered|gave|injected|received)\b", re.I)


@dataclass(frozen=True, slots=True)
class GivenVaccine:
    """A vaccine that was given: its row of the rule, the words about it, and the sentences."""

    row: Mapping[str, Any]
    context: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class _Mention:
    row: int
    start: int
    end: int


def _rule(desk: ServiceDesk) -> Rule | None:
    rules = rules_in_force(desk.on, desk.setting.value).get("service_immunization", ())
    return rules[0] if rules else None


@cache
def _any_of(words: tuple[str, ...]) -> WordPattern:
    return compile_words("|".join(map(re.escape, words)))


@cache
def _names(rule: Rule) -> re.Pattern[str]:
    """One pattern of all names (groups n0, n1 …) and all words (w0, w1 …), those of several vaccines before one."""
    rows = _rows(rule)
    parts = [f"(?P<n{number}>{names})" for number, (names, _words) in enumerate(rows) if names]
    parts += [f"(?P<w{number}>{words})" for number, (_names, words) in enumerate(rows) if words]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@cache
def _needed(rule: Rule) -> WordPattern:
    """A pattern of words of which each match of the pattern of all names and words holds one."""
    needed = {word for row in _rows(rule) for part in row if part for word in needed_words(part)[0] or ("",)}
    return _any_of(tuple(sorted(w for w in needed if not any(w != other and other in w for other in needed))))


def _rows(rule: Rule) -> tuple[tuple[str, str], ...]:
    """The names and the words of each vaccine."""
    return tuple((row.get("names", ""), row.get("words", "")) for row in rule.data["vaccines"])


@cache
def _stems(rule: Rule) -> WordPattern:
    """What is said where a vaccine is given."""
    return _any_of(tuple(rule.data["stems"]))


def find_vaccines(desk: ServiceDesk, rule: Rule) -> tuple[GivenVaccine, ...]:
    """The vaccines that the chart says were given in this encounter, each once, in the order of the text."""
    if not _stems(rule).may_stand(desk.text):
        return ()
    places = _needed(rule).places(desk.text)
    if not places:
        return ()
    data = rule.data
    pattern = _names(rule)
    starts = [sentence.span.start for sentence in desk.note.sentences]
    found: dict[int, tuple[str, list[Evidence]]] = {}
    for number in sorted({bisect_right(starts, place) - 1 for place in places} - {-1}):
        sentence = desk.note.sentences[number]
        words = desk.text[sentence.span.start : sentence.span.end]
        if not pattern.search(words):
            continue
        for mention, context in _given_in(desk, data, pattern, sentence, number, words):
            text, quotes = found.setdefault(mention.row, ("", []))
            quote = _quote(desk, sentence)
            found[mention.row] = (f"{text} {context}", [*quotes, *([] if quote in quotes else [quote])])
    return tuple(GivenVaccine(data["vaccines"][row], text, tuple(quotes)) for row, (text, quotes) in found.items())


def _given_in(
    desk: ServiceDesk, data: Mapping[str, Any], pattern: re.Pattern[str], sentence: Sentence, number: int, words: str
) -> Iterator[tuple[_Mention, str]]:
    """The vaccines of one sentence that were given, each with the words about it."""
    section = desk.note.sections[sentence.section]
    titled = compiled(data["titles"]).search(section.title) is not None
    if section.kind in data["passed"] and not titled:
        return
    tells = titled or section.kind == "immunizations" or _SENTENCE_TELLS.search(words) is not None
    mentions = list(_mentions(pattern, words, tells=tells))
    judged: list[tuple[_Mention, str, bool | None]] = []
    for each, local in _locals(words, mentions):
        behind = _LEAD_NEVER.search(words[: each.start]) is not None  # "after the flu shot": what came of it
        judged.append((each, local, False if behind else _judge(data, local, section.kind, titled=titled)))
    # what neither says shares what is said of the next one in its clause, or else of the one before
    for place in range(len(judged) - 2, -1, -1):
        mention, local, verdict = judged[place]
        if verdict is None and not _CLAUSE.search(words, mention.end, judged[place + 1][0].start):
            judged[place] = (mention, local, judged[place + 1][2])
    for place in range(1, len(judged)):
        mention, local, verdict = judged[place]
        if verdict is None and not _CLAUSE.search(words, judged[place - 1][0].end, mention.start):
            judged[place] = (mention, local, judged[place - 1][2])
    for mention, local, verdict in judged:
        span = Span(sentence.span.start + mention.start, sentence.span.start + mention.end)
        if not verdict:
            continue
        status, subject, _time, _cue = desk.asserted(span, number)
        if status is not Status.ABSENT and subject is Subject.PATIENT:
            yield mention, local


def _mentions(pattern: re.Pattern[str], words: str, *, tells: bool) -> Iterator[_Mention]:
    for match in pattern.finditer(words):
        group = match.lastgroup or "n0"
        named = group[0] == "n" or _NOUN_AFTER.match(words, match.end()) or _NOUN_BEFORE.search(words[: match.start()])
        if named or tells:
            yield _Mention(int(group[1:]), match.start(), match.end())


def _locals(words: str, mentions: Sequence[_Mention]) -> Iterator[tuple[_Mention, str]]:
    """Each vaccine with the words about it: its clause, up to where the words about the one before and after begin."""
    cuts = []
    for one, other in pairwise(mentions):
        between = words[one.end : other.start]
        clause = [match.end() for match in _CLAUSE.finditer(between)]
        pieces = [match.start() for match in _PIECE.finditer(between)]
        cuts.append(one.end + (clause[0] if clause else pieces[-1] if pieces else len(between)))
    for place, each in enumerate(mentions):
        low = cuts[place - 1] if place else 0
        high = cuts[place] if place < len(cuts) else len(words)
        before = [match.end() for match in _CLAUSE.finditer(words, low, each.start)]
        after = _CLAUSE.search(words, each.end, high)
        yield each, words[before[-1] if before else low : after.start() if after else high]


def _judge(data: Mapping[str, Any], local: str, kind: str, *, titled: bool) -> bool | None:
    """True if the words say that it was given now, False if they say that it was not, None if they say neither."""
    plain = _HARMLESS.sub(" ", local)
    if compiled(data["never"]).search(plain) or compiled(data["date"]).search(plain):
        return False
    done = _DONE.search(plain) is not None or compiled(data["given"]).search(plain) is not None
    here = compiled(data["here"]).search(plain) is not None
    site = compiled(data["site"]).search(local) is not None
    if compiled(data["planned"]).search(plain) and not (
        _DONE.search(plain) and (here or site or kind in data["cared"])
    ):
        return False
    if titled:
        return True
    if here and (done or site or kind in data["cared"] or not kind):
        return True
    if done and site:
        return True
    if (done or site) and (kind in data["cared"] or (not kind and (done or site))):
        return True
    return None


def _quote(desk: ServiceDesk, sentence: Sentence) -> Evidence:
    start, end = sentence.span.start, sentence.span.end
    text = desk.text[start:end]
    lead, tail = len(text) - len(text.lstrip(" ,;:-•*\n\t")), len(text) - len(text.rstrip(" ,;:\n\t"))
    span = Span(start + lead, end - tail)
    return Evidence(span, desk.text[span.start : span.end], section=desk.note.sections[sentence.section].kind)


def _fits(product: Mapping[str, Any], given: GivenVaccine, desk: ServiceDesk) -> bool:
    """True if the product may be the one by date, age and what must (not) stand in the note."""
    first, last = product.get("from"), product.get("to")
    if first is not None and desk.on < date.fromisoformat(str(first)):
        return False
    if last is not None and desk.on > date.fromisoformat(str(last)):
        return False
    ages = product.get("ages")
    if ages is not None and desk.age is not None and not ages[0] <= desk.age <= ages[1]:
        return False
    if "with" in product and not compiled(product["with"]).search(desk.text):
        return False
    if "without" in product and compiled(product["without"]).search(desk.text):
        return False
    return "said" not in product or compiled(product["said"]).search(given.context) is not None


def _choose_products(given: GivenVaccine, desk: ServiceDesk) -> list[Mapping[str, Any]]:
    """The products that the note leaves possible: those that it names, else those of date and age."""
    fitting = [each for each in given.row["products"] if _fits(each, given, desk)]
    named = [each for each in fitting if "said" in each]
    chosen = {str(each["code"]): each for each in (named or fitting)}
    return list(chosen.values())


def code_immunizations(desk: ServiceDesk) -> Services:
    """The products and the administration of the vaccines given in the encounter, with what the note leaves open."""
    rule = _rule(desk)
    if rule is None or desk.scope != "reportable":
        return Services()
    given = find_vaccines(desk, rule)
    if not given:
        return Services()
    findings: list[Finding] = []
    suggestions: list[CodeSuggestion] = []
    routes: list[tuple[GivenVaccine, str]] = []
    for each in given:
        products = _choose_products(each, desk)
        routes.append((each, str((products[0] if len(products) == 1 else {}).get("route", each.row.get("route", "")))))
        needs_age = (
            len(products) == 1 and "ages" in products[0] and desk.age is None and _only_by_age(each, products[0])
        )
        if len(products) == 1 and not needs_age:
            code = str(products[0]["code"])
            step = Step("product", f"{each.row['what']}: {code}", rule.citation)
            suggestions.append(_suggest(code, f"{each.row['what']}, product", each.evidence, (step,), 1))
        else:
            findings.append(_open(rule, each, products))
    suggestions += _administer(desk, rule, routes, findings)
    return Services(tuple(suggestions), findings=tuple(findings))


def _only_by_age(given: GivenVaccine, product: Mapping[str, Any]) -> bool:
    """True if another product of the vaccine differs by age alone."""
    return any(
        other["code"] != product["code"] and other.get("said") == product.get("said") for other in given.row["products"]
    )


def _open(rule: Rule, given: GivenVaccine, products: Sequence[Mapping[str, Any]]) -> Finding:
    codes = ", ".join(sorted({str(each["code"]) for each in products})) or "none that is known here for date and age"
    message = rule.message.format(what=given.row["what"], codes=codes)
    return Finding("immunization.product", Severity(rule.severity), message, evidence=given.evidence,
                   citation=rule.citation, fix=rule.data["fix"])  # fmt: skip


def _administer(
    desk: ServiceDesk, rule: Rule, routes: Sequence[tuple[GivenVaccine, str]], findings: list[Finding]
) -> Iterator[CodeSuggestion]:
    """The administration: COVID-19 by itself, Medicare's three, then with counselling or without, by route."""
    codes, data = rule.data["administration"], rule.data
    medicare = compiled(data["medicare"]).search(desk.text) is not None
    rest: list[tuple[GivenVaccine, str]] = []
    for each, route in routes:
        if each.row.get("kind") == "covid":
            if desk.on >= date.fromisoformat(str(data["covid_from"])):
                yield _one(rule, codes["covid"], "administration of a COVID-19 vaccine", [each], 1)
            else:
                message = (
                    "before 11 September 2023 each COVID-19 vaccine and dose had an administration code of its own"
                )
                findings.append(Finding("immunization.date", Severity.WARNING, message, evidence=each.evidence,
                                        citation=rule.citation, fix="choose the code by product and dose"))  # fmt: skip
        elif medicare and "medicare" in each.row:
            yield _one(rule, each.row["medicare"], f"administration of {each.row['what']}, Medicare", [each], 1)
        else:
            rest.append((each, route))
    if not rest:
        return
    vaccines = [each for each, _route in rest]
    said = _counselled(desk, data) if desk.age is not None and desk.age <= codes["until_age"] else None
    if said is not None:
        yield _one(rule, codes["counselled"], "first components, with counselling", vaccines,
                   len(vaccines), said)  # fmt: skip
        further = sum(max(0, each.row["parts"] - 1) for each in vaccines)
        unknown = [each for each in vaccines if not each.row["parts"]]
        if further:
            several = [each for each in vaccines if each.row["parts"] > 1]
            yield _one(rule, codes["component"], "further components, with counselling", several, further,
                       said)  # fmt: skip
        for each in unknown:
            message = f"{each.row['what']}: how many components were counselled cannot be told without the product"
            findings.append(Finding("immunization.components", Severity.WARNING, message, evidence=each.evidence,
                                    citation=rule.citation, fix=rule.data["fix"]))  # fmt: skip
        return
    injected = [each for each, route in rest if not route]
    swallowed = [each for each, route in rest if route]
    if injected:
        yield _one(rule, codes["first"], "administration of a vaccine by injection, the first", injected[:1], 1)
    if injected[1:]:
        yield _one(rule, codes["more"], "administration of a vaccine by injection, each further", injected[1:],
                   len(injected) - 1)  # fmt: skip
    if swallowed and not injected:
        yield _one(
            rule, codes["mouth_first"], "administration of a vaccine by mouth or nose, the first", swallowed[:1], 1
        )
        swallowed = swallowed[1:]
    if swallowed:
        yield _one(rule, codes["mouth_more"], "administration of a vaccine by mouth or nose, each further", swallowed,
                   len(swallowed))  # fmt: skip


def _counselled(desk: ServiceDesk, data: Mapping[str, Any]) -> Evidence | None:
    """The sentence in which the provider counselled about the vaccines, None where there is none or staff did it."""
    for number, sentence in enumerate(desk.note.sentences):
        words = desk.text[sentence.span.start : sentence.span.end]
        match = compiled(data["counselled"]).search(words)
        if match is None or not compiled(data["about"]).search(words) or compiled(data["by_staff"]).search(words):
            continue
        span = Span(sentence.span.start + match.start(), sentence.span.start + match.end())
        status, _subject, _time, _cue = desk.asserted(span, number)
        if status is not Status.ABSENT and not re.search(r"\b(?:will|next|declin\w+|refus\w+)\b", words, re.I):
            return _quote(desk, sentence)
    return None


def _one(
    rule: Rule, code: str, title: str, vaccines: Sequence[GivenVaccine], units: int, said: Evidence | None = None
) -> CodeSuggestion:
    evidence = [quote for each in vaccines for quote in each.evidence] + ([said] if said is not None else [])
    step = Step("administration", f"{units} × {title}", rule.citation)
    return _suggest(str(code), title, tuple(dict.fromkeys(evidence)), (step,), units)


def _suggest(
    code: str, title: str, evidence: tuple[Evidence, ...], steps: tuple[Step, ...], units: int
) -> CodeSuggestion:
    system = "cpt" if code.isdigit() else "hcpcs"
    return CodeSuggestion(system=system, code=code, title=title, role=CodeRole.PROCEDURE, rank=0, score=_SURE,
                          evidence=evidence, steps=steps, units=units)  # fmt: skip
