"""One patient has one type of diabetes."""


def test_diabetes_type(coding_cases):
    """The type documented anywhere holds for every complication; type 2 is only the default.

    Source: ICD-10-CM Official Guidelines I.C.4.a.1, I.C.4.a.2. Rule I.C.4.a-type.
    """
    coding_cases("""
        note                                                                                        | codes          | why
        --------------------------------------------------------------------------------------------+----------------+---------
        Past Medical History:\\nType 1 diabetes\\nAssessment:\\n1. Diabetic ketoacidosis, resolved  | E10.10         | type 1
        Assessment:\\n1. Diabetic peripheral neuropathy                                             | E11.42         | the default
    """)
