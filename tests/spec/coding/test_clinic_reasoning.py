"""What the reasoning of a visit says: on what a diagnosis rests, what has since cleared, whose decision a drug was."""


def test_the_history_that_was_taken_is_no_history_of_a_disease(coding_cases):
    """ "His history and exam show …" says on what a diagnosis rests; "a history of …" says that it is past.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nHis history and exam show an acute lumbar strain.                             | S39.012A        | show
        Assessment:\nThe history and examination indicate plantar fasciitis.                       | M72.2           | indicate
        Assessment:\nBy history and exam this is a migraine.                                       | G43.909         | by
        Assessment:\nHer history, exam and x-ray confirm a lumbar strain.                          | S39.012A        | three
        Assessment:\nHypertension. History of plantar fasciitis.                                   | I10             | past
        Assessment:\nHypertension. History and exam unremarkable.                                  | I10             | nothing
        Assessment:\nAsthma, flared by a viral cold, which has since cleared.                      | J45.901         | cleared
        Assessment:\nHypertension. The rash, which has resolved, was not seen.                     | I10             | resolved
        Assessment:\nAcute sinusitis, which has not resolved.                                      | J01.90          | not yet
    """)


def test_a_drug_that_the_provider_begins_or_stops(coding_cases):
    """What the provider stops is no underdosing; what the provider will start today is in use, if nothing is waited for.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c, I.C.4.a.3, I.C.21.c.3. Rules I.C.19.e-underdosing,
    I.C.21.c.3-given-up.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nHypertension. I stopped his hydrochlorothiazide since it raises the uric acid. | I10            | provider
        Assessment:\nHypertension. I have stopped her lisinopril because it made her cough. She says it did. | I10   | provider
        Assessment:\nHypertension. She stopped her lisinopril because it made her dizzy.           | I10 T46.4X6A Z91.128 | patient
        Plan:\nType 2 diabetes. Continue metformin. We will start Ozempic 0.25 mg once weekly.     | E11.9 Z79.84 Z79.85 | today
        Plan:\nType 2 diabetes. I will start Jardiance.                                            | E11.9 Z79.84    | today
        Plan:\nType 2 diabetes. I will start insulin next visit.                                   | E11.9           | later
        Plan:\nType 2 diabetes. We will start Ozempic if the A1c is still high.                    | E11.9           | if
        Plan:\nType 2 diabetes. We will start Ozempic once approved.                               | E11.9           | once
        Plan:\nType 2 diabetes. He would start Ozempic.                                            | E11.9           | would
    """)


def test_a_superficial_injury_of_another_site_than_the_wound(coding_cases):
    """A bruise goes with the worse injury of its site; that of the hand is not part of a wound of a finger.

    Source: ICD-10-CM Official Guidelines I.C.19.b.1. Rule I.C.19.b-lesser-injuries.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Assessment:\n1. Laceration of the right middle finger.\n2. Contusion of the right hand.    | S61.212A S60.221A | finger, hand
        Assessment:\n1. Laceration of the right forearm.\n2. Abrasion of the right elbow.          | S51.811A S50.311A | forearm, elbow
        Assessment:\n1. Sprain of the left ankle.\n2. Abrasion of the left foot.                   | S93.402A S90.812A | ankle, foot
        Assessment:\n1. Laceration of the right hand.\n2. Contusion of the right hand.             | S61.411A          | same site
        Assessment:\n1. Sprain of the left knee.\n2. Contusion of the left knee.                   | S83.92XA          | same site
        Assessment:\n1. Fracture of the shaft of the left tibia.\n2. Abrasion of the left lower leg. | S82.202A        | same site
    """)


def test_words_of_a_visit_that_look_like_others(coding_cases):
    """A dry macula is no dry eye, a school of long ago no place of an accident, a scar no cause of a flush.

    Source: ICD-10-CM Index, Degeneration, macula; Otitis, media, suppurative, acute; Diverticulosis, large intestine.
    Official Guidelines I.C.20.b, I.B.5, I.B.14. Rules I.B.5-integral, I.B.2-detail, I.C.20-external-causes.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nEarly dry macular degeneration, both eyes.                                    | H35.3131        | macula
        Assessment:\nDry eyes, both eyes.                                                          | H04.123         | eyes
        Assessment:\nWet macular degeneration, right eye.                                          | H35.3210        | wet
        Assessment:\nBlepharitis, all four lids.                                                   | H01.00A H01.00B | four lids
        Assessment:\nMeibomian gland dysfunction of all 4 eyelids.                                 | H02.88A H02.88B | four lids
        Assessment:\nAcute otitis media with pus on the left.                                      | H66.002         | pus
        Results:\nColonoscopy: diverticulosis of the sigmoid colon.\nAssessment:\n1. Diverticulosis. | K57.30        | where
        Results:\nCT: sigmoid diverticulosis.\nAssessment:\n1. Diverticulitis.                     | K57.92          | another kind
        HPI:\nHe cut his finger with a chisel. His last tetanus shot was in middle school.\nAssessment:\nLaceration of the right middle finger. | S61.212A | long ago
        Exam:\nThe scar in the right breast is soft.\nAssessment:\nHot flushes. Osteoporosis.      | R23.2 M81.0     | scar
    """)


def test_the_place_is_that_of_the_problem(coding_cases):
    """What the reasoning calls a complaint of one place is of that place, unless it has one of its own.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13, I.C.13.a, IV.D.
    """
    coding_cases(r"""
        note                                                                                                         | codes    | why
        -------------------------------------------------------------------------------------------------------------+----------+---------------
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: His x-rays show arthritis.                   | M17.11   | knee
        Assessment and Plan:\n1. Right knee pain: This is osteoarthritis.                                            | M17.11   | colon
        Assessment and Plan:\n1. Left hip pain.\nThis is from her arthritis, moderate on the x-ray.                  | M16.12   | hip
        Assessment and Plan:\n1. Left shoulder pain.\n- Medical Reasoning: This is bursitis.                         | M75.52   | shoulder
        Assessment and Plan:\nLeft elbow pain.\n• Medical Reasoning: She has bursitis.\n\nHypertension.\n• Continue lisinopril. | M70.32 I10 | elbow
        Assessment and Plan:\n1. Neck pain. X-ray shows arthritis.                                                   | M47.812  | neck
        Assessment and Plan:\n1. Lesion on the back.\nMedical Reasoning: This is a lipoma.                           | D17.1    | back
        Assessment and Plan:\n1. Lesion of the nose.\n- This is a basal cell carcinoma.                              | C44.311  | nose
        Assessment and Plan:\n1. Red left leg. This is cellulitis.                                                   | L03.116  | leg
        Assessment and Plan:\n1. Sore on the right lower leg.\n- This is an abscess.                                 | L02.415  | lower leg
        Assessment and Plan:\n1. Right wrist injury.\nThis is a sprain.                                              | S63.501A | sprain
        Assessment and Plan:\nLow back pain.\n• Medical Reasoning: She has a strain.                                 | S39.012A | strain
        Assessment and Plan:\n1. Left hip pain.\n- This is trochanteric bursitis. The right hip is fine.             | M70.62   | the side alone
        Assessment and Plan:\n1. Left upper eyelid lump. This is a chalazion. The right eye is fine.                 | H00.14   | upper lid
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: X-rays show no fracture.                     | M25.561  | denied
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: I am concerned for a fracture.               | M25.561  | concern
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: Possible bursitis.                           | M25.561  | possible
        Assessment and Plan:\n1. Right knee pain.\n2. Hypertension. Lisinopril. Strain is to be avoided.             | M25.561 I10 | another problem
        Assessment and Plan:\n1. Right hand pain. She has arthritis of her left knee.                                | M79.641 M17.12 | a place of its own
    """)


def test_an_exacerbation_told_of_the_problem(coding_cases):
    """ "COPD. He has an exacerbation" is that of the disease that the problem names, if no other one exacerbates.

    Source: ICD-10-CM Official Guidelines I.C.10.a, I.B.2; notes at J44, Z99.81. Rule I.C.10-respiratory.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nCOPD.\n• Medical Reasoning: He has an exacerbation, with more sputum.         | J44.1           | has
        Assessment:\nCOPD. This is an acute exacerbation.                                          | J44.1           | is
        Assessment:\nAsthma. She is having an exacerbation.                                        | J45.901         | asthma
        Assessment:\nCOPD. No exacerbation.                                                        | J44.9           | none
        Assessment:\nCOPD. If she has an exacerbation she will call.                               | J44.9           | if
        HPI:\nHe is on 2 liters of oxygen around the clock.\nAssessment:\nChronic hypoxic respiratory failure. | J96.11 Z99.81 | around the clock
        HPI:\nHe was on 2 liters of oxygen in the ambulance.\nAssessment:\nChronic hypoxic respiratory failure. | J96.11 | for a while
    """)


def test_what_a_diagnosis_of_the_reasoning_says_already(coding_cases):
    """Nothing is coded beside a diagnosis that tells it: the goiter of Graves disease, the murmur of a stenosis.

    Source: ICD-10-CM Index, Goiter, diffuse, toxic; Colitis, ulcerative, with rectal bleeding; Excludes1 at E53.8, G54.
    Official Guidelines I.A.12.a, I.B.5. Rule I.B.4-explained-symptoms.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nThis is Graves disease, with a diffuse goiter.                                | E05.00          | toxic
        Assessment:\nDiffuse goiter.                                                               | E04.0           | alone
        Assessment:\nPernicious anemia.\nPolyneuropathy due to B12 deficiency.                     | D51.0 G63       | anemia
        Assessment:\nB12 deficiency.                                                               | E53.8           | alone
        Assessment:\nHeart murmur.\nHer echocardiogram demonstrates moderate aortic stenosis, which accounts for the murmur. | I35.0 | murmur
        Assessment:\nHeart murmur. Echocardiogram ordered.                                         | R01.1           | alone
        Assessment:\nBloody stools. Her colonoscopy confirms ulcerative proctitis.                 | K51.211         | bleeding
        Assessment:\nBenign paroxysmal positional vertigo of the right ear.                        | H81.11          | ear
        Assessment:\nL4-L5 disc herniation with compression of the L5 nerve root, which fits her radicular symptoms. | M51.16 | root
        Assessment:\nLung nodule. In view of his remote smoking he would prefer a scan.            | R91.1 Z87.891   | remote
    """)


def test_a_problem_that_the_line_below_calls_over(coding_cases):
    """ "Pneumonia. This has resolved" is a history, as "pneumonia, resolved" is; not what is better and still treated.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.C.21.c.8, IV.J. Rule I.C.21.c.4-personal-history.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment and Plan:\n1. Pneumonia.\n- Medical Reasoning: This has resolved.               | Z09 Z87.01      | label
        Assessment and Plan:\n1. Pneumonia. It has now completely resolved.                        | Z09 Z87.01      | same line
        Assessment and Plan:\n1. Hypertension.\n2. Urinary tract infection. Resolved.              | I10 Z87.440     | one word
        Assessment and Plan:\n1. Pneumonia.\n- Medical Reasoning: This has not resolved.           | J18.9           | not
        Assessment and Plan:\n1. Pneumonia. This is better.                                        | J18.9           | better
        Assessment and Plan:\n1. Pneumonia. The fever has resolved. Finish the Levaquin.           | J18.9           | a symptom
        Assessment and Plan:\n1. Pneumonia.\n2. Cellulitis of the leg. This has resolved.          | J18.9 Z87.2     | another problem
    """)


def test_what_the_reasoning_lays_a_complaint_to(coding_cases):
    """The drug that "this" is laid to below a problem did it; the disease that it is said to be tells the complaint.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a, I.B.4, I.B.5, IV.D. Rules I.C.19.e-adverse-effects,
    I.B.4-explained-symptoms, I.B.5-integral, I.C.13.a-osteoarthritis.
    """
    coding_cases(r"""
        note                                                                                               | codes           | why
        ---------------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment and Plan:\n1. Constipation.\n- Medical Reasoning: This is due to her oxycodone.         | K59.03 T40.2X5A | due to
        Assessment and Plan:\n1. Cough.\n- Medical Reasoning: This is a side effect of lisinopril.         | R05.8 T46.4X5A  | side effect
        Assessment and Plan:\n1. Cough.\n- Medical Reasoning: This is possibly a side effect of lisinopril. | R05.9          | possibly
        Assessment and Plan:\n1. Leg swelling.\n- Medical Reasoning: No DVT on ultrasound. This is venous insufficiency. | I87.2 | second sentence
        Assessment and Plan:\n1. Chest pain.\n- Medical Reasoning: It is reproducible. I believe it is costochondritis. | M94.0 | I believe
        Assessment and Plan:\n1. Chest pain. Stress test.\n2. Rash. This is contact dermatitis.            | R07.9 L25.9     | another problem
        Assessment and Plan:\n1. Irregular heartbeat.\n- Medical Reasoning: EKG today shows new atrial fibrillation. | I48.91 | rhythm
        Assessment and Plan:\n1. Bilateral knee pain.\n- Medical Reasoning: This is due to osteoarthritis. | M17.0           | both
        Assessment and Plan:\n1. Left knee pain. MRI.\n2. Osteoarthritis of the right knee.                | M25.562 M17.11  | the other knee
        Assessment and Plan:\n1. Left knee pain.\n2. Osteoarthritis of the left knee.                      | M17.12          | the same
        Assessment and Plan:\n1. Right forearm lump.\n- Medical Reasoning: Ultrasound confirms a lipoma.   | D17.21          | forearm
        Assessment and Plan:\n1. Left calf lump. This is a lipoma.                                         | D17.24          | calf
    """)


def test_what_an_operation_for_a_cancer_left(coding_cases):
    """The year is that of the operation, not of what it left; the organ that was taken out is that of the cancer.

    Source: ICD-10-CM Official Guidelines I.C.2.m, I.C.21.c.4; Index, Hypothyroidism, postprocedural.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Assessment:\nHypothyroidism after thyroidectomy for cancer in 2015. Continue Synthroid.    | E89.0 Z85.850     | both
        Assessment:\nHypothyroidism after thyroidectomy in 2015.                                   | E89.0             | no cancer
        Assessment:\nHypothyroidism following thyroidectomy for thyroid cancer in 2015.            | E89.0 Z85.850     | named
        Assessment:\nHypertension. Prostatectomy for cancer in 2015.                               | I10 Z85.46 [Z90.79] | prostate
        Assessment:\nHypertension. Thyroidectomy for a goiter in 2015. | I10 Z86.39 | a goiter
    """)


def test_pairs_that_the_index_has_one_code_for(coding_cases):
    """An ulcer from which blood is lost bleeds, lumbago with sciatica is one code, an ingrown nail may be infected.

    Source: ICD-10-CM Index, Lumbago, with sciatica; Ulcer, stomach, with hemorrhage; Ingrowing, nail (infected).
    Official Guidelines I.B.9, I.C.21.c.13. Rule IV.P-routine-examination.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Assessment:\nAcute low back pain with right-sided sciatica.                                | M54.41            | right-sided
        Assessment:\nLow back pain with sciatica, left.                                            | M54.42            | left
        Assessment:\nRight-sided sciatica.                                                         | M54.31            | alone
        Assessment:\nIron deficiency anemia due to chronic blood loss from a gastric ulcer.        | D50.0 K25.4       | lost from
        Assessment:\nChronic gastric ulcer without bleeding. | K25.7 | none
        Assessment:\nIngrown toenail, left great toe, infected.                                    | L60.0             | infected
        Assessment:\n1. Annual physical.\n2. High cholesterol. Continue Lipitor.                   | Z00.00 E78.00     | its name
        Assessment:\n1. Annual physical.\n2. High calcium level found.                             | Z00.01 E83.52     | finding
    """)


def test_what_the_films_make_of_a_complaint(coding_cases):
    """The injury that the films show is the one of the complaint; the pain of a worn disc is told by its code.

    Source: ICD-10-CM Official Guidelines I.C.19.b, I.B.5, IV.D; titles of M51.36- and M51.37-.
    Rules I.C.19.b-lesser-injuries, I.B.5-integral.
    """
    coding_cases(r"""
        note                                                                                                             | codes    | why
        -----------------------------------------------------------------------------------------------------------------+----------+---------------
        Assessment and Plan:\n1. Left ankle injury.\n- X-rays show a fracture of the lateral malleolus, nondisplaced.    | S82.65XA | ankle
        Assessment and Plan:\n1. Right wrist injury.\n- X-ray shows a fracture of the distal radius.                     | S52.501A | wrist
        Assessment and Plan:\n1. Left foot injury.\n2. Fracture of the shaft of the left tibia.                          | S99.922A S82.202A | another part
        Assessment and Plan:\n1. Right shoulder injury.\n- X-ray shows an anterior dislocation, reduced.                 | S43.014A | anterior
        Assessment and Plan:\n1. Thumb injury, right.\n- She has a sprain of the ulnar collateral ligament.              | S63.641A | of the thumb
        Assessment and Plan:\n1. Right elbow injury.\n- She has a sprain of the ulnar collateral ligament.               | S53.441A | of the elbow
        Assessment and Plan:\n1. Left rib pain after a fall.\n- X-ray shows a fracture of one rib.                       | S22.32XA | rib
        Assessment and Plan:\n1. Low back pain.\n- X-ray shows degenerative disc disease at L5-S1.                       | M51.370  | pain told
        Assessment and Plan:\n1. Degenerative disc disease at L5-S1.                                                     | M51.379  | no pain told
        Assessment and Plan:\n1. Abnormal mammogram.\n- Biopsy of the left breast showed ductal carcinoma in situ.       | D05.12   | mammogram
        Assessment and Plan:\n1. Blurred vision, right eye.\n- She has a nuclear cataract in the right eye.              | H25.11   | sight
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: Her mother had arthritis. X-ray normal.          | M25.561  | mother
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: She had a fracture as a child. X-ray normal.     | M25.561  | child
        Assessment and Plan:\n1. Right knee pain.\n- Medical Reasoning: MRI to look for a stress fracture.               | M25.561  | looked for
    """)


def test_what_a_patient_was_told_may_come(coding_cases):
    """What counseling lists as a possibility is none of the patient's conditions; what the patient has stays.

    Source: ICD-10-CM Official Guidelines IV.H, IV.J. Rules IV.J-told, IV.H-refuted.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nDeviated septum. Risks were discussed, including bleeding, infection, injury to the orbit, cerebrospinal fluid leak, and recurrence. | J34.2 | risks
        Assessment:\nGestational diabetes at 30 weeks, diet controlled. We talked about macrosomia, shoulder dystocia, and preeclampsia. | O24.410 Z3A.30 | talked about
        Assessment:\nErectile dysfunction. Sildenafil as needed. He was told to separate it from tamsulosin and about priapism and vision changes. | N52.9 | told about
        Assessment:\nReflux. Long-term safety of omeprazole was reviewed including the data on osteoporosis, kidney disease, and C. difficile. | K21.9 | safety
        Assessment:\nSevere aortic stenosis. TAVR is planned. We discussed stroke, pacemaker, vascular injury, and kidney injury from the contrast. | I35.0 | operation
        Assessment:\nHypertension. We discussed stroke and heart attack.                           | I10            | two
        Assessment:\nAcne. She was counseled on pseudotumor cerebri, photosensitivity and esophagitis with doxycycline. | L70.9 | drug
        Assessment:\nAtrial fibrillation. We discussed GI bleeding and intracranial hemorrhage with anticoagulation. | I48.91 | drug
        Assessment:\nType 2 diabetes. Educated about hypoglycemia and ketoacidosis.                | E11.9          | educated
        Assessment:\nMenopausal hot flashes. We went over blood clots, stroke, and breast cancer with hormones. | N95.1 | hormones
        Assessment:\nPsoriasis. Methotrexate was reviewed, including liver injury and low blood counts. | L40.9     | including
        Assessment:\nFracture of the left radius shaft. Nonunion, malunion, and compartment syndrome were discussed. | S52.302A | behind the list
        Assessment:\nPsoriasis. We discussed biologic therapy; she will think about it.            | L40.9          | class of drugs
        Assessment:\nPsoriasis. She continues biologic therapy.                                    | L40.9 Z79.620  | in use
        Assessment:\nHypertension. We discussed his diabetes.                                      | I10 E11.9      | his own
        Assessment:\nHypertension. We discussed her anxiety today, which is worse. | I10 F41.9 | her own
        Past medical history: diabetes.\nAssessment:\nHypertension. We discussed diabetes and stroke. | I10 E11.9     | told elsewhere
        Assessment:\nLow back pain. We discussed the MRI, which shows a herniated lumbar disc. | M51.26 | a finding
        Assessment:\nLeft heel pain. Discussed plantar fasciitis, stretching and shoes.            | M72.2          | one alone is the problem
        Assessment:\nDiscussed obesity. BMI 34. Continue diet.                                     | E66.9 Z68.34   | one alone is the problem
    """)


def test_two_conditions_beside_each_other(coding_cases):
    """Two conditions that stand beside each other are two; a code for the one due to the other needs that said.

    Source: ICD-10-CM Index, Insomnia, due to, mental disorder; Depression, due to, medical condition; Diabetes, due to;
    Tabular List, F51.05 "code also associated mental disorder". Rule IV.J-reportable.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nAnxiety and insomnia.                                                         | F41.9 G47.00   | beside
        Assessment:\nDepression, insomnia.                                                         | F32.A G47.00   | beside
        Assessment:\n1. Insomnia/anxiety - trazodone.                                              | G47.00 F41.9   | beside
        Assessment:\nHypertension. We discussed her anxiety and her insomnia today; both are worse. | I10 F41.9 G47.00 | beside
        Assessment:\nInsomnia due to anxiety.                                                      | F51.05 F41.9   | said
        Assessment:\nInsomnia secondary to depression.                                             | F51.05 F32.A   | said
        Assessment:\nInsomnia with depression.                                                     | F51.05 F32.A   | with
        Assessment:\nParkinson disease and depression.                                             | G20.A1 F32.A   | beside
        Assessment:\nDepression due to Parkinson disease.                                          | F06.31 G20.A1  | said
        Assessment:\nChronic pancreatitis and diabetes.                                            | K86.1 E11.9    | beside
        Assessment:\nDiabetes due to chronic pancreatitis.                                         | K86.1 E08.9    | said
        Assessment:\nHemochromatosis, diabetes, hypertension.                                      | E83.119 E11.9 I10 | beside
    """)


def test_symptoms_effects_and_risks_that_are_gone_over(coding_cases):
    """Signs to watch for, effects of a drug that are gone over, and what somebody risks are none of the patient's.

    Source: ICD-10-CM Official Guidelines IV.H, IV.J; I.C.19.e.5.a. Rules IV.J-told, IV.H-refuted,
    I.C.19.e-adverse-effects, I.C.21.c.3-given-up.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\n1. Polymyalgia rheumatica. Continue prednisone. Side effects of prednisone were reviewed. | M35.3 Z79.52 | effects
        Assessment:\n1. COPD exacerbation. Prednisone for 5 days. Side effects of prednisone were reviewed, such as elevated blood sugar, insomnia, and mood swings. | J44.1 | effects
        Assessment:\n1. Gout. Side effects of allopurinol discussed.                               | M10.9          | effects
        Assessment:\n1. Insomnia. Potential adverse effects of zolpidem were discussed.            | G47.00         | effects
        Assessment:\n1. Nausea, a side effect of metformin.                                        | R11.0 T38.3X5A | it has come
        Assessment:\nCarotid stenosis, left. Stroke symptoms were reviewed.                        | I65.22         | symptoms
        Assessment:\nMigraine. Warning signs of stroke explained.                                  | G43.909        | signs
        Assessment:\nTobacco use. I told him plainly that he risks amputation, heart attack, and stroke. | Z72.0    | risks
        Assessment:\nAllergic rhinitis. The risks reviewed included local swelling, hives, wheezing, and anaphylaxis. | J30.9 | risks
        Assessment:\nRestless legs. I explained augmentation, compulsive gambling, and sleep attacks with these drugs. | G25.81 | explained
        Assessment:\nHeavy menstrual bleeding. IUD next visit. I explained expulsion, perforation, ovarian cysts, and irregular spotting. | N92.0 | explained
        Assessment:\nDiabetic polyneuropathy. I warned her that ulcers, bone infection, and amputation start with a small sore. | E11.42 | warned
        Assessment:\nCKD stage 4. Uremic symptoms to watch for were gone over: nausea, confusion, seizures, pericarditis. | N18.4 | to watch for
        Assessment:\nBreast cancer on exemestane. If that is not tolerated we would turn to tamoxifen. | C50.919 Z79.811 | would
        Assessment:\nDiarrhea. I explained that she has microscopic colitis.                       | K52.839        | it is there
    """)


def test_numbers_food_scars_and_old_infections(coding_cases):
    """The number of a problem is no stage; a diet is no lack; an inner scar is none of the skin; what came before is over.

    Source: ICD-10-CM Index, Disease, kidney, chronic, stage; Scar; Official Guidelines IV.J, I.C.21.c.3.
    Rules IV.H-refuted, I.C.21.c.3-status.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\n#1 CKD\n#2 Gout                                                               | N18.9 M10.9    | numbers
        Assessment:\n#1 Gout\n#2 CKD\n#3 Hypertension                                              | M10.9 I12.9 N18.9 | numbers
        Assessment:\n#1 CKD stage 4, diabetic kidney disease.\n#2 Hypertension.                    | E11.22 I12.9 N18.4 | numbers
        Assessment:\n#4 CKD. Creatinine stable.                                                    | N18.9          | numbers
        Assessment:\nCKD 4, stable.                                                                | N18.4          | its stage
        Assessment:\nCKD stage 4. Low-potassium list given.                                        | N18.4          | food
        Assessment:\nCKD stage 4. High-potassium foods were reviewed.                              | N18.4          | food
        Assessment:\nHypertension. Low potassium on labs, 3.1; start KCl.                          | I10 E87.6      | of the blood
        Assessment:\nLumbar radiculopathy from epidural scarring.                                  | M54.16         | inner
        Assessment:\nCKD stage 3a from renal scarring.                                             | N18.31         | inner
        Assessment:\nPainful scar of the left forearm.                                             | L90.5          | of the skin
        Assessment:\nCOPD exacerbation following a viral illness.                                  | J44.1          | over
        Assessment:\nAsthma exacerbation with a viral upper respiratory infection.                 | J45.901 J06.9  | there
        Assessment:\nType 1 diabetes, on a Tandem pump.                                            | E10.9 Z96.41   | brand
        Assessment:\nType 1 diabetes on Omnipod 5.                                                 | E10.9 Z96.41   | brand
        Assessment:\nMastitis. Breast pump settings reviewed.                                      | N61.0          | another pump
    """)


def test_an_injury_that_has_healed(coding_cases):
    """An injury that the assessment calls recovered or healed is in its subsequent care; the one beside it is not.

    Source: ICD-10-CM Official Guidelines I.C.19.a. Rule I.C.19.b-lesser-injuries.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nConcussion without loss of consciousness 2 weeks ago, recovered.              | S06.0X0D       | recovered
        Assessment:\nLeft ankle sprain, healed. Return to sports.                                  | S93.402D       | healed
        History of present illness:\nHe sustained a concussion on April 18. He did not lose consciousness.\nAssessment:\n1. Left ankle sprain.\n2. Concussion, recovered. | S93.402A S06.0X0D | one of two
        Assessment:\nLeft ankle sprain, not healed yet.                                            | S93.402A       | not yet
        Assessment:\nLeft ankle sprain. He may play once it has healed.                            | S93.402A       | to come
    """)


def test_what_diseases_and_drugs_may_do(coding_cases):
    """What a disease or a drug may do, of whomever, and what a test is to find, is none of the patient's conditions.

    Source: ICD-10-CM Official Guidelines IV.H, IV.J. Rules IV.J-told, IV.H-refuted, I.B.9-outpatient.
    """
    coding_cases(r"""
        note                                                                                       | codes          | why
        -------------------------------------------------------------------------------------------+----------------+---------------
        Assessment:\nAcne. Isotretinoin: birth defects, depression, dry eyes and elevated triglycerides reviewed. | L70.9 | drug and list
        Assessment:\nGraves disease. Methimazole: agranulocytosis, rash and liver failure explained. | E05.00       | drug and list
        Assessment:\nRight inguinal hernia. Risks: mesh infection, chronic pain, testicular injury, urinary retention. | K40.90 | risks and list
        Assessment:\nNevus, back, benign. ABCDEs of melanoma reviewed.                             | D22.5          | signs of it
        Assessment:\nNuclear cataract, right eye. Surgery may be complicated by capsular rupture, endophthalmitis, and retinal detachment. | H25.11 | may
        Assessment:\nKidney stone, left, 5 mm, passing. ER for fever, which could mean infection.  | N20.0          | could
        Assessment:\nThyroid nodule, right. FNA could show cancer in 5 percent.                    | E04.1          | could
        Assessment:\nVocal cord nodules. She is to avoid yelling; reflux could contribute.         | J38.2          | could, behind it
        Assessment:\nAsthma. Uncontrolled reflux, sinusitis and vocal cord dysfunction can mimic it. | J45.909      | can, behind the list
        Assessment:\nGout. Diuretics, beer and dehydration bring on gout attacks.                  | M10.9          | behind the list
        Assessment:\nCeliac disease. Untreated celiac leads to anemia, osteoporosis, and lymphoma. | K90.0          | untreated
        Assessment:\nVaricose veins, both legs, with aching. Ablation; DVT, skin burns and nerve injury are rare. | I83.813 | rare
        Assessment:\nFrozen shoulder, left. This is common in diabetes and thyroid disease.        | M75.02         | common in
        Assessment:\nAcute DVT of the left popliteal vein. Pulmonary embolism symptoms and bleeding reviewed. | I82.432 | symptoms of it
        Assessment:\nUlcerative colitis in remission. Colon cancer surveillance every 2 years.     | K51.90         | looked for
        Assessment:\nCirrhosis. Ultrasound every 6 months for hepatocellular carcinoma.            | K74.60         | looked for
        Assessment:\nUmbilical hernia. Incarceration and strangulation explained.                  | K42.9          | no prison
        Assessment:\nRight knee osteoarthritis. Her obesity may contribute to the pain.            | M17.11 E66.9   | her own
        Assessment:\n1. Migraine.\n2. Anxiety may contribute to the headaches. Start sertraline.   | G43.909 F41.9  | a problem
        History of present illness:\nShe has reflux.\nAssessment:\n1. Chronic cough.\n2. Reflux. Reflux can cause cough. | R05.3 K21.9 | a problem
        Assessment:\nMultiple sclerosis. MRI every year.                                           | G35.D          | its own
    """)
