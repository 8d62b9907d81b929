"""Stays as large teaching hospitals tell them: problems behind number signs, chronic issues, histories told twice."""


def test_what_the_sepsis_is_the_cause_of(coding_cases):
    """The sepsis stays beside the organ that fails by it, whose words name it too.

    Source: Guidelines I.C.1.d.1.b (sepsis first, then the severe sepsis and each dysfunction).
    Rules I.B.2-specific, III-not-of-a-stay.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                 | codes                    | why
        ----------+--------------------------------------------------------------------------------------------------------------------------------------+--------------------------+-----
        inpatient | Hospital course:\nNeuro: metabolic encephalopathy from sepsis, slow to clear. ID: Septic shock due to E. coli bacteremia, meropenem. | A41.51 R65.21 G93.41     | the encephalopathy names it
        inpatient | Hospital course:\n# Septic shock from E. coli bacteremia. On norepinephrine.\n# Metabolic encephalopathy due to sepsis, resolved.    | A41.51 R65.21 G93.41     | in two problems
        inpatient | Hospital course:\n# Sepsis due to pneumonia.\n# AKI from sepsis.                                                                     | A41.9 J18.9 R65.20 N17.9 | the kidneys
    """)


def test_notes_that_mean_another_disease(coding_cases):
    """An Excludes1 note keeps apart what it names, and nothing else; what one place calls traumatic is so in the others.

    Source: Tabular List, Excludes1 notes at D64 (refractory anemia with excess blasts in transformation), I60-I69 and
    I65. Rules I.A.12.a-excludes1, I.C.13-musculoskeletal, I.C.9-circulatory, I.C.2-neoplasms.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                   | codes                  | why
        ----------+----------------------------------------------------------------------------------------------------------------------------------------+------------------------+-----
        inpatient | Hospital course:\n# AML in remission: next cycle delayed.\n# Chemotherapy-induced anemia: 2 units transfused.                          | C92.01 D64.81 T45.1X5A | anemia of the drugs
        inpatient | Hospital course:\nTraumatic subarachnoid hemorrhage after a fall from a ladder. Heparin was held given the SAH.                        | S06.6XAA W11.XXXA      | one hemorrhage
        inpatient | Hospital course:\nRuptured cerebral aneurysm with subarachnoid hemorrhage, coiled.                                                     | I60.7                  | not traumatic
        inpatient | Hospital course:\nEmbolic stroke of the left MCA from atrial fibrillation. Left carotid stenosis of 50%, medical management.           | I63.412 I48.91 I65.22  | stands beside it
        inpatient | Hospital course:\nStroke due to left carotid stenosis.                                                                                 | I63.232                | the cause
        inpatient | Hospital course:\n# AML in remission: next cycle delayed.\nHistory of present illness: 45F with AML diagnosed last year has pneumonia. | J18.9 C92.01           | called so once
    """)


def test_problems_that_are_named_as_habits(coding_cases):
    """A habit that heads a problem of the course ends neither the list of problems nor the course; what somebody saw or
    treated is reported, also where it is trivial, and a chronic pain that heads a problem.

    Source: Guidelines III (evaluated, treated or monitored), I.B.5. Rules III-incidental, I.B.5-integral.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                                                                                         | codes                     | why
        ----------+--------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------+---------------------------+-----
        inpatient | Brief Hospital Course:\nACUTE ISSUES:\n# Pneumonia: ceftriaxone.\n\nCHRONIC ISSUES:\n# Tobacco use: 1 ppd, nicotine patch.\n# Rheumatoid arthritis: stable.\n# Umbilical hernia: reducible, seen by surgery. | J18.9 M06.9 K42.9 F17.210 | behind the habit
        inpatient | Brief Hospital Course:\n# Pneumonia: ceftriaxone.\n\nCHRONIC ISSUES:\n# Umbilical hernia\n# Vitiligo: stable.                                                                                                | J18.9 L80                 | only listed
        inpatient | Brief Hospital Course:\n# Pneumonia: ceftriaxone\n# Chronic low back pain: continued home gabapentin.                                                                                                        | J18.9 M54.50              | a chronic pain
        inpatient | Brief Hospital Course:\n# Femur fracture: nail.\n# chronic neck pain: home gabapentin continued.                                                                                                             | S72.90XA M54.2            | beside an injury
        inpatient | Brief Hospital Course:\n# Pneumonia: ceftriaxone\n# Back pain: from coughing.                                                                                                                                | J18.9                     | of the acute illness
        inpatient | Brief Hospital Course:\n# Pneumonia: ceftriaxone\n# Lumbar spinal stenosis: chronic low back pain, tylenol.                                                                                                  | J18.9 M48.061             | explained
    """)


def test_ways_of_speaking_of_pain_and_drugs(coding_cases):
    """A pain stutters as nobody does; ischemia is of the organ whose disease the chart names; an acute dystonia is of the
    antipsychotic before it; what every stay is given is no encounter for prophylaxis.

    Source: Alphabetic Index, Dystonia, acute, due to drugs; Ischemia; Guidelines III. Rules I.C.9-circulatory,
    III-not-of-a-stay.
    """
    coding_cases(r"""
        setting   | note                                                                                                     | codes             | why
        ----------+----------------------------------------------------------------------------------------------------------+-------------------+-----
        inpatient | Hospital course:\nTwo days of stuttering substernal pressure: NSTEMI.                                    | I21.4             | of a pain
        inpatient | Hospital course:\nStuttering since childhood, seen by speech therapy.                                    | F80.81            | of speech
        inpatient | Hospital course:\n# NSTEMI: stent.\n# Acute systolic heart failure: trigger = ischemia.                  | I21.4 I50.21      | of the heart
        inpatient | Hospital course:\nAcute dystonia 6 h after haloperidol, painful torticollis; benztropine given.          | G24.02 T43.4X5A   | hours after
        inpatient | Hospital course:\nDystonia after metoclopramide, given diphenhydramine.                                  | G24.02 T45.0X5A   | an antiemetic
        inpatient | Hospital course:\nCervical dystonia, botulinum toxin injected.                                           | G24.3             | no drug
        inpatient | Hospital course:\nHeld chemoprophylaxis till day 3 given the splenic laceration from a fall.             | S36.039A W19.XXXA | against clots
        inpatient | Hospital course:\nDi-di twins, cesarean delivery for twin B breech. Both live.                           | O30.049 O32.1XX0  | the lie of one twin
        inpatient | Hospital course:\n# Pneumonia: ceftriaxone.\n# NSVT: 11 beats, potassium repleted, metoprolol increased. | J18.9 I47.20      | a treated problem
        inpatient | Hospital course:\nID: On POD9 the groin incision was red with pus. Superficial wound infection; washout. | T81.41XA          | of the groin
    """)


def test_falls_lines_and_lesions(coding_cases):
    """How many stairs somebody fell down leaves them stairs; a room of a home for many is no room of a private house; a line
    that was taken out is none that the patient has; the lesion of a bone is its metastasis.

    Source: External Cause Index, Fall, from stairs; Tabular List, Y92.19-, M89.8; Guidelines I.C.21.c.3. Rules
    I.C.20-external-causes, III-not-of-a-stay, I.C.13-musculoskeletal.
    """
    coding_cases(r"""
        setting   | note                                                                                                                  | codes                     | why
        ----------+-----------------------------------------------------------------------------------------------------------------------+---------------------------+-----
        inpatient | Hospital course:\nHe fell down four stairs and has a subdural hematoma.                                               | S06.5XAA W10.9XXA         | with a number
        inpatient | Hospital course:\nShe fell down several steps; left hip fracture.                                                     | S72.002A W10.9XXA         | several
        inpatient | Hospital course:\nHip fracture. Resident of an assisted living facility who tripped while walking to the dining room. | S72.009A Y92.198 Y93.01   | a facility
        inpatient | Hospital course:\nHip fracture after a fall in the dining room.                                                       | S72.009A W19.XXXA Y92.001 | a home
        inpatient | Hospital course:\n# MRSA sepsis: removal of the tunneled catheter, vancomycin.                                        | A41.02                    | taken out
        inpatient | Hospital course:\n# Lung cancer with bone metastases: lytic lesion of T8, radiation.                                  | C34.90 C79.51             | the metastasis
        inpatient | Hospital course:\n# MRSA sepsis complicated by tricuspid valve endocarditis, vancomycin.                              | A41.02 I33.0 B95.62       | of the sepsis
    """)


def test_words_of_the_wards(coding_cases):
    """What is retained when a catheter comes out is urine; an abbreviation of the transfusion service; a callus is no nerve.

    Source: Alphabetic Index, Retention, urine; Overload, circulatory, due to transfusion; Callus. Rule I.C.19.e-underdosing.
    """
    coding_cases(r"""
        setting   | note                                                                                           | codes                   | why
        ----------+------------------------------------------------------------------------------------------------+-------------------------+-----
        inpatient | Hospital course:\nGU: retention after Foley removal, straight cath x2.                         | R33.9                   | of urine
        inpatient | Hospital course:\nRetention on bladder scan, straight cath.                                    | R33.9                   | of urine
        inpatient | Hospital course:\n# COPD: CO2 retention, BiPAP, Foley for output.                              | J44.9                   | not of urine
        inpatient | Hospital course:\nAfter the fifth unit of blood he was dyspneic: TACO, furosemide.             | E87.71                  | of the transfusion
        inpatient | Hospital course:\n# Neuropathy and plantar callus: podiatry pared the callus; gabapentin.      | L84 G62.9               | two conditions
        inpatient | Hospital course:\n# Pneumonia: ceftriaxone. Moved to a shelter 3 weeks ago.                    | J18.9 Z59.01            | where he lives
        inpatient | Hospital course:\n# DKA in type 2 diabetes: ran out of insulin, could not get to the pharmacy. | E11.10 T38.3X6A Z91.148 | why
    """)


def test_for_what_somebody_was_ruled_out(coding_cases):
    """Who "was ruled out for" something has not got it, and what the sentence began with is not denied by it; what is named
    between a problem and "ruled out" is what is ruled out.

    Source: Guidelines II.H, III.C. Rule II.H-not-upheld.
    """
    coding_cases(r"""
        setting   | note                                                                              | codes | why
        ----------+-----------------------------------------------------------------------------------+-------+-----
        inpatient | Hospital course:\nChest pain was ruled out for MI with negative troponins.        | R07.9 | the pain stays
        inpatient | Hospital course:\n# Chest pain: he was ruled out for MI, stress test negative.    | R07.9 | a problem
        inpatient | Hospital course:\n# Syncope: ruled out for arrhythmia on telemetry.               | R55   | of a symptom
        inpatient | Hospital course:\n# Pneumonia: PE was ruled out by CT. Ceftriaxone.               | J18.9 | an abbreviation behind the label
        inpatient | Hospital course:\n# COPD exacerbation: pneumonia was ruled out. Prednisone.       | J44.1 | a word behind the label
        inpatient | Hospital course:\n# COPD exacerbation: prednisone.\n# Pneumonia: ruled out by CT. | J44.1 | the label itself
    """)


def test_chronic_pain_limbs_and_small_strokes(coding_cases):
    """A chronic pain without a place heads a problem as any other; an ischemia of a limb that is laid to a clot is an embolism
    or thrombosis; beside the infarct of a small vessel a carotid stenosis stands.

    Source: Guidelines III; Alphabetic Index, Embolism, artery, lower or upper extremity; Tabular List, Excludes1 note at
    I65. Rules I.B.5-integral, I.C.9-circulatory.
    """
    coding_cases(r"""
        setting   | note                                                                                                         | codes          | why
        ----------+--------------------------------------------------------------------------------------------------------------+----------------+-----
        inpatient | Brief Hospital Course:\n# Cellulitis of the left leg: cefazolin.\n# Chronic pain: continued home gabapentin. | L03.116 G89.29 | no place
        inpatient | Hospital course:\n# Acute limb ischemia of the left leg from embolus: embolectomy.                           | I74.3          | the leg
        inpatient | Hospital course:\nLeft arm acute ischemia from a brachial embolus, embolectomy.                              | I74.2          | the arm
        inpatient | Hospital course:\n# Acute ischemia of the foot, cause not found.                                             | I99.8          | no clot
        inpatient | Hospital course:\n# Lacunar infarct in the left thalamus. Carotid stenosis on the right, asymptomatic.       | I63.81 I65.21  | a small vessel
    """)


def test_contaminants_and_counts_that_rose(coding_cases):
    """What only contaminated a culture is no organism of an infection; a count that rose by steroids tells no long use.

    Source: Guidelines III.B, I.C.1.b; Tabular List, Z79.52. Rule I.C.1.b-organisms.
    """
    coding_cases(r"""
        setting   | note                                                                                                                                         | codes              | why
        ----------+----------------------------------------------------------------------------------------------------------------------------------------------+--------------------+-----
        inpatient | Hospital course:\n# Bacteremia: coag-negative staph in 1 of 4 bottles, contaminant, no treatment.\n# Cellulitis of the right leg: cefazolin. | L03.115            | behind commas
        inpatient | Hospital course:\n# Cellulitis of the right leg: cefazolin. Blood culture with coagulase negative staph, felt to be a contaminant.           | L03.115            | felt to be one
        inpatient | Hospital course:\n# Cellulitis of the right leg, MSSA: cefazolin.                                                                            | L03.115 B95.61     | an organism
        inpatient | Hospital course:\n# UTI, E. coli; repeat culture contaminated.                                                                               | N39.0 B96.20       | another culture
        inpatient | Hospital course:\n# Leukocytosis: likely stress/steroid response, resolved.                                                                  | D72.829            | a count
        inpatient | Hospital course:\n# COPD exacerbation: prednisone.\n# Polymyalgia rheumatica: on chronic prednisone 5 mg.                                    | J44.1 M35.3 Z79.52 | long use
    """)
