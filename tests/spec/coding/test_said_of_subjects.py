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
