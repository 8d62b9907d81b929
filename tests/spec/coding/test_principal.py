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
