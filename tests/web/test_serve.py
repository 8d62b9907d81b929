"""``nosology serve`` as a person starts it: it answers, stops in good order, and leaves nothing running when killed."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nosology.pipeline import load_coder

pytestmark = pytest.mark.django_db(databases=[])  # it has a database of its own


def ask(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def start(tmp_path: Path, home: Path) -> Iterator[Callable[..., tuple[subprocess.Popen[str], str]]]:
    """Starts a server on its own data folder; the process and everything that it said before it answered."""
    load_coder(None, home=home)
    own = tmp_path / "home"
    for part in ("releases", "lexicon", "prepared"):
        if (home / part).is_dir():
            shutil.copytree(home / part, own / part)
    running: list[subprocess.Popen[str]] = []
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NOSOLOGY_", "DJANGO_"))}

    def run(*words: str) -> tuple[subprocess.Popen[str], str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "nosology", "serve", "--port", "0", "--no-sample", *words],
            env=environment | {"NOSOLOGY_HOME": str(own)},
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        said = ""
        assert process.stderr is not None
        for line in process.stderr:
            said += line
            if line.startswith("stop "):
                break
        return process, said

    yield run
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stderr is not None:
            process.stderr.close()


def wait_for(url: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            assert ask(f"{url}/ready")[0] == 200
            return
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.2)


def address(said: str) -> str:
    found = re.search(r"^open +(http://127\.0\.0\.1:\d+)/$", said, re.MULTILINE)
    assert found, said
    return found.group(1)


def test_it_starts_answers_and_stops_in_good_order(start: Callable[..., tuple[subprocess.Popen[str], str]]) -> None:
    process, said = start("--workers", "1")
    url = address(said)
    wait_for(url)
    link = re.search(r"http://\S+/welcome/\S+", said)
    assert link
    assert "First administrator" in ask(link.group())[1]
    assert ask(f"{url}/static/css/base.css")[0] == 200
    assert "nosology_requests_total" in ask(f"{url}/metrics")[1]
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=45)
    assert process.returncode == 0
    assert "stopped" in rest
    assert "Traceback" not in said + rest


def test_killed_it_leaves_nothing_running_and_starts_again(
    start: Callable[..., tuple[subprocess.Popen[str], str]],
) -> None:
    process, said = start("--workers", "1")
    url = address(said)
    wait_for(url)
    process.kill()
    process.wait()
    port = url.rsplit(":", 1)[1]
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            ask(f"{url}/health")
        except (urllib.error.URLError, ConnectionError):
            break
        time.sleep(0.2)
    _, again = start("--workers", "1", "--port", port)
    wait_for(address(again))


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (("--host", "0.0.0.0"), 2, "open to the network"),
        (("--no-web", "--no-worker"), 2, "nothing to do"),
        (("--host", "203.0.113.7"), 2, "TLS"),
    ],
)
def test_what_cannot_be_is_refused(
    start: Callable[..., tuple[subprocess.Popen[str], str]], words: tuple[str, ...], code: int, why: str
) -> None:
    process, said = start(*words)
    assert process.wait(timeout=30) == code
    assert why in said
