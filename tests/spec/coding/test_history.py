"""What is over and what runs in the family."""


def test_past_cancer(coding_cases):
    """A cancer removed and no longer treated is history; one under treatment is not.

    Source: ICD-10-CM Official Guidelines I.C.2.m, I.C.21.c.4, c.8. Rule I.C.2.m-past-cancer.
    """
    coding_cases("""
        note                                                                                           | codes         | why
        -----------------------------------------------------------------------------------------------+---------------+----------------------
        Assessment:\\n1. History of breast cancer, s/p lumpectomy, no evidence of recurrence.           | Z08 Z85.3 [Z90.10] [Z98.890] | surveillance
        Assessment:\\n1. Hypertension\\n2. History of melanoma, no recurrence                            | I10 Z85.820   | not the reason
        Assessment:\\n1. Breast cancer, continue chemotherapy                                           | C50.919       | under treatment
    """)


def test_personal_history(coding_cases):
    """A condition that is over takes its history code where the assessment takes it up; an old infarction is I25.2.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.C.9.e.4, IV.J. Rule I.C.21.c.4-personal-history.
    """
    coding_cases("""
        note                                                                            | codes         | why
        --------------------------------------------------------------------------------+---------------+------------------
        Assessment:\\n1. Hypertension\\n2. History of DVT, no anticoagulation needed      | I10 Z86.718   | taken up
        Past Medical History: DVT in 2010\\nAssessment:\\n1. Hypertension                 | I10           | not taken up
        Assessment:\\n1. Pneumonia, resolved.\\n2. Hypertension                           | Z09 Z87.01 I10 | over
        Assessment:\\n1. CAD. He had a myocardial infarction in 2015.                    | I25.10 I25.2  | more than four weeks
        Assessment:\\n1. Hypertension\\n2. History of PE, off anticoagulation             | I10 Z86.711   | said in an abbreviation
    """)


def test_family_history(coding_cases):
    """A family history is reported where the assessment takes it up.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4. Rule I.C.21.c.4-family-history.
    """
    coding_cases("""
        note                                                                              | codes      | why
        ----------------------------------------------------------------------------------+------------+----------------
        Assessment:\\n1. Hypertension\\n2. Family history of colon cancer, colonoscopy      | I10 Z80.0  | taken up
        Family History: father colon cancer\\nAssessment:\\n1. Hypertension                 | I10        | not taken up
        Assessment:\\n1. Hypertension. No family history of colon cancer.                   | I10        | denied
    """)


def test_status(coding_cases):
    """A status follows an operation that was done, not one that is discussed.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-status.
    """
    coding_cases("""
        note                                                                                    | codes         | why
        ----------------------------------------------------------------------------------------+---------------+-----------
        Assessment:\\n1. Uterine fibroids. We discussed hysterectomy.                             | D25.9         | discussed
        Assessment:\\n1. Hypothyroidism\\n2. Status post kidney transplant                         | E03.9 Z94.0   | done
    """)


def test_former_smoker(coding_cases):
    """Words of past smoking are no current dependence.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4. Rule I.C.21.c.4-past-tobacco.
    """
    coding_cases("""
        note                                                                                                | codes          | why
        ----------------------------------------------------------------------------------------------------+----------------+------
        Social History: Former smoker, smoked 1 pack per day, quit smoking in 2010.\\nAssessment:\\n1. COPD  | J44.9 Z87.891  | J44: use additional
    """)


def test_follow_up_of_what_is_over(coding_cases):
    """A visit that finds a treated condition gone is Z09, or Z08 after cancer, with the history; what remains is coded.

    Source: ICD-10-CM Official Guidelines I.C.21.c.8, I.C.21.c.4. Rules I.C.21.c.4-personal-history, I.C.2.m-past-cancer.
    """
    coding_cases("""
        note                                                                                                     | codes          | why
        ---------------------------------------------------------------------------------------------------------+----------------+-----------------
        Assessment:\\n1. Follow-up of UTI, resolved.                                                             | Z09 Z87.440    | gone
        Assessment:\\n1. Follow-up after treatment of pneumonia, now resolved.                                   | Z09 Z87.01     | gone
        Assessment:\\n1. Follow-up exam after completed treatment for pneumonia.                                 | Z09 Z87.01     | completed
        Assessment:\\n1. Pneumonia follow-up: resolved clinically and on x-ray.                                  | Z09 Z87.01     | gone
        Assessment:\\n1. Follow-up after completed antibiotics for pneumonia; infiltrate persists.               | J18.9          | not gone
        Assessment:\\n1. Follow-up of pneumonia, resolving.                                                      | J18.9          | not gone
        Assessment:\\n1. Kidney stone, passed. Repeat CT clear.                                                  | Z09 Z87.442    | passed
        Assessment:\\n1. Kidney stone, likely passed.                                                            | N20.0          | not certain
        Assessment:\\n1. COVID-19, recovered.                                                                    | Z09 Z86.16     | gone
        Assessment:\\n1. Hypertension.\\n2. Pneumonia, resolved.                                                 | I10 Z87.01     | not why she came
        Assessment:\\n1. Colon cancer surveillance: colonoscopy clear, no recurrence. Resected 2019.             | Z08 Z85.038 [Z90.49] | watched for
        Assessment:\\n1. Follow-up visit, history of prostate cancer s/p prostatectomy 2018, PSA undetectable.   | Z08 Z85.46 Z90.79 | nothing found
        Follow-up after completed treatment for breast cancer, no evidence of disease.                           | Z08 Z85.3      | a letter
    """)


def test_what_an_old_injury_left(coding_cases):
    """An injury of the cord of former years follows the paralysis that it left as its sequela; a new one is an injury.

    Source: ICD-10-CM Official Guidelines I.B.10. Rule I.B.10-cord-injury.
    """
    coding_cases("""
        setting   | note                                                                              | codes                   | why
        ----------+-----------------------------------------------------------------------------------+-------------------------+-----------
        outpatient | Assessment:\\n1. Complete paraplegia from a T10 spinal cord injury in 1998, cushion ordered. | G82.21 S24.103S | a year
        outpatient | Assessment:\\n1. Paraplegia from a T10 spinal cord injury 1998. Cushion.        | G82.20 S24.103S         | no "in"
        outpatient | Assessment:\\n1. Quadriplegia due to C5 spinal cord injury 10 years ago.          | G82.50 S14.105S         | years ago
        outpatient | Assessment:\\n1. C6 SCI with quadriplegia in 2010, neurogenic bladder, catheter same. | G82.50 N31.9 S14.106S | bladder too
        outpatient | Assessment:\\n1. T10 spinal cord injury in 1998, fully recovered.                 |                         | nothing left
        inpatient | Discharge diagnoses:\\n1. T10 spinal cord injury with paraplegia                 | S24.103A G82.20         | of today
    """)


def test_lasting_conditions_of_a_past_cause(coding_cases):
    """The year of a cause does not make a lasting condition past; it does what was over.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                               | codes           | why
        -----------------------------------------------------------------------------------+-----------------+-------------
        Assessment:\\n1. Chronic right knee pain from an injury in 2005, start naproxen.    | M25.561         | chronic
        Assessment:\\n1. Quadriplegia after a diving accident 12 years ago, baclofen.        | G82.50          | lasting
        Assessment:\\n1. Lymphedema of the left arm following mastectomy in 2015, sleeve.    | I97.2 Z90.12    | of the mastectomy
        Assessment:\\n1. Pneumonia in 2019.                                                 | Z87.01          | over
        Assessment:\\n1. Pulmonary embolism following knee surgery in 2015.                 | Z86.711         | over
    """)


def test_treatment_that_is_over(coding_cases):
    """Radiotherapy and chemotherapy of the past are history; a course that goes on is none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.C.2.e.2. Rule I.C.21.c.4-past-treatment.
    """
    coding_cases("""
        note                                                                         | codes        | why
        -----------------------------------------------------------------------------+--------------+----
        Assessment:\\n1. History of breast cancer treated with radiation in 2015.     | Z85.3 Z92.3  | year
        Assessment:\\n1. History of prostate cancer, s/p XRT.                         | Z85.46 Z92.3 | status post
        Assessment:\\n1. History of colon cancer, completed chemotherapy last year.   | Z85.038 Z92.21 | completed
        Assessment:\\n1. Encounter for radiotherapy for breast cancer.                | Z51.0 C50.919 | now
        Assessment:\\n1. Breast cancer, no previous chemotherapy.                     | C50.919      | never
    """)


def test_toes_and_fingers_that_are_gone(coding_cases):
    """The loss of a toe or finger is an absence; the loss of their sensation is none, nor is what only might be lost.

    Source: ICD-10-CM Alphabetic Index, Absence, toe (acquired); Absence, finger. Rule I.C.21.c.3-status.
    """
    coding_cases(r"""
        note                                                    | codes   | why
        --------------------------------------------------------+---------+----------
        loss of two toes of the left foot                       | Z89.422 | loss
        missing toes right foot                                 | Z89.421 | missing
        Assessment: absent left great toe                       | Z89.412 | great toe
        Loss of two fingers of left hand                        | Z89.022 | fingers
        Assessment: at risk for loss of toes                    | -       | a risk
        Assessment: loss of sensation in the toes               | R20.8   | sensation
        PE: missing left great toe. Assessment: type 2 diabetes | E11.9   | only seen
    """)


def test_family_history_behind_its_noun(coding_cases):
    """A history named behind its noun is that of the family where it says so, and no disease of the patient.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4.
    """
    coding_cases("""
        note                                                                   | codes           | why
        -----------------------------------------------------------------------+-----------------+-----
        Assessment:\\n1. Breast cancer, family history. Mammogram ordered.\\n2. Colon cancer, family history. | Z80.3 Z80.0 | two
        Assessment: Breast cancer, family history of.                          | Z80.3           | with its preposition
        Assessment: Kidney stones, history of.                                 | Z87.442         | his own
        Assessment: Breast cancer, family history negative. Tamoxifen.         | C50.919 [Z79.810] | her own disease
        Assessment: Gout, family history of diabetes.                          | M10.9 Z83.3     | the next noun
    """)
