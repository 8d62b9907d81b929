"""Trading partners: who they are on the wire, how they are reached, and the TOML file that says so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from nosology.clearinghouse.folder import FolderDrop
from nosology.clearinghouse.interface import Clearinghouse
from nosology.clearinghouse.payer_box import PayerAccount, PayerBox
from nosology.clearinghouse.sftp import SftpAccount, SftpDrop
from nosology.errors import UnreadableInput, UsageError
from nosology.model.claim import Envelope
from nosology.model.claim_parts import Contact, Party

__all__ = ["Partner", "open_partner", "read_partners"]


@dataclass(frozen=True, slots=True)
class Partner:
    """One trading partner: both ends of the envelope, test or production, and how many claims go into one file."""

    name: str
    submitter: Party
    receiver: Party
    sender_id: str
    receiver_id: str
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    usage: str = "T"
    claims_per_file: int = 5000
    outbox: str = ""
    inbox: str = ""
    sftp: SftpAccount | None = None
    payer: PayerAccount | None = None

    def envelope(self, number: int, created: str) -> Envelope:
        """The envelope of the file with that control number; ``created`` is CCYYMMDDHHMM."""
        return Envelope(
            self.submitter,
            self.receiver,
            f"{number:09d}",
            created,
            usage=self.usage,
            interchange_control=f"{number:09d}",
            group_control=str(number),
            transaction_control="0001",
            sender_qualifier=self.sender_qualifier,
            sender_id=self.sender_id,
            receiver_qualifier=self.receiver_qualifier,
            receiver_id=self.receiver_id,
        )


def open_partner(partner: Partner, *, on: date | None = None) -> Clearinghouse:
    """The way to the partner: SFTP where it has an account, a payer in a box where it is one, else its folders.

    ``on`` is the day of the payer in a box; that of each file if left out.

    Raises:
        UsageError: it has none of them, or the policy of the payer is wrong.
        UnreadableInput: the policy of the payer cannot be read.
    """
    if partner.payer is not None:
        return PayerBox.of(partner.payer, on=on)
    if partner.sftp is not None:
        return SftpDrop(partner.sftp)
    if partner.outbox:
        return FolderDrop(partner.outbox, partner.inbox or None)
    raise UsageError(f"partner {partner.name} has no folders, no SFTP account and no payer in a box")


def read_partners(path: Path | str) -> dict[str, Partner]:
    """The partners of a TOML file, by name: ``[name]`` with ``submitter``, ``receiver`` and so on.

    Raises:
        UnreadableInput: it is no TOML.
        UsageError: a partner lacks something or has an unknown setting.
    """
    try:
        raw = tomllib.loads(Path(path).read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableInput(f"{path}: no TOML ({error})") from error
    return {name: _partner(name, table) for name, table in raw.items() if isinstance(table, dict)}


def _partner(name: str, table: dict[str, Any]) -> Partner:
    table = dict(table)
    known = {each.name for each in fields(Partner)} - {"name", "submitter", "receiver", "sftp", "payer"}
    try:
        submitter, receiver = table.pop("submitter"), table.pop("receiver")
        sftp, payer = table.pop("sftp", None), table.pop("payer", None)
        unknown = sorted(table.keys() - known)
        if unknown:
            raise UsageError(f"partner {name}: unknown setting {unknown[0]}")
        contact = Contact(submitter.get("contact", ""), (("TE", submitter["phone"]),))
        return Partner(
            name,
            Party("41", submitter["name"], id_qualifier="46", id=submitter["id"], contacts=(contact,)),
            Party("40", receiver["name"], id_qualifier="46", id=receiver["id"]),
            sftp=SftpAccount(**sftp) if sftp else None,
            payer=PayerAccount(**payer) if payer else None,
            **table,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"partner {name}: {error} is missing or wrong") from error
