"""The payer in a box as a partner: claims go out, its answers come in, once each, whenever the process dies."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.actions import billing
from nosology.clearinghouse.interface import Clearinghouse, Place
from nosology.clearinghouse.partner import Partner, open_partner, read_partners
from nosology.clearinghouse.payer_box import PayerBox
from nosology.errors import UnreadableInput
from nosology.model.claim import Claim
from nosology.model.lifecycle import ClaimState
from nosology.payer.policy import Policy
from nosology.payer.policy_file import read_policy_file
from nosology.payer.state import read_state
from nosology.store.books import Books
from nosology.x12.claim_837 import read_837
from nosology.x12.remittance_835 import read_835

EXAMPLES = Path(__file__).resolve().parents[3] / "examples" / "payer"
ON = date(2026, 5, 6)
NAME = "visit.837"


@pytest.fixture(scope="module")
def policy(home: Path) -> Policy:
    return read_policy_file(EXAMPLES / "policy.yaml")


def claims() -> list[Claim]:
    one = next(claim for claim, _ in read_837((EXAMPLES / NAME).read_text("utf-8")))
    return [
        replace(one, envelope=None),
        replace(one, id="visit-2", envelope=None, lines=one.lines[:1], charge=one.lines[0].charge),
    ]


def partner() -> Partner:
    one = next(claim for claim, _ in read_837((EXAMPLES / NAME).read_text("utf-8")))
    assert one.envelope is not None
    return Partner("example", one.envelope.submitter, one.envelope.receiver, "RIVER01", "EXCLEAR")


def send(house: Clearinghouse, name: str = NAME, data: bytes | None = None) -> None:
    house.stage(name, (EXAMPLES / NAME).read_bytes() if data is None else data)
    house.release(name)


def fetch(books: Books, house: Clearinghouse) -> list[str]:
    """What an office does with answers: recorded or posted, then put away; their names."""
    names = []
    for answer in house.poll():
        if answer.name.endswith(".835"):
            done = billing.post_remittance(books, read_835(answer.data), on=ON, source=answer.name)
            assert all(each.outcome in ("posted", "already") for each in done)
        else:
            told = billing.record_acknowledgement(books, answer.data, partner="example", on=ON, name=answer.name)
            assert not told.findings
        house.take(answer.name)
        names.append(answer.name)
    return names


def test_claims_are_submitted_acknowledged_and_paid(policy: Policy, tmp_path: Path) -> None:
    house = PayerBox(tmp_path / "payer", policy, on=ON)
    with Books(tmp_path / "books.db", create=True) as books:
        for _ in range(2):  # the same call again sends nothing anew
            billing.submit_claims(books, claims()[:1], house, partner(), on=ON, created="202605060900", key="k1")
        found = fetch(books, house)
        assert found == [f"example-000000001-{end}" for end in ("1.999", "2.277ca", "3.835")]
        assert fetch(books, house) == []
        row = books.claim("visit-2026-0504")
        assert row is not None
        assert row.state is ClaimState.PATIENT_BALANCE
        position = books.position("visit-2026-0504")
        assert (position.insurance_due, position.patient_due) == (0, Decimal("140.40"))
        assert not sum(books.balances().values(), Decimal(0))


def test_a_file_is_worked_once(policy: Policy, tmp_path: Path) -> None:
    house = PayerBox(tmp_path, policy, on=ON)
    house.stage(NAME, (EXAMPLES / NAME).read_bytes())
    assert house.look(NAME) is Place.STAGED
    assert house.poll() == ()
    house.release(NAME)
    assert house.look(NAME) is Place.RELEASED
    first = house.poll()
    assert house.look(NAME) is Place.ABSENT
    assert first == house.poll() == PayerBox(tmp_path, policy, on=ON).poll()
    assert len(read_state((tmp_path / "state.json").read_text("utf-8")).decided) == 1


@pytest.mark.parametrize(("name", "kinds"), [("eligibility.270", ["999", "271"]), ("status.276", ["999", "277"])])
def test_questions_are_answered(policy: Policy, tmp_path: Path, name: str, kinds: list[str]) -> None:
    house = PayerBox(tmp_path, policy)  # on the day of the file
    send(house, name, (EXAMPLES / name).read_bytes())
    stem = name.partition(".")[0]
    assert [each.name for each in house.poll()] == [f"{stem}-{n}.{kind}" for n, kind in enumerate(kinds, 1)]


def test_a_name_that_comes_again_hides_no_answer(policy: Policy, tmp_path: Path) -> None:
    house = PayerBox(tmp_path, policy, on=ON)
    for _ in range(2):
        send(house)
        for answer in house.poll():
            house.take(answer.name)
    done = sorted(path.name for path in (tmp_path / "inbox" / "done").iterdir())
    assert [each for each in done if each.endswith(".835")] == ["visit-3.835", "visit.2-3.835"]
    assert sorted(path.name for path in (tmp_path / "taken").iterdir()) == [NAME, f"{NAME}.2"]


def test_what_is_no_x12_is_put_aside_and_told(policy: Policy, tmp_path: Path) -> None:
    house = PayerBox(tmp_path, policy, on=ON)
    send(house, "a.837", b"%PDF-1.7 no claims")
    send(house, "b.837")
    answers = {each.name: each.data for each in house.poll()}
    assert list(answers) == ["a-1.refused", "b-1.999", "b-2.277ca", "b-3.835"]
    assert answers["a-1.refused"].count(b"\n") == 1
    assert [path.name for path in (tmp_path / "refused").iterdir()] == ["a.837"]


def test_a_memory_that_cannot_be_read_changes_nothing(policy: Policy, tmp_path: Path) -> None:
    house = PayerBox(tmp_path, policy, on=ON)
    send(house)
    (tmp_path / "state.json").write_text("{}")
    with pytest.raises(UnreadableInput):
        house.poll()
    assert house.look(NAME) is Place.RELEASED
    assert not (tmp_path / "inbox").exists()


class _Crash(BaseException):
    """The process dies."""


def _dying_at(at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the process die before the ``at``-th change of the disk."""
    calls = 0

    def wrap(owner: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def counted(*args: Any, **more: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                raise _Crash
            return real(*args, **more)

        monkeypatch.setattr(owner, name, counted)

    wrap(os, "replace")
    wrap(os, "fsync")
    wrap(Path, "unlink")


def test_dying_anywhere_loses_and_doubles_nothing(
    policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From submission to posting the process dies at every change of the disk in turn, and the office starts again."""

    def day_of_work(folder: Path) -> None:
        house = PayerBox(folder / "payer", policy, on=ON)
        with Books(folder / "books.db", create=True) as books:
            billing.recover_submissions(books, {"example": house}, on=ON)
            for number, claim in enumerate(claims()):
                billing.submit_claims(books, [claim], house, partner(), on=ON, created="202605060900", key=f"k{number}")
            fetch(books, house)

    def outcome(folder: Path) -> tuple[Any, ...]:
        done = {path.name: path.read_bytes() for path in (folder / "payer" / "inbox" / "done").iterdir()}
        with Books(folder / "books.db") as books:
            states = {each.id: str(row.state) for each in claims() if (row := books.claim(each.id))}
            return done, (folder / "payer" / "state.json").read_text("utf-8"), states, books.balances()

    whole = tmp_path / "whole"
    whole.mkdir()
    day_of_work(whole)
    expected = outcome(whole)
    for at in range(1, 200):
        folder = tmp_path / str(at)
        folder.mkdir()
        with monkeypatch.context() as patch:
            _dying_at(at, patch)
            try:
                day_of_work(folder)
            except _Crash:
                pass
            else:
                assert at > 30
                return
        day_of_work(folder)
        assert outcome(folder) == expected, at
    raise AssertionError("it never came to its end")


def test_a_partner_may_be_a_payer_in_a_box(tmp_path: Path) -> None:
    (tmp_path / "partners.toml").write_text(
        f"""
[example]
sender_id = "RIVER01"
receiver_id = "EXCLEAR"
submitter = {{ name = "CLINIC", id = "123", phone = "6145550100" }}
receiver = {{ name = "EXAMPLE CLEARINGHOUSE", id = "456" }}
payer = {{ policy = "{EXAMPLES / "policy.yaml"}", folder = "{tmp_path / "payer"}" }}
"""
    )
    house = open_partner(read_partners(tmp_path / "partners.toml")["example"], on=ON)
    assert isinstance(house, PayerBox)
    send(house)
    assert len(house.poll()) == 3
