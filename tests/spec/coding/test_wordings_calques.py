"""Diagnoses and signs as reports translated from Spanish word them: calques, Latin forms, endings without h."""


def test_calques_eyes_ears_mouth(coding_cases):
    """Eyes, ears, nose and mouth.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                              | codes   | why
        --------------------------------------------------+---------+------
        Assessment:\\n1. bilateral corneal leucoma        | H17.9   | words
        Assessment:\\n1. papillary edema                  | H47.10  | words
        Assessment:\\n1. papillary pallor                 | H47.20  | words
        Assessment:\\n1. visual blurring                  | H53.8   | words
        Assessment:\\n1. campimetric defect               | H53.40  | words
        Assessment:\\n1. VI cranial nerve paresis         | H49.20  | words
        Assessment:\\n1. III nerve palsy                  | H49.00  | words
        Assessment:\\n1. drooping of the eyelid           | H02.409 | words
        Assessment:\\n1. lens luxation                    | H27.10  | words
        Assessment:\\n1. right hypotropia                 | H50.21  | words
        Assessment:\\n1. cacosmia                         | R43.1   | words
        Assessment:\\n1. nasal respiratory insufficiency  | J34.89  | words
        Assessment:\\n1. aphthous lesions of the mouth    | K12.0   | words
        Assessment:\\n1. dental mobility                  | K08.89  | words
        Assessment:\\n1. deviation of the oral commissure | R29.810 | words
        Assessment:\\n1. trismus                          | R25.2   | words
        Assessment:\\n1. otorragia                        | H92.20  | words
        Assessment:\\n1. rinorrea                         | J34.89  | words
    """)


def test_calques_nerves_mind(coding_cases):
    """Nerves and mind.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                           | codes    | why
        ---------------------------------------------------------------+----------+------
        Assessment:\\n1. loss of knowledge                             | R55      | words
        Assessment:\\n1. alteration of consciousness                   | R41.82   | words
        Assessment:\\n1. absence crisis                                | G40.A09  | words
        Assessment:\\n1. asterixis                                     | R27.8    | words
        Assessment:\\n1. gait ataxia                                   | R26.0    | words
        Assessment:\\n1. neck stiffness                                | M43.6    | words
        Assessment:\\n1. neck rigidity                                 | R29.1    | words
        Assessment:\\n1. bilateral Babinski                            | R29.2    | words
        Assessment:\\n1. myoclonias                                    | G25.3    | words
        Assessment:\\n1. alteration of language                        | R47.9    | words
        Assessment:\\n1. autolytic attempt                             | T14.91XA | words
        Assessment:\\n1. autolytic ideation                            | R45.851  | words
        Assessment:\\n1. mnesic deficit                                | R41.3    | words
        Assessment:\\n1. space-occupying lesion of the left hemisphere | R90.0    | words
        Assessment:\\n1. amyotrophy                                    | G71.8    | words
        Assessment:\\n1. muscle hypertonia                             | M62.89   | words
    """)


def test_calques_chest(coding_cases):
    """Heart and lungs.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                            | codes  | why
        ----------------------------------------------------------------+--------+------
        Assessment:\\n1. abolished vesicular murmur                     | R09.89 | words
        Assessment:\\n1. crepitants in both bases                       | R09.89 | words
        Assessment:\\n1. sibilants                                      | R06.2  | words
        Assessment:\\n1. pleural rub                                    | R09.89 | words
        Assessment:\\n1. condensation in the right lower lobe           | R91.8  | words
        Assessment:\\n1. cavitated lesion in the upper lobe of the lung | J98.4  | words
        Assessment:\\n1. jugular ingurgitation                          | R09.89 | words
        Assessment:\\n1. jugular vein distension                        | R09.89 | words
        Assessment:\\n1. purulent expectoration                         | R09.3  | words
        Assessment:\\n1. hypercapnia                                    | R06.89 | words
        Assessment:\\n1. angor                                          | I20.9  | words
        Assessment:\\n1. electromechanical dissociation                 | I46.9  | words
    """)


def test_calques_abdomen_urinary(coding_cases):
    """Belly, kidneys and bladder.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                 | codes   | why
        -----------------------------------------------------+---------+------
        Assessment:\\n1. pain in the right hypochondrium     | R10.11  | words
        Assessment:\\n1. mesogastric pain                    | R10.33  | words
        Assessment:\\n1. positive Blumberg                   | R10.829 | words
        Assessment:\\n1. alteration of the intestinal rhythm | R19.4   | words
        Assessment:\\n1. subocclusive picture                | K56.609 | words
        Assessment:\\n1. fecaloid vomiting                   | R11.13  | words
        Assessment:\\n1. choledochal lithiasis               | K80.50  | words
        Assessment:\\n1. raised transaminases                | R74.01  | words
        Assessment:\\n1. elevated transaminases              | R74.01  | words
        Assessment:\\n1. hypertransaminasemia                | R74.01  | words
        Assessment:\\n1. rectorragia                         | K62.5   | words
        Assessment:\\n1. nycturia                            | R35.1   | words
        Assessment:\\n1. urinary tenesmus                    | R30.1   | words
        Assessment:\\n1. voiding syndrome                    | R39.9   | words
        Assessment:\\n1. effort incontinence                 | N39.3   | words
        Assessment:\\n1. coraliform lithiasis                | N20.0   | words
        Assessment:\\n1. ureteral ectasia                    | N28.82  | words
        Assessment:\\n1. pyelic ectasia                      | N13.30  | words
        Assessment:\\n1. deterioration of renal function     | N28.9   | words
        Assessment:\\n1. annulled kidney                     | N28.9   | words
        Assessment:\\n1. testicular hypertrophy              | N44.8   | words
    """)


def test_calques_skin_bones_general(coding_cases):
    """Skin, bones, blood and the whole body.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                      | codes    | why
        ------------------------------------------+----------+------
        Assessment:\\n1. ganglionic metastases    | C77.9    | words
        Assessment:\\n1. adenopathic conglomerate | R59.9    | words
        Assessment:\\n1. purpuric lesions         | D69.2    | words
        Assessment:\\n1. livedo reticularis       | R23.1    | words
        Assessment:\\n1. pustular lesions         | L08.9    | words
        Assessment:\\n1. bimalleolar edema        | R60.0    | words
        Assessment:\\n1. vertebral crushing       | M48.50XA | words
        Assessment:\\n1. shoulder luxation        | S43.006A | words
        Assessment:\\n1. astenia                  | R53.1    | words
        Assessment:\\n1. caquexia                 | R64      | words
        Assessment:\\n1. bad general state        | R53.81   | words
        Assessment:\\n1. slimming                 | R63.4    | words
        Assessment:\\n1. bicytopenia              | D75.9    | words
    """)


def test_report_words(coding_cases):
    """Names that reports give to parts, operations and findings.

    Source: Alphabetic Index: Stricture, ureteropelvic junction; Hyperplasia, breast, ductal; Absence, ureter;
    Hematoma, liver; Dyspraxia; Loss, memory; Infarct, myocardium, transmural; Ileus.
    """
    coding_cases("""
        note                                                                        | codes                 | why
        ----------------------------------------------------------------------------+-----------------------+-------
        Assessment:\\n1. Stenosis of the right pyeloureteral junction               | Q62.11                | words
        Assessment:\\n1. Right ureteropelvic junction stricture                     | Q62.11                | words
        Assessment:\\n1. Ureteropelvic junction obstruction                         | N13.0                 | words
        Assessment:\\n1. Ductal hyperplasia with atypia of the left breast          | N60.92                | words
        Assessment:\\n1. Usual ductal hyperplasia of the right breast               | N60.91                | words
        Assessment:\\n1. Endometrial hyperplasia with atypia                        | N85.02                | words
        Assessment:\\n1. Absence of the left ureter                                 | Q62.4                 | inborn
        Assessment:\\n1. Absence of the seminal vesicle, left vas deferens and ureter | Q55.4 Q62.4         | inborn
        Assessment:\\n1. Absence of ureteral reflux                                 |                       | denied
        Assessment:\\n1. Absence of the ureter after nephroureterectomy             |                       | removed
        Assessment:\\n1. Hematoma in the right hepatic lobe                         | K76.89                | words
        Assessment:\\n1. Liver laceration with hematoma, initial encounter          | S36.113A              | injury
        Assessment:\\n1. Dyspraxia                                                  | R27.8                 | default
        Assessment:\\n1. Developmental dyspraxia                                    | F82                   | words
        Assessment:\\n1. Loss of recent memory                                      | R41.3                 | words
        Assessment:\\n1. Impossibility of urination                                 | R33.9                 | words
        Assessment:\\n1. Transmural infarction of the left ventricle                | I21.3                 | words
        Assessment:\\n1. Paralytic ileum                                            | K56.0                 | calque
        Assessment:\\n1. Hepatosplenic enlargement                                  | R16.2                 | words
        Assessment:\\n1. Deformation of the nasal pyramid                           | M95.0                 | words
        Assessment:\\n1. Cervical swelling                                          | R22.1                 | neck
        Assessment:\\n1. Oral liquen planus                                         | L43.8                 | spelling
        Assessment:\\n1. Glasgow coma scale 15                                      |                       | a score
    """)


def test_side_of_another_part(coding_cases):
    """The side of an operation on another part, or of another part, is not that of a condition.

    Source: ICD-10-CM Official Guidelines I.B.13.
    """
    coding_cases("""
        note                                                          | codes            | why
        --------------------------------------------------------------+------------------+---------------
        Assessment:\\n1. Breast cancer. Imaging of the right shoulder | C50.919          | the shoulder's
        Assessment:\\n1. Ovarian cyst, pain of the left knee          | N83.209 M25.562  | the knee's
        Assessment:\\n1. Ovarian cyst on the left                     | N83.202          | its own
        Assessment:\\n1. Left breast cancer                           | C50.912          | its own
    """)


def test_looks_between_finding_and_site(coding_cases):
    """The size in parentheses, the outline and the image of a finding do not part it from its site.

    Source: Alphabetic Index: Cyst, liver; Nodule, thyroid; Abscess, liver; Disorder, kidney; I.B.1.
    """
    coding_cases("""
        note                                                                                      | codes  | why
        ------------------------------------------------------------------------------------------+--------+-----------
        Assessment:\\n1. Cyst with well-defined edges in the liver                                | K76.89 | outline
        Assessment:\\n1. Nodule (2 cm) in the thyroid                                             | E04.1  | size
        Assessment:\\n1. Mass measuring 4 x 3 cm, irregular, in the right kidney                  | N28.89 | both
        Assessment:\\n1. Abscess, 3 cm in size, in the liver                                      | K75.0  | size
        Assessment:\\n1. Lesion, irregular and heterogeneous, with smooth margins, in the pancreas | K86.9  | image
        Assessment:\\n1. No cyst with irregular edges in the liver                                |        | denied
        Assessment:\\n1. Lung nodule (8 mm), normal liver                                         | R91.1  | two sites
    """)


def test_receptors_that_are(coding_cases):
    """Receptors told with the verb of the plural.

    Source: ICD-10-CM Tabular List, note at C50; Z17.
    """
    coding_cases("""
        note                                                                                       | codes           | why
        -------------------------------------------------------------------------------------------+-----------------+------
        Assessment:\\n1. Breast cancer of the left breast. Estrogen and progesterone receptors are negative | C50.912 Z17.1 | are
        Assessment:\\n1. Cancer of the right breast. Estrogen receptors are positive                 | C50.911 Z17.0   | are
    """)
