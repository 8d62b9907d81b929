"""One statement that holds several things: what is ruled out or doubted beside what is there; lists of sites."""


def test_ruled_out_beside_a_symptom(coding_cases):
    """What is ruled out or doubted takes nothing from the symptom that stands beside it.

    Source: ICD-10-CM Official Guidelines I.B.4, II.A, II.H, IV.D, IV.H. Rules II.H-not-upheld, IV.J-reportable.
    """
    coding_cases(r"""
        setting    | note                                                                               | codes           | why
        -----------+------------------------------------------------------------------------------------+-----------------+---------------------------
        inpatient  | Discharge diagnosis: Chest pain, MI ruled out                                      | R07.9           | the symptom stays
        inpatient  | Discharge diagnosis: Dyspnea, pneumonia ruled out                                  | R06.00          | the symptom stays
        inpatient  | Discharge diagnosis: Chest pain. ACS, PE, pneumonia ruled out                      | R07.9           | a list of what is ruled out
        outpatient | Assessment:\n1. Pneumonia ruled out, cough persists                                | R05.9           | what follows is not denied
        outpatient | Assessment:\n1. Possible pneumonia with cough and fever                            | R05.9 R50.9     | what the doubt rests on
        outpatient | Assessment:\n1. Suspected COVID-19 with cough and fever, test pending              | R05.9 R50.9     | I.C.1.g.1.g
        outpatient | Assessment:\n1. Suspected gout with right knee pain                                | M25.561         | what the doubt rests on
        outpatient | Assessment:\n1. Possible sinusitis with no fever                                   | -               | denied
        outpatient | Assessment:\n1. Appendicitis, suspected\n2. Abdominal pain                         | R10.9           | the doubt behind a comma
        inpatient  | Discharge diagnosis:\n1. Zika virus, suspected\n2. Fever                           | R50.9           | I.C.1.f: confirmed cases only
        inpatient  | Discharge diagnosis:\n1. Appendicitis, probable                                    | K37             | II.H
    """)


def test_lists_of_sites(coding_cases):
    """Every site of a list is coded, each with its own side.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13, I.C.19.b.
    """
    coding_cases(r"""
        setting    | note                                                                               | codes                        | why
        -----------+------------------------------------------------------------------------------------+------------------------------+----------
        emergency  | Diagnosis: Abrasions of the right elbow, left knee and forehead                    | S50.311A S80.212A S00.81XA   | a list
        emergency  | Diagnosis: Abrasions of right elbow, left knee, forehead                           | S50.311A S80.212A S00.81XA   | no "and"
        emergency  | Diagnosis: Contusions of the left shoulder and right hip                           | S40.012A S70.01XA            | two
        outpatient | Assessment:\n1. Pain in the right knee, left hip, and lower back                   | M25.561 M25.552 M54.50       | pains
        outpatient | Assessment:\n1. Right shoulder and bilateral wrist pain                            | M25.511 M25.531 M25.532      | the head behind
        outpatient | Assessment:\n1. Pain in right knee, fatigue                                        | M25.561 R53.83               | another symptom
    """)


def test_pairs_of_bones_and_regions(coding_cases):
    """ "Tibia and fibula" is one or both; two regions of the spine are two codes; a site is found beside "other".

    Source: ICD-10-CM Official Guidelines I.A.14, I.B.2, I.B.13. Rule I.B.2-specific.
    """
    coding_cases(r"""
        setting    | note                                                                   | codes            | why
        -----------+------------------------------------------------------------------------+------------------+--------------------------
        outpatient | Assessment:\n1. Acute hematogenous osteomyelitis of the left tibia     | M86.062          | tibia and fibula
        outpatient | Assessment:\n1. Acute osteomyelitis of the left foot                   | M86.172          | ankle and foot
        outpatient | Assessment:\n1. Acute osteomyelitis                                    | M86.10           | no site
        outpatient | Assessment:\n1. Septic bursitis of right elbow                         | M71.121          | other infective bursitis
        outpatient | Assessment:\n1. Unicameral bone cyst of right humerus                  | M85.421          | by site
        outpatient | Assessment:\n1. Cervical and lumbar spondylosis                        | M47.812 M47.816  | two regions
        outpatient | Assessment:\n1. Lumbar spondylosis                                     | M47.816          | one region
        outpatient | Assessment:\n1. Merkel cell carcinoma of the right upper arm           | C4A.61           | limb, including shoulder
        outpatient | Assessment:\n1. Inguinal hernia, right, with obstruction               | K40.30           | nonessential order
        outpatient | Assessment:\n1. Right inguinal hernia                                  | K40.90           | nothing more said
        outpatient | Assessment:\n1. Incarcerated bilateral inguinal hernia                 | K40.00           | both sides
        outpatient | Assessment:\n1. Leukemia, acute myeloid, in remission                  | C92.01           | in the order of the Index
    """)
