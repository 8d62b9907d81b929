"""Reads a claim file with the models of LinuxForHealth; prints the least seconds of processor time of some runs.

Runs in .venv-bench-x12, since those models need the former pydantic: ``python lfh_rival.py FILE TIMES``.
"""

from __future__ import annotations

import sys
import time

from linuxforhealth.x12.io import X12ModelReader


def read(path: str) -> float:
    """Seconds of processor time for every model of the file."""
    start = time.process_time()
    with X12ModelReader(path) as reader:
        found = sum(1 for _ in reader.models())
    if not found:
        sys.exit("LinuxForHealth read nothing")
    return time.process_time() - start


if __name__ == "__main__":
    print(min(read(sys.argv[1]) for _ in range(int(sys.argv[2]))))
