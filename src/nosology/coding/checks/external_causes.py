"""External causes: mechanism, place, activity and status from the account of the event, in their order (I.C.20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from nosology.coding.candidates import Candidate
from nosology.coding.checks.transport import read_transport
from nosology.coding.checks.wording import compile_words, fact_at, unnegated
from nosology.coding.prefixes import begins
from nosology.coding.workup import Workup, check
from nosology.model.note import Span
from nosology.model.trace import Step
from nosology.rules.loader import Rule

__all__ = ["order_external_causes", "report_external_causes"]

_EXTERNAL = ("V", "W", "X", "Y")
_ONCE = ("Y92", "Y93", "Y99")
_HOSPITAL = ("inpatient", "emergency")


@check("external_causes", "mandate", lambda rule: (*_EXTERNAL, "S", "T", *rule.data["also_injuries"]))
def report_external_causes(workup: Workup, rule: Rule) -> None:
    """Report mechanism, place and activity beside an injury, from the account of the event alone (I.C.20).

    Without an injury reported nothing of chapter 20 is. Place, activity and status go with the first encounter only,
    one code of each; what is unspecified is left out beside what is told.
    """
    external = [
        c
        for c in workup.candidates
        if c.code.startswith(_EXTERNAL) and not c.mandated and (not c.dropped or c.dropped.startswith("mentioned"))
    ]
    injuries = [
        c for c in workup.having("S", "T", *rule.data["also_injuries"]) if not begins(c.code, rule.data["not_injuries"])
    ]
    if not injuries:
        for candidate in external:
            workup.drop(candidate, f"an external cause goes with an injury only ({rule.citation_section})")
        return
    first = any(c.code[-1] in "ABC" or c.code[0] not in "ST" for c in injuries)
    recent = workup.chart.inpatient or workup.chart.setting == "emergency"
    recent = recent or bool(compile_words(rule.data["fresh"]).search(workup.chart.text))
    read = list(_read(workup, rule)) if first and recent else []
    told_of = {workup.sentence_number(span.start) for code, span in read if not code.startswith(_ONCE)}
    _weigh(workup, rule, external, first=first, recent=recent, told_of=told_of)
    for code, span in read:
        if workup.icd.is_billable(code):
            fact = fact_at(workup, span, code, f"rule:{rule.id}", workup.threshold)
            step = Step("guideline", "told as the cause of the injury", rule.citation)
            workup.add(code, [fact], workup.threshold, step, mandated=True)
    _keep_one_each(workup, rule)


def _weigh(
    workup: Workup, rule: Rule, external: list[Candidate], *, first: bool, recent: bool, told_of: set[int]
) -> None:
    """Keep of what the vocabulary found what the account of the event tells."""
    told, event = frozenset(rule.data["told_in"]), compile_words(rule.data["event"])
    for candidate in external:
        facts = [f for f in candidate.facts if not f.reason and f.kind in told and event.search(workup.sentence_of(f))]
        unspecified = "unspecified" in workup.icd.title(candidate.code).lower()
        if not facts:
            workup.drop(candidate, f"no account of the event ({rule.citation_section})")
        elif candidate.code.startswith(_ONCE) and not first:
            workup.drop(candidate, f"reported at the first encounter only ({rule.citation_section})")
        elif not recent or (unspecified and workup.chart.setting not in _HOSPITAL):
            workup.drop(candidate, f"voluntary at an office visit for an older injury ({rule.citation_section})")
        elif not first:
            workup.drop(candidate, f"the event was reported at the first encounter ({rule.citation_section})")
        elif not candidate.code.startswith(_ONCE) and all(f.mention.sentence in told_of for f in facts):
            workup.drop(candidate, f"the account is read as a whole ({rule.citation_section})")
        else:
            step = Step("guideline", "told as the cause of the injury", rule.citation)
            workup.raise_to(candidate, workup.threshold, step)
            candidate.mandated = True


def _read(workup: Workup, rule: Rule) -> Iterator[tuple[str, Span]]:
    """Yield what the sentences of the event tell: mechanisms, place, status, as codes with their words."""
    text, data = workup.chart.text, rule.data
    told, event = frozenset(data["told_in"]), compile_words(data["event"])
    spans = [
        s.span
        for s in workup.note.sentences
        if workup.note.sections[s.section].kind in told and event.search(text, s.span.start, s.span.end)
    ]
    spans = [s for s in spans if not compile_words(data["not_now"]).search(text, s.start, s.end)]
    transport = next((t for s in spans if (t := read_transport(text, s, rule)) is not None), None)
    if transport is not None:
        yield _complete(transport.stem), transport.span
    if transport is None and (found := _mechanism(workup, rule, spans)) is not None:
        yield found
    yield from _place(workup, rule, spans)
    yield from _status(workup, rule, spans)


def _status(workup: Workup, rule: Rule, spans: list[Span]) -> Iterator[tuple[str, Span]]:
    """Yield the status of the person: at work, or at leisure where the chart says so (I.C.20.k)."""
    text, data = workup.chart.text, rule.data
    off = compile_words(data["off_work"]).search(text)
    working = next((m for s in spans for m in unnegated(data["at_work"], text, s.start, s.end)), None)
    working = working or next(unnegated(data["work_injury"], text), None)
    if working is not None and off is None:
        yield "Y99.0", Span(*working.span())
        return
    playing = (m for s in spans for m in compile_words(data["leisure"]).finditer(text, s.start, s.end))
    leisure = off or next(playing, None)
    if leisure is not None and workup.chart.setting in _HOSPITAL:
        yield "Y99.8", Span(*leisure.span())


def _complete(stem: str) -> str:
    """Return the code of a category or subcategory for the first encounter: ``_complete("X04")`` is ``X04.XXXA``."""
    return f"{stem}.".ljust(7, "X") + "A" if len(stem) == 3 else stem.ljust(7, "X") + "A"


def _mechanism(workup: Workup, rule: Rule, spans: list[Span]) -> tuple[str, Span] | None:
    """Return the first mechanism that a row of the table tells; some rows only go with certain injuries."""
    text = workup.chart.text
    rows = [r for r in rule.data["mechanisms"] if "with" not in r or workup.having(*r["with"])]
    for span in spans:
        for row in rows:
            match = next(unnegated(row["words"], text, span.start, span.end), None)
            if match is not None:
                return _complete(str(row["code"])), Span(*match.span())
    return None


@lru_cache(maxsize=4)
def _rooms(rule: Rule) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{name}>{words})" for name, words in rule.data["rooms"].items()), re.IGNORECASE)


def _place(workup: Workup, rule: Rule, spans: list[Span]) -> Iterator[tuple[str, Span]]:
    """Yield the place of the event: a room of a dwelling, or a place outside."""
    text, data = workup.chart.text, rule.data
    lead = data["place_lead"]
    for span in spans:
        for match in re.finditer(
            rf"{lead}(?P<place>{_rooms(rule).pattern})", text[span.start : span.end], re.IGNORECASE
        ):
            if compile_words(data["no_place"]).search(text[span.start : span.end][: match.start() + 1][-24:]):
                continue
            room = next(name for name in data["rooms"] if match.group(name))
            if room == "home":  # "the kitchen sink at his apartment"
                other = next((m for m in _rooms(rule).finditer(text, span.start, span.end) if not m["home"]), None)
                room = next((n for n in data["rooms"] if other[n]), room) if other is not None else room
            dwelling = _dwelling(text, span, rule, room)
            code = data["dwellings"][dwelling].get(room) or data["dwellings"][dwelling]["other"]
            yield str(code), Span(span.start + match.start(), span.start + match.end())
            return
        for row in data["places"]:
            pattern = row["words"] if row.get("bare") else rf"{lead}(?:{row['words']})\b"
            found = compile_words(pattern).search(text, span.start, span.end)
            if found is not None:
                yield str(row["code"]), Span(*found.span())
                return


def _dwelling(text: str, span: Span, rule: Rule, room: str) -> str:
    """Return the kind of dwelling: as the event says, else as the chart says where the patient lives."""
    rows = rule.data["dwelling_words"]
    for name, words in rows.items():
        if compile_words(words).search(text, span.start, span.end):
            return str(name)
    if room in rule.data["rooms_of_a_house"]:
        return "house"
    lives = compile_words(rule.data["lives_in"]).search(text)
    if lives is not None:
        return next((str(n) for n, words in rows.items() if compile_words(words).search(lives.group())), "residence")
    return "residence"


def _keep_one_each(workup: Workup, rule: Rule) -> None:
    """Keep one place, one activity and one status; no unspecified cause beside a specified one (I.C.20.b to d, k)."""
    for prefix in _ONCE:
        mine = workup.having(prefix)
        if len(mine) > 1:
            best = max(
                mine, key=lambda c: (_is_read(c, rule), "nspecified" not in workup.icd.title(c.code), -_start(c))
            )
            for other in mine:
                if other is not best:
                    workup.drop(other, f"one code of {prefix} ({rule.citation_section})")
    causes = [
        c for c in workup.having_any(_EXTERNAL) if not c.code.startswith((*_ONCE, "Y07", "Y63", "Y8", "Y90", "Y95"))
    ]
    vague = tuple(rule.data["vague"])
    if any(not c.code.startswith(vague) for c in causes):
        for cause in causes:
            if cause.code.startswith(vague):
                workup.drop(cause, f"the cause is specified ({rule.citation_section})")


def _is_read(candidate: Candidate, rule: Rule) -> bool:
    return any(f.mention.terms[0] == f"rule:{rule.id}" for f in candidate.facts)


def _start(candidate: Candidate) -> int:
    return min(f.mention.span.start for f in candidate.facts)


@check("external_order", "sequence", lambda _: _EXTERNAL)
def order_external_causes(workup: Workup, rule: Rule) -> None:
    """Order external causes: maltreatment, terrorism, cataclysm, transport, others; place, activity, status.

    They come behind every other code (I.C.20.a.6, I.C.20.d, I.C.20.f).
    """
    ranks = [tuple(each) for each in rule.data["ranks"]]
    external = workup.having_any(_EXTERNAL)
    if len(external) < 2:
        return
    before = max(c.order[0] for c in external)

    def rank(candidate: Candidate) -> tuple[int, int]:
        number = next(
            (n for n, prefixes in enumerate(ranks) if candidate.code.startswith(prefixes)), rule.data["others"]
        )
        return int(number), _start(candidate)

    for place, candidate in enumerate(sorted(external, key=rank), 1):
        candidate.order = (before, place)
