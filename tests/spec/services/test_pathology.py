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
