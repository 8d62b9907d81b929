"""HCC scores of a population in columns against ``hccinfhir`` one by one, in the same run, by processor time.

``python bench/hcc_population.py [BENEFICIARIES] [--rival N] [--model V28 …]``: a million synthetic beneficiaries by
default, the same in every run. ``hccinfhir`` scores the first N of them (all with ``--rival 0``) and is taken per
beneficiary; the categories and scores of the first hundred are shown to equal those of the engine for one person.
"""

from __future__ import annotations

import argparse
import resource
import time
from typing import Any

import numpy as np

from nosology.grouping.hcc import score_hcc
from nosology.grouping.hcc_columnar import Population, score_population
from nosology.grouping.hcc_tables import MODELS, open_hcc_tables
from nosology.model.encounter import Diagnosis, Encounter, HccProfile


def make_population(count: int) -> tuple[Population, np.ndarray[Any, Any]]:
    """Beneficiaries of 30 to 100 years with 0 to 16 codes, half of which map; and where each one begins."""
    chance = np.random.default_rng(20260504)
    mapped = np.array(sorted(open_hcc_tables("V28").categories), dtype="S8")
    other = np.array(["I10", "E785", "Z0000", "M545", "R0789", "J069", "K219", "H2513", "N390", "R5383"], dtype="S8")
    numbers = chance.integers(0, 17, count)
    total = int(numbers.sum())
    code = np.where(
        chance.random(total) < 0.5, mapped[chance.integers(0, len(mapped), total)], other[chance.integers(0, 10, total)]
    )
    age = np.clip(chance.normal(73, 11, count), 30, 100).astype(np.int64)
    people = Population(
        age=age,
        sex=np.where(chance.random(count) < 0.55, "F", "M"),
        person=np.repeat(np.arange(count), numbers),
        code=code,
        dual_status=chance.choice(["00", "02", "01"], count, p=[0.8, 0.14, 0.06]),
        orec=np.where((age < 65) | (chance.random(count) < 0.1), "1", "0"),
        long_term_institutional=chance.random(count) < 0.02,
        new_enrollee=chance.random(count) < 0.05,
    )
    return people, np.concatenate([[0], np.cumsum(numbers)])


def one_of(people: Population, ends: np.ndarray[Any, Any], place: int) -> Encounter:
    """One beneficiary as an encounter."""
    codes = [code.decode() for code in people.code[ends[place] : ends[place + 1]].tolist()]
    profile = HccProfile(
        dual_status=str(people.dual_status[place]),
        orec=str(people.orec[place]),
        new_enrollee=bool(people.new_enrollee[place]),
        long_term_institutional=bool(people.long_term_institutional[place]),
    )
    return Encounter(
        str(place), age=int(people.age[place]), sex=str(people.sex[place]),
        diagnoses=tuple(Diagnosis(code) for code in codes), hcc=profile,
    )  # fmt: skip


def main() -> None:
    """Run and print."""
    from hccinfhir.model_calculate import calculate_raf

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--rival", type=int, default=4000)
    parser.add_argument("--model", nargs="*", choices=list(MODELS), default=list(MODELS))
    options = parser.parse_args()
    people, ends = make_population(options.count)
    sample = [one_of(people, ends, place) for place in range(min(options.rival or options.count, options.count))]
    for model in options.model:
        score_population(Population(age=[70], sex="F", person=[0], code=["I5022"]), model=model)  # opens the tables
        for warm in sample[:50]:
            calculate_raf([each.code for each in warm.diagnoses], MODELS[model], warm.age, warm.sex)
        start = time.process_time()
        for each in sample:
            who = each.hcc or HccProfile()
            calculate_raf(
                [one.code for one in each.diagnoses], MODELS[model], each.age, each.sex, who.dual_status,
                orec=who.orec, new_enrollee=who.new_enrollee, lti=who.long_term_institutional,
            )  # fmt: skip
        theirs = (time.process_time() - start) / len(sample)
        start = time.process_time()
        found = score_population(people, model=model)
        ours = (time.process_time() - start) / options.count
        for each, row in zip(sample[:100], found.rows(), strict=False):
            result = score_hcc(each, model=model)
            assert row == (result.segment, result.hccs, result.score, result.demographic_score)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"HCC {model:<8}  {options.count:,} people, {len(people.code):,} codes: hccinfhir {1 / theirs:8.0f}/s"
            f"   nosology {1 / ours:10.0f}/s   speed ratio {theirs / ours:5.0f}   peak {peak:.0f} MB"
        )


if __name__ == "__main__":
    main()
