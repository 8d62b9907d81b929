"""Anchors of the audit log: signed lines outside the database that say how far each chain was, and with which digest.

Whoever can write into the database can drop its triggers and seal a forged chain anew; an anchor that was taken before
shows it. The file is append-only in use, each line names the digest of the line before it, and each is signed with a
key of its own (Ed25519, ``audit-key.pem`` in the data folder or ``NOSOLOGY_AUDIT_KEY``). Copy lines to another machine
(``nosology audit anchor --to -``): what stands there cannot be taken back here.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from nosology.errors import UnreadableInput
from nosology.store.models import AuditHead

__all__ = [
    "Anchor",
    "anchor_moved",
    "anchor_now",
    "anchor_when_due",
    "append_anchors",
    "check_anchors",
    "public_key",
    "read_anchors",
]

_log = logging.getLogger(__name__)
_FIELDS = ("at", "chain", "number", "digest", "previous")


@dataclass(frozen=True, slots=True)
class Anchor:
    """How far a chain was at a moment. ``previous``: SHA-256 of the line before, "" in the first."""

    at: str
    chain: str
    number: int
    digest: str
    previous: str
    signature: str

    @property
    def signed(self) -> bytes:
        """What the signature is over."""
        return json.dumps([getattr(self, name) for name in _FIELDS], separators=(",", ":")).encode()

    @property
    def line(self) -> str:
        """As it stands in the file."""
        return json.dumps({name: getattr(self, name) for name in (*_FIELDS, "signature")}, separators=(",", ":"))


def _private_key() -> Ed25519PrivateKey:
    path = Path(settings.NOSOLOGY_AUDIT_KEY)
    if not path.exists():
        fresh = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(fresh)
        try:
            os.link(draft, path)  # whoever comes second keeps the key of the first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise UnreadableInput(f"{path}: this is no Ed25519 key; restore the file from a backup")
    return key


def public_key() -> str:
    """The key with which anchors are checked, in PEM; made on first use with the private one."""
    return _private_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def anchor_now(*, now: datetime, chains: Iterable[tuple[str, int, str]] | None = None) -> list[Anchor]:
    """Append an anchor of every chain (or of those given: chain, number, digest) to the file; what was appended."""
    if chains is None:
        chains = list(AuditHead.objects.order_by("chain").values_list("chain", "count", "digest"))
    return append_anchors(Path(settings.NOSOLOGY_ANCHORS), list(chains), now=now)


def append_anchors(path: Path, chains: Iterable[tuple[str, int, str]], *, now: datetime) -> list[Anchor]:
    """Append signed lines to a file of anchors, one writer at a time."""
    key, at = _private_key(), now.astimezone(UTC).isoformat()
    made = []
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        previous = _last_line_digest(file)
        for chain, number, digest in chains:
            bare = Anchor(at, chain, number, digest, previous, "")
            signed = Anchor(at, chain, number, digest, previous, base64.b64encode(key.sign(bare.signed)).decode())
            made.append(signed)
            file.write(signed.line.encode() + b"\n")
            previous = hashlib.sha256(signed.line.encode()).hexdigest()
        file.flush()
        os.fsync(file.fileno())
    return made


def _last_line_digest(file: Any) -> str:
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 4096))
    lines = file.read().splitlines()
    file.seek(0, os.SEEK_END)
    return hashlib.sha256(lines[-1]).hexdigest() if lines else ""


def anchor_when_due(chain: str, number: int, digest: str, at: datetime) -> None:
    """After every so many events of a chain (``NOSOLOGY_ANCHOR_EVERY``). A full disk stops nobody: it is logged."""
    try:
        anchor_now(now=at, chains=[(chain, number, digest)])
    except (OSError, ValueError, UnreadableInput) as error:
        _log.error("the audit log could not be anchored: %s", type(error).__name__)


def anchor_moved(held: dict[str, int], *, now: datetime) -> int:
    """Anchor the chains that went on since the last time; how many. For the background of a server, once a minute.

    ``held`` is what it remembers from one call to the next: how far each chain is anchored. A full disk stops nobody.
    """
    heads = list(AuditHead.objects.order_by("chain").values_list("chain", "count", "digest"))
    try:
        path = Path(settings.NOSOLOGY_ANCHORS)
        if not held and path.exists():
            held |= {each.chain: each.number for each in read_anchors(path)}
        moved = [each for each in heads if each[1] > held.get(each[0], 0)]
        anchor_now(now=now, chains=moved)
    except (OSError, ValueError, UnreadableInput) as error:
        _log.error("the audit log could not be anchored: %s", type(error).__name__)
        return 0
    held |= {chain: number for chain, number, _ in moved}
    return len(moved)


def read_anchors(path: Path) -> list[Anchor]:
    """The lines of a file of anchors.

    Raises:
        UnreadableInput: there is no such file, or it holds something else.
    """
    try:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [
            Anchor(
                str(row["at"]),
                str(row["chain"]),
                int(row["number"]),
                str(row["digest"]),
                str(row["previous"]),
                str(row["signature"]),
            )
            for row in rows
        ]
    except FileNotFoundError:
        raise UnreadableInput(f"{path}: there is no file of anchors") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise UnreadableInput(f"{path}: this is no file of anchors") from None


def check_anchors(anchors: Iterable[Anchor], *, key: str) -> list[str]:
    """What is wrong with the anchors themselves: signatures, and lines taken out or exchanged."""
    try:
        public = load_pem_public_key(key.encode())
    except ValueError:
        raise UnreadableInput("the key of the anchors is no public key in PEM") from None
    if not isinstance(public, Ed25519PublicKey):
        raise UnreadableInput("the key of the anchors is no Ed25519 key")
    wrong, previous = [], ""
    for place, anchor in enumerate(anchors, 1):
        try:
            public.verify(base64.b64decode(anchor.signature), anchor.signed)
        except (InvalidSignature, ValueError):
            wrong.append(f"anchor {place}: the signature is not of this key, or the line was changed")
        if anchor.previous != previous:
            wrong.append(f"anchor {place}: the line before it was changed, taken out or put in")
        previous = hashlib.sha256(anchor.line.encode()).hexdigest()
    return wrong
