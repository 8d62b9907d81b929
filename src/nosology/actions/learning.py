"""What an organisation's coders decided, as the file from which the engine learns (docs/learning.md).

One line per code, the last word on it: what was undone does not count. A code that a coder added without pointing at
words of the chart stands among the final codes alone. ``nosology evaluate --decisions`` reads the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from nosology.actions.audited import Audit, action
from nosology.coding.decisions import FinalCodes, ReviewedChart, write_decisions
from nosology.coding.worksheet import DIAGNOSES, REJECTED
from nosology.model.access import Access, Permission
from nosology.model.coding import CodeDecision, Decision
from nosology.model.encounter import Setting
from nosology.model.joined import Joined, join_documents
from nosology.model.note import Document, Evidence, Role, Span
from nosology.store.models import Document as DocumentRow
from nosology.store.models import Encounter, FinalCode, Worksheet

__all__ = ["export_decisions", "record_export"]

_CHUNK = 50
_DECISIONS = {"accepted": Decision.ACCEPT, "changed": Decision.CHANGE, "added": Decision.ADD}


@action("decisions.export", needs=Permission.REPORT_READ)
def record_export(access: Access, audit: Audit, *, since: datetime | None = None) -> None:
    """Note that somebody takes the file away, before it is written."""
    access.require(Permission.CHART_READ)
    audit.about("organisation", access.organisation, since=since.isoformat() if since else "")


def export_decisions(access: Access, *, write: Callable[[str], object], since: datetime | None = None) -> int:
    """Hand the file to ``write``, piece by piece; how many charts. ``since``: those changed from then on.

    The file holds charts. Raises NotPermitted for those who may not read them.
    """
    record_export(access, since=since)
    rows = Worksheet.objects.for_access(access).filter(run__isnull=False)
    if since is not None:
        rows = rows.filter(changed_at__gte=since)
    names = list(rows.order_by("encounter__service_date", "encounter_id").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(names), _CHUNK):
        charts = list(_charts(access, names[start : start + _CHUNK]))
        if charts:
            write(write_decisions(charts))
        count += len(charts)
    return count


def _charts(access: Access, names: list[Any]) -> Iterator[ReviewedChart]:
    """The charts of some worksheets on which somebody has decided, with three queries for all of them."""
    found = Worksheet.objects.for_access(access).filter(pk__in=names).select_related("run", "encounter__patient")
    rows = [row for row in found.defer("run__result") if any(each["by"] for each in row.codes)]
    rows.sort(key=lambda row: names.index(row.pk))
    ids = [name for row in rows for name in row.run.documents]
    documents_of = DocumentRow.objects.for_access(access).filter(pk__in=ids)
    texts = {str(pk): text for pk, text in documents_of.values_list("pk", "text")}
    final: dict[Any, list[str]] = {}
    finals = FinalCode.objects.for_access(access).filter(encounter__in=[row.encounter_id for row in rows])
    for encounter, code in finals.filter(system=DIAGNOSES).order_by("rank").values_list("encounter_id", "code"):
        final.setdefault(encounter, []).append(code)
    for row in rows:
        documents = [Document(id=name, text=texts[name]) for name in row.run.documents if name in texts]
        if not documents:
            continue
        encounter = row.encounter
        name = str(encounter.pk)
        joined = join_documents(documents, name=name)
        sex, closed = encounter.patient.sex, encounter.state == Encounter.State.FINAL and encounter.finalized_at
        yield ReviewedChart(
            id=name,
            text=joined.document.text,
            setting=Setting(encounter.setting),
            on=encounter.service_date,
            sex=sex if sex in ("F", "M") else None,
            age=encounter.age,
            decisions=tuple(
                sorted(
                    (made for item in row.codes if (made := _decision(name, item, joined)) is not None),
                    key=lambda each: each.at,
                )
            ),
            final=FinalCodes(
                tuple(final.get(encounter.pk, ())), str(encounter.finalized_by_id or "system"), encounter.finalized_at
            )
            if closed
            else None,
        )


def _decision(chart: str, item: dict[str, Any], joined: Joined) -> CodeDecision | None:
    """What a coder decided on one code; None where nobody has, or where nothing may be learnt from it."""
    if item["system"] != DIAGNOSES or not item["by"]:
        return None
    if item["state"] == REJECTED:
        if not item["suggested"]:
            return None  # added, and taken away again
        decision, before, after = Decision.REJECT, item["suggested"], ""
    elif item["state"] in _DECISIONS:
        decision, before, after = _DECISIONS[item["state"]], item["suggested"], item["code"]
    else:
        return None
    evidence = tuple(each for piece in item["evidence"] if (each := _evidence(piece, joined)) is not None)
    if decision is Decision.ADD:
        before = ""
        if not evidence:
            return None
    at = datetime.fromisoformat(item["at"])
    return CodeDecision(DIAGNOSES, before, after, decision, item["by"], at, item["why"], chart, evidence)


def _evidence(piece: dict[str, Any], joined: Joined) -> Evidence | None:
    """A piece of evidence in the joined text."""
    part = next((span for name, span in joined.parts if name == piece.get("document")), None)
    if part is None:
        return None
    start, end = part.start + piece["start"], part.start + piece["end"]
    if not part.start <= start < end <= part.end:
        return None
    told = str(piece.get("role"))
    role = Role(told) if told in list(Role) else Role.SUPPORTS
    quote = joined.document.text[start:end]
    return Evidence(Span(start, end), quote, str(piece.get("section") or ""), role)
