"""Surgical pathology: the level of each specimen."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_pathology(service_cases: Cases) -> None:
    """Specimens by level. Rule: Service-pathology."""
    service_cases(
        """
        note                                                                                                                                                                                 | setting      | codes
        -------------------------------------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|----------------
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Gallbladder, cholecystectomy\\nB. Liver, wedge biopsy\\nDIAGNOSIS:\\nA. Gallbladder: chronic cholecystitis.                                   | professional | 88304×1 88307×1
        SURGICAL PATHOLOGY REPORT\\nFINAL DIAGNOSIS:\\nA. Colon, ascending, polypectomy: tubular adenoma.\\nB. Colon, sigmoid, polypectomy: hyperplastic polyp.\\nC. Stomach, biopsy: gastritis. | professional | 88305×3
        SURGICAL PATHOLOGY REPORT\\nSPECIMEN: Hernia sac\\nDIAGNOSIS: Hernia sac, fibrous tissue.                                                                                              | professional | 88302×1
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Breast, left, modified radical mastectomy\\nB. Skin, back, shave biopsy                                                                     | professional | 88309×1 88305×1
        Pathology from the colonoscopy showed a tubular adenoma.                                                                                                                             | professional | -
        """,
        findings="service.",
    )


def test_stains(service_cases: Cases) -> None:
    """Antibodies and special stains by specimen. Rule: Service-pathology-stains."""
    service_cases(
        """
        note                                                                                                       | setting      | codes
        -----------------------------------------------------------------------------------------------------------|--------------|-------------------------
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Skin, left back, shave biopsy\\nDIAGNOSIS:\\nA. Melanoma in situ.\\nCOMMENT:\\nImmunohistochemical stains for MART-1, SOX10 and HMB-45 were performed.                               | professional | 88305×1 88342×1 88341×2
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Skin, left back, shave biopsy\\nDIAGNOSIS:\\nA. Melanoma in situ.\\nCOMMENT:\\nImmunostain for Melan-A (MART-1) was performed.                                                       | professional | 88305×1 88342×1
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Skin, left back, shave biopsy\\nDIAGNOSIS:\\nA. Melanoma in situ.\\nCOMMENT:\\nPAS-D stain and iron stain were performed. AFB stain: negative.                                       | professional | 88305×1 88312×1 88313×2
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Skin, left back, shave biopsy\\nDIAGNOSIS:\\nA. Melanoma in situ.\\nCOMMENT:\\nAn immunostain for PRAME would help.                                                                  | professional | 88305×1
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Stomach, biopsy\\nB. Colon, biopsy\\nMICROSCOPIC:\\nH. pylori immunostain performed on blocks A1 and B1: negative.                                        | professional | 88305×2 88342×2
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Stomach, biopsy\\nB. Colon, biopsy\\nMICROSCOPIC:\\nH. pylori immunostain performed on block A1: negative.                                                | professional | 88305×2 88342×1
        SURGICAL PATHOLOGY REPORT\\nSPECIMENS:\\nA. Stomach, biopsy\\nB. Colon, biopsy\\nMICROSCOPIC:\\nImmunohistochemistry for H. pylori was performed.                                                     | professional | 88305×2 ?unsettled
        SURGICAL PATHOLOGY REPORT\\nSPECIMEN: Breast, left, core biopsy\\nIHC: ER 95%, PR 80%, HER2 score 1+ by immunohistochemistry. | professional | 88305×1 88360×3
        """,
        findings="service.",
    )
