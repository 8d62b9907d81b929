"""What is reported and what is not: cases of the rules on reportability, specificity and admission status."""


def test_reportable_sections(coding_cases):
    """What the assessment and plan take up is reported; what is only listed or examined is not.

    Source: ICD-10-CM Official Guidelines III, IV.F-IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                                | codes | why
        ------------------------------------------------------------------------------------+-------+------------------
        Physical Exam:\\nMild scoliosis.\\nAssessment:\\nHypertension                        | I10   | examined only
        Review of Systems:\\nReports headache.\\nAssessment:\\nHypertension                  | I10   | asked only
        Assessment:\\nHypertension\\nGout                                                    | I10 M10.9 | both assessed
    """)


def test_known_and_discussed(coding_cases):
    """A condition known from the history that is taken up again, even with doubt, is reported.

    Source: ICD-10-CM Official Guidelines IV.J. Rule IV.J-discussed.
    """
    coding_cases("""
        note                                                                                                     | codes | why
        ---------------------------------------------------------------------------------------------------------+-------+-----
        Past Medical History:\\nCongestive heart failure\\nAssessment:\\nLikely exacerbation of congestive heart failure. | I50.9 | known, evaluated
        Assessment:\\nShortness of breath, likely congestive heart failure.                                       | R06.02 | not known: IV.H
    """)


def test_known_and_treated(coding_cases):
    """A chronic condition of the history for which a drug is in use is reported; without one it is not.

    Source: ICD-10-CM Official Guidelines IV.I, IV.J. Rule IV.J-treated.
    """
    coding_cases("""
        note                                                                                          | codes     | why
        ----------------------------------------------------------------------------------------------+-----------+-------------
        Past Medical History:\\nCOPD\\nMedications:\\ntiotropium inhaler\\nAssessment:\\nHypertension  | I10 J44.9 | treated
        Past Medical History:\\nOsteoporosis\\nAssessment:\\nHypertension                              | I10       | only listed
    """)


def test_more_specific(coding_cases):
    """A residual code does not stand beside the code that says the same more specifically.

    Source: ICD-10-CM Official Guidelines I.B.2. Rule I.B.2-specific.
    """
    coding_cases("""
        note                                                                   | codes  | why
        -----------------------------------------------------------------------+--------+--------------------------
        Assessment:\\n1. Anemia\\n2. Iron deficiency anemia, start iron         | D50.9  | the words are contained
        Assessment:\\n1. Hyperkalemia\\n2. Acidosis                             | E87.5 E87.20 | neither contains the other
    """)


def test_general_neoplasm(coding_cases):
    """A neoplasm without a site stands only where the chart names no other.

    Source: ICD-10-CM Official Guidelines I.C.2.j. Rule I.C.2.j-general-neoplasm.
    """
    coding_cases("""
        note                                                               | codes  | why
        -------------------------------------------------------------------+--------+-----
        Assessment:\\nProstate cancer. The cancer is stable on leuprolide.  | C61    | the same neoplasm
        Assessment:\\nMetastatic adenocarcinoma of unknown primary to the liver. Start carboplatin. | C78.7 C80.1 | nobody found the primary
    """)


def test_z_codes(coding_cases):
    """A word of treatment alone makes no Z code; a drug is coded where an instruction asks for it.

    Source: ICD-10-CM Official Guidelines I.C.21.c. Rule I.C.21-z-codes.
    """
    coding_cases("""
        note                                                                            | codes | why
        --------------------------------------------------------------------------------+-------+---------------
        Assessment:\\nHypertension\\nPlan:\\nPatient education and counseling provided.  | I10   | counseling is no reason for the visit
        Medications:\\nibuprofen\\nAssessment:\\nHypertension                            | I10   | a drug alone
    """)


def test_excludes1_rule(coding_cases):
    """Of two codes that Excludes1 keeps apart the symptom goes.

    Source: ICD-10-CM Official Guidelines I.A.12.a. Rule I.A.12.a-excludes1.
    """
    coding_cases("""
        note                                                      | codes | why
        ----------------------------------------------------------+-------+---------------------------------
        Assessment:\\n1. Type 1 diabetes\\n2. Type 2 diabetes      | E10.9 | E10 excludes type 2 diabetes (E11.-)
    """)


def test_use_additional_rule(coding_cases):
    """A "use additional code" note brings in what the chart documents, and nothing that it does not.

    Source: ICD-10-CM Official Guidelines I.A.17. Rule I.A.17-use-additional.
    """
    coding_cases("""
        note                                                                              | codes          | why
        ----------------------------------------------------------------------------------+----------------+------
        Assessment:\\nType 2 diabetes\\nMedications:\\nmetformin                           | E11.9 Z79.84   | E11
        Assessment:\\nType 2 diabetes, diet controlled                                    | E11.9          | no drug
    """)


def test_present_on_admission(coded):
    """Known before or at admission: Y; onset in the stay: N; exempt codes: 1.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    result = coded(
        "Past Medical History:\nHypertension\nFormer smoker\nHospital Course:\nAdmitted with pneumonia. "
        "On hospital day 3 he developed acute kidney injury.\n",
        setting="inpatient",
    )
    poa = {s.code: s.poa for s in result.suggestions}
    assert poa["J18.9"] == "Y"
    assert poa["N17.9"] == "N"
    assert poa["I10"] == "Y"
    assert poa.get("Z87.891", "1") == "1"


def test_specificity_query(coded, query_cases):
    """What the chart leaves unsaid is asked, never guessed: options of the classification, "other", "unable to determine".

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.18. Rule I.B.18-specificity.
    """
    query_cases("""
        setting      | note                                    | queries            | why
        -------------+-----------------------------------------+--------------------+------------------------------
        professional | Assessment:\\nKnee pain                 | I.B.18-specificity | which side?
        professional | Assessment:\\nRight knee pain           | -                  | the side is told
        professional | Assessment:\\nHypertension, controlled. | -                  | nothing is left to be told
    """)
    result = coded("Assessment:\nKnee pain")
    assert [s.code for s in result.suggestions] == ["M25.569"]
    (query,) = result.queries
    assert query.rule == "I.B.18-specificity"
    assert query.options == ("right", "left", "both sides", "other (please specify)", "unable to determine")
    assert query.evidence[0].quote == "Knee pain"
    assert not coded("Assessment:\nRight knee pain").queries


def test_only_true_evidence(coded):
    """Nothing codable gives an empty list, and says so."""
    result = coded("The weather was fine. We talked about the garden.")
    assert result.suggestions == ()


def test_question_marks(coding_cases):
    """A question mark at a diagnosis makes it uncertain; outpatients are not coded to it.

    Source: ICD-10-CM Official Guidelines IV.H.
    """
    coding_cases("""
        note                                                    | codes | why
        --------------------------------------------------------+-------+--------------
        Assessment:\\n1. UTI?\\n2. Gout                           | M10.9 | after the name
        Assessment:\\nUTI? Urine culture negative.               | -     | a sentence of its own
        Assessment:\\n1. ? UTI. Culture sent.\\n2. Gout           | M10.9 | before the name
    """)


def test_measures_against_a_disease(coding_cases):
    """A test, a vaccine or a measure that is named after a disease is no disease; a positive test is another matter.

    Source: ICD-10-CM Official Guidelines III.B, I.C.1.a, I.C.21.c.2.
    """
    coding_cases("""
        note                                                                     | codes       | why
        -------------------------------------------------------------------------+-------------+--------------------
        Assessment:\\n1. Gout. HIV test today. Hepatitis panel ordered.           | M10.9       | tests
        Assessment:\\n1. Gout. Rabies PEP not needed. RSV done 2024.              | M10.9       | prophylaxis, vaccine
        Assessment:\\n1. Gout. Nothing psychotic. Nobody smokes at home.          | M10.9       | denied
        Assessment:\\n1. Gout. Injected after sterile prep. Expect bruising.      | M10.9       | to come
        Assessment:\\n1. COVID test positive.                                     | U07.1       | confirmed
    """)


def test_gone(coding_cases):
    """An acute condition that the visit finds gone is history; where it is the reason, the visit is its follow-up.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, c.8. Rule I.C.21.c.4-personal-history.
    """
    coding_cases("""
        note                                                                                                    | codes        | why
        --------------------------------------------------------------------------------------------------------+--------------+-----
        I saw him to be sure that his pneumonia has gone. He was in the hospital with a lower lobe pneumonia.    | Z09 Z87.01   | c.8
        Assessment:\\n1. Pneumonia, left lower lobe.                                                              | J18.9        | here
    """)


def test_coordination(coding_cases):
    """Words shared by "and" make a condition on either side of it, each with its own side of the body.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.13.
    """
    coding_cases("""
        note                                                            | codes                     | why
        ----------------------------------------------------------------+---------------------------+--------------
        Assessment:\\n1. Bilateral knee and left hip osteoarthritis.     | M17.0 M16.12              | shared head
        Assessment:\\n1. Cellulitis of right leg and left arm.           | L03.115 L03.114           | two sides
        Assessment:\\n1. Right knee and shoulder pain.                   | M25.561 M25.511           | shared side
        Assessment:\\n1. Hypertension and left hip osteoarthritis.       | I10 M16.12                | nothing shared
        Assessment:\\n1. Iron and vitamin D deficiency.                  | E61.1 E55.9               | shared head
        Assessment:\\n1. Abdominal and lumbar pain.                      | R10.9 M54.50              | two pains of different chapters
        Assessment:\\n1. Atopic derm, flaring. 2. SKs on the back. | L20.9 L82.1 | abbreviated
        Assessment:\\n1. Breast cancer with metastases in the lung, liver and bone. | C50.919 C78.00 C78.7 C79.51 | a list behind its head
        Assessment:\\n1. Breast cancer with liver, bone and brain metastases. | C50.919 C78.7 C79.51 C79.31 | a list before its head
        Assessment:\\n1. Edema (2+) of the lower extremities.            | R60.0                     | a grade does not divide
        Assessment:\\n1. Mitral and aortic stenosis.                     | I08.0                     | a term of its own
    """)
