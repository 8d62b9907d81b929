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
