"""Several programs kept running together, started again where one ends, and stopped in good order."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Program", "keep_running"]

_SOON = 5.0
"""A program that ends within so many seconds of its first start will not run at all."""


@dataclass(slots=True)
class Program:
    """A program to keep running: what it is called, its words, what it has in its environment."""

    name: str
    words: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    starts: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        """Start it, in a session of its own: Ctrl-C reaches the one who watches, and nobody else."""
        self.process = subprocess.Popen(
            list(self.words),
            env=os.environ | dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )
        self.began = time.monotonic()
        self.starts += 1


def keep_running(
    programs: Sequence[Program],
    *,
    say: Callable[[str], None],
    every: Callable[[], None] | None = None,
    seconds: float = 60.0,
    grace: float = 40.0,
) -> int:
    """Run the programs until a signal asks to stop; ``every`` is called each so many ``seconds``. The exit code.

    On SIGTERM or SIGINT each gets SIGTERM and may end what it is doing within ``grace`` seconds; a second signal ends
    them at once. A program that ends by itself is started again, later each time; one that cannot even start ends all.
    """
    stop = threading.Event()
    hurry = threading.Event()

    def asked(_number: int, _frame: object) -> None:
        (hurry if stop.is_set() else stop).set()

    before = {each: signal.signal(each, asked) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        for program in programs:
            program.start()
        code = _watch(programs, stop, say, every, seconds)
        _end(programs, hurry, grace, say)
        return code
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(
    programs: Sequence[Program],
    stop: threading.Event,
    say: Callable[[str], None],
    every: Callable[[], None] | None,
    seconds: float,
) -> int:
    called = time.monotonic()
    while not stop.is_set():
        now = time.monotonic()
        for program in programs:
            if program.process is None:
                if now >= program.not_before:
                    program.start()
                continue
            ended = program.process.poll()
            if ended is None:
                continue
            if program.starts == 1 and now - program.began < _SOON:
                say(f"{program.name} does not start (it ended with {ended})")
                return 1
            if now - program.began > 60:
                program.starts = 1
            wait = min(30.0, 0.5 * 2**program.starts)
            say(f"{program.name} ended with {ended}; started again in {wait:.0f} s")
            program.process, program.not_before = None, now + wait
        if every is not None and now - called >= seconds:
            every()
            called = time.monotonic()
        stop.wait(0.2)
    return 0


def _end(programs: Sequence[Program], hurry: threading.Event, grace: float, say: Callable[[str], None]) -> None:
    running = [each for each in programs if each.process is not None and each.process.poll() is None]
    for each in running:
        _signal(each, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while running and time.monotonic() < deadline and not hurry.is_set():
        hurry.wait(0.1)
        running = [each for each in running if each.process is not None and each.process.poll() is None]
    for each in running:
        say(f"{each.name} did not end in time and is stopped")
        _signal(each, signal.SIGKILL)
        if each.process is not None:
            each.process.wait()


def _signal(program: Program, number: int) -> None:
    if program.process is None:
        return
    try:
        program.process.send_signal(number)
    except ProcessLookupError:
        return


_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask Linux for a SIGTERM should the one who watches die, however it dies."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
