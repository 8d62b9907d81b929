"""Work on many chunks by several processes, results in the order of the chunks.

Each process has one chunk at work and one at hand, so that it never waits for this one; whoever is ahead gets the next.
Finished chunks wait for their turn, and no more than a few do, so that memory stays small however large the file. No
threads: a fork stays safe.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
from typing import Any, TypeVar

from nosology.errors import NosologyError, UsageError

__all__ = ["count_jobs", "map_in_order"]

_Chunk = TypeVar("_Chunk")
_Result = TypeVar("_Result")
_WAITING = 8  # finished chunks for each process that may wait for an earlier one
_AHEAD = 2  # chunks that each process holds
_BUFFER = 1 << 20  # bytes of a pipe, where the platform lets us say: a result of that size waits for nobody


def count_jobs(asked: int) -> int:
    """How many processes to use: as many as asked, with 0 as many as this process may have cores.

    Raises:
        UsageError: a negative number.
    """
    if asked < 0:
        raise UsageError(f"--jobs {asked}: must be 0 (every core) or more")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return asked or cores


def map_in_order(work: Callable[[_Chunk], _Result], chunks: Iterable[_Chunk], *, jobs: int) -> Iterator[_Result]:
    """The result of ``work`` on each chunk, in order, by ``jobs`` processes (1: in this one).

    ``work`` must be a function of a module, or a ``functools.partial`` of one. What it raises is raised here.
    """
    if jobs <= 1:
        yield from map(work, chunks)
        return
    fork = "fork" in multiprocessing.get_all_start_methods() and threading.active_count() == 1
    context: Any = multiprocessing.get_context("fork" if fork else "spawn")
    workers: list[_Worker] = []
    processes = []
    try:
        for _number in range(jobs):
            get, tell = context.Pipe(duplex=False)
            read, answer = context.Pipe(duplex=False)
            worker = _Worker(tell, read)
            others = [each for one in (*workers, worker) for each in (one.tell, one.read)] if fork else []
            process = context.Process(target=_serve, args=(work, get, answer, others), daemon=True)
            process.start()
            get.close()
            answer.close()
            worker.room = _widen(tell) // 2
            _widen(read)
            workers.append(worker)
            processes.append(process)
        yield from _hand_out(workers, iter(chunks))
    finally:
        for worker in workers:
            worker.tell.close()
            worker.read.close()
        for process in processes:
            process.join(timeout=5)
            if process.is_alive():
                process.terminate()


@dataclass(slots=True)
class _Worker:
    """A process as seen from here: the ends of its two pipes, and the numbers of the chunks that it holds, in order.

    ``room`` is the size of a chunk that can be told while it is at work: a larger one would wait for it, and it for us.
    """

    tell: Connection
    read: Connection
    room: int = 0
    held: deque[int] = field(default_factory=deque)

    def takes(self, chunk: bytes) -> bool:
        """Whether it can be given one more chunk."""
        return not self.held or (len(self.held) < _AHEAD and len(chunk) <= self.room)


def _widen(pipe: Connection) -> int:
    """Let a pipe hold a whole result: its size in bytes from now on, 0 where it is not known (not on Linux)."""
    if sys.platform != "linux":
        return 0
    import fcntl

    try:
        return int(fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _BUFFER))
    except OSError:  # more than this user may have
        return 0


def _hand_out(workers: list[_Worker], chunks: Iterator[Any]) -> Iterator[Any]:
    finished: dict[int, Any] = {}
    given = shown = 0
    following = _take(chunks)
    while following is not None or shown < given:
        while following is not None and given - shown < _WAITING * len(workers):
            worker = min(workers, key=_count_held)
            if not worker.takes(following):
                break
            _send(worker, following)
            worker.held.append(given)
            given += 1
            following = _take(chunks)
        if shown not in finished:
            for ready in wait([worker.read for worker in workers if worker.held]):
                worker = next(each for each in workers if each.read is ready)
                finished[worker.held.popleft()] = _receive(worker)
        if shown in finished:  # one at a time: first whoever is free gets something to do
            yield finished.pop(shown)
            shown += 1


def _count_held(worker: _Worker) -> int:
    return len(worker.held)


def _take(chunks: Iterator[Any]) -> bytes | None:
    """The next chunk as its process reads it, None after the last."""
    for chunk in chunks:
        return bytes(ForkingPickler.dumps(chunk))
    return None


def _send(worker: _Worker, chunk: bytes) -> None:
    try:
        worker.tell.send_bytes(chunk)
    except (BrokenPipeError, ConnectionResetError):
        raise NosologyError(_ENDED) from None


def _receive(worker: _Worker) -> Any:
    try:
        good, result = worker.read.recv()
    except EOFError:
        raise NosologyError(_ENDED) from None
    if not good:
        raise result
    return result


_ENDED = "a process that grouped ended by itself; run again with --jobs 1"


def _serve(work: Callable[[Any], Any], get: Connection, answer: Connection, others: list[Connection]) -> None:
    """What each process does: chunks in, results out, until the pipe is closed. ``others`` came with the fork."""
    for other in others:
        other.close()
    while True:
        try:
            chunk = get.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            found: tuple[bool, Any] = (True, work(chunk))
        except KeyboardInterrupt:
            return
        except Exception as error:
            found = (False, error)
        try:
            answer.send(found)
        except (BrokenPipeError, OSError):
            return
