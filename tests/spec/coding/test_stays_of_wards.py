"""Courses as wards write them: problems with an examination inside, operations and what follows, the words around BPH."""


def test_problems_go_on_behind_an_examination(coding_cases):
    """An examination told inside a problem of the course ends neither the problem nor the course.

    Source: Guidelines III (what is treated in the stay is reported); the forms of academic discharge summaries.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                                                              | codes               | why
        ----------+-----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------+---------------------+-----
        inpatient | Hospital course, by problem:\n\n1. Stroke. LDL 98. Exam at discharge: says single words.\n\n2. Aspiration pneumonia. Ampicillin-sulbactam.\n\n3. Hypernatremia. Free water given.    | I63.9 J69.0 E87.0   | numbered
        inpatient | Hospital course:\n#1 Pneumonia: ceftriaxone. Discharge exam: lungs clear.\n#2 Hypokalemia: repleted.                                                                             | J18.9 E87.6         | number sign
        inpatient | Hospital course:\nPneumonia, ceftriaxone.\nDischarge exam: lungs clear, trace edema.\nDischarge medications: none.                                                                | J18.9               | on a line of its own
        inpatient | Reason for Admission / HPI:\n59M with OSA on CPAP and class 3 obesity (BMI 42.6) presents with abdominal pain.\n\nHospital Course:\nAcute appendicitis was operated on.             | K35.80 G47.33 E66.813 Z68.41 | the story, not the complaint
        inpatient | INDICATION AND HISTORY: A 59 year old man with obstructive sleep apnea on CPAP and hypertension on lisinopril.\n\nHOSPITAL COURSE:\nSigmoid diverticulitis, resected.              | K57.32 G47.33 I10   | comorbid conditions
    """)


def test_what_makes_a_prostate_obstruct(coding_cases):
    """Urgency, retention and obstruction of other organs are none of the prostate that the same sentence names.

    Source: Tabular List, N40.1 (lower urinary tract symptoms). Rule I.C.14-renal.
    """
    coding_cases(r"""
        setting   | note                                                                                          | codes                | why
        ----------+-----------------------------------------------------------------------------------------------+----------------------+-----
        inpatient | History of present illness:\nObstructive sleep apnea, BPH and small bowel obstruction.        | K56.609 G47.33 N40.0 | of the airway and the bowel
        inpatient | Hospital course:\nHypertensive urgency with BPH on tamsulosin.                                | I16.0 N40.0          | of the pressure
        inpatient | Hospital course:\nSymptomatic anemia and BPH on tamsulosin.                                   | D64.9 N40.0          | of the anemia
        inpatient | Hospital course:\nBPH, asymptomatic, continue finasteride.                                    | N40.0                | none
        inpatient | Hospital course:\nBPH with urinary retention, catheter placed.                                | N40.1 R33.8          | retention
        inpatient | Hospital course:\nBPH with retention, catheter placed.                                        | N40.1 R33.8          | retention
        inpatient | Hospital course:\nBPH with obstruction, tamsulosin.                                           | N40.1 N13.8          | obstruction
        inpatient | Hospital course:\nBPH with urgency and nocturia, tamsulosin.                                  | N40.1 R35.1 R39.15   | symptoms
        inpatient | Hospital course:\nSymptomatic BPH, tamsulosin.                                                 | N40.1                | said
    """)


def test_stones_of_the_duct_with_cholangitis(coding_cases):
    """A stone of the bile duct with cholangitis is one code, with or without obstruction.

    Source: Tabular List, K80.3-, K80.5- (without cholangitis), K57.2-, K57.8- (with abscess). Rule I.C.11-digestive.
    """
    coding_cases(r"""
        setting   | note                                                                                       | codes          | why
        ----------+--------------------------------------------------------------------------------------------+----------------+-----
        inpatient | Hospital course:\nAcute cholangitis from an obstructing CBD stone.                         | K80.33         | obstruction
        inpatient | Hospital course:\nAcute cholangitis due to choledocholithiasis with biliary obstruction.   | K80.33         | obstruction
        inpatient | Hospital course:\nAcute cholangitis due to choledocholithiasis.                            | K80.32         | not said
        inpatient | Hospital course:\nCholedocholithiasis with biliary obstruction.                            | K80.51         | no cholangitis
        inpatient | Hospital course:\nPelvic abscess from perforated diverticulitis, drained.                  | K57.80         | in the code
        inpatient | Hospital course:\nOral mucositis, grade 3, from MTX: magic mouthwash.                      | K12.31 T45.1X5A | named drug
    """)


def test_leaks_of_an_anastomosis(coding_cases):
    """The abscess of a leaking anastomosis follows an operation, and so does the sepsis laid to it.

    Source: Alphabetic Index, Abscess, intra-abdominal, following a procedure; Guidelines I.C.1.d.5.b. Rule I.C.1-infection.
    """
    coding_cases(r"""
        setting   | note                                                                                                                          | codes                                 | why
        ----------+-------------------------------------------------------------------------------------------------------------------------------+---------------------------------------+-----
        inpatient | Hospital course:\nAnastomotic leak with pelvic abscess after colectomy, washed out.                                           | K65.1 K91.89 T81.43XA                 | after an operation
        inpatient | Hospital course:\nAnastomotic leak with intra-abdominal abscess after colectomy. Sepsis from the leak, treated with meropenem. | K65.1 K91.89 T81.44XA A41.9 T81.43XA  | sepsis of it
        inpatient | Hospital course:\nPelvic abscess, drained. No anastomotic leak.                                                               | K65.1                                 | no leak
        inpatient | Reason for admission:\nHypotension\n\nHospital course:\nSeptic shock due to E. coli UTI.                                       | A41.51 R65.21 N39.0 B96.20            | the low pressure is the shock
    """)


def test_types_of_open_fractures_and_crashes(coding_cases):
    """The Gustilo type behind a comma, and what a vehicle crashed into behind "vs.".

    Source: Tabular List, 7th characters at S72; Guidelines I.C.19.c, I.C.20. Rule I.C.20-external-causes.
    """
    coding_cases(r"""
        setting   | note                                                                                               | codes               | why
        ----------+----------------------------------------------------------------------------------------------------+---------------------+-----
        inpatient | Injuries:\nOpen displaced R femoral shaft fracture, Gustilo IIIA                                   | S72.301C            | behind a comma
        inpatient | Injuries:\nOpen R tibial shaft fracture, type II                                                   | S82.201B            | no third type
        inpatient | Injuries:\nOpen right tibial shaft fracture, type II, closed left ulnar shaft fracture             | S82.201B S52.202A   | each its own
        inpatient | Hospital course:\nHelmeted rider, motorcycle vs. car that turned left. Right femur fracture.       | S72.91XA V23.49XA   | collision
        inpatient | Hospital course:\nBicycle vs. car. Right femur fracture.                                           | S72.91XA V13.4XXA   | collision
        inpatient | Hospital course:\nMotorcycle vs car. Right femur fracture.                                         | S72.91XA V23.49XA   | without a full stop
    """)


def test_effects_of_drugs_and_states_of_the_wards(coding_cases):
    """A symptom that heads a problem and is laid to a drug stands; what a stay brought from elsewhere; limbs long gone.

    Source: Guidelines I.C.19.e.5.a, I.C.21.c.3; Alphabetic Index, Stenosis, arteriovenous dialysis graft. Rules
    I.C.19.e-adverse-effects, I.C.21.c.3-new-status, I.C.14-renal, I.C.5-mental.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                     | codes                     | why
        ----------+------------------------------------------------------------------------------------------------------------------------------------------+---------------------------+-----
        inpatient | Hospital course:\n# AKI: Cr 2.4, resolved with fluids.\n# Nausea and vomiting, chemotherapy induced: ondansetron.                        | N17.9 R11.2 T45.1X5A      | effect of a drug
        inpatient | Hospital course:\n# AKI: nausea and vomiting, resolved with fluids.                                                                      | N17.9                     | integral
        inpatient | Hospital course:\nOn day 6 no bowel movement for five days, opioid-induced constipation, resolved with senna.                            | K59.03 T40.2X5A           | the lack is the symptom
        inpatient | Hospital course:\nNo bowel movement problems, constipation or pain. Pneumonia treated.                                                   | J18.9                     | denied
        inpatient | Hospital course:\nShe received tenecteplase at ___ Hospital at 10:05 and was transferred here for stroke.                                 | I63.9 Z92.82              | elsewhere
        inpatient | Hospital course:\nShe received tenecteplase for stroke in the ED and was transferred to the ICU.                                         | I63.9                     | here
        inpatient | Hospital course:\nThrombosis of AV graft, thrombectomy of the graft with angioplasty of a tight venous outflow stenosis.                  | T82.868A T82.858A         | of the graft
        inpatient | Hospital course:\nCentral venous stenosis in a patient with an AV fistula, angioplasty.                                                  | I87.1                     | of the vein
        inpatient | History of present illness:\nESRD on dialysis. He has a left below-knee amputation for which he wears a prosthesis.\nHospital course:\nPneumonia treated. | J18.9 N18.6 Z99.2 Z89.512 | before the stay
        inpatient | Hospital course:\nGangrene of the left foot. He underwent a left below-knee amputation.                                                  | I96                       | in the stay
        inpatient | Hospital course:\nAlcohol withdrawal in a man with EtOH use disorder, CIWA 12.                                                           | F10.939                   | one code of use
    """)


def test_births_and_their_tears(coding_cases):
    """Tears of a birth with their degree, membranes ruptured before labor, and whose blood and bones are told.

    Source: Alphabetic Index, Delivery, complicated by, laceration; Tabular List, O42.0-, O42.1-; Index, Birth, injury,
    fracture, clavicle; Isoimmunization, newborn. Rules I.C.15-combinations, I.C.1-infection.
    """
    coding_cases(r"""
        setting   | note                                                                                                                     | codes                  | why
        ----------+--------------------------------------------------------------------------------------------------------------------------+------------------------+-----
        inpatient | Hospital course:\nSVD with a third degree (3a) laceration, repaired. Live male infant.                                   | O70.21 Z37.0           | in brackets
        inpatient | Hospital course:\nSVD, 3b perineal laceration, repaired. Live male infant.                                               | O70.22 Z37.0           | the class alone
        inpatient | Hospital course:\nSVD with a 3rd degree laceration, repaired. Live male infant.                                          | O70.20 Z37.0           | not classed
        inpatient | Hospital course:\nSVD with a second degree laceration, repaired. Live male infant.                                       | O70.1 Z37.0            | degree
        inpatient | Hospital course:\nSVD at 39 weeks, labial laceration repaired. Live male infant.                                         | O70.0 Z3A.39 Z37.0     | labia
        inpatient | Hospital course:\nMembranes had been ruptured for 26 hours before labor at 41 weeks. Liveborn male by SVD.               | O42.12 Z3A.41 Z37.0    | more than a day
        inpatient | Hospital course:\nMembranes ruptured 6 hours before labor at 39 weeks. Liveborn male by SVD.                             | O42.02 Z3A.39 Z37.0    | less
        inpatient | Hospital course:\nSVD at 39 weeks of a liveborn male. Infant blood type O positive.                                      | O80 Z3A.39 Z37.0       | blood of the child
        inpatient | NEWBORN SUMMARY\nBorn by cesarean at 37 weeks.\nDIAGNOSES\nLiveborn male infant, cesarean\nRight clavicle fracture\nABO isoimmunization | Z38.01 P13.4 P55.1 | of the birth
        inpatient | Hospital course:\nHe fell from his bicycle. Right clavicle fracture.                                                     | S42.001A                | no newborn
    """)


def test_causes_told_behind_a_value(coding_cases):
    """What opens a problem is laid to a drug behind its values; what stands between is what the drug did.

    Source: Guidelines I.C.19.e.5.a; Excludes1 note at Z94 (complications). Rules I.C.19.e-adverse-effects,
    I.C.21.c.3-replaced-organ, I.B.16-phrases, I.C.4.a-diabetes, I.C.10-respiratory.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                     | codes                         | why
        ----------+------------------------------------------------------------------------------------------------------------------------------------------+-------------------------------+-----
        inpatient | Hospital course:\n# Neutropenia. On day 11 the neutrophils fell to 480; attributed to ganciclovir.                                       | D70.2 T37.5X5A                | behind a value
        inpatient | Hospital course:\n## AKI on CKD 3b\nCr 1.9 on adm to 3.4 on HD6, attributed to vancomycin.                                               | N18.32 N17.9 T36.8X5A         | below its heading
        inpatient | Hospital course:\n# Neutropenia. On day 11 a rash appeared, attributed to ganciclovir.                                                   | D70.9 L27.0 T37.5X5A          | the rash
        inpatient | Hospital course:\n# Hypomagnesemia due to tacrolimus, replaced.\n# Neutropenia due to ganciclovir.                                                   | D70.2 E83.42 T45.1X5A T37.5X5A | two drugs
        inpatient | Hospital course:\nHypokalemia from continuous albuterol, KCl.                                                                            | E87.6 T48.6X5A                | how it is given
        inpatient | History of present illness:\nOrthotopic liver transplant eight months ago for cirrhosis with hepatocellular carcinoma.\nHospital course:\nCMV colitis, ganciclovir. | B25.8 Z94.4 | gone with the organ
        inpatient | Hospital course:\nCardiac tamponade from perforation of the left atrium by the ablation catheter.                                        | I31.4 I97.51                  | by a catheter
        inpatient | Hospital course:\nRV perforation during lead placement with tamponade.                                                                   | I31.4 I97.51                  | by a lead
        inpatient | Hospital course:\nDiabetic foot ulcer w/ osteomyelitis.\nPath acute osteomyelitis.                                                       | E11.621 E11.69 M86.10 L97.509 | which complication
        inpatient | Hospital course:\nStatus asthmaticus, severe persistent asthma, after 3 days of URI symptoms.                                            | J45.52                        | how it began
        inpatient | Hospital course:\nLeft leg wound with cellulitis, vancomycin.                                                                            | L03.116 S81.802A              | of the limb
    """)


def test_days_after_and_levels_of_operations(coding_cases):
    """The puerperium by its days, infections and delirium dated by the operation, levels fused beside one that broke.

    Source: Guidelines I.C.15.o, I.C.1.d.5.b; Tabular List, R18.0 (code first malignancy), K80.1-; Guidelines I.C.19.c.
    Rules I.C.15-pregnancy, III-inpatient-status, I.C.5-mental, I.C.11-digestive, I.B.5-integral.
    """
    coding_cases(r"""
        setting   | note                                                                                                          | codes                | why
        ----------+---------------------------------------------------------------------------------------------------------------+----------------------+-----
        inpatient | Hospital course:\nPostpartum day 5 readmitted with severe preeclampsia, magnesium.                            | O14.15               | days since the birth
        inpatient | Hospital course:\nSevere preeclampsia 9 days after delivery, magnesium.                                       | O14.15               | days since the birth
        inpatient | Hospital course:\nSevere preeclampsia at 33 weeks, magnesium. Postpartum contraception discussed.             | O14.13 Z3A.33        | still pregnant
        inpatient | Hospital course:\nColectomy. POD 4 wound infection, superficial, opened at bedside.                           | T81.41XA             | said behind it
        inpatient | Hospital course:\nColectomy. POD 4 wound infection, opened at bedside.                                        | T81.40XA             | depth not said
        inpatient | Hospital course:\nColectomy. No midline wound infection.                                                      | -                    | none
        inpatient | Hospital course:\nRight hip fracture, ORIF. POD 2 delirium, resolved.                                         | S72.001A F05         | after the operation
        inpatient | Hospital course:\nL1 burst fracture, PSF T11-L3.                                                              | S32.011A             | levels of the fusion
        inpatient | Hospital course:\nAdmitted for paracentesis of malignant ascites from ovarian cancer.                         | C56.9 R18.0          | its own code
        inpatient | Hospital course:\nLap chole on HD2. Pathology: acute and chronic cholecystitis with stones.                   | K80.12               | with stones
        inpatient | Hospital course:\nCOPD exacerbation. Steroid-induced hyperglycemia, no diabetes.                              | J44.1 R73.9 T38.0X5A | effect of a drug
        inpatient | Hospital course:\nOpioid withdrawal in fentanyl use disorder; started on buprenorphine.                       | F11.93               | one code of use
    """)
