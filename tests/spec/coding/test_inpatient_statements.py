"""Inpatient statements: complications, causes, what is stated together and what only stands together."""


def test_complications_of_care_in_phrases(coding_cases):
    """Hematoma of the access site, rejection of a graft: the words name the complication and what it belongs to.

    Source: ICD-10-CM Official Guidelines I.B.16, I.C.19.g. Rule I.B.16-phrases.
    """
    coding_cases("""
        setting   | note                                                                                                      | codes              | why
        ----------+-----------------------------------------------------------------------------------------------------------+--------------------+-----
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\n2. Access site hematoma\\nCourse:\\nCardiac catheterization via the right femoral artery. | I21.4 I97.630 | access site
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\n2. Right groin hematoma after cardiac catheterization                   | I21.4 I97.630      | groin
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\nCourse:\\nPCI was done by radial access. A hematoma at the radial puncture site was compressed. | I21.4 I97.630 | radial
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\nCourse:\\nPCI was done. No groin hematoma.                            | I21.4              | denied
        inpatient | Discharge diagnosis:\\n1. Acute T-cell mediated rejection, Banff 1B, of deceased donor kidney transplant   | T86.11             | apart
        inpatient | Discharge diagnosis:\\n1. Antibody-mediated rejection of the renal allograft                               | T86.11             | allograft
        inpatient | Discharge diagnosis:\\n1. AKI in kidney transplant recipient\\nCourse:\\nBiopsy: no acute rejection of the graft. | N17.9 Z94.0 | no rejection
    """)


def test_blood_loss_anemia(coding_cases):
    """ "Blood loss anemia" beside the acute one is the same; a chronic one is said to be so.

    Source: ICD-10-CM Official Guidelines I.B.14, Alphabetic Index, Anemia, blood loss. Rule I.C.2-blood.
    """
    coding_cases("""
        setting   | note                                                                                             | codes        | why
        ----------+--------------------------------------------------------------------------------------------------+--------------+-----
        inpatient | Discharge diagnosis:\\n1. Duodenal ulcer with bleeding\\n2. Blood loss anemia\\nCourse:\\nAcute blood loss anemia, 2 units. | K26.4 D62 | acute below
        inpatient | Discharge diagnosis:\\n1. Duodenal ulcer with bleeding\\n2. Anemia of chronic blood loss          | K26.4 D50.0  | chronic
        inpatient | Discharge diagnosis:\\n1. Polymyalgia rheumatica\\n2. Immunosuppressed from chronic prednisone      | M35.3 D84.821 [T38.0X5A] [Z79.52] | immunity by a drug
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Immunosuppression due to his transplant drugs            | J18.9 D84.821 | by drugs
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Immunodeficiency                                         | J18.9 D84.9  | cause not said
    """)


def test_lungs_and_pressure(coding_cases):
    """Hypertension next to COPD is no pulmonary hypertension; pulmonary hypertension has the cause that is stated.

    Source: ICD-10-CM Official Guidelines I.B.9, Alphabetic Index, Hypertension, pulmonary. Rule I.C.9-circulatory.
    """
    coding_cases("""
        setting   | note                                                                                    | codes        | why
        ----------+-----------------------------------------------------------------------------------------+--------------+-----
        inpatient | Discharge diagnosis:\\n1. Cellulitis of left leg\\n2. HTN, COPD                         | L03.116 I10 J44.9 | neighbours
        inpatient | Discharge diagnosis:\\n1. Cellulitis of left leg\\nCourse:\\nCOPD: tiotropium continued.\\nCV: Hypertension: amlodipine resumed. | L03.116 J44.9 I10 | neighbours
        inpatient | Discharge diagnosis:\\n1. Cellulitis of left leg\\n2. Pulmonary hypertension due to COPD | L03.116 I27.23 J44.9 | stated
        inpatient | Discharge diagnosis:\\n1. Cellulitis of left leg\\n2. Pulmonary hypertension secondary to interstitial lung disease | L03.116 I27.23 J84.9 | stated
        inpatient | Discharge diagnosis:\\n1. Cellulitis of left leg\\n2. Pulmonary hypertension             | L03.116 I27.20 | no cause
    """)


def test_transplanted_kidney(coding_cases):
    """A graft with a stage of its own: end-stage disease and dialysis are of the time before it.

    Source: ICD-10-CM Official Guidelines I.C.14.a.2. Rule I.C.14-renal.
    """
    coding_cases("""
        setting   | note                                                                                                      | codes | why
        ----------+-----------------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnosis:\\n1. Acute rejection of kidney transplant\\n2. CKD 3b of the allograft\\nHPI:\\nESRD since childhood, HD 2016-2019, then transplanted. | T86.11 N18.32 | before the graft
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. ESRD on dialysis                                                 | J18.9 N18.6 Z99.2 | no graft
        inpatient | Discharge diagnosis:\\n1. Hip fracture, right\\n2. Postoperative urinary retention                        | S72.001A N99.89 R33.8 | complication with what it is
        inpatient | Discharge diagnosis:\\n1. Hip fracture, right\\nCourse:\\nPostoperative urinary retention in a man with BPH, foley. | S72.001A N40.1 R33.8 | of the prostate
    """)


def test_not_the_patients_not_present(coding_cases):
    """Reflexes that are absent, orders that are not followed, relatives and artifacts deny or own nothing else.

    Source: ICD-10-CM Official Guidelines III. Rule IV.H-refuted.
    """
    coding_cases("""
        setting   | note                                                                                            | codes | why
        ----------+-------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\nCourse:\\nAbsent ankle jerks, A1c 5.2: alcoholic neuropathy, gabapentin started. | J18.9 G62.1 | reflexes absent
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\nCourse:\\nAbsent neuropathy on examination.                  | J18.9 | the disease absent
        inpatient | Discharge diagnosis:\\n1. Acute left MCA stroke\\nExam on arrival: follows no commands, right facial droop. | I63.512 R29.810 | commands
        inpatient | Discharge diagnosis:\\n1. Acute left MCA stroke\\nExam on arrival: no facial droop.                | I63.512 | denied
        inpatient | Discharge diagnosis:\\n1. Diverticulitis\\nHPI:\\nThe consultant did not consider her to be septic. | K57.92 | refrained
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\nCourse:\\nAtrial fibrillation was suspected on one strip and over-read as artifact. | I21.4 | artifact
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\nPast medical history:\\nAsthma. Mother colon cancer at 77; patient's colonoscopy normal. | I21.4 [J45.909] [Z80.0] | kin
        inpatient | Discharge diagnosis:\\n1. NSTEMI\\nPast medical history:\\nkidney stones remote, hypertension  | I21.4 I10 | remote
        outpatient | Dx: Left breast cancer\\n- 03/2025 progression; fulvestrant + alpelisib, d/c'd for rash\\nAssessment:\\n1. Gout | M10.9 [C50.912] | in a month past
        inpatient | HPI: He noticed a callus under the ball of the right foot that opened up.\\nDischarge diagnosis: Cellulitis of the right foot | L03.115 | an ulcer since
    """)


def test_stones_moods_and_dreams(coding_cases):
    """One code for stones of both places, for one episode of mood, for a stress disorder with its dreams.

    Source: ICD-10-CM Official Guidelines I.B.9, I.B.5. Rule I.C.11-digestive, I.C.5-mental.
    """
    coding_cases("""
        setting   | note                                                                                                   | codes  | why
        ----------+--------------------------------------------------------------------------------------------------------+--------+-----
        inpatient | Discharge diagnosis:\\n1. Choledocholithiasis with biliary obstruction and acute cholecystitis\\nImaging: gallstones. Course:\\nCholelithiasis was removed with the gallbladder. | K80.63 | both places
        inpatient | Discharge diagnosis:\\n1. Bipolar I disorder, current episode manic, severe, with psychotic features    | F31.2  | bipolar before mania
        inpatient | Discharge diagnosis:\\n1. PTSD, chronic\\nCourse:\\nNightmares nightly, prazosin.                       | F43.12 | its symptom
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\nCourse:\\nThis was a delirium, most likely from the sleepless nights in the unit. | J18.9 F05 | a cause is given
        inpatient | Discharge diagnosis:\\n1. Hip fracture, right\\n2. Concussion with brief loss of consciousness\\nCourse:\\nPost-concussive headache for three days. | S72.001A S06.0X1A | current concussion
    """)


def test_cared_for_in_the_stay(coding_cases):
    """A chronic condition of the history with its drug, or a disorder that was corrected, is not taken out as unlikely.

    Source: ICD-10-CM Official Guidelines III. Rule IV.J-treated.
    """
    coding_cases("""
        setting   | note                                                                                                        | codes | why
        ----------+-------------------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Principal diagnosis: Pneumonia.\\nHistory: A gentleman with hyperlipidemia.\\nDischarge medications: atorvastatin 40 mg | J18.9 E78.5 | statin
        inpatient | Principal diagnosis: Pneumonia.\\nBackground\\nHypothyroidism on stable replacement.\\nMedicines\\nlevothyroxine 75 mcg | J18.9 E03.9 | hormone
        inpatient | Principal diagnosis: Pneumonia.\\nHospital course: lactic acidosis of 5.1 cleared to 1.6 within 12 hours.   | J18.9 E87.20 | cleared
    """)


def test_births(coding_cases):
    """Prior cesarean, failed trial of labor, sterilization, and the anemia that the birth brought.

    Source: ICD-10-CM Official Guidelines I.C.15. Rule I.C.15-phrases, I.C.15-combinations, I.C.15-pregnancy.
    """
    coding_cases("""
        setting   | sex | note                                                                                                     | codes | why
        ----------+-----+----------------------------------------------------------------------------------------------------------+-------+-----
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nPrenatal course: IUP at 38w1d. 2021: primary low transverse cesarean for breech. | O14.13 O34.211 Z3A.38 | the scar
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nIUP at 38w1d, TOLAC. Trial of labor stopped, decision for cesarean. | O14.13 Z3A.38 O66.41 [O34.219] | failed
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nIUP at 38w1d. Desired permanent sterilization; bilateral salpingectomy was done. | O14.13 Z3A.38 Z30.2 | chosen and done
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nIUP at 38w1d. Desired sterilization before, but declined tubal ligation today. | O14.13 Z3A.38 | declined
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nIUP at 38w1d. Methylergonovine avoided because of hypertension. | O14.13 Z3A.38 | hypertension of pregnancy
        inpatient | F   | Discharge diagnosis:\\nSevere pre-eclampsia\\nIUP at 38w1d. Nifedipine raised to 60 PPD 2.              | O14.13 Z3A.38 | a day, not a pack
        inpatient | F   | Discharge diagnosis:\\nChorioamnionitis\\nIUP at 38w1d.                                                  | O41.1230 Z3A.38 | the weeks give the trimester
        inpatient | F   | Discharge diagnoses:\\n1. Immediate postpartum hemorrhage\\n2. Acute blood loss anemia\\nPrenatal: IUP 38w1d, delivered vaginally, liveborn male. | O72.1 D62 O90.81 Z3A.38 Z37.0 | of the puerperium
    """)


def test_symptoms_treated_in_the_stay(coding_cases):
    """Symptoms that the stay treats for themselves stay beside diagnoses that do not imply them.

    Source: ICD-10-CM Official Guidelines I.B.5, III. Rule I.B.4-own-symptoms, I.B.5-integral.
    """
    coding_cases("""
        setting   | note                                                                                                       | codes | why
        ----------+------------------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnosis:\\n1. Left MCA stroke\\nCourse:\\nUrinary retention after foley out, straight cath x4. | I63.512 R33.9 | catheterized
        inpatient | Discharge diagnosis:\\n1. Major depression, recurrent, severe\\nCourse:\\nEndorsed suicidal ideation with a plan. At discharge no SI. | F33.2 R45.851 | present at first
        inpatient | Discharge diagnosis:\\n1. Major depression, recurrent, severe\\nCourse:\\nNo suicidal ideation.       | F33.2 | denied
        inpatient | Discharge diagnosis:\\n1. Cirrhosis\\nCourse:\\nHer ascites is large volume, paracentesis 5 L.        | K74.60 R18.8 | no combination
        inpatient | Discharge diagnosis:\\n1. Alcoholic cirrhosis\\nCourse:\\nAscites, paracentesis 5 L.                  | K70.31 | combination
    """)


def test_pumps_ladders_veins_and_drugs(coding_cases):
    """The failed pump goes first; words that stand apart; drugs of the stay and of life.

    Source: ICD-10-CM Official Guidelines I.C.4.a.5, I.C.20, I.C.21.c.3. Rule II-principal, I.C.20-external-causes,
    I.C.21.c.3-hospital-drugs, I.C.11-digestive, I.C.4.a-diabetes.
    """
    coding_cases("""
        setting   | note                                                                                                       | codes | why
        ----------+------------------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnoses:\\n1. Diabetic ketoacidosis in type 1 diabetes\\n2. Insulin pump mechanical failure     | T85.614A E10.10 [Z96.41] [T38.3X6A] | pump first
        inpatient | Discharge diagnosis:\\nRight hip fracture\\nHPI:\\nHe fell about 8 feet from an extension ladder.      | S72.001A W11.XXXA | feet between
        inpatient | Discharge diagnosis:\\nAcute DVT of the right common femoral vein                                      | I82.411 | named vein
        inpatient | Discharge diagnosis:\\nAcute duodenal ulcer with hemorrhage\\nCourse:\\nThe ulcer was considered to have been caused by naproxen. | K26.0 T39.315A | the ulcer again
        inpatient | Discharge diagnosis:\\nPneumonia\\nCourse:\\nHypokalemia. K fell to 2.9 on day 3 after fluids and insulin; repleted. | J18.9 E87.6 | given in the stay
        inpatient | Discharge diagnosis:\\nType 2 diabetes with hyperglycemia. CKD stage 3b.\\nCourse:\\nThe kidney disease is not diabetic per biopsy. | E11.65 N18.32 | not joined
        inpatient | Injuries:\\n1. Displaced intertrochanteric fracture of the right hip, closed\\n2. Traumatic left pneumothorax | S72.141A S27.0XXA | order of the list
        inpatient | Injuries:\\n1. Spleen: major (grade V, stellate) laceration\\n2. Left lung contusion                 | S36.032A S27.321A | apart in a list
    """)


def test_what_a_stay_does_not_report(coding_cases):
    """Visits to come, illness in general and words of fear are no diagnoses of a stay.

    Source: ICD-10-CM Official Guidelines III, IV.P. Rule III-not-of-a-stay.
    """
    coding_cases("""
        setting   | note                                                                                            | codes | why
        ----------+-------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnosis:\\nPneumonia\\nCourse:\\nMild retinopathy was ruled out. Annual exams.        | J18.9 | a visit to come
        inpatient | Discharge diagnosis:\\n1. Pneumonia\\n2. Severe malnutrition in the context of chronic illness   | J18.9 E43 | illness in general
        inpatient | Discharge diagnosis:\\nPneumonia\\nCourse:\\nHe was tearful at the word cancer.                  | J18.9 | a word
    """)


def test_given_up_as_it(coding_cases):
    """A drug that was prescribed and that the patient stopped of their own will, called "it".

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c. Rule I.C.19.e-underdosing.
    """
    coding_cases("""
        setting   | note                                                                                              | codes | why
        ----------+---------------------------------------------------------------------------------------------------+-------+-----
        inpatient | Discharge diagnosis:\\nStroke\\nHPI:\\nWas Rx'd apixaban but stopped it on her own in March because of bruising. | I63.9 T45.516A Z91.128 | of her own will
        inpatient | Discharge diagnosis:\\nStroke\\nHPI:\\nWas prescribed apixaban, and her cardiologist stopped it in March. | I63.9 [Z79.01] | by the provider
    """)
