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
        outpatient | Impression:\\n1. Coronary artery calcification.                                     | I25.10 I25.84       | code first at I25.84
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
        inpatient | Discharge diagnosis:\\n1. Acute ischemic stroke\\nHe scored 23 points on the NIHSS. | I63.9 R29.723 | points first
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


def test_infarctions_in_time(coding_cases):
    """Four weeks acute, then old; a second type 1 infarction within them is subsequent; one that evolves is a STEMI.

    Source: ICD-10-CM Official Guidelines I.C.9.e.1, I.C.9.e.4. Rule I.C.9.e.4-infarction-age.
    """
    coding_cases("""
        note                                                                                            | codes         | why
        ------------------------------------------------------------------------------------------------+---------------+-------------------------
        NSTEMI on 4/20/2026, discharged 4/24. Now readmitted 5/3/2026 with inferior STEMI.              | I21.4 I22.1   | by their dates
        Assessment:\\n1. Acute inferior STEMI. Anterior STEMI two weeks ago.                             | I22.1 I21.09  | another wall
        Assessment:\\n1. NSTEMI 10 days ago, now recurrent NSTEMI.                                       | I21.4 I22.2   | called recurrent
        Assessment:\\n1. Type 2 MI today; NSTEMI two weeks ago.                                          | I21.A1 I21.4  | not both of type 1
        Assessment:\\n1. NSTEMI 2 weeks ago, on aspirin and ticagrelor.                                  | I21.4 [Z79.02] [Z79.82] | still acute
        HPI: NSTEMI 3 days ago, transferred here.\\nAssessment:\\n1. NSTEMI                               | I21.4         | one, told twice
        Assessment:\\n1. NSTEMI 6 weeks ago, doing well.                                                 | I25.2         | old
        Assessment:\\n1. Myocardial infarction on 3/2/2026, doing well.                                  | I25.2         | old by its date
        Assessment:\\n1. NSTEMI 3 days ago which evolved into inferior STEMI.                            | I21.19        | I.C.9.e.1
    """)


def test_other_infarctions(coding_cases):
    """A type 2 infarction stands behind its cause; microvascular dysfunction has a code of its own.

    Source: ICD-10-CM Official Guidelines I.C.9.e.5, I.C.9.e.6. Rule I.C.9-circulatory.
    """
    coding_cases("""
        setting   | note                                                                                           | codes          | why
        ----------+------------------------------------------------------------------------------------------------+----------------+---------------------
        inpatient | Discharge diagnosis:\\n1. Type 2 MI due to atrial fibrillation with rapid ventricular response  | I48.91 I21.A1  | the cause first
        inpatient | Discharge diagnosis:\\n1. Type 2 NSTEMI due to hypertensive emergency                           | I16.1 I21.A1   | one code
        inpatient | Discharge diagnosis:\\n1. Acute myocardial injury due to sepsis                                 | A41.9 I5A      | the cause first
        inpatient | Discharge diagnosis:\\n1. NSTEMI due to coronary microvascular dysfunction                      | I21.B          | I.C.9.e.6
        inpatient | Discharge diagnosis:\\n1. MINOCA                                                                | I21.9          | type untold
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\n2. Cerebral microvascular disease                             | I21.4 I67.89   | of the brain
    """)


def test_ulcers_of_the_veins(coding_cases):
    """The ulcer of varicose veins has its severity beside it; without such veins it is that of the insufficiency.

    Source: ICD-10-CM, use additional code note at I83.0; Index, Ulcer, stasis. Rule I.B.7-ulcer-site.
    """
    coding_cases(r"""
        note                                                                                                        | codes           | why
        ------------------------------------------------------------------------------------------------------------+-----------------+----
        Assessment:\n1. Venous leg ulcer, left calf, fat layer exposed. Unna boot.                                   | I83.022 L97.222 | the site behind a comma
        Assessment:\n1. Venous stasis ulcer of the left calf with fat layer exposed, chronic venous insufficiency.   | I87.2 L97.222   | no varicose veins
        Assessment:\n1. Varicose veins with ulcer of the right calf, skin breakdown only.                            | I83.012 L97.211 | varicose
        Assessment:\n1. Chronic graft versus host disease after stem cell transplant.                                | T86.5 D89.811    | no doubt
    """)
