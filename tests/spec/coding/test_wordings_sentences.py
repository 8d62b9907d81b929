"""Diagnoses said in whole sentences: of the person ("he is depressed"), of the organ ("the eyes are red"), by a verb."""


def test_adjectives_of_persons(coding_cases):
    """An adjective names a condition where a person is its subject, or the noun that it stands before.

    Source: ICD-10-CM Official Guidelines I.B.1, I.B.2 (the term of the chart is looked up in the Index).
    """
    coding_cases("""
        note                                                                  | codes         | why
        ----------------------------------------------------------------------+---------------+------
        The patient is depressed.                                             | F32.A         | subject
        Mr. Smith has been feeling very depressed.                            | F32.A         | verb of feeling
        He's hypertensive.                                                    | I10           | contracted
        Pt hypertensive, here for follow up of gout.                          | I10, M10.9    | no verb
        54-year-old woman, hypertensive, here for follow up of gout.          | I10, M10.9    | after the noun
        A 54-year-old hypertensive man is here for follow up of gout.         | I10, M10.9    | before the noun
        The patient is a known alcoholic.                                     | F10.20        | noun
        Assessment: he is hypertensive and suicidal.                          | I10, R45.851  | in a row
        She is not depressed.                                                 | -             | denied
        The left ventricle is depressed.                                      | -             | a thing
        Double blind study was discussed with the patient.                    | -             | a thing
        He is anxious to go home.                                             | -             | wish
    """)
