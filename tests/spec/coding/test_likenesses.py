"""Metastases of a cancer that a specimen names, and lesions that are said to be something."""


def test_metastases_of_a_named_cancer_in_a_specimen(coding_cases):
    """A label names where the metastasis was found, not where the cancer began.

    Source: ICD-10-CM Official Guidelines I.C.2.b; Alphabetic Index: Neoplasm, by site, secondary.
    """
    coding_cases("""
        note                                                              | codes         | why
        ------------------------------------------------------------------+---------------+--------------------
        A. Liver, biopsy:\\n- Metastatic breast carcinoma                 | C78.7 C50.919 | no C22.9
        A. Liver, biopsy:\\n- Metastasis of breast carcinoma              | C78.7 C50.919 | no C22.9
        A. Liver, biopsy: metastatic adenocarcinoma of colonic origin     | C78.7 C18.9   | no C22.9
        A. Skin, chest wall, biopsy: metastatic breast carcinoma          | C79.2 C50.919 | no C44.501
        A. Brain, right frontal, excision: metastatic melanoma            | C79.31 C43.9  | brain
        A. Bone, L3, biopsy: metastatic prostate carcinoma                | C79.51 C61    | bone
        A. Lung, left lower lobe, biopsy: metastatic renal cell carcinoma | C78.02 C64.9  | lung
        A. Prostate, biopsy: metastatic prostate carcinoma                | C61           | of the organ itself
        A. Liver, biopsy: metastatic adenocarcinoma                       | C78.7         | spread
        A. Ovary, left, oophorectomy: endometrioid carcinoma              | C56.2         | the kind of cells
        A. Stomach, biopsy: adenocarcinoma, intestinal type               | C16.9         | the kind of cells
    """)


def test_lesions_that_are_said_to_be_something(coding_cases):
    """A growth without a site has that of the lesion which is said to be it.

    Source: ICD-10-CM Official Guidelines II.C, II.H, I.C.2; Alphabetic Index: Hemangioma, by site.
    """
    coding_cases("""
        note                                                                      | codes           | why
        --------------------------------------------------------------------------+-----------------+--------------------
        Assessment:\\n1. liver biopsy showed metastatic breast carcinoma          | C78.7 C50.919   | spread
        Assessment:\\n1. skin biopsy confirmed metastasis of renal cell carcinoma | C79.2 C64.9     | spread
        Assessment:\\n1. biopsy of the liver lesion reported as hemangioma        | [K76.9] D18.03  | site
        Assessment:\\n1. biopsy of the right forearm mass showed a lipoma         | [R22.31] D17.21 | site
        Assessment:\\n1. liver biopsy showed chronic hepatitis                    | K73.9           | no growth
        Assessment:\\n1. breast biopsy revealed ductal carcinoma                  | C50.919         | its own site
    """)
