"""What the reasoning of a visit says: on what a diagnosis rests, what has since cleared, whose decision a drug was."""


def test_the_history_that_was_taken_is_no_history_of_a_disease(coding_cases):
    """ "His history and exam show …" says on what a diagnosis rests; "a history of …" says that it is past.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nHis history and exam show an acute lumbar strain.                             | S39.012A        | show
        Assessment:\nThe history and examination indicate plantar fasciitis.                       | M72.2           | indicate
        Assessment:\nBy history and exam this is a migraine.                                       | G43.909         | by
        Assessment:\nHer history, exam and x-ray confirm a lumbar strain.                          | S39.012A        | three
        Assessment:\nHypertension. History of plantar fasciitis.                                   | I10             | past
        Assessment:\nHypertension. History and exam unremarkable.                                  | I10             | nothing
        Assessment:\nAsthma, flared by a viral cold, which has since cleared.                      | J45.901         | cleared
        Assessment:\nHypertension. The rash, which has resolved, was not seen.                     | I10             | resolved
        Assessment:\nAcute sinusitis, which has not resolved.                                      | J01.90          | not yet
    """)


def test_a_drug_that_the_provider_begins_or_stops(coding_cases):
    """What the provider stops is no underdosing; what the provider will start today is in use, if nothing is waited for.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c, I.C.4.a.3, I.C.21.c.3. Rules I.C.19.e-underdosing,
    I.C.21.c.3-given-up.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nHypertension. I stopped his hydrochlorothiazide since it raises the uric acid. | I10            | provider
        Assessment:\nHypertension. I have stopped her lisinopril because it made her cough. She says it did. | I10   | provider
        Assessment:\nHypertension. She stopped her lisinopril because it made her dizzy.           | I10 T46.4X6A Z91.128 | patient
        Plan:\nType 2 diabetes. Continue metformin. We will start Ozempic 0.25 mg once weekly.     | E11.9 Z79.84 Z79.85 | today
        Plan:\nType 2 diabetes. I will start Jardiance.                                            | E11.9 Z79.84    | today
        Plan:\nType 2 diabetes. I will start insulin next visit.                                   | E11.9           | later
        Plan:\nType 2 diabetes. We will start Ozempic if the A1c is still high.                    | E11.9           | if
        Plan:\nType 2 diabetes. We will start Ozempic once approved.                               | E11.9           | once
        Plan:\nType 2 diabetes. He would start Ozempic.                                            | E11.9           | would
    """)


def test_a_superficial_injury_of_another_site_than_the_wound(coding_cases):
    """A bruise goes with the worse injury of its site; that of the hand is not part of a wound of a finger.

    Source: ICD-10-CM Official Guidelines I.C.19.b.1. Rule I.C.19.b-lesser-injuries.
    """
    coding_cases(r"""
        note                                                                                       | codes             | why
        -------------------------------------------------------------------------------------------+-------------------+---------------
        Assessment:\n1. Laceration of the right middle finger.\n2. Contusion of the right hand.    | S61.212A S60.221A | finger, hand
        Assessment:\n1. Laceration of the right forearm.\n2. Abrasion of the right elbow.          | S51.811A S50.311A | forearm, elbow
        Assessment:\n1. Sprain of the left ankle.\n2. Abrasion of the left foot.                   | S93.402A S90.812A | ankle, foot
        Assessment:\n1. Laceration of the right hand.\n2. Contusion of the right hand.             | S61.411A          | same site
        Assessment:\n1. Sprain of the left knee.\n2. Contusion of the left knee.                   | S83.92XA          | same site
        Assessment:\n1. Fracture of the shaft of the left tibia.\n2. Abrasion of the left lower leg. | S82.202A        | same site
    """)


def test_words_of_a_visit_that_look_like_others(coding_cases):
    """A dry macula is no dry eye, a school of long ago no place of an accident, a scar no cause of a flush.

    Source: ICD-10-CM Index, Degeneration, macula; Otitis, media, suppurative, acute; Diverticulosis, large intestine.
    Official Guidelines I.C.20.b, I.B.5, I.B.14. Rules I.B.5-integral, I.B.2-detail, I.C.20-external-causes.
    """
    coding_cases(r"""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+---------------
        Assessment:\nEarly dry macular degeneration, both eyes.                                    | H35.3131        | macula
        Assessment:\nDry eyes, both eyes.                                                          | H04.123         | eyes
        Assessment:\nWet macular degeneration, right eye.                                          | H35.3210        | wet
        Assessment:\nBlepharitis, all four lids.                                                   | H01.00A H01.00B | four lids
        Assessment:\nMeibomian gland dysfunction of all 4 eyelids.                                 | H02.88A H02.88B | four lids
        Assessment:\nAcute otitis media with pus on the left.                                      | H66.002         | pus
        Results:\nColonoscopy: diverticulosis of the sigmoid colon.\nAssessment:\n1. Diverticulosis. | K57.30        | where
        Results:\nCT: sigmoid diverticulosis.\nAssessment:\n1. Diverticulitis.                     | K57.92          | another kind
        HPI:\nHe cut his finger with a chisel. His last tetanus shot was in middle school.\nAssessment:\nLaceration of the right middle finger. | S61.212A | long ago
        Exam:\nThe scar in the right breast is soft.\nAssessment:\nHot flushes. Osteoporosis.      | R23.2 M81.0     | scar
    """)
