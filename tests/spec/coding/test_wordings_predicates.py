"""What is said of a patient or an organ after its name, with a verb between: "the spleen is enlarged"."""


def test_wordings_traits_of_patients(coding_cases):
    """A patient is hypertensive or pale; a reading of the day is no disease, and relatives are not the patient.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; Alphabetic Index, Hypertension, and Elevated, blood pressure.
    """
    coding_cases("""
        note                                                          | codes     | why
        --------------------------------------------------------------+-----------+------
        Assessment:\\nThe patient is hypertensive.                     | I10       | words
        Assessment:\\nHypertensive patient on two drugs.               | I10       | words
        Assessment:\\nShe is diabetic and hypertensive.                | E11.9 I10 | words
        Assessment:\\nThe patient is obese, diabetic and hypertensive. | E66.9 E11.9 I10 | words
        Assessment:\\nThe patient is not hypertensive.                 | -         | words
        Assessment:\\nHer mother was hypertensive.                     | -         | words
        Assessment:\\nHe was hypertensive and febrile.                 | R50.9     | words
        Assessment:\\nThe patient is pale.                             | R23.1     | words
        Assessment:\\nPatient pale on examination.                     | R23.1     | words
        Assessment:\\nThe patient is not pale.                         | -         | words
    """)


def test_wordings_states_of_organs(coding_cases):
    """The phrase of the index with its words turned round: verb and adverb between, as in telegrams without.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; Alphabetic Index, Enlargement, Inflammation, Low, Elevated.
    """
    coding_cases("""
        note                                               | codes   | why
        ---------------------------------------------------+---------+------
        Assessment:\\nThe spleen is slightly enlarged.      | R16.1   | words
        Assessment:\\nSpleen enlarged.                      | R16.1   | words
        Assessment:\\nThe spleen is not enlarged.           | -       | words
        Assessment:\\nThe heart was found to be enlarged.   | I51.7   | words
        Assessment:\\nThe left atrium was enlarged.         | I51.7   | words
        Assessment:\\nHis cholesterol is high.              | E78.00  | words
        Assessment:\\nBlood pressure is very high.          | R03.0   | words
        Assessment:\\nSodium is high.                       | E87.0   | words
        Assessment:\\nHis potassium is elevated.            | E87.5   | words
        Assessment:\\nHis potassium is high normal.         | -       | words
        Assessment:\\nShe is deficient in vitamin D.        | E55.9   | words
        Assessment:\\nThe aortic valve leaks.               | I35.1   | words
        Assessment:\\nThe mitral valve is regurgitant.      | I34.0   | words
        Assessment:\\nThe portal vein is thrombosed.        | I81     | words
        Assessment:\\nThe inferior wall is infarcted.       | I21.19  | words
        Assessment:\\nThroat red, eyes clear.               | -       | words
    """)


def test_wordings_of_events_in_plain_verbs(coding_cases):
    """Events of heart, brain and lungs told with a verb, and what lies in a chamber or a vein.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; Alphabetic Index, Clot, Collapse, Failure, Infection, lung.
    """
    coding_cases("""
        note                                                  | codes   | why
        ------------------------------------------------------+---------+------
        Assessment:\\nAcute systolic failure.                  | I50.21  | words
        Assessment:\\nHe bled into his brain.                  | I61.9   | words
        Assessment:\\nAneurysm of the left ventricle.          | I25.3   | words
        Assessment:\\nVegetations on the aortic valve.         | I33.0   | words
        Assessment:\\nComplete block of the heart.             | I44.2   | words
        Assessment:\\nOcclusive clot of left popliteal vein.   | I82.432 | words
        Assessment:\\nCollapse of the right lower lobe.        | J98.19  | words
        Assessment:\\nLung infection.                          | J18.9   | words
        Assessment:\\nHe coughs up blood.                      | R04.2   | words
        Assessment:\\nHe was hypertensive at 190/110.          | R03.0   | words
    """)
