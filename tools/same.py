"""Whether the compiled engine answers as the interpreted one does: ``python tools/same.py``, after ``make native``.

Two processes code the charts of ``tests/golden`` and ``examples``, one of them with ``NOSOLOGY_PURE``, as those of a
clinic, of a hospital, and in scope "all"; everything that ``code_note`` returns is compared: codes, order, evidence,
steps, probabilities, queries, findings. Exit code 0: all the same; 1: the notes that differ are named; 3: the engine is
not compiled.
"""

from __future__ import annotations

import argparse
import dataclasses
import enum
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ON = date(2026, 5, 4)
WAYS = (("outpatient", "reportable"), ("inpatient", "reportable"), ("outpatient", "all"))
NOT_COMPILED = 3


def charts() -> Iterator[tuple[str, str]]:
    """Name and text of every chart of the repository."""
    for path in sorted((ROOT / "tests" / "golden").glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            if text := row.get("text") or row.get("note"):
                yield f"{path.stem}/{row['id']}", text
    for path in sorted((ROOT / "examples").rglob("*.txt")):
        yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def plain(value: Any) -> Any:
    """Everything that a result holds as JSON can say it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=repr)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | None) else repr(value)


def print_answers(part: int) -> None:
    """Print a line for each note, setting and scope: what it is, and the digest of what is answered."""
    from nosology.model.note import Document
    from nosology.native import describe_engine
    from nosology.pipeline import code_note

    print(describe_engine())
    for name, text in list(charts())[::part]:
        for setting, scope in WAYS:
            try:
                answer = plain(code_note(Document(name, text), setting=setting, on=ON, scope=scope))
            except Exception as error:  # it must be the same, too
                answer = repr(error)
            digest = hashlib.sha256(json.dumps(answer, sort_keys=True).encode()).hexdigest()
            print(f"{name}, {setting}, {scope}\t{digest}")


def main() -> None:
    """Ask both, and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", action="store_true", help="print the answers of this process, nothing else")
    parser.add_argument("--part", type=int, default=1, help="only each so-manieth chart")
    options = parser.parse_args()
    if options.answers:
        print_answers(options.part)
        return
    command = [sys.executable, __file__, "--answers", "--part", str(options.part)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"NOSOLOGY_PURE": pure})
        for pure in ("", "1")
    ]
    said = [process.communicate()[0].splitlines() for process in running]
    if any(process.returncode for process in running):
        sys.exit("a process failed; its message stands above")
    (compiled, *answers), (_source, *expected) = said
    if compiled != "native":
        print(f"the engine is not compiled: {compiled}", file=sys.stderr)
        sys.exit(NOT_COMPILED)
    wrong = [one.split("\t")[0] for one, other in zip(answers, expected, strict=True) if one != other]
    print(f"{len(answers)} answers compared, {len(wrong)} differ")
    for name in wrong:
        print(f"  {name}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
