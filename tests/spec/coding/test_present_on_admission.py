"""The indicator for present on admission, one condition at a time."""

HEADS = (
    "Admit: 5/01   Discharge: 5/09\n\n",
    "Date of admission: 1 May      Date of discharge: 9 May\n\n",
    "DATE IN: 05/01        DATE OUT: 05/09\n\n",
)


def _check(coded, cases):
    wrong = []
    for place, (text, code, wanted) in enumerate(cases):
        head = HEADS[place % len(HEADS)]
        found = {s.code: s.poa for s in coded(head + text.replace("|", "\n"), setting="inpatient").suggestions}
        if found.get(code) != wanted:
            wrong.append((text, code, wanted, found))
    assert not wrong, wrong


def test_the_nearest_words_date_a_condition(coded):
    """Of the words that date a condition the nearest count: a value at admission does not date what came on day 3.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("COURSE|Hyperkalemia on arrival, then hypokalemia on the insulin drip, replaced.", "E87.6", "N"),
            ("COURSE|Hyperkalemia on arrival, then hypokalemia on the insulin drip, replaced.", "E87.5", "Y"),
            ("COURSE|Hemoglobin 12.9 on admission to 7.0 on POD 1: acute blood loss anemia, 2 units.", "D62", "N"),
            ("COURSE|Acute blood loss anemia, hemoglobin 6.8 on arrival, two units given 5/3.", "D62", "Y"),
            ("COURSE|# AKI. Creatinine 3.4 on arrival, 1.2 by day 4.", "N17.9", "Y"),
            (
                "COURSE|Alcohol: CIWA peaked at 14 on day 2. Lorazepam taper finished day 5. Severe alcohol use disorder "
                "with uncomplicated withdrawal.",
                "F10.230",
                "Y",
            ),
            ("COURSE|# Hypokalemia. K fell to 2.9 on day 3, replaced.", "E87.6", "N"),
            (
                "COURSE|Skin: Stage 2 sacral pressure injury noted 5/6, not there on admission skin check.",
                "L89.152",
                "N",
            ),
            ("COURSE|Skin: Stage 2 sacral pressure injury present on admission, dressed 5/6.", "L89.152", "Y"),
            ("COURSE|HD5: acute gout flare of the right great toe. Prednisone.", "M10.9", "N"),
            ("COURSE|On day 6 she had fever. CT showed an intra-abdominal abscess, drained.", "K65.1", "N"),
            ("COURSE|On day 5 sodium fell to 126; SIADH, fluid restriction.", "E22.2", "N"),
            ("COURSE|After two meetings the family chose DNR.", "Z66", "N"),
            ("COURSE|New atrial fibrillation with RVR on ICU day 3, amiodarone.", "I48.91", "N"),
            ("COURSE|Atrial fibrillation with RVR, amiodarone stopped on ICU day 3.", "I48.91", "Y"),
            ("COURSE|3. Aspiration pneumonia. Day 4: fever 38.9 and a new opacity after emesis.", "J69.0", "N"),
            ("COURSE|3. Aspiration pneumonia. Ampicillin on arrival. Day 4: afebrile.", "J69.0", "Y"),
            (
                "COURSE|On hospital day 5 he passed eight watery stools. C. difficile colitis, fidaxomicin.",
                "A04.72",
                "N",
            ),
        ],
    )


def test_found_later_is_not_begun_later(coded):
    """The date of a study or of a treatment is not that of the onset; what was there before is Y.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("COURSE|EGD 5/3 showed an acute duodenal ulcer with hemorrhage, clipped.", "K26.0", "Y"),
            ("COURSE|Left forearm abscess, I&D 5/3.", "L02.414", "Y"),
            ("COURSE|Telemetry on day 2: the paroxysmal atrial fibrillation was newly discovered.", "I48.0", "Y"),
            ("COURSE|MRI 5/2 left middle cerebral artery stroke.", "I63.512", "Y"),
            ("COURSE|Moderate persistent asthma, acute exacerbation on POD 1, nebulizers.", "J45.41", "N"),
            ("HPI: Moderate persistent asthma with acute exacerbation, wheezing for two days.", "J45.41", "Y"),
        ],
    )


def test_complications_and_causes(coded):
    """Complications of an operation of the stay follow it; organisms and drugs go with their condition.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("COMPLICATIONS: aspiration pneumonia|COURSE|Hip arthroplasty 5/2.", "J69.0", "N"),
            ("COURSE|Laparotomy 5/1. On POD 6 superficial surgical site infection, culture grew MRSA.", "B95.62", "N"),
            (
                "HPI: Cellulitis of the left leg for three days.|COURSE|Cellulitis, MRSA. Abscess drained 5/3.",
                "B95.62",
                "Y",
            ),
            ("Discharge diagnosis:|1. Pneumonia|2. Steroid-induced hyperglycemia", "R73.9", "N"),
            ("COURSE|Code status: changed to DNR after a family meeting.", "Z66", "N"),
            (
                "COURSE|Severe nicotine withdrawal on days 2-4, patch. Smokes cigarettes, nicotine dependence.",
                "F17.213",
                "N",
            ),
        ],
    )


def test_values_date_a_diagnosis(coded):
    """Where no words date a diagnosis, the values that bear it out do: a first low potassium of day 3 arose in the stay.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    diagnoses = "DISCHARGE DIAGNOSES|1. Pneumonia|2. {}|HOSPITAL COURSE|Pneumonia, ceftriaxone. {}"
    _check(
        coded,
        [
            (diagnoses.format("Hypokalemia", "K 2.8 on day 3, replaced."), "E87.6", "N"),
            (diagnoses.format("Hypokalemia", "K was 2.8 on 5/3."), "E87.6", "N"),
            (diagnoses.format("Hypokalemia", "K was 2.8 on 5/1."), "E87.6", "Y"),
            (diagnoses.format("Hypokalemia", "In the ED K 2.8, replaced."), "E87.6", "Y"),
            (diagnoses.format("Hypokalemia", "Admission K 2.9. K 3.0 on day 3."), "E87.6", "Y"),
            (diagnoses.format("Hypokalemia", "K 2.9, replaced. K 3.1 on day 3."), "E87.6", "Y"),
            (diagnoses.format("Hypokalemia", "K 4.1 on arrival. K 2.9 on HD#3."), "E87.6", "N"),
            (diagnoses.format("Hyponatremia", "Na 124 on HD#2."), "E87.1", "N"),
            (diagnoses.format("Hypernatremia", "Na 151 on the third hospital day."), "E87.0", "N"),
            (diagnoses.format("Hypoglycemia", "Glucose 48 on day 2."), "E16.2", "N"),
            (diagnoses.format("Acute blood loss anemia", "Hgb from 12.1 to 7.2 on day 3."), "D62", "N"),
            (
                diagnoses.format("Acute kidney injury", "Creatinine 0.9 on arrival. Creatinine 2.2 on day 4."),
                "N17.9",
                "N",
            ),
        ],
    )


def test_a_line_that_opens_with_its_day(coded):
    """What a line of the course tells that opens with a later day arose then; a study of that day only found it.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("COURSE|Day 5. Atrial fibrillation with rapid response, amiodarone.", "I48.91", "N"),
            ("COURSE|Day 9. Sodium 156, hypernatremia from free water loss.", "E87.0", "N"),
            ("COURSE|Day 13: Would not lift his arms. Critical illness myopathy by EMG.", "G72.81", "N"),
            ("COURSE|Day 1. Atrial fibrillation with rapid response, amiodarone.", "I48.91", "Y"),
            ("COURSE|Severe protein-calorie malnutrition: seen by nutrition on day 2.", "E43", "Y"),
            ("COURSE|On day 17 the family met with palliative care. DNR that day.", "Z66", "N"),
            (
                "COURSE|External fixation the same night. Ten hours later the leg was tense; traumatic compartment "
                "syndrome of the left leg, fasciotomy.|DIAGNOSES|1. Left tibia fracture",
                "T79.A22A",
                "N",
            ),
            (
                "DIAGNOSES|Acute on chronic systolic heart failure, AKI, delirium due to uremia|COURSE|Delirium due "
                "to uremia from POD 2 to POD 6.",
                "F05",
                "N",
            ),
        ],
    )


def test_days_of_the_wards(coded):
    """ "D3" is a day of the stay, D5W is not; what follows "complicated by" came later, not what stands before it.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("COURSE|7) Ileus on D3 KUB, NGT for two days.", "K56.7", "N"),
            ("COURSE|L pleural effusion, new on D5 CT, tapped.", "J90", "N"),
            ("COURSE|D2 evening agitated = delirium tremens. Alcohol dependence with withdrawal.", "F10.231", "N"),
            ("COURSE|Alcoholic ketoacidosis - D5W and LR, gap closed D2.", "E87.29", "Y"),
            ("COURSE|Acute inferior STEMI complicated by cardiogenic shock.", "I21.19", "Y"),
            ("COURSE|- Cerebral edema w/ 7 mm midline shift 5/03, hypertonic saline.", "G93.6", "N"),
            ("COURSE|- 5/06 family mtg, palliative care, no improvement, DNR.", "Z66", "N"),
            ("ADMISSION LABS: K 2.9, creatinine 0.8|COURSE|By day 3 she ate. Hypokalemia was replaced.", "E87.6", "Y"),
            ("CONSULTS|Nephrology (5/02): muddy casts. Hyperkalemia, improved.|ED COURSE: K 6.1", "E87.5", "Y"),
        ],
    )


def test_how_the_story_begins(coded):
    """A value told at first, words for coming to a unit, labor after admission, lasting signs of the bladder.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    came = "She was transferred to our unit on 19 February 2026 after a stroke. She went home on 10 March 2026.\n"
    cases = [
        ("Found drowsy at breakfast, glucose 24. Severe hypoglycemia in type 2 diabetes.", "E11.649", "Y"),
        ("Pneumonia. Type 2 diabetes with hypoglycemia.", "E11.649", "N"),
        (came + "On 27 February she was feverish. Urinary tract infection, ceftriaxone.", "N39.0", "N"),
        ("Induction at 38 weeks. Failed TOLAC after Category II tracing. Cesarean, Apgars 8/9.", "O66.41", "N"),
        ("BPH with weak stream, on tamsulosin, voided after catheter removal POD 1.", "R39.12", "Y"),
    ]
    for text, code, wanted in cases:
        found = {s.code: s.poa for s in coded(text, setting="inpatient").suggestions}
        assert found.get(code) == wanted, (text, found)


LOG = (
    "3/02 14:00 Observed from the ED for abdominal pain.\n"
    "3/03 Converted to inpatient: perforated sigmoid diverticulitis with abscess, drained. Percutaneous drain left.\n"
    "3/05 Wheeze and fever. Hospital-type pneumonia of the left lower lobe on film, piperacillin.\n"
    "3/06 Cultures of the abscess grew E. coli.\n"
    "3/07 Rash on trunk after the antibiotic. Drug eruption due to piperacillin, changed to meropenem.\n"
    "3/08 Dizzy on standing. Acute posthemorrhagic anemia, one unit.\n"
    "3/12 To skilled nursing. Also treated: oral thrush, gout of the left foot on colchicine.\n"
)


def _marks(coded, text):
    return {s.code: s.poa for s in coded(text, setting="inpatient").suggestions}


def test_a_course_told_by_dates(coded):
    """The lines of a course that begin with dates are the days of the stay; observation counts as before admission.

    Source: ICD-10-CM Official Guidelines, Appendix I (outpatient encounters, observation). Rule Appendix-I-poa.
    """
    found = _marks(coded, LOG)
    wanted = {"K57.20": "Y", "B96.20": "Y", "J18.9": "N", "D62": "N", "T36.0X5A": "N"}
    assert {code: found.get(code) for code in wanted} == wanted


def test_the_story_has_come_to_a_later_day(coded):
    """A day told in the sentence before, "that night", "the second week", an infusion: what set in then is N.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    letter = "Admitted 4 March 2026 with acute pancreatitis, home 12 March 2026.\n\n"
    cases = [
        (
            "On the third day he developed blisters of the flank. Herpes zoster was treated with valacyclovir.",
            "B02.9",
            "N",
        ),
        ("On hospital day 4 a painful swollen knee appeared. Acute gout was treated with colchicine.", "M10.9", "N"),
        (
            "On day 3 he walked well. That night he fell in his room and had a laceration of the right elbow.",
            "S51.011A",
            "N",
        ),
        ("The platelets rose to 900 in the second week: reactive thrombocytosis.", "D75.838", "N"),
        (
            "During the second infusion of iron she broke out in wheals; urticaria from the iron was treated.",
            "L50.0",
            "N",
        ),
        ("On 8 March he had an ablation. Atrial flutter had been there for years.", "I48.92", "Y"),
        ("On 9 March he had a migraine without aura, sumatriptan.", "G43.009", "Y"),
    ]
    wrong = [(t, c, w, f) for t, c, w in cases if (f := _marks(coded, letter + t)).get(c) != w]
    assert not wrong, wrong


def test_days_of_a_month(coded):
    """ "SUMMARY OF STAY 9-18 JUNE 2026" gives the days of the stay.

    Source: ICD-10-CM Official Guidelines, Appendix I. Rule Appendix-I-poa.
    """
    found = _marks(
        coded,
        "SUMMARY OF STAY 9-18 JUNE 2026\n\nShe came with cholangitis. On 13 June acute hypoxic "
        "respiratory failure, high-flow oxygen. On 9 June potassium 2.9, hypokalemia.",
    )
    assert (found.get("J96.01"), found.get("E87.6")) == ("N", "Y")


def test_what_arose_before_a_transfer_or_beside_a_heading(coded):
    """What began in the hospital that sent the patient was there on admission; a heading takes no day of an injury below.

    Source: ICD-10-CM Official Guidelines, Appendix I (present at the time the order for inpatient admission occurs).
    Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            ("Pneumonia. On day 4 she slipped and fractured her left hip.", "J18.9", "Y"),
            ("Pneumonia. On day 4 she slipped and fractured her left hip.", "S72.002A", "N"),
            ("Pneumonia. AKI on day 2.", "J18.9", "Y"),
            ("Pneumonia. AKI on day 2.", "N17.9", "N"),
            ("Pneumonia. Developed on hospital day 4.", "J18.9", "N"),
            ("Pneumonia. On day 4 she developed fever; CXR showed an infiltrate.", "J18.9", "N"),
            ("Transferred from County Hospital, where on day 3 she developed C. difficile colitis.", "A04.72", "Y"),
            ("At the outside hospital on day 2 he had a pulmonary embolism. Transferred here.", "I26.99", "Y"),
            (
                "Transferred from an outside hospital. On hospital day 3 he developed C. difficile colitis.",
                "A04.72",
                "N",
            ),
        ],
    )


def test_what_only_tells_of_the_pregnancy_and_days_of_operations(coded):
    """A complication of childbirth is dated by its own words, not by those of the pregnancy; the day of an operation is
    not that of what it was done for; what was possible on admission and confirmed later was there.

    Source: ICD-10-CM Official Guidelines, Appendix I (possible, probable and suspected diagnoses). Rule Appendix-I-poa.
    """
    _check(
        coded,
        [
            (
                "Admission diagnosis: IUP at 38 weeks.\n\nHospital course:\nCesarean delivery. POD3 fever, tender "
                "fundus: postpartum endometritis, gentamicin.",
                "O86.12",
                "N",
            ),
            (
                "Hospital course:\nHe had a bypass on HD4 and ray amputation on HD6 for gangrene with osteomyelitis.",
                "M86.9",
                "Y",
            ),
            (
                "Admission diagnoses:\n1. IUP at 34 weeks\n2. Rule out preeclampsia\n\nHospital course:\nOn HD3 "
                "headache with BP 180/110: severe preeclampsia, cesarean delivery.",
                "O14.14",
                "Y",
            ),
        ],
    )
