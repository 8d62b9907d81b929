"""Adverse effect, poisoning, underdosing, toxic effect."""


def test_adverse_effects(coding_cases):
    """The nature of the adverse effect first, then the drug; what is only suspected is not coded at an outpatient encounter.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a, IV.H. Rule I.C.19.e-adverse-effects.
    """
    coding_cases("""
        setting    | note                                                                       | codes                    | why
        -----------+----------------------------------------------------------------------------+--------------------------+-----------------------------
        outpatient | Assessment:\\n1. Opioid-induced constipation                                | K59.03 T40.2X5A          | class
        outpatient | Assessment:\\n1. Gastric ulcer due to NSAIDs (ibuprofen)                     | K25.9 T39.315A           | a class and the drug of it
        inpatient  | Discharge diagnosis: Acute gastric ulcer with hemorrhage due to NSAID (naproxen)/aspirin | K25.0 T39.315A T39.015A | its drug, and another
        outpatient | HPI: Takes naproxen daily.\\nAssessment:\\n1. Gastric ulcer due to NSAIDs  | K25.9 T39.315A           | the one NSAID of the chart
        outpatient | Assessment:\\n1. Gastric ulcer due to NSAIDs, avoid ibuprofen            | K25.9 T39.395A           | not the one meant
        outpatient | Assessment:\\n1. Antibiotic-associated diarrhea from Augmentin           | K52.1 T36.0X5A           | the class, then its drug
        outpatient | Assessment:\\n1. Antibiotic-associated diarrhea, start vancomycin        | K52.1 T36.95XA           | a drug against it
        inpatient  | Discharge diagnosis: AKI from Zosyn/vancomycin                         | N17.9 T36.0X5A T36.8X5A  | two drugs in one word
        outpatient | Assessment:\\n1. Orthostatic hypotension due to tamsulosin               | I95.2 T44.6X5A           | Excludes1 at I95.1
        outpatient | Assessment:\\n1. Hyperthyroidism due to amiodarone                       | E05.80 T46.2X5A          | nature by cause
        outpatient | Assessment:\\n1. Priapism due to trazodone                               | N48.33 T43.215A          | nature by cause
        outpatient | Assessment:\\n1. Avascular necrosis of the right femoral head due to steroids | M87.151 T38.0X5A    | nature by cause
        emergency  | Diagnosis: Anaphylaxis to ceftriaxone                                  | T88.6XXA T36.1X5A        | drug properly given
        inpatient  | Discharge diagnosis: Respiratory depression due to morphine            | R06.89 T40.2X5A          | no depression
        outpatient | Assessment:\\n1. Drug-induced diarrhea - nintedanib                         | K52.1 T45.1X5A           | named beside it
        outpatient | Assessment:\\n1. Anemia due to iron deficiency                              | D50.9                    | no drug
        outpatient | Assessment:\\n1. Cough, may be lisinopril-related                          | R05.9                    | suspected
        outpatient | Assessment:\\n1. Cough due to lisinopril\\n2. Hypertension                  | R05.8 I10 T46.4X5A       | specified by its cause
        emergency  | Diagnosis: Generalized drug rash due to trimethoprim-sulfamethoxazole      | L27.0 T36.8X5A           | one entry of the table
        emergency  | Diagnosis: Acute dystonia due to haloperidol                               | G24.02 T43.4X5A          | entry of the table
        outpatient | Assessment:\\n1. Amoxicillin rash                                           | L27.0 T36.0X5A           | drug before its effect
        emergency  | Diagnosis: Hives after starting amoxicillin                                | L50.0 T36.0X5A           | Index: urticaria due to drugs
        emergency  | Diagnosis: Angioedema due to lisinopril                                    | T78.3XXA T46.4X5A        | nature within chapter 19
        emergency  | Diagnosis: Anaphylaxis due to penicillin                                   | T88.6XXA T36.0X5A        | drug properly given
        emergency  | Diagnosis: Allergic reaction to cephalexin                                 | T88.7XXA T36.1X5A        | reaction unspecified
        outpatient | Assessment:\\n1. Statin myopathy                                            | G72.0 T46.6X5A           | effect named
        outpatient | Assessment:\\n1. Peripheral neuropathy secondary to paclitaxel             | G62.0 T45.1X5A           | nature by cause
        outpatient | Assessment:\\n1. Hypothyroidism due to amiodarone                           | E03.2 T46.2X5A           | nature by cause
        outpatient | Assessment:\\n1. Steroid-induced hyperglycemia                              | R73.9 T38.0X5A           | no diabetes
        outpatient | Assessment:\\n1. Steroid-induced diabetes mellitus with hyperglycemia       | E09.65 T38.0X5A          | E09 and the drug
        outpatient | Assessment:\\n1. Hypotension from metoprolol                                | I95.2 T44.7X5A           | nature by cause
        outpatient | Assessment:\\n1. Hyperkalemia from spironolactone and losartan             | E87.5 T50.0X5A T46.5X5A  | two drugs (I.C.19.e.4)
        outpatient | Assessment:\\n1. Drug-induced constipation                                  | K59.03 T50.905A          | drug not named
        outpatient | Assessment:\\n1. C. difficile colitis after antibiotics                     | A04.72                   | an infection
        outpatient | Assessment:\\n1. Weakness due to dehydration                                | E86.0                    | no drug
        inpatient  | Discharge diagnosis: GI bleed due to naproxen and aspirin                  | K92.2 T39.315A T39.015A  | two drugs
        inpatient  | Discharge diagnosis: Heparin-induced thrombocytopenia                      | D75.829 T45.515A         | D75.82-
        inpatient  | Discharge diagnosis: Bradycardia due to digoxin toxicity, taken as prescribed | R00.1 T46.0X5A        | rightly taken
    """)


def test_poisoning(coding_cases):
    """Improper use is a poisoning, sequenced first with its intent; unspecified intent is accidental.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.b. Rules I.C.19.e-poisoning, I.C.19.e-drug-order.
    """
    coding_cases("""
        setting   | note                                                                                          | codes                      | why
        ----------+-----------------------------------------------------------------------------------------------+----------------------------+---------------------------
        emergency | Diagnosis: Intentional acetaminophen overdose, suicide attempt                                | T39.1X2A                   | self-harm
        emergency | HPI: Took 40 tablets of Tylenol, wanted to die.\\nDiagnosis: Acetaminophen overdose            | T39.1X2A                   | intent in the account
        emergency | Diagnosis: Methadone overdose. No self-harm intent.                                           | T40.3X1A                   | accidental
        emergency | Diagnosis: She drank bleach to kill herself                                                   | T54.92XA                   | harm by intent
        emergency | Diagnosis: He drank half a bottle of Benadryl to die                                          | T45.0X2A                   | harm by intent
        emergency | Diagnosis: Gave herself too much insulin by accident, hypoglycemia in type 1 diabetes         | T38.3X1A E10.649 [Z79.4]   | an amount in error
        emergency | HPI: Took an overdose of ibuprofen at nineteen.\\nDiagnosis: Migraine                         | G43.909                    | past
        emergency | Diagnosis: Tramadol overdose                                                                  | T40.421A                   | unspecified is accidental
        emergency | Diagnosis: Drug overdose, intent cannot be determined                                         | T50.904A                   | undetermined
        emergency | Diagnosis: Overdose of xanax and vodka                                                        | T42.4X1A T51.0X1A          | each substance
        emergency | Diagnosis: Accidental ingestion of metoprolol with bradycardia                                | T44.7X1A R00.1             | then the manifestation
        emergency | Diagnosis: Hypoglycemia from taking wife's glipizide by mistake                               | T38.3X1A E16.2             | wrong drug
        emergency | Diagnosis: Somnolence due to interaction of lorazepam and alcohol                             | T42.4X1A T51.0X1A R40.0    | with alcohol
        emergency | Diagnosis: Digoxin toxicity after taking extra doses by mistake. Bradycardia.                 | T46.0X1A R00.1             | wrong dose
        inpatient | Discharge diagnosis: Epistaxis due to interaction between warfarin and ciprofloxacin, both taken as prescribed. | R04.0 [Z79.01] | both rightly taken
        outpatient | Assessment:\\n1. Hypertension\\nPlan: Overdose prevention reviewed, naloxone kit given.       | I10                        | prevention
        outpatient | Assessment:\\n1. Hypertension\\n2. History of heroin overdose in 2019                         | I10                        | past
        emergency | Diagnosis: Alcohol intoxication                                                               | F10.129                    | chapter 5
    """)


def test_toxic_effects(coding_cases):
    """A harmful substance is a toxic effect: it is coded first, then what it brought about.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.d. Rule I.C.19.e-poisoning.
    """
    coding_cases("""
        setting   | note                                                                                       | codes               | why
        ----------+--------------------------------------------------------------------------------------------+---------------------+------------------------
        emergency | Diagnosis: Carbon monoxide poisoning from faulty gas furnace                               | T58.11XA            | utility gas
        emergency | Diagnosis: Carbon monoxide poisoning. Source: exhaust fumes of car in closed garage.       | T58.01XA            | source told apart
        emergency | Diagnosis: Carbon monoxide poisoning                                                       | T58.91XA            | source not told
        emergency | Diagnosis: Alcohol poisoning                                                               | T51.0X1A            | alcohol
        emergency | Diagnosis: Ethylene glycol poisoning, intentional ingestion, metabolic acidosis            | T52.3X2A E87.20     | intent
        emergency | Diagnosis: Bee sting with anaphylaxis                                                      | T63.441A T78.2XXA   | venom
        emergency | HPI: stung by a wasp on the neck.\\nDiagnosis: Local reaction                              | T63.461A            | in the account
        emergency | Diagnosis: Black widow spider bite                                                         | T63.311A            | venom
        emergency | Diagnosis: Bleach ingestion, accidental                                                    | T54.91XA            | caustic
        emergency | Diagnosis: Organophosphate exposure                                                        | T60.0X1A            | pesticide
    """)


def test_underdosing(coding_cases):
    """Less taken than prescribed: the condition first, then the drug, then the reason if it is known.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c. Rules I.C.19.e-underdosing, I.C.19.e-drug-order.
    """
    coding_cases("""
        setting      | note                                                                                                                                     | codes                     | why
        -------------+------------------------------------------------------------------------------------------------------------------------------------------+---------------------------+--------------------
        inpatient    | HPI: He ran out of torsemide and did not refill it because he could not afford the copay.\\nDischarge diagnosis: Acute on chronic systolic heart failure | I50.23 T50.1X6A Z91.120 | cost
        professional | Assessment:\\n1. Essential hypertension, rationing amlodipine due to cost                                                                 | I10 T46.1X6A Z91.120      | cost
        inpatient    | HPI: She had stopped taking sertraline on purpose because of side effects.\\nDischarge diagnosis: Major depressive disorder, recurrent, severe | F33.2 T43.226A Z91.128 | intentional
        professional | Assessment:\\n1. Atrial fibrillation, cuts her Eliquis in half to save money                                                                       | I48.91 T45.516A Z91.120 [Z79.01] | cost
        professional | Assessment:\\n1. Hyperlipidemia, does not take his statin because of muscle aches                                                                 | E78.5 T46.6X6A Z91.128    | side effect
        professional | Assessment:\\n1. Seizure, not taking Keppra regularly                                                                                             | R56.9 T42.6X6A            | no diagnosis that explains the symptom
        professional | Assessment:\\n1. Subtherapeutic INR, missed several doses of Coumadin\\n2. Gout                                                                 | R79.1 M10.9 T45.516A [Z79.01] | a finding that gout does not explain
        professional | HPI: She discontinued atorvastatin on her own after reading online.\\nAssessment:\\n1. Hyperlipidemia                                     | E78.5 T46.6X6A Z91.128    | on her own
        professional | Assessment:\\n1. Hypothyroidism, missing levothyroxine doses unintentionally, age-related debility                                        | E03.9 T38.1X6A Z91.130    | debility
        professional | Assessment:\\n1. Hypertension. Not taking her amlodipine regularly, forgets.                                                              | I10 T46.1X6A Z91.138      | unintentional
        professional | HPI: Patient is noncompliant with metformin.\\nAssessment:\\n1. Type 2 diabetes with hyperglycemia                                        | E11.65 T38.3X6A Z91.148 Z79.84 | reason not told
        professional | HPI: Mother stopped giving Flovent since worried about growth.\\nAssessment:\\n1. Mild persistent asthma with exacerbation                | J45.31 T38.0X6A Z91.A28   | caregiver
        inpatient    | HPI: metoprolol was inadvertently not restarted at the SNF.\\nDischarge diagnosis: Atrial fibrillation                                    | I48.91 T44.7X6A Y63.6     | left out by others
        professional | HPI: she has been inconsistent with her blood pressure medication.\\nMedications: lisinopril 20\\nAssessment:\\n1. Hypertension           | I10 T46.4X6A Z91.148      | the one drug of the class
        professional | HPI: Took lamotrigine only half of days because she could not afford refills.\\nAssessment:\\n1. Bipolar II disorder                   | F31.81 T42.6X6A Z91.120   | half of the days
        professional | HPI: PCP stopped lisinopril due to cough.\\nAssessment:\\n1. Hypertension                                                                | I10                       | directed
        professional | HPI: Lisinopril was stopped last month.\\nAssessment:\\n1. Hypertension                                                                  | I10                       | by whom is not told
        professional | HPI: No missed doses of warfarin.\\nAssessment:\\n1. Atrial fibrillation on warfarin                                                     | I48.91 Z79.01             | denied
        professional | HPI: She stopped taking ibuprofen.\\nAssessment:\\n1. Knee osteoarthritis                                                                | M17.9                     | not prescribed
        professional | HPI: off metformin for colonoscopy.\\nAssessment:\\n1. Type 2 diabetes                                                                   | E11.9 Z79.84              | for a procedure
    """)


def test_a_drug_not_taken_is_not_always_underdosed(coding_cases):
    """Underdosing needs a drug that the patient ought to take now; one never prescribed, or no longer needed, is none.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.c. Rule I.C.19.e-underdosing.
    """
    coding_cases("""
        note                                                                                                                  | codes               | why
        ----------------------------------------------------------------------------------------------------------------------+---------------------+----------------------
        HPI: She does not take lithium or thiazides.\\nAssessment:\\n1. Primary hyperparathyroidism                             | E21.0               | never prescribed
        HPI: He isn't taking nitrates.\\nAssessment:\\n1. Erectile dysfunction                                                  | N52.9               | asked for safety
        HPI: She has not taken an oxycodone since July.\\nAssessment:\\n1. Low back pain                                        | M54.50              | no longer needed
        HPI: She stopped metformin last winter when her kidney numbers dropped.\\nAssessment:\\n1. Type 2 diabetes              | E11.9 [Z79.84]      | for the kidneys
        Medications: losartan, sevelamer - never started, rosuvastatin 10.\\nAssessment:\\n1. Hyperlipidemia                    | E78.5               | said of the one before
        HPI: He stopped taking tamsulosin after his surgery.\\nAssessment:\\n1. Bladder stone                                   | N21.0               | no reason, no regimen
        HPI: He has not been taking his lisinopril for two weeks.\\nAssessment:\\n1. Hypertension                               | I10 T46.4X6A        | his drug
        HPI: She has not taken levothyroxine since Monday.\\nAssessment:\\n1. Hypothyroidism                                    | E03.9 T38.1X6A      | for some days
        HPI: He is not taking metoprolol.\\nMedications: metoprolol 25 mg\\nAssessment:\\n1. Atrial fibrillation                | I48.91 T44.7X6A     | on the list
        HPI: He is not taking sertraline.\\nAssessment:\\n1. Depression. Resume sertraline 50 mg.                               | F32.A T43.226A      | taken up again
        HPI: She never started atorvastatin because of the cost.\\nAssessment:\\n1. Hyperlipidemia                              | E78.5 T46.6X6A Z91.120 | why
    """)


def test_bleeding_due_to_an_anticoagulant(coding_cases):
    """A bleeding called the effect of an anticoagulant takes D68.32 and the adverse effect beside its site.

    Source: ICD-10-CM Tabular List, use additional code note at D68.32; Coding Clinic 1Q 2016 pp. 14-15.
    """
    coding_cases("""
        note                                                             | codes                          | why
        -----------------------------------------------------------------+--------------------------------+----
        Epistaxis due to warfarin.                                       | R04.0 D68.32 T45.515A Z79.01   | the site first
        Assessment:\\n1. Melena from rivaroxaban, taken as prescribed.   | K92.1 D68.32 T45.515A Z79.01   | as ordered
        Hematuria, on warfarin.                                          | R31.9 Z79.01                   | no link
        Nosebleed is not due to warfarin.                                | R04.0                          | denied
        Supratherapeutic INR due to warfarin, no bleeding.               | R79.1 T45.515A Z79.01          | no bleeding
        Epistaxis due to clopidogrel.                                    | R04.0 T45.525A                 | of platelets
    """)


def test_delirium_due_to_a_drug(coding_cases):
    """A delirium due to one class of psychoactive drugs is that of the class; of several causes it is F05.

    Source: ICD-10-CM Alphabetic Index, Delirium, due to, sedative / opioid / multiple etiologies; inclusion terms of
    F11.921, F13.921, F19.921.
    """
    coding_cases("""
        note                                                                              | codes                 | why
        ----------------------------------------------------------------------------------+-----------------------+----
        Delirium due to lorazepam taken as prescribed.                                    | F13.921 T42.4X5A      | a sedative
        Delirium due to oxycodone.                                                        | F11.921 T40.2X5A      | an opioid
        Delirium due to lorazepam and UTI.                                                | F05 N39.0 T42.4X5A    | several
        Benzodiazepine-induced delirium in a patient with sedative use disorder, severe.  | F13.221 T42.4X5A      | dependence
        Delirium due to prednisone.                                                       | F05 T38.0X5A          | another drug
        Medication-induced delirium.                                                      | F19.921               | unknown
    """)


def test_what_an_effect_is_laid_to(coding_cases):
    """The active voice, a drug beside another cause, and a sentence without a subject lay an effect to a drug.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a. Rule I.C.19.e-adverse-effects.
    """
    coding_cases("""
        setting   | note                                                                                          | codes               | why
        ----------+-----------------------------------------------------------------------------------------------+---------------------+-----
        inpatient | Hospital course:\\nAcute kidney injury was put down to ibuprofen, which was stopped.          | N17.9 T39.315A      | put down to
        inpatient | Hospital course:\\nHematology attributed the thrombocytopenia to linezolid.                   | D69.59 T36.8X5A     | the active voice
        inpatient | Hospital course:\\nBleeding duodenal ulcer due to H. pylori and daily aspirin.                | K26.4 B96.81 T39.015A | beside another cause
        inpatient | Hospital course:\\n1. AKI: creatinine 3.0. Attributed to tacrolimus, trough 24.               | N17.9 T45.1X5A      | a sentence of its own
        inpatient | Hospital course:\\n1. AKI: creatinine 3.0. Tacrolimus trough 24.                              | N17.9               | no cause told
        inpatient | Hospital course:\\nAcute kidney injury due to sepsis was treated with vancomycin.             | A41.9 R65.20 N17.9  | another cause
        inpatient | Hospital course:\\n1. Asthma exacerbation.\\n2. Steroid-induced hyperglycemia, sliding scale. | J45.901 R73.9 T38.0X5A | a problem of its own
    """)


def test_an_effect_that_the_next_sentence_ascribes(coding_cases):
    """ "We ascribe it to his ibuprofen" speaks of what the sentence before it opened with.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.a; Table of Drugs, ibuprofen. Rule I.C.19.e-adverse-effects.
    """
    coding_cases(r"""
        setting    | note                                                                   | codes          | why
        -----------+------------------------------------------------------------------------+----------------+-------------
        outpatient | Gastric ulcer. We ascribe the ulcer to his ibuprofen.                  | K25.9 T39.315A | its word
        outpatient | Gastric ulcer. We ascribe it to his ibuprofen.                         | K25.9 T39.315A | pronoun
        outpatient | Rash. We attribute it to amoxicillin.                                  | L27.0 T36.0X5A | another verb
        inpatient  | Acute kidney injury. We attribute the kidney injury to his lisinopril. | N17.9 T46.4X5A | a stay
        inpatient  | Hyponatremia. We put this down to hydrochlorothiazide.                 | E87.1 T50.2X5A | put down to
        outpatient | Gastric ulcer. We attribute it to H. pylori.                           | K25.9 B96.81   | no drug
        outpatient | Gastric ulcer. We do not attribute it to ibuprofen.                    | K25.9          | denied
    """)
