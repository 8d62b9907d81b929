"""Symptoms, signs and hedges of the office."""


def test_uncertain(coding_cases):
    """A suspected diagnosis is not coded; the symptom is.

    Source: ICD-10-CM Official Guidelines IV.H. Rules IV.J-reportable, IV.H-refuted.
    """
    coding_cases("""
        note                                                                                        | codes    | why
        --------------------------------------------------------------------------------------------+----------+--------------------
        Assessment:\\n1. Right knee pain. I am concerned about a torn meniscus.                      | M25.561  | concern
        Assessment:\\n1. Chest pain. This is likely reflux rather than cardiac.                      | R07.9    | likely
        Assessment:\\n1. Left wrist pain. MRI left wrist to evaluate for scaphoid fracture.           | M25.532  | to be evaluated
        Assessment:\\n1. Epigastric pain. R/o peptic ulcer, gallstones.                              | R10.13   | a list
        Assessment:\\n1. Gout. Follow up visit, doing well.                                           | M10.9    | no well visit
        Assessment:\\n1. Depression. I considered an adjustment disorder, but it does not fit.        | F32.A    | thought of
        Assessment:\\n1. Gout. DVT? US negative. Cirrhosis? - no stigmata.                              | M10.9    | asked and answered
        Assessment:\\n1. Gout.\\n2. Asthma, on fluticasone (inhaled? no, nasal).                    | M10.9 J45.909 | a question of the drug
        Assessment:\\n1. Fatigue. Fibromyalgia was raised by the patient, exam does not support it.  | R53.83   | taken back
    """)


def test_evaluated_for(coding_cases):
    """Who was evaluated for a symptom has it; a disease that somebody was evaluated for is only looked for.

    Source: ICD-10-CM Official Guidelines IV.D, IV.H. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                             | codes    | why
        -----------------------------------------------------------------+----------+--------------------
        She was evaluated for chest pain in the ED.                      | R07.9    | the complaint
        He was seen and evaluated here for new onset syncope.            | R55      | words between
        He was evaluated for stroke and fever.                           | R50.9    | the disease is only looked for
        Assessment:\\n1. Gout. UA to evaluate for hematuria.              | M10.9    | a test, not the patient
    """)


def test_own_symptoms(coding_cases):
    """Symptoms that a note asks for or that are worked up stay; signs of the examination go.

    Source: ICD-10-CM Official Guidelines I.B.4 to I.B.6. Rules I.B.4-own-symptoms, I.B.5-mere-signs.
    """
    coding_cases("""
        note                                                                                                     | codes           | why
        ---------------------------------------------------------------------------------------------------------+-----------------+---------
        Assessment:\\n1. BPH with lower urinary tract symptoms, nocturia, weak stream                             | N40.1 R35.1 R39.12 | use additional
        HPI: Difficulty with urination for six months.\\nExam: His prostate is slightly enlarged.\\nAssessment:\\n1. Difficulty with urination. Start tamsulosin for the enlarged prostate. | N40.1 [R39.198] | I.A.15
        Assessment:\\n1. Coronary artery disease. We will order an echocardiogram to follow up on his murmur.     | I25.10 R01.1    | worked up
        Assessment:\\n1. Sore throat. There is erythema of the pharynx.                                           | J02.9           | a sign
    """)


def test_chronic_pain(coding_cases):
    """Chronic pain of a site without a known cause takes G89.29 beside it.

    Source: ICD-10-CM Official Guidelines I.C.6.b.1.b. Rule I.C.6.b-chronic-pain.
    """
    coding_cases("""
        note                                                   | codes            | why
        -------------------------------------------------------+------------------+----------
        Assessment:\\n1. Chronic low back pain                  | M54.50 G89.29    | named as chronic
        Assessment:\\n1. Low back pain                          | M54.50           | not named so
    """)


def test_detail_elsewhere(coding_cases):
    """The record as a whole gives the detail; sides and kinds of osteoarthritis.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.18, I.C.13.a. Rules I.B.2-detail, I.C.13.a-osteoarthritis.
    """
    coding_cases("""
        note                                                                                         | codes    | why
        ---------------------------------------------------------------------------------------------+----------+-----------
        HPI: chronic systolic heart failure\\nAssessment:\\n1. Heart failure, continue carvedilol     | I50.22   | elsewhere
        Assessment:\\n1. Primary osteoarthritis of the right knee                                     | M17.11   | primary, side
        Assessment:\\n1. Osteoarthritis of both knees                                                 | M17.0    | both
        Assessment:\\n1. Left hip osteoarthritis                                                      | M16.12   | Index: hip M16.1-
    """)


def test_not_integral(coding_cases):
    """Low oxygen is not inherent in a disease of the lungs, nor nausea in constipation: as problems of their own they
    are coded.

    Source: ICD-10-CM Official Guidelines I.B.4, I.B.5. Rule I.B.5-integral.
    """
    coding_cases("""
        note                                                                                      | codes            | why
        ------------------------------------------------------------------------------------------+------------------+---------
        Assessment:\\n1. COPD exacerbation\\n2. Hypoxemia, started 2 L oxygen                       | J44.1 R09.02     | not inherent
        Assessment:\\n1. COPD exacerbation with wheezing\\n2. Shortness of breath                   | J44.1            | inherent
        Assessment:\\n1. Constipation, add polyethylene glycol\\n2. Nausea, ondansetron as needed   | K59.00 R11.0     | another matter
        Assessment:\\n1. Small bowel obstruction\\n2. Nausea                                        | K56.609          | inherent
        Assessment:\\n1. PTSD, prazosin for nightmares                                              | F43.10           | inherent
        Assessment:\\n1. Nightmare disorder, start prazosin                                          | F51.5            | by itself
        Assessment:\\n1. Left femoral neck fracture\\n2. Left groin pain, oxycodone                 | S72.002A         | inherent
    """)


def test_shared_part(coding_cases):
    """A part of the body between two statements belongs to both; a part alone is no fracture.

    Source: ICD-10-CM Official Guidelines I.B.13, I.C.13.a. Rule I.C.13.a-osteoarthritis.
    """
    coding_cases("""
        note                                                                      | codes            | why
        --------------------------------------------------------------------------+------------------+---------
        Assessment:\\n1. Primary osteoarthritis, right knee, with varus deformity   | M17.11 M21.161   | shared
        Assessment:\\n1. Osteoarthritis, left hip, with flexion contracture         | M16.12 M24.552   | shared
        Assessment:\\n1. Fracture of the knee cap, left                             | S82.002A         | named
        Assessment:\\n1. Gout. Scar over the left heel bone.                         | M10.9 L90.5      | no fracture
    """)


def test_explained_symptoms(coding_cases):
    """A symptom of which the author names the cause is said by its cause; one without a cause stays.

    Source: ICD-10-CM Official Guidelines I.B.4, I.B.5, IV.D. Rule I.B.4-explained-symptoms.
    """
    coding_cases("""
        note                                                                                                 | codes         | why
        -----------------------------------------------------------------------------------------------------+---------------+----
        Assessment:\\nHypothyroidism. Constipation and fatigue are all explained by this. Raise levothyroxine. | E03.9         | "this" is the diagnosis before it
        Assessment:\\n1. Dizziness due to orthostatic hypotension. Stockings.                                  | I95.1         | the cause is named
        Assessment:\\n1. Dizziness. Check orthostatics.\\n2. Hypertension, continue lisinopril.                | R42 I10       | no cause is named
    """)


def test_symptoms_by_site_and_amount(coding_cases):
    """Edema by its site, weight by the amount lost, blood and urine with a word between.

    Source: Alphabetic Index, Edema, localized; Loss, weight; Hematuria, gross; Mass, head; Amnesia.
    """
    coding_cases("""
        note                                                             | codes   | why
        -----------------------------------------------------------------+---------+----
        Assessment:\\n1. Edema of the left jaw                            | R60.0   | site
        Assessment:\\n1. Sacral edema                                     | R60.0   | adjective
        Assessment:\\n1. Pitting edema up to the knees                    | R60.0   | how far
        Assessment:\\n1. Edema. Back pain                                 | R60.9 M54.9 | of no site
        Assessment:\\n1. Lost 20 pounds in two months                     | R63.4   | amount
        Assessment:\\n1. He lost 20 pounds on a diet. Fatigue.            | R53.83  | intended
        Assessment:\\n1. Macroscopic monosymptomatic hematuria            | R31.0   | a word between
        Assessment:\\n1. Weak urinary jet                                 | R39.12  | stream
        Assessment:\\n1. Projective vomiting                              | R11.12  | projectile
        Assessment:\\n1. Mass in the left mandibular region               | R22.0   | jaw
        Assessment:\\n1. Memory disorder                                  | R41.3   | Index "Loss, memory"
    """)


def test_weight_by_amount(coding_cases):
    """Weight lost or gained, told by its amount; what is wanted, meant or a treatment's is none.

    Source: ICD-10-CM Alphabetic Index (Loss, weight; Gain, weight), Tabular List R63.4, R63.5. Rule IV.J-reportable.
    """
    coding_cases(r"""
        note                                                                 | codes | why
        ---------------------------------------------------------------------+-------+------
        Assessment:\n1. He lost 10 kg in 3 months.                           | R63.4 | amount
        Assessment:\n1. She has lost about 15 pounds over the past 2 months. | R63.4 | about
        Assessment:\n1. 20 lb weight loss over 6 months.                     | R63.4 | before the noun
        Assessment:\n1. Loss of 7 kg in two months.                          | R63.4 | noun
        Assessment:\n1. Lost 5kg.                                            | R63.4 | one word
        Assessment:\n1. She gained 15 pounds since starting the drug.        | R63.5 | gain
        Assessment:\n1. She put on 10 kg.                                    | R63.5 | gain
        Assessment:\n1. He lost 20 lbs with diet and exercise.               | -     | meant
        Assessment:\n1. She wants to lose 20 pounds.                         | -     | a wish
        Assessment:\n1. Lost 10 pounds of fluid.                             | -     | fluid
        Assessment:\n1. The baby has gained 2 kg.                            | -     | growth
    """)


def test_graft_rejection(coding_cases):
    """The rejection of a graft goes by its organ.

    Source: Alphabetic Index, Rejection, transplant. Guideline I.C.19.g.3.
    """
    coding_cases("""
        note                                                     | codes   | why
        ---------------------------------------------------------+---------+----
        Assessment:\\n1. Renal graft rejection                    | T86.11  | kidney
        Assessment:\\n1. Acute rejection of the liver graft       | T86.41  | liver
        Assessment:\\n1. Cardiac graft rejection                  | T86.21  | heart
        Assessment:\\n1. Antiphospholipid antibodies positive     | R76.0   | no syndrome
    """)


def test_the_symptoms_of_what_is_only_suspected(coding_cases):
    """Where an assessment only suspects a disease, its symptom of the complaint or the history is coded beside what is assessed.

    Source: ICD-10-CM Official Guidelines IV.D, IV.H, I.B.5. Rule IV.H-suspected.
    """
    coding_cases(r"""
        note                                                                                             | codes              | why
        -------------------------------------------------------------------------------------------------+--------------------+------------------------
        CC: chest pain\nHPI: Chest pain and shortness of breath.\nAssessment: Rule out pulmonary embolism. Hypertension. | I10 R07.9          | complaint
        HPI: Two days of right flank pain and fever.\nAssessment: Suspected pyelonephritis. Type 2 diabetes. | E11.9 R10.A1 R50.9 | history
        HPI: Left calf pain.\nAssessment: Rule out DVT. Hypertension, controlled.                        | I10 M79.662        | a part
        CC: headache\nHPI: Headache for 2 days, nausea.\nAssessment: Probable migraine. Hypothyroidism, stable. | E03.9 R51.9        | first sentence
        CC: abdominal pain\nAssessment: Possible appendicitis. Type 2 diabetes.                          | E11.9 R10.9        | another
        CC: snoring\nAssessment: Suspected sleep apnea. Obesity.                                         | E66.9 R06.83       | not acute
        CC: abdominal pain\nAssessment: RLQ pain, possible appendicitis. Type 2 diabetes.                | R10.31 E11.9       | assessed itself
        HPI: Cough for 3 days.\nAssessment: Acute bronchitis. Possible pneumonia.                        | J20.9              | a diagnosis explains it
        HPI: No cough or fever.\nAssessment: Possible pneumonia. Asthma.                                 | J45.909            | denied
        HPI: knee pain.\nAssessment: Hypertension.                                                       | I10                | nothing suspected
    """)


def test_a_quality_by_itself_in_scope_all(coding_cases):
    """A word that says how something is, but not what, is evidence of no condition.

    Source: ICD-10-CM Official Guidelines I.B.4. Rule IV.J-reportable.
    """
    coding_cases(r"""
        scope | note                                | codes | why
        ------+-------------------------------------+-------+--------------
        all   | Gross appearance was impaired.      | -     | two qualities
        all   | Impaired renal function.            | N28.9 | of the kidney
    """)


def test_suspected_without_headings(coding_cases):
    """A note without headings that only suspects a disease leads with its symptom; who came for something else is not suspected.

    Source: ICD-10-CM Official Guidelines IV.D, IV.H. Rule IV.H-suspected.
    """
    coding_cases(r"""
        note                                                                                           | codes             | why
        -----------------------------------------------------------------------------------------------+-------------------+--------------------
        72M, weakness and cough. Possible pneumonia. Incidental renal cyst on CT.                      | R53.1 R05.9 N28.1 | beside a finding
        Left flank pain. Likely renal colic. CT pending. Hypertension, diabetes at baseline.           | R10.A2 I10 E11.9  | beside old diseases
        45F with headache and nausea since this morning. Neuro exam normal. Suspect migraine.          | R51.9 R11.0       | nothing else
        CC: hearing loss\nHPI: He snores every night.\nAssessment: Hearing loss. Possible sleep apnea. | H91.90            | came for another
    """)
