"""Injuries, burns and external causes."""


def test_lesser_injuries(coding_cases):
    """Superficial injuries of the same site go; those of another site stay.

    Source: ICD-10-CM Official Guidelines I.C.19.b.1. Rule I.C.19.b-lesser-injuries.
    """
    coding_cases("""
        note                                                                            | codes               | why
        --------------------------------------------------------------------------------+---------------------+-------------
        Assessment:\\n1. Right ankle sprain\\n2. Abrasion of right ankle                  | S93.401A            | same site
        Assessment:\\n1. Right ankle sprain\\n2. Abrasion of right elbow                  | S93.401A S50.311A   | another site
        Chief Complaint: right ankle injury\\nAssessment:\\n1. Right ankle sprain         | S93.401A            | injury named
    """)


def test_external_causes(coding_cases):
    """External causes go with an injury, from the account of the event.

    Source: ICD-10-CM Official Guidelines I.C.20. Rule I.C.20-external-causes.
    """
    coding_cases("""
        setting    | note                                                                                             | codes                       | why
        -----------+--------------------------------------------------------------------------------------------------+-----------------------------+--------------
        emergency  | HPI: Twisted the right ankle playing basketball today.\\nDiagnosis: Right ankle sprain             | S93.401A Y93.67 [X50.1XXA] [X50.9XXA] | told
        outpatient | Assessment:\\n1. Hypertension\\nPlan: walking, yoga                                                | I10                         | no injury
        outpatient | Assessment:\\n1. Right ankle sprain\\nPlan: No basketball for 2 weeks.                             | S93.401A                    | only planned
    """)


def test_episode(coding_cases):
    """7th character A while active treatment lasts; what is only planned is no aftercare.

    Source: ICD-10-CM Official Guidelines I.C.19.a.
    """
    coding_cases("""
        setting    | note                                                                                          | codes     | why
        -----------+-----------------------------------------------------------------------------------------------+-----------+---------
        emergency  | Diagnosis: Laceration of left index finger\\nDisposition: home, suture removal in 10 days       | S61.211A  | planned
        outpatient | Fracture of the left second metatarsal, seen 4 weeks after injury, healing well.               | S92.322D  | healing
    """)


def test_healing_fracture(coding_cases):
    """After the operation, a fracture that heals is coded as such, subsequent encounter; it is not yet history.

    Source: ICD-10-CM Official Guidelines I.C.19.a, I.C.19.c, I.C.21.c.7.
    """
    coding_cases("""
        note                                                                                        | codes    | why
        --------------------------------------------------------------------------------------------+----------+----
        Assessment:\\n1. 6 wks s/p ORIF R bimalleolar ankle fx, displaced, closed. Healing well.     | S82.841D | D
        Assessment:\\n1. Left distal radius fracture, 4 weeks out, callus on films.                  | S52.502D | D
        Assessment:\\n1. Left distal radius fracture. Splint applied.                                | S52.502A | A
    """)
