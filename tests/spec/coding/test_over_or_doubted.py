"""What is over, doubted, only looked for or spoken of, beside what is there."""


def test_before_a_doubt(coding_cases):
    """What stands before a word of doubt is certain: an anemia that is likely of iron deficiency is an anemia.

    Source: ICD-10-CM Official Guidelines II.H, IV.H. Rule IV.J-reportable.
    """
    coding_cases("""
        setting    | note                                                              | codes   | why
        -----------+-------------------------------------------------------------------+---------+---------------------------
        outpatient | Assessment:\\n1. Anemia, likely iron deficiency. Check ferritin.    | D64.9   | kind doubted
        outpatient | Assessment:\\n1. Pneumonia, likely aspiration. Antibiotics.         | J18.9   | cause doubted
        outpatient | Assessment:\\n1. Gastroenteritis, probably viral. Fluids.           | K52.9   | cause doubted
        outpatient | Assessment:\\n1. Syncope, likely vasovagal. Hydrate.                | R55     | the symptom stays
        outpatient | Assessment:\\n1. Chest pain, likely musculoskeletal. Ibuprofen.     | R07.9   | the symptom stays
        outpatient | Assessment:\\n1. Headache, suspected tension type.                  | R51.9   | the symptom stays
        outpatient | Assessment:\\n1. Iron deficiency anemia. Ferrous sulfate.           | D50.9   | said for certain
        inpatient  | Discharge diagnosis:\\n1. Anemia, likely iron deficiency            | D50.9   | II.H
        inpatient  | Discharge diagnosis:\\n1. Pneumonia, likely aspiration              | J69.0   | II.H
    """)


def test_states_that_ended(coding_cases):
    """Oxygen given back, a stoma taken down and dialysis no longer needed are no status of today.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rule I.C.21.c.3-ended.
    """
    coding_cases("""
        note                                                                              | codes        | why
        ----------------------------------------------------------------------------------+--------------+---------------------
        Assessment:\\n1. Gout. Home O2 discontinued last month.                            | M10.9        | given back
        Assessment:\\n1. Gout. Previously on home oxygen, no longer needs it.              | M10.9        | not needed
        Assessment:\\n1. Gout. Used home oxygen for a month in 2021.                       | M10.9        | then
        Assessment:\\n1. Gout. Ileostomy reversed in 2022.                                 | M10.9        | taken down
        Assessment:\\n1. Gout. Off dialysis since the transplant.                          | M10.9        | not needed
        Assessment:\\n1. COPD. On home oxygen 2 L.                                         | J44.9 Z99.81 | in use
        Assessment:\\n1. COPD. Used home oxygen in 2021 and still uses it.                 | J44.9 Z99.81 | in use
        Assessment:\\n1. COPD. Saturation 85% off home oxygen.                             | J44.9 Z99.81 | a trial
        Assessment:\\n1. ESRD. Dialysis since 2021.                                        | N18.6 Z99.2  | goes on
    """)


def test_smoking_taken_up_again(coding_cases):
    """Who quit and smokes again is a smoker, not a former one.

    Source: ICD-10-CM Official Guidelines I.C.5.b, I.C.21.c.4. Rule I.C.21.c.4-past-tobacco.
    """
    coding_cases("""
        note                                                                                        | codes   | why
        --------------------------------------------------------------------------------------------+---------+--------
        Assessment:\\n1. He quit smoking 2 years ago but has started smoking again. Counseled.       | F17.210 | again
        Assessment:\\n1. Former smoker, quit in 2019, relapsed last year and smokes daily. Patches.  | F17.210 | relapse
        Assessment:\\n1. Former smoker, quit in 2019.                                                | Z87.891 | quit
    """)


def test_only_looked_for(coding_cases):
    """What an evaluation, a panel or a vaccine is for is not there by that.

    Source: ICD-10-CM Official Guidelines IV.H, I.C.21.c.2. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                                         | codes         | why
        -----------------------------------------------------------------------------+---------------+-----------------------
        Assessment:\\n1. Fatigue, eval for hypothyroidism.                            | R53.83        | eval
        Assessment:\\n1. Fatigue, w/u for anemia.                                     | R53.83        | w/u
        Assessment:\\n1. Cough. Respiratory panel (flu, RSV, covid) negative.         | R05.9         | all three
        Assessment:\\n1. Cough. Swabs (strep, flu) were negative.                     | R05.9         | both
        Assessment:\\n1. Gout. Due for shingles vaccine.                              | M10.9         | not given
        Assessment:\\n1. Gout. Discussed HIV PrEP; declines.                          | M10.9         | only spoken of
        Diagnosis: Closed head injury s LOC.                                         | S09.90XA      | s: without
    """)


def test_named_by_an_operation_of_the_past(coding_cases):
    """A year behind a release or a repair tells that what it was for is over; a planned one is still ahead.

    Source: ICD-10-CM Official Guidelines IV.J, I.C.21.c.4. Rule IV.J-reportable.
    """
    coding_cases("""
        note                                                             | codes           | why
        -----------------------------------------------------------------+-----------------+--------
        Assessment:\\n1. Gout. Trigger finger release (2017).             | M10.9           | done
        Assessment:\\n1. Gout. Hernia repair 2015.                        | M10.9           | done
        Assessment:\\n1. Right inguinal hernia, repair next month.        | K40.90          | ahead
    """)


def test_told_by_the_other_code(coding_cases):
    """The nodule that is the cancer, vessels that the angiopathy names, veins that the liver names, the germ by itself.

    Source: ICD-10-CM Official Guidelines I.B.5, I.B.14; Alphabetic Index under Infection, Helicobacter pylori; Varix,
    esophagus, in; Emphysema, subcutaneous; Allergy, food. Rules I.C.2-neoplasms, I.C.9-circulatory, I.C.11-digestive,
    I.C.19-injuries.
    """
    coding_cases("""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+-------------
        Assessment:\\n1. Thyroid nodule, biopsy showed papillary thyroid carcinoma.        | C73             | one nodule
        Assessment:\\n1. Papillary thyroid carcinoma. Benign right thyroid nodule.         | C73 E04.1       | another one
        Assessment:\\n1. Type 2 diabetes with PVD and arteriosclerosis.                    | E11.51          | said
        Assessment:\\n1. Cirrhosis with varices.                                           | K74.60 I85.10   | esophagus
        Assessment:\\n1. Varices of the left leg.                                          | I83.92          | leg
        Assessment:\\n1. H. pylori infection, quadruple therapy.                           | A04.8           | by itself
        Assessment:\\n1. H. pylori gastritis, quadruple therapy.                           | K29.70 B96.81   | its germ
        Assessment:\\n1. Subcutaneous emphysema of the neck after thyroid surgery.         | T81.82XA        | operation
        Assessment:\\n1. Allergic reaction to walnuts with hives.                          | T78.19XA L50.0  | food
        Assessment:\\n1. Chagas disease with megacolon.                                    | B57.32          | one code
    """)
