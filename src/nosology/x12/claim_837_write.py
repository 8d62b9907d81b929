"""Writing claims as an 837: the envelope, the levels, and what claims have in common (loops 1000A to 2010CA).

Claims of one billing provider share its level, claims of one insured share theirs, as far as they stand in one
transaction set; the patient has a level only where he is not the insured. What a claim does not say is not written:
nothing speaks for the patient or the provider by default. Source: ASC X12N 005010X222A1, 005010X223A2, 005010X224A2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import IO

from nosology.errors import UsageError
from nosology.model.claim import Claim, ClaimForm, Envelope, Patient, Subscriber
from nosology.model.claim_parts import Contact, Party
from nosology.x12.claim_837_text import ClaimText, amount_text
from nosology.x12.claim_837_write_claim import write_claim
from nosology.x12.segments import Delimiters
from nosology.x12.syntax import OutgoingGroup, OutgoingTransaction, write_interchange_parts
from nosology.x12.values import day

__all__ = ["GUIDES", "write_837", "write_837_file", "write_837_parts"]

GUIDES = {
    ClaimForm.PROFESSIONAL: "005010X222A1",
    ClaimForm.INSTITUTIONAL: "005010X223A2",
    ClaimForm.DENTAL: "005010X224A2",
}
"""The guide of each form (GS08, ST03)."""

_CLAIMS_UNDER_LEVEL = 100
"""Claims (loop 2300) under one insured or patient; the next ones stand under a level of their own."""

_Above = tuple[Party, Party | None, Party | None, str]


def write_837(
    claims: Iterable[Claim],
    *,
    envelope: Envelope | None = None,
    delimiters: Delimiters | None = None,
    claims_per_set: int = 5000,
) -> str:
    """Return the claims as one interchange, with a functional group for each form.

    Args:
        envelope: ends, times and the first control numbers; that of the first claim if left out. Groups and transaction
            sets are numbered on from its group_control and transaction_control.
        claims_per_set: claims in one transaction set at most; the guides recommend 5000.

    Raises:
        UsageError: there is no claim or no envelope, or a claim cannot be written (one line that names its field).
    """
    found = list(claims)
    first: dict[ClaimForm, int] = {}
    for each in found:
        first.setdefault(each.form, len(first))
    found.sort(key=lambda each: first[each.form])
    parts = write_837_parts(found, envelope=envelope, delimiters=delimiters, claims_per_set=claims_per_set)
    return "".join(parts)


def write_837_file(
    claims: Iterable[Claim],
    file: IO[str],
    *,
    envelope: Envelope | None = None,
    delimiters: Delimiters | None = None,
    claims_per_set: int = 5000,
) -> int:
    """Write the claims to an open file as they come, and return how many characters; see :func:`write_837`.

    A new functional group begins where the form changes. If it raises, the file is broken off.
    """
    parts = write_837_parts(claims, envelope=envelope, delimiters=delimiters, claims_per_set=claims_per_set)
    return sum(file.write(part) for part in parts)


def write_837_parts(
    claims: Iterable[Claim],
    *,
    envelope: Envelope | None = None,
    delimiters: Delimiters | None = None,
    claims_per_set: int = 5000,
) -> Iterator[str]:
    """Yield the interchange in pieces; only the claims of one transaction set are held at a time."""
    stream = iter(claims)
    head = next(stream, None)
    if head is None:
        raise UsageError("there is no claim to write")
    used = envelope or head.envelope
    if used is None:
        raise UsageError("an 837 needs an envelope: submitter, receiver and control numbers")
    _check_envelope(used)
    marks = delimiters or Delimiters()

    def everything() -> Iterator[Claim]:
        yield head
        yield from stream

    return write_interchange_parts(
        _groups(everything(), used, marks, claims_per_set),
        sender=(used.sender_qualifier, used.sender_id),
        receiver=(used.receiver_qualifier, used.receiver_id),
        created=used.created[:12],
        control=used.interchange_control,
        usage=used.usage,
        delimiters=marks,
    )


def _check_envelope(envelope: Envelope) -> None:
    for name in ("interchange_control", "group_control", "transaction_control", "sender_id", "receiver_id"):
        if not getattr(envelope, name):
            raise UsageError(f"envelope: {name} is missing")


def _groups(
    claims: Iterator[Claim], envelope: Envelope, delimiters: Delimiters, claims_per_set: int
) -> Iterator[OutgoingGroup]:
    sets = _Numbers(envelope.transaction_control, "transaction_control")
    groups = _Numbers(envelope.group_control, "group_control")
    for form, run in groupby(claims, key=lambda each: each.form):
        yield OutgoingGroup(
            "HC",
            GUIDES[form],
            groups.next(),
            _sets(run, form, envelope, delimiters, claims_per_set, sets),
            envelope.group_sender,
            envelope.group_receiver,
        )


class _Numbers:
    """Control numbers that go on from a first one, as wide as it."""

    def __init__(self, first: str, name: str) -> None:
        self._first = first
        self._name = name
        self._given = 0

    def next(self) -> str:
        number = self._first
        if self._given:
            if not (number.isascii() and number.isdigit()):
                raise UsageError(f"envelope: {self._name} must be a number if there are several")
            number = str(int(number) + self._given).zfill(len(number))
            if len(number) > 9:
                raise UsageError(f"envelope: {self._name} has no numbers left")
        self._given += 1
        return number


def _sets(
    claims: Iterator[Claim],
    form: ClaimForm,
    envelope: Envelope,
    delimiters: Delimiters,
    claims_per_set: int,
    numbers: _Numbers,
) -> Iterator[OutgoingTransaction]:
    while chunk := list(islice(claims, max(1, claims_per_set))):
        out = ClaimText(delimiters)
        _write_header(out, envelope)
        _Levels(out).write(chunk)
        yield OutgoingTransaction("837", numbers.next(), out.texts, GUIDES[form])


def _write_header(out: ClaimText, envelope: Envelope) -> None:
    out.place = "envelope: "
    made = envelope.created
    out.add(
        "reference", "BHT", "0019", envelope.purpose, envelope.reference, made[:8], made[8:], envelope.kind
    )  # fmt: skip
    out.party("submitter", envelope.submitter)
    out.party("receiver", envelope.receiver)
    out.place = ""


class _Levels:
    """Writes the levels of one transaction set; HL01 counts from 1."""

    def __init__(self, out: ClaimText) -> None:
        self.out = out
        self.count = 0

    def write(self, claims: Iterable[Claim]) -> None:
        """Write all claims under their levels, levels in the order in which they first appear."""
        above: dict[_Above, dict[tuple[Subscriber, Contact | None, Party | None], list[Claim]]] = {}
        for each in claims:
            level = above.setdefault((each.billing, each.pay_to, each.pay_to_plan, each.currency), {})
            contact = each.property_casualty_contact if each.patient is None else None
            responsible = each.responsible if each.patient is None else None
            level.setdefault((each.subscriber, contact, responsible), []).append(each)
        for key, insured in above.items():
            self._write_billing(key, next(iter(insured.values()))[0])
            parent = self.count
            for (subscriber, contact, responsible), found in insured.items():
                self._write_insured(parent, subscriber, contact, responsible, found)

    def _level(self, parent: int, code: str, *, children: bool) -> None:
        self.count += 1
        self.out.add("level", "HL", str(self.count), str(parent) if parent else "", code, "1" if children else "0")

    def _write_billing(self, key: _Above, first: Claim) -> None:
        out, (billing, pay_to, pay_to_plan, currency) = self.out, key
        out.claim = first.id
        self._level(0, "20", children=True)
        if billing.taxonomy:
            out.taxonomy("billing", billing)
        if currency:
            out.add("currency", "CUR", "85", currency)
        out.party("billing", billing, taxonomy=False)
        for where, each in (("pay_to", pay_to), ("pay_to_plan", pay_to_plan)):
            if each is not None:
                out.party(where, each)

    def _write_insured(
        self,
        parent: int,
        subscriber: Subscriber,
        contact: Contact | None,
        responsible: Party | None,
        claims: list[Claim],
    ) -> None:
        out = self.out
        own = [each for each in claims if each.patient is None]
        patients: dict[tuple[Patient, Contact | None, Party | None], list[Claim]] = {}
        for each in claims:
            if each.patient is not None:
                key = (each.patient, each.property_casualty_contact, each.responsible)
                patients.setdefault(key, []).append(each)
        *full, last = _by_hundreds(own) or [[]]
        for some in full:
            self._write_insured_level(parent, subscriber, contact, responsible, some[0], children=False)
            self._write_claims(some)
        head = (last or claims)[0]
        self._write_insured_level(parent, subscriber, contact, responsible, head, children=bool(patients))
        level = self.count
        self._write_claims(last)
        for (patient, own_contact, own_responsible), found in patients.items():
            for some in _by_hundreds(found):
                out.claim = some[0].id
                self._level(level, "23", children=False)
                self._write_facts("patient", patient, patient.relationship)
                self._write_person("patient", patient, own_contact)
                if own_responsible is not None:
                    out.party("responsible", own_responsible)
                self._write_claims(some)

    def _write_insured_level(
        self,
        parent: int,
        subscriber: Subscriber,
        contact: Contact | None,
        responsible: Party | None,
        first: Claim,
        *,
        children: bool,
    ) -> None:
        out = self.out
        out.claim = first.id
        self._level(parent, "22", children=children)
        out.add(
            "subscriber", "SBR", subscriber.responsibility, subscriber.relationship, subscriber.group_number,
            subscriber.group_name, subscriber.msp_type, "", "", "", subscriber.filing_indicator,
        )  # fmt: skip
        self._write_facts("subscriber.person", subscriber.person, "")
        self._write_person("subscriber.person", subscriber.person, contact)
        out.party("subscriber.payer", subscriber.payer)
        if responsible is not None:
            out.party("responsible", responsible)

    def _write_claims(self, claims: Iterable[Claim]) -> None:
        for each in claims:
            write_claim(self.out, each)

    def _write_facts(self, where: str, who: Patient, relationship: str) -> None:
        death = ("D8", day(who.death_date)) if who.death_date else ("", "")
        weight = ("01", amount_text(who.weight)) if who.weight is not None else ("", "")
        self.out.add(where, "PAT", relationship, "", "", "", *death, *weight, "Y" if who.pregnant else "")

    def _write_person(self, where: str, who: Patient, contact: Contact | None) -> None:
        facts = []
        if who.birth_date or who.sex:
            birth = ("D8", day(who.birth_date)) if who.birth_date else ("", "")
            facts.append(("DMG", *birth, who.sex))
        self.out.party(where, who.party, between=facts, first_contact=contact)


def _by_hundreds(claims: Sequence[Claim]) -> list[Sequence[Claim]]:
    """The claims in parts of as many as may stand under one level."""
    return [claims[at : at + _CLAIMS_UNDER_LEVEL] for at in range(0, len(claims), _CLAIMS_UNDER_LEVEL)]
