"""What occasioned a stay that says it in passing: by problem, by days, in a table of four words, in plain prose.

What is only said to be stable leads nothing, what its words treat in the hospital does, and a symptom leads where no
diagnosis of the chart brings a patient to the hospital (Section II, II.A, II.B, II.C).
"""


def test_the_reason_of_a_stay_told_in_passing(coded):
    """The condition that occasioned the stay stands first, whatever else the chart tells at length.

    Source: ICD-10-CM Official Guidelines, Section II, II.A, II.B, II.C, II.G. Rule II-principal.
    """
    wrong = []
    for stay in STAYS.split("@@ ")[1:]:
        codes, text = stay.split("\n", 1)
        found = [s.code for s in coded(text.strip(), setting="inpatient").suggestions]
        if not found or found[0] not in codes.split(","):
            wrong.append((codes, found))
    assert not wrong, wrong


def test_what_hospitals_write_in_passing(coding_cases):
    """What the summaries of large hospitals say in few words leads to what Index and Tabular List give.

    Source: Alphabetic Index, Hematoma, subdural (traumatic); Complication, postprocedural; Crohn's disease, with;
    Tabular List, use additional code notes at K80 and K81, Excludes1 note at B97.4; Guidelines I.B.5, I.C.19.e.5, III.
    """
    coding_cases("""
        setting   | note | codes | why
        ----------+------+-------+-----
        inpatient | Hospital course:\\nHyperlipidemia: LDL 141, switched from pravastatin to atorvastatin 80. | E78.5 | told in the course
        inpatient | Hospital course:\\nGout: changed from allopurinol to febuxostat. | M10.9 | told in the course
        inpatient | Hospital course:\\nAcute gangrenous cholecystitis with cholelithiasis. | K80.00 K82.A1 | told in the course
        inpatient | Hospital course:\\nAcute cholecystitis. The gallbladder was not gangrenous. No perforation of the gallbladder. | K81.0 | told in the course
        inpatient | Hospital course:\\nPneumonia, ceftriaxone. On HD3 he left against medical advice. | J18.9 Z53.29 | told in the course
        inpatient | Hospital course:\\nCellulitis. He wanted to leave AMA but stayed. | L03.90 | told in the course
        inpatient | Procedures: Laparoscopic cholecystectomy, converted to open cholecystectomy.\\nHospital course:\\nAcute cholecystitis. | K81.0 Z53.31 | told in the course
        inpatient | PMH: laparoscopic colectomy converted to open 2015.\\nHospital course:\\nPneumonia. | J18.9 | told in the course
        inpatient | Hospital course:\\nPostoperative atrial fibrillation with RVR. | I97.89 I48.91 | told in the course
        inpatient | Hospital course:\\nAtrial fibrillation before surgery; pneumonia. | J18.9 I48.91 | told in the course
        inpatient | Hospital course:\\nFebrile nonhemolytic transfusion reaction; asthma. | R50.84 J45.909 | told in the course
        inpatient | Past Medical History:\\n- osteoarthritis of the right hip, considering THA\\nHospital course:\\nPneumonia. | J18.9 M16.11 | told in the course
        inpatient | Past Medical History:\\nright THA 2019\\nHospital course:\\nPneumonia. | J18.9 Z96.641 | told in the course
        inpatient | Hospital course:\\nDIFFUSE LARGE B-CELL LYMPHOMA, STAGE III, LYMPH NODES OF NECK, MEDIASTINUM AND RETROPERITONEUM, ON R-CHOP. | C83.38 | told in the course
        inpatient | Hospital course:\\nDLBCL of cervical nodes, on R-CHOP. | C83.31 | told in the course
        inpatient | Hospital course:\\nPostoperative fever due to atelectasis. | J98.11 | told in the course
        inpatient | Hospital course:\\nPostoperative atelectasis. | J95.89 | told in the course
        inpatient | Hospital course:\\nCellulitis, pain relieved by hanging it over the side of the bed. | L03.90 | told in the course
        inpatient | Hospital course:\\nMUCOSITIS, ORAL, GRADE 3, FROM CHEMOTHERAPY. | K12.31 T45.1X5A | told in the course
        inpatient | Hospital course:\\nSquamous cell carcinoma of the left lower lobe. | C34.32 | told in the course
        inpatient | Hospital course:\\nFell off a ladder three weeks ago. Left subdural hematoma, burr holes. | S06.5XAA W11.XXXA | told in the course
        inpatient | Hospital course:\\nSubdural hematoma, spontaneous, burr holes. | I62.00 | told in the course
        inpatient | Hospital course:\\nStroke, seizure and hypercapnia looked for and not found. Pneumonia. | J18.9 | told in the course
        inpatient | Hospital course:\\nT2DM, managed with insulin in house; metformin resumed. | E11.9 Z79.84 | told in the course
        inpatient | Hospital course:\\nRSV pneumonia.\\nDischarge diagnosis: RSV | J12.1 | told in the course
        inpatient | Hospital course:\\nCrohn's disease of the terminal ileum with small bowel obstruction, steroids. | K50.012 | told in the course
        inpatient | Hospital course:\\nBipolar I disorder. Current episode depressed, severe, no psychosis. | F31.4 | told in the course
        inpatient | Hospital course:\\nAsthma, moderate persistent. Exacerbation triggered by rhinovirus, nebulizers. | J45.41 | told in the course
        inpatient | Hospital course:\\nAsthma. Exacerbation of CHF, acute on chronic systolic, furosemide. | I50.23 J45.909 | told in the course
        inpatient | Hospital course:\\nPneumococcal meningitis, neck stiff, ceftriaxone. | G00.1 | told in the course
        inpatient | Hospital course:\\nPacemaker 2019. Pocket infection, whole system extracted. | T82.7XXA [Z95.0] | told in the course
        inpatient | Hospital course:\\nPulmonary TB. LFTs rose week 2, pyrazinamide stopped. | A15.0 | told in the course
        inpatient | Hospital course:\\nFocal epilepsy, intractable. Seven focal seizures captured. | G40.119 | told in the course
        inpatient | Hospital course:\\nCT guided lung biopsy, 40% pneumothorax afterwards; chest tube. | J95.811 | told in the course
        inpatient | Hospital course:\\nBipolar I disorder. Manic episode, severe, with psychotic features. | F31.2 | told in the course
    """)


STAYS = """
@@ J44.0,J18.9
72F COPD, CHF (EF 45%), CKD3. Sent in by visiting nurse for sat 86% and a temp of 102. CXR: RLL consolidation. Started on ceftriaxone/azithro for CAP with good effect; off O2 by HD4. Her CHF was compensated, lasix continued. COPD without exacerbation, home inhalers. DC home.

@@ K57.20
Mr. ___ is a 61-year-old man with hypertension and diabetes mellitus type 2. His wife called EMS because he was shaking with fever and had been doubled over since the day before. CT showed sigmoid diverticulitis with a 4 cm pericolic abscess. IR placed a drain, ertapenem x 10 days. A1c 8.1, metformin resumed. BP fine on losartan.

@@ C18.7
Ms. ___, 69, came in electively for a sigmoid colectomy for an adenocarcinoma which was found on screening colonoscopy in March. The operation went smoothly. POD2 atrial fibrillation with RVR, converted on diltiazem. POD3 ileus, NG tube two days. Hypothyroidism: levothyroxine. Path: T3N0.

@@ S82.851A
27M. While playing soccer he twisted his right ankle. Films: displaced trimalleolar fracture of the right ankle. ORIF the same night by Dr. ___. Asthma stable, albuterol not needed. Nicotine patch for 1/2 ppd cigarettes. Non weight bearing for 6 weeks.

@@ I21.4
58M smoker. Woke up at 4 am with chest pressure to the jaw. Troponin-T 0.9 -> 3.2, ST depressions V3-V6. Cath: 95% mid LCx, DES placed. TTE EF 50%. NSTEMI. Started aspirin, ticagrelor, metoprolol, atorvastatin. HTN, HLD. Counselled on cigarettes; discharge hospital day 3.

@@ I44.2
The patient, an 81-year-old gentleman with a history of CAD, s/p CABG, prostate cancer s/p radiation, and hypertension, had been feeling faint for a week and collapsed in church. EMS strip: HR 32. ECG here with complete heart block. Dual chamber pacemaker implanted next morning. Post implant CXR no pneumothorax. Home on the second day.

@@ T84.51XA
66F, R THA 2 years ago. Over 3 wks increasing R groin pain, fevers. Aspirate 68,000 WBC, MSSA. Explant and spacer on HD2. R hip prosthetic joint infection. Cefazolin 6 wk via PICC. Acute blood loss anemia after OR, 2 U. RA on methotrexate, held. Hypothyroid.

@@ L03.116
Obese 50M, venous insufficiency, DM2. Failed outpatient cephalexin for redness of left leg. Admitted for IV abx. LLE cellulitis, no abscess on US, no DVT. Vanc then doxy. Tinea pedis treated w/ clotrimazole. Sugars 200s, lantus raised. HTN continue amlodipine.

@@ K26.4
FINAL SUMMARY. Patient: 77M. On warfarin for AF. He passed black tarry stool x4 and felt weak; BP 88/50, Hgb 6.9, INR 5.8. Given vit K, Kcentra, 3 U. EGD: 1.5 cm duodenal bulb ulcer with visible vessel, clipped. Acute blood loss anemia. H pylori pending. Supratherapeutic INR. AF: warfarin to be resumed in 10 days. CKD 3a stable.

@@ I50.33
Problems addressed this admission (alphabetical): Anemia of chronic disease; Atrial fibrillation, chronic; Delirium, hospital day 3, resolved; Diastolic heart failure, acute on chronic; Hypothyroidism; Urinary retention after Foley removal.
Course: 88F from assisted living, 9 kg up, orthopneic. IV bumetanide 5 days. Confused on nights 3-4 after diphenhydramine. Retained 600 cc on day 5, straight cath once. Apixaban continued. TSH normal on levothyroxine. Hgb 9.8 stable.

@@ S72.141A
TRANSFER SUMMARY. 79M, originally admitted 5/2 after his dog pulled him over on the driveway; right intertrochanteric fracture fixed with a nail on 5/3. On 5/5 acute hypoxia; CTA showed bilateral pulmonary emboli; heparin then apixaban. On 5/8 C. difficile colitis, oral vancomycin. PE and C diff have made up most of his stay. Now stable for rehab. PMH HTN, BPH.

@@ A04.72
Reason she came: ten watery stools a day for a week after finishing clindamycin for a tooth. C. difficile toxin positive. Oral vancomycin. Also acute kidney injury from volume loss (Cr 2.9 to 1.0 with fluids), potassium 2.7 replaced, and her known rheumatoid arthritis, for which etanercept was held. On the last day a peripheral IV site became phlebitic, warm packs.

@@ G06.1
40M, 8 days of worsening mid-back pain and fever, now with leg weakness and unable to void. Blood cultures MRSA x4. MRI: T6-T9 epidural abscess w/ cord compression. Emergent laminectomy and evacuation that night by neurosurgery. Vancomycin 8 weeks. DM2 A1c 12. IVDU in past. Legs 4/5 at dc.

@@ N17.9
An 84-year-old woman was found by her son to be drowsy. She takes hydrochlorothiazide, lisinopril and naproxen for her knees. Creatinine 4.6 from 1.1, BUN 98. With hydration and stopping the three the creatinine fell to 1.4. AKI, prerenal from diuretic, ACE-i and NSAID use. Drowsiness (uremic) went. HTN now on amlodipine. Osteoarthritis of both knees: acetaminophen.

@@ F32.2
19F college student, first episode. Took 12 tablets of ibuprofen two weeks ago, no sequelae, told no one. Now SI with plan to jump; brought by RA. MDD single episode, severe, no psychotic features. Fluoxetine 20->40, CBT. Bulimia nervosa: labs ok. Iron deficiency without anemia.

@@ T40.1X1A
31M found apneic at a bus stop, pinpoint pupils; 4 mg IN naloxone x2 by EMS with return of breathing. Acute hypoxic respiratory failure, on HFNC 24 h; aspiration pneumonitis RLL. Accidental heroin overdose. Opioid use disorder, started on buprenorphine. Rhabdomyolysis CK 18,000, IVF. Hep C.

@@ T81.41XA
36F, 9 days s/p open appendectomy for perforated appendicitis at other hospital, comes in with redness and pus from the incision. Opened at bedside; packing; wound cx E coli. No deep collection on CT. Superficial SSI. Ceftriaxone/metronidazole -> Augmentin. Asthma, no wheeze. Home w/ VNA.

@@ I83.012
Nursing home resident 82M. Wound nurse asked for admission because a chronic right calf ulcer smelled and looked sloughy. Venous stasis ulcer of right calf, debrided in OR to fat layer; no osteomyelitis on MRI; no cellulitis. Compression. CHF compensated on lasix. AF on apixaban held 2 d. Dementia.

@@ D61.810
Day 12 after cycle 2 of carboplatin/gemcitabine for bladder cancer. Came to clinic for count check: WBC 1.1, Hgb 6.2, plt 7 with gum oozing, so he was directly admitted. Chemotherapy-induced pancytopenia. Transfused 3 u PRBC, 2 plt. Afebrile, never neutropenic fever. HTN. Type 2 DM. Tumor not treated this stay.

@@ R55
66F passed out standing in line, woke at once, no shaking. ECG nl. Tele 48 h no arrhythmia, echo normal, orthostatics neg, CT head neg, troponin neg. Scalp laceration 3 cm closed w/ staples. Seen by cards, no cause found; event monitor at dc. HTN - amlodipine continued. Hypothyroidism.

@@ I48.92,I48.3,I48.4
PRESENTATION: 71M w/ palpitations and lightheadedness since last night, HR 150.
FINDINGS: Atrial flutter with 2:1 block. TEE no thrombus.
TREATMENT: Diltiazem, then DC cardioversion; later typical flutter ablation.
OTHER: HFpEF compensated. OSA - CPAP. T2DM on metformin, A1c 7.0. Mild AKI on arrival, resolved.

@@ E05.91,E05.01
31F. Two weeks of tremor and weight loss, then fever 104, HR 170, delirium. TSH <0.01. Thyroid storm from untreated Graves disease; PTU, propranolol, hydrocortisone, iodine; ICU 3 days. Atrial fibrillation, converted. Hepatic congestion with elevated LFTs. UTI treated.

@@ G35,G35.A,G35.D
34F with relapsing-remitting MS, new numbness from the waist down and urgency x 5 d. MRI: new enhancing T5 lesion. IV methylprednisolone 1 g x 5 with improvement. UTI found on admission, nitrofurantoin. Depression stable on duloxetine.

@@ K50.012,K50.112,K50.812,K50.912,K50.014
25M Crohn's of terminal ileum on adalimumab. Crampy pain, vomiting, no stool. CT: long inflammatory stricture of the terminal ileum with upstream dilation. Crohn's flare with small bowel obstruction. IV steroids, NGT; ileocecectomy on day 6. Anemia, iron IV. PICC and TPN for severe malnutrition.

@@ A41.9
ID: 90F SNF. Sent for lethargy. T 39.4, P 120, lactate 4.8, MAP 52 on arrival -> norepinephrine. Septic shock from an unclear source; CT chest/abd neg, UA neg, cultures neg. Pip-tazo 7 d. Acute hypoxic resp failure, 4 L. AKI. Type 2 MI. Sacral ulcer stage 2 POA. DNR.

@@ O14.13,O14.93,O14.03
29F G1 at 33w2d with BP 174/110, platelets 98, severe headache. Preeclampsia with severe features. Magnesium, betamethasone, labetalol. Kept until 34w; not delivered this stay, transferred to tertiary centre for NICU beds. Gestational diabetes diet controlled. Anemia.

@@ F31.2
44F bipolar I, stopped lithium in the fall. Not sleeping for 6 nights, spending, believes she is married to the governor. Manic episode, severe, with psychotic features. Lithium + olanzapine. Hypothyroidism. Lithium level 0.9 on discharge. UTI, 3 days TMP.

@@ K26.5,K26.1
Sudden severe belly pain, board-like abdomen, free air under the diaphragm. 52M on naproxen for gout. OR: perforated duodenal ulcer, Graham patch. Peritonitis. Post-op: atrial fib day 2. H pylori +. Alcohol 2 drinks. HTN.

@@ L51.1,L51.3,L51.2
41F started lamotrigine 3 weeks before. Now painful blisters of mouth, eyes, trunk, 6% BSA. Stevens-Johnson syndrome due to lamotrigine. Burn unit. Corneal involvement treated by ophtho. Bipolar disorder - quetiapine. Hypokalemia.

@@ G45.9
77F: right arm and speech trouble for 25 minutes, gone by arrival. MRI no infarct. TIA. Clopidogrel added for 21 days. Carotid 60% left ICA stenosis, vascular clinic. HTN, HLD. Hypothyroid. Tele sinus.

@@ N39.0,N30.00,G93.41
90M more confused than usual at his nursing home, pulling at catheter. Temp 38.3. UA positive, culture enterococcus. CAUTI not diagnosed - catheter was placed here. UTI treated with ampicillin; mentation back to baseline with treatment. Alzheimer dementia. HFrEF chronic stable. DNR.

@@ I80.01,I82.811
45F. Right leg tender cord, swelling x 4 d, admitted from vein clinic. US: superficial thrombophlebitis of the right great saphenous vein, 2 cm from SFJ; no DVT. Enoxaparin. Varicose veins both legs. Migraine. On OCP, stopped.

@@ R10.9,R10.31,R10.30,R10.813
22F with RLQ pain for 2 days, vomiting. WBC nl. CT normal appendix, US normal ovaries, hCG neg, UA neg. Observed with serial exams, pain went away on its own. No diagnosis was made. Anxiety, sertraline. Asthma.

@@ I50.23,I11.0
Adm: 3/2. D/c: 3/9. Why here: cannot lie flat, 6 pillows, legs weeping. 59M cardiomyopathy EF 15%. Course: acute on chronic systolic heart failure, dobutamine, furosemide drip. NSVT - amiodarone. Pneumonia diagnosed 3/5, ceftriaxone. HTN. Non-adherent to diet.

@@ G93.41,E87.1,N39.0
82F on HCTZ, brought by daughter for confusion x 3 days. Na 118. Metabolic encephalopathy due to hyponatremia from thiazide. HCTZ stopped; 3% then free water restriction. Na 133 and she was clear again. Hypothyroidism, HTN. Foot fracture old. Home with PT.

@@ C92.00,D70.9
Direct admit from clinic. 44M new pancytopenia with 60% blasts; marrow AML, FLT3+. 7+3 with midostaurin started on day 3. Febrile neutropenia day 11, cefepime. Mucositis. Central line DVT left subclavian day 16, enoxaparin. Nadir marrow empty. Counts recovering at d/c. Anxiety.

@@ I63.233,I63.231,I63.239,I65.21,I63.031
75M, two spells of left hand clumsiness this week, then on Friday fixed left arm weakness. MRI: watershed infarcts right hemisphere. CTA 90% right ICA stenosis. Right CEA on HD4 without incident. Stroke due to right internal carotid artery stenosis. Post-op neck hematoma, observed. CAD, HTN, HLD; ex-smoker.

@@ J45.41,J45.901,J45.51,J45.31
9M moderate persistent asthma, 2 d cold then wheeze. ED: albuterol continuous, mag, dexamethasone. PICU 1 day on HFNC. Exacerbation triggered by rhinovirus. Spaced to q4h by day 3. Eczema. Food allergy to peanut - EpiPen renewed.

@@ I47.20,I47.29
68M ischemic CM, ICD. Shocked 5 times at the dinner table. Interrogation: VT storm. Amio + lidocaine drip, VT ablation on HD3. K 3.2, repleted. HFrEF euvolemic. Afib chronic on warfarin, INR 2.2. Thyroid normal.

@@ O72.1,O72.2
31F, PPD 9 from vaginal delivery, returned soaking a pad every 15 min. US retained products. Delayed postpartum hemorrhage; D&C; 2 U PRBC. Endometritis treated amp/gent/clinda. Acute blood loss anemia. Breastfeeding. No HTN.

@@ M16.11
63M, end-stage OA of the right hip, failed injections. Elective right THA 4/4, spinal. POD1 orthostatic, 1 L LR. Hgb 13.9 -> 9.8, acute blood loss anemia, no transfusion. AF on apixaban resumed POD1. CKD 3a; Cr stable. Home w/ PT POD2.

@@ I31.4,I31.39,C79.89
58F metastatic breast cancer (liver, bone), more breathless each day. Echo: large pericardial effusion with tamponade. Pericardiocentesis 900 cc, malignant cytology; window HD3. Cardiac tamponade due to malignant effusion. AF with RVR after the window. Oxycodone for bone pain. Next chemo in clinic.

@@ Z51.11
65M with stage IV colon cancer to the liver, scheduled cycle 5 FOLFOX as inpatient because of prior oxaliplatin reaction. Desensitization protocol, chemo given over 3 d w/out reaction. Neuropathy gr 1. HTN. Nausea - ondansetron. Chemo admission complete.

@@ K92.2,K55.21,D62,K31.811
79F AS, AF on apixaban. Two weeks of dark stools, breathless; Hgb 5.9. Admitted for GI bleeding. EGD and colonoscopy negative; capsule: cecal angioectasia, bleeding. APC. Acute blood loss anemia, 3 U. Apixaban held then resumed. CHF compensated. Severe aortic stenosis, TAVR eval as outpatient.

@@ S72.301A,S72.322A,S72.302A,S72.392A,S72.352A
MVC restrained driver vs pole, 34F. Left femoral shaft fracture, IM nail. Grade 2 splenic laceration observed, Hgb stable. Left 6th rib fracture. Alcohol level 180. Post-op fever day 2 worked up negative. Crutches. Anxiety.

@@ L40.1,L40.50
44M on prednisone burst for back pain; 5 d after stopping broke out in sheets of pustules on red skin, 39C. Generalized pustular psoriasis. Cyclosporine, wet wraps. Hypocalcemia, repleted. Psoriatic arthritis hands. Obesity.

@@ N04.9,N04.1,N04.21,N04.20,N04.22,N04.29,N04.0
6M swollen eyes and belly x 10 days. Albumin 1.4, protein 4+. Nephrotic syndrome, new. Prednisolone 2 mg/kg, albumin/furosemide x3. Scrotal edema. No SBP. BP ok. Pneumococcal vaccine. Diuresed 3.4 kg.

@@ T82.7XXA
70M pacemaker 2019. Pocket red for 3 weeks, now pus coming through skin. Pocket infection. Whole system extracted, temp wire; new leadless. MSSA. Vegetation none. CHB dependent. CKD3b, HTN. DVT arm after extraction.

@@ Z43.3,Z43.2,Z93.3,K57.32
60M Hartmann's a year ago for perforated diverticulitis; back for elective colostomy takedown. Done open, adhesiolysis 2 h. Ileus POD4-7. Wound seroma opened at bedside. OSA, CPAP. BPH. Home POD9.

@@ F20.0,F20.9,F25.0,F25.1,F25.9
41M found shouting in traffic, off olanzapine 3 mos. Schizoaffective disorder bipolar type, acute exacerbation. Olanzapine, valproate. Cellulitis R foot from walking barefoot - cephalexin. Cocaine use disorder. Housed in group home at dc.

@@ K65.0,K65.9,T85.71XA,K65.8
50F on PD. Cloudy effluent and belly pain one day. Cell count 3,400. PD peritonitis (peritoneal dialysis catheter-associated), coag neg staph. IP vanc. ESRD due to polycystic kidney disease. HTN. Hypokalemia. Catheter kept.

@@ R04.0
66M on clopidogrel + aspirin. Nosebleed 8 h, posterior pack by ENT, admitted for monitoring with pack. Hgb 12. IR not needed, pack out 72 h. HTN. CAD with stents. OSA - no CPAP while packed.

@@ J86.9,J15.9,J18.9,J18.1
37M pneumonia treated at home 10 days w/ azithro, not better. CT loculated left effusion. Empyema; chest tube + tPA/dornase, then VATS decortication. Strep intermedius. Poor dentition. Marijuana. Weight loss 15 lb, moderate malnutrition.

@@ A41.9,A41.51
NOTE TO PCP: thank you for sending Ms. ___ (66, diabetic). You saw her with a BP of 76/40 and a temperature of 39.8. She was in septic shock from E. coli pyelonephritis, blood cultures positive; needed norepinephrine 24 h. She also had DKA mild on arrival? - no, ketones negative; sugars 400 with T2DM. Kidneys: AKI resolved. She had a run of AF on day 2. She leaves on ciprofloxacin, metformin and apixaban.

@@ S42.201A,S42.291A,S42.211A,S42.221A,S42.231A,S42.241A,S42.251A
Admit reason: unable to care for self after right proximal humerus fracture. 84F fell in the garden over a hose. Sling, non-operative per ortho. Orthostatic hypotension: amlodipine stopped. Mild dementia. UTI with E. coli day 3, nitrofurantoin. Osteoarthritis. SNF.

@@ T86.11
Renal transplant 2018. Cr 1.4 -> 3.0 on routine labs, no symptoms, admitted from clinic for biopsy. Biopsy: acute cellular rejection 1B. Thymoglobulin x5. Hyperglycemia on steroids, known T2DM, insulin. CMV neg. HTN.

@@ K31.1,K25.9,C16.9,K31.5,C16.4,C16.3
70M vomiting old food for 2 weeks, lost 9 kg. CT distended stomach. EGD: pyloric stricture from peptic ulcer scarring; biopsies benign. Gastric outlet obstruction. Dilated x2; PPI. K 2.4, metabolic alkalosis corrected. Malnutrition severe - TPN. Quit smoking.

@@ F31.4,F31.30,F31.32,F31.9,F31.5
33F bipolar II? No - bipolar I, admitted after telling therapist she had saved pills to end her life. Current episode depressed, severe, no psychosis. Suicidal ideation. Lamotrigine, quetiapine. ECT x6. Hypothyroid on lithium previously. IUD. Migraine.

@@ C22.0
59M with hep C cirrhosis in for planned TACE of a 4 cm HCC. Done 6/2. Post-embolization syndrome: fever, RUQ pain, 2 days. Ascites: none. Encephalopathy: none. Esophageal varices without bleeding, nadolol. T2DM. Home 6/5.

@@ O34.211,O34.219
32F G2P1 at 39w0d here for scheduled repeat C-section. Previous low transverse. Liveborn male 3600 g. Adhesions lysed. EBL 900. Spinal headache PPD1, blood patch. GDM diet. Rh neg, Rhogam.

@@ I35.0
82M severe AS, NYHA III, came for TAVR. 26 mm Sapien via right femoral. LBBB afterwards -> complete heart block night 1 -> pacemaker day 2. Groin hematoma. CKD 3b. Anemia. Home day 4.

@@ E27.40,E27.2,E27.49
46F on 10 yrs of prednisone for RA, stopped it by herself 2 weeks ago. Weak, vomiting, BP 78/40, Na 124, glucose 52. Adrenal crisis due to steroid withdrawal. Hydrocortisone 100, fluids. RA flare hands. Strep throat test neg. Osteoporosis.

@@ Z51.89,R50.82,K65.1,T81.43XA,T81.43
45F, POD 12 from laparoscopic appendectomy, presents with fever and pelvic pain. CT: 5 cm pelvic abscess at operative site - postoperative intra-abdominal abscess. IR drain; E coli + bacteroides. Pip-tazo to Augmentin. Diarrhea, C diff neg. Anxiety.

@@ K57.32,K57.92
Discharge diagnoses:
1. Hypertension
2. Type 2 diabetes mellitus
3. Acute sigmoid diverticulitis, uncomplicated
4. Hypokalemia

Course: 55F with two days of LLQ pain, WBC 15, CT uncomplicated sigmoid diverticulitis. Failed PO. IV ceftriaxone/metronidazole, diet advanced. K repleted. Home meds continued.

@@ I48.91,I48.19,I48.0
Diagnoses (per coding worksheet): COPD; Atrial fibrillation with rapid ventricular response; Hypothyroidism; CKD stage 3a.
67M woke with palpitations, HR 160. Dilt drip, then metoprolol; rate 80s. TSH normal. COPD quiet. Started apixaban. Echo normal.

@@ C25.0,C25.9
60M. 4 weeks of itching, dark urine, pale stools. Bili 14. CT: 3 cm mass of the head of the pancreas, dilated ducts. EUS FNA adenocarcinoma. ERCP with metal stent for the obstruction; bili falling. New diabetes, A1c 8.2, insulin begun. Oncology to follow. Nicotine dependence.

@@ A41.9,J18.9
74M. HOSPITAL COURSE: Intubated in ED for pneumonia with sepsis (T 39.5, HR 130, WBC 24, lactate 3). Ceftriaxone, azithro; extubated day 3. Acute hypoxic respiratory failure. Then GI bleed day 5 from stress ulcers - PPI, 2 units. Then C diff day 9. CKD3. To rehab day 15. The bleeding and the colitis were the main problems from the second week on.

@@ E05.00,I48.91
52F new AF RVR 150, weight loss 10 kg, goiter with bruit. TSH <0.01, TRAb positive. Admitted for AF due to hyperthyroidism. Graves disease is the cause; methimazole, propranolol. AF converted day 2. Anxiety. Osteopenia.

@@ T83.510A
59M MS, quadriparesis, chronic suprapubic catheter. Fever, bladder spasms, sediment. Catheter associated UTI from the suprapubic tube, Proteus; tube changed; meropenem. Autonomic: BP labile. Stage 3 ischial ulcer, wound care. Baclofen pump ok.

@@ K91.89,K91.840,K91.871,K65.0,K63.1,K65.1,K65.9,K91.30
51M one week out from sigmoid resection elsewhere. Rigors, diffuse belly pain. CT free air and fluid at the anastomosis. Anastomotic leak with peritonitis. Washout, end colostomy. Septic? no - never hypotensive, lactate 1.2. AKI mild. Wound vac. T2DM. Discharged HD12.

@@ I71.010,I71.00,I71.019,I71.012,I71.011,I71.02,I71.03
48M tearing back pain between shoulders, BP 210/120. CTA: dissection from left subclavian to the iliacs (type B aortic dissection). Esmolol, nicardipine; no malperfusion. Hypertensive emergency. AKI from contrast day 3. Cocaine in urine. CKD 2. Medical therapy.

@@ J95.811
62M had CT guided lung biopsy (outpatient), 40% pneumothorax afterwards; admitted from radiology for chest tube. Tube out day 2. Nodule pathology pending. COPD, home O2 2 L. CAD.

@@ A15.0
36M from Nepal, 2 mo cough, sweats, hemoptysis. Cavity RUL. AFB smear 3+, PCR MTB. Pulmonary TB. Isolation, RIPE. Hepatitis B carrier - tenofovir. Hyponatremia 128 mild. LFTs rose week 2, pyrazinamide stopped. Underweight.

@@ G40.119
33M refractory epilepsy electively admitted to the EMU for video monitoring, meds weaned. 7 typical focal seizures captured, left temporal. Focal epilepsy, intractable. Tongue bite. Post ictal psychosis day 4, olanzapine. Meds restarted.

@@ D25.1,D25.0,D25.9,D25.2
45F heavy bleeding from intramural fibroid uterus failed IUD, in for TLH. Uncomplicated. Hgb 8.9 pre op chronic blood loss anemia, iron. POD1 voiding trial failed, home with foley. Anxiety.
"""
