"""What a "non" before a word denies, and where it is part of a name."""


def test_non_denies_the_word_behind_it(coding_cases):
    """The word is not read, the rest of the phrase is; names that begin with "non" stay whole.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2.
    """
    coding_cases("""
        note                                                             | codes         | why
        -----------------------------------------------------------------+---------------+--------------------
        Assessment:\\n1. non-bleeding gastric ulcer                      | K25.9         | K25.4 is denied
        Assessment:\\n1. non bleeding internal hemorrhoids               | K64.8         | words
        Assessment:\\n1. Non-pruritic rash                               | R21           | words
        Exam: Abdomen soft, non-tender, non-distended.\\nAssessment:\\n1. gout | M10.9   | no R10.81-, no R14.0
        Assessment:\\n1. non-ST elevation myocardial infarction          | I21.4         | a name
        Assessment:\\n1. non-Hodgkin lymphoma                            | C85.90        | a name
        Assessment:\\n1. nonhealing ulcer of the right heel limited to breakdown of skin | L97.411       | a name
        Assessment:\\n1. non-toxic multinodular goiter                   | E04.2         | a name
        Assessment:\\n1. blood vessels of the rectum are normal\\n2. gout | M10.9         | no K62.5
    """)
