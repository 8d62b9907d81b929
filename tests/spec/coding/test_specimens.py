"""What a pathologist found in a specimen is coded by the organ that its label names."""


def test_specimen_and_diagnosis_on_one_line(coding_cases):
    """The label of a specimen names organ, part and side of the diagnosis behind it.

    Source: ICD-10-CM Official Guidelines IV.K, I.B.2, I.B.13, I.C.2; Neoplasm Table. Rules I.C.2-tumor-site,
    IV.J-reportable.
    """
    coding_cases("""
        note                                                                              | codes         | why
        ----------------------------------------------------------------------------------+---------------+-------
        Skin, left forearm, shave: Squamous cell carcinoma in situ (Bowen disease).       | D04.62        | skin
        Skin, right forearm, excision: Melanoma in situ.                                  | D03.61        | skin
        Skin, left calf, shave: Squamous cell carcinoma in situ                           | D04.72        | skin
        Skin, scalp, shave: Squamous cell carcinoma in situ                               | D04.4         | skin
        Skin, left cheek, shave: Squamous cell carcinoma in situ                          | D04.39        | skin
        Skin, right cheek, punch: Basal cell carcinoma                                    | C44.319       | skin
        Skin, left forearm, wide local excision: Malignant melanoma, Breslow 0.8 mm       | C43.62        | skin
        Skin, left forearm, shave: Dysplastic nevus                                       | D22.62        | skin
        Skin, left forearm, shave: seborrheic keratosis                                   | L82.1         | skin
        Skin, back, shave biopsy: Compound melanocytic nevus                              | D22.5         | skin
        Colon, cecum, polypectomy: Tubular adenoma                                        | D12.0         | polyp
        Colon, ascending, polyp: Tubular adenoma                                          | D12.2         | polyp
        Ascending colon polyp, polypectomy: Tubular adenoma                               | D12.2         | polyp
        Rectum, polyp: tubulovillous adenoma                                              | D12.8         | polyp
        Colon, transverse, polypectomy: Hyperplastic polyp                                | K63.5         | polyp
        Urinary bladder, trigone, TURBT: High grade papillary urothelial carcinoma        | C67.0         | organ
        Urinary bladder, TURBT: High grade papillary urothelial carcinoma                 | C67.9         | organ
        Urinary bladder, left lateral wall, transurethral resection: Urothelial carcinoma | C67.2         | organ
        Soft tissue, right thigh, excision: Lipoma                                        | D17.23        | organ
        Skin, upper back, excision: Epidermal inclusion cyst                              | L72.0         | skin
        Brain, left frontal lobe, biopsy: glioblastoma                                    | C71.1         | organ
        Bone, left proximal femur, core biopsy: osteosarcoma                              | C40.22        | organ
        Lymph node, right axilla, excision: metastatic carcinoma                          | C77.3         | nodes
        Lymph nodes, left neck, FNA: metastatic squamous cell carcinoma                   | C77.0         | nodes
        Liver, segment 6, needle core biopsy: metastatic adenocarcinoma                   | C78.7         | spread
        Left breast, core needle biopsy: invasive ductal carcinoma, grade 2               | C50.912       | organ
        Breast, left, upper outer quadrant, core biopsy: invasive ductal carcinoma        | C50.412       | organ
        Right breast, lumpectomy: Fibroadenoma                                            | D24.1         | organ
        Prostate, left apex, core biopsy: adenocarcinoma Gleason 3+4=7                    | C61           | organ
        Lung, right upper lobe, wedge resection: adenocarcinoma                           | C34.11        | organ
        Thyroid, right lobe, lobectomy: papillary thyroid carcinoma, 1.4 cm               | C73           | organ
        Thyroid, left, FNA: Colloid nodule                                                | E04.1         | organ
        Esophagus, distal, biopsy: Barrett esophagus, negative for dysplasia              | K22.70        | organ
        Esophagus, biopsy: Eosinophilic esophagitis                                       | K20.0         | organ
        Duodenum, biopsy: Celiac disease                                                  | K90.0         | organ
        Cervix, 12 o'clock, biopsy: CIN 3                                                 | D06.9         | organ
        Endocervix, curettage: High-grade squamous intraepithelial lesion (CIN 2)         | N87.1         | organ
        Endometrium, curettage: Endometrial hyperplasia without atypia                    | N85.01        | organ
        Endometrium, biopsy: Endometrioid adenocarcinoma, FIGO grade 1                    | C54.1         | organ
        Right ovary, oophorectomy: Mature cystic teratoma                                 | D27.0         | organ
        Left fallopian tube, salpingectomy: Ectopic pregnancy                             | O00.102       | organ
        Kidney, right, radical nephrectomy: Clear cell renal cell carcinoma               | C64.1         | organ
        Kidney, biopsy: IgA nephropathy                                                   | N02.B9        | organ
        Parotid gland, left, parotidectomy: Pleomorphic adenoma                           | D11.0         | organ
        Tonsils, tonsillectomy: Chronic tonsillitis                                       | J35.01        | organ
        Vocal cord, left, biopsy: Squamous papilloma                                      | D14.1         | organ
        Tongue, left lateral, biopsy: Squamous cell carcinoma                             | C02.1         | organ
        Appendix, appendectomy: Acute appendicitis                                        | K35.80        | organ
        Gallbladder, cholecystectomy: Chronic cholecystitis with cholelithiasis           | K80.10        | organ
        Sigmoid colon, segmental resection: Diverticulitis with abscess                   | K57.20        | organ
        Temporal artery, right, biopsy: Giant cell arteritis                              | M31.6         | organ
        Bone marrow, core biopsy: plasma cell myeloma                                     | C90.00        | organ
        Left second toe, amputation: Gangrene, acute osteomyelitis                        | I96 M86.172   | organ
        Sentinel lymph node, left axilla, excision: metastatic ductal carcinoma           | C77.3 C50.912 | nodes
        Lymph node, left neck, core biopsy: Diffuse large B-cell lymphoma                 | C83.31        | nodes
        Lung, left lower lobe, FNA: metastatic squamous cell carcinoma                    | C78.02        | spread
        Skin, left forearm, shave: Actinic keratosis                                      | L57.0         | skin
        Skin, left thigh, punch biopsy: Psoriasis                                         | L40.9         | skin
        Nasal cavity, right, biopsy: Inverted papilloma                                   | D14.0         | organ
        Colon, random, biopsy: Collagenous colitis                                        | K52.831       | organ
        Terminal ileum, biopsy: Crohn's disease with active ileitis                       | K50.00        | organ
        Liver, needle core biopsy: Steatohepatitis, cirrhosis                             | K75.81 K74.60 | organ
        Left breast, excisional biopsy: Atypical ductal hyperplasia                       | N60.92        | organ
        Right breast, biopsy: Intraductal papilloma                                       | D24.1         | organ
        Bladder, biopsy: Carcinoma in situ                                                | D09.0         | organ
        Vulva, biopsy: VIN 3                                                              | D07.1         | organ
        Anus, biopsy: AIN 3                                                               | D01.3         | organ
        Larynx, biopsy: Squamous cell carcinoma                                           | C32.9         | organ
        Right ear, shave: Squamous cell carcinoma                                         | C44.222       | organ
        Left lower eyelid, excision: Basal cell carcinoma                                 | C44.1192      | organ
        Nose, tip, shave biopsy: Basal cell carcinoma                                     | C44.311       | organ
        Lip, lower, wedge excision: Squamous cell carcinoma                               | C00.1         | organ
    """)


def test_diagnoses_under_a_label(coding_cases):
    """A label goes for the lines under it, up to the next label; nodes that a line names are told by that line.

    Source: ICD-10-CM Official Guidelines IV.K, I.C.2; Neoplasm Table. Rule I.C.2-tumor-site.
    """
    coding_cases("""
        note                                                                                                                                                | codes        | why
        ----------------------------------------------------------------------------------------------------------------------------------------------------+--------------+--------------
        FINAL DIAGNOSIS:\\nA. SKIN, LEFT FOREARM, SHAVE BIOPSY:\\n   - SQUAMOUS CELL CARCINOMA IN SITU\\nB. Skin, right shin, punch:\\n   Basal cell carcinoma | D04.62 C44.712 | two labels
        Specimen A, Skin, right shin, shave biopsy - Squamous cell carcinoma in situ                                                                        | D04.71       | a dash
        A. Sigmoid polyp:\\nTubular adenoma                                                                                                                 | D12.5        | what it is
        A. RIGHT COLON, HEMICOLECTOMY:\\n- INVASIVE ADENOCARCINOMA\\n- METASTATIC ADENOCARCINOMA IN 3 OF 18 LYMPH NODES                                     | C18.2 C77.9  | not in the colon
        1. Right breast mass, biopsy: scheduled for Tuesday                                                                                                 | N63.10       | no diagnosis yet
        Colon, cecum, polypectomy: Tubular adenoma.\\n\\nAssessment:\\n1. Lipoma of the back                                                                | D17.1        | an empty line
    """)  # fmt: skip
