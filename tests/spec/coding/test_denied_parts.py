"""Conditions with a denied detail, sites before a colon, headings of a conversation, and other ways of office prose."""


def test_before_a_denial(coding_cases):
    """What stands before a denial is coded by itself: a pneumonia that is no aspiration pneumonia is a pneumonia.

    Source: ICD-10-CM Official Guidelines I.A.19, III.B. Rule III.B-denied-within.
    """
    coding_cases("""
        note                                                                      | codes    | why
        --------------------------------------------------------------------------+----------+--------------------
        Assessment:\\n1. Pneumonia, not aspiration. Antibiotics continued.         | J18.9    | comma
        Assessment:\\n1. Moderate aortic stenosis, not rheumatic. Echo in a year.  | I35.0    | comma
        Assessment:\\n1. CKD not on dialysis. Labs again in May.                   | N18.9    | no comma
        Assessment:\\n1. Cirrhosis, not alcoholic. Ultrasound.                     | K74.60   | cause denied
        Assessment:\\n1. Anemia, not iron deficiency. Check B12.                   | D64.9    | kind denied
        Assessment:\\n1. Colon cancer, no liver metastases. Chemotherapy.          | C18.9    | spread denied
        Assessment:\\n1. Thrombocytopenia, not heparin induced. Recheck.           | D69.6    | drug denied
        Assessment:\\n1. Thrombocytopenia, heparin-induced. Stop heparin.          | D75.829 T45.515A | said
    """)


def test_site_before_a_colon(coding_cases):
    """A part of the body that labels a line is the site of what the line says.

    Source: ICD-10-CM Official Guidelines I.B.2. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                      | codes            | why
        --------------------------------------------------------------------------+------------------+--------------------
        Assessment:\\n- Left cheek: cellulitis. Cephalexin.                        | L03.211          | site
        Assessment:\\n1. Right ear: squamous cell carcinoma. Mohs.                 | C44.222          | site and side
        Assessment:\\nScalp: melanoma. Excision.                                   | C43.4            | no mark
        Assessment:\\n- Left thigh: abscess, drained.                              | L02.416          | limb
        Assessment:\\nRight wrist: carpal tunnel syndrome. Splint.                 | G56.01           | side
        Exam:\\nNeck: supple, no mass.\\nAssessment:\\n1. Gout. Colchicine.          | M10.9            | an examination
        Assessment:\\n- Shave came back basal cell carcinoma. Mohs.                | C44.91           | no back
        Assessment:\\n- Cellulitis, come back in two days.                         | L03.90           | no back
    """)


def test_headings_of_a_conversation(coding_cases):
    """A visit that is written up as it was told has headings in everyday words; what follows is assessed.

    Source: ICD-10-CM Official Guidelines IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                            | codes | why
        ------------------------------------------------------------------------------------------------+-------+------------
        HPI: She is tired.\\n\\nWhat we decided:\\nVitamin D deficiency. 50,000 units weekly.              | E55.9 | decided
        HPI: His toe is red.\\n\\nWhere we go from here:\\nGout. Start colchicine.                         | M10.9 | from here
        HPI: He feels well.\\n\\nMy thoughts and plan\\nHypertension. Raise lisinopril.                    | I10   | no colon
    """)


def test_against(coding_cases):
    """Findings speak against a disease; a value is measured and a head is struck against something else.

    Source: ICD-10-CM Official Guidelines IV.H. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                      | codes       | why
        ------------------------------------------------------------------------------------------+-------------+--------
        Assessment:\\n1. Creatinine 3.4 against her usual 2.3: acute kidney injury on CKD stage 4. | N17.9 N18.4 | measured
        Assessment:\\n1. Hit against the wall, contusion of the left elbow. Ice.                   | S50.02XA    | struck
        Assessment:\\n1. Abdominal pain. The normal lipase argues against pancreatitis.            | R10.9       | argues
        Assessment:\\n1. Fatigue. Lupus worry, no ANA.                                             | R53.83 [R45.82] | feared
    """)


def test_conditions_of_a_subcategory(coding_cases):
    """What a subcategory names is a condition of its own: an unspecified insomnia is not said by a sleep apnea.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.18. Rule I.B.2-detail.
    """
    coding_cases("""
        note                                                                             | codes           | why
        ---------------------------------------------------------------------------------+-----------------+-----------
        Assessment:\\n1. OSA, CPAP nightly.\\n2. Insomnia, trazodone.                      | G47.33 G47.00   | two
        Assessment:\\n1. Plaque psoriasis, clobetasol.\\n2. Psoriatic arthritis, stable.   | L40.0 L40.50    | skin and joints
        Assessment:\\n1. Gastritis, omeprazole.\\n2. Duodenitis.                           | K29.70 K29.80   | two organs
        Assessment:\\n1. Chronic systolic heart failure.\\n2. Heart failure, diuretic.     | I50.22          | one condition
        Assessment:\\n1. Psychophysiologic insomnia, chronic insomnia. CBT.               | F51.04          | one insomnia
        Assessment:\\n1. Hypophosphatemia, repleted.\\n2. Osteoporotic T12 compression fracture, calcitonin. | E83.39 M80.08XA | unrelated (I.A.12.a)
    """)


def test_wordings_of_the_tenth_round(coding_cases):
    """Names of the Index in the order in which charts have them.

    Source: ICD-10-CM Alphabetic Index (Proctitis, Menorrhagia, Hemopneumothorax, Fall). Rules IV.J-reportable,
    I.C.19-injuries, I.B.9-outpatient.
    """
    coding_cases("""
        note                                                                                 | codes            | why
        -------------------------------------------------------------------------------------+------------------+-------
        Assessment:\\n1. Chlamydial proctitis. Doxycycline.                                   | A56.3            | organism
        Assessment:\\n1. Gonococcal proctitis. Ceftriaxone.                                   | A54.6            | organism
        Assessment:\\n1. Menorrhagia with irregular cycle. Biopsy.                            | N92.1            | cycle
        Assessment:\\n1. Right hemopneumothorax, chest tube.\\n2. Fractures of right ribs 3-8. | S27.2XXA S22.41XA | injury
        Assessment:\\n1. Dry AMD right eye, early stage, AREDS.\\n2. Drusen right eye.         | H35.3111         | its sign
    """)


def test_status_and_underdosing_of_a_stay(coding_cases):
    """What was given elsewhere, what the patient would not take again, a device that was there before.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c, I.C.21.c.3. Rules III-inpatient-status,
    I.C.19.e-underdosing, I.B.5-integral.
    """
    coding_cases("""
        note                                                                                        | setting   | codes | why
        --------------------------------------------------------------------------------------------+-----------+-------+----
        He decided by himself not to go back on his apixaban.\\nDischarge diagnoses:\\n1. Paroxysmal atrial fibrillation | inpatient | I48.0 T45.516A Z91.128 Z79.01 | own choice
        He took half of his glargine for months because he could not pay for it.\\nDischarge diagnoses:\\n1. Type 2 diabetes with hyperglycemia | inpatient | E11.65 T38.3X6A Z91.120 Z79.4 | cost
        She takes half of her metoprolol as told by her cardiologist.\\nDischarge diagnoses:\\n1. Hypertension | inpatient | I10 | as told
        Hospital course: He vomited blood. BP 70/40, hypovolemic shock, massive transfusion.\\nDischarge diagnoses:\\n1. Bleeding duodenal ulcer | inpatient | K26.4 R57.1 | no routine part
    """)


def test_rhythm_and_clot(coded):
    """A stroke from atrial fibrillation is the reason for the stay, though the rhythm is told first.

    Source: ICD-10-CM Official Guidelines II. Rule II-principal.
    """
    text = (
        "A 79-year-old man with paroxysmal atrial fibrillation and hypertension was found unable to speak. MRI: left "
        "middle cerebral artery infarct, cardioembolic from his atrial fibrillation. Apixaban was restarted."
    )
    assert coded(text, setting="inpatient").suggestions[0].code == "I63.412"
