"""The chart itself: whose it is, its language, its dates, what is copied."""

from __future__ import annotations

from nosology.model.finding import Severity


def test_two_patients(coding_cases):
    """A file with the charts of two patients is reported, and nothing of it is coded.

    Source: 42 CFR 482.24(b). Rule chart-two-patients; a single field that differs: rule chart-identity.
    """
    coding_cases("""
        note                                                                                                                                       | findings           | codes | why
        -------------------------------------------------------------------------------------------------------------------------------------------+--------------------+-------+------------------
        Patient: John Smith  MRN: 1234567\\nAssessment: Hypertension.\\nPatient: Mary Jones  MRN: 4567891\\nAssessment: Asthma.                       | chart-two-patients | -     | two names
        DOB: 03/04/1960 MRN 1111111\\nAssessment: Hypertension.\\nDOB: 01/01/1980 MRN 2222222\\nAssessment: Asthma.                                   | chart-two-patients | -     | number and birth
        HPI: 68-year-old man with hypertension.\\nAssessment: Hypertension.\\nHPI: 34-year-old woman with asthma.\\nAssessment: Asthma.               | chart-two-patients | -     | cannot be one
        Patient: Smith, John A.\\nMRN: 1234567\\nAssessment: Hypertension.\\nPatient: John Smith\\nMRN: 1234567                                        | -                  | I10   | one name, two ways
        Patient Name: John Smith\\nDOB: 03/04/1960\\nAssessment: Hypertension.\\nPatient Name: Jon Smith\\nDOB: 3/4/60                                 | -                  | I10   | spelling; date
        DOB: March 4, 1960\\nAssessment: Hypertension.\\nDOB: 03/04/1960                                                                             | -                  | I10   | one date
        Patient Name: John Smith\\nDOB: 03/04/1960\\nAssessment: Hypertension.\\nPatient Name: John Smith\\nDOB: 03/14/1960                            | chart-identity     | I10   | a slip: one field
        Patient: Baby Boy Smith\\nMRN: 87654321\\nMother's name: Jane Smith\\nMother's MRN: 12345678\\nAssessment: Jaundice.                           | -                  | [R17] [P59.9] | the mother
        HPI: 45-year-old man with his daughter, a 12-year-old girl. The donor was a 30-year-old woman.\\nAssessment: Hypertension.                  | -                  | I10   | others
        HPI: 45-year-old man, struck by a 22-year-old female driver.\\nFamily History: father, a 70-year-old man, with gout.\\nAssessment: Gout.     | -                  | M10.9 | others
        Patient: alert and oriented\\nName: see chart\\nPatient: denies pain\\nAssessment: Hypertension.                                             | -                  | I10   | no names
    """)


def test_two_patients_are_an_error(coded):
    """The finding is an error, so that the command ends with 1; what would have been coded is shown with the reason."""
    note = coded("Patient: John Smith\nAssessment: Hypertension.\nPatient: Mary Jones\nAssessment: Asthma.")
    assert note.findings[0].severity is Severity.ERROR
    assert [e.quote for e in note.findings[0].evidence] == ["John Smith", "Mary Jones"]
    assert {n.code for n in note.not_coded} == {"I10", "J45.909"}
    assert all("two patients" in n.why for n in note.not_coded)


def test_identity(coding_cases):
    """Age and sex that differ within the chart, or from the encounter, are reported.

    Source: 42 CFR 482.24(b). Rule chart-identity.
    """
    coding_cases("""
        note                                                                                                  | sex | age | findings       | codes | why
        ------------------------------------------------------------------------------------------------------+-----+-----+----------------+-------+--------------------
        HPI: 68-year-old man.\\nAssessment: Hypertension.\\nHospital Course: 68-year-old woman admitted.         |     |     | chart-identity | I10   | sex
        HPI: 68-year-old man.\\nAssessment: Hypertension.\\nHospital Course: 86-year-old man admitted.           |     |     | chart-identity | I10   | age
        HPI: 68-year-old man. She denies fever. She takes lisinopril.\\nAssessment: Hypertension.              |     |     | chart-identity | I10   | pronouns
        HPI: Mr. Lee is a 68-year-old woman.\\nAssessment: Hypertension.                                       |     |     | chart-identity | I10   | title
        68-year-old man.\\nAssessment: Hypertension.                                                           | F   | 68  | chart-identity | I10   | the encounter
        68-year-old man.\\nAssessment: Hypertension.                                                           | M   | 86  | chart-identity | I10   | the encounter
        68-year-old man.\\nAssessment: Hypertension.                                                           | M   | 69  | -              | I10   | a birthday
        HPI: 68-year-old man. His wife is here. She says he forgets. She is worried.\\nAssessment: Hypertension. |     |     | -              | I10   | his wife
        HPI: 30-year-old transgender man. She was assigned female at birth; now he.\\nAssessment: Hypertension. | F   |     | -              | I10   | gender
        Newborn male born to a 28-year-old woman.\\nAssessment: Hypertension.                                  |     | 0   | -              | I10   | the mother
        Right femoral 18F sheath. HPI: 68-year-old man.\\nAssessment: Hypertension.                            |     |     | -              | I10   | French size
    """)


def test_other_sex(coding_cases):
    """A condition of the other sex is reported and not coded; where the code set has it for both, the right one is.

    Source: Definitions of Medicare Code Edits, Sex conflict. Rule chart-sex-conflict.
    """
    coding_cases("""
        note                                                                        | sex | findings           | codes   | why
        ----------------------------------------------------------------------------+-----+--------------------+---------+---------------------
        Assessment:\\n1. Benign prostatic hyperplasia.\\n2. Hypertension.             | F   | chart-sex-conflict | I10     | registered
        68-year-old woman.\\nAssessment:\\n1. Prostate cancer.\\n2. Hypertension.      |     | chart-sex-conflict | I10     | as the chart says
        Age/Sex: 55/M\\nAssessment:\\n1. Endometriosis.\\n2. Hypertension.             |     | chart-sex-conflict | I10     | header
        68-year-old man.\\nAssessment: Cancer of the right breast, on tamoxifen.     |     | -                  | C50.921 Z79.810 | male breast
        68-year-old woman.\\nAssessment: Cancer of the right breast, on letrozole.   |     | -                  | C50.911 Z79.811 | female breast
        68-year-old man whose wife is pregnant.\\nAssessment: Hypertension.          | M   | -                  | I10     | his wife
        68-year-old woman. No prostate cancer in the family.\\nAssessment: Hypertension. |  | -                  | I10     | denied
        Transgender woman.\\nAssessment: Benign prostatic hyperplasia.               | F   | -                  | N40.0   | as documented
        Assessment: Benign prostatic hyperplasia.                                   |     | -                  | N40.0   | sex not known
    """)


def test_child_and_mother(coding_cases):
    """What the chart of a child tells of pregnancy, delivery and outcome is the mother's.

    Source: ICD-10-CM Official Guidelines I.C.15.a.2 (never on the record of the newborn); maternity edit of the Medicare
    Code Editor (from nine years).
    """
    coding_cases("""
        note                                                                                                     | findings | codes          | why
        ---------------------------------------------------------------------------------------------------------+----------+----------------+---------------
        A 3-year-old girl. Normal spontaneous delivery at term.\\nAssessment: Asthma.                             | -        | J45.909        | her birth
        A three-month-old girl. Prenatal ultrasound showed oligohydramnios.\\nAssessment: Eczema.                  | -        | L30.9          | age in words
        A 10-day-old boy. Delivery was complicated by shoulder dystocia.\\nAssessment: Jaundice.                   | -        | [R17] [P59.9]  | his birth
        A 14-year-old girl.\\nAssessment: Preeclampsia, 32 weeks pregnant.                                        | -        | O14.93 Z3A.32  | herself
        A 33-year-old woman.\\nAssessment: Preeclampsia, 32 weeks pregnant.                                       | -        | O14.93 Z3A.32  | herself
        A twenty-one-year-old woman.\\nAssessment: Preeclampsia, 32 weeks pregnant.                               | -        | O14.93 Z3A.32  | not one year old
    """)


def test_language(coding_cases):
    """A note in another language is not read; a quotation or a leaflet in it does not keep the rest from being coded.

    Source: ICD-10-CM Official Guidelines IV.C. Rule chart-language.
    """
    coding_cases("""
        note                                                                                                                                                    | findings       | codes | why
        --------------------------------------------------------------------------------------------------------------------------------------------------------+----------------+-------+-----------
        Paciente de 65 años con diabetes mellitus tipo 2 e hipertensión arterial. No tiene fiebre. Diagnóstico: angina de pecho.                                | chart-language | -     | Spanish
        Patient de 65 ans, diabète de type 2, hypertension artérielle. Migraine avec aura. Fracture du col du fémur droit.                                      | chart-language | -     | French
        Patientin 65 Jahre, Diabetes mellitus, Asthma bronchiale, Depression. Die Patientin klagt über Schmerzen in der Brust. Kein Fieber.                     | chart-language | -     | German
        Paziente di 65 anni con diabete mellito, ipertensione arteriosa, asma. Dolore toracico da due giorni. Diagnosi: angina.                                 | chart-language | -     | Italian
        Paciente de 65 anos com diabetes mellitus, hipertensão arterial e asma. Refere dor torácica há dois dias. Diagnóstico: angina.                          | chart-language | -     | Portuguese
        Patiënte van 65 jaar met diabetes mellitus en astma. Pijn op de borst sinds 2 dagen. Diagnose: angina pectoris.                                         | chart-language | -     | Dutch
        Пациент 65 лет, diabetes mellitus, гипертоническая болезнь. Диагноз: стенокардия.                                                                       | chart-language | -     | Russian
        患者65岁，2型糖尿病，高血压 asthma。诊断：心绞痛                                                                                                                 | chart-language | -     | Chinese
        HPI: She says "me duele la cabeza y el pecho desde hace dos días, tengo asma".\\nAssessment: Hypertension, continue lisinopril.                          | chart-language | I10   | quotation
        Assessment: Hypertension, continue lisinopril.\\nInstrucciones: Tome la medicina dos veces al día. Si tiene fiebre o dolor de pecho por asma, llame.       | chart-language | I10   | leaflet
        Seen by Dr. de la Cruz at La Crosse; lives in El Paso. De novo. Café-au-lait spots.\\nAssessment: Hypertension, continue lisinopril.                     | -              | I10   | names
        HTN\\nDM2 w/ CKD3a\\nGout                                                                                                                                | -              | I12.9 E11.22 N18.31 M10.9 | terse
    """)


def test_language_of_the_whole_is_an_error(coded):
    """Nothing of the note can be trusted, so the finding is an error; of a part it is information."""
    whole = coded("Paciente de 65 años con diabetes mellitus tipo 2. No tiene fiebre. Acude por dolor.")
    part = coded("Tiene dolor de cabeza y fiebre desde ayer.\nAssessment: Hypertension, continue lisinopril.")
    assert [f.severity for f in whole.findings if f.rule == "chart-language"] == [Severity.ERROR]
    assert [f.severity for f in part.findings if f.rule == "chart-language"] == [Severity.INFORMATION]


def test_copied(coding_cases):
    """Statements that stand again under another date are reported; so is what was true of one day only.

    Source: AHIMA, Appropriate Use of the Copy and Paste Functionality (2014). Rules chart-copied and chart-stale.
    """
    coding_cases("""
        note                                                                                                                                                                                                                                                                                    | findings                 | codes | why
        ----------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------+--------------------------+-------+---------------
        PROGRESS NOTE 03/12/2026\\nAssessment: Pneumonia of the right lower lobe, on ceftriaxone and azithromycin, cultures are pending.\\nPROGRESS NOTE 03/13/2026\\nAssessment: Pneumonia of the right lower lobe, on ceftriaxone and azithromycin, cultures are pending.                          | chart-copied             | J18.9 | word for word
        PROGRESS NOTE 03/12/2026\\nAssessment: Pneumonia of the right lower lobe, we will start ceftriaxone today and follow the cultures.\\nPROGRESS NOTE 03/13/2026\\nAssessment: Pneumonia of the right lower lobe, we will start ceftriaxone today and follow the cultures.                      | chart-copied chart-stale | J18.9 | no longer true
        03/12/2026 Progress note\\nPOD 1, doing well.\\nAssessment: Pneumonia.\\n03/14/2026 Progress note\\nPOD 1, ambulating.\\nAssessment: Pneumonia.                                                                                                                                              | chart-stale              | J18.9 | day counted
        03/12/2026 Progress note\\nPOD 1, doing well.\\nAssessment: Pneumonia.\\n03/13/2026 Progress note\\nPOD 2, ambulating.\\nAssessment: Pneumonia.                                                                                                                                              | -                        | J18.9 | a day on
        03/12/2026 Progress note\\nAssessment: Pneumonia, on ceftriaxone day 1, blood cultures are pending and the oxygen is at 4 liters.\\n03/13/2026 Progress note\\nAssessment: Pneumonia is improving, ceftriaxone day 2, cultures negative so far, weaned to 2 liters.                             | -                        | J18.9 | written anew
        03/12/2026 Progress note\\nPast Medical History: childhood measles, appendectomy in 1990, tonsillectomy in 1985, and seasonal allergies\\nAssessment: Pneumonia.\\n03/13/2026 Progress note\\nPast Medical History: childhood measles, appendectomy in 1990, tonsillectomy in 1985, and seasonal allergies | -  | J18.9 | a list
    """)


def test_a_copy_adds_no_weight(coded):
    """The same statement twice weighs as much as once."""
    line = (
        "Assessment: Hypertension, continue lisinopril, and chronic kidney disease stage 3a, followed by nephrology.\n"
    )
    once, twice = coded(line), coded("PROGRESS NOTE 03/12/2026\n" + line + "PROGRESS NOTE 03/13/2026\n" + line)
    assert [(s.code, s.score) for s in once.suggestions] == [(s.code, s.score) for s in twice.suggestions]


def test_dates(coding_cases):
    """Dates of one header that cannot be are reported.

    Source: 42 CFR 482.24(c)(1). Rule chart-dates.
    """
    coding_cases("""
        note                                                                                                                            | setting   | findings    | codes | why
        --------------------------------------------------------------------------------------------------------------------------------+-----------+-------------+-------+----------------
        Admission date: 03/10/2026\\nDischarge date: 03/05/2026\\nHospital Course: Pneumonia.                                              | inpatient | chart-dates | J18.9 | discharge
        Admitted: 3/10/26   Discharged: March 15, 2026\\nHospital Course: Pneumonia.\\nElectronically signed by Jane Doe on 03/01/2026      | inpatient | chart-dates | J18.9 | signature
        DOB: 05/05/2027\\nDate of service: 03/10/2026\\nAssessment: Hypertension.                                                          |           | chart-dates | I10   | birth
        Admitted: 3/10/26   Discharged: March 15, 2026\\nHospital Course: Pneumonia. She was discharged from another stay on 02/01/2026.  | inpatient | -           | J18.9 | in running text
        DOB: 05/05/1927  Date of service: 03/10/2026\\nAssessment: Hypertension.\\nSigned: 03/11/2026                                      |           | -           | I10   | as it should be
    """)


def test_five_hundred_problems(coded):
    """A list of five hundred problems gives each condition once, with the words of the list, and no finding."""
    conditions = {
        "Hypertension": "I10",
        "Asthma": "J45.909",
        "Psoriasis": "L40.9",
        "Left knee osteoarthritis": "M17.12",
        "Chronic kidney disease stage 3a": "N18.31",
        "Hypothyroidism": "E03.9",
        "Migraine": "G43.909",
        "Gout": "M10.9",
    }
    names = [*conditions] * 63
    note = coded("Assessment:\n" + "\n".join(f"{n}. {name}, stable" for n, name in enumerate(names[:500], start=1)))
    codes = [s.code for s in note.suggestions if s.system == "icd10cm"]
    assert len(codes) == len(set(codes))
    wanted = set(conditions.values()) - {"I10"} | {"I12.9"}  # hypertension with kidney disease (I.C.9.a.2)
    assert set(codes) == wanted
    assert [f.rule for f in note.findings if f.rule.startswith("chart-")] == []
