"""The reason for an outpatient encounter."""


def test_routine_examination(coding_cases):
    """A routine examination with abnormal findings when one is found, listed first; reminders are no examination.

    Source: ICD-10-CM Official Guidelines IV.P, I.C.21.c.13. Rules IV.P-routine-examination, IV.A-encounter-first.
    """
    coding_cases("""
        note                                                                              | age | codes        | why
        ----------------------------------------------------------------------------------+-----+--------------+---------------------------
        Chief Complaint: Annual exam\\nAssessment:\\n1. Hypertension, increase lisinopril  | 50  | Z00.01 I10   | a finding
        Chief Complaint: Annual exam\\nAssessment:\\nHealthy adult. Annual physical.       | 50  | Z00.00       | none
        Assessment:\\n1. Hypertension\\n2. Health maintenance: due for labs                | 50  | I10          | no examination
        Assessment:\\n1. Well child check\\n2. Umbilical hernia                            | 2   | Z00.121 K42.9 | a child, with a finding
    """)


def test_immunization_of_a_stay(coding_cases):
    """In a stay, a vaccine that was given before it is no reason for Z23.

    Source: ICD-10-CM Official Guidelines I.C.21.c.2. Rule I.C.21.c.2-immunization.
    """
    coding_cases("""
        setting   | note                                                                                                     | codes              | why
        ----------+----------------------------------------------------------------------------------------------------------+--------------------+-------------
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Vaccination: unvaccinated for COVID-19 by choice.              | J18.9 Z28.310      | not given
        inpatient | Discharge diagnosis:\\n1. Open wound of left hand\\nHospital course: Tdap given in the ED.               | S61.402A Z23       | given
        inpatient | PRENATAL COURSE\\nTdap & flu given. BP normal.\\n\\nDischarge diagnosis:\\nVaginal delivery of a single live male at 39w2d | O80 Z37.0 Z3A.39 | before the stay
    """)


def test_immunization(coding_cases):
    """Z23 for a vaccine given at this encounter only.

    Source: ICD-10-CM Official Guidelines I.C.21.c.2. Rule I.C.21.c.2-immunization.
    """
    coding_cases("""
        note                                                                             | codes   | why
        ---------------------------------------------------------------------------------+---------+---------------------------
        Assessment:\\n1. Hypertension\\n2. Flu vaccine given today.                       | I10 Z23 | given
        Assessment:\\n1. Hypertension\\n2. Tdap given at 30 weeks.                          | I10     | earlier in the pregnancy
        Assessment:\\n1. Hypertension\\n2. Vaccination: declined.                           | I10     | not given
        Assessment:\\n1. Hypertension\\nFlu vaccine given at pharmacy last month.         | I10     | given elsewhere
        Assessment:\\n1. Hypertension\\nTdap declined.                                    | I10     | declined
    """)


def test_aftercare(coding_cases):
    """Aftercare by the operation; for an injury the 7th character tells it.

    Source: ICD-10-CM Official Guidelines I.C.21.c.7, I.C.19.a. Rule I.C.21.c.7-aftercare.
    """
    coding_cases("""
        note                                                                                             | codes          | why
        -------------------------------------------------------------------------------------------------+----------------+------------------
        Chief Complaint: post-op visit\\nAssessment:\\nS/p right total knee arthroplasty, doing well.     | Z47.1 Z96.651  | joint replacement
        Chief Complaint: post-op visit\\nAssessment:\\nStatus post laparoscopic appendectomy. Healing well. | Z48.815 [Z90.49] [Z98.890] | digestive system
        Follow-up of fracture of the left second metatarsal, healing well in cast.                       | S92.322D       | 7th character D
    """)


def test_reasons(coding_cases):
    """Contraception, preoperative and other examinations named as the reason are reported.

    Source: ICD-10-CM Official Guidelines IV.M, I.C.21.c.5, c.16. Rule I.C.21.c.5-screening.
    """
    coding_cases("""
        note                                                             | codes        | why
        -----------------------------------------------------------------+--------------+------------------
        Assessment:\\n1. Preop exam, low risk\\n2. Hypertension           | Z01.818 I10  | IV.M
        Assessment:\\n1. Encounter for IUD insertion                      | Z30.430      | contraception
        Indication: Screening colonoscopy\\nImpression: Normal.           | Z12.11       | I.C.21.c.5
    """)


def test_observation(coding_cases):
    """A suspected condition that was ruled out, without a sign or symptom of it, is an observation.

    Source: ICD-10-CM Official Guidelines I.C.21.c.6. Rule I.C.21.c.6-observation.
    """
    coding_cases("""
        note                                                                        | codes   | why
        ----------------------------------------------------------------------------+---------+-----------------
        Assessment:\\n1. Observation for suspected ingestion of bleach, ruled out.    | Z03.6   | toxic effect
        Assessment:\\n1. Evaluated for possible swallowed coin, ruled out by x-ray.   | Z03.821 | foreign body
        Assessment:\\n1. Evaluated for suspected DVT, ruled out. Leg swelling.        | M79.89  | a symptom stands
    """)


def test_contact_and_exposure(coding_cases):
    """Contact with a disease that somebody else has; exposure to metals and chemicals.

    Source: ICD-10-CM Official Guidelines I.C.21.c.1; Alphabetic Index, Contact, with. Rule I.C.21.c.1-contact.
    """
    coding_cases("""
        note                                                                   | codes          | why
        -----------------------------------------------------------------------+----------------+----
        Assessment:\\n1. Exposed to measles at school                           | Z20.828        | viral
        Assessment:\\n1. Possible exposure to Brucella                          | Z20.818        | bacterial
        Assessment:\\n1. Contact with a case of mumps in the household          | Z20.828        | with whom
        Assessment:\\n1. Exposed to meningococcal meningitis                    | Z20.811        | meningococcus
        Assessment:\\n1. Measles                                                | B05.9          | the disease itself
        Assessment:\\n1. Cough. No exposure to measles or pertussis.            | R05.9          | denied
        Assessment:\\n1. Chronic exposure to cadmium                            | Z77.018        | metals
        Assessment:\\n1. Exposed to asbestos                                    | Z77.090        | verb
    """)


def test_statuses_in_other_words(coding_cases):
    """Statuses as participles, carriers and dependence say them.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3; Alphabetic Index, Presence, Absence, Dependence.
    """
    coding_cases("""
        note                                                                        | codes         | why
        ----------------------------------------------------------------------------+---------------+----
        Assessment:\\n1. Splenectomized after trauma                                 | Z90.81        | participle
        Assessment:\\n1. ESRD in a hemodialysis program                              | N18.6 Z99.2   | program
        Assessment:\\n1. Steroid-dependent COPD                                      | J44.9 Z79.52  | dependent
        Assessment:\\n1. Atrial fibrillation, treated with oral anticoagulants       | I48.91 Z79.01 | class of drug
        Assessment:\\n1. Mitral valve prosthesis carrier                             | Z95.2         | carrier
    """)


def test_checks_of_a_cardiac_device(coding_cases):
    """The check for which the patient came says that the device is there; told in another visit it leaves the status.

    Source: ICD-10-CM Alphabetic Index, Interrogation, cardiac pacemaker; Excludes1 at Z95.0; Guidelines I.C.21.c.3.
    """
    coding_cases("""
        note                                                                                        | codes          | why
        --------------------------------------------------------------------------------------------+----------------+----
        Here for pacemaker interrogation. Sick sinus syndrome with dual chamber pacemaker.          | Z45.018 I49.5  | the reason
        Device clinic: ICD interrogation. ICD for ischemic cardiomyopathy. No shocks.               | Z45.02 I25.5   | the clinic
        CC: Pacemaker check\\nAssessment:\\n1. Sick sinus syndrome, s/p pacemaker, normal function. | I49.5 Z45.018  | complaint
        CRT-D interrogation, stable leads.                                                          | Z45.02         | by its name
        Pacemaker interrogation in the ED showed no events. Diagnosis: syncope. Has pacemaker.      | R55 Z95.0      | a test
        Assessment:\\n1. Atrial fibrillation\\n2. Pacemaker in situ.                                | I48.91 Z95.0   | a status
    """)
