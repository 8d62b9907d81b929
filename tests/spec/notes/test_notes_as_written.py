"""A note in capitals, and a list that begins behind its heading, are coded as the same note written otherwise."""

import pytest

CAPITALS = """CHIEF COMPLAINT: KNEE PAIN

HISTORY OF PRESENT ILLNESS
MS. ELDERBROOK IS A 64 YEAR OLD WOMAN WITH TYPE 2 DIABETES AND ASTHMA WHO HAS R KNEE PAIN. SHE HAS HAD A COUGH AND
WHEEZING SINCE SUNDAY. SHE TAKES METFORMIN 500 MG TWICE A DAY. HER BROTHER HAS LUPUS. DR. NASH SAW HER LAST YEAR. SHE
HIT HER KNEE ON THE TIPS OF A FENCE AS A CHILD AND WORE A PAD. SHE IS A MAT MAKER AND GAVE UP SMOKING IN MAY 2010.

ASSESSMENT AND PLAN: 1. MILD INTERMITTENT ASTHMA WITH EXACERBATION. PREDNISONE 40 MG DAILY FOR FIVE DAYS.
2. RIGHT KNEE OSTEOARTHRITIS. INJECTED TODAY.
3. TYPE 2 DIABETES, CONTROLLED. CONTINUE METFORMIN.
"""


def test_a_note_in_capitals(coded):
    """Capitals tell neither a unit from myasthenia nor a name from hepatitis; quotes stand as the author wrote them.

    Source: ICD-10-CM Official Guidelines I.A.19, IV.G.
    """
    found = coded(CAPITALS, setting="outpatient")
    codes = [s.code for s in found.suggestions if s.system == "icd10cm"]
    assert codes == ["J45.21", "M17.11", "E11.9", "Z87.891", "Z79.84"]
    quotes = [(e.quote, CAPITALS[e.span.start : e.span.end]) for s in found.suggestions for e in s.evidence]
    assert all(quote == stands for quote, stands in quotes)
    assert found.note.document.text == CAPITALS


def test_capitals_among_ordinary_letters(coding_cases):
    """In a note in ordinary letters the capitals tell the abbreviation; behind a number MG is the unit of a dose.

    Source: ICD-10-CM Official Guidelines I.A.19.
    """
    coding_cases("""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+-----
        Assessment: Mild intermittent asthma exacerbation. Prednisone 40 MG daily.        | J45.21          | a dose
        Assessment: Asthma exacerbation. Prednisone 2.5 MG, then 5 MG.                    | J45.901         | a dose
        Assessment: MG exacerbation, on Mestinon 60 MG.                                   | G70.01          | the disease, and a dose
        Assessment: Relapsing remitting MS on ocrelizumab.                                | G35.A [Z79.620] | the disease
    """)


@pytest.mark.parametrize("heading", ["ASSESSMENT AND PLAN", "Assessment and Recommendations", "IMPRESSION"])
@pytest.mark.parametrize("marks", [("1.", "2."), ("1)", "2)"), ("#", "#"), ("-", "-"), ("•", "•")])
def test_a_list_behind_its_heading(coded, heading, marks):
    """The first item of a list on the line of its heading is listed first, as it is on a line of its own.

    Source: ICD-10-CM Official Guidelines IV.G.
    """
    first, second = marks
    for blank in (" ", "\n"):
        note = (
            f"{heading}:{blank}{first} Right knee osteoarthritis. Injected today.\n"
            "Return if it swells.\n"
            f"{second} Hypertension. Continue lisinopril."
        )
        codes = [s.code for s in coded(note, setting="outpatient").suggestions if s.system == "icd10cm"]
        assert codes == ["M17.11", "I10"], note


def test_dashes_of_a_typewriter(coding_cases):
    """Two dashes part an item as one does.

    Source: ICD-10-CM Official Guidelines IV.G.
    """
    coding_cases(r"""
        note                                                                    | codes              | why
        ------------------------------------------------------------------------+--------------------+-----
        Assessment: Elevated PSA -- repeat in six weeks.                          | R97.20             | two dashes
        Assessment: BPH with LUTS -- nocturia, on tamsulosin.                     | N40.1 R35.1        | two dashes
        Assessment: Dry eye, both eyes -- artificial tears.                       | H04.123            | tears, no glass eye
        Assessment: Hypertension--continue lisinopril. Gout---allopurinol.        | I10 M10.9          | no blanks
    """)


LINES = """DISCHARGE SUMMARY
Patient: Exemplum, R. 58-year-old man. Admitted 04/02/2026. Discharged 04/07/2026.
#1 Acute hypoxic respiratory failure
#2 Pneumococcal pneumonia
Story: three days of fever and cough, found at 84% on room air. CT: consolidation of the right lower lobe, no embolus.
Placed on high flow oxygen, ceftriaxone begun, weaned to room air on the third day after cultures grew pneumococcus.
Rx: ceftriaxone, then amoxicillin to finish seven days of treatment at home.
The hypokalemia of the second day came with diuresis, and was replaced by mouth and by vein until it stayed at 4.1.
Family history: father with gout.
Hypertension was treated as before with amlodipine, and the pressure stayed between 120 and 140 on every day.
Allergies: penicillin as a child, but tolerated amoxicillin here.
The acute kidney injury of admission resolved with fluids, creatinine 2.4 falling to 0.9 at discharge from here.
Incidental: a small renal cyst.
Type 2 diabetes was treated with insulin by scale here, and metformin goes on at home from tomorrow morning on.
"""


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_stay_told_line_by_line(coded, between):
    """Without blank lines each line is a paragraph: what is told on the line of a label ends there.

    Source: ICD-10-CM Official Guidelines III (UHDDS: conditions that were treated).
    """
    found = coded(LINES.replace("\n", between), setting="inpatient")
    codes = {s.code for s in found.suggestions if s.system == "icd10cm"}
    assert {"J96.01", "J13", "E87.6", "I10", "N17.9", "E11.9"} <= codes
    assert codes.isdisjoint({"N28.1", "Z83.49", "M10.9", "I26.99"})


def test_lines_that_go_on_with_their_label(coded):
    """A list of drugs, of relatives or of habits goes on over its lines, though no blank line ends it.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, IV.J.
    """
    found = coded(
        "Chief complaint: cough for three weeks, worse at night, with a little clear sputum but no blood in it.\n"
        "Family history: Mother had breast cancer at the age of 60 years, and she was treated with an operation.\n"
        "Her father and two of his brothers had a myocardial infarction before they were fifty years of age.\n"
        "Medications: Levothyroxine 75 mcg daily, taken every morning before breakfast with a glass of water.\n"
        "Metformin 500 mg twice daily with the meals, and atorvastatin 20 mg at bedtime, both for some years now.\n"
        "Assessment: Acute bronchitis. Rest and fluids were advised, and no antibiotic is needed for it today.\n",
        setting="outpatient",
    )
    codes = {s.code for s in found.suggestions if s.system == "icd10cm"}
    assert "J20.9" in codes
    assert codes.isdisjoint({"I21.9", "I25.2", "C50.919"})


def test_the_full_stop_of_a_genus_before_two_blanks(coding_cases):
    """The initial of a genus and its species are one name, however many blanks a typist puts behind a full stop.

    Source: ICD-10-CM Tabular List, B95-B97.
    """
    coding_cases("""
        note                                                            | codes          | why
        ----------------------------------------------------------------+----------------+-----
        Assessment: Urinary tract infection due to E.  coli.  Cipro.    | N39.0 B96.20   | two blanks
        Assessment: Urinary tract infection due to E. coli. Cipro.      | N39.0 B96.20   | one
    """)


@pytest.mark.parametrize("heading", ["Diagnosis", "Diagnoses:", "Dx", "DX:", "Visit Diagnoses", "Final Diagnosis:"])
def test_diagnoses_with_what_is_done_about_them(coded, heading):
    """Problems with their plans are the assessment of a visit, by whatever name: what is told in passing is no problem.

    Source: ICD-10-CM Official Guidelines IV.G, IV.J.
    """
    note = (
        "HPI: She is here for her veins and her joints, and lost some weight.\n\n"
        f"{heading}\n"
        "1. Polycythemia vera. Hematocrit is at goal, continue hydroxyurea. Skin checks for skin cancer screening.\n"
        "2. History of DVT. No anticoagulation is needed now.\n"
        "3. Right knee osteoarthritis. She has tried ibuprofen. Refer to physical therapy.\n"
    )
    codes = [s.code for s in coded(note, setting="outpatient").suggestions if s.system == "icd10cm"]
    assert codes[0] == "D45"
    assert {"Z86.718", "M17.11"} <= set(codes)
    assert "Z12.83" not in codes


def test_shortened_and_misspelt(coding_cases):
    """A stroke for a word and a letter too few, too many or out of order tell the same diagnosis.

    Source: ICD-10-CM Official Guidelines I.A.15, I.B.18, I.C.4.a.
    """
    coding_cases("""
        note                                                                         | codes               | why
        -----------------------------------------------------------------------------+---------------------+-----
        Assessment: Type 2 diabetes w/ mild nonproliferative retinopathy, both eyes. | E11.3293            | with
        Assessment: Type 2 diabetes with mild nonproliferative retinopathy, both eyes. | E11.3293          | in full
        Assessment: COPD w/ acute exacerbaton.                                       | J44.1               | and a letter left out
        Assessment: Type 2 diabetes w/o complications.                               | E11.9               | without
        Assessment: Parosymal atrial fibrilation.                                    | I48.91              | two letters wrong are not mended
        Assessment: Paroxsymal atrial fibrilation.                                   | I48.0               | out of order; left out
        Assessment: Chornic kidny diseas, stage 3b.                                  | N18.32              | three words
        Assessment: Unilateral prmary ostoearthritis of the right knee.              | M17.11              | two
        Assessment: Chronic kidney disease 3b.                                       | N18.32              | a stage without the word
        Assessment: Chronic kidney disease IIIa.                                     | N18.31              | in Roman numbers
        Assessment: Chronic kidney disease, 3 visits this year.                      | N18.9               | no stage
    """)


def test_ribs_by_number(coding_cases):
    """A range of ribs is several ribs, whatever the number of the noun.

    Source: ICD-10-CM Tabular List, S22.3-, S22.4-.
    """
    coding_cases("""
        note                                                          | codes              | why
        --------------------------------------------------------------+--------------------+-----
        Assessment: Right rib fracture 4-7, closed.                   | S22.41XA           | a range
        Assessment: Left rib fracture(s), closed.                     | S22.42XA           | both numbers
        Assessment: Right rib fracture, closed, the 4th.              | S22.31XA           | one
        Assessment: Closed fracture of the left 6th rib.              | S22.32XA           | one
    """)


def test_what_is_seen_is_no_drug(coding_cases):
    """An anticholinergic delirium tells what was seen; the substance is the one that was taken.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.b.
    """
    coding_cases("""
        note                                                                 | setting   | codes          | why
        ---------------------------------------------------------------------+-----------+----------------+-----
        Diphenhydramine overdose, intentional, (anticholinergic delirium)    | inpatient | T45.0X2A       | one drug
        Intentional overdose of an anticholinergic with toxic encephalopathy | inpatient | T44.3X2A G92.8 | the drug
    """)


def test_diabetes_in_the_order_told(coding_cases):
    """Of several manifestations of diabetes in one line the first one told is listed first.

    Source: ICD-10-CM Official Guidelines I.C.4.a, IV.G.
    """
    coding_cases("""
        note                                                                                   | codes                     | why
        ---------------------------------------------------------------------------------------+---------------------------+-----
        Assessment: Type 2 diabetes with CKD 3a and diabetic polyneuropathy.                   | E11.22 E11.42 N18.31      | as told
        Assessment: Type 2 diabetes with diabetic polyneuropathy and CKD 3a.                   | E11.42 E11.22 N18.31      | as told
    """)


def test_a_distance_walked_with_a_walker(coding_cases):
    """How far one walks in therapy is no dependence on a device.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3.
    """
    coding_cases("""
        note                                                                       | setting   | codes        | why
        ---------------------------------------------------------------------------+-----------+--------------+-----
        Hospital course: Pneumonia. Works with therapy, walks 60 ft with a walker. | inpatient | J18.9        | a distance
        Hospital course: Pneumonia. Ambulates with a walker at home.               | inpatient | J18.9 Z99.89 | his own
    """)


SMALL = """s: ms. elderbrook is a 64 year old woman with type 2 diabetes, here for her knee and her eyes. she takes
metformin, and has pain in the r knee on stairs. her brother has lupus. dr. nash saw her last year.

o: bp 128/76. r knee: crepitus, no effusion.

a/p:
1. osteoarthritis r knee, primary. injected today.
2. nuclear sclerotic cataract od. refer to ophthalmology.
3. pvcs, seldom. no treatment.
4. type 2 diabetes. continue metformin.
"""


def test_a_note_in_small_letters(coded):
    """Small letters hide neither the side nor the eye, nor make a disease of a name; quotes stand as typed.

    Source: ICD-10-CM Official Guidelines I.B.13, IV.G.
    """
    found = coded(SMALL, setting="outpatient")
    codes = [s.code for s in found.suggestions if s.system == "icd10cm"]
    assert codes == ["M17.11", "H25.11", "I49.3", "E11.9", "Z79.84"]
    assert all(e.quote == SMALL[e.span.start : e.span.end] for s in found.suggestions for e in s.evidence)


@pytest.mark.parametrize("mark", ["o ", "Problem {} - ", "Problem #{}: ", "Dx {}: ", "{}) "])
@pytest.mark.parametrize("code", ["", " (M17.11)", " [ICD-10-CM: M17.11]", " [SNOMED CT: 239873007]"])
def test_marks_of_a_system(coded, mark, code):
    """Neither its marks of items nor its codes behind the diagnoses change what the author wrote.

    Source: ICD-10-CM Official Guidelines IV.G.
    """
    items = (f"Primary osteoarthritis of the right knee{code}", "Hypertension. Continue lisinopril.")
    note = "Assessment and Plan\n" + "\n".join(mark.format(n) + item for n, item in enumerate(items, 1))
    found = coded(note, setting="outpatient")
    assert [s.code for s in found.suggestions if s.system == "icd10cm"] == ["M17.11", "I10"]
    assert all(e.quote == note[e.span.start : e.span.end] for s in found.suggestions for e in s.evidence)
