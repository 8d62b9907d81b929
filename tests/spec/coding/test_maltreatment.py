"""Abuse, neglect and other maltreatment."""


def test_maltreatment(coding_cases):
    """Maltreatment first, confirmed or suspected; the perpetrator with a confirmed case; ruled out is an observation.

    Source: ICD-10-CM Official Guidelines I.C.19.f, I.C.20.g. Rule I.C.19.f-maltreatment.
    """
    coding_cases(r"""
        setting   | age | note                                                                                                   | codes                             | why
        ----------+-----+--------------------------------------------------------------------------------------------------------+-----------------------------------+------------------------
        emergency | 30  | Assessment: Physical abuse by husband. Nasal bone fracture.                                            | T74.11XA S02.2XXA Y07.010         | stated is confirmed
        emergency | 0   | Diagnoses: 1. Child physical abuse, confirmed, by mother's boyfriend. 2. Displaced spiral fracture shaft of left femur. | T74.12XA S72.342A Y07.432 | child
        emergency | 82  | Dx: Suspected elder neglect. Dehydration.                                                              | T76.01XA E86.0                    | suspected
        emergency | 25  | Dx: Alleged sexual assault                                                                             | T76.21XA                          | alleged
        emergency | 28  | HPI: Her ex-boyfriend punched her.\nDx: Domestic violence. Contusion of scalp.                        | T74.11XA S00.03XA [Y04.2XXA] Y07.031 | former partner
        emergency | 3   | Dx: Fracture of left tibia. Child abuse evaluated and ruled out by child protection team.              | Z04.72 S82.202A                   | ruled out
        emergency | 30  | Dx: Contusion of scalp. No concern for abuse.                                                          | S00.03XA                          | denied
        outpatient | 40  | Assessment:\n1. Alcohol abuse                                                                         | F10.10                            | another abuse
        outpatient | 40  | Social: feels safe at home, denies abuse.\nAssessment:\n1. Hypertension                              | I10                               | screened
        inpatient | 70  | Discharge diagnosis: Right MCA stroke with left neglect                                                | I63.511 R41.4                     | a sign
    """)
