"""Everything that changes the books: claims out, answers and remittances in, money of patients. One door, one page.

Each function is one transaction (sending a file needs two, with the journal between), can be called again with the same
key or file without doing anything twice, and leaves nothing half-done when the process dies.
"""

from __future__ import annotations

from nosology.actions.acknowledgements import RecordedAcknowledgement, record_acknowledgement
from nosology.actions.payments import refund_patient, take_patient_payment, void_patient_payment, write_off_balance
from nosology.actions.remittances import (
    PostedRemittance,
    match_waiting_payment,
    post_remittance,
    record_manual_payment,
)
from nosology.actions.submission import Submission, record_sent_claims, recover_submissions, submit_claims

__all__ = [
    "PostedRemittance",
    "RecordedAcknowledgement",
    "Submission",
    "match_waiting_payment",
    "post_remittance",
    "record_acknowledgement",
    "record_manual_payment",
    "record_sent_claims",
    "recover_submissions",
    "refund_patient",
    "submit_claims",
    "take_patient_payment",
    "void_patient_payment",
    "write_off_balance",
]
