"""Medical necessity: a line against the lists of diagnoses that Medicare covers for it, and the notices on the line."""

from __future__ import annotations

from collections.abc import Iterator

from nosology.codes.coverage_lists import CoverageBook, open_lcd, open_ncd
from nosology.edits.checks.diagnoses import show
from nosology.edits.desk import Desk, Located, edit
from nosology.model.encounter import Setting
from nosology.model.finding import Finding
from nosology.rules.loader import Rule

__all__ = ["check_lists", "check_self_administered"]


def _concerns(desk: Desk) -> bool:
    """Medicare's lists are for its claims: the payer says so, or a contractor is named."""
    named = bool(desk.encounter.contractor.strip()) or desk.encounter.payer.strip().lower() == "medicare"
    return named and bool(desk.lines) and desk.encounter.setting is not Setting.INPATIENT


@edit("coverage_lists")
def check_lists(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A line that a determination names, by its diagnoses and by the notices (GA, GZ, GX, GY) on it.

    ``book`` is ``lcd`` or ``ncd``. ``notices`` say by modifier how severe a line without a covered diagnosis is.
    """
    if not _concerns(desk):
        return
    contractor = desk.encounter.contractor.strip()
    book: CoverageBook
    if rule.data["book"] == "lcd":
        if not contractor:
            yield desk.find(rule, "contractor", dict.fromkeys(("code", "told", "do"), "") | {
                "told": "no Medicare contractor is stated, so its local determinations were not held against the lines",
                "code": "claim", "do": "state the contractor"}, severity="warning")  # fmt: skip
            return
        book = desk.books.open("lcd", desk.on, open_lcd)
    else:
        book = desk.books.open("ncd", desk.on, open_ncd)
    desk.used[book.release.system] = book.release
    for each in desk.lines:
        if each.code:
            yield from _judge(rule, desk, each, book, contractor)


def _judge(rule: Rule, desk: Desk, each: Located, book: CoverageBook, contractor: str) -> Iterator[Finding]:
    lists = book.lists(each.code, contractor, each.day)
    marks = set(each.modifiers)
    if not lists or rule.data["excluded"] in marks:
        return
    diagnoses = [one.code for one in desk.encounter.diagnoses]
    points = [n for n in each.line.diagnosis_pointers if 1 <= n <= len(diagnoses)]
    stated = [diagnoses[n - 1] for n in points] or diagnoses
    named = ", ".join(one.name for one in lists)
    for one in lists:
        covered = one.covers(stated)
        if not covered:
            continue
        denied = marks & set(rule.data["denies"])
        if denied:
            told = f"{covered} is covered by {one.name}, and {', '.join(sorted(denied))} asks for a denial"
            do = "remove the modifier, unless another reason for a denial is expected"
            yield desk.find(rule, each.where, {"code": each.code, "told": told, "do": do}, severity="warning")
        elif covered in one.noted:
            told = f"{covered} is covered by {one.name} under conditions that stand beside its list"
            do = f"read {one.name}: a second diagnosis or a statement in the chart may be asked for"
            yield desk.find(rule, each.where, {"code": each.code, "told": told, "do": do}, severity="information")
        return
    row = next((row for row in rule.data["notices"] if row["modifier"] in marks or not row["modifier"]), None)
    if row is not None:
        why = ", ".join(map(show, stated[:4])) + (" …" if len(stated) > 4 else "")
        told = f"no diagnosis of the line ({why or 'none'}) is covered by {named}; {row['says']}"
        yield desk.find(rule, each.where, {"code": each.code, "told": told, "do": row["do"]}, severity=row["severity"])


@edit("coverage_self_administered")
def check_self_administered(rule: Rule, desk: Desk) -> Iterator[Finding]:
    """A drug that the contractor lists as usually self-administered, without the modifier of excluded services."""
    if not _concerns(desk) or not desk.encounter.contractor.strip():
        return
    drugs = [each for each in desk.lines if each.code[:1] in rule.data["begins"] and each.code[1:].isdigit()]
    if not drugs:
        return
    book = desk.books.open("lcd", desk.on, open_lcd)
    desk.used["lcd"] = book.release
    for each in drugs:
        article = book.self_administered(each.code, desk.encounter.contractor.strip(), each.day)
        if article and rule.data["excluded"] not in each.modifiers:
            yield desk.find(rule, each.where, {"code": each.code, "article": article})
