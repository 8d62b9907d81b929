"""Drugs somebody is not on, visits to come, ranges of numbers, immunity, signs that somebody knows, what is over."""


def test_a_drug_that_somebody_is_not_on(coding_cases):
    """ "Not on aspirin", "no longer on warfarin": a drug that is not taken is in no long-term use.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-given-up, I.C.21.c.3-long-term-drugs.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nCoronary artery disease with a stent in 2014. He is not on aspirin.           | I25.10 Z95.5   | not on
        Assessment:\nCoronary artery disease with a stent in 2014. He is not taking aspirin.       | I25.10 Z95.5   | not taking
        Assessment:\nCoronary artery disease. He is not on aspirin because of the bleeding.        | I25.10         | not on
        Assessment:\nAtrial fibrillation. He is no longer on warfarin.                             | I48.91         | no longer
        Assessment:\nDiabetes type 2. He is not on insulin. Continue metformin.                    | E11.9 Z79.84   | another drug
        Assessment:\nDiabetes type 2. He is no longer on insulin.                                  | E11.9          | no longer
        Assessment:\nCoronary artery disease with a stent in 2014. He is on aspirin.               | I25.10 Z95.5 Z79.82 | on it
        Assessment:\nStroke in 2020 without residuals. She is not on aspirin but takes clopidogrel 75 mg daily. | Z86.73 Z79.02 | but
        Assessment:\nType 2 diabetes, not well controlled on insulin.                              | E11.9 Z79.4    | on it
        Assessment:\nType 2 diabetes. Not controlled on metformin alone.                           | E11.9 Z79.84   | on it
    """)


def test_an_examination_of_another_day(coding_cases):
    """A physical or a well visit to which the patient is to return is not what this visit was for.

    Source: ICD-10-CM Official Guidelines IV.P, I.C.21.c.13. Rule IV.P-routine-examination.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        A/P: 1. Acute otitis media, right ear. Amoxicillin.\nRTC 2 weeks for an ear check, and his 30-month well visit. | H66.91 | to come
        Assessment and Plan:\n1. Hypertension. Continue lisinopril.\nReturn in 3 months for annual physical. | I10  | return
        Assessment and Plan:\n1. Hypertension. Continue lisinopril.\nReturn in 3 months and for her Medicare wellness visit. | I10 | return
        Assessment and Plan:\n1. Hypertension. Continue lisinopril.\nSchedule annual wellness visit. | I10          | schedule
        Assessment and Plan:\n1. Annual physical. Labs ordered. Return in 1 year for next physical. | Z00.00        | today too
        Chief complaint: Follow-up and annual physical.\nAssessment:\nAnnual physical, no abnormal findings. | Z00.00 | today
    """)


def test_a_range_of_numbers_is_no_organ(coding_cases):
    """ "In the low 50s" is a range; what comes in small amounts is no small kidney.

    Source: ICD-10-CM Official Guidelines III.B, IV.H. Rule IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nCKD stage 3a. His eGFR has been stable in the low 50s for over a year.        | N18.31         | filtration
        Assessment:\nHypertension. Home blood pressures are in the low 130s over 80s.              | I10            | pressure
        Assessment:\nHeart failure, ejection fraction in the low 40s.                              | I50.9          | fraction
        Assessment:\nHyperkalemia. Potassium is in the low 5s.                                     | E87.5          | potassium
        Assessment:\nOsteoarthritis of the left knee. Diclofenac gel is safe for the kidneys in small amounts. | M17.12 | amounts
        Assessment:\nSmall kidney on the left.                                                     | N27.0          | a kidney
        Assessment:\nLow potassium.                                                                | E87.6          | a finding
    """)


def test_what_somebody_is_immune_to_knows_or_is_watched_for(coding_cases):
    """Immunity, the signs that somebody was taught, and the cancer for which a study looks at intervals are no diseases.

    Source: ICD-10-CM Official Guidelines IV.H, III.B. Rule IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nCirrhosis. Hepatitis A and B immunity is documented.                          | K74.60         | immunity
        Assessment:\nCirrhosis. Immune to hepatitis A and B.                                       | K74.60         | immune
        Assessment:\nCirrhosis. Hepatitis B surface antibody positive.                             | K74.60         | antibody
        Assessment:\nChronic hepatitis B, surface antibody negative. Continue entecavir.           | B18.1          | a disease
        Assessment:\nChronic hepatitis B in the immune tolerant phase.                             | B18.1          | a disease
        Assessment:\nPolymyalgia rheumatica. She knows the signs of giant cell arteritis.          | M35.3          | knows
        Assessment:\nAtrial fibrillation. Reviewed the warning signs of stroke.                    | I48.91         | reviewed
        Assessment:\nDiabetes type 2. We went over the symptoms of hypoglycemia.                   | E11.9          | went over
        Assessment:\nShe has signs of pneumonia on x-ray.                                          | J18.9          | has
        Assessment:\nCirrhosis. Ultrasound and AFP every 6 months for liver cancer.                | K74.60         | looked for
        Assessment:\nUlcerative colitis. Colonoscopy every 2 years for colon cancer.               | K51.90         | looked for
        Assessment:\nCT every 3 months for his lung cancer.                                        | C34.90         | his own
        Assessment:\nLeuprolide every 6 months for prostate cancer.                                | C61            | treated
    """)


def test_an_infection_that_is_over_behind_its_site(coding_cases):
    """ "Pneumonia, left lower lobe, resolved clinically" is history, and the visit its follow-up.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4, I.C.21.c.8. Rule I.C.21.c.4-personal-history.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\n1. Pneumonia, left lower lobe, resolved clinically. Repeat film in 6 weeks.   | Z09 Z87.01     | behind its lobe
        Assessment:\n1. Otitis media, right ear, resolved.                                         | Z09 Z86.69     | behind its side
        Assessment:\n1. Pneumonia, radiographically resolved.                                      | Z09 Z87.01     | film
        Assessment:\n1. Pneumonia, right lower lobe, not resolved. Continue antibiotics.           | J18.9          | not over
        Assessment:\n1. Pneumonia, right lower lobe. Fever resolved.                               | J18.9          | the fever
    """)


def test_kinds_that_the_index_names(coding_cases):
    """Chronic fatigue, platelets high by reaction, androgens of polycystic ovaries, depression and diabetes after birth.

    Source: Alphabetic Index (Fatigue, chronic; Thrombocytosis, reactive; Depression, postpartum); O24.43-; I.B.5.
    Rules I.B.2-detail, I.B.9-outpatient, I.C.2-blood, I.C.4-endocrine, I.C.5-mental, I.C.15-pregnancy.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nChronic fatigue. She is exhausted by noon.                                    | R53.82         | chronic
        Assessment:\nFatigue.                                                                      | R53.83         | not called so
        Assessment:\nThrombocytosis due to iron deficiency anemia.                                 | D75.838 D50.9  | reactive
        Assessment:\nThrombocytosis.                                                               | D75.839        | not said
        Assessment:\nPolycystic ovary syndrome with signs of excess androgens.                     | E28.2          | its own
        Assessment:\nPostpartum depression, moderate. Start sertraline.                            | F53.0          | after birth
        Assessment:\n6 weeks postpartum. Gestational diabetes. Glucose test ordered.               | O24.439        | after birth
        Assessment:\nGestational diabetes, diet controlled, in the recent pregnancy. Glucose test at 8 weeks postpartum. | O24.430 | after birth
        Assessment:\n30 weeks pregnant. Gestational diabetes, diet controlled. Discussed postpartum glucose test. | O24.410 Z3A.30 | before
    """)


def test_a_lasting_condition_that_is_no_longer_there(coding_cases):
    """Outgrown, cured, "no longer a problem": the condition is over, unless a drug keeps it away.

    Depression and anxiety told as history that needs no treatment are history; what got better by a loss of weight
    makes the loss no symptom. Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4. Rules IV.H-refuted,
    I.C.21.c.4-personal-history, I.B.9-outpatient.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nAsthma, outgrown.                                                             | -              | outgrown
        Assessment:\nAsthma, which he has outgrown.                                                | -              | outgrown
        Assessment:\nSleep apnea, cured by weight loss.                                            | -              | cured
        Assessment:\nGERD, no longer a problem since she lost weight.                              | -              | over
        Assessment:\nGERD, no longer a problem on omeprazole.                                      | K21.9          | by a drug
        Assessment:\nGERD, no longer a problem since she started omeprazole.                       | K21.9          | by a drug
        Assessment:\nMigraine, no longer an issue with topiramate.                                 | G43.909        | by a drug
        Assessment:\nHistory of depression, off medication for 5 years, mood is good.              | Z86.59         | untreated
        Assessment:\nHistory of depression, doing well off medication.                             | Z86.59         | untreated
        Assessment:\nHistory of depression, on sertraline.                                         | F32.A          | treated
        Assessment:\nDepression, off medication, worse again.                                      | F32.A          | no history
        Assessment:\nFatigue with weight loss.                                                     | R53.83 R63.4   | a symptom
        Assessment:\nHypertension. Pressure is better controlled since he lost weight.             | I10            | no symptom
        Assessment:\nGestational diabetes with both pregnancies. Prediabetes.                      | Z86.32 R73.03  | over
    """)


def test_the_film_of_the_joint_or_spine_that_hurts(coding_cases):
    """A film shows osteoarthritis, or worn discs, of the one part that hurts.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13, I.C.13.a; Index: Degeneration, intervertebral disc.
    Rules I.C.13.a-osteoarthritis, I.B.9-outpatient.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nRight knee pain. X-ray shows mild osteoarthritis.                             | M17.11         | knee
        Assessment:\nLeft hip pain. X-ray shows severe osteoarthritis.                             | M16.12         | hip
        Assessment:\nRight ankle pain. Films show arthritis.                                       | M19.071        | ankle
        Assessment:\nShoulder pain. X-ray shows osteoarthritis.                                    | M19.019        | no side
        Assessment: Right knee pain and left hip pain. X-rays show osteoarthritis.                 | M19.90         | two joints
        Assessment:\nNeck pain. X-ray shows degenerative disc disease.                             | M50.30         | neck
        Assessment:\nLow back pain. X-ray shows degenerative disc disease.                         | M51.360        | low back
        Assessment:\nNeck pain and low back pain. X-ray shows degenerative disc disease.           | M51.9          | which is not said
    """)


def test_what_a_symptom_comes_from(coding_cases):
    """ "Edema from her venous insufficiency" is said by its cause; an insomnia keeps the disorder that it comes from.

    Source: ICD-10-CM Official Guidelines I.B.4, I.A.17. Rules I.B.4-explained-symptoms, I.C.5-mental.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nSwollen ankles, from venous insufficiency.                                    | I87.2          | from
        Assessment:\nLeg edema, from her venous insufficiency.                                     | I87.2          | from
        Assessment:\nChest pain on the way from work. Hypertension.                                | R07.9 I10      | a place
        Assessment:\nInsomnia due to anxiety.                                                      | F51.05 F41.9   | code also
        Assessment:\nInsomnia from her depression.                                                 | F51.05 F32.A   | code also
        Assessment:\nOsteopenia. Calcium to keep it from becoming osteoporosis.                    | M85.80         | to prevent
    """)


def test_bites_of_insects_smoke_flares_and_yeast(coding_cases):
    """Ticks leave superficial bites at every site; smoke of a fire is no tobacco; "flaring" is an exacerbation.

    Source: Alphabetic Index (Bite, by site, superficial, insect; Asthma, with exacerbation), Excludes2 note at B37.2.
    Rules I.B.9-outpatient, IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nTick bite of the abdomen, no rash.                                            | S30.861A       | abdomen
        Assessment:\nTick bite of the lower back.                                                  | S30.860A       | lower back
        Assessment:\nTick bite, right arm.                                                         | S40.861A       | arm
        Assessment:\nDog bite of the abdomen.                                                      | S31.159A       | a dog
        Assessment:\nAsthma flaring.                                                               | J45.901        | flaring
        Assessment:\nCOPD is flaring.                                                              | J44.1          | flaring
        Assessment:\nEczema is flaring.                                                            | L30.9          | no such kind
        Assessment:\nCOPD is acting up with the wildfire smoke.                                    | J44.1          | a fire
        Assessment:\nAsthma, triggered by smoke.                                                   | J45.909        | a trigger
        Assessment:\nShe continues to smoke a pack a day.                                          | F17.210        | tobacco
        Assessment:\nDiaper rash with yeast.                                                       | B37.2 L22      | both
    """)


def test_details_in_the_lines_below_the_name_of_a_problem(coding_cases):
    """What the lines below the name of a problem say of it makes its code: control, class, severity, kind.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.14; Index: Diabetes, poorly controlled.
    Rules I.C.4-endocrine, I.C.9-circulatory, I.C.10-respiratory.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment and Plan:\n1. Diabetes. A1c 9.8, poorly controlled. Start Lantus.               | E11.65 Z79.4   | next sentence
        Assessment and Plan:\n1. Type 2 diabetes.\n- A1c is 10.2. This is poorly controlled.\n- Increase metformin. | E11.65 Z79.84 | bullet
        Assessment and Plan:\n1. Type 2 diabetes.\nReasoning: Her sugars are out of control.       | E11.65         | label
        Assessment and Plan:\n1. Type 2 diabetes. Control has been poor.                           | E11.65         | control
        Assessment and Plan:\n1. Type 2 diabetes.\n2. Hypertension. Poorly controlled.             | E11.9 I10      | another problem
        Assessment and Plan:\nType 2 diabetes.\nHypertension. Poorly controlled.                   | E11.9 I10      | another problem
        Assessment and Plan:\n1. Type 2 diabetes. A1c 6.8.\n- His hypertension is poorly controlled. | E11.9 I10    | of another
        Assessment and Plan:\n1. Type 2 diabetes. A1c 6.8.\n- Blood pressure is poorly controlled. | E11.9          | the pressure
        Assessment and Plan:\n1. Obesity.\nReasoning: BMI 37, class 2.                             | E66.812 Z68.37 | class
        Assessment and Plan:\n1. Asthma.\nReasoning: poorly controlled, moderate persistent.       | J45.40         | severity
        Assessment and Plan:\n1. Heart failure.\nReasoning: ejection fraction 30%, chronic systolic. | I50.22       | kind
    """)


def test_follow_up_of_what_the_hospital_treated(coding_cases):
    """A visit after the hospital: a stroke is what it left, an infection whose treatment is over is history.

    Source: ICD-10-CM Official Guidelines I.C.9.d.1-3, IV.J, I.C.21.c.4, I.C.21.c.7, I.C.21.c.8.
    Rules I.C.9.d-sequelae, I.C.21.c.4-personal-history, I.C.21.c.7-aftercare, I.C.21.c-contraception.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment and Plan:\nHospital follow-up for stroke.\n- Medical Reasoning: She has mild residual right-sided weakness.\n- Medical Treatment: Continue aspirin. | I69.351 Z79.82 | deficit below
        Assessment and Plan:\n1. Follow-up of stroke. He has left-sided weakness and goes to therapy. | I69.354      | deficit behind
        Assessment and Plan:\n1. Hospital follow-up after stroke. No deficits.                     | Z86.73         | none left
        Assessment and Plan:\n1. Stroke follow-up. She is doing well with no weakness.             | Z86.73         | none left
        Assessment and Plan:\n1. Stroke follow-up, aphasia is better.                                     | I69.320        | deficit beside
        Assessment and Plan:\n1. Status post stroke.                                               | Z86.73         | s/p
        Assessment and Plan:\n1. Acute stroke with left-sided weakness. Sent to the hospital.      | I63.9          | now
        Assessment and Plan:\n1. Hospital follow-up for pneumonia. She finished her antibiotics and feels well. | Z09 Z87.01 | over
        Assessment and Plan:\nHospital follow-up for cellulitis.\n- Medical Reasoning: He completed the antibiotics, and the redness is gone. | Z09 Z87.2 | over
        Assessment and Plan:\n1. ER follow-up for kidney stone. The stone has passed.              | Z09 Z87.442    | passed
        Assessment and Plan:\n1. Hospital follow-up for pneumonia. She is still coughing and has 3 days of antibiotics left. | J18.9 | not over
        Assessment and Plan:\n1. Hospital follow-up for DVT. Continue Eliquis 5 mg twice a day.    | I82.409 Z79.01 | treated
        Assessment and Plan:\n1. Follow-up after cholecystectomy. Incisions are healing well.      | Z48.815 Z90.49 | aftercare
        Assessment and Plan:\n1. Nexplanon removed and replaced today.                             | Z30.46         | today
    """)


def test_follow_up_named_behind_the_problem(coding_cases):
    """ "Ankle sprain follow-up" is for the healing; "UTI follow-up, symptoms gone" is over; "follow up in 2 weeks" is neither.

    Source: ICD-10-CM Official Guidelines I.C.19.a, IV.J, I.C.21.c.8, I.C.2.m, I.C.4.a.5.
    Rules I.C.21.c.4-personal-history, I.C.4-endocrine, I.C.2-neoplasms.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment and Plan:\n1. Ankle sprain follow-up, right. Walking without pain.              | S93.401D       | follow-up
        Assessment and Plan:\n1. Concussion follow-up. Headaches are gone.                         | S06.0XAD       | follow-up
        Assessment and Plan:\n1. Right ankle sprain, healing.                                      | S93.401D       | healing
        Assessment and Plan:\n1. Right ankle sprain. Follow up in 2 weeks.                         | S93.401A       | to come
        Assessment and Plan:\n1. Right ankle sprain. Follow-up with orthopedics.                   | S93.401A       | to come
        Assessment and Plan:\n1. Pneumonia follow-up. Antibiotics finished, feels well.            | Z09 Z87.01     | over
        Assessment and Plan:\n1. Hospital follow-up for pneumonia. Fever is gone, 3 days of levofloxacin left. | J18.9 | treated
        Assessment and Plan:\n1. Cellulitis follow-up. Redness is gone, two more days of cephalexin. | L03.90       | treated
        Assessment and Plan:\n1. Hypothyroid after thyroidectomy for cancer.                       | E89.0 Z85.850  | taken out
        Assessment and Plan:\n1. Erectile dysfunction after prostatectomy for prostate cancer.     | N52.9 Z85.46 Z90.79 | taken out
        Assessment and Plan:\n1. Type 1 diabetes on a pump. A1c 7.2.                               | E10.9 Z96.41   | pump
    """)
