"""Entries of the Alphabetic Index for the organs of chapters 9 to 14: lesion by site, one-word names, what an organism
or a degree makes of a disease.
"""


def test_lesions_by_site(coding_cases):
    """A lesion and the organ that it sits in, in any order, and denied.

    Source: ICD-10-CM Alphabetic Index, main terms Ulcer, Stricture, Cyst, Fistula and others, by site.
    """
    coding_cases("""
        note                                           | codes  | why
        -----------------------------------------------+--------+------
        Assessment:\\n1. ulcer of the soft palate      | K12.1  | words
        Assessment:\\n1. perirectal cellulitis         | K61.1  | words
        Assessment:\\n1. stricture of the hepatic duct | K83.1  | words
        Assessment:\\n1. cyst of the seminal vesicle   | N50.89 | words
        Assessment:\\n1. tracheal stenosis             | J39.8  | words
        Assessment:\\n1. varices of the vulva          | I86.3  | words
        Assessment:\\n1. torsion of the mesentery      | K56.2  | words
        Assessment:\\n1. granuloma of the prostate     | N42.89 | words
        Assessment:\\n1. leukoplakia of the larynx     | J38.7  | words
        Assessment:\\n1. vesicoenteric fistula         | N32.1  | words
        Assessment:\\n1. ptosis of the kidney          | N28.83 | words
        Assessment:\\n1. gum pain                      | K06.8  | words
        Assessment:\\n1. embedded canine               | K01.0  | words
        Assessment:\\n1. inverted left nipple          | N64.59 | words
        Assessment:\\n1. intermenstrual bleeding       | N92.3  | words
        She denies any ulcers of the palate.           |        | words
        No evidence of bile duct stricture.            |        | words
    """)


def test_names_of_the_index(coding_cases):
    """Main terms and syndromes that no title holds.

    Source: ICD-10-CM Alphabetic Index, main terms and "Syndrome".
    """
    coding_cases("""
        note                                       | codes  | why
        -------------------------------------------+--------+------
        Assessment:\\n1. esophagospasm             | K22.4  | words
        Assessment:\\n1. koilonychia               | L60.3  | words
        Assessment:\\n1. keratoacanthoma           | L85.8  | words
        Assessment:\\n1. gingivostomatitis         | K05.10 | words
        Assessment:\\n1. hand-foot syndrome        | L27.1  | words
        Assessment:\\n1. spasmodic croup           | J38.5  | words
        Assessment:\\n1. protrusio acetabuli       | M24.7  | words
        Assessment:\\n1. ecthyma gangrenosum       | L08.0  | words
        Assessment:\\n1. arcuate ligament syndrome | I77.4  | words
        Assessment:\\n1. onychodystrophy           | L60.3  | words
        Assessment:\\n1. lingua plicata            | K14.5  | words
        Her mother had protrusio acetabuli.        |        | words
    """)


def test_cross_references(coding_cases):
    """Names that the Index refers elsewhere ("see"), and "obstruction", which imprisons nobody.

    Source: Alphabetic Index, "Inflammation", "Infection", "Cellulitis", "Mastitis", "Dermatitis", "Incarceration".
    """
    coding_cases("""
        note                                             | codes   | why
        -------------------------------------------------+---------+------
        Assessment:\\n1. inflammation of the tonsils     | J03.90  | words
        Assessment:\\n1. inflammation of the left ovary  | N70.93  | words
        Assessment:\\n1. vulvar cellulitis               | N76.2   | words
        Assessment:\\n1. chronic mastitis                | N60.19  | words
        Assessment:\\n1. allergic dermatitis             | L23.9   | words
        Assessment:\\n1. IgA glomerulonephritis          | N02.B9  | words
        Assessment:\\n1. obstruction of the ileum        | K56.609 | words
        Assessment:\\n1. cholecystenteric fistula        | K82.3   | words
        Assessment:\\n1. snapping hip                    | M24.859 | words
        Assessment:\\n1. cerebral thrombosis             | I66.9   | words
        Assessment:\\n1. obstruction                     |         | words
        He is incarcerated.                              | Z65.1   | words
        Assessment:\\n1. incarcerated inguinal hernia    | K40.30  | words
    """)


def test_bones_in_their_region(coding_cases):
    """A bone that no title names is coded to the region of chapter 13 in which the Index puts it.

    Source: Alphabetic Index, Osteomyelitis, Osteolysis, Fracture (stress, pathological), Disease (Paget's), by bone.
    """
    coding_cases("""
        note                                                              | codes    | why
        ------------------------------------------------------------------+----------+------
        Assessment:\\n1. acute osteomyelitis of the left second metatarsal | M86.172  | words
        Assessment:\\n1. chronic osteomyelitis of the right femur         | M86.651  | words
        Assessment:\\n1. acute osteomyelitis of the right clavicle        | M86.111  | words
        Assessment:\\n1. acute osteomyelitis of the right index finger    | M86.141  | words
        Assessment:\\n1. acute osteomyelitis of the rib                   | M86.18   | words
        Assessment:\\n1. acute osteomyelitis                              | M86.10   | words
        Assessment:\\n1. stress fracture of the left second metatarsal    | M84.375A | words
        Assessment:\\n1. stress fracture                                  | M84.30XA | words
        Assessment:\\n1. pathological fracture of the right clavicle      | M84.411A | words
        Assessment:\\n1. pathologic fracture of right femur from myeloma  | M84.551A C90.00 | words
        Assessment:\\n1. osteolysis of the left clavicle                  | M89.512  | words
        Assessment:\\n1. Paget's disease of the left femur                | M88.852  | words
        Assessment:\\n1. ganglion of the left finger                      | M67.442  | words
    """)


def test_sites_that_a_name_leaves_open(coding_cases):
    """A name that the Index leaves without a site takes that of the text: joint, region of the spine, ear.

    Source: Alphabetic Index, Stiffness, Arthritis, Spondylitis, Scoliosis, Deafness, by site and side.
    """
    coding_cases("""
        note                                                               | codes    | why
        -------------------------------------------------------------------+----------+------
        Assessment:\\n1. limited range of motion of the left shoulder      | M25.612  | words
        Assessment:\\n1. hydrarthrosis of the right knee                   | M25.461  | words
        Assessment:\\n1. traumatic arthropathy of the left ankle           | M12.572  | words
        Assessment:\\n1. traumatic arthropathy                             | M12.50   | words
        Assessment:\\n1. polyarthralgia of the knees and hands             | M25.50   | words
        Assessment:\\n1. lumbar spondylitis                                | M46.96   | words
        Assessment:\\n1. spondylitis at L4-L5                              | M46.96   | words
        Assessment:\\n1. spondylitis                                       | M46.90   | words
        Assessment:\\n1. degenerative scoliosis of the lumbar spine        | M41.56   | words
        Assessment:\\n1. primary osteoarthritis                            | M19.91   | words
        Assessment:\\n1. sensorineural hearing loss of the right ear       | H90.41   | words
        Assessment:\\n1. conductive hearing loss in the left ear           | H90.12   | words
        Assessment:\\n1. sensorineural hearing loss                        | H90.5    | words
        Assessment:\\n1. spondylosis C5-C6                                 | M47.812  | words
        Assessment:\\n1. spondylosis                                       | M47.9    | words
        He denies stiffness of the right knee.                             |          | words
    """)


def test_sides_with_details_below(coding_cases):
    """Both sides where no code holds both, and each side has details of its own below it.

    Source: ICD-10-CM Official Guidelines I.B.13.
    """
    coding_cases("""
        note                                              | codes           | why
        --------------------------------------------------+-----------------+------
        Assessment:\\n1. chronic ulcers of both legs      | L97.919 L97.929 | words
        Assessment:\\n1. lung metastases, both sides      | C78.01 C78.02   | words
    """)


def test_sites_shared_with_the_next_finding(coding_cases):
    """A pain or swelling whose site is told with the finding that follows it.

    Source: Alphabetic Index, Pain, by site.
    """
    coding_cases("""
        note                                                        | codes           | why
        ------------------------------------------------------------+-----------------+------
        Assessment:\\n1. pain and numbness in the left arm          | M79.602 R20.0   | words
        Assessment:\\n1. pain and swelling of the right knee        | M25.561 M25.461 | words
        Assessment:\\n1. pain and stiffness of the left shoulder    | M25.512 M25.612 | words
        Assessment:\\n1. swelling and pain in the left ankle        | M25.472 M25.572 | words
        He denies pain and swelling of the right knee.              |                 | words
        No pain or swelling in the left ankle.                      |                 | words
    """)


def test_kinds_of_disease(coding_cases):
    """The kind that stands before a disease: organism, pattern, place in the beat, both sides.

    Source: Alphabetic Index, Bronchiolitis, Glomerulonephritis, Depolarization, Hernia, Caries, Thrombosis.
    """
    coding_cases("""
        note                                                     | codes           | why
        ---------------------------------------------------------+-----------------+------
        Assessment:\\n1. bronchiolitis due to rhinovirus         | J21.8           | words
        Assessment:\\n1. parainfluenza pneumonia                 | J12.2           | words
        Assessment:\\n1. mesangioproliferative glomerulonephritis | N05.3          | words
        Assessment:\\n1. ventricular premature contractions      | I49.3           | words
        Assessment:\\n1. bilateral femoral hernias               | K41.20          | words
        Assessment:\\n1. root caries                             | K02.7           | words
        Assessment:\\n1. right femoropopliteal DVT               | I82.411 I82.431 | words
        Assessment:\\n1. infravesical obstruction                | N32.0           | words
        Assessment:\\n1. painful left hemiscrotum                | N50.82          | words
        Assessment:\\n1. cytopenia                               | D75.9           | words
        Assessment:\\n1. strictured ureter                       | N13.5           | words
    """)


def test_phrases_that_share_a_word(coding_cases):
    """A word that a phrase brings along is not looked for elsewhere; chronic clots by vein; what no alcohol made.

    Source: Alphabetic Index, Thrombosis (vein, popliteal; chronic), Enteritis (regional, with fistula); K75.81 "use
    additional code"; K80.6-.
    """
    coding_cases("""
        note                                                                      | codes         | why
        --------------------------------------------------------------------------+---------------+------
        Assessment:\\n1. acute DVT of the left popliteal vein                      | I82.432       | words
        Assessment:\\n1. chronic DVT of the right femoral vein                     | I82.511       | words
        Assessment:\\n1. chronic PE                                                | I27.82        | words
        Assessment:\\n1. Crohn's disease of the colon with fistula                 | K50.113       | words
        Assessment:\\n1. cirrhosis secondary to nonalcoholic steatohepatitis       | K74.60 K75.81 | words
        Assessment:\\n1. choledocholithiasis with obstruction and acute cholecystitis with cholelithiasis | K80.63 | words
    """)


def test_organisms_vessels_stages(coding_cases):
    """The organism of a septic joint, narrowed coronary arteries, stages of kidney failure, an aside of a person.

    Source: Alphabetic Index, Arthritis (staphylococcal, streptococcal, bacterial), Pseudoaneurysm, Embolism
    (cholesterol), Disease (kidney, chronic); M00.0 "use additional code (B95.61-B95.8)"; Guidelines I.C.9.b.
    """
    coding_cases("""
        note                                                                           | codes             | why
        -------------------------------------------------------------------------------+-------------------+------
        Assessment:\\n1. septic arthritis of the right knee                            | M00.9             | words
        Assessment:\\n1. MSSA septic arthritis of the right knee                       | M00.061 B95.61    | words
        Assessment:\\n1. MRSA septic arthritis of the right knee                       | M00.061 B95.62    | words
        Assessment:\\n1. septic arthritis of the left hip due to Staphylococcus aureus | M00.052 B95.61    | words
        Assessment:\\n1. group B strep septic arthritis of the left knee               | M00.262 B95.1     | words
        Assessment:\\n1. Pseudomonas septic arthritis of the left ankle                | M00.872 B96.5     | words
        Assessment:\\n1. 70% LAD stenosis                                              | I25.10            | words
        Assessment:\\n1. 90% stenosis of the RCA                                       | I25.10            | words
        Assessment:\\n1. stenosis of the left circumflex artery                        | I25.10            | words
        Assessment:\\n1. cholesterol emboli                                            | I75.89            | words
        Assessment:\\n1. pseudoaneurysm of the thoracic aorta                          | I71.20            | words
        Assessment:\\n1. stage IV chronic renal failure                                | N18.4             | words
        Assessment:\\n1. hypertension, CRF and hypothyroidism                          | I12.9 N18.9 E03.9 | words
        Assessment:\\n1. left testicular discomfort                                    | N50.812           | words
        Assessment:\\n1. inflamed diverticulum                                         | K57.92            | words
        No LAD stenosis.                                                               |                   | words
        The patient reported no allergies, was diabetic and had hypothyroidism.        | E11.9 E03.9       | words
        A 60-year-old man with asthma, hypertensive, came to the clinic.               | J45.909 I10       | words
    """)


def test_calques_of_organs(coding_cases):
    """Words of translated reports.

    Source: Alphabetic Index: Lichen planus, Spondylitis, Spondylosis, Lumbago, Embedded tooth, Catarrh, Hematemesis.
    """
    coding_cases("""
        note                                        | codes   | why
        --------------------------------------------+---------+------
        Assessment:\\n1. flat lichen                | L43.9   | words
        Assessment:\\n1. ankylopoietic spondylitis  | M45.9   | words
        Assessment:\\n1. lumbar spondyloarthrosis   | M47.816 | words
        Assessment:\\n1. lumbosciatic pain          | M54.40  | words
        Assessment:\\n1. dental inclusion           | K01.0   | words
        Assessment:\\n1. catarrhal process          | J00     | words
        Assessment:\\n1. vomiting in coffee grounds | K92.0   | words
        Assessment:\\n1. bowel habit alteration     | R19.4   | words
        Assessment:\\n1. depapillated tongue        | K14.4   | words
        Assessment:\\n1. microcytic anemia          | D50.9   | words
        Assessment:\\n1. eruptive xanthomas         | E78.2   | words
        Assessment:\\n1. tendon xanthomas           | E75.5   | words
        Foamy xanthoma cells were seen.             |         | words
        Assessment:\\n1. left ptosis and miosis     | H02.402 H57.03 | words
        Assessment:\\n1. breast ptosis              | N64.81  | words
    """)
