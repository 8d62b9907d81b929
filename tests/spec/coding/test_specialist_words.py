"""Names of conditions as specialists and translated reports write them, and primaries told with their metastases."""


def test_primaries_beside_their_metastases(coding_cases):
    """A primary keeps its part, side or lobe where the same sentence tells of its metastases.

    Source: Table of Neoplasms; ICD-10-CM Official Guidelines I.C.2.b.
    """
    coding_cases("""
        note                                                                      | codes           | why
        --------------------------------------------------------------------------+-----------------+--------------------
        Assessment:\\n1. carcinoma of the left breast with liver metastases        | C50.912 C78.7   | side
        Assessment:\\n1. adenocarcinoma of the right kidney with bone metastases   | C64.1 C79.51    | side
        Assessment:\\n1. carcinoma of the head of the pancreas and liver metastasis | C25.0 C78.7    | part, no head
        Assessment:\\n1. carcinoma of the body of the pancreas with lung metastases | C25.1 C78.00   | part
        Assessment:\\n1. carcinoma of the renal pelvis with brain metastases       | C65.9 C79.31    | part
        Assessment:\\n1. carcinoma of the anal canal with hepatic metastases       | C21.1 C78.7     | part
        Assessment:\\n1. carcinoma of the left upper lobe with bone metastases     | C34.12 C79.51   | lobe
        Assessment:\\n1. lower lobe adenocarcinoma                                 | C34.30          | lobe
        Assessment:\\n1. chronic metabolic acidosis in chronic kidney disease      | E87.22 N18.9    | words of two phrases
        Assessment:\\n1. CAD and PAD                                               | I25.10 I73.9    | no I70.20
    """)


def test_tumors_by_the_bone(coding_cases):
    """Tumors of bone by the bone that they grow in.

    Source: Alphabetic Index: Osteosarcoma, Chondrosarcoma, Ewing's; Osteochondroma, Chondroma, Osteoma; Tumor, giant
    cell, bone; Table of Neoplasms, bone.
    """
    coding_cases("""
        note                                                        | codes   | why
        ------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. chondrosarcoma of the left iliac bone       | C41.4   | pelvic bones
        Assessment:\\n1. Ewing sarcoma of the rib                    | C41.3   | thorax
        Assessment:\\n1. osteosarcoma of the left calcaneus          | C40.32  | short bones
        Assessment:\\n1. costal osteochondroma                       | D16.7   | benign
        Assessment:\\n1. osteoblastoma of the sacrum                 | D16.8   | benign
        Assessment:\\n1. chondroblastoma of the right tibia          | D16.21  | benign
        Assessment:\\n1. osteoid osteoma of the left talus           | D16.32  | benign
        Assessment:\\n1. giant cell tumor of the acetabulum          | D48.0   | uncertain
        Assessment:\\n1. metastatic lesion in the calcaneus          | C79.51  | secondary
        Assessment:\\n1. fibrous dysplasia of the mandible           | M27.8   | a jaw
        Assessment:\\n1. fibrous dysplasia of the femur              | M85.059 | no jaw
    """)


def test_columns_of_the_table_of_neoplasms(coding_cases):
    """A tumor, its behavior and its metastases at parts of organs.

    Source: Table of Neoplasms; ICD-10-CM Official Guidelines I.C.2.
    """
    coding_cases("""
        note                                                                   | codes   | why
        -----------------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. neoplasm of uncertain behavior of the parotid          | D37.030 | uncertain
        Assessment:\\n1. tumor of uncertain malignant potential of the duodenum | D37.2   | uncertain
        Assessment:\\n1. tumor of the peritoneum                                | D49.0   | unspecified
        Assessment:\\n1. benign tumor of the pleura                             | D19.0   | benign
        Assessment:\\n1. metastatic involvement of the spleen                   | C78.89  | secondary
        Assessment:\\n1. metastatic implants in the omentum                     | C78.6   | secondary
        Assessment:\\n1. secondary deposits in the ovary                        | C79.60  | secondary
        Assessment:\\n1. neoformation of the bladder                            | D49.4   | a tumor
        Assessment:\\n1. good bone neoformation of the sinus lift                | -       | new bone is none
        Assessment:\\n1. carcinoma of the skin of the cheek                     | C44.309 | skin
        Assessment:\\n1. benign tumor of the epiglottis                         | D14.1   | benign
        Assessment:\\n1. congenital melanocytic nevus of the back               | D22.5   | no Q82.5
    """)


def test_mouth_and_jaws(coding_cases):
    """Teeth, jaws and sinuses as oral and maxillofacial surgeons write of them.

    Source: Alphabetic Index: Osteonecrosis, due to, drugs, jaw; Fistula, oroantral; Avulsion, tooth; Fracture,
    alveolus; Absence, teeth.
    """
    coding_cases("""
        note                                                                         | codes            | why
        -----------------------------------------------------------------------------+------------------+--------------
        Assessment:\\n1. absence of dental piece 4.6                                  | K08.409          | a tooth
        Assessment:\\n1. avulsion of the upper central incisor                        | S03.2XXA         | a tooth
        Assessment:\\n1. dentoalveolar fracture of the maxilla                        | S02.42XA         | alveolus
        Assessment:\\n1. dentoalveolar fracture of the mandible                       | S02.670A         | alveolus
        Assessment:\\n1. bucosinusal communication                                    | J32.0            | a fistula
        Assessment:\\n1. medication-related osteonecrosis of the jaw                  | M87.180 T50.905A | by a drug
        Assessment:\\n1. osteonecrosis of the maxilla secondary to bisphosphonates    | M87.180 T50.995A | by a drug
    """)


def test_organs_in_the_words_of_reports(coding_cases):
    """Conditions of other organs in the words of specialists and translations.

    Source: Alphabetic Index: Syndrome, coronary, acute; Myocardiopathy; Calculus, gallbladder, with, cholecystitis;
    Calculus, bile duct, with, cholangitis; Abscess, appendix; Rupture, bladder; Cystitis, hemorrhagic; Threatened, labor.
    """
    coding_cases("""
        note                                                                 | codes        | why
        ---------------------------------------------------------------------+--------------+--------------------
        Assessment:\\n1. non-ST elevation acute coronary syndrome             | I24.9        | no infarction
        Assessment:\\n1. myocardial infarction without ST elevation           | I21.4        | NSTEMI
        Assessment:\\n1. dilated myocardiopathy                               | I42.0        | cardiomyopathy
        Assessment:\\n1. acute cholangitis due to choledocholithiasis         | K80.32       | no K80.50
        Assessment:\\n1. cholecystitis due to gallstones                      | K80.10       | no K80.20
        Assessment:\\n1. appendicular plastron                                | K35.33       | an abscess
        Assessment:\\n1. spontaneous bladder rupture                          | N32.89       | no injury
        Assessment:\\n1. hemorrhagic cystitis                                 | N30.91       | not called acute
        Assessment:\\n1. acute generalized exanthematous pustulosis           | L27.0        | by a drug
        Assessment:\\n1. decreased conscience level                           | R40.4        | consciousness
        Assessment:\\n1. adynamia                                             | R53.1        | weakness
    """)


def test_scars_of_burns(coding_cases):
    """A scar of a burn is its sequela: the burn has the seventh character S, behind the scar.

    Source: ICD-10-CM Official Guidelines I.B.10, I.C.19.d.7 and 8.
    """
    coding_cases("""
        note                                                                      | codes          | why
        --------------------------------------------------------------------------+----------------+--------------
        Assessment:\\n1. gout\\n2. burn scar of the hand                        | M10.9 T23.009S L90.5 | a sequela
        Assessment:\\n1. scar of the neck due to an old burn                       | L90.5 T20.07XS | a sequela
        Assessment:\\n1. burn of the neck, healing without scars                   | T20.07XA       | a burn
    """)


def test_causes_told_behind_secondary_to(coding_cases):
    """A disease that something is secondary to is not itself a secondary one; a failure keeps its own code beside the
    disease that it is laid to.

    Source: ICD-10-CM Official Guidelines I.C.4.a, I.C.9.a; use additional code notes at E11.22, I11.0 and I12.0;
    Alphabetic Index: Thrombocytopenia, heparin induced; Endocarditis, bacterial; Influenza, with, pneumonia.
    """
    coding_cases("""
        note                                                                 | codes              | why
        ---------------------------------------------------------------------+--------------------+-----------------
        Assessment:\\n1. neuropathy secondary to diabetes                     | E11.40             | no E13
        Assessment:\\n1. gastroparesis secondary to his diabetes              | E11.43 K31.84      | no E13
        Assessment:\\n1. secondary diabetes with neuropathy                   | E13.40             | a secondary one
        Assessment:\\n1. nephrolithiasis secondary to hyperparathyroidism     | N20.0 E21.3        | no N25.81
        Assessment:\\n1. hypothyroidism secondary to amiodarone               | E03.2 T46.2X5A     | by a drug
        Assessment:\\n1. thrombocytopenia secondary to heparin                | D75.829 T45.515A   | induced by it
        Assessment:\\n1. ESRD due to type 2 diabetes                          | E11.22 N18.6       | the stage
        Assessment:\\n1. ESRD secondary to diabetes and hypertension          | E11.22 I12.0 N18.6 | both
        Assessment:\\n1. hypertensive heart failure                           | I11.0 I50.9        | the failure
        Assessment:\\n1. heart failure due to hypertension                    | I11.0 I50.9        | the failure
        Assessment:\\n1. pneumonia secondary to influenza                     | J11.00             | one code
        Assessment:\\n1. endocarditis due to Staphylococcus aureus            | I33.0 B95.61       | bacterial
        Assessment:\\n1. endocarditis\\n2. gout                                | I38 M10.9          | no bacterium
    """)


def test_osteoarthritis_of_another_cause_by_the_joint(coding_cases):
    """Post-traumatic and secondary osteoarthritis has the joint in its code, wherever it stands.

    Source: Alphabetic Index: Osteoarthritis, post-traumatic NEC; secondary; Adhesions, postoperative.
    """
    coding_cases("""
        note                                                            | codes   | why
        ----------------------------------------------------------------+---------+--------------------
        Assessment:\\n1. right ankle post-traumatic osteoarthritis       | M19.171 | before
        Assessment:\\n1. post-traumatic arthrosis of the left ankle      | M19.172 | behind
        Assessment:\\n1. posttraumatic arthritis of the right hand       | M19.141 | behind
        Assessment:\\n1. secondary osteoarthritis of the right ankle     | M19.271 | behind
        Assessment:\\n1. primary osteoarthritis of the right ankle       | M19.071 | primary
        Assessment:\\n1. postoperative adhesions                         | K66.0   | of the belly
    """)


def test_metastases_by_the_organ_they_came_from(coding_cases):
    """Metastases "of colonic origin" have their primary in the colon.

    Source: ICD-10-CM Official Guidelines I.C.2; Table of Neoplasms.
    """
    coding_cases("""
        note                                                        | codes        | why
        ------------------------------------------------------------+--------------+--------------------
        Assessment:\\n1. liver metastases of colonic origin          | C78.7 C18.9  | colon
        Assessment:\\n1. brain metastasis of pulmonary origin        | C79.31 C34.90 | lung
        Assessment:\\n1. peritoneal carcinomatosis of ovarian origin | C78.6 C56.9  | ovary
        Assessment:\\n1. liver metastases of unknown primary         | C78.7 C80.1  | unknown
        Assessment:\\n1. edema of renal origin                       | R60.9        | no cancer
    """)
