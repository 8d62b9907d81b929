"""Documents of a chart with what the engine read in them, and the codes that a person keeps at hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from nosology.errors import NotFound
from nosology.model.access import Access
from nosology.store.models import CodingRun, Document, FavouriteCode, Worksheet

__all__ = [
    "ChartDocument",
    "DocumentEntry",
    "KeptCode",
    "list_documents",
    "list_kept_codes",
    "read_document",
    "read_suggestions",
]


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as its tab shows it; ``reason`` says why one could not be read."""

    id: str
    title: str
    kind: str
    author: str
    written_at: datetime | None
    state: str
    reason: str
    size: int


@dataclass(frozen=True, slots=True)
class ChartDocument:
    """A document with its text and, from the newest finished run, what was read in it (JSON shapes of the run)."""

    entry: DocumentEntry
    text: str
    mentions: tuple[dict[str, Any], ...] = ()
    sections: tuple[dict[str, Any], ...] = ()
    evidence: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class KeptCode:
    """A code that a person keeps (``pinned``) or used of late."""

    system: str
    code: str
    pinned: bool
    used: int


_COLUMNS = ("pk", "title", "kind", "author", "written_at", "state", "reason", "size")


def _entry(row: dict[str, Any]) -> DocumentEntry:
    return DocumentEntry(str(row["pk"]), *(row[name] for name in _COLUMNS[1:]))


def list_documents(access: Access, encounter: str) -> tuple[DocumentEntry, ...]:
    """The documents of an encounter in order, without their texts."""
    rows = Document.objects.for_access(access).filter(encounter_id=_uuid(encounter))
    return tuple(_entry(row) for row in rows.order_by("position", "received_at", "pk").values(*_COLUMNS))


def read_document(access: Access, encounter: str, document: str) -> ChartDocument:
    """One document with its text, lit by the newest finished run and the codes on the worksheet.

    Raises:
        NotFound: no such document of that encounter in the organisation.
    """
    chart = _uuid(encounter)
    row = (
        Document.objects.for_access(access)
        .filter(pk=_uuid(document), encounter_id=chart)
        .values(*_COLUMNS, "text")
        .first()
    )
    if row is None:
        raise NotFound("there is no such document in this chart")
    entry = _entry(row)
    result = _result(access, chart)
    why = {
        (each.get("start"), each.get("end")): (str(each.get("why", "")), str(each.get("code", "")))
        for each in result.get("not_coded", ())
        if each.get("document") == entry.id
    }
    mentions = []
    for each in result.get("mentions", ()):
        if each.get("document") == entry.id:
            if said := why.pop((each.get("start"), each.get("end")), None):
                each |= _weighed(*said)  # the result is ours alone
            mentions.append(each)
    mentions += [
        {"start": start, "end": end, "status": "present", **_weighed(said, code)}
        for (start, end), (said, code) in why.items()
    ]
    sections = next((d.get("sections", ()) for d in result.get("documents", ()) if d.get("id") == entry.id), ())
    codes = Worksheet.objects.for_access(access).filter(encounter_id=chart).values_list("codes", flat=True).first()
    sources = [*result.get("codes", result.get("suggestions", ())), *(codes or ()), *result.get("queries", ())]
    sources += result.get("findings", ())
    evidence = [e for source in sources for e in source.get("evidence", ()) if e.get("document") == entry.id]
    return ChartDocument(entry, row["text"], tuple(mentions), tuple(sections), tuple(evidence))


def read_suggestions(access: Access, encounter: str) -> dict[str, dict[str, Any]]:
    """What the newest finished run says of each code that it suggested: ``"{system}:{code}"`` → its object."""
    result = _result(access, _uuid(encounter))
    found: dict[str, dict[str, Any]] = {}
    for each in result.get("codes", result.get("suggestions", ())):
        found.setdefault(f"{each['system']}:{each['code']}", each)
    return found


def list_kept_codes(access: Access, *, most: int = 40) -> tuple[KeptCode, ...]:
    """The codes of whoever asks: pinned ones first, then those used last."""
    if not access.user:
        return ()
    rows = FavouriteCode.objects.for_access(access).filter(user_id=access.user)
    return tuple(
        KeptCode(row["system"], row["code"], row["pinned"], row["used"])
        for row in rows.order_by("-pinned", "-used_at").values("system", "code", "pinned", "used")[:most]
    )


@lru_cache(maxsize=512)
def _weighed(why: str, code: str) -> dict[str, Any]:
    """Why words are not coded, with the status that the engine gave them in the end where that says so."""
    said = {"why": why, "would": code}
    status = next((name for name in ("absent", "possible", "conditional", "hypothetical") if why.startswith(name)), "")
    return said | {"status": status} if status else said


def _result(access: Access, chart: UUID) -> dict[str, Any]:
    runs = CodingRun.objects.for_access(access).filter(encounter_id=chart, state=CodingRun.State.DONE)
    return runs.order_by("-number").values_list("result", flat=True).first() or {}


def _uuid(text: str) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        raise NotFound("there is no such chart") from None
