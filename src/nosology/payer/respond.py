"""X12 in, X12 out: claims are answered with 999, 277CA and 835, an eligibility question with 271, a status with 277.

Whatever arrives is acknowledged first. Transaction sets that are rejected there, and claims that break the guide, are
never decided. The state of the payer comes in and goes out; nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

from nosology.edits.desk import Books
from nosology.model.claim import Claim, Envelope
from nosology.model.claim_parts import Party
from nosology.model.claim_status import StatusCode, StatusResponse
from nosology.model.edi import EdiFinding
from nosology.model.eligibility import EligibilityResponse
from nosology.model.finding import Severity
from nosology.model.remittance import Remittance
from nosology.model.trace import Step
from nosology.payer.answer_eligibility import answer_eligibility
from nosology.payer.answer_status import answer_status
from nosology.payer.decision import Decision, Outcome
from nosology.payer.desk import release_claims, take_claims
from nosology.payer.policy import Policy
from nosology.payer.remit import run_payments
from nosology.payer.state import State
from nosology.x12.ack_999 import write_acknowledgements
from nosology.x12.acknowledge import ClaimDecision, acknowledge_claims, statuses_of
from nosology.x12.claim_837 import read_claims_of
from nosology.x12.claim_acknowledgement import write_277ca
from nosology.x12.eligibility_27x import parse_270, write_271
from nosology.x12.headers import Interchange
from nosology.x12.judge import Judge
from nosology.x12.remittance_835 import write_835
from nosology.x12.status_277 import parse_276, write_277
from nosology.x12.syntax import Transaction, read_transactions
from nosology.x12.validate import Validation

__all__ = ["Response", "day_of", "respond"]


@dataclass(slots=True)
class Response:
    """What the payer sends back: texts by kind (999 with its TA1, 277ca, 835, 271, 277), and what stands behind them.

    ``state`` is what the payer remembers from now on. ``findings`` are those of the files that came in.
    """

    state: State
    files: dict[str, str] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    remittances: tuple[Remittance, ...] = ()
    eligibility: list[EligibilityResponse] = field(default_factory=list)
    statuses: list[StatusResponse] = field(default_factory=list)
    findings: list[EdiFinding] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """The claims of one transaction set; ``codes`` and ``why`` turn back those in which an error was found."""

    interchange: Interchange
    claims: list[Claim]
    codes: dict[int, tuple[StatusCode, ...]]
    why: dict[int, str]


def respond(
    text: str,
    policy: Policy,
    state: State,
    *,
    on: date,
    time: str = "0800",
    books: Books | None = None,
    name: str = "the file",
    snip: int = 7,
) -> Response:
    """Answer everything in an X12 file on a day (``time`` is HHMM), and what waited until then.

    The same text, policy, state and day give the same bytes. ``state`` is not changed: the new one is in the result.

    Raises:
        UnreadableInput: the text holds no X12.
    """
    made = Response(deepcopy(state))
    books = books or Books()
    created = f"{on:%Y%m%d}{time}"
    rejected = _acknowledge(text, made, on=on, created=created, name=name, snip=snip)
    batches: list[_Batch] = []
    last: Interchange | None = None
    for transaction in read_transactions(text, name=name, lazy=True):
        last = transaction.interchange
        place = (transaction.interchange.ordinal, transaction.group.ordinal, transaction.ordinal)
        if place in rejected:
            continue
        if transaction.id == "837":
            batches.append(_read_batch(transaction, made.findings, place))
        elif transaction.id == "270":
            for question in parse_270(transaction):
                made.eligibility.append(answer_eligibility(question, policy, made.state, on=on, created=created))
        elif transaction.id == "276":
            for inquiry in parse_276(transaction):
                made.statuses.append(answer_status(inquiry, policy, made.state, on=on, created=created))
    if last is None:
        return made
    made.decisions = release_claims(policy, made.state, on=on, books=books)
    made.decisions += _work(batches, policy, made, on=on, created=created, books=books)
    made.remittances = run_payments(made.decisions, policy, made.state, on=on)
    if made.remittances:
        made.files["835"] = _write_835(made, policy, last, created)
    if made.eligibility:
        made.files["271"] = write_271(made.eligibility, _envelope(policy, last, made.state, created))
    if made.statuses:
        made.files["277"] = write_277(made.statuses, _envelope(policy, last, made.state, created))
    return made


def day_of(text: str, *, name: str = "the file") -> date | None:
    """The date of the first interchange (ISA09), or None where it is none.

    Raises:
        UnreadableInput: the text holds no X12.
    """
    for transaction in read_transactions(text, name=name, lazy=True):
        stamp = transaction.interchange.header[9]
        try:
            return date(2000 + int(stamp[:2]), int(stamp[2:4]), int(stamp[4:6]))
        except ValueError:
            break
    return None


def _acknowledge(
    text: str, made: Response, *, on: date, created: str, name: str, snip: int
) -> set[tuple[int, int, int]]:
    """Validate the file and write its acknowledgement; the places of transaction sets that it rejects."""
    judge = Judge(Validation(text, name=name, snip=snip, on=on))
    made.findings = list(judge)
    rejected: set[tuple[int, int, int]] = set()
    answers = []
    for judged in judge.interchanges:
        control = f"{made.state.next('interchange'):09d}"
        answers.append(write_acknowledgements(judged, created=created, control=control))
        for group, told in enumerate(judged.groups, 1):
            all_of_it = "R" in (judged.answer.verdict, told.verdict)
            for number, each in enumerate(told.sets, 1):
                if all_of_it or each.verdict == "R":
                    rejected.add((judged.interchange.ordinal, group, number))
    if answers:
        made.files["999"] = "".join(answers)
    return rejected


def _read_batch(transaction: Transaction, findings: Sequence[EdiFinding], place: tuple[int, int, int]) -> _Batch:
    """The claims of a transaction set, each with the status codes of its own errors."""
    claims: list[Claim] = []
    codes: dict[int, tuple[StatusCode, ...]] = {}
    why: dict[int, str] = {}
    own: dict[str, list[EdiFinding]] = {}
    for each in findings:
        where = each.position
        if each.claim and (where.interchange, where.group, where.transaction) == place:
            own.setdefault(each.claim, []).append(each)
    for claim, found in read_claims_of(transaction):
        every = [*found, *own.get(claim.id, [])]
        told = statuses_of(every)
        if told:
            codes[len(claims)] = told
            messages = (each.message for each in every if each.severity is Severity.ERROR)
            why[len(claims)] = "; ".join(dict.fromkeys(messages))
        claims.append(claim)
    return _Batch(transaction.interchange, claims, codes, why)


def _work(
    batches: Iterable[_Batch], policy: Policy, made: Response, *, on: date, created: str, books: Books
) -> list[Decision]:
    """Decide the sound claims of each transaction set and acknowledge all of them."""
    found: list[Decision] = []
    acknowledgements = []
    last: Interchange | None = None
    for batch in batches:
        last = batch.interchange
        answers: dict[int, ClaimDecision] = {}
        for place, claim in enumerate(batch.claims):
            if place in batch.codes:
                codes = batch.codes[place]
                answers[place] = ClaimDecision(accepted=False, codes=codes)
                status = (codes[0].category, codes[0].status, codes[0].entity)
                step = Step("front end", batch.why[place], "005010X214")
                found.append(Decision(claim, "", Outcome.REJECTED, steps=(step,), status=status))
                continue
            decision = take_claims([claim], policy, made.state, on=on, books=books)[0]
            found.append(decision)
            if decision.outcome is Outcome.REJECTED:
                answers[place] = ClaimDecision(accepted=False, codes=(StatusCode(*decision.status),))
            else:
                answers[place] = ClaimDecision(payer_control_number=decision.control)
        if not batch.claims:
            continue
        number = made.state.next("acknowledgement")
        envelope = batch.claims[0].envelope
        acknowledgement = acknowledge_claims(
            batch.claims, decisions=answers, source=policy.payer,
            receiver=envelope.submitter if envelope else Party("41"), reference=f"CA{number:07d}", created=created,
            receipt=f"R{on:%y%m%d}{number:06d}", received_on=on, processed_on=on,
            trace=envelope.reference if envelope else "",
        )  # fmt: skip
        acknowledgements.append(acknowledgement)
    if acknowledgements and last is not None:
        made.files["277ca"] = write_277ca(
            acknowledgements, _envelope(policy, last, made.state, created), replace_marks=True
        )
    return found


def _envelope(policy: Policy, asked: Interchange, state: State, created: str) -> Envelope:
    """The way back: sender and receiver of the file that came in change places; numbers are the payer's own."""
    control = f"{state.next('interchange'):09d}"
    return Envelope(
        submitter=policy.payer,
        receiver=Party("41", id=asked.sender[1].strip()),
        reference=control,
        created=created,
        usage=asked.usage or "T",
        interchange_control=control,
        group_control=control.lstrip("0"),
        transaction_control="0001",
        sender_qualifier=asked.receiver[0],
        sender_id=asked.receiver[1].strip(),
        receiver_qualifier=asked.sender[0],
        receiver_id=asked.sender[1].strip(),
    )


def _write_835(made: Response, policy: Policy, asked: Interchange, created: str) -> str:
    envelope = _envelope(policy, asked, made.state, created)
    return write_835(
        made.remittances,
        sender=(envelope.sender_qualifier, envelope.sender_id),
        receiver=(envelope.receiver_qualifier, envelope.receiver_id),
        created=created,
        control=envelope.interchange_control,
        usage=envelope.usage,
        replace_separators=True,
    )
