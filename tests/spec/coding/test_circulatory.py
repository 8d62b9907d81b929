"""Hypertension, heart failure, coronary disease, embolism, stroke."""


def test_hypertension(coding_cases):
    """Heart failure and chronic kidney disease join hypertension, whichever way each is documented.

    Source: ICD-10-CM Official Guidelines I.C.9.a. Rule I.C.9.a-hypertension.
    """
    coding_cases("""
        setting   | note                                                                                          | codes                | why
        ----------+-----------------------------------------------------------------------------------------------+----------------------+----
        inpatient | Discharge diagnosis:\\n1. Acute on chronic HFrEF\\n2. Hypertension\\n3. CKD stage 4              | I13.0 I50.23 N18.4   | I.C.9.a.3
        inpatient | Discharge diagnosis:\\n1. Hypertensive heart and kidney disease\\n2. ESRD\\n3. Acute diastolic heart failure | I13.2 N18.6 I50.31 | I.C.9.a.3
        inpatient | Discharge diagnosis:\\n1. Hypertensive urgency\\n2. Hypertension                               | I16.0 I10            | I.C.9.a.10
    """)


def test_heart_failure(coding_cases):
    """Type and acuity from every place where the chart speaks of it; an ejection fraction alone gives no type.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.8. Rule I.C.9-heart-failure.
    """
    coding_cases("""
        setting   | note                                                                                | codes  | why
        ----------+-------------------------------------------------------------------------------------+--------+----
        inpatient | Discharge diagnosis:\\n1. Acute decompensated heart failure\\nCourse:\\nHFpEF, diuresed. | I50.33 | decompensated
        inpatient | Discharge diagnosis:\\n1. Congestive heart failure. EF 25%.                          | I50.9  | EF is no type
    """)


def test_coronary_disease(coding_cases):
    """Angina joins coronary disease; infarction by type; an old one is history.

    Source: ICD-10-CM Official Guidelines I.C.9.b, I.C.9.e. Rule I.C.9-circulatory.
    """
    coding_cases("""
        setting   | note                                                                             | codes               | why
        ----------+----------------------------------------------------------------------------------+---------------------+----
        inpatient | Discharge diagnosis:\\n1. Unstable angina\\n2. CAD                                 | I25.110             | I.C.9.b
        inpatient | Discharge diagnosis:\\n1. CAD, no angina                                          | I25.10              | denied
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\n2. CAD\\n3. Old MI in 2015                       | I21.4 I25.10 I25.2  | I.C.9.e
        inpatient | Discharge diagnosis:\\n1. Pulmonary embolism with acute cor pulmonale             | I26.09              | combination
    """)


def test_stroke(coding_cases):
    """Artery and cause in one code; deficits beside it; the side of a hemiplegia by the rule on dominance.

    Source: ICD-10-CM Official Guidelines I.C.9.d, I.C.6.a, I.C.18.i. Rules I.C.9.d-stroke, I.C.6.a-dominance, I.C.18.i-nihss.
    """
    coding_cases("""
        setting   | note                                                                                      | codes                          | why
        ----------+-------------------------------------------------------------------------------------------+--------------------------------+----
        inpatient | Discharge diagnosis:\\n1. Acute embolic stroke of the right middle cerebral artery\\n2. Left hemiparesis\\nNIHSS 12. | I63.411 G81.94 R29.712 | left is not dominant
        inpatient | Discharge diagnosis:\\n1. Acute ischemic stroke\\n2. Right hemiparesis\\n3. Aphasia          | I63.9 G81.91 R47.01            | right is dominant
    """)


def test_stroke_sequelae(coding_cases):
    """What a former stroke left is coded to I69 by the kind of stroke and by dominance; without deficit it is history.

    Source: ICD-10-CM Official Guidelines I.C.9.d.1, I.C.9.d.3, I.C.6.a. Rule I.C.9.d-sequelae.
    """
    coding_cases("""
        note                                                                                | codes           | why
        ------------------------------------------------------------------------------------+-----------------+--------------------
        Assessment:\\n1. Old stroke with residual aphasia.                                   | I69.320         | not over: it remains
        Assessment:\\n1. Old CVA with left-sided weakness.                                   | I69.354         | left is not dominant by default
        Assessment:\\n1. Right hemiparesis from old stroke.                                  | I69.351         | right is dominant by default
        Assessment:\\n1. Right hemiparesis from old stroke. He is left-handed.               | I69.353         | dominance documented
        Assessment:\\n1. Prior ICH (2015) with right hemiplegia.                             | I69.151         | by the kind of stroke
        Assessment:\\n1. Old CVA with left-sided weakness, dysarthria and dysphagia.         | I69.354 I69.322 I69.391 | a list
        Assessment:\\n1. Dysphagia, oropharyngeal phase, due to prior stroke.                | I69.391 R13.12  | type of dysphagia as well
        PMH: CVA 2018\\nAssessment:\\n1. Residual right hemiparesis, continue PT.             | I69.351         | in two sections
        Assessment:\\n1. Old stroke without residual deficits.                               | Z86.73          | I.C.9.d.3
        Assessment:\\n1. History of stroke. Denies weakness.                                 | Z86.73          | denied
        Assessment:\\n1. History of stroke, presents with new left-sided weakness.           | Z86.73 R53.1    | new is not left behind
        Assessment:\\n1. Acute ischemic stroke with left hemiparesis.                        | I63.9 G81.94    | not a former one
    """)
