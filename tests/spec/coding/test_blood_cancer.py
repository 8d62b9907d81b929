"""Leukemia, lymphoma, myeloma: active, in remission, or history."""


def test_past_blood_cancer(coding_cases):
    """In remission has a code of its own; what is only history is a history code.

    Source: ICD-10-CM Official Guidelines I.C.2.n, I.C.21.c.4. Rule I.C.2.n-blood-cancer.
    """
    coding_cases("""
        note                                                            | codes  | why
        ----------------------------------------------------------------+--------+-----------
        Assessment:\\nHistory of leukemia                                | Z85.6  | history
        Assessment:\\nChronic lymphocytic leukemia in remission          | C91.11 | in remission
        Assessment:\\nChronic lymphocytic leukemia, on ibrutinib         | C91.10 | active
    """)
