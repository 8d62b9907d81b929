"""Classes of clinic wording: sides and stages, complications, Excludes1, abbreviations that are also words."""


def test_excludes1_of_findings_and_of_unrelated_problems(coding_cases):
    """A finding gives way to the disease that its Excludes1 note names; two unrelated problems may both stand.

    Source: ICD-10-CM Official Guidelines I.A.12.a. Rule I.A.12.a-excludes1.
    """
    coding_cases("""
        note                                                                                                                  | codes         | why
        ----------------------------------------------------------------------------------------------------------------------+---------------+-----------------
        Assessment:\\n1. Hypercalcemia.\\n2. Primary hyperparathyroidism.                                                     | E21.0         | the disease
        Assessment:\\n1. Hypercalcemia.\\n2. Primary hyperparathyroidism.\\n3. Vitamin D deficiency.                          | E21.0 E55.9   | nothing is left to exclude
        Assessment:\\n1. Hypercalcemia, calcium 11.\\n2. Vitamin D deficiency, D3 weekly.                                    | E83.52 E55.9  | two problems
        Assessment:\\n1. Fragility fracture of left hip, osteoporosis.\\n2. Vitamin D deficiency. Cholecalciferol.           | M80.052A E55.9 | two problems
        Assessment:\\n1. Age-related osteoporosis with vertebral fracture and vitamin D deficiency.                           | M80.08XA      | one problem
    """)


def test_sides_episodes_and_handedness(coding_cases):
    """The diagnosis gives the side that the films leave out; handedness is no side; complications are under treatment.

    Source: ICD-10-CM Official Guidelines I.B.13, I.C.13.d.2, I.C.19.a. Rule I.C.13.d.2-fragility-fracture.
    """
    coding_cases("""
        note                                                                                                                            | codes    | why
        --------------------------------------------------------------------------------------------------------------------------------+----------+-----------------
        CC: right hand dominant, left wrist pain.\\nResults: distal radius fracture.\\nAssessment:\\nLeft distal radius fragility fracture due to age-related osteoporosis. | M80.032A | films without side
        HPI: She is right-handed and fell.\\nX-ray: distal radius fracture, left wrist.\\nAssessment:\\n1. Distal radius fracture.     | S52.502A | the one side
        Reason for visit: 6 weeks after left hemiarthroplasty.\\nAssessment:\\n1. Left femoral neck fragility fracture due to postmenopausal osteoporosis. | M80.052D | after surgery
        Assessment:\\n1. Left femoral neck fragility fracture due to postmenopausal osteoporosis, recovering on schedule.                | M80.052D | recovering
        HPI: Postoperative visit, 2 weeks after surgery.\\nAssessment:\\n1. Superficial surgical site infection, cephalexin started.       | T81.41XA | treated now
        HPI: Postoperative visit, 6 weeks after surgery.\\nAssessment:\\n1. Superficial surgical site infection, resolved.                 | T81.41XD | over
    """)


def test_each_eye_and_its_stage(coding_cases):
    """The stage belongs to the eye of its own phrase; OD behind a dose or a frequency is an eye, or once a day.

    Source: ICD-10-CM Official Guidelines I.C.7.a, I.C.19.e.5.b. Rules I.C.7.a-glaucoma, I.C.19.e-poisoning.
    """
    coding_cases("""
        note                                                                                                    | codes              | why
        --------------------------------------------------------------------------------------------------------+--------------------+----------------
        Assessment:\\n1. Primary open-angle glaucoma, severe stage right eye, moderate stage left eye.            | H40.1113 H40.1122  | stage before eye
        Assessment:\\n1. POAG, OD severe, OS moderate.                                                           | H40.1113 H40.1122  | eye before stage
        Assessment:\\n1. POAG, severe stage OD and moderate stage OS.                                            | H40.1113 H40.1122  | joined by and
        Assessment:\\n1. POAG, mild right, moderate stage left eye.                                              | H40.1111 H40.1122  | right without eye
        Assessment:\\n1. POAG, both eyes, moderate stage.                                                        | H40.1132           | both
        Assessment:\\n1. POAG, right eye, severe stage. Add netarsudil qhs OD.                                   | H40.1113           | no overdose
        Assessment:\\n1. Type 2 diabetes, metformin 500 mg OD.                                                   | E11.9 Z79.84       | once a day
        Diagnosis: amitriptyline OD, accidental                                                                 | T43.011A           | overdose
    """)


def test_words_that_are_no_diagnosis(coding_cases):
    """Ordinary words that look like names of diseases, forms and devices that are only thought of.

    Source: ICD-10-CM Official Guidelines IV.J. Rules I.B.5-mere-signs, I.C.21.c.3-new-status.
    """
    coding_cases("""
        note                                                                                        | codes           | why
        --------------------------------------------------------------------------------------------+-----------------+-----------------
        Assessment:\\n1. Closed reduction in finger traps of a left distal radius fracture.          | S52.502A        | traps
        Assessment:\\n1. TRAPS, on anakinra.                                                         | M04.1           | in capitals
        Assessment:\\n1. Left medial meniscus tear, locked knee.                                      | S83.242A        | no locked-in state
        Assessment:\\n1. Locked-in syndrome.                                                          | G83.5           | locked-in state
        Assessment:\\n1. Left L5 radicular pain, perineural scar.                                     | M54.16          | no scar of the skin
        Assessment:\\n1. Hypertension. Animal bite report faxed to county.                            | I10             | a form
        Assessment:\\n1. Tinnitus, both ears. Medically cleared for hearing aids.                     | H93.13          | not yet worn
        Assessment:\\n1. Tinnitus, both ears. Wears hearing aids, working well.                       | H93.13 Z97.4    | worn
        Assessment:\\n1. Nicotine dependence, e-cigarettes.                                           | F17.290         | no cigarettes
        Assessment:\\n1. Nicotine dependence, cigarettes.                                             | F17.210         | cigarettes
        Assessment:\\n1. Acute bacterial maxillary sinusitis.                                         | J01.00          | the same words
        Assessment:\\n1. Primary osteoarthritis of the left acromioclavicular joint.                  | M19.012         | the same words
    """)


def test_companions_told_in_words(coding_cases):
    """Second allergens, counted lymph nodes, bleeding tumors, voiding complaints and high-risk viruses.

    Source: ICD-10-CM Official Guidelines I.A.17, I.C.2.c, I.C.2. Rules I.C.10-respiratory, I.C.2-neoplasms, I.C.2-blood.
    """
    coding_cases("""
        note                                                                                                        | codes          | why
        ------------------------------------------------------------------------------------------------------------+----------------+-----------------
        Assessment:\\n1. Allergic rhinitis due to cat dander, and by season also to tree and grass pollen.            | J30.81 J30.1   | second allergen
        Assessment:\\n1. Allergic rhinitis due to cat dander. No pollen allergy.                                      | J30.81         | denied
        Assessment:\\n1. Allergic rhinitis due to ragweed, reactive to dogs.                                          | J30.1 J30.81   | the other way
        Assessment:\\n1. Colon cancer, metastatic in 3 of 22 mesenteric nodes.                                        | C18.9 C77.2    | nodes counted
        Assessment:\\n1. Right breast cancer, metastatic to 2 of 14 axillary lymph nodes.                             | C50.911 C77.3  | another region
        Assessment:\\n1. Colon cancer.\\n2. Iron deficiency anemia from chronic tumor bleeding.                       | C18.9 D50.0    | blood was lost
        Assessment:\\n1. BPH with lower urinary tract symptoms, nocturia and incomplete emptying.                     | N40.1 R35.1 R39.14 | each symptom
        Assessment:\\n1. LSIL pap, HR HPV pos (non 16/18).                                                            | R87.612 R87.810 | the test
        Assessment:\\n1. HPV positive on co-test, cytology normal.                                                    | R87.810        | the test alone
    """)
