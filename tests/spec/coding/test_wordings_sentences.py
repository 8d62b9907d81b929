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


def test_substances_by_verb(coding_cases):
    """What a patient takes, abuses or depends on, told by a verb; dependence before abuse before use.

    Source: ICD-10-CM Official Guidelines I.C.5.b. Rule I.C.5-combinations.
    """
    coding_cases("""
        note                                                                | codes            | why
        --------------------------------------------------------------------+------------------+------
        He abuses alcohol.                                                  | F10.10           | stem
        She uses cocaine.                                                   | F14.90           | stem
        He snorts cocaine.                                                  | F14.90           | verb
        He is addicted to heroin.                                           | F11.20           | addiction
        He is dependent on alcohol.                                         | F10.20           | dependence
        He injects drugs.                                                   | F19.90           | verb
        He smokes crack.                                                    | F14.90           | no cigarettes
        He used to smoke.                                                   | Z87.891          | past
        Alcohol abuse with acute intoxication. He drinks too much.          | F10.129          | intoxication
        Ultrasound (US) of the abdomen was discussed.                       | -                | no verb
    """)


def test_minds_by_verb(coding_cases):
    """Thoughts, sleep and memory as patients tell them; "can't" is no "can".

    Source: ICD-10-CM Official Guidelines I.B.1, I.B.5.
    """
    coding_cases("""
        note                                                                | codes            | why
        --------------------------------------------------------------------+------------------+------
        She wants to kill herself.                                          | R45.851          | verb
        He tried to kill himself.                                           | T14.91XA         | verb
        He is afraid of heights.                                            | F40.241          | adjective
        She can't sleep.                                                    | G47.00           | denied verb
        She can sleep through the night.                                    | -                | not denied
        He forgets things.                                                  | R41.3            | verb
        His memory is impaired.                                             | R41.3            | predicate
        The child walks in his sleep.                                       | F51.3            | verb
        She has no sex drive.                                               | R68.82           | its own no
    """)


def test_nerves_in_sentences(coding_cases):
    """Paralysis by what is paralyzed: one arm, both legs, one side.

    Source: ICD-10-CM Official Guidelines I.C.6.a; Index, Paralysis.
    """
    coding_cases("""
        note                                                                | codes            | why
        --------------------------------------------------------------------+------------------+------
        Both legs are paralyzed.                                            | G82.20           | both
        The right leg is paralyzed.                                         | G83.11           | one
        Left arm is paralyzed.                                              | G83.24           | one
        He is paralyzed on the right side.                                  | G81.91           | side
        He is paralyzed from the waist down.                                | G82.20           | level
        He slurs his words.                                                 | R47.81           | verb
        The spinal cord is compressed at C5.                                | G95.20           | verb
        The brain is atrophic.                                              | G31.9            | adjective
        She was diagnosed with MS.                                          | G35.D            | letters
    """)


def test_eyes_ears_mouths_in_sentences(coding_cases):
    """Eyes, ears and teeth by predicate and verb, the side wherever it stands; blindness by eye.

    Source: ICD-10-CM Official Guidelines I.B.13, I.C.7.b. Rule I.C.7.b-impairment.
    """
    coding_cases("""
        note                                                                | codes            | why
        --------------------------------------------------------------------+------------------+------
        Blind in the left eye.                                              | H54.62           | one eye
        He is blind in both eyes.                                           | H54.3            | both
        She went blind.                                                     | H54.7            | not said
        She can't see out of her right eye.                                 | H54.61           | verb
        Her left eye is red.                                                | H57.89           | predicate
        The left eye waters.                                                | H04.202          | verb
        The right upper lid droops.                                         | H02.401          | verb
        The lens is cloudy.                                                 | H26.9            | predicate
        Her optic nerve is inflamed.                                        | H46.9            | inflamed
        Pain in both ears.                                                  | H92.03           | side between
        Discharge from the right ear.                                       | H92.11           | side between
        The right middle ear is infected.                                   | H66.91           | predicate
        His ears ring.                                                      | H93.13           | verb, both
        He has no teeth.                                                    | K08.109          | its own no
        Abscess of the right lower molar.                                   | K04.7            | tooth
        The salivary glands are enlarged.                                   | K11.1            | no lymph node
    """)
