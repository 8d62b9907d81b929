"""A clearinghouse behind SFTP (extra ``sftp``: paramiko). The host key is checked against the one that is named.

Each partner has its own host, user, key or password, and folders. A password is never in a file of ours: the name of
the environment variable is.
"""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nosology.clearinghouse.interface import STAGED, Answer, Place, check_name
from nosology.errors import NosologyError, NotPermitted, UsageError

if TYPE_CHECKING:
    import paramiko

__all__ = ["SftpAccount", "SftpDrop"]


@dataclass(frozen=True, slots=True)
class SftpAccount:
    """How to reach one partner. ``host_key`` is a line as of known_hosts without the host: ``ssh-ed25519 AAAA…``."""

    host: str
    user: str
    host_key: str
    port: int = 22
    key_file: str = ""
    password_from: str = ""  # environment variable
    outbox: str = "."
    inbox: str = ""
    done: str = ""
    timeout: float = 30.0


class SftpDrop:
    """Files go to and come from an SFTP server; a connection lives for one call."""

    def __init__(self, account: SftpAccount) -> None:
        self.account = account

    def stage(self, name: str, data: bytes) -> None:
        """Write the file beside its later name; its size is checked by the server."""
        with self._open() as sftp, sftp.open(self._out(name + STAGED), "wb") as file:
            file.set_pipelined(True)
            file.write(data)

    def release(self, name: str) -> None:
        """Give the staged file its name."""
        with self._open() as sftp:
            try:
                sftp.posix_rename(self._out(name + STAGED), self._out(name))
            except OSError:  # a server without that extension; a plain rename never replaces a file
                sftp.rename(self._out(name + STAGED), self._out(name))

    def look(self, name: str) -> Place:
        """Say where the file is."""
        with self._open() as sftp:
            for place, path in ((Place.RELEASED, name), (Place.STAGED, name + STAGED)):
                try:
                    sftp.stat(self._out(path))
                except FileNotFoundError:
                    continue
                return place
        return Place.ABSENT

    def poll(self) -> Sequence[Answer]:
        """The files of the inbox, by name."""
        if not self.account.inbox:
            return ()
        found = []
        with self._open() as sftp:
            for entry in sorted(sftp.listdir_attr(self.account.inbox), key=lambda each: each.filename):
                if stat.S_ISREG(entry.st_mode or 0) and not entry.filename.endswith(STAGED):
                    with sftp.open(f"{self.account.inbox}/{entry.filename}", "rb") as file:
                        file.prefetch(entry.st_size)
                        found.append(Answer(entry.filename, file.read()))
        return tuple(found)

    def take(self, name: str) -> None:
        """Move an answer to the folder for worked ones, where the partner has one; else remove it."""
        path = f"{self.account.inbox}/{check_name(name)}"
        with self._open() as sftp:
            if self.account.done:
                sftp.rename(path, f"{self.account.done}/{name}")
            else:
                sftp.remove(path)

    def _out(self, name: str) -> str:
        return f"{self.account.outbox}/{check_name(name)}"

    @contextmanager
    def _open(self) -> Iterator[paramiko.SFTPClient]:
        try:
            import paramiko
        except ImportError:
            raise UsageError("SFTP needs the extra sftp: pip install 'nosology[sftp]'") from None
        account = self.account
        where = f"{account.host}:{account.port}"
        client = paramiko.SSHClient()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        name = account.host if account.port == 22 else f"[{account.host}]:{account.port}"
        kind, key = _host_key(account.host_key)
        client.get_host_keys().add(name, kind, key)
        try:
            client.connect(
                account.host,
                account.port,
                account.user,
                password=os.environ.get(account.password_from) if account.password_from else None,
                key_filename=account.key_file or None,
                allow_agent=False,
                look_for_keys=False,
                timeout=account.timeout,
                banner_timeout=account.timeout,
                auth_timeout=account.timeout,
            )
            with client.open_sftp() as sftp:
                channel = sftp.get_channel()
                if channel is not None:
                    channel.settimeout(account.timeout)
                yield sftp
        except paramiko.BadHostKeyException:
            raise NotPermitted(f"{where} shows another host key than the one that is kept: nothing was sent") from None
        except paramiko.AuthenticationException:
            raise NotPermitted(f"{where} refuses the user or the key of this partner") from None
        except (paramiko.SSHException, OSError) as error:
            raise NosologyError(f"{where} cannot be reached or broke off ({type(error).__name__})") from error
        finally:
            client.close()


def _host_key(line: str) -> tuple[str, Any]:
    import paramiko

    kind, _, rest = line.strip().partition(" ")
    try:
        data = base64.b64decode(rest.split()[0], validate=True)
        return kind, paramiko.PKey.from_type_string(kind, data)
    except Exception:  # also the unknown kind of key, whose exception has no public name
        raise UsageError("a host key is a line as of known_hosts: its kind, then base64") from None
