"""Levels of the spine as surgeons tell them: by vertebrae, by their number, by what was just said."""

from __future__ import annotations

from collections.abc import Callable


def test_fused_levels(procedure_cases: Callable[..., None]) -> None:
    """The joints that are fused, in front and behind, each column where the text tells it.

    Source: ICD-10-PCS Official Guidelines B3.10a to B3.10c.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE: Two-level ACDF with PEEK cages. | 0RG20A0 | the number of levels alone
        PROCEDURE: ACDF C5-6 and C6-7 with PEEK cages. | 0RG20A0 | two joints in a list
        PROCEDURE: ACDF. DESCRIPTION OF PROCEDURE: At C4-5 the endplates were prepared and a PEEK cage was tapped in. The same was done at C5-6. | 0RG20A0 | the same again at another level
        PROCEDURE: ACDF. DESCRIPTION OF PROCEDURE: At C5-6 the endplates were prepared and a PEEK cage was tapped in. The steps were repeated at the level below. | 0RG20A0 | the level below
        PROCEDURE: Instrumented fusion from L3 to the sacrum. DESCRIPTION OF PROCEDURE: The transverse processes were decorticated and local autograft was laid in both lateral gutters from L3 to the sacrum. | 0SG1071 0SG3071 | the sacrum is S1
        PROCEDURE: L4-S1 posterolateral fusion, TLIF L5-S1. DESCRIPTION OF PROCEDURE: At L5-S1 a titanium cage was driven into the disc space. The transverse processes were decorticated and local autograft was laid in the gutters from L4 to S1. | 0SG0071 0SG3071 0SG30AJ | the cage at one level, the graft at two
    """)


def test_cemented_vertebrae(procedure_cases: Callable[..., None]) -> None:
    """Vertebrae of two regions are two body parts (B3.2a)."""
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE: Balloon kyphoplasty T12 and L2. | 0PS43ZZ 0PU43JZ 0QS03ZZ 0QU03JZ | thoracic and lumbar
        PROCEDURE: Vertebroplasty L1 and L3. | 0QU03JZ | one region
    """)
