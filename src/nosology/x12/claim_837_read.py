"""Reading an 837 (professional, institutional, dental) into claims, as a stream.

Each segment goes to the small function that its loop has for it; a loop is a table of such functions. Files as they
are found in the wild are taken: levels out of order, a taxonomy before its provider, services without LX, the guide of
another form. Whatever has no place gives a finding. Source: ASC X12N 005010X222A1, 005010X223A2, 005010X224A2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from nosology.model.claim import Claim
from nosology.model.edi import EdiFinding
from nosology.x12.claim_837_read_claim import CLAIM_TABLES, end_claim, read_clm
from nosology.x12.claim_837_read_levels import HEADER, LEVEL_TABLES, close_party, header, read_hl
from nosology.x12.claim_837_read_line import LINE_TABLES, SERVICES, end_line
from nosology.x12.claim_837_state import Reading, Table
from nosology.x12.segments import Source
from nosology.x12.syntax import Transaction, read_transactions

__all__ = ["read_837", "read_claims_of"]


def read_837(
    source: Source, *, name: str = "the file", report: Callable[[EdiFinding], None] | None = None
) -> Iterator[tuple[Claim, tuple[EdiFinding, ...]]]:
    """Yield every claim of a file with what was found about it (and about what stands between it and the one before).

    Transaction sets of another kind are passed over. ``report`` gets what belongs to no claim: the findings of text and
    envelope, and those of a transaction set without claims. The findings say what could not be read or kept; whether
    the file follows its guide is for ``x12.validate`` to say.

    Raises:
        UnreadableInput: the file holds no X12.
    """
    reading = Reading()
    for transaction in read_transactions(source, name=name, lazy=True, report=report):
        if transaction.id == "837":
            yield from _read_set(reading, transaction, report)


def read_claims_of(transaction: Transaction) -> Iterator[tuple[Claim, tuple[EdiFinding, ...]]]:
    """Yield the claims of one transaction set whose segments have not been read yet."""
    return _read_set(Reading(), transaction, None)


def _read_set(
    r: Reading, transaction: Transaction, report: Callable[[EdiFinding], None] | None
) -> Iterator[tuple[Claim, tuple[EdiFinding, ...]]]:
    r.start(transaction)
    r.table = HEADER
    separator = r.element_separator
    done = r.done
    for run in transaction.runs():
        r.run = run
        texts = run.block.texts
        for index in range(run.first, run.last):
            r.index = index
            text = texts[index]
            name = text.partition(separator)[0]
            handler = r.table.get(name)
            if handler is None:
                r.note_unplaced_segment(name)
            else:
                handler(r, text)
                if done:
                    yield from done
                    done.clear()
    _end(r, "")
    yield from done
    done.clear()
    if r.findings and report is not None:
        for each in r.findings:
            report(each)
    r.findings = []


def _end(r: Reading, _: str) -> None:
    """Finish what is open: at SE, at the next claim or level, where a file breaks off."""
    if r.claim is not None:
        if r.line is not None:
            end_line(r)
        end_claim(r)
    close_party(r)


def _next_claim(r: Reading, text: str) -> None:
    _end(r, "")
    read_clm(r, text)


def _next_level(r: Reading, text: str) -> None:
    _end(r, "")
    if r.envelope is None:
        r.envelope = header(r)
    read_hl(r, text)


def _trailer(r: Reading, _: str) -> None:
    _end(r, "")
    r.table = _EVERYWHERE  # whatever follows a broken SE belongs to no claim


_EVERYWHERE: Table = {"CLM": _next_claim, "HL": _next_level, "SE": _trailer}
for _table in (*LEVEL_TABLES, *CLAIM_TABLES, *LINE_TABLES):
    _table.update(_EVERYWHERE)
for _table in CLAIM_TABLES:
    _table.update(SERVICES)
