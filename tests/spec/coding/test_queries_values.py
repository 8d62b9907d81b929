"""Queries from laboratory values: electrolytes, acid and base, glucose, blood, kidney (III.B; AHIMA/ACDIS, 2022).

A value alone asks nothing, nor does one that the provider has already explained.
"""


def test_sodium(query_cases):
    """Sodium outside the range that was treated or followed.

    Source: ICD-10-CM Official Guidelines III.B. Rules Query-sodium-low, Query-sodium-high.
    """
    query_cases("""
        note                                                                                   | queries     | why
        ---------------------------------------------------------------------------------------+-------------+-------------------------------
        Hospital Course:\\nNa 128 on admission, placed on fluid restriction, 134 at discharge.  | sodium-low  | value and treatment
        Hospital Course:\\nSodium of 124 mEq/L treated with hypertonic saline.                  | sodium-low  | other words
        Labs:\\nNa 128 (L)\\nHospital Course:\\nFluid restriction to 1 L, serial sodium checks.   | sodium-low  | value and treatment far apart
        Hospital Course:\\nNa 128 on admission. Pneumonia treated with ceftriaxone.             | -           | nothing was done about it
        Hospital Course:\\nNa 137 on admission, fluid restriction for ascites.                  | -           | value normal
        Hospital Course:\\nHyponatremia, Na 128, fluid restriction.                             | -           | documented
        Hospital Course:\\nNa 128, SIADH from the lung tumor, fluid restriction.                | -           | documented by its cause
        Hospital Course:\\nSodium goal above 130 with fluid restriction.                        | -           | a target
        Family History:\\nMother had Na 118, treated with fluid restriction.                    | -           | another person
        Hospital Course:\\nIf Na falls to 128 start fluid restriction.                          | -           | has not happened
        Hospital Course:\\nNa 158 on arrival, free water by tube, 142 at discharge.             | sodium-high | value and treatment
        Hospital Course:\\nHypernatremia, Na 158, free water by tube.                           | -           | documented
        Hospital Course:\\nNa 144, free water by tube.                                          | -           | value normal
    """)
    query_cases("""
        setting    | note                                                               | queries | why
        -----------+--------------------------------------------------------------------+---------+---------------------------------
        outpatient | Assessment:\\nNa 128 last week. Fluid restriction, recheck in a week. | -       | asked of inpatients only
    """)


def test_other_electrolytes(query_cases):
    """Potassium, magnesium, phosphate and calcium outside the range that were treated.

    Source: ICD-10-CM Official Guidelines III.B. Rules Query-potassium-low, Query-potassium-high, Query-magnesium-low,
    Query-phosphate-low, Query-calcium-low, Query-calcium-high.
    """
    query_cases("""
        note                                                                             | queries        | why
        ---------------------------------------------------------------------------------+----------------+-----------------------
        Hospital Course:\\nK 2.9, repleted.                                               | potassium-low  | treated beside the value
        Hospital Course:\\nK+ 3.0. Potassium chloride 40 mEq given.                       | potassium-low  | treated
        Hospital Course:\\nHypokalemia, K 2.9, repleted.                                  | -              | documented
        Hospital Course:\\nK 4.1. Potassium chloride continued.                           | -              | value normal
        Hospital Course:\\nKeep K > 4.0, potassium chloride as needed.                    | -              | a target
        Hospital Course:\\nVitamin K 2.5 mg given. Wound repaired.                        | -              | another K
        Hospital Course:\\nK 6.8 with peaked T waves, calcium gluconate and Lokelma.      | potassium-high | value and treatment
        Hospital Course:\\nHyperkalemia, K 6.8, calcium gluconate.                        | -              | documented
        Hospital Course:\\nK 6.8, hemolyzed sample, repeat 4.4. Calcium gluconate held.   | -              | explained
        Hospital Course:\\nK 5.9, expected with the acidosis. Lokelma given.                       | -              | explained by the author
        Hospital Course:\\nMg 1.1, magnesium sulfate 4 g given.                           | magnesium-low  | value and treatment
        Hospital Course:\\nMg 2.0. Magnesium sulfate 2 g given.                           | -              | value normal
        Hospital Course:\\nHypomagnesemia, Mg 1.1, magnesium sulfate.                     | -              | documented
        Hospital Course:\\nPhos 1.2, K-Phos given.                                        | phosphate-low  | value and treatment
        Hospital Course:\\nHypophosphatemia, phos 1.2, K-Phos.                            | -              | documented
        Hospital Course:\\nPhos 3.2, K-Phos given.                                        | -              | value normal
        Hospital Course:\\nCa 7.1, calcium gluconate given.                               | calcium-low    | value and treatment
        Hospital Course:\\nHypocalcemia, Ca 7.1, calcium gluconate given.                 | -              | documented
        Hospital Course:\\nCa 9.1, calcium carbonate continued.                           | -              | value normal
        Hospital Course:\\nCalcium 13.8, normal saline and zoledronic acid.               | calcium-high   | value and treatment
        Hospital Course:\\nHypercalcemia, calcium 13.8, zoledronic acid.                  | -              | documented
        Hospital Course:\\nCA 19-9 37, CA 15.3. Zoledronic acid for osteoporosis.         | -              | tumor markers
        Hospital Course:\\nK 2.8 and Mg 1.2. Lytes repleted daily.                        | potassium-low magnesium-low | one treatment for both
    """)


def test_acid_base_and_glucose(query_cases):
    """Blood gases, lactate, ketones and glucose that were treated.

    Source: ICD-10-CM Official Guidelines III.B, I.C.4.a. Rules Query-acid-base, Query-ketones, Query-glucose-low,
    Query-diabetes-control, Query-diabetes-type, Query-diabetes-type-clinic.
    """
    query_cases("""
        note                                                                                               | queries          | why
        ---------------------------------------------------------------------------------------------------+------------------+--------------------------
        Hospital Course:\\npH 7.18, HCO3 10, bicarbonate drip started.                                       | acid-base        | values and treatment
        Hospital Course:\\nMetabolic acidosis, pH 7.18, HCO3 10, bicarbonate drip.                           | -                | documented
        Hospital Course:\\npH 7.38, HCO3 24. Bicarbonate drip stopped.                                       | -                | values normal
        Hospital Course:\\nType 1 diabetes. Glucose 580, BHB 7.2, HCO3 8. Insulin drip until gap closed.      | ketones ...      | values and treatment
        Hospital Course:\\nDKA, type 1 diabetes. Glucose 580, BHB 7.2, HCO3 8. Insulin drip.                  | -                | documented
        Hospital Course:\\nType 1 diabetes. Glucose 142, insulin drip during surgery.                         | -                | value normal
        Hospital Course:\\nType 2 diabetes on glipizide. Glucose 38, given D50 twice.                        | glucose-low      | value and treatment
        Hospital Course:\\nType 2 diabetes with hypoglycemia, glucose 38, given D50.                         | -                | documented
        Hospital Course:\\nType 2 diabetes on glipizide. Glucose 138.                                        | -                | value normal
        Discharge Diagnoses:\\nType 2 diabetes\\nHospital Course:\\nA1c 11.2. Glargine increased to 30 units.   | diabetes-control | value and change of treatment
        Discharge Diagnoses:\\nType 2 diabetes with hyperglycemia\\nHospital Course:\\nA1c 11.2. Glargine increased. | -             | documented
        Discharge Diagnoses:\\nType 2 diabetes\\nHospital Course:\\nA1c 6.8. Metformin continued.               | -                | value normal
        Discharge Diagnoses:\\nT2DM\\nHospital Course:\\nA1c 6.8, metformin continued.                              | -                | its type, in capitals on its line
        Discharge Diagnoses:\\nDiabetes\\nHospital Course:\\nMetformin continued.                               | diabetes-type    | default only
        Discharge Diagnoses:\\nType 2 diabetes\\nHospital Course:\\nMetformin continued.                        | -                | documented
        Discharge Diagnoses:\\nDiabetes, IDDM since childhood\\nHospital Course:\\nGlargine continued.           | -                | said in other words
    """)
    query_cases("""
        setting      | note                                                          | queries              | why
        -------------+---------------------------------------------------------------+----------------------+--------------------------
        professional | Assessment:\\nDiabetes. A1c 7.1. Continue glargine.            | diabetes-type-clinic | insulin is given in both types
        professional | Assessment:\\nDiabetes. A1c 7.1. Continue metformin.           | -                    | the default is enough
        professional | Assessment:\\nType 2 diabetes. A1c 10.4. Increase glargine.    | diabetes-control     | asked of outpatients as well
        professional | Assessment:\\nType 2 diabetes, uncontrolled. A1c 10.4. Increase glargine. | -         | documented
        professional | Assessment:\\nType 2 diabetes. A1c goal below 7, is 7.2. Continue metformin. | -       | value near the goal
    """)


def test_blood(query_cases):
    """Hemoglobin, platelets, white cells and clotting outside the range that were treated or followed.

    Source: ICD-10-CM Official Guidelines III.B, I.B.2. Rules Query-hemoglobin-fall, Query-anemia-type,
    Query-platelets-low, Query-three-cell-lines, Query-clotting-time, Query-delivery-blood-loss.
    """
    query_cases("""
        note                                                                                                   | queries          | why
        -------------------------------------------------------------------------------------------------------+------------------+--------------------
        Hospital Course:\\nRight hip arthroplasty. Hgb 12.4 -> 7.1 on POD 2, transfused 2 units PRBC.            | hemoglobin-fall  | fall and treatment
        Hospital Course:\\nMelena. Hemoglobin was 6.8; two units of red cells given.                             | hemoglobin-fall  | value and treatment
        Hospital Course:\\nAcute blood loss anemia, Hgb 12.4 -> 7.1, transfused 2 units.                         | -                | documented
        Hospital Course:\\nHgb 12.4 -> 9.8 after surgery, not considered anemia. Serial H/H.                     | -                | excluded by the provider
        Hospital Course:\\nHgb 12.4, stable. No transfusion.                                                     | -                | value normal
        Hospital Course:\\nArthroplasty without complication. Transfuse if Hgb < 7.                              | -                | a threshold
        Discharge Diagnoses:\\nAnemia\\nHospital Course:\\nColectomy. Hgb 11.9 -> 7.0, transfused.                  | anemia-type      | no type
        Discharge Diagnoses:\\nAcute blood loss anemia\\nHospital Course:\\nColectomy. Hgb 11.9 -> 7.0, transfused.| -               | documented
        Discharge Diagnoses:\\nAnemia\\nHospital Course:\\nHgb 10.9, no bleeding.                                 | -                | no bleeding, no treatment
        Hospital Course:\\nPlatelets 38, heparin stopped, HIT panel sent.                                        | platelets-low    | value and care
        Hospital Course:\\nThrombocytopenia, platelets 38, heparin stopped.                                      | -                | documented
        Hospital Course:\\nPlatelets 210, heparin stopped.                                                       | -                | value normal
        Hospital Course:\\nWBC 1.8, Hgb 8.4, platelets 41 after chemotherapy. Filgrastim started.                | three-cell-lines | three lines and care
        Hospital Course:\\nPancytopenia from chemotherapy: WBC 1.8, Hgb 8.4, platelets 41. Filgrastim.           | -                | documented
        Hospital Course:\\nWBC 1.8, Hgb 13.4, platelets 241 after chemotherapy. Filgrastim started.              | -                | one line only
        Hospital Course:\\nCirrhosis. INR 2.4, FFP and vitamin K before the procedure.                           | clotting-time    | value and treatment
        Hospital Course:\\nCoagulopathy of cirrhosis, INR 2.4, FFP.                                              | -                | documented
        Hospital Course:\\nINR goal 2-3 on warfarin. Vitamin K not given.                                        | -                | a target
        Delivery:\\nVaginal delivery at term. QBL 1,450 mL, carboprost and tranexamic acid given.                | delivery-blood-loss | value and treatment
        Delivery:\\nVaginal delivery at term, postpartum hemorrhage, QBL 1,450 mL, carboprost given.             | -                | documented
        Delivery:\\nVaginal delivery at term. QBL 350 mL. Misoprostol prophylaxis.                               | -                | value normal
    """)


def test_kidney(query_cases):
    """Creatinine that changes, kidney disease without cause or stage, and creatine kinase.

    Source: ICD-10-CM Official Guidelines III.B, I.B.2, I.C.14.a. Rules Query-creatinine-rise, Query-kidney-injury-cause,
    Query-kidney-disease-stage, Query-creatine-kinase.
    """
    query_cases("""
        note                                                                                              | queries              | why
        --------------------------------------------------------------------------------------------------+----------------------+----------------------
        Hospital Course:\\nCreatinine 1.0 → 2.4, lisinopril held, IV fluids, 1.1 at discharge.             | creatinine-rise      | 1.5 times
        Hospital Course:\\nCr 1.9 (baseline 0.8) improved with IVF.                                        | creatinine-rise      | against the baseline
        Hospital Course:\\nCr 1.1 -> 1.5, nephrology consulted.                                            | creatinine-rise      | 0.3 in one series
        Hospital Course:\\nAKI, creatinine 1.0 → 2.4, lisinopril held.                                     | -                    | documented
        Hospital Course:\\nCreatinine 1.0 → 2.4, no AKI per nephrology, dilution error.                    | -                    | excluded by the provider
        Hospital Course:\\nCreatinine 1.0 and 1.1. IV fluids.                                              | -                    | hardly changes
        Hospital Course:\\nESRD on dialysis, creatinine 4.0 → 8.2.                                         | -                    | explained
        Discharge Diagnoses:\\nAcute kidney injury\\nHospital Course:\\nMuddy brown casts. Creatinine 1.0 → 5.2. | kidney-injury-cause | sign of tubular injury
        Discharge Diagnoses:\\nAcute tubular necrosis\\nHospital Course:\\nMuddy brown casts.                | -                    | documented
        Discharge Diagnoses:\\nAcute kidney injury, prerenal\\nHospital Course:\\nCreatinine 1.0 → 2.2, IVF. | -                    | no such sign
        Discharge Diagnoses:\\nChronic kidney disease\\nHospital Course:\\neGFR 24, stable.                  | kidney-disease-stage | no stage
        Discharge Diagnoses:\\nCKD stage 4\\nHospital Course:\\neGFR 24, stable.                             | -                    | documented
        Discharge Diagnoses:\\nChronic kidney disease\\nHospital Course:\\nCreatinine stable.                | -                    | no rate on record
        Hospital Course:\\nFound down. CK 18,400, IV fluids at 200 mL/h.                                  | creatine-kinase      | value and treatment
        Hospital Course:\\nRhabdomyolysis, CK 18,400, IV fluids at 200 mL/h.                              | -                    | documented
        Hospital Course:\\nCK 240, IV fluids at 75 mL/h.                                                  | -                    | value normal
    """)
    query_cases("""
        setting      | note                                              | queries              | why
        -------------+---------------------------------------------------+----------------------+----------------------------
        professional | Assessment:\\nCKD, eGFR 41, stable, avoid NSAIDs.   | kidney-disease-stage | asked of outpatients as well
        professional | Assessment:\\nCKD stage 3b, eGFR 41, avoid NSAIDs.  | -                    | documented
        professional | Assessment:\\nCreatinine 1.0 → 1.6, avoid NSAIDs.   | -                    | asked of inpatients only
    """)
