"""Burns and corrosions; fractures; loss of consciousness."""


def test_burns(coding_cases):
    """Each site with side and highest degree; extent as stated; the highest degree first; nothing is added up.

    Source: ICD-10-CM Official Guidelines I.C.19.d. Rules I.C.19.d-burns, I.C.19.d-burn-order.
    """
    coding_cases(r"""
        setting   | note                                                                                                                 | codes                                | why
        ----------+----------------------------------------------------------------------------------------------------------------------+--------------------------------------+------------------------------
        emergency | Diagnosis: Second-degree burn left forearm, first-degree burn left forearm                                           | T22.212A                             | I.C.19.d.2
        emergency | Diagnosis: First-degree burn of abdomen, third-degree burn of right thigh                                            | T24.311A T21.12XA                    | I.C.19.d.1
        emergency | Diagnosis: Second degree burns of left and right forearm                                                             | T22.211A T22.212A                    | each side
        emergency | Diagnosis: Second-degree burn back of right hand, TBSA 3%                                                            | T23.261A T31.0                       | extent
        inpatient | Discharge diagnosis:\n1. Third degree burn of chest wall\n2. Second degree burn left thigh\n3. Burns 20% TBSA, 12% third degree | T21.31XA T24.212A T31.21   | third degree share
        inpatient | Burn diagram (TBSA 12%):\n - R lower leg: full thickness 4%\n - L thigh: partial thickness 8%                         | T24.331A T24.212A T31.10             | degree behind the site
        emergency | Diagnosis: Full thickness burn right lower leg 4%, partial thickness burn left thigh 5%                              | T24.331A T24.212A                    | no total stated, none computed
        emergency | Diagnosis: Burn of right hand                                                                                        | T23.001A                             | degree unsaid
        emergency | Diagnosis: Second degree chemical burn left forearm from drain cleaner, <1% BSA                                      | T54.3X1A T22.612A T32.0              | the chemical first
        outpatient | Assessment:\n1. Non-healing third-degree burn right thigh with cellulitis of right thigh                             | T24.311A L03.115                     | I.C.19.d.3, I.C.19.d.4
        outpatient | Assessment:\n1. Hypertrophic burn scar right hand, sequela of third-degree burn right hand                           | L91.0 T23.301S                       | I.C.19.d.7
        outpatient | Assessment:\n1. Sunburn of shoulders, second degree                                                                  | L55.1                                | no thermal burn
        emergency | Diagnosis: Burns over 15% of the body                                                                                | T31.10                               | no site told: note at T31
        outpatient | Assessment:\n1. Diabetic neuropathy, type 2, feet burn at night                                                      | E11.40                               | a symptom
    """)


def test_fractures(coding_cases):
    """Closed and displaced by default; open by Gustilo type; nonunion, malunion, delayed healing by 7th character.

    Source: ICD-10-CM Official Guidelines I.C.19.c, I.C.13.d. Rule I.C.19-injuries.
    """
    coding_cases(r"""
        setting   | note                                                                                       | codes               | why
        ----------+--------------------------------------------------------------------------------------------+---------------------+----------------------------
        emergency | Diagnosis: Fracture of right fifth metatarsal                                              | S92.351A            | closed, displaced
        emergency | Diagnosis: Nondisplaced fracture of right fifth metatarsal                                 | S92.354A            | as told
        emergency | Diagnosis: Open fracture of right tibial shaft                                             | S82.201B            | type not told: I or II
        emergency | Diagnosis: Gustilo grade 3B open fracture of the right distal tibia                        | S82.301C            | type III
        emergency | Diagnosis: Type II open fracture right patella, closed fracture left patella               | S82.001B S82.002A   | each fracture its own
        emergency | Diagnosis: Left distal radius fracture. Plan: open reduction internal fixation.            | S52.502A            | the operation is open
        emergency | Diagnosis: Laceration right knee, closed right patella fracture                            | S81.011A S82.001A   | Excludes1 names open fractures
        emergency | Diagnosis: Open fracture left distal radius with laceration of the left forearm            | S52.502B            | the wound of the fracture
        outpatient | Assessment:\n1. Nonunion, right humeral shaft fracture                                     | S42.301K            | nonunion
        outpatient | Assessment:\n1. Malunion of left distal radius fracture                                    | S52.502P            | malunion
        outpatient | Assessment:\n1. Delayed union of right tibial shaft fracture                               | S82.201G            | delayed healing
        outpatient | Assessment:\n1. Open left tibial shaft fracture type II, 8 weeks out, healing well         | S82.202E            | open, healing
        emergency | Diagnosis: Salter-Harris II fracture of right distal radius                                | S59.221A            | I.C.19.c.3
        emergency | Diagnosis: Left radius and ulna shaft fractures                                            | S52.302A S52.202A   | each bone
        inpatient | Fell from standing.\nDischarge diagnosis: Osteoporotic fracture of right femoral neck       | M80.051A            | I.C.13.d
    """)


def test_bones_and_fingers_by_number(coding_cases):
    """Each bone or finger of a list or of a row of numbers has its code; the levels of a disc are no vertebrae.

    Source: ICD-10-CM Official Guidelines I.C.19.b, I.C.19.c. Rule I.C.19.b-numbered-bones.
    """
    coding_cases(r"""
        setting   | note                                                                    | codes                                  | why
        ----------+-------------------------------------------------------------------------+----------------------------------------+----------------------
        emergency | Diagnosis: 4th and 5th metacarpal fractures of the right hand           | S62.304A S62.306A                      | a list before the noun
        emergency | Diagnosis: Fractures of the 2nd through 4th metacarpals, left hand      | S62.301A S62.303A S62.305A             | a row
        emergency | Diagnosis: Fractures of the 2nd through 5th metatarsals, right foot     | S92.321A S92.351A S92.331A S92.341A    | a row
        emergency | Diagnosis: Fractures of the left index and middle fingers               | S62.601A S62.603A                      | fingers by name
        emergency | Diagnosis: L1-L3 fractures                                              | S32.019A S32.029A S32.039A             | levels of the spine
        emergency | Diagnosis: T11-L1 fractures                                             | S22.089A S32.019A                      | two levels of one code
        emergency | Diagnosis: Fractures of C5 and C6                                       | S12.400A S12.500A                      | the neck
        emergency | Diagnosis: Fracture of L4, L4-5 disc herniation                         | S32.049A M51.26                        | a disc
        emergency | Diagnosis: 2-3 cm laceration of the right index finger                  | S61.210A                               | a length
        outpatient | Assessment:\n1. Trigger finger, right middle and ring fingers          | M65.331 M65.341                        | fingers by name
    """)


def test_unconsciousness(coding_cases):
    """The 6th character of a head injury is the time without consciousness; unstated, its status is unknown.

    Source: ICD-10-CM Official Guidelines I.C.19.b, I.B.2. Rule I.C.19.b-unconsciousness.
    """
    coding_cases(r"""
        setting   | note                                                                                       | codes     | why
        ----------+--------------------------------------------------------------------------------------------+-----------+----------------
        emergency | Diagnosis: Concussion without loss of consciousness                                        | S06.0X0A  | denied
        emergency | HPI: No nausea, vomiting or LOC.\nDiagnosis: Concussion                                    | S06.0X0A  | denied in a list
        emergency | HPI: hit head, LOC for about 2 minutes.\nDiagnosis: Concussion                             | S06.0X1A  | in the account
        emergency | Diagnosis: Knocked unconscious, concussion with LOC of 10 minutes                          | S06.0X1A  | the time told
        emergency | Diagnosis: Concussion with brief LOC                                                       | S06.0X1A  | brief
        emergency | HPI: +LOC.\nDiagnosis: Concussion                                                          | S06.0X9A  | time not told
        emergency | Diagnosis: Concussion                                                                      | S06.0XAA  | Concussion NOS
        emergency | HPI: unconscious for 45 minutes at the scene.\nDiagnosis: Traumatic subdural hematoma      | S06.5X2A  | 31 to 59 minutes
    """)


def test_two_bones_named_as_one(coding_cases):
    """Two bones of a limb that are named as one.

    Source: ICD-10-CM Alphabetic Index (Fracture, tibia; fibula; radius; ulna), Official Guidelines I.B.9. Rule I.C.19-injuries.
    """
    coding_cases(r"""
        note                                                   | codes             | why
        -------------------------------------------------------+-------------------+------
        Assessment:\n1. Left tib-fib fracture.                 | S82.202A S82.402A | tibia and fibula
        Assessment:\n1. Fracture of the left tibia and fibula. | S82.202A S82.402A | listed
        Assessment:\n1. Left both-bone forearm fracture.       | S52.302A S52.202A | shafts
        Assessment:\n1. Left distal radius and ulna fracture.  | S52.502A S52.602A | ends
        Assessment:\n1. Radius fracture.                       | S52.90XA          | one bone
    """)
