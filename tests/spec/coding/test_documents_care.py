"""What the notes of clinics, therapists and nurses say: contraceptives, feet, wounds, therapy, prenatal visits."""


def test_contraceptives_put_in_and_taken_out(coding_cases):
    """A device that is put in, taken out or changed at this visit is the reason for it; one of former years is in place.

    Source: ICD-10-CM Tabular List, Z30.43-, Z97.5 (Excludes1); Official Guidelines I.C.21.c.11.
    Rules I.C.21.c-contraception, I.C.21.c.5-screening.
    """
    coding_cases("""
        note                                                                          | codes   | why
        ------------------------------------------------------------------------------+---------+-----------
        Here for IUD insertion.\\nConsent. Uterus sounded to 7.5, Mirena placed w/o difficulty, strings trimmed 3 cm. | Z30.430 | put in
        Procedure: IUD removal and reinsertion\\nParagard expired. New Paragard inserted. | Z30.433 | changed
        IUD removed and replaced.                                                     | Z30.433 | changed
        Here for IUD change. Mirena removed intact. New Mirena inserted without difficulty. | Z30.433 | changed
        Here for IUD insertion. Prior IUD removed in 2019. Kyleena inserted.          | Z30.430 | put in
        Presents for IUD removal. Strings grasped, Kyleena removed intact.            | Z30.432 | taken out
        Assessment:\\n1. Hypertension. IUD placed in 2022.                             | I10     | in place
        Assessment:\\n1. Hypertension. IUD removal in 2020.                            | I10     | past
        Assessment:\\n1. Hypertension. IUD insertion scheduled for next month.         | I10     | to come
    """)  # fmt: skip


def test_feet(coding_cases):
    """What podiatry writes of toes and calluses: side and part, a callus that is pared, letters that mean something else.

    Source: ICD-10-CM Tabular List, L03.01-, L03.03-, L84; Official Guidelines I.B.5. Rule I.B.5-mere-signs.
    """
    coding_cases("""
        note                                                                                | codes          | why
        ------------------------------------------------------------------------------------+----------------+-----------
        Dx: ingrown nail with paronychia R hallux\\nTx: PNA w/ phenol after lidocaine block. | L60.0 L03.031  | of the toe
        Dx: paronychia of right big toe                                                     | L03.031        | of the toe
        Dx: paronychia L 2nd toe                                                            | L03.032        | of the toe
        Dx: cellulitis R 2nd toe                                                            | L03.031        | of the toe
        Dx: paronychia R index finger                                                       | L03.011        | of the finger
        Dx: PNA                                                                             | J18.9          | pneumonia
        Assessment: onychomycosis; callus R foot\\nTx: nails debrided, callus pared          | B35.1 L84      | treated
        Exam: callus R foot\\nAssessment: onychomycosis. Nails debrided.                     | B35.1          | a sign
    """)  # fmt: skip


def test_former_stroke_as_cause(coding_cases):
    """Therapists write "due to CVA" of the stroke that their chart dates back; a new one stays acute.

    Source: ICD-10-CM Official Guidelines I.C.9.d.1. Rule I.C.9.d-sequelae.
    """
    coding_cases("""
        note                                                                                     | codes   | why
        -----------------------------------------------------------------------------------------+---------+-----------
        L CVA 2/2026 w/ R hemiparesis.\\nAssessment: R UE weakness/hemiparesis due to CVA.        | I69.351 | former
        R hemiparesis s/p CVA 2024.\\nAssessment: R hemiparesis due to CVA, impacting ADL.        | I69.351 | former
        Hx of CVA 2023.\\nAssessment: new-onset R hemiparesis due to acute CVA, to ED.            | G81.91 I63.9 | new
    """)  # fmt: skip


def test_weeks_and_parity_of_prenatal_notes(coding_cases):
    """Weeks as prenatal notes abbreviate them, and visits that only their title names.

    Source: ICD-10-CM Official Guidelines I.C.15.a-b, I.C.21.c.11. Rule I.C.15-pregnancy.
    """
    coding_cases("""
        note                                                                              | codes                 | why
        ----------------------------------------------------------------------------------+-----------------------+-----------
        OB f/u 33 5/7\\nFHR 140s\\na: IUP 33+5; prev c/s; iron def anemia in preg            | O34.219 O99.013 Z3A.33 D50.9 | weeks
        New OB\\n31yo G2P1001, EGA 11w0d. No complaints.\\nLow risk multip. Prenatal labs.   | Z34.81 Z3A.11         | first visit
    """)  # fmt: skip


def test_wounds(coding_cases):
    """Stage and depth of ulcers as wound clinics write them.

    Source: ICD-10-CM Official Guidelines I.C.12.a, I.B.14. Rules I.C.12.a-pressure-ulcers, I.C.12-ulcer-depth.
    """
    coding_cases("""
        note                                                                                       | codes         | why
        -------------------------------------------------------------------------------------------+---------------+-----------
        Dx: sacral PU stage 3                                                                      | L89.153       | stage
        Dx: pressure ulcer of sacrum, stage: 3                                                     | L89.153       | stage
        Dx: PUD on omeprazole                                                                      | K27.9         | peptic
        R calf ulcer\\n3x2 cm shallow with fat layer exposed.\\nDx: chronic venous insufficiency     | I87.2 L97.212 | depth
    """)  # fmt: skip


def test_conclusions_that_point_back(coding_cases):
    """ "A: as above" concludes nothing: what the note states under no heading counts as if there were none.

    Source: ICD-10-CM Official Guidelines IV.G, IV.J. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                              | codes | why
        ----------------------------------------------------------------------------------+-------+-----------
        Plantar fasciitis b/l. Injected L heel. Stretching, night splint.\\nA: as above    | M72.2 | stated above
        Otitis externa R ear. Ciprodex x 7 d.\\nA/P: see above                             | H60.91 | stated above
        HPI: knee arthritis years ago.\\nA/P: see above for vitals. 1. Migraine            | G43.909 | a conclusion
    """)  # fmt: skip


def test_visits_that_their_title_names(coding_cases):
    """An anticoagulation clinic, a dietitian, an infusion center and a travel clinic name in their title what the visit
    is for; the same words in a plan or an order name no visit.

    Source: ICD-10-CM Official Guidelines IV.A, I.C.2.e.2, I.C.21.c.7, I.C.21.c.10, I.C.21.c.16.
    Rule I.C.21.c-visit-title.
    """
    coding_cases("""
        note                                                                                                     | codes                | why
        ---------------------------------------------------------------------------------------------------------+----------------------+-----------
        ANTICOAGULATION CLINIC\\nIndication: chronic afib\\nINR today: 3.4. Warfarin 35 mg/wk, recheck 1 wk        | Z51.81 Z79.01 I48.20 | title
        Coumadin clinic - pharmD\\nDx: recurrent DVT R femoral vein\\nPOC INR 2.3. Continue warfarin 5 mg daily.   | Z51.81 Z79.01 [I82.411] | title
        HPI: Follows with the coumadin clinic, INR 2.2.\\nAssessment:\\n1. Chronic atrial fibrillation, on warfarin. | I48.20 Z79.01      | no title
        NUTRITION CONSULT - INITIAL\\nRef by: Dr. Patel. Reason: obesity\\nBMI 36.0. Intervention: 1600 kcal       | Z71.3 E66.9 Z68.36   | title
        Nutrition consult ordered.\\nAssessment:\\n1. Celiac disease                                              | K90.0                | ordered
        INFUSION CENTER\\nCycle 4 Day 1 FOLFOX. Dx: sigmoid colon ca w/ liver mets. 5FU given w/o rxn.            | Z51.11 C18.7 C78.7   | given
        INFUSION CENTER\\nCycle 4 Day 1 FOLFOX. Dx: sigmoid colon ca. ANC 0.6, chemo held today.                  | C18.7                | held
        Infusion visit\\nDx: melanoma of skin of back. Nivolumab 480 mg infused, tolerated well.                  | Z51.12 C43.59        | given
        Infusion RN note: iron sucrose 200 mg IV #3/5 for iron deficiency anemia. No rxn.                        | D50.9                | no neoplasm
        TRAVEL CLINIC\\nTrip: Kenya. YF vaccine today. Counseled re: insect precautions, traveler's diarrhea.     | Z71.84 Z23           | title
        Preop H&P\\nSurg: lap chole 5/12; Dx symptomatic gallstones\\nA/P: Medically optimized for surgery. COPD: cont inhaler. | Z01.818 K80.20 J44.9 | cleared
    """)  # fmt: skip


def test_well_children_and_nurses(coding_cases):
    """Well visits by their abbreviation and by days of life; vaccines with dose and site; tests that are placed.

    Source: ICD-10-CM Official Guidelines I.C.21.c.2, I.C.21.c.5, I.C.21.c.13, IV.P.
    Rules IV.P-routine-examination, I.C.21.c.13-newborn-visit, I.C.21.c.2-immunization.
    """
    coding_cases("""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+-----------
        15 mo. PE: R TM bulging.\\nA/P: WCC w/ abnormal findings. R AOM - amox.                      | Z00.121 H66.91  | named
        4 y/o WCC. No concerns. PE wnl.\\nA: Healthy 4 yo\\nP: MMRV today.                            | Z00.129 Z23     | named
        2 wk newborn check. BW 7-2, today 7-6. No jaundice.\\nA: well newborn, good wt gain          | Z00.111         | 14 days
        DOL 4 wt check. 39wk SVD. Jaundice face.\\nA: newborn check; neonatal jaundice               | Z00.110 P59.9   | 4 days
        2 mo WCC. PE nl.\\nA: well child. RTC in 2 wk wt check.                                      | Z00.129         | to come
        Flu shot clinic - no egg allergy. Fluzone HD 0.7 mL L delt, observed 15 min                | Z23             | given
        RN visit: PPD placed L forearm for employment. Return 48-72h for read.                     | Z11.1           | placed
        Assessment: weight gain, good appetite                                                     | R63.5           | a symptom
    """)  # fmt: skip


def test_after_operations_and_wounds(coding_cases):
    """Postoperative days, what an operation ended, and wounds that a nurse dresses.

    Source: ICD-10-CM Official Guidelines I.C.19.a, I.C.21.c.7. Rule I.C.21.c.7-aftercare.
    """
    coding_cases("""
        note                                                                                                 | codes        | why
        -----------------------------------------------------------------------------------------------------+--------------+-----------
        POD 14 lap appy. Doing well, no fever. Incisions c/d/i. Path: acute appendicitis.                    | Z48.815      | healed
        Dx: aftercare following L TKA\\nPlan 3x/wk                                                            | Z47.1 Z96.652 | therapy
        HH RN visit: wound care to L shin wound from fall 4/20. Granulating. Drsg changed.                   | S81.802D     | healing
        Fell on stairs today. Laceration of left shin repaired. Wound care discussed.                        | S81.812A     | new
        c/o boil R buttock x 4d. I&D done.\\nDx abscess buttock                                               | L02.31       | one lesion
    """)  # fmt: skip


def test_relatives_and_allergies_told_short(coding_cases):
    """A cancer behind the word for a relative is the relative's; an allergy that a challenge refuted is none.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3, I.C.21.c.4. Rules I.C.21.c.3-allergy-words, IV.J-reportable.
    """
    coding_cases("""
        note                                                                                                  | codes  | why
        ------------------------------------------------------------------------------------------------------+--------+-----------
        38F BRCA2 variant found on cascade testing - mother breast ca 44.\\nImp: BRCA2 carrier                 | Z15.01 | hers
        Father MI 52, brother colon cancer.\\nAssessment: hyperlipidemia                                       | E78.5  | theirs
        Disc: risk-reducing mastectomy, MRI\\nImp: BRCA1 carrier                                               | Z15.01 | spoken of
        Penicillin allergy evaluation. PCN skin testing neg; amox challenge passed w/o rxn.\\nImp: Not allergic to penicillin. Label removed. | - | refuted
        Assessment: penicillin allergy, skin test positive, continue to avoid                                | Z88.0  | stands
        Colon ca surveillance. Stage II sigmoid ca s/p colectomy 2021, no chemo. CT NED.\\nA: NED 5 yrs.       | Z08 Z85.038 [Z90.49] | watched
        Impression: L breast ca stage IIB, continue letrozole                                                | C50.912 Z79.811 | treated
        Imp: R renal ca                                                                                      | C64.1  | side
        Assessment: sore/cracked nipple, breastfeeding, 10 d PP                                              | O92.13 | nursing
        Stellate ganglion block L. Horner's observed.\\nIndication: CRPS I LUE                                 | G90.512 | effect
    """)  # fmt: skip


def test_letters_of_eyes_and_kidneys(coding_cases):
    """Letters that mean lids and lamps in the notes of eyes, and lobes and lupus elsewhere.

    Source: ICD-10-CM Tabular List, H00.1-, N25.81, Q21.2-.
    """
    coding_cases("""
        note                                                                    | codes   | why
        ------------------------------------------------------------------------+---------+-----------
        optom urgent\\nChalazion LUL. warm compresses.                           | H00.14  | lid
        Assessment: LUL pneumonia                                               | J18.9   | lobe
        SLE wnl, DFE wnl OU, IOP 15\\nImp: acute iritis OD                         | H20.00  | lamp
        Assessment: SLE on hydroxychloroquine                                   | M32.9   | lupus
        Imp: myopia OU; reg astig OU                                            | H52.13 H52.223 | short
        ESRD on HD. PTH 612.\\nA: 2ndary HPT                                     | N25.81 [N18.6] [Z99.2] | short
        Imp: AVSD, complete                                                     | Q21.23  | short
        s/p DDRT 2020, Cr 1.3. Imp: stable allograft function                   | Z94.0   | short
    """)  # fmt: skip


def test_visits_after_birth_operations_and_cancer(coding_cases):
    """ "Healthy newborn" at the office is a visit by its day; days after an operation; surveillance without cancer.

    Source: ICD-10-CM Official Guidelines I.C.2.m, I.C.19.a, I.C.21.c.7, I.C.21.c.8, I.C.21.c.12, I.C.21.c.13.
    Rules I.C.21.c.13-newborn-visit, I.C.21.c.7-aftercare, I.C.2.m-past-cancer.
    """
    coding_cases("""
        note                                                                                                     | codes       | why
        ---------------------------------------------------------------------------------------------------------+-------------+-----------
        NB visit DOL 3. Ex 39w F, BF well. PE nl.\\nA: Healthy newborn                                            | Z00.110     | office
        10 d s/p lap chole for acute cholecystitis. Path chronic cholecystitis w/ stones.\\nA: doing well post op. | Z48.815     | days
        Wound check. R hand lac repaired here 4/24, sutures out today x5, healed well.                           | S61.411D    | no aftercare
        HH PT visit: 80F s/p R hip fx ORIF 4/10. Gait training FWW 50ft.                                         | S72.001D    | therapy
        prostate ca surveillance visit. s/p RALP 2019. PSA <0.1.\\nA: NED, PSA undetectable. RTC 1y               | Z08 Z85.46  | watched
        Oral food challenge - egg. 4y h/o egg allergy. Tolerated full serving w/o rxn.\\nImp: tolerated egg challenge, no longer egg allergic. | Z01.82 | refuted
        MDM: head injury, low concern ICH given CT. Dx concussion w/o LOC.                                       | S06.0X0A    | not thought
    """)  # fmt: skip
