"""Words of reports translated from Romance languages, and prefixes that deny the word behind them."""


def test_anti_and_pseudo_deny(coding_cases):
    """A word behind "anti" or "pseudo" is what a drug or an antibody is against, or what it only looks like; names
    that hold them stay whole.

    Source: ICD-10-CM Official Guidelines I.A.19, I.B.2; terms of the Alphabetic Index (Disease, antiglomerular
    basement membrane).
    """
    coding_cases("""
        note                                                         | codes   | why
        -------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. gout\\n2. anti-nausea medication as needed  | M10.9   | no R11.0
        Assessment:\\n1. gout\\n2. on anti-TB therapy                | M10.9   | no A15.9
        Assessment:\\n1. gout\\n2. anti-epilepsy drugs reviewed      | M10.9   | no G40.909
        Assessment:\\n1. pseudo-gout of the right knee               | M11.261 | no M10.9
        Assessment:\\n1. pseudo-tumor cerebri                        | G93.2   | no D49.9
        Assessment:\\n1. pseudo-seizures                             | F44.5   | a name
        Assessment:\\n1. intestinal pseudo-obstruction               | K59.89  | a name
        Assessment:\\n1. pseudo aneurysm of the right femoral artery | I72.4   | a name
        Assessment:\\n1. anti-GBM disease                            | M31.0   | no C71.9
        Assessment:\\n1. GBM of the left temporal lobe               | C71.2   | glioblastoma
        Assessment:\\n1. anti-NMDA receptor encephalitis             | G04.81  | a name
        Assessment:\\n1. anti-HCV positive                           | B19.20  | a positive antibody of an infection that stays
        Assessment:\\n1. antiphospholipid syndrome                   | D68.61  | a name
    """)


def test_substances_are_no_poisoning(coding_cases):
    """The name of a substance alone, and its use, are no poisoning.

    Source: ICD-10-CM Official Guidelines I.C.19.e.5.b; inclusion terms of T41.3 and T52.0; Alphabetic Index, Use.
    """
    coding_cases("""
        note                                                              | codes       | why
        ------------------------------------------------------------------+-------------+--------------------
        Assessment:\\n1. gout\\n2. urine drug screen positive for cocaine | M10.9 R82.5 | no T41.3X1A
        Assessment:\\n1. gout\\n2. wound cleaned with paraffin oil        | M10.9       | no T52.0X1A
        Assessment:\\n1. consumption of cocaine                           | F14.90      | use
        Assessment:\\n1. habitual consumer of cannabis                    | F12.90      | use
        Assessment:\\n1. cocaine overdose                                 | T40.5X1A    | a poisoning
    """)


def test_carcinomas_by_their_cell(coding_cases):
    """Carcinomas by their cell, as translated reports name them, at their site.

    Source: Alphabetic Index: Carcinoma, basal cell; Linitis, plastica; Tumor, giant cell, bone; Lymphoma, mantle
    cell; Table of Neoplasms.
    """
    coding_cases("""
        note                                                            | codes   | why
        ----------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. basocellular carcinoma of the nose             | C44.311 | words
        Assessment:\\n1. basocellular epithelioma of the left cheek     | C44.319 | words
        Assessment:\\n1. spinocellular carcinoma of the scalp           | C44.42  | words
        Assessment:\\n1. bronchogenic carcinoma of the right upper lobe | C34.11  | site
        Assessment:\\n1. bronchogenic cyst                              | J98.4   | no carcinoma
        Assessment:\\n1. adenoid cystic carcinoma of the palate         | C05.9   | no C11.1
        Assessment:\\n1. carcinoma of the splenic angle of the colon    | C18.5   | words
        Assessment:\\n1. carcinoma of the right colon                   | C18.2   | words
        Assessment:\\n1. carcinoma of the left colon                    | C18.6   | words
        Assessment:\\n1. linitis plastica                               | C16.9   | words
        Assessment:\\n1. mantle lymphoma                                | C83.10  | words
        Assessment:\\n1. giant cell tumor of the distal radius          | D48.0   | words
    """)


def test_heart_and_vessels_translated(coding_cases):
    """Blocks, valves and vessels of the heart.

    Source: Alphabetic Index: Block; Stenosis, mitral, with insufficiency; Disease, coronary (artery).
    """
    coding_cases("""
        note                                                               | codes  | why
        -------------------------------------------------------------------+--------+--------------------
        Assessment:\\n1. right bundle branch blockade                      | I45.10 | words
        Assessment:\\n1. complete left branch block                        | I44.7  | words
        Assessment:\\n1. third degree atrioventricular blockade            | I44.2  | words
        Assessment:\\n1. double mitral lesion                              | I05.2  | words
        Assessment:\\n1. double aortic lesion                              | I35.2  | words
        Assessment:\\n1. diffuse disease of the anterior descending artery | I25.10 | no I77.9
        Assessment:\\n1. lesion of 50% in the circumflex artery            | I25.10 | words
        Assessment:\\n1. cardiorespiratory stop                            | I46.9  | words
    """)


def test_bowel_teeth_eyes_translated(coding_cases):
    """Bowel, hernias, teeth, eyes, nerves and laboratory.

    Source: Alphabetic Index: Colitis, ulcerative; Hernia, incisional; Crossbite; Anodontia; Anesthesia; Cotton
    wool spots; Leukocoria; Hypoproteinemia; Hyperemesis.
    """
    coding_cases("""
        note                                                            | codes        | why
        ----------------------------------------------------------------+--------------+--------------------
        Assessment:\\n1. ulcerous colitis                               | K51.90       | words
        Assessment:\\n1. laparotomy eventration                         | K43.2        | words
        Assessment:\\n1. peritoneal adherences                          | K66.0        | words
        Assessment:\\n1. emphysematous cystitis                         | N30.80       | words
        Assessment:\\n1. colluria                                       | R82.2        | words
        Assessment:\\n1. vomiting of fecaloid content                   | R11.13       | words
        Assessment:\\n1. hyperemesis after chemotherapy three weeks ago | R11.10       | no O21.0
        Assessment:\\n1. hyperemesis at 9 weeks of gestation            | O21.0 Z3A.09 | pregnancy
        Assessment:\\n1. ageneses of the upper lateral incisors         | K00.0        | words
        Assessment:\\n1. included lower third molar                     | K01.0        | words
        Assessment:\\n1. crossed bite                                   | M26.24       | words
        Assessment:\\n1. anesthesia of the lower lip                    | R20.0        | words
        Assessment:\\n1. cottony exudates of the right fundus           | H35.81       | words
        Assessment:\\n1. leukocoria of the right eye                    | H44.531      | words
        Assessment:\\n1. hypoproteinemia                                | E77.8        | words
        Assessment:\\n1. papillary stenosis of the bile duct            | K83.1        | words
    """)


def test_arthritis_of_another_kind_is_no_wear(coding_cases):
    """Arthritis that its adjective says is septic, reactive or of a disease is no osteoarthritis of the joint.

    Source: Alphabetic Index: Arthritis, gonococcal; Arthritis, streptococcal; Arthritis, infectious; Arthritis
    (see also Osteoarthritis).
    """
    coding_cases("""
        note                                                                                 | codes        | why
        -------------------------------------------------------------------------------------+--------------+--------------------
        Assessment:\\n1. streptococcal arthritis of the right knee                           | M00.261      | no M17.11
        Assessment:\\n1. gonococcal arthritis of the right knee                              | A54.42       | no M17.11
        Assessment:\\n1. infectious arthritis of the right hip                               | M00.9        | no M16.11
        Assessment:\\n1. reactive arthritis of the right knee                                | M02.361      | no M17.11
        Assessment:\\n1. hemophilic arthritis of the left knee                               | M36.2        | no M17.12
        Assessment:\\n1. gouty arthritis of the right knee                                   | M10.9        | no M17.11
        Assessment:\\n1. arthritis of the right knee                                         | M17.11       | a bare arthritis
        Assessment:\\n1. degenerative arthritis of the right knee                            | M17.11       | wear
        Assessment:\\n1. septic arthritis of the left wrist\\n2. arthritis of the right knee | M00.9 M17.11 | two joints
    """)


def test_pains_by_their_place(coding_cases):
    """Where a pain is, and where it goes to.

    Source: Alphabetic Index: Pain, epigastric; Pain, abdominal, upper, lower; Pain, eye.
    """
    coding_cases("""
        note                                                           | codes  | why
        ---------------------------------------------------------------+--------+--------------------
        Assessment:\\n1. pain in the epigastrium radiating to the back | R10.13 | no M54.9
        Assessment:\\n1. pain in the chest radiating to the neck       | R07.9  | no M54.2
        Assessment:\\n1. discomfort in the epigastrium                 | R10.13 | words
        Assessment:\\n1. pain in both hypochondria                     | R10.10 | no F45.20
        Assessment:\\n1. pain in both iliac fossae                     | R10.30 | words
        Assessment:\\n1. retroocular pain of the right eye             | H57.11 | words
        Assessment:\\n1. oncological pain                              | G89.3  | words
    """)


def test_organs_nerves_and_size_translated(coding_cases):
    """Size of organs, eyelids, face, gait, bowel and water in translated words.

    Source: Alphabetic Index: Enlargement; Blepharoptosis; Asymmetry, face; Diverticulitis; Dyspnea.
    """
    coding_cases("""
        note                                                                         | codes   | why
        -----------------------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. increase in size of the cervical lymph nodes                | R59.0   | words
        Assessment:\\n1. right kidney increased in size                              | N28.81  | words
        Assessment:\\n1. right ptosis                                                | H02.401 | eyelid
        Assessment:\\n1. bilateral breast ptosis                                     | N64.81  | no eyelid
        Assessment:\\n1. facial asymmetry                                            | Q67.0   | Index: Asymmetry, face
        Assessment:\\n1. acute right-sided cerebral infarction with facial asymmetry | I63.9   | no Q67.0
        Assessment:\\n1. impossibility to walk                                       | R26.2   | words
        Assessment:\\n1. acute diverticula of the sigmoid colon                      | K57.32  | inflamed
        Assessment:\\n1. diverticula of the sigmoid colon                            | K57.30  | not inflamed
        Assessment:\\n1. increased cardiothoracic index                              | I51.7   | words
        Assessment:\\n1. dyspnea on minimal efforts                                  | R06.09  | words
        Assessment:\\n1. hemoptotic expectoration                                    | R04.2   | words
        Assessment:\\n1. ulcers in the mouth                                         | K12.1   | words
    """)


def test_names_of_tests_places_and_vaccines(coding_cases):
    """A disease in the name of a test, a meeting, a vaccine, or of another organ with the same word.

    Source: ICD-10-CM Official Guidelines I.A.19, I.B.2; Alphabetic Index: Necrosis, papillary; Resorption, teeth;
    Edema, glottis; Fracture, mandible, body; Disorder, schizoaffective, mixed type.
    """
    coding_cases("""
        note                                                        | codes    | why
        ------------------------------------------------------------+----------+--------------------
        Assessment:\\n1. gout\\n2. tumor markers normal             | M10.9    | no D49.9
        Assessment:\\n1. elevated tumor markers                     | R97.8    | a finding
        Assessment:\\n1. gout\\n2. presented at the tumor committee | M10.9    | no D49.9
        Assessment:\\n1. gout\\n2. yellow fever vaccine in 2019     | M10.9    | no R50.83
        Assessment:\\n1. gout\\n2. depression of the nasal bridge   | M10.9    | no F32.A
        Assessment:\\n1. recurrent major depression                 | F33.9    | mood
        Assessment:\\n1. fundus hemorrhage of the right eye         | H35.61   | eye
        Assessment:\\n1. gastric fundus hemorrhage                  | K92.2    | no H35.60
        Assessment:\\n1. labial lesion of the lower lip             | K13.0    | no N90.9
        Assessment:\\n1. thrombosis of the celiac trunk             | I74.8    | artery
        Assessment:\\n1. right carpal canal syndrome                | G56.01   | words
        Assessment:\\n1. left cord paralysis with dysphonia         | J38.01   | voice
        Assessment:\\n1. papillary necrosis                         | N17.2    | words
        Assessment:\\n1. root resorption                            | K03.3    | words
        Assessment:\\n1. vocal cord edema                           | J38.4    | words
        Assessment:\\n1. fracture of the mandibular body            | S02.600A | body
        Assessment:\\n1. mixed schizoaffective disorder             | F25.0    | words
    """)


def test_family_history_in_a_named_relative(coding_cases):
    """A family history is told of the patient, whichever relative it names.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4.
    """
    coding_cases("""
        note                                                                        | codes       | why
        ----------------------------------------------------------------------------+-------------+--------------------
        Assessment:\\n1. family history of breast cancer in her mother              | Z80.3       | told of the patient
        Assessment:\\n1. family history of colon cancer in his father               | Z80.0       | told of the patient
        Assessment:\\n1. gout\\n2. no family history of breast cancer in her mother | M10.9       | denied
        Assessment:\\n1. gout\\n2. her mother has breast cancer                     | M10.9 Z80.3 | told of the mother
    """)


def test_not_shown_by_an_examination(coding_cases):
    """What an examination did not show, in the words of translated reports; the time a clamped organ has no blood.

    Source: ICD-10-CM Official Guidelines II, IV.
    """
    coding_cases("""
        note                                                                                   | codes | why
        ---------------------------------------------------------------------------------------+-------+--------------------
        Assessment:\\n1. gout\\n2. fever was not objectified                                   | M10.9 | absent
        Assessment:\\n1. gout\\n2. adenopathies were not evidenced                             | M10.9 | absent
        Assessment:\\n1. gout\\n2. discarding the presence of tuberculosis                     | M10.9 | absent
        Assessment:\\n1. gout\\n2. partial nephrectomy with a warm ischemia time of 20 minutes | M10.9 | no I99.8
        Assessment:\\n1. gout\\n2. cold ischemia of the graft of 12 hours                      | M10.9 | no I99.8
    """)


def test_stages_catheters_poisonings_translated(coding_cases):
    """Stages of the kidney told as grades, infections of catheters, poisonings called intoxications; the delivery of
    which a child was born.

    Source: ICD-10-CM Official Guidelines I.C.14.a, I.C.15.a, I.C.19.e; Alphabetic Index: Disease, kidney,
    chronic; Infection, due to device; Table of Drugs and Chemicals.
    """
    coding_cases("""
        note                                                                                                          | codes    | why
        --------------------------------------------------------------------------------------------------------------+----------+--------------------
        Assessment:\\n1. chronic kidney disease grade III                                                             | N18.30   | stage
        Assessment:\\n1. renal failure stage 4                                                                        | N18.4    | stage
        Assessment:\\n1. acute kidney injury stage 2                                                                  | N17.9    | no stage of chronic disease
        Assessment:\\n1. peritoneal catheter infection                                                                | T85.71XA | no K65.9
        Assessment:\\n1. tunneled catheter infection                                                                  | T80.219A | central venous
        Assessment:\\n1. infection of the tunneled hemodialysis catheter                                              | T82.7XXA | dialysis
        Assessment:\\n1. intoxication by organophosphates                                                             | T60.0X1A | poisoning
        Assessment:\\n1. paracetamol intoxication                                                                     | T39.1X1A | poisoning
        Assessment:\\n1. opioid intoxication                                                                          | F11.929  | use
        Assessment:\\n1. first daughter of healthy parents, born after an eutocic delivery, with a febrile convulsion | R56.00   | no O80
    """)
