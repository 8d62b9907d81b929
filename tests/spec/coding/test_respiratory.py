"""COPD, respiratory failure, asthma."""


def test_lungs(coding_cases):
    """Exacerbation and infection of COPD are both coded; respiratory failure by what it lacks.

    Source: ICD-10-CM Official Guidelines I.C.10.a, I.C.10.b. Rule I.C.10-respiratory.
    """
    coding_cases("""
        setting   | note                                                                             | codes               | why
        ----------+----------------------------------------------------------------------------------+---------------------+----
        inpatient | Discharge diagnosis:\\n1. COPD exacerbation\\n2. Pneumonia                         | J44.1 J18.9 J44.0   | use additional
        inpatient | Discharge diagnosis:\\n1. Acute on chronic hypoxic and hypercapnic respiratory failure | J96.22 J96.21   | both
        inpatient | Discharge diagnosis:\\n1. Severe persistent asthma with acute exacerbation         | J45.51              | severity
        inpatient | Discharge diagnosis:\\n1. COPD. No acute respiratory failure.                      | J44.9               | denied
    """)
