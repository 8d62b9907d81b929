"""The patient's statement: per visit what was charged, who paid, what waits for insurance, and what is due now.

What waits for an insurer is never part of what the patient owes. What insurers paid and what the patient paid stand
apart. A patient who owes nothing gets no statement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nosology.ledger.balance import claim_positions
from nosology.model.ledger import AccountKind, Entry
from nosology.model.trace import Step

__all__ = ["PatientStatement", "StatementVisit", "patient_statement"]

_ZERO = Decimal("0.00")
_SOURCE = "the entries named"


@dataclass(frozen=True, slots=True)
class StatementVisit:
    """One visit (claim), in USD. charged = insurance paid + not owed + you paid + pending + due.

    ``insurance_pending`` holds the patient's share too while an insurer still owes a part: it is due when insurance is
    done.
    """

    claim: str
    on: date | None
    charged: Decimal
    insurance_paid: Decimal
    not_owed: Decimal  # by contract, or given up
    patient_paid: Decimal
    insurance_pending: Decimal
    due: Decimal
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class PatientStatement:
    """What one patient owes on a day, in USD: the sum of the visits less ``credit`` (money held, not yet used)."""

    patient: str
    on: date
    visits: tuple[StatementVisit, ...]
    credit: Decimal
    insurance_pending: Decimal
    due: Decimal

    @property
    def to_send(self) -> bool:
        """False where nothing is due: no statement is sent for 0.00, nor after the payment that settled it."""
        return self.due > 0


def patient_statement(
    entries: Iterable[Entry],
    patient: str,
    *,
    on: date,
    claims: Iterable[str] = (),
    days: Mapping[str, date | None] | None = None,
) -> PatientStatement:
    """The statement of a patient from the entries of the books up to and with a day.

    ``claims`` are all claims of the patient, so that those which wait for insurance are shown;
    ``days`` are the days of service by claim.
    """
    known = [entry for entry in entries if entry.on <= on]
    own = set(claims)
    credit = _ZERO
    for entry in known:
        for posting in entry.postings:
            if posting.account.kind is AccountKind.PATIENT and posting.account.owner == patient:
                if posting.claim:
                    own.add(posting.claim)
                else:
                    credit -= posting.amount
    positions = claim_positions(known)
    days = days or {}
    visits = []
    for claim in sorted(own & positions.keys(), key=lambda name: (days.get(name) or date.max, name)):
        position = positions[claim]
        share = position.patient.get(patient, _ZERO)
        undone = any(owed > 0 for owed in position.insurance.values())  # insurance is not done with the claim
        waits = share if share > 0 and undone else _ZERO
        visits.append(
            StatementVisit(
                claim,
                days.get(claim),
                position.charged,
                position.paid_by_insurance,
                position.contractual + position.written_off,
                position.paid_by_patient,
                position.insurance_due + waits,
                share - waits,
                tuple(_explain(known, claim, patient)),
            )
        )
    owed = sum((visit.due for visit in visits), _ZERO)
    pending = sum((visit.insurance_pending for visit in visits), _ZERO)
    return PatientStatement(patient, on, tuple(visits), credit, pending, owed - credit)


def _explain(entries: Iterable[Entry], claim: str, patient: str) -> Iterable[Step]:
    for entry in entries:
        for posting in entry.postings:
            if (
                posting.claim == claim
                and posting.account.kind is AccountKind.PATIENT
                and posting.account.owner == patient
            ):
                way = "owed" if posting.amount > 0 else "taken off"
                why = f" ({posting.reason})" if posting.reason else ""
                yield Step(str(entry.kind), f"{abs(posting.amount)} {way}{why} on {entry.on}", _SOURCE, (entry.id,))
