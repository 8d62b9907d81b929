"""Biopsies of the skin: how many, by which technique."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_further_biopsies(service_cases: Cases) -> None:
    """The first lesion of a technique, then each further one: told by a number, by places, or apart. Rule: Service-skin."""
    service_cases(
        """
        note                                                                                                                   | setting      | codes
        -----------------------------------------------------------------------------------------------------------------------|--------------|----------------
        PROCEDURE: Shave biopsies of three lesions: left cheek, right forearm, back.                                           | professional | 11102×1 11103×2
        PROCEDURE: Biopsy by 4 mm punch performed of the left forearm and the right thigh.                                     | professional | 11104×1 11105×1
        PROCEDURE: Incisional biopsies of the scalp and the left arm performed.                                                | professional | 11106×1 11107×1
        PROCEDURE: Shave biopsy performed on the nose. A second shave biopsy performed on the left temple.                     | professional | 11102×1 11103×1
        PROCEDURE: Shave biopsies performed, 2 on the back and 1 on the left arm.                                              | professional | 11102×1 11103×2
        PROCEDURE: Shave biopsy, left arm. The left upper arm was cleaned and a shave biopsy performed.                        | professional | 11102×1
        PROCEDURE: Shave biopsy of the left cheek near the ear performed.                                                      | professional | 11102×1
        PROCEDURE:\\nA. Back: shave biopsy performed.\\nB. Right cheek: shave biopsy performed.\\nC. Left calf: punch biopsy performed. | professional | 11103×2 11104×1
        PROCEDURE: Shave biopsy of the chin performed. Punch biopsies performed of the left arm and the chest.                 | professional | 11103×1 11104×1 11105×1
        PROCEDURE: Shave biopsies of the back recommended.                                                                     | professional | -
        """
    )
