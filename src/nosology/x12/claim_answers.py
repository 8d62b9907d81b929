"""The claims of a file answered one by one: a 277CA from what the validator finds, without deciding any claim."""

from __future__ import annotations

from datetime import date

from nosology.model.claim import Claim, Envelope
from nosology.model.claim_parts import Party
from nosology.model.claim_status import ClaimAcknowledgement
from nosology.model.edi import EdiFinding
from nosology.x12.acknowledge import ClaimDecision, acknowledge_claims, statuses_of
from nosology.x12.claim_837 import read_claims_of
from nosology.x12.claim_acknowledgement import write_277ca
from nosology.x12.envelope import Transaction, read_transactions
from nosology.x12.headers import Interchange
from nosology.x12.judge import Judge
from nosology.x12.syntax import Delimiters
from nosology.x12.validate import Validation

__all__ = ["answer_claims"]

_Place = tuple[int, int, int]


def answer_claims(
    text: str, *, on: date, created: str, control: int, snip: int = 5, name: str = "the file"
) -> tuple[list[str], int]:
    """The 277CA for each interchange of claims, as texts, and how many claims they turn back.

    A claim is turned back for each error at SNIP 1 to ``snip`` that stands in it. Transaction sets that the 999 rejects
    are not answered here. ``created`` is CCYYMMDDHHMM, ``control`` the first interchange control number.

    Raises:
        UnreadableInput: the text holds no X12.
    """
    judge = Judge(Validation(text, name=name, snip=snip, on=on))
    by_claim: dict[tuple[_Place, str], list[EdiFinding]] = {}
    for finding in judge:
        where = finding.position
        if finding.claim:
            place = (where.interchange, where.group, where.transaction)
            by_claim.setdefault((place, finding.claim), []).append(finding)
    rejected = _rejected(judge)
    answers: dict[int, list[ClaimAcknowledgement]] = {}
    headers: dict[int, Interchange] = {}
    turned_back = 0
    for transaction in read_transactions(text, name=name, lazy=True):
        place = (transaction.interchange.ordinal, transaction.group.ordinal, transaction.ordinal)
        if transaction.id != "837" or place in rejected:
            continue
        claims, decisions = _decide(transaction, place, by_claim)
        if not claims:
            continue
        turned_back += sum(not each.accepted for each in decisions.values())
        headers[place[0]] = transaction.interchange
        number = sum(map(len, answers.values())) + 1
        answers.setdefault(place[0], []).append(
            _acknowledge(claims, decisions, on=on, created=created, number=control + number - 1)
        )
    texts = []
    for offset, (ordinal, found) in enumerate(answers.items()):
        envelope = _way_back(headers[ordinal], found[0].source, created, (control + offset - 1) % 999_999_999 + 1)
        texts.append(write_277ca(found, envelope, Delimiters(line_end="\n"), replace_marks=True))
    return texts, turned_back


def _rejected(judge: Judge) -> set[_Place]:
    """The places of the transaction sets that the TA1 or the 999 rejects."""
    found: set[_Place] = set()
    for judged in judge.interchanges:
        for group, told in enumerate(judged.groups, 1):
            for number, each in enumerate(told.sets, 1):
                if "R" in (judged.answer.verdict, told.verdict, each.verdict):
                    found.add((judged.interchange.ordinal, group, number))
    return found


def _decide(
    transaction: Transaction, place: _Place, by_claim: dict[tuple[_Place, str], list[EdiFinding]]
) -> tuple[list[Claim], dict[int, ClaimDecision]]:
    claims: list[Claim] = []
    decisions: dict[int, ClaimDecision] = {}
    for claim, found in read_claims_of(transaction):
        codes = statuses_of([*found, *by_claim.get((place, claim.id), [])])
        decisions[len(claims)] = ClaimDecision(accepted=not codes, codes=codes)
        claims.append(claim)
    return claims, decisions


def _acknowledge(
    claims: list[Claim], decisions: dict[int, ClaimDecision], *, on: date, created: str, number: int
) -> ClaimAcknowledgement:
    envelope = claims[0].envelope
    own = envelope.receiver if envelope else Party("40")
    return acknowledge_claims(
        claims,
        decisions=decisions,
        source=Party("AY", own.name, id_qualifier=own.id_qualifier, id=own.id),
        receiver=envelope.submitter if envelope else Party("41"),
        reference=f"CA{number:09d}",
        created=created,
        receipt=f"R{number:09d}",
        received_on=on,
        processed_on=on,
        trace=envelope.reference if envelope else "",
    )


def _way_back(asked: Interchange, source: Party, created: str, control: int) -> Envelope:
    """Sender and receiver of the file that came in change places."""
    return Envelope(
        submitter=source,
        receiver=Party("41", id=asked.sender[1].strip()),
        reference=str(control),
        created=created,
        usage=asked.usage or "T",
        interchange_control=f"{control:09d}",
        group_control=str(control),
        transaction_control="0001",
        sender_qualifier=asked.receiver[0],
        sender_id=asked.receiver[1].strip(),
        receiver_qualifier=asked.sender[0],
        receiver_id=asked.sender[1].strip(),
    )
