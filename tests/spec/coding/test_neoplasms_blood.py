"""Neoplasms and blood of inpatients."""


def test_secondary_neoplasms(coding_cases):
    """Metastatic to a site is secondary; admission for chemotherapy comes first.

    Source: ICD-10-CM Official Guidelines I.C.2, I.C.2.e.2. Rules I.C.2-secondary-sites, I.B.14-phrases, I.C.2-node-regions.
    """
    coding_cases("""
        setting   | note                                                                                       | codes         | why
        ----------+--------------------------------------------------------------------------------------------+---------------+----
        inpatient | Discharge diagnosis:\\n1. Adenocarcinoma of the colon, metastatic to the liver               | C18.9 C78.7   | metastatic to
        inpatient | Discharge diagnosis:\\n1. Admission for chemotherapy\\n2. Diffuse large B-cell lymphoma      | Z51.11 C83.30 | I.C.2.e.2
        inpatient | Discharge diagnosis:\\n1. Diffuse large B cell lymphoma of cervical and mediastinal nodes    | C83.38        | several regions
        inpatient | Discharge diagnosis:\\n1. Lung cancer, right upper lobe                                      | C34.11        | lobe
    """)


def test_blood(coding_cases):
    """Anemia, neutropenia and thrombocytopenia by what causes them.

    Source: ICD-10-CM Official Guidelines I.C.2.c, I.C.19.e.5.a. Rule I.C.2-blood.
    """
    coding_cases("""
        setting   | note                                                                                   | codes                       | why
        ----------+----------------------------------------------------------------------------------------+-----------------------------+----
        inpatient | Discharge diagnosis:\\n1. Febrile neutropenia due to chemotherapy\\n2. Anemia due to chemotherapy | D70.1 D64.81 T45.1X5A R50.81 | I.C.2.c.2
        inpatient | Discharge diagnosis:\\n1. Iron deficiency anemia due to chronic blood loss               | D50.0                       | the loss
        inpatient | Discharge diagnosis:\\n1. Thrombocytopenia due to alcohol                                | D69.59                      | secondary
        inpatient | Discharge diagnosis:\\n1. Hip fracture repair\\n2. Postoperative anemia, expected, not treated | [S72.009A]             | III.B
        inpatient | Discharge diagnosis:\\n1. Sickle cell pain crisis\\n2. Acute chest syndrome             | D57.01                      | type of crisis
    """)


def test_treatment_visit(coding_cases):
    """A visit for chemotherapy, immunotherapy or radiation is coded so first; a visit during treatment is not.

    Source: ICD-10-CM Official Guidelines I.C.2.e.2, I.C.21.c.7. Rule I.C.2.e-treatment-visit.
    """
    coding_cases("""
        note                                                                                        | codes          | why
        --------------------------------------------------------------------------------------------+----------------+----------------
        CC: Here for chemotherapy.\\nAssessment:\\n1. Cycle 3 for left breast cancer.                  | Z51.11 C50.912 | the reason
        Infusion visit, here for C6 FOLFOX.\\nAssessment:\\n1. Sigmoid colon cancer, proceed.          | Z51.11 C18.7   | a regimen
        CC: Here for chemotherapy.\\nAssessment:\\n1. Left breast cancer, hold chemo today.        | C50.912        | not given
        Assessment:\\n1. Radiation therapy session 12 for prostate cancer.                           | Z51.0 C61      | a session
        Assessment:\\n1. Here for follow-up of colon cancer on chemotherapy.                         | C18.9          | not the reason
    """)


def test_secondary_sites_named(coding_cases):
    """Every site named after "metastatic … to" is a secondary neoplasm.

    Source: ICD-10-CM Official Guidelines I.C.2. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        note                                                            | codes                | why
        ----------------------------------------------------------------+----------------------+---------
        Assessment:\\n1. Metastatic melanoma to lung and brain.          | C43.9 C78.00 C79.31  | two sites
        Assessment:\\n1. Metastatic breast cancer to bone, left breast.  | C50.912 C79.51       | words between
        HPI: Colon cancer with liver mets.\\nAssessment:\\n1. Metastatic colon cancer to liver. | C18.9 C78.7 | told before
    """)


def test_breast_cancer(coding_cases):
    """The quadrant from anywhere in the chart; one receptor code that says what the chart says of all three.

    Source: ICD-10-CM Official Guidelines I.C.2, I.B.2; note at C50. Rules I.C.2-breast-site, I.C.2-receptors.
    """
    coding_cases("""
        note                                                                                           | codes                   | why
        -----------------------------------------------------------------------------------------------+-------------------------+-----
        Assessment:\\n1. Left breast cancer, upper outer quadrant, ER positive, PR positive, HER2 negative. | C50.412 Z17.411     | joint
        Assessment:\\n1. Triple-negative breast cancer, right breast.                                   | C50.911 Z17.421         | all three
        Assessment:\\n1. Left breast cancer, ER positive, on letrozole.                                 | C50.912 Z17.0 [Z79.811] | the one known
        Assessment:\\n1. Left breast cancer.                                                            | C50.912                 | nothing said
    """)


def test_the_same_cancer_in_the_family(coding_cases):
    """The cancer of a relative is no part of the patient's own, however much more is said of that.

    Source: ICD-10-CM Official Guidelines I.C.21.c.4, I.B.2. Rules I.C.21.c.4-family-history, I.B.2-specificity.
    """
    coding_cases("""
        note                                                                                                         | codes          | why
        -------------------------------------------------------------------------------------------------------------+----------------+----
        Family history: mother breast ca @44\\n\\nAssessment:\\n1. Invasive ductal carcinoma L breast, upper outer quadrant. | C50.412 Z80.3 | both
        Family history: father colon cancer\\n\\nAssessment:\\n1. Adenocarcinoma of the sigmoid colon.                 | C18.7 Z80.0    | both
    """)


def test_genetic_susceptibility(coding_cases):
    """A gene that the patient carries is reported beside the disease; one that is tested for, or a relative's, is not.

    Source: ICD-10-CM Official Guidelines I.C.21.c.3. Rules I.C.21-z-codes, I.C.21.c.3-genetic-susceptibility.
    """
    coding_cases("""
        note                                                                                     | codes           | why
        -----------------------------------------------------------------------------------------+-----------------+----
        Assessment:\\n1. Left breast cancer. BRCA2 positive.                                      | C50.912 Z15.01  | stated
        Assessment:\\n1. Left breast cancer\\n2. BRCA2+ - olaparib is the next option               | C50.912 Z15.01  | by its sign
        Assessment:\\n1. Left breast cancer with pathogenic BRCA1 variant.                        | C50.912 Z15.01  | stated
        Assessment:\\n1. Left breast cancer. BRCA testing ordered.                                | C50.912         | a test
        Assessment:\\n1. Left breast cancer. Check BRCA2.                                         | C50.912         | a test
        Assessment:\\n1. Left breast cancer. BRCA status pending.                                 | C50.912         | pending
        Assessment:\\n1. Left breast cancer. BRCA1/2 negative.                                    | C50.912         | not found
        Assessment:\\n1. Left breast cancer. BRCA2 variant of uncertain significance.             | C50.912         | uncertain
        Assessment:\\n1. Left breast cancer. Sister is BRCA1 positive.                            | C50.912         | her sister's
        Assessment:\\n1. Left breast cancer. Known familial BRCA2 mutation, she tested negative.  | C50.912         | not found
    """)


def test_iron_that_the_diet_lacks(coding_cases):
    """Iron deficiency anemia laid to the diet is D50.8; neutropenia that the chemotherapy brought is D70.1 alone.

    Source: ICD-10-CM, inclusion term at D50.8; Official Guidelines I.C.2.c.2. Rule I.C.2-blood.
    """
    coding_cases("""
        note                                                                           | codes          | why
        -------------------------------------------------------------------------------+----------------+----
        Assessment:\\n1. Iron deficiency anemia, from too much cow's milk, start iron.  | D50.8          | milk
        Assessment:\\n1. Iron deficiency anemia, dietary, start iron.                   | D50.8          | said behind
        Assessment:\\n1. Nutritional iron deficiency anemia, start iron.                | D50.8          | said before
        Assessment:\\n1. Iron deficiency anemia, start iron, dietary counseling.         | D50.9          | only counselled
        Assessment:\\n1. Drug-induced neutropenia from the chemo, filgrastim given.      | D70.1 T45.1X5A | not D70.2
        Assessment:\\n1. Kidney transplant. On three drugs he is immunosuppressed.       | Z94.0 D84.821  | by drugs
        Assessment:\\n1. Immunosuppression: tacrolimus goal 5 to 7.\\n2. Kidney transplant, stable. | Z94.0 [Z79.621] | the treatment
    """)


def test_where_a_cancer_went_and_where_it_came_from(coding_cases):
    """The sites behind "to" are secondary, what stands behind "from" is the primary, in either order; a doubt of one
    site is none of the other.

    Source: ICD-10-CM Official Guidelines I.C.2, IV.H. Rule I.C.2-secondary-sites.
    """
    coding_cases("""
        note                                                            | codes               | why
        ----------------------------------------------------------------+---------------------+--------------
        Known mets from lung cancer to spine.                           | C34.90 C79.51       | primary between
        Metastases from lung cancer to the brain.                       | C34.90 C79.31       | alike
        Mets to liver from pancreatic cancer.                           | C78.7 C25.9         | no metastasis of the pancreas
        Metastases to the liver from breast cancer.                     | C78.7 C50.919       | nor of the breast
        Metastatic disease to liver from lung cancer.                   | C78.7 C34.90        | nor of the lung
        Metastatic to liver from colon primary.                         | C78.7 C18.9         | a primary by its organ
        Adenocarcinoma metastatic to the liver from a colon primary.    | C78.7 C18.9         | the cell type before
        Metastatic breast cancer to lung and bone.                      | C50.919 C78.00 C79.51 | as before
        He was referred from the primary care clinic.                   | -                   | no tumor
        Liver and possibly lung metastases.                             | C78.7               | only the lung is in doubt
        Possible liver and lung metastases.                             | -                   | both are
    """)


def test_tumor_site(coding_cases):
    """A histology without its organ is that of the mass or specimen told with it or just before.

    Source: ICD-10-CM Official Guidelines I.C.2, IV.K. Rule I.C.2-tumor-site.
    """
    coding_cases("""
        note                                                                                       | codes         | why
        -------------------------------------------------------------------------------------------+---------------+------
        Bladder tumor, resected. Pathology showed high-grade urothelial carcinoma.                 | C67.9         | the sentence before
        Colonoscopy revealed a mass in the sigmoid colon; biopsy showed adenocarcinoma.            | C18.7         | the same
        Lung nodule biopsy: adenocarcinoma.                                                        | C34.90        | before a noun
        Mass of the left kidney. He underwent surgery. Histology: clear cell carcinoma.            | C64.2         | the side
        CT showed a mass in the left lower lobe. The biopsy came back as squamous cell carcinoma.  | C34.32        | the lobe
        Esophageal biopsy: squamous cell carcinoma.                                                | C15.9         | a specimen, not skin
        Right parotid mass. FNA: mucoepidermoid carcinoma.                                         | C07           | a gland
        Laryngoscopy showed a lesion of the left vocal cord. Pathology: squamous cell carcinoma.   | C32.0         | another section
        Gastroscopy revealed an ulcerated gastric lesion and biopsies confirmed adenocarcinoma.    | C16.9         | a lesion
        Lung biopsy was positive for malignancy.                                                   | C34.90        | looked at
        Thyroid nodule. Biopsy was negative for carcinoma.                                         | E04.1         | denied
        FNA of thyroid nodule: no carcinoma.                                                       | E04.1         | denied
        Assessment:\\n1. Renal mass, MRI pending.\\n2. Thyroid nodule, benign.                     | N28.89 E04.1  | no histology
        She has breast cancer. Biopsy of the lung nodule showed adenocarcinoma.                    | C50.919 C34.90 | the engine's own
    """)


def test_tumor_that_spread(coding_cases):
    """A tumor of an organ that the same words say to have spread is malignant there.

    Source: ICD-10-CM Official Guidelines I.C.2. Rule I.C.2-tumor-site.
    """
    coding_cases("""
        note                                                                  | codes         | why
        ----------------------------------------------------------------------+---------------+------
        Lung tumor with metastases to the brain.                              | C34.90 C79.31 | with metastases
        Pancreatic tumor with liver metastases.                               | C25.9 C78.7   | the site before
        A gastric tumor metastatic to the liver.                              | C16.9 C78.7   | metastatic to
        Tumor of the sigmoid colon with metastases.                           | C18.7         | not of the colon
        Stage IV gastric neoplasm.                                            | C16.9         | its stage
        Bladder tumor without metastases.                                     | D49.4         | denied
        Renal tumor with no metastases.                                       | D49.519       | denied
        CT showed a renal tumor and suspected lung metastases.                | D49.519       | in doubt
    """)


def test_small_cells_of_a_thalassemia(coding_cases):
    """A microcytic anemia beside a thalassemia lacks no iron unless the chart says so.

    Source: ICD-10-CM Alphabetic Index, Anemia, microcytic; Thalassemia, trait.
    """
    coding_cases("""
        note                                            | codes        | why
        ------------------------------------------------+--------------+----
        Microcytic anemia, thalassemia trait.           | D56.3        | explained
        Iron deficiency anemia and thalassemia trait.   | D50.9 D56.3  | both
        Microcytic anemia.                              | D50.9        | by the Index
    """)


def test_skin_of_a_carcinoma(coding_cases):
    """A carcinoma of skin sits in the part of the lesion that was biopsied; mucosa and nodes are none.

    Source: ICD-10-CM Official Guidelines I.C.2, IV.K; Table of Neoplasms, skin. Rule I.C.2-tumor-site.
    """
    coding_cases("""
        note                                                                                | codes   | why
        ------------------------------------------------------------------------------------+---------+------
        Lesion on the left cheek. Shave biopsy showed basal cell carcinoma.                 | C44.319 | the sentence before
        Skin lesion of the right forearm; punch biopsy: squamous cell carcinoma.            | C44.622 | the side
        Papule on the nose, biopsy positive for BCC.                                        | C44.311 | an abbreviation
        Neck mass. FNA: squamous cell carcinoma.                                            | C44.92  | no lesion of skin
        CT chest showed a lesion. Biopsy came back as squamous cell carcinoma.              | C44.92  | no skin said
        Left breast mass, core biopsy: metaplastic carcinoma.                               | C50.912 | breast
        A 60-year-old man with a right breast mass; biopsy showed carcinoma.                | C50.921 | of a man
        Lesion on the right shin, biopsy pending. Prior basal cell carcinoma of the nose.   | Z85.828 | another place
    """)


def test_nodes_that_hold_cancer(coding_cases):
    """Nodes by their region, told by the metastasis first or by what was found in them.

    Source: ICD-10-CM Official Guidelines I.C.2; Table of Neoplasms, lymph gland, secondary.
    """
    coding_cases("""
        note                                                                | codes         | why
        --------------------------------------------------------------------+---------------+------
        Assessment:\\n1. Lung cancer with mets to hilar nodes                | C34.90 C77.1  | a region
        Assessment:\\n1. Melanoma with metastases in the inguinal nodes      | C43.9 C77.4   | a region
        Assessment:\\n1. Metastasis in retroperitoneal nodes                 | C77.2         | no peritoneum
        Assessment:\\n1. Axillary lymph node positive for carcinoma          | C77.3         | what was found
        Assessment:\\n1. Inguinal node positive for melanoma                 | C43.9 C77.4   | what was found
        Assessment:\\n1. Axillary nodes negative for carcinoma               | -             | denied
        Assessment:\\n1. Retroperitoneal metastases                          | C78.6         | no nodes
    """)
