"""A PostgreSQL of one's own for as long as a command runs: ``python tests/postgres.py pytest tests/web``.

The cluster lives in a temporary folder, listens on the loopback address alone, and is thrown away afterwards. Its
address stands in ``NOSOLOGY_DATABASE`` while the command runs. PostgreSQL refuses to run as root, so root starts it as
the user ``postgres`` or ``nobody``. ``--or-skip``: where PostgreSQL is not installed, say so and end with 0.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["binaries", "postgres"]


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl: ``NOSOLOGY_POSTGRES_BIN``, the newest that Debian installed, or the path's."""
    named = os.environ.get("NOSOLOGY_POSTGRES_BIN")
    folders = [Path(named)] if named else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))
    found = shutil.which("pg_ctl")
    folders += [Path(found).resolve().parent] if found else []
    return next((each for each in folders if (each / "initdb").exists() and (each / "pg_ctl").exists()), None)


@contextmanager
def postgres(*, durable: bool = False, connections: int = 100) -> Iterator[str]:
    """A running PostgreSQL with an empty database; its address. ``durable``: with fsync, as in earnest.

    Raises:
        RuntimeError: PostgreSQL is not installed, or does not start.
    """
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL is not installed here (name its programs with NOSOLOGY_POSTGRES_BIN)")
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the cluster is stopped then too
    folder = Path(tempfile.mkdtemp(prefix="nosology-pg-"))
    who = _who()
    if who:
        shutil.chown(folder, who["user"], who["group"])
    password = secrets.token_urlsafe(18)
    try:
        (folder / "password").write_text(password, encoding="utf-8")
        data = folder / "data"
        access = ["-U", "nosology", "--pwfile", folder / "password", "-A", "scram-sha-256"]
        speed = [] if durable else ["--no-sync"]
        _run([programs / "initdb", "-D", data, "-E", "UTF8", "--locale", "C.UTF-8", *access, *speed], who)
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "max_connections": connections,
            "shared_buffers": "256MB",
        } | ({} if durable else {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"})
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = folder / "log"
        try:
            _run([programs / "pg_ctl", "-D", data, "-l", log, "-w", "-t", "60", "-o", options, "start"], who)
            admin = f"postgresql://nosology:{password}@127.0.0.1:{port}"
            _create_database(f"{admin}/postgres")
            yield f"{admin}/nosology"
        finally:
            _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], who, check=False)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _who() -> dict[str, Any]:
    """As whom the programs run: somebody else where root starts them."""
    import grp
    import pwd

    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            found = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": found.pw_name, "group": grp.getgrgid(found.pw_gid).gr_name, "extra_groups": []}
    raise RuntimeError("there is no user postgres or nobody as whom PostgreSQL could run")


def _run(words: list[Any], who: dict[str, Any], *, check: bool = True) -> None:
    """Run a program of PostgreSQL; its output only where it fails. The server must not inherit a pipe."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        done = subprocess.run(
            [str(word) for word in words],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            check=False,
            **who,
        )
        if check and done.returncode:
            said.seek(0)
            raise RuntimeError(f"{Path(words[0]).name} failed: {said.read().strip()[-600:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _create_database(admin: str) -> None:
    import psycopg

    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute("CREATE DATABASE nosology")


def main(words: list[str]) -> int:
    """Run the command with a PostgreSQL; its exit code."""
    or_skip = words[:1] == ["--or-skip"]
    command = words[1:] if or_skip else words
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    if or_skip and binaries() is None:
        print("skipped: PostgreSQL is not installed here")
        return 0
    if command[0] == "pytest":
        command = [sys.executable, "-m", *command]
    with postgres() as address:
        return subprocess.run(command, env=os.environ | {"NOSOLOGY_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
