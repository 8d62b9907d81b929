"""Equipment and supplies handed over."""

from __future__ import annotations

from collections.abc import Callable

Cases = Callable[..., None]


def test_supplies(service_cases: Cases) -> None:
    """What was handed over, with its side; not what is ordered or worn already. Rule: Service-supplies."""
    service_cases(
        """
        note                                                                               | setting      | codes
        -----------------------------------------------------------------------------------|--------------|-------------------
        Right ankle fracture: pneumatic walking boot fitted and dispensed, crutches given. | professional | E0114×1 L4361-RT×1
        Cock-up wrist splint dispensed, left.                                              | professional | L3908-LT×1
        Knee immobilizer applied to the right knee in the office.                          | professional | L1830-RT×1
        Wheeled walker provided today.                                                     | professional | E0143×1
        Walking boot dispensed, left.                                                      | professional | - ?unsettled
        An ankle lace-up brace was fitted and dispensed.                                   | professional | L1902×1
        Arm sling applied.                                                                 | professional | A4565×1
        Glucometer and test strips dispensed.                                              | professional | E0607×1 A4253×1
        She uses a cane.                                                                   | professional | -
        Prescribed a knee brace.                                                           | professional | -
        CPAP supplies renewed.                                                             | professional | -
        """,
        findings="service.",
    )


def test_spinal_orthoses(service_cases: Cases) -> None:
    """Braces of the lumbar spine by reach, panels and fitting. Rule: Service-spinal-orthoses."""
    service_cases(
        """
        note                                                                                                                     | setting      | codes
        -------------------------------------------------------------------------------------------------------------------------|--------------|---------------
        LSO with rigid anterior and posterior panels, prefabricated, off the shelf, dispensed today.                             | professional | L0648×1
        LSO with sagittal-coronal control and rigid anterior and posterior panels, off the shelf, dispensed today.               | professional | L0650×1
        Prefabricated lumbar-sacral orthosis, sagittal control, rigid anterior and posterior panels, custom fitted and dispensed. | professional | L0631×1
        LSO with rigid posterior panel, off-the-shelf, dispensed.                                                                | professional | L0643×1
        Lumbar orthosis with rigid anterior and posterior panels, custom fitted, dispensed.                                      | professional | L0627×1
        Flexible lumbar support dispensed.                                                                                       | professional | L0625×1
        Sacroiliac belt, flexible, off the shelf, dispensed.                                                                     | professional | L0621×1
        LSO dispensed.                                                                                                           | professional | - ?unsettled
        Prescribed an LSO.                                                                                                       | professional | -
        """,
        findings="service.",
    )


def test_more_equipment(service_cases: Cases) -> None:
    """Equipment of the home that was handed over or delivered. Rule: Service-supplies."""
    service_cases(
        """
        note                                                                | setting      | codes
        --------------------------------------------------------------------|--------------|-----------
        Oxygen concentrator delivered today.                                | professional | E1390×1
        Semi-electric hospital bed delivered.                               | professional | E0260×1
        Full face CPAP mask dispensed.                                      | professional | A7030×1
        Knee scooter provided.                                              | professional | E0118×1
        Electric breast pump dispensed.                                     | professional | E0603×1
        Left AFO, prefabricated plastic, fitted and dispensed.              | professional | L1930-LT×1
        Pair of diabetic shoes dispensed.                                   | professional | A5500×2
        Shower chair recommended.                                           | professional | -
        """,
        findings="service.",
    )
