"""The remittance advice 835: read as found in the wild, written by the guide (005010X221A1).

Reading never stops at what a payer wrote oddly: it tells it and goes on. A file may hold several interchanges, groups
and transaction sets; each transaction set is one payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from nosology.errors import UnreadableInput
from nosology.model.claim_parts import Party
from nosology.model.edi import EdiFinding
from nosology.model.finding import Severity
from nosology.model.remittance import ClaimPayment, Remittance
from nosology.x12.remittance_835_balance import balance_findings
from nosology.x12.remittance_835_read import GUIDE, RemittanceReader, WireSegment
from nosology.x12.remittance_835_write import remittance_segments
from nosology.x12.syntax import (
    Delimiters,
    OutgoingGroup,
    OutgoingTransaction,
    SegmentWriter,
    Source,
    Transaction,
    read_transactions,
    write_interchange,
)

__all__ = ["ReadRemittance", "RemittanceFile", "iterate_835", "read_835", "write_835"]

_VERSION = "005010X221A1"
_NOBODY = Party("")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReadRemittance:
    """One payment as it was read, with what is wrong in it.

    ``complete`` is False where its transaction set breaks off; such a payment must not be posted.
    """

    remittance: Remittance
    findings: tuple[EdiFinding, ...] = ()
    complete: bool = True

    @property
    def unsound(self) -> frozenset[str]:
        """The claims (CLP01) in which an error was found that touches their money."""
        return frozenset(each.claim for each in self.findings if each.claim and each.severity is Severity.ERROR)


@dataclass(frozen=True, slots=True)
class RemittanceFile:
    """Everything that an 835 file holds."""

    payments: tuple[ReadRemittance, ...] = ()
    findings: tuple[EdiFinding, ...] = ()  # of the envelope

    @property
    def remittances(self) -> tuple[Remittance, ...]:
        """The payments, in the order of the file."""
        return tuple(each.remittance for each in self.payments)

    @property
    def claims(self) -> tuple[ClaimPayment, ...]:
        """The claim payments of all payments, in the order of the file."""
        return tuple(claim for each in self.payments for claim in each.remittance.claims)

    @property
    def all_findings(self) -> tuple[EdiFinding, ...]:
        """Those of the envelope, then those of each payment."""
        return (*self.findings, *(each for payment in self.payments for each in payment.findings))


def iterate_835(reader: Iterable[Transaction]) -> Iterator[ReadRemittance]:
    """Yield the payments of transaction sets one by one; what is wrong with the envelope goes to their reader."""
    for transaction in reader:
        if transaction.id == "835":
            yield _read(transaction)
        else:
            yield from _other(transaction)


def _other(transaction: Transaction) -> Iterator[ReadRemittance]:
    finding = EdiFinding(
        "835-other-transaction",
        2,
        Severity.WARNING,
        f"a transaction set {transaction.id[:3] or 'without a name'} is no remittance and is passed over",
        transaction.position(),
        transaction_error="1",
        citation=GUIDE,
    )
    empty = Remittance(_NOBODY, _NOBODY, _NOTHING, "", None)
    yield ReadRemittance(empty, (finding,), complete=False)


def _read(transaction: Transaction) -> ReadRemittance:
    reader = RemittanceReader(transaction.delimiters.component)
    remittance = reader.read(_segments(transaction))
    position = transaction.position()
    findings = [*reader.findings, *balance_findings(remittance, position)]
    version = transaction.version
    if version and not version.startswith("005010X221"):
        findings.append(
            EdiFinding(
                "835-version",
                2,
                Severity.WARNING,
                "the file follows another version of the guide; it is read as 005010X221A1",
                position,
                citation=GUIDE,
            )
        )
    broken = {each.rule for each in findings} & {"835-truncated", "835-missing-segment"}
    return ReadRemittance(remittance, tuple(findings), complete=not broken)


def _segments(transaction: Transaction) -> Iterator[WireSegment]:
    for raw in transaction:
        yield raw.elements, transaction.position(raw)


def read_835(source: Source, *, name: str = "the file") -> RemittanceFile:
    """Return the payments of an 835 file (a text, bytes, a path, an open file), each with its findings.

    Raises:
        UnreadableInput: it is no X12, or holds no remittance at all.
    """
    told: list[EdiFinding] = []
    payments = list(iterate_835(read_transactions(source, name=name, report=told.append)))
    if not any(each.remittance.payer is not _NOBODY for each in payments):
        raise UnreadableInput(f"{name} holds no remittance (835)")
    other = tuple(finding for each in payments if each.remittance.payer is _NOBODY for finding in each.findings)
    kept = tuple(each for each in payments if each.remittance.payer is not _NOBODY)
    return RemittanceFile(kept, (*told, *other))


def write_835(
    remittances: Iterable[Remittance],
    *,
    sender: tuple[str, str],
    receiver: tuple[str, str],
    created: str,
    control: str,
    group_control: str = "",
    usage: str = "T",
    delimiters: Delimiters | None = None,
    replace_separators: bool = False,
) -> str:
    """Return an interchange with one transaction set for each payment.

    ``sender`` and ``receiver`` are qualifier and id; ``created`` CCYYMMDDHHMM; ``control`` the number of the
    interchange. Transaction sets get their own ``control_number``, or one by their order.

    Raises:
        UsageError: a number or an id is not right, or a value holds a separator (unless they are replaced by blanks).
    """
    used = delimiters or Delimiters()
    sets = []
    for number, remittance in enumerate(remittances, 1):
        writer = SegmentWriter(used, replace=replace_separators)
        for identifier, *elements in remittance_segments(remittance):
            writer.add(str(identifier), *(e if isinstance(e, str) else writer.composite(*e) for e in elements))
        sets.append(OutgoingTransaction("835", remittance.control_number or f"{number:04d}", writer.texts))
    group = OutgoingGroup("HP", _VERSION, group_control or control.lstrip("0") or "1", sets)
    return write_interchange(
        [group], sender=sender, receiver=receiver, created=created, control=control, usage=usage, delimiters=used
    )
