"""Clinic notes and letters: what their prose asserts, where their assessment begins, and in which order."""


def test_thoughts_that_were_given_up(coding_cases):
    """What was considered, excluded, or stood wrongly in a record is no diagnosis; criteria that are met make one.

    Source: ICD-10-CM Official Guidelines IV.H. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                                          | codes             | why
        --------------------------------------------------------------------------------------------------------------+-------------------+----------------
        Assessment:\\n1. Cellulitis of right hand.\\nconsidered septic joint, tenosynovitis, abscess - exam does not fit. | L03.113           | considered
        Assessment:\\n1. BPPV, right. I considered Meniere's disease because of her mother.                           | H81.11            | considered
        Assessment:\\n1. Menorrhagia. Cancer r/o by EMB.                                                              | N92.0             | excluded by a test
        Assessment:\\n1. Chronic ITP. The marrow and genetics exclude myelodysplastic syndrome.                       | D69.3             | excluded
        Assessment:\\n1. Hypertension. COPD was entered in error.                                                     | I10               | an error
        Assessment:\\n1. Hypertension. The asthma and gout labels in the old record no longer apply.                  | I10               | an old label
        Assessment:\\n1. Hypertension. Did not meet criteria for respiratory failure.                                 | I10               | criteria not met
        Assessment:\\n1. Hypertension. He also meets criteria for generalized anxiety disorder.                       | I10 F41.1         | criteria met
        Assessment:\\n1. Hypertension. The hepatologist considered it alcoholic cirrhosis.                            | I10 K70.30        | concluded
        Assessment:\\n1. Hypertension. His gout is considered stable.                                                 | I10 M10.9         | how it is
        Assessment:\\n1. Hypertension. Negative antibodies indicate iodine hypothyroidism.                            | I10 E03.9         | what a test indicates
        Assessment:\\n1. Cellulitis of right hand.\\n2. Osteomyelitis: MRI without edema. RULED OUT.                  | L03.113           | the end of its line
        Assessment:\\n1. Schizophrenia. Discussed the risk of weight gain, diabetes and tardive dyskinesia.          | F20.9             | what a drug may do
        Assessment:\\n1. Depression, start sertraline; warned about insomnia, nausea and tremor.                     | F32.A             | what a drug may do
        Assessment:\\n1. Cystic acne: start isotretinoin. Reviewed cheilitis, dry eyes, depression.                  | L70.0             | what a drug may do
        Assessment:\\n1. Cystic acne with PIH: sunscreen.                                                            | L70.0 L81.0       | of the skin
        Assessment:\\n1. Asthma, mild intermittent. HBV given.                                                       | J45.20 [Z23]      | a vaccine
        Assessment:\\n1. Pathologic fracture of L2 due to multiple myeloma.                                          | M84.58XA C90.00   | its cause
        Assessment:\\n1. Lung cancer, liver enzymes mildly up.                                                       | C34.90 [R74.8] [R74.01] [R94.5] | another noun
        Assessment:\\n1. Gastric ulcer, duodenal biopsy normal.                                                      | K25.9             | another noun
        Assessment:\\n1. Asthma, mild intermittent. Counseled dad on smoking cessation. Tobacco use: father.         | J45.20            | of a relative
    """)


def test_short_marks_of_an_assessment(coding_cases):
    """The letters of a SOAP note, and the sentence of a letter that leads to its conclusions, open an assessment.

    Source: ICD-10-CM Official Guidelines IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                                                                     | codes       | why
        -----------------------------------------------------------------------------------------------------------------------------------------+-------------+---------------
        S> Feels fine.\\nO> 118/66\\nA/\\n1. Hyperkalemia, low K diet.\\n2. OSA - CPAP                                                             | E87.5 G47.33 | SOAP
        S/ knee pain\\nO/ effusion\\nA/ Left knee osteoarthritis\\nP/ inject                                                                        | M17.12      | on one line
        Dear Dr. Smith,\\n\\nLabs: ferritin 6.\\n\\nMy impressions are as follows. First, she has chronic ITP. Second, there is iron deficiency. | D69.3 E61.1 | a letter
    """)


def test_titles_of_documents(coding_cases):
    """The name of a document at its head says nothing of the text below: no history, no examination, no particulars.

    Source: ICD-10-CM Official Guidelines I.B.14, IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                        | setting    | codes      | why
        --------------------------------------------------------------------------------------------+------------+------------+------------
        HISTORY AND PHYSICAL\\nCommunity-acquired pneumonia, ceftriaxone started.                  | inpatient  | J18.9      | no history
        PSYCHIATRIC HISTORY AND PHYSICAL\\nBipolar I disorder, lithium continued.                  | inpatient  | F31.9      | no history
        Admission H&P\\nCommunity-acquired pneumonia, ceftriaxone started.                         | inpatient  | J18.9      | no history
        PROGRESS NOTE\\nType 2 diabetes, metformin increased. Hypertension, controlled on lisinopril. | outpatient | E11.9 I10 [Z79.84] | no particulars
        CARDIOLOGY CONSULTATION NOTE\\nAtrial fibrillation, apixaban continued.                    | outpatient | I48.91 [Z79.01] | no particulars
        PAST MEDICAL HISTORY\\nPneumonia 2019.\\nASSESSMENT\\n1. Gout, allopurinol.               | outpatient | M10.9      | a history
    """)


def test_first_listed_of_prose(coding_cases):
    """What opens the assessment is first-listed, in prose as in a list; screening only where it brought the patient.

    Source: ICD-10-CM Official Guidelines IV.G, I.C.21.c.5. Rules IV.A-encounter-first, IV.P-routine-examination.
    """
    coding_cases("""
        note                                                                                                                     | codes            | why
        -------------------------------------------------------------------------------------------------------------------------+------------------+----------------------
        Assessment and plan:\\nWe talked. He has a complete tear of the left rotator cuff.\\n\\nGout is stable on allopurinol.     | M75.122 M10.9    | paragraphs
        Assessment:\\nA 61-year-old man with a history of gout, here with reflux.\\n\\nGERD. Start omeprazole.\\n\\nGout. Stable.   | K21.9 M10.9      | who he is comes before
        MDM: Likely low potassium from HCTZ. Hypertension uncontrolled.\\nFinal diagnoses:\\n1. Chest pain\\n2. Hypertension        | R07.9 I10        | the list of diagnoses
        Assessment:\\n1. Hypothyroidism, TSH 7.9, recheck.\\n2. Encounter for colon cancer screening, kit given.                  | E03.9 Z12.11     | screening is due
        CC: Screening colonoscopy.\\nAssessment:\\n1. Screening for colon cancer.\\n2. Hypothyroidism, recheck.                    | Z12.11 E03.9     | why he came
        Assessment:\\n1. Acute bronchitis. Flu vaccine at nurse visit when well.                                                  | J20.9            | another visit
    """)
