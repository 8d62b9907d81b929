"""Principal diagnosis and indicators of presence on admission."""


def test_principal(coded):
    """The labelled or first listed condition that can be principal; the chapter rules after it.

    Source: ICD-10-CM Official Guidelines, Section II. Rule II-principal.
    """
    cases = [
        ("Principal diagnosis: Acute pancreatitis\nSecondary: Hypertension, type 2 diabetes", "K85.90"),
        (
            "Hospital course:\nHypertension was stable.\nDischarge diagnosis:\n1. Cellulitis of the left leg\n2. Hypertension",
            "L03.116",
        ),
        ("Discharge diagnosis:\n1. Pneumonia\n2. Sepsis", "A41.9"),
        ("Discharge diagnosis:\n1. Chest pain\n2. NSTEMI", "I21.4"),
        ("58M with hypertension and GERD admitted with acute appendicitis.", "K35"),
    ]
    for text, wanted in cases:
        found = coded(text, setting="inpatient").suggestions
        assert found[0].code.startswith(wanted[:3]), (text, [s.code for s in found])


def test_principal_in_prose(coded):
    """Without a list of diagnoses: what the prose gives as the reason, not the first, the oldest or the late condition.

    Source: ICD-10-CM Official Guidelines, Section II, II.B, II.C, I.C.2.e.2. Rules II-principal,
    I.C.2.e.2-chemotherapy-admission.
    """
    cases = [
        (
            "HPI:\nShe has cirrhosis and type 2 diabetes. Her main problem, and the reason she was admitted, was "
            "cellulitis of the left leg.\nHospital course:\nCirrhosis was stable.",
            "L03",
        ),
        (
            "Past medical history: COPD, hypertension.\nHospital course:\nThe picture on arrival was that of pneumonia.",
            ("J18", "J44.0"),
        ),
        (
            "5-month-old girl admitted from the ED with 3 days of cough.\nCourse in the ED: fluid bolus for dehydration."
            "\nHospital course:\nRSV bronchiolitis, weaned to room air.\nDehydration: maintenance fluids.",
            "J21",
        ),
        ("70M with hypertension and atrial fibrillation, admitted with acute pancreatitis.", "K85"),
        ("72F with CKD stage 4 presented with melena and was found to have a bleeding duodenal ulcer.", "K26"),
        (
            "HPI:\nHe has multiple myeloma and hypothyroidism and came in with acute appendicitis.\nHospital course:\n"
            "On hospital day 3 he developed pneumonia.",
            "K35",
        ),
        ("58M, known gout, brought to the ED after collapse; CT showed a subarachnoid hemorrhage.", "I60"),
        (
            "Hospital course:\n# Hypokalemia. Replaced.\n# Diverticulitis. This is what brought her in. Antibiotics.",
            "K57",
        ),
        (
            "He was brought in on a planned basis for cycle 3 of cisplatin for lung cancer. Anemia was transfused.",
            "Z51",
        ),
        ("Admitted for fever after cycle 2 of chemotherapy for lung cancer, neutropenic fever.", "D70"),
        ("HPI: 60F with breast cancer and depression, hospitalized for pyelonephritis.", "N"),
    ]
    for text, wanted in cases:
        found = [s.code for s in coded(text, setting="inpatient").suggestions]
        assert "".join(found[:1]).startswith(wanted), (text, found)


def test_resolved_and_considered(coding_cases):
    """What resolved in the stay was treated and is coded; what was only considered is not; new devices are no status.

    Source: ICD-10-CM Official Guidelines II.H, III, I.C.21.c.3. Rules III-resolved-in-stay, II.H-not-upheld,
    I.C.21.c.3-new-status.
    """
    coding_cases("""
        setting   | note                                                                                       | codes        | why
        ----------+--------------------------------------------------------------------------------------------+--------------+----
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Acute kidney injury, resolved                       | J18.9 N17.9  | treated
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\nCourse:\\nPulmonary embolism was considered and ruled out. | J18.9     | ruled out
        inpatient | Discharge diagnosis:\\n1. Complete heart block\\nPacemaker placed 6/23.                       | I44.2        | made in the stay
    """)


def test_present_on_admission(coded):
    """N where the chart gives an onset in the stay; Y for what is chronic or found at the start; 1 for exempt codes.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    text = (
        "Admitted: 05/01/2026. Discharged: 05/09/2026.\n"
        "Discharge diagnosis:\n1. Right femoral neck fracture\n2. Acute blood loss anemia, POD 2\n3. Hypertension\n"
        "4. Urinary tract infection on hospital day 4\n5. Stage 2 pressure ulcer of the sacrum, present on admission\n"
        "6. Former smoker\n"
        "Course:\n5/6 atrial fibrillation with rapid rates, converted.\n"
    )
    found = {s.code: s.poa for s in coded(text, setting="inpatient").suggestions}
    for code, wanted in {"D62": "N", "I10": "Y", "N39.0": "N", "L89.152": "Y", "I48.91": "N", "Z87.891": "1"}.items():
        assert found.get(code) == wanted, (code, found)


def test_onset_in_prose(coded):
    """The date up to which the story has come tells the onset of what often begins in a stay; months may be words.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    head = "She was admitted to the hospital on April 6th 2026 and discharged on April 20th 2026.\n\n"
    cases = [
        ("On April 10th she vomited and had a fever of 38.9. A film showed aspiration pneumonia.", "J69.0", "N"),
        ("On April 7th he became sleepier, and the CT showed cerebral edema.", "G93.6", "N"),
        ("On the third hospital day the potassium fell: hypokalemia, replaced.", "E87.6", "N"),
        ("Admitted with pneumonia. Weaned from oxygen on April 9th.", "J18.9", "Y"),
        ("On April 8th telemetry was stopped. Paroxysmal atrial fibrillation was known.", "I48.0", "Y"),
        ("Ventilator-associated pneumonia was treated with cefepime.", "J95.851", "N"),
    ]
    for text, code, wanted in cases:
        found = {s.code: s.poa for s in coded(head + text, setting="inpatient").suggestions}
        assert found.get(code) == wanted, (text, found)
