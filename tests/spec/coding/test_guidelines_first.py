"""The first rules of the Official Guidelines, each with its case table."""


def test_uncertain_diagnosis(coding_cases):
    """Inpatient: code as if established. Outpatient: code the sign or symptom.

    Source: ICD-10-CM Official Guidelines II.H, III.C (inpatient), IV.H (outpatient), I.B.5. Rule IV.J-reportable.
    """
    coding_cases("""
        setting    | note                                   | codes | why
        -----------+----------------------------------------+-------+----------------------------------------
        inpatient  | Cough. Probable pneumonia.             | J18.9 | II.H; the cough is integral, I.B.5
        outpatient | Cough. Probable pneumonia.             | R05.9 | IV.H
        outpatient | Cough. No evidence of pneumonia.       | R05.9 | absent
        emergency  | Chest pain, rule out MI.               | R07.9 | IV.H holds in the emergency department
        outpatient | Assessment:\\nPossible appendicitis. Abdominal pain. | R10.9 | IV.H
        inpatient  | Fever. Suspected COVID-19.             | R50.9 | only confirmed cases, I.C.1.g.1.a
    """)


def test_integral_symptoms(coding_cases):
    """A symptom that belongs to a confirmed diagnosis is not coded beside it; one that does not is.

    Source: ICD-10-CM Official Guidelines I.B.4, I.B.5. Rule I.B.5-integral.
    """
    coding_cases("""
        setting    | note                                                 | codes        | why
        -----------+------------------------------------------------------+--------------+-----------------------------
        outpatient | Assessment:\\n1. Pneumonia\\nCough and fever.        | J18.9        | integral
        outpatient | Assessment:\\n1. Kidney stone\\nFlank pain.          | N20.0        | integral
        outpatient | Assessment:\\n1. Hypertension\\n2. Fatigue           | I10 R53.83   | a problem of its own
        outpatient | Assessment:\\n1. Headache                            | R51.9        | no diagnosis: the symptom
    """)


def test_with(coding_cases):
    """The classification presumes the link that "with" states, unless the provider says otherwise.

    Source: ICD-10-CM Official Guidelines I.A.15, I.C.4.a, I.C.9.a. Rule I.A.15-with.
    """
    coding_cases("""
        note                                                                          | codes          | why
        ------------------------------------------------------------------------------+----------------+---------------
        Assessment:\\n1. Type 2 diabetes\\n2. Chronic kidney disease stage 3a          | E11.22 N18.31  | I.A.15
        Assessment:\\n1. Hypertension\\n2. Congestive heart failure                    | I11.0 I50.9    | I.C.9.a.1
        Assessment:\\n1. Hypertension\\n2. Chronic kidney disease stage 4              | I12.9 N18.4    | I.C.9.a.2
        Assessment:\\n1. Hypertension\\n2. Heart failure\\n3. Chronic kidney disease stage 4 | I13.0 I50.9 N18.4 | I.C.9.a.3
        Assessment:\\n1. Type 2 diabetes with hyperglycemia                            | E11.65         | the title itself
    """)


def test_excludes1(coding_cases):
    """Two codes that an Excludes1 note keeps apart are not reported together.

    Source: ICD-10-CM Official Guidelines I.A.12.a.
    """
    coding_cases("""
        note                                                      | codes  | why
        ----------------------------------------------------------+--------+------------------------------------------
        Assessment:\\n1. Type 1 diabetes\\n2. Type 2 diabetes      | E10.9  | E10 excludes type 2 (E11.-)
    """)


def test_code_first_and_use_additional(coding_cases):
    """Etiology first; what a "use additional code" note asks for is reported when the chart documents it.

    Source: ICD-10-CM Official Guidelines I.A.13, I.A.17.
    """
    coding_cases("""
        note                                                                                          | codes          | why
        ----------------------------------------------------------------------------------------------+----------------+------------
        Assessment:\\nType 2 diabetes, continue.\\nMedications:\\nmetformin 500 mg                     | E11.9 Z79.84   | E11: use additional
        Assessment:\\nType 2 diabetes, continue.\\nMedications:\\ninsulin glargine 10 units            | E11.9 Z79.4    | E11: use additional
        Medications:\\nmetformin 500 mg\\nAssessment:\\nPolycystic ovaries                              | E28.2          | no diabetes, no Z79.84
    """)


def test_acute_and_chronic(coding_cases):
    """Acute and chronic forms of one condition are both coded, the acute first, unless a combination code says both.

    Source: ICD-10-CM Official Guidelines I.B.8, I.B.9.
    """
    coding_cases("""
        note                                                        | codes   | why
        ------------------------------------------------------------+---------+------------------------------
        Assessment:\\nAcute on chronic systolic heart failure        | I50.23  | combination, I.B.9
        Assessment:\\nAcute exacerbation of COPD                     | J44.1   | combination
    """)


def test_history_or_current(coding_cases):
    """What is over is not coded as current; what is chronic stays.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, IV.J.
    """
    coding_cases("""
        note                                                                        | codes   | why
        ----------------------------------------------------------------------------+---------+------------------
        Past Medical History:\\nPneumonia in 2015\\nAssessment:\\nHypertension       | I10     | over
        Assessment:\\nLong history of hypertension, continue lisinopril              | I10     | chronic
    """)


def test_specificity(coding_cases):
    """The most specific code that the text supports, never more: sides, stages, types; else the unspecified code.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13, I.B.18, I.C.19.c.
    """
    coding_cases("""
        note                                                              | codes              | why
        ------------------------------------------------------------------+--------------------+-------------------------
        Assessment:\\nRight knee pain                                      | M25.561            | side
        Assessment:\\nKnee pain                                            | M25.569            | side unsaid
        Assessment:\\nRight and left shoulder pain                         | M25.511 M25.512    | both sides
        Assessment:\\nRight elbow pain with left knee pain                 | M25.521 M25.562    | each its own side
        Assessment:\\nBilateral medial epicondylitis                       | M77.01 M77.02      | no bilateral code, I.B.13
        Assessment:\\nChronic kidney disease stage 4                       | N18.4              | stage
        Assessment:\\nFracture of the left second metatarsal               | S92.322A           | displaced, closed, initial by default
    """)


def test_not_of_the_patient(coding_cases):
    """What relatives have, what is denied, feared or advised against is not coded."""
    coding_cases("""
        note                                                                       | codes | why
        ---------------------------------------------------------------------------+-------+--------------
        Family History:\\nMother with breast cancer\\nAssessment:\\nHypertension     | I10   | family
        Assessment:\\nHypertension. Denies chest pain.                              | I10   | denied
        Assessment:\\nHypertension. Return if you develop chest pain.               | I10   | conditional
    """)
