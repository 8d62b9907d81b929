"""Short stays: complications of care, transplants, vessels and fractures in the words of a hospital course."""


def test_complications_and_parts_told_in_a_sentence(coding_cases):
    """The words of the course lead to what Index and Tabular List give.

    Source: Alphabetic Index, Hematoma, postprocedural; Pneumothorax, postprocedural; Compartment syndrome, nontraumatic;
    Tabular List, code first note at D89.81, Excludes1 at G93.5, T86.5; ICD-10-CM Official Guidelines I.C.15, I.C.19.g.
    """
    coding_cases("""
        setting   | note | codes | why
        ----------+------+-------+-----
        inpatient | Hospital course:\\nIV antibiotics after failing oral antibiotics for cellulitis of the left lower leg. | L03.116 | told in the course
        inpatient | Hospital course:\\nShe failed oral cephalexin; cellulitis of the right foot persists. | L03.115 | told in the course
        inpatient | Hospital course:\\nDry gangrene of the left second toe due to atherosclerosis of the native arteries of the left leg, amputated. | I70.262 | told in the course
        inpatient | Hospital course:\\nDry gangrene of the left second toe in atherosclerosis of the native arteries, amputated. | I70.262 | told in the course
        inpatient | Hospital course:\\nStatus post kidney transplant 2021. Biopsy: acute T-cell mediated rejection grade IB. Pulse steroids given. | T86.11 | told in the course
        inpatient | Hospital course:\\nLiver transplant 2019. Acute cellular rejection, treated with pulse steroids. | T86.41 | told in the course
        inpatient | Hospital course:\\nHeart transplant recipient, biopsy grade 2R cellular rejection, treated with methylprednisolone. | T86.21 | told in the course
        inpatient | Hospital course:\\nShe took two oxycodone pills to get high and did not mean to hurt herself: accidental oxycodone overdose, naloxone infusion. | T40.2X1A | told in the course
        inpatient | Hospital course:\\nTook too much methadone by accident; she did not intend to harm herself. Naloxone given for methadone overdose. | T40.3X1A | told in the course
        inpatient | Hospital course:\\nFascial dehiscence after laparotomy, reclosed. | T81.321A | told in the course
        inpatient | Hospital course:\\nAcute graft-versus-host disease after bone marrow transplant, methylprednisolone. | T86.09 D89.810 | told in the course
        inpatient | Hospital course:\\nChronic GVHD of the lung after stem cell transplant, ruxolitinib. | T86.5 D89.811 | told in the course
        inpatient | Hospital course:\\nAcute GVHD of skin and gut, day 40 after allogeneic stem cell transplant. Ruxolitinib. | T86.5 D89.810 | told in the course
        inpatient | Hospital course:\\nAcute thrombosis of the right femoropopliteal PTFE bypass graft, thrombectomy done. | T82.868A | told in the course
        inpatient | Hospital course:\\nThrombosed aortobifemoral graft, thrombectomy. | T82.868A | told in the course
        inpatient | Hospital course:\\nOccluded right femoropopliteal bypass graft, thrombolysis. | T82.898A | told in the course
        inpatient | Hospital course:\\nAV graft thrombosis, declotted. | T82.868A | told in the course
        inpatient | Hospital course:\\nPostoperative ileus, NG tube, resolved. | K91.89 K56.7 | told in the course
        inpatient | Hospital course:\\nPathological fracture of T9 in myeloma, brace. | M84.58XA C90.00 | told in the course
        inpatient | Hospital course:\\nMultiple myeloma (dx 2021, transplant 2022), in relapse since December, on bortezomib. | C90.02 | told in the course
        inpatient | Hospital course:\\nRelapsed IgG kappa multiple myeloma, on bortezomib. | C90.02 | told in the course
        inpatient | Hospital course:\\nPerinephric hematoma after the kidney biopsy, embolized. | N99.840 | told in the course
        inpatient | Hospital course:\\nLeft pneumothorax, a complication of the vein puncture, chest drain. | J95.811 | told in the course
        inpatient | Hospital course:\\nPneumothorax after the pacemaker wires were placed, chest tube. | J95.811 | told in the course
        inpatient | Hospital course:\\nAspiration pneumonitis from blood, oxygen. | J69.8 | told in the course
        inpatient | Hospital course:\\nSuperficial thrombophlebitis of the right forearm at the IV site, warm packs. | I80.8 T80.1XXA | told in the course
        inpatient | Hospital course:\\nSigmoid diverticulosis with a visible vessel, clipped. Diverticular hemorrhage. | K57.31 | told in the course
        inpatient | Hospital course:\\nDiverticular bleeding of the sigmoid colon, clipped. | K57.31 | told in the course
        inpatient | Hospital course:\\nSubfalcine herniation with 9 mm midline shift from acute traumatic subdural hematoma after a fall, craniotomy. | S06.5XAA S06.A1XA W19.XXXA | told in the course
        inpatient | Hospital course:\\nA 1 cm cystotomy was made by accident during hysterectomy and repaired. | N99.71 | told in the course
        inpatient | Hospital course:\\nInadvertent enterotomy during lysis of adhesions, repaired. | K91.71 | told in the course
        inpatient | Hospital course:\\nVasovagal syncope while blood was drawn, laid flat. | R55 | told in the course
        inpatient | Hospital course:\\nPPROM at 33 weeks 2 days. Labor began 42 hours after rupture. Cesarean, liveborn. | O42.113 Z3A.33 Z37.0 | told in the course
        inpatient | Hospital course:\\nAcute dystonia from haloperidol, relieved by benztropine. | G24.02 T43.4X5A | told in the course
        inpatient | Hospital course:\\nSlipped out of bed and cut his left elbow, 2 cm laceration sutured. | S51.012A W06.XXXA | told in the course
        inpatient | Hospital course:\\nFell 20 ft from the roof; right clavicle fracture, sling. | S42.001A W13.2XXA | told in the course
        inpatient | Hospital course:\\nLeft below-knee amputation 2021. Right foot drop, AFO fitted. | M21.371 Z89.512 | told in the course
        inpatient | Hospital course:\\nReperfusion compartment syndrome of the right lower leg, fasciotomy. | M79.A21 | told in the course
    """)


def test_denials_years_and_parts(coding_cases):
    """A colon ends the denial of a finding; a year behind a device is that of the device; the wall of the bladder.

    Source: ICD-10-CM Official Guidelines III, I.A.12.a, I.C.19.e.5, I.C.19.g; Tabular List, C67.-, T82.8-.
    """
    coding_cases("""
        setting   | note | codes | why
        ----------+------+-------+-----
        inpatient | Hospital course:\\nAbdomen tense, no bowel sounds: perforated sigmoid diverticulitis, Hartmann. | K57.20 | told in the course
        inpatient | Hospital course:\\nDenies the following: chest pain, asthma, seizures. Cellulitis of the left leg, cefazolin. | L03.116 | told in the course
        inpatient | Hospital course:\\nDistended, no flatus, KUB dilated loops: postoperative ileus, NG tube. | K91.89 K56.7 | told in the course
        inpatient | Hospital course:\\nDuring induction she inhaled blood; aspiration pneumonitis from blood, oxygen. | J69.8 | told in the course
        inpatient | Hospital course:\\nGlucose 412, no ketones: type 2 DM with hyperglycemia, basal-bolus ordered. | E11.65 | told in the course
        inpatient | Hospital course:\\nHe quit taking his lithium three weeks ago because it made him shaky; bipolar disorder, current episode manic, severe. | F31.13 T43.596A Z91.128 | told in the course
        inpatient | Hospital course:\\nHemopneumothorax with no passive stretch tolerated: reperfusion compartment syndrome right lower leg, fasciotomy. | M79.A21 J94.2 | told in the course
        inpatient | Hospital course:\\nHyponatremia was attributed to sertraline, stopped. | E87.1 T43.225A | told in the course
        inpatient | Hospital course:\\nInfected right hip prosthesis (2019), washout. | T84.51XA | told in the course
        inpatient | Hospital course:\\nLives in a shelter since November; cellulitis of the left leg, cefazolin. | L03.116 Z59.01 | told in the course
        inpatient | Hospital course:\\nMigraine with aura (one attack, rizatriptan), exercise-induced asthma, albuterol. | G43.109 J45.990 | told in the course
        inpatient | Hospital course:\\nNegative for: pneumonia, effusion. Cellulitis of the left leg, cefazolin. | L03.116 | told in the course
        inpatient | Hospital course:\\nNo chest pain, troponin 14: NSTEMI, stented. | I21.4 | told in the course
        inpatient | Hospital course:\\nNo comorbidities: diabetes, dyslipidemia. Cellulitis of the left leg, cefazolin. | L03.116 | told in the course
        inpatient | Hospital course:\\nNo complications: no bleeding, infection. Cellulitis of the left leg, cefazolin. | L03.116 | told in the course
        inpatient | Hospital course:\\nNo evidence of the following: pneumonia, pulmonary embolism. Cellulitis of the left leg, cefazolin. | L03.116 | told in the course
        inpatient | Hospital course:\\nNo fever, no cough: chest film showed right lower lobe pneumonia, ceftriaxone. | J18.9 | told in the course
        inpatient | Hospital course:\\nNo other injuries: fracture, dislocation. Concussion without loss of consciousness. | S06.0X0A | told in the course
        inpatient | Hospital course:\\nPenicillin allergy (anaphylaxis) - linezolid for cellulitis of the left leg. | L03.116 Z88.0 | told in the course
        inpatient | Hospital course:\\nPneumonia. While blood was drawn she fainted, vasovagal syncope. | J18.9 R55 | told in the course
        inpatient | Hospital course:\\nPolymyalgia rheumatica on long-term prednisone, stress dose hydrocortisone given. | M35.3 Z79.52 | told in the course
        inpatient | Hospital course:\\nPostoperative fever on the first evening, workup negative. Fibroids, hysterectomy. | D25.9 R50.82 | told in the course
        inpatient | Hospital course:\\nShe had no symptoms of infection: no fever, chills. Gout flare of the left foot, colchicine. | M10.9 | told in the course
        inpatient | Hospital course:\\nTense calf, no passive stretch tolerated: reperfusion compartment syndrome right lower leg, fasciotomy. | M79.A21 | told in the course
        inpatient | Hospital course:\\nThrombosis of the left axillofemoral graft (2021), lysis. | T82.868A | told in the course
        inpatient | Hospital course:\\nTransurethral resection of a papillary tumor of the dome of the bladder (biopsy: urothelial carcinoma). | C67.1 | told in the course
        inpatient | Hospital course:\\nUrothelial carcinoma of the lateral wall of the bladder, resection. | C67.2 | told in the course
        inpatient | Hospital course:\\nWeak left hand without sensory loss: acute infarct of the right middle cerebral artery, aspirin. | I63.511 | told in the course
    """)


def test_remedies_ruptures_and_falls(coding_cases):
    """A remedy behind a comma is no cause; an aneurysm called ruptured; a bone pressed by a fall; an organ taken out.

    Source: Alphabetic Index, Aneurysm, aorta, ruptured; Fracture, vertebra; Appendicitis, gangrenous; ICD-10-CM Official
    Guidelines I.C.13.d, I.C.19.e.5.a, I.C.21.c.3, III.
    """
    coding_cases("""
        setting   | note | codes | why
        ----------+------+-------+-----
        inpatient | Hospital course:\\nAngioedema from lisinopril, methylprednisolone, no intubation. | T78.3XXA T46.4X5A | told in the course
        inpatient | Hospital course:\\nRash from amoxicillin, prednisone given. | L27.0 T36.0X5A | told in the course
        inpatient | Hospital course:\\nBleeding gastric ulcer due to ibuprofen and prednisone, clipped. | K25.4 T39.315A T38.0X5A | told in the course
        inpatient | Hospital course:\\nMigraine (rizatriptan), exercise-induced asthma, ADHD combined type on methylphenidate. | G43.909 J45.990 F90.2 | told in the course
        inpatient | Hospital course:\\nGastric ulcer with bleeding. It was ascribed to H. pylori and daily aspirin. | K25.4 B96.81 T39.015A | told in the course
        inpatient | Hospital course:\\nStoma pink and productive after ileostomy in 2019. Pneumonia, ceftriaxone. | J18.9 Z93.2 | told in the course
        inpatient | Hospital course:\\nAll toes of the right foot were amputated in 2018. Pneumonia, ceftriaxone. | J18.9 Z89.421 | told in the course
        inpatient | Hospital course:\\nVenous ulcer of the right ankle. Muscle is exposed; compression. | I83.013 L97.315 | told in the course
        inpatient | Hospital course:\\nCompression fracture of L1 after a fall from a ladder, brace. | S32.010A W11.XXXA | told in the course
        inpatient | Hospital course:\\nL2 compression fracture after a fall from standing, osteoporosis, brace. | M80.08XA | told in the course
        inpatient | Hospital course:\\nCompression fracture of T12, no trauma, brace. | M48.54XA | told in the course
        inpatient | Hospital course:\\nRuptured infrarenal aortic aneurysm, EVAR. | I71.33 | told in the course
        inpatient | Hospital course:\\nKnown infrarenal aortic aneurysm 5.8 cm. CT: ruptured. EVAR. | I71.33 | told in the course
        inpatient | Hospital course:\\n83F nursing home resident with pneumonia, ceftriaxone. | J18.9 | told in the course
        inpatient | Hospital course:\\nTense blisters of trunk and thighs: bullous pemphigoid, prednisone. | L12.0 | told in the course
        inpatient | Hospital course:\\nAdmitted for repair of complete atrioventricular septal defect. Down syndrome. | Q21.23 Q90.9 | told in the course
        inpatient | Hospital course:\\nRuptured abdominal aortic aneurysm excluded; infrarenal aortic aneurysm 4 cm unruptured. Pneumonia. | J18.9 I71.43 | told in the course
        inpatient | Hospital course:\\nInfrarenal aortic aneurysm, not ruptured, 4.1 cm, followed. Pneumonia. | J18.9 I71.43 | told in the course
        inpatient | Hospital course:\\nColostomy pink and working, made in 2019. Pneumonia, ceftriaxone. | J18.9 Z93.3 | told in the course
        inpatient | Hospital course:\\nHartmann procedure on day 2; colostomy pink and working. Perforated sigmoid diverticulitis. | K57.20 | told in the course
        inpatient | Hospital course:\\nCushing syndrome from prednisone, dose reduced. | E24.2 T38.0X5A | told in the course
        inpatient | Hospital course:\\nThird-degree AV block, rate 28, pacemaker implanted. | I44.2 | told in the course
        inpatient | Hospital course:\\nGangrenous appendix without perforation, appendectomy. | K35.891 | told in the course
        inpatient | Hospital course:\\nPerforated appendix, washout. | K35.32 | told in the course
        inpatient | Hospital course:\\nReadmitted nine days after sigmoid colectomy for diverticulitis with pneumonia, ceftriaxone. | J18.9 | told in the course
        inpatient | Hospital course:\\nUrinary retention due to meclizine, catheter. | R33.0 T45.0X5A | told in the course
    """)


def _stays():
    """The principal diagnoses that Section II gives, each with its short stay."""
    for stay in STAYS.split("@@ ")[1:]:
        codes, text = stay.split("\n", 1)
        yield codes.split(","), text.strip()


def test_what_occasioned_a_short_stay(coded):
    """However the reason for the stay is told, the condition that occasioned it stands first.

    Source: ICD-10-CM Official Guidelines, Section II, II.B, II.C, II.G. Rule II-principal.
    """
    told = ((codes, [s.code for s in coded(text, setting="inpatient").suggestions]) for codes, text in _stays())
    wrong = [(codes, found) for codes, found in told if not found or found[0] not in codes]
    assert not wrong, wrong


STAYS = """
@@ K85.10
DISCHARGE SUMMARY
Presenting complaint: two days of boring epigastric pain through to the back, vomiting.
Lipase 4,800. Ultrasound: stones in the gallbladder, duct 5 mm. MRCP no stone in the duct.
Managed with fluids and early feeding; laparoscopic cholecystectomy on day 4 for cholelithiasis.
Known hypertension and type 2 diabetes, both stable on usual tablets (metformin, amlodipine).
Diagnosis: gallstone pancreatitis, mild. Potassium 3.1 replaced (hypokalemia).
@@ S72.141A
Mrs. B., 84, lives alone. She tripped over the cat in her kitchen and could not get up; found after two hours.
X-ray in the ED: displaced intertrochanteric fracture of the right femur. Cephalomedullary nail next morning.
She has atrial fibrillation (apixaban held, then restarted), dementia of Alzheimer type with late onset, and osteoarthritis of both knees.
On day 2 she became agitated, delirium due to oxycodone stopped; day 3 urinary tract infection, ciprofloxacin.
The orthopedic team considers this a traumatic, not a fragility fracture.
Transferred to rehab on day 6.
@@ K56.50,K56.609,K56.600,K56.52,K56.51
Problem list on discharge: 1. COPD, stable on tiotropium 2. Hypothyroidism 3. Small bowel obstruction due to adhesions, resolved without operation 4. AKI, resolved 5. Anxiety.
Course: came by ambulance vomiting bile with a distended abdomen. CT transition point in the right lower quadrant. NG tube for three days.
Creatinine 2.1 on arrival, 0.9 at discharge after fluids.
Diet advanced. Home.
@@ I63.411,I63.511,I63.9,I63.40,I63.419
To: Dr Patel. Your patient was with us from 3 to 9 May.
She had been found by her daughter unable to speak properly and with a weak left arm, last seen well 90 minutes before.
MRI showed an infarct in the right middle cerebral artery territory; the monitor showed paroxysmal atrial fibrillation, not known before, and we take the stroke to be cardioembolic.
Alteplase was given. She has a mild residual left hemiparesis and dysarthria. Apixaban from day 5. Hypertension treated with losartan.
@@ T82.7XXA
Reason for hospitalization: redness and pus over the pacemaker pocket for one week (generator change in February).
TEE without vegetations; blood cultures negative. Pocket grew MSSA. Diagnosis: pacemaker pocket infection with Staphylococcus aureus.
Whole system extracted 6/4; temporary wire; new leadless device 6/11. Cefazolin.
Sick sinus syndrome, hypertension, type 2 diabetes on empagliflozin.
@@ J18.9
Admitted with three days of cough, fever and confusion. Chest film right lower lobe infiltrate. Urine antigens negative.
Treated as community-acquired pneumonia, probably bacterial, with ceftriaxone and azithromycin. Needed 2 L of oxygen for a day, no respiratory failure.
Chronic conditions: CAD, CKD stage 3a, hypothyroidism, BPH.
Discharge diagnoses: CAD; CKD 3a; hypothyroidism; BPH; pneumonia.
@@ N39.0
Discharge diagnosis: 1) Acute metabolic encephalopathy ruled out; baseline dementia. 2) UTI due to Klebsiella, present on arrival. 3) Constipation.
Sent by the nursing home because of fever and dysuria. No sepsis. Ceftriaxone for five days.
Vascular dementia without behavioral disturbance: family at the bedside. Parkinson disease: levodopa on time.
@@ I21.4
56-year-old man, chest pressure while shoveling snow. Troponin 0.8 rising to 14, no ST elevation.
Catheterization: 95% mid LAD lesion stented with one drug-eluting stent.
Cardiogenic shock did not occur. New diagnosis of type 2 diabetes (A1c 8.1), hyperlipidemia. Smoker.
D/C dx - CAD s/p DES to LAD, T2DM new, HLD, tobacco use disorder, NSTEMI.
@@ C18.2
Admission for planned right hemicolectomy for adenocarcinoma of the ascending colon found at screening colonoscopy.
Operation 9/3 laparoscopic, uneventful. pT3 N1, metastasis in two of eighteen regional mesenteric nodes.
POD 3 ileus, NG tube two days. POD 5 pneumonia. Anemia from chronic blood loss from the tumor, iron infusion.
Obstructive sleep apnea on CPAP.
@@ O14.14,O14.13,O14.15,O14.12
Postpartum? no - G1P0 at 34 weeks sent from the office with blood pressure 172/112, headache and 3+ protein.
Severe preeclampsia. Magnesium, labetalol. Delivered by cesarean on hospital day 2 for non-reassuring fetal heart tracing, liveborn girl.
Gestational diabetes, diet. Anemia of pregnancy, iron.
@@ F10.231,F10.239,F10.230,F10.232
52M brought in by brother 2 days after last drink: tremor, sweats, seeing insects. Dx alcohol withdrawal delirium, alcohol dependence.
CIWA, lorazepam 60 mg in all, thiamine. Alcoholic hepatitis without ascites (bili 4), magnesium low (hypomagnesemia).
Right fifth metacarpal fracture seen on film, buddy tape. Discharged to residential program.
@@ T40.2X1A,T40.411A,T40.601A,T40.421A,T40.1X1A,T40.2X1A
Found down by roommate, pinpoint pupils, breathing 4 a minute; responded to naloxone, infusion overnight.
She says she took two oxycodone pills bought from a friend to get high and did not mean to hurt herself: accidental oxycodone overdose with acute hypoxic respiratory failure.
Opioid use disorder, severe. Started buprenorphine. Hepatitis C chronic. Right forearm abscess drained, MRSA.
@@ K57.33,K57.31
HPI: painless bright red bleeding from the rectum x4 since this morning. Hgb 7.9.
CTA: no blush. Colonoscopy day 2: diverticulosis of the sigmoid with a visible vessel, clipped; internal hemorrhoids, not bleeding.
Impression: diverticular hemorrhage; acute blood loss anemia, 3 units. Aspirin for CAD held.
@@ I26.99,I26.09
Summary: 48F, 10 days after knee arthroscopy elsewhere, pleuritic chest pain and dyspnea. CT: bilateral pulmonary emboli, no right heart strain. Duplex: acute DVT of the right popliteal vein.
Heparin, then rivaroxaban. Class 1 obesity, BMI 33. Oral contraceptive stopped. Migraine without aura.
@@ G40.901,G40.911,G40.409,G40.411,G40.401
Mode of arrival: ambulance, continuous convulsions for 25 minutes. Midazolam, levetiracetam load, intubated for airway protection.
Known epilepsy; he had not taken his valproate for a week as he could not pay for it. Status epilepticus in epilepsy.
CT negative. Extubated day 2. Aspiration pneumonia day 3. Bipolar II disorder.
@@ L03.116
Sent in by wound clinic: failed two courses of oral antibiotics for cellulitis of the left lower leg. IV cefazolin five days, elevation.
Lymphedema of both legs, morbid obesity BMI 44, tinea pedis (terbinafine), HFpEF chronic stable on furosemide, hypertension.
No DVT on duplex. No sepsis, no osteomyelitis on MRI.
@@ D57.00
22M HbSS. Pain in back and both thighs x 3 d not controlled at home. Hydromorphone PCA. No infiltrate, no acute chest.
Transfused 1 unit for Hb 5.9. Priapism 1 episode day 2. Asthma mild persistent. Vaso-occlusive crisis resolving, follow with hematology.
Hydroxyurea continued.
@@ T81.41XA,T81.49XA,T81.42XA
Twelve days after open appendectomy. Wound opened at the bedside: pus, superficial incisional surgical site infection, E. coli. Packed, ertapenem 3 days.
He came for fever and drainage from the incision. Diabetes type 2 uncontrolled with glucose 300s, insulin begun. Smokes.
@@ R07.9,R07.89,R07.2
Chest pain. Three troponins negative, stress echo normal. Cause not found: not cardiac, no embolism on CT, no reflux on questioning.
Admitted overnight from clinic. HTN, anxiety disorder, hyperlipidemia. Home on usual medicines.
Final: chest pain, etiology undetermined.
@@ G35,G35.A,G35.D,G35.B0,G35.C0,G35.B,G35.B9,G35.9
SUMMARY. Ms T., 33, has had relapsing-remitting multiple sclerosis since 2019 (ocrelizumab). In with a week of numb, weak legs and a sensory level at T6.
New enhancing cord lesion; relapse. Methylprednisolone 1 g x5. Neurogenic bladder catheterized. Steroid hyperglycemia from day 2. Urinary tract infection on arrival treated. Walks with a frame at discharge.
@@ K80.00,K80.12,K80.01,K80.10
Reason for visit: RUQ pain after meals, now constant, T 38.4. US: stones, thick wall, Murphy positive. WBC 17.
Lap chole HD1: acute calculous cholecystitis. Pathology acute on chronic cholecystitis with cholelithiasis. T2DM on insulin glargine. Obesity class 1 BMI 32. Postop nausea. Home POD2.
@@ N13.6,N13.30,N20.1
She arrived with rigors and right flank pain. CT: 7 mm stone in the right proximal ureter with hydronephrosis, urine infected. Urgent stent by urology, ceftriaxone.
Infected obstructed kidney from the stone; no sepsis. E. coli. Hypothyroidism, depression. Stone to be treated in three weeks.
@@ I33.0
Mr V, who injects heroin, was brought in febrile and short of breath. Three sets of blood cultures grew Streptococcus viridans; echo: 1.8 cm vegetation on the tricuspid valve with severe regurgitation. Acute bacterial endocarditis.
Six weeks of ceftriaxone. Opioid use disorder severe, methadone. Hepatitis C. Anemia of chronic disease. Homeless.
@@ A04.72
Why she came in: eleven watery stools a day since finishing clindamycin for a tooth. C. difficile toxin positive, WBC 24. Colitis on CT.
AKI (creatinine 2.3) and hypokalemia from the losses, both corrected. Fidaxomicin. Atrial fibrillation on apixaban, hypertension, CKD 3a.
@@ S82.841A,S82.842A
32M, motorcycle at low speed lost control on gravel (driver, no collision with anything, public street). Closed displaced bimalleolar fracture of right lower leg, ORIF. Abrasions of the right forearm. Alcohol 0. Tetanus given. Acute urinary retention after spinal, resolved. Smoker.
@@ J96.01,J96.21,J96.02,J96.22,J44.1
Brought by EMS on CPAP mask: pH 7.21, pCO2 88, SpO2 79%. Acute hypoxic and hypercapnic respiratory failure from COPD exacerbation; BiPAP 36 hours in ICU, then steroids on the floor. Anxiety disorder. Osteoporosis. Steroid-induced hyperglycemia HD3.
@@ K25.4,K25.0
Melena for two days, dizzy. Hb 6.2. EGD: 2 cm ulcer of the gastric antrum with a clot, clipped: chronic gastric ulcer with hemorrhage. H. pylori on biopsy. Takes ibuprofen daily for knee osteoarthritis; ulcer attributed to it. Acute blood loss anemia, 3 units. CAD with stent 2019.
@@ E22.2
Admission diagnosis: confusion. Discharge diagnosis: hyponatremia (Na 112) due to SIADH from sertraline? - settled as SIADH due to sertraline, E22.2. Water restriction, 3% saline. Sertraline stopped. HTN, hypothyroidism.
@@ F20.9,F20.0
Committed from the ED: not eating because the food "is bugged", voices commanding. Schizophrenia, paranoid type; stopped paliperidone injection 3 months ago. Restarted. Cannabis use, tobacco. T2DM A1c 9. Metabolic syndrome. Calm by day 12.
@@ G61.0
A 45-year-old nurse, two weeks after Campylobacter diarrhea, legs weak climbing to arms over four days. CSF protein 120, cells 2; nerve conduction demyelinating. Guillain-Barre syndrome, IVIG five days, never ventilated. Autonomic: sinus tachycardia. DVT right calf found on day 9. Hypertension.
@@ O21.1
11 weeks pregnant G2P1. Cannot keep water down for a week, 8% weight loss, ketones 4+. K 2.7. Hyperemesis gravidarum with metabolic disturbance. IV fluids, thiamine, ondansetron. Hypothyroidism on levothyroxine. Home day 4.
@@ J21.0
4-month-old, ex-term. Runny nose, then fast breathing, poor feeding. RSV positive bronchiolitis, high-flow 3 days, NG feeds. Dehydration on arrival. Acute otitis media right day 2, amoxicillin. Eczema.
@@ K70.31
Tight belly, 9 L ascites drained twice, no SBP. Alcoholic cirrhosis with ascites. Still drinks, alcohol dependence, no withdrawal. Esophageal varices, no bleeding. Hyponatremia 127. Moderate malnutrition. Umbilical hernia. Spironolactone raised.
@@ I70.262,I70.261
Dry gangrene of the left second toe in atherosclerosis of the native arteries; ABI 0.3. Angiogram, stent superficial femoral artery, toe amputation. CKD 4, hypertension, CAD, insulin not needed - no diabetes. Smokes. Pain controlled. Admitted from vascular clinic for this.
@@ T86.11
Creatinine 1.2 to 3.1 at routine check of kidney transplant from 2021. Biopsy: acute T-cell mediated rejection grade IB. Methylprednisolone pulses, thymoglobulin. Hypertension. Steroid-induced hyperglycemia in hospital. BK negative. Missed several tacrolimus doses over summer because he forgot.
@@ M00.061,M00.061,M00.861,M00.9,M00.89
Swollen hot right knee x 3 days, cannot walk. Aspirate 92,000 WBC, MRSA. Septic arthritis right knee. Arthroscopic washout x2, vancomycin 4 weeks via PICC. Gout, RA on adalimumab, T2DM. Delirium on day 3. No sepsis.
@@ H81.21,H81.20,H81.23,H81.22
Dictated summary. This 50-year-old woman with migraine without aura, GERD and hypothyroidism woke spinning. MRI clean. ENT: vestibular neuronitis right ear. Methylprednisolone, vestibular exercises. Potassium 3.2 replaced. Walks with a cane now. Hypertension.
@@ M30.3
Five-year-old boy. Day 7 of fever, red eyes, rash, peeling fingers. Kawasaki disease. IVIG, aspirin. Coronaries normal. Sterile pyuria. Iron deficiency anemia; asthma mild intermittent.
@@ N04.21,N04.20,N04.9,N04.22
Swelling to the thighs, albumin 1.6, protein 14 g. Biopsy: membranous nephropathy with nephrotic syndrome. Furosemide, albumin, rituximab. Hyperlipidemia. Hypertension. Vitamin D deficiency. UTI on day 4.
@@ T84.021A,T84.020A,T84.022A
Left total hip popped out when she bent to tie her shoe. Films: dislocation of the left hip prosthesis (placed 2019). Closed reduction under sedation failed; open reduction. AF on warfarin, INR 5.1 - bleeding none. Dementia. Osteoporosis. Hypertension.
@@ K65.2
Cirrhosis due to hepatitis C with ascites; belly pain and T 38.2. Tap: 1,200 PMN. Spontaneous bacterial peritonitis, cefotaxime, albumin. AKI on arrival. Hepatic encephalopathy grade 1, lactulose. Varices banded 2024. Thrombocytopenia.
@@ L51.1,L51.3,L51.2
Ten days of lamotrigine (for bipolar II disorder), then fever, blisters, mouth sores. 8% body surface. Stevens-Johnson syndrome due to lamotrigine. Burn unit, cyclosporine. Conjunctivitis treated by eyes. AKI day 3. Hypokalemia.
@@ D59.3,D59.30,D59.31,D59.32,D59.39
After a week of bloody diarrhea (E. coli O157 grew) this 6-year-old became pale and stopped passing urine. Hemolytic-uremic syndrome; dialysis 6 days. Hypertension. Seizure on day 3 from hyponatremia. Transfused twice.
@@ G40.919,G40.909,G40.119,G40.219,G40.911
Three seizures at home in one day; known epilepsy. Levetiracetam level undetectable - he skips it because it makes him moody. Loaded, restarted. Tongue laceration. Alcohol use occasional. Depression. CT unchanged. Breakthrough seizures in epilepsy, not status.
@@ I48.91,I48.0
66F palpitations 6 hrs. ECG AF with RVR 160. Diltiazem drip, TEE/cardioversion next day. New-onset atrial fibrillation. Echo normal. HTN, T2DM on metformin, OSA. K 3.3 repleted. Apixaban. TSH low: subclinical hyperthyroidism.
@@ K80.50,K80.51,K80.70,K80.71,K83.09,K80.32,K80.33,K80.62,K80.63,K80.66,K80.42,K80.43,K80.30
Jaundice, fever, rigors. US duct 12 mm, MRCP two stones in common bile duct. ERCP sphincterotomy, pus: acute cholangitis with choledocholithiasis. Cefepime. Gallbladder to be removed later. CAD, HTN. Post-ERCP pancreatitis HD3, mild.
@@ R55
Syncope while standing in church; no prodrome. Tele quiet, echo normal, orthostatics normal, CT negative. Syncope, cause undetermined, loop recorder implanted. Scalp laceration 3 cm stapled. HTN. BPH.
@@ S32.591A,S32.501A,S32.511A,S32.599A,S32.592A
Slipped on ice in the driveway. Pubic ramus fracture right, closed, unable to walk. Pain control, PT. CKD 3b, hypothyroidism, AF on apixaban held x3d. Fell on her hip; no osteoporosis on DXA. Constipation from opioids.
@@ E05.01,E05.91
Heart rate 170, temp 39.8, agitated, TSH < 0.01. Thyroid storm in Graves disease; stopped methimazole 6 weeks ago. PTU, iodine, hydrocortisone, esmolol. AF with RVR, converted. Dehydration. Elevated LFTs. To have thyroidectomy.
@@ B20
Two months of weight loss; CD4 18, HIV first positive in the ED, now PML excluded. Pneumocystis pneumonia with acute hypoxic respiratory failure; TMP-SMX, prednisone. Oral thrush. AIDS. Rash from TMP-SMX day 8, atovaquone. Anemia.
@@ I63.9,I63.50,I63.81,I63.512,I63.40
SLURRED SPEECH AND RIGHT ARM WEAKNESS, ONSET 07:10. tPA 08:30. MRI small left corona radiata infarct (lacunar). A1c 9.2 T2DM hyperglycemia. HTN emergency excluded. Smokes. LDL 160. NIHSS 4 -> 1. Right hemiparesis (dominant) mild, dysarthria.
@@ F32.2,F33.2,F32.3,F33.3
Brought by wife: three weeks in bed, not eating, wants to die with plan to hang himself. Major depressive disorder, single episode, severe without psychotic features. ECT x6. Suicidal ideation. T2DM, HTN. Moderate protein calorie malnutrition. Transient confusion after ECT.
@@ C92.00
Gum bleeding, WBC 88 with 70% blasts. Marrow: AML. Leukapheresis, 7+3 started day 3. Neutropenic fever day 9. Pancytopenia due to chemo. Hyperuricemia. Mucositis day 11. PICC.
@@ K31.1,K25.7,K31.5,K26.7,K25.3
Vomiting food from the day before for a month, 12 kg lost. EGD: pyloric stenosis from old ulcer disease, gastric outlet obstruction. Balloon dilated twice. Hypokalemic alkalosis. Severe malnutrition, TPN. AKI on arrival. Smoker.
@@ M80.08XA,M80.88XA
Felt a snap lifting a casserole, then terrible back pain; could not be managed at home. MRI: acute L2 compression fracture, age-related osteoporosis. Kyphoplasty. T-score -3.4. Denosumab planned. Constipation, HTN, hypothyroid, CKD 3a.
@@ K55.019,K55.039,K55.059,K55.069,K55.049,K55.029,K55.02,K55.03,K55.04,K55.9
Referred by the emergency physician at 03:00: sudden severe abdominal pain out of proportion, atrial fibrillation without anticoagulation. CT: embolus in the superior mesenteric artery.
Embolectomy and resection of 40 cm of necrotic jejunum: acute mesenteric ischemia with infarction of the small intestine.
Day 2 second look, clean. Day 5 wound infection, superficial, opened. Day 7 C. difficile.
Hypertension, CKD 3a, apixaban begun. Home with TPN? no, eating by day 9.
@@ C25.0
Jaundice without pain for three weeks and itching; he lost 9 kg. CT: mass in the head of the pancreas, dilated ducts. ERCP stent.
Endoscopic biopsy: adenocarcinoma of the head of pancreas. Exocrine insufficiency, enzymes. New-onset diabetes, linagliptin. Moderate malnutrition.
Surgery conference next week. DVT prophylaxis. Ex-smoker.
@@ A87.9,A87.8,A87.0
Three days of headache, photophobia and fever in a 22-year-old student. LP: 210 white cells, lymphocytes, glucose normal. PCR panel negative.
Bacterial meningitis excluded. Viral meningitis. Acyclovir stopped when HSV PCR negative. Anxiety disorder, sertraline. Headache after LP, blood patch day 3.
@@ O00.101,O00.102,O00.109
LMP 7 weeks ago, sudden right lower abdominal pain and faintness. hCG 6,200, free fluid, adnexal mass right. Laparoscopic salpingectomy: ruptured right tubal ectopic pregnancy, 900 mL blood. Acute blood loss anemia, one unit. Asthma mild persistent. Rh negative, RhoGAM.
@@ K22.3
Vomited after a large meal and felt a tearing chest pain. CT: pneumomediastinum, left effusion. Esophagram leak. Boerhaave: spontaneous rupture of the esophagus. Thoracotomy and repair. Mediastinitis, empyema of the left chest drained on day 6. Alcohol dependence. AF new on day 3.
@@ D59.11,D59.10,D59.19,D59.12,D59.13
Two weeks of fatigue and dark urine. Hb 5.1, Coombs positive for IgG. Warm autoimmune hemolytic anemia. Prednisone 80 mg. Steroid-induced hyperglycemia from day 3. CLL untreated, Rai 1. Transfused 2 units. T2DM none before.
@@ E27.2
Addison's since 2012, ran out of hydrocortisone while traveling 4 days. Vomiting, BP 68/40, Na 118, K 6.4. Adrenal crisis. Hydrocortisone 100 mg, saline. Hypothyroidism. Gastroenteritis excluded. Vitiligo.
@@ J93.11,J93.12,J93.83,J93.9,J93.0
19, tall and thin. Sharp left chest pain while reading. Film: left pneumothorax 50%. Primary spontaneous pneumothorax. Pigtail; air leak day 6 -> VATS blebectomy, pleurodesis. Smokes marijuana. Anxiety.
@@ N83.511,N83.512,N83.53,N83.519
Fourteen-year-old girl. On-off right lower quadrant pain since the morning, vomiting. Ultrasound: enlarged right ovary without flow. Laparoscopy: torsion of the right ovary twisted twice, with a 5 cm dermoid. Detorsion and cystectomy. Obesity. Constipation.
@@ I60.12,I60.2,I60.7,I60.8,I60.9,I60.11
Thunderclap at the gym. CT subarachnoid blood. Angiogram: ruptured aneurysm left middle cerebral artery, coiled. Hydrocephalus, EVD day 1. Vasospasm day 7 with right arm weakness. Hyponatremia (cerebral salt wasting) day 8. Smoker. HTN. Pneumonia ventilator associated day 6.
@@ L12.0
83F nursing home resident: tense blisters trunk and thighs for a month, not eating. Biopsy bullous pemphigoid. Clobetasol, prednisone, doxycycline. Dementia. Stage 3 sacral pressure ulcer present on arrival. T2DM with steroid hyperglycemia. Dysphagia. Palliative consult, DNR.
@@ T40.1X1A
Brother found him blue in the bathroom with a needle. Naloxone by EMS. Heroin overdose, accidental. Aspiration pneumonitis. Rhabdomyolysis CK 22,000, AKI. Compartment syndrome left forearm, fasciotomy. Opioid use disorder severe. HCV.
@@ M80.051A,M80.851A
Turned over in bed and heard a crack. Right femoral neck fracture in known osteoporosis, no fall. Hemiarthroplasty. Alzheimer dementia. Delirium post op day 1. UTI day 3. Vitamin D deficiency.
@@ F50.01,F50.014,F50.019,F50.011,F50.012,F50.013,F50.010
16F BMI 12.8, HR 38, K 2.6. Anorexia nervosa restricting type, medical stabilization. Refeeding hypophosphatemia day 4. Amenorrhea. Major depressive disorder single episode moderate. Sinus bradycardia. Orthostatic.
@@ K94.23,K94.22,K94.29
Gastrostomy tube came out at the nursing home 2 days ago and could not be replaced; tract closed. New PEG by GI. G-tube malfunction. Old stroke with dysphagia and right hemiplegia. Dehydration, Na 152. Sacral ulcer stage 2 POA.
@@ D73.5,D73.89
Left upper quadrant pain, fever. CT splenic infarct. Echo no vegetation. Factor V Leiden heterozygous found. Splenic infarction, heparin then warfarin. Pleural effusion left small. Migraine. Tobacco.
@@ S22.41XA,S27.0XXA,S27.2XXA,S27.1XXA
Kicked by a horse in the right chest in the stable. Ribs 5-7 fractured on the right, small pneumothorax, no tube. Pain block. Pulmonary contusion right. Asthma. Discharged day 3 w/ incentive spirometer.
@@ G93.41,G92.8,G93.40,N39.0
Son says she stopped making sense two days ago. Afebrile, Klebsiella in urine with 80 WBC. Head CT old strokes. Diagnoses: acute metabolic encephalopathy due to UTI; UTI; dehydration; vascular dementia. Ceftriaxone; back to herself on day 3. T2DM, glargine.
"""
