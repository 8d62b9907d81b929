"""What a hospital stay adds and leaves out: drugs of the stay, what was only thought of, what is over."""


def test_hospital_drugs(coding_cases):
    """Long-term use is of drugs at home or taken on at discharge; drips, courses and prophylaxis of the stay are not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-hospital-drugs.
    """
    coding_cases("""
        note                                                                                             | setting   | codes          | why
        -------------------------------------------------------------------------------------------------+-----------+----------------+----
        Discharge diagnoses:\\n1. Pneumonia\\nHospital course:\\nEnoxaparin for VTE prophylaxis. Sliding scale insulin. | inpatient | J18.9 | in the stay only
        Home medications: apixaban 5 mg bid, aspirin 81\\nHospital course:\\n1. Pneumonia. Apixaban continued. | inpatient | J18.9 Z79.01 Z79.82 | at home
        Hospital course:\\n1. Pneumonia. She takes warfarin at home, held for the procedure and resumed.  | inpatient | J18.9 Z79.01   | told in prose
        Discharge diagnoses:\\n1. Asthma exacerbation\\nDischarge medications: prednisone 40 mg x 3 more days | inpatient | J45.901     | a course
        Discharge diagnoses:\\n1. Polymyalgia rheumatica\\nHome medications: prednisone 7.5 mg daily      | inpatient | M35.3 Z79.52   | at home
        Discharge diagnoses:\\n1. Hip fracture\\nDischarge medications: oxycodone 5 mg prn #12, enoxaparin 40 mg daily until 4/9 | inpatient | S72.009A | a course
        Discharge diagnoses:\\n1. NSTEMI\\nHospital course:\\nHeparin drip for 48 hours.                   | inpatient | I21.4          | a drip
    """)


def test_told_of_a_film(coding_cases):
    """What a line of a study tells among other lines is a finding of the study, not a diagnosis of the stay.

    Source: ICD-10-CM Official Guidelines III.B. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                          | setting   | codes             | why
        ----------------------------------------------------------------------------------------------+-----------+-------------------+----
        HPI:\\nHip fracture after a fall.\\nTERTIARY SURVEY:\\nNo new injuries. CXR 10/13: no PTX, mild R basilar atelectasis. | inpatient | S72.001A W19.XXXA | on the film only
        HPI:\\nHip fracture after a fall.\\nTERTIARY SURVEY:\\nNo new injuries. Right basilar atelectasis, treated with spirometry. | inpatient | S72.001A J98.11 W19.XXXA | treated
    """)


def test_thought_of_and_given_up(coding_cases):
    """What was thought of in the stay and not found is no uncertain diagnosis at discharge.

    Source: ICD-10-CM Official Guidelines II.H, III.C. Rule II.H-not-upheld.
    """
    coding_cases("""
        note                                                                                       | setting   | codes | why
        -------------------------------------------------------------------------------------------+-----------+-------+----
        Hospital course:\\n1. Pneumonia. CK rose but rhabdomyolysis was not called.                | inpatient | J18.9 | not called
        Hospital course:\\n1. Pneumonia. SIADH was entertained but urine studies pointed away from it. | inpatient | J18.9 | given up
        Hospital course:\\n1. Pneumonia. Tearful; nobody diagnosed depression.                     | inpatient | J18.9 | nobody
        Hospital course:\\n1. Pneumonia. The PCP had wondered about a UTI the week before.          | inpatient | J18.9 | wondered
        Hospital course:\\n1. Pneumonia. The admitting note said "sepsis?" but this was not borne out. | inpatient | J18.9 | asked
        Hospital course:\\n1. Pneumonia. Vasculitis was entertained early and dismissed.           | inpatient | J18.9 | dismissed
        Hospital course:\\n1. Pneumonia. It did not rise to the level of sepsis.                   | inpatient | J18.9 | less than that
        Hospital course:\\n1. Pneumonia. PE was off the table after CTPA.                          | inpatient | J18.9 | off the table
        Hospital course:\\n1. Pneumonia. Because a pancreatic cancer would change the plan, an MRI was done. | inpatient | J18.9 | would
        Hospital course:\\n1. Pneumonia. Not found: DVT, PE, abscess.                              | inpatient | J18.9 | a list
        Hospital course:\\n1. Pneumonia. Myocarditis was floated by cardiology, MRI normal.        | inpatient | J18.9 | floated
        Hospital course:\\n1. Pneumonia. Appendicitis was on the list until the CT.                | inpatient | J18.9 | on the list
    """)


def test_tests_and_their_result(coding_cases):
    """A result that ends a list of tests is that of the whole list.

    Source: ICD-10-CM Official Guidelines III.B, I.C.1.a. Rule II.H-not-upheld.
    """
    coding_cases("""
        note                                                                                       | setting   | codes | why
        -------------------------------------------------------------------------------------------+-----------+-------+----
        Hospital course:\\n1. Cellulitis. Head CT was negative for bleed or stroke.                | inpatient | L03.90 | of both
        Hospital course:\\n1. Cellulitis. Respiratory panel incl. influenza A/B, RSV and SARS-CoV-2 negative. | inpatient | L03.90 | of all
        Hospital course:\\n1. Cellulitis. Rubella immune, HIV/HBsAg/RPR nonreactive, O positive.   | inpatient | L03.90 | of all three
        Hospital course:\\n1. Cellulitis. Hepatitis B and C, HIV, and syphilis negative.           | inpatient | L03.90 | of all
        Hospital course:\\n1. Cellulitis. MRSA nares swab was negative.                            | inpatient | L03.90 | negative
        Hospital course:\\n1. Pneumonia, cultures negative.                                        | inpatient | J18.9  | the cultures only
    """)


def test_words_that_are_no_findings(coding_cases):
    """Names, letterheads, clinics, instruments, anesthesia, allergies and prevention name no condition of the stay.

    Source: ICD-10-CM Official Guidelines III, I.B.14. Rule IV.H-refuted.
    """
    coding_cases("""
        note                                                                                       | setting   | codes | why
        -------------------------------------------------------------------------------------------+-----------+-------+----
        STROKE SERVICE\\nPatient: Ferreira-Nash, Joaquin\\nHospital course:\\n1. Pneumonia. Dr. Crohn saw her. | inpatient | J18.9 | names
        Hospital course:\\n1. Pneumonia. Presented at the thoracic tumor board. Stroke clinic to follow. | inpatient | J18.9 | services
        Hospital course:\\n1. Pneumonia. He was chemically paralyzed for intubation.               | inpatient | J18.9 | anesthesia
        Hospital course:\\n1. Duodenal ulcer treated with epinephrine, bipolar and two clips.      | inpatient | K26.9 | instrument
        Hospital course:\\n1. Pneumonia. The 46 mm bipolar head of her hip is well seated.         | inpatient | J18.9 | implant
        Hospital course:\\n1. Pneumonia. Dry lips and slow capillary refill on arrival.               | inpatient | J18.9 | a sign
        Hospital course:\\n1. Pneumonia. She gets hives from shellfish. Codeine gives her itching. | inpatient | J18.9 Z91.013 | allergies
        Hospital course:\\n1. Pneumonia. DVT/VTE: enoxaparin.                                      | inpatient | J18.9 | prevention
        Hospital course:\\n1. Pneumonia. AKI, dialysis was not needed.                             | inpatient | J18.9 N17.9 | not dependent
        Discharge diagnosis:\\n1. Pneumonia\\n2. Demand ischemia (flat troponins) - NSTEMI ruled out | inpatient | J18.9 I24.89 | another is denied
        Discharge diagnosis:\\n1. Pneumonia\\n2. Osteomyelitis - RULED OUT                       | inpatient | J18.9 | itself
    """)


def test_inpatient_status(coding_cases):
    """A status is reported however the chart words it: oxygen, defibrillator, former smoking, waiting list, lysis elsewhere.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.21.c.4. Rule III-inpatient-status.
    """
    coding_cases("""
        note                                                                                        | setting   | codes           | why
        --------------------------------------------------------------------------------------------+-----------+-----------------+----
        Home meds:\\nhome oxygen 2 L continuous\\nDischarge diagnoses:\\n1. COPD exacerbation       | inpatient | J44.1 Z99.81    | among the drugs
        PMH: primary prevention ICD (2020)\\nDischarge diagnoses:\\n1. Pneumonia                    | inpatient | J18.9 Z95.810   | defibrillator
        Social: Cigarettes, one pack daily for 40 years, stopped in 2004.\\nDischarge diagnoses:\\n1. COPD | inpatient | J44.9 Z87.891 | stopped
        Social: smoker until 2018, 45 pack-years.\\nDischarge diagnoses:\\n1. COPD                   | inpatient | J44.9 Z87.891   | until
        Social: Never tobacco. Smokes weed daily.\\nDischarge diagnoses:\\n1. COPD                   | inpatient | J44.9           | another leaf
        She has been listed for liver transplantation since March.\\nDischarge diagnoses:\\n1. Cirrhosis | inpatient | K74.60 Z76.82 | waiting
        Discharge diagnoses:\\n1. Liver transplant rejection. Seen in transplant clinic.            | inpatient | T86.41          | has one
        Discharge diagnoses:\\n1. Severe malnutrition\\nHospital course: RD: BMI 16.6.               | inpatient | E43 Z68.1       | with its diagnosis
        PMH: suicide attempt in 2015\\nDischarge diagnoses:\\n1. Major depression, recurrent, severe | inpatient | F33.2 Z91.51    | in the past
        He lives in assisted living.\\nDischarge diagnoses:\\n1. Pneumonia                          | inpatient | J18.9           | no problem
    """)


def test_past_and_removed(coding_cases):
    """What was repaired, removed or healed before the stay is not coded as present.

    Source: ICD-10-CM Official Guidelines III.A. Rule III-past-and-removed.
    """
    coding_cases("""
        note                                                                                        | setting   | codes  | why
        --------------------------------------------------------------------------------------------+-----------+--------+----
        PMH: hernia repair; cataracts removed; stab wound to thigh 2011; broken nose as a child\\nDischarge diagnoses:\\n1. Pneumonia | inpatient | J18.9 | all over
        PMH: colon polyps removed in 2022\\nDischarge diagnoses:\\n1. Pneumonia                     | inpatient | J18.9  | removed
        Admitted 03/04/2026\\nHe had a right rotator cuff tear repaired in 2017.\\nDischarge diagnoses:\\n1. Pneumonia | inpatient | J18.9 | long ago
        Discharge diagnoses:\\n1. Inguinal hernia, repaired                                         | inpatient | K40.90 | in this stay
        PMH: HTN (off meds since weight loss, resolved per PCP); plantar fasciitis, resolved\\nDischarge diagnoses:\\n1. Pneumonia | inpatient | J18.9 | said to be over
        PMH: asthma, outgrown; GERD, not on tx any more\\nDischarge diagnoses:\\n1. Pneumonia         | inpatient | J18.9  | no longer there, no longer treated
        PMH: BPH (s/p TURP 2019); gallstones s/p cholecystectomy; cataract s/p extraction\\nDischarge diagnoses:\\n1. Pneumonia | inpatient | J18.9 | ended by the operation
        PMH: hypertension, diabetes, plantar fasciitis, resolved\\nDischarge diagnoses:\\n1. Pneumonia | inpatient | J18.9 I10 E11.9 | the last of them alone
        PMH: Crohn disease s/p ileal resection\\nDischarge diagnoses:\\n1. Pneumonia                | inpatient | J18.9 K50.90 | an operation does not end it
    """)


def test_incidental(coding_cases):
    """Findings for which nothing was done are not reported; those that were followed are.

    Source: ICD-10-CM Official Guidelines III, III.B. Rule III-incidental.
    """
    coding_cases("""
        note                                                                                        | setting   | codes  | why
        --------------------------------------------------------------------------------------------+-----------+--------+----
        Hospital course:\\n1. Pneumonia. Trace pleural effusions were left alone.                   | inpatient | J18.9  | left alone
        Hospital course:\\n1. Pneumonia. Lip sore cultured HSV, nothing needed.                     | inpatient | J18.9  | nothing needed
        Hospital course:\\n1. Pneumonia. A renal cyst was incidental.                               | inpatient | J18.9  | incidental
        PMH: bunion, seasonal rhinitis, hemorrhoids\\nDischarge diagnoses:\\n1. Pneumonia           | inpatient | J18.9  | trivial
        Hospital course:\\n1. Cholecystitis. Ileus for two days, expected after surgery.            | inpatient | K81.9  | expected
        Hospital course:\\n1. Pneumonia.\\n\\nIncidental: umbilical hernia, renal cyst.             | inpatient | J18.9  | labelled so
        Hospital course:\\n1. Pneumonia. Low magnesium of 1.6 was supplemented per protocol.        | inpatient | J18.9  | a value
        Hospital course:\\n1. Pneumonia. Hypomagnesemia, replaced.                                  | inpatient | J18.9 E83.42 | a diagnosis
    """)


def test_homelessness(coding_cases):
    """Where an inpatient lives counts from whatever section tells it; a shelter as a place of work does not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.17, I.B.14. Rule I.C.21.c.17-homelessness.
    """
    coding_cases("""
        setting   | note                                                                                | codes          | why
        ----------+-------------------------------------------------------------------------------------+----------------+----------
        inpatient | Social History: Currently staying at a women's shelter.\\nDischarge Diagnosis: Gout.  | M10.9 Z59.01   | sheltered
        inpatient | Social History: Sleeping in her van.\\nDischarge Diagnosis: Gout.                     | M10.9 Z59.02   | unsheltered
        inpatient | Social History: Homeless, sleeping in a tent.\\nDischarge Diagnosis: Gout.            | M10.9 Z59.02   | the more specific
        inpatient | Social History: Unhoused.\\nDischarge Diagnosis: Gout.                                | M10.9 Z59.00   | no more is said
        inpatient | Social History: Works at a homeless shelter.\\nDischarge Diagnosis: Gout.             | M10.9          | at work
        inpatient | Social History: Was homeless in 2015.\\nDischarge Diagnosis: Gout.                    | M10.9          | long ago
        inpatient | Social History: Keeps tools in his car. Denies homelessness.\\nDischarge Diagnosis: Gout. | M10.9      | denied
    """)


def test_episode_of_a_stay(coding_cases):
    """A stay is for the injury itself unless what led to it speaks of healing; its course may.

    Source: ICD-10-CM Official Guidelines I.C.19.a. Rule III-inpatient-status.
    """
    coding_cases("""
        setting   | note                                                                                                        | codes     | why
        ----------+-------------------------------------------------------------------------------------------------------------+-----------+----------
        inpatient | HPI: Fell today.\\nHospital Course: Nailed. Urged to stop vaping given fracture healing.\\nDischarge Diagnosis: Concussion without loss of consciousness. | S06.0X0A [F17.290] [W19.XXXA] | a course
        inpatient | HPI: Six weeks after the injury, the fracture is healing well.\\nDischarge Diagnosis: Right tibial shaft fracture. | S82.201D  | it led to the stay
    """)


def test_stents_and_attacks_of_the_past(coding_cases):
    """A coronary stent and a transient ischemic attack of the past are reported in a stay; a stent of this stay is none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.21.c.4, III. Rule III-inpatient-status.
    """
    coding_cases("""
        setting   | note                                                                                                 | codes          | why
        ----------+------------------------------------------------------------------------------------------------------+----------------+------------
        inpatient | PMH:\\n- h/o TIA 2017, no residual\\nDischarge diagnoses:\\n1. Pneumonia                              | J18.9 Z86.73   | past
        inpatient | PMH:\\n- No prior TIA\\nDischarge diagnoses:\\n1. Pneumonia                                           | J18.9          | denied
        inpatient | Discharge diagnoses:\\n1. Pneumonia\\n2. CAD s/p PCI w/ DES to LAD (2016), no angina                  | J18.9 I25.10 Z95.5 | past
        inpatient | PMH: CAD, LAD stent 2016\\nDischarge diagnoses:\\n1. Pneumonia                                        | J18.9 I25.10 Z95.5 | past
        inpatient | Discharge diagnoses:\\n1. NSTEMI\\nHospital course: now s/p DES to LAD 5/2/2026.                      | I21.4          | of this stay
    """)


def test_signs_of_a_withdrawal(coding_cases):
    """Anxiety on the scale of a withdrawal is a sign of it; a shelter is no reason for the pills that were not taken.

    Source: ICD-10-CM Official Guidelines I.B.5. Rules I.C.5-mental, I.C.19.e-underdosing.
    """
    coding_cases("""
        setting   | note                                                                                                          | codes            | why
        ----------+---------------------------------------------------------------------------------------------------------------+------------------+------------
        inpatient | Discharge diagnoses:\\n1. Alcohol withdrawal\\nHospital course: CIWA peaked 14 (tremor, sweats, anxiety).       | F10.939          | a sign
        inpatient | Discharge diagnoses:\\n1. Alcohol withdrawal\\n2. Anxiety, on sertraline                                      | F10.939 F41.9    | a disorder
    """)
