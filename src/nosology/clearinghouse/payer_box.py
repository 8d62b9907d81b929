"""A clearinghouse that is the payer in a box: files that are sent are worked by ``payer.respond``, its answers fetched.

Under its folder lie ``outbox`` (sent), ``taken`` (worked), ``inbox`` (answers, and ``done`` with those put away),
``refused`` (no X12), the payer's memory ``state.json``, and, while a file is worked, the journal ``work.json``. The
journal is written whole before anything else changes, so that a file is worked once whenever the process dies: without
a journal nothing has happened; with one, what it says is finished first. One process at a time works a folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from nosology.clearinghouse.folder import FolderDrop
from nosology.clearinghouse.interface import STAGED, Answer, Place
from nosology.edits.desk import Books
from nosology.errors import UnreadableInput
from nosology.payer.policy import Policy
from nosology.payer.policy_file import read_policy_file
from nosology.payer.respond import day_of, respond
from nosology.payer.state import State, read_state

__all__ = ["PayerAccount", "PayerBox"]

_ORDER = ("999", "277ca", "271", "277", "835")
"""The order in which a payer answers; it is part of the name of an answer, so that they are fetched in it."""
_JOURNAL = "work.json"


@dataclass(frozen=True, slots=True)
class PayerAccount:
    """Where a payer in a box is: its policy file, and the folder of its files and memory."""

    policy: str
    folder: str


class PayerBox:
    """Files go to a payer that works them when answers are asked for; see :class:`Clearinghouse`.

    Args:
        folder: where its files and its memory lie; made when a file is staged.
        on: the payer's day; that of each file (ISA09) if left out.
        books: code sets and edits by which the payer decides.
        snip: how deep incoming files are validated.
    """

    def __init__(
        self, folder: Path | str, policy: Policy, *, on: date | None = None, books: Books | None = None, snip: int = 7
    ) -> None:
        self.folder = Path(folder)
        self.policy = policy
        self.on = on
        self.books = books
        self.snip = snip
        self._drop = FolderDrop(self.folder / "outbox", self.folder / "inbox")

    @classmethod
    def of(cls, account: PayerAccount, *, on: date | None = None) -> PayerBox:
        """The payer of an account. Raises UnreadableInput, UsageError: its policy cannot be read or is wrong."""
        return cls(account.folder, read_policy_file(Path(account.policy)), on=on)

    def stage(self, name: str, data: bytes) -> None:
        """Write the file beside its later name."""
        self._drop.stage(name, data)

    def release(self, name: str) -> None:
        """Give the staged file its name: from now on it is the payer's."""
        self._drop.release(name)

    def look(self, name: str) -> Place:
        """Say where the file is; absent once the payer has worked it."""
        return self._drop.look(name)

    def poll(self) -> Sequence[Answer]:
        """Let the payer work what was sent, and give its answers in the order in which it gave them."""
        self.work()
        return self._drop.poll()

    def take(self, name: str) -> None:
        """Put an answer away that has been worked."""
        self._drop.take(name)

    def work(self) -> None:
        """Let the payer work every file that was sent, each once, after finishing what was broken off.

        Raises:
            UnreadableInput: the memory of the payer cannot be read.
        """
        self._finish()
        outbox = self._drop.outbox
        names = sorted(each.name for each in outbox.iterdir() if each.is_file()) if outbox.is_dir() else []
        for name in names:
            if not name.startswith(".") and not name.endswith(STAGED):
                self._plan(name)
                self._finish()

    def _plan(self, name: str) -> None:
        """Decide what a file does, and write it into the journal: nothing else has changed yet."""
        text = _decode((self._drop.outbox / name).read_bytes())
        state = self._state()
        try:
            day = self.on or day_of(text, name=name)
            if day is None:
                raise UnreadableInput("its interchange has no date")
            made = respond(text, self.policy, state, on=day, books=self.books, name=name, snip=self.snip)
            files, state, away = made.files, made.state, "taken"
        except UnreadableInput as error:
            files, away = {"refused": f"{error}\n"}, "refused"
        answers = {}
        ranked = sorted(files, key=lambda kind: _ORDER.index(kind) if kind in _ORDER else len(_ORDER))
        stem = self._free(Path(name).stem, [f"-{number}.{kind}" for number, kind in enumerate(ranked, 1)])
        for number, kind in enumerate(ranked, 1):
            answers[f"{stem}-{number}.{kind}"] = files[kind]
        plan = {"name": name, "to": f"{away}/{self._free_in(away, name)}", "answers": answers, "state": state.to_json()}
        _write(self.folder, _JOURNAL, json.dumps(plan, ensure_ascii=False))

    def _finish(self) -> None:
        """Do what the journal says, as far as it was not done, and end it."""
        journal = self.folder / _JOURNAL
        if not journal.is_file():
            return
        plan = json.loads(journal.read_text("utf-8"))
        _write(self.folder, "state.json", plan["state"])
        inbox = self.folder / "inbox"
        for name, text in plan["answers"].items():
            if not (inbox / "done" / name).exists():
                _write(inbox, name, text)
        target = self.folder / plan["to"]
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            os.replace(self._drop.outbox / plan["name"], target)
        journal.unlink()

    def _state(self) -> State:
        path = self.folder / "state.json"
        return read_state(path.read_text("utf-8")) if path.is_file() else State()

    def _free(self, stem: str, ends: Sequence[str]) -> str:
        """The beginning of names that no answer has had."""
        inbox, found, number = self.folder / "inbox", stem, 1
        while any((place / f"{found}{end}").exists() for place in (inbox, inbox / "done") for end in ends):
            number += 1
            found = f"{stem}.{number}"
        return found

    def _free_in(self, folder: str, name: str) -> str:
        found, number = name, 1
        while (self.folder / folder / found).exists():
            number += 1
            found = f"{name}.{number}"
        return found


def _write(folder: Path, name: str, text: str) -> None:
    """Write a file as a whole: after a crash it is the old one or the new one."""
    drop = FolderDrop(folder)
    drop.stage(name, text.encode())
    drop.release(name)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
