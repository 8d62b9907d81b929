"""Work handed to several processes comes back in order, and what goes wrong in one is told."""

from __future__ import annotations

import os
import time

import pytest

from nosology.cli.jobs import count_jobs, map_in_order
from nosology.errors import NosologyError, UsageError


def slow_for_even(number: int) -> int:
    time.sleep(0.01 if number % 2 == 0 else 0)
    return number * number


def fail_at_three(number: int) -> int:
    if number == 3:
        raise UsageError("three")
    return number


def end_at_three(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_order(jobs: int) -> None:
    assert list(map_in_order(slow_for_even, range(40), jobs=jobs)) == [number * number for number in range(40)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_one_raises_is_raised(jobs: int) -> None:
    with pytest.raises(UsageError, match="three"):
        list(map_in_order(fail_at_three, range(9), jobs=jobs))


def test_a_process_that_ends_is_told() -> None:
    with pytest.raises(NosologyError, match="ended by itself"):
        list(map_in_order(end_at_three, range(9), jobs=2))


def repeat(chunk: bytes) -> bytes:
    return chunk * 3


def test_chunks_and_results_larger_than_any_pipe() -> None:
    chunks = [bytes([65 + number]) * 2_000_000 for number in range(6)]
    assert list(map_in_order(repeat, chunks, jobs=2)) == [chunk * 3 for chunk in chunks]


def test_nothing_to_do() -> None:
    assert list(map_in_order(slow_for_even, [], jobs=2)) == []


def test_count() -> None:
    assert count_jobs(3) == 3
    assert count_jobs(0) >= 1
