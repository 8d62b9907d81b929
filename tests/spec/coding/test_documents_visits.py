"""Notes of emergency rooms, nurseries, schools, employers and homes: answers in a row, whose history it is, the visit
of a newborn, examinations for others, stitches that come out another day.
"""


def test_answers_in_a_row(coding_cases):
    """In a row of answers each one is that of the item before it.

    Source: ICD-10-CM Official Guidelines IV.J, I.A.19. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                 | codes       | why
        -------------------------------------------------------------------------------------+-------------+-----------
        Driver reports: HTN yes; diabetes no; seizure no; stroke no.\\nAssessment: HTN       | I10         | answered no
        Assessment: HTN yes, diabetes no, asthma no.                                         | I10         | answered no
        Assessment: diabetes N, HTN Y, asthma N                                              | I10         | answered no
        Assessment: asthma yes/ diabetes no/ COPD no                                         | J45.909     | answered no
        Assessment: Diabetes.....no  HTN.....yes                                             | I10         | answered no
        Assessment: Hypertension, diabetes. Asthma no, COPD yes.                             | I10 E11.9 J44.9 | of the item alone
        Assessment: Hypertension. She asked about insulin; he said no.                       | I10         | one answer
    """)  # fmt: skip


def test_whose_history(coding_cases):
    """What siblings and the mother have is not the patient's; a maternal history is the mother's unless she is the patient.

    Source: ICD-10-CM Official Guidelines I.A.19, I.C.15.a, I.C.16.a. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                                 | codes  | why
        -----------------------------------------------------------------------------------------------------+--------+-----------
        3 yo with cough. Sib with RSV at home.\\nAssessment: croup                                           | J05.0  | of the sibling
        Assessment: croup. Mother has asthma - smokes outside.                                               | J05.0  | of the mother
        Newborn male, day of life 2. Maternal hx depression on sertraline.\\nAssessment: 1. Neonatal jaundice | P59.9  | of the mother
        Newborn male, day of life 2. Maternal labs: HIV pos, HBsAg neg.\\nAssessment: 1. Neonatal jaundice    | P59.9  | of the mother
        28F, G2P1. Assessment: Asthma. Maternal history of migraine.                                         | J45.909 G43.909 | of herself
        Varicella: hx of disease. Assessment: HTN                                                            | I10    | past
    """)  # fmt: skip


def test_the_first_weeks(coding_cases):
    """At a visit of the first 28 days a condition has its code in chapter 16; older children keep theirs.

    Source: ICD-10-CM Official Guidelines I.C.16.a.1, I.C.16.a.5. Rule I.C.16.a-perinatal-codes.
    """
    coding_cases("""
        note                                                                             | codes         | why
        ---------------------------------------------------------------------------------+---------------+-----------
        8-day-old girl with eye discharge.\\nDx: Conjunctivitis                          | P39.1         | newborn
        9-day-old boy.\\nDx: Jaundice                                                    | P59.9         | newborn
        3 week old boy.\\nDx: fever                                                      | P81.9         | newborn
        12 do infant.\\nDx: oral thrush                                                  | P37.5         | newborn
        10 week old girl.\\nDx: UTI                                                      | N39.0         | older
        6 mo infant, white patches in mouth x 5 days.\\nDx: oral thrush                  | B37.0         | older
        40F with cough for 8 days, films 3 weeks old.\\nDx: fever                        | R50.9         | grown
        Full-term newborn with tachypnea at birth.\\nDx: pneumothorax                    | P25.1         | opens with it
        We present a male newborn with bruising.\\nDx: thrombocytopenia                 | P61.0         | opens with it
        12-hour-old girl.\\nDx: hypocalcemia                                            | P71.1         | hours
        Newborn screening result of a child aged 14 months.\\nDx: hypocalcemia         | E83.51        | older
        She brought her newborn along.\\nDx: thrombocytopenia                          | D69.6         | not the patient
        The cut is 12 hours old.\\nDx: fever                                           | R50.9         | a cut
    """)  # fmt: skip


def test_examinations_for_others(coding_cases):
    """Examinations of drivers, athletes, recruits: by what staff calls them, in the title of a note too.

    Source: Index: Examination, driving license, sport competition, pre-employment; Guidelines I.C.21.c.13.
    """
    coding_cases("""
        note                                                                 | codes         | why
        ---------------------------------------------------------------------+---------------+-----------
        Assessment: DOT medical exam                                         | Z02.4         | driver
        Assessment: DOT recertification exam. HTN.                           | Z02.4 I10     | driver
        Assessment: pre-placement exam                                       | Z02.1         | employer
        Assessment: post-offer physical                                      | Z02.1         | employer
        Here for preparticipation physical                                   | Z02.5         | athlete
        SPORTS PHYSICAL\\n9th grade, runs track. Exam normal.\\nCleared.     | Z02.5         | title
        Assessment: jail intake physical                                     | Z02.89        | prison
    """)  # fmt: skip


def test_stitches_another_day(coding_cases):
    """Stitches that are to come out later make no visit for their removal; an injury called subsequent is one.

    Source: ICD-10-CM Official Guidelines I.C.19.a, I.C.21.c.7. Rule I.C.21.c.7-aftercare.
    """
    coding_cases("""
        note                                                                        | codes    | why
        ----------------------------------------------------------------------------+----------+-----------
        Dx: Laceration of left index finger.\\nSuture removal 10 d.                 | S61.211A | ahead
        Dx: Laceration of left index finger.\\nPlan: Suture removal in 7-10 days.   | S61.211A | ahead
        Dx: Scalp laceration.\\nStaples to come out in 10 d.                        | S01.01XA | ahead
        Here for suture removal. Laceration of left index finger.                   | S61.211D | today
        Dx: laceration scalp, here for staple removal                               | S01.01XD | today
        Dx: lumbar strain, subsequent                                               | S39.012D | so called
        Occ Health f/u - WC claim\\nDOI 4/20/26.\\nDx: lumbar strain                | S39.012D | follow-up
        WC initial visit\\nDx: lumbar strain\\nF/u 1 wk, WC form given.             | S39.012A | first
        Recheck of right ankle sprain. Improving.\\nDx: R ankle sprain              | S93.401D | follow-up
        Dx: R ankle sprain, f/u ortho 1 wk                                          | S93.401A | first
        Dx: Abrasion R shoulder - local wound care                                  | S40.211A | care, no wound
    """)  # fmt: skip
