"""Which condition occasioned the stay where the list of diagnoses stands in another order than coding."""

import pytest

from nosology.coding.stay_kind import brings_catheter, follows_operation, is_rehabilitation


def _check(coded, cases):
    wrong = []
    for text, principal, beside in cases:
        found = {s.code: s.poa for s in coded(text.replace("|", "\n"), setting="inpatient").suggestions}
        first = next(iter(found), "")
        bad = [b for b in beside if not _stands(b, found)]
        if not first.startswith(principal) or bad:
            wrong.append((text, principal, bad, found))
    assert not wrong, wrong


def _stands(wanted: str, found: dict[str, str]) -> bool:
    """True if the code is there, with its indicator if one is given; "!" before a code that must not be."""
    code, _, poa = wanted.lstrip("!").partition(":")
    here = [c for c in found if c.startswith(code)]
    return bool(here) != wanted.startswith("!") and (not poa or [found[c] for c in here] == [poa])


def test_what_came_later_occasioned_nothing(coded):
    """A condition that the list dates to a later day is none that brought the patient in, wherever it stands.

    Source: ICD-10-CM Official Guidelines, Section II (UHDDS definition), II.F, Appendix I. Rules II-principal,
    Appendix-I-poa.
    """
    _check(
        coded,
        [
            (
                "DISCHARGE DIAGNOSES|1. Pulmonary embolism, hospital day 5|2. Acute appendicitis with perforation and "
                "localized peritonitis||He came with two days of right lower quadrant pain. Appendectomy.",
                "K35",
                ["I26.99:N"],
            ),
            (
                "Discharge diagnoses: 1) Acute kidney injury, day 3, from vancomycin 2) Cellulitis of the left leg||"
                "Admitted with redness of the left leg for IV vancomycin.",
                "L03.116",
                ["N17.9:N"],
            ),
            (
                "FINAL DIAGNOSES|1. Hospital-acquired pneumonia, day 6|2. Intertrochanteric fracture of the left femur|"
                "3. Dementia||Fell at home, nailing on day 2.",
                "S72.142",
                ["J18.9:N"],
            ),
            (
                "Final diagnoses:|1. Clostridioides difficile colitis (day 7)|2. Acute on chronic systolic heart failure||"
                "Admitted with dyspnea and edema.",
                "I50.23",
                ["A04.72:N"],
            ),
            (
                "DIAGNOSES AT DISCHARGE|1. NSTEMI, day 2|2. Coronary artery disease|3. Adenocarcinoma of the cecum, "
                "operation put off||She was admitted for an elective hemicolectomy for cancer of the cecum.",
                "C18.0",
                ["I21.4:N"],
            ),
            (
                "COURSE BY DAY|Days 1-3: Cellulitis of the left leg, vancomycin.|Days 4-6: Atrial fibrillation, metoprolol.",
                "L03.116",
                ["I48.91:N"],
            ),
        ],
    )


def test_lists_in_another_order(coded):
    """A lasting or accompanying condition at the head of a list gives way; a label that names a symptom says no more.

    Source: ICD-10-CM Official Guidelines, Section II, II.A. Rule II-principal.
    """
    _check(
        coded,
        [
            (
                "Discharge diagnoses:|1. Hypertension|2. Type 2 diabetes|3. Acute pyelonephritis||Admitted with fever.",
                "N10",
                [],
            ),
            (
                "Discharge diagnoses:|1. Obesity|2. Coronary artery disease|3. Acute cholecystitis with cholelithiasis",
                "K80.00",
                [],
            ),
            (
                "Principal problem: Chest pain|Active problems: hyperlipidemia, hypertension||Course: Troponin rose to "
                "14; NSTEMI, stented.",
                "I21.4",
                [],
            ),
            (
                "Principal problem: Abdominal pain|Active problems: obesity, GERD||Hospital course: Acute gallstone "
                "pancreatitis; cholecystectomy on day 3.",
                "K85.1",
                [],
            ),
            (
                "Principal Problem: Weakness|Active Problems: Hyponatremia, hypothyroidism||# Pneumonia of the left lower "
                "lobe: ceftriaxone.|# Hyponatremia: 131, normal at discharge.",
                "J18.9",
                [],
            ),
            ("Principal diagnosis: Acute pancreatitis|Secondary: Sepsis on day 5, type 2 diabetes", "K85.90", []),
            (
                "PRINCIPAL PROBLEM: Digoxin toxicity|SECONDARY: AKI||She fainted; complete heart block due to digoxin "
                "toxicity, digoxin taken as prescribed.",
                "I44.2",
                ["T46.0X5A", "N17.9"],
            ),
        ],
    )


def test_the_chart_says_what_the_admission_was_for(coded):
    """A sentence that states the reason for the admission goes before the order of the list.

    Source: ICD-10-CM Official Guidelines, Section II. Rule II-principal.
    """
    _check(
        coded,
        [
            (
                "Discharge diagnoses:|1. Hypokalemia|2. Acute kidney injury|3. Viral gastroenteritis||The admission was for "
                "viral gastroenteritis with dehydration.",
                "A08.4",
                [],
            ),
            ("Final diagnoses: atrial fibrillation; pneumonia.||The pneumonia occasioned the admission.", "J18.9", []),
            (
                "Diagnoses: AKI, obstructive uropathy, hyperkalemia.|Her hospitalization was due to hyperkalemia with ECG "
                "changes.",
                "E87.5",
                [],
            ),
            (
                "Final diagnoses: 1. Anemia 2. Acute pancreatitis.|The reason for admission was acute pancreatitis.",
                "K85",
                [],
            ),
            (
                "Diagnoses:|- Atrial flutter|- Cellulitis of right leg||This admission was for cellulitis of the right leg.",
                "L03",
                [],
            ),
        ],
    )


def test_complications_of_care_first(coded):
    """The complication goes before the sepsis, the infection and the failing kidney that it brought.

    Source: ICD-10-CM Official Guidelines, II.G, I.C.1.d.5. Rules II-principal, Appendix-I-poa.
    """
    _check(
        coded,
        [
            (
                "Discharge diagnoses:|1. Sepsis due to MSSA|2. Acute kidney injury|3. Infection of the left prosthetic hip "
                "joint||He was readmitted with fever and hip pain.",
                "T84.52XA",
                ["A41.01:Y"],
            ),
            (
                "Discharge diagnoses:|1. Sepsis, coagulase-negative staphylococcus|2. Bloodstream infection due to central "
                "venous catheter (PICC), present on admission",
                "T80.211A",
                ["A41.1"],
            ),
            (
                "Diagnoses: acute kidney injury; chronic rejection of kidney transplant. Sent from clinic.",
                "T86.11",
                ["N17.9"],
            ),
            (
                "Final diagnoses:|1. Urinary tract infection due to chronic indwelling suprapubic catheter|2. Delirium due to "
                "the infection||Brought from the nursing home, fever 39.",
                "T83.510A",
                ["N39.0:Y"],
            ),
            (
                "Twelve days after spinal fusion she presented with a draining wound.|Final diagnoses: 1. Cellulitis of "
                "back. 2. Deep incisional surgical site infection.",
                "T81.42XA",
                ["T81.42XA:Y"],
            ),
            ("Final diagnoses:|1. Pacemaker pocket infection|2. MRSA bacteremia|3. Heart failure", "T82.7XXA", []),
            (
                "Final diagnoses:|1. Adenocarcinoma of the sigmoid colon|2. Postprocedural sepsis, E. coli, after the "
                "sigmoid colectomy||Admitted for elective sigmoid colectomy for cancer.",
                "C18.7",
                ["T81.44XA:N", "A41.51:N"],
            ),
            (
                "She came to outpatient surgery for a hernia repair. She could not be woken; postprocedural respiratory "
                "failure, and she was admitted from the recovery room.|Diagnoses: inguinal hernia, right; postprocedural "
                "respiratory failure.",
                "J95.82",
                [],
            ),
        ],
    )


def test_the_acute_turn_first(coded):
    """Sepsis before the infected foot, peritonitis before the cirrhosis, the neutropenic fever before the cancer.

    Source: ICD-10-CM Official Guidelines, I.C.1.d.4, I.C.2.c, Section II; Tabular List I85.1 (code first).
    Rule II-principal.
    """
    _check(
        coded,
        [
            (
                "Discharge diagnoses:|1. Diabetic foot ulcer of the right heel with osteomyelitis|2. Sepsis, group B "
                "streptococcus, present on admission",
                "A40.1",
                [],
            ),
            (
                "Discharge diagnoses:|1. Necrotizing fasciitis of the left thigh|2. Septic shock, group A streptococcus",
                "A40.0",
                [],
            ),
            (
                "Discharge diagnoses:|1. Cellulitis of the right leg|2. Sepsis, developed on hospital day 4 from pneumonia",
                "L03.115",
                ["A41.9:N"],
            ),
            (
                "Discharge diagnoses:|1. Alcoholic cirrhosis with ascites|2. Spontaneous bacterial peritonitis",
                "K65.2",
                ["K70.31"],
            ),
            ("Final diagnoses: 1. Decompensated cirrhosis due to hepatitis C 2. Hepatorenal syndrome.", "K76.7", []),
            (
                "Final diagnoses: 1. Cirrhosis of the liver 2. Bleeding esophageal varices 3. Spontaneous bacterial "
                "peritonitis.",
                "K74.60",
                ["I85.11"],
            ),
            ("Final diagnoses: 1. Acute myeloid leukemia 2. Febrile neutropenia due to chemotherapy.", "D70.1", []),
            ("Final diagnoses:|1. Pancreatic cancer|2. Sepsis due to E. coli, present on admission", "A41.51", []),
        ],
    )


def test_rehabilitation(coded):
    """A stay for rehabilitation is for what the stroke or the injury left; the stroke itself lies behind.

    Source: ICD-10-CM Official Guidelines, II.K, I.C.9.d. Rules II-principal, I.C.9.d-sequelae.
    """
    _check(
        coded,
        [
            (
                "Inpatient rehabilitation discharge summary||Admitted for rehabilitation after a right basal ganglia "
                "hemorrhage six weeks ago. Left hemiparesis, dysarthria. Right-handed. Hypertension on lisinopril.",
                "I69.154",
                ["I69.122", "I10", "!I61"],
            ),
            (
                "REHABILITATION UNIT DISCHARGE SUMMARY|Reason: rehabilitation after ischemic stroke of the right MCA on "
                "03/01. Left hemiplegia, dysphagia, oropharyngeal phase.",
                "I69.354",
                ["I69.391", "R13.12", "!I63"],
            ),
            (
                "Inpatient Rehabilitation Discharge Summary|She was admitted for intensive therapy of her left hemiparesis "
                "and ataxia after a cerebellar infarct.",
                "I69.354",
                ["I69.393", "!I63"],
            ),
            (
                "Acute rehab discharge summary||This 81-year-old was admitted to inpatient rehabilitation after "
                "hemiarthroplasty for a displaced right femoral neck fracture. Urinary tract infection on day 5.",
                "S72.0",
                ["N39.0:N"],
            ),
            (
                "Discharge summary|Acute ischemic stroke of the left MCA with right hemiplegia.|Discharged to inpatient "
                "rehabilitation.",
                "I63",
                ["G81.91", "!I69"],
            ),
        ],
    )


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("Ten days after an urgent Hartmann procedure he returned with rigors.", follows_operation, True),
        ("She presented 3 weeks after a left total knee arthroplasty.", follows_operation, True),
        ("He came to day surgery for a hernia repair and was admitted with bleeding.", follows_operation, True),
        ("Two days after admission a cholecystectomy was done.", follows_operation, False),
        ("Three days after the operation he developed pneumonia.", follows_operation, False),
        ("A Foley catheter changed every month by a home nurse.", brings_catheter, True),
        ("Chronic indwelling Foley.", brings_catheter, True),
        ("A Foley catheter was placed in the operating room.", brings_catheter, False),
        ("INPATIENT REHABILITATION DISCHARGE SUMMARY", is_rehabilitation, True),
        ("She was admitted for comprehensive rehabilitation.", is_rehabilitation, True),
        ("Discharged to acute rehab.", is_rehabilitation, False),
        ("He will be admitted to inpatient rehabilitation.", is_rehabilitation, False),
    ],
)
def test_kinds_of_stays(text, kind, wanted):
    assert kind(text) is wanted


def test_what_was_not_explained(coded):
    """A symptom of which no cause was found stands first; not beside a disease that brings a patient by itself.

    Source: ICD-10-CM Official Guidelines II.A, I.C.18.a. Rules II-principal, I.B.5-integral.
    """
    cases = [
        ("Syncope of unknown cause: telemetry and echo normal. Hypertension, amlodipine continued.", "R55"),
        ("Abdominal pain of unclear etiology, CT normal. Type 2 diabetes, metformin.", "R10.9"),
        ("Chest pain, cause not established: stress test normal. Hypertension, amlodipine.", "R07.9"),
        ("Abdominal pain. Acute pancreatitis, cause not found; no stones, no alcohol.", "K85.90"),
        ("Syncope. Complete heart block, pacemaker. The cause of the block is unknown.", "I44.2"),
    ]
    for text, wanted in cases:
        found = [s.code for s in coded(f"Hospital course:\n{text}", setting="inpatient").suggestions]
        assert found[0] == wanted, (text, found)


def test_what_brought_a_demand_infarction(coded):
    """A type 2 infarction heads the list, its cause occasioned the stay ("code first the underlying cause").

    Source: Tabular List, I21.A1; Guidelines I.C.9.e.5. Rule II-principal.
    """
    cases = [
        ("2. Bleeding duodenal ulcer\nHospital course: Black stools for two days. Clips, 3 units.", "K26.4"),
        ("2. Sepsis due to pneumonia\nHospital course: Fever for three days. Ceftriaxone.", "A41.9"),
    ]
    for text, wanted in cases:
        note = f"Discharge diagnoses:\n1. Type 2 myocardial infarction\n{text}"
        found = [s.code for s in coded(note, setting="inpatient").suggestions]
        assert found[0] == wanted, (text, found)
        assert "I21.A1" in found


def test_rehabilitation_of_a_fracture(coded):
    """In rehabilitation the fracture is one that heals; what breaks on the ward is new.

    Source: ICD-10-CM Official Guidelines II.K, I.C.19.a. Rule II.K-healing-injuries.
    """
    head = "INPATIENT REHABILITATION DISCHARGE SUMMARY\n"
    cases = [
        ("Transferred to our unit after a displaced intertrochanteric fracture of the left femur, nailed.", "S72.142D"),
        ("Came after a fragility fracture of the left hip in osteoporosis. Hypertension.", "M80.052D"),
    ]
    for text, wanted in cases:
        found = [s.code for s in coded(head + text, setting="inpatient").suggestions]
        assert found[0] == wanted, (text, found)
    fell = f"{head}{cases[0][0]} A fall on the unit broke her right wrist."
    found = [s.code for s in coded(fell, setting="inpatient").suggestions]
    assert "S72.142D" in found
    assert any(code.startswith("S62.1") and code.endswith("A") for code in found), found
