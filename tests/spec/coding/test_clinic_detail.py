"""Detail that films, audiogram or examination give to a diagnosis of a clinic note; preoperative evaluations."""


def test_site_and_kind_from_films_and_examination(coding_cases):
    """A diagnosis of a region takes the bone, the part or the kind that the author reports elsewhere in the note.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.14. Rules I.C.19-injuries, I.C.13-musculoskeletal,
    I.B.9-outpatient, I.B.2-detail.
    """
    coding_cases(r"""
        note                                                                                                              | codes     | why
        ------------------------------------------------------------------------------------------------------------------+-----------+-------------
        X-ray: displacement of the base of the 2nd metatarsal.\nAssessment:\nLisfranc fracture, left foot.                | S92.322A  | bone
        X-ray: fracture of the base of the fifth metatarsal.\nAssessment:\nRight foot fracture.                           | S92.351A  | another bone
        X-ray: no fracture of the 2nd metatarsal.\nAssessment:\nLeft foot fracture.                                       | S92.902A  | denied
        Exam: Tenderness of the right upper leg.\nAssessment:\nRight leg contusion.                                       | S70.11XA  | part
        Exam: Tenderness of the right shin.\nAssessment:\nRight leg contusion.                                            | S80.11XA  | the leg itself
        Exam: Tender over the lumbar spine.\nAssessment:\nBack pain.                                                      | M54.50    | region
        Exam: Neck supple.\nAssessment:\nBack pain.                                                                       | M54.9     | no region
        Results: conductive loss in both ears.\nAssessment:\n1. Hearing loss.                                           | H90.0     | kind and ears
        S: 6 wks s/p ORIF R bimalleolar ankle fx, displaced.\nA: 1) R ankle fx, healing on schedule.                      | S82.841D  | the fracture of old
    """)


def test_one_stone_and_several_joints(coding_cases):
    """A kidney stone in the ureter is one stone; rheumatoid arthritis of several joints is of multiple sites.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.13.a. Rules I.C.14-renal, I.C.13-musculoskeletal.
    """
    coding_cases(r"""
        note                                                                                               | codes         | why
        ---------------------------------------------------------------------------------------------------+---------------+-------------
        CT: 0.5 cm kidney stone in the proximal right ureter.\nAssessment:\nKidney stone, right side.      | N20.1         | where it lies
        Assessment:\nKidney stones on the left; a right ureteral stone is obstructing.                     | N20.2         | two stones
        Assessment:\nSeropositive rheumatoid arthritis, hands, wrists, and feet.                           | M05.79        | several joints
        Assessment:\nSeropositive rheumatoid arthritis.                                                    | M05.9         | none named
        Assessment:\nRheumatoid arthritis and osteoarthritis of hands.                                     | M06.9 M19.041 M19.042 | two diseases
        HPI: Gets up four times a night and his stream is weak.\nAssessment:\nBPH with lower urinary tract symptoms. | N40.1 R39.12 R35.1 | plain words
        Assessment:\nType 1 diabetes with exercise lows. These were level 2 events.                        | E10.649 E16.A2 | level
    """)


def test_preoperative_evaluation(coding_cases):
    """The evaluation first, then the condition that is to be operated on, then what else is managed.

    Source: ICD-10-CM Official Guidelines IV.M. Rules IV.M-preoperative, IV.A-encounter-first.
    """
    coding_cases(r"""
        note                                                                                                                              | codes              | why
        ----------------------------------------------------------------------------------------------------------------------------------+--------------------+-----------------
        HPI: Clearance before a left total knee replacement. She has bone-on-bone arthritis of the left knee.\nAssessment:\n1. Preoperative evaluation. Low risk.\n2. Hypertension. Continue valsartan. | Z01.818 M17.12 I10 | told in the history
        HPI: Clearance for cataract surgery; nuclear sclerotic cataract right eye.\nAssessment:\n1. Preoperative evaluation. Low risk.     | Z01.818 H25.11     | another operation
        HPI: Knee osteoarthritis; a knee replacement was discussed.\nAssessment:\n1. Hypertension. Continue valsartan.                     | I10                | no such evaluation
        HPI: Clearance before a hernia repair. Has knee osteoarthritis.\nAssessment:\n1. Preoperative evaluation. Low risk.               | Z01.818            | not operated on
    """)


def test_status_and_signs_are_not_first(coding_cases):
    """A status is no reason for a visit beside a disease; a sign that a diagnosis explains on its line is no problem.

    Source: ICD-10-CM Official Guidelines IV.G, I.B.5, I.C.21.c.3. Rules I.B.5-mere-signs, I.C.19-injuries.
    """
    coding_cases(r"""
        note                                                                                                      | codes            | why
        ----------------------------------------------------------------------------------------------------------+------------------+-------------
        Assessment:\nPostherpetic neuralgia, right thoracic: pain now three months past the rash. Gabapentin.     | B02.29           | its pain
        Assessment:\n1. Family history of colon cancer.\n2. Hypertension. Continue valsartan.                     | I10 Z80.0        | status behind
        Diagnosis: Anaphylaxis due to peanuts with hives                                                          | T78.01XA         | its hives
    """)


def test_the_depth_of_an_ulcer_some_sentences_on(coding_cases):
    """The depth of the one ulcer may be told two sentences behind it, but not where a pressure ulcer is told as well.

    Source: ICD-10-CM Tabular List, L97, sixth character. Rule I.C.12-ulcer-depth.
    """
    coding_cases(r"""
        note                                                                 | codes           | why
        ---------------------------------------------------------------------+-----------------+-----------------
        Ulcer of the right calf. Debrided today. Muscle necrosis present.    | L97.213         | two sentences
        Diabetic foot ulcer, left heel. Seen by podiatry. Bone is exposed.   | E11.621 L97.426 | bone
        Ulcer of the left heel. Fat layer exposed.                           | L97.422         | next sentence
        Ulcer of the right calf. Seen by podiatry. Superficial scratch.     | L97.219         | not of the ulcer
    """)
