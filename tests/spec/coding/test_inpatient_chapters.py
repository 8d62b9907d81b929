"""Chapter rules that mostly meet inpatients: the newborn, fragile bone, head injuries, stroke, sepsis."""


def test_newborn_codes(coded):
    """Weight and weeks of a small infant; the condition of a newborn by chapter 16.

    Source: ICD-10-CM Official Guidelines I.C.16.a, I.C.16.d. Rules I.C.16.a-perinatal-codes, I.C.16.d-birth-weight.
    """
    cases = [
        (
            "NICU DISCHARGE SUMMARY\nBorn at 34w2d by cesarean. Birth weight 2,180 g.\nDIAGNOSES\n1. RDS, surfactant\n"
            "2. Pneumothorax\n3. Late onset sepsis, coagulase negative staph\n4. Slow feeding",
            "Z38.01 P07.18 P07.37 P22.0 P25.1 P36.39 P92.2",
        ),
        (
            "NICU\nFemale infant born vaginally at 29 5/7 weeks, BW 1150 grams.\nDIAGNOSES\n1. Pneumonia\n2. GBS sepsis",
            "Z38.00 P07.14 P07.32 P23.9 P36.0",
        ),
        (
            "Newborn\n25 week preterm male, 780 g at birth, cesarean delivery. Intraventricular hemorrhage. NEC.",
            "Z38.01 P07.03 P07.24 P52.3 P77.9",
        ),
        (
            "Newborn nursery\nTerm female born by vaginal delivery at 39w1d, birth weight 3400 g. Hypoglycemia.",
            "Z38.00 P70.4",
        ),
    ]
    for text, wanted in cases:
        found = [s.code for s in coded(text, setting="inpatient", age="0").suggestions]
        assert (found[0], set(found)) == (wanted.split()[0], set(wanted.split())), (text, found)
    adult = (
        "HPI: 71 yo male on baby aspirin with black stools.\nHOSPITAL COURSE: Acute blood loss anemia. AKI. NICU nurse."
    )
    assert {"D62", "N17.9"} <= {s.code for s in coded(adult, setting="inpatient").suggestions}


def test_fragility_fracture(coding_cases):
    """A fracture of little force in known osteoporosis is pathological; one of great force, or in sound bone, is not.

    Source: ICD-10-CM Official Guidelines I.C.13.d.2. Rule I.C.13.d.2-fragility-fracture.
    """
    coding_cases("""
        note                                                                                        | setting   | codes    | why
        --------------------------------------------------------------------------------------------+-----------+----------+----
        Known osteoporosis. Turned, felt the hip give: displaced right intertrochanteric fracture.  | inpatient | M80.051A | known
        Discharge diagnoses:\\n1. L1 compression fracture, osteoporosis                             | inpatient | M80.08XA | collapsed
        Discharge diagnoses:\\n1. Right hip fracture, low-energy fall\\n2. Osteoporosis             | inpatient | M80.051A | little force
        Assessment:\\n1. Colles fracture of the right radius after a low-energy fall. DXA to evaluate for osteoporosis. | | S52.531A | not known
    """)


def test_loss_of_consciousness(coding_cases):
    """The duration of unconsciousness that the chart gives is in the code.

    Source: ICD-10-CM Official Guidelines I.C.19, I.B.2. Rule I.C.19.b-unconsciousness.
    """
    coding_cases("""
        note                                                                      | setting   | codes    | why
        --------------------------------------------------------------------------+-----------+----------+----
        Injuries:\\n1. Right acute subdural hematoma, traumatic, LOC about 5 min  | inpatient | S06.5X1A | minutes
        Injuries:\\n1. Concussion. Per a witness he was out for about two minutes. | inpatient | S06.0X1A | in words
        Injuries:\\n1. Traumatic subarachnoid hemorrhage, unconscious for 2 hours | inpatient | S06.6X3A | hours
        Injuries:\\n1. Concussion, no LOC                                         | inpatient | S06.0X0A | none
    """)


def test_open_fracture(coding_cases):
    """A fracture is open where its own sentence says so.

    Source: ICD-10-CM Official Guidelines I.C.19.c. Rule I.C.19-injuries.
    """
    coding_cases("""
        note                                                                                        | setting   | codes             | why
        --------------------------------------------------------------------------------------------+-----------+-------------------+----
        Injuries:\\n1. Open left tibial shaft fracture, Gustilo type II\\n2. Right rib fractures 4-8 | inpatient | S82.202B S22.41XA | one is open
        Injuries: L tibial shaft fx, comminuted, displaced, open type II                            | inpatient | S82.252B          | after the word
        Injuries: Right femoral shaft fracture, open reduction                                      | inpatient | S72.301A          | the operation
    """)


def test_stroke_and_sepsis_in_prose(coding_cases):
    """The mechanism that the chart settles on, and a shock that was spoken of and absent.

    Source: ICD-10-CM Official Guidelines I.C.9.d, I.C.18.i, I.C.1.d. Rules I.C.9.d-stroke, II.H-not-upheld.
    """
    coding_cases("""
        note                                                                                        | setting   | codes | why
        --------------------------------------------------------------------------------------------+-----------+-------+----
        MRI showed an acute infarct of the left middle cerebral artery territory. The mechanism is cardioembolic. Our NIH stroke scale on arrival was 14. | inpatient | I63.412 R29.714 | settled
        Sepsis from pneumonia. Septic shock was discussed but I do not believe it was present.      | inpatient | A41.9 J18.9 | absent
        Septic shock from pneumonia.                                                                | inpatient | A41.9 R65.21 J18.9 | present
    """)
