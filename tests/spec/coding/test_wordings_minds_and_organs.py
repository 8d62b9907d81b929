"""Diagnoses of chapters 1 to 8 as patients, offices and wards word them: lay, telegraphic, inverted, side anywhere."""


def test_wordings_infections(coding_cases):
    """Infections in office words: organisms, sites and courses in any order.

    Source: ICD-10-CM Official Guidelines I.C.1, I.B.1 to I.B.3.
    """
    coding_cases("""
        note                                                | codes          | why
        ----------------------------------------------------+----------------+------
        Assessment:\\n1. stomach bug                        | A08.4          | words
        Assessment:\\n1. norovirus                          | A08.11         | words
        Assessment:\\n1. MAC lung infection                 | A31.0          | words
        Assessment:\\n1. strep throat                       | J02.0          | words
        Assessment:\\n1. gonococcal urethritis              | A54.01         | words
        Assessment:\\n1. chlamydia                          | A74.9          | words
        Assessment:\\n1. trich                              | A59.9          | words
        Assessment:\\n1. trichomonal vaginitis              | A59.01         | words
        Assessment:\\n1. cold sores                         | B00.1          | words
        Assessment:\\n1. post-shingles pain                 | B02.29         | words
        Assessment:\\n1. HFMD                               | B08.4          | words
        Assessment:\\n1. ringworm of the scalp              | B35.0          | words
        Assessment:\\n1. tinea on the groin                 | B35.6          | words
        Assessment:\\n1. fungal infection of the nails      | B35.1          | words
        Assessment:\\n1. oral thrush                        | B37.0          | words
        Assessment:\\n1. recurrent vaginal yeast infections | B37.32         | words
        Assessment:\\n1. yeast under the breasts            | B37.2          | words
        Assessment:\\n1. chronic hep B                      | B18.1          | words
        Assessment:\\n1. mono                               | B27.90         | words
        Assessment:\\n1. viral syndrome                     | B34.9          | words
        Assessment:\\n1. covid pneumonia                    | U07.1, J12.82  | words
        Assessment:\\n1. post-COVID fatigue                 | R53.83, U09.9  | words
        Assessment:\\n1. MRSA bacteremia                    | R78.81, B95.62 | words
        Assessment:\\n1. urosepsis with UTI                 | N39.0          | words
    """)


def test_wordings_neoplasms(coding_cases):
    """Neoplasms by site, behaviour and course as the chart words them.

    Source: ICD-10-CM Official Guidelines I.C.2.
    """
    coding_cases("""
        note                                                    | codes          | why
        --------------------------------------------------------+----------------+------
        Assessment:\\n1. breast ca, L, ER+                      | C50.912, Z17.0 | words
        Assessment:\\n1. DCIS left breast                       | D05.12         | words
        Assessment:\\n1. prostate CA with mets to bone          | C61, C79.51    | words
        Assessment:\\n1. mets to the liver from colon ca        | C78.7, C18.9   | words
        Assessment:\\n1. h/o breast ca s/p lumpectomy 2015      | Z85.3          | words
        Assessment:\\n1. hx of lymphoma in remission            | C85.9A         | words
        Assessment:\\n1. lung cancer RUL                        | C34.11         | words
        Assessment:\\n1. basal cell on the nose                 | C44.311        | words
        Assessment:\\n1. squamous cell skin cancer of left hand | C44.629        | words
        Assessment:\\n1. Bowen's disease of the left arm        | D04.62         | words
        Assessment:\\n1. SCC in situ of right lower leg         | D04.71         | words
        Assessment:\\n1. melanoma left arm                      | C43.62         | words
        Assessment:\\n1. lipoma, right thigh                    | D17.23         | words
        Assessment:\\n1. myeloma in remission                   | C90.01         | words
        Assessment:\\n1. CLL                                    | C91.10         | words
        Assessment:\\n1. MGUS                                   | D47.2          | words
        Assessment:\\n1. tubular adenoma of the sigmoid         | D12.5          | words
        Assessment:\\n1. laryngeal ca                           | C32.9          | words
        Assessment:\\n1. malignant pleural effusion             | J91.0          | words
    """)


def test_wordings_blood(coding_cases):
    """Blood in office words.

    Source: ICD-10-CM Official Guidelines I.C.3, I.C.2.c.1.
    """
    coding_cases("""
        note                                        | codes         | why
        --------------------------------------------+---------------+------
        Assessment:\\n1. IDA 2/2 chronic blood loss | D50.0         | words
        Assessment:\\n1. macrocytic anemia          | D53.9         | words
        Assessment:\\n1. HbSC disease               | D57.20        | words
        Assessment:\\n1. beta thal minor            | D56.3         | words
        Assessment:\\n1. anemia of CKD              | N18.9, D63.1  | words
        Assessment:\\n1. anemia of CKD stage 4      | N18.4, D63.1  | words
        Assessment:\\n1. sickle cell pain crisis    | D57.00        | words
        Assessment:\\n1. low platelets              | D69.6         | words
        Assessment:\\n1. neutropenic fever          | D70.9, R50.81 | words
        Assessment:\\n1. asplenia, s/p splenectomy  | Z90.81        | words
        Assessment:\\n1. vWD type 1                 | D68.01        | words
    """)


def test_wordings_metabolism(coding_cases):
    """Diabetes, thyroid, lipids and electrolytes as patients and offices word them.

    Source: ICD-10-CM Official Guidelines I.C.4.a.
    """
    coding_cases("""
        note                                                     | codes            | why
        ---------------------------------------------------------+------------------+------
        Assessment:\\n1. sugar diabetes                          | E11.9            | words
        Assessment:\\n1. kidney involvement of diabetes          | E11.29           | words
        Assessment:\\n1. DM2 with lows                           | E11.649          | words
        Assessment:\\n1. hypoglycemic episode in T1DM            | E10.649          | words
        Assessment:\\n1. diabetic foot ulcer, right heel         | E11.621, L97.419 | words
        Assessment:\\n1. DM2 with foot ulcer, left great toe     | E11.621, L97.529 | words
        Assessment:\\n1. diabetic nerve pain in feet             | E11.42           | words
        Assessment:\\n1. diabetes with numb feet from neuropathy | E11.40           | words
        Assessment:\\n1. diabetes after pancreatectomy           | E13.9, E89.1, Z90.410 | words
        Assessment:\\n1. diabetes secondary to pancreatitis      | K85.90, E08.9    | words
        Assessment:\\n1. T1DM on insulin pump                    | E10.9, Z96.41    | words
        Assessment:\\n1. pre-DM                                  | R73.03           | words
        Assessment:\\n1. thyroid nodule                          | E04.1            | words
        Assessment:\\n1. bilateral thyroid nodules               | E04.2            | words
        Assessment:\\n1. nodule on thyroid                       | E04.1            | words
        Assessment:\\n1. thyroid is low                          | E03.9            | words
        Assessment:\\n1. thyroid overactive, Graves              | E05.00           | words
        Assessment:\\n1. high LDL                                | E78.00           | words
        Assessment:\\n1. LDL above goal                          | E78.00           | words
        Assessment:\\n1. cholesterol is up                       | E78.00           | words
        Assessment:\\n1. high cholesterol and triglycerides      | E78.2            | words
        Assessment:\\n1. triglycerides high                      | E78.1            | words
        Assessment:\\n1. low vit D                               | E55.9            | words
        Assessment:\\n1. low K                                   | E87.6            | words
        Assessment:\\n1. high sodium                             | E87.0            | words
        Assessment:\\n1. low phos                                | E83.39           | words
        Assessment:\\n1. weighs too much                         | E66.3            | words
        Assessment:\\n1. obesity, class 3                        | E66.813          | words
        Assessment:\\n1. CF with lung involvement                | E84.0            | words
        Assessment:\\n1. hypopara                                | E20.9            | words
        Assessment:\\n1. low T                                   | E29.1            | words
    """)


def test_wordings_mind_and_nerves(coding_cases):
    """Mental and nervous disorders as they are worded.

    Source: ICD-10-CM Official Guidelines I.C.5, I.C.6.
    """
    coding_cases("""
        note                                                                | codes          | why
        --------------------------------------------------------------------+----------------+------
        Assessment:\\n1. MDD recurrent in full remission                    | F33.42         | words
        Assessment:\\n1. bipolar 1, most recent episode depressed, moderate | F31.32         | words
        Assessment:\\n1. ASD, level 1                                       | F84.0          | words
        Assessment:\\n1. tobacco use                                        | Z72.0          | words
        Assessment:\\n1. cigarette smoker                                   | F17.210        | words
        Assessment:\\n1. alcoholic in recovery                              | F10.21         | words
        Assessment:\\n1. opioid dependence in remission on methadone        | F11.21         | words
        Assessment:\\n1. Alzheimer's dementia with behavioral disturbance   | G30.9, F02.818 | words
        Assessment:\\n1. Lewy body dementia                                 | G31.83, F02.80 | words
        Assessment:\\n1. vascular dementia                                  | F01.50         | words
        Assessment:\\n1. anorexia nervosa, binge-purge                      | F50.029        | words
        Assessment:\\n1. adjustment d/o with depressed mood                 | F43.21         | words
        Assessment:\\n1. cerebral palsy, spastic quad                       | G80.0          | words
        Assessment:\\n1. CRPS right arm                                     | G90.511        | words
        Assessment:\\n1. CRPS type 1 left leg                               | G90.522        | words
        Assessment:\\n1. secondary progressive MS, active                   | G35.C1         | words
        Assessment:\\n1. MG with exacerbation                               | G70.01         | words
        Assessment:\\n1. pinched nerve at the wrist, carpal tunnel, left    | G56.02         | words
        Assessment:\\n1. bipolar II disorder, current episode depressed, moderate| F31.81         | words
    """)


def test_wordings_eye_and_ear(coding_cases):
    """Eyes and ears: sides as they are abbreviated, everyday names.

    Source: ICD-10-CM Official Guidelines I.B.13, I.C.7.
    """
    coding_cases("""
        note                                                          | codes    | why
        --------------------------------------------------------------+----------+------
        Assessment:\\n1. bacterial conjunctivitis OD                  | H10.021  | words
        Assessment:\\n1. corneal abrasion OD                          | S05.01XA | words
        Assessment:\\n1. pterygium OS                                 | H11.002  | words
        Assessment:\\n1. macular hole OD                              | H35.341  | words
        Assessment:\\n1. NS cataract OD                               | H25.11   | words
        Assessment:\\n1. PVD OS                                       | H43.812  | words
        Assessment:\\n1. wet AMD left eye, active                     | H35.3221 | words
        Assessment:\\n1. BRVO right eye with macular edema            | H34.8310 | words
        Assessment:\\n1. CRVO left                                    | H34.8122 | words
        Assessment:\\n1. vision loss left eye                         | H54.62   | words
        Assessment:\\n1. broken blood vessel left eye                 | H11.32   | words
        Assessment:\\n1. clogged tear duct, left                      | H04.552  | words
        Assessment:\\n1. droopy left lid                              | H02.402  | words
        Assessment:\\n1. ptosis of both lids                          | H02.403  | words
        Assessment:\\n1. middle ear infection, pus behind drum, right | H66.41   | words
        Assessment:\\n1. acute OM R with ruptured TM                  | H66.011  | words
        Assessment:\\n1. serous otitis, both ears                     | H65.93   | words
        Assessment:\\n1. fluid in left ear                            | H65.92   | words
        Assessment:\\n1. eustachian tube dysfunction, bilateral       | H69.93   | words
        Assessment:\\n1. impacted cerumen AU                          | H61.23   | words
        Assessment:\\n1. right ear canal impacted with wax              | H61.21   | words
        Assessment:\\n1. SNHL AU                                      | H90.3    | words
        Assessment:\\n1. hearing loss, sensorineural, right ear       | H90.41   | words
        Assessment:\\n1. conductive hearing loss left ear             | H90.12   | words
        Assessment:\\n1. sudden hearing loss right ear                | H91.21   | words
        Assessment:\\n1. ringing in left ear                          | H93.12   | words
    """)


def test_wordings_mets_and_failures(coding_cases):
    """Mets of a cancer, not of an exercise; the failure that an abbreviation means by what stands around.

    Source: ICD-10-CM Official Guidelines I.B.1. Rule IV.J-reportable.
    """
    coding_cases(r"""
        note                                                          | codes                | why
        --------------------------------------------------------------+----------------------+------
        Assessment:\n1. Lung cancer with mets to the brain and bones. | C34.90 C79.31 C79.51 | sites
        Assessment:\n1. Colon cancer with known mets.                 | C18.9 C79.9          | no site
        Assessment:\n1. Gout. Able to do 4 METs.                      | M10.9                | exercise
        Assessment:\n1. ARF with creatinine 4.                        | N17.9                | renal
        Assessment:\n1. ARF requiring intubation, hypoxia.            | J96.01               | respiratory
        Assessment:\n1. CKF stage 4.                                  | N18.4                | kidney
        Assessment:\n1. 35-year-old man with infertility.             | N46.9                | by sex
        Assessment:\n1. 35-year-old woman with infertility.           | N97.9                | by sex
    """)
