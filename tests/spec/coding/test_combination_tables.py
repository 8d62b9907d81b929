"""Combination codes by table, and what a denial inside a mention takes away."""


def test_denied_within(coding_cases):
    """What is denied between the words of a mention does not make the combination.

    Source: ICD-10-CM Official Guidelines I.A.19, III.B. Rule III.B-denied-within.
    """
    coding_cases("""
        note                                                              | codes | why
        ------------------------------------------------------------------+-------+---------------------------
        Assessment:\\nGastritis, no bleeding, start omeprazole.            | K29.70 | the bleeding is denied
    """)


def test_musculoskeletal_combinations(coding_cases):
    """The site of an osteoporotic fracture stands in the code of the osteoporosis.

    Source: ICD-10-CM Official Guidelines I.C.13.d. Rule I.C.13-musculoskeletal.
    """
    coding_cases("""
        setting   | note                                                                                    | codes     | why
        ----------+-----------------------------------------------------------------------------------------+-----------+------
        inpatient | Discharge diagnosis:\\n1. Age-related osteoporosis with pathological fracture of the left hip | M80.052A | one code
    """)


def test_neoplasm_combinations(coding_cases):
    """The lobe that the chart names stands in the code.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.2. Rule I.C.2-neoplasms.
    """
    coding_cases("""
        note                                                                  | codes  | why
        ----------------------------------------------------------------------+--------+------
        Assessment:\\nLung cancer of the right upper lobe, on chemotherapy.    | C34.11 | side and lobe
    """)


def test_secondary_sites(coding_cases):
    """The site to which a neoplasm has spread is secondary.

    Source: ICD-10-CM Official Guidelines I.C.2, I.C.2.m. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        note                                                                                | codes         | why
        ------------------------------------------------------------------------------------+---------------+-----------
        Assessment:\\nProstate cancer metastatic to bone.                                    | C61 C79.51    | to
    """)


def test_outpatient_combinations(coding_cases):
    """Conditions that one code joins are one code.

    Source: ICD-10-CM Official Guidelines I.B.9, I.C.5, I.C.6. Rule I.B.9-outpatient.
    """
    coding_cases("""
        note                                                                 | codes   | why
        ---------------------------------------------------------------------+---------+------------------------
        Assessment:\\nHypothyroidism after thyroidectomy, continue levothyroxine | E89.0 | after treatment of the gland
    """)
