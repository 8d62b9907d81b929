"""Diabetes, obesity and body mass index."""


def test_diabetes(coding_cases):
    """As many codes as there are complications; control by words.

    Source: ICD-10-CM Official Guidelines I.C.4.a, I.A.15. Rules I.C.4.a-diabetes, I.C.4-endocrine.
    """
    coding_cases("""
        setting   | note                                                                                  | codes                       | why
        ----------+---------------------------------------------------------------------------------------+-----------------------------+----
        inpatient | Discharge diagnosis:\\n1. Type 2 diabetes, poorly controlled\\n2. CKD stage 3b          | E11.65 E11.22 N18.32        | I.C.4.a
        inpatient | Discharge diagnosis:\\n1. Type 1 diabetic ketoacidosis\\n2. Diabetic gastroparesis      | E10.10 E10.43 K31.84        | I.C.4.a
        inpatient | Discharge diagnosis:\\n1. Type 2 diabetes with diabetic nephropathy\\n2. Hypoglycemia   | E11.21 E11.649              | both
        inpatient | Discharge diagnosis:\\n1. Type 2 diabetes\\n2. Non-diabetic hyperglycemia from steroids | E11.9 [R73.9] [T38.0X5A] [Z79.52]    | said to be unrelated
    """)


def test_body_mass_index(coding_cases):
    """The index is reported with an associated diagnosis only; for a child by its percentile.

    Source: ICD-10-CM Official Guidelines I.B.14. Rule I.B.14-bmi.
    """
    coding_cases("""
        setting   | age | note                                                             | codes          | why
        ----------+-----+------------------------------------------------------------------+----------------+----
        inpatient | 50  | Discharge diagnosis:\\n1. Morbid obesity, BMI 47.2                 | E66.01 Z68.42  | I.B.14
        inpatient | 50  | Discharge diagnosis:\\n1. Class 3 obesity with BMI of 54           | E66.813 Z68.43 | class
        inpatient | 50  | Discharge diagnosis:\\n1. Pneumonia. BMI 31.                       | J18.9          | no diagnosis of weight
        inpatient | 50  | Discharge diagnosis:\\n1. Obesity type II, body mass index 36       | E66.812 Z68.36 | in full words
        outpatient | 9 | Vitals: BMI 22.9 (96th %ile).\\nAssessment:\\n1. Obesity, diet reviewed | E66.9 Z68.54   | a child's index goes by its percentile
        outpatient | 9 | Vitals: BMI 29.9 (>99th %ile, 131% of the 95th).\\nAssessment:\\n1. Obesity, diet reviewed | E66.9 Z68.55 | the share of the 95th percentile says more
        outpatient | 9 | Vitals: BMI at the 88th percentile.\\nAssessment:\\n1. Overweight, diet reviewed | E66.3 Z68.53 | 85th to less than 95th
    """)


def test_ulcer_depth(coding_cases):
    """The depth of a chronic ulcer is read from the words for the tissue, not from a grade.

    Source: ICD-10-CM Tabular List, L97; Official Guidelines I.B.14. Rule I.C.12-ulcer-depth.
    """
    coding_cases("""
        note                                                                                        | codes            | why
        --------------------------------------------------------------------------------------------+------------------+----
        Assessment:\\n1. Type 2 diabetic foot ulcer, right heel, fat layer exposed. Debrided.        | E11.621 L97.412  | the fat layer
        Assessment:\\n1. Diabetic ulcer of the right great toe with fat layer exposed. Offloading.   | E11.621 L97.512  | side and depth
        Exam: ulcer of the left heel probes to bone.\\nAssessment:\\n1. Type 2 diabetic left heel ulcer. Debrided. | E11.621 L97.426 | told by the exam
        Assessment:\\n1. Type 2 diabetic foot ulcer, left heel, Wagner 2. Debrided.                  | E11.621 L97.429  | a grade names no tissue
        Assessment:\\n1. Type 2 diabetic foot ulcer right, offloading.                             | E11.621 L97.519  | the side behind
        Assessment:\\n1. Type 2 diabetic foot ulcer, offloading.                                   | E11.621 L97.509  | no side told
    """)
