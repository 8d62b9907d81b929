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
        emergency  | HPI: Twisted the right ankle playing basketball today.\\nDiagnosis: Right ankle sprain             | S93.401A Y93.67 Y99.8 [X50.1XXA] [X50.9XXA] | told
        outpatient | Assessment:\\n1. Hypertension\\nPlan: walking, yoga                                                | I10                         | no injury
        outpatient | Assessment:\\n1. Right ankle sprain\\nPlan: No basketball for 2 weeks.                             | S93.401A                    | only planned
    """)


def test_account_of_the_event(coding_cases):
    """Mechanism, place, activity and status as the account of the event tells them, behind every other code.

    Source: ICD-10-CM Official Guidelines I.C.20.a to I.C.20.k. Rules I.C.20-external-causes, I.C.20-external-order.
    """
    coding_cases(r"""
        setting   | note                                                                                                                    | codes                                | why
        ----------+-------------------------------------------------------------------------------------------------------------------------+--------------------------------------+-----------------------------
        emergency | HPI: restrained driver of a sedan, rear-ended by a pickup truck on interstate 90.\nDx: Cervical strain                  | S16.1XXA V43.53XA Y92.411            | role and counterpart
        emergency | HPI: front seat passenger, car hit a tree.\nDx: Sternal fracture                                                        | S22.20XA V47.6XXA                    | fixed object
        emergency | HPI: motorcycle driver struck by a car on state road 14.\nDx: Left tibial shaft fracture                                | S82.202A V23.49XA Y92.413            | motorcycle
        emergency | HPI: cyclist hit by a car.\nDx: Right clavicle fracture                                                                 | S42.001A V13.4XXA                    | bicycle
        emergency | HPI: Pedestrian crossing the street struck by a bus.\nDx: Left tibial shaft fracture                                    | S82.202A V04.10XA Y92.410            | pedestrian
        emergency | HPI: involved in an MVC.\nDx: Cervical strain                                                                           | S16.1XXA V89.2XXA                    | nothing more is told
        emergency | HPI: tripped over a rug in the living room of her house and hit her head on the coffee table.\nDx: Forehead laceration  | S01.81XA W01.190A Y92.018            | I.C.20.a.7
        emergency | HPI: slipped on ice in a parking lot.\nDx: Left Colles fracture                                                         | S52.532A W00.0XXA Y92.481            | fall
        emergency | HPI: fell off ladder at work.\nDx: Left calcaneal fracture                                                              | S92.002A W11.XXXA Y99.0              | status
        emergency | HPI: cut left index finger with kitchen knife chopping vegetables in her apartment kitchen.\nDx: Laceration left index finger | S61.211A W26.0XXA Y92.030 Y93.G1 | place, activity
        emergency | HPI: bitten by a dog in the public park while walking his dog.\nDx: Dog bite left forearm                               | S51.852A W54.0XXA Y92.830 Y93.K1     | bite
        emergency | HPI: hot fryer oil splashed his left forearm at work.\nDx: Second-degree burn left forearm                              | T22.212A X10.2XXA Y99.0              | I.C.19.d.9
        emergency | HPI: stabbed with a knife by unknown man outside a bar.\nDx: Stab wound right upper arm                                 | S41.131A X99.1XXA Y92.511            | assault
        emergency | HPI: chest pain at work.\nDx: Chest pain                                                                                | R07.9                                | no injury
        outpatient | HPI: fell 3 weeks ago at home.\nAssessment:\n1. Left ankle sprain                                                       | S93.402A                             | an older injury
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


def test_coma_scale(coding_cases):
    """The Glasgow coma scale goes with a brain injury: three scores where the chart has them, else the total.

    Source: ICD-10-CM Official Guidelines I.C.18.e, I.B.14. Rule I.C.18.e-coma-scale.
    """
    coding_cases("""
        note                                                                                                           | codes                                   | why
        ---------------------------------------------------------------------------------------------------------------+-----------------------------------------+--------------------------
        Diagnosis: Traumatic subdural hematoma. GCS 13 on arrival.                                                     | S06.5XAA R40.2412                       | total, emergency department
        Diagnosis: Traumatic subdural hematoma. GCS E3 V4 M5 per EMS.                                                  | S06.5XAA R40.2131 R40.2241 R40.2351     | in the field
        Diagnosis: Traumatic subdural hematoma. GCS E3 V4 M5 per EMS. GCS 14 on arrival to the ED.                     | S06.5XAA R40.2412                       | on presentation here
        Diagnosis: Traumatic subdural hematoma. GCS 8 (E2V2M4) in the ED. GCS 15 at discharge.                         | S06.5XAA R40.2122 R40.2222 R40.2342     | parts, not the total
        Diagnosis: Traumatic subarachnoid hemorrhage. Glasgow coma scale score of 10/15 on admission.                  | S06.6XAA R40.2423                       | at admission
        Diagnosis: Traumatic subdural hematoma. Glasgow Coma Scale: eyes 3, verbal 4, motor 5.                         | S06.5XAA R40.2130 R40.2240 R40.2350     | time untold
        Diagnosis: Concussion without LOC, GCS 12 in the field.                                                        | S06.0X0A R40.2421                       | lower than a concussion
        Diagnosis: Concussion without LOC, GCS 15.                                                                     | S06.0X0A                                | says nothing more
        Diagnosis: Traumatic subdural hematoma. GCS 3T after intubation.                                               | S06.5XAA                                | a part is missing
        Diagnosis: Traumatic subdural hematoma. GCS 8-9.                                                               | S06.5XAA                                | a range
        Diagnosis: Traumatic subdural hematoma. GCS 15 on day 3.                                                       | S06.5XAA                                | later
        Diagnosis: Subarachnoid hemorrhage, GCS 9.                                                                     | I60.9                                   | no injury
        Diagnosis: Right ankle sprain, GCS 15.                                                                         | S93.401A                                | no head injury
    """)


def test_wounds_of_the_trunk(coding_cases):
    """Stab and gunshot wounds of the trunk by site, with the cavity that they enter.

    Source: ICD-10-CM Alphabetic Index (Wound, open), Tabular List S21, S31. Rule I.C.19-injuries.
    """
    coding_cases(r"""
        note                                                                                     | codes             | why
        -----------------------------------------------------------------------------------------+-------------------+------
        Assessment:\n1. Gunshot wound to the abdomen.                                            | S31.139A          | firearm
        Assessment:\n1. GSW of the left chest.                                                   | S21.132A          | side
        Assessment:\n1. Stab wound of the left back.                                             | S21.232A          | thorax
        Assessment:\n1. Stab wound of the lower back.                                            | S31.030A          | lower back
        Assessment:\n1. Gunshot wound to left buttock.                                           | S31.823A          | side is in the code
        Assessment:\n1. Gunshot wound of the buttock.                                            | S31.803A          | side untold
        Assessment:\n1. Stab wound to the right flank.                                           | S31.136A          | flank
        Assessment:\n1. Stab wound to the left upper quadrant.                                   | S31.131A          | quadrant
        Assessment:\n1. Stab wound of the epigastrium.                                           | S31.132A          | region
        Assessment:\n1. Bullet wound of the groin.                                               | S31.139A          | abdominal wall
        Assessment:\n1. Laceration of the right back.                                            | S21.211A          | laceration
        Assessment:\n1. Stab wound of the abdomen with penetration into the peritoneal cavity.   | S31.639A          | cavity
        Assessment:\n1. Stab wound of the abdomen without peritoneal penetration.                | S31.139A          | denied
        Assessment:\n1. Stab wound of the right chest with penetration into the thoracic cavity. | S21.331A          | cavity
        Assessment:\n1. Stab wound of the left chest with hemopneumothorax.                      | S27.2XXA S21.332A | blood and air in the chest
        Assessment:\n1. Spontaneous pneumothorax.                                                | J93.83            | no wound
        Assessment:\n1. Multiple stab wounds.                                                    | T14.8XXA          | site untold
        Assessment:\n1. Gunshot wound to the right thigh.                                        | S71.131A          | limb as before
    """)


def test_firearms(coding_cases):
    """The intent of a shot is coded as told; one that nobody tells is an accident.

    Source: ICD-10-CM Official Guidelines I.C.20.i. Rule I.C.20-external-causes.
    """
    coding_cases(r"""
        setting   | note                                                                           | codes              | why
        ----------+--------------------------------------------------------------------------------+--------------------+---------
        emergency | HPI: Sustained a gunshot wound tonight.\nDiagnosis: Gunshot wound of abdomen    | S31.139A W34.00XA  | untold
        emergency | HPI: Self-inflicted gunshot wound today.\nDiagnosis: Gunshot wound of abdomen   | S31.139A X74.9XXA  | self-harm
        emergency | HPI: Gunshot wound by an unknown assailant.\nDiagnosis: Gunshot wound of chest  | S21.139A X95.9XXA  | assault
        emergency | HPI: History of gunshot wound in 2012.\nDiagnosis: Hypertension                 | I10                | past
    """)


def test_what_hit_the_patient_said_before_the_verb(coding_cases):
    """What hit the patient's vehicle may stand before the verb; one's own vehicle is no counterpart.

    Source: ICD-10-CM Official Guidelines I.C.20. Rule I.C.20-external-causes.
    """
    coding_cases("""
        setting   | note                                                                                          | codes                      | why
        ----------+-----------------------------------------------------------------------------------------------+----------------------------+----
        emergency | Left rib fracture. A pickup ran a stop sign on a state road and hit his motorcycle.            | S22.32XA V23.49XA [Y92.413] | pickup
        emergency | Left rib fracture. She was riding her bike when a car hit her.                                 | S22.32XA V13.4XXA [Y93.55] | car
        emergency | Left rib fracture. A van side-swiped his motorcycle.                                           | S22.32XA V23.49XA          | van
        emergency | Left rib fracture. He swerved and his motorcycle hit a tree.                                   | S22.32XA V27.49XA          | his own
        emergency | Left rib fracture, motorcycle vs deer.                                                         | S22.32XA V20.49XA          | versus
        emergency | Abrasions of right palm and left knee, cleaned.                                               | S60.511A S80.212A          | palm
    """)


def test_injuries_of_years_ago(coding_cases):
    """An injury that a bare year dates is past: history where the assessment takes it up, no injury under treatment.

    Source: ICD-10-CM Official Guidelines I.C.19.a, I.C.21.c.4.
    """
    coding_cases("""
        note                                                            | codes               | why
        ----------------------------------------------------------------+---------------------+--------------
        GSW to abdomen 2004.                                            | -                   | years ago
        Assessment:\\nGSW to abdomen 2004.                              | Z87.828             | taken up
        Assessment:\\nHistory of gunshot wound to the abdomen.          | Z87.828             | history
        2004: gunshot wound to the abdomen.                             | -                   | year first
        Stab wound to left arm 2026.                                    | S41.132A            | this year
        Left wrist fracture 2025, healing.                              | S62.102D            | still healing
        Gunshot wound to the thigh in 1998 with retained bullet.        | Z18.10              | what remains
    """)


def test_the_intent_of_self_harm(coding_cases):
    """Self-harm is coded as the chart tells the intent, wherever it tells it, by what was used; a poisoning says the attempt.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.b, I.C.20.i; Tabular List, X78, T14.91. Rules I.C.19-injuries,
    I.C.20-external-causes, I.C.19.e-poisoning.
    """
    coding_cases(r"""
        setting    | note                                                                        | codes             | why
        -----------+-----------------------------------------------------------------------------+-------------------+-------------------------------------
        inpatient  | Acetaminophen overdose, intentional                                         | T39.1X2A          | behind the word
        inpatient  | Acetaminophen overdose, unintentional                                       | T39.1X1A          | an accident
        inpatient  | Acetaminophen overdose. Suicide attempt.                                    | T39.1X2A          | the attempt is told by the poisoning
        inpatient  | Overdose of sertraline. She took them on purpose.                           | T43.222A          | next sentence
        inpatient  | Overdose of sertraline. She denies taking them on purpose.                  | T43.221A          | denied
        inpatient  | Overdose of sertraline. Took too many by mistake.                           | T43.221A          | mistake
        inpatient  | Laceration of left wrist, self-inflicted with a razor                       | S61.512A X78.8XXA | razor
        inpatient  | Self-inflicted laceration of the left forearm                               | S51.812A X78.9XXA | nothing told
        inpatient  | Self-inflicted stab wound of the abdomen with a knife                       | S31.139A X78.1XXA | knife
        inpatient  | Suicide attempt by cutting left wrist with razor. Laceration of left wrist. | S61.512A X78.8XXA | sentence before
        inpatient  | Laceration of left wrist. Suicide attempt with a knife.                     | S61.512A X78.1XXA | sentence behind
        outpatient | Laceration of left wrist with a razor. She said she wanted to die.          | S61.512A X78.8XXA | at a visit
        outpatient | Laceration of left forearm, not self-inflicted                              | S51.812A          | denied
        outpatient | Laceration of left forearm. Depression; never tried to kill himself.        | S51.812A F32.A    | never
    """)
