"""Findings said of their subject: "the spleen was enlarged", "his chest hurts"."""

from __future__ import annotations


def test_adjectives_after_the_verb(coding_cases):
    """An adjective after a linking verb is read as before its noun; denied, it is not.

    Source: Alphabetic Index under Enlargement, Elevated, Pain.
    """
    coding_cases("""
        note                                                  | codes         | why
        ------------------------------------------------------+---------------+--------------
        The spleen was enlarged.                              | R16.1         | splenomegaly
        The spleen, which was enlarged, was soft.             | R16.1         | relative clause
        Both the liver and the spleen were enlarged.          | R16.2         | two subjects
        The liver was found to be markedly enlarged.          | R16.0         | words between
        The white count was mildly elevated.                  | D72.829       | adverb
        The PSA level was raised.                             | R97.20        | alike
        The ESR was high.                                     | R70.0         | alike
        His chest hurts.                                      | R07.9         | verb
        Her head has been aching.                             | R51.9         | verb
        The blood pressure was high.                          | R03.0         | no hypertension
        The liver is not enlarged.                            | -             | denied
        No sign that the spleen is enlarged.                  | -             | denied before
        Neither the liver nor the spleen is enlarged.         | -             | denied before
        If the spleen is enlarged, get an ultrasound.         | -             | condition
        His mother's liver was enlarged.                      | -             | family
        He hurt his knee.                                     | -             | an injury, not a pain
        Her chest does not hurt.                              | -             | denied
    """)


def test_symptoms_in_plain_words(coding_cases):
    """What patients say of passing urine, eating, breathing and falling; the same words denied or of others.

    Source: Alphabetic Index under Dysuria, Retention, Nocturia, Jaundice, Dysphagia, Epistaxis, Falling.
    """
    coding_cases("""
        note                                                  | codes         | why
        ------------------------------------------------------+---------------+--------------
        It burns when she urinates.                           | R30.0         | no burn
        He cannot pass urine.                                 | R33.9         | retention
        He can void.                                          | -             | he can
        She gets up three times a night to void.              | R35.1         | nocturia
        There was blood in his urine.                         | R31.9         | hematuria
        There was no blood in his urine.                      | -             | denied
        Protein was found in the urine.                       | R80.9         | turned round
        He is incontinent of stool.                           | R15.9         | not of urine
        Her eyes have turned yellow.                          | R17           | jaundice
        Pale on examination.                                  | R23.1         | pallor
        She has lost her appetite.                            | R63.0         | verb
        He has no appetite.                                   | R63.0         | the lack is the symptom
        Food gets stuck in her throat.                        | R13.10        | dysphagia
        Her nose bled.                                        | R04.0         | epistaxis
        The right side of the face drooped.                   | R29.810       | verb
        He has fallen several times.                          | R29.6         | repeated falls
        The infant is not gaining weight.                     | R62.51        | of a child
        He used to smoke.                                     | Z87.891       | no dependence now
        She is noncompliant with her medications.             | Z91.148       | medication
        The inguinal nodes were enlarged.                     | R59.0         | nodes are lymph nodes
        Calcifications on mammogram.                          | R92.1         | no screening
        The polyp in the sigmoid was adenomatous.             | D12.5         | site
    """)


def test_two_subjects_in_one_sentence(coding_cases):
    """A condition does not take its words from two clauses, each with a person of its own.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4.
    """
    coding_cases("""
        note                                                  | codes         | why
        ------------------------------------------------------+---------------+--------------
        Father with COPD and the patient has asthma.          | J45.909       | no asthma with COPD
        Father has asthma, patient has COPD.                  | J44.9         | the other way round
        Her sister has lupus while she has gout.              | M10.9         | while
        Patient with hemophilia and his mother is a carrier.  | D66           | the carrier is she
        Father with known CAD.                                | -             | his
        Patient is a known carrier of hepatitis B.            | B18.1         | hers
    """)
