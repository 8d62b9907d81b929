"""Statements of one chart that contradict each other, and those that only seem to."""

from __future__ import annotations


def test_denied(coding_cases):
    """A condition that one part of the chart affirms and another denies is reported; the conclusion holds.

    Source: ICD-10-CM Official Guidelines I.A.19 (conflicting documentation). Rule chart-denied.
    """
    coding_cases("""
        note                                                                                          | setting   | findings     | codes         | why
        ----------------------------------------------------------------------------------------------+-----------+--------------+---------------+-----------------------
        HPI: No history of diabetes.\\nAssessment: Type 2 diabetes, on metformin.                      |           | chart-denied | E11.9 Z79.84  | story and conclusion
        HPI: She denies hypertension.\\nPMH: Hypertension.\\nAssessment: Gout.                          |           | chart-denied | M10.9         | story and list
        PMH: Type 2 diabetes.\\nAssessment: No diabetes. Gout.                                         | inpatient | chart-denied | M10.9         | the conclusion denies
        HPI: No diabetes.\\nAssessment: Newly diagnosed type 2 diabetes.                               |           | -            | E11.9         | new
        HPI: No prior history of myocardial infarction.\\nAssessment: NSTEMI.                          | inpatient | -            | I21.4         | new
        HPI: No heart failure exacerbation since the last visit.\\nAssessment: Heart failure.          |           | -            | I50.9         | of a time
        HPI: Chest pain.\\nROS: Denies chest pain now.\\nAssessment: Chest pain.                        |           | -            | R07.9         | a symptom, over
        HPI: Pneumonia.\\nHospital Course: No pneumonia on the repeat film.\\nAssessment: Pneumonia.    | inpatient | -            | J18.9         | it resolved
        Family History: No diabetes.\\nAssessment: Type 2 diabetes.                                    |           | -            | E11.9         | of the family
        Assessment: Type 2 diabetes without retinopathy. No diabetic neuropathy.                      |           | -            | E11.9         | a complication
        PMH: Type 2 diabetes.\\nAssessment: Cataract of age, not diabetes.                             |           | -            | [H26.9] [H25.9] [E11.36] | a cause set apart
    """)


def test_types(coding_cases):
    """Two types or stages of one condition: that of the conclusion is coded, or what both statements support.

    Source: ICD-10-CM Official Guidelines I.A.19, I.B.14. Rule chart-types.
    """
    coding_cases("""
        note                                                                                              | setting   | findings    | codes         | why
        --------------------------------------------------------------------------------------------------+-----------+-------------+---------------+---------------------
        HPI: Type 1 diabetes.\\nAssessment: Type 2 diabetes, on metformin.                                 |           | chart-types | E11.9 Z79.84  | type
        HPI: Diabetes.\\nAssessment: Type 1 diabetes.                                                      |           | -           | E10.9         | no second type
        Assessment:\\n1. CKD stage 3a.\\n2. Chronic kidney disease stage 4.                                 |           | chart-types | N18.9         | what both support
        HPI: CKD stage 3.\\nAssessment: Chronic kidney disease stage 4.                                    | inpatient | chart-types | N18.4         | the conclusion
        HPI: CKD stage 3 last year.\\nAssessment: CKD has progressed to stage 4.                           | inpatient | -           | N18.4 [N18.30] | it progressed
        HPI: Diastolic heart failure.\\nAssessment: Chronic systolic heart failure.                        | inpatient | chart-types | I50.22        | the conclusion
        Assessment:\\n1. Acute systolic heart failure.\\n2. Chronic diastolic heart failure.                | inpatient | -           | I50.41        | a code for both
        HPI: Moderate persistent asthma.\\nAssessment: Mild intermittent asthma.                           |           | chart-types | J45.20        | severity
        HPI: Inferior STEMI 2017, stent at that time.\\nDischarge Diagnosis: NSTEMI.                       | inpatient | -           | I21.4 I25.2 [Z95.5] | another infarction
        HPI: Paroxysmal atrial fibrillation.\\nAssessment: Permanent atrial fibrillation.                  | inpatient | chart-types | I48.21        | type
        Consultation: Severe malnutrition.\\nDischarge Diagnosis: Moderate protein-calorie malnutrition.   | inpatient | chart-types | E44.0         | severity
        Exam: Sacral pressure ulcer stage 2.\\nAssessment: Sacral pressure ulcer stage 4.                  | inpatient | chart-types | L89.154       | stage
        HPI: Sacral pressure ulcer, stage 2 on admission.\\nAssessment: Sacral pressure ulcer stage 4.     | inpatient | -           | L89.154 L89.152 | it got worse (I.C.12.a)
        Social History: Never smoker.\\nAssessment: COPD. Current smoker.                                  |           | chart-types | J44.9 F17.200 | tobacco
        Social History: Former smoker.\\nAssessment: COPD. Current smoker.                                 |           | chart-types | J44.9 F17.200 | tobacco
        Social History: Former smoker, quit in 2010.\\nAssessment: COPD.                                   |           | -           | J44.9 Z87.891 | one statement
        HPI: Current smoker.\\nAssessment: COPD, with this smoking history.                                |           | -           | J44.9 [Z87.891] | it may go on
        Social History: Never smoker. Her husband smokes.\\nAssessment: Gout.                              |           | -           | M10.9         | the husband
    """)


def test_sides(coding_cases):
    """The side of the conclusion is coded, no other is invented, and the provider is asked.

    Source: ICD-10-CM Official Guidelines I.B.13. Rule chart-sides.
    """
    coding_cases("""
        note                                                                                                   | setting   | findings    | codes             | why
        -------------------------------------------------------------------------------------------------------+-----------+-------------+-------------------+------------------
        HPI: Left hip fracture.\\nDischarge Diagnosis: Right hip fracture.                                      | inpatient | chart-sides | S72.001A          | the conclusion
        HPI: Left leg swelling.\\nAssessment: DVT of the right leg, on apixaban.                                |           | chart-sides | I82.401 Z79.01    | the conclusion
        HPI: Left ear pain.\\nExam: Left ear red.\\nAssessment: Acute otitis media, right ear.                   |           | chart-sides | [H66.91] [H66.90] | the conclusion
        HPI: Left shoulder pain.\\nAssessment: Right shoulder pain.                                             |           | chart-sides | M25.511           | story and conclusion
        HPI: Left shoulder pain; s/p right shoulder repair in 2019.\\nAssessment: Left shoulder pain.           |           | -           | M25.512           | another time
        HPI: Right shoulder pain.\\nExam: Right shoulder tender, left shoulder normal.\\nAssessment: Right shoulder pain. | | -           | M25.511           | the sound side
        HPI: Left shoulder pain.\\nAssessment:\\n1. Left shoulder pain.\\n2. Right wrist pain.                    |           | -           | M25.512 M25.531   | another part
        HPI: Pain in both shoulders.\\nAssessment: Right shoulder pain.                                         |           | -           | M25.511           | both
    """)


def test_pregnancy_that_cannot_be(coding_cases):
    """A pregnancy after hysterectomy or menopause is asked about.

    Source: ICD-10-CM Official Guidelines I.A.19. Rule chart-pregnancy.
    """
    coding_cases("""
        note                                                                                         | sex | findings        | codes          | why
        ---------------------------------------------------------------------------------------------+-----+-----------------+----------------+-------------------
        PSH: Hysterectomy in 2019.\\nAssessment: Pregnancy at 20 weeks, gestational diabetes.         | F   | chart-pregnancy | O24.419 Z3A.20 | no uterus
        HPI: Pregnancy at 20 weeks.\\nAssessment: Gestational diabetes.                               | F   | -               | O24.419 Z3A.20 | nothing against it
        PSH: Hysterectomy in 2019.\\nAssessment: Gout.                                                | F   | -               | M10.9          | no pregnancy
    """)


def test_allergy(coding_cases):
    """A drug that is given in spite of an allergy is reported.

    Source: ICD-10-CM Official Guidelines I.A.19, I.C.21.c.3. Rule chart-allergy.
    """
    coding_cases("""
        note                                                                                                             | findings      | codes       | why
        -----------------------------------------------------------------------------------------------------------------+---------------+-------------+---------------
        Allergies: penicillin (anaphylaxis)\\nAssessment: Strep pharyngitis, start amoxicillin.                           | chart-allergy | J02.0 Z88.0 | its class
        Allergies: penicillin (anaphylaxis)\\nAssessment: Strep pharyngitis, azithromycin instead of amoxicillin.         | -             | J02.0 Z88.0 | not given
        Allergies: NKDA\\nAssessment: Strep pharyngitis, start amoxicillin.                                               | -             | J02.0       | no allergy
        Allergies: lisinopril (cough)\\nAssessment: Hypertension, on losartan.                                            | -             | I10         | another drug
        Allergies: none.\\nUsual drugs: lisinopril 20, aspirin.\\nPlan: lisinopril continued for hypertension.            | -             | [I10]       | the list has ended
    """)


def test_allergy_where_none_is_known(coding_cases):
    """A chart that says that no allergy is known, and names one, is reported; foods are no drugs.

    Source: ICD-10-CM Official Guidelines I.A.19, I.C.21.c.3. Rule chart-no-allergy.
    """
    coding_cases("""
        note                                                                                         | findings         | codes        | why
        ---------------------------------------------------------------------------------------------+------------------+--------------+---------------
        Allergies: NKDA\\nAssessment:\\n1. UTI. Allergic to penicillin, so nitrofurantoin.           | chart-no-allergy | N39.0 Z88.0  | a drug
        Allergies: none\\nHPI: She gets hives with penicillin.\\nAssessment:\\n1. UTI                | chart-no-allergy | N39.0 Z88.0  | told
        Allergies: NKDA\\nAssessment:\\n1. Peanut allergy, EpiPen refilled.                          | -                | Z91.010      | no drug
        Allergies: none\\nAssessment:\\n1. Peanut allergy, EpiPen refilled.                          | chart-no-allergy | Z91.010      | none at all
        Allergies: NKDA\\nAssessment:\\n1. UTI. No allergy to penicillin.                            | -                | N39.0        | both deny
    """)


def test_a_contradiction_is_asked_about(coded):
    """The query quotes both statements and leads to neither."""
    note = coded("HPI: Left shoulder pain.\nAssessment: Right shoulder pain.")
    query = next(q for q in note.queries if q.rule == "chart-sides")
    assert [e.quote for e in query.evidence] == ["Right shoulder", "Left shoulder"]
    assert query.options[:2] == ("right", "left")
    assert query.options[-1] == "unable to determine"


def test_one_matter_is_asked_about_once(coded):
    """Where a query on the contradiction is asked already, the chart check adds none."""
    note = coded("HPI: Left hip fracture.\nDischarge Diagnosis: Right hip fracture.", setting="inpatient")
    assert [q.rule for q in note.queries] == ["Query-conflict"]


def test_nothing_codable_says_why(coded):
    """The finding counts what was seen and set aside, or tells what the note is.

    Source: ICD-10-CM Official Guidelines III, IV.
    """

    def why(text):
        note = coded(text)
        assert not note.suggestions
        return next(f.message for f in note.findings if f.rule == "coding.nothing-codable")

    assert "2 denied, 1 of somebody else" in why("Denies chest pain. No fever. Mother has diabetes.")
    assert "2 not stated as a fact" in why("Diabetes Y/N\nAsthma Y/N")
    assert "3 denied" in why("[ ] diabetes [ ] hypertension [ ] asthma")
    assert "nobody has filled in" in why("Diagnosis: ____________\nAllergies: ________")
    assert "headings and no text" in why("HPI:\nPMH:\nAssessment:\nPlan:")
    assert "vital signs only" in why("Vitals: BP 150/95, HR 88, T 98.6, SpO2 97% on room air")
    assert "is empty" in why("   \n \n")
    assert "nothing that the code set knows" in why("The weather was fine and we talked about the garden.")
