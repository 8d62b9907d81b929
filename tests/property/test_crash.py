"""The process is killed at random points of submission and posting; nothing is lost or doubled (``bench/crash.py``)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that can be killed")
def test_killed_at_random_points() -> None:
    run = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "crash.py"), "--trials", "6", "--seed", "3"],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    assert "nothing lost, nothing doubled" in run.stdout
