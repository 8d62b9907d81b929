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


def test_rhinitis_by_its_pollen(coding_cases):
    """Seasonal rhinitis of a named pollen is J30.1, in its place in the list; an illness like influenza of a known cause is none.

    Source: ICD-10-CM Index, Rhinitis, allergic, due to; Official Guidelines I.C.10.c. Rules I.C.10-respiratory, I.C.1-infection.
    """
    coding_cases("""
        setting    | note                                                                                         | codes         | why
        -----------+----------------------------------------------------------------------------------------------+---------------+----
        outpatient | Assessment:\\n1. Seasonal allergic rhinitis due to birch, oak and grass pollen.\\n2. Year-round allergic rhinitis from dust mite. | J30.1 J30.89 | two
        outpatient | Assessment:\\n1. Seasonal allergic rhinitis due to ragweed.                                  | J30.1         | no J30.2
        inpatient  | Discharge diagnoses:\\n1. MSSA pneumonia\\nHPI: A week of influenza-like illness.         | J15.211       | MSSA
        outpatient | Assessment:\\n1. Well child. Vaccines today after talking it over: MMR, varicella, PCV20.    | Z00.129 Z23   | no varicella
    """)
