"""Names of conditions as specialists and translated reports say them: kidneys, eyes, nerves, blood, infections."""


def test_secondary_to_a_diabetes(coding_cases):
    """What is secondary to a diabetes, or stands beside one, makes no secondary diabetes of it; the stage is told apart.

    Source: ICD-10-CM Official Guidelines I.C.4.a.2, I.C.4.a.6; Tabular List, use additional code at E11.22.
    Rule I.C.14-renal.
    """
    coding_cases("""
        note                                                                 | codes                  | why
        ---------------------------------------------------------------------+------------------------+-------------------
        Assessment: foot ulcer secondary to diabetic neuropathy              | E11.621 E11.40 L97.509 | type not said
        Assessment: gastroparesis secondary to diabetes                      | E11.43 K31.84          | type not said
        Assessment: diabetes, secondary hyperparathyroidism                  | E11.9 N25.81           | two diseases
        Assessment: type 2 diabetes secondary to obesity                     | E11.9 E66.9            | its type
        Assessment: polyneuropathy secondary to type 1 diabetes              | E10.42                 | its type
        Assessment: secondary diabetes mellitus with diabetic retinopathy    | E13.319                | its kind
        Assessment: diabetes mellitus secondary to steroids                  | E09.9 T38.0X5A         | by a drug
        Assessment: diabetes secondary to chronic pancreatitis               | K86.1 E08.9            | by a disease
        Assessment: ESRD due to diabetes                                     | E11.22 N18.6           | the stage
        Assessment: end-stage renal disease secondary to type 1 diabetes     | E10.22 N18.6           | the stage
        Assessment: terminal chronic renal insufficiency                     | N18.6                  | the stage
        Assessment: CKD stage 4 due to diabetes                              | E11.22 N18.4           | another stage
    """)  # fmt: skip


def test_lids_of_which_it_is_not_said(coding_cases):
    """A tumor of one eyelid of which the text tells neither upper nor lower is one of an unspecified eyelid.

    Source: ICD-10-CM Official Guidelines I.A.9.b; Tabular List, C43.1, C44.1, D03.1, D04.1.
    """
    coding_cases("""
        note                                                        | codes    | why
        ------------------------------------------------------------+----------+-----------------
        Assessment: basal cell carcinoma of the right eyelid        | C44.111  | which is not said
        Assessment: basal cell carcinoma of the right lower eyelid  | C44.1122 | said
        Assessment: melanoma of the right eyelid                    | C43.10   | which is not said
        Assessment: sebaceous carcinoma of the left eyelid          | C44.131  | which is not said
        Assessment: sebaceous carcinoma of the left upper eyelid    | C44.1391 | said
        Assessment: carcinoma in situ of the left eyelid            | D04.10   | which is not said
        Assessment: melanoma in situ of the left lower eyelid       | D03.122  | said
    """)


def test_tumors_of_the_head_by_site(coding_cases):
    """Meningiomas by lobe and level, vessel tumors within the skull, tumors by fossa and ventricle.

    Source: Table of Neoplasms, meninges, brain; Alphabetic Index: Hemangioma, intracranial; Germinoma; Lymphoma.
    """
    coding_cases("""
        note                                                         | codes  | why
        -------------------------------------------------------------+--------+-----------------
        Assessment: left parietal meningioma                         | D32.0  | of the brain
        Assessment: thoracic meningioma                              | D32.1  | of the spine
        Assessment: cavernoma of the pons                            | D18.02 | within the skull
        Assessment: cavernous hemangioma of the left frontal lobe    | D18.02 | within the skull
        Assessment: frontal scalp hemangioma                         | D18.01 | skin
        Assessment: hepatic hemangioma                               | D18.03 | liver
        Assessment: tumor in the posterior fossa                     | D49.6  | brain
        Assessment: intraventricular tumor                           | D49.6  | brain
        Assessment: intracranial germinoma                           | C71.9  | malignant
        Assessment: colloid cyst of the third ventricle              | Q04.6  | Index
        Assessment: primary intraocular lymphoma                     | C85.99 | no node
    """)


def test_bacteria_said_by_their_adjectives(coding_cases):
    """An adjective names the bacterium as its noun does; an endocarditis whose bacterium is named is bacterial.

    Source: ICD-10-CM Official Guidelines I.C.1.b; Index: Endocarditis, bacterial; Meningitis, lymphocytic; use
    additional code at I33.0. Rule I.C.9-circulatory.
    """
    coding_cases("""
        note                                                                | codes          | why
        --------------------------------------------------------------------+----------------+-------------------
        Assessment: Staphylococcus aureus endocarditis                      | I33.0 B95.61   | bacterial
        Assessment: mitral valve endocarditis due to Enterococcus faecalis  | I33.0 B95.2    | bacterial
        Assessment: streptococcal endocarditis                              | I33.0 B95.5    | which kind
        Assessment: endocarditis of the mitral valve                        | I38            | cause not said
        Assessment: streptococcal cellulitis of the left leg                | L03.116 B95.5  | which kind
        Assessment: staphylococcal osteomyelitis                            | M86.9 B95.8    | which kind
        Assessment: pseudomonal keratitis                                   | H16.9 B96.5    | which kind
        Assessment: streptococcal pharyngitis                               | J02.0          | one code
        Assessment: staphylococcal sepsis                                   | A41.2          | one code
        Assessment: group B streptococcal infection                         | A49.1          | one code
        Assessment: pneumonia, antipseudomonal coverage                     | J18.9          | only covered
        Assessment: Streptococcus agalactiae meningitis                     | G00.2          | one code
        Assessment: lymphocytic meningitis                                  | A87.2          | Index
    """)  # fmt: skip


def test_nodes_of_one_region(coding_cases):
    """Enlarged nodes of one region are localized, however the region is named.

    Source: Tabular List, R59.0.
    """
    coding_cases("""
        note                                            | codes | why
        ------------------------------------------------+-------+----------------
        Assessment: subcarinal lymphadenopathy          | R59.0 | region
        Assessment: intra-abdominal adenopathies        | R59.0 | region
        Assessment: left laterocervical lymphadenopathy | R59.0 | region
        Assessment: celiac lymphadenopathy              | R59.0 | no celiac disease
        Assessment: adenopathies                        | R59.9 | not said where
    """)


def test_names_of_specialists(coding_cases):
    """Names by the Index: kidneys and urinary tract, eyes, nerves, blood, malformations.

    Source: Alphabetic Index: Diverticulum, calyx; Fistula, arteriovenous, brain; Compression, spinal cord; Clubfoot;
    Microgyria; Gammopathy; Tabular List, N05.A, N80.A6, C83.3.
    """
    coding_cases("""
        note                                                            | codes   | why
        ----------------------------------------------------------------+---------+--------------------
        Assessment: C3 glomerulonephritis                               | N05.A   | title
        Assessment: calyceal diverticulum                               | N28.89  | Index
        Assessment: left ureteral endometriosis                         | N80.A62 | depth not said
        Assessment: duplicated collecting system                        | Q62.5   | Index
        Assessment: ocular hypertony of the left eye                    | H40.052 | translated
        Assessment: fungal endophthalmitis of the right eye             | H44.19  | specified
        Assessment: carotid-cavernous fistula                           | I67.1   | Index
        Assessment: compressive myelopathy                              | G95.20  | Index
        Assessment: congenital clubfoot                                 | Q66.89  | Index
        Assessment: polymicrogyria                                      | Q04.3   | Index
        Assessment: monoclonal gammopathy of uncertain significance     | D47.2   | Index
        Assessment: plasmablastic lymphoma                              | C83.30  | inclusion term
    """)


def test_lymphomas_of_organs(coding_cases):
    """A lymphoma of an organ is one of the extranodal and solid organ sites; one that only spreads there is not.

    Source: Tabular List, C81 to C85, last character 9; C83.390, C83.398. Rule I.C.2-node-regions.
    """
    coding_cases("""
        note                                                                     | codes   | why
        -------------------------------------------------------------------------+---------+-------------------
        Assessment: diffuse large B-cell lymphoma of the stomach                 | C83.398 | organ
        Assessment: gastric diffuse large B-cell lymphoma                        | C83.398 | organ
        Assessment: primary thyroid DLBCL                                        | C83.398 | organ
        Assessment: diffuse large B-cell lymphoma of the left testis             | C83.398 | organ
        Assessment: extranodal diffuse large B-cell lymphoma                     | C83.398 | so called
        Assessment: Burkitt lymphoma of the ileum                                | C83.79  | organ
        Assessment: follicular lymphoma of the duodenum                          | C82.99  | organ
        Assessment: mantle cell lymphoma of the colon                            | C83.19  | organ
        Assessment: diffuse large B-cell lymphoma                                | C83.30  | not said where
        Assessment: diffuse large B-cell lymphoma of the cervical lymph nodes    | C83.31  | nodes
        Assessment: diffuse large B-cell lymphoma of the spleen                  | C83.37  | spleen
        Assessment: primary CNS lymphoma                                         | C83.390 | a code of its own
        Assessment: diffuse large B-cell lymphoma, stage IV, with lung involvement | C83.30 | spread
        Assessment: MALT lymphoma of the stomach                                 | C88.40  | its kind
    """)  # fmt: skip


def test_infections_of_one_organ(coding_cases):
    """The organ of an infection makes another code, or none beside it; what is congenital has its own.

    Source: Alphabetic Index: Cyst, hydatid; Aspergillosis, specified; Actinomycosis; Candidiasis; Sarcoidosis,
    iridocyclitis; Hemophilia, acquired; Tabular List, J10.82, J11.82, P35.2, P37.
    """
    coding_cases("""
        note                                                    | codes    | why
        --------------------------------------------------------+----------+-------------------
        Assessment: hydatid cyst of the pancreas                | B67.99   | no cyst beside it
        Assessment: ovarian hydatid cyst                        | B67.99   | no cyst beside it
        Assessment: hydatid cyst of the liver                   | B67.8    | liver
        Assessment: orbital aspergillosis                       | B44.89   | specified
        Assessment: aspergillosis                               | B44.9    | not said where
        Assessment: hepatosplenic candidiasis                   | B37.89   | specified
        Assessment: pelvic actinomycosis                        | A42.89   | specified
        Assessment: choroidal tuberculoma                       | A18.53   | eye
        Assessment: influenza A with myocarditis                | J10.82   | identified
        Assessment: influenza with myocarditis                  | J11.82   | not identified
        Assessment: uveitis secondary to sarcoidosis            | D86.83   | one code
        Assessment: sarcoidosis, uveitis resolved               | D86.9    | gone
        Assessment: acquired haemophilia A                      | D68.311  | not hereditary
        Assessment: haemophilia A                               | D66      | hereditary
        Assessment: atraumatic splenic rupture                  | D73.5    | no injury
        8-day-old girl.\\nDx: congenital herpes                 | P35.2    | chapter 16
        8-day-old girl.\\nDx: congenital tuberculosis           | P37.0    | chapter 16
    """)


def test_wounds_and_nerves_said_in_other_orders(coding_cases):
    """The lid of an eye, a wound that goes into it, the recurrent nerve of one side.

    Source: Alphabetic Index: Laceration, eyelid; Injury, eyeball, penetrating; Paralysis, laryngeal nerve, recurrent.
    """
    coding_cases("""
        note                                              | codes    | why
        --------------------------------------------------+----------+----------------
        Assessment: eyelid laceration of the left eye     | S01.112A | the lid
        Assessment: penetrating injury of the left eye    | S05.62XA | into the eye
        Assessment: right recurrent nerve paralysis       | J38.01   | one side
        Assessment: recurrent laryngeal nerve paralysis   | J38.00   | side not said
        Assessment: ocular hypertonia of the right eye    | H40.051  | pressure
        Assessment: hypertonia                            | M62.89   | muscle
    """)


def test_spread_to_other_organs(coding_cases):
    """The organ right behind "metastatic to" holds the spread; one that a comma tells of something else does not.

    Source: ICD-10-CM Official Guidelines I.C.2; Table of Neoplasms, secondary. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        note                                                                      | codes                 | why
        --------------------------------------------------------------------------+-----------------------+-------------
        Assessment: breast cancer metastatic to the bladder                       | C50.919 C79.11        | bladder
        Assessment: melanoma metastatic to the stomach                            | C43.9 C78.89          | stomach
        Assessment: lung cancer metastatic to the left kidney                     | C34.90 C79.00         | kidney
        Assessment: gastric cancer metastatic to the ovary                        | C16.9 C79.60          | ovary
        Assessment: breast cancer metastatic to the meninges                      | C50.919 C79.32        | meninges
        Assessment: colon cancer metastatic to the liver, colon resected          | C18.9 C78.7           | its own organ
        Assessment: renal cell carcinoma metastatic to the lung, kidney removed   | C64.9 C78.00 Z90.5    | its own organ
    """)  # fmt: skip


def test_cancers_of_no_common_skin(coding_cases):
    """Melanomas of mucosa and the genitals, and skin cancers of the scrotum, are cancers of their site.

    Source: Alphabetic Index: Melanoma, penis, scrotum; Carcinoma, basal cell; Table of Neoplasms, skin, scrotum;
    Cyst, lung, congenital; Stenosis, ureter, congenital.
    """
    coding_cases("""
        note                                               | codes  | why
        ---------------------------------------------------+--------+---------------
        Assessment: penile melanoma                        | C60.9  | site
        Assessment: melanoma of the nasal cavity           | C30.0  | site
        Assessment: vaginal melanoma                       | C52    | site
        Assessment: melanoma of the scalp                  | C43.4  | skin
        Assessment: basal cell carcinoma of the scrotum    | C63.2  | site
        Assessment: extramammary Paget disease of the vulva | C51.9 | site
        Assessment: carcinoma in situ of the glans penis   | D07.4  | no invasion
        Assessment: congenital lung cyst                   | Q33.0  | congenital
        Assessment: congenital stenosis of the left ureter | Q62.10 | congenital
    """)
