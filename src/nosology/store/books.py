"""The books in one SQLite file: claims and what happened to them, entries, remittances, batches, control numbers.

WAL, synchronous=FULL: what a transaction has committed survives the loss of power; what it has not, never was. The
database itself refuses unbalanced entries, changes of entries and impossible states of claims (``schema.sql``).
Writing is for ``actions`` alone, within :meth:`Books.transaction`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from json import JSONDecodeError
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from nosology.errors import NotPermitted, UnreadableInput, UsageError
from nosology.ledger.balance import ClaimPosition, patient_key
from nosology.ledger.match import ClaimIndex
from nosology.model.claim import Claim
from nosology.model.ledger import Account, AccountKind, Entry, EntryKind, Posting
from nosology.model.lifecycle import TRANSITIONS, ClaimEvent, ClaimState, advance
from nosology.model.trace import Step
from nosology.store.codec import from_json, to_json

__all__ = ["Books", "ClaimRow"]

_SCHEMA = "1"
_APPLICATION = 0x4E4F534F  # "NOSO"
_REFUSED = {"READONLY", "FULL", "BUSY", "LOCKED", "IOERR", "CANTOPEN", "PERM"}


class ClaimRow:
    """A claim as it is kept: its state, whose turn it is, and the claim itself."""

    __slots__ = ("claim", "patient", "payer", "service_day", "state")

    def __init__(self, row: sqlite3.Row) -> None:
        self.claim = from_json(Claim, row["body"])
        self.state = ClaimState(row["state"])
        self.payer: str = row["payer"]
        self.patient: str = row["patient"]
        self.service_day = date.fromisoformat(row["service_day"]) if row["service_day"] else None


class Books:
    """The books of a practice; use it as a context manager.

    Args:
        path: the file; it is made where ``create`` is set and there is none.

    Raises:
        UnreadableInput: the file is missing, no books of ours, or of a later version.
        NotPermitted: the folder or the file cannot be written.
    """

    def __init__(self, path: Path | str, *, create: bool = False) -> None:
        self.path = Path(path)
        fresh = str(path) == ":memory:" or not self.path.exists() or self.path.stat().st_size == 0
        if fresh and not create:
            raise UnreadableInput(f"{self.path}: no books there; the first --post or submission makes them")
        try:
            self._base = sqlite3.connect(self.path, timeout=60, isolation_level=None)
        except sqlite3.OperationalError as error:
            raise NotPermitted(f"{self.path}: the books cannot be opened ({error})") from error
        self._base.row_factory = sqlite3.Row
        try:
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA synchronous = FULL")
            self._base.execute("PRAGMA foreign_keys = ON")
            self._make() if fresh else self._check()
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise UnreadableInput(f"{self.path}: these are no books of Nosology ({error})") from error
        except UnicodeDecodeError as error:  # what SQLite says of a damaged schema quotes the damage
            self._base.close()
            raise UnreadableInput(f"{self.path}: these books are damaged; go back to a copy") from error
        except UnreadableInput:
            self._base.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorname.split("_")[1] in _REFUSED:
            raise NotPermitted(f"{self.path}: the books cannot be used now ({error})") from error
        if isinstance(error, sqlite3.DatabaseError | UnicodeDecodeError | JSONDecodeError):
            raise UnreadableInput(f"{self.path}: these books are damaged; go back to a copy") from error

    def rehearse(self) -> Books:
        """A copy of these books in memory, in which everything may be tried."""
        copy = Books(":memory:", create=True)
        copy.path = self.path
        self._base.backup(copy._base)
        return copy

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _make(self) -> None:
        with self.transaction():
            if self._base.execute("SELECT 1 FROM sqlite_master WHERE name = 'settings'").fetchone():
                return  # another process was quicker
            text = (Path(__file__).parent / "schema.sql").read_text("utf-8")
            for statement in _statements(text):
                self._base.execute(statement)
            self._base.execute("INSERT INTO settings VALUES ('schema', ?)", (_SCHEMA,))
            self._base.executemany(
                "INSERT INTO transitions VALUES (?, ?, ?, ?)",
                [(each.state, each.event, each.target, each.source) for each in TRANSITIONS],
            )
            self._base.execute(f"PRAGMA application_id = {_APPLICATION}")

    def _check(self) -> None:
        row = self._base.execute("SELECT value FROM settings WHERE name = 'schema'").fetchone()
        if row is None or row["value"] != _SCHEMA:
            raise UnreadableInput(f"{self.path}: books of another version of Nosology")
        known = {(each.state, each.event) for each in TRANSITIONS}
        kept = {(row["state"], row["event"]) for row in self._base.execute("SELECT state, event FROM transitions")}
        if known - kept:  # a later version knows more
            with self.transaction():
                self._base.executemany(
                    "INSERT OR REPLACE INTO transitions VALUES (?, ?, ?, ?)",
                    [(each.state, each.event, each.target, each.source) for each in TRANSITIONS],
                )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written within is committed at its end, and undone by any exception.

        Raises:
            UsageError: the database refused it.
            NotPermitted: the file is read-only, locked for a minute, or the disk is full.
        """
        try:
            self._base.execute("BEGIN IMMEDIATE")
            yield
            self._base.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            self._base.execute("ROLLBACK")
            raise UsageError(f"the books refuse it: {error}") from error
        except sqlite3.OperationalError as error:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            if error.sqlite_errorname.split("_")[1] in _REFUSED:
                raise NotPermitted(
                    f"{self.path}: the books cannot be written ({error}); nothing was changed"
                ) from error
            raise
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    def execute(self, statement: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement; for ``actions`` and for queries of this package."""
        return self._base.execute(statement, values)

    # -- claims ----------------------------------------------------------------------------------------------------

    def claim(self, identifier: str) -> ClaimRow | None:
        """The claim with that control number, None if it is not in the books."""
        row = self._base.execute("SELECT * FROM claims WHERE id = ?", (identifier,)).fetchone()
        return ClaimRow(row) if row else None

    def claims(self) -> Iterator[ClaimRow]:
        """Every claim, in the order of their control numbers."""
        for row in self._base.execute("SELECT * FROM claims ORDER BY id"):
            yield ClaimRow(row)

    def claims_of(self, patient: str) -> tuple[ClaimRow, ...]:
        """The claims of a patient's account."""
        rows = self._base.execute("SELECT * FROM claims WHERE patient = ? ORDER BY service_day, id", (patient,))
        return tuple(ClaimRow(row) for row in rows.fetchall())

    def index(self) -> ClaimIndex:
        """Every claim, ready to be found by payments."""
        index = ClaimIndex()
        for row in self._base.execute("SELECT body, payer_number FROM claims ORDER BY id"):
            index.add(from_json(Claim, row["body"]), payer_number=row["payer_number"])
        return index

    def save_claim(self, claim: Claim, payer: str, state: ClaimState = ClaimState.READY) -> None:
        """Add a claim, or put its new contents in the place of the old ones (its state stays)."""
        day = next((line.date for line in claim.lines if line.date), None)
        values = (payer, patient_key(claim), _cents(claim.charge), day.isoformat() if day else None, to_json(claim))
        changed = self._base.execute(
            "UPDATE claims SET payer = ?, patient = ?, charge = ?, service_day = ?, body = ? WHERE id = ?",
            (*values, claim.id),
        )
        if not changed.rowcount:
            self._base.execute(
                "INSERT INTO claims (payer, patient, charge, service_day, body, id, state) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, claim.id, state),
            )

    def move_claim(self, claim: str, event: ClaimEvent, on: date, source: str, note: str = "") -> ClaimState:
        """Let something happen to a claim; its new state.

        Raises:
            UsageError: the claim is not known, or it cannot happen in its state.
        """
        row = self._base.execute("SELECT state FROM claims WHERE id = ?", (claim,)).fetchone()
        if row is None:
            raise UsageError(f"claim {claim} is not in the books")
        before = ClaimState(row["state"])
        try:
            after = advance(before, event)
        except UsageError as error:
            raise UsageError(f"claim {claim}: {error}") from None
        self._base.execute(
            "INSERT INTO claim_events (claim, before, event, after, day, source, note) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (claim, before, event, after, on.isoformat(), source, note),
        )
        return after

    # -- entries ---------------------------------------------------------------------------------------------------

    def add_entry(self, entry: Entry) -> None:
        """Write an entry; the database refuses one that does not balance, or an id that exists."""
        self._base.executemany(
            "INSERT INTO postings VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    entry.id,
                    place,
                    each.account.kind,
                    each.account.owner,
                    _cents(each.amount),
                    each.claim,
                    each.line,
                    each.reason,
                )
                for place, each in enumerate(entry.postings)
            ],
        )
        self._base.execute(
            "INSERT INTO entries (id, day, kind, memo, source, reverses, who, payer, steps) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                entry.id,
                entry.on.isoformat(),
                entry.kind,
                entry.memo,
                entry.source,
                entry.reverses or None,
                entry.by,
                entry.payer,
                _steps_text(entry.steps),
            ),
        )

    def entries(self, *, claim: str = "", account: Account | None = None) -> tuple[Entry, ...]:
        """The entries in the order in which they were written: all, those of a claim, or those of an account."""
        where, values = "", ()  # type: tuple[str, tuple[str, ...]]
        if claim:
            where, values = "WHERE id IN (SELECT entry FROM postings WHERE claim = ?)", (claim,)
        elif account:
            where = "WHERE id IN (SELECT entry FROM postings WHERE kind = ? AND owner = ?)"
            values = (account.kind, account.owner)
        rows = self._base.execute(f"SELECT * FROM entries {where} ORDER BY number", values).fetchall()
        return tuple(self._entry(row) for row in rows)

    def entry(self, identifier: str) -> Entry | None:
        """The entry with that id, None if there is none."""
        row = self._base.execute("SELECT * FROM entries WHERE id = ?", (identifier,)).fetchone()
        return self._entry(row) if row else None

    def is_reversed(self, identifier: str) -> bool:
        """True if another entry has taken this one back."""
        return self._base.execute("SELECT 1 FROM entries WHERE reverses = ?", (identifier,)).fetchone() is not None

    def _entry(self, row: sqlite3.Row) -> Entry:
        found = self._base.execute("SELECT * FROM postings WHERE entry = ? ORDER BY place", (row["id"],))
        return Entry(
            row["id"],
            date.fromisoformat(row["day"]),
            EntryKind(row["kind"]),
            tuple(_posting(each) for each in found.fetchall()),
            row["memo"],
            row["source"],
            row["reverses"] or "",
            row["who"],
            _steps_of(row["steps"]),
            row["payer"],
        )

    def position(self, claim: str) -> ClaimPosition:
        """Where a claim stands by the entries."""
        position = ClaimPosition()
        for row in self._base.execute("SELECT * FROM postings WHERE claim = ?", (claim,)).fetchall():
            position.add(_posting(row))
        return position

    def positions(self) -> dict[str, ClaimPosition]:
        """Where every claim stands."""
        found: dict[str, ClaimPosition] = {}
        for row in self._base.execute("SELECT * FROM postings WHERE claim <> '' ORDER BY claim"):
            found.setdefault(row["claim"], ClaimPosition()).add(_posting(row))
        return found

    def balances(self) -> dict[Account, Decimal]:
        """The balance of every account in USD, debit positive."""
        rows = self._base.execute("SELECT kind, owner, sum(cents) AS cents FROM postings GROUP BY kind, owner")
        return {Account(AccountKind(row["kind"]), row["owner"]): _dollars(row["cents"]) for row in rows.fetchall()}

    # -- calls and numbers -----------------------------------------------------------------------------------------

    def next_number(self, partner: str, kind: str, highest: int = 999_999_999) -> int:
        """A control number that this partner has never had; taken for good when the transaction is committed.

        Raises:
            UsageError: the numbers are used up.
        """
        row = self._base.execute(
            "INSERT INTO control_numbers VALUES (?, ?, 1) "
            "ON CONFLICT (partner, kind) DO UPDATE SET last = last + 1 RETURNING last",
            (partner, kind),
        ).fetchone()
        number = int(row["last"])
        if number > highest:
            raise UsageError(f"the control numbers of {partner} are used up")
        return number

    def recall_call(self, key: str, action: str, digest: str) -> str | None:
        """What an action answered when it was called with that key before; None if it was not.

        Raises:
            UsageError: the key was used for something else.
        """
        row = self._base.execute("SELECT * FROM calls WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        if (row["action"], row["digest"]) != (action, digest):
            raise UsageError(f"the key {key} was used for another call; a new event needs a new key")
        return str(row["result"])

    def remember_call(self, key: str, action: str, digest: str, result: str, on: date) -> None:
        """Keep what an action answers, for whoever asks again with the same key."""
        self._base.execute("INSERT INTO calls VALUES (?, ?, ?, ?, ?)", (key, action, digest, result, on.isoformat()))


def _statements(text: str) -> Iterable[str]:
    whole = ""
    for line in text.splitlines(keepends=True):
        whole += line
        if sqlite3.complete_statement(whole):
            yield whole
            whole = ""


def _cents(amount: Decimal) -> int:
    return int(amount.scaleb(2))


def _dollars(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def _posting(row: sqlite3.Row) -> Posting:
    account = Account(AccountKind(row["kind"]), row["owner"])
    return Posting(account, _dollars(row["cents"]), row["claim"], row["line"], row["reason"])


def _steps_text(steps: tuple[Step, ...]) -> str:
    return "\n".join(to_json(step) for step in steps)


def _steps_of(text: str) -> tuple[Step, ...]:
    return tuple(from_json(Step, line) for line in text.splitlines())
