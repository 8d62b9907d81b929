"""``make bench``: speed and memory, as ratios to a medspaCy pipeline with the same titles, in the same run.

One core each, by turns, by processor time, so that a busy machine changes the ratio little; the median of the turns.
Notes of 1 KB and 5 KB are cut from the charts of examples/. Prints whether the engine runs compiled, notes a second,
the ratio, resident memory, the cold start of ``nosology code`` and the time of the first build (these two by the
clock). ``--no-rival`` leaves the rival out; ``--gold FILE`` adds the accuracy on a gold file, ``--terms FILE`` how
often ``search`` finds a term at rank 1.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"1 KB": 1_000, "5 KB": 5_000}
ON = date(2026, 5, 4)
COUNT = 24
TURNS = 7


def cut_notes(size: int) -> list[str]:
    """Notes of ``size`` characters: the charts joined, cut at line ends, from different places."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt")))
    text += text[:size]
    starts = [number * (len(text) - size) // (COUNT - 1) for number in range(COUNT)]
    return [text[max(text.rfind("\n", 0, start) + 1, 0) :][:size] for start in starts]


class Ours:
    """Our engine in this process, loaded once; ``turn`` codes notes for some seconds."""

    def __init__(self) -> None:
        from nosology.model.note import Document
        from nosology.pipeline import code_note, load_coder

        self._code: Callable[[str], object] = lambda text: code_note(
            Document("bench", text), setting="outpatient", on=ON
        )
        started = time.perf_counter()
        load_coder(ON)
        self._code("Hypertension.")
        self.load_seconds = time.perf_counter() - started
        self.notes = {name: cut_notes(size) for name, size in SIZES.items()}
        for notes in self.notes.values():
            for note in notes:
                self._code(note)

    def turn(self, size: str, seconds: float) -> float:
        """Notes a second of processor time."""
        notes, done = self.notes[size], 0
        started = time.process_time()
        while time.process_time() - started < seconds:
            self._code(notes[done % COUNT])
            done += 1
        return done / (time.process_time() - started)


class Rival:
    """The medspaCy pipeline in its own environment and process, which works only in its turns."""

    def __init__(self, notes: dict[str, list[str]]) -> None:
        from nosology.codes.icd10cm import open_icd10cm

        icd = open_icd10cm(on=ON)
        titles = {code: icd.title(code) for code in icd.codes() if icd.is_billable(code)}
        self.titles = len(titles)
        self.rss_mb = 0.0
        python = ROOT / ".venv-bench" / "bin" / "python"
        self._process = subprocess.Popen(
            [python, ROOT / "bench" / "medspacy_rival.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.build_seconds = float(self._ask({"titles": titles, "notes": notes})["build_seconds"])

    def turn(self, size: str, seconds: float) -> float:
        """Notes a second of processor time."""
        answer = self._ask({"size": size, "seconds": seconds})
        self.rss_mb = float(answer["rss_mb"])
        return float(answer["notes_per_second"])

    def close(self) -> None:
        """End its process."""
        self._process.communicate()

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        while line := self._process.stdout.readline():
            if line.startswith("{"):
                answer: dict[str, Any] = json.loads(line)
                return answer
        sys.exit("the rival failed; its message stands above")


def measure_cold_start(times: int = 7) -> tuple[float, float, float]:
    """Median and worst seconds of ``nosology code NOTE`` as a new process, all built; its median processor time.

    The package is compiled to bytecode first, as an installed one is.
    """
    compileall.compile_dir(ROOT / "src", quiet=1)
    note = ROOT / "examples" / "clinic_chronic_followup.txt"
    command = [sys.executable, "-m", "nosology", "code", str(note), "--on", ON.isoformat()]
    taken, worked = [], []
    for _ in range(times):
        started, before = time.perf_counter(), os.times()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        after = os.times()
        taken.append(time.perf_counter() - started)
        worked.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return statistics.median(taken), max(taken), statistics.median(worked)


def measure_first_build() -> float:
    """Seconds of the first ``nosology code`` in an empty data folder."""
    note = ROOT / "examples" / "clinic_chronic_followup.txt"
    with tempfile.TemporaryDirectory() as home:
        started = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "nosology", "code", str(note), "--on", ON.isoformat()],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"NOSOLOGY_HOME": home},
        )
        return time.perf_counter() - started


def read_peak_rss_mb() -> float:
    """Peak resident memory of this process, MB."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def print_gold(path: Path) -> None:
    """The accuracy on a gold file, as ``nosology evaluate`` prints it."""
    subprocess.run([sys.executable, "-m", "nosology", "evaluate", str(path)], check=True)


def print_terms(path: Path) -> None:
    """How often the code of a term comes first, or in ten; the file is a CSV with the columns term and code."""
    import csv

    import nosology

    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    first = ten = category = 0
    taken = []
    nosology.search("warm up", on=ON)
    for row in rows:
        started = time.perf_counter()
        found = [hit.code for hit in nosology.search(row["term"], limit=10, on=ON)]
        taken.append(time.perf_counter() - started)
        first += found[:1] == [row["code"]]
        ten += row["code"] in found
        category += bool(found) and found[0][:3] == row["code"][:3]
    print(
        f"search: {len(rows)} terms, rank 1 {first / len(rows):.3f}, in ten {ten / len(rows):.3f}, "
        f"category at rank 1 {category / len(rows):.3f}; {1000 * statistics.median(taken):.1f} ms a query (target 20)"
    )


def main() -> None:
    """Measure, and print the figures with their targets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8.0, help="for each size of note")
    parser.add_argument("--no-rival", action="store_true")
    parser.add_argument("--gold", type=Path, action="append", default=[])
    parser.add_argument("--terms", type=Path)
    options = parser.parse_args()

    from nosology.native import describe_engine

    print(f"first build (release and lexicon): {measure_first_build():6.1f} s      target under 60 s")
    ours = Ours()
    print(f"engine:                            {describe_engine():>8}")
    median, worst, worked = measure_cold_start()
    print(f"cold start of nosology code:       {median:6.2f} s      worst {worst:.2f} s, target under 1 s")
    print(f"  its processor time:              {worked:6.2f} s      what a machine with nothing else to do would take")
    print(f"loading in the library:            {ours.load_seconds:6.2f} s")
    rival = None if options.no_rival else Rival(ours.notes)
    # the machine may change pace while it measures, so the two take turns; the median of the ratios counts
    for size in SIZES:
        turns = [
            (ours.turn(size, options.seconds / TURNS), rival.turn(size, options.seconds / TURNS) if rival else 0.0)
            for _ in range(TURNS)
        ]
        line = f"notes of {size}: {statistics.median(a for a, _b in turns):8.1f} a second of processor time"
        if rival is not None:
            ratios = sorted(a / b for a, b in turns)
            line += (
                f"   medspaCy {statistics.median(b for _a, b in turns):6.1f}   ratio {statistics.median(ratios):6.1f} "
                f"({ratios[0]:.1f} to {ratios[-1]:.1f}), target at least 10"
            )
        print(line)
    memory = read_peak_rss_mb()
    print(f"resident memory:                   {memory:6.0f} MB     target under 600 MB")
    if rival is not None:
        rival.close()
        print(
            f"medspaCy: {rival.titles} titles, built in {rival.build_seconds:.1f} s, {rival.rss_mb:.0f} MB "
            f"(ratio of memory {rival.rss_mb / memory:.2f})"
        )
    for gold in options.gold:
        print_gold(gold)
    if options.terms:
        print_terms(options.terms)


if __name__ == "__main__":
    main()
