"""Words that look like a condition and name none: of things, tools, diets, or side by side by chance."""


def test_words_of_things(coding_cases):
    """Things, not persons. Adjectives that are conditions of persons only, and nouns that a thing shares with a condition.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                                                    | codes  | why
        ----------------------------------------------------------------------------------------+--------+------------------
        Assessment:\\n1. gout\\n2. The prognosis is grave.                                      | M10.9  | no Graves disease
        Assessment:\\n1. Graves' disease                                                        | E05.00 | words
        Assessment:\\n1. graves                                                                 | E05.00 | words
        Assessment:\\n1. gout\\n2. Conservative options have been exhausted.                    | M10.9  | no R53.83
        Assessment:\\n1. patient is exhausted                                                   | R53.83 | words
        Assessment:\\n1. gout\\n2. The wound looks angry.                                       | M10.9  | no R45.4
        Assessment:\\n1. angry outbursts at home                                                | R45.4  | words
        Assessment:\\n1. gout\\n2. The pulses are faint.                                        | M10.9  | no R55
        Assessment:\\n1. gout\\n2. There is a faint erythema.                                   | M10.9  | no R55
        Assessment:\\n1. felt faint at work                                                     | R55    | words
        Assessment:\\n1. violent coughing                                                       | R05.9  | no R45.6
        Assessment:\\n1. violent behavior                                                       | R45.6  | words
        Assessment:\\n1. gout\\n2. He is on LOA from work.                                      | M10.9  | no loiasis
        Assessment:\\n1. gout\\n2. Diet: corn tortillas, beans.                                 | M10.9  | no corns
        Assessment:\\n1. lung cancer\\n2. She met with oncology about chemotherapy.                | C34.90 | no metastases
        Assessment:\\n1. lung cancer\\n2. Criteria for surgery were met.                        | C34.90 | no metastases
        Assessment:\\n1. corns of both feet                                                     | L84    | words
        Assessment:\\n1. gout\\n2. Smoke alarms at home work.                                   | M10.9  | no F17.2-
        Assessment:\\n1. gout\\n2. Vaccine hesitancy discussed.                                 | M10.9  | no R39.11
        Assessment:\\n1. gout\\n2. Balloon tamponade was used.                                  | M10.9  | no I31.4
        Assessment:\\n1. gout\\n2. Hepatojugular reflux was seen.                               | M10.9  | no K21.9
        Assessment:\\n1. gout\\n2. Delayed milestones: no. Eruption of the molars is under way. | M10.9  | no R21
        Assessment:\\n1. skin eruption                                                          | R21    | words
        Assessment:\\n1. gout\\n2. Collapse of the femoral head on the film.                    | M10.9  | no R55
        Assessment:\\n1. gout\\n2. In-hospital mortality is 5%.                                 | M10.9  | no R99
    """)


def test_acts_and_tools(coding_cases):
    """Acts, tools and tests. Names of instruments, units, stains, diets and parts of the body hold words of conditions.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                                | codes  | why
        --------------------------------------------------------------------+--------+-----------
        Assessment:\\n1. gout\\n2. Bipolar cautery was used.                | M10.9  | no F31.9
        Assessment:\\n1. bipolar disorder                                   | F31.9  | words
        Assessment:\\n1. gout\\n2. He received two shocks from his ICD.     | M10.9  | no R57.9
        Assessment:\\n1. gout\\n2. Shock wave lithotripsy last year.        | M10.9  | no R57.9
        Assessment:\\n1. shock                                              | R57.9  | words
        Assessment:\\n1. gout\\n2. Tracer: 10 mCi of technetium.            | M10.9  | no G31.84
        Assessment:\\n1. MCI                                                | G31.84 | words
        Assessment:\\n1. gout\\n2. Stains: S-100 and HMB-45 positive.       | M10.9  | no R58
        Assessment:\\n1. HMB                                                | N92.0  | words
        Assessment:\\n1. gout\\n2. The celiac trunk is open.                | M10.9  | no K90.0
        Assessment:\\n1. gout\\n2. Celiac profile ordered.                  | M10.9  | no K90.0
        Assessment:\\n1. celiac disease                                     | K90.0  | words
        Assessment:\\n1. gout\\n2. TMJ exam normal.                         | M10.9  | no M26.60-
        Assessment:\\n1. gout\\n2. MRI of the TMJ was done.                 | M10.9  | no M26.60-
        Assessment:\\n1. TMJ clicking                                       | M26.69 | words
        Assessment:\\n1. gout\\n2. He keeps a low-sodium and low-fat diet.  | M10.9  | no E87.1
        Assessment:\\n1. gout\\n2. A high calcium intake is advised.        | M10.9  | no E83.52
        Assessment:\\n1. gout\\n2. High doses of magnesium were given.      | M10.9  | no E83.41
        Assessment:\\n1. sodium was low                                     | E87.1  | words
        Assessment:\\n1. gout\\n2. Supplemental oxygen was given in the ED. | M10.9  | no Z99.81
    """)


def test_by_chance(coding_cases):
    """Words that stand together by chance. A name of two words is read only where they stand together.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                                              | codes           | why
        ----------------------------------------------------------------------------------+-----------------+--------------
        Assessment:\\n1. gout\\n2. The head of the femur is small.                        | M10.9           | no Q02
        Assessment:\\n1. small head                                                       | Q02             | words
        Assessment:\\n1. gout\\n2. Removed third molars and fourth premolars.             | M10.9           | no K00.1
        Assessment:\\n1. gout\\n2. Clips helped in Allis type dissection.                 | M10.9           | no I71.0-
        Assessment:\\n1. type A dissection                                                | I71.010         | words
        Assessment:\\n1. Stanford type B dissection                                       | I71.012         | words
        Assessment:\\n1. gout\\n2. Calcification of the aortic arch.                      | M10.9           | no right arch
        Assessment:\\n1. right aortic arch                                                | Q25.47          | words
        Assessment:\\n1. gout\\n2. No hypertension. Vision fine.                          | M10.9           | no R03.0
        Assessment:\\n1. gout\\n2. In view of the surgical history abdominal CT was done. | M10.9           | no R10.0
        Assessment:\\n1. surgical abdomen                                                 | R10.0           | words
        Assessment:\\n1. pain in the groin and left testicle                              | R10.32, N50.812 | words
        Assessment:\\n1. intestinal failure                                               | K90.83          | words
        Assessment:\\n1. gout\\n2. Failure of the intestinal anastomosis in 2010.         | M10.9           | no K90.83
        Assessment:\\n1. pain in the back of the neck                                     | M54.2           | words
        Assessment:\\n1. pain in the back of the left thigh                               | M79.652         | words
        Assessment:\\n1. burn of the back of the right hand                               | T23.061A        | words
        Assessment:\\n1. portal vein thrombosis at the hepatic hilum                      | I81             | no I82.0
        Assessment:\\n1. gout\\n2. A cyst lies posterior to the esophagus.                | M10.9           | no K22.9
        Assessment:\\n1. gout\\n2. The mass is adjacent to the liver.                     | M10.9           | no R16.0
    """)


def test_borrowed_words(coding_cases):
    """Borrowed words. A noun does not take the first word of the next noun, nor does a cause belong to the words "secondary to".

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                           | codes                 | why
        ---------------------------------------------------------------+-----------------------+-----------------
        Assessment:\\n1. epistaxis secondary to hypertension           | R04.0, I10            | no I15.9
        Assessment:\\n1. polycythemia secondary to smoking             | D75.1, F17.210        | words
        Assessment:\\n1. ascites secondary to portal hypertension      | R18.8, K76.6          | no I15.9
        Assessment:\\n1. heart failure secondary to hypertension       | I11.0 I50.9           | no I15.9
        Assessment:\\n1. edema secondary to amyloidosis                | E85.9                 | no E85.3
        Assessment:\\n1. duodenal ulcer with pyloric stenosis          | K26.9, K31.1          | no K25.9
        Assessment:\\n1. liver abscess and splenic infarct             | K75.0, D73.5          | no D73.3
        Assessment:\\n1. renal failure and hepatic encephalopathy      | N19, K76.82           | no K72.90
        Assessment:\\n1. vitamin D deficiency and iron overload        | E55.9                 | no E61.1
        Assessment:\\n1. knee and hip pain                             | M25.569, M25.559      | shared
        Assessment:\\n1. gastric and duodenal ulcer                    | K25.9, K26.9          | shared
        Assessment:\\n1. abdominal pain and distension                 | R10.9, R14.0          | shared
        Assessment:\\n1. type 1 diabetes with hypoglycemia unawareness | E10.649               | one condition
        Assessment:\\n1. hypertension, pulmonary embolism              | I10, I26.99           | no I27.20
        Assessment:\\n1. HTN, portal vein thrombosis                   | I10, I81              | no K76.6
        Assessment:\\n1. abscess, renal colic                          | L02.91, N23           | no N15.1
        Assessment:\\n1. cirrhosis, biliary colic                      | K74.60, K80.50        | no K74.5
        Assessment:\\n1. weakness, leg edema                           | R53.1, R60.0          | no R29.898
        Assessment:\\n1. depression, anxiety disorder                  | F32.A, F41.9          | no F41.8
        Assessment:\\n1. neuropathy with alcoholic cirrhosis           | G62.9, K70.30         | no G62.1
        Assessment:\\n1. sepsis, E. coli UTI                           | A41.51, N39.0, B96.20 | the germ of both
        Assessment:\\n1. anemia, iron deficiency, chronic              | D50.9                 | one condition
        Assessment:\\n1. nodule, thyroid                               | E04.1                 | one condition
    """)


def test_borrowed_degrees(coding_cases):
    """Borrowed degrees. A degree is that of its own noun, not that of the noun before "and", "with" or "who".

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                         | codes           | why
        -------------------------------------------------------------+-----------------+--------------
        Assessment:\\n1. obesity and severe knee pain                | E66.9, M25.569  | no E66.01
        Assessment:\\n1. cholecystitis with acute pancreatitis       | K81.9, K85.90   | no K81.0
        Assessment:\\n1. hepatitis with chronic cholecystitis        | K75.9, K81.1    | no K73.9
        Assessment:\\n1. malnutrition with severe anemia             | E46, D64.9      | no E43
        Assessment:\\n1. malnutrition, has second degree burns       | E46, T30.0      | no E44.0
        Assessment:\\n1. preeclampsia with severe features           | O14.10          | its features
        Assessment:\\n1. COPD with acute exacerbation                | J44.1           | one condition
        Assessment:\\n1. heart failure, systolic, chronic            | I50.22          | its own
        Assessment:\\n1. renal artery stenosis and hypertension      | I70.1, I10      | no I15.0
        Assessment:\\n1. hypertension due to renal artery stenosis   | I15.0, I70.1    | stated cause
        Assessment:\\n1. systolic heart failure and acute bronchitis | I50.20, J20.9   | no I50.21
        Assessment:\\n1. diastolic heart failure with acute cystitis | I50.30, N30.00  | no I50.31
        Assessment:\\n1. HFpEF and COPD exacerbation                 | I50.30, J44.1   | no I50.33
        Assessment:\\n1. HFpEF, acute on chronic                     | I50.33          | its own
        Assessment:\\n1. depression, recurrent UTIs                  | F32.A, N39.0    | no F33.9
        Assessment:\\n1. major depression, recurrent                 | F33.9           | its own
        Assessment:\\n1. sleep apnea, obstructive uropathy           | G47.30, N13.9   | no G47.33
        Assessment:\\n1. angina, unstable gait                       | I20.9, R26.81   | no I20.0
        Assessment:\\n1. epilepsy with intractable vomiting          | G40.909, R11.10 | no G40.919
        Assessment:\\n1. obesity, severe aortic stenosis             | E66.9, I35.0    | no E66.01
        Assessment:\\n1. bronchitis, acute viral                     | J20.9           | its own
    """)


def test_one_name(coding_cases):
    """One name, not two. Metastases of a cancer are not those in its organ; a longer name hides the shorter one inside.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement), I.B.2; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                                 | codes         | why
        ---------------------------------------------------------------------+---------------+----------
        Assessment:\\n1. metastases from breast cancer                       | C50.919       | no C79.81
        Assessment:\\n1. bone metastases of renal cell carcinoma             | C79.51, C64.9 | words
        Assessment:\\n1. metastasis to the kidney                            | C79.00        | words
        Assessment:\\n1. liver metastases of colorectal carcinoma            | C78.7, C19    | words
        Assessment:\\n1. herpesvirus infection                               | B00.9         | no B34.9
        Assessment:\\n1. right femoroacetabular impingement syndrome         | M25.851       | no M75.4-
        Assessment:\\n1. impingement syndrome of the right shoulder          | M75.41        | words
        Assessment:\\n1. intraparenchymal hematoma of the left frontal lobe  | I61.9         | words
        Assessment:\\n1. gout\\n2. Splenic intraparenchymal hematoma on CT.  | M10.9         | no I61.9
        Assessment:\\n1. gout\\n2. Dilation of the lateral ventricles.       | M10.9         | no I51.7
        Assessment:\\n1. left ventricular dilation                           | I51.7         | words
        Assessment:\\n1. cancer of the left lingual edge                     | C02.1         | words
        Assessment:\\n1. gout\\n2. Lesion-free renal hilum.                  | M10.9         | no N28.9
        Assessment:\\n1. lobular neoplasia of the right breast               | D05.01        | words
        Assessment:\\n1. gout\\n2. A mass in the nasal sector of the fundus. | M10.9         | no J34.89
    """)


def test_faces_and_what_flows_back(coding_cases):
    """A face of a limb is a surface, colic before a vessel is of the colon, a gap is not all of the teeth.

    Source: Alphabetic Index: Pain, face; Reflux; Colic; Absence, teeth, acquired (complete), partial; Distention;
    Keratosis, pilaris.
    """
    coding_cases("""
        note                                                                    | codes   | why
        ------------------------------------------------------------------------+---------+------------------
        Assessment:\\n1. pain over the anterior face of the tibia               | M79.669 | no G50.1, no R51.9
        Assessment:\\n1. facial pain                                            | R51.9   | words
        Assessment:\\n1. gout\\n2. Nasal reflux of liquids.                     | M10.9   | no K21.9
        Assessment:\\n1. gout\\n2. There was reflux of contrast into the cyst.  | M10.9   | no K21.9
        Assessment:\\n1. acid reflux                                            | K21.9   | words
        Assessment:\\n1. gout\\n2. The left colic artery was spared.            | M10.9   | no R10.83
        Assessment:\\n1. renal colic                                            | N23     | words
        Assessment:\\n1. partial tooth loss                                     | K08.409 | no K08.109
        Assessment:\\n1. edentulous                                             | K08.109 | words
        Assessment:\\n1. JVD                                                    | R09.89  | no R14.0
        Assessment:\\n1. neck vein distention                                   | R09.89  | no R14.0
        Assessment:\\n1. distention of the bladder                              | N32.89  | no R14.0
        Assessment:\\n1. jugular vein engorgement                               | R09.89  | no H34.82-
        Assessment:\\n1. abdominal distention                                   | R14.0   | words
        Assessment:\\n1. keratosis pilaris                                      | L85.8   | no L57.0
        Assessment:\\n1. actinic keratosis                                      | L57.0   | words
        Assessment:\\n1. bullae on both arms                                    | R23.8   | of the skin
        Assessment:\\n1. emphysematous bullae on chest CT                       | J43.9   | of the lung
        Assessment:\\n1. pemphigus vulgar                                       | L10.0   | vulgaris
        Assessment:\\n1. genital edema                                          | R60.0   | a site
        Assessment:\\n1. edema                                                  | R60.9   | words
    """)


def test_short_forms_of_two_meanings(coding_cases):
    """SAHS is no hemorrhage, an ALS crew no disease, CP by what stands beside it.

    Source: Alphabetic Index under Apnea, Sclerosis, Pain.
    """
    coding_cases("""
        note                                                            | codes               | why
        ----------------------------------------------------------------+---------------------+--------------
        SAHS on CPAP.                                                   | G47.30              | sleep apnea
        SAH on CT.                                                      | I60.9               | hemorrhage
        ALS crew arrived and gave oxygen.                               | -                   | life support
        Transported by ALS ambulance.                                   | -                   | life support
        ALS on riluzole.                                                | G12.21              | the disease
        CP for 2 days, radiating to the left arm.                       | R07.9               | chest pain
        CP angle mass.                                                  | -                   | an angle
        Lump in the throat.                                             | R09.A2              | globus
        Palpable lump in the throat.                                    | R22.1               | a mass
    """)


def test_states_of_parts_in_plain_words(coding_cases):
    """Necrotic, infected, swollen parts and weight that went down, as the Index has them under the noun.

    Source: Alphabetic Index under Necrosis, Infection, Congestion, Effusion, Loss, Testis.
    """
    coding_cases("""
        note                                                            | codes               | why
        ----------------------------------------------------------------+---------------------+--------------
        Necrotic toes of the right foot.                                | I96                 | see also Gangrene
        Necrotic bowel.                                                 | K55.069             | see also Infarct
        Necrotic gallbladder.                                           | K81.0               | acute
        Necrotic tissue was debrided.                                   | -                   | no part
        Infected gallbladder.                                           | K81.9               | see Cholecystitis
        Congested conjunctiva.                                          | H11.439             | hyperemia
        Swollen right ankle.                                            | M25.471             | see Effusion
        Swollen ankles.                                                 | R60.0               | edema of both
        His weight is down 12 pounds.                                   | R63.4               | lost
        Weight is down 12 lb on semaglutide.                            | -                   | meant to be
        Left inguinal testis.                                           | Q53.112             | one side
        Bilateral inguinal testes.                                      | Q53.212             | both
        Former 26-weeker with chronic lung disease.                     | J98.4               | not former
    """)


def test_what_a_longer_name_denies(coding_cases):
    """A name that the longer one denies is not inside it, in the exhaustive view either.

    Source: ICD-10-CM Alphabetic Index under Deficiency, iron; Guidelines I.A.15.
    """
    coding_cases("""
        scope | note                                                    | codes               | why
        ------+---------------------------------------------------------+---------------------+--------------
        all   | Iron deficiency without anemia.                         | E61.1               | denied within
        all   | Iron deficiency anemia.                                 | D50.9 D64.9         | stated
    """)


def test_arrests(coding_cases):
    """An arrest by the police is a legal problem; the arrest of a heart, of labor or of growth is none.

    Source: ICD-10-CM Tabular List, inclusion terms of Z65.3; Alphabetic Index under Arrest.
    """
    coding_cases("""
        note                                                            | codes               | why
        ----------------------------------------------------------------+---------------------+--------------
        He was under arrest last night.                                 | Z65.3               | the police
        He has a recent arrest for shoplifting.                         | Z65.3               | the law
        After the arrest he was cooled to 33 degrees.                   | -                   | the heart
        Growth arrest of the distal tibia.                              | -                   | a bone
        Respiratory arrest.                                             | R09.2               | its own name
    """)


def test_parts_name_no_condition(coding_cases):
    """In the exhaustive view, neither a part nor a test brings in a code, nor does a word inside an abbreviation.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement).
    """
    coding_cases("""
        scope | note                                                        | codes | why
        ------+-------------------------------------------------------------+-------+---------------
        all   | Both kidneys had evolved well.                              |       | no N28.1
        all   | A liver biopsy showed a preserved architecture.             |       | no B19.20
        all   | Left inguinal orchiectomy was done.                         |       | no R59.0
        all   | Idiopathic intracranial hypertension (IIH). IIH is treated. | G93.2 | no I10
    """)


def test_things_beside_the_body(coding_cases):
    """Ways in, what the finger feels, tools and treatments hold words of conditions; so do veins and germs.

    Source: ICD-10-CM Official Guidelines I.A.19 (the provider's statement); Alphabetic Index under Streaks, angioid.
    """
    coding_cases("""
        note                                                                         | codes         | why
        -----------------------------------------------------------------------------+---------------+----------
        Assessment:\\n1. gout\\n2. The lesion was reached by an oral approach.       | M10.9         | no K13.70
        Assessment:\\n1. oral lesion                                                 | K13.70        | words
        Assessment:\\n1. gout\\n2. The lesion had a bony consistency.                | M10.9         | no M89.9
        Assessment:\\n1. bone lesion                                                 | M89.9         | words
        Assessment:\\n1. gout\\n2. The lingual plate of tooth 43 shows a lesion.     | M10.9         | no K14.9
        Assessment:\\n1. gout\\n2. Right transverse sinus stenosis on MR venography. | M10.9         | no J34.89
        Assessment:\\n1. gout\\n2. The cuff was swollen with air.                    | M10.9         | no R60.9
        Assessment:\\n1. gout\\n2. Blood loss was minimal.                           | M10.9         | no R58
        Assessment:\\n1. gout\\n2. Answered to volume expansion.                     | M10.9         | no E87.70
        Assessment:\\n1. volume overload                                             | E87.70        | words
        Assessment:\\n1. gout\\n2. The vial was confused with a vitamin.             | M10.9         | no R41.0
        Assessment:\\n1. confused since yesterday                                    | R41.0         | words
        Assessment:\\n1. gout\\n2. Collapse of the maxillary sinus.                  | M10.9         | no R55
        Assessment:\\n1. gout\\n2. Culture grew Cutibacterium acnes.                 | M10.9, B96.89 | no L70.9
        Assessment:\\n1. angioid striae                                              | H35.33        | no L90.6
        Assessment:\\n1. impotence of both legs\\n2. gout                            | M10.9         | no N52.9
    """)
