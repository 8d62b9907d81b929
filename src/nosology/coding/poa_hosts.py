"""Present on admission of what only explains another condition: an organism, a drug taken as prescribed."""

from __future__ import annotations

from nosology.coding.candidates import Candidate

__all__ = ["mark_of_host"]


def mark_of_host(candidate: Candidate, hosts: list[tuple[Candidate, str]], text: str, prefixes: tuple[str, ...]) -> str:
    """Return the indicator of the condition that stands nearest in the same line, "" where none does.

    Without a ``text`` the whole chart is one line.
    """
    best = (10**9, "")
    for fact in candidate.facts:
        start = fact.mention.span.start
        begin, end = text.rfind("\n", 0, start), text.find("\n", start)
        for host, mark in hosts:
            if prefixes and not host.code.startswith(prefixes):
                continue
            for other in host.facts:
                place = other.mention.span.start
                if not other.reason and begin < place and (end < 0 or place < end):
                    best = min(best, (abs(place - start), mark))
    return best[1]
