"""``nosology group`` with one process and with one for each core: encounters a second by the clock, and their ratio.

``python bench/group_jobs.py [ENCOUNTERS] [--rounds N]``: the same file for both, best of the rounds, which alternate;
start and end of the processes are in the time. Both outputs are compared byte for byte. The first round
writes the compiled modules that an installed program has.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grouping import make_encounters


def run(path: Path, jobs: int) -> tuple[float, str]:
    """Seconds by the clock, and the digest of the output."""
    words = [sys.executable, "-m", "nosology", "group", str(path), "--drg", "--hcc", "--format", "jsonl"]
    words += ["--jobs", str(jobs)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        subprocess.run(words, stdout=out, check=False, env=environment)
        seconds = time.perf_counter() - start
        out.seek(0)
        return seconds, hashlib.file_digest(out, "sha256").hexdigest()


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "encounters.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for each in make_encounters(options.count):
                given = {
                    "id": each.id, "age": each.age, "sex": each.sex, "discharged": str(each.discharged),
                    "diagnoses": [{"code": one.code, "poa": one.poa} for one in each.diagnoses],
                    "procedures": [one.code for one in each.procedures],
                }  # fmt: skip
                file.write(json.dumps(given) + "\n")
        best = {1: 1e9, cores: 1e9}
        digests = set()
        for _round in range(options.rounds):
            for jobs in best:
                seconds, digest = run(path, jobs)
                best[jobs] = min(best[jobs], seconds)
                digests.add(digest)
        assert len(digests) == 1, "the outputs differ"
    one, all_cores = (options.count / best[jobs] for jobs in (1, cores))
    print(f"group --drg --hcc, {options.count:,} encounters, by the clock:")
    print(f"1 process {one:.0f}/s, {cores} processes {all_cores:.0f}/s, ratio {all_cores / one:.2f}")


if __name__ == "__main__":
    main()
