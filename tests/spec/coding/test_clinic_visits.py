"""What a visit note tells in two places: the side in the examination, the kind in the films, the cause a line below."""


def test_the_side_of_a_part_whose_other_side_is_sound(coding_cases):
    """The one side that the note tells of a part as a matter of now is that of the diagnosis without a side.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13.
    """
    coding_cases(r"""
        note                                                                                                           | codes    | why
        ---------------------------------------------------------------------------------------------------------------+----------+---------------
        Exam:\nPhalen's and Tinel's are positive at the right wrist, negative at the left.\nAssessment:\nCarpal tunnel syndrome. | G56.01 | negative
        CC: Left shoulder pain.\nExam:\nLeft shoulder: flexion 90 degrees. The right shoulder is normal.\nAssessment:\nAdhesive capsulitis. | M75.02 | normal
        Exam:\nLeft elbow: full range of motion. Right elbow: tender over the lateral epicondyle.\nAssessment:\nLateral epicondylitis. | M77.11 | full motion
        Exam:\nRight TM is erythematous and bulging. Left TM is clear.\nAssessment:\nAcute otitis media.               | H66.91   | clear
        Exam:\nFirm lump in the left breast. The right breast is normal.\nAssessment:\nFibroadenoma of the breast.     | D24.2    | breast
        HPI:\nPain in both knees, right worse than left. Left knee swells.\nAssessment:\nOsteoarthritis of the knee.   | M17.9    | both told
        HPI:\nThe right knee was replaced in 2018. The left knee aches.\nAssessment:\nOsteoarthritis of the knee.      | M17.12 [Z96.651] | one of the past
        Exam:\nLeft wrist tender. Right hand: nodule at the A1 pulley.\nAssessment:\nTrigger finger, ring finger.      | M65.349  | both of the hand
        Assessment:\nCarpal tunnel syndrome, right worse than left.                                                 | G56.03   | both, one more
        Assessment:\nRight knee osteoarthritis, worse than last year.                                               | M17.11   | than before
        Exam:\nLeft hip tender. Right leg normal.\nAssessment:\nAbrasion of the shin.                                  | S80.819A | another part
    """)


def test_displaced_and_torn_as_the_films_say(coding_cases):
    """A fracture is displaced, and a tear of a meniscus another one, until the report of the films says otherwise.

    Source: ICD-10-CM Official Guidelines I.C.19.c, I.B.2, IV.K. Rule I.B.2-detail.
    """
    coding_cases(r"""
        note                                                                                                           | codes    | why
        ---------------------------------------------------------------------------------------------------------------+----------+---------------
        X-ray: nondisplaced fracture of the lateral malleolus of the left ankle.\nAssessment:\nLeft lateral malleolus fracture. | S82.65XA | nondisplaced
        X-ray: undisplaced scaphoid waist fracture, left wrist.\nAssessment:\nLeft scaphoid waist fracture.            | S62.025A | undisplaced
        X-ray: fracture of the neck of the right fifth metacarpal, not displaced.\nAssessment:\nBoxer's fracture, right hand. | S62.366A | by name
        Assessment:\nNondisplaced fractures of the third and fourth metacarpal shafts, right hand.                     | S62.352A S62.354A | two bones
        Assessment:\nFracture of the shaft of the right fourth metacarpal.                                             | S62.324A | nothing said
        X-ray: the fracture of the left clavicle shaft is now displaced; nondisplaced fracture of the left clavicle shaft before.\nAssessment:\nDisplaced fracture of the left clavicle shaft. | S42.022A | said
        MRI: complex tear of the medial meniscus of the right knee.\nAssessment:\nMedial meniscus tear, right knee.    | S83.231A | complex
        MRI: bucket-handle tear of the medial meniscus of the left knee.\nAssessment:\nLeft medial meniscus tear.      | S83.212A | bucket-handle
        Assessment:\nLeft medial meniscus tear.                                                                        | S83.242A | no kind
    """)


def test_a_doubt_between_the_site_and_the_condition(coding_cases):
    """What is suspected of a named part is suspected, wherever the part stands in the sentence.

    Source: ICD-10-CM Official Guidelines IV.H.
    """
    coding_cases(r"""
        note                                                                                      | codes           | why
        ------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nThyroid nodule, suspicious for papillary carcinoma.                          | E04.1           | suspicious
        Assessment:\nTongue lesion concerning for squamous cell carcinoma.                        | K14.9           | concern
        Assessment:\nHypertension. Prostate MRI suspicious for cancer.                            | I10             | nothing else
        Assessment:\nHypertension. Colon mass, likely adenocarcinoma.                             | I10 K63.9       | likely
        Assessment:\nBiopsy of the thyroid shows papillary carcinoma of the thyroid.              | C73             | proven
        Assessment:\nBasal cell carcinoma of the nose, possibly recurrent.                        | C44.311         | of something else
    """)


def test_a_symptom_that_the_next_line_explains(coding_cases):
    """A problem is what the line below says that it is; wax, tests and lesions as the Tabular List puts them.

    Source: ICD-10-CM Official Guidelines I.B.4, I.B.5, IV.D; Excludes1 at H91; Index, Lesion, skin.
    Rules I.B.4-explained-symptoms, I.B.9-outpatient, I.C.2-blood, I.C.4-endocrine.
    """
    coding_cases(r"""
        note                                                                                      | codes           | why
        ------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nEar fullness.\nMedical Reasoning: This is due to impacted cerumen on the right. | H61.21       | due to
        Assessment:\nHearing loss.\nReasoning: This is due to impacted cerumen in the right ear.  | H61.21          | Excludes1
        Assessment:\nBlurry vision.\nReasoning: This is from her cataracts.                       | H26.9           | from
        Assessment:\nItchy eyes.\nReasoning: This is allergic conjunctivitis.                     | H10.10          | is
        Assessment:\nRash.\nReasoning: This is not eczema.                                        | R21             | is not
        Assessment:\nLeg swelling.\nReasoning: This is a separate problem, her asthma is stable.  | M79.89 J45.909  | another matter
        Assessment:\nIron deficiency anemia.\nReasoning: Low ferritin confirms this.              | D50.9           | its test
        Assessment:\nHypothyroidism. Elevated TSH today.                                          | E03.9           | its test
        Assessment:\nLesion of the nose. Suspicious for basal cell carcinoma. Referral for Mohs.  | L98.9           | of the skin
        Assessment:\nLesion of the nose. Referral to ENT.                                         | J34.89          | as the Index
        CC: Leg ulcer, left.\nAssessment:\nVenous ulcer of the left calf with fat layer exposed. Chronic venous insufficiency. No varicose veins. | I87.2 L97.222 | denied veins
        Assessment:\nCKD stage 3b. This is from diabetic nephropathy and her kidney function is steady. | E11.22 N18.32 | one disease
    """)


def test_positive_and_treated_and_tolerated(coding_cases):
    """HIV that is called asymptomatic or positive is Z21 under treatment too; what is tolerated is no allergy; an
    operation ahead is no status.

    Source: ICD-10-CM Official Guidelines I.C.1.a.2.d, f, j; I.C.21.c.3. Rules I.C.1-infection,
    I.C.21.c.3-allergy-status, I.C.21.c.3-status.
    """
    coding_cases(r"""
        note                                                                                      | codes           | why
        ------------------------------------------------------------------------------------------+-----------------+---------------
        HPI: HIV since 2014.\nAssessment:\nAsymptomatic HIV infection. Continue Biktarvy.         | Z21 [Z79.899]   | asymptomatic
        Assessment:\nHIV positive, no AIDS. HIV viral load undetectable on Biktarvy.              | Z21 [Z79.899]   | AIDS denied
        Assessment:\nHIV disease on Biktarvy. HIV positive since 2009.                            | B20 [Z79.899]   | disease
        Assessment:\nAsymptomatic HIV. AIDS with pneumocystis pneumonia in 2010.                  | B20             | once is always
        Allergies: Hives from sulfa. He has taken penicillin without problems.\nAssessment:\nHypertension. | I10 Z88.2 | tolerated
        Allergies: Penicillin (hives). Tolerates cephalosporins.\nAssessment:\nHypertension.      | I10 Z88.0       | both told
        Assessment:\nPreoperative evaluation prior to cholecystectomy for gallstones.             | Z01.818 K80.20  | ahead
    """)


def test_symptoms_of_the_organ_beside_its_disease(coding_cases):
    """A symptom whose code stands in the chapter of its organ is not coded beside the disease that it belongs to.

    Source: ICD-10-CM Official Guidelines I.B.4, I.B.5; Index, Hemorrhoids. Rules I.B.5-organ-symptoms, I.B.5-integral.
    """
    coding_cases(r"""
        note                                                                        | codes          | why
        ----------------------------------------------------------------------------+----------------+---------------
        Assessment:\nVaginal discharge. Bacterial vaginosis.                        | N76.0          | Excludes1
        Assessment:\nVaginal dryness. Atrophic changes, declined estrogen.          | N89.8          | no disease named
        Assessment:\nEye redness. Viral conjunctivitis, right eye.                  | B30.9          | eye
        Assessment:\nItching. Atopic dermatitis.                                    | L20.9          | skin
        Assessment:\nBreast lump. Fibroadenoma of the left breast.                  | D24.2          | breast
        Assessment:\nRight breast lump. Fibroadenoma of the left breast.            | N63.10 D24.2   | the other breast
        Assessment:\nRectal bleeding. Internal hemorrhoids.                         | K64.8          | Index
        Assessment:\nRectal bleeding. Sigmoid diverticulosis.                       | K62.5 K57.30   | of another place
        Assessment:\nTooth pain. Dental caries.                                     | K02.9          | tooth
        Assessment:\nTesticular pain. Epididymitis.                                 | N45.1          | scrotum
        Assessment:\nDaytime sleepiness. Obstructive sleep apnea.                   | G47.33         | sleep
        Assessment:\nPelvic pain. Endometriosis.                                    | N80.9          | pelvis
        Assessment:\nPenile discharge. Gonorrhea.                                   | A54.9          | urethra
    """)


def test_the_visit_some_weeks_after_an_operation(coding_cases):
    """A line that opens with an operation of days or weeks ago is aftercare; stitches of an injury are the injury.

    Source: ICD-10-CM Official Guidelines I.C.21.c.7, I.C.19.a. Rule I.C.21.c.7-aftercare.
    """
    coding_cases(r"""
        setting      | note                                                                                         | codes          | why
        -------------+----------------------------------------------------------------------------------------------+----------------+---------------
        professional | Assessment:\nStatus post laparoscopic appendectomy, 2 weeks.                                 | Z48.815 Z90.49 | weeks
        professional | Assessment:\nStatus post right total knee replacement, 2 weeks. Staples removed.             | Z47.1 Z96.651  | joint
        professional | Assessment:\nTwo weeks after left cataract surgery. Healing well.                            | Z48.810 Z98.42 | no after-cataract
        professional | Assessment:\nStatus post cholecystectomy 2 years ago. Hypertension.                          | I10 [Z90.49]   | long ago
        professional | HPI:\nHis cough began 2 weeks after an appendectomy.\nAssessment:\nBronchitis.               | J40            | another matter
        professional | HPI:\nHe returns 10 days after the laceration of his left forearm was sutured.\nAssessment:\nSuture removal. | S51.812D | the injury
        professional | Assessment:\nEncounter for suture removal, laceration of the scalp.                          | S01.01XD       | the injury
        professional | Assessment:\nLaceration of the scalp, closed. Return in 10 days for suture removal.          | S01.01XA       | planned
    """)


def test_an_operation_ahead_and_the_drugs_of_others(coding_cases):
    """A cataract that is to be extracted is still there; insulin that a relative takes is not the patient's.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.4.a.3. Rule I.C.21.c.3-status.
    """
    coding_cases(r"""
        setting      | note                                                                                          | codes          | why
        -------------+-----------------------------------------------------------------------------------------------+----------------+--------
        professional | Assessment:\nCataract of the right eye, surgery planned.                                      | H26.9          | ahead
        professional | Assessment:\nScheduled for cataract extraction, left eye, next month.                         | H26.9          | ahead
        professional | Assessment:\nNuclear sclerotic cataract, right eye. Discussed cataract surgery.               | H25.11         | its kind
        professional | Past surgical history:\nCataract surgery.\nAssessment:\nBronchitis.                           | J40 [Z98.49]   | done
        professional | HPI:\nHer husband is on insulin.\nAssessment:\nType 2 diabetes, continue metformin.           | E11.9 Z79.84   | his
        professional | HPI:\nHis wife takes insulin; he takes warfarin.\nAssessment:\nAtrial fibrillation, on warfarin. | I48.91 Z79.01 | hers
    """)
