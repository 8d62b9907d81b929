"""Diagnoses as offices and wards word them: everyday, telegraphic, inverted, with side, stage or level in any place."""


def test_wordings_heart_and_vessels(coding_cases):
    """Heart, vessels and brain in office words, inverted and with the degree in any order.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                                     | codes   | why
        ---------------------------------------------------------+---------+------
        Assessment:\\n1. right bundle branch block, incomplete    | I45.10  | words
        Assessment:\\n1. RBBB                                     | I45.10  | words
        Assessment:\\n1. 3rd degree heart block                   | I44.2   | words
        Assessment:\\n1. Mobitz II heart block                    | I44.1   | words
        Assessment:\\n1. first degree AV block                    | I44.0   | words
        Assessment:\\n1. long QT                                  | I45.81  | words
        Assessment:\\n1. sinus brady                              | R00.1   | words
        Assessment:\\n1. sinus tach                               | R00.0   | words
        Assessment:\\n1. chronic combined CHF                     | I50.42  | words
        Assessment:\\n1. systolic heart failure, acute on chronic | I50.23  | words
        Assessment:\\n1. new acute HFrEF                          | I50.21  | words
        Assessment:\\n1. ASHD                                     | I25.10  | words
        Assessment:\\n1. blocked heart arteries                   | I25.10  | words
        Assessment:\\n1. old inferior infarct on EKG              | I25.2   | words
        Assessment:\\n1. mitral regurg                            | I34.0   | words
        Assessment:\\n1. narrowed aortic valve                    | I35.0   | words
        Assessment:\\n1. white coat hypertension                  | R03.0   | words
        Assessment:\\n1. peripheral arterial disease              | I73.9   | words
        Assessment:\\n1. painful varicose veins both legs         | I83.813 | words
        Assessment:\\n1. R hemiparesis from old stroke            | I69.351 | words
        Assessment:\\n1. left hemiparesis after stroke            | I69.354 | words
        Assessment:\\n1. old CVA without residual                 | Z86.73  | words
        Assessment:\\n1. lacunar stroke                           | I63.81  | words
        Assessment:\\n1. stenosis of both carotids                | I65.23  | words
        Assessment:\\n1. tamponade                                | I31.4   | words
        Assessment:\\n1. right leg clot, deep vein                | I82.401 | words
    """)


def test_wordings_breath(coding_cases):
    """Airways and lungs.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                            | codes       | why
        ------------------------------------------------+-------------+------
        Assessment:\\n1. URI                             | J06.9       | words
        Assessment:\\n1. upper respiratory infection     | J06.9       | words
        Assessment:\\n1. cold, viral                     | J00         | words
        Assessment:\\n1. infected tonsils                | J03.90      | words
        Assessment:\\n1. spring allergies                | J30.2       | words
        Assessment:\\n1. dust mite allergic rhinitis     | J30.89      | words
        Assessment:\\n1. allergic rhinitis from dog hair | J30.81      | words
        Assessment:\\n1. smoker's cough                  | J41.0       | words
        Assessment:\\n1. COPD with pneumonia             | J44.0 J18.9 | words
        Assessment:\\n1. COPD with acute bronchitis      | J44.0 J20.9 | words
        Assessment:\\n1. bronchiectasis flare            | J47.1       | words
        Assessment:\\n1. spot on the lung                | R91.1       | words
        Assessment:\\n1. pulmonary nodules               | R91.8       | words
        Assessment:\\n1. short of breath with exertion   | R06.09      | words
        Assessment:\\n1. left vocal cord paralysis       | J38.01      | words
        Assessment:\\n1. lost voice, laryngitis          | J04.0       | words
    """)


def test_wordings_belly(coding_cases):
    """Stomach, bowel, liver.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                               | codes   | why
        ---------------------------------------------------+---------+------
        Assessment:\\n1. slow stomach emptying              | K31.84  | words
        Assessment:\\n1. Barrett's with low grade dysplasia | K22.710 | words
        Assessment:\\n1. stones in gallbladder              | K80.20  | words
        Assessment:\\n1. biliary colic                      | K80.50  | words
        Assessment:\\n1. hepatic steatosis                  | K76.0   | words
        Assessment:\\n1. celiac                             | K90.0   | words
        Assessment:\\n1. viral GE                           | A08.4   | words
        Assessment:\\n1. clotted hemorrhoid                 | K64.5   | words
        Assessment:\\n1. bleeding internal hemorrhoids      | K64.8   | words
        Assessment:\\n1. positive FOBT                      | R19.5   | words
        Assessment:\\n1. stool leakage                      | R15.9   | words
        Assessment:\\n1. missing all teeth                  | K08.109 | words
    """)


def test_wordings_skin(coding_cases):
    """Skin.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                                             | codes   | why
        -----------------------------------------------------------------+---------+------
        Assessment:\\n1. seb K                                            | L82.1   | words
        Assessment:\\n1. inflamed seb K                                   | L82.0   | words
        Assessment:\\n1. seb derm                                         | L21.9   | words
        Assessment:\\n1. cellulitis dorsal R hand                         | L03.113 | words
        Assessment:\\n1. cellulitis R foot                                | L03.115 | words
        Assessment:\\n1. abscess, R thigh                                 | L02.415 | words
        Assessment:\\n1. contact dermatitis, poison ivy                   | L23.7   | words
        Assessment:\\n1. pre-cancerous spots, actinic keratosis           | L57.0   | words
        Assessment:\\n1. L heel PI, stage 2                               | L89.622 | words
        Assessment:\\n1. sacral decub stage 2                             | L89.152 | words
        Assessment:\\n1. DTI sacrum                                       | L89.156 | words
        Assessment:\\n1. stage 2 pressure ulcer of the knee               | L89.892 | words
        Assessment:\\n1. ulcer of right foot limited to breakdown of skin | L97.511 | words
        Assessment:\\n1. dyshidrotic eczema                               | L30.1   | words
        Assessment:\\n1. hirsutism                                        | L68.0   | words
    """)


def test_wordings_bones_and_joints(coding_cases):
    """Joints and spine: the side and the level wherever they stand.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                                       | codes   | why
        -----------------------------------------------------------+---------+------
        Assessment:\\n1. bone-on-bone arthritis of the left knee    | M17.12  | words
        Assessment:\\n1. R knee osteoarthritis                      | M17.11  | words
        Assessment:\\n1. right thumb CMC arthritis                  | M18.11  | words
        Assessment:\\n1. shoulder pain, L                           | M25.512 | words
        Assessment:\\n1. trochanteric bursitis L                    | M70.62  | words
        Assessment:\\n1. right finger pain                          | M79.644 | words
        Assessment:\\n1. left heel pain                             | M79.672 | words
        Assessment:\\n1. right leg pain                             | M79.604 | words
        Assessment:\\n1. C6 radiculopathy                           | M54.12  | words
        Assessment:\\n1. spondylolisthesis L4-5                     | M43.16  | words
        Assessment:\\n1. L5-S1 spondylolisthesis                    | M43.17  | words
        Assessment:\\n1. thoracic kyphosis                          | M40.204 | words
        Assessment:\\n1. myofascial pain                            | M79.18  | words
        Assessment:\\n1. sore neck                                  | M54.2   | words
        Assessment:\\n1. CTS right                                  | G56.01  | words
        Assessment:\\n1. post-traumatic OA right hip                | M16.51  | words
        Assessment:\\n1. post-traumatic arthritis of the right knee | M17.31  | words
        Assessment:\\n1. RF positive rheumatoid arthritis           | M05.9   | words
    """)


def test_wordings_urine_and_women(coding_cases):
    """Kidney, bladder, prostate, women's health and pregnancy.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                                        | codes   | why
        ------------------------------------------------------------+---------+------
        Assessment:\\n1. renal stone                                 | N20.0   | words
        Assessment:\\n1. obstructing ureteral stone with hydro       | N13.2   | words
        Assessment:\\n1. chronic kidney disease G3b                  | N18.32  | words
        Assessment:\\n1. enlarged prostate with bothersome urination | N40.1   | words
        Assessment:\\n1. symptomatic BPH                             | N40.1   | words
        Assessment:\\n1. lump right breast                           | N63.10  | words
        Assessment:\\n1. mass in right breast, upper outer quadrant  | N63.11  | words
        Assessment:\\n1. yeast vag                                   | B37.31  | words
        Assessment:\\n1. BV                                          | N76.0   | words
        Assessment:\\n1. trich vaginitis                             | A59.01  | words
        Assessment:\\n1. bleeding after menopause                    | N95.0   | words
        Assessment:\\n1. bleeding after intercourse                  | N93.0   | words
        Assessment:\\n1. irregular heavy periods                     | N92.1   | words
        Assessment:\\n1. sugar of pregnancy                          | O24.419 | words
        Assessment:\\n1. gestational diabetes A1                     | O24.410 | words
        Assessment:\\n1. missed AB                                   | O02.1   | words
        Assessment:\\n1. mild preeclampsia                           | O14.00  | words
        Assessment:\\n1. hemorrhage after delivery, atony            | O72.1   | words
        Assessment:\\n1. previous cesarean, desires repeat           | O34.219 | words
        Assessment:\\n1. vomiting in pregnancy                       | O21.9   | words
    """)


def test_wordings_symptoms(coding_cases):
    """Symptoms and findings.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                    | codes   | why
        ----------------------------------------+---------+------
        Assessment:\\n1. headaches               | R51.9   | words
        Assessment:\\n1. AMS                     | R41.82  | words
        Assessment:\\n1. change in mental status | R41.82  | words
        Assessment:\\n1. falls often             | R29.6   | words
        Assessment:\\n1. lymphadenopathy         | R59.9   | words
        Assessment:\\n1. apnea                   | R06.81  | words
        Assessment:\\n1. trouble focusing        | R41.840 | words
        Assessment:\\n1. fever after vaccination | R50.83  | words
        Assessment:\\n1. elevated ESR            | R70.0   | words
        Assessment:\\n1. elevated alk phos       | R74.8   | words
        Assessment:\\n1. positive TB skin test   | R76.11  | words
        Assessment:\\n1. abnormal echo           | R93.1   | words
        Assessment:\\n1. developmental delay     | R62.50  | words
    """)


def test_wordings_injuries(coding_cases):
    """Injuries in everyday words.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.3, I.B.13, I.B.18.
    """
    coding_cases("""
        note                                                      | codes    | why
        ----------------------------------------------------------+----------+------
        Assessment:\\n1. concussion                                | S06.0XAA | words
        Assessment:\\n1. concussion, no LOC                        | S06.0X0A | words
        Assessment:\\n1. concussion with LOC of 30 minutes or less | S06.0X1A | words
        Assessment:\\n1. traumatic SDH                             | S06.5XAA | words
        Assessment:\\n1. broken right hip                          | S72.001A | words
        Assessment:\\n1. broken collarbone, right                  | S42.001A | words
        Assessment:\\n1. R intertroch hip fx                       | S72.141A | words
        Assessment:\\n1. fx right prox humerus                     | S42.201A | words
        Assessment:\\n1. right shoulder dislocation                | S43.004A | words
        Assessment:\\n1. right patellar dislocation                | S83.004A | words
        Assessment:\\n1. sprain, R wrist                           | S63.501A | words
        Assessment:\\n1. lac R hand                                | S61.411A | words
        Assessment:\\n1. lac to chin                               | S01.81XA | words
        Assessment:\\n1. R eyebrow lac                             | S01.111A | words
        Assessment:\\n1. bite wound to R hand                      | S61.451A | words
        Assessment:\\n1. torn meniscus right knee                  | S83.206A | words
        Assessment:\\n1. skinned right knee                        | S80.211A | words
        Assessment:\\n1. pulled right hamstring                    | S76.311A | words
        Assessment:\\n1. 2nd degree burn, R hand                   | T23.201A | words
        Assessment:\\n1. bee sting                                 | T63.441A | words
        Assessment:\\n1. L trimal fx                               | S82.852A | words
        Assessment:\\n1. L 5th MT fracture                         | S92.352A | words
        Assessment:\\n1. embedded earring left ear                 | S00.452A | words
        Assessment:\\n1. wasp sting                                | T63.461A | words
        Assessment:\\n1. wedge compression fracture of L1          | S32.010A | words
        Assessment:\\n1. PJI, R hip                                | T84.51XA | words
        Assessment:\\n1. corneal FB right                          | T15.01XA | words
    """)


def test_wordings_of_case_reports(coding_cases):
    """Metastases named by an adjective, eponyms without their noun, infarctions by wall, laboratory words.

    Source: ICD-10-CM Official Guidelines I.B.1, I.B.2, I.C.2, I.C.18; Table of Neoplasms.
    """
    coding_cases("""
        note                                                       | codes   | why
        -----------------------------------------------------------+---------+------
        Assessment:\\n1. metastatic liver lesions                  | C78.7   | words
        Assessment:\\n1. hepatic lesions of metastatic nature      | C78.7   | words
        Assessment:\\n1. inferior AMI                              | I21.19  | words
        Assessment:\\n1. Gleason 6 adenocarcinoma                  | C61     | words
        Assessment:\\n1. Dandy Walker                              | Q03.1   | words
        Assessment:\\n1. Arnold-Chiari I malformation              | G93.5   | words
        Assessment:\\n1. Arnold-Chiari                             | Q07.00  | words
        Assessment:\\n1. abscess in the right lower lobe           | J85.2   | words
        Assessment:\\n1. laryngeal polyposis                       | J38.1   | words
        Assessment:\\n1. enlarged parathyroid gland                | E21.0   | words
        Assessment:\\n1. elevated LDH                              | R74.02  | words
        Assessment:\\n1. increased PSA                             | R97.20  | words
        Assessment:\\n1. lesion of the conjunctiva                 | H11.9   | words
        Assessment:\\n1. urethral squamous cell carcinoma          | C68.0   | words
        Assessment:\\n1. squamous cell carcinoma of the vocal cord | C32.0   | words
        Assessment:\\n1. squamous cell carcinoma of the scalp      | C44.42  | words
        Assessment:\\n1. bladder leiomyosarcoma                    | C67.9   | words
    """)


def test_wordings_findings_after_their_site(coding_cases):
    """A finding told of its site after a verb is the finding before its site; "not enlarged" is none.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                              | codes   | why
        --------------------------------------------------+---------+------
        The spleen was enlarged.                          | R16.1   | words
        Spleen mildly enlarged.                           | R16.1   | words
        The spleen is not enlarged.                       | -       | words
        The liver and spleen were enlarged.               | R16.2   | words
        Enlargement of the spleen.                        | R16.1   | words
        Thyroid appears slightly enlarged.                | E04.9   | words
        His appetite is poor.                             | R63.0   | words
        Stools have been loose.                           | R19.7   | words
        Her periods are irregular.                        | N92.6   | words
        The left knee is sore.                            | M25.562 | words
        She was pale.                                     | R23.1   | words
        The optic disc was pale.                          | -       | words
        The disc is herniated.                            | M51.26  | words
        Her left leg is painful.                          | M79.605 | words
        painful left leg                                  | M79.605 | words
        Painful paresthesias on the back of the foot.     | R20.2   | words
        The abdomen was painful on palpation.             | R10.819 | words
        Pain on palpation of the right hypochondrium.     | R10.811 | words
    """)


def test_wordings_of_the_index(coding_cases):
    """Names that the Alphabetic Index gives and titles do not.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4; terms of the Alphabetic Index.
    """
    coding_cases("""
        note                                                    | codes   | why
        --------------------------------------------------------+---------+------
        Assessment:\\n1. active tuberculosis                    | A15.9   | words
        Assessment:\\n1. pulmonary tuberculosis                 | A15.0   | words
        Assessment:\\n1. gastric dilatation                     | K31.89  | words
        Assessment:\\n1. acute gastric dilatation               | K31.0   | words
        Assessment:\\n1. Wilkie's syndrome                      | K55.1   | words
        Assessment:\\n1. bronchogenic cyst                      | J98.4   | words
        Assessment:\\n1. choroid plexus cyst                    | G93.0   | words
        Assessment:\\n1. subretinal hemorrhages of the left eye | H35.62  | words
        Assessment:\\n1. subdural empyema                       | G06.2   | words
        Assessment:\\n1. serous macular detachment, left eye    | H33.22  | words
        Assessment:\\n1. thrombocytopenic purpura               | D69.49  | words
        Assessment:\\n1. immune thrombocytopenic purpura        | D69.3   | words
        Assessment:\\n1. musculoskeletal pain                   | M79.18  | words
        Assessment:\\n1. clots in the bladder                   | N32.89  | words
        Assessment:\\n1. paralysis of the VI right cranial nerve | H49.21  | words
        Assessment:\\n1. hypertensive man with gout             | I10 M10.9 | words
    """)


def test_wordings_bones_skin_and_devices(coding_cases):
    """Parts of the body with what is said of them after a verb, spurs, levels of the spine, loose and blocked devices.

    Source: Alphabetic Index (Collapse, vertebra; Arthropathy, neuropathic; Thickening, nail); Guidelines I.B.13, I.C.19.
    """
    coding_cases("""
        note                                                          | codes            | why
        --------------------------------------------------------------+------------------+------
        Assessment:\\n1. He broke his right hip                        | S72.001A         | verb
        Assessment:\\n1. The left wrist is broken                      | S62.102A         | verb
        Assessment:\\n1. Her neck is sore                              | M54.2            | verb
        Assessment:\\n1. The right hand aches                          | M79.641          | verb
        Assessment:\\n1. The left rotator cuff is torn                 | M75.102          | verb
        Assessment:\\n1. The right shoulder is frozen                  | M75.01           | verb
        Assessment:\\n1. Pain in the fingers of the left hand          | M79.645          | part
        Assessment:\\n1. Compression deformity of T12                  | M48.54XA         | level
        Assessment:\\n1. Compression fracture of L1                    | M48.56XA         | level
        Assessment:\\n1. Fracture of L4                                | S32.049A         | level
        Assessment:\\n1. Facet arthropathy at L4-L5                    | M47.816          | level
        Assessment:\\n1. Fracture of the left tibial plateau           | S82.142A         | index
        Assessment:\\n1. Nonunion of the left tibia                    | S82.202K         | index
        Assessment:\\n1. Charcot foot                                  | M14.679          | index
        Assessment:\\n1. Tophaceous gout                               | M1A.9XX1         | index
        Assessment:\\n1. Thickened toenails                            | L60.2            | index
        Assessment:\\n1. Cellulitic left foot                          | L03.116          | words
        Assessment:\\n1. The right hip prosthesis is loose             | T84.030A         | device
        Assessment:\\n1. The Foley is clogged                          | T83.091A         | device
        Assessment:\\n1. The PEG tube fell out                         | K94.23           | device
        Assessment:\\n1. Bitten by a dog on the left leg               | S81.852A         | verb
        Assessment:\\n1. Degenerative changes in the left knee         | M17.12           | index
        Assessment:\\n1. Neck and low back pain                        | M54.2 M54.50     | shared
        Assessment:\\n1. Fractures of the left 4th, 5th and 6th ribs   | S22.42XA         | list
        Assessment:\\n1. Broken plate in the right humerus             | T84.110A         | device
        Assessment:\\n1. The suprapubic catheter fell out              | T83.020A         | device
        Assessment:\\n1. Subdural hematoma after a fall                | S06.5XAA         | injury
        Assessment:\\n1. Cellulitis of the left thumb                  | L03.012          | index
        Assessment:\\n1. Ulcer of left great toe with necrosis of bone | L97.524          | depth
        Assessment:\\n1. Took too many Tylenol tablets                 | T39.1X1A         | dose
        Assessment:\\n1. Swallowed 30 Tylenol pills to kill himself    | T39.1X2A         | intent
    """)


def test_wordings_sizes_and_regions(coding_cases):
    """The size of a finding does not part it from its site; nodes of a region are no organ of that region.

    Source: ICD-10-CM Official Guidelines I.B.1 to I.B.4, I.C.2; Table of Neoplasms; Index: Mass, specified organ NEC.
    """
    coding_cases("""
        note                                                   | codes         | why
        -------------------------------------------------------+---------------+------
        CT shows a mass of 8 x 7 x 5 cm in the left kidney.    | N28.89        | words
        A solid mass measuring 20x16 mm in the bladder.        | N32.9         | words
        Cortical cysts smaller than 1 cm in the left kidney.   | N28.1         | words
        A mass of 3 cm, kidneys normal.                        | -             | words
        Metastases to retroperitoneal lymph nodes.             | C77.2         | words
        Metastases to the retroperitoneum.                     | C78.6         | words
        Metastases in the lymph nodes of the hepatic hilum.    | C77.2         | words
        Metastases to the pelvic lymph nodes.                  | C77.5         | words
        Metastases to the liver and mediastinal lymph nodes.   | C78.7 C77.1   | words
        Metastatic adenopathies in the mediastinum.            | C77.1         | words
        Metastasis of the neck of the femur.                   | C79.51        | words
        A tumor of the perineum.                               | D49.89        | words
        Malignant tumor of the scalp.                          | C44.40        | words
        Benign tumor of the eyelid.                            | D23.10        | words
        Carcinoma of the gastric antrum.                       | C16.3         | words
        Choroidal metastasis in the left eye.                  | C79.49        | words
        Assessment:\\n1. testicular mass                       | N50.9         | words
        Assessment:\\n1. kidney mass                           | N28.89        | words
    """)


def test_pain_of_several_sites(coding_cases):
    """Pain that several sites share; pain that goes to another site stays where it comes from.

    Source: ICD-10-CM Official Guidelines I.B.2; Alphabetic Index (Pain). Rules I.B.2-specific, I.B.2-detail.
    """
    coding_cases(r"""
        note                                                      | codes                 | why
        ----------------------------------------------------------+-----------------------+------
        Assessment:\n1. Neck and back pain.                       | M54.2 M54.9           | two regions
        Assessment:\n1. Pain in the neck, shoulder and arm.       | M54.2 M25.519 M79.603 | three sites
        Assessment:\n1. Left neck and shoulder pain.              | M54.2 M25.512         | side
        Assessment:\n1. Arm and leg pain.                         | M79.603 M79.606       | two limbs
        Assessment:\n1. Left arm and right leg pain.              | M79.602 M79.604       | two sides
        Assessment:\n1. Head and neck pain.                       | R51.9 M54.2           | head
        Assessment:\n1. Low back pain and back pain.              | M54.50                | said more specifically
        Assessment:\n1. Chest pain radiating to the neck and arm. | R07.9                 | radiates
        Assessment:\n1. Neck pain radiating to the arm.           | M54.2                 | radiates
        Assessment:\n1. Throat pain, neck swelling.               | R07.0                 | the neck is another's
    """)


def test_infections_by_site(coding_cases):
    """What is infected, by its site; an ulcer, a wound or a device keeps its own name.

    Source: ICD-10-CM Alphabetic Index (Infection; Disorder, nerve; Tinnitus). Rules I.C.19-injuries, IV.J-reportable.
    """
    coding_cases(r"""
        note                                                       | codes            | why
        -----------------------------------------------------------+------------------+------
        Assessment:\n1. The left ear is infected.                  | H66.92           | ear
        Assessment:\n1. Infected foot.                             | L08.9            | skin
        Assessment:\n1. The toe was infected.                      | L08.9            | verb
        Assessment:\n1. Infected gums.                             | K05.10           | gum
        Assessment:\n1. Infected belly button.                     | L08.82           | navel
        Assessment:\n1. Infected foot ulcer, left.                 | L97.529          | the ulcer
        Assessment:\n1. Cat bite of the right hand, now infected.  | S61.451A L08.9   | an open wound
        Assessment:\n1. Laceration of the left hand, not infected. | S61.412A         | denied
        Assessment:\n1. Infected hernia mesh.                      | T85.79XA [K46.9] | device
        Assessment:\n1. Ulnar neuralgia.                           | G56.20           | nerve
        Assessment:\n1. Buzzing in the left ear.                   | H93.12           | side
        Assessment:\n1. Ears ring.                                 | H93.13           | both ears
        Assessment:\n1. Muffled hearing.                           | H91.90           | plain words
        Assessment:\n1. Narrowing of the visual fields.            | H53.489          | no stenosis
    """)
