"""Stays told in letters, by day and in lists: drugs that only go on, breaks and tears in the words of reports."""


def test_drugs_that_only_go_on(coding_cases):
    """A pause, a transplanted organ, the disease in the same sentence, and going home on it tell a drug of long use.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.4.a.3. Rule I.C.21.c.3-hospital-drugs.
    """
    coding_cases("""
        setting   | note                                                                                                    | codes               | why
        ----------+---------------------------------------------------------------------------------------------------------+---------------------+-----
        inpatient | Hospital course:\\nPneumonia. Permanent atrial fibrillation, rate 80, warfarin 5 mg, INR 2.3.           | J18.9 I48.21 Z79.01 | beside its disease
        inpatient | Hospital course:\\nPneumonia. Atrial fibrillation. Apixaban 2.5 mg twice a day continued.               | J18.9 I48.91 Z79.01 | a dose has a point
        inpatient | Hospital course:\\nPneumonia. Coronary artery disease: aspirin held for 5 days, then resumed.           | J18.9 I25.10 Z79.82 | a pause is no course
        inpatient | Hospital course:\\nPneumonia. Rheumatoid arthritis: methotrexate, weekly, was held and is to resume.     | J18.9 M06.9 Z79.631 | a pause
        inpatient | Hospital course:\\nPneumonia. Polymyalgia rheumatica, prednisone 7.5 mg daily for years.                | J18.9 M35.3 Z79.52  | for years
        inpatient | Hospital course:\\nPneumonia. Type 2 diabetes: degludec 30 units, A1c 7.                                | J18.9 E11.9 Z79.4   | basal insulin
        inpatient | Hospital course:\\nPneumonia. Type 2 diabetes: metformin held, glargine 10 units and sliding scale while here. | J18.9 E11.9 Z79.84 | insulin of the stay
        inpatient | Hospital course:\\nPneumonia. Insulin drip for type 2 diabetes, then basal insulin; she goes home on it. | J18.9 E11.9 Z79.4   | taken home
        inpatient | Hospital course:\\nPneumonia. Kidney transplant 2015: cyclosporine level 110.                           | J18.9 Z94.0 Z79.621 | for life
        inpatient | Hospital course:\\nLupus nephritis. Tacrolimus was discussed.                                           | M32.14              | no transplant
        inpatient | Hospital course:\\nCOPD exacerbation, prednisone 40 mg daily for 5 days.                                | J44.1               | a course
    """)


def test_breaks_and_tears(coding_cases):
    """The wound of a fracture parts the bone from the kind of break no more; grades of tears stand for their depths.

    Source: Tabular List, S36.03-, S36.11-, S72.32-; Alphabetic Index, Laceration, spleen.
    """
    coding_cases("""
        setting   | note                                                                                       | codes     | why
        ----------+--------------------------------------------------------------------------------------------+-----------+-----
        inpatient | Injuries:\\n- Left femoral shaft fracture, open, type II, transverse, displaced            | S72.322B  | wound between
        inpatient | Injuries:\\n- Right humeral shaft fx, closed, comminuted, displaced                        | S42.351A  | closed
        inpatient | Injuries:\\n- Right femoral shaft fracture, open                                           | S72.301B  | no more told
        inpatient | Injuries:\\n- Grade IV splenic laceration                                                  | S36.032A  | by depth
        inpatient | Injuries:\\n- Liver laceration, grade 2                                                    | S36.115A  | by depth
        inpatient | Injuries:\\n- Grade III splenic laceration (moderate)                                      | S36.031A  | the word decides
        inpatient | Injuries:\\n- Splenic laceration                                                           | S36.039A  | no grade
    """)


def test_words_of_letters(coding_cases):
    """A block named behind another, an inflammation by its cause, a bracket about a drug.

    Source: Alphabetic Index, Block, bundle-branch; Pericarditis, viral; Hypothermia, neonatal, mild.
    """
    coding_cases("""
        setting   | note                                                                                    | codes          | why
        ----------+-----------------------------------------------------------------------------------------+----------------+-----
        inpatient | Discharge diagnoses:\\n1. First degree AV block and right bundle branch block           | I44.0 I45.10   | each its own
        inpatient | Discharge diagnosis: acute viral pericarditis                                           | I30.1          | viral
        inpatient | Discharge diagnosis: coxsackie pericarditis                                             | B33.23         | named
        inpatient | Discharge diagnosis: acute pericarditis                                                 | I30.9          | cause not said
        inpatient | Discharge diagnoses:\\n1. Migraine\\n2. Polycystic ovary syndrome (metformin not taken) | G43.909 E28.2  | the drug only
        inpatient | Discharge diagnosis: alcohol abuse with intoxication, EtOH 164 mg/dL on arrival         | F10.129 Y90.6  | its unit tells
    """)


def test_newborn_of_some_weeks(coding_cases):
    """Weeks behind the kind of birth, hypothermia of the first days, a vaccine with its day.

    Source: ICD-10-CM Official Guidelines I.C.16.a, I.C.16.d. Rules I.C.16.d-birth-weight, I.C.16.a-perinatal-codes.
    """
    coding_cases("""
        setting   | note                                                                                                 | codes                      | why
        ----------+------------------------------------------------------------------------------------------------------+----------------------------+-----
        inpatient | Newborn nursery\\nLiveborn by C-section (breech) at 35 4/7 wk.\\nTemp: Mild hypothermia, warmer.     | Z38.01 P80.8 P07.38        | mild
        inpatient | Newborn nursery\\nBorn by C-section at 36+2.\\nTemp: hypothermia, warmer.                            | Z38.01 P80.9 P07.39        | not said
        inpatient | Newborn nursery\\nDOB 03/21/26, d/c 04/01/26. Admitted 03/21/26. Born vaginally.\\nHCM: Hep B vaccine 03/22. | Z38.00 Z23          | given in the stay
        inpatient | Newborn nursery\\nBorn vaginally.\\nHCM: Hep B vaccine at 2 months.                              | Z38.00                     | to come
    """)


def test_what_belongs_to_a_complication(coding_cases):
    """The infection of a device or of an operation is named beside it; sepsis that it brought, and the organs it hurt.

    Source: Tabular List, use additional code notes at T85.7, T81.43; Guidelines I.C.1.d.5.b. Rule I.C.1-infections.
    """
    coding_cases("""
        setting   | note                                                                                                    | codes                    | why
        ----------+---------------------------------------------------------------------------------------------------------+--------------------------+-----
        inpatient | Hospital course:\\nPeritonitis due to the PD catheter, vancomycin.                                      | T85.71XA K65.9           | the infection
        inpatient | Hospital course:\\nPD catheter infection, vancomycin.                                                   | T85.71XA                 | none named
        inpatient | Hospital course:\\nSepsis. Acute kidney injury caused by the sepsis.                                    | A41.9 R65.20 N17.9       | laid to it
        inpatient | Hospital course:\\nPOD 8 midline incision red. Superficial wound infection, cephalexin.         | T81.41XA                 | the incision
        inpatient | Hospital course:\\nPerforated sigmoid diverticulitis with abscess.\\nDiagnoses: Perforated diverticulitis w/ abscess | K57.20           | the part is known
    """)


def test_what_a_stay_says_of_its_own_words(coding_cases):
    """A study named inside a problem ends with its sentence; a day that has passed is not to come; drugs that weaken.

    Source: ICD-10-CM Official Guidelines III, III.B; Tabular List, D84.821, Z59.82, R13.12, K74.60.
    """
    coding_cases("""
        setting   | note                                                                                                       | codes             | why
        ----------+------------------------------------------------------------------------------------------------------------+-------------------+-----
        inpatient | ASSESSMENT AND COURSE BY PROBLEM\\n\\n1) Lungs. CT: cavities. Invasive pulmonary aspergillosis, isavuconazole.\\n\\n2) AKI, fluids. | B44.0 N17.9 | behind the film
        inpatient | Hospital course:\\nPneumonia. Her bowel did not move until day 6: postoperative ileus, nasogastric tube.   | J18.9 K91.89 K56.7 | a day gone by
        inpatient | Hospital course:\\nPneumonia. Immunosuppressed by his drugs.                                               | J18.9 D84.821     | by drugs
        inpatient | Hospital course:\\nPneumonia. Speech therapy: oropharyngeal dysphagia, pureed diet.                        | J18.9 R13.12      | no part of it
        inpatient | Hospital course:\\nDecompensated cirrhosis from NASH, diuretics.                                           | K74.60 K75.81     | not specified
        inpatient | Hospital course:\\nPneumonia. He has no other means of transport to the clinic.                           | J18.9 Z59.82      | transport
        inpatient | Hospital course:\\nPneumonia. AKI on diabetic kidney disease stage 4.                                      | J18.9 N17.9 E11.22 N18.4 | its stage
        inpatient | Hospital course:\\nPericarditis. The ECG showed PR depression.                                              | I31.9             | no mood
        inpatient | Hospital course:\\nPneumonia. He admitted to smoking cocaine.                                              | J18.9 F14.90      | what he smokes
        inpatient | Hospital course:\\nDuodenal ulcer with bleeding, 3 units of red cells. Acute blood loss anemia, no plaque rupture, no intervention. | K26.4 D62 | treated
        inpatient | Hospital course:\\nPneumonia. The right hemicolectomy was postponed because of the pneumonia.             | J18.9 Z53.09      | put off
        inpatient | Hospital course:\\nHeart failure. The defibrillator was interrogated: no events.                           | I50.9 Z95.810     | there before
    """)


def test_bleeding_after_an_operation(coding_cases):
    """Bleeding after an operation is a complication of the system that was operated on.

    Source: Alphabetic Index, Complication, postprocedural, hemorrhage. Rule I.B.16-phrases.
    """
    coding_cases("""
        setting   | note                                                                                       | codes          | why
        ----------+--------------------------------------------------------------------------------------------+----------------+-----
        inpatient | Hospital course:\\nReadmitted with clots. Hemorrhage following radical prostatectomy.      | N99.820        | genitourinary
        inpatient | Hospital course:\\nPost-tonsillectomy hemorrhage, cauterized.                              | J95.830        | respiratory
        inpatient | Hospital course:\\nPneumonia. No bleeding after cholecystectomy.                           | J18.9 [Z90.49] | denied
    """)


def test_disease_of_a_replaced_organ(coding_cases):
    """The disease for which an organ was replaced is past; what the new one has is not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-replaced-organ.
    """
    coding_cases("""
        setting   | note                                                                                             | codes                | why
        ----------+--------------------------------------------------------------------------------------------------+----------------------+-----
        inpatient | Hospital course:\\nPneumonia. Lung transplant 08/2023 for idiopathic pulmonary fibrosis.         | J18.9 Z94.2          | replaced
        inpatient | Hospital course:\\nPneumonia. ESRD s/p kidney transplant 2018, creatinine 1.2.                   | J18.9 Z94.0          | replaced
        inpatient | Hospital course:\\nCirrhosis, paracentesis. Listed for liver transplant.                         | K74.60 Z76.82        | not yet
    """)


def test_what_a_film_of_one_organ_shows(coding_cases):
    """Metastases on a film of the brain, the liver or the spine are there; other metastases keep their own site.

    Source: ICD-10-CM Official Guidelines I.C.2. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        setting   | note                                                                                             | codes           | why
        ----------+--------------------------------------------------------------------------------------------------+-----------------+-----
        inpatient | Hospital course:\\nLung cancer. MRI brain 06/01: three new metastases, radiotherapy.             | C34.90 C79.31   | the brain
        inpatient | Hospital course:\\nLung cancer. MRI brain: no metastases.                                        | C34.90          | none
        inpatient | Hospital course:\\nLung cancer. MRI brain clear; bone metastases in L3, radiotherapy.            | C34.90 C79.51   | bone
        inpatient | THIS ADMISSION:\\nMeningioma, resected. Left hemiparesis.\\nFAMILY: Father alcoholic, mother schizophrenia. | D32.9 G81.94 | headings
    """)


def test_short_summaries_of_the_wards(coding_cases):
    """The reason for admission where no list corrects it, the title of a ward, symptoms treated for themselves.

    Source: ICD-10-CM Official Guidelines II, III; Alphabetic Index, Hydronephrosis, with infection.
    """
    coding_cases("""
        setting   | note                                                                                                  | codes                | why
        ----------+-------------------------------------------------------------------------------------------------------+----------------------+-----
        inpatient | Reason for admission: hypercalcemia of malignancy.\\nCourse: calcium 14.2, calcitonin, fluids.        | E83.52               | the reason
        inpatient | Reason for admission: NSTEMI.\\nDischarge diagnoses:\\n1. Acute pericarditis                          | I30.9                | a list corrects it
        inpatient | HEMATOLOGY\\n24M with sickle cell disease, vaso-occlusive crisis, morphine.                           | D57.00               | a title
        inpatient | UROLOGY\\nSent with fever and left flank pain. CT: ureteral stone with hydronephrosis. Obstructive pyelonephritis, stent. | N13.6 | behind the film
        inpatient | Hospital course:\\nAspiration pneumonia. Dysphagia, thickened liquids.                                | J69.0 R13.10         | treated
        inpatient | Hospital course:\\nSepsis, Proteus mirabilis in blood and urine. Pyelonephritis.                      | A41.59 N12 [B96.4]   | in the blood
        inpatient | Hospital course:\\nInfected right arm AV graft, excised.                                              | T82.7XXA             | the graft
        inpatient | Hospital course:\\nSigmoid cancer, Hartmann. Large bowel obstruction.                                 | C18.7 K56.609        | the tumor first
        inpatient | Hospital course:\\nHyponatremia, which we ascribe to sertraline.                                      | E87.1 T43.225A       | ascribed
    """)


def test_who_drove_what(coding_cases):
    """The vehicle behind "vs" is the other party's, whatever the patient drove.

    Source: Tabular List, V43.53, V53.5. Rule I.C.20-external-causes.
    """
    coding_cases("""
        setting   | note                                                                          | codes                     | why
        ----------+-------------------------------------------------------------------------------+---------------------------+-----
        inpatient | Injuries: rib fracture. 27F restrained driver, car vs pickup head-on.          | S22.39XA V43.53XA         | behind vs
        inpatient | Injuries: rib fracture. Driver of a pickup that was hit by a car.              | S22.39XA V53.5XXA         | its driver
    """)
