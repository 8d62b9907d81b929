"""Queries about what the chart says twice, only in a report, or about drugs alone; clinical validation; limits."""


def test_conflicts(query_cases):
    """Two statements that exclude each other; change over time is no conflict.

    Source: ICD-10-CM Official Guidelines I.B.13, I.B.14. Rule Query-conflict.
    """
    query_cases("""
        note                                                                                                                     | queries  | why
        -------------------------------------------------------------------------------------------------------------------------+----------+--------------------------
        Discharge Diagnoses:\\nAcute systolic heart failure\\nConsultation:\\nAcute diastolic heart failure per cardiology.         | conflict | attending and consultant
        Discharge Diagnoses:\\nAcute systolic heart failure\\nConsultation:\\nAcute systolic heart failure per cardiology.          | -        | they agree
        Discharge Diagnoses:\\nAcute diastolic heart failure, EF recovered from previous systolic heart failure                   | -        | change over time
        Discharge Diagnoses:\\nAcute respiratory failure with hypoxia\\nHospital Course:\\nChronic respiratory failure with hypoxia on 2 L, BiPAP.         | conflict | acute here, chronic there
        Discharge Diagnoses:\\nAcute on chronic respiratory failure with hypoxia\\nHospital Course:\\nChronic respiratory failure on 2 L, BiPAP.     | -        | both are said
        Discharge Diagnoses:\\nType 1 diabetes\\nHospital Course:\\nType 2 diabetes, insulin continued.                             | conflict | types exclude each other
        Discharge Diagnoses:\\nType 2 diabetes\\nFamily History:\\nType 1 diabetes in a brother.                                    | -        | another person
        Discharge Diagnoses:\\nCKD stage 3b\\nHospital Course:\\nCKD stage 4, losartan stopped.                                     | conflict | two stages
        Discharge Diagnoses:\\nNSTEMI\\nHospital Course:\\nInferior STEMI, DES to the RCA.                                       | conflict | two types
        Discharge Diagnoses:\\nNSTEMI\\nBackground:\\ninferior STEMI 2017, DES to RCA at that time.                             | -        | another infarction
        Discharge Diagnoses:\\nCKD stage 3b of the allograft\\nHPI: ESRD from IgA nephropathy, HD 2016-2019, then kidney transplant. | - | before the transplant
        Discharge Diagnoses:\\nCKD stage 4\\nHospital Course:\\nCKD stage 3b progressed to stage 4.                                 | -        | change over time
        History of Present Illness:\\nFell and broke the left hip.\\nDischarge Diagnoses:\\nFracture of the neck of the left femur\\nHospital Course:\\nFracture of the neck of the right femur was pinned. | conflict | sides differ
        Discharge Diagnoses:\\nFracture of the neck of the left femur\\nHospital Course:\\nFracture of the neck of the left femur was pinned. | - | sides agree
        Discharge Diagnoses:\\nSepsis due to E. coli\\nHospital Course:\\nSepsis was ruled out by the intensivist.                  | conflict | named and ruled out
    """)


def test_reports_and_drugs(query_cases):
    """What only a report says, and drugs without a condition.

    Source: ICD-10-CM Official Guidelines III.B, III, IV.J. Rules Query-pathology-only, Query-imaging-only,
    Query-unlinked-drugs.
    """
    query_cases("""
        note                                                                                                                | queries        | why
        --------------------------------------------------------------------------------------------------------------------+----------------+------------------------
        Hospital Course:\\nSigmoid mass resected without complication.\\nPathology:\\nInvasive adenocarcinoma of the sigmoid colon. | pathology-only | the provider is silent
        Hospital Course:\\nAdenocarcinoma of the sigmoid colon resected.\\nPathology:\\nInvasive adenocarcinoma of the sigmoid colon. | -           | taken up
        Hospital Course:\\nSigmoid mass resected.\\nPathology:\\nNo evidence of malignancy.                                     | -              | nothing found
        Hospital Course:\\nChest pain after a fall, analgesia.\\nImaging:\\nCT chest: acute pulmonary embolism of the right lower lobe. | imaging-only | the provider is silent
        Discharge Diagnoses:\\nLeft traumatic pneumothorax\\nImaging:\\nCT chest: 30% left pneumothorax.                      | -              | taken up as an injury
        Hospital Course:\\nPulmonary embolism, heparin.\\nImaging:\\nCT chest: acute pulmonary embolism.                         | -              | taken up
        Hospital Course:\\nCellulitis of the left leg, cefazolin.\\nDischarge Medications:\\nLevothyroxine 75 mcg, donepezil 10 mg | unlinked-drugs | no condition for either
        Hospital Course:\\nCellulitis of the left leg. Hypothyroidism.\\nDischarge Medications:\\nLevothyroxine 75 mcg          | -              | explained
        Hospital Course:\\nCellulitis of the left leg.\\nDischarge Medications:\\nAcetaminophen 500 mg                         | -              | a drug of many uses
        Hospital Course:\\nCellulitis of the left leg. Levothyroxine was stopped years ago.                                   | -              | no longer in use
    """)
    query_cases("""
        setting      | note                                                                                           | queries        | why
        -------------+------------------------------------------------------------------------------------------------+----------------+------------------
        professional | Medications:\\nLevothyroxine 75 mcg daily\\nAssessment:\\nAcute sinusitis. Saline rinses.         | unlinked-drugs | no condition for it
        professional | Medications:\\nLevothyroxine 75 mcg daily\\nPast Medical History:\\nHypothyroidism\\nAssessment:\\nAcute sinusitis. | - | explained
        professional | Pathology:\\nInvasive ductal carcinoma of the left breast\\nAssessment:\\nLeft breast biopsy site healing. | - | outpatients may code it (IV.K)
    """)


def test_clinical_validation(query_cases):
    """A reported diagnosis that its own chart does not show; the code stays (I.A.19).

    Source: ICD-10-CM Official Guidelines I.A.19. Rules Query-support-sepsis, Query-support-respiratory-failure,
    Query-support-kidney-injury, Query-support-malnutrition, Query-support-infarction, Query-support-encephalopathy,
    Query-support-blood-loss-anemia, Query-support-sodium-low, Query-support-potassium-low, Query-support-potassium-high,
    Query-support-platelets-low, Query-support-acidosis, Query-support-shock, Query-support-pneumonia.
    """
    query_cases("""
        note                                                                                                        | queries                     | why
        ------------------------------------------------------------------------------------------------------------+-----------------------------+------------------------
        Discharge Diagnoses:\\nSepsis due to E. coli\\nHospital Course:\\nT 36.8, HR 76, WBC 7.2, lactate 0.9.          | support-sepsis              | nothing shows it
        Discharge Diagnoses:\\nSepsis due to E. coli\\nHospital Course:\\nT 39.4, HR 122, WBC 7.2, lactate 0.9.         | -                           | two indicators
        Discharge Diagnoses:\\nSepsis due to E. coli                                                                  | -                           | the chart gives no values
        Discharge Diagnoses:\\nAcute respiratory failure with hypoxia\\nHospital Course:\\nSpO2 98% on RA.             | support-respiratory-failure | normal without support
        Discharge Diagnoses:\\nAcute respiratory failure with hypoxia\\nHospital Course:\\nSpO2 82% on RA, then 96% on HFNC. | -                     | shown
        Discharge Diagnoses:\\nAcute respiratory failure with hypoxia\\nDischarge Exam:\\nSpO2 98% on RA.              | -                           | a value at discharge says nothing
        Discharge Diagnoses:\\nAcute kidney injury\\nHospital Course:\\nCreatinine 0.9 on arrival, 0.8 the next day.    | support-kidney-injury       | hardly changes
        Discharge Diagnoses:\\nAcute kidney injury\\nHospital Course:\\nCreatinine 2.4 on arrival, 0.9 with fluids.     | -                           | shown
        Discharge Diagnoses:\\nSevere malnutrition\\nHospital Course:\\nBMI 27.4, eating well.                         | support-malnutrition        | no finding of nutrition
        Discharge Diagnoses:\\nSevere malnutrition\\nHospital Course:\\nBMI 27.4, weight loss 12% and muscle wasting.  | -                           | shown
        Discharge Diagnoses:\\nNSTEMI\\nHospital Course:\\nTroponin 6 ng/L, then 7 ng/L. ECG normal.                   | support-infarction          | normal throughout
        Discharge Diagnoses:\\nNSTEMI\\nHospital Course:\\nTroponin 0.4 → 3.9.                                        | -                           | shown
        Discharge Diagnoses:\\nMetabolic encephalopathy\\nHospital Course:\\nGCS 15, walking, alert.                  | support-encephalopathy      | normal throughout
        Discharge Diagnoses:\\nMetabolic encephalopathy\\nHospital Course:\\nConfused on arrival, GCS 13.              | -                           | shown
        Discharge Diagnoses:\\nAcute blood loss anemia\\nHospital Course:\\nHgb 13.1 and 12.8.                        | support-blood-loss-anemia   | hardly falls
        Discharge Diagnoses:\\nAcute blood loss anemia\\nHospital Course:\\nHgb 13.1 → 7.4, transfused.                | -                           | shown
        Discharge Diagnoses:\\nHyponatremia\\nHospital Course:\\nNa 139.                                               | support-sodium-low          | value normal
        Discharge Diagnoses:\\nHyponatremia\\nHospital Course:\\nNa 124 → 139.                                         | -                           | shown
        Discharge Diagnoses:\\nHypokalemia\\nHospital Course:\\nK 4.4.                                                 | support-potassium-low       | value normal
        Discharge Diagnoses:\\nHypokalemia\\nHospital Course:\\nK 2.8, then 4.4.                                       | -                           | shown
        Discharge Diagnoses:\\nHyperkalemia\\nHospital Course:\\nK 4.4.                                                | support-potassium-high      | value normal
        Discharge Diagnoses:\\nHyperkalemia\\nHospital Course:\\nK 6.2, Lokelma, then 4.4.                             | -                           | shown
        Discharge Diagnoses:\\nThrombocytopenia\\nHospital Course:\\nPlatelets 244.                                    | support-platelets-low       | value normal
        Discharge Diagnoses:\\nThrombocytopenia\\nHospital Course:\\nPlatelets 44.                                     | -                           | shown
        Discharge Diagnoses:\\nMetabolic acidosis\\nHospital Course:\\nBicarbonate 25.                                 | support-acidosis            | value normal
        Discharge Diagnoses:\\nMetabolic acidosis\\nHospital Course:\\nBicarbonate 11.                                 | -                           | shown
        Discharge Diagnoses:\\nCardiogenic shock\\nHospital Course:\\nBP 126/74, lactate 1.0.                         | support-shock               | normal, no support
        Discharge Diagnoses:\\nCardiogenic shock\\nHospital Course:\\nBP 74/40, dobutamine.                           | -                           | shown
        Discharge Diagnoses:\\nPneumonia\\nHospital Course:\\nChest x-ray clear. Discharged on day 1.                  | support-pneumonia           | no finding, no treatment
        Discharge Diagnoses:\\nPneumonia\\nHospital Course:\\nRight lower lobe infiltrate, ceftriaxone.               | -                           | shown
    """)


def test_validation_keeps_the_code(coded):
    """The query is also a finding; the code stands on the provider's statement.

    Source: ICD-10-CM Official Guidelines I.A.19. Rule Query-support-sepsis.
    """
    result = coded(
        "Discharge Diagnoses:\\nSepsis due to E. coli\\nHospital Course:\\nT 36.8, HR 76, WBC 7.2, lactate 0.9.",
        setting="inpatient",
    )
    assert "A41.51" in [s.code for s in result.suggestions]
    (finding,) = result.findings
    assert finding.rule == "Query-support-sepsis"
    assert finding.severity == "warning"
    assert "I.A.19" in finding.citation
    assert {e.role for e in finding.evidence} == {"supports", "contradicts"}


def test_limits(coded, query_cases):
    """The most important first, and no more than a provider can answer.

    Source: ICD-10-CM Official Guidelines III, IV. Rule Query-limits.
    """
    text = (
        "Discharge Diagnoses:\\nPyelonephritis\\nHeart failure\\nHospital Course:\\nTemp 39.2, HR 118, WBC 22.4, lactate 4.2. "
        "Ceftriaxone. EF 25%. K 2.8 and Mg 1.1, lytes repleted. Na 124, fluid restriction. Creatinine 1.0 → 2.4, IV fluids. "
        "Hgb 12.4 -> 6.9 with melena, transfused. SpO2 82% on RA, BiPAP. Platelets 38, heparin stopped."
    )
    query_cases("""
        note | queries | why
        -----+---------+----
        Discharge Diagnoses:\\nPyelonephritis\\nHeart failure\\nHospital Course:\\nTemp 39.2, HR 118, WBC 22.4, lactate 4.2. Ceftriaxone. EF 25%. K 2.8 and Mg 1.1, lytes repleted. Na 124, fluid restriction. Creatinine 1.0 → 2.4, IV fluids. Hgb 12.4 -> 6.9 with melena, transfused. SpO2 82% on RA, BiPAP. Platelets 38, heparin stopped. | infection-response gas-exchange heart-failure-reduced creatinine-rise hemoglobin-fall sodium-low | the six that weigh most; potassium, magnesium and platelets wait
    """)
    # of diagnoses; the hours of the breathing support are asked beside them, which the record answers without a judgement
    asked = [q.rule for q in coded(text, setting="inpatient").queries if q.rule != "PCS-duration"]
    assert len(asked) == 6
    assert asked[:2] == ["Query-infection-response", "Query-gas-exchange"]
    assert "Query-potassium-low" not in asked
    assert len(coded(text, setting="professional").queries) <= 2


def test_one_question_for_one_thing(coded):
    """Where an indicator query asks for the type, the specificity query is silent.

    Source: ICD-10-CM Official Guidelines I.B.2, I.B.18. Rules I.B.18-specificity, Query-heart-failure-reduced.
    """
    plain = coded("Discharge Diagnoses:\\nHeart failure", setting="inpatient")
    assert [q.rule for q in plain.queries] == ["I.B.18-specificity"]
    shown = coded("Discharge Diagnoses:\\nHeart failure\\nHospital Course:\\nEF 25%.", setting="inpatient")
    assert [q.rule for q in shown.queries] == ["Query-heart-failure-reduced"]
    assert "diastolic" not in " ".join(shown.queries[0].options[:3])


def test_urosepsis(query_cases):
    """A term without a code and without a default is asked about, and coded as nothing.

    Source: ICD-10-CM Official Guidelines I.C.1.d.1.a.ii. Rule Query-urosepsis.
    """
    query_cases("""
        note                                                             | queries   | why
        -----------------------------------------------------------------+-----------+------------------------
        Discharge diagnosis:\\n1. Urosepsis                               | urosepsis | what is meant is not said
        Discharge diagnosis:\\n1. Urosepsis with urinary tract infection  | -         | the infection is coded
        Discharge diagnosis:\\n1. Sepsis due to UTI (urosepsis)           | ...       | documented
        Discharge diagnosis:\\n1. Pneumonia. No urosepsis.                | -         | denied
    """)
