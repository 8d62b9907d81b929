"""What stands in the lists around the assessment: statuses, drugs, allergies, where somebody lives."""


def test_status_with_condition(coding_cases):
    """A status of the histories is reported beside the condition on which it bears, and not beside others.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, IV.J. Rule I.C.21.c.3-status-with-condition.
    """
    coding_cases("""
        note                                                                              | codes                    | why
        ----------------------------------------------------------------------------------+--------------------------+---------------
        PSH: CABG 2018\\nA/P:\\n1. CAD, stable                                            | I25.10 Z95.1             | the same arteries
        PSH: DES to RCA 2021\\nA/P:\\n1. CAD, stable                                      | I25.10 Z95.5             | the same arteries
        PMH: CAD with stent 2019\\nA/P:\\n1. CAD, stable                                  | I25.10 Z95.5             | the same arteries
        PSH: pacemaker 2020\\nA/P:\\n1. Sick sinus syndrome                               | I49.5 Z95.0              | what it is for
        PSH: right BKA 2019\\nA/P:\\n1. Type 2 diabetes with polyneuropathy               | E11.42 Z89.511           | of one disease
        PSH: gastric bypass 2018\\nA/P:\\n1. Iron deficiency anemia                       | D50.9 Z98.84             | what it costs
        PSH: left TKA 2021\\nA/P:\\n1. Right knee osteoarthritis                          | M17.11 Z96.652           | the other knee
        PSH: splenectomy 2010\\nA/P:\\n1. Immune thrombocytopenia                         | D69.3 Z90.81             | what it was for
        PSH: CABG 2018\\nA/P:\\n1. Acute bronchitis                                       | J20.9                    | bears on nothing here
        PSH: left TKA 2021\\nA/P:\\n1. Migraine                                           | G43.909                  | bears on nothing here
        PSH: scheduled for CABG in June\\nA/P:\\n1. CAD, stable                           | I25.10                   | still ahead
        FH: father had a CABG\\nA/P:\\n1. CAD, stable                                     | I25.10                   | of another
    """)


def test_items_of_one_line(coding_cases):
    """A sentence of a conclusion told in one line opens a problem as a line of a list does.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.5. Rule I.C.21.c.5-screening.
    """
    coding_cases("""
        note                                                                              | codes                    | why
        ----------------------------------------------------------------------------------+--------------------------+---------------
        A/P: Hypertension. Prostate cancer screening - PSA drawn today.                   | I10 Z12.5                | ordered as a problem
        A/P: Hypertension. IUD check - strings seen.                                      | I10 Z30.431              | done as a problem
        A: Acne vulgaris on isotretinoin. Negative pregnancy test.                        | L70.0 Z32.02             | done as a problem
        A/P: Hypertension, he will think about prostate cancer screening.                 | I10                      | only thought of
    """)


def test_long_term_therapy_listed(coding_cases):
    """A long-term therapy that the assessment lists as a problem is reported, whatever the drug; what acts locally and
    what was given once is none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases("""
        note                                                                              | codes                    | why
        ----------------------------------------------------------------------------------+--------------------------+---------------
        A/P:\\n1. Seborrhea\\n2. Long-term use of high risk medication - CBC, LFT.        | L21.9 Z79.899            | listed
        A/P:\\n1. Lupus\\n2. Long term use of hydroxychloroquine, eye exam                | M32.9 Z79.899            | listed, a drug of no code
        A/P:\\n1. GERD\\n2. Long-term NSAID use - check creatinine                        | K21.9 Z79.1              | listed
        A/P:\\n1. Migraine\\n2. Long term OCP use - no aura                               | G43.909 Z79.3            | listed
        A/P:\\n1. Psoriasis\\n2. High-risk medication use, long-term methotrexate         | L40.9 Z79.631            | the drug has its own
        A/P:\\n1. Psoriasis on methotrexate\\n2. High risk medication use.\\n- labs         | L40.9 Z79.631            | the same drug
        A: GERD, history of long-term NSAID use, now stopped.                             | K21.9                    | over
        A: Eczema, on topical steroids.                                                   | L30.9                    | local
        A: Psoriasis on chronic topical steroids.                                         | L40.9                    | local
        A: Polymyalgia rheumatica on chronic steroids.                                    | M35.3 Z79.52             | systemic
    """)


def test_allergies_that_are_none(coding_cases):
    """What was outgrown, or is avoided for another reason, is no allergy.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-allergy-status.
    """
    coding_cases("""
        note                                                              | codes       | why
        ------------------------------------------------------------------+-------------+---------------
        Allergies: egg? outgrown\\nA/P:\\n1. Hypertension                 | I10         | outgrown
        Allergies: NSAIDs avoided due to kidneys\\nA/P:\\n1. Hypertension | I10         | another reason
        Allergies: ibuprofen - hives\\nA/P:\\n1. Hypertension             | I10 Z88.6   | an allergy
    """)


def test_homes_of_outpatients(coding_cases):
    """Where a patient of the office lives counts as that of an inpatient does; a shelter bed that is looked for is none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.17, I.B.14. Rule I.C.21.c.17-homelessness.
    """
    coding_cases("""
        note                                                                                  | codes          | why
        --------------------------------------------------------------------------------------+----------------+---------------
        Social: staying at the Mercy shelter.\\nA/P:\\n1. Gout                                | M10.9 Z59.01   | sheltered
        HPI: He has been sleeping under the bridge.\\nA/P:\\n1. Gout                          | M10.9 Z59.02   | unsheltered
        Social: unsheltered homelessness.\\nA/P:\\n1. Gout\\n2. Homeless - outreach           | M10.9 Z59.02   | one code, the more specific
        A/P:\\n1. Gout\\n2. Homeless - outreach team contacted for a shelter bed              | M10.9 Z59.00   | a bed not yet found
        Social: was homeless in 2015, now housed.\\nA/P:\\n1. Gout                            | M10.9          | long ago
        Social: works at a homeless shelter.\\nA/P:\\n1. Gout                                 | M10.9          | at work
    """)


def test_words_of_specialists(coding_cases):
    """Abbreviations read by their company, and the virus in the name of a test.

    Source: Alphabetic Index: Tachycardia, ventricular; Presence, coronary stent; Arthritis, rheumatoid, with rheumatoid factor.
    """
    coding_cases("""
        note                                                                  | codes              | why
        ----------------------------------------------------------------------+--------------------+---------------
        A/P: VT, nonsustained, on carvedilol.                                 | I47.20             | rhythm
        A/P: Recurrent VT s/p ablation.                                       | I47.20             | rhythm
        A/P: CAD s/p DES, no angina.                                          | I25.10 Z95.5       | heart
        A/P: CAD s/p PCI with DES to LAD, stable.                             | I25.10 Z95.5       | heart
        A/P: Normal gyn exam. Pap with HPV sent.                              | Z01.419            | a test
        A/P: Normal gyn exam. Pap and HPV done today.                         | Z01.419            | no vaccine
        A/P: RA with RF, on MTX.                                              | M05.9 Z79.631      | factor
        HPI: Seropositive RA, multiple sites.\\nA/P:\\n1. RA, continue MTX    | M05.79 Z79.631     | factor and sites elsewhere
    """)


def test_myeloma_of_the_histories(coding_cases):
    """The disease that the assessment calls in remission is the same that the history names.

    Source: ICD-10-CM Official Guidelines I.C.2.n. Rule I.C.2.n-blood-cancer.
    """
    coding_cases("""
        note                                                                                                    | codes          | why
        --------------------------------------------------------------------------------------------------------+----------------+-----
        HPI: IgG kappa myeloma, stem cell transplant 2023.\\nA/P:\\n1. Multiple myeloma in remission, observe.   | C90.01 [Z94.84] | one disease
    """)


def test_each_eye_of_a_retinopathy(coding_cases):
    """Two eyes with retinopathy of different kinds have a code each.

    Source: ICD-10-CM Official Guidelines I.C.4.a, I.B.13. Rule I.C.4.a-retinopathy.
    """
    coding_cases("""
        note                                                          | codes               | why
        --------------------------------------------------------------+---------------------+---------------
        A: PDR with macular edema OS. Moderate NPDR OD.               | E11.3391 E11.3512   | kind and edema
        A: Moderate NPDR OD, severe NPDR with DME OS.                 | E11.3391 E11.3412   | severity and edema
        A: OD: moderate NPDR, OS: PDR.                                | E11.3391 E11.3592   | the eye first
        A/P:\\n1. Mild NPDR OD without DME\\n2. Moderate NPDR OS with DME | E11.3291 E11.3312 | each on its line
        A: Severe NPDR both eyes.                                     | E11.3493            | alike
    """)


def test_cancer_under_treatment_or_ahead(coding_cases):
    """A cancer that hormones hold, or that is to be cut out, is no history, whatever is said of another.

    Source: ICD-10-CM Official Guidelines I.C.2.m. Rules I.C.2.m-past-cancer, I.C.2-neoplasms.
    """
    coding_cases("""
        note                                                                                    | codes                   | why
        ----------------------------------------------------------------------------------------+-------------------------+---------------
        A/P: Prostate cancer on ADT, castration sensitive, PSA undetectable - Lupron today.     | C61 [Z79.818] Z19.1     | held by hormones
        A/P:\\n1. BCC mid back - excise 6/10.\\n2. Hx melanoma, no recurrence.                  | C44.519 Z85.820         | still to be excised
        A/P: Prostate cancer s/p prostatectomy 2019, PSA undetectable, no recurrence.           | Z08 Z85.46 [Z90.79]     | over
        A: Adenocarcinoma of the right upper lobe.                                              | C34.11                  | a lobe of the lung
        A: Adenocarcinoma LLL, on chemotherapy.                                                 | C34.32                  | a lobe of the lung
        P: Cirrhosis. HCC US every 6 months.                                                    | K74.60                  | looked for
    """)


def test_details_beside_the_problem(coding_cases):
    """The index of a child by its percentile, the depth of an ulcer, the bone of an osteomyelitis, skin at a stoma.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.14, I.C.13.d. Rules I.B.14-bmi, I.C.13-musculoskeletal, I.B.9-outpatient.
    """
    coding_cases("""
        note                                                                                           | codes                   | why
        -----------------------------------------------------------------------------------------------+-------------------------+---------------
        Vitals: BMI 22.4 (98th percentile)\\nA/P:\\n1. Obesity                                         | E66.9 Z68.54            | of a child
        Vitals: BMI 32.4\\nA/P:\\n1. Obesity                                                           | E66.9 Z68.32            | of an adult
        A: Chronic osteomyelitis of left heel.                                                         | M86.672                 | ankle and foot
        A: Irritant contact dermatitis around colostomy from leakage.                                  | L24.B3 [Z93.3]          | a stoma
        A: Osteoporosis with history of fragility fracture.                                            | M81.0 Z87.310           | healed
        HPI: Fragility hip fx right 2021, healed.\\nA/P:\\n1. Osteoporosis with prior fragility fracture | M81.0 Z87.310          | healed
        HPI: Right calf ulcer, fat layer exposed.\\nA/P:\\n1. Chronic venous hypertension with ulcer right calf | I87.311 L97.212   | the same ulcer
    """)


def test_those_who_wait_for_an_organ(coding_cases):
    """Who waits for an organ has none yet.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-transplant-list, I.C.21.c.3-status.
    """
    coding_cases("""
        note                                                              | codes          | why
        ------------------------------------------------------------------+----------------+---------------
        A: Cirrhosis. Liver transplant waitlisted.                        | K74.60 Z76.82  | on the list
        A: IPF. Listed for lung transplant since March.                   | J84.112 Z76.82 | on the list
        A: ESRD. Kidney transplant evaluation ongoing.                    | N18.6          | not yet listed
        A: Cirrhosis, not listed for transplant.                          | K74.60         | not listed
        A: Liver transplant 2019, doing well.                             | Z94.4          | has it
    """)


def test_companions_of_the_assessment(coding_cases):
    """What the same line says of the condition: claudication, the limb that is gone, a spleen taken out, a device by its letters.

    Source: Alphabetic Index: Atherosclerosis, extremities, with intermittent claudication; Asplenia, postsurgical; Stenosis, spinal.
    Rules I.C.9-circulatory, I.B.9-outpatient.
    """
    coding_cases("""
        note                                                                                      | codes              | why
        ------------------------------------------------------------------------------------------+--------------------+---------------
        A: Atherosclerosis of native arteries of right leg with intermittent claudication.        | I70.211            | claudication
        A: Atherosclerosis of native arteries of both legs with claudication.                     | I70.213            | both
        A: Atherosclerosis of native arteries of right leg, no claudication.                      | I70.201            | denied
        A: Phantom limb pain R leg.                                                               | G54.6              | no pain of a leg
        PSH: splenectomy 2008.\\nA: Asplenia, vaccines current.                                   | Z90.81             | taken out
        A: Congenital asplenia.                                                                   | Q89.01             | born without
        HPI: s/p RYGB 2016.\\nA/P:\\n1. B12 deficiency                                            | E53.8 Z98.84       | by its letters
        HPI: DBS 2021, battery good.\\nA/P:\\n1. Parkinson disease                                | G20.A1 Z96.82      | by its letters
        A: L4-5 stenosis w/o neurogenic claudication.                                             | M48.061            | of the spine
        A: Ulcerative colitis. Ileostomy pink.                                                    | K51.90 Z93.2       | it is there
        PSH: left hallux amputation 2019.\\nA/P:\\n1. Type 2 diabetes with polyneuropathy         | E11.42 Z89.412     | of one disease
    """)


def test_the_family_in_one_line(coding_cases):
    """What stands before "family history" in the same line is the patient's own.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4. Rule I.C.21.c.4-family-history.
    """
    coding_cases("""
        note                                                       | codes                | why
        -----------------------------------------------------------+----------------------+---------------
        A: Type 2 diabetes, HTN, FHx of breast cancer.             | E11.9 I10 Z80.3      | after a comma
        A: COPD stable; FHx lung CA.                               | J44.9 Z80.1          | after a semicolon
        A: Family history of breast cancer, ovarian cancer.        | Z80.3 Z80.41         | both of the family
        A: Family history of colon cancer; HTN.                    | I10 Z80.0            | the patient's again
        A: HTN. Breast cancer family history.                      | I10 Z80.3            | right before the words
        A: Gout, family h/o melanoma.                              | M10.9 Z80.8          | another way to say it
    """)


def test_letters_of_one_line(coding_cases):
    """S, O, A and P in their order are headings within a line; a pulse is no plan.

    Source: ICD-10-CM Official Guidelines IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                       | codes                | why
        -----------------------------------------------------------+----------------------+---------------
        S: cough. O: lungs clear. A: Acute bronchitis. P: rest.    | J20.9                | all four
        Meds: lisinopril. A: HTN.                                  | I10                  | behind a list
        PMH: gout. Exam: normal. A: HTN, migraine.                 | I10 G43.909          | behind an examination
        A/P: HTN. VS: T 98. P: 72.                                 | I10                  | a pulse
    """)
