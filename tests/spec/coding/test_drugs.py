"""Long-term drugs and allergy status."""


def test_long_term_drugs(coding_cases):
    """Long-term use is reported with the condition that the drug treats; drugs stopped, begun or used locally are not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases("""
        note                                                                                           | codes           | why
        -----------------------------------------------------------------------------------------------+-----------------+-----------
        Medications: apixaban 5 mg bid\\nAssessment:\\n1. Persistent atrial fibrillation                 | I48.19 Z79.01   | treats it
        Assessment:\\n1. Crohn's disease, on infliximab since 2022                                       | K50.90 Z79.620  | treats it
        Assessment:\\n1. Knee pain. Start prednisone.                                                    | M25.569         | begun now
    """)


def test_lists_of_medications(coding_cases):
    """A drug of many uses in a list counts by a steady dose and a disease that needs it; a course with its end does not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.4.a.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases("""
        note                                                                                            | codes                       | why
        ------------------------------------------------------------------------------------------------+-----------------------------+-----------
        Medications: prednisone 5 mg daily\\nAssessment:\\n1. Polymyalgia rheumatica                     | M35.3 Z79.52                | steady
        Medications:\\n- prednisone 5 mg tablet, take 1 tablet daily\\nAssessment:\\n1. Rheumatoid arthritis | M06.9 Z79.52             | steady
        Medications: methotrexate 15 mg weekly, folic acid\\nAssessment:\\n1. Rheumatoid arthritis       | M06.9 Z79.631               | steady
        Medications: tacrolimus 2 mg bid, mycophenolate 500 mg bid, prednisone 5 mg daily\\nAssessment:\\n1. Kidney transplant status | Z94.0 Z79.621 Z79.624 Z79.52 | each class
        Medications: prednisone 20 mg daily x 7 days\\nAssessment:\\n1. Rheumatoid arthritis             | M06.9                       | a course
        Medications: zoledronic acid 4 mg q12wk\\nAssessment:\\n1. Breast cancer metastatic to bone    | C50.919 C79.51 Z79.83       | every three months
        Medications: prednisone taper\\nAssessment:\\n1. Polymyalgia rheumatica                          | M35.3                       | a course
        Medications: prednisone 40 mg daily\\nAssessment:\\n1. Asthma exacerbation                       | J45.901                     | no end told, but a flare
        Medications: prednisone 5 mg daily\\nAssessment:\\n1. Hypertension                               | I10                         | for what is not told
        Medications: enoxaparin 40 mg daily until 5/10\\nAssessment:\\n1. Hypertension                   | I10                         | ends
        Medications: insulin given once for hyperkalemia\\nAssessment:\\n1. Hyperkalemia                 | E87.5                       | I.C.4.a.3
    """)


def test_allergy_status(coding_cases):
    """Allergies with an allergic reaction are a status; side effects are not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-allergy-status.
    """
    coding_cases("""
        note                                                                     | codes       | why
        -------------------------------------------------------------------------+-------------+-------------
        Allergies: Penicillin - hives\\nAssessment:\\n1. Hypertension             | I10 Z88.0   | allergy
        Allergies: Bactrim (rash), latex\\nAssessment:\\n1. Hypertension          | I10 Z88.2 Z91.040 | two
        Allergies: codeine - nausea\\nAssessment:\\n1. Hypertension               | I10         | side effect
        Allergies: Peanut - anaphylaxis. NKDA.\\nAssessment:\\n1. Hypertension   | I10 Z91.010 | no drug, but a food
        Allergies: NKDA. Penicillin - hives as a child.\\nAssessment:\\n1. Hypertension | I10 Z88.0 | told after all
        Allergies: No known drug allergies.\\nAssessment:\\n1. Hypertension       | I10         | none
        Allergies: NKDA\\nAssessment:\\n1. Hypertension                           | I10         | none
        Allergies: levofloxacin (tendon pain)\\nAssessment:\\n1. Hypertension    | I10         | side effect
    """)


def test_allergies_told(coding_cases):
    """An allergy is told by what the agent does; a reaction of today, another's allergy and a side effect are none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-allergy-told, I.C.21.c.3-allergy-words.
    """
    coding_cases("""
        note                                                                                     | codes           | why
        -----------------------------------------------------------------------------------------+-----------------+--------------------
        HPI: She gets hives with penicillin.\\nAssessment:\\n1. UTI                              | N39.0 Z88.0     | each time
        HPI: Penicillin gives him hives.\\nAssessment:\\n1. UTI                                  | N39.0 Z88.0     | each time
        HPI: Anaphylaxis to shellfish in the past.\\nAssessment:\\n1. UTI                        | N39.0 Z91.013   | in the past
        HPI: She breaks out in a rash when she takes sulfa.\\nAssessment:\\n1. UTI               | N39.0 Z88.2     | each time
        HPI: His throat swelled with peanuts as a child.\\nAssessment:\\n1. UTI                  | N39.0 Z91.010   | in the past
        HPI: Anaphylactic reaction to bee stings as a child.\\nAssessment:\\n1. UTI              | N39.0 Z91.030   | in the past
        HPI: Angioedema with lisinopril in 2019.\\nAssessment:\\n1. UTI                          | N39.0 Z88.8     | any drug
        HPI: Rash with erlotinib in 2019.\\nAssessment:\\n1. UTI                                 | N39.0           | a side effect
        HPI: Nausea with codeine in the past.\\nAssessment:\\n1. UTI                             | N39.0           | a side effect
        HPI: Her mother gets hives with penicillin.\\nAssessment:\\n1. UTI                       | N39.0           | another's
        Mother is allergic to penicillin.\\nAssessment:\\n1. UTI                                 | N39.0           | another's
        HPI: She denies hives with penicillin.\\nAssessment:\\n1. UTI                            | N39.0           | denied
        Assessment:\\n1. Strep pharyngitis. Penicillin allergic, given azithromycin.              | J02.0 Z88.0     | not what is given
        Assessment:\\n1. Strep pharyngitis. Penicillin allergy (hives), so azithromycin.          | J02.0 Z88.0     | its reaction
        Assessment:\\n1. Hives after taking ibuprofen today.                                     | L50.0 T39.315A  | today
        Assessment:\\n1. UTI. Allergic to clarithromycin and heparin.                           | N39.0 Z88.1 Z88.8 | two agents
        Assessment:\\n1. UTI. Allergic to beta-lactams, sulfa and lidocaine.                     | N39.0 Z88.1 Z88.2 Z88.4 | three
        Assessment:\\n1. UTI. Known vancomycin allergy.                                         | N39.0 Z88.1     | agent first
        Assessment:\\n1. UTI. Allergic to codeine and on ramipril.                            | N39.0 Z88.5     | the list is over
        HPI: Allergic to clarithromycin.\\nAssessment:\\n1. UTI                                  | N39.0           | only mentioned
        Not allergic to vancomycin.\\nAssessment:\\n1. UTI                                       | N39.0           | denied
        Her sister is allergic to vancomycin.\\nAssessment:\\n1. UTI                             | N39.0           | another's
        If allergic to vancomycin, give linezolid.\\nAssessment:\\n1. UTI                        | N39.0           | asked
        Allergies: eggs\\nAssessment:\\n1. UTI                                                   | N39.0 Z91.0120  | as the release divides it
    """)


def test_drugs_given_up(coding_cases):
    """A drug that was stopped is in no long-term use; one against diabetes needs diabetes; monitoring reports the drug.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-given-up, I.C.21.c.3-long-term-drugs.
    """
    coding_cases("""
        note                                                                                                | codes         | why
        ----------------------------------------------------------------------------------------------------+---------------+------------
        HPI: She took alendronate for a year and then stopped because of heartburn.\\nAssessment:\\n1. Osteoporosis | M81.0        | taken once
        HPI: She was offered alendronate and did not start it.\\nAssessment:\\n1. Osteoporosis                | M81.0         | offered
        Assessment:\\n1. Rheumatoid arthritis. We discussed methotrexate and she declined.                     | M06.9         | discussed
        HPI: She does not want insulin.\\nAssessment:\\n1. Type 2 diabetes                                    | E11.9         | not wanted
        HPI: He had a rash on dapagliflozin last year.\\nAssessment:\\n1. Type 2 diabetes                      | E11.9         | last year
        Assessment:\\n1. Crohn's disease. Discussed continuing infliximab every 8 weeks.                       | K50.90 Z79.620 | goes on
        Assessment:\\n1. Rheumatoid arthritis. Reviewed methotrexate labs; continue methotrexate 15 mg.         | M06.9 Z79.631 | its labs
        HPI: Took his apixaban this morning.\\nAssessment:\\n1. Atrial fibrillation                            | I48.91 Z79.01 | taken today
        HPI: On metformin since semaglutide was stopped.\\nAssessment:\\n1. Type 2 diabetes.                   | E11.9 Z79.84  | given up
        Assessment:\\n1. Heart failure. Continue dapagliflozin 10 mg.                                        | I50.9         | no diabetes
        Assessment:\\n1. Rheumatoid arthritis.\\n2. Methotrexate monitoring, labs today.                      | M06.9 Z79.631 | watched
    """)


def test_a_drug_behind_what_is_past(coding_cases):
    """What is past before a comma is not the drug behind it; what is stopped before a drug that goes on is another.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases(r"""
        note                                                                                | codes           | why
        ------------------------------------------------------------------------------------+-----------------+----
        Assessment:\n1. Prior PE, continue apixaban.                                         | Z86.711 Z79.01  | goes on
        Assessment:\n1. Atrial fibrillation. Stopped aspirin, continue apixaban.             | I48.91 Z79.01   | another
        Assessment:\n1. Atrial fibrillation. Previously on warfarin, now no anticoagulation. | I48.91          | past
        Assessment:\n1. Atrial fibrillation, off warfarin since the bleed.                   | I48.91          | off
        Assessment:\n1. Atrial fibrillation. Start apixaban.                                 | I48.91          | begun
    """)


def test_drugs_that_a_short_line_names(coding_cases):
    """A short list of medications, or a line without headings, tells what somebody is on for the disease beside it.

    Opioids are in use for chronic pain, not for what hurts today. Source: ICD-10-CM Official Guidelines I.C.21.c.3.
    Rule I.C.21.c.3-long-term-drugs.
    """
    coding_cases(r"""
        note                                                               | codes          | why
        -------------------------------------------------------------------+----------------+------------------
        chronic pain on oxycodone                                          | G89.29 Z79.891 | opioid
        Chronic pain syndrome, on oxycodone 10 mg TID                      | G89.4 Z79.891  | with its dose
        Assessment: Chronic pain syndrome on morphine ER                   | G89.4 Z79.891  | in the assessment
        Assessment: ankle sprain, on oxycodone                             | S93.409A       | of today
        Rheumatoid arthritis. Meds: methotrexate                           | M06.9 Z79.631  | without its dose
        Meds: adalimumab, folic acid.\nAssessment: Rheumatoid arthritis    | M06.9 Z79.620  | biologic
        Medications: azathioprine, mesalamine\nAssessment: Crohn's disease | K50.90 Z79.624 | another
        Crohn's disease on azathioprine                                    | K50.90 Z79.624 | no heading
        Psoriasis: start Humira                                            | L40.9          | begun
        Psoriasis. Discussed Humira.                                       | L40.9          | talked of
        Medications: prednisone\nAssessment: Rheumatoid arthritis          | M06.9          | may be a course
    """)
