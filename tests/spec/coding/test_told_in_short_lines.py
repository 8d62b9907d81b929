"""What short lines of visits tell: a status by its letters, a relative's history, a visit by its age."""


def test_a_stent_by_its_letters(coding_cases):
    """A drug-eluting or bare metal stent stands for the angioplasty, by its vessel or behind "s/p".

    Source: ICD-10-CM Tabular List, Excludes1 at Z98.61; Index, Presence, coronary artery stent. Rule I.B.9-outpatient.
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
    """A cancer in a parent's history is of the family; a relative who carries a gene makes no carrier of the patient.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4. Rule I.C.21.c.4-family-history.
    """
    coding_cases(r"""
        note                                                | codes  | why
        ----------------------------------------------------+--------+------------------
        maternal history of cancer                          | Z80.9  | not the patient's
        Assessment: maternal history of breast cancer       | Z80.3  | kind
        Assessment: history of breast cancer                | Z85.3  | the patient's own
        Assessment: BRCA1 carrier sister                    | -      | adjective
        Assessment: BRCA1 mutation carrier                  | Z15.01 | the patient
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


def test_what_the_pathology_showed(coding_cases):
    """A polyp that a sentence says the pathologist found to be an adenoma is coded as that alone; another kind stays.

    Source: ICD-10-CM Official Guidelines IV.K; Index, Adenoma, see also Neoplasm, benign. Rule IV.K-polyp-pathology.
    """
    coding_cases(r"""
        note                                                                                       | codes       | why
        -------------------------------------------------------------------------------------------+-------------+-------------
        colon polyp; pathology showed tubular adenoma                                              | D12.6       | one sentence
        Colon polyp. Path: tubular adenoma.                                                        | D12.6       | short
        Assessment: Colon polyp, path returned tubular adenoma                                     | D12.6       | verb
        Assessment: Polyp of sigmoid colon, biopsy showed tubular adenoma                          | D12.5       | its site
        Assessment:\n1. Colon polyp\nPath:\nTubular adenoma, transverse colon                      | D12.3       | next line
        Assessment: Colon polyp. Pathology showed a hyperplastic polyp.                            | K63.5       | no adenoma
        Assessment: Colon polyps. Pathology showed one tubular adenoma and one hyperplastic polyp. | K63.5 D12.6 | both
        Assessment: Colon polyp, pathology pending.                                                | K63.5       | not known
        Assessment: Colon polyp. Pathology showed no adenoma.                                      | K63.5       | denied
    """)


def test_diabetes_called_resolved(coding_cases):
    """Diabetes that is "resolved" is neither there nor thereby in remission; a complication that resolved leaves it.

    Source: ICD-10-CM Official Guidelines I.C.4.a ("resolved" is not synonymous with remission). Rule IV.J-reportable.
    """
    coding_cases(r"""
        setting    | note                                                             | codes       | why
        -----------+------------------------------------------------------------------+-------------+-----------------
        outpatient | diabetes, resolved                                               | -           | not there
        outpatient | Assessment: T2DM, resolved after gastric bypass. Hypertension.   | I10 Z98.84  | beside another
        outpatient | PMH: diabetes (resolved), hypertension. Assessment: hypertension | I10         | in a list
        outpatient | Assessment: steroid-induced diabetes, resolved                   | -           | of a drug
        outpatient | Assessment: Type 2 diabetes in remission                         | E11.A       | remission
        outpatient | Assessment: T2DM with ketoacidosis, resolved                     | E11.10      | the complication
        inpatient  | Type 2 diabetes. AKI, resolved.                                  | N17.9 E11.9 | another's
    """)


def test_the_site_that_another_word_tells(coding_cases):
    """A contusion behind the joint that hurts is of that joint; two tunnels are two syndromes; an incision may be named.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.19.b; Index, Contusion; Syndrome, carpal tunnel; Infection, wound,
    surgical. Rules I.C.19-injuries, I.B.9-outpatient.
    """
    coding_cases(r"""
        note                                                             | codes               | why
        -----------------------------------------------------------------+---------------------+-------------------
        L knee pain, s/p fall - contusion                                | S80.02XA [W19.XXXA] | knee
        R shoulder pain after fall - contusion                           | S40.011A [W19.XXXA] | shoulder
        L knee pain after a fall. Contusion.                             | S80.02XA [W19.XXXA] | next sentence
        Contusion                                                        | T14.8XXA            | no joint
        right carpal and cubital tunnel syndrome                         | G56.01 G56.21       | both
        left cubital and carpal tunnel syndromes                         | G56.22 G56.02       | either order
        wound infection of abdominal incision                            | T81.40XA            | incision
        The abdominal incision is infected.                              | T81.40XA            | sentence
        Abdominal incision clean, no signs of infection                  | -                   | denied
        POD 10 s/p appendectomy. Assessment: wound infection.            | T81.40XA            | after an operation
        Post-op visit. Assessment: superficial wound infection.          | T81.41XA            | its depth
        Laceration of left hand 5 days ago. Assessment: wound infection. | B99.9 [S61.412A]    | no operation
    """)


def test_a_deficit_after_a_stroke_at_a_visit(coding_cases):
    """At a visit that tells of nothing acute, what stands after a stroke is what it left.

    Source: ICD-10-CM Official Guidelines I.C.9.d.1. Rule I.C.9.d-sequelae.
    """
    coding_cases(r"""
        setting    | note                                                 | codes           | why
        -----------+------------------------------------------------------+-----------------+------------------------
        outpatient | left foot drop after stroke                          | I69.398 M21.372 | no year
        outpatient | left foot drop following a stroke                    | I69.398 M21.372 | another word
        outpatient | left foot drop after stroke in 2019                  | I69.398 M21.372 | only the stroke is past
        outpatient | Assessment: Right hemiparesis due to left MCA stroke | I69.351         | its cause
        outpatient | Assessment: acute stroke with aphasia                | I63.9 R47.01    | of now
        outpatient | Left foot drop after knee surgery                    | M21.372         | no stroke
        inpatient  | Foot drop. Acute stroke.                             | I63.9 M21.379   | a stay
    """)


def test_reasons_of_a_visit_and_how_it_fares(coding_cases):
    """Each of the reasons of a visit at which nothing is found is reported; what a history tells as it fares is, too, where the
    assessment names no condition.

    Source: ICD-10-CM Official Guidelines IV.A, IV.I, IV.J. Rules IV.J-reportable, IV.J-treated.
    """
    coding_cases(r"""
        note                                                                                             | codes              | why
        -------------------------------------------------------------------------------------------------+--------------------+---------------------------
        Reason: BP recheck; STI screen                                                                   | Z11.3 Z01.30       | two
        Assessment: BP recheck; STI screening; medication refill                                         | Z11.3 Z01.30 Z76.0 | three
        Assessment: Hypertension; medication refill                                                      | I10                | its disease is named
        CC: refill meds\nHPI: hypertension stable on lisinopril. Hypothyroidism stable on levothyroxine. Refills given. | I10 E03.9          | stable
        CC: Medication refill. HPI: Type 2 diabetes well controlled on metformin; hyperlipidemia stable on statin. | E11.9 E78.5 Z79.84 | controlled
        CC: refill meds\nHPI: HTN doing well. PMH: CAD, COPD.\nAssessment: medication refill             | I10                | the others are only listed
        CC: sore throat\nHPI: hypothyroidism stable.\nAssessment: Acute pharyngitis                      | J02.9              | a diagnosis is made
    """)


def test_infections_of_weeks_ago(coding_cases):
    """An infection that lasts days and was weeks ago is over; one that was found then, or persists, is not.

    Source: ICD-10-CM Official Guidelines IV.J, III. Rule IV.J-reportable.
    """
    coding_cases(r"""
        setting    | note                                                  | codes  | why
        -----------+-------------------------------------------------------+--------+--------------
        inpatient  | Pneumonia. Influenza two weeks ago.                   | J18.9  | a stay
        outpatient | Cough. Influenza two weeks ago.                       | R05.9  | a visit
        outpatient | Had the flu three weeks ago, now with sinusitis.      | J32.9  | lay word
        outpatient | Cough. URI two weeks ago.                             | R05.9  | cold
        outpatient | Fatigue. Mono 2 months ago.                           | R53.83 | months
        outpatient | Cough. Pneumonia two months ago.                      | R05.9  | slower
        outpatient | Diagnosed with mono two weeks ago, still tired.       | B27.90 | found then
        outpatient | Sore throat. Strep throat 3 weeks ago, never cleared. | J02.0  | not over
        outpatient | Influenza, onset two days ago.                        | J11.1  | days
        outpatient | Pneumonia two weeks ago, on day 14 of levofloxacin.   | J18.9  | still treated
    """)


def test_a_colonoscopy_for_screening(coding_cases):
    """The report of a colonoscopy whose indication is "screening" is that of the colon; what is found follows it.

    Source: ICD-10-CM Official Guidelines I.C.21.c.5; Index, Screening, neoplasm, colon. Rule I.C.21.c-visit-title.
    """
    coding_cases(r"""
        note                                                                                           | codes         | why
        -----------------------------------------------------------------------------------------------+---------------+----------------------
        COLONOSCOPY REPORT\nIndication: screening\nFindings: normal.                                   | Z12.11        | the bare word
        Colonoscopy\nIndications: Average risk screening\nImpression: sigmoid diverticulosis           | Z12.11 K57.30 | a finding
        Procedure: Colonoscopy\nIndication: routine screening\nImpression: 4 mm polyp in cecum removed | Z12.11 K63.5  | a polyp
        Colonoscopy\nIndication: colon cancer screening\nImpression: internal hemorrhoids              | Z12.11 K64.8  | in full
        Colonoscopy\nIndication: rectal bleeding\nImpression: internal hemorrhoids                     | K64.8         | a symptom
        Clinic visit\nLast colonoscopy normal. Indication: screening.                                  | -             | no colonoscopy of now
    """)
