"""Reports that go through several limbs: each fracture is read from the stretches on its own limb."""

from __future__ import annotations

from collections.abc import Callable


def test_several_limbs(procedure_cases: Callable[..., None]) -> None:
    """Side, bone, approach and device of each limb, never of another.

    Source: ICD-10-PCS Official Guidelines B3.2a, B3.15, B4.3, B6.1.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURES: Right femur: retrograde intramedullary nail. Right wrist: ORIF distal radius with volar plate. DESCRIPTION OF PROCEDURE: The right femur was reduced closed under traction and an 11 mm nail was passed. The right wrist was approached through the FCR. The fragments were reduced under vision and a volar locking plate applied. | 0PSH04Z 0QS836Z | closed of the femur is not closed of the radius
        PROCEDURES: Right femur: retrograde nail. Left humerus: closed reduction and intramedullary nailing. DESCRIPTION OF PROCEDURE: The right femur was reduced and an 11 mm nail passed through the notch. Lastly the left arm: the humerus was reduced closed and a 9 mm nail inserted from the top. | 0PSG36Z 0QS836Z | a nail in the humerus is no nail in the femur
        PROCEDURES: Left tibia: spanning external fixator. Right ankle: ORIF of the medial malleolus. DESCRIPTION OF PROCEDURE: Half pins went above and below through stab incisions, the left tibia was pulled out to length and the frame tightened. The right ankle was opened medially and the fragment held with two screws. | 0QSG04Z 0QSH35Z | a frame through stab incisions is percutaneous
        DESCRIPTION OF PROCEDURE: Under ketamine the right shoulder dislocation was reduced closed. Then the left tibial fracture was reduced and held with an external fixator, pins placed through stab wounds. | 0QSH35Z 0RSJXZZ | pins of the tibia are no device of the shoulder
    """)


def test_a_part_of_another_is_of_its_side(procedure_cases: Callable[..., None]) -> None:
    """What is part of another procedure on one side is a procedure of its own on the other; each region its own nodes.

    Source: ICD-10-PCS Official Guidelines B3.1b, B3.2a.
    """
    procedure_cases(r"""
        note | codes | why
        -----+-------+----
        PROCEDURE: Left below knee amputation, right second ray amputation. DESCRIPTION OF PROCEDURE: The left tibia was transected 10 cm below the joint line and the fibula higher. | 0Y6J0Z1 0Y6M0ZB | the ray is of the other foot
        PROCEDURE: Right common femoral endarterectomy with bovine patch; left superficial femoral thrombectomy. DESCRIPTION OF PROCEDURE: The right common femoral plaque was endarterectomized to the profunda. A Fogarty was passed down the left superficial femoral artery and thrombus was retrieved. | 04CK0ZZ 04CL0ZZ 04UK0KZ | both sides
        DESCRIPTION OF PROCEDURE: Midline incision. All lymphatic tissue of both pelvic sidewalls was stripped, and the paraaortic nodes were removed. | 07TC0ZZ 07TD0ZZ | two levels
    """)
