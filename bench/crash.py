"""Kills the process (SIGKILL) at random points of submission and posting, starts it again, and counts what is there.

``python bench/crash.py [--trials 100] [--seed 1]``. Each trial sends claims in batches, takes acknowledgements, posts
remittances and patients' payments; it dies at random calls of the database and of the outbox, up to three times, while
the partner picks files up. In the end every claim must have gone out once, and the books must be those of a run that
nothing disturbed.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from books import make_claim

from nosology.actions import billing
from nosology.clearinghouse.folder import FolderDrop
from nosology.clearinghouse.partner import Partner
from nosology.ledger.balance import patient_key
from nosology.model.claim import Claim
from nosology.model.claim_parts import Adjustment, Contact, Party
from nosology.model.remittance import ClaimPayment, Remittance, ServicePayment
from nosology.store.books import Books
from nosology.x12.remittance_835 import read_835, write_835

__all__ = ["main", "run_trials"]

DAY = date(2026, 5, 4)
BATCHES, CLAIMS = 3, 3
TAKEN = "picked-up"


def partner() -> Partner:
    return Partner(
        "north",
        Party("41", "CLINIC", id_qualifier="46", id="CLINIC", contacts=(Contact("DESK", (("TE", "2175550100"),)),)),
        Party("40", "NORTH", id_qualifier="46", id="NORTH"),
        "CLINIC",
        "NORTH",
    )


def write_plain(claims: Any, *, envelope: Any) -> str:
    """A file of claims as short as can be: what matters here is that it goes out once."""
    body = "".join(f"CLM*{claim.id}*{claim.charge}~" for claim in claims)
    return f"ISA*{envelope.interchange_control}~{body}"


def remittance_text(number: int, claims: list[Claim]) -> str:
    payments = []
    for claim in claims:
        lines = []
        for line in claim.lines:
            share = (line.charge / 4).quantize(Decimal("0.01"))
            adjustments = (Adjustment("CO", "45", share), Adjustment("PR", "2", share))
            assert line.procedure is not None
            lines.append(ServicePayment(line.procedure, line.charge, line.charge - 2 * share, adjustments=adjustments))
        paid = sum((each.paid for each in lines), Decimal(0))
        payments.append(ClaimPayment(claim.id, "1", claim.charge, paid, lines=tuple(lines), group="1"))
    payer = claims[0].subscriber.payer.id
    told = Remittance(
        Party("PR", payer, id_qualifier="XV", id=payer),
        Party("PE", "CLINIC", id_qualifier="XX", id="1234567893"),
        sum((each.paid for each in payments), Decimal(0)),
        f"T{number}",
        DAY,
        claims=tuple(payments),
    )
    return write_835([told], sender=("ZZ", "P"), receiver=("ZZ", "C"), created="202605040900", control=str(number + 1))


def day_of_work(folder: Path, seed: int) -> None:
    """What the office does, from wherever it was interrupted. Everything is asked for again with the same keys."""
    rng = random.Random(seed)
    house = FolderDrop(folder / "out")
    with Books(folder / "books.db", create=True) as books:
        billing.recover_submissions(books, {"north": house}, on=DAY)
        for number in range(BATCHES):
            claims = [make_claim(rng, number * CLAIMS + at) for at in range(CLAIMS)]
            billing.submit_claims(
                books, claims, house, partner(), on=DAY, created="202605040900", key=f"b{number}", write=write_plain
            )
            if number % 2 == 0:
                read = read_835(remittance_text(number, claims))
                billing.post_remittance(books, read, on=DAY, source=f"{number}.835")
            for claim in claims:
                billing.take_patient_payment(
                    books,
                    patient_key(claim),
                    Decimal("12.34"),
                    method="card",
                    who="desk",
                    on=DAY,
                    key=f"p{claim.id}",
                )


class Killer:
    """Counts the calls that touch the world and ends the process at one of them, before or after it."""

    def __init__(self, at: int) -> None:
        self.at, self.calls = at, 0
        for name in ("execute", "add_entry", "move_claim", "save_claim", "remember_call", "next_number", "close"):
            self._wrap(Books, name)
        for name in ("stage", "release", "look"):
            self._wrap(FolderDrop, name)

    def _wrap(self, owner: type, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def counted(*args: Any, **more: Any) -> Any:
            self._count()
            found = real(*args, **more)
            self._count()
            return found

        setattr(owner, name, counted)

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def work_in_a_process(folder: Path, seed: int, die_at: int = 0) -> bool:
    """A day of work in a process of its own that may be killed on its way; True if it came to its end."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            killer = Killer(die_at)
            day_of_work(folder, seed)
            (folder / "calls").write_text(str(killer.calls))
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError("the work failed without being killed")
    return os.WIFEXITED(status)


def pick_up(folder: Path, rng: random.Random) -> None:
    """The partner takes some of what was released."""
    taken = folder / TAKEN
    taken.mkdir(exist_ok=True)
    out = folder / "out"
    for path in sorted(out.iterdir()) if out.is_dir() else []:
        if not path.name.endswith(".part") and rng.random() < 0.6:
            assert not (taken / path.name).exists(), f"{path.name} went out twice"
            shutil.move(path, taken / path.name)


def picture(folder: Path) -> tuple[Any, ...]:
    """Everything that the books say, and every claim that went out."""
    with Books(folder / "books.db") as books:
        balances = {str(account): amount for account, amount in books.balances().items()}
        states = {row.claim.id: str(row.state) for row in books.claims()}
        entries = Counter((entry.id, entry.kind) for entry in books.entries())
        batches = [tuple(row) for row in books.execute("SELECT name, state FROM batches ORDER BY name")]
    sent: Counter[str] = Counter()
    for path in sorted([*(folder / "out").iterdir(), *(folder / TAKEN).iterdir()]):
        for part in path.read_text().split("~"):
            if part.startswith("CLM*"):
                sent[part.split("*")[1]] += 1
    return balances, states, entries, batches, sent


def run_trials(trials: int, seed: int = 1) -> Counter[str]:
    """Run the trials; raises AssertionError where something is lost or doubled."""
    told: Counter[str] = Counter()
    for trial in range(trials):
        rng = random.Random(f"{seed}/{trial}")
        with tempfile.TemporaryDirectory(prefix="nosology-crash-") as name:
            calm, wild = Path(name) / "calm", Path(name) / "wild"
            for folder in (calm, wild):
                (folder / TAKEN).mkdir(parents=True)
            work_in_a_process(calm, trial)
            calls = int((calm / "calls").read_text())
            for _ in range(3):
                whole = work_in_a_process(wild, trial, rng.randrange(1, calls))
                told["came to the end" if whole else "killed"] += 1
                pick_up(wild, rng)
            work_in_a_process(wild, trial)
            expected, found = picture(calm), picture(wild)
            assert set(found[4].values()) == {1}, f"trial {trial}: a claim went out twice"
            assert found == expected, f"trial {trial}: the books are not those of an undisturbed day"
        told["trials"] += 1
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begin = time.perf_counter()
    told = run_trials(asked.trials, asked.seed)
    print(f"{told['trials']} trials, {told['killed']} kills: nothing lost, nothing doubled")
    print(f"{time.perf_counter() - begin:.1f} s")


if __name__ == "__main__":
    main()
