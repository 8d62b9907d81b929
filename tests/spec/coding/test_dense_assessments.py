"""Assessments in few words: two conditions with a side each, lists of sites, levels of the spine, what is not in
remission, weeks of a pregnancy, codes that say what another says.
"""


def test_each_condition_has_its_own_side(coding_cases):
    """The side behind or before a condition is its own, not that of the next one.

    Source: ICD-10-CM Official Guidelines I.B.13.
    """
    coding_cases("""
        note                                                                             | codes             | why
        ---------------------------------------------------------------------------------+-------------------+-----
        Assessment: Knee pain on the right, hip pain on the left.                          | M25.561 M25.552   | behind
        Assessment: Conjunctivitis on the right, stye on the left.                         | H10.9 H00.016     | behind
        Assessment: Otitis media on the right, cerumen impaction on the left.              | H66.91 H61.22     | behind
        Assessment: Carpal tunnel on the right, trigger thumb on the left.                 | G56.01 M65.312    | behind
        Assessment: Plantar fasciitis right, Achilles tendinitis left.                     | M72.2 M76.62      | behind
        Assessment: Achilles tendinitis, right, trochanteric bursitis, left.               | M76.61 M70.62     | behind, with commas
        Assessment: Shoulder bursitis on the left and trochanteric bursitis on the right.  | M75.52 M70.61     | behind
        Assessment: Frozen shoulder on the left with rotator cuff tendinitis on the right. | M75.02 M75.81     | behind
        Assessment: Sciatica on the left, trochanteric bursitis on the right.              | M54.32 M70.61     | behind
        Assessment: Otitis externa on the left; cerumen impaction on the right.            | H60.92 H61.21     | behind
        Assessment: Left knee OA, right hip OA.                                            | M17.12 M16.11     | before
        Assessment: Right shoulder impingement, left tennis elbow.                         | M75.41 M77.12     | before
        Assessment: Right knee and hip pain.                                               | M25.561 M25.551   | one side of both
        Assessment: Right and left knee pain.                                              | M25.561 M25.562   | two sides of one
        Assessment: Osteoarthritis of the left hip and both knees.                         | M16.12 M17.0      | each its own
        Assessment: Pain in the right shoulder and left elbow.                             | M25.511 M25.522   | each its own
        Assessment: Pleural effusion, left, due to heart failure.                          | I50.9 J91.8       | no left heart failure; the cause first (I.A.13)
        Assessment: Left heart failure.                                                    | I50.1             | one condition
    """)


def test_lists_of_sites(coding_cases):
    """A head of several words goes with every site of a list.

    Source: Alphabetic Index, Thrombosis, vein, by site; ICD-10-CM Official Guidelines I.B.2.
    """
    coding_cases("""
        note                                                                      | codes                       | why
        --------------------------------------------------------------------------+-----------------------------+-----
        Assessment: Acute DVT of the left femoral, popliteal and tibial veins.      | I82.412 I82.432 I82.442     | three veins
        Assessment: DVT of the right femoral and popliteal veins.                   | I82.411 I82.431             | two veins
        Assessment: Bilateral inguinal hernias, recurrent on right.                 | K40.21                      | both sides, recurrent
        Assessment: Bilateral inguinal hernias.                                     | K40.20                      | both sides
    """)


def test_levels_of_degenerated_discs(coding_cases):
    """The level tells the region of a degenerated disc, in the neck its code.

    Source: Alphabetic Index, Degeneration, intervertebral disc; Tabular List, M50.3-, M51.3-. Rule I.B.9-outpatient.
    """
    coding_cases("""
        note                                                              | codes           | why
        ------------------------------------------------------------------+-----------------+-----
        Assessment: Degenerative disc disease at L4-5.                      | M51.369         | lumbar
        Assessment: DDD L5-S1.                                              | M51.379         | lumbosacral
        Assessment: Degenerative disc disease L4-L5 and L5-S1.              | M51.379 M51.369 | two regions
        Assessment: Degenerative disc disease at C5-6.                      | M50.322         | the level
        Assessment: Cervical DDD C6-C7.                                     | M50.323         | the level
        Assessment: Degenerative disc disease at C5-6 and L4-5.             | M50.322 M51.369 | two regions
        Assessment: Disc degeneration at T12-L1.                            | M51.35          | thoracolumbar
        Assessment: Chronic low back pain due to degenerative disc disease. | M51.360         | the pain says the region
        Assessment: Lumbar DDD with L4-5 disc herniation.                   | M51.369 M51.26  | the level is that of the herniation
        Assessment: Degenerative disc disease.                              | M51.9           | no region
    """)


def test_not_in_remission(coding_cases):
    """A disease that is not in remission has no code of remission.

    Source: ICD-10-CM Official Guidelines I.C.2.n, I.C.5.b.1. Rule I.C.2.n-blood-cancer.
    """
    coding_cases("""
        note                                                      | codes   | why
        ----------------------------------------------------------+---------+-----
        Assessment: CLL, in watchful waiting, not in remission.     | C91.10  | denied
        Assessment: CLL on watchful waiting, not yet in remission.  | C91.10  | denied
        Assessment: AML, not in remission.                          | C92.00  | denied
        Assessment: Multiple myeloma, never in remission.           | C90.00  | denied
        Assessment: Hodgkin lymphoma, not in remission.             | C81.90  | denied
        Assessment: Hodgkin lymphoma in remission.                  | C81.9A  | stated
        Assessment: AML in complete remission.                      | C92.01  | stated
        Assessment: CLL in remission.                               | C91.11  | stated
    """)


def test_weeks_of_a_pregnancy(coding_cases):
    """A pregnancy with its weeks in the assessment is what the visit supervises.

    Source: ICD-10-CM Official Guidelines I.C.15.a.3, I.C.15.b.1, I.C.21.c.11. Rule I.C.15-pregnancy.
    """
    coding_cases("""
        note                                                           | codes          | why
        ---------------------------------------------------------------+----------------+-----
        Assessment: Normal pregnancy at 34w3d.                           | Z34.93 Z3A.34  | third trimester
        Assessment: 34w3d pregnancy.                                     | Z34.93 Z3A.34  | weeks before
        Assessment: Supervision of normal first pregnancy, 28 weeks.     | Z34.03 Z3A.28  | first
        Assessment: 20 week pregnancy, doing well.                       | Z34.92 Z3A.20  | second trimester
        Assessment: G2P1 at 32w with gestational diabetes, diet controlled. | O24.410 Z3A.32 | the weeks by one letter
    """)


def test_said_by_another_code(coding_cases):
    """One code says what two statements say.

    Source: ICD-10-CM Official Guidelines I.A.12.a, I.B.9; Tabular List, Excludes1 at N20, I34, I35, R73.0.
    Rules I.B.9-outpatient, I.C.9-circulatory, I.C.14-renal, I.C.11-digestive, I.A.12.a-excludes1, IV.H-refuted.
    """
    coding_cases("""
        note                                                                                     | codes           | why
        -----------------------------------------------------------------------------------------+-----------------+-----
        Assessment: Mitral regurgitation and aortic stenosis.                                      | I08.0           | two valves
        Assessment: Degenerative mitral regurgitation and calcific aortic stenosis.                | I34.0 I35.0     | a cause of their own
        Assessment: Venous stasis ulcer of the left calf, fat layer exposed, with varicose veins.  | I83.022 L97.222 | the veins of the ulcer
        Assessment: Nephrolithiasis; right ureteral stone with hydronephrosis.                     | N13.2           | stone and hydronephrosis
        Assessment: Crohn's disease of the small intestine with stricture.                         | K50.012         | the stricture is an obstruction of it
        Assessment: Prediabetes and metabolic syndrome.                                            | E88.810         | the finding gives way
        Assessment: Multinodular goiter, nontoxic. Thyroid nodule of the right lobe.               | E04.2           | one of them
        Assessment: Chronic tonsillitis with adenoid hypertrophy.                                  | J35.01 J35.2    | two conditions
        Assessment: Tobacco use disorder, cigarettes; cannabis use, daily.                         | F17.210 F12.90  | two drugs
        Assessment: Cannabis use, smokes daily.                                                    | F12.90          | no tobacco
        Assessment: SVT; palpitations.                                                             | I47.10          | its symptom
        Assessment: PID, acute.                                                                    | N73.0           | acute behind the name
        Assessment: Rosacea, papulopustular.                                                       | L71.8           | the kind behind the name
    """)


def test_what_is_over(coding_cases):
    """What stands before "history of", what was outgrown, and what a treatment has cured is history.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, IV.J. Rule I.C.1-infection.
    """
    coding_cases("""
        note                                                               | codes            | why
        -------------------------------------------------------------------+------------------+-----
        Assessment: Kidney stones, history of.                               | Z87.442          | behind the name
        Assessment: DVT, h/o.                                                | Z86.718          | behind the name
        Assessment: GERD, colon polyps, history of.                          | K21.9 Z86.0100   | of the last one alone
        Assessment: Asthma as a child, none now. Seasonal allergies.         | Z87.09 J30.2     | outgrown
        Assessment: Asthma diagnosed as a child, on albuterol.               | J45.909          | began then
        Assessment: Hepatitis C s/p Harvoni with SVR.                        | Z86.19           | cured
        Assessment: Chronic hepatitis C, SVR achieved 2019.                  | Z86.19           | cured
        Assessment: Chronic hepatitis C on Epclusa, SVR labs in 12 weeks.    | B18.2 [Z79.899]  | to be seen
        Assessment: H. pylori, treated and eradicated.                       | Z86.19           | cured
        Assessment: Influenza A with bronchitis.                             | J10.1            | part of the influenza
    """)


def test_examination_with_known_conditions(coding_cases):
    """What somebody has had for long is no finding of a routine examination, unless it is new or out of control.

    Source: ICD-10-CM Official Guidelines I.C.21.c.13, IV.P. Rule IV.P-routine-examination.
    """
    coding_cases("""
        note                                                               | codes               | why
        -------------------------------------------------------------------+---------------------+-----
        Assessment: Annual physical. Hypertension. Hyperlipidemia.           | Z00.00 I10 E78.5    | known
        Assessment: Medicare wellness visit. Hyperlipidemia, on statin.      | Z00.00 E78.5        | known
        Assessment: Annual physical. New hypertension, start lisinopril.     | Z00.01 I10          | new
        Assessment: Annual physical. Hypertension, increase lisinopril.      | Z00.01 I10          | not controlled
        Assessment: Annual physical. Thyroid nodule.                         | Z00.01 E04.1        | found
    """)


def test_joint_of_the_aftercare(coding_cases):
    """Aftercare of a joint replacement names the joint.

    Source: Tabular List, Z47.1 (use additional code). Rule I.B.9-outpatient.
    """
    coding_cases("""
        note                                                               | codes           | why
        -------------------------------------------------------------------+-----------------+-----
        Assessment: Aftercare following right total knee replacement.        | Z47.1 Z96.651   | knee
        Assessment: Aftercare following left hip replacement.                | Z47.1 Z96.642   | hip
        Assessment: Aftercare following left total shoulder arthroplasty.    | Z47.1 Z96.612   | shoulder
    """)


def test_chronic_pain_of_a_known_cause(coding_cases):
    """A chronic pain that a diagnosis explains has no code of G89.

    Source: ICD-10-CM Official Guidelines I.C.6.b.1.a. Rule I.C.6.b-explained-pain.
    """
    coding_cases("""
        note                                                     | codes          | why
        ---------------------------------------------------------+----------------+-----
        Assessment: Chronic pelvic pain; endometriosis of uterus.  | N80.00         | explained
        Assessment: Chronic knee pain; OA right knee.              | M17.11         | explained
        Assessment: Chronic low back pain.                         | M54.50 G89.29  | not explained
        Assessment: Cervical myelopathy due to spondylosis.        | M47.12         | one code
    """)


def test_told_elsewhere_in_the_note(coding_cases):
    """The side of a worn joint from its pain, the depth of an ulcer from the examination, the cancer from the line that
    names its metastases, the examination that the assessment names.

    Source: ICD-10-CM Official Guidelines I.B.13, I.B.14, I.C.2, I.C.13.a, IV.P. Rules I.C.13.a-osteoarthritis,
    I.C.2-metastatic-primary, I.C.12-ulcer-depth, IV.P-routine-examination.
    """
    coding_cases(r"""
        note                                                                                           | codes                | why
        -----------------------------------------------------------------------------------------------+----------------------+-----
        HPI: left knee pain for 3 months.\nAssessment: Knee osteoarthritis.                            | M17.12               | its pain
        HPI: right hip pain.\nAssessment: Hip osteoarthritis.                                          | M16.11               | its pain
        HPI: left knee pain. No right knee pain.\nAssessment: Osteoarthritis of the knee.              | M17.12               | the other denied
        HPI: right knee pain, left knee pain.\nAssessment: Knee osteoarthritis.                        | M17.9                | both sides
        HPI: left hip pain.\nAssessment: Knee osteoarthritis.                                          | M17.9                | of another joint
        HPI: metastatic prostate cancer to bone, on Lupron.\nAssessment: Stable disease. Continue Lupron. | C61 C79.51 Z79.818 | named with them
        HPI: metastatic colon cancer to liver, on FOLFOX.\nAssessment: Stable disease. Continue.       | C18.9 C78.7          | named with them
        HPI: R heel ulcer, type 2 diabetes.\nExam: R heel ulcer 2x2 cm, to fat.\nAssessment: Diabetic foot ulcer. | E11.621 L97.412 | depth
        CC: annual exam.\nAssessment: Well woman exam, normal.                                         | Z01.419              | in the assessment
        CC: annual exam.\nAssessment: 1. Hypertension, stable.                                         | Z00.00 I10           | why the visit is
    """)


def test_lines_of_tobacco(coding_cases):
    """What a social history says behind "tobacco:"; to give up is advised to who smokes.

    Source: ICD-10-CM Official Guidelines I.C.5.b, I.C.21.c.4; Tabular List, use additional code at J44. Rules
    I.C.21.c.4-tobacco-line, I.C.21.c.4-past-tobacco, IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                     | codes           | why
        -------------------------------------------------------------------------+-----------------+-----
        SH: Tobacco: quit in 2015.\nAssessment: COPD.                            | J44.9 Z87.891   | given up
        SH: Tobacco: former.\nAssessment: COPD.                                  | J44.9 Z87.891   | given up
        SH: Smoking: quit 2012.\nAssessment: COPD.                               | J44.9 Z87.891   | given up
        SH: Tobacco use: Quit 10 years ago, 20 pack years.\nAssessment: COPD.    | J44.9 Z87.891   | given up
        SH: Tobacco use: 1 ppd, quit 2010.\nAssessment: COPD                     | J44.9 Z87.891   | given up
        SH: Tobacco: 1 ppd.\nAssessment: COPD.                                   | J44.9 F17.210   | smokes
        SH: Smoking: 1 ppd, quit date set for June.\nAssessment: COPD.           | J44.9 F17.210   | still smokes
        SH: Tobacco: never.\nAssessment: COPD.                                   | J44.9           | never
        SH: Tobacco: quit in 2015.\nAssessment: Ankle sprain.                    | S93.409A        | nothing asks for it
        HPI: smoker 1 ppd.\nAssessment: COPD. Counseled to quit smoking.         | J44.9 F17.210   | advised
        Assessment: COPD. Advised to quit smoking; smokes 1 ppd.                 | J44.9 F17.210   | advised
        SH: smoker.\nAssessment: COPD.\nPlan: quit smoking.                      | J44.9 F17.200   | planned
        Assessment: COPD. She quit smoking 3 years ago.                          | J44.9 Z87.891   | done
    """)


def test_specified_by_the_next_words(coding_cases):
    """What the next words say of a condition is in its code.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.9.d.1; Tabular List, T81.4-. Rules I.B.9-outpatient, I.C.9.d-sequelae.
    """
    coding_cases(r"""
        note                                                                        | codes           | why
        ----------------------------------------------------------------------------+-----------------+-----
        Assessment: Superficial surgical wound infection.                           | T81.41XA        | depth
        Assessment: Deep surgical wound infection.                                  | T81.42XA        | depth
        Assessment: Otitis externa, bilateral; swimmer's ear.                       | H60.333         | one disease
        Assessment: Foot drop due to old stroke, left.                              | I69.398 M21.372 | left by the stroke
    """)


def test_history_named_behind_its_noun(coding_cases):
    """A history that stands behind what it is of is a history still; what lasts a life is not over by its history.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, IV.I. Rule I.C.21.c.4-personal-history.
    """
    coding_cases("""
        note                                                                 | codes           | why
        ---------------------------------------------------------------------+-----------------+-----
        Assessment: DVT history.                                               | Z86.718         | a history
        Assessment: Stroke history, on aspirin.                                | Z86.73 Z79.82   | a history
        Assessment: Breast cancer history.                                     | Z85.3           | a history
        Assessment: MI hx 2019.                                                | I25.2           | a history
        Assessment: Asthma history, albuterol.                                 | J45.909         | it lasts
        Assessment: DVT, history of PE.                                        | I82.409 Z86.711 | that of the next noun
        Assessment: Pneumonia. History of asthma.                              | J18.9 J45.909   | that of the next sentence
        Assessment: History of factor V Leiden.                                | D68.51          | inborn
        Assessment: Hx of DVT with factor V Leiden, on Eliquis.                | Z86.718 D68.51 Z79.01 | inborn
        Assessment: History of von Willebrand disease.                         | D68.00          | inborn
        Assessment: History of cystic fibrosis.                                | E84.9           | inborn
        Assessment: History of celiac disease.                                 | K90.0           | it lasts
        Assessment: History of PCOS.                                           | E28.2           | it lasts
        Assessment: History of autism.                                         | F84.0           | it lasts
        Assessment: History of pneumonia.                                      | Z87.01          | over
    """)


def test_family_history_beside_another_condition(coding_cases):
    """The patient's own condition is not that of the kin because a sentence tells a family history.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4. Rule I.C.21.c.4-family-history.
    """
    coding_cases("""
        note                                                                  | codes             | why
        ----------------------------------------------------------------------+-------------------+-----
        Assessment: Kidney stone, family history of gout.                       | N20.0 Z83.49      | own stone
        Assessment: Gout, family history of kidney stones.                      | M10.9 Z84.19      | own gout
        Assessment: Hypertension and hyperlipidemia, family history of CAD.     | I10 E78.5 Z82.49  | own lipids
        Assessment: Colon cancer, family history in her father.                 | Z80.0             | behind its noun
        Assessment: Hypertension, family history of CAD in father.              | I10 Z82.49        | own pressure
        Assessment: Breast lump, family history of breast cancer in her mother. | N63.0 Z80.3       | own lump
        Assessment: Chest pain with family history of CAD in father.            | R07.9 Z82.49      | own pain
        Assessment: Depression, family history of suicide in her brother.      | F32.A Z81.8       | own depression
        Assessment: Breast cancer in her mother. Breast pain.                   | N64.4 Z80.3       | without that history
    """)


def test_surveillance_of_a_cancer(coding_cases):
    """Surveillance in which nothing is found is the follow-up of a cancer that was treated, with its history.

    Source: ICD-10-CM Official Guidelines I.C.2.m, I.C.21.c.8. Rule I.C.2.m-past-cancer.
    """
    coding_cases("""
        note                                                                     | codes         | why
        -------------------------------------------------------------------------+---------------+-----
        Assessment: Bladder cancer surveillance, no recurrence.                    | Z08 Z85.51    | nothing found
        Assessment: Bladder cancer surveillance f/u, cystoscopy clear.             | Z08 Z85.51    | nothing found
        Assessment: Melanoma surveillance, no recurrence.                          | Z08 Z85.820   | nothing found
        Assessment: Prostate cancer on active surveillance, no progression.        | C61           | not treated
        Assessment: Prostate cancer active surveillance, PSA stable.               | C61           | not treated
    """)


def test_degree_of_the_next_entry(coding_cases):
    """A degree before the next entry's abbreviation is that entry's.

    Source: ICD-10-CM Official Guidelines I.C.5.d.
    """
    coding_cases("""
        note                                                         | codes              | why
        -------------------------------------------------------------+--------------------+-----
        Assessment: Alzheimer's dementia, moderate AS, HTN.            | G30.9 F02.80 I10   | of the stenosis
        Assessment: Alzheimer's dementia, moderate.                    | G30.9 F02.B0       | its own
    """)
