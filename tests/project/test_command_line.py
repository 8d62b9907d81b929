"""The command line as a whole: every verb documented, every error one line, the exit codes as promised."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

from nosology.cli import UNEXPECTED, VERBS, app
from nosology.errors import NosologyError, NotPermitted, ReleaseNotFound, UnreadableInput, UsageError
from nosology.rules.loader import load_rules

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "nosology"
DOCS = (ROOT / "docs" / "cli.md").read_text("utf-8")


def section(verb: str) -> str:
    match = re.search(rf"^## `nosology {verb}\b.*?(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert match, f"docs/cli.md has no section for nosology {verb}"
    return match.group()


def parameters(command: Any) -> list[Any]:
    nested = [item for sub in getattr(command, "commands", {}).values() for item in parameters(sub)]
    return [*command.params, *nested]


@pytest.mark.parametrize("verb", VERBS)
def test_verb_is_documented_with_its_options_and_exit_codes(verb: str) -> None:
    text = section(verb)
    assert re.search(r"Exit codes?:.*`0`", text), "no line of exit codes"
    group: Any = typer.main.get_command(app)
    command = group.get_command(None, verb)
    assert command.help, "no help"
    options = {option for item in parameters(command) for option in item.opts if option.startswith("--")}
    assert not {option for option in options if f"`{option}" not in text} - {"--help"}


def test_every_finding_is_documented() -> None:
    text = section("code") + section("check") + section("claim") + section("remit")
    named = set(re.findall(r'Finding\(\s*"([a-z.-]+)"', "".join(m.read_text("utf-8") for m in SOURCE.rglob("*.py"))))
    named |= {rule.id for rule in load_rules() if rule.id.startswith("chart-")}
    assert len(named) > 8
    assert not {name for name in named if f"`{name}`" not in text}


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb(runner: Any, verb: str) -> None:
    result = runner(verb, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.stdout


def test_version(runner: Any) -> None:
    result = runner("--version")
    assert result.exit_code == 0
    assert re.fullmatch(r"nosology \d+\.\d+\.\d+\n", result.stdout)


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["frobnicate"], "No such command"),
        (["code"], "Missing argument"),
        (["code", "x.txt", "--setting", "moon"], "--setting"),
        (["code", "x.txt", "--on", "yesterday"], "not a date"),
        (["code", "x.txt", "--age", "900"], "--age"),
        (["code", "-", "-"], "standard input"),
        (["demo", "nothing"], "no such chart"),
    ],
)
def test_wrong_call_is_one_line_and_exit_2(runner: Any, words: list[str], part: str) -> None:
    result = runner(*words)
    assert result.exit_code == 2
    assert part in result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("error", "code", "part"),
    [
        (UsageError("wrong call"), 2, "wrong call"),
        (UnreadableInput("a.txt: empty"), 10, "a.txt: empty"),
        (ReleaseNotFound("no release on 1990-01-01"), 11, "no release"),
        (NotPermitted("folder is read-only"), 12, "read-only"),
        (NosologyError("several\nlines"), 1, "several lines"),
        (OSError(errno.ENOSPC, "No space left on device", "release.sqlite"), 12, "no space left"),
        (PermissionError(errno.EACCES, "Permission denied", "release.sqlite"), 12, "permission denied"),
        (OSError(errno.EROFS, "Read-only file system"), 12, "read-only"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "gone.txt"), 10, "gone.txt"),
        (KeyboardInterrupt(), 130, None),
        (ValueError("the CANARY of a chart"), UNEXPECTED, "incident"),
    ],
)
def test_every_error_is_one_line_and_its_exit_code(
    runner: Any, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, part: str | None
) -> None:
    def fail(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("nosology.cli.demo._show", fail)
    monkeypatch.setattr("nosology.pipeline.load_coder", fail)
    result = runner("demo")
    assert result.exit_code == code
    assert result.stderr.strip().count("\n") == 0
    assert "Traceback" not in result.stderr
    assert "CANARY" not in result.stderr
    if part:
        assert part in result.stderr


def test_debug_shows_the_traceback_wherever_it_stands(runner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **options: object) -> None:
        raise ValueError("shown")

    monkeypatch.setattr("nosology.pipeline.load_coder", fail)
    for words in (["demo", "--debug"], ["--debug", "demo"]):
        result = runner(*words)
        assert result.exit_code == UNEXPECTED
        assert "Traceback" in result.stderr


def test_reader_that_closes_the_pipe_gets_no_complaint() -> None:
    read, write = os.pipe()
    os.close(read)
    run = subprocess.run(
        [sys.executable, "-m", "nosology", "--help"], stdout=write, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(write)
    assert run.stderr == ""
    assert run.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_one_line_and_exit_12() -> None:
    with open("/dev/full", "w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "nosology", "--version"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert run.returncode == NotPermitted.exit_code
    assert run.stderr == "nosology: no space left on the disk; free some, or write elsewhere, and run again\n"


def test_interrupted_first_build_leaves_nothing_half_written(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "nosology", "demo"]
    environment = os.environ | {"NOSOLOGY_HOME": str(tmp_path)}
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's background job ignores it
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "releases").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert process.returncode == 130
    assert complaint == "nosology: stopped; nothing is half-written\n"
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix != ".lock"]


def test_start_does_not_load_what_it_does_not_need() -> None:
    program = (
        "import sys, nosology.cli; print([m for m in ('rich', 'sqlite3', 'nosology.pipeline') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
