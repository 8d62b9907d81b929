"""Coronary arteries: one code an artery, with the modifier of the artery."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_coronary_interventions(service_cases: Cases) -> None:
    """The greatest of what was done in each artery and its branches. Rules: Service-heart_lung, Modifier-sites."""
    service_cases(
        """
        note                                                                                                                     | setting      | codes
        -------------------------------------------------------------------------------------------------------------------------|--------------|----------------------
        PROCEDURE: PCI. Drug-eluting stent was deployed in the LAD. Drug-eluting stent was deployed in the RCA.                  | professional | 92928-LD×1 92928-RC×1
        PROCEDURE: Coronary intervention: drug-eluting stents were placed in the LAD and the left circumflex.                    | professional | 92928-LD×1 92928-LC×1
        PROCEDURE: Coronary balloon angioplasty of the left circumflex artery performed.                                         | professional | 92920-LC×1
        PROCEDURE: Balloon angioplasty of the LAD performed. A drug-eluting stent was deployed in the LAD.                       | professional | 92928-LD×1
        PROCEDURE: PCI of the first diagonal: drug-eluting stent placed in the diagonal.                                         | professional | 92928-LD×1
        PROCEDURE: Acute inferior STEMI. Thrombectomy and drug-eluting stent placed in the right coronary artery.                | professional | 92941-RC×1
        PROCEDURE: Atherectomy and stent placement of the left main coronary artery performed.                                   | professional | 92933-LM×1
        PROCEDURE: Orbital atherectomy of the RCA performed without stent; coronary flow TIMI 3.                                 | professional | 92924-RC×1
        PROCEDURE: Chronic total occlusion of the RCA was crossed antegrade and a drug-eluting stent deployed in the RCA.        | professional | 92943-RC×1
        PROCEDURE: Stent of the SVG to the obtuse marginal placed. Coronary flow restored.                                       | professional | 92937-LC×1
        PROCEDURE: Coronary stent placed in the ramus intermedius.                                                               | professional | 92928-RI×1
        PROCEDURE: Stent placed in the right common iliac artery.                                                                | professional | -
        HPI: Drug-eluting stent placed in the LAD in 2019.                                                                       | professional | -
        """,
        begins=("929",),
    )
