"""One condition told in several words or places: stage, cause, side, what is resolved, what is only thought of."""


def test_the_stage_and_the_cause_said_beside_a_condition(coding_cases):
    """A stage said of the kidneys belongs to the kidney disease; a phrase that names a cause gives the cause too.

    Source: ICD-10-CM Official Guidelines I.B.2, I.A.13, I.C.4.a. Rules I.C.14-renal, I.C.11-digestive,
    I.C.4-endocrine.
    """
    coding_cases(r"""
        note                                                                                             | codes               | why
        -------------------------------------------------------------------------------------------------+---------------------+--------------------
        Assessment:\nChronic kidney disease. His kidney function is stable, stage 3a. Renal diet.        | N18.31              | next sentence
        Assessment:\nChronic kidney disease. Kidneys unchanged at stage IV. Renal diet.                  | N18.4               | roman
        Assessment:\nChronic kidney disease. Renal diet.                                                 | N18.9               | no stage
        Assessment:\nEsophageal varices, from portal hypertension. Continue nadolol.                     | K76.6 I85.10        | cause first
        Assessment:\nErectile dysfunction due to type 2 diabetes. Increase sildenafil.                   | E11.69 N52.1        | both
        Assessment:\nAlcoholic cirrhosis with spider angiomata. Continue spironolactone.                 | K70.30              | its sign
        Assessment:\nType 1 diabetes with diabetic eye disease as above. Continue insulin.\nEye report:\nMild nonproliferative diabetic retinopathy with macular edema, both eyes. | E10.3213 [Z79.4] | told by the report
        Assessment:\nType 1 diabetes with diabetic eye disease. Continue insulin.                        | E10.39 Z79.4        | nothing more
    """)


def test_what_is_resolved_or_only_thought_of(coding_cases):
    """A lasting condition called resolved is over, whoever says so; what might be tried is not taken.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4, IV.H, I.C.5.b. Rules IV.J-reportable, I.C.5-mental.
    """
    coding_cases(r"""
        note                                                                                             | codes            | why
        -------------------------------------------------------------------------------------------------+------------------+--------------------
        Assessment:\n1. Gout. Continue allopurinol.\n2. HTN - resolved per PCP.                          | M10.9            | told by another
        Assessment:\n1. Gout. Continue allopurinol.\n2. HTN - resolved on lisinopril.                    | M10.9 I10        | kept away by a drug
        Assessment:\n1. Type 2 diabetes. An injectable such as semaglutide might help with weight.       | E11.9            | not taken
        Assessment:\n1. Type 2 diabetes. Continue semaglutide.                                           | E11.9 Z79.85     | taken
        Assessment:\n1. Gout. Allopurinol.\nHPI: No chest pain since his heart attack in 2018.          | M10.9 [I25.2]    | not denied
        Assessment:\n1. Vaping. Counselled to quit.                                                      | F17.290          | nicotine
        Assessment:\n1. Vaping occasionally at parties. Counselled to quit.                              | Z72.0            | use
        Assessment:\n1. Vapes THC. Counselled to quit.\n2. Gout. Allopurinol.                            | M10.9            | no nicotine
        Assessment:\n1. Graves disease, still hyperthyroid on methimazole.                               | E05.00           | no Still's disease
        Assessment:\n1. Still's disease, adult onset. Continue anakinra.                                 | M06.1 Z79.620    | Still's disease
        Assessment:\n1. Thyroid eye disease, both orbits.                                                | H05.833          | both orbits
        PMH: Stroke - none. Diabetes - none (A1c 5.6%).\nAssessment:\n1. Gout. Allopurinol.              | M10.9            | a value in brackets
        Assessment:\n1. Eczema. Plan:\n- Influenza vaccine #1 given today, IM L thigh.                   | L30.9 Z23        | given
        Assessment:\n1. Left lactational mastitis. Dicloxacillin.                                        | O91.23           | lactation
        A/P:\n1) BCC L nasal ala, bx proven. Referral for Mohs.\n2) Hx of melanoma - scar clear, no sign of recurrence. | C44.311 Z85.820 | two cancers
    """)


def test_headings_of_conclusions(coding_cases):
    """A conclusion counts under headings with a full stop or a stroke.

    Source: ICD-10-CM Official Guidelines IV.J. Rule IV.J-reportable.
    """
    coding_cases(r"""
        note                                                                                             | codes            | why
        -------------------------------------------------------------------------------------------------+------------------+--------------------
        Examination. Normal.\n\nOpinion.\n1. Carpal tunnel syndrome on the right. Splint.                | G56.01           | letter
        Current meds: lithium\n\nDIAGNOSES / PLAN:\n1. Generalized anxiety disorder. CBT.                | F41.1            | stroke
    """)


def test_stays(coding_cases):
    """Criteria never met, a shelter with a street in its name, who reports and who does, labor and delivery in weeks.

    Source: ICD-10-CM Official Guidelines II.H, I.C.21.c.17, I.C.19.e.5.c, I.C.15.a.3. Rules I.C.21.c.17-homelessness,
    I.C.19.e-underdosing, I.C.15-pregnancy, I.C.9-circulatory, I.C.4-endocrine.
    """
    coding_cases(r"""
        setting   | note                                                                                  | codes                    | why
        ----------+---------------------------------------------------------------------------------------+--------------------------+-------
        inpatient | Discharge diagnosis:\n1. Demand ischemia (flat troponin leak)                  | I24.89                   | its finding
        inpatient | Discharge diagnosis:\n1. Hashimoto thyroiditis, hypothyroid. Levothyroxine.     | E06.3                    | one disease
        inpatient | Discharge diagnosis:\n1. Pneumonia\nCourse:\nHe never met criteria for sepsis.         | J18.9                    | never met
        inpatient | Discharge diagnosis:\n1. Cellulitis of left leg\nCourse:\nHe has been staying at the Elm Street shelter. | L03.116 Z59.01 | a shelter
        inpatient | Discharge diagnosis:\n1. Atrial fibrillation\nHPI:\nHer son reports that she had cut her apixaban to every other day because of the cost. | I48.91 T45.516A Z91.120 [Z79.01] | her own doing
        inpatient | Discharge diagnosis:\n1. Preterm labor with preterm delivery at 36w1d                  | O60.14X0 Z3A.36          | weeks
    """)


def test_polyps_and_their_pathology(coding_cases):
    """The pathologist's adenoma gives the polyp its code, by the letter of the jar; other polyps keep theirs.

    Source: ICD-10-CM Official Guidelines IV.K, I.C.2. Rule IV.K-polyp-pathology.
    """
    coding_cases(r"""
        note                                                                                             | codes            | why
        -------------------------------------------------------------------------------------------------+------------------+--------------------
        A/P:\n1. Colon polyp, jar A. Colonoscopy in 5 years.\n\nPATHOLOGY\nA. Ascending colon: tubular adenoma.\nB. Sigmoid colon: hyperplastic polyp. | D12.2 | jar A
        A/P:\n1. Colon polyp, jar B. Colonoscopy in 5 years.\n\nPATHOLOGY\nA. Ascending colon: tubular adenoma.\nB. Sigmoid colon: hyperplastic polyp. | K63.5 [D12.2] | jar B
        A/P:\n1. Colon polyps. Colonoscopy in 3 years.\n\nPATHOLOGY\nA. Cecum, polyp:\n- Tubular adenoma.\nB. Rectum, polyp:\n- Tubulovillous adenoma. | D12.0 D12.8 | below the letter
        A/P:\n1. Colon polyp. Colonoscopy in 5 years.\n\nPATHOLOGY\nNegative for adenoma.                 | K63.5            | denied
        A/P:\n1. Colon polyp. Colonoscopy in 5 years.                                                    | K63.5            | no report
    """)


def test_what_a_word_belongs_to(coding_cases):
    """Sides of what is sound, former infections, drugs of former years, lists of old, vessels that are open.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13, IV.J, I.C.21.c.3, I.C.21.c.5. Rules IV.J-reportable,
    I.C.21.c.3-given-up, I.C.12-ulcer-depth, I.B.9-outpatient, I.C.10-respiratory, I.B.2-specific.
    """
    coding_cases(r"""
        note                                                                                             | codes            | why
        -------------------------------------------------------------------------------------------------+------------------+--------------------
        Assessment:\n1. Conductive hearing loss on the left, right ear hearing normal.                   | H90.12           | the other ear
        Assessment:\n1. Cystocele. She had a UTI in April, treated. Pessary.                             | N81.10 [Z87.440] | in April
        Assessment:\n1. GERD years ago.\n2. Gout. Allopurinol.                                           | [Z87.19] M10.9   | no year
        Assessment:\n1. GERD, diagnosed 10 years ago. Continue omeprazole.                               | K21.9            | since when
        Assessment:\n1. Breast cancer of the left breast. Letrozole 2021-2024. Chemotherapy now.         | C50.912          | drug of old
        Exam: Ulcer of the left heel 1 x 2 cm. Base is red, into the subcutaneous fat.\nAssessment:\n1. Non-pressure ulcer of left heel. Dressing. | L97.422 | next sentence
        HPI: 2 L home oxygen.\nAssessment:\n1. COPD. Continue tiotropium.                                | J44.9 Z99.81     | goes with it
        HPI: Not on home O2.\nAssessment:\n1. COPD. Continue tiotropium.                                 | J44.9            | denied
        CC: Yearly skin check.\nAssessment:\n1. Basal cell carcinoma of the nose. Mohs.                  | C44.311          | no screening
        Assessment:\n1. Breast cancer, left, with bone metastases.\n2. Pain from the bone metastases. Oxycodone. | C50.912 C79.51 G89.3 | both
    """)


def test_more_of_stays(coding_cases):
    """Fractures by their cause, lacerations by their length, endocarditis, thrush of the newborn, effects of drugs.

    Source: ICD-10-CM Official Guidelines I.C.13.c, I.C.13.d.2, I.C.19, I.C.16.a, I.A.12.a, III. Rules
    I.C.13.d.2-fragility-fracture, I.C.13-musculoskeletal, I.C.19-injuries, I.C.9-circulatory,
    I.C.16.a-perinatal-codes, I.A.12.a-excludes1, I.C.19.e-adverse-effects.
    """
    coding_cases(r"""
        setting   | note                                                                                  | codes                    | why
        ----------+---------------------------------------------------------------------------------------+--------------------------+-------
        inpatient | Principal diagnosis: Left intertrochanteric hip fracture due to age-related osteoporosis\nSecondary diagnoses:\nVitamin D deficiency | M80.052A E55.9 | its cause
        inpatient | Discharge diagnosis:\n1. Splenic laceration, 2.5 cm deep                              | S36.031A                 | by its depth
        inpatient | Discharge diagnosis:\n1. Splenic laceration                                           | S36.039A                 | no length
        inpatient | Discharge diagnosis:\n1. DVT of left posterior tibial vein\nCourse:\nDuplex showed posterior tibial DVT, femoral and popliteal patent. | I82.442 | open vessels
        inpatient | Discharge diagnosis:\n1. Acute infective endocarditis of the tricuspid valve\nCourse:\nTricuspid valve endocarditis, cefazolin. | I33.0 | one disease
        inpatient | Discharge diagnosis:\n1. Pneumonia\nPMH: Old list says "CHF" - echo normal. COVID-19 2022. | J18.9              | old list
        inpatient | Discharge diagnosis:\n1. Pneumonia\nDischarge meds: senna. STOP: insulin.             | J18.9                    | stopped
    """)


def test_allergies_that_were_taken_off(coding_cases):
    """An allergy that was taken off the list, or outgrown, is none; a drug that is given in its stead is no allergy.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-allergy-told.
    """
    coding_cases(r"""
        note                                                                                              | codes         | why
        --------------------------------------------------------------------------------------------------+---------------+----
        Assessment:\n1. Cough. The penicillin allergy on her old list was taken off in February.            | R05.9         | off the list
        Assessment:\n1. Cough. Penicillin allergy was removed from her chart after a negative challenge.    | R05.9         | removed
        Assessment:\n1. Cough. Penicillin allergy delabeled last year.                                      | R05.9         | delabeled
        Assessment:\n1. Cough. Her sulfa allergy label was removed.                                         | R05.9         | the label
        Assessment:\n1. Eczema. She has outgrown her egg allergy.                                           | L30.9         | outgrown
        Assessment:\n1. Peanut allergy. Epinephrine renewed.                                                | Z91.010       | there
        Assessment:\n1. She has a penicillin allergy and gets cephalexin for cellulitis of the left leg.    | L03.116 Z88.0 | in its stead
        Assessment:\n1. Psoriasis. If no better we will talk about adalimumab.                              | L40.9         | spoken of
    """)


def test_marks_that_are_no_words(coding_cases):
    """Hours before an article are no headache; a fat pad on a film is no fat; a title names no cause of death.

    Source: ICD-10-CM Official Guidelines III.B, I.B.5. Rule IV.H-refuted.
    """
    coding_cases(r"""
        note                                                           | codes       | why
        ---------------------------------------------------------------+-------------+----
        Assessment:\n1. Cough. At 20 h a film was clear.                | R05.9       | hours
        Assessment:\n1. He has h/a and nausea.                         | R51.9 R11.0 | a slash
        Assessment:\n1. Left elbow sprain. Posterior fat pad sign.      | S53.402A    | a sign
        Assessment:\n1. CAD. Vein graft to the PDA is open.             | I25.10      | an artery
        Assessment:\n1. Small PDA on echo, cardiology follow-up.        | Q25.0       | a duct
    """)
