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


def test_diabetes_laid_to_a_drug(coding_cases):
    """Diabetes that a drug brought about is E09; the hyperglycemia that a drug brings to a type 2 is not.

    Source: ICD-10-CM Official Guidelines I.C.4.a.6.b.ii. Rule I.C.4.a.6-drug-diabetes.
    """
    coding_cases("""
        note                                                                                  | codes                | why
        --------------------------------------------------------------------------------------+----------------------+---------
        Assessment:\\n1. Prednisone-induced diabetes with hyperglycemia                       | E09.65 T38.0X5A      | induced
        Assessment:\\n1. Tacrolimus-induced diabetes mellitus                                 | E09.9 T45.1X5A       | induced
        Assessment:\\n1. Diabetes due to prednisone                                           | E09.9 T38.0X5A       | due to
        Assessment:\\n1. Prednisone-related hyperglycemia in type 2 diabetes                  | E11.65 T38.0X5A      | the sugar only
        Assessment:\\n1. Type 2 diabetes. Prednisone for gout.                                | E11.9 M10.9          | no link
    """)
