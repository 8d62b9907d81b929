"""Problems as visit notes title them: what is said of a problem behind its title, its site, its devices and drugs."""


def test_title_and_quality_are_one_statement(coding_cases):
    """Words behind a title that say only its stage, course, side or type are said of it; a noun of its own is not.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.14. Rule I.C.4-endocrine.
    """
    coding_cases(r"""
        note                                                                                                 | codes         | why
        -----------------------------------------------------------------------------------------------------+---------------+------------------
        Assessment:\n1. Atrial fibrillation. Persistent. Continue apixaban.                                  | I48.19 Z79.01 | the next sentence
        Assessment:\n1. CKD\n   Stage 3b, stable                                                             | N18.32        | the next line
        Assessment:\nDiabetes type 2.\n- Medical Reasoning: Poorly controlled. Her A1c has gone up.          | E11.65        | behind a label
        Assessment:\n1. Asthma.\n- Medical Reasoning: Moderate persistent, currently in exacerbation.        | J45.41        | behind a label
        Assessment:\n1. Asthma: moderate persistent                                                          | J45.40        | behind a colon
        Assessment:\n1. Heart failure. Systolic, chronic.                                                    | I50.22        | two of them
        Assessment:\n1. Migraine.\n  - With aura, intractable.                                              | G43.119       | an item below
        Assessment:\n1. Glaucoma. Primary open-angle, both eyes, severe.                                     | H40.1133      | an organ's side
        Assessment:\n1. Obesity. Class 2.                                                                    | E66.812       | class
        Assessment:\n1. Sinusitis. Chronic kidney disease, stage 3b.                                         | J32.9 N18.32  | another noun
        Assessment:\n1. Asthma. Mild intermittent headaches.                                                 | J45.909 R51.9 | another noun
    """)


def test_site_of_a_skin_tumor(coding_cases):
    """A tumor of skin is coded to the part of the body beside it, behind "skin of", a comma, a colon or before it.

    Source: ICD-10-CM Official Guidelines I.C.2, I.B.2; Table of Neoplasms. Rule I.C.2-skin-site.
    """
    coding_cases(r"""
        note                                                                                         | codes                  | why
        ---------------------------------------------------------------------------------------------+------------------------+------------------
        Assessment:\nSquamous cell carcinoma of skin of right forearm                                | C44.622                | title of the list
        Assessment:\nBasal cell carcinoma, skin of left ear                                          | C44.219                | behind a comma
        Assessment:\nBasal cell carcinoma: left shin                                                 | C44.719                | behind a colon
        Assessment:\nRight elbow BCC                                                                 | C44.612                | before it
        Assessment:\nBasal cell carcinoma of the left elbow and the right shin                       | C44.619 C44.712        | two sites
        Assessment:\n1. BCC, left elbow\n2. BCC, right shin\n3. SCC in situ, nose                    | C44.619 C44.712 D04.39 | three tumors
        Assessment:\nMelanoma in situ of skin, left temple                                           | D03.39                 | in situ
        Assessment:\nDermatofibroma, left lower leg                                                  | D23.72                 | benign
        Assessment:\nAtypical nevus, left calf                                                       | D22.72                 | nevus
        Assessment:\nNeoplasm of unspecified behavior, skin of left upper back                       | D49.2                  | skin
        Assessment:\nBasal cell carcinoma                                                            | C44.91                 | no site
        Assessment:\n1. Basal cell carcinoma.\n2. Pain in the left knee.                    | C44.91 M25.562         | another's site
        Assessment: History of basal cell carcinoma of the elbow, no recurrence                      | Z85.828                | history
    """)


def test_heart_devices_there_and_thought_of(coding_cases):
    """A pacemaker or a defibrillator is a status where it is, not where it is discussed, planned or refused.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-status.
    """
    coding_cases(r"""
        note                                                                           | codes         | why
        -------------------------------------------------------------------------------+---------------+----------
        Assessment: Ischemic cardiomyopathy with ICD.                                  | I25.5 Z95.810 | with it
        Assessment: Ischemic cardiomyopathy, ICD in 2019.                              | I25.5 Z95.810 | since then
        Assessment: Ischemic cardiomyopathy. We discussed an ICD for primary prevention. | I25.5       | discussed
        Assessment: Ischemic cardiomyopathy, EF 25 percent. Refer to EP for ICD.       | I25.5         | referred
        Assessment: Heart failure; ICD-10 code updated.                                | I50.9         | the book
        Assessment: Sick sinus syndrome. May need a pacemaker.                         | I49.5         | may need
        Assessment: Sick sinus syndrome with pacemaker.                                | I49.5 Z95.0   | with it
    """)


def test_drugs_that_depend_on_something(coding_cases):
    """A drug that is to be begun only if something comes about is in no long-term use.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-given-up.
    """
    coding_cases(r"""
        note                                                                           | codes           | why
        -------------------------------------------------------------------------------+-----------------+----------
        Assessment: Asthma. Plan: omalizumab if no response in four weeks              | J45.909         | if
        Assessment: T2DM. Plan: insulin if A1c is above 9 next time.                   | E11.9           | if
        Assessment: Rheumatoid arthritis. Will add adalimumab next visit if no better. | M06.9           | will add
        Assessment: Rheumatoid arthritis. Continue methotrexate if labs stay normal.   | M06.9 Z79.631   | goes on
        Assessment: Rheumatoid arthritis. Methotrexate continued.                      | M06.9 Z79.631   | goes on
        Assessment: T2DM. He would like to hold off on insulin for now.                | E11.9           | put off
    """)


def test_dementia_in_detail(coding_cases):
    """Severity and disturbance of a dementia from its statement, whatever stands between; mild impairment by cause.

    Source: ICD-10-CM Official Guidelines I.C.5.d; Tabular List, F01 to F03, F06.7, G31.84. Rules I.C.5.d-dementia, I.C.5-mental.
    """
    coding_cases(r"""
        note                                                                             | codes         | why
        ---------------------------------------------------------------------------------+---------------+----------
        Assessment: Late-onset Alzheimer's dementia, moderate, with agitation.           | G30.1 F02.B11 | both
        Assessment: Alzheimer's dementia with late onset, severe, with psychotic disturbance | G30.1 F02.C2 | psychotic
        Assessment: Late onset Alzheimer dementia without behavioral disturbance, mild.  | G30.1 F02.A0  | none
        Assessment: Lewy body dementia, moderate, with behavioral disturbance            | G31.83 F02.B18 | other
        Assessment: Vascular dementia with aggression                                    | F01.511       | inclusion term
        Assessment:\\n1. Alzheimer dementia, severe, with agitation\\n2. Hypothyroidism       | G30.9 F02.C11 E03.9 | not its cause
        Assessment: Alzheimer's dementia. Severe aortic stenosis.                        | G30.9 I35.0 F02.80 | another's degree
        Assessment: Mild neurocognitive disorder due to Alzheimer's disease              | G30.9 F06.70  | cause known
    """)


def test_what_ended_long_ago(coding_cases):
    """What stopped years ago or has not come back is no condition of today; letters of vaccines are no violence.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.19.f. Rules IV.J-reportable, I.C.19.f-maltreatment.
    """
    coding_cases(r"""
        note                                                                           | codes          | why
        -------------------------------------------------------------------------------+----------------+----------
        Assessment: Her panic attacks stopped 10 years ago. PTSD, chronic.             | F43.12         | stopped
        Assessment: The hives have not come back since 2015. Asthma.                   | J45.909        | not back
        Assessment: Hypothyroidism. TSH has not come back.                             | E03.9          | a result
        Assessment: Well child. DTaP-IPV given today.                                  | Z00.129 Z23    | a vaccine
        Assessment: She discloses IPV by her husband.                                  | T74.11XA       | violence
    """)


def test_what_is_only_likely_gives_no_combination(coding_cases):
    """A cause or kind that is only likely makes no combination code in the clinic; what it is thought of stays certain.

    Source: ICD-10-CM Official Guidelines IV.H. Rules I.C.4-endocrine, I.C.11-digestive.
    """
    coding_cases(r"""
        note                                                              | codes  | why
        ------------------------------------------------------------------+--------+----------
        Assessment: Cirrhosis, likely alcoholic.                          | K74.60 | likely
        Assessment: Alcoholic cirrhosis.                                  | K70.30 | stated
        Assessment: Hyponatremia, likely SIADH.                           | E87.1  | likely
        Assessment: Hyponatremia due to SIADH.                            | E22.2  | stated
        Assessment: Microcytic anemia, suspect iron deficiency.           | D50.9  | the anemia
    """)


def test_plural_of_a_pair_is_both_sides(coding_cases):
    """A plural of a part of which everybody has two says both sides, unless a side is told.

    Source: ICD-10-CM Official Guidelines I.B.13. Rule I.C.13.a-osteoarthritis.
    """
    coding_cases(r"""
        note                                                              | codes           | why
        ------------------------------------------------------------------+-----------------+----------
        Assessment: Osteoarthritis of the knees.                          | M17.0           | knees
        Assessment: Osteoarthritis of the hands.                          | M19.041 M19.042 | hands
        Assessment: Pain in the shoulders.                                | M25.511 M25.512 | shoulders
        Assessment: Osteoarthritis of the right knee.                     | M17.11          | one
    """)


def test_reasons_of_womens_visits(coding_cases):
    """A pregnancy that an assessment lists with its weeks is supervised; contraception by what is prescribed.

    Source: ICD-10-CM Official Guidelines I.C.15.b.1, I.C.21.c.11. Rules I.C.15-pregnancy, I.C.21.c-contraception.
    """
    coding_cases(r"""
        note                                                                             | sex | codes           | why
        ---------------------------------------------------------------------------------+-----+-----------------+----------
        Assessment:\nIUP at 12w3d, first pregnancy, doing well.                          | F   | Z34.01 Z3A.12   | first
        Assessment:\n1. Intrauterine pregnancy at 32 weeks. Growth normal.               | F   | Z34.93 Z3A.32   | listed
        Assessment:\nHyperemesis at 9 weeks, mild, ondansetron.                          | F   | O21.0 Z3A.09    | of pregnancy
        Assessment:\nContraception: wants the pill. Start norethindrone-EE.              | F   | Z30.011         | begun
        Assessment:\nContraception. Continue Sprintec, refilled for a year.              | F   | Z30.41          | goes on
        Assessment:\nAbnormal Pap, ASCUS with positive HPV. Colposcopy.                  | F   | R87.610 R87.810 | the virus found
        Assessment:\nPelvic organ prolapse, cystocele grade 2. Pessary fitted.           | F   | N81.10          | its part
    """)


def test_drugs_that_an_assessment_says_are_taken(coding_cases):
    """What the assessment says that the patient is on is in use; what keeps a transplant is taken for life.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases(r"""
        note                                                                             | codes                 | why
        ---------------------------------------------------------------------------------+-----------------------+----------
        Assessment: Sarcoidosis of the lung, on prednisone 7.5 mg.                       | D86.0 Z79.52          | on it
        Assessment: Ankylosing spondylitis, on adalimumab.                               | M45.9 Z79.620         | on it
        Assessment: Kidney transplant 2017, doing well. Tacrolimus and mycophenolate.    | Z94.0 Z79.621 Z79.624 | for life
        Assessment: Asthma attack. On day 3 of prednisone 40 mg.                         | J45.901               | a course
    """)


def test_status_stands_behind_diseases(coding_cases):
    """An implant, an operation of the past or an absent organ is not listed before a disease of the visit.

    Source: ICD-10-CM Official Guidelines IV.G, I.C.21.c.3.
    """
    coding_cases(r"""
        note                                                                             | codes          | why
        ---------------------------------------------------------------------------------+----------------+----------
        Assessment:\n1. Right knee replacement 2020, no trouble.\n2. Hypertension.       | I10 Z96.651    | an implant
        Assessment:\n1. Cholecystectomy in 2010.\n2. GERD. Omeprazole.                   | K21.9 Z90.49   | an operation
    """)
