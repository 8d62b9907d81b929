"""Pregnancy, childbirth and the newborn."""


def test_pregnancy(coding_cases):
    """Chapter 15 first, with trimester and weeks of gestation; the condition itself beside it.

    Source: ICD-10-CM Official Guidelines I.C.15.a, I.C.21.c.11. Rule I.C.15-pregnancy.
    """
    coding_cases("""
        sex | note                                                                                   | codes                    | why
        ----+----------------------------------------------------------------------------------------+--------------------------+-------------
        F   | Prenatal visit, 30w4d\\nAssessment:\\n1. Iron deficiency anemia                         | O99.013 D50.9 Z3A.30     | third trimester
        F   | Prenatal visit at 12 weeks 3 days\\nAssessment:\\n1. Hypothyroidism in pregnancy        | O99.281 E03.9 Z3A.12     | first trimester
        F   | Prenatal visit 24w2d\\nAssessment:\\n1. Gestational diabetes, diet controlled           | O24.410 Z3A.24           | control
        F   | Prenatal visit 24w2d\\nAssessment:\\n1. GDMA1: diet controlled, continue log.        | O24.410 Z3A.24           | abbreviated
        F   | Prenatal visit 20w0d\\nAssessment:\\nNormal pregnancy, routine care.                    | Z34.92 Z3A.20            | no complication
    """)


def test_delivery(coding_cases):
    """The outcome of delivery on the mother's record.

    Source: ICD-10-CM Official Guidelines I.C.15.b.5. Rule I.C.15-pregnancy.
    """
    coding_cases("""
        setting   | sex | note                                                                                                                | codes                            | why
        ----------+-----+---------------------------------------------------------------------------------------------------------------------+----------------------------------+-----
        inpatient | F   | Pregnancy at 39w2d. NSVD of viable male infant.\\nDischarge Diagnosis:\\n1. Gestational diabetes, diet controlled    | O24.420 Z3A.39 Z37.0             | childbirth
        inpatient | F   | Pregnancy at 39w2d. NSVD of viable male infant.\\nHPI: Never needed metformin or insulin.\\nDischarge Diagnosis:\\n1. A1GDM | O24.420 Z3A.39 Z37.0 | A1 is diet
        inpatient | F   | Pregnancy at 39w2d. NSVD of viable male infant.\\nDischarge Diagnosis:\\n1. Gestational diabetes on diet and insulin | O24.424 Z3A.39 Z37.0 | insulin
    """)


def test_rupture_of_membranes(coding_cases):
    """Premature rupture of membranes is preterm before 37 completed weeks, by trimester, and full-term after.

    Source: ICD-10-CM Alphabetic Index, Pregnancy, complicated by, premature rupture of membranes. Rule I.C.15-pregnancy.
    """
    coding_cases("""
        sex | note                                                                             | codes          | why
        ----+----------------------------------------------------------------------------------+----------------+----
        F   | Assessment:\\n1. Pregnancy at 33 weeks\\n2. PROM                                 | O42.913 Z3A.33 | third trimester
        F   | Assessment:\\n1. Premature rupture of membranes at 24 weeks.                     | O42.912 Z3A.24 | second trimester
        F   | Assessment:\\n1. IUP at 38 weeks with rupture of membranes.                      | O42.92 Z3A.38  | full-term
        F   | Assessment:\\n1. Pregnancy at 39 weeks 2 days. PROM, onset of labor more than 24 hours after rupture. | O42.12 Z3A.39 | its time
        F   | Assessment:\\n1. Pregnancy, premature rupture of membranes                       | O42.90         | weeks unsaid
    """)


def test_newborn(coding_cases):
    """Z38 first on the birth record; newborn visits by the age in days.

    Source: ICD-10-CM Official Guidelines I.C.16.a.2, I.C.21.c.12-13. Rules I.C.16.a-birth-record, I.C.21.c.13-newborn-visit.
    """
    coding_cases("""
        setting    | age | note                                                                                       | codes          | why
        -----------+-----+--------------------------------------------------------------------------------------------+----------------+-----------
        inpatient  | 0   | Newborn male, born by vaginal delivery.\\nDischarge Diagnosis:\\n1. Neonatal jaundice         | Z38.00 P59.9   | birth record
        outpatient | 0   | 5 day old here for well baby check.\\nAssessment:\\n1. Well baby check                         | Z00.110        | under 8 days
    """)


def test_hypertension_under_a_preeclampsia_and_the_scar(coding_cases):
    """The type of the hypertension stands beside O11; the scar is low transverse where the chart says so.

    Source: ICD-10-CM, use additional code note at O11; Official Guidelines I.C.15. Rule I.C.15-combinations.
    """
    coding_cases("""
        setting   | sex | note                                                                              | codes                          | why
        ----------+-----+-----------------------------------------------------------------------------------+--------------------------------+----
        inpatient | F   | Discharge diagnoses:\\n1. Chronic hypertension with superimposed preeclampsia\\nHospital course:\\nCesarean delivery at 36 weeks 2 days, repeat low transverse cesarean, as she declined a trial of labor with her low transverse scar. A living girl. | O11.4 O10.02 O34.211 Z3A.36 Z37.0 [O82] | both
        inpatient | M   | NICU summary. Born here by cesarean. Neonatal hypoglycemia, mother with gestational diabetes. | Z38.01 P70.0          | of the mother's diabetes
    """)


def test_mother_and_child_on_one_record(coding_cases):
    """Codes of the newborn never stand on the mother's record, nor those of pregnancy on the child's; what the baby has
    is not hers. Who is named first is the patient.

    Source: ICD-10-CM Official Guidelines I.C.15.a, I.C.16.a.1.
    """
    coding_cases("""
        setting   | note                                                                                                 | codes              | why
        ----------+------------------------------------------------------------------------------------------------------+--------------------+-----
        inpatient | G2P1 at 30 weeks with severe preeclampsia. Delivered a preterm male infant, birth weight 1400 g, infant with respiratory distress syndrome. | O14.14 Z3A.30 Z37.0 | hers
        inpatient | Postpartum day 2 after vaginal delivery of a single liveborn. Baby has hyperbilirubinemia.             | Z37.0              | the baby's
        outpatient | Postpartum visit. Baby is colicky. She has mastitis and anemia.                                      | N61.0 D64.9        | hers again
        outpatient | Postpartum depression. Her infant has eczema.                                                        | F53.0              | the infant's
        outpatient | She delivered a healthy newborn with a second degree perineal laceration.                            | O70.1              | hers
        inpatient | Newborn male born at 30 weeks to a mother with severe preeclampsia. Respiratory distress syndrome.     | P22.0 P07.33       | his
        inpatient | Newborn girl delivered by cesarean section for placenta previa. Infant of a diabetic mother with hypoglycemia. | Z38.01 P70.1       | the infant's
        inpatient | Infant born at 36 weeks to a 28 year old G2P1 mother with preeclampsia. Hypoglycemia.                  | P70.4 P07.39       | the infant's
        inpatient | Infant of 28 yo G3P2 mother, born at 34 weeks. Apnea of prematurity.                                   | P28.49 P07.37      | her age
        outpatient | 4 year old girl with asthma. Born at 28 weeks to a mother with preeclampsia.                          | J45.909            | grown since
    """)


def test_a_delivery_told_from_the_infant(coding_cases):
    """The chart of a delivery is the mother's, though it opens with the infant; the care of a newborn makes it his.

    Source: ICD-10-CM Official Guidelines I.C.15.a, I.C.16.a.1.
    """
    coding_cases("""
        setting   | note                                                                                                 | codes              | why
        ----------+------------------------------------------------------------------------------------------------------+--------------------+-----
        inpatient | Live female infant delivered vaginally at 39 weeks, Apgars 8 and 9. Placenta delivered spontaneously. Second degree laceration repaired. EBL 300 mL. | O70.1 Z37.0 Z3A.39 | what was done to her
        outpatient | Baby girl born at 38 weeks by NSVD. Second degree perineal laceration repaired. Postpartum hemorrhage treated with methergine. | O70.1 O72.1 | the bleeding too
        inpatient | Newborn admission note. Term male born by NSVD, placenta delivered intact, EBL 300. Vitamin K given. Neonatal jaundice. | Z38.00 P59.9 | the care of the child
        inpatient | Newborn male born at 30 weeks, placenta intact. Respiratory distress syndrome.                         | P22.0 P07.33       | a single trace
    """)


def test_tears_and_breech_in_the_words_of_the_delivery_room(coding_cases):
    """A laceration by its degree is that of the perineum in the chart of a birth; a bare breech is the presentation.

    Source: ICD-10-CM Alphabetic Index: Delivery, complicated by, laceration, perineum; Presentation, breech. Official
    Guidelines I.C.15.n: O80 stands alone.
    """
    coding_cases("""
        sex | note                                                                          | codes                  | why
        ----+-------------------------------------------------------------------------------+------------------------+----
        F   | NSVD at 39 weeks, 2nd degree laceration repaired, live infant.                | O70.1 Z3A.39     | by its degree
        F   | Vaginal delivery. First degree laceration not repaired. Live infant.          | O70.0            | the first
        F   | SVD at 40 weeks. Fourth degree tear repaired. Live male.                      | O70.3 Z3A.40     | a tear
        F   | Hamstring second degree tear in soccer.                                       | S76.319A       | a muscle's
        F   | G1P0 at 38 weeks in labor, breech, taken for primary cesarean section.        | O32.1XX0 Z3A.38  | bare
        F   | Prior cesarean for breech. G2P1 at 39 weeks, desires TOLAC.                   | O34.219 Z3A.39         | the last one
    """)


def test_what_an_earlier_child_was_delivered_for(coding_cases):
    """The reason of an earlier delivery, told with its year or as of the last one, is no complication of this pregnancy.

    Source: ICD-10-CM Official Guidelines I.C.15.a.1, I.C.21.c.4.
    """
    coding_cases("""
        note                                                                                                | codes               | why
        ----------------------------------------------------------------------------------------------------+---------------------+--------
        Assessment:\\n39 weeks pregnant. Prior c-section in 2020 for breech presentation, desires TOLAC.     | O34.219 Z3A.39      | its year
        Assessment:\\nPregnancy 37 weeks, previous C/S due to failure to progress. Now placenta previa.      | O34.219 O44.03 Z3A.37 | the last one
        Assessment:\\nBreech presentation at 39 weeks of gestation, primary cesarean for breech.               | O32.1XX0 Z3A.39       | this one
        Assessment:\\nPlacenta previa at 30 weeks, no bleeding.                                             | O44.03 Z3A.30         | its weeks
        Assessment:\\nBreech presentation, 38 weeks' gestation.                                             | O32.1XX0 Z3A.38       | of gestation
    """)


def test_weeks_of_another_pregnancy_make_nobody_pregnant(coding_cases):
    """Weeks of an earlier pregnancy, told as such or with a year long past, or of another woman are not the patient's.

    Source: ICD-10-CM Official Guidelines I.C.15.a.1, I.C.21.c.11.
    """
    coding_cases("""
        sex | note                                                                                     | codes                 | why
        ----+------------------------------------------------------------------------------------------+-----------------------+-----------
        F   | History of breech at 38 weeks in last pregnancy.\\nAssessment: Hypertension, continue lisinopril. | I10             | the last one
        F   | OB history: cesarean at 38 weeks for breech.\\nAssessment: Hypertension, continue lisinopril.     | I10             | the heading
        F   | G2P2, delivered at 39 weeks in 2010.\\nAssessment: Hypothyroidism, continue levothyroxine.        | E03.9           | its year
        F   | Her daughter is 20 weeks pregnant.\\nAssessment: Asthma, continue albuterol.                      | J45.909         | her daughter
        F   | G2P1 (SVD 2019) at 30 weeks.\\nAssessment: Asthma in pregnancy, continue albuterol.               | O99.513 J45.909 Z3A.30 | hers, now
        F   | History of asthma, at 30 weeks gestation.\\nAssessment: Asthma, continue albuterol.               | O99.513 J45.909 Z3A.30 | the asthma's history
        F   | Last pregnancy delivered at 34 weeks. Now 12 weeks gestation.\\nAssessment: Hypertension, continue labetalol. | O10.011 Z3A.12 | both told
    """)


def test_symptoms_of_a_pregnant_patient(coding_cases):
    """A symptom for which a pregnant patient is seen is coded to chapter 15 where no diagnosis stands beside it.

    Source: ICD-10-CM Official Guidelines I.C.15.a.1; Index, Vomiting, complicating pregnancy; Pregnancy, complicated by,
    specified condition NEC. Rule I.C.15-pregnancy.
    """
    coding_cases(r"""
        note                                                                                   | codes                | why
        ---------------------------------------------------------------------------------------+----------------------+-------------
        G2P1 at 10 weeks, nausea and vomiting                                                  | O21.9 Z3A.10         | vomiting
        G2P1 at 10 weeks with nausea.                                                          | O26.891 Z3A.10 R11.0 | nausea alone
        28 yo G1P0 at 24 weeks with headache. No preeclampsia.                                 | O26.892 Z3A.24 R51.9 | headache
        Routine prenatal visit at 10 weeks. Mild nausea. Assessment: IUP 10 weeks, doing well. | Z34.91 Z3A.10        | normal
        G2P1 at 10 weeks. Assessment: influenza. She had headache and nausea.                  | O99.511 J11.1 Z3A.10 | a diagnosis
        G1P0 at 9 weeks. Assessment: hyperemesis gravidarum.                                   | O21.0 Z3A.09         | its own code
        Nausea and vomiting. Pregnancy test negative.                                          | R11.2                | not pregnant
    """)
