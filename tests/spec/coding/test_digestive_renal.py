"""Bleeding with its cause, liver, gallstones, kidneys, prostate, pressure ulcers."""


def test_digestive(coding_cases):
    """Bleeding joins its cause; liver disease before its varices; postoperative ileus is two codes.

    Source: ICD-10-CM Official Guidelines I.A.13, I.A.15. Rule I.C.11-digestive.
    """
    coding_cases("""
        setting   | note                                                                                       | codes                | why
        ----------+--------------------------------------------------------------------------------------------+----------------------+----
        inpatient | Discharge diagnosis:\\n1. Upper GI bleed\\n2. Duodenal ulcer                                 | K26.4                | I.A.15
        inpatient | Discharge diagnosis:\\n1. Alcoholic cirrhosis with ascites\\n2. Bleeding esophageal varices  | K70.31 I85.11        | code first
        inpatient | Discharge diagnosis:\\n1. Acute gallstone pancreatitis\\n2. Acute cholecystitis with cholelithiasis | K85.10 K80.00 | combination
        inpatient | Discharge diagnosis:\\n1. Appendicitis\\n2. Postoperative ileus                             | K37 K91.89 K56.7     | the ileus too
    """)


def test_kidneys(coding_cases):
    """Tubular necrosis says the failure; stones with hydronephrosis; dialysis with end-stage disease; prostate with symptoms.

    Source: ICD-10-CM Official Guidelines I.C.14.a, I.A.17. Rule I.C.14-renal.
    """
    coding_cases("""
        setting   | note                                                                               | codes          | why
        ----------+------------------------------------------------------------------------------------+----------------+----
        inpatient | Discharge diagnosis:\\n1. Acute kidney injury due to ATN\\n2. CKD stage 3a            | N17.0 N18.31   | cause
        inpatient | Discharge diagnosis:\\n1. Right hydronephrosis due to obstructing ureteral stone     | N13.2          | combination
        inpatient | Discharge diagnosis:\\n1. ESRD on hemodialysis MWF                                   | N18.6 Z99.2    | use additional
        inpatient | Discharge diagnosis:\\n1. BPH with nocturia                                          | N40.1 R35.1    | symptom beside it
    """)


def test_pressure_ulcers(coding_cases):
    """Site, side and stage from the sentence.

    Source: ICD-10-CM Official Guidelines I.C.12.a. Rule I.C.12.a-pressure-ulcers.
    """
    coding_cases("""
        setting   | note                                                                | codes    | why
        ----------+---------------------------------------------------------------------+----------+----
        inpatient | Discharge diagnosis:\\n1. Stage 4 pressure ulcer of the sacrum        | L89.154  | stage
        inpatient | Discharge diagnosis:\\n1. Pressure injury left heel, unstageable      | L89.620  | side
        inpatient | Discharge diagnosis:\\n1. Stage 3 pressure ulcer right ischium        | L89.313  | buttock
        outpatient | Assessment:\\n1. Stage 2 and 3 pressure ulcers of sacrum and heel. | L89.152 L89.603 | in their order
        outpatient | Assessment:\\n1. Stage 2 pressure injuries of both heels. | L89.612 L89.622 | one stage for both
        outpatient | Assessment:\\n1. Sacrum with stage 3 pressure injury, granulating, heels boggy intact. | L89.153 | heels have none
        outpatient | Assessment:\\n1. Stage 3 sacral pressure ulcer, offload both heels. | L89.153 | looked after
        outpatient | Exam: Left heel with stage 3 pressure ulcer, 3 x 2 cm.\\nAssessment:\\n1. Her ulcer is improving. | L89.623 | taken up
        outpatient | Assessment:\\n1. Unstageable sacral pressure ulcer and deep tissue injury of the left heel. | L89.150 L89.626 | no trauma
    """)


def test_vascular_ectasia_of_the_stomach(coding_cases):
    """GAVE in capitals is the ectasia, not the verb; what oozes bleeds.

    Source: ICD-10-CM Index, Ectasia, gastric antral vascular; K31.811. Rule I.C.11-digestive.
    """
    coding_cases("""
        note                                                                      | codes        | why
        --------------------------------------------------------------------------+--------------+----
        Assessment:\\n1. GAVE with oozing, argon today.                            | K31.811      | oozes
        Assessment:\\n1. Gastric antral vascular ectasia, still oozing, more laser. | K31.811     | oozes
        Assessment:\\n1. GAVE without bleeding, no treatment.                      | K31.819      | does not
        Assessment:\\n1. He gave a dose of iron. Barrett esophagus.                | K22.70       | the verb
        Assessment:\\n1. Neurogenic bladder with suprapubic catheter, changed today. | N31.9 Z93.59 | a device that is there
        Assessment:\\n1. Discussed a suprapubic catheter for neurogenic bladder.    | N31.9        | spoken of
    """)


def test_kidney_injury_and_contrast(coding_cases):
    """Contrast is the cause where the chart says so; contrast that was only given is none.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a, I.A.15. Rule I.C.14-renal.
    """
    coding_cases("""
        note                                                            | codes                  | why
        ----------------------------------------------------------------+------------------------+--------------
        AKI due to contrast.                                            | N17.9 N14.11 T50.8X5A  | due to
        AKI from IV contrast for CT.                                    | N17.9 N14.11 T50.8X5A  | from
        Contrast associated AKI.                                        | N17.9 N14.11 T50.8X5A  | associated
        AKI, received contrast yesterday.                               | N17.9                  | only given
        AKI after contrast.                                             | N17.9                  | only before
        AKI from dehydration, CT without contrast.                      | N17.9 E86.0            | another cause
    """)
