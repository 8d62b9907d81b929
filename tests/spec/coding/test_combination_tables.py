"""Combination codes by table, and what a denial inside a mention takes away."""


def test_denied_within(coding_cases):
    """What is denied between the words of a mention does not make the combination.

    Source: ICD-10-CM Official Guidelines I.A.19, III.B. Rule III.B-denied-within.
    """
    coding_cases("""
        note                                                              | codes | why
        ------------------------------------------------------------------+-------+---------------------------
        Assessment:\\nGastritis, no bleeding, start omeprazole.            | K29.70 | the bleeding is denied
    """)


def test_musculoskeletal_combinations(coding_cases):
    """The site of an osteoporotic fracture stands in the code of the osteoporosis.

    Source: ICD-10-CM Official Guidelines I.C.13.d. Rule I.C.13-musculoskeletal.
    """
    coding_cases("""
        setting   | note                                                                                    | codes     | why
        ----------+-----------------------------------------------------------------------------------------+-----------+------
        inpatient | Discharge diagnosis:\\n1. Age-related osteoporosis with pathological fracture of the left hip | M80.052A | one code
    """)


def test_neoplasm_combinations(coding_cases):
    """The lobe that the chart names stands in the code.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.2. Rule I.C.2-neoplasms.
    """
    coding_cases("""
        note                                                                  | codes  | why
        ----------------------------------------------------------------------+--------+------
        Assessment:\\nLung cancer of the right upper lobe, on chemotherapy.    | C34.11 | side and lobe
    """)


def test_secondary_sites(coding_cases):
    """The site to which a neoplasm has spread is secondary.

    Source: ICD-10-CM Official Guidelines I.C.2, I.C.2.m. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        note                                                                                | codes         | why
        ------------------------------------------------------------------------------------+---------------+-----------
        Assessment:\\nProstate cancer metastatic to bone.                                    | C61 C79.51    | to
    """)


def test_outpatient_combinations(coding_cases):
    """Conditions that one code joins are one code.

    Source: ICD-10-CM Official Guidelines I.B.9, I.C.5, I.C.6. Rule I.B.9-outpatient.
    """
    coding_cases("""
        note                                                                 | codes   | why
        ---------------------------------------------------------------------+---------+------------------------
        Assessment:\\nHypothyroidism after thyroidectomy, continue levothyroxine | E89.0 | after treatment of the gland
    """)


def test_one_code_says_both(coding_cases):
    """What a code says already is not said beside it; what the words add makes another code of the same condition.

    Source: ICD-10-CM Official Guidelines I.B.5, I.B.9, I.A.14; titles of K50, K51, K71, F10, C77, M35.01. Rules
    I.C.11-digestive, I.C.5-mental, I.C.2-neoplasms, I.C.13-musculoskeletal, I.C.4-endocrine, I.C.1-infections,
    I.C.15-obstetric, I.C.10-respiratory, I.B.5-integral.
    """
    coding_cases("""
        setting | note | codes | why
        -------------+------+-------+----
        professional | Assessment and Plan:\\nCrohn's ileocolitis with rectal bleeding, active. Increase adalimumab. | K50.811 [Z79.620] | the bleeding is in the code
        professional | Assessment and Plan:\\nCrohn's ileocolitis, active, with loss of response to adalimumab related to a low trough. Increase adalimumab. | K50.80 [Z79.620] | no effect of the drug
        inpatient | Discharge diagnoses:\\n1. Acute toxic hepatitis due to acetaminophen, taken as directed. | K71.2 T39.1X5A | acute
        inpatient | Discharge diagnoses:\\n1. Alcohol dependence with withdrawal, uncomplicated. | F10.230 | uncomplicated
        inpatient | Discharge diagnoses:\\n1. Alcohol use disorder, mild, with intoxication. | F10.129 | intoxication
        inpatient | Principal diagnosis: Adenocarcinoma of the sigmoid colon.\\nSecondary diagnoses: Pericolic lymph node metastases (2 of 19). | C18.7 C77.2 | region of the nodes
        professional | Assessment and Plan:\\nSjogren's syndrome with keratoconjunctivitis sicca. Dry eyes: artificial tears. | M35.01 | the dry eyes are in the code
        professional | Assessment and Plan:\\nCKD stage 4 from diabetic nephropathy, A3 albuminuria. Type 2 diabetes. | E11.22 N18.4 | albuminuria of the nephropathy
        professional | Assessment and Plan:\\nSuperficial surgical site infection at the umbilical port following the cholecystectomy. Start cephalexin. | T81.41XA [Z90.49] | the port of a trocar
        inpatient | Discharge diagnoses:\\n1. Preeclampsia with severe features, delivered.\\nHospital course: Membranes ruptured artificially, clear fluid. | O14.14 | ruptured by the doctor
        inpatient | Principal diagnosis: Urinary tract infection.\\nHospital course: She tried to put on two coats. | N39.0 | clothes
        professional | Assessment and Plan:\\nChronic hypoxic respiratory failure on 2 L home oxygen, stable. | J96.11 Z99.81 | what the patient depends on
        professional | Assessment and Plan:\\nTobacco. She is still dependent on cigarettes. Reviewed never smoking around oxygen. Start varenicline. | F17.210 | advice, no denial
        professional | HPI: ICD interrogation today: battery 7 years.\\nAssessment and Plan:\\nIschemic cardiomyopathy. The defibrillator is functioning normally. | I25.5 Z95.810 | in place
        professional | Assessment and Plan:\\nEndometriosis. Wants a copper IUD later this year. | N80.9 | wished for
    """)
