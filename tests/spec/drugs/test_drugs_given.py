"""Drugs given in the encounter: what is coded with which units, and what is passed over."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from nosology.codes.install import install_from
from nosology.model.coding import CodedNote
from nosology.model.note import Document
from nosology.pipeline import code_note

ON = date(2026, 5, 4)

# codes: code × units, with the modifier; "-" for none; "?" and the id of a finding
CASES = r"""
note                                                                                                 | codes
-----------------------------------------------------------------------------------------------------|---------------------------
Rocephin 1 g IM given in the office today for acute otitis media.                                    | J0696×4
Ceftriaxone 500 mg IM was administered.                                                              | J0696×2
Strep pharyngitis. Bicillin L-A 1.2 million units IM x1 today.                                       | J0561×12
Benzathine PCN 2.4 MU IM x1 given today, observed 20 min.                                            | J0561×24
Triamcinolone 40 mg injected into the right knee today under sterile technique.                      | J3301×4
Today I injected the right subacromial space with 40 mg of triamcinolone and lidocaine.              | J3301×4
I injected 0.5 mL of 40 mg/mL triamcinolone with 0.5 mL of 1% lidocaine into the sheath.             | J3301×2
The knee was injected with 1 mL of Kenalog-40 and 4 mL of 1% lidocaine.                              | J3301×4
Both knees were prepped and each injected with 40 mg Kenalog.                                        | J3301×8
Infliximab 365 mg IV infused in clinic. Four 100 mg single-dose vials opened, 35 mg discarded.       | J1745×37 J1745-JW×3
Toradol 30 g IM given in the office today.                                                           | J1885×none ?drug.implausible
Eylea 2 mg injected into the right eye today. Betadine prep. Single-dose vial, no waste.             | J0178-JZ×2
Injected each knee with 40 mg Depo-Medrol.                                                           | J1010×80
Depo-Medrol 80 mg IM given.                                                                          | J1010×80
Depo-Provera 150 mg IM administered in the left deltoid.                                             | J1050×150
B12 1000 mcg IM given today.                                                                         | J3420×1
Denosumab 120 mg given in clinic today.                                                              | J0897×120
OnabotulinumtoxinA 155 units by the PREEMPT protocol given today in 31 sites.                        | J0585×155
Botox 155 units injected from a 200 unit single-dose vial, 45 units wasted.                          | J0585×155 J0585-JW×45
Keytruda 200 mg IV infused over 30 minutes from two 100 mg single-dose vials, no waste.              | J9271-JZ×200
Received Remicade 5 mg/kg IV today. Weight: 80 kg.                                                   | J1745×40
Decadron 10 mg IM given for croup.                                                                   | J1100×10
Solumedrol 125 mg IV was given and Benadryl 50 mg IV.                                                | J2919×25 J1200×1
Pt given Toradol 60 mg IM and Zofran 4 mg IV in ED; discharged home on ibuprofen.                    | J1885×4 J2405×4
MEDICATIONS ADMINISTERED:\nKetorolac 30 mg IV\nOndansetron 4 mg IV\nNormal saline 1 L IV bolus       | J1885×2 J2405×4 J7030×1
Synvisc-One 48 mg injected in the left knee.                                                         | J7325×48
Euflexxa injected today, 1 dose, right knee.                                                         | J7323×1
Dose of darbepoetin 60 mcg given today.                                                              | J0881×60
Iron sucrose 200 mg IV was infused in the office.                                                    | J1756×200
Toradol given IM.                                                                                    | J1885×none ?drug.dose
Rocephin 1-2 g IM given today.                                                                       | J0696×none ?drug.dose
Methylprednisolone 80 mg IM given today.                                                             | - ?drug.ambiguous
Toradol 30 mg IM given today.\nKetorolac 60 mg IM given today.                                       | J1885×none ?drug.dose
Toradol 30 mg IM given today.\nKetorolac 30 mg IM given at 10:00.                                    | J1885×2
Plan: will give ceftriaxone 1 g IM tomorrow.                                                         | -
She received ceftriaxone at urgent care yesterday.                                                   | -
Prescribed ketorolac 10 mg PO.                                                                       | -
She declined Toradol 30 mg IM.                                                                       | -
Ceftriaxone 1 g IM was not given.                                                                    | -
Home medications: Prolia 60 mg every 6 months                                                        | -
MEDICATIONS:\nKetorolac 30 mg IV\nRocephin 1 g IM daily                                              | -
She should receive Rocephin 1 g IM if no better.                                                     | -
Received 2 doses of ceftriaxone prior to arrival.                                                    | -
Dexamethasone 10 mg PO given here.                                                                   | -
Dexamethasone 0.6 mg/kg given here with a second dose for tomorrow.                                  | -
Lidocaine 1% 5 mL was injected.                                                                      | -
She takes Humira every two weeks.                                                                    | -
Given her age, ceftriaxone is an option.                                                             | -
Father was given Rocephin 1 g IM.                                                                    | -
He was given Rocephin in 2019.                                                                       | -
ALLERGIES: ceftriaxone (rash after it was given IM)                                                  | -
Last Depo-Provera 150 mg IM given last month.                                                        | -
"""


@pytest.fixture(scope="module")
def books(shared_data: Path, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with what is built in the session's and HCPCS."""
    code_note(Document("first", "Cough."), setting="outpatient", on=ON, home=home)
    folder = tmp_path_factory.mktemp("books")
    for path in home.rglob("*"):
        target = folder / path.relative_to(home)
        if path.is_dir():
            target.mkdir(parents=True, exist_ok=True)
        elif path.suffix not in (".lock", ".stamp"):
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
    install_from("hcpcs", shared_data / "codesets" / "hcpcs", home=folder)
    return folder


def note_of(text: str) -> Document:
    text = text.replace("\\n", "\n")
    return Document("case", text if text.split(":")[0].isupper() else f"ASSESSMENT AND PLAN:\n{text}")


def drugs_of(coded: CodedNote) -> str:
    found = [
        "-".join([each.code, *each.modifiers]) + f"×{each.units if each.units is not None else 'none'}"
        for each in coded.suggestions
        if each.system == "hcpcs"
    ]
    said = [f"?{each.rule}" for each in coded.findings if each.rule.startswith("drug.")]
    return " ".join([*(found or ["-"]), *said])


def cases() -> list[tuple[str, str]]:
    lines = [line for line in CASES.strip().splitlines()[2:] if line.strip()]
    return [(note.strip(), codes.strip()) for note, codes in (line.rsplit("|", 1) for line in lines)]


@pytest.mark.parametrize(("note", "codes"), cases(), ids=[note[:60] for note, _codes in cases()])
def test_drugs_given(books: Path, note: str, codes: str) -> None:
    coded = code_note(note_of(note), setting="outpatient", on=ON, home=books)
    assert drugs_of(coded) == codes
    text = coded.note.document.text
    for suggestion in coded.suggestions:
        assert suggestion.evidence
        for evidence in suggestion.evidence:
            assert text[evidence.span.start : evidence.span.end] == evidence.quote


@pytest.mark.parametrize(
    ("setting", "codes"), [("emergency", "J0696×4"), ("professional", "J0696×4"), ("inpatient", "-")]
)
def test_settings(books: Path, setting: str, codes: str) -> None:
    coded = code_note(note_of("Rocephin 1 g IM given today."), setting=setting, on=ON, home=books)
    assert drugs_of(coded) == codes


def test_not_installed_is_said_only_where_a_drug_was_given(home: Path) -> None:
    given = code_note(note_of("Rocephin 1 g IM given today."), setting="outpatient", on=ON, home=home)
    (finding,) = [each for each in given.findings if each.rule == "release.hcpcs"]
    assert finding.fix == "nosology codesets install hcpcs --from FILE"
    assert finding.severity == "information"
    none = code_note(note_of("Rocephin 1 g IM was not given."), setting="outpatient", on=ON, home=home)
    assert not [each for each in none.findings if each.rule == "release.hcpcs"]


def test_codes_of_the_date(books: Path) -> None:
    coded = code_note(note_of("Rocephin 1 g IM given today."), setting="outpatient", on=ON, home=books)
    assert [each.rule for each in coded.findings if each.rule == "release.hcpcs"]
    (drug,) = [each for each in coded.suggestions if each.system == "hcpcs"]
    assert drug.role == "procedure"
    assert drug.release == "2024-07-01"
    assert any("rounded up" in step.result for step in drug.steps)
