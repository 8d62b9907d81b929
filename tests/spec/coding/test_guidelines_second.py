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
