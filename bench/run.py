"""``make bench``: speed and memory, as ratios to a medspaCy pipeline with the same titles, in the same run.

One core each, one after the other, by processor time, so that a busy machine does not change the ratio. Notes of 1 KB
and 5 KB are cut from the charts of examples/. Prints notes a second, the ratio, resident memory, the cold start of
``nosology code`` and the time of the first build (these two by the clock). ``--no-rival`` leaves the comparison out;
``--gold FILE`` adds the accuracy on a gold file, ``--terms FILE`` how often ``search`` finds a term at rank 1.
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
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"1 KB": 1_000, "5 KB": 5_000}
ON = date(2026, 5, 4)
COUNT = 24


def cut_notes(size: int) -> list[str]:
    """Notes of ``size`` characters: the charts joined, cut at line ends, from different places."""
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "examples").glob("*.txt")))
    text += text[:size]
    starts = [number * (len(text) - size) // (COUNT - 1) for number in range(COUNT)]
    return [text[max(text.rfind("\n", 0, start) + 1, 0) :][:size] for start in starts]


def measure_ours(seconds: float) -> dict[str, Any]:
    """Our figures, in this process: load once, then code the notes for the given seconds per size."""
    from nosology.model.note import Document
    from nosology.pipeline import code_note, load_coder

    started = time.perf_counter()
    load_coder(ON)
    code_note(Document("warm", "Hypertension."), setting="outpatient", on=ON)
    loaded = time.perf_counter() - started
    rates = {}
    for name, size in SIZES.items():
        notes = cut_notes(size)
        for note in notes:
            code_note(Document("warm", note), setting="outpatient", on=ON)
        done = 0
        started = time.process_time()
        while time.process_time() - started < seconds:
            code_note(Document(str(done), notes[done % COUNT]), setting="outpatient", on=ON)
            done += 1
        rates[name] = done / (time.process_time() - started)
    return {"load_seconds": loaded, "rss_mb": read_peak_rss_mb(), "notes_per_second": rates}


def measure_rival(seconds: float) -> dict[str, Any]:
    """The figures of the medspaCy pipeline, in its own environment and process."""
    from nosology.codes.icd10cm import open_icd10cm

    icd = open_icd10cm(on=ON)
    work = {
        "titles": {code: icd.title(code) for code in icd.codes() if icd.is_billable(code)},
        "notes": {name: cut_notes(size) for name, size in SIZES.items()},
        "seconds": seconds,
    }
    python = ROOT / ".venv-bench" / "bin" / "python"
    run = subprocess.run(
        [python, ROOT / "bench" / "medspacy_rival.py"],
        input=json.dumps(work),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        sys.exit(f"the rival failed:\n{run.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    result["titles"] = len(work["titles"])
    return result


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

    print(f"first build (release and lexicon): {measure_first_build():6.1f} s      target under 60 s")
    ours = measure_ours(options.seconds)
    median, worst, worked = measure_cold_start()
    print(f"cold start of nosology code:       {median:6.2f} s      worst {worst:.2f} s, target under 1 s")
    print(f"  its processor time:              {worked:6.2f} s      what a machine with nothing else to do would take")
    print(f"resident memory:                   {ours['rss_mb']:6.0f} MB     target under 600 MB")
    print(f"loading in the library:            {ours['load_seconds']:6.2f} s")
    rival = None if options.no_rival else measure_rival(options.seconds)
    if rival is not None:  # the machine may change pace while it measures: ours once more after the rival, and the mean
        again = measure_ours(options.seconds)["notes_per_second"]
        ours["notes_per_second"] = {size: (rate + again[size]) / 2 for size, rate in ours["notes_per_second"].items()}
    for size, rate in ours["notes_per_second"].items():
        line = f"notes of {size}: {rate:8.1f} a second of processor time"
        if rival is not None:
            other = rival["notes_per_second"][size]
            line += f"   medspaCy {other:6.1f}   ratio {rate / other:6.1f}, target at least 20"
        print(line)
    if rival is not None:
        print(
            f"medspaCy: {rival['titles']} titles, built in {rival['build_seconds']:.1f} s, {rival['rss_mb']:.0f} MB "
            f"(ratio of memory {rival['rss_mb'] / ours['rss_mb']:.2f})"
        )
    for gold in options.gold:
        print_gold(gold)
    if options.terms:
        print_terms(options.terms)


if __name__ == "__main__":
    main()
