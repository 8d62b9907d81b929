"""Sections of the Guidelines read again, noun by noun: pregnancy, the newborn, observation, resistance, substances."""


def test_pregnancy_first(coding_cases):
    """Chapter 15 before everything that is not said to be incidental: infection, abuse, injury; weeks and trimester.

    Source: ICD-10-CM Official Guidelines I.C.15.a, I.C.15.g, I.C.15.m, I.C.15.r, I.C.15.s. Rules I.C.15-pregnancy,
    I.C.15-phrases, I.C.15-combinations.
    """
    coding_cases(r"""
        setting    | sex | note                                                                                        | codes                         | why
        -----------+-----+---------------------------------------------------------------------------------------------+-------------------------------+-----------------
        outpatient | F   | 31w2d.\nAssessment:\n1. Breech presentation                                                 | O32.1XX0 Z3A.31               | weeks
        outpatient | F   | 17w3d twin pregnancy, dichorionic diamniotic.\nAssessment:\n1. Twin pregnancy               | O30.042 Z3A.17                | trimester of the detail
        outpatient | F   | 25w1d, type 1 diabetes since age 9.\nAssessment:\n1. Type 1 diabetes in pregnancy           | O24.012 E10.9 Z3A.25          | I.C.15.g
        outpatient | F   | 22w0d.\nAssessment:\n1. COVID-19 in pregnancy, mild                                         | O98.512 U07.1 Z3A.22          | I.C.15.s
        outpatient | F   | 16w0d.\nAssessment:\n1. Physical abuse by husband complicating pregnancy                    | O9A.312 Z3A.16 Y07.010        | I.C.15.r; Excludes1 at T74
        emergency  | F   | 20w1d pregnant.\nDiagnosis: Right ankle sprain                                              | O9A.212 S93.401A Z3A.20       | I.C.15.m
        emergency  | F   | 20w1d pregnant.\nDiagnosis: Right ankle sprain, pregnancy incidental                        | S93.401A Z33.1                | I.C.15.a.1
        inpatient  | F   | 34w2d.\nDischarge diagnosis: Preterm labor with preterm delivery, liveborn                  | O60.14X0 Z37.0 Z3A.34         | third trimester
        inpatient  | F   | 39w0d.\nDischarge diagnosis: Repeat low transverse cesarean. Liveborn male                  | O34.219 Z37.0 Z3A.39          | the scar's kind is unsaid
        outpatient | F   | 30w0d. No COVID-19.\nAssessment:\n1. Breech presentation                                    | O32.1XX0 Z3A.30               | denied
    """)


def test_newborn_record(coding_cases):
    """Weight before weeks, nothing of the mother's chapter; an infection that was ruled out; the organism in the code.

    Source: ICD-10-CM Official Guidelines I.C.16.a, I.C.16.b, I.C.16.d, I.C.16.f. Rules I.C.16.a-birth-record,
    I.C.16.d-birth-weight, I.C.21.c.6-observation, I.C.1-infection, I.C.21.c.13-newborn-visit.
    """
    coding_cases(r"""
        setting    | age | note                                                                                                                     | codes                 | why
        -----------+-----+--------------------------------------------------------------------------------------------------------------------------+-----------------------+--------------
        inpatient  | 0   | Newborn male, vaginal delivery, 33 weeks gestation, birth weight 1900 g.\nDischarge diagnosis: Preterm newborn           | Z38.00 P07.17 P07.36  | weight first
        inpatient  | 0   | Newborn, vaginal delivery. Mother with fever.\nDischarge diagnosis: Suspected sepsis ruled out                           | Z38.00 Z05.1          | I.C.16.b
        inpatient  | 0   | Newborn transferred from another hospital.\nDischarge diagnosis: Newborn sepsis due to E. coli                           | P36.4                 | I.C.16.f
        outpatient | 0   | Assessment: Preterm newborn, 32 weeks gestation, birth weight 1600 g, feeding well                                       | P07.16 P07.35         | the weeks are told
        outpatient | 0   | Assessment: Preterm newborn, feeding well                                                                                | P07.30                | they are not
        outpatient | 0   | 20 day old here for routine newborn check, no concerns.\nAssessment: Well newborn                                        | Z00.111               | by its age
    """)


def test_observation_after_accidents(coding_cases):
    """An examination after an accident in which nobody was hurt; a suspicion about the fetus that was ruled out.

    Source: ICD-10-CM Official Guidelines I.C.21.c.6. Rule I.C.21.c.6-observation.
    """
    coding_cases(r"""
        setting    | sex | note                                                                                                | codes         | why
        -----------+-----+-----------------------------------------------------------------------------------------------------+---------------+-----------
        emergency  | M   | Diagnosis: Examination and observation following motor vehicle accident, no injury                  | Z04.1         | no injury
        emergency  | M   | Diagnosis: Evaluated after work accident, no injury found                                           | Z04.2         | no injury
        emergency  | M   | Diagnosis: Evaluated after motor vehicle accident. Contusion of right knee, no other injury         | S80.01XA V89.2XXA | an injury
        outpatient | F   | Assessment:\n1. Suspected fetal anomaly, ruled out                                                  | Z03.73        | ruled out
    """)


def test_resistance(coding_cases):
    """The resistance that the chart words with an infection stands beside it.

    Source: ICD-10-CM Official Guidelines I.C.1.c. Rule I.C.1-infection.
    """
    coding_cases(r"""
        note                                                        | codes                   | why
        ------------------------------------------------------------+-------------------------+----------------
        Assessment:\n1. ESBL E. coli UTI                            | N39.0 B96.20 Z16.12     | ESBL
        Assessment:\n1. UTI due to E. coli, not ESBL producing      | N39.0 B96.20            | denied
        Assessment:\n1. UTI due to multidrug-resistant Klebsiella   | N39.0 B96.1 Z16.24      | several drugs
    """)


def test_substances_by_name(coding_cases):
    """A disorder named after a substance is no dose of it; a psychosis by a substance has one code; vaping.

    Source: ICD-10-CM Official Guidelines I.C.5.b, I.C.10.e, I.C.19.e.5.b. Rules I.C.19.e-poisoning, I.C.5-mental.
    """
    coding_cases(r"""
        setting    | note                                                                               | codes            | why
        -----------+------------------------------------------------------------------------------------+------------------+--------------------
        emergency  | Diagnosis: Heroin overdose, accidental, opioid use disorder severe                 | T40.1X1A F11.20  | the disorder
        emergency  | Diagnosis: Overdose, accidental, of oxycodone and alprazolam                       | T40.2X1A T42.4X1A | both drugs
        outpatient | Assessment:\n1. Psychosis due to methamphetamine dependence                        | F15.259          | one code
        outpatient | Assessment:\n1. Vaping-associated lung injury (EVALI)                              | U07.0            | I.C.10.e
        inpatient  | Discharge diagnosis:\n1. Hypertensive emergency with acute on chronic diastolic heart failure | I16.1 I11.0 I50.33 | I.C.9.a.1
        outpatient | Assessment:\n1. COPD with acute bronchitis and acute exacerbation                  | J20.9 J44.0 J44.1 | both
        outpatient | Assessment:\n1. Follow-up of second degree burn of right foot, healing             | T25.221D         | I.C.19.a
        emergency  | Diagnosis: Suspected foreign body ingestion, ruled out                             | Z03.821          | I.C.21.c.6
    """)


def test_taken_up_again(coding_cases):
    """The assessment speaks of "her ulcer"; the examination gives its side, site and depth.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.14, IV.C. Rule I.B.14-coreference.
    """
    coding_cases(r"""
        note                                                                                                                  | codes            | why
        ----------------------------------------------------------------------------------------------------------------------+------------------+-----------------------
        Exam: right heel ulcer, fat layer exposed.\nAssessment:\n1. Type 2 diabetes.\n2. Her ulcer is not healing; debrided   | E11.621 L97.412  | side, site and depth
        Exam: Skin: 2 cm right heel ulcer, fat layer exposed.\nAssessment:\n1. Ulcer not healing; debrided today              | L97.412          | heads the problem
        Exam: sacral pressure ulcer stage 3.\nAssessment:\n1. The wound is clean; continue dressings                          | L89.153          | another word
        Exam: right heel ulcer, fat layer exposed.\nAssessment:\n1. Hypertension. Her ulcer has healed                        | I10              | healed
        Exam: right heel ulcer. Left calf ulcer.\nAssessment:\n1. Hypertension. The ulcer is clean                            | I10              | which of the two
        HPI: peptic ulcer.\nAssessment:\n1. Hypertension. The ulcer is quiet                                                  | I10              | another kind
    """)


def test_after_treatment(coding_cases):
    """Follow-up and aftercare say more than their general codes; a stable chronic condition is no abnormal finding.

    Source: ICD-10-CM Official Guidelines I.C.21.c.7, I.C.21.c.8, I.C.21.c.13, IV.P. Rules I.B.9-outpatient,
    IV.P-routine-examination.
    """
    coding_cases(r"""
        age | note                                                                                             | codes            | why
        ----+--------------------------------------------------------------------------------------------------+------------------+---------------------
        60  | Assessment:\n1. Follow-up after treatment of colon cancer, no recurrence, treatment completed    | Z08 Z85.038      | not Z09
        60  | Assessment:\n1. Aftercare following right total knee replacement for osteoarthritis              | Z47.1 [Z96.651]  | the joint is gone
        60  | Assessment:\n1. Surgical aftercare following laparoscopic cholecystectomy                        | Z48.815 Z90.49   | by the organ
        14  | Assessment:\n1. Orthopedic aftercare following scoliosis surgery                                 | Z47.82           | by the operation
        60  | Assessment:\n1. Annual exam.\n2. Hypertension, stable.\n3. Type 2 diabetes, stable               | Z00.00 I10 E11.9 | nothing new
        60  | Assessment:\n1. Annual physical.\n2. Hypertension, uncontrolled, increase lisinopril             | Z00.01 I10       | not as it was
        60  | Assessment:\n1. Annual physical.\n2. Hypertension, stable.\n3. New right knee pain               | Z00.01 I10 M25.561 | something new
    """)


def test_etiology_and_companions(coding_cases):
    """The underlying disease first; the combination that the Index gives; what a phrase adds.

    Source: ICD-10-CM Official Guidelines I.A.13, I.A.15, I.C.1.g.1.m, I.C.4.a, I.C.9.e.4, I.C.15.q. Rules
    I.C.4-endocrine, I.C.9-circulatory, I.C.15-combinations.
    """
    coding_cases(r"""
        setting    | note                                                                                    | codes                    | why
        -----------+-----------------------------------------------------------------------------------------+--------------------------+--------------------
        outpatient | Assessment:\n1. Polyneuropathy in vitamin B12 deficiency                                | E53.8 G63                | I.A.13
        outpatient | Assessment:\n1. Polyneuropathy.\n2. Vitamin B12 deficiency                              | G62.9 E53.8              | not linked
        outpatient | Assessment:\n1. Type 2 diabetes with retinopathy, neuropathy and nephropathy            | E11.319 E11.40 E11.21    | Index
        outpatient | Assessment:\n1. Diabetes due to pancreatectomy, on insulin                              | E13.9 E89.1 Z90.410 Z79.4 | I.C.4.a.6.b.i
        outpatient | Assessment:\n1. Diabetes due to total pancreatectomy, on insulin glargine              | E13.9 E89.1 Z90.410 Z79.4 | I.C.4.a.6.b.i
        outpatient | Assessment:\n1. Type 3c diabetes after Whipple procedure, on insulin                    | E13.9 E89.1 Z90.411 Z79.4 | a part of it
        outpatient | Assessment:\n1. Diabetes mellitus after pancreaticoduodenectomy with hyperglycemia      | E13.65 E89.1 Z90.411     | with its complication
        outpatient | Assessment:\n1. Type 2 diabetes.\n2. Distal pancreatectomy in 2019                      | E11.9 Z90.411            | not due to it
        outpatient | Assessment:\n1. Type 3c diabetes from chronic alcoholic pancreatitis                    | K86.0 E08.9              | a disease, not its removal
        outpatient | Assessment:\n1. Osteopathy after poliomyelitis                                            | M89.60 B91               | use additional code
        outpatient | Assessment:\n1. Late effects of polio                                                     | B91                      | not acute
        outpatient | Assessment:\n1. Long COVID with fatigue                                                 | R53.83 U09.9             | the symptom first
        inpatient  | Discharge diagnosis:\n1. Subsequent NSTEMI; STEMI of anterior wall 10 days ago          | I22.2 I21.09             | I.C.9.e.4
        outpatient | Assessment:\n1. Adenocarcinoma of the rectosigmoid junction with liver metastases       | C19 C78.7                | the primary
        outpatient | Assessment:\n1. Breast cancer with metastases to bone and liver                         | C50.919 C79.51 C78.7     | the primary
        outpatient | Assessment:\n1. Incomplete spontaneous abortion with hemorrhage                         | O03.1                    | complication
    """)


def test_injuries_and_complications(coding_cases):
    """Burns of the airway, death before waking, punctures by accident, the organ that was transplanted, drugs in excess.

    Source: ICD-10-CM Official Guidelines I.B.16, I.C.19.b, I.C.19.d, I.C.19.e.5.b, I.C.19.g, I.C.20. Rules
    I.C.19-injuries, I.C.19.b-unconsciousness, I.B.16-phrases, I.C.19.e-poisoning, I.C.20-external-causes, IV.H-refuted.
    """
    coding_cases(r"""
        setting    | note                                                                                                              | codes                      | why
        -----------+-------------------------------------------------------------------------------------------------------------------+----------------------------+--------------------
        emergency  | Diagnosis: Inhalation injury with burn of larynx and trachea                                                      | T27.0XXA                   | no T30
        inpatient  | Discharge diagnosis: Diffuse traumatic brain injury, died after 3 days without regaining consciousness            | S06.2X7A                   | 6th character
        inpatient  | Discharge diagnosis:\n1. Accidental puncture of the bowel during laparoscopic hysterectomy                        | K91.72                     | another system
        inpatient  | Discharge diagnosis:\n1. Wound dehiscence of abdominal surgical incision, external                                | T81.31XA                   | no acute abdomen
        inpatient  | Discharge diagnosis:\n1. CMV infection of transplanted lung                                                       | T86.812 B25.9              | both
        outpatient | Assessment:\n1. Catheter-associated UTI, suprapubic catheter                                                      | T83.510A N39.0             | cystostomy
        emergency  | Diagnosis: Hypoglycemia because she took twice the prescribed insulin by mistake. Type 1 diabetes.                | T38.3X1A E10.649           | a poisoning
        emergency  | HPI: Assaulted with a baseball bat by a stranger.\nDiagnosis: Left rib fracture                                   | S22.32XA Y08.02XA          | not the game
    """)
