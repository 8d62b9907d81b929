"""Work on many chunks by several processes, results in the order of the chunks.

Each process has one chunk at a time, and whoever is free gets the next; finished chunks wait for their turn, and no
more than a few do, so that memory stays small however large the file. No threads: a fork stays safe.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, TypeVar

from nosology.errors import NosologyError, UsageError

__all__ = ["count_jobs", "map_in_order"]

_Chunk = TypeVar("_Chunk")
_Result = TypeVar("_Result")
_WAITING = 8  # finished chunks for each process that may wait for an earlier one


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
    pipes: list[Connection] = []
    processes = []
    try:
        for _number in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(work, theirs, [*pipes, ours] if fork else []), daemon=True)
            process.start()
            theirs.close()
            pipes.append(ours)
            processes.append(process)
        yield from _hand_out(pipes, iter(chunks))
    finally:
        for pipe in pipes:
            pipe.close()
        for process in processes:
            process.join(timeout=5)
            if process.is_alive():
                process.terminate()


def _hand_out(pipes: list[Connection], chunks: Iterator[Any]) -> Iterator[Any]:
    at_work: dict[Connection, int] = {}
    finished: dict[int, Any] = {}
    free = list(pipes)
    given = shown = 0
    more = True
    while more or at_work or finished:
        while more and free and len(finished) < _WAITING * len(pipes):
            chunk = next(chunks, _END)
            if chunk is _END:
                more = False
                break
            pipe = free.pop()
            pipe.send(chunk)
            at_work[pipe] = given
            given += 1
        for ready in wait(list(at_work)) if at_work and shown not in finished else ():
            assert isinstance(ready, Connection)
            try:
                good, result = ready.recv()
            except EOFError:
                raise NosologyError("a process that grouped ended by itself; run again with --jobs 1") from None
            if not good:
                raise result
            finished[at_work.pop(ready)] = result
            free.append(ready)
        while shown in finished:
            yield finished.pop(shown)
            shown += 1
            if more and free:
                break  # first give the free ones something to do


_END = object()


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """What each process does: chunks in, results out, until the pipe is closed. ``others`` came with the fork."""
    for other in others:
        other.close()
    while True:
        try:
            chunk = pipe.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            answer: tuple[bool, Any] = (True, work(chunk))
        except KeyboardInterrupt:
            return
        except Exception as error:
            answer = (False, error)
        try:
            pipe.send(answer)
        except (BrokenPipeError, OSError):
            return
