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
        Allergies: NKDA\\nAssessment:\\n1. Hypertension                           | I10         | none
    """)


def test_drugs_given_up(coding_cases):
    """A drug that was stopped is in no long-term use; one against diabetes needs diabetes; monitoring reports the drug.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21.c.3-given-up, I.C.21.c.3-long-term-drugs.
    """
    coding_cases("""
        note                                                                                                | codes         | why
        ----------------------------------------------------------------------------------------------------+---------------+------------
        HPI: On metformin since semaglutide was stopped.\\nAssessment:\\n1. Type 2 diabetes.                   | E11.9 Z79.84  | given up
        Assessment:\\n1. Heart failure. Continue dapagliflozin 10 mg.                                        | I50.9         | no diabetes
        Assessment:\\n1. Rheumatoid arthritis.\\n2. Methotrexate monitoring, labs today.                      | M06.9 Z79.631 | watched
    """)
