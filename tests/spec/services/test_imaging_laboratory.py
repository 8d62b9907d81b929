"""Imaging and laboratory: what was done here, by site, views, contrast and panels."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_imaging(service_cases: Cases) -> None:
    """Films by site and views, sections by site and contrast, extent. Rule: Service-imaging."""
    service_cases(
        """
        note                                                                                                                                                     | setting      | codes
        ---------------------------------------------------------------------------------------------------------------------------------------------------------|--------------|----------------
        X-rays left wrist, 3 views repeated today: extra-articular distal radius fracture.                                                                       | professional | 73110-LT×1
        Chest x-ray today: hyperinflated lungs, no infiltrate, no effusion.                                                                                      | professional | - ?unsettled
        CXR PA and lateral in office today: clear.                                                                                                               | professional | 71046×1
        Standing radiographs of both knees, 3 views, obtained today and reviewed by me.                                                                          | professional | 73562-50×1
        X-ray of the right ankle, AP, lateral and mortise views, obtained in office: no fracture.                                                                | professional | 73610-RT×1
        CXR 2v (my read): no infiltrate, no effusion.                                                                                                            | emergency    | 71046-26×1
        EXAM: CT CHEST WITHOUT CONTRAST\\nINDICATION: Follow-up abnormal chest x-ray.\\nCOMPARISON: Chest radiograph 5/28.\\nFINDINGS: Nodule.\\nIMPRESSION: Nodule. | professional | 71250×1
        X-ray ordered of the hip.                                                                                                                                | professional | -
        X-ray of the left foot, 3 views, interpreted by me: no fracture.                                                                                         | emergency    | 73630-26-LT×1
        CT head without contrast: no acute bleed.                                                                                                                | emergency    | -
        EXAMINATION: CT abdomen and pelvis with IV contrast.\\nTECHNIQUE: Axial images after IV contrast.\\nFINDINGS: Normal liver.\\nIMPRESSION: No acute finding. | professional | 74177×1
        EXAM: MRI of the right knee without contrast\\nTECHNIQUE: Multiplanar images.\\nFINDINGS: Meniscal tear.\\nIMPRESSION: Medial meniscal tear.                | professional | 73721-RT×1
        Screening bilateral mammogram with tomosynthesis performed today: BI-RADS 1.                                                                             | professional | 77067×1 77063×1
        DXA performed today: T-score -2.6.                                                                                                                       | professional | 77080×1
        Limited ultrasound of the right upper quadrant performed at bedside: gallstones.                                                                         | professional | 76705×1
        """,
        findings="service.",
    )


def test_laboratory(service_cases: Cases) -> None:
    """A panel where all its parts were done, never beside its parts. Rule: Service-laboratory."""
    service_cases(
        """
        note                                                                     | setting      | codes
        -------------------------------------------------------------------------|--------------|----------------
        LABS: CMP, BMP and lipid panel drawn today: normal. Potassium 4.1 today. | outpatient   | 80053×1 80061×1
        LABS: Sodium 140, potassium 4.0, chloride 101, CO2 24 obtained today.    | outpatient   | 80051×1
        LABS: BMP in our lab today normal.                                       | professional | 80048×1
        LABS: CMP normal.                                                        | professional | -
        """,
        findings="service.",
    )
