"""Drugs given: dose strings in all their forms, the units of titles, billing units and what was discarded."""

from __future__ import annotations

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from nosology.codes.ndc import read_ndc
from nosology.codes.ndc_crosswalk import CrosswalkRow
from nosology.coding.drugs.billing import bill_drug, ndc_quantity
from nosology.coding.drugs.dose import PROBLEMS, parse_dose
from nosology.coding.drugs.hcpcs_units import read_hcpcs_unit


def rows(table: str) -> list[dict[str, str]]:
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    heads = [head.strip() for head in lines[0].split("|")]
    return [dict(zip(heads, map(str.strip, line.split("|")), strict=True)) for line in lines[2:]]


DOSES = """
text                                             | dose
-------------------------------------------------|--------------
ceftriaxone 1 g IM                               | 1000 mg
ceftriaxone 1g IV                                | 1000 mg
ceftriaxone 1 gm IV push                         | 1000 mg
ceftriaxone 1 gram                               | 1000 mg
ceftriaxone 1000 mg                              | 1000 mg
ceftriaxone 1,000 mg                             | 1000 mg
ceftriaxone 500mg IM                             | 500 mg
triamcinolone 40 mg                              | 40 mg
triamcinolone 40mg/1mL                           | !strength
triamcinolone (40 mg/mL) 1 mL                    | 40 mg
Depo-Medrol 80 mg/mL, 1 mL                       | 80 mg
Depo-Medrol 1 cc of 80 mg/cc                     | 80 mg
Depo-Medrol 80 mg                                | 80 mg
40 mg (1 mL of 40 mg/mL)                         | 40 mg
40 mg (1 mL)                                     | 40 mg
0.5 mL of 10 mg/mL                               | 5 mg
.5 mL of 10 mg/mL                                | 5 mg
½ mL of 40 mg/mL                                 | 20 mg
1½ mL of 40 mg/mL                                | 60 mg
1.5 mL of 40 mg per mL                           | 60 mg
2 mL of 30 mg/mL                                 | 60 mg
1 mL of Kenalog-40                               | 40 mg
0.5 cc Kenalog-10                                | 5 mg
Kenalog-40 1 mL                                  | 40 mg
Kenalog 40 mg                                    | 40 mg
Kenalog-40                                       | !strength
two 50 mg vials                                  | 100 mg
2 vials of 50 mg                                 | 100 mg
three 100 mg vials                               | 300 mg
1 vial of 250 mg                                 | 250 mg
a 30 mg syringe                                  | 30 mg
1 amp of 30 mg                                   | 30 mg
3 tablets of 5 mg                                | 15 mg
2 x 50 mg                                        | 100 mg
50 mg x 2                                        | 100 mg
30 mg IM x 1                                     | 30 mg
60mg IM x1                                       | 60 mg
1 g IV x 3 doses                                 | 3000 mg
1 g IV q8h x 3 doses                             | 3000 mg
1,000 mcg                                        | 1 mg
1000 mcg IM                                      | 1 mg
500 micrograms                                   | 0.5 mg
300 µg                                           | 0.3 mg
0.4 mg                                           | 0.4 mg
10 units                                         | 10 unit
10 u subcutaneously                              | 10 unit
5,000 units                                      | 5000 unit
5000 IU                                          | 5000 unit
1000 international units                         | 1000 unit
30 MU                                            | 30000000 unit
1.2 million units                                | 1200000 unit
2.4 million units IM                             | 2400000 unit
40,000 units                                     | 40000 unit
1,500 IU                                         | 1500 unit
20 mEq                                           | 20 meq
10 mCi                                           | 10 mci
100 mg in 4 mL                                   | 100 mg
40 mg in 2 mL IV                                 | 40 mg
25 mg/mL, 2 mL                                   | 50 mg
100 mg/5 mL, 10 mL                               | 200 mg
1000 units/mL, 5 mL                              | 5000 unit
10,000 units/mL 0.5 mL                           | 5000 unit
0.5 g (500 mg)                                   | 500 mg
lidocaine 1% 5 mL                                | 50 mg
5 mL of 2% lidocaine                             | 100 mg
bupivacaine 0.25% 4 mL                           | 10 mg
2 mg/kg, 70 kg                                   | 140 mg
2 mg/kg (70 kg)                                  | 140 mg
15 mg/kg, weight 80 kg, over 2 hours             | 1200 mg
15 mg/kg for a weight of 80 kg = 1200 mg         | 1200 mg
1 mg/kg, 200 lb                                  | 90.718474 mg
5 mg/kg (350 mg) for 70 kg                       | 350 mg
5 mcg/kg, 60 kg                                  | 0.3 mg
5 mg/kg, total 350 mg                            | 350 mg
75 mg/m2, BSA 1.8 m2                             | 135 mg
75 mg/m2 (BSA of 2.0) = 150 mg                   | 150 mg
100 mg/m2, total dose 180 mg                     | 180 mg
2 mg/hr from 10:00 to 14:00                      | 8 mg
2 mg/hr start 0900, stop 1130                    | 5 mg
2 mg/hr from 23:00 to 01:00                      | 4 mg
125 mL/hr for 8 hours                            | 1000 ml
100 mL/hr over 90 minutes                        | 150 ml
1 g over 30 minutes                              | 1000 mg
1 g IV from 10:00 to 10:30                       | 1000 mg
500 mg infused over 2 hours                      | 500 mg
5 mcg/kg/min, 70 kg, for 60 min                  | 21 mg
10 units/hr for 3 hours                          | 30 unit
normal saline 1 L                                | 1000 ml
normal saline 500 mL bolus                       | 500 ml
1000 cc                                          | 1000 ml
40 mg into each knee                             | 80 mg
20 mg per eye                                    | !each
40 mg in each shoulder                           | 80 mg
1 vial                                           | 1 each
2 doses                                          | 2 each
one dose                                         | 1 each
an implant                                       | 1 each
80 mg from a 100 mg single-dose vial             | 80 mg
155 units from a 200 unit vial, 45 units wasted  | 155 unit
ketorolac 30 mg/mL 1 mL vial                     | 30 mg
25 gauge needle, 40 mg                           | 40 mg
22G 1.5 inch needle; 40 mg                       | 40 mg
NDC 0009-0280-02, lot AB123, 40 mg               | 40 mg
lot 4471, exp 10/2027, 60 mg                     | 60 mg
40-80 mg                                         | !range
40 to 80 mg                                      | !range
40 mg to 80 mg                                   | !range
5 or 10 mg                                       | !range
5–10 mg                                          | !range
up to 40 mg                                      | !range
max 40 mg                                        | !range
<40 mg                                           | !range
no more than 100 mg                              | !range
about 40 mg                                      | !approximate
~40 mg                                           | !approximate
approximately 2 mL of 40 mg/mL                   | !approximate
2 mg/kg                                          | !weight
75 mg/m2                                         | !surface
2 mg/hr                                          | !rate
5 mcg/kg/min, 70 kg                              | !rate
80 mg/mL                                         | !strength
2% lidocaine                                     | !strength
1 g IV q8h                                       | !frequency
40 mg daily                                      | !frequency
500 mg BID                                       | !frequency
10 mg every 4 hours                              | !frequency
5 mg PRN                                         | !frequency
40 mg bilaterally                                | !each
40 mg in both knees                              | !each
40 mg each                                       | !each
40 mg and 20 mg                                  | !conflict
40 mg, then 60 mg                                | !conflict
1 mL of 40 mg/mL (80 mg)                         | !conflict
15 mg/kg, 80 kg = 1500 mg                        | !conflict
0 mg                                             | !zero
0 mL of 40 mg/mL                                 | !zero
1,5 mg                                           | !number
10,00 mg                                         | !number
given                                            | !amount
40                                               | !amount
40 m                                             | !amount
ten of them                                      | !amount
mg                                               | !amount
steroid injection                                | !amount
"""


@pytest.mark.parametrize("row", rows(DOSES), ids=lambda row: row["text"])
def test_dose(row: dict[str, str]) -> None:
    dose = parse_dose(row["text"])
    assert (str(dose.amount) if dose.amount else f"!{dose.problem}") == row["dose"]
    assert dose.amount is not None or dose.problem in PROBLEMS


TITLES = """
title                                                                                         | unit
----------------------------------------------------------------------------------------------|----------
Injection, ceftriaxone sodium, per 250 mg                                                     | 250 mg
Injection, methylprednisolone acetate, 1 mg                                                   | 1 mg
Injection, methylprednisolone sodium succinate, up to 40 mg                                   | 40 mg
Injection, triamcinolone acetonide, not otherwise specified, 10 mg                            | 10 mg
Injection, ketorolac tromethamine, per 15 mg                                                  | 15 mg
Injection, penicillin g benzathine, 100,000 units                                             | 100000 unit
Injection, heparin sodium, per 1000 units                                                     | 1000 unit
Injection, onabotulinumtoxina, 1 unit                                                         | 1 unit
Injection, vitamin b-12 cyanocobalamin, up to 1000 mcg                                        | 1 mg
Injection, epoetin alfa, (for non-esrd use), 1000 units                                       | 1000 unit
Injection, darbepoetin alfa, 1 microgram (non-esrd use)                                       | 0.001 mg
Injection, ampicillin sodium/sulbactam sodium, per 1.5 gm                                     | 1500 mg
Injection, piperacillin sodium/tazobactam sodium, 1 gram/0.125 grams (1.125 grams)            | 1125 mg
Injection, betamethasone acetate 3 mg and betamethasone sodium phosphate 3 mg                 | 6 mg
Injection, immune globulin, (octagam), intravenous, non-lyophilized (e.g., liquid), 500 mg    | 500 mg
Infusion, normal saline solution , 1000 cc                                                    | 1000 ml
Infusion, normal saline solution, sterile (500 ml = 1 unit)                                   | 500 ml
Hyaluronan or derivative, euflexxa, for intra-articular injection, per dose                   | 1 each
Injection, cytomegalovirus immune globulin intravenous (human), per vial                      | 1 each
Etonogestrel (contraceptive) implant system, including implant and supplies                   | 1 each
Factor viii (antihemophilic factor, human) per i.u.                                           | 1 unit
Injection, torsemide, 10 mg/ml                                                                | 10 mg
Injection, thyrotropin alpha, 0.9 mg, provided in 1.1 mg vial                                 | 0.9 mg
Injection, digoxin, up to 0.5 mg                                                              | 0.5 mg
Technetium tc-99m sestamibi, diagnostic, per study dose                                       | 1 each
Apligraf, per square centimeter                                                               | 1 sq cm
Injection, magnesium sulfate, per 500 mg                                                      | 500 mg
Injection, potassium chloride, per 2 meq                                                      | 2 meq
Unclassified drugs                                                                            | -
Injection, talimogene laherparepvec, per 1 million plaque forming units                       | -
Not otherwise classified, antineoplastic drugs                                                | -
"""


@pytest.mark.parametrize("row", rows(TITLES), ids=lambda row: row["title"])
def test_unit_of_a_title(row: dict[str, str]) -> None:
    unit = read_hcpcs_unit(row["title"])
    assert (str(unit.size) if unit else "-") == row["unit"]


# lines: units, with JW or JZ; "!" and the id of the finding where there are none; "?" and a finding beside the units
BILLED = """
unit of the code  | dose                                                          | on         | lines
------------------|---------------------------------------------------------------|------------|----------------
per 250 mg        | 1 g IM                                                        | 2026-05-04 | 4
per 250 mg        | 500 mg                                                        | 2026-05-04 | 2
per 250 mg        | 600 mg                                                        | 2026-05-04 | 3
per 250 mg        | 100 mg                                                        | 2026-05-04 | 1
1 mg              | 80 mg/mL, 1 mL                                                | 2026-05-04 | 80
up to 40 mg       | 40 mg                                                         | 2026-05-04 | 1
up to 40 mg       | 41 mg                                                         | 2026-05-04 | 2
up to 40 mg       | 20 mg                                                         | 2026-05-04 | 1
up to 125 mg      | 125 mg                                                        | 2026-05-04 | 1
10 mg             | triamcinolone 40 mg                                           | 2026-05-04 | 4
10 mg             | 0.5 mL of 10 mg/mL                                            | 2026-05-04 | 1
10 mg             | 40 mg into each knee                                          | 2026-05-04 | 8
per 15 mg         | Toradol 60 mg IM                                              | 2026-05-04 | 4
per 15 mg         | Toradol 30 mg IM                                              | 2026-05-04 | 2
up to 1000 mcg    | 1,000 mcg                                                     | 2026-05-04 | 1
up to 1000 mcg    | 1 mg                                                          | 2026-05-04 | 1
100,000 units     | 1.2 million units                                             | 2026-05-04 | 12
100,000 units     | 2.4 MU                                                        | 2026-05-04 | 24
per 1000 units    | 5,000 units                                                   | 2026-05-04 | 5
per 500 units     | 1250 units                                                    | 2026-05-04 | 3
1 microgram       | 300 mcg                                                       | 2026-05-04 | 300
1 mg              | 2 mg/kg, 70 kg                                                | 2026-05-04 | 140
1 mg              | 75 mg/m2, BSA 1.8 m2                                          | 2026-05-04 | 135
10 mg             | 5 mg/kg, 71 kg                                                | 2026-05-04 | 36
1000 cc           | normal saline 1 L                                             | 2026-05-04 | 1
1000 cc           | 1500 mL                                                       | 2026-05-04 | 2
500 ml            | 125 mL/hr for 8 hours                                         | 2026-05-04 | 2
1000 cc           | 0.9% sodium chloride 1000 mL                                  | 2026-05-04 | 1
per dose          | 1 dose                                                        | 2026-05-04 | 1
per vial          | 2 vials                                                       | 2026-05-04 | 2
per vial          | two 50 mg vials                                               | 2026-05-04 | 2
1 unit            | 155 units from a 200 unit single-dose vial, 45 units wasted   | 2026-05-04 | 155, 45 JW
1 unit            | 200 units from two 100 unit single-dose vials                 | 2026-05-04 | 200 JZ
10 mg             | 80 mg from a 100 mg single-dose vial, 20 mg discarded         | 2026-05-04 | 8, 2 JW
10 mg             | 80 mg from a 100 mg single-dose vial                          | 2026-05-04 | 8, 2 JW
10 mg             | 100 mg from a 100 mg single-dose vial                         | 2026-05-04 | 10 JZ
10 mg             | 100 mg from a 100 mg single-dose vial                         | 2023-06-30 | 10
10 mg             | 100 mg from a 100 mg single-dose vial                         | 2023-07-01 | 10 JZ
10 mg             | 80 mg from a 100 mg single-dose vial, 20 mg discarded         | 2016-12-31 | 8
10 mg             | 7 mg from a 10 mg single-dose vial, 3 mg discarded            | 2026-05-04 | 1 JZ
10 mg             | 95 mg from a 100 mg single-dose vial, 5 mg wasted             | 2026-05-04 | 10 JZ
10 mg             | 150 mg from a 100 mg single-dose vial                         | 2026-05-04 | 15, 5 JW
1 mg              | 40 mg, single-dose vial, no waste                             | 2026-05-04 | 40 JZ
1 mg              | 40 mg single-use vial, waste: none                            | 2026-05-04 | 40 JZ
10 mg             | 80 mg from a 100 mg multi-dose vial, 20 mg discarded          | 2026-05-04 | 8
10 mg             | 80 mg from a 100 mg MDV                                       | 2026-05-04 | 8
10 mg             | 80 mg, 20 mg discarded                                        | 2026-05-04 | 8 ?drug.container
10 mg             | 80 mg from a 100 mg single-dose vial, 30 mg discarded         | 2026-05-04 | 8 ?drug.waste
1 mg              | 1 mL of 40 mg/mL, single-dose vial, 0.5 mL wasted             | 2026-05-04 | 40, 20 JW
1 mg              | 40-80 mg                                                      | 2026-05-04 | !drug.dose
1 mg              | 2 mg/kg                                                       | 2026-05-04 | !drug.dose
1 mg              | given                                                         | 2026-05-04 | !drug.dose
1 mg              | 0 mg                                                          | 2026-05-04 | !drug.dose
1 mg              | 80 mg/mL                                                      | 2026-05-04 | !drug.dose
1 mg              | 10 units                                                      | 2026-05-04 | !drug.mismatch
1 mg              | 2 mL                                                          | 2026-05-04 | !drug.mismatch
100 units         | 30 mg                                                         | 2026-05-04 | !drug.mismatch
per dose          | 2 mL                                                          | 2026-05-04 | !drug.mismatch
not classified    | 40 mg                                                         | 2026-05-04 | !drug.unit
1 mg              | 5000 g                                                        | 2026-05-04 | !drug.implausible
0.001 mg          | 400 g                                                         | 2026-05-04 | !drug.implausible
1 unit            | 900,000,000,000 units                                         | 2026-05-04 | !drug.implausible
"""


@pytest.mark.parametrize("row", rows(BILLED), ids=lambda row: f"{row['unit of the code']}: {row['dose']}")
def test_billed(row: dict[str, str]) -> None:
    title = f"Injection, made-up drug, {row['unit of the code']}"
    billing = bill_drug("J9999", title, parse_dose(row["dose"]), on=date.fromisoformat(row["on"]))
    lines = ", ".join(f"{line.units} {line.modifier}".strip() for line in billing.lines)
    found = " ".join(finding.rule for finding in billing.findings)
    assert (f"{lines} ?{found}" if lines and found else lines or f"!{found}") == row["lines"]
    assert all("Medicare Claims Processing Manual" in finding.citation for finding in billing.findings)
    assert bool(billing.lines) == (billing.units is not None)
    assert bool(billing.steps) == bool(billing.lines)


def test_there_are_enough_cases() -> None:
    assert len(rows(DOSES)) + len(rows(TITLES)) + len(rows(BILLED)) >= 150


def test_bands_of_doses() -> None:
    below = "Injection, made-up drug, less than or equal to 100 mg"
    above = "Injection, made-up drug, greater than 100 mg"
    day = date(2026, 5, 4)
    assert bill_drug("Q1", below, parse_dose("100 mg"), on=day).units == 1
    assert bill_drug("Q2", above, parse_dose("300 mg"), on=day).units == 1
    assert [f.rule for f in bill_drug("Q1", below, parse_dose("300 mg"), on=day).findings] == ["drug.mismatch"]
    assert [f.rule for f in bill_drug("Q2", above, parse_dose("100 mg"), on=day).findings] == ["drug.mismatch"]


def test_weight_from_elsewhere_in_the_chart() -> None:
    assert str(parse_dose("2 mg/kg IV", weight_kg=Decimal(70)).amount) == "140 mg"


def test_quantity_of_the_ndc() -> None:
    ndc = read_ndc("0999-1234-05").ndc
    assert ndc is not None
    row = CrosswalkRow("J9999", ndc, "Exemplin", "10 mg", Decimal(1), Decimal(25), Decimal(4), Decimal(100))
    billing = bill_drug("J9999", "Injection, 10 mg", parse_dose("60 mg"), on=date(2026, 5, 4))
    assert ndc_quantity(billing, row) == Decimal("1.5")
    assert ndc_quantity(bill_drug("J9999", "Injection, 10 mg", parse_dose("some"), on=date(2026, 5, 4)), row) is None


@pytest.mark.skipif(importlib.util.find_spec("hypothesis") is None, reason="hypothesis is not installed")
def test_any_text_is_read_or_refused() -> None:
    from hypothesis import given, settings
    from hypothesis import strategies as st

    words = st.sampled_from(
        ["40", "mg", "mL", "1", "2.5", "x", "/", "kg", "of", "vial", "%", "to", "-", "over", "10:00", "hours", "(", ")"]
    )

    @settings(max_examples=300, deadline=None)
    @given(st.one_of(st.text(max_size=60), st.lists(words, max_size=12).map(" ".join)))
    def check(text: str) -> None:
        dose: Any = parse_dose(text)
        assert (dose.amount is None) == bool(dose.problem)
        assert dose.amount is None or dose.amount.amount > 0

    check()


def test_every_title_at_hand_is_read_or_has_no_unit(shared_data: Path, tmp_path: Path) -> None:
    from nosology.codes.hcpcs import open_hcpcs
    from nosology.codes.install import install_from

    install_from("hcpcs", shared_data / "codesets" / "hcpcs", home=tmp_path)
    drugs = [
        each for each in open_hcpcs(home=tmp_path) if each.code.startswith("J") and each.in_force(date(2024, 8, 1))
    ]
    unread = [each.code for each in drugs if read_hcpcs_unit(each.title) is None]
    assert len(unread) < 0.04 * len(drugs)
