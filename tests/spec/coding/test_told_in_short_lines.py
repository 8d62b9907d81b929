"""What short lines of visits tell: a status by its letters, a relative's history, a visit by its age."""


def test_a_stent_by_its_letters(coding_cases):
    """A drug-eluting or bare metal stent stands for the angioplasty, by its vessel or behind "s/p".

    Source: ICD-10-CM Tabular List, Excludes1 at Z98.61; Index, Presence, coronary artery stent. Rule I.C.9-circulatory.
    """
    coding_cases(r"""
        note                                           | codes         | why
        -----------------------------------------------+---------------+--------------
        CAD s/p DES LAD                                | I25.10 Z95.5  | its vessel
        CAD, s/p DES to LAD 2022                       | I25.10 Z95.5  | with a year
        CAD s/p PCI/DES to mid RCA 2021                | I25.10 Z95.5  | not Z98.61
        CAD s/p PCI with DES x2 2019                   | I25.10 Z95.5  | number
        CAD with prior DES                             | I25.10 Z95.5  | no vessel
        CAD s/p PCI 2015                               | I25.10 Z98.61 | no stent told
        Unstable angina. Plan: cath with DES if needed | I20.0         | still ahead
    """)


def test_the_well_newborn_by_its_days(coding_cases):
    """A well newborn of some days in an assessment is the visit of that age, not the record of the birth.

    Source: ICD-10-CM Official Guidelines I.C.16.a.2, I.C.21.c.13. Rule I.C.21.c.13-newborn-visit.
    """
    coding_cases(r"""
        setting    | note                                                         | codes   | why
        -----------+--------------------------------------------------------------+---------+----------------------
        outpatient | Assessment: well newborn, 5 days old                         | Z00.110 | first week
        outpatient | Assessment: well newborn, 12 days old                        | Z00.111 | later
        outpatient | A/P: Well newborn 3 days old. Feeding well.                  | Z00.110 | number behind
        outpatient | Assessment: Healthy newborn, 10 days old                     | Z00.111 | another word
        inpatient  | Term male born by vaginal delivery. Assessment: well newborn | Z38.00  | the stay of the birth
    """)


def test_the_history_of_a_parent(coding_cases):
    """"Maternal history" is that of the mother; who carries a gene among the relatives is a family history of its own.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4; Index, History, family, carrier of genetic disease. Rule
    I.C.21.c.4-family-history.
    """
    coding_cases(r"""
        note                                                | codes  | why
        ----------------------------------------------------+--------+------------------
        maternal history of cancer                          | Z80.9  | not the patient's
        Assessment: maternal history of breast cancer       | Z80.3  | kind
        Assessment: history of breast cancer                | Z85.3  | the patient's own
        Assessment: sister is a carrier of cystic fibrosis  | Z84.81 | carrier
        Assessment: Mother is a carrier of BRCA2            | Z84.81 | gene
        Assessment: BRCA1 carrier sister                    | Z84.81 | adjective
        Assessment: BRCA1 mutation carrier                  | Z15.01 | the patient
        Assessment: cystic fibrosis carrier                 | Z14.1  | the patient
        Assessment: husband is a carrier of cystic fibrosis | -      | no kin by blood
    """)


def test_rising_psa_after_treatment(coding_cases):
    """A PSA that rises where the cancer of the prostate is history has its own code.

    Source: ICD-10-CM Alphabetic Index, Rising, PSA, following treatment for malignant neoplasm of prostate. Rule
    I.C.2-neoplasms.
    """
    coding_cases(r"""
        note                                                                     | codes                | why
        -------------------------------------------------------------------------+----------------------+-------------
        Rising PSA, s/p prostatectomy for prostate cancer                        | R97.21 Z85.46 Z90.79 | operated
        Assessment: Elevated PSA. History of prostate cancer s/p radiation 2019. | R97.21 Z85.46        | irradiated
        Assessment: Elevated PSA. Father had prostate cancer.                    | R97.20 Z80.42        | the father's
        Assessment: Elevated PSA                                                 | R97.20               | no cancer
    """)


def test_small_words_of_visits(coding_cases):
    """A blood pressure that is rechecked, "hx" without "of", and the eyes and nose that an allergy inflames.

    Source: ICD-10-CM Alphabetic Index, Examination, blood pressure; Allergy, status; Conjunctivitis, acute, atopic. Rule
    I.C.21.c.3-allergy-told.
    """
    coding_cases(r"""
        note                                               | codes        | why
        ---------------------------------------------------+--------------+---------------------
        Assessment: BP recheck, normal today               | Z01.30       | recheck
        CC: BP recheck\nAssessment: Hypertension, at goal. | I10          | its disease is known
        hx anaphylaxis to peanut                           | Z91.010      | no "of"
        hx of anaphylaxis to peanuts                       | Z91.010      | with "of"
        Anaphylaxis to peanut today                        | T78.01XA     | of now
        allergic rhinoconjunctivitis                       | J30.9 H10.10 | both
        seasonal allergic rhinoconjunctivitis              | J30.2 H10.10 | season
        Allergic rhinitis and conjunctivitis               | J30.9 H10.10 | two words
    """)
