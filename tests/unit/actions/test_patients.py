"""Money of patients, and what the books themselves refuse."""

from __future__ import annotations

import sqlite3
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.actions import billing
from nosology.errors import NotPermitted, UnreadableInput, UsageError
from nosology.model.claim import Claim
from nosology.store.books import Books
from nosology.store.codec import from_json, to_json

from .office import DAY, cas, make_claim, owed, payment, post, remittance, send, state

# -- patients ----------------------------------------------------------------------------------------------------------


def patient_owes(books: Books, folder: Path, *names: str) -> None:
    claims = [make_claim(name) for name in names]
    send(books, folder, *claims)
    post(books, remittance("T1", *(payment(claim, (60, cas("CO-45 20", "PR-2 20"))) for claim in claims)))


def take(books: Books, amount: str, key: str, **more: Any) -> Any:
    return billing.take_patient_payment(
        books, "M1", Decimal(amount), method="card", who="desk", on=DAY, key=key, **more
    )


def test_patient_pays_and_nothing_is_sent_afterwards(books: Books, tmp_path: Path) -> None:
    """RIVALS 24: per-visit balances and their sum; no statement for 0.00, none after the payment."""
    patient_owes(books, tmp_path, "A1", "A2")
    assert ([visit.due for visit in owed(books).visits], owed(books).due, owed(books).to_send) == ([20, 20], 40, True)
    take(books, "30", "p1")
    take(books, "30", "p1")  # the same click twice
    assert [visit.due for visit in owed(books).visits] == [0, 10]
    take(books, "10", "p2")
    assert (owed(books).due, owed(books).to_send, state(books, "A1")) == (0, False, "closed")
    shown = owed(books).visits[0]
    assert (shown.insurance_paid, shown.patient_paid, shown.not_owed) == (60, 20, 20)  # RIVALS 23: apart


@pytest.mark.parametrize("amount", ["-5", "0", "0.001", "NaN", "Infinity"])
def test_no_negative_payments(books: Books, tmp_path: Path, amount: str) -> None:
    """RIVALS 26: checked where the money is booked, whatever the form did."""
    patient_owes(books, tmp_path, "A1")
    with pytest.raises(UsageError):
        take(books, amount, "p1")


def test_two_equal_payments_of_a_patient_stay_two(books: Books, tmp_path: Path) -> None:
    patient_owes(books, tmp_path, "A1")
    take(books, "15", "p1")
    take(books, "15", "p2")
    assert (owed(books).due, owed(books).credit) == (-10, 10)


def test_refund_and_void_need_a_reason(books: Books, tmp_path: Path) -> None:
    """RIVALS 27."""
    patient_owes(books, tmp_path, "A1")
    entry = take(books, "50", "p1")
    with pytest.raises(UsageError, match="reason"):
        billing.refund_patient(books, "M1", Decimal(30), reason=" ", who="desk", on=DAY, key="r1")
    with pytest.raises(UsageError, match="are held for this patient"):
        billing.refund_patient(books, "M1", Decimal(31), reason="overpaid", who="desk", on=DAY, key="r1")
    billing.refund_patient(books, "M1", Decimal(30), reason="overpaid", who="desk", on=DAY, key="r1")
    billing.refund_patient(books, "M1", Decimal(30), reason="overpaid", who="desk", on=DAY, key="r1")
    assert owed(books).due == 0
    with pytest.raises(UsageError, match="reason"):
        billing.void_patient_payment(books, entry.id, reason="", who="desk", on=DAY)
    billing.void_patient_payment(books, entry.id, reason="bounced", who="desk", on=DAY)
    assert state(books, "A1") == "patient balance"
    with pytest.raises(UsageError, match="taken back before"):
        billing.void_patient_payment(books, entry.id, reason="bounced", who="desk", on=DAY)


def test_write_off_is_a_decision(books: Books, tmp_path: Path) -> None:
    patient_owes(books, tmp_path, "A1")
    with pytest.raises(UsageError, match="more than is open"):
        billing.write_off_balance(books, "A1", Decimal(21), reason="charity", who="boss", on=DAY, key="w")
    billing.write_off_balance(books, "A1", Decimal(20), reason="charity", who="boss", on=DAY, key="w")
    assert state(books, "A1") == "closed"


# -- the file itself ---------------------------------------------------------------------------------------------------


def test_what_is_in_the_books_stays(books: Books, tmp_path: Path) -> None:
    patient_owes(books, tmp_path, "A1")
    for statement in (
        "UPDATE postings SET cents = 0",
        "DELETE FROM postings",
        "UPDATE entries SET memo = ''",
        "DELETE FROM entries",
        "DELETE FROM claims",
        "DELETE FROM claim_events",
        "UPDATE remittances SET cents = 1",
        "UPDATE claims SET state = 'paid'",
        "UPDATE control_numbers SET last = last - 1",
        "INSERT INTO postings VALUES ('charge/A1/north-000000001.837', 9, 'cash', '', 1, '', 0, '')",
        "INSERT INTO claim_events (claim, before, event, after, day, source) "
        "VALUES ('A1', 'patient balance', 'send', 'submitted', '2026-05-04', '')",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            books.execute(statement)


def test_an_entry_that_does_not_balance_is_refused_by_the_file_itself(books: Books) -> None:
    def write() -> None:
        with books.transaction():
            books.execute("INSERT INTO postings VALUES ('x', 0, 'cash', '', 5, '', 0, '')")
            books.execute(
                "INSERT INTO entries (id, day, kind, memo, source, who, payer, steps) "
                "VALUES ('x', '2026-05-04', 'charge', '', '', '', '', '')"
            )

    with pytest.raises(UsageError, match="the postings of an entry sum to"):
        write()


def test_books_that_cannot_be_written_are_one_line(books: Books, tmp_path: Path) -> None:
    send(books, tmp_path, make_claim("A1"))
    books.execute("PRAGMA query_only = 1")
    with pytest.raises(NotPermitted, match="cannot be written"):
        send(books, tmp_path, make_claim("A2"), key="k2")
    books.execute("PRAGMA query_only = 0")
    assert books.claim("A2") is None


def test_claims_are_kept_as_they_are() -> None:
    claim = make_claim("A1", 100, 50, payers=("P1", "P2"))
    assert from_json(Claim, to_json(claim)) == claim


def test_no_books_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no books"):
        Books(tmp_path / "none.db")
    (tmp_path / "x.db").write_text("not a database at all, but long enough to look like one " * 50)
    with pytest.raises(UnreadableInput, match="no books"):
        Books(tmp_path / "x.db")
