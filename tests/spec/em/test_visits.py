"""Visits from their notes: the kinds of problems, data, risk, time, category and modifiers."""

from __future__ import annotations

from collections.abc import Callable

import jsonschema

from nosology.cli.render_json import coded_to_dict, read_schema
from nosology.model.coding import CodedNote


def test_problems(visit_cases: Callable[..., None]) -> None:
    """Problems count when they are addressed, each by its kind.

    Rule EM-problems.
    """
    visit_cases("""
        note | codes | problems | kinds | why
        -----+-------+----------+-------+----
        Assessment:\\nHypertension, well controlled.\\nPlan:\\nReturn in 6 months. | 99212 | low | stable | one stable chronic illness, nothing else
        Assessment:\\nMetastatic colon cancer, progressed on CT.\\nPlan:\\nStop FOLFIRI, start regorafenib. | 99214 | high | severe | progression of a metastatic cancer
        Assessment and plan:\\n1. Rotator cuff tendinitis, left: naproxen 500 mg BID prescribed.\\n2. Screening colonoscopy ordered. | 99213 | low | acute | a screening searches no cause
        Follow-up visit.\\nAssessment: (a) hypertension, stable; (b) type 2 diabetes, at goal; (c) gout, no flares.\\nPlan: continue lisinopril, metformin and allopurinol. | 99214 | moderate | stable stable stable | three in one line
        Follow-up visit.\\nMy impression is hypertension, type 2 diabetes and hypothyroidism, all stable. I will continue lisinopril, metformin and levothyroxine. | 99214 | moderate | stable stable stable | three in one sentence of prose
        Follow-up visit.\\nMy impression is type 2 diabetes with polyneuropathy, stable. I will continue metformin. | 99213 | low | stable | an illness with its complication is one
        Assessment:\\nPolycythemia vera, at target. Pruritus due to polycythemia vera.\\nPlan:\\nContinue hydroxyurea. Trial of paroxetine 10. | 99214 | moderate | unstable | a symptom belongs to its cause; a drug begun for it
        Assessment:\\nAcute cystitis, recurrent.\\nPlan:\\nNitrofurantoin 100 mg twice daily for 5 days. | 99213 | low | acute | acute again is no chronic illness
        Assessment:\\nChronic sinusitis, persistent despite two courses of antibiotics.\\nPlan:\\nPrednisone taper. | 99214 | moderate | unstable | not at its goal
        Assessment:\\nPrimary osteoarthritis of the right knee, end stage.\\nPlan:\\nExercises. | 99213 | moderate | unstable | end stage
        Assessment:\\nEnd stage renal disease, stable.\\nPlan:\\nContinue calcium acetate. | 99213 | low | stable | a stage by name
        Assessment:\\n1. Gout, stable.\\n2. Hypertension.\\nPlan:\\nReturn in 3 months. Increase lisinopril to 40 mg. | 99214 | moderate | stable unstable | the drug says whose plan it is
        Assessment:\\n1. Onychomycosis, painful.\\n2. Hypertension, uncontrolled.\\nPlan:\\n1. Nails debrided x 10.\\n2. Start losartan 50 mg. | 99214-25 11721 | moderate | unstable | what the procedure treats is the procedure
        Assessment:\\n1. Onychomycosis, painful.\\n2. Type 2 diabetes with polyneuropathy.\\nPlan:\\n1. Nails debrided x 10.\\n2. Daily foot check. Insulin per PCP. | 99212 11721 | low | stable | the problem beyond the procedure decides
        Assessment:\\nType 1 diabetes with hypoglycemia.\\nPlan:\\nContinue insulin. | 99214 | moderate | unstable | harmed by its treatment
        HPI: three months of epigastric pain.\\nAssessment:\\nEpigastric pain, possible peptic ulcer.\\nPlan:\\nEGD with biopsies. H. pylori stool Ag, CBC, tTG-IgA. | 99214 | moderate | undiagnosed | a new symptom worked up
        Assessment:\\nEpigastric pain after a heavy meal.\\nPlan:\\nAntacids as needed. | 99213 | low | acute | a symptom that is only treated
        Assessment:\\n1. Hypertension, stable.\\n2. Type 2 diabetes, at goal.\\nPlan:\\nContinue lisinopril and metformin. | 99214 | moderate | stable stable | two stable chronic illnesses
        Assessment and Plan:\\nHypertension, hyperlipidemia and gout are stable. Continue lisinopril, atorvastatin and allopurinol. | 99214 | moderate | stable stable stable | three in one sentence
        Assessment:\\nType 2 diabetes with polyneuropathy, stable.\\nPlan:\\nContinue metformin. | 99213 | low | stable | one illness with its complication
        Assessment:\\nChronic respiratory failure, stable on home oxygen.\\nPlan:\\nContinue oxygen. | 99212 | low | stable | chronic, no threat
        Assessment:\\nSquamous cell carcinoma of the left cheek.\\nPlan:\\nSchedule excision. | 99213 | moderate | unstable | an untreated cancer is not at its goal
        Assessment:\\nHypertension, uncontrolled.\\nPlan:\\nIncrease lisinopril to 40 mg daily. | 99214 | moderate | unstable | not at its goal
        Assessment:\\nCOPD exacerbation.\\nPlan:\\nStart prednisone 40 mg daily. | 99214 | moderate | unstable | exacerbation
        Assessment:\\nHypothyroidism. TSH is at goal.\\nPlan:\\nContinue levothyroxine 75 mcg daily. | 99213 | low | stable | a drug continued, one stable illness
        Assessment:\\nMajor depressive disorder, recurrent, in full remission.\\nPlan:\\nContinue escitalopram 10 mg. | 99213 | low | stable | the name says recurrent
        Assessment:\\nHypothyroidism following radioactive iodine. TSH at goal.\\nPlan:\\nContinue levothyroxine 112 mcg. | 99213 | low | stable | chronic after treatment
        Assessment:\\nGout flare, left great toe.\\nPlan:\\nStart colchicine 0.6 mg twice daily. | 99214 | moderate | unstable | flare
        Assessment:\\nHypertension, with ankle edema as a side effect of amlodipine.\\nPlan:\\nStop amlodipine, start losartan 50 mg. | 99214 | moderate | unstable | harmed by its treatment
        Assessment:\\nAcute cystitis.\\nPlan:\\nNitrofurantoin 100 mg twice daily prescribed. | 99213 | low | acute | acute and uncomplicated
        Assessment:\\nRight ankle sprain.\\nPlan:\\nRest, ice, elevation and ibuprofen as needed. | 99213 | low | injury | simple injury
        Assessment:\\nCommon cold.\\nPlan:\\nRest and fluids. | 99212 | straightforward | minor | self-limited
        Assessment:\\nPneumonia, right lower lobe.\\nPlan:\\nStart azithromycin 500 mg. | 99214 | moderate | systemic | acute with systemic symptoms
        Assessment:\\nAcute pyelonephritis with fever.\\nPlan:\\nStart ciprofloxacin 500 mg twice daily. | 99214 | moderate | systemic | acute with systemic symptoms
        Assessment:\\nBreast lump, left.\\nPlan:\\nOrder diagnostic mammogram and ultrasound of the left breast. | 99213 | moderate | undiagnosed | new, prognosis uncertain
        Assessment:\\nUnintentional weight loss.\\nPlan:\\nOrder CT of the abdomen, CBC and CMP. | 99214 | moderate | undiagnosed | worked up; three tests
        Assessment:\\nDisplaced fracture of the right distal radius.\\nPlan:\\nProceed with open reduction and internal fixation next week. | 99214 | moderate | complicated | surgery for an injury
        Assessment:\\nNondisplaced fracture of the left fifth metatarsal.\\nPlan:\\nWalking boot for 4 weeks. | 99213 | low | injury | simple fracture
        Assessment:\\nDepression, struggling more than last month.\\nPlan:\\nIncrease sertraline to 100 mg daily. | 99214 | moderate | unstable | not at its goal
        Assessment:\\nAcute pulmonary embolism.\\nPlan:\\nSent to the emergency department. | 99215 | high | threat | threat to life
        Assessment:\\nSevere exacerbation of asthma.\\nPlan:\\nTransfer to the hospital by ambulance. | 99215 | high | severe | severe exacerbation
        Assessment:\\n1. Cerumen impaction.\\n2. Insect bite of the left forearm.\\nPlan:\\nEar drops. | 99212 | low | minor minor | two minor problems, minimal risk
        Assessment:\\n1. Hypertension, stable, followed by his cardiologist.\\nPlan:\\nReturn as needed. | 99212 | low | stable | noted, nothing decided
        Assessment:\\nChronic low back pain, worse over the last month.\\nPlan:\\nStart cyclobenzaprine 5 mg at bedtime. | 99214 | moderate | unstable | chronic and worse
        Assessment:\\nLow back pain after lifting.\\nPlan:\\nPhysical therapy and heat. | 99213 | low | acute | acute and uncomplicated
        Assessment:\\nNewly diagnosed type 2 diabetes.\\nPlan:\\nStart metformin 500 mg twice daily. | 99214 | moderate | unstable | newly diagnosed
        Assessment:\\nOsteoarthritis of both knees, no relief with therapy.\\nPlan:\\nStart meloxicam 15 mg daily. | 99214 | moderate | unstable | not at its goal
        Assessment:\\nOsteoarthritis of the right knee, stable.\\nPlan:\\nAcetaminophen as needed. | 99213 | low | stable | stable; sold without prescription
        Assessment:\\nContact dermatitis.\\nPlan:\\nHydrocortisone cream over the counter. | 99212 | straightforward | minor | minor, low risk, no data
        Assessment:\\nHypertension. No recent flare of gout.\\nPlan:\\nContinue lisinopril 10 mg. | 99213 | low | stable | a denied flare does not count
    """)


def test_data(visit_cases: Callable[..., None]) -> None:
    """Tests, documents and historians count once each; interpretation and discussion are categories of their own.

    Rule EM-data.
    """
    visit_cases(
        """
        note | codes | data | counted | why
        -----+-------+------+---------+----
        Assessment:\\nFatigue.\\nPlan:\\nOrder CBC. | 99212 | straightforward | test | one test
        Assessment:\\nFatigue.\\nPlan:\\nCBC/ferritin/TSH/CMP. | 99214 | moderate | test | a list of tests is an order
        Exam: lungs clear. CBC 9.8, LFT nl, Cr 0.8.\\nAssessment:\\nRheumatoid arthritis, stable.\\nPlan:\\nContinue methotrexate. | 99214 | moderate | test | results among the findings
        HPI: A1c 7.1, LDL 88, TSH normal.\\nAssessment:\\nType 2 diabetes, stable.\\nPlan:\\nContinue metformin. | 99214 | moderate | test | results in the history
        HPI: In 2019 his A1c was 9, LDL 150 and TSH normal.\\nAssessment:\\nType 2 diabetes, stable.\\nPlan:\\nContinue metformin. | 99213 | straightforward | !test | results of another year
        HPI: he asks about his LDL and TSH.\\nAssessment:\\nType 2 diabetes, stable.\\nPlan:\\nContinue metformin. | 99213 | straightforward | !test | named without a result
        Assessment:\\nFatigue.\\nPlan:\\nOrder CBC and TSH. | 99213 | low | test | two tests
        Assessment:\\nFatigue.\\nPlan:\\nOrder CBC, TSH and CMP. | 99214 | moderate | test | three tests
        Results:\\nHemoglobin A1c 7.9.\\nAssessment:\\nDiabetes.\\nPlan:\\nRepeat hemoglobin A1c. | 99212 | straightforward | test | reviewed and ordered is one test
        Results:\\nHemoglobin 9.8. WBC 6.0. Platelets 210.\\nAssessment:\\nAnemia.\\nPlan:\\nObserve. | 99212 | straightforward | test | the parts of a panel are one test
        Assessment:\\nKnee pain.\\nPlan:\\nIf the pain does not improve, we will order an MRI. | 99212 | straightforward | !test | not ordered yet
        Assessment:\\nKnee pain.\\nPlan:\\nNo x-ray is needed. | 99212 | straightforward | !test | not ordered
        Results:\\nX-ray of the right knee shows no fracture. X-ray of the left knee is normal.\\nAssessment:\\nKnee pain.\\nPlan:\\nIce. | 99213 | straightforward | test | one region
        Assessment:\\nKnee pain and hip pain.\\nPlan:\\nOrder x-ray of the knee and x-ray of the hip. | 99213 | low | test | two regions
        HPI:\\nHistory obtained from the mother.\\nAssessment:\\nAcute otitis media.\\nPlan:\\nAmoxicillin 400 mg twice daily prescribed. | 99213 | low | historian | an independent historian
        Assessment:\\nChest pain.\\nPlan:\\nI personally reviewed the EKG tracing, my interpretation is sinus rhythm. | 99214 | moderate | own_reading | own interpretation
        Assessment:\\nLung nodule.\\nPlan:\\nDiscussed the case with Dr. Lee from oncology. | 99213 | moderate | discussion | discussion with another physician
        Assessment:\\nHypertension.\\nPlan:\\nDiscussed diet with the patient. | 99213 | straightforward | !discussion | talk with the patient is none
        Assessment:\\nHeart failure.\\nPlan:\\nReviewed the discharge summary and records from the outside hospital. Order BMP. | 99213 | moderate | documents test | two documents and a test
        Assessment:\\nChest pain.\\nPlan:\\nI independently interpreted the EKG. Discussed with cardiology on call. Order troponin. | 99214 | high | own_reading discussion | two of three categories
        Assessment:\\nHypertension, stable.\\nPlan:\\nI will contact his cardiologist if surgery is needed. | 99212 | straightforward | !discussion | not yet
        Assessment:\\nUrinary frequency.\\nPlan:\\nUrinalysis and urine culture ordered, PSA drawn. | 99213 | moderate | test | three unique tests
    """
    )


def test_risk(visit_cases: Callable[..., None]) -> None:
    """Risk is that of what was decided; what is only considered for later is no decision.

    Rule EM-risk.
    """
    visit_cases("""
        note | codes | risk | counted | why
        -----+-------+------+---------+----
        Assessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart amlodipine 5 mg daily. | 99214 | moderate | prescription | begun
        Assessment:\\nPrimary open-angle glaucoma, stable.\\nPlan:\\nContinue gtts. | 99213 | moderate | prescription | drops continued
        Assessment:\\nDry eye syndrome, stable.\\nPlan:\\nArtificial tears prn. | 99213 | low | !prescription | no drug on prescription
        Assessment:\\nRestless legs syndrome.\\nPlan:\\nGabapentin enacarbil 600. | 99213 | moderate | prescription | a dose is an order
        Assessment:\\n1. Hypertension.\\n2. Type 2 diabetes.\\nPlan:\\nContinue metformin per his endocrinologist. Low salt diet. | 99213 | low | !prescription | a drug of another practitioner
        Assessment:\\nOsteoporosis.\\nPlan:\\nShe declines alendronate. Exercises. | 99213 | low | !prescription | a drug refused
        Assessment:\\nOsteoarthritis of the knee, worse.\\nPlan:\\nDiscussed total knee arthroplasty; he wants to wait until next year. | 99214 | moderate | surgery | weighed with the patient and put off
        Assessment:\\nOsteoarthritis of the knee, worse.\\nPlan:\\nDiscussed total knee arthroplasty in the future if pain worsens. Exercises. | 99213 | low | !surgery | for later
        Assessment:\\nHammer toe.\\nPlan:\\nExtra-depth shoes and inserts. | 99213 | low | low | shoes
        Assessment:\\nHypertension, uncontrolled.\\nPlan:\\nContinue lisinopril 20 mg daily. | 99214 | moderate | prescription | continued
        Assessment:\\nMigraine, worse.\\nPlan:\\nRefills provided for sumatriptan. | 99214 | moderate | prescription | renewed
        Assessment:\\nTension headache.\\nPlan:\\nTylenol as needed. | 99213 | low | open_sale !prescription | sold without prescription
        Assessment:\\nKnee sprain.\\nPlan:\\nIbuprofen 200 mg as needed. | 99213 | low | open_sale !prescription | sold without prescription
        Assessment:\\nKnee sprain.\\nPlan:\\nIbuprofen 800 mg three times daily. | 99213 | moderate | prescription | strength on prescription only
        Assessment:\\nKnee sprain.\\nPlan:\\nPhysical therapy. A prescription for physical therapy was given. | 99213 | low | low !prescription | no drug
        Assessment:\\nSinusitis.\\nPlan:\\nIf no better in a week, we will start amoxicillin. | 99212 | straightforward | !prescription | not decided yet
        Assessment:\\nSinusitis.\\nPlan:\\nNo antibiotics. Saline rinses. | 99213 | low | !prescription | denied
        Assessment:\\nRotator cuff tear.\\nPlan:\\nWe will proceed with rotator cuff repair. | 99214 | moderate | surgery | elective, no risk factors
        Assessment:\\nOsteoarthritis of the hip, worse.\\nPlan:\\nSchedule total hip replacement; he is at high risk because of heart failure. | 99214 | high | surgery | with risk factors
        Assessment:\\nAcute appendicitis.\\nPlan:\\nProceed with emergency appendectomy. | 99215 | high | surgery | emergency
        Assessment:\\nOsteoarthritis of the knee, worse.\\nPlan:\\nWe may consider knee replacement in the future. | 99212 | straightforward | !surgery | only thought of
        Assessment:\\nStatus post appendectomy, doing well. Scar.\\nPlan:\\nReturn as needed. | 99212 | straightforward | !surgery | done before
        Assessment:\\nHypertension.\\nPlan:\\nShe could not afford losartan; an application for assistance was sent. | 99213 | moderate | social | limits care
        Assessment:\\nHeart failure exacerbation.\\nPlan:\\nAdmit to the hospital for intravenous diuretics. | 99214 | high | hospital | hospital
        Assessment:\\nAsthma, stable.\\nPlan:\\nGo to the emergency department if symptoms worsen. | 99212 | straightforward | !hospital | a precaution
        Assessment:\\nRheumatoid arthritis, stable on methotrexate.\\nPlan:\\nContinue methotrexate; monitor for toxicity with CBC and LFTs every 8 weeks. | 99213 | high | toxicity prescription | intensive monitoring
        Assessment:\\nMetastatic lung cancer, worse.\\nPlan:\\nDNR because of poor prognosis. | 99214 | high | resuscitation | poor prognosis
        Assessment:\\nRenal colic with vomiting, kidney stone.\\nPlan:\\nIV morphine was given. | 99214 | high | parenteral | parenteral controlled substance
        Assessment:\\nPlantar fasciitis.\\nPlan:\\nStretching and orthotics. | 99213 | low | low | low
        Assessment:\\nViral rash.\\nPlan:\\nObserve. | 99212 | straightforward | !prescription !low | nothing done
        Assessment:\\nDiabetes, uncontrolled.\\nPlan:\\nContinue current medications. | 99214 | moderate | prescription | drugs continued
    """)


def test_time(visit_cases: Callable[..., None]) -> None:
    """Exact minutes on the date count where they give a higher code; ranges and nothing at all are findings.

    Rules EM-time, EM-prolonged, EM-critical.
    """
    visit_cases("""
        note | codes | findings | why
        -----+-------+----------+----
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time spent on the date of the encounter: 42 minutes. | 99215 | - | time is higher
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. I spent 15 minutes in total on the visit today. | 99213 | - | decision making is higher
        New patient.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time 60 minutes. | 99205 | - | new patient
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time spent 30-39 minutes. | 99213 | EM-time | a range
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time spent 0 minutes. | 99213 | EM-time | no minutes
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time spent 1500 minutes. | 99213 | EM-time | impossible
        Follow-up visit.\\nAssessment:\\nTobacco use.\\nPlan:\\nI spent 10 minutes on smoking cessation. | 99212 99406 | EM-separate | minutes of something else
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time 56 minutes. | 99215 99417 | - | a block beyond
        Follow-up visit, Medicare.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time 56 minutes. | 99215 | - | Medicare counts later
        Follow-up visit, Medicare.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time 70 minutes. | 99215 G2212 | - | Medicare
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Walk 30 minutes every day. | 99213 | - | minutes of exercise
        Assessment:\\nSeptic shock.\\nPlan:\\nCritical care time: 45 minutes. | 99291 | - | critical care
        Assessment:\\nSeptic shock.\\nPlan:\\nCritical care time 110 minutes, exclusive of procedures. | 99291 99292x2 | - | two more blocks
        Follow-up visit.\\nAssessment:\\nSeptic shock.\\nPlan:\\nCritical care time 20 minutes. Admit to the ICU. | 99215 | EM-critical | too short
        Follow-up visit.\\nAssessment:\\nHypertension, stable.\\nPlan:\\nContinue lisinopril. Total time one hour and 5 minutes. | 99215 99417 | - | in words
    """)


# RIVALS 7: new or established (Ottehr 4544)
def test_category(visit_cases: Callable[..., None]) -> None:
    """The words of the note choose the family of codes, and new or established.

    Rules EM-category, EM-patient, EM-consultation, EM-levels, EM-longitudinal.
    """
    visit_cases("""
        note | setting | age | codes | findings | why
        -----+---------+-----+-------+----------+----
        The patient is a new patient here to establish care.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99204 | - | new
        The patient was referred here by her primary care physician.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99204 | - | referred here
        HPI: 58-year-old man, referred by Dr. Lee for hypertension.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99204 | - | referred by
        CARDIOLOGY CONSULTATION: 64-year-old man, referred for chest pressure.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99204 | - | the note of a consultation
        HPI: 58-year-old man. He was referred for MRI last month.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214 | EM-patient | referred elsewhere
        Consult requested by her doctor for hematuria.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99244 | EM-consultation | requested
        The patient returns for follow-up of hypertension.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214 | - | established
        She was last seen in March.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214 | - | established
        Operative report\\nPostoperative diagnosis: Right inguinal hernia.\\nDescription: The hernia was repaired with mesh.\\nPlan:\\nDischarge home. | professional | 50 | - | - | an operation is no visit
        The patient presents with headaches.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214 | EM-patient | not said
        HPI:\\nHeadache.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. She was referred to cardiology. | professional | 50 | 99214 | EM-patient | a referral out is no new patient
        Chest pain.\\nAssessment:\\nChest wall pain.\\nPlan:\\nIbuprofen 400 mg as needed. | emergency | 40 | 99283 | - | emergency, low
        Assessment:\\nAcute pyelonephritis with fever.\\nPlan:\\nCiprofloxacin 500 mg twice daily prescribed. | emergency | 40 | 99284 | - | emergency, moderate
        Assessment:\\nAcute myocardial infarction.\\nPlan:\\nAdmit to the ICU. | emergency | 60 | 99285 | - | emergency, high
        Admission history and physical\\nThe patient was admitted to the hospital for pneumonia.\\nAssessment:\\nPneumonia.\\nPlan:\\nStart ceftriaxone. | professional | 60 | 99222 | - | first hospital visit
        Hospital day 3\\nAssessment:\\nPneumonia, improving.\\nPlan:\\nContinue ceftriaxone. | professional | 60 | 99232 | - | later hospital visit
        Discharge summary\\nAssessment:\\nPneumonia.\\nPlan:\\nContinue amoxicillin. | professional | 60 | 99238 | - | minutes not stated
        Discharge summary\\nAssessment:\\nPneumonia.\\nPlan:\\nContinue amoxicillin. Total time spent 35 minutes. | professional | 60 | 99239 | - | more than 30 minutes
        Consultation requested by Dr. Hill for an opinion on hypertension.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99244 | EM-consultation | consultation
        Nursing facility visit\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 80 | 99309 | - | later nursing facility visit
        Home visit, established patient.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 80 | 99349 | - | at home
        Annual physical.\\nAssessment:\\nEncounter for annual physical examination.\\nPlan:\\nReturn in one year. | professional | 45 | 99396 | - | preventive alone
        Annual physical.\\nAssessment:\\n1. Encounter for annual physical examination.\\n2. Hypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 45 | 99214-25 99396 | - | preventive and a problem
        Medicare annual wellness visit.\\nAssessment:\\nEncounter for wellness examination.\\nPlan:\\nReturn in one year. | professional | 70 | G0439 | - | wellness visit
        Transitional care management visit, seen within 7 days of discharge, contacted within 2 business days.\\nAssessment:\\nHeart failure, high complexity.\\nPlan:\\nContinue furosemide. | professional | 70 | 99496 | - | within 7 days, high
        Transitional care management visit, seen 10 days after discharge, called within 2 business days.\\nAssessment:\\nHeart failure, worse.\\nPlan:\\nIncrease furosemide to 40 mg. | professional | 70 | 99495 | - | within 14 days
        Transitional care management visit, established patient, seen 10 days after discharge.\\nAssessment:\\nHeart failure, worse.\\nPlan:\\nIncrease furosemide to 40 mg. | professional | 70 | 99214 | - | no contact within two business days
        Established patient with Medicare, longitudinal care.\\nAssessment:\\nHeart failure, worse.\\nPlan:\\nIncrease furosemide to 40 mg. | professional | 70 | 99214 G2211 | - | care over time, Medicare
        Chronic care management.\\nAssessment:\\nDiabetes and hypertension.\\nPlan:\\nClinical staff time spent 45 minutes this month. | professional | 70 | 99490 99439 | - | minutes of the month
        E-visit by patient portal.\\nAssessment:\\nRash.\\nPlan:\\nTotal time spent 12 minutes. | professional | 30 | 99422 | - | online
        Established patient, seen by video visit from home.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214-95 | EM-telehealth | by video
        Established patient, telephone visit, patient at home.\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 50 | 99214-93 | EM-telehealth | sound only
        Observation admission and discharge, same date\\nDate: 05/04/2026\\nAssessment:\\nPneumonia, improving.\\nPlan:\\nContinue ceftriaxone. | professional | 60 | 99235 | - | observation that ends on its day
        Observation progress note, day 2\\nDate: 05/04/2026\\nAssessment:\\nPneumonia, improving.\\nPlan:\\nContinue ceftriaxone. | professional | 60 | 99232 | - | a later day of observation
        Inpatient cardiology consultation\\nDate: 05/04/2026\\nAssessment:\\nHypertension, uncontrolled.\\nPlan:\\nStart losartan 50 mg. | professional | 60 | 99254 | EM-consultation | a consultation in hospital, its specialty named
        Chronic care management, monthly summary\\nDate: 04/30/2026\\nPatient with diabetes and heart failure.\\nClinical staff time this month: 45 minutes. | professional | 70 | 99490 99439 | - | minutes of the staff
        Remote patient monitoring note\\nDate: 05/04/2026\\nReadings on 22 days of the 30 day period. Management 42 minutes this month.\\nPlan:\\nIncrease amlodipine to 10 mg. | professional | 70 | 99454 99457 99458 | - | readings and minutes, no visit
        MRI report\\nExam: MRI left knee without contrast\\nFindings: Tear of the medial meniscus.\\nImpression: Tear of the medial meniscus, left knee. | professional | 40 | 73721-LT | - | a report of imaging is no visit
        Exam: CT of the head without contrast\\nTechnique: Axial images.\\nFindings: No bleeding.\\nImpression: Normal. | professional | 40 | 70450 | - | the form of a report
        Psychiatric diagnostic evaluation\\nAssessment: Panic disorder.\\nPlan: CBT weekly. | professional | 34 | 90791 | - | without medical services
        Psychiatric diagnostic evaluation\\nAssessment: Panic disorder.\\nPlan: Start sertraline 50 mg. | professional | 34 | 90792 | - | with a drug
        Therapy note\\nIndividual psychotherapy, 45 minutes. CBT for panic.\\nDiagnosis: Panic disorder. | professional | 34 | 90834 | - | psychotherapy alone
        Infusion center note\\nDiagnosis: Crohn's disease. Tolerated well. | professional | 40 | - | - | a treatment is no visit
        Physical therapy daily note\\nDiagnosis: low back pain.\\nTherapeutic exercise 25 minutes. | professional | 40 | 97110-GPx2 | - | no visit of a physician
        Annual physical, established patient\\nDate: 05/04/2026\\nThis 52-year-old man feels well.\\nAssessment:\\nEncounter for annual physical examination. | professional | - | 99396 | - | the note tells the age
        Well child visit - 12 months\\nEstablished patient. Growing well.\\nAssessment:\\nRoutine child health examination. | professional | - | 99392 | - | the title tells the age
    """)


def test_the_visit_keeps_to_the_schema(coded: Callable[..., CodedNote]) -> None:
    """What is printed of a visit has the shape that the schema promises; other settings have none."""
    text = "New patient.\nAssessment:\nHypertension, uncontrolled.\nPlan:\nStart losartan. Order BMP. Total time 46 minutes."
    shown = coded_to_dict(coded(text, setting="professional"))
    jsonschema.validate(shown, read_schema())
    visit = shown["visit"]
    assert (visit["code"], visit["patient"], visit["by_decision"], visit["by_time"]) == (
        "99204",
        "new",
        "99204",
        "99204",
    )
    assert [row["name"] for row in visit["grid"]] == ["problems", "data", "risk"]
    assert coded_to_dict(coded(text, setting="outpatient"))["visit"] is None


# RIVALS 11: a follow-up visit within a package is not billed (Ottehr 4893)
def test_package(visit_cases: Callable[..., None]) -> None:
    """Care that is paid in a package has no visit of its own.

    Rule EM-package.
    """
    visit_cases("""
        note | codes | findings | why
        -----+-------+----------+----
        Prenatal visit at 28 weeks.\\nAssessment:\\nSupervision of pregnancy.\\nPlan:\\nReturn in 2 weeks. | - | EM-package | care of the pregnancy
        Monthly dialysis visit.\\nAssessment:\\nEnd stage renal disease.\\nPlan:\\nContinue dialysis. | - | EM-package | the month of dialysis
        Postoperative visit, 2 weeks after knee arthroplasty.\\nAssessment:\\nStatus post right knee arthroplasty.\\nPlan:\\nPhysical therapy. | 99024 | EM-package | within 90 days
        Seen three weeks after a closed fracture of the right distal radius that we treated with closed reduction and a cast. The fracture is healing routinely. | 99024 | EM-package | care of a fracture by the practice
        Seen three weeks after a closed fracture of the right distal radius, treated with closed reduction in another hospital. The fracture is healing routinely. Continue the cast. | 99213 | EM-patient | treated elsewhere
        Returns for follow-up of his right total knee arthroplasty 6 weeks ago.\\nAssessment:\\nStatus post right total knee arthroplasty.\\nPlan:\\nContinue physical therapy. | 99024 | EM-package | within 90 days
        Returns for follow-up of his right total knee arthroplasty 14 months ago.\\nAssessment:\\nStatus post right total knee arthroplasty.\\nPlan:\\nContinue physical therapy. | 99212 | - | long after
        Postoperative visit, 8 months after knee arthroplasty.\\nAssessment:\\nOsteoarthritis of the left knee, stable.\\nPlan:\\nPhysical therapy. | 99213 | - | long after
    """)


def test_procedure_on_the_date(visit_cases: Callable[..., None]) -> None:
    """Modifier 25 where the visit is significant beside the procedure; else a finding.

    Rules EM-separate, EM-telehealth.
    """
    visit_cases("""
        note | codes | findings | why
        -----+-------+----------+----
        Follow-up visit.\\nAssessment:\\n1. Osteoarthritis of the right knee, worse.\\n2. Hypertension, stable.\\nPlan:\\nThe right knee was injected with 40 mg of triamcinolone. Continue lisinopril. | 99214-25 20610-RT | - | another problem
        Follow-up visit.\\nAssessment:\\nWart of the left hand.\\nPlan:\\nCryotherapy was performed. | 99212 | EM-separate | nothing besides
        Follow-up visit.\\nAssessment:\\nTrigger finger, right ring finger.\\nPlan:\\nWe discussed a cortisone injection next month. | 99212 | - | not done
    """)


def test_a_warning_of_the_visit_stops_the_gate(coded: Callable[..., CodedNote]) -> None:
    """The gate is decided with the findings of the services: a warning about the visit sends the chart to a coder.

    Rule EM-separate.
    """
    text = "Follow-up visit.\nAssessment:\nWart of the left hand.\nPlan:\nCryotherapy was performed."
    gate = coded(text, setting="professional").gate
    assert gate is not None
    assert "warning: EM-separate" in gate.reasons
    gate = coded(text.replace("Cryotherapy was performed", "Return"), setting="professional").gate
    assert gate is not None
    assert not any("EM-" in reason for reason in gate.reasons)
