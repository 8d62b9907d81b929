"""Claims judged as they would be written: what the guide finds in their 837 before it leaves.

The last net of the scrub: whatever its rules do not ask of a claim (lengths, codes, situations of the guide) is found
by the same validator that reads the files of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from nosology.errors import UsageError
from nosology.model.claim import Claim, Envelope
from nosology.model.claim_parts import Dated
from nosology.model.finding import Finding, Severity
from nosology.x12.claim_837_write import GUIDES, write_837
from nosology.x12.validate import validate

__all__ = ["judge_claims"]

_SNIP = 6  # the seventh level is the payer's


def judge_claims(claims: Iterable[Claim], *, on: date) -> tuple[Finding, ...]:
    """Return what a validator would find in the claims, written with their own envelope, each finding once.

    ``where`` is the place in the file. A claim that cannot be written gives ``claim.unwritable``. Findings on the
    file's own date and numbers are left out: they are given when the file leaves. ``on`` is the date of service.
    """
    found: dict[tuple[str, str, str], Finding] = {}
    for claim in claims:
        if claim.envelope is None:
            continue
        guide = f"ASC X12N {GUIDES[claim.form]}"
        try:
            text = write_837([claim], envelope=_file_envelope(claim.envelope, claim, on))
        except UsageError as error:
            made = Finding(
                "claim.unwritable", Severity.ERROR, str(error), "claim", citation=guide, fix="mend the field"
            )
            found[made.rule, "", made.message] = made
            continue
        for each in validate(text, name="the claim", snip=_SNIP, on=on):
            if each.severity is Severity.INFORMATION:
                continue  # which lists were not at hand: the edits of codes say it once
            place = f"{each.position.segment_id}{each.position.element or ''}"
            known = each.as_finding()
            found.setdefault((each.rule, place, each.message), replace(known, citation=known.citation or guide))
    return tuple(found.values())


def _file_envelope(envelope: Envelope, claim: Claim, on: date) -> Envelope:
    """The envelope with numbers, and a day on which everything that the claim tells has happened."""
    days = [on, *(each.last for each in _dates_of(claim) if each.last)]
    control = envelope.interchange_control or "000000001"
    return replace(
        envelope,
        created=f"{max(days):%Y%m%d}2359",
        reference=envelope.reference[:50] or "1",
        interchange_control=control,
        group_control=envelope.group_control or "1",
        transaction_control=envelope.transaction_control or "0001",
    )


def _dates_of(claim: Claim) -> Iterable[Dated]:
    yield from (each for each in claim.dates if each.form in ("D8", "RD8"))
    for payer in claim.other_payers:
        yield from payer.paid_on
    for line in claim.lines:
        yield from line.dates
        for made in line.adjudications:
            yield from made.dates
