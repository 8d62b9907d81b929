"""What a transaction set holds, whatever it is: its objects, or its segments in the loops of its guide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from nosology.x12.ack_999 import read_999_transaction
from nosology.x12.claim_837_read import read_claims_of
from nosology.x12.claim_acknowledgement import parse_277ca
from nosology.x12.eligibility_270 import parse_270
from nosology.x12.eligibility_271 import parse_271
from nosology.x12.envelope import Transaction
from nosology.x12.guide import LoopSpec, find_guide
from nosology.x12.loops import Loop, Placed, Walker
from nosology.x12.remittance_835 import iterate_835
from nosology.x12.status_inquiry import parse_276
from nosology.x12.status_response import parse_277

__all__ = ["LoopCount", "count_loops", "parse_transaction", "walk_transaction"]


def _claims(transaction: Transaction) -> Iterator[Any]:
    for claim, findings in read_claims_of(transaction):
        transaction.findings.extend(findings)
        yield claim


def _remittances(transaction: Transaction) -> Iterator[Any]:
    return (read.remittance for read in iterate_835((transaction,)))


_PARSERS: dict[str, Callable[[Transaction], Iterator[Any]]] = {
    "270": parse_270,
    "271": parse_271,
    "276": parse_276,
    "277": parse_277,
    "277CA": parse_277ca,
    "835": _remittances,
    "837": _claims,
    "837P": _claims,
    "837I": _claims,
    "837D": _claims,
    "999": lambda transaction: iter((read_999_transaction(transaction),)),
    "997": lambda transaction: iter((read_999_transaction(transaction),)),
}


@dataclass(slots=True)
class LoopCount:
    """A loop of a guide and how often it stands in a transaction set."""

    spec: LoopSpec
    depth: int
    count: int = 0
    segments: int = 0


def parse_transaction(transaction: Transaction) -> Iterator[Any] | None:
    """Return the objects of a transaction set (claims, remittances, answers …), None where its kind is not known.

    What could not be read or kept of a claim is added to the findings of the transaction set.
    """
    guide = find_guide(transaction.version, transaction.id)
    parser = _PARSERS.get(guide.kind if guide else transaction.id)
    return parser(transaction) if parser is not None else None


def walk_transaction(transaction: Transaction) -> Iterator[tuple[Placed | None, list[str]]]:
    """Yield each segment with its place in the guide, None where it has none or the guide is not known."""
    guide = find_guide(transaction.version, transaction.id)
    walker = Walker(guide, transaction.delimiters, lambda *_: None, lambda _: None) if guide else None
    for raw in transaction:
        yield (walker.feed(*raw) if walker is not None else None), raw.elements


def count_loops(transaction: Transaction) -> list[LoopCount]:
    """Return the loops that stand in a transaction set, in the order of its guide; one for all where it has none."""
    guide = find_guide(transaction.version, transaction.id)
    if guide is None:
        root = LoopSpec("", "no guide is known", "R", 1, None)
        return [LoopCount(root, 0, 1, sum(1 for _ in transaction))]
    counts = {spec: LoopCount(spec, depth) for spec, depth in _depths(guide.root, 0)}

    def closed(loop: Loop) -> None:
        found = counts[loop.spec]
        found.count += 1
        found.segments += len(loop.segments)

    walker = Walker(guide, transaction.delimiters, lambda *_: None, closed)
    for raw in transaction:
        walker.feed(*raw)
    walker.finish()
    return [found for found in counts.values() if found.count]


def _depths(spec: LoopSpec, depth: int) -> Iterator[tuple[LoopSpec, int]]:
    yield spec, depth
    for item in spec.items:
        if isinstance(item, LoopSpec):
            yield from _depths(item, depth + 1)
