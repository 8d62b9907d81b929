"""Queries about infection, circulation, heart, lungs, nutrition, skin and mind (III.B; AHIMA/ACDIS, 2022)."""


def test_infection_and_circulation(query_cases):
    """A systemic response or low perfusion that nobody names, and organ dysfunction beside sepsis.

    Source: ICD-10-CM Official Guidelines III.B, I.C.1.d. Rules Query-infection-response, Query-low-perfusion,
    Query-sepsis-organs.
    """
    query_cases("""
        note                                                                                                                          | queries            | why
        ------------------------------------------------------------------------------------------------------------------------------+--------------------+----------------------
        Discharge Diagnoses:\\nPyelonephritis\\nHospital Course:\\nTemp 39.2, HR 118, WBC 22.4, lactate 4.2. Ceftriaxone, 30 mL/kg bolus. | infection-response | response and lactate
        Discharge Diagnoses:\\nPyelonephritis\\nHospital Course:\\nTemp 102.6 F, HR 118, lactate 4.2, norepinephrine.                     | low-perfusion infection-response | pressors as well
        Discharge Diagnoses:\\nSepsis due to pyelonephritis\\nHospital Course:\\nTemp 39.2, HR 118, WBC 22.4, lactate 4.2.                 | -                  | documented
        Discharge Diagnoses:\\nPyelonephritis\\nHospital Course:\\nTemp 39.2, HR 118, WBC 22.4, lactate 4.2. Sepsis was ruled out.         | -                  | excluded by the provider
        Discharge Diagnoses:\\nPyelonephritis\\nHospital Course:\\nTemp 37.0, HR 78, WBC 9.4, lactate 1.1.                                | -                  | values normal
        Discharge Diagnoses:\\nPyelonephritis\\nHospital Course:\\nTemp 38.4, WBC 13.0. Ceftriaxone.                                      | -                  | perfusion not in question
        Discharge Diagnoses:\\nAcute myocardial infarction of the anterior wall\\nHospital Course:\\nBP 72/40, dobutamine, norepinephrine. | low-perfusion ...  | pressors and pressure
        Discharge Diagnoses:\\nCardiogenic shock\\nHospital Course:\\nBP 72/40, dobutamine, norepinephrine.                              | -                  | documented
        Hospital Course:\\nBP 118/72. Never needed vasopressors.                                                                        | -                  | denied
        Discharge Diagnoses:\\nSepsis\\nAcute kidney injury, creatinine 0.9 → 3.1\\nPneumonia                                             | sepsis-organs      | relation not said
        Discharge Diagnoses:\\nSepsis with acute kidney injury due to sepsis, creatinine 0.9 → 3.1\\nPneumonia                           | -                  | relation said
    """)


def test_heart(query_cases):
    """Heart failure without type or acuity, congestion and troponin without a diagnosis, rhythm, pressure.

    Source: ICD-10-CM Official Guidelines I.B.2, III.B, I.C.9. Rules Query-heart-failure-reduced,
    Query-heart-failure-preserved, Query-heart-failure-acuity, Query-fluid-overload, Query-troponin, Query-rhythm-type,
    Query-pressure-crisis.
    """
    query_cases("""
        note                                                                                                 | queries                 | why
        -----------------------------------------------------------------------------------------------------+-------------------------+----------------------
        Discharge Diagnoses:\\nHeart failure\\nHospital Course:\\nEcho EF 25%. IV furosemide.                  | heart-failure-reduced   | type and acuity open
        Discharge Diagnoses:\\nCHF\\nHospital Course:\\nLVEF 25-30%. Furosemide.                               | heart-failure-reduced   | an estimate
        Discharge Diagnoses:\\nHeart failure\\nHospital Course:\\nEcho EF 60%. IV furosemide.                  | heart-failure-preserved | type and acuity open
        Discharge Diagnoses:\\nAcute systolic heart failure\\nHospital Course:\\nEF 25%. IV furosemide.        | -                       | documented
        Discharge Diagnoses:\\nSystolic heart failure\\nHospital Course:\\nEF 25%. IV furosemide.              | heart-failure-acuity    | acuity open
        Discharge Diagnoses:\\nChronic systolic heart failure\\nHospital Course:\\nEF 25%. IV furosemide.      | -                       | documented
        Discharge Diagnoses:\\nPneumonia due to pneumococcus\\nHospital Course:\\nPulmonary edema, BNP 1,800, EF 30%. IV furosemide. | fluid-overload | no diagnosis
        Discharge Diagnoses:\\nPneumonia due to pneumococcus\\nHospital Course:\\nNo pulmonary edema, BNP 80, EF 60%.               | -              | values normal
        Hospital Course:\\nTroponin 0.4 → 1.9, serial ECG, heparin drip, cardiology consulted.                | troponin                | no diagnosis
        Discharge Diagnoses:\\nNSTEMI\\nHospital Course:\\nTroponin 0.4 → 1.9, heparin drip.                   | -                       | documented
        Hospital Course:\\nTroponin 0.4 → 0.5, demand ischemia, ECG normal.                                  | -                       | explained
        Hospital Course:\\nChest pain. Troponin <0.01 twice, ECG normal, stress test negative.               | -                       | value normal
        Discharge Diagnoses:\\nAtrial fibrillation\\nHospital Course:\\nDiltiazem drip, apixaban started.      | rhythm-type             | type open
        Discharge Diagnoses:\\nParoxysmal atrial fibrillation\\nHospital Course:\\nDiltiazem drip.             | -                       | documented
        Discharge Diagnoses:\\nAtrial fibrillation                                                           | -                       | not treated
        Hospital Course:\\nHypertension. BP 224/126, nicardipine drip.                                       | pressure-crisis         | value and treatment
        Hospital Course:\\nHypertensive urgency, BP 224/126, nicardipine drip.                               | -                       | documented
        Hospital Course:\\nHypertension. BP 142/86, amlodipine.                                              | -                       | value near normal
    """)
    query_cases("""
        setting      | note                                                            | queries               | why
        -------------+-----------------------------------------------------------------+-----------------------+----------------------------
        professional | Assessment:\\nHeart failure. EF 25%. Continue carvedilol.        | heart-failure-reduced | asked of outpatients as well
        professional | Assessment:\\nHFrEF, chronic. EF 25%. Continue carvedilol.       | -                     | documented
        professional | Assessment:\\nAtrial fibrillation. Continue apixaban.            | -                     | asked of inpatients only
    """)


def test_lungs(query_cases):
    """Gas exchange and support without a diagnosis, respiratory failure and pneumonia without kind, asthma.

    Source: ICD-10-CM Official Guidelines III.B, I.B.2, I.C.10. Rules Query-gas-exchange, Query-respiratory-failure-type,
    Query-pneumonia-kind, Query-asthma-severity.
    """
    query_cases("""
        note                                                                                                  | queries                  | why
        ------------------------------------------------------------------------------------------------------+--------------------------+-----------------------
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\nSpO2 84% on RA, RR 32, placed on BiPAP.         | gas-exchange             | values and support
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\nSats 82% on room air, accessory muscle use, 4 L nasal cannula. | gas-exchange | values and support
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\npH 7.24, pCO2 68, BiPAP.                        | gas-exchange             | hypercapnia
        Discharge Diagnoses:\\nInfluenza A with acute hypoxic respiratory failure\\nHospital Course:\\nSpO2 84% on RA, BiPAP. | -          | documented
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\nSpO2 84% on RA, BiPAP. No respiratory failure.   | -                        | excluded
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\nSpO2 98% on RA throughout.                      | -                        | value normal
        Discharge Diagnoses:\\nInfluenza A\\nHospital Course:\\nKeep SpO2 > 88% on nasal cannula.               | -                        | a target
        Discharge Diagnoses:\\nRespiratory failure\\nHospital Course:\\nSpO2 82%, BiPAP, pCO2 66.               | respiratory-failure-type | acuity and type open
        Discharge Diagnoses:\\nAcute respiratory failure with hypoxia\\nHospital Course:\\nSpO2 82%, BiPAP.     | -                        | documented
        Discharge Diagnoses:\\nPneumonia\\nHospital Course:\\nVancomycin and cefepime. MRSA nares positive.     | pneumonia-kind           | broad cover
        Discharge Diagnoses:\\nPneumonia\\nHospital Course:\\nFailed swallow study, thickened liquids. Ceftriaxone. | pneumonia-kind       | aspiration risk
        Discharge Diagnoses:\\nAspiration pneumonia\\nHospital Course:\\nFailed swallow study.                  | -                        | documented
        Discharge Diagnoses:\\nPneumonia, organism not identified\\nHospital Course:\\nCefepime, then amoxicillin. | -                     | the provider says that it is unknown
        Discharge Diagnoses:\\nPneumonia\\nHospital Course:\\nCeftriaxone and azithromycin.                     | -                        | usual treatment
    """)
    query_cases("""
        setting      | note                                                                  | queries         | why
        -------------+-----------------------------------------------------------------------+-----------------+--------------------------
        professional | Assessment:\\nAsthma. Continue budesonide twice daily, albuterol as needed. | asthma-severity | no severity
        professional | Assessment:\\nMild persistent asthma. Continue budesonide twice daily.  | -               | documented
        professional | Assessment:\\nAsthma. Albuterol as needed.                             | -               | no controller
    """)


def test_nutrition_weight_skin_volume(query_cases):
    """Nutrition, weight, wounds, volume and immobility without a diagnosis.

    Source: ICD-10-CM Official Guidelines III.B, I.B.14, I.C.12.a. Rules Query-nutrition, Query-malnutrition-severity,
    Query-body-mass-high, Query-wound-site, Query-volume, Query-dependence-in-care.
    """
    query_cases("""
        note                                                                                                        | queries               | why
        ------------------------------------------------------------------------------------------------------------+-----------------------+--------------------
        Hospital Course:\\nWeight loss of 12 kg, temporal wasting, BMI 16.8. Dietitian consulted, Ensure.             | nutrition             | findings and treatment
        Hospital Course:\\nSevere malnutrition: weight loss, temporal wasting, BMI 16.8. Ensure.                      | -                     | documented
        Hospital Course:\\nNo weight loss, good appetite. Albumin 2.1. Dietitian for diabetic diet.                   | -                     | albumin is no criterion
        Discharge Diagnoses:\\nMalnutrition\\nHospital Course:\\nTube feeding, weight loss.                           | malnutrition-severity | no severity
        Discharge Diagnoses:\\nModerate malnutrition\\nHospital Course:\\nTube feeding, weight loss.                  | -                     | documented
        Hospital Course:\\nBMI 44.2. Dietary counseling and referral to bariatric surgery.                           | body-mass-high        | no diagnosis
        Discharge Diagnoses:\\nClass 3 obesity\\nHospital Course:\\nBMI 44.2. Dietary counseling.                     | -                     | documented
        Hospital Course:\\nBMI 23.1. Dietary counseling.                                                             | -                     | value normal
        Hospital Course:\\nSacral wound, wound care consulted, foam dressing, turned every 2 hours.                   | wound-site            | nursing words only
        Hospital Course:\\nStage 3 pressure ulcer of the sacrum, wound care consulted.                               | -                     | documented
        Hospital Course:\\nNo sacral wound. Turned every 2 hours.                                                    | -                     | denied
        Hospital Course:\\nVomiting for three days, dry mucous membranes, orthostatic, BUN 38. IV fluids.              | volume                | signs and treatment
        Hospital Course:\\nDehydration from vomiting, dry mucous membranes. IV fluids.                               | -                     | documented
        Hospital Course:\\nMoist mucous membranes, BUN 12. IV fluids during the fast.                                 | -                     | no sign
        Past Medical History:\\nAdvanced Alzheimer dementia\\nHospital Course:\\nBedbound, contractures of all limbs, total care. | dependence-in-care | no diagnosis
        Past Medical History:\\nFunctional quadriplegia\\nHospital Course:\\nBedbound, contractures, total care.        | -                     | documented
    """)
    query_cases("""
        setting      | note                                                                 | queries        | why
        -------------+----------------------------------------------------------------------+----------------+--------------------------
        professional | Assessment:\\nLow back pain. BMI 38.4, advised to lose weight. | body-mass-high | advice without a diagnosis
        professional | Assessment:\\nObesity. BMI 38.4, advised to lose weight.               | -              | documented
        professional | Vitals:\\nBMI 31.0\\nAssessment:\\nLow back pain. Ibuprofen. | -              | nothing was done about it
    """)


def test_brain_and_mind(query_cases):
    """Mental state, swelling of the brain, alcohol, tobacco, depression.

    Source: ICD-10-CM Official Guidelines III.B, I.C.5. Rules Query-mental-state, Query-brain-swelling,
    Query-alcohol-pattern, Query-tobacco-pattern, Query-depression-severity.
    """
    query_cases("""
        note                                                                                                          | queries             | why
        --------------------------------------------------------------------------------------------------------------+---------------------+-------------------
        Discharge Diagnoses:\\nUrinary tract infection due to E. coli\\nHospital Course:\\nConfused and lethargic on arrival with UTI, CT head negative, mentation improved with antibiotics. | mental-state | no diagnosis
        Discharge Diagnoses:\\nUTI due to E. coli, metabolic encephalopathy\\nHospital Course:\\nConfused on arrival, CT head negative.  | - | documented
        Discharge Diagnoses:\\nUTI due to E. coli\\nHospital Course:\\nAlert and oriented throughout. CT head after the fall negative. | - | no change
        Discharge Diagnoses:\\nGlioblastoma of the frontal lobe\\nHospital Course:\\nCT with 8 mm midline shift. Mannitol and dexamethasone. | brain-swelling | imaging and treatment
        Discharge Diagnoses:\\nGlioblastoma of the frontal lobe with cerebral edema\\nHospital Course:\\n8 mm midline shift. Mannitol.       | -              | documented
        Discharge Diagnoses:\\nGlioblastoma of the frontal lobe\\nHospital Course:\\nNo midline shift. Dexamethasone.                      | -              | denied
        Discharge Diagnoses:\\nCellulitis of the left leg\\nHospital Course:\\nDrinks 8 beers daily. CIWA protocol, lorazepam, tremulous.  | alcohol-pattern | no pattern
        Discharge Diagnoses:\\nCellulitis of the left leg, alcohol use disorder, severe\\nHospital Course:\\n8 beers daily. CIWA protocol. | -              | documented
        Discharge Diagnoses:\\nCellulitis of the left leg\\nSocial History:\\nDrinks socially.                                          | -              | no care
        Discharge Diagnoses:\\nDepression\\nHospital Course:\\nPHQ-9 18, sertraline started, psychiatry consulted.                        | depression-severity | score and care
        Discharge Diagnoses:\\nMajor depressive disorder, recurrent, moderate\\nHospital Course:\\nPHQ-9 18, sertraline.                   | -              | documented
        Discharge Diagnoses:\\nDepression\\nHospital Course:\\nStable on sertraline.                                                     | -              | no score
    """)
    query_cases("""
        setting      | note                                                                     | queries             | why
        -------------+--------------------------------------------------------------------------+---------------------+---------------------
        professional | Assessment:\\nDepression. PHQ-9 of 16. Start sertraline.                  | depression-severity | score and treatment
        professional | Assessment:\\nTobacco use. Nicotine patch prescribed, smoking cessation counseling. | tobacco-pattern | dependence not said
        professional | Assessment:\\nNicotine dependence, cigarettes. Nicotine patch.            | -                   | documented
    """)


def test_catheter(query_cases):
    """A relationship that a complication code needs.

    Source: ICD-10-CM Official Guidelines I.B.16. Rule Query-catheter-infection.
    """
    query_cases("""
        note                                                                                                   | queries            | why
        -------------------------------------------------------------------------------------------------------+--------------------+-----------------
        Discharge Diagnoses:\\nUrinary tract infection\\nHospital Course:\\nChronic indwelling Foley, exchanged. | catheter-infection | relation not said
        Discharge Diagnoses:\\nCatheter-associated urinary tract infection\\nHospital Course:\\nFoley exchanged. | -                  | relation said
        Discharge Diagnoses:\\nUrinary tract infection\\nHospital Course:\\nNo Foley was used.                   | -                  | denied
    """)
