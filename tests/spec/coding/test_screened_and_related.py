"""Screenings that are done and that are not, what runs in the family of the patient and what a relative has, valves,
treatment of a cancer, a joint that was replaced.
"""


def test_screening_for(coding_cases):
    """ "Screening for colon cancer" is as much a screening as "colon cancer screening"; neither is one that was declined,
    advised or spoken of.

    Source: ICD-10-CM Official Guidelines I.C.21.c.5. Rule I.C.21.c.5-screening.
    """
    coding_cases("""
        note                                                                                                          | codes      | why
        --------------------------------------------------------------------------------------------------------------+------------+-----------
        Assessment:\\n1. Screening for colon cancer - Cologuard ordered.                                               | Z12.11     | ordered
        Assessment:\\n1. Screening for colon cancer. Colonoscopy ordered.                                              | Z12.11     | ordered
        Assessment:\\n1. Screening for lung cancer: LDCT ordered.                                                      | Z12.2      | ordered
        Assessment:\\n1. Screening for osteoporosis - DEXA ordered                                                     | Z13.820    | ordered
        Assessment:\\n1. Screening for cervical cancer. Pap done today.                                                | Z12.4      | ordered
        Assessment:\\n1. Screening for STDs                                                                            | Z11.3      | ordered
        Assessment:\\n1. Hypertension. We discussed screening for colon cancer.                                        | I10        | not done
        Assessment:\\n1. Hypertension. He is due for screening for colon cancer next year.                             | I10        | not done
        Assessment:\\n1. Hypertension. Declined screening for lung cancer.                                             | I10        | not done
        HPI: Screening for diabetes was negative in March.\\nAssessment:\\n1. Hypertension.                             | I10        | not done
        Plan: Consider screening for sleep apnea.\\nAssessment:\\n1. Hypertension.                                      | I10        | not done
        Assessment:\\n1. Hypertension. Recommend annual screening for lung cancer.                                     | I10        | not done
        Assessment:\\n1. Hypertension. We discussed colon cancer screening.                                            | I10        | not done
        Assessment:\\n1. Hypertension. Declined lung cancer screening.                                                 | I10        | not done
        Assessment:\\n1. Hypertension.\\n2. Colon cancer screening: declines                                            | I10        | not done
        Assessment:\\n1. Hypertension.\\n2. Colon cancer screening. Discussed options, FIT ordered.                     | I10 Z12.11 | ordered
        Assessment:\\n1. Hypertension.\\n2. Colon cancer screening: colonoscopy in 2021 was normal, repeat due in 2031. | I10        | not done
        Assessment:\\n1. Hypertension.\\n2. Breast cancer screening - recommended mammogram, order placed.              | I10 Z12.31 | ordered
        Indication: Screening colonoscopy, average risk.\\nImpression: Normal colon. Recommend repeat in 10 years.     | Z12.11     | ordered
    """)  # fmt: skip


def test_family_history_of_what_is_screened_for(coding_cases):
    """The family history that bears on a screening is reported, and that of a blood relative whom the assessment names.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.C.21.c.5. Rules I.C.21.c.5-screening, I.C.21.c.4-family-history.
    """
    coding_cases("""
        note                                                                                                     | codes          | why
        ---------------------------------------------------------------------------------------------------------+----------------+-----------
        Indication: Surveillance, personal history of adenomatous polyps; brother had colon cancer at 48.        | Z86.0101 Z80.0 | bears on it
        Assessment: Screening colonoscopy. Brother had colon cancer at 48.                                       | Z12.11 Z80.0   | bears on it
        HPI: sister with breast cancer at 50.\\nImpression: Screening mammogram, negative.                        | Z12.31 Z80.3   | bears on it
        Family history: sister breast cancer; father prostate cancer\\nImpression: Screening mammogram, negative. | Z12.31 Z80.3   | bears on it
        Assessment:\\n1. Chest pain. Father had an MI at 45.                                                      | R07.9 Z82.49   | bears on it
        Assessment:\\n1. Hypertension. Mother had breast cancer at 42, MRI screening ordered.                     | I10 Z80.3      | bears on it
        Assessment:\\n1. Anxiety. His wife has breast cancer.                                                     | F41.9          | not taken up
        Assessment:\\n1. Hypertension. No family history of colon cancer; mother denies breast cancer.            | I10            | not taken up
        Family history: mother had breast cancer\\nAssessment:\\n1. Hypertension.                                  | I10            | not taken up
        Assessment:\\n1. Screening for colon cancer - Cologuard ordered. No family history of colon cancer.       | Z12.11         | not taken up
        Family History: negative for colon cancer\\nAssessment:\\n1. Colon cancer screening, FIT ordered           | Z12.11         | not taken up
    """)  # fmt: skip


def test_what_a_relative_has(coding_cases):
    """ "Mother HIV positive" and "father diabetic" say nothing of the patient.

    Source: ICD-10-CM Official Guidelines I.A.19, I.C.21.c.4. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                       | codes       | why
        -------------------------------------------+-------------+-----------
        Mother GBS positive.                       | -           | of the mother
        Mother diabetic.                           | -           | of the mother
        Mother HIV positive, on ART.               | -           | of the mother
        Mom was GBS positive                       | -           | of the mother
        Mother HBsAg positive                      | -           | of the mother
        Father diabetic, mother hypertensive.      | -           | of the mother
        GBS positive mother                        | -           | of the mother
        HIV-positive mother, infant well           | -           | of the mother
        Mother obese and hypertensive              | -           | of the mother
        Patient HIV positive.                      | Z21         | of the patient
        Her mother reports he is diabetic.         | E11.9       | of the patient
        Wife says he is diabetic and hypertensive. | E11.9 I10   | of the patient
        Here with her mother, diabetic on insulin. | E11.9 Z79.4 | of the patient
    """)


def test_several_valves(coding_cases):
    """Disease of more than one valve without another cause is that of I08; with its cause each valve has its own code.

    Source: Index: Insufficiency, mitral, with tricuspid (valve) disease; Tabular List, I08; Guidelines I.A.15. Rule
    I.C.9-circulatory.
    """
    coding_cases("""
        note                                                                                    | codes       | why
        ----------------------------------------------------------------------------------------+-------------+-----------
        Assessment:\\n1. Severe mitral regurgitation.\\n2. Moderate tricuspid regurgitation.      | I08.1       | several
        Assessment:\\n1. Severe mitral regurgitation and moderate tricuspid regurgitation.       | I08.1       | several
        Assessment:\\n1. Aortic stenosis.\\n2. Mitral regurgitation.                              | I08.0       | several
        Assessment:\\n1. Degenerative mitral regurgitation.\\n2. Aortic insufficiency.            | I34.0 I35.1 | alone
        Assessment:\\n1. Aortic stenosis.\\n2. Mitral regurgitation.\\n3. Tricuspid regurgitation. | I08.3       | several
        Assessment:\\n1. Mitral regurgitation.                                                   | I34.0       | alone
        Assessment:\\n1. Aortic stenosis. No mitral regurgitation.                               | I35.0       | alone
    """)


def test_a_replaced_joint(coding_cases):
    """The arthritis for which a joint was replaced is past; that of the other joint is not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.21.c.7. Rule I.C.21.c.3-replaced-organ.
    """
    coding_cases("""
        note                                                                | codes          | why
        --------------------------------------------------------------------+----------------+----------
        Assessment:\\n1. s/p left total hip arthroplasty for osteoarthritis | Z96.642        | replaced
        Dx: s/p R TKA 3/28/26 for OA.                                       | Z96.651        | replaced
        Assessment:\\n1. Right knee osteoarthritis, s/p left TKA.           | M17.11 Z96.652 | the other
    """)


def test_the_neoplasm_that_is_treated(coding_cases):
    """At an encounter for chemotherapy the neoplasm is coded wherever it is named, with what the treatment has done.

    Source: ICD-10-CM Official Guidelines I.C.2.e.2, I.C.2.c.2. Rule I.C.2.e-treated-neoplasm.
    """
    coding_cases("""
        note                                                                                                                                              | codes                                     | why
        --------------------------------------------------------------------------------------------------------------------------------------------------+-------------------------------------------+-----------
        58F with serous carcinoma of the left ovary, here for cycle 4 carboplatin/paclitaxel.\\nA/P: proceed with cycle 4 chemotherapy.                     | Z51.11 C56.2                              | I.C.2.e.2
        58F with serous carcinoma of the left ovary, here for cycle 4 carboplatin.\\nInterval: Hgb 9.4 anemia due to chemotherapy.\\nA/P: proceed with cycle 4. | Z51.11 C56.2 D64.81 T45.1X5A              | what it did
        58F with a history of serous carcinoma of the left ovary.\\nA/P: Hypertension, continue lisinopril.                                                 | I10                                       | no treatment
    """)  # fmt: skip


def test_a_diagnosis_before_an_operation(coding_cases):
    """Where no other diagnosis is stated, those before the procedure are all coded, with their combinations.

    Source: ICD-10-CM Official Guidelines IV.N, I.B.9. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                          | codes        | why
        ------------------------------------------------------------------------------+--------------+-----------
        Preprocedure diagnosis: L4-5 disc herniation with left L5 radiculopathy       | M51.16       | combined
        Preoperative diagnosis: Cholelithiasis, umbilical hernia                      | K80.20 K42.9 | both
        Preoperative diagnosis: Appendicitis\\nPostoperative diagnosis: Crohn's ileitis | K50.00       | the later
    """)


def test_marks_of_risk_adjustment(coding_cases):
    """What a record system puts behind a diagnosis, "(HCC)" or "(CMS/HCC)", is no cancer of the liver.

    Source: CMS-HCC model, name; ICD-10-CM Official Guidelines I.A.19. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                          | codes  | why
        --------------------------------------------------------------+--------+---------------
        Assessment:\\n1. Paroxysmal atrial fibrillation (HCC)         | I48.0  | mark
        Assessment:\\n1. Paroxysmal atrial fibrillation (CMS/HCC)     | I48.0  | mark
        Assessment:\\n1. Cirrhosis of liver (HCC)                     | K74.60 | mark
        Assessment:\\n1. Morbid obesity (HCC 48)                      | E66.01 | mark
        Assessment:\\n1. Hepatocellular carcinoma (HCC)               | C22.0  | its name
        Assessment:\\n1. HCC, awaiting transplant                     | C22.0 [Z76.82] | the diagnosis
    """)


def test_tests_and_services_still_to_come(coding_cases):
    """A test for a virus is no virus, and a device that is scheduled is none that is put in.

    Source: ICD-10-CM Official Guidelines I.C.21.c.5, IV.H. Rules I.C.21.c.5-screening, I.C.21.c.2-immunization.
    """
    coding_cases("""
        note                                                                                   | codes          | why
        ---------------------------------------------------------------------------------------+----------------+-----------
        Assessment:\\n1. Annual gyn exam with pap + HPV cotest                                 | Z01.419        | a test
        Assessment:\\n1. Gout. Pap and HPV cotesting today                                     | M10.9          | no vaccine
        Assessment:\\n1. Contraceptive counseling; IUD insertion scheduled                     | Z30.09         | to come
        Assessment:\\n1. IUD insertion. Mirena placed without difficulty.                      | Z30.430        | done
    """)


def test_a_letter_goes_on_with_its_conclusion(coding_cases):
    """What follows "my impression is" with "she also has" is concluded as well; an ulcer of veins is none of diabetes.

    Source: ICD-10-CM Official Guidelines IV.J, I.A.15. Rules IV.J-reportable, I.C.4.a-diabetes.
    """
    coding_cases("""
        note                                                                                                                        | codes                  | why
        ----------------------------------------------------------------------------------------------------------------------------+------------------------+---------
        My impression is that she has idiopathic Parkinson's disease. She also has REM sleep behaviour disorder.                    | G20.A1 G47.52          | goes on
        Assessment:\\n1. Right ankle venous ulcer, fat layer exposed.\\n2. Type 2 diabetes                                            | I83.013 L97.312 E11.9  | of veins
    """)  # fmt: skip
