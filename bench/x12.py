"""How fast X12 is validated and read, beside pyx12, on a file of professional claims made here; memory of a stream.

    python bench/x12.py [CLAIMS] [--stream CLAIMS] [--rival PYTHON]

Validation: SNIP 1 to 2, 1 to 4 and 1 to 7 against pyx12's full validation with its 999, the same file in the same
run, seconds of processor time, the best of three each. Reading: claims per second to Claim objects. Memory: the peak
of a process that reads, and of one that validates, a file of 100,000 claims in one transaction set.
The models of LinuxForHealth read the same file in the same run, in an environment of their own that ``make bench``
makes.
"""

from __future__ import annotations

import argparse
import io
import logging
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from nosology.x12.claim_837 import read_837
from nosology.x12.syntax import Delimiters, OutgoingGroup, OutgoingTransaction, SegmentWriter, write_interchange_parts
from nosology.x12.validate import validate

RIVAL = Path(__file__).resolve().parent / "lfh_rival.py"


def make_file(path: Path, claims: int) -> None:
    """Write a file of claims of one to three lines, the same in every run."""
    chance = random.Random(20260504)
    writer = SegmentWriter()
    writer.add("BHT", "0019", "00", "1", "20260504", "1200", "CH")
    writer.add("NM1", "41", "2", "EXAMPLE CLINIC", "", "", "", "", "46", "12345")
    writer.add("PER", "IC", "DESK", "TE", "2175550100")
    writer.add("NM1", "40", "2", "EXAMPLE PLAN", "", "", "", "", "46", "67890")
    writer.add("HL", "1", "", "20", "1")
    writer.add("NM1", "85", "2", "EXAMPLE CLINIC", "", "", "", "", "XX", "1234567893")
    writer.add("N3", "1 MAIN STREET")
    writer.add("N4", "SPRINGFIELD", "IL", "627010001")
    writer.add("REF", "EI", "123456789")
    for number in range(claims):
        add_claim(writer, chance, number)
    group = OutgoingGroup(
        "HC", "005010X222A1", "1", [OutgoingTransaction("837", "0001", writer.texts, "005010X222A1")]
    )  # fmt: skip
    parts = write_interchange_parts(
        [group], sender=("ZZ", "CLINIC"), receiver=("ZZ", "PAYER"), created="202605041200", control="1",
        delimiters=Delimiters(line_end="\n"),
    )  # fmt: skip
    with path.open("w", encoding="ascii") as file:
        file.writelines(parts)


def add_claim(writer: SegmentWriter, chance: random.Random, number: int) -> None:
    """A subscriber who is the patient, and the claim."""
    writer.add("HL", str(number + 2), "1", "22", "0")
    writer.add("SBR", "P", "18", f"GRP{chance.randrange(1000)}", "", "", "", "", "", "CI")
    name = (f"LAST{chance.randrange(100000)}", f"FIRST{chance.randrange(1000)}")
    writer.add("NM1", "IL", "1", *name, "", "", "", "MI", f"M{number:09d}")
    writer.add("N3", f"{chance.randrange(1, 9999)} ELM STREET")
    writer.add("N4", "SPRINGFIELD", "IL", "62701")
    born = f"19{chance.randrange(30, 99)}{chance.randrange(1, 13):02d}{chance.randrange(1, 29):02d}"
    writer.add("DMG", "D8", born, chance.choice("FM"))
    writer.add("NM1", "PR", "2", "EXAMPLE PLAN", "", "", "", "", "PI", "67890")
    charges = [chance.randrange(50, 500) for _ in range(chance.randrange(1, 4))]
    place = writer.composite("11", "B", "1")
    writer.add("CLM", f"C{number:07d}", str(sum(charges)), "", "", place, "Y", "A", "Y", "Y")
    writer.add("REF", "D9", f"X{number:09d}")
    first, second = chance.choice(("E119", "I10", "J069", "M545")), chance.choice(("E785", "K219", "Z794"))
    writer.add("HI", writer.composite("ABK", first), writer.composite("ABF", second))
    writer.add("NM1", "82", "1", f"DOE{chance.randrange(50)}", "JANE", "", "", "", "XX", "1234567893")
    writer.add("PRV", "PE", "PXC", "207Q00000X")
    for line, charge in enumerate(charges, 1):
        writer.add("LX", str(line))
        code = writer.composite("HC", chance.choice(("99213", "99214", "36415", "80053")))
        writer.add("SV1", code, str(charge), "UN", "1", "", "", writer.composite("1", "2"))
        writer.add("DTP", "472", "D8", f"202604{chance.randrange(1, 29):02d}")
        writer.add("REF", "6R", f"L{number}-{line}")


def judge_by_pyx12(path: Path) -> bool:
    """pyx12's full validation, with the 999 that it writes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyx12.params
        import pyx12.x12n_document

        logging.disable(logging.CRITICAL)
        return bool(
            pyx12.x12n_document.x12n_document(
                pyx12.params.params(), str(path), fd_997=io.StringIO(), fd_html=None, fd_xmldoc=None, map_path=None
            )
        )


def best(run: Callable[[], object], times: int = 3) -> float:
    """The least seconds of processor time of some runs."""
    found = []
    for _ in range(times):
        start = time.process_time()
        run()
        found.append(time.process_time() - start)
    return min(found)


def count(things: Iterator[object]) -> int:
    """How many there are, none of them kept."""
    return sum(1 for _ in things)


PEAK = """
import sys
from pathlib import Path
from nosology.x12.claim_837 import read_837
from nosology.x12.validate import validate
path = Path(sys.argv[2])
made = read_837(path) if sys.argv[1] == "read" else validate(path, snip=4)
found = sum(1 for _ in made)
status = Path("/proc/self/status").read_text()
print(found, int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def main(claims: int, streamed: int, python: Path | None) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "claims.837"
        make_file(file, claims)
        print(f"{claims} claims, {file.stat().st_size / 1e6:.2f} MB")
        assert judge_by_pyx12(file), "pyx12 does not accept the file"
        rival = best(lambda: judge_by_pyx12(file))
        print(f"pyx12 full validation     {claims / rival:8.0f} claims/s")
        for snip in (2, 4, 7):
            assert not list(validate(file, snip=min(snip, 4)))
            ours = best(lambda snip=snip: count(validate(file, snip=snip)))  # type: ignore[misc]
            print(f"validation, SNIP 1 to {snip}   {claims / ours:8.0f} claims/s   {rival / ours:5.1f} times pyx12")
        reading = best(lambda: count(read_837(file)))
        print(f"reading to Claim objects  {claims / reading:8.0f} claims/s   {rival / reading:5.1f} times pyx12")
        if python is not None:
            models = float(
                subprocess.run([python, RIVAL, file, "3"], capture_output=True, text=True, check=True).stdout
            )
            print(
                f"LinuxForHealth models     {claims / models:8.0f} claims/s   ours {models / reading:.1f} times as fast"
            )
        if streamed:
            make_file(file, streamed)
            for what in ("read", "validate"):
                run = subprocess.run(
                    [sys.executable, "-c", PEAK, what, str(file)], capture_output=True, text=True, check=True
                )  # fmt: skip
                found, peak = run.stdout.split()
                print(f"{what} {streamed} claims in one transaction set: peak {peak} MB ({found} found)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", nargs="?", type=int, default=1000)
    parser.add_argument("--stream", type=int, default=100_000)
    parser.add_argument("--rival", type=Path, help="the Python that has LinuxForHealth")
    options = parser.parse_args()
    main(options.claims, options.stream, options.rival)
