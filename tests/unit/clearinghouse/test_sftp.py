"""SFTP against a real server on the loopback: files, host key, credentials, a broken line."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

paramiko = pytest.importorskip("paramiko")

from nosology.clearinghouse.interface import Place  # noqa: E402
from nosology.clearinghouse.sftp import SftpAccount, SftpDrop  # noqa: E402
from nosology.errors import NosologyError, NotPermitted, UsageError  # noqa: E402


class Gate(paramiko.ServerInterface):  # type: ignore[misc,name-defined]
    def check_auth_password(self, username: str, password: str) -> int:
        good = (username, password) == ("clinic", "secret")
        return int(paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED)

    def check_channel_request(self, kind: str, chanid: int) -> int:
        return int(paramiko.OPEN_SUCCEEDED)

    def get_allowed_auths(self, username: str) -> str:
        return "password"


def shelf(root: Path) -> type:
    """A server that serves one folder."""

    def guarded(work: Any) -> Any:
        def safe(*args: Any) -> Any:
            try:
                return work(*args)
            except OSError as error:
                return paramiko.SFTPServer.convert_errno(error.errno or 0)

        return safe

    class Shelf(paramiko.SFTPServerInterface):  # type: ignore[misc,name-defined]
        def _real(self, path: str) -> str:
            return str(root) + self.canonicalize(path)

        @guarded
        def list_folder(self, path: str) -> Any:
            folder = self._real(path)
            found = []
            for name in os.listdir(folder):
                entry = paramiko.SFTPAttributes.from_stat(os.stat(os.path.join(folder, name)))
                entry.filename = name
                found.append(entry)
            return found

        @guarded
        def stat(self, path: str) -> Any:
            return paramiko.SFTPAttributes.from_stat(os.stat(self._real(path)))

        lstat = stat

        @guarded
        def open(self, path: str, flags: int, attr: Any) -> Any:
            handle = os.open(self._real(path), flags, 0o600)
            writes = bool(flags & os.O_WRONLY)
            file = os.fdopen(handle, "wb" if writes else "rb")
            shown = paramiko.SFTPHandle(flags)
            shown.filename = path
            shown.readfile = shown.writefile = file
            return shown

        @guarded
        def remove(self, path: str) -> Any:
            os.remove(self._real(path))
            return paramiko.SFTP_OK

        @guarded
        def posix_rename(self, oldpath: str, newpath: str) -> Any:
            os.replace(self._real(oldpath), self._real(newpath))
            return paramiko.SFTP_OK

        rename = posix_rename

    return Shelf


@pytest.fixture(scope="module")
def host_key() -> Any:
    return paramiko.RSAKey.generate(2048)


@pytest.fixture
def server(tmp_path: Path, host_key: Any) -> Iterator[tuple[Path, int]]:
    for name in ("out", "in", "done"):
        (tmp_path / name).mkdir()
    listener = socket.create_server(("127.0.0.1", 0))
    transports: list[Any] = []

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            transport = paramiko.Transport(line)
            transport.add_server_key(host_key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, shelf(tmp_path))
            transports.append(transport)
            try:
                transport.start_server(server=Gate())
            except (paramiko.SSHException, EOFError, OSError):
                continue  # the client hung up: one that dislikes the host key may reset the line

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield tmp_path, listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for transport in transports:
        transport.close()
    thread.join(5)


def account(port: int, key: Any, **more: Any) -> SftpAccount:
    line = f"{key.get_name()} {key.get_base64()}"
    return SftpAccount(
        **{
            "host": "127.0.0.1",
            "user": "clinic",
            "host_key": line,
            "port": port,
            "password_from": "TEST_SFTP_PASSWORD",
            "outbox": "out",
            "inbox": "in",
            "done": "done",
            "timeout": 20.0,
        }
        | more
    )


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_SFTP_PASSWORD", "secret")


def test_files_go_and_come(server: tuple[Path, int], host_key: Any) -> None:
    folder, port = server
    house = SftpDrop(account(port, host_key))
    data = b"ISA" * 50_000
    assert house.look("a.837") is Place.ABSENT
    house.stage("a.837", data)
    assert house.look("a.837") is Place.STAGED
    house.release("a.837")
    assert (house.look("a.837"), (folder / "out" / "a.837").read_bytes()) == (Place.RELEASED, data)
    (folder / "in" / "b.999").write_bytes(b"answer")
    (folder / "in" / "c.835.part").write_bytes(b"half")
    assert [(each.name, each.data) for each in house.poll()] == [("b.999", b"answer")]
    house.take("b.999")
    assert [path.name for path in (folder / "done").iterdir()] == ["b.999"]


def test_another_host_key_sends_nothing(server: tuple[Path, int], host_key: Any) -> None:
    folder, port = server
    other = paramiko.RSAKey.generate(2048)
    with pytest.raises(NotPermitted, match="another host key"):
        SftpDrop(account(port, other)).stage("a.837", b"x")
    assert not list((folder / "out").iterdir())


def test_wrong_password(server: tuple[Path, int], host_key: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_SFTP_PASSWORD", "wrong")
    with pytest.raises(NotPermitted, match="refuses") as error:
        SftpDrop(account(server[1], host_key)).look("a.837")
    assert "wrong" not in str(error.value)


def test_nobody_there(host_key: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NosologyError, match="cannot be reached"):
        SftpDrop(account(port, host_key)).poll()


def test_a_host_key_that_is_none(host_key: Any) -> None:
    with pytest.raises(UsageError, match="host key"):
        SftpDrop(account(22, host_key, host_key="ssh-rsa nonsense")).poll()
