"""Reports of studies and procedures: what their lines, their impressions and the reasons for them lead to."""


def test_both_sides(coding_cases):
    """The right and the left of one condition are the bilateral code, where there is one.

    Source: ICD-10-CM Official Guidelines I.B.13, I.C.13.a. Rules I.B.13-both-sides, I.C.13.a-osteoarthritis.
    """
    coding_cases("""
        note                                                                         | codes           | why
        -----------------------------------------------------------------------------+-----------------+----------
        Impression:\\n1. Moderate right carpal tunnel syndrome\\n2. Mild left CTS      | G56.03          | both
        Assessment:\\n1. Right femoral DVT\\n2. Left femoral DVT                       | I82.413         | both
        Assessment:\\n1. Nuclear cataract right eye\\n2. Nuclear cataract left eye     | H25.13          | both
        Assessment:\\n1. Right knee osteoarthritis\\n2. Left knee osteoarthritis       | M17.0           | both
        Assessment: OA knees R>L                                                     | M17.0           | both
        Assessment: right knee OA, left hip OA                                       | M17.11 M16.12   | each
        Assessment:\\n1. Right carpal tunnel syndrome\\n2. Left cubital tunnel syndrome | G56.01 G56.22   | each
        Assessment:\\n1. Right knee pain\\n2. Left knee pain                           | M25.561 M25.562 | no code of both
    """)  # fmt: skip


def test_found_by_the_study(coding_cases):
    """What the study found is coded, also where it has no impression; lines under the indication are part of it.

    Source: ICD-10-CM Official Guidelines IV.K, I.C.21.c.5, III.B. Rules IV.J-reportable, I.B.2-prefer-specific,
    I.C.9-circulatory, I.B.4-integral.
    """
    coding_cases("""
        note                                                                                                        | codes         | why
        ------------------------------------------------------------------------------------------------------------+---------------+----------
        Indication: osteoporosis screening.\\nImpression: Osteoporosis of the lumbar spine by WHO criteria.          | Z13.820 M81.0 | found
        Indication: osteoporosis screening.\\nImpression: Normal bone density. No osteoporosis.                      | Z13.820       | not found
        Indication: Palpitations\\nSV ectopy: 211 PACs\\nInterpretation: Frequent symptomatic PVCs.                   | I49.3         | concluded
        Indication: Palpitations\\nInterpretation: Frequent PVCs and PACs.                                           | I49.3 I49.1   | concluded
        Indication: dysphagia\\nFindings: Schatzki ring, dilated. 3 cm hiatal hernia.                                | K22.2 K44.9   | no impression
        Impression: Abnormal EEG. Generalized 3 Hz spike and wave discharges with clinical absence seizures.        | G40.A09       | explained
        Impression: Abnormal EEG.                                                                                   | R94.01        | nothing else
        Impression: severe MR, trace TR                                                                             | I34.0         | a trace
        Impression: Severe aortic stenosis with mild aortic regurgitation                                           | I35.2         | one valve
        Pre-procedure dx: Unstable angina\\nPost-procedure dx: 2-vessel CAD native arteries with unstable angina     | I25.110       | combination
        Indication: jaundice\\nImpression: Choledocholithiasis, cleared.                                             | K80.50        | by the procedure
        Assessment:\\n1. Pneumonia, cleared.                                                                         | Z09 Z87.01    | over
        Assessment: BPH with urinary obstruction                                                                    | N40.1 N13.8   | use additional code
        Assessment: BPH without obstruction                                                                         | N40.0         | none
    """)  # fmt: skip


def test_polyps_of_the_report(coding_cases):
    """The pathology of the one polyp is that of its site; the history of adenomas that is watched is reported.

    Source: ICD-10-CM Official Guidelines IV.K, I.C.2, I.C.21.c.4. Rules IV.K-polyp-pathology,
    I.C.21.c.4-personal-history.
    """
    coding_cases("""
        note                                                                                    | codes       | why
        ----------------------------------------------------------------------------------------+-------------+----------
        Impression:\\n- 8 mm sessile polyp ascending colon\\nPath (addendum): tubular adenoma      | D12.2       | its site
        Impression: tubular adenoma of the colon                                                | D12.6       | no site
        Impression: adenomatous polyp of duodenum                                               | D13.2       | its site
        Impression: Int hemorrhoids gr 1                                                        | K64.0       | degree
        Indication: Surveillance, hx adenomatous polyps\\nImpression: normal colon                | Z86.0101    | history
        Indication: Surveillance, personal hx adenomatous polyps (2021)\\nImpression: normal colon | Z86.0101    | history
    """)  # fmt: skip


def test_named_elsewhere(coding_cases):
    """A lymphoma is the one that the history names; a fracture of the wrist is that of the radius which is named.

    Source: ICD-10-CM Official Guidelines I.B.2, I.C.2.j, I.C.19.c. Rules I.C.2.j-general-neoplasm,
    I.C.19-injuries.
    """
    coding_cases("""
        note                                                                                          | codes             | why
        ----------------------------------------------------------------------------------------------+-------------------+----------
        HISTORY: DLBCL on R-CHOP, interim response\\nIMPRESSION: Partial metabolic response of lymphoma. | C83.30            | named
        HISTORY: lymphoma on R-CHOP\\nIMPRESSION: Partial metabolic response of lymphoma.               | C85.90            | not named
        Impression: Colles fracture right wrist                                                       | S52.531A          | one fracture
        Assessment: Right wrist fracture                                                              | S62.101A          | not named
        Assessment:\\n1. Right Colles fracture\\n2. Left wrist fracture                                 | S52.531A S62.102A | two
    """)  # fmt: skip
