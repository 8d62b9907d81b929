"""What a visit sends a test for, what its findings are consistent with, what is over, and what brought the patient."""


def test_an_infection_that_only_a_test_is_sent_for(coding_cases):
    """A list of infections behind "testing:" or "check", or before "were sent", names tests: nobody has them yet.

    Source: ICD-10-CM Official Guidelines IV.H, I.C.1.a.2.a. Rule IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes       | why
        -------------------------------------------------------------------------------------------+-------------+---------------
        Assessment and Plan:\nEpididymitis.\nAdditional Testing: Urine culture, gonorrhea and chlamydia. | N45.1 | label
        Assessment and Plan:\nFatigue.\nAdditional Testing: CBC, Lyme, HIV, and celiac.            | R53.83      | label
        Assessment and Plan:\nVaginitis.\n- Further testing: trichomonas, gonorrhea, chlamydia.    | N76.0       | bullet
        Assessment and Plan:\nEpididymitis. Gonorrhea and chlamydia were sent.                     | N45.1       | sent
        Assessment and Plan:\nSore throat. Rapid strep and flu were obtained.                      | J02.9       | obtained
        Assessment and Plan:\nUrethritis. Check HIV, RPR, and a hepatitis panel.                   | N34.2       | check
        Assessment and Plan:\nUrethritis. We will order HIV and hepatitis C.                       | N34.2       | order
        Assessment and Plan:\nUrethritis. HIV, syphilis and hepatitis C ordered.                   | N34.2       | ordered
        Assessment:\nThe patient has gonorrhea and chlamydia; cultures were sent.                  | A54.9 A74.9 | has
        Assessment:\nHIV. CD4 and viral load were sent.                                            | B20         | a disease
        Assessment:\n1. Strep throat, amoxicillin was sent to the pharmacy.                        | J02.0       | a drug was sent
        Assessment:\n1. Chlamydia. Doxycycline was sent.                                           | A74.9       | a drug was sent
        Assessment and Plan:\nLyme disease.\nAdditional Testing: EKG.                              | A69.20      | another test
    """)


def test_what_findings_are_consistent_with_is_the_problem_itself(coding_cases):
    """Below a certain diagnosis, "consistent with" the same diagnosis doubts nothing: it says where it is or of what kind.

    Findings that are consistent with a diagnosis that is established are said by it.
    Source: ICD-10-CM Official Guidelines IV.H, I.B.2, I.B.4. Rules IV.H-doubt-settled, I.B.4-explained-symptoms.
    """
    coding_cases(r"""
        note                                                                                       | codes       | why
        -------------------------------------------------------------------------------------------+-------------+---------------
        Assessment:\n1. Diverticulitis. Her pain, fever, and elevated white count are consistent with diverticulitis of the sigmoid colon. | K57.32 | site
        Assessment:\n1. Diverticulitis. CT findings are compatible with diverticulitis of the sigmoid colon. | K57.32 | site
        Assessment:\n1. Rotator cuff tear. MRI is consistent with complete tear of the right rotator cuff. | M75.121 | side
        Assessment:\n1. Ankle sprain. Exam is consistent with a sprain of the right ankle.         | S93.401A    | side
        Assessment:\n1. Pneumonia. CT is in keeping with pneumonia due to Klebsiella.              | J15.0       | germ
        Assessment:\n1. Low back pain. Films are consistent with spondylosis.                      | M54.50      | not established
        Assessment:\n1. Right shoulder pain. MRI is consistent with complete tear of the right rotator cuff. | M25.511 | not established
        Assessment:\n1. Diverticulitis.\n2. Back pain. MRI is consistent with radiculopathy.       | K57.92 M54.9 | another problem
    """)


def test_a_cancer_of_which_a_conclusion_says_that_none_is_left(coding_cases):
    """Where the assessment calls a cancer free of disease, what names it again in the plan means the same past cancer.

    Source: ICD-10-CM Official Guidelines I.C.2.d, I.C.2.m, I.C.21.c.4. Rule I.C.2.m-past-cancer.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\n- Papillary thyroid cancer, no evidence of disease.\n\nPlan:\nPapillary thyroid cancer\nThyroglobulin once a year. | Z85.850 | twice
        Assessment:\n1. Colon cancer, NED.\n2. Hypertension.\nPlan:\nColon cancer: CT next year.   | Z85.038 I10    | twice
        Assessment:\n- Breast cancer, no evidence of disease.\n\nPlan:\nBreast cancer\nContinue anastrozole. | C50.919 Z79.811 | treated
        Assessment:\n1. Colon cancer.\nPlan:\nColon cancer: CT next year.                          | C18.9          | nothing said
    """)


def test_contraception_beside_the_problem_that_brought_the_patient(coding_cases):
    """A method of contraception that is seen to is first only where it is why the patient came.

    Source: ICD-10-CM Official Guidelines IV.A, IV.G, I.C.21.c.11. Rule IV.A-encounter-first.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment and Plan:\n1. Bacterial vaginosis. Metronidazole.\n2. IUD check. Strings seen.   | N76.0 Z30.431   | second
        Chief complaint:\nIUD check\nAssessment and Plan:\n1. Bacterial vaginosis. Metronidazole.\n2. IUD check. Strings seen. | Z30.431 N76.0 | came for it
        Assessment and Plan:\n1. IUD check. Strings seen.\n2. Migraine. Refill.                     | Z30.431 G43.909 | first
    """)


def test_words_of_place_and_degree_before_a_problem_of_a_paragraph(coding_cases):
    """An assessment in one paragraph names its problems by sentences; "right anterior" before a name hides it no more.

    A bad sleep is said by the sleep disorder; a bicuspid valve is the aortic one, unless the mitral valve is spoken of.
    Source: ICD-10-CM Official Guidelines IV.J, I.B.5; Index, Bicuspid aortic valve. Rule I.C.5-mental.
    """
    coding_cases(r"""
        note                                                                                       | codes            | why
        -------------------------------------------------------------------------------------------+------------------+---------------
        Assessment:\nChronic hepatitis B. Right anterior nosebleeds from dryness.                  | B18.1 R04.0      | place
        Assessment:\nAtrial fibrillation on a beta blocker. Mild chronic nausea.                   | I48.91 R11.0     | degree
        Assessment:\nChronic insomnia. Poor sleep makes his anxiety worse.                         | F51.04 F41.9     | insomnia
        Assessment:\nPoor sleep.                                                                   | G47.9            | alone
        Assessment:\n1. Bicuspid valve. The leak has not changed.                                | Q23.81           | aortic
    """)


def test_a_problem_headed_by_an_organ_or_a_measure(coding_cases):
    """A heading that names the organ or the measure takes up the condition that the history tells.

    Source: ICD-10-CM Official Guidelines I.B.14, IV.C, IV.J. Rule I.B.14-coreference.
    """
    coding_cases(r"""
        note                                                                                       | codes        | why
        -------------------------------------------------------------------------------------------+--------------+---------------
        History of present illness:\nHe has high blood pressure and high cholesterol.\nAssessment:\n1. Cholesterol: goal LDL under 70.\n2. Blood pressure: at goal. | E78.00 I10 | both
        History of present illness:\nShe has hypothyroidism.\nAssessment:\n1. Thyroid. TSH in six weeks. | E03.9   | thyroid
        History of present illness:\nA man with ankylosing spondylitis.\nImpression:\nAxial disease with an excellent response. | M45.9 | spine
        History of present illness:\nNo high cholesterol.\nAssessment:\n1. Gout.\n2. Cholesterol: screen next year. | M10.9 | denied
        History of present illness:\nShe has hypothyroidism.\nAssessment:\n1. Gout. The thyroid is not enlarged. | M10.9  | no heading
    """)


def test_hypertension_beside_a_glomerular_disease(coding_cases):
    """The kidney disease of a glomerular disease is not laid to hypertension, which keeps its own code.

    Source: ICD-10-CM Tabular List, Excludes1 at N00-N08; Guidelines I.C.9.a.2. Rules I.C.9.a-hypertension, I.A.15-with.
    """
    coding_cases(r"""
        note                                                                                       | codes              | why
        -------------------------------------------------------------------------------------------+--------------------+---------------
        Assessment:\n1. IgA nephropathy.\n2. CKD stage 3a.\n3. Hypertension.                       | N02.B9 N18.31 I10  | its own cause
        Assessment:\n1. CKD stage 3a.\n2. Hypertension.                                            | I12.9 N18.31       | presumed
        Assessment:\n1. Hypertension.\n2. Heart failure.\n3. CKD stage 3a.\n4. IgA nephropathy.    | I13.0 I50.9 N18.31 N02.B9 | heart failure
    """)


def test_detail_of_the_ankle_the_virus_and_the_legs(coding_cases):
    """An ankle fracture is that of the malleolus that the film shows; the virus that a test found is in the code.

    Source: ICD-10-CM Official Guidelines I.B.2; Index, Bronchiolitis, due to, respiratory syncytial virus;
    Arteriosclerosis, extremities; Disease, coronary. Rules I.B.2-detail, I.C.1-infection.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Assessment:\n1. Left ankle fracture. X-ray shows a nondisplaced fracture of the lateral malleolus. | S82.65XA  | malleolus
        Assessment:\n1. Left ankle fracture.\n2. Fracture of the right lateral malleolus.          | S82.892A S82.61XA | other side
        Assessment:\nBronchiolitis. The RSV test was positive.                                     | J21.0             | virus
        Assessment:\nBronchiolitis. The RSV test was negative.                                     | J21.9             | no virus
        Assessment:\nAtherosclerotic disease of the arteries of both legs with claudication.       | I70.213           | legs
        Assessment:\nAtherosclerotic disease of the coronary arteries.                             | I25.10            | heart
        Assessment:\nAtherosclerosis of the coronary arteries.                                     | I25.10            | heart
    """)


def test_drugs_that_a_history_says_somebody_is_on_and_those_gone_over(coding_cases):
    """What is given for nothing short counts where the history says that the patient is on it; "went over" is talk.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-long-term-drugs,
    I.C.21.c.3-given-up, IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        History of present illness:\nHe has been on adalimumab 40 mg every other week since October.\nAssessment:\nAnkylosing spondylitis. | M45.9 Z79.620 | on it
        History of present illness:\nShe takes methotrexate 15 mg weekly.\nAssessment:\nRheumatoid arthritis, quiet. | M06.9 Z79.631 | takes
        History of present illness:\nShe was on methotrexate but it upset her liver.\nAssessment:\nRheumatoid arthritis, quiet. | M06.9 | was
        History of present illness:\nShe is no longer on methotrexate.\nAssessment:\nRheumatoid arthritis, quiet. | M06.9 | no longer
        Assessment:\nMild persistent asthma. We went over oral immunotherapy and omalizumab.       | J45.30         | gone over
        Assessment:\nPsoriasis. He is on adalimumab, which should also help his joints.            | L40.9 Z79.620  | no "if"
        Assessment:\nCrohn disease. Vaccines are up to date, and he should not have live vaccines. | K50.90         | up to date
        Assessment:\nAsthma. Influenza vaccine is not up to date.                                  | J45.909 Z28.39 | not
    """)


def test_a_doubt_about_the_cause_is_none_about_the_disease(coding_cases):
    """ "Likely due to her COPD": she has the COPD; what is doubted is what it brings about.

    Source: ICD-10-CM Official Guidelines IV.H, IV.I, IV.J. Rule IV.H-doubt-settled.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nShortness of breath, likely due to her COPD.                                  | J44.9           | her own
        Assessment:\nShortness of breath. I think this is from her asthma.                         | J45.909         | her own
        Assessment:\nNumbness, probably from his diabetes.                                         | R20.0 E11.9     | his own
        Assessment:\nCough. This may be from his GERD.                                             | R05.9 K21.9     | his own
        Assessment:\nTremor, possibly due to Parkinson disease.                                    | R25.1           | nobody's yet
        Assessment:\nCough, possibly from her likely COPD.                                         | R05.9           | itself doubted
        Assessment:\nShortness of breath, likely due to her new pneumonia.                         | R06.02          | new
    """)


def test_the_bone_of_a_fractured_joint(coding_cases):
    """The assessment names the joint, the film the bone: a fracture of the wrist is that of the radius on the film.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.19.c. Rule I.B.2-detail.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Results:\nX-ray of the right wrist shows a fracture of the distal radius.\nAssessment:\nRight wrist fracture. | S52.501A | radius
        Results:\nX-ray of the right elbow shows a nondisplaced radial head fracture.\nAssessment:\nRight elbow fracture. | S52.124A | radial head
        Results:\nX-ray of the left shoulder shows a greater tuberosity fracture.\nAssessment:\nLeft shoulder fracture. | S42.252A | tuberosity
        Results:\nX-ray of the right hand shows a fracture of the fifth metacarpal neck.\nAssessment:\nRight hand fracture. | S62.336A | metacarpal
        Results:\nX-rays show a fracture of the tibial shaft.\nAssessment:\nRight leg fracture.    | S82.201A          | tibia
        Assessment:\n1. Left hip fracture. Film shows an intertrochanteric fracture of the left femur. | S72.142A      | femur
        Results:\nX-ray of the right wrist shows a fracture of the distal radius.\nAssessment:\nRight wrist fracture, healing. | S52.501D | healing
        Assessment:\n1. Left wrist fracture.\n2. Left ankle fracture.                              | S62.102A S82.892A | no film
        Assessment:\n1. Left wrist fracture.\n2. Fracture of the distal right radius.              | S62.102A S52.501A | other side
    """)


def test_a_flare_told_below_the_problem_and_the_iron_of_an_anemia(coding_cases):
    """ "COPD. He is having a flare" is an exacerbation, if nothing else of the chart flares; anemia and want of iron are one.

    Source: ICD-10-CM Index, Disease, lung, obstructive, with exacerbation; Anemia, iron deficiency. Rules
    I.C.10-respiratory, I.C.2-blood.
    """
    coding_cases(r"""
        note                                                                                       | codes         | why
        -------------------------------------------------------------------------------------------+---------------+---------------
        Assessment:\n1. COPD. He is having a flare.                                                | J44.1         | now
        Assessment:\n1. COPD. She is in exacerbation.                                              | J44.1         | now
        Assessment:\n1. Asthma. This is a mild flare from the pollen.                              | J45.901       | now
        Assessment:\n1. COPD. No flare since the spring.                                           | J44.9         | none
        Assessment:\n1. Asthma. She will call if she has a flare.                                  | J45.909       | if
        Assessment:\n1. Gout. He is having a flare.\n2. Asthma. Stable.                            | M10.9 J45.909 | of the gout
        Assessment:\n1. Anemia. This is due to iron deficiency.                                    | D50.9         | one
        Assessment:\n1. Iron deficiency without anemia.                                            | E61.1         | no anemia
    """)


def test_profiles_examinations_due_and_remission_of_unknown_degree(coding_cases):
    """An anemia profile and an eye exam for retinopathy look for what nobody has said to be there.

    A disorder of use in remission whose degree is not told is use in remission.
    Source: ICD-10-CM Official Guidelines IV.H, I.B.4; Index, Use, alcohol, unspecified, in remission. Rules I.C.5-mental,
    I.B.5-integral.
    """
    coding_cases(r"""
        note                                                                                       | codes   | why
        -------------------------------------------------------------------------------------------+---------+---------------
        Assessment and Plan:\nFatigue.\nAdditional Testing: TSH, B12, anemia profile.              | R53.83  | a test
        Assessment and Plan:\nAnemia.\nWe will order an anemia profile.                            | D64.9   | a problem
        Assessment and Plan:\nType 2 diabetes.\nAdditional Testing: Eye exam for retinopathy.      | E11.9   | looked for
        Assessment:\nDiabetic retinopathy. Eye exam in May.                                        | E11.319 | stated
        Assessment:\nAlcohol use disorder, in remission.                                           | F10.91  | remission
        Assessment:\nAlcohol use disorder, moderate, in remission.                                 | F10.21  | degree told
        Assessment:\nAlcohol use disorder, not in remission.                                       | F10.90  | not
        Assessment:\n1. Chest pain. EKG is normal. It is reproducible on palpation, costochondritis. | M94.0 | explained
    """)
